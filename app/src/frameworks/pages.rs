//! Doors to frameworks: read by everybody of the organisation, written by coordinators, a page for each competency.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, Edit, Original};
use super::forms::{self, field, form_of_competency, form_of_heading};
use super::model::{Change, Choice, Competency, Framework, FrameworkId, FrameworkVersionId, LEVEL_FIELDS, Version};
use super::shipped::{EXECUTIVE, shipped};
use super::store;
use crate::app::App;
use crate::i18n::{Lang, Message, sort_key};
use crate::identity::{Act, Record, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let (reader, writer) = (Who::May(Act::ReadFrameworks), Who::May(Act::ManageFrameworks));
    vec![
        Door::get("/frameworks", reader, list),
        Door::get("/frameworks/executive", reader, ready_made),
        Door::post("/frameworks/copy", writer, copy),
        Door::get("/frameworks/{id}", reader, read),
        Door::get("/frameworks/{id}/versions", reader, versions),
        Door::get("/frameworks/{id}/versions/{number}", reader, read_version),
        Door::post("/frameworks/{id}/restore", writer, restore),
        Door::get("/frameworks/{id}/edit", writer, heading_form),
        Door::post("/frameworks/{id}/edit", writer, edit_heading),
        Door::post("/frameworks/{id}/delete", writer, delete),
        Door::get("/frameworks/{id}/competencies/new", writer, new_form),
        Door::post("/frameworks/{id}/competencies/new", writer, add),
        Door::get("/frameworks/{id}/competencies/{key}", writer, competency_form),
        Door::post("/frameworks/{id}/competencies/{key}", writer, edit_competency),
        Door::post("/frameworks/{id}/competencies/{key}/move", writer, move_competency),
        Door::post("/frameworks/{id}/competencies/{key}/remove", writer, remove),
    ]
}

const ON_A_PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "frameworks/list.html")]
struct ListPage {
    s: Shell,
    choices: Vec<Choice>,
    ready_made: &'static Framework,
    may_write: bool,
    problems: Problems,
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_list(&app, &viewer, Problems::default()).await?)
}

async fn the_list(app: &App, viewer: &Viewer, problems: Problems) -> Result<ListPage, Failed> {
    let mut choices = store::choices(&app.db, viewer.organisation).await?;
    choices.sort_by_cached_key(|choice| sort_key(choice.name.told(viewer.lang)));
    Ok(ListPage {
        s: Shell::of(app, viewer, "/frameworks"),
        choices,
        ready_made: shipped()?,
        may_write: viewer.may(Act::ManageFrameworks, &viewer.record()),
        problems,
    })
}

async fn copy(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let original = match form.text("of") {
        EXECUTIVE => Original::Shipped,
        id => Original::Version(FrameworkVersionId(id.parse::<Uuid>().map_err(|_| Refusal::NotFound)?)),
    };
    match actions::copy(&app, &viewer, original).await {
        Ok(id) => Ok(see_other_with(&format!("/frameworks/{id}/edit"), &Message::new("frameworks-copied"))),
        Err(Failure::Problems(problems)) => unprocessable(&the_list(&app, &viewer, problems).await?),
        Err(failure) => Err(failure.into()),
    }
}

fn unprocessable(again: &impl Template) -> Answer {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(again)?).into_response())
}

/// Where a framework that is read comes from.
enum Origin {
    ReadyMade,
    Newest(Version),
    Earlier { version: Version, newest: i64 },
}

#[derive(Template)]
#[template(path = "frameworks/read.html")]
struct ReadPage {
    s: Shell,
    origin: Origin,
    content: Framework,
    may_write: bool,
}

impl ReadPage {
    fn level(&self, index: usize) -> String {
        level_name(&self.content, index, self.s.lang)
    }

    fn lead(&self) -> String {
        self.s.tell(&Message::new("frameworks-lead").with("count", self.content.competencies.len()))
    }
}

fn level_name(content: &Framework, index: usize, lang: Lang) -> String {
    let name = content.levels.get(index).map_or("", |level| level.told(lang));
    format!("{} · {name}", index + 1)
}

