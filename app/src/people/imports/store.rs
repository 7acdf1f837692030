use std::collections::{HashMap, HashSet};

use jiff::Timestamp;

use super::model::{ImportId, Outcome, State};
use crate::db::{Db, Error, Reader, Row, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::people::columns::{Column, Mapping, SheetRole};
use crate::{sql, values};

/// An import as it is kept.
#[derive(Clone, Debug)]
pub struct Import {
    pub id: ImportId,
    pub organisation: OrganisationId,
    pub started_by: String,
    pub state: State,
    /// A mapping for each sheet, once it is settled.
    pub mappings: Vec<Mapping>,
    pub outcome: Option<Outcome>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// A sheet as it was uploaded.
#[derive(Clone, Debug)]
pub struct File {
    pub role: SheetRole,
    pub name: String,
    pub content: Vec<u8>,
}

pub(super) async fn add(
    tx: &mut Tx,
    id: ImportId,
    organisation: OrganisationId,
    by: PersonId,
    files: &[File],
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO imports (id, organisation, started_by, state, mapping, created_at, version) ",
            "VALUES ($1, $2, $3, $4, '[]', $5, 1)"
        ),
        values![id, organisation, by, State::New.code(), now],
    )
    .await?;
    for (place, file) in (0_i64..).zip(files) {
        tx.run(
            sql!(
                "INSERT INTO import_sheets (import, organisation, place, role, file_name, content) ",
                "VALUES ($1, $2, $3, $4, $5, $6)"
            ),
            values![id, organisation, place, role_code(file.role), &file.name, file.content.clone()],
        )
        .await?;
    }
    Ok(())
}

/// Notes whom an import listed.
pub(super) async fn list_people(
    tx: &mut Tx,
    (import, organisation): (ImportId, OrganisationId),
    people: &[PersonId],
) -> Result<(), Error> {
    let mut seen = HashSet::new();
    let people = people.iter().filter(|person| seen.insert(**person));
    tx.run_many(
        sql!("INSERT INTO import_people (import, organisation, person) VALUES ($1, $2, $3)"),
        people.map(|person| values![import, organisation, *person]).collect(),
    )
    .await
    .map(drop)
}

/// Whom an import of an organisation listed; nobody before it is done.
pub async fn people_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    import: ImportId,
) -> Result<HashSet<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT person FROM import_people WHERE import = $1 AND organisation = $2"),
            values![import, organisation],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

pub(super) async fn find(from: impl Into<Reader<'_>>, id: ImportId) -> Result<Option<Import>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT imports.id, imports.organisation, imports.state, imports.mapping, imports.outcome, ",
                "imports.created_at, imports.version, persons.name AS started_by FROM imports ",
                "JOIN persons ON persons.id = imports.started_by WHERE imports.id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(import).transpose()
}

/// The newest imports of an organisation.
pub(super) async fn list(db: &Db, organisation: OrganisationId) -> Result<Vec<Import>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT imports.id, imports.organisation, imports.state, imports.mapping, imports.outcome, ",
                "imports.created_at, imports.version, persons.name AS started_by FROM imports ",
                "JOIN persons ON persons.id = imports.started_by ",
                "WHERE imports.organisation = $1 ORDER BY imports.id DESC LIMIT 50"
            ),
            values![organisation],
        )
        .await?;
    rows.iter().map(import).collect()
}

fn import(row: &Row) -> Result<Import, Error> {
    let state: String = row.get("state")?;
    let (mapping, outcome): (String, Option<String>) = (row.get("mapping")?, row.get("outcome")?);
    Ok(Import {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        started_by: row.get("started_by")?,
        state: State::parse(&state).ok_or_else(|| Error::Column {
            column: "state".to_owned(),
            reason: format!("no state is called {state}"),
        })?,
        mappings: serde_json::from_str(&mapping).unwrap_or_default(),
        outcome: outcome.and_then(|text| serde_json::from_str(&text).ok()),
        created_at: row.get("created_at")?,
        version: row.get("version")?,
    })
}

