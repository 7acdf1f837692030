//! The API as programs meet it: its description, how far a token reaches, pages of a list, what is sent twice, and what is
//! said when something is not done.

mod participants;

use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::identity::{self, Part, TokenScope, TokenScopes};
use telemaco::programmes::Track;

use crate::consent::cast::Cast;
use crate::story;
use crate::support::dump::{database, stands_open};
use crate::support::{Client, House, Person, Seen};

/// A program that bears a token of this person, of these scopes.
pub async fn program_with(house: &House, person: &Person, scopes: &[TokenScope]) -> Client {
    let scopes = TokenScopes::of(scopes.iter().copied());
    let token = identity::new_token_of(&house.app, person.id, "story", &scopes).await;
    let mut program = house.stranger();
    program.bearer = Some(token.map_err(anyhow::Error::from).unwrap());
    program
}

pub async fn program(house: &House, person: &Person) -> Client {
    program_with(house, person, &TokenScope::ALL).await
}

/// Sends a body under a key of its own, as a program does that may have to send it again.
pub async fn send(program: &mut Client, method: Method, path: &str, body: &Value) -> Seen {
    static SENT: AtomicU64 = AtomicU64::new(0);
    let key = format!("sent-{}", SENT.fetch_add(1, Ordering::Relaxed));
    let headers = [("content-type", "application/json"), ("idempotency-key", key.as_str())];
    program.request_with(method, path, &headers, &body.to_string()).await
}

/// That nothing of this stands as it was written in the database, the answers that are kept for programs among it.
pub async fn nothing_stands_open(house: &House, said: &[&str]) {
    let kept = database(house).await;
    for sentence in said {
        assert!(!stands_open(&kept, sentence), "“{sentence}” is read by whoever finds the database");
    }
}

async fn send_once(program: &mut Client, key: &str, path: &str, body: &Value) -> Seen {
    let headers = [("content-type", "application/json"), ("idempotency-key", key)];
    program.request_with(Method::POST, path, &headers, &body.to_string()).await
}

fn somebody(name: &str) -> Value {
    let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
    json!({ "email": address, "name": name })
}

/// What is wrong, as RFC 9457 has it.
#[track_caller]
pub fn problem(seen: &Seen) -> Value {
    assert_eq!(seen.header("content-type"), "application/problem+json");
    let problem = seen.json();
    assert_eq!(problem["status"], seen.status.as_u16());
    assert_eq!(problem["type"], "about:blank");
    assert!(problem["title"].is_string() && problem["detail"].is_string());
    problem
}

#[test]
fn the_description_is_what_it_was() {
    let document = telemaco::web::openapi("http://localhost:8080");
    insta::assert_snapshot!("openapi", serde_json::to_string_pretty(&document).unwrap());
}

story!(the_description_is_for_everybody, async |house: &House| {
    let seen = house.stranger().get("/api/openapi.json").await.expect(200);
    assert_eq!(seen.header("content-type"), "application/json");
    let document = seen.json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], house.app.config.public_url.as_str());
    assert_eq!(document, telemaco::web::openapi(&house.app.config.public_url));
});

story!(a_token_reaches_as_far_as_its_scopes, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut reader = program_with(house, &ana, &[TokenScope::PeopleRead]).await;
    reader.get("/api/people").await.expect(200);
    let me = reader.get("/api/me").await.expect(200).json();
    assert_eq!(me["scopes"], json!(["people:read"]), "any token may say who it is");
    // What the person may, and the token may not, is said: RFC 6750.
    let seen = send(&mut reader, Method::POST, "/api/people", &somebody("Luis Gil")).await.expect(403);
    assert!(problem(&seen)["detail"].as_str().unwrap().contains("people:write"));
    assert_eq!(seen.header("www-authenticate"), "Bearer error=\"insufficient_scope\", scope=\"people:write\"");
    reader.get("/api/audit").await.expect(403);
    let mut writer = program_with(house, &ana, &[TokenScope::PeopleWrite]).await;
    send(&mut writer, Method::POST, "/api/people", &somebody("Luis Gil")).await.expect(201);
    writer.get("/api/people").await.expect(403);
    // What the person may not do does not exist, whatever the token says.
    let luis = house.person(ana.organisation, "Marta Soler", &[Part::Mentor]).await;
    let mut hers = program(house, &luis).await;
    for path in ["/api/people", "/api/audit"] {
        problem(&hers.get(path).await.expect(404));
    }
    send(&mut hers, Method::POST, "/api/people", &somebody("Otra Más")).await.expect(404);
});

