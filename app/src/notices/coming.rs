//! Whoever comes by a mail's link that acts ([`act_url`](super::act_url)), and what they are shown where there is nothing to do. The
//! doors are the features': each does the one thing that its link is for. Opening one does nothing, since mail scanners follow every
//! link, and shows nothing that was written before, since executives' mail is read by assistants.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::actions::acting;
use crate::app::App;
use crate::db::Error;
use crate::identity::{self, Viewer};
use crate::web::{self, Answer, Guest, Shell, page};

/// Who comes, as they act without a session, and the page that they were told of.
#[derive(Clone, Debug)]
pub struct Comer {
    pub viewer: Viewer,
    pub href: String,
}

/// Who comes by a link that a feature made for its door at `path`, in the language that they chose here, or else their own; `None` when it
/// is none of ours, or too old.
pub async fn comer(app: &App, headers: &HeaderMap, path: &str, token: &str) -> Result<Option<Comer>, Error> {
    let Some(acting) = acting(app, path, token).await? else { return Ok(None) };
    let Some(viewer) = identity::viewer_of(app, acting.person).await? else { return Ok(None) };
    let lang = web::chosen_language(headers).unwrap_or(viewer.lang);
    Ok(Some(Comer { viewer: Viewer { lang, ..viewer }, href: acting.href }))
}

/// The shell of a link's page: without the way to other pages, in the times of whoever it was written to.
pub fn shell(app: &App, comer: &Comer, path: &str, token: &str) -> Shell {
    let viewer = &comer.viewer;
    Shell::plain(app, viewer.lang, None, &format!("{path}/{token}")).in_zone(viewer.zone.clone())
}

#[derive(Template)]
#[template(path = "notices/nothing.html")]
struct NothingPage {
    s: Shell,
    title: String,
    text: String,
    /// The page that they may sign in to.
    next: String,
}

/// That there is nothing to do by this link (any more), and why.
pub fn nothing(s: Shell, (title, text): (String, String), next: &str) -> Answer {
    page(&NothingPage { s, title, text, next: next.to_owned() })
}

/// That a link does not work, to whoever it may be.
pub fn gone(app: &App, guest: &Guest, headers: &HeaderMap) -> Answer {
    let s = Shell::plain(app, web::chosen_language(headers).unwrap_or(guest.lang), None, "/sign-in");
    let told = (s.t("notices-link-gone"), s.t("notices-link-gone-text"));
    Ok((StatusCode::NOT_FOUND, nothing(s, told, "/")?).into_response())
}
