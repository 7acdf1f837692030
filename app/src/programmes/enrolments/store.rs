use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use crate::db::{After as Next, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId, Sought};
use crate::people::model::Side;
use crate::programmes::model::{Edition, EditionId, Enrolment, EnrolmentId, NewEnrolment, Standing, Way};
use crate::{all_ids, in_ids, narrowed, sought_persons, sql, values};

/// What [`enrolment_of_row`] reads.
macro_rules! columns {
    () => {
        "enrolments.id, enrolments.organisation, enrolments.edition, enrolments.person, enrolments.side, \
         enrolments.standing, enrolments.way, enrolments.reason, enrolments.post, enrolments.nominated_by, \
         enrolments.capacity, enrolments.fallback, enrolments.changed_at, enrolments.version "
    };
}

/// The names that go with an enrolment.
macro_rules! names {
    () => {
        ", persons.name, persons.address, persons.name_sort, nominator.name AS nominator_name, \
         faculty.name AS fallback_name "
    };
}

macro_rules! joins {
    () => {
        "LEFT JOIN persons AS nominator ON nominator.id = enrolments.nominated_by \
         LEFT JOIN persons AS faculty ON faculty.id = enrolments.fallback "
    };
}

/// The head of every statement that reads enrolments with their names.
macro_rules! listed {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            names!(),
            "FROM enrolments JOIN persons ON persons.id = enrolments.person ",
            joins!()
        )
    };
}

/// The head of every statement that reads enrolments with the edition in which they are.
macro_rules! placed {
    () => {
        concat!(
            "SELECT ",
            columns!(),
            ", editions.name AS edition_name, programmes.name AS programme_name, editions.starts_on, editions.ends_on ",
            "FROM enrolments JOIN editions ON editions.id = enrolments.edition ",
            "JOIN programmes ON programmes.id = editions.programme "
        )
    };
}

/// An enrolment with the names of those whom it is about.
#[derive(Clone, Debug)]
pub struct Listed {
    pub enrolment: Enrolment,
    pub name: String,
    pub address: String,
    pub nominator: Option<String>,
    pub fallback: Option<String>,
    pub sort: Vec<u8>,
}

/// Which enrolments of an edition: empty texts leave nothing out.
#[derive(Clone, Debug)]
pub struct Filter<'a> {
    pub sought: &'a Sought,
    pub side: &'a str,
    pub standing: &'a str,
}

/// Where a page of a list begins: after this row.
#[derive(Clone, Debug)]
pub struct After {
    sort: Vec<u8>,
    person: PersonId,
    side: String,
}

/// How many stand where, on each side.
#[derive(Clone, Debug, Default)]
pub struct Counts(BTreeMap<(Side, Standing), i64>);

impl Counts {
    pub fn of(&self, side: Side, standing: Standing) -> i64 {
        self.0.get(&(side, standing)).copied().unwrap_or(0)
    }

    pub fn enrolled(&self, side: Side) -> i64 {
        self.of(side, Standing::Enrolled)
    }

