//! The door of a mail's link: a debrief is written without signing in. What the activity is about, and what its mentee expected of it, do not
//! stand here; its kind and its day do.

use askama::Template;
use axum::extract::State as Has;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::actions;
use super::model::{Activity, Debrief, Reflection};
use super::pages::{Read, read};
use super::reminding::{PATH, activity_of};
use super::store;
use crate::app::App;
use crate::i18n::Message;
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

/// An activity, and who comes to write its debrief.
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

    /// Who reads what was expected before, and with it what is added: a link changes nothing of that.
    fn chosen(&self) -> Option<Visibility> {
        self.debrief.as_ref().map(|debrief| debrief.visibility)
    }

    fn shown(&self, app: &App, token: &str, (form, problems): (Form, Problems)) -> Answer {
        let s = coming::shell(app, &self.comer, PATH, token);
        if !self.is_owed() {
            let name = if self.of.debriefed_at.is_some() { "done" } else { "over" };
            let told = (s.t(&format!("activities-link-{name}")), s.t(&format!("activities-link-{name}-text")));
            return coming::nothing(s, told, &self.comer.href);
        }
        let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        let line = self.read.line(&self.of);
        let lead = format!("{} · {}", line.kind, line.when);
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
    if !coming.is_owed() {
        return Ok(again());
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
