//! `telemaco verify`: checks the proof of a run, the file of a record, or every record of the installation. What is checked is in
//! `pairing::runs::proof` and `observations::record`; here are the files and the sentences.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::Language;
use crate::app::App;
use crate::config::Config;
use crate::i18n::{Lang, Message};
use crate::observations::record::chain::Fault;
use crate::observations::record::{actions, export};
use crate::pairing::runs::proof::check;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The proof of a run, as the pairing board gives it, or the record of a sitting, as its annex does
    #[arg(value_name = "FILE", required_unless_present = "records")]
    file: Option<PathBuf>,
    /// Check every record in the database: that nothing in it was changed, taken out or cut off
    #[arg(long, conflicts_with = "file")]
    pub(super) records: bool,
    #[command(flatten)]
    language: Language,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let lang = arguments.language.lang();
    let path = arguments.file.as_deref().unwrap_or(Path::new(""));
    let name = path.display().to_string();
    let file = fs::read(path).with_context(|| name.clone())?;
    if export::is_one(&file) {
        return record(lang, &name, &file);
    }
    let not_proved = lang.tell(&Message::new("pairing-verify-wrong").with("path", name.as_str()));
    let checked = check(&file).context(not_proved)?;
    let mentees = checked.rows.len() + checked.kept.len();
    let message = Message::new("pairing-verify-right")
        .with("mentees", mentees)
        .with("mentors", checked.table.mentors().len())
        .with("paired", checked.proof.matched() + checked.kept.len())
        .with("kept", checked.kept.len())
        .with("digest", checked.digest);
    super::say(lang.tell(&message));
    Ok(())
}

/// The file of one record.
fn record(lang: Lang, name: &str, file: &[u8]) -> anyhow::Result<()> {
    let wrong = || lang.tell(&Message::new("records-verify-wrong").with("path", name));
    let checked = export::check(file).with_context(wrong)?;
    let faults: Vec<String> = checked.faults.iter().map(|fault| lang.tell(&fault.message())).collect();
    anyhow::ensure!(faults.is_empty(), "{} {}", wrong(), faults.join(" "));
    let message = Message::new("records-verify-right").with("entries", checked.entries);
    super::say(lang.tell(&message.with("digest", checked.head)));
    Ok(())
}

/// Every record of the installation.
pub(super) async fn run_records(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let lang = arguments.language.lang();
    let app = App::open(config).await?;
    let checked = actions::check_all(&app).await;
    app.db.close().await;
    let checked = checked?;
    for (chain, fault) in &checked.faults {
        super::say(format!("{chain}: {}", lang.tell(&Fault::message(fault))));
    }
    let found = Message::new("records-verify-found").with("count", checked.faults.len());
    anyhow::ensure!(checked.faults.is_empty(), lang.tell(&found));
    let message = Message::new("records-verify-all").with("chains", checked.chains).with("entries", checked.entries);
    super::say(lang.tell(&message.with("undertakings", checked.undertakings)));
    Ok(())
}
