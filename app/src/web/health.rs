//! Doors for machines that watch over this one.

use std::sync::OnceLock;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use subtle::ConstantTimeEq as _;

use super::door::{Door, Peer, Who};
use super::errors::Answer;
use crate::app::App;
use crate::db;
use crate::problems::Refusal;

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/healthz", Who::Anyone, healthz),
        Door::get("/readyz", Who::Anyone, readyz),
        Door::get("/metrics", Who::Anyone, metrics),
    ]
}

/// The process runs.
async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers with the schema that this program knows.
async fn readyz(State(app): State<App>) -> Response {
    match db::schema(&app.db).await {
        Ok(schema) if schema.found == schema.known => "ready\n".into_response(),
        Ok(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database is not migrated\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// For this machine, or for whoever holds the token; for others it does not exist.
async fn metrics(State(app): State<App>, peer: Peer, headers: HeaderMap) -> Answer {
    let token = app.config.metrics_token.as_bytes();
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let given = given.strip_prefix("Bearer ").unwrap_or_default().as_bytes();
    let allowed = if token.is_empty() { peer.is_local } else { bool::from(token.ct_eq(given)) };
    if !allowed {
        return Err(Refusal::NotFound.into());
    }
    Ok(recorder()
        .map_or_else(|| StatusCode::SERVICE_UNAVAILABLE.into_response(), |handle| handle.render().into_response()))
}

/// The process's recorder of metrics, installed once.
pub(super) fn recorder() -> Option<&'static PrometheusHandle> {
    static RECORDER: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().ok()).as_ref()
}
