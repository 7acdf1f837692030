use jiff::Timestamp;
use uuid::Uuid;

use super::keyring::KeyId;
use super::{Drawer, Owner};
use crate::db::{Column as _, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::{in_ids, sql, values};

/// A data key as it is stored.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub id: Uuid,
    pub owner: Owner,
    pub wrapped: Vec<u8>,
    pub under: KeyId,
}

/// The head of every statement that reads data keys.
macro_rules! kept {
    () => {
        "SELECT id, organisation, mentorship, author, drawer, wrapped, wrapped_under FROM content_keys "
    };
}

/// The key that wraps what is new; none before the first start.
pub(super) async fn current(from: impl Into<Reader<'_>>) -> Result<Option<KeyId>, Error> {
    let row = from.into().row(sql!("SELECT id FROM vault_keys WHERE until IS NULL"), values![]).await?;
    row.map(|row| KeyId::read(&row, "id")).transpose()
}

/// Has a key wrap what is new from now on.
pub(super) async fn make_current(tx: &mut Tx, id: KeyId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE vault_keys SET until = $2 WHERE until IS NULL AND id <> $1"), values![id, now]).await?;
    tx.run(
        sql!(
            "INSERT INTO vault_keys (id, since) VALUES ($1, $2) ",
            "ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = NULL"
        ),
        values![id, now],
    )
    .await
    .map(drop)
}

/// How many data keys each key of the installation wraps.
pub(super) async fn tallies(from: impl Into<Reader<'_>>) -> Result<Vec<(KeyId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT vault_keys.id, (SELECT count(*) FROM content_keys WHERE content_keys.wrapped_under = vault_keys.id) ",
                "AS keys FROM vault_keys ORDER BY vault_keys.since, vault_keys.id"
            ),
            values![],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("keys")?))).collect()
}

pub(super) async fn key(from: impl Into<Reader<'_>>, owner: &Owner) -> Result<Option<Kept>, Error> {
    let row = from
        .into()
        .row(
            sql!(kept!(), "WHERE mentorship = $1 AND author = $2 AND drawer = $3 AND organisation = $4"),
            values![owner.mentorship, owner.author, owner.drawer.code(), owner.organisation],
        )
        .await?;
    row.as_ref().map(kept_of).transpose()
}

/// The data keys of any number of mentorships.
pub(super) async fn keys(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    mentorships: &[Uuid],
) -> Result<Vec<Kept>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(kept!(), "WHERE organisation = $1 AND mentorship ", in_ids!("$2")),
            values![organisation, ids(mentorships.iter().copied())],
        )
        .await?;
    rows.iter().map(kept_of).collect()
}

/// The data keys of one author.
pub(super) async fn keys_of_author(
    tx: &mut Tx,
    organisation: OrganisationId,
    author: PersonId,
) -> Result<Vec<Kept>, Error> {
    let rows = tx.rows(sql!(kept!(), "WHERE organisation = $1 AND author = $2"), values![organisation, author]).await?;
    rows.iter().map(kept_of).collect()
}

/// Adds a data key, unless its owner has one.
pub(super) async fn add(tx: &mut Tx, kept: &Kept, now: Timestamp) -> Result<(), Error> {
    let Kept { id, owner, wrapped, under } = kept;
    tx.run(
        sql!(
            "INSERT INTO content_keys (id, organisation, mentorship, author, drawer, wrapped, wrapped_under, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (mentorship, author, drawer) DO NOTHING"
        ),
        values![
            *id,
            owner.organisation,
            owner.mentorship,
            owner.author,
            owner.drawer.code(),
            wrapped.clone(),
            *under,
            now
        ],
    )
    .await
    .map(drop)
}

/// The first data keys, after one of them, that another key than this wraps.
pub(super) async fn wrapped_otherwise(tx: &mut Tx, under: KeyId, after: Uuid, most: i64) -> Result<Vec<Kept>, Error> {
    let rows = tx
        .rows(sql!(kept!(), "WHERE wrapped_under <> $1 AND id > $2 ORDER BY id LIMIT $3"), values![under, after, most])
        .await?;
    rows.iter().map(kept_of).collect()
}

/// Writes a data key wrapped anew. One that was destroyed meanwhile stays destroyed.
pub(super) async fn rewrap(tx: &mut Tx, kept: &Kept) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE content_keys SET wrapped = $2, wrapped_under = $3 WHERE id = $1"),
        values![kept.id, kept.wrapped.clone(), kept.under],
    )
    .await
    .map(drop)
}

pub(super) async fn destroy(tx: &mut Tx, organisation: OrganisationId, author: PersonId) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM content_keys WHERE author = $1 AND organisation = $2"), values![author, organisation])
        .await
}

fn kept_of(row: &Row) -> Result<Kept, Error> {
    let drawer: String = row.get("drawer")?;
    let drawer = Drawer::parse(&drawer)
        .ok_or_else(|| Error::Column { column: "drawer".to_owned(), reason: "no drawer".to_owned() })?;
    Ok(Kept {
        id: row.get("id")?,
        owner: Owner {
            organisation: row.get("organisation")?,
            mentorship: row.get("mentorship")?,
            author: row.get("author")?,
            drawer,
        },
        wrapped: row.get("wrapped")?,
        under: row.get("wrapped_under")?,
    })
}
