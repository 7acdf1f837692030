//! Meetings that come again; pure. They are agreed at once, and each is a meeting of its own from then on, with its agenda, its notes
//! and its question whether the two met; each may be moved or called off. In calendars they are one entry.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Meeting, State, Way};
use crate::calendar::{self, Event, Every, Standing, When, instant};
use crate::i18n::Message;
use crate::problems::Problems;

crate::id!(/// Meetings that come again.
    SeriesId);

/// Half a year of weeks, or a year of fortnights: what is further off is agreed when it is nearer.
const MOST: i64 = 26;

/// How often they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Rhythm {
    /// On the same day of each week.
    Weekly,
    /// Of every second week.
    Fortnightly,
    /// On the same weekday of the month: the second Tuesday, or the last one.
    Monthly,
}

/// How often, and how many times in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    pub rhythm: Rhythm,
    pub times: i64,
}

/// Which meetings of a series a change is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    This,
    /// This one and all others that are still to come.
    AllToCome,
}

/// A series, as each of its meetings knows it.
#[derive(Clone, Debug)]
pub struct Series {
    pub id: SeriesId,
    pub repeats: Repeats,
    /// When the first begins by the rule, once a time holds.
    pub starts_at: Option<Timestamp>,
    /// How long and where, unless a meeting says something else.
    pub minutes: i64,
    pub way: Way,
    /// Of the calendar's messages about it.
    pub sequence: i64,
    pub changed_at: Timestamp,
}

/// Which of a series a meeting is.
#[derive(Clone, Debug)]
pub struct Part {
    pub series: Series,
    /// Counted from nought, wherever it was moved to.
    pub slot: i64,
}

impl Rhythm {
    pub const ALL: [Self; 3] = [Self::Weekly, Self::Fortnightly, Self::Monthly];

    pub fn code(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Fortnightly => "fortnightly",
            Self::Monthly => "monthly",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rhythm| rhythm.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("meetings-rhythm-{}", self.code())
    }

    fn every(self) -> Every {
        match self {
            Self::Weekly => Every::Weeks(1),
            Self::Fortnightly => Every::Weeks(2),
            Self::Monthly => Every::Months(1),
        }
    }
}

impl Repeats {
    pub fn new(rhythm: Rhythm, times: Option<i64>) -> Result<Self, Problems> {
        let times = times.filter(|times| (2..=MOST).contains(times));
        let times =
            times.ok_or_else(|| Problems::one("repeats", Message::new("meetings-repeats-wrong").with("most", MOST)))?;
        Ok(Self { rhythm, times })
    }

    /// When each begins, given the first: at the same time of that clock, whatever becomes of summer time.
    pub fn all_from(self, first: Timestamp, zone: &TimeZone) -> Vec<Timestamp> {
        self.beginnings(zone.to_datetime(first)).into_iter().filter_map(|begin| instant(begin, zone)).collect()
    }

    fn beginnings(self, first: DateTime) -> Vec<DateTime> {
        self.rule(self.times).beginnings(first)
    }

    fn rule(self, times: i64) -> calendar::Series {
        let times = u16::try_from(times).unwrap_or(u16::MAX);
        calendar::Series { every: self.rhythm.every(), times, except: Vec::new(), moved: Vec::new() }
    }

    /// "Every two weeks, six times".
    pub fn told(self) -> Message {
        Message::new("meetings-repeats-told").with("rhythm", self.rhythm.code()).with("count", self.times)
    }
}

fn stays(meeting: &Meeting) -> bool {
    matches!(meeting.state, State::Agreed | State::Held)
}

