//! Whatever is told late is judged by what held when it happened: class, seat, answers, clearance, policy. What changes while an item runs
//! reaches whoever is in the room at once, and stands in the record with its own instant.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::observations::record::actions;
use telemaco::observations::record::chain::Fault;
use uuid::Uuid;

use super::attendance::typed;
use super::room::classify;
use super::scene::{Scene, scene};
use super::{asked, minutes, seat, tap};
use crate::api::{program, send};
use crate::observations::settled;
use crate::story;
use crate::support::form::{fields, sent};
use crate::support::{Client, House};

/// The exposures that stand: of which item and class, from when to when.
async fn exposures(program: &mut Client, scene: &Scene) -> Vec<(u64, String, String, String)> {
    let record = program.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or("-").replace("2027-01-11T", "").replace(":00Z", "");
    let one =
        |one: &Value| (one["item"].as_u64().unwrap(), text(&one["class"]), text(&one["from"]), text(&one["until"]));
    let mut all: Vec<_> = record["exposures"].as_array().unwrap().iter().map(one).collect();
    all.sort_by(|one, other| one.2.cmp(&other.2));
    all
}

fn exposed(item: u64, class: &str, from: &str, until: &str) -> (u64, String, String, String) {
    (item, class.to_owned(), from.to_owned(), until.to_owned())
}

async fn is_whole(house: &House) {
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert!(checked.faults.is_empty(), "{:?}", checked.faults);
}

/// The secretary presides as well.
async fn presides(house: &House, scene: &Scene) {
    house.raw(&format!("UPDATE sittings SET chair = {}", house.literal(scene.secretary.id.0))).await;
}

/// Whoever presides agrees to the classes.
async fn agree(browser: &mut Client, scene: &Scene) {
    let seen = fields(&browser.get(&scene.path("")).await.expect(200).text())["seen"].clone();
    browser.post(&scene.path("/items/agree"), &[("seen", &seen)]).await.expect(303);
}

story!(who_is_given_a_seat_afterwards_was_exposed_all_the_same, async |house: &House| {
    let scene = scene(house).await;
    let seat = asked(house, &scene).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let id = scene.observer.id.to_string();
    house.pass(minutes(21));
    let page = sara.get(&scene.path("/record")).await.expect(200);
    assert!(page.says("Sin plaza") && page.says("Lucía Ibáñez") && page.says("Nadie tiene plaza"), "{}", page.text());
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "3")]).await.expect(303);
    house.pass(minutes(14));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "3")]).await.expect(303);
    // Somebody lets her in without one: it is recorded, and she is out of everything, of what is open too.
    house.pass(minutes(5));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    let refused = tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "5")]).await.expect(422);
    assert!(refused.says("Lucía Ibáñez"), "{}", refused.text());
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "5"), ("all-the-same", "yes")]).await.expect(303);
    house.pass(minutes(5));
    tap(&mut sara, &scene, &[("what", "leaves"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "5")]).await.expect(303);
    // At eleven she is given her seat, and the sheet says that she sat in the third item as well.
    house.pass(minutes(15));
    sara.post(&seat, &[("answer", "agreed")]).await.expect(303);
    let comes = [(format!("comes {id}"), "10:20"), (format!("leaves {id}"), "10:36")];
    typed(&mut sara, &scene, &comes).await;
    let wanted = [exposed(3, "legal-advice", "09:21", "09:35"), exposed(5, "open", "09:40", "09:45")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    for paper in ["/record/annex", "/record/privilege"] {
        let read = sara.get(&scene.path(paper)).await.expect(200).read();
        assert!(read.contains("dentro, 10:21–10:35, estando cerrado: exposición"), "{read}");
    }
    is_whole(house).await;
});

