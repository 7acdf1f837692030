//! The look at a calendar that somebody named. Each look has the next one follow, so that there is one waiting for every
//! calendar and none for one that was taken back.

use jiff::SignedDuration;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, LOOK, Looked};
use super::asking::{self, Server, Span, Trouble};
use super::store::{self, Source};
use crate::app::App;
use crate::features;
use crate::identity::{self, PersonCore};
use crate::jobs::{Job, Kind};
use crate::problems::Failure;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: LOOK, run: |app, job| Box::pin(look(app, job)) },
    Kind { name: "calendar.look.given-up", run: |app, job| Box::pin(given_up(app, job)) },
];

/// Meetings are proposed for the weeks that come.
const BACK: SignedDuration = SignedDuration::from_hours(24);
const AHEAD: SignedDuration = SignedDuration::from_hours(10 * 7 * 24);

#[derive(Deserialize)]
struct Payload {
    source: Uuid,
    round: i64,
}

async fn look(app: App, job: Job) -> anyhow::Result<()> {
    let Some((source, person)) = waiting(&app, job).await? else { return Ok(()) };
    // The first look is always taken, so that whoever named a calendar learns whether it works.
    let looked = if source.tried_at.is_none() || looks_for_times(&app, &person).await? {
        ask(&app, &source, &person).await
    } else {
        Looked::NoNeed
    };
    Ok(actions::settle(&app, &source, &person, &looked).await?)
}

/// A look that failed for reasons of ours is not the last.
async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    let Some((source, person)) = waiting(&app, job).await? else { return Ok(()) };
    Ok(actions::settle(&app, &source, &person, &Looked::Trouble(Trouble::Ours)).await?)
}

/// The calendar that the job is about and whose it is, unless it was taken back or another look was faster.
async fn waiting(app: &App, job: Job) -> anyhow::Result<Option<(Source, PersonCore)>> {
    let payload: Payload = serde_json::from_value(job.payload)?;
    let source = store::source(&app.db, payload.source).await?.filter(|source| source.round == payload.round);
    let Some(source) = source else { return Ok(None) };
    let person = identity::person(&app.db, source.person).await?;
    Ok(person.map(|person| (source, person)))
}

async fn looks_for_times(app: &App, person: &PersonCore) -> Result<bool, Failure> {
    for offer in features::CALENDARS {
        if (offer.looks_for_times)(app.clone(), person.id).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

async fn ask(app: &App, source: &Source, person: &PersonCore) -> Looked {
    let now = app.now();
    let home = person.time_zone();
    let span = Span { from: now - BACK, to: now + AHEAD, home };
    let answered = match actions::login(app, source, person).await {
        Ok(login) => {
            let server = Server { allow_hosts: &app.config.calendar_allow_hosts, address: &source.address, login };
            asking::busy(&server, source.kind, &span).await
        }
        Err(trouble) => Err(trouble),
    };
    match answered {
        Ok((kind, busy)) => Looked::Busy(kind, busy),
        Err(trouble) => {
            tracing::info!(trouble = trouble.code(), source = %source.id, "a calendar could not be read");
            Looked::Trouble(trouble)
        }
    }
}
