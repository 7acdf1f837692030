//! Rows become people, and whatever is wrong with a row is said of that row: nothing is dropped unseen. A row with an
//! address always gives a person, so that one mistake does not bring others (a manager who is unknown because of a
//! capacity); whether people with errors may come in is for the caller to say.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use crate::i18n::{Lang, Message, fold};
use crate::identity::address;
use crate::sheets::{self, Cell, Row, Sheet, Table};

use super::columns::{Attribute, Column, Mapping, SheetRole};
use super::model::{CompetencyLevel, PersonDraft, Roles};
use super::special::looks_special;
use super::words::{self, NoCompetency};

/// The most entries that a list in a cell can mean to have.
const MOST_ENTRIES: usize = 200;
/// The most mentees that one mentor can mean to take.
const MOST_MENTEES: f64 = 1000.0;

/// A row of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The index of the sheet among those that were read.
    pub sheet: usize,
    /// As the spreadsheet program numbers it.
    pub row: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The row cannot come in as it is.
    Error,
    /// It can, without the value that the message speaks of.
    Warning,
}

/// What is wrong with a row, and under which heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The index of the sheet among those that were read.
    pub sheet: usize,
    pub row: usize,
    pub heading: Option<String>,
    pub message: Message,
    pub severity: Severity,
}

/// The people of some sheets, each once, in the order of their first rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    pub people: Vec<PersonDraft>,
    /// For each person, the rows that tell of them.
    pub places: Vec<Vec<Place>>,
    /// For each sheet, what its mapping carries: only that may change in a record.
    pub carried: Vec<Vec<Column>>,
    /// For each sheet, the heading of each column that a single heading means.
    pub headings: Vec<Vec<(Column, String)>>,
    /// The attributes that the mappings bring in, by key.
    pub attributes: BTreeMap<String, Attribute>,
    pub problems: Vec<RowProblem>,
}

impl Reading {
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.severity == Severity::Error)
    }

    /// What the sheets of a person carry.
    pub fn carried_by(&self, person: usize) -> Vec<&Column> {
        let mut carried: Vec<&Column> = Vec::new();
        for column in
            self.places.get(person).into_iter().flatten().filter_map(|place| self.carried.get(place.sheet)).flatten()
        {
            if !carried.iter().any(|known| known.is_same(column)) {
                carried.push(column);
            }
        }
        carried
    }

    pub fn carries(&self, person: usize, column: &Column) -> bool {
        let places = self.places.get(person).into_iter().flatten();
        places.filter_map(|place| self.carried.get(place.sheet)).any(|carried| carried.contains(column))
    }

    /// Under which heading a sheet has a column.
    pub fn heading(&self, sheet: usize, column: &Column) -> Option<String> {
        let headings = self.headings.get(sheet)?;
        headings.iter().find(|(meant, _)| meant == column).map(|(_, heading)| heading.clone())
    }
}

/// Reads people from sheets whose columns are settled. Somebody who stands in several sheets is one person: lists are
/// joined, and where two sheets disagree the first stands and a warning says so.
pub fn read_people(inputs: &[(Sheet, SheetRole, Mapping)]) -> Reading {
    let mut problems = Vec::new();
    let mut zones = HashMap::new();
    let mut rows: Vec<PersonRow> = Vec::new();
    for (index, (sheet, role, mapping)) in inputs.iter().enumerate() {
        let mut reader = SheetReader::new(index, sheet, *role, mapping, &mut problems, &mut zones);
        rows.extend(sheet.rows.iter().filter_map(|row| reader.person(row)));
    }
    let names = Names::of(&rows, &mut problems);
    for row in &mut rows {
        names.resolve(row, &mut problems);
    }
    let mut reading = Reading {
        carried: inputs.iter().map(|(_, _, mapping)| carried(mapping)).collect(),
        headings: inputs.iter().map(|(sheet, _, mapping)| headings(sheet, mapping)).collect(),
        ..Reading::default()
    };
    for (_, _, mapping) in inputs {
        for attribute in mapping.attributes() {
            // Of two visibilities the narrower stands.
            let known = reading.attributes.entry(attribute.key.clone()).or_insert_with(|| attribute.clone());
            known.visibility = known.visibility.max(attribute.visibility);
            known.special = known.special.or(attribute.special);
        }
    }
    merge(rows, inputs, &mut reading, &mut problems);
    problems.sort_by_key(|problem| (problem.sheet, problem.row));
    reading.problems = problems;
    reading
}

