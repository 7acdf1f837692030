//! JSON doors to the observations of one's own mentorships. Words are in the answers to those alone who may read them.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::lenses;
use super::model::{Came, Debrief, Prediction, Preparation, Proposal, Saying, Statement};
use super::pages::{Read, read};
use crate::activities::model::{Kind as ActivityKind, Reflection};
use crate::app::App;
use crate::frameworks::model::Text;
use crate::identity::{Act, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::observations::model::{Kind, SeatId};
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::{Day, Door, Failed, Instant, Json, Path, Tag, Told};

const LOOPS: Tag = Tag {
    name: "loops",
    about: "What is learned of an observation: predict, observe, debrief, practise, observe again. What is only its author's nobody else reads.",
};

const AT: &str = "/api/me/mentorships/{id}/loops";

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: LOOPS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            AT,
            read,
            told(
                "list_loops",
                "The observations of one's own mentorship",
                "The latest first, each with its steps and when they were done.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/lenses",
            read,
            told("list_lenses", "What to watch for", "In both languages, each with its questions."),
            list_lenses,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/loops/{seat}/preparation",
            write,
            told(
                "prepare_observation",
                "Choose what to watch for",
                "For the observer, before the sitting begins: from one to three lenses.",
            ),
            prepare,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/loops/{seat}/prediction",
            write,
            told(
                "predict_observation",
                "Write down what is predicted",
                "For the observer, before the sitting begins; later nobody changes it. What looks like a figure or a name is refused (422) \
                 unless `as_it_is` says that it is meant.",
            ),
            predict,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/loops/{seat}/debrief",
            write,
            told(
                "debrief_observation",
                "Write the debrief",
                "For the observer, once the sitting is over. It is the debrief of the activity in the plan. What looks like a figure or a \
                 name is refused (422) unless `as_it_is` says that it is meant.",
            ),
            debrief,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/loops/{seat}/talk",
            write,
            told(
                "talk_observation",
                "Say a line, propose a practice",
                "The line is the mentor's; a practice either proposes.",
            ),
            talk,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/loops/{seat}/agree",
            write,
            told("agree_practice", "Agree to the practice that the other proposed", "It comes into the plan."),
            agree,
        ),
    ]
}

/// Who reads what was written of an observation.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum LoopVisibility {
    OnlyMe,
    #[default]
    Pair,
}

impl From<LoopVisibility> for Visibility {
    fn from(visibility: LoopVisibility) -> Self {
        match visibility {
            LoopVisibility::OnlyMe => Self::OnlyMe,
            LoopVisibility::Pair => Self::Pair,
        }
    }
}

/// What became of something that was predicted.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum PredictionCame {
    Yes,
    No,
    Unknown,
}

/// Something that is predicted of a sitting.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PredictedThing {
    what: String,
    /// From 0 to 100.
    percent: u32,
}

/// The observations of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Loops {
    items: Vec<LoopTold>,
}

/// An observation, and how far its loop has come.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Loop")]
struct LoopTold {
    seat: SeatId,
    /// The number of the sitting.
    number: i64,
    kind: Kind,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    #[schemars(with = "Instant")]
    ends_at: Timestamp,
    competency: Option<String>,
    lenses: Vec<String>,
    #[schemars(with = "Option<Instant>")]
    predicted_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    observed_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    debriefed_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    practised_at: Option<Timestamp>,
    /// When the same competency was observed again after the practice: the loop is closed where nothing before it is missing.
    #[schemars(with = "Option<Instant>")]
    again_at: Option<Timestamp>,
    /// The day on which everything that was written of it is destroyed.
    #[schemars(with = "Option<Day>")]
    destroyed_on: Option<Date>,
    /// Null where there is none, or none that one may read.
    prediction: Option<Vec<PredictedThing>>,
    /// Of the prediction; `predict_observation` wants it.
    prediction_version: i64,
    /// Goes up with each change of what is watched for; `prepare_observation` wants it.
    version: i64,
}

/// What to watch for.
#[derive(Serialize, JsonSchema)]
struct Lens {
    key: String,
    kinds: Vec<Kind>,
    competencies: Vec<String>,
    name: Text,
    about: Text,
    questions: Vec<Text>,
}

/// The lenses that come with the product.
#[derive(Serialize, JsonSchema)]
struct Lenses {
    items: Vec<Lens>,
}

/// What is watched for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PreparationToWrite {
    version: i64,
    #[serde(default)]
    competency: Option<String>,
    lenses: Vec<String>,
}

/// What is predicted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PredictionToWrite {
    version: i64,
    statements: Vec<PredictedThing>,
    #[serde(default)]
    visibility: LoopVisibility,
    /// That what was marked is meant.
    #[serde(default)]
    as_it_is: bool,
}

/// What was seen through a lens.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeenThrough {
    lens: String,
    seen: String,
}

/// A debrief.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LoopDebriefToWrite {
    /// Of the activity's debrief; 0 where there is none yet.
    version: i64,
    #[serde(default)]
    through: Vec<SeenThrough>,
    #[serde(default)]
    seen: String,
    /// What came of each thing that was predicted, in their order.
    #[serde(default)]
    came: Vec<PredictionCame>,
    #[serde(default)]
    against: String,
    #[serde(default)]
    practise: String,
    #[serde(default)]
    visibility: LoopVisibility,
    #[serde(default)]
    as_it_is: bool,
}

/// A practice that is proposed.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PracticeToPropose {
    /// `negotiation-practice` or `speaking-practice`.
    kind: ActivityKind,
    #[schemars(with = "Day")]
    on: Date,
    what: String,
}

