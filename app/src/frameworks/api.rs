//! JSON doors to frameworks, for reading, and to delete one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::model::{Framework, FrameworkId, FrameworkVersionId, Text};
use super::{actions, store};
use crate::app::App;
use crate::identity::{Act, Record, TokenScope, Viewer};
use crate::problems::Refusal;
use crate::web::{Door, Failed, Instant, Json, Params, Path, Tag, Told};

const FRAMEWORKS: Tag =
    Tag { name: "frameworks", about: "Competencies, and the behaviours by which each level is seen." };

pub(super) fn doors() -> Vec<Door> {
    let read = (Act::ReadFrameworks, TokenScope::ProgrammesRead);
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/frameworks",
            read,
            Told {
                id: "list_frameworks",
                tag: FRAMEWORKS,
                summary: "The organisation's frameworks",
                detail: "Each with its newest version, in the order in which they came to be; there are at most a hundred.",
            },
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/frameworks/{id}/versions/{number}",
            read,
            Told {
                id: "read_framework",
                tag: FRAMEWORKS,
                summary: "One version of a framework",
                detail: "A version never changes. What is written in one language only is empty in the other.",
            },
            one,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/frameworks/{id}",
            (Act::ManageFrameworks, TokenScope::ProgrammesWrite),
            Told {
                id: "delete_framework",
                tag: FRAMEWORKS,
                summary: "Delete a framework",
                detail: "For coordinators, with all its versions, as long as no edition and no baseline was made with one of them. \
                         `number` is that of the newest version as it was read; if somebody changed the framework since, nothing is \
                         done (409).",
            },
            delete,
        ),
    ]
}

/// A framework with its newest version.
#[derive(Serialize, JsonSchema)]
struct FrameworkListed {
    id: FrameworkId,
    name: Text,
    /// The number of the newest version.
    number: i64,
    /// The newest version, as an edition names it.
    version: FrameworkVersionId,
    #[schemars(with = "Instant")]
    created_at: Timestamp,
}

/// The organisation's frameworks.
#[derive(Serialize, JsonSchema)]
struct Frameworks {
    items: Vec<FrameworkListed>,
}

/// A version with what it says.
#[derive(Serialize, JsonSchema)]
struct FrameworkVersion {
    id: FrameworkVersionId,
    framework: FrameworkId,
    number: i64,
    #[schemars(with = "Instant")]
    created_at: Timestamp,
    content: Framework,
}

#[derive(Deserialize, JsonSchema)]
struct NumberRead {
    /// The number of the newest version, as it was read.
    number: u32,
}

async fn delete(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<FrameworkId>,
    Params(read): Params<NumberRead>,
) -> Result<StatusCode, Failed> {
    actions::delete(&app, &viewer, id, read.number.into()).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn list(State(app): State<App>, viewer: Viewer) -> Result<Json<Frameworks>, Failed> {
    let choices = store::choices(&app.db, viewer.organisation).await?;
    let items = choices
        .into_iter()
        .map(|choice| FrameworkListed {
            id: choice.framework,
            name: choice.name,
            number: choice.number,
            version: choice.version,
            created_at: choice.created_at,
        })
        .collect();
    Ok(Json(Frameworks { items }))
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, number)): Path<(FrameworkId, u32)>,
) -> Result<Json<FrameworkVersion>, Failed> {
    let version = store::numbered(&app.db, id, number.into()).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ReadFrameworks, &Record::of_organisation(version.organisation)) {
        return Err(Refusal::NotFound.into());
    }
    Ok(Json(FrameworkVersion {
        id: version.id,
        framework: version.framework,
        number: version.number,
        created_at: version.created_at,
        content: version.content,
    }))
}
