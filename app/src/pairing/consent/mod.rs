//! Consent, in an order that gives nobody away: wishes before a run; after it mentors answer first, and a mentee sees a name only
//! once that mentor has accepted. What was said goes into the next run; what is settled is published as mentorships.

mod actions;
mod api;
mod jobs;
mod letters;
mod model;
mod others;
mod pages;
mod presses;
mod reasons;
mod shortlist;
mod store;

use std::collections::BTreeSet;

use crate::identity::PersonId;
use crate::people::model::Side;
use crate::web::Door;

pub(super) use actions::{answer, hinders, keeps, publish, send};
pub(super) use jobs::{CARRY_ON_KIND, MAIL_GIVEN_UP_KIND, MAIL_KIND, PUBLISHED_KIND, SILENCE_KIND};
pub(super) use model::{Answer, State};
pub use store::waiting_for;
pub(super) use store::{OfRun, accepted_by_edition, counts, of_run, settled, standing, wishes};

/// What somebody said before the run: whom they would like, dearest first, and with whom they have a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    pub person: PersonId,
    pub side: Side,
    pub ranked: Vec<PersonId>,
    pub conflicts: Vec<PersonId>,
}

/// What earlier proposals of an edition leave to the next run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settled {
    /// Pairs that stand: proposed and not refused, or published. A run keeps them.
    pub kept: Vec<Couple>,
    /// Pairs that either side declined. No run proposes them again.
    pub declined: Vec<Couple>,
    /// Who left a mentorship and asked for no other match. No run pairs them before they do.
    pub resting: BTreeSet<(PersonId, Side)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Couple {
    pub mentee: PersonId,
    pub mentor: PersonId,
}

/// The doors of consent, for people and for programs.
pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}
