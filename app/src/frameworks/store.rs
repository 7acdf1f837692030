use jiff::Timestamp;

use super::model::{Change, Choice, FrameworkId, FrameworkVersionId, MOST_FRAMEWORKS, Version};
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::OrganisationId;
use crate::{sql, values};

/// The frameworks of an organisation with their newest versions, in the order in which they came to be.
pub async fn choices(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Vec<Choice>, Error> {
    let most = i64::try_from(MOST_FRAMEWORKS).unwrap_or(i64::MAX);
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT frameworks.id AS framework, frameworks.name, framework_versions.id, framework_versions.number, ",
                "framework_versions.created_at FROM frameworks JOIN framework_versions ",
                "ON framework_versions.framework = frameworks.id AND framework_versions.number = frameworks.version ",
                "WHERE frameworks.organisation = $1 ORDER BY frameworks.id LIMIT $2"
            ),
            values![organisation, most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Choice {
                framework: row.get("framework")?,
                version: row.get("id")?,
                number: row.get("number")?,
                name: document(row, "name")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}

/// A version, whatever organisation it is of; the caller asks who may.
pub async fn version(from: impl Into<Reader<'_>>, id: FrameworkVersionId) -> Result<Option<Version>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, organisation, framework, number, content, created_at FROM framework_versions WHERE id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(version_of).transpose()
}

/// A version by its number, whatever organisation it is of; the caller asks who may.
pub(super) async fn numbered(
    from: impl Into<Reader<'_>>,
    framework: FrameworkId,
    number: i64,
) -> Result<Option<Version>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, organisation, framework, number, content, created_at FROM framework_versions ",
                "WHERE framework = $1 AND number = $2"
            ),
            values![framework, number],
        )
        .await?;
    row.as_ref().map(version_of).transpose()
}

/// The newest version of a framework, whatever organisation it is of; the caller asks who may.
pub(super) async fn newest(from: impl Into<Reader<'_>>, framework: FrameworkId) -> Result<Option<Version>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT framework_versions.id, framework_versions.organisation, framework_versions.framework, ",
                "framework_versions.number, framework_versions.content, framework_versions.created_at ",
                "FROM frameworks JOIN framework_versions ON framework_versions.framework = frameworks.id ",
                "AND framework_versions.number = frameworks.version WHERE frameworks.id = $1"
            ),
            values![framework],
        )
        .await?;
    row.as_ref().map(version_of).transpose()
}

/// A version in the list of them.
pub(super) struct Listed {
    pub number: i64,
    pub change: Change,
    pub created_at: Timestamp,
}

/// The versions of a framework below a number, the newest first.
pub(super) async fn versions(
    from: impl Into<Reader<'_>>,
    framework: FrameworkId,
    before: i64,
    most: i64,
) -> Result<Vec<Listed>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT number, change, created_at FROM framework_versions ",
                "WHERE framework = $1 AND number < $2 ORDER BY number DESC LIMIT $3"
            ),
            values![framework, before, most],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Listed {
                number: row.get("number")?,
                change: document(row, "change")?,
                created_at: row.get("created_at")?,
            })
        })
        .collect()
}

/// The newest version of what an organisation took over from the product under that name.
pub(super) async fn taken(
    tx: &mut Tx,
    organisation: OrganisationId,
    taken: &str,
) -> Result<Option<FrameworkVersionId>, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT framework_versions.id FROM frameworks JOIN framework_versions ",
                "ON framework_versions.framework = frameworks.id AND framework_versions.number = frameworks.version ",
                "WHERE frameworks.organisation = $1 AND frameworks.taken = $2"
            ),
            values![organisation, taken],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// How many frameworks an organisation has.
pub(super) async fn count(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    let row = tx
        .row(sql!("SELECT count(*) AS frameworks FROM frameworks WHERE organisation = $1"), values![organisation])
        .await?;
    row.map_or(Ok(0), |row| row.get("frameworks"))
}

pub(super) async fn add(tx: &mut Tx, version: &Version, taken: Option<&str>) -> Result<(), Error> {
    tx.run(
        sql!(
            // Where two take the same over at once, PostgreSQL makes the second begin anew rather than fail.
            "INSERT INTO frameworks (id, organisation, name, taken, created_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
        ),
        values![
            version.framework,
            version.organisation,
            text(&version.content.name),
            taken,
            version.created_at,
            version.number
        ],
    )
    .await?;
    add_version(tx, version, &Change::Begun).await
}

/// Whether this version followed the one before: false when somebody else wrote one first.
pub(super) async fn follow(tx: &mut Tx, version: &Version, change: &Change) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE frameworks SET name = $3, version = version + 1 WHERE id = $1 AND version = $2"),
            values![version.framework, version.number - 1, text(&version.content.name)],
        )
        .await?;
    if touched == 1 {
        add_version(tx, version, change).await?;
    }
    Ok(touched == 1)
}

/// Deletes a framework with all its versions; false when it is not there in that version. The database refuses while an edition or a
/// baseline refers to one of them.
pub(super) async fn delete(tx: &mut Tx, id: FrameworkId, version: i64) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("UPDATE frameworks SET version = version + 1 WHERE id = $1 AND version = $2"), values![id, version])
        .await?;
    if touched == 0 {
        return Ok(false);
    }
    tx.run(sql!("DELETE FROM framework_versions WHERE framework = $1"), values![id]).await?;
    tx.run(sql!("DELETE FROM frameworks WHERE id = $1"), values![id]).await?;
    Ok(true)
}

async fn add_version(tx: &mut Tx, version: &Version, change: &Change) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO framework_versions (id, organisation, framework, number, content, change, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![
            version.id,
            version.organisation,
            version.framework,
            version.number,
            text(&version.content),
            text(change),
            version.created_at
        ],
    )
    .await
    .map(drop)
}

/// Plain data with text keys, which always has a JSON.
fn text(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn document<T: serde::de::DeserializeOwned>(row: &Row, column: &str) -> Result<T, Error> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| Error::Column { column: column.to_owned(), reason: error.to_string() })
}

fn version_of(row: &Row) -> Result<Version, Error> {
    Ok(Version {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        framework: row.get("framework")?,
        number: row.get("number")?,
        content: document(row, "content")?,
        created_at: row.get("created_at")?,
    })
}
