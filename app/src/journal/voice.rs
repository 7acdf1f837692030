//! What the journal says on the pages of its pair: how many decisions there are, and to the mentee whose day has come. Never words,
//! and to nobody that there is something that is only its author's.

use std::collections::HashMap;

use super::model::Counts;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "journal", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let counts = store::counts_of(&app.db, &ids, viewer.person, today).await?;
    let counts: HashMap<MentorshipId, Counts> = counts.into_iter().collect();
    Ok(pairs.iter().map(|pair| (pair.id, word(viewer, pair, counts.get(&pair.id).copied()))).collect())
}

fn word(viewer: &Viewer, pair: &Mentorship, counts: Option<Counts>) -> Word {
    let href = format!("/mentorships/{}/journal", pair.id);
    let link = pair.is_of(viewer).then(|| (href.clone(), Message::new("journal-voice-link")));
    let lines = match counts {
        None => vec![Message::new("journal-voice-none")],
        Some(counts) => {
            vec![Message::new("journal-voice-counts").with("open", counts.open).with("resolved", counts.resolved)]
        }
    };
    let section = Section { title: Message::new("journal-voice-title"), lines, link };
    let is_due = counts.is_some_and(|counts| counts.due > 0);
    let asks = pair.mentee == viewer.person && pair.ended_at.is_none() && is_due;
    let step = asks.then(|| Step {
        when: When::Anytime,
        title: Message::new("journal-step-due-title"),
        text: Message::new("journal-step-due-text"),
        button: Message::new("journal-step-due-button"),
        href,
    });
    Word { section: Some(section), steps: step.into_iter().collect(), ..Word::default() }
}
