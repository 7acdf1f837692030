//! What those who take part do with programs of their own: wishes, orientation, baselines; and that nobody reads another's.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::programmes::Track;

use super::{a_programme, problem, program, send, somebody};
use crate::consent::cast::Cast;
use crate::story;
use crate::support::{Client, House, Person};

story!(wishes_are_ones_own, async |house: &House| {
    let cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell", "María Núñez"]).await;
    let me = format!("/api/me/editions/{}", cast.edition);
    let (wishes, list) = (format!("{me}/wishes/mentee"), format!("{me}/shortlist/mentee"));
    let mut lucia = program(house, &cast.mentees[0]).await;
    let mut andres = program(house, &cast.mentors[0]).await;
    let nothing = lucia.get(&wishes).await.expect(200).json();
    assert_eq!((&nothing["version"], &nothing["ranked"], &nothing["may_rank"]), (&json!(0), &json!([]), &json!(true)));

    // The shortlist goes by pages, and is searched.
    let first = lucia.get(&format!("{list}?limit=1")).await.expect(200).json();
    assert_eq!(first["items"][0]["name"], "Andrés Güell");
    let after = first["next"].as_str().unwrap();
    let second = lucia.get(&format!("{list}?limit=1&after={after}")).await.expect(200).json();
    assert_eq!((&second["items"][0]["name"], &second["next"]), (&json!("María Núñez"), &Value::Null));
    assert_eq!(lucia.get(&format!("{list}?q=nunez")).await.expect(200).json()["items"].as_array().unwrap().len(), 1);
    problem(&lucia.get(&format!("{list}?after=x")).await.expect(422));

    // What is said stays, and a second window is told.
    let ids = [&second["items"][0]["id"], &first["items"][0]["id"]];
    let said = json!({ "version": 0, "ranked": ids, "conflicts": ["Andrés Güell"] });
    let saved = send(&mut lucia, Method::PUT, &wishes, &said).await.expect(200).json();
    assert_eq!(
        (&saved["version"], &saved["ranked"], &saved["conflicts"]),
        (&json!(1), &json!(ids), &said["conflicts"])
    );
    problem(&send(&mut lucia, Method::PUT, &wishes, &said).await.expect(409));
    for wrong in [
        json!({ "version": 1, "ranked": [ids[0], ids[0]] }),
        json!({ "version": 1, "ranked": [cast.mentees[0].id] }),
        json!({ "version": 1, "conflicts": ["Nadie Conocido"] }),
    ] {
        let seen = send(&mut lucia, Method::PUT, &wishes, &wrong).await.expect(422);
        let field = problem(&seen)["errors"][0]["field"].clone();
        assert!(field == "ranked" || field == "conflicts", "{field}");
    }
    let ahead = json!({ "version": i64::MAX, "ranked": [] });
    problem(&send(&mut lucia, Method::PUT, &wishes, &ahead).await.expect(409));

    // Nobody else comes to it: not by the other side's door, not as a coordinator; a mentor never learns the rank.
    problem(&andres.get(&wishes).await.expect(404));
    let his = andres.get(&format!("{me}/wishes/mentor")).await.expect(200);
    assert!(!his.says("Lucía") && his.json()["ranked"] == json!([]), "{}", his.text());
    let shortlist = andres.get(&format!("{me}/shortlist/mentor")).await.expect(200);
    assert!(!shortlist.says("rank") && !shortlist.says("conflict"), "{}", shortlist.text());
    let mut coordinator = program(house, &cast.coordinator).await;
    problem(&coordinator.get(&wishes).await.expect(404));
    problem(&lucia.get(&format!("{me}/wishes/mentor")).await.expect(404));
    problem(&lucia.get(&format!("{me}/wishes/king")).await.expect(404));
});

