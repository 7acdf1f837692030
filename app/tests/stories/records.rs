//! What happened in the room: a board meeting of five items from the first to the last tap, what is told twice or late, what comes out, what
//! is found by the check of the chains, and what everybody else learns.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

mod attendance;
mod begins;
mod bytes;
mod instants;
mod list;
mod phones;
mod register;
mod room;
pub mod scene;
mod unseated;

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::Statement;
use telemaco::identity::Part;
use uuid::Uuid;

use crate::api::{problem, program, send};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, Seen};
use scene::{Scene, scene};

fn minutes(minutes: i64) -> SignedDuration {
    SignedDuration::from_mins(minutes)
}

/// One tap of the keeper, as the form without scripts sends it.
pub async fn tap(browser: &mut Client, scene: &Scene, fields: &[(&str, &str)]) -> Seen {
    let client = Uuid::now_v7().to_string();
    let mut all = vec![("client", client.as_str())];
    all.extend_from_slice(fields);
    browser.post(&scene.path("/record"), &all).await
}

/// The meeting as it is meant to go, with one exposure in its fourth item.
pub async fn play(house: &House, scene: &Scene, keeper: &mut Client) {
    let lucia = scene.observer.id.to_string();
    let comes = [("what", "comes"), ("observer", lucia.as_str())];
    let leaves = [("what", "leaves"), ("observer", lucia.as_str())];
    tap(keeper, scene, &comes).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(9));
    tap(keeper, scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    tap(keeper, scene, &[("what", "item-begins"), ("item", "2")]).await.expect(303);
    house.pass(minutes(10));
    tap(keeper, scene, &[("what", "item-ends"), ("item", "2")]).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &[("what", "leave-and-begin"), ("item", "3")]).await.expect(303);
    house.pass(minutes(14));
    tap(keeper, scene, &[("what", "item-ends"), ("item", "3")]).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &comes).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &[("what", "item-begins"), ("item", "4"), ("all-the-same", "yes")]).await.expect(303);
    house.pass(minutes(2));
    tap(keeper, scene, &leaves).await.expect(303);
    house.pass(minutes(11));
    tap(keeper, scene, &[("what", "item-ends"), ("item", "4")]).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &comes).await.expect(303);
    tap(keeper, scene, &[("what", "item-begins"), ("item", "5")]).await.expect(303);
    house.pass(minutes(9));
    tap(keeper, scene, &[("what", "item-ends"), ("item", "5")]).await.expect(303);
    house.pass(minutes(1));
    tap(keeper, scene, &[("what", "closed")]).await.expect(303);
}

