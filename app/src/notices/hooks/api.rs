//! JSON doors to one's own webhooks.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::actions::{self, NewHook};
use super::model::Shape;
use super::store::{self, Hook};
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Created, Door, Failed, Instant, Json, Path, Tag, Told};

const HOOKS: Tag = Tag { name: "webhooks", about: "Where programs of the token's person hear what they are told." };

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::UseAccount, TokenScope::OwnRead), (Act::UseAccount, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: HOOKS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/webhooks",
            read,
            told(
                "list_own_webhooks",
                "One's own webhooks",
                "The oldest first, with the secret that signs what goes there.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/webhooks",
            write,
            told(
                "add_own_webhook",
                "Add a webhook",
                "From now on it is sent what the person is told of these kinds: a sentence that names nobody, and a link. `standard` is \
                 signed as Standard Webhooks has it.",
            ),
            add,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/me/webhooks/{id}",
            write,
            told("remove_own_webhook", "Remove a webhook", "Nothing is sent there any more."),
            remove,
        ),
    ]
}

/// A webhook to be added.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WebhookToAdd {
    /// HTTPS, and in no private network unless the operator allows the host.
    address: String,
    shape: Shape,
    /// Kinds of notices, such as `mentorships.published`.
    kinds: Vec<String>,
}

/// One's own webhooks.
#[derive(Serialize, JsonSchema)]
struct Webhooks {
    items: Vec<Webhook>,
}

/// Where what one is told is sent.
#[derive(Serialize, JsonSchema)]
struct Webhook {
    id: Uuid,
    /// Of the address the host alone: the rest is as good as a password.
    host: String,
    shape: Shape,
    kinds: Vec<String>,
    /// What signatures are checked with: in the list alone, and null where nothing is signed.
    secret: Option<String>,
    #[schemars(with = "Option<Instant>")]
    worked_at: Option<Timestamp>,
    /// Why the last sending did not arrive; null if it did.
    trouble: Option<String>,
    /// When it was given up; a test that arrives starts it again.
    #[schemars(with = "Option<Instant>")]
    stopped_at: Option<Timestamp>,
}

impl Webhook {
    fn of(app: &App, hook: Hook) -> Self {
        Self {
            id: hook.id,
            host: actions::host(&hook),
            secret: actions::secret(app, &hook).filter(|_| hook.shape == Shape::Standard),
            shape: hook.shape,
            worked_at: hook.worked_at,
            trouble: hook.trouble.map(|trouble| trouble.code().to_owned()),
            stopped_at: hook.stopped_at,
            kinds: hook.kinds,
        }
    }
}

async fn list(State(app): State<App>, viewer: Viewer) -> Result<Json<Webhooks>, Failed> {
    let hooks = store::of_person(&app.db, &viewer).await?;
    Ok(Json(Webhooks { items: hooks.into_iter().map(|hook| Webhook::of(&app, hook)).collect() }))
}

async fn add(
    State(app): State<App>,
    viewer: Viewer,
    Json(to_add): Json<WebhookToAdd>,
) -> Result<Created<Webhook>, Failed> {
    let new = NewHook { address: &to_add.address, shape: Some(to_add.shape), kinds: to_add.kinds };
    let hook = actions::add(&app, &viewer, new).await?;
    // What is answered to a write may be kept, to be given again; the secret is kept nowhere.
    let body = Webhook { secret: None, ..Webhook::of(&app, hook) };
    Ok(Created { at: format!("/api/me/webhooks/{}", body.id), body })
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Result<StatusCode, Failed> {
    actions::remove(&app, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
