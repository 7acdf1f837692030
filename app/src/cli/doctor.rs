use clap::Args;
use jiff::Timestamp;

use super::say;
use crate::app::App;
use crate::config::Config;
use crate::{db, jobs, vault};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Say only what is wrong
    #[arg(long)]
    quiet: bool,
}

/// One thing that was looked at: its name, and what is wrong with it and what to do.
struct Finding {
    name: &'static str,
    state: Result<String, String>,
}

const LEAST_FREE_BYTES: u64 = 500 * 1024 * 1024;

pub(super) async fn run(config: Config, arguments: Arguments) -> anyhow::Result<()> {
    let findings = examine(config).await;
    let mut wrong = 0;
    for finding in &findings {
        match &finding.state {
            Ok(state) if !arguments.quiet => say(format!("ok     {:<14} {state}", finding.name)),
            Ok(_) => {}
            Err(advice) => {
                wrong += 1;
                say(format!("WRONG  {:<14} {advice}", finding.name));
            }
        }
    }
    anyhow::ensure!(wrong == 0, "{wrong} of {} checks found something", findings.len());
    Ok(())
}

async fn examine(config: Config) -> Vec<Finding> {
    let mut findings = vec![settings(&config), disk(&config)];
    let database = config.database();
    if let Some(file) = database.strip_prefix("sqlite:").filter(|file| !std::path::Path::new(file).exists()) {
        // To look must not make: a mistyped `data` would otherwise get a folder and a database.
        let advice = format!(
            "there is no {file}. Check the settings `data` and `database`; for a new installation run `telemaco serve` or `telemaco migrate`."
        );
        findings.push(Finding { name: "database", state: Err(advice) });
        return findings;
    }
    match App::open(config).await {
        Err(error) => findings.push(Finding {
            name: "database",
            state: Err(format!(
                "{error:#}. Check that {} is the right address and that it answers.",
                without_password(&database)
            )),
        }),
        Ok(app) => {
            findings.push(Finding { name: "database", state: sound(&app).await });
            findings.push(Finding { name: "schema", state: schema(&app).await });
            findings.push(Finding { name: "vault", state: vault(&app).await });
            findings.push(Finding { name: "jobs", state: backlog(&app).await });
            findings.push(Finding { name: "mail", state: mail(&app).await });
            findings.push(Finding { name: "clock", state: clock(app.now()) });
            app.db.close().await;
        }
    }
    findings
}

fn settings(config: &Config) -> Finding {
    let is_local = ["http://localhost", "http://127.0.0.1"].iter().any(|local| config.public_url.starts_with(local));
    let state = if config.is_secure() || is_local {
        Ok(format!("people come to {}", config.public_url))
    } else {
        Err("public_url begins with http://, so passwords and cookies travel readable. Put a proxy with TLS in front and set public_url to its https:// address.".to_owned())
    };
    Finding { name: "configuration", state }
}

fn disk(config: &Config) -> Finding {
    let folder = if config.data.exists() { config.data.as_path() } else { std::path::Path::new(".") };
    let state = match rustix::fs::statvfs(folder) {
        Ok(free) if free.f_bavail * free.f_frsize < LEAST_FREE_BYTES => Err(format!(
            "only {} MB are free where {} is. Make room, or move `data`.",
            free.f_bavail * free.f_frsize / 1_048_576,
            config.data.display()
        )),
        Ok(free) => Ok(format!("{} MB free", free.f_bavail * free.f_frsize / 1_048_576)),
        Err(error) => Err(format!("{} cannot be looked at: {error}", config.data.display())),
    };
    Finding { name: "disk", state }
}

async fn sound(app: &App) -> Result<String, String> {
    match app.db.fault().await {
        Ok(Some(fault)) => {
            Err(format!("the file is damaged ({fault}). Restore the last backup with `telemaco restore`."))
        }
        Ok(None) => app.db.version().await.map_err(|error| error.to_string()),
        Err(error) => Err(format!("{error}. Look at the database's own log.")),
    }
}

async fn schema(app: &App) -> Result<String, String> {
    match db::schema(&app.db).await {
        Ok(schema) if schema.found == schema.known => Ok(format!("version {}", schema.found)),
        Ok(schema) if schema.found < schema.known => Err(format!(
            "it stands at {} of {}. Run `telemaco migrate`; `serve` does it too.",
            schema.found, schema.known
        )),
        Ok(_) => Err("it was written by a newer version of Telémaco. Install that version.".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

async fn vault(app: &App) -> Result<String, String> {
    match vault::state(app).await {
        Ok(state) => super::vault::in_words(app, &state),
        // Before its migration there is no content, which the check of the schema says.
        Err(_) => Ok("no content yet".to_owned()),
    }
}

async fn backlog(app: &App) -> Result<String, String> {
    match jobs::backlog(&app.db).await {
        Ok(backlog) if !backlog.is_well() => Err(format!(
            "{} jobs were given up after many tries, {} are tried once a day by now. `telemaco jobs` says which and why; `telemaco jobs --retry` begins them anew, `--forget` deletes them.",
            backlog.given_up, backlog.standing
        )),
        Ok(backlog) => Ok(format!("{} waiting", backlog.waiting)),
        // Before the first migration there is no queue, which the check of the schema says.
        Err(_) => Ok("no queue yet".to_owned()),
    }
}

async fn mail(app: &App) -> Result<String, String> {
    match app.mailer.answers().await {
        Ok(()) if app.config.smtp.is_empty() => {
            Ok(format!("no server is set, mails go to {}", app.config.mail_folder().display()))
        }
        Ok(()) => Ok("the server answers".to_owned()),
        Err(error) => Err(format!("{error:#}. Check the setting `smtp`.")),
    }
}

fn clock(now: Timestamp) -> Result<String, String> {
    // The day on which this was written; a clock before it is certainly wrong.
    let earliest = Timestamp::from_second(1_795_392_000).unwrap_or(Timestamp::UNIX_EPOCH);
    if now < earliest {
        Err(format!("it says {now}. Set the machine's clock; links and sessions expire by it."))
    } else {
        Ok(now.to_string())
    }
}

fn without_password(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => address.to_owned(),
    }
}
