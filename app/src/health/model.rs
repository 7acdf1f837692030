//! How a pair is: on track, quiet, silent or stuck, from what is known of it; and what a coordinator does about it, step by step.
//! Pure.
//!
//! What either of the two answered when asked apart comes in here already without whose it was ([`Answers`]), and leaves only as part
//! of a [`State`].

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::activities::model::Counts as Plan;
use crate::goals::model::Counts as Goals;
use crate::people::model::Side;
use crate::programmes::model::Settings;
use crate::programmes::working_days::WorkingDays;
use crate::reviews::Due;

/// What is known of a pair: dates in its edition's calendar, counts, and nothing that anybody wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub began_on: Date,
    /// When it came to its end, for what follows.
    pub ended_on: Option<Date>,
    pub agreement: Agreement,
    /// Who has read the orientation, the mentee first.
    pub oriented: [bool; 2],
    /// The first and the last agreed meeting whose time has come, and how many these are.
    pub first: Option<Date>,
    pub last: Option<Date>,
    pub meetings: i64,
    /// The next agreed meeting.
    pub next: Option<Date>,
    /// Since when proposed times wait, and for whose answer.
    pub waiting: Option<(Date, Side)>,
    pub answers: Answers,
    pub open_promises: i64,
    /// When the first of them falls due.
    pub first_due: Option<Date>,
    pub goals: Option<Goals>,
    pub plan: Option<Plan>,
    pub reviews: Reviews,
    /// When they are due.
    pub due: Due,
}

/// How the agreement of a pair stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreement {
    None,
    /// Signed by one, since when, and by whom it is still to be signed.
    Waits(Date, Side),
    Signed(Date),
}

/// The last occasions of which either said that they met, or that they did not. Nobody can tell from it who said so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    pub met: Option<Date>,
    pub not_met: Option<Date>,
}

/// Which reviews each side has done, the mentee first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    pub midpoint: [bool; 2],
    pub closure: [bool; 2],
    pub follow_up: [bool; 2],
}

/// How a pair is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    OnTrack,
    /// Nothing was seen of it for a while.
    Quiet,
    /// Nothing was seen of it for long.
    Silent,
    /// Something waits for one of the two and has waited for long.
    Stuck,
}

impl State {
    pub const ALL: [Self; 4] = [Self::OnTrack, Self::Quiet, Self::Silent, Self::Stuck];

    pub fn code(self) -> &'static str {
        match self {
            Self::OnTrack => "on-track",
            Self::Quiet => "quiet",
            Self::Silent => "silent",
            Self::Stuck => "stuck",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("health-state-{}", self.code())
    }

    /// Whether somebody should look after it.
    pub fn needs_somebody(self) -> bool {
        matches!(self, Self::Silent | Self::Stuck)
    }

    /// How it is marked in a list.
    pub fn mark(self) -> &'static str {
        match self {
            Self::OnTrack => "good",
            Self::Quiet => "",
            Self::Silent => "warn",
            Self::Stuck => "bad",
        }
    }
}

/// Pairs that meet every month are never quiet.
const QUIET_DAYS: i64 = 35;
const SILENT_DAYS: i64 = 60;
/// So long may an answer or a signature take before it stands in the way.
const LONG_WAIT: i64 = 14;
/// So long after they should have met for the first time the two sign their agreement, as the clocks count.
const AGREED_WITHIN: u32 = 14;

/// Days from one to another; fewer than none where it comes before.
pub(super) fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// By when two who began on a day are to have signed their agreement.
pub(super) fn agreed_by(began_on: Date, settings: &Settings) -> Date {
    settings.due(settings.first_meeting_by(began_on), AGREED_WITHIN)
}

impl Facts {
    /// When they last met, as far as is known. An agreed time counts unless all that was said of it since is that it did not take
    /// place.
    fn met(&self, answers: Answers) -> Option<Date> {
        let is_denied = |last: &Date| {
            answers.not_met.is_some_and(|said| said >= *last) && answers.met.is_none_or(|said| said < *last)
        };
        let earlier = self.first.filter(|first| Some(*first) != self.last);
        let agreed = self.last.filter(|last| !is_denied(last)).or(earlier);
        agreed.max(answers.met)
    }

