use jiff::Timestamp;

use super::model::{Ending, Mentorship, MentorshipId, NewMentorship};
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{sql, values};

pub(super) async fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    edition: EditionId,
    pairs: &[(MentorshipId, NewMentorship)],
    now: Timestamp,
) -> Result<(), Error> {
    let rows = pairs
        .iter()
        .map(|(id, pair)| values![*id, organisation, edition, pair.mentee, pair.mentor, now, 1_i64])
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO mentorships (id, organisation, edition, mentee, mentor, began_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Whether anything changed: false when it has ended already, or somebody else wrote a newer version first.
pub(super) async fn end(
    tx: &mut Tx,
    id: MentorshipId,
    version: i64,
    (by, ending, reason): (PersonId, Ending, Option<&str>),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE mentorships SET ended_at = $3, ended_by = $4, ending = $5, reason = $6, version = version + 1 ",
                "WHERE id = $1 AND version = $2 AND ended_at IS NULL"
            ),
            values![id, version, now, by, ending.code(), reason],
        )
        .await?;
    Ok(touched == 1)
}

/// A mentorship, whatever organisation it is of; the caller asks who may.
pub async fn mentorship(from: impl Into<Reader<'_>>, id: MentorshipId) -> Result<Option<Mentorship>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT mentorships.id, mentorships.organisation, mentorships.edition, mentorships.mentee, ",
                "mentorships.mentor, mentee.name AS mentee_name, mentor.name AS mentor_name, mentorships.began_at, ",
                "mentorships.ended_at, mentorships.ending, mentorships.version FROM mentorships ",
                "JOIN persons AS mentee ON mentee.id = mentorships.mentee ",
                "JOIN persons AS mentor ON mentor.id = mentorships.mentor WHERE mentorships.id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(mentorship_of).transpose()
}

/// The mentorships that run in an edition, in the order in which they were made.
pub async fn of_edition(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Mentorship>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorships.id, mentorships.organisation, mentorships.edition, mentorships.mentee, ",
                "mentorships.mentor, mentee.name AS mentee_name, mentor.name AS mentor_name, mentorships.began_at, ",
                "mentorships.ended_at, mentorships.ending, mentorships.version FROM mentorships ",
                "JOIN persons AS mentee ON mentee.id = mentorships.mentee ",
                "JOIN persons AS mentor ON mentor.id = mentorships.mentor ",
                "WHERE mentorships.edition = $1 AND mentorships.ended_at IS NULL ORDER BY mentorships.id"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(mentorship_of).collect()
}

fn mentorship_of(row: &Row) -> Result<Mentorship, Error> {
    let ending: Option<String> = row.get("ending")?;
    Ok(Mentorship {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        mentee: row.get("mentee")?,
        mentor: row.get("mentor")?,
        mentee_name: row.get("mentee_name")?,
        mentor_name: row.get("mentor_name")?,
        began_at: row.get("began_at")?,
        ended_at: row.get("ended_at")?,
        ending: ending.as_deref().and_then(Ending::parse),
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

/// Who has a mentor in an edition at present.
pub async fn mentees_of(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT mentee FROM mentorships WHERE edition = $1 AND ended_at IS NULL"), values![edition])
        .await?;
    rows.iter().map(|row| row.get("mentee")).collect()
}