async fn ready_made(State(app): State<App>, viewer: Viewer) -> Answer {
    let may_write = viewer.may(Act::ManageFrameworks, &viewer.record());
    let content = shipped()?.clone();
    page(&ReadPage { s: Shell::of(&app, &viewer, "/frameworks"), origin: Origin::ReadyMade, content, may_write })
}

async fn read(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>) -> Answer {
    let version = newest(&app, &viewer, id, Act::ReadFrameworks).await?;
    show(&app, &viewer, version.content.clone(), Origin::Newest(version))
}

async fn read_version(State(app): State<App>, viewer: Viewer, Path((id, number)): Path<(FrameworkId, i64)>) -> Answer {
    let newest = newest(&app, &viewer, id, Act::ReadFrameworks).await?;
    if newest.number == number {
        return show(&app, &viewer, newest.content.clone(), Origin::Newest(newest));
    }
    let version = store::numbered(&app.db, id, number).await?.ok_or(Refusal::NotFound)?;
    show(&app, &viewer, version.content.clone(), Origin::Earlier { version, newest: newest.number })
}

fn show(app: &App, viewer: &Viewer, content: Framework, origin: Origin) -> Answer {
    let may_write = viewer.may(Act::ManageFrameworks, &viewer.record());
    page(&ReadPage { s: Shell::of(app, viewer, "/frameworks"), origin, content, may_write })
}

