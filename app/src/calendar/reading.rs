//! When somebody is busy, read from their calendar (RFC 5545); pure. Nothing else is taken from it: no title, no place, no name.
//!
//! What a stranger's server sent is bounded in every way. What is not understood counts as what it says of itself: a rule that
//! is not read leaves its first time, a zone that nobody knows is the person's own, as are times without one.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::RangeInclusive;

use calcard::common::PartialDateTime;
use calcard::icalendar::timezone::TzResolver;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFreeBusyType, ICalendarFrequency,
    ICalendarMethod, ICalendarParameterName, ICalendarParameterValue, ICalendarPeriod, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency, ICalendarValue, ICalendarWeekday,
};
use calcard::{Entry, Parser};
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};

use super::model::{Busy, instant, merged};
use super::recurrence::{Budget, Frequency, Rule, Spent};

/// How much the rules of what is read together may look at: about a second's work.
const MOST_LOOKS: u64 = 5_000_000;
const MOST_COMPONENTS: usize = 100_000;
/// Whoever has more is busy all the time.
const MOST_BUSY: usize = 5000;
/// So many times may lie over one another in what is read together.
const MOST_TIMES: usize = 100_000;
/// Nothing that somebody attends lasts longer.
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// Why nothing is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    NoCalendar,
    TooMuch,
}

impl From<Spent> for Unread {
    fn from(_: Spent) -> Self {
        Self::TooMuch
    }
}

/// The times between two instants at which whoever keeps these calendars is busy, merged.
pub(super) fn busy_times(
    texts: &[String],
    home: &TimeZone,
    from: Timestamp,
    to: Timestamp,
) -> Result<Vec<Busy>, Unread> {
    let busy = merged(read(texts, home, from, to)?.busy);
    if busy.len() > MOST_BUSY { Err(Unread::TooMuch) } else { Ok(busy) }
}

/// What calendars that were sent say: what is asked for, and whether it is that something is called off (RFC 5546).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// In order, and each by itself.
    pub times: Vec<Busy>,
    pub is_called_off: bool,
}

/// The times between two instants of calendars that were sent.
pub(super) fn sent_times(texts: &[String], home: &TimeZone, from: Timestamp, to: Timestamp) -> Result<Sent, Unread> {
    let Reading { mut busy, is_called_off, .. } = read(texts, home, from, to)?;
    busy.sort_unstable_by_key(|busy| (busy.start, busy.end));
    busy.dedup();
    Ok(Sent { times: busy, is_called_off })
}

fn read<'a>(texts: &[String], home: &'a TimeZone, from: Timestamp, to: Timestamp) -> Result<Reading<'a>, Unread> {
    let mut reading =
        Reading { home, from, to, budget: Budget::new(MOST_LOOKS), busy: Vec::new(), is_called_off: false };
    let mut is_calendar = false;
    let mut left = MOST_COMPONENTS;
    for text in texts {
        let mut parser = Parser::new(text);
        loop {
            match parser.entry() {
                Entry::ICalendar(calendar) => {
                    left = left.checked_sub(calendar.components.len()).ok_or(Unread::TooMuch)?;
                    reading.take(&calendar)?;
                    is_calendar = true;
                }
                Entry::Eof => break,
                Entry::TooManyComponents => return Err(Unread::TooMuch),
                _ => {}
            }
        }
    }
    if is_calendar { Ok(reading) } else { Err(Unread::NoCalendar) }
}

/// What a calendar is sent for; one that nobody sends asks for nothing else.
fn method(calendar: &ICalendar) -> Option<&ICalendarMethod> {
    let whole = calendar.components.first()?;
    match whole.property(&ICalendarProperty::Method)?.values.first()? {
        ICalendarValue::Method(method) => Some(method),
        _ => None,
    }
}

/// A moment as a calendar writes it.
#[derive(Clone, Debug)]
struct Moment {
    civil: DateTime,
    zone: TimeZone,
    is_day: bool,
}