story!(scopes_are_chosen_shown_and_revoked, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let page = browser.get("/account").await.expect(200).text();
    let ticked = |page: &str, scope: &str| page.contains(&format!("value=\"{scope}\" checked"));
    assert!(ticked(&page, "people:read") && !ticked(&page, "people:write"), "a new token only reads");
    // Without a scope nothing is made, and nothing typed is lost.
    let seen = browser.post("/account/tokens", &[("token", "Nómina")]).await.expect(422);
    assert!(seen.says("value=\"Nómina\"") && seen.says("id=\"scopes-problem\"") && seen.says("href=\"#scopes\""));
    let chosen = [("token", ""), ("scopes", "people:write")];
    assert!(ticked(&browser.post("/account/tokens", &chosen).await.expect(422).text(), "people:write"));
    let chosen = [("token", "Nómina"), ("scopes", "people:write"), ("scopes", "nothing:such")];
    let made = browser.post("/account/tokens", &chosen).await.expect(200).text();
    let token = made.split("<code class=\"secret\">").nth(1).unwrap().split('<').next().unwrap().to_owned();
    let page = browser.get("/account").await.expect(200).text();
    let row = page.split("Nómina").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(row.contains("Añadir y cambiar personas") && !row.contains("Leer el registro"), "{row}");
    let mut program = house.stranger();
    program.bearer = Some(token);
    assert_eq!(program.get("/api/me").await.expect(200).json()["scopes"], json!(["people:write"]));
    let id = page.split("/account/tokens/").nth(1).unwrap().split('/').next().unwrap();
    browser.post(&format!("/account/tokens/{id}/revoke"), &[]).await.expect(303);
    let seen = send(&mut program, Method::POST, "/api/people", &somebody("Luis Gil")).await.expect(401);
    assert_eq!(seen.header("www-authenticate"), "Bearer");
    problem(&seen);
});

story!(lists_come_in_pages, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    for number in 0..7 {
        house.person(ana.organisation, &format!("Persona {number}"), &[Part::Mentee]).await;
    }
    let mut program = program(house, &ana).await;
    let (mut after, mut names, mut statements) = (String::new(), Vec::new(), Vec::new());
    for page in 0.. {
        let seen = program.get(&format!("/api/people?limit=3{after}")).await.expect(200);
        statements.push(seen.statements());
        let body = seen.json();
        let items = body["items"].as_array().unwrap();
        assert!(items.len() == if page < 2 { 3 } else { 2 }, "{body}");
        names.extend(items.iter().map(|item| item["name"].as_str().unwrap().to_owned()));
        let Some(next) = body["next"].as_str() else { break };
        after = format!("&after={next}");
    }
    let wanted: Vec<String> =
        std::iter::once("Ana Pérez".to_owned()).chain((0..7).map(|number| format!("Persona {number}"))).collect();
    assert_eq!(names, wanted);
    assert!(statements.iter().all(|count| *count == statements[0] && *count <= 3), "{statements:?}");
    let seen = program.get("/api/people?part=mentee&q=persona%203").await.expect(200).json();
    assert_eq!(seen["items"].as_array().unwrap().len(), 1);
    assert_eq!(seen["items"][0]["parts"], json!(["mentee"]));
    // The trail goes the same way.
    for name in ["Luis Gil", "Marta Soler"] {
        send(&mut program, Method::POST, "/api/people", &somebody(name)).await.expect(201);
    }
    let first = program.get("/api/audit?limit=1").await.expect(200).json();
    let next = first["next"].as_str().unwrap();
    let second = program.get(&format!("/api/audit?limit=1&after={next}")).await.expect(200).json();
    assert_ne!(first["items"][0]["id"], second["items"][0]["id"]);
    // What is no cursor and no limit is said.
    for query in ["limit=0", "limit=101", "limit=x", "after=", "after=a%20b", "part=king", "limit=1&limit=2"] {
        problem(&program.get(&format!("/api/people?{query}")).await.expect(422));
    }
    for path in ["/api/people?after=elsewhere", "/api/mentors?after=1.2", "/api/audit?after=x"] {
        let seen = program.get(path).await.expect(422);
        assert_eq!(problem(&seen)["errors"][0]["field"], "after");
    }
});

story!(people_are_added_and_changed, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    let new = json!({
        "email": "Luis.Gil@example.org", "name": "Luis Gil", "title": "Analista", "languages": ["es", "en"],
        "roles": ["mentee", "mentor"], "seats": 2, "wanted": [{ "name": "Negociación", "level": 4 }, { "name": "Oratoria" }],
        "manager": "ana.perez@example.org", "external_id": "E-7", "post": "Dirección de riesgos", "zone": "Europe/Lisbon",
    });
    let seen = send(&mut program, Method::POST, "/api/people", &new).await.expect(201);
    let luis = seen.json();
    let path = format!("/api/people/{}", luis["id"].as_str().unwrap());
    assert_eq!(seen.header("location"), path);
    assert_eq!(program.get(&path).await.expect(200).json(), luis);
    assert_eq!(luis["email"], "luis.gil@example.org");
    assert_eq!(
        luis["own"]["wanted"],
        json!([{ "name": "Negociación", "level": 4 }, { "name": "Oratoria", "level": null }])
    );
    assert_eq!(
        (&luis["own"]["manager"], &luis["own"]["zone"]),
        (&json!("ana.perez@example.org"), &json!("Europe/Lisbon"))
    );
    // What is left out stays, null empties, a list replaces a list.
    let change = json!({ "version": luis["own"]["version"], "title": null, "roles": ["mentee"], "wanted": [], "place": "Bilbao" });
    let seen = send(&mut program, Method::PATCH, &path, &change).await.expect(200).json();
    assert_eq!((&seen["title"], &seen["place"], &seen["name"]), (&Value::Null, &json!("Bilbao"), &json!("Luis Gil")));
    assert_eq!(
        (&seen["mentor"], &seen["own"]["mentee"], &seen["own"]["wanted"]),
        (&json!(false), &json!(true), &json!([]))
    );
    assert_eq!(seen["languages"], json!(["es", "en"]));
    // A second one who read the same version is told; nothing is overwritten.
    let other = json!({ "version": luis["own"]["version"], "place": "Vigo" });
    problem(&send(&mut program, Method::PATCH, &path, &other).await.expect(409));
    // What does not do is told by the API's own names.
    let wrong = json!({ "email": "nobody", "name": " ", "zone": "Mars/Base" });
    let seen = send(&mut program, Method::POST, "/api/people", &wrong).await.expect(422);
    let fields: Vec<String> = problem(&seen)["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["field"].as_str().unwrap().to_owned())
        .collect();
    assert!(fields.contains(&"email".to_owned()), "{fields:?}");
    let again = json!({ "email": "luis.gil@example.org", "name": "Otro" });
    let seen = send(&mut program, Method::POST, "/api/people", &again).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "email");
    // The person sees their own, a stranger to the record what everybody sees.

    let other = house.person(ana.organisation, "Marta Soler", &[Part::Mentee]).await;
    let mut hers = program_of(house, &other).await;
    hers.get(&path).await.expect(404);
    send(&mut hers, Method::PATCH, &path, &change).await.expect(404);
});

