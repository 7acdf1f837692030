//! What stands in a calendar; pure.
//!
//! An event has no words of its own: its title is a key, the same for every meeting, so that nothing a pair wrote can get into an
//! invitation, a feed or an assistant's sight.

use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

use super::recurrence::{Budget, Frequency, Rule};

/// Nobody's series is longer.
const MOST_OCCURRENCES: u64 = 1000;

/// Something at a time and a place.
#[derive(Clone, Debug)]
pub struct Event {
    /// Of the record that it stands for. It is the UID (RFC 7986, section 5.3), and stays the same through every change.
    pub id: Uuid,
    /// Grows by one with every change that those who take part have to hear of (RFC 5546, section 2.1.4).
    pub sequence: u32,
    pub changed_at: Timestamp,
    /// The key of a neutral text.
    pub title: &'static str,
    pub when: When,
    pub place: Option<String>,
    /// The page that tells more to whoever may read it.
    pub link: Option<String>,
    pub standing: Standing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Confirmed,
    Tentative,
    Cancelled,
}

/// Civil times, as people agree on them: ten o'clock in Madrid is ten o'clock in Madrid, whatever becomes of summer time.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Whole days, the last one included.
    Days {
        first: Date,
        last: Date,
    },
    Hours {
        start: DateTime,
        end: DateTime,
        zone: TimeZone,
        series: Option<Series>,
    },
}

/// How an event comes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    pub every: Every,
    pub times: u16,
    /// Beginnings that are left out.
    pub except: Vec<DateTime>,
    pub moved: Vec<Moved>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// On the same weekday.
    Weeks(u16),
    /// On the same weekday of the month: the second Tuesday, or the last one where the first fell into the fifth week.
    Months(u16),
}

/// One of a series that is not as the others: put off or brought forward, longer or shorter, or at another place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// When it would have begun.
    pub from: DateTime,
    pub start: DateTime,
    pub end: DateTime,
    /// Where it is, if not where the others are.
    pub place: Option<String>,
}

/// Who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    pub address: String,
}

/// A time that is taken, and nothing about what takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Busy {
    pub start: Timestamp,
    pub end: Timestamp,
}

impl Every {
    pub(super) fn rule(self, start: DateTime, times: u16) -> Rule {
        let rule = |frequency, interval: u16| Rule {
            interval: i32::from(interval.max(1)),
            count: Some(u32::from(times)),
            ..Rule::every(frequency)
        };
        match self {
            Self::Weeks(weeks) => rule(Frequency::Weekly, weeks),
            Self::Months(months) => {
                Rule { by_day: vec![(Some(ordinal(start)), start.weekday())], ..rule(Frequency::Monthly, months) }
            }
        }
    }
}

/// Which of its weekday in the month a day is; in the fifth week it is the last.
pub(super) fn ordinal(day: DateTime) -> i16 {
    let week = i16::from((day.day() - 1) / 7 + 1);
    if week > 4 { -1 } else { week }
}

impl When {
    /// Every time at which it takes place, as instants, the earliest first.
    pub fn occurrences(&self) -> Vec<Busy> {
        match self {
            Self::Days { .. } => Vec::new(),
            Self::Hours { start, end, zone, series } => {
                let length = start.until(*end).unwrap_or_default();
                let begins = series.as_ref().map_or_else(|| vec![*start], |series| series.beginnings(*start));
                let moved = series.as_ref().map_or(&[][..], |series| &series.moved);
                let mut times: Vec<Busy> = begins
                    .into_iter()
                    .filter_map(|begin| {
                        let moved = moved.iter().find(|moved| moved.from == begin);
                        let (start, end) =
                            moved.map_or((begin, begin.checked_add(length).ok()?), |moved| (moved.start, moved.end));
                        Some(Busy { start: instant(start, zone)?, end: instant(end, zone)? })
                    })
                    .collect();
                times.sort();
                times
            }
        }
    }
}

impl Series {
    /// When each of them begins by the rule, moved or not; those left out are not among them.
    pub fn beginnings(&self, start: DateTime) -> Vec<DateTime> {
        let rule = self.every.rule(start, self.times);
        let mut budget = Budget::new(MOST_OCCURRENCES * 366);
        let all = rule.occurrences(start, start, DateTime::MAX, &mut budget).unwrap_or_default();
        all.into_iter().filter(|begin| !self.except.contains(begin)).collect()
    }
}

/// The instant of a civil time. One that a clock skips is read with the offset before the gap, one that it shows twice is the
/// first (RFC 5545, section 3.3.5).
pub fn instant(civil: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_ambiguous_timestamp(civil).compatible().ok()
}

/// Puts together what touches, in order.
pub fn merged(mut busy: Vec<Busy>) -> Vec<Busy> {
    busy.sort();
    let mut merged: Vec<Busy> = Vec::with_capacity(busy.len());
    for time in busy {
        match merged.last_mut() {
            Some(last) if time.start <= last.end => last.end = last.end.max(time.end),
            _ => merged.push(time),
        }
    }
    merged
}

/// The hours in which somebody may be asked for a meeting, on the days of their week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    pub days: Vec<Weekday>,
    /// From this hour of the day to that one.
    pub from: i8,
    pub to: i8,
}

