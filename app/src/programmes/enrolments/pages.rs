//! The coordinator's doors to who takes part in an edition.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::actions::{self, Group, Students};
use super::store::{self, After, Filter, Listed};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, PersonId, Sought, Viewer};
use crate::people::model::Side;
use crate::people::{self, Someone};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions::managed;
use crate::programmes::model::{Edition, EditionId, EnrolmentId, Phase, Standing, Step, Track, Way};
use crate::programmes::pages::{Without, again, figures, without_anybody};
use crate::programmes::said::said;
use crate::programmes::store as editions;
use crate::programmes::store::ON_A_PAGE;
use crate::programmes::tasks::{self, Leads, Next};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other_with};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![
        Door::get("/editions/{id}/enrolments", coordinator, list),
        Door::get("/editions/{id}/enrolments/export", coordinator, export),
        Door::get("/editions/{id}/enrolments/new", coordinator, ask_form),
        Door::post("/editions/{id}/enrolments/new", coordinator, ask),
        Door::get("/editions/{id}/enrolments/group", coordinator, group),
        Door::post("/editions/{id}/enrolments/group", coordinator, take_in),
        Door::get("/editions/{id}/enrolments/{enrolment}", coordinator, enrolment),
        Door::post("/editions/{id}/enrolments/{enrolment}", coordinator, set_details),
        Door::post("/editions/{id}/enrolments/{enrolment}/step", coordinator, step),
        Door::get("/editions/{id}/fallback", coordinator, fallback),
        Door::post("/editions/{id}/fallback", coordinator, set_fallbacks),
    ]
}

const MOST_EXPORTED: usize = 100_000;

#[derive(Clone, Debug, Default, Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    side: String,
    #[serde(default)]
    standing: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    form: String,
}

impl Search {
    fn filter<'a>(&'a self, sought: &'a Sought) -> Filter<'a> {
        Filter { sought, side: &self.side, standing: &self.standing }
    }

    fn is_empty(&self) -> bool {
        self.q.is_empty() && self.side.is_empty() && self.standing.is_empty() && self.after.is_empty()
    }
}

#[derive(Template)]
#[template(path = "programmes/enrolments/list.html")]
struct ListPage {
    s: Shell,
    edition: Edition,
    next: Next,
    search: Search,
    rows: Vec<Listed>,
    more: Option<String>,
    problems: Problems,
}

impl ListPage {
    /// The day since which they stand so, in the edition's calendar.
    fn since(&self, row: &Listed) -> String {
        let zone = self.edition.settings.calendar.time_zone();
        self.s.lang.date(row.enrolment.changed_at.to_zoned_datetime(zone).date())
    }
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    page(&the_list(&app, &viewer, id, search, Problems::default()).await?)
}