story!(a_meeting_of_five_items, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let (room, place) = (scene.path("/record"), scene.path("/place"));
    let id = scene.observer.id.to_string();
    let begun = sara.get(&room).await.expect(200);
    assert!(begun.says("No hay ningún punto en curso") && begun.says("no ha entrado"), "{}", begun.text());
    assert!(begun.says("secreto profesional") || begun.says("Secreto profesional"));
    assert!(lucia.get(&place).await.expect(200).says("Espera a que empiece el punto siguiente"));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    assert!(sara.get(&room).await.expect(200).title().contains("Punto 1: dentro, Lucía Ibáñez"));
    assert!(lucia.get(&place).await.expect(200).says("Puedes estar en la sala"));
    let runs = tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "2")]).await.expect(422);
    assert!(runs.says("El punto 1 no ha terminado todavía"));
    house.pass(minutes(9));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "2")]).await.expect(303);
    house.pass(minutes(10));
    // Before an item at which she must be out, the page warns; it is not begun silently.
    let warns = sara.get(&room).await.expect(200);
    assert!(warns.says("El punto 3 (Secreto profesional): antes tiene que salir Lucía Ibáñez"), "{}", warns.text());
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "2")]).await.expect(303);
    let refused = tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "3")]).await.expect(422);
    assert!(refused.says("Antes tiene que salir: Lucía Ibáñez") && refused.says("Sale y empieza el punto 3"));
    assert!(!refused.says("http-equiv"), "a warning does not go away by itself");
    // One tap, and her phone says it.
    tap(&mut sara, &scene, &[("what", "told-to-leave")]).await.expect(303);
    let phone = lucia.get(&place).await.expect(200);
    assert!(phone.says("Hay que salir ahora") && phone.says("http-equiv=\"refresh\""));
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "leave-and-begin"), ("item", "3")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Espera fuera"));
    let back = tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(422);
    assert!(back.says("Antes tiene que salir"));
    house.pass(minutes(14));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "3")]).await.expect(303);
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "4")]).await.expect(422);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "4"), ("all-the-same", "yes")]).await.expect(303);
    assert!(sara.get(&room).await.expect(200).says("dentro de lo que le está cerrado"));
    assert!(lucia.get(&place).await.expect(200).says("Hay que salir ahora"));
    // The secretary is told at once; the mail names nobody.
    assert!(sara.get("/notices").await.expect(200).says("Lucía Ibáñez estuvo en la sala durante el punto 4"));
    house.work().await;
    let mail = house.mail_to(&scene.secretary.address).await.unwrap();
    assert!(
        mail.contains("exposición accidental") && !mail.contains("Lucía") && !mail.contains("sesión 1014"),
        "{mail}"
    );
    house.pass(minutes(2));
    tap(&mut sara, &scene, &[("what", "leaves"), ("observer", &id)]).await.expect(303);
    house.pass(minutes(11));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "4")]).await.expect(303);
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "5")]).await.expect(303);
    house.pass(minutes(9));
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("La sesión ha terminado"));
    assert!(sara.get(&room).await.expect(200).title().contains("El registro está cerrado"));
    let closed = tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(422);
    assert!(closed.says("El registro está cerrado"));
    what_comes_out(&mut sara, &scene).await;
    let pages = [room, scene.path("/record/entries"), scene.path("/record/sheet")];
    for page in pages {
        let seen = sara.get(&page).await.expect(200);
        assert!(!seen.says("Unknown localization") && seen.statements() <= 12, "{page}: {}", seen.statements());
    }
});

/// The annex, the attendance under privilege and the list of insiders say the same, to the minute.
async fn what_comes_out(sara: &mut Client, scene: &Scene) {
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200);
    let read = annex.read();
    assert!(read.contains("10:01–10:10") && read.contains("dentro, 10:10–10:20"), "{read}");
    assert!(read.contains("10:21–10:35") && read.contains("Lucía Ibáñez: fuera"), "{read}");
    assert!(read.contains("dentro, 10:37–10:39, estando cerrado: exposición"), "{read}");
    assert!(read.contains("Hubo una exposición accidental.") && read.contains("texto 71, firmado"), "{read}");
    assert!(read.contains(&scene.digest), "under which undertaking: {read}");
    assert!(read.contains("10:00–11:00"), "from the first that happened to the last: {read}");
    let privilege = sara.get(&scene.path("/record/privilege")).await.expect(200).read();
    assert!(privilege.contains("10:21–10:35") && privilege.contains("Lucía Ibáñez: fuera"), "{privilege}");
    assert!(!privilege.contains("10:37"), "{privilege}");
    let insiders = sara.get("/insiders").await.expect(200);
    assert!(
        insiders.says("2027-01-11, 09:37 UTC") && insiders.says("de 2027-01-11, 09:37 UTC a 2027-01-11, 09:39 UTC")
    );
    let register = sara.get("/records").await.expect(200);
    assert!(
        register.says("Sesión 1014, punto 4")
            && register.says("Lucía Ibáñez")
            && !register.says("Unknown localization")
    );
    assert!(register.statements() <= 13, "{}", register.statements());
}

