//! The register says of a record what its page says, and goes on where a part is longer than a page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use jiff::SignedDuration;
use telemaco::observations::record::actions;
use telemaco::observations::record::chain::Fault;
use uuid::Uuid;

use super::scene::scene;
use super::{play, tap};
use crate::api::program;
use crate::story;
use crate::support::{Client, House};

story!(a_record_that_is_opened_again_is_closed_nowhere, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    let faults = async || actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap().faults;
    let api = format!("/api/me/sittings/{}/record", scene.sitting);
    let (room, entries) = (scene.path("/record"), scene.path("/record/entries"));
    let is_open = async |sara: &mut Client| sara.get("/records").await.expect(200).says("sin cerrar");
    play(house, &scene, &mut sara).await;
    assert!(!is_open(&mut sara).await);
    assert!(sara.get(&room).await.expect(200).title().contains("El registro está cerrado"));
    // It was closed by mistake: a correction opens it again.
    let page = sara.get(&entries).await.expect(200).text();
    let line = page.split("<li id=\"entry-").find(|line| line.contains("Se cierra el registro")).unwrap();
    let client = Uuid::now_v7().to_string();
    let number = line.split('"').next().unwrap();
    let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "mistaken")];
    sara.post(&entries, &struck).await.expect(303);
    assert!(!sara.get(&room).await.expect(200).title().contains("El registro está cerrado"));
    assert!(program.get(&api).await.expect(200).json()["closed_at"].is_null());
    assert!(is_open(&mut sara).await, "the register says what the page says");
    assert!(faults().await.is_empty());
    // A record that is older than what is kept of it is read by the hourly look.
    house.raw("UPDATE record_heads SET is_closed = NULL").await;
    assert!(!is_open(&mut sara).await);
    house.pass(SignedDuration::from_hours(3));
    house.work().await;
    assert!(is_open(&mut sara).await && faults().await.is_empty());
    // What stands beside the record is checked against it.
    house.raw("UPDATE record_heads SET is_closed = (1 = 1)").await;
    assert_eq!(faults().await, [(scene.chain(), Fault::Attendance)]);
    house.raw("UPDATE record_heads SET is_closed = (1 = 0)").await;
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    assert!(!is_open(&mut sara).await && faults().await.is_empty());
    assert!(!program.get(&api).await.expect(200).json()["closed_at"].is_null());
});

/// How many more sittings there are than the scene's.
const MORE: i64 = 230;

/// The sittings that a part of the register leads to, page by page, and how many statements its dearest page takes.
async fn walked(browser: &mut Client, part: &str) -> (Vec<String>, u32) {
    let (mut path, mut all, mut cost) = (format!("/records?part={part}"), Vec::new(), 0);
    loop {
        let seen = browser.get(&path).await.expect(200);
        cost = cost.max(seen.statements());
        let page = seen.text();
        let main = page.split("<main").nth(1).unwrap();
        let section = main
            .split("<section")
            .find(|section| !section.contains("class=\"next\"") && section.contains("/sittings/"));
        let rows: BTreeSet<&str> = section.unwrap().split("/sittings/").skip(1).map(|rest| &rest[..36]).collect();
        assert!(rows.len() <= 100, "{}", rows.len());
        all.extend(rows.into_iter().map(str::to_owned));
        let Some(more) = main.split(&format!("href=\"/records?part={part}&")).nth(1) else { break };
        let after = more.split("after=").nth(1).unwrap().split('"').next().unwrap();
        path = format!("/records?part={part}&after={after}");
    }
    (all, cost)
}

/// The same as a program reads it.
async fn told(program: &mut Client, part: &str) -> (Vec<String>, u32) {
    let (mut after, mut all, mut cost) = (String::new(), Vec::new(), 0);
    loop {
        let seen = program.get(&format!("/api/records/{part}{after}")).await.expect(200);
        cost = cost.max(seen.statements());
        let page = seen.json();
        let items = page["items"].as_array().unwrap();
        assert!(items.len() <= 100, "{}", items.len());
        all.extend(items.iter().map(|one| one["sitting"].as_str().unwrap().to_owned()));
        let Some(next) = page["next"].as_str() else { break };
        after = format!("?after={next}");
    }
    (all, cost)
}

