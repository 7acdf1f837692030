use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;

use super::model::{Found, Press, Proposal, ProposalId, Standing, State};
use super::{Couple, Settled, Wishes};
use crate::db::{After, Db, Error, Reader, Row, Tx, ids};
use crate::i18n::fold;
use crate::identity::{OrganisationId, PersonId, Sought};
use crate::mentorships;
use crate::pairing::runs::RunId;
use crate::people::model::Side;
use crate::programmes::{Edition, EditionId};
use crate::vault::Sealed;
use crate::{in_ids, narrowed, sought_pairs, sql, values};

/// How many rows a page shows at most.
pub(super) const ON_A_PAGE: usize = 100;

/// A proposal to be made.
#[derive(Clone, Debug)]
pub(super) struct NewProposal {
    pub id: ProposalId,
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_sort: Vec<u8>,
    pub why: String,
}

/// What somebody said, as they see it again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct OwnWishes {
    pub ranked: Vec<PersonId>,
    pub written: Vec<String>,
    /// 0 when nothing was said yet.
    pub version: i64,
}

/// How many have not answered and may be written to again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Silent {
    /// Those to whom the question could not be mailed.
    pub unreached: i64,
    /// Those who were asked, or reminded, a day ago or more.
    pub to_remind: i64,
}

/// Which proposals a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Filter {
    Everything,
    /// Those who have not answered.
    Waiting,
    /// Those to whom the question could not be mailed.
    Unreached,
    Only(State),
}

/// The head of every statement that reads whole proposals.
macro_rules! proposals {
    () => {
        "SELECT proposals.id, proposals.organisation, proposals.edition, proposals.mentee, proposals.mentor, \
         mentee.name AS mentee_name, mentor.name AS mentor_name, proposals.why, proposals.state, proposals.by_silence, \
         proposals.mentor_until, proposals.mentee_until, proposals.reached_at, proposals.unreached_at, proposals.reason_words, \
         proposals.closed_at, proposals.mentee_sort, proposals.version FROM proposals \
         JOIN persons AS mentee ON mentee.id = proposals.mentee JOIN persons AS mentor ON mentor.id = proposals.mentor "
    };
}

impl Filter {
    /// The two states that it shows; twice the same where it is one.
    fn states(self) -> [&'static str; 2] {
        match self {
            Self::Everything => ["", ""],
            Self::Waiting | Self::Unreached => [State::MentorAsked.code(), State::MenteeAsked.code()],
            Self::Only(state) => [state.code(), state.code()],
        }
    }
}

/// How many proposals of somebody are under way, on either side.
pub(super) async fn under_way_of(tx: &mut Tx, organisation: OrganisationId, person: PersonId) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT count(*) AS under_way FROM proposals WHERE organisation = $1 AND (mentee = $2 OR mentor = $2) ",
                "AND state IN ('mentor-asked', 'mentee-asked', 'accepted')"
            ),
            values![organisation, person],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("under_way"))
}