    /// The last day of which anything is known that the two did.
    fn sign(&self, answers: Answers) -> Date {
        let agreed = match self.agreement {
            Agreement::Signed(on) | Agreement::Waits(on, _) => Some(on),
            Agreement::None => None,
        };
        let checked = self.goals.and_then(|goals| goals.last_on);
        let proposed = self.waiting.map(|(on, _)| on);
        [self.met(answers), agreed, checked, proposed].into_iter().flatten().fold(self.began_on, Date::max)
    }

    /// What has waited for one of them for too long.
    fn obstacle(&self, settings: &Settings, today: Date) -> bool {
        let is_long = |since: Date| days(since, today) > LONG_WAIT;
        let times = self.next.is_none() && self.waiting.is_some_and(|(since, _)| is_long(since));
        let agreement = match self.agreement {
            Agreement::Waits(since, _) => is_long(since),
            // They meet, and have not agreed how.
            Agreement::None => self.first.is_some() && is_long(agreed_by(self.began_on, settings)),
            Agreement::Signed(_) => false,
        };
        times || agreement
    }

    /// How the pair is. Whoever is one of the two is told what follows without the answers: they know their own, and would
    /// learn the other's.
    pub fn state(&self, settings: &Settings, today: Date, counts_answers: bool) -> State {
        let answers = if counts_answers { self.answers } else { Answers::default() };
        if self.obstacle(settings, today) {
            return State::Stuck;
        }
        let sign = self.sign(answers);
        let quiet_for = days(sign, today);
        let first_by = settings.first_meeting_by(self.began_on);
        match self.met(answers) {
            // A meeting that is agreed for a day far ahead does not make up for the silence until then.
            _ if self.next.is_some_and(|next| days(sign, next) <= SILENT_DAYS) => State::OnTrack,
            None if today <= first_by => State::OnTrack,
            None if days(first_by, today) > LONG_WAIT && quiet_for > LONG_WAIT => State::Silent,
            None => State::Quiet,
            Some(_) if quiet_for > SILENT_DAYS => State::Silent,
            Some(_) if quiet_for > QUIET_DAYS => State::Quiet,
            Some(_) => State::OnTrack,
        }
    }

    /// Who can do something, the mentee first, and what: as far as everybody may know.
    pub fn turn(&self) -> ([bool; 2], Turn) {
        let only = |side: Side| [side == Side::Mentee, side == Side::Mentor];
        match (self.waiting, self.agreement) {
            (Some((_, side)), _) if self.next.is_none() => (only(side), Turn::Times),
            (_, Agreement::Waits(_, side)) => (only(side), Turn::Agreement),
            (_, Agreement::None) if self.first.is_some() => ([true; 2], Turn::Agreement),
            _ => ([true; 2], Turn::Meeting),
        }
    }
}

/// What somebody's turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To choose one of the times that were proposed.
    Times,
    /// To write or sign the agreement.
    Agreement,
    /// To propose a meeting.
    Meeting,
}

impl Turn {
    pub fn code(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::Agreement => "agreement",
            Self::Meeting => "meeting",
        }
    }
}

/// What a coordinator does about a pair, the mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Measure {
    /// Reminds whoever can do something.
    Nudge,
    /// Asks both apart whether they met.
    Ask,
    /// Offers both help.
    Help,
}

impl Measure {
    pub const ALL: [Self; 3] = [Self::Nudge, Self::Ask, Self::Help];

    pub fn code(self) -> &'static str {
        match self {
            Self::Nudge => "nudge",
            Self::Ask => "ask",
            Self::Help => "help",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.code() == code)
    }
}

/// What was done, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    pub measure: Measure,
    pub on: Date,
}

/// So many working days a measure is given to work, and none is taken twice.
const PATIENCE: u32 = 5;

/// From when on the same may be done again.
pub fn again_on(measure: Measure, taken: &[Taken], calendar: &WorkingDays) -> Option<Date> {
    let last = taken.iter().filter(|taken| taken.measure == measure).map(|taken| taken.on).max();
    last.map(|on| calendar.after(on, PATIENCE))
}