    /// Of both sides.
    pub fn standing(&self, standing: Standing) -> i64 {
        Side::BOTH.into_iter().map(|side| self.of(side, standing)).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl After {
    /// The beginning, or what a link of a former page carries.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.splitn(3, '.');
        let parsed = (|| {
            let person = PersonId(parts.next()?.parse().ok()?);
            let side = Side::parse(parts.next()?)?.code().to_owned();
            Some(Self { person, side, sort: hex::decode(parts.next()?).ok()? })
        })();
        parsed.unwrap_or_else(|| Self { sort: Vec::new(), person: PersonId(Uuid::nil()), side: String::new() })
    }

    /// Whether it is not the beginning.
    pub fn is_somewhere(&self) -> bool {
        !self.side.is_empty()
    }

    /// What the link to the page after this row carries.
    pub fn of(row: &Listed) -> String {
        format!("{}.{}.{}", row.enrolment.person, row.enrolment.side.code(), hex::encode(&row.sort))
    }
}

/// Adds people to an edition; those who are in it already on that side stay as they are.
pub async fn add(
    tx: &mut Tx,
    edition: &Edition,
    people: &[(EnrolmentId, NewEnrolment)],
    now: Timestamp,
) -> Result<u64, Error> {
    let rows = people
        .iter()
        .map(|(id, new)| {
            values![
                *id,
                edition.organisation,
                edition.id,
                new.person,
                new.side.code(),
                new.standing.code(),
                new.way.code(),
                new.post.as_ref(),
                new.nominated_by,
                new.capacity,
                now,
                now,
                1_i64
            ]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO enrolments (id, organisation, edition, person, side, standing, way, post, nominated_by, capacity, ",
            "changed_at, created_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ",
            "ON CONFLICT (edition, person, side) DO NOTHING"
        ),
        rows,
    )
    .await
}

/// Whether anything changed: false when somebody else wrote a newer version first.
pub async fn set_standing(
    tx: &mut Tx,
    id: EnrolmentId,
    version: i64,
    standing: Standing,
    reason: Option<&str>,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE enrolments SET standing = $3, reason = $4, changed_at = $5, version = version + 1 ",
                "WHERE id = $1 AND version = $2"
            ),
            values![id, version, standing.code(), reason, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes how somebody came to be asked anew, and what an enrolment says beside the standing. Whether anything changed: false
/// when somebody else wrote a newer version first.
pub async fn set_details(tx: &mut Tx, enrolment: &Enrolment) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE enrolments SET way = $3, post = $4, nominated_by = $5, capacity = $6, fallback = $7, ",
                "version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![
                enrolment.id,
                enrolment.version,
                enrolment.way.code(),
                enrolment.post.as_ref(),
                enrolment.nominated_by,
                enrolment.capacity,
                enrolment.fallback
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Names a fall-back for students of an edition; says for how many.
pub async fn set_fallbacks(
    tx: &mut Tx,
    edition: EditionId,
    students: &[EnrolmentId],
    fallback: PersonId,
) -> Result<u64, Error> {
    tx.run(
        sql!(
            "UPDATE enrolments SET fallback = $3, version = version + 1 WHERE edition = $1 AND side = 'mentee' ",
            "AND standing = 'enrolled' AND id ",
            in_ids!("$2")
        ),
        values![edition, ids(students.iter().map(|id| id.0)), fallback],
    )
    .await
}

/// Who is enrolled on a side of an edition and was before an instant.
pub async fn enrolled_before(
    from: impl Into<Reader<'_>>,
    (edition, side): (EditionId, Side),
    before: Timestamp,
) -> Result<Vec<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT ",
                all_ids!("person"),
                " AS people FROM enrolments WHERE edition = $1 AND side = $2 AND standing = 'enrolled' AND changed_at < $3"
            ),
            values![edition, side.code(), before],
        )
        .await?;
    let people = row.map_or(Ok(Vec::new()), |row| row.ids("people"))?;
    Ok(people.into_iter().map(PersonId).collect())
}

/// When the first of the mentees was enrolled who were since an instant.
pub async fn first_mentee_from(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    since: Timestamp,
) -> Result<Option<Timestamp>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT min(changed_at) AS first FROM enrolments WHERE edition = $1 AND side = 'mentee' ",
                "AND standing = 'enrolled' AND changed_at >= $2"
            ),
            values![edition, since],
        )
        .await?;
    row.map_or(Ok(None), |row| row.get("first"))
}

/// How many are enrolled on a side.
pub async fn count_enrolled(from: impl Into<Reader<'_>>, edition: EditionId, side: Side) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS enrolled FROM enrolments WHERE edition = $1 AND side = $2 AND standing = 'enrolled'"
            ),
            values![edition, side.code()],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("enrolled"))
}

pub async fn counts(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Counts, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT side, standing, count(*) AS people FROM enrolments WHERE edition = $1 GROUP BY side, standing"
            ),
            values![edition],
        )
        .await?;
    let counts = rows
        .iter()
        .map(|row| {
            let key = (row.word("side", Side::parse)?, row.word("standing", Standing::parse)?);
            Ok((key, row.get("people")?))
        })
        .collect::<Result<_, Error>>()?;
    Ok(Counts(counts))
}

/// How many mentees those enrolled mentors of an edition take in it who say so, and who leaves that to their profile.
pub async fn seats(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<(i64, Vec<PersonId>), Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT CAST(coalesce(sum(capacity), 0) AS BIGINT) AS seats, ",
                all_ids!("CASE WHEN capacity IS NULL THEN person END"),
                " AS others FROM enrolments WHERE edition = $1 AND side = 'mentor' AND standing = 'enrolled'"
            ),
            values![edition],
        )
        .await?;
    let Some(row) = row else { return Ok((0, Vec::new())) };
    Ok((row.get("seats")?, row.ids("others")?.into_iter().map(PersonId).collect()))
}

