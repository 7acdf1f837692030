//! What one says who asks to open what a pair wrote, and how an opening stands. Pure.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::i18n::Message;
use crate::identity::{OrganisationId, Part, PersonId};
use crate::mentorships::MentorshipId;
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

crate::id!(/// A request to open what a pair wrote, and what became of it.
    OpeningId);

/// For how long one may ask. It is never prolonged.
pub const HOURS: [i64; 3] = [24, 72, 168];
const LONGEST_TEXT: usize = 4000;
/// Within so many hours the second confirms or refuses, or the request lapses.
const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);
/// So many days after the asking, at most, the pair is told.
pub const HELD_AT_MOST: i64 = 30;

/// What somebody says who asks.
#[derive(Clone, Debug)]
pub struct Request {
    pub second: PersonId,
    pub reason: Words,
    pub hours: i64,
    pub hold: Option<Hold>,
}

/// That the pair is not told at once: on which day they are, and why.
#[derive(Clone, Debug)]
pub struct Hold {
    pub until: Date,
    pub why: Words,
}

/// What somebody typed of when the pair is told.
#[derive(Clone, Copy, Debug, Default)]
pub struct Telling<'a> {
    /// Whether they are not to be told at once.
    pub is_held: bool,
    /// A day, as a form has it.
    pub until: &'a str,
    pub why: &'a str,
}

impl Telling<'_> {
    /// Whoever names a day or a reason means to hold it back; where they do not say so, nobody is told before they have been asked.
    fn parse(self, today: Date, problems: &mut Problems) -> Option<Hold> {
        if !self.is_held {
            if [self.until, self.why].iter().any(|typed| !typed.trim().is_empty()) {
                problems.add("hold", Message::new("breakglass-hold-unsaid"));
            }
            return None;
        }
        let last = today.saturating_add(HELD_AT_MOST.days());
        let until = self.until.parse::<Date>().ok().filter(|until| today < *until && *until <= last);
        if until.is_none() {
            problems.add("until", Message::new("breakglass-until-wrong").with("days", HELD_AT_MOST));
        }
        Some(Hold { until: until.unwrap_or(today), why: text("why", self.why, problems) })
    }
}

impl Request {
    pub fn parse(
        second: Option<PersonId>,
        reason: &str,
        hours: Option<i64>,
        telling: Telling<'_>,
        today: Date,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if second.is_none() {
            problems.add("second", Message::new("breakglass-second-missing"));
        }
        let reason = text("reason", reason, &mut problems);
        let hours = hours.filter(|hours| HOURS.contains(hours));
        if hours.is_none() {
            problems.add("hours", Message::new("breakglass-hours-missing"));
        }
        let hold = telling.parse(today, &mut problems);
        let (Some(second), Some(hours)) = (second, hours) else { return Err(problems) };
        problems.or(Self { second, reason, hours, hold })
    }
}

fn text(field: &'static str, typed: &str, problems: &mut Problems) -> Words {
    let words = Words::typed(typed);
    if words.as_str().is_empty() {
        problems.add(field, Message::new(format!("breakglass-{field}-missing")));
    }
    if words.is_longer_than(LONGEST_TEXT) {
        problems.add(field, Message::new("breakglass-too-long").with("most", LONGEST_TEXT));
    }
    words
}

/// An opening as it is stored.
#[derive(Clone, Debug)]
pub struct Opening {
    pub id: OpeningId,
    pub organisation: OrganisationId,
    pub mentorship: MentorshipId,
    /// The version of the agreement that allows it.
    pub agreement: Uuid,
    pub asked_by: PersonId,
    pub asked_part: Part,
    pub asked_at: Timestamp,
    pub second: PersonId,
    pub second_part: Part,
    pub reason: Sealed,
    pub hours: i64,
    /// Why the pair is not told at once.
    pub hold: Option<Sealed>,
    /// When the pair is told, where that is settled already.
    pub tells_at: Option<Timestamp>,
    pub confirmed_at: Option<Timestamp>,
    pub refused_at: Option<Timestamp>,
    pub opens_until: Option<Timestamp>,
    pub told_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
}

/// How an opening stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "OpeningState")]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// The second has not answered.
    Waits,
    /// The second has not answered in time.
    Lapsed,
    Refused,
    /// Whoever asked took it back.
    Withdrawn,
    Open,
    /// One of the two closed it before its hours were over.
    Closed,
    /// Its hours are over.
    Over,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            Self::Waits => "waits",
            Self::Lapsed => "lapsed",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Open => "open",
            Self::Closed => "closed",
            Self::Over => "over",
        }
    }
}

impl Opening {
    pub fn state(&self, now: Timestamp) -> State {
        match (self.confirmed_at, self.refused_at, self.closed_at) {
            (_, Some(_), _) => State::Refused,
            (None, None, Some(_)) => State::Withdrawn,
            (None, None, None) if now >= self.answer_by() => State::Lapsed,
            (None, None, None) => State::Waits,
            (Some(_), None, Some(_)) => State::Closed,
            (Some(_), None, None) if self.opens_until.is_none_or(|until| now >= until) => State::Over,
            (Some(_), None, None) => State::Open,
        }
    }