/// The columns that a mapping carries, the parts of a name as the name.
fn carried(mapping: &Mapping) -> Vec<Column> {
    let mut carried: Vec<Column> = Vec::new();
    for column in mapping.columns().values() {
        let columns: &[Column] = match column {
            Column::LeaveOut => &[],
            Column::GivenName | Column::FamilyName => &[Column::Name],
            Column::Both => &[Column::Role],
            Column::Competencies => &[Column::Held, Column::Wanted],
            column => std::slice::from_ref(column),
        };
        for column in columns {
            if !carried.contains(column) {
                carried.push(column.clone());
            }
        }
    }
    carried
}

fn headings(sheet: &Sheet, mapping: &Mapping) -> Vec<(Column, String)> {
    sheet.headings.iter().map(|heading| (mapping.of(heading).clone(), heading.clone())).collect()
}

/// One row, parsed on its own.
struct PersonRow {
    draft: PersonDraft,
    place: Place,
    /// Under which headings its references to other people stand.
    references: References,
}

#[derive(Clone, Default)]
struct References {
    external_id: Option<String>,
    preferences: Option<String>,
    conflicts: Option<String>,
    former_mentors: Option<String>,
}

struct SheetReader<'a> {
    index: usize,
    role: SheetRole,
    columns: Vec<(&'a str, &'a Column)>,
    references: References,
    first_rows: HashMap<String, usize>,
    problems: &'a mut Vec<RowProblem>,
    zones: &'a mut HashMap<String, Option<String>>,
}

impl<'a> SheetReader<'a> {
    fn new(
        index: usize,
        sheet: &'a Sheet,
        role: SheetRole,
        mapping: &'a Mapping,
        problems: &'a mut Vec<RowProblem>,
        zones: &'a mut HashMap<String, Option<String>>,
    ) -> Self {
        let columns: Vec<(&str, &Column)> =
            sheet.headings.iter().map(|heading| (heading.as_str(), mapping.of(heading))).collect();
        let heading_of = |wanted: &Column| {
            columns.iter().find(|(_, column)| *column == wanted).map(|(heading, _)| (*heading).to_owned())
        };
        let references = References {
            external_id: heading_of(&Column::ExternalId),
            preferences: heading_of(&Column::Preferences),
            conflicts: heading_of(&Column::Conflicts),
            former_mentors: heading_of(&Column::FormerMentors),
        };
        Self { index, role, columns, references, first_rows: HashMap::new(), problems, zones }
    }

    fn person(&mut self, row: &Row) -> Option<PersonRow> {
        let address = self.address(row)?;
        let mut draft = PersonDraft { address, ..PersonDraft::default() };
        let (mut given, mut family) = (String::new(), String::new());
        let mut stated = None;
        let mut both = None;
        let mut competencies = Vec::new();
        for index in 0..self.columns.len() {
            let (heading, column) = self.columns[index];
            let cell = row.cells.get(index).map_or("", String::as_str).trim();
            let at = At { row: row.number, heading };
            match column {
                Column::Name => draft.name = name(heading, cell),
                Column::GivenName => cell.clone_into(&mut given),
                Column::FamilyName => cell.clone_into(&mut family),
                Column::Title => draft.title = filled(cell),
                Column::Unit => draft.unit = filled(cell),
                Column::Place => draft.place = filled(cell),
                Column::Languages => self.languages(&mut draft, cell, at),
                Column::Zone => draft.zone = self.zone(cell, at),
                Column::Manager => draft.manager = filled(cell),
                Column::ExternalId => draft.external_id = filled(cell),
                Column::Biography => draft.biography = filled(cell),
                Column::Role => stated = self.roles(cell, at),
                Column::Both => both = self.both(cell, at),
                Column::Capacity => draft.capacity = self.capacity(cell, at),
                Column::Held => self.competencies(&mut draft.held, cell, at),
                Column::Wanted => self.competencies(&mut draft.wanted, cell, at),
                Column::Competencies => self.competencies(&mut competencies, cell, at),
                Column::Preferences => extend(&mut draft.preferences, self.entries(sheets::list(cell), at)),
                Column::Conflicts => extend(&mut draft.conflicts, self.entries(sheets::list(cell), at)),
                Column::FormerMentors => extend(&mut draft.former_mentors, self.entries(sheets::list(cell), at)),
                Column::Post => draft.post = filled(cell),
                Column::Attribute(attribute) => self.attribute(&mut draft, attribute, cell, at),
                Column::Address | Column::LeaveOut => {}
            }
        }
        draft.roles = roles(self.role, stated, both);
        if draft.roles.mentor {
            extend(&mut draft.held, competencies.clone());
        }
        if draft.roles.mentee {
            extend(&mut draft.wanted, competencies);
        }
        self.complete_name(&mut draft, &given, &family, row.number);
        let place = Place { sheet: self.index, row: row.number };
        Some(PersonRow { draft, place, references: self.references.clone() })
    }

