//! JSON doors to agreed outcomes: for the two of a pair, and what was released to oneself. Words are in the answers to those alone who
//! may read them.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Outcome, OutcomeId, Reader, line};
use super::reading::{line_of, released};
use super::store;
use crate::app::App;
use crate::identity::{Act, Held, Part, PersonId, Scope, TokenScope, Viewer};
use crate::mentorships::{Mentorship, MentorshipId, own};
use crate::problems::Refusal;
use crate::programmes::EditionId;
use crate::vault;
use crate::web::{Created, Door, Failed, Instant, Json, Path, Tag, Told};

const OUTCOMES: Tag = Tag {
    name: "outcomes",
    about: "Lines that both of a pair release, to readers whom both name; nobody else learns that there are any.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: OUTCOMES, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/outcomes",
            read,
            told(
                "list_outcomes",
                "The outcomes of one's own mentorship",
                "Those that wait for a release first, then the newest; and who may be named as a reader.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/outcomes",
            write,
            told(
                "propose_outcome",
                "Propose an outcome",
                "A line, and at least one reader of those who may be named. Nobody but the other of the pair reads it until they \
                 release it.",
            ),
            propose,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/outcomes/{outcome}/release",
            write,
            told(
                "release_outcome",
                "Release an outcome that the other proposed",
                "To those of its readers who are named here too. Where it is released already, nothing is done (409).",
            ),
            release,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/me/mentorships/{id}/outcomes/{outcome}",
            write,
            told("withdraw_outcome", "Withdraw an outcome", "Either of the two; it is gone for everybody."),
            withdraw,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/outcomes",
            (Act::UseAccount, TokenScope::OwnRead),
            told(
                "list_released_outcomes",
                "What was released to oneself",
                "As a line manager, a sponsor or a coordinator whom a pair named, the newest first; a thousand at most of each.",
            ),
            list_released,
        ),
    ]
}

/// As what somebody reads an outcome.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum ReadingPart {
    Supervisor,
    Sponsor,
    Coordinator,
}

impl ReadingPart {
    const ALL: [Self; 3] = [Self::Supervisor, Self::Sponsor, Self::Coordinator];

    fn of(part: Part) -> Option<Self> {
        Self::ALL.into_iter().find(|one| Part::from(*one) == part)
    }
}

impl From<ReadingPart> for Part {
    fn from(part: ReadingPart) -> Self {
        match part {
            ReadingPart::Supervisor => Self::Supervisor,
            ReadingPart::Sponsor => Self::Sponsor,
            ReadingPart::Coordinator => Self::Coordinator,
        }
    }
}

/// A reader of an outcome.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OutcomeReader {
    person: PersonId,
    part: ReadingPart,
}

/// A reader of an outcome, or somebody who may be named as one.
#[derive(Serialize, JsonSchema)]
struct OutcomeReaderTold {
    person: PersonId,
    part: ReadingPart,
    name: String,
}

/// An outcome of a pair.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Outcome")]
struct OutcomeTold {
    id: OutcomeId,
    /// Who proposed it.
    author: PersonId,
    /// Null where it does not open: its author was erased, or the installation's key is missing.
    line: Option<String>,
    readers: Vec<OutcomeReaderTold>,
    #[schemars(with = "Instant")]
    proposed_at: Timestamp,
    /// Since when both have released it.
    #[schemars(with = "Option<Instant>")]
    released_at: Option<Timestamp>,
}

/// The outcomes of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Outcomes {
    items: Vec<OutcomeTold>,
    /// Who may be named as a reader.
    candidates: Vec<OutcomeReaderTold>,
}

/// What is proposed, and to whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OutcomeToPropose {
    line: String,
    readers: Vec<OutcomeReader>,
}

/// To whom it is released.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OutcomeToRelease {
    readers: Vec<OutcomeReader>,
}

/// A line that a pair released to oneself.
#[derive(Serialize, JsonSchema)]
struct ReleasedOutcome {
    edition: EditionId,
    mentee: PersonId,
    mentee_name: String,
    mentor_name: String,
    /// As what one reads it.
    part: ReadingPart,
    line: Option<String>,
    #[schemars(with = "Instant")]
    released_at: Timestamp,
}

