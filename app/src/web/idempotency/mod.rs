//! What is sent twice is done once. A program that names its request (`Idempotency-Key`) may send it again when the answer
//! was lost: the key is written in the transaction that does the work, so both happen or neither; the answer is kept beside
//! it once it is known.
//!
//! Answers repeat what people wrote in confidence: they are kept sealed, under a key of whoever asked, and are deleted a day later
//! by a job of the hour in which they were given.
//!
//! Between the two a server may die. Then the work is done and the answer is not known: the key answers 409, and whoever sent
//! it looks at how things stand. What was refused wrote nothing, keeps no key, and may be mended and sent again.

mod jobs;
mod store;

use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequest as _, Request};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};

use self::store::{Kept, Key};
use super::errors::Failed;
use crate::app::App;
use crate::db::{Ride, riding};
use crate::erasure::Naming;
use crate::features::Table;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::vault::{self, Place, Sealed, Words};

pub(super) use jobs::KINDS;

/// An answer may repeat what anybody of the house wrote, and is sealed for whoever asked: with the first who is erased all go.
pub(super) const TABLES: &[Table] = &[Table::of("idempotency_keys", &[Naming::Goes("person")])
    .sealed(&["answer"])
    .echoes(&["status", "location", "answer"])
    .untold()];

const NAME: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const KEPT: SignedDuration = SignedDuration::from_hours(24);
const MOST_SIGNS: usize = 255;
/// How often to look for the answer of a request that another server is still busy with.
const LOOKS: u32 = 20;
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);

/// Carries a request out, once if it bears a key.
pub(super) async fn once(app: &App, viewer: &Viewer, request: Request, next: Next) -> Response {
    let key = match name_of(request.headers()) {
        Ok(key) if request.method() != Method::GET => key,
        Ok(_) => None,
        Err(refusal) => return Failed::from(refusal).into_response(),
    };
    match key {
        None => next.run(request).await,
        Some(key) => keyed(app, viewer, &key, request, next).await.unwrap_or_else(Failed::into_response),
    }
}

/// The request's own name, if it bears one.
fn name_of(headers: &HeaderMap) -> Result<Option<Vec<u8>>, Refusal> {
    let mut given = headers.get_all(NAME).iter();
    let Some(key) = given.next() else { return Ok(None) };
    let is_one = (1..=MOST_SIGNS).contains(&key.len()) && key.as_bytes().iter().all(u8::is_ascii_graphic);
    if is_one && given.next().is_none() { Ok(Some(key.as_bytes().to_vec())) } else { Err(Refusal::Malformed) }
}

async fn keyed(app: &App, viewer: &Viewer, name: &[u8], request: Request, next: Next) -> Result<Response, Failed> {
    let (parts, body) = request.into_parts();
    let whole = Request::from_parts(parts.clone(), body);
    let body = Bytes::from_request(whole, app).await.map_err(|_| Refusal::TooLarge)?;
    let key = Key {
        person: viewer.person,
        organisation: viewer.organisation,
        name: Sha256::digest(name).to_vec(),
        request: digest(&parts.method, &parts.uri.to_string(), &body),
    };
    let since = app.now() - KEPT;
    if let Some(kept) = store::kept(&app.db, &key, since).await? {
        return again(app, &key, kept).await;
    }
    let (statement, values) = store::claim(&key, app.now(), since);
    let request = Request::from_parts(parts, Body::from(body));
    let (response, ride) = riding(statement, values, next.run(request)).await;
    match ride {
        Ride::Waiting => Ok(response),
        Ride::Arrived => keep(app, &key, response).await,
        Ride::TooLate => wait_for(app, &key).await,
    }
}

fn digest(method: &Method, target: &str, body: &[u8]) -> Vec<u8> {
    let mut digest = Sha256::new();
    for part in [method.as_str().as_bytes(), b"\n", target.as_bytes(), b"\n", body] {
        digest.update(part);
    }
    digest.finalize().to_vec()
}

/// Keeps the answer of what was done. Where something was written and the answer is no good one all the same, the key stays
/// without an answer: nobody can tell from here how much was done.
async fn keep(app: &App, key: &Key, response: Response) -> Result<Response, Failed> {
    let status = response.status();
    if !status.is_success() {
        return Ok(response);
    }
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(anyhow::Error::from)?;
    let place = parts.headers.get(header::LOCATION).and_then(|place| place.to_str().ok()).map(str::to_owned);
    let words = Words::new(String::from_utf8_lossy(&body));
    // The work is done and stays done: without its answer on record, this one is given all the same.
    if let Err(failure) = sealed(app, key, (status, place.as_deref()), &words).await {
        tracing::error!(?failure, "an answer could not be kept");
    }
    Ok(Response::from_parts(parts, Body::from(body)))
}

async fn sealed(
    app: &App,
    key: &Key,
    (status, location): (StatusCode, Option<&str>),
    words: &Words,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        // Before anything is sealed: sealing makes a key for whoever has none.
        if !store::is_wanted(tx, key).await? {
            return Ok(());
        }
        // Most have nothing but a place to say.
        let answer = match words.as_str() {
            "" => None,
            _ => Some(vault::seal(app, tx, &place(key), words).await?),
        };
        store::keep(tx, key, (status.as_u16(), location, answer)).await?;
        jobs::forget_later(app, tx).await?;
        Ok(())
    })
}

fn place(key: &Key) -> Place {
    Place::of_person(key.organisation, key.person, ("idempotency_keys", "answer", key.row()))
}

/// The words of a kept answer, where they open still.
async fn opened(app: &App, key: &Key, sealed: &Sealed) -> Result<Option<Words>, Failure> {
    let keys = vault::keys(app, &app.db, key.organisation, &[key.person.0]).await?;
    Ok(keys.open(&place(key), sealed).ok())
}

/// The answer that another request with this key is about to give.
async fn wait_for(app: &App, key: &Key) -> Result<Response, Failed> {
    for _ in 0..LOOKS {
        match store::kept(&app.db, key, app.now() - KEPT).await? {
            Some(Kept { status: None, .. }) => tokio::time::sleep(BETWEEN_LOOKS).await,
            Some(kept) => return again(app, key, kept).await,
            None => break,
        }
    }
    Err(Refusal::Begun.into())
}

/// The kept answer, if it is one to the same request. One that does not open any more is not known.
async fn again(app: &App, key: &Key, kept: Kept) -> Result<Response, Failed> {
    if kept.request != key.request {
        return Err(Problems::one("Idempotency-Key", Message::new("web-key-used")).into());
    }
    let Some(status) = kept.status.and_then(|status| StatusCode::from_u16(status).ok()) else {
        return Err(Refusal::Begun.into());
    };
    let words = match &kept.answer {
        Some(answer) => opened(app, key, answer).await?.ok_or(Refusal::Begun)?,
        None => Words::default(),
    };
    let is_empty = words.as_str().is_empty();
    let mut response = (status, words.as_str().to_owned()).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    if !is_empty {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(place) = kept.location.and_then(|place| HeaderValue::try_from(place).ok()) {
        headers.insert(header::LOCATION, place);
    }
    headers.insert(REPLAYED, HeaderValue::from_static("true"));
    Ok(response)
}
