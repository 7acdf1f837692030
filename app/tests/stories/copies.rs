//! Copies that somebody hands to the coordination or to the faculty: who reads them, that they stay as they were, and that they are gone
//! when they are taken back.

use axum::http::Method;
use serde_json::json;
use telemaco::db::Error;
use telemaco::identity::{self, Held, Part, Scope};
use telemaco::programmes::Track;
use telemaco::transaction;

use crate::api::{nothing_stands_open, program, send};
use crate::goals::{add, framed_on};
use crate::story;
use crate::support::dump::{database, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};
use crate::vault::Pair;

const GOAL: &str = "Reservado: cerrar sola un contrato de flete";
const NOTE: &str = "Reservado: mi ensayo sobre anclas y concesiones";

/// A student and their mentor, with faculty of the organisation and of the very edition.
struct Stage {
    pair: Pair,
    faculty: Person,
    tutor: Person,
}

async fn tutor(house: &House, pair: &Pair, name: &str) -> Person {
    let organisation = pair.ana.organisation;
    let tutor = house.person(organisation, name, &[]).await;
    let held = Held { part: Part::Faculty, scope: Scope::Edition(pair.edition.0) };
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
        identity::grant_there(&house.app, tx, organisation, &[(tutor.id, held)]).await
    });
    granted.unwrap();
    tutor
}

impl Stage {
    async fn of(house: &House) -> Self {
        let pair = framed_on(house, Track::Degree).await;
        let faculty = house.person(pair.ana.organisation, "Fátima Rey", &[Part::Faculty]).await;
        let tutor = tutor(house, &pair, "Teo Ramos").await;
        Self { pair, faculty, tutor }
    }

    fn path(&self) -> String {
        format!("/mentorships/{}/copies", self.pair.mentorship)
    }
}

