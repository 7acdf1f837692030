//! JSON doors to the other side of a negotiation: who it is, and whether it agrees that somebody observes.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use schemars::JsonSchema;
use serde::Deserialize;

use super::super::actions::{By, other_side_agrees, other_side_takes_back};
use super::super::api::{SITTINGS, SittingWhole, in_our_words, whole};
use super::super::model::SittingId;
use super::actions::name;
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Door, Failed, Json, Path, Told};

pub(in super::super) fn doors() -> Vec<Door> {
    let write = (Act::UseAccount, TokenScope::OwnWrite);
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::PUT,
            "/api/me/sittings/{id}/other-side",
            write,
            told(
                "name_other_side",
                "Say who is on the other side of a negotiation",
                "For the host and the secretary, or whoever stands in. Where it is somebody else than before, observers are asked about \
                 conflicts of interest anew, and the other side about whether somebody may observe.",
            ),
            name_side,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/other-side/agree",
            write,
            told(
                "note_other_side",
                "Note that the other side agrees to observers",
                "For the host, and for a secretary who does not observe it (422). Until then nobody observes.",
            ),
            agrees,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/other-side/take-back",
            write,
            told(
                "take_back_other_side",
                "Note that the other side does not agree any more, or never did",
                "For the host, and for a secretary who does not observe it (422). From then on nobody observes.",
            ),
            takes_back,
        ),
    ]
}

/// Who is on the other side.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OtherSide {
    name: String,
}

async fn name_side(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<OtherSide>,
) -> Result<Json<SittingWhole>, Failed> {
    name(&app, By::Person(&viewer), Some(id), &sent.name).await.map_err(in_our_words)?;
    whole(&app, &viewer, id).await
}

async fn agrees(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<SittingWhole>, Failed> {
    other_side_agrees(&app, By::Person(&viewer), Some(id)).await?;
    whole(&app, &viewer, id).await
}

async fn takes_back(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
) -> Result<Json<SittingWhole>, Failed> {
    other_side_takes_back(&app, By::Person(&viewer), Some(id)).await?;
    whole(&app, &viewer, id).await
}
