//! The project's own commands, `cargo xtask …`. Nothing here is part of the product.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command of the shell speaks through it")]

mod api;
mod chromium;
mod count;
mod postgres;
mod processes;
mod provide;
mod statements;
mod test;

use std::{env, process::ExitCode};

use anyhow::Result;

const USAGE: &str = "\
cargo xtask test [--quick] [FILTER…]
    Every test, on servers of its own: unit tests, doc tests, the stories on both engines and in the browser, the
    comparison with the peers, the API as Spectral and Schemathesis see it, and that every SQL statement was run.
    With filters, the tests whose names contain one; --quick leaves out doc tests, peers, the API's outside eyes
    and the check of the statements.
    TELEMACO_TEST_POSTGRES names a PostgreSQL to use (postgres://…, with the right to create databases).
cargo xtask api
    The API as Spectral and Schemathesis see it.
cargo xtask peers
    The whole comparison of the assignment engine with OR-Tools, with the release build.";

/// A line about what goes on, apart from what the tests print.
macro_rules! say {
    ($($words:tt)*) => { eprintln!("xtask: {}", format_args!($($words)*)) };
}
use say;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            say!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<ExitCode> {
    processes::heed_signals()?;
    match arguments.split_first().map(|(verb, rest)| (verb.as_str(), rest)) {
        Some(("test", rest)) => {
            let Some(wish) = test::Wish::read(rest) else { return Ok(usage()) };
            let count = test::test(&wish);
            println!("{} passed, {} failed", count.passed, count.failed);
            Ok(if count.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
        Some(("api", [])) => test::api(),
        Some(("peers", [])) => test::peers(),
        _ => Ok(usage()),
    }
}

fn usage() -> ExitCode {
    eprintln!("{USAGE}");
    ExitCode::from(2)
}
