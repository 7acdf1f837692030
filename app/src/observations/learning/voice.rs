//! What loops say on the pages of their pair and of its edition: how many were closed, and to the two what can be done now. Never words.

use std::collections::HashMap;

use jiff::Timestamp;

use super::model::{Facts, Observation, tally};
use super::store;
use crate::activities::{self, Debriefer};
use crate::app::App;
use crate::db::Error;
use crate::i18n::Message;
use crate::identity::{OrganisationId, Viewer};
use crate::mentorships::voices::{Section, Step, When, Word, Words};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::observations::calendar::lasting;
use crate::observations::model::SeatId;
use crate::problems::Failure;
use crate::programmes::{Edition, Said, Speaker};

/// How many observations an edition has, how many hours and closed loops, for whoever looks on.
pub const SPEAKER: Speaker = Speaker {
    name: "loops",
    says: |app, _, edition| Box::pin(async move { counted(&app, &edition).await }),
    comes: |_, _, _, _| Box::pin(async { Ok(None) }),
    waits: |_, _| Box::pin(async { Ok(Vec::new()) }),
};

/// The debrief of an observation is written on its own page.
pub const DEBRIEFER: Debriefer = Debriefer {
    name: "loops",
    page: |from, pair, activity| {
        Box::pin(async move {
            let seat = store::seat_of(from, pair, activity).await?;
            Ok(seat.map(|seat| format!("/mentorships/{pair}/loops/{seat}")))
        })
    },
    pages: |from, pair| Box::pin(async move { store::fulfilled(from, pair).await }),
    proposed: |from, pair| Box::pin(async move { store::practised(from, pair).await }),
};

/// What may be counted of these observations: one statement.
pub(super) async fn facts_of(app: &App, observations: &[Observation]) -> Result<Vec<Facts>, Error> {
    let ids: Vec<_> = observations.iter().flat_map(|one| [one.activity, one.practice]).flatten().collect();
    let courses = activities::courses_of(&app.db, &ids).await?;
    let now = app.now();
    Ok(observations.iter().map(|observation| Facts::of(observation, &courses, now)).collect())
}

async fn counted(app: &App, edition: &Edition) -> Result<Said, Failure> {
    let observations = store::of_edition(&app.db, edition.id).await?;
    let facts = facts_of(app, &observations).await?;
    let tallies = tally(&facts);
    let observed: u64 = tallies.iter().map(|tally| tally.observed).sum();
    if observed == 0 {
        return Ok(Said::default());
    }
    let minutes: i64 = tallies.iter().map(|tally| tally.minutes).sum();
    let closed: u64 = tallies.iter().map(|tally| tally.closed).sum();
    let said = Message::new("loops-said").with("observed", count(observed)).with("closed", count(closed));
    Ok(Said { tasks: Vec::new(), counts: vec![said.with("time", lasting(minutes))] })
}

fn count(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// What is said of the loops of these pairs, in two statements.
pub async fn said(app: &App, viewer: &Viewer, pairs: &[&Mentorship]) -> Result<Words, Failure> {
    if pairs.is_empty() {
        return Ok(Words::new());
    }
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let observations = store::of_mentorships(&app.db, &ids).await?;
    let facts = facts_of(app, &observations).await?;
    let mut of_pair: HashMap<MentorshipId, Vec<(Observation, Facts)>> = HashMap::new();
    for (observation, facts) in observations.into_iter().zip(facts) {
        of_pair.entry(observation.mentorship).or_default().push((observation, facts));
    }
    let now = app.now();
    let word = |pair: &Mentorship| of_pair.get(&pair.id).map_or_else(Word::default, |all| word(viewer, pair, all, now));
    Ok(pairs.iter().map(|pair| (pair.id, word(pair))).collect())
}

/// What the observer of a held seat can do of its loop now: prepare it, or write the debrief that is owed. Two statements at most.
pub async fn owed(app: &App, organisation: OrganisationId, seat: SeatId) -> Result<Option<Owed>, Error> {
    let now = app.now();
    let found = store::observation(&app.db, organisation, seat).await?;
    let Some(observation) = found.filter(|observation| !observation.is_closed(now)) else { return Ok(None) };
    if !observation.has_begun(now) {
        return Ok(observation.predicted_at.is_none().then_some(Owed::Prediction));
    }
    if !observation.is_over(now) || observation.is_missed(now) {
        return Ok(None);
    }
    let facts = facts_of(app, &[observation]).await?;
    Ok(facts.iter().any(|facts| facts.debriefed_at.is_none()).then_some(Owed::Debrief))
}

/// What an observer has still to write of an observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owed {
    Prediction,
    Debrief,
}

fn word(viewer: &Viewer, pair: &Mentorship, all: &[(Observation, Facts)], now: Timestamp) -> Word {
    let facts: Vec<Facts> = all.iter().map(|(_, facts)| facts.clone()).collect();
    let tallies = tally(&facts);
    let observed: u64 = tallies.iter().map(|tally| tally.observed).sum();
    let closed: u64 = tallies.iter().map(|tally| tally.closed).sum();
    let href = format!("/mentorships/{}/loops", pair.id);
    let link = pair.is_of(viewer).then(|| (href.clone(), Message::new("loops-voice-link")));
    let counts = Message::new("loops-voice-counts").with("observed", count(observed)).with("closed", count(closed));
    let lines = if observed == 0 { vec![Message::new("loops-voice-ahead")] } else { vec![counts] };
    let section = Section { title: Message::new("loops-voice-title"), lines, link };
    let runs = pair.ended_at.is_none();
    let steps = if runs && pair.mentee == viewer.person { steps(all, &href, now) } else { Vec::new() };
    Word { section: Some(section), steps, ..Word::default() }
}

/// To the mentee: what to watch for before the next, and a debrief that is owed and of which the plan does not speak yet.
fn steps(all: &[(Observation, Facts)], href: &str, now: Timestamp) -> Vec<Step> {
    let step = |key: &'static str, when: When, observation: &Observation| Step {
        when,
        title: Message::new(format!("loops-step-{key}-title")).with("number", observation.number.to_string()),
        text: Message::new(format!("loops-step-{key}-text")),
        button: Message::new(format!("loops-step-{key}-button")),
        href: format!("{href}/{}", observation.seat),
    };
    let open = || all.iter().filter(|(observation, _)| !observation.is_closed(now));
    let is_owed = |(observation, facts): &&(Observation, Facts)| {
        observation.is_over(now)
            && observation.took_place()
            && !observation.is_missed(now)
            && facts.debriefed_at.is_none()
            && observation.asked_at.is_none()
    };
    // The earliest of those that are owed, and the next of those that come.
    let owed =
        open().rfind(is_owed).map(|(observation, _)| step("debrief", When::By(observation.debrief_due()), observation));
    let mut ahead = open().filter(|(observation, _)| !observation.has_begun(now) && observation.predicted_at.is_none());
    let ahead = ahead.next_back().map(|(observation, _)| step("predict", When::By(observation.starts_at), observation));
    owed.into_iter().chain(ahead).collect()
}