async fn program_of(house: &House, person: &Person) -> Client {
    program(house, person).await
}

story!(what_is_sent_twice_is_done_once, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    let (luis, marta) = (somebody("Luis Gil"), somebody("Marta Soler"));
    let first = send_once(&mut program, "one", "/api/people", &luis).await.expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = send_once(&mut program, "one", "/api/people", &luis).await.expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!((again.json(), again.header("location")), (first.json(), first.header("location")));
    assert_eq!(again.header("content-type"), "application/json");
    // The key names that request and no other, and is one person's.
    let seen = send_once(&mut program, "one", "/api/people", &marta).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "Idempotency-Key");
    let eva = house.person(ana.organisation, "Eva Ruiz", &[Part::Coordinator]).await;
    send_once(&mut program_of(house, &eva).await, "one", "/api/people", &marta).await.expect(201);
    // What was refused did nothing, and may be mended under the same key.
    let wrong = json!({ "email": "nobody", "name": "x" });
    send_once(&mut program, "two", "/api/people", &wrong).await.expect(422);
    send_once(&mut program, "two", "/api/people", &somebody("Pilar Blanco")).await.expect(201);
    // After a day the key is free.
    house.pass(SignedDuration::from_hours(25));
    send_once(&mut program, "one", "/api/people", &somebody("Tomás Vega")).await.expect(201);
    // No key at all: done as often as it is sent. A key that is none: not done.
    send(&mut program, Method::POST, "/api/people", &luis).await.expect(422);
    for key in ["", "ñ", &"k".repeat(256), "a b"] {
        problem(&send_once(&mut program, key, "/api/people", &somebody("Nadie Nunca")).await.expect(400));
    }
    let found = program.get("/api/people?q=nadie").await.expect(200).json();
    assert_eq!(found["items"], json!([]));
});

story!(of_two_at_once_one_acts, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let program = program(house, &ana).await;
    for round in 0..5 {
        let (body, key) = (somebody(&format!("Luis Gil {round}")), format!("key-{round}"));
        let at_once: Vec<_> = (0..4)
            .map(|_| {
                let (mut program, body, key) = (program.clone(), body.clone(), key.clone());
                tokio::spawn(async move { send_once(&mut program, &key, "/api/people", &body).await })
            })
            .collect();
        let mut acted = Vec::new();
        for seen in at_once {
            let seen = seen.await.unwrap();
            match seen.status.as_u16() {
                201 => acted.push((seen.header("idempotency-replayed").to_owned(), seen.json()["id"].clone())),
                // Under way, and not done within the second that one waits.
                409 => drop(problem(&seen)),
                status => panic!("{status} {}", seen.text()),
            }
        }
        assert_eq!(acted.iter().filter(|(replayed, _)| replayed.is_empty()).count(), 1, "{acted:?}");
        assert!(acted.iter().all(|(_, id)| *id == acted[0].1), "{acted:?}");
    }
    let mut program = program;
    let trail = program.get("/api/audit?verb=people.add").await.expect(200).json();
    assert_eq!(trail["items"].as_array().unwrap().len(), 5, "each was added once");
});

/// Forgets every answer, not that something was done.
static LOSE: telemaco::db::Statement =
    telemaco::db::Statement::new("UPDATE idempotency_keys SET status = NULL, answer = NULL", file!(), line!());

story!(a_crash_between_work_and_answer_is_said, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    send_once(&mut program, "one", "/api/people", &somebody("Luis Gil")).await.expect(201);
    // As if the server had died before it could keep the answer.
    let lost: Result<u64, telemaco::db::Error> =
        telemaco::transaction!(house.app.db, tx => tx.run(&LOSE, vec![]).await);
    assert_eq!(lost.unwrap(), 1);
    problem(&send_once(&mut program, "one", "/api/people", &somebody("Luis Gil")).await.expect(409));
    let found = program.get("/api/people?q=luis").await.expect(200).json();
    assert_eq!(found["items"].as_array().unwrap().len(), 1, "never twice");
});

