use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Ending, Exit, Mentorship, MentorshipId, NewMentorship, Parting};
use crate::db::{After, Db, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId, Sought};
use crate::programmes::{Edition, EditionId};
use crate::vault::Sealed;
use crate::{all_ids, in_ids, narrowed, sought_pairs, sql, values};

/// How many rows a page shows at most.
pub(super) const ON_A_PAGE: usize = 100;

/// What a list of mentorships shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    #[default]
    Running,
    Ended,
}

/// How the mentorships of an edition stand, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub running: i64,
    pub ended: i64,
}

/// The head of every statement that reads whole mentorships.
macro_rules! mentorships {
    () => {
        "SELECT mentorships.id, mentorships.organisation, mentorships.edition, mentorships.mentee, mentorships.mentor, \
         mentee.name AS mentee_name, mentor.name AS mentor_name, mentee.address AS mentee_address, \
         mentor.address AS mentor_address, mentorships.began_at, mentorships.ended_at, mentorships.ended_by, \
         mentorships.ending, mentorships.reason_words, mentorships.another, mentorships.mentee_sort, mentorships.version, \
         (SELECT max(settled_at) FROM agreement_versions WHERE agreement_versions.mentorship = mentorships.id) AS agreed_at \
         FROM mentorships JOIN persons AS mentee ON mentee.id = mentorships.mentee \
         JOIN persons AS mentor ON mentor.id = mentorships.mentor "
    };
}

pub(super) async fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    edition: EditionId,
    pairs: &[(MentorshipId, NewMentorship)],
    now: Timestamp,
) -> Result<(), Error> {
    let rows = pairs
        .iter()
        .map(|(id, pair)| values![*id, organisation, edition, pair.mentee, pair.mentor, now, false, 1_i64])
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO mentorships (id, organisation, edition, mentee, mentor, began_at, another, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        rows,
    )
    .await?;
    tx.run(
        sql!(
            "UPDATE mentorships SET mentee_sort = (SELECT name_sort FROM persons WHERE persons.id = mentorships.mentee) ",
            "WHERE edition = $1 AND mentee_sort IS NULL"
        ),
        values![edition],
    )
    .await
    .map(drop)
}

/// Whether anything changed: false when it has ended already, or somebody else wrote a newer version first.
pub(super) async fn end(
    tx: &mut Tx,
    id: MentorshipId,
    version: i64,
    by: PersonId,
    (parting, reason): (&Parting, Option<Sealed>),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE mentorships SET ended_at = $3, ended_by = $4, ending = $5, reason_words = $6, another = $7, ",
                "version = version + 1 WHERE id = $1 AND version = $2 AND ended_at IS NULL"
            ),
            values![id, version, now, by, parting.ending.code(), reason, parting.another],
        )
        .await?;
    Ok(touched == 1)
}

/// All mentorships of somebody, on either side.
pub async fn ids_of_person(db: &Db, person: PersonId) -> Result<Vec<Uuid>, Error> {
    let statement = sql!("SELECT id FROM mentorships WHERE mentee = $1 OR mentor = $1");
    db.rows(statement, values![person]).await?.iter().map(|row| row.get("id")).collect()
}

/// A mentorship, whatever organisation it is of; the caller asks who may.
pub async fn mentorship(from: impl Into<Reader<'_>>, id: MentorshipId) -> Result<Option<Mentorship>, Error> {
    let row = from.into().row(sql!(mentorships!(), "WHERE mentorships.id = $1"), values![id]).await?;
    row.as_ref().map(mentorship_of).transpose()
}

/// The same, while it runs.
pub async fn still_running(from: impl Into<Reader<'_>>, id: MentorshipId) -> Result<Option<Mentorship>, Error> {
    Ok(mentorship(from, id).await?.filter(|pair| pair.ended_at.is_none()))
}

/// The mentorships that run in an edition, in the order in which they were made.
pub async fn of_edition(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.edition = $1 AND mentorships.ended_at IS NULL ORDER BY mentorships.id"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// Couples of an edition who parted without fault, in the order of time: nobody is to put them together again by themselves.
pub async fn exits(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Exit>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentee, mentor, ended_by, another FROM mentorships ",
                "WHERE edition = $1 AND ended_at IS NOT NULL AND ending = 'exit' ORDER BY ended_at, id"
            ),
            values![edition],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Exit {
                couple: NewMentorship { mentee: row.get("mentee")?, mentor: row.get("mentor")? },
                by: row.get("ended_by")?,
                another: row.get("another")?,
            })
        })
        .collect()
}

