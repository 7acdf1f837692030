//! The one binary. Everything it can do is a subcommand in `cli/`.

// A page is made of thousands of small texts: the system's allocator takes a fifth of the time of a list.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    telemaco::cli::main()
}