story!(the_list_of_insiders, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    assert!(sara.get("/insiders").await.expect(200).says("No hay nadie en la lista de iniciados"));
    play(house, &scene, &mut sara).await;
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Una exposición en la lista de iniciados") && list.says("Faltan 4 datos"), "{}", list.text());
    let link = list.text().split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("/insiders/{link}");
    let page = sara.get(&path).await.expect(200);
    let mut form = fields(&page.text());
    assert_eq!((form["value-first-names"].as_str(), form["value-surnames"].as_str()), ("Lucía", "Ibáñez"));
    form.insert("value-born".to_owned(), "1990-02-03".to_owned());
    form.insert("value-national-number".to_owned(), "12345678Z".to_owned());
    let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path, &sent).await.expect(303);
    // Whoever comes second with an older version is told so, and keeps what they typed.
    let second = sara.post(&path, &sent).await.expect(409);
    assert!(second.says("La lista ha cambiado mientras tanto") && second.says("12345678Z"));
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("12345678Z") && list.says("Faltan 3 datos"));
    let csv = sara.get("/insiders/export?form=csv").await.expect(200);
    assert!(csv.says("12345678Z") && csv.says("2027-01-11, 09:37 UTC") && csv.says("Fecha de nacimiento"));
    let xlsx = sara.get("/insiders/export?form=xlsx").await.expect(200);
    assert!(xlsx.body.starts_with(b"PK"));
    // Its columns are data.
    let mut form = fields(&sara.get("/insiders/columns").await.expect(200).text());
    let count: usize = form["lines"].parse().unwrap();
    form.insert("es-0".to_owned(), String::new());
    let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(sara.post("/insiders/columns", &sent).await.expect(422).says("Falta el nombre de la columna"));
    form.insert("es-0".to_owned(), "Origen".to_owned());
    form.insert(format!("es-{}", count - 1), "Salió de la sala".to_owned());
    form.insert(format!("en-{}", count - 1), "Left the room".to_owned());
    form.insert(format!("source-{}", count - 1), "left".to_owned());
    form.insert(format!("place-{}", count - 1), "1".to_owned());
    let born = (0..count).find(|place| form[&format!("key-{place}")] == "born").unwrap();
    form.insert(format!("drop-{born}"), "yes".to_owned());
    let sent: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post("/insiders/columns", &sent).await.expect(303);
    sara.post("/insiders/columns", &sent).await.expect(409);
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Salió de la sala") && list.says("2027-01-11, 09:39 UTC") && !list.says("1990-02-03"));
    // As a program reads it: without what is somebody's own.
    let mut program = program(house, &scene.secretary).await;
    let told = program.get("/api/insiders").await.expect(200);
    assert!(!told.says("12345678Z") && !told.says("Ibáñez") && !told.says("1990"), "{}", told.text());
    assert_eq!(told.json()["items"][0]["values"]["obtained"], "2027-01-11, 09:37 UTC");
    // Whoever took it out of the house stands in the trail, without what it says.
    let mut ana = house.browser_of(&scene.coordinator).await;
    let trail = ana.get("/audit?verb=observations.insiders").await.expect(200);
    assert_eq!(trail.text().matches("Sara Soto").count(), 3, "{}", trail.text());
    assert!(!trail.says("Lucía"));
});

