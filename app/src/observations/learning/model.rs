//! What a loop holds: predict, observe, debrief, practise, observe again; when each came, and what is next. Pure.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::{Deserialize, Serialize};

use super::lenses::{self, MOST_LENSES};
use crate::activities::model::{ActivityId, Course, Kind as ActivityKind, Reflection, debrief_due, field};
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::journal::score::Forecast;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::observations::model::{Kind, SeatId, SittingId, State};
use crate::problems::Problems;
use crate::vault::{Sealed, Words};

/// So many things one may predict of a sitting.
pub const MOST_STATEMENTS: usize = 3;
const LONGEST_STATEMENT: usize = 300;
const LONGEST_TEXT: usize = 4000;
const LONGEST_LINE: usize = 500;
const LONGEST_PRACTICE: usize = 200;

/// A held seat with its sitting, and what there is of its loop.
#[derive(Clone, Debug)]
pub struct Observation {
    pub seat: SeatId,
    pub organisation: OrganisationId,
    pub sitting: SittingId,
    pub mentorship: MentorshipId,
    pub observer: PersonId,
    pub number: i64,
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub zone: String,
    pub state: State,
    pub host: String,
    pub chair: String,
    pub activity: Option<ActivityId>,
    pub notes_days: Option<i64>,
    /// The day that the signed undertaking says.
    pub notes_until: Option<Date>,
    pub competency: Option<String>,
    pub lenses: Vec<String>,
    pub predicted_at: Option<Timestamp>,
    pub practice: Option<ActivityId>,
    pub agreed_at: Option<Timestamp>,
    pub asked_at: Option<Timestamp>,
    pub reminded: i64,
    pub destroyed_at: Option<Timestamp>,
    /// Whether there is a record of the sitting, and for how many minutes it says that they were there; nothing while they have not come.
    pub is_recorded: bool,
    pub attended: Option<i64>,
    /// Whether it was held without a record, and nothing was open to them.
    pub is_kept_out: bool,
    /// Of its loop; 0 while there is none.
    pub version: i64,
}

impl Observation {
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The day of a moment, where the sitting is.
    pub fn day(&self, at: Timestamp) -> Date {
        self.time_zone().to_datetime(at).date()
    }

    /// As the record says, or as it was planned where there is none.
    pub fn minutes(&self) -> i64 {
        let planned = (self.ends_at.as_second() - self.starts_at.as_second()) / 60;
        if self.is_recorded { self.attended.unwrap_or(0) } else { planned }
    }

    /// Whether it is over and the observer was not there: the record says so, or, without one, nothing was open to them.
    pub fn is_missed(&self, now: Timestamp) -> bool {
        let is_absent = if self.is_recorded { self.attended.is_none() } else { self.is_kept_out };
        is_absent && self.is_over(now)
    }

    /// Whether it has begun: by its plan, or before, as the record says.
    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.is_recorded || self.starts_at <= now
    }

    /// Whether there is something to debrief: whoever keeps the record may say only later that it took place.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.state == State::Held && self.has_begun(now) || self.ends_at <= now
    }

    /// Whether it is known that it took place: somebody says so, or there is a record of it.
    pub fn took_place(&self) -> bool {
        self.state == State::Held || self.is_recorded
    }

    /// When it ended, for what counts from there: what was over early ended when it was said to be.
    pub fn ended_at(&self, now: Timestamp) -> Timestamp {
        self.ends_at.min(now)
    }

    pub fn debrief_due(&self) -> Timestamp {
        debrief_due(self.ends_at)
    }

    /// The day on which its notes are destroyed: as it was signed, or as it will be.
    pub fn destroyed_on(&self) -> Option<Date> {
        let agreed = || Some(self.day(self.starts_at).saturating_add(Span::new().days(self.notes_days?)));
        self.notes_until.or_else(agreed)
    }

    /// Whether that day has come. From then on nothing is written of it any more.
    pub fn is_closed(&self, now: Timestamp) -> bool {
        self.destroyed_at.is_some() || self.destroyed_on().is_some_and(|on| on <= self.day(now))
    }
}

