//! A whole installation carried from SQLite to PostgreSQL, table by table, in one transaction.

use std::fmt::Write as _;

use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{AssertSqlSafe, Row as _};

use super::columns::kind_of;
use super::{Db, Error, Kind, Pools, Tx, Value};
use crate::transaction;

/// What was carried over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    pub table: String,
    pub rows: u64,
}

struct Table {
    name: String,
    columns: Vec<(String, Kind)>,
}

const ROWS_AT_ONCE: i64 = 500;

/// Copies every row of `source` (SQLite) to `target` (PostgreSQL, migrated, still empty). All or nothing.
pub async fn copy(source: &Db, target: &Db) -> Result<Vec<Copied>, Error> {
    let Pools::Sqlite { readers, .. } = &source.pools else {
        return Err(Error::Copy("only a SQLite installation can be copied".to_owned()));
    };
    if !matches!(target.pools, Pools::Postgres(_)) {
        return Err(Error::Copy("the copy goes to a postgres:// address".to_owned()));
    }
    let tables = tables(readers).await?;
    transaction!(target, tx => {
        let mut copied = Vec::with_capacity(tables.len());
        for table in &tables {
            refuse_filled(tx, table).await?;
            let rows = copy_table(readers, tx, table).await?;
            copied.push(Copied { table: table.name.clone(), rows });
        }
        Ok(copied)
    })
}

async fn refuse_filled(tx: &mut Tx, table: &Table) -> Result<(), Error> {
    let super::Inner::Postgres(inner) = &mut tx.inner else { return Ok(()) };
    let text = format!("SELECT count(*) FROM {}", table.name);
    let rows: i64 = sqlx::query_scalar(AssertSqlSafe(text)).fetch_one(&mut **inner).await?;
    if rows > 0 {
        return Err(Error::Copy(format!("the target is not empty: {} holds {rows} rows", table.name)));
    }
    Ok(())
}

async fn copy_table(source: &SqlitePool, tx: &mut Tx, table: &Table) -> Result<u64, Error> {
    let names: Vec<&str> = table.columns.iter().map(|(name, _)| name.as_str()).collect();
    let names = names.join(", ");
    let select = format!(
        "SELECT rowid AS row_number_, {names} FROM {} WHERE rowid > $1 ORDER BY rowid LIMIT {ROWS_AT_ONCE}",
        table.name
    );
    let (mut last, mut copied) = (i64::MIN, 0);
    loop {
        let rows = sqlx::query(AssertSqlSafe(select.clone())).bind(last).fetch_all(source).await?;
        let Some(end) = rows.last() else { return Ok(copied) };
        last = end.try_get("row_number_")?;
        let values = rows.iter().map(|row| values(row, table)).collect::<Result<Vec<_>, Error>>()?;
        copied += tx.execute(insert(table, &names, rows.len()), values.into_iter().flatten().collect()).await?;
    }
}

fn insert(table: &Table, names: &str, rows: usize) -> String {
    let width = table.columns.len();
    let mut text = format!("INSERT INTO {} ({names}) VALUES ", table.name);
    for row in 0..rows {
        let places: Vec<String> = (1..=width).map(|column| format!("${}", row * width + column)).collect();
        // Writing to a string cannot fail.
        let _ = write!(text, "{}({})", if row == 0 { "" } else { ", " }, places.join(", "));
    }
    text
}

fn values(row: &SqliteRow, table: &Table) -> Result<Vec<Value>, Error> {
    table
        .columns
        .iter()
        .map(|(name, kind)| {
            let name = name.as_str();
            Ok(match kind {
                Kind::Text => row.try_get::<Option<String>, _>(name)?.into(),
                Kind::Int => row.try_get::<Option<i64>, _>(name)?.into(),
                Kind::Real => row.try_get::<Option<f64>, _>(name)?.into(),
                Kind::Bool => row.try_get::<Option<bool>, _>(name)?.into(),
                Kind::Bytes => row.try_get::<Option<Vec<u8>>, _>(name)?.into(),
                Kind::Uuid => row.try_get::<Option<uuid::Uuid>, _>(name)?.into(),
            })
        })
        .collect()
}

/// The tables, those that others refer to first.
async fn tables(source: &SqlitePool) -> Result<Vec<Table>, Error> {
    let names: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'migrations' ORDER BY name",
    )
    .fetch_all(source)
    .await?;
    let mut waiting = Vec::with_capacity(names.len());
    for name in names {
        let parents: Vec<String> = sqlx::query_scalar("SELECT \"table\" FROM pragma_foreign_key_list($1)")
            .bind(name.clone())
            .fetch_all(source)
            .await?;
        let parents: Vec<String> = parents.into_iter().filter(|parent| *parent != name).collect();
        waiting.push((Table { columns: columns(source, &name).await?, name }, parents));
    }
    let mut ordered: Vec<Table> = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let ready = waiting
            .iter()
            .position(|(_, parents)| parents.iter().all(|parent| ordered.iter().any(|table| table.name == *parent)))
            .ok_or_else(|| Error::Copy("the tables refer to each other in a circle".to_owned()))?;
        ordered.push(waiting.remove(ready).0);
    }
    Ok(ordered)
}

async fn columns(source: &SqlitePool, table: &str) -> Result<Vec<(String, Kind)>, Error> {
    let rows =
        sqlx::query("SELECT name, type FROM pragma_table_info($1)").bind(table.to_owned()).fetch_all(source).await?;
    rows.iter()
        .map(|row| {
            let (name, declared): (String, String) = (row.try_get("name")?, row.try_get("type")?);
            let kind = kind_of(&declared)
                .ok_or_else(|| Error::Copy(format!("{table}.{name} is a {declared}, which nobody taught to copy")))?;
            Ok((name, kind))
        })
        .collect()
}
