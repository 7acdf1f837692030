//! The mail to a line manager that a mentorship of somebody in their team has begun, which asks for their view where it is missing. It
//! names nobody: neither the mentee, who stands on the page, nor the mentor, whom a line manager is not told.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::model::View;
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, PersonId};
use crate::jobs::{self, Job, Kind};
use crate::mail::Mail;
use crate::mentorships::NewMentorship;
use crate::people::{self, model::Side};
use crate::programmes::model::Phase;
use crate::programmes::{self, Edition, EditionId, Standing};

const MAIL: &str = "baselines.mail-manager";

pub(super) const KINDS: &[Kind] = &[Kind { name: MAIL, run: |app, job| Box::pin(mail(app, job)) }];

#[derive(Serialize, Deserialize)]
struct Payload {
    edition: EditionId,
    to: PersonId,
    mentees: Vec<PersonId>,
}

/// Has the line managers of mentees told, each once, that mentorships have begun; in the transaction in which they do. Who mentors
/// somebody of their own team knows.
pub async fn tell_managers(app: &App, tx: &mut Tx, edition: &Edition, pairs: &[NewMentorship]) -> Result<(), Error> {
    let mentees: Vec<PersonId> = pairs.iter().map(|pair| pair.mentee).collect();
    let mut letters: Vec<Payload> = Vec::new();
    for (mentee, manager) in people::managers_of(&mut *tx, edition.organisation, &mentees).await? {
        if pairs.iter().any(|pair| pair.mentee == mentee && pair.mentor == manager) {
            continue;
        }
        match letters.last_mut() {
            Some(letter) if letter.to == manager => letter.mentees.push(mentee),
            _ => letters.push(Payload { edition: edition.id, to: manager, mentees: vec![mentee] }),
        }
    }
    let payloads: Vec<serde_json::Value> = letters.iter().map(|letter| json!(letter)).collect();
    jobs::add_many(app, tx, Some(edition.organisation.0), MAIL, &payloads, app.now()).await
}

async fn mail(app: App, job: Job) -> anyhow::Result<()> {
    let Payload { edition, to, mentees } = serde_json::from_value(job.payload)?;
    let Some(edition) = programmes::edition(&app.db, edition).await? else { return Ok(()) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(()) };
    if edition.phase() == Phase::Closed {
        return Ok(());
    }
    let given = store::done_by(&app.db, edition.id, to).await?;
    let is_given = |mentee: PersonId| given.iter().any(|one| one.mentee == mentee && one.view == View::Supervisor);
    let (mut there, mut due) = (0_usize, 0_usize);
    for mentee in mentees {
        let enrolment = programmes::enrolment_of(&app.db, edition.id, mentee, Side::Mentee).await?;
        if enrolment.is_some_and(|enrolment| enrolment.standing == Standing::Enrolled) {
            there += 1;
            due += usize::from(!is_given(mentee));
        }
    }
    if there == 0 {
        return Ok(());
    }
    let told = Message::new("baselines-mail-began").with("count", there).with("edition", edition.name.as_str());
    let (asks, link, path) = if due > 0 {
        let asks = Message::new("baselines-mail-asks").with("count", due);
        (Some(asks), "baselines-mail-link", format!("/editions/{}/baseline", edition.id))
    } else {
        (None, "baselines-mail-link-lent", "/lent".to_owned())
    };
    let greeting = Message::new("identity-mail-greeting").with("name", reader.name.as_str());
    let mail = Mail {
        id: job.id,
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject: Message::new("baselines-mail-subject").with("edition", edition.name.as_str()),
        paragraphs: [greeting, told].into_iter().chain(asks).chain([Message::new("baselines-mail-content")]).collect(),
        link: Some((Message::new(link), format!("{}{path}", app.config.public_url))),
    };
    app.mailer.send(&mail).await
}
