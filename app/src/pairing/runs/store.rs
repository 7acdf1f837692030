use jiff::Timestamp;
use uuid::Uuid;

use super::model::{ChangeRow, Frees, Mark, MarkKind, MentorRow, Run, State, Summary};
use super::{ResultRow, RunId, Told};
use crate::db::{Db, Error, Reader, Row, Tx};
use crate::i18n::Message;
use crate::identity::{self, OrganisationId, PersonId, Sought};
use crate::programmes::EditionId;
use crate::{narrowed, sought_pairs, sql, values};

/// The rules of an edition, and their version.
#[derive(Clone, Debug)]
pub struct SavedRules {
    pub text: String,
    pub version: i64,
}

pub(in crate::pairing) async fn rules(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
) -> Result<Option<SavedRules>, Error> {
    let row =
        from.into().row(sql!("SELECT rules, version FROM pairing_rules WHERE edition = $1"), values![edition]).await?;
    row.map(|row| Ok(SavedRules { text: row.get("rules")?, version: row.get("version")? })).transpose()
}

/// Saves rules over the version that was looked at, 0 where there were none; false when somebody was faster.
pub(super) async fn save_rules(
    tx: &mut Tx,
    edition: EditionId,
    organisation: OrganisationId,
    text: &str,
    version: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = if version == 0 {
        tx.run(
            sql!(
                "INSERT INTO pairing_rules (edition, organisation, rules, changed_at, version) VALUES ($1, $2, $3, $4, 1) ",
                "ON CONFLICT (edition) DO NOTHING"
            ),
            values![edition, organisation, text, now],
        )
        .await?
    } else {
        tx.run(
            sql!(
                "UPDATE pairing_rules SET rules = $3, changed_at = $4, version = version + 1 ",
                "WHERE edition = $1 AND version = $2"
            ),
            values![edition, version, text, now],
        )
        .await?
    };
    Ok(touched == 1)
}

/// Marks a pair, whatever it was marked before.
pub(super) async fn mark(
    tx: &mut Tx,
    (edition, organisation): (EditionId, OrganisationId),
    (mentee, mentor): (PersonId, PersonId),
    kind: MarkKind,
    by: PersonId,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO pairing_marks ",
            "(edition, organisation, mentee, mentor, mark, marked_by, marked_at, mentee_sort, mentor_sort) ",
            "SELECT $1, $2, mentee.id, mentor.id, $5, $6, $7, mentee.name_sort, mentor.name_sort ",
            "FROM persons AS mentee, persons AS mentor WHERE mentee.id = $3 AND mentor.id = $4 ",
            "ON CONFLICT (edition, mentee, mentor) ",
            "DO UPDATE SET mark = excluded.mark, marked_by = excluded.marked_by, marked_at = excluded.marked_at"
        ),
        values![edition, organisation, mentee, mentor, kind.code(), by, now],
    )
    .await
    .map(drop)
}

/// Takes the pins of a mentee away: nobody has two mentors.
pub(super) async fn unpin(tx: &mut Tx, edition: EditionId, mentee: PersonId) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM pairing_marks WHERE edition = $1 AND mentee = $2 AND mark = 'pin'"),
        values![edition, mentee],
    )
    .await
    .map(drop)
}

/// Whether there was a mark to take away.
pub(super) async fn unmark(
    tx: &mut Tx,
    edition: EditionId,
    (mentee, mentor): (PersonId, PersonId),
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("DELETE FROM pairing_marks WHERE edition = $1 AND mentee = $2 AND mentor = $3"),
            values![edition, mentee, mentor],
        )
        .await?;
    Ok(touched == 1)
}

/// Where a page of marks begins: after this pair, in the order of the mentees' names and then of the mentors'.
#[derive(Clone, Debug, Default)]
pub struct AfterMark {
    mentee: (Vec<u8>, Uuid),
    mentor: (Vec<u8>, Uuid),
}

impl AfterMark {
    /// What a former page gave, if it is one.
    pub fn parse(text: &str) -> Option<Self> {
        let mut pieces = text.split('.');
        let mut one = || Some((hex::decode(pieces.next()?).ok()?, pieces.next()?.parse().ok()?));
        let after = Self { mentee: one()?, mentor: one()? };
        pieces.next().is_none().then_some(after)
    }

    pub fn of(mark: &Mark) -> String {
        let one = |sort: &[u8], id: PersonId| format!("{}.{id}", hex::encode(sort));
        format!("{}.{}", one(&mark.mentee_sort, mark.mentee), one(&mark.mentor_sort, mark.mentor))
    }
}