story!(what_is_told_twice_or_late, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let path = format!("/api/me/sittings/{}/record", scene.sitting);
    let lucia = scene.observer.id;
    let one = json!({ "client": Uuid::now_v7(), "what": "comes", "observer": lucia });
    let told = send(&mut program, Method::POST, &path, &json!({ "entries": [one] })).await.expect(200).json();
    // The record begins with what its sitting is, and what was signed for it.
    let kinds: Vec<&str> =
        told["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["sitting", "signs", "enters"]);
    let again = send(&mut program, Method::POST, &path, &json!({ "entries": [one] })).await.expect(200).json();
    assert_eq!(again["entries"].as_array().unwrap().len(), 3, "once, however often it is sent");
    // What happens now may be refused; nothing of what is sent with it is written.
    let begins = |item: u32| json!({ "client": Uuid::now_v7(), "what": "item-begins", "item": item });
    let mixed = json!({ "entries": [begins(3), { "client": Uuid::now_v7(), "what": "closed" }] });
    let refused = send(&mut program, Method::POST, &path, &mixed).await.expect(422);
    assert_eq!(problem(&refused)["errors"][0]["field"], "item-3");
    assert_eq!(program.get(&path).await.expect(200).json()["entries"].as_array().unwrap().len(), 3);
    // What happened while there was no connection is written in its order, with its times, and an exposure where there was one.
    house.pass(minutes(10));
    let late = json!({ "entries": [
        { "client": Uuid::now_v7(), "what": "item-begins", "item": 3, "ago": 300_000, "again": true },
        { "client": Uuid::now_v7(), "what": "leaves", "observer": lucia, "ago": 240_000, "again": true },
        { "client": Uuid::now_v7(), "what": "item-ends", "item": 3, "ago": 60_000 },
    ] });
    let told = send(&mut program, Method::POST, &path, &late).await.expect(200).json();
    let kinds: Vec<&str> =
        told["entries"].as_array().unwrap().iter().map(|entry| entry["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[2..], ["enters", "item-begins", "exposure", "leaves", "exposure", "item-ends"]);
    assert_eq!(told["exposures"][0]["from"], "2027-01-11T09:05:00Z");
    assert_eq!(told["exposures"][0]["until"], "2027-01-11T09:06:00Z");
    assert_eq!(told["exposures"][0]["class"], "legal-advice");
    // She had left before it began: the correction takes the exposure back and changes no entry.
    let correction = json!({ "client": Uuid::now_v7(), "entry": 6, "at": "2027-01-11T09:04:00Z" });
    let path_of = format!("{path}/corrections");
    let told = send(&mut program, Method::POST, &path_of, &correction).await.expect(200).json();
    assert_eq!(told["exposures"], json!([]));
    assert_eq!(told["entries"].as_array().unwrap().len(), 10);
    send(&mut program, Method::POST, &path_of, &correction).await.expect(200);
    let wrong = json!({ "client": Uuid::now_v7(), "entry": 5, "at": "2027-01-11T09:04:00Z" });
    send(&mut program, Method::POST, &path_of, &wrong).await.expect(422);
    let future = json!({ "client": Uuid::now_v7(), "entry": 3, "at": "2028-01-11T09:04:00Z" });
    send(&mut program, Method::POST, &path_of, &future).await.expect(422);
    // The same with forms: an entry's time, and one that did not happen.
    let entries = scene.path("/record/entries");
    let list = sara.get(&entries).await.expect(200);
    assert!(list.says("corregido") && list.says("No hubo exposición de Lucía Ibáñez en el punto 3"), "{}", list.text());
    let client = Uuid::now_v7().to_string();
    let fields = [("client", client.as_str()), ("entry", "8"), ("day", "2027-01-11"), ("time", "10:08:30")];
    sara.post(&entries, &fields).await.expect(303);
    let client = Uuid::now_v7().to_string();
    let missing = [("client", client.as_str()), ("entry", "8"), ("day", "2027-01-11"), ("time", "")];
    assert!(sara.post(&entries, &missing).await.expect(422).says("Falta la hora"));
    sara.post(&entries, &[("client", client.as_str()), ("entry", "3"), ("struck", "yes")]).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200);
    assert!(annex.says("El registro contiene 3 correcciones") && annex.says("10:05–10:08"), "{}", annex.text());
    let place = program_of_observer(house, &scene).await;
    assert_eq!(place["place"], "waiting");
});

async fn program_of_observer(house: &House, scene: &Scene) -> serde_json::Value {
    let mut lucia = program(house, &scene.observer).await;
    lucia.get(&format!("/api/me/sittings/{}/place", scene.sitting)).await.expect(200).json()
}

/// Has the observer only ask for her seat, to which the host has agreed; gives the secretary's door to it.
pub async fn asked(house: &House, scene: &Scene) -> String {
    house
        .raw("UPDATE seats SET state = 'asked', host_answer = 'agreed'; UPDATE seat_standings SET state = 'asked'")
        .await;
    seat(house, scene, "/answer").await
}

/// A door to the only seat.
pub async fn seat(house: &House, scene: &Scene, door: &str) -> String {
    let seat = house.app.db.rows(&SEAT, Vec::new()).await.unwrap()[0].get::<Uuid>("id").unwrap();
    scene.path(&format!("/seats/{seat}{door}"))
}

static SEAT: Statement = Statement::new("SELECT id FROM seats", file!(), line!());

story!(a_seat_given_while_an_item_runs_opens_no_door_to_it, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let lucia = scene.observer.id.to_string();
    let seat = asked(house, &scene).await;
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(1));
    sara.post(&seat, &[("answer", "agreed")]).await.expect(303);
    let mut phone = house.browser_of(&scene.observer).await;
    assert!(phone.get(&scene.path("/place")).await.expect(200).says("Ya puedes entrar"));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "3")]).await.expect(303);
    assert!(phone.get(&scene.path("/place")).await.expect(200).says("Espera fuera"));
    let comes = [("what", "comes"), ("observer", lucia.as_str())];
    let refused = tap(&mut sara, &scene, &comes).await.expect(422);
    assert!(refused.says("Antes tiene que salir: Lucía"), "{}", refused.text());
    // What has begun is neither moved nor called off.
    let page = sara.get(&scene.path("/edit")).await.expect(200);
    let form = fields(&page.text());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&scene.path("/edit"), &form).await.expect(422);
    sara.post(&scene.path("/cancel"), &[("version", &fields(&page.text())["version"])]).await.expect(422);
});