async fn goal(browser: &mut Client, pair: &Pair) -> String {
    let form = [("statement", GOAL), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    add(browser, pair, &form).await
}

/// The mark of the first text of one's own on the page.
fn mark(page: &str) -> String {
    let rest = page.split("name=\"texts\" value=\"").nth(1).expect("a text of one's own");
    rest.split('"').next().unwrap().to_owned()
}

/// Where the first copy in a list leads.
fn first(page: &str) -> String {
    let rest = page.split("href=\"/copies/").nth(1).expect("a copy");
    format!("/copies/{}", rest.split('"').next().unwrap())
}

story!(a_copy_for_the_faculty_is_read_by_the_faculty_alone, async |house: &House| {
    let stage = Stage::of(house).await;
    let Pair { ana, lucia, andres, .. } = &stage.pair;
    let (mut lucia_at, mut andres_at) = (house.browser_of(lucia).await, house.browser_of(andres).await);
    let goal = goal(&mut lucia_at, &stage.pair).await;
    let alone = [
        ("statement", "Solo mío: dejar la facultad"),
        ("kind", "personal"),
        ("term", "long"),
        ("visibility", "only-me"),
    ];
    add(&mut lucia_at, &stage.pair, &alone).await;
    let page = lucia_at.get(&stage.path()).await.expect(200);
    assert!(!page.says("Solo mío"), "what is hers alone is no text to copy");
    assert!(page.says("cerrar sola un contrato") && page.says("Aún no hay ninguna copia entregada"), "{}", page.text());
    assert!(!andres_at.get(&stage.path()).await.expect(200).says("cerrar sola"), "he hands over what is his");
    let mark = mark(&page.text());

    // All that is missing is said at once, and nothing is lost.
    let refused = lucia_at.post(&stage.path(), &[("note", NOTE)]).await.expect(422);
    assert!(refused.says("Falta decir a quién") && refused.says("Falta decir qué es") && refused.says(NOTE));
    let copy = [("to", "faculty"), ("title", "Memoria del flete"), ("note", NOTE), ("texts", mark.as_str())];
    lucia_at.post(&stage.path(), &copy).await.expect(303);
    assert_eq!(found(&database(house).await, &[GOAL.to_owned(), NOTE.to_owned()]), None);

    // It stays as it was. A text that was changed since it was ticked is not handed over unseen.
    let mut edit = fields(&lucia_at.get(&format!("{goal}/edit")).await.expect(200).text());
    edit.insert("statement".to_owned(), "Otra cosa".to_owned());
    let edit: Vec<(&str, &str)> = edit.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lucia_at.post(&format!("{goal}/edit"), &edit).await.expect(303);
    assert!(lucia_at.post(&stage.path(), &copy).await.expect(422).says("ha cambiado"));

    house.work().await;
    let there = first(&lucia_at.get(&stage.path()).await.expect(200).text());
    for reader in [&stage.faculty, &stage.tutor] {
        let mut browser = house.browser_of(reader).await;
        assert!(browser.get("/notices").await.expect(200).says("Lucía Ibáñez te entrega una copia"));
        let list = browser.get("/copies").await.expect(200);
        assert!(list.says("Memoria del flete") && list.says("De Lucía Ibáñez"), "{}", list.text());
        let read = browser.get(&there).await.expect(200);
        assert!(
            read.says(GOAL) && read.says(NOTE) && !read.says("Otra cosa") && !read.says("Retirar"),
            "{}",
            read.text()
        );
        let mail = house.mail_saying(&reader.address, "Hay algo que leer").await;
        assert!(!mail.contains("Lucía") && !mail.contains("Memoria"), "{mail}");
    }
    // Nobody else, the other of the pair least of all; somebody of another edition neither.
    let elsewhere = house.person(ana.organisation, "Olga Lejos", &[]).await;
    let foreign = house.organisation("Otra casa", "Eva Ruiz").await;
    let sponsor = house.person(ana.organisation, "Pilar Ríos", &[Part::Sponsor]).await;
    for other in [ana, andres, &elsewhere, &foreign, &sponsor] {
        house.browser_of(other).await.get(&there).await.expect(404);
    }
    assert!(!andres_at.get(&stage.path()).await.expect(200).says("Memoria"));
    assert!(!house.browser_of(ana).await.get("/copies").await.expect(200).says("Memoria"));
    let trail = house.browser_of(ana).await.get("/audit").await.expect(200);
    assert!(trail.text().split("<main").nth(1).unwrap().contains("Lucía Ibáñez") && !trail.says("Memoria"));

    andres_at.post(&format!("{there}/take-back"), &[]).await.expect(404);
    lucia_at.post(&format!("{there}/take-back"), &[]).await.expect(303);
    let mut tutor = house.browser_of(&stage.tutor).await;
    tutor.get(&there).await.expect(404);
    assert!(tutor.get("/copies").await.expect(200).says("Nadie ha entregado nada"));
    assert!(!tutor.get("/notices").await.expect(200).says("te entrega"));
});

story!(a_copy_for_the_coordination_is_read_by_the_pair_as_well, async |house: &House| {
    let stage = Stage::of(house).await;
    let Pair { ana, lucia, andres, .. } = &stage.pair;
    let mut andres_at = house.browser_of(andres).await;
    let copy = [("to", "coordination"), ("title", "Lo que me preocupa"), ("note", NOTE)];
    andres_at.post(&stage.path(), &copy).await.expect(303);
    let there = first(&andres_at.get(&stage.path()).await.expect(200).text());
    let mut coordinator = house.browser_of(ana).await;
    let of_pair = coordinator.get(&format!("/mentorships/{}", stage.pair.mentorship)).await.expect(200);
    assert!(of_pair.says("Te han entregado una") && !of_pair.says("preocupa"), "{}", of_pair.text());
    assert!(coordinator.get("/copies").await.expect(200).says("Lo que me preocupa"));
    assert!(coordinator.get(&there).await.expect(200).says(NOTE));
    let mut lucia_at = house.browser_of(lucia).await;
    assert!(lucia_at.get(&stage.path()).await.expect(200).says("Lo que me preocupa"));
    let read = lucia_at.get(&there).await.expect(200);
    assert!(read.says(NOTE) && read.says("Lo ven las dos personas de la mentoría y la coordinación"));
    house.browser_of(&stage.faculty).await.get(&there).await.expect(404);
    lucia_at.post(&format!("{there}/take-back"), &[]).await.expect(404);
});

story!(a_mentor_of_the_faculty_is_no_reader_of_what_is_handed_to_it, async |house: &House| {
    let stage = Stage::of(house).await;
    let Pair { ana, lucia, andres, .. } = &stage.pair;
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
        identity::grant(&house.app, tx, ana.organisation, &[(andres.id, Part::Faculty)]).await
    });
    granted.unwrap();
    let mut lucia_at = house.browser_of(lucia).await;
    let copy = [("to", "faculty"), ("title", "Sobre mi mentor"), ("note", NOTE)];
    lucia_at.post(&stage.path(), &copy).await.expect(303);
    let there = first(&lucia_at.get(&stage.path()).await.expect(200).text());
    let mut andres_at = house.browser_of(andres).await;
    andres_at.get(&there).await.expect(404);
    for page in ["/copies", "/notices", &stage.path()] {
        assert!(!andres_at.get(page).await.expect(200).says("Sobre mi mentor"), "{page}");
    }
    assert!(!andres_at.get("/notices").await.expect(200).says("te entrega"));
    // Neither does the trail tell him, should he coordinate as well; and his own pairs shorten no page of what he is handed.
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
        identity::grant(&house.app, tx, ana.organisation, &[(andres.id, Part::Coordinator)]).await
    });
    granted.unwrap();
    let mut andres_at = house.browser_of(andres).await;
    let trail = andres_at.get("/audit?verb=copies").await.expect(200).text();
    assert!(!trail.split("<main").nth(1).unwrap().contains("Lucía Ibáñez"), "{trail}");
    let handed = program(house, andres).await.get("/api/copies?limit=1").await.expect(200).json();
    assert_eq!((&handed["items"], &handed["next"]), (&json!([]), &json!(null)));
});

