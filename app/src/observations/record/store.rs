use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::chain::{Head, Link};
use super::events::{Paper, Setting, With};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::observations::model::{Kind, Sitting, SittingId};
use crate::observations::store::spans_of;
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole entries.
macro_rules! links {
    () => {
        "SELECT organisation, chain, number, client, kind, at, entry, sealed, digest FROM record_entries "
    };
}

fn link_of(row: &Row) -> Result<Link, Error> {
    Ok(Link {
        organisation: row.get("organisation")?,
        chain: row.get("chain")?,
        number: row.get("number")?,
        client: row.get("client")?,
        kind: row.get("kind")?,
        at: row.get("at")?,
        text: row.get("entry")?,
        sealed: row.get("sealed")?,
        digest: row.get("digest")?,
    })
}

/// A chain from its beginning.
pub(super) async fn links(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    chain: Uuid,
) -> Result<Vec<Link>, Error> {
    let statement = sql!(links!(), "WHERE organisation = $1 AND chain = $2 ORDER BY number");
    let rows = from.into().rows(statement, values![organisation, chain]).await?;
    rows.iter().map(link_of).collect()
}

/// The entries of some chains that are of one kind, in their order.
pub(super) async fn links_of_kind(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    kind: &str,
    most: i64,
) -> Result<Vec<Link>, Error> {
    let statement =
        sql!(links!(), "WHERE organisation = $1 AND kind = $2 ORDER BY at DESC, chain, number DESC LIMIT $3");
    let rows = from.into().rows(statement, values![organisation, kind, most]).await?;
    rows.iter().map(link_of).collect()
}

/// Everything that stands in the tables of records, whosever it is: what is checked must not choose.
pub(super) async fn everything(from: impl Into<Reader<'_>>) -> Result<(Vec<Link>, Vec<Head>), Error> {
    let mut from = from.into();
    let links = from.again().rows(sql!(links!(), "ORDER BY chain, number"), values![]).await?;
    let heads = from
        .rows(sql!("SELECT chain, organisation, entries, digest FROM record_heads ORDER BY chain"), values![])
        .await?;
    let links = links.iter().map(link_of).collect::<Result<_, _>>()?;
    Ok((links, heads.iter().map(head_of).collect::<Result<_, _>>()?))
}

fn head_of(row: &Row) -> Result<Head, Error> {
    Ok(Head {
        organisation: row.get("organisation")?,
        chain: row.get("chain")?,
        entries: row.get("entries")?,
        digest: row.get("digest")?,
    })
}

/// Adds entries to a chain that had so many; false when somebody else was first.
pub(super) async fn append(tx: &mut Tx, links: &[Link], before: i64) -> Result<bool, Error> {
    let Some(last) = links.last() else { return Ok(true) };
    let touched = tx
        .run(
            sql!(
                "INSERT INTO record_heads (chain, organisation, entries, digest) VALUES ($1, $2, $3, $4) ",
                "ON CONFLICT (chain) DO UPDATE SET entries = excluded.entries, digest = excluded.digest ",
                "WHERE record_heads.entries = $5"
            ),
            values![last.chain, last.organisation, last.number, last.digest.clone(), before],
        )
        .await?;
    if touched == 0 {
        return Ok(false);
    }
    let rows = links.iter().map(|link| {
        values![
            link.organisation,
            link.chain,
            link.number,
            link.client,
            &link.kind,
            link.at,
            &link.text,
            link.sealed.clone(),
            link.digest.clone()
        ]
    });
    let statement = sql!(
        "INSERT INTO record_entries (organisation, chain, number, client, kind, at, entry, sealed, digest) ",
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    tx.run_many(statement, rows.collect()).await?;
    Ok(true)
}

/// What was sealed beside these entries is gone; a later entry says so.
pub(super) async fn destroy(tx: &mut Tx, organisation: OrganisationId, clients: &[Uuid]) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE record_entries SET sealed = NULL WHERE organisation = $1 AND client ", in_ids!("$2")),
        values![organisation, ids(clients.iter().copied())],
    )
    .await
    .map(drop)
}

/// An undertaking as the annex names it.
#[derive(Clone, Debug)]
pub(super) struct Signed {
    pub observer: PersonId,
    pub digest: Vec<u8>,
    pub paper: Paper,
    /// Whether the seat for which it was signed is held: whoever was paired anew has signed for a seat before.
    pub is_held: bool,
}