story!(a_sheet_is_judged_by_what_held_when_it_happened, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let id = scene.observer.id.to_string();
    presides(house, &scene).await;
    // While nobody keeps the record the first item is found to be supervisory. At noon everything is otherwise: the fourth is declassified
    // and agreed to, the first open again, and her clearance is taken back.
    house.pass(minutes(4));
    classify(&mut sara, &scene, 1, "supervisory").await;
    house.pass(minutes(116));
    classify(&mut sara, &scene, 4, "open").await;
    classify(&mut sara, &scene, 1, "open").await;
    agree(&mut sara, &scene).await;
    let (path, form) = sent(&sara.get("/room/clearances").await.expect(200).text(), "/revoke", &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path.unwrap(), &form).await.expect(303);
    house.pass(minutes(60));
    let happened = [
        (format!("comes {id}"), "10:00"),
        ("begins 1".to_owned(), "10:01"),
        ("ends 1".to_owned(), "10:09"),
        ("begins 2".to_owned(), "10:10"),
        ("ends 2".to_owned(), "10:20"),
        ("begins 4".to_owned(), "10:37"),
        (format!("leaves {id}"), "10:39"),
        ("ends 4".to_owned(), "10:50"),
        ("begins 5".to_owned(), "10:51"),
        ("closed".to_owned(), "11:00"),
    ];
    typed(&mut sara, &scene, &happened).await;
    let wanted = [exposed(1, "supervisory", "09:04", "09:09"), exposed(4, "inside-information", "09:37", "09:39")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("dentro, 10:01–10:04") && annex.contains("dentro, 10:10–10:20"), "{annex}");
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Una exposición en la lista") && list.says("2027-01-11, 09:37 UTC"), "{}", list.text());
    is_whole(house).await;
});

story!(a_conflict_that_is_settled_afterwards_kept_its_observer_out_before, async |house: &House| {
    let scene = scene(house).await;
    house
        .raw("UPDATE seats SET conflict = 'declared'; UPDATE seat_standings SET conflict = 'declared' WHERE number = 3")
        .await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let id = scene.observer.id.to_string();
    house.pass(minutes(60));
    settled(&mut sara, &seat(house, &scene, "").await, &[("none", "yes")]).await.expect(303);
    let happened = [
        (format!("comes {id}"), "10:00"),
        ("begins 1".to_owned(), "10:01"),
        ("ends 1".to_owned(), "10:09"),
        ("closed".to_owned(), "10:10"),
    ];
    typed(&mut sara, &scene, &happened).await;
    assert_eq!(exposures(&mut program, &scene).await, [exposed(1, "open", "09:01", "09:09")]);
});

story!(what_is_taken_back_while_an_item_runs_reaches_the_room_at_once, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let mut program = program(house, &scene.secretary).await;
    let (id, place) = (scene.observer.id.to_string(), scene.path("/place"));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "2")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Puedes estar en la sala"));
    // Her clearance is taken back, the policy is opened, closed again for good; and between taps her phone says so each time.
    house.pass(minutes(5));
    let (path, form) = sent(&sara.get("/room/clearances").await.expect(200).text(), "/revoke", &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path.unwrap(), &form).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Hay que salir ahora"));
    for (version, confidential, says) in
        [("0", "undertaken", "Puedes estar en la sala"), ("1", "never", "Hay que salir ahora")]
    {
        house.pass(minutes(2));
        let policy = [("version", version), ("confidential", confidential), ("secretary", "yes")];
        sara.post("/room", &policy).await.expect(303);
        assert!(lucia.get(&place).await.expect(200).says(says), "{confidential}");
    }
    // Cleared anew under a policy that asks for it, she may stay.
    house.pass(minutes(1));
    sara.post("/room", &[("version", "2"), ("confidential", "cleared"), ("secretary", "yes")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Hay que salir ahora"));
    sara.post("/room/clearances", &[("person", scene.observer.address.as_str()), ("until", "2027-12-31")])
        .await
        .expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Puedes estar en la sala"));
    house.pass(minutes(10));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "2")]).await.expect(303);
    let wanted = [exposed(2, "confidential", "09:05", "09:07"), exposed(2, "confidential", "09:09", "09:10")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    is_whole(house).await;
});

