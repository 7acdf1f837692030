//! What a decision says, what was expected of it, and what came. Pure.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::score::Forecast;
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// A decision that a mentee faces.
    DecisionId);

/// So many decisions a mentorship has at most; a page shows them all.
pub const MOST_DECISIONS: usize = 100;
/// So many things one may expect of a decision; they exclude one another.
pub const MOST_EXPECTED: usize = 6;
const LONGEST_QUESTION: usize = 300;
const LONGEST_EXPECTED: usize = 200;
const LONGEST_TEXT: usize = 2000;

/// Something that may come, and how probable its author holds it to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    pub what: Words,
    /// In per cent, from 0 to 100.
    pub percent: u32,
}

/// What somebody writes of a decision.
#[derive(Clone, Debug)]
pub struct Draft {
    pub visibility: Visibility,
    pub question: Words,
    /// What could be decided, a line each, and what was.
    pub alternatives: Words,
    pub choice: Words,
    pub expected: Vec<Expected>,
    pub why: Words,
    /// The day by which it will be known.
    pub known_on: Option<Date>,
}

impl Draft {
    pub fn parse(draft: Self) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut wrong = |field: &'static str, message: Message| problems.add(field, message);
        if draft.question.as_str().is_empty() {
            wrong("question", Message::new("journal-question-missing"));
        }
        for (field, words, most) in [
            ("question", &draft.question, LONGEST_QUESTION),
            ("alternatives", &draft.alternatives, LONGEST_TEXT),
            ("choice", &draft.choice, LONGEST_QUESTION),
            ("why", &draft.why, LONGEST_TEXT),
        ] {
            if words.is_longer_than(most) {
                wrong(field, too_long(most));
            }
        }
        if draft.expected.is_empty() {
            wrong("what-0", Message::new("journal-expected-missing"));
        }
        if draft.expected.len() > MOST_EXPECTED {
            wrong("what-0", Message::new("journal-expected-many").with("most", MOST_EXPECTED));
        }
        for (place, expected) in draft.expected.iter().enumerate() {
            if expected.what.as_str().is_empty() {
                problems.add(field("what", place), Message::new("journal-what-missing"));
            }
            if expected.what.is_longer_than(LONGEST_EXPECTED) {
                problems.add(field("what", place), too_long(LONGEST_EXPECTED));
            }
            if expected.percent > 100 {
                problems.add(field("percent", place), Message::new("journal-percent-wrong"));
            }
        }
        let sum: u64 = draft.expected.iter().map(|expected| u64::from(expected.percent)).sum();
        if sum > 100 && draft.expected.len() > 1 {
            problems.add("percent-0", Message::new("journal-sum").with("sum", sum.to_string()));
        }
        if draft.known_on.is_none() {
            problems.add("known-on", Message::new("journal-known-on-missing"));
        }
        if !matches!(draft.visibility, Visibility::OnlyMe | Visibility::Pair) {
            problems.add("visibility", Message::new("journal-visibility-unknown"));
        }
        problems.or(draft)
    }

    /// What is sealed of it.
    pub fn words(&self) -> Words {
        let text = Text {
            question: self.question.as_str().to_owned(),
            alternatives: self.alternatives.as_str().to_owned(),
            choice: self.choice.as_str().to_owned(),
            why: self.why.as_str().to_owned(),
            expected: self.expected.iter().map(|one| (one.what.as_str().to_owned(), one.percent)).collect(),
        };
        Words::new(serde_json::to_string(&text).unwrap_or_default())
    }
}

fn too_long(most: usize) -> Message {
    Message::new("journal-too-long").with("most", most)
}

/// What a field of a row of the form is called.
pub fn field(name: &str, place: usize) -> String {
    format!("{name}-{place}")
}

#[derive(Serialize, Deserialize)]
struct Text {
    question: String,
    alternatives: String,
    choice: String,
    why: String,
    expected: Vec<(String, u32)>,
}

/// What a decision says, opened.
#[derive(Clone, Debug)]
pub struct Said {
    pub question: Words,
    pub alternatives: Words,
    pub choice: Words,
    pub why: Words,
    pub expected: Vec<Expected>,
}

