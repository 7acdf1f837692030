//! Doors to a pair's goals: all of them, one with how it goes, the form, and the page for a review, which prints.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::civil::Date;
use serde::Deserialize;

use super::actions;
use super::checking::value_of;
use super::forms::{FIELDS, draft_from, form_of, number};
use super::model::{
    CheckIn, Goal, GoalId, Kind, LONGEST_STATEMENT, Outcome, Said, Saying, Step, StepId, Term, Tie, hints, objective,
    parts_of, percent, progress, time_gone,
};
use super::store::{self, Objective};
use crate::app::App;
use crate::i18n::{Lang, Message, read_date};
use crate::identity::{Act, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{MentorshipId, Reading};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{Closed, Words};
use crate::web::figures::{Bars, Course, Point, TwoBars, course, two_bars};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/goals", participant, list),
        Door::post("/mentorships/{id}/goals/objective", participant, write_objective),
        Door::get("/mentorships/{id}/goals/new", participant, begin),
        Door::post("/mentorships/{id}/goals/new", participant, add),
        Door::get("/mentorships/{id}/goals/review", participant, review),
        Door::get("/mentorships/{id}/goals/{goal}", participant, one),
        Door::get("/mentorships/{id}/goals/{goal}/edit", participant, edit),
        Door::post("/mentorships/{id}/goals/{goal}/edit", participant, write),
        Door::post("/mentorships/{id}/goals/{goal}/check-in", participant, check_in),
        Door::post("/mentorships/{id}/goals/{goal}/step", participant, tick),
        Door::post("/mentorships/{id}/goals/{goal}/settle", participant, settle),
        Door::post("/mentorships/{id}/goals/{goal}/reopen", participant, reopen),
    ]
}

/// A pair's goals as one of them reads them: seven statements, however many there are.
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) goals: Vec<Goal>,
    steps: Vec<Step>,
    objective: Option<Objective>,
}

pub(super) async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    let of = Reading::of(app, viewer, id).await?;
    let mut goals = store::goals(&app.db, id, viewer.person).await?;
    actions::open_figures(&of.keys, &of.pair, &mut goals);
    Ok(Read { of, goals, steps: store::steps(&app.db, id).await?, objective: store::objective(&app.db, id).await? })
}

/// A goal in a list.
struct Line {
    href: String,
    /// What it says, or why that does not open.
    text: String,
    is_part: bool,
    is_only_me: bool,
    tie: Option<String>,
    due: Option<String>,
    is_overdue: bool,
    percent: Option<u64>,
    last: Option<String>,
    outcome: Option<Outcome>,
}

impl Read {
    fn path(&self) -> String {
        format!("/mentorships/{}/goals", self.of.pair.id)
    }

    pub(super) fn goal(&self, id: GoalId) -> Result<&Goal, Refusal> {
        self.goals.iter().find(|goal| goal.id == id).ok_or(Refusal::NotFound)
    }

    pub(super) fn said(&self, goal: &Goal) -> Result<Said, Closed> {
        actions::said(&self.of.keys, &self.of.pair, goal)
    }

    /// The figure of a check-in.
    fn value(&self, goal: &Goal, check_in: &CheckIn) -> Option<f64> {
        value_of(&self.of.keys, &self.of.pair, goal, check_in)
    }

    /// What it says, or why that does not open.
    fn statement(&self, goal: &Goal) -> String {
        self.of.told(self.said(goal).map(|said| said.statement))
    }

    /// The objective as it is read, and its version.
    pub(super) fn objective(&self) -> (Option<String>, i64) {
        let told = |objective: &Objective| self.of.told(actions::objective_of(&self.of.keys, &self.of.pair, objective));
        (self.objective.as_ref().map(told), self.objective.as_ref().map_or(0, |objective| objective.version))
    }

    fn tie(&self, goal: &Goal) -> Option<String> {
        goal.tie.as_ref().map(|tie| match tie {
            Tie::Competency(key) => self.of.competency(key),
            Tie::Objective => self.of.lang.say("goals-tie-objective"),
        })
    }

