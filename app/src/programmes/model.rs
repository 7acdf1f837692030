//! Nouns and rules of programmes: tracks, editions with their settings, and how somebody's standing in one may change. Pure.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::working_days::WorkingDays;
use crate::frameworks::FrameworkVersionId;
use crate::i18n::Message;
use crate::identity::{OrganisationId, Part, PersonId};
use crate::people::model::Side;
use crate::problems::Problems;

crate::id!(/// A programme of an organisation.
    ProgrammeId);
crate::id!(/// One run of a programme, with dates.
    EditionId);
crate::id!(/// Somebody's place in an edition, on one side.
    EnrolmentId);

/// What a programme is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Track {
    /// A company prepares people for a post.
    Promotion,
    /// Mentoring counts towards a degree.
    Degree,
}

#[derive(Clone, Debug)]
pub struct Programme {
    pub id: ProgrammeId,
    pub organisation: OrganisationId,
    pub name: String,
    pub track: Track,
    pub version: i64,
}

#[derive(Clone, Debug)]
pub struct Edition {
    pub id: EditionId,
    pub organisation: OrganisationId,
    pub programme: ProgrammeId,
    pub programme_name: String,
    pub track: Track,
    pub name: String,
    pub starts_on: Date,
    pub ends_on: Date,
    pub framework: Option<FrameworkVersionId>,
    pub settings: Settings,
    /// Since when people may be enrolled; before, it is being set up.
    pub opened_at: Option<Timestamp>,
    pub closed_at: Option<Timestamp>,
    /// When its dates or settings were changed last.
    pub changed_at: Option<Timestamp>,
    pub version: i64,
}

/// Where an edition stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Phase {
    SettingUp,
    Open,
    Closed,
}

/// What an edition is run by. Whatever is missing from an older text has its default, so a new setting needs no migration.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub calendar: WorkingDays,
    pub clocks: Clocks,
    pub consent: Consent,
    /// How many mentees there is room for; whoever accepts beyond waits.
    pub places: Option<u32>,
    /// Whether people may apply by themselves.
    pub applications: bool,
    /// What mentoring is worth in a degree; absent on the promotion track.
    pub course: Option<Course>,
    /// Texts of orientation that replace the ones that come with the product, by part and language.
    pub orientation: BTreeMap<Part, BTreeMap<String, String>>,
}

/// The edition's clocks, in days unless the name says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Clocks {
    /// What the days are that run from when somebody accepted or two began. An edition from before this could be chosen goes on as it
    /// began.
    #[serde(default)]
    pub counted: Counted,
    /// A mentor is assigned within so many days of acceptance.
    pub assigned_within: u32,
    pub orientation_before_first_meeting: bool,
    pub first_meeting_within: u32,
    pub first_pulse_after: u32,
    pub pulse_every: u32,
    /// So many days of the calendar after the edition's beginning.
    pub midpoint_after: u32,
    /// So many days of the calendar before the end, the closure begins.
    pub closure_before_end: u32,
    pub follow_up_after_months: u32,
}

/// What a clock counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counted {
    /// All days; what falls on one that is not worked is due on the next that is.
    #[default]
    Days,
    /// The working days of the edition's calendar.
    WorkingDays,
}

/// How many working days each side has to answer a proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Consent {
    pub mentor_days: u32,
    pub mentee_days: u32,
    /// Whether mentors may see who is enrolled to be mentored, and what each wants to learn, to say whom they would like.
    pub mentors_see_mentees: bool,
}

impl Counted {
    pub const BOTH: [Self; 2] = [Self::WorkingDays, Self::Days];

    pub fn code(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::WorkingDays => "working-days",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|counted| counted.code() == code)
    }
}

impl Consent {
    /// How many working days a side has.
    pub fn days(&self, side: Side) -> u32 {
        match side {
            Side::Mentee => self.mentee_days,
            Side::Mentor => self.mentor_days,
        }
    }
}

/// What mentoring is worth in a degree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    pub name: String,
    pub credit: CreditKind,
    /// In tenths of a credit: 60 is 6 credits.
    pub tenths_of_credit: u32,
    pub hours_per_credit: u32,
    /// Whether it is an external placement with paperwork of its own.
    pub external_placement: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// 25 to 30 hours a credit, grades from 0 to 10.
    Ects,
    UsSemester,
}

