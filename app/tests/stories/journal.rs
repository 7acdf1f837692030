//! The decision journal of a pair: a decision, what is expected of it, what came; how good the forecasts were; what is only one's own,
//! and what everybody else learns.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::identity::{Part, TokenScope};

use crate::api::{nothing_stands_open, problem, program, program_with, send};
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::{Pair, pair};

fn path(pair: &Pair) -> String {
    format!("/mentorships/{}/journal", pair.mentorship)
}

const QUESTION: &str = "¿Acepto dirigir el proyecto del norte?";

/// A decision of one forecast, with other texts in some of its fields.
fn form<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [("question", QUESTION), ("what-0", "Sale a tiempo"), ("percent-0", "70"), ("known-on", "2027-02-01")];
    let is_changed = |name: &str| change.iter().any(|(changed, _)| *changed == name);
    change.iter().copied().chain(usual.into_iter().filter(|(name, _)| !is_changed(name))).collect()
}

/// Writes a decision down and gives its path.
pub async fn add(browser: &mut Client, pair: &Pair, change: &[(&str, &str)]) -> String {
    browser.post(&format!("{}/new", path(pair)), &form(change)).await.expect(303).location().to_owned()
}

async fn version(browser: &mut Client, decision: &str) -> String {
    fields(&browser.get(decision).await.expect(200).text())["version"].clone()
}

async fn resolve(browser: &mut Client, decision: &str, came: &str) {
    let seen = version(browser, decision).await;
    let form = [("version", seen.as_str()), ("came", came)];
    browser.post(&format!("{decision}/resolve"), &form).await.expect(303);
}