impl Moment {
    fn instant(&self) -> Option<Timestamp> {
        instant(self.civil, &self.zone)
    }
}

/// How long something lasts: days are counted by the calendar, the rest by the clock.
#[derive(Clone, Copy, Debug, Default)]
struct Length {
    days: i32,
    rest: SignedDuration,
}

/// An event, as far as it concerns us.
#[derive(Debug)]
struct Taken<'a> {
    uid: &'a str,
    start: Moment,
    length: Length,
    rule: Option<&'a ICalendarRecurrenceRule>,
    also: Vec<Moment>,
    except: Exceptions,
    /// Which one of a series it is, where it differs from the others.
    replaces: Option<Moment>,
    is_free: bool,
}

struct Reading<'a> {
    home: &'a TimeZone,
    from: Timestamp,
    to: Timestamp,
    budget: Budget,
    busy: Vec<Busy>,
    is_called_off: bool,
}

impl Reading<'_> {
    fn take(&mut self, calendar: &ICalendar) -> Result<(), Unread> {
        match method(calendar) {
            None | Some(ICalendarMethod::Publish | ICalendarMethod::Request | ICalendarMethod::Add) => {}
            // What is called off is no time, and an answer of somebody's is none of whoever has the calendar.
            Some(method) => {
                self.is_called_off |= *method == ICalendarMethod::Cancel;
                return Ok(());
            }
        }
        let mut zones = Zones { home: self.home, resolver: calendar.build_tz_resolver(), known: HashMap::new() };
        let mut events = Vec::new();
        for component in &calendar.components {
            match component.component_type {
                ICalendarComponentType::VEvent => events.extend(taken(component, &mut zones)),
                ICalendarComponentType::VFreebusy => self.take_free_busy(component)?,
                _ => {}
            }
        }
        // The same one of a series, told by itself.
        let replaced: HashSet<(&str, Timestamp)> =
            events.iter().filter_map(|event| Some((event.uid, event.replaces.as_ref()?.instant()?))).collect();
        for event in events.iter().filter(|event| !event.is_free) {
            for start in self.starts(event)? {
                let Some(at) = instant(start, &event.start.zone) else { continue };
                let is_left_out = event.replaces.is_none() && replaced.contains(&(event.uid, at));
                if !is_left_out && !event.except.has(start, at) {
                    self.add(at, end_of(start, &event.start.zone, event.length))?;
                }
            }
        }
        Ok(())
    }

    fn starts(&mut self, event: &Taken<'_>) -> Result<Vec<DateTime>, Spent> {
        let start = event.start.civil;
        let rule = event.rule.filter(|_| event.replaces.is_none());
        let Some(rule) = rule.and_then(|rule| rule_of(rule, &event.start)) else {
            return Ok(std::iter::once(start).chain(event.also.iter().map(|also| local(also, &event.start))).collect());
        };
        let days = i64::from(event.length.days) + event.length.rest.as_hours() / 24 + 2;
        let civil = |at: Timestamp| event.start.zone.to_datetime(at);
        let from = civil(self.from).saturating_sub(days.days());
        let to = civil(self.to).saturating_add(1.day());
        let mut starts = rule.occurrences(start, from, to, &mut self.budget)?;
        starts.extend(event.also.iter().map(|also| local(also, &event.start)));
        Ok(starts)
    }

    fn take_free_busy(&mut self, component: &ICalendarComponent) -> Result<(), Unread> {
        for entry in component.properties(&ICalendarProperty::Freebusy) {
            let is_free = entry
                .parameters(&ICalendarParameterName::Fbtype)
                .any(|kind| matches!(kind, ICalendarParameterValue::Fbtype(ICalendarFreeBusyType::Free)));
            if is_free {
                continue;
            }
            for value in &entry.values {
                let ICalendarValue::Period(period) = value else { continue };
                let utc = |at: &PartialDateTime| civil(at).and_then(|at| instant(at, &TimeZone::UTC));
                let (start, end) = match period {
                    ICalendarPeriod::Range { start, end } => (utc(start), utc(end)),
                    ICalendarPeriod::Duration { start, duration } => {
                        let start = utc(start);
                        let length = SignedDuration::from_secs(duration.as_seconds());
                        (start, start.and_then(|start| start.checked_add(length).ok()))
                    }
                };
                if let Some(start) = start {
                    self.add(start, end)?;
                }
            }
        }
        Ok(())
    }

    /// Adds what lies within the time that is asked for.
    fn add(&mut self, start: Timestamp, end: Option<Timestamp>) -> Result<(), Unread> {
        let Some(end) = end else { return Ok(()) };
        let longest = start.saturating_add(LONGEST).unwrap_or(end);
        let (start, end) = (start.max(self.from), end.min(self.to).min(longest));
        if start < end {
            if self.busy.len() >= MOST_TIMES {
                return Err(Unread::TooMuch);
            }
            self.busy.push(Busy { start, end });
        }
        Ok(())
    }
}

