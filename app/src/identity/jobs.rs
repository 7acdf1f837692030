//! Mails that carry a link. The link is made when the mail is, so that it stands nowhere but in the mail.

use serde::Deserialize;

use super::actions::{MAIL_LINK, Purpose, UNREACHABLE};
use super::may::Act;
use super::model::{PersonCore, PersonId, digest, encode};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::jobs::{Job, Kind};
use crate::mail::Mail;
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
    let Some((person, organisation)) = reader(&app, person).await? else { return Ok(()) };
    let (secret, now) = (app.secret(), app.now());
    transaction!(app.db, tx => {
        store::add_link(tx, &digest(&secret), purpose.code(), Some(&person), now, now + purpose.lasts()).await
    })?;
    let (subject, text, words) = match purpose {
        Purpose::Invitation => {
            ("identity-mail-invitation-subject", "identity-mail-invitation", "identity-mail-invitation-link")
        }
        Purpose::SignIn | Purpose::First => {
            ("identity-mail-sign-in-subject", "identity-mail-sign-in", "identity-mail-sign-in-link")
        }
    };
    let mail = Mail {
        id: job.id,
        to_name: person.name.clone(),
        to_address: person.address.clone(),
        lang: person.lang,
        subject: Message::new(subject).with("organisation", organisation.as_str()),
        paragraphs: vec![
            Message::new("identity-mail-greeting").with("name", person.name.as_str()),
            Message::new(text).with("organisation", organisation.as_str()),
        ],
        link: Some((Message::new(words), format!("{}/link/{}", app.config.public_url, encode(&secret)))),
    };
    app.mailer.send(&mail).await
}

/// Whom to write to, and in the name of which organisation.
async fn reader(app: &App, id: PersonId) -> anyhow::Result<Option<(PersonCore, String)>> {
    let Some(person) = store::person(&app.db, id).await? else { return Ok(None) };
    let organisation = store::organisation_name(&app.db, person.organisation).await?.unwrap_or_default();
    Ok(Some((person, organisation)))
}
