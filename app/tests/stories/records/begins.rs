//! With what a record begins, and what holds it to what stands beside it: number, zone and times of its sitting, what was signed, how long
//! everybody was there. What was noted by mistake before the day stops nobody; and what was written before records said so much is still whole.

use axum::http::Method;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Digest as _;
use telemaco::audit::{self, Note};
use telemaco::observations::record::actions;
use telemaco::observations::record::chain::{Canonical, Fault, digest, text_of};
use telemaco::{transaction, values};
use uuid::Uuid;

use super::attendance::{planned, typed};
use super::bytes::{ENTRY, HEAD};
use super::scene::{Scene, run, scene};
use super::{minutes, play, tap};
use crate::api::{program, send};
use crate::story;
use crate::support::House;
use crate::support::form::fields;

async fn faults(house: &House) -> Vec<Fault> {
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    checked.faults.into_iter().map(|(_, fault)| fault).collect()
}

story!(what_the_papers_say_of_a_sitting_and_of_what_was_signed_is_checked, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut sara).await;
    assert!(faults(house).await.is_empty());
    for (change, back, fault) in [
        ("sittings SET zone = 'Europe/Lisbon'", "sittings SET zone = 'Europe/Madrid'", Fault::Sitting),
        ("sittings SET number = 1015", "sittings SET number = 1014", Fault::Sitting),
        ("sittings SET starts_at = starts_at - 1", "sittings SET starts_at = starts_at + 1", Fault::Sitting),
        ("sittings SET keeper = opened_by", "sittings SET keeper = NULL", Fault::Sitting),
        ("sittings SET other_side_agreed_at = starts_at", "sittings SET other_side_agreed_at = NULL", Fault::Sitting),
        (
            "undertakings SET signed_at = signed_at - 1",
            "undertakings SET signed_at = signed_at + 1",
            Fault::Undertaking,
        ),
        ("undertakings SET ends_on = '2026-02-15'", "undertakings SET ends_on = '2027-02-15'", Fault::Undertaking),
        ("undertakings SET notes_until = '2027-01-12'", "undertakings SET notes_until = NULL", Fault::Undertaking),
        ("undertaking_texts SET number = 70", "undertaking_texts SET number = 71", Fault::Undertaking),
        // What held then, from which the record took whom each item let in.
        (
            "item_classes SET class = 'supervisory' WHERE class = 'confidential'",
            "item_classes SET class = 'confidential' WHERE class = 'supervisory'",
            Fault::Standing,
        ),
        (
            "item_classes SET is_agreed = (1 = 0) WHERE number = 2",
            "item_classes SET is_agreed = (1 = 1) WHERE number = 2",
            Fault::Standing,
        ),
        (
            "seat_standings SET state = 'asked' WHERE number > 1",
            "seat_standings SET state = 'held' WHERE number > 1",
            Fault::Standing,
        ),
        (
            "seat_standings SET conflict = 'declared' WHERE number = 3",
            "seat_standings SET conflict = 'none' WHERE number = 3",
            Fault::Standing,
        ),
        ("clearances SET until = '2026-12-31'", "clearances SET until = '2027-12-31'", Fault::Standing),
        (
            "clearances SET given_at = given_at + 864000000000",
            "clearances SET given_at = given_at - 864000000000",
            Fault::Standing,
        ),
    ] {
        house.raw(&format!("UPDATE {change}")).await;
        assert_eq!(faults(house).await, [fault], "{change}");
        house.raw(&format!("UPDATE {back}")).await;
        assert!(faults(house).await.is_empty(), "{back}");
    }
    // A word that is none is a fault of the record that it belongs to, and ends nothing.
    for (change, back, found) in [
        (
            "item_classes SET class = 'none' WHERE class = 'confidential'",
            "item_classes SET class = 'confidential' WHERE class = 'none'",
            &[Fault::Standing][..],
        ),
        (
            "seat_standings SET conflict = 'perhaps' WHERE number = 3",
            "seat_standings SET conflict = 'none' WHERE number = 3",
            &[Fault::Standing],
        ),
        ("undertakings SET ends_on = 'soon'", "undertakings SET ends_on = '2027-02-15'", &[Fault::Undertaking]),
        ("sittings SET other_side_was = '1'", "sittings SET other_side_was = ''", &[Fault::Sitting, Fault::Standing]),
        ("sittings SET kind = 'talk'", "sittings SET kind = 'meeting'", &[Fault::Sitting, Fault::Standing]),
    ] {
        house.raw(&format!("UPDATE {change}")).await;
        assert_eq!(faults(house).await, found, "{change}");
        house.raw(&format!("UPDATE {back}")).await;
        assert!(faults(house).await.is_empty(), "{back}");
    }
    // A negotiation lets nobody in before its other side agrees.
    house.raw("UPDATE sittings SET kind = 'negotiation'").await;
    assert_eq!(faults(house).await, [Fault::Sitting, Fault::Standing]);
    house.raw("UPDATE sittings SET kind = 'meeting'").await;
    // A record that is gone with its head and with everything that the trail knew of it.
    house.raw("DELETE FROM record_entries; DELETE FROM record_heads").await;
    house.raw("DELETE FROM audit WHERE verb = 'observations.record'").await;
    assert_eq!(faults(house).await, [Fault::Attendance]);
});