story!(what_lets_an_observer_in_reaches_the_room_at_once, async |house: &House| {
    let scene = scene(house).await;
    house.raw("DELETE FROM undertakings; UPDATE seats SET conflict = 'not-asked'").await;
    house.raw("UPDATE seat_standings SET conflict = 'not-asked'").await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let place = scene.path("/place");
    let (conflict, paper) = (seat(house, &scene, "/conflict").await, seat(house, &scene, "/undertaking").await);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    // Each of them does what is asked of them, nobody taps, and her phone says what it comes to.
    house.pass(minutes(1));
    lucia.post(&conflict, &[("has", "no")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Espera fuera"), "nothing is signed");
    let form = fields(&lucia.get(&paper).await.expect(200).text());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lucia.post(&paper, &form).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Ya puedes entrar"));
    house.pass(minutes(1));
    lucia.post(&conflict, &[("has", "yes"), ("words", "Mi hermana trabaja allí")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Espera fuera"));
    house.pass(minutes(1));
    settled(&mut sara, &seat(house, &scene, "").await, &[("none", "yes")]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("Ya puedes entrar"));
    is_whole(house).await;
    // The trail, which coordinators read, does not say who it was.
    let trail = house.browser_of(&scene.coordinator).await.get("/audit?verb=observations.record").await.expect(200);
    assert!(trail.says("Sara Soto") && !trail.says("Lucía"), "{}", trail.text());
});

story!(the_other_side_of_a_negotiation_agrees_while_it_runs, async |house: &House| {
    let scene = scene(house).await;
    house.raw("UPDATE sittings SET kind = 'negotiation'").await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Espera fuera"));
    house.pass(minutes(3));
    sara.post(&scene.path("/other-side"), &[]).await.expect(303);
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Ya puedes entrar"));
    // It agrees no more, and then again: the annex says both.
    house.pass(minutes(10));
    sara.post(&scene.path("/other-side"), &[("do", "take-back")]).await.expect(303);
    house.pass(minutes(5));
    sara.post(&scene.path("/other-side"), &[]).await.expect(303);
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("10:03 (Europe/Madrid), hasta 11 ene 2027, 10:13") && annex.contains("10:18"), "{annex}");
    let mut program = program(house, &scene.secretary).await;
    let told = program.get(&format!("/api/me/sittings/{}/record/annex", scene.sitting)).await.expect(200).json();
    let at = |minute: u32| json!(format!("2027-01-11T09:{minute:02}:00Z"));
    assert_eq!(told["other_side"], json!([{ "from": at(3), "until": at(13) }, { "from": at(18), "until": null }]));
    is_whole(house).await;
    // It agrees no more while no item runs, so that nobody is judged by it; the annex prints it all the same, and the record holds it.
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    house.pass(minutes(2));
    sara.post(&scene.path("/other-side"), &[("do", "take-back")]).await.expect(303);
    let until = house.app.now();
    house.pass(minutes(5));
    sara.post(&scene.path("/other-side"), &[]).await.expect(303);
    is_whole(house).await;
    let (until, later) = (until.as_microsecond(), (until + minutes(1)).as_microsecond());
    house.raw(&format!("UPDATE sittings SET other_side_was = replace(other_side_was, '{until}', '{later}')")).await;
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!(checked.faults, [(scene.chain(), Fault::Sitting)]);
});

story!(who_is_given_a_seat_by_the_share_out_is_let_in_at_once, async |house: &House| {
    let scene = scene(house).await;
    // It begins before its time, while a wish to which everybody said yes waits for the share-out.
    house.raw("UPDATE sittings SET starts_at = starts_at + 1800000000, ends_at = ends_at + 1800000000").await;
    house.raw("UPDATE seats SET state = 'asked', host_answer = 'agreed', secretary_answer = 'agreed'").await;
    house.raw("UPDATE seat_standings SET state = 'asked'").await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    assert!(!lucia.get(&scene.path("/place")).await.says("Ya puedes entrar"));
    is_whole(house).await;
    house.pass(minutes(2));
    sara.post(&format!("/editions/{}/sittings/share", scene.edition), &[]).await.expect(303);
    is_whole(house).await;
    assert!(lucia.get(&scene.path("/place")).await.expect(200).says("Ya puedes entrar"));
});

story!(taps_that_waited_have_the_times_at_which_they_were_tapped, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut phone = program(house, &scene.secretary).await;
    let path = format!("/api/me/sittings/{}/record", scene.sitting);
    let id = scene.observer.id.to_string();
    presides(house, &scene).await;
    house.pass(minutes(36));
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    // From 10:37 to 10:55 the phone has no connection; meanwhile the secretary classifies the item otherwise at her desk.
    house.pass(minutes(9));
    classify(&mut sara, &scene, 4, "supervisory").await;
    house.pass(minutes(10));
    let clients = [(); 3].map(|()| Uuid::now_v7());
    let waited = [
        json!({ "client": clients[0], "what": "item-begins", "item": 4, "ago": 18 * 60_000, "again": true }),
        json!({ "client": clients[1], "what": "leaves", "observer": id, "ago": 16 * 60_000, "before": clients[0], "again": true }),
        json!({ "client": clients[2], "what": "item-ends", "item": 4, "ago": 5 * 60_000, "before": clients[1], "again": true }),
    ];
    for one in waited {
        send(&mut phone, Method::POST, &path, &json!({ "entries": [one] })).await.expect(200);
    }
    assert_eq!(exposures(&mut phone, &scene).await, [exposed(4, "inside-information", "09:37", "09:39")]);
    // The same while an item runs on the server, whose class its secretary changes within the minute before the phone is back.
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "5")]).await.expect(303);
    house.pass(minutes(10));
    classify(&mut sara, &scene, 5, "legal-advice").await;
    house.pass(jiff::SignedDuration::from_secs(30));
    let left = json!({ "client": Uuid::now_v7(), "what": "leaves", "observer": id, "ago": 510_000, "again": true });
    send(&mut phone, Method::POST, &path, &json!({ "entries": [left] })).await.expect(200);
    assert_eq!(exposures(&mut phone, &scene).await.len(), 1, "she had gone before");
    let ended = json!({ "client": Uuid::now_v7(), "what": "item-ends", "item": 5, "ago": 0 });
    send(&mut phone, Method::POST, &path, &json!({ "entries": [ended] })).await.expect(200);
    // What is told first takes four seconds to come in, so that it seems to have happened after what was tapped two seconds later.
    house.pass(minutes(1));
    let (first, second) = (Uuid::now_v7(), Uuid::now_v7());
    let slow = [
        json!({ "client": first, "what": "comes", "observer": id, "ago": 0 }),
        json!({ "client": second, "what": "item-begins", "item": 1, "ago": 2000, "before": first }),
    ];
    let mut told = Value::Null;
    for one in slow {
        told = send(&mut phone, Method::POST, &path, &json!({ "entries": [one] })).await.expect(200).json();
    }
    let at = |client: Uuid| {
        let entries = told["entries"].as_array().unwrap();
        entries.iter().find(|entry| entry["client"] == json!(client)).unwrap()["at"].clone()
    };
    assert_eq!(at(first), at(second), "in the order in which they were tapped");
    is_whole(house).await;
});

