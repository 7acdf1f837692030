use std::collections::{BTreeMap, HashSet};

use jiff::Timestamp;
use uuid::Uuid;

use crate::db::{After, Db, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, Part, PersonId, Sought};
use crate::people::model::Side;
use crate::programmes::enrolments::store as enrolments;
use crate::programmes::{Edition, EditionId};
use crate::{all_ids, in_ids, narrowed, sought_persons, sql, values};

/// Somebody who is enrolled, as a list shows them.
#[derive(Clone, Debug)]
pub struct Participant {
    pub person: PersonId,
    pub name: String,
    pub sort: Vec<u8>,
}

/// Those who are enrolled on a side and whom the search finds, in the order of names. The persons of the organisation are walked in
/// that order, so that a page costs what it shows and not what the edition holds.
pub async fn participants(
    db: &Db,
    edition: &Edition,
    side: Side,
    sought: &Sought,
    after: &After,
    limit: usize,
) -> Result<Vec<Participant>, Error> {
    let statements = narrowed!(
        "$7", ["persons", sought_persons!()] =>
        "SELECT persons.id, persons.name, persons.name_sort FROM ";
        " CROSS JOIN enrolments ",
        "WHERE enrolments.person = persons.id AND persons.organisation = $1 AND enrolments.edition = $2 ",
        "AND enrolments.side = $3 AND enrolments.standing = 'enrolled' ",
        "AND (persons.name_sort, persons.id) > ($4, $5) ORDER BY persons.name_sort, persons.id LIMIT $6"
    );
    let values = values![edition.organisation, edition.id, side.code(), after.sort.clone(), after.id, whole(limit)];
    let rows = sought.rows(db, statements, values).await?;
    rows.iter().map(participant).collect()
}

fn participant(row: &Row) -> Result<Participant, Error> {
    Ok(Participant { person: row.get("id")?, name: row.get("name")?, sort: row.get("name_sort")? })
}

/// Who is enrolled on a side.
pub async fn enrolled_on(from: impl Into<Reader<'_>>, edition: EditionId, side: Side) -> Result<Vec<PersonId>, Error> {
    enrolments::enrolled_before(from, (edition, side), Timestamp::MAX).await
}

/// Who of these people is enrolled on a side.
pub async fn enrolled_among(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    side: Side,
    people: &[PersonId],
) -> Result<HashSet<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT person FROM enrolments WHERE edition = $1 AND side = $2 AND standing = 'enrolled' AND person ",
                in_ids!("$3")
            ),
            values![edition, side.code(), ids(people.iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// The faculty whom an edition can call upon: those of the organisation and those of the edition.
pub(super) async fn faculty(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    edition: EditionId,
) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id FROM persons WHERE persons.organisation = $1 ",
                "AND EXISTS (SELECT 1 FROM parts WHERE parts.person = persons.id AND parts.part = 'faculty' ",
                "AND (parts.scope_id IS NULL OR parts.scope_id = $2))"
            ),
            values![organisation, edition],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// Who has read the orientation of an edition, part by part.
pub async fn oriented(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<BTreeMap<Part, Vec<PersonId>>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT part, ",
                all_ids!("person"),
                " AS people FROM (SELECT DISTINCT part, person FROM orientations WHERE edition = $1) AS oriented ",
                "GROUP BY part"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(|row| Ok((part(row, "part")?, row.ids("people")?.into_iter().map(PersonId).collect()))).collect()
}

/// Who has read the orientation of which edition of an organisation, part by part.
pub async fn oriented_in(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(EditionId, Part, Vec<PersonId>)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT edition, part, ",
                all_ids!("person"),
                " AS people FROM (SELECT DISTINCT edition, part, person FROM orientations WHERE organisation = $1) AS oriented ",
                "GROUP BY edition, part"
            ),
            values![organisation],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let people = row.ids("people")?.into_iter().map(PersonId).collect();
            Ok((row.get("edition")?, part(row, "part")?, people))
        })
        .collect()
}

/// Mentees and mentors who have still to read theirs, from somebody on in the order of names.
pub(super) async fn unread(
    db: &Db,
    edition: &Edition,
    sought: &Sought,
    from: &After,
    limit: usize,
) -> Result<Vec<(Participant, Part)>, Error> {
    let statements = narrowed!(
        "$6", ["persons", sought_persons!()] =>
        "SELECT persons.id, persons.name, persons.name_sort, enrolments.side FROM ";
        " CROSS JOIN enrolments ",
        "WHERE enrolments.person = persons.id AND persons.organisation = $1 AND enrolments.edition = $2 ",
        "AND enrolments.standing = 'enrolled' AND NOT EXISTS (SELECT 1 FROM orientations ",
        "WHERE orientations.edition = $2 AND orientations.person = persons.id AND orientations.part = enrolments.side) ",
        "AND (persons.name_sort, persons.id) >= ($3, $4) ",
        "ORDER BY persons.name_sort, persons.id, enrolments.side LIMIT $5"
    );
    let values = values![edition.organisation, edition.id, from.sort.clone(), from.id, whole(limit)];
    let rows = sought.rows(db, statements, values).await?;
    rows.iter().map(|row| Ok((participant(row)?, part(row, "side")?))).collect()
}

/// These people, as far as the search finds them, from somebody on in the order of names.
pub(super) async fn named(
    db: &Db,
    organisation: OrganisationId,
    people: impl Iterator<Item = PersonId>,
    sought: &Sought,
    from: &After,
    limit: usize,
) -> Result<Vec<Participant>, Error> {
    let statements = narrowed!(
        "$6", ["persons", sought_persons!()] =>
        "SELECT id, name, name_sort FROM ";
        " WHERE organisation = $1 AND (name_sort, id) >= ($3, $4) AND id ",
        in_ids!("$2"),
        " ORDER BY name_sort, id LIMIT $5"
    );
    let values = values![organisation, ids(people.map(|person| person.0)), from.sort.clone(), from.id, whole(limit)];
    let rows = sought.rows(db, statements, values).await?;
    rows.iter().map(participant).collect()
}

fn whole(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
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

fn part(row: &Row, column: &str) -> Result<Part, Error> {
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
