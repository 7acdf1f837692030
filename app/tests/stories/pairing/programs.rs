//! The board as programs use it: rules as data and as a file, runs, what they found, what they changed, marks, the proof.

use axum::http::Method;
use serde_json::{Value, json};

use super::{scene, verify};
use crate::api::{problem, program, send};
use crate::story;
use crate::support::{Client, House, Person, Seen};

const TOML: [(&str, &str); 1] = [("content-type", "application/toml")];

/// Starts a run and waits until it is done.
async fn run(house: &House, program: &mut Client, edition: &str, name: &str) -> Value {
    let seen = send(program, Method::POST, &format!("{edition}/runs"), &json!({ "name": name })).await.expect(201);
    let started = seen.json();
    assert_eq!((&started["state"], &started["found"]), (&json!("queued"), &Value::Null));
    // While one is under way there is no second.
    let again = send(program, Method::POST, &format!("{edition}/runs"), &json!({})).await.expect(201).json();
    assert_eq!(again["id"], started["id"]);
    house.work().await;
    program.get(seen.header("location")).await.expect(200).json()
}

fn names<'a>(page: &'a Value, field: &str) -> Vec<&'a str> {
    page["items"].as_array().unwrap().iter().map(|item| item[field]["name"].as_str().unwrap()).collect()
}

async fn save_file(program: &mut Client, path: &str, text: &str) -> Seen {
    program.request_with(Method::PUT, path, &TOML, text).await
}

story!(rules_are_read_and_saved_by_programs, async |house: &House| {
    let scene = scene(house).await;
    let mut program = program(house, &scene.ana).await;
    let edition = format!("/api/editions/{}", scene.edition);
    let (path, file) = (format!("{edition}/rules"), format!("{edition}/rules.toml"));
    let proposed = program.get(&path).await.expect(200).json();
    assert_eq!(proposed["version"], 0, "nobody saved any yet");
    let aloud = |told: &Value, of: &str| told[of].as_array().unwrap().len();
    assert_eq!(aloud(&proposed, "musts_aloud"), aloud(&proposed["rules"], "musts"));
    assert_eq!(aloud(&proposed, "preferences_aloud"), aloud(&proposed["rules"], "preferences"));

    // The page for a works council says the same.
    let criteria = program.get(&format!("{edition}/criteria")).await.expect(200).json();
    let rules = proposed["musts_aloud"].as_array().unwrap();
    assert!(criteria["musts"].as_array().unwrap().ends_with(rules), "after what holds of every pairing: {criteria}");
    assert!(!criteria["data"].as_array().unwrap().is_empty() && criteria["has_reserved"] == false, "{criteria}");

    // What was read is saved as it was read.
    let same = json!({ "version": 0, "rules": proposed["rules"] });
    let saved = send(&mut program, Method::PUT, &path, &same).await.expect(200).json();
    assert_eq!((&saved["version"], &saved["rules"]), (&json!(1), &proposed["rules"]));
    problem(&send(&mut program, Method::PUT, &path, &same).await.expect(409));

    // As a file it says the same, and a file that is saved is kept to the letter.
    let text = program.get(&file).await.expect(200);
    assert_eq!(text.header("content-type"), "application/toml");
    let mine = format!("# Lo nuestro\n{}", text.text());
    save_file(&mut program, &format!("{file}?version=0"), &mine).await.expect(409);
    let seen = save_file(&mut program, &format!("{file}?version=1"), &mine).await.expect(200).json();
    assert_eq!((&seen["version"], &seen["rules"]), (&json!(2), &proposed["rules"]));
    assert_eq!(program.get(&file).await.expect(200).text(), mine);

    // What does not do is said, in a file with its line.
    let seen = save_file(&mut program, &format!("{file}?version=2"), "[capacity]\ndefault = -1").await.expect(422);
    assert!(problem(&seen)["errors"][0]["detail"].as_str().unwrap().starts_with("Línea 2"), "{}", seen.text());
    problem(&save_file(&mut program, &file, &mine).await.expect(422));
    problem(&program.request_with(Method::PUT, &format!("{file}?version=2"), &[], &mine).await.expect(415));
    for rules in [
        json!({ "balance": [5, 4] }),
        json!({ "musts": [{ "rule": "equal", "attribute": "shoe" }] }),
        json!({ "musts": [{ "rule": "above", "attribute": "grade", "levels": 1, "order": "nowhere" }] }),
        json!({ "musts": [{ "rule": "conflict", "unknown": "allow" }] }),
        json!({ "preferences": [{ "weight": 1, "wish": { "rule": "zone", "hours": 13 } }] }),
        json!({ "places": { "Bilbao": { "latitude": 91, "longitude": 0 } } }),
        json!({ "king": true }),
    ] {
        let body = json!({ "version": 2, "rules": rules });
        problem(&send(&mut program, Method::PUT, &path, &body).await.expect(422));
    }
    let every = json!({
        "capacity": 2, "balance": [0, 10],
        "musts": [
            { "rule": "reporting-line" }, { "rule": "conflict" }, { "rule": "former-mentor" },
            { "rule": "language", "unknown": "allow" }, { "rule": "equal", "attribute": "place", "unknown": "allow" },
            { "rule": "differ", "attribute": "unit", "unknown": "forbid" },
            { "rule": "above", "attribute": "title", "order": "rango", "levels": 1, "unknown": "allow" },
        ],
        "preferences": [
            { "weight": 9, "wish": { "rule": "competencies" }, "only_if": null },
            { "weight": 8, "wish": { "rule": "mentee-ranking" }, "only_if": "unit" },
            { "weight": 7, "wish": { "rule": "mentor-ranking" }, "only_if": null },
            { "weight": 6, "wish": { "rule": "zone", "hours": 3 }, "only_if": null },
            { "weight": 5, "wish": { "rule": "place", "kilometres": 50 }, "only_if": null },
            { "weight": 4, "wish": { "rule": "gap", "attribute": "title", "order": "rango", "levels": 2 }, "only_if": null },
            { "weight": 3, "wish": { "rule": "similar", "attribute": "unit" }, "only_if": null },
            { "weight": 2, "wish": { "rule": "different", "attribute": "unit" }, "only_if": null },
            { "weight": 1, "wish": { "rule": "words", "mentee_text": "biography", "mentor_text": "biography", "enough": 3 },
              "only_if": null },
        ],
        "orders": { "rango": [["Júnior"], ["Sénior", "Senior"]] },
        "places": { "Bilbao": { "latitude": 43.26, "longitude": -2.93 } },
    });
    let body = json!({ "version": 2, "rules": every });
    assert_eq!(send(&mut program, Method::PUT, &path, &body).await.expect(200).json()["rules"], every);
});

