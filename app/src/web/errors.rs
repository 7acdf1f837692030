//! What a person, or their program, is told when something is not done. Problems go back into the form they came from;
//! refusals and faults are pages of their own, or `application/problem+json` (RFC 9457) under `/api`.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use super::forms::Form;
use super::programs::{FieldError, Problem};
use super::shell::{Shell, guest_language};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::Viewer;
use crate::problems::{Failure, Problems, Refusal};

/// What a page's handler returns.
pub type Answer = Result<Response, Failed>;

/// A failure on its way out. The guard, who knows the reader, gives it words.
#[derive(Debug)]
pub struct Failed(pub Failure);

impl<E: Into<Failure>> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

/// Why a page with a form comes again, and under which status; what is nobody's to mend goes on. `meanwhile` is the key of what
/// whoever came second is told: the form that they get is made from what stands now, that of anybody else from what they saw.
pub fn again(failure: Failure, meanwhile: &'static str, form: &mut Form) -> Result<(StatusCode, Problems), Failed> {
    match failure {
        Failure::Problems(problems) => Ok((StatusCode::UNPROCESSABLE_ENTITY, problems)),
        Failure::Refusal(Refusal::Conflict) => {
            form.set("version", Vec::new());
            Ok((StatusCode::CONFLICT, Problems::one("", Message::new(meanwhile))))
        }
        failure => Err(failure.into()),
    }
}

/// Left in the response for the guard to speak.
#[derive(Clone, Debug)]
enum Unspoken {
    Refusal(Refusal),
    Problems(Problems),
    Fault(String),
}

impl IntoResponse for Failed {
    fn into_response(self) -> Response {
        let (status, unspoken) = match self.0 {
            Failure::Refusal(refusal) => (status(refusal), Unspoken::Refusal(refusal)),
            Failure::Problems(problems) => (StatusCode::UNPROCESSABLE_ENTITY, Unspoken::Problems(problems)),
            Failure::Ours(error) => (StatusCode::INTERNAL_SERVER_ERROR, Unspoken::Fault(reference(&error))),
        };
        let mut response = status.into_response();
        response.extensions_mut().insert(unspoken);
        response
    }
}

/// In which language and form to answer.
#[derive(Clone, Debug)]
pub(super) struct Voice {
    app: App,
    lang: Lang,
    path: String,
    is_api: bool,
    viewer: Option<Viewer>,
}

impl Voice {
    pub(super) fn of(app: &App, headers: &HeaderMap, uri: &Uri) -> Self {
        let path = uri.path().to_owned();
        Self { app: app.clone(), lang: guest_language(headers), is_api: path.starts_with("/api/"), path, viewer: None }
    }

    pub(super) fn of_viewer(mut self, viewer: Option<&Viewer>) -> Self {
        if let Some(viewer) = viewer {
            self.lang = viewer.lang;
            self.viewer = Some(viewer.clone());
        }
        self
    }

    pub(super) fn fault(&self, error: &anyhow::Error) -> Response {
        self.speak(StatusCode::INTERNAL_SERVER_ERROR, &Unspoken::Fault(reference(error)))
    }

    /// Gives words to a failure that a handler returned. What axum could not read, an identifier that is none, say, leads
    /// nowhere: a 404 like any other.
    pub(super) fn finish(&self, response: &mut Response) {
        if let Some(unspoken) = response.extensions_mut().remove::<Unspoken>() {
            *response = self.speak(response.status(), &unspoken);
        } else if response.status() == StatusCode::BAD_REQUEST {
            *response = self.speak(StatusCode::NOT_FOUND, &Unspoken::Refusal(Refusal::NotFound));
        }
    }

    fn speak(&self, status: StatusCode, unspoken: &Unspoken) -> Response {
        let (title, detail) = match unspoken {
            Unspoken::Refusal(Refusal::OutOfScope(scope)) => {
                (Message::new("web-out-of-scope-title"), Message::new("web-out-of-scope-detail").with("scope", *scope))
            }
            Unspoken::Refusal(refusal) => (Message::new(title(*refusal)), Message::new(detail(*refusal))),
            Unspoken::Problems(problems) => (
                Message::new("web-problems-title"),
                problems.iter().next().map_or(Message::new("web-problems-detail"), |problem| problem.message.clone()),
            ),
            Unspoken::Fault(reference) => (
                Message::new("web-fault-title"),
                Message::new("web-fault-detail").with("reference", reference.as_str()),
            ),
        };
        if self.is_api { self.json(status, &title, &detail, unspoken) } else { self.html(status, title, detail) }
    }

