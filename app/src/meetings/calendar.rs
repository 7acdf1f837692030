//! What meetings have for somebody's calendar: the times that hold, also those of mentors whose diary they keep. Whoever has a pair looks for times already (`mentorships`).

use std::collections::BTreeMap;

use super::model::{Meeting, Way};
use super::series::{Series, SeriesId};
use super::store;
use crate::app::App;
use crate::calendar::{Asked, Event, Offer};
use crate::mentorships::{self, MentorshipId};
use crate::problems::Failure;

pub const CALENDAR: Offer = Offer {
    name: "meetings",
    events: |app, asked| Box::pin(async move { events(&app, &asked).await }),
    looks_for_times: |_, _| Box::pin(async { Ok(false) }),
};

async fn events(app: &App, asked: &Asked) -> Result<Vec<Event>, Failure> {
    let own = mentorships::running_with(&app.db, asked.person.id).await?;
    let mentors = store::assisted_by(&app.db, asked.person.id).await?;
    let kept = mentorships::running_of_mentors(&app.db, &mentors).await?;
    let pairs: Vec<MentorshipId> = own.into_iter().chain(kept).map(|pair| pair.id).collect();
    let meetings = store::agreed_of(&app.db, &pairs, (asked.from, asked.to)).await?;
    let (url, place) = (&app.config.public_url, |way: Way| asked.person.lang.say(&way.key()));
    let alone = meetings.iter().filter(|meeting| meeting.series.is_none());
    let mut events: Vec<Event> = alone.filter_map(|meeting| meeting.event(url, place(meeting.way))).collect();
    let series: BTreeMap<SeriesId, &Series> = meetings
        .iter()
        .filter_map(|meeting| meeting.series.as_ref().map(|part| (part.series.id, &part.series)))
        .collect();
    let ids: Vec<SeriesId> = series.keys().copied().collect();
    let mut all: BTreeMap<SeriesId, Vec<Meeting>> = BTreeMap::new();
    for meeting in store::of_series(&app.db, &ids).await? {
        let Some(id) = meeting.series.as_ref().map(|part| part.series.id) else { continue };
        all.entry(id).or_default().push(meeting);
    }
    events.extend(all.iter().filter_map(|(id, all)| series.get(id)?.event(all, url, place)));
    Ok(events)
}
