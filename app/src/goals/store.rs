use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::model::{
    CheckIn, CheckInId, Counts, Draft, Figure, Goal, GoalId, Kind, MOST_GOALS, Outcome, Settled, Step, StepId, Term,
    Tie,
};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// A page shows so many check-ins of a goal, the newest.
const MOST_CHECK_INS: i64 = 100;
/// In the review each goal has its newest ones.
const IN_REVIEW: i64 = 5;

/// The head of every statement that reads whole goals.
macro_rules! goals {
    () => {
        "SELECT goals.id, goals.mentorship, goals.owner, goals.author, persons.name AS author_name, goals.visibility, \
         goals.kind, goals.term, goals.competency, goals.for_objective, goals.parent, goals.words, goals.due, \
         goals.created_at, goals.changed_at, goals.outcome, goals.settled_at, goals.settled_by, \
         goals.reason, goals.version, \
         (SELECT count(*) FROM goal_steps WHERE goal_steps.goal = goals.id) AS steps, \
         (SELECT count(goal_steps.done_at) FROM goal_steps WHERE goal_steps.goal = goals.id) AS steps_done, \
         last.id AS last_id, last.author AS last_author, last.figure AS last_figure, \
         (SELECT max(goal_check_ins.on_day) FROM goal_check_ins WHERE goal_check_ins.goal = goals.id) AS last_on \
         FROM goals JOIN persons ON persons.id = goals.author \
         LEFT JOIN goal_check_ins AS last ON last.id = (SELECT goal_check_ins.id FROM goal_check_ins \
          WHERE goal_check_ins.goal = goals.id AND goal_check_ins.figure IS NOT NULL \
          ORDER BY goal_check_ins.on_day DESC, goal_check_ins.id DESC LIMIT 1) "
    };
}

/// The goals of a mentorship, the open ones first and by their date; of those that are somebody's alone only this reader's.
pub(super) async fn goals(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    reader: PersonId,
) -> Result<Vec<Goal>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                goals!(),
                "WHERE goals.mentorship = $1 AND (goals.visibility <> 'only-me' OR goals.owner = $2) ",
                "ORDER BY CASE WHEN goals.settled_at IS NULL THEN 0 ELSE 1 END, COALESCE(goals.due, '9999'), goals.id LIMIT $3"
            ),
            values![mentorship, reader, i64::try_from(2 * MOST_GOALS).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(goal_of).collect()
}

/// A goal, whosoever it is; the caller asks who may.
pub(super) async fn goal(from: impl Into<Reader<'_>>, id: GoalId) -> Result<Option<Goal>, Error> {
    let row = from.into().row(sql!(goals!(), "WHERE goals.id = $1"), values![id]).await?;
    row.as_ref().map(goal_of).transpose()
}

/// The goals of an organisation that are open and have a day, with whose they are: a part after one of them, in the order of their
/// identifiers.
pub(super) async fn due_after(
    tx: &mut Tx,
    organisation: OrganisationId,
    (after, limit): (Uuid, i64),
) -> Result<Vec<(MentorshipId, GoalId, PersonId, Date)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, mentorship, owner, due FROM goals ",
                "WHERE organisation = $1 AND due IS NOT NULL AND id > $2 ORDER BY id LIMIT $3"
            ),
            values![organisation, after, limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let due = row.word("due", |day| day.parse().ok())?;
            Ok((row.get("mentorship")?, row.get("id")?, row.get("owner")?, due))
        })
        .collect()
}

fn goal_of(row: &Row) -> Result<Goal, Error> {
    let competency: Option<String> = row.get("competency")?;
    let for_objective: bool = row.get("for_objective")?;
    let outcome: Option<Outcome> = row.word_if("outcome", Outcome::parse)?;
    let at: Option<Timestamp> = row.get("settled_at")?;
    let by: Option<PersonId> = row.get("settled_by")?;
    let settled = match (outcome, at, by) {
        (Some(outcome), Some(at), Some(by)) => Some(Settled { outcome, at, by, reason: row.get("reason")? }),
        _ => None,
    };
    Ok(Goal {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        owner: row.get("owner")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        visibility: row.word("visibility", Visibility::parse)?,
        kind: row.word("kind", Kind::parse)?,
        term: row.word("term", Term::parse)?,
        tie: competency.map(Tie::Competency).or(for_objective.then_some(Tie::Objective)),
        parent: row.get("parent")?,
        words: row.get("words")?,
        baseline: None,
        target: None,
        due: date(row, "due")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        settled,
        version: row.get("version")?,
        steps: row.get("steps")?,
        steps_done: row.get("steps_done")?,
        last_figure: last_figure(row)?,
        last_value: None,
        last_on: date(row, "last_on")?,
    })
}

