//! The API's description, OpenAPI 3.1, made from the same list as the routes.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{Method, header};
use axum::response::{IntoResponse as _, Response};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use super::description::{Operation, Tag};
use super::door::{Door, Who};
use super::programs::Problem;
use crate::app::App;
use crate::features;
use crate::identity::TokenScope;

const ABOUT: &str = "Everything that the pages can do with people, programmes and pairing, for programs. A program bears a \
    person's token and sees what that person would see. Lists come in pages of at most 100 items, by cursor. A write may bear \
    an `Idempotency-Key`: the same request sent again within 24 hours is done once and answered alike. Problems follow RFC 9457.";

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/api/openapi.json", Who::Anyone, description)]
}

async fn description(State(app): State<App>) -> Response {
    let text = document(&app.config.public_url).to_string();
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}

/// Why a request may not be done: the component's name, its status, and what is said of it.
const REFUSALS: &[(&str, u16, &str)] = &[
    ("Malformed", 400, "What was sent cannot be read: the body is no JSON, or the key is none."),
    ("Unauthorised", 401, "No token, or one that is unknown or revoked."),
    ("OutOfScope", 403, "The token's scopes do not reach so far."),
    ("NotFound", 404, "It does not exist, or not for this person: the answer is the same."),
    ("Conflict", 409, "It stands otherwise than the request supposes, or a request with the same key is under way."),
    ("TooLarge", 413, "The body is too large."),
    ("OtherKind", 415, "The body is of another kind than the description names."),
    ("Unfit", 422, "The content does not do; `errors` says field by field why."),
    ("Fault", 500, "Our fault; `detail` holds a reference number that stands in the server's log."),
];

/// The whole description of an installation that people reach at `server`.
pub fn document(server: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut schemas = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    let mut tags: BTreeMap<&str, Tag> = BTreeMap::new();
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        if let Some(operation) = operation(&door, &mut schemas, &mut tags) {
            paths.entry(door.path).or_default().insert(door.method.as_str().to_ascii_lowercase(), operation);
        }
    }
    let problem = schemas.subschema_for::<Problem>();
    let tags: Vec<Value> = tags.values().map(|tag| json!({ "name": tag.name, "description": tag.about })).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Telémaco",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "Executive mentoring programmes.",
            "description": ABOUT,
            "contact": { "name": "Telémaco", "url": env!("CARGO_PKG_REPOSITORY") },
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": server, "description": "This installation." }],
        "tags": tags,
        "paths": paths,
        "components": {
            "securitySchemes": { "token": {
                "type": "http", "scheme": "bearer", "bearerFormat": "tlm_…", "description": scopes(),
            } },
            "responses": REFUSALS.iter().map(|refusal| (refusal.0.to_owned(), refused(refusal, &problem))).collect::<Map<_, _>>(),
            "parameters": { "IdempotencyKey": {
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "A name of your own for this request, random and not used before. The same request with the same \
                    key is done once, within 24 hours; the same key for another request is refused.",
                "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            } },
            "schemas": schemas.take_definitions(true),
        },
    })
}

fn operation(door: &Door, schemas: &mut SchemaGenerator, tags: &mut BTreeMap<&str, Tag>) -> Option<Value> {
    let (told, describe) = door.told?;
    let Who::Token(_, scope) = door.who else { return None };
    tags.insert(told.tag.name, told.tag);
    let mut operation = Operation {
        schemas,
        names: names(door.path),
        parameters: Vec::new(),
        body: None,
        has_params: false,
        answers: BTreeMap::new(),
    };
    describe(&mut operation);
    let writes = door.method != Method::GET;
    if writes {
        operation.parameters.push(json!({ "$ref": "#/components/parameters/IdempotencyKey" }));
    }
    for (name, status, _) in REFUSALS {
        let can_be = match status {
            403 => scope.is_some(),
            404 => !operation.names.is_empty() || scope.is_some(),
            400 | 409 | 413 => writes,
            415 => operation.body.is_some(),
            422 => writes || operation.has_params,
            _ => true,
        };
        if can_be {
            operation.answers.insert(status.to_string(), json!({ "$ref": format!("#/components/responses/{name}") }));
        }
    }
    let mut described = json!({
        "operationId": told.id,
        "tags": [told.tag.name],
        "summary": told.summary,
        "description": scope.map_or_else(
            || told.detail.to_owned(),
            |scope| format!("{} It takes a token with the scope `{}`.", told.detail, scope.code()),
        ),
        "security": [{ "token": [] }],
        "responses": operation.answers,
    });
    if !operation.parameters.is_empty() {
        described["parameters"] = operation.parameters.into();
    }
    if let Some(body) = operation.body {
        described["requestBody"] = body;
    }
    Some(described)
}

/// The names in the braces of a path.
fn names(path: &str) -> Vec<String> {
    path.split('/').filter_map(|step| step.strip_prefix('{')?.strip_suffix('}')).map(str::to_owned).collect()
}

fn refused((_, status, about): &(&str, u16, &str), problem: &schemars::Schema) -> Value {
    let mut refused = json!({ "description": about, "content": { "application/problem+json": { "schema": problem } } });
    if matches!(status, 401 | 403) {
        refused["headers"] =
            json!({ "WWW-Authenticate": { "description": "RFC 6750.", "schema": { "type": "string" } } });
    }
    refused
}

fn scopes() -> String {
    let lines: Vec<String> =
        TokenScope::ALL.iter().map(|scope| format!("- `{}`: {}", scope.code(), scope.about())).collect();
    format!("A token that a person makes on their account's page, with scopes of their choice:\n\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_door_for_programs_is_described_and_stands_under_api() {
        let mut ids = BTreeSet::new();
        for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
            let is_for_programs = matches!(door.who, Who::Token(..));
            let under_api = door.path.starts_with("/api/");
            assert!(under_api == is_for_programs || door.path == "/api/openapi.json", "{} {}", door.method, door.path);
            if is_for_programs {
                let (told, _) = door.told.unwrap_or_else(|| panic!("{} {} has no description", door.method, door.path));
                assert!(ids.insert(told.id), "two operations are called {}", told.id);
                assert!(told.summary.len() > 5 && told.detail.ends_with('.'), "{}", told.id);
            }
        }
        assert!(ids.len() > 10);
    }

    #[test]
    fn every_scope_opens_a_door() {
        let used: Vec<TokenScope> = features::ALL
            .iter()
            .flat_map(|feature| (feature.doors)())
            .filter_map(|door| match door.who {
                Who::Token(_, scope) => scope,
                _ => None,
            })
            .collect();
        for scope in TokenScope::ALL {
            assert!(used.contains(&scope), "no door asks for {}", scope.code());
        }
    }
}