/// Every answer that is kept, to count them.
static ALL: telemaco::db::Statement = telemaco::db::Statement::new("DELETE FROM idempotency_keys", file!(), line!());

story!(an_answer_is_kept_sealed_and_for_a_day, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    let luis = send_once(&mut program, "one", "/api/people", &somebody("Luis Gil")).await.expect(201).json();
    // Where the key of content is away, nobody knows the answer; the work is not done twice.
    let app = house.set_up(|config| config.vault_keys = telemaco::config::Hidden("x".to_owned()));
    let mut without = Client::of(&app);
    without.bearer.clone_from(&program.bearer);
    problem(&send_once(&mut without, "one", "/api/people", &somebody("Luis Gil")).await.expect(409));
    send_once(&mut program, "one", "/api/people", &somebody("Luis Gil")).await.expect(201);
    // Whoever is erased is in no answer any more, whosesoever it was.
    let id = telemaco::identity::PersonId(luis["id"].as_str().unwrap().parse().unwrap());
    telemaco::erasure::erase(&house.app, id).await.map_err(anyhow::Error::from).unwrap();
    problem(&send_once(&mut program, "one", "/api/people", &somebody("Luis Gil")).await.expect(409));
    // An answer that is still being written when somebody is erased (at the same instant, here) is not kept; the next one is.
    send_once(&mut program, "beside", "/api/people", &somebody("Pilar Blanco")).await.expect(201);
    problem(&send_once(&mut program, "beside", "/api/people", &somebody("Pilar Blanco")).await.expect(409));
    house.pass(SignedDuration::from_secs(1));
    for _ in 0..2 {
        send_once(&mut program, "after", "/api/people", &somebody("Tomás Vega")).await.expect(201);
    }
    // A day later it is gone, also where nobody asks for anything.
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    house.pass(SignedDuration::from_hours(1));
    house.work().await;
    let left: Result<u64, telemaco::db::Error> = telemaco::transaction!(house.app.db, tx => tx.run(&ALL, vec![]).await);
    assert_eq!(left.unwrap(), 0);
});

story!(what_cannot_be_read_is_said, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    let kind = ("content-type", "application/json");
    let long = format!("{{\"email\": \"{}\"}}", "x".repeat(300 * 1024));
    for (headers, body, status) in [
        (vec![kind], "{", 400),
        (vec![kind], "", 400),
        (vec![kind], "\u{1}", 400),
        (vec![kind], "[]", 422),
        (vec![kind], "{\"email\": 1, \"name\": \"x\"}", 422),
        (vec![kind], "{\"email\": \"x@example.org\"}", 422),
        (vec![kind], "{\"email\": \"x@example.org\", \"name\": \"x\", \"king\": true}", 422),
        (vec![], "{}", 415),
        (vec![("content-type", "application/x-www-form-urlencoded")], "email=x", 415),
        (vec![kind], long.as_str(), 413),
        (vec![kind, ("idempotency-key", "k")], long.as_str(), 413),
    ] {
        let seen = program.request_with(Method::POST, "/api/people", &headers, body).await.expect(status);
        problem(&seen);
    }
    let seen = program.request_with(Method::POST, "/api/people", &[kind], "{\"king\": 1}").await.expect(422);
    assert!(problem(&seen)["detail"].as_str().unwrap().contains("king"), "it names what does not fit");
});

story!(a_method_that_is_not_there_is_said, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    for (path, allowed) in [
        ("/api/me", "GET,HEAD"),
        ("/api/people", "GET,HEAD,POST"),
        ("/api/people/00000000-0000-0000-0000-000000000000", "GET,HEAD,PATCH"),
        ("/api/openapi.json", "GET,HEAD"),
    ] {
        for method in ["QUERY", "DELETE", "PUT", "TRACE", "OPTIONS", "BREW"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            let seen = program.request_with(method, path, &[], "").await.expect(405);
            problem(&seen);
            let mut said: Vec<&str> = seen.header("allow").split(',').collect();
            said.sort_unstable();
            assert_eq!(said.join(","), allowed, "{path}");
        }
    }
    problem(&program.request_with(Method::from_bytes(b"QUERY").unwrap(), "/api/nowhere", &[], "").await.expect(404));
});

story!(no_cookie_opens_the_api_and_no_origin_closes_it, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let body = somebody("Luis Gil").to_string();
    let kind = ("content-type", "application/json");
    problem(&browser.request_with(Method::POST, "/api/people", &[kind], &body).await.expect(401));
    // A program in a page of another origin bears its token on purpose.
    let from = [kind, ("origin", "https://intranet.example"), ("sec-fetch-site", "cross-site")];
    problem(&browser.request_with(Method::POST, "/api/people", &from, &body).await.expect(401));
    let mut program = program(house, &ana).await;
    program.request_with(Method::POST, "/api/people", &from, &body).await.expect(201);
});

