//! Reviews of a pair: the mid-point, the closure and the follow-up, each written by the two apart and shown to both once both have
//! given theirs; a page of thanks for the mentor; and the letter that the mentee may have sealed to themselves, which nobody reads
//! before the follow-up, not even its author. When each is due follows from the clocks of the edition; who reminds whom is not decided
//! here.
//!
//! Words are sealed (`vault`). What others may know, which reviews were given by whom and when, is [`states_of`].

mod actions;
mod api;
mod jobs;
mod letter;
mod letters;
mod links;
pub mod model;
mod pages;
mod shelf;
mod store;
mod voice;

use crate::erasure::Naming;
use crate::features::{Feature, Table};
use crate::mentorships::{Companion, OF_THE_PAIR};
use crate::programmes::Afterthought;

pub use actions::{close, seal_letter, write};
pub use links::{link, page_of};
pub use model::{Due, Kind, State, due};
pub use shelf::SHELF;
pub use store::states_of;
pub use voice::VOICE;

/// A letter's day is counted anew when its pair ends.
pub const COMPANION: Companion = Companion {
    name: "reviews",
    begins: |_, _, _, _| Box::pin(async { Ok(()) }),
    ends: |app, tx, pair| Box::pin(actions::ends(app, tx, pair.id)),
};

/// And when its edition is run by other dates.
pub const AFTERTHOUGHT: Afterthought =
    Afterthought { name: "reviews", follows: |app, tx, edition| Box::pin(actions::edition_changed(app, tx, edition)) };

pub const FEATURE: Feature = Feature {
    name: "reviews",
    doors: || [pages::doors(), links::doors(), letter::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    notices: letters::KINDS,
    tables: &[
        Table::of("reviews", &[Naming::Stays("author", &[])]).because(OF_THE_PAIR).sealed(&["words"]),
        Table::of("review_lines", &[Naming::Stays("author", &[])])
            .because(OF_THE_PAIR)
            .sealed(&["words"])
            .placed(&Kind::LINES)
            .by_row("mentorship"),
        Table::of("review_letters", &[Naming::Goes("author")]).sealed(&["words"]),
    ],
};