    /// The parts of a name are joined; without any name the address stands for it.
    fn complete_name(&mut self, draft: &mut PersonDraft, given: &str, family: &str, row: usize) {
        let parts = [given, draft.name.as_str(), family];
        let name = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            let heading = self
                .columns
                .iter()
                .find(|(_, column)| matches!(column, Column::Name | Column::GivenName | Column::FamilyName));
            let heading = heading.map(|(heading, _)| *heading);
            self.problem(row, heading, Severity::Error, Message::new("people-row-name-missing"));
            draft.name.clone_from(&draft.address);
        } else {
            draft.name = name;
        }
    }

    fn address(&mut self, row: &Row) -> Option<String> {
        let Some(index) = self.columns.iter().position(|(_, column)| **column == Column::Address) else {
            self.problem(row.number, None, Severity::Error, Message::new("people-row-address-missing"));
            return None;
        };
        let heading = Some(self.columns[index].0);
        let cell = row.cells.get(index).map_or("", String::as_str).trim();
        if cell.is_empty() {
            self.problem(row.number, heading, Severity::Error, Message::new("people-row-address-missing"));
            return None;
        }
        let Some(address) = address(cell) else {
            let message = Message::new("people-row-address-malformed").with("value", cell);
            self.problem(row.number, heading, Severity::Error, message);
            return None;
        };
        if let Some(first) = self.first_rows.get(&address) {
            let message = Message::new("people-row-address-doubled").with("value", address).with("row", *first);
            self.problem(row.number, heading, Severity::Error, message);
            return None;
        }
        self.first_rows.insert(address.clone(), row.number);
        Some(address)
    }

    fn languages(&mut self, draft: &mut PersonDraft, cell: &str, at: At<'_>) {
        for item in self.entries(words::language_items(cell), at) {
            match words::language(&item) {
                Some(language) => extend(&mut draft.languages, vec![language.to_owned()]),
                None => self.warn(at, Message::new("people-row-language-unknown").with("value", item)),
            }
        }
    }

    fn zone(&mut self, cell: &str, at: At<'_>) -> Option<String> {
        if cell.is_empty() {
            return None;
        }
        let zone = self.zones.entry(cell.to_owned()).or_insert_with(|| words::zone(cell)).clone();
        if zone.is_none() {
            self.warn(at, Message::new("people-row-zone-unknown").with("value", cell));
        }
        zone
    }

    fn roles(&mut self, cell: &str, at: At<'_>) -> Option<Roles> {
        let roles = words::roles(cell);
        if roles.is_none() {
            self.refuse(at, Message::new("people-row-role-unknown").with("value", cell));
        }
        roles.filter(|_| !cell.is_empty())
    }

    fn both(&mut self, cell: &str, at: At<'_>) -> Option<bool> {
        let answer = words::yes(cell);
        if answer.is_none() {
            self.refuse(at, Message::new("people-row-both-unknown").with("value", cell));
        }
        answer
    }

    fn capacity(&mut self, cell: &str, at: At<'_>) -> Option<u32> {
        if cell.is_empty() {
            return None;
        }
        let whole =
            sheets::number(cell).filter(|number| (0.0..=MOST_MENTEES).contains(number) && number.fract() == 0.0);
        if whole.is_none() {
            self.refuse(at, Message::new("people-row-capacity-no-number").with("value", cell));
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and from 0 to 1000")]
        whole.map(|number| number as u32)
    }

    fn competencies(&mut self, into: &mut Vec<CompetencyLevel>, cell: &str, at: At<'_>) {
        for item in self.entries(sheets::list(cell), at) {
            match words::competency(&item) {
                Ok(competency) => self.competency(into, competency, at),
                Err(NoCompetency::Nameless) => {
                    self.refuse(at, Message::new("people-row-competency-nameless").with("value", item));
                }
                Err(NoCompetency::Outside { name, level }) => {
                    let level = i64::try_from(level).unwrap_or(i64::MAX);
                    self.refuse(
                        at,
                        Message::new("people-row-level-outside").with("competency", name).with("level", level),
                    );
                }
            }
        }
    }

    /// A competency at two levels in one row is a slip.
    fn competency(&mut self, into: &mut Vec<CompetencyLevel>, competency: CompetencyLevel, at: At<'_>) {
        match into.iter().find(|known| fold(&known.name) == fold(&competency.name)) {
            None => into.push(competency),
            Some(known) if known.level == competency.level => {}
            Some(_) => {
                self.refuse(at, Message::new("people-row-competency-doubled").with("competency", competency.name));
            }
        }
    }

    fn attribute(&mut self, draft: &mut PersonDraft, attribute: &Attribute, cell: &str, at: At<'_>) {
        let values = self.entries(sheets::list(cell), at);
        if !values.is_empty() {
            extend(draft.attributes.entry(attribute.key.clone()).or_default(), values);
        }
    }

    fn entries(&mut self, mut entries: Vec<String>, at: At<'_>) -> Vec<String> {
        if entries.len() > MOST_ENTRIES {
            self.refuse(at, Message::new("people-row-too-many-entries").with("most", MOST_ENTRIES));
            entries.truncate(MOST_ENTRIES);
        }
        entries
    }

    fn refuse(&mut self, at: At<'_>, message: Message) {
        self.problem(at.row, Some(at.heading), Severity::Error, message);
    }

    fn warn(&mut self, at: At<'_>, message: Message) {
        self.problem(at.row, Some(at.heading), Severity::Warning, message);
    }

    fn problem(&mut self, row: usize, heading: Option<&str>, severity: Severity, message: Message) {
        let heading = heading.map(str::to_owned);
        self.problems.push(RowProblem { sheet: self.index, row, heading, message, severity });
    }
}

