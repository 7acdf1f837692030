//! Concerns: whom an edition names, how either of a pair reports a problem to them, and that nobody else learns of it.

use telemaco::identity::Part;

use crate::outcomes::Stage;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};

const WORDS: &str = "Reservado: Elena me llama de noche y no sé cómo pararlo";

async fn name(ana: &mut Client, stage: &Stage, receiver: &str, status: u16) -> String {
    let path = format!("/editions/{}/concerns", stage.scene.edition);
    let version = fields(&ana.get(&path).await.expect(200).text())["version"].clone();
    let form = [
        ("version", version.as_str()),
        ("receiver", receiver),
        ("channel", "Canal interno, ext. 4321"),
        ("link", "https://canal.example.org"),
    ];
    ana.post(&path, &form).await.expect(status).text()
}

async fn ombudsman(house: &House, stage: &Stage) -> Person {
    house.person(stage.scene.coordinator.organisation, "Nuria Vidal", &[]).await
}

story!(a_problem_reaches_somebody_outside_the_line_of_both, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let nuria = ombudsman(house, &stage).await;
    let concern = format!("{}/concern", stage.path);
    let mut carla = house.browser_of(&scene.mentee).await;
    assert!(carla.get(&stage.path).await.expect(200).says("Contar un problema"));
    let page = carla.get(&concern).await.expect(200);
    assert!(page.says("no ha nombrado aún a nadie"));
    let early = carla.post(&concern, &[("words", WORDS)]).await.expect(422);
    assert!(early.says("no hay nadie fuera de la línea") && early.says(WORDS), "nothing typed is lost");
    // Nobody is named who is of a pair or in the line of one of the two.
    let mut ana = house.browser_of(&scene.coordinator).await;
    assert!(ana.get(&format!("/editions/{}", scene.edition)).await.expect(200).says("A quién se cuenta un problema"));
    for inside in [&scene.mentee, &scene.mentor, &scene.manager] {
        let refused = name(&mut ana, &stage, &inside.address, 422).await;
        assert!(refused.contains("en la línea de alguien"), "{}", inside.name);
    }
    name(&mut ana, &stage, "nadie@example.org", 422).await;
    let path = format!("/editions/{}/concerns", scene.edition);
    let wrong = [("version", "0"), ("link", "http://canal.example.org")];
    assert!(ana.post(&path, &wrong).await.expect(422).says("empieza por https://"));
    name(&mut ana, &stage, "", 303).await;
    assert!(carla.get(&concern).await.expect(200).says("Canal interno, ext. 4321"), "the channel alone");
    name(&mut ana, &stage, &nuria.address, 303).await;
    let old = [("version", "1"), ("receiver", ""), ("channel", "Otro canal"), ("link", "")];
    let both = ana.post(&path, &old).await.expect(409);
    assert!(both.says(&nuria.address) && both.says("value=\"Otro canal\""), "both texts: {}", both.text());
    // She writes; the mail that reaches Nuria says nothing.
    let page = carla.get(&concern).await.expect(200);
    assert!(page.says("Escribir a Nuria Vidal") && page.says("https://canal.example.org"));
    assert!(carla.post(&concern, &[("words", " ")]).await.expect(422).says("Falta decir qué pasa"));
    let sent = carla.post(&concern, &[("words", WORDS)]).await.expect(303).location().to_owned();
    assert!(carla.get(&sent).await.expect(200).says(WORDS));
    house.work().await;
    let mail = house.mail_saying(&nuria.address, "Hay algo que leer").await;
    for word in ["Carla", "Elena", "noche", "problema", "confianza"] {
        assert!(!mail.contains(word), "{word}: {mail}");
    }
    let mut receiver = house.browser_of(&nuria).await;
    assert!(receiver.get("/notices").await.expect(200).says("Alguien te ha escrito en confianza"));
    let list = receiver.get("/concerns").await.expect(200);
    assert!(list.says("Hay un problema por atender") && list.says("Carla Rey · Elena Gil"));
    assert!(receiver.get(&sent).await.expect(200).says(WORDS));
    carla.post(&format!("{sent}/take-up"), &[]).await.expect(404);
    assert!(receiver.get("/").await.expect(200).says("Alguien te ha contado un problema"));
    receiver.post(&format!("{sent}/take-up"), &[]).await.expect(303);
    receiver.post(&format!("{sent}/take-up"), &[]).await.expect(409);
    assert!(receiver.get("/concerns").await.expect(200).says("No hay ningún problema por atender"));
    assert!(carla.get(&sent).await.expect(200).says("Atendido:"));
    assert!(carla.get(&concern).await.expect(200).says("atendido"));
    // What was sent stays with whom it was sent to; the next one goes to whoever is named then, and not into the line of either.
    let hex = |person: &Person| house.literal(person.id.0);
    house.raw(&format!("UPDATE concern_channels SET receiver = {}", hex(&scene.manager))).await;
    assert!(carla.get(&concern).await.expect(200).says("no hay nadie fuera de la línea"));
    carla.post(&concern, &[("words", WORDS)]).await.expect(422);
    receiver.get(&sent).await.expect(200);
    house.browser_of(&scene.manager).await.get(&sent).await.expect(404);
});

