use clap::Args;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::db::{self, Db};

#[derive(Debug, Args)]
pub(super) struct ToArguments {
    /// Address of the new database: `postgres://user:password@host/name`
    address: String,
}

pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    let done = db::migrate(&app.db, app.now()).await?;
    let schema = db::schema(&app.db).await?;
    say(format!("{done} migrations applied; the schema is {}", schema.found));
    app.db.close().await;
    Ok(())
}

/// Copies the installation and leaves the old one as it is.
pub(super) async fn to(config: Config, arguments: ToArguments) -> anyhow::Result<()> {
    anyhow::ensure!(
        ["postgres://", "postgresql://"].iter().any(|scheme| arguments.address.starts_with(scheme)),
        "the new database is postgres://…; SQLite installations are copied with `telemaco backup`"
    );
    let app = App::open(config).await?;
    db::migrate(&app.db, app.now()).await?;
    let target = Db::open(&arguments.address, 2).await?;
    db::migrate(&target, app.now()).await?;
    for copied in db::copy(&app.db, &target).await? {
        say(format!("{:>9}  {}", copied.rows, copied.table));
    }
    say("Copied. Set `database` to the new address and start the server; the old file was not changed.");
    app.db.close().await;
    target.close().await;
    Ok(())
}
