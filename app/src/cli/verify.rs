//! `telemaco verify`: checks the proof of a run. Everything is in `pairing::runs::proof`; here are the file and the sentence.

use std::fs;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use crate::i18n::{Lang, Message};
use crate::pairing::runs::proof::check;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The proof of a run, as the pairing board gives it
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Language of the sentence: es or en [default: that of the shell, else es]
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// The shell's language, such as `en_GB.UTF-8`
    #[arg(long, env = "LANG", hide = true)]
    locale: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let lang = arguments.lang.or_else(|| Lang::parse(arguments.locale.as_deref()?)).unwrap_or_default();
    let path = arguments.file.display().to_string();
    let file = fs::read(&arguments.file).with_context(|| path.clone())?;
    let not_proved = lang.tell(&Message::new("pairing-verify-wrong").with("path", path.as_str()));
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
