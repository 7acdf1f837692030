//! Mails that tell somebody where they stand. They say the edition and what may be done, and never a reason or a post.

use serde::Deserialize;

use super::actions::TELL;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity;
use crate::jobs::{Job, Kind};
use crate::mail::{self, Along, Mail};
use crate::programmes::model::{EnrolmentId, Phase, Standing};
use crate::programmes::store as editions;

pub(in crate::programmes) const KINDS: &[Kind] = &[Kind { name: TELL, run: |app, job| Box::pin(tell(app, job)) }];

#[derive(Deserialize)]
struct Payload {
    enrolment: EnrolmentId,
    standing: Standing,
}

/// Where the person stands otherwise by now, another mail says so, or they know because they did it themselves.
async fn tell(app: App, job: Job) -> anyhow::Result<()> {
    let payload: Payload = serde_json::from_value(job.payload)?;
    let Some(enrolment) = store::enrolment(&app.db, payload.enrolment).await? else { return Ok(()) };
    if enrolment.standing != payload.standing {
        return Ok(());
    }
    let Some(edition) = editions::edition(&app.db, enrolment.edition).await? else { return Ok(()) };
    let Some(person) = identity::person(&app.db, enrolment.person).await? else { return Ok(()) };
    if edition.phase() == Phase::SettingUp {
        return Ok(());
    }
    let standing = enrolment.standing.code();
    let about = |key: String| {
        let message = Message::new(key).with("programme", edition.programme_name.as_str());
        message.with("edition", edition.name.as_str())
    };
    let mail = Mail {
        id: job.id,
        to_name: person.name.clone(),
        to_address: person.address.clone(),
        lang: person.lang,
        subject: about(format!("programmes-mail-{standing}-subject")),
        paragraphs: vec![
            Message::new("identity-mail-greeting").with("name", person.name.as_str()),
            about(format!("programmes-mail-{standing}-{}", enrolment.side.code())),
        ],
        link: Some((
            Message::new(format!("programmes-mail-{standing}-link")),
            format!("{}/taking-part/{}", app.config.public_url, enrolment.id),
        )),
    };
    mail::post(&app, &person, &mail, Along::default()).await.map(drop)
}