/// A page of the marks of an edition, in the order of the mentees' names.
pub(super) async fn marks(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    sought: &Sought,
    after: &AfterMark,
    most: usize,
) -> Result<Vec<Mark>, Error> {
    let statements = narrowed!(
        "$7", ["pairing_marks", sought_pairs!("pairing_marks")] =>
        "SELECT page.mentee, page.mentor, mentee.name AS mentee_name, mentor.name AS mentor_name, ",
        "page.mentee_sort, page.mentor_sort, page.mark, marker.name AS marked_by FROM ",
        "(SELECT mentee, mentor, mentee_sort, mentor_sort, mark, marked_by FROM ";
        " WHERE edition = $1 AND (mentee_sort, mentee, mentor_sort, mentor) > ($2, $3, $4, $5) ",
        "ORDER BY mentee_sort, mentee, mentor_sort, mentor LIMIT $6) AS page ",
        "JOIN persons AS mentee ON mentee.id = page.mentee JOIN persons AS mentor ON mentor.id = page.mentor ",
        "LEFT JOIN persons AS marker ON marker.id = page.marked_by ",
        "ORDER BY page.mentee_sort, page.mentee, page.mentor_sort, page.mentor"
    );
    let values =
        values![edition, after.mentee.0.clone(), after.mentee.1, after.mentor.0.clone(), after.mentor.1, whole(most)];
    let rows = sought.rows(from, statements, values).await?;
    rows.iter()
        .map(|row| {
            Ok(Mark {
                mentee: row.get("mentee")?,
                mentor: row.get("mentor")?,
                mentee_name: row.get("mentee_name")?,
                mentor_name: row.get("mentor_name")?,
                mentee_sort: row.get("mentee_sort")?,
                mentor_sort: row.get("mentor_sort")?,
                kind: row.word("mark", MarkKind::parse)?,
                marked_by: row.get("marked_by")?,
            })
        })
        .collect()
}

pub(super) async fn count_marks(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<i64, Error> {
    let row = from
        .into()
        .row(sql!("SELECT count(*) AS marks FROM pairing_marks WHERE edition = $1"), values![edition])
        .await?;
    row.map_or(Ok(0), |row| row.get("marks"))
}

/// The number that the next run of an edition bears.
pub(super) async fn next_number(tx: &mut Tx, edition: EditionId) -> Result<i64, Error> {
    let row = tx
        .row(sql!("SELECT coalesce(max(number), 0) + 1 AS next FROM pairing_runs WHERE edition = $1"), values![edition])
        .await?;
    row.map_or(Ok(1), |row| row.get("next"))
}

/// A run that is about to be queued.
#[derive(Clone, Debug)]
pub struct NewRun {
    pub id: RunId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub name: String,
    pub rules: String,
    pub frees: Option<Frees>,
    pub by: PersonId,
}

pub(super) async fn add_run(tx: &mut Tx, run: &NewRun, number: i64, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO pairing_runs (id, organisation, edition, number, name, state, rules, frees, started_by, created_at, ",
            "version) VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7, $8, $9, 1)"
        ),
        values![
            run.id,
            run.organisation,
            run.edition,
            number,
            &run.name,
            &run.rules,
            run.frees.map(Frees::code),
            run.by,
            now
        ],
    )
    .await
    .map(drop)
}

/// A run.
macro_rules! runs {
    () => {
        "SELECT pairing_runs.id, pairing_runs.organisation, pairing_runs.edition, pairing_runs.number, pairing_runs.name, \
         pairing_runs.state, pairing_runs.rules, pairing_runs.frees, persons.name AS started_by, pairing_runs.summary, \
         pairing_runs.failure, pairing_runs.created_at, pairing_runs.version \
         FROM pairing_runs LEFT JOIN persons ON persons.id = pairing_runs.started_by "
    };
}

/// A run, whatever organisation it is of; the caller asks who may.
pub(super) async fn run(from: impl Into<Reader<'_>>, id: RunId) -> Result<Option<Run>, Error> {
    let mut from = from.into();
    let row = from.again().row(sql!(runs!(), "WHERE pairing_runs.id = $1"), values![id]).await?;
    Ok(named(from, row.as_ref().map(run_row).transpose()?.into_iter().collect()).await?.pop())
}

