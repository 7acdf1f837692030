use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::db::{self, Db};
use crate::vault::{self, Vault};

#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// File to write; it must not exist yet
    file: PathBuf,
    /// Write the keys of content to FILE.key too: whoever has both files reads everything
    #[arg(long)]
    with_key: bool,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// A file that `telemaco backup` wrote
    file: PathBuf,
    /// Put it in the place of an installation that is there already, which is kept beside it
    #[arg(long)]
    replace: bool,
    /// Take the keys in that FILE.key holds
    #[arg(long)]
    with_key: bool,
}

pub(super) async fn back_up(config: Config, arguments: BackupArguments) -> anyhow::Result<()> {
    let file = &arguments.file;
    let key_file = with_suffix(file, ".key");
    let kept = arguments.with_key.then_some(&key_file);
    for file in std::iter::once(file).chain(kept) {
        anyhow::ensure!(!file.exists(), "{} exists already; name another file", file.display());
    }
    let app = App::open(config).await?;
    anyhow::ensure!(kept.is_none() || !app.vault.ids().is_empty(), "there are no keys here to keep with the copy");
    // It holds everybody's data, so it is its owner's alone from its first byte on.
    make_private_file(file).with_context(|| format!("{} cannot be made", file.display()))?;
    let written = async {
        app.db.back_up(file).await?;
        check(file).await?;
        kept.map_or(Ok(()), |kept| app.vault.copy_to(kept))
    };
    if let Err(error) = written.await {
        // Best effort: the failure that counts is the one reported.
        let _ = std::fs::remove_file(file);
        return Err(error);
    }
    say(format!("{} holds the installation as it was just now.", file.display()));
    match kept {
        Some(kept) => say(format!("{} holds the keys of its content. Keep it apart from the copy.", kept.display())),
        None => say(format!("What people wrote in confidence is sealed in it; {}.", keys_needed(&app))),
    }
    app.db.close().await;
    Ok(())
}

/// Where the keys are that the copy does not hold.
fn keys_needed(app: &App) -> String {
    let ids: Vec<String> = app.vault.ids().iter().map(ToString::to_string).collect();
    match app.vault.file() {
        _ if ids.is_empty() => "the keys that open it are not here".to_owned(),
        Some(file) => format!("its keys ({}) are in {} and not in the copy", ids.join(", "), file.display()),
        None => format!("its keys ({}) are in the setting vault_keys and not in the copy", ids.join(", ")),
    }
}

pub(super) async fn restore(config: Config, arguments: RestoreArguments) -> anyhow::Result<()> {
    let database = config.database();
    let target =
        PathBuf::from(database.strip_prefix("sqlite:").context("restore is for SQLite; PostgreSQL has pg_restore")?);
    check(&arguments.file).await?;
    let key_file = with_suffix(&arguments.file, ".key");
    anyhow::ensure!(!arguments.with_key || key_file.exists(), "{} does not exist", key_file.display());
    config.make_data_folder()?;
    if target.exists() {
        anyhow::ensure!(
            arguments.replace,
            "{} holds an installation; stop its server and say --replace to put the copy in its place",
            target.display()
        );
        anyhow::ensure!(
            !is_same_file(&arguments.file, &target)?,
            "{} is the installation itself; nothing was touched",
            arguments.file.display()
        );
    }
    // Nothing is moved away before what takes its place is there, whole.
    let arriving = target.with_extension("restoring");
    if arriving.exists() {
        std::fs::remove_file(&arriving)?;
    }
    make_private_file(&arriving)?;
    std::fs::copy(&arguments.file, &arriving)?;
    let replaced = if target.exists() { set_aside(&target).await } else { Ok(()) };
    if let Err(error) = replaced.and_then(|()| Ok(std::fs::rename(&arriving, &target)?)) {
        let _ = std::fs::remove_file(&arriving);
        return Err(error);
    }
    if arguments.with_key {
        let new = Vault::open(&config).take_in(&key_file)?;
        say(format!("{new} keys of {} were taken in.", key_file.display()));
    }
    say(format!("{} is restored. `telemaco doctor` says how it is.", target.display()));
    say_what_is_closed(config).await
}

/// Whoever restores without the key is told before anybody meets a text that does not open.
async fn say_what_is_closed(config: Config) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    // A copy of a version without content has nothing to open.
    if let Ok(state) = vault::state(&app).await
        && let Err(advice) = super::vault::in_words(&app, &state)
    {
        say(format!("Content stays closed: {advice}"));
    }
    app.db.close().await;
    Ok(())
}

/// Moves the installation that is there out of the way, unless a server has it open: that one would go on writing into the
/// file that was moved.
async fn set_aside(target: &Path) -> anyhow::Result<()> {
    let alone = match db::Alone::with(target).await {
        Ok(Some(alone)) => Some(alone),
        Ok(None) => anyhow::bail!("a server has {} open; stop it first. Nothing was touched.", target.display()),
        // A damaged file cannot be locked, and is the best reason to restore a copy.
        Err(_) => None,
    };
    let kept = free_name(target);
    std::fs::rename(target, &kept)?;
    for rest in ["-wal", "-shm"] {
        let (rest, kept) = (with_suffix(target, rest), with_suffix(&kept, rest));
        if rest.exists() {
            std::fs::rename(rest, kept)?;
        }
    }
    drop(alone);
    say(format!("The installation that was there is kept as {}.", kept.display()));
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// By whatever name, links included.
fn is_same_file(one: &Path, other: &Path) -> anyhow::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    let (one, other) = (std::fs::metadata(one)?, std::fs::metadata(other)?);
    Ok((one.dev(), one.ino()) == (other.dev(), other.ino()))
}

/// Where the installation that was there goes: nothing that an earlier restore has kept is written over.
fn free_name(target: &Path) -> PathBuf {
    let names = std::iter::once("before-restore.db".to_owned())
        .chain((2..).map(|number: u32| format!("before-restore-{number}.db")));
    names.map(|name| target.with_extension(name)).find(|kept| !kept.exists()).unwrap_or_default()
}

/// Whether a file is a sound installation that this version understands.
async fn check(file: &Path) -> anyhow::Result<()> {
    anyhow::ensure!(file.exists(), "{} does not exist", file.display());
    // Looking at a SQLite file may leave a log beside it, so a copy is looked at.
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db");
    std::fs::copy(file, &copy)?;
    let db = Db::open(&format!("sqlite:{}", copy.display()), 1)
        .await
        .with_context(|| format!("{} is no copy of an installation", file.display()))?;
    if let Some(fault) = db.fault().await? {
        anyhow::bail!("{} is damaged: {fault}", file.display());
    }
    let schema = db::schema(&db).await?;
    db.close().await;
    anyhow::ensure!(schema.found > 0, "{} is no copy of an installation", file.display());
    anyhow::ensure!(schema.found <= schema.known, "{} was written by a newer version of Telémaco", file.display());
    Ok(())
}

/// An empty new file that only its owner may read.
pub(super) fn make_private_file(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file).map(drop)
}
