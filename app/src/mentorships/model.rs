//! What a mentorship is; pure.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId, Viewer};
use crate::people::model::Side;
use crate::problems::Problems;
use crate::programmes::EditionId;
use crate::vault::{Sealed, Words};

crate::id!(/// A published pair.
    MentorshipId);

/// Longer than this, a reason is a letter.
const LONGEST_REASON: usize = 2000;

#[derive(Clone, Debug)]
pub struct Mentorship {
    pub id: MentorshipId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
    pub mentee_address: String,
    pub mentor_address: String,
    pub began_at: Timestamp,
    /// Since when the agreement holds that both signed last; coordinators know no more of it, save since when one waits.
    pub agreed_at: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<PersonId>,
    pub ending: Option<Ending>,
    /// Why it ended, in the words of whoever ended it; the coordinator alone reads it ([`super::reading::with_reasons`]).
    pub reason: Option<Sealed>,
    /// Whether whoever ended it would like another match.
    pub another: bool,
    pub version: i64,
    pub(super) sort: Vec<u8>,
}

/// Somebody and their mentor, to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMentorship {
    pub mentee: PersonId,
    pub mentor: PersonId,
}

/// A couple who parted without fault, who asked for it, and whether that one would like another match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exit {
    pub couple: NewMentorship,
    pub by: Option<PersonId>,
    pub another: bool,
}

/// Who is not to be paired again before they say so: those who left their last mentorship themselves and asked for no other.
/// The exits are in the order of time.
pub fn resting(exits: &[Exit]) -> BTreeSet<(PersonId, Side)> {
    let mut resting = BTreeSet::new();
    for exit in exits {
        for (person, side) in [(exit.couple.mentee, Side::Mentee), (exit.couple.mentor, Side::Mentor)] {
            if exit.by == Some(person) && !exit.another {
                resting.insert((person, side));
            } else {
                resting.remove(&(person, side));
            }
        }
    }
    resting
}

/// Why a mentorship ended. None of them is anybody's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// Either side asked for another match, or for none.
    Exit,
    /// One of them left the edition.
    Withdrawal,
    /// It came to its end.
    Closure,
}

/// How somebody ends a mentorship, as they said it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parting {
    pub ending: Ending,
    pub reason: Option<Words>,
    pub another: bool,
}

impl Ending {
    pub const ALL: [Self; 3] = [Self::Exit, Self::Withdrawal, Self::Closure];

    pub fn code(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::Withdrawal => "withdrawal",
            Self::Closure => "closure",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ending| ending.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("mentorships-ending-{}", self.code())
    }
}

/// Why somebody leaves or says no, if they say so; the coordinator alone reads it.
pub fn told_reason(text: &str, problems: &mut Problems) -> Option<String> {
    if text.chars().count() > LONGEST_REASON {
        problems.add("reason", Message::new("mentorships-reason-long").with("letters", LONGEST_REASON));
    }
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

impl Parting {
    pub fn new(ending: Option<Ending>, reason: &str, another: bool) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let reason = told_reason(reason, &mut problems).map(Words::new);
        let Some(ending) = ending else {
            problems.add("ending", Message::new("mentorships-ending-missing"));
            return Err(problems);
        };
        problems.or(Self { ending, reason, another })
    }
}

impl Mentorship {
    /// On which side of it somebody stands, if they do.
    pub fn side_of(&self, person: PersonId) -> Option<Side> {
        match person {
            _ if person == self.mentee => Some(Side::Mentee),
            _ if person == self.mentor => Some(Side::Mentor),
            _ => None,
        }
    }

    pub fn person_on(&self, side: Side) -> PersonId {
        match side {
            Side::Mentee => self.mentee,
            Side::Mentor => self.mentor,
        }
    }

    /// Whom one of the two has to tell of what they did, and as whom they are known there.
    pub fn told_by(&self, person: PersonId) -> (PersonId, &str) {
        let other = if person == self.mentee { Side::Mentor } else { Side::Mentee };
        (self.person_on(other), self.other(other).0)
    }

    /// Whether somebody is one of the two.
    pub fn is_of(&self, viewer: &Viewer) -> bool {
        viewer.organisation == self.organisation && self.side_of(viewer.person).is_some()
    }

    /// Who left it and asked for no other match: no run pairs them before they do.
    pub fn rests(&self) -> Option<Side> {
        let left = self.ended_by.and_then(|person| self.side_of(person));
        left.filter(|_| self.ending == Some(Ending::Exit) && !self.another)
    }

    /// As a coordinator reads it. Of her own she is told no more of how it ended than the other one is, unless she ended it.
    #[must_use]
    pub fn told_to(self, coordinator: PersonId) -> Self {
        if self.side_of(coordinator).is_none() || self.ended_by == Some(coordinator) {
            return self;
        }
        Self { ending: None, reason: None, another: false, ended_by: None, ..self }
    }

    /// Who stands on the other side of somebody: name and address.
    pub fn other(&self, side: Side) -> (&str, &str) {
        match side {
            Side::Mentee => (&self.mentor_name, &self.mentor_address),
            Side::Mentor => (&self.mentee_name, &self.mentee_address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_left_and_asked_for_no_other_rests_until_they_ask() {
        let [ana, luis, eva, marta] = [1, 2, 3, 4].map(|number| PersonId(uuid::Uuid::from_u128(number)));
        let exit = |mentee, mentor, by, another| Exit { couple: NewMentorship { mentee, mentor }, by, another };
        let left = [exit(ana, luis, Some(ana), false), exit(eva, luis, Some(luis), true)];
        assert_eq!(resting(&left), BTreeSet::from([(ana, Side::Mentee)]));
        let by_coordinator = [exit(ana, luis, Some(marta), false)];
        assert!(resting(&by_coordinator).is_empty(), "whom a coordinator parted said nothing");
        let later = [exit(ana, luis, Some(ana), false), exit(ana, marta, Some(ana), true)];
        assert!(resting(&later).is_empty(), "the last word counts");
        assert_eq!(resting(&[exit(ana, luis, Some(luis), false)]), BTreeSet::from([(luis, Side::Mentor)]));
    }

    #[test]
    fn a_parting_says_what_it_is() {
        assert_eq!(Parting::new(Some(Ending::Exit), "", true).unwrap().reason, None);
        assert!(Parting::new(None, "", false).unwrap_err().of("ending").next().is_some());
        let long = "a".repeat(LONGEST_REASON + 1);
        assert!(Parting::new(Some(Ending::Exit), &long, false).unwrap_err().of("reason").next().is_some());
    }
}