fn paper_of(row: &Row) -> Result<Paper, Error> {
    Ok(Paper {
        text: row.get("number")?,
        signed_at: row.get("signed_at")?,
        ends_on: row.word_if("ends_on", |text| text.parse().ok())?,
        notes_until: Some(row.word_if("notes_until", |text| text.parse().ok())?),
    })
}

/// What the observers of a sitting signed, in that order.
pub(super) async fn signed(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<Signed>, Error> {
    let statement = sql!(
        "SELECT undertakings.observer, undertakings.digest, undertakings.signed_at, undertakings.ends_on, undertakings.notes_until, ",
        "undertaking_texts.number, ",
        "seats.state = 'held' AS is_held FROM undertakings JOIN seats ON seats.id = undertakings.seat ",
        "JOIN undertaking_texts ON undertaking_texts.id = undertakings.text ",
        "WHERE seats.sitting = $1 ORDER BY undertakings.signed_at, undertakings.seat"
    );
    let rows = from.into().rows(statement, values![sitting]).await?;
    let signed = |row: &Row| {
        let (observer, digest, is_held) = (row.get("observer")?, row.get("digest")?, row.get("is_held")?);
        Ok(Signed { observer, digest, paper: paper_of(row)?, is_held })
    };
    rows.iter().map(signed).collect()
}

/// What a sitting is called where several are: its number, and the zone of its times.
pub(super) async fn numbers(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    sittings: &[Uuid],
) -> Result<Vec<(SittingId, i64)>, Error> {
    let statement = sql!("SELECT id, number FROM sittings WHERE organisation = $1 AND id ", in_ids!("$2"));
    let rows = from.into().rows(statement, values![organisation, ids(sittings.iter().copied())]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect()
}

/// What a record comes to, kept for where it is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reckoned {
    /// Whether anything stands in it.
    pub has_begun: bool,
    /// Whether it is closed as it stands.
    pub is_closed: bool,
    /// How long each of those who came was there.
    pub minutes: BTreeMap<PersonId, i64>,
}

/// Keeps what a record comes to, in the place of what was kept of it before.
pub(super) async fn attend(tx: &mut Tx, sitting: &Sitting, reckoned: &Reckoned) -> Result<(), Error> {
    let Reckoned { has_begun, is_closed, minutes } = reckoned;
    tx.run(
        sql!("UPDATE record_heads SET has_begun = $2, is_closed = $3 WHERE chain = $1"),
        values![sitting.id, *has_begun, *is_closed],
    )
    .await?;
    tx.run(sql!("DELETE FROM attendances WHERE sitting = $1"), values![sitting.id]).await?;
    let rows = minutes.iter().map(|(observer, minutes)| values![sitting.id, *observer, sitting.organisation, *minutes]);
    let rows = rows.collect();
    tx.run_many(
        sql!("INSERT INTO attendances (sitting, observer, organisation, minutes) VALUES ($1, $2, $3, $4)"),
        rows,
    )
    .await
    .map(drop)
}

/// Somebody's time at a sitting as it was kept; where nobody came there is a row without one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attended {
    pub sitting: Uuid,
    pub ends_at: Timestamp,
    /// Whether anything stands in its record, where that is kept.
    pub has_begun: Option<bool>,
    /// Whether it is closed, where that is kept.
    pub is_closed: Option<bool>,
    pub minutes: Option<(PersonId, i64)>,
}

/// Everybody's time at every sitting that has a record or had one, whosever it is.
pub(super) async fn attended_anywhere(from: impl Into<Reader<'_>>) -> Result<Vec<Attended>, Error> {
    let statement = sql!(
        "SELECT sittings.id, sittings.ends_at, record_heads.has_begun, record_heads.is_closed, attendances.observer, ",
        "attendances.minutes FROM sittings ",
        "LEFT JOIN record_heads ON record_heads.chain = sittings.id LEFT JOIN attendances ON attendances.sitting = sittings.id ",
        "WHERE record_heads.chain IS NOT NULL OR attendances.sitting IS NOT NULL ORDER BY sittings.id"
    );
    let attended = |row: &Row| {
        let observer: Option<PersonId> = row.get("observer")?;
        let minutes: Option<i64> = row.get("minutes")?;
        let (has_begun, is_closed) = (row.get("has_begun")?, row.get("is_closed")?);
        let (sitting, ends_at) = (row.get("id")?, row.get("ends_at")?);
        Ok(Attended { sitting, ends_at, has_begun, is_closed, minutes: observer.zip(minutes) })
    };
    from.into().rows(statement, values![]).await?.iter().map(attended).collect()
}

