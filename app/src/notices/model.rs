//! How somebody hears of a notice, and at which hours mail goes; pure.

use std::collections::BTreeSet;

use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

/// How somebody hears of a kind of notice. What is mailed stands in the product too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a mail of its own, outside the quiet hours.
    AtOnce,
    /// In one mail on working days.
    Daily,
    /// In one mail on the first working day from Monday on.
    Weekly,
    /// On the page of notices alone.
    Product,
    /// Not at all.
    Off,
}

impl Way {
    pub const ALL: [Self; 5] = [Self::AtOnce, Self::Daily, Self::Weekly, Self::Product, Self::Off];

    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Product => "product",
            Self::Off => "off",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|way| way.code() == code)
    }

    /// The key of its name.
    pub fn key(self) -> String {
        format!("notices-way-{}", self.code())
    }

    pub fn mails(self) -> bool {
        matches!(self, Self::AtOnce | Self::Daily | Self::Weekly)
    }
}

/// Mail goes between these hours of the reader's day, unless it is urgent.
const MORNING: Time = time(7, 30, 0, 0);
const EVENING: Time = time(20, 0, 0, 0);
/// When digests go.
const DIGESTS: Time = time(8, 0, 0, 0);
/// What comes so shortly before a digest waits for the next, so that none is added to one that is being sent.
const MARGIN: SignedDuration = SignedDuration::from_mins(5);

/// The next instant at which somebody may be mailed: now, or in the morning.
pub fn decent(now: Timestamp, zone: &TimeZone) -> Timestamp {
    let here = now.to_zoned_datetime(zone.clone());
    if here.time() < MORNING {
        return at(here.date(), MORNING, zone).unwrap_or(now);
    }
    if here.time() < EVENING {
        return now;
    }
    here.date().tomorrow().ok().and_then(|day| at(day, MORNING, zone)).unwrap_or(now)
}

/// The days that matter to whoever asks when a digest goes: from the Monday of this week to where no rest is longer.
pub fn days_ahead(now: Timestamp, zone: &TimeZone) -> Vec<Date> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    (0..LOOKED_AHEAD).map(|days| monday.saturating_add(days.days())).collect()
}

/// Five weeks: who rests for longer gets digests as somebody without a calendar.
const LOOKED_AHEAD: i64 = 35;

/// When the next digest goes: on the next working day, or on the first from the next Monday on. `worked` are the days of [`days_ahead`] that
/// the reader works; where nobody says which, they work from Monday to Friday.
pub fn next_digest(way: Way, now: Timestamp, zone: &TimeZone, worked: Option<&BTreeSet<Date>>) -> Timestamp {
    let ahead = days_ahead(now, zone);
    let usual = || ahead.iter().copied().filter(|day| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
    let next = |worked: &BTreeSet<Date>| {
        let goes = |day: Date| {
            let monday = day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days());
            way != Way::Weekly || worked.range(monday..day).next().is_none()
        };
        let mut due = worked.iter().filter(|day| goes(**day)).filter_map(|day| at(*day, DIGESTS, zone));
        due.find(|due| *due > now + MARGIN)
    };
    worked.and_then(next).or_else(|| next(&usual().collect())).unwrap_or(now + MARGIN)
}

/// When a digest goes whose time has come: now, where it is a decent hour of a working day, or with the next of every day. One that is late
/// waits for no other week.
pub fn when_digest_goes(now: Timestamp, zone: &TimeZone, worked: Option<&BTreeSet<Date>>) -> Timestamp {
    let today = now.to_zoned_datetime(zone.clone()).date();
    let rests = worked.is_some_and(|worked| !worked.is_empty() && !worked.contains(&today))
        || worked.is_none_or(BTreeSet::is_empty) && matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
    if rests || decent(now, zone) > now { next_digest(Way::Daily, now, zone, worked) } else { now }
}

