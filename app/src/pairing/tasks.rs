//! What pairing says of an edition on the edition's own pages: what the last run found, who is still to answer, what can be
//! published.

use std::collections::BTreeMap;

use super::consent::{OfRun, State as Stands};
use super::runs::{Newest, State as Ran};
use super::{consent, runs};
use crate::app::App;
use crate::audit;
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships;
use crate::people::model::Side;
use crate::problems::Failure;
use crate::programmes::{self, Coming, Edition, EditionId, Said, Speaker, State, Task, orientation};

pub const SPEAKER: Speaker = Speaker {
    name: "pairing",
    says: |app, _, edition| Box::pin(said(app, edition)),
    comes: |app, edition, person, _| Box::pin(coming(app, edition, person)),
    waits: |app, viewer| Box::pin(waits(app, viewer.organisation)),
};

async fn coming(app: App, edition: EditionId, person: PersonId) -> Result<Option<Coming>, Failure> {
    let waiting = consent::waiting_for(&app.db, person, app.now()).await?;
    let there = waiting.iter().filter(|of| **of == edition).count();
    Ok((there > 0).then(|| Coming {
        text: Message::new("pairing-comes-proposal").with("count", there),
        button: Message::new("pairing-comes-proposal-button"),
        href: "/proposals".to_owned(),
    }))
}

async fn waits(app: App, organisation: OrganisationId) -> Result<Vec<(EditionId, Message)>, Failure> {
    let accepted = consent::accepted_by_edition(&app.db, organisation).await?;
    let told =
        |(edition, count): (EditionId, i64)| (edition, Message::new("pairing-waits-accepted").with("count", count));
    Ok(accepted.into_iter().map(told).collect())
}

async fn said(app: App, edition: Edition) -> Result<Said, Failure> {
    let newest = runs::newest(&app.db, edition.id).await?;
    let stood = audit::remembered(&app, (edition.organisation.0, edition.id.0), Stood::count(&app, &edition)).await?;
    let Stood { counts, figures } = &*stood;
    let home = format!("/editions/{}", edition.id);
    let mut tasks = Vec::new();
    if let Some(newest) = newest {
        let of_run = consent::of_run(&app.db, edition.id, newest.id).await?;
        tasks.push(run_task(&newest, counts, of_run, *figures, &home));
        tasks.push(consent_task(&newest, counts, of_run, *figures, &home));
        tasks.push(publish_task(counts, &home));
    }
    Ok(Said { tasks, counts: Vec::new() })
}

/// How an edition stands between its runs and its mentorships.
struct Stood {
    counts: Counts,
    figures: Figures,
}

impl Stood {
    async fn count(app: &App, edition: &Edition) -> Result<Self, Failure> {
        let (counts, _) = consent::counts(&app.db, edition.id, None).await?;
        let figures = Figures {
            enrolled: programmes::count_enrolled(app, edition, Side::Mentee).await?,
            running: mentorships::running(&app.db, edition.id).await?,
            resting: resting(app, edition).await?,
        };
        Ok(Self { counts, figures })
    }
}

/// How the mentees of an edition stand.
#[derive(Clone, Copy)]
struct Figures {
    enrolled: i64,
    /// Those who have a mentor.
    running: i64,
    /// Those who left theirs and asked for no other.
    resting: i64,
}

/// How many of the enrolled mentees are in no run before they ask. Mostly there are none, and nobody's enrolment is read.
async fn resting(app: &App, edition: &Edition) -> Result<i64, Failure> {
    let mut resting = mentorships::resting(&mentorships::exits(&app.db, edition.id).await?);
    resting.retain(|(_, side)| *side == Side::Mentee);
    if resting.is_empty() {
        return Ok(0);
    }
    let enrolled = orientation::enrolled_on(&app.db, edition.id, Side::Mentee).await?;
    let resting = enrolled.into_iter().filter(|mentee| resting.contains(&(*mentee, Side::Mentee))).count();
    Ok(i64::try_from(resting).unwrap_or(i64::MAX))
}