story!(runs_are_started_read_compared_and_proved_by_programs, async |house: &House| {
    let scene = scene(house).await;
    let mut program = program(house, &scene.ana).await;
    let edition = format!("/api/editions/{}", scene.edition);
    let first = run(house, &mut program, &edition, "Primera").await;
    assert_eq!((&first["state"], &first["number"], &first["name"]), (&json!("done"), &json!(1), &json!("Primera")));
    assert_eq!((&first["found"]["paired"], &first["found"]["left_out"]), (&json!(2), &json!(1)));
    let path = format!("/api/runs/{}", first["id"].as_str().unwrap());

    // What it found, by pages and by name.
    let results = format!("{path}/results");
    let page = program.get(&format!("{results}?limit=2")).await.expect(200);
    let (statements, page) = (page.statements(), page.json());
    assert_eq!(names(&page, "mentee"), ["Carla Rey", "Diego Paz"]);
    let after = page["next"].as_str().unwrap();
    let rest = program.get(&format!("{results}?limit=2&after={after}")).await.expect(200);
    assert_eq!(rest.statements(), statements);
    let (rest, carla) = (rest.json(), &page["items"][0]);
    assert_eq!((names(&rest, "mentee"), &rest["next"]), (vec!["Eva Gil"], &Value::Null));
    assert_eq!((&rest["items"][0]["mentor"], carla["mentor"]["name"].as_str()), (&Value::Null, Some("Álvaro Núñez")));
    assert!(!rest["items"][0]["why"].as_array().unwrap().is_empty(), "{rest}");
    assert!(!carla["reasons"].as_array().unwrap().is_empty() && carla["points"].is_i64(), "{carla}");
    for (asked, expected) in [
        ("paired=true", vec!["Carla Rey", "Diego Paz"]),
        ("paired=false", vec!["Eva Gil"]),
        ("q=begona", vec!["Diego Paz"]),
        ("q=gil&paired=false", vec!["Eva Gil"]),
        ("q=gil&paired=true", vec![]),
    ] {
        assert_eq!(names(&program.get(&format!("{results}?{asked}")).await.expect(200).json(), "mentee"), expected);
    }
    problem(&program.get(&format!("{results}?after=x")).await.expect(422));

    // One, and who else could be.
    let one = format!("{results}/{}", carla["mentee"]["id"].as_str().unwrap());
    assert_eq!(program.get(&one).await.expect(200).json(), *carla);
    let others = program.get(&format!("{one}/alternatives")).await.expect(200).json();
    assert!(others["next_best"]["cost"].is_i64() && others["others"].is_array(), "{others}");
    let eva = format!("{results}/{}", rest["items"][0]["mentee"]["id"].as_str().unwrap());
    let others = program.get(&format!("{eva}/alternatives")).await.expect(200).json();
    assert_eq!(others["next_best"], Value::Null, "who has no mentor has no next best, only others: {others}");

    // A name, over the version that was read.
    let renamed =
        send(&mut program, Method::PATCH, &path, &json!({ "version": first["version"], "name": "La de hoy" })).await;
    assert_eq!(renamed.expect(200).json()["name"], "La de hoy");
    let stale = json!({ "version": first["version"], "name": null });
    problem(&send(&mut program, Method::PATCH, &path, &stale).await.expect(409));
    let long = json!({ "version": 9, "name": "x".repeat(101) });
    problem(&send(&mut program, Method::PATCH, &path, &long).await.expect(422));

    // A pair is forbidden, another one pinned; the next run says what that changed.
    let pair = |mentee: &Value, mentor: &Value| {
        format!("{edition}/marks/{}/{}", mentee["id"].as_str().unwrap(), mentor["id"].as_str().unwrap())
    };
    let diego = &page["items"][1];
    let (apart, pin) = (pair(&carla["mentee"], &carla["mentor"]), pair(&diego["mentee"], &diego["mentor"]));
    send(&mut program, Method::PUT, &apart, &json!({ "mark": "forbid" })).await.expect(204);
    send(&mut program, Method::PUT, &pin, &json!({ "mark": "pin" })).await.expect(204);
    // No rule lets Diego's own line manager mentor him.
    let barred = pair(&diego["mentee"], &carla["mentor"]);
    problem(&send(&mut program, Method::PUT, &barred, &json!({ "mark": "pin" })).await.expect(422));
    let marks = format!("{edition}/marks");
    let some = program.get(&format!("{marks}?limit=1")).await.expect(200).json();
    assert_eq!((names(&some, "mentee"), &some["items"][0]["mark"]), (vec!["Carla Rey"], &json!("forbid")));
    let after = some["next"].as_str().unwrap();
    let more = program.get(&format!("{marks}?limit=1&after={after}")).await.expect(200).json();
    assert_eq!((names(&more, "mentee"), &more["items"][0]["mark"]), (vec!["Diego Paz"], &json!("pin")));
    assert_eq!(more["next"], Value::Null);
    problem(&program.get(&format!("{marks}?after=x")).await.expect(422));
    let second = run(house, &mut program, &edition, "").await;
    let later = format!("/api/runs/{}", second["id"].as_str().unwrap());
    assert_eq!(second["found"]["since"]["run"], first["id"]);
    let since = format!("{later}/changes?since={}", first["id"].as_str().unwrap());
    let changed = program.get(&since).await.expect(200).json();
    let carla = changed["items"].as_array().unwrap().iter().find(|one| one["mentee"]["name"] == "Carla Rey").unwrap();
    assert_eq!((&carla["was_there"], &carla["before"]), (&json!(true), &json!("Álvaro Núñez")));
    assert_ne!(carla["after"], "Álvaro Núñez");
    let diego = program.get(&format!("{later}/results?q=diego")).await.expect(200).json();
    assert_eq!(diego["items"][0]["kept"], "pinned");
    problem(&program.get(&format!("{later}/changes")).await.expect(422));
    for path in [&apart, &pin] {
        send(&mut program, Method::DELETE, path, &Value::Null).await.expect(204);
        problem(&send(&mut program, Method::DELETE, path, &Value::Null).await.expect(404));
    }

    // The runs of the edition, the newest first, and the proof.
    let runs = program.get(&format!("{edition}/runs?limit=1")).await.expect(200).json();
    assert_eq!(runs["items"][0], program.get(&later).await.expect(200).json());
    let after = runs["next"].as_str().unwrap();
    let runs = program.get(&format!("{edition}/runs?limit=1&after={after}")).await.expect(200).json();
    assert_eq!((&runs["items"][0]["number"], &runs["next"]), (&json!(1), &Value::Null));
    let proof = program.get(&format!("{path}/proof")).await.expect(200);
    assert_eq!(proof.header("content-type"), "text/plain; charset=utf-8");
    let (holds, said) = verify(house, &proof.body);
    assert!(holds && said.contains(first["found"]["digest"].as_str().unwrap()), "{said}");

    // What it would bring if the pin were free: a run of its own, under which nothing is sent.
    let ask = json!({ "frees": "proposed" });
    let asked = send(&mut program, Method::POST, &format!("{edition}/runs"), &ask).await.expect(201);
    assert_eq!((&asked.json()["frees"], &first["frees"]), (&json!("proposed"), &Value::Null));
    house.work().await;
    let found = program.get(asked.header("location")).await.expect(200).json();
    let compared = &program.get(&later).await.expect(200).json()["id"];
    assert_eq!((&found["found"]["kept"], &found["found"]["since"]["run"]), (&json!(0), compared));
    problem(
        &send(&mut program, Method::POST, &format!("{edition}/runs"), &json!({ "frees": "all" })).await.expect(409),
    );

    // A stranger to the organisation, and somebody who does not coordinate, find nothing.
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let luis: Person = house.person(scene.ana.organisation, "Luis Gil", &[telemaco::identity::Part::Mentee]).await;
    for person in [&eva, &luis] {
        let mut other = crate::api::program(house, person).await;
        for path in [&path, &results, &one, &since, &marks, &format!("{path}/proof"), &format!("{edition}/rules")] {
            problem(&other.get(path).await.expect(404));
        }
        send(&mut other, Method::PUT, &apart, &json!({ "mark": "forbid" })).await.expect(404);
        send(&mut other, Method::POST, &format!("{edition}/runs"), &json!({})).await.expect(404);
    }
});
