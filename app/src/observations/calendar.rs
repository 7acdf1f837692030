//! What sittings have for calendars: the times of those at which somebody holds a seat, or receives observers. The place is for those who
//! go there; no title is anybody's to read, for there is none.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::model::{Seat, Sitting, State};
use super::places::sittings_of;
use crate::app::App;
use crate::calendar::{self, Asked, Event, Method, Offer, Party, Standing, When};
use crate::i18n::{Lang, Message};
use crate::identity::PersonCore;
use crate::mail::Attached;
use crate::problems::Failure;

pub const CALENDAR: Offer = Offer {
    name: "observations",
    events: |app, asked| Box::pin(async move { events(&app, &asked).await }),
    looks_for_times: |_, _| Box::pin(async { Ok(false) }),
};

async fn events(app: &App, asked: &Asked) -> Result<Vec<Event>, Failure> {
    let of = (asked.person.organisation, asked.person.id);
    let sittings = sittings_of(&app.db, of, (asked.from, asked.to)).await?;
    let named = |sitting: &Sitting| {
        let is_theirs = [sitting.host.person, sitting.chair.person, sitting.keeper].contains(&Some(asked.person.id));
        if is_theirs { RECEIVES } else { OBSERVES }
    };
    Ok(sittings.iter().map(|sitting| event(app, sitting, (sitting.version, named(sitting)))).collect())
}

/// What stands in the calendar of somebody who observes, and of somebody who receives observers.
const OBSERVES: &str = "observations-calendar-title";
const RECEIVES: &str = "observations-calendar-receives";

fn event(app: &App, sitting: &Sitting, (sequence, title): (i64, &'static str)) -> Event {
    let zone = sitting.time_zone();
    Event {
        id: sitting.id.0,
        sequence: u32::try_from(sequence).unwrap_or_default(),
        changed_at: sitting.changed_at,
        title,
        when: When::Hours {
            start: zone.to_datetime(sitting.starts_at),
            end: zone.to_datetime(sitting.ends_at),
            zone,
            series: None,
        },
        place: Some(sitting.place.clone()).filter(|place| !place.is_empty()),
        link: Some(format!("{}/sittings/{}", app.config.public_url, sitting.id)),
        standing: if sitting.state == State::Cancelled { Standing::Cancelled } else { Standing::Confirmed },
    }
}

/// What goes along with an observer's mail.
pub(super) fn attached(app: &App, sitting: &Sitting, seat: &Seat, reader: &PersonCore, method: Method) -> Attached {
    let (name, address) = app.mailer.sender();
    let guest = Party { name: reader.name.clone(), address: reader.address.clone() };
    let event = event(app, sitting, (seat.sequence, OBSERVES));
    calendar::mailed(&event, method, &Party { name, address }, &[guest], reader.lang)
}

/// From when to when, in somebody's zone, which stands after both.
pub(super) fn when(lang: Lang, sitting: &Sitting, zone: &TimeZone) -> String {
    let times = times(lang, sitting, zone);
    zone.iana_name().map_or_else(|| times.clone(), |name| format!("{times} ({name})"))
}

/// The same for a page that names the zone once. Where it ends on another day, that day stands there too.
pub(super) fn times(lang: Lang, sitting: &Sitting, zone: &TimeZone) -> String {
    let end = zone.to_datetime(sitting.ends_at);
    let is_same_day = zone.to_datetime(sitting.starts_at).date() == end.date();
    let end = if is_same_day { end.strftime("%H:%M").to_string() } else { bare(lang, sitting.ends_at, zone) };
    format!("{} – {end}", bare(lang, sitting.starts_at, zone))
}

/// An instant without the name of its zone.
pub(super) fn bare(lang: Lang, at: Timestamp, zone: &TimeZone) -> String {
    let text = lang.instant(at, zone);
    text.split_once(" (").map_or_else(|| text.clone(), |(at, _)| at.to_owned())
}

/// On whose clock the times of a page are: the city that its zone is named after.
pub(super) fn clock_of(zone: &TimeZone) -> Message {
    let name = zone.iana_name().unwrap_or("UTC");
    let city = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    Message::new("observations-clock").with("city", city)
}

/// How long something took: hours and minutes.
pub(super) fn lasting(minutes: i64) -> Message {
    let key = match (minutes / 60, minutes % 60) {
        (0, _) => "observations-lasting-minutes",
        (_, 0) => "observations-lasting-hours",
        _ => "observations-lasting",
    };
    Message::new(key).with("hours", minutes / 60).with("minutes", minutes % 60)
}
