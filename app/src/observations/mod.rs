//! The room: meetings and negotiations that are opened to observers, who may be there, for which items, and under which undertaking.
//! A sitting has a number and an item a number, a class and times; nothing holds a title, a figure or what is talked about. Who is in
//! and who is out is computed (`place`), never stored. What happened in the room is `record`'s.
//!
//! What an observer declares of their conflicts of interest is sealed (`vault`).

pub mod learning;
pub mod model;
pub mod place;
mod places;
mod store;

use crate::features::{Feature, Table};

pub use places::{Places, places_of};
pub use store::{items_of, policy, seats_of, sitting};

pub const FEATURE: Feature = Feature {
    name: "observations",
    doors: learning::doors,
    jobs: learning::JOBS,
    notices: learning::NOTICES,
    tables: &[
        Table::kept("observation_policies", "what an organisation allows is nobody's personal data"),
        Table::kept("undertaking_texts", "a text is nobody's personal data; what was signed refers to it"),
        Table::erased("sittings"),
        Table::kept("sitting_competencies", "what a sitting shows is nobody's personal data"),
        Table::kept(
            "sitting_items",
            "evidence of how an item was classified, and when; it names nobody but who did so",
        ),
        Table::kept("item_templates", "classes in an order are nobody's personal data"),
        Table::erased("seats"),
        Table::erased("seat_conflict_items"),
        Table::kept(
            "undertakings",
            "evidence that somebody undertook to keep silent, when, until when and in which exact words",
        ),
        Table::kept("clearances", "evidence of who was let to confidential items, by whom and until when"),
        Table::erased("sitting_links"),
        Table::erased("loops"),
        Table::erased("predictions"),
        Table::erased("loop_talks"),
    ],
};
