//! What people are told of openings. A mail says that there is something to read and no more, names nobody, and none goes to a webhook.

use crate::identity::Act;
use crate::notices::Kind;

/// What whoever was named is told: somebody asks.
pub(super) const ASKED: &str = "breakglass.asked";
/// What whoever asked is told: the other has answered.
pub(super) const ANSWERED: &str = "breakglass.answered";
/// What the two of a pair are told.
pub(super) const OPENED: &str = "breakglass.opened";

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: ASKED,
        label: "breakglass-asked-label",
        mail: "breakglass-asked-mail",
        needed: Some("breakglass-asked-needed"),
        waits: false,
        outside: false,
        act: Act::BreakGlass,
        ..Kind::USUAL
    },
    Kind {
        name: ANSWERED,
        label: "breakglass-answered-label",
        mail: "breakglass-answered-mail",
        waits: false,
        outside: false,
        act: Act::BreakGlass,
        ..Kind::USUAL
    },
    Kind {
        name: OPENED,
        label: "breakglass-opened-label",
        mail: "breakglass-opened-mail",
        needed: Some("breakglass-opened-needed"),
        waits: false,
        outside: false,
        act: Act::TakePart,
        ..Kind::USUAL
    },
];
