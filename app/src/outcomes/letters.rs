//! What people are told of agreed outcomes. It goes to no webhook, for nobody but its readers knows of one.

use crate::notices::Kind;

/// What the other of a pair is told when a line waits for them.
pub(super) const PROPOSED: &str = "outcomes.proposed";
/// What a reader is told when a line was released to them.
pub(super) const RELEASED: &str = "outcomes.released";

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: PROPOSED,
        label: "outcomes-notice-proposed-label",
        mail: "outcomes-notice-proposed-mail",
        outside: false,
        ..Kind::USUAL
    },
    Kind {
        name: RELEASED,
        label: "outcomes-notice-released-label",
        mail: "outcomes-notice-released-mail",
        outside: false,
        ..Kind::USUAL
    },
];
