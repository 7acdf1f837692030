//! What a door for programs takes and gives, read off the signature of its handler: nothing to keep in step by hand, and a
//! door that cannot be described does not compile.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::handler::Handler;
use axum::http::StatusCode;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::door::Path;
use super::errors::Failed;
use super::programs::{Created, File, FileKind, Json, Params, TOML_KINDS, Toml};
use crate::app::App;
use crate::identity::{TokenScopes, Viewer};

/// What cannot be read off the signature.
#[derive(Clone, Copy, Debug)]
pub struct Told {
    /// The operation's stable name, `list_mentors`.
    pub id: &'static str,
    pub tag: Tag,
    /// In a few words.
    pub summary: &'static str,
    pub detail: &'static str,
}

/// A chapter of the description.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    pub name: &'static str,
    pub about: &'static str,
}

/// An operation of the description while it is put together.
#[derive(Debug)]
pub struct Operation<'a> {
    pub(super) schemas: &'a mut SchemaGenerator,
    /// The names in the path, in their order.
    pub(super) names: Vec<String>,
    pub(super) parameters: Vec<Value>,
    pub(super) body: Option<Value>,
    pub(super) has_params: bool,
    pub(super) answers: BTreeMap<String, Value>,
}

/// Describes an operation: what stands behind a door.
pub type Describe = fn(&mut Operation<'_>);

/// Something that a handler takes.
pub trait Input {
    fn describe(_: &mut Operation<'_>) {}
}

/// Something that a handler gives.
pub trait Output {
    fn describe(operation: &mut Operation<'_>);
}

/// A handler whose signature says what it takes and gives.
pub trait Described<T>: Handler<T, App> {
    fn describe(operation: &mut Operation<'_>);
}

macro_rules! described {
    ($($input:ident),+) => {
        impl<F, Fut, R, M, $($input),+> Described<(M, $($input,)+)> for F
        where
            F: Handler<(M, $($input,)+), App> + FnOnce($($input),+) -> Fut,
            Fut: Future<Output = Result<R, Failed>>,
            R: Output,
            $($input: Input,)+
        {
            fn describe(operation: &mut Operation<'_>) {
                $($input::describe(operation);)+
                R::describe(operation);
            }
        }
    };
}

described!(A);
described!(A, B);
described!(A, B, C);
described!(A, B, C, D);
described!(A, B, C, D, E);

impl Input for State<App> {}
impl Input for Viewer {}
impl Input for TokenScopes {}

impl<T: JsonSchema> Input for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        let schema = operation.schemas.subschema_for::<T>();
        operation.body = Some(json!({ "required": true, "content": { "application/json": { "schema": schema } } }));
    }
}

impl Input for Toml {
    fn describe(operation: &mut Operation<'_>) {
        let text = json!({ "schema": { "type": "string" } });
        let content: Map<String, Value> = TOML_KINDS.iter().map(|kind| ((*kind).to_owned(), text.clone())).collect();
        operation.body = Some(json!({ "required": true, "content": content }));
    }
}

impl<T: JsonSchema> Input for Path<T> {
    fn describe(operation: &mut Operation<'_>) {
        let schema = operation.schemas.subschema_for::<T>();
        // Several names are a tuple, and a tuple an array of known length.
        let schemas = match schema.get("prefixItems").and_then(Value::as_array) {
            Some(several) => several.clone(),
            None => vec![schema.to_value()],
        };
        for (name, schema) in operation.names.iter().zip(schemas) {
            operation.parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
        }
    }
}

impl<T: JsonSchema> Input for Params<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.has_params = true;
        // Its schema stands nowhere by itself: each property is a parameter.
        let schema = T::json_schema(operation.schemas);
        let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        let properties = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, mut property) in properties {
            let about = property.as_object_mut().and_then(|property| property.remove("description"));
            let mut parameter = json!({
                "name": name, "in": "query", "required": required.contains(&json!(name)), "schema": not_null(property),
            });
            if let Some(about) = about {
                parameter["description"] = about;
            }
            operation.parameters.push(parameter);
        }
    }
}

/// A query has no null: what is optional is left out.
fn not_null(mut schema: Value) -> Value {
    let Some(object) = schema.as_object_mut() else { return schema };
    object.remove("default");
    if let Some(kinds) = object.get_mut("type").and_then(Value::as_array_mut) {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    let one_of_two = object.get("anyOf").and_then(Value::as_array).map(|options| {
        options.iter().filter(|option| option.get("type") != Some(&json!("null"))).cloned().collect::<Vec<_>>()
    });
    match one_of_two.as_deref() {
        Some([only]) => only.clone(),
        _ => schema,
    }
}

impl<T: JsonSchema> Output for Json<T> {
    fn describe(operation: &mut Operation<'_>) {
        let schema = operation.schemas.subschema_for::<T>();
        operation.answers.insert("200".to_owned(), answer("Done.", Some(schema), None));
    }
}

impl<T: JsonSchema> Output for Created<T> {
    fn describe(operation: &mut Operation<'_>) {
        let schema = operation.schemas.subschema_for::<T>();
        let place = json!({ "Location": { "description": "Where it is.", "schema": { "type": "string", "format": "uri-reference" } } });
        operation.answers.insert("201".to_owned(), answer("Made.", Some(schema), Some(place)));
    }
}

impl<K: FileKind> Output for File<K> {
    fn describe(operation: &mut Operation<'_>) {
        let content = |is_text: bool| if is_text { json!({ "schema": { "type": "string" } }) } else { json!({}) };
        let kinds: Map<String, Value> =
            K::KINDS.iter().map(|(kind, is_text)| ((*kind).to_owned(), content(*is_text))).collect();
        operation.answers.insert("200".to_owned(), json!({ "description": "The file.", "content": kinds }));
    }
}

/// 204: done, and nothing to say of it.
impl Output for StatusCode {
    fn describe(operation: &mut Operation<'_>) {
        operation.answers.insert("204".to_owned(), answer("Done.", None, None));
    }
}

fn answer(about: &str, schema: Option<Schema>, headers: Option<Value>) -> Value {
    let mut answer = Map::from_iter([("description".to_owned(), json!(about))]);
    if let Some(schema) = schema {
        answer.insert("content".to_owned(), json!({ "application/json": { "schema": schema } }));
    }
    if let Some(headers) = headers {
        answer.insert("headers".to_owned(), headers);
    }
    Value::Object(answer)
}