    pub(super) fn percent(&self, goal: &Goal) -> Option<u64> {
        progress(goal, &self.goals).map(percent)
    }

    pub(super) fn steps_of(&self, goal: &Goal) -> Vec<(StepId, String, bool)> {
        let steps = self.steps.iter().filter(|step| step.goal == goal.id);
        steps
            .map(|step| {
                (
                    step.id,
                    self.of.told(actions::step_of(&self.of.keys, &self.of.pair, goal, step)),
                    step.done_at.is_some(),
                )
            })
            .collect()
    }

    fn line(&self, goal: &Goal, is_part: bool) -> Line {
        Line {
            href: format!("{}/{}", self.path(), goal.id),
            text: self.statement(goal),
            is_part,
            is_only_me: goal.visibility == Visibility::OnlyMe,
            tie: self.tie(goal),
            due: goal.due.map(|due| self.of.lang.date(due)),
            is_overdue: goal.is_overdue(self.of.today()),
            percent: self.percent(goal),
            last: goal.last_on.map(|on| self.of.lang.date(on)),
            outcome: goal.outcome(),
        }
    }

    /// The open goals, each long-term one before its parts.
    fn open(&self) -> Vec<&Goal> {
        let is_open = |id: GoalId| self.goals.iter().any(|goal| goal.id == id && goal.is_open());
        let heads = self.goals.iter().filter(|goal| goal.is_open() && !goal.parent.is_some_and(is_open));
        heads
            .flat_map(|head| std::iter::once(head).chain(parts_of(head.id, &self.goals).filter(|part| part.is_open())))
            .collect()
    }

    fn settled(&self) -> Vec<Line> {
        self.goals.iter().filter(|goal| !goal.is_open()).map(|goal| self.line(goal, false)).collect()
    }

    /// How far the open goals are beside how much of their time has gone.
    fn overview(&self, s: &Shell) -> Option<String> {
        let measured: Vec<(String, u64, u64)> = self
            .open()
            .into_iter()
            .filter_map(|goal| {
                let time = percent(time_gone(self.of.day(goal.created_at), goal.due, self.of.today())?);
                Some((self.statement(goal), self.percent(goal)?, time))
            })
            .collect();
        if measured.len() < 2 {
            return None;
        }
        let behind = measured.iter().filter(|(_, way, time)| way + BEHIND < *time).count();
        let caption = match behind {
            0 => Message::new("goals-figure-on-time"),
            _ => Message::new("goals-figure-behind").with("count", behind),
        };
        let caption = s.tell(&caption.with("all", measured.len()));
        let shown = |number: u64| format!("{number} %");
        let bars: Vec<Bars> = measured
            .into_iter()
            .map(|(label, way, time)| Bars { label, numbers: [way, time], texts: [shown(way), shown(time)] })
            .collect();
        Some(two_bars(&TwoBars {
            alternative: s.with("goals-figure-alternative", "finding", &caption),
            caption,
            rows_are: s.t("goals-figure-rows"),
            bars_are: [s.t("goals-figure-way"), s.t("goals-figure-time")],
            drawn: DRAWN,
            whole: Some(100),
            not_all: s.t("goals-figure-not-all"),
            bars,
            table_title: s.t("goals-figure-table"),
        }))
    }
}

/// So many percent less of the way than of the time, and a goal is behind.
const BEHIND: u64 = 10;
/// So many goals are drawn; the table has all.
const DRAWN: usize = 8;

#[derive(Template)]
#[template(path = "goals/list.html")]
struct ListPage {
    s: Shell,
    read: Read,
    open: Vec<Line>,
    settled: Vec<Line>,
    figure: Option<String>,
    objective: Option<String>,
    form: Form,
    problems: Problems,
    version: i64,
}

