//! How to come to the doors through which what a pair wrote is opened.

use axum::http::Method;
use serde_json::json;
use telemaco::db::Engine;
use telemaco::identity::{self, Part};
use telemaco::mentorships::MentorshipId;

use super::journey::Journey;
use super::visits::{Visit, get, post, send};
use super::world::{NOBODY, World};
use crate::support::{House, Person};

/// That a coordinator asked an operator to open with them what a pair wrote.
pub async fn opening(house: &House, coordinator: &Person, mentorship: MentorshipId) -> String {
    let operators =
        identity::person_ids_with_part(&house.app.db, coordinator.organisation, Part::Operator).await.unwrap();
    let second = operators.into_iter().find(|operator| *operator != coordinator.id).expect("an operator");
    let id = house.app.id();
    let [opening, organisation, mentorship, agreement, first, second] =
        [id, coordinator.organisation.0, mentorship.0, id, coordinator.id.0, second.0].map(|id| house.literal(id));
    let sealed = match house.app.db.engine() {
        Engine::Sqlite => "X'00'",
        Engine::Postgres => "'\\x00'",
    };
    let now = house.app.now().as_microsecond();
    // Everybody has held their parts for long.
    house.raw("UPDATE parts SET granted_at = 0").await;
    house
        .raw(&format!(
            "INSERT INTO glass_openings (id, organisation, mentorship, agreement, asked_by, asked_part, asked_at, second, \
             second_part, reason, hours) VALUES ({opening}, {organisation}, {mentorship}, {agreement}, {first}, 'coordinator', \
             {now}, {second}, 'operator', {sealed}, 24)"
        ))
        .await;
    id.to_string()
}

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    if (method, pattern) == ("POST", "/break-glass") {
        return Some(vec![post("", pattern, &[("one", "luis.gil@example.org"), ("other", "marta.soler@example.org")])]);
    }
    if !pattern.contains("break-glass") {
        return None;
    }
    let (nobody, nothing) = (Journey::nothing(NOBODY), Journey::nothing("x"));
    let journeys = [
        ("one of the organisation", &world.journey),
        ("one of another organisation", &world.foreign_journey),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ];
    let visit = |(about, journey): (&'static str, &Journey)| {
        let path = pattern.replace("{id}", &journey.mentorship).replace("{opening}", &journey.opening);
        match method {
            "GET" => get(about, path),
            _ if pattern.starts_with("/api/") => send(about, Method::POST, path, json!({})),
            _ => post(about, path, &[("second", NOBODY), ("reason", "x"), ("hours", "24"), ("until", "2027-01-12")]),
        }
    };
    Some(journeys.into_iter().map(visit).collect())
}
