//! The list of insiders through corrections: a line that moved is the same line, one that was withdrawn stays, every version can be read,
//! and nothing of it goes with whoever typed it.

use axum::http::Method;
use serde_json::{Value, json};
use telemaco::vault;
use telemaco::{db, transaction};
use uuid::Uuid;

use super::scene::{Scene, scene};
use super::{play, tap};
use crate::api::{program, send};
use crate::story;
use crate::support::form::{fields, posted};
use crate::support::{Client, House, Seen};

/// The entry that says this of an item.
fn entry_of(record: &Value, kind: &str, item: u64) -> Value {
    let entries = record["entries"].as_array().unwrap();
    let found = entries.iter().find(|entry| entry["kind"] == kind && entry["item"] == item);
    found.unwrap()["number"].clone()
}

async fn corrected(program: &mut Client, scene: &Scene, correction: &Value) -> Value {
    let path = format!("/api/me/sittings/{}/record/corrections", scene.sitting);
    send(program, Method::POST, &path, correction).await.expect(200).json()
}

/// Types into the only line of the list.
async fn complete(browser: &mut Client, values: &[(&str, &str)]) -> String {
    let list = browser.get("/insiders").await.expect(200).text();
    let path = format!("/insiders/{}", list.split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap());
    let mut form = fields(&browser.get(&path).await.expect(200).text());
    form.extend(values.iter().map(|(name, value)| (format!("value-{name}"), (*value).to_owned())));
    browser.post(&path, &posted(&form)).await.expect(303);
    path
}

story!(a_line_of_the_list_outlasts_its_corrections, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut sara).await;
    house.pass(jiff::SignedDuration::from_mins(5));
    let born = [("born", "1990-02-03"), ("section-created", "2027-01-04, 08:00 UTC")];
    let path = complete(&mut sara, &born).await;
    complete(&mut sara, &[("national-number", "12345678Z")]).await;
    // It began half a minute later: the line has the other time, and everything that was typed.
    let mut keeper = program(house, &scene.secretary).await;
    let record = keeper.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    let begins = entry_of(&record, "item-begins", 4);
    let later = json!({ "client": Uuid::now_v7(), "entry": begins, "at": "2027-01-11T09:38:00Z" });
    house.pass(jiff::SignedDuration::from_mins(5));
    let told = corrected(&mut keeper, &scene, &later).await;
    assert_eq!(
        (told["exposures"].as_array().unwrap().len(), &told["exposures"][0]["from"]),
        (1, &json!("2027-01-11T09:38:00Z"))
    );
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Una exposición en la lista") && list.says("2027-01-11, 09:38 UTC"), "{}", list.text());
    assert!(list.says("12345678Z") && list.says("1990-02-03") && list.says("2027-01-04, 08:00 UTC"), "{}", list.text());
    house.work().await;
    house.mail_saying(&scene.secretary.address, "ha cambiado o retirado una exposición").await;
    // It was another person whom the keeper saw: the line stays, with why.
    let path_of = scene.path("/record/entries");
    let client = Uuid::now_v7().to_string();
    let begins = begins.to_string();
    let strike = [("client", client.as_str()), ("entry", &begins), ("struck", "yes"), ("why", "somebody-else")];
    sara.post(&path_of, &strike).await.expect(303);
    assert!(sara.get(&path_of).await.expect(200).says("no ocurrió (era otra persona)"));
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("No hay nadie en la lista de iniciados"), "{}", list.text());
    assert!(list.says("Retirada el 2027-01-11") && list.says("era otra persona") && list.says("12345678Z"));
    assert!(!list.says("Falta"), "of what was withdrawn nothing is missing");
    let csv = sara.get("/insiders/export?form=csv").await.expect(200);
    assert!(csv.says("era otra persona") && csv.says("Retirada") && csv.says("1990-02-03"), "{}", csv.text());
    // Every version: what the record said, and what was typed.
    let page = sara.get(&format!("{path}/versions")).await.expect(200);
    let read = page.read();
    for said in [
        "09:37 UTC – todavía",
        "09:38 UTC – 2027-01-11, 09:39 UTC",
        "no hubo exposición (era otra persona)",
        "Fecha de nacimiento",
    ] {
        assert!(read.contains(said), "{said}: {read}");
    }
    assert!(!page.says("Unknown localization") && page.says("Sara Soto"));
    sara.get(&format!("{}/versions", path.replace(&scene.sitting.to_string(), &Uuid::nil().to_string())))
        .await
        .expect(404);
    let columns = fields(&sara.get("/insiders/columns").await.expect(200).text());
    let columns = posted(&columns);
    sara.post("/insiders/columns", &columns).await.expect(303);
    assert!(sara.get("/insiders/columns").await.expect(200).says("Columnas que ha tenido la lista"));
    // The secretary who typed it is erased: the list has to be kept, and is read.
    let (organisation, author) = (scene.secretary.organisation, scene.secretary.id);
    let destroyed: Result<u64, db::Error> =
        transaction!(house.app.db, tx => vault::destroy_keys_of(tx, organisation, author).await);
    destroyed.unwrap();
    assert!(sara.get("/insiders").await.expect(200).says("12345678Z"));
});

