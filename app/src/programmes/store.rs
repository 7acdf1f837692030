use jiff::Timestamp;
use jiff::civil::Date;

use super::model::{
    Edition, EditionId, Enrolment, EnrolmentId, NewEnrolment, Programme, ProgrammeId, Standing, Track, Way,
};
use crate::db::{Error, Reader, Row, Tx};
use crate::i18n::sort_key;
use crate::identity::{OrganisationId, PersonId};
use crate::people::model::Side;
use crate::{sql, values};

pub(super) async fn add_programme(tx: &mut Tx, programme: &Programme, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO programmes (id, organisation, name, name_sort, track, created_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, 1)"
        ),
        values![
            programme.id,
            programme.organisation,
            &programme.name,
            sort_key(&programme.name),
            programme.track.code(),
            now
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn add_edition(tx: &mut Tx, edition: &Edition, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO editions (id, organisation, programme, name, starts_on, ends_on, framework, settings, created_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)"
        ),
        values![
            edition.id,
            edition.organisation,
            edition.programme,
            &edition.name,
            edition.starts_on.to_string(),
            edition.ends_on.to_string(),
            edition.framework.map(|framework| framework.0),
            settings_text(edition),
            now
        ],
    )
    .await
    .map(drop)
}

/// Whether anything changed: false when somebody else wrote a newer version first.
pub(super) async fn update_edition(tx: &mut Tx, edition: &Edition) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE editions SET name = $3, starts_on = $4, ends_on = $5, framework = $6, settings = $7, ",
                "opened_at = $8, closed_at = $9, version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![
                edition.id,
                edition.version,
                &edition.name,
                edition.starts_on.to_string(),
                edition.ends_on.to_string(),
                edition.framework.map(|framework| framework.0),
                settings_text(edition),
                edition.opened_at,
                edition.closed_at
            ],
        )
        .await?;
    Ok(touched == 1)
}

fn settings_text(edition: &Edition) -> String {
    // Settings are plain data with text keys, which always have a JSON.
    serde_json::to_string(&edition.settings).unwrap_or_default()
}

/// An edition, whatever organisation it is of; the caller asks who may.
pub async fn edition(from: impl Into<Reader<'_>>, id: EditionId) -> Result<Option<Edition>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT editions.id, editions.organisation, editions.programme, programmes.name AS programme_name, ",
                "programmes.track, editions.name, editions.starts_on, editions.ends_on, editions.framework, ",
                "editions.settings, editions.opened_at, editions.closed_at, editions.version FROM editions ",
                "JOIN programmes ON programmes.id = editions.programme WHERE editions.id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(edition_of).transpose()
}

/// The editions of an organisation, the newest first.
pub async fn editions(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Vec<Edition>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT editions.id, editions.organisation, editions.programme, programmes.name AS programme_name, ",
                "programmes.track, editions.name, editions.starts_on, editions.ends_on, editions.framework, ",
                "editions.settings, editions.opened_at, editions.closed_at, editions.version FROM editions ",
                "JOIN programmes ON programmes.id = editions.programme WHERE editions.organisation = $1 ",
                "ORDER BY editions.starts_on DESC, editions.id DESC"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(edition_of).collect()
}

fn edition_of(row: &Row) -> Result<Edition, Error> {
    Ok(Edition {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        programme: row.get("programme")?,
        programme_name: row.get("programme_name")?,
        track: word(row, "track", Track::parse)?,
        name: row.get("name")?,
        starts_on: word(row, "starts_on", |date| date.parse::<Date>().ok())?,
        ends_on: word(row, "ends_on", |date| date.parse::<Date>().ok())?,
        framework: row.get("framework")?,
        settings: word(row, "settings", |text| serde_json::from_str(text).ok())?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
        version: row.get("version")?,
    })
}

/// A column whose text is a word of ours.
fn word<T>(row: &Row, column: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Error> {
    let text: String = row.get(column)?;
    parse(&text).ok_or_else(|| Error::Column { column: column.to_owned(), reason: format!("unknown: {text}") })
}

/// Adds people to an edition; those who are in it already on that side stay as they are.
pub(super) async fn add_enrolments(
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
pub(super) async fn set_standing(
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

/// How many are enrolled on a side.
pub(super) async fn count_enrolled(tx: &mut Tx, edition: EditionId, side: Side) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT count(*) AS enrolled FROM enrolments WHERE edition = $1 AND side = $2 AND standing = 'enrolled'"
            ),
            values![edition, side.code()],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("enrolled"))
}

/// An enrolment, whatever organisation it is of; the caller asks who may.
pub async fn enrolment(from: impl Into<Reader<'_>>, id: EnrolmentId) -> Result<Option<Enrolment>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, organisation, edition, person, side, standing, way, reason, post, nominated_by, capacity, ",
                "fallback, changed_at, version FROM enrolments WHERE id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(enrolment_row).transpose()
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
            sql!(
                "SELECT id, organisation, edition, person, side, standing, way, reason, post, nominated_by, capacity, ",
                "fallback, changed_at, version FROM enrolments WHERE edition = $1 AND person = $2 AND side = $3"
            ),
            values![edition, person, side.code()],
        )
        .await?;
    row.as_ref().map(enrolment_row).transpose()
}

/// Everybody who is enrolled in an edition, on both sides: what a pairing begins with.
pub async fn enrolled(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Enrolment>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, organisation, edition, person, side, standing, way, reason, post, nominated_by, capacity, ",
                "fallback, changed_at, version FROM enrolments WHERE edition = $1 AND standing = 'enrolled' ",
                "ORDER BY side, person"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(enrolment_row).collect()
}

fn enrolment_row(row: &Row) -> Result<Enrolment, Error> {
    Ok(Enrolment {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        person: row.get("person")?,
        side: word(row, "side", Side::parse)?,
        standing: word(row, "standing", Standing::parse)?,
        way: word(row, "way", Way::parse)?,
        reason: row.get("reason")?,
        post: row.get("post")?,
        nominated_by: row.get("nominated_by")?,
        capacity: row.get("capacity")?,
        fallback: row.get("fallback")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// The programme of that identifier, whatever organisation it is of; the caller asks who may.
pub(super) async fn programme(from: impl Into<Reader<'_>>, id: ProgrammeId) -> Result<Option<Programme>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT id, organisation, name, track, version FROM programmes WHERE id = $1"), values![id])
        .await?;
    row.as_ref()
        .map(|row| {
            Ok(Programme {
                id: row.get("id")?,
                organisation: row.get("organisation")?,
                name: row.get("name")?,
                track: word(row, "track", Track::parse)?,
                version: row.get("version")?,
            })
        })
        .transpose()
}
