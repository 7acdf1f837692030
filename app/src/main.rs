//! The one binary. Everything it can do is a subcommand in `cli/`.

fn main() -> std::process::ExitCode {
    telemaco::cli::main()
}
