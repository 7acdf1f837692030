//! Who looks on at an edition from outside: its sponsors and its faculty. What they see is `overview`'s.

mod actions;
mod api;
mod pages;
pub(super) mod store;

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
