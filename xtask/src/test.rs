//! `cargo xtask test`: provides, starts, runs, counts. What it started stops when [`Bench`] is dropped.

use std::{
    env,
    fs::{self, Permissions},
    io::IsTerminal as _,
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result, bail, ensure};
use tempfile::TempDir;

use crate::{
    api,
    chromium::{self, Chromedriver},
    count::{self, Count},
    postgres::{self, Postgres},
    processes::run,
    provide::{self, CHROMEDRIVER, CHROMIUM, NPM, OPENSSL, POSTGRES, PYTHON},
    say, statements,
};

const ASSIGNMENT_PEER: &str = "benches/assignment/compare.py";

/// What is asked for on the command line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wish {
    quick: bool,
    filters: Vec<String>,
}

impl Wish {
    /// `None` for a flag that does not exist.
    pub fn read(arguments: &[String]) -> Option<Self> {
        let mut wish = Self::default();
        for argument in arguments {
            match argument.as_str() {
                "--quick" => wish.quick = true,
                flag if flag.starts_with('-') => return None,
                filter => wish.filters.push(filter.to_owned()),
            }
        }
        Some(wish)
    }

    fn everything(&self) -> bool {
        !self.quick && self.filters.is_empty()
    }
}

/// Where things are.
struct Place {
    root: PathBuf,
    /// `target/debug`, wherever Cargo's settings have put it: this program lies there.
    built: PathBuf,
}

impl Place {
    fn find() -> Result<Self> {
        // As Cargo says when it runs this, not as it was when this was built: a folder of builds may have been copied.
        let sources =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = sources.parent().context("xtask lies in the workspace")?.to_owned();
        let built = env::current_exe()?.parent().context("a program lies in a folder")?.to_owned();
        Ok(Self { root, built })
    }

    fn sources(&self) -> PathBuf {
        self.root.join("xtask")
    }

    fn own_target(&self) -> PathBuf {
        self.built.parent().unwrap_or(&self.built).join("xtask")
    }

    fn cargo(&self) -> Command {
        let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.root);
        // Cargo tells us about the package xtask; build scripts that look at these would run again for nothing.
        for (name, _) in env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                cargo.env_remove(&name);
            }
        }
        if std::io::stdout().is_terminal() && env::var_os("CARGO_TERM_COLOR").is_none() {
            cargo.env("CARGO_TERM_COLOR", "always"); // a pipe to us, but we pass it on to a terminal
        }
        cargo
    }
}

/// All that runs beside the tests. The fields are dropped in their order: the servers first, then their folder.
struct Bench {
    postgres: Option<Postgres>,
    chromedriver: Chromedriver,
    chromium: PathBuf,
    npm: provide::Npm,
    python: PathBuf,
    folder: TempDir,
}

impl Bench {
    fn set_up(place: &Place) -> Result<Self> {
        let mut needs = vec![&CHROMIUM, &CHROMEDRIVER, &NPM, &PYTHON, &OPENSSL];
        if env::var_os("TELEMACO_TEST_POSTGRES").is_none_or(|url| url.is_empty()) {
            needs.push(&POSTGRES);
        }
        let programs = provide::programs(&needs)?;
        let [chromium, chromedriver, npm, python, _, postgres @ ..] = programs.as_slice() else {
            bail!("a program for each need")
        };
        let npm = provide::from_npm(npm, &place.sources(), &place.own_target()).context("installing from npm")?;
        let python =
            provide::python(python, &place.sources(), &place.own_target()).context("installing the Python packages")?;

        let folder = open_folder()?;
        fs::create_dir(folder.path().join("statements"))?;
        let chromedriver = chromium::start(chromedriver, folder.path())?;
        let postgres = postgres.first().map(|bin| postgres::start(bin, folder.path())).transpose()?;
        Ok(Self { postgres, chromedriver, chromium: chromium.clone(), npm, python, folder })
    }

    fn statements(&self) -> PathBuf {
        self.folder.path().join("statements")
    }

    /// What the tests look for.
    fn tell(&self, command: &mut Command) {
        if let Some(postgres) = &self.postgres {
            command.env("TELEMACO_TEST_POSTGRES", &postgres.url);
        }
        command
            .env("TELEMACO_TEST_CHROMEDRIVER", &self.chromedriver.url)
            .env("TELEMACO_TEST_CHROMIUM", &self.chromium)
            .env("TELEMACO_TEST_AXE", &self.npm.axe)
            .env("TELEMACO_TEST_PYTHON", &self.python)
            .env("TELEMACO_STATEMENTS", self.statements());
    }
}

/// A new folder that every user can enter, as PostgreSQL's must be when we are root; with the usual 0700 it is not.
fn open_folder() -> Result<TempDir> {
    let open = |path: &Path| {
        path.ancestors().all(|folder| fs::metadata(folder).is_ok_and(|data| data.permissions().mode() & 0o001 != 0))
    };
    let parent = Some(env::temp_dir()).filter(|folder| open(folder)).unwrap_or_else(|| "/tmp".into());
    let mut builder = tempfile::Builder::new();
    builder.prefix("telemaco-test-").permissions(Permissions::from_mode(0o755));
    builder.tempdir_in(&parent).with_context(|| format!("making a folder in {}", parent.display()))
}

/// Never an error: what cannot be run has failed, is named, and is counted.
pub fn test(wish: &Wish) -> Count {
    let mut tally = Tally::default();
    if let Err(error) = test_with(wish, &mut tally) {
        say!("{error:#}");
        tally.add("the rest could not be run", Count::FAILED);
    }
    tally.sum()
}

