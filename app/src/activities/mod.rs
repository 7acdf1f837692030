//! The plan of practical demonstration: what a mentee will be taught, observe, visit and practise, each tied to a competency, with a
//! date, what to watch for, and a debrief within two days of its end. Who may be in which room, and what a trip needs, have places
//! of their own; here it is planned, dated and reflected on.
//!
//! Words are sealed (`vault`). Kinds, competencies, dates, states and minutes are not.

mod actions;
mod api;
mod calendar;
mod debriefers;
mod forms;
mod links;
pub mod model;
mod pages;
mod preset;
mod reminding;
mod shelf;
mod store;
mod voice;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::mentorships::OF_THE_PAIR;

pub use actions::{
    add, destroy_debrief, destroy_words, finish, has_been_done, has_lasted, reflection_of, write, write_debrief,
    write_debrief_of,
};
pub use calendar::CALENDAR;
pub use debriefers::{Debriefer, Finding};
pub use preset::proposed;
pub use shelf::SHELF;
pub use store::{counts_of, courses_of, debrief, plan};
pub use voice::VOICE;

pub const FEATURE: Feature = Feature {
    name: "activities",
    doors: || [pages::doors(), links::doors(), api::doors()].concat(),
    jobs: reminding::JOBS,
    notices: reminding::NOTICES,
    tables: &[
        Table::of("activity_plans", &[Naming::With("mentorship", "mentorships")]).because(OF_THE_PAIR),
        Table::of(
            "activities",
            &[
                Naming::With("mentorship", "mentorships"),
                Naming::Stays("author", &[]),
                Naming::Stays("settled_by", &[]),
            ],
        )
        .because(OF_THE_PAIR)
        .sealed(&["words", "reason"]),
        Table::of("activity_debriefs", &[Naming::GoesAlone("author")])
            .because(OF_THE_PAIR)
            .sealed(&["words"])
            .by_row("activity"),
    ],
};
