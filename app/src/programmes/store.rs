use jiff::Timestamp;
use jiff::civil::Date;

use uuid::Uuid;

use super::model::{Edition, EditionId, Phase, Programme, ProgrammeId, Settings, Track};
use super::working_days::WorkingDays;
use crate::db::{Error, Reader, Row, Tx, containing};
use crate::frameworks::{self, Version};
use crate::i18n::{fold, sort_key};
use crate::identity::{OrganisationId, PersonId};
use crate::{sql, values};

/// How many rows a page shows at most.
pub(super) const ON_A_PAGE: usize = 100;

/// What [`edition_of`] reads, from `editions` and its programme.
macro_rules! edition_columns {
    () => {
        "editions.id, editions.organisation, editions.programme, programmes.name AS programme_name, programmes.track, \
         editions.name, editions.starts_on, editions.ends_on, editions.framework, editions.settings, editions.opened_at, \
         editions.closed_at, editions.changed_at, editions.version FROM editions JOIN programmes ON programmes.id = editions.programme "
    };
}

/// A line of the list of programmes: a programme, with one of its editions where it has any.
#[derive(Clone, Debug)]
pub struct Line {
    pub programme: ProgrammeId,
    pub programme_name: String,
    pub track: Track,
    pub version: i64,
    pub edition: Option<(EditionId, String, Date, Date, Phase)>,
    /// Where the line stands in the list.
    pub place: (String, Uuid),
}

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

/// Whether anything changed: false when somebody else wrote a newer version first.
pub(super) async fn rename_programme(tx: &mut Tx, id: ProgrammeId, version: i64, name: &str) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE programmes SET name = $3, name_sort = $4, version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![id, version, name, sort_key(name)],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn add_edition(tx: &mut Tx, edition: &Edition, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO editions (id, organisation, programme, name, starts_on, ends_on, framework, settings, created_at, changed_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)"
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

pub(super) fn settings_text(edition: &Edition) -> String {
    // Settings are plain data with text keys, which always have a JSON.
    serde_json::to_string(&edition.settings).unwrap_or_default()
}

/// An edition, whatever organisation it is of; the caller asks who may.
pub async fn edition(from: impl Into<Reader<'_>>, id: EditionId) -> Result<Option<Edition>, Error> {
    let row = from.into().row(sql!("SELECT ", edition_columns!(), "WHERE editions.id = $1"), values![id]).await?;
    row.as_ref().map(edition_of).transpose()
}

/// The framework with which an edition began, if it has one.
pub async fn framework_of(from: impl Into<Reader<'_>>, edition: &Edition) -> Result<Option<Version>, Error> {
    match edition.framework {
        Some(version) => frameworks::version(from, version).await,
        None => Ok(None),
    }
}

/// The editions of an organisation, the newest first.
pub async fn editions(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Vec<Edition>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT ",
                edition_columns!(),
                "WHERE editions.organisation = $1 ORDER BY editions.starts_on DESC, editions.id DESC"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(edition_of).collect()
}

/// The calendars of the open editions in which somebody is enrolled, or else of all that are open in their organisation.
pub(super) async fn calendars(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<WorkingDays>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT settings, (SELECT count(*) FROM enrolments WHERE enrolments.edition = editions.id ",
                "AND enrolments.person = $2 AND enrolments.standing = 'enrolled') AS enrolled FROM editions ",
                "WHERE organisation = $1 AND opened_at IS NOT NULL AND closed_at IS NULL"
            ),
            values![organisation, person],
        )
        .await?;
    let mut all = Vec::with_capacity(rows.len());
    for row in &rows {
        let settings: Settings = row.word("settings", |text| serde_json::from_str(text).ok())?;
        all.push((row.get::<i64>("enrolled")? > 0, settings.calendar));
    }
    let takes_part = all.iter().any(|(is_own, _)| *is_own);
    Ok(all.into_iter().filter(|(is_own, _)| *is_own == takes_part).map(|(_, calendar)| calendar).collect())
}

/// The editions of a programme, the newest first.
pub(super) async fn editions_of(
    from: impl Into<Reader<'_>>,
    programme: ProgrammeId,
    limit: usize,
) -> Result<Vec<Edition>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT ",
                edition_columns!(),
                "WHERE editions.programme = $1 ORDER BY editions.starts_on DESC, editions.id DESC LIMIT $2"
            ),
            values![programme, i64::try_from(limit).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(edition_of).collect()
}