pub(super) async fn files(from: impl Into<Reader<'_>>, id: ImportId) -> Result<Vec<File>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT role, file_name, content FROM import_sheets WHERE import = $1 ORDER BY place"), values![id])
        .await?;
    rows.iter()
        .map(|row| {
            let role: String = row.get("role")?;
            Ok(File { role: parse_role(&role), name: row.get("file_name")?, content: row.get("content")? })
        })
        .collect()
}

/// Moves an import on from the version that was looked at; false when somebody was faster.
pub(super) async fn advance(tx: &mut Tx, id: ImportId, version: i64, to: State) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE imports SET state = $3, version = version + 1 WHERE id = $1 AND version = $2"),
            values![id, version, to.code()],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn set_mapping(tx: &mut Tx, id: ImportId, mappings: &[Mapping]) -> Result<(), Error> {
    let text = serde_json::to_string(mappings).unwrap_or_default();
    tx.run(sql!("UPDATE imports SET mapping = $2, outcome = NULL WHERE id = $1"), values![id, text]).await.map(drop)
}

pub(super) async fn set_outcome(tx: &mut Tx, id: ImportId, outcome: Outcome) -> Result<(), Error> {
    let text = serde_json::to_string(&outcome).unwrap_or_default();
    tx.run(sql!("UPDATE imports SET outcome = $2 WHERE id = $1"), values![id, text]).await.map(drop)
}

/// How many imports have neither been carried out nor dropped.
pub async fn unfinished(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<i64, Error> {
    let statement = sql!(
        "SELECT count(*) AS imports FROM imports WHERE organisation = $1 AND state IN ('new', 'mapped', 'confirmed')"
    );
    let row = from.into().row(statement, values![organisation]).await?;
    row.map_or(Ok(0), |row| row.get("imports"))
}

/// Drops what nobody confirmed since then, with its sheets.
pub(super) async fn drop_stale(tx: &mut Tx, organisation: OrganisationId, before: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "DELETE FROM import_sheets WHERE import IN (SELECT id FROM imports ",
            "WHERE organisation = $1 AND created_at < $2 AND state IN ('new', 'mapped'))"
        ),
        values![organisation, before],
    )
    .await?;
    tx.run(
        sql!(
            "UPDATE imports SET state = 'dropped', version = version + 1 ",
            "WHERE organisation = $1 AND created_at < $2 AND state IN ('new', 'mapped')"
        ),
        values![organisation, before],
    )
    .await
    .map(drop)
}

/// Forgets the sheets, which hold more than what was taken in.
pub(super) async fn forget_files(tx: &mut Tx, id: ImportId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM import_sheets WHERE import = $1"), values![id]).await.map(drop)
}

/// What was said of headings before, by folded heading.
pub(super) async fn headings(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    role: SheetRole,
) -> Result<HashMap<String, Column>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT heading, meaning FROM headings WHERE organisation = $1 AND sheet = $2"),
            values![organisation, role_code(role)],
        )
        .await?;
    let mut headings = HashMap::new();
    for row in rows {
        let meaning: String = row.get("meaning")?;
        if let Ok(column) = serde_json::from_str(&meaning) {
            headings.insert(row.get("heading")?, column);
        }
    }
    Ok(headings)
}

pub(super) async fn remember(
    tx: &mut Tx,
    organisation: OrganisationId,
    role: SheetRole,
    mapping: &Mapping,
) -> Result<(), Error> {
    let rows = mapping
        .columns()
        .iter()
        .map(|(heading, column)| {
            let meaning = serde_json::to_string(column).unwrap_or_default();
            values![organisation, role_code(role), heading, meaning]
        })
        .collect();
    tx.run_many(
        sql!(
            "INSERT INTO headings (organisation, sheet, heading, meaning) VALUES ($1, $2, $3, $4) ",
            "ON CONFLICT (organisation, sheet, heading) DO UPDATE SET meaning = excluded.meaning"
        ),
        rows,
    )
    .await
    .map(drop)
}

fn role_code(role: SheetRole) -> &'static str {
    match role {
        SheetRole::Mentors => "mentors",
        SheetRole::Mentees => "mentees",
        SheetRole::Mixed => "mixed",
    }
}

fn parse_role(code: &str) -> SheetRole {
    match code {
        "mentors" => SheetRole::Mentors,
        "mentees" => SheetRole::Mentees,
        _ => SheetRole::Mixed,
    }
}
