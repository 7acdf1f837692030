//! The door of a mail's link: how a goal goes, without signing in. What the goal says does not stand there, since executives' mail is
//! read by assistants; what tells it from others is its kind, its term and its date.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::asking::{self, Asked, PATH};
use super::model::{Goal, GoalId};
use crate::app::App;
use crate::i18n::Message;
use crate::identity;
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::Words;
use crate::web::{self, Answer, Door, Form, Guest, Path, Shell, Who, page, see_other};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/g/{token}", Who::Anyone, open), Door::post("/g/{token}", Who::Anyone, act)]
}

#[derive(Template)]
#[template(path = "goals/link.html")]
struct LinkPage {
    s: Shell,
    /// Nothing when there is nothing to answer.
    goals: Vec<Goal>,
    title: &'static str,
    text: &'static str,
    form: Form,
    problems: Problems,
}

impl LinkPage {
    fn goal(&self, goal: &Goal) -> String {
        let message = Message::new(if goal.due.is_some() { "goals-link-goal-due" } else { "goals-link-goal" })
            .with("kind", Message::new(goal.kind.key()))
            .with("term", Message::new(goal.term.key()));
        self.s.tell(&match goal.due {
            Some(due) => message.with("day", self.s.lang.date(due)),
            None => message,
        })
    }

    fn is_chosen(&self, goal: &Goal) -> bool {
        self.form.text("goal") == goal.id.to_string()
    }
}

async fn shown(
    app: &App,
    guest: &Guest,
    headers: &HeaderMap,
    (token, asked): (&str, Option<Asked>),
    (form, problems): (Form, Problems),
) -> Answer {
    let chosen = web::chosen_language(headers);
    let reader = match &asked {
        Some(asked) => identity::person(&app.db, asked.reader()).await?,
        None => None,
    };
    let lang = chosen.or(reader.map(|reader| reader.lang)).unwrap_or(guest.lang);
    let s = Shell::plain(app, lang, None, &format!("{PATH}/{token}"));
    let (status, [title, text], goals) = match asked {
        None => (StatusCode::NOT_FOUND, ["goals-link-gone", "goals-link-gone-text"], Vec::new()),
        Some(asked) if asked.is_done => (StatusCode::OK, ["goals-link-done", "goals-link-done-text"], Vec::new()),
        Some(asked) if asked.goals.is_empty() => {
            (StatusCode::OK, ["goals-link-settled", "goals-link-settled-text"], Vec::new())
        }
        Some(asked) => {
            let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
            (status, ["goals-link-title", "goals-link-title-text"], asked.goals)
        }
    };
    Ok((status, page(&LinkPage { s, goals, title, text, form, problems })?).into_response())
}

async fn open(State(app): State<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    let asked = asking::asked(&app, &token).await?;
    shown(&app, &guest, &headers, (&token, asked), (Form::default(), Problems::default())).await
}

async fn act(
    State(app): State<App>,
    guest: Guest,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let line = Words::typed(form.text("line"));
    let goal = form.text("goal").parse().ok().map(GoalId);
    match asking::answer(&app, &token, goal, line).await {
        // How it is now, also where somebody pressed twice.
        Ok(()) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(see_other(&format!("{PATH}/{token}"))),
        Err(Failure::Problems(problems)) => {
            let asked = asking::asked(&app, &token).await?;
            shown(&app, &guest, &headers, (&token, asked), (form, problems)).await
        }
        Err(failure) => Err(failure.into()),
    }
}
