//! `telemaco person`: a file with what is known of somebody, and their erasure. What is done is in `erasure`; here are the file and the
//! sentences.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Subcommand};

use super::backup::make_private_file;
use super::{Language, say};
use crate::app::App;
use crate::config::Config;
use crate::erasure::{self, Erasure};
use crate::i18n::{Lang, Message};
use crate::identity::{self, PersonCore};
use crate::problems::Failure;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a file with what is known of somebody, for them
    Export(Export),
    /// Say what an erasure of somebody would do; with --yes, erase them for good
    Erase(Erase),
}

#[derive(Debug, Args)]
struct Whom {
    /// The address by which the organisation knows them
    address: String,
    /// The organisation, where several know the address
    #[arg(long, value_name = "SLUG")]
    organisation: Option<String>,
    #[command(flatten)]
    language: Language,
}

#[derive(Debug, Args)]
struct Export {
    #[command(flatten)]
    whom: Whom,
    /// The file, which must not exist yet
    #[arg(long, value_name = "FILE.json")]
    out: PathBuf,
}

#[derive(Debug, Args)]
struct Erase {
    #[command(flatten)]
    whom: Whom,
    /// Do it, and not only say it
    #[arg(long)]
    yes: bool,
}

pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    crate::db::migrate(&app.db, app.now()).await?;
    let done = match arguments.command {
        Command::Export(export) => write(&app, &export).await,
        Command::Erase(erase) => forget(&app, &erase).await,
    };
    app.db.close().await;
    done
}

async fn write(app: &App, export: &Export) -> anyhow::Result<()> {
    let lang = export.whom.language.lang();
    let person = known(app, &export.whom).await?;
    let file = &export.out;
    make_private_file(file).with_context(|| format!("{} cannot be made", file.display()))?;
    let told = erasure::export(app, person.id).await.map_err(|failure| in_words(lang, failure));
    let written = told.and_then(|told| Ok(std::fs::write(file, serde_json::to_vec_pretty(&told)?)?));
    if let Err(error) = written {
        let _ = std::fs::remove_file(file);
        return Err(error);
    }
    say(lang.tell(&Message::new("erasure-written").with("path", file.display().to_string())));
    Ok(())
}

async fn forget(app: &App, erase: &Erase) -> anyhow::Result<()> {
    let lang = erase.whom.language.lang();
    let person = known(app, &erase.whom).await?;
    let done = if erase.yes { erasure::erase(app, person.id).await } else { erasure::rehearse(app, person.id).await };
    report(lang, &done.map_err(|failure| in_words(lang, failure))?);
    let key = if erase.yes { "erasure-done" } else { "erasure-rehearsed" };
    say(lang.tell(&Message::new(key).with("address", person.address)));
    Ok(())
}

/// The one whom the shell names.
async fn known(app: &App, whom: &Whom) -> anyhow::Result<PersonCore> {
    let lang = whom.language.lang();
    let mut people = Vec::new();
    for person in identity::people_at(app, &whom.address).await? {
        let house = identity::organisation(&app.db, person.organisation).await?;
        let slug = house.map(|house| house.slug).unwrap_or_default();
        if whom.organisation.as_ref().is_none_or(|wanted| *wanted == slug) {
            people.push((slug, person));
        }
    }
    people.sort_by(|(one, _), (other, _)| one.cmp(other));
    let slugs: Vec<&str> = people.iter().map(|(slug, _)| slug.as_str()).collect();
    let several = Message::new("erasure-several").with("organisations", slugs.join(", "));
    anyhow::ensure!(people.len() < 2, lang.tell(&several));
    let nobody = || lang.tell(&Message::new("erasure-nobody").with("address", whom.address.as_str()));
    people.pop().map(|(_, person)| person).with_context(nobody)
}

fn report(lang: Lang, erasure: &Erasure) {
    for (table, touched) in &erasure.tables {
        let line = Message::new("erasure-table").with("deleted", touched.deleted.to_string());
        say(format!("{table:<24} {}", lang.tell(&line.with("emptied", touched.emptied.to_string()))));
    }
    if erasure.jobs > 0 {
        say(format!("{:<24} {}", "jobs", lang.tell(&Message::new("erasure-jobs").with("count", jobs(erasure)))));
    }
}

fn jobs(erasure: &Erasure) -> usize {
    usize::try_from(erasure.jobs).unwrap_or(usize::MAX)
}

/// What has to be ended first, a sentence after the other.
fn in_words(lang: Lang, failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Problems(problems) => {
            let sentences: Vec<String> = problems.iter().map(|problem| lang.tell(&problem.message)).collect();
            anyhow::Error::msg(sentences.join(" "))
        }
        Failure::Refusal(_) => anyhow::Error::msg(lang.say("erasure-gone")),
        Failure::Ours(error) => error,
    }
}
