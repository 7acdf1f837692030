//! The page on which somebody is named who was in the room without ever asking for a seat. It stands apart from the keeper's, which changes while
//! somebody types.

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use uuid::Uuid;

use super::super::actions::{self, Read, Unseated};
use super::super::pages::{at_of, clock};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::observations::model::SittingId;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Form, Path, Shell, Who, again, page, see_other_with};

pub(in crate::observations::record) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::TakePart);
    vec![
        Door::get("/sittings/{id}/record/unseated", anybody, form),
        Door::post("/sittings/{id}/record/unseated", anybody, write),
    ]
}

#[derive(Template)]
#[template(path = "observations/record/unseated/unseated.html")]
struct UnseatedPage {
    s: Shell,
    read: Read,
    /// Names for what is told, so that it is written once however often it is sent.
    clients: (String, String),
    who: String,
    from: String,
    until: String,
    problems: Problems,
}

impl UnseatedPage {
    fn of(app: &App, viewer: &Viewer, read: Read) -> Self {
        let s = Shell::of(app, viewer, "/records");
        let now = app.now();
        // What is told while the sitting lasts happened just now, as a rule.
        let lasts = read.state.closed_at.is_none() && (read.sitting.starts_at..=read.sitting.ends_at).contains(&now);
        let from = if lasts { clock(now, &read.sitting.time_zone()) } else { String::new() };
        let clients = (app.timeless_id().to_string(), app.timeless_id().to_string());
        let (who, until, problems) = (String::new(), String::new(), Problems::default());
        Self { s, read, clients, who, from, until, problems }
    }
}

async fn form(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    page(&UnseatedPage::of(&app, &viewer, read))
}

/// What was typed, as far as the form can say what is wrong with it.
fn told(read: &Read, form: &Form, clients: (Uuid, Uuid)) -> Result<Unseated, Problems> {
    let zone = read.sitting.time_zone();
    let (from, until) = (at_of(read, &zone, form.text("from")), at_of(read, &zone, form.text("until")));
    let mut problems = Problems::default();
    let who = form.text("who").to_owned();
    if who.trim().is_empty() {
        problems.add("who", Message::new("programmes-person-missing"));
    }
    if from.is_none() {
        problems.add("from", Message::new("records-time-missing"));
    }
    if until.is_none() && !form.text("until").trim().is_empty() {
        problems.add("until", Message::new("records-time-missing"));
    }
    problems.or(Unseated { clients, who, from: from.unwrap_or(Timestamp::MIN), until })
}

async fn write(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    let client = |field: &str| form.text(field).parse::<Uuid>().ok();
    let clients = (client("client").ok_or(Refusal::NotFound)?, client("client-leaves").unwrap_or_else(|| app.id()));
    let outcome = match told(&read, &form, clients) {
        Ok(told) => actions::was_there(&app, &viewer, id, &told).await,
        Err(problems) => Err(Failure::from(problems)),
    };
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/sittings/{id}/record"), &Message::new("records-unseated-noted"))),
        Err(failure) => {
            let (status, problems) = again(failure, "records-meanwhile", &mut form)?;
            let text = |field: &str| form.text(field).to_owned();
            let shown = UnseatedPage {
                clients: (clients.0.to_string(), clients.1.to_string()),
                who: text("who"),
                from: text("from"),
                until: text("until"),
                problems,
                ..UnseatedPage::of(&app, &viewer, read)
            };
            Ok((status, page(&shown)?).into_response())
        }
    }
}
