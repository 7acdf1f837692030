//! Calendars as text (RFC 5545): invitations and cancellations to be mailed (RFC 5546, 6047), and feeds (RFC 7986).

use calcard::common::PartialDateTime;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarDay, ICalendarEntry, ICalendarFrequency,
    ICalendarMethod, ICalendarMonth, ICalendarParameter, ICalendarParameterName, ICalendarParticipationRole,
    ICalendarParticipationStatus, ICalendarProperty, ICalendarRecurrenceRule, ICalendarStatus, ICalendarTransparency,
    ICalendarUserTypes, ICalendarValue, ICalendarValueType, ICalendarWeekday, Uri,
};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::{Offset, TimeZone};

use super::model::{Event, Every, Party, Series, Standing, When, instant, ordinal};
use super::zones::{Again, Observance, observances};
use crate::i18n::Lang;

const PRODUCT: &str = "-//Telemaco//Telemaco//EN";

/// How often programs may look at a feed again.
const REFRESH: &str = "PT1H";

/// What a mail asks of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To put an event in, or to change the one that is there.
    Request,
    Cancel,
}

impl Method {
    pub fn code(self) -> &'static str {
        match self {
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// The calendar of a mail that invites, changes or cancels. It asks for no answer: who comes is said on a page, and what a calendar
/// program answers is read by nobody.
pub fn invitation(event: &Event, method: Method, organiser: &Party, guests: &[Party], lang: Lang) -> String {
    let mut book = Book::new();
    let method_value = match method {
        Method::Request => ICalendarMethod::Request,
        Method::Cancel => ICalendarMethod::Cancel,
    };
    book.root().add_property(ICalendarProperty::Method, method_value);
    book.add_zones(std::slice::from_ref(event));
    let mut people = vec![party(ICalendarProperty::Organizer, organiser)];
    people.extend(guests.iter().map(guest));
    let standing = if method == Method::Cancel { Standing::Cancelled } else { event.standing };
    book.add_event(&Event { standing, ..event.clone() }, &people, lang);
    book.text()
}

/// Everything that somebody's calendar program may look at: times, places and neutral titles; nobody's names or addresses.
pub fn feed(name: &str, events: &[Event], lang: Lang) -> String {
    let mut book = Book::new();
    let root = book.root();
    root.add_property(ICalendarProperty::Name, name);
    root.add_property(other("X-WR-CALNAME"), name);
    root.entries.push(
        ICalendarEntry::new(ICalendarProperty::RefreshInterval)
            .with_param(ICalendarParameter::value(ICalendarValueType::Duration))
            .with_value(REFRESH),
    );
    root.add_property(other("X-PUBLISHED-TTL"), REFRESH);
    root.add_property(ICalendarProperty::Color, "steelblue");
    let events: Vec<Event> = events.iter().filter(|event| event.standing != Standing::Cancelled).cloned().collect();
    book.add_zones(&events);
    for event in &events {
        book.add_event(event, &[], lang);
    }
    book.text()
}

fn other(name: &str) -> ICalendarProperty {
    ICalendarProperty::Other(name.to_owned())
}

fn party(property: ICalendarProperty, party: &Party) -> ICalendarEntry {
    let entry = ICalendarEntry::new(property);
    // A name may hold no quotation mark and no line break (RFC 5545, section 3.2).
    let name: String = party.name.chars().filter(|letter| *letter != '"' && !letter.is_control()).collect();
    let entry = if name.is_empty() { entry } else { entry.with_param(ICalendarParameter::cn(name)) };
    entry.with_value(Uri::Location(format!("mailto:{}", party.address)))
}

fn guest(guest: &Party) -> ICalendarEntry {
    let mut entry = party(ICalendarProperty::Attendee, guest);
    entry.add_param(ICalendarParameter::cutype(ICalendarUserTypes::Individual));
    entry.add_param(ICalendarParameter::role(ICalendarParticipationRole::ReqParticipant));
    entry.add_param(ICalendarParameter::partstat(ICalendarParticipationStatus::NeedsAction));
    // Answers count on the page alone.
    entry.add_param(ICalendarParameter::rsvp(false));
    entry
}

/// A calendar that is being written.
struct Book(ICalendar);

impl Book {
    fn new() -> Self {
        let mut root = ICalendarComponent::new(ICalendarComponentType::VCalendar);
        root.add_property(ICalendarProperty::Version, "2.0");
        root.add_property(ICalendarProperty::Prodid, PRODUCT);
        root.add_property(ICalendarProperty::Calscale, "GREGORIAN");
        Self(ICalendar { components: vec![root] })
    }

    fn root(&mut self) -> &mut ICalendarComponent {
        &mut self.0.components[0]
    }

    fn add(&mut self, parent: usize, component: ICalendarComponent) -> usize {
        let place = self.0.components.len();
        self.0.components.push(component);
        self.0.components[parent].component_ids.push(u32::try_from(place).unwrap_or(u32::MAX));
        place
    }

    fn text(self) -> String {
        self.0.to_string()
    }

    /// Each zone once, with all that the events in it need.
    fn add_zones(&mut self, events: &[Event]) {
        let mut zones: Vec<(&TimeZone, Timestamp, Timestamp)> = Vec::new();
        for event in events {
            let When::Hours { start, end, zone, .. } = &event.when else { continue };
            let times = event.when.occurrences();
            // One whose every time was left out still stands in the calendar.
            let alone = [instant(*start, zone), instant(*end, zone)];
            let starts = times.iter().map(|time| time.start).chain(alone[0]);
            let ends = times.iter().map(|time| time.end).chain(alone[1]);
            let (Some(first), Some(last)) = (starts.min(), ends.max()) else { continue };
            match zones.iter_mut().find(|(known, ..)| *known == zone) {
                Some((_, from, to)) => (*from, *to) = ((*from).min(first), (*to).max(last)),
                None => zones.push((zone, first, last)),
            }
        }
        for (zone, from, to) in zones {
            let Some(name) = zone_name(zone) else { continue };
            let mut component = ICalendarComponent::new(ICalendarComponentType::VTimezone);
            component.add_property(ICalendarProperty::Tzid, name);
            let place = self.add(0, component);
            for observance in observances(zone, from, to) {
                self.add(place, observance_of(&observance));
            }
        }
    }

    fn add_event(&mut self, event: &Event, people: &[ICalendarEntry], lang: Lang) {
        let mut component = common(event, people, lang);
        match &event.when {
            When::Days { first, last } => {
                component.entries.push(day(ICalendarProperty::Dtstart, *first));
                // The day after the last (RFC 5545, section 3.6.1).
                component.entries.push(day(ICalendarProperty::Dtend, last.tomorrow().unwrap_or(*last)));
                component.add_property(ICalendarProperty::Transp, ICalendarTransparency::Transparent);
                self.add(0, component);
            }
            When::Hours { start, end, zone, series } => {
                let times = (*start, *end);
                add_times(&mut component, zone, times);
                if let Some(series) = series {
                    add_series(&mut component, *start, zone, series);
                }
                self.add(0, component);
                for moved in series.iter().flat_map(|series| &series.moved) {
                    let elsewhere = moved.place.clone().map(|place| Event { place: Some(place), ..event.clone() });
                    let mut component = common(elsewhere.as_ref().unwrap_or(event), people, lang);
                    component.entries.push(time(ICalendarProperty::RecurrenceId, moved.from, zone));
                    add_times(&mut component, zone, (moved.start, moved.end));
                    self.add(0, component);
                }
            }
        }
    }
}

/// What an event and each of its exceptions say alike.
fn common(event: &Event, people: &[ICalendarEntry], lang: Lang) -> ICalendarComponent {
    let mut component = ICalendarComponent::new(ICalendarComponentType::VEvent);
    component.add_uid(&event.id.to_string());
    component.add_sequence(i64::from(event.sequence));
    // The same for every attempt to send the same mail, and for every look at an unchanged feed.
    component.add_dtstamp(utc(event.changed_at));
    component.add_property(ICalendarProperty::LastModified, utc(event.changed_at));
    component.add_property(ICalendarProperty::Summary, lang.say(event.title));
    if let Some(place) = &event.place {
        component.add_property(ICalendarProperty::Location, place.as_str());
    }
    if let Some(link) = &event.link {
        component.add_property(ICalendarProperty::Url, Uri::Location(link.clone()));
        // Outlook shows no URL, and everybody shows a description.
        component.add_property(ICalendarProperty::Description, link.as_str());
    }
    let status = match event.standing {
        Standing::Confirmed => ICalendarStatus::Confirmed,
        Standing::Tentative => ICalendarStatus::Tentative,
        Standing::Cancelled => ICalendarStatus::Cancelled,
    };
    component.add_property(ICalendarProperty::Status, status);
    component.entries.extend(people.iter().cloned());
    component
}

fn add_times(component: &mut ICalendarComponent, zone: &TimeZone, (start, end): (DateTime, DateTime)) {
    component.entries.push(time(ICalendarProperty::Dtstart, start, zone));
    component.entries.push(time(ICalendarProperty::Dtend, end, zone));
    component.add_property(ICalendarProperty::Transp, ICalendarTransparency::Opaque);
}

fn add_series(component: &mut ICalendarComponent, start: DateTime, zone: &TimeZone, series: &Series) {
    let rule = ICalendarRecurrenceRule { count: Some(u32::from(series.times)), ..Default::default() };
    let rule = match series.every {
        Every::Weeks(weeks) => {
            ICalendarRecurrenceRule { freq: ICalendarFrequency::Weekly, interval: several(weeks), ..rule }
        }
        Every::Months(months) => ICalendarRecurrenceRule {
            freq: ICalendarFrequency::Monthly,
            interval: several(months),
            byday: vec![weekday(Some(ordinal(start)), start.weekday())],
            ..rule
        },
    };
    component.add_property(ICalendarProperty::Rrule, rule);
    for left_out in &series.except {
        component.entries.push(time(ICalendarProperty::Exdate, *left_out, zone));
    }
}

fn several(number: u16) -> Option<u16> {
    Some(number).filter(|number| *number > 1)
}

fn weekday(ordwk: Option<i16>, day: Weekday) -> ICalendarDay {
    let weekday = match day {
        Weekday::Monday => ICalendarWeekday::Monday,
        Weekday::Tuesday => ICalendarWeekday::Tuesday,
        Weekday::Wednesday => ICalendarWeekday::Wednesday,
        Weekday::Thursday => ICalendarWeekday::Thursday,
        Weekday::Friday => ICalendarWeekday::Friday,
        Weekday::Saturday => ICalendarWeekday::Saturday,
        Weekday::Sunday => ICalendarWeekday::Sunday,
    };
    ICalendarDay { ordwk, weekday }
}

fn observance_of(observance: &Observance) -> ICalendarComponent {
    let kind = if observance.is_summer { ICalendarComponentType::Daylight } else { ICalendarComponentType::Standard };
    let mut component = ICalendarComponent::new(kind);
    component.add_property(ICalendarProperty::Dtstart, civil(observance.first));
    component.add_property(ICalendarProperty::Tzoffsetfrom, offset(observance.before));
    component.add_property(ICalendarProperty::Tzoffsetto, offset(observance.after));
    component.add_property(ICalendarProperty::Tzname, observance.name.as_str());
    match &observance.again {
        Again::Yearly { month, ordinal, weekday: day } => {
            let rule = ICalendarRecurrenceRule {
                freq: ICalendarFrequency::Yearly,
                bymonth: vec![ICalendarMonth::new(month.unsigned_abs(), false)],
                byday: vec![weekday(Some(*ordinal), *day)],
                ..Default::default()
            };
            component.add_property(ICalendarProperty::Rrule, rule);
        }
        Again::At(days) => {
            for day in days {
                component.add_property(ICalendarProperty::Rdate, civil(*day));
            }
        }
    }
    component
}

/// A zone's name, if it is not the world's time, which needs none.
fn zone_name(zone: &TimeZone) -> Option<&str> {
    zone.iana_name().filter(|name| !["UTC", "Etc/UTC"].contains(name))
}

/// A civil time as its clock shows it. One that the clock skips is written as what is meant by it.
fn time(property: ICalendarProperty, at: DateTime, zone: &TimeZone) -> ICalendarEntry {
    let entry = ICalendarEntry::new(property);
    let at = instant(at, zone);
    match (zone_name(zone), at) {
        (Some(name), Some(at)) => {
            entry.with_param(ICalendarParameter::tzid(name.to_owned())).with_value(civil(zone.to_datetime(at)))
        }
        (_, at) => entry.with_value(utc(at.unwrap_or_default())),
    }
}

fn day(property: ICalendarProperty, day: Date) -> ICalendarEntry {
    let value = ICalendarParameter::new(ICalendarParameterName::Value, ICalendarValueType::Date);
    ICalendarEntry::new(property).with_param(value).with_value(civil(day.at(0, 0, 0, 0)))
}

fn civil(at: DateTime) -> PartialDateTime {
    let small = |number: i8| Some(number.unsigned_abs());
    PartialDateTime {
        year: Some(at.year().unsigned_abs()),
        month: small(at.month()),
        day: small(at.day()),
        hour: small(at.hour()),
        minute: small(at.minute()),
        second: small(at.second()),
        ..PartialDateTime::default()
    }
}

fn utc(at: Timestamp) -> PartialDateTime {
    PartialDateTime { tz_hour: Some(0), tz_minute: Some(0), ..civil(Offset::UTC.to_datetime(at)) }
}

fn offset(offset: Offset) -> ICalendarValue {
    let minutes = offset.seconds().unsigned_abs() / 60;
    let small = |number: u32| u8::try_from(number).ok();
    PartialDateTime {
        tz_hour: small(minutes / 60),
        tz_minute: small(minutes % 60),
        tz_minus: offset.seconds() < 0,
        ..PartialDateTime::default()
    }
    .into()
}

#[cfg(test)]
mod tests {
    use jiff::civil::datetime;
    use uuid::Uuid;

    use super::*;
    use crate::calendar::model::Moved;

    fn event(when: When) -> Event {
        Event {
            id: Uuid::from_u128(7),
            sequence: 2,
            changed_at: "2027-01-11T09:00:00Z".parse().unwrap(),
            title: "calendar-feed-name",
            when,
            place: Some("Sala 3, planta 2; entrada por «Ribera»\nPregunta por Ana".to_owned()),
            link: Some("https://mentoring.example/meetings/7".to_owned()),
            standing: Standing::Confirmed,
        }
    }

    fn weekly() -> When {
        When::Hours {
            start: datetime(2027, 10, 18, 10, 0, 0, 0),
            end: datetime(2027, 10, 18, 11, 0, 0, 0),
            zone: TimeZone::get("Europe/Madrid").unwrap(),
            series: Some(Series {
                every: Every::Weeks(1),
                times: 4,
                except: vec![datetime(2027, 11, 1, 10, 0, 0, 0)],
                moved: vec![Moved {
                    from: datetime(2027, 11, 8, 10, 0, 0, 0),
                    start: datetime(2027, 11, 9, 16, 0, 0, 0),
                    end: datetime(2027, 11, 9, 17, 0, 0, 0),
                    place: Some("Por teléfono".to_owned()),
                }],
            }),
        }
    }

    fn people() -> (Party, Vec<Party>) {
        let party = |name: &str, address: &str| Party { name: name.to_owned(), address: address.to_owned() };
        let guests =
            vec![party("Ana \"la jefa\" Pérez; dirección\r\nX:1", "ana@example.org"), party("", "luis@example.org")];
        (party("Telémaco", "mentoring@example.org"), guests)
    }

    #[test]
    fn an_invitation_as_it_is_sent() {
        let (organiser, guests) = people();
        let text = invitation(&event(weekly()), Method::Request, &organiser, &guests, Lang::Es);
        assert!(text.lines().all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
        insta::assert_snapshot!("invitation", text.replace("\r\n", "\n"));
    }

    #[test]
    fn a_cancellation_says_what_is_cancelled() {
        let (organiser, guests) = people();
        let text = invitation(&event(weekly()), Method::Cancel, &organiser, &guests, Lang::En);
        for line in ["METHOD:CANCEL", "STATUS:CANCELLED", "SEQUENCE:2", "UID:00000000-0000-0000-0000-000000000007"] {
            assert!(text.contains(&format!("\r\n{line}\r\n")), "{line} in {text}");
        }
    }

    #[test]
    fn a_feed_names_nobody_and_leaves_out_what_was_cancelled() {
        let days = When::Days { first: Date::constant(2027, 6, 30), last: Date::constant(2027, 6, 30) };
        let cancelled = Event { standing: Standing::Cancelled, id: Uuid::from_u128(8), ..event(days.clone()) };
        let text = feed("Telémaco", &[event(weekly()), event(days), cancelled], Lang::Es);
        assert!(!text.contains("mailto:") && !text.contains("-000000000008"), "{text}");
        insta::assert_snapshot!("feed", text.replace("\r\n", "\n"));
    }

    #[test]
    fn the_world_s_time_needs_no_zone() {
        let (start, end) = (datetime(2027, 3, 1, 9, 0, 0, 0), datetime(2027, 3, 1, 10, 0, 0, 0));
        let text = feed("x", &[event(When::Hours { start, end, zone: TimeZone::UTC, series: None })], Lang::En);
        assert!(text.contains("\r\nDTSTART:20270301T090000Z\r\n") && !text.contains("VTIMEZONE"), "{text}");
    }
}
