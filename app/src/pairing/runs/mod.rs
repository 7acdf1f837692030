//! The pairing board of an edition: its rules, marks on pairs, runs that are kept with their reasons and their proof, and what they
//! say of the whole. How an optimum is found is `pairing`'s own; who is asked about a pair, and what they answer, is `consent`'s.

mod actions;
mod api;
mod barred;
mod exports;
mod gather;
mod model;
mod offers;
mod pages;
pub mod proof;
mod rules;
mod store;
mod worth;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::identity::PersonId;
use crate::jobs::Kind;
use crate::web::Door;

pub(super) use actions::start;
pub(super) use model::State;
pub(super) use store::{Newest, newest, rules as saved_rules, under_way};

crate::id!(/// A run of the pairing of an edition.
    RunId);

pub(super) const RUN_KIND: Kind = Kind { name: actions::RUN, run: |app, job| Box::pin(actions::carry_out(app, job)) };
pub(super) const RUN_GIVEN_UP_KIND: Kind =
    Kind { name: actions::RUN_GIVEN_UP, run: |app, job| Box::pin(actions::give_up(app, job)) };

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), rules::doors(), api::doors()].concat()
}

/// What came of one mentee in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct ResultRow {
    pub place: i64,
    pub mentee: PersonId,
    pub mentee_name: String,
    pub mentor: Option<PersonId>,
    pub mentor_name: Option<String>,
    pub score: Option<i64>,
    pub told: Told,
}

/// What is said of a pair, or of somebody left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    pub reasons: Vec<ReasonKept>,
    /// Why somebody was left out, and what would mend it.
    pub why: Vec<Message>,
    pub mends: Vec<Message>,
    /// Why the pair stood before the rules were asked, if it did.
    pub kept: Option<Kept>,
    /// What the mentee does, and the mentor: title and unit.
    pub mentee_about: String,
    pub mentor_about: String,
}

/// One reason of a pair and the points that it gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonKept {
    pub rule: String,
    pub points: i64,
    pub text: Message,
}

/// Why a pair stands before the rules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kept {
    /// Their mentorship runs.
    Mentorship,
    /// It was proposed, and nobody has declined.
    Proposed,
    /// The coordinator pinned it.
    Pinned,
}
