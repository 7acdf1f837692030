//! Which SQL statements the stories ran. Each test process appends `<engine> <file>:<line>` at a statement's first
//! execution to a file of its own in `TELEMACO_STATEMENTS`; one test writes all that are registered to `all` there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result};

const ENGINES: [&str; 2] = ["sqlite", "postgres"];
pub const REGISTER: &str = "all";

/// Statements that an engine never ran, with the engines that lack them; `None` if no test wrote the register.
pub fn not_run(dir: &Path) -> Result<Option<BTreeMap<String, Vec<&'static str>>>> {
    let mut register = None;
    let mut runs = String::new();
    for entry in fs::read_dir(dir).with_context(|| format!("reading {}", dir.display()))? {
        let entry = entry?;
        let text = fs::read_to_string(entry.path())?;
        if entry.file_name() == REGISTER {
            register = Some(text);
        } else {
            runs.push_str(&text);
            runs.push('\n');
        }
    }
    Ok(register.map(|register| lacking(&register, &runs)))
}

fn lacking(register: &str, runs: &str) -> BTreeMap<String, Vec<&'static str>> {
    let ran: BTreeSet<(&str, &str)> = runs.lines().filter_map(|line| line.trim().split_once(' ')).collect();
    let mut lacking = BTreeMap::new();
    for statement in register.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let engines: Vec<_> = ENGINES.into_iter().filter(|engine| !ran.contains(&(engine, statement))).collect();
        if !engines.is_empty() {
            lacking.insert(statement.to_owned(), engines);
        }
    }
    lacking
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_must_run_on_each_engine() {
        let register = "goals/store.rs:10\ngoals/store.rs:20\ngoals/store.rs:30\n\n";
        let runs = "sqlite goals/store.rs:10\npostgres goals/store.rs:10\n\npostgres goals/store.rs:20\n";
        let expected = BTreeMap::from([
            ("goals/store.rs:20".to_owned(), vec!["sqlite"]),
            ("goals/store.rs:30".to_owned(), vec!["sqlite", "postgres"]),
        ]);
        assert_eq!(lacking(register, runs), expected);
    }

    #[test]
    fn without_a_register_nothing_is_said() -> Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("17"), "sqlite a.rs:1\n")?;
        assert_eq!(not_run(dir.path())?, None);
        fs::write(dir.path().join(REGISTER), "a.rs:1\n")?;
        fs::write(dir.path().join("18"), "postgres a.rs:1")?;
        assert_eq!(not_run(dir.path())?, Some(BTreeMap::new()));
        Ok(())
    }
}