/// A moment on the clock of another.
fn local(moment: &Moment, like: &Moment) -> DateTime {
    if moment.is_day || moment.zone == like.zone {
        return moment.civil;
    }
    moment.instant().map_or(moment.civil, |at| like.zone.to_datetime(at))
}

/// What a series leaves out: by the moment, or by the day where only that is named.
#[derive(Debug)]
struct Exceptions {
    days: HashSet<Date>,
    instants: HashSet<Timestamp>,
}

impl Exceptions {
    fn of(moments: &[Moment]) -> Self {
        let (days, moments): (Vec<&Moment>, _) = moments.iter().partition(|moment| moment.is_day);
        Self {
            days: days.into_iter().map(|day| day.civil.date()).collect(),
            instants: moments.into_iter().filter_map(Moment::instant).collect(),
        }
    }

    fn has(&self, start: DateTime, at: Timestamp) -> bool {
        self.instants.contains(&at) || self.days.contains(&start.date())
    }
}

fn end_of(start: DateTime, zone: &TimeZone, length: Length) -> Option<Timestamp> {
    let end = start.checked_add(length.days.days()).ok()?;
    instant(end, zone)?.checked_add(length.rest).ok()
}

fn taken<'a>(component: &'a ICalendarComponent, zones: &mut Zones<'a>) -> Option<Taken<'a>> {
    let start_entry = component.property(&ICalendarProperty::Dtstart)?;
    let start = zones.moments(start_entry).into_iter().next()?;
    let rule = component.property(&ICalendarProperty::Rrule).and_then(|entry| match entry.values.first() {
        Some(ICalendarValue::RecurrenceRule(rule)) => Some(&**rule),
        _ => None,
    });
    let mut all = |property: ICalendarProperty| -> Vec<Moment> {
        let entries = component.entries.iter().filter(|entry| entry.name == property);
        entries.flat_map(|entry| zones.moments(entry)).collect()
    };
    let (also, except) = (all(ICalendarProperty::Rdate), Exceptions::of(&all(ICalendarProperty::Exdate)));
    let replaces = all(ICalendarProperty::RecurrenceId).into_iter().next();
    let end = all(ICalendarProperty::Dtend).into_iter().next();
    Some(Taken {
        uid: component.uid().unwrap_or_default(),
        length: length(component, &start, end.as_ref()),
        start,
        rule,
        also,
        except,
        replaces,
        is_free: is_free(component),
    })
}

fn length(component: &ICalendarComponent, start: &Moment, end: Option<&Moment>) -> Length {
    let duration = component.property(&ICalendarProperty::Duration).and_then(|entry| match entry.values.first() {
        Some(ICalendarValue::Duration(duration)) if !duration.neg => Some(duration),
        _ => None,
    });
    match (end, duration) {
        (Some(end), _) if end.zone == start.zone || start.is_day => {
            let days = (end.civil.date() - start.civil.date()).get_days();
            let rest = start.civil.time().duration_until(end.civil.time());
            Length { days, rest }
        }
        (Some(end), _) => {
            let exact = start.instant().zip(end.instant()).map(|(start, end)| end.duration_since(start));
            Length { days: 0, rest: exact.unwrap_or_default() }
        }
        (None, Some(duration)) => {
            let days = duration.weeks.saturating_mul(7).saturating_add(duration.days);
            let seconds = i64::from(duration.hours) * 3600 + i64::from(duration.minutes) * 60;
            Length {
                days: i32::try_from(days).unwrap_or(0).min(366),
                rest: SignedDuration::from_secs(seconds + i64::from(duration.seconds)),
            }
        }
        (None, None) => Length { days: i32::from(start.is_day), rest: SignedDuration::ZERO },
    }
}

