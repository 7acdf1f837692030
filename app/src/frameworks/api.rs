//! JSON doors to frameworks: to read them, to make one of another, to write one whole, to delete one.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{self, Edit, Original};
use super::model::{Framework, FrameworkId, FrameworkVersionId, Text, Version};
use super::store;
use crate::app::App;
use crate::identity::{Act, Record, TokenScope, Viewer};
use crate::problems::Refusal;
use crate::web::{Created, Door, Failed, Instant, Json, Params, Path, Tag, Told};

const FRAMEWORKS: Tag =
    Tag { name: "frameworks", about: "Competencies, and the behaviours by which each level is seen." };

pub(super) fn doors() -> Vec<Door> {
    let read = (Act::ReadFrameworks, TokenScope::ProgrammesRead);
    let write = (Act::ManageFrameworks, TokenScope::ProgrammesWrite);
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
            MethodFilter::POST,
            "/api/frameworks",
            write,
            Told {
                id: "copy_framework",
                tag: FRAMEWORKS,
                summary: "Make a framework of one that is there",
                detail: "For coordinators: a copy of any version of the organisation's, or of the framework that comes with the product.",
            },
            copy,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/frameworks/{id}",
            write,
            Told {
                id: "write_framework",
                tag: FRAMEWORKS,
                summary: "Write a framework whole",
                detail: "For coordinators. It becomes the next version, and editions keep the one with which they began. A competency \
                         goes on as long as it keeps its `key`. `number` is that of the newest version as it was read; if somebody \
                         changed the framework since, nothing is done (409).",
            },
            write_whole,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/frameworks/{id}",
            write,
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

/// What a framework is made of.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FrameworkToCopy {
    /// A version of one of the organisation's. Without it, the framework that comes with the product.
    #[serde(default)]
    original: Option<FrameworkVersionId>,
}

/// A framework to be written whole.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FrameworkToWrite {
    /// The number of the newest version, as it was read.
    number: u32,
    content: Framework,
}

#[derive(Deserialize, JsonSchema)]
struct NumberRead {
    /// The number of the newest version, as it was read.
    number: u32,
}

async fn copy(
    State(app): State<App>,
    viewer: Viewer,
    Json(sent): Json<FrameworkToCopy>,
) -> Result<Created<FrameworkVersion>, Failed> {
    let original = sent.original.map_or(Original::Shipped, Original::Version);
    let id = actions::copy(&app, &viewer, original).await?;
    let body = newest(&app, id).await?;
    Ok(Created { at: format!("/api/frameworks/{id}/versions/{}", body.number), body })
}

async fn write_whole(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<FrameworkId>,
    Json(sent): Json<FrameworkToWrite>,
) -> Result<Json<FrameworkVersion>, Failed> {
    actions::edit(&app, &viewer, id, sent.number.into(), &Edit::Document(sent.content)).await?;
    Ok(Json(newest(&app, id).await?))
}

/// What a change left behind; who may was asked with the change.
async fn newest(app: &App, id: FrameworkId) -> Result<FrameworkVersion, Failed> {
    Ok(store::newest(&app.db, id).await?.ok_or(Refusal::NotFound)?.into())
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
    Ok(Json(version.into()))
}

impl From<Version> for FrameworkVersion {
    fn from(version: Version) -> Self {
        Self {
            id: version.id,
            framework: version.framework,
            number: version.number,
            created_at: version.created_at,
            content: version.content,
        }
    }
}
