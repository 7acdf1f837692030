//! The clocks of an edition as they run for a pair: what is to be done by when, whose turn it is, and who is told of it next. Pure.
//!
//! An edition counts its clocks in its working days or in all days, and then what falls on another day is due on the next working day.
//! How long before and after somebody is told is always counted in working days, and on other days nobody is told anything.

use jiff::ToSpan as _;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use super::model::{Agreement, Facts, agreed_by, days};
use crate::i18n::Message;
use crate::people::model::Side;
use crate::programmes::Edition;
use crate::programmes::working_days::WorkingDays;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    Orientation,
    FirstMeeting,
    Agreement,
    /// How it goes: a check-in on any goal. Where the two have none that is open there is nothing to be asked.
    Pulse,
    Midpoint,
    Closure,
    FollowUp,
}

impl Clock {
    pub const ALL: [Self; 7] = [
        Self::Orientation,
        Self::FirstMeeting,
        Self::Agreement,
        Self::Pulse,
        Self::Midpoint,
        Self::Closure,
        Self::FollowUp,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Orientation => "orientation",
            Self::FirstMeeting => "first-meeting",
            Self::Agreement => "agreement",
            Self::Pulse => "pulse",
            Self::Midpoint => "midpoint",
            Self::Closure => "closure",
            Self::FollowUp => "follow-up",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|clock| clock.code() == code)
    }

    /// What is to be done, in words.
    pub fn told(self) -> Message {
        Message::new(format!("health-clock-{}", self.code()))
    }
}

/// What a clock says of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    pub clock: Clock,
    /// The how-manieth of its kind.
    pub number: i64,
    /// From when on somebody is told.
    pub opens_on: Date,
    pub due_on: Date,
    /// Whose turn it is, the mentee first; nobody's where it is done.
    pub turn: [bool; 2],
}

/// Who is told, in the order in which they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Those whose turn it is, before the day.
    Soon,
    /// The same, after it.
    Overdue,
    /// The coordinators.
    Late,
}

impl Stage {
    pub const ALL: [Self; 3] = [Self::Soon, Self::Overdue, Self::Late];

    pub fn code(self) -> &'static str {
        match self {
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Late => "late",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }
}

/// Working days before the day on which something is due.
const LEAD: u32 = 3;
/// Working days after it until the coordinators are told.
const GRACE: u32 = 5;
/// Working days that whoever is told has at least before the coordinators are.
const NOTICE: u32 = 3;

const NOBODY: [bool; 2] = [false; 2];

/// What all clocks say of a pair on a day. What is further away than the next pulse is left out.
pub fn ticks(facts: &Facts, edition: &Edition, today: Date) -> Vec<Tick> {
    let (settings, calendar) = (&edition.settings, &edition.settings.calendar);
    let tick = |clock, due_on, turn| Tick { clock, number: 0, opens_on: calendar.before(due_on, LEAD), due_on, turn };
    let undone = |done: [bool; 2]| done.map(|done| !done);
    let due = facts.due;
    if facts.ended_on.is_some() {
        // It cannot be written before its day.
        let follow_up = tick(Clock::FollowUp, due.follow_up, undone(facts.reviews.follow_up));
        return vec![Tick { opens_on: due.follow_up, ..follow_up }];
    }
    let first_by = settings.first_meeting_by(facts.began_on);
    let mut ticks = Vec::new();
    if settings.clocks.orientation_before_first_meeting {
        let due_on = facts.first.or(facts.next).map_or(first_by, |first| first.min(first_by));
        ticks.push(tick(Clock::Orientation, due_on, undone(facts.oriented)));
    }
    // What is agreed for a later day is late until it was held.
    let is_arranged = facts.first.is_some() || facts.next.is_some_and(|next| next <= first_by);
    ticks.push(tick(Clock::FirstMeeting, first_by, if is_arranged { NOBODY } else { first_turn(facts) }));
    ticks.push(tick(Clock::Agreement, agreed_by(facts.began_on, settings), agreement_turn(facts)));
    ticks.extend(pulse(facts, edition, today));
    // Where the end is near, the closure comes in its place.
    if due.midpoint < due.closure {
        ticks.push(tick(Clock::Midpoint, due.midpoint, undone(facts.reviews.midpoint)));
    }
    let closure = tick(Clock::Closure, edition.ends_on, undone(facts.reviews.closure));
    ticks.push(Tick { opens_on: due.closure, ..closure });
    ticks
}

