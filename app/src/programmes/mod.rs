//! Programmes and their editions: the track, the dates, the settings and clocks, and who takes part in which edition and how
//! they came to. Who is paired with whom is `pairing`'s; what becomes of a pair is `mentorships`'.

mod actions;
pub mod model;
pub mod orientation;
mod store;
pub mod working_days;

use crate::features::{Feature, Table};

pub use actions::{add_edition, add_programme, enrol, open_edition, step};
pub use model::{Edition, EditionId, Enrolment, EnrolmentId, Programme, ProgrammeId, Standing, Step, Track};
pub use store::{edition, editions, enrolled, enrolment, enrolment_of};

pub const FEATURE: Feature = Feature {
    name: "programmes",
    doors: orientation::doors,
    jobs: &[],
    tables: &[
        Table::kept("programmes", "a programme is nobody's personal data"),
        Table::kept("editions", "an edition is nobody's personal data"),
        Table::erased("enrolments"),
        Table::erased("orientations"),
    ],
};
