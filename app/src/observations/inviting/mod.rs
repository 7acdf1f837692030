//! A host without account who opens a sitting themselves. Whoever may open one invites them by name and address; the link of the mail shows
//! an empty form, and what is sent with it opens one sitting, of which they are the host. What follows goes by the links of that sitting.
//!
//! The name and the address stay until the sitting has them, until the invitation is withdrawn, or for ninety days after it was last sent.

mod actions;
mod api;
pub(super) mod jobs;
mod pages;
mod store;

pub use actions::invite;
pub(super) use actions::{Invited, waiting};

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