story!(what_belongs_to_another_organisation_is_not_there, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut program = program(house, &ana).await;
    let foreign = program.get(&format!("/api/people/{}", eva.id)).await.expect(404);
    let nobody = program.get("/api/people/00000000-0000-0000-0000-000000000000").await.expect(404);
    assert_eq!(foreign.text(), nobody.text());
    let path = format!("/api/people/{}", eva.id);
    send(&mut program, Method::PATCH, &path, &json!({ "version": 1, "name": "Mallory" })).await.expect(404);
    // Nor can the end of another's page be used to see what comes after it.
    house.person(eva.organisation, "Zoe Última", &[]).await;
    let theirs = program_of(house, &eva).await.get("/api/people?limit=1").await.expect(200).json();
    let next = theirs["next"].as_str().unwrap();
    let seen = program.get(&format!("/api/people?after={next}")).await.expect(200);
    assert!(!seen.says("Zoe"));
});

fn a_programme() -> Value {
    json!({
        "name": "Futuros directivos", "track": "promotion", "edition": "2027", "starts_on": "2027-02-01",
        "ends_on": "2027-12-17",
    })
}

story!(an_edition_is_set_up_and_people_enrolled, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut program = program(house, &ana).await;
    let seen = send_once(&mut program, "set-up", "/api/programmes", &a_programme()).await.expect(201);
    let edition = seen.json();
    let path = seen.header("location").to_owned();
    assert_eq!(path, format!("/api/editions/{}", edition["id"].as_str().unwrap()));
    let again = send_once(&mut program, "set-up", "/api/programmes", &a_programme()).await.expect(201);
    assert_eq!((again.json(), again.header("location")), (edition.clone(), path.as_str()));
    assert_eq!((&edition["phase"], &edition["clocks"]["assigned_within"]), (&json!("setting-up"), &json!(30)));
    assert_eq!(edition["clocks_count"], "working-days");
    let listed = program.get("/api/programmes").await.expect(200).json();
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "it was set up once");
    assert_eq!(listed["items"][0]["edition"]["id"], edition["id"]);

    // A further edition begins with the settings of the last; the list goes by cursor.
    let change = json!({
        "version": 1, "places": 1, "holidays": ["2027-03-19"], "weekdays": ["monday", "tuesday"], "applications": true,
        "clocks": { "pulse_every": 45 }, "clocks_count": "days", "mentor_days": 5,
    });
    let changed = send(&mut program, Method::PATCH, &path, &change).await.expect(200).json();
    assert_eq!((&changed["places"], &changed["weekdays"]), (&json!(1), &json!(["monday", "tuesday"])));
    assert_eq!((&changed["clocks"]["pulse_every"], &changed["mentor_days"]), (&json!(45), &json!(5)));
    assert_eq!((&changed["name"], &changed["version"]), (&json!("2027"), &json!(2)));
    assert_eq!(changed["clocks_count"], "days");
    problem(&send(&mut program, Method::PATCH, &path, &change).await.expect(409));
    let wrong = json!({ "version": 2, "starts_on": "2027-12-17", "ends_on": "2027-02-01" });
    let seen = send(&mut program, Method::PATCH, &path, &wrong).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "ends_on");
    let next = json!({ "name": "2028", "starts_on": "2028-01-10", "ends_on": "2028-12-15" });
    let editions = format!("/api/programmes/{}/editions", edition["programme"].as_str().unwrap());
    let follows = send(&mut program, Method::POST, &editions, &next).await.expect(201).json();
    assert_eq!(follows["weekdays"], json!(["monday", "tuesday"]));
    let page = program.get("/api/programmes?limit=1").await.expect(200).json();
    assert_eq!(page["items"][0]["edition"]["name"], "2028");
    let after = page["next"].as_str().unwrap();
    let page = program.get(&format!("/api/programmes?limit=1&after={after}")).await.expect(200).json();
    assert_eq!((&page["items"][0]["edition"]["name"], &page["next"]), (&json!("2027"), &Value::Null));

    // Opened, people are enrolled; the one place is taken once.
    let people: Vec<Value> = {
        let mut people = Vec::new();
        for (name, role) in [("Luis Gil", "mentee"), ("Eva Ruiz", "mentee"), ("Marta Soler", "mentor")] {
            let mut new = somebody(name);
            new["roles"] = json!([role]);
            people.push(send(&mut program, Method::POST, "/api/people", &new).await.expect(201).json()["id"].clone());
        }
        people
    };
    let enrolments = format!("{path}/enrolments");
    let mentees = json!({ "side": "mentee", "people": &people[..2] });
    send(&mut program, Method::POST, &enrolments, &mentees).await.expect(422);
    send(&mut program, Method::POST, &format!("{path}/open"), &json!({ "version": 2 })).await.expect(200);
    problem(&send(&mut program, Method::POST, &format!("{path}/open"), &json!({ "version": 3 })).await.expect(409));
    assert_eq!(send(&mut program, Method::POST, &enrolments, &mentees).await.expect(200).json()["added"], 2);
    let first = program.get(&format!("{enrolments}?limit=1")).await.expect(200);
    let (statements, first) = (first.statements(), first.json());
    let after = first["next"].as_str().unwrap();
    let second = program.get(&format!("{enrolments}?limit=1&after={after}")).await.expect(200);
    assert_eq!(second.statements(), statements);
    let second = second.json();
    assert_eq!((&first["items"][0]["name"], &second["items"][0]["name"]), (&json!("Eva Ruiz"), &json!("Luis Gil")));
    let mut standings = [first["items"][0]["standing"].clone(), second["items"][0]["standing"].clone()];
    standings.sort_by_key(ToString::to_string);
    assert_eq!(standings, [json!("enrolled"), json!("waiting")]);
    let waiting = program.get(&format!("{enrolments}?standing=waiting&side=mentee")).await.expect(200).json();
    let waiting = format!("/api/enrolments/{}", waiting["items"][0]["id"].as_str().unwrap());
    let step = json!({ "version": 1, "step": "withdraw", "reason": "Otro año" });
    let stepped = send(&mut program, Method::POST, &format!("{waiting}/step"), &step).await.expect(200).json();
    assert_eq!((&stepped["standing"], &stepped["reason"]), (&json!("withdrawn"), &json!("Otro año")));
    problem(&send(&mut program, Method::POST, &format!("{waiting}/step"), &step).await.expect(409));
    problem(&program.get(&format!("{enrolments}?after=x")).await.expect(422));

    // Somebody invited answers for themselves, and reaches nothing else.
    let guests = json!({ "side": "mentor", "people": ["marta.soler@example.org"] });
    let invited = send(&mut program, Method::POST, &format!("{path}/invitations"), &guests).await.expect(200).json();
    assert_eq!(invited, json!({ "asked": 1, "known": 0 }));
    let marta = Person {
        id: serde_json::from_value(people[2].clone()).unwrap(),
        organisation: ana.organisation,
        address: "marta.soler@example.org".to_owned(),
        name: "Marta Soler".to_owned(),
    };
    let mut hers = program_of(house, &marta).await;
    let own = hers.get("/api/me/enrolments").await.expect(200).json();
    assert_eq!((&own["items"][0]["standing"], &own["items"][0]["edition_name"]), (&json!("asked"), &json!("2027")));
    let step = format!("/api/me/enrolments/{}/step", own["items"][0]["id"].as_str().unwrap());
    let accept = json!({ "version": own["items"][0]["version"], "step": "accept" });
    problem(&send(&mut program, Method::POST, &step, &accept).await.expect(404));
    assert_eq!(send(&mut hers, Method::POST, &step, &accept).await.expect(200).json()["standing"], "enrolled");
    for path in [&path, &enrolments, &waiting] {
        problem(&hers.get(path).await.expect(404));
    }
    let reads = TokenScope::ALL.into_iter().filter(|scope| scope.only_reads()).collect::<Vec<_>>();
    let mut reader = program_with(house, &marta, &reads).await;
    send(&mut reader, Method::POST, &step, &accept).await.expect(403);

    // What an enrolment says beside the standing.
    let mentors = program.get(&format!("{enrolments}?side=mentor")).await.expect(200).json();
    let hers_told = format!("/api/enrolments/{}", mentors["items"][0]["id"].as_str().unwrap());
    let change = json!({ "version": mentors["items"][0]["version"], "seats": 3 });
    let changed = send(&mut program, Method::PATCH, &hers_told, &change).await.expect(200).json();
    assert_eq!((&changed["seats"], &changed["post"]), (&json!(3), &Value::Null));
    problem(&send(&mut program, Method::PATCH, &hers_told, &change).await.expect(409));
    let wrong = json!({ "version": changed["version"], "fallback": people[2] });
    let seen = send(&mut program, Method::PATCH, &hers_told, &wrong).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "fallback");
    problem(&send(&mut hers, Method::PATCH, &hers_told, &change).await.expect(404));
    // Who was never asked applies for themselves, once.
    let pia = house.person(ana.organisation, "Pía Sanz", &[]).await;
    let mut pias = program_of(house, &pia).await;
    let application = json!({ "edition": edition["id"], "side": "mentee" });
    let applied = send(&mut pias, Method::POST, "/api/me/enrolments", &application).await.expect(200).json();
    assert_eq!((&applied["standing"], &applied["side"]), (&json!("applied"), &json!("mentee")));
    problem(&send(&mut pias, Method::POST, "/api/me/enrolments", &application).await.expect(409));
    // A programme bears another name from then on.
    let programme = format!("/api/programmes/{}", edition["programme"].as_str().unwrap());
    let renamed = json!({ "version": 1, "name": "Relevo directivo" });
    let told = send(&mut program, Method::PATCH, &programme, &renamed).await.expect(200).json();
    assert_eq!((&told["name"], &told["version"]), (&json!("Relevo directivo"), &json!(2)));
    problem(&send(&mut program, Method::PATCH, &programme, &renamed).await.expect(409));
    let nameless = json!({ "version": 2, "name": " " });
    let seen = send(&mut program, Method::PATCH, &programme, &nameless).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "name");
    problem(&send(&mut hers, Method::PATCH, &programme, &renamed).await.expect(404));
    assert_eq!(program.get(&path).await.expect(200).json()["programme_name"], "Relevo directivo");

    let closed = send(&mut program, Method::POST, &format!("{path}/close"), &json!({ "version": 3 })).await;
    assert_eq!(closed.expect(200).json()["phase"], "closed");
    // Another organisation's coordinator finds nothing.
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut foreign = program_of(house, &eva).await;
    for path in [&path, &enrolments, &waiting] {
        problem(&foreign.get(path).await.expect(404));
    }
    send(&mut foreign, Method::POST, &editions, &next).await.expect(404);
    send(&mut foreign, Method::PATCH, &path, &json!({ "version": 4 })).await.expect(404);
});