story!(whoever_has_a_problem_and_does_nothing_is_told_again, async |house: &House| {
    let stage = Stage::of(house).await;
    let nuria = ombudsman(house, &stage).await;
    let mut ana = house.browser_of(&stage.scene.coordinator).await;
    name(&mut ana, &stage, &nuria.address, 303).await;
    let concern = format!("{}/concern", stage.path);
    let mut carla = house.browser_of(&stage.scene.mentee).await;
    assert!(!house.browser_of(&nuria).await.get("/").await.expect(200).says("href=\"/concerns\""));
    let mut sent = Vec::new();
    for _ in 0..2 {
        sent.push(carla.post(&concern, &[("words", WORDS)]).await.expect(303).location().to_owned());
    }
    house.work().await;
    // Of the one she takes up nothing more is said.
    house.browser_of(&nuria).await.post(&format!("{}/take-up", sent[0]), &[]).await.expect(303);
    // Where nothing was done for a while, as by a server that stood still, what should have been told meanwhile is told once.
    for (days, times) in [(2, 0), (3, 1), (4, 1), (5, 2), (7, 3), (30, 4), (7, 5)] {
        house.pass(jiff::SignedDuration::from_hours(24 * days));
        house.work().await;
        let notices = house.browser_of(&nuria).await.get("/notices").await.expect(200);
        let told = notices.text().matches("sigue sin atender").count();
        assert_eq!(told, times, "{}", notices.text());
    }
    let mut receiver = house.browser_of(&nuria).await;
    let notices = receiver.get("/notices").await.expect(200).text();
    let newest = notices.split("href=\"/notices/").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(receiver.get(&format!("/notices/{newest}")).await.expect(303).location(), sent[1]);
    let mail = house.mail_saying(&nuria.address, "Hay algo que sigue esperando").await;
    for word in ["Carla", "Elena", "noche", "problema", "confianza"] {
        assert!(!mail.contains(word), "{word}: {mail}");
    }
    // Its author learns once that nobody has taken it up, and where else to go.
    let mut carla = house.browser_of(&stage.scene.mentee).await;
    let notices = carla.get("/notices").await.expect(200).text();
    assert_eq!(notices.matches("sigue sin que nadie lo atienda").count(), 1, "{notices}");
    let mail = house.mail_saying(&stage.scene.mentee.address, "Hay algo que leer").await;
    for word in ["Nuria", "Elena", "noche", "problema", "confianza", "atiend"] {
        assert!(!mail.contains(word), "{word}: {mail}");
    }
    // Her first page leads to them, also once all are taken up; nobody else's does.
    receiver.post(&format!("{}/take-up", sent[1]), &[]).await.expect(303);
    let page = receiver.get("/").await.expect(200);
    assert!(page.says("href=\"/concerns\"") && page.says("Los problemas que te han contado"), "{}", page.text());
    for person in [&stage.scene.mentee, &stage.scene.mentor, &stage.scene.coordinator, &stage.scene.manager] {
        let page = house.browser_of(person).await.get("/").await.expect(200);
        assert!(!page.says("href=\"/concerns\""), "{}", person.name);
    }
});

story!(what_waits_since_before_an_upgrade_is_told_again_after_it, async |house: &House| {
    let stage = Stage::of(house).await;
    let nuria = ombudsman(house, &stage).await;
    let mut ana = house.browser_of(&stage.scene.coordinator).await;
    name(&mut ana, &stage, &nuria.address, 303).await;
    let concern = format!("{}/concern", stage.path);
    let send = async || {
        let mut carla = house.browser_of(&stage.scene.mentee).await;
        carla.post(&concern, &[("words", WORDS)]).await.expect(303).location().to_owned()
    };
    let (_, taken_up) = (send().await, send().await);
    house.browser_of(&nuria).await.post(&format!("{taken_up}/take-up"), &[]).await.expect(303);
    house.raw("DELETE FROM jobs").await;
    house.pass(jiff::SignedDuration::from_hours(24 * 60));
    send().await;
    house.raw("DELETE FROM jobs").await;
    let told = async |days: i64| {
        house.pass(jiff::SignedDuration::from_hours(24 * days));
        while house.work().await > 0 {}
        let count = async |kind: &str| house.count(&format!("notices WHERE kind = 'concerns.{kind}'")).await;
        (count("waits").await, count("still").await)
    };
    assert_eq!(told(0).await, (0, 0));
    house.upgrade_again(53).await;
    assert_eq!(told(0).await, (1, 1), "of two months of silence once, and its author of where else to go");
    assert_eq!(told(1).await, (1, 1));
    // From then on as ever: every five working days of the one, after three of the other.
    let after = told(7).await;
    assert_eq!(after, (3, 1));
    house.upgrade_again(53).await;
    assert_eq!(told(0).await, after, "nothing twice");
});