story!(what_was_signed_is_held_from_the_first_entry_on, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    // She has not come in, and what she signed stands in the chain all the same.
    let words = hex::encode(sha2::Sha256::digest("Hablar."));
    let bytes = if house.app.db.file().is_some() { format!("X'{words}'") } else { format!("'\\x{words}'") };
    house.raw(&format!("UPDATE undertakings SET words = 'Hablar.', digest = {bytes}")).await;
    assert_eq!(faults(house).await, [Fault::Undertaking]);
});

story!(nobody_came_in_under_what_they_signed_later, async |house: &House| {
    let scene = scene(house).await;
    let later = 5 * 60_000_000_i64;
    house.raw(&format!("UPDATE undertakings SET signed_at = (SELECT starts_at + {later} FROM sittings)")).await;
    house.pass(minutes(30));
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id;
    // She came before she signed, went, and came back: her coming is told last.
    typed(&mut sara, &scene, &[(format!("comes {id}"), "10:10"), (format!("leaves {id}"), "10:20")]).await;
    typed(&mut sara, &scene, &[(format!("comes {id}"), "10:02"), (format!("leaves {id}"), "10:03")]).await;
    let mut record = program(house, &scene.secretary).await;
    let told = record.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    let comes = |at: &str| {
        let entries = told["entries"].as_array().unwrap();
        entries.iter().find(|entry| entry["at"] == at).unwrap_or_else(|| panic!("{told}"))["kind"].clone()
    };
    assert_eq!((comes("2027-01-11T09:02:00Z"), comes("2027-01-11T09:10:00Z")), (json!("enters"), json!("enters")));
    let file = sara.get(&scene.path("/record/export")).await.expect(200).text();
    assert_eq!(file.matches("undertaking\\\":null").count(), 1, "{file}");
    assert!(faults(house).await.is_empty());
    // Nor had she signed when it turns out that she came earlier.
    let entered = told["entries"].as_array().unwrap().iter().find(|one| one["at"] == "2027-01-11T09:10:00Z").unwrap();
    let earlier = json!({ "client": Uuid::now_v7(), "entry": entered["number"], "at": "2027-01-11T09:04:00Z" });
    let corrections = format!("/api/me/sittings/{}/record/corrections", scene.sitting);
    send(&mut record, Method::POST, &corrections, &earlier).await.expect(200);
    let file = sara.get(&scene.path("/record/export")).await.expect(200).text();
    assert_eq!(file.matches("undertaking\\\":null").count(), 2, "{file}");
    assert!(faults(house).await.is_empty());
});

