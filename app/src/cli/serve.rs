use anyhow::Context as _;
use clap::Args;
use tokio::net::TcpListener;

use super::say;
use crate::app::App;
use crate::config::{Config, Flags};
use crate::{db, identity, mail, vault, web};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address and port to listen on
    #[arg(long)]
    listen: Option<String>,
    /// Folder of the database and of mails that are not sent
    #[arg(long)]
    data: Option<String>,
}

impl Arguments {
    pub(super) fn settings(&self, flags: &Flags) -> Flags {
        let given = [("listen", &self.listen), ("data", &self.data)];
        given.into_iter().fold(flags.clone(), |flags, (name, value)| match value {
            Some(value) => flags.with(name, value),
            None => flags,
        })
    }
}

pub(super) async fn run(config: Config) -> anyhow::Result<()> {
    log(&config)?;
    let listener = listen(&config).await?;
    let app = App::open(config.listening_on(listener.local_addr()?)).await?;
    db::migrate(&app.db, app.now()).await?;
    if let Err(advice) = super::vault::in_words(&app, &vault::ready(&app).await?) {
        tracing::error!(advice, "content stays closed");
        say(format!("Content stays closed: {advice}"));
    }
    if let Some(link) = identity::first_link(&app).await.map_err(anyhow::Error::from)? {
        say("This installation is new. Make its first coordinator here, once, within a day:");
        say(&link);
    }
    say(format!("Telémaco listens on http://{}", listener.local_addr()?));
    let reports = tokio::spawn(mail::watch(app.clone()));
    let served = web::serve(app, listener).await;
    reports.abort();
    served
}

pub(super) async fn listen(config: &Config) -> anyhow::Result<TcpListener> {
    TcpListener::bind(config.listen).await.with_context(|| format!("nobody can listen on {}", config.listen))
}

/// Starts the log on standard error.
pub(super) fn log(config: &Config) -> anyhow::Result<()> {
    let log = tracing_subscriber::fmt().with_env_filter(config.log_filter()?).with_writer(std::io::stderr);
    match config.log_format.as_str() {
        "json" => log.json().init(),
        "text" => log.init(),
        other => anyhow::bail!("log_format is text or json, not {other}"),
    }
    Ok(())
}