fn last_figure(row: &Row) -> Result<Option<Figure>, Error> {
    let (check_in, author): (Option<CheckInId>, Option<PersonId>) = (row.get("last_id")?, row.get("last_author")?);
    let sealed: Option<Sealed> = row.get("last_figure")?;
    let figure = check_in.zip(author).zip(sealed);
    Ok(figure.map(|((check_in, author), sealed)| Figure { check_in, author, sealed }))
}

fn date(row: &Row, column: &str) -> Result<Option<Date>, Error> {
    row.word_if(column, |text| text.parse().ok())
}

/// How many goals a mentorship has, everybody's own among them.
pub(super) async fn count(tx: &mut Tx, mentorship: MentorshipId) -> Result<usize, Error> {
    let row = tx.row(sql!("SELECT count(*) AS goals FROM goals WHERE mentorship = $1"), values![mentorship]).await?;
    let count: i64 = row.map_or(Ok(0), |row| row.get("goals"))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// A goal as it is written down, by whom and when.
pub(super) struct Written<'a> {
    pub draft: &'a Draft,
    pub words: Sealed,
    pub by: PersonId,
    pub at: Timestamp,
}

pub(super) async fn add(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    id: GoalId,
    written: &Written<'_>,
) -> Result<(), Error> {
    let draft = written.draft;
    tx.run(
        sql!(
            "INSERT INTO goals (id, organisation, mentorship, owner, author, visibility, kind, term, competency, for_objective, ",
            "parent, words, due, created_at, changed_at, version) ",
            "VALUES ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13, 1)"
        ),
        values![
            id,
            organisation,
            mentorship,
            written.by,
            draft.visibility.code(),
            draft.kind.code(),
            draft.term.code(),
            draft.tie.as_ref().and_then(Tie::competency),
            draft.tie == Some(Tie::Objective),
            draft.parent,
            &written.words,
            draft.due.map(|due| due.to_string()),
            written.at
        ],
    )
    .await
    .map(drop)
}

/// Writes a goal over the version that it was made from; false when somebody else was first.
pub(super) async fn write(tx: &mut Tx, id: GoalId, version: i64, written: &Written<'_>) -> Result<bool, Error> {
    let draft = written.draft;
    let touched = tx
        .run(
            sql!(
                "UPDATE goals SET author = $3, visibility = $4, kind = $5, term = $6, competency = $7, for_objective = $8, ",
                "parent = $9, words = $10, due = $11, changed_at = $12, version = version + 1 ",
                "WHERE id = $1 AND version = $2 AND settled_at IS NULL"
            ),
            values![
                id,
                version,
                written.by,
                draft.visibility.code(),
                draft.kind.code(),
                draft.term.code(),
                draft.tie.as_ref().and_then(Tie::competency),
                draft.tie == Some(Tie::Objective),
                draft.parent,
                &written.words,
                draft.due.map(|due| due.to_string()),
                written.at
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Says what became of a goal; false when somebody else was first.
pub(super) async fn settle(tx: &mut Tx, id: GoalId, version: i64, settled: &Settled) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE goals SET outcome = $3, settled_at = $4, settled_by = $5, reason = $6, version = version + 1 ",
                "WHERE id = $1 AND version = $2 AND settled_at IS NULL"
            ),
            values![id, version, settled.outcome.code(), settled.at, settled.by, settled.reason.clone()],
        )
        .await?;
    Ok(touched == 1)
}

/// Takes up again what was settled; false when somebody else was first.
pub(super) async fn reopen(tx: &mut Tx, id: GoalId, version: i64) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE goals SET outcome = NULL, settled_at = NULL, settled_by = NULL, reason = NULL, version = version + 1 ",
                "WHERE id = $1 AND version = $2 AND settled_at IS NOT NULL"
            ),
            values![id, version],
        )
        .await?;
    Ok(touched == 1)
}

/// The steps of all goals of a mentorship, in their order.
pub(super) async fn steps(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Step>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT goal_steps.id, goal_steps.goal, goal_steps.author, goal_steps.words, goal_steps.done_at ",
                "FROM goal_steps JOIN goals ON goals.id = goal_steps.goal WHERE goals.mentorship = $1 ",
                "ORDER BY goal_steps.goal, goal_steps.place, goal_steps.id"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Step {
                id: row.get("id")?,
                goal: row.get("goal")?,
                author: row.get("author")?,
                words: row.get("words")?,
                done_at: row.get("done_at")?,
            })
        })
        .collect()
}

