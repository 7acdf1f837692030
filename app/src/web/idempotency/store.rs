use jiff::Timestamp;

use uuid::Uuid;

use crate::db::{Db, Error, Statement, Tx, Value};
use crate::identity::{OrganisationId, PersonId};
use crate::vault::Sealed;
use crate::{jobs, sql, values};

/// A request that bears a key: whose, and the digests of the key and of the whole.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: Vec<u8>,
    pub request: Vec<u8>,
}

impl Key {
    /// What the vault knows the row by.
    pub(super) fn row(&self) -> Uuid {
        jobs::made_of(&[b"idempotency", self.person.0.as_bytes(), &self.name])
    }
}

/// What is kept under a key. Without a status, the answer is not known.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub request: Vec<u8>,
    pub status: Option<u16>,
    pub location: Option<String>,
    pub answer: Option<Sealed>,
}

/// What is kept under a key since then.
pub(super) async fn kept(db: &Db, key: &Key, since: Timestamp) -> Result<Option<Kept>, Error> {
    let row = db
        .row(
            sql!(
                "SELECT request, status, location, answer FROM idempotency_keys ",
                "WHERE person = $1 AND key = $2 AND created_at > $3"
            ),
            values![key.person, key.name.clone(), since],
        )
        .await?;
    row.map(|row| {
        let status: Option<u32> = row.get("status")?;
        Ok(Kept {
            request: row.get("request")?,
            status: status.and_then(|status| u16::try_from(status).ok()),
            location: row.get("location")?,
            answer: row.get("answer")?,
        })
    })
    .transpose()
}

/// The statement that takes the key. It touches a row for one alone: for whoever is first, or first after it ran out.
pub(super) fn claim(key: &Key, now: Timestamp, since: Timestamp) -> (&'static Statement, Vec<Value>) {
    (
        sql!(
            "INSERT INTO idempotency_keys (person, organisation, key, request, created_at) VALUES ($1, $2, $3, $4, $5) ",
            "ON CONFLICT (person, key) DO UPDATE SET request = excluded.request, status = NULL, location = NULL, ",
            "answer = NULL, created_at = excluded.created_at WHERE idempotency_keys.created_at <= $6"
        ),
        values![key.person, key.organisation, key.name.clone(), key.request.clone(), now, since],
    )
}

/// Whether the answer may be kept still. Whoever was erased since the key was taken may stand in it, and took all answers along that were
/// known by then; whoever asked may have been erased with the key.
pub(super) async fn is_wanted(tx: &mut Tx, key: &Key) -> Result<bool, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT created_at FROM idempotency_keys WHERE person = $1 AND key = $2 AND NOT EXISTS (SELECT 1 FROM persons ",
                "WHERE persons.organisation = idempotency_keys.organisation ",
                "AND persons.erased_at >= idempotency_keys.created_at)"
            ),
            values![key.person, key.name.clone()],
        )
        .await?;
    Ok(row.is_some())
}

/// Keeps the answer: its status, where it leads, and its words.
pub(super) async fn keep(
    tx: &mut Tx,
    key: &Key,
    (status, location, answer): (u16, Option<&str>, Option<Sealed>),
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE idempotency_keys SET status = $3, location = $4, answer = $5 WHERE person = $1 AND key = $2"),
        values![key.person, key.name.clone(), u32::from(status), location, answer],
    )
    .await
    .map(drop)
}

/// Drops what is as old as this or older.
pub(super) async fn forget(tx: &mut Tx, since: Timestamp) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM idempotency_keys WHERE created_at <= $1"), values![since]).await
}
