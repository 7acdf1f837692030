//! The two engines, SQLite and PostgreSQL, behind one [`Db`] and one text for each statement. Nothing else imports sqlx.
//!
//! A statement is written once with [`sql!`](crate::sql), which registers it: a test prepares every one of them on both engines, and
//! the test command fails on one that no story ran. What belongs to a feature (which statements, which tables) stays in
//! the feature's `store`.

mod after;
mod columns;
mod copy;
mod migrate;
mod row;
mod statement;
mod value;

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection as _, Postgres, SqlSafeStr, Sqlite, SqliteConnection, Transaction};

pub use after::After;
pub use copy::{Copied, copy};
pub use migrate::{Schema, migrate, schema};
pub use row::{Column, Row};
pub use statement::{Registered, Statement, all as statements};
pub use value::{Kind, Value, containing, ids};

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the database did not answer as expected")]
    Engine(#[from] sqlx::Error),
    #[error("the address of the database is neither sqlite:PATH nor postgres://…: {0}")]
    Address(String),
    #[error("others kept changing the same rows; nothing was written")]
    Contended,
    #[error("the same was done before; nothing was written")]
    DoneBefore,
    #[error("the database was written by a newer version of Telémaco (schema {found}, this one knows {known})")]
    Newer { found: i64, known: i64 },
    #[error("migration {0} was changed after it had been applied")]
    Edited(i64),
    #[error("column {column}: {reason}")]
    Column { column: String, reason: String },
    #[error("{0}")]
    Copy(String),
}

impl Error {
    /// Whether the database answered, and what stands in a row cannot be read.
    pub fn is_of_a_row(&self) -> bool {
        matches!(self, Self::Column { .. } | Self::Engine(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)))
    }

    /// Whether a row could not go since another one still refers to it.
    pub fn is_referred_to(&self) -> bool {
        let Self::Engine(error) = self else { return false };
        error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_foreign_key_violation)
    }
}

/// Which of the two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// A handle to the database; cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
}

#[derive(Clone, Debug)]
enum Pools {
    /// One writer, several readers: a second writer would only wait for the first.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
        file: PathBuf,
    },
    Postgres(PgPool),
}

/// A transaction that writes. It ends with the body of its [`transaction!`](crate::transaction).
#[derive(Debug)]
pub struct Tx {
    inner: Inner,
    contended: bool,
}

#[derive(Debug)]
enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Where a store reads from: the database as it is, or as the transaction has changed it.
#[derive(Debug)]
pub enum Reader<'a> {
    Db(&'a Db),
    Tx(&'a mut Tx),
}

tokio::task_local! {
    static RUNS: Cell<u32>;
    static RIDER: Rider;
}

/// A statement that goes along with a transaction, and how far it came.
struct Rider {
    statement: &'static Statement,
    values: Vec<Value>,
    ride: Cell<Ride>,
}

/// What became of a statement that was to go along: see [`riding`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ride {
    /// No transaction has committed.
    Waiting,
    /// It is committed, together with what the first transaction wrote.
    Arrived,
    /// It touched no row: another was first. Nothing was written.
    TooLate,
}

const MOST_ATTEMPTS: u32 = 12;
/// PostgreSQL carries at most 65,535 parameters in a statement, SQLite 32,766.
const MOST_PARAMETERS: usize = 30_000;
const MOST_ROWS_AT_ONCE: usize = 500;
/// A connection to PostgreSQL that was idle for longer is asked whether it still holds.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

