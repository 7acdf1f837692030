//! Persons beyond their core: what they do, where, for whom, what they can teach and what they want to learn; spreadsheets
//! in and out. Who they are to sign in with is `identity`'s; who mentors whom is `pairing`'s.
//!
//! A spreadsheet becomes people in four pure steps: [`columns::propose`] says what each column seems to mean, the
//! coordinator settles it as a [`columns::Mapping`], [`rows::read_people`] and [`lines::check_lines`] say row by row what is
//! wrong, and [`plan::plan`] what would change. A form is read as a sheet of one row, so that both know the same rules.

mod actions;
mod api;
pub mod columns;
mod forms;
mod headings;
pub mod imports;
pub mod lines;
pub mod model;
mod pages;
pub mod plan;
pub mod rows;
pub mod special;
mod store;
mod words;

use std::sync::Arc;

use crate::app::App;
use crate::audit;
use crate::db::Error;
use crate::erasure::{Blank, Hindrance, Naming};
use crate::features::{Feature, Table};
use crate::i18n::Message;
use crate::identity::OrganisationId;

pub use actions::{Progressed, apply};
pub(crate) use actions::{existing, labelled, organisation};
pub use store::{
    Counts, Mark, Record, Report, Someone, StoredAttribute, attributes, counts, ids_of_mentors, is_manager_of,
    lines_since, managers, managers_of, mark, of_side, record, records, records_of, reporting_lines, reports, seats,
    these,
};

/// The sheets of an import that is under way hold whoever they hold.
pub const HINDRANCE: Hindrance = Hindrance {
    name: "people",
    hinders: |tx, leaving| {
        Box::pin(async move {
            let imports = imports::unfinished(tx, leaving.organisation).await?;
            Ok((imports > 0).then(|| Message::new("people-keeps").with("count", imports)))
        })
    },
};

pub const FEATURE: Feature = Feature {
    name: "people",
    doors: || [pages::doors(), imports::doors(), api::doors()].concat(),
    jobs: imports::KINDS,
    notices: &[],
    tables: &[
        Table::of("profiles", &[Naming::Goes("person"), Naming::By("manager", &[Blank::Null("manager")])])
            .quotes(&["preferences", "conflicts", "former_mentors"])
            .without(&["search"]),
        Table::of("person_competencies", &[Naming::Goes("person")]),
        Table::of("person_attributes", &[Naming::Goes("person")]),
        Table::of("former_lines", &[Naming::Goes("person"), Naming::Goes("manager")]),
        Table::kept("competencies", "a competency is nobody's personal data"),
        Table::kept("attributes", "what the organisation collects, not what it collected"),
        Table::kept("headings", "what a heading of a sheet means"),
        Table::of("imports", &[Naming::By("started_by", &[])]).because("who imported when, with counts"),
        Table::kept("import_sheets", "deleted when an import ends, for which an erasure waits"),
        Table::of("import_people", &[Naming::Goes("person")]),
    ],
};

#[cfg(test)]
mod tests;

/// How many people an organisation has on record, and in which parts; remembered until something is done.
pub async fn counted(app: &App, organisation: OrganisationId) -> Result<Arc<Counts>, Error> {
    let record = (organisation.0, organisation.0);
    audit::remembered(app, record, async { counts(&app.db, organisation).await }).await
}
