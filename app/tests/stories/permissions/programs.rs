//! How programs come to the doors of programmes, frameworks, consent and mentorships. Bodies carry what changes nothing where
//! a record is shared: an old version, a run whose pairs stand already.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::programmes::Standing;

use super::editions::Made;
use super::visits::{Send, Visit, get, send};
use super::world::{Actor, Board, FOREIGNER, NOBODY, World};

const NEW: [(&str, &str); 3] = [("name", "Edición"), ("starts_on", "2027-02-01"), ("ends_on", "2027-06-30")];

/// What is asked of a record.
enum Ask {
    Get,
    Send(Method, Value),
}

fn visit(about: &'static str, path: String, ask: &Ask) -> Visit {
    match ask {
        Ask::Get => get(about, path),
        Ask::Send(method, body) => send(about, method.clone(), path, body.clone()),
    }
}

#[expect(clippy::too_many_lines, reason = "a table of doors, a line or a few for each")]
pub async fn visits(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let ask = |body: Value| Ask::Send(Method::from_bytes(method.as_bytes()).unwrap(), body);
    let is_foreign = actor.label == FOREIGNER;
    let mentor = if is_foreign { &world.foreign_mentor } else { &world.mentor };
    let new: Value =
        NEW.iter().map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<serde_json::Map<_, _>>().into();
    let run = if is_foreign { &world.foreign_pairing.run } else { &world.pairing.run };
    let read = json!({ "version": 1 });
    // An edition of its own, opened or not.
    let (is_open, ask) = match (method, pattern) {
        ("POST", "/api/programmes") => {
            let mut programme = new;
            (programme["edition"], programme["track"]) = (json!("2027"), json!("promotion"));
            return Some(vec![send("", Method::POST, pattern, programme)]);
        }
        ("POST", "/api/programmes/{id}/editions") => (true, ask(new)),
        ("PATCH", "/api/editions/{id}") => (false, ask(json!({ "version": 1, "name": "Otra" }))),
        ("POST", "/api/editions/{id}/open") => (false, ask(read)),
        ("POST", "/api/editions/{id}/close") => (true, ask(json!({ "version": 2 }))),
        ("POST", "/api/editions/{id}/enrolments") => (true, ask(json!({ "side": "mentor", "people": [mentor.id] }))),
        ("POST", "/api/editions/{id}/invitations") => {
            (true, ask(json!({ "side": "mentor", "people": [mentor.address] })))
        }
        ("POST", "/api/enrolments/{id}/step" | "/api/me/enrolments/{id}/step") => {
            (true, ask(json!({ "version": 1, "step": "withdraw" })))
        }
        ("POST", "/api/me/enrolments") => {
            let editions = world.editions(true, Standing::Enrolled).await.into_iter();
            let apply = |(about, made): (&'static str, Made)| {
                send(about, Method::POST, pattern, json!({ "edition": made.edition, "side": "mentor" }))
            };
            return Some(editions.map(apply).collect());
        }
        ("POST", "/api/me/nominations") => {
            let nominated = |(about, made): (&'static str, Made)| {
                let body = json!({ "person": mentor.id, "edition": made.edition, "post": "Zona" });
                send(about, Method::POST, pattern, body)
            };
            return Some(world.editions(true, Standing::Enrolled).await.into_iter().map(nominated).collect());
        }
        ("POST", "/api/editions/{id}/fallbacks") => (true, ask(json!({ "fallback": world.faculty(actor) }))),
        ("PUT" | "DELETE", "/api/editions/{id}/onlookers/{person}/{part}")
        | ("POST", "/api/editions/{id}/mentorships/end") => (true, ask(json!(null))),
        ("PATCH", "/api/enrolments/{id}") => (true, ask(json!({ "version": 1, "post": "Zona" }))),
        ("PATCH", "/api/programmes/{id}") => (true, ask(json!({ "version": 1, "name": "Otro nombre" }))),
        (
            "GET",
            "/api/editions/{id}"
            | "/api/overview/{edition}"
            | "/api/editions/{id}/enrolments"
            | "/api/editions/{id}/onlookers"
            | "/api/enrolments/{id}"
            | "/api/editions/{id}/baselines"
            | "/api/editions/{id}/orientation"
            | "/api/editions/{id}/orientation/missing"
            | "/api/me/editions/{id}/orientation"
            | "/api/me/editions/{id}/baselines"
            | "/api/me/editions/{id}/baselines/{mentee}"
            | "/api/me/editions/{id}/wishes/{side}"
            | "/api/me/editions/{id}/shortlist/{side}",
        ) => (true, Ask::Get),
        // The text that ships, which the edition has already.
        ("PUT", "/api/editions/{id}/orientation/{part}") => (true, ask(json!({ "version": 2, "es": "", "en": "" }))),
        ("PUT", "/api/me/editions/{id}/wishes/{side}") => (true, ask(read_never())),
        ("POST", "/api/me/editions/{id}/orientation/{part}") => (true, ask(json!({ "words": "x" }))),
        ("PUT", "/api/me/editions/{id}/baselines/{mentee}/draft")
        | ("POST", "/api/me/editions/{id}/baselines/{mentee}") => {
            (true, ask(json!({ "times": 0, "draft": 0, "ratings": {} })))
        }
        (
            _,
            "/api/editions/{id}/rules"
            | "/api/editions/{id}/rules.toml"
            | "/api/editions/{id}/criteria"
            | "/api/editions/{id}/runs"
            | "/api/editions/{id}/marks"
            | "/api/editions/{id}/marks/{mentee}/{mentor}",
        ) => {
            return Some(of_boards(world, method, pattern));
        }
        _ if pattern.starts_with("/api/runs/") => return Some(of_boards(world, method, pattern)),
        ("POST", "/api/frameworks") => return Some(vec![send("", Method::POST, pattern, json!({}))]),
        ("PUT", "/api/frameworks/{id}") => {
            let content = json!({
                "name": { "en": "x" }, "levels": [{ "en": "1" }, { "en": "2" }, { "en": "3" }, { "en": "4" }, { "en": "5" }],
                "competencies": [{ "key": "x", "name": { "en": "x" }, "what": { "en": "x" }, "behaviours": [{}, {}, {}, {}, {}] }],
            });
            return Some(frameworks(world, actor, &ask(json!({ "number": 99, "content": content }))).await);
        }
        ("DELETE", "/api/frameworks/{id}") => return Some(frameworks(world, actor, &ask(Value::Null)).await),
        (
            "GET",
            "/api/proposals/{id}"
            | "/api/me/proposals/{id}"
            | "/api/editions/{id}/health"
            | "/api/editions/{id}/mentorships"
            | "/api/editions/{id}/proposals"
            | "/api/mentorships/{id}",
        ) => {
            return Some(of_pairings(world, pattern, &Ask::Get));
        }
        ("POST", "/api/editions/{id}/proposals") => {
            return Some(of_pairings(world, pattern, &ask(json!({ "run": run }))));
        }
        ("POST", "/api/editions/{id}/reminders" | "/api/editions/{id}/publish") => {
            return Some(of_pairings(world, pattern, &ask(json!({}))));
        }
        ("POST", "/api/mentorships/{id}/measures") => {
            return Some(of_pairings(world, pattern, &ask(json!({ "measure": "nudge" }))));
        }
        ("POST", "/api/mentorships/{id}/end") => {
            return Some(of_pairings(world, pattern, &ask(json!({ "version": 0, "ending": "exit" }))));
        }
        (
            "POST",
            "/api/proposals/{id}/take-back"
            | "/api/me/mentorships/{id}/leave"
            | "/api/mentorships/{id}/another"
            | "/api/me/mentorships/{id}/another",
        ) => {
            return Some(of_pairings(world, pattern, &ask(json!({ "version": 0 }))));
        }
        ("POST", "/api/me/proposals/{id}/answer") => {
            return Some(of_pairings(world, pattern, &ask(json!({ "accepts": true }))));
        }
        ("GET", "/api/frameworks/{id}/versions/{number}") => return Some(frameworks(world, actor, &Ask::Get).await),
        _ => return None,
    };
    let mut editions = world.editions(is_open, Standing::Enrolled).await;
    if let Some(person) = actor.person.as_ref().filter(|_| pattern.starts_with("/api/me/")) {
        let coordinator = if is_foreign { &world.university } else { &world.bank };
        editions.push(("one's own", world.edition(coordinator, true, person.id, Standing::Enrolled).await));
    } else if pattern.starts_with("/api/me/") {
        editions.push(("one's own", world.edition(&world.bank, true, world.mentee.id, Standing::Enrolled).await));
    }
    let visits = editions.into_iter().map(|(about, made)| {
        let id = match pattern {
            _ if pattern.contains("enrolments/{id}") => made.enrolment,
            _ if pattern.contains("programmes/{id}") => made.programme,
            _ => made.edition,
        };
        let part = if pattern.contains("onlookers") { "sponsor" } else { "mentee" };
        let path =
            pattern.replace("{id}", &id).replace("{edition}", &id).replace("{part}", part).replace("{side}", "mentee");
        let path = path.replace("{person}", &mentor.id.to_string());
        visit(about, path.replace("{mentee}", &actor.own()), &ask)
    });
    Some(visits.collect())
}

