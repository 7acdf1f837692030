//! What goes into a pairing and what comes out of it, as plain data. How it is decided does not belong here.

use std::collections::BTreeMap;

use assignment::{Solution, Table};

use crate::i18n::{Argument, Message};
use crate::identity::PersonId;
use crate::people::model::PersonDraft;
pub use crate::people::model::Side;

/// Those who are to be paired, and what their attributes are called. People are known by their place in these lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pool {
    pub mentees: Vec<PersonDraft>,
    pub mentors: Vec<PersonDraft>,
    /// By the key that `PersonDraft::attributes` uses. A field such as `biography` may stand here too, to be shown less.
    pub attributes: BTreeMap<String, Attribute>,
    pub given: Given,
    /// The reporting lines of people who stand in neither list, somebody and their manager, as `PersonDraft::manager` names people:
    /// a line goes on through them.
    pub lines: Vec<(String, String)>,
    /// Who the mentors are, where they are on record: what is kept of a run then names none of them, and pages look the names up.
    pub on_record: Vec<PersonId>,
}

/// What is settled before the rules are asked. Each is a mentee's row and a mentor's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Pairs that stand, whatever the rules say. Their seats are taken.
    pub kept: Vec<(usize, usize)>,
    /// Pairs that are not to be made, whatever the rules say.
    pub apart: Vec<(usize, usize)>,
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
    /// The pairs of that problem by its own numbers, and the prices that prove them.
    pub solution: Solution,
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

/// The very problem that was solved: the scores of allowed pairs before any load, and what each seat of a mentor costs. Pairs
/// that were kept stand outside, their mentees and the seats that they take.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct ScoredProblem {
    pub table: Table,
    /// The pool's row of each mentee of the table.
    pub rows: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    pub mentee: usize,
    pub mentor: usize,
    pub score: i64,
}

impl ScoredProblem {
    /// The allowed pairs, by the pool's rows.
    pub fn edges(&self) -> impl Iterator<Item = Edge> + '_ {
        self.table.pairs().map(|pair| Edge {
            mentee: self.rows[pair.mentee.index()],
            mentor: pair.mentor.index(),
            score: pair.score,
        })
    }
}

impl Pool {
    pub fn side(&self, side: Side) -> &[PersonDraft] {
        match side {
            Side::Mentee => &self.mentees,
            Side::Mentor => &self.mentors,
        }
    }

    /// A mentor inside a sentence.
    pub fn mentor(&self, row: usize) -> Argument {
        match self.on_record.get(row) {
            Some(person) => Argument::Person { person: person.0 },
            None => Argument::from(self.mentors[row].called()),
        }
    }

    /// What may be shown of an attribute or a field; of a field that nobody restricted, everything. Attributes stand in the pool
    /// whenever people do.
    pub fn shown(&self, field: &str) -> Shown {
        self.attributes.get(field).map_or(Shown::Everything, |attribute| attribute.shown)
    }
}
