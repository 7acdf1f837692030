//! What agreed outcomes say on the pages of their pair: to the two how many there are and what waits, to a coordinator that there is
//! something for them; to nobody else that there is anything.

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
    Voice { name: "outcomes", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let counts = store::counts_of(&app.db, &ids, viewer.person).await?;
    let counts: HashMap<MentorshipId, Counts> = counts.into_iter().collect();
    let word = |pair: &Mentorship| (pair.id, word(viewer, pair, counts.get(&pair.id).copied().unwrap_or_default()));
    Ok(pairs.iter().map(word).collect())
}

fn word(viewer: &Viewer, pair: &Mentorship, counts: Counts) -> Word {
    let href = format!("/mentorships/{}/outcomes", pair.id);
    let link = |key: &'static str| Some((href.clone(), Message::new(key)));
    let title = Message::new("outcomes-voice-title");
    if !pair.is_of(viewer) {
        if counts.named == 0 {
            return Word::default();
        }
        let lines = vec![Message::new("outcomes-voice-named").with("count", counts.named)];
        let section = Section { title, lines, link: link("outcomes-voice-read") };
        return Word { section: Some(section), ..Word::default() };
    }
    let mut lines = vec![Message::new("outcomes-voice-released").with("count", counts.released)];
    if counts.proposed > 0 {
        lines.push(Message::new("outcomes-voice-proposed").with("count", counts.proposed));
    }
    let step = (counts.asked > 0).then(|| Step {
        when: When::OtherWaits,
        title: Message::new("outcomes-step-title"),
        text: Message::new("outcomes-step-text"),
        button: Message::new("outcomes-step-button"),
        href: href.clone(),
    });
    let section = Section { title, lines, link: link("outcomes-voice-link") };
    Word { section: Some(section), steps: step.into_iter().collect(), ..Word::default() }
}