fn only(side: Side) -> [bool; 2] {
    Side::BOTH.map(|other| other == side)
}

fn first_turn(facts: &Facts) -> [bool; 2] {
    facts.waiting.map_or([true; 2], |(_, side)| only(side))
}

fn agreement_turn(facts: &Facts) -> [bool; 2] {
    match facts.agreement {
        Agreement::Signed(_) => NOBODY,
        Agreement::Waits(_, side) => only(side),
        Agreement::None => [true; 2],
    }
}

/// The pulse that is open, or the next one. A check-in counts for the pulse to which it is nearest.
fn pulse(facts: &Facts, edition: &Edition, today: Date) -> Option<Tick> {
    let goals = facts.goals.filter(|goals| goals.open > 0)?;
    let opens_on = |due: Date| edition.settings.calendar.before(due, LEAD);
    let within = edition.settings.pulses(facts.began_on).take_while(|due| *due <= edition.ends_on);
    let mut before = facts.began_on;
    let mut open = None;
    for (number, due_on) in (0..).zip(within) {
        if let Some((_, due_before)) = open {
            if opens_on(due_on) > today {
                break;
            }
            before = due_before;
        }
        open = Some((number, due_on));
    }
    let (number, due_on) = open?;
    let counts_from = due_on.saturating_sub((days(before, due_on) / 2).days());
    let is_done = goals.last_on.is_some_and(|on| on >= counts_from);
    let turn = if is_done { NOBODY } else { [true; 2] };
    Some(Tick { clock: Clock::Pulse, number, opens_on: opens_on(due_on), due_on, turn })
}

impl Tick {
    pub fn is_done(&self) -> bool {
        self.turn == NOBODY
    }

    /// Whether it should have been done so long ago that the coordinators may know.
    pub fn is_late(&self, calendar: &WorkingDays, today: Date) -> bool {
        !self.is_done() && today >= calendar.after(self.due_on, GRACE)
    }

    /// Whether it is still what they were told at a stage.
    pub fn is_still(&self, stage: Stage, today: Date) -> bool {
        match stage {
            Stage::Soon => (self.opens_on..=self.due_on).contains(&today),
            Stage::Overdue | Stage::Late => today > self.due_on,
        }
    }

    /// Whether who was told at a stage on a day was told of this date. What was told of an earlier one, before an edition was prolonged,
    /// was told before its time.
    fn was_told(&self, (stage, on): (Stage, Date)) -> bool {
        on >= if stage == Stage::Soon { self.opens_on } else { self.due_on.saturating_add(1.days()) }
    }