/// What an observer chooses beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preparation {
    pub competency: Option<String>,
    pub lenses: Vec<String>,
}

impl Preparation {
    /// From one to three lenses that can be seen at a sitting of this kind.
    pub fn parse(preparation: Self, kind: Kind) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let Self { competency, mut lenses } = preparation;
        let known = lenses::fitting(kind, None);
        lenses.retain(|key| known.iter().any(|lens| lens.key == *key));
        lenses.dedup();
        if lenses.is_empty() {
            problems.add("lenses", Message::new("loops-lenses-missing"));
        }
        if lenses.len() > MOST_LENSES {
            problems.add("lenses", Message::new("loops-lenses-many").with("most", MOST_LENSES));
        }
        problems.or(Self { competency: competency.filter(|key| !key.is_empty()), lenses })
    }
}

/// Something that an observer expects, and how probable they hold it to be. Unlike the outcomes of a decision, those of a sitting do not
/// exclude one another: each is a forecast of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub what: Words,
    /// In per cent, from 0 to 100.
    pub percent: u32,
}

/// What an observer predicts before a sitting begins.
#[derive(Clone, Debug)]
pub struct Prediction {
    pub visibility: Visibility,
    pub statements: Vec<Statement>,
}

fn too_long(most: usize) -> Message {
    Message::new("loops-too-long").with("most", most)
}

impl Prediction {
    pub fn parse(prediction: Self) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        if prediction.statements.is_empty() {
            problems.add(field("what", 0), Message::new("loops-prediction-missing"));
        }
        if prediction.statements.len() > MOST_STATEMENTS {
            problems.add(field("what", 0), Message::new("loops-prediction-many").with("most", MOST_STATEMENTS));
        }
        for (place, statement) in prediction.statements.iter().enumerate() {
            if statement.what.as_str().is_empty() {
                problems.add(field("what", place), Message::new("loops-what-missing"));
            }
            if statement.what.is_longer_than(LONGEST_STATEMENT) {
                problems.add(field("what", place), too_long(LONGEST_STATEMENT));
            }
            if statement.percent > 100 {
                problems.add(field("percent", place), Message::new("loops-percent-wrong"));
            }
        }
        is_ours(prediction.visibility, &mut problems);
        problems.or(prediction)
    }

    pub fn words(&self) -> Words {
        let rows: Vec<(&str, u32)> = self.statements.iter().map(|one| (one.what.as_str(), one.percent)).collect();
        Words::new(serde_json::to_string(&rows).unwrap_or_default())
    }

    pub fn of(visibility: Visibility, words: &Words) -> Option<Self> {
        let rows: Vec<(String, u32)> = serde_json::from_str(words.as_str()).ok()?;
        let statements = rows.into_iter().map(|(what, percent)| Statement { what: Words::new(what), percent });
        Some(Self { visibility, statements: statements.collect() })
    }
}

fn is_ours(visibility: Visibility, problems: &mut Problems) {
    if !matches!(visibility, Visibility::OnlyMe | Visibility::Pair) {
        problems.add("visibility", Message::new("loops-visibility-unknown"));
    }
}

/// What became of something that was predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Came {
    Yes,
    No,
    /// It cannot be known; it has no score.
    Unknown,
}

impl Came {
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::Unknown];

    pub fn code(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|came| came.code() == code)
    }

    pub fn key(self) -> String {
        format!("loops-came-{}", self.code())
    }
}

/// A prediction as it is stored.
#[derive(Clone, Debug)]
pub struct Stored {
    pub seat: SeatId,
    pub author: PersonId,
    pub visibility: Visibility,
    pub words: Sealed,
    pub written_at: Timestamp,
    pub outcome: Option<Sealed>,
    pub version: i64,
}

/// What came, statement by statement, and what the observer makes of it.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    pub came: Vec<Came>,
    pub against: Words,
}

#[derive(Serialize, Deserialize)]
struct OutcomeText {
    came: Vec<Came>,
    against: String,
}