story!(a_part_of_the_register_that_is_longer_than_a_page_goes_on, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut program = program(house, &scene.secretary).await;
    play(house, &scene, &mut sara).await;
    let cost = sara.get("/records").await.expect(200).statements();
    let mut statements = String::new();
    let past = |place: i64| place % 2 == 0;
    for place in 0..2 * MORE {
        let (sitting, seat, client) = (house.app.id(), house.app.id(), house.app.id());
        let [sitting, seat, client] = [sitting, seat, client].map(|id| house.literal(id));
        // Some begin at the same instant; every other one is over, with a record, an undertaking that ends and an exposure.
        let minutes = place / 4 * 60_000_000;
        let (state, shift) = if past(place) { ("held", -minutes) } else { ("open", 86_400_000_000 + minutes) };
        write!(statements,
            "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, undertaking_text, \
             host_name, host_address, chair_name, chair_address, opened_by, state, created_at, changed_at, version) \
             SELECT {sitting}, organisation, edition, {number}, kind, starts_at + {shift}, ends_at + {shift}, zone, place, link, seats, \
             undertaking_text, host_name, host_address, chair_name, chair_address, opened_by, '{state}', created_at, changed_at, version \
             FROM sittings WHERE number = 1014;",
            number = 2000 + place
        ).unwrap();
        if past(place) {
            write!(statements,
                "INSERT INTO record_heads (chain, organisation, entries, digest, has_begun, is_closed) SELECT {sitting}, organisation, \
                 entries, digest, has_begun, is_closed FROM record_heads WHERE chain = {first};\
                 INSERT INTO record_entries (organisation, chain, number, client, kind, at, entry, digest) SELECT organisation, \
                 {sitting}, number, {client}, kind, at, entry, digest FROM record_entries WHERE chain = {first} AND number = \
                 (SELECT max(number) FROM record_entries WHERE chain = {first} AND kind = 'exposure');\
                 INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, conflict, sequence, \
                 changed_at, version) SELECT {seat}, organisation, {sitting}, mentorship, observer, asked_by, asked_at, state, conflict, \
                 sequence, changed_at, version FROM seats WHERE sitting = {first};\
                 INSERT INTO undertakings (seat, organisation, observer, text, lang, words, digest, signed_at, ends_on) SELECT {seat}, \
                 organisation, observer, text, lang, words, digest, signed_at, ends_on FROM undertakings WHERE seat = \
                 (SELECT id FROM seats WHERE sitting = {first});",
                first = house.literal(scene.chain())
            ).unwrap();
        }
    }
    house.raw(&statements).await;
    let register = sara.get("/records").await.expect(200);
    assert_eq!(register.text().matches("Ver los siguientes").count(), 4);
    assert!(register.statements() <= cost + 1, "{} after {cost}", register.statements());
    // Coming: those that are not over. The others: all that are, and the scene's own.
    for (part, count) in [("coming", MORE), ("kept", MORE + 1), ("ending", MORE + 1), ("exposed", MORE + 1)] {
        let (all, dearest) = walked(&mut sara, part).await;
        let count = usize::try_from(count).unwrap();
        assert_eq!(all.len(), count, "{part}");
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), count, "{part}: each once");
        assert!(dearest <= cost, "{part}: {dearest} after {cost}");
        // A file has them all.
        let file = sara.get(&format!("/records/export?part={part}&form=csv")).await.expect(200);
        assert_eq!(file.text().lines().count(), count + 1, "{part}");
        // It is read once, and not page by page.
        assert!(file.statements() <= cost, "{part}: {} after {cost}", file.statements());
        let workbook = sara.get(&format!("/records/export?part={part}&form=xlsx")).await.expect(200);
        assert!(workbook.body.starts_with(b"PK"), "{part}");
        // A program walks the same.
        let (told, dearest) = told(&mut program, if part == "exposed" { "exposures" } else { part }).await;
        assert_eq!(told.iter().collect::<BTreeSet<_>>(), all.iter().collect::<BTreeSet<_>>(), "{part}");
        assert_eq!(told.len(), count, "{part}: each once");
        assert!(dearest <= cost, "{part}: {dearest} after {cost}");
    }
    // Whoever took names out of the house stands in the trail.
    let told = house.browser_of(&scene.coordinator).await.get("/audit?verb=observations.register").await.expect(200);
    assert!(told.says("Sacó una parte del registro de la secretaría") && told.says("Sara Soto") && !told.says("Lucía"));
    for (part, count) in [("coming", 0), ("kept", 0), ("ending", 2), ("exposed", 2)] {
        let noted = format!("audit WHERE verb = 'observations.register' AND detail LIKE '%\"{part}\"%'");
        assert_eq!(house.count(&noted).await, count, "{part}");
    }
    let whole = program.get("/api/records").await.expect(200);
    assert!(whole.statements() <= cost + 1, "{} after {cost}", whole.statements());
    sara.get("/records/export?part=nothing").await.expect(404);
    house.browser_of(&scene.mentor).await.get("/records/export?part=kept").await.expect(404);
    // What is made up is the beginning.
    for path in ["/records?part=kept&after=x", "/records?part=nothing&after=019420a5-0000-7000-8000-000000000077.00"] {
        assert!(sara.get(path).await.expect(200).says("Ver los siguientes"), "{path}");
    }
});
