//! JSON doors to the journal of one's own mentorships. Words and probabilities are in the answers to those alone who may read them.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Came, Decision, DecisionId, Draft, Expected, Outcome};
use super::pages::{Read, read};
use super::score::brier;
use crate::app::App;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::vault::Words;
use crate::web::{Created, Day, Door, Failed, Instant, Json, Path, Tag, Told};

const JOURNAL: Tag = Tag {
    name: "journal",
    about: "Decisions that a mentee faces, and how their forecasts came out. What is only its author's nobody else reads.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: JOURNAL, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/journal",
            read,
            told(
                "list_decisions",
                "The decision journal of one's own mentorship",
                "Those of the pair and those that are one's own alone: the open ones first, by their day; a hundred at most.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/journal",
            write,
            told(
                "add_decision",
                "Write a decision down",
                "For the mentee. Probabilities in per cent, together 100 at most.",
            ),
            add,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/mentorships/{id}/journal/{decision}",
            write,
            told(
                "write_decision",
                "Write a decision anew",
                "Until the day on which it is known. Where it was changed since, nothing is done (409).",
            ),
            change,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/journal/{decision}/resolve",
            write,
            told(
                "resolve_decision",
                "Say what came",
                "It may be said anew. Where it was changed since, nothing is done (409).",
            ),
            resolve,
        ),
    ]
}

/// Who reads a decision.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum DecisionVisibility {
    OnlyMe,
    Pair,
}

/// Something that may come of a decision.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ExpectedOutcome {
    what: String,
    /// From 0 to 100.
    percent: u32,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum WhatCame {
    /// One of those expected; `place` says which, from 0.
    Expected,
    None,
    /// It cannot be known any more.
    Unknown,
}

/// The decision journal of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Journal {
    items: Vec<DecisionTold>,
}

/// A decision.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Decision")]
struct DecisionTold {
    id: DecisionId,
    author: PersonId,
    visibility: DecisionVisibility,
    /// Null where the words do not open: their author was erased, or the installation's key is missing.
    question: Option<String>,
    alternatives: Option<String>,
    choice: Option<String>,
    why: Option<String>,
    expected: Vec<ExpectedOutcome>,
    #[schemars(with = "Day")]
    known_on: Date,
    came: Option<WhatCame>,
    /// Which of those expected came, from 0.
    place: Option<usize>,
    lesson: Option<String>,
    /// The Brier score, from 0, the best, to 1; null where there is none yet.
    score: Option<f64>,
    #[schemars(with = "Instant")]
    changed_at: Timestamp,
    /// Goes up with each change; `write_decision` and `resolve_decision` want it.
    version: i64,
}

/// What a decision is to say.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionToWrite {
    question: String,
    #[serde(default)]
    alternatives: String,
    #[serde(default)]
    choice: String,
    #[serde(default)]
    why: String,
    expected: Vec<ExpectedOutcome>,
    #[schemars(with = "Day")]
    known_on: Date,
    /// Only its author, where nothing is said.
    #[serde(default)]
    visibility: Option<DecisionVisibility>,
}

/// A decision over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionRewritten {
    version: i64,
    decision: DecisionToWrite,
}

/// What came, over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DecisionToResolve {
    version: i64,
    came: WhatCame,
    #[serde(default)]
    place: Option<usize>,
    #[serde(default)]
    lesson: String,
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Journal>, Failed> {
    let read = read(&app, &viewer, id).await?;
    Ok(Json(Journal { items: read.decisions.iter().map(|decision| DecisionTold::of(&read, decision)).collect() }))
}

async fn the_decision(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    decision: DecisionId,
) -> Result<DecisionTold, Failed> {
    let read = read(app, viewer, id).await?;
    let decision = read.decision(decision)?;
    Ok(DecisionTold::of(&read, decision))
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(decision): Json<DecisionToWrite>,
) -> Result<Created<DecisionTold>, Failed> {
    let draft = decision.draft()?;
    let decision = actions::add(&app, &viewer, id, &draft).await?;
    let body = the_decision(&app, &viewer, id, decision).await?;
    Ok(Created { at: format!("/api/me/mentorships/{id}/journal"), body })
}

async fn change(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
    Json(sent): Json<DecisionRewritten>,
) -> Result<Json<DecisionTold>, Failed> {
    let draft = sent.decision.draft()?;
    actions::write(&app, &viewer, (id, decision, sent.version), &draft).await?;
    Ok(Json(the_decision(&app, &viewer, id, decision).await?))
}

async fn resolve(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
    Json(sent): Json<DecisionToResolve>,
) -> Result<Json<DecisionTold>, Failed> {
    let came = match sent.came {
        WhatCame::Expected => sent.place.map(Came::Expected),
        WhatCame::None => Some(Came::None),
        WhatCame::Unknown => Some(Came::Unknown),
    };
    let outcome = Outcome::parse(came, Words::typed(&sent.lesson))?;
    actions::resolve(&app, &viewer, (id, decision, sent.version), &outcome).await?;
    Ok(Json(the_decision(&app, &viewer, id, decision).await?))
}

impl DecisionToWrite {
    fn draft(&self) -> Result<Draft, Problems> {
        let words = |text: &str| Words::typed(text);
        let expected = self.expected.iter().map(|one| Expected { what: words(&one.what), percent: one.percent });
        Draft::parse(Draft {
            visibility: match self.visibility {
                Some(DecisionVisibility::Pair) => Visibility::Pair,
                Some(DecisionVisibility::OnlyMe) | None => Visibility::OnlyMe,
            },
            question: words(&self.question),
            alternatives: words(&self.alternatives),
            choice: words(&self.choice),
            expected: expected.collect(),
            why: words(&self.why),
            known_on: Some(self.known_on),
        })
    }
}

impl DecisionTold {
    fn of(read: &Read, decision: &Decision) -> Self {
        let said = read.said(decision).ok();
        let outcome = read.outcome(decision).and_then(Result::ok);
        let text = |words: &Words| words.as_str().to_owned();
        let expected = said.iter().flat_map(|said| &said.expected);
        Self {
            id: decision.id,
            author: decision.author,
            visibility: if decision.visibility == Visibility::OnlyMe {
                DecisionVisibility::OnlyMe
            } else {
                DecisionVisibility::Pair
            },
            expected: expected.map(|one| ExpectedOutcome { what: text(&one.what), percent: one.percent }).collect(),
            question: said.as_ref().map(|said| text(&said.question)),
            alternatives: said.as_ref().map(|said| text(&said.alternatives)),
            choice: said.as_ref().map(|said| text(&said.choice)),
            why: said.as_ref().map(|said| text(&said.why)),
            known_on: decision.known_on,
            came: outcome.as_ref().map(|outcome| match outcome.came {
                Came::Expected(_) => WhatCame::Expected,
                Came::None => WhatCame::None,
                Came::Unknown => WhatCame::Unknown,
            }),
            place: outcome.as_ref().and_then(|outcome| match outcome.came {
                Came::Expected(place) => Some(place),
                Came::None | Came::Unknown => None,
            }),
            lesson: outcome.map(|outcome| text(&outcome.lesson)),
            score: read.own_forecast(decision).map(|forecast| brier(&forecast)),
            changed_at: decision.changed_at,
            version: decision.version,
        }
    }
}
