//! Agreed outcomes: a line that one of a pair proposes and both release, to readers whom both name; where these read it; and that
//! nobody else sees that there is one.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::Error;
use telemaco::identity::{self, Held, Part, PersonId, Scope};
use telemaco::mentorships;
use telemaco::programmes::Track;
use telemaco::transaction;

use crate::api::{program, send};
use crate::story;
use crate::support::before::Scene;
use crate::support::dump::{database, files, found};
use crate::support::{House, Person};

/// A pair with everybody who may be named: a line manager, a sponsor of the organisation, one of the edition, a coordinator.
pub struct Stage {
    pub scene: Scene,
    pub path: String,
    pub sponsor: Person,
    pub second_sponsor: Person,
}

impl Stage {
    pub async fn of(house: &House) -> Self {
        let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
        scene.pair(house, &scene.mentee, &scene.mentor).await;
        let own = mentorships::of_person(&house.app.db, scene.mentee.id).await.unwrap();
        let organisation = scene.coordinator.organisation;
        let sponsor = house.person(organisation, "Pilar Ríos", &[Part::Sponsor]).await;
        let second_sponsor = house.person(organisation, "Rafael Soto", &[]).await;
        let held = Held { part: Part::Sponsor, scope: Scope::Edition(scene.edition.0) };
        let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
            identity::grant_there(&house.app, tx, organisation, &[(second_sponsor.id, held)]).await
        });
        granted.unwrap();
        Self { path: format!("/mentorships/{}", own[0].id), scene, sponsor, second_sponsor }
    }
}

fn code(part: &str, person: PersonId) -> String {
    format!("{part}.{person}")
}

/// The path of the first line on a page.
fn first(page: &str) -> String {
    let rest = page.split("/outcomes/").nth(1).expect("a line");
    rest.split('/').next().unwrap().to_owned()
}

const LINE: &str = "Reservado: Carla dirige ya su propio comité";

story!(a_line_is_shown_to_whom_both_have_named, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let outcomes = format!("{}/outcomes", stage.path);
    let (mut carla, mut elena) = (house.browser_of(&scene.mentee).await, house.browser_of(&scene.mentor).await);
    let page = carla.get(&outcomes).await.expect(200);
    for name in ["Álvaro Núñez", "Pilar Ríos", "Rafael Soto", "Ana Pérez"] {
        assert!(page.says(name), "{name} may be named: {}", page.text());
    }
    assert!(!page.says("Begoña Sáez"), "another's line manager may not");
    let (manager, sponsor) = (code("supervisor", scene.manager.id), code("sponsor", stage.sponsor.id));
    let (second, ana) = (code("sponsor", stage.second_sponsor.id), code("coordinator", scene.coordinator.id));
    let nobody = carla.post(&outcomes, &[("line", LINE)]).await.expect(422);
    assert!(nobody.says("Falta decir a quién se enseña") && nobody.says(LINE));
    assert!(carla.post(&outcomes, &[("line", ""), ("readers", &sponsor)]).await.expect(422).says("Falta la línea"));
    let begona = code("supervisor", scene.second_manager.id);
    carla.post(&outcomes, &[("line", LINE), ("readers", &begona)]).await.expect(422);
    let all =
        [("line", LINE), ("readers", manager.as_str()), ("readers", &sponsor), ("readers", &second), ("readers", &ana)];
    carla.post(&outcomes, &all).await.expect(303);
    house.work().await;
    let mail = house.mail_saying(&scene.mentor.address, "Hay algo que mirar").await;
    assert!(!mail.contains("Carla") && !mail.contains("comité"), "{mail}");
    // Until the other releases it, nobody but the two knows of it.
    let mut readers = [
        house.browser_of(&scene.manager).await,
        house.browser_of(&stage.sponsor).await,
        house.browser_of(&stage.second_sponsor).await,
        house.browser_of(&scene.coordinator).await,
    ];
    let overview = format!("/overview/{}", scene.edition);
    let pages = ["/lent", overview.as_str(), overview.as_str(), outcomes.as_str()];
    for (browser, page) in readers.iter_mut().zip(pages) {
        assert!(!browser.get(page).await.says("Reservado"), "{page}");
    }
    let id = first(&carla.get(&outcomes).await.expect(200).text());
    let release = format!("{outcomes}/{id}/release");
    carla.post(&release, &[("readers", &sponsor)]).await.expect(404);
    assert!(elena.get(&stage.path).await.expect(200).says("Te proponen un resultado acordado"));
    assert!(elena.get(&outcomes).await.expect(200).says(LINE));
    elena.post(&release, &[]).await.expect(422);
    // She names fewer: those whom both name read it, each on a page of their own.
    let hers = [("readers", manager.as_str()), ("readers", &second), ("readers", &ana)];
    elena.post(&release, &hers).await.expect(303);
    elena.post(&release, &hers).await.expect(409);
    for (place, (browser, page)) in readers.iter_mut().zip(pages).enumerate() {
        let seen = browser.get(page).await.expect(200);
        assert_eq!(seen.says(LINE), place != 1, "{page}: {}", seen.text());
    }
    assert!(readers[3].get(&stage.path).await.expect(200).says("Han decidido enseñarte uno"));
    house.work().await;
    for person in [&scene.manager, &stage.second_sponsor] {
        let mail = house.mail_saying(&person.address, "Hay algo que leer").await;
        assert!(!mail.contains("Carla") && !mail.contains("comité"), "{mail}");
    }
    // Who does not hold the part any more reads it no longer there.
    let revoked: Result<(), Error> =
        transaction!(house.app.db, tx => identity::revoke(tx, &[(scene.manager.id, Part::Supervisor)]).await);
    revoked.unwrap();
    readers[0].get("/lent").await.expect(404);
    // Either withdraws it, and it is gone for everybody.
    elena.post(&format!("{outcomes}/{id}/withdraw"), &[]).await.expect(303);
    elena.post(&format!("{outcomes}/{id}/withdraw"), &[]).await.expect(404);
    assert!(!readers[2].get(&overview).await.expect(200).says("Reservado"));
    readers[3].get(&outcomes).await.expect(404);
    assert!(!readers[3].get(&stage.path).await.expect(200).says("Resultados acordados"));
    assert!(carla.get(&outcomes).await.expect(200).says("Aún no hay ningún resultado acordado"));
});