/// Says that who left would like another match after all; false when somebody else wrote a newer version first.
pub(super) async fn ask_another(tx: &mut Tx, id: MentorshipId, version: i64) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE mentorships SET another = TRUE, version = version + 1 WHERE id = $1 AND version = $2"),
            values![id, version],
        )
        .await?;
    Ok(touched == 1)
}

/// The mentorships that run in an edition and in which somebody stands, on either side.
pub(super) async fn running_of(tx: &mut Tx, edition: EditionId, person: PersonId) -> Result<Vec<Mentorship>, Error> {
    let rows = tx
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.edition = $1 AND (mentorships.mentee = $2 OR mentorships.mentor = $2) ",
                "AND mentorships.ended_at IS NULL ORDER BY mentorships.id"
            ),
            values![edition, person],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// Some of the mentorships that run in an edition and began at an instant at the latest.
pub(super) async fn running_since(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    at: Timestamp,
    most: i64,
) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.edition = $1 AND mentorships.ended_at IS NULL AND mentorships.began_at <= $2 ",
                "ORDER BY mentorships.id LIMIT $3"
            ),
            values![edition, at, most],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// How many mentorships run in an edition.
pub async fn running(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<i64, Error> {
    Ok(counts(from, edition).await?.running)
}

/// A page of an edition's mentorships in the order of the mentees' names.
pub(super) async fn page(
    db: &Db,
    edition: &Edition,
    shown: Shown,
    sought: &Sought,
    after: &After,
    most: usize,
) -> Result<Vec<Mentorship>, Error> {
    let statements = narrowed!(
        "$6", ["mentorships", sought_pairs!("mentorships")] =>
        mentorships!(),
        "WHERE mentorships.id IN (SELECT id FROM (SELECT id FROM ";
        " WHERE edition = $1 AND (ended_at IS NOT NULL) = $2 AND (mentee_sort, id) > ($3, $4) ORDER BY mentee_sort, id LIMIT $5) AS page) ",
        "ORDER BY mentorships.mentee_sort, mentorships.id"
    );
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    let values = values![edition.id, shown == Shown::Ended, after.sort.clone(), after.id, most];
    let rows = sought.rows(db, statements, values).await?;
    rows.iter().map(mentorship_of).collect()
}

pub(super) async fn counts(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Counts, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT count(*) AS mentorships, count(ended_at) AS ended FROM mentorships WHERE edition = $1"),
            values![edition],
        )
        .await?;
    let Some(row) = row else { return Ok(Counts::default()) };
    let (all, ended): (i64, i64) = (row.get("mentorships")?, row.get("ended")?);
    Ok(Counts { running: all - ended, ended })
}