/// How somebody came to be in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    Nomination,
    Invitation,
    Import,
    Application,
}

/// Where somebody stands in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Nominated or invited; they have not answered yet.
    Asked,
    /// They applied; the coordinator has not answered yet.
    Applied,
    /// Wanted and willing, but there is no room.
    Waiting,
    Enrolled,
    /// They said no.
    Declined,
    /// The coordinator said no.
    Refused,
    /// They were in, and left or were let go, without fault.
    Withdrawn,
}

/// What somebody does about a standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The person says yes to a nomination or invitation.
    Accept,
    /// The person says no to it.
    Decline,
    /// The person applies, for the first time or again.
    Apply,
    /// The coordinator or a line manager asks them, for the first time or again.
    Ask,
    /// The coordinator lets them in: an applicant, somebody who waits, or somebody who had left.
    Admit,
    /// The coordinator does not let an applicant in.
    Refuse,
    /// The coordinator puts them on the waiting list.
    Wait,
    /// Either ends it without fault.
    Withdraw,
}

/// Somebody's place in an edition.
#[derive(Clone, Debug)]
pub struct Enrolment {
    pub id: EnrolmentId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub person: PersonId,
    pub side: Side,
    pub standing: Standing,
    pub way: Way,
    /// Why they stand where they stand; read by the person and the coordinator.
    pub reason: Option<String>,
    /// The post that they are nominated for.
    pub post: Option<String>,
    pub nominated_by: Option<PersonId>,
    /// How many mentees a mentor takes in this edition; what the profile says where it is absent.
    pub capacity: Option<u32>,
    /// The faculty member who stands in where no mentor is found.
    pub fallback: Option<PersonId>,
    pub changed_at: Timestamp,
    pub version: i64,
}

/// Somebody to be enrolled.
#[derive(Clone, Debug)]
pub struct NewEnrolment {
    pub person: PersonId,
    pub side: Side,
    pub standing: Standing,
    pub way: Way,
    pub post: Option<String>,
    pub nominated_by: Option<PersonId>,
    pub capacity: Option<u32>,
}

impl NewEnrolment {
    pub fn of(person: PersonId, side: Side, standing: Standing, way: Way) -> Self {
        Self { person, side, standing, way, post: None, nominated_by: None, capacity: None }
    }
}

impl Settings {
    /// What an edition of these dates begins with: the mid-point is in the middle, and the closure leaves a third of a short
    /// edition for it.
    pub fn proposed(starts_on: Date, ends_on: Date) -> Self {
        let days = starts_on.until(ends_on).map_or(364, |span| span.get_days()).unsigned_abs();
        let usual = Clocks::default();
        let clocks = Clocks {
            midpoint_after: (days / 2).max(1),
            closure_before_end: usual.closure_before_end.min(days / 3),
            ..usual
        };
        Self { clocks, ..Self::default() }
    }

    /// The day on which something is due so many days after another, as the clocks count.
    pub fn due(&self, from: Date, days: u32) -> Date {
        match self.clocks.counted {
            Counted::WorkingDays => self.calendar.after(from, days),
            Counted::Days => self.calendar.on_or_after(from.saturating_add(i64::from(days).days())),
        }
    }

    /// By when two who began on a day are to have met.
    pub fn first_meeting_by(&self, began_on: Date) -> Date {
        self.due(began_on, self.clocks.first_meeting_within)
    }

    /// When the pulses of two who began on a day are due, one after the other.
    pub fn pulses(&self, began_on: Date) -> impl Iterator<Item = Date> {
        let Clocks { first_pulse_after, pulse_every, .. } = self.clocks;
        // A round without days would have no end.
        let rounds = if pulse_every == 0 { 1 } else { u32::MAX };
        (0..rounds)
            .map(move |round| self.due(began_on, first_pulse_after.saturating_add(round.saturating_mul(pulse_every))))
    }
}

impl Default for Clocks {
    fn default() -> Self {
        Self {
            counted: Counted::WorkingDays,
            assigned_within: 30,
            orientation_before_first_meeting: true,
            first_meeting_within: 14,
            first_pulse_after: 30,
            pulse_every: 60,
            midpoint_after: 182,
            closure_before_end: 30,
            follow_up_after_months: 6,
        }
    }
}

