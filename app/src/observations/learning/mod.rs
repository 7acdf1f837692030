//! The learning of an observation: predict, observe, debrief, practise, observe again. What to watch for comes with the product
//! (`lenses`); what notes should not name is marked before they are saved (`redaction`). The debrief is that of the activity in the plan,
//! not a second one beside it. Notes go on the day that the undertaking says; what was learned, in dates and counts, stays.
//!
//! What is written is sealed (`vault`) and is the mentee's alone or the pair's. Coordinators and faculty learn counts and hours.

pub mod actions;
mod api;
mod figure;
pub mod lenses;
mod letters;
mod look_back;
pub mod model;
mod numbers;
mod pages;
pub mod redaction;
mod seat;
mod store;
mod voice;

use crate::web::Door;

pub(super) use letters::KINDS as NOTICES;
pub(super) use look_back::KINDS as JOBS;
pub use look_back::actions::look_on;
pub use voice::{DEBRIEFER, Owed, SPEAKER, owed, said};

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), numbers::doors(), api::doors()].concat()
}