story!(what_is_older_than_the_counting_is_counted, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    planned(house, &scene).await;
    play(house, &scene, &mut sara).await;
    house.pass(SignedDuration::from_hours(2));
    house.work().await;
    let plan = format!("/mentorships/{}/plan", scene.mentorship);
    let mut lucia = house.browser_of(&scene.observer).await;
    let counted = lucia.get(&plan).await.expect(200);
    assert!(!counted.says("120 minutos"), "{}", counted.text());
    // As it was before: nothing is counted, and the plan has the planned time.
    house
        .raw("DELETE FROM attendances; UPDATE record_heads SET has_begun = NULL; UPDATE activities SET minutes = 120")
        .await;
    assert_eq!(faults(house).await, [Fault::Attendance]);
    assert!(lucia.get(&plan).await.expect(200).says("120 minutos"));
    house.pass(SignedDuration::from_hours(1));
    house.work().await;
    assert!(faults(house).await.is_empty());
    let page = lucia.get(&plan).await.expect(200);
    assert!(!page.says("120 minutos"), "{}", page.text());
    // Whether anything stands in a record is kept beside it, and checked against it.
    house.raw("UPDATE record_heads SET has_begun = (1 = 0)").await;
    assert_eq!(faults(house).await, [Fault::Attendance]);
});

story!(what_was_struck_before_it_began_is_no_record, async |house: &House| {
    let scene = scene(house).await;
    planned(house, &scene).await;
    let later = 30 * 60_000_000_i64;
    house.raw(&format!("UPDATE sittings SET starts_at = starts_at + {later}, ends_at = ends_at + {later}")).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    // Half an hour early the keeper tries the page, strikes what came of it, and keeps paper.
    let id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    let entries = scene.path("/record/entries");
    let page = sara.get(&entries).await.expect(200).text();
    let line = page.split("<li id=\"entry-").find(|line| line.contains("Entra Lucía")).unwrap();
    let client = Uuid::now_v7().to_string();
    let number = line.split('"').next().unwrap();
    let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "mistaken")];
    sara.post(&entries, &struck).await.expect(303);
    house.pass(minutes(160));
    let page = sara.get(&scene.path("")).await.expect(200);
    assert!(page.says("cuentan las horas previstas de quien podía estar"), "{}", page.text());
    sara.post(&scene.path("/held"), &[]).await.expect(303);
    let mut lucia = house.browser_of(&scene.observer).await;
    assert!(!lucia.get(&scene.path("")).await.expect(200).says("no estuviste en la sala"));
    let pair = format!("/mentorships/{}", scene.mentorship);
    assert!(lucia.get(&pair).await.expect(200).says("Se ha observado una sesión"));
    house.pass(minutes(60));
    house.work().await;
    assert!(lucia.get(&format!("{pair}/plan")).await.expect(200).says("120 minutos"));
    assert!(lucia.get("/notices").await.expect(200).says("ha terminado"), "she is asked for her debrief");
    assert!(faults(house).await.is_empty());
});

