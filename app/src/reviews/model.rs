//! What a review asks, when it is due, when it is shown, and what a letter is. Pure.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Ending, Mentorship};
use crate::problems::Problems;
use crate::programmes::Edition;
use crate::vault::{Sealed, Words};

crate::id!(/// What one of a pair writes in a review.
    PartId);
crate::id!(/// A letter that somebody had sealed to themselves.
    LetterId);

const LONGEST_ANSWER: usize = 4000;
pub const LONGEST_LINE: usize = 500;
const LONGEST_LETTER: usize = 20_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ReviewKind")]
pub enum Kind {
    Midpoint,
    Closure,
    FollowUp,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Midpoint, Self::Closure, Self::FollowUp];

    /// As which column the vault knows the line that the two share, by kind: there is one row for each.
    pub const LINES: [&'static str; 3] = ["words of the mid-point", "words of the closure", "words of the follow-up"];

    pub fn line(self) -> &'static str {
        let [midpoint, closure, follow_up] = Self::LINES;
        match self {
            Self::Midpoint => midpoint,
            Self::Closure => closure,
            Self::FollowUp => follow_up,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::Midpoint => "midpoint",
            Self::Closure => "closure",
            Self::FollowUp => "follow-up",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn key(self) -> String {
        format!("reviews-kind-{}", self.code())
    }

    /// What it asks, by the names of the fields; `reviews-ask-…` says it.
    pub fn questions(self) -> &'static [&'static str] {
        match self {
            Self::Midpoint => &["works", "hard", "change"],
            Self::Closure => &["reached", "open", "grew"],
            Self::FollowUp => &["stays", "since"],
        }
    }

    /// Whether the two write a line below it together.
    pub fn has_line(self) -> bool {
        self != Self::FollowUp
    }

    /// Whether it asks if they stay in contact.
    pub fn asks_contact(self) -> bool {
        self == Self::Closure
    }
}

/// What one of the two writes: an answer for each question, and whether they would stay in contact.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub answers: Vec<Words>,
    pub contact: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct Text {
    answers: BTreeMap<String, String>,
    contact: Option<bool>,
}

impl Draft {
    /// What was typed, by question.
    pub fn parse<'a>(
        kind: Kind,
        answer: impl Fn(&'static str) -> &'a str,
        contact: Option<bool>,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let answers: Vec<Words> = kind.questions().iter().map(|name| Words::typed(answer(name))).collect();
        for (name, words) in kind.questions().iter().zip(&answers) {
            if words.is_longer_than(LONGEST_ANSWER) {
                problems.add(*name, Message::new("reviews-too-long").with("most", LONGEST_ANSWER));
            }
        }
        problems.or(Self { answers, contact: contact.filter(|_| kind.asks_contact()) })
    }

    /// Whether it may be given: it says something, and whether they stay in contact where that is asked.
    pub fn is_whole(&self, kind: Kind) -> Result<(), Problems> {
        let mut problems = Problems::default();
        if self.answers.iter().all(|answer| answer.as_str().is_empty()) {
            problems.add(kind.questions()[0], Message::new("reviews-empty"));
        }
        if kind.asks_contact() && self.contact.is_none() {
            problems.add("contact", Message::new("reviews-contact-missing"));
        }
        problems.or(())
    }

    /// What is sealed of it.
    pub fn words(&self, kind: Kind) -> Words {
        let named = kind.questions().iter().zip(&self.answers);
        let answers = named.map(|(name, words)| ((*name).to_owned(), words.as_str().to_owned())).collect();
        Words::new(serde_json::to_string(&Text { answers, contact: self.contact }).unwrap_or_default())
    }

    pub fn of(kind: Kind, words: &Words) -> Option<Self> {
        let mut text: Text = serde_json::from_str(words.as_str()).ok()?;
        let mut answer = |name: &&str| Words::new(text.answers.remove(*name).unwrap_or_default());
        let answers = kind.questions().iter().map(&mut answer).collect();
        Some(Self { answers, contact: text.contact })
    }

    pub fn answer(&self, kind: Kind, name: &str) -> &str {
        let place = kind.questions().iter().position(|question| *question == name);
        place.and_then(|place| self.answers.get(place)).map_or("", Words::as_str)
    }
}

/// What one of the two wrote, as it is stored.
#[derive(Clone, Debug)]
pub struct Part {
    pub id: PartId,
    pub kind: Kind,
    pub author: PersonId,
    pub words: Sealed,
    pub given_at: Option<Timestamp>,
    pub version: i64,
}

impl Part {
    /// A draft is its author's alone; what was given is the pair's, once both have given theirs.
    pub fn visibility(&self) -> Visibility {
        if self.given_at.is_some() { Visibility::Pair } else { Visibility::OnlyMe }
    }
}

/// Whether both have given theirs, so that both read both.
pub fn is_shown(parts: &[Part], pair: &Mentorship, kind: Kind) -> bool {
    let gave = |person: PersonId| {
        parts.iter().any(|part| part.kind == kind && part.author == person && part.given_at.is_some())
    };
    gave(pair.mentee) && gave(pair.mentor)
}

/// Contact is kept only if both say so; who did not is not said.
pub fn keeps_contact(mentee: Option<bool>, mentor: Option<bool>) -> bool {
    mentee == Some(true) && mentor == Some(true)
}

