//! The coordinator's doors: the pairs of an edition by how they are, as a file, and one pair with what can be done about it.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions;
use super::clocks::Tick;
use super::look::{Figures, Line, Look, Shown};
use super::model::{Measure, State, Taken, again_on};
use super::words::evidence;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageMentorships);
    vec![
        Door::get("/editions/{id}/health", coordinator, list),
        Door::get("/editions/{id}/health/export", coordinator, export),
        Door::get("/health/{id}", coordinator, one),
        Door::post("/health/{id}", coordinator, take),
    ]
}

/// Each row says a lot.
const ON_A_PAGE: usize = 50;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
    state: String,
    after: String,
    form: String,
}

impl Search {
    fn shown(&self) -> Shown {
        match self.state.as_str() {
            "all" => Shown::All,
            code => State::parse(code).map_or(Shown::Attention, Shown::Only),
        }
    }
}

/// A pair as the list tells it.
struct Row {
    id: MentorshipId,
    mentee: String,
    mentor: String,
    state: State,
    /// Since when it has ended.
    ended: Option<String>,
    late: Vec<String>,
    evidence: Vec<String>,
    taken: Vec<String>,
    next: Option<Measure>,
    is_own: bool,
}

impl Row {
    fn of(line: &Line, app: &App, viewer: &Viewer) -> Self {
        let today = line.today(app.now());
        let told = evidence(&line.facts, today, viewer.lang);
        let late = |tick: &Tick| {
            let message = Message::new("health-late").with("what", tick.clock.told());
            viewer.lang.tell(&message.with("day", viewer.lang.date(tick.due_on)))
        };
        Self {
            id: line.pair.id,
            mentee: line.pair.mentee_name.clone(),
            mentor: line.pair.mentor_name.clone(),
            state: line.state(viewer.person),
            ended: line.facts.ended_on.map(|day| viewer.lang.date(day)),
            late: line.late.iter().map(late).collect(),
            evidence: told.iter().map(|message| viewer.lang.tell(message)).collect(),
            taken: taken(&line.taken, viewer.lang),
            next: line.next(viewer.person, app.now()),
            is_own: line.is_of(viewer.person),
        }
    }
}

impl Row {
    fn state_key(&self) -> String {
        if self.ended.is_some() { "health-state-ended".to_owned() } else { self.state.key() }
    }

    fn mark(&self) -> &'static str {
        if self.ended.is_some() { "" } else { self.state.mark() }
    }
}

/// What was done, the newest first.
fn taken(taken: &[Taken], lang: Lang) -> Vec<String> {
    let told = |taken: &Taken| {
        lang.tell(&Message::new(format!("health-taken-{}", taken.measure.code())).with("day", lang.date(taken.on)))
    };
    taken.iter().rev().map(told).collect()
}

#[derive(Template)]
#[template(path = "health/list.html")]
struct ListPage {
    s: Shell,
    edition: Edition,
    search: Search,
    figures: Figures,
    rows: Vec<Row>,
    more: Option<MentorshipId>,
}

impl ListPage {
    fn title(&self) -> String {
        let key = match (self.figures.all(), self.figures.need_somebody) {
            (0, _) => "health-list-empty",
            (_, 0) => "health-list-well",
            _ => "health-list-look",
        };
        let message = Message::new(key).with("all", self.figures.all()).with("count", self.figures.need_somebody);
        self.s.tell(&message)
    }

    /// What the list can show, each with its count: the value, the words, and whether it is chosen.
    fn choices(&self) -> Vec<(&'static str, String, bool)> {
        let words = |key: String, count: usize| self.s.tell(&Message::new(key).with("count", count));
        let shown = self.search.shown();
        let mut choices = vec![
            ("", words("health-shown-attention".to_owned(), self.figures.attention), shown == Shown::Attention),
            ("all", words("health-shown-all".to_owned(), self.figures.all()), shown == Shown::All),
        ];
        choices.extend(State::ALL.map(|state| {
            let key = format!("health-shown-{}", state.code());
            (state.code(), words(key, self.figures.of(state)), shown == Shown::Only(state))
        }));
        choices
    }
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::ManageMentorships).await?;
    let look = Look::of(&app, edition.organisation).await?;
    let after = search.after.parse().ok().map(MentorshipId);
    let mut lines = look.shown(id, viewer.person, search.shown(), &search.q, after);
    let rows: Vec<Row> = lines.by_ref().take(ON_A_PAGE).map(|line| Row::of(line, &app, &viewer)).collect();
    let more = rows.last().filter(|_| lines.next().is_some()).map(|row| row.id);
    let figures = look.figures(id, viewer.person);
    let s = Shell::of(&app, &viewer, &format!("/editions/{id}/health"));
    page(&ListPage { s, edition, search, figures, rows, more })
}

