//! The items of a sitting: how many, of which class, when; and the chair's agreement to them.

pub(super) mod actions;
mod api;
mod pages;

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
