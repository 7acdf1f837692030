use jiff::Timestamp;
use uuid::Uuid;

use super::asking::{Kind, Trouble};
use super::model::Busy;
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::{PersonCore, PersonId, Viewer};
use crate::vault::Sealed;
use crate::{sql, values};

/// A feed as its owner sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Feed {
    pub made_at: Timestamp,
    pub read_at: Option<Timestamp>,
}

/// A calendar that somebody named.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub id: Uuid,
    pub person: PersonId,
    pub address: String,
    /// As whom it is read.
    pub login: Option<Sealed>,
    pub kind: Option<Kind>,
    pub tried_at: Option<Timestamp>,
    pub worked_at: Option<Timestamp>,
    pub next_at: Timestamp,
    pub failures: i64,
    pub trouble: Option<Trouble>,
    pub round: i64,
}

pub(super) async fn feed(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Option<Feed>, Error> {
    let row =
        from.into().row(sql!("SELECT made_at, read_at FROM calendar_feeds WHERE person = $1"), values![person]).await?;
    row.map(|row| Ok(Feed { made_at: row.get("made_at")?, read_at: row.get("read_at")? })).transpose()
}

/// Makes a feed, or gives the one that there is another address.
pub(super) async fn set_feed(tx: &mut Tx, viewer: &Viewer, token: &[u8], now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO calendar_feeds (person, organisation, token, made_at) VALUES ($1, $2, $3, $4) ",
            "ON CONFLICT (person) DO UPDATE SET token = excluded.token, made_at = excluded.made_at, read_at = NULL"
        ),
        values![viewer.person, viewer.organisation, token.to_vec(), now],
    )
    .await
    .map(drop)
}

/// Takes a feed back; false when there is none.
pub(super) async fn remove_feed(tx: &mut Tx, person: PersonId) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM calendar_feeds WHERE person = $1"), values![person]).await? == 1)
}

/// Whose feed an address is, and when it was last read.
pub(super) async fn owner_of_feed(
    from: impl Into<Reader<'_>>,
    token: &[u8],
) -> Result<Option<(PersonId, Option<Timestamp>)>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT person, read_at FROM calendar_feeds WHERE token = $1"), values![token.to_vec()])
        .await?;
    row.map(|row| Ok((row.get("person")?, row.get("read_at")?))).transpose()
}

pub(super) async fn note_read(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE calendar_feeds SET read_at = $2 WHERE person = $1"), values![person, now]).await.map(drop)
}

/// The head of every statement that reads whole calendars.
macro_rules! sources {
    () => {
        "SELECT id, person, address, login, kind, tried_at, worked_at, next_at, failures, trouble, round FROM calendar_sources "
    };
}

pub(super) async fn sources(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<Source>, Error> {
    let rows = from.into().rows(sql!(sources!(), "WHERE person = $1 ORDER BY id"), values![person]).await?;
    rows.iter().map(source_of).collect()
}

pub(super) async fn source(from: impl Into<Reader<'_>>, id: Uuid) -> Result<Option<Source>, Error> {
    let row = from.into().row(sql!(sources!(), "WHERE id = $1"), values![id]).await?;
    row.as_ref().map(source_of).transpose()
}

fn source_of(row: &Row) -> Result<Source, Error> {
    let (kind, trouble): (Option<String>, Option<String>) = (row.get("kind")?, row.get("trouble")?);
    Ok(Source {
        id: row.get("id")?,
        person: row.get("person")?,
        address: row.get("address")?,
        login: row.get("login")?,
        kind: kind.as_deref().and_then(Kind::parse),
        tried_at: row.get("tried_at")?,
        worked_at: row.get("worked_at")?,
        next_at: row.get("next_at")?,
        failures: row.get("failures")?,
        trouble: trouble.as_deref().and_then(Trouble::parse),
        round: row.get("round")?,
    })
}

/// Adds a calendar; false when this person has named it already.
pub(super) async fn add_source(
    tx: &mut Tx,
    id: Uuid,
    viewer: &Viewer,
    (address, login): (&str, Option<Sealed>),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO calendar_sources (id, organisation, person, address, login, added_at, next_at, failures, round) ",
                "VALUES ($1, $2, $3, $4, $6, $5, $5, 0, 0) ON CONFLICT (person, address) DO NOTHING"
            ),
            values![id, viewer.organisation, viewer.person, address, now, login],
        )
        .await?;
    Ok(touched == 1)
}

/// Puts another user name and password in the place of those of before; the next look begins anew. False when a look was faster.
pub(super) async fn set_login(tx: &mut Tx, source: &Source, login: Sealed, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE calendar_sources SET login = $3, next_at = $4, failures = 0, trouble = NULL, tried_at = NULL, ",
                "round = round + 1 WHERE id = $1 AND round = $2"
            ),
            values![source.id, source.round, login, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Forgets a calendar of this person and all that was read from it; false when there is none.
pub(super) async fn remove_source(tx: &mut Tx, person: PersonId, id: Uuid) -> Result<bool, Error> {
    tx.run(
        sql!(
            "DELETE FROM calendar_busy WHERE source = $1 ",
            "AND source IN (SELECT id FROM calendar_sources WHERE person = $2)"
        ),
        values![id, person],
    )
    .await?;
    let touched =
        tx.run(sql!("DELETE FROM calendar_sources WHERE id = $1 AND person = $2"), values![id, person]).await?;
    Ok(touched == 1)
}

/// Keeps how a look went; false when another look was faster, or the calendar was taken back meanwhile.
pub(super) async fn settle(tx: &mut Tx, source: &Source) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE calendar_sources SET kind = $3, tried_at = $4, worked_at = $5, next_at = $6, failures = $7, ",
                "trouble = $8, round = round + 1 WHERE id = $1 AND round = $2"
            ),
            values![
                source.id,
                source.round,
                source.kind.map(Kind::code),
                source.tried_at,
                source.worked_at,
                source.next_at,
                source.failures,
                source.trouble.map(Trouble::code)
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Puts what was read in the place of what was read before.
pub(super) async fn replace_busy(tx: &mut Tx, source: Uuid, person: &PersonCore, busy: &[Busy]) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM calendar_busy WHERE source = $1"), values![source]).await?;
    let rows = busy.iter().map(|busy| values![source, busy.start, busy.end, person.organisation]).collect();
    tx.run_many(
        sql!("INSERT INTO calendar_busy (source, starts_at, ends_at, organisation) VALUES ($1, $2, $3, $4)"),
        rows,
    )
    .await
    .map(drop)
}

/// When somebody is busy by the calendars that they named.
pub(super) async fn busy(
    from_db: impl Into<Reader<'_>>,
    person: &PersonCore,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Busy>, Error> {
    let rows = from_db
        .into()
        .rows(
            sql!(
                "SELECT calendar_busy.starts_at, calendar_busy.ends_at FROM calendar_busy ",
                "JOIN calendar_sources ON calendar_sources.id = calendar_busy.source ",
                "WHERE calendar_sources.person = $1 AND calendar_sources.organisation = $2 ",
                "AND calendar_busy.ends_at > $3 AND calendar_busy.starts_at < $4 ORDER BY calendar_busy.starts_at"
            ),
            values![person.id, person.organisation, from, to],
        )
        .await?;
    rows.iter().map(|row| Ok(Busy { start: row.get("starts_at")?, end: row.get("ends_at")? })).collect()
}
