//! Somebody who never asked for a seat was in the room all the same.

use axum::http::Method;
use serde_json::json;
use telemaco::observations::record::actions;
use telemaco::people::model::Side;
use uuid::Uuid;

use super::scene::{Scene, scene};
use super::{minutes, tap};
use crate::api::{program, send};
use crate::consent::cast::enrol;
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, Person, Seen};

async fn is_whole(house: &House) {
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

/// Somebody who learns in the edition, without a pair and without a seat.
async fn eva(house: &House, scene: &Scene) -> Person {
    let eva = house.person(scene.secretary.organisation, "Eva Ruiz", &[]).await;
    enrol(house, &scene.coordinator, scene.edition, Side::Mentee, std::slice::from_ref(&eva)).await;
    eva
}

/// Says on the form that somebody was in, from when until when.
async fn said(browser: &mut Client, scene: &Scene, (who, from, until): (&str, &str, &str)) -> Seen {
    let path = scene.path("/record/unseated");
    let mut form = fields(&browser.get(&path).await.expect(200).text());
    for (name, value) in [("who", who), ("from", from), ("until", until)] {
        form.insert(name.to_owned(), value.to_owned());
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let seen = browser.post(&path, &form).await;
    if seen.status == 303 {
        browser.post(&path, &form).await.expect(303);
    }
    seen
}

story!(who_never_asked_for_a_seat_and_was_there_was_exposed_to_everything, async |house: &House| {
    let scene = scene(house).await;
    let eva = eva(house, &scene).await;
    let stranger = house.person(scene.secretary.organisation, "Iker Sanz", &[]).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let mut andres = house.browser_of(&scene.mentor).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut seen = house.browser_of(&eva).await;
    let id = scene.observer.id.to_string();
    tap(&mut andres, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    for item in ["1", "2"] {
        tap(&mut andres, &scene, &[("what", "item-begins"), ("item", item)]).await.expect(303);
        house.pass(minutes(10));
        tap(&mut andres, &scene, &[("what", "item-ends"), ("item", item)]).await.expect(303);
    }
    for item in ["3", "4"] {
        tap(&mut andres, &scene, &[("what", "leave-and-begin"), ("item", item)]).await.expect(303);
        house.pass(minutes(10));
        tap(&mut andres, &scene, &[("what", "item-ends"), ("item", item)]).await.expect(303);
    }
    // The page offers it, and everybody else learns nothing of it.
    let room = andres.get(&scene.path("/record")).await.expect(200);
    assert!(room.says("¿Ha entrado alguien que nunca pidió plaza?") && !room.says("Eva Ruiz"), "{}", room.text());
    let form = scene.path("/record/unseated");
    seen.get(&form).await.expect(404);
    seen.get(&scene.path("/place")).await.expect(404);
    // Who it is has to be somebody who learns there, and no whoever keeps the record.
    for who in ["Iker Sanz", scene.mentor.address.as_str(), "Andrés Güell"] {
        assert!(
            said(&mut andres, &scene, (who, "10:05", "")).await.expect(422).says("No es nadie que aprenda"),
            "{who}"
        );
    }
    said(&mut andres, &scene, ("Nadie Nunca", "10:05", "")).await.expect(422);
    assert!(said(&mut andres, &scene, ("Eva Ruiz", "", "")).await.expect(422).says("Falta la hora"));
    let backwards = said(&mut andres, &scene, ("Eva Ruiz", "10:15", "10:05")).await.expect(422);
    assert!(backwards.says("Habría salido antes de entrar") && backwards.says("value=\"Eva Ruiz\""));
    // She came in at the middle of the first item and is still there: everything was closed to her.
    said(&mut andres, &scene, (&eva.address, "10:05", "")).await.expect(303);
    let room = andres.get(&scene.path("/record")).await.expect(200);
    assert!(room.says("Eva Ruiz") && room.says("sin plaza") && room.says("Ha salido Eva Ruiz"), "{}", room.text());
    assert!(room.title().contains("Eva Ruiz"), "{}", room.title());
    assert!(room.statements() <= 13, "{}", room.statements());
    let told = sara.get("/notices").await.expect(200);
    for item in 1..=4 {
        let told_of = format!("Eva Ruiz (sin plaza) estuvo en la sala durante el punto {item}");
        assert!(told.says(&told_of), "{told_of}: {}", told.text());
    }
    assert!(!told.says("Lucía"), "{}", told.text());
    tap(&mut andres, &scene, &[("what", "told-to-leave")]).await.expect(303);
    let place = seen.get(&scene.path("/place")).await.expect(200);
    assert!(place.says("Hay que salir ahora"), "{}", place.text());
    let refused = tap(&mut andres, &scene, &[("what", "item-begins"), ("item", "5")]).await.expect(422);
    assert!(refused.says("Antes tiene que salir: Eva Ruiz"), "{}", refused.text());
    tap(&mut andres, &scene, &[("what", "leave-and-begin"), ("item", "5")]).await.expect(303);
    house.pass(minutes(5));
    tap(&mut andres, &scene, &[("what", "closed")]).await.expect(303);
    let over = seen.get(&scene.path("/place")).await.expect(200);
    assert!(over.says("Estuviste en la sala sin plaza"), "{}", over.text());
    // Annex, attendance under privilege and list of insiders say so, and with each other.
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("Eva Ruiz (sin plaza): dentro, 10:05–10:10, sin plaza: exposición"), "{annex}");
    assert!(annex.contains("Eva Ruiz (sin plaza): dentro, 10:10–10:20, sin plaza: exposición"), "{annex}");
    assert!(annex.contains("Eva Ruiz (sin plaza): dentro, 10:30–10:40, estando cerrado: exposición"), "{annex}");
    assert!(
        annex.contains("Eva Ruiz (sin plaza): sin firmar") && annex.contains("Lucía Ibáñez: dentro, 10:00–10:10"),
        "{annex}"
    );
    // Hours are of those with a seat: she was not there to learn.
    let hours = sara.get("/sittings").await.expect(200);
    assert!(hours.says("20 min de observación, según el registro"), "{}", hours.text());
    let privilege = sara.get(&scene.path("/record/privilege")).await.expect(200).read();
    assert!(privilege.contains("Eva Ruiz (sin plaza): dentro, 10:20–10:30, estando cerrado"), "{privilege}");
    let list = sara.get("/insiders").await.expect(200);
    assert!(
        list.says("Una exposición en la lista") && list.says("2027-01-11, 09:30 UTC") && list.says("Ruiz"),
        "{}",
        list.text()
    );
    assert!(seen.get("/duties").await.expect(200).says("1014"), "what follows is told to her as well");
    let mut api = program(house, &scene.secretary).await;
    let path = format!("/api/me/sittings/{}/record", scene.sitting);
    let record = api.get(&path).await.expect(200).json();
    assert_eq!(record["exposures"].as_array().unwrap().len(), 4);
    let own = record["observers"].as_array().unwrap().iter().find(|one| one["name"] == "Eva Ruiz").unwrap();
    assert_eq!((&own["has_seat"], &own["is_in"]), (&json!(false), &json!(false)));
    is_whole(house).await;
    // By a program the same; of whoever does not learn there nothing is taken.
    let comes = |observer: &Person, what: &str, at: &str| {
        let one = json!({ "client": Uuid::now_v7(), "what": what, "observer": observer.id, "at": at });
        json!({ "entries": [one] })
    };
    send(&mut api, Method::POST, &path, &comes(&stranger, "comes", "2027-01-11T09:41:00Z")).await.expect(404);
    let zoe = house.person(scene.secretary.organisation, "Zoe Lara", &[]).await;
    enrol(house, &scene.coordinator, scene.edition, Side::Mentee, std::slice::from_ref(&zoe)).await;
    send(&mut api, Method::POST, &path, &comes(&zoe, "comes", "2027-01-11T09:42:00Z")).await.expect(200);
    let told =
        send(&mut api, Method::POST, &path, &comes(&zoe, "leaves", "2027-01-11T09:44:00Z")).await.expect(200).json();
    let last = told["exposures"].as_array().unwrap().iter().find(|one| one["observer"] == zoe.id.to_string()).unwrap();
    assert_eq!((&last["class"], &last["until"]), (&json!("open"), &json!("2027-01-11T09:44:00Z")));
    assert!(!told["closed_at"].is_null(), "what was before the end does not open the record again");
    // The secretary says it of somebody afterwards, and takes it back as everything else.
    house.pass(minutes(24 * 60));
    let before = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    said(&mut sara, &scene, ("Zoe Lara", "10:01", "10:03")).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(
        annex.contains("Zoe Lara (sin plaza): dentro, 10:01–10:03, sin plaza: exposición") && annex != before,
        "{annex}"
    );
    is_whole(house).await;
    // It was somebody else: of whom everything was struck the papers say nothing any more.
    let entries = scene.path("/record/entries");
    let page = sara.get(&entries).await.expect(200).text();
    for line in page.split("<li id=\"entry-").filter(|line| line.contains("Zoe Lara") && line.contains("<form")) {
        let client = Uuid::now_v7().to_string();
        let number = line.split('"').next().unwrap();
        let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "somebody-else")];
        sara.post(&entries, &struck).await.expect(303);
    }
    for path in ["/record/annex", "/record", "/record/privilege"] {
        assert!(!sara.get(&scene.path(path)).await.expect(200).says("Zoe"), "{path}");
    }
    assert!(sara.get(&entries).await.expect(200).says("Zoe Lara (sin plaza)"), "what was written stays");
    is_whole(house).await;
});
