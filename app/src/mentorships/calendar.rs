//! What mentorships have for somebody's calendar: the day on which each comes to its end.

use jiff::SignedDuration;
use uuid::Uuid;

use super::model::Mentorship;
use super::store;
use crate::app::App;
use crate::calendar::{Asked, Event, Offer, Standing, When};
use crate::identity::PersonId;
use crate::problems::Failure;
use crate::programmes::{self, Edition};

pub const CALENDAR: Offer = Offer {
    name: "mentorships",
    events: |app, asked| Box::pin(async move { events(&app, &asked).await }),
    looks_for_times: |app, person| Box::pin(async move { looks_for_times(&app, person).await }),
};

/// Whoever stands in a mentorship that runs has somebody to meet.
async fn looks_for_times(app: &App, person: PersonId) -> Result<bool, Failure> {
    Ok(!store::running_with(&app.db, person).await?.is_empty())
}

async fn events(app: &App, asked: &Asked) -> Result<Vec<Event>, Failure> {
    let running = store::running_with(&app.db, asked.person.id).await?;
    if running.is_empty() {
        return Ok(Vec::new());
    }
    let editions = programmes::editions(&app.db, asked.person.organisation).await?;
    let edition = |mentorship: &Mentorship| editions.iter().find(|edition| edition.id == mentorship.edition);
    let events = running.iter().filter_map(|mentorship| Some(last_day(app, mentorship, edition(mentorship)?)));
    Ok(events.filter(|event| is_within(event, asked)).collect())
}

fn last_day(app: &App, mentorship: &Mentorship, edition: &Edition) -> Event {
    Event {
        id: id(mentorship),
        sequence: edition.version.try_into().unwrap_or(0),
        // The day is the edition's, and moves with it.
        changed_at: edition.changed_at.map_or(mentorship.began_at, |at| at.max(mentorship.began_at)),
        title: "mentorships-calendar-end",
        when: When::Days { first: edition.ends_on, last: edition.ends_on },
        place: None,
        link: Some(format!("{}/mentorships/{}", app.config.public_url, mentorship.id)),
        standing: Standing::Confirmed,
    }
}

/// Another than the mentorship's own, of which there may be other events.
fn id(mentorship: &Mentorship) -> Uuid {
    Uuid::from_u128(mentorship.id.0.as_u128() ^ 1)
}

/// To the day, whatever the zone.
fn is_within(event: &Event, asked: &Asked) -> bool {
    let When::Days { first, last } = &event.when else { return true };
    let a_day = SignedDuration::from_hours(24);
    let day = |at: jiff::Timestamp| jiff::tz::TimeZone::UTC.to_datetime(at).date();
    *last >= day(asked.from - a_day) && *first <= day(asked.to + a_day)
}
