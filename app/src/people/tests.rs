//! From a file's text to a plan, through every step on the way.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use proptest::prelude::*;

use super::columns::{Attribute, Column, Mapping, SheetRole, Visibility, propose};
use super::lines::{ExistingLine, check_lines};
use super::model::{CompetencyLevel, PersonDraft, Roles};
use super::plan::{ExistingPerson, Plan, plan};
use super::rows::{Reading, RowProblem, Severity, problem_sheet, read_people};
use crate::i18n::Lang;
use crate::sheets::{self, Cell, Sheet};

type Input = (Sheet, SheetRole, Mapping);

fn input(csv: &str, role: SheetRole) -> Input {
    let title = match role {
        SheetRole::Mentors => "mentors.csv",
        SheetRole::Mentees => "mentees.csv",
        SheetRole::Mixed => "people.csv",
    };
    let sheet = sheets::read(csv.as_bytes(), title).unwrap();
    let mapping = Mapping::proposed(&propose(&sheet, role, &HashMap::new()));
    (sheet, role, mapping)
}

fn reading(inputs: &[(&str, SheetRole)]) -> Reading {
    read_people(&inputs.iter().map(|(csv, role)| input(csv, *role)).collect::<Vec<_>>())
}

/// Where, under which heading, how bad and what, in English.
fn said(problems: &[RowProblem]) -> Vec<(usize, usize, &str, Severity, String)> {
    for problem in problems {
        let spanish = Lang::Es.tell(&problem.message);
        assert!(!spanish.contains("people-") && spanish.ends_with('.'), "{spanish}");
    }
    let tell = |problem: &RowProblem| Lang::En.tell(&problem.message);
    problems
        .iter()
        .map(|problem| {
            (problem.sheet, problem.row, problem.heading.as_deref().unwrap_or(""), problem.severity, tell(problem))
        })
        .collect()
}

fn levels(competencies: &[CompetencyLevel]) -> Vec<(&str, Option<u8>)> {
    competencies.iter().map(|competency| (competency.name.as_str(), competency.level)).collect()
}

const BOTH: Roles = Roles { mentor: true, mentee: true };

#[test]
fn a_full_row_becomes_a_person() {
    let reading = reading(&[(
        "Correo;Nombre;Apellidos;Cargo;Departamento;Ciudad;Idiomas;Huso horario;Jefe directo;Nº empleado;Rol;Plazas;Competencias;Preferencias;Conflictos;Mentores anteriores;Nominada para;Grado profesional\n\
         Ana.Gil@Empresa.es ;Ana;Gil Pérez;Directora;Departamento de Salud;Bilbao;Español, inglés (C1);europe/madrid;E2;E1;Ambos;3,0;Negociación:4, Oratoria (2)|Finanzas 5;Luis Paz;x@fuera.org;E2;Consejera;SCS1\n\
         luis@empresa.es;Luis;Paz;;;;;;;E2;Mentora;;;;;;;\n",
        SheetRole::Mixed,
    )]);
    assert_eq!(said(&reading.problems), []);
    let ana = &reading.people[0];
    let expected = PersonDraft {
        address: "ana.gil@empresa.es".into(),
        name: "Ana Gil Pérez".into(),
        title: Some("Directora".into()),
        unit: Some("Departamento de Salud".into()),
        place: Some("Bilbao".into()),
        languages: vec!["es".into(), "en".into()],
        zone: Some("Europe/Madrid".into()),
        manager: Some("luis@empresa.es".into()),
        external_id: Some("E1".into()),
        biography: None,
        roles: BOTH,
        capacity: Some(3),
        held: ana.held.clone(),
        wanted: ana.held.clone(),
        preferences: vec!["luis@empresa.es".into()],
        conflicts: vec!["x@fuera.org".into()],
        former_mentors: vec!["luis@empresa.es".into()],
        post: Some("Consejera".into()),
        attributes: BTreeMap::from([("grade".into(), vec!["SCS1".into()])]),
    };
    assert_eq!(*ana, expected);
    assert_eq!(levels(&ana.held), [("Negociación", Some(4)), ("Oratoria", Some(2)), ("Finanzas", Some(5))]);
    assert_eq!(reading.people[1].roles, Roles { mentor: true, mentee: false });
}