/// What everybody of an edition said before the run. What was written of somebody who was not known yet is looked up again.
pub(in crate::pairing) async fn wishes(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Wishes>, Error> {
    let mut from = from.into();
    let rows = from
        .again()
        .rows(
            sql!(
                "SELECT organisation, person, side, ranked, conflicts, written FROM pairing_wishes WHERE edition = $1 ",
                "ORDER BY person, side"
            ),
            values![edition],
        )
        .await?;
    let has_written = |row: &Row| Ok::<_, Error>(!lines(&row.get::<String>("written")?).is_empty());
    let mut known = HashMap::new();
    for row in &rows {
        if has_written(row)? {
            known = named(from.again(), row.get("organisation")?).await?;
            break;
        }
    }
    rows.iter()
        .map(|row| {
            let (side, ranked, conflicts, written): (String, String, String, String) =
                (row.get("side")?, row.get("ranked")?, row.get("conflicts")?, row.get("written")?);
            let mut conflicts = people(&conflicts);
            conflicts.extend(lines(&written).iter().flat_map(|line| meant(&known, line)));
            conflicts.sort_unstable();
            conflicts.dedup();
            Ok(Wishes {
                person: row.get("person")?,
                side: Side::parse(&side)
                    .ok_or_else(|| Error::Column { column: "side".to_owned(), reason: format!("unknown: {side}") })?,
                ranked: people(&ranked),
                conflicts,
            })
        })
        .collect()
}

/// Everybody of an organisation by folded name and by address. Two may bear one name.
pub(super) async fn named(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<HashMap<String, Vec<PersonId>>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT id, name, address FROM persons WHERE organisation = $1"), values![organisation])
        .await?;
    let mut known: HashMap<String, Vec<PersonId>> = HashMap::new();
    for row in rows {
        let (id, name, address): (PersonId, String, String) = (row.get("id")?, row.get("name")?, row.get("address")?);
        known.entry(fold(&name)).or_default().push(id);
        known.entry(fold(&address)).or_default().push(id);
    }
    Ok(known)
}

/// Whom a line means: everybody who bears the name, since a conflict with one too many does no harm.
pub(super) fn meant(known: &HashMap<String, Vec<PersonId>>, line: &str) -> Vec<PersonId> {
    known.get(&fold(line.trim())).cloned().unwrap_or_default()
}

fn people(list: &str) -> Vec<PersonId> {
    serde_json::from_str(list).unwrap_or_default()
}

fn lines(list: &str) -> Vec<String> {
    serde_json::from_str(list).unwrap_or_default()
}

/// What somebody said on one side.
pub(super) async fn own_wishes(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    person: PersonId,
    side: Side,
) -> Result<OwnWishes, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT ranked, written, version FROM pairing_wishes WHERE edition = $1 AND person = $2 AND side = $3"
            ),
            values![edition, person, side.code()],
        )
        .await?;
    let Some(row) = row else { return Ok(OwnWishes::default()) };
    Ok(OwnWishes {
        ranked: people(&row.get::<String>("ranked")?),
        written: lines(&row.get::<String>("written")?),
        version: row.get("version")?,
    })
}

/// Whether anything changed: false when a newer version was written first.
pub(super) async fn set_wishes(
    tx: &mut Tx,
    edition: &Edition,
    (person, side): (PersonId, Side),
    wishes: &OwnWishes,
    conflicts: &[PersonId],
    now: Timestamp,
) -> Result<bool, Error> {
    let kept = |people: &[PersonId]| serde_json::to_string(people).unwrap_or_default();
    let touched = tx
        .run(
            sql!(
                "INSERT INTO pairing_wishes (edition, organisation, person, side, ranked, conflicts, written, changed_at, ",
                "version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9 + 1) ON CONFLICT (edition, person, side) DO UPDATE SET ",
                "ranked = excluded.ranked, conflicts = excluded.conflicts, written = excluded.written, ",
                "changed_at = excluded.changed_at, version = excluded.version WHERE pairing_wishes.version = $9"
            ),
            values![
                edition.id,
                edition.organisation,
                person,
                side.code(),
                kept(&wishes.ranked),
                kept(conflicts),
                serde_json::to_string(&wishes.written).unwrap_or_default(),
                now,
                wishes.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// What earlier proposals and mentorships leave to the next run.
pub(in crate::pairing) async fn settled(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Settled, Error> {
    let mut from = from.into();
    let mut settled = Settled::default();
    for standing in standing(from.again(), edition).await? {
        match standing.state {
            State::Declined => settled.declined.push(standing.couple),
            State::MentorAsked | State::MenteeAsked | State::Accepted => settled.kept.push(standing.couple),
            // What was published is a mentorship, which may have ended; what was taken back is as if it had not been.
            State::Published | State::TakenBack => {}
        }
    }
    let couple = |mentee, mentor| Couple { mentee, mentor };
    let running = mentorships::of_edition(from.again(), edition).await?;
    settled.kept.extend(running.iter().map(|pair| couple(pair.mentee, pair.mentor)));
    let exits = mentorships::exits(from, edition).await?;
    settled.declined.extend(exits.iter().map(|exit| couple(exit.couple.mentee, exit.couple.mentor)));
    settled.resting = mentorships::resting(&exits);
    Ok(settled)
}

/// Every proposal of an edition, in few words.
pub(in crate::pairing) async fn standing(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
) -> Result<Vec<Standing>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, mentee, mentor, state, mentee_until, closed_at FROM proposals WHERE edition = $1 ",
                "ORDER BY created_at, mentee, mentor"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(standing_of).collect()
}

fn standing_of(row: &Row) -> Result<Standing, Error> {
    Ok(Standing {
        id: row.get("id")?,
        couple: Couple { mentee: row.get("mentee")?, mentor: row.get("mentor")? },
        state: state(row)?,
        mentee_knows: row.get::<Option<Timestamp>>("mentee_until")?.is_some(),
        closed: row.get::<Option<Timestamp>>("closed_at")?.is_some(),
    })
}

/// How often something was pressed in an edition, and what of it is still carried out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Turn {
    pub taken: i64,
    pub under_way: Option<Press>,
}

pub(super) async fn turn(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Turn, Error> {
    let row = from
        .into()
        .row(sql!("SELECT taken, under_way FROM pairing_turns WHERE edition = $1"), values![edition])
        .await?;
    let Some(row) = row else { return Ok(Turn::default()) };
    let wrong = |error: serde_json::Error| Error::Column { column: "under_way".to_owned(), reason: error.to_string() };
    let under_way = row.get::<Option<String>>("under_way")?.as_deref().map(serde_json::from_str).transpose();
    Ok(Turn { taken: row.get("taken")?, under_way: under_way.map_err(wrong)? })
}

/// Takes the edition's turn until the transaction ends; false when somebody else took it since it was read.
pub(super) async fn take_turn(tx: &mut Tx, edition: &Edition, taken: i64) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO pairing_turns (edition, organisation, taken) VALUES ($1, $2, 1) ",
                "ON CONFLICT (edition) DO UPDATE SET taken = pairing_turns.taken + 1 WHERE pairing_turns.taken = $3"
            ),
            values![edition.id, edition.organisation, taken],
        )
        .await?;
    Ok(touched == 1)
}

