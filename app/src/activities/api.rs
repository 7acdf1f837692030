//! JSON doors to the plan of one's own mentorships. Words are in the answers to the two alone.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Activity, ActivityId, Done, Kind, Reflection, Row, State, When, plan};
use super::pages::{Read, read};
use super::store;
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::{Failure, Problems};
use crate::vault::Words;
use crate::web::{Day, Door, Failed, Instant, Json, Path, Tag, Told};

const ACTIVITIES: Tag = Tag {
    name: "activities",
    about: "What a mentee will be taught, observe, visit and practise. The two of a mentorship alone read what the plan says.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: ACTIVITIES, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/plan",
            read,
            told(
                "read_plan",
                "The plan of one's own mentorship",
                "In the order of time; a hundred activities at most.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/plan",
            write,
            told(
                "write_plan",
                "Write the plan anew",
                "What is planned and not among them goes; what was done or let go stays. Where somebody wrote since, nothing is done \
                 (409).",
            ),
            put,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/plan/{activity}/done",
            write,
            told("finish_activity", "Say that an activity was done", "A debrief is due 48 hours after its end."),
            finish,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/plan/{activity}/let-go",
            write,
            told("let_activity_go", "Let an activity go", "With a reason."),
            let_go,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/plan/{activity}/debrief",
            read,
            told("read_debrief", "The debrief of an activity", "Null where there is none that one may read."),
            debrief,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/plan/{activity}/debrief",
            write,
            told(
                "write_debrief",
                "Write the debrief of an activity",
                "For the mentee. Before the activity only what is expected is asked; afterwards what was seen has to be said.",
            ),
            write_debrief,
        ),
    ]
}

/// The plan of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Plan {
    /// `write_plan` wants it; 0 while nothing was written.
    version: i64,
    items: Vec<ActivityTold>,
}

/// An activity.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Activity")]
struct ActivityTold {
    id: ActivityId,
    kind: Kind,
    /// A competency of the edition's framework, by its key.
    competency: Option<String>,
    /// The day, or the first of the month where no day is known yet.
    #[schemars(with = "Day")]
    on: Date,
    is_month: bool,
    /// Null where the words do not open: their author was erased, or the installation's key is missing.
    what: Option<String>,
    watch: Option<String>,
    state: State,
    #[schemars(with = "Option<Instant>")]
    ended_at: Option<Timestamp>,
    minutes: Option<i64>,
    /// Until when its debrief is to be written, if one is owed.
    #[schemars(with = "Option<Instant>")]
    debrief_due: Option<Timestamp>,
    reason: Option<String>,
}

/// An activity to be planned.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ActivityToPlan {
    /// Null for a new one.
    #[serde(default)]
    id: Option<ActivityId>,
    kind: Kind,
    #[serde(default)]
    competency: Option<String>,
    #[schemars(with = "Day")]
    on: Date,
    #[serde(default)]
    is_month: bool,
    what: String,
    #[serde(default)]
    watch: String,
}

/// A plan over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PlanToWrite {
    version: i64,
    items: Vec<ActivityToPlan>,
}

/// How an activity went, as far as the plan asks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ActivityDone {
    #[schemars(with = "Instant")]
    ended_at: Timestamp,
    #[serde(default)]
    minutes: Option<i64>,
}

/// Why an activity is let go.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ActivityLetGo {
    reason: String,
}

/// Who reads a debrief.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum DebriefVisibility {
    Pair,
    OnlyMe,
}

/// A debrief.
#[derive(Serialize, JsonSchema)]
struct DebriefTold {
    /// `write_debrief` wants it; 0 where there is none.
    version: i64,
    debrief: Option<Thought>,
}

/// What the mentee expected, saw and will practise.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Debrief")]
struct Thought {
    visibility: DebriefVisibility,
    #[serde(default)]
    expected: String,
    #[serde(default)]
    seen: String,
    #[serde(default)]
    practise: String,
}

/// A debrief over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DebriefToWrite {
    version: i64,
    debrief: Thought,
}

