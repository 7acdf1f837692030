//! Whom an edition names, and the organisation's own channel: the coordinator's page, and its line in the list of an edition's tasks.

mod pages;

use super::model::Channel;
use crate::i18n::Message;
use crate::programmes::{Edition, State, Task};

pub(super) use pages::doors;

pub(super) fn task(edition: &Edition, channel: &Channel) -> Task {
    let (text, state) = match (channel.receiver, channel.is_empty()) {
        (Some(_), _) => ("concerns-task-named", State::Done),
        (None, false) => ("concerns-task-channel", State::Done),
        (None, true) => ("concerns-task-none", State::Optional),
    };
    let (title, text) = (Message::new("concerns-task"), Message::new(text));
    Task { name: "concerns", title, text, state, href: format!("/editions/{}/concerns", edition.id) }
}
