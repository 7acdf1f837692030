//! What meetings have for somebody's calendar: the times that hold. Whoever has a pair looks for times already (`mentorships`).

use super::store;
use crate::app::App;
use crate::calendar::{Asked, Event, Offer};
use crate::mentorships;
use crate::problems::Failure;

pub const CALENDAR: Offer = Offer {
    name: "meetings",
    events: |app, asked| Box::pin(async move { events(&app, &asked).await }),
    looks_for_times: |_, _| Box::pin(async { Ok(false) }),
};

async fn events(app: &App, asked: &Asked) -> Result<Vec<Event>, Failure> {
    let pairs = mentorships::running_with(&app.db, asked.person.id).await?;
    let pairs: Vec<_> = pairs.into_iter().map(|pair| pair.id).collect();
    let meetings = store::agreed_of(&app.db, &pairs, (asked.from, asked.to)).await?;
    let event = |meeting: &super::model::Meeting| {
        meeting.event(&app.config.public_url, asked.person.lang.say(&meeting.way.key()))
    };
    Ok(meetings.iter().filter_map(event).collect())
}