#[test]
fn everything_that_is_wrong_is_said_row_by_row() {
    let reading = reading(&[(
        "Email,Name,Capacity,Skills,Time zone,Languages,Role,Conflicts\n\
         ,Nobody,,,,,,\n\
         not-an-address,Ben,,,,,,\n\
         ana@example.org,Ana,two,Oratory:9,Mars,\"es, Klingon\",Boss,Somebody Unknown\n\
         ANA@example.org,Ana again,,,,,,\n\
         eva@example.org,,-1,:3,,,mentor,\n\
         leo@example.org,Leo,\"2,5\",,,,mentee,\n",
        SheetRole::Mixed,
    )]);
    let (error, warning) = (Severity::Error, Severity::Warning);
    assert_eq!(
        said(&reading.problems),
        [
            (0, 2, "Email", error, "The e-mail address is missing.".into()),
            (0, 3, "Email", error, "“not-an-address” is no e-mail address.".into()),
            (0, 4, "Capacity", error, "“two” is no number of mentees: a whole number from 0 to 1000.".into()),
            (0, 4, "Skills", error, "“Oratory” has level 9; levels go from 1 to 5.".into()),
            (0, 4, "Time zone", warning, "“Mars” is no time zone. Write it as Europe/Madrid, say.".into()),
            (0, 4, "Languages", warning, "“Klingon” is no language that is known here. Write its name or its tag (es, en).".into()),
            (0, 4, "Role", error, "“Boss” is no role. Write mentor, mentee or both.".into()),
            (
                0,
                4,
                "Conflicts",
                error,
                "Entry 1 of the list names nobody: write an e-mail address, or the id or the full name of somebody in the sheets.".into()
            ),
            (0, 5, "Email", error, "ana@example.org already stands in row 4.".into()),
            (0, 6, "Capacity", error, "“-1” is no number of mentees: a whole number from 0 to 1000.".into()),
            (0, 6, "Skills", error, "“:3” names no competency.".into()),
            (0, 6, "Name", error, "The name is missing.".into()),
            (0, 7, "Capacity", error, "“2,5” is no number of mentees: a whole number from 0 to 1000.".into()),
        ]
    );
    assert!(reading.has_errors());
    let addresses: Vec<&str> = reading.people.iter().map(|person| person.address.as_str()).collect();
    assert_eq!(addresses, ["ana@example.org", "eva@example.org", "leo@example.org"]);
    assert_eq!(reading.people[1].name, "eva@example.org");
}

#[test]
fn competencies_go_by_the_role_of_the_row() {
    let csv =
        "Email,Name,Role,Competencies\na@x.org,A,mentor,Oratory:4\nb@x.org,B,mentee,Oratory\nc@x.org,C,,Oratory\n";
    let reading = reading(&[(csv, SheetRole::Mixed)]);
    let counts: Vec<(usize, usize)> =
        reading.people.iter().map(|person| (person.held.len(), person.wanted.len())).collect();
    assert_eq!(counts, [(1, 0), (0, 1), (0, 0)]);
}

