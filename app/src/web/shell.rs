//! What every page has around its content: language, place, person, navigation and what just happened.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::door::form_encode;
use super::errors::Failed;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Held, Part, Scope, Viewer};
use crate::sheets::{self, Table};

/// The frame of a page; templates know it as `s`.
#[derive(Clone, Debug)]
pub struct Shell {
    pub lang: Lang,
    pub demo: bool,
    pub nav: Vec<NavItem>,
    pub who: Option<Crumb>,
    pub notice: Option<Message>,
    /// How many notices of theirs wait to be read.
    pub unread: i64,
    path: String,
    zone: TimeZone,
}

/// Whose page it is, and in which organisation.
#[derive(Clone, Debug)]
pub struct Crumb {
    pub name: String,
    pub organisation: String,
}

#[derive(Clone, Debug)]
pub struct NavItem {
    pub href: &'static str,
    pub key: &'static str,
    pub current: bool,
}

/// A link to the same page in a language.
#[derive(Clone, Debug)]
pub struct Tongue {
    pub lang: Lang,
    pub name: &'static str,
    pub href: String,
    pub current: bool,
}

/// The places of the navigation and what one must be allowed to see them.
const PLACES: &[(&str, &str, Act)] = &[
    ("/", "web-nav-today", Act::UseAccount),
    ("/programmes", "web-nav-programmes", Act::ManageProgrammes),
    ("/people", "web-nav-people", Act::ManagePeople),
    ("/mentors", "web-nav-mentors", Act::ReadDirectory),
    ("/taking-part", "web-nav-taking-part", Act::TakePart),
    ("/mentorships", "web-nav-mentorships", Act::TakePart),
    ("/month", "web-nav-month", Act::TakePart),
    ("/diary", "web-nav-diary", Act::TakePart),
    ("/lent", "web-nav-lent", Act::ReadLent),
    ("/sittings", "web-nav-sittings", Act::UseAccount),
    ("/overview", "web-nav-overview", Act::ReadEdition),
    ("/copies", "web-nav-copies", Act::ReadEdition),
    ("/frameworks", "web-nav-frameworks", Act::ManageFrameworks),
    ("/imports", "web-nav-imports", Act::ImportPeople),
    ("/nominations", "web-nav-nominations", Act::ReadNominations),
    ("/break-glass", "web-nav-break-glass", Act::BreakGlass),
    ("/audit", "web-nav-audit", Act::ReadAudit),
    ("/records", "web-nav-records", Act::KeepRoom),
    ("/system", "web-nav-system", Act::ReadSystem),
];

const ZONES: &[&str] = &[
    "Europe/Madrid",
    "Atlantic/Canary",
    "Europe/Lisbon",
    "Europe/London",
    "Europe/Paris",
    "Europe/Berlin",
    "America/Argentina/Buenos_Aires",
    "America/Bogota",
    "America/Caracas",
    "America/Chicago",
    "America/Guatemala",
    "America/La_Paz",
    "America/Lima",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Montevideo",
    "America/New_York",
    "America/Santiago",
    "America/Santo_Domingo",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "UTC",
];

const NOTICE: &str = "telemaco_notice";
const LANGUAGE: &str = "telemaco_language";

impl Shell {
    /// The frame for who is signed in.
    pub fn of(app: &App, viewer: &Viewer, path: &str) -> Self {
        Self::plain(app, viewer.lang, Some(viewer), path)
    }

    /// The frame for anybody.
    pub fn plain(app: &App, lang: Lang, viewer: Option<&Viewer>, path: &str) -> Self {
        let nav = viewer.map_or_else(Vec::new, |viewer| {
            let current = PLACES
                .iter()
                .map(|(href, ..)| *href)
                .filter(|href| is_within(path, href))
                .max_by_key(|href| href.len());
            PLACES
                .iter()
                .filter(|(href, _, act)| viewer.may_sometimes(*act) && concerns(viewer, href))
                .map(|(href, key, _)| NavItem { href, key, current: current == Some(*href) })
                .collect()
        });
        Self {
            lang,
            demo: app.demo.is_some(),
            nav,
            who: viewer
                .map(|viewer| Crumb { name: viewer.name.clone(), organisation: viewer.organisation_name.clone() }),
            notice: viewer.and_then(|viewer| viewer.notice.clone()),
            unread: viewer.map_or(0, |viewer| viewer.unread),
            path: path.to_owned(),
            zone: viewer.map_or(TimeZone::UTC, |viewer| viewer.zone.clone()),
        }
    }

