//! Who may open what a pair wrote, what one says who asks for it, and how an opening stands. Pure.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use crate::concerns::model::is_outside;
use crate::i18n::Message;
use crate::identity::may::parts_for;
use crate::identity::{Act, Held, OrganisationId, Part, PersonId, Scope};
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

/// What has to be known of some people to say whether they may open what a pair wrote.
#[derive(Clone, Debug)]
pub struct Circle {
    pub pair: [PersonId; 2],
    pub edition: Uuid,
    /// All reporting lines of the organisation, somebody and their line manager.
    pub lines: Vec<(PersonId, PersonId)>,
    /// Who acts on the diary of one of the two.
    pub assistants: Vec<PersonId>,
    /// The parts that these people hold.
    pub held: Vec<(PersonId, Held)>,
}

impl Circle {
    fn held_by(&self, person: PersonId) -> Vec<Held> {
        self.held.iter().filter(|(holder, _)| *holder == person).map(|(_, held)| *held).collect()
    }

    /// Whether somebody has nothing to do with the two, and is neither a sponsor nor anybody's line manager.
    pub fn stands_apart(&self, person: PersonId) -> bool {
        let here = [Scope::Organisation, Scope::Edition(self.edition)];
        let is_barred = |held: &Held| match held.part {
            Part::Supervisor => true,
            Part::Sponsor => here.contains(&held.scope),
            _ => false,
        };
        !self.held_by(person).iter().any(is_barred)
            && !self.assistants.contains(&person)
            && is_outside(person, self.pair, &self.lines)
    }

    /// As what somebody may open it.
    pub fn parts_of(&self, person: PersonId) -> Vec<Part> {
        if !self.stands_apart(person) {
            return Vec::new();
        }
        parts_for(Act::BreakGlass, &self.held_by(person), Scope::Edition(self.edition))
    }

    /// As what each of two opens it, if they may together: a part that the other does not hold.
    pub fn as_two(&self, first: PersonId, second: PersonId) -> Option<(Part, Part)> {
        let (of_first, of_second) = (self.parts_of(first), self.parts_of(second));
        let own = of_first.iter().find(|part| !of_second.contains(part))?;
        let other = of_second.iter().find(|part| !of_first.contains(part))?;
        (first != second).then_some((*own, *other))
    }
}

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

impl Request {
    /// What was typed. `hold` is the day and the reason where the pair is not to be told at once.
    pub fn parse(
        second: Option<PersonId>,
        reason: &str,
        hours: Option<i64>,
        hold: Option<(Option<Date>, &str)>,
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
        let hold = hold.map(|(until, why)| {
            let last = today.saturating_add(HELD_AT_MOST.days());
            let until = until.filter(|until| today < *until && *until <= last);
            if until.is_none() {
                problems.add("until", Message::new("breakglass-until-wrong").with("days", HELD_AT_MOST));
            }
            Hold { until: until.unwrap_or(today), why: text("why", why, &mut problems) }
        });
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

    /// Whether the two of the pair know of it.
    pub fn is_told(&self, now: Timestamp) -> bool {
        self.confirmed_at.is_some() && self.tells_at.is_some_and(|at| at <= now)
    }
}

/// Requests of before this instant that nobody answered have lapsed.
pub fn lapsed_before(now: Timestamp) -> Timestamp {
    now.saturating_sub(ANSWERED_WITHIN).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn held(part: Part) -> Held {
        Held { part, scope: Scope::Organisation }
    }

    #[test]
    fn two_of_different_parts_who_stand_apart() {
        let [mentee, mentor, boss, ana, luis, eva, iris] = [1, 2, 3, 4, 5, 6, 7].map(person);
        let edition = Uuid::from_u128(99);
        let there = |part| Held { part, scope: Scope::Edition(edition) };
        let elsewhere = Held { part: Part::Faculty, scope: Scope::Edition(Uuid::from_u128(98)) };
        let circle = |more: &[(PersonId, Held)]| Circle {
            pair: [mentee, mentor],
            edition,
            lines: vec![(mentee, boss)],
            assistants: vec![iris],
            held: [&[(ana, held(Part::Coordinator)), (luis, held(Part::Operator)), (boss, held(Part::Faculty))], more]
                .concat(),
        };
        let plain =
            circle(&[(eva, held(Part::Coordinator)), (iris, held(Part::Secretary)), (mentor, held(Part::Faculty))]);
        assert_eq!(plain.as_two(ana, luis), Some((Part::Coordinator, Part::Operator)));
        assert_eq!(plain.as_two(ana, eva), None, "of the same part");
        for other in [ana, boss, iris, mentor, mentee, person(50)] {
            assert_eq!(plain.as_two(ana, other), None, "{other}");
        }
        // Whoever holds both parts is not of another one than somebody who holds one of them.
        let both = circle(&[(luis, held(Part::Coordinator)), (eva, there(Part::Faculty))]);
        assert_eq!(both.as_two(ana, luis), None);
        assert_eq!(both.as_two(luis, ana), None);
        assert_eq!(both.as_two(luis, eva), Some((Part::Operator, Part::Faculty)));
        assert_eq!(circle(&[(eva, elsewhere)]).as_two(ana, eva), None);
        for barred in [held(Part::Sponsor), there(Part::Sponsor), held(Part::Supervisor)] {
            assert_eq!(circle(&[(luis, barred)]).as_two(ana, luis), None, "{barred:?}");
        }
        let sponsor = Held { part: Part::Sponsor, scope: Scope::Edition(Uuid::from_u128(98)) };
        assert!(circle(&[(luis, sponsor)]).as_two(ana, luis).is_some(), "who pays for another edition");
    }

    #[test]
    fn a_request_says_why_and_for_how_long() {
        let today = date(2027, 1, 11);
        let parse = |reason: &str, hours, hold| Request::parse(Some(person(1)), reason, hours, hold, today);
        assert!(parse("Amenazas", Some(72), None).is_ok());
        assert!(parse(" ", Some(72), None).unwrap_err().of("reason").next().is_some());
        assert!(parse("Amenazas", Some(73), None).unwrap_err().of("hours").next().is_some());
        let until = |day| parse("Amenazas", Some(24), Some((Some(day), "Hay pruebas que asegurar")));
        assert!(until(date(2027, 1, 12)).is_ok() && until(date(2027, 2, 10)).is_ok());
        for wrong in [date(2027, 1, 11), date(2027, 2, 11), date(2026, 1, 1)] {
            assert!(until(wrong).unwrap_err().of("until").next().is_some(), "{wrong}");
        }
        let silent = parse("Amenazas", Some(24), Some((Some(date(2027, 1, 12)), "")));
        assert!(silent.unwrap_err().of("why").next().is_some());
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
        let open = Opening { confirmed_at: Some(at(1)), opens_until: Some(at(25)), ..asked.clone() };
        assert_eq!([1, 24, 25].map(|hour| open.state(at(hour))), [State::Open, State::Open, State::Over]);
        assert_eq!([99, 100].map(|hour| open.is_told(at(hour))), [false, true]);
        assert_eq!(Opening { closed_at: Some(at(2)), ..open }.state(at(3)), State::Closed);
        assert_eq!(Opening { closed_at: Some(at(2)), ..asked.clone() }.state(at(3)), State::Withdrawn);
        assert_eq!(Opening { refused_at: Some(at(2)), ..asked }.state(at(300)), State::Refused);
    }
}