#[test]
fn somebody_in_both_sheets_is_one_person() {
    let reading = reading(&[
        ("Email,Name,Title,Skills,Capacity\nana@x.org,Ana Gil,Head,Oratory:4,2\n", SheetRole::Mentors),
        (
            "Email,Name,Title,Skills,Both mentor and mentee\nANA@x.org,ANA GIL,Director,Finance,no\nben@x.org,Ben,,,sí\neva@x.org,Eva,,,perhaps\n",
            SheetRole::Mentees,
        ),
    ]);
    assert_eq!(
        said(&reading.problems),
        [
            (1, 2, "Title", Severity::Warning, "This differs from row 2 of “mentors”, which stands.".into()),
            (1, 4, "Both mentor and mentee", Severity::Error, "“perhaps” is neither yes nor no.".into()),
        ]
    );
    let ana = &reading.people[0];
    assert_eq!((ana.roles, ana.title.as_deref(), ana.capacity), (BOTH, Some("Head"), Some(2)));
    assert_eq!(levels(&ana.held), [("Oratory", Some(4))]);
    assert_eq!(levels(&ana.wanted), [("Finance", None)]);
    assert_eq!(reading.places[0].len(), 2);
    assert_eq!(reading.people[1].roles, BOTH);
    assert_eq!(reading.people[2].roles, Roles { mentor: false, mentee: true });
}

#[test]
fn an_id_belongs_to_one_person() {
    let reading = reading(&[("Email,Name,Employee id\na@x.org,A,1\nb@x.org,B,1\nc@x.org,C,2\n", SheetRole::Mixed)]);
    assert_eq!(
        said(&reading.problems),
        [(0, 3, "Employee id", Severity::Error, "The id “1” already stands in row 2, for another address.".into())]
    );
    let known = [ExistingLine { address: "old@x.org".into(), external_id: Some("2".into()), manager: None }];
    assert_eq!(
        said(&check_lines(&reading, &known)),
        [(0, 4, "Employee id", Severity::Error, "This id already belongs to old@x.org.".into())]
    );
}

#[test]
fn reporting_lines_are_checked() {
    let reading = reading(&[(
        "Email,Name,Employee id,Line manager\n\
         a@x.org,A,1,b@x.org\n\
         b@x.org,B,2,3\n\
         c@x.org,C,3,A\n\
         d@x.org,D,4,d@x.org\n\
         e@x.org,E,5,ghost@x.org\n\
         f@x.org,F,6,K9\n\
         g@x.org,G,7,h@x.org\n\
         i@x.org,I,8,a@x.org\n",
        SheetRole::Mixed,
    )]);
    assert_eq!(said(&reading.problems), []);
    let known = [
        ExistingLine { address: "h@x.org".into(), external_id: None, manager: Some("g@x.org".into()) },
        ExistingLine { address: "k@x.org".into(), external_id: Some("K9".into()), manager: None },
        // Superseded by the sheet.
        ExistingLine { address: "i@x.org".into(), external_id: None, manager: Some("i@x.org".into()) },
    ];
    let heading = "Line manager";
    assert_eq!(
        said(&check_lines(&reading, &known)),
        [
            (
                0,
                2,
                heading,
                Severity::Error,
                "The reporting line comes back to where it began: a@x.org → b@x.org → c@x.org → a@x.org.".into()
            ),
            (0, 5, heading, Severity::Error, "Nobody is their own line manager.".into()),
            (
                0,
                6,
                heading,
                Severity::Warning,
                "The line manager “ghost@x.org” is neither in the sheets nor on record; the reporting line stays open."
                    .into()
            ),
            (
                0,
                8,
                heading,
                Severity::Error,
                "The reporting line comes back to where it began: g@x.org → h@x.org → g@x.org.".into()
            ),
        ]
    );
}