story!(a_line_withdrawn_at_night_is_mailed_to_nobody, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let outcomes = format!("{}/outcomes", stage.path);
    // Eleven in the evening: no mail leaves before the morning.
    house.pass(SignedDuration::from_hours(13));
    let (mut carla, mut elena) = (house.browser_of(&scene.mentee).await, house.browser_of(&scene.mentor).await);
    let sponsor = code("sponsor", stage.sponsor.id);
    let line = [("line", LINE), ("readers", sponsor.as_str())];
    carla.post(&outcomes, &line).await.expect(303);
    let id = first(&carla.get(&outcomes).await.expect(200).text());
    elena.post(&format!("{outcomes}/{id}/release"), &[("readers", &sponsor)]).await.expect(303);
    house.work().await;
    let unread = async |house: &House| house.browser_of(&stage.sponsor).await.get("/notices").await.expect(200);
    assert!(unread(house).await.says("Carla"), "it stands in the product at once");
    carla.post(&format!("{outcomes}/{id}/withdraw"), &[]).await.expect(303);
    house.pass(SignedDuration::from_hours(13));
    house.work().await;
    assert!(house.mail_to(&stage.sponsor.address).await.is_none());
    assert!(!unread(house).await.says("Carla"));
});

story!(a_program_keeps_outcomes, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let list = format!("/api/me{}/outcomes", stage.path);
    let (mut carla, mut elena) = (program(house, &scene.mentee).await, program(house, &scene.mentor).await);
    let seen = carla.get(&list).await.expect(200).json();
    assert_eq!(seen["items"], json!([]));
    let named = |part: &str, person: PersonId| json!({ "person": person, "part": part });
    assert!(seen["candidates"].as_array().unwrap().iter().any(|one| one["part"] == "sponsor"));
    let readers = json!([named("sponsor", stage.sponsor.id), named("coordinator", scene.coordinator.id)]);
    send(&mut carla, Method::POST, &list, &json!({ "line": "", "readers": readers })).await.expect(422);
    send(&mut carla, Method::POST, &list, &json!({ "line": LINE, "readers": [] })).await.expect(422);
    let made = send(&mut carla, Method::POST, &list, &json!({ "line": LINE, "readers": readers })).await.expect(201);
    let made = made.json();
    assert_eq!((&made["line"], &made["released_at"]), (&json!(LINE), &json!(null)));
    let one = format!("{list}/{}", made["id"].as_str().unwrap());
    let fewer = json!({ "readers": [named("sponsor", stage.sponsor.id)] });
    send(&mut carla, Method::POST, &format!("{one}/release"), &fewer).await.expect(404);
    let released = send(&mut elena, Method::POST, &format!("{one}/release"), &fewer).await.expect(200).json();
    assert_eq!(released["readers"].as_array().unwrap().len(), 1);
    send(&mut elena, Method::POST, &format!("{one}/release"), &fewer).await.expect(409);
    // Whom both named reads it there as well, and nobody else.
    let mut sponsor = program(house, &stage.sponsor).await;
    assert_eq!(sponsor.get("/api/me/outcomes").await.expect(200).json()["items"][0]["line"], LINE);
    for other in [&stage.second_sponsor, &scene.coordinator, &scene.manager] {
        let mut other = program(house, other).await;
        assert_eq!(other.get("/api/me/outcomes").await.expect(200).json()["items"], json!([]));
        other.get(&list).await.expect(404);
    }
    send(&mut elena, Method::DELETE, &one, &json!({})).await.expect(204);
    send(&mut elena, Method::DELETE, &one, &json!({})).await.expect(404);
    assert_eq!(sponsor.get("/api/me/outcomes").await.expect(200).json()["items"], json!([]));
});

