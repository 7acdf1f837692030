//! The coordinator's doors to programmes and editions: the list, setting up, an edition's home and its settings.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions;
use super::assigning;
use super::enrolments::store as enrolments;
use super::forms;
use super::model::{Edition, EditionId, EnrolmentId, Phase, Programme, ProgrammeId, Standing, Track};
use super::onlookers;
use super::said::{mentored, said};
use super::store::{self, Line, ON_A_PAGE};
use super::tasks::{self, Figures, First, Leads, Next, Task};
use super::working_days::WEEKDAYS;
use crate::app::App;
use crate::audit;
use crate::db::After;
use crate::frameworks::{self, FrameworkVersionId};
use crate::i18n::Message;
use crate::identity::{Act, Record, Viewer};
use crate::people;
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![
        Door::get("/programmes", coordinator, list),
        Door::get("/programmes/new", coordinator, new_form),
        Door::post("/programmes/new", coordinator, set_up),
        Door::get("/programmes/{id}", coordinator, programme),
        Door::post("/programmes/{id}", coordinator, rename),
        Door::post("/programmes/{id}/editions", coordinator, follow),
        Door::get("/editions/{id}", coordinator, edition_home),
        Door::post("/editions/{id}/open", coordinator, open),
        Door::post("/editions/{id}/close", coordinator, close),
        Door::get("/editions/{id}/settings", coordinator, settings_form),
        Door::post("/editions/{id}/settings", coordinator, save_settings),
    ]
}

#[derive(Template)]
#[template(path = "programmes/list.html")]
struct ListPage {
    s: Shell,
    lines: Vec<Line>,
    more: Option<String>,
    is_first: bool,
}

