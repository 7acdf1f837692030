//! Two sheets become a pool: what was decided about their columns is kept, what is known is recognised, and the rest stays out.

use std::collections::{BTreeMap, HashMap};

use super::model::{Attribute, Pool, Shown};
use super::proposal::Familiar;
use super::rules_file::Columns;
use crate::i18n::{Lang, Message, fold};
use crate::people::columns::{self, Column, Mapping, MappingProblem, ProposedColumn, SheetRole, Visibility};
use crate::people::lines::check_lines;
use crate::people::model::PersonDraft;
use crate::people::rows::{Reading, RowProblem, Severity, read_people};
use crate::sheets::Sheet;

/// The sheets of mentees and of mentors, in this order wherever there are two of something.
const ROLES: [SheetRole; 2] = [SheetRole::Mentees, SheetRole::Mentors];

/// What came of two sheets.
#[derive(Clone, Debug)]
pub struct Intake {
    pub pool: Pool,
    /// The attributes that were admitted because a rule is ready for them: to be written down as decisions.
    pub columns: Columns,
    /// What the columns of both sheets were taken for, and which were left out, to be read by whoever edits the rules.
    pub remarks: Vec<Message>,
    pub problems: Vec<RowProblem>,
}

/// Reads both sheets. `decided` are the decisions of a rules file; without one, familiar columns are admitted.
pub fn take_in(
    sheets: [Sheet; 2],
    decided: Option<&Columns>,
    lang: Lang,
) -> Result<Intake, Vec<(SheetRole, MappingProblem)>> {
    let mut admitted = Columns::default();
    let mut remarks = Vec::new();
    let mut problems = Vec::new();
    let mut inputs = Vec::new();
    for (sheet, role) in sheets.into_iter().zip(ROLES) {
        let decisions = decided.map(|columns| of(columns, role));
        let (settled, familiar) = settle(&sheet, role, decisions, lang);
        remarks.extend(remarks_on(&settled, role, decisions));
        let columns = settled.iter().map(|proposed| (proposed.heading.clone(), proposed.column.clone())).collect();
        match Mapping::settled(&sheet, &columns) {
            Ok(mapping) => inputs.push((sheet, role, mapping)),
            Err(wrong) => problems.extend(wrong.into_iter().map(|problem| (role, problem))),
        }
        *of_mut(&mut admitted, role) = familiar;
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let reading = read_people(&inputs);
    let mut problems = reading.problems.clone();
    problems.extend(check_lines(&reading, &[]).into_iter().filter(|problem| problem.severity == Severity::Error));
    Ok(Intake { pool: pool(&reading), columns: admitted, remarks, problems })
}

fn of(columns: &Columns, role: SheetRole) -> &BTreeMap<String, Column> {
    if role == SheetRole::Mentors { &columns.mentors } else { &columns.mentees }
}

fn of_mut(columns: &mut Columns, role: SheetRole) -> &mut BTreeMap<String, Column> {
    if role == SheetRole::Mentors { &mut columns.mentors } else { &mut columns.mentees }
}

/// What each column means, and which were admitted only because they are familiar.
fn settle(
    sheet: &Sheet,
    role: SheetRole,
    decisions: Option<&BTreeMap<String, Column>>,
    lang: Lang,
) -> (Vec<ProposedColumn>, BTreeMap<String, Column>) {
    let decided: HashMap<String, Column> =
        decisions.into_iter().flatten().map(|(heading, column)| (fold(heading), column.clone())).collect();
    let mut columns = columns::propose(sheet, role, &decided);
    let mut familiar = BTreeMap::new();
    for (index, proposed) in columns.iter_mut().enumerate() {
        if let Some(column) = decided.get(&fold(&proposed.heading)) {
            // As it was decided: where that may not be, the mapping says why.
            proposed.column = column.clone();
        } else if decisions.is_none() && proposed.column == Column::LeaveOut && proposed.special.is_none() {
            let Some(known) = Familiar::of(&proposed.heading, sheet.column(index)) else { continue };
            let column = admitted(known, lang);
            if !familiar.values().any(|other| *other == column) {
                familiar.insert(proposed.heading.clone(), column.clone());
                proposed.column = column;
            }
        }
    }
    (columns, familiar)
}

fn admitted(familiar: Familiar, lang: Lang) -> Column {
    let key = familiar.name();
    let purpose = lang.say(&format!("pairing-purpose-{key}"));
    let key = key.to_owned();
    Column::Attribute(columns::Attribute {
        key,
        visibility: Visibility::All,
        purpose,
        legal_basis: None,
        special: None,
    })
}

/// What the columns were taken for. A column that looks like special-category data is counted and not named.
fn remarks_on(
    columns: &[ProposedColumn],
    role: SheetRole,
    decisions: Option<&BTreeMap<String, Column>>,
) -> Vec<Message> {
    let side = if role == SheetRole::Mentors { "mentors" } else { "mentees" };
    let list = |items: Vec<Message>| {
        items.into_iter().reduce(|list, item| Message::new("pairing-list").with("list", list).with("item", item))
    };
    let taken = columns.iter().filter(|proposed| proposed.column != Column::LeaveOut && proposed.special.is_none());
    let taken = taken.map(|proposed| {
        let heading = proposed.heading.as_str();
        Message::new("pairing-remark-column").with("heading", heading).with("column", proposed.column.label())
    });
    let left = columns.iter().filter(|proposed| proposed.column == Column::LeaveOut && proposed.special.is_none());
    let left = left.map(|proposed| Message::new("pairing-remark-heading").with("heading", proposed.heading.as_str()));
    let special = columns
        .iter()
        .enumerate()
        .filter(|(_, proposed)| proposed.special.is_some() && proposed.column == Column::LeaveOut);
    let special: Vec<Message> =
        special.map(|(index, _)| Message::new("pairing-number").with("number", index + 1)).collect();
    let headings: Vec<String> = columns.iter().map(|proposed| fold(&proposed.heading)).collect();
    let absent = decisions.into_iter().flatten().filter(|(heading, _)| !headings.contains(&fold(heading)));
    let absent = absent.map(|(heading, _)| Message::new("pairing-remark-heading").with("heading", heading.as_str()));

    let count = special.len();
    let remark = |key: &str, list: Message| Message::new(format!("pairing-remark-{key}-{side}")).with("list", list);
    let mut remarks = Vec::new();
    remarks.extend(list(taken.collect()).map(|list| remark("taken", list)));
    remarks.extend(list(left.collect()).map(|list| remark("left", list)));
    remarks.extend(list(special).map(|list| remark("special", list).with("count", count)));
    remarks.extend(list(absent.collect()).map(|list| remark("absent", list)));
    remarks
}

/// Somebody of the first sheet is a mentee unless a column of roles says otherwise, and so with mentors and the second.
fn pool(reading: &Reading) -> Pool {
    let people = |sheet: usize, is: fn(&PersonDraft) -> bool| {
        let mut rows: Vec<(usize, &PersonDraft)> = Vec::new();
        for (person, places) in reading.people.iter().zip(&reading.places) {
            let place = places.iter().find(|place| place.sheet == sheet);
            rows.extend(place.filter(|_| is(person)).map(|place| (place.row, person)));
        }
        rows.sort_by_key(|(row, _)| *row);
        rows.into_iter().map(|(_, person)| person.clone()).collect()
    };
    let label = |key: &str| {
        let mut headings = reading.headings.iter().flatten();
        headings.find(|(column, _)| matches!(column, Column::Attribute(attribute) if attribute.key == key))
    };
    let attributes = reading.attributes.iter().map(|(key, attribute)| {
        let shown = match attribute.visibility {
            _ if attribute.is_hidden() => Shown::Nothing,
            Visibility::All => Shown::Everything,
            Visibility::Coordinator => Shown::NameOnly,
            Visibility::Rules => Shown::Nothing,
        };
        let label = label(key).map_or(key, |(_, heading)| heading).clone();
        (key.clone(), Attribute { label, shown })
    });
    Pool {
        mentees: people(0, |person| person.roles.mentee),
        mentors: people(1, |person| person.roles.mentor),
        attributes: attributes.collect(),
    }
}