impl Db {
    /// Opens `sqlite:PATH` (made when missing) or `postgres://…`.
    pub async fn open(address: &str, connections: u32) -> Result<Self, Error> {
        if let Some(path) = address.strip_prefix("sqlite:") {
            return Self::open_sqlite(Path::new(path), connections).await;
        }
        if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options: PgConnectOptions = address.parse().map_err(Error::Engine)?;
            // Compiling a plan takes longer than any of our statements.
            let options = options.options([
                ("jit", "off"),
                // What we read lies in memory or on a disk without heads: an index is worth going to for some tens of rows already.
                ("random_page_cost", "1.1"),
            ]);
            let pool = PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(10))
                // To ask before every statement whether the server is there doubles the way to it; whoever was busy a moment
                // ago has just been told.
                .test_before_acquire(false)
                .before_acquire(|connection, known| {
                    Box::pin(async move {
                        if known.idle_for > TRUSTED_FOR {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect_with(options)
                .await?;
            return Ok(Self { pools: Pools::Postgres(pool) });
        }
        Err(Error::Address(address.split("//").next().unwrap_or_default().to_owned()))
    }

    async fn open_sqlite(file: &Path, connections: u32) -> Result<Self, Error> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10))
            .pragma("cache_size", "-16000")
            // A page of a list is on its way in one go; whoever reads it need not be woken in between.
            .row_buffer_size(128)
            // Sheets that were taken in hold more than what was kept; deleting them leaves nothing in the file.
            .pragma("secure_delete", "on")
            .optimize_on_close(true, None);
        // A file cannot be lost as a connection can: nobody asks whether it is there.
        let pool = || SqlitePoolOptions::new().test_before_acquire(false);
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        let readers = pool()
            .max_connections(connections.max(1))
            .idle_timeout(Duration::from_mins(1))
            .connect_with(options.pragma("query_only", "on"))
            .await?;
        Ok(Self { pools: Pools::Sqlite { writer, readers, file: file.to_owned() } })
    }

    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// The file, where the engine has one.
    pub fn file(&self) -> Option<&Path> {
        match &self.pools {
            Pools::Sqlite { file, .. } => Some(file),
            Pools::Postgres(_) => None,
        }
    }

    /// Every row of an answer.
    pub async fn rows(&self, statement: &'static Statement, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        self.answer(statement, values, true).await
    }

    /// The same for a search, which wants one plan where it finds nobody and another where it finds everybody: PostgreSQL makes
    /// the plan for these values and keeps none for all.
    pub async fn found(&self, statement: &'static Statement, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        self.answer(statement, values, false).await
    }

    async fn answer(
        &self,
        statement: &'static Statement,
        values: Vec<Value>,
        keeps_plan: bool,
    ) -> Result<Vec<Row>, Error> {
        self.note(statement);
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let rows = value::bind_sqlite(statement.on(Engine::Sqlite), values).fetch_all(readers).await?;
                rows.into_iter().map(Row::Sqlite).collect()
            }
            Pools::Postgres(pool) => {
                let query = value::bind_postgres(statement.on(Engine::Postgres), values).persistent(keeps_plan);
                query.fetch_all(pool).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    /// The first row, if there is one.
    pub async fn row(&self, statement: &'static Statement, values: Vec<Value>) -> Result<Option<Row>, Error> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Begins a transaction that writes; [`transaction!`](crate::transaction) is the way to use it.
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.begin_on("BEGIN ISOLATION LEVEL SERIALIZABLE").await
    }

    /// The same for what takes rows one by one and concludes nothing from others: `transaction!(app.db.row_by_row(), tx => …)`.
    pub fn row_by_row(&self) -> RowByRow<'_> {
        RowByRow(self)
    }

