//! JSON doors to people: the directory, and a person whom the bearer may see.

use axum::Json;
use axum::extract::State;
use axum::response::IntoResponse as _;
use serde_json::{Value, json};

use super::model::CompetencyLevel;
use super::pages::{Search, readable};
use super::store::{self, After, ON_A_PAGE};
use crate::app::App;
use crate::identity::{self, Act, PersonId, Viewer};
use crate::web::{Answer, Door, Path, Query, Who};

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/api/mentors", Who::Token(Act::ReadDirectory), mentors),
        Door::get("/api/people/{id}", Who::Token(Act::ReadDirectory), person),
    ]
}

async fn mentors(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    let after = After::parse(&search.after);
    let mut rows = store::mentors(&app.db, viewer.organisation, &search.q, &after, ON_A_PAGE + 1).await?;
    let has_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    let next = rows.last().filter(|_| has_more).map(After::of);
    let items: Vec<Value> = rows
        .iter()
        .map(|row| json!({
            "id": row.id, "name": row.name, "email": row.address, "title": row.title, "unit": row.unit, "place": row.place,
            "seats": row.capacity,
        }))
        .collect();
    Ok(Json(json!({ "items": items, "next": next })).into_response())
}

async fn person(State(app): State<App>, viewer: Viewer, Path(id): Path<PersonId>) -> Answer {
    let (core, record) = readable(&app, &viewer, id).await?;
    let draft = record.draft;
    let of_person = identity::Record::of_person(&core);
    let sees_post = viewer.person == id || viewer.may(Act::ReadNominations, &of_person);
    Ok(Json(json!({
        "id": core.id,
        "name": draft.name,
        "email": draft.address,
        "title": draft.title,
        "unit": draft.unit,
        "place": draft.place,
        "languages": draft.languages,
        "biography": draft.biography,
        "mentor": draft.roles.mentor,
        "held": levels(&draft.held),
        "post": draft.post.filter(|_| sees_post),
    }))
    .into_response())
}

fn levels(levels: &[CompetencyLevel]) -> Vec<Value> {
    levels.iter().map(|level| json!({ "name": level.name, "level": level.level })).collect()
}