story!(a_tap_by_mistake_before_the_day_stops_nobody, async |house: &House| {
    let scene = scene(house).await;
    let day = 24 * 3_600_000_000_i64;
    house.raw(&format!("UPDATE sittings SET starts_at = starts_at + {day}, ends_at = ends_at + {day}")).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id.to_string();
    let comes = [("what", "comes"), ("observer", id.as_str())];
    // The evening before somebody tries the page.
    let refused = tap(&mut sara, &scene, &comes).await.expect(422);
    assert!(refused.says("Falta más de una hora"), "{}", refused.text());
    house.pass(SignedDuration::from_hours(23) + minutes(30));
    let mut sara = house.browser_of(&scene.secretary).await;
    tap(&mut sara, &scene, &comes).await.expect(303);
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    let mut form = fields(&sara.get(&scene.path("/edit")).await.expect(200).text());
    let moved = [("day", "2027-01-14"), ("from", "16:00"), ("until", "18:00"), ("host", scene.mentor.address.as_str())];
    form.extend(moved.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(sara.post(&scene.path("/edit"), &form).await.expect(422).says("El registro de la sesión ya ha empezado"));
    // Struck, it did not happen; and the record says where the sitting is now.
    let entries = scene.path("/record/entries");
    let page = sara.get(&entries).await.expect(200).text();
    for what in ["Entra Lucía", "Se cierra el registro"] {
        let line = page.split("<li id=\"entry-").find(|line| line.contains(what));
        let line = line.unwrap_or_else(|| panic!("{what}: {page}"));
        let client = Uuid::now_v7().to_string();
        let number = line.split('"').next().unwrap();
        let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "mistaken")];
        sara.post(&entries, &struck).await.expect(303);
    }
    sara.post(&scene.path("/edit"), &form).await.expect(303);
    assert!(faults(house).await.is_empty());
    let page = sara.get(&entries).await.expect(200);
    assert_eq!(page.text().matches("Registro de la sesión 1014:").count(), 2, "{}", page.text());
    let version = fields(&sara.get(&scene.path("/edit")).await.expect(200).text())["version"].clone();
    sara.post(&scene.path("/cancel"), &[("version", &version)]).await.expect(303);
});

/// Writes a record as it was written when an item's beginning said who had to be out.
async fn written_before(house: &House, scene: &Scene, events: &[(i64, Value)]) {
    let (organisation, chain, by) = (scene.secretary.organisation.0, scene.chain(), scene.secretary.id.0);
    let starts_at = house.app.now();
    let mut previous: Vec<u8> = Vec::new();
    for ((minute, event), number) in events.iter().zip(1_u32..) {
        let at: Timestamp = starts_at + minutes(*minute);
        let client = Uuid::now_v7();
        let kind = event["kind"].as_str().unwrap().to_owned();
        let text = text_of(&Canonical {
            organisation,
            chain,
            number,
            client,
            at,
            noted_at: at,
            by,
            event: event.clone(),
            sealed: None,
        });
        previous = digest(&previous, &text);
        let (number, sealed) = (i64::from(number), None::<Vec<u8>>);
        let row = values![organisation, chain, number, client, kind, at, text, sealed, previous.clone()];
        run(house, &ENTRY, row).await;
    }
    let entries = i64::try_from(events.len()).unwrap();
    run(house, &HEAD, values![chain, organisation, entries, previous.clone()]).await;
    let detail = json!({ "entries": entries, "digest": hex::encode(&previous) });
    let noted: Result<(), telemaco::db::Error> = transaction!(house.app.db, tx => {
        let note = Note::new(organisation, by, "observations.record").about("record", chain).with(detail.clone());
        audit::note(&house.app, tx, note).await
    });
    noted.unwrap();
}

story!(a_record_of_before_is_whole_and_goes_on, async |house: &House| {
    let scene = scene(house).await;
    let lucia = scene.observer.id;
    let exposure = |until: Value| {
        json!({ "kind": "exposure", "observer": lucia, "item": 3, "class": "legal-advice",
            "from": house.app.now() + minutes(10), "until": until, "withdrawn": false })
    };
    let events = [
        (0, json!({ "kind": "enters", "observer": lucia, "undertaking": scene.digest })),
        (1, json!({ "kind": "item-begins", "item": 1, "class": "open", "out": [], "all_the_same": false })),
        (9, json!({ "kind": "item-ends", "item": 1 })),
        (
            10,
            json!({ "kind": "item-begins", "item": 3, "class": "legal-advice", "out": [lucia], "all_the_same": true }),
        ),
        (10, exposure(Value::Null)),
        (12, json!({ "kind": "leaves", "observer": lucia })),
        (12, exposure(json!(house.app.now() + minutes(12)))),
    ];
    written_before(house, &scene, &events).await;
    // It is older than the counting, too.
    assert_eq!(faults(house).await, [Fault::Attendance]);
    house.pass(minutes(20));
    let mut sara = house.browser_of(&scene.secretary).await;
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "3")]).await.expect(303);
    assert!(faults(house).await.is_empty());
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("dentro, 10:01–10:09") && annex.contains("10:10–10:12, estando cerrado"), "{annex}");
    // Whoever was forgotten then is not forgotten now: nobody may be in what is closed.
    let happened = [(format!("comes {lucia}"), "10:15"), (format!("leaves {lucia}"), "10:16")];
    typed(&mut sara, &scene, &happened).await;
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("10:10–10:12, 10:15–10:16, estando cerrado"), "{annex}");
    assert!(faults(house).await.is_empty());
});