story!(whoever_heard_inside_information_reads_what_follows, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    assert!(lucia.get("/duties").await.expect(200).says("No es tu caso"));
    play(house, &scene, &mut sara).await;
    house.work().await;
    let register = sara.get("/records").await.expect(200);
    assert!(register.says("Una persona que oyó información privilegiada no ha confirmado"), "{}", register.text());
    assert!(sara.get("/insiders").await.expect(200).says("Tiene que leer a qué le obliga"));
    // She is told at once, by a mail that says nothing of it, and on her pages.
    let mail = house.mail_saying(&scene.observer.address, "Hay algo para ti sobre una sesión").await;
    assert!(!mail.contains("privilegiada") && !mail.contains("1014"), "{mail}");
    let home = format!("/mentorships/{}", scene.mentorship);
    assert!(lucia.get(&home).await.expect(200).says("Lee a qué te obliga lo que oíste"));
    let page = lucia.get("/duties").await.expect(200);
    assert!(page.title().contains("1014") && page.says("no compres ni vendas") && page.says("cinco millones"));
    assert!(lucia.get("/duties?lang=en").await.expect(200).says("do not buy or sell"));
    let form = fields(&page.text());
    let read = doing(&page);
    assert!(read.starts_with(&format!("/duties/{}/", scene.sitting)), "{read}");
    lucia.post(&read, &[("lang", "es"), ("hash", "00")]).await.expect(409);
    lucia.post(&read, &[("lang", "en"), ("hash", &form["hash"])]).await.expect(409);
    for other in [&scene.mentor, &scene.secretary, &scene.coordinator] {
        let mut other = house.browser_of(other).await;
        assert!(other.get("/duties").await.expect(200).says("No es tu caso"));
        other.post(&read, &[("lang", "es"), ("hash", &form["hash"])]).await.expect(404);
    }
    lucia.post(&read, &[("lang", "es"), ("hash", &form["hash"])]).await.expect(303);
    lucia.post(&read, &[("lang", "es"), ("hash", &form["hash"])]).await.expect(409);
    let page = lucia.get("/duties").await.expect(200);
    assert!(page.says("Leído el") && page.says("no compres ni vendas") && !page.says("Lo he leído"), "{}", page.text());
    assert!(!lucia.get(&home).await.expect(200).says("Lee a qué te obliga lo que oíste"));
    assert!(sara.get("/insiders").await.expect(200).says("Leyó a qué le obliga: 2027-01-11"));
    assert!(!sara.get("/records").await.expect(200).says("no ha confirmado"));
    let mut ana = house.browser_of(&scene.coordinator).await;
    let trail = ana.get("/audit?verb=observations").await.expect(200);
    assert!(trail.says("confirmó que sabe a qué le obliga") && !trail.says("Lucía"), "{}", trail.text());
    // It turns out that she heard nothing.
    let path = scene.path("/record/entries");
    let mut keeper = program(house, &scene.secretary).await;
    let record = keeper.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    let begins = entry_of(&record, "item-begins", 4).to_string();
    let client = Uuid::now_v7().to_string();
    let strike = [("client", client.as_str()), ("entry", &begins), ("struck", "yes"), ("why", "mistaken")];
    sara.post(&path, &strike).await.expect(303);
    assert!(lucia.get("/duties").await.expect(200).says("al final no la oíste"));
    house.work().await;
    assert!(lucia.get("/notices").await.expect(200).says("al final no oíste información privilegiada"));
    // She did after all: what she read before binds her no longer, so she reads it again.
    let client = Uuid::now_v7();
    let again = json!({ "client": client, "entry": begins.parse::<u64>().unwrap(), "at": "2027-01-11T09:37:30Z" });
    corrected(&mut keeper, &scene, &again).await;
    assert!(sara.get("/insiders").await.expect(200).says("Tiene que leer a qué le obliga"));
    let page = lucia.get("/duties").await.expect(200);
    assert!(page.says("Lo he leído y sé") && !page.says("Leído el"), "{}", page.text());
    lucia.post(&doing(&page), &[("lang", "es"), ("hash", &fields(&page.text())["hash"])]).await.expect(303);
    assert!(lucia.get("/duties").await.expect(200).says("Leído el"));
    // What she read is checked with the records.
    house.raw("UPDATE insider_duties SET words = 'Nada.'").await;
    let checked = telemaco::observations::record::actions::check_all(&house.app).await;
    let faults = checked.map_err(anyhow::Error::from).unwrap().faults;
    assert_eq!(faults.len(), 1, "{faults:?}");
});

