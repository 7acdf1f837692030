//! Which SQL statements the stories ran. Each test process appends `<engine> <file>:<line>` at a statement's first
//! execution to a file of its own in `TELEMACO_STATEMENTS`; one test writes all that are registered to `all` there.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result};

const ENGINES: [&str; 2] = ["sqlite", "postgres"];
pub const REGISTER: &str = "all";

/// A statement's place, and the engines that never ran it.
type Lacking = (String, Vec<&'static str>);

/// Every statement that an engine never ran; `None` if no test wrote the register.
pub fn not_run(dir: &Path) -> Result<Option<Vec<Lacking>>> {
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

fn lacking(register: &str, runs: &str) -> Vec<Lacking> {
    let ran: BTreeSet<(&str, &str)> = runs.lines().filter_map(|line| line.trim().split_once(' ')).collect();
    let missing = |statement| ENGINES.into_iter().filter(|engine| !ran.contains(&(*engine, statement))).collect();
    let statements: BTreeSet<&str> = register.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let mut lacking: Vec<Lacking> =
        statements.into_iter().map(|statement| (statement.to_owned(), missing(statement))).collect();
    lacking.retain(|(_, engines)| !engines.is_empty());
    // In the order of the file: line 9 before line 10.
    lacking.sort_by_cached_key(|(statement, _)| {
        let (file, line) = statement.rsplit_once(':').unwrap_or((statement, ""));
        (file.to_owned(), line.parse::<u32>().ok())
    });
    lacking
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_must_run_on_each_engine() {
        let register = "goals/store.rs:10\ngoals/store.rs:30\ngoals/store.rs:9\ngoals/store.rs:9\n\n";
        let runs = "sqlite goals/store.rs:10\npostgres goals/store.rs:10\n\npostgres goals/store.rs:9\n";
        let expected = vec![
            ("goals/store.rs:9".to_owned(), vec!["sqlite"]),
            ("goals/store.rs:30".to_owned(), vec!["sqlite", "postgres"]),
        ];
        assert_eq!(lacking(register, runs), expected);
    }

    #[test]
    fn without_a_register_nothing_is_said() -> Result<()> {
        let dir = tempfile::tempdir()?;
        fs::write(dir.path().join("17"), "sqlite a.rs:1\n")?;
        assert_eq!(not_run(dir.path())?, None);
        fs::write(dir.path().join(REGISTER), "a.rs:1\n")?;
        fs::write(dir.path().join("18"), "postgres a.rs:1")?;
        assert_eq!(not_run(dir.path())?, Some(Vec::new()));
        Ok(())
    }
}
