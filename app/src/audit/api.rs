//! The coordinator's door to the trail, for programs.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::store::{self, Entry, Filter};
use crate::app::App;
use crate::i18n::fold;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Tag, Told};

const AUDIT: Tag = Tag { name: "audit", about: "Who did what, when." };

pub(super) fn doors() -> Vec<Door> {
    vec![Door::program(
        MethodFilter::GET,
        "/api/audit",
        (Act::ReadAudit, TokenScope::AuditRead),
        Told {
            id: "list_audit",
            tag: AUDIT,
            summary: "The audit trail",
            detail: "For coordinators: what was done in the organisation, the newest first. An entry names records by their \
                     identifiers; what somebody wrote never stands in it.",
        },
        trail,
    )]
}

#[derive(Deserialize, JsonSchema)]
struct Asked {
    /// A part of the name or address of whoever did it.
    #[serde(default)]
    q: Option<String>,
    /// The beginning of a verb, such as `people.` or `people.import.confirm`.
    #[serde(default)]
    verb: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Something that was done.
#[derive(Serialize, JsonSchema)]
struct AuditEntry {
    id: Uuid,
    #[schemars(with = "Instant")]
    at: Timestamp,
    /// The name of whoever did it; null where it was the program itself.
    actor: Option<String>,
    verb: String,
    /// The name of the person whom it was about, where it was about one.
    subject: Option<String>,
    /// Counts and identifiers; which ones depends on the verb.
    detail: Value,
}

async fn trail(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<Asked>,
) -> Result<Json<Page<AuditEntry>>, Failed> {
    let limit = asked.limit.unwrap_or_default();
    let filter = Filter {
        actor: fold(&asked.q.unwrap_or_default()),
        verb: asked.verb.unwrap_or_default(),
        before: Cursor::read(asked.after.as_ref(), |text| text.parse().ok())?,
        hidden: super::hidden_from(&app, &viewer).await?,
    };
    let most = i64::try_from(limit.and_one()).unwrap_or(i64::MAX);
    let entries = store::list(&app.db, viewer.organisation.0, &filter, most).await?;
    Ok(Json(Page::of(entries, limit, |entry| Cursor::new(entry.id.to_string()), told)))
}

fn told(entry: Entry) -> AuditEntry {
    let Entry { id, at, actor, verb, subject, detail } = entry;
    AuditEntry { id, at, actor, verb, subject, detail: serde_json::from_str(&detail).unwrap_or_default() }
}
