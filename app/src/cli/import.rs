use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};
use indicatif::{ProgressBar, ProgressStyle};

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::db;
use crate::i18n::{Lang, fold};
use crate::identity::{self, Organisation};
use crate::people::columns::{Column, Mapping, ProposedColumn, SheetRole, propose};
use crate::people::imports::{DryRun, read_sources, remembered, take_in};
use crate::people::rows::Severity;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// People: one sheet with everybody, or one of mentors and one of mentees (told by the files' names)
    People(People),
}

#[derive(Debug, Args)]
struct People {
    /// CSV, XLSX or ODS files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The organisation, as `telemaco import people --organisation ?` lists them
    #[arg(long)]
    organisation: String,
    /// Say what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Language of what is said
    #[arg(long, value_enum, default_value_t = Lang::Es)]
    lang: Lang,
}

pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let What::People(people) = arguments.what;
    let app = App::open(config).await?;
    db::migrate(&app.db, app.now()).await?;
    let outcome = import(&app, &people).await;
    app.db.close().await;
    outcome
}

async fn import(app: &App, people: &People) -> anyhow::Result<()> {
    let organisation = organisation(app, &people.organisation).await?;
    let mut files = Vec::new();
    for path in &people.files {
        let content = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        files.push((role_of(&name), name, content));
    }
    let sources = read_sources(files).await?;
    let mut inputs = Vec::new();
    for source in sources {
        let known = remembered(&app.db, organisation.id, source.role).await?;
        let columns = propose(&source.sheet, source.role, &known);
        say_left_out(&source.sheet.title, &columns, people.lang);
        inputs.push((source.sheet, source.role, Mapping::proposed(&columns)));
    }
    let rows: usize = inputs.iter().map(|(sheet, ..)| sheet.rows.len()).sum();
    let bar = ProgressBar::new(rows as u64).with_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let run = take_in(app, &organisation, &inputs, people.dry_run, &|done| bar.set_position(done as u64)).await;
    bar.finish_and_clear();
    report(&run?, people)
}

/// By its name a file says whom it lists: `mentores.xlsx`, `civil-service-mentees.csv`; else a column must.
fn role_of(name: &str) -> SheetRole {
    let name = fold(name);
    let names = |words: &[&str]| words.iter().any(|word| name.contains(word));
    match (names(&["mentores", "mentors", "mentoras"]), names(&["mentee", "mentorizad", "telemaco"])) {
        (true, false) => SheetRole::Mentors,
        (false, true) => SheetRole::Mentees,
        _ => SheetRole::Mixed,
    }
}

async fn organisation(app: &App, name: &str) -> anyhow::Result<Organisation> {
    if let Some(organisation) = identity::organisation_by_slug(&app.db, name).await? {
        return Ok(organisation);
    }
    let known: Vec<String> = identity::organisations(&app.db).await?.into_iter().map(|known| known.slug).collect();
    anyhow::bail!("there is no organisation {name}; there are: {}", known.join(", "))
}

fn say_left_out(title: &str, columns: &[ProposedColumn], lang: Lang) {
    let left_out: Vec<&str> = columns
        .iter()
        .filter(|column| column.column == Column::LeaveOut)
        .map(|column| column.heading.as_str())
        .collect();
    if !left_out.is_empty() {
        say(format!("{title}: {}: {}", lang.say("people-column-leave-out"), left_out.join(", ")));
    }
}

fn report(run: &DryRun, people: &People) -> anyhow::Result<()> {
    for problem in &run.reading.problems {
        let mark = if problem.severity == Severity::Error { "ERROR" } else { "     " };
        let heading = problem.heading.as_deref().unwrap_or_default();
        say(format!("{mark} {:>6} {heading}: {}", problem.row, people.lang.tell(&problem.message)));
    }
    anyhow::ensure!(!run.reading.has_errors(), "{}", people.lang.say("imports-mend-title"));
    say(people.lang.tell(&run.outcome().message()));
    Ok(())
}
