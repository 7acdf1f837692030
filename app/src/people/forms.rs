//! A form about one person, read as a sheet of one row: the columns are its fields, the rules those of every sheet.

use std::collections::{BTreeMap, HashSet};

use super::columns::{Column, Mapping, SheetRole};
use super::lines::{ExistingLine, check_lines};
use super::model::Roles;
use super::plan::{Change, ExistingPerson, FieldChange, Plan};
use super::rows::{Reading, Severity, read_people};
use crate::identity::{Act, Viewer};
use crate::problems::Problems;
use crate::sheets::{Row, Sheet};
use crate::web::Form;

/// Who fills the form in: it decides which fields there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Editor {
    Own,
    Coordinator,
}

/// What people say of themselves.
const OWN: &[Column] = &[
    Column::Name,
    Column::Title,
    Column::Unit,
    Column::Place,
    Column::Languages,
    Column::Zone,
    Column::Biography,
    Column::Capacity,
    Column::Held,
    Column::Wanted,
];

/// What the coordinator alone says of them.
const COORDINATOR: &[Column] =
    &[Column::Manager, Column::ExternalId, Column::Post, Column::Preferences, Column::Conflicts, Column::FormerMentors];

impl Editor {
    pub(super) fn of(viewer: &Viewer) -> Self {
        if viewer.may(Act::ManagePeople, &viewer.record()) { Self::Coordinator } else { Self::Own }
    }

    pub(super) fn columns(self) -> impl Iterator<Item = &'static Column> {
        let more: &[Column] = if self == Self::Coordinator { COORDINATOR } else { &[] };
        OWN.iter().chain(more)
    }
}

/// Reads the form. A new person's address is a field of it; an existing person's is given and stays.
pub(super) fn read(form: &Form, editor: Editor, address: Option<&str>) -> Result<Reading, Problems> {
    let columns: Vec<&Column> = editor.columns().chain([&Column::Address]).collect();
    let cells = columns
        .iter()
        .map(|column| match (column, address) {
            (Column::Address, Some(address)) => address.to_owned(),
            // Lists are written a line each; a sheet splits at the same signs and at commas.
            (column, _) => form.text(column.code()).replace(['\r', '\n'], ";"),
        })
        .collect();
    let sheet = Sheet {
        headings: columns.iter().map(|column| column.code().to_owned()).collect(),
        rows: vec![Row { number: 1, cells }],
        ..Sheet::default()
    };
    let mapping: BTreeMap<String, Column> =
        columns.into_iter().map(|column| (column.code().to_owned(), column.clone())).collect();
    let mut reading = read_people(&[(sheet, SheetRole::Mixed, Mapping::of_form(mapping))]);
    be_strict(&mut reading);
    problems(&reading).or(())?;
    if let Some(person) = reading.people.first_mut() {
        // A biography keeps its lines.
        person.biography = Some(form.text("biography").to_owned()).filter(|text| !text.is_empty());
        if editor == Editor::Coordinator {
            person.roles = roles(form);
        }
    }
    Ok(reading)
}

/// The reading, with its reporting line checked against everybody.
pub(super) fn checked(mut reading: Reading, existing: &[ExistingPerson]) -> Result<Reading, Problems> {
    let known: Vec<ExistingLine> = existing.iter().map(ExistingLine::from).collect();
    let found = check_lines(&reading, &known);
    reading.problems.extend(found);
    be_strict(&mut reading);
    problems(&reading).or(reading)
}

/// In a form, a manager whom nobody knows is a slip to mend, not a line to leave open.
fn be_strict(reading: &mut Reading) {
    for problem in &mut reading.problems {
        problem.severity = Severity::Error;
    }
}

fn problems(reading: &Reading) -> Problems {
    let mut problems = Problems::default();
    for problem in reading.problems.iter().filter(|problem| problem.severity == Severity::Error) {
        problems.add(problem.heading.clone().unwrap_or_default(), problem.message.clone());
    }
    problems
}

fn roles(form: &Form) -> Roles {
    let chosen: HashSet<&str> = form.all("roles").collect();
    Roles { mentor: chosen.contains("mentor"), mentee: chosen.contains("mentee") }
}

/// Boxes that are not ticked take a role away, which a sheet never does.
pub(super) fn take_roles(plan: &mut Plan, form: &Form, editor: Editor, existing: &[ExistingPerson], address: &str) {
    if editor != Editor::Coordinator {
        return;
    }
    let wanted = roles(form);
    let Some(person) = existing.iter().find(|person| person.draft.address == address) else { return };
    if plan.changed.is_empty() && person.draft.roles != wanted {
        plan.unchanged.clear();
        plan.changed.push(Change { draft: person.draft.clone(), version: person.version, fields: Vec::new() });
    }
    let Some(change) = plan.changed.first_mut() else { return };
    change.draft.roles = wanted;
    change.fields.retain(|field| field.column != Column::Role);
    if person.draft.roles != wanted {
        change.fields.push(FieldChange { column: Column::Role, values: None });
    }
}
