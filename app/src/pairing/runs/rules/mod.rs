//! The rules of an edition as a coordinator reads and edits them: sentences with weights, a text for experts, a page for others;
//! and as programs do.

mod api;
mod criteria;
mod edit;
mod pages;

use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
