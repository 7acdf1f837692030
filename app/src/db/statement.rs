//! Statements as the code holds them: written once, known to the checks.

use std::fmt::Write as _;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use super::Engine;

/// One SQL text and where it stands. A clause for PostgreSQL alone stands in a comment, `/*postgres … */`, which SQLite passes
/// over; one for SQLite alone in `/*sqlite … */`.
#[derive(Debug)]
pub struct Statement {
    text: &'static str,
    texts: [OnceLock<String>; 2],
    pub file: &'static str,
    pub line: u32,
    ran: [AtomicBool; 2],
}

/// A statement in the list of all of them.
#[derive(Debug)]
pub struct Registered(pub &'static Statement);

inventory::collect!(Registered);

/// Writes a statement and registers it: `sql!("SELECT name FROM persons WHERE id = $1")`.
#[macro_export]
macro_rules! sql {
    ($($text:expr),+ $(,)?) => {{
        static STATEMENT: $crate::db::Statement =
            $crate::db::Statement::new(concat!($($text),+), file!(), line!());
        inventory::submit! { $crate::db::Registered(&STATEMENT) }
        &STATEMENT
    }};
}

/// `IN` a list of identifiers that comes as one value ([`super::ids`]): each engine unpacks it in its own way, and finds the rows
/// by their index.
#[macro_export]
macro_rules! in_ids {
    ($place:literal) => {
        concat!("/*sqlite IN (SELECT unhex(value) FROM json_each(", $place, "))*/ /*postgres = ANY(", $place, ")*/")
    };
}

/// Every identifier in a column as one value, which [`super::Row::ids`] unpacks: of ten thousand rows with nothing else to say the reading
/// takes longer than the finding.
#[macro_export]
macro_rules! all_ids {
    ($column:literal) => {
        concat!(
            "/*sqlite coalesce(group_concat(hex(",
            $column,
            ")), '')*/ /*postgres coalesce(string_agg(CAST(",
            $column,
            " AS TEXT), ','), '')*/"
        )
    };
}

/// Every statement of the program, by place.
pub fn all() -> Vec<&'static Statement> {
    let mut all: Vec<_> = inventory::iter::<Registered>().map(|registered| registered.0).collect();
    all.sort_by_key(|statement| (statement.file, statement.line));
    all
}

impl Statement {
    pub const fn new(text: &'static str, file: &'static str, line: u32) -> Self {
        let texts = [OnceLock::new(), OnceLock::new()];
        Self { text, texts, file, line, ran: [AtomicBool::new(false), AtomicBool::new(false)] }
    }

    /// The text as this engine is given it.
    pub fn on(&'static self, engine: Engine) -> &'static str {
        self.texts[engine as usize].get_or_init(|| text_on(engine, self.text))
    }

    /// `INSERT INTO t (a, b) VALUES ($1, $2) …` with its row repeated: `VALUES ($1, $2), ($3, $4) …`.
    pub(super) fn for_rows(&self, rows: usize, width: usize) -> String {
        let Some((head, tail)) = self.text.split_once("VALUES (") else { return self.text.to_owned() };
        let tail = tail.split_once(')').map_or("", |(_, tail)| tail);
        let mut text = String::with_capacity(head.len() + tail.len() + rows * width * 7);
        text.push_str(head);
        text.push_str("VALUES ");
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..width {
                let comma = if column == 0 { "" } else { ", " };
                // Writing to a string cannot fail.
                let _ = write!(text, "{comma}${}", row * width + column + 1);
            }
            text.push(')');
        }
        text.push_str(tail);
        text
    }

    /// Remembers, in builds for tests, that the statement ran: the test command asks that every one of them did.
    pub(super) fn ran(&'static self, engine: Engine) {
        if cfg!(debug_assertions) && !self.ran[engine as usize].swap(true, Ordering::Relaxed) {
            record(engine, self);
        }
    }
}

/// The text with the clauses of this engine taken out of their comments; the other's stay in theirs.
pub(super) fn text_on(engine: Engine, text: &str) -> String {
    let begins = match engine {
        Engine::Sqlite => "/*sqlite",
        Engine::Postgres => "/*postgres",
    };
    let mut pieces = text.split(begins);
    let mut bare = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (clause, rest) = piece.split_once("*/").unwrap_or((piece, ""));
        bare.push_str(clause);
        bare.push_str(rest);
    }
    bare
}

fn record(engine: Engine, statement: &Statement) {
    use std::io::Write as _;
    let Some(folder) = std::env::var_os("TELEMACO_STATEMENTS") else { return };
    let file = std::path::Path::new(&folder).join(format!("{}.ran", std::process::id()));
    let name = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    if let Ok(mut file) = std::fs::OpenOptions::new().create(true).append(true).open(file) {
        // The check that reads this fails when a line is missing.
        let _ = writeln!(file, "{name} {}:{}", statement.file, statement.line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_engine_reads_the_clause_that_the_other_passes_over() {
        static CLAIM: Statement =
            Statement::new("SELECT id /*sqlite, rowid*/ FROM jobs /*postgres FOR UPDATE SKIP LOCKED*/", "", 0);
        assert_eq!(CLAIM.on(Engine::Postgres), "SELECT id /*sqlite, rowid*/ FROM jobs  FOR UPDATE SKIP LOCKED");
        assert_eq!(CLAIM.on(Engine::Sqlite), "SELECT id , rowid FROM jobs /*postgres FOR UPDATE SKIP LOCKED*/");
    }

    #[test]
    fn one_row_becomes_many() {
        let statement =
            Statement::new("INSERT INTO t (a, b) VALUES ($1, $2) ON CONFLICT (a) DO UPDATE SET b = excluded.b", "", 0);
        assert_eq!(
            statement.for_rows(2, 2),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT (a) DO UPDATE SET b = excluded.b"
        );
    }
}