story!(a_program_hands_copies_over, async |house: &House| {
    let stage = Stage::of(house).await;
    let Pair { ana, lucia, .. } = &stage.pair;
    goal(&mut house.browser_of(lucia).await, &stage.pair).await;
    let path = format!("/api/me{}", stage.path());
    let mut hers = program(house, lucia).await;
    let seen = hers.get(&path).await.expect(200).json();
    let mark = seen["texts"][0]["mark"].clone();
    assert_eq!(seen["texts"][0]["words"][0]["words"], GOAL);
    let copy = json!({ "to": "faculty", "title": "Ensayo", "texts": [mark] });
    let unknown = json!({ "to": "faculty", "title": "Ensayo", "texts": ["x"] });
    send(&mut hers, Method::POST, &path, &unknown).await.expect(422);
    let made = send(&mut hers, Method::POST, &path, &copy).await.expect(201).json();
    assert_eq!((&made["to"], &made["texts"][0]["words"][0]["words"]), (&json!("faculty"), &json!(GOAL)));
    let mut tutor = program(house, &stage.tutor).await;
    let handed = tutor.get("/api/copies").await.expect(200).json();
    assert_eq!((&handed["items"][0]["id"], &handed["next"]), (&made["id"], &json!(null)));
    assert_eq!(program(house, ana).await.get("/api/copies").await.expect(200).json()["items"], json!([]));
    nothing_stands_open(house, &[GOAL]).await;
    let one = format!("/api/me/copies/{}", made["id"].as_str().unwrap());
    send(&mut tutor, Method::DELETE, &one, &json!({})).await.expect(404);
    send(&mut hers, Method::DELETE, &one, &json!({})).await.expect(204);
    assert_eq!(tutor.get("/api/copies").await.expect(200).json()["items"], json!([]));
});