impl Series {
    /// As it stands in a calendar, given all its meetings: those called off are left out, and those at the end shorten it. Nothing before
    /// a time holds.
    pub fn event(&self, all: &[Meeting], public_url: &str, place: impl Fn(Way) -> String) -> Option<Event> {
        let (one, starts) = (all.first()?, self.starts_at?);
        let zone = one.time_zone();
        let start = zone.to_datetime(starts);
        let end = zone.to_datetime(starts + jiff::SignedDuration::from_mins(self.minutes));
        let begins = self.repeats.beginnings(start);
        let slot = |meeting: &Meeting| meeting.series.as_ref().map(|part| part.slot);
        let last = all.iter().filter(|meeting| stays(meeting)).filter_map(slot).max();
        let mut rule = self.repeats.rule(last.map_or(self.repeats.times, |last| last + 1));
        for meeting in all {
            let begin = slot(meeting).and_then(|slot| usize::try_from(slot).ok()).and_then(|slot| begins.get(slot));
            let Some(&begin) = begin else { continue };
            if !stays(meeting) {
                if last.is_some_and(|last| slot(meeting) < Some(last)) {
                    rule.except.push(begin);
                }
                continue;
            }
            let way = (meeting.way != self.way).then(|| place(meeting.way));
            let is_usual =
                meeting.starts_at == instant(begin, &zone) && meeting.minutes == self.minutes && way.is_none();
            if let (false, Some(from), Some(to)) = (is_usual, meeting.starts_at, meeting.ends_at()) {
                let (start, end) = (zone.to_datetime(from), zone.to_datetime(to));
                rule.moved.push(calendar::Moved { from: begin, start, end, place: way });
            }
        }
        Some(Event {
            id: self.id.0,
            sequence: u32::try_from(self.sequence).unwrap_or_default(),
            changed_at: self.changed_at,
            title: "meetings-calendar",
            when: When::Hours { start, end, zone, series: Some(rule) },
            place: Some(place(self.way)),
            link: Some(format!("{public_url}/mentorships/{}/meetings", one.mentorship)),
            standing: if last.is_some() { Standing::Confirmed } else { Standing::Cancelled },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::MeetingId;
    use super::*;
    use crate::mentorships::MentorshipId;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn series() -> (Series, Vec<Meeting>) {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let series = Series {
            id: SeriesId(uuid::Uuid::from_u128(9)),
            repeats: Repeats::new(Rhythm::Weekly, Some(4)).unwrap(),
            starts_at: Some(at("2027-10-18T08:00:00Z")),
            minutes: 60,
            way: Way::Online,
            sequence: 0,
            changed_at: at("2027-10-01T08:00:00Z"),
        };
        let begins = series.repeats.all_from(at("2027-10-18T08:00:00Z"), &zone);
        let meeting = |(slot, starts): (usize, &Timestamp)| Meeting {
            id: MeetingId(uuid::Uuid::from_u128(u128::try_from(slot).unwrap())),
            mentorship: MentorshipId(uuid::Uuid::from_u128(5)),
            state: State::Agreed,
            starts_at: Some(*starts),
            zone: "Europe/Madrid".to_owned(),
            minutes: 60,
            spent: None,
            way: Way::Online,
            place: None,
            asked_by: None,
            sequence: 0,
            changed_at: at("2027-10-01T08:00:00Z"),
            version: 1,
            times: Vec::new(),
            series: Some(Part { series: series.clone(), slot: i64::try_from(slot).unwrap() }),
        };
        let all = begins.iter().enumerate().map(meeting).collect();
        (series, all)
    }

    fn times(series: &Series, all: &[Meeting]) -> Vec<String> {
        let event = series.event(all, "", |way| way.code().to_owned()).unwrap();
        event.when.occurrences().iter().map(|time| time.start.to_string()).collect()
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock() {
        let (series, all) = series();
        let all_of_it =
            ["2027-10-18T08:00:00Z", "2027-10-25T08:00:00Z", "2027-11-01T09:00:00Z", "2027-11-08T09:00:00Z"];
        assert_eq!(all.iter().map(|one| one.starts_at.unwrap().to_string()).collect::<Vec<_>>(), all_of_it);
        assert_eq!(times(&series, &all), all_of_it);
    }

    #[test]
    fn a_calendar_shows_what_the_meetings_say() {
        let (series, mut all) = series();
        all[1].starts_at = Some(at("2027-10-26T14:00:00Z"));
        all[1].way = Way::Phone;
        all[3].state = State::Cancelled;
        assert_eq!(times(&series, &all), ["2027-10-18T08:00:00Z", "2027-10-26T14:00:00Z", "2027-11-01T09:00:00Z"]);
        let event = series.event(&all, "", |way| way.code().to_owned()).unwrap();
        let When::Hours { series: Some(rule), .. } = &event.when else { panic!("{event:?}") };
        assert_eq!((rule.times, rule.except.len()), (3, 0), "what is left out at the end is no exception");
        assert_eq!(rule.moved[0].place.as_deref(), Some("phone"));
        all[1].state = State::Cancelled;
        assert_eq!(times(&series, &all), ["2027-10-18T08:00:00Z", "2027-11-01T09:00:00Z"]);
        for meeting in &mut all {
            meeting.state = State::Cancelled;
        }
        let event = series.event(&all, "", |way| way.code().to_owned()).unwrap();
        assert_eq!(event.standing, Standing::Cancelled);
    }

    #[test]
    fn a_series_has_two_at_least_and_no_more_than_a_year_of_fortnights() {
        assert!(Repeats::new(Rhythm::Weekly, Some(2)).is_ok() && Repeats::new(Rhythm::Monthly, Some(26)).is_ok());
        for wrong in [None, Some(1), Some(27)] {
            assert!(Repeats::new(Rhythm::Weekly, wrong).is_err());
        }
        assert!(Rhythm::ALL.into_iter().all(|rhythm| Rhythm::parse(rhythm.code()) == Some(rhythm)));
    }
}
