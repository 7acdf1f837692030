use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::db::{self, Db};

#[derive(Debug, Args)]
pub(super) struct BackupArguments {
    /// File to write; it must not exist yet
    file: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RestoreArguments {
    /// A file that `telemaco backup` wrote
    file: PathBuf,
    /// Put it in the place of an installation that is there already, which is kept beside it
    #[arg(long)]
    replace: bool,
}

pub(super) async fn back_up(config: Config, arguments: BackupArguments) -> anyhow::Result<()> {
    let file = &arguments.file;
    anyhow::ensure!(!file.exists(), "{} exists already; name another file", file.display());
    let app = App::open(config).await?;
    app.db.back_up(file).await?;
    check(file).await?;
    private(file)?;
    say(format!("{} holds the installation as it was just now.", file.display()));
    app.db.close().await;
    Ok(())
}

pub(super) async fn restore(config: Config, arguments: RestoreArguments) -> anyhow::Result<()> {
    let database = config.database();
    let target =
        PathBuf::from(database.strip_prefix("sqlite:").context("restore is for SQLite; PostgreSQL has pg_restore")?);
    check(&arguments.file).await?;
    config.make_data_folder()?;
    if target.exists() {
        anyhow::ensure!(
            arguments.replace,
            "{} holds an installation; stop its server and say --replace to put the copy in its place",
            target.display()
        );
        let kept = free_name(&target);
        // The log belongs to the old file: what it still holds goes into the file before it is moved away.
        Db::open(&database, 1).await?.close().await;
        std::fs::rename(&target, &kept)?;
        for rest in ["db-wal", "db-shm"] {
            let rest = target.with_extension(rest);
            if rest.exists() {
                std::fs::remove_file(rest)?;
            }
        }
        say(format!("The installation that was there is kept as {}.", kept.display()));
    }
    let arriving = target.with_extension("restoring");
    std::fs::copy(&arguments.file, &arriving)?;
    private(&arriving)?;
    std::fs::rename(&arriving, &target)?;
    say(format!("{} is restored. `telemaco doctor` says how it is.", target.display()));
    Ok(())
}

/// Where the installation that was there goes: nothing that an earlier restore has kept is written over.
fn free_name(target: &std::path::Path) -> PathBuf {
    let names = std::iter::once("before-restore.db".to_owned())
        .chain((2..).map(|number: u32| format!("before-restore-{number}.db")));
    names.map(|name| target.with_extension(name)).find(|kept| !kept.exists()).unwrap_or_default()
}

/// Whether a file is a sound installation that this version understands.
async fn check(file: &std::path::Path) -> anyhow::Result<()> {
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

fn private(file: &std::path::Path) -> anyhow::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600))?)
}