story!(nobody_else_sees_that_there_is_an_outcome, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let outcomes = format!("{}/outcomes", stage.path);
    let (mut carla, mut elena) = (house.browser_of(&scene.mentee).await, house.browser_of(&scene.mentor).await);
    let sponsor = code("sponsor", stage.sponsor.id);
    carla.post(&outcomes, &[("line", LINE), ("readers", &sponsor)]).await.expect(303);
    let id = first(&carla.get(&outcomes).await.expect(200).text());
    elena.post(&format!("{outcomes}/{id}/release"), &[("readers", &sponsor)]).await.expect(303);
    let said = [LINE.to_owned()];
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![
        house.browser_of(&scene.coordinator).await,
        house.browser_of(&scene.manager).await,
        house.browser_of(&stage.second_sponsor).await,
        house.browser_of(&scene.second_mentee).await,
        house.browser_of(&foreign).await,
    ];
    let overview = format!("/overview/{}", scene.edition);
    for browser in &mut others {
        browser.get(&outcomes).await.expect(404);
        browser.post(&outcomes, &[("line", "x"), ("readers", &sponsor)]).await.expect(404);
        for door in ["release", "withdraw"] {
            browser.post(&format!("{outcomes}/{id}/{door}"), &[("readers", &sponsor)]).await.expect(404);
        }
        for page in [stage.path.as_str(), "/audit", "/audit/export?form=csv", "/", "/lent", &overview, "/notices"] {
            let seen = browser.get(page).await;
            assert!(!seen.says("Resultados acordados") && !seen.says("resultado acordado"), "{page}: {}", seen.text());
            assert_eq!(found(&seen.body, &said), None, "{page}");
        }
    }
    // The sponsor's own page costs the same, however many lines there are.
    let mut pilar = house.browser_of(&stage.sponsor).await;
    let before = pilar.get(&overview).await.expect(200).statements();
    carla.post(&outcomes, &[("line", "Reservado: otra"), ("readers", &sponsor)]).await.expect(303);
    let second = first(&elena.get(&outcomes).await.expect(200).text());
    elena.post(&format!("{outcomes}/{second}/release"), &[("readers", &sponsor)]).await.expect(303);
    let seen = pilar.get(&overview).await.expect(200);
    assert!(seen.says("Reservado: otra") && seen.says(LINE));
    assert_eq!(seen.statements(), before);
    // What has been released stays after the end.
    carla.post(&format!("{}/end", stage.path), &[("version", "1")]).await.expect(303);
    assert!(pilar.get(&overview).await.expect(200).says(LINE));
});
