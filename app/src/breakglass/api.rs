//! JSON doors to openings: what there is, and closing it early. To ask, to answer and to read why are for people who look at a page: the
//! second of the two is there to read it and decide, which no program does for them.

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::actions;
use super::model::{Opening, OpeningId, State};
use super::store;
use crate::app::App;
use crate::identity::{Act, Part, PersonId, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::Refusal;
use crate::web::{Door, Failed, Instant, Json, Path, Tag, Told};

const BREAK_GLASS: Tag = Tag {
    name: "break-glass",
    about: "Opening what a pair wrote, for a serious matter and where its agreement allows it. It is asked for, answered and read on pages alone.",
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
                "The newest first, at most a hundred, as long as one may still know whose they are. Why it was asked for is not in it, nor, before the pair is told, whose it is.",
            ),
            list,
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
    /// Whose it is; null until the pair is told, for what a program holds is soon elsewhere.
    mentorship: Option<MentorshipId>,
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

fn told(opening: &Opening, now: Timestamp) -> OpeningTold {
    OpeningTold {
        id: opening.id,
        mentorship: opening.is_told(now).then_some(opening.mentorship),
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
    let theirs = actions::still_theirs(&app, &viewer, &openings).await?;
    let now = app.now();
    let known = openings.iter().filter(|opening| theirs.iter().any(|(id, _)| *id == opening.id));
    Ok(Json(Openings { items: known.map(|opening| told(opening, now)).collect() }))
}

async fn close(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<OpeningId>,
) -> Result<Json<OpeningTold>, Failed> {
    actions::close(&app, &viewer, id).await?;
    let opening = store::opening(&app.db, viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(told(&opening, app.now())))
}
