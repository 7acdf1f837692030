//! That there is something to read. It says nothing of what was written, nor whether something was proposed or signed:
//! executives' mail is read by assistants.

use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::{MentorshipId, mentorship};
use crate::notices::{Kind, Letter, Told};
use crate::programmes;

/// What one of a pair is told when there is something to read.
pub(super) const CHANGED: &str = "mentorships.agreement-changed";

pub(in crate::mentorships) const CHANGED_KIND: Kind = Kind {
    name: CHANGED,
    label: "agreement-notice-label",
    mail: "agreement-mail-subject",
    writes: Some(|app, told| Box::pin(changed(app, told))),
    ..Kind::USUAL
};

async fn changed(app: App, told: Told) -> anyhow::Result<Option<Letter>> {
    let Some(id) = told.about.map(MentorshipId) else { return Ok(None) };
    let Some(pair) = mentorship(&app.db, id).await? else { return Ok(None) };
    let Some(edition) = programmes::edition(&app.db, pair.edition).await? else { return Ok(None) };
    Ok(Some(Letter {
        subject: Message::new("agreement-mail-subject"),
        paragraphs: vec![Message::new("agreement-mail").with("edition", edition.name.as_str())],
        link: Some((Message::new("agreement-mail-link"), told.url(&app))),
        attached: None,
    }))
}
