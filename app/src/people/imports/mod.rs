//! Sheets on their way in: uploaded, their columns settled, tried out, confirmed, done. Nothing is written to anybody's
//! record before it is confirmed, and then all or nothing.

mod actions;
mod model;
mod pages;
mod store;

use crate::jobs::Kind;

pub use actions::{Source, read_sources, remembered, take_in};
pub use model::{DryRun, ImportId, dry_run};
pub(super) use pages::doors;
pub use store::{people_of, unfinished};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: actions::IMPORT, run: |app, job| Box::pin(actions::carry_out(app, job)) },
    Kind { name: actions::IMPORT_GIVEN_UP, run: |app, job| Box::pin(actions::take_back(app, job)) },
];