async fn the_list(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    search: Search,
    problems: Problems,
) -> Result<ListPage, Failed> {
    let edition = managed(&app.db, viewer, id).await?;
    let after = After::parse(&search.after);
    let sought = identity::sought(app, edition.organisation, &search.q).await?;
    let mut rows = store::list(&app.db, &edition, &search.filter(&sought), &after, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let more = rows.last().filter(|_| has_more).map(After::of);
    let next = tasks::next(&edition, &figures(app, &edition).await?, &said(app, viewer, &edition).await?.tasks);
    Ok(ListPage { s: Shell::of(app, viewer, "/programmes"), edition, next, search, rows, more, problems })
}

async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = managed(&app.db, &viewer, id).await?;
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let rows = store::list(&app.db, &edition, &search.filter(&sought), &After::parse(""), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let headings = [
        "people-column-name",
        "people-column-address",
        "programmes-column-side",
        "programmes-column-standing",
        "programmes-column-way",
        "programmes-field-post",
        "programmes-column-nominated-by",
        "programmes-field-capacity",
        "programmes-field-fallback",
        "programmes-field-reason",
        "programmes-column-since",
    ];
    let zone = edition.settings.calendar.time_zone();
    let table = Table {
        title: lang.tell(&Message::new("programmes-enrolments-title").with("edition", edition.name.as_str())),
        headings: headings.map(|key| lang.say(key)).to_vec(),
        rows: rows
            .into_iter()
            .map(|row| {
                let enrolment = row.enrolment;
                let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
                vec![
                    Cell::Text(row.name),
                    Cell::Text(row.address),
                    Cell::Text(lang.say(&format!("programmes-side-{}", enrolment.side.code()))),
                    Cell::Text(lang.say(&format!("programmes-standing-{}", enrolment.standing.code()))),
                    Cell::Text(lang.say(&format!("programmes-way-{}", enrolment.way.code()))),
                    text(enrolment.post),
                    text(row.nominator),
                    enrolment.capacity.map_or(Cell::Empty, |seats| Cell::Number(seats.into())),
                    text(row.fallback),
                    text(enrolment.reason),
                    Cell::Text(enrolment.changed_at.to_zoned_datetime(zone.clone()).date().to_string()),
                ]
            })
            .collect(),
    };
    download(&table, "enrolments", &search.form)
}

#[derive(Template)]
#[template(path = "programmes/enrolments/ask.html")]
struct AskPage {
    s: Shell,
    edition: Edition,
    form: Form,
    problems: Problems,
}

async fn ask_form(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = managed(&app.db, &viewer, id).await?;
    let side = Side::parse(&search.side).unwrap_or(Side::Mentee);
    let form = Form::new(vec![("side".to_owned(), side.code().to_owned())]);
    page(&AskPage { s: Shell::of(&app, &viewer, "/programmes"), edition, form, problems: Problems::default() })
}

async fn ask(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    match actions::ask(&app, &viewer, id, &form).await {
        Ok(asked) => {
            let notice = Message::new("programmes-asked").with("asked", asked.asked).with("known", asked.known);
            Ok(see_other_with(&format!("/editions/{id}/enrolments"), &notice))
        }
        Err(Failure::Problems(problems)) => {
            let edition = managed(&app.db, &viewer, id).await?;
            let s = Shell::of(&app, &viewer, "/programmes");
            again(StatusCode::UNPROCESSABLE_ENTITY, &AskPage { s, edition, form, problems })
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/enrolments/group.html")]
struct GroupPage {
    s: Shell,
    edition: Edition,
    side: Side,
    search: Search,
    /// How many of the records the search finds who are not in the list yet.
    found: usize,
    rows: Vec<Someone>,
    more: Option<PersonId>,
    form: Form,
    problems: Problems,
}

impl GroupPage {
    fn title(&self) -> &'static str {
        match self.side {
            Side::Mentee => "programmes-group-mentees-title",
            Side::Mentor => "programmes-group-mentors-title",
        }
    }

    fn is_ticked(&self, person: PersonId) -> bool {
        self.form.all("people").any(|ticked| ticked == person.to_string())
    }
}

async fn group(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    page(&the_group(&app, &viewer, id, search, Form::default(), Problems::default()).await?)
}

/// Those of the records who are not in the list yet. Profiles are the people's and enrolments are ours, so the one is taken
/// from the other here; the order is that of the names, and a page begins after a person.
async fn the_group(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    search: Search,
    form: Form,
    problems: Problems,
) -> Result<GroupPage, Failed> {
    let edition = managed(&app.db, viewer, id).await?;
    let side = Side::parse(&search.side).unwrap_or(Side::Mentee);
    let known = store::known(&app.db, id, side).await?;
    let sought = identity::sought(app, edition.organisation, &search.q).await?;
    let mut found = people::of_side(&app.db, edition.organisation, side, &sought).await?;
    found.retain(|person| !known.contains(person));
    let after = found.iter().position(|person| person.to_string() == search.after).map_or(0, |place| place + 1);
    let shown: Vec<PersonId> = found.iter().copied().skip(after).take(ON_A_PAGE).collect();
    let more = shown.last().copied().filter(|_| after + ON_A_PAGE < found.len());
    let rows = people::these(&app.db, &shown).await?;
    let count = found.len();
    let s = Shell::of(app, viewer, "/programmes");
    Ok(GroupPage { s, edition, side, search, found: count, rows, more, form, problems })
}

async fn take_in(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let side = Side::parse(form.text("side")).unwrap_or(Side::Mentee);
    let group = match form.text("which") {
        "both" => Group::All { sides: Side::BOTH.to_vec(), search: String::new() },
        "all" => Group::All { sides: vec![side], search: form.text("q").to_owned() },
        _ => {
            let people = form.all("people").take(ON_A_PAGE).filter_map(|id| id.parse().ok()).map(PersonId).collect();
            Group::These { sides: vec![side], people }
        }
    };
    match actions::take_in(&app, &viewer, id, &group, form.has("tells")).await {
        Ok(added) => {
            let notice = Message::new("programmes-taken-in").with("added", i64::try_from(added).unwrap_or(i64::MAX));
            Ok(see_other_with(&format!("/editions/{id}"), &notice))
        }
        Err(Failure::Problems(problems)) => {
            let search = Search { q: form.text("q").to_owned(), side: side.code().to_owned(), ..Search::default() };
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_group(&app, &viewer, id, search, form, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "programmes/enrolments/enrolment.html")]
struct EnrolmentPage {
    s: Shell,
    edition: Edition,
    listed: Listed,
    form: Form,
    faculty: Vec<(PersonId, String)>,
    problems: Problems,
}

impl EnrolmentPage {
    fn title(&self) -> Message {
        let standing = self.listed.enrolment.standing.code();
        Message::new(format!("programmes-enrolment-{standing}")).with("name", self.listed.name.as_str())
    }

    /// What may be done from here, in the order in which it is offered.
    fn steps(&self) -> Vec<Step> {
        if self.edition.phase() == Phase::Closed {
            return Vec::new();
        }
        let standing = self.listed.enrolment.standing;
        Step::OF_COORDINATOR.into_iter().filter(|step| standing.after(*step, true).is_some()).collect()
    }

    fn has_details(&self) -> bool {
        self.listed.enrolment.side == Side::Mentor
            || self.edition.track == Track::Degree
            || self.listed.enrolment.way == Way::Nomination
    }
}

async fn enrolment(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, enrolment)): Path<(EditionId, EnrolmentId)>,
) -> Answer {
    page(&the_enrolment(&app, &viewer, id, enrolment, None, Problems::default()).await?)
}

async fn the_enrolment(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    enrolment: EnrolmentId,
    form: Option<Form>,
    problems: Problems,
) -> Result<EnrolmentPage, Failed> {
    let edition = managed(&app.db, viewer, id).await?;
    let listed = store::listed(&app.db, enrolment).await?.ok_or(Refusal::NotFound)?;
    if listed.enrolment.edition != id {
        return Err(Refusal::NotFound.into());
    }
    let faculty = editions::faculty(&app.db, edition.organisation, id).await?;
    let form = form.unwrap_or_else(|| details(&listed));
    Ok(EnrolmentPage { s: Shell::of(app, viewer, "/programmes"), edition, listed, form, faculty, problems })
}

fn details(listed: &Listed) -> Form {
    let enrolment = &listed.enrolment;
    let fields = [
        ("capacity", enrolment.capacity.map(|seats| seats.to_string())),
        ("post", enrolment.post.clone()),
        ("fallback", enrolment.fallback.map(|person| person.to_string())),
    ];
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value.unwrap_or_default()));
    Form::new(fields.collect())
}

async fn set_details(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, enrolment)): Path<(EditionId, EnrolmentId)>,
    form: Form,
) -> Answer {
    the_enrolment(&app, &viewer, id, enrolment, None, Problems::default()).await?;
    let version = form.text("version").parse().unwrap_or(0);
    match actions::set_details(&app, &viewer, enrolment, version, &form).await {
        Ok(()) => Ok(see_other_with(
            &format!("/editions/{id}/enrolments/{enrolment}"),
            &Message::new("programmes-details-saved"),
        )),
        Err(failure) => refused(&app, &viewer, (id, enrolment), form, failure).await,
    }
}