fn test_with(wish: &Wish, tally: &mut Tally) -> Result<()> {
    let place = Place::find()?;
    let bench = Bench::set_up(&place)?;
    let (tests, count) = rust_tests(&place, &bench, wish)?;
    tally.add(tests, count);
    if !wish.quick {
        tally.add("doc tests", doc_tests(&place, &bench, wish)?);
    }
    if wish.everything() {
        if place.root.join(ASSIGNMENT_PEER).is_file() {
            let same = assignment_peer(&place, &bench.python, &["--quick"], &place.built.join("telemaco"))?;
            tally.add("assignment against OR-Tools", Count::of(same));
        }
        for (part, count) in api::outside_eyes(&place.root, &place.built, &bench.npm.spectral, &bench.python)? {
            tally.add(part, count);
        }
        if place.root.join("app/tests/stories").is_dir() {
            tally.add("each SQL statement on both engines", Count::of(every_statement_ran(&bench.statements())?));
        }
    }
    Ok(())
}

/// Unit tests and stories, by nextest where it is there.
fn rust_tests(place: &Place, bench: &Bench, wish: &Wish) -> Result<(&'static str, Count)> {
    let mut cargo = place.cargo();
    bench.tell(&mut cargo);
    if provide::on_path("cargo-nextest").is_some() {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast"]).args(&wish.filters);
        let (status, count) = run(&mut cargo, count::nextest)?;
        let nothing_to_run = status.code() == Some(4);
        Ok(("unit tests and stories (nextest)", checked(count, status.success() || nothing_to_run)))
    } else {
        cargo.args(["test", "--workspace", "--tests", "--no-fail-fast", "--"]).args(&wish.filters);
        let (status, count) = run(&mut cargo, count::libtest)?;
        Ok(("unit tests and stories (cargo test)", checked(count, status.success())))
    }
}

fn doc_tests(place: &Place, bench: &Bench, wish: &Wish) -> Result<Count> {
    let mut cargo = place.cargo();
    bench.tell(&mut cargo);
    cargo.args(["test", "--workspace", "--doc", "--no-fail-fast", "--"]).args(&wish.filters);
    let (status, count) = run(&mut cargo, count::libtest)?;
    Ok(checked(count, status.success()))
}

/// A runner that failed without a failing test could not build, or crashed: that is a failure too.
fn checked(mut count: Count, success: bool) -> Count {
    if !success && count.failed == 0 {
        count += Count::FAILED;
    }
    count
}

/// Whether the program and the peer agree.
fn assignment_peer(place: &Place, python: &Path, flags: &[&str], program: &Path) -> Result<bool> {
    let mut command = Command::new(python);
    command.arg(place.root.join(ASSIGNMENT_PEER)).args(flags).arg(program).current_dir(&place.root);
    let (status, _) = run(&mut command, |_| None)?;
    Ok(status.success())
}

fn every_statement_ran(folder: &Path) -> Result<bool> {
    let Some(lacking) = statements::not_run(folder)? else {
        say!("no test wrote the register of the statements, {}", folder.join(statements::REGISTER).display());
        return Ok(false);
    };
    for (statement, engines) in &lacking {
        say!("no story ran {statement} on {}", engines.join(" and "));
    }
    Ok(lacking.is_empty())
}

/// `cargo xtask api`: what the test command does with the API, alone.
pub fn api() -> Result<ExitCode> {
    let place = Place::find()?;
    let programs = provide::programs(&[&NPM, &PYTHON])?;
    let npm = provide::from_npm(&programs[0], &place.sources(), &place.own_target())?;
    let python = provide::python(&programs[1], &place.sources(), &place.own_target())?;
    let (status, _) = run(place.cargo().args(["build", "--package", "telemaco"]), |_| None)?;
    ensure!(status.success(), "the build failed");
    let counts = api::outside_eyes(&place.root, &place.built, &npm.spectral, &python)?;
    Ok(if counts.iter().all(|(_, count)| count.is_good()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `cargo xtask peers`: the whole comparison, with the release build.
pub fn peers() -> Result<ExitCode> {
    let place = Place::find()?;
    let programs = provide::programs(&[&PYTHON])?;
    let python = provide::python(&programs[0], &place.sources(), &place.own_target())?;
    let (status, _) = run(place.cargo().args(["build", "--release", "--package", "telemaco"]), |_| None)?;
    ensure!(status.success(), "the release build failed");
    let program = place.built.with_file_name("release").join("telemaco");
    let same = assignment_peer(&place, &python, &[], &program)?;
    Ok(if same { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The sum of what was counted, part by part, each said when it is known.
#[derive(Default)]
struct Tally(Vec<(&'static str, Count)>);

impl Tally {
    fn add(&mut self, part: &'static str, count: Count) {
        self.0.push((part, count));
    }

    fn sum(&self) -> Count {
        let mut sum = Count::default();
        for (part, count) in &self.0 {
            say!("{:>5} passed {:>5} failed  {part}", count.passed, count.failed);
            sum += *count;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_asked_for() {
        let read = |words: &[&str]| Wish::read(&words.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert!(read(&[]).is_some_and(|wish| wish.everything()));
        let wish = Wish { quick: true, filters: vec!["goals".to_owned(), "hours".to_owned()] };
        assert!(!wish.everything());
        assert_eq!(read(&["goals", "--quick", "hours"]), Some(wish));
        assert_eq!(read(&["--quikc"]), None);
    }

    #[test]
    fn a_runner_that_fails_without_a_failing_test_has_failed() {
        assert_eq!(checked(Count { passed: 7, failed: 0 }, false), Count { passed: 7, failed: 1 });
        assert_eq!(checked(Count { passed: 7, failed: 2 }, false), Count { passed: 7, failed: 2 });
        assert_eq!(checked(Count { passed: 7, failed: 0 }, true), Count { passed: 7, failed: 0 });
    }
}
