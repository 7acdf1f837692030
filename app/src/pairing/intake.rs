//! Two sheets become a pool: what was decided about their columns is kept, what is known is recognised, and the rest stays out.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::model::{Attribute, Pool, Shown, Side};
use super::rules_file::Columns;
use crate::i18n::{Message, fold};
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
    /// What the columns of both sheets were taken for, and which were left out, to be read by whoever edits the rules.
    pub remarks: Vec<Message>,
    pub problems: Vec<RowProblem>,
    /// Rows that gave nobody: without an address, with a bad one, or with one that stands twice.
    pub dropped: Vec<DroppedRow>,
    /// Errors in what a hard rule reads (conflicts, former mentors, seats): without these cells the rule would only seem to hold.
    pub refused: Vec<RowProblem>,
}

/// A row of a sheet that took no part.
#[derive(Clone, Debug, PartialEq)]
pub struct DroppedRow {
    pub side: Side,
    /// As the spreadsheet program numbers it.
    pub row: usize,
    pub why: Message,
}

/// Reads both sheets. `decided` are the decisions of a rules file.
pub fn take_in(sheets: [Sheet; 2], decided: Option<&Columns>) -> Result<Intake, Vec<(SheetRole, MappingProblem)>> {
    let none = BTreeMap::new();
    let mut remarks = Vec::new();
    let mut problems = Vec::new();
    let mut inputs = Vec::new();
    for (sheet, role) in sheets.into_iter().zip(ROLES) {
        let decisions = decided.map_or(&none, |columns| of(columns, role));
        let settled = settle(&sheet, role, decisions);
        remarks.extend(remarks_on(&settled, role, decisions));
        let columns = settled.iter().map(|proposed| (proposed.heading.clone(), proposed.column.clone())).collect();
        match Mapping::settled(&sheet, &columns) {
            Ok(mapping) => inputs.push((sheet, role, mapping)),
            Err(wrong) => problems.extend(wrong.into_iter().map(|problem| (role, problem))),
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let reading = read_people(&inputs);
    let mut problems = reading.problems.clone();
    problems.extend(check_lines(&reading, &[]).into_iter().filter(|problem| problem.severity == Severity::Error));
    let (dropped, refused) = (dropped(&inputs, &reading), refused(&inputs, &problems));
    Ok(Intake { pool: pool(&reading), remarks, problems, dropped, refused })
}

fn dropped(inputs: &[(Sheet, SheetRole, Mapping)], reading: &Reading) -> Vec<DroppedRow> {
    let taken: HashSet<(usize, usize)> =
        reading.places.iter().flatten().map(|place| (place.sheet, place.row)).collect();
    let mut why: HashMap<(usize, usize), &Message> = HashMap::new();
    for problem in &reading.problems {
        why.entry((problem.sheet, problem.row)).or_insert(&problem.message);
    }
    let mut dropped = Vec::new();
    for (index, (sheet, role, _)) in inputs.iter().enumerate() {
        let side = if *role == SheetRole::Mentors { Side::Mentor } else { Side::Mentee };
        for row in sheet.rows.iter().filter(|row| !taken.contains(&(index, row.number))) {
            let missing = || Message::new("people-row-address-missing");
            let why = why.get(&(index, row.number)).map_or_else(missing, |why| (*why).clone());
            dropped.push(DroppedRow { side, row: row.number, why });
        }
    }
    dropped
}

fn refused(inputs: &[(Sheet, SheetRole, Mapping)], problems: &[RowProblem]) -> Vec<RowProblem> {
    let is_read_by_a_must = |problem: &&RowProblem| {
        let column = problem.heading.as_ref().map(|heading| inputs[problem.sheet].2.of(heading));
        problem.severity == Severity::Error
            && matches!(column, Some(Column::Conflicts | Column::FormerMentors | Column::Capacity))
    };
    problems.iter().filter(is_read_by_a_must).cloned().collect()
}

fn of(columns: &Columns, role: SheetRole) -> &BTreeMap<String, Column> {
    if role == SheetRole::Mentors { &columns.mentors } else { &columns.mentees }
}

/// What each column means: what was decided, else what is recognised. Where a decision may not be, the mapping says why.
fn settle(sheet: &Sheet, role: SheetRole, decisions: &BTreeMap<String, Column>) -> Vec<ProposedColumn> {
    let decided: HashMap<String, Column> =
        decisions.iter().map(|(heading, column)| (fold(heading), column.clone())).collect();
    let mut columns = columns::propose(sheet, role, &decided);
    for proposed in &mut columns {
        if let Some(column) = decided.get(&fold(&proposed.heading)) {
            proposed.column = column.clone();
        }
    }
    columns
}

/// What the columns were taken for. A column that looks like special-category data is counted and not named.
fn remarks_on(columns: &[ProposedColumn], role: SheetRole, decisions: &BTreeMap<String, Column>) -> Vec<Message> {
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
    let absent = decisions.iter().filter(|(heading, _)| !headings.contains(&fold(heading)));
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
        ..Pool::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Lang;
    use crate::pairing::rules_file::RulesFile;
    use crate::sheets::read;

    fn take(mentees: &str, mentors: &str, rules: Option<&str>) -> Result<Intake, Vec<String>> {
        let sheets = [mentees, mentors].map(|text| read(text.as_bytes(), "x.csv").unwrap());
        let file = rules.map(|text| RulesFile::parse(text).unwrap());
        take_in(sheets, file.as_ref().map(|file| &file.columns))
            .map_err(|wrong| wrong.iter().map(|(_, problem)| Lang::En.tell(&problem.message)).collect())
    }

    fn remarks(intake: &Intake) -> Vec<String> {
        intake.remarks.iter().map(|remark| Lang::En.tell(remark)).collect()
    }

    const MENTEES: &str = "Correo;Nombre;Religión;Número de pie;Nivel;Competencias\n\
        ana@x.es;Ana;budista;37;Júnior;Oratoria 3|Ventas\n";
    const MENTORS: &str = "Correo;Nombre;Nivel;Competencias;Plazas\nzoe@x.es;Zoe;Sénior;oratoria (5);2,0\n";

    #[test]
    fn known_columns_are_recognised_and_the_rest_stays_out() {
        let intake = take(MENTEES, MENTORS, None).unwrap();
        let (ana, zoe) = (&intake.pool.mentees[0], &intake.pool.mentors[0]);
        assert_eq!((ana.wanted.len(), ana.held.len(), zoe.wanted.len(), zoe.held.len()), (2, 0, 0, 1));
        assert_eq!(zoe.capacity, Some(2));
        assert_eq!(ana.attributes.keys().collect::<Vec<_>>(), ["grade"]);
        assert_eq!(intake.pool.attributes["grade"], Attribute { label: "Nivel".into(), shown: Shown::Everything });
        let told = remarks(&intake).join("\n");
        assert!(told.contains("Left out, mentees: “Número de pie”."), "{told}");
        assert!(told.contains("Mentees: column 3 looks like special-category data"), "{told}");
        assert!(!told.contains("Religi") && !told.contains("budista"), "{told}");
    }

    #[test]
    fn special_data_needs_a_legal_basis_and_then_is_reserved() {
        let admit = |basis: &str| {
            format!(
                "[columns.mentees]\n\"RELIGION\" = {{ attribute = \"belief\", seen_by = \"all\", purpose = \"p\"{basis} }}"
            )
        };
        let refused = take(MENTEES, MENTORS, Some(&admit(""))).unwrap_err();
        assert!(refused[0].contains("special-category data"), "{refused:?}");
        let intake = take(MENTEES, MENTORS, Some(&admit(", legal_basis = \"Art. 9(2)(a)\""))).unwrap();
        assert_eq!(intake.pool.mentees[0].attributes["belief"], ["budista"]);
        assert_eq!(intake.pool.shown("belief"), Shown::Nothing, "whatever seen_by said");
        assert!(!remarks(&intake).concat().contains("Religi"));
    }

    #[test]
    fn a_decision_about_a_column_that_is_not_there_is_said() {
        let intake = take(MENTEES, MENTORS, Some("[columns.mentees]\n\"Tarot\" = { left_out = \"yes\" }")).unwrap();
        assert!(remarks(&intake).iter().any(|told| told.ends_with("the sheet of mentees does not have: “Tarot”.")));
    }

    #[test]
    fn an_unknown_column_becomes_an_attribute_by_decision() {
        let rules = |seen_by: &str| {
            format!(
                "[columns.mentees]\n\"número de PIE\" = {{ attribute = \"foot\", seen_by = \"{seen_by}\", purpose = \"p\" }}"
            )
        };
        for (seen_by, shown) in
            [("all", Shown::Everything), ("coordinator", Shown::NameOnly), ("rules", Shown::Nothing)]
        {
            let intake = take(MENTEES, MENTORS, Some(&rules(seen_by))).unwrap();
            assert_eq!(intake.pool.mentees[0].attributes["foot"], ["37"]);
            assert_eq!(intake.pool.attributes["foot"], Attribute { label: "Número de pie".into(), shown });
        }
    }

    #[test]
    fn one_sheet_with_a_column_of_roles_may_stand_for_both() {
        let both = "Correo,Nombre,Rol\nana@x.es,Ana,mentee\nzoe@x.es,Zoe,mentor\nleo@x.es,Leo,ambos\n";
        let pool = take(both, both, None).unwrap().pool;
        let names = |people: &[PersonDraft]| people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&pool.mentees), ["Ana", "Leo"]);
        assert_eq!(names(&pool.mentors), ["Zoe", "Leo"]);
    }

    #[test]
    fn a_sheet_without_addresses_is_refused() {
        let refused = take("Nombre\nAna\n", MENTORS, None).unwrap_err();
        assert_eq!(refused, ["No column is the e-mail address. It is what tells people apart."]);
    }

    #[test]
    fn what_is_wrong_with_a_row_is_said_of_that_row() {
        let mentees = "Correo,Nombre,Responsable\nana@x.es,Ana,ben@x.es\nana@x.es,Ana,\nben@x.es,Ben,ana@x.es\n";
        let intake = take(mentees, MENTORS, None).unwrap();
        let told: Vec<(usize, String)> =
            intake.problems.iter().map(|problem| (problem.row, Lang::En.tell(&problem.message))).collect();
        assert!(told.contains(&(3, "ana@x.es already stands in row 2.".to_owned())), "{told:?}");
        assert!(told.len() > 1, "the circle is said too: {told:?}");
        assert_eq!(intake.pool.mentees.len(), 2);
        let [dropped] = intake.dropped.as_slice() else { panic!("{:?}", intake.dropped) };
        assert_eq!((dropped.side, dropped.row), (Side::Mentee, 3));
    }
}
