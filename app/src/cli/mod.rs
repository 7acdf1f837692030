//! The shell's doors, a file each. They translate arguments and files into calls of actions, and results into text.

mod assign;
mod pair;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Executive mentoring programmes: enrolment, pairing, journey and returns.
#[derive(Debug, Parser)]
#[command(name = "telemaco", version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Solve an assignment problem given as CSV files: the engine alone
    Assign(assign::Arguments),
    /// Pair mentees with mentors straight from two spreadsheets: no server, no database
    Pair(pair::Arguments),
}

/// Runs the command that the shell names. A failure is one readable sentence on standard error and exit code 1.
pub fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Assign(arguments) => assign::run(&arguments),
        Command::Pair(arguments) => pair::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            #[expect(clippy::print_stderr, reason = "a command speaks to its shell")]
            {
                eprintln!("telemaco: {error:#}");
            }
            ExitCode::FAILURE
        }
    }
}