/// A line, a practice, or both.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TalkToWrite {
    version: i64,
    #[serde(default)]
    line: String,
    #[serde(default)]
    practice: Option<PracticeToPropose>,
    #[serde(default)]
    as_it_is: bool,
}

/// Over which version somebody agrees.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PracticeAgreed {
    version: i64,
}

impl LoopTold {
    fn of(viewer: &Viewer, read: &Read, place: usize) -> Self {
        let observation = &read.observations[place];
        let [predicted_at, observed_at, debriefed_at, practised_at, again_at] = read.steps(place);
        let prediction = read.prediction(viewer, observation.seat).and_then(Result::ok);
        let things = |prediction: Prediction| -> Vec<PredictedThing> {
            let one = |one: Statement| PredictedThing { what: one.what.as_str().to_owned(), percent: one.percent };
            prediction.statements.into_iter().map(one).collect()
        };
        Self {
            seat: observation.seat,
            number: observation.number,
            kind: observation.kind,
            starts_at: observation.starts_at,
            ends_at: observation.ends_at,
            competency: observation.competency.clone(),
            lenses: observation.lenses.clone(),
            predicted_at,
            observed_at,
            debriefed_at,
            practised_at,
            again_at,
            destroyed_on: observation.destroyed_on(),
            prediction: prediction.map(|(prediction, _)| things(prediction)),
            prediction_version: read.stored(observation.seat).map_or(0, |stored| stored.version),
            version: observation.version,
        }
    }
}

async fn list(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Loops>, Failed> {
    let read = read(&app, &viewer, id).await?;
    Ok(Json(Loops { items: (0..read.observations.len()).map(|place| LoopTold::of(&viewer, &read, place)).collect() }))
}

async fn list_lenses(Has(_): Has<App>, _: Viewer) -> Result<Json<Lenses>, Failed> {
    let told = |lens: &lenses::Lens| Lens {
        key: lens.key.clone(),
        kinds: lens.kinds.clone(),
        competencies: lens.competencies.clone(),
        name: lens.name.clone(),
        about: lens.about.clone(),
        questions: lens.questions.clone(),
    };
    Ok(Json(Lenses { items: lenses::all().iter().map(told).collect() }))
}

type Seat = (MentorshipId, SeatId);

async fn the_loop(app: &App, viewer: &Viewer, (id, seat): Seat) -> Result<Json<LoopTold>, Failed> {
    let read = read(app, viewer, id).await?;
    let place = read.place(seat)?;
    Ok(Json(LoopTold::of(viewer, &read, place)))
}

async fn prepare(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<Seat>,
    Json(sent): Json<PreparationToWrite>,
) -> Result<Json<LoopTold>, Failed> {
    let preparation = Preparation { competency: sent.competency, lenses: sent.lenses };
    actions::prepare(&app, &viewer, (id, seat, sent.version), preparation).await?;
    the_loop(&app, &viewer, (id, seat)).await
}

async fn predict(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<Seat>,
    Json(sent): Json<PredictionToWrite>,
) -> Result<Json<LoopTold>, Failed> {
    let statements = sent.statements.into_iter();
    let statements = statements.map(|one| Statement { what: Words::line(&one.what), percent: one.percent }).collect();
    let prediction = Prediction { visibility: sent.visibility.into(), statements };
    actions::predict(&app, &viewer, (id, seat, sent.version), (prediction, sent.as_it_is)).await?;
    the_loop(&app, &viewer, (id, seat)).await
}

async fn debrief(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<Seat>,
    Json(sent): Json<LoopDebriefToWrite>,
) -> Result<Json<LoopTold>, Failed> {
    let reflection = Reflection {
        visibility: sent.visibility.into(),
        through: sent.through.into_iter().map(|one| (one.lens, Words::typed(&one.seen))).collect(),
        seen: Words::typed(&sent.seen),
        practise: Words::typed(&sent.practise),
        ..Reflection::default()
    };
    let came = |came: PredictionCame| match came {
        PredictionCame::Yes => Some(Came::Yes),
        PredictionCame::No => Some(Came::No),
        PredictionCame::Unknown => Some(Came::Unknown),
    };
    let debrief = Debrief {
        reflection,
        came: sent.came.into_iter().map(came).collect(),
        against: Words::typed(&sent.against),
        version: sent.version,
        is_meant: sent.as_it_is,
    };
    actions::debrief(&app, &viewer, (id, seat), debrief).await?;
    the_loop(&app, &viewer, (id, seat)).await
}

async fn talk(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<Seat>,
    Json(sent): Json<TalkToWrite>,
) -> Result<Json<LoopTold>, Failed> {
    // Who it is for is asked before what is wrong with it.
    the_loop(&app, &viewer, (id, seat)).await?;
    let today = actions::today(&app, &viewer);
    let proposed = |practice: PracticeToPropose| {
        Proposal::parse(Some(practice.kind), Some(practice.on), Words::line(&practice.what), today)
    };
    let practice: Result<Option<Proposal>, Problems> = sent.practice.map(proposed).transpose();
    let saying =
        Saying { line: Words::typed(&sent.line), practice: practice?, version: sent.version, is_meant: sent.as_it_is };
    actions::say(&app, &viewer, (id, seat), saying).await?;
    the_loop(&app, &viewer, (id, seat)).await
}

async fn agree(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<Seat>,
    Json(sent): Json<PracticeAgreed>,
) -> Result<Json<LoopTold>, Failed> {
    actions::agree(&app, &viewer, (id, seat), sent.version).await?;
    the_loop(&app, &viewer, (id, seat)).await
}
