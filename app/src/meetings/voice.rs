//! What meetings say on the pages of a pair: to the two what is agreed and what waits for them, to the coordinator counts and dates.

use std::collections::HashMap;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::Evidence;
use super::model::{Ask, Meeting};
use super::store::{self, Counts};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::voices::{Open, Section, Step, Voice, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::Failure;
use crate::programmes::{self, Edition};

pub const VOICE: Voice =
    Voice { name: "meetings", says: |app, viewer, pairs| Box::pin(async move { says(&app, &viewer, &pairs).await }) };

/// Of one's own pairs six statements, of those of others one, however many there are.
async fn says(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let (own, others): (Vec<Mentorship>, Vec<Mentorship>) = pairs.iter().cloned().partition(|pair| pair.is_of(viewer));
    let mut words = if own.is_empty() { Words::new() } else { to_the_two(app, viewer, &own).await? };
    if !others.is_empty() {
        let counts = store::counts_of(&app.db, &others, app.now()).await?;
        let word = |pair: &Mentorship| told(viewer, &counts.get(&pair.id).copied().unwrap_or_default());
        words.extend(others.iter().map(|pair| (pair.id, word(pair))));
    }
    Ok(words)
}

async fn to_the_two(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<Words, Failure> {
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let now = app.now();
    let evidence = store::evidence(&app.db, pairs, now).await?;
    let ahead = store::ahead_of(&app.db, &ids, now).await?;
    let editions = programmes::editions(&app.db, viewer.organisation).await?;
    let asks = store::asks_of(&app.db, viewer.person, &ids).await?;
    let mut asked: HashMap<MentorshipId, Ask> = HashMap::new();
    for (ask, _) in asks {
        asked.entry(ask.mentorship).or_insert(ask);
    }
    let word = |pair: &Mentorship| {
        let evidence = evidence.get(&pair.id).cloned().unwrap_or_default();
        let counts = Counts::of(&evidence);
        let Some(side) = pair.side_of(viewer.person) else { return told(viewer, &counts) };
        let waits = ahead.iter().find(|meeting| meeting.mentorship == pair.id && meeting.waits_for(side, now));
        let open = ahead.iter().find(|meeting| meeting.mentorship == pair.id);
        let steps = if pair.ended_at.is_some() {
            Vec::new()
        } else {
            let by =
                editions.iter().find(|edition| edition.id == pair.edition).and_then(|edition| first_by(pair, edition));
            let by = by.filter(|_| evidence.first.is_none());
            steps((pair, side), waits, (open, by), asked.get(&pair.id).filter(|ask| ask.met.is_none()), viewer)
        };
        let link = Some((format!("/mentorships/{}/meetings", pair.id), Message::new("meetings-voice-link")));
        let section = Section { title: Message::new("meetings-voice-title"), lines: lines(viewer, &counts), link };
        let open = promises(viewer, pair, &evidence).into_iter().collect();
        Word { section: Some(section), steps, open }
    };
    Ok(pairs.iter().map(|pair| (pair.id, word(pair))).collect())
}

/// To the coordinator: how many and when, no content.
fn told(viewer: &Viewer, counts: &Counts) -> Word {
    let section = Section { title: Message::new("meetings-voice-title"), lines: lines(viewer, counts), link: None };
    Word { section: Some(section), ..Word::default() }
}

fn lines(viewer: &Viewer, counts: &Counts) -> Vec<Message> {
    let day = |at: Timestamp| viewer.lang.date(viewer.zone.to_datetime(at).date());
    let next = match counts.next {
        Some(at) => Message::new("meetings-voice-next").with("day", day(at)),
        None => Message::new("meetings-voice-none"),
    };
    let past =
        counts.last.map(|at| Message::new("meetings-voice-past").with("count", counts.count).with("day", day(at)));
    let promises =
        (counts.open_promises > 0).then(|| Message::new("meetings-voice-promises").with("count", counts.open_promises));
    [Some(next), past, promises].into_iter().flatten().collect()
}

/// What the two promised each other and is still open.
fn promises(viewer: &Viewer, pair: &Mentorship, evidence: &Evidence) -> Option<Open> {
    let due = evidence.first_due.map_or_else(String::new, |day| viewer.lang.date(day));
    let text = Message::new("meetings-open-promises").with("count", evidence.open_promises).with("day", due);
    let href = format!("/mentorships/{}/meetings#promises", pair.id);
    (evidence.open_promises > 0).then_some(Open { text, href })
}

/// By when the two are to have met, as the clock of their edition says: the day, and when it is over.
fn first_by(pair: &Mentorship, edition: &Edition) -> Option<(Date, Timestamp)> {
    let calendar = &edition.settings.calendar;
    let day = edition.settings.first_meeting_by(calendar.day(pair.began_at));
    Some((day, calendar.end_of(day)?))
}

fn steps(
    (pair, side): (&Mentorship, Side),
    waits: Option<&Meeting>,
    (open, first_by): (Option<&Meeting>, Option<(Date, Timestamp)>),
    asked: Option<&Ask>,
    viewer: &Viewer,
) -> Vec<Step> {
    let name = pair.other(side).0;
    let step = |kind: &str, when: When, href: String| Step {
        when,
        title: Message::new(format!("meetings-step-{kind}-title")).with("name", name),
        text: Message::new(format!("meetings-step-{kind}")).with("name", name),
        button: Message::new(format!("meetings-step-{kind}-button")),
        href,
    };
    let list = format!("/mentorships/{}/meetings", pair.id);
    let answer = waits.map(|meeting| step("answer", When::OtherWaits, format!("/meetings/{}", meeting.id)));
    let met = asked.map(|ask| {
        let due = When::By(pair.began_at + SignedDuration::from_hours(1));
        step("met", due, ask.meeting.map_or(list.clone(), |meeting| format!("/meetings/{meeting}")))
    });
    let propose = open.is_none().then(|| match first_by {
        None => step("propose", When::Anytime, format!("{list}/new")),
        Some((day, by)) => {
            let first = step("first", When::By(by), format!("{list}/new"));
            Step { text: first.text.with("day", viewer.lang.date(day)), ..first }
        }
    });
    [answer, met, propose].into_iter().flatten().collect()
}
