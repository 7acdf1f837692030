//! What the two are told of: that their mentorship has ended. It says neither who ended it nor why.

use super::agreement;
use super::model::{Ending, MentorshipId};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::notices::{Kind, Letter, Told};
use crate::programmes;

/// What the two are told when their mentorship has ended.
pub(super) const ENDED: &str = "mentorships.ended";

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: ENDED,
        label: "mentorships-notice-ended-label",
        mail: "mentorships-notice-ended-mail",
        needed: Some("mentorships-notice-ended-needed"),
        waits: false,
        writes: Some(|app, told| Box::pin(ended(app, told))),
        ..Kind::USUAL
    },
    agreement::CHANGED_KIND,
];

async fn ended(app: App, told: Told) -> anyhow::Result<Option<Letter>> {
    let Some(id) = told.about.map(MentorshipId) else { return Ok(None) };
    let Some(mentorship) = store::mentorship(&app.db, id).await? else { return Ok(None) };
    let Some(edition) = programmes::edition(&app.db, mentorship.edition).await? else { return Ok(None) };
    let is_closed = mentorship.ending == Some(Ending::Closure);
    let text = if is_closed { "mentorships-mail-close" } else { "mentorships-mail-end" };
    Ok(Some(Letter {
        subject: Message::new("mentorships-mail-end-subject").with("edition", edition.name.as_str()),
        paragraphs: vec![Message::new(text).with("edition", edition.name.as_str())],
        link: Some((Message::new("mentorships-mail-end-link"), told.url(&app))),
        attached: None,
    }))
}