story!(what_was_agreed_to_afterwards_let_nobody_in_before, async |house: &House| {
    let scene = scene(house).await;
    house.pass(minutes(600));
    house.raw("UPDATE sitting_items SET agreed_at = NULL; DELETE FROM item_classes WHERE number = 2").await;
    house.raw(&format!("UPDATE sittings SET chair = {}", house.literal(scene.secretary.id.0))).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let seen = fields(&sara.get(&scene.path("")).await.expect(200).text())["seen"].clone();
    sara.post(&scene.path("/items/agree"), &[("seen", &seen)]).await.expect(303);
    let path = scene.path("/record/sheet");
    let mut form = fields(&sara.get(&path).await.expect(200).text());
    let happened = [(format!("comes {}", scene.observer.id), "10:00"), ("begins 1".to_owned(), "10:01")];
    for (place, (what, time)) in happened.into_iter().enumerate() {
        form.insert(format!("what-{place}"), what);
        form.insert(format!("time-{place}"), time.to_owned());
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path, &form).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200);
    assert!(annex.says("estando cerrado: exposición"), "{}", annex.text());
});

story!(a_sheet_is_typed_in_afterwards, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    house.pass(minutes(600));
    let path = scene.path("/record/sheet");
    let page = sara.get(&path).await.expect(200);
    assert!(page.says("Tienen que estar fuera") && page.says("Pasar la hoja"));
    let mut form = fields(&page.text());
    let lucia = scene.observer.id;
    let happened = [
        (format!("comes {lucia}"), "10:00"),
        ("begins 1".to_owned(), "10:01"),
        ("ends 1".to_owned(), "10:20"),
        (format!("leaves {lucia}"), "10:22"),
        ("begins 3".to_owned(), "10:21"),
        ("ends 3".to_owned(), "10:40"),
        ("closed".to_owned(), ""),
    ];
    for (place, (what, time)) in happened.iter().enumerate() {
        form.insert(format!("what-{place}"), what.clone());
        form.insert(format!("time-{place}"), (*time).to_owned());
    }
    let send = |form: &std::collections::BTreeMap<String, String>| {
        form.iter().map(|(name, value)| (name.clone(), value.clone())).collect::<Vec<_>>()
    };
    let sent = send(&form);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let again = sara.post(&path, &sent).await.expect(422);
    assert!(again.says("Falta la hora") && again.says("value=\"10:22\""));
    form.insert("time-6".to_owned(), "10:41".to_owned());
    let sent = send(&form);
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path, &sent).await.expect(303);
    sara.post(&path, &sent).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200);
    assert!(annex.says("dentro, 10:21–10:22, estando cerrado: exposición"), "{}", annex.text());
    let entries = sara.get(&scene.path("/record/entries")).await.expect(200);
    assert_eq!(entries.text().matches("id=\"entry-").count(), 2 + 8, "typed twice, written once");
    assert!(sara.post(&path, &[]).await.expect(422).says("La hoja está vacía"));
});

