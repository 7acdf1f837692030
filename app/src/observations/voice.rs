//! What seats say on the pages of their pair: how many were held and how long, when the next one is, and what its observer has to do;
//! and what their loops say. Only where there is a seat can there be a loop: most pairs of most days cost one statement.

use std::collections::HashMap;

use super::learning;
use super::seating::store::{Counts, seat_counts_of};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice = Voice {
    name: "observations",
    says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }),
};

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    if pairs.is_empty() {
        return Ok(Words::new());
    }
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let counts: HashMap<MentorshipId, Counts> = seat_counts_of(&app.db, &ids, app.now()).await?.into_iter().collect();
    let seated: Vec<&Mentorship> = pairs.iter().filter(|pair| counts.contains_key(&pair.id)).collect();
    let mut words: Words = seated.iter().map(|pair| (pair.id, word(viewer, pair, counts[&pair.id]))).collect();
    words.extend(learning::said(app, viewer, &seated).await?);
    Ok(words)
}

/// At how many sittings something waits for whoever receives observers or presides.
pub async fn waiting_for(app: &App, viewer: &Viewer) -> Result<usize, Failure> {
    let waiting = store::waiting_for(&app.db, viewer.organisation, viewer.person, app.now()).await?;
    Ok(usize::try_from(waiting).unwrap_or(0))
}

fn word(viewer: &Viewer, pair: &Mentorship, counts: Counts) -> Word {
    let is_own = pair.is_of(viewer);
    let mut lines = vec![Message::new("observations-voice-held").with("count", counts.held)];
    if counts.asked > 0 {
        lines.push(Message::new("observations-voice-asked").with("count", counts.asked));
    }
    if let Some(at) = counts.next_at.filter(|_| is_own) {
        lines.push(Message::new("observations-voice-next").with("at", viewer.lang.instant(at, &viewer.zone)));
    }
    let link = is_own.then(|| ("/sittings".to_owned(), Message::new("observations-voice-link")));
    let section = Section { title: Message::new("observations-voice-title"), lines, link };
    let owes = pair.mentee == viewer.person && pair.ended_at.is_none() && counts.unready > 0;
    let step = |at| Step {
        when: When::By(at),
        title: Message::new("observations-step-title"),
        text: Message::new("observations-step-text"),
        button: Message::new("observations-step-button"),
        href: "/sittings".to_owned(),
    };
    let read = |at| Step {
        when: When::By(at),
        title: Message::new("duties-step-title"),
        text: Message::new("duties-step-text"),
        button: Message::new("duties-step-button"),
        href: "/duties".to_owned(),
    };
    let told = counts.told_at.filter(|_| pair.mentee == viewer.person).map(read);
    let steps = told.into_iter().chain(counts.unready_at.filter(|_| owes).map(step)).collect();
    Word { section: Some(section), steps, ..Word::default() }
}