impl Outcome {
    /// Of every statement it is said what came.
    pub fn parse(came: &[Option<Came>], against: Words, statements: usize) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let mut said = Vec::with_capacity(statements);
        for place in 0..statements {
            match came.get(place).copied().flatten() {
                Some(came) => said.push(came),
                None => problems.add(field("came", place), Message::new("loops-came-missing")),
            }
        }
        if against.is_longer_than(LONGEST_TEXT) {
            problems.add("against", too_long(LONGEST_TEXT));
        }
        problems.or(Self { came: said, against })
    }

    pub fn words(&self) -> Words {
        let text = OutcomeText { came: self.came.clone(), against: self.against.as_str().to_owned() };
        Words::new(serde_json::to_string(&text).unwrap_or_default())
    }

    pub fn of(words: &Words) -> Option<Self> {
        let text: OutcomeText = serde_json::from_str(words.as_str()).ok()?;
        Some(Self { came: text.came, against: Words::new(text.against) })
    }
}

/// What there is to score: each statement of which it is known what came.
pub fn forecasts(prediction: &Prediction, outcome: &Outcome) -> Vec<Forecast> {
    let pairs = prediction.statements.iter().zip(&outcome.came);
    pairs
        .filter(|(_, came)| **came != Came::Unknown)
        .map(|(statement, came)| Forecast {
            probabilities: vec![f64::from(statement.percent) / 100.0],
            came: (*came == Came::Yes).then_some(0),
        })
        .collect()
}

/// What somebody proposes to practise: one of the two practices that a plan knows.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub kind: ActivityKind,
    pub on: Date,
    pub what: Words,
}

pub const PRACTICES: [ActivityKind; 2] = [ActivityKind::NegotiationPractice, ActivityKind::SpeakingPractice];

impl Proposal {
    pub fn parse(kind: Option<ActivityKind>, on: Option<Date>, what: Words, today: Date) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        let kind = kind.filter(|kind| PRACTICES.contains(kind));
        if kind.is_none() {
            problems.add("kind", Message::new("loops-practice-kind-missing"));
        }
        let on = on.filter(|on| *on >= today);
        if on.is_none() {
            problems.add("on", Message::new("loops-practice-on-missing"));
        }
        if what.as_str().is_empty() {
            problems.add("what", Message::new("loops-practice-missing"));
        }
        if what.is_longer_than(LONGEST_PRACTICE) {
            problems.add("what", too_long(LONGEST_PRACTICE));
        }
        match kind.zip(on) {
            Some((kind, on)) => problems.or(Self { kind, on, what }),
            None => Err(problems),
        }
    }
}

/// The mentor's line; it may be left out.
pub fn line(words: Words) -> Result<Option<Words>, Problems> {
    if words.is_longer_than(LONGEST_LINE) {
        return Err(Problems::one("line", too_long(LONGEST_LINE)));
    }
    Ok(Some(words).filter(|words| !words.as_str().is_empty()))
}

/// What an observer writes afterwards.
#[derive(Clone, Debug)]
pub struct Debrief {
    pub reflection: Reflection,
    /// What came of each statement that was predicted, and what the observer makes of it.
    pub came: Vec<Option<Came>>,
    pub against: Words,
    /// Of the activity's debrief; 0 while nothing was written.
    pub version: i64,
    /// Whether it is to be saved with what was marked in it.
    pub is_meant: bool,
}

impl Debrief {
    /// Its fields as a form calls them, each with what stands in it.
    pub fn fields(&self) -> Vec<(String, &Words)> {
        let through = self.reflection.through.iter().enumerate();
        through
            .map(|(place, (_, words))| (field("through", place), words))
            .chain([
                ("seen".to_owned(), &self.reflection.seen),
                ("against".to_owned(), &self.against),
                ("practise".to_owned(), &self.reflection.practise),
            ])
            .collect()
    }
}

/// What one of the two adds once the debrief is the pair's: a line, which is the mentor's, and a practice.
#[derive(Clone, Debug)]
pub struct Saying {
    pub line: Words,
    pub practice: Option<Proposal>,
    /// Of what the two said; 0 while they said nothing.
    pub version: i64,
    pub is_meant: bool,
}

/// What the two said of a debrief, as it is stored.
#[derive(Clone, Debug)]
pub struct Talk {
    pub line: Option<(Sealed, PersonId)>,
    pub proposal: Option<Proposed>,
    pub version: i64,
}

