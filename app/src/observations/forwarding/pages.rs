//! The door at which somebody takes another address.

use axum::extract::State as Has;

use super::actions;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::programmes::EditionId;
use crate::web::{Answer, Door, Path, Who, see_other_with};

pub(in super::super) fn doors() -> Vec<Door> {
    vec![Door::post("/editions/{id}/sittings/address", Who::May(Act::OpenSittings), renew)]
}

async fn renew(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    actions::renew(&app, &viewer, id).await?;
    Ok(see_other_with(&format!("/editions/{id}/sittings/new"), &Message::new("observations-forward-renewed")))
}