story!(one_proposal_is_read_by_whom_it_is_for, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    cast.propose(house, &[(0, 0)]).await;
    let mut andres = program(house, &cast.mentors[0]).await;
    let mut lucia = program(house, &cast.mentees[0]).await;
    let mut coordinator = program(house, &cast.coordinator).await;
    let asked = andres.get("/api/me/proposals").await.expect(200).json()["items"][0].clone();
    let id = asked["id"].as_str().unwrap();
    let (own, managed) = (format!("/api/me/proposals/{id}"), format!("/api/proposals/{id}"));
    assert_eq!(andres.get(&own).await.expect(200).json(), asked);
    problem(&lucia.get(&own).await.expect(404));
    problem(&coordinator.get(&own).await.expect(404));
    for program in [&mut andres, &mut lucia] {
        problem(&program.get(&managed).await.expect(404));
    }
    assert_eq!(coordinator.get(&managed).await.expect(200).json()["state"], "mentor-asked");
    // The mentor says no: the mentee never learns that there was anything.
    let no = json!({ "accepts": false, "reason": "Viajo" });
    send(&mut andres, Method::POST, &format!("{own}/answer"), &no).await.expect(200);
    problem(&lucia.get(&own).await.expect(404));
    assert_eq!(lucia.get("/api/me/proposals").await.expect(200).json()["items"], json!([]));
    assert_eq!(coordinator.get(&managed).await.expect(200).json()["reason"], "Viajo");
});

/// A coordinator's program, an open edition with the framework that ships, and two of its people with theirs.
struct Opened {
    coordinator: Client,
    edition: String,
    luis: (Person, Client),
    marta: (Person, Client),
}

async fn opened(house: &House) -> Opened {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut coordinator = program(house, &ana).await;
    let made = send(&mut coordinator, Method::POST, "/api/programmes", &a_programme()).await.expect(201);
    let edition = made.header("location").to_owned();
    send(&mut coordinator, Method::POST, &format!("{edition}/open"), &json!({ "version": 1 })).await.expect(200);
    let mut people = Vec::new();
    for (name, side) in [("Luis Gil", "mentee"), ("Marta Soler", "mentor")] {
        let mut new = somebody(name);
        new["roles"] = json!([side]);
        let id = send(&mut coordinator, Method::POST, "/api/people", &new).await.expect(201).json()["id"].clone();
        let enrol = json!({ "side": side, "people": [id] });
        send(&mut coordinator, Method::POST, &format!("{edition}/enrolments"), &enrol).await.expect(200);
        let person = Person {
            id: serde_json::from_value(id).unwrap(),
            organisation: ana.organisation,
            address: new["email"].as_str().unwrap().to_owned(),
            name: name.to_owned(),
        };
        let his = program(house, &person).await;
        people.push((person, his));
    }
    let marta = people.pop().unwrap();
    Opened { coordinator, edition, luis: people.pop().unwrap(), marta }
}

story!(orientation_is_read_and_noted, async |house: &House| {
    let Opened { mut coordinator, edition, mut luis, mut marta } = opened(house).await;
    let own = edition.replace("/api/", "/api/me/") + "/orientation";
    let managed = format!("{edition}/orientation");
    let text = luis.1.get(&own).await.expect(200).json()["items"][0].clone();
    assert_eq!((&text["part"], &text["read_at"]), (&json!("mentee"), &Value::Null));
    assert!(text["text"].as_str().unwrap().contains("# "));
    let missing = coordinator.get(&format!("{managed}/missing?limit=1")).await.expect(200).json();
    assert_eq!(missing["items"][0]["name"], "Luis Gil");
    let after = missing["next"].as_str().unwrap();
    let rest = coordinator.get(&format!("{managed}/missing?limit=1&after={after}")).await.expect(200).json();
    assert_eq!((&rest["items"][0]["name"], &rest["next"]), (&json!("Marta Soler"), &Value::Null));

    let read = json!({ "words": text["words"] });
    problem(&send(&mut luis.1, Method::POST, &format!("{own}/mentor"), &read).await.expect(404));
    problem(&send(&mut luis.1, Method::POST, &format!("{own}/mentee"), &json!({ "words": "x" })).await.expect(409));
    send(&mut luis.1, Method::POST, &format!("{own}/mentee"), &read).await.expect(204);
    assert!(luis.1.get(&own).await.expect(200).json()["items"][0]["read_at"].is_string());

    // Other words are to be read again.
    let texts = coordinator.get(&managed).await.expect(200).json();
    let of =
        |told: &Value| told["items"].as_array().unwrap().iter().find(|one| one["part"] == "mentee").unwrap().clone();
    assert_eq!((&of(&texts)["read"], &of(&texts)["all"], &of(&texts)["is_own"]), (&json!(1), &json!(1), &json!(false)));
    let own_words = json!({ "version": texts["version"], "es": "Lo nuestro", "en": "" });
    let written =
        send(&mut coordinator, Method::PUT, &format!("{managed}/mentee"), &own_words).await.expect(200).json();
    assert_eq!((&of(&written)["es"], &of(&written)["is_own"]), (&json!("Lo nuestro"), &json!(true)));
    problem(&send(&mut coordinator, Method::PUT, &format!("{managed}/mentee"), &own_words).await.expect(409));
    assert_eq!(luis.1.get(&own).await.expect(200).json()["items"][0]["read_at"], Value::Null);
    problem(&marta.1.get(&managed).await.expect(404));
    problem(&send(&mut marta.1, Method::PUT, &format!("{managed}/mentor"), &own_words).await.expect(404));
});

