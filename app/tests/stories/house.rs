//! The house itself: every statement is one that both engines understand, and every table has its place.

use telemaco::db;

use crate::story;
use crate::support::House;

story!(every_statement_can_be_prepared, async |house: &House| {
    let statements = db::statements();
    assert!(statements.len() > 40, "the statements of the program are registered");
    for statement in &statements {
        let engine = house.app.db.engine();
        house.app.db.prepare(statement).await.unwrap_or_else(|error| {
            panic!("{}:{} on {engine:?}: {error:?}\n{}", statement.file, statement.line, statement.on(engine))
        });
    }
    list_for_the_test_command(&statements);
});

/// The test command compares this list with what the stories ran.
fn list_for_the_test_command(statements: &[&db::Statement]) {
    if let Some(folder) = std::env::var_os("TELEMACO_STATEMENTS") {
        let lines: Vec<String> =
            statements.iter().map(|statement| format!("{}:{}\n", statement.file, statement.line)).collect();
        std::fs::write(std::path::Path::new(&folder).join("all"), lines.concat()).unwrap();
    }
}
