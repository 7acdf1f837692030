//! What a concern is, who may receive it, and what the organisation's own channel is. Pure.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// A problem that somebody reports.
    ConcernId);

const LONGEST_WORDS: usize = 10_000;
const LONGEST_CHANNEL: usize = 500;
/// So many somebody may send in one mentorship.
pub const MOST_CONCERNS: usize = 20;

/// Whom an edition names, and the organisation's own channel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    pub receiver: Option<PersonId>,
    pub channel: String,
    /// Where it is; an address of the web, or nothing.
    pub link: String,
    /// 0 where the edition has said nothing yet.
    pub version: i64,
}

impl Channel {
    pub fn parse(receiver: Option<PersonId>, channel: &str, link: &str, version: i64) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        for (field, text) in [("channel", channel), ("link", link)] {
            if text.chars().count() > LONGEST_CHANNEL {
                problems.add(field, Message::new("concerns-too-long").with("most", LONGEST_CHANNEL));
            }
        }
        if !link.is_empty() && !link.starts_with("https://") {
            problems.add("link", Message::new("concerns-link-wrong"));
        }
        problems.or(Self { receiver, channel: channel.to_owned(), link: link.to_owned(), version })
    }

    pub fn is_empty(&self) -> bool {
        self.receiver.is_none() && self.channel.is_empty() && self.link.is_empty()
    }
}

/// Whether somebody stands outside the line of both of a pair: neither of the two, above neither, and below neither. `lines` are all
/// reporting lines of the organisation, somebody and their line manager; who has two, the one of before among them, is below both.
pub fn is_outside(receiver: PersonId, pair: [PersonId; 2], lines: &[(PersonId, PersonId)]) -> bool {
    let above = |person: PersonId| {
        let mut over = HashSet::from([person]);
        let mut next = vec![person];
        while let Some(below) = next.pop() {
            let managers = lines.iter().filter(|(report, _)| *report == below).map(|(_, manager)| *manager);
            next.extend(managers.filter(|manager| over.insert(*manager)));
        }
        over
    };
    let over_receiver = above(receiver);
    pair.into_iter().all(|person| !above(person).contains(&receiver) && !over_receiver.contains(&person))
}

/// What somebody reports.
pub fn words(text: &str) -> Result<Words, Problems> {
    let words = Words::typed(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("words", Message::new("concerns-words-missing")));
    }
    if words.is_longer_than(LONGEST_WORDS) {
        return Err(Problems::one("words", Message::new("concerns-too-long").with("most", LONGEST_WORDS)));
    }
    Ok(words)
}

/// A concern as it is stored.
#[derive(Clone, Debug)]
pub struct Concern {
    pub id: ConcernId,
    pub mentorship: MentorshipId,
    pub author: PersonId,
    pub receiver: PersonId,
    pub words: Sealed,
    pub sent_at: Timestamp,
    pub taken_up_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn who_receives_it_stands_outside_the_line_of_both() {
        let [mentee, mentor, boss, director, other, report] = [1, 2, 3, 4, 5, 6].map(person);
        let lines = [(mentee, boss), (boss, director), (mentor, director), (report, mentor), (other, director)];
        let outside = |receiver| is_outside(receiver, [mentee, mentor], &lines);
        assert!(outside(other) && outside(person(9)));
        for inside in [mentee, mentor, boss, director, report] {
            assert!(!outside(inside), "{inside}");
        }
        // Both lines of whoever has two are followed.
        let two = [(mentee, boss), (mentee, other), (other, director)];
        assert!([boss, other, director].into_iter().all(|over| !is_outside(over, [mentee, mentor], &two)));
        // A line that leads back to itself ends.
        let round = [(mentee, boss), (boss, mentee)];
        assert!(is_outside(other, [mentee, mentor], &round) && !is_outside(boss, [mentee, mentor], &round));
    }

    #[test]
    fn a_channel_leads_to_a_place_that_can_be_trusted() {
        let channel = |text: &str, link: &str| Channel::parse(None, text, link, 0);
        assert!(channel("Canal interno", "https://canal.example.org").is_ok() && channel("", "").unwrap().is_empty());
        assert!(channel("", "javascript:alert(1)").unwrap_err().of("link").next().is_some());
        assert!(channel(&"a".repeat(501), "").unwrap_err().of("channel").next().is_some());
        assert!(words(" ").is_err() && words("Me llama de noche").is_ok());
    }
}