/// A cell.
#[derive(Clone, Copy)]
struct At<'a> {
    row: usize,
    heading: &'a str,
}

fn filled(cell: &str) -> Option<String> {
    (!cell.is_empty()).then(|| cell.to_owned())
}

/// `Gil Pérez, Ana` under `Apellidos, nombre` is Ana Gil Pérez.
fn name(heading: &str, cell: &str) -> String {
    let family_first = ["apellidos", "surname", "last name"].iter().any(|start| fold(heading).starts_with(start));
    match cell.split_once(',') {
        Some((family, given)) if family_first => format!("{} {}", given.trim(), family.trim()).trim().to_owned(),
        _ => cell.to_owned(),
    }
}

/// Adds what is not there yet, in its order.
fn extend<T: PartialEq>(list: &mut Vec<T>, items: Vec<T>) {
    for item in items {
        if !list.contains(&item) {
            list.push(item);
        }
    }
}

/// What the row says, else what the sheet says; a yes to both settles it.
fn roles(sheet: SheetRole, stated: Option<Roles>, both: Option<bool>) -> Roles {
    if both == Some(true) {
        return Roles { mentor: true, mentee: true };
    }
    stated.unwrap_or(Roles { mentor: sheet == SheetRole::Mentors, mentee: sheet == SheetRole::Mentees })
}

/// By which words people of the sheets can be referred to.
struct Names {
    by_external_id: HashMap<String, String>,
    /// By folded name; nothing where several people bear it.
    by_name: HashMap<String, Option<String>>,
}

