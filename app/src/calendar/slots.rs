//! When two could meet; pure.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::model::{Busy, Hours, merged};

/// Proposals begin on the hour or half past, on the clock of the first side.
const STEP: SignedDuration = SignedDuration::from_mins(15);
const ON_THE_CLOCK: i8 = 30;
/// Nobody plans further.
const FURTHEST: SignedDuration = SignedDuration::from_hours(92 * 24);
/// Two proposals of one day are to be a choice.
const APART: SignedDuration = SignedDuration::from_hours(3);

/// One who is to be there: where their clock is, when they may be asked, what they have already.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    pub zone: &'a TimeZone,
    pub hours: &'a Hours,
    pub busy: &'a [Busy],
}

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    pub length: SignedDuration,
    pub from: Timestamp,
    pub to: Timestamp,
    pub most: usize,
    pub a_day: usize,
}

/// Times at which everybody is free within their own hours, the earliest first.
pub fn free_slots(sides: &[Side<'_>], wish: &Wish) -> Vec<Busy> {
    let Some(first) = sides.first() else { return Vec::new() };
    let taken = merged(sides.iter().flat_map(|side| side.busy).copied().collect());
    let to = wish.to.min(wish.from.saturating_add(FURTHEST).unwrap_or(wish.to));
    let mut found: Vec<Busy> = Vec::new();
    let mut start = on_a_quarter(wish.from);
    while let Some(end) = start.checked_add(wish.length).ok().filter(|end| *end <= to && found.len() < wish.most) {
        let slot = Busy { start, end };
        let is_on_the_clock = first.zone.to_datetime(start).minute() % ON_THE_CLOCK == 0;
        if is_on_the_clock
            && sides.iter().all(|side| suits(side, slot))
            && is_free(&taken, slot)
            && is_a_choice(&found, slot, first.zone, wish.a_day)
        {
            found.push(slot);
        }
        let Ok(next) = start.checked_add(STEP) else { break };
        start = next;
    }
    found
}

fn suits(side: &Side<'_>, slot: Busy) -> bool {
    side.hours.hold(side.zone.to_datetime(slot.start), side.zone.to_datetime(slot.end))
}

/// Whether nothing of what is taken, which is merged and in order, is in the way.
fn is_free(taken: &[Busy], slot: Busy) -> bool {
    let next = taken.partition_point(|busy| busy.end <= slot.start);
    taken.get(next).is_none_or(|busy| busy.start >= slot.end)
}

fn is_a_choice(found: &[Busy], slot: Busy, zone: &TimeZone, a_day: usize) -> bool {
    let day = zone.to_datetime(slot.start).date();
    let of_day = found.iter().rev().take_while(|other| zone.to_datetime(other.start).date() == day).count();
    let is_apart = found.last().is_none_or(|last| slot.start.duration_since(last.start) >= APART);
    of_day == 0 || (of_day < a_day && is_apart)
}

fn on_a_quarter(from: Timestamp) -> Timestamp {
    let seconds = from.as_second();
    let quarter = STEP.as_secs();
    Timestamp::from_second(seconds.div_euclid(quarter) * quarter + quarter).unwrap_or(from)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn wish(from: &str, to: &str) -> Wish {
        Wish { length: SignedDuration::from_hours(1), from: at(from), to: at(to), most: 4, a_day: 2 }
    }

    fn starts(slots: &[Busy]) -> Vec<String> {
        slots.iter().map(|slot| slot.start.to_string()).collect()
    }

    #[test]
    fn madrid_and_new_york_meet_in_the_hours_that_both_work() {
        let (madrid, york) = (TimeZone::get("Europe/Madrid").unwrap(), TimeZone::get("America/New_York").unwrap());
        let hours = Hours::working();
        let sides = [Side { zone: &madrid, hours: &hours, busy: &[] }, Side { zone: &york, hours: &hours, busy: &[] }];
        // Six hours lie between them, so 15:00 to 18:00 in Madrid; the Friday is 22 October 2027.
        let slots = free_slots(&sides, &wish("2027-10-22T00:00:00Z", "2027-10-26T00:00:00Z"));
        assert_eq!(starts(&slots), ["2027-10-22T13:00:00Z", "2027-10-25T13:00:00Z"]);
        // In the week in which only Madrid has left summer time there are five, so 14:00 in Madrid is nine in New York.
        let slots = free_slots(&sides, &wish("2027-11-01T00:00:00Z", "2027-11-02T00:00:00Z"));
        assert_eq!(starts(&slots), ["2027-11-01T13:00:00Z", "2027-11-01T16:00:00Z"]);
        // Then six again.
        let slots = free_slots(&sides, &wish("2027-11-08T00:00:00Z", "2027-11-09T00:00:00Z"));
        assert_eq!(starts(&slots), ["2027-11-08T14:00:00Z"]);
    }

    #[test]
    fn what_either_has_already_is_in_the_way() {
        let madrid = TimeZone::get("Europe/Madrid").unwrap();
        let hours = Hours::working();
        let own = [Busy { start: at("2027-01-11T08:00:00Z"), end: at("2027-01-11T10:15:00Z") }];
        let other = [Busy { start: at("2027-01-11T11:00:00Z"), end: at("2027-01-11T15:30:00Z") }];
        let sides =
            [Side { zone: &madrid, hours: &hours, busy: &own }, Side { zone: &madrid, hours: &hours, busy: &other }];
        let slots = free_slots(&sides, &wish("2027-01-11T00:00:00Z", "2027-01-12T00:00:00Z"));
        assert_eq!(starts(&slots), ["2027-01-11T15:30:00Z"], "16:30 in Madrid, until 17:30");
        assert!(free_slots(&[], &wish("2027-01-11T00:00:00Z", "2027-01-12T00:00:00Z")).is_empty());
    }

    #[test]
    fn who_live_far_apart_find_each_other_in_decent_hours() {
        let (madrid, sydney) = (TimeZone::get("Europe/Madrid").unwrap(), TimeZone::get("Australia/Sydney").unwrap());
        let find = |hours: &Hours| {
            let sides = [Side { zone: &madrid, hours, busy: &[] }, Side { zone: &sydney, hours, busy: &[] }];
            starts(&free_slots(&sides, &wish("2027-01-11T00:00:00Z", "2027-01-12T00:00:00Z")))
        };
        assert_eq!(find(&Hours::working()), Vec::<String>::new());
        assert_eq!(find(&Hours::decent()), ["2027-01-11T07:00:00Z"]);
    }

    proptest! {
        #[test]
        fn a_proposal_is_in_nobody_s_way(
            times in proptest::collection::vec((0_i64..20_000, 1_i64..600), 0..40),
            minutes in 15_i64..180,
        ) {
            let zone = TimeZone::get("America/Bogota").unwrap();
            let from = at("2027-03-01T00:00:00Z");
            let busy: Vec<Busy> = times.iter().map(|(start, length)| {
                let start = from + SignedDuration::from_mins(*start);
                Busy { start, end: start + SignedDuration::from_mins(*length) }
            }).collect();
            let hours = Hours::working();
            let sides = [Side { zone: &zone, hours: &hours, busy: &busy }];
            let to = from + SignedDuration::from_hours(14 * 24);
            let wish = Wish { length: SignedDuration::from_mins(minutes), from, to, most: 20, a_day: 3 };
            for slot in free_slots(&sides, &wish) {
                prop_assert!(slot.start >= from && slot.end <= to);
                prop_assert_eq!(slot.end.duration_since(slot.start), wish.length);
                prop_assert!(busy.iter().all(|busy| busy.end <= slot.start || busy.start >= slot.end));
            }
        }
    }
}
