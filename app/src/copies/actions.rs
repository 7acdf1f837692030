//! Handing a copy over, and taking it back: who may, in one transaction, with what its readers are told.

use serde_json::json;

use super::letters::HANDED;
use super::model::{Copy, CopyId, MOST_COPIES, Wanted};
use super::{reading, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::visibility::place_of;
use crate::mentorships::{MentorshipId, own};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::vault;

/// Hands a copy over of what one wrote, also when the mentorship has ended.
pub async fn hand_over(app: &App, viewer: &Viewer, id: MentorshipId, wanted: &Wanted) -> Result<CopyId, Failure> {
    let pair = own(&app.db, viewer, id).await?;
    let keys = vault::keys(app, &app.db, pair.organisation, &[id.0]).await?;
    let texts = reading::own_texts(app, (&pair, viewer.person), keys, viewer.lang).await?;
    let (receiver, content) = wanted.content(texts)?;
    transaction!(app.db, tx => {
        let pair = own(&mut *tx, viewer, id).await?;
        let receivers = reading::receivers(&mut *tx, &pair, receiver).await?;
        if receivers.is_empty() {
            let nobody = Message::new(format!("copies-nobody-{}", receiver.code()));
            return Err(Problems::one("to", nobody).into());
        }
        let handed = store::copies(&mut *tx, id).await?;
        if handed.iter().filter(|copy| copy.author == viewer.person).count() >= MOST_COPIES {
            return Err(Problems::one("", Message::new("copies-many").with("most", MOST_COPIES)).into());
        }
        let copy = CopyId(app.id());
        let visibility = receiver.visibility();
        let place = place_of(&pair, viewer.person, visibility, ("copies", "words", copy.0));
        let new = Copy {
            id: copy,
            edition: pair.edition,
            mentorship: id,
            author: viewer.person,
            visibility,
            words: vault::seal(app, tx, &place, &content.words()).await?,
            handed_at: app.now(),
        };
        store::add(tx, pair.organisation, &new).await?;
        let (_, name) = pair.told_by(viewer.person);
        let told = |to| {
            let text = Message::new("copies-notice-handed").with("name", name);
            Notice::new(pair.organisation, to, HANDED, text, format!("/copies/{copy}")).about(copy.0)
        };
        let told: Vec<Notice> = receivers.into_iter().map(told).collect();
        notices::tell_all(app, tx, &told).await?;
        let note = Note::new(pair.organisation.0, viewer.person.0, "copies.hand-over").about("mentorship", id.0);
        audit::note(app, tx, note.with(json!({ "to": receiver.code() }))).await?;
        Ok(copy)
    })
}

/// Takes one's own copy back. It is gone for whoever has read it, too.
pub(super) async fn take_back(app: &App, viewer: &Viewer, id: CopyId) -> Result<MentorshipId, Failure> {
    transaction!(app.db, tx => {
        let copy = store::copy(&mut *tx, viewer.organisation, id).await?;
        let copy = copy.filter(|copy| copy.author == viewer.person).ok_or(Refusal::NotFound)?;
        let pair = own(&mut *tx, viewer, copy.mentorship).await?;
        if !store::take_back(tx, id).await? {
            return Err(Refusal::NotFound.into());
        }
        notices::take_back_all(tx, id.0).await?;
        let note = Note::new(pair.organisation.0, viewer.person.0, "copies.take-back");
        audit::note(app, tx, note.about("mentorship", pair.id.0)).await?;
        Ok(pair.id)
    })
}