impl Said {
    pub fn of(words: &Words) -> Option<Self> {
        let text: Text = serde_json::from_str(words.as_str()).ok()?;
        let expected = text.expected.into_iter().map(|(what, percent)| Expected { what: Words::new(what), percent });
        Some(Self {
            question: Words::new(text.question),
            alternatives: Words::new(text.alternatives),
            choice: Words::new(text.choice),
            why: Words::new(text.why),
            expected: expected.collect(),
        })
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    /// One of the things that were expected, in their order.
    Expected(usize),
    /// None of them.
    None,
    /// It cannot be known any more; such a forecast has no score.
    Unknown,
}

impl Came {
    /// As a form says it.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "none" => Some(Self::None),
            "unknown" => Some(Self::Unknown),
            place => place.parse().ok().map(Self::Expected),
        }
    }

    pub fn code(self) -> String {
        match self {
            Self::Expected(place) => place.to_string(),
            Self::None => "none".to_owned(),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// What came, and what its author makes of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub came: Came,
    pub lesson: Words,
}

#[derive(Serialize, Deserialize)]
struct OutcomeText {
    came: Came,
    lesson: String,
}

impl Outcome {
    pub fn parse(came: Option<Came>, lesson: Words) -> Result<Self, Problems> {
        if lesson.is_longer_than(LONGEST_TEXT) {
            return Err(Problems::one("lesson", too_long(LONGEST_TEXT)));
        }
        let came = came.ok_or_else(|| Problems::one("came", Message::new("journal-came-missing")))?;
        Ok(Self { came, lesson })
    }

    pub fn words(&self) -> Words {
        let text = OutcomeText { came: self.came, lesson: self.lesson.as_str().to_owned() };
        Words::new(serde_json::to_string(&text).unwrap_or_default())
    }

    pub fn of(words: &Words) -> Option<Self> {
        let text: OutcomeText = serde_json::from_str(words.as_str()).ok()?;
        Some(Self { came: text.came, lesson: Words::new(text.lesson) })
    }
}

/// What there is to score; nothing where it cannot be known what came.
pub fn forecast(said: &Said, came: Came) -> Option<Forecast> {
    let probabilities = said.expected.iter().map(|expected| f64::from(expected.percent) / 100.0).collect();
    match came {
        Came::Expected(place) if place < said.expected.len() => Some(Forecast { probabilities, came: Some(place) }),
        Came::None => Some(Forecast { probabilities, came: None }),
        Came::Expected(_) | Came::Unknown => None,
    }
}

/// A decision as it is stored.
#[derive(Clone, Debug)]
pub struct Decision {
    pub id: DecisionId,
    pub mentorship: MentorshipId,
    pub author: PersonId,
    pub visibility: Visibility,
    pub words: Sealed,
    pub known_on: Date,
    pub written_at: Timestamp,
    pub changed_at: Timestamp,
    pub resolved: Option<Resolved>,
    pub version: i64,
}

#[derive(Clone, Debug)]
pub struct Resolved {
    pub at: Timestamp,
    pub outcome: Sealed,
}

impl Decision {
    pub fn is_open(&self) -> bool {
        self.resolved.is_none()
    }

    /// Whether its day has come and nobody has said what came.
    pub fn is_due(&self, today: Date) -> bool {
        self.is_open() && self.known_on <= today
    }

    /// What was expected is changed until the day on which it is known: later, one remembers having known.
    pub fn may_change(&self, today: Date) -> bool {
        self.is_open() && today < self.known_on
    }
}

/// How the decisions of a pair stand, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub open: i64,
    pub resolved: i64,
    /// Open ones whose day has come.
    pub due: i64,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn draft(expected: &[(&str, u32)]) -> Draft {
        let expected = expected.iter().map(|(what, percent)| Expected { what: Words::new(*what), percent: *percent });
        Draft {
            visibility: Visibility::OnlyMe,
            question: Words::new("¿Acepto el proyecto?"),
            alternatives: Words::new("Sí\nNo"),
            choice: Words::new("Sí"),
            expected: expected.collect(),
            why: Words::default(),
            known_on: Some(date(2027, 6, 1)),
        }
    }

    #[test]
    fn a_decision_says_what_is_expected_and_by_when() {
        assert!(Draft::parse(draft(&[("Sale a tiempo", 70)])).is_ok());
        assert!(Draft::parse(draft(&[("a", 60), ("b", 30)])).is_ok(), "the rest is that none of them comes");
        let wrong = |draft: Draft, field: &str| Draft::parse(draft).unwrap_err().of(field).next().is_some();
        assert!(wrong(draft(&[]), "what-0") && wrong(draft(&[("a", 101)]), "percent-0"));
        assert!(wrong(draft(&[("a", 60), ("b", 50)]), "percent-0") && wrong(draft(&[("a", 1), ("", 1)]), "what-1"));
        assert!(wrong(Draft { known_on: None, ..draft(&[("a", 1)]) }, "known-on"));
        assert!(wrong(Draft { question: Words::default(), ..draft(&[("a", 1)]) }, "question"));
        assert!(wrong(Draft { visibility: Visibility::Outcome, ..draft(&[("a", 1)]) }, "visibility"));
        let many: Vec<(&str, u32)> = vec![("a", 1); 7];
        assert!(wrong(draft(&many), "what-0"));
        let said = Said::of(&draft(&[("a", 60), ("b", 30)]).words()).unwrap();
        assert_eq!((said.expected.len(), said.expected[1].percent, said.choice.as_str()), (2, 30, "Sí"));
    }

    #[test]
    fn what_cannot_be_known_has_no_score() {
        let said = Said::of(&draft(&[("a", 60), ("b", 30)]).words()).unwrap();
        assert_eq!(forecast(&said, Came::Expected(1)).unwrap().came, Some(1));
        assert_eq!(forecast(&said, Came::None).unwrap().came, None);
        assert!(forecast(&said, Came::Unknown).is_none() && forecast(&said, Came::Expected(2)).is_none());
        for came in [Came::Expected(3), Came::None, Came::Unknown] {
            assert_eq!(Came::parse(&came.code()), Some(came));
            let outcome = Outcome::parse(Some(came), Words::new("x")).unwrap();
            assert_eq!(Outcome::of(&outcome.words()).unwrap().came, came);
        }
        assert!(Came::parse("").is_none() && Outcome::parse(None, Words::default()).is_err());
    }
}
