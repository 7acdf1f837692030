//! Seats: asking for one, answering, sharing out where there are more wishes than seats; conflicts of interest, and the undertaking.

pub(super) mod actions;
mod api;
mod pages;
pub(super) mod reasons;
pub(super) mod store;

pub(super) use store::{came, recorded};

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
