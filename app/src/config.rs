//! The settings. Each stands here once, with what it means; `telemaco.toml`, the environment and the command line give
//! values, in that order of growing weight.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

/// Every setting: its name in `telemaco.toml`, the value when nobody gives one, and what it is. In the environment the
/// name stands in capitals after `TELEMACO_`.
pub const SETTINGS: &[(&str, &str, &str)] = &[
    ("data", "telemaco-data", "Folder of the SQLite database and of mails that are not sent."),
    ("database", "", "Address of the database: sqlite:PATH or postgres://…; empty means a file in `data`."),
    ("connections", "8", "Connections to the database that this server keeps at most."),
    ("listen", "127.0.0.1:8080", "Address and port that the server listens on."),
    (
        "public_url",
        "",
        "Address that people type; links in mails begin with it; empty means http://localhost and the port of `listen`.",
    ),
    ("trusted_proxies", "", "Addresses of reverse proxies, separated by commas, whose X-Forwarded-For is believed."),
    (
        "smtp",
        "",
        "Mail server: smtps://user:password@host, or smtp://host:port?tls=required; empty means that mails go to a folder.",
    ),
    (
        "smtp_ca_file",
        "",
        "File of authorities (PEM) whose certificates that server may have beside those that everybody knows: a company's own, say.",
    ),
    ("mail_from", "Telémaco <telemaco@localhost>", "Sender of mails."),
    (
        "mail_returns",
        "",
        "Address to which reports come back that a mail did not arrive, as bounces@example.org: mails are sent from it with +MARK before the @, and people forward invitations to it with marks of their own; empty means that no mail is read.",
    ),
    (
        "mail_returns_folder",
        "",
        "Maildir in which those mails arrive and that this server looks at every five minutes; empty where `telemaco mail-report` is handed them.",
    ),
    (
        "dkim_key_file",
        "",
        "File of the key that signs mails (DKIM): RSA in PEM as `openssl genrsa -traditional` writes it, or an Ed25519 seed in base64; empty means that the mail server signs, or nobody.",
    ),
    ("dkim_selector", "telemaco", "Name of that key in the DNS: SELECTOR._domainkey.DOMAIN of the sender."),
    (
        "calendar_allow_hosts",
        "",
        "Hosts of calendars, as HOST or HOST:PORT, separated by commas, that may be asked although they are in a private network or without TLS.",
    ),
    (
        "webhook_allow_hosts",
        "",
        "Hosts of webhooks, as HOST or HOST:PORT, separated by commas, that may be called although they are in a private network or without TLS.",
    ),
    (
        "vault_key_file",
        "",
        "File of the keys that open what people wrote in confidence; made on the first start; empty means content.key in `data`.",
    ),
    (
        "vault_keys",
        "",
        "The same keys themselves, separated by commas, instead of a file: meant for the environment. The first is for new content.",
    ),
    ("metrics_token", "", "Bearer token for /metrics; without one it answers only requests from this machine."),
    ("log", "info", "What is logged: error, warn, info, debug, or a filter such as telemaco=debug."),
    ("log_format", "text", "Form of the log: text or json."),
];

/// The settings, parsed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    pub data: PathBuf,
    pub database: String,
    pub connections: u32,
    pub listen: SocketAddr,
    pub public_url: String,
    #[serde(deserialize_with = "addresses")]
    pub trusted_proxies: Vec<IpAddr>,
    pub smtp: String,
    pub smtp_ca_file: PathBuf,
    pub mail_from: String,
    pub mail_returns: String,
    pub mail_returns_folder: PathBuf,
    pub dkim_key_file: PathBuf,
    pub dkim_selector: String,
    #[serde(deserialize_with = "list")]
    pub calendar_allow_hosts: Vec<String>,
    #[serde(deserialize_with = "list")]
    pub webhook_allow_hosts: Vec<String>,
    pub vault_key_file: PathBuf,
    pub vault_keys: Hidden,
    pub metrics_token: String,
    pub log: String,
    pub log_format: String,
}

/// A setting that no log and no message shows.
#[derive(Clone, Default, Deserialize)]
#[serde(transparent)]
pub struct Hidden(pub String);

impl std::fmt::Debug for Hidden {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("…")
    }
}

/// Settings on the command line.
#[derive(Clone, Debug, Default, Args)]
pub struct Flags {
    /// File of settings; `telemaco.toml` is read when it is there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Any setting, as NAME=VALUE; may be given several times
    #[arg(long = "set", global = true, value_name = "NAME=VALUE")]
    settings: Vec<String>,
}

impl Flags {
    /// The same flags with one more setting.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push(format!("{name}={value}"));
        self
    }
}