story!(baselines_are_given_once_and_read_by_few, async |house: &House| {
    let Opened { mut coordinator, edition, mut luis, mut marta } = opened(house).await;
    let luis_id = luis.0.id;
    let own = edition.replace("/api/", "/api/me/") + "/baselines";
    let path = format!("{own}/{luis_id}");
    let asked = luis.1.get(&own).await.expect(200).json();
    assert_eq!((&asked["items"][0]["view"], &asked["items"][0]["given_at"]), (&json!("own"), &Value::Null));
    assert_eq!(marta.1.get(&own).await.expect(200).json()["items"], json!([]), "nobody is hers yet");
    problem(&marta.1.get(&path).await.expect(404));
    let blank = luis.1.get(&path).await.expect(200).json();
    assert_eq!((&blank["is_open"], &blank["times"], &blank["draft"]), (&json!(true), &json!(0), &json!(0)));

    // A draft is kept for whoever writes it.
    let some = json!({ "times": 0, "draft": 0, "ratings": { "ethics": 4, "results": null } });
    let kept = send(&mut luis.1, Method::PUT, &format!("{path}/draft"), &some).await.expect(200).json();
    assert_eq!((&kept["draft"], &kept["drafted"]), (&json!(1), &some["ratings"]));
    problem(&send(&mut luis.1, Method::PUT, &format!("{path}/draft"), &some).await.expect(409));
    let unfinished = json!({ "times": 0, "draft": 1, "ratings": some["ratings"] });
    let seen = send(&mut luis.1, Method::POST, &path, &unfinished).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "ratings");
    let unknown = json!({ "times": 0, "draft": 1, "ratings": { "juggling": 3 } });
    problem(&send(&mut luis.1, Method::POST, &path, &unknown).await.expect(422));
    problem(
        &send(&mut luis.1, Method::POST, &path, &json!({ "times": 0, "draft": 1, "ratings": { "ethics": 6 } }))
            .await
            .expect(422),
    );

    // Given whole, once; a correction is one more.
    let frameworks = coordinator.get("/api/frameworks").await.expect(200).json();
    let framework = format!("/api/frameworks/{}/versions/1", frameworks["items"][0]["id"].as_str().unwrap());
    let content = coordinator.get(&framework).await.expect(200).json();
    let keys = content["content"]["competencies"].as_array().unwrap();
    let ratings: serde_json::Map<String, Value> =
        keys.iter().map(|one| (one["key"].as_str().unwrap().to_owned(), json!(3))).collect();
    let whole = json!({ "times": 0, "draft": 1, "ratings": ratings });
    let given = send(&mut luis.1, Method::POST, &path, &whole).await.expect(200).json();
    assert_eq!(
        (&given["times"], &given["draft"], &given["given"][0]["ratings"]),
        (&json!(1), &json!(0), &whole["ratings"])
    );
    problem(&send(&mut luis.1, Method::POST, &path, &whole).await.expect(409));
    let again = json!({ "times": 1, "draft": 0, "ratings": ratings });
    assert_eq!(send(&mut luis.1, Method::POST, &path, &again).await.expect(200).json()["given"][0]["number"], 2);

    // The coordinator sees who has given theirs, and no level.
    let progress = coordinator.get(&format!("{edition}/baselines")).await.expect(200);
    assert!(!progress.says("ratings"));
    let line = progress.json()["items"][0].clone();
    assert!(line["own"]["given_at"].is_string() && line["mentor"]["is_asked"] == json!(false), "{line}");
    problem(&coordinator.get(&path).await.expect(404));
    problem(&luis.1.get(&format!("{edition}/baselines")).await.expect(404));
    // The framework is in use, and stays.
    let delete = format!("/api/frameworks/{}?number=1", frameworks["items"][0]["id"].as_str().unwrap());
    problem(&send(&mut coordinator, Method::DELETE, &delete, &Value::Null).await.expect(422));
});

