//! The door of a mail's link: a review is given without signing in. Whoever began one finishes it on its page: what they wrote so far does
//! not stand here.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::actions;
use super::model::Kind;
use super::pages::{Read, draft_from, read};
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::MentorshipId;
use crate::notices::coming::{self, Comer};
use crate::notices::{self, Told};
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Guest, Path, Shell, Who, page, see_other};

const PATH: &str = "/w";

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/w/{token}", Who::Anyone, open), Door::post("/w/{token}", Who::Anyone, act)]
}

/// The page of a review of a pair.
pub fn page_of(pair: MentorshipId, kind: Kind) -> String {
    format!("/mentorships/{pair}/reviews/{}", kind.code())
}

fn review_of(href: &str) -> Option<(MentorshipId, Kind)> {
    let (pair, kind) = href.strip_prefix("/mentorships/")?.split_once("/reviews/")?;
    Some((MentorshipId(pair.parse().ok()?), Kind::parse(kind)?))
}

/// What a mail about [`page_of`] a review leads to: a link with which its reader gives it without signing in.
pub fn link(app: &App, told: &Told) -> Option<(Message, String)> {
    let url = review_of(&told.href).and_then(|_| notices::act_url(app, PATH, told.notice))?;
    Some((Message::new("reviews-mail-link"), url))
}

#[derive(Template)]
#[template(path = "reviews/link.html")]
struct LinkPage {
    s: Shell,
    kind: Kind,
    name: String,
    form: Form,
    problems: Problems,
}

/// A review, and who comes to give it.
struct Coming {
    comer: Comer,
    kind: Kind,
    read: Read,
}

async fn coming(app: &App, headers: &HeaderMap, token: &str) -> Result<Option<Coming>, Failed> {
    let Some(comer) = coming::comer(app, headers, PATH, token).await? else { return Ok(None) };
    let Some((pair, kind)) = review_of(&comer.href) else { return Ok(None) };
    match read(app, &comer.viewer, pair).await {
        Ok(read) => Ok(Some(Coming { comer, kind, read })),
        Err(Failed(Failure::Refusal(Refusal::NotFound))) => Ok(None),
        Err(failed) => Err(failed),
    }
}

impl Coming {
    /// Why nothing is written here, with what it is said with.
    fn hindrance(&self) -> Option<(&'static str, Message)> {
        let (name, kind) = (self.read.of.other(), self.kind);
        let told = |text: &'static str| Message::new(text).with("name", name);
        match self.read.own(kind) {
            Some(own) if own.given_at.is_some() => {
                let is_shown = self.read.is_shown(kind);
                let text = if is_shown { "reviews-link-shown-text" } else { "reviews-link-given-text" };
                Some(("reviews-link-given", told(text)))
            }
            Some(_) => Some(("reviews-link-begun", told("reviews-link-begun-text"))),
            None => {
                let why = self.read.hindrance(kind)?;
                let day = self.comer.viewer.lang.date(self.read.due.of(kind));
                Some(("reviews-link-not-now", Message::new(why).with("day", day)))
            }
        }
    }

    fn shown(&self, app: &App, token: &str, (form, problems): (Form, Problems)) -> Answer {
        let s = coming::shell(app, &self.comer, PATH, token);
        if let Some((title, text)) = self.hindrance() {
            let told = (s.t(title), s.tell(&text));
            return coming::nothing(s, told, &self.comer.href);
        }
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let name = self.read.of.other().to_owned();
        Ok((status, page(&LinkPage { s, kind: self.kind, name, form, problems })?).into_response())
    }
}

async fn open(State(app): State<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    match coming(&app, &headers, &token).await? {
        Some(coming) => coming.shown(&app, &token, (Form::default(), Problems::default())),
        None => coming::gone(&app, &guest, &headers),
    }
}

async fn act(
    State(app): State<App>,
    guest: Guest,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let Some(coming) = coming(&app, &headers, &token).await? else {
        return coming::gone(&app, &guest, &headers);
    };
    let review = (coming.read.of.pair.id, coming.kind, 0);
    let given = match draft_from(coming.kind, &form) {
        Ok(draft) => actions::write(&app, &coming.comer.viewer, review, &draft, true).await,
        Err(problems) => Err(problems.into()),
    };
    match given {
        // How it is now, also where somebody pressed twice.
        Ok(()) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(see_other(&format!("{PATH}/{token}"))),
        Err(Failure::Problems(problems)) => coming.shown(&app, &token, (form, problems)),
        Err(failure) => Err(failure.into()),
    }
}