    /// With times by the clock of somebody who is not signed in.
    #[must_use]
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.lang.say(key)
    }

    pub fn tell(&self, message: &Message) -> String {
        self.lang.tell(message)
    }

    /// The text of a key with one place filled by a text.
    pub fn with(&self, key: &'static str, name: &'static str, text: impl std::fmt::Display) -> String {
        self.lang.tell(&Message::new(key).with(name, text.to_string()))
    }

    /// The text of a key that counts.
    pub fn count(&self, key: &'static str, count: &usize) -> String {
        self.lang.tell(&Message::new(key).with("count", *count))
    }

    /// A whole number in the reader's form.
    pub fn n(&self, number: &i64) -> String {
        self.lang.number(*number)
    }

    /// An instant in the reader's zone.
    pub fn at(&self, instant: &Timestamp) -> String {
        self.lang.instant(*instant, &self.zone)
    }

    /// The zones to choose from: those of Spanish- and English-speaking lands first, then whatever is chosen already.
    pub fn zones(&self, chosen: &str) -> Vec<String> {
        let mut zones: Vec<String> = ZONES.iter().map(|zone| (*zone).to_owned()).collect();
        if !chosen.is_empty() && !zones.iter().any(|zone| zone == chosen) {
            zones.push(chosen.to_owned());
        }
        zones
    }

    /// The words of the way to the notices, with how many wait.
    pub fn notices(&self) -> String {
        let waiting = if self.unread > 99 { "99+".to_owned() } else { self.unread.to_string() };
        match self.unread {
            0 => self.t("web-notices"),
            _ => self.with("web-notices-waiting", "count", waiting),
        }
    }

    pub fn tongues(&self) -> Vec<Tongue> {
        Lang::ALL
            .into_iter()
            .map(|lang| Tongue {
                lang,
                name: match lang {
                    Lang::Es => "Español",
                    Lang::En => "English",
                },
                href: format!("/language/{lang}?next={}", form_encode(&self.path)),
                current: lang == self.lang,
            })
            .collect()
    }
}

/// Whether a place has something for this person: the navigation follows what they do here.
fn concerns(viewer: &Viewer, href: &str) -> bool {
    let takes_part = viewer.parts.iter().any(|held| matches!(held.part, Part::Mentor | Part::Mentee));
    match href {
        "/mentorships" => takes_part,
        "/sittings" => takes_part || viewer.may_sometimes(Act::OpenSittings) || looks_on(viewer),
        // Of one pair its own page says all.
        "/month" => mentees(viewer) > 1,
        "/diary" => viewer.holds(Part::Assistant),
        "/taking-part" => takes_part || !viewer.holds(Part::Coordinator),
        // Whoever coordinates is led there from the pair.
        "/copies" => looks_on(viewer),
        // Whoever coordinates has the editions themselves.
        "/overview" => !viewer.holds(Part::Coordinator),
        _ => true,
    }
}

/// Whether somebody follows an edition as its academic tutor, who reads what took place.
fn looks_on(viewer: &Viewer) -> bool {
    viewer.parts.iter().any(|held| held.part == Part::Faculty)
}

/// How many people somebody mentors at present.
fn mentees(viewer: &Viewer) -> usize {
    let there = |held: &&Held| held.part == Part::Mentor && matches!(held.scope, Scope::Mentorship(_));
    viewer.parts.iter().filter(there).count()
}

/// Renders a page.
pub fn page(template: &impl Template) -> Result<Response, Failed> {
    let body = template.render().map_err(|error| anyhow::anyhow!("a page could not be rendered: {error}"))?;
    Ok(Html(body).into_response())
}

/// Sends the browser on after a change.
pub fn see_other(path: &str) -> Response {
    Redirect::to(path).into_response()
}

/// A table as a file: CSV, or XLSX when `form` says so.
pub fn download(table: &Table, name: &str, form: &str) -> Result<Response, Failed> {
    let (bytes, kind, form) = if form == "xlsx" {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        (sheets::to_xlsx(std::slice::from_ref(table))?, kind, "xlsx")
    } else {
        (sheets::to_csv(table), "text/csv; charset=utf-8", "csv")
    };
    Ok(file(bytes, kind, &format!("{name}.{form}")))
}

/// A file to keep, by its name.
pub fn file(bytes: impl Into<Vec<u8>>, kind: &str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes.into()).into_response()
}

/// The answer behind an address that bears a secret, which the guard of every such door gives: no request that the page makes carries the
/// secret in its `Referer`. `no-referrer` would hide the origin too, by which a form is known to be ours. No proxy keeps it.
pub(super) fn unseen(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("strict-origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The same, with a quiet line for the page that it leads to.
pub fn see_other_with(path: &str, notice: &Message) -> Response {
    let mut response = see_other(path);
    let text = serde_json::to_string(notice).unwrap_or_default();
    let cookie = format!("{NOTICE}={}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax", URL_SAFE_NO_PAD.encode(text));
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// The quiet line that a cookie carries.
pub(crate) fn notice(headers: &HeaderMap) -> Option<Message> {
    let encoded = cookie(headers, NOTICE)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
}

/// The header that takes the quiet line away once it was shown.
pub(super) fn forget_notice() -> HeaderValue {
    HeaderValue::from_static("telemaco_notice=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax")
}

/// The header that remembers a guest's language.
pub(crate) fn remember_language(lang: Lang) -> String {
    format!("{LANGUAGE}={lang}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
}

/// The language that a guest chose here.
pub(crate) fn chosen_language(headers: &HeaderMap) -> Option<Lang> {
    cookie(headers, LANGUAGE).and_then(Lang::parse)
}

/// A guest chose a language, or the browser proposes one.
pub(super) fn guest_language(headers: &HeaderMap) -> Lang {
    chosen_language(headers).unwrap_or_else(|| {
        headers.get(header::ACCEPT_LANGUAGE).and_then(|value| Lang::accepted(value.to_str().ok()?)).unwrap_or_default()
    })
}

/// The value of a cookie.
pub(crate) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))
}

fn is_within(path: &str, place: &str) -> bool {
    path == place || (place != "/" && path.strip_prefix(place).is_some_and(|rest| rest.starts_with('/')))
}
