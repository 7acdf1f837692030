//! JSON doors to openings: asking, answering, closing. What a pair wrote is in no answer.

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{self, Asked};
use super::model::{Opening, OpeningId, State};
use super::store;
use crate::app::App;
use crate::identity::{Act, Part, PersonId, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::Refusal;
use crate::vault;
use crate::web::{Created, Day, Door, Failed, Instant, Json, Path, Tag, Told};

const BREAK_GLASS: Tag = Tag {
    name: "break-glass",
    about: "Opening what a pair wrote, for a serious matter and where its agreement allows it. What was written is read on a page alone.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::BreakGlass, TokenScope::OwnRead), (Act::BreakGlass, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: BREAK_GLASS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/break-glass",
            read,
            told(
                "list_openings",
                "What one asked to open, and was asked to",
                "The newest first, at most a hundred. Why it was asked for is not in it.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/mentorships/{id}/break-glass",
            write,
            told(
                "ask_to_open",
                "Ask somebody of another part to open with one what a pair wrote",
                "For a serious matter, where the agreement that both have signed last allows it. Nothing is open before the other \
                 has confirmed.",
            ),
            ask,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/break-glass/{opening}",
            read,
            told("read_opening", "One of these, with why it was asked for", "For the two who open it."),
            one,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/break-glass/{opening}/confirm",
            write,
            told(
                "confirm_opening",
                "Confirm that it is opened",
                "For whoever was named. It is open for both from then on, for the hours that were asked for; the pair is told, at \
                 once or on its day.",
            ),
            confirm,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/break-glass/{opening}/refuse",
            write,
            told("refuse_opening", "Refuse to open it", "For whoever was named. Nothing is opened."),
            refuse,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/break-glass/{opening}/close",
            write,
            told(
                "close_opening",
                "Close it before its hours are over",
                "For either of the two; whoever asked takes back in the same way what was not answered.",
            ),
            close,
        ),
    ]
}

/// What one asked to open, or was asked to.
#[derive(Serialize, JsonSchema)]
struct Openings {
    items: Vec<OpeningTold>,
}

/// An opening, or the request for one.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Opening")]
struct OpeningTold {
    id: OpeningId,
    mentorship: MentorshipId,
    state: State,
    asked_by: PersonId,
    asked_part: Part,
    #[schemars(with = "Instant")]
    asked_at: Timestamp,
    second: PersonId,
    second_part: Part,
    hours: i64,
    #[schemars(with = "Option<Instant>")]
    confirmed_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    opens_until: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    closed_at: Option<Timestamp>,
    /// When the pair is told; null where that is as soon as it is confirmed.
    #[schemars(with = "Option<Instant>")]
    tells_at: Option<Timestamp>,
}

/// An opening with why it was asked for.
#[derive(Serialize, JsonSchema)]
struct OpeningRead {
    opening: OpeningTold,
    /// Null where it does not open any more.
    reason: Option<String>,
    /// Why the pair is not told at once, if they are not.
    hold: Option<String>,
}

/// What one asks for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToOpen {
    /// Whom one names: somebody of another part, who stands apart from the pair as well.
    second: PersonId,
    reason: String,
    /// 24, 72 or 168.
    hours: i64,
    /// Where an investigation would be harmed if the pair were told at once.
    #[serde(default)]
    hold: Option<ToHold>,
}

/// That the pair is told later.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToHold {
    /// A day in the edition's calendar, at most thirty days ahead.
    #[schemars(with = "Day")]
    until: Date,
    why: String,
}

fn told(opening: &Opening, now: Timestamp) -> OpeningTold {
    OpeningTold {
        id: opening.id,
        mentorship: opening.mentorship,
        state: opening.state(now),
        asked_by: opening.asked_by,
        asked_part: opening.asked_part,
        asked_at: opening.asked_at,
        second: opening.second,
        second_part: opening.second_part,
        hours: opening.hours,
        confirmed_at: opening.confirmed_at,
        opens_until: opening.opens_until,
        closed_at: opening.closed_at,
        tells_at: opening.tells_at,
    }
}

async fn list(Extract(app): Extract<App>, viewer: Viewer) -> Result<Json<Openings>, Failed> {
    let openings = store::of_person(&app.db, viewer.organisation, viewer.person).await?;
    let now = app.now();
    Ok(Json(Openings { items: openings.iter().map(|opening| told(opening, now)).collect() }))
}

/// An opening of which the viewer is one of the two.
async fn own(app: &App, viewer: &Viewer, id: OpeningId) -> Result<OpeningTold, Failed> {
    let opening = store::opening(&app.db, viewer.organisation, id).await?;
    let opening = opening.filter(|opening| opening.is_of_two(viewer.person)).ok_or(Refusal::NotFound)?;
    Ok(told(&opening, app.now()))
}

async fn ask(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(sent): Json<ToOpen>,
) -> Result<Created<OpeningTold>, Failed> {
    let hold = sent.hold.as_ref().map(|hold| (Some(hold.until), hold.why.as_str()));
    let asked = Asked { second: Some(sent.second), reason: &sent.reason, hours: Some(sent.hours), hold };
    let opening = actions::ask(&app, &viewer, id, asked).await?;
    Ok(Created { at: format!("/api/break-glass/{opening}"), body: own(&app, &viewer, opening).await? })
}

async fn one(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
) -> Result<Json<OpeningRead>, Failed> {
    let (opening, pair) = actions::known(&app.db, &viewer, id, app.now()).await?;
    if !opening.is_of_two(viewer.person) {
        return Err(Refusal::NotFound.into());
    }
    let keys = vault::keys(&app, &app.db, pair.organisation, &[pair.id.0]).await?;
    let reason = actions::reason_of(&keys, &pair, &opening).ok().map(|words| words.as_str().to_owned());
    let hold = actions::hold_of(&keys, &pair, &opening).and_then(Result::ok).map(|words| words.as_str().to_owned());
    Ok(Json(OpeningRead { opening: told(&opening, app.now()), reason, hold }))
}

async fn confirm(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
) -> Result<Json<OpeningTold>, Failed> {
    actions::confirm(&app, &viewer, id).await?;
    Ok(Json(own(&app, &viewer, id).await?))
}

async fn refuse(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
) -> Result<Json<OpeningTold>, Failed> {
    actions::refuse(&app, &viewer, id).await?;
    Ok(Json(own(&app, &viewer, id).await?))
}

async fn close(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
) -> Result<Json<OpeningTold>, Failed> {
    actions::close(&app, &viewer, id).await?;
    Ok(Json(own(&app, &viewer, id).await?))
}
