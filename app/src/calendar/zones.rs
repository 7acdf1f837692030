//! What a calendar has to say of a zone (VTIMEZONE, RFC 5545, section 3.6.5), from the same data by which we reckon; pure.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, ToSpan as _};

/// How far we look ahead to see whether clocks are changed by a rule. In nine years a last Sunday is the fourth of its month at
/// least once, and the fifth.
const AHEAD: SignedDuration = SignedDuration::from_hours(9 * 366 * 24);

/// From when on clocks show another time than before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Observance {
    pub is_summer: bool,
    pub name: String,
    pub before: Offset,
    pub after: Offset,
    /// On the clock as it was before.
    pub first: DateTime,
    pub again: Again,
}

/// How an observance comes again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Again {
    /// Every year on such a day: the second Sunday of March, the last one of October.
    Yearly { month: i8, ordinal: i16, weekday: Weekday },
    /// On these days and no others, as far as anybody knows.
    At(Vec<DateTime>),
}

/// What has to be said for every time between two instants to be understood. Clocks that are changed by a rule are told by the
/// rule, which all programs know; others (Casablanca's) change by change.
pub(super) fn observances(zone: &TimeZone, from: Timestamp, to: Timestamp) -> Vec<Observance> {
    let until = to.saturating_add(AHEAD).unwrap_or(to);
    let before = zone.preceding(from).take(1).map(|change| change.timestamp());
    let after = zone.following(from).map(|change| change.timestamp()).take_while(|at| *at <= until);
    let mut told: Vec<Observance> = Vec::new();
    for at in before.chain(after) {
        let change = change(zone, at);
        let same = told.iter_mut().find(|known| {
            (known.is_summer, &known.name, known.before, known.after)
                == (change.is_summer, &change.name, change.before, change.after)
        });
        match same {
            Some(Observance { again: Again::At(days), .. }) => days.push(change.first),
            _ => told.push(change),
        }
    }
    if told.is_empty() {
        told.push(always(zone, from));
    }
    for observance in &mut told {
        if let Again::At(days) = &observance.again
            && let Some(rule) = rule(observance.first, days)
        {
            observance.again = rule;
        }
    }
    told
}

fn change(zone: &TimeZone, at: Timestamp) -> Observance {
    let before = zone.to_offset(at.saturating_sub(1.second()).unwrap_or(at));
    let info = zone.to_offset_info(at);
    Observance {
        is_summer: info.dst().is_dst(),
        name: info.abbreviation().to_owned(),
        before,
        after: info.offset(),
        first: before.to_datetime(at),
        again: Again::At(Vec::new()),
    }
}

/// A zone whose clocks were never changed.
fn always(zone: &TimeZone, from: Timestamp) -> Observance {
    let info = zone.to_offset_info(from);
    Observance {
        is_summer: false,
        name: info.abbreviation().to_owned(),
        before: info.offset(),
        after: info.offset(),
        first: Date::constant(1970, 1, 1).at(0, 0, 0, 0),
        again: Again::At(Vec::new()),
    }
}

/// The rule by which the first and all others come, year after year, if there is one.
fn rule(first: DateTime, others: &[DateTime]) -> Option<Again> {
    if others.len() < 7 {
        return None;
    }
    let is_next = |(year, day): (i16, &DateTime)| {
        day.year() == year && (day.month(), day.weekday(), day.time()) == (first.month(), first.weekday(), first.time())
    };
    if !(first.year() + 1..).zip(others).all(is_next) {
        return None;
    }
    let all = || std::iter::once(&first).chain(others);
    let week = |day: &DateTime| i16::from((day.day() - 1) / 7 + 1);
    let is_last = |day: &DateTime| day.day() + 7 > day.days_in_month();
    let (month, weekday) = (first.month(), first.weekday());
    if all().all(is_last) {
        return Some(Again::Yearly { month, ordinal: -1, weekday });
    }
    all().all(|day| week(day) == week(&first)).then(|| Again::Yearly { month, ordinal: week(&first), weekday })
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;

    use super::*;

    fn of(zone: &str) -> Vec<Observance> {
        let zone = TimeZone::get(zone).unwrap();
        observances(&zone, "2027-06-01T00:00:00Z".parse().unwrap(), "2027-12-01T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn clocks_that_follow_a_rule_are_told_by_it() {
        let [summer, winter] = of("Europe/Madrid").try_into().unwrap();
        let sunday = |month, ordinal| Again::Yearly { month, ordinal, weekday: Weekday::Sunday };
        assert_eq!((summer.is_summer, summer.name.as_str(), summer.again), (true, "CEST", sunday(3, -1)));
        assert_eq!(summer.first, datetime(2027, 3, 28, 2, 0, 0, 0));
        assert_eq!((summer.before.seconds(), summer.after.seconds()), (3600, 7200));
        assert_eq!((winter.is_summer, winter.name.as_str(), winter.again), (false, "CET", sunday(10, -1)));
        assert_eq!(winter.first, datetime(2027, 10, 31, 3, 0, 0, 0));
        let [summer, winter] = of("America/New_York").try_into().unwrap();
        assert_eq!((summer.first, summer.again), (datetime(2027, 3, 14, 2, 0, 0, 0), sunday(3, 2)));
        assert_eq!((winter.first, winter.again), (datetime(2027, 11, 7, 2, 0, 0, 0), sunday(11, 1)));
    }

    #[test]
    fn clocks_that_stand_are_told_once() {
        for (zone, hours) in [("America/Bogota", -5), ("Etc/GMT-3", 3), ("Asia/Tokyo", 9)] {
            let [always] = of(zone).try_into().unwrap();
            assert_eq!((always.after, always.again), (Offset::constant(hours), Again::At(Vec::new())), "{zone}");
        }
    }

    #[test]
    fn clocks_that_follow_the_moon_are_told_change_by_change() {
        let told = of("Africa/Casablanca");
        assert!(
            told.iter().all(|observance| matches!(&observance.again, Again::At(days) if !days.is_empty())),
            "{told:?}"
        );
    }

    #[test]
    fn what_is_told_is_what_is_reckoned() {
        for name in
            ["Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Africa/Casablanca"]
        {
            let zone = TimeZone::get(name).unwrap();
            let (from, to) = ("2027-01-01T00:00:00Z".parse().unwrap(), "2030-01-01T00:00:00Z".parse().unwrap());
            let told = observances(&zone, from, to);
            for day in 0..1096_i64 {
                let at: Timestamp = from + SignedDuration::from_hours(day * 24);
                // The onset that was last.
                let mut last: Option<(Timestamp, Offset)> = None;
                for observance in &told {
                    for onset in onsets(observance) {
                        let onset = observance.before.to_timestamp(onset).unwrap();
                        if onset <= at && last.is_none_or(|(known, _)| onset > known) {
                            last = Some((onset, observance.after));
                        }
                    }
                }
                assert_eq!(last.map(|(_, offset)| offset), Some(zone.to_offset(at)), "{name} at {at}");
            }
        }
    }

    fn onsets(observance: &Observance) -> Vec<DateTime> {
        match &observance.again {
            Again::At(days) => std::iter::once(&observance.first).chain(days).copied().collect(),
            Again::Yearly { month, ordinal, weekday } => (observance.first.year()..2031)
                .map(|year| {
                    let day = Date::new(year, *month, 1).unwrap();
                    let day = day.nth_weekday_of_month(i8::try_from(*ordinal).unwrap(), *weekday).unwrap();
                    day.to_datetime(observance.first.time())
                })
                .collect(),
        }
    }
}
