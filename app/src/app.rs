//! The one state: what every door is given. Time, identifiers and secrets come from here, so that a story can set them.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rand::RngExt as _;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::config::Config;
use crate::db::Db;
use crate::mail::Mailer;
use crate::vault::Vault;
use crate::web::Progress;

/// The application; cheap to clone.
#[derive(Clone, Debug)]
pub struct App {
    pub config: Arc<Config>,
    pub db: Db,
    pub clock: Clock,
    pub mailer: Mailer,
    /// What opens and seals the words that people write in confidence.
    pub vault: Vault,
    /// Woken when a job may be due, so that it need not wait for the next look.
    pub jobs: Arc<Notify>,
    pub progress: Progress,
    pub memory: Memory,
    /// Present when this is the demo, with what only the demo has.
    pub demo: Option<Arc<Demo>>,
}

/// What this server remembers from one request to the next of what it has worked out: by the type of what it is, and by the record that
/// it is about. Nothing is lost with it: whoever finds nothing works it out again.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<HashMap<(TypeId, Uuid), Remembered>>>);

type Remembered = Arc<dyn Any + Send + Sync>;

/// A server that runs for months is asked about more records than it should hold; with all of them at once nothing has to be weighed.
const MOST_REMEMBERED: usize = 4096;

impl Memory {
    /// Forgets everything: somebody wrote past what the features do, as a story may.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What is remembered of a record; as it begins where that is nothing.
    pub fn of<T: Default + Send + Sync + 'static>(&self, record: Uuid) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_REMEMBERED {
            kept.clear();
        }
        let remembered = kept.entry((TypeId::of::<T>(), record)).or_insert_with(|| Arc::new(T::default()));
        Arc::clone(remembered).downcast().unwrap_or_default()
    }
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Memory")
    }
}

/// What the demo has and no other installation: links that sign somebody in.
#[derive(Clone, Debug, Default)]
pub struct Demo {
    pub personas: Vec<Persona>,
}

/// Somebody of the demo, and the keys to be them.
#[derive(Clone, Debug)]
pub struct Persona {
    pub person: Uuid,
    pub name: String,
    pub address: String,
    pub organisation: String,
    pub parts: Vec<String>,
    /// The secret of the link that signs them in.
    pub secret: String,
    pub api_token: String,
}

impl Persona {
    /// The path of the link that signs them in.
    pub fn path(&self) -> String {
        format!("/demo/as/{}", self.secret)
    }
}

/// Where the time comes from.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// A clock that a story moves; microseconds since 1970.
    Set(Arc<AtomicI64>),
}

impl Clock {
    pub fn at(instant: Timestamp) -> Self {
        Self::Set(Arc::new(AtomicI64::new(instant.as_microsecond())))
    }

    pub fn now(&self) -> Timestamp {
        match self {
            #[expect(clippy::disallowed_methods, reason = "this is where the time comes from")]
            Self::System => Timestamp::now(),
            Self::Set(micros) => {
                Timestamp::from_microsecond(micros.load(Ordering::Relaxed)).unwrap_or(Timestamp::UNIX_EPOCH)
            }
        }
    }
}

impl App {
    /// Opens the database and the mailer that the settings name.
    pub async fn open(config: Config) -> anyhow::Result<Self> {
        config.make_data_folder()?;
        let db = Db::open(&config.database(), config.connections).await?;
        let mailer = Mailer::open(&config)?;
        let vault = Vault::open(&config);
        Ok(Self {
            config: Arc::new(config),
            db,
            clock: Clock::System,
            mailer,
            vault,
            jobs: Arc::new(Notify::new()),
            progress: Progress::default(),
            memory: Memory::default(),
            demo: None,
        })
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A new identifier. They sort by the time at which they were made.
    pub fn id(&self) -> Uuid {
        let now = self.now();
        let seconds = u64::try_from(now.as_second()).unwrap_or(0);
        let nanos = now.subsec_nanosecond().unsigned_abs();
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos))
    }

    /// A new identifier that says nothing of when it was made, for what somebody sees who may not know that.
    #[expect(clippy::disallowed_methods, reason = "this is where identifiers come from")]
    pub fn timeless_id(&self) -> Uuid {
        uuid::Builder::from_random_bytes(rand::rng().random()).into_uuid()
    }

    /// 256 random bits for a link, a session, a token or a key.
    #[expect(clippy::disallowed_methods, reason = "this is where secrets come from")]
    pub fn secret(&self) -> [u8; 32] {
        rand::rng().random()
    }
}
