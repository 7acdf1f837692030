//! The shell's doors, a file each. They translate arguments and files into calls of actions, and results into text.

mod assign;
mod backup;
mod demo;
mod doctor;
mod import;
mod jobs;
mod mail_report;
mod migrate;
mod pair;
mod person;
mod serve;
mod vault;
mod verify;

use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, Flags, SETTINGS};
use crate::i18n::Lang;

/// Executive mentoring programmes: enrolment, pairing, journey and returns.
#[derive(Debug, Parser)]
#[command(name = "telemaco", version, about, after_long_help = settings_help())]
struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server; nothing to set up
    Serve(serve::Arguments),
    /// Run a demonstration with invented people on an embedded database
    Demo(demo::Arguments),
    /// Take people in from spreadsheets
    Import(import::Arguments),
    /// Pair mentees with mentors straight from two spreadsheets: no server, no database
    Pair(pair::Arguments),
    /// Solve an assignment problem given as CSV files: the engine alone
    Assign(assign::Arguments),
    /// Check the proof of a pairing, or the records of what happened in the room: that nothing in them was changed
    Verify(verify::Arguments),
    /// Bring the database to the schema of this version
    Migrate,
    /// Say what is wrong with the installation and what to do
    Doctor(doctor::Arguments),
    /// List the jobs that were given up, begin them anew or delete them
    Jobs(jobs::Arguments),
    /// Take in a report that a mail did not arrive, from standard input: for a mail server's pipe
    MailReport,
    /// Write a copy of a SQLite installation to a file while the server runs
    Backup(backup::BackupArguments),
    /// Put a copy in the place of the installation
    Restore(backup::RestoreArguments),
    /// Copy a SQLite installation to PostgreSQL
    MigrateTo(migrate::ToArguments),
    /// Say how the keys of content stand, or have a new one follow
    Vault(vault::Arguments),
    /// Give somebody what is known of them as a file, or erase them
    Person(person::Arguments),
}

/// The language of what a command says.
#[derive(Debug, Args)]
struct Language {
    /// Language of what is said: es or en [default: that of the shell, else es]
    #[arg(long, value_name = "LANG")]
    lang: Option<Lang>,
    /// The shell's language, such as `en_GB.UTF-8`
    #[arg(long, env = "LANG", hide = true)]
    locale: Option<String>,
}

impl Language {
    fn lang(&self) -> Lang {
        self.lang.or_else(|| Lang::parse(self.locale.as_deref()?)).unwrap_or_default()
    }
}

/// Runs the command that the shell names. A failure is one readable sentence on standard error and exit code 1.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let failed = match arguments.command {
        // A mail server keeps what it could not hand over, and tries again (EX_TEMPFAIL).
        Command::MailReport => ExitCode::from(75),
        _ => ExitCode::FAILURE,
    };
    match run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command speaks to its shell")]
            {
                eprintln!("telemaco: {error:#}");
            }
            failed
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let flags = &arguments.flags;
    match arguments.command {
        Command::Assign(arguments) => assign::run(&arguments),
        Command::Pair(arguments) => pair::run(&arguments),
        Command::Verify(arguments) if arguments.records => {
            on_runtime(verify::run_records(Config::read(flags)?, arguments))
        }
        Command::Verify(arguments) => verify::run(&arguments),
        Command::Demo(arguments) => demo::run(flags.clone(), &arguments),
        Command::Serve(arguments) => on_runtime(serve::run(Config::read(&arguments.settings(flags))?)),
        Command::Import(arguments) => on_runtime(import::run(Config::read(flags)?, arguments)),
        Command::Migrate => on_runtime(migrate::run(Config::read(flags)?)),
        Command::Doctor(arguments) => on_runtime(doctor::run(Config::read(flags)?, arguments)),
        Command::Jobs(arguments) => on_runtime(jobs::run(Config::read(flags)?, arguments)),
        Command::MailReport => on_runtime(mail_report::run(Config::read(flags)?)),
        Command::Backup(arguments) => on_runtime(backup::back_up(Config::read(flags)?, arguments)),
        Command::Restore(arguments) => on_runtime(backup::restore(Config::read(flags)?, arguments)),
        Command::Vault(arguments) => on_runtime(vault::run(Config::read(flags)?, arguments)),
        Command::Person(arguments) => on_runtime(person::run(Config::read(flags)?, arguments)),
        Command::MigrateTo(arguments) => on_runtime(migrate::to(Config::read(flags)?, arguments)),
    }
}

/// Runs a command that needs the database. TLS has one provider of cryptography, installed here once.
fn on_runtime(command: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    // It fails only when a provider is there already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(command)
}

/// A line on standard output.
fn say(line: impl std::fmt::Display) {
    use std::io::Write as _;
    // A reader that has gone (`telemaco … | head`) is no fault.
    let _ = writeln!(std::io::stdout(), "{line}");
}

fn settings_help() -> String {
    let mut help = "Settings (telemaco.toml, then TELEMACO_NAME, then --set NAME=VALUE):\n".to_owned();
    for (name, value, meaning) in SETTINGS {
        use std::fmt::Write as _;
        let value = if value.is_empty() { String::new() } else { format!(" [{value}]") };
        // Writing to a string cannot fail.
        let _ = writeln!(help, "  {name}{value}\n      {meaning}");
    }
    help
}