/// The newest version of a framework with which the viewer may do this.
async fn newest(app: &App, viewer: &Viewer, id: FrameworkId, act: Act) -> Result<Version, Failed> {
    let version = store::newest(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if viewer.may(act, &Record::of_organisation(version.organisation)) {
        Ok(version)
    } else {
        Err(Refusal::NotFound.into())
    }
}

#[derive(Deserialize)]
struct Before {
    before: Option<i64>,
}

#[derive(Template)]
#[template(path = "frameworks/versions.html")]
struct VersionsPage {
    s: Shell,
    newest: Version,
    rows: Vec<store::Listed>,
    more: Option<i64>,
}

impl VersionsPage {
    fn change(&self, change: &Change) -> String {
        let lang = self.s.lang;
        let about = |key: &'static str, name: &super::model::Text| Message::new(key).with("name", name.told(lang));
        self.s.tell(&match change {
            Change::Begun => Message::new("frameworks-change-begun"),
            Change::Heading => Message::new("frameworks-change-heading"),
            Change::Added(name) => about("frameworks-change-added", name),
            Change::Edited(name) => about("frameworks-change-edited", name),
            Change::Removed(name) => about("frameworks-change-removed", name),
            Change::Moved(name) => about("frameworks-change-moved", name),
            Change::Written => Message::new("frameworks-change-written"),
            Change::Restored(number) => Message::new("frameworks-change-restored").with("number", *number),
        })
    }
}

async fn versions(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<FrameworkId>,
    Query(search): Query<Before>,
) -> Answer {
    let newest = newest(&app, &viewer, id, Act::ReadFrameworks).await?;
    let before = search.before.unwrap_or(i64::MAX);
    let mut rows = store::versions(&app.db, id, before, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > usize::try_from(ON_A_PAGE).unwrap_or(usize::MAX);
    if has_more {
        rows.pop();
    }
    let more = rows.last().filter(|_| has_more).map(|row| row.number);
    page(&VersionsPage { s: Shell::of(&app, &viewer, "/frameworks"), newest, rows, more })
}

async fn restore(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>, form: Form) -> Answer {
    let number = form.text("number").parse().map_err(|_| Refusal::NotFound)?;
    actions::edit(&app, &viewer, id, looked_at(&form), &Edit::Restore { number }).await?;
    Ok(see_other_with(&format!("/frameworks/{id}"), &Message::new("frameworks-saved")))
}

/// The number of the version that the form was made from.
fn looked_at(form: &Form) -> i64 {
    form.text("version").parse().unwrap_or(0)
}

#[derive(Template)]
#[template(path = "frameworks/edit.html")]
struct HeadingPage {
    s: Shell,
    newest: Version,
    form: Form,
    problems: Problems,
    stands: Option<Form>,
}

impl HeadingPage {
    fn base(&self) -> String {
        format!("/frameworks/{}", self.newest.framework)
    }

    fn differing(&self, stands: &Form) -> Vec<(String, String)> {
        differing(&self.s, &self.form, stands, &["name", "source"], &self.newest.content)
    }
}

/// Each field in which the framework now says something else than the form: its name, and what it says.
fn differing(s: &Shell, form: &Form, stands: &Form, texts: &[&str], content: &Framework) -> Vec<(String, String)> {
    let labels = texts.iter().map(|name| (*name, s.t(&format!("frameworks-field-{name}"))));
    let levels = LEVEL_FIELDS.into_iter().enumerate().map(|(index, name)| (name, level_name(content, index, s.lang)));
    let mut differing = Vec::new();
    for (name, label) in labels.chain(levels) {
        for lang in Lang::ALL {
            let (written, stands) = (form.text(&field(name, lang)), stands.text(&field(name, lang)));
            if !written.lines().eq(stands.lines()) {
                let stands = if stands.is_empty() { "—" } else { stands };
                differing.push((format!("{label} ({lang})"), stands.to_owned()));
            }
        }
    }
    differing
}

async fn heading_form(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>) -> Answer {
    let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
    let form = form_of_heading(&newest.content);
    let s = Shell::of(&app, &viewer, "/frameworks");
    page(&HeadingPage { s, newest, form, problems: Problems::default(), stands: None })
}

async fn edit_heading(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>, form: Form) -> Answer {
    let edit = Edit::Heading(forms::heading(&form));
    let failure = match actions::edit(&app, &viewer, id, looked_at(&form), &edit).await {
        Ok(()) => return Ok(saved(id, "")),
        Err(failure) => failure,
    };
    let s = Shell::of(&app, &viewer, "/frameworks");
    match failure {
        Failure::Problems(problems) => {
            let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
            unprocessable(&HeadingPage { s, newest, form, problems, stands: None })
        }
        Failure::Refusal(Refusal::Conflict) => {
            let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
            let stands = Some(form_of_heading(&newest.content));
            let problems = Problems::one("", Message::new("frameworks-edited-meanwhile"));
            Ok((StatusCode::CONFLICT, page(&HeadingPage { s, newest, form, problems, stands })?).into_response())
        }
        failure => Err(failure.into()),
    }
}

async fn delete(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>, form: Form) -> Answer {
    let (status, problems) = match actions::delete(&app, &viewer, id, looked_at(&form)).await {
        Ok(()) => return Ok(see_other_with("/frameworks", &Message::new("frameworks-deleted"))),
        Err(Failure::Problems(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Failure::Refusal(Refusal::Conflict)) => {
            (StatusCode::CONFLICT, Problems::one("", Message::new("frameworks-edited-meanwhile")))
        }
        Err(failure) => return Err(failure.into()),
    };
    let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
    let form = form_of_heading(&newest.content);
    let s = Shell::of(&app, &viewer, "/frameworks");
    Ok((status, page(&HeadingPage { s, newest, form, problems, stands: None })?).into_response())
}

fn saved(id: FrameworkId, key: &str) -> Response {
    let anchor = if key.is_empty() { String::new() } else { format!("#{key}") };
    see_other_with(&format!("/frameworks/{id}/edit{anchor}"), &Message::new("frameworks-saved"))
}

#[derive(Template)]
#[template(path = "frameworks/competency.html")]
struct CompetencyPage {
    s: Shell,
    newest: Version,
    /// `None` for one that is still to be added.
    competency: Option<Competency>,
    form: Form,
    problems: Problems,
    stands: Option<Form>,
}

impl CompetencyPage {
    fn level(&self, index: usize) -> String {
        level_name(&self.newest.content, index, self.s.lang)
    }

    fn title(&self) -> String {
        match &self.competency {
            Some(competency) => self.s.with("frameworks-edit-competency", "name", competency.name.told(self.s.lang)),
            None => self.s.t("frameworks-new-competency"),
        }
    }

    fn action(&self) -> String {
        let key = self.competency.as_ref().map_or("new", |competency| &competency.key);
        format!("/frameworks/{}/competencies/{key}", self.newest.framework)
    }

    fn differing(&self, stands: &Form) -> Vec<(String, String)> {
        differing(&self.s, &self.form, stands, &["name", "what"], &self.newest.content)
    }
}

async fn new_form(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>) -> Answer {
    let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
    let s = Shell::of(&app, &viewer, "/frameworks");
    let (form, problems) = (Form::default(), Problems::default());
    page(&CompetencyPage { s, newest, competency: None, form, problems, stands: None })
}

async fn competency_form(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, key)): Path<(FrameworkId, String)>,
) -> Answer {
    let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
    let competency = newest.content.competency(&key).cloned().ok_or(Refusal::NotFound)?;
    let form = form_of_competency(&competency);
    let s = Shell::of(&app, &viewer, "/frameworks");
    page(&CompetencyPage { s, newest, competency: Some(competency), form, problems: Problems::default(), stands: None })
}

async fn add(State(app): State<App>, viewer: Viewer, Path(id): Path<FrameworkId>, form: Form) -> Answer {
    let edit = Edit::Add(forms::draft(&form));
    match actions::edit(&app, &viewer, id, looked_at(&form), &edit).await {
        Ok(()) => Ok(saved(id, "")),
        Err(failure) => competency_again(&app, &viewer, id, "", form, failure).await,
    }
}

async fn edit_competency(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, key)): Path<(FrameworkId, String)>,
    form: Form,
) -> Answer {
    let edit = Edit::Write { key: key.clone(), draft: forms::draft(&form) };
    match actions::edit(&app, &viewer, id, looked_at(&form), &edit).await {
        Ok(()) => Ok(saved(id, &key)),
        Err(failure) => competency_again(&app, &viewer, id, &key, form, failure).await,
    }
}