/// A place in an edition, whatever organisation it is of; the caller asks who may.
pub async fn enrolment(from: impl Into<Reader<'_>>, id: EnrolmentId) -> Result<Option<Enrolment>, Error> {
    let row =
        from.into().row(sql!("SELECT ", columns!(), "FROM enrolments WHERE enrolments.id = $1"), values![id]).await?;
    row.as_ref().map(enrolment_of_row).transpose()
}

/// Somebody's place in an edition on a side.
pub async fn enrolment_of(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    person: PersonId,
    side: Side,
) -> Result<Option<Enrolment>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT ", columns!(), "FROM enrolments WHERE edition = $1 AND person = $2 AND side = $3"),
            values![edition, person, side.code()],
        )
        .await?;
    row.as_ref().map(enrolment_of_row).transpose()
}

/// Everybody who is enrolled in an edition, on both sides: what a pairing begins with.
pub async fn enrolled(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Enrolment>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT ",
                columns!(),
                "FROM enrolments WHERE edition = $1 AND standing = 'enrolled' ORDER BY side, person"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(enrolment_of_row).collect()
}

/// Who of these people is enrolled in an edition, and on which side.
pub async fn enrolled_among(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    people: impl IntoIterator<Item = PersonId>,
) -> Result<std::collections::HashSet<(PersonId, Side)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT person, side FROM enrolments WHERE edition = $1 AND standing = 'enrolled' AND person ",
                in_ids!("$2")
            ),
            values![edition, ids(people.into_iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("person")?, row.word("side", Side::parse)?))).collect()
}

/// Who has been in an edition's list on a side, wherever they stand now.
pub async fn known(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    side: Side,
) -> Result<std::collections::HashSet<PersonId>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT ", all_ids!("person"), " AS people FROM enrolments WHERE edition = $1 AND side = $2"),
            values![edition, side.code()],
        )
        .await?;
    row.map_or(Ok(std::collections::HashSet::new()), |row| Ok(row.ids("people")?.into_iter().map(PersonId).collect()))
}

/// An enrolment with its names, whatever organisation it is of; the caller asks who may.
pub async fn listed(from: impl Into<Reader<'_>>, id: EnrolmentId) -> Result<Option<Listed>, Error> {
    let row = from.into().row(sql!(listed!(), "WHERE enrolments.id = $1"), values![id]).await?;
    row.as_ref().map(listed_of_row).transpose()
}

/// A page of an edition's enrolments, in the order of names. The persons of the organisation are walked in that order and each
/// is looked up in the edition, so that a page costs what it shows and not what the edition holds.
pub async fn list(
    from: impl Into<Reader<'_>>,
    edition: &Edition,
    filter: &Filter<'_>,
    after: &After,
    limit: usize,
) -> Result<Vec<Listed>, Error> {
    let statements = narrowed!(
        "$9", ["persons", sought_persons!()] =>
        "SELECT ",
        columns!(),
        names!(),
        "FROM ";
        " CROSS JOIN enrolments ",
        joins!(),
        "WHERE enrolments.person = persons.id AND persons.organisation = $1 AND enrolments.edition = $2 ",
        "AND ($3 = '' OR enrolments.side = $3) AND ($4 = '' OR enrolments.standing = $4) ",
        // Those who do not take part are few: they are found before everybody is walked.
        "AND ($4 IN ('', 'enrolled') OR persons.id IN (SELECT few.person FROM enrolments AS few ",
        "WHERE few.edition = $2 AND few.side IN ('mentee', 'mentor') AND few.standing = $4)) ",
        "AND (persons.name_sort, persons.id) >= ($5, $6) ",
        "AND (persons.name_sort, persons.id, enrolments.side) > ($5, $6, $7) ",
        "ORDER BY persons.name_sort, persons.id, enrolments.side LIMIT $8"
    );
    let values = values![
        edition.organisation,
        edition.id,
        filter.side,
        filter.standing,
        after.sort.clone(),
        after.person,
        &after.side,
        i64::try_from(limit).unwrap_or(i64::MAX)
    ];
    let rows = filter.sought.rows(from, statements, values).await?;
    rows.iter().map(listed_of_row).collect()
}

/// Who has waited longest for a place as a mentee.
pub async fn first_waiting(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Option<Listed>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                listed!(),
                "WHERE enrolments.edition = $1 AND enrolments.side = 'mentee' AND enrolments.standing = 'waiting' ",
                "ORDER BY enrolments.changed_at, enrolments.id LIMIT 1"
            ),
            values![edition],
        )
        .await?;
    row.as_ref().map(listed_of_row).transpose()
}

