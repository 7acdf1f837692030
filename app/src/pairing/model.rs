//! What goes into a pairing and what comes out of it, as plain data. How it is decided does not belong here.

use std::collections::BTreeMap;

use assignment::Seats;

use crate::i18n::Message;
use crate::people::model::PersonDraft;
pub use crate::people::model::Side;

/// Those who are to be paired, and what their attributes are called. People are known by their place in these lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    pub mentees: Vec<PersonDraft>,
    pub mentors: Vec<PersonDraft>,
    /// By the key that `PersonDraft::attributes` uses. A field such as `biography` may stand here too, to be shown less.
    pub attributes: BTreeMap<String, Attribute>,
}

/// How an attribute is called, and what may be shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    pub label: String,
    pub shown: Shown,
}

/// What a reason, a sentence or a figure may show of an attribute. The order is that of discretion.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    Everything,
    /// Its name, but nobody's value: what only the coordinator sees.
    NameOnly,
    /// Not even its name: what the rules alone see, and special categories of data (GDPR Art. 9).
    Nothing,
}

/// The pairs, those without one, and the proof that no assignment under the rules does better.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// In the order of the mentees.
    pub pairs: Vec<Pair>,
    pub left_out: Vec<LeftOut>,
    /// In the order of the mentors.
    pub mentors: Vec<MentorLoad>,
    pub certificate: Certificate,
    /// What the coordinator should know about the whole: an empty sheet, far too few seats, scores that say nothing.
    pub notes: Vec<Message>,
    pub problem: ScoredProblem,
}

/// One mentee and one mentor. `score` is the sum of the reasons' points.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub mentee: usize,
    pub mentor: usize,
    pub score: i64,
    pub reasons: Vec<Reason>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The rule's name: `competencies`, `similar:profession`, `reserved`.
    pub rule: String,
    pub points: i64,
    pub text: Message,
}

/// Somebody without a mentor: what stands in the way, and what would mend it.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    pub mentee: usize,
    /// Mentors whom the rules allow. They are all full.
    pub allowed: usize,
    pub why: Vec<Message>,
    pub mends: Vec<Mend>,
}

/// A change that gives one person a mentor and takes nobody's away. Each was tried, not guessed.
#[derive(Clone, Debug, PartialEq)]
pub enum Mend {
    /// One more seat for this mentor, whom the rules allow; nobody else moves.
    Seat { mentor: usize, score: i64 },
    /// Without this rule the person would get this mentor; `moves` others would change theirs.
    Without { rule: Message, mentor: usize, moves: usize },
    /// No single change is enough. For this mentor, nearest of all, so many rules would have to go, and a seat come.
    Several { mentor: usize, rules: Vec<Message>, seat: bool },
    /// Nothing but other mentors would help.
    OtherMentors,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MentorLoad {
    pub mentor: usize,
    pub capacity: u32,
    pub load: u32,
}

/// What the assignment is worth, what no assignment can exceed, and their difference: 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub objective: i128,
    pub dual_objective: i128,
    pub gap: i128,
}

/// The very problem that was solved: allowed pairs with their scores before any load, and what each seat of a mentor costs.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ScoredProblem {
    pub edges: Vec<Edge>,
    /// For each mentor the seats; each has its penalty where there is a rule on load.
    pub seats: Vec<Seats>,
    pub unmatched_penalty: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub mentee: usize,
    pub mentor: usize,
    pub score: i64,
}

impl Pool {
    pub fn side(&self, side: Side) -> &[PersonDraft] {
        match side {
            Side::Mentee => &self.mentees,
            Side::Mentor => &self.mentors,
        }
    }

    /// What may be shown of an attribute or a field; of a field that nobody restricted, everything.
    pub fn shown(&self, field: &str) -> Shown {
        self.attributes.get(field).map_or(Shown::Everything, |attribute| attribute.shown)
    }
}
