//! What a meeting is; pure.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::series::{Part, Repeats};
use crate::calendar::{self, Event, Standing, When};
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::people::model::Side;
use crate::problems::Problems;
use crate::vault::{Closed, Sealed, Words};

crate::id!(/// A meeting of a pair.
    MeetingId);
crate::id!(/// A time that was proposed for one.
    TimeId);
crate::id!(/// A note or a reflection.
    TextId);
crate::id!(/// A point of the agenda.
    PointId);
crate::id!(/// What one owes the other.
    PromiseId);
crate::id!(/// One question, put to one person, whether the two met.
    AskId);

/// How many times one may propose: a choice, not a calendar.
pub(super) const MOST_TIMES: usize = 5;
/// Proposals, points, notes and promises are lines and paragraphs.
pub(super) const LONGEST_LINE: usize = 300;
pub(super) const LONGEST_NOTE: usize = 10_000;
/// Nobody meets for longer than a working day.
const MOST_MINUTES: i64 = 8 * 60;
/// Nobody plans further.
const FURTHEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Where a meeting stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Times were proposed; none holds yet.
    Proposed,
    /// A time holds. Others may be proposed meanwhile.
    Agreed,
    /// Either has written down that it took place.
    Held,
    /// Either has written down that it did not, though it was agreed. Who writes down that it did takes that back.
    Missed,
    Cancelled,
}

/// Where the two meet, in words that no pair typed: they stand in invitations and calendars.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    #[default]
    Online,
    Phone,
    /// At the mentor's.
    Mentor,
    /// At the mentee's.
    Mentee,
    Elsewhere,
}

#[derive(Clone, Debug)]
pub struct Meeting {
    pub id: MeetingId,
    pub mentorship: MentorshipId,
    pub state: State,
    pub starts_at: Option<Timestamp>,
    /// The clock by which its time was agreed.
    pub zone: String,
    pub minutes: i64,
    /// How many minutes it took, once either has said so.
    pub spent: Option<i64>,
    pub way: Way,
    pub(super) place: Option<(PersonId, Sealed)>,
    /// The side whose proposed times wait for the other.
    pub asked_by: Option<Side>,
    pub sequence: i64,
    pub changed_at: Timestamp,
    pub version: i64,
    /// The times that wait for an answer, the earliest first.
    pub times: Vec<(TimeId, Timestamp)>,
    /// Of which series it is, and which of it.
    pub series: Option<Part>,
}

/// What kind of text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Note,
    /// A line that one writes after a meeting.
    Reflection,
}

/// A note or reflection, as stored.
#[derive(Clone, Debug)]
pub(super) struct Text {
    pub id: TextId,
    pub kind: Kind,
    pub author: PersonId,
    pub author_name: String,
    pub visibility: Visibility,
    pub words: Sealed,
    pub written_at: Timestamp,
    pub version: i64,
}

/// A point of the agenda, as stored.
#[derive(Clone, Debug)]
pub(super) struct Point {
    pub id: PointId,
    /// For which meeting it was written down first.
    pub meeting: MeetingId,
    pub author: PersonId,
    pub words: Sealed,
    pub settled_in: Option<MeetingId>,
}

/// A promise, as stored.
#[derive(Clone, Debug)]
pub(super) struct Promise {
    pub id: PromiseId,
    pub meeting: MeetingId,
    pub author: PersonId,
    pub owed_by: Side,
    pub due_on: Date,
    pub words: Sealed,
    pub done_at: Option<Timestamp>,
}

/// Sealed words as they are shown, or why they are not.
pub(super) type Opened = Result<Words, Closed>;

/// Times that somebody proposes, and how long and where.
#[derive(Clone, Debug)]
pub(super) struct Proposal {
    pub times: Vec<Timestamp>,
    pub minutes: i64,
    pub way: Way,
    /// What was typed of the place.
    pub place: Option<Words>,
    /// How often they meet from then on, if it is not to be the only time.
    pub repeats: Option<Repeats>,
}

