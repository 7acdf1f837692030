use jiff::Timestamp;
use uuid::Uuid;

use super::{Job, Lane};
use crate::db::{Db, Error, Tx, containing};
use crate::{sql, values};

/// How the queue stands, for the operator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    /// Of these, the ones whose tries have run out, and that are tried once a day.
    pub standing: i64,
    pub given_up: i64,
}

impl Backlog {
    /// Whether nothing is there that an operator should look at.
    pub fn is_well(self) -> bool {
        self.standing == 0 && self.given_up == 0
    }
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

/// Adds a job unless there is one of this identifier. One that was given up or stands still begins anew.
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
            "VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (id) DO UPDATE SET tries = 0, failed_at = NULL, ",
            "stands_since = NULL, run_at = excluded.run_at WHERE jobs.failed_at IS NOT NULL OR jobs.stands_since IS NOT NULL"
        ),
        values![id, organisation, name, payload, due, now],
    )
    .await
    .map(drop)
}

/// A job that was given up or stands still, for the operator.
#[derive(Clone, Debug)]
pub struct Stuck {
    pub name: String,
    pub since: Timestamp,
    pub is_given_up: bool,
    pub failure: String,
}

/// Claims the next jobs that are due in a lane. The try counts from here on, so that a job which takes the server down with it
/// is not begun for ever.
pub(super) async fn claim(tx: &mut Tx, lane: Lane, now: Timestamp, until: Timestamp) -> Result<Vec<Job>, Error> {
    let (like, [unlike, nor]) = lane.patterns();
    let rows = tx
        .rows(
            sql!(
                "SELECT id, organisation, name, payload, tries, created_at, stands_since FROM jobs WHERE run_at <= $1 AND failed_at IS NULL ",
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
            organisation: row.get("organisation")?,
            name: row.get("name")?,
            payload: serde_json::from_str(&payload).unwrap_or_default(),
            tries: row.get("tries")?,
            added_at: row.get("created_at")?,
            stands_since: row.get("stands_since")?,
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

/// Has a job that was not tried wait until an instant; what its claim counted as a try is none.
pub(super) async fn put_off(tx: &mut Tx, id: Uuid, run_at: Timestamp, tries: i64) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE jobs SET run_at = $2, claimed_until = NULL, tries = $3 WHERE id = $1"),
        values![id, run_at, tries],
    )
    .await
    .map(drop)
}

/// Has a job that is tried once a day from now on wait for the next.
pub(super) async fn stand_still(
    tx: &mut Tx,
    id: Uuid,
    (now, run_at): (Timestamp, Timestamp),
    (tries, failure): (i64, &str),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE jobs SET run_at = $2, claimed_until = NULL, failure = $3, tries = $4, ",
            "stands_since = COALESCE(stands_since, $5) WHERE id = $1"
        ),
        values![id, run_at, failure, tries, now],
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

/// The jobs that were given up or stand still, the oldest first.
pub async fn stuck(db: &Db) -> Result<Vec<Stuck>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT name, failed_at, COALESCE(failed_at, stands_since) AS since, failure FROM jobs ",
                "WHERE failed_at IS NOT NULL OR stands_since IS NOT NULL ORDER BY since, id LIMIT 1000"
            ),
            values![],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (failed_at, failure): (Option<Timestamp>, Option<String>) =
                (row.get("failed_at")?, row.get("failure")?);
            let (name, since) = (row.get("name")?, row.get("since")?);
            Ok(Stuck { name, since, is_given_up: failed_at.is_some(), failure: failure.unwrap_or_default() })
        })
        .collect()
}

/// What is being tried at this moment stays as it is.
pub(super) async fn retry_stuck(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    tx.run(
        sql!(
            "UPDATE jobs SET failed_at = NULL, stands_since = NULL, claimed_until = NULL, tries = 0, run_at = $1 ",
            "WHERE failed_at IS NOT NULL ",
            "OR (stands_since IS NOT NULL AND (claimed_until IS NULL OR claimed_until < $1))"
        ),
        values![now],
    )
    .await
}

pub(super) async fn forget_stuck(tx: &mut Tx, now: Timestamp) -> Result<u64, Error> {
    tx.run(
        sql!(
            "DELETE FROM jobs WHERE failed_at IS NOT NULL ",
            "OR (stands_since IS NOT NULL AND (claimed_until IS NULL OR claimed_until < $1))"
        ),
        values![now],
    )
    .await
}

/// How many jobs wait, how many of them stand still, and how many were given up.
pub async fn backlog(db: &Db) -> Result<Backlog, Error> {
    let row = db
        .row(
            sql!(
                "SELECT count(*) AS jobs, count(failed_at) AS given_up, ",
                "count(CASE WHEN failed_at IS NULL THEN stands_since END) AS standing FROM jobs"
            ),
            values![],
        )
        .await?;
    let Some(row) = row else { return Ok(Backlog::default()) };
    let (jobs, given_up): (i64, i64) = (row.get("jobs")?, row.get("given_up")?);
    Ok(Backlog { waiting: jobs - given_up, standing: row.get("standing")?, given_up })
}
