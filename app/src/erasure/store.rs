//! The statements are made of the names that features give of their tables and columns: there is one of each kind for each table, and
//! every erasure runs them all.

use super::model::{Blank, Called, Naming, Table, Touched};
use crate::db::{Error, Kind, Tx, Value};
use crate::features;
use crate::identity::{OrganisationId, PersonId};
use crate::values;

/// Somebody, and the name that everybody has who was erased, with its key of order.
#[derive(Clone, Debug)]
pub(super) struct Erased<'a> {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub sort: Vec<u8>,
    pub called: &'a Called<'a>,
}

/// What a row that is somebody's says.
pub(super) type Told = Vec<(String, Value)>;

/// Which rows of a table go with a person, `$1`.
fn going(table: &Table) -> Option<String> {
    any(table, |naming| match naming {
        Naming::Goes(column) => Some(format!("{column} = $1")),
        Naming::GoesAlone(column) => Some(format!("({column} = $1 AND visibility = 'only-me')")),
        Naming::With(column, of) => within(column, of, going),
        Naming::Stays(..) | Naming::By(..) => None,
    })
}

/// Which rows are theirs.
fn theirs(table: &Table) -> Option<String> {
    any(table, |naming| match naming {
        Naming::Goes(column) | Naming::GoesAlone(column) | Naming::Stays(column, _) => Some(format!("{column} = $1")),
        Naming::With(column, of) => within(column, of, theirs),
        Naming::By(..) => None,
    })
}

fn any(table: &Table, one: impl Fn(Naming) -> Option<String>) -> Option<String> {
    let all: Vec<String> = table.names.iter().filter_map(|naming| one(*naming)).collect();
    (!all.is_empty()).then(|| all.join(" OR "))
}

fn within(column: &str, of: &str, which: fn(&Table) -> Option<String>) -> Option<String> {
    let rows = which(features::table(of)?)?;
    Some(format!("{column} IN (SELECT id FROM {of} WHERE {rows})"))
}

/// Does with a table's rows what it says of a person: deletes, empties, quotes them no more.
pub(super) async fn erase(tx: &mut Tx, table: &Table, erased: &Erased<'_>) -> Result<Touched, Error> {
    let mut touched = Touched::default();
    if let Some(rows) = going(table) {
        let text = format!("DELETE FROM {} WHERE {rows}", table.name);
        touched.deleted = tx.run_made(text, values![erased.person]).await?;
    }
    for naming in table.names.iter().filter(|naming| !naming.blanks().is_empty()) {
        touched.emptied += empty(tx, table, *naming, erased).await?;
    }
    for column in table.quotes {
        touched.emptied += quote_no_more(tx, table, column, erased).await?;
    }
    if !table.echoes.is_empty() {
        touched.emptied += echo_no_more(tx, table, erased).await?;
    }
    Ok(touched)
}

async fn echo_no_more(tx: &mut Tx, table: &Table, erased: &Erased<'_>) -> Result<u64, Error> {
    let each = |form: fn(&str) -> String| table.echoes.iter().map(|column| form(column)).collect::<Vec<_>>();
    let sets = each(|column| format!("{column} = NULL")).join(", ");
    let is_any = each(|column| format!("{column} IS NOT NULL")).join(" OR ");
    let text = format!("UPDATE {} SET {sets} WHERE organisation = $1 AND ({is_any})", table.name);
    tx.run_made(text, values![erased.organisation]).await
}

async fn empty(tx: &mut Tx, table: &Table, naming: Naming, erased: &Erased<'_>) -> Result<u64, Error> {
    let mut values = values![erased.person];
    let mut sets = Vec::new();
    for blank in naming.blanks() {
        let (column, value) = match blank {
            Blank::Null(column) => {
                sets.push(format!("{column} = NULL"));
                continue;
            }
            Blank::Text(column, text) => (column, Value::from(*text)),
            Blank::Sort(column) => (column, Value::from(erased.sort.clone())),
        };
        values.push(value);
        sets.push(format!("{column} = ${}", values.len()));
    }
    let text = format!("UPDATE {} SET {} WHERE {} = $1", table.name, sets.join(", "), naming.column());
    tx.run_made(text, values).await
}

async fn quote_no_more(tx: &mut Tx, table: &Table, column: &str, erased: &Erased<'_>) -> Result<u64, Error> {
    let mut touched = 0;
    let read =
        format!("SELECT DISTINCT {column} AS said FROM {} WHERE organisation = $1 AND {column} <> ''", table.name);
    let write = format!("UPDATE {} SET {column} = $3 WHERE organisation = $1 AND {column} = $2", table.name);
    for row in tx.rows_made(read, values![erased.organisation]).await? {
        let said: String = row.get("said")?;
        if let Some(instead) = erased.called.without(&said) {
            touched += tx.run_made(write.clone(), values![erased.organisation, said, instead]).await?;
        }
    }
    Ok(touched)
}

/// The rows of a table that are somebody's, without what is in no export; of what only its author is given, nothing to others. Of bytes
/// there are sealed words alone: digests, wrapped keys and keys of order are nobody's to read.
pub(super) async fn told(tx: &mut Tx, table: &Table, person: PersonId) -> Result<Vec<Told>, Error> {
    let Some(rows) = theirs(table).filter(|_| table.is_told) else { return Ok(Vec::new()) };
    let mut columns = tx.columns(table.name).await?;
    columns.retain(|(name, kind)| {
        let is_sealed = table.sealed.contains(&name.as_str());
        !table.untold.contains(&name.as_str()) && (*kind != Kind::Bytes || is_sealed)
    });
    let chosen: Vec<String> = columns.iter().map(|(name, _)| column_of(table, name)).collect();
    let rows = if table.told.is_empty() { rows } else { format!("({rows}) AND ({})", table.told) };
    let text = format!("SELECT {} FROM {} WHERE {rows} ORDER BY 1", chosen.join(", "), table.name);
    let rows = tx.rows_made(text, values![person]).await?;
    rows.iter()
        .map(|row| columns.iter().map(|(name, kind)| Ok((name.clone(), row.value(name, *kind)?))).collect())
        .collect()
}

fn column_of(table: &Table, name: &str) -> String {
    match table.own.iter().find(|(own, _)| *own == name) {
        Some((_, whose)) => format!("CASE WHEN {whose} = $1 THEN {name} END AS {name}"),
        None => name.to_owned(),
    }
}
