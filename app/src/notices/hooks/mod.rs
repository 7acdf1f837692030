//! Webhooks: where programs of somebody's own, or a channel of their team, hear what they are told. What goes there is the
//! sentence that would stand in a mail, which names nobody, and the way into the product.

mod actions;
mod api;
mod jobs;
mod model;
mod pages;
mod store;

use crate::web::Door;

pub(super) use actions::{STOPPED, follow};
pub(super) use jobs::{GIVE_UP, SEND};

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
