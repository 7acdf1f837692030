//! JSON doors to what follows once a sitting took place: that it did, and that a planned activity is done by it.

use axum::extract::State as Has;
use axum::routing::MethodFilter;

use super::super::api::{SITTINGS, SittingWhole, whole};
use super::super::model::{SeatId, SittingId};
use super::actions;
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Door, Failed, Json, Path, Told};

pub(in super::super) fn doors() -> Vec<Door> {
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/held",
            (Act::UseAccount, TokenScope::OwnWrite),
            told(
                "hold_sitting",
                "Say that a sitting took place",
                "For whoever may change it and for the keeper of its record, once it is over; for a secretary as soon as it has begun. \
                 Where nothing is recorded this says who observed, and nobody says it of themselves (422).",
            ),
            hold,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/finish",
            (Act::TakePart, TokenScope::OwnWrite),
            told(
                "finish_seat",
                "Finish the activity for which a seat was held",
                "For one of a mentorship's two, once the sitting took place: the activity of the plan is done, with the time that its \
                 observer was there.",
            ),
            finish,
        ),
    ]
}

async fn hold(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<SittingWhole>, Failed> {
    actions::hold(&app, &viewer, id).await?;
    whole(&app, &viewer, id).await
}

async fn finish(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::finish(&app, &viewer, (id, seat)).await?;
    whole(&app, &viewer, id).await
}
