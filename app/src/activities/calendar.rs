//! What a plan has for calendars: the days of what is planned. What it is, and what to watch for, does not stand there.

use super::model::Activity;
use super::store;
use crate::app::App;
use crate::calendar::{Asked, Event, Offer, Standing, When};
use crate::mentorships;
use crate::problems::Failure;

pub const CALENDAR: Offer = Offer {
    name: "activities",
    events: |app, asked| Box::pin(async move { events(&app, &asked).await }),
    looks_for_times: |_, _| Box::pin(async { Ok(false) }),
};

async fn events(app: &App, asked: &Asked) -> Result<Vec<Event>, Failure> {
    let pairs = mentorships::running_with(&app.db, asked.person.id).await?;
    let pairs: Vec<_> = pairs.into_iter().map(|pair| pair.id).collect();
    let zone = asked.person.time_zone();
    let day = |at| zone.to_datetime(at).date();
    let planned = store::planned_of(&app.db, &pairs, (day(asked.from), day(asked.to))).await?;
    Ok(planned.iter().map(|activity| event(app, activity)).collect())
}

fn event(app: &App, activity: &Activity) -> Event {
    Event {
        id: activity.id.0,
        sequence: activity.sequence.try_into().unwrap_or(0),
        changed_at: activity.changed_at,
        title: "activities-calendar-title",
        when: When::Days { first: activity.when.on, last: activity.when.on },
        place: None,
        link: Some(format!("{}/mentorships/{}/plan", app.config.public_url, activity.mentorship)),
        standing: Standing::Confirmed,
    }
}