story!(consent_gives_nobody_away_to_a_program, async |house: &House| {
    let cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    let run = cast.run(house, &[(0, 0), (1, 1)]).await;
    let mut coordinator = program_of(house, &cast.coordinator).await;
    let edition = format!("/api/editions/{}", cast.edition);
    let proposals = format!("{edition}/proposals");
    let to_send = json!({ "run": run });
    let sent = send(&mut coordinator, Method::POST, &proposals, &to_send).await.expect(200).json();
    assert_eq!(sent, json!({ "asked": 2, "kept": 0, "taken_back": 0, "is_under_way": false }));
    let again = send(&mut coordinator, Method::POST, &proposals, &to_send).await.expect(200).json();
    assert_eq!(again["asked"], 0);
    let page = coordinator.get(&format!("{proposals}?limit=1")).await.expect(200).json();
    let after = page["next"].as_str().unwrap();
    let rest =
        coordinator.get(&format!("{proposals}?limit=1&after={after}&state=mentor-asked")).await.expect(200).json();
    assert_eq!((&page["items"][0]["awaited"], &rest["next"]), (&json!("mentor"), &Value::Null));
    problem(&coordinator.get(&format!("{proposals}?after=x")).await.expect(422));

    // A mentee has nothing before the mentor has accepted; neither ever reads a score or the other's answer.
    let mut lucia = program_of(house, &cast.mentees[0]).await;
    let mut andres = program_of(house, &cast.mentors[0]).await;
    let own = "/api/me/proposals";
    assert_eq!(lucia.get(own).await.expect(200).json()["items"], json!([]));
    let asked = andres.get(own).await.expect(200).json()["items"][0].clone();
    assert_eq!(
        (&asked["standing"], &asked["side"], &asked["other"]),
        (&json!("asked"), &json!("mentor"), &json!("Lucía Ibáñez"))
    );
    let answer = format!("{own}/{}/answer", asked["id"].as_str().unwrap());
    let yes = json!({ "accepts": true });
    problem(&send(&mut lucia, Method::POST, &answer, &yes).await.expect(404));
    let mut fields: Vec<&String> = asked.as_object().unwrap().keys().collect();
    fields.sort();
    assert_eq!(fields, ["by_silence", "edition", "id", "other", "side", "standing", "until", "why"]);
    assert_eq!(send(&mut andres, Method::POST, &answer, &yes).await.expect(200).json()["standing"], "accepted");
    assert_eq!(lucia.get(own).await.expect(200).json()["items"][0]["other"], "Andrés Güell");
    let no = json!({ "accepts": false, "reason": "Viajo demasiado" });
    assert_eq!(send(&mut lucia, Method::POST, &answer, &no).await.expect(200).json()["standing"], "declined");
    let seen = andres.get(own).await.expect(200);
    assert!(seen.json()["items"][0]["standing"] == "accepted" && !seen.says("Viajo"), "{}", seen.text());
    let told = coordinator.get(&format!("{proposals}?q=lucia")).await.expect(200).json();
    assert_eq!(
        (&told["items"][0]["declined_by"], &told["items"][0]["reason"]),
        (&json!("mentee"), &json!("Viajo demasiado"))
    );

    // The others accept and are published; nothing is while somebody is asked.
    let publish = format!("{edition}/publish");
    problem(&coordinator.request_with(Method::POST, &publish, &[], "").await.expect(422));
    house.raw("UPDATE proposals SET reached_at = created_at - 90000000000").await;
    assert_eq!(
        coordinator.request_with(Method::POST, &format!("{edition}/reminders"), &[], "").await.expect(200).json()["reminded"],
        1
    );
    let (mut inigo, mut maria) = (program_of(house, &cast.mentees[1]).await, program_of(house, &cast.mentors[1]).await);
    let id = maria.get(own).await.expect(200).json()["items"][0]["id"].as_str().unwrap().to_owned();
    for program in [&mut maria, &mut inigo] {
        send(program, Method::POST, &format!("{own}/{id}/answer"), &yes).await.expect(200);
    }
    let published = coordinator.request_with(Method::POST, &publish, &[("idempotency-key", "p")], "").await.expect(200);
    assert_eq!(published.json()["mentorships"], 1);
    let again = coordinator.request_with(Method::POST, &publish, &[("idempotency-key", "p")], "").await.expect(200);
    assert_eq!((again.json(), again.header("idempotency-replayed")), (published.json(), "true"));

    // A mentorship: either leaves without fault, the reason is for the coordinator.
    let pair = inigo.get("/api/me/mentorships").await.expect(200).json()["items"][0].clone();
    assert_eq!((&pair["side"], &pair["other"]["name"]), (&json!("mentee"), &json!("María Núñez")));
    let leave = format!("/api/me/mentorships/{}/leave", pair["id"].as_str().unwrap());
    let leaves = json!({ "version": pair["version"], "reason": "Otro rumbo", "another": true });
    problem(&send(&mut lucia, Method::POST, &leave, &leaves).await.expect(404));
    let left = send(&mut inigo, Method::POST, &leave, &leaves).await.expect(200).json();
    assert!(left["ended_at"].is_string());
    problem(&send(&mut inigo, Method::POST, &leave, &leaves).await.expect(409));
    assert!(!maria.get("/api/me/mentorships").await.expect(200).says("Otro rumbo"));
    let ended = coordinator.get(&format!("{edition}/mentorships?ended=true&q=nunez")).await.expect(200).json();
    assert_eq!((&ended["items"][0]["reason"], &ended["items"][0]["another"]), (&json!("Otro rumbo"), &json!(true)));
    let one = format!("/api/mentorships/{}", pair["id"].as_str().unwrap());
    assert_eq!(coordinator.get(&one).await.expect(200).json(), ended["items"][0]);
    problem(&maria.get(&one).await.expect(404));
    let ends = json!({ "version": 1, "ending": "closure" });
    problem(&send(&mut coordinator, Method::POST, &format!("{one}/end"), &ends).await.expect(409));
    // Another organisation's coordinator finds nothing.
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut foreign = program_of(house, &eva).await;
    for path in [&proposals, &format!("{edition}/mentorships"), &one] {
        problem(&foreign.get(path).await.expect(404));
    }
    foreign.request_with(Method::POST, &publish, &[], "").await.expect(404);
    let take_back = format!("/api/proposals/{id}/take-back");
    send(&mut foreign, Method::POST, &take_back, &json!({ "version": 1 })).await.expect(404);
    send(&mut coordinator, Method::POST, &take_back, &json!({ "version": 1 })).await.expect(409);
});

