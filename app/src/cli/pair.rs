//! `telemaco pair`: pairing straight from two spreadsheets. Files and shell are here; everything else is in `pairing`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use clap::Args;

use crate::i18n::{Lang, Message};
use crate::pairing::account::Account;
use crate::pairing::files::{mentors_table, pairs_table, problem_files, to_json};
use crate::pairing::intake::{Intake, take_in};
use crate::pairing::model::{Outcome, Pool};
use crate::pairing::rules::Rules;
use crate::pairing::rules_file::{RulesFile, write};
use crate::pairing::{self, least_capacity, propose_balance, propose_rules, summary};
use crate::people::columns::{MappingProblem, SheetRole};
use crate::people::rows::RowProblem;
use crate::sheets::{self, Sheet};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The mentees: CSV, XLSX or ODS, a row each
    #[arg(long, value_name = "FILE")]
    mentees: PathBuf,
    /// The mentors, likewise
    #[arg(long, value_name = "FILE")]
    mentors: PathBuf,
    /// The rules; without this, sensible ones are proposed from the columns, printed, and used
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Seats of each mentor whose row names no number; without this, what the rules say, or the least that seats everybody
    #[arg(long, value_name = "N")]
    capacity: Option<u32>,
    /// Where to write the pairs, by extension: .xlsx, .csv or .json
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Where to write the report: one HTML page that needs nothing else
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
    /// Folder for the very problem that was solved, in the form that `assign` reads
    #[arg(long, value_name = "DIR")]
    edges_out: Option<PathBuf>,
    /// Language of everything that people read: es or en [default: that of the shell, else es]
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// The shell's language, such as `en_GB.UTF-8`
    #[arg(long, env = "LANG", hide = true)]
    locale: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Xlsx,
    Csv,
    Json,
}

/// Everything that there is to say, before any of it is written.
struct Paired {
    pool: Pool,
    file: RulesFile,
    outcome: Outcome,
    account: Account,
    /// What is wrong with rows of the sheets, and with the decisions about columns.
    warnings: Vec<Warning>,
    /// The rules as a file, where nobody gave any.
    proposed: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let lang = arguments.lang.or_else(|| Lang::parse(arguments.locale.as_deref()?)).unwrap_or_default();
    let out = arguments.out.as_deref().map(|path| Ok::<_, anyhow::Error>((path, form(path, lang)?))).transpose()?;
    let sheets = [read_sheet(&arguments.mentees, lang)?, read_sheet(&arguments.mentors, lang)?];
    let rules = arguments.rules.as_deref().map(|path| read_rules(path, lang)).transpose()?;
    let paired = pair(sheets, rules, arguments.capacity, lang)?;
    warn(&paired.warnings, [&arguments.mentees, &arguments.mentors]);
    super::say(told(&paired).trim_end());
    write_files(arguments, out, &paired)
}

fn pair(sheets: [Sheet; 2], rules: Option<RulesFile>, capacity: Option<u32>, lang: Lang) -> anyhow::Result<Paired> {
    let proposing = rules.is_none();
    let intake = take_in(sheets, rules.as_ref().map(|file| &file.columns)).map_err(|wrong| refuse(&wrong, lang))?;
    let Intake { pool, remarks, problems, dropped, refused } = intake;
    if !refused.is_empty() {
        return Err(cannot_pair(&refused, lang));
    }
    let mut file = rules.unwrap_or_else(|| RulesFile::new(propose_rules(&pool)));
    if let Some(fault) = file.unknown_attribute(&pool) {
        bail!("{}", lang.tell(&fault.message()));
    }
    let notes = settle_capacity(&mut file.rules, &pool, capacity)?;
    if proposing {
        file.rules.balance = propose_balance(&pool, file.rules.capacity);
    }
    let outcome = pairing::run(&pool, &file.rules)?;
    let account = Account::new(&pool, &file.rules, &outcome, &notes, lang).with_dropped(&dropped);
    let proposed = proposing.then(|| write(&file, &pool, &remarks, lang));
    // What columns were taken for stands in the printed rules; with rules of one's own only what is amiss is worth saying.
    let amiss = remarks.iter().filter(|remark| remark.key.starts_with("pairing-remark-absent"));
    let warnings = amiss.map(|remark| Warning { sheet: None, text: lang.tell(remark) });
    let warnings = warnings.chain(problems.iter().map(|problem| Warning::of(problem, lang))).collect();
    Ok(Paired { pool, file, outcome, account, warnings, proposed })
}