    async fn begin_on(&self, postgres: &'static str) -> Result<Tx, Error> {
        let inner = match &self.pools {
            Pools::Sqlite { writer, .. } => Inner::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?),
            Pools::Postgres(pool) => Inner::Postgres(pool.begin_with(postgres).await?),
        };
        let mut tx = Tx { inner, contended: false };
        tx.take_along().await?;
        Ok(tx)
    }

    /// Has the engine count its rows anew, by which it chooses how to read: many came at once, and it has not noticed yet. They are
    /// there whether or not it does.
    pub async fn take_stock(&self) {
        let taken = match &self.pools {
            // The limit is what SQLite's manual advises: a sample, however large the tables.
            Pools::Sqlite { writer, .. } => {
                sqlx::raw_sql("PRAGMA analysis_limit = 1000; ANALYZE").execute(writer).await.map(drop)
            }
            Pools::Postgres(pool) => sqlx::raw_sql("ANALYZE").execute(pool).await.map(drop),
        };
        if let Err(error) = taken {
            tracing::warn!(%error, "the database takes no stock");
        }
    }

    /// Writes a consistent copy of a SQLite database to a new file while others go on working.
    pub async fn back_up(&self, target: &Path) -> Result<(), Error> {
        let Pools::Sqlite { readers, .. } = &self.pools else {
            return Err(Error::Copy("PostgreSQL has pg_dump and pg_basebackup for this".to_owned()));
        };
        // `query_only` forbids VACUUM INTO on the readers' connections, so it is lifted for this one.
        let mut connection = readers.acquire().await?.detach();
        sqlx::query("PRAGMA query_only = off").execute(&mut connection).await?;
        sqlx::query("VACUUM INTO $1").bind(target.to_string_lossy().into_owned()).execute(&mut connection).await?;
        Ok(())
    }

    /// Asks the engine whether its own file is sound: `None`, or what is wrong.
    pub async fn fault(&self) -> Result<Option<String>, Error> {
        let Pools::Sqlite { readers, .. } = &self.pools else { return Ok(None) };
        let answer: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(readers).await?;
        Ok((answer != "ok").then_some(answer))
    }

    /// The engine's name and version, for people.
    pub async fn version(&self) -> Result<String, Error> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => {
                let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(readers).await?;
                format!("SQLite {version}")
            }
            Pools::Postgres(pool) => {
                let version: String = sqlx::query_scalar("SHOW server_version").fetch_one(pool).await?;
                format!("PostgreSQL {version}")
            }
        })
    }

    /// Asks the engine to prepare a statement without running it.
    pub async fn prepare(&self, statement: &'static Statement) -> Result<(), Error> {
        use sqlx::{Executor as _, SqlSafeStr as _};
        match &self.pools {
            Pools::Sqlite { writer, .. } => {
                writer.prepare(statement.on(Engine::Sqlite).into_sql_str()).await.map(drop)?;
            }
            Pools::Postgres(pool) => {
                pool.prepare(statement.on(Engine::Postgres).into_sql_str()).await.map(drop)?;
            }
        }
        Ok(())
    }

    /// Has SQLite write its log back into the file, so that what was overwritten there stands in the log no more. While somebody
    /// still reads what was before, the log is written back later.
    pub async fn forget_log(&self) -> Result<(), Error> {
        if let Pools::Sqlite { writer, .. } = &self.pools {
            sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(writer).await?;
        }
        Ok(())
    }

    /// Ends every connection, so that a SQLite file stands alone without its log.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    fn note(&self, statement: &'static Statement) {
        note(self.engine(), statement);
    }
}

/// A handle whose transactions PostgreSQL does not hold against each other beyond the rows that they write.
#[derive(Clone, Copy, Debug)]
pub struct RowByRow<'a>(&'a Db);

impl RowByRow<'_> {
    pub async fn begin(&self) -> Result<Tx, Error> {
        self.0.begin_on("BEGIN ISOLATION LEVEL READ COMMITTED").await
    }
}

/// Runs the body in one transaction and commits it; whatever it gives as an error rolls everything back. When others
/// changed the same rows the whole body runs again, so it must do nothing but read and write through its `tx`.
///
/// `transaction!(app.db, tx => { store::add(tx, …).await?; Ok(()) })`. A macro and not a method with an async closure,
/// because the compiler cannot yet prove that such a method's future may move between threads.
#[macro_export]
macro_rules! transaction {
    ($db:expr, $tx:ident => $body:expr) => {{
        let mut attempts = $crate::db::Attempts::default();
        loop {
            let mut begun = match $db.begin().await {
                Ok(begun) => begun,
                // Another process held the only writer's lock for long: to wait again is kinder than to fail.
                Err(error) => match attempts.put_off(error).await {
                    Some(error) => break Err(error.into()),
                    None => continue,
                },
            };
            let outcome = async {
                let $tx = &mut begun;
                $body
            }
            .await;
            if let Some(settled) = attempts.settle(begun, outcome).await {
                break settled;
            }
        }
    }};
}

/// How often a transaction was tried.
#[derive(Debug, Default)]
pub struct Attempts(u32);

impl Attempts {
    /// Commits or rolls back; `None` when others were in the way and the body should run again.
    pub async fn settle<T, E: From<Error>>(&mut self, tx: Tx, outcome: Result<T, E>) -> Option<Result<T, E>> {
        match outcome {
            Ok(value) => match tx.commit().await {
                Ok(()) => {
                    // Outside `riding`, nothing went along.
                    let _ = RIDER.try_with(|rider| rider.ride.set(Ride::Arrived));
                    return Some(Ok(value));
                }
                Err(error) if is_contention(&error) => {}
                Err(error) => return Some(Err(Error::Engine(error).into())),
            },
            Err(error) => {
                let contended = tx.contended;
                if let Err(fault) = tx.rollback().await {
                    return Some(Err(fault.into()));
                }
                if !contended {
                    return Some(Err(error));
                }
            }
        }
        if self.wait(1).await { None } else { Some(Err(Error::Contended.into())) }
    }

