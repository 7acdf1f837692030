//! The API as others see it: Spectral reads its description, and Schemathesis tries what the description allows and what it
//! forbids, against a demonstration on this machine with a coordinator's token.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};
use rustix::process::Signal;

use crate::{
    count::Count,
    processes::{self, Server, bound_to_us, run},
};

/// Cases for each operation and phase; with the demonstration's debug build this takes about a minute.
const MOST_EXAMPLES: &str = "12";
/// The same cases each time: a failure can be looked at again.
const SEED: &str = "20270111";

/// What each of the two says.
pub fn outside_eyes(root: &Path, built: &Path, spectral: &Path, python: &Path) -> Result<[(&'static str, Count); 2]> {
    let demo = Demo::start(built)?;
    let description = format!("{}/api/openapi.json", demo.address);
    let mut lint = Command::new(spectral);
    lint.arg("lint").arg(&description).arg("--ruleset").arg(root.join(".spectral.yaml"));
    lint.args(["--fail-severity", "hint"]);
    let (read, _) = run(&mut lint, |_| None)?;
    let mut fuzz = Command::new(python.with_file_name("schemathesis"));
    fuzz.arg("--config-file").arg(root.join("schemathesis.toml")).arg("run").arg(&description);
    fuzz.args(["--url", &demo.address, "--header", &format!("Authorization: Bearer {}", demo.token)]);
    fuzz.args(["--checks", "all", "--max-examples", MOST_EXAMPLES, "--seed", SEED, "--generation-database", "none"]);
    // Whatever it leaves lies beside the demonstration.
    fuzz.current_dir(demo.folder.path());
    let (held, _) = run(&mut fuzz, |_| None)?;
    Ok([
        ("the API's description before Spectral", Count::of(read.success())),
        ("the API before Schemathesis", Count::of(held.success())),
    ])
}

/// A demonstration that serves in the background. The fields are dropped in their order: the server before its folder.
struct Demo {
    _server: Server,
    folder: tempfile::TempDir,
    address: String,
    token: String,
}

impl Demo {
    fn start(built: &Path) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let port = processes::free_port()?;
        let data = folder.path().join("demo");
        let mut command = bound_to_us();
        command.arg(built.join("telemaco")).args(["demo", "--port", &port.to_string(), "--data"]).arg(&data);
        command.stdout(Stdio::null()).stderr(Stdio::null()).current_dir(folder.path());
        let mut server = Server::start(&mut command, Signal::TERM)?;
        let personas = data.join("personas.json");
        server.wait_until(|| personas.is_file()).context("starting the demonstration")?;
        let token = token_of(&personas, "coordinator")?;
        Ok(Self { _server: server, folder, address: format!("http://127.0.0.1:{port}"), token })
    }
}

/// The token of the first who holds this part.
fn token_of(personas: &PathBuf, part: &str) -> Result<String> {
    let personas: Vec<Persona> = serde_json::from_str(&fs::read_to_string(personas)?)?;
    let found = personas.into_iter().find(|persona| persona.parts.iter().any(|held| held == part));
    Ok(found.with_context(|| format!("the demonstration has no {part}"))?.api_token)
}

#[derive(serde::Deserialize)]
struct Persona {
    parts: Vec<String>,
    api_token: String,
}