/// What the command line says, else what the rules say, else the least that seats everybody; and what to say of it.
fn settle_capacity(rules: &mut Rules, pool: &Pool, given: Option<u32>) -> anyhow::Result<Vec<Message>> {
    let open = pool.mentors.iter().filter(|mentor| mentor.capacity.is_none()).count();
    rules.capacity = given.or(rules.capacity);
    if open == 0 || rules.capacity.is_some() {
        return Ok(Vec::new());
    }
    let seats = least_capacity(pool, rules)?;
    rules.capacity = Some(seats);
    Ok(vec![Message::new("pairing-note-capacity").with("mentors", open).with("seats", seats)])
}

/// What is amiss in a sheet or in the decisions about its columns; the pairing went on without it.
struct Warning {
    /// The sheet and the row of it.
    sheet: Option<(usize, usize)>,
    text: String,
}

impl Warning {
    fn of(problem: &RowProblem, lang: Lang) -> Self {
        let told = lang.tell(&problem.message);
        let text = match &problem.heading {
            Some(heading) => format!("{heading}: {told}"),
            None => told,
        };
        Self { sheet: Some((problem.sheet, problem.row)), text }
    }
}

#[expect(clippy::print_stderr, reason = "a command speaks to its shell")]
fn warn(warnings: &[Warning], paths: [&PathBuf; 2]) {
    for warning in warnings {
        match warning.sheet {
            Some((sheet, row)) => eprintln!("{}:{row}: {}", paths[sheet.min(1)].display(), warning.text),
            None => eprintln!("{}", warning.text),
        }
    }
}

fn refuse(problems: &[(SheetRole, MappingProblem)], lang: Lang) -> anyhow::Error {
    let told = problems.iter().map(|(role, problem)| {
        let side = if *role == SheetRole::Mentors { "pairing-sheet-mentors" } else { "pairing-sheet-mentees" };
        let told = lang.tell(&problem.message);
        match &problem.heading {
            Some(heading) => format!("{}, «{heading}»: {told}", lang.say(side)),
            None => format!("{}: {told}", lang.say(side)),
        }
    });
    anyhow!("{}", told.collect::<Vec<_>>().join("\n"))
}

/// What a hard rule reads and cannot be read: who goes on without it gives pairs that only seem to keep the rule.
fn cannot_pair(problems: &[RowProblem], lang: Lang) -> anyhow::Error {
    let told = problems.iter().map(|problem| {
        let side = if problem.sheet == 0 { "pairing-dropped-mentees" } else { "pairing-dropped-mentors" };
        let why = Warning::of(problem, lang).text;
        lang.tell(&Message::new(side).with("row", problem.row).with("why", why))
    });
    let refused = lang.tell(&Message::new("pairing-refused").with("count", problems.len()));
    anyhow!("{}", std::iter::once(refused).chain(told).collect::<Vec<_>>().join("\n"))
}

/// What goes to standard output: the summary, and from its own line to the end the rules as a file, ready to be copied.
fn told(paired: &Paired) -> String {
    let mut text = summary(&paired.account);
    let lang = paired.account.lang;
    if !paired.warnings.is_empty() {
        let warnings = Message::new("pairing-warnings").with("count", paired.warnings.len());
        text.extend(["\n", &lang.tell(&warnings), "\n"]);
    }
    if let Some(rules) = &paired.proposed {
        text.extend(["\n", &lang.say("pairing-proposed"), "\n\n# ---- rules.toml ----\n", rules]);
    }
    text
}

