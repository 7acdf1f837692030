//! Mentorships: the published pairs, from the day on which both sides have accepted to the end. How a pair is found and both are
//! asked is `pairing`'s.

mod actions;
pub mod model;
mod store;

use crate::features::{Feature, Table};

pub use actions::{begin, end};
pub use model::{Ending, Mentorship, MentorshipId, NewMentorship};
pub use store::{Pair, mentees_of, mentorship, of_edition, pairs_of};

pub const FEATURE: Feature =
    Feature { name: "mentorships", doors: Vec::new, jobs: &[], tables: &[Table::erased("mentorships")] };