/// A question whether the two met, and what this person answered.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub id: AskId,
    pub mentorship: MentorshipId,
    pub meeting: Option<MeetingId>,
    pub person: PersonId,
    pub met: Option<bool>,
}

/// What a mail's link does. Each does one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkAct {
    /// Proposes times, or answers those that wait.
    Propose,
    /// Answers times that were proposed.
    Answer,
    /// Says whether the two met.
    Met,
    /// Writes a line about a meeting.
    Line,
}

impl State {
    const ALL: [Self; 5] = [Self::Proposed, Self::Agreed, Self::Held, Self::Missed, Self::Cancelled];

    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Agreed => "agreed",
            Self::Held => "held",
            Self::Missed => "missed",
            Self::Cancelled => "cancelled",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

impl Way {
    pub const ALL: [Self; 5] = [Self::Online, Self::Phone, Self::Mentor, Self::Mentee, Self::Elsewhere];

    pub fn code(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Phone => "phone",
            Self::Mentor => "mentor",
            Self::Mentee => "mentee",
            Self::Elsewhere => "elsewhere",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("meetings-way-{}", self.code())
    }
}

impl Kind {
    const ALL: [Self; 2] = [Self::Note, Self::Reflection];

    pub fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Reflection => "reflection",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl LinkAct {
    const ALL: [Self; 4] = [Self::Propose, Self::Answer, Self::Met, Self::Line];

    pub fn code(self) -> &'static str {
        match self {
            Self::Propose => "propose",
            Self::Answer => "answer",
            Self::Met => "met",
            Self::Line => "line",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.code() == code)
    }

    /// How long a link of it holds.
    pub fn lasts(self) -> SignedDuration {
        match self {
            Self::Propose | Self::Answer | Self::Met => SignedDuration::from_hours(30 * 24),
            Self::Line => SignedDuration::from_hours(7 * 24),
        }
    }
}

/// Who reads a note or reflection may be chosen between these two; everything else here is for the pair.
pub(super) const CHOICES: [Visibility; 2] = [Visibility::Pair, Visibility::OnlyMe];

/// A text somebody typed: neither nothing nor a book.
pub(super) fn typed(field: &'static str, text: &str, longest: usize) -> Result<Words, Problems> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Problems::one(field, Message::new("meetings-text-missing")));
    }
    if text.chars().count() > longest {
        return Err(Problems::one(field, Message::new("meetings-text-long").with("most", longest)));
    }
    Ok(Words::new(text))
}

/// A civil time as forms bring it, on a clock.
pub(super) fn civil(day: &str, hour: &str, zone: &TimeZone) -> Option<Timestamp> {
    let day: Date = day.parse().ok()?;
    let hour: jiff::civil::Time = hour.parse().ok()?;
    calendar::instant(DateTime::from_parts(day, hour), zone)
}

impl Proposal {
    /// Checks what somebody proposes at an instant.
    pub fn new(
        mut times: Vec<Timestamp>,
        minutes: Option<i64>,
        way: Way,
        place: &str,
        now: Timestamp,
    ) -> Result<Self, Problems> {
        let mut problems = Problems::default();
        times.sort();
        times.dedup();
        if times.is_empty() {
            problems.add("times", Message::new("meetings-times-none"));
        } else if times.len() > MOST_TIMES {
            problems.add("times", Message::new("meetings-times-many").with("most", MOST_TIMES));
        } else if times.first().is_some_and(|first| *first <= now) {
            problems.add("times", Message::new("meetings-times-past"));
        } else if times.last().is_some_and(|last| last.duration_since(now) > FURTHEST) {
            problems.add("times", Message::new("meetings-times-far"));
        }
        let minutes = minutes.filter(|minutes| (5..=MOST_MINUTES).contains(minutes));
        if minutes.is_none() {
            problems.add("minutes", Message::new("meetings-minutes-wrong"));
        }
        let place = if place.trim().is_empty() {
            None
        } else {
            typed("place", place, LONGEST_LINE).map_err(|wrong| problems.extend(wrong)).ok()
        };
        let minutes = minutes.unwrap_or_default();
        problems.or(Self { times, minutes, way, place, repeats: None })
    }

