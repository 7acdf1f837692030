//! The mail that a mentorship has ended. It says neither who ended it nor why.

use serde::Deserialize;

use super::actions::MAIL_END;
use super::agreement;
use super::model::MentorshipId;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, PersonId};
use crate::jobs::{Job, Kind};
use crate::mail::Mail;
use crate::programmes;

pub(super) const KINDS: &[Kind] =
    &[Kind { name: MAIL_END, run: |app, job| Box::pin(mail_end(app, job)) }, agreement::MAIL];

#[derive(Deserialize)]
struct Payload {
    mentorship: MentorshipId,
    to: PersonId,
}

async fn mail_end(app: App, job: Job) -> anyhow::Result<()> {
    let Payload { mentorship, to } = serde_json::from_value(job.payload)?;
    let Some(mentorship) = store::mentorship(&app.db, mentorship).await? else { return Ok(()) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(()) };
    let Some(edition) = programmes::edition(&app.db, mentorship.edition).await? else { return Ok(()) };
    let mail = Mail {
        id: job.id,
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject: Message::new("mentorships-mail-end-subject").with("edition", edition.name.as_str()),
        paragraphs: vec![
            Message::new("identity-mail-greeting").with("name", reader.name.as_str()),
            Message::new("mentorships-mail-end").with("edition", edition.name.as_str()),
        ],
        link: Some((
            Message::new("mentorships-mail-end-link"),
            format!("{}/mentorships/{}", app.config.public_url, mentorship.id),
        )),
    };
    app.mailer.send(&mail).await
}