/// Lines that pairs released to oneself.
#[derive(Serialize, JsonSchema)]
struct ReleasedOutcomes {
    items: Vec<ReleasedOutcome>,
}

fn reader_told((reader, name): (Reader, &str)) -> Option<OutcomeReaderTold> {
    Some(OutcomeReaderTold { person: reader.person, part: ReadingPart::of(reader.part)?, name: name.to_owned() })
}

fn wanted(readers: &[OutcomeReader]) -> Vec<Reader> {
    readers.iter().map(|reader| Reader { person: reader.person, part: reader.part.into() }).collect()
}

/// The outcomes of a pair as one of the two reads them.
async fn told(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<(Mentorship, Vec<OutcomeTold>), Failed> {
    let pair = own(&app.db, viewer, id).await?;
    let outcomes = store::outcomes(&app.db, id).await?;
    let readers = store::readers(&app.db, id).await?;
    let keys = vault::keys(app, &app.db, pair.organisation, &[id.0]).await?;
    let told = |outcome: &Outcome| {
        let named = readers.iter().filter(|(of, ..)| *of == outcome.id);
        OutcomeTold {
            id: outcome.id,
            author: outcome.author,
            line: line_of(&keys, &pair, outcome).ok().map(|words| words.as_str().to_owned()),
            readers: named.filter_map(|(_, reader, name)| reader_told((*reader, name))).collect(),
            proposed_at: outcome.proposed_at,
            released_at: outcome.released_at,
        }
    };
    let told = outcomes.iter().map(told).collect();
    Ok((pair, told))
}

async fn the_outcome(app: &App, viewer: &Viewer, id: MentorshipId, outcome: OutcomeId) -> Result<OutcomeTold, Failed> {
    let (_, outcomes) = told(app, viewer, id).await?;
    Ok(outcomes.into_iter().find(|one| one.id == outcome).ok_or(Refusal::NotFound)?)
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<Outcomes>, Failed> {
    let (pair, items) = told(&app, &viewer, id).await?;
    let candidates = actions::candidates(&app.db, &pair).await?;
    let candidates = candidates.iter().filter_map(|one| reader_told((one.reader, &one.name))).collect();
    Ok(Json(Outcomes { items, candidates }))
}

async fn propose(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(sent): Json<OutcomeToPropose>,
) -> Result<Created<OutcomeTold>, Failed> {
    let words = line(&sent.line)?;
    let outcome = actions::propose(&app, &viewer, id, &words, &wanted(&sent.readers)).await?;
    let body = the_outcome(&app, &viewer, id, outcome).await?;
    Ok(Created { at: format!("/api/me/mentorships/{id}/outcomes"), body })
}

async fn release(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, outcome)): Path<(MentorshipId, OutcomeId)>,
    Json(sent): Json<OutcomeToRelease>,
) -> Result<Json<OutcomeTold>, Failed> {
    actions::release(&app, &viewer, (id, outcome), &wanted(&sent.readers)).await?;
    Ok(Json(the_outcome(&app, &viewer, id, outcome).await?))
}

async fn withdraw(
    State(app): State<App>,
    viewer: Viewer,
    Path(path): Path<(MentorshipId, OutcomeId)>,
) -> Result<StatusCode, Failed> {
    actions::withdraw(&app, &viewer, path).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Whether somebody still holds the part as whose holder they were named.
fn still_reads(viewer: &Viewer, part: Part, edition: EditionId) -> bool {
    let looks_on = part == Part::Sponsor && viewer.parts.contains(&Held { part, scope: Scope::Edition(edition.0) });
    viewer.holds(part) || looks_on
}

async fn list_released(State(app): State<App>, viewer: Viewer) -> Result<Json<ReleasedOutcomes>, Failed> {
    let mut items = Vec::new();
    for part in ReadingPart::ALL {
        let all = released(&app, &viewer, part.into()).await?.into_iter();
        items.extend(all.filter(|one| still_reads(&viewer, part.into(), one.edition)).map(|one| ReleasedOutcome {
            edition: one.edition,
            mentee: one.mentee,
            mentee_name: one.mentee_name,
            mentor_name: one.mentor_name,
            part,
            line: one.line.ok().map(|words| words.as_str().to_owned()),
            released_at: one.released_at,
        }));
    }
    Ok(Json(ReleasedOutcomes { items }))
}
