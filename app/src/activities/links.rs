//! The door of a mail's link: either of the two says whether an activity took place whose day has gone, and its mentee writes its debrief,
//! without signing in. What the activity is about, and what its mentee expected of it, do not stand here; its kind and its day do.

use askama::Template;
use axum::extract::State as Has;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

use super::actions;
use super::model::{Activity, Debrief, Done, Reflection, State};
use super::pages::{Read, read};
use super::reminding::{PATH, activity_of};
use super::store;
use crate::app::App;
use crate::i18n::{Message, read_date};
use crate::mentorships::visibility::Visibility;
use crate::notices::coming::{self, Comer};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{Closed, Words};
use crate::web::{Answer, Door, Failed, Form, Guest, Path, Shell, Who, page, see_other};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/d/{token}", Who::Anyone, open), Door::post("/d/{token}", Who::Anyone, act)]
}

#[derive(Template)]
#[template(path = "activities/link.html")]
struct LinkPage {
    s: Shell,
    lead: String,
    /// Who reads it, where that was chosen already.
    visibility: Option<Visibility>,
    form: Form,
    problems: Problems,
}

impl LinkPage {
    fn chosen(&self) -> Visibility {
        Visibility::parse(self.form.text("visibility")).unwrap_or_default()
    }
}

/// Asks whether it took place.
#[derive(Template)]
#[template(path = "activities/took_place.html")]
struct TookPlacePage {
    s: Shell,
    lead: String,
    /// The day that was planned, if there was one.
    planned: String,
    form: Form,
    problems: Problems,
}

impl TookPlacePage {
    fn day(&self) -> &str {
        if self.form.has("day") { self.form.text("day") } else { &self.planned }
    }
}

/// An activity, and who comes to say what became of it.
struct Coming {
    comer: Comer,
    read: Read,
    of: Activity,
    /// What was written of it before.
    debrief: Option<Debrief>,
}

async fn coming(app: &App, headers: &HeaderMap, token: &str) -> Result<Option<Coming>, Failed> {
    let Some(comer) = coming::comer(app, headers, PATH, token).await? else { return Ok(None) };
    let Some((pair, activity)) = activity_of(&comer.href) else { return Ok(None) };
    let read = match read(app, &comer.viewer, pair).await {
        Ok(read) => read,
        Err(Failed(Failure::Refusal(Refusal::NotFound))) => return Ok(None),
        Err(failed) => return Err(failed),
    };
    let Some(of) = read.activity(activity).ok().cloned() else { return Ok(None) };
    let debrief = store::debrief(&app.db, activity).await?;
    Ok(Some(Coming { comer, read, of, debrief }))
}

impl Coming {
    /// Whether the debrief is owed, and by whom this link was written to.
    fn is_owed(&self) -> bool {
        let is_running = self.read.of.is_mentee() && !self.read.of.has_ended();
        is_running && self.of.debrief_due().is_some()
    }

    /// Whether its day is here or gone and nobody has said what became of it.
    fn waits(&self) -> bool {
        !self.read.of.has_ended() && self.of.is_to_be_done() && self.of.when.last() <= self.read.of.today()
    }

    /// Why there is nothing to do.
    fn nothing(&self) -> &'static str {
        match self.of.state {
            State::Done if self.of.debriefed_at.is_some() && self.read.of.is_mentee() => "done",
            State::Done if !self.read.of.is_mentee() => "took-place",
            State::LetGo => "gone",
            _ => "over",
        }
    }

    /// Says what is pressed: that it took place on a day, or why it did not.
    async fn settle(&self, app: &App, form: &Form) -> Result<(), Failure> {
        let path = (self.read.of.pair.id, self.of.id);
        if form.text("do") == "let-go" {
            return actions::let_go(app, &self.comer.viewer, path, form.text("reason")).await;
        }
        let day =
            read_date(form.text("day")).ok_or_else(|| Problems::one("day", Message::new("activities-date-missing")))?;
        let done = Done { ended_at: self.ended(day), minutes: None };
        actions::finish(app, &self.comer.viewer, path, done).await
    }

    /// With its day; of today it is now. Of a day to come it is an instant to come.
    fn ended(&self, day: Date) -> Timestamp {
        let (zone, now) = (&self.read.of.zone, self.read.of.now);
        let at = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap_or(now);
        let begins = at(day);
        if begins > now { begins } else { at(day.saturating_add(1.day())).min(now) }
    }

    /// Who reads what was expected before, and with it what is added: a link changes nothing of that.
    fn chosen(&self) -> Option<Visibility> {
        self.debrief.as_ref().map(|debrief| debrief.visibility)
    }

    fn shown(&self, app: &App, token: &str, (form, problems): (Form, Problems)) -> Answer {
        let s = coming::shell(app, &self.comer, PATH, token);
        let line = self.read.line(&self.of);
        let lead = format!("{} · {}", line.kind, line.when);
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        if self.waits() {
            let planned = if self.of.when.is_month { String::new() } else { self.of.when.on.to_string() };
            return Ok((status, page(&TookPlacePage { s, lead, planned, form, problems })?).into_response());
        }
        if !self.is_owed() {
            let name = self.nothing();
            let told = (s.t(&format!("activities-link-{name}")), s.t(&format!("activities-link-{name}-text")));
            return coming::nothing(s, told, &self.comer.href);
        }
        Ok((status, page(&LinkPage { s, lead, visibility: self.chosen(), form, problems })?).into_response())
    }

    /// What is typed here, with what was expected before as it stands.
    fn reflection(&self, form: &Form) -> Result<Reflection, Closed> {
        let before = self
            .debrief
            .as_ref()
            .and_then(|debrief| {
                actions::reflection_of(&self.read.of.keys, &self.comer.viewer, &self.read.of.pair, debrief)
            })
            .transpose()?
            .unwrap_or_default();
        let typed = || Visibility::parse(form.text("visibility")).unwrap_or_default();
        let visibility = self.chosen().unwrap_or_else(typed);
        let words = |name: &str| Words::typed(form.text(name));
        Ok(Reflection { visibility, seen: words("seen"), practise: words("practise"), ..before })
    }
}

async fn open(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    match coming(&app, &headers, &token).await? {
        Some(coming) => coming.shown(&app, &token, (Form::default(), Problems::default())),
        None => coming::gone(&app, &guest, &headers),
    }
}

async fn act(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>, form: Form) -> Answer {
    let Some(coming) = coming(&app, &headers, &token).await? else {
        return coming::gone(&app, &guest, &headers);
    };
    let again = || see_other(&format!("{PATH}/{token}"));
    // Pressed twice: how it is now.
    if !coming.waits() && !coming.is_owed() {
        return Ok(again());
    }
    if coming.waits() {
        return match coming.settle(&app, &form).await {
            Ok(()) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(again()),
            Err(Failure::Problems(problems)) => coming.shown(&app, &token, (form, problems)),
            Err(failure) => Err(failure.into()),
        };
    }
    let written = match coming.reflection(&form) {
        Ok(reflection) => {
            let version = coming.debrief.as_ref().map_or(0, |debrief| debrief.version);
            let of = (coming.read.of.pair.id, coming.of.id, version);
            actions::write_debrief(&app, &coming.comer.viewer, of, &reflection).await
        }
        Err(closed) => Err(Problems::one("", Message::new(closed.key())).into()),
    };
    match written {
        Ok(()) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(again()),
        Err(Failure::Problems(problems)) => coming.shown(&app, &token, (form, problems)),
        Err(failure) => Err(failure.into()),
    }
}