impl Default for Consent {
    fn default() -> Self {
        Self { mentor_days: 3, mentee_days: 3, mentors_see_mentees: false }
    }
}

/// A year of working days, and the holidays in it.
const LONGEST_CLOCK_DAYS: i64 = 1500;

impl Edition {
    pub fn phase(&self) -> Phase {
        Phase::of(self.opened_at, self.closed_at)
    }

    /// By when a mentee who was enrolled on a day is to have a mentor. In a degree mentors are assigned when the course begins, and the
    /// days run from there.
    pub fn assigned_by(&self, enrolled_on: Date) -> Date {
        let from = match self.track {
            Track::Promotion => enrolled_on,
            Track::Degree => enrolled_on.max(self.starts_on),
        };
        self.settings.due(from, self.settings.clocks.assigned_within)
    }

    /// Whoever was enrolled before this instant should have been assigned before today.
    pub(super) fn assigned_late_before(&self, now: Timestamp) -> Option<Timestamp> {
        let today = self.settings.calendar.day(now);
        let earlier = (0..LONGEST_CLOCK_DAYS).map(|days| today.saturating_sub(days.days()));
        let last = earlier.into_iter().find(|day| self.assigned_by(*day) < today)?;
        self.settings.calendar.end_of(last)
    }

    /// When the closure of its pairs begins.
    pub fn closure_on(&self) -> Date {
        let days = i64::from(self.settings.clocks.closure_before_end).days();
        self.settings.calendar.on_or_after(self.ends_on.saturating_sub(days)).min(self.ends_on)
    }

    /// The mid-point of two who began on a day: the edition's, or half-way to the closure for those who began after it.
    pub fn midpoint_of(&self, began_on: Date) -> Date {
        let calendar = &self.settings.calendar;
        let days = i64::from(self.settings.clocks.midpoint_after).days();
        let usual = calendar.on_or_after(self.starts_on.saturating_add(days));
        if began_on < usual {
            return usual;
        }
        let left = began_on.until(self.closure_on()).map_or(0, |span| span.get_days());
        calendar.on_or_after(began_on.saturating_add(i64::from(left / 2).max(1).days()))
    }

    /// When two look back: so many months after they closed, or after the edition's end.
    pub fn follow_up_after(&self, closed_on: Option<Date>) -> Date {
        let months = i64::from(self.settings.clocks.follow_up_after_months).months();
        self.settings.calendar.on_or_after(closed_on.unwrap_or(self.ends_on).saturating_add(months))
    }

    /// With its programme, for whoever takes part in more than one.
    pub fn full_name(&self) -> String {
        format!("{} · {}", self.programme_name, self.name)
    }

    /// Refused while it is set up and once it is closed.
    pub fn must_be_open(&self) -> Result<(), Problems> {
        let key = match self.phase() {
            Phase::Open => return Ok(()),
            Phase::Closed => "programmes-closed",
            Phase::SettingUp => "programmes-not-open",
        };
        Err(Problems::one("", Message::new(key)))
    }
}