/// What is in the calendar and keeps nobody from anything.
fn is_free(component: &ICalendarComponent) -> bool {
    let says_free = component
        .properties(&ICalendarProperty::Other("X-MICROSOFT-CDO-BUSYSTATUS".to_owned()))
        .any(|entry| entry.values.first().and_then(ICalendarValue::as_text) == Some("FREE"));
    says_free
        || component.transparency() == Some(&ICalendarTransparency::Transparent)
        || component.status() == Some(&ICalendarStatus::Cancelled)
}

/// The zones of a calendar, each looked up once.
struct Zones<'a> {
    home: &'a TimeZone,
    resolver: TzResolver<&'a str>,
    known: HashMap<&'a str, TimeZone>,
}

impl<'a> Zones<'a> {
    fn moments(&mut self, entry: &'a ICalendarEntry) -> Vec<Moment> {
        let zone = entry.tz_id().map_or_else(|| self.home.clone(), |name| self.zone(name));
        let moment = |written: &PartialDateTime| {
            let is_utc = written.tz_hour == Some(0) && written.tz_minute.unwrap_or(0) == 0;
            let zone = if is_utc { TimeZone::UTC } else { zone.clone() };
            Some(Moment { civil: civil(written)?, zone, is_day: !written.has_time() })
        };
        entry
            .values
            .iter()
            .filter_map(|value| match value {
                ICalendarValue::PartialDateTime(written) => moment(written),
                // Periods among RDATE: where they begin.
                ICalendarValue::Period(
                    ICalendarPeriod::Range { start, .. } | ICalendarPeriod::Duration { start, .. },
                ) => moment(start),
                _ => None,
            })
            .collect()
    }

    /// A zone by the name of IANA, or by the one of Windows and others that is known for it.
    fn zone(&mut self, name: &'a str) -> TimeZone {
        let (home, resolver) = (self.home, &self.resolver);
        let look_up = || {
            let own = TimeZone::get(name).ok();
            let known = || TimeZone::get(&resolver.resolve(name)?.name()?).ok();
            own.or_else(known).unwrap_or_else(|| home.clone())
        };
        self.known.entry(name).or_insert_with(look_up).clone()
    }
}

fn civil(written: &PartialDateTime) -> Option<DateTime> {
    let small = |number: Option<u8>| i8::try_from(number?).ok();
    let date = Date::new(i16::try_from(written.year?).ok()?, small(written.month)?, small(written.day)?).ok()?;
    let part = |number: Option<u8>| i8::try_from(number.unwrap_or(0)).ok();
    // A leap second is the one before.
    let second = part(written.second)?.min(59);
    let time = jiff::civil::Time::new(part(written.hour)?, part(written.minute)?, second, 0).ok()?;
    Some(date.to_datetime(time))
}

