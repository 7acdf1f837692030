//! Mentorships: the published pairs, from the day on which both sides have accepted to the end. How a pair is found and both are
//! asked is `pairing`'s.

mod actions;
mod agreement;
mod api;
mod jobs;
pub mod model;
mod pages;
mod store;
pub mod visibility;

use crate::features::{Feature, Table};
use crate::i18n::Message;
use crate::programmes::{Said, Speaker};

pub use actions::{begin, end};
pub use model::{Ending, Mentorship, MentorshipId, NewMentorship, Parting};
pub use store::{Pair, mentees_of, mentorship, of_edition, of_person, pairs_of, parted};

/// How many have a mentor, for whoever looks on at an edition; and what their agreements begin with.
pub const SPEAKER: Speaker = Speaker {
    name: "mentorships",
    says: |app, edition| {
        Box::pin(async move {
            let counts = store::counts(&app.db, edition.id).await?;
            let counts = vec![Message::new("mentorships-said-running").with("count", counts.running)];
            let template = agreement::template_of(&app.db, edition.id).await?;
            Ok(Said { tasks: vec![agreement::task(&edition, &template)], counts })
        })
    },
};

pub const FEATURE: Feature = Feature {
    name: "mentorships",
    doors: || [pages::doors(), agreement::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    tables: &[
        Table::erased("mentorships"),
        Table::kept("agreement_templates", "an edition's text is nobody's personal data"),
        Table::erased("agreement_versions"),
        Table::kept(
            "agreement_signatures",
            "evidence that somebody agreed, when, and to which text; the words in it go with their signer's key",
        ),
    ],
};
