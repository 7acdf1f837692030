//! Copies that somebody hands over: to the coordination, which the other of the pair reads as well, or to the faculty. A copy is made of
//! what its author wrote in the mentorship and shares with the other, and of a note to whom it is for. It stays as it was when it was
//! handed over, whatever becomes of the texts, until its author takes it back.

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

pub use actions::hand_over;
pub use voice::VOICE;

pub const FEATURE: Feature = Feature {
    name: "copies",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: letters::KINDS,
    tables: &[Table::of("copies", &[Naming::Goes("author")]).sealed(&["words"])],
};
