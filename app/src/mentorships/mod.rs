//! Mentorships: the published pairs, from the day on which both sides have accepted to the end. How a pair is found and both are
//! asked is `pairing`'s.

mod actions;
mod api;
mod jobs;
pub mod model;
mod pages;
mod store;

use crate::features::{Feature, Table};

pub use actions::{begin, end};
pub use model::{Ending, Mentorship, MentorshipId, NewMentorship, Parting};
pub use store::{Pair, mentees_of, mentorship, of_edition, pairs_of, parted};

pub const FEATURE: Feature = Feature {
    name: "mentorships",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: jobs::KINDS,
    tables: &[Table::erased("mentorships")],
};
