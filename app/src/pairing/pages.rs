//! The coordinator's doors to pairing: the rules as a text, the result with its reasons and its proof, and the files.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;

use super::actions::{self, Paired};
use super::files::{mentors_table, pairs_table, to_json};
use super::{report, result};
use crate::app::App;
use crate::identity::{Act, Viewer};
use crate::problems::{Failure, Problems};
use crate::sheets;
use crate::web::{Answer, Door, Form, Shell, Who, page};

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::Pair);
    vec![
        Door::get("/pairing", coordinator, rules_page),
        Door::post("/pairing", coordinator, pair),
        Door::post("/pairing/files", coordinator, files),
    ]
}

#[derive(Template)]
#[template(path = "pairing/rules.html")]
struct RulesPage {
    s: Shell,
    rules: String,
    mentees: usize,
    mentors: usize,
    problems: Problems,
}

async fn rules_page(State(app): State<App>, viewer: Viewer) -> Answer {
    let pool = actions::pool(&app, &viewer).await?;
    let (mentees, mentors) = (pool.mentees.len(), pool.mentors.len());
    let rules = actions::propose(pool, viewer.lang).await?;
    let s = Shell::of(&app, &viewer, "/pairing");
    page(&RulesPage { s, rules, mentees, mentors, problems: Problems::default() })
}

#[derive(Template)]
#[template(path = "pairing/paired.html")]
struct PairedPage {
    s: Shell,
    title: String,
    result: String,
    rules: String,
}

async fn pair(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let rules = form.text("rules");
    match actions::pair(&app, &viewer, rules).await {
        Ok(paired) => page(&PairedPage {
            s: Shell::of(&app, &viewer, "/pairing"),
            title: paired.account.title.clone(),
            result: told(&paired)?,
            rules: rules.to_owned(),
        }),
        Err(Failure::Problems(problems)) => {
            let pool = actions::pool(&app, &viewer).await?;
            let s = Shell::of(&app, &viewer, "/pairing");
            let (mentees, mentors) = (pool.mentees.len(), pool.mentors.len());
            let again = page(&RulesPage { s, rules: rules.to_owned(), mentees, mentors, problems })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

fn told(paired: &Paired) -> anyhow::Result<String> {
    result(&paired.pool, &paired.file.rules, &paired.outcome, &paired.account)
}

/// The result as a file: the same rules and people give the same bytes.
async fn files(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let paired = actions::pair(&app, &viewer, form.text("rules")).await?;
    let Paired { pool, file, outcome, account } = &paired;
    let (bytes, kind, extension) = match form.text("form") {
        "json" => (to_json(account, outcome.certificate)?.into_bytes(), "application/json", "json"),
        "csv" => (sheets::to_csv(&pairs_table(account)), "text/csv; charset=utf-8", "csv"),
        "report" => (report(pool, &file.rules, outcome, account)?.into_bytes(), "application/octet-stream", "html"),
        "rules" => (form.text("rules").to_owned().into_bytes(), "application/toml", "toml"),
        _ => (
            sheets::to_xlsx(&[pairs_table(account), mentors_table(account)])?,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
        ),
    };
    let name = if extension == "toml" { "rules" } else { "pairs" };
    let disposition = format!("attachment; filename=\"{name}.{extension}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
