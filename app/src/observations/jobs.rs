//! Mails to hosts and chairs without account, the day on which their names are emptied, and reminders of undertakings that end.

use jiff::Timestamp;

use super::actions::make_link;
use super::calendar::when;
use super::letters::{FORGET, Forgotten, MAIL, Outside, REMIND, Reminder, forgotten_at, unreached};
use super::model::{Item, LinkAct, Seat, SeatState, Sitting, State};
use super::seating::actions::remind as remind_of;
use super::store::{self, Link};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity;
use crate::jobs::{Job, Kind};
use crate::mail::{self, Mail, Posted};
use crate::transaction;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: MAIL, run: |app, job| Box::pin(write(app, job)) },
    Kind { name: FORGET, run: |app, job| Box::pin(forget(app, job)) },
    Kind { name: REMIND, run: |app, job| Box::pin(remind(app, job)) },
];

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let reminder: Reminder = serde_json::from_value(job.payload)?;
    Ok(remind_of(&app, &reminder).await?)
}

async fn forget(app: App, job: Job) -> anyhow::Result<()> {
    let Forgotten { organisation, sitting } = serde_json::from_value(job.payload)?;
    let Some(sitting) = store::sitting(&app.db, organisation, sitting).await? else { return Ok(()) };
    // One that has moved is looked at again on its own day.
    if forgotten_at(&sitting) > app.now() {
        return Ok(());
    }
    Ok(transaction!(app.db, tx => {
        store::forget_side(tx, sitting.id).await?;
        store::forget_outside(tx, sitting.id).await
    })?)
}

async fn write(app: App, job: Job) -> anyhow::Result<()> {
    let outside: Outside = serde_json::from_value(job.payload)?;
    let Outside { organisation, sitting, act, wish, moved, off, side } = outside;
    if off {
        return write_off(&app, job.id, outside).await;
    }
    let Some((sitting, somebody, url)) = make_link(&app, &Link { organisation, sitting, act }).await? else {
        return Ok(());
    };
    // Nobody knows the language of somebody outside; it is that of the house that writes.
    let house = identity::organisation(&app.db, organisation).await?;
    let lang = house.as_ref().map_or(Lang::Es, |house| house.lang);
    let zone = sitting.time_zone();
    let of = match act {
        // Where the host has not agreed yet, that is what is asked.
        _ if moved && sitting.state != State::Draft => "moved",
        // Whoever said meanwhile that it agrees knows it.
        _ if side && sitting.other_side_agreed_at.is_some() => return Ok(()),
        _ if side => "side",
        _ if wish => "wish",
        // Whoever has agreed already, as somebody who opened it by a link, is not asked whether observers may come.
        LinkAct::Host if sitting.state != State::Draft => "opened",
        act => act.code(),
    };
    let key = |part: &str| Message::new(format!("observations-mail-{of}-{part}"));
    let text = key("text")
        .with("organisation", house.map_or_else(String::new, |house| house.name))
        .with("number", sitting.number.to_string())
        .with("kind", Message::new(sitting.kind.key()))
        .with("at", when(lang, &sitting, &zone));
    let waits = if of == "moved" { Some(Message::new(waits_of(&app, &sitting, act).await?)) } else { None };
    let letter = Mail {
        id: job.id,
        to_name: somebody.name.clone(),
        to_address: somebody.address.clone(),
        lang,
        subject: key("subject"),
        paragraphs: [Some(text), waits, Some(Message::new("observations-mail-outside"))]
            .into_iter()
            .flatten()
            .collect(),
        link: Some((key("button"), url)),
    };
    if mail::post_outside(&app, &letter).await? == Posted::Unreachable {
        transaction!(app.db, tx => unreached(&app, tx, &sitting, act).await)?;
    }
    Ok(())
}

/// That a sitting is called off: there is nothing to be done, and no link.
async fn write_off(app: &App, id: uuid::Uuid, outside: Outside) -> anyhow::Result<()> {
    let Some(sitting) = store::sitting(&app.db, outside.organisation, outside.sitting).await? else { return Ok(()) };
    let somebody = if outside.act == LinkAct::Host { &sitting.host } else { &sitting.chair };
    if somebody.person.is_some() || somebody.address.is_empty() {
        return Ok(());
    }
    let house = identity::organisation(&app.db, outside.organisation).await?;
    let lang = house.as_ref().map_or(Lang::Es, |house| house.lang);
    let text = Message::new("observations-mail-off-text")
        .with("organisation", house.map_or_else(String::new, |house| house.name))
        .with("number", sitting.number.to_string())
        .with("at", when(lang, &sitting, &sitting.time_zone()));
    let letter = Mail {
        id,
        to_name: somebody.name.clone(),
        to_address: somebody.address.clone(),
        lang,
        subject: Message::new("observations-mail-off-subject"),
        paragraphs: vec![text],
        link: None,
    };
    mail::post_outside(app, &letter).await?;
    Ok(())
}

/// What waits for a host or a chair at a sitting that has moved.
async fn waits_of(app: &App, sitting: &Sitting, act: LinkAct) -> anyhow::Result<&'static str> {
    if act == LinkAct::Host && !sitting.has_other_side(Timestamp::MAX) {
        return Ok("observations-mail-moved-side");
    }
    let waits = match act {
        LinkAct::Host => store::seats_of(&app.db, sitting.id).await?.iter().any(waits_for_host),
        LinkAct::Chair => store::items_of(&app.db, sitting.id).await?.iter().any(waits_for_chair),
    };
    Ok(if waits { "observations-mail-moved-waits" } else { "observations-mail-moved-nothing" })
}

fn waits_for_host(seat: &Seat) -> bool {
    seat.state == SeatState::Asked && seat.host_answer.is_none()
}

fn waits_for_chair(item: &Item) -> bool {
    item.class.is_some() && item.agreed_at.is_none()
}