/// Nothing was read yet, so nothing is overwritten.
fn read_never() -> Value {
    json!({ "version": 0 })
}

/// With the boards of the two organisations. Versions that nobody has change nothing; a run is under way, so that there is no
/// second; a pair is marked and the mark is taken away again.
fn of_boards(world: &World<'_>, method: &str, pattern: &str) -> Vec<Visit> {
    let [edition, run, mentee, mentor] = [NOBODY; 4].map(str::to_owned);
    let nobody = Board { edition, run, mentee, mentor };
    let [edition, run, mentee, mentor] = ["x"; 4].map(str::to_owned);
    let nothing = Board { edition, run, mentee, mentor };
    let mixed = Board { edition: world.board.edition.clone(), ..world.foreign_board.clone() };
    let boards = [
        ("one of the organisation", &world.board),
        ("one of another organisation", &world.foreign_board),
        ("an edition of the organisation with what is another's", &mixed),
        ("none", &nobody),
        ("no identifier at all", &nothing),
    ];
    let ask = |body: Value| Ask::Send(Method::from_bytes(method.as_bytes()).unwrap(), body);
    let to = |(about, board): (&'static str, &Board)| {
        let id = if pattern.starts_with("/api/runs/") { &board.run } else { &board.edition };
        let path = pattern.replace("{id}", id).replace("{mentee}", &board.mentee).replace("{mentor}", &board.mentor);
        match (method, pattern.rsplit('/').next().unwrap()) {
            ("GET", "changes") => get(about, format!("{path}?since={}", board.run)),
            ("GET", _) => get(about, path),
            ("PUT", "rules.toml") => {
                Visit { send: Send::Toml(Method::PUT, ""), ..get(about, format!("{path}?version=99")) }
            }
            ("PUT", "rules") => visit(about, path, &ask(json!({ "version": 99, "rules": {} }))),
            ("PUT", _) => visit(about, path, &ask(json!({ "mark": "forbid" }))),
            ("PATCH", _) => visit(about, path, &ask(json!({ "version": 99 }))),
            ("DELETE", _) => visit(about, path, &ask(Value::Null)),
            _ => visit(about, path, &ask(json!({}))),
        }
    };
    boards.into_iter().map(to).collect()
}

