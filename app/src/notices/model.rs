//! How somebody hears of a notice, and at which hours mail goes; pure.

use jiff::civil::{Date, Time, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// How somebody hears of a kind of notice. What is mailed stands in the product too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a mail of its own, outside the quiet hours.
    AtOnce,
    /// In one mail on working days.
    Daily,
    /// In one mail on Mondays.
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

/// When the next digest goes: on the next working day, or the next Monday.
pub fn next_digest(way: Way, now: Timestamp, zone: &TimeZone) -> Timestamp {
    let earliest = now + MARGIN;
    let goes = |day: Date| match day.weekday() {
        Weekday::Monday => true,
        Weekday::Saturday | Weekday::Sunday => false,
        _ => way != Way::Weekly,
    };
    let mut day = now.to_zoned_datetime(zone.clone()).date();
    for _ in 0..9 {
        if let Some(due) = at(day, DIGESTS, zone).filter(|due| goes(day) && *due > earliest) {
            return due;
        }
        day = day.tomorrow().unwrap_or(day);
    }
    earliest
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
        let next = |way, now: &str| next_digest(way, now.parse().unwrap(), &madrid).to_string();
        // 11 January 2027 is a Monday.
        assert_eq!(next(Way::Daily, "2027-01-11T06:54:00Z"), "2027-01-11T07:00:00Z");
        assert_eq!(next(Way::Daily, "2027-01-11T06:56:00Z"), "2027-01-12T07:00:00Z");
        assert_eq!(next(Way::Daily, "2027-01-15T09:00:00Z"), "2027-01-18T07:00:00Z");
        assert_eq!(next(Way::Weekly, "2027-01-11T09:00:00Z"), "2027-01-18T07:00:00Z");
        assert_eq!(next(Way::Weekly, "2027-03-26T09:00:00Z"), "2027-03-29T06:00:00Z");
        assert_eq!(
            next_digest(Way::Daily, "2027-01-11T20:00:00Z".parse().unwrap(), &zone("Asia/Tokyo")).to_string(),
            { "2027-01-11T23:00:00Z" }
        );
    }
}