impl ListPage {
    fn of(app: &App, viewer: &Viewer, read: Read, (form, problems): (Form, Problems)) -> Self {
        let s = Shell::of(app, viewer, "/mentorships");
        let shown = read.open();
        let ids: Vec<GoalId> = shown.iter().map(|goal| goal.id).collect();
        let is_part = |goal: &Goal| goal.parent.is_some_and(|parent| ids.contains(&parent));
        let open = shown.iter().map(|goal| read.line(goal, is_part(goal))).collect();
        let (objective, now) = read.objective();
        let version = form.version_or(now);
        let (settled, figure) = (read.settled(), read.overview(&s));
        Self { s, read, open, settled, figure, objective, form, problems, version }
    }

    fn title(&self) -> String {
        let overdue = self.open.iter().filter(|line| line.is_overdue).count();
        let message = match (self.open.len(), overdue) {
            (0, _) if self.settled.is_empty() => Message::new("goals-title-none"),
            (0, _) => Message::new("goals-title-settled"),
            (open, 0) => Message::new("goals-title-open").with("count", open),
            (open, overdue) => Message::new("goals-title-overdue").with("count", open).with("overdue", overdue),
        };
        self.s.tell(&message)
    }

    fn first_overdue(&self) -> Option<&Line> {
        self.open.iter().find(|line| line.is_overdue)
    }

