//! What sittings have for calendars: the times of those at which somebody holds a seat, or receives observers. The place is for those who
//! go there; no title is anybody's to read, for there is none.

use jiff::tz::TimeZone;

use super::model::{Seat, Sitting, State};
use super::places::sittings_of;
use crate::app::App;
use crate::calendar::{self, Asked, Event, Method, Offer, Party, Standing, When};
use crate::i18n::Lang;
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
    let title = |sitting: &Sitting| {
        let receives = sitting.host.is(asked.person.id) || sitting.presiding().is(asked.person.id);
        if receives { "observations-calendar-receives" } else { "observations-calendar-title" }
    };
    Ok(sittings.iter().map(|sitting| event(app, sitting, sitting.version, title(sitting))).collect())
}

fn event(app: &App, sitting: &Sitting, sequence: i64, title: &'static str) -> Event {
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
    let event = event(app, sitting, seat.sequence, "observations-calendar-title");
    calendar::mailed(&event, method, &Party { name, address }, &[guest], reader.lang)
}

/// From when to when, in somebody's zone.
pub(super) fn when(lang: Lang, sitting: &Sitting, zone: &TimeZone) -> String {
    let end = sitting.ends_at.to_zoned_datetime(zone.clone()).strftime("%H:%M");
    let start = lang.instant(sitting.starts_at, zone);
    // The zone stands after both.
    start.split_once(" (").map_or_else(|| format!("{start} – {end}"), |(at, name)| format!("{at} – {end} ({name}"))
}
