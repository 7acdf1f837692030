//! Mentorships: the published pairs, from the day on which both sides have accepted to the end. How a pair is found and both are
//! asked is `pairing`'s.

mod actions;
mod agreement;
mod api;
mod calendar;
mod companions;
mod jobs;
mod letters;
pub mod model;
mod pages;
mod reading;
pub mod shelves;
mod store;
pub mod visibility;
pub mod voices;

use std::sync::Arc;

use crate::app::App;
use crate::audit;
use crate::db::Error;
use crate::erasure::{self, Blank, Naming};
use crate::features::{Feature, Table};
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::people::model::Side;
use crate::problems::Failure;
use crate::programmes::{Coming, Edition, EditionId, Follower, Hindrance, Mentored, Said, Speaker};

pub use actions::{begin, close, end, rehearse_beginning};
pub use agreement::{
    Allowed, Open as OpenAgreement, Permission, Rehearsed, SHELF, VOICE, open_of as open_agreements,
    permission_to_open, rehearse as rehearse_agreement, signed as signed_agreement,
};
pub use calendar::CALENDAR;
pub use companions::Companion;
pub use model::{Ending, Exit, Mentorship, MentorshipId, NewMentorship, Parting, resting, told_reason};
pub use reading::{Reading, own, own_running};
pub use store::{
    Pair, exits, ids_of_person, mentees_of, mentored_among, mentorship, of_edition, of_person, pairs_of, running,
    running_of_mentors, running_with, still_running, these, watched,
};

/// What ends when somebody leaves an edition.
pub const FOLLOWER: Follower =
    Follower { name: "mentorships", follows: |app, tx, departure| Box::pin(actions::follow(app, tx, departure)) };

/// Mentorships that run keep an edition open.
pub const HINDRANCE: Hindrance =
    Hindrance { name: "mentorships", hinders: |tx, edition| Box::pin(actions::hinders(tx, edition)) };

/// Whoever is one of a pair that runs ends it first.
pub const HINDRANCE_TO_ERASURE: erasure::Hindrance =
    erasure::Hindrance { name: "mentorships", hinders: |tx, leaving| Box::pin(actions::keeps(tx, leaving)) };

/// A coordinator who is one of a pair learns from the trail nothing of what the other one did there.
pub const DISCRETION: audit::Discretion = audit::Discretion {
    name: "mentorships",
    hides: |app, viewer| Box::pin(async move { actions::hidden_from(&app, &viewer).await }),
};

/// Who has a mentor.
pub const MENTORED: Mentored = |app, edition| Box::pin(async move { Ok(store::mentees_of(&app.db, edition).await?) });

/// Who has or had one.
pub const ASSIGNED: Mentored =
    |app, edition| Box::pin(async move { Ok(store::ever_mentored(&app.db, edition).await?) });

/// How many have a mentor, for whoever looks on at an edition; what their agreements begin with; and for who has one, that it runs.
pub const SPEAKER: Speaker = Speaker {
    name: "mentorships",
    says: |app, _, edition| {
        Box::pin(async move {
            let counts = counts(&app, &edition).await?;
            let counts = vec![Message::new("mentorships-said-running").with("count", counts.running)];
            let template = agreement::template_of(&app.db, edition.id).await?;
            Ok(Said { tasks: vec![agreement::task(&edition, &template)], counts })
        })
    },
    comes: |app, edition, person, side| Box::pin(coming(app, edition, person, side)),
    waits: |_, _| Box::pin(async { Ok(Vec::new()) }),
};

/// How many run in an edition, and how many have ended; remembered until something is done.
async fn counts(app: &App, edition: &Edition) -> Result<Arc<store::Counts>, Error> {
    let record = (edition.organisation.0, edition.id.0);
    audit::remembered(app, record, async { store::counts(&app.db, edition.id).await }).await
}

async fn coming(app: App, edition: EditionId, person: PersonId, side: Side) -> Result<Option<Coming>, Failure> {
    let own = store::of_person(&app.db, person).await?;
    let there: Vec<&Mentorship> =
        own.iter().filter(|pair| pair.edition == edition && pair.side_of(person) == Some(side)).collect();
    // Those that run come first, then the one that ended last.
    let Some(first) = there.first() else { return Ok(None) };
    let running = there.iter().filter(|pair| pair.ended_at.is_none()).count();
    let how = match (running, side) {
        (0, _) => "ended",
        (_, Side::Mentee) => "mentee",
        (_, Side::Mentor) => "mentor",
    };
    let href = if running > 1 { "/mentorships".to_owned() } else { format!("/mentorships/{}", first.id) };
    let text =
        Message::new(format!("mentorships-comes-{how}")).with("name", first.other(side).0).with("count", running);
    Ok(Some(Coming { text, button: Message::new(format!("mentorships-comes-{how}-button")), href }))
}

/// Why rows stay that one of a pair wrote.
pub const OF_THE_PAIR: &str =
    "the other's words and what a pair comes to hang on it; what was written goes with its author's key";

pub const FEATURE: Feature = Feature {
    name: "mentorships",
    doors: || [pages::doors(), agreement::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[
        Table::of(
            "mentorships",
            &[
                Naming::Stays("mentee", &[Blank::Sort("mentee_sort")]),
                Naming::Stays("mentor", &[]),
                Naming::By("ended_by", &[]),
            ],
        )
        .because(OF_THE_PAIR)
        .sealed(&["reason_words"])
        .own(&[("reason_words", "ended_by"), ("ended_by", "ended_by"), ("ending", "ended_by"), ("another", "ended_by")])
        .acquaints(),
        Table::kept("agreement_templates", "an edition's text is nobody's personal data"),
        Table::of("agreement_versions", &[Naming::Stays("author", &[])]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("agreement_signatures", &[Naming::Stays("person", &[])])
            .because(
                "evidence that somebody agreed, when, and to which text; the words in it go with their signer's key",
            )
            .sealed(&["words"]),
    ],
};