    /// What becomes of a transaction that could not begin: nothing when it is worth another try, else the error. The engine
    /// has waited ten seconds by itself, so this counts for several attempts.
    pub async fn put_off(&mut self, error: Error) -> Option<Error> {
        match &error {
            Error::Engine(engine) if is_contention(engine) => {
                if self.wait(4).await {
                    None
                } else {
                    Some(Error::Contended)
                }
            }
            _ => Some(error),
        }
    }

    /// Waits a growing while, unless that was often enough.
    async fn wait(&mut self, attempts: u32) -> bool {
        self.0 += attempts;
        if self.0 < MOST_ATTEMPTS {
            tokio::time::sleep(pause(self.0)).await;
        }
        self.0 < MOST_ATTEMPTS
    }
}

/// Longer at each attempt, up to a quarter of a second, and never the same for two who collided: they would meet again.
fn pause(attempt: u32) -> Duration {
    use std::hash::{BuildHasher as _, RandomState};
    let most = 1_u64 << attempt.min(8);
    Duration::from_millis(1 + RandomState::new().hash_one(attempt) % most)
}

impl Tx {
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Every row of an answer, as this transaction sees it.
    pub async fn rows(&mut self, statement: &'static Statement, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        note(self.engine(), statement);
        self.fetch(statement.on(self.engine()), values).await
    }

    /// The first row, if there is one.
    pub async fn row(&mut self, statement: &'static Statement, values: Vec<Value>) -> Result<Option<Row>, Error> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }

    /// Runs a statement and says how many rows it touched.
    pub async fn run(&mut self, statement: &'static Statement, values: Vec<Value>) -> Result<u64, Error> {
        note(self.engine(), statement);
        self.execute(statement.on(self.engine()).to_owned(), values).await
    }

    /// Runs an `INSERT … VALUES (…)` for many rows, several hundred in one statement. The text is that of one row; each
    /// item of `rows` fills it once.
    pub async fn run_many(&mut self, statement: &'static Statement, rows: Vec<Vec<Value>>) -> Result<u64, Error> {
        let Some(width) = rows.first().map(Vec::len) else { return Ok(0) };
        let most = (MOST_PARAMETERS / width.max(1)).clamp(1, MOST_ROWS_AT_ONCE);
        let mut touched = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let chunk: Vec<Vec<Value>> = rows.by_ref().take(most).collect();
            note(self.engine(), statement);
            let text = statement.for_rows(chunk.len(), width);
            touched += self.execute(text, chunk.into_iter().flatten().collect()).await?;
        }
        Ok(touched)
    }

    /// Runs a text that was made of the names of tables and columns, for what walks all tables; nothing that anybody typed may stand in it.
    pub async fn run_made(&mut self, text: String, values: Vec<Value>) -> Result<u64, Error> {
        count();
        self.execute(text, values).await
    }

    /// Every row of an answer to such a text.
    pub async fn rows_made(&mut self, text: String, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        count();
        self.fetch(AssertSqlSafe(text), values).await
    }

    async fn fetch(&mut self, text: impl SqlSafeStr, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        let answer = match &mut self.inner {
            Inner::Sqlite(tx) => value::bind_sqlite(text, values)
                .fetch_all(&mut **tx)
                .await
                .map(|rows| rows.into_iter().map(Row::Sqlite).collect()),
            Inner::Postgres(tx) => value::bind_postgres(text, values)
                .fetch_all(&mut **tx)
                .await
                .map(|rows| rows.into_iter().map(Row::Postgres).collect()),
        };
        self.checked(answer)
    }

    async fn execute(&mut self, text: String, values: Vec<Value>) -> Result<u64, Error> {
        let answer = match &mut self.inner {
            Inner::Sqlite(tx) => value::bind_sqlite(AssertSqlSafe(text), values)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
            Inner::Postgres(tx) => value::bind_postgres(AssertSqlSafe(text), values)
                .execute(&mut **tx)
                .await
                .map(|done| done.rows_affected()),
        };
        self.checked(answer)
    }