/// How often it was told that a concern waits, after so many days.
async fn waits(house: &House, days: i64) -> i64 {
    house.pass(jiff::SignedDuration::from_hours(24 * days));
    while house.work().await > 0 {}
    house.count("notices WHERE kind = 'concerns.waits'").await
}

/// Somebody of a pair has sent one.
async fn sent(house: &House) -> Stage {
    let stage = Stage::of(house).await;
    let nuria = ombudsman(house, &stage).await;
    let mut ana = house.browser_of(&stage.scene.coordinator).await;
    name(&mut ana, &stage, &nuria.address, 303).await;
    house.pass(jiff::SignedDuration::from_hours(24));
    let mut carla = house.browser_of(&stage.scene.mentee).await;
    carla.post(&format!("{}/concern", stage.path), &[("words", WORDS)]).await.expect(303);
    stage
}

story!(of_a_concern_nobody_is_reminded_on_a_day_of_rest, async |house: &House| {
    // Sent on Tuesday 12 January: three working days have gone on Friday evening.
    sent(house).await;
    assert_eq!([waits(house, 3).await, waits(house, 1).await, waits(house, 1).await], [0; 3], "it is Sunday");
    let holiday = "replace(settings, '\"holidays\":[]', '\"holidays\":[\"2027-01-18\"]')";
    house.raw(&format!("UPDATE editions SET settings = {holiday}")).await;
    assert_eq!(waits(house, 1).await, 0, "Monday is a holiday by now");
    assert_eq!(waits(house, 1).await, 1);
});

story!(an_upgrade_after_a_long_stop_reminds_of_a_concern_once, async |house: &House| {
    sent(house).await;
    house.pass(jiff::SignedDuration::from_hours(24 * 20));
    house.upgrade_again(53).await;
    assert_eq!(waits(house, 0).await, 1);
});

story!(nobody_else_learns_of_a_concern, async |house: &House| {
    let stage = Stage::of(house).await;
    let scene = &stage.scene;
    let nuria = ombudsman(house, &stage).await;
    let mut ana = house.browser_of(&scene.coordinator).await;
    name(&mut ana, &stage, &nuria.address, 303).await;
    let concern = format!("{}/concern", stage.path);
    let mut carla = house.browser_of(&scene.mentee).await;
    let trail = ana.get("/audit").await.expect(200).text().matches("<tr").count();
    let sent = carla.post(&concern, &[("words", WORDS)]).await.expect(303).location().to_owned();
    let said = [WORDS.to_owned()];
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    assert_eq!(ana.get("/audit").await.expect(200).text().matches("<tr").count(), trail, "the trail says nothing");
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![
        house.browser_of(&scene.mentor).await,
        ana,
        house.browser_of(&scene.manager).await,
        house.browser_of(&stage.sponsor).await,
        house.browser_of(&foreign).await,
    ];
    for part in [Part::Faculty, Part::Assistant, Part::Operator] {
        let person = house.person(scene.coordinator.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    for browser in &mut others {
        browser.get(&sent).await.expect(404);
        browser.post(&format!("{sent}/take-up"), &[]).await.expect(404);
        assert!(browser.get("/concerns").await.expect(200).says("Nadie te ha escrito"));
        for page in [stage.path.as_str(), concern.as_str(), "/", "/audit", "/notices", "/lent"] {
            let seen = browser.get(page).await;
            assert_eq!(found(&seen.body, &said), None, "{page}");
            assert!(!seen.says("Lo que has enviado") && !seen.says("en confianza"), "{page}: {}", seen.text());
        }
    }
    // The other of the pair may write as well, and neither sees the other's; it may be done after the end too.
    let mut elena = house.browser_of(&scene.mentor).await;
    elena.post(&format!("{}/end", stage.path), &[("version", "1")]).await.expect(303);
    let his = elena.post(&concern, &[("words", "Reservado: lo mío")]).await.expect(303).location().to_owned();
    carla.get(&his).await.expect(404);
    let mut receiver = house.browser_of(&nuria).await;
    let list = receiver.get("/concerns").await.expect(200);
    assert!(list.says("Hay 2 problemas por atender"));
    let before = list.statements();
    elena.post(&concern, &[("words", "Reservado: y más")]).await.expect(303);
    assert_eq!(receiver.get("/concerns").await.expect(200).statements(), before);
});