/// A rule, if it is one that is read.
fn rule_of(rule: &ICalendarRecurrenceRule, start: &Moment) -> Option<Rule> {
    let frequency = match rule.freq {
        ICalendarFrequency::Yearly => Frequency::Yearly,
        ICalendarFrequency::Monthly => Frequency::Monthly,
        ICalendarFrequency::Weekly => Frequency::Weekly,
        ICalendarFrequency::Daily => Frequency::Daily,
        ICalendarFrequency::Hourly | ICalendarFrequency::Minutely | ICalendarFrequency::Secondly => return None,
    };
    if !rule.byweekno.is_empty() || rule.rscale.is_some() {
        return None;
    }
    let until = match &rule.until {
        Some(until) => Some(last_moment(until, start)?),
        None => None,
    };
    let small = |list: &[u8]| within(list.iter().filter_map(|number| i8::try_from(*number).ok()), 0..=59);
    let day = |(at, day)| (at, weekday(day));
    let days: BTreeSet<(Option<i16>, ICalendarWeekday)> =
        rule.byday.iter().map(|day| (day.ordwk, day.weekday)).collect();
    Some(Rule {
        interval: i32::from(rule.interval.unwrap_or(1)),
        count: rule.count,
        until,
        week_start: rule.wkst.map_or(Weekday::Monday, weekday),
        // No year has more weeks, however many a stranger's numbers name.
        by_day: days.into_iter().filter(|(at, _)| at.is_none_or(|at| at.unsigned_abs() <= 53)).map(day).collect(),
        by_month_day: within(rule.bymonthday.iter().copied(), -31..=31),
        by_year_day: within(rule.byyearday.iter().copied(), -366..=366),
        by_month: within(rule.bymonth.iter().filter_map(|month| i8::try_from(month.month()).ok()), 1..=12),
        by_set_pos: within(rule.bysetpos.iter().copied(), -366..=366),
        by_hour: small(&rule.byhour),
        by_minute: small(&rule.byminute),
        ..Rule::every(frequency)
    })
}

/// What a list of a rule may name, each once: a stranger's names whatever it likes as often as it likes.
fn within<T: Ord + Copy>(list: impl Iterator<Item = T>, range: RangeInclusive<T>) -> Vec<T> {
    let named: BTreeSet<T> = list.filter(|one| range.contains(one)).collect();
    named.into_iter().collect()
}

/// The last moment at which one may begin, on the clock of the series: the end of the day where only that is named.
fn last_moment(until: &PartialDateTime, start: &Moment) -> Option<DateTime> {
    let at = civil(until)?;
    if !until.has_time() {
        return Some(at.date().at(23, 59, 59, 0));
    }
    if until.tz_hour.is_some() && !start.is_day {
        return instant(at, &TimeZone::UTC).map(|at| start.zone.to_datetime(at));
    }
    Some(at)
}

