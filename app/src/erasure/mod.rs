//! What is known of somebody, given to them as a file, and what becomes of it when they are erased. Each feature says of each of its tables
//! whom the rows name and what an erasure does with them ([`Table`]); here all tables are walked, whosever they are. What stands in a table
//! is nobody's business here, and neither is what else ends with a person: a feature says what has to be ended first ([`Hindrance`]).
//!
//! [Decision 0025](../../../docs/decisions/0025-what-an-erasure-does.md) says why it is so.

mod actions;
mod model;
mod pages;
mod store;

use std::pin::Pin;

use jiff::Timestamp;

use crate::db::{Error, Tx};
use crate::features::Feature;
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};

pub use actions::{Erasure, erase, export, rehearse};
pub use model::{Blank, Naming, Table, Touched};

pub const FEATURE: Feature = Feature { name: "erasure", doors: pages::doors, jobs: &[], notices: &[], tables: &[] };

/// Somebody who is to be erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leaving {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub now: Timestamp,
}

pub type Hindering<'a> = Pin<Box<dyn Future<Output = Result<Option<Message>, Error>> + Send + 'a>>;

/// A feature in which something may be under way that has to be ended before somebody is erased.
#[derive(Clone, Copy)]
pub struct Hindrance {
    pub name: &'static str,
    pub hinders: for<'a> fn(&'a mut Tx, Leaving) -> Hindering<'a>,
}

impl std::fmt::Debug for Hindrance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}
