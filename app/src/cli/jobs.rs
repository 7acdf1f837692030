use clap::Args;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::{db, jobs};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Let the jobs that were given up or stand still begin anew
    #[arg(long, conflicts_with = "forget")]
    retry: bool,
    /// Delete the jobs that were given up or stand still
    #[arg(long)]
    forget: bool,
}

/// Lists what was given up after many tries, or is tried once a day by now, with why, and does with it what is asked.
pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    db::migrate(&app.db, app.now()).await?;
    let stuck = jobs::stuck(&app.db).await?;
    for job in &stuck {
        let state = if job.is_given_up { "given up" } else { "tried once a day" };
        say(format!("{}  {:<16} {:<28} {}", job.since, state, job.name, job.failure));
    }
    if arguments.retry {
        say(format!("{} jobs begin anew.", jobs::retry_stuck(&app).await?));
    } else if arguments.forget {
        say(format!("{} jobs are forgotten.", jobs::forget_stuck(&app).await?));
    } else if stuck.is_empty() {
        say("No job was given up or stands still.");
    } else {
        say("`telemaco jobs --retry` begins them anew, `telemaco jobs --forget` deletes them.");
    }
    app.db.close().await;
    Ok(())
}
