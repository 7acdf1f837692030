//! What a secretary settles beforehand: the policy of the organisation, the texts that observers sign, who is cleared for confidential
//! items, and templates of classes.

pub(super) mod actions;
mod api;
mod pages;
pub(super) mod store;

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
