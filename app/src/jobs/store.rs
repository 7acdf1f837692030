use jiff::Timestamp;
use uuid::Uuid;

use super::{Job, Lane};
use crate::db::{Db, Error, Tx, containing};
use crate::{sql, values};

/// How the queue stands, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    pub given_up: i64,
}

pub(super) async fn add(
    tx: &mut Tx,
    organisation: Option<Uuid>,
    name: &str,
    jobs: &[(Uuid, String)],
    due: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    let rows = jobs.iter().map(|(id, payload)| values![*id, organisation, name, payload, due, 0_i64, now]).collect();
    tx.run_many(
        sql!(
            "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Adds a job unless there is one of this identifier. One that was given up begins anew.
pub(super) async fn add_once(
    tx: &mut Tx,
    organisation: Option<Uuid>,
    name: &str,
    (id, payload): (Uuid, &str),
    due: Timestamp,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) ",
            "VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (id) DO UPDATE SET tries = 0, failed_at = NULL ",
            "WHERE jobs.failed_at IS NOT NULL"
        ),
        values![id, organisation, name, payload, due, now],
    )
    .await
    .map(drop)
}

/// A job that was given up, for the operator.
#[derive(Clone, Debug)]
pub struct GivenUp {
    pub name: String,
    pub failed_at: Timestamp,
    pub failure: String,
}

/// Claims the next jobs that are due in a lane. The try counts from here on, so that a job which takes the server down with it
/// is not begun for ever.
pub(super) async fn claim(tx: &mut Tx, lane: Lane, now: Timestamp, until: Timestamp) -> Result<Vec<Job>, Error> {
    let (like, [unlike, nor]) = lane.patterns();
    let rows = tx
        .rows(
            sql!(
                "SELECT id, name, payload, tries FROM jobs WHERE run_at <= $1 AND failed_at IS NULL ",
                "AND (claimed_until IS NULL OR claimed_until < $1) AND name LIKE $2 AND name NOT LIKE $3 ",
                "AND name NOT LIKE $4 ORDER BY run_at, id LIMIT $5 /*postgres FOR UPDATE SKIP LOCKED*/"
            ),
            values![now, like, unlike, nor, lane.width()],
        )
        .await?;
    let mut jobs = Vec::with_capacity(rows.len());
    for row in &rows {
        let payload: String = row.get("payload")?;
        let job = Job {
            id: row.get("id")?,
            name: row.get("name")?,
            payload: serde_json::from_str(&payload).unwrap_or_default(),
            tries: row.get("tries")?,
        };
        tx.run(sql!("UPDATE jobs SET claimed_until = $2, tries = tries + 1 WHERE id = $1"), values![job.id, until])
            .await?;
        jobs.push(job);
    }
    Ok(jobs)
}

pub(super) async fn prolong(tx: &mut Tx, id: Uuid, until: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE jobs SET claimed_until = $2 WHERE id = $1 AND failed_at IS NULL"), values![id, until])
        .await
        .map(drop)
}

pub(super) async fn remove(tx: &mut Tx, id: Uuid) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM jobs WHERE id = $1"), values![id]).await.map(drop)
}

/// Deletes what still is to be done for somebody, whom it names by identifier; not what somebody who is to be erased had be done.
pub(super) async fn remove_naming(tx: &mut Tx, id: Uuid) -> Result<u64, Error> {
    let by = containing(&format!("\"by\":\"{id}\""));
    tx.run(
        sql!("DELETE FROM jobs WHERE payload LIKE $1 AND payload NOT LIKE $2"),
        values![containing(&id.to_string()), by],
    )
    .await
}

pub(super) async fn postpone(tx: &mut Tx, id: Uuid, run_at: Timestamp, failure: &str) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE jobs SET run_at = $2, claimed_until = NULL, failure = $3 WHERE id = $1"),
        values![id, run_at, failure],
    )
    .await
    .map(drop)
}

pub(super) async fn give_up(tx: &mut Tx, id: Uuid, at: Timestamp, failure: &str) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE jobs SET failed_at = $2, claimed_until = NULL, failure = $3 WHERE id = $1"),
        values![id, at, failure],
    )
    .await
    .map(drop)
}

/// A job with the payload of one that was given up, and for the same organisation.
pub(super) async fn add_after(tx: &mut Tx, id: Uuid, name: &str, given_up: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) ",
            "SELECT $1, organisation, $2, payload, $3, 0, $3 FROM jobs WHERE id = $4"
        ),
        values![id, name, now, given_up],
    )
    .await
    .map(drop)
}

/// The jobs that were given up, the oldest first.
pub async fn given_up(db: &Db) -> Result<Vec<GivenUp>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT name, failed_at, failure FROM jobs WHERE failed_at IS NOT NULL ",
                "ORDER BY failed_at, id LIMIT 1000"
            ),
            values![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let failure: Option<String> = row.get("failure")?;
            let (name, failed_at) = (row.get("name")?, row.get("failed_at")?);
            Ok(GivenUp { name, failed_at, failure: failure.unwrap_or_default() })
        })
        .collect()
}

pub(super) async fn retry_given_up(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    tx.run(
        sql!(
            "UPDATE jobs SET failed_at = NULL, claimed_until = NULL, tries = 0, run_at = $1 ",
            "WHERE failed_at IS NOT NULL"
        ),
        values![now],
    )
    .await
}

pub(super) async fn forget_given_up(tx: &mut Tx) -> Result<u64, Error> {
    tx.run(sql!("DELETE FROM jobs WHERE failed_at IS NOT NULL"), values![]).await
}

/// How many jobs wait, and how many were given up.
pub async fn backlog(db: &Db) -> Result<Backlog, Error> {
    let row = db.row(sql!("SELECT count(*) AS jobs, count(failed_at) AS given_up FROM jobs"), values![]).await?;
    let Some(row) = row else { return Ok(Backlog::default()) };
    let (jobs, given_up): (i64, i64) = (row.get("jobs")?, row.get("given_up")?);
    Ok(Backlog { waiting: jobs - given_up, given_up })
}
