//! What happened in the room: one record of each sitting, entry by entry, from which everything that comes out is worked out. An entry is
//! never changed; a correction is another one. Each chain of entries can be checked by whoever knows where it ends, and the trail
//! notes that (`chain`, `telemaco verify --records`).
//!
//! Who comes in: the keeper of a record writes it, the secretary reads it, an observer sees their own place, and what
//! follows for them if they heard what they should not have. For everybody else it is not
//! there.

pub mod actions;
mod api;
pub mod chain;
mod checking;
pub(super) mod duties;
pub mod events;
pub mod export;
mod insiders;
mod letters;
mod outcome;
mod pages;
mod reading;
mod register;
mod store;
mod unseated;

use crate::web::Door;

/// The verb under which the trail notes where a chain ends.
const NOTED: &str = "observations.record";

pub use register::actions::waiting as waiting_for_secretary;

pub(super) use letters::{
    KIND as EXPOSED, KIND_OF_CORRECTIONS as CORRECTED, KIND_OF_DUTIES as DUTIES, KIND_WITHOUT_SECRETARY as EXPOSED_HERE,
};

pub(super) fn doors() -> Vec<Door> {
    [
        pages::doors(),
        outcome::pages::doors(),
        outcome::api::doors(),
        insiders::pages::doors(),
        duties::pages::doors(),
        duties::api::doors(),
        register::pages::doors(),
        register::api::doors(),
        unseated::pages::doors(),
        api::doors(),
    ]
    .concat()
}