impl ListPage {
    fn dates(&self, line: &Line) -> String {
        let dates = |starts_on, ends_on| format!("{} – {}", self.s.lang.date(starts_on), self.s.lang.date(ends_on));
        line.edition.as_ref().map_or_else(String::new, |(_, _, starts_on, ends_on, _)| dates(*starts_on, *ends_on))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Paged {
    #[serde(default)]
    after: String,
}

async fn list(State(app): State<App>, viewer: Viewer, Query(paged): Query<Paged>) -> Answer {
    let after = paged.after.split_once('.').and_then(|(id, date)| Some((date.to_owned(), id.parse().ok()?)));
    let is_first = after.is_none();
    let mut lines = store::lines(&app.db, viewer.organisation, after, ON_A_PAGE + 1).await?;
    let has_more = lines.len() > ON_A_PAGE;
    lines.truncate(ON_A_PAGE);
    let more = lines.last().filter(|_| has_more).map(|line| format!("{}.{}", line.place.1, line.place.0));
    page(&ListPage { s: Shell::of(&app, &viewer, "/programmes"), lines, more, is_first })
}

#[derive(Clone, Debug, Default, Deserialize)]
struct Chosen {
    #[serde(default)]
    track: String,
}

#[derive(Template)]
#[template(path = "programmes/new.html")]
struct NewPage {
    s: Shell,
    track: Track,
    form: Form,
    problems: Problems,
}

async fn new_form(State(app): State<App>, viewer: Viewer, Query(chosen): Query<Chosen>) -> Answer {
    let track = Track::parse(&chosen.track).unwrap_or(Track::Promotion);
    let today = actions::today(&app, viewer.organisation).await?;
    let form = forms::of_new_programme(track, today, viewer.lang);
    let s = Shell::of(&app, &viewer, "/programmes");
    page(&NewPage { s, track, form, problems: Problems::default() })
}

async fn set_up(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::set_up(&app, &viewer, &form).await {
        Ok(id) => Ok(see_other_with(&format!("/editions/{id}"), &Message::new("programmes-added"))),
        Err(Failure::Problems(problems)) => {
            let track = Track::parse(form.text("track")).unwrap_or(Track::Promotion);
            let s = Shell::of(&app, &viewer, "/programmes");
            again(StatusCode::UNPROCESSABLE_ENTITY, &NewPage { s, track, form, problems })
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/programme.html")]
struct ProgrammePage {
    s: Shell,
    programme: Programme,
    editions: Vec<Edition>,
    form: Form,
    /// The name as it was typed.
    named: Form,
    problems: Problems,
}

async fn programme(State(app): State<App>, viewer: Viewer, Path(id): Path<ProgrammeId>) -> Answer {
    page(&the_programme(&app, &viewer, id, None, Problems::default()).await?)
}

async fn the_programme(
    app: &App,
    viewer: &Viewer,
    id: ProgrammeId,
    form: Option<Form>,
    problems: Problems,
) -> Result<ProgrammePage, Failed> {
    let programme = store::programme(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    actions::may(viewer, &Record::of_organisation(programme.organisation))?;
    let editions = store::editions_of(&app.db, id, ON_A_PAGE).await?;
    let today = actions::today(app, programme.organisation).await?;
    let form = form.unwrap_or_else(|| forms::of_new_edition(programme.track, editions.first(), today, viewer.lang));
    let named = Form::new(vec![("programme".to_owned(), programme.name.clone())]);
    Ok(ProgrammePage { s: Shell::of(app, viewer, "/programmes"), programme, editions, form, named, problems })
}

async fn rename(State(app): State<App>, viewer: Viewer, Path(id): Path<ProgrammeId>, form: Form) -> Answer {
    let refused = match actions::rename(&app, &viewer, id, version(&form), &form).await {
        Ok(_) => return Ok(see_other_with(&format!("/programmes/{id}"), &Message::new("programmes-renamed"))),
        Err(Failure::Problems(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Failure::Refusal(Refusal::Conflict)) => {
            (StatusCode::CONFLICT, Problems::one("", Message::new("programmes-saved-meanwhile")))
        }
        Err(failure) => return Err(failure.into()),
    };
    let (status, problems) = refused;
    let shown = the_programme(&app, &viewer, id, None, problems).await?;
    again(status, &ProgrammePage { named: form, ..shown })
}

async fn follow(State(app): State<App>, viewer: Viewer, Path(id): Path<ProgrammeId>, form: Form) -> Answer {
    match actions::follow(&app, &viewer, id, &form).await {
        Ok(id) => Ok(see_other_with(&format!("/editions/{id}"), &Message::new("programmes-edition-added"))),
        Err(Failure::Problems(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_programme(&app, &viewer, id, Some(form), problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/edition.html")]
struct EditionPage {
    s: Shell,
    edition: Edition,
    title: Message,
    next: Next,
    tasks: Vec<Task>,
    figures: Figures,
    problems: Problems,
}

async fn edition_home(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    page(&the_edition(&app, &viewer, id, Problems::default()).await?)
}

async fn the_edition(app: &App, viewer: &Viewer, id: EditionId, problems: Problems) -> Result<EditionPage, Failed> {
    let edition = actions::managed(&app.db, viewer, id).await?;
    let figures = figures(app, &edition).await?;
    let said = said(app, viewer, &edition).await?;
    Ok(EditionPage {
        s: Shell::of(app, viewer, "/programmes"),
        title: tasks::headline(&edition, &figures),
        next: tasks::next(&edition, &figures, &said.tasks),
        tasks: tasks::tasks(&edition, &figures, said.tasks, viewer.lang),
        edition,
        figures,
        problems,
    })
}

/// The one next step of an edition, as a link that a page of another feature can show.
#[derive(Clone, Debug)]
pub struct NextStep {
    pub title: Message,
    pub text: Message,
    pub button: Message,
    pub href: String,
}

/// What whoever coordinates this edition does next; the caller asks who may.
pub async fn next_step(app: &App, viewer: &Viewer, edition: &Edition) -> Result<NextStep, Failed> {
    let figures = figures(app, edition).await?;
    let next = tasks::next(edition, &figures, &said(app, viewer, edition).await?.tasks);
    let href = match next.leads {
        Leads::To(href) => href,
        // What is sent from the edition's own page is sent from there.
        Leads::Open | Leads::TakeIn | Leads::Admit(_) => format!("/editions/{}#next", edition.id),
    };
    Ok(NextStep { title: next.title, text: next.text, button: next.button, href })
}

/// How an edition stands, with a fixed number of statements.
pub(super) async fn figures(app: &App, edition: &Edition) -> Result<Figures, Failed> {
    let Numbers { counts, seats, on_record, unassigned } = &*numbers(app, edition).await?;
    let enrolled = Side::BOTH.map(|side| counts.enrolled(side));
    let places_left = edition.settings.places.map(|places| (i64::from(places) - enrolled[0]).max(0));
    let first = enrolments::first_waiting(&app.db, edition.id).await?;
    let first = first.filter(|_| places_left != Some(0)).map(|first| First {
        id: first.enrolment.id,
        version: first.enrolment.version,
        name: first.name,
    });
    Ok(Figures {
        enrolled,
        seats: *seats,
        asked: counts.standing(Standing::Asked),
        applied: counts.standing(Standing::Applied),
        waiting: counts.standing(Standing::Waiting),
        places_left,
        without_fallback: count_without_anybody(app, edition).await?,
        first,
        on_record: *on_record,
        unassigned: *unassigned,
        is_empty: counts.is_empty(),
        has_framework: edition.framework.is_some(),
        onlookers: onlookers::store::count(&app.db, edition.id).await?,
    })
}

/// How many students have nobody: neither a mentor nor a named member of the faculty.
async fn count_without_anybody(app: &App, edition: &Edition) -> Result<i64, Failed> {
    if edition.track != Track::Degree {
        return Ok(0);
    }
    Ok(i64::try_from(all_without_anybody(app, edition).await?.len()).unwrap_or(i64::MAX))
}

async fn all_without_anybody(app: &App, edition: &Edition) -> Result<Vec<EnrolmentId>, Failed> {
    let mentored = mentored(app, edition.id).await?;
    let unbacked = enrolments::unbacked(&app.db, edition.id).await?;
    Ok(unbacked.into_iter().filter(|(_, person)| !mentored.contains(person)).map(|(id, _)| id).collect())
}

/// A page of those students, how many there are in all, and where the next page begins.
pub(super) struct Without {
    pub count: i64,
    pub students: Vec<enrolments::Listed>,
    pub more: Option<String>,
}

pub(super) async fn without_anybody(app: &App, edition: &Edition, after: &str) -> Result<Without, Failed> {
    let all = all_without_anybody(app, edition).await?;
    let count = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let mut students = enrolments::these(&app.db, all.into_iter(), &After::parse(after), ON_A_PAGE + 1).await?;
    let has_more = students.len() > ON_A_PAGE;
    students.truncate(ON_A_PAGE);
    let last = students.last().filter(|_| has_more);
    let more = last.map(|last| After::of(last.enrolment.person.0, &last.sort));
    Ok(Without { count, students, more })
}

/// What is counted of an edition.
pub(super) struct Numbers {
    pub counts: enrolments::Counts,
    /// How many mentees the enrolled mentors take together: what the enrolment says, else the profile, else one each.
    pub seats: i64,
    /// The mentees and mentors of the organisation.
    pub on_record: [i64; 2],
    /// The mentees who should have been assigned a mentor before today, and never were.
    pub unassigned: i64,
}

/// Of ten thousand it is counted once: this server remembers it until something is done.
pub(super) async fn numbers(app: &App, edition: &Edition) -> Result<Arc<Numbers>, Failure> {
    let count = async {
        let counts = enrolments::counts(&app.db, edition.id).await?;
        let people = people::counts(&app.db, edition.organisation).await?;
        let (seats, others) = enrolments::seats(&app.db, edition.id).await?;
        let seats = seats + people::seats(&app.db, &others).await?;
        let unassigned = assigning::late(app, edition).await?;
        Ok::<_, Failure>(Numbers { counts, seats, on_record: [people.mentees, people.mentors], unassigned })
    };
    audit::remembered(app, (edition.organisation.0, edition.id.0), count).await
}

/// How many are enrolled on a side.
pub async fn count_enrolled(app: &App, edition: &Edition, side: Side) -> Result<i64, Failure> {
    Ok(numbers(app, edition).await?.counts.enrolled(side))
}

fn version(form: &Form) -> i64 {
    form.text("version").parse().unwrap_or(0)
}

async fn open(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    actions::open_edition(&app, &viewer, id, version(&form)).await?;
    Ok(see_other_with(&format!("/editions/{id}"), &Message::new("programmes-opened")))
}

async fn close(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    match actions::close_edition(&app, &viewer, id, version(&form)).await {
        Ok(()) => Ok(see_other_with(&format!("/editions/{id}"), &Message::new("programmes-edition-closed"))),
        Err(Failure::Problems(problems)) => {
            let again = the_edition(&app, &viewer, id, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/settings.html")]
struct SettingsPage {
    s: Shell,
    edition: Edition,
    version: i64,
    form: Form,
    problems: Problems,
    frameworks: Vec<(FrameworkVersionId, String)>,
    /// Set when somebody else saved meanwhile: how the settings stand now.
    stands: Option<Form>,
}

impl SettingsPage {
    fn has(&self, field: &str, value: &str) -> bool {
        self.form.all(field).any(|chosen| chosen == value)
    }

    /// Once an edition is open it keeps its framework.
    fn keeps_framework(&self) -> bool {
        self.edition.opened_at.is_some() && self.edition.framework.is_some()
    }

    fn is_offered(&self, framework: &FrameworkVersionId) -> bool {
        !self.keeps_framework() || self.edition.framework == Some(*framework)
    }

    /// Each field in which the settings now say something else than the form: its name, and what they say.
    fn differing(&self, stands: &Form) -> Vec<(String, String)> {
        let lines = |form: &Form, field: &str| {
            form.all(field).flat_map(str::lines).map(str::trim).map(str::to_owned).collect::<Vec<_>>()
        };
        forms::FIELDS
            .iter()
            .filter(|(field, _)| lines(stands, field) != lines(&self.form, field))
            .map(|(field, key)| {
                let said: Vec<String> =
                    lines(stands, field).into_iter().map(|value| self.in_words(field, value)).collect();
                let said = said.join(", ");
                (self.s.t(key), if said.is_empty() { "—".to_owned() } else { said })
            })
            .collect()
    }

    fn in_words(&self, field: &str, value: String) -> String {
        match field {
            "weekdays" | "applications" | "reads-first" | "mentors-see" => self.s.t(&format!("programmes-{value}")),
            "credit" => self.s.t(&format!("programmes-credit-{value}")),
            "counted" => self.s.t(&format!("programmes-counted-{value}")),
            "external" => self.s.t(&format!("programmes-external-{value}")),
            "framework" => {
                self.frameworks.iter().find(|(id, _)| id.to_string() == value).map_or(value, |(_, name)| name.clone())
            }
            _ => value,
        }
    }
}

async fn settings_form(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = actions::managed(&app.db, &viewer, id).await?;
    let form = forms::of_edition(&edition, viewer.lang);
    page(&the_settings(&app, &viewer, edition, form, Problems::default()).await?)
}

async fn the_settings(
    app: &App,
    viewer: &Viewer,
    edition: Edition,
    form: Form,
    problems: Problems,
) -> Result<SettingsPage, Failed> {
    let choices = frameworks::choices(&app.db, edition.organisation).await?;
    let named = |name: &str, number: i64| {
        viewer.lang.tell(&Message::new("programmes-framework-version").with("name", name).with("number", number))
    };
    let mut frameworks: Vec<(FrameworkVersionId, String)> = choices
        .into_iter()
        .map(|choice| (choice.version, named(choice.name.told(viewer.lang), choice.number)))
        .collect();
    let kept = store::framework_of(&app.db, &edition).await?;
    // The edition's own version may have been followed by newer ones.
    if let Some(kept) = kept.filter(|kept| frameworks.iter().all(|(id, _)| *id != kept.id)) {
        frameworks.push((kept.id, named(kept.content.name.told(viewer.lang), kept.number)));
    }
    Ok(SettingsPage {
        s: Shell::of(app, viewer, "/programmes"),
        version: edition.version,
        edition,
        form,
        problems,
        frameworks,
        stands: None,
    })
}

async fn save_settings(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let version = version(&form);
    match actions::save_settings(&app, &viewer, id, version, &form).await {
        Ok(()) => Ok(see_other_with(&format!("/editions/{id}"), &Message::new("programmes-saved"))),
        Err(Failure::Problems(problems)) => {
            let edition = actions::managed(&app.db, &viewer, id).await?;
            let mut again_page = the_settings(&app, &viewer, edition, form, problems).await?;
            again_page.version = version;
            again(StatusCode::UNPROCESSABLE_ENTITY, &again_page)
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let edition = actions::managed(&app.db, &viewer, id).await?;
            let stands = forms::of_edition(&edition, viewer.lang);
            let problems = Problems::one("", Message::new("programmes-saved-meanwhile"));
            let mut again_page = the_settings(&app, &viewer, edition, form, problems).await?;
            again_page.stands = Some(stands);
            again(StatusCode::CONFLICT, &again_page)
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The same page again, with what is wrong.
pub(super) fn again(status: StatusCode, template: &impl Template) -> Answer {
    Ok((status, page(template)?).into_response())
}