/// Where the first form of a page goes.
fn doing(page: &Seen) -> String {
    let text = page.text();
    let form = text.split("<form method=\"post\" action=\"/duties").nth(1).unwrap();
    format!("/duties{}", form.split('"').next().unwrap())
}

story!(each_thing_that_was_heard_is_read_apart, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    // The fifth item is of the same class, and she is there for both.
    house.raw("UPDATE sitting_items SET class = 'inside-information' WHERE number = 5").await;
    house.raw("UPDATE item_classes SET class = 'inside-information' WHERE item IN (SELECT id FROM sitting_items WHERE number = 5)").await;
    let lucia_id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &lucia_id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "4"), ("all-the-same", "yes")]).await.expect(303);
    let page = lucia.get("/duties").await.expect(200);
    assert!(page.says("punto 4"), "{}", page.text());
    lucia.post(&doing(&page), &[("lang", "es"), ("hash", &fields(&page.text())["hash"])]).await.expect(303);
    house.pass(jiff::SignedDuration::from_mins(5));
    tap(&mut sara, &scene, &[("what", "item-ends"), ("item", "4")]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "5"), ("all-the-same", "yes")]).await.expect(303);
    let page = lucia.get("/duties").await.expect(200);
    assert!(page.says("Leído el") && page.says("punto 5") && page.says("Lo he leído y sé"), "{}", page.text());
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("Leyó a qué le obliga") && list.says("Tiene que leer a qué le obliga"), "{}", list.text());
    assert!(
        sara.get("/records").await.expect(200).says("Una persona que oyó información privilegiada no ha confirmado")
    );
});

story!(that_somebody_declared_a_conflict_is_read_by_whoever_settles_it, async |house: &House| {
    let scene = scene(house).await;
    house.raw("UPDATE seats SET conflict = 'declared'").await;
    house.raw("UPDATE seat_standings SET conflict = 'declared'").await;
    house.raw(&format!("UPDATE sittings SET host = {}", house.literal(scene.coordinator.id.0))).await;
    let sitting = format!("/sittings/{}", scene.sitting);
    let page = house.browser_of(&scene.coordinator).await.get(&sitting).await.expect(200);
    assert!(page.says("el motivo lo sabe quien tiene que resolverlo") && !page.says("onflicto"), "{}", page.text());
    let page = house.browser_of(&scene.secretary).await.get(&sitting).await.expect(200);
    assert!(page.says("Se ha declarado un conflicto de interés"), "{}", page.text());
});

