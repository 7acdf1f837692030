//! What a pair's page says of openings: to the two what was opened, once they are told; to whoever may ask where it is done.

use super::model::Opening;
use super::standing::{around, circle};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::mentorships::voices::{Section, Voice, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "breakglass", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let own: Vec<MentorshipId> = pairs.iter().filter(|pair| pair.is_of(viewer)).map(|pair| pair.id).collect();
    let mut words = Vec::new();
    if !own.is_empty() {
        let told = store::told_of(&app.db, viewer.organisation, &own, app.now()).await?;
        for pair in own {
            let of_pair: Vec<&Opening> = told.iter().filter(|opening| opening.mentorship == pair).collect();
            words.push((pair, opened(viewer, &of_pair)));
        }
    }
    let others: Vec<&Mentorship> = pairs.iter().filter(|pair| !pair.is_of(viewer)).collect();
    if !others.is_empty() && viewer.may_sometimes(Act::BreakGlass) {
        let around = around(&app.db, viewer.organisation, &others, &[viewer.person], app.now()).await?;
        let able = others.iter().filter(|pair| !circle(pair, &around).parts_of(viewer.person).is_empty());
        words.extend(able.map(|pair| (pair.id, way(pair))));
    }
    Ok(words)
}

fn opened(viewer: &Viewer, told: &[&Opening]) -> Word {
    let Some(newest) = told.first() else { return Word::default() };
    let day = newest.confirmed_at.map(|at| viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date()));
    let line = Message::new("breakglass-voice-opened").with("day", day.unwrap_or_default());
    let way_in = (format!("/break-glass/{}", newest.id), Message::new("breakglass-voice-opened-link"));
    let section = Section { title: Message::new("breakglass-voice-title"), lines: vec![line], link: Some(way_in) };
    Word { section: Some(section), ..Word::default() }
}

fn way(pair: &Mentorship) -> Word {
    let way_in = (format!("/mentorships/{}/break-glass", pair.id), Message::new("breakglass-voice-link"));
    let line = Message::new("breakglass-voice-text");
    let section = Section { title: Message::new("breakglass-voice-title"), lines: vec![line], link: Some(way_in) };
    Word { section: Some(section), ..Word::default() }
}
