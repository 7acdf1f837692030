//! JSON doors to one's own notices.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::actions;
use super::store::{self, Kept};
use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{Act, TokenScope, Viewer};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const NOTICES: Tag = Tag { name: "notices", about: "What the person of the token was told." };

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/notices",
            (Act::UseAccount, TokenScope::OwnRead),
            Told {
                id: "list_own_notices",
                tag: NOTICES,
                summary: "One's own notices",
                detail: "The newest first. Kinds that the person switched off are left out.",
            },
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/notices/{id}/read",
            (Act::UseAccount, TokenScope::OwnWrite),
            Told {
                id: "read_own_notice",
                tag: NOTICES,
                summary: "Mark a notice as read",
                detail: "One that was read stays as it is.",
            },
            read,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/notices/read",
            (Act::UseAccount, TokenScope::OwnWrite),
            Told {
                id: "read_all_own_notices",
                tag: NOTICES,
                summary: "Mark all notices as read",
                detail: "Says how many there were to read.",
            },
            read_all,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct NoticesAsked {
    /// Only those that were not read yet.
    #[serde(default)]
    unread: Option<bool>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Something that the person was told.
#[derive(Serialize, JsonSchema)]
struct NoticeTold {
    id: Uuid,
    /// The feature and what has happened, such as `mentorships.published`; more kinds may come.
    kind: String,
    /// In the person's language.
    text: String,
    /// The path that it leads to.
    path: String,
    /// The record that it is about, if it is about one.
    about: Option<Uuid>,
    #[schemars(with = "Instant")]
    told_at: Timestamp,
    #[schemars(with = "Option<Instant>")]
    read_at: Option<Timestamp>,
}

impl NoticeTold {
    fn of(kept: Kept, lang: Lang) -> Self {
        Self {
            id: kept.id,
            text: lang.tell(&kept.text),
            kind: kept.kind,
            path: kept.href,
            about: kept.about,
            told_at: kept.told_at,
            read_at: kept.read_at,
        }
    }
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<NoticesAsked>,
) -> Result<Json<Page<NoticeTold>>, Failed> {
    let limit = asked.limit.unwrap_or_default();
    let before = Cursor::read(asked.after.as_ref(), |text| text.parse().ok())?;
    let most = i64::try_from(limit.and_one()).unwrap_or(i64::MAX);
    let notices = store::page(&app.db, &viewer, asked.unread == Some(true), before, most).await?;
    let told = |kept| NoticeTold::of(kept, viewer.lang);
    Ok(Json(Page::of(notices, limit, |kept: &Kept| Cursor::new(kept.id.to_string()), told)))
}

async fn read(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Result<Json<NoticeTold>, Failed> {
    let kept = actions::read(&app, &viewer, id).await?;
    Ok(Json(NoticeTold::of(kept, viewer.lang)))
}

/// How many notices there were to read.
#[derive(Serialize, JsonSchema)]
struct NoticesRead {
    count: u64,
}

async fn read_all(State(app): State<App>, viewer: Viewer) -> Result<Json<NoticesRead>, Failed> {
    Ok(Json(NoticesRead { count: actions::read_all(&app, &viewer).await? }))
}
