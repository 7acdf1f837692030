//! The room: meetings and negotiations that are opened to observers, who may be there, for which items, and under which undertaking.
//! A sitting has a number and an item a number, a class and times; nothing holds a title, a figure or what is talked about. Who is in
//! and who is out is computed (`place`), never stored. What happened in the room is `record`'s.
//!
//! What an observer declares of their conflicts of interest is sealed (`vault`).

mod access;
mod actions;
mod api;
mod calendar;
mod held;
mod items;
mod jobs;
pub mod learning;
mod letters;
mod links;
pub mod model;
mod pages;
mod past;
pub mod place;
mod places;
mod policy;
pub mod record;
mod seating;
mod sharing;
mod sides;
mod store;
mod undertakings;
mod voice;

use crate::features::{Feature, Table, joined};
use crate::mentorships::Companion;

pub use access::Access;
pub use actions::{By, Wanted, cancel, change, draft, host_agrees, host_refuses, open, other_side_agrees};
pub use calendar::CALENDAR;
pub use held::actions::{finish, hold};
use held::actions::{reckon, took_place};
pub use items::actions::{Planned, chair_agrees, classify};
pub use places::{Places, places_of};
pub use policy::actions::clear;
pub use record::waiting_for_secretary;
pub use seating::actions::{Settled, answer, ask, declare, settle, share_out, sign, sign_now, withdraw};
pub use seating::store::{Counts, seat_counts_of, spoken_for, undertakings_of};
pub use sides::actions::name as name_side;
pub use store::{items_of, sitting};
pub use voice::{VOICE, waiting_for};

/// What ends with a pair: its wishes, and its seats that are to come.
pub const COMPANION: Companion = Companion {
    name: "observations",
    begins: |_, _, _, _| Box::pin(async { Ok(()) }),
    ends: |app, tx, pair| Box::pin(seating::actions::part(app, tx, pair)),
};

pub const FEATURE: Feature = Feature {
    name: "observations",
    doors: || {
        [
            pages::doors(),
            items::doors(),
            seating::doors(),
            policy::doors(),
            links::doors(),
            api::doors(),
            record::doors(),
            learning::doors(),
        ]
        .concat()
    },
    jobs: &joined::<_, { jobs::KINDS.len() + learning::JOBS.len() }>(&[jobs::KINDS, learning::JOBS]),
    notices: &joined::<_, { letters::KINDS.len() + learning::NOTICES.len() }>(&[letters::KINDS, learning::NOTICES]),
    tables: &[
        Table::kept("observation_policies", "what an organisation allows is nobody's personal data"),
        Table::kept("policy_versions", "what an organisation allowed when is nobody's personal data"),
        Table::kept("undertaking_texts", "a text is nobody's personal data; what was signed refers to it"),
        Table::kept(
            "sittings",
            "what records, items and undertakings are of; it names accounts, and those outside until ninety days after its end",
        ),
        Table::kept(
            "sitting_sides",
            "against whom conflicts of interest were declared; emptied ninety days after the end of the sitting",
        ),
        Table::kept("sitting_competencies", "what a sitting shows is nobody's personal data"),
        Table::kept(
            "sitting_items",
            "evidence of how an item was classified, and when; it names nobody but who did so",
        ),
        Table::kept("item_classes", "evidence of which class an item had when; it names nobody but who gave it"),
        Table::kept("item_templates", "classes in an order are nobody's personal data"),
        Table::kept(
            "seats",
            "evidence of who was let in, by whom and when, to which records and undertakings point; what was declared of conflicts is \
             sealed under a key that goes with whoever declared it",
        ),
        Table::kept("seat_standings", "evidence of who held a seat when, and for which items a conflict counted"),
        Table::kept("seat_conflict_items", "evidence of why somebody was kept out of an item; it holds identifiers"),
        Table::kept(
            "undertakings",
            "evidence that somebody undertook to keep silent, when, until when and in which exact words",
        ),
        Table::kept(
            "replaced_undertakings",
            "evidence of what somebody had signed before a sitting moved to another day",
        ),
        Table::kept("clearances", "evidence of who was let to confidential items, by whom and until when"),
        Table::erased("sitting_links"),
        Table::kept(
            "record_entries",
            "evidence of who was in the room for what, and the list of insiders, which has to be kept for five years (Regulation (EU) \
             No 596/2014 Art. 18(5)); it holds identifiers and sealed words",
        ),
        Table::kept("record_heads", "where each record ends; it names nobody"),
        Table::kept(
            "insider_duties",
            "evidence that whoever heard inside information was told what follows, and in which words (Regulation (EU) No 596/2014 Art. 18(2))",
        ),
        Table::kept("attendances", "minutes that follow from the records, which are kept"),
        Table::erased("loops"),
        Table::erased("predictions"),
        Table::erased("loop_talks"),
    ],
};
