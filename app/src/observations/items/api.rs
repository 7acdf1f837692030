//! JSON doors to the items of a sitting: the classes that a secretary writes, and the chair's answer to them.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::actions::By;
use super::super::api::{SITTINGS, SittingWhole, in_our_words, whole};
use super::super::model::{Class, SittingId};
use super::actions::{Planned, chair_agrees, chair_returns, classify};
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Door, Failed, Instant, Json, Path, Told};

pub(super) fn doors() -> Vec<Door> {
    let write = (Act::UseAccount, TokenScope::OwnWrite);
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::PUT,
            "/api/me/sittings/{id}/items",
            write,
            told(
                "classify_items",
                "Write the items of a sitting anew",
                "For the secretary, or whoever stands in. Where somebody wrote since, nothing is done (409).",
            ),
            put_items,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/items/agree",
            write,
            told(
                "agree_to_classes",
                "Agree to the classes of the items",
                "For whoever presides. Where the classes are not those that were read, nothing is done (409).",
            ),
            agree_to_classes,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/items/return",
            write,
            told(
                "return_classes",
                "Do not agree to the classes of the items",
                "For whoever presides. What they agreed to before they take back, nobody observes until they agree, and the secretary is \
                 told.",
            ),
            return_classes,
        ),
    ]
}

/// The classes that whoever presides has read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClassesToAgree {
    classes_seen: String,
}

/// An item to be written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemToClassify {
    #[serde(default)]
    class: Option<Class>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    planned_from: Option<Timestamp>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    planned_to: Option<Timestamp>,
}

/// The items of a sitting over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemsToClassify {
    version: i64,
    items: Vec<ItemToClassify>,
}

async fn put_items(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<ItemsToClassify>,
) -> Result<Json<SittingWhole>, Failed> {
    let planned = |item: &ItemToClassify| Planned { class: item.class, from: item.planned_from, to: item.planned_to };
    let items: Vec<Planned> = sent.items.iter().map(planned).collect();
    classify(&app, &viewer, (id, sent.version), &items).await.map_err(in_our_words)?;
    whole(&app, &viewer, id).await
}

async fn agree_to_classes(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<ClassesToAgree>,
) -> Result<Json<SittingWhole>, Failed> {
    chair_agrees(&app, By::Person(&viewer), Some(id), &sent.classes_seen).await?;
    whole(&app, &viewer, id).await
}

async fn return_classes(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
) -> Result<Json<SittingWhole>, Failed> {
    chair_returns(&app, By::Person(&viewer), Some(id)).await?;
    whole(&app, &viewer, id).await
}