/// Adds a step or puts it where it stands now.
pub(super) async fn put_step(
    tx: &mut Tx,
    organisation: OrganisationId,
    (step, place): (&Step, usize),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO goal_steps (id, organisation, goal, place, author, words, done_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ",
            "ON CONFLICT (id) DO UPDATE SET place = excluded.place, author = excluded.author, words = excluded.words"
        ),
        values![
            step.id,
            organisation,
            step.goal,
            i64::try_from(place).unwrap_or(i64::MAX),
            step.author,
            &step.words,
            step.done_at
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn drop_step(tx: &mut Tx, id: StepId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM goal_steps WHERE id = $1"), values![id]).await.map(drop)
}

/// Ticks a step of a goal, or takes the tick away; false where the goal has no such step.
pub(super) async fn tick(tx: &mut Tx, goal: GoalId, id: StepId, done_at: Option<Timestamp>) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("UPDATE goal_steps SET done_at = $3 WHERE id = $1 AND goal = $2"), values![id, goal, done_at])
        .await?;
    Ok(touched == 1)
}

/// Every check-in of a goal: what is sealed anew is sealed anew to the last.
pub(super) async fn all_check_ins(tx: &mut Tx, goal: GoalId) -> Result<Vec<CheckIn>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT goal_check_ins.id, goal_check_ins.goal, goal_check_ins.author, persons.name AS author_name, ",
                "goal_check_ins.on_day, goal_check_ins.figure, goal_check_ins.words FROM goal_check_ins ",
                "JOIN persons ON persons.id = goal_check_ins.author WHERE goal_check_ins.goal = $1"
            ),
            values![goal],
        )
        .await?;
    rows.iter().map(check_in_of).collect()
}

/// The newest check-ins of a goal, the newest first.
pub(super) async fn check_ins(from: impl Into<Reader<'_>>, goal: GoalId) -> Result<Vec<CheckIn>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT goal_check_ins.id, goal_check_ins.goal, goal_check_ins.author, persons.name AS author_name, ",
                "goal_check_ins.on_day, goal_check_ins.figure, goal_check_ins.words FROM goal_check_ins ",
                "JOIN persons ON persons.id = goal_check_ins.author WHERE goal_check_ins.goal = $1 ",
                "ORDER BY goal_check_ins.on_day DESC, goal_check_ins.id DESC LIMIT $2"
            ),
            values![goal, MOST_CHECK_INS],
        )
        .await?;
    rows.iter().map(check_in_of).collect()
}

/// Whether somebody has said since an instant how goals of a mentorship go.
pub(super) async fn has_checked_in(
    from: impl Into<Reader<'_>>,
    (mentorship, only): (MentorshipId, Option<GoalId>),
    author: PersonId,
    since: Timestamp,
) -> Result<bool, Error> {
    let (first, last) = only.map_or((Uuid::nil(), Uuid::max()), |only| (only.0, only.0));
    let row = from
        .into()
        .row(
            sql!(
                "SELECT 1 AS one FROM goal_check_ins JOIN goals ON goals.id = goal_check_ins.goal WHERE goals.mentorship = $1 ",
                "AND goals.visibility <> 'only-me' AND goal_check_ins.author = $2 AND goal_check_ins.written_at >= $3 ",
                "AND goals.id BETWEEN $4 AND $5 LIMIT 1"
            ),
            values![mentorship, author, since, first, last],
        )
        .await?;
    Ok(row.is_some())
}

/// The newest check-ins of each goal of a mentorship, the newest first.
pub(super) async fn check_ins_of(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<CheckIn>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT told.id, told.goal, told.author, persons.name AS author_name, told.on_day, told.figure, told.words FROM ",
                "(SELECT goal_check_ins.id, goal_check_ins.goal, goal_check_ins.author, goal_check_ins.on_day, ",
                "goal_check_ins.figure, goal_check_ins.words, row_number() OVER (PARTITION BY goal_check_ins.goal ",
                "ORDER BY goal_check_ins.on_day DESC, goal_check_ins.id DESC) AS place FROM goal_check_ins ",
                "JOIN goals ON goals.id = goal_check_ins.goal WHERE goals.mentorship = $1) AS told ",
                "JOIN persons ON persons.id = told.author WHERE told.place <= $2 ORDER BY told.goal, told.place"
            ),
            values![mentorship, IN_REVIEW],
        )
        .await?;
    rows.iter().map(check_in_of).collect()
}

