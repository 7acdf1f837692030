//! JSON doors to identity: who a token is.

use axum::routing::MethodFilter;
use schemars::JsonSchema;
use serde::Serialize;

use super::may::Act;
use super::model::{Part, PersonId, Scope, TokenScopes, Viewer};
use crate::web::{Door, Failed, Json, Tag, Told};

const ACCOUNT: Tag = Tag { name: "account", about: "Whose token it is." };

pub(super) fn doors() -> Vec<Door> {
    vec![Door::program(
        MethodFilter::GET,
        "/api/me",
        (Act::UseAccount, None),
        Told {
            id: "read_me",
            tag: ACCOUNT,
            summary: "Who the token is",
            detail: "The person whose token it is, and what the token reaches. Any token may ask.",
        },
        me,
    )]
}

/// The person whose token it is.
#[derive(Serialize, JsonSchema)]
struct Me {
    id: PersonId,
    name: String,
    email: String,
    /// The name of the organisation in which the token was made.
    organisation: String,
    /// A language tag; problems come in this language.
    language: String,
    /// The parts that they hold in the organisation itself.
    parts: Vec<Part>,
    /// What the token reaches.
    scopes: Vec<&'static str>,
}

async fn me(viewer: Viewer, scopes: TokenScopes) -> Result<Json<Me>, Failed> {
    let in_organisation = viewer.parts.iter().filter(|held| held.scope == Scope::Organisation);
    Ok(Json(Me {
        id: viewer.person,
        parts: in_organisation.map(|held| held.part).collect(),
        name: viewer.name,
        email: viewer.address,
        organisation: viewer.organisation_name,
        language: viewer.lang.code().to_owned(),
        scopes: scopes.codes(),
    }))
}
