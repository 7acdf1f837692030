//! What people are told of copies: that there is one to read. It goes to no webhook, for not everybody there is a reader of it.

use crate::notices::Kind;

/// What the coordinators or the faculty are told when something was handed to them.
pub(super) const HANDED: &str = "copies.handed";

pub(super) const KINDS: &[Kind] = &[Kind {
    name: HANDED,
    label: "copies-notice-handed-label",
    mail: "copies-notice-handed-mail",
    act: crate::identity::Act::ReadEdition,
    ..Kind::USUAL
}];