    /// Who is to be told today, after those who were told of it before, each with the day.
    pub fn stage(&self, told: &[(Stage, Date)], calendar: &WorkingDays, today: Date) -> Option<Stage> {
        if self.is_done() || today < self.opens_on || !calendar.is_worked(today) {
            return None;
        }
        let told_on = |stage: Stage| {
            let mut told = told.iter().filter(|told| self.was_told(**told));
            told.find(|(known, _)| *known == stage).map(|(_, on)| *on)
        };
        match (told_on(Stage::Soon), told_on(Stage::Overdue), told_on(Stage::Late)) {
            (_, Some(on), None) => {
                let is_next = self.is_late(calendar, today) && today >= calendar.after(on, NOTICE);
                is_next.then_some(Stage::Late)
            }
            (_, None, None) if today > self.due_on => Some(Stage::Overdue),
            (None, None, None) => Some(Stage::Soon),
            (_, _, Some(_)) | (Some(_), None, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use uuid::Uuid;

    use super::super::model::tests::facts;
    use super::*;
    use crate::goals::model::Counts as Goals;
    use crate::identity::OrganisationId;
    use crate::programmes::model::Settings;
    use crate::programmes::{EditionId, ProgrammeId, Track};
    use crate::reviews::Due;

    fn edition() -> Edition {
        Edition {
            id: EditionId(Uuid::nil()),
            organisation: OrganisationId(Uuid::nil()),
            programme: ProgrammeId(Uuid::nil()),
            programme_name: String::new(),
            track: Track::Promotion,
            name: String::new(),
            starts_on: date(2027, 1, 1),
            ends_on: date(2027, 12, 31),
            framework: None,
            settings: Settings::default(),
            opened_at: None,
            closed_at: None,
            changed_at: None,
            version: 1,
        }
    }

    fn of(clock: Clock, facts: &Facts, today: Date) -> Option<Tick> {
        ticks(facts, &edition(), today).into_iter().find(|tick| tick.clock == clock)
    }

    #[test]
    fn a_year_has_its_clocks() {
        let facts = Facts { goals: Some(Goals { open: 1, ..Goals::default() }), ..facts() };
        let due = |clock, today| of(clock, &facts, today).map(|tick| (tick.number, tick.due_on));
        let begins = date(2027, 1, 11);
        assert_eq!(due(Clock::FirstMeeting, begins), Some((0, date(2027, 1, 29))));
        assert_eq!(due(Clock::Agreement, begins), Some((0, date(2027, 2, 18))));
        assert_eq!(due(Clock::Midpoint, begins), Some((0, date(2027, 7, 2))));
        assert_eq!(due(Clock::Closure, begins), Some((0, date(2027, 12, 31))));
        assert_eq!(due(Clock::FollowUp, begins), None);
        // The pulse at 30 working days, then every 60, and none after the end.
        assert_eq!(due(Clock::Pulse, begins), Some((0, date(2027, 2, 22))));
        assert_eq!(due(Clock::Pulse, date(2027, 5, 11)), Some((0, date(2027, 2, 22))));
        assert_eq!(due(Clock::Pulse, date(2027, 5, 12)), Some((1, date(2027, 5, 17))));
        assert_eq!(due(Clock::Pulse, date(2027, 12, 31)), Some((3, date(2027, 11, 1))));
        let ended = Facts { ended_on: Some(date(2027, 12, 31)), ..facts.clone() };
        let follow_up = ticks(&ended, &edition(), date(2028, 6, 1));
        assert_eq!(
            follow_up.iter().map(|tick| (tick.clock, tick.due_on)).collect::<Vec<_>>(),
            [(Clock::FollowUp, date(2028, 6, 30))]
        );
        let late = Facts { due: Due { midpoint: date(2027, 12, 5), ..facts.due }, ..facts.clone() };
        assert_eq!(of(Clock::Midpoint, &late, date(2027, 11, 1)), None, "the closure comes before it");
    }

    #[test]
    fn whose_turn_it_is() {
        let today = date(2027, 1, 20);
        let turn = |clock, facts: &Facts| of(clock, facts, today).unwrap().turn;
        let facts = Facts { oriented: [true, false], ..facts() };
        assert_eq!(turn(Clock::Orientation, &facts), [false, true]);
        assert_eq!(turn(Clock::FirstMeeting, &facts), [true, true]);
        let waits = Facts { waiting: Some((today, Side::Mentee)), ..facts.clone() };
        assert_eq!(turn(Clock::FirstMeeting, &waits), [true, false]);
        let agreed = |next| Facts { next: Some(next), ..facts.clone() };
        assert!(of(Clock::FirstMeeting, &agreed(date(2027, 1, 29)), today).unwrap().is_done());
        assert_eq!(turn(Clock::FirstMeeting, &agreed(date(2027, 2, 1))), [true, true], "that is too late");
        let held = Facts { first: Some(date(2027, 2, 1)), ..facts.clone() };
        assert!(of(Clock::FirstMeeting, &held, today).unwrap().is_done());
        let proposed = Facts { agreement: Agreement::Waits(today, Side::Mentor), ..facts.clone() };
        assert_eq!(turn(Clock::Agreement, &proposed), [false, true]);
        let open = |last_on| Facts { goals: Some(Goals { open: 1, last_on, ..Goals::default() }), ..facts.clone() };
        assert_eq!(turn(Clock::Pulse, &open(None)), [true, true]);
        let goals = |on| open(Some(on));
        assert_eq!(of(Clock::Pulse, &facts, today), None, "without goals there is nothing to be asked");
        let settled = Facts { goals: Some(Goals { reached: 1, ..Goals::default() }), ..facts.clone() };
        assert_eq!(of(Clock::Pulse, &settled, today), None);
        assert!(!of(Clock::Pulse, &goals(date(2027, 1, 31)), today).unwrap().is_done());
        assert!(of(Clock::Pulse, &goals(date(2027, 2, 1)), today).unwrap().is_done());
    }

    #[test]
    fn people_are_told_before_and_after_and_then_the_coordinators() {
        let calendar = WorkingDays::default();
        let facts = facts();
        // Due on Monday 25 January 2027.
        let tick = of(Clock::FirstMeeting, &facts, date(2027, 1, 11)).unwrap();
        let due_on = date(2027, 1, 25);
        let tick = Tick { due_on, opens_on: calendar.before(due_on, LEAD), ..tick };
        let stage = |told: &[(Stage, Date)], day| tick.stage(told, &calendar, day);
        assert_eq!(stage(&[], date(2027, 1, 19)), None);
        assert_eq!(stage(&[], date(2027, 1, 20)), Some(Stage::Soon));
        let soon = (Stage::Soon, date(2027, 1, 20));
        assert_eq!(stage(&[soon], date(2027, 1, 25)), None);
        assert_eq!(stage(&[soon], date(2027, 1, 26)), Some(Stage::Overdue));
        let overdue = (Stage::Overdue, date(2027, 1, 26));
        assert_eq!(stage(&[soon, overdue], date(2027, 1, 31)), None);
        assert_eq!(stage(&[soon, overdue], date(2027, 2, 1)), Some(Stage::Late));
        assert_eq!(stage(&[soon, overdue, (Stage::Late, date(2027, 2, 1))], date(2027, 3, 1)), None);
        // Nobody is told on a Saturday, nor the coordinators before those whose turn it is.
        assert_eq!(stage(&[], date(2027, 1, 23)), None);
        assert_eq!(stage(&[soon], date(2027, 3, 1)), Some(Stage::Overdue));
        assert_eq!(stage(&[soon, (Stage::Overdue, date(2027, 3, 1))], date(2027, 3, 3)), None);
        assert_eq!(stage(&[soon, (Stage::Overdue, date(2027, 3, 1))], date(2027, 3, 4)), Some(Stage::Late));
        // Told until the last, and then the edition is prolonged until Tuesday 23 March.
        let all = [soon, overdue, (Stage::Late, date(2027, 2, 1))];
        let due_on = date(2027, 3, 23);
        let tick = Tick { due_on, opens_on: calendar.before(due_on, LEAD), ..tick };
        let stage = |told: &[(Stage, Date)], day| tick.stage(told, &calendar, day);
        assert_eq!(stage(&all, date(2027, 3, 17)), None);
        assert_eq!(stage(&all, date(2027, 3, 18)), Some(Stage::Soon));
        let soon = (Stage::Soon, date(2027, 3, 18));
        assert_eq!(stage(&[soon, all[1], all[2]], date(2027, 3, 23)), None);
        assert_eq!(stage(&[soon, all[1], all[2]], date(2027, 3, 24)), Some(Stage::Overdue));
        let overdue = (Stage::Overdue, date(2027, 3, 24));
        assert_eq!(stage(&[soon, overdue, all[2]], date(2027, 3, 30)), Some(Stage::Late));
        // What was told is so until the next.
        assert_eq!([18, 23, 24].map(|day| tick.is_still(Stage::Soon, date(2027, 3, day))), [true, true, false]);
        assert_eq!([23, 24].map(|day| tick.is_still(Stage::Overdue, date(2027, 3, day))), [false, true]);
        assert!(Clock::ALL.into_iter().all(|clock| Clock::parse(clock.code()) == Some(clock)));
        assert!(Stage::ALL.into_iter().all(|stage| Stage::parse(stage.code()) == Some(stage)));
    }
}
