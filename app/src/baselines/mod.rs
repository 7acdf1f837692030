//! The baseline: where a mentee stands before the first meeting on the levels of the edition's framework, as the mentee, the
//! mentor and the line manager see it. It is given once and for all; what it says nobody can rebuild later. How somebody stands
//! afterwards is for other features, which ask for what was given.

mod actions;
mod api;
mod began;
pub mod model;
mod pages;
mod raters;
mod standing;
mod store;

use crate::erasure::Naming;
use crate::features::{Feature, Table};

pub use began::tell_managers;
pub use model::{Given, Ratings, View};
pub use raters::due;
pub use standing::{Total, totals};
pub use store::given;

pub const FEATURE: Feature = Feature {
    name: "baselines",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: &[began::KIND],
    tables: &[
        Table::of("baselines", &[Naming::Goes("mentee"), Naming::Stays("rater", &[])])
            .because("where somebody else stands; it is theirs, whoever saw it so")
            .own(&[("content", "rater")]),
        Table::of("baseline_drafts", &[Naming::Goes("mentee"), Naming::Goes("rater")]).own(&[("content", "rater")]),
    ],
};