story!(nobody_in_the_room_takes_a_class_back, async |house: &House| {
    let scene = scene(house).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let mut andres = house.browser_of(&scene.mentor).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let id = scene.observer.id.to_string();
    tap(&mut andres, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut andres, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(4));
    classify(&mut sara, &scene, 1, "inside-information").await;
    house.pass(minutes(5));
    tap(&mut andres, &scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    let wanted = [exposed(1, "inside-information", "09:04", "09:09")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    // Neither the keeper nor the secretary strikes or moves what the item was classified as.
    let path = scene.path("/record/entries");
    let page = andres.get(&path).await.expect(200).text();
    let line = page.split("<li id=\"entry-").find(|line| line.contains("El punto 1 pasa a ser")).unwrap();
    assert!(!line.contains("<form"), "{line}");
    let number = line.split('"').next().unwrap();
    for browser in [&mut andres, &mut sara] {
        let client = Uuid::now_v7().to_string();
        let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "mistaken")];
        browser.post(&path, &struck).await.expect(422);
        let moved = [("client", client.as_str()), ("entry", number), ("day", "2027-01-11"), ("time", "10:08")];
        browser.post(&path, &moved).await.expect(422);
    }
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    // It began at 10:05, in truth: when it was inside information already.
    let line = page.split("<li id=\"entry-").find(|line| line.contains("Empieza el punto 1")).unwrap();
    let client = Uuid::now_v7().to_string();
    let number = line.split('"').next().unwrap();
    let moved = [("client", client.as_str()), ("entry", number), ("day", "2027-01-11"), ("time", "10:05")];
    andres.post(&path, &moved).await.expect(303);
    let wanted = [exposed(1, "inside-information", "09:05", "09:09")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    // And before it was, so that the minutes before are not.
    let client = Uuid::now_v7().to_string();
    let moved = [("client", client.as_str()), ("entry", number), ("day", "2027-01-11"), ("time", "10:01")];
    andres.post(&path, &moved).await.expect(303);
    let wanted = [exposed(1, "inside-information", "09:04", "09:09")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    is_whole(house).await;
});

story!(a_secretary_says_afterwards_that_an_item_was_inside_information, async |house: &House| {
    let scene = scene(house).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let mut andres = house.browser_of(&scene.mentor).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id.to_string();
    tap(&mut andres, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut andres, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(9));
    tap(&mut andres, &scene, &[("what", "closed")]).await.expect(303);
    let annex = scene.path("/record/annex");
    assert!(!andres.get(&annex).await.expect(200).says("¿Se trató algo cerrado"));
    assert!(sara.get("/insiders").await.expect(200).says("No hay nadie en la lista de iniciados"));
    // It was open, she was there in order, and a month later it turns out what was said.
    house.pass(minutes(3 * 24 * 60));
    let door = scene.path("/record/inside");
    let client = Uuid::now_v7().to_string();
    let said = [("client", client.as_str()), ("item", "1")];
    andres.post(&door, &said).await.expect(404);
    let other = [("client", client.as_str()), ("item", "2")];
    assert!(sara.post(&door, &other).await.expect(422).says("Ese punto no se ha tratado"));
    let (path, form) = sent(&sara.get(&annex).await.expect(200).text(), "inside-item", &[]);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sara.post(&path.unwrap(), &form).await.expect(303);
    sara.post(&door, &said).await.expect(303);
    let page = sara.get(&annex).await.expect(200);
    assert!(page.says("dentro, 10:00–10:09, estando cerrado: exposición"), "{}", page.text());
    assert!(page.says("Abierto · Información privilegiada"), "{}", page.text());
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Una exposición en la lista") && list.says("2027-01-11, 09:00 UTC"), "{}", list.text());
    is_whole(house).await;
    // Only a secretary takes it back.
    let entries = scene.path("/record/entries");
    let of_it = |page: &str| {
        let line = page.split("<li id=\"entry-").find(|line| line.contains("se trató algo cerrado")).unwrap();
        (line.contains("<form"), line.split('"').next().unwrap().to_owned())
    };
    let (has_form, number) = of_it(&andres.get(&entries).await.expect(200).text());
    assert!(!has_form);
    let struck = [("client", NEW), ("entry", number.as_str()), ("struck", "yes"), ("why", "mistaken")];
    andres.post(&entries, &struck).await.expect(404);
    let moved = [("client", NEW), ("entry", number.as_str()), ("day", "2027-01-11"), ("time", "10:05")];
    sara.post(&entries, &moved).await.expect(422);
    assert!(of_it(&sara.get(&entries).await.expect(200).text()).0);
    sara.post(&entries, &struck).await.expect(303);
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("No hay nadie en la lista de iniciados") && list.says("Retirada el"), "{}", list.text());
    is_whole(house).await;
});

story!(a_secretary_says_afterwards_that_an_item_was_legal_advice, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(9));
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    let (annex, privilege) = (scene.path("/record/annex"), scene.path("/record/privilege"));
    assert!(exposures(&mut program, &scene).await.is_empty());
    assert!(!sara.get(&privilege).await.expect(200).says("dentro, 10:00–10:09"));
    assert!(sara.get("/records").await.expect(200).says("Nadie ha oído"), "nothing in the register");
    house.pass(minutes(24 * 60));
    // It was open by its class, and she sat in it in order; what is closed is said of it, and nothing that opens it can be.
    let door = scene.path("/record/inside");
    let client = Uuid::now_v7().to_string();
    for class in ["open", "confidential"] {
        sara.post(&door, &[("client", client.as_str()), ("item", "1"), ("class", class)]).await.expect(422);
    }
    let said = [("client", client.as_str()), ("item", "1"), ("class", "legal-advice")];
    sara.post(&door, &said).await.expect(303);
    sara.post(&door, &said).await.expect(303);
    let wanted = [exposed(1, "legal-advice", "09:00", "09:09")];
    assert_eq!(exposures(&mut program, &scene).await, wanted);
    for path in [&annex, &privilege] {
        let page = sara.get(path).await.expect(200);
        assert!(page.says("Secreto profesional") && page.says("Hubo una exposición accidental"), "{}", page.text());
        assert!(page.says("dentro, 10:00–10:09, estando cerrado: exposición"), "{}", page.text());
    }
    let register = sara.get("/records").await.expect(200);
    assert!(register.says("Sesión 1014, punto 1") && register.says("Secreto profesional"), "{}", register.text());
    let entries = sara.get(&scene.path("/record/entries")).await.expect(200);
    assert!(entries.says("en el punto 1 se trató algo cerrado (Secreto profesional)"), "{}", entries.text());
    assert!(sara.get("/insiders").await.expect(200).says("No hay nadie en la lista de iniciados"));
    assert!(sara.get("/notices").await.expect(200).says("Lucía Ibáñez estuvo en la sala durante el punto 1"));
    is_whole(house).await;
    // It was inside information as well: the advice stays where it stood, and each has an exposure of its own.
    let client = Uuid::now_v7().to_string();
    let said = [("client", client.as_str()), ("item", "1"), ("class", "inside-information")];
    sara.post(&door, &said).await.expect(303);
    let page = sara.get(&privilege).await.expect(200);
    assert!(page.says("dentro, 10:00–10:09, estando cerrado: exposición"), "{}", page.text());
    assert!(sara.get("/insiders").await.expect(200).says("Una exposición en la lista"));
    assert_eq!(exposures(&mut program, &scene).await.len(), 2);
    is_whole(house).await;
});

