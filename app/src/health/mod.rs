//! The health of pairs, so that nobody is left in silence: the clocks of an edition, which remind those whose turn it is and then the
//! coordinators; how each pair is, with the evidence; what a coordinator does about it; and the mentor's month.
//!
//! How a pair is, is derived from what other features know of it in dates and counts, and remembered by a server for as long as nothing
//! has changed (`look`). Stored is only what was done: what somebody was told of, which measure was taken. What either of the two
//! answered to "did you meet?" comes in without whose it was, and whoever is one of the two is told nothing that depends on it.

mod actions;
mod api;
mod clocks;
mod jobs;
mod letters;
mod look;
mod model;
mod month;
mod pages;
mod store;
mod words;

use crate::app::App;
use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::{Companion, OF_THE_PAIR};
use crate::problems::Failure;
use crate::programmes::{Edition, Said, Speaker, State as TaskState, Task, Waiting};

use look::{Figures, Look};

/// From its first pair on, the pairs of an organisation are looked after.
pub const COMPANION: Companion = Companion {
    name: "health",
    begins: |app, tx, organisation, _| Box::pin(actions::look_again(app, tx, organisation)),
    ends: |_, _, _| Box::pin(async { Ok(()) }),
};

/// How the pairs of an edition are, for whoever looks on: how many are in which state.
pub const SPEAKER: Speaker = Speaker {
    name: "health",
    says: |app, viewer, edition| Box::pin(async move { says(&app, &viewer, &edition).await }),
    comes: |_, _, _, _| Box::pin(async { Ok(None) }),
    waits: |app, viewer| Box::pin(async move { waits(&app, &viewer).await }),
};

async fn says(app: &App, viewer: &Viewer, edition: &Edition) -> Result<Said, Failure> {
    let look = Look::of(app, edition.organisation).await?;
    let figures = look.figures(edition.id, viewer.person);
    if figures.all() == 0 {
        return Ok(Said::default());
    }
    let (name, state) =
        if figures.need_somebody > 0 { ("look", TaskState::Attention) } else { ("well", TaskState::Done) };
    let task = Task {
        name: "health",
        title: filled(Message::new(format!("health-task-{name}-title")), figures),
        text: filled(Message::new(format!("health-task-{name}-text")), figures),
        state,
        href: format!("/editions/{}/health", edition.id),
    };
    Ok(Said { tasks: vec![task], counts: vec![filled(Message::new("health-said"), figures)] })
}

fn filled(message: Message, figures: Figures) -> Message {
    let [well, quiet, silent, stuck] = figures.states;
    let message = message.with("well", well).with("quiet", quiet).with("silent", silent).with("stuck", stuck);
    message.with("count", figures.need_somebody).with("all", figures.running())
}

async fn waits(app: &App, viewer: &Viewer) -> Result<Waiting, Failure> {
    let look = Look::of(app, viewer.organisation).await?;
    let editions = look.figures_by_edition(viewer.person).into_iter();
    let waiting = editions.filter(|(_, figures)| figures.need_somebody > 0);
    let told =
        waiting.map(|(edition, figures)| (edition, Message::new("health-waits").with("count", figures.need_somebody)));
    Ok(told.collect())
}

pub const FEATURE: Feature = Feature {
    name: "health",
    doors: || [pages::doors(), month::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[
        Table::of("health_reminders", &[Naming::With("mentorship", "mentorships")]).because(OF_THE_PAIR).untold(),
        Table::of("health_measures", &[Naming::By("taken_by", &[])]).because("what a coordinator did about a pair"),
    ],
};
