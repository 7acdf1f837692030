//! Work that must happen after a change, and exactly if the change happened: a job is added in the caller's transaction,
//! claimed by any server, and tried again with growing pauses. A job may run twice when a server dies in the middle, so
//! each must do no harm the second time.
//!
//! What is tried in vain too often is given up where a feature offers a kind of the same name and `.given-up`: a job of it follows
//! with the same payload, so that whatever waits for the work learns that it will not be done. Everything else lasts: it stands still,
//! which the operator sees, and is tried once a day, a mail for a fortnight and what is no mail until it is done.
//!
//! A job that fails says two things with its error, where it can: [`Refused`], that what it asks for is refused for good, so that its tries
//! are used up at once; and [`PutOff`], that nothing was tried and it wants to be begun later. It stays the same job then: how often it
//! was tried, and since when it stands still, is not forgotten overnight.

mod store;

use std::time::Duration;

use futures_util::FutureExt as _;
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::app::App;
use crate::db::{Error, Tx};
use crate::features::{self, Feature, Table};
use crate::transaction;

pub use store::{Backlog, Stuck, backlog, stuck};

pub const FEATURE: Feature = Feature {
    name: "jobs",
    doors: Vec::new,
    jobs: &[],
    notices: &[],
    tables: &[Table::kept(
        "jobs",
        "a job names persons by identifier and is gone when it is done; what waits for somebody goes with them",
    )],
};

/// A kind of job that a feature offers.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub run: fn(App, Job) -> Running,
}

pub type Running = std::pin::Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>;

/// A job as it is run.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: Uuid,
    pub organisation: Option<Uuid>,
    pub name: String,
    pub payload: serde_json::Value,
    pub tries: i64,
    pub added_at: Timestamp,
    /// Since when its tries have run out, where it is tried once a day.
    stands_since: Option<Timestamp>,
}

impl Job {
    /// After which row a look that takes rows part by part goes on; the first begins before all.
    pub fn after(&self) -> Uuid {
        let after = self.payload.get("after").and_then(|after| after.as_str()?.parse().ok());
        after.unwrap_or_default()
    }
}

impl std::fmt::Debug for Kind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What a job asks for is refused for good. Asked again in an hour it would be refused again: it stands still from now on.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// Nothing was tried; the job is to be begun at this instant.
#[derive(Debug, thiserror::Error)]
#[error("put off until {0}")]
pub struct PutOff(pub Timestamp);

/// How long a claim holds without a sign of life, and how often the runner gives one.
const LEASE: SignedDuration = SignedDuration::from_secs(15);
const SIGN_OF_LIFE: Duration = Duration::from_secs(4);
const LOOK: Duration = Duration::from_millis(500);
/// Some two and a half hours.
const MOST_TRIES: i64 = 12;
/// Whose server is down for a night gets what waited: some fourteen hours.
const MOST_TRIES_ABROAD: i64 = 24;
/// How often what stands still is tried.
const STANDS: SignedDuration = SignedDuration::from_hours(24);
/// So long mails are tried once a day; what they tell is old by then.
const MAILS_LAST: SignedDuration = SignedDuration::from_hours(14 * 24);
/// A job in whose middle the server ended is begun more often: it may be the server that is to blame.
const MORE_BEGUN: i64 = 12;

/// Mails run in a lane of their own: a mail server that is slow to answer holds back no other work. A kind that mails has a name
/// of that form.
const MAILS: &str = "%.mail-%";

/// What goes to servers that people named has another: whoever is slow to answer there holds back no mail.
const SENDINGS: &str = "%.send-%";

/// So many mails are under way at once: a mail server takes its time for each, and has time for several.
const MAILS_AT_ONCE: i64 = 16;
const SENDINGS_AT_ONCE: i64 = 8;

/// Which jobs a worker takes.
#[derive(Clone, Copy, Debug)]
enum Lane {
    Mails,
    Sendings,
    Others,
    All,
}

impl Lane {
    /// How many it takes at once.
    fn width(self) -> i64 {
        match self {
            Self::Mails => MAILS_AT_ONCE,
            Self::Sendings => SENDINGS_AT_ONCE,
            Self::Others | Self::All => 1,
        }
    }

