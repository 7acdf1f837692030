//! An invitation that somebody forwards from their calendar to an address of their own: its date and time become a draft, as those of an
//! uploaded one do. Nothing else of the mail is kept, logged or answered; whoever has the address is told in the product.

mod actions;
mod store;

pub(super) use actions::{address_of, receive};

use crate::identity::Act;
use crate::notices::Kind;

/// What became of a calendar that somebody forwarded.
pub(super) const FORWARDED: Kind = Kind {
    name: "observations.forwarded",
    label: "observations-notice-forwarded-label",
    mail: "observations-notice-forwarded-mail",
    act: Act::OpenSittings,
    ..Kind::USUAL
};