/// Keeps what is carried out from now on, or that nothing is.
pub(super) async fn set_under_way(tx: &mut Tx, edition: EditionId, press: Option<&Press>) -> Result<(), Error> {
    let press = press.map(|press| serde_json::to_string(press).unwrap_or_default());
    tx.run(sql!("UPDATE pairing_turns SET under_way = $2 WHERE edition = $1"), values![edition, press]).await.map(drop)
}

/// Whether a run of this edition is finished, and may be asked about.
pub(super) async fn is_finished(tx: &mut Tx, edition: EditionId, run: RunId) -> Result<bool, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT id FROM pairing_runs WHERE id = $1 AND edition = $2 AND finished_at IS NOT NULL ",
                "AND failure IS NULL AND frees IS NULL"
            ),
            values![run, edition],
        )
        .await?;
    Ok(row.is_some())
}

/// Whether a newer run of its edition is finished: this one knows nothing of what was said since.
pub(super) async fn is_outdated(tx: &mut Tx, run: RunId) -> Result<bool, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT newer.id FROM pairing_runs JOIN pairing_runs AS newer ON newer.edition = pairing_runs.edition ",
                "WHERE pairing_runs.id = $1 AND newer.number > pairing_runs.number AND newer.finished_at IS NOT NULL ",
                "AND newer.failure IS NULL AND newer.frees IS NULL LIMIT 1"
            ),
            values![run],
        )
        .await?;
    Ok(row.is_some())
}