#[derive(Clone, Debug)]
pub struct Proposed {
    pub kind: ActivityKind,
    pub on: Date,
    pub what: Sealed,
    pub by: PersonId,
}

/// The steps of a loop, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Predict,
    Observe,
    Debrief,
    Practise,
    Again,
}

impl Step {
    pub const ALL: [Self; 5] = [Self::Predict, Self::Observe, Self::Debrief, Self::Practise, Self::Again];

    pub fn code(self) -> &'static str {
        match self {
            Self::Predict => "predict",
            Self::Observe => "observe",
            Self::Debrief => "debrief",
            Self::Practise => "practise",
            Self::Again => "again",
        }
    }

    pub fn key(self) -> String {
        format!("loops-step-{}", self.code())
    }
}

/// What may be counted of an observation: dates, and no word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub seat: SeatId,
    pub mentorship: MentorshipId,
    pub competency: Option<String>,
    pub starts_at: Timestamp,
    pub predicted_at: Option<Timestamp>,
    /// When it ended, if it took place.
    pub observed_at: Option<Timestamp>,
    pub minutes: i64,
    pub debriefed_at: Option<Timestamp>,
    pub practised_at: Option<Timestamp>,
}

impl Facts {
    pub fn of(observation: &Observation, courses: &[Course], now: Timestamp) -> Self {
        let course = |id: Option<ActivityId>| id.and_then(|id| courses.iter().find(|course| course.id == id));
        let debriefed_at = course(observation.activity).and_then(|course| course.debriefed_at);
        let took_place = observation.state == State::Held || debriefed_at.is_some();
        let is_over = took_place && observation.has_begun(now) && !observation.is_missed(now);
        Self {
            seat: observation.seat,
            mentorship: observation.mentorship,
            competency: observation.competency.clone(),
            starts_at: observation.starts_at,
            predicted_at: observation.predicted_at,
            observed_at: is_over.then(|| observation.ended_at(now)),
            minutes: observation.minutes(),
            debriefed_at: debriefed_at.filter(|_| is_over),
            practised_at: course(observation.practice).and_then(|course| course.ended_at),
        }
    }

    /// When each step was done; the last is the first later observation of the same competency after the practice.
    pub fn steps(&self, all: &[Self]) -> [Option<Timestamp>; 5] {
        let is_next = |other: &&Self| {
            other.mentorship == self.mentorship
                && other.competency == self.competency
                && other.seat != self.seat
                && self.practised_at.is_some_and(|practised| other.starts_at >= practised)
        };
        let next = all.iter().filter(is_next).filter_map(|other| other.observed_at).min();
        let again = next.filter(|_| self.competency.is_some());
        [self.predicted_at, self.observed_at, self.debriefed_at, self.practised_at, again]
    }

    /// Whether the whole of it was done.
    pub fn is_closed(&self, all: &[Self]) -> bool {
        self.steps(all).iter().all(Option::is_some)
    }
}

/// How loops of a competency stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub competency: Option<String>,
    /// Observations that took place, and their minutes.
    pub observed: u64,
    pub minutes: i64,
    pub closed: u64,
}