    /// Several statements in one text, without values: a migration.
    async fn script(&mut self, text: &str) -> Result<(), Error> {
        let text = AssertSqlSafe(text.to_owned());
        let answer = match &mut self.inner {
            Inner::Sqlite(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(drop),
            Inner::Postgres(tx) => sqlx::raw_sql(text).execute(&mut **tx).await.map(drop),
        };
        self.checked(answer)
    }

    fn checked<T>(&mut self, answer: Result<T, sqlx::Error>) -> Result<T, Error> {
        answer.map_err(|error| {
            self.contended |= is_contention(&error);
            Error::Engine(error)
        })
    }

    /// Runs what is to go along with the first transaction that commits. It stands first, so that of two who do the same the
    /// second waits here, and sees that it was done before it has done anything.
    async fn take_along(&mut self) -> Result<(), Error> {
        let waiting = RIDER.try_with(|rider| match rider.ride.get() {
            Ride::Waiting => Some((rider.statement, rider.values.clone())),
            Ride::Arrived | Ride::TooLate => None,
        });
        let Ok(Some((statement, values))) = waiting else { return Ok(()) };
        if self.run(statement, values).await? == 0 {
            let _ = RIDER.try_with(|rider| rider.ride.set(Ride::TooLate));
            return Err(Error::DoneBefore);
        }
        Ok(())
    }

    async fn commit(self) -> Result<(), sqlx::Error> {
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await,
        }
    }

    async fn rollback(self) -> Result<(), Error> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await?,
            Inner::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

impl Reader<'_> {
    /// The same place to read from, for one statement of several.
    pub fn again(&mut self) -> Reader<'_> {
        match self {
            Self::Db(db) => Reader::Db(db),
            Self::Tx(tx) => Reader::Tx(tx),
        }
    }

    pub async fn rows(self, statement: &'static Statement, values: Vec<Value>) -> Result<Vec<Row>, Error> {
        match self {
            Self::Db(db) => db.rows(statement, values).await,
            Self::Tx(tx) => tx.rows(statement, values).await,
        }
    }

    pub async fn row(self, statement: &'static Statement, values: Vec<Value>) -> Result<Option<Row>, Error> {
        Ok(self.rows(statement, values).await?.into_iter().next())
    }
}

impl<'a> From<&'a Db> for Reader<'a> {
    fn from(db: &'a Db) -> Self {
        Self::Db(db)
    }
}

impl<'a> From<&'a mut Tx> for Reader<'a> {
    fn from(tx: &'a mut Tx) -> Self {
        Self::Tx(tx)
    }
}

/// Runs `work` and says how many statements it ran in this task.
pub async fn counted<T>(work: impl Future<Output = T>) -> (T, u32) {
    RUNS.scope(Cell::new(0), async {
        let value = work.await;
        (value, RUNS.with(Cell::get))
    })
    .await
}

/// Runs `work`, with a statement that goes along with the first transaction that commits in it: both happen, or neither. Where
/// the statement touches no row, the transaction ends with [`Error::DoneBefore`] before it has done anything else.
pub async fn riding<T>(statement: &'static Statement, values: Vec<Value>, work: impl Future<Output = T>) -> (T, Ride) {
    RIDER
        .scope(Rider { statement, values, ride: Cell::new(Ride::Waiting) }, async {
            let value = work.await;
            (value, RIDER.with(|rider| rider.ride.get()))
        })
        .await
}

fn note(engine: Engine, statement: &'static Statement) {
    count();
    statement.ran(engine);
}

fn count() {
    // Outside a counted request, nobody asks.
    let _ = RUNS.try_with(|runs| runs.set(runs.get() + 1));
}

/// A SQLite file that nobody else has open, for as long as this lives.
#[derive(Debug)]
pub struct Alone {
    /// It holds the lock.
    _connection: SqliteConnection,
}

impl Alone {
    /// Locks a file for itself and writes back into it what its log holds; `None` while a server has it open.
    pub async fn with(file: &Path) -> Result<Option<Self>, Error> {
        let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_millis(500));
        let locked = async {
            let mut connection = SqliteConnection::connect_with(&options).await?;
            // Leaving the write-ahead log takes a lock that no other connection allows, an idle one neither.
            sqlx::query("PRAGMA journal_mode = delete").execute(&mut connection).await?;
            sqlx::query("BEGIN EXCLUSIVE").execute(&mut connection).await?;
            Ok(connection)
        };
        match locked.await {
            Ok(connection) => Ok(Some(Self { _connection: connection })),
            Err(error) if is_contention(&error) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// A serialization failure or deadlock on PostgreSQL, a lock held too long on SQLite: worth another attempt.
fn is_contention(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    matches!(code.as_deref(), Some("40001" | "40P01" | "5" | "517"))
}
