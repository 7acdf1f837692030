//! Concerns: from the page of their pair either of the two reports a problem to somebody outside the line of both, whom the edition
//! names, and reads where the organisation's own channel is. Its author and whom it was sent to read it; the other of the pair, the
//! coordinators and the line managers learn nothing, not even that there is one. So the trail says nothing of it either: what is kept
//! of it (who, to whom, when it was sent and taken up) stands with it. Whoever has it and does nothing is told again
//! until it is taken up, and its author once that it is not.

mod actions;
mod jobs;
mod letters;
pub mod model;
mod pages;
mod settings;
mod store;
mod voice;

use crate::erasure::{self, Blank, Naming};
use crate::features::{Feature, Table};
use crate::programmes::{Said, Speaker};

pub use actions::{name_channel, send};
pub use store::{Received, received_by};
pub use voice::VOICE;

/// A concern that nobody has taken up is read by its receiver alone.
pub const HINDRANCE: erasure::Hindrance =
    erasure::Hindrance { name: "concerns", hinders: |tx, leaving| Box::pin(actions::keeps(tx, leaving)) };

/// The line in the list of an edition's tasks: who receives a concern.
pub const SPEAKER: Speaker = Speaker {
    name: "concerns",
    says: |app, _, edition| {
        Box::pin(async move {
            let channel = store::channel(&app.db, edition.id).await?;
            Ok(Said { tasks: vec![settings::task(&edition, &channel)], counts: Vec::new() })
        })
    },
    comes: |_, _, _, _| Box::pin(async { Ok(None) }),
    waits: |_, _| Box::pin(async { Ok(Vec::new()) }),
};

pub const FEATURE: Feature = Feature {
    name: "concerns",
    doors: || [pages::doors(), settings::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[
        Table::of("concern_channels", &[Naming::By("receiver", &[Blank::Null("receiver")])])
            .because("how an edition hears of problems; whoever received them is not named any more"),
        Table::of("concerns", &[Naming::Stays("author", &[]), Naming::By("receiver", &[])])
            .because("whoever it was sent to answers for having taken it up; what it says goes with its author's key")
            .sealed(&["words"]),
    ],
};
