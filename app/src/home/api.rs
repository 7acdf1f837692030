//! JSON door to what needs a person today.

use axum::extract::State;
use axum::routing::MethodFilter;
use schemars::JsonSchema;
use serde::Serialize;

use super::today::Today;
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::programmes::EditionId;
use crate::web::{Door, Failed, Json, Tag, Told};

const TODAY: Tag = Tag { name: "today", about: "What needs somebody today." };

pub(super) fn doors() -> Vec<Door> {
    vec![Door::program(
        MethodFilter::GET,
        "/api/me/today",
        (Act::UseAccount, TokenScope::OwnRead),
        Told {
            id: "read_today",
            tag: TODAY,
            summary: "What needs one today",
            detail: "The one next step, as the first page says it, in one's language; for a coordinator also what waits in which \
                     edition, those first where something does.",
        },
        today,
    )]
}

/// What needs somebody today.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Today")]
struct TodayTold {
    next: NextStep,
    editions: Vec<EditionToday>,
}

/// What to do next.
#[derive(Serialize, JsonSchema)]
struct NextStep {
    title: String,
    text: String,
    button: String,
    /// The path of the page where it is done.
    href: String,
}

/// What waits in an edition.
#[derive(Serialize, JsonSchema)]
struct EditionToday {
    edition: EditionId,
    name: String,
    waits: Vec<String>,
}

async fn today(State(app): State<App>, viewer: Viewer) -> Result<Json<TodayTold>, Failed> {
    let Today { next, editions, .. } = Today::of(&app, &viewer).await?;
    let lang = viewer.lang;
    let busy = editions.iter().map(|busy| EditionToday {
        edition: busy.edition.id,
        name: busy.edition.full_name(),
        waits: busy.waits.iter().map(|message| lang.tell(message)).collect(),
    });
    Ok(Json(TodayTold {
        editions: busy.collect(),
        next: NextStep {
            title: lang.tell(&next.title),
            text: lang.tell(&next.text),
            button: lang.tell(&next.button),
            href: next.href,
        },
    }))
}