#[test]
fn the_problem_sheet_can_be_mended_and_sent_again() {
    let csv = "Email,Name,Characteristics,Capacity\nana@x.org,=Ana,Gay,two\nben@x.org,Ben,,1\n";
    let (sheet, role, mapping) = input(csv, SheetRole::Mentors);
    let reading = read_people(&[(sheet.clone(), role, mapping.clone())]);
    let table = problem_sheet(0, &sheet, &mapping, &reading.problems, Lang::Es);
    assert_eq!(table.headings, ["Email", "Name", "Capacity", "Problema"]);
    let problem = "Capacity: «two» no es un número de plazas: un número entero de 0 a 1000.";
    assert_eq!(table.rows[0], ["ana@x.org", "=Ana", "two", problem].map(Cell::from));
    assert_eq!(table.rows[1], ["ben@x.org", "Ben", "1", ""].map(Cell::from));
    for bytes in [sheets::to_csv(&table), sheets::to_xlsx(std::slice::from_ref(&table)).unwrap()] {
        let again = sheets::read(&bytes, "again").unwrap();
        assert_eq!(again.rows[0].cells[1], "=Ana");
        let columns = propose(&again, role, &HashMap::new());
        assert_eq!(columns[3].column, Column::LeaveOut);
        let twice = problem_sheet(0, &again, &Mapping::proposed(&columns), &[], Lang::En);
        assert_eq!(twice.headings, ["Email", "Name", "Capacity", "Problem"]);
    }
}

fn planned(reading: &Reading, records: &[PersonDraft]) -> Plan {
    let existing: Vec<ExistingPerson> = records
        .iter()
        .enumerate()
        .map(|(version, draft)| ExistingPerson { draft: draft.clone(), version: i64::try_from(version).unwrap() })
        .collect();
    plan(reading, &existing)
}

/// The records as they stand once a plan is carried out.
fn carried_out(plan: Plan, records: &[PersonDraft]) -> Vec<PersonDraft> {
    let mut after: BTreeMap<String, PersonDraft> =
        records.iter().map(|draft| (draft.address.clone(), draft.clone())).collect();
    let drafts = plan.added.into_iter().chain(plan.changed.into_iter().map(|change| change.draft));
    after.extend(drafts.map(|draft| (draft.address.clone(), draft)));
    after.into_values().collect()
}

const COMPANY: &str = "Email,Name,Title,Languages,Skills,Line manager,Employee id,Grade\n\
    ana@x.org,Ana,Head,\"es, en\",Oratory:4,E2,E1,SCS1\n\
    ben@x.org,Ben,Chief,en,,,E2,\n";

#[test]
fn the_same_file_twice_changes_nothing() {
    let reading = reading(&[(COMPANY, SheetRole::Mentors)]);
    let first = planned(&reading, &[]);
    assert_eq!((first.added.len(), first.changed.len()), (2, 0));
    assert_eq!(first.added[0].manager.as_deref(), Some("ben@x.org"));
    let records = carried_out(first, &[]);
    let second = planned(&reading, &records);
    assert_eq!(second, Plan { unchanged: vec!["ana@x.org".into(), "ben@x.org".into()], ..Plan::default() });
}

#[test]
fn only_what_a_sheet_carries_changes() {
    let records = carried_out(planned(&reading(&[(COMPANY, SheetRole::Mentors)]), &[]), &[]);
    let narrow = reading(&[(
        "Email,Name,Title,Skills\nana@x.org,Ana Gil,,\"Oratory:5, Finance\"\nnew@x.org,New,,\n",
        SheetRole::Mentees,
    )]);
    let plan = planned(&narrow, &records);
    assert_eq!(plan.added.len(), 1);
    let change = &plan.changed[0];
    assert_eq!(change.version, 0);
    let fields: Vec<(&str, Option<(&str, &str)>)> = change
        .fields
        .iter()
        .map(|field| (field.column.code(), field.values.as_ref().map(|(from, to)| (from.as_str(), to.as_str()))))
        .collect();
    let mut expected = vec![
        ("name", Some(("Ana", "Ana Gil"))),
        ("title", Some(("Head", ""))),
        ("wanted", Some(("", "Oratory: 5, Finance"))),
        ("role", Some(("mentor", "mentor, mentee"))),
    ];
    let mut fields = fields;
    fields.sort_unstable();
    expected.sort_unstable();
    assert_eq!(fields, expected);
    assert_eq!(change.draft.title, None, "an empty cell in a column that is there erases");
    assert_eq!(levels(&change.draft.held), [("Oratory", Some(4))]);
    assert_eq!(change.draft.languages, ["es", "en"]);
    assert_eq!(change.draft.attributes["grade"], ["SCS1"]);
}