impl Phase {
    /// What the two instants of an edition say.
    pub fn of(opened_at: Option<Timestamp>, closed_at: Option<Timestamp>) -> Self {
        match (opened_at, closed_at) {
            (_, Some(_)) => Self::Closed,
            (Some(_), None) => Self::Open,
            (None, None) => Self::SettingUp,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Self::SettingUp => "setting-up",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

impl Step {
    pub const ALL: [Self; 8] =
        [Self::Accept, Self::Decline, Self::Apply, Self::Ask, Self::Admit, Self::Refuse, Self::Wait, Self::Withdraw];

    /// What the coordinator may do, in the order in which the page offers it.
    pub const OF_COORDINATOR: [Self; 5] = [Self::Admit, Self::Ask, Self::Wait, Self::Refuse, Self::Withdraw];

    pub fn code(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Apply => "apply",
            Self::Ask => "ask",
            Self::Admit => "admit",
            Self::Refuse => "refuse",
            Self::Wait => "wait",
            Self::Withdraw => "withdraw",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }
}

impl Track {
    pub const BOTH: [Self; 2] = [Self::Promotion, Self::Degree];

    /// The dates that a first edition is proposed with: a company's twelve months from the first of next month, a university's
    /// next half of the academic year.
    pub fn proposed_dates(self, today: Date) -> (Date, Date) {
        let first = |year: i16, month: i8| Date::new(year, month, 1).unwrap_or(today);
        match self {
            Self::Promotion => {
                let starts_on = today.first_of_month().saturating_add(1.month());
                (starts_on, following(starts_on, 12))
            }
            Self::Degree => {
                let year = today.year();
                let starts_on = match today.month() {
                    1 => first(year, 2),
                    2..=8 => first(year, 9),
                    _ => first(year + 1, 2),
                };
                (starts_on, following(starts_on, 5))
            }
        }
    }

    /// The course that an edition is proposed with.
    pub fn proposed_course(self, name: &str) -> Option<Course> {
        (self == Self::Degree).then(|| Course {
            name: name.to_owned(),
            credit: CreditKind::Ects,
            tenths_of_credit: 60,
            hours_per_credit: CreditKind::Ects.usual_hours(),
            external_placement: false,
        })
    }
}

/// The last day of so many months.
fn following(starts_on: Date, months: i32) -> Date {
    starts_on.saturating_add(months.months()).saturating_sub(1.day())
}

impl CreditKind {
    pub const BOTH: [Self; 2] = [Self::Ects, Self::UsSemester];

    /// Hours of work that a credit may stand for: 25 to 30 by the ECTS Users' Guide (2015, 10); the federal definition of a
    /// credit hour (34 CFR 600.2), some three hours a week, makes 45 in fifteen weeks, and placements count up to 60.
    pub fn hours(self) -> std::ops::RangeInclusive<u32> {
        match self {
            Self::Ects => 25..=30,
            Self::UsSemester => 15..=60,
        }
    }

    pub fn usual_hours(self) -> u32 {
        match self {
            Self::Ects => 25,
            Self::UsSemester => 45,
        }
    }
}

impl Course {
    /// The hours that the whole is worth; a tenth of a credit may leave a part of an hour, which counts.
    pub fn hours(&self) -> u32 {
        (self.tenths_of_credit * self.hours_per_credit).div_ceil(10)
    }
}

impl Edition {
    /// The dates of the edition that follows: as long as this one, from the day after its end.
    pub fn following_dates(&self) -> (Date, Date) {
        let days = self.starts_on.until(self.ends_on).map_or(365, |span| i64::from(span.get_days()));
        let starts_on = self.ends_on.saturating_add(1.day());
        (starts_on, starts_on.saturating_add(days.days()))
    }
}

impl Standing {
    pub const ALL: [Self; 7] =
        [Self::Asked, Self::Applied, Self::Waiting, Self::Enrolled, Self::Declined, Self::Refused, Self::Withdrawn];

    /// Where a step leads, or `None` where it leads nowhere. `has_room` says whether the edition has a place left; mentors
    /// always have one.
    pub fn after(self, step: Step, has_room: bool) -> Option<Self> {
        let within = if has_room { Self::Enrolled } else { Self::Waiting };
        match (step, self) {
            (Step::Decline, Self::Asked) => Some(Self::Declined),
            (Step::Apply, Self::Declined | Self::Withdrawn) => Some(Self::Applied),
            (Step::Ask, Self::Declined | Self::Refused | Self::Withdrawn) => Some(Self::Asked),
            // Whoever said no is asked again, and not let in over their head.
            (Step::Accept, Self::Asked)
            | (Step::Admit, Self::Applied | Self::Waiting | Self::Refused | Self::Withdrawn) => Some(within),
            (Step::Refuse, Self::Applied | Self::Waiting) => Some(Self::Refused),
            (Step::Wait, Self::Applied | Self::Enrolled) => Some(Self::Waiting),
            (Step::Withdraw, Self::Asked | Self::Applied | Self::Waiting | Self::Enrolled) => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

impl Enrolment {
    /// Whether somebody's line manager is told of it: that they take part or are about to, and what became of the manager's own
    /// nomination. Who applied by themselves or declined somebody else's invitation need not tell them.
    pub fn is_told_to(&self, manager: PersonId) -> bool {
        match self.standing {
            Standing::Enrolled => true,
            Standing::Asked | Standing::Waiting | Standing::Declined | Standing::Withdrawn => {
                self.nominated_by == Some(manager)
            }
            Standing::Applied | Standing::Refused => false,
        }
    }
}

/// A type that is kept as one word.
macro_rules! words {
    ($type:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $type {
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words!(Track { Promotion = "promotion", Degree = "degree" });
words!(Way { Nomination = "nomination", Invitation = "invitation", Import = "import", Application = "application" });
words!(Standing {
    Asked = "asked",
    Applied = "applied",
    Waiting = "waiting",
    Enrolled = "enrolled",
    Declined = "declined",
    Refused = "refused",
    Withdrawn = "withdrawn",
});
words!(CreditKind { Ects = "ects", UsSemester = "us-semester" });

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn an_edition_is_proposed_for_what_comes_next() {
        let promotion = |today| Track::Promotion.proposed_dates(today);
        assert_eq!(promotion(date(2027, 1, 11)), (date(2027, 2, 1), date(2028, 1, 31)));
        assert_eq!(promotion(date(2027, 12, 31)), (date(2028, 1, 1), date(2028, 12, 31)));
        let degree = |today| Track::Degree.proposed_dates(today);
        assert_eq!(degree(date(2027, 1, 11)), (date(2027, 2, 1), date(2027, 6, 30)));
        assert_eq!(degree(date(2027, 3, 1)), (date(2027, 9, 1), date(2028, 1, 31)));
        assert_eq!(degree(date(2027, 10, 1)), (date(2028, 2, 1), date(2028, 6, 30)));
    }

    #[test]
    fn nobody_is_let_in_over_their_head_and_nobody_past_the_last_place() {
        assert_eq!(Standing::Asked.after(Step::Accept, true), Some(Standing::Enrolled));
        assert_eq!(Standing::Asked.after(Step::Accept, false), Some(Standing::Waiting));
        assert_eq!(Standing::Asked.after(Step::Admit, true), None);
        assert_eq!(Standing::Declined.after(Step::Admit, true), None);
        assert_eq!(Standing::Declined.after(Step::Ask, true), Some(Standing::Asked));
        assert_eq!(Standing::Enrolled.after(Step::Accept, true), None);
        assert_eq!(Standing::Refused.after(Step::Apply, true), None);
        for standing in [Standing::Declined, Standing::Refused, Standing::Withdrawn] {
            assert_eq!(standing.after(Step::Withdraw, true), None);
        }
    }

    #[test]
    fn clocks_count_the_days_of_the_calendar() {
        // Monday 11 January 2027; a holiday on the 28th.
        let calendar = WorkingDays { holidays: [date(2027, 1, 28)].into(), ..WorkingDays::default() };
        let settings = Settings { calendar, ..Settings::default() };
        let began = date(2027, 1, 11);
        assert_eq!(settings.first_meeting_by(began), date(2027, 2, 1));
        let pulses: Vec<Date> = settings.pulses(began).take(2).collect();
        assert_eq!(pulses, [date(2027, 2, 23), date(2027, 5, 18)]);
        let all = Settings { clocks: Clocks { counted: Counted::Days, ..Clocks::default() }, ..settings.clone() };
        assert_eq!(all.due(began, 14), date(2027, 1, 25));
        assert_eq!([12, 13, 17].map(|days| all.due(began, days).day()), [25, 25, 29]);
        let never = Clocks { pulse_every: 0, ..Clocks::default() };
        assert_eq!(Settings { clocks: never, ..settings.clone() }.pulses(began).count(), 1);
        // Whoever is in the middle of an edition goes on as they began.
        let mut text = serde_json::to_value(&settings).unwrap();
        assert_eq!(serde_json::from_value::<Settings>(text.clone()).unwrap(), settings);
        text["clocks"].as_object_mut().unwrap().remove("counted");
        assert_eq!(serde_json::from_value::<Settings>(text).unwrap(), all);
    }

    #[test]
    fn a_part_of_an_hour_counts() {
        let course = Course { tenths_of_credit: 15, ..Track::Degree.proposed_course("x").unwrap() };
        assert_eq!(course.hours(), 38);
    }
}