fn at(day: Date, time: Time, zone: &TimeZone) -> Option<Timestamp> {
    zone.to_timestamp(day.to_datetime(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[test]
    fn nobody_is_mailed_at_night() {
        let madrid = zone("Europe/Madrid");
        let decent = |now: &str| decent(now.parse().unwrap(), &madrid).to_string();
        assert_eq!(decent("2027-01-11T06:29:59Z"), "2027-01-11T06:30:00Z");
        assert_eq!(decent("2027-01-11T06:30:00Z"), "2027-01-11T06:30:00Z");
        assert_eq!(decent("2027-01-11T18:59:59Z"), "2027-01-11T18:59:59Z");
        assert_eq!(decent("2027-01-11T19:00:00Z"), "2027-01-12T06:30:00Z");
        // Across the night in which summer time begins.
        assert_eq!(decent("2027-03-27T22:00:00Z"), "2027-03-28T05:30:00Z");
    }

    #[test]
    fn digests_go_on_working_mornings() {
        let madrid = zone("Europe/Madrid");
        let next = |way, now: &str| next_digest(way, now.parse().unwrap(), &madrid, None).to_string();
        // 11 January 2027 is a Monday.
        assert_eq!(next(Way::Daily, "2027-01-11T06:54:00Z"), "2027-01-11T07:00:00Z");
        assert_eq!(next(Way::Daily, "2027-01-11T06:56:00Z"), "2027-01-12T07:00:00Z");
        assert_eq!(next(Way::Daily, "2027-01-15T09:00:00Z"), "2027-01-18T07:00:00Z");
        assert_eq!(next(Way::Weekly, "2027-01-11T09:00:00Z"), "2027-01-18T07:00:00Z");
        assert_eq!(next(Way::Weekly, "2027-03-26T09:00:00Z"), "2027-03-29T06:00:00Z");
        assert_eq!(
            next_digest(Way::Daily, "2027-01-11T20:00:00Z".parse().unwrap(), &zone("Asia/Tokyo"), None).to_string(),
            { "2027-01-11T23:00:00Z" }
        );
    }

    #[test]
    fn a_digest_that_is_late_goes_on_the_next_working_morning() {
        let madrid = zone("Europe/Madrid");
        let goes = |now: &str, worked: Option<&BTreeSet<Date>>| {
            let now: Timestamp = now.parse().unwrap();
            when_digest_goes(now, &madrid, worked).to_string()
        };
        // 15 January 2027 is a Friday.
        assert_eq!(goes("2027-01-15T18:59:59Z", None), "2027-01-15T18:59:59Z");
        assert_eq!(goes("2027-01-15T19:10:00Z", None), "2027-01-18T07:00:00Z");
        assert_eq!(goes("2027-01-16T10:00:00Z", None), "2027-01-18T07:00:00Z");
        let now = "2027-01-15T10:00:00Z".parse().unwrap();
        let weekend = |day: &Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let worked = days_ahead(now, &madrid).into_iter().filter(weekend).collect();
        assert_eq!(goes("2027-01-15T10:00:00Z", Some(&worked)), "2027-01-16T07:00:00Z");
        assert_eq!(goes("2027-01-16T10:00:00Z", Some(&worked)), "2027-01-16T10:00:00Z");
    }

    #[test]
    fn who_works_from_sunday_to_thursday_gets_digests_on_these_days() {
        let cairo = zone("Africa/Cairo");
        let next = |way, now: &str, rests: &[&str]| {
            let now: Timestamp = now.parse().unwrap();
            let is_worked = |day: &Date| {
                !matches!(day.weekday(), Weekday::Friday | Weekday::Saturday) && !rests.contains(&&*day.to_string())
            };
            let worked = days_ahead(now, &cairo).into_iter().filter(is_worked).collect();
            cairo.to_datetime(next_digest(way, now, &cairo, Some(&worked))).to_string()
        };
        // 14 January 2027 is a Thursday.
        assert_eq!(next(Way::Daily, "2027-01-14T10:00:00Z", &[]), "2027-01-17T08:00:00");
        assert_eq!(next(Way::Daily, "2027-01-17T10:00:00Z", &[]), "2027-01-18T08:00:00");
        assert_eq!(next(Way::Daily, "2027-01-14T10:00:00Z", &["2027-01-17"]), "2027-01-18T08:00:00");
        assert_eq!(next(Way::Weekly, "2027-01-14T10:00:00Z", &[]), "2027-01-18T08:00:00");
        // Monday is a holiday: the week begins on Tuesday; and who has had that waits for the next.
        assert_eq!(next(Way::Weekly, "2027-01-14T10:00:00Z", &["2027-01-18"]), "2027-01-19T08:00:00");
        assert_eq!(next(Way::Weekly, "2027-01-20T10:00:00Z", &["2027-01-18"]), "2027-01-25T08:00:00");
        // Nobody waits for ever.
        let now = "2027-01-14T10:00:00Z".parse().unwrap();
        assert_eq!(
            next_digest(Way::Daily, now, &cairo, Some(&BTreeSet::new())),
            next_digest(Way::Daily, now, &cairo, None)
        );
    }
}