story!(another_keeper_and_a_class_that_changes, async |house: &House| {
    let scene = scene(house).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let mut andres = house.browser_of(&scene.mentor).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id.to_string();
    tap(&mut andres, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut andres, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    // The secretary keeps with whoever is named.
    assert!(sara.get(&scene.path("/record")).await.expect(200).title().contains("Punto 1: dentro"));
    house.pass(minutes(4));
    room::classify(&mut sara, &scene, 1, "supervisory").await;
    scene.follow(house).await;
    scene.follow(house).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Hay que salir ahora"));
    house.pass(minutes(1));
    tap(&mut andres, &scene, &[("what", "leaves"), ("observer", &id)]).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("dentro, 10:00–10:04") && annex.contains("dentro, 10:04–10:05, estando cerrado"), "{annex}");
    let entries = sara.get(&scene.path("/record/entries")).await.expect(200);
    assert_eq!(entries.text().matches("El punto 1 pasa a ser").count(), 1, "nothing is written where nothing changed");
    // A sitting that is called off has no record.
    scene.set_state(house, "cancelled").await;
    assert!(tap(&mut andres, &scene, &[("what", "closed")]).await.expect(422).says("no está abierta"));
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut sara).await;
    let foreigner = house.organisation("Universidad del Sur", "Fermín Sur").await;
    let foreigner = house.person(foreigner.organisation, "Felisa Sur", &Part::ALL).await;
    let other = house.person(scene.secretary.organisation, "Otto Vidal", &[Part::Mentee, Part::Host]).await;
    let insider = sara.get("/insiders").await.expect(200).text();
    let insider = insider.split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let record =
        ["/record", "/record/entries", "/record/sheet", "/record/annex", "/record/privilege", "/record/export"];
    let of_record: Vec<String> = record.iter().map(|page| scene.path(page)).collect();
    let of_secretary = [
        format!("/insiders/{insider}"),
        format!("/insiders/{insider}/versions"),
        "/records".into(),
        "/insiders".into(),
        "/insiders/export".into(),
        "/insiders/columns".into(),
    ];
    for person in [&scene.coordinator, &scene.mentor, &scene.observer, &other, &foreigner] {
        let mut browser = house.browser_of(person).await;
        let mut program = program(house, person).await;
        let is_secretary_elsewhere = person.id == foreigner.id;
        for page in &of_record {
            browser.get(page).await.expect(404);
        }
        for page in of_secretary.iter().take(if is_secretary_elsewhere { 2 } else { 6 }) {
            browser.get(page).await.expect(404);
        }
        for page in ["/records", "/insiders", "/insiders/export"].iter().filter(|_| is_secretary_elsewhere) {
            let seen = browser.get(page).await.expect(200);
            assert!(!seen.says("Lucía") && !seen.says("1014"), "{page}");
        }
        if person.id != scene.observer.id {
            browser.get(&scene.path("/place")).await.expect(404);
            program.get(&format!("/api/me/sittings/{}/place", scene.sitting)).await.expect(404);
        }
        tap(&mut browser, &scene, &[("what", "closed")]).await.expect(404);
        let fields = [("client", "019420a5-0000-7000-8000-000000000001"), ("entry", "1"), ("struck", "yes")];
        browser.post(&scene.path("/record/entries"), &fields).await.expect(404);
        browser.post(&scene.path("/record/sheet"), &[]).await.expect(404);
        program.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(404);
        let body = json!({ "entries": [] });
        let path = format!("/api/me/sittings/{}/record", scene.sitting);
        send(&mut program, Method::POST, &path, &body).await.expect(404);
    }
    let mut stranger = house.stranger();
    for page in of_record.iter().chain(&of_secretary) {
        assert!(stranger.get(page).await.expect(303).location().starts_with("/sign-in"), "{page}");
    }
    // The keeper is no observer, and the trail names nobody and says nothing of what was recorded.
    sara.get(&scene.path("/place")).await.expect(404);
    let trail = house.browser_of(&scene.coordinator).await.get("/audit?verb=observations.record").await.expect(200);
    assert!(trail.says("Registro de la sala") && !trail.says("Lucía") && !trail.says("inside"));
});
