//! How to come to the doors of meetings. Nobody of those who come is of the pair, nor keeps the mentor's diary.

use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};
use telemaco::db::{Error, Statement, Value};
use telemaco::mentorships::MentorshipId;
use telemaco::transaction;
use uuid::Uuid;

use super::visits::{Visit, get, post, send};
use super::world::{Actor, FOREIGNER, NOBODY, World};
use crate::support::{House, Person};

/// A meeting whose times wait for the mentor, and the secret of a link that answers them.
pub struct Meeting {
    pub id: String,
    link: String,
}

impl Meeting {
    pub async fn build(house: &House, mentorship: MentorshipId, mentee: &Person, mentor: &Person) -> Self {
        let form = [("minutes", "60"), ("way", "online"), ("day1", "2027-02-10"), ("hour1", "10:00")];
        let path = format!("/mentorships/{mentorship}/meetings/new");
        let made = house.browser_of(mentee).await.post(&path, &form).await.expect(303);
        let id = made.location().rsplit('/').next().unwrap().to_owned();
        Self { link: link(house, mentor, id.parse().unwrap()).await, id }
    }
}

/// A link to answer with, as a mail would carry it.
async fn link(house: &House, mentor: &Person, meeting: Uuid) -> String {
    static LINK: Statement = Statement::new(
        "INSERT INTO meeting_links (token, organisation, person, act, meeting, created_at, expires_at) \
         VALUES ($1, $2, $3, 'answer', $4, $5, $6)",
        file!(),
        line!(),
    );
    let secret = house.app.secret();
    let (now, later) = (house.app.now(), house.app.now() + SignedDuration::from_hours(1));
    let values = || {
        let digest = Value::Bytes(Sha256::digest(secret).to_vec());
        vec![digest, mentor.organisation.into(), mentor.id.into(), meeting.into(), now.into(), later.into()]
    };
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&LINK, values()).await);
    made.unwrap();
    URL_SAFE_NO_PAD.encode(secret)
}

const FORM: [(&str, &str); 8] = [
    ("version", "1"),
    ("time", "x"),
    ("minutes", "60"),
    ("spent", "60"),
    ("kind", "note"),
    ("note", "x"),
    ("point", "x"),
    ("do", "keep"),
];

/// How somebody comes through one of these doors; `None` for a door of others.
pub fn visits(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let of_meetings = pattern.contains("/meetings") || pattern.starts_with("/asked/") || pattern.contains("/promises/");
    let of_meetings = of_meetings || pattern.starts_with("/api/me/questions/");
    match (method, pattern) {
        ("POST", "/account/assistant") => return Some(vec![post("", pattern, &[("remove", "yes")])]),
        (_, "/m/{token}") => {
            // Whoever has the link of a mail is whom it was written to.
            let pairing = if actor.label == FOREIGNER { &world.foreign_pairing } else { &world.pairing };
            let paths =
                [("one that answers times", format!("/m/{}", pairing.meeting.link)), ("none", "/m/x".to_owned())];
            let visit = |(about, path): (&'static str, String)| match method {
                "GET" => get(about, path),
                _ => post(about, path, &[("time", "x")]),
            };
            return Some(paths.map(visit).into_iter().collect());
        }
        _ if of_meetings => {}
        _ => return None,
    }
    let of_pair = pattern.contains("mentorships/{id}");
    let id = |pairing: &super::consent::Pairing| {
        if of_pair { pairing.mentorship.to_string() } else { pairing.meeting.id.clone() }
    };
    let records = [
        ("one of the organisation", id(&world.pairing)),
        ("one of another organisation", id(&world.foreign_pairing)),
        ("none", NOBODY.to_owned()),
        ("no identifier at all", "x".to_owned()),
    ];
    let visit = |(about, id): (&'static str, String)| {
        let path = ["{text}", "{point}", "{promise}"]
            .iter()
            .fold(pattern.replace("{id}", &id), |path, part| path.replace(part, NOBODY));
        match method {
            "GET" => get(about, path),
            "PUT" => send(about, Method::PUT, path, body(pattern)),
            _ if pattern.starts_with("/api/") => send(about, Method::POST, path, body(pattern)),
            _ => post(about, path, &FORM),
        }
    };
    Some(records.into_iter().map(visit).collect())
}

fn body(pattern: &str) -> Json {
    let times = json!({ "times": ["2027-02-10T10:00:00Z"], "minutes": 60 });
    match pattern.rsplit('/').next().unwrap() {
        "meetings" => times,
        "times" => json!({ "version": 1, "proposal": times }),
        "place" => json!({ "version": 1, "way": "online", "minutes": 60 }),
        "record" => json!({ "version": 1, "spent": 60 }),
        "answer" if pattern.contains("/questions/") => json!({ "met": true }),
        "answer" => json!({ "version": 1, "time": null }),
        "notes" => json!({ "text": "x" }),
        _ => json!({ "version": 1 }),
    }
}