async fn export(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::ManageMentorships).await?;
    let look = Look::of(&app, edition.organisation).await?;
    let lang = viewer.lang;
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |line: &Line| {
        let row = Row::of(line, &app, &viewer);
        vec![
            text(&row.mentee),
            text(&line.pair.mentee_address),
            text(&row.mentor),
            text(&line.pair.mentor_address),
            Cell::Text(line.facts.began_on.to_string()),
            Cell::Text(lang.say(&row.state_key())),
            Cell::Text(row.late.join(" ")),
            Cell::Text(row.evidence.join(" ")),
            Cell::Text(row.taken.join(" ")),
        ]
    };
    let headings = [
        "health-mentee",
        "health-mentee-address",
        "health-mentor",
        "health-mentor-address",
        "health-since",
        "health-state",
        "health-late-with",
        "health-evidence",
        "health-taken",
    ];
    let table = Table {
        title: lang.say("health-sheet"),
        headings: headings.into_iter().map(|key| lang.say(key)).collect(),
        rows: look.shown(id, viewer.person, search.shown(), &search.q, None).map(row).collect(),
    };
    download(&table, "health", &search.form)
}

#[derive(Template)]
#[template(path = "health/pair.html")]
struct PairPage {
    s: Shell,
    line: Line,
    row: Row,
    /// What is to be done now, or is to be waited for.
    first: Option<Measure>,
    /// What else can be done, each with the day from which on it can where that is to come.
    others: Vec<(Measure, Option<String>)>,
    problems: Problems,
}

impl PairPage {
    fn title(&self) -> String {
        let state = if self.row.ended.is_some() { "ended" } else { self.row.state.code() };
        let message = Message::new(format!("health-one-{state}"));
        self.s.tell(&message.with("mentee", self.row.mentee.as_str()).with("mentor", self.row.mentor.as_str()))
    }

    /// What is said of a measure: its title, its text or its button.
    fn words(&self, measure: &str, what: &str) -> String {
        self.s.t(&format!("health-{measure}-{what}"))
    }

    /// A mail to both.
    fn mailto(&self) -> String {
        format!("mailto:{},{}", self.line.pair.mentee_address, self.line.pair.mentor_address)
    }
}

async fn the_pair(app: &App, viewer: &Viewer, id: MentorshipId, problems: Problems) -> Result<PairPage, Failed> {
    let line = actions::look_after(app, viewer, id).await?;
    let row = Row::of(&line, app, viewer);
    let (calendar, today) = (&line.edition.settings.calendar, line.today(app.now()));
    // Nobody is reminded of what has ended.
    let others = Measure::ALL.into_iter().filter(|measure| line.runs() && row.next != Some(*measure));
    let others = others.map(|measure| {
        let again = again_on(measure, &line.taken, calendar).filter(|day| today < *day);
        (measure, again.map(|day| viewer.lang.date(day)))
    });
    let others = others.collect();
    let s = Shell::of(app, viewer, &format!("/editions/{}/health", line.pair.edition));
    Ok(PairPage { s, first: row.next, row, line, others, problems })
}

async fn one(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&the_pair(&app, &viewer, id, Problems::default()).await?)
}

async fn take(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let measure = Measure::parse(form.text("measure")).ok_or(Refusal::NotFound)?;
    match actions::take(&app, &viewer, id, measure).await {
        Ok(edition) => {
            // Whoever works through the list goes on there.
            let path = if form.has("list") { format!("/editions/{edition}/health") } else { format!("/health/{id}") };
            Ok(see_other_with(&path, &Message::new(format!("health-{}-done", measure.code()))))
        }
        Err(Failure::Problems(problems)) => {
            let again = the_pair(&app, &viewer, id, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