#[test]
fn a_manager_whom_nobody_knows_changes_no_line() {
    let csv = "Email,Name,Line manager\nana@x.org,Ana,ghost@x.org\nben@x.org,Ben,K9\n";
    let reading = reading(&[(csv, SheetRole::Mixed)]);
    let person = |address: &str, manager: Option<&str>| PersonDraft {
        address: address.into(),
        name: "Ana".into(),
        manager: manager.map(str::to_owned),
        ..PersonDraft::default()
    };
    let plan = planned(&reading, &[person("ana@x.org", Some("eva@x.org")), person("eva@x.org", None)]);
    assert_eq!(plan.unchanged, ["ana@x.org"]);
    assert_eq!(plan.added[0].manager, None);
}

#[test]
fn lists_have_an_end_and_levels_agree() {
    let many = "x@x.org;".repeat(201);
    let csv = format!("Email,Name,Skills,Conflicts\nana@x.org,Ana,Oratory:3;ORATORY:4;Finance:2;finance 2,{many}\n");
    let reading = reading(&[(&csv, SheetRole::Mentors)]);
    assert_eq!(
        said(&reading.problems),
        [
            (0, 2, "Skills", Severity::Error, "“ORATORY” stands twice, at different levels.".into()),
            (0, 2, "Conflicts", Severity::Error, "The list has more than 200 entries.".into()),
        ]
    );
    assert_eq!(levels(&reading.people[0].held), [("Oratory", Some(3)), ("Finance", Some(2))]);
}

#[test]
fn a_role_is_taken_away_only_by_a_sheet_that_states_roles() {
    let both = [PersonDraft { address: "ana@x.org".into(), name: "Ana".into(), roles: BOTH, ..PersonDraft::default() }];
    let silent = reading(&[("Email,Name\nana@x.org,Ana\n", SheetRole::Mentors)]);
    assert!(planned(&silent, &both).changed.is_empty());
    let stated = reading(&[("Email,Name,Role\nana@x.org,Ana,mentor\n", SheetRole::Mixed)]);
    assert_eq!(planned(&stated, &both).changed[0].draft.roles, Roles { mentor: true, mentee: false });
}

#[test]
fn what_only_the_rules_may_see_is_not_shown() {
    let sheet = sheets::read(b"Email,Name,Characteristics\nana@x.org,Ana,Gay\n", "x.csv").unwrap();
    let attribute = Column::Attribute(Attribute {
        key: "identity".into(),
        visibility: Visibility::All,
        purpose: "pairing".into(),
        legal_basis: Some("explicit consent".into()),
        special: None,
    });
    let columns = BTreeMap::from([
        ("Email".to_owned(), Column::Address),
        ("Name".to_owned(), Column::Name),
        ("Characteristics".to_owned(), attribute),
    ]);
    let mapping = Mapping::settled(&sheet, &columns).unwrap();
    let reading = read_people(&[(sheet, SheetRole::Mentees, mapping)]);
    assert_eq!(reading.attributes["identity"].visibility, Visibility::Rules);
    assert_eq!(reading.people[0].attributes["identity"], ["Gay"]);
    let record = PersonDraft { attributes: BTreeMap::new(), ..reading.people[0].clone() };
    let plan = planned(&reading, &[record]);
    assert_eq!(plan.changed[0].fields.len(), 1);
    assert_eq!(plan.changed[0].fields[0].values, None);
}

