//! Persons beyond their core: what they do, where, for whom, what they can teach and what they want to learn; spreadsheets
//! in and out. Who they are to sign in with is `identity`'s; who mentors whom is `pairing`'s.

pub mod model;

mod store;

use crate::features::{Feature, Table};

pub use store::{Counts, counts};

pub const FEATURE: Feature = Feature {
    name: "people",
    doors: Vec::new,
    jobs: &[],
    tables: &[
        Table::erased("profiles"),
        Table::erased("person_competencies"),
        Table::erased("person_attributes"),
        Table::kept("competencies", "a competency is nobody's personal data"),
        Table::kept("attributes", "what the organisation collects, not what it collected"),
        Table::kept("headings", "what a heading of a sheet means"),
        Table::kept("imports", "who imported when, with counts"),
        Table::erased("import_sheets"),
    ],
};