    /// The same, to come again by a clock; nobody plans further than a year.
    pub fn again(self, repeats: Option<Repeats>, zone: &TimeZone, now: Timestamp) -> Result<Self, Problems> {
        let last = self.times.last().zip(repeats).and_then(|(first, repeats)| repeats.all_from(*first, zone).pop());
        if last.is_some_and(|last| last.duration_since(now) > FURTHEST) {
            return Err(Problems::one("repeats", Message::new("meetings-repeats-far")));
        }
        Ok(Self { repeats, ..self })
    }
}

/// How many minutes a meeting took, as somebody says; none, where that was no number.
pub(super) fn spent(minutes: Option<i64>) -> Result<i64, Problems> {
    let minutes = minutes.filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
    minutes.ok_or_else(|| Problems::one("spent", Message::new("meetings-minutes-wrong")))
}

impl Meeting {
    pub fn ends_at(&self) -> Option<Timestamp> {
        Some(self.starts_at? + SignedDuration::from_mins(self.minutes))
    }

    pub fn has_begun(&self, now: Timestamp) -> bool {
        self.starts_at.is_some_and(|starts| starts <= now)
    }

    /// Whether it is still to come, or to be agreed.
    pub fn is_ahead(&self, now: Timestamp) -> bool {
        match self.state {
            State::Proposed => true,
            State::Agreed => self.ends_at().is_some_and(|ends| ends > now),
            State::Held | State::Missed | State::Cancelled => false,
        }
    }

    /// Whether its time is over, whatever came of it.
    pub fn is_over(&self, now: Timestamp) -> bool {
        match self.state {
            State::Held | State::Missed => true,
            State::Agreed => self.ends_at().is_some_and(|ends| ends <= now),
            State::Proposed | State::Cancelled => false,
        }
    }

    /// Whether this side is asked for an answer.
    pub fn waits_for(&self, side: Side, now: Timestamp) -> bool {
        self.is_ahead(now) && self.asked_by.is_some_and(|by| by != side) && self.open_times(now).next().is_some()
    }

    /// The proposed times that are still to come.
    pub fn open_times(&self, now: Timestamp) -> impl Iterator<Item = (TimeId, Timestamp)> {
        self.times.iter().copied().filter(move |(_, starts)| *starts > now)
    }

    /// Whether nobody is asked for a time, and none holds.
    pub fn lacks_times(&self, now: Timestamp) -> bool {
        self.is_ahead(now) && self.starts_at.is_none() && self.open_times(now).next().is_none()
    }

    /// Whether what came of it may be written down: its time has come, and nobody called it off.
    pub fn has_come(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Agreed | State::Held | State::Missed) && self.has_begun(now)
    }

    /// Which of how many it is, if it comes again.
    pub fn which(&self) -> Option<Message> {
        let part = self.series.as_ref()?;
        let message = Message::new("meetings-repeats-which").with("rhythm", part.series.repeats.rhythm.code());
        Some(message.with("number", part.slot + 1).with("count", part.series.repeats.times))
    }

    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// As it stands in a calendar, if a time holds or held. Its words are ours: neither place nor title was typed by anybody.
    pub fn event(&self, public_url: &str, place: String) -> Option<Event> {
        let (starts, zone) = (self.starts_at?, self.time_zone());
        let start = zone.to_datetime(starts);
        let end = zone.to_datetime(self.ends_at()?);
        Some(Event {
            id: self.id.0,
            sequence: u32::try_from(self.sequence).unwrap_or_default(),
            changed_at: self.changed_at,
            title: "meetings-calendar",
            when: When::Hours { start, end, zone, series: None },
            place: Some(place),
            link: Some(format!("{public_url}/meetings/{}", self.id)),
            standing: if self.state == State::Cancelled { Standing::Cancelled } else { Standing::Confirmed },
        })
    }
}