fn weekday(day: ICalendarWeekday) -> Weekday {
    match day {
        ICalendarWeekday::Monday => Weekday::Monday,
        ICalendarWeekday::Tuesday => Weekday::Tuesday,
        ICalendarWeekday::Wednesday => Weekday::Wednesday,
        ICalendarWeekday::Thursday => Weekday::Thursday,
        ICalendarWeekday::Friday => Weekday::Friday,
        ICalendarWeekday::Saturday => Weekday::Saturday,
        ICalendarWeekday::Sunday => Weekday::Sunday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(zone: &str, events: &str, from: &str, to: &str) -> Result<Vec<String>, Unread> {
        let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}\r\nEND:VCALENDAR\r\n", events.trim());
        let home = TimeZone::get(zone).unwrap();
        let busy = busy_times(&[text], &home, from.parse().unwrap(), to.parse().unwrap())?;
        Ok(busy.iter().map(|busy| format!("{}/{}", busy.start, busy.end)).collect())
    }

    fn read(events: &str) -> Vec<String> {
        read_in("Europe/Madrid", events, "2027-10-18T00:00:00Z", "2027-11-15T00:00:00Z").unwrap()
    }

    fn event(lines: &str) -> String {
        format!("BEGIN:VEVENT\r\nUID:1\r\n{}\r\nEND:VEVENT\r\n", lines.trim().replace('\n', "\r\n"))
    }

    #[test]
    fn a_weekly_meeting_stays_at_its_hour_across_summer_time() {
        let weekly = |zone: &str| {
            event(&format!(
                "DTSTART;TZID={zone}:20270104T100000\nDTEND;TZID={zone}:20270104T110000\nRRULE:FREQ=WEEKLY;BYDAY=MO"
            ))
        };
        let madrid = [
            "2027-10-18T08:00:00Z/2027-10-18T09:00:00Z",
            "2027-10-25T08:00:00Z/2027-10-25T09:00:00Z",
            "2027-11-01T09:00:00Z/2027-11-01T10:00:00Z",
            "2027-11-08T09:00:00Z/2027-11-08T10:00:00Z",
        ];
        assert_eq!(read(&weekly("Europe/Madrid")), madrid);
        assert_eq!(read(&weekly("Romance Standard Time")), madrid, "as Windows calls it");
        assert_eq!(read(&weekly("Nowhere/Known")), madrid, "a zone that nobody knows is the person's");
        assert_eq!(
            read(&weekly("Eastern Standard Time")),
            [
                "2027-10-18T14:00:00Z/2027-10-18T15:00:00Z",
                "2027-10-25T14:00:00Z/2027-10-25T15:00:00Z",
                "2027-11-01T14:00:00Z/2027-11-01T15:00:00Z",
                "2027-11-08T15:00:00Z/2027-11-08T16:00:00Z",
            ]
        );
    }

    #[test]
    fn what_differs_in_a_series_is_where_it_says() {
        let series = event(
            "DTSTART;TZID=Europe/Madrid:20271018T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20271108T090000Z\n\
             EXDATE;TZID=Europe/Madrid:20271025T100000",
        );
        let moved = event(
            "RECURRENCE-ID;TZID=Europe/Madrid:20271101T100000\nDTSTART;TZID=Europe/Madrid:20271102T160000\n\
             DTEND;TZID=Europe/Madrid:20271102T163000",
        );
        assert_eq!(
            read(&format!("{series}{moved}")),
            [
                "2027-10-18T08:00:00Z/2027-10-18T09:00:00Z",
                "2027-11-02T15:00:00Z/2027-11-02T15:30:00Z",
                "2027-11-08T09:00:00Z/2027-11-08T10:00:00Z",
            ]
        );
        let cancelled =
            event("RECURRENCE-ID:20271101T090000Z\nDTSTART:20271101T090000Z\nDURATION:PT1H\nSTATUS:CANCELLED");
        assert_eq!(read(&format!("{series}{cancelled}")).len(), 2);
    }

    #[test]
    fn whole_days_and_times_without_a_zone_are_the_persons() {
        let holidays = event("DTSTART;VALUE=DATE:20271030\nDTEND;VALUE=DATE:20271102");
        assert_eq!(read(&holidays), ["2027-10-29T22:00:00Z/2027-11-01T23:00:00Z"]);
        let one_day = event("DTSTART;VALUE=DATE:20271020");
        assert_eq!(read(&one_day), ["2027-10-19T22:00:00Z/2027-10-20T22:00:00Z"]);
        let floating = event("DTSTART:20271020T090000\nDTEND:20271020T100000");
        let (from, to) = ("2027-10-18T00:00:00Z", "2027-11-15T00:00:00Z");
        let lima = read_in("America/Lima", &floating, from, to).unwrap();
        assert_eq!(lima, ["2027-10-20T14:00:00Z/2027-10-20T15:00:00Z"]);
    }

    #[test]
    fn what_keeps_nobody_from_anything_is_free() {
        for line in ["TRANSP:TRANSPARENT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "DURATION:PT0S"] {
            let end = if line.starts_with("DURATION") { "" } else { "DURATION:PT1H\n" };
            assert!(read(&event(&format!("DTSTART:20271020T090000Z\n{end}{line}"))).is_empty(), "{line}");
        }
        let busy = "BEGIN:VFREEBUSY\r\nFREEBUSY:20271020T090000Z/PT1H,20271021T090000Z/20271021T093000Z\r\n\
             FREEBUSY;FBTYPE=FREE:20271022T090000Z/PT1H\r\nEND:VFREEBUSY";
        assert_eq!(
            read(busy),
            ["2027-10-20T09:00:00Z/2027-10-20T10:00:00Z", "2027-10-21T09:00:00Z/2027-10-21T09:30:00Z"]
        );
    }

    /// Six hours of work for whoever reads each beginning, in a few bytes.
    #[test]
    fn what_takes_place_each_minute_is_too_much() {
        let list = |most: usize| (0..most).map(|number| number.to_string()).collect::<Vec<String>>().join(",");
        let minutes = format!("FREQ=DAILY;BYHOUR={};BYMINUTE={}", list(24), list(60));
        let each_minute = event(&format!("DTSTART:20271018T000000Z\nDURATION:PT1M\nRRULE:{minutes}"));
        let (from, to) = ("2027-10-18T00:00:00Z", "2028-11-20T00:00:00Z");
        assert_eq!(read_in("UTC", &each_minute, from, to), Err(Unread::TooMuch));
        assert_eq!(read_in("UTC", &each_minute.repeat(1500), from, to), Err(Unread::TooMuch));
        assert_eq!(read_in("UTC", &each_minute, from, "2027-10-19T00:00:00Z").unwrap().len(), 1, "one day of them");
        // What it leaves out is looked up, and what it names over and over is named once.
        let without = "EXDATE:20271018T100000Z\n".repeat(20_000);
        let hourly = format!("DTSTART:20271018T000000Z\nDURATION:PT1M\nRRULE:FREQ=DAILY;BYHOUR={}\n", list(12));
        assert_eq!(read_in("UTC", &event(&format!("{hourly}{without}")), from, to).unwrap().len(), 12 * 399 - 1);
        let chosen = format!("FREQ=DAILY;BYSETPOS={}", vec!["1"; 100_000].join(","));
        let daily = event(&format!("DTSTART:20271018T000000Z\nDURATION:PT1M\nRRULE:{chosen}"));
        assert_eq!(read_in("UTC", &daily, from, to).unwrap().len(), 399);
    }

    #[test]
    fn what_calendars_are_sent_for_is_heeded() {
        let (from, to) = ("2027-10-18T00:00:00Z".parse().unwrap(), "2027-11-15T00:00:00Z".parse().unwrap());
        let sent = |method: &str, events: &str| {
            let text = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{method}{events}END:VCALENDAR\r\n");
            sent_times(&[text], &TimeZone::UTC, from, to).unwrap()
        };
        let hour = |start: &str| event(&format!("DTSTART:{start}\nDURATION:PT1H"));
        let two = format!("{}{}", hour("20271020T110000Z"), hour("20271020T100000Z"));
        for method in ["", "METHOD:REQUEST\r\n", "METHOD:PUBLISH\r\n"] {
            let Sent { times, is_called_off } = sent(method, &two);
            assert_eq!((times.len(), is_called_off), (2, false), "what follows another stays by itself");
            assert!(times[0] < times[1]);
        }
        assert_eq!(sent("METHOD:REPLY\r\n", &two), Sent::default());
        assert_eq!(sent("METHOD:CANCEL\r\n", &two), Sent { times: Vec::new(), is_called_off: true });
    }

    #[test]
    fn what_is_no_calendar_or_too_much_of_one_is_said() {
        let (from, to) = ("2027-10-18T00:00:00Z".parse().unwrap(), "2027-11-15T00:00:00Z".parse().unwrap());
        for text in ["", "<html><body>Sign in</body></html>", "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n"] {
            assert_eq!(busy_times(&[text.to_owned()], &TimeZone::UTC, from, to), Err(Unread::NoCalendar), "{text}");
        }
        // A day that never comes, counted from long ago, over and over.
        let never = event("DTSTART:19700101T090000Z\nDURATION:PT1H\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9");
        let outcome = read_in("UTC", &never.repeat(300), "2027-10-18T00:00:00Z", "2027-11-15T00:00:00Z");
        assert_eq!(outcome, Err(Unread::TooMuch));
        let faster = event("DTSTART:20271020T090000Z\nDURATION:PT1M\nRRULE:FREQ=SECONDLY");
        assert_eq!(read(&faster), ["2027-10-20T09:00:00Z/2027-10-20T09:01:00Z"]);
    }
}
