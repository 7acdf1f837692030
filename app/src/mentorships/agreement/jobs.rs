//! The mail that there is something to read. It says nothing of what was written, nor whether something was proposed or signed:
//! executives' mail is read by assistants.

use serde::Deserialize;

use super::actions::MAIL_AGREEMENT;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, PersonId};
use crate::jobs::{Job, Kind};
use crate::mail::Mail;
use crate::mentorships::{MentorshipId, mentorship};
use crate::programmes;

pub(in crate::mentorships) const MAIL: Kind =
    Kind { name: MAIL_AGREEMENT, run: |app, job| Box::pin(mail_agreement(app, job)) };

#[derive(Deserialize)]
struct Payload {
    mentorship: MentorshipId,
    to: PersonId,
}

async fn mail_agreement(app: App, job: Job) -> anyhow::Result<()> {
    let Payload { mentorship: id, to } = serde_json::from_value(job.payload)?;
    let Some(pair) = mentorship(&app.db, id).await? else { return Ok(()) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(()) };
    let Some(edition) = programmes::edition(&app.db, pair.edition).await? else { return Ok(()) };
    let mail = Mail {
        id: job.id,
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject: Message::new("agreement-mail-subject"),
        paragraphs: vec![
            Message::new("identity-mail-greeting").with("name", reader.name.as_str()),
            Message::new("agreement-mail").with("edition", edition.name.as_str()),
        ],
        link: Some((
            Message::new("agreement-mail-link"),
            format!("{}/mentorships/{id}/agreement", app.config.public_url),
        )),
    };
    app.mailer.send(&mail).await
}
