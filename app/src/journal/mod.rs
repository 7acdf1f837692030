//! The decision journal of a pair: a decision that the mentee faces, the alternatives, what they expect with which probability, and
//! why; by when it will be known; later what came. How good the forecasts are is for their author to see, as a score and, once there
//! are enough of them, as a figure.
//!
//! Words and probabilities are sealed (`vault`). Days and states are not, so that what waits is counted without opening any.

mod actions;
mod api;
mod forms;
pub mod model;
mod pages;
mod reminding;
pub mod score;
mod shelf;
mod store;
mod voice;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::mentorships::OF_THE_PAIR;

pub use actions::{add, resolve};
pub use shelf::SHELF;
pub use voice::VOICE;

pub const FEATURE: Feature = Feature {
    name: "journal",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: reminding::JOBS,
    notices: reminding::NOTICES,
    tables: &[Table::of("journal_decisions", &[Naming::GoesAlone("author")])
        .because(OF_THE_PAIR)
        .sealed(&["words", "outcome"])],
};