/// The runs of an edition before a number, the newest first; those that answer a question among them.
pub(super) async fn runs(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    before: i64,
    most: usize,
) -> Result<Vec<Run>, Error> {
    let mut from = from.into();
    let statement = sql!(
        runs!(),
        "WHERE pairing_runs.edition = $1 AND pairing_runs.number < $2 ORDER BY pairing_runs.number DESC LIMIT $3"
    );
    let rows = from.again().rows(statement, values![edition, before, whole(most)]).await?;
    named(from, rows.iter().map(run_row).collect::<Result<_, _>>()?).await
}

/// The same without those that answer a question, and nobody is named in them yet.
pub(super) async fn plain_runs(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    before: i64,
    most: usize,
) -> Result<Vec<Run>, Error> {
    let statement = sql!(
        runs!(),
        "WHERE pairing_runs.edition = $1 AND pairing_runs.number < $2 AND pairing_runs.frees IS NULL ",
        "ORDER BY pairing_runs.number DESC LIMIT $3"
    );
    let rows = from.into().rows(statement, values![edition, before, whole(most)]).await?;
    rows.iter().map(run_row).collect()
}

/// The newest run of an edition, with whom it names: the one that the board shows.
pub(super) async fn newest_run(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Option<Run>, Error> {
    let mut from = from.into();
    let newest = plain_runs(from.again(), edition, i64::MAX, 1).await?;
    Ok(named(from, newest).await?.pop())
}

/// A run under way that answers the same question.
pub(super) async fn asked(tx: &mut Tx, edition: EditionId, frees: Frees) -> Result<Option<RunId>, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT id FROM pairing_runs WHERE edition = $1 AND frees = $2 AND state IN ('queued', 'running') ",
                "ORDER BY number DESC LIMIT 1"
            ),
            values![edition, frees.code()],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// How many runs of an organisation are under way.
pub(in crate::pairing) async fn under_way(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT count(*) AS under_way FROM pairing_runs WHERE organisation = $1 AND state IN ('queued', 'running')"
            ),
            values![organisation],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("under_way"))
}

/// Names those of whom runs tell: one statement, however many.
async fn named(from: Reader<'_>, mut runs: Vec<Run>) -> Result<Vec<Run>, Error> {
    let mut persons = Vec::new();
    for run in &runs {
        run.persons(&mut persons);
    }
    let names = identity::names(from, &persons).await?;
    for run in &mut runs {
        run.name_persons(&names);
    }
    Ok(runs)
}

fn run_row(row: &Row) -> Result<Run, Error> {
    let (summary, failure): (Option<String>, Option<String>) = (row.get("summary")?, row.get("failure")?);
    let wrong = |error: serde_json::Error| Error::Column { column: "summary".to_owned(), reason: error.to_string() };
    Ok(Run {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        number: row.get("number")?,
        name: row.get("name")?,
        state: row.word("state", State::parse)?,
        rules: row.get("rules")?,
        started_by: row.get("started_by")?,
        frees: match row.get::<Option<String>>("frees")? {
            Some(_) => Some(row.word("frees", Frees::parse)?),
            None => None,
        },
        summary: summary.as_deref().map(serde_json::from_str).transpose().map_err(wrong)?,
        failure: failure
            .as_deref()
            .map(serde_json::from_str::<Vec<Message>>)
            .transpose()
            .map_err(wrong)?
            .unwrap_or_default(),
        created_at: row.get("created_at")?,
        version: row.get("version")?,
    })
}

/// What the newest run of an edition came to, in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pairing) struct Newest {
    pub id: RunId,
    pub state: State,
    pub mentees: usize,
    pub paired: usize,
    /// Pairs about whom nobody was asked when it was run.
    pub to_ask: usize,
}

/// The newest run of an edition, if there is one.
pub(in crate::pairing) async fn newest(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
) -> Result<Option<Newest>, Error> {
    let newest = plain_runs(from, edition, i64::MAX, 1).await?.into_iter().next();
    Ok(newest.map(|run| {
        let summary = run.summary.unwrap_or_default();
        let to_ask = summary.to_ask();
        Newest { id: run.id, state: run.state, mentees: summary.mentees, paired: summary.paired, to_ask }
    }))
}

/// Says that somebody is at it; false when it is settled already.
pub(super) async fn begin(tx: &mut Tx, id: RunId) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE pairing_runs SET state = 'running', version = version + 1 ",
                "WHERE id = $1 AND state IN ('queued', 'running')"
            ),
            values![id],
        )
        .await?;
    Ok(touched == 1)
}