impl Names {
    fn of(rows: &[PersonRow], problems: &mut Vec<RowProblem>) -> Self {
        let mut names = Self { by_external_id: HashMap::new(), by_name: HashMap::new() };
        let mut first: HashMap<&str, &PersonRow> = HashMap::new();
        for row in rows {
            let address = &row.draft.address;
            if let Some(id) = &row.draft.external_id {
                let other = *first.entry(id).or_insert(row);
                if other.draft.address == *address {
                    names.by_external_id.insert(id.clone(), address.clone());
                } else {
                    let message = Message::new("people-row-external-id-doubled")
                        .with("value", id.as_str())
                        .with("row", other.place.row);
                    problems.push(row.problem(row.references.external_id.as_deref(), Severity::Error, message));
                }
            }
            let known = names.by_name.entry(fold(&row.draft.name)).or_insert_with(|| Some(address.clone()));
            if known.as_ref().is_some_and(|known| known != address) {
                *known = None;
            }
        }
        names
    }

    fn find(&self, text: &str) -> Option<String> {
        address(text)
            .or_else(|| self.by_external_id.get(text).cloned())
            .or_else(|| self.by_name.get(&fold(text)).cloned().flatten())
    }

    /// Turns references into addresses. A manager who is not found stays as written, for `check_lines` to judge; other
    /// people who are not found are named by their place in the list, since such a cell may hold confidences.
    fn resolve(&self, row: &mut PersonRow, problems: &mut Vec<RowProblem>) {
        if let Some(manager) = &row.draft.manager {
            row.draft.manager = Some(self.find(manager).unwrap_or_else(|| manager.clone()));
        }
        let place = row.place;
        let lists = [
            (&mut row.draft.preferences, &row.references.preferences, Severity::Warning),
            (&mut row.draft.conflicts, &row.references.conflicts, Severity::Error),
            (&mut row.draft.former_mentors, &row.references.former_mentors, Severity::Error),
        ];
        for (list, heading, severity) in lists {
            let mut found = Vec::with_capacity(list.len());
            for (index, item) in list.iter().enumerate() {
                if let Some(address) = self.find(item) {
                    extend(&mut found, vec![address]);
                    continue;
                }
                let message = Message::new("people-row-person-unknown").with("entry", index + 1);
                problems.push(RowProblem {
                    sheet: place.sheet,
                    row: place.row,
                    heading: heading.clone(),
                    message,
                    severity,
                });
            }
            *list = found;
        }
    }
}

impl PersonRow {
    fn problem(&self, heading: Option<&str>, severity: Severity, message: Message) -> RowProblem {
        let heading = heading.map(str::to_owned);
        RowProblem { sheet: self.place.sheet, row: self.place.row, heading, message, severity }
    }
}

fn merge(
    rows: Vec<PersonRow>,
    inputs: &[(Sheet, SheetRole, Mapping)],
    reading: &mut Reading,
    problems: &mut Vec<RowProblem>,
) {
    let mut index_of: HashMap<String, usize> = HashMap::new();
    for row in rows {
        let Some(index) = index_of.get(&row.draft.address).copied() else {
            index_of.insert(row.draft.address.clone(), reading.people.len());
            reading.places.push(vec![row.place]);
            reading.people.push(row.draft);
            continue;
        };
        let place = row.place;
        let first = reading.places[index][0];
        for disagreement in join(&mut reading.people[index], row.draft) {
            let (sheet, _, mapping) = &inputs[place.sheet];
            let heading = sheet.headings.iter().find(|heading| disagreement.is_about(mapping.of(heading)));
            let message = Message::new("people-row-disagrees")
                .with("row", first.row)
                .with("sheet", inputs[first.sheet].0.title.as_str());
            problems.push(RowProblem {
                sheet: place.sheet,
                row: place.row,
                heading: heading.cloned(),
                message,
                severity: Severity::Warning,
            });
        }
        reading.places[index].push(place);
    }
}

/// What two rows of one person say differently.
enum Disagreement {
    Column(Column),
    Attribute(String),
}

impl Disagreement {
    fn is_about(&self, meant: &Column) -> bool {
        match (self, meant) {
            (Self::Attribute(key), Column::Attribute(attribute)) => attribute.key == *key,
            (Self::Column(Column::Name), Column::GivenName | Column::FamilyName)
            | (Self::Column(Column::Held | Column::Wanted), Column::Competencies) => true,
            (Self::Column(column), meant) => column == meant,
            _ => false,
        }
    }
}