pub(super) async fn add(
    tx: &mut Tx,
    edition: &Edition,
    run: RunId,
    proposals: Vec<NewProposal>,
    until: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let rows = proposals
        .into_iter()
        .map(|new| {
            values![
                new.id,
                edition.organisation,
                edition.id,
                run,
                new.mentee,
                new.mentor,
                new.mentee_sort,
                new.why,
                State::MentorAsked.code(),
                false,
                until,
                now,
                1_i64
            ]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO proposals (id, organisation, edition, run, mentee, mentor, mentee_sort, why, state, by_silence, ",
            "mentor_until, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// How many pairs a run proposes.
pub(super) async fn count_pairs(from: impl Into<Reader<'_>>, run: RunId) -> Result<i64, Error> {
    let row = from
        .into()
        .row(sql!("SELECT count(*) AS pairs FROM pairing_results WHERE run = $1 AND mentor IS NOT NULL"), values![run])
        .await?;
    row.map_or(Ok(0), |row| row.get("pairs"))
}

/// The pairs of a run after a place, in its order, with what became of them in the edition.
pub(super) async fn pairs_after(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    (run, place): (RunId, i64),
    most: usize,
) -> Result<Vec<Found>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT pairing_results.place, pairing_results.mentee, pairing_results.mentor, pairing_results.told, ",
                "persons.name_sort, (SELECT id FROM proposals WHERE proposals.edition = $1 ",
                "AND proposals.mentee = pairing_results.mentee AND proposals.mentor = pairing_results.mentor ",
                "AND proposals.state IN ('mentor-asked', 'mentee-asked', 'accepted')) AS stands, ",
                "(SELECT count(*) FROM proposals WHERE proposals.edition = $1 ",
                "AND proposals.mentee = pairing_results.mentee AND proposals.mentor = pairing_results.mentor ",
                "AND proposals.state = 'declined') AS declined ",
                "FROM pairing_results JOIN persons ON persons.id = pairing_results.mentee ",
                "WHERE pairing_results.run = $2 AND pairing_results.place > $3 AND pairing_results.mentor IS NOT NULL ",
                "ORDER BY pairing_results.place LIMIT $4"
            ),
            values![edition, run, place, whole(most)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Found {
                place: row.get("place")?,
                couple: Couple { mentee: row.get("mentee")?, mentor: row.get("mentor")? },
                mentee_sort: row.get("name_sort")?,
                told: row.get("told")?,
                stands: row.get("stands")?,
                is_declined: row.get::<i64>("declined")? > 0,
            })
        })
        .collect()
}

/// What is under way and does not stand in the run.
pub(super) async fn beside(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    run: RunId,
    most: usize,
) -> Result<Vec<ProposalId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id FROM proposals WHERE edition = $1 AND state IN ('mentor-asked', 'mentee-asked', 'accepted') ",
                "AND NOT EXISTS (SELECT 1 FROM pairing_results WHERE pairing_results.run = $2 ",
                "AND pairing_results.mentee = proposals.mentee AND pairing_results.mentor = proposals.mentor) ",
                "ORDER BY id LIMIT $3"
            ),
            values![edition, run, whole(most)],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Takes these back, whatever versions they have, and says which were still under way.
pub(super) async fn take_back_all(tx: &mut Tx, these: &[ProposalId], now: Timestamp) -> Result<Vec<Standing>, Error> {
    let rows = tx
        .rows(
            sql!(
                "UPDATE proposals SET state = 'taken-back', closed_at = $2, version = version + 1 ",
                "WHERE state IN ('mentor-asked', 'mentee-asked', 'accepted') AND id ",
                in_ids!("$1"),
                " RETURNING id, mentee, mentor, state, mentee_until, closed_at"
            ),
            values![ids(these.iter().map(|id| id.0)), now],
        )
        .await?;
    rows.iter().map(standing_of).collect()
}

/// Takes one back, whatever version it has; false when it is no longer under way.
pub(super) async fn take_back(tx: &mut Tx, id: ProposalId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE proposals SET state = 'taken-back', closed_at = $2, version = version + 1 WHERE id = $1 ",
                "AND state IN ('mentor-asked', 'mentee-asked', 'accepted')"
            ),
            values![id, now],
        )
        .await?;
    Ok(touched == 1)
}

/// What was declined until then, and may be told as changed once the coordinator acts.
pub(super) async fn to_close(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    until: Timestamp,
    most: usize,
) -> Result<Vec<ProposalId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id FROM proposals WHERE edition = $1 AND state = 'declined' AND closed_at IS NULL ",
                "AND coalesce(mentee_answered_at, mentor_answered_at, created_at) <= $2 ORDER BY id LIMIT $3"
            ),
            values![edition, until, whole(most)],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// From now on whoever had accepted may be told that these changed. Says which were not told before.