/// Ten thousand people in a line of command, each the manager of the next, the last row closing a circle.
#[test]
fn ten_thousand_rows_from_text_to_plan() {
    let mut csv = String::from("Email;Name;Title;Unit;Languages;Skills;Line manager;Employee id;Notes\n");
    for row in 0..10_000 {
        let manager = (row + 1) % 10_000;
        writeln!(
            csv,
            "p{row}@example.org;Persona Núñez {row};Head of {row};Unit {};\"es, en\";Negociación:{};{manager};{row};Observación número {row}, sin más",
            row % 40,
            row % 5 + 1
        )
        .unwrap();
    }
    let reading = reading(&[(&csv, SheetRole::Mentors)]);
    assert_eq!(reading.people.len(), 10_000);
    assert_eq!(reading.problems, []);
    let problems = check_lines(&reading, &[]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].row, 2);
    let records = carried_out(planned(&reading, &[]), &[]);
    let started = std::time::Instant::now();
    let plan = planned(&reading, &records);
    assert_eq!(plan.unchanged.len(), 10_000);
    assert!(started.elapsed().as_secs() < 5, "{:?}, unoptimised", started.elapsed());
}

proptest! {
    /// Whatever the cells hold: no panic, every person with an address once, and a second import of the same is nothing.
    #[test]
    fn any_sheet_is_read_and_imported_once(rows in proptest::collection::vec(
        ("[a-d]@x\\.org|", "[A-C ñ,]{0,4}", "[0-9,.x-]{0,3}", "[a-c:;(]{0,5}[0-9]?[)]?", "[a-e]@x\\.org|[1-3]|", "[1-3]?", "mentor|mentee|both|", "[a-d@.,;|]{0,8}"),
        0..8,
    )) {
        let table = sheets::Table {
            title: "x".into(),
            headings: ["Email", "Name", "Capacity", "Skills", "Line manager", "Employee id", "Role", "Preferences"].map(str::to_owned).to_vec(),
            rows: rows.into_iter().map(|(a, b, c, d, e, f, g, h)| [a, b, c, d, e, f, g, h].map(Cell::from).to_vec()).collect(),
        };
        let sheet = sheets::read(&sheets::to_csv(&table), "x").unwrap();
        let mapping = Mapping::proposed(&propose(&sheet, SheetRole::Mixed, &HashMap::new()));
        let reading = read_people(&[(sheet, SheetRole::Mixed, mapping)]);
        let mut addresses: Vec<&str> = reading.people.iter().map(|person| person.address.as_str()).collect();
        addresses.sort_unstable();
        addresses.dedup();
        prop_assert_eq!(addresses.len(), reading.people.len());
        let _ = check_lines(&reading, &[]);
        let records = carried_out(planned(&reading, &[]), &[]);
        let second = planned(&reading, &records);
        prop_assert!(second.added.is_empty());
        // Doubled ids are an error, and which of two people they mean is nobody's to say.
        if !reading.has_errors() {
            prop_assert_eq!(second.changed, vec![]);
        }
    }

    #[test]
    fn circles_are_found_wherever_they_are(managers in proptest::collection::vec(proptest::option::of(0..12_usize), 12)) {
        let mut csv = String::from("Email,Name,Line manager\n");
        for (person, manager) in managers.iter().enumerate() {
            let manager = manager.map(|manager| format!("p{manager}@x.org")).unwrap_or_default();
            writeln!(csv, "p{person}@x.org,P,{manager}").unwrap();
        }
        let reading = reading(&[(&csv, SheetRole::Mixed)]);
        let found = check_lines(&reading, &[]).iter().filter(|problem| problem.message.key == "people-row-manager-circle").count();
        // Each circle once: the people who come back to themselves, by their least member.
        let mut circles = std::collections::BTreeSet::new();
        for start in 0..12 {
            let mut walk = vec![start];
            while let Some(next) = managers[walk[walk.len() - 1]] {
                if next == start {
                    circles.insert(walk.iter().copied().min().filter(|_| walk.len() > 1));
                    break;
                }
                if walk.contains(&next) { break; }
                walk.push(next);
            }
        }
        circles.remove(&None);
        prop_assert_eq!(found, circles.len());
    }
}