story!(a_line_keeps_its_names_and_what_was_typed_goes_after_five_years, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    play(house, &scene, &mut sara).await;
    // Somebody whose exposure is older than this page is told by the secretary.
    house.raw("DELETE FROM insider_duties").await;
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("No consta que sepa") && list.says("al menos hasta el 11 de enero de 2032"), "{}", list.text());
    let path =
        format!("/insiders/{}", list.text().split("href=\"/insiders/").nth(1).unwrap().split('"').next().unwrap());
    sara.post(&format!("{path}/tell"), &[]).await.expect(303);
    assert!(house.browser_of(&scene.observer).await.get("/duties").await.expect(200).says("no compres ni vendas"));
    // From the first file on, names and company are those of the line.
    let taken = async |browser: &mut Client| browser.get("/insiders/export?form=csv").await.expect(200).text();
    let before = taken(&mut sara).await;
    assert!(before.contains("Ibáñez") && before.contains("Banco del Norte"), "{before}");
    house.raw("UPDATE persons SET name = 'Lucía Casada' WHERE name = 'Lucía Ibáñez'").await;
    house.raw("UPDATE organisations SET name = 'Otra casa' WHERE name = 'Banco del Norte'").await;
    assert_eq!(taken(&mut sara).await, before);
    let versions = sara.get(&format!("{path}/versions")).await.expect(200);
    assert!(versions.says("Ibáñez") && versions.says("Banco del Norte"), "{}", versions.text());
    assert!(versions.says("tal como eran cuando se sacó la lista"), "{}", versions.text());
    // A program that reads it meanwhile is in nobody's way.
    let mut form = fields(&sara.get(&path).await.expect(200).text());
    taken(&mut house.browser_of(&scene.secretary).await).await;
    form.insert("value-born".to_owned(), "31/02/1990".to_owned());
    assert!(sara.post(&path, &posted(&form)).await.expect(422).says("Escribe la fecha como 1990-01-31"));
    let typed =
        [("born", "1990-02-03"), ("section-created", "2027-01-04, 08:00 UTC"), ("reason", "La hermana de Ibáñez")];
    complete(&mut sara, &typed).await;
    let after = taken(&mut sara).await;
    assert!(after.contains("1990-02-03") && after.contains("Ibáñez") && !after.contains("Casada"), "{after}");
    let told = program(house, &scene.secretary).await.get("/api/insiders").await.expect(200);
    assert!(told.says("2027-01-04, 08:00 UTC") && !told.says("Ibáñez"), "{}", told.text());
    // Five years after the last change it need be kept no longer, and what was typed can go.
    sara.post(&format!("{path}/destroy"), &[]).await.expect(409);
    house.pass(jiff::SignedDuration::from_hours(24 * (5 * 365 + 3)));
    let mut sara = house.browser_of(&scene.secretary).await;
    assert!(sara.get("/records").await.expect(200).says("ha cumplido sus cinco años"));
    let list = sara.get("/insiders").await.expect(200);
    assert!(list.says("ya no hay que conservarla") && list.says("1990-02-03"), "{}", list.text());
    sara.post(&format!("{path}/destroy"), &[]).await.expect(303);
    let list = sara.get("/insiders").await.expect(200);
    assert!(!list.says("1990-02-03") && !list.says("Borrar lo que se escribió"), "{}", list.text());
    assert!(list.says("Sus datos se borraron el 2032-01-1") && !list.says("Falta"), "{}", list.text());
    for name in ["Ibáñez", "Casada", "Banco del Norte"] {
        assert!(!list.says(name) && !taken(&mut sara).await.contains(name), "{name}: {}", list.text());
    }
    assert!(!sara.get("/records").await.expect(200).says("cinco años"));
    let versions = sara.get(&format!("{path}/versions")).await.expect(200);
    assert!(!versions.says("1990-02-03") && versions.says("Se borró lo que se conservaba"), "{}", versions.text());
    assert_eq!(house.count("record_entries WHERE kind = 'details' AND sealed IS NOT NULL").await, 0);
    assert_eq!(house.count("insider_duties").await, 0);
    sara.post(&format!("{path}/tell"), &[]).await.expect(409);
    sara.post(&format!("{path}/destroy"), &[]).await.expect(409);
    assert!(!sara.get(&path).await.expect(200).says("Guardar esta versión"));
    sara.post(&path, &posted(&form)).await.expect(409);
    // The chain is whole.
    let checked = telemaco::observations::record::actions::check_all(&house.app).await;
    assert!(checked.map_err(anyhow::Error::from).unwrap().faults.is_empty());
});

story!(the_papers_count_exposures_alike, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let id = scene.observer.id.to_string();
    let comes = [("what", "comes"), ("observer", id.as_str())];
    let leaves = [("what", "leaves"), ("observer", id.as_str())];
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "4")]).await.expect(303);
    // Twice in, and twice out again, within one item.
    for _ in 0..2 {
        house.pass(jiff::SignedDuration::from_mins(2));
        tap(&mut sara, &scene, &[comes[0], comes[1], ("again", "yes")]).await.expect(303);
        house.pass(jiff::SignedDuration::from_mins(1));
        tap(&mut sara, &scene, &leaves).await.expect(303);
    }
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    for page in ["/record", "/record/annex"] {
        let page = sara.get(&scene.path(page)).await.expect(200);
        assert!(page.says("Hubo 2 exposiciones accidentales"), "{}", page.text());
    }
    assert!(sara.get("/insiders").await.expect(200).says("2 exposiciones en la lista"));
    assert!(!sara.get(&scene.path("/record/privilege")).await.expect(200).says("exposición accidental"));
});
