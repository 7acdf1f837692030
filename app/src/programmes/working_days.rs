//! Days on which people can be expected to answer: the calendar in which an edition counts its clocks and windows.

use std::collections::BTreeSet;
use std::ops::Bound;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};
use serde::{Deserialize, Serialize};

/// An edition's calendar: which weekdays are worked, which days are not, and in which zone a day begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WorkingDays {
    /// From Monday to Sunday.
    pub weekdays: [bool; 7],
    pub holidays: BTreeSet<Date>,
    /// A zone of the IANA database.
    pub zone: String,
}

impl Default for WorkingDays {
    fn default() -> Self {
        Self {
            weekdays: [true, true, true, true, true, false, false],
            holidays: BTreeSet::new(),
            zone: "UTC".to_owned(),
        }
    }
}

/// A calendar without a working day would count for ever; two years of holidays in a row count as worked.
const LONGEST_REST: u32 = 731;

impl WorkingDays {
    pub fn is_worked(&self, date: Date) -> bool {
        self.is_of_the_week(date) && !self.holidays.contains(&date)
    }

    /// Whether it would be worked if it were no holiday.
    fn is_of_the_week(&self, date: Date) -> bool {
        self.weekdays[usize::from(date.weekday().to_monday_zero_offset().unsigned_abs())]
    }

    /// The end of the `days`-th working day after the day of `from`, in the calendar's zone: whoever is asked on a Friday
    /// evening and has one day has until the end of Monday.
    pub fn end_of_day_after(&self, from: Timestamp, days: u32) -> Timestamp {
        self.end_of(self.after(self.day(from), days)).unwrap_or(from)
    }

    /// The day that it is in the calendar's zone.
    pub fn day(&self, at: Timestamp) -> Date {
        at.to_zoned_datetime(self.time_zone()).date()
    }

    /// The instant at which a day of the calendar is over.
    pub fn end_of(&self, day: Date) -> Option<Timestamp> {
        day.tomorrow().ok().and_then(|next| self.begin_of(next))
    }

    /// The instant at which a day of the calendar begins.
    pub fn begin_of(&self, day: Date) -> Option<Timestamp> {
        day.to_zoned_datetime(self.time_zone()).ok().map(|midnight| midnight.timestamp())
    }

    /// The `days`-th working day after a day. Whole weeks are taken at once: clocks of ten thousand pairs count up to years.
    pub fn after(&self, day: Date, days: u32) -> Date {
        let in_a_week = self.weekdays.iter().map(|is_worked| u32::from(*is_worked)).sum::<u32>();
        let weeks = days.saturating_sub(1).checked_div(in_a_week).unwrap_or(0);
        let near = day.saturating_add((7 * i64::from(weeks)).days());
        let missed = self.holidays.range((Bound::Excluded(day), Bound::Included(near)));
        let missed = missed.filter(|holiday| self.is_of_the_week(**holiday)).count();
        let left = i64::from(days - weeks * in_a_week) + i64::try_from(missed).unwrap_or(0);
        (0..left).fold(near, |day, _| self.next(day))
    }

    /// A day if it is worked, or else the next one that is.
    pub fn on_or_after(&self, day: Date) -> Date {
        if self.is_worked(day) { day } else { self.next(day) }
    }

    /// The `days`-th working day before a day.
    pub fn before(&self, day: Date, days: u32) -> Date {
        (0..days).fold(day, |day, _| self.step(day, -1))
    }

    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    fn next(&self, date: Date) -> Date {
        self.step(date, 1)
    }

    /// The next working day in a direction, 1 or -1.
    fn step(&self, date: Date, days: i64) -> Date {
        let mut next = date.saturating_add(days.days());
        let mut rested = 0;
        while !self.is_worked(next) && rested < LONGEST_REST {
            next = next.saturating_add(days.days());
            rested += 1;
        }
        next
    }
}

/// The weekdays in the order of the calendar, with the keys of their names.
pub const WEEKDAYS: [(Weekday, &str); 7] = [
    (Weekday::Monday, "monday"),
    (Weekday::Tuesday, "tuesday"),
    (Weekday::Wednesday, "wednesday"),
    (Weekday::Thursday, "thursday"),
    (Weekday::Friday, "friday"),
    (Weekday::Saturday, "saturday"),
    (Weekday::Sunday, "sunday"),
];

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn madrid() -> WorkingDays {
        WorkingDays { zone: "Europe/Madrid".to_owned(), ..WorkingDays::default() }
    }

    #[test]
    fn a_window_ends_with_its_last_working_day() {
        // A Friday evening; Monday 12 October 2026 is a holiday.
        let friday: Timestamp = "2026-10-09T18:00:00Z".parse().unwrap();
        let end = |calendar: &WorkingDays, days| calendar.end_of_day_after(friday, days).to_string();
        assert_eq!(end(&madrid(), 1), "2026-10-12T22:00:00Z");
        let with_holiday = WorkingDays { holidays: [date(2026, 10, 12)].into(), ..madrid() };
        assert_eq!(end(&with_holiday, 1), "2026-10-13T22:00:00Z");
        assert_eq!(end(&with_holiday, 3), "2026-10-15T22:00:00Z");
    }

    #[test]
    fn days_are_counted_both_ways() {
        // 8 October 2026 is a Thursday; Monday 12 is a holiday.
        let calendar = WorkingDays { holidays: [date(2026, 10, 12)].into(), ..madrid() };
        let thursday = date(2026, 10, 8);
        assert_eq!(
            [0, 1, 2].map(|days| calendar.after(thursday, days)),
            [thursday, date(2026, 10, 9), date(2026, 10, 13)]
        );
        assert_eq!(calendar.before(date(2026, 10, 14), 3), thursday);
        assert_eq!(calendar.before(date(2026, 10, 11), 1), date(2026, 10, 9));
        assert_eq!([9, 10, 12].map(|day| calendar.on_or_after(date(2026, 10, day)).day()), [9, 13, 13]);
    }

    #[test]
    fn whole_weeks_are_counted_like_day_by_day() {
        let holidays = (1..120_i64).map(|number| date(2026, 10, 1).saturating_add((number * 5).days())).collect();
        let mut calendars = vec![madrid(), WorkingDays { holidays, ..madrid() }];
        calendars
            .push(WorkingDays { weekdays: [true, false, false, true, false, true, false], ..calendars[1].clone() });
        calendars.push(WorkingDays { weekdays: [false; 7], ..madrid() });
        for calendar in calendars {
            for start in 0..7_i64 {
                let start = date(2026, 10, 8).saturating_add(start.days());
                let mut day = start;
                for days in 0..90 {
                    assert_eq!(calendar.after(start, days), day, "{days} days after {start}");
                    day = calendar.next(day);
                }
            }
        }
    }

    #[test]
    fn the_change_to_winter_time_moves_no_day() {
        let friday: Timestamp = "2026-10-23T10:00:00Z".parse().unwrap();
        assert_eq!(madrid().end_of_day_after(friday, 1).to_string(), "2026-10-26T23:00:00Z");
    }

    #[test]
    fn a_calendar_without_a_working_day_ends_all_the_same() {
        let never = WorkingDays { weekdays: [false; 7], ..madrid() };
        let now: Timestamp = "2026-10-09T18:00:00Z".parse().unwrap();
        assert!(never.end_of_day_after(now, 3) > now);
    }
}