/// The loops of each competency; those of none come last.
pub fn tally(all: &[Facts]) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = Vec::new();
    for facts in all.iter().filter(|facts| facts.observed_at.is_some()) {
        let found = tallies.iter_mut().position(|tally| tally.competency == facts.competency);
        let place = found.unwrap_or_else(|| {
            tallies.push(Tally { competency: facts.competency.clone(), ..Tally::default() });
            tallies.len() - 1
        });
        let tally = &mut tallies[place];
        tally.observed += 1;
        tally.minutes += facts.minutes;
        tally.closed += u64::from(facts.is_closed(all));
    }
    tallies.sort_by(|one, other| {
        let key = |tally: &Tally| (tally.competency.is_none(), tally.closed, tally.observed);
        let ((none, closed, observed), (other_none, other_closed, other_observed)) = (key(one), key(other));
        none.cmp(&other_none)
            .then(other_closed.cmp(&closed))
            .then(other_observed.cmp(&observed))
            .then_with(|| one.competency.cmp(&other.competency))
    });
    tallies
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;
    use crate::journal::score::mean_brier;

    fn at(day: i8) -> Timestamp {
        TimeZone::UTC.to_timestamp(date(2027, 3, day).at(10, 0, 0, 0)).unwrap()
    }

    fn observation() -> Observation {
        Observation {
            seat: SeatId(Uuid::from_u128(1)),
            organisation: OrganisationId(Uuid::nil()),
            sitting: SittingId(Uuid::nil()),
            mentorship: MentorshipId(Uuid::nil()),
            observer: PersonId(Uuid::nil()),
            number: 14,
            kind: Kind::Negotiation,
            starts_at: at(1),
            ends_at: at(1) + jiff::SignedDuration::from_mins(90),
            zone: "Europe/Madrid".to_owned(),
            state: State::Open,
            host: String::new(),
            chair: String::new(),
            activity: None,
            notes_days: None,
            notes_until: None,
            competency: Some("negotiation".to_owned()),
            lenses: Vec::new(),
            predicted_at: None,
            practice: None,
            agreed_at: None,
            asked_at: None,
            reminded: 0,
            destroyed_at: None,
            is_recorded: false,
            attended: None,
            is_kept_out: false,
            version: 0,
        }
    }

    #[test]
    fn notes_go_on_the_day_that_was_signed() {
        let kept = observation();
        assert_eq!((kept.destroyed_on(), kept.is_closed(at(31))), (None, false));
        let agreed = Observation { notes_days: Some(10), ..observation() };
        assert_eq!(agreed.destroyed_on(), Some(date(2027, 3, 11)));
        assert!(!agreed.is_closed(at(10)) && agreed.is_closed(at(11)));
        let signed = Observation { notes_until: Some(date(2027, 3, 5)), ..agreed };
        assert!(signed.is_closed(at(5)), "what was signed holds, whatever is asked for since");
        assert!(Observation { destroyed_at: Some(at(2)), ..observation() }.is_closed(at(3)));
    }

    #[test]
    fn one_chooses_one_to_three_lenses_of_the_kind() {
        let chosen = |keys: &[&str], kind| {
            let lenses = keys.iter().map(|key| (*key).to_owned()).collect();
            Preparation::parse(Preparation { competency: Some(String::new()), lenses }, kind)
        };
        let one = chosen(&["anchors", "no-such"], Kind::Negotiation).unwrap();
        assert_eq!(one, Preparation { competency: None, lenses: vec!["anchors".to_owned()] });
        assert!(chosen(&[], Kind::Negotiation).is_err() && chosen(&["anchors"], Kind::Meeting).is_err());
        assert!(chosen(&["anchors", "concessions", "interests", "closing"], Kind::Negotiation).is_err());
    }

    #[test]
    fn each_statement_is_a_forecast_of_its_own() {
        let statement = |what: &str, percent| Statement { what: Words::new(what), percent };
        let statements =
            vec![statement("Ceden en el plazo", 70), statement("Se aplaza", 40), statement("Se firma", 10)];
        let prediction = Prediction { visibility: Visibility::Pair, statements };
        let prediction = Prediction::of(Visibility::Pair, &Prediction::parse(prediction).unwrap().words()).unwrap();
        let came = [Some(Came::Yes), Some(Came::No), Some(Came::Unknown)];
        let outcome = Outcome::parse(&came, Words::new("x"), 3).unwrap();
        let outcome = Outcome::of(&outcome.words()).unwrap();
        let score = mean_brier(&forecasts(&prediction, &outcome)).unwrap();
        assert!((score - 0.125).abs() < 1e-12);
        assert!(Outcome::parse(&came[..2], Words::default(), 3).unwrap_err().of("came-2").next().is_some());
        let wrong = |statements: Vec<Statement>, field: &str| {
            let prediction = Prediction { visibility: Visibility::Pair, statements };
            Prediction::parse(prediction).unwrap_err().of(field).next().is_some()
        };
        assert!(wrong(Vec::new(), "what-0") && wrong(vec![statement("a", 101)], "percent-0"));
        assert!(wrong(vec![statement("a", 1), statement("", 1)], "what-1"));
        assert!(wrong(vec![statement("a", 1); 4], "what-0"));
        for came in Came::ALL {
            assert_eq!(Came::parse(came.code()), Some(came));
        }
    }

    #[test]
    fn a_practice_is_one_of_two_and_still_to_come() {
        let today = date(2027, 3, 10);
        let what = || Words::new("Pedir algo a cambio");
        assert!(Proposal::parse(Some(ActivityKind::SpeakingPractice), Some(today), what(), today).is_ok());
        let problems = Proposal::parse(Some(ActivityKind::Reading), Some(date(2027, 3, 9)), Words::default(), today);
        let problems = problems.unwrap_err();
        for field in ["kind", "on", "what"] {
            assert!(problems.of(field).next().is_some(), "{field}");
        }
        assert!(line(Words::new("x".repeat(501))).is_err() && line(Words::default()).unwrap().is_none());
    }

    #[test]
    fn a_loop_is_closed_when_it_is_seen_again_after_the_practice() {
        let facts = |seat: u128, day: i8| Facts {
            seat: SeatId(Uuid::from_u128(seat)),
            mentorship: MentorshipId(Uuid::nil()),
            competency: Some("negotiation".to_owned()),
            starts_at: at(day),
            predicted_at: Some(at(1)),
            observed_at: Some(at(day)),
            minutes: 90,
            debriefed_at: Some(at(day)),
            practised_at: None,
        };
        let first = Facts { practised_at: Some(at(10)), ..facts(1, 2) };
        let (early, later) = (facts(2, 5), facts(3, 20));
        let elsewhere = Facts { mentorship: MentorshipId(Uuid::from_u128(9)), ..facts(4, 21) };
        let other = Facts { competency: Some("ethics".to_owned()), ..facts(5, 22) };
        assert!(!first.is_closed(&[first.clone(), early.clone(), elsewhere.clone(), other.clone()]));
        let all = [first.clone(), early, later.clone(), elsewhere, other];
        assert_eq!(first.steps(&all)[4], Some(at(20)));
        assert!(first.is_closed(&all) && !later.is_closed(&all));
        let unpredicted = Facts { predicted_at: None, ..first };
        assert!(!unpredicted.is_closed(&all), "the loop is what counts, not the visit");
        let tallies = tally(&all);
        assert_eq!(
            tallies.iter().map(|tally| (tally.observed, tally.closed, tally.minutes)).collect::<Vec<_>>(),
            [(4, 1, 360), (1, 0, 90)]
        );
        let planned = Facts { observed_at: None, ..later };
        assert!(tally(&[planned]).is_empty());
    }

    #[test]
    fn what_took_place_is_what_was_kept_or_debriefed() {
        let course = |debriefed_at| Course { id: ActivityId(Uuid::nil()), ended_at: None, debriefed_at };
        let open = Observation { activity: Some(ActivityId(Uuid::nil())), ..observation() };
        assert_eq!(Facts::of(&open, &[course(None)], at(5)).observed_at, None);
        assert_eq!(Facts::of(&open, &[course(Some(at(2)))], at(5)).observed_at, Some(open.ends_at));
        let held = Observation { state: State::Held, ..open };
        let missed = Observation { is_recorded: true, ..held.clone() };
        assert_eq!(Facts::of(&missed, &[], at(2)).observed_at, None, "who never came has observed nothing");
        assert!(
            missed.has_begun(at(1) - jiff::SignedDuration::from_hours(1)),
            "nobody predicts what is recorded already"
        );
        let short = Facts::of(&Observation { attended: Some(42), ..missed }, &[], at(2));
        assert_eq!((short.observed_at.is_some(), short.minutes), (true, 42));
        assert_eq!(Facts::of(&held, &[], at(5)).observed_at, Some(held.ends_at));
        assert_eq!(Facts::of(&held, &[], at(1) - jiff::SignedDuration::from_hours(1)).observed_at, None);
        assert!(held.is_over(at(5)) && held.debrief_due() > held.ends_at);
    }
}
