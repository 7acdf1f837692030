use jiff::Timestamp;
use uuid::Uuid;

use super::Note;
use crate::db::{Db, Error, Reader, Row, Tx, containing, ids};
use crate::{in_ids, sql, values};

/// An entry as the coordinator reads it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: Uuid,
    pub at: Timestamp,
    pub actor: Option<String>,
    pub verb: String,
    pub subject: Option<String>,
    pub detail: String,
}

/// What to look for; everything empty means all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Folded, part of the actor's name or address.
    pub actor: String,
    /// The beginning of a verb.
    pub verb: String,
    /// Only entries before this one.
    pub before: Option<Uuid>,
    /// Records of which the reader is told nothing.
    pub hidden: Vec<Uuid>,
}

pub(super) async fn add(tx: &mut Tx, id: Uuid, at: Timestamp, note: &Note) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO audit (id, organisation, at, actor, verb, subject_kind, subject, detail) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        values![
            id,
            note.organisation,
            at,
            note.actor,
            note.verb,
            note.subject.map_or("", |(kind, _)| kind),
            note.subject.map(|(_, id)| id),
            note.detail.to_string()
        ],
    )
    .await
    .map(drop)
}

/// The newest entries of an organisation that match, at most `limit`.
pub async fn list(db: &Db, organisation: Uuid, filter: &Filter, limit: i64) -> Result<Vec<Entry>, Error> {
    let before = filter.before.unwrap_or(Uuid::max());
    let rows = db
        .rows(
            sql!(
                "SELECT audit.id, audit.at, audit.verb, audit.detail, actor.name AS actor, subject.name AS subject ",
                "FROM audit LEFT JOIN persons AS actor ON actor.id = audit.actor ",
                "LEFT JOIN persons AS subject ON subject.id = audit.subject AND subject.organisation = audit.organisation ",
                "WHERE audit.organisation = $1 AND audit.id < $2 AND substr(audit.verb, 1, length($3)) = $3 ",
                "AND ($4 = '' OR actor.search LIKE $5 ESCAPE '\\') AND (audit.subject IS NULL OR NOT audit.subject ",
                in_ids!("$7"),
                ") ORDER BY audit.id DESC LIMIT $6"
            ),
            values![
                organisation,
                before,
                &filter.verb,
                &filter.actor,
                containing(&filter.actor),
                limit,
                ids(filter.hidden.iter().copied())
            ],
        )
        .await?;
    rows.iter().map(entry).collect()
}

/// What a verb noted in an organisation, each with the record that it was about: what other evidence is checked against.
pub async fn noted(
    from: impl Into<Reader<'_>>,
    organisation: Uuid,
    verb: &str,
) -> Result<Vec<(Option<Uuid>, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT subject, detail FROM audit WHERE organisation = $1 AND verb = $2 ORDER BY id"),
            values![organisation, verb],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("subject")?, row.get("detail")?))).collect()
}

/// An entry as other features read what they wrote.
#[derive(Clone, Debug)]
pub struct Known {
    pub verb: String,
    pub at: Timestamp,
    pub actor: Option<Uuid>,
    pub subject: Uuid,
    pub detail: serde_json::Value,
}

/// What three verbs noted of some records of an organisation, in order.
pub async fn noted_of(
    from: impl Into<Reader<'_>>,
    organisation: Uuid,
    verbs: [&str; 3],
    subjects: &[Uuid],
) -> Result<Vec<Known>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT verb, at, actor, subject, detail FROM audit ",
                "WHERE organisation = $1 AND verb IN ($2, $3, $4) AND subject ",
                in_ids!("$5"),
                " ORDER BY id"
            ),
            values![organisation, verbs[0], verbs[1], verbs[2], ids(subjects.iter().copied())],
        )
        .await?;
    rows.iter().map(known).collect()
}

/// What a verb noted of records of an organisation from an instant on, in order.
pub async fn noted_since(
    from: impl Into<Reader<'_>>,
    organisation: Uuid,
    verb: &str,
    since: Timestamp,
) -> Result<Vec<Known>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT verb, at, actor, subject, detail FROM audit ",
                "WHERE organisation = $1 AND verb = $2 AND id >= $3 AND subject IS NOT NULL ORDER BY id"
            ),
            values![organisation, verb, first_of(u64::try_from(since.as_millisecond()).unwrap_or(0))],
        )
        .await?;
    rows.iter().map(known).collect()
}

fn known(row: &Row) -> Result<Known, Error> {
    let detail: String = row.get("detail")?;
    let detail = serde_json::from_str(&detail).unwrap_or_default();
    let (at, actor, subject) = (row.get("at")?, row.get("actor")?, row.get("subject")?);
    Ok(Known { verb: row.get("verb")?, at, actor, subject, detail })
}

/// The identifier before which no entry of this millisecond has its own.
fn first_of(millisecond: u64) -> Uuid {
    uuid::Builder::from_unix_timestamp_millis(millisecond, &[0; 10]).into_uuid()
}

/// Where the trail of an organisation stands: whoever finds the same mark again knows that nothing has been done meanwhile which
/// leaves an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How many entries there are of late: one whose transaction took longer may come before the last.
    lately: i64,
    since: Uuid,
}

/// How far back entries are counted, in milliseconds: further than any transaction takes.
const LATELY: u64 = 10 * 60 * 1000;

/// The mark of now. It becomes another one every ten minutes, whatever happens; that somebody signs in or out does not change it.
pub async fn mark(db: &Db, organisation: Uuid, now: Timestamp) -> Result<Mark, Error> {
    let now = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let since = first_of((now / LATELY).saturating_sub(1) * LATELY);
    let row = db
        .row(
            sql!(
                "SELECT count(*) AS lately FROM audit ",
                "WHERE organisation = $1 AND id >= $2 AND verb NOT LIKE 'identity.sign-%'"
            ),
            values![organisation, since],
        )
        .await?;
    Ok(Mark { lately: row.map_or(Ok(0), |row| row.get("lately"))?, since })
}

fn entry(row: &Row) -> Result<Entry, Error> {
    Ok(Entry {
        id: row.get("id")?,
        at: row.get("at")?,
        actor: row.get("actor")?,
        verb: row.get("verb")?,
        subject: row.get("subject")?,
        detail: row.get("detail")?,
    })
}