pub(super) async fn close(tx: &mut Tx, these: &[ProposalId], now: Timestamp) -> Result<Vec<Standing>, Error> {
    let rows = tx
        .rows(
            sql!(
                "UPDATE proposals SET closed_at = $2 WHERE closed_at IS NULL AND id ",
                in_ids!("$1"),
                " RETURNING id, mentee, mentor, state, mentee_until, closed_at"
            ),
            values![ids(these.iter().map(|id| id.0)), now],
        )
        .await?;
    rows.iter().map(standing_of).collect()
}

/// A proposal, whatever organisation it is of; the caller asks who may.
pub(super) async fn proposal(from: impl Into<Reader<'_>>, id: ProposalId) -> Result<Option<Proposal>, Error> {
    let row = from.into().row(sql!(proposals!(), "WHERE proposals.id = $1"), values![id]).await?;
    row.as_ref().map(proposal_of).transpose()
}

/// When somebody ($1) was asked about a proposal, under its name in the statement.
macro_rules! asked_at {
    ($proposal:literal) => {
        concat!(
            "CASE WHEN ",
            $proposal,
            ".mentor = $1 THEN ",
            $proposal,
            ".created_at ELSE coalesce(",
            $proposal,
            ".mentor_answered_at, ",
            $proposal,
            ".created_at) END"
        )
    };
}

/// What somebody may see of proposals, about which they were asked last first: all as a mentor, and as a mentee those whose mentor
/// has accepted.
pub(super) async fn of_person(
    from: impl Into<Reader<'_>>,
    person: PersonId,
    before: Option<ProposalId>,
    most: usize,
) -> Result<Vec<Proposal>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                proposals!(),
                "WHERE (proposals.mentor = $1 OR (proposals.mentee = $1 AND proposals.mentee_until IS NOT NULL)) ",
                "AND (CAST($2 AS UUID) IS NULL OR (",
                asked_at!("proposals"),
                ", proposals.id) < (SELECT ",
                asked_at!("former"),
                ", former.id FROM proposals AS former WHERE former.id = $2 AND (former.mentor = $1 OR former.mentee = $1))) ",
                "ORDER BY ",
                asked_at!("proposals"),
                " DESC, proposals.id DESC LIMIT $3"
            ),
            values![person, before, whole(most)],
        )
        .await?;
    rows.iter().map(proposal_of).collect()
}

/// Whether pairs of a run were proposed, and how many declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pairing) struct OfRun {
    pub is_sent: bool,
    pub declined: i64,
}

/// A page of an edition's proposals in the order of the mentees' names. A list that is narrowed to those that stand somewhere leaves
/// the viewer's own out: it would tell them where these stand.
pub(super) async fn page(
    db: &Db,
    (edition, viewer): (&Edition, PersonId),
    filter: Filter,
    sought: &Sought,
    after: &After,
    most: usize,
) -> Result<Vec<Proposal>, Error> {
    let [one, other] = filter.states();
    let statements = narrowed!(
        "$9", ["proposals", sought_pairs!("proposals")] =>
        proposals!(),
        "WHERE proposals.id IN (SELECT id FROM (SELECT id FROM ";
        " WHERE edition = $1 AND ($2 = '' OR (state IN ($2, $3) AND mentee <> $8 AND mentor <> $8)) ",
        "AND (NOT $7 OR unreached_at IS NOT NULL) AND (mentee_sort, id) > ($4, $5) ",
        "ORDER BY mentee_sort, id LIMIT $6) AS page) ORDER BY proposals.mentee_sort, proposals.id"
    );
    let values =
        values![edition.id, one, other, after.sort.clone(), after.id, whole(most), filter == Filter::Unreached, viewer];
    let rows = sought.rows(db, statements, values).await?;
    rows.iter().map(proposal_of).collect()
}

