//! What an agreed outcome is, and who may be its reader. Pure.

use jiff::Timestamp;

use crate::i18n::Message;
use crate::identity::{Part, PersonId};
use crate::mentorships::MentorshipId;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// A line that both of a pair release.
    OutcomeId);

/// So many lines a mentorship has at most.
pub const MOST_OUTCOMES: usize = 20;
pub const LONGEST_LINE: usize = 300;

/// As what somebody may be named: each has a page of their own on which they read it.
pub const SEATS: [Part; 3] = [Part::Supervisor, Part::Sponsor, Part::Coordinator];

/// A reader of a line, and as what they read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reader {
    pub person: PersonId,
    pub part: Part,
}

impl Reader {
    /// As a form says it.
    pub fn code(&self) -> String {
        format!("{}.{}", self.part.code(), self.person)
    }

    pub fn parse(code: &str) -> Option<Self> {
        let (part, person) = code.split_once('.')?;
        let part = Part::parse(part).filter(|part| SEATS.contains(part))?;
        Some(Self { person: PersonId(person.parse().ok()?), part })
    }
}

/// Somebody who may be named.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub reader: Reader,
    pub name: String,
}

/// A line as it is stored.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub id: OutcomeId,
    pub mentorship: MentorshipId,
    pub author: PersonId,
    pub words: Sealed,
    pub proposed_at: Timestamp,
    /// Since when both have released it.
    pub released_at: Option<Timestamp>,
}

/// What is proposed: a line, and at least one reader.
pub fn line(text: &str) -> Result<Words, Problems> {
    let words = Words::line(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("line", Message::new("outcomes-line-missing")));
    }
    if words.is_longer_than(LONGEST_LINE) {
        return Err(Problems::one("line", Message::new("outcomes-too-long").with("most", LONGEST_LINE)));
    }
    Ok(words)
}

/// Those of the readers who may be named; without one there is nothing to release to.
pub fn named(wanted: &[Reader], may: impl Fn(&Reader) -> bool) -> Result<Vec<Reader>, Problems> {
    let mut named: Vec<Reader> = wanted.iter().copied().filter(may).collect();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() {
        return Err(Problems::one("readers", Message::new("outcomes-readers-missing")));
    }
    Ok(named)
}

/// How the lines of a pair stand for somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub released: i64,
    /// Those that the other proposed and that wait for this one.
    pub asked: i64,
    pub proposed: i64,
    /// Released ones of which this one is a reader as a coordinator.
    pub named: i64,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn readers_are_those_who_have_a_page_for_it() {
        let reader = Reader { person: PersonId(Uuid::from_u128(7)), part: Part::Sponsor };
        assert_eq!(Reader::parse(&reader.code()), Some(reader));
        assert_eq!(Reader::parse(&reader.code().replace("sponsor", "operator")), None);
        assert_eq!(Reader::parse("sponsor.x"), None);
        assert_eq!(named(&[reader, reader], |_| true).unwrap(), [reader]);
        assert!(named(&[reader], |_| false).unwrap_err().of("readers").next().is_some());
        assert!(named(&[], |_| true).is_err());
        assert!(line("").is_err() && line(&"a".repeat(301)).is_err());
        assert_eq!(line("Lleva ya\nsu comité").unwrap().as_str(), "Lleva ya su comité");
    }
}
