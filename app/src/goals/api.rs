//! JSON doors to the goals of one's own mentorships. Words are in the answers to the two alone.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Draft, Goal, GoalId, Kind, Outcome, Saying, StepId, Term, Tie, objective};
use super::pages::{Read, read};
use crate::app::App;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::{Failure, Problems};
use crate::vault::Words;
use crate::web::{Created, Day, Door, Failed, Instant, Json, Path, Tag, Told};

const GOALS: Tag =
    Tag { name: "goals", about: "What a mentee wants to reach. The two of a mentorship alone read what goals say." };

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: GOALS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/goals",
            read,
            told(
                "list_goals",
                "The goals of one's own mentorship",
                "Those of the pair and those that are one's own alone: the open ones first, by their date; a hundred at most.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/goals",
            write,
            told("add_goal", "Write a goal down", "Only the statement has to be there."),
            add,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/goals/{goal}",
            write,
            told(
                "write_goal",
                "Write a goal anew",
                "Steps whose words stay keep what was done. Where somebody wrote it since, nothing is done (409).",
            ),
            change,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/goals/{goal}/check-ins",
            write,
            told("check_in", "Say how a goal goes", "A value, a line, or both."),
            check_in,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/goals/{goal}/steps/{step}",
            write,
            told("tick_step", "Tick a step, or take the tick away", "To do it twice changes nothing."),
            tick,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/goals/{goal}/settle",
            write,
            told("settle_goal", "Say what became of a goal", "Reached, or let go with a reason."),
            settle,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/goals/{goal}/reopen",
            write,
            told("reopen_goal", "Take a goal up again", "Where somebody changed it since, nothing is done (409)."),
            reopen,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/career-objective",
            write,
            told(
                "write_career_objective",
                "Write the career objective",
                "For the mentee: one line to which goals may lead.",
            ),
            write_objective,
        ),
    ]
}

/// Who reads what a goal says.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum GoalVisibility {
    Pair,
    OnlyMe,
}

/// The goals of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Goals {
    career_objective: Option<String>,
    /// `write_career_objective` wants it; 0 where there is none.
    career_objective_version: i64,
    items: Vec<GoalTold>,
}

/// A goal.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Goal")]
struct GoalTold {
    id: GoalId,
    /// Who wrote it first.
    owner: PersonId,
    visibility: GoalVisibility,
    kind: Kind,
    term: Term,
    /// A competency of the edition's framework that it leads to, by its key.
    competency: Option<String>,
    /// Whether it leads to the career objective.
    for_objective: bool,
    /// The long-term goal that it is a part of.
    parent: Option<GoalId>,
    /// Null where the words do not open: their author was erased, or the installation's key is missing.
    statement: Option<String>,
    measure: Option<String>,
    baseline: Option<f64>,
    target: Option<f64>,
    #[schemars(with = "Option<Day>")]
    due: Option<Date>,
    steps: Vec<StepTold>,
    last_value: Option<f64>,
    #[schemars(with = "Option<Day>")]
    last_on: Option<Date>,
    /// In per cent; null where nothing tells.
    progress: Option<u64>,
    outcome: Option<Outcome>,
    reason: Option<String>,
    #[schemars(with = "Instant")]
    changed_at: Timestamp,
    /// Goes up with each change; `write_goal` and others want it.
    version: i64,
}

/// A step towards a goal.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "GoalStep")]
struct StepTold {
    id: StepId,
    text: String,
    done: bool,
}

/// What a goal is to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GoalToWrite {
    statement: String,
    #[serde(default)]
    measure: String,
    kind: Kind,
    term: Term,
    #[serde(default)]
    visibility: Option<GoalVisibility>,
    /// A competency of the edition's framework that it leads to, by its key.
    #[serde(default)]
    competency: Option<String>,
    /// Whether it leads to the career objective; a competency goes before.
    #[serde(default)]
    for_objective: bool,
    #[serde(default)]
    parent: Option<GoalId>,
    #[serde(default)]
    baseline: Option<f64>,
    #[serde(default)]
    target: Option<f64>,
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    due: Option<Date>,
    #[serde(default)]
    steps: Vec<String>,
}

/// A goal over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GoalRewritten {
    version: i64,
    goal: GoalToWrite,
}

/// How a goal goes.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CheckInToAdd {
    /// The day that it tells of; today, where nothing is said.
    #[serde(default)]
    #[schemars(with = "Option<Day>")]
    on: Option<Date>,
    #[serde(default)]
    value: Option<f64>,
    #[serde(default)]
    line: String,
}

/// Whether a step is done.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct StepDone {
    done: bool,
}

/// What became of a goal.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GoalToSettle {
    version: i64,
    outcome: Outcome,
    /// To let a goal go it has to be said.
    #[serde(default)]
    reason: String,
}

/// A goal as it was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GoalRead {
    version: i64,
}

/// The career objective over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ObjectiveToWrite {
    /// 0 where there was none.
    version: i64,
    objective: String,
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Goals>, Failed> {
    let read = read(&app, &viewer, id).await?;
    let (career_objective, career_objective_version) = read.objective();
    let items = read.goals.iter().map(|goal| GoalTold::of(&read, goal)).collect();
    Ok(Json(Goals { career_objective, career_objective_version, items }))
}

