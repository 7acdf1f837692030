//! One's own notices, and how one wants to hear of them.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, Stopping};
use super::kinds::Kind;
use super::model::Way;
use super::store::{self, Kept};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, Viewer};
use crate::problems::{Failure, Refusal};
use crate::web::{self, Answer, Door, Form, Guest, Path, Query, Shell, Who, page, see_other, see_other_with};

const ON_A_PAGE: u8 = 50;

pub(super) fn doors() -> Vec<Door> {
    let own = Who::May(Act::UseAccount);
    vec![
        Door::get("/notices", own, list),
        Door::post("/notices/read", own, read_all),
        Door::get("/notices/settings", own, settings),
        Door::post("/notices/settings", own, choose),
        Door::get("/notices/{id}", own, open),
        // A reader's mail program sends the form by itself: RFC 8058.
        Door::get("/unsubscribe/{token}", Who::Anyone, stop_page).from_elsewhere(),
        Door::post("/unsubscribe/{token}", Who::Anyone, stop).from_elsewhere(),
    ]
}

#[derive(Deserialize)]
struct Asked {
    before: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    s: Shell,
    unread: i64,
    notices: Vec<Kept>,
    older: Option<Uuid>,
    is_first: bool,
}

impl ListPage {
    fn title(&self) -> String {
        self.s.tell(&Message::new("notices-title").with("count", self.unread))
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let mut notices = store::page(&app.db, &viewer, false, asked.before, i64::from(ON_A_PAGE) + 1).await?;
    let has_more = notices.len() > usize::from(ON_A_PAGE);
    notices.truncate(ON_A_PAGE.into());
    let older = notices.last().filter(|_| has_more).map(|notice| notice.id);
    let s = Shell::of(&app, &viewer, "/notices");
    page(&ListPage { s, unread: viewer.unread, notices, older, is_first: asked.before.is_none() })
}

/// A notice leads to what it is about; from then on it is read.
async fn open(State(app): State<App>, viewer: Viewer, headers: HeaderMap, Path(id): Path<Uuid>) -> Answer {
    let notice = if is_guess(&headers) {
        actions::own(&app, &viewer, id).await?
    } else {
        actions::read(&app, &viewer, id).await?
    };
    Ok(see_other(&notice.href))
}

/// Whether a browser fetches a page in case its reader opens it.
fn is_guess(headers: &HeaderMap) -> bool {
    let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    ["sec-purpose", "purpose", "x-moz"].iter().any(|name| says(name).contains("prefetch"))
}

async fn read_all(State(app): State<App>, viewer: Viewer) -> Answer {
    let count = actions::read_all(&app, &viewer).await?;
    let said = Message::new("notices-read").with("count", i64::try_from(count).unwrap_or(i64::MAX));
    Ok(see_other_with("/notices", &said))
}

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct SettingsPage {
    s: Shell,
    kinds: Vec<(&'static Kind, Way)>,
}

impl SettingsPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn ways(kind: &&'static Kind) -> Vec<Way> {
        kind.ways().collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn way(&self, way: &Way) -> String {
        self.s.t(&way.key())
    }
}

async fn settings(State(app): State<App>, viewer: Viewer) -> Answer {
    let kinds = actions::settings(&app, &viewer).await?;
    page(&SettingsPage { s: Shell::of(&app, &viewer, "/notices"), kinds })
}

async fn choose(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let kinds = actions::settings(&app, &viewer).await?;
    let chosen: Vec<(String, Way)> =
        kinds.iter().filter_map(|(kind, _)| Some((kind.name.to_owned(), Way::parse(form.text(kind.name))?))).collect();
    actions::choose(&app, &viewer, &chosen).await?;
    Ok(see_other_with("/notices/settings", &Message::new("notices-settings-saved")))
}

/// How far it is.
#[derive(Clone, Debug)]
enum Step {
    Asked(Message),
    Done,
    Expired,
}

#[derive(Template)]
#[template(path = "notices/stop.html")]
struct StopPage {
    s: Shell,
    step: Step,
}

/// In the language of whom the mail was written to, unless they chose another one here.
async fn language(
    app: &App,
    (guest, headers): (&Guest, &HeaderMap),
    stopping: Option<&Stopping>,
) -> Result<Lang, Failure> {
    let chosen = web::chosen_language(headers);
    let reader = match stopping {
        Some(stopping) if chosen.is_none() => identity::person(&app.db, stopping.person).await?,
        _ => None,
    };
    Ok(chosen.or(reader.map(|reader| reader.lang)).unwrap_or(guest.lang))
}

fn show(app: &App, lang: Lang, step: Step) -> Answer {
    let status = if matches!(step, Step::Expired) { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let s = Shell::plain(app, lang, None, "/sign-in");
    Ok((status, page(&StopPage { s, step })?).into_response())
}

async fn stop_page(State(app): State<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    let stopping = actions::look_at_stop(&app, &token).await?;
    let lang = language(&app, (&guest, &headers), stopping.as_ref()).await?;
    let mut labels = stopping.iter().flat_map(|stopping| &stopping.kinds).map(|kind| Message::new(kind.label));
    let Some(first) = labels.next() else { return show(&app, lang, Step::Expired) };
    let joined = |before: Message, label: Message| {
        Message::new("notices-unsubscribe-between").with("before", before).with("kind", label)
    };
    let kinds = labels.fold(first, joined);
    show(&app, lang, Step::Asked(Message::new("notices-unsubscribe-lead").with("kinds", kinds)))
}

/// Answered with a page and no redirect, as RFC 8058 asks.
async fn stop(State(app): State<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    match actions::stop(&app, &token).await {
        Ok(stopping) => show(&app, language(&app, (&guest, &headers), Some(&stopping)).await?, Step::Done),
        Err(Failure::Refusal(Refusal::NotFound)) => {
            show(&app, language(&app, (&guest, &headers), None).await?, Step::Expired)
        }
        Err(failure) => Err(failure.into()),
    }
}
