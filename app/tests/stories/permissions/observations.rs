//! How to come to the doors of the room: sittings, items, seats, and what a secretary settles. Forms and bodies carry what a stranger
//! would send, and nothing that changes what whoever comes next finds.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::identity::Part;
use telemaco::mentorships::MentorshipId;
use telemaco::observations::model::{Answer, InvitationId, Kind, Plan, SeatId, SittingId, Somebody};
use telemaco::observations::{self, By, Wanted};
use telemaco::problems::{Failure, Problems};

use super::visits::{Send, Visit, get, post, send};
use super::world::{NOBODY, World};
use crate::support::{House, Person};

/// A sitting with a seat that is held.
pub struct Room {
    sitting: String,
    seat: String,
    mentorship: String,
    edition: String,
    /// Somebody's invitation to open a sitting, who is none of those who come.
    invitation: String,
}

impl Room {
    pub async fn build(house: &House, mentor: &Person, mentee: &Person, mentorship: MentorshipId) -> Self {
        let pair = telemaco::mentorships::mentorship(&house.app.db, mentorship).await.unwrap().unwrap();
        let made = make(house, mentor, mentee, &pair).await;
        let (sitting, seat, invitation) = made.map_err(anyhow::Error::from).unwrap();
        Self {
            sitting: sitting.to_string(),
            seat: seat.to_string(),
            mentorship: mentorship.to_string(),
            edition: pair.edition.to_string(),
            invitation: invitation.to_string(),
        }
    }

    fn nothing(id: &str) -> Self {
        let id = || id.to_owned();
        Self { sitting: id(), seat: id(), mentorship: id(), edition: id(), invitation: id() }
    }

    fn path(&self, pattern: &str) -> String {
        let bare = pattern.strip_prefix("/api/me").unwrap_or(pattern);
        let id = if bare.starts_with("/editions/") { &self.edition } else { &self.sitting };
        let path = pattern.replace("{id}", id).replace("{seat}", &self.seat);
        path.replace("{mentorship}", &self.mentorship).replace("{invitation}", &self.invitation)
    }
}

/// The mentor receives; the secretary of the organisation is somebody of the room's own.
async fn make(
    house: &House,
    mentor: &Person,
    mentee: &Person,
    pair: &telemaco::mentorships::Mentorship,
) -> Result<(SittingId, SeatId, InvitationId), Failure> {
    let (host, observer) = (house.viewer(mentor).await, house.viewer(mentee).await);
    let secretary = house.person(pair.organisation, &format!("Secretaría {}", pair.id), &[Part::Secretary]).await;
    let secretary = house.viewer(&secretary).await;
    let starts_at = house.app.now() + SignedDuration::from_hours(30 * 24);
    let wanted = Wanted {
        plan: Plan {
            kind: Kind::Meeting,
            starts_at,
            ends_at: starts_at + SignedDuration::from_hours(2),
            zone: "Europe/Madrid".to_owned(),
            place: String::new(),
            link: String::new(),
            seats: 2,
            competencies: Vec::new(),
            host: Somebody::default(),
            chair: Somebody::default(),
            keeper: None,
        },
        host: (mentor.address.clone(), String::new()),
        chair: (String::new(), String::new()),
        keeper: String::new(),
        problems: Problems::default(),
        terms: None,
    };
    let sitting = observations::open(&house.app, &host, pair.edition, &wanted).await?;
    let seat = observations::ask(&house.app, &observer, sitting, (pair.id, None)).await?;
    observations::answer(&house.app, By::Person(&host), (Some(sitting), seat), Answer::Agreed).await?;
    observations::answer(&house.app, By::Person(&secretary), (Some(sitting), seat), Answer::Agreed).await?;
    let outside = ("Rosa Marín", "rosa.marin@astilleros.example");
    let invitation = observations::invite(&house.app, &secretary, pair.edition, outside).await?;
    Ok((sitting, seat, invitation))
}

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    if let Some(visits) = of_nothing(method, pattern) {
        return Some(visits);
    }
    let bare = pattern.strip_prefix("/api/me").unwrap_or(pattern);
    let is_of_room = bare.starts_with("/sittings/") || bare.starts_with("/editions/{id}/sittings");
    if !is_of_room {
        return None;
    }
    let (nobody, nothing) = (Room::nothing(NOBODY), Room::nothing("x"));
    let rooms = [
        ("one of the organisation", &world.room),
        ("one of another organisation", &world.foreign_room),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ];
    let visit = |(about, room): (&'static str, &Room)| {
        let path = room.path(pattern);
        match method {
            "GET" => get(about, path),
            _ if pattern.starts_with("/api/") => {
                send(about, Method::from_bytes(method.as_bytes()).unwrap(), path, body(bare, room))
            }
            _ if pattern.ends_with("/calendar") => {
                Visit { about, path, send: Send::Files(vec![("file", "x.ics", "x".to_owned())]), browser: None }
            }
            _ => post(about, path, &FORM),
        }
    };
    Some(rooms.into_iter().map(visit).collect())
}