/// Joins what a further row says to what is known, and gives the columns on which they disagree.
fn join(known: &mut PersonDraft, further: PersonDraft) -> Vec<Disagreement> {
    let mut disagreements = Vec::new();
    if known.name == known.address {
        known.name = further.name;
    } else if further.name != further.address && fold(&known.name) != fold(&further.name) {
        disagreements.push(Disagreement::Column(Column::Name));
    }
    let texts = [
        (&mut known.title, further.title, Column::Title),
        (&mut known.unit, further.unit, Column::Unit),
        (&mut known.place, further.place, Column::Place),
        (&mut known.zone, further.zone, Column::Zone),
        (&mut known.manager, further.manager, Column::Manager),
        (&mut known.external_id, further.external_id, Column::ExternalId),
        (&mut known.biography, further.biography, Column::Biography),
        (&mut known.post, further.post, Column::Post),
    ];
    for (known, further, column) in texts {
        match (&known, &further) {
            (None, _) => *known = further,
            (Some(text), Some(other)) if fold(text) != fold(other) => disagreements.push(Disagreement::Column(column)),
            _ => {}
        }
    }
    match (known.capacity, further.capacity) {
        (None, capacity) => known.capacity = capacity,
        (Some(one), Some(other)) if one != other => disagreements.push(Disagreement::Column(Column::Capacity)),
        _ => {}
    }
    known.roles =
        Roles { mentor: known.roles.mentor | further.roles.mentor, mentee: known.roles.mentee | further.roles.mentee };
    extend(&mut known.languages, further.languages);
    disagreements.extend(join_competencies(&mut known.held, further.held, Column::Held));
    disagreements.extend(join_competencies(&mut known.wanted, further.wanted, Column::Wanted));
    extend(&mut known.preferences, further.preferences);
    extend(&mut known.conflicts, further.conflicts);
    extend(&mut known.former_mentors, further.former_mentors);
    for (key, values) in further.attributes {
        match known.attributes.get(&key) {
            None => {
                known.attributes.insert(key, values);
            }
            Some(same) if *same != values => disagreements.push(Disagreement::Attribute(key)),
            Some(_) => {}
        }
    }
    disagreements
}

/// A competency at two levels is a disagreement; one without a level takes the other's.
fn join_competencies(
    known: &mut Vec<CompetencyLevel>,
    further: Vec<CompetencyLevel>,
    column: Column,
) -> Option<Disagreement> {
    let mut disagrees = false;
    for competency in further {
        match known.iter_mut().find(|known| fold(&known.name) == fold(&competency.name)) {
            None => known.push(competency),
            Some(same) if same.level.is_none() => same.level = competency.level,
            Some(same) if competency.level.is_some() && same.level != competency.level => disagrees = true,
            Some(_) => {}
        }
    }
    disagrees.then_some(Disagreement::Column(column))
}

/// The sheet to mend and send again: its columns and rows as they came, and beside each row what is wrong with it.
/// Columns that look special and were left out are not copied.
pub fn problem_sheet(index: usize, sheet: &Sheet, mapping: &Mapping, problems: &[RowProblem], lang: Lang) -> Table {
    let heading = lang.say("people-problem");
    let is_copied = |(index, heading): &(usize, &String)| {
        let left_out = *mapping.of(heading) == Column::LeaveOut;
        let ours = Lang::ALL.iter().any(|lang| fold(&lang.say("people-problem")) == fold(heading));
        !(ours || left_out && looks_special(heading, sheet.column(*index)).is_some())
    };
    let copied: Vec<usize> = sheet.headings.iter().enumerate().filter(is_copied).map(|(index, _)| index).collect();
    let mut by_row: HashMap<usize, Vec<String>> = HashMap::new();
    for problem in problems.iter().filter(|problem| problem.sheet == index) {
        let text = lang.tell(&problem.message);
        let text = problem.heading.as_ref().map_or_else(|| text.clone(), |heading| format!("{heading}: {text}"));
        by_row.entry(problem.row).or_default().push(text);
    }
    let rows = sheet.rows.iter().map(|row| {
        let problem = by_row.get(&row.number).map_or(Cell::Empty, |texts| Cell::Text(texts.join("\n")));
        let cells = copied.iter().map(|index| Cell::from(row.cells.get(*index).map_or("", String::as_str)));
        cells.chain([problem]).collect()
    });
    let headings = copied.iter().map(|index| sheet.headings[*index].clone()).chain([heading]).collect();
    Table { title: sheet.title.clone(), headings, rows: rows.collect() }
}
