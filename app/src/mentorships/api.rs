//! JSON doors to mentorships: an edition's for the coordinator, one's own for the two.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Ending, Mentorship, MentorshipId, Parting};
use super::reading::with_reasons;
use super::store::{self, Shown};
use crate::app::App;
use crate::db::After;
use crate::identity::{self, Act, PersonId, Record, TokenScope, Viewer};
use crate::people::model::Side;
use crate::problems::Refusal;
use crate::programmes::{self, EditionId};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const MENTORSHIPS: Tag = Tag { name: "mentorships", about: "The published pairs, from the first day to the end." };

pub(super) fn doors() -> Vec<Door> {
    let read = (Act::ManageMentorships, TokenScope::ProgrammesRead);
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/mentorships",
            read,
            Told {
                id: "list_mentorships",
                tag: MENTORSHIPS,
                summary: "The mentorships of an edition",
                detail: "For coordinators: those that run, or those that have ended, in the order of the mentees' names.",
            },
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/mentorships/{id}",
            read,
            Told { id: "read_mentorship", tag: MENTORSHIPS, summary: "One mentorship", detail: "For coordinators." },
            one,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/mentorships/{id}/end",
            (Act::ManageMentorships, TokenScope::ProgrammesWrite),
            Told {
                id: "end_mentorship",
                tag: MENTORSHIPS,
                summary: "End a mentorship",
                detail: "For coordinators, without fault. Both are written to in the same words, whoever ended it; the reason is \
                         for the coordinator alone.",
            },
            end,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/mentorships/end",
            (Act::ManageMentorships, TokenScope::ProgrammesWrite),
            Told {
                id: "end_mentorships",
                tag: MENTORSHIPS,
                summary: "End all mentorships of an edition",
                detail: "For coordinators, when the edition is over: each that runs now comes to its end, and both are written to. It \
                         happens behind the answer, which says how many they are; 422 where none runs.",
            },
            end_all,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/mentorships/{id}/another",
            (Act::ManageMentorships, TokenScope::ProgrammesWrite),
            Told {
                id: "ask_another_for",
                tag: MENTORSHIPS,
                summary: "Note that who left would like another match",
                detail: "For coordinators, where somebody left a mentorship and asked for no other: the next run counts on them again.",
            },
            another_for,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships",
            (Act::TakePart, TokenScope::OwnRead),
            Told {
                id: "list_own_mentorships",
                tag: MENTORSHIPS,
                summary: "One's own mentorships",
                detail: "On either side: those that run first, then the newest; at most a hundred.",
            },
            own,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/leave",
            (Act::TakePart, TokenScope::OwnWrite),
            Told {
                id: "leave_mentorship",
                tag: MENTORSHIPS,
                summary: "Leave a mentorship",
                detail: "Without fault. Both are written to in the same words, whoever left; the reason is for the coordinator \
                         alone.",
            },
            leave,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/another",
            (Act::TakePart, TokenScope::OwnWrite),
            Told {
                id: "ask_another",
                tag: MENTORSHIPS,
                summary: "Ask for another match after all",
                detail: "For whoever left a mentorship and asked for no other: the next run counts on them again. The same pair is \
                         never proposed again.",
            },
            another,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct MentorshipsAsked {
    /// A part of the name or address of either.
    #[serde(default)]
    q: Option<String>,
    /// Those that have ended instead of those that run.
    #[serde(default)]
    ended: Option<bool>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// One of a pair.
#[derive(Serialize, JsonSchema)]
struct OneOfPair {
    id: PersonId,
    name: String,
    email: String,
}

/// A published pair.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Mentorship")]
struct PairTold {
    id: MentorshipId,
    edition: EditionId,
    mentee: OneOfPair,
    mentor: OneOfPair,
    #[schemars(with = "Instant")]
    began_at: Timestamp,
    /// Since when the agreement holds that both signed last. What it says is between the two.
    #[schemars(with = "Option<Instant>")]
    agreed_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    ended_at: Option<Timestamp>,
    ending: Option<Ending>,
    /// Why it ended, in the words of whoever ended it; of one's own nothing is said.
    reason: Option<String>,
    /// Whether whoever ended it would like another match.
    another: bool,
    /// Goes up with each change; `end_mentorship` wants it.
    version: i64,
}

/// A pair of which one is oneself.
#[derive(Serialize, JsonSchema)]
struct OwnMentorship {
    id: MentorshipId,
    edition: EditionId,
    /// On which side one stands oneself.
    side: Side,
    /// Who stands on the other.
    other: OneOfPair,
    #[schemars(with = "Instant")]
    began_at: Timestamp,
    /// Since when the agreement holds that both signed last. What it says is between the two.
    #[schemars(with = "Option<Instant>")]
    agreed_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    ended_at: Option<Timestamp>,
    /// Whether one would like another match, for whoever left it; null for the other one.
    another: Option<bool>,
    /// Goes up with each change; `leave_mentorship` wants it.
    version: i64,
}

/// One's own mentorships.
#[derive(Serialize, JsonSchema)]
struct OwnMentorships {
    items: Vec<OwnMentorship>,
}

/// How a mentorship ends.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ends {
    /// The version that was read.
    version: i64,
    ending: Ending,
    /// Read by the coordinator alone.
    #[serde(default)]
    reason: Option<String>,
}

/// How one leaves.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Leaves {
    /// The version that was read.
    version: i64,
    /// Read by the coordinator alone.
    #[serde(default)]
    reason: Option<String>,
    /// Whether one would like another match.
    #[serde(default)]
    another: bool,
}

