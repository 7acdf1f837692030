//! What happens to a record from several sides: two keepers at once, a class that its secretary changes at the door while the item runs, a
//! chair without account who agrees by link, and what is told too late.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::observations::record::actions;
use uuid::Uuid;

use super::scene::{Scene, scene};
use super::{minutes, tap};
use crate::api::{problem, program, send};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};

const CHAIR: &str = "rosa.marin@astilleros.example";

fn path(scene: &Scene) -> String {
    format!("/api/me/sittings/{}/record", scene.sitting)
}

/// Tells what happened until it is taken, as a phone does.
async fn told(program: &mut Client, scene: &Scene, entry: &Value) {
    for _ in 0..20 {
        let body = json!({ "entries": [entry] });
        let seen = send(program, Method::POST, &path(scene), &body).await;
        match seen.status.as_u16() {
            409 | 503 => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            status => return assert_eq!(status, 200, "{}", seen.text()),
        }
    }
    panic!("it is never taken: {entry}");
}

story!(two_keepers_at_once_write_one_record, async |house: &House| {
    let scene = scene(house).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let (mut sara, mut andres) = (program(house, &scene.secretary).await, program(house, &scene.mentor).await);
    let lucia = scene.observer.id;
    for round in 0..4_u32 {
        house.pass(minutes(1));
        let what = |what: &str, item: Option<u32>| json!({ "client": Uuid::now_v7(), "what": what, "item": item, "observer": item.is_none().then_some(lucia), "ago": 0, "again": true });
        let person = what(if round.is_multiple_of(2) { "comes" } else { "leaves" }, None);
        let item = what(if round.is_multiple_of(2) { "item-begins" } else { "item-ends" }, Some(1));
        // Both tell what they saw, and one of them what the other tells as well, under the same name.
        let both = async {
            told(&mut sara, &scene, &person).await;
            told(&mut sara, &scene, &item).await;
        };
        tokio::join!(both, told(&mut andres, &scene, &item));
    }
    let record = sara.get(&path(&scene)).await.expect(200).json();
    let kinds: Vec<&str> =
        record["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    let count = |kind: &str| kinds.iter().filter(|one| **one == kind).count();
    assert_eq!(kinds.len(), 2 + 8, "{kinds:?}");
    assert_eq!((count("item-begins"), count("item-ends"), count("leaves")), (2, 2, 2), "{kinds:?}");
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
});

/// Writes the class of an item at the secretary's door.
pub async fn classify(browser: &mut Client, scene: &Scene, item: u32, class: &str) {
    let mut form = fields(&browser.get(&scene.path("/items")).await.expect(200).text());
    form.insert(format!("class-{item}"), class.to_owned());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&scene.path("/items"), &form).await.expect(303);
}

story!(a_class_that_changes_at_the_door_and_a_chair_who_agrees_by_link, async |house: &House| {
    let scene = scene(house).await;
    house.raw(&format!("UPDATE sittings SET chair_name = 'Rosa Marín', chair_address = '{CHAIR}'")).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(3));
    classify(&mut sara, &scene, 1, "supervisory").await;
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Hay que salir ahora"));
    assert!(sara.get(&scene.path("/record")).await.expect(200).says("dentro de lo que le está cerrado"));
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "leaves"), ("observer", &id)]).await.expect(303);
    // It was a mistake; whoever presides has to agree to the open class anew, and has no account.
    classify(&mut sara, &scene, 1, "open").await;
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Espera fuera"));
    house.work().await;
    let mail = house.mail_saying(CHAIR, "se han clasificado los puntos").await;
    let link = format!("/o/{}", mail.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap());
    let mut rosa = house.stranger();
    let seen = fields(&rosa.get(&link).await.expect(200).text())["seen"].clone();
    house.pass(minutes(1));
    rosa.post(&link, &[("do", "chair"), ("seen", &seen)]).await.expect(303);
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Ya puedes entrar"));
    // What she did is nobody's whom the record could name.
    let entries = sara.get(&scene.path("/record/entries")).await.expect(200);
    assert_eq!(entries.text().matches("por el enlace de un correo").count(), 1, "{}", entries.text());
    let record = program(house, &scene.secretary).await.get(&path(&scene)).await.expect(200).json();
    let last = record["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["kind"], &last["by"]), (&json!("class-changed"), &Value::Null));
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
    // Some time after the end the house no longer knows who she was.
    assert!(sara.get(&scene.path("")).await.expect(200).says("Rosa Marín"));
    house.pass(SignedDuration::from_hours(91 * 24));
    house.work().await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let page = sara.get(&scene.path("")).await.expect(200);
    assert!(!page.says("Rosa Marín") && page.says("cuyo nombre ya no se guarda"), "{}", page.text());
    // The annex does not say that whoever received presided: it was somebody else.
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    let presided = annex.split("Presidencia").nth(1).unwrap();
    assert!(presided.trim_start().starts_with("una persona de fuera"), "{annex}");
});

story!(what_is_told_too_late_is_refused_and_has_no_false_time, async |house: &House| {
    let scene = scene(house).await;
    let mut program = program(house, &scene.secretary).await;
    let lucia = scene.observer.id;
    let comes = |more: &[(&str, Value)]| {
        let mut entry = json!({ "client": Uuid::now_v7(), "what": "comes", "observer": lucia, "again": true });
        for (name, value) in more {
            entry[*name] = value.clone();
        }
        json!({ "entries": [entry] })
    };
    house.pass(minutes(30));
    // A phone whose clock was set three days on knows at least when it last heard of us.
    let days = 72 * 3_600_000;
    let jumped = comes(&[("ago", json!(days)), ("after", json!("2027-01-11T09:20:00Z"))]);
    let told = send(&mut program, Method::POST, &path(&scene), &jumped).await.expect(200).json();
    assert_eq!(told["entries"][2]["at"], "2027-01-11T09:20:00Z");
    // Without that it is not taken as if it had been two days ago.
    house.pass(minutes(2));
    let refused = send(&mut program, Method::POST, &path(&scene), &comes(&[("ago", json!(days))])).await.expect(422);
    assert!(problem(&refused)["errors"][0]["detail"].as_str().unwrap().contains("48"), "{}", refused.text());
    // A sheet says of which hour it was; of another day it is not of this sitting.
    for at in ["2027-01-09T09:00:00Z", "2027-01-13T09:00:00Z"] {
        house.pass(SignedDuration::from_hours(30));
        send(&mut program, Method::POST, &path(&scene), &comes(&[("at", json!(at))])).await.expect(422);
        let correction = json!({ "client": Uuid::now_v7(), "entry": 3, "at": at });
        send(&mut program, Method::POST, &format!("{}/corrections", path(&scene)), &correction).await.expect(422);
    }
});