/// The edition of each proposal that waits for this person's answer.
pub async fn waiting_for(
    from: impl Into<Reader<'_>>,
    person: PersonId,
    now: Timestamp,
) -> Result<Vec<EditionId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT edition FROM proposals WHERE ",
                "(mentor = $1 AND state = 'mentor-asked' AND (mentor_until > $2 OR reached_at IS NULL)) ",
                "OR (mentee = $1 AND state = 'mentee-asked' AND (mentee_until > $2 OR reached_at IS NULL))"
            ),
            values![person, now],
        )
        .await?;
    rows.iter().map(|row| row.get("edition")).collect()
}

/// How many pairs both have accepted and nobody has published, edition by edition.
pub(in crate::pairing) async fn accepted_by_edition(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(EditionId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT edition, count(*) AS pairs FROM proposals WHERE organisation = $1 AND state = 'accepted' ",
                "GROUP BY edition ORDER BY edition"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("edition")?, row.get("pairs")?))).collect()
}

/// How many proposals of an edition still wait for an answer.
pub(super) async fn count_waiting(tx: &mut Tx, edition: EditionId) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT count(*) AS proposals FROM proposals WHERE edition = $1 ",
                "AND state IN ('mentor-asked', 'mentee-asked')"
            ),
            values![edition],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("proposals"))
}

/// How many proposals of an edition stand where, and by when the last awaited answer is due; without those of `reader`, who would
/// learn from them what became of her own.
pub(in crate::pairing) async fn counts(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    reader: Option<PersonId>,
) -> Result<(BTreeMap<State, i64>, Option<Timestamp>), Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT state, count(*) AS proposals, max(CASE WHEN state = 'mentor-asked' THEN mentor_until ",
                "WHEN state = 'mentee-asked' THEN mentee_until END) AS until FROM proposals WHERE edition = $1 ",
                "AND mentee <> $2 AND mentor <> $2 GROUP BY state"
            ),
            values![edition, reader.unwrap_or(PersonId(uuid::Uuid::nil()))],
        )
        .await?;
    let (mut counts, mut latest) = (BTreeMap::new(), None);
    for row in &rows {
        counts.insert(state(row)?, row.get("proposals")?);
        latest = latest.max(row.get::<Option<Timestamp>>("until")?);
    }
    Ok((counts, latest))
}

/// What became of the pairs of a run: whether any was proposed from it, and how many of its pairs were declined since, whichever run
/// proposed them.
pub(in crate::pairing) async fn of_run(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    run: RunId,
) -> Result<OfRun, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT (SELECT count(*) FROM (SELECT 1 FROM proposals WHERE run = $2 LIMIT 1) AS first) AS sent, ",
                "count(*) AS declined ",
                "FROM proposals JOIN pairing_results ON pairing_results.run = $2 ",
                "AND pairing_results.mentee = proposals.mentee AND pairing_results.mentor = proposals.mentor ",
                "WHERE proposals.edition = $1 AND proposals.state = 'declined'"
            ),
            values![edition, run],
        )
        .await?;
    let row = row.as_ref();
    let count = |column: &str| row.map_or(Ok(0), |row| row.get(column));
    Ok(OfRun { is_sent: count("sent")? > 0, declined: count("declined")? })
}

/// Writes an answer; false when a newer version was written first.
pub(super) async fn answer(
    tx: &mut Tx,
    proposal: &Proposal,
    side: Side,
    state: State,
    mentee_until: Option<Timestamp>,
    reason: Option<Sealed>,
    now: Timestamp,
) -> Result<bool, Error> {
    let (of_mentor, of_mentee) = match side {
        Side::Mentor => (Some(now), None),
        Side::Mentee => (None, Some(now)),
    };
    let touched = tx
        .run(
            sql!(
                "UPDATE proposals SET state = $3, mentor_answered_at = coalesce($4, mentor_answered_at), ",
                "mentee_answered_at = coalesce($5, mentee_answered_at), mentee_until = coalesce($6, mentee_until), ",
                "reason_words = $7, reached_at = NULL, unreached_at = NULL, reminded_at = NULL, version = version + 1 ",
                "WHERE id = $1 AND version = $2"
            ),
            values![proposal.id, proposal.version, state.code(), of_mentor, of_mentee, mentee_until, reason],
        )
        .await?;
    Ok(touched == 1)
}

