use clap::{Args, Subcommand};

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::vault::{self, KeyId, State, Trouble};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Say which keys there are, which are needed and what each of them wraps
    Status,
    /// Have a new key follow the current one and wrap every data key under it, while servers go on working
    Rotate,
    /// Print a new key for whoever keeps keys elsewhere; nothing is changed
    NewKey,
}

pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    let done = match arguments.command.unwrap_or(Command::Status) {
        Command::Status => status(&app).await,
        Command::Rotate => rotate(&app).await,
        Command::NewKey => {
            say(vault::line_of(app.secret()));
            Ok(())
        }
    };
    app.db.close().await;
    done
}

async fn status(app: &App) -> anyhow::Result<()> {
    let state = vault::state(app).await?;
    let (current, under) = match &state {
        State::New => (None, Vec::new()),
        State::Well { current, under } => (Some(*current), under.clone()),
        State::Missing { wanted, .. } => (None, wanted.clone()),
    };
    let here = app.vault.ids();
    let is_of_interest = |(id, keys): &&(KeyId, i64)| *keys > 0 || here.contains(id) || current == Some(*id);
    for (id, keys) in under.iter().filter(is_of_interest) {
        let place = if here.contains(id) { "here" } else { "not here" };
        let part = if current == Some(*id) { ", for what is new" } else { "" };
        say(format!("{id}  {place:<8}  wraps {keys} data keys{part}"));
    }
    for id in here.iter().filter(|id| !under.iter().any(|(known, _)| known == *id)) {
        say(format!("{id}  here      wraps nothing yet"));
    }
    say(in_words(app, &state).map_err(anyhow::Error::msg)?);
    Ok(())
}

async fn rotate(app: &App) -> anyhow::Result<()> {
    let done = vault::rotate(app).await?;
    say(format!("{} is the key for what is new; {} data keys were wrapped under it.", done.current, done.rewrapped));
    if !done.free.is_empty() {
        say(format!(
            "{} wrap nothing any more: take them away once every server has the new key. Backups from before still need them.",
            listed(&done.free)
        ));
    }
    anyhow::ensure!(
        done.left == 0,
        "{} data keys could not be opened and stay as they are; see `telemaco vault`",
        done.left
    );
    Ok(())
}

/// How the keys stand: a sentence, or what is wrong and what to do.
pub(super) fn in_words(app: &App, state: &State) -> Result<String, String> {
    let place = app.vault.file().map_or_else(|| "the setting vault_keys".to_owned(), |file| file.display().to_string());
    if app.vault.is_exposed() {
        return Err(format!(
            "others than its owner can read {place}. Say `chmod 600 {place}`, and rotate the key if they may have."
        ));
    }
    match (state, app.vault.trouble()) {
        (State::Missing { wanted, .. }, Some(Trouble::Absent)) if wanted.iter().all(|(_, keys)| *keys == 0) => Ok(
            format!("nothing is sealed yet; before somebody writes, put the key back in {place}: {}", needed(wanted)),
        ),
        (State::Missing { wanted, .. }, Some(trouble)) => Err(format!(
            "{} It needs {}; nothing is lost meanwhile.",
            trouble_in_words(&place, &trouble),
            needed(wanted)
        )),
        (State::Missing { wanted, .. }, None) => Err(format!(
            "the keys in {place} ({}) are not those that are needed: {}. Put those back; nothing is lost meanwhile.",
            listed(&app.vault.ids()),
            needed(wanted)
        )),
        (_, Some(trouble @ (Trouble::Unreadable(_) | Trouble::Malformed(_)))) => {
            Err(trouble_in_words(&place, &trouble))
        }
        (State::New, _) => Ok("no key yet; the first start makes it".to_owned()),
        (State::Well { current, under }, _) => {
            let older: i64 = under.iter().filter(|(id, _)| id != current).map(|(_, keys)| keys).sum();
            let rest = if older == 0 {
                String::new()
            } else {
                format!("; {older} data keys are still under older ones, `telemaco vault rotate` wraps them anew")
            };
            Ok(format!("key {current} in {place}{rest}"))
        }
    }
}

fn trouble_in_words(place: &str, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Absent => format!("{place} is not there or empty: put it back from where you keep it."),
        Trouble::Unreadable(why) => {
            format!("{place} cannot be read: {why}. Let the program's user read it, and nobody else.")
        }
        Trouble::Malformed(number) => format!("number {number} in {place} is no key: put it back as it was."),
    }
}

fn needed(wanted: &[(KeyId, i64)]) -> String {
    let wanted: Vec<String> = wanted.iter().map(|(id, keys)| format!("{id} ({keys} data keys)")).collect();
    wanted.join(", ")
}

fn listed(ids: &[KeyId]) -> String {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    ids.join(", ")
}