/// Doors that name no record, or one of a secretary's.
fn of_nothing(method: &str, pattern: &str) -> Option<Vec<Visit>> {
    Some(match (method, pattern) {
        (
            "GET",
            "/sittings"
            | "/api/me/sittings"
            | "/api/me/sittings/past"
            | "/room"
            | "/room/texts"
            | "/room/clearances"
            | "/room/templates"
            | "/api/room"
            | "/api/room/texts"
            | "/api/room/clearances"
            | "/api/room/templates",
        ) => {
            vec![get("", pattern)]
        }
        // What is left out is missing.
        ("PUT", "/api/room") => vec![send("", Method::PUT, pattern, json!({ "version": 9 }))],
        ("POST", "/api/room/texts" | "/api/room/clearances" | "/api/room/templates") => {
            vec![send("", Method::POST, pattern, json!({}))]
        }
        ("DELETE", "/api/room/clearances/{clearance}" | "/api/room/templates/{template}") => {
            let path = pattern.replace("{clearance}", NOBODY).replace("{template}", NOBODY);
            vec![send("none", Method::DELETE, path, Value::Null)]
        }
        ("POST", "/room" | "/room/texts" | "/room/clearances" | "/room/templates") => vec![post("", pattern, &FORM)],
        ("POST", "/room/clearances/{clearance}/revoke" | "/room/templates/{template}/drop") => {
            let path = pattern.replace("{clearance}", NOBODY).replace("{template}", NOBODY);
            vec![post("none", path, &[])]
        }
        ("GET", "/o/{token}" | "/o/new/{token}") => vec![get("none", pattern.replace("{token}", "x"))],
        ("POST", "/o/{token}" | "/o/new/{token}") => vec![post("none", pattern.replace("{token}", "x"), &FORM)],
        _ => return None,
    })
}

/// What the forms of all these pages want; stale, where they would change something.
const FORM: [(&str, &str); 8] = [
    ("version", "9"),
    ("seen", "9"),
    ("answer", "agreed"),
    ("has", "yes"),
    ("hash", "00"),
    ("do", "agree"),
    ("text", NOBODY),
    ("activity", NOBODY),
];

fn body(pattern: &str, room: &Room) -> Value {
    match pattern {
        "/sittings/{id}" | "/sittings/{id}/cancel" => json!({ "version": 9 }),
        "/sittings/{id}/links" => json!({ "to": "host" }),
        "/sittings/{id}/other-side" => json!({ "name": "x" }),
        "/sittings/{id}/items" => json!({ "version": 9, "items": [{ "class": "open" }] }),
        "/sittings/{id}/seats" => {
            let mentorship = if room.mentorship == "x" { NOBODY } else { &room.mentorship };
            json!({ "mentorship": mentorship })
        }
        "/sittings/{id}/seats/{seat}/answer" => json!({ "answer": "agreed" }),
        "/editions/{id}/sittings" => json!({
            "kind": "meeting", "starts_at": "2000-01-01T10:00:00Z", "ends_at": "2000-01-01T11:00:00Z", "seats": 1, "host": "x",
        }),
        "/editions/{id}/sittings/invitations" => json!({ "name": "x", "address": "x" }),
        "/sittings/{id}/items/agree" => json!({ "classes_seen": "9" }),
        "/sittings/{id}/seats/{seat}/conflict" => json!({ "has_conflict": true }),
        "/sittings/{id}/seats/{seat}/undertaking" => json!({ "digest": "00" }),
        _ => json!({}),
    }
}
