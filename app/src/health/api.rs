//! JSON doors: the pairs of an edition by how they are, and what a coordinator does about one.

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::clocks::Clock;
use super::look::{Line, Look, Shown};
use super::model::{Agreement, Measure, State};
use crate::app::App;
use crate::identity::{Act, PersonId, Record, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::people::model::Side;
use crate::problems::Refusal;
use crate::programmes::{self, EditionId};
use crate::web::{Cursor, Day, Door, Failed, Json, Limit, Page, Params, Path, Tag, Told};

const HEALTH: Tag = Tag { name: "health", about: "How pairs are, with the evidence, and what is done about it." };

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/health",
            (Act::ManageMentorships, TokenScope::ProgrammesRead),
            Told {
                id: "list_health",
                tag: HEALTH,
                summary: "How the pairs of an edition are",
                detail: "For coordinators: those that run, and those that have ended and are late with the follow-up, in the order of the mentees' names, with the evidence in dates and \
                         counts. What either answered to \"did you meet?\" is in no answer; of a pair of which one is oneself the \
                         state counts no answers.",
            },
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/mentorships/{id}/measures",
            (Act::ManageMentorships, TokenScope::ProgrammesWrite),
            Told {
                id: "take_measure",
                tag: HEALTH,
                summary: "Do something about a pair",
                detail: "For coordinators: remind whoever can do something, ask both apart whether they met, or offer both help. The \
                         same is not done twice within five working days (422), and nothing about a pair of which one is oneself \
                         (404).",
            },
            take,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct HealthAsked {
    /// A part of the name or address of either.
    #[serde(default)]
    q: Option<String>,
    /// Only pairs in this state.
    #[serde(default)]
    state: Option<State>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// One of a pair.
#[derive(Serialize, JsonSchema)]
struct OneToLookAfter {
    id: PersonId,
    name: String,
    /// Whether they have read their orientation.
    oriented: bool,
}

/// How a pair is. Days are those of the edition's calendar.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Health")]
struct HealthTold {
    mentorship: MentorshipId,
    mentee: OneToLookAfter,
    mentor: OneToLookAfter,
    #[schemars(with = "Day")]
    began_on: Date,
    /// When it ended, of one that is late with what follows.
    #[schemars(with = "Option<Day>")]
    ended_on: Option<Date>,
    /// On track where it has ended.
    state: State,
    /// What should have been done a working week ago or longer.
    late: Vec<LateWith>,
    /// How many agreed meetings there were whose time has come.
    meetings: i64,
    #[schemars(with = "Option<Day>")]
    first_meeting_on: Option<Date>,
    #[schemars(with = "Option<Day>")]
    last_meeting_on: Option<Date>,
    #[schemars(with = "Option<Day>")]
    next_meeting_on: Option<Date>,
    /// Since when proposed times wait for an answer, and whose.
    #[schemars(with = "Option<Day>")]
    times_wait_since: Option<Date>,
    times_wait_for: Option<Side>,
    #[schemars(with = "Option<Day>")]
    agreed_on: Option<Date>,
    /// Since when an agreement waits for the signature of one of them.
    #[schemars(with = "Option<Day>")]
    agreement_waits_since: Option<Date>,
    open_promises: i64,
    open_goals: i64,
    overdue_goals: i64,
    #[schemars(with = "Option<Day>")]
    last_check_in_on: Option<Date>,
    planned_activities: i64,
    done_activities: i64,
    owed_debriefs: i64,
    /// What was done about it, in the order of time.
    measures: Vec<MeasureTold>,
    /// What would be done next; null while nothing is to be done, or what was done last may still work.
    next: Option<Measure>,
}

/// What a pair is late with.
#[derive(Serialize, JsonSchema)]
struct LateWith {
    clock: Clock,
    #[schemars(with = "Day")]
    due_on: Date,
}

/// Something that was done about a pair.
#[derive(Serialize, JsonSchema)]
struct MeasureTold {
    measure: Measure,
    #[schemars(with = "Day")]
    on: Date,
}

/// What to do about a pair.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Takes {
    measure: Measure,
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<HealthAsked>,
) -> Result<Json<Page<HealthTold>>, Failed> {
    let edition = programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ManageMentorships, &Record::of_organisation(edition.organisation)) {
        return Err(Refusal::NotFound.into());
    }
    let after = Cursor::read(asked.after.as_ref(), |text| text.parse().ok().map(MentorshipId))?;
    let limit = asked.limit.unwrap_or_default();
    let look = Look::of(&app, edition.organisation).await?;
    let shown = asked.state.map_or(Shown::All, Shown::Only);
    let lines = look.shown(id, viewer.person, shown, asked.q.as_deref().unwrap_or_default(), after);
    let lines: Vec<&Line> = lines.take(limit.and_one()).collect();
    Ok(Json(Page::of(
        lines,
        limit,
        |line| Cursor::new(line.pair.id.to_string()),
        |line| HealthTold::of(line, &app, &viewer),
    )))
}

async fn take(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(takes): Json<Takes>,
) -> Result<Json<HealthTold>, Failed> {
    actions::take(&app, &viewer, id, takes.measure).await?;
    let line = actions::look_after(&app, &viewer, id).await?;
    Ok(Json(HealthTold::of(&line, &app, &viewer)))
}

impl HealthTold {
    fn of(line: &Line, app: &App, viewer: &Viewer) -> Self {
        let (facts, pair) = (&line.facts, &line.pair);
        let (agreed_on, agreement_waits_since) = match facts.agreement {
            Agreement::Signed(on) => (Some(on), None),
            Agreement::Waits(since, _) => (None, Some(since)),
            Agreement::None => (None, None),
        };
        let (goals, plan) = (facts.goals.unwrap_or_default(), facts.plan.unwrap_or_default());
        let [mentee, mentor] = facts.oriented;
        let one = |id: PersonId, name: &str, oriented| OneToLookAfter { id, name: name.to_owned(), oriented };
        Self {
            mentorship: pair.id,
            mentee: one(pair.mentee, &pair.mentee_name, mentee),
            mentor: one(pair.mentor, &pair.mentor_name, mentor),
            began_on: facts.began_on,
            ended_on: facts.ended_on,
            state: line.state(viewer.person),
            late: line.late.iter().map(|tick| LateWith { clock: tick.clock, due_on: tick.due_on }).collect(),
            meetings: facts.meetings,
            first_meeting_on: facts.first,
            last_meeting_on: facts.last,
            next_meeting_on: facts.next,
            times_wait_since: facts.waiting.map(|(since, _)| since),
            times_wait_for: facts.waiting.map(|(_, whose)| whose),
            agreed_on,
            agreement_waits_since,
            open_promises: facts.open_promises,
            open_goals: goals.open,
            overdue_goals: goals.overdue,
            last_check_in_on: goals.last_on,
            planned_activities: plan.planned,
            done_activities: plan.done,
            owed_debriefs: plan.owed,
            measures: line.taken.iter().map(|taken| MeasureTold { measure: taken.measure, on: taken.on }).collect(),
            next: line.next(viewer.person, app.now()),
        }
    }
}