/// Somebody's own mentorships on either side: those that run first, then the newest.
pub async fn of_person(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.mentee = $1 OR mentorships.mentor = $1 ",
                "ORDER BY CASE WHEN mentorships.ended_at IS NULL THEN 0 ELSE 1 END, mentorships.id DESC LIMIT $2"
            ),
            values![person, i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// These mentorships of an organisation, whoever they are of; the caller asks who may.
pub async fn these(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    mentorships: &[MentorshipId],
) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(mentorships!(), "WHERE mentorships.organisation = $1 AND mentorships.id ", in_ids!("$2")),
            values![organisation, ids(mentorships.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// The mentorships of an organisation that are looked after: those that run, and those that came to their end since an instant, for
/// what follows. In the order of the mentees' names.
pub async fn watched(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    since: Timestamp,
) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.organisation = $1 ",
                "AND (mentorships.ended_at IS NULL OR (mentorships.ending = 'closure' AND mentorships.ended_at >= $2)) ",
                "ORDER BY mentorships.mentee_sort, mentorships.id"
            ),
            values![organisation, since],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

/// Says that a mentorship began at another time.
pub(super) async fn backdate(tx: &mut Tx, id: MentorshipId, began_at: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE mentorships SET began_at = $2 WHERE id = $1"), values![id, began_at]).await.map(drop)
}

/// The mentorships that run and that somebody stands in.
pub async fn running_with(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<Mentorship>, Error> {
    let mut own = of_person(from, person).await?;
    own.retain(|mentorship| mentorship.ended_at.is_none());
    Ok(own)
}

/// The mentorships that run of these mentors, by the names of both.
pub async fn running_of_mentors(db: &Db, mentors: &[PersonId]) -> Result<Vec<Mentorship>, Error> {
    let rows = db
        .rows(
            sql!(
                mentorships!(),
                "WHERE mentorships.ended_at IS NULL AND mentorships.mentor ",
                in_ids!("$1"),
                " ORDER BY mentor.name_sort, mentee.name_sort, mentorships.id LIMIT $2"
            ),
            values![ids(mentors.iter().map(|mentor| mentor.0)), i64::try_from(ON_A_PAGE).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

fn mentorship_of(row: &Row) -> Result<Mentorship, Error> {
    Ok(Mentorship {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        mentee: row.get("mentee")?,
        mentor: row.get("mentor")?,
        mentee_name: row.get("mentee_name")?,
        mentor_name: row.get("mentor_name")?,
        mentee_address: row.get("mentee_address")?,
        mentor_address: row.get("mentor_address")?,
        began_at: row.get("began_at")?,
        agreed_at: row.get("agreed_at")?,
        ended_at: row.get("ended_at")?,
        ended_by: row.get("ended_by")?,
        ending: row.word_if("ending", Ending::parse)?,
        reason: row.get("reason_words")?,
        another: row.get("another")?,
        sort: row.get::<Option<Vec<u8>>>("mentee_sort")?.unwrap_or_default(),
        version: row.get("version")?,
    })
}

/// A mentorship that runs, with the names of both.
#[derive(Clone, Debug)]
pub struct Pair {
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
}

/// The mentorships that run in an edition and that somebody stands in, on either side.
pub async fn pairs_of(from: impl Into<Reader<'_>>, edition: EditionId, person: PersonId) -> Result<Vec<Pair>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorships.mentee, mentorships.mentor, mentee.name AS mentee_name, mentor.name AS mentor_name ",
                "FROM mentorships JOIN persons AS mentee ON mentee.id = mentorships.mentee ",
                "JOIN persons AS mentor ON mentor.id = mentorships.mentor WHERE mentorships.edition = $1 ",
                "AND (mentorships.mentee = $2 OR mentorships.mentor = $2) AND mentorships.ended_at IS NULL ",
                "ORDER BY mentee.name_sort, mentee.id"
            ),
            values![edition, person],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Pair {
                mentee: row.get("mentee")?,
                mentor: row.get("mentor")?,
                mentee_name: row.get("mentee_name")?,
                mentor_name: row.get("mentor_name")?,
            })
        })
        .collect()
}

/// Who of these mentees of an edition has a mentor.
pub async fn mentored_among(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    mentees: impl IntoIterator<Item = PersonId>,
) -> Result<std::collections::HashSet<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT mentee FROM mentorships WHERE edition = $1 AND ended_at IS NULL AND mentee ", in_ids!("$2")),
            values![edition, ids(mentees.into_iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| row.get("mentee")).collect()
}

/// Who has or had a mentor in an edition.
pub(super) async fn ever_mentored(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<PersonId>, Error> {
    let statement = sql!("SELECT ", all_ids!("mentee"), " AS mentees FROM mentorships WHERE edition = $1");
    let row = from.into().row(statement, values![edition]).await?;
    let mentees = row.map_or(Ok(Vec::new()), |row| row.ids("mentees"))?;
    Ok(mentees.into_iter().map(PersonId).collect())
}

/// Who has a mentor in an edition at present.
pub async fn mentees_of(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT ", all_ids!("mentee"), " AS mentees FROM mentorships WHERE edition = $1 AND ended_at IS NULL"),
            values![edition],
        )
        .await?;
    let mentees = row.map_or(Ok(Vec::new()), |row| row.ids("mentees"))?;
    Ok(mentees.into_iter().map(PersonId).collect())
}