/// A mentorship as it was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MentorshipRead {
    version: i64,
}

/// How many mentorships come to their end.
#[derive(Serialize, JsonSchema)]
struct Ended {
    count: i64,
}

async fn end_all(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<Ended>, Failed> {
    Ok(Json(Ended { count: actions::end_all(&app, &viewer, id).await? }))
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<MentorshipsAsked>,
) -> Result<Json<Page<PairTold>>, Failed> {
    let edition = programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ManageMentorships, &Record::of_organisation(edition.organisation)) {
        return Err(Refusal::NotFound.into());
    }
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let shown = if asked.ended == Some(true) { Shown::Ended } else { Shown::Running };
    let sought = identity::sought(&app, edition.organisation, &asked.q.unwrap_or_default()).await?;
    let rows = store::page(&app.db, &edition, shown, &sought, &after, limit.and_one()).await?;
    let rows = with_reasons(&app, &viewer, rows).await?;
    Ok(Json(Page::of(rows, limit, |(row, _)| Cursor::new(After::of(row.id.0, &row.sort)), PairTold::of)))
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Result<Json<PairTold>, Failed> {
    let mentorship = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !actions::manages(&viewer, &mentorship) {
        return Err(Refusal::NotFound.into());
    }
    let told = with_reasons(&app, &viewer, vec![mentorship]).await?.pop().ok_or(Refusal::NotFound)?;
    Ok(Json(PairTold::of(told)))
}

async fn end(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(ends): Json<Ends>,
) -> Result<Json<PairTold>, Failed> {
    let parting = Parting::new(Some(ends.ending), &ends.reason.unwrap_or_default(), false)?;
    actions::end(&app, &viewer, id, ends.version, &parting).await?;
    one(State(app), viewer, Path(id)).await
}

async fn another_for(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(read): Json<MentorshipRead>,
) -> Result<Json<PairTold>, Failed> {
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !actions::manages(&viewer, &pair) {
        return Err(Refusal::NotFound.into());
    }
    actions::ask_another(&app, &viewer, id, read.version).await?;
    one(State(app), viewer, Path(id)).await
}

async fn another(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(read): Json<MentorshipRead>,
) -> Result<Json<OwnMentorship>, Failed> {
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if pair.side_of(viewer.person).is_none() {
        return Err(Refusal::NotFound.into());
    }
    actions::ask_another(&app, &viewer, id, read.version).await?;
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(OwnMentorship::of(pair, viewer.person).ok_or(Refusal::NotFound)?))
}

async fn own(State(app): State<App>, viewer: Viewer) -> Result<Json<OwnMentorships>, Failed> {
    let pairs = store::of_person(&app.db, viewer.person).await?;
    let items = pairs.into_iter().filter_map(|pair| OwnMentorship::of(pair, viewer.person)).collect();
    Ok(Json(OwnMentorships { items }))
}

async fn leave(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(leaves): Json<Leaves>,
) -> Result<Json<OwnMentorship>, Failed> {
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if pair.side_of(viewer.person).is_none() {
        return Err(Refusal::NotFound.into());
    }
    let parting = Parting::new(Some(Ending::Exit), &leaves.reason.unwrap_or_default(), leaves.another)?;
    actions::end(&app, &viewer, id, leaves.version, &parting).await?;
    let pair = store::mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(OwnMentorship::of(pair, viewer.person).ok_or(Refusal::NotFound)?))
}

impl PairTold {
    fn of((pair, reason): (Mentorship, Option<String>)) -> Self {
        Self {
            id: pair.id,
            edition: pair.edition,
            mentee: OneOfPair { id: pair.mentee, name: pair.mentee_name, email: pair.mentee_address },
            mentor: OneOfPair { id: pair.mentor, name: pair.mentor_name, email: pair.mentor_address },
            began_at: pair.began_at,
            agreed_at: pair.agreed_at,
            ended_at: pair.ended_at,
            ending: pair.ending,
            reason,
            another: pair.another,
            version: pair.version,
        }
    }
}

impl OwnMentorship {
    fn of(pair: Mentorship, person: PersonId) -> Option<Self> {
        let side = pair.side_of(person)?;
        let other = match side {
            Side::Mentee => OneOfPair { id: pair.mentor, name: pair.mentor_name, email: pair.mentor_address },
            Side::Mentor => OneOfPair { id: pair.mentee, name: pair.mentee_name, email: pair.mentee_address },
        };
        let left = pair.ended_by == Some(person);
        let Mentorship { id, edition, began_at, agreed_at, ended_at, version, another, .. } = pair;
        Some(Self {
            id,
            edition,
            side,
            other,
            began_at,
            agreed_at,
            ended_at,
            another: left.then_some(another),
            version,
        })
    }
}
