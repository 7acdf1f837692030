//! Mails that carry a link. The link is made when the mail is, so that it stands nowhere but in the mail.

use serde::Deserialize;

use super::actions::{MAIL_LINK, Purpose, UNREACHABLE};
use super::may::Act;
use super::model::{PersonCore, PersonId, digest, encode};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::jobs::{Job, Kind};
use crate::mail::{self, Mail};
use crate::notices::{self, Way};
use crate::transaction;

pub(super) const KINDS: &[Kind] = &[Kind { name: MAIL_LINK, run: |app, job| Box::pin(mail_link(app, job)) }];

/// What coordinators are told of.
pub(super) const NOTICES: &[notices::Kind] = &[notices::Kind {
    name: UNREACHABLE,
    label: "identity-notice-unreachable-label",
    mail: "identity-notice-unreachable-mail",
    way: Way::Daily,
    act: Act::ManagePeople,
    ..notices::Kind::USUAL
}];

#[derive(Deserialize)]
struct Payload {
    purpose: String,
    /// Nobody, when a link was asked for an address that is nobody's.
    person: Option<PersonId>,
}

async fn mail_link(app: App, job: Job) -> anyhow::Result<()> {
    let payload: Payload = serde_json::from_value(job.payload)?;
    let purpose = Purpose::parse(&payload.purpose).ok_or_else(|| anyhow::anyhow!("no such purpose"))?;
    let Some(person) = payload.person else { return Ok(()) };
    if app.now().duration_since(job.added_at) > purpose.waits() {
        return Ok(());
    }
    let Some((person, organisation)) = reader(&app, person).await? else { return Ok(()) };
    let Some(address) = address_for(&app, purpose, &person).await? else { return Ok(()) };
    let (secret, now) = (app.secret(), app.now());
    transaction!(app.db, tx => {
        store::add_link(tx, &digest(&secret), purpose.code(), Some(&person), now, now + purpose.lasts()).await
    })?;
    let (subject, text, words) = match purpose {
        Purpose::Invitation => {
            ("identity-mail-invitation-subject", "identity-mail-invitation", "identity-mail-invitation-link")
        }
        Purpose::Private => ("identity-mail-private-subject", "identity-mail-private", "identity-mail-private-link"),
        Purpose::SignIn | Purpose::SignInPrivately | Purpose::First => {
            ("identity-mail-sign-in-subject", "identity-mail-sign-in", "identity-mail-sign-in-link")
        }
    };
    let path = if purpose == Purpose::Private { "confirm" } else { "link" };
    // Whoever has an address that is still to be confirmed may not be who they say: their name stays out of that mail.
    let greeting = (purpose != Purpose::Private)
        .then(|| Message::new("identity-mail-greeting").with("name", person.name.as_str()));
    let text = Message::new(text).with("organisation", organisation.as_str());
    let mail = Mail {
        id: job.id,
        to_name: greeting.as_ref().map(|_| person.name.clone()).unwrap_or_default(),
        to_address: address.clone(),
        lang: person.lang,
        subject: Message::new(subject).with("organisation", organisation.as_str()),
        paragraphs: greeting.into_iter().chain([text]).collect(),
        link: Some((Message::new(words), format!("{}/{path}/{}", app.config.public_url, encode(&secret)))),
    };
    // It is tried whatever is known of the address: who opens it proves that mails arrive.
    mail::post_to(&app, &person, &address, &mail).await.map(drop)
}

/// Where a link goes: to the private address if it is about that one.
async fn address_for(app: &App, purpose: Purpose, person: &PersonCore) -> anyhow::Result<Option<String>> {
    match purpose {
        Purpose::Private | Purpose::SignInPrivately => {
            Ok(store::ways(&app.db, person.id).await?.and_then(|ways| ways.private))
        }
        Purpose::SignIn | Purpose::Invitation | Purpose::First => Ok(Some(person.address.clone())),
    }
}

/// Whom to write to, and in the name of which organisation.
async fn reader(app: &App, id: PersonId) -> anyhow::Result<Option<(PersonCore, String)>> {
    let Some(person) = store::person(&app.db, id).await? else { return Ok(None) };
    let organisation = store::organisation_name(&app.db, person.organisation).await?.unwrap_or_default();
    Ok(Some((person, organisation)))
}