impl Figures {
    /// How many have come to be without a pair since the newest run, once pairs are published: newcomers, and those whose mentorship
    /// ended.
    fn waiting(self, newest: &Newest, counts: &Counts) -> i64 {
        let left_out = i64::try_from(newest.mentees.saturating_sub(newest.paired)).unwrap_or(i64::MAX);
        let under_way = awaited(counts) + count(counts, &[Stands::Accepted]);
        let is_settled = newest.state == Ran::Done && under_way == 0 && count(counts, &[Stands::Published]) > 0;
        if is_settled { (self.enrolled - self.running - self.resting - left_out).max(0) } else { 0 }
    }
}

type Counts = BTreeMap<Stands, i64>;

fn count(counts: &Counts, states: &[Stands]) -> i64 {
    states.iter().filter_map(|state| counts.get(state)).sum()
}

fn awaited(counts: &Counts) -> i64 {
    count(counts, &[Stands::MentorAsked, Stands::MenteeAsked])
}

/// Whether a run holds pairs about whom nobody was asked, neither then nor since.
fn is_unsent(newest: &Newest, of_run: OfRun) -> bool {
    !of_run.is_sent && newest.to_ask > 0
}

/// It is time to run again when all have answered and pairs of the newest run were declined; what was declined before it, it knew.
fn run_task(newest: &Newest, counts: &Counts, of_run: OfRun, figures: Figures, home: &str) -> Task {
    let waiting = if is_unsent(newest, of_run) { 0 } else { figures.waiting(newest, counts) };
    let declined = of_run.declined;
    let fell_through = newest.state == Ran::Done && awaited(counts) == 0 && declined > 0;
    let (name, state) = match newest.state {
        Ran::Queued | Ran::Running => ("running", State::ToDo),
        Ran::Failed => ("failed", State::Attention),
        Ran::Done if fell_through => ("again", State::ToDo),
        Ran::Done if waiting > 0 => ("few", State::ToDo),
        Ran::Done => ("done", State::Done),
    };
    let fill = |message: Message| {
        message
            .with("paired", newest.paired)
            .with("mentees", newest.mentees)
            .with("declined", declined)
            .with("waiting", waiting)
    };
    Task {
        name: "pairing",
        title: fill(Message::new(format!("pairing-task-{name}-title"))),
        text: fill(Message::new(format!("pairing-task-{name}-text"))),
        state,
        href: format!("{home}/pairing"),
    }
}

fn consent_task(newest: &Newest, counts: &Counts, of_run: OfRun, figures: Figures, home: &str) -> Task {
    let awaited = awaited(counts);
    let standing = awaited + count(counts, &[Stands::Accepted]) + figures.running;
    let (name, state, page) = match () {
        () if newest.state != Ran::Done => ("later", State::Later, "consent"),
        () if counts.is_empty() || is_unsent(newest, of_run) => ("ask", State::ToDo, "pairing"),
        () if awaited > 0 => ("awaited", State::ToDo, "consent"),
        () => ("done", State::Done, "consent"),
    };
    let fill = |message: Message| message.with("awaited", awaited).with("standing", standing);
    Task {
        name: "consent",
        title: fill(Message::new(format!("pairing-task-consent-{name}-title"))),
        text: fill(Message::new(format!("pairing-task-consent-{name}-text"))),
        state,
        href: format!("{home}/{page}"),
    }
}

fn publish_task(counts: &Counts, home: &str) -> Task {
    let (accepted, published) = (count(counts, &[Stands::Accepted]), count(counts, &[Stands::Published]));
    let (name, state, page) = match () {
        () if accepted > 0 => ("ready", State::ToDo, "consent"),
        () if published > 0 => ("done", State::Done, "mentorships"),
        () => ("later", State::Later, "mentorships"),
    };
    let fill = |message: Message| message.with("accepted", accepted).with("published", published);
    Task {
        name: "publish",
        title: fill(Message::new(format!("pairing-task-publish-{name}-title"))),
        text: fill(Message::new(format!("pairing-task-publish-{name}-text"))),
        state,
        href: format!("{home}/{page}"),
    }
}