story!(the_life_of_a_decision, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let (journal, home) = (path(&pair), format!("/mentorships/{}", pair.mentorship));
    assert!(lucia.get(&journal).await.expect(200).says("Anotar la primera decisión"));
    assert!(andres.get(&journal).await.expect(200).says("Lucía Ibáñez no ha abierto aquí ninguna decisión"));
    andres.get(&format!("{journal}/new")).await.expect(404);
    // What is missing is said, and nothing typed is lost.
    let wrong = [("question", ""), ("what-0", "Sale"), ("percent-0", "setenta"), ("known-on", "2027-01-11")];
    let again = lucia.post(&format!("{journal}/new"), &form(&wrong)).await.expect(422);
    assert!(again.says("Falta decir cuál es la decisión") && again.says("número entero de 0 a 100"));
    assert!(again.says("value=\"setenta\""));
    let past = lucia.post(&format!("{journal}/new"), &form(&[("known-on", "2027-01-11")])).await.expect(422);
    assert!(past.says("Tiene que ser un día que aún no haya llegado"), "today is known today");
    let sum = [("what-1", "Se retrasa"), ("percent-1", "40")];
    assert!(lucia.post(&format!("{journal}/new"), &form(&sum)).await.expect(422).says("Juntas suman 110"));
    // It is hers alone until she opens it.
    let decision = add(&mut lucia, &pair, &[("alternatives", "Sí\nNo"), ("why", "Conozco al equipo")]).await;
    let page = lucia.get(&decision).await.expect(200);
    assert!(page.says(QUESTION) && page.says("Solo lo ve quien lo escribe") && page.says("Conozco al equipo"));
    andres.get(&decision).await.expect(404);
    // Until its day it is written anew, and of two windows the second is told with both texts.
    let edit = format!("{decision}/edit");
    lucia.get(&edit).await.expect(200);
    lucia.post(&edit, &form(&[("version", "1"), ("question", "¿Acepto el del sur?")])).await.expect(303);
    let stale = [("version", "1"), ("question", "¿Y el del este?"), ("percent-0", "55")];
    let stale = lucia.post(&edit, &form(&stale)).await.expect(409);
    assert!(stale.says("¿Acepto el del sur?") && stale.says("value=\"¿Y el del este?\"") && stale.says("70 %"));
    // She opens it to him; there is no way back.
    lucia.post(&format!("{decision}/share"), &[("version", "2")]).await.expect(303);
    lucia.post(&format!("{decision}/share"), &[("version", "2")]).await.expect(409);
    assert!(andres.get(&decision).await.expect(200).says("¿Acepto el del sur?"));
    let back = form(&[("version", "3"), ("visibility", "only-me")]);
    assert!(lucia.post(&edit, &back).await.expect(422).says("no puede volver a ser solo tuya"));
    andres.post(&edit, &form(&[("version", "3")])).await.expect(404);
    andres.post(&format!("{decision}/resolve"), &[("version", "3"), ("came", "0")]).await.expect(404);
    // Its day comes: she is asked, and what was expected is not changed any more.
    assert!(!lucia.get(&home).await.expect(200).says("Ya se puede saber qué pasó"));
    house.pass(SignedDuration::from_hours(24 * 21));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(lucia.get(&home).await.expect(200).says("Ya se puede saber qué pasó con una decisión"));
    assert!(!andres.get(&home).await.expect(200).says("Ya se puede saber qué pasó con una decisión"));
    lucia.get(&edit).await.expect(404);
    let late = form(&[("version", "3"), ("visibility", "pair"), ("percent-0", "99"), ("known-on", "2027-04-01")]);
    assert!(lucia.post(&edit, &late).await.expect(422).says("lo que se esperaba ya no se cambia"));
    assert!(lucia.get(&journal).await.expect(200).says("De una decisión ya se puede decir qué pasó"));
    let resolve = format!("{decision}/resolve");
    assert!(lucia.post(&resolve, &[("version", "3")]).await.expect(422).says("Falta decir qué pasó"));
    assert!(lucia.post(&resolve, &[("version", "3"), ("came", "1")]).await.expect(422).says("Falta decir qué pasó"));
    let came = [("version", "3"), ("came", "0"), ("lesson", "Salió por el equipo, no por el plan")];
    lucia.post(&resolve, &came).await.expect(303);
    lucia.post(&resolve, &came).await.expect(409);
    let page = andres.get(&decision).await.expect(200);
    assert!(page.says("Salió por el equipo, no por el plan") && !page.says("0,09"), "{}", page.text());
    assert!(lucia.get(&decision).await.expect(200).says("0,09"), "the score is hers alone");
    // Who looks again may see it otherwise.
    lucia.post(&resolve, &[("version", "4"), ("came", "none")]).await.expect(303);
    assert!(lucia.get(&decision).await.expect(200).says("No pasó"));
    assert!(lucia.get(&journal).await.expect(200).says("<b>0,49</b>"));
    // Once the mentorship ends, the journal is read and not changed.
    lucia.post(&format!("{home}/end"), &[("version", "1")]).await.expect(303);
    assert!(andres.get(&decision).await.expect(200).says("¿Acepto el del sur?"));
    lucia.get(&format!("{journal}/new")).await.expect(404);
    let ended = lucia.post(&format!("{journal}/new"), &form(&[("known-on", "2027-05-01")])).await.expect(422);
    assert!(ended.says("su diario ya no se cambia"));
});