/// After so long without a sign of a meeting, or a question, both are asked.
pub(super) const QUIET_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Since when both should have been asked, by the last sign of a pair: the last of the whole months since. The sign itself where it is
/// no month old.
pub(super) fn quiet_since(last: Timestamp, now: Timestamp) -> Timestamp {
    let months = now.duration_since(last).as_secs().max(0) / QUIET_FOR.as_secs();
    last + SignedDuration::from_secs(months * QUIET_FOR.as_secs())
}

/// Two free times that suit both: in working hours, else at hours at which nobody is woken.
pub(super) fn suggested(
    zones: [&TimeZone; 2],
    busy: [&[calendar::Busy]; 2],
    minutes: i64,
    now: Timestamp,
) -> Vec<Timestamp> {
    let wish = calendar::Wish {
        length: SignedDuration::from_mins(minutes),
        from: now + SignedDuration::from_hours(20),
        to: now + SignedDuration::from_hours(21 * 24),
        most: MOST_TIMES,
        a_day: 1,
    };
    let find = |hours: &calendar::Hours| {
        let side = |place: usize| calendar::Side { zone: zones[place], hours, busy: busy[place] };
        calendar::free_slots(&[side(0), side(1)], &wish)
    };
    let mut slots = find(&calendar::Hours::working());
    if slots.is_empty() {
        slots = find(&calendar::Hours::decent());
    }
    slots.into_iter().map(|slot| slot.start).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_late_look_asks_about_the_same_as_one_in_time() {
        let last = at("2027-01-11T10:00:00.5Z");
        let since = |text: &str| quiet_since(last, at(text)).to_string();
        assert_eq!(since("2027-01-01T10:00:00Z"), last.to_string());
        assert_eq!(since("2027-02-10T10:00:00.4Z"), last.to_string());
        assert_eq!(since("2027-02-10T10:00:00.5Z"), "2027-02-10T10:00:00.5Z");
        assert_eq!(since("2027-02-10T10:00:15Z"), "2027-02-10T10:00:00.5Z");
        assert_eq!(since("2027-04-01T00:00:00Z"), "2027-03-12T10:00:00.5Z");
    }

    #[test]
    fn a_proposal_says_all_that_is_wrong() {
        let now = at("2027-01-11T10:00:00Z");
        let later = |hours: i64| now + SignedDuration::from_hours(hours);
        let fields = |times: Vec<Timestamp>, minutes, place: &str| {
            let wrong = Proposal::new(times, minutes, Way::Online, place, now).unwrap_err();
            wrong.iter().map(|problem| problem.field.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(fields(vec![], None, &"a".repeat(LONGEST_LINE + 1)), ["times", "minutes", "place"]);
        assert_eq!(fields(vec![later(-1), later(1)], Some(60), ""), ["times"]);
        assert_eq!(fields((1..7).map(later).collect(), Some(60), ""), ["times"]);
        assert_eq!(fields(vec![later(367 * 24)], Some(9 * 60), ""), ["times", "minutes"]);
        let good = Proposal::new(vec![later(2), later(1), later(2)], Some(45), Way::Phone, " ", now).unwrap();
        assert_eq!((good.times, good.place.is_none()), (vec![later(1), later(2)], true));
    }

    #[test]
    fn codes_are_read_as_they_were_written() {
        assert!(State::ALL.into_iter().all(|state| State::parse(state.code()) == Some(state)));
        assert!(Way::ALL.into_iter().all(|way| Way::parse(way.code()) == Some(way)));
        assert!(Kind::ALL.into_iter().all(|kind| Kind::parse(kind.code()) == Some(kind)));
        assert!(LinkAct::ALL.into_iter().all(|act| LinkAct::parse(act.code()) == Some(act)));
    }
}
