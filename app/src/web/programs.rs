//! What doors for programs take and give: JSON in and out, what a query asks for, pages of a list. Each of them says of
//! itself what the API's description tells, so that a door's description is its signature.

use std::borrow::Cow;
use std::marker::PhantomData;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};

use super::errors::Failed;
use crate::i18n::Message;
use crate::problems::{Problems, Refusal};

/// A body of JSON, as it comes and as it goes.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        if !is_json(request.headers().get(header::CONTENT_TYPE)) {
            return Err(Refusal::OtherKind.into());
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Refusal::TooLarge)?;
        serde_json::from_slice(&body)
            .map(Self)
            .map_err(|error| if error.is_data() { unfit(&error.to_string()) } else { Refusal::Malformed.into() })
    }
}

/// `application/json`, and what is written in it: `application/merge-patch+json`.
fn is_json(kind: Option<&HeaderValue>) -> bool {
    let essence = essence(kind);
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// A media type without what may follow it.
fn essence(kind: Option<&HeaderValue>) -> String {
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A body that is the text of a TOML file. Whether it is one is for the action to say.
#[derive(Clone, Debug)]
pub struct Toml(pub String);

/// The kinds under which a TOML file may be sent: its own, and plain text for programs that do not know it.
pub(super) const TOML_KINDS: [&str; 2] = ["application/toml", "text/plain"];

impl<S: Send + Sync> FromRequest<S> for Toml {
    type Rejection = Failed;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failed> {
        if !TOML_KINDS.contains(&essence(request.headers().get(header::CONTENT_TYPE)).as_str()) {
            return Err(Refusal::OtherKind.into());
        }
        let body = Bytes::from_request(request, state).await.map_err(|_| Refusal::TooLarge)?;
        String::from_utf8(body.into()).map(Self).map_err(|_| Refusal::Malformed.into())
    }
}

/// What kinds of files a door gives.
pub trait FileKind {
    /// Media types, each with whether it is text.
    const KINDS: &'static [(&'static str, bool)];
}

/// A file, with the name under which to keep it.
#[derive(Clone, Debug)]
pub struct File<K> {
    bytes: Vec<u8>,
    kind: &'static str,
    name: Cow<'static, str>,
    kinds: PhantomData<K>,
}

impl<K: FileKind> File<K> {
    /// `kind` is one of those that the door gives, with its character set where it is text.
    pub fn new(bytes: Vec<u8>, kind: &'static str, name: impl Into<Cow<'static, str>>) -> Self {
        Self { bytes, kind, name: name.into(), kinds: PhantomData }
    }
}

impl<K> IntoResponse for File<K> {
    fn into_response(self) -> Response {
        super::shell::file(self.bytes, self.kind, &self.name)
    }
}

/// What can be read, but says something else than the description asks for. The words are serde's.
fn unfit(reason: &str) -> Failed {
    Problems::one("", Message::new("web-unfit").with("reason", reason)).into()
}

impl<T: Serialize> IntoResponse for Json<T> {
    fn into_response(self) -> Response {
        axum::Json(self.0).into_response()
    }
}

/// 201: what was made, and where it is.
#[derive(Clone, Debug)]
pub struct Created<T> {
    pub at: String,
    pub body: T,
}

impl<T: Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> Response {
        let mut response = (StatusCode::CREATED, axum::Json(self.body)).into_response();
        if let Ok(place) = HeaderValue::try_from(self.at) {
            response.headers_mut().insert(header::LOCATION, place);
        }
        response
    }
}

/// What a request asks for after its `?`, told by name.
#[derive(Clone, Copy, Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Params<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0)).map_err(|rejection| unfit(&rejection.body_text()))
    }
}

/// A page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "{T}Page")]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Pass it on as `after` for the next page; null on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// A page of at most `limit` out of rows of which one more was asked for; `cursor` says where a row stands.
    pub fn of<R>(mut rows: Vec<R>, limit: Limit, cursor: impl Fn(&R) -> Cursor, item: impl FnMut(R) -> T) -> Self {
        let has_more = rows.len() > limit.rows();
        rows.truncate(limit.rows());
        let next = rows.last().filter(|_| has_more).map(cursor);
        Self { items: rows.into_iter().map(item).collect(), next }
    }
}

/// How many rows a page has at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit(u8);

const MOST_ROWS: u8 = 100;

impl Limit {
    pub fn rows(self) -> usize {
        self.0.into()
    }

    /// How many rows to ask a store for: one more than are shown, which tells whether there is another page.
    pub fn and_one(self) -> usize {
        self.rows() + 1
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(MOST_ROWS)
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let limit = u8::deserialize(from)?;
        if (1..=MOST_ROWS).contains(&limit) {
            Ok(Self(limit))
        } else {
            Err(serde::de::Error::custom(format!("limit is 1 to {MOST_ROWS}")))
        }
    }
}