    /// What a job's name is like, and what not.
    fn patterns(self) -> (&'static str, [&'static str; 2]) {
        match self {
            Self::Mails => (MAILS, [""; 2]),
            Self::Sendings => (SENDINGS, [""; 2]),
            Self::Others => ("%", [MAILS, SENDINGS]),
            Self::All => ("%", [""; 2]),
        }
    }
}

/// Adds a job in the caller's transaction.
pub async fn add(
    app: &App,
    tx: &mut Tx,
    organisation: Option<Uuid>,
    name: &'static str,
    payload: &serde_json::Value,
) -> Result<(), Error> {
    add_many(app, tx, organisation, name, std::slice::from_ref(payload), app.now()).await
}

/// Adds many jobs of a kind in the caller's transaction, several hundred with one statement. They are due at an instant, which
/// may be to come.
pub async fn add_many(
    app: &App,
    tx: &mut Tx,
    organisation: Option<Uuid>,
    name: &'static str,
    payloads: &[serde_json::Value],
    due: Timestamp,
) -> Result<(), Error> {
    debug_assert!(kind(name).is_some(), "no feature offers the job {name}");
    let jobs: Vec<(Uuid, String)> = payloads.iter().map(|payload| (app.id(), payload.to_string())).collect();
    store::add(tx, organisation, name, &jobs, due, app.now()).await?;
    app.jobs.notify_waiters();
    Ok(())
}

/// An identifier that is the same for whoever makes it of the same parts.
pub fn made_of(parts: &[&[u8]]) -> Uuid {
    let digest = parts.iter().fold(Sha256::new(), Sha256::chain_update).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Adds a job of which one is enough, due at an instant: whoever makes the same identifier of what it is for adds no second one.
pub async fn add_once(
    app: &App,
    tx: &mut Tx,
    organisation: Option<Uuid>,
    name: &'static str,
    (id, payload): (Uuid, &serde_json::Value),
    due: Timestamp,
) -> Result<(), Error> {
    debug_assert!(kind(name).is_some(), "no feature offers the job {name}");
    store::add_once(tx, organisation, name, (id, &payload.to_string()), due, app.now()).await?;
    app.jobs.notify_waiters();
    Ok(())
}

/// So many rows a look takes at once.
pub const PART: i64 = 200;

/// Has a look that takes rows part by part go on after the last row of this part. After an empty part it has seen all.
pub async fn go_on(app: &App, tx: &mut Tx, job: &Job, last: Option<Uuid>) -> Result<(), Error> {
    let Some(last) = last else { return Ok(()) };
    let id = made_of(&[job.id.as_bytes(), last.as_bytes()]);
    let mut payload = job.payload.clone();
    payload["after"] = serde_json::json!(last);
    store::add_once(tx, job.organisation, &job.name, (id, &payload.to_string()), app.now(), app.now()).await?;
    app.jobs.notify_waiters();
    Ok(())
}

/// Drops what still is to be done for somebody who is erased, and says how much that was.
pub async fn forget(tx: &mut Tx, person: Uuid) -> Result<u64, Error> {
    store::remove_naming(tx, person).await
}

/// Claims and runs jobs until the task is ended. Any number of servers may do so.
pub async fn run(app: App) {
    tokio::join!(run_lane(&app, Lane::Mails), run_lane(&app, Lane::Sendings), run_lane(&app, Lane::Others));
}

async fn run_lane(app: &App, lane: Lane) {
    loop {
        // Asked before the look, so that nothing is missed that is added meanwhile.
        let woken = app.jobs.notified();
        match run_next(app, lane).await {
            Ok(1..) => {}
            Ok(0) => {
                let _ = tokio::time::timeout(LOOK, woken).await;
            }
            Err(error) => {
                tracing::error!(error = format!("{error:#}"), "the queue of jobs did not answer");
                tokio::time::sleep(Duration::from_secs(2)).await;
            }
        }
    }
}

/// Runs every job that is due, for stories and commands that do not wait.
pub async fn run_due(app: &App) -> anyhow::Result<usize> {
    let mut done = 0;
    loop {
        match run_next(app, Lane::All).await? {
            0 => return Ok(done),
            ran => done += ran,
        }
    }
}

/// A job that was tried, and what went wrong, if anything did.
struct Tried {
    id: Uuid,
    name: String,
    tries: i64,
    stands_since: Option<Timestamp>,
    end: End,
}

/// How a try ended.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Done,
    PutOff(Timestamp),
    Failed(String),
    /// Refused for good.
    Refused(String),
}

