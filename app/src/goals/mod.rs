//! Goals of a pair: what the mentee wants to reach, with a measure, a date and steps, tied to a competency or to the career
//! objective; how it goes, and what became of it. Long-term goals are built from short ones. What is planned to be seen and
//! practised is `activities`'.
//!
//! Words and figures are sealed (`vault`). Dates, kinds and competencies are not, so that what stands is counted without opening any.

mod actions;
mod api;
mod asking;
mod checking;
mod forms;
mod links;
pub mod model;
mod pages;
mod reminding;
mod shelf;
mod store;
mod voice;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::identity::Act;
use crate::mentorships::OF_THE_PAIR;
use crate::notices::Kind;

pub use actions::{add, check_in, settle, tick, write_objective};
pub use asking::{ASKED, question};
pub use shelf::SHELF;
pub use store::counts_of;
pub use voice::VOICE;

pub const FEATURE: Feature = Feature {
    name: "goals",
    doors: || [pages::doors(), links::doors(), api::doors()].concat(),
    jobs: reminding::JOBS,
    notices: &[
        reminding::NOTICE,
        Kind {
            name: asking::ASKED,
            label: "goals-asked-label",
            mail: "goals-asked-mail",
            acts: true,
            ends: true,
            act: Act::TakePart,
            writes: Some(|app, told| Box::pin(async move { asking::letter(&app, &told).await })),
            ..Kind::USUAL
        },
    ],
    tables: &[
        Table::of(
            "goals",
            &[Naming::GoesAlone("owner"), Naming::Stays("author", &[]), Naming::Stays("settled_by", &[])],
        )
        .because(OF_THE_PAIR)
        .sealed(&["words", "reason"]),
        Table::of("goal_steps", &[Naming::With("goal", "goals"), Naming::Stays("author", &[])])
            .because(OF_THE_PAIR)
            .sealed(&["words"]),
        Table::of("goal_check_ins", &[Naming::With("goal", "goals"), Naming::Stays("author", &[])])
            .because(OF_THE_PAIR)
            .sealed(&["figure", "words"]),
        Table::of("goal_objectives", &[Naming::Stays("author", &[])])
            .because(OF_THE_PAIR)
            .sealed(&["words"])
            .by_row("mentorship"),
    ],
};
