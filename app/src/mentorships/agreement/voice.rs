//! What an agreement says on the pages of its pair: to the two what they are at, to others that it was signed and when.

use std::collections::HashMap;

use super::store::{self, Open};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "agreement", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    // What the two are at is theirs to know; to others nothing is said but what the pair's own row has.
    let own: Vec<MentorshipId> = pairs.iter().filter(|pair| pair.is_of(viewer)).map(|pair| pair.id).collect();
    let open: HashMap<MentorshipId, Open> =
        if own.is_empty() { HashMap::new() } else { store::open_of(&app.db, &own).await?.into_iter().collect() };
    Ok(pairs.iter().map(|pair| (pair.id, word(viewer, pair, open.get(&pair.id)))).collect())
}

fn word(viewer: &Viewer, pair: &Mentorship, open: Option<&Open>) -> Word {
    let href = format!("/mentorships/{}/agreement", pair.id);
    let is_own = pair.is_of(viewer);
    let runs = pair.ended_at.is_none();
    let open = open.filter(|_| is_own && runs);
    let link = is_own.then(|| (href.clone(), Message::new("mentorships-agreement-read")));
    let section =
        Section { title: Message::new("mentorships-agreement"), lines: vec![stands(pair, open, viewer)], link };
    let is_asked = open.is_some_and(|open| open.is_proposed && open.author != viewer.person);
    let step = |when, name: &str| Step {
        when,
        title: Message::new(format!("mentorships-{name}-title")),
        text: Message::new(format!("mentorships-{name}-text")),
        button: Message::new(format!("mentorships-{name}-button")),
        href,
    };
    let step = match open {
        Some(_) if is_asked => Some(step(When::OtherWaits, "asked")),
        None if is_own && runs && pair.agreed_at.is_none() => Some(step(When::Anytime, "agree")),
        _ => None,
    };
    Word { section: Some(section), steps: step.into_iter().collect(), ..Word::default() }
}

fn stands(pair: &Mentorship, open: Option<&Open>, viewer: &Viewer) -> Message {
    match (open, pair.agreed_at) {
        (Some(Open { is_proposed: true, .. }), _) => Message::new("mentorships-agreement-proposed"),
        (Some(_), _) => Message::new("mentorships-agreement-draft"),
        (None, Some(at)) => Message::new("mentorships-agreement-holds")
            .with("day", viewer.lang.date(at.to_zoned_datetime(viewer.zone.clone()).date())),
        (None, None) => Message::new("mentorships-agreement-none"),
    }
}