story!(no_door_takes_an_end_before_its_beginning, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    house.pass(minutes(1));
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(9));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "1")]).await.expect(303);
    house.pass(minutes(30));
    let record = format!("/api/me/sittings/{}/record", scene.sitting);
    let told = program.get(&record).await.expect(200).json();
    let number = |kind: &str| {
        let entries = told["entries"].as_array().unwrap();
        entries.iter().find(|entry| entry["kind"] == kind).unwrap()["number"].as_u64().unwrap()
    };
    // Neither a beginning past its end, nor an end before its beginning, by a program or by hand.
    for (entry, at, time) in [
        (number("item-begins"), "2027-01-11T09:20:00Z", "10:20"),
        (number("item-ends"), "2027-01-11T08:59:00Z", "09:59"),
    ] {
        let moved = json!({ "client": Uuid::now_v7(), "entry": entry, "at": at });
        send(&mut program, Method::POST, &format!("{record}/corrections"), &moved).await.expect(422);
        let (client, entry) = (Uuid::now_v7().to_string(), entry.to_string());
        let moved = [("client", client.as_str()), ("entry", entry.as_str()), ("day", "2027-01-11"), ("time", time)];
        let refused = sara.post(&scene.path("/record/entries"), &moved).await.expect(422);
        assert!(refused.says("antes de empezar"), "{}", refused.text());
    }
    let ends = json!({ "client": Uuid::now_v7(), "what": "item-ends", "item": 1, "at": "2027-01-11T08:58:00Z" });
    send(&mut program, Method::POST, &record, &json!({ "entries": [ends] })).await.expect(422);
    // Nor a beginning past an end that was told before it.
    let told = |what: &str, at: &str| {
        let one = json!({ "client": Uuid::now_v7(), "what": what, "item": 2, "at": format!("2027-01-11T09:{at}:00Z") });
        json!({ "entries": [one] })
    };
    send(&mut program, Method::POST, &record, &told("item-ends", "20")).await.expect(200);
    send(&mut program, Method::POST, &record, &told("item-begins", "25")).await.expect(422);
    send(&mut program, Method::POST, &record, &told("item-begins", "15")).await.expect(200);
    is_whole(house).await;
});

const NEW: &str = "019420a5-0000-7000-8000-000000000077";