story!(its_author_is_asked_on_the_day_of_a_decision, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    // One is put off, one is resolved before its day: of these nobody is asked then.
    let put_off = add(&mut lucia, &pair, &[("known-on", "2027-01-13")]).await;
    let resolved = add(&mut lucia, &pair, &[("known-on", "2027-01-14")]).await;
    add(&mut lucia, &pair, &[("known-on", "2027-01-15")]).await;
    let later = form(&[("version", "1"), ("known-on", "2027-01-16")]);
    lucia.post(&format!("{put_off}/edit"), &later).await.expect(303);
    resolve(&mut lucia, &resolved, "0").await;
    let asked = async |day: i64| {
        house.pass(SignedDuration::from_hours(24));
        while house.work().await > 0 {}
        let hers = format!("notices WHERE kind = 'journal.due' AND person = {}", house.literal(pair.lucia.id.0));
        let all = house.count("notices WHERE kind = 'journal.due'").await;
        assert_eq!(house.count(&hers).await, all, "she alone is asked, on day {day}");
        all
    };
    let mut counts = Vec::new();
    for day in 12..=17 {
        counts.push(asked(day).await);
    }
    assert_eq!(counts, [0, 0, 0, 1, 2, 2], "on the 15th and on the 16th, once each");
    let mail = house.mail_saying(&pair.lucia.address, "Hay algo que repasar").await;
    assert!(!mail.contains("proyecto") && !mail.contains("decisi"), "{mail}");
});

story!(from_twenty_on_there_is_a_figure, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    for number in 0..19 {
        let percent = if number % 2 == 0 { "90" } else { "20" };
        let decision = add(&mut lucia, &pair, &[("percent-0", percent)]).await;
        resolve(&mut lucia, &decision, if number % 4 < 2 { "0" } else { "none" }).await;
    }
    // What cannot be known has no score.
    let unknown = add(&mut lucia, &pair, &[]).await;
    resolve(&mut lucia, &unknown, "unknown").await;
    assert!(lucia.get(&unknown).await.expect(200).says("Ya no se puede saber"));
    let list = lucia.get(&path(&pair)).await.expect(200);
    assert!(list.says("en 19 pronósticos") && list.says("Falta un pronóstico con resultado"), "{}", list.text());
    assert!(!list.says("<figure>"));
    let several = [("what-1", "Se retrasa"), ("percent-0", "50"), ("percent-1", "30")];
    let decision = add(&mut lucia, &pair, &several).await;
    resolve(&mut lucia, &decision, "1").await;
    // ½ (0.5² + 0.7² + 0.2²)
    assert!(lucia.get(&decision).await.expect(200).says("0,39"));
    let list = lucia.get(&path(&pair)).await.expect(200);
    assert!(list.says("<figure>") && list.says("20–40 %") && list.says("Los datos"), "{}", list.text());
    // However many there are, a page costs the same.
    let before = list.statements();
    add(&mut lucia, &pair, &[]).await;
    assert_eq!(lucia.get(&path(&pair)).await.expect(200).statements(), before);
    // The score is hers alone.
    let mut andres = house.browser_of(&pair.andres).await;
    assert!(!andres.get(&path(&pair)).await.expect(200).says("Cómo aciertan"));
});

story!(a_stranger_learns_nothing_of_the_journal, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let said: Vec<String> = ["pregunta", "alternativa", "elección", "espera", "porqué", "lección", "propia"]
        .map(|place| format!("Reservado ({place}): ni una palabra de la compra de Ordóñez"))
        .to_vec();
    let whole = [
        ("question", said[0].as_str()),
        ("alternatives", &said[1]),
        ("choice", &said[2]),
        ("what-0", &said[3]),
        ("why", &said[4]),
        ("visibility", "pair"),
    ];
    let decision = add(&mut lucia, &pair, &whole).await;
    let lesson = [("version", "1"), ("came", "0"), ("lesson", said[5].as_str())];
    lucia.post(&format!("{decision}/resolve"), &lesson).await.expect(303);
    let own = add(&mut lucia, &pair, &[("question", &said[6])]).await;
    let mut read = String::new();
    for page in [&decision, &own] {
        read.push_str(&lucia.get(page).await.expect(200).text());
    }
    assert!(said.iter().all(|sentence| read.contains(sentence)), "she reads what she wrote");
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    // Of her own nobody knows; of the pair's the coordinator learns how many.
    let home = format!("/mentorships/{}", pair.mentorship);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&home).await.expect(200);
    assert!(page.says("Ninguna pendiente, una resuelta") && !page.says("Ver el diario"), "{}", page.text());
    assert!(lucia.get(&home).await.expect(200).says("Una pendiente, una resuelta"));
    let trail = ana.get("/audit?verb=journal").await.expect(200);
    assert_eq!(trail.text().matches("Anotó una decisión en el diario").count(), 1, "of the pair's alone");
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![ana, house.browser_of(&foreign).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    let sent = form(&[("version", "1"), ("came", "0")]);
    for browser in &mut others {
        for page in [path(&pair), format!("{}/new", path(&pair)), decision.clone(), format!("{decision}/edit")] {
            browser.get(&page).await.expect(404);
        }
        for door in ["edit", "resolve", "share"].map(|door| format!("{decision}/{door}")) {
            browser.post(&door, &sent).await.expect(404);
        }
        browser.post(&format!("{}/new", path(&pair)), &sent).await.expect(404);
        for page in [home.as_str(), "/audit", "/audit/export?form=csv", "/"] {
            assert_eq!(found(&browser.get(page).await.body, &said), None, "{page}");
        }
    }
    let mut andres = house.browser_of(&pair.andres).await;
    andres.get(&own).await.expect(404);
    assert_eq!(found(&andres.get(&path(&pair)).await.expect(200).body, &said[6..]), None);
});