/// Where somebody stands in each edition that has been opened, the newest first.
pub async fn of_person(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<(Enrolment, Place)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                placed!(),
                "WHERE enrolments.person = $2 AND enrolments.organisation = $1 AND editions.opened_at IS NOT NULL ",
                "ORDER BY editions.starts_on DESC, editions.id DESC, enrolments.side LIMIT 100"
            ),
            values![organisation, person],
        )
        .await?;
    rows.iter().map(|row| Ok((enrolment_of_row(row)?, place(row)?))).collect()
}

/// The edition of an enrolment, as far as somebody in it needs to know.
#[derive(Clone, Debug)]
pub struct Place {
    pub edition_name: String,
    pub programme_name: String,
    pub starts_on: jiff::civil::Date,
    pub ends_on: jiff::civil::Date,
}

fn place(row: &Row) -> Result<Place, Error> {
    Ok(Place {
        edition_name: row.get("edition_name")?,
        programme_name: row.get("programme_name")?,
        starts_on: row.word("starts_on", |date| date.parse().ok())?,
        ends_on: row.word("ends_on", |date| date.parse().ok())?,
    })
}

/// Where any of these people stands in the editions that are open.
pub async fn of_people(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: impl Iterator<Item = PersonId>,
) -> Result<Vec<(Enrolment, Place)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                placed!(),
                "WHERE enrolments.organisation = $1 AND editions.opened_at IS NOT NULL AND editions.closed_at IS NULL ",
                "AND enrolments.person ",
                in_ids!("$2"),
                " ORDER BY editions.starts_on DESC, editions.id DESC, enrolments.side"
            ),
            values![organisation, ids(people.map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((enrolment_of_row(row)?, place(row)?))).collect()
}

/// The enrolled students of an edition for whom no fall-back is named, in the order of names, with their enrolments.
pub async fn without_fallback(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Listed>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                listed!(),
                "WHERE enrolments.edition = $1 AND enrolments.side = 'mentee' AND enrolments.standing = 'enrolled' ",
                "AND enrolments.fallback IS NULL ORDER BY persons.name_sort, persons.id"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(listed_of_row).collect()
}

/// A page of these enrolments in the order of names.
pub async fn these(
    from: impl Into<Reader<'_>>,
    enrolments: impl Iterator<Item = EnrolmentId>,
    after: &Next,
    limit: usize,
) -> Result<Vec<Listed>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                listed!(),
                "WHERE enrolments.id ",
                in_ids!("$1"),
                " AND (persons.name_sort, persons.id) > ($2, $3) ORDER BY persons.name_sort, persons.id LIMIT $4"
            ),
            values![
                ids(enrolments.map(|id| id.0)),
                after.sort.clone(),
                after.id,
                i64::try_from(limit).unwrap_or(i64::MAX)
            ],
        )
        .await?;
    rows.iter().map(listed_of_row).collect()
}

/// The enrolled students of an edition who have no fall-back: enrolment and person.
pub async fn unbacked(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<(EnrolmentId, PersonId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, person FROM enrolments WHERE edition = $1 AND side = 'mentee' AND standing = 'enrolled' ",
                "AND fallback IS NULL"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("person")?))).collect()
}

fn listed_of_row(row: &Row) -> Result<Listed, Error> {
    Ok(Listed {
        enrolment: enrolment_of_row(row)?,
        name: row.get("name")?,
        address: row.get("address")?,
        nominator: row.get("nominator_name")?,
        fallback: row.get("fallback_name")?,
        sort: row.get("name_sort")?,
    })
}

fn enrolment_of_row(row: &Row) -> Result<Enrolment, Error> {
    Ok(Enrolment {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        person: row.get("person")?,
        side: row.word("side", Side::parse)?,
        standing: row.word("standing", Standing::parse)?,
        way: row.word("way", Way::parse)?,
        reason: row.get("reason")?,
        post: row.get("post")?,
        nominated_by: row.get("nominated_by")?,
        capacity: row.get("capacity")?,
        fallback: row.get("fallback")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// How many have applied and wait for an answer, edition by edition.
pub(in crate::programmes) async fn applied_by_edition(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<(EditionId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT edition, count(*) AS people FROM enrolments WHERE organisation = $1 AND standing = 'applied' ",
                "GROUP BY edition ORDER BY edition"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("edition")?, row.get("people")?))).collect()
}
