//! What goes to webhooks. Each sending bears the identifier of its notice, so that it is the same however often it is tried.

use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, SENDING};
use super::model::{Event, Trouble};
use super::store::{self, Hook};
use crate::app::App;
use crate::identity;
use crate::jobs::{Job, Kind};
use crate::notices::{jobs as mails, kind, store as notices};

pub(in crate::notices) const SEND: Kind = Kind { name: SENDING, run: |app, job| Box::pin(send(app, job)) };
pub(in crate::notices) const GIVE_UP: Kind =
    Kind { name: "notices.send-hook.given-up", run: |app, job| Box::pin(given_up(app, job)) };

#[derive(Deserialize)]
struct Sending {
    hook: Uuid,
    notice: Uuid,
}

async fn send(app: App, job: Job) -> anyhow::Result<()> {
    let Sending { hook, notice } = serde_json::from_value(job.payload)?;
    let Some(hook) = store::hook_of(&app.db, hook).await?.filter(|hook| hook.stopped_at.is_none()) else {
        return Ok(());
    };
    let Some(event) = event(&app, &hook, notice).await? else { return Ok(()) };
    match actions::send(&app, &hook, &event).await? {
        Ok(()) => Ok(()),
        Err(Trouble::Gone) => actions::stop(&app, &hook).await,
        Err(trouble) => anyhow::bail!("the webhook did not take it: {}", trouble.code()),
    }
}

/// What there is to tell of a notice, in its reader's language.
async fn event(app: &App, hook: &Hook, notice: Uuid) -> anyhow::Result<Option<Event>> {
    let Some(kept) = notices::notice(&app.db, notice).await? else { return Ok(None) };
    let Some(kind) = kind(&kept.kind) else { return Ok(None) };
    let Some(reader) = identity::person(&app.db, hook.person).await? else { return Ok(None) };
    Ok(Some(Event {
        id: kept.id,
        at: kept.told_at,
        text: reader.lang.tell(&mails::sentence(kind, &kept)),
        open: reader.lang.say("notices-mail-open"),
        url: format!("{}/notices/{}", app.config.public_url, kept.id),
        about: kept.about,
        kind: kept.kind,
    }))
}

/// Hours in vain: nobody listens there, unless something else arrived meanwhile.
async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    let Sending { hook, notice } = serde_json::from_value(job.payload)?;
    let (hook, kept) = (store::hook_of(&app.db, hook).await?, notices::notice(&app.db, notice).await?);
    match hook.zip(kept) {
        Some((hook, kept)) if hook.worked_at.is_none_or(|at| at < kept.told_at) => actions::stop(&app, &hook).await,
        _ => Ok(()),
    }
}
