//! Mails about proposals, and the end of a window. A link is made when its mail is, so that it stands nowhere else.

use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::letters::{Letter, MAIL, PUBLISHED, SILENCE};
use super::model::{Proposal, ProposalId, last_day};
use super::presses::CARRY_ON;
use super::{actions, store};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, PersonCore, PersonId, digest, encode};
use crate::jobs::{Job, Kind};
use crate::mail::{self, Along, Mail, Posted};
use crate::mentorships::{self, MentorshipId};
use crate::notices::{self, Kind as NoticeKind, Told};
use crate::people::model::Side;
use crate::problems::Failure;
use crate::programmes::{self, Edition, EditionId};
use crate::transaction;

pub const MAIL_KIND: Kind = Kind { name: MAIL, run: |app, job| Box::pin(write(app, job)) };
/// A question that could not be mailed is told to the coordinator; of other letters nothing depends on whether they went.
pub const MAIL_GIVEN_UP_KIND: Kind =
    Kind { name: "pairing.mail-proposal.given-up", run: |app, job| Box::pin(given_up(app, job)) };
/// What was pressed is carried out part by part.
pub const CARRY_ON_KIND: Kind = Kind { name: CARRY_ON, run: |app, job| Box::pin(carry_on(app, job)) };
pub const SILENCE_KIND: Kind = Kind { name: SILENCE, run: |app, job| Box::pin(silence(app, job)) };

/// A mail and whom it is for.
type Addressed = (PersonCore, Mail);

#[derive(Deserialize)]
struct Pressed {
    edition: EditionId,
    press: Uuid,
}

async fn carry_on(app: App, job: Job) -> anyhow::Result<()> {
    let Pressed { edition, press } = serde_json::from_value(job.payload)?;
    Ok(actions::carry_on(&app, edition, press).await?)
}

#[derive(Deserialize)]
struct Window {
    edition: EditionId,
}

async fn silence(app: App, job: Job) -> anyhow::Result<()> {
    let window: Window = serde_json::from_value(job.payload)?;
    Ok(actions::silence(&app, window.edition).await?)
}

async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    match serde_json::from_value(job.payload)? {
        Letter::Ask { proposal, to } => Ok(actions::unreached(&app, proposal, to).await?),
        Letter::Remind { .. } | Letter::Changed { .. } => Ok(()),
    }
}

async fn write(app: App, job: Job) -> anyhow::Result<()> {
    let letter: Letter = serde_json::from_value(job.payload)?;
    let written = match letter {
        Letter::Ask { proposal, to } => ask(&app, proposal, to, "ask").await?,
        Letter::Remind { proposal, to } => ask(&app, proposal, to, "remind").await?,
        Letter::Changed { proposal, to } => changed(&app, proposal, to).await?,
    };
    let Some((reader, mail)) = written else { return Ok(()) };
    let posted = mail::post(&app, &reader, &Mail { id: job.id, ..mail }, Along::default()).await?;
    match (letter, posted) {
        (Letter::Ask { proposal, to }, Posted::Taken) => Ok(actions::reached(&app, proposal, to).await?),
        (Letter::Ask { proposal, to }, Posted::Unreachable) => Ok(actions::unreached(&app, proposal, to).await?),
        (Letter::Remind { .. } | Letter::Changed { .. }, _) => Ok(()),
    }
}

/// Asks somebody for an answer with a link of their own, if it is still waited for.
async fn ask(app: &App, id: ProposalId, to: PersonId, kind: &str) -> anyhow::Result<Option<Addressed>> {
    let now = app.now();
    let Some(proposal) = store::proposal(&app.db, id).await? else { return Ok(None) };
    let Some((side, until)) = proposal.awaited() else { return Ok(None) };
    if proposal.person(side) != to || (proposal.reached && now >= until) {
        return Ok(None);
    }
    let Some(edition) = programmes::edition(&app.db, proposal.edition).await? else { return Ok(None) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(None) };
    let secret = app.secret();
    let until: Result<Timestamp, Failure> = transaction!(app.db, tx => {
        let until = actions::window_of(app, tx, &edition, &proposal, (side, until)).await?;
        store::add_link(tx, &digest(&secret), &proposal, to, now, until).await?;
        Ok(until)
    });
    let until = until?;
    let day = reader.lang.date(last_day(until, &edition.settings.calendar.time_zone()));
    let text = match side {
        Side::Mentor => "consent-mail-ask-mentor",
        Side::Mentee => "consent-mail-ask-mentee",
    };
    let text = Message::new(text)
        .with("edition", edition.name.as_str())
        .with("day", day)
        .with("zone", edition.settings.calendar.zone.as_str());
    let path = format!("/answer/{}", encode(&secret));
    let mail = letter(app, &edition, &reader, kind, vec![text], &path);
    Ok(Some((reader, mail)))
}

/// Tells somebody that what they were shown does not stand. It says no more, whatever happened.
async fn changed(app: &App, id: ProposalId, to: PersonId) -> anyhow::Result<Option<Addressed>> {
    let Some(Proposal { edition, .. }) = store::proposal(&app.db, id).await? else { return Ok(None) };
    let Some(edition) = programmes::edition(&app.db, edition).await? else { return Ok(None) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(None) };
    let mail = letter(app, &edition, &reader, "changed", Vec::new(), "/proposals");
    Ok(Some((reader, mail)))
}

/// What both are told when their mentorship is published.
pub const PUBLISHED_KIND: NoticeKind = NoticeKind {
    name: PUBLISHED,
    label: "consent-notice-published-label",
    mail: "consent-notice-published-mail",
    waits: false,
    needed: Some("consent-notice-published-needed"),
    writes: Some(|app, told| Box::pin(published(app, told))),
    ..NoticeKind::USUAL
};

async fn published(app: App, told: Told) -> anyhow::Result<Option<notices::Letter>> {
    let Some(id) = told.about.map(MentorshipId) else { return Ok(None) };
    let Some(mentorship) = mentorships::mentorship(&app.db, id).await? else { return Ok(None) };
    let Some(edition) = programmes::edition(&app.db, mentorship.edition).await? else { return Ok(None) };
    Ok(Some(notices::Letter {
        subject: Message::new("consent-mail-published-subject").with("edition", edition.name.as_str()),
        paragraphs: vec![Message::new("consent-mail-published").with("edition", edition.name.as_str())],
        link: Some((Message::new("consent-mail-published-link"), told.url(&app))),
        attached: None,
    }))
}

/// A mail about an edition; its words go by its kind. It names nobody: who it is stands on the page.
fn letter(app: &App, edition: &Edition, reader: &PersonCore, kind: &str, texts: Vec<Message>, path: &str) -> Mail {
    let greeting = Message::new("identity-mail-greeting").with("name", reader.name.as_str());
    let opening = Message::new(format!("consent-mail-{kind}")).with("edition", edition.name.as_str());
    Mail {
        id: Uuid::nil(),
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject: Message::new(format!("consent-mail-{kind}-subject")).with("edition", edition.name.as_str()),
        paragraphs: [greeting, opening].into_iter().chain(texts).collect(),
        link: Some((Message::new(format!("consent-mail-{kind}-link")), format!("{}{path}", app.config.public_url))),
    }
}