/// Makes answers of windows that ran out: no for a mentor, yes for a mentee. Says how many of each.
pub(super) async fn silence(tx: &mut Tx, edition: EditionId, now: Timestamp) -> Result<(u64, u64), Error> {
    let mentors = tx
        .run(
            sql!(
                "UPDATE proposals SET state = 'declined', by_silence = TRUE, mentor_answered_at = $2, version = version + 1 ",
                "WHERE edition = $1 AND state = 'mentor-asked' AND mentor_until <= $2 AND reached_at IS NOT NULL"
            ),
            values![edition, now],
        )
        .await?;
    let mentees = tx
        .run(
            sql!(
                "UPDATE proposals SET state = 'accepted', by_silence = TRUE, mentee_answered_at = $2, version = version + 1 ",
                "WHERE edition = $1 AND state = 'mentee-asked' AND mentee_until <= $2 AND reached_at IS NOT NULL"
            ),
            values![edition, now],
        )
        .await?;
    Ok((mentors, mentees))
}

/// Gives whoever is asked now, and was not before, until a later moment.
pub(super) async fn stretch(tx: &mut Tx, proposal: &Proposal, until: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE proposals SET mentor_until = CASE WHEN state = 'mentor-asked' THEN $3 ELSE mentor_until END, ",
            "mentee_until = CASE WHEN state = 'mentee-asked' THEN $3 ELSE mentee_until END ",
            "WHERE id = $1 AND version = $2"
        ),
        values![proposal.id, proposal.version, until],
    )
    .await
    .map(drop)
}

/// The mail that asks this person has gone.
pub(super) async fn reached(tx: &mut Tx, id: ProposalId, to: PersonId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE proposals SET reached_at = $3, unreached_at = NULL WHERE id = $1 AND reached_at IS NULL AND ",
            "((state = 'mentor-asked' AND mentor = $2) OR (state = 'mentee-asked' AND mentee = $2))"
        ),
        values![id, to, now],
    )
    .await
    .map(drop)
}

/// The mail that asks this person is given up; false where their answer is awaited no more, or they have the mail.
pub(super) async fn unreached(tx: &mut Tx, id: ProposalId, to: PersonId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE proposals SET unreached_at = $3 WHERE id = $1 AND reached_at IS NULL AND ",
                "((state = 'mentor-asked' AND mentor = $2) OR (state = 'mentee-asked' AND mentee = $2))"
            ),
            values![id, to, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Those whose mail was given up are to be asked again: the proposal and the person.
pub(super) async fn ask_again(tx: &mut Tx, edition: EditionId) -> Result<Vec<(ProposalId, PersonId)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "UPDATE proposals SET unreached_at = NULL WHERE edition = $1 AND unreached_at IS NOT NULL ",
                "AND state IN ('mentor-asked', 'mentee-asked') ",
                "RETURNING id, CASE WHEN state = 'mentor-asked' THEN mentor ELSE mentee END AS person"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("person")?))).collect()
}

/// How many may be written to again: those whose question could not be mailed, and those who were asked or reminded some time ago.
pub(super) async fn count_silent(
    from: impl Into<Reader<'_>>,
    (edition, reader): (EditionId, PersonId),
    since: Timestamp,
) -> Result<Silent, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(unreached_at) AS unreached, ",
                "count(CASE WHEN coalesce(reminded_at, reached_at) <= $2 THEN 1 END) AS to_remind ",
                "FROM proposals WHERE edition = $1 AND state IN ('mentor-asked', 'mentee-asked') ",
                "AND mentee <> $3 AND mentor <> $3"
            ),
            values![edition, since, reader],
        )
        .await?;
    let Some(row) = row else { return Ok(Silent::default()) };
    Ok(Silent { unreached: row.get("unreached")?, to_remind: row.get("to_remind")? })
}