async fn step(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, enrolment)): Path<(EditionId, EnrolmentId)>,
    form: Form,
) -> Answer {
    the_enrolment(&app, &viewer, id, enrolment, None, Problems::default()).await?;
    let version = form.text("version").parse().unwrap_or(0);
    let step = Step::parse(form.text("step")).ok_or(Refusal::NotFound)?;
    match actions::step(&app, &viewer, enrolment, version, step, form.text("reason")).await {
        Ok(standing) => {
            let notice = Message::new(format!("programmes-stepped-{}", standing.code()));
            // Who is let in from the list of an edition is one of several, as a rule.
            let back = if form.has("reason") { format!("/enrolments/{enrolment}") } else { String::new() };
            Ok(see_other_with(&format!("/editions/{id}{back}"), &notice))
        }
        Err(failure) => refused(&app, &viewer, (id, enrolment), form, failure).await,
    }
}

/// The page again: with what is wrong, or with how it stands now when somebody was faster. What was typed stays.
async fn refused(
    app: &App,
    viewer: &Viewer,
    (id, enrolment): (EditionId, EnrolmentId),
    form: Form,
    failure: Failure,
) -> Answer {
    let (status, problems) = match failure {
        Failure::Problems(problems) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Failure::Refusal(Refusal::Conflict) => {
            (StatusCode::CONFLICT, Problems::one("", Message::new("programmes-stepped-meanwhile")))
        }
        failure => return Err(failure.into()),
    };
    again(status, &the_enrolment(app, viewer, id, enrolment, Some(form), problems).await?)
}

