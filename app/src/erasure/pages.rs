//! The door to one's own data.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse as _;

use super::actions;
use crate::app::App;
use crate::identity::{Act, Viewer};
use crate::web::{Answer, Door, Who, file};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::post("/account/data", Who::May(Act::UseAccount), own)]
}

async fn own(State(app): State<App>, viewer: Viewer) -> Answer {
    let told = actions::own(&app, &viewer).await?;
    let told = serde_json::to_vec_pretty(&told).map_err(anyhow::Error::from)?;
    Ok(([(header::CACHE_CONTROL, "no-store")], file(told, "application/json", "telemaco.json")).into_response())
}