impl JsonSchema for Limit {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST_ROWS })
    }
}

/// Where a page begins: after a row that a former page showed. What it says is nobody's business but the list's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Cursor(String);

const MOST_CURSOR: usize = 2000;

impl Cursor {
    pub fn new(place: impl Into<String>) -> Self {
        Self(place.into())
    }

    /// What the list made of it, or a problem with `after`.
    pub fn read<T>(after: Option<&Self>, parse: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Problems> {
        let Some(after) = after else { return Ok(None) };
        parse(&after.0).map(Some).ok_or_else(|| Problems::one("after", Message::new("web-cursor-unknown")))
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let is_one = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
        if (1..=MOST_CURSOR).contains(&text.len()) && text.chars().all(is_one) {
            Ok(Self(text))
        } else {
            Err(serde::de::Error::custom("after is the `next` of a former page"))
        }
    }
}

impl JsonSchema for Cursor {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Cursor".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MOST_CURSOR, "pattern": "^[A-Za-z0-9._-]+$" })
    }
}

/// A whole number within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Whole<const LEAST: u32, const MOST: u32>(pub u32);

impl<'de, const LEAST: u32, const MOST: u32> Deserialize<'de> for Whole<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let number = u32::deserialize(from)?;
        if (LEAST..=MOST).contains(&number) {
            Ok(Self(number))
        } else {
            Err(serde::de::Error::custom(format!("{number} is not within {LEAST} and {MOST}")))
        }
    }
}

impl<const LEAST: u32, const MOST: u32> JsonSchema for Whole<LEAST, MOST> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Whole{LEAST}To{MOST}").into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": LEAST, "maximum": MOST })
    }
}

/// The schema of an instant, RFC 3339 in UTC: `#[schemars(with = "Instant")]`.
#[derive(Debug)]
pub struct Instant;

/// The schema of a civil date.
#[derive(Debug)]
pub struct Day;

macro_rules! text_of_a_format {
    ($($type:ident: $format:literal),+) => {$(
        impl JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> Cow<'static, str> {
                stringify!($type).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "format": $format })
            }
        }
    )+};
}

text_of_a_format!(Instant: "date-time", Day: "date");

/// For fields that may be absent (leave it), null (empty it) or something: `#[serde(default, deserialize_with = "told")]`.
pub fn told<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    T::deserialize(from).map(Some)
}

/// What was wrong, as RFC 9457 has it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Problem {
    /// Always `about:blank`: the status says which kind of problem it is.
    #[serde(rename = "type")]
    #[schemars(rename = "type", extend("format" = "uri-reference"))]
    pub kind: &'static str,
    #[schemars(range(min = 400, max = 599))]
    pub status: u16,
    /// For people, in the language of the token's person.
    pub title: String,
    /// For people, in the language of the token's person.
    pub detail: String,
    /// What is wrong with the content, field by field (422).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(default)]
    pub errors: Vec<FieldError>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FieldError {
    /// The field or parameter; empty for the whole.
    pub field: String,
    pub detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_kind() {
        let is = |kind: &str| is_json(Some(&HeaderValue::from_str(kind).unwrap()));
        assert!(is("application/json") && is("Application/JSON; charset=utf-8") && is("application/merge-patch+json"));
        assert!(!is("text/json") && !is("application/x-www-form-urlencoded") && !is("") && !is_json(None));
    }

    #[test]
    fn a_page_says_whether_there_is_another() {
        let page = |rows: Vec<u8>| Page::of(rows, Limit(2), |row| Cursor::new(row.to_string()), |row| row);
        assert_eq!((page(vec![1, 2]).items, page(vec![1, 2]).next), (vec![1, 2], None));
        assert_eq!((page(vec![1, 2, 3]).items, page(vec![1, 2, 3]).next), (vec![1, 2], Some(Cursor::new("2"))));
    }

    #[test]
    fn limits_and_cursors_are_what_the_description_says() {
        let limit = |text: &str| serde_json::from_str::<Limit>(text).ok();
        assert_eq!(
            (limit("0"), limit("1"), limit("100"), limit("101")),
            (None, Some(Limit(1)), Some(Limit(100)), None)
        );
        let cursor = |text: &str| serde_json::from_value::<Cursor>(text.into()).is_ok();
        assert!(cursor("a.B-9_") && !cursor("") && !cursor("a b") && !cursor(&"a".repeat(MOST_CURSOR + 1)));
    }
}
