//! Who did what, when: written in the transaction that does it, read by the coordinator, never changed. An entry names
//! records by their identifiers; what somebody wrote never stands in it.

mod api;
mod memory;
mod pages;
mod store;

use jiff::Timestamp;
use uuid::Uuid;

use crate::app::App;
use crate::db::{Error, Tx};
use crate::features::{Feature, Table};

pub use memory::remembered;
pub use store::{Entry, Filter, list, noted};
use store::{Mark, mark};

pub const FEATURE: Feature = Feature {
    name: "audit",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: &[],
    tables: &[Table::kept("audit", "evidence that outlasts the person; it holds identifiers, no content")],
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

/// Adds an entry to the trail, in the caller's transaction.
pub async fn note(app: &App, tx: &mut Tx, note: Note) -> Result<(), Error> {
    let now: Timestamp = app.now();
    store::add(tx, app.id(), now, &note).await
}
