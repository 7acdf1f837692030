use clap::Args;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::{db, jobs};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Let the jobs that were given up begin anew
    #[arg(long, conflicts_with = "forget")]
    retry: bool,
    /// Delete the jobs that were given up
    #[arg(long)]
    forget: bool,
}

/// Lists what was given up after many tries, with why, and does with it what is asked.
pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let app = App::open(config).await?;
    db::migrate(&app.db, app.now()).await?;
    let given_up = jobs::given_up(&app.db).await?;
    for job in &given_up {
        say(format!("{}  {:<28} {}", job.failed_at, job.name, job.failure));
    }
    if arguments.retry {
        say(format!("{} jobs begin anew.", jobs::retry_given_up(&app).await?));
    } else if arguments.forget {
        say(format!("{} jobs are forgotten.", jobs::forget_given_up(&app).await?));
    } else if given_up.is_empty() {
        say("No job was given up.");
    } else {
        say("`telemaco jobs --retry` begins them anew, `telemaco jobs --forget` deletes them.");
    }
    app.db.close().await;
    Ok(())
}