    /// What stands in the field of the objective: what was typed, or what it says.
    fn objective_field(&self) -> &str {
        let typed = self.form.text("objective");
        if typed.is_empty() { self.objective.as_deref().unwrap_or_default() } else { typed }
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    page(&ListPage::of(&app, &viewer, read, (Form::default(), Problems::default())))
}

async fn write_objective(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    mut form: Form,
) -> Answer {
    let version = form.version()?;
    let written = match objective(form.text("objective")) {
        Ok(words) => actions::write_objective(&app, &viewer, id, version, &words).await,
        Err(problems) => Err(problems.into()),
    };
    let (status, problems) = match written {
        Ok(()) => {
            let path = format!("/mentorships/{id}/goals");
            return Ok(see_other_with(&path, &Message::new("goals-objective-saved")));
        }
        Err(failure) => again(failure, "goals-edited-meanwhile", &mut form)?,
    };
    let read = read(&app, &viewer, id).await?;
    if !read.of.is_mentee() {
        return Err(Refusal::NotFound.into());
    }
    Ok((status, page(&ListPage::of(&app, &viewer, read, (form, problems)))?).into_response())
}

/// A check-in as it is read.
struct Told {
    on: String,
    author: String,
    value: Option<String>,
    line: Option<String>,
}

fn told(read: &Read, goal: &Goal, check_in: &CheckIn) -> Told {
    Told {
        on: read.of.lang.date(check_in.on),
        author: check_in.author_name.clone(),
        value: read.value(goal, check_in).map(|value| read.of.lang.value(value)),
        line: actions::line_of(&read.of.keys, &read.of.pair, goal, check_in).map(|line| read.of.told(line)),
    }
}

/// How the number of a goal went, if at least two points say so.
fn figure(s: &Shell, read: &Read, goal: &Goal, check_ins: &[CheckIn], measure: &str) -> Option<String> {
    let began = read.of.day(goal.created_at);
    let values: Vec<(Date, f64)> =
        check_ins.iter().filter_map(|check_in| Some((check_in.on, read.value(goal, check_in)?))).collect();
    let first = values.iter().map(|(on, _)| *on).min();
    let start = first.map_or(began, |first| first.min(began));
    let point = |on: Date, number: f64| Point {
        day: start.until(on).map_or(0, |span| span.get_days()),
        number,
        texts: [s.lang.date(on), s.lang.value(number)],
    };
    let points: Vec<Point> = values.into_iter().rev().map(|(on, value)| point(on, value)).collect();
    let way = goal.target.map(|target| {
        let from = goal.baseline.or_else(|| points.first().map(|point| point.number)).unwrap_or(0.0);
        [point(start, from), point(goal.due.unwrap_or(read.of.today()).max(start), target)]
    });
    if points.is_empty() || points.len() < 2 && way.is_none() {
        return None;
    }
    let caption = match (read.percent(goal), time_gone(start, goal.due, read.of.today()).map(percent)) {
        (Some(way), Some(time)) if goal.target.is_some() => {
            Message::new("goals-course-both").with("way", way.to_string()).with("time", time.to_string())
        }
        (Some(way), None) if goal.target.is_some() => Message::new("goals-course-way").with("way", way.to_string()),
        _ => Message::new("goals-course-last")
            .with("value", points.last().map(|point| point.texts[1].clone()).unwrap_or_default()),
    };
    let caption = s.tell(&caption);
    let number = if measure.is_empty() { s.t("goals-value") } else { measure.to_owned() };
    let alternative = Message::new("goals-course-alternative")
        .with("finding", caption.as_str())
        .with("first", points.first().map(|point| point.texts.join(": ")).unwrap_or_default())
        .with("last", points.last().map(|point| point.texts.join(": ")).unwrap_or_default());
    Some(course(&Course {
        alternative: s.tell(&alternative),
        caption,
        lines_are: [s.t("goals-course-line"), s.t("goals-course-planned")],
        columns: [s.t("goals-on"), number],
        table_title: s.t("goals-figure-table"),
        points,
        way,
    }))
}

#[derive(Template)]
#[template(path = "goals/goal.html")]
struct GoalPage {
    s: Shell,
    read: Read,
    id: GoalId,
    said: Result<Said, Closed>,
    line: Line,
    steps: Vec<(StepId, String, bool)>,
    parts: Vec<Line>,
    parent: Option<Line>,
    check_ins: Vec<Told>,
    hints: Vec<&'static str>,
    figure: Option<String>,
    form: Form,
    problems: Problems,
}

impl GoalPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, goal): (MentorshipId, GoalId),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let read = read(app, viewer, id).await?;
        let check_ins = store::check_ins(&app.db, goal).await?;
        let s = Shell::of(app, viewer, "/mentorships");
        let goal = read.goal(goal)?;
        let said = read.said(goal);
        let hints = match &said {
            Ok(said) if goal.is_open() => {
                hints(goal, said, &read.goals).into_iter().map(super::model::Hint::key).collect()
            }
            _ => Vec::new(),
        };
        let measure = said.as_ref().map(|said| said.measure.as_str()).unwrap_or_default();
        Ok(Self {
            id: goal.id,
            line: read.line(goal, false),
            steps: read.steps_of(goal),
            parts: parts_of(goal.id, &read.goals).map(|part| read.line(part, false)).collect(),
            parent: goal.parent.and_then(|parent| read.goal(parent).ok()).map(|parent| read.line(parent, false)),
            check_ins: check_ins.iter().map(|check_in| told(&read, goal, check_in)).collect(),
            figure: figure(&s, &read, goal, &check_ins, measure),
            hints,
            said,
            s,
            form,
            problems,
            read,
        })
    }

    fn goal(&self) -> Option<&Goal> {
        self.read.goal(self.id).ok()
    }

    fn version(&self) -> i64 {
        self.form.version_or(self.goal().map_or(0, |goal| goal.version))
    }

    fn is_writable(&self) -> bool {
        self.line.outcome.is_none() && !self.read.of.has_ended()
    }

    fn is_whole(&self) -> bool {
        self.line.percent == Some(100)
    }

    fn lead(&self) -> String {
        let Some(goal) = self.goal() else { return String::new() };
        let (kind, term) = (self.s.t(&goal.kind.key()), self.s.t(&goal.term.key()));
        match &self.line.due {
            Some(due) => format!("{kind} · {term} · {}", self.s.with("goals-due-by", "day", due)),
            None => format!("{kind} · {term}"),
        }
    }

    fn measure(&self) -> Option<&str> {
        self.said.as_ref().ok().map(|said| said.measure.as_str()).filter(|measure| !measure.is_empty())
    }

    /// `de 2 a 6`, as far as it is known.
    fn way(&self) -> Option<String> {
        let goal = self.goal()?;
        let target = self.s.lang.value(goal.target?);
        Some(match goal.baseline {
            Some(baseline) => self
                .s
                .tell(&Message::new("goals-way-both").with("from", self.s.lang.value(baseline)).with("to", target)),
            None => self.s.with("goals-way-to", "to", target),
        })
    }

    fn visibility(&self) -> Visibility {
        self.goal().map_or(Visibility::Pair, |goal| goal.visibility)
    }

    fn written(&self) -> String {
        let Some(goal) = self.goal() else { return String::new() };
        let message = Message::new("goals-written").with("name", goal.author_name.as_str());
        self.s.tell(&message.with("at", self.s.at(&goal.changed_at)))
    }

    fn reason(&self) -> Option<String> {
        let reason = actions::reason_of(&self.read.of.keys, &self.read.of.pair, self.goal()?)?;
        Some(self.read.of.told(reason))
    }

    fn settled_on(&self) -> Option<String> {
        let settled = self.goal()?.settled.as_ref()?;
        let zone = self.read.of.edition.settings.calendar.time_zone();
        Some(self.s.lang.date(settled.at.to_zoned_datetime(zone).date()))
    }

    fn on(&self) -> String {
        let typed = self.form.text("on");
        if typed.is_empty() { self.read.of.today().to_string() } else { typed.to_owned() }
    }

    /// Whether short-term goals may be added to it.
    fn takes_parts(&self) -> bool {
        self.is_writable() && self.goal().is_some_and(|goal| goal.term == Term::Long)
    }

    /// Whether the form that says what became of it was sent.
    fn settles(&self) -> bool {
        self.form.has("outcome")
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Path(path): Path<(MentorshipId, GoalId)>) -> Answer {
    page(&GoalPage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

/// Back to the goal: with a quiet line, or with why it did not happen and what was typed.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, goal): (MentorshipId, GoalId),
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/goals/{goal}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "goals-changed-meanwhile", &mut form)?;
            let shown = GoalPage::of(app, viewer, (id, goal), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

fn saying_from(lang: Lang, form: &Form) -> Result<Saying, Problems> {
    let mut problems = Problems::default();
    let value = number(lang, form, "value", &mut problems);
    let on = read_date(form.text("on"));
    if on.is_none() {
        problems.add("on", Message::new("goals-date-wrong"));
    }
    problems.or(Saying { on: on.unwrap_or_default(), value, line: Words::typed(form.text("line")) })
}

async fn check_in(
    State(app): State<App>,
    viewer: Viewer,
    Path(path): Path<(MentorshipId, GoalId)>,
    form: Form,
) -> Answer {
    let outcome = match saying_from(viewer.lang, &form) {
        Ok(saying) => actions::check_in(&app, &viewer, path, &saying).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, path, outcome, (form, "goals-checked-in")).await
}

async fn tick(State(app): State<App>, viewer: Viewer, Path(path): Path<(MentorshipId, GoalId)>, form: Form) -> Answer {
    let step = StepId(form.text("step").parse().map_err(|_| Refusal::NotFound)?);
    let is_done = form.text("do") == "done";
    let outcome = actions::tick(&app, &viewer, path, step, is_done).await;
    done(&app, &viewer, path, outcome, (form, if is_done { "goals-step-done" } else { "goals-step-open" })).await
}

async fn settle(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let outcome = Outcome::parse(form.text("outcome")).ok_or(Refusal::NotFound)?;
    let settled = actions::settle(&app, &viewer, (id, goal, version), outcome, form.text("reason")).await;
    let notice = match outcome {
        Outcome::Reached => "goals-settled-reached",
        Outcome::LetGo => "goals-settled-let-go",
    };
    done(&app, &viewer, (id, goal), settled, (form, notice)).await
}

async fn reopen(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let outcome = actions::reopen(&app, &viewer, (id, goal, version)).await;
    done(&app, &viewer, (id, goal), outcome, (form, "goals-reopened")).await
}

#[derive(Template)]
#[template(path = "goals/edit.html")]
struct EditPage {
    s: Shell,
    read: Read,
    /// None for a new one.
    goal: Option<GoalId>,
    form: Form,
    version: i64,
    problems: Problems,
    /// Set when the other saved meanwhile: what stands otherwise now.
    stands: Vec<(&'static str, String)>,
}

impl EditPage {
    fn of(app: &App, viewer: &Viewer, read: Read, goal: Option<GoalId>, (form, problems): (Form, Problems)) -> Self {
        let version = form.version_or(goal.and_then(|id| read.goal(id).ok()).map_or(0, |goal| goal.version));
        Self { s: Shell::of(app, viewer, "/mentorships"), read, goal, form, version, problems, stands: Vec::new() }
    }

    fn title(&self) -> String {
        self.s.t(if self.goal.is_some() { "goals-edit-title" } else { "goals-new-title" })
    }

    fn action(&self) -> String {
        match self.goal {
            Some(goal) => format!("{}/{goal}/edit", self.read.path()),
            None => format!("{}/new", self.read.path()),
        }
    }

    fn back(&self) -> String {
        match self.goal {
            Some(goal) => format!("{}/{goal}", self.read.path()),
            None => self.read.path(),
        }
    }

    /// Whoever reads it from now on may be chosen, unless the pair has read it already.
    fn may_hide(&self) -> bool {
        let goal = self.goal.and_then(|id| self.read.goal(id).ok());
        goal.is_none_or(|goal| goal.visibility == Visibility::OnlyMe)
    }

    /// Competencies of the edition's framework, as a form says them.
    fn competencies(&self) -> Vec<(String, String)> {
        let all = self.read.of.framework.iter().flat_map(|framework| &framework.competencies);
        all.map(|competency| {
            (Tie::Competency(competency.key.clone()).code(), competency.name.told(self.s.lang).to_owned())
        })
        .collect()
    }

    /// The long-term goals that it may be a part of.
    fn parents(&self) -> Vec<(String, String)> {
        let fits = |goal: &&Goal| goal.term == Term::Long && goal.is_open() && Some(goal.id) != self.goal;
        let long = self.read.goals.iter().filter(fits);
        long.map(|goal| (goal.id.to_string(), self.read.statement(goal))).collect()
    }

    fn objective_code() -> String {
        Tie::Objective.code()
    }

    fn objective(&self) -> Option<String> {
        self.read.objective().0
    }

    /// A choice as it reads.
    fn chosen(&self, field: &str, value: &str) -> String {
        let found = match field {
            "kind" => Kind::parse(value).map(|kind| self.s.t(&kind.key())),
            "term" => Term::parse(value).map(|term| self.s.t(&term.key())),
            "tie" if value == Self::objective_code() => Some(self.s.t("goals-tie-objective")),
            "tie" => self.competencies().into_iter().find(|(code, _)| code == value).map(|(_, name)| name),
            "parent" => self.parents().into_iter().find(|(id, _)| id == value).map(|(_, name)| name),
            "due" => read_date(value).map(|due| self.s.lang.date(due)),
            _ => None,
        };
        found.unwrap_or_else(|| value.to_owned())
    }
}

#[derive(Deserialize)]
struct Begun {
    /// The long-term goal that the new one is to be a part of.
    #[serde(default)]
    of: String,
}

async fn begin(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Query(begun): Query<Begun>,
) -> Answer {
    let read = read(&app, &viewer, id).await?;
    if read.of.has_ended() {
        return Err(Refusal::NotFound.into());
    }
    let parent = begun.of.parse().ok().map(GoalId).and_then(|parent| read.goal(parent).ok());
    let fields = vec![
        ("parent".to_owned(), parent.map(|parent| parent.id.to_string()).unwrap_or_default()),
        ("visibility".to_owned(), parent.map_or(Visibility::Pair, |parent| parent.visibility).code().to_owned()),
    ];
    page(&EditPage::of(&app, &viewer, read, None, (Form::new(fields), Problems::default())))
}

async fn add(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    let added = match draft_from(viewer.lang, &form) {
        Ok(draft) => actions::add(&app, &viewer, id, &draft).await,
        Err(problems) => Err(problems.into()),
    };
    match added {
        Ok(goal) => Ok(see_other_with(&format!("/mentorships/{id}/goals/{goal}"), &Message::new("goals-added"))),
        Err(failure) => {
            let (status, problems) = again(failure, "goals-edited-meanwhile", &mut form)?;
            let read = read(&app, &viewer, id).await?;
            Ok((status, page(&EditPage::of(&app, &viewer, read, None, (form, problems)))?).into_response())
        }
    }
}

fn form_now(read: &Read, goal: &Goal) -> Form {
    let steps: Vec<Words> = read.steps_of(goal).into_iter().map(|(_, text, _)| Words::new(text)).collect();
    form_of(read.of.lang, goal, read.said(goal).ok().as_ref(), &steps)
}

async fn edit(State(app): State<App>, viewer: Viewer, Path((id, goal)): Path<(MentorshipId, GoalId)>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let now = read.goal(goal)?;
    if read.of.has_ended() || !now.is_open() {
        return Err(Refusal::NotFound.into());
    }
    let form = form_now(&read, now);
    page(&EditPage::of(&app, &viewer, read, Some(goal), (form, Problems::default())))
}

async fn write(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    mut form: Form,
) -> Answer {
    let version = form.version()?;
    let written = match draft_from(viewer.lang, &form) {
        Ok(draft) => actions::write(&app, &viewer, (id, goal, version), &draft).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/goals/{goal}"), &Message::new("goals-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "goals-edited-meanwhile", &mut form)?;
            let read = read(&app, &viewer, id).await?;
            let now = form_now(&read, read.goal(goal)?);
            let mut again = EditPage::of(&app, &viewer, read, Some(goal), (form, problems));
            if status == StatusCode::CONFLICT {
                let differs = |field: &&str| !now.text(field).lines().eq(again.form.text(field).lines());
                let stands: Vec<(&str, String)> = FIELDS
                    .into_iter()
                    .filter(differs)
                    .map(|field| (field, again.chosen(field, now.text(field))))
                    .collect();
                again.stands = stands;
            }
            Ok((status, page(&again)?).into_response())
        }
    }
}

/// A goal in the review.
struct Reviewed {
    line: Line,
    measure: String,
    from: Option<String>,
    now: Option<String>,
    to: Option<String>,
    steps: Vec<(StepId, String, bool)>,
    check_ins: Vec<Told>,
    reason: Option<String>,
}

#[derive(Template)]
#[template(path = "goals/review.html")]
struct ReviewPage {
    s: Shell,
    read: Read,
    goals: Vec<Reviewed>,
    figure: Option<String>,
}

impl ReviewPage {
    fn title(&self) -> String {
        let message = Message::new("goals-review-title").with("name", self.read.of.pair.mentee_name.as_str());
        self.s.tell(&message.with("day", self.s.lang.date(self.read.of.today())))
    }

    fn objective(&self) -> Option<String> {
        self.read.objective().0
    }
}

async fn review(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let check_ins = store::check_ins_of(&app.db, id).await?;
    let number = |number: Option<f64>| number.map(|number| viewer.lang.value(number));
    let reviewed = |goal: &Goal| Reviewed {
        line: read.line(goal, false),
        measure: read.said(goal).map(|said| said.measure.as_str().to_owned()).unwrap_or_default(),
        from: number(goal.baseline),
        now: number(goal.last_value),
        to: number(goal.target),
        steps: read.steps_of(goal),
        check_ins: check_ins.iter().filter(|one| one.goal == goal.id).map(|one| told(&read, goal, one)).collect(),
        reason: actions::reason_of(&read.of.keys, &read.of.pair, goal).map(|reason| read.of.told(reason)),
    };
    let open = read.open();
    let goals = open.into_iter().chain(read.goals.iter().filter(|goal| !goal.is_open())).map(reviewed).collect();
    let s = Shell::of(&app, &viewer, "/mentorships");
    let figure = read.overview(&s);
    page(&ReviewPage { s, read, goals, figure })
}