story!(a_program_keeps_ones_own_journal, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = program(house, &pair.lucia).await;
    let journal = format!("/api/me/mentorships/{}/journal", pair.mentorship);
    let new = json!({
        "question": QUESTION, "known_on": "2027-02-01", "visibility": "pair",
        "expected": [{ "what": "Sale a tiempo", "percent": 70 }],
    });
    let made = send(&mut lucia, Method::POST, &journal, &new).await.expect(201).json();
    assert_eq!((&made["version"], &made["score"], &made["visibility"]), (&json!(1), &json!(null), &json!("pair")));
    let decision = format!("{journal}/{}", made["id"].as_str().unwrap());
    let mut wrong = new.clone();
    wrong["expected"] = json!([]);
    assert_eq!(
        problem(&send(&mut lucia, Method::POST, &journal, &wrong).await.expect(422))["errors"][0]["field"],
        "what-0"
    );
    let own = json!({ "question": "Lo mío", "known_on": "2027-02-01", "expected": [{ "what": "a", "percent": 1 }] });
    send(&mut lucia, Method::POST, &journal, &own).await.expect(201);
    let rewritten = json!({ "version": 1, "decision": new });
    assert_eq!(send(&mut lucia, Method::PUT, &decision, &rewritten).await.expect(200).json()["version"], 2);
    problem(&send(&mut lucia, Method::PUT, &decision, &rewritten).await.expect(409));
    let came = json!({ "version": 2, "came": "expected", "place": 0, "lesson": "El equipo" });
    let resolved = send(&mut lucia, Method::POST, &format!("{decision}/resolve"), &came).await.expect(200).json();
    assert_eq!(
        (&resolved["came"], &resolved["place"], &resolved["lesson"]),
        (&json!("expected"), &json!(0), &json!("El equipo"))
    );
    assert!((resolved["score"].as_f64().unwrap() - 0.09).abs() < 1e-9);
    let mut andres = program(house, &pair.andres).await;
    let his = andres.get(&journal).await.expect(200);
    assert!(his.says(QUESTION) && !his.says("Lo mío"));
    problem(&send(&mut andres, Method::POST, &journal, &new).await.expect(404));
    problem(&program(house, &pair.ana).await.get(&journal).await.expect(404));
    let mut reader = program_with(house, &pair.lucia, &[TokenScope::OwnRead]).await;
    assert_eq!(reader.get(&journal).await.expect(200).json()["items"].as_array().unwrap().len(), 2);
    problem(&send(&mut reader, Method::POST, &journal, &new).await.expect(403));
    nothing_stands_open(house, &[QUESTION, "Sale a tiempo", "El equipo"]).await;
});