impl End {
    fn of(error: &anyhow::Error) -> Self {
        let said = format!("{error:#}");
        match (error.downcast_ref::<PutOff>(), error.downcast_ref::<Refused>()) {
            (Some(PutOff(until)), _) => Self::PutOff(*until),
            (None, Some(_)) => Self::Refused(said),
            (None, None) => Self::Failed(said),
        }
    }

    fn failure(&self) -> Option<&str> {
        match self {
            Self::Failed(said) | Self::Refused(said) => Some(said),
            Self::Done | Self::PutOff(_) => None,
        }
    }
}

/// Runs the next jobs that are due, as many as the lane is wide, and says how many there were. What came of each is written as soon as
/// it has ended, together with others that have: one that takes long leaves none in doubt that are done.
async fn run_next(app: &App, lane: Lane) -> anyhow::Result<usize> {
    let now = app.now();
    // Not serializable: whoever adds jobs in a large transaction while others write would be undone for having been looked at here.
    let jobs = transaction!(app.db.row_by_row(), tx => store::claim(tx, lane, now, now + LEASE).await)?;
    let count = jobs.len();
    run_beside_each_other(app, jobs.into_iter().map(|job| (kind(&job.name), job)).collect()).await?;
    Ok(count)
}

/// Runs jobs, each with its kind if one is known, and writes what came of them as they end.
async fn run_beside_each_other(app: &App, jobs: Vec<(Option<&'static Kind>, Job)>) -> anyhow::Result<()> {
    // Tasks of their own: one that is in the middle of a transaction goes on while the others are written down, or both would wait.
    let mut running: JoinSet<Tried> = jobs.into_iter().map(|(kind, job)| attempt(app.clone(), kind, job)).collect();
    while let Some(first) = running.join_next().await {
        let mut tried = vec![first?];
        while let Some(also) = running.try_join_next() {
            tried.push(also?);
        }
        settle(app, &tried).await?;
    }
    Ok(())
}

async fn attempt(app: App, kind: Option<&'static Kind>, job: Job) -> Tried {
    let (id, tries, name, stands_since) = (job.id, job.tries, job.name.clone(), job.stands_since);
    let end = match kind {
        _ if is_deadly(&name, tries) => End::Failed("the server ended in the middle of the last try".to_owned()),
        Some(kind) => kept_alive(&app, id, end_of(kind, app.clone(), job)).await,
        None => End::Failed("no feature of this version offers the job".to_owned()),
    };
    Tried { id, name, tries, stands_since, end }
}

/// Runs a job and says how that ended. A panic is a failure of that job, not of the runner.
async fn end_of(kind: &'static Kind, app: App, job: Job) -> End {
    let run = async { (kind.run)(app, job).await };
    match std::panic::AssertUnwindSafe(run).catch_unwind().await {
        Ok(Ok(())) => End::Done,
        Ok(Err(error)) => End::of(&error),
        Err(_) => End::Failed("the job panicked".to_owned()),
    }
}

async fn kept_alive<T>(app: &App, id: Uuid, work: impl Future<Output = T>) -> T {
    let signs = async {
        loop {
            tokio::time::sleep(SIGN_OF_LIFE).await;
            let until = app.now() + LEASE;
            if let Err(error) = transaction!(app.db.row_by_row(), tx => store::prolong(tx, id, until).await) {
                tracing::warn!(%error, "a claim could not be prolonged");
            }
        }
    };
    // Beside each other: work that is in the middle of a transaction has to go on while a sign of life waits for its turn to write.
    tokio::select! {
        done = work => done,
        never = signs => never,
    }
}

/// Writes what came of jobs that were tried, all in one transaction.
async fn settle(app: &App, tried: &[Tried]) -> anyhow::Result<()> {
    let now = app.now();
    for Tried { name, tries, end, .. } in tried {
        if let Some(failure) = end.failure() {
            tracing::warn!(job = name, tries = tries + 1, failure, "a job failed");
        }
    }
    transaction!(app.db.row_by_row(), tx => {
        for job in tried {
            settle_one(app, tx, job, now).await?;
        }
        Ok::<(), Error>(())
    })?;
    Ok(())
}

async fn settle_one(app: &App, tx: &mut Tx, job: &Tried, now: Timestamp) -> Result<(), Error> {
    let Tried { id, name, tries, stands_since, end } = job;
    let (failure, is_for_good) = match end {
        End::Done => return store::remove(tx, *id).await,
        End::PutOff(until) => return store::put_off(tx, *id, *until, *tries).await,
        End::Failed(failure) => (failure, false),
        End::Refused(failure) => (failure, true),
    };
    if tries + 1 < most_tries(name) && !is_for_good {
        return store::postpone(tx, *id, now + pause(*tries), failure).await;
    }
    if let Some(follower) = kind(&format!("{name}.given-up")) {
        store::add_after(tx, app.id(), follower.name, *id, now).await?;
    } else if !is_deadly(name, *tries) && lasts(name, *stands_since, now) {
        return store::stand_still(tx, *id, (now, now + STANDS), (most_tries(name) - 1, failure)).await;
    }
    store::give_up(tx, *id, now, failure).await
}

/// Whether the server ended in the middle of so many tries that it may be the job that ends it.
fn is_deadly(name: &str, tries: i64) -> bool {
    tries >= most_tries(name) + MORE_BEGUN
}

/// Whether what stands still since then is tried another day.
fn lasts(name: &str, stands_since: Option<Timestamp>, now: Timestamp) -> bool {
    !is_in(name, MAILS) || stands_since.is_none_or(|since| now.duration_since(since) < MAILS_LAST)
}

/// Lets everything that was given up or stands still begin anew.
pub async fn retry_stuck(app: &App) -> Result<u64, Error> {
    let now = app.now();
    transaction!(app.db, tx => store::retry_stuck(tx, now).await)
}

/// Forgets everything that was given up or stands still.
pub async fn forget_stuck(app: &App) -> Result<u64, Error> {
    let now = app.now();
    transaction!(app.db, tx => store::forget_stuck(tx, now).await)
}

/// Whether a job is of a lane, by its name.
fn is_in(name: &str, lane: &str) -> bool {
    name.contains(lane.trim_matches('%'))
}

/// How often a job is tried before it is given up, or stands still.
fn most_tries(name: &str) -> i64 {
    if is_in(name, MAILS) || is_in(name, SENDINGS) { MOST_TRIES_ABROAD } else { MOST_TRIES }
}

/// Five seconds, doubled at each try, at most an hour.
fn pause(tries: i64) -> SignedDuration {
    SignedDuration::from_secs((5_i64 << tries.clamp(0, 20)).min(3600))
}

fn kind(name: &str) -> Option<&'static Kind> {
    features::ALL.iter().flat_map(|feature| feature.jobs).find(|kind| kind.name == name)
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt as _;
    use futures_util::stream::FuturesUnordered;
    use tokio::sync::Notify;

    use super::*;
    use crate::config::{Config, Flags};
    use crate::db;

    async fn an_app(folder: &std::path::Path) -> App {
        let flags = Flags::default().with("data", folder.to_str().unwrap());
        App::open(Config::read(&flags).unwrap()).await.unwrap()
    }

    #[tokio::test]
    async fn a_panic_is_a_failure_of_the_job() {
        static AT_ONCE: Kind = Kind { name: "at-once", run: |_, _| panic!("nothing is ready") };
        static LATER: Kind = Kind { name: "later", run: |_, _| Box::pin(async { panic!("something broke") }) };
        let folder = tempfile::tempdir().unwrap();
        let app = an_app(folder.path()).await;
        let job = || Job {
            id: Uuid::nil(),
            organisation: None,
            name: String::new(),
            payload: serde_json::Value::Null,
            tries: 0,
            added_at: Timestamp::UNIX_EPOCH,
            stands_since: None,
        };
        for kind in [&AT_ONCE, &LATER] {
            assert_eq!(end_of(kind, app.clone(), job()).await, End::Failed("the job panicked".to_owned()));
        }
    }

    #[test]
    fn what_an_error_says_of_a_job_is_found_below_its_context() {
        let of = |error: anyhow::Error| End::of(&error.context("the mail"));
        let until = Timestamp::UNIX_EPOCH;
        assert_eq!(of(PutOff(until).into()), End::PutOff(until));
        assert_eq!(of(Refused("no".to_owned()).into()), End::Refused("the mail: no".to_owned()));
        assert_eq!(of(anyhow::anyhow!("later")), End::Failed("the mail: later".to_owned()));
    }

    static WRITES: Notify = Notify::const_new();

    /// Is in the middle of a transaction when the other one has ended, and a while longer.
    static HOLDS: Kind = Kind {
        name: "test.mail-holds",
        run: |app, job| {
            Box::pin(async move {
                transaction!(app.db, tx => {
                    store::prolong(tx, job.id, app.now() + LEASE).await?;
                    WRITES.notify_one();
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    Ok::<(), Error>(())
                })?;
                Ok(())
            })
        },
    };

    static ENDS: Kind = Kind {
        name: "test.mail-ends",
        run: |_, _| {
            Box::pin(async {
                WRITES.notified().await;
                Ok(())
            })
        },
    };

    /// Both of them, claimed as a worker claims them.
    async fn claimed(app: &App) -> Vec<(Option<&'static Kind>, Job)> {
        let (now, kinds) = (app.now(), [&HOLDS, &ENDS]);
        for kind in kinds {
            let job = [(app.id(), "null".to_owned())];
            let added = transaction!(app.db, tx => store::add(tx, None, kind.name, &job, now, now).await);
            added.unwrap();
        }
        let jobs = transaction!(app.db.row_by_row(), tx => store::claim(tx, Lane::Mails, now, now + LEASE).await);
        let of = |job: &Job| kinds.into_iter().find(|kind| kind.name == job.name);
        jobs.unwrap().into_iter().map(|job| (of(&job), job)).collect()
    }

    /// SQLite lets one write at a time. Where jobs are futures of one task (a `FuturesUnordered`, say), nobody goes on with one that holds
    /// a transaction while the end of another is being written down: this waits for the transaction, the transaction for us, and
    /// the whole lane stands still for good, without an error. It happened; hence tasks. The shape of before stands below, so that this
    /// test is seen to find it.
    #[tokio::test]
    async fn a_job_that_holds_a_transaction_goes_on_while_the_end_of_another_is_written_down() {
        let folder = tempfile::tempdir().unwrap();
        let app = an_app(folder.path()).await;
        db::migrate(&app.db, app.now()).await.unwrap();
        let jobs = claimed(&app).await;
        assert_eq!(jobs.len(), 2);
        let ran = tokio::time::timeout(Duration::from_mins(1), run_beside_each_other(&app, jobs)).await;
        ran.expect("the two wait for each other").unwrap();
        assert_eq!(backlog(&app.db).await.unwrap(), Backlog::default(), "both are written down as done");

        let jobs = claimed(&app).await;
        let in_one_task = async {
            let attempts = jobs.into_iter().map(|(kind, job)| attempt(app.clone(), kind, job));
            let mut running: FuturesUnordered<_> = attempts.collect();
            while let Some(tried) = running.next().await {
                settle(&app, &[tried]).await.unwrap();
            }
        };
        let stands_still = tokio::time::timeout(Duration::from_secs(2), in_one_task).await;
        stands_still.expect_err("the test has to find what it is for");
    }

    #[test]
    fn pauses_grow_to_an_hour() {
        assert_eq!([0, 1, 2, 9, 10, 60].map(|tries| pause(tries).as_secs()), [5, 10, 20, 2560, 3600, 3600]);
    }
}
