use jiff::Timestamp;

use crate::app::App;
use crate::db::{Db, Error, Statement, Value};
use crate::identity::{OrganisationId, PersonId};
use crate::{sql, transaction, values};

/// A request that bears a key: whose, and the digests of the key and of the whole.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub person: PersonId,
    pub organisation: OrganisationId,
    pub name: Vec<u8>,
    pub request: Vec<u8>,
}

/// What is kept under a key. Without a status, the answer is not known.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub request: Vec<u8>,
    pub status: Option<u16>,
    pub location: Option<String>,
    pub body: Option<String>,
}

/// What is kept under a key since then.
pub(super) async fn kept(db: &Db, key: &Key, since: Timestamp) -> Result<Option<Kept>, Error> {
    let row = db
        .row(
            sql!(
                "SELECT request, status, location, body FROM idempotency_keys ",
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
            body: row.get("body")?,
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
            "body = NULL, created_at = excluded.created_at WHERE idempotency_keys.created_at <= $6"
        ),
        values![key.person, key.organisation, key.name.clone(), key.request.clone(), now, since],
    )
}

/// Keeps the answer, and drops what is older than `since`.
pub(super) async fn keep(app: &App, key: &Key, answer: &Kept, since: Timestamp) -> Result<(), Error> {
    transaction!(app.db, tx => {
        tx.run(
            sql!("UPDATE idempotency_keys SET status = $3, location = $4, body = $5 WHERE person = $1 AND key = $2"),
            values![
                key.person,
                key.name.clone(),
                answer.status.map(u32::from),
                answer.location.clone(),
                answer.body.clone()
            ],
        )
        .await?;
        tx.run(sql!("DELETE FROM idempotency_keys WHERE created_at <= $1"), values![since]).await?;
        Ok(())
    })
}
