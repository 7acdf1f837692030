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
    let intake =
        take_in(sheets, rules.as_ref().map(|file| &file.columns), lang).map_err(|wrong| refuse(&wrong, lang))?;
    let Intake { pool, columns, remarks, problems } = intake;
    let mut file = rules.unwrap_or_else(|| RulesFile::new(propose_rules(&pool), columns));
    if let Some(fault) = file.unknown_attribute(&pool) {
        bail!("{}", lang.tell(&fault.message()));
    }
    let notes = settle_capacity(&mut file.rules, &pool, capacity)?;
    if proposing {
        file.rules.balance = propose_balance(&pool, file.rules.capacity);
    }
    let outcome = pairing::run(&pool, &file.rules)?;
    let account = Account::new(&pool, &file.rules, &outcome, &notes, lang);
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

/// What goes to standard output: the summary, and from its own line to the end the rules as a file, ready to be copied.
fn told(paired: &Paired) -> String {
    let mut text = summary(&paired.account);
    let lang = paired.account.lang;
    if !paired.warnings.is_empty() {
        let warnings = Message::new("pairing-warnings").with("count", paired.warnings.len());
        text.push_str(&format!("\n{}\n", lang.tell(&warnings)));
    }
    if let Some(rules) = &paired.proposed {
        text.push_str(&format!("\n{}\n\n# ---- rules.toml ----\n{rules}", lang.say("pairing-proposed")));
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
