//! Doors to calendars: one's own page, and the feed that calendar programs read.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::actions::{self, MOST_SOURCES, Named};
use super::asking::Trouble;
use super::ics;
use super::store::{self, Feed, Source};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::outbound;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let own = Who::May(Act::UseAccount);
    vec![
        Door::get("/account/calendar", own, calendar),
        Door::post("/account/calendar/feed", own, make_feed),
        Door::post("/account/calendar/feed/revoke", own, revoke_feed),
        Door::post("/account/calendar/sources", own, add_source),
        Door::get("/account/calendar/sources/{id}/login", own, login),
        Door::post("/account/calendar/sources/{id}/login", own, set_login),
        Door::post("/account/calendar/sources/{id}/remove", own, remove_source),
        Door::get("/calendar/{file}", Who::Anyone, feed),
    ]
}

#[derive(Template)]
#[template(path = "calendar/calendar.html")]
struct CalendarPage {
    s: Shell,
    feed: Option<Feed>,
    /// The address of a feed that was just made; it is shown once.
    made: Option<String>,
    sources: Vec<Source>,
    form: Form,
    problems: Problems,
}

impl CalendarPage {
    fn at(&self, at: &Timestamp) -> String {
        self.s.at(at)
    }

    fn can_add(&self) -> bool {
        self.sources.len() < MOST_SOURCES
    }

    fn host(source: &Source) -> String {
        host(source)
    }

    /// What is said of a user name and a password, where a calendar has some or wants some.
    fn login(source: &Source) -> Option<&'static str> {
        match &source.login {
            Some(_) => Some("calendar-login-change"),
            None => source.trouble.is_some_and(Trouble::is_of_login).then_some("calendar-login-give"),
        }
    }

    /// Whether the fields for them stand open.
    fn has_login(&self) -> bool {
        let is_wrong = |field| self.problems.of(field).next().is_some();
        !self.form.text("user").is_empty() || ["user", "password"].into_iter().any(is_wrong)
    }

    fn made_on(&self, feed: &Feed) -> String {
        let read = feed.read_at.as_ref().map(|at| self.at(at));
        let message = match read {
            Some(read) => Message::new("calendar-feed-read").with("read", read),
            None => Message::new("calendar-feed-unread"),
        };
        self.s.tell(&message.with("made", self.at(&feed.made_at)))
    }

    fn standing(&self, source: &Source) -> String {
        let next = self.at(&source.next_at);
        let message = match (&source.trouble, &source.worked_at) {
            (Some(trouble), _) => {
                Message::new("calendar-source-fails").with("trouble", Message::new(trouble.key())).with("next", next)
            }
            (None, Some(worked)) => Message::new("calendar-source-works").with("worked", self.at(worked)),
            (None, None) => Message::new("calendar-source-waits"),
        };
        self.s.tell(&message)
    }

    /// Where a look failed, what is known is older.
    fn last(&self, source: &Source) -> String {
        let message = match &source.worked_at {
            Some(worked) => Message::new("calendar-source-last").with("worked", self.at(worked)),
            None => Message::new("calendar-source-never"),
        };
        self.s.tell(&message)
    }

    /// The same address for programs that begin at a link.
    fn subscribe(made: &str) -> String {
        made.split_once("://").map_or_else(String::new, |(_, rest)| format!("webcal://{rest}"))
    }
}

/// What may be shown of an address: the rest is as good as a password.
fn host(source: &Source) -> String {
    let url = outbound::address(&source.address);
    url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned()
}

async fn calendar(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_page(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn the_page(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<CalendarPage, Failed> {
    Ok(CalendarPage {
        s: Shell::of(app, viewer, "/account/calendar"),
        feed: store::feed(&app.db, viewer.person).await?,
        made: None,
        sources: store::sources(&app.db, viewer.person).await?,
        form,
        problems,
    })
}

/// The address is in this answer and nowhere else.
async fn make_feed(State(app): State<App>, viewer: Viewer) -> Answer {
    let made = actions::make_feed(&app, &viewer).await?;
    let whole = the_page(&app, &viewer, Form::default(), Problems::default()).await?;
    page(&CalendarPage { made: Some(made), ..whole })
}

async fn revoke_feed(State(app): State<App>, viewer: Viewer) -> Answer {
    actions::revoke_feed(&app, &viewer).await?;
    Ok(see_other_with("/account/calendar", &Message::new("calendar-feed-revoked")))
}

async fn add_source(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let named = Named { address: form.text("address"), user: form.text("user"), password: form.raw("password") };
    match actions::add_source(&app, &viewer, named).await {
        Ok(()) => Ok(see_other_with("/account/calendar", &Message::new("calendar-source-added"))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_page(&app, &viewer, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// Where one gives the user name and the password of a calendar. What was given is never shown.
#[derive(Template)]
#[template(path = "calendar/login.html")]
struct LoginPage {
    s: Shell,
    source: Source,
    form: Form,
    problems: Problems,
}

impl LoginPage {
    async fn of(app: &App, viewer: &Viewer, id: Uuid, form: Form, problems: Problems) -> Result<Self, Failed> {
        let source = actions::own_source(&app.db, viewer, id).await?;
        Ok(Self { s: Shell::of(app, viewer, "/account/calendar"), source, form, problems })
    }

    fn title(&self) -> String {
        self.s.with("calendar-login-title", "host", host(&self.source))
    }
}

async fn login(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    page(&LoginPage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn set_login(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>, mut form: Form) -> Answer {
    match actions::set_login(&app, &viewer, id, (form.text("user"), form.raw("password"))).await {
        Ok(()) => Ok(see_other_with("/account/calendar", &Message::new("calendar-login-kept"))),
        Err(failure) => {
            let (status, problems) = again(failure, "calendar-login-meanwhile", &mut form)?;
            Ok((status, page(&LoginPage::of(&app, &viewer, id, form, problems).await?)?).into_response())
        }
    }
}

async fn remove_source(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    actions::remove_source(&app, &viewer, id).await?;
    Ok(see_other_with("/account/calendar", &Message::new("calendar-source-removed")))
}

/// What a calendar program reads, again only when something has changed.
async fn feed(State(app): State<App>, headers: HeaderMap, Path(file): Path<String>) -> Answer {
    let secret = file.strip_suffix(".ics").ok_or(Refusal::NotFound)?;
    let (person, events) = actions::open_feed(&app, secret).await?;
    let text = ics::feed(&person.lang.say("calendar-feed-name"), &events, person.lang);
    let tag = format!("\"{}\"", hex::encode(&Sha256::digest(text.as_bytes())[..16]));
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let is_known = known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag);
    let head = [(header::CACHE_CONTROL, "private, no-cache".to_owned()), (header::ETAG, tag)];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    let kind = [
        (header::CONTENT_TYPE, "text/calendar; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"telemaco.ics\""),
    ];
    Ok((head, kind, text).into_response())
}