/// The editions of an organisation that are open, the newest first.
pub(super) async fn open_editions(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<Edition>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT ",
                edition_columns!(),
                "WHERE editions.organisation = $1 AND editions.opened_at IS NOT NULL AND editions.closed_at IS NULL ",
                "ORDER BY editions.starts_on DESC, editions.id DESC LIMIT 100"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(edition_of).collect()
}

/// The lines of the list of programmes after a place, the newest edition first; programmes without one come last.
pub(super) async fn lines(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    after: Option<(String, Uuid)>,
    limit: usize,
) -> Result<Vec<Line>, Error> {
    let (date, id) = after.unwrap_or_else(|| ("~".to_owned(), Uuid::max()));
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT programmes.id AS programme, programmes.name AS programme_name, programmes.track, ",
                "programmes.version AS programme_version, editions.id, ",
                "editions.name, editions.starts_on, editions.ends_on, editions.opened_at, editions.closed_at, ",
                "coalesce(editions.starts_on, '') AS place, coalesce(editions.id, programmes.id) AS place_id ",
                "FROM programmes LEFT JOIN editions ON editions.programme = programmes.id ",
                "WHERE programmes.organisation = $1 ",
                "AND (coalesce(editions.starts_on, '') < $2 OR (coalesce(editions.starts_on, '') = $2 ",
                "AND coalesce(editions.id, programmes.id) < $3)) ORDER BY place DESC, place_id DESC LIMIT $4"
            ),
            values![organisation, date, id, i64::try_from(limit).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(line).collect()
}

fn line(row: &Row) -> Result<Line, Error> {
    let edition = match row.get::<Option<EditionId>>("id")? {
        Some(id) => Some((
            id,
            row.get("name")?,
            date(row, "starts_on")?,
            date(row, "ends_on")?,
            Phase::of(row.get("opened_at")?, row.get("closed_at")?),
        )),
        None => None,
    };
    Ok(Line {
        programme: row.get("programme")?,
        programme_name: row.get("programme_name")?,
        version: row.get("programme_version")?,
        track: row.word("track", Track::parse)?,
        edition,
        place: (row.get("place")?, row.get("place_id")?),
    })
}

fn date(row: &Row, column: &str) -> Result<Date, Error> {
    row.word(column, |date| date.parse::<Date>().ok())
}

/// The faculty whom an edition can call upon: those of the organisation and those of the edition, by name.
pub(super) async fn faculty(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    edition: EditionId,
) -> Result<Vec<(PersonId, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT persons.id, persons.name FROM persons WHERE persons.organisation = $1 AND EXISTS ",
                "(SELECT 1 FROM parts WHERE parts.person = persons.id AND parts.part = 'faculty' ",
                "AND (parts.scope_id IS NULL OR parts.scope_id = $2)) ORDER BY persons.name_sort, persons.id LIMIT 500"
            ),
            values![organisation, edition],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?))).collect()
}

/// Those whom a text names: the one with that address, else whoever has it in their name or address. At most six, enough to
/// say that there are too many.
pub(super) async fn named(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    text: &str,
) -> Result<Vec<(PersonId, String, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, name, address FROM persons WHERE organisation = $1 ",
                "AND (address = $2 OR search LIKE $3 ESCAPE '\\') ",
                "ORDER BY CASE WHEN address = $2 THEN 0 ELSE 1 END, name_sort, id LIMIT 6"
            ),
            values![organisation, text.to_lowercase(), containing(&fold(text))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?, row.get("address")?))).collect()
}

fn edition_of(row: &Row) -> Result<Edition, Error> {
    Ok(Edition {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        programme: row.get("programme")?,
        programme_name: row.get("programme_name")?,
        track: row.word("track", Track::parse)?,
        name: row.get("name")?,
        starts_on: date(row, "starts_on")?,
        ends_on: date(row, "ends_on")?,
        framework: row.get("framework")?,
        settings: row.word("settings", |text| serde_json::from_str(text).ok())?,
        opened_at: row.get("opened_at")?,
        closed_at: row.get("closed_at")?,
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
                track: row.word("track", Track::parse)?,
                version: row.get("version")?,
            })
        })
        .transpose()
}