async fn the_goal(app: &App, viewer: &Viewer, id: MentorshipId, goal: GoalId) -> Result<GoalTold, Failed> {
    let read = read(app, viewer, id).await?;
    let goal = read.goal(goal)?;
    Ok(GoalTold::of(&read, goal))
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(goal): Json<GoalToWrite>,
) -> Result<Created<GoalTold>, Failed> {
    let draft = goal.draft()?;
    let goal = actions::add(&app, &viewer, id, &draft).await.map_err(in_our_words)?;
    let body = the_goal(&app, &viewer, id, goal).await?;
    Ok(Created { at: format!("/api/me/mentorships/{id}/goals"), body })
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    Json(sent): Json<GoalRewritten>,
) -> Result<Json<GoalTold>, Failed> {
    let draft = sent.goal.draft()?;
    actions::write(&app, &viewer, (id, goal, sent.version), &draft).await.map_err(in_our_words)?;
    Ok(Json(the_goal(&app, &viewer, id, goal).await?))
}

async fn check_in(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    Json(sent): Json<CheckInToAdd>,
) -> Result<Json<GoalTold>, Failed> {
    let read = read(&app, &viewer, id).await?;
    let saying = Saying { on: sent.on.unwrap_or(read.of.today()), value: sent.value, line: Words::typed(&sent.line) };
    actions::check_in(&app, &viewer, (id, goal), &saying).await?;
    Ok(Json(the_goal(&app, &viewer, id, goal).await?))
}

async fn tick(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal, step)): Path<(MentorshipId, GoalId, StepId)>,
    Json(sent): Json<StepDone>,
) -> Result<Json<GoalTold>, Failed> {
    actions::tick(&app, &viewer, (id, goal), step, sent.done).await?;
    Ok(Json(the_goal(&app, &viewer, id, goal).await?))
}

async fn settle(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    Json(sent): Json<GoalToSettle>,
) -> Result<Json<GoalTold>, Failed> {
    actions::settle(&app, &viewer, (id, goal, sent.version), sent.outcome, &sent.reason).await?;
    Ok(Json(the_goal(&app, &viewer, id, goal).await?))
}

async fn reopen(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, goal)): Path<(MentorshipId, GoalId)>,
    Json(sent): Json<GoalRead>,
) -> Result<Json<GoalTold>, Failed> {
    actions::reopen(&app, &viewer, (id, goal, sent.version)).await?;
    Ok(Json(the_goal(&app, &viewer, id, goal).await?))
}

async fn write_objective(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(sent): Json<ObjectiveToWrite>,
) -> Result<Json<Goals>, Failed> {
    let words = objective(&sent.objective)?;
    actions::write_objective(&app, &viewer, id, sent.version, &words).await?;
    list(State(app), viewer, Path(id)).await
}

/// What a form calls the tie is a competency here.
fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = if problem.field == "tie" { "competency".into() } else { problem.field.clone() };
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

impl GoalToWrite {
    fn draft(&self) -> Result<Draft, Problems> {
        let objective = self.for_objective.then_some(Tie::Objective);
        Draft::parse(Draft {
            visibility: match self.visibility {
                Some(GoalVisibility::OnlyMe) => Visibility::OnlyMe,
                Some(GoalVisibility::Pair) | None => Visibility::Pair,
            },
            kind: self.kind,
            term: self.term,
            tie: self.competency.clone().map(Tie::Competency).or(objective),
            parent: self.parent,
            statement: Words::typed(&self.statement),
            measure: Words::typed(&self.measure),
            baseline: self.baseline,
            target: self.target,
            due: self.due,
            steps: self.steps.iter().map(|step| Words::typed(step)).filter(|step| !step.as_str().is_empty()).collect(),
        })
    }
}

impl GoalTold {
    fn of(read: &Read, goal: &Goal) -> Self {
        let said = read.said(goal).ok();
        let reason = actions::reason_of(&read.of.keys, &read.of.pair, goal);
        Self {
            id: goal.id,
            owner: goal.owner,
            visibility: if goal.visibility == Visibility::OnlyMe {
                GoalVisibility::OnlyMe
            } else {
                GoalVisibility::Pair
            },
            kind: goal.kind,
            term: goal.term,
            competency: goal.tie.as_ref().and_then(Tie::competency).map(str::to_owned),
            for_objective: goal.tie == Some(Tie::Objective),
            parent: goal.parent,
            statement: said.as_ref().map(|said| said.statement.as_str().to_owned()),
            measure: said.map(|said| said.measure.as_str().to_owned()),
            baseline: goal.baseline,
            target: goal.target,
            due: goal.due,
            steps: read.steps_of(goal).into_iter().map(|(id, text, done)| StepTold { id, text, done }).collect(),
            last_value: goal.last_value,
            last_on: goal.last_on,
            progress: read.percent(goal),
            outcome: goal.outcome(),
            reason: reason.and_then(Result::ok).map(|reason| reason.as_str().to_owned()),
            changed_at: goal.changed_at,
            version: goal.version,
        }
    }
}
