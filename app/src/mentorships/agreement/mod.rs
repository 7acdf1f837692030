//! The agreement of a pair: what for, how often, until when, what stays between them and where that ends, how either leaves. It
//! begins with the edition's template; both edit it, both sign the same exact text, and only a new version that both sign again
//! takes its place. The coordinator sees that it was signed and when.
//!
//! What a pair writes is sealed (`vault`). What has to outlast the words stands beside them: signatures, dates, and the digest of
//! the exact text.

mod actions;
mod letters;
mod model;
mod pages;
mod store;
mod template;
mod voice;

pub(super) use letters::CHANGED_KIND;
pub(super) use store::template_of;
pub use voice::VOICE;

use crate::i18n::Message;
use crate::programmes::{Edition, State, Task};
use crate::web::Door;

/// The line in the list of an edition's tasks: nobody has to change what its pairs begin with.
pub(super) fn task(edition: &Edition, template: &model::Template) -> Task {
    let (text, state) = if template.is_own() {
        ("agreement-task-own", State::Done)
    } else {
        ("agreement-task-shipped", State::Optional)
    };
    Task {
        name: "agreement",
        title: Message::new("agreement-task"),
        text: Message::new(text),
        state,
        href: format!("/editions/{}/agreement", edition.id),
    }
}

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), template::doors()].concat()
}