/// The line that the two share below a review.
#[derive(Clone, Debug)]
pub struct Line {
    pub kind: Kind,
    pub author: PersonId,
    pub words: Sealed,
    pub version: i64,
}

/// It is one line.
pub fn line(text: &str) -> Result<Words, Problems> {
    let words = Words::line(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("line", Message::new("reviews-line-missing")));
    }
    if words.is_longer_than(LONGEST_LINE) {
        return Err(Problems::one("line", Message::new("reviews-too-long").with("most", LONGEST_LINE)));
    }
    Ok(words)
}

/// A letter as it is stored.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: LetterId,
    pub author: PersonId,
    pub words: Sealed,
    pub sealed_at: Timestamp,
    pub opened_at: Option<Timestamp>,
}

pub fn letter(text: &str) -> Result<Words, Problems> {
    let words = Words::typed(text);
    if words.as_str().is_empty() {
        return Err(Problems::one("letter", Message::new("reviews-letter-missing")));
    }
    if words.is_longer_than(LONGEST_LETTER) {
        return Err(Problems::one("letter", Message::new("reviews-too-long").with("most", LONGEST_LETTER)));
    }
    Ok(words)
}

/// The days on which the reviews of a pair are due, in the edition's own calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub midpoint: Date,
    pub closure: Date,
    /// On this day a letter is delivered as well.
    pub follow_up: Date,
}

/// What the clocks of the edition say of a pair. What is written into its agreement says the same.
pub fn due(edition: &Edition, pair: &Mentorship) -> Due {
    let day = |at: Timestamp| edition.settings.calendar.day(at);
    let closed = pair.ended_at.filter(|_| pair.ending == Some(Ending::Closure)).map(day);
    Due {
        midpoint: edition.midpoint_of(day(pair.began_at)),
        closure: edition.closure_on(),
        follow_up: edition.follow_up_after(closed),
    }
}

impl Due {
    pub fn of(&self, kind: Kind) -> Date {
        match kind {
            Kind::Midpoint => self.midpoint,
            Kind::Closure => self.closure,
            Kind::FollowUp => self.follow_up,
        }
    }
}

/// Whether a review may be written on a day: the mid-point while the mentorship runs, the closure also where it ended with its edition,
/// the follow-up from its day on. Who had parted before the end writes none.
pub fn may_write(kind: Kind, pair: &Mentorship, due: &Due, today: Date) -> Result<(), &'static str> {
    let parted = matches!(pair.ending, Some(Ending::Exit | Ending::Withdrawal));
    match kind {
        Kind::Midpoint if pair.ended_at.is_some() => Err("reviews-ended"),
        Kind::Closure if parted => Err("reviews-ended"),
        Kind::FollowUp if parted => Err("reviews-parted"),
        Kind::FollowUp if today < due.follow_up => Err("reviews-early"),
        Kind::Midpoint | Kind::Closure | Kind::FollowUp => Ok(()),
    }
}

/// Which reviews of a pair were given, by whom and when, and how its letter stands: no word of any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub given: Vec<Given>,
    /// For the clock that delivers it and for its author alone.
    pub letter: Option<Sent>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    pub kind: Kind,
    pub by: PersonId,
    pub at: Timestamp,
}

/// A letter that somebody has sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub by: PersonId,
    pub opened: bool,
}

impl State {
    pub fn gave(&self, kind: Kind, person: PersonId) -> bool {
        self.given.iter().any(|given| given.kind == kind && given.by == person)
    }

    /// How many of the two have given it.
    pub fn how_many(&self, kind: Kind) -> usize {
        self.given.iter().filter(|given| given.kind == kind).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_says_something_before_it_is_given() {
        let draft = |kind, text: &'static str, contact| Draft::parse(kind, move |_| text, contact).unwrap();
        assert!(draft(Kind::Midpoint, "bien", Some(true)).is_whole(Kind::Midpoint).is_ok());
        assert_eq!(draft(Kind::Midpoint, "bien", Some(true)).contact, None, "it is not asked there");
        let empty = draft(Kind::Closure, " ", None).is_whole(Kind::Closure).unwrap_err();
        assert!(empty.of("reached").next().is_some() && empty.of("contact").next().is_some());
        assert!(draft(Kind::Closure, "bien", Some(false)).is_whole(Kind::Closure).is_ok());
        let long = "a".repeat(LONGEST_ANSWER + 1);
        assert!(Draft::parse(Kind::FollowUp, |_| &long, None).unwrap_err().of("since").next().is_some());
        let whole = draft(Kind::Closure, "bien", Some(true));
        assert_eq!(Draft::of(Kind::Closure, &whole.words(Kind::Closure)).unwrap(), whole);
        assert_eq!(whole.answer(Kind::Closure, "open"), "bien");
        assert_eq!(whole.answer(Kind::Closure, "works"), "");
    }

    #[test]
    fn contact_is_kept_only_if_both_say_so() {
        assert!(keeps_contact(Some(true), Some(true)));
        for (one, other) in [(Some(true), Some(false)), (Some(false), Some(true)), (Some(true), None), (None, None)] {
            assert!(!keeps_contact(one, other), "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_line_is_one_line_and_a_letter_is_not_empty() {
        assert_eq!(line("uno\ndos").unwrap().as_str(), "uno dos");
        assert!(line(" ").is_err() && line(&"a".repeat(LONGEST_LINE + 1)).is_err());
        assert!(letter("").is_err() && letter("Querida yo:\n\nno te rindas").is_ok());
    }
}
