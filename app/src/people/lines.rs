//! Reporting lines across the sheets and the records: every manager known, nobody their own, no line that comes back.

use std::collections::HashMap;

use crate::i18n::Message;

use super::columns::Column;
use super::plan::ExistingPerson;
use super::rows::{Place, Reading, RowProblem, Severity};

/// What the records know of somebody's line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExistingLine {
    pub address: String,
    pub external_id: Option<String>,
    /// The manager's address.
    pub manager: Option<String>,
}

/// What is wrong with the reporting lines that would come of a reading; in time linear in people and records. An unknown
/// manager is a warning (the chief executive need not be in the programme), a circle an error.
pub fn check_lines(reading: &Reading, known: &[ExistingLine]) -> Vec<RowProblem> {
    let lines = Lines::of(reading, known);
    let mut problems = Vec::new();
    for (person, draft) in reading.people.iter().enumerate() {
        let Some(written) = &draft.manager else { continue };
        match lines.managers[person] {
            None => {
                let message = Message::new("people-row-manager-unknown").with("value", written.as_str());
                problems.push(problem(reading, person, Severity::Warning, message));
            }
            Some(manager) if manager == person => {
                problems.push(problem(reading, person, Severity::Error, Message::new("people-row-manager-self")));
            }
            Some(_) => {}
        }
    }
    for circle in lines.circles() {
        // The sheets are what can be mended.
        let Some(person) = circle.iter().copied().find(|node| *node < reading.people.len()) else { continue };
        let chain: Vec<&str> = circle.iter().chain(circle.first()).map(|node| lines.addresses[*node]).collect();
        let message = Message::new("people-row-manager-circle").with("chain", chain.join(" → "));
        problems.push(problem(reading, person, Severity::Error, message));
    }
    problems.extend(taken_ids(reading, known));
    problems.sort_by_key(|problem| (problem.sheet, problem.row));
    problems
}

fn problem(reading: &Reading, person: usize, severity: Severity, message: Message) -> RowProblem {
    let places = reading.places.get(person);
    let carrying = places.and_then(|places| {
        places
            .iter()
            .find(|place| reading.carried.get(place.sheet).is_some_and(|carried| carried.contains(&Column::Manager)))
    });
    let place = carrying.or_else(|| places?.first()).copied().unwrap_or(Place { sheet: 0, row: 0 });
    RowProblem {
        sheet: place.sheet,
        row: place.row,
        heading: reading.heading(place.sheet, &Column::Manager),
        message,
        severity,
    }
}

/// An external id names one person: it may not wander to another address unseen.
fn taken_ids(reading: &Reading, known: &[ExistingLine]) -> Vec<RowProblem> {
    let holders: HashMap<&str, &str> =
        known.iter().filter_map(|line| Some((line.external_id.as_deref()?, line.address.as_str()))).collect();
    let mut problems = Vec::new();
    for (person, draft) in reading.people.iter().enumerate() {
        let holder = draft.external_id.as_deref().and_then(|id| holders.get(id));
        if let Some(holder) = holder.filter(|holder| **holder != draft.address) {
            let message = Message::new("people-row-external-id-taken").with("address", *holder);
            let mut problem = problem(reading, person, Severity::Error, message);
            problem.heading = reading.heading(problem.sheet, &Column::ExternalId);
            problems.push(problem);
        }
    }
    problems
}

/// Everybody as a number: first the people of the reading, then the others of the records.
struct Lines<'a> {
    addresses: Vec<&'a str>,
    /// Who manages each, if anybody who is known.
    managers: Vec<Option<usize>>,
}

impl<'a> Lines<'a> {
    fn of(reading: &'a Reading, known: &'a [ExistingLine]) -> Self {
        let mut addresses: Vec<&str> = reading.people.iter().map(|person| person.address.as_str()).collect();
        let mut number: HashMap<&str, usize> =
            addresses.iter().enumerate().map(|(index, address)| (*address, index)).collect();
        for line in known {
            number.entry(&line.address).or_insert_with(|| {
                addresses.push(&line.address);
                addresses.len() - 1
            });
        }
        let ids = reading.people.iter().map(|person| (&person.external_id, person.address.as_str()));
        let ids = known.iter().map(|line| (&line.external_id, line.address.as_str())).chain(ids);
        let by_id: HashMap<&str, &str> = ids.filter_map(|(id, address)| Some((id.as_deref()?, address))).collect();
        let find = |manager: &str| number.get(manager).or_else(|| number.get(by_id.get(manager)?)).copied();
        let mut managers = vec![None; addresses.len()];
        for line in known {
            managers[number[line.address.as_str()]] = line.manager.as_deref().and_then(find);
        }
        for (person, draft) in reading.people.iter().enumerate() {
            if reading.carries(person, &Column::Manager) {
                managers[person] = draft.manager.as_deref().and_then(find);
            }
        }
        Self { addresses, managers }
    }

    /// Every circle of two or more, once. Each node is walked over once.
    fn circles(&self) -> Vec<Vec<usize>> {
        let mut walk_of = vec![0; self.managers.len()];
        let mut circles = Vec::new();
        for start in 0..self.managers.len() {
            let walk = start + 1;
            let mut path = Vec::new();
            let mut node = Some(start);
            while let Some(at) = node.filter(|at| walk_of[*at] == 0) {
                walk_of[at] = walk;
                path.push(at);
                node = self.managers[at];
            }
            let met = node.filter(|at| walk_of[*at] == walk);
            let from = met.and_then(|at| path.iter().position(|node| *node == at));
            if let Some(from) = from.filter(|from| path.len() - from > 1) {
                circles.push(path.split_off(from));
            }
        }
        circles
    }
}

impl From<&ExistingPerson> for ExistingLine {
    fn from(person: &ExistingPerson) -> Self {
        let draft = &person.draft;
        Self { address: draft.address.clone(), external_id: draft.external_id.clone(), manager: draft.manager.clone() }
    }
}