async fn list(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Plan>, Failed> {
    let read = read(&app, &viewer, id).await?;
    let items = read.plan.iter().map(|activity| ActivityTold::of(&read, activity)).collect();
    Ok(Json(Plan { version: read.version, items }))
}

async fn put(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(sent): Json<PlanToWrite>,
) -> Result<Json<Plan>, Failed> {
    let rows: Vec<Row> = sent.items.into_iter().map(ActivityToPlan::row).collect();
    let places: Vec<usize> = (0..rows.len()).collect();
    let rows = plan(rows, &places).map_err(|problems| in_our_words(&problems))?;
    actions::write(&app, &viewer, (id, sent.version), &rows).await?;
    list(Has(app), viewer, Path(id)).await
}

/// Each field of a row is a field of a form, and the rows are one of ours.
fn in_our_words(problems: &Problems) -> Failure {
    let mut ours = Problems::default();
    for problem in problems.iter() {
        ours.add("items", problem.message.clone());
    }
    ours.into()
}

async fn finish(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, activity)): Path<(MentorshipId, ActivityId)>,
    Json(sent): Json<ActivityDone>,
) -> Result<Json<Plan>, Failed> {
    let done = Done { ended_at: sent.ended_at, minutes: sent.minutes };
    actions::finish(&app, &viewer, (id, activity), done).await?;
    list(Has(app), viewer, Path(id)).await
}

async fn let_go(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, activity)): Path<(MentorshipId, ActivityId)>,
    Json(sent): Json<ActivityLetGo>,
) -> Result<Json<Plan>, Failed> {
    actions::let_go(&app, &viewer, (id, activity), &sent.reason).await?;
    list(Has(app), viewer, Path(id)).await
}

async fn debrief(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, activity)): Path<(MentorshipId, ActivityId)>,
) -> Result<Json<DebriefTold>, Failed> {
    let read = read(&app, &viewer, id).await?;
    read.activity(activity)?;
    let stored = store::debrief(&app.db, activity).await?;
    let reflection =
        stored.as_ref().and_then(|stored| actions::reflection_of(&read.of.keys, &viewer, &read.of.pair, stored));
    let debrief = reflection.and_then(Result::ok).map(|reflection| Thought {
        visibility: match reflection.visibility {
            Visibility::OnlyMe => DebriefVisibility::OnlyMe,
            _ => DebriefVisibility::Pair,
        },
        expected: reflection.expected.as_str().to_owned(),
        seen: reflection.seen.as_str().to_owned(),
        practise: reflection.practise.as_str().to_owned(),
    });
    Ok(Json(DebriefTold { version: stored.map_or(0, |stored| stored.version), debrief }))
}

async fn write_debrief(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, activity)): Path<(MentorshipId, ActivityId)>,
    Json(sent): Json<DebriefToWrite>,
) -> Result<Json<DebriefTold>, Failed> {
    let words = |text: &str| Words::typed(text);
    let reflection = Reflection {
        visibility: match sent.debrief.visibility {
            DebriefVisibility::Pair => Visibility::Pair,
            DebriefVisibility::OnlyMe => Visibility::OnlyMe,
        },
        expected: words(&sent.debrief.expected),
        seen: words(&sent.debrief.seen),
        practise: words(&sent.debrief.practise),
        ..Reflection::default()
    };
    actions::write_debrief(&app, &viewer, (id, activity, sent.version), &reflection).await?;
    debrief(Has(app), viewer, Path((id, activity))).await
}

impl ActivityToPlan {
    fn row(self) -> Row {
        Row {
            id: self.id,
            kind: self.kind,
            competency: self.competency,
            when: When::new(self.on, self.is_month),
            what: Words::line(&self.what),
            watch: Words::typed(&self.watch),
        }
    }
}

impl ActivityTold {
    fn of(read: &Read, activity: &Activity) -> Self {
        let said = read.said(activity).ok();
        let reason = actions::reason_of(&read.of.keys, &read.of.pair, activity);
        Self {
            id: activity.id,
            kind: activity.kind,
            competency: activity.competency.clone(),
            on: activity.when.on,
            is_month: activity.when.is_month,
            what: said.as_ref().map(|said| said.what.as_str().to_owned()),
            watch: said.map(|said| said.watch.as_str().to_owned()),
            state: activity.state,
            ended_at: activity.ended_at,
            minutes: activity.minutes,
            debrief_due: activity.debrief_due(),
            reason: reason.and_then(Result::ok).map(|reason| reason.as_str().to_owned()),
        }
    }
}
