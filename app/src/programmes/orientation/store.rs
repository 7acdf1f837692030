use jiff::Timestamp;
use uuid::Uuid;

use crate::db::{Error, Reader, Tx};
use crate::identity::{OrganisationId, Part, PersonId};
use crate::people::model::Side;
use crate::programmes::EditionId;
use crate::{sql, values};

/// Somebody who is enrolled, as a list shows them.
#[derive(Clone, Debug)]
pub struct Participant {
    pub person: PersonId,
    pub name: String,
    pub sort: Vec<u8>,
}

/// Those who are enrolled on a side, in the order of names, after one of them or from the beginning.
pub async fn participants(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    side: Side,
    after: Option<(&[u8], PersonId)>,
    limit: usize,
) -> Result<Vec<Participant>, Error> {
    let (sort, person) = after.map_or((Vec::new(), PersonId(Uuid::nil())), |(sort, person)| (sort.to_vec(), person));
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name, persons.name_sort FROM enrolments ",
                "JOIN persons ON persons.id = enrolments.person WHERE enrolments.edition = $1 AND enrolments.side = $2 ",
                "AND enrolments.standing = 'enrolled' AND (persons.name_sort, persons.id) > ($3, $4) ",
                "ORDER BY persons.name_sort, persons.id LIMIT $5"
            ),
            values![edition, side.code(), sort, person, i64::try_from(limit).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Participant { person: row.get("id")?, name: row.get("name")?, sort: row.get("name_sort")? }))
        .collect()
}

/// Who is enrolled on a side.
pub async fn enrolled_on(from: impl Into<Reader<'_>>, edition: EditionId, side: Side) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT person FROM enrolments WHERE edition = $1 AND side = $2 AND standing = 'enrolled'"),
            values![edition, side.code()],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// The faculty whom an edition can call upon: those of the organisation and those of the edition.
pub(super) async fn faculty(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    edition: EditionId,
) -> Result<Vec<Participant>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name, persons.name_sort FROM persons WHERE persons.organisation = $1 ",
                "AND EXISTS (SELECT 1 FROM parts WHERE parts.person = persons.id AND parts.part = 'faculty' ",
                "AND (parts.scope_id IS NULL OR parts.scope_id = $2))"
            ),
            values![organisation, edition],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Participant { person: row.get("id")?, name: row.get("name")?, sort: row.get("name_sort")? }))
        .collect()
}

/// That somebody has read the orientation of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Oriented {
    pub person: PersonId,
    pub part: Part,
    /// When they did so first.
    pub at: Timestamp,
}

/// Who has read the orientation of an edition.
pub async fn oriented(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Oriented>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT person, part, min(read_at) AS read_at FROM orientations WHERE edition = $1 GROUP BY person, part"
            ),
            values![edition],
        )
        .await?;
    rows.iter()
        .map(|row| Ok(Oriented { person: row.get("person")?, part: part(row, "part")?, at: row.get("read_at")? }))
        .collect()
}

/// What somebody has read in an edition, the newest first: for which part, the digest of the words, and when.
pub(super) async fn readings(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    person: PersonId,
) -> Result<Vec<(Part, String, Timestamp)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT part, words, read_at FROM orientations WHERE edition = $1 AND person = $2 ",
                "ORDER BY read_at DESC, id DESC"
            ),
            values![edition, person],
        )
        .await?;
    rows.iter().map(|row| Ok((part(row, "part")?, row.get("words")?, row.get("read_at")?))).collect()
}

fn part(row: &crate::db::Row, column: &str) -> Result<Part, Error> {
    let code: String = row.get(column)?;
    Part::parse(&code).ok_or_else(|| Error::Column { column: column.to_owned(), reason: format!("unknown: {code}") })
}

/// Whether it is new: false when these words were read before.
pub(super) async fn add(
    tx: &mut Tx,
    id: Uuid,
    organisation: OrganisationId,
    (edition, person, part): (EditionId, PersonId, Part),
    words: &str,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO orientations (id, organisation, edition, person, part, words, read_at) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (edition, person, part, words) DO NOTHING"
            ),
            values![id, organisation, edition, person, part.code(), words, now],
        )
        .await?;
    Ok(touched == 1)
}