    fn json(&self, status: StatusCode, title: &Message, detail: &Message, unspoken: &Unspoken) -> Response {
        let errors = match unspoken {
            Unspoken::Problems(problems) => problems
                .iter()
                .map(|problem| FieldError {
                    field: problem.field.to_string(),
                    detail: self.lang.tell(&problem.message),
                })
                .collect(),
            Unspoken::Refusal(_) | Unspoken::Fault(_) => Vec::new(),
        };
        let problem = Problem {
            kind: "about:blank",
            status: status.as_u16(),
            title: self.lang.tell(title),
            detail: self.lang.tell(detail),
            errors,
        };
        let mut response = (status, axum::Json(problem)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        // RFC 6750, section 3.
        let challenge = match unspoken {
            Unspoken::Refusal(Refusal::SignIn) => Some("Bearer".to_owned()),
            Unspoken::Refusal(Refusal::OutOfScope(scope)) => {
                Some(format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\""))
            }
            _ => None,
        };
        if let Some(challenge) = challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }

    fn html(&self, status: StatusCode, title: Message, detail: Message) -> Response {
        let shell = Shell::plain(&self.app, self.lang, self.viewer.as_ref(), &self.path);
        let page = ErrorPage { s: shell, title, detail };
        let body = page.render().unwrap_or_else(|_| self.lang.tell(&page.title));
        (status, Html(body)).into_response()
    }
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    s: Shell,
    title: Message,
    detail: Message,
}

pub(super) fn refuse(voice: &Voice, refusal: Refusal) -> Response {
    voice.speak(status(refusal), &Unspoken::Refusal(refusal))
}

/// Whether a failure still has no words: no guard stood before it, since there is no such route, or the request came from
/// another site, or the handler fell over.
pub(super) fn is_unspoken(response: &Response) -> bool {
    response.extensions().get::<Unspoken>().is_some()
}

/// What is left of a handler that panicked.
pub(super) fn fallen(_: Box<dyn std::any::Any + Send>) -> Response {
    Failed(Failure::Ours(anyhow::anyhow!("a handler panicked; standard error says where"))).into_response()
}

fn status(refusal: Refusal) -> StatusCode {
    match refusal {
        Refusal::Malformed => StatusCode::BAD_REQUEST,
        Refusal::SignIn => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden | Refusal::OutOfScope(_) => StatusCode::FORBIDDEN,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
        Refusal::Conflict | Refusal::Begun => StatusCode::CONFLICT,
        Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Refusal::OtherKind => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Refusal::TooOften => StatusCode::TOO_MANY_REQUESTS,
    }
}

fn title(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed => "web-malformed-title",
        Refusal::SignIn => "web-sign-in-title",
        Refusal::Forbidden => "web-forbidden-title",
        Refusal::OutOfScope(_) => "web-out-of-scope-title",
        Refusal::NotFound => "web-not-found-title",
        Refusal::WrongMethod => "web-wrong-method-title",
        Refusal::Conflict => "web-conflict-title",
        Refusal::Begun => "web-begun-title",
        Refusal::TooLarge => "web-too-large-title",
        Refusal::OtherKind => "web-other-kind-title",
        Refusal::TooOften => "web-too-often-title",
    }
}

fn detail(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Malformed => "web-malformed-detail",
        Refusal::SignIn => "web-sign-in-detail",
        Refusal::Forbidden => "web-forbidden-detail",
        Refusal::OutOfScope(_) => "web-out-of-scope-detail",
        Refusal::NotFound => "web-not-found-detail",
        Refusal::WrongMethod => "web-wrong-method-detail",
        Refusal::Conflict => "web-conflict-detail",
        Refusal::Begun => "web-begun-detail",
        Refusal::TooLarge => "web-too-large-detail",
        Refusal::OtherKind => "web-other-kind-detail",
        Refusal::TooOften => "web-too-often-detail",
    }
}

/// Logs a fault once and gives the number under which to find it.
fn reference(error: &anyhow::Error) -> String {
    use std::hash::{BuildHasher as _, RandomState};
    let number = RandomState::new().hash_one(format!("{error:#}"));
    let reference = format!("{:08X}", number >> 32);
    tracing::error!(reference, error = format!("{error:#}"), "a request failed");
    reference
}
