//! Runs of an edition's pairing, kept: the rules under which they ran, the pairs with their reasons, those left out, the proof.

mod store;

use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::identity::PersonId;

pub(super) use store::results;

crate::id!(/// A run of the pairing of an edition.
    RunId);

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
}

/// One reason of a pair and the points that it gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReasonKept {
    pub rule: String,
    pub points: i64,
    pub text: Message,
}
