//! What goals say on the pages of their pair: how many there are and how they go, and to the two what comes next. Never words.

use std::collections::HashMap;

use jiff::civil::Date;

use super::model::Counts;
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Open, Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::problems::Failure;

pub const VOICE: Voice =
    Voice { name: "goals", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

/// After so many days without a check-in somebody is asked how the goals go.
const QUIET_DAYS: i32 = 30;

async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let counts: HashMap<MentorshipId, Counts> = store::counts_of(&app.db, &ids, today).await?.into_iter().collect();
    Ok(pairs.iter().map(|pair| (pair.id, word(viewer, pair, counts.get(&pair.id).copied(), today))).collect())
}

fn word(viewer: &Viewer, pair: &Mentorship, counts: Option<Counts>, today: Date) -> Word {
    let href = format!("/mentorships/{}/goals", pair.id);
    let is_own = pair.is_of(viewer);
    let link = is_own.then(|| (href.clone(), Message::new("goals-voice-link")));
    let lines = counts.map_or_else(|| vec![Message::new("goals-voice-none")], |counts| lines(viewer, counts));
    let section = Section { title: Message::new("goals-voice-title"), lines, link };
    let runs = pair.ended_at.is_none();
    let steps = if is_own && runs { next(pair, viewer, counts, today, &href) } else { Vec::new() };
    let open = counts.filter(|counts| counts.open > 0).map(|counts| open(viewer, counts, href));
    Word { section: Some(section), steps, open: open.into_iter().collect() }
}

fn lines(viewer: &Viewer, counts: Counts) -> Vec<Message> {
    let mut lines = vec![Message::new("goals-voice-counts").with("open", counts.open).with("reached", counts.reached)];
    if counts.overdue > 0 {
        lines.push(Message::new("goals-voice-overdue").with("count", counts.overdue));
    }
    if let Some(on) = counts.last_on {
        lines.push(Message::new("goals-voice-last").with("day", viewer.lang.date(on)));
    }
    lines
}

fn open(viewer: &Viewer, counts: Counts, href: String) -> Open {
    let last = counts.last_on.map_or_else(
        || Message::new("goals-open-never"),
        |day| Message::new("goals-open-last").with("day", viewer.lang.date(day)),
    );
    let text = Message::new("goals-open-count").with("count", counts.open).with("overdue", counts.overdue);
    Open { text: text.with("last", last), href }
}

fn next(pair: &Mentorship, viewer: &Viewer, counts: Option<Counts>, today: Date, href: &str) -> Vec<Step> {
    let step = |key: &'static str, href: String| Step {
        when: When::Anytime,
        title: Message::new(format!("goals-step-{key}-title")),
        text: Message::new(format!("goals-step-{key}-text")),
        button: Message::new(format!("goals-step-{key}-button")),
        href,
    };
    match counts {
        // First they meet and agree how they work; then there is something to write.
        None if pair.mentee == viewer.person && pair.agreed_at.is_some() => vec![step("first", format!("{href}/new"))],
        Some(counts) if counts.overdue > 0 => vec![step("overdue", href.to_owned())],
        Some(counts) if counts.open > 0 && counts.last_on.is_some_and(|on| is_long_ago(on, today)) => {
            vec![step("quiet", href.to_owned())]
        }
        _ => Vec::new(),
    }
}

fn is_long_ago(on: Date, today: Date) -> bool {
    on.until(today).is_ok_and(|span| span.get_days() > QUIET_DAYS)
}