impl Config {
    /// Reads the settings and says plainly which one is wrong.
    pub fn read(flags: &Flags) -> anyhow::Result<Self> {
        let mut builder = config::Config::builder();
        for (name, value, _) in SETTINGS {
            builder = builder.set_default(*name, *value)?;
        }
        let file = flags.config.clone().unwrap_or_else(|| PathBuf::from("telemaco.toml"));
        builder = builder
            .add_source(config::File::from(file).format(config::FileFormat::Toml).required(flags.config.is_some()))
            .add_source(environment());
        for setting in &flags.settings {
            let (name, value) =
                setting.split_once('=').with_context(|| format!("--set {setting}: write it as NAME=VALUE"))?;
            anyhow::ensure!(
                SETTINGS.iter().any(|(known, ..)| *known == name),
                "--set {name}: there is no such setting"
            );
            builder = builder.set_override(name, value)?;
        }
        let mut config: Self = builder.build()?.try_deserialize().context("the settings cannot be read")?;
        if config.public_url.is_empty() {
            config.public_url = local_url(config.listen);
        }
        anyhow::ensure!(
            config.public_url.starts_with("http://") || config.public_url.starts_with("https://"),
            "public_url must begin with http:// or https://"
        );
        Ok(Self { public_url: config.public_url.trim_end_matches('/').to_owned(), ..config })
    }

    /// The same settings once the server listens: the system may have chosen the port.
    #[must_use]
    pub fn listening_on(mut self, address: SocketAddr) -> Self {
        if self.public_url == local_url(self.listen) {
            self.public_url = local_url(address);
        }
        self.listen = address;
        self
    }

    /// The address of the database, with its default filled in.
    pub fn database(&self) -> String {
        if self.database.is_empty() {
            format!("sqlite:{}", self.data.join("telemaco.db").display())
        } else {
            self.database.clone()
        }
    }

    pub fn mail_folder(&self) -> PathBuf {
        self.data.join("mail")
    }

    /// The file of the vault's keys, with its default filled in.
    pub fn vault_key_file(&self) -> PathBuf {
        if self.vault_key_file.as_os_str().is_empty() {
            self.data.join("content.key")
        } else {
            self.vault_key_file.clone()
        }
    }

    /// Whether people come by TLS, so that cookies may insist on it.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// What is logged. Whatever `log` asks for, addresses of pages stay out: those of links are secrets. What the check of the origin
    /// says is addresses and nothing else that the log of requests does not say.
    pub fn log_filter(&self) -> anyhow::Result<EnvFilter> {
        let filter = EnvFilter::try_new(&self.log).context("the setting log cannot be read")?;
        Ok(filter.add_directive("tower_http::csrf=off".parse()?))
    }

    /// Makes the data folder, which holds personal data and is nobody else's to read.
    pub fn make_data_folder(&self) -> anyhow::Result<()> {
        make_private(&self.data)
    }
}

/// Where people on this machine find a server that nobody gave another address.
fn local_url(listen: SocketAddr) -> String {
    format!("http://localhost:{}", listen.port())
}

/// Makes a folder that only its owner may enter.
pub fn make_private(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .with_context(|| format!("the folder {} cannot be made", folder.display()))
}

/// `TELEMACO_LISTEN` and its like; other variables that begin so (those of the tests) are not settings.
fn environment() -> config::Environment {
    let known = std::env::vars()
        .filter(|(name, _)| {
            name.strip_prefix("TELEMACO_")
                .is_some_and(|name| SETTINGS.iter().any(|(known, ..)| known.eq_ignore_ascii_case(name)))
        })
        .collect();
    config::Environment::with_prefix("TELEMACO").prefix_separator("_").source(Some(known))
}

fn addresses<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<IpAddr>, D::Error> {
    String::deserialize(deserializer)?
        .split(',')
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .map(|text| text.parse().map_err(serde::de::Error::custom))
        .collect()
}

fn list<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Ok(text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_weighs_most_and_a_wrong_name_is_said() {
        let config = Config::read(&Flags::default().with("listen", "127.0.0.1:9999")).unwrap();
        assert_eq!(config.listen.port(), 9999);
        assert_eq!(config.connections, 8);
        let error = Config::read(&Flags::default().with("listne", "x")).unwrap_err();
        assert!(error.to_string().contains("listne"));
    }

    #[test]
    fn a_file_gives_values_and_unknown_names_in_it_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("telemaco.toml");
        std::fs::write(&file, "connections = 3\ntrusted_proxies = \"127.0.0.1, ::1\"").unwrap();
        let flags = Flags { config: Some(file.clone()), ..Flags::default() };
        let config = Config::read(&flags).unwrap();
        assert_eq!((config.connections, config.trusted_proxies.len()), (3, 2));
        std::fs::write(&file, "conections = 3").unwrap();
        assert!(format!("{:#}", Config::read(&flags).unwrap_err()).contains("conections"));
    }
}
