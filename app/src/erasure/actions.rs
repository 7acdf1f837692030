//! A file with what is known of somebody, and their erasure: each walks the tables of all features.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::Leaving;
use super::model::{Called, Table, Touched};
use super::store::{self, Erased, Told};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx, Value};
use crate::features;
use crate::i18n::sort_key;
use crate::identity::{self, Act, PersonCore, PersonId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, OwnKeys, Sealed};
use crate::{jobs, transaction};

/// What an erasure did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Erasure {
    /// The tables in which it touched something.
    pub tables: Vec<(&'static str, Touched)>,
    /// Jobs that waited for somebody.
    pub jobs: u64,
}

impl Erasure {
    pub fn deleted(&self) -> u64 {
        self.tables.iter().map(|(_, touched)| touched.deleted).sum()
    }

    pub fn emptied(&self) -> u64 {
        self.tables.iter().map(|(_, touched)| touched.emptied).sum()
    }
}

/// An erasure that is not to last: as an error it undoes itself.
enum Undone {
    Rehearsed(Erasure),
    Failed(Failure),
}

impl From<Error> for Undone {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

/// What an erasure would do: it is carried out and undone.
pub async fn rehearse(app: &App, person: PersonId) -> Result<Erasure, Failure> {
    let undone: Result<(), Undone> = transaction!(app.db, tx => {
        Err(carry_out(app, tx, person).await.map_or_else(Undone::Failed, Undone::Rehearsed))
    });
    match undone {
        Err(Undone::Rehearsed(erasure)) => Ok(erasure),
        Err(Undone::Failed(failure)) => Err(failure),
        Ok(()) => Ok(Erasure::default()),
    }
}

/// Erases somebody: what is theirs goes with the keys of what they wrote, and what has to stay names them no more.
pub async fn erase(app: &App, person: PersonId) -> Result<Erasure, Failure> {
    let erasure = transaction!(app.db, tx => carry_out(app, tx, person).await)?;
    app.db.forget_log().await?;
    Ok(erasure)
}

async fn carry_out(app: &App, tx: &mut Tx, person: PersonId) -> Result<Erasure, Failure> {
    let core = identity::on_record(tx, person).await?;
    nothing_is_under_way(app, tx, &core).await?;
    let house = identity::organisation(&mut *tx, core.organisation).await?.ok_or(Refusal::NotFound)?;
    let nameless = house.lang.say("erasure-nameless");
    let has_namesake = identity::has_namesake(tx, &core).await?;
    let called = Called::new(&core.name, &[&core.address, &core.mailbox.address], (&nameless, has_namesake));
    let erased = Erased { organisation: house.id, person, sort: sort_key(&nameless), called: &called };
    let mut erasure = Erasure { jobs: jobs::forget(tx, person.0).await?, ..Erasure::default() };
    // What refers to other rows goes before them.
    for table in features::tables().rev() {
        let touched = store::erase(tx, table, &erased).await?;
        if !touched.is_nothing() {
            erasure.tables.push((table.name, touched));
        }
    }
    erasure.tables.reverse();
    identity::make_nameless(app, tx, &core, &nameless).await?;
    let counts = json!({ "deleted": erasure.deleted(), "emptied": erasure.emptied(), "jobs": erasure.jobs });
    let note = Note::new(house.id.0, None, "erasure.erase").about("person", person.0);
    audit::note(app, tx, note.with(counts)).await?;
    Ok(erasure)
}

/// Refused, with everything that has to be ended before.
async fn nothing_is_under_way(app: &App, tx: &mut Tx, core: &PersonCore) -> Result<(), Failure> {
    let leaving = Leaving { organisation: core.organisation, person: core.id, now: app.now() };
    let mut problems = Problems::default();
    for hindrance in features::HINDRANCES_TO_ERASURE {
        if let Some(message) = (hindrance.hinders)(tx, leaving).await? {
            problems.add("", message);
        }
    }
    Ok(problems.or(())?)
}

/// One's own data, by one's own hand; not as often as one likes, for every table is read.
pub(super) async fn own(app: &App, viewer: &Viewer) -> Result<Json, Failure> {
    viewer.must(Act::UseAccount)?;
    identity::allow_copy(app, viewer.person).await?;
    told(app, viewer.person, Some(viewer.person)).await
}

/// What is known of somebody, for whoever operates the installation and hands it over.
pub async fn export(app: &App, person: PersonId) -> Result<Json, Failure> {
    told(app, person, None).await
}

async fn told(app: &App, person: PersonId, by: Option<PersonId>) -> Result<Json, Failure> {
    transaction!(app.db, tx => {
        let core = identity::on_record(tx, person).await?;
        let house = identity::organisation(&mut *tx, core.organisation).await?.ok_or(Refusal::NotFound)?;
        let keys = vault::keys_of_author(app, tx, house.id, person).await?;
        let (mut tables, mut known) = (Map::new(), BTreeSet::new());
        for table in features::tables() {
            let rows = store::told(tx, table, person).await?;
            if !rows.is_empty() {
                known.extend(rows.iter().filter(|_| table.acquaints).flat_map(|row| named(table, row)));
                let rows: Vec<Json> = rows.iter().map(|row| row_told(table, row, &keys)).collect();
                tables.insert(table.name.to_owned(), rows.into());
            }
        }
        known.remove(&person.0);
        let known: Vec<Uuid> = known.into_iter().collect();
        let names: BTreeMap<String, String> =
            identity::names(&mut *tx, &known).await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
        let note = Note::new(house.id.0, by.map(|by| by.0), "erasure.export").about("person", person.0);
        audit::note(app, tx, note).await?;
        Ok(json!({
            "form": "telemaco personal data 1",
            "made_at": app.now().to_string(),
            "organisation": house.name,
            "person": person,
            "people": names,
            "tables": tables,
        }))
    })
}

/// Who else is named in a row.
fn named(table: &Table, row: &Told) -> Vec<Uuid> {
    let names = |column: &str| table.names.iter().any(|naming| naming.column() == column);
    row.iter()
        .filter_map(|(column, value)| match value {
            Value::Uuid(id) if names(column) => Some(*id),
            _ => None,
        })
        .collect()
}

/// A row with its words opened, where this person wrote them; what is empty, or closed to them, is left out.
fn row_told(table: &Table, row: &Told, keys: &OwnKeys) -> Json {
    let place = row.iter().find_map(|(column, value)| match value {
        Value::Uuid(id) if column == table.row => Some(*id),
        _ => None,
    });
    let told = row.iter().filter_map(|(column, value)| {
        let told = match value {
            Value::Bytes(sealed) => words(table, column, place?, (keys, sealed.as_slice())),
            value => plain(column, value),
        };
        Some((column.clone(), told?))
    });
    Json::Object(told.collect())
}

fn words(table: &Table, column: &str, row: Uuid, (keys, sealed): (&OwnKeys, &[u8])) -> Option<Json> {
    let sealed = Sealed::stored(sealed.to_vec());
    let called = table.sealed.iter().filter(|known| **known == column && table.places.is_empty());
    let words = called.chain(table.places).find_map(|called| keys.open((table.name, *called, row), &sealed))?;
    Some(text(words.as_str()))
}

fn plain(column: &str, value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null(_) | Value::Bytes(_) | Value::Ids(_) => return None,
        Value::Text(said) => text(said),
        Value::Int(number) => match Timestamp::from_microsecond(*number) {
            Ok(at) if is_instant(column) => at.to_string().into(),
            _ => (*number).into(),
        },
        Value::Real(number) => (*number).into(),
        Value::Bool(truth) => (*truth).into(),
        Value::Uuid(id) => id.to_string().into(),
    })
}

/// Instants are numbers of microseconds, in columns that are called so.
fn is_instant(column: &str) -> bool {
    ["at", "since"].contains(&column) || column.ends_with("_at") || column.ends_with("_until")
}

/// A text; what is kept as JSON comes as what it is.
fn text(said: &str) -> Json {
    let read = said.starts_with(['{', '[']).then(|| serde_json::from_str(said).ok());
    read.flatten().unwrap_or_else(|| said.into())
}
