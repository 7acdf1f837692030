//! Agreed outcomes: a line that both of a pair release, to readers whom both name. One proposes it, the other releases it to those of
//! the named whom they name too, and either withdraws it. Its readers see it on their own pages; nobody else sees that it exists, so
//! that the trail says nothing of it: who proposed and released it, and when, stands with it and goes with it.

mod actions;
mod api;
mod letters;
pub mod model;
mod pages;
mod reading;
mod store;
mod voice;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::mentorships::OF_THE_PAIR;

pub use actions::{propose, release};
pub use reading::RELEASES;
pub use voice::VOICE;

pub const FEATURE: Feature = Feature {
    name: "outcomes",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: letters::KINDS,
    tables: &[
        Table::of("outcomes", &[Naming::Stays("author", &[])]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("outcome_readers", &[Naming::Goes("person")]),
    ],
};