/// Every check-in with words of the goals that the two of a mentorship share.
pub(super) async fn shared_check_ins(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
) -> Result<Vec<CheckIn>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT goal_check_ins.id, goal_check_ins.goal, goal_check_ins.author, persons.name AS author_name, ",
                "goal_check_ins.on_day, goal_check_ins.figure, goal_check_ins.words ",
                "FROM goal_check_ins JOIN goals ON goals.id = goal_check_ins.goal ",
                "JOIN persons ON persons.id = goal_check_ins.author WHERE goals.mentorship = $1 ",
                "AND goals.visibility <> 'only-me' AND goal_check_ins.words IS NOT NULL"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter().map(check_in_of).collect()
}

fn check_in_of(row: &Row) -> Result<CheckIn, Error> {
    Ok(CheckIn {
        id: row.get("id")?,
        goal: row.get("goal")?,
        author: row.get("author")?,
        author_name: row.get("author_name")?,
        on: row.word("on_day", |text| text.parse().ok())?,
        figure: row.get("figure")?,
        words: row.get("words")?,
    })
}

pub(super) async fn add_check_in(
    tx: &mut Tx,
    organisation: OrganisationId,
    (goal, id): (GoalId, CheckInId),
    (by, at): (PersonId, Timestamp),
    (on, figure, words): (Date, Option<Sealed>, Option<Sealed>),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO goal_check_ins (id, organisation, goal, author, on_day, figure, words, written_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        values![id, organisation, goal, by, on.to_string(), figure, words, at],
    )
    .await
    .map(drop)
}

/// Puts others in the place of a check-in's sealed figure and words.
pub(super) async fn reseal_check_in(
    tx: &mut Tx,
    id: CheckInId,
    (figure, words): (Option<Sealed>, Option<Sealed>),
) -> Result<(), Error> {
    tx.run(sql!("UPDATE goal_check_ins SET figure = $2, words = $3 WHERE id = $1"), values![id, figure, words])
        .await
        .map(drop)
}

/// The mentee's career objective as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Objective {
    pub author: PersonId,
    pub words: Sealed,
    pub version: i64,
}

pub(super) async fn objective(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
) -> Result<Option<Objective>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT author, words, version FROM goal_objectives WHERE mentorship = $1"), values![mentorship])
        .await?;
    row.map(|row| Ok(Objective { author: row.get("author")?, words: row.get("words")?, version: row.get("version")? }))
        .transpose()
}

/// Writes the objective over the version that was read, 0 for none; false when another window was first.
pub(super) async fn write_objective(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    (by, at): (PersonId, Timestamp),
    words: &Sealed,
    version: i64,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO goal_objectives (mentorship, organisation, author, words, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, 1) ",
                "ON CONFLICT (mentorship) DO UPDATE SET author = excluded.author, words = excluded.words, ",
                "changed_at = excluded.changed_at, version = goal_objectives.version + 1 WHERE goal_objectives.version = $6"
            ),
            values![mentorship, organisation, by, words, at, version],
        )
        .await?;
    Ok(touched == 1)
}

/// How the goals of these mentorships stand; where there are none, there is no row. What is only its owner's is not counted.
/// `today` is the day by which a goal is overdue.
pub async fn counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    today: Date,
) -> Result<Vec<(MentorshipId, Counts)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT goals.mentorship, count(*) AS goals, ",
                "CAST(sum(CASE WHEN goals.outcome = 'reached' THEN 1 ELSE 0 END) AS BIGINT) AS reached, ",
                "CAST(sum(CASE WHEN goals.outcome = 'let-go' THEN 1 ELSE 0 END) AS BIGINT) AS let_go, ",
                "CAST(sum(CASE WHEN goals.outcome IS NULL AND goals.due < $2 THEN 1 ELSE 0 END) AS BIGINT) AS overdue, ",
                "(SELECT max(goal_check_ins.on_day) FROM goal_check_ins JOIN goals AS told ON told.id = goal_check_ins.goal ",
                "WHERE told.mentorship = goals.mentorship AND told.visibility <> 'only-me') AS last_on ",
                "FROM goals WHERE goals.visibility <> 'only-me' AND goals.mentorship ",
                in_ids!("$1"),
                " GROUP BY goals.mentorship"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), today.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (all, reached, let_go): (i64, i64, i64) = (row.get("goals")?, row.get("reached")?, row.get("let_go")?);
            let open = all - reached - let_go;
            let (overdue, last_on) = (row.get("overdue")?, date(row, "last_on")?);
            Ok((row.get("mentorship")?, Counts { open, reached, let_go, overdue, last_on }))
        })
        .collect()
}
