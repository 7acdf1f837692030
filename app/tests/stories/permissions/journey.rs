//! How to come to the doors of what a pair is at: goals, the plan, the journal, reviews, outcomes, copies and
//! concerns. Forms and bodies carry what a stranger would send.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::activities;
use telemaco::activities::model as plan;
use telemaco::db::Statement;
use telemaco::goals::model::{Draft, Kind, Term};
use telemaco::identity::Part;
use telemaco::mentorships::MentorshipId;
use telemaco::mentorships::visibility::Visibility;
use telemaco::outcomes::model::Reader;
use telemaco::vault::Words;
use telemaco::{concerns, copies, journal, outcomes};

use super::visits::{Visit, get, post, send};
use super::world::{NOBODY, World};
use crate::support::{House, Person};

/// What a pair has written.
pub struct Journey {
    pub mentorship: String,
    goal: String,
    activity: String,
    decision: String,
    outcome: String,
    concern: String,
    copy: String,
    edition: String,
    /// That what it wrote is opened, which waits for somebody's answer.
    pub opening: String,
    seat: String,
}

impl Journey {
    pub async fn build(house: &House, coordinator: &Person, mentee: &Person, mentorship: MentorshipId) -> Self {
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
        let row = plan::Row {
            id: None,
            kind: plan::Kind::Reading,
            competency: None,
            when: plan::When::new(house.app.now().to_zoned_datetime(viewer.zone.clone()).date(), false),
            what: Words::new("Leer"),
            watch: Words::default(),
        };
        let written = activities::write(&house.app, &viewer, (mentorship, 0), &[row]).await;
        written.map_err(anyhow::Error::from).unwrap();
        let activity = activity(house, mentorship).await;
        let pair = telemaco::mentorships::mentorship(&house.app.db, mentorship).await.unwrap().unwrap();
        let kept = keep(house, coordinator, (mentee, mentorship), pair.edition).await;
        let (decision, outcome, concern, copy) = kept.map_err(anyhow::Error::from).unwrap();
        let edition = pair.edition.to_string();
        let seat = seat(house, coordinator, mentee, &pair).await;
        Self {
            mentorship: mentorship.to_string(),
            goal: goal.to_string(),
            activity,
            decision,
            outcome,
            concern,
            copy,
            edition,
            opening: super::glass::opening(house, coordinator, mentorship).await,
            seat,
        }
    }

    pub fn nothing(id: &str) -> Self {
        let id = || id.to_owned();
        Self {
            mentorship: id(),
            goal: id(),
            activity: id(),
            decision: id(),
            outcome: id(),
            concern: id(),
            copy: id(),
            edition: id(),
            opening: id(),
            seat: id(),
        }
    }

    fn path(&self, pattern: &str) -> String {
        let path = pattern.replace("{id}", &self.mentorship).replace("{goal}", &self.goal).replace("{step}", NOBODY);
        let path = path.replace("{activity}", &self.activity).replace("{decision}", &self.decision);
        let path = path.replace("{kind}", "midpoint").replace("{outcome}", &self.outcome);
        path.replace("{concern}", &self.concern).replace("{seat}", &self.seat)
    }
}

/// A decision, a line that was proposed, a problem that the coordinator was told of, and a copy that was handed to the coordination.
async fn keep(
    house: &House,
    coordinator: &Person,
    (mentee, mentorship): (&Person, MentorshipId),
    edition: telemaco::programmes::EditionId,
) -> Result<(String, String, String, String), telemaco::problems::Failure> {
    let (viewer, manager) = (house.viewer(mentee).await, house.viewer(coordinator).await);
    let expected = journal::model::Expected { what: Words::new("Sale"), percent: 70 };
    let draft = journal::model::Draft {
        visibility: Visibility::Pair,
        question: Words::new("¿Acepto?"),
        alternatives: Words::default(),
        choice: Words::default(),
        expected: vec![expected],
        why: Words::default(),
        known_on: Some("2027-06-01".parse().unwrap()),
    };
    let decision = journal::add(&house.app, &viewer, mentorship, &draft).await?;
    let reader = Reader { person: coordinator.id, part: Part::Coordinator };
    let line = Words::new("Dirige su comité");
    let outcome = outcomes::propose(&house.app, &viewer, mentorship, &line, &[reader]).await?;
    let channel = concerns::model::Channel::default();
    concerns::name_channel(&house.app, &manager, edition, &coordinator.address, &channel).await?;
    let concern = concerns::send(&house.app, &viewer, mentorship, &Words::new("Me llama de noche")).await?;
    let wanted = copies::model::Wanted {
        receiver: Some(copies::model::Receiver::Coordination),
        title: "Lo que aprendí".to_owned(),
        note: "Callar a tiempo".to_owned(),
        marks: Vec::new(),
    };
    let copy = copies::hand_over(&house.app, &viewer, mentorship, &wanted).await?;
    Ok((decision.to_string(), outcome.to_string(), concern.to_string(), copy.to_string()))
}

