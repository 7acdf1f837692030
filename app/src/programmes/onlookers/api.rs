//! JSON doors to who looks on at an edition.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::store::{self, After, Onlooker};
use crate::app::App;
use crate::identity::{Act, Part, PersonId, TokenScope, Viewer};
use crate::programmes::EditionId;
use crate::programmes::actions::managed;
use crate::web::{Cursor, Door, Failed, Json, Limit, Page, Params, Path, Tag, Told};

const ONLOOKERS: Tag = Tag { name: "onlookers", about: "Sponsors and faculty, who see an edition at a glance." };

pub(super) fn doors() -> Vec<Door> {
    let (read, write) =
        ((Act::ManageProgrammes, TokenScope::ProgrammesRead), (Act::ManageProgrammes, TokenScope::ProgrammesWrite));
    let told = |id, summary, detail| Told { id, tag: ONLOOKERS, summary, detail };
    let one = "/api/editions/{id}/onlookers/{person}/{part}";
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/onlookers",
            read,
            told("list_onlookers", "Who looks on at an edition", "For coordinators, in the order of names."),
            list,
        ),
        Door::program(
            MethodFilter::PUT,
            one,
            write,
            told(
                "add_onlooker",
                "Let somebody look on",
                "For coordinators: somebody of the organisation sees the edition at a glance, as its sponsor or faculty.",
            ),
            add,
        ),
        Door::program(
            MethodFilter::DELETE,
            one,
            write,
            told("remove_onlooker", "Let somebody look on no longer", "For coordinators."),
            remove,
        ),
    ]
}

/// A part that looks on.
#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OnlookingPart {
    Sponsor,
    Faculty,
}

impl From<OnlookingPart> for Part {
    fn from(part: OnlookingPart) -> Self {
        match part {
            OnlookingPart::Sponsor => Self::Sponsor,
            OnlookingPart::Faculty => Self::Faculty,
        }
    }
}

#[derive(Deserialize, JsonSchema)]
struct OnlookersAsked {
    /// Who has this in their name or address.
    #[serde(default)]
    q: String,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Somebody who looks on at an edition.
#[derive(Serialize, JsonSchema)]
struct OnlookerTold {
    person: PersonId,
    name: String,
    address: String,
    part: Part,
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<OnlookersAsked>,
) -> Result<Json<Page<OnlookerTold>>, Failed> {
    let edition = managed(&app.db, &viewer, id).await?;
    let after = Cursor::read(asked.after.as_ref(), After::parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let rows = store::list(&app.db, edition.organisation, id, &asked.q, &after, limit.and_one()).await?;
    let cursor = |one: &Onlooker| Cursor::new(After::of(one));
    let told = |Onlooker { person, name, address, part, .. }| OnlookerTold { person, name, address, part };
    Ok(Json(Page::of(rows, limit, cursor, told)))
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, person, part)): Path<(EditionId, PersonId, OnlookingPart)>,
) -> Result<StatusCode, Failed> {
    actions::add(&app, &viewer, id, (person, part.into())).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn remove(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, person, part)): Path<(EditionId, PersonId, OnlookingPart)>,
) -> Result<StatusCode, Failed> {
    actions::remove(&app, &viewer, id, (person, part.into())).await?;
    Ok(StatusCode::NO_CONTENT)
}