    /// Until when the second may answer.
    pub fn answer_by(&self) -> Timestamp {
        self.asked_at.saturating_add(ANSWERED_WITHIN).unwrap_or(self.asked_at)
    }

    pub fn is_of_two(&self, person: PersonId) -> bool {
        [self.asked_by, self.second].contains(&person)
    }

    /// Whether it is any business of somebody who is one of the two: the second has to know why while they are asked, and once they have
    /// confirmed it; of what they did not open they are told no more.
    pub fn is_for(&self, person: PersonId, now: Timestamp) -> bool {
        let is_asked = self.confirmed_at.is_some() || self.state(now) == State::Waits;
        person == self.asked_by || (person == self.second && is_asked)
    }

    /// When the pair is told, if that is still to come; nothing also where they are as soon as it is confirmed.
    pub fn still_to_be_told(&self, now: Timestamp) -> Option<Timestamp> {
        let comes = self.confirmed_at.is_some() || self.state(now) == State::Waits;
        self.tells_at.filter(|at| comes && *at > now)
    }

    /// Whether the two of the pair know of it.
    pub fn is_told(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_some() && self.tells_at.is_some_and(|at| at <= now)
    }
}

/// Requests of before this instant that nobody answered have lapsed.
pub fn lapsed_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(ANSWERED_WITHIN).unwrap_or(now)
}

/// Of what was asked for before this instant nothing is kept from anybody any more: by now the pair would know, if it had been opened.
pub fn hidden_since(now: Timestamp) -> Timestamp {
    now.saturating_sub(SignedDuration::from_hours(24 * (HELD_AT_MOST + 1))).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn a_request_says_why_and_for_how_long() {
        let today = date(2027, 1, 11);
        let parse = |reason: &str, hours, telling| Request::parse(Some(person(1)), reason, hours, telling, today);
        let at_once = Telling::default();
        assert!(parse("Amenazas", Some(72), at_once).is_ok());
        assert!(parse(" ", Some(72), at_once).unwrap_err().of("reason").next().is_some());
        assert!(parse("Amenazas", Some(73), at_once).unwrap_err().of("hours").next().is_some());
        let held = Telling { is_held: true, until: "2027-01-12", why: "Hay pruebas que asegurar" };
        let until = |day| parse("Amenazas", Some(24), Telling { until: day, ..held });
        assert!(until("2027-01-12").is_ok() && until("2027-02-10").is_ok());
        for wrong in ["2027-01-11", "2027-02-11", "2026-01-01", "mañana", ""] {
            assert!(until(wrong).unwrap_err().of("until").next().is_some(), "{wrong}");
        }
        let silent = parse("Amenazas", Some(24), Telling { why: "", ..held });
        assert!(silent.unwrap_err().of("why").next().is_some());
        let unsaid = Telling { is_held: false, ..held };
        for unsaid in
            [Telling { why: "", ..unsaid }, Telling { until: "", ..unsaid }, Telling { until: "12/1", ..unsaid }]
        {
            assert!(parse("Amenazas", Some(24), unsaid).unwrap_err().of("hold").next().is_some());
        }
    }

    #[test]
    fn an_opening_stands_as_the_clock_says() {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).unwrap();
        let asked = Opening {
            id: OpeningId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            mentorship: MentorshipId(Uuid::nil()),
            agreement: Uuid::nil(),
            asked_by: person(1),
            asked_part: Part::Coordinator,
            asked_at: at(0),
            second: person(2),
            second_part: Part::Operator,
            reason: Sealed::empty(),
            hours: 24,
            hold: None,
            tells_at: Some(at(100)),
            confirmed_at: None,
            refused_at: None,
            opens_until: None,
            told_at: None,
            closed_at: None,
        };
        assert_eq!([0, 167, 168].map(|hour| asked.state(at(hour))), [State::Waits, State::Waits, State::Lapsed]);
        assert!(!asked.is_told(at(1000)), "nothing was opened");
        let knows = |opening: &Opening, hour| [1, 2, 3].map(|number| opening.is_for(person(number), at(hour)));
        assert_eq!(knows(&asked, 1), [true, true, false]);
        assert_eq!(knows(&asked, 168), [true, false, false], "it has lapsed");
        assert_eq!([99, 100, 168].map(|hour| asked.still_to_be_told(at(hour)).is_some()), [true, false, false]);
        let open = Opening { confirmed_at: Some(at(1)), opens_until: Some(at(25)), ..asked.clone() };
        assert_eq!(knows(&open, 1000), [true, true, false]);
        assert_eq!([1, 24, 25].map(|hour| open.state(at(hour))), [State::Open, State::Open, State::Over]);
        assert_eq!([99, 100].map(|hour| open.is_told(at(hour))), [false, true]);
        assert_eq!(Opening { closed_at: Some(at(2)), ..open }.state(at(3)), State::Closed);
        assert_eq!(Opening { closed_at: Some(at(2)), ..asked.clone() }.state(at(3)), State::Withdrawn);
        assert_eq!(Opening { refused_at: Some(at(2)), ..asked }.state(at(300)), State::Refused);
    }
}
