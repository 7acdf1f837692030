//! Frameworks of competencies: what somebody learns here, and by which behaviours each level is seen. Which competencies a
//! person holds or wants is `people`'s; which framework an edition keeps is `programmes`'.

mod actions;
mod api;
mod forms;
pub mod model;
mod pages;
mod shipped;
mod store;

use crate::features::{Feature, Table};

pub use actions::take_shipped;
pub use model::{Choice, Framework, FrameworkId, FrameworkVersionId, Version};
pub use shipped::shipped;
pub use store::{choices, version};

pub const FEATURE: Feature = Feature {
    name: "frameworks",
    doors: || [pages::doors(), api::doors()].concat(),
    jobs: &[],
    notices: &[],
    tables: &[
        Table::kept("frameworks", "a framework is nobody's personal data"),
        Table::kept("framework_versions", "a framework is nobody's personal data"),
    ],
};
