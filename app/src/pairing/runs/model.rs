//! What is kept of a run, and what the coordinator marks; pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Kept, RunId};
use crate::i18n::{Argument, Lang, Message};
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

/// What a run leaves free that others keep, so that one can see what that would bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frees {
    /// Pairs that both sides are asked about or have agreed to, and pins. Mentorships that run stand.
    Proposed,
    /// Those mentorships as well.
    All,
}

/// A run; its proof is kept beside it.
#[derive(Clone, Debug)]
pub struct Run {
    pub id: RunId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub number: i64,
    pub name: String,
    pub state: State,
    pub rules: String,
    /// Nobody where whoever started it is there no longer.
    pub started_by: Option<String>,
    /// What it leaves free: then it answers a question, and nothing is sent from it.
    pub frees: Option<Frees>,
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
    /// Those of them whose mentorship runs.
    pub running: usize,
    pub points: i64,
    /// Whether points count that are shown for nobody.
    pub reserved: bool,
    /// Whether a criterion reserved to the rules decides which pairs are allowed.
    pub withheld: bool,
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
    /// The mentors with whom it would help most.
    pub mentors: Vec<FurtherSeat>,
    /// The competencies whose holders would help most on average.
    pub competencies: Vec<FurtherSeat>,
}

/// What one more seat would bring with a mentor, or on average with the mentors who hold a competency.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FurtherSeat {
    /// The mentor, or the competency.
    pub name: Argument,
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
    /// Nobody where whoever marked it is there no longer.
    pub marked_by: Option<String>,
}

/// How a mentor stands in a run.
#[derive(Clone, Debug)]
pub struct MentorRow {
    pub mentor: PersonId,
    /// Name and address, while there are any: their place is that of the proof, whoever has gone.
    pub known: Option<(String, String)>,
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
    /// Why the earlier pair stood before the rules were asked, if it did.
    pub kept: Option<Kept>,
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
words!(Frees { Proposed = "proposed", All = "all" });
words!(MarkKind { Pin = "pin", Forbid = "forbid" });

/// What a run that keeps fewer pairs brings over one that kept them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gain {
    /// So many more with a mentor.
    People(i64),
    /// So many fewer, since other people take part by now, or the rules forbid what was kept.
    Fewer(i64),
    /// As many with a mentor, and so many points more.
    Points(i64),
    /// As many with a mentor, and points that are shown for nobody.
    Untold,
    Nothing,
}

impl Gain {
    pub fn new(before: &Summary, after: &Summary) -> Self {
        let paired = |summary: &Summary| i64::try_from(summary.paired).unwrap_or(i64::MAX);
        let people = paired(after) - paired(before);
        match people {
            1.. => Self::People(people),
            0 if before.reserved || after.reserved => Self::Untold,
            0 if after.points > before.points => Self::Points(after.points - before.points),
            0 => Self::Nothing,
            _ => Self::Fewer(-people),
        }
    }

    pub fn is_any(self) -> bool {
        matches!(self, Self::People(_) | Self::Points(_) | Self::Untold)
    }
}

impl Frees {
    /// Whether a pair that stands for this reason does not.
    pub fn frees(self, kept: Kept) -> bool {
        self == Self::All || kept != Kept::Mentorship
    }
}

impl MentorRow {
    pub fn name(&self, lang: Lang) -> String {
        self.known.as_ref().map_or_else(|| lang.say("common-somebody-gone"), |(name, _)| name.clone())
    }

    pub fn address(&self) -> &str {
        self.known.as_ref().map_or("", |(_, address)| address)
    }
}

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

    /// Notes who is to be named where it is told.
    pub fn persons(&self, into: &mut Vec<Uuid>) {
        let summary = self.summary.iter();
        let said = self.failure.iter().chain(summary.clone().flat_map(|summary| &summary.notes));
        said.for_each(|message| message.persons(into));
        summary.flat_map(|summary| &summary.further_seats.mentors).for_each(|seat| seat.name.persons(into));
    }

    /// Names them.
    pub fn name_persons(&mut self, names: &BTreeMap<Uuid, String>) {
        self.failure.iter_mut().for_each(|message| message.name(names));
        if let Some(summary) = &mut self.summary {
            summary.notes.iter_mut().for_each(|message| message.name(names));
            summary.further_seats.mentors.iter_mut().for_each(|seat| seat.name.name(names));
        }
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

    /// Whether the proof would tell what was told in confidence.
    pub fn withholds_proof(&self) -> bool {
        self.reserved || self.withheld
    }

    /// Whether pairs were kept for a reason that would count no more.
    pub fn could_free(&self, frees: Frees) -> bool {
        match frees {
            Frees::Proposed => self.kept > self.running,
            Frees::All => self.running > 0,
        }
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