/// The form again with everything that was typed, and why it was not saved.
async fn competency_again(
    app: &App,
    viewer: &Viewer,
    id: FrameworkId,
    key: &str,
    form: Form,
    failure: Failure,
) -> Answer {
    let s = Shell::of(app, viewer, "/frameworks");
    let (status, problems) = match failure {
        Failure::Problems(problems) => (StatusCode::UNPROCESSABLE_ENTITY, Some(problems)),
        Failure::Refusal(Refusal::Conflict) => (StatusCode::CONFLICT, None),
        failure => return Err(failure.into()),
    };
    let newest = newest(app, viewer, id, Act::ManageFrameworks).await?;
    let competency = newest.content.competency(key).cloned();
    let stands = competency.as_ref().filter(|_| problems.is_none()).map(form_of_competency);
    let problems = problems.unwrap_or_else(|| {
        let is_gone = competency.is_none() && !key.is_empty();
        Problems::one(
            "",
            Message::new(if is_gone { "frameworks-removed-meanwhile" } else { "frameworks-edited-meanwhile" }),
        )
    });
    Ok((status, page(&CompetencyPage { s, newest, competency, form, problems, stands })?).into_response())
}

async fn move_competency(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, key)): Path<(FrameworkId, String)>,
    form: Form,
) -> Answer {
    let edit = Edit::Move { key: key.clone(), up: form.text("to") == "up" };
    actions::edit(&app, &viewer, id, looked_at(&form), &edit).await?;
    Ok(saved(id, &key))
}

async fn remove(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, key)): Path<(FrameworkId, String)>,
    form: Form,
) -> Answer {
    match actions::edit(&app, &viewer, id, looked_at(&form), &Edit::Remove { key }).await {
        Ok(()) => Ok(see_other_with(&format!("/frameworks/{id}/edit"), &Message::new("frameworks-removed"))),
        Err(Failure::Problems(problems)) => {
            let newest = newest(&app, &viewer, id, Act::ManageFrameworks).await?;
            let form = form_of_heading(&newest.content);
            let s = Shell::of(&app, &viewer, "/frameworks");
            unprocessable(&HeadingPage { s, newest, form, problems, stands: None })
        }
        Err(failure) => Err(failure.into()),
    }
}
