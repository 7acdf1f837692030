//! What is kept of a run, and what the coordinator marks; pure.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Kept, RunId};
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::pairing::account::{proof_of, proof_with_reserved, title_of};
use crate::pairing::needs::Needs;
use crate::programmes::EditionId;

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Queued,
    Running,
    Done,
    Failed,
}

/// A run, without its proof.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: RunId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub number: i64,
    pub name: String,
    pub state: State,
    pub rules: String,
    pub started_by: String,
    pub summary: Option<Summary>,
    pub failure: Vec<Message>,
    pub created_at: Timestamp,
    pub version: i64,
}

/// What is said of a whole run, so that a page need not read all of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Summary {
    pub mentees: usize,
    pub mentors: usize,
    pub seats: u64,
    pub paired: usize,
    pub kept: usize,
    /// Those of them that both sides were asked about already, or have agreed to.
    pub agreed: usize,
    pub points: i64,
    /// Whether points count that are shown for nobody.
    pub reserved: bool,
    pub notes: Vec<Message>,
    pub needs: Option<Needs>,
    pub further_seats: FurtherSeats,
    pub musts: Vec<Message>,
    pub wishes: Vec<(Message, Message)>,
    /// The digest at the end of the proof, by which the file is known to be this run's.
    pub digest: String,
    pub since: Option<Since>,
}

/// What a run changed for whom, against the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Since {
    pub run: RunId,
    pub number: i64,
    pub people: i64,
}

/// Where one more seat would help most.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FurtherSeats {
    /// The mentors with whom it would help most, by name.
    pub mentors: Vec<FurtherSeat>,
    /// The competencies whose holders would help most on average.
    pub competencies: Vec<FurtherSeat>,
}

/// What one more seat would bring with a mentor, or on average with the mentors who hold a competency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FurtherSeat {
    pub name: String,
    /// Of how many mentors it is said.
    pub mentors: usize,
    /// With how many of them one more person would have a mentor.
    pub covers: usize,
    /// Points that it would add, beside that.
    pub points: i64,
}

/// What the coordinator says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkKind {
    Pin,
    Forbid,
}

#[derive(Clone, Debug)]
pub struct Mark {
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
    pub mentee_sort: Vec<u8>,
    pub mentor_sort: Vec<u8>,
    pub kind: MarkKind,
    pub marked_by: String,
}

/// How a mentor stands in a run.
#[derive(Clone, Debug)]
pub struct MentorRow {
    pub mentor: PersonId,
    pub name: String,
    pub address: String,
    pub capacity: i64,
    pub load: i64,
}

/// Somebody whose mentor is another than in an earlier run.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    pub place: i64,
    pub mentee: PersonId,
    pub mentee_name: String,
    pub was_there: bool,
    pub before: Option<String>,
    pub after: Option<String>,
    pub before_score: Option<i64>,
    pub after_score: Option<i64>,
}

macro_rules! words {
    ($type:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $type {
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(State { Queued = "queued", Running = "running", Done = "done", Failed = "failed" });
words!(MarkKind { Pin = "pin", Forbid = "forbid" });

impl Kept {
    /// Whether both sides were asked already, so that a mark would change nothing.
    pub fn is_agreed(self) -> bool {
        self != Self::Pinned
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Mentorship => "mentorship",
            Self::Proposed => "proposed",
            Self::Pinned => "pinned",
        }
    }
}

impl Run {
    /// Whether points count in it that are shown for nobody.
    pub fn is_reserved(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.reserved)
    }

    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Queued | State::Running)
    }
}

impl Summary {
    pub fn left_out(&self) -> usize {
        self.mentees.saturating_sub(self.paired)
    }

    /// Pairs about whom nobody was asked yet.
    pub fn to_ask(&self) -> usize {
        self.paired.saturating_sub(self.agreed)
    }

    /// The main finding, as a sentence.
    pub fn title(&self) -> Message {
        title_of(self.paired, self.mentees)
    }

    /// The certificate, in words.
    pub fn proof(&self) -> Message {
        if self.reserved { proof_with_reserved() } else { proof_of(self.points) }
    }
}
