//! What people are told of concerns: that there is something to read. It names nobody, not even in the product, and goes to no webhook.

use crate::notices::{Kind, Way};

/// What whoever the edition named is told.
pub(super) const RECEIVED: &str = "concerns.received";
/// What they are told again, as long as they have not taken it up.
pub(super) const WAITS: &str = "concerns.waits";
/// What its author is told, once, when nobody has taken it up for long; the mail says nothing of it.
pub(super) const STILL: &str = "concerns.still";
/// What its author is told when it was taken up; in the product alone, for executives' mail is read by assistants.
pub(super) const TAKEN_UP: &str = "concerns.taken-up";

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: RECEIVED,
        label: "concerns-notice-received-label",
        mail: "concerns-notice-received-mail",
        needed: Some("concerns-notice-received-needed"),
        waits: false,
        outside: false,
        ..Kind::USUAL
    },
    Kind {
        name: WAITS,
        label: "concerns-notice-waits-label",
        mail: "concerns-notice-waits-mail",
        needed: Some("concerns-notice-received-needed"),
        waits: false,
        outside: false,
        ..Kind::USUAL
    },
    Kind {
        name: STILL,
        label: "concerns-notice-still-label",
        mail: "concerns-notice-still-mail",
        outside: false,
        ..Kind::USUAL
    },
    Kind {
        name: TAKEN_UP,
        label: "concerns-notice-taken-up-label",
        mail: "concerns-notice-taken-up-mail",
        way: Way::Product,
        outside: false,
        ..Kind::USUAL
    },
];