#[derive(Template)]
#[template(path = "programmes/enrolments/fallback.html")]
struct FallbackPage {
    s: Shell,
    edition: Edition,
    students: Vec<Listed>,
    count: i64,
    more: Option<String>,
    faculty: Vec<(PersonId, String)>,
    form: Form,
    problems: Problems,
}

impl FallbackPage {
    fn title(&self) -> Message {
        Message::new("programmes-fallback-title").with("count", self.count)
    }

    fn all(&self) -> Message {
        Message::new("programmes-fallback-all").with("count", self.count)
    }

    fn is_ticked(&self, enrolment: EnrolmentId) -> bool {
        self.form.all("student").any(|ticked| ticked == enrolment.to_string())
    }
}

async fn fallback(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    page(&the_fallback(&app, &viewer, id, &search.after, Form::default(), Problems::default()).await?)
}

async fn the_fallback(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    after: &str,
    form: Form,
    problems: Problems,
) -> Result<FallbackPage, Failed> {
    let edition = managed(&app.db, viewer, id).await?;
    if edition.track != Track::Degree {
        return Err(Refusal::NotFound.into());
    }
    let Without { count, students, more } = without_anybody(app, &edition, after).await?;
    let faculty = editions::faculty(&app.db, edition.organisation, id).await?;
    let s = Shell::of(app, viewer, "/programmes");
    Ok(FallbackPage { s, edition, students, count, more, faculty, form, problems })
}

async fn set_fallbacks(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let students = match form.text("which") {
        "all" => Students::Without,
        _ => Students::These(form.all("student").filter_map(|id| id.parse().ok()).map(EnrolmentId).collect()),
    };
    match actions::set_fallbacks(&app, &viewer, id, students, form.text("fallback")).await {
        Ok(named) => {
            let notice =
                Message::new("programmes-fallback-named").with("count", i64::try_from(named).unwrap_or(i64::MAX));
            Ok(see_other_with(&format!("/editions/{id}/fallback"), &notice))
        }
        Err(Failure::Problems(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_fallback(&app, &viewer, id, "", form, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}
