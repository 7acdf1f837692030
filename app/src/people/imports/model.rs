//! What an import is, and its dry run; pure.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::i18n::Message;
use crate::people::columns::{Mapping, SheetRole};
use crate::people::lines::{ExistingLine, check_lines};
use crate::people::plan::{ExistingPerson, Plan, plan};
use crate::people::rows::{Reading, Severity, read_people};
use crate::sheets::Sheet;

crate::id!(/// An import of one or more sheets.
    ImportId);

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Uploaded; somebody is to say what its columns mean.
    New,
    /// Its columns are settled; somebody is to look at what would change.
    Mapped,
    /// Confirmed; it is being written.
    Confirmed,
    Done,
    /// Dropped by somebody, with its sheets.
    Dropped,
}

impl State {
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Mapped => "mapped",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        [Self::New, Self::Mapped, Self::Confirmed, Self::Done, Self::Dropped]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// What an import did, or why it was not done after all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
    /// The records had changed since the dry run, so nothing was written and it has to be looked at again.
    #[serde(default)]
    pub overtaken: bool,
    /// It could not be written, however often it was tried.
    #[serde(default)]
    pub failed: bool,
}

impl Outcome {
    pub fn message(&self) -> Message {
        if self.failed {
            return Message::new("imports-failed");
        }
        Message::new("imports-outcome")
            .with("added", self.added)
            .with("changed", self.changed)
            .with("unchanged", self.unchanged)
    }
}

/// What an import would do, and what is wrong with its rows.
#[derive(Clone, Debug)]
pub struct DryRun {
    pub reading: Reading,
    pub plan: Plan,
}

impl DryRun {
    /// Whether it may be confirmed: rows with errors keep everybody out.
    pub fn may_be_confirmed(&self) -> bool {
        let changes = self.plan.added.len() + self.plan.changed.len();
        changes > 0 && !self.reading.has_errors()
    }

    pub fn outcome(&self) -> Outcome {
        Outcome {
            added: self.plan.added.len(),
            changed: self.plan.changed.len(),
            unchanged: self.plan.unchanged.len(),
            overtaken: false,
            failed: false,
        }
    }

    /// What was looked at before it was confirmed: the same plan gives the same text.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update(format!("{:?}", (&self.plan.added, &self.plan.changed)));
        hex::encode(&hasher.finalize()[..16])
    }
}

/// Tries an import out against the records as they are.
pub fn dry_run(inputs: &[(Sheet, SheetRole, Mapping)], existing: &[ExistingPerson]) -> DryRun {
    let mut reading = read_people(inputs);
    let known: Vec<ExistingLine> = existing.iter().map(ExistingLine::from).collect();
    let found = check_lines(&reading, &known);
    reading.problems.extend(found);
    reading.problems.sort_by_key(|problem| (problem.severity != Severity::Error, problem.sheet, problem.row));
    leave_unknown_lines_open(&mut reading, existing);
    let plan = plan(&reading, existing);
    DryRun { reading, plan }
}

/// A manager whom nobody knows is said as a warning; the line stays open.
fn leave_unknown_lines_open(reading: &mut Reading, existing: &[ExistingPerson]) {
    let known: HashSet<String> = existing
        .iter()
        .map(|person| &person.draft)
        .chain(&reading.people)
        .flat_map(|draft| [Some(draft.address.clone()), draft.external_id.clone()])
        .flatten()
        .collect();
    for person in &mut reading.people {
        if person.manager.as_ref().is_some_and(|manager| !known.contains(manager)) {
            person.manager = None;
        }
    }
}
