//! What a mentorship is; pure.

use jiff::Timestamp;

use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;

crate::id!(/// A published pair.
    MentorshipId);

#[derive(Clone, Debug)]
pub struct Mentorship {
    pub id: MentorshipId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub mentee: PersonId,
    pub mentor: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
    pub began_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub ending: Option<Ending>,
    pub version: i64,
}

/// Somebody and their mentor, to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewMentorship {
    pub mentee: PersonId,
    pub mentor: PersonId,
}

/// Why a mentorship ended. None of them is anybody's fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Either side asked for another match, or for none.
    Exit,
    /// One of them left the edition.
    Withdrawal,
    /// It came to its end.
    Closure,
}

impl Ending {
    pub fn code(self) -> &'static str {
        match self {
            Self::Exit => "exit",
            Self::Withdrawal => "withdrawal",
            Self::Closure => "closure",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::Exit, Self::Withdrawal, Self::Closure].into_iter().find(|ending| ending.code() == code)
    }
}
