//! The mail of an invitation, and the day on which nothing is kept of it any more.

use jiff::tz::TimeZone;

use super::super::letters::UNREACHED;
use super::actions::{DAY, FORGET, MAIL, Meant, make_link};
use super::store;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity;
use crate::jobs::{Job, Kind};
use crate::mail::{self, Mail, Posted};
use crate::notices::{self, Notice};
use crate::transaction;

pub(in super::super) const KINDS: &[Kind] = &[
    Kind { name: MAIL, run: |app, job| Box::pin(write(app, job)) },
    Kind { name: FORGET, run: |app, job| Box::pin(forget(app, job)) },
];

async fn forget(app: App, job: Job) -> anyhow::Result<()> {
    let Meant { organisation, invitation } = serde_json::from_value(job.payload)?;
    let Some(invitation) = store::invitation(&app.db, organisation, invitation).await? else { return Ok(()) };
    // One that was sent again is forgotten on its own day.
    if invitation.forgotten_at() > app.now() {
        return Ok(());
    }
    let now = app.now();
    Ok(transaction!(app.db, tx => {
        store::forget_mails(tx, now.saturating_sub(DAY).unwrap_or(now)).await?;
        store::forget(tx, invitation.id).await
    })?)
}

async fn write(app: App, job: Job) -> anyhow::Result<()> {
    let meant: Meant = serde_json::from_value(job.payload)?;
    let Some((invitation, url)) = make_link(&app, meant).await? else { return Ok(()) };
    // Nobody knows the language of somebody outside; it is that of the house that writes.
    let house = identity::organisation(&app.db, invitation.organisation).await?;
    let lang = house.as_ref().map_or(Lang::Es, |house| house.lang);
    let zone = house.as_ref().and_then(|house| TimeZone::get(&house.zone).ok()).unwrap_or(TimeZone::UTC);
    let until = lang.instant(invitation.expires_at, &zone);
    let name = house.map_or_else(String::new, |house| house.name);
    let letter = Mail {
        id: job.id,
        to_name: invitation.host.name,
        to_address: invitation.host.address,
        lang,
        subject: Message::new("observations-mail-invite-subject"),
        paragraphs: vec![
            Message::new("observations-mail-invite-text").with("organisation", name),
            Message::new("observations-mail-invite-once").with("at", until),
        ],
        link: Some((Message::new("observations-mail-invite-button"), url)),
    };
    if mail::post_outside(&app, &letter).await? == Posted::Unreachable {
        // The address stays where the page shows it: it may be one letter that is wrong.
        let text = Message::new("observations-notice-unreached-invited");
        let href = format!("/editions/{}/sittings/new", invitation.edition);
        let notice = Notice::new(invitation.organisation, invitation.invited_by, UNREACHED, text, href);
        let notice = notice.once(job.id.to_string());
        transaction!(app.db, tx => notices::tell(&app, tx, &notice).await)?;
    }
    Ok(())
}