/// Settles a run; false when another server did so before.
pub(super) async fn finish(
    tx: &mut Tx,
    run: &Run,
    summary: &Summary,
    (proof, barred): (&[u8], &[u8]),
    now: Timestamp,
) -> Result<bool, Error> {
    let text = serde_json::to_string(summary).unwrap_or_default();
    let touched = tx
        .run(
            sql!(
                "UPDATE pairing_runs SET state = 'done', summary = $2, finished_at = $3, version = version + 1 ",
                "WHERE id = $1 AND state IN ('queued', 'running')"
            ),
            values![run.id, text, now],
        )
        .await?;
    if touched == 0 {
        return Ok(false);
    }
    tx.run(
        sql!("INSERT INTO pairing_proofs (run, organisation, proof, barred) VALUES ($1, $2, $3, $4)"),
        values![run.id, run.organisation, proof.to_vec(), barred.to_vec()],
    )
    .await?;
    Ok(true)
}

pub(super) async fn set_summary(tx: &mut Tx, id: RunId, summary: &Summary) -> Result<(), Error> {
    let summary = serde_json::to_string(summary).unwrap_or_default();
    tx.run(sql!("UPDATE pairing_runs SET summary = $2 WHERE id = $1"), values![id, summary]).await.map(drop)
}

/// Settles a run that could not be done; false when another server settled it before.
pub(super) async fn fail(tx: &mut Tx, id: RunId, why: &[Message], now: Timestamp) -> Result<bool, Error> {
    let why = serde_json::to_string(why).unwrap_or_default();
    let touched = tx
        .run(
            sql!(
                "UPDATE pairing_runs SET state = 'failed', failure = $2, finished_at = $3, version = version + 1 ",
                "WHERE id = $1 AND state IN ('queued', 'running')"
            ),
            values![id, why, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Names a run; false when somebody else wrote a newer version first.
pub(super) async fn name(tx: &mut Tx, id: RunId, version: i64, name: &str) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE pairing_runs SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"),
            values![id, version, name],
        )
        .await?;
    Ok(touched == 1)
}

/// The file, and which of its pairs are not allowed although they bear a score.
pub(super) async fn proof(from: impl Into<Reader<'_>>, id: RunId) -> Result<Option<(Vec<u8>, Vec<u8>)>, Error> {
    let row = from.into().row(sql!("SELECT proof, barred FROM pairing_proofs WHERE run = $1"), values![id]).await?;
    row.map(|row| Ok((row.get("proof")?, row.get::<Option<Vec<u8>>>("barred")?.unwrap_or_default()))).transpose()
}

/// What is about to be kept of a mentee.
#[derive(Clone, Debug)]
pub struct NewResult {
    pub mentee: PersonId,
    pub mentor: Option<PersonId>,
    pub score: Option<i64>,
    /// A [`Told`] as it is kept.
    pub told: String,
}

pub(super) async fn add_results(
    tx: &mut Tx,
    id: RunId,
    organisation: OrganisationId,
    results: &[NewResult],
) -> Result<(), Error> {
    let row = |(place, new): (i64, &NewResult)| {
        values![id, organisation, place, new.mentee, new.mentor, new.score, &new.told]
    };
    tx.run_many(
        sql!(
            "INSERT INTO pairing_results (run, organisation, place, mentee, mentor, score, told) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        (0_i64..).zip(results).map(row).collect(),
    )
    .await
    .map(drop)
}

/// What is about to be kept of a mentor.
#[derive(Clone, Debug)]
pub struct NewMentor {
    pub mentor: PersonId,
    pub capacity: u32,
    pub load: u32,
}

pub(super) async fn add_mentors(
    tx: &mut Tx,
    id: RunId,
    organisation: OrganisationId,
    mentors: &[NewMentor],
) -> Result<(), Error> {
    let row = |(place, new): (i64, &NewMentor)| values![id, organisation, place, new.mentor, new.capacity, new.load];
    tx.run_many(
        sql!(
            "INSERT INTO pairing_run_mentors (run, organisation, place, mentor, capacity, load) ",
            "VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        (0_i64..).zip(mentors).map(row).collect(),
    )
    .await
    .map(drop)
}

/// Every mentor of a run, in the order of names at the time.
pub(super) async fn mentors(from: impl Into<Reader<'_>>, id: RunId) -> Result<Vec<MentorRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT pairing_run_mentors.mentor, persons.name, persons.address, pairing_run_mentors.capacity, ",
                "pairing_run_mentors.load FROM pairing_run_mentors LEFT JOIN persons ON persons.id = pairing_run_mentors.mentor ",
                "WHERE pairing_run_mentors.run = $1 ORDER BY pairing_run_mentors.place"
            ),
            values![id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(MentorRow {
                mentor: row.get("mentor")?,
                known: row.get::<Option<String>>("name")?.zip(row.get("address")?),
                capacity: row.get("capacity")?,
                load: row.get("load")?,
            })
        })
        .collect()
}

/// A run's results with the names of both.
macro_rules! results {
    () => {
        "SELECT pairing_results.place, pairing_results.mentee, mentee.name AS mentee_name, pairing_results.mentor, \
         mentor.name AS mentor_name, pairing_results.score, pairing_results.told FROM pairing_results \
         JOIN persons AS mentee ON mentee.id = pairing_results.mentee \
         LEFT JOIN persons AS mentor ON mentor.id = pairing_results.mentor WHERE pairing_results.run = $1 "
    };
}

/// In place of the run's results: those of whom somebody is sought, as far as a page needs them to find its places. UNION keeps SQLite from
/// walking the run's places in their order instead.
macro_rules! sought_results {
    () => {
        "(SELECT run, place, mentor FROM pairing_results WHERE run = $1 AND mentee IN (SELECT id FROM sought) \
         UNION SELECT run, place, mentor FROM pairing_results WHERE run = $1 AND mentor IN (SELECT id FROM sought)) AS found"
    };
}

/// The results of those at places after $2, at most $3 of them: of everybody, and of those who are sought or with whose mentor they are.
macro_rules! results_after {
    ($which:literal) => {
        narrowed!(
            "$4", ["pairing_results", sought_results!()] =>
            results!(),
            "AND pairing_results.place IN (SELECT place FROM (SELECT place FROM ";
            " WHERE run = $1 AND place > $2",
            $which,
            " ORDER BY place LIMIT $3) AS page) ORDER BY pairing_results.place"
        )
    };
}

/// Of whom results are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    Everybody,
    Paired,
    LeftOut,
}