/// Who has not answered, and was neither asked nor reminded since then: the proposal and the person.
pub(super) async fn to_remind(
    tx: &mut Tx,
    edition: EditionId,
    since: Timestamp,
) -> Result<Vec<(ProposalId, PersonId)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, CASE WHEN state = 'mentor-asked' THEN mentor ELSE mentee END AS person FROM proposals ",
                "WHERE edition = $1 AND state IN ('mentor-asked', 'mentee-asked') ",
                "AND coalesce(reminded_at, reached_at) <= $2 ORDER BY id"
            ),
            values![edition, since],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("person")?))).collect()
}

pub(super) async fn reminded(tx: &mut Tx, edition: EditionId, since: Timestamp, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE proposals SET reminded_at = $3 WHERE edition = $1 AND state IN ('mentor-asked', 'mentee-asked') ",
            "AND coalesce(reminded_at, reached_at) <= $2"
        ),
        values![edition, since, now],
    )
    .await
    .map(drop)
}

/// What both have accepted and nobody has published.
pub(super) async fn accepted(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    most: usize,
) -> Result<Vec<(ProposalId, Couple)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, mentee, mentor FROM proposals WHERE edition = $1 AND state = 'accepted' ",
                "ORDER BY id LIMIT $2"
            ),
            values![edition, whole(most)],
        )
        .await?;
    let couple = |row: &Row| Ok::<_, Error>(Couple { mentee: row.get("mentee")?, mentor: row.get("mentor")? });
    rows.iter().map(|row| Ok((row.get("id")?, couple(row)?))).collect()
}

/// The couples of whom both have said yes.
pub(super) async fn accepted_couples(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Couple>, Error> {
    Ok(accepted(from, edition, usize::MAX).await?.into_iter().map(|(_, couple)| couple).collect())
}

/// What is accepted of these becomes published. Says which were.
pub(super) async fn publish(tx: &mut Tx, these: &[ProposalId]) -> Result<Vec<Couple>, Error> {
    let rows = tx
        .rows(
            sql!(
                "UPDATE proposals SET state = 'published', version = version + 1 WHERE state = 'accepted' AND id ",
                in_ids!("$1"),
                " RETURNING mentee, mentor"
            ),
            values![ids(these.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok(Couple { mentee: row.get("mentee")?, mentor: row.get("mentor")? })).collect()
}

pub(super) async fn add_link(
    tx: &mut Tx,
    token: &[u8],
    proposal: &Proposal,
    person: PersonId,
    now: Timestamp,
    until: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO proposal_links (token, organisation, proposal, person, created_at, expires_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![token.to_vec(), proposal.organisation, proposal.id, person, now, until],
    )
    .await
    .map(drop)
}

/// Which proposal a link is for, and whose it is, while it holds.
pub(super) async fn link(
    from: impl Into<Reader<'_>>,
    token: &[u8],
    now: Timestamp,
) -> Result<Option<(ProposalId, PersonId)>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT proposal, person FROM proposal_links WHERE token = $1 AND expires_at > $2"),
            values![token.to_vec(), now],
        )
        .await?;
    row.map(|row| Ok((row.get("proposal")?, row.get("person")?))).transpose()
}

pub(super) async fn forget_links(tx: &mut Tx, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM proposal_links WHERE expires_at <= $1"), values![now]).await.map(drop)
}

fn whole(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}

fn state(row: &Row) -> Result<State, Error> {
    let code: String = row.get("state")?;
    State::parse(&code).ok_or_else(|| Error::Column { column: "state".to_owned(), reason: format!("unknown: {code}") })
}

fn proposal_of(row: &Row) -> Result<Proposal, Error> {
    Ok(Proposal {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        mentee: row.get("mentee")?,
        mentor: row.get("mentor")?,
        mentee_name: row.get("mentee_name")?,
        mentor_name: row.get("mentor_name")?,
        why: row.get("why")?,
        state: state(row)?,
        by_silence: row.get("by_silence")?,
        mentor_until: row.get("mentor_until")?,
        mentee_until: row.get("mentee_until")?,
        reached: row.get::<Option<Timestamp>>("reached_at")?.is_some(),
        unreached: row.get::<Option<Timestamp>>("unreached_at")?.is_some(),
        reason: row.get("reason_words")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
        sort: row.get("mentee_sort")?,
    })
}