/// With what the two organisations have under way.
fn of_pairings(world: &World<'_>, pattern: &str, ask: &Ask) -> Vec<Visit> {
    let id = |pairing: &super::consent::Pairing| match pattern {
        _ if pattern.contains("proposals/{id}") => pairing.proposal.clone(),
        _ if pattern.contains("mentorships/{id}") => pairing.mentorship.to_string(),
        _ => pairing.edition.to_string(),
    };
    let records = [
        ("one of the organisation", id(&world.pairing)),
        ("one of another organisation", id(&world.foreign_pairing)),
        ("none", NOBODY.to_owned()),
        ("no identifier at all", "x".to_owned()),
    ];
    records.into_iter().map(|(about, id)| visit(about, pattern.replace("{id}", &id), ask)).collect()
}

async fn frameworks(world: &World<'_>, actor: &Actor, ask: &Ask) -> Vec<Visit> {
    let (own, foreign) = (framework(world, &world.bank).await, framework(world, &world.university).await);
    let (own, foreign) = if actor.label == FOREIGNER { (foreign, own) } else { (own, foreign) };
    let path = |id: &str| match ask {
        Ask::Get => format!("/api/frameworks/{id}/versions/1"),
        // A number that no version has.
        Ask::Send(Method::PUT, _) => format!("/api/frameworks/{id}"),
        Ask::Send(..) => format!("/api/frameworks/{id}?number=99"),
    };
    vec![
        visit("one of their organisation", path(&own), ask),
        visit("one of another organisation", path(&foreign), ask),
        visit("none", path(NOBODY), ask),
        visit("no identifier at all", path("x"), ask),
    ]
}

/// The framework that comes with the product, as an organisation has it.
async fn framework(world: &World<'_>, of: &crate::support::Person) -> String {
    let app = &world.house.app;
    let taken: Result<_, telemaco::problems::Failure> = telemaco::transaction!(app.db, tx => {
        telemaco::frameworks::take_shipped(app, tx, of.organisation).await
    });
    let version = telemaco::frameworks::version(&app.db, taken.unwrap()).await.unwrap().unwrap();
    version.framework.to_string()
}
