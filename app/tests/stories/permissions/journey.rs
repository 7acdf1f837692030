//! How to come to the doors of what a pair is at: goals. Forms and bodies carry what a stranger would send.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::goals::model::{Draft, Kind, Term};
use telemaco::mentorships::MentorshipId;
use telemaco::mentorships::visibility::Visibility;
use telemaco::vault::Words;

use super::visits::{Visit, get, post, send};
use super::world::{NOBODY, World};
use crate::support::{House, Person};

/// What a pair has written.
pub struct Journey {
    mentorship: String,
    goal: String,
}

impl Journey {
    pub async fn build(house: &House, mentee: &Person, mentorship: MentorshipId) -> Self {
        let draft = Draft {
            visibility: Visibility::Pair,
            kind: Kind::Professional,
            term: Term::Short,
            tie: None,
            parent: None,
            statement: Words::new("Hablar sin notas"),
            measure: Words::default(),
            baseline: None,
            target: Some(3.0),
            due: None,
            steps: vec![Words::new("Ensayar")],
        };
        let viewer = house.viewer(mentee).await;
        let goal = telemaco::goals::add(&house.app, &viewer, mentorship, &draft).await;
        let goal = goal.map_err(anyhow::Error::from).unwrap();
        Self { mentorship: mentorship.to_string(), goal: goal.to_string() }
    }

    fn nothing(id: &str) -> Self {
        Self { mentorship: id.to_owned(), goal: id.to_owned() }
    }

    fn path(&self, pattern: &str) -> String {
        pattern.replace("{id}", &self.mentorship).replace("{goal}", &self.goal).replace("{step}", NOBODY)
    }
}

const OF_JOURNEYS: [&str; 1] = ["goals"];

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let rest = pattern.strip_prefix("/api/me").unwrap_or(pattern).strip_prefix("/mentorships/{id}/")?;
    let is_of_journey = OF_JOURNEYS.contains(&rest.split('/').next()?) || rest == "career-objective";
    if !is_of_journey {
        return None;
    }
    let body = body(rest);
    let (nobody, nothing) = (Journey::nothing(NOBODY), Journey::nothing("x"));
    let journeys = [
        ("one of the organisation", &world.journey),
        ("one of another organisation", &world.foreign_journey),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ];
    let visit = |(about, journey): (&'static str, &Journey)| {
        let path = journey.path(pattern);
        match method {
            "GET" => get(about, path),
            _ if pattern.starts_with("/api/") => {
                send(about, Method::from_bytes(method.as_bytes()).unwrap(), path, body.clone())
            }
            _ => post(about, path, &FORM),
        }
    };
    Some(journeys.into_iter().map(visit).collect())
}

/// What the forms of all these pages want.
const FORM: [(&str, &str); 6] = [
    ("version", "1"),
    ("statement", "x"),
    ("objective", "x"),
    ("step", NOBODY),
    ("on", "2027-01-01"),
    ("outcome", "reached"),
];

fn body(rest: &str) -> Value {
    let goal = json!({ "statement": "x", "kind": "personal", "term": "short" });
    match rest {
        "career-objective" => json!({ "version": 0, "objective": "x" }),
        "goals" => goal,
        "goals/{goal}" => json!({ "version": 1, "goal": goal }),
        "goals/{goal}/check-ins" => json!({ "line": "x" }),
        "goals/{goal}/steps/{step}" => json!({ "done": true }),
        "goals/{goal}/settle" => json!({ "version": 1, "outcome": "reached" }),
        _ => json!({ "version": 1 }),
    }
}
