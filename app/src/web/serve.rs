//! The router, its layers, and the server's life from the first connection to the last.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use axum::Router;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

use super::door::Who;
use super::errors::{Failed, Voice};
use super::{assets, errors, health, shell};
use crate::app::App;
use crate::problems::Refusal;
use crate::{db, features, identity, jobs};

/// Forms are small; doors that take files say so.
const MOST_FORM_BYTES: usize = 256 * 1024;
/// Long work is a job; a request that takes longer than this is lost.
const LONGEST_REQUEST: Duration = Duration::from_mins(1);

/// Whoever stops servers (systemd, containers) waits a little before they kill; by then this one has ended by itself.
const LONGEST_GOODBYE: Duration = Duration::from_secs(8);

const CONTENT_SECURITY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
     font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// Headers that every answer bears.
static HEADERS: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// Every feature's doors behind their guards and the layers of all.
pub fn router(app: App) -> anyhow::Result<Router> {
    health::recorder();
    let mut pages = Router::new().route("/assets/{digest}/{*name}", axum::routing::get(assets::serve));
    let mut programs = Router::new();
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        let is_for_programs = matches!(door.who, Who::Token(..)) || door.is_from_elsewhere;
        let routes = if is_for_programs { &mut programs } else { &mut pages };
        *routes = std::mem::take(routes).route(door.path, door.guarded(&app));
    }
    layered(pages, programs, app)
}

/// What every request passes through, from the last layer to the first.
/// Pages believe a cookie, which browsers send along from everywhere, and so look at where a request comes from. Programs
/// bear their token on purpose, and so does whoever comes to a door that is for requests from elsewhere.
fn layered(pages: Router<App>, programs: Router<App>, app: App) -> anyhow::Result<Router> {
    let csrf = CsrfLayer::new().add_trusted_origin(&app.config.public_url).context("public_url is no origin")?;
    let mut router = pages
        .layer(csrf)
        .merge(programs)
        .fallback(async || Failed::from(Refusal::NotFound))
        .method_not_allowed_fallback(async || Failed::from(Refusal::WrongMethod))
        .layer(axum::extract::DefaultBodyLimit::max(MOST_FORM_BYTES))
        .layer(CatchPanicLayer::custom(errors::fallen))
        .layer(middleware::from_fn_with_state(app.clone(), finish))
        .layer(TimeoutLayer::with_status_code(StatusCode::GATEWAY_TIMEOUT, LONGEST_REQUEST));
    for (name, value) in &HEADERS {
        router = router.layer(SetResponseHeaderLayer::if_not_present(name.clone(), HeaderValue::from_static(value)));
    }
    if app.config.is_secure() {
        let year = HeaderValue::from_static("max-age=31536000");
        router = router.layer(SetResponseHeaderLayer::if_not_present(header::STRICT_TRANSPORT_SECURITY, year));
    }
    Ok(router.with_state(app))
}

/// Listens, answers, and runs jobs until the process is asked to end; then lets requests under way finish.
pub async fn serve(app: App, listener: TcpListener) -> anyhow::Result<()> {
    let worker = tokio::spawn(jobs::run(app.clone()));
    let db = app.db.clone();
    let service = router(app)?.into_make_service_with_connect_info::<SocketAddr>();
    let (asked, leaving) = tokio::sync::oneshot::channel();
    let server = axum::serve(listener, service).with_graceful_shutdown(async {
        asked_to_end().await;
        // Nobody waits for it when the server has ended by itself.
        let _ = asked.send(());
    });
    tokio::select! {
        ended = server.into_future() => ended?,
        () = goodbye(leaving) => tracing::warn!("some connections were still open and are left"),
    }
    worker.abort();
    db.close().await;
    Ok(())
}

/// A connection that says nothing, or half a request, would keep the server for ever.
async fn goodbye(leaving: tokio::sync::oneshot::Receiver<()>) {
    if leaving.await.is_err() {
        return std::future::pending().await;
    }
    tokio::time::sleep(LONGEST_GOODBYE).await;
}

async fn asked_to_end() {
    use tokio::signal::unix::{SignalKind, signal};
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("asked to end; requests under way may finish");
}

/// Gives words to what no guard has seen, in the language of the person, if somebody is signed in.
async fn speak(app: &App, headers: &HeaderMap, uri: &Uri, response: &mut Response) {
    if response.extensions().get::<ProtectionError>().is_some() {
        *response = Failed::from(Refusal::Forbidden).into_response();
    }
    if !errors::is_unspoken(response) {
        return;
    }
    // Without the database there is no telling who it is; the refusal stands all the same.
    let viewer = identity::session(app, headers).await.ok().flatten();
    let allow = response.headers_mut().remove(header::ALLOW);
    Voice::of(app, headers, uri).of_viewer(viewer.as_ref()).finish(response);
    if let Some(allow) = allow {
        response.headers_mut().insert(header::ALLOW, allow);
    }
}

/// Counts and times the request by its pattern (never its path, which holds identifiers), says in words what no guard has
/// seen, and keeps pages with personal data out of caches.
async fn finish(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let pattern = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let (method, uri, headers) = (request.method().clone(), request.uri().clone(), request.headers().clone());
    let had_notice = shell::cookie(&headers, "telemaco_notice").is_some();
    let (mut response, statements) = db::counted(next.run(request)).await;
    speak(&app, &headers, &uri, &mut response).await;
    let status = response.status();
    let out = response.headers_mut();
    if !out.contains_key(header::CACHE_CONTROL) {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    let is_page = out.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    if had_notice && is_page {
        out.append(header::SET_COOKIE, shell::forget_notice());
    }
    if cfg!(debug_assertions) {
        out.insert("x-statements", HeaderValue::from(statements));
    }
    let seconds = began.elapsed().as_secs_f64();
    metrics::counter!("telemaco_requests_total", "route" => pattern.clone(), "status" => status.as_u16().to_string())
        .increment(1);
    metrics::histogram!("telemaco_request_seconds", "route" => pattern.clone()).record(seconds);
    tracing::info!(
        method = method.as_str(),
        route = pattern,
        status = status.as_u16(),
        statements,
        milliseconds = format!("{:.1}", seconds * 1000.0),
        "request"
    );
    response
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use tower::ServiceExt as _;

    use super::*;
    use crate::config::{Config, Flags};

    #[tokio::test]
    async fn a_handler_that_panics_is_a_fault_in_words() {
        let folder = tempfile::tempdir().unwrap();
        let flags = Flags::default().with("data", folder.path().to_str().unwrap());
        let app = App::open(Config::read(&flags).unwrap()).await.unwrap();
        let falls = async || -> &'static str { panic!("somebody's secret") };
        let router =
            Router::new().route("/falls", axum::routing::get(falls)).route("/api/falls", axum::routing::get(falls));
        let router = layered(router, Router::new(), app).unwrap();
        for (path, kind) in [("/falls", "text/html; charset=utf-8"), ("/api/falls", "application/problem+json")] {
            let request = Request::builder().uri(path).header("accept-language", "en").body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
            assert!(response.headers().contains_key(header::CONTENT_SECURITY_POLICY));
            let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let text = String::from_utf8_lossy(&body);
            assert!(text.contains("Something went wrong on our side") && !text.contains("secret"), "{text}");
        }
    }
}