/// A seat at a sitting that is still to come.
async fn seat(
    house: &House,
    coordinator: &Person,
    mentee: &Person,
    pair: &telemaco::mentorships::Mentorship,
) -> String {
    let pair = crate::vault::Pair {
        ana: coordinator.clone(),
        edition: pair.edition,
        mentorship: pair.id,
        lucia: mentee.clone(),
        andres: mentee.clone(),
    };
    crate::loops::seat(house, &pair, crate::loops::PLAN).await.id.to_string()
}

/// The one activity of a plan.
async fn activity(house: &House, mentorship: MentorshipId) -> String {
    static ACTIVITY: Statement = Statement::new("SELECT id FROM activities WHERE mentorship = $1", file!(), line!());
    let row = house.app.db.row(&ACTIVITY, vec![mentorship.into()]).await.unwrap().unwrap();
    row.get::<uuid::Uuid>("id").unwrap().to_string()
}

const OF_JOURNEYS: [&str; 10] =
    ["goals", "plan", "journal", "reviews", "outcomes", "copies", "concern", "letter", "thanks", "loops"];

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let stands_alone = ["{concern}", "{copy}"].iter().any(|of| pattern.contains(of));
    if stands_alone || pattern == "/editions/{id}/concerns" {
        return Some(visits_by_themselves(world, method, pattern));
    }
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

/// The same of a concern, of whom an edition names to receive one, and of a copy.
fn visits_by_themselves(world: &World<'_>, method: &str, pattern: &str) -> Vec<Visit> {
    let (nobody, nothing) = (Journey::nothing(NOBODY), Journey::nothing("x"));
    [
        ("one of the organisation", &world.journey),
        ("one of another organisation", &world.foreign_journey),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ]
    .into_iter()
    .map(|(about, journey)| {
        let path = pattern.replace("{id}", &journey.edition).replace("{concern}", &journey.concern);
        let path = path.replace("{copy}", &journey.copy);
        match method {
            "GET" => get(about, path),
            "POST" => post(about, path, &[("version", "9")]),
            _ => send(about, Method::from_bytes(method.as_bytes()).unwrap(), path, json!({})),
        }
    })
    .collect()
}

/// What the forms of all these pages want.
const FORM: [(&str, &str); 17] = [
    ("version", "1"),
    ("statement", "x"),
    ("objective", "x"),
    ("step", NOBODY),
    ("on", "2027-01-01"),
    ("outcome", "reached"),
    ("rows", "0"),
    ("day", "2027-01-01"),
    ("time", "10:00"),
    ("reason", "x"),
    ("seen", "x"),
    ("question", "x"),
    ("came", "none"),
    ("works", "x"),
    ("line", "x"),
    ("letter", "x"),
    ("words", "x"),
];

fn body(rest: &str) -> Value {
    let goal = json!({ "statement": "x", "kind": "personal", "term": "short" });
    let decision = json!({ "question": "x", "known_on": "2027-06-01", "expected": [{ "what": "x", "percent": 1 }] });
    match rest {
        "career-objective" => json!({ "version": 0, "objective": "x" }),
        "goals" => goal,
        "goals/{goal}" => json!({ "version": 1, "goal": goal }),
        "goals/{goal}/check-ins" => json!({ "line": "x" }),
        "goals/{goal}/steps/{step}" => json!({ "done": true }),
        "journal" => decision,
        "journal/{decision}" => json!({ "version": 1, "decision": decision }),
        "journal/{decision}/resolve" => json!({ "version": 1, "came": "none" }),
        "copies" => json!({ "to": "coordination", "title": "x", "note": "x" }),
        "outcomes" => json!({ "line": "x", "readers": [] }),
        "outcomes/{outcome}/release" => json!({ "readers": [] }),
        "reviews/{kind}" => json!({ "version": 0, "answers": { "works": "x" } }),
        "plan" => json!({ "version": 9, "items": [] }),
        "plan/{activity}/done" => json!({ "ended_at": "2027-01-01T10:00:00Z" }),
        "plan/{activity}/let-go" => json!({ "reason": "x" }),
        "plan/{activity}/debrief" => json!({ "version": 9, "debrief": { "visibility": "pair", "seen": "x" } }),
        "loops/{seat}/preparation" => json!({ "version": 0, "lenses": ["anchors"] }),
        "loops/{seat}/prediction" => json!({ "version": 0, "statements": [{ "what": "x", "percent": 1 }] }),
        "loops/{seat}/debrief" => json!({ "version": 0, "seen": "x" }),
        "loops/{seat}/talk" => json!({ "version": 0, "line": "x" }),
        "goals/{goal}/settle" => json!({ "version": 1, "outcome": "reached" }),
        _ => json!({ "version": 1 }),
    }
}