/// What a run found, after a place, of those who are sought.
pub(super) async fn found(
    db: &Db,
    run: &Run,
    which: Which,
    sought: &Sought,
    after: i64,
    most: usize,
) -> Result<Vec<ResultRow>, Error> {
    let statements = match which {
        Which::Everybody => results_after!(""),
        Which::Paired => results_after!(" AND mentor IS NOT NULL"),
        Which::LeftOut => results_after!(" AND mentor IS NULL"),
    };
    let rows = sought.rows(db, statements, values![run.id, after, whole(most)]).await?;
    results_named(db.into(), rows.iter().map(result_row).collect::<Result<_, _>>()?).await
}

/// A page of the pairs of a run after a place, and the first of those left out, of those who are sought: one statement for both.
pub(super) async fn board(
    db: &Db,
    run: &Run,
    sought: &Sought,
    after: i64,
    (most, most_left_out): (usize, usize),
) -> Result<(Vec<ResultRow>, Vec<ResultRow>), Error> {
    let statements = narrowed!(
        "$5", ["pairing_results", sought_results!()] =>
        results!(),
        "AND pairing_results.place IN (SELECT place FROM (SELECT place FROM ";
        " WHERE run = $1 AND place > $2 AND mentor IS NOT NULL ORDER BY place LIMIT $3) AS pairs ",
        "UNION ALL SELECT place FROM (SELECT place FROM ";
        " WHERE run = $1 AND mentor IS NULL ORDER BY place LIMIT $4) AS left_out) ORDER BY pairing_results.place"
    );
    let values = values![run.id, after, whole(most), whole(most_left_out)];
    let rows = sought.rows(db, statements, values).await?;
    let rows = results_named(db.into(), rows.iter().map(result_row).collect::<Result<_, _>>()?).await?;
    Ok(rows.into_iter().partition(|row| row.mentor.is_some()))
}

/// All that a run found, in the order of the mentees' names.
pub(super) async fn results(db: &Db, run: RunId) -> Result<Vec<ResultRow>, Error> {
    let rows = db.rows(sql!(results!(), "ORDER BY pairing_results.place"), values![run]).await?;
    results_named(db.into(), rows.iter().map(result_row).collect::<Result<_, _>>()?).await
}

