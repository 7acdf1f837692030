//! What a plan says on the pages of its pair: how much was done and what comes next, and to the two what is owed. Never words.

use std::collections::HashMap;

use super::model::{Counts, debrief_due};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Open, Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "activities", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let counts: HashMap<MentorshipId, Counts> = store::counts_of(&app.db, &ids, today).await?.into_iter().collect();
    Ok(pairs.iter().map(|pair| (pair.id, word(viewer, pair, counts.get(&pair.id).copied()))).collect())
}

fn word(viewer: &Viewer, pair: &Mentorship, counts: Option<Counts>) -> Word {
    let href = format!("/mentorships/{}/plan", pair.id);
    let is_own = pair.is_of(viewer);
    let link = is_own.then(|| (href.clone(), Message::new("activities-voice-link")));
    let lines = counts.map_or_else(|| vec![Message::new("activities-voice-none")], |counts| lines(viewer, counts));
    let section = Section { title: Message::new("activities-voice-title"), lines, link };
    let runs = pair.ended_at.is_none();
    let open = counts.map_or_else(Vec::new, |counts| open(viewer, counts, &href));
    let steps = if is_own && runs { next(pair, viewer, counts, href) } else { Vec::new() };
    Word { section: Some(section), steps, open }
}

fn lines(viewer: &Viewer, counts: Counts) -> Vec<Message> {
    let mut lines =
        vec![Message::new("activities-voice-counts").with("done", counts.done).with("planned", counts.planned)];
    if let Some(on) = counts.next_on {
        lines.push(Message::new("activities-voice-next").with("day", viewer.lang.date(on)));
    }
    if counts.owed > 0 {
        lines.push(Message::new("activities-voice-owed").with("count", counts.owed));
    }
    lines
}

fn open(viewer: &Viewer, counts: Counts, href: &str) -> Vec<Open> {
    let next = counts.next_on.map(|day| Message::new("activities-open-next").with("day", viewer.lang.date(day)));
    let owed = (counts.owed > 0).then(|| Message::new("activities-open-debriefs").with("count", counts.owed));
    [next, owed].into_iter().flatten().map(|text| Open { text, href: href.to_owned() }).collect()
}

fn next(pair: &Mentorship, viewer: &Viewer, counts: Option<Counts>, href: String) -> Vec<Step> {
    let step = |key: &'static str, when: When, href: String| Step {
        when,
        title: Message::new(format!("activities-step-{key}-title")),
        text: Message::new(format!("activities-step-{key}-text")),
        button: Message::new(format!("activities-step-{key}-button")),
        href,
    };
    match counts {
        // The mentor knows what there is to be seen, once the two have agreed how they work.
        None if pair.mentor == viewer.person && pair.agreed_at.is_some() => {
            vec![step("plan", When::Anytime, format!("{href}/edit"))]
        }
        Some(Counts { owed_since: Some(since), .. }) if pair.mentee == viewer.person => {
            vec![step("debrief", When::By(debrief_due(since)), href)]
        }
        _ => Vec::new(),
    }
}