impl Hours {
    const WEEK: [Weekday; 5] =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];

    /// When people work.
    pub fn working() -> Self {
        Self { days: Self::WEEK.to_vec(), from: 9, to: 18 }
    }

    /// When nobody is woken, for two who live far apart.
    pub fn decent() -> Self {
        Self { days: Self::WEEK.to_vec(), from: 8, to: 21 }
    }

    /// Whether a time from the one to the other lies within the hours of one day.
    pub(super) fn hold(&self, start: DateTime, end: DateTime) -> bool {
        let first = start.date().at(self.from, 0, 0, 0);
        let last = if self.to >= 24 {
            start.date().saturating_add(1.day()).at(0, 0, 0, 0)
        } else {
            start.date().at(self.to, 0, 0, 0)
        };
        self.days.contains(&start.weekday()) && start >= first && end <= last && start < end
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, datetime};

    use super::*;

    fn weekly(zone: &str, start: DateTime, times: u16) -> When {
        When::Hours {
            start,
            end: start + 1.hour(),
            zone: TimeZone::get(zone).unwrap(),
            series: Some(Series { every: Every::Weeks(1), times, except: Vec::new(), moved: Vec::new() }),
        }
    }

    fn begins(when: &When) -> Vec<String> {
        when.occurrences().iter().map(|time| time.start.to_string()).collect()
    }

    #[test]
    fn ten_o_clock_stays_ten_o_clock_across_summer_time() {
        // Summer time ends in Madrid on Sunday, 31 October 2027, in New York a week later.
        let madrid = weekly("Europe/Madrid", datetime(2027, 10, 25, 10, 0, 0, 0), 3);
        assert_eq!(begins(&madrid), ["2027-10-25T08:00:00Z", "2027-11-01T09:00:00Z", "2027-11-08T09:00:00Z"]);
        let york = weekly("America/New_York", datetime(2027, 10, 25, 10, 0, 0, 0), 3);
        assert_eq!(begins(&york), ["2027-10-25T14:00:00Z", "2027-11-01T14:00:00Z", "2027-11-08T15:00:00Z"]);
        // It begins on 28 March in Madrid, and on 14 March in New York.
        let madrid = weekly("Europe/Madrid", datetime(2027, 3, 22, 10, 0, 0, 0), 2);
        assert_eq!(begins(&madrid), ["2027-03-22T09:00:00Z", "2027-03-29T08:00:00Z"]);
        let york = weekly("America/New_York", datetime(2027, 3, 8, 10, 0, 0, 0), 2);
        assert_eq!(begins(&york), ["2027-03-08T15:00:00Z", "2027-03-15T14:00:00Z"]);
    }

    #[test]
    fn what_is_left_out_or_moved_is_not_where_it_was() {
        let When::Hours { start, end, zone, .. } = weekly("Europe/Madrid", datetime(2027, 1, 11, 10, 0, 0, 0), 1)
        else {
            unreachable!()
        };
        let moved = Moved {
            from: datetime(2027, 1, 25, 10, 0, 0, 0),
            start: datetime(2027, 1, 26, 16, 0, 0, 0),
            end: datetime(2027, 1, 26, 17, 0, 0, 0),
            place: None,
        };
        let series = Series {
            every: Every::Weeks(1),
            times: 3,
            except: vec![datetime(2027, 1, 18, 10, 0, 0, 0)],
            moved: vec![moved],
        };
        let when = When::Hours { start, end, zone, series: Some(series) };
        assert_eq!(begins(&when), ["2027-01-11T09:00:00Z", "2027-01-26T15:00:00Z"]);
    }

    #[test]
    fn the_last_tuesday_stays_the_last() {
        let start = datetime(2027, 3, 30, 9, 0, 0, 0);
        let series = Series { every: Every::Months(1), times: 3, except: Vec::new(), moved: Vec::new() };
        let days: Vec<Date> = series.beginnings(start).into_iter().map(DateTime::date).collect();
        assert_eq!(days, [date(2027, 3, 30), date(2027, 4, 27), date(2027, 5, 25)]);
        let start = datetime(2027, 3, 9, 9, 0, 0, 0);
        let days: Vec<Date> = series.beginnings(start).into_iter().map(DateTime::date).collect();
        assert_eq!(days, [date(2027, 3, 9), date(2027, 4, 13), date(2027, 5, 11)]);
    }

    #[test]
    fn a_time_that_no_clock_shows_is_an_hour_later() {
        let zone = TimeZone::get("Europe/Madrid").unwrap();
        let skipped = datetime(2027, 3, 28, 2, 30, 0, 0);
        assert_eq!(instant(skipped, &zone).unwrap().to_string(), "2027-03-28T01:30:00Z");
        let twice = datetime(2027, 10, 31, 2, 30, 0, 0);
        assert_eq!(instant(twice, &zone).unwrap().to_string(), "2027-10-31T00:30:00Z");
    }

    #[test]
    fn what_touches_is_one() {
        let at = |start: i64, end: i64| Busy {
            start: Timestamp::from_second(start).unwrap(),
            end: Timestamp::from_second(end).unwrap(),
        };
        assert_eq!(merged(vec![at(5, 7), at(0, 2), at(2, 3), at(6, 9)]), [at(0, 3), at(5, 9)]);
    }
}
