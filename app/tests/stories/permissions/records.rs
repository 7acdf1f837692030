//! How to come to the doors of what happened in the room. Forms and bodies carry what is refused where somebody may write: a tap that makes no
//! sense, an old version.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::identity::Part;
use telemaco::mentorships::MentorshipId;
use telemaco::observations::record::actions::{self, Tap, Told, When};
use uuid::Uuid;

use super::visits::{Visit, get, post, send};
use super::world::{NOBODY, World};
use crate::records::scene::sitting;
use crate::support::{House, Person};

/// A sitting with a record, in which there was an exposure.
pub struct Recorded {
    sitting: String,
    exposure: String,
}

impl Recorded {
    pub async fn build(house: &House, observer: &Person, mentorship: MentorshipId) -> Self {
        let secretary = house.person(observer.organisation, "Sofía Actas", &[Part::Secretary]).await;
        let pair = telemaco::mentorships::mentorship(&house.app.db, mentorship).await.unwrap().unwrap();
        let (sitting, _) = sitting(house, (pair.edition, mentorship), observer, &secretary).await;
        let viewer = house.viewer(&secretary).await;
        let told = |tap| Told { client: Uuid::now_v7(), tap, when: When::Now, again: false };
        let taps = [
            told(Tap::Comes { observer: observer.id }),
            told(Tap::ItemBegins { item: 4, all_the_same: true }),
            told(Tap::Leaves { observer: observer.id }),
            told(Tap::ItemEnds { item: 4 }),
        ];
        for tap in taps {
            house.pass(SignedDuration::from_secs(1));
            actions::note(&house.app, &viewer, sitting, &[tap]).await.map_err(anyhow::Error::from).unwrap();
        }
        Self { sitting: sitting.to_string(), exposure: "5".to_owned() }
    }

    fn nothing(id: &str) -> Self {
        Self { sitting: id.to_owned(), exposure: "5".to_owned() }
    }

    fn path(&self, pattern: &str) -> String {
        let path = pattern.replace("{id}", &self.sitting).replace("{sitting}", &self.sitting);
        path.replace("{exposure}", &self.exposure)
    }
}

const FORM: [(&str, &str); 6] = [
    ("what", "item-ends"),
    ("item", "1"),
    ("client", "019420a5-0000-7000-8000-000000000001"),
    ("entry", "1"),
    ("version", "99"),
    ("lines", "0"),
];

fn body(pattern: &str) -> Value {
    let client = "019420a5-0000-7000-8000-000000000001";
    match pattern.rsplit('/').next().unwrap() {
        "corrections" => return json!({ "client": client, "entry": 1, "at": "2030-01-01T00:00:00Z" }),
        "inside" => return json!({ "client": client, "item": 1, "class": "inside-information" }),
        "{exposure}" => return json!({ "digest": "00" }),
        _ => {}
    }
    json!({ "entries": [{ "client": client, "what": "item-ends", "item": 1 }] })
}

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    match (method, pattern) {
        (
            "GET",
            "/records"
            | "/insiders"
            | "/insiders/columns"
            | "/duties"
            | "/api/insiders"
            | "/api/me/duties"
            | "/api/records"
            | "/api/records/coming"
            | "/api/records/ending"
            | "/api/records/kept"
            | "/api/records/exposures",
        ) => return Some(vec![get("", pattern)]),
        ("GET", "/records/export") => return Some(vec![get("", "/records/export?part=kept&form=csv")]),
        ("GET", "/insiders/export") => return Some(vec![get("", "/insiders/export?form=csv")]),
        ("POST", "/insiders/columns") => return Some(vec![post("", pattern, &FORM)]),
        _ => {}
    }
    let rest = pattern.strip_prefix("/api/me").unwrap_or(pattern);
    let is_of_record = ["/sittings/{id}/record", "/sittings/{id}/place", "/insiders/{sitting}", "/duties/{sitting}"];
    if !is_of_record.iter().any(|start| rest.starts_with(start)) {
        return None;
    }
    let (nobody, nothing) = (Recorded::nothing(NOBODY), Recorded::nothing("x"));
    let rooms = [
        ("one of the organisation", &world.record),
        ("one of another organisation", &world.foreign_record),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ];
    let visit = |(about, room): (&'static str, &Recorded)| match method {
        "GET" => get(about, room.path(pattern)),
        _ if pattern.starts_with("/api/") => send(about, Method::POST, room.path(pattern), body(pattern)),
        _ => post(about, room.path(pattern), &FORM),
    };
    Some(rooms.into_iter().map(visit).collect())
}