/// Some records of an organisation of which not everything is counted: they are older than the counting.
pub(super) async fn not_counted(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Vec<SittingId>, Error> {
    let statement = sql!(
        "SELECT sittings.id FROM record_heads JOIN sittings ON sittings.id = record_heads.chain ",
        "WHERE record_heads.organisation = $1 AND (record_heads.has_begun IS NULL OR record_heads.is_closed IS NULL) ",
        "ORDER BY sittings.id LIMIT 100"
    );
    let rows = from.into().rows(statement, values![organisation]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// The sittings that have a record and may be going on.
pub(super) async fn going_on(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    (first, last): (Timestamp, Timestamp),
) -> Result<Vec<SittingId>, Error> {
    let statement = sql!(
        "SELECT sittings.id FROM sittings JOIN record_heads ON record_heads.chain = sittings.id WHERE sittings.organisation = $1 ",
        "AND sittings.starts_at < $3 AND sittings.ends_at > $2 AND sittings.state NOT IN ('draft', 'cancelled') ",
        "ORDER BY sittings.starts_at, sittings.id LIMIT 100"
    );
    let rows = from.into().rows(statement, values![organisation, first, last]).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// What every sitting that has a record is, as its own row says, and from when to when its other side had agreed before; nothing of one that
/// cannot be read.
pub(super) async fn settings(
    from: impl Into<Reader<'_>>,
) -> Result<Vec<(Uuid, (Setting, Vec<(Timestamp, Timestamp)>))>, Error> {
    let statement = sql!(
        "SELECT sittings.id, sittings.number, sittings.kind, sittings.zone, sittings.starts_at, sittings.ends_at, ",
        "sittings.other_side_agreed_at, sittings.other_side_was, sittings.keeper FROM sittings ",
        "JOIN record_heads ON record_heads.chain = sittings.id ORDER BY sittings.id"
    );
    let setting = |row: &Row| -> Result<_, Error> {
        let setting = Setting {
            number: row.get("number")?,
            what: row.word("kind", Kind::parse)?,
            zone: row.get("zone")?,
            starts_at: row.get("starts_at")?,
            ends_at: row.get("ends_at")?,
            with: Some(With { other_side: row.get("other_side_agreed_at")?, keeper: row.get("keeper")? }),
        };
        Ok((row.get("id")?, (setting, row.word("other_side_was", spans_of)?)))
    };
    Ok(from.into().rows(statement, values![]).await?.iter().filter_map(|row| setting(row).ok()).collect())
}

/// The words of an undertaking, and what is said to be their digest.
#[derive(Clone, Debug)]
pub(super) struct Undertaken {
    pub sitting: Uuid,
    pub observer: PersonId,
    pub words: String,
    pub digest: Vec<u8>,
    /// Nothing where it cannot be read.
    pub paper: Option<Paper>,
}

/// Every undertaking that was ever signed, whosever it is.
pub(super) async fn signed_anywhere(from: impl Into<Reader<'_>>) -> Result<Vec<Undertaken>, Error> {
    let statement = sql!(
        "SELECT seats.sitting, signed.observer, signed.words, signed.digest, signed.signed_at, signed.ends_on, ",
        "signed.notes_until, ",
        "undertaking_texts.number FROM (SELECT seat, observer, text, words, digest, signed_at, ends_on, notes_until FROM undertakings UNION ALL ",
        "SELECT seat, observer, text, words, digest, signed_at, ends_on, notes_until FROM replaced_undertakings) AS signed ",
        "JOIN seats ON seats.id = signed.seat JOIN undertaking_texts ON undertaking_texts.id = signed.text"
    );
    let signed = |row: &Row| {
        Ok(Undertaken {
            sitting: row.get("sitting")?,
            observer: row.get("observer")?,
            words: row.get("words")?,
            digest: row.get("digest")?,
            paper: paper_of(row).ok(),
        })
    };
    from.into().rows(statement, values![]).await?.iter().map(signed).collect()
}