/// What came of one mentee in a run.
pub(super) async fn result_of(
    from: impl Into<Reader<'_>>,
    run: RunId,
    mentee: PersonId,
) -> Result<Option<ResultRow>, Error> {
    let mut from = from.into();
    let row = from.again().row(sql!(results!(), "AND pairing_results.mentee = $2"), values![run, mentee]).await?;
    Ok(results_named(from, row.as_ref().map(result_row).transpose()?.into_iter().collect()).await?.pop())
}

/// The addresses of a run's mentees, in their order.
pub(super) async fn addresses(from: impl Into<Reader<'_>>, run: RunId) -> Result<Vec<String>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.address FROM pairing_results JOIN persons ON persons.id = pairing_results.mentee ",
                "WHERE pairing_results.run = $1 ORDER BY pairing_results.place"
            ),
            values![run],
        )
        .await?;
    rows.iter().map(|row| row.get("address")).collect()
}

/// Those of the run $2 whose mentor is another than in the run $1, newcomers among them.
macro_rules! changed {
    () => {
        "FROM pairing_results AS later \
         LEFT JOIN pairing_results AS earlier ON earlier.run = $1 AND earlier.mentee = later.mentee \
         WHERE later.run = $2 AND (earlier.place IS NULL OR earlier.mentor IS DISTINCT FROM later.mentor) "
    };
}

/// Those whose mentor in `after` is another than in `before`, from a place on.
pub(super) async fn changes(
    from: impl Into<Reader<'_>>,
    (before, after): (RunId, RunId),
    place: i64,
    most: usize,
) -> Result<Vec<ChangeRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT later.place, later.mentee, mentee.name AS mentee_name, earlier.place AS earlier_place, ",
                "old.name AS old_mentor, fresh.name AS new_mentor, earlier.score AS old_score, later.score AS new_score, ",
                "earlier.told AS old_told FROM (SELECT later.place, earlier.place AS earlier_place ",
                changed!(),
                "AND later.place > $3 ORDER BY later.place LIMIT $4) AS page ",
                "JOIN pairing_results AS later ON later.run = $2 AND later.place = page.place ",
                "JOIN persons AS mentee ON mentee.id = later.mentee ",
                "LEFT JOIN pairing_results AS earlier ON earlier.run = $1 AND earlier.place = page.earlier_place ",
                "LEFT JOIN persons AS old ON old.id = earlier.mentor LEFT JOIN persons AS fresh ON fresh.id = later.mentor ",
                "ORDER BY page.place"
            ),
            values![before, after, place, whole(most)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ChangeRow {
                place: row.get("place")?,
                mentee: row.get("mentee")?,
                mentee_name: row.get("mentee_name")?,
                was_there: row.get::<Option<i64>>("earlier_place")?.is_some(),
                before: row.get("old_mentor")?,
                kept: row
                    .get::<Option<String>>("old_told")?
                    .as_deref()
                    .map(told)
                    .transpose()?
                    .and_then(|told| told.kept),
                after: row.get("new_mentor")?,
                before_score: row.get("old_score")?,
                after_score: row.get("new_score")?,
            })
        })
        .collect()
}

/// How many have another mentor in `after` than in `before`, newcomers among them.
pub(super) async fn count_changes(from: impl Into<Reader<'_>>, (before, after): (RunId, RunId)) -> Result<i64, Error> {
    let row = from.into().row(sql!("SELECT count(*) AS people ", changed!()), values![before, after]).await?;
    row.map_or(Ok(0), |row| row.get("people"))
}

fn result_row(row: &Row) -> Result<ResultRow, Error> {
    let mentor: Option<PersonId> = row.get("mentor")?;
    Ok(ResultRow {
        place: row.get("place")?,
        mentee: row.get("mentee")?,
        mentee_name: row.get("mentee_name")?,
        mentor_name: if mentor.is_some() { row.get("mentor_name")? } else { None },
        mentor,
        score: row.get("score")?,
        told: told(&row.get::<String>("told")?)?,
    })
}

fn told(text: &str) -> Result<Told, Error> {
    serde_json::from_str(text).map_err(|error| Error::Column { column: "told".to_owned(), reason: error.to_string() })
}

/// Names those of whom results tell: one statement, however many.
async fn results_named(from: Reader<'_>, mut rows: Vec<ResultRow>) -> Result<Vec<ResultRow>, Error> {
    let mut persons = Vec::new();
    rows.iter().flat_map(|row| &row.told.mends).for_each(|mend| mend.persons(&mut persons));
    let names = identity::names(from, &persons).await?;
    rows.iter_mut().flat_map(|row| &mut row.told.mends).for_each(|mend| mend.name(&names));
    Ok(rows)
}

fn whole(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
