//! An invitation that somebody forwards from their calendar to an address of their own: its date and time become a draft, as those of an
//! uploaded one do. Nothing else of the mail is kept, logged or answered; whoever has the address is told in the product.

mod actions;
mod pages;
mod store;

pub(super) use actions::{address_of, receive};
pub(super) use pages::doors;

use crate::identity::Act;
use crate::jobs;
use crate::notices::Kind;

/// The job that forgets which mails came.
const FORGET: &str = "observations.forget-forwarded";

pub(super) const KINDS: &[jobs::Kind] =
    &[jobs::Kind { name: FORGET, run: |app, _| Box::pin(async move { Ok(actions::forget(&app).await?) }) }];

/// What became of a calendar that somebody forwarded.
pub(super) const FORWARDED: Kind = Kind {
    name: "observations.forwarded",
    label: "observations-notice-forwarded-label",
    mail: "observations-notice-forwarded-mail",
    act: Act::OpenSittings,
    ..Kind::USUAL
};