story!(an_item_that_nobody_ended_did_not_run_for_ever, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    house.pass(minutes(5));
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "2")]).await.expect(303);
    house.pass(SignedDuration::from_hours(4 * 24));
    let mut sara = house.browser_of(&scene.secretary).await;
    assert!(faults(house).await.is_empty());
    // Days later she is let to nothing confidential any more: what was is what it was.
    let list = sara.get("/room/clearances").await.expect(200).text();
    let revoke = list.split("/revoke").next().unwrap().rsplit("action=\"").next().unwrap().to_owned();
    sara.post(&format!("{revoke}/revoke"), &[]).await.expect(303);
    assert!(faults(house).await.is_empty());
});

story!(an_item_that_ran_twice_lets_in_each_time_whom_it_let_in_then, async |house: &House| {
    let scene = scene(house).await;
    // She was cleared after the first time had ended and signed while it ran, and nobody told of either before the sheet was typed.
    let later = 5 * 60_000_000_i64;
    house.raw(&format!("UPDATE undertakings SET signed_at = (SELECT starts_at + {later} FROM sittings)")).await;
    house.raw("UPDATE clearances SET given_at = (SELECT starts_at + 1800000000 FROM sittings)").await;
    house.pass(minutes(70));
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id;
    let happened = [
        ("begins 2".to_owned(), "10:01"),
        ("ends 2".to_owned(), "10:20"),
        (format!("comes {id}"), "10:39"),
        ("begins 2".to_owned(), "10:40"),
        ("ends 2".to_owned(), "10:50"),
        (format!("leaves {id}"), "10:51"),
    ];
    typed(&mut sara, &scene, &happened).await;
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("dentro, 10:40–10:50") && !annex.contains("estando cerrado"), "{annex}");
    assert!(faults(house).await.is_empty());
});

story!(what_is_told_later_of_an_earlier_time_closes_no_later_one, async |house: &House| {
    let scene = scene(house).await;
    // She was cleared after the first time had begun; whoever wrote it down first found the second time, and then the first.
    house.raw("UPDATE clearances SET given_at = (SELECT starts_at + 1800000000 FROM sittings)").await;
    house.raw("UPDATE undertakings SET signed_at = (SELECT starts_at + 300000000 FROM sittings)").await;
    house.pass(minutes(70));
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id;
    let second = [
        (format!("comes {id}"), "10:39"),
        ("begins 2".to_owned(), "10:40"),
        ("ends 2".to_owned(), "10:50"),
        (format!("leaves {id}"), "10:51"),
    ];
    typed(&mut sara, &scene, &second).await;
    house.pass(minutes(3));
    typed(&mut sara, &scene, &[("begins 2".to_owned(), "10:01"), ("ends 2".to_owned(), "10:20")]).await;
    let annex = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(annex.contains("dentro, 10:40–10:50") && !annex.contains("estando cerrado"), "{annex}");
    let told = "notices WHERE kind LIKE 'observations.expos%'";
    assert_eq!(house.count(told).await, 0, "what the next line of the sheet withdraws is told to nobody");
    assert!(faults(house).await.is_empty());
});