story!(who_looks_on_and_who_stands_in, async |house: &House| {
    let cast = Cast::new(house, Track::Degree, &["Lucía Ibáñez", "Pablo Ríos"], &["Andrés Güell"]).await;
    let path = format!("/api/editions/{}", cast.edition);
    let mut coordinator = program(house, &cast.coordinator).await;
    let felix = house.person(cast.coordinator.organisation, "Félix Ortega", &[]).await;
    let sara = house.person(cast.coordinator.organisation, "Sara Pino", &[]).await;
    let onlookers = format!("{path}/onlookers");
    for (person, part) in [(&felix, "faculty"), (&sara, "sponsor"), (&sara, "sponsor")] {
        let one = format!("{onlookers}/{}/{part}", person.id);
        send(&mut coordinator, Method::PUT, &one, &Value::Null).await.expect(204);
    }
    let listed = coordinator.get(&format!("{onlookers}?limit=1")).await.expect(200).json();
    assert_eq!((&listed["items"][0]["name"], &listed["items"][0]["part"]), (&json!("Félix Ortega"), &json!("faculty")));
    let after = listed["next"].as_str().unwrap();
    let listed = coordinator.get(&format!("{onlookers}?after={after}")).await.expect(200).json();
    assert_eq!((&listed["items"][0]["address"], &listed["next"]), (&json!(sara.address), &Value::Null));
    assert_eq!(coordinator.get(&format!("{onlookers}?q=pino")).await.json()["items"].as_array().unwrap().len(), 1);
    house.browser_of(&sara).await.get(&format!("/overview/{}", cast.edition)).await.expect(200);

    // Faculty stands in, for those without at once.
    let fallbacks = format!("{path}/fallbacks");
    let by_sara = json!({ "fallback": sara.id });
    let wrong = problem(&send(&mut coordinator, Method::POST, &fallbacks, &by_sara).await.expect(422));
    assert_eq!(wrong["errors"][0]["field"], "fallback");
    let by_felix = json!({ "fallback": felix.id });
    let named = send(&mut coordinator, Method::POST, &fallbacks, &by_felix).await.expect(200).json();
    assert_eq!(named, json!({ "named": 2 }));
    let none = problem(&send(&mut coordinator, Method::POST, &fallbacks, &by_felix).await.expect(422));
    assert_eq!(none["errors"][0]["field"], "students");
    let students = coordinator.get(&format!("{path}/enrolments?side=mentee")).await.expect(200).json();
    assert_eq!(students["items"][1]["fallback"], "Félix Ortega");
    let one = json!({ "fallback": felix.id, "students": [students["items"][0]["id"]] });
    assert_eq!(send(&mut coordinator, Method::POST, &fallbacks, &one).await.expect(200).json()["named"], 1);

    send(&mut coordinator, Method::DELETE, &format!("{onlookers}/{}/sponsor", sara.id), &Value::Null).await.expect(204);
    house.browser_of(&sara).await.get(&format!("/overview/{}", cast.edition)).await.expect(404);
    let mut stranger = program(house, &felix).await;
    problem(&stranger.get(&onlookers).await.expect(404));
    problem(&send(&mut stranger, Method::POST, &fallbacks, &by_felix).await.expect(404));
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let foreign = format!("{onlookers}/{}/sponsor", eva.id);
    problem(&send(&mut coordinator, Method::PUT, &foreign, &Value::Null).await.expect(404));
});