story!(a_framework_is_copied_and_written_by_a_program, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut coordinator = program(house, &ana).await;
    let made = send(&mut coordinator, Method::POST, "/api/frameworks", &json!({})).await.expect(201);
    let first = made.json();
    assert_eq!(made.header("location"), format!("/api/frameworks/{}/versions/1", first["framework"].as_str().unwrap()));
    let of = json!({ "original": first["id"] });
    let copy = send(&mut coordinator, Method::POST, "/api/frameworks", &of).await.expect(201).json();
    assert_eq!(copy["content"]["competencies"], first["content"]["competencies"]);
    assert_ne!(copy["framework"], first["framework"]);

    // One competency goes, the others keep their keys; the former version says what it said.
    let path = format!("/api/frameworks/{}", copy["framework"].as_str().unwrap());
    let mut content = copy["content"].clone();
    let gone = content["competencies"].as_array_mut().unwrap().remove(0);
    let body = json!({ "number": 1, "content": content });
    let written = send(&mut coordinator, Method::PUT, &path, &body).await.expect(200).json();
    assert_eq!((&written["number"], &written["content"]), (&json!(2), &content));
    problem(&send(&mut coordinator, Method::PUT, &path, &body).await.expect(409));
    let former = coordinator.get(&format!("{path}/versions/1")).await.expect(200).json();
    assert_eq!(former["content"]["competencies"][0], gone);
    let mut twice = content.clone();
    twice["competencies"][1]["key"] = twice["competencies"][0]["key"].clone();
    let refused =
        send(&mut coordinator, Method::PUT, &path, &json!({ "number": 2, "content": twice })).await.expect(422);
    assert_eq!(problem(&refused)["errors"][0]["field"], "key");
    // A document is cleaned as a form is; a word that has no place is refused and not lost.
    let mut untidy = content.clone();
    untidy["competencies"][0]["name"] = json!({ "es": "  \u{0} ", "en": "" });
    let refused =
        send(&mut coordinator, Method::PUT, &path, &json!({ "number": 2, "content": untidy })).await.expect(422);
    assert_eq!(problem(&refused)["errors"][0]["field"], "name-es");
    let mut unknown = content.clone();
    unknown["competencies"][0]["behaviors"] = json!([]);
    problem(&send(&mut coordinator, Method::PUT, &path, &json!({ "number": 2, "content": unknown })).await.expect(422));
    let page = path.replace("/api", "") + "/versions";
    assert!(house.browser_of(&ana).await.get(&page).await.expect(200).says("Un programa escribió el marco entero"));

    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    for mut other in [program_of(house, &luis).await, program(house, &eva).await] {
        problem(&send(&mut other, Method::PUT, &path, &json!({ "number": 2, "content": content })).await.expect(404));
        problem(&send(&mut other, Method::POST, "/api/frameworks", &of).await.expect(404));
    }
});

story!(frameworks_are_read_by_version, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut coordinator = program(house, &ana).await;
    send(&mut coordinator, Method::POST, "/api/programmes", &a_programme()).await.expect(201);
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let mut his = program_of(house, &luis).await;
    let listed = his.get("/api/frameworks").await.expect(200).json()["items"][0].clone();
    let path = format!("/api/frameworks/{}/versions/{}", listed["id"].as_str().unwrap(), listed["number"]);
    let version = his.get(&path).await.expect(200).json();
    assert_eq!((&version["id"], &version["content"]["name"]), (&listed["version"], &listed["name"]));
    assert!(version["content"]["competencies"].as_array().unwrap().len() > 5);
    his.get(&path.replace("/versions/1", "/versions/9")).await.expect(404);
    his.get(&path.replace("/versions/1", "/versions/x")).await.expect(404);
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    program_of(house, &eva).await.get(&path).await.expect(404);
});
