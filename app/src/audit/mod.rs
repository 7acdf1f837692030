//! Who did what, when: written in the transaction that does it, read by the coordinator, never changed. An entry names
//! records by their identifiers; what somebody wrote never stands in it.

mod api;
mod memory;
mod pages;
mod store;

use std::pin::Pin;

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::App;
use crate::db::{Error, Tx};
use crate::erasure::Naming;
use crate::features::{self, Feature, Table};
use crate::identity::Viewer;
use crate::problems::Failure;

pub use memory::remembered;
pub use store::{Entry, Filter, Known, list, noted, noted_of, noted_since};
use store::{Mark, mark};

pub const FEATURE: Feature = Feature {
    name: "audit",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: &[],
    tables: &[Table::of("audit", &[Naming::Stays("actor", &[])])
        .because("evidence that outlasts the person; it holds identifiers, no content")],
};

/// Something that happened, to be noted.
#[derive(Clone, Debug)]
pub struct Note {
    pub organisation: Option<Uuid>,
    pub actor: Option<Uuid>,
    /// A stable name such as `people.import.confirm`; its text is the message `audit-people-import-confirm`.
    pub verb: &'static str,
    pub subject: Option<(&'static str, Uuid)>,
    /// Counts and identifiers.
    pub detail: serde_json::Value,
}

impl Note {
    pub fn new(organisation: impl Into<Option<Uuid>>, actor: impl Into<Option<Uuid>>, verb: &'static str) -> Self {
        Self {
            organisation: organisation.into(),
            actor: actor.into(),
            verb,
            subject: None,
            detail: serde_json::Value::Null,
        }
    }

    #[must_use]
    pub fn about(mut self, kind: &'static str, id: Uuid) -> Self {
        self.subject = Some((kind, id));
        self
    }

    #[must_use]
    pub fn with(mut self, detail: serde_json::Value) -> Self {
        self.detail = detail;
        self
    }
}

/// A feature that keeps something from somebody who reads the trail: entries about records of which they must not learn, or not yet.
/// The entries are there all the same, and everybody else reads them.
#[derive(Clone, Copy)]
pub struct Discretion {
    pub name: &'static str,
    /// The records that this reader is told nothing of.
    pub hides: fn(App, Viewer) -> Hiding,
}

pub type Hiding = Pin<Box<dyn Future<Output = Result<Vec<Uuid>, Failure>> + Send>>;

impl std::fmt::Debug for Discretion {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// The records that somebody who reads the trail is told nothing of.
async fn hidden_from(app: &App, viewer: &Viewer) -> Result<Vec<Uuid>, Failure> {
    let mut hidden = Vec::new();
    for discretion in features::DISCRETIONS {
        hidden.extend((discretion.hides)(app.clone(), viewer.clone()).await?);
    }
    Ok(hidden)
}

/// Adds an entry to the trail, in the caller's transaction.
pub async fn note(app: &App, tx: &mut Tx, note: Note) -> Result<(), Error> {
    let now: Timestamp = app.now();
    store::add(tx, app.id(), now, &note).await
}