/// What is to be done now: nothing while what was done last may still work, then what comes after it. Whoever revived meanwhile
/// begins anew.
pub fn next(state: State, facts: &Facts, taken: &[Taken], calendar: &WorkingDays, today: Date) -> Option<Measure> {
    if state == State::OnTrack {
        return None;
    }
    let sign = facts.sign(Answers::default());
    let since: Vec<&Taken> = taken.iter().filter(|taken| taken.on >= sign).collect();
    let Some(last) = since.iter().max_by_key(|taken| (taken.on, taken.measure)) else { return Some(Measure::Nudge) };
    if today < calendar.after(last.on, PATIENCE) {
        return None;
    }
    Some(match last.measure {
        Measure::Nudge => Measure::Ask,
        Measure::Ask | Measure::Help => Measure::Help,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use jiff::civil::date;

    use super::*;

    pub(in crate::health) fn facts() -> Facts {
        Facts {
            began_on: date(2027, 1, 11),
            ended_on: None,
            agreement: Agreement::None,
            oriented: [false; 2],
            first: None,
            last: None,
            meetings: 0,
            next: None,
            waiting: None,
            answers: Answers::default(),
            open_promises: 0,
            first_due: None,
            goals: None,
            plan: None,
            reviews: Reviews::default(),
            due: Due { midpoint: date(2027, 7, 2), closure: date(2027, 12, 1), follow_up: date(2028, 6, 30) },
        }
    }

    fn state(facts: &Facts, today: Date) -> State {
        facts.state(&Settings::default(), today, true)
    }

    #[test]
    fn a_pair_that_never_met_grows_silent() {
        let facts = facts();
        assert_eq!(state(&facts, date(2027, 1, 29)), State::OnTrack);
        assert_eq!(state(&facts, date(2027, 1, 30)), State::Quiet);
        assert_eq!(state(&facts, date(2027, 2, 12)), State::Quiet);
        assert_eq!(state(&facts, date(2027, 2, 13)), State::Silent);
        let agreed = Facts { next: Some(date(2027, 3, 1)), ..facts };
        assert_eq!(state(&agreed, date(2027, 2, 13)), State::OnTrack);
    }

    #[test]
    fn a_meeting_far_ahead_hides_no_silence() {
        // Agreed for the autumn by two who never met.
        let far = Facts { next: Some(date(2027, 11, 8)), ..facts() };
        assert_eq!(state(&far, date(2027, 1, 29)), State::OnTrack);
        assert_eq!(state(&far, date(2027, 2, 13)), State::Silent);
        // They met once; the next time is sixty days later at most, or the days are counted as ever.
        let met = Facts {
            first: Some(date(2027, 1, 20)),
            last: Some(date(2027, 1, 20)),
            meetings: 1,
            agreement: Agreement::Signed(date(2027, 1, 20)),
            ..facts()
        };
        let with_next = |next| Facts { next: Some(next), ..met.clone() };
        assert_eq!(state(&with_next(date(2027, 3, 21)), date(2027, 3, 20)), State::OnTrack);
        assert_eq!(state(&with_next(date(2027, 3, 22)), date(2027, 2, 24)), State::OnTrack);
        assert_eq!(state(&with_next(date(2027, 3, 22)), date(2027, 2, 25)), State::Quiet);
        assert_eq!(state(&with_next(date(2027, 11, 8)), date(2027, 3, 22)), State::Silent);
    }

    #[test]
    fn a_pair_that_met_grows_quiet_and_silent() {
        let met = Facts {
            first: Some(date(2027, 1, 20)),
            last: Some(date(2027, 1, 20)),
            meetings: 1,
            agreement: Agreement::Signed(date(2027, 1, 21)),
            ..facts()
        };
        assert_eq!(state(&met, date(2027, 2, 25)), State::OnTrack);
        assert_eq!(state(&met, date(2027, 2, 26)), State::Quiet);
        assert_eq!(state(&met, date(2027, 3, 23)), State::Silent);
        let checked = Goals { open: 1, last_on: Some(date(2027, 3, 20)), ..Goals::default() };
        assert_eq!(state(&Facts { goals: Some(checked), ..met }, date(2027, 3, 23)), State::OnTrack);
    }

    #[test]
    fn what_waits_for_one_of_them_is_in_the_way() {
        let waits = Facts { waiting: Some((date(2027, 1, 12), Side::Mentor)), ..facts() };
        assert_eq!(state(&waits, date(2027, 1, 26)), State::OnTrack);
        assert_eq!(state(&waits, date(2027, 1, 27)), State::Stuck);
        assert_eq!(waits.turn(), ([false, true], Turn::Times));
        let unsigned = Facts { agreement: Agreement::Waits(date(2027, 1, 12), Side::Mentee), ..facts() };
        assert_eq!(state(&unsigned, date(2027, 1, 27)), State::Stuck);
        assert_eq!(unsigned.turn(), ([true, false], Turn::Agreement));
        let met = Facts { first: Some(date(2027, 1, 20)), last: Some(date(2027, 2, 20)), meetings: 2, ..facts() };
        assert_eq!(state(&met, date(2027, 3, 4)), State::OnTrack);
        assert_eq!(state(&met, date(2027, 3, 5)), State::Stuck, "they meet without an agreement");
    }

    #[test]
    fn nobody_can_tell_who_answered_what() {
        let met = Facts {
            first: Some(date(2027, 1, 20)),
            last: Some(date(2027, 1, 20)),
            meetings: 1,
            agreement: Agreement::Signed(date(2027, 1, 12)),
            ..facts()
        };
        let today = date(2027, 2, 13);
        let told = |met_on, not_met| state(&Facts { answers: Answers { met: met_on, not_met }, ..met.clone() }, today);
        let day = Some(date(2027, 1, 20));
        assert_eq!(told(None, None), State::OnTrack);
        assert_eq!(told(None, day), State::Silent, "the agreed time did not take place");
        assert_eq!(told(day, day), State::OnTrack, "where they differ, what was agreed counts");
        // Whoever is one of the two is told nothing that depends on it.
        for answers in [Answers { met: None, not_met: day }, Answers { met: day, not_met: None }] {
            let facts = Facts { answers, ..met.clone() };
            assert_eq!(facts.state(&Settings::default(), today, false), State::OnTrack);
        }
        // Meetings that the system never saw.
        let unseen = Facts { answers: Answers { met: Some(date(2027, 2, 1)), not_met: None }, ..facts() };
        assert_eq!(state(&unseen, today), State::OnTrack);
        assert_eq!(unseen.state(&Settings::default(), today, false), State::Silent);
    }

    #[test]
    fn what_is_done_grows_step_by_step() {
        let (facts, calendar) = (facts(), WorkingDays::default());
        let next = |taken: &[Taken], today| next(State::Silent, &facts, taken, &calendar, today);
        let monday = date(2027, 2, 15);
        assert_eq!(next(&[], monday), Some(Measure::Nudge));
        let nudged = [Taken { measure: Measure::Nudge, on: monday }];
        assert_eq!(next(&nudged, date(2027, 2, 21)), None, "it is given a week");
        assert_eq!(next(&nudged, date(2027, 2, 22)), Some(Measure::Ask));
        let asked = [nudged[0], Taken { measure: Measure::Ask, on: date(2027, 2, 22) }];
        assert_eq!(next(&asked, date(2027, 3, 1)), Some(Measure::Help));
        assert_eq!(again_on(Measure::Nudge, &asked, &calendar), Some(date(2027, 2, 22)));
        assert_eq!(again_on(Measure::Help, &asked, &calendar), None);
        let revived = Facts { first: Some(date(2027, 2, 25)), last: Some(date(2027, 2, 25)), ..facts.clone() };
        let today = date(2027, 5, 1);
        assert_eq!(super::next(State::Silent, &revived, &asked, &calendar, today), Some(Measure::Nudge));
        assert_eq!(super::next(State::OnTrack, &revived, &[], &calendar, today), None);
    }

    #[test]
    fn codes_are_read_as_they_were_written() {
        assert!(State::ALL.into_iter().all(|state| State::parse(state.code()) == Some(state)));
        assert!(Measure::ALL.into_iter().all(|measure| Measure::parse(measure.code()) == Some(measure)));
    }
}