fn form(path: &Path, lang: Lang) -> anyhow::Result<Form> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    match extension.as_str() {
        "xlsx" => Ok(Form::Xlsx),
        "csv" => Ok(Form::Csv),
        "json" => Ok(Form::Json),
        _ => {
            let message = Message::new("pairing-out-unknown").with("path", path.display().to_string());
            bail!("{}", lang.tell(&message))
        }
    }
}

fn read_sheet(path: &Path, lang: Lang) -> anyhow::Result<Sheet> {
    let bytes = fs::read(path).with_context(|| path.display().to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    sheets::read(&bytes, &name).map_err(|refusal| anyhow!("{}: {}", path.display(), lang.tell(&refusal.message())))
}

fn read_rules(path: &Path, lang: Lang) -> anyhow::Result<RulesFile> {
    let text = fs::read_to_string(path).with_context(|| path.display().to_string())?;
    RulesFile::parse(&text).map_err(|fault| anyhow!("{}: {}", path.display(), lang.tell(&fault.message())))
}

fn write_files(arguments: &Arguments, out: Option<(&Path, Form)>, paired: &Paired) -> anyhow::Result<()> {
    let Paired { pool, file, outcome, account, .. } = paired;
    if let Some((path, form)) = out {
        let bytes = match form {
            Form::Json => to_json(account, outcome.certificate)?.into_bytes(),
            Form::Csv => sheets::to_csv(&pairs_table(account)),
            Form::Xlsx => sheets::to_xlsx(&[pairs_table(account), mentors_table(account)])?,
        };
        write_file(path, &bytes)?;
    }
    if let Some(path) = &arguments.report {
        write_file(path, pairing::report(pool, &file.rules, outcome, account)?.as_bytes())?;
    }
    if let Some(folder) = &arguments.edges_out {
        if file.rules.count_reserved(pool) {
            let message = Message::new("pairing-edges-reserved").with("path", folder.display().to_string());
            warn(
                &[Warning { sheet: None, text: account.lang.tell(&message) }],
                [&arguments.mentees, &arguments.mentors],
            );
        }
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let files = problem_files(pool, outcome);
        write_file(&folder.join("edges.csv"), files.edges.as_bytes())?;
        write_file(&folder.join("mentors.csv"), files.mentors.as_bytes())?;
        write_file(&folder.join("people.csv"), files.people.as_bytes())?;
        write_file(&folder.join("problem.json"), files.problem.as_bytes())?;
    }
    Ok(())
}

fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    fs::write(path, bytes).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use assignment::{Draft, MenteeId, MentorId, Problem, Seats, solve};

    use super::*;

    const MENTEES: &str = "\
Nombre;Apellidos;Correo;Área;Responsable;Idiomas;Competencias;Nivel;Afiliación sindical;Mentores preferidos
Lucía;Ibáñez;lucia@banco.es;Riesgos;andres@banco.es;es, en;Negociación (4), Oratoria 3;Júnior;Confederación Azul;maria@banco.es
Íñigo;Sáez;inigo@banco.es;Banca privada;;es;Oratoria|Decisiones;Sénior;;
Álvaro;Peña;alvaro@banco.es;Jurídico;;fr;Negociación 5;Júnior;Confederación Azul;
Zoé;Martin;zoe@banco.es;Jurídico;;fr;Negociación 2;Júnior;;
=1+1;Gil;gil@banco.es;Jurídico;;es;Liderazgo;Júnior;Confederación Azul;
";
    const MENTORS: &str = "\
Nombre;Apellidos;Correo;Área;Idiomas;Competencias;Nivel;Plazas;Afiliación sindical
Andrés;Güell;andres@banco.es;Riesgos;es, en;Negociación (5);Director;2;Confederación Azul
María;Núñez;maria@banco.es;Tecnología;es;Oratoria 5, Decisiones 4;Directora;1,0;
José;García;jose@banco.es;Jurídico;es;Decisiones 4|Liderazgo 5;Jefe;3;
Claire;Duval;claire@banco.es;Jurídico;fr, es;Negociación;Directora;1;Confederación Azul
";

    fn sheets_of(mentees: &str, mentors: &str) -> [Sheet; 2] {
        [mentees, mentors].map(|text| sheets::read(text.as_bytes(), "x.csv").unwrap())
    }

    fn paired(rules: Option<&str>, capacity: Option<u32>, lang: Lang) -> Paired {
        let rules = rules.map(|text| RulesFile::parse(text).unwrap());
        pair(sheets_of(MENTEES, MENTORS), rules, capacity, lang).unwrap()
    }

    fn of(mentees: &str, mentors: &str, capacity: Option<u32>) -> String {
        told(&pair(sheets_of(mentees, mentors), None, capacity, Lang::En).unwrap())
    }

    /// Every file and text that a run gives.
    fn everything(paired: &Paired) -> BTreeMap<&'static str, Vec<u8>> {
        let problem = problem_files(&paired.pool, &paired.outcome);
        BTreeMap::from([
            ("summary", told(paired).into_bytes()),
            ("json", to_json(&paired.account, paired.outcome.certificate).unwrap().into_bytes()),
            ("csv", sheets::to_csv(&pairs_table(&paired.account))),
            ("xlsx", sheets::to_xlsx(&[pairs_table(&paired.account), mentors_table(&paired.account)]).unwrap()),
            (
                "report",
                pairing::report(&paired.pool, &paired.file.rules, &paired.outcome, &paired.account)
                    .unwrap()
                    .into_bytes(),
            ),
            ("edges", problem.edges.into_bytes()),
            ("mentors", problem.mentors.into_bytes()),
            ("people", problem.people.into_bytes()),
            ("problem", problem.problem.into_bytes()),
        ])
    }

    #[test]
    fn a_shell_reads_the_summary_and_the_rules() {
        insta::assert_snapshot!("summary_es", told(&paired(None, None, Lang::Es)));
        insta::assert_snapshot!("summary_en", told(&paired(None, None, Lang::En)));
    }

    #[test]
    fn a_program_reads_json() {
        let paired = paired(None, None, Lang::En);
        insta::assert_snapshot!("pairs_json", to_json(&paired.account, paired.outcome.certificate).unwrap());
    }

    #[test]
    fn a_director_reads_the_report() {
        let paired = paired(None, None, Lang::Es);
        let page = pairing::report(&paired.pool, &paired.file.rules, &paired.outcome, &paired.account).unwrap();
        assert!(
            !page.contains("<script") && !page.contains("src=") && !page.contains("href="),
            "it needs nothing else"
        );
        insta::assert_snapshot!("report_es", &page[page.find("<main").unwrap()..]);
    }

    #[test]
    fn the_rules_that_were_printed_give_the_same_pairs_again() {
        let first = paired(None, None, Lang::Es);
        let printed = first.proposed.clone().unwrap();
        let again = paired(Some(&printed), None, Lang::Es);
        assert_eq!(again.proposed, None);
        assert_eq!(again.outcome, first.outcome);
        assert_eq!(told(&first).split("# ---- rules.toml ----\n").nth(1), Some(printed.as_str()));
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        assert_eq!(everything(&paired(None, None, Lang::Es)), everything(&paired(None, None, Lang::Es)));
    }

    #[test]
    fn special_data_is_in_no_output_even_when_it_is_admitted() {
        let admitted = r#"
[[prefer]]
rule = "similar"
attribute = "brotherhood"
weight = 1000
[[must]]
rule = "differ"
attribute = "brotherhood"
unknown = "allow"
[columns.mentees]
"Afiliación sindical" = { attribute = "brotherhood", seen_by = "all", purpose = "p", legal_basis = "Art. 9(2)(a)" }
[columns.mentors]
"Afiliación sindical" = { attribute = "brotherhood", seen_by = "all", purpose = "p", legal_basis = "Art. 9(2)(a)" }
"#;
        let soft_only =
            admitted.split("[[must]]").next().unwrap().to_owned() + &admitted[admitted.find("[columns").unwrap()..];
        for lang in Lang::ALL {
            for rules in [None, Some(admitted), Some(soft_only.as_str())] {
                let paired = paired(rules, Some(1), lang);
                for (name, bytes) in everything(&paired) {
                    let text = if name == "xlsx" {
                        format!("{:#?}", sheets::read_all(&bytes, "pairs.xlsx").unwrap())
                    } else {
                        String::from_utf8(bytes).unwrap()
                    };
                    let text = text.to_lowercase();
                    for secret in ["azul", "afiliación", "sindical", "brotherhood", "art. 9(2)(a)"] {
                        assert!(!text.contains(secret), "{secret} in {name}");
                    }
                }
            }
        }
        let reserved = paired(Some(&soft_only), Some(1), Lang::En);
        assert!(reserved.account.pairs.iter().all(|pair| pair.score == 0 && pair.reasons.is_empty()));
        assert!(reserved.outcome.certificate.objective > 0, "it counts in what was solved");
        let told = told(&reserved);
        assert!(told.contains("are shown for nobody") && !told.contains("000 points"), "{told}");
    }

    #[test]
    fn a_hard_rule_that_cannot_be_read_stops_the_pairing() {
        let mentors = "Correo;Nombre;Plazas\nzoe@x.es;Zoé Pérez;1\nleo@x.es;Leo Gil;1\n";
        for (mentees, mentors, cell) in [
            ("Correo;Nombre;Conflictos\nana@x.es;Ana;Zoé Pérez Gil\n", mentors, "row 2: Conflictos"),
            ("Correo;Nombre;Mentores anteriores\nana@x.es;Ana;Zoé Pérez Gil\n", mentors, "row 2: Mentores anteriores"),
            ("Correo;Nombre\nana@x.es;Ana\n", "Correo;Nombre;Plazas\nzoe@x.es;Zoé;1,5\n", "row 2: Plazas"),
        ] {
            let refused = pair(sheets_of(mentees, mentors), None, None, Lang::En).err().expect(cell).to_string();
            assert!(refused.contains(cell) && refused.contains("Nobody was paired"), "{refused}");
            assert!(!refused.contains("Pérez Gil"), "a confidence is not printed: {refused}");
        }
        pair(sheets_of("Correo;Nombre;Conflictos\nana@x.es;Ana;Zoé Pérez\n", mentors), None, None, Lang::En).unwrap();
    }

    #[test]
    fn rows_that_gave_nobody_are_counted_and_told() {
        let mentees = "Correo;Nombre\nana@x.es;Ana\nben@x.es;Ben\nana@x.es;Ana Gil\nnobody;Eva\n";
        let mentors = "Correo;Nombre;Plazas\nzoe@x.es;Zoé;4\n;Leo;1\n";
        let paired = pair(sheets_of(mentees, mentors), None, None, Lang::En).unwrap();
        let summary = told(&paired);
        assert!(summary.starts_with("2 of 4 mentees have a mentor\n- 3 rows of the sheets gave nobody"), "{summary}");
        let everything = everything(&paired);
        for name in ["summary", "report"] {
            let text = String::from_utf8(everything[name].clone()).unwrap();
            for row in
                ["Sheet of mentees, row 4: ana@x.es already", "Sheet of mentees, row 5:", "Sheet of mentors, row 3:"]
            {
                assert!(text.contains(row), "{name}: {row}: {text}");
            }
        }
        let json: serde_json::Value = serde_json::from_slice(&everything["json"]).unwrap();
        let rows: Vec<(&str, u64)> = json["dropped"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["sheet"].as_str().unwrap(), row["row"].as_u64().unwrap()))
            .collect();
        assert_eq!(rows, [("mentees", 4), ("mentees", 5), ("mentors", 3)]);
    }

    #[test]
    fn the_problem_that_is_written_has_the_same_optimum() {
        let balanced =
            "[capacity]\ndefault = 2\n[[prefer]]\nrule = \"competencies\"\nweight = 100\n[balance]\npenalties = [0, 7]";
        for rules in [None, Some(balanced), Some("")] {
            let paired = paired(rules, None, Lang::En);
            let files = problem_files(&paired.pool, &paired.outcome);
            let rows = |text: &str| -> Vec<Vec<i64>> {
                let numbers = |line: &str| line.split(',').map(|cell| cell.parse().unwrap()).collect();
                text.lines().skip(1).map(numbers).collect()
            };
            let id = |number: i64| u32::try_from(number).unwrap();
            let problem = Problem::new(Draft {
                mentees: 5,
                mentors: rows(&files.mentors).iter().map(|row| Seats::Alike(id(row[1]))).collect(),
                pairs: rows(&files.edges)
                    .iter()
                    .map(|row| assignment::Pair {
                        mentee: MenteeId(id(row[0])),
                        mentor: MentorId(id(row[1])),
                        score: row[2],
                    })
                    .collect(),
                unmatched_penalty: paired.outcome.problem.table.unmatched_penalty(),
            });
            let solved = solve(&problem.unwrap()).unwrap();
            assert_eq!(solved.proof.objective(), paired.outcome.certificate.objective);
            assert_eq!(files.people.lines().next(), Some("side,id,address"));
            assert_eq!(files.people.lines().count(), 1 + 5 + rows(&files.mentors).len());
            let penalty = serde_json::from_str::<serde_json::Value>(&files.problem).unwrap();
            assert_eq!(penalty["unmatched_penalty"], paired.outcome.problem.table.unmatched_penalty());
        }
    }

    #[test]
    fn cells_that_spreadsheets_would_run_are_harmless() {
        let paired = paired(None, None, Lang::En);
        let text = String::from_utf8(sheets::to_csv(&pairs_table(&paired.account))).unwrap();
        assert!(text.contains("\"'=1+1 Gil\""), "{text}");
    }

    #[test]
    fn worst_cases_end_with_a_plain_explanation() {
        let nobody = "Correo;Nombre\n";
        let ana = "Correo;Nombre\nana@x.es;Ana\n";
        let zoe = "Correo;Nombre\nzoe@x.es;Zoe\n";
        assert!(of(nobody, zoe, None).starts_with("There is nobody to pair\n- "), "{}", of(nobody, zoe, None));
        assert!(of(ana, nobody, None).contains("The list of mentors is empty: 1 person waits for a mentor."));
        assert!(of(nobody, nobody, None).contains("The list of mentees is empty"));
        assert!(of(ana, zoe, Some(0)).contains("No mentor has a seat: capacity is 0 everywhere."));
        assert!(of(ana, ana, None).contains("One of the mentors is the same person."));
        let many: String = std::iter::once("Correo;Nombre\n".to_owned())
            .chain((0..1000).map(|number| format!("m{number}@x.es;M {number}\n")))
            .collect();
        assert!(
            of(&many, zoe, Some(1)).starts_with("1 of 1,000 mentees has a mentor\n- There is 1 seat for 1,000 people")
        );
        assert!(of(&many, zoe, None).contains("1,000 seats each are assumed"));
        let equal = "Correo;Nombre\nana@x.es;Ana\nben@x.es;Ben\n";
        assert!(of(equal, zoe, Some(2)).contains("All allowed pairs score the same"));
    }

    #[test]
    fn rules_that_cannot_be_followed_are_refused() {
        let rules = RulesFile::parse("[[must]]\nrule = \"equal\"\nattribute = \"tarot\"").unwrap();
        let refused = pair(sheets_of(MENTEES, MENTORS), Some(rules), None, Lang::Es).err().unwrap();
        assert_eq!(
            refused.to_string(),
            "Línea 3: ninguna columna da «tarot». Hay que decir en [columns] qué columna es."
        );
        assert!(form(Path::new("pairs.pdf"), Lang::En).is_err());
        assert_eq!(form(Path::new("PAIRS.XLSX"), Lang::En).unwrap(), Form::Xlsx);
    }
}
