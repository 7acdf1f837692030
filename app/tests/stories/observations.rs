//! The room: a board meeting that is opened to observers by a mentor whose host has no account, from the opening to the activity that
//! is done; a negotiation whose other side has to agree; more wishes than seats; and what everybody else learns of it, which is nothing.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::identity::Part;
use telemaco::mentorships::{self, MentorshipId, NewMentorship};
use telemaco::people::model::Side;
use telemaco::{db, transaction};

use crate::api::{problem, program, send};
use crate::consent::cast::enrol;
use crate::goals::framed;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::{fields, posted, sent};
use crate::support::{Client, House, Person, Seen};
use crate::vault::Pair;

pub const HOST: &str = "rosa.marin@astilleros.example";

/// The form that opens a meeting in three weeks; what differs comes after.
fn form<'a>(change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("kind", "meeting"),
        ("day", "2027-01-15"),
        ("from", "10:00"),
        ("until", "12:00"),
        ("place", "Planta noble, sala 2"),
        ("seats", "2"),
        ("competency", "negotiation"),
        ("host", HOST),
        ("host-name", "Rosa Marín"),
    ];
    fields.retain(|(name, _)| change.iter().all(|(changed, _)| changed != name));
    fields.extend(change);
    fields
}

/// Opens a sitting and gives its path.
pub async fn opened(browser: &mut Client, pair: &Pair, change: &[(&str, &str)]) -> String {
    let new = format!("/editions/{}/sittings/new", pair.edition);
    browser.post(&new, &form(change)).await.expect(303).location().to_owned()
}

pub async fn secretary(house: &House, pair: &Pair) -> Person {
    house.person(pair.ana.organisation, "Sol Vidal", &[Part::Secretary]).await
}

/// Another mentee of the same edition, and the same mentor.
pub async fn another(house: &House, pair: &Pair, name: &str) -> (Person, MentorshipId) {
    another_with(house, pair, name, &[]).await
}

/// The same, with these parts in the house.
pub async fn another_with(house: &House, pair: &Pair, name: &str, parts: &[Part]) -> (Person, MentorshipId) {
    let person = house.person(pair.ana.organisation, name, parts).await;
    enrol(house, &pair.ana, pair.edition, Side::Mentee, std::slice::from_ref(&person)).await;
    let mentorship = paired(house, pair, &person, &pair.andres).await;
    (person, mentorship)
}

/// Begins a mentorship of two who are enrolled.
pub async fn paired(house: &House, pair: &Pair, mentee: &Person, mentor: &Person) -> MentorshipId {
    let new = [NewMentorship { mentee: mentee.id, mentor: mentor.id }];
    let organisation = pair.ana.organisation;
    let made: Result<Vec<MentorshipId>, db::Error> =
        transaction!(house.app.db, tx => mentorships::begin(&house.app, tx, organisation, pair.edition, &new).await);
    made.unwrap()[0]
}

/// Settles for what a conflict of interest counts, by what whoever does so reads of it now.
pub async fn settled(browser: &mut Client, seat: &str, chosen: &[(&str, &str)]) -> Seen {
    let page = browser.get(seat.split("/seats/").next().unwrap()).await.text();
    let form = format!("action=\"{seat}/settle\"");
    // To whom it is not there, there is no form either.
    let form = if page.contains(&form) { sent(&page, &form, &[]).1 } else { Vec::new() };
    let read = |name: &'static str| {
        let found = form.iter().find(|(known, _)| known == name);
        (name, found.map_or("0", |(_, version)| version.as_str()))
    };
    let all: Vec<(&str, &str)> = [read("version"), read("sitting")].into_iter().chain(chosen.iter().copied()).collect();
    browser.post(&format!("{seat}/settle"), &all).await
}

/// The seat of somebody, as the page of a sitting links it.
pub async fn seat_of(browser: &mut Client, sitting: &str) -> String {
    let page = browser.get(sitting).await.expect(200).text();
    let (_, rest) = page.split_once("/seats/").unwrap_or_else(|| panic!("no seat in {page}"));
    let id = rest.split('/').next().unwrap();
    format!("{sitting}/seats/{id}")
}

/// Writes these classes, an hour of items in their order.
pub async fn classify(browser: &mut Client, sitting: &str, classes: &[&str]) {
    let page = browser.get(&format!("{sitting}/items?count={}", classes.len())).await.expect(200).text();
    let mut form = fields(&page);
    for (place, class) in (1..).zip(classes) {
        form.insert(format!("class-{place}"), (*class).to_owned());
        form.insert(format!("time-from-{place}"), format!("10:{:02}", (place - 1) * 10));
        form.insert(format!("time-to-{place}"), format!("10:{:02}", place * 10));
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{sitting}/items"), &form).await.expect(303);
}

/// The chair agrees as somebody with an account.
pub async fn agree_to_items(browser: &mut Client, sitting: &str) {
    let seen = fields(&browser.get(sitting).await.expect(200).text())["seen"].clone();
    browser.post(&format!("{sitting}/items/agree"), &[("seen", &seen)]).await.expect(303);
}

/// Signs as a browser without scripts does.
pub async fn sign(browser: &mut Client, seat: &str) {
    let form = fields(&browser.get(&format!("{seat}/undertaking")).await.expect(200).text());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("{seat}/undertaking"), &form).await.expect(303);
}

/// A plan with an observation of a meeting in it.
pub async fn plan(browser: &mut Client, pair: &Pair) {
    let plan = [
        ("version", "0"),
        ("rows", "1"),
        ("what-0", "Ver un consejo"),
        ("on-0", "2027-01-15"),
        ("kind-0", "meeting-observation"),
        ("competency-0", "negotiation"),
    ];
    browser.post(&format!("/mentorships/{}/plan/edit", pair.mentorship), &plan).await.expect(303);
}

story!(a_meeting_from_the_opening_to_the_plan, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres, mut sol) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&sol).await);
    // The secretary settles the rules and the text.
    assert!(sol.get("/records").await.expect(200).says("Las reglas de la sala"));
    assert!(sol.get("/room").await.expect(200).says("secreto profesional y supervisión están cerrados siempre"));
    sol.post("/room", &[("version", "0")]).await.expect(422);
    let rules = [("version", "0"), ("confidential", "undertaken"), ("secretary", "yes")];
    sol.post("/room", &rules).await.expect(303);
    sol.post("/room", &rules).await.expect(409);
    assert!(sol.get("/room/texts").await.expect(200).says("Lo que aprendo es mío"));
    let empty = [("seen", "1"), ("text-es", ""), ("text-en", "x"), ("lasts", "dos"), ("notes", "0")];
    let again = sol.post("/room/texts", &empty).await.expect(422);
    assert!(again.says("De un mes a 600"), "{}", again.text());
    let text = [
        ("seen", "1"),
        ("text-es", "Callo lo que oigo.\n\n- Puedo contar lo que aprendo."),
        ("text-en", "I keep silent."),
        ("lasts", "12"),
        ("notes", "30"),
    ];
    sol.post("/room/texts", &text).await.expect(303);
    sol.post("/room/texts", &text).await.expect(409);
    let page = sol.get("/room/texts").await.expect(200);
    assert!(page.says("Texto 2") && page.says("Texto 1") && page.says("Callo lo que oigo."));
    sol.post("/room/templates", &[("name", "")]).await.expect(422);
    let template =
        [("name", "Consejo ordinario"), ("class", "open"), ("class", "confidential"), ("class", "legal-advice")];
    sol.post("/room/templates", &template).await.expect(303);
    let list = sol.get("/room/templates").await.expect(200).text();
    assert!(list.contains("Abierto · Confidencial · Secreto profesional"), "{list}");
    let gap = [("name", "Con hueco"), ("class", "open"), ("class", ""), ("class", "legal-advice")];
    assert!(sol.post("/room/templates", &gap).await.expect(422).says("Falta la clase del punto 2"));
    assert!(sol.post("/room/templates", &template).await.expect(422).says("Ya hay una plantilla con ese nombre"));
    sol.post("/room/templates", &[("name", "Otra"), ("class", "open")]).await.expect(303);
    let list = sol.get("/room/templates").await.expect(200).text();
    // In the order of their names.
    let (last, _) = list.rsplit_once("/drop\"").unwrap();
    let last = format!("{}/drop", last.rsplit("action=\"").next().unwrap());
    sol.post(&last, &[]).await.expect(303);
    sol.post(&last, &[]).await.expect(404);
    // A mentor opens it; the host has no account and gets a link.
    assert!(lucia.get("/sittings").await.expect(200).says("No hay ninguna sesión próxima"));
    lucia.get(&format!("/editions/{}/sittings/new", pair.edition)).await.expect(404);
    let new = format!("/editions/{}/sittings/new", pair.edition);
    let page = andres.get(&new).await.expect(200);
    assert!(page.says("Negociación") && page.says(&pair.andres.address));
    let wrong = andres.post(&new, &form(&[("host-name", ""), ("until", "")])).await.expect(422);
    assert!(wrong.says("Falta la hora a la que acaba"), "{}", wrong.text());
    let wrong = andres.post(&new, &form(&[("host-name", ""), ("seats", "90")])).await.expect(422);
    assert!(wrong.says("Falta el nombre de esa persona") && wrong.says("De una plaza a 20"), "{}", wrong.text());
    andres.post(&new, &form(&[("competency", "no-such")])).await.expect(422);
    let sitting = opened(&mut andres, &pair, &[]).await;
    assert!(andres.get(&sitting).await.expect(200).says("Por confirmar"));
    lucia.get(&sitting).await.expect(404);
    house.work().await;
    let mail = house.mail_to(HOST).await.unwrap();
    assert!(mail.contains("sesión 1") && !mail.contains("Planta noble") && !mail.contains("Andrés"), "{mail}");
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    for _ in 0..2 {
        let page = rosa.get(&link).await.expect(200);
        assert!(
            page.says("Callo lo que oigo") && page.says("De acuerdo: pueden venir") && page.says("Banco del Norte")
        );
    }
    assert!(andres.get(&sitting).await.expect(200).says("Por confirmar"), "opening a link decides nothing");
    rosa.post(&link, &[("do", "agree"), ("lasts", "x")]).await.expect(422);
    rosa.post(&link, &[("do", "agree"), ("lasts", "6"), ("text", "")]).await.expect(422);
    rosa.post(&link, &[]).await.expect(422);
    let mut terms = fields(&rosa.get(&link).await.expect(200).text());
    terms.extend([("do", "agree"), ("lasts", "6")].map(|(name, value)| (name.to_owned(), value.to_owned())));
    let terms: Vec<(&str, &str)> = terms.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    rosa.post(&link, &terms).await.expect(303);
    assert!(rosa.post(&link, &terms).await.expect(409).says("ya estaba hecho"));
    assert!(rosa.get(&link).await.expect(200).says("No hay ninguna solicitud que contestar"));
    // The secretary classifies by the template and by hand; whoever presides agrees by link.
    assert!(sol.get(&sitting).await.expect(200).says("Clasifica los puntos"));
    let page = sol.get(&format!("{sitting}/items")).await.expect(200);
    assert!(page.says("Consejo ordinario"));
    let template = page.text().split("<option value=\"").find(|one| one.contains("Consejo")).unwrap().to_owned();
    let template = template.split('"').next().unwrap();
    let page = sol.get(&format!("{sitting}/items?template={template}")).await.expect(200);
    assert!(page.says("value=\"confidential\" selected") && page.says("Punto 3") && !page.says("Punto 4"));
    classify(&mut sol, &sitting, &["open", "confidential", "inside-information", "open"]).await;
    house.work().await;
    let chair = house.mail_saying(HOST, "se han clasificado los puntos").await;
    let chair = chair.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap();
    let chair = format!("/o/{chair}");
    let page = rosa.get(&chair).await.expect(200);
    assert!(page.says("Información privilegiada") && page.says("10:20 – 10:30"), "{}", page.text());
    rosa.post(&chair, &[("do", "chair"), ("seen", "1:open")]).await.expect(409);
    assert!(rosa.get(&chair).await.expect(200).says("Por confirmar"), "what was not seen is not agreed to");
    let seen = fields(&rosa.get(&chair).await.expect(200).text())["seen"].clone();
    rosa.post(&chair, &[("do", "chair"), ("seen", &seen)]).await.expect(303);
    assert!(rosa.get(&chair).await.expect(200).says("No hay nada pendiente"));
    rosa.post(&link, &[("do", "chair"), ("seen", &seen)]).await.expect(404);
    // The mentee asks, for what her plan says.
    plan(&mut andres, &pair).await;
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("Pide una plaza") && !page.says("Planta noble") && !page.says("Información privilegiada"));
    let wish = format!("{sitting}/seats/new/{}", pair.mentorship);
    let page = lucia.get(&wish).await.expect(200);
    assert!(page.says("15 de enero de 2027") && !page.says("Ver un consejo"), "{}", page.text());
    lucia.post(&wish, &[("activity", "00000000-0000-0000-0000-000000000001")]).await.expect(422);
    let activity = fields(&page.text())["activity"].clone();
    lucia.post(&wish, &[("activity", &activity)]).await.expect(303);
    lucia.post(&wish, &[("activity", &activity)]).await.expect(409);
    house.work().await;
    // The host by the link, the secretary on the page: then the seat is hers.
    let page = rosa.get(&link).await.expect(200);
    assert!(page.says("Lucía Ibáñez"), "{}", page.text());
    let seat = seat_of(&mut lucia, &sitting).await;
    let id = seat.rsplit('/').next().unwrap().to_owned();
    rosa.post(&link, &[("do", "seat"), ("seat", &id), ("answer", "perhaps")]).await.expect(422);
    rosa.post(&link, &[("do", "seat"), ("seat", &id), ("answer", "agreed")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("Solicitada"));
    assert!(sol.get(&sitting).await.expect(200).says("Contesta a las solicitudes"));
    andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(404);
    sol.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    sol.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(409);
    house.work().await;
    house.mail_saying(&pair.lucia.address, "Plaza para observar la sesión 1").await;
    let invited = ["METHOD:REQUEST".to_owned()];
    assert_eq!(found(&files(&house.app.config.data), &invited), Some("METHOD:REQUEST"));
    // Out of everything until she has answered and signed.
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("Di si tienes algún conflicto") && page.says("Planta noble") && page.says("Fuera"));
    assert!(!page.says(">Dentro<"), "{}", page.text());
    lucia.post(&format!("{seat}/conflict"), &[]).await.expect(422);
    lucia.post(&format!("{seat}/conflict"), &[("has", "yes"), ("words", "")]).await.expect(422);
    let mine = [("has", "yes"), ("words", "Mi hermana lleva ese asunto")];
    lucia.post(&format!("{seat}/conflict"), &mine).await.expect(303);
    assert!(sol.get(&sitting).await.expect(200).says("Mi hermana lleva ese asunto"));
    let mut ana = house.browser_of(&pair.ana).await;
    for browser in [&mut ana, &mut andres] {
        assert!(!browser.get(&sitting).await.expect(200).says("hermana"));
    }
    // That a conflict counts for nothing is said, not left out.
    for both in [&[][..], &[("all", "yes"), ("none", "yes")], &[("none", "yes"), ("item", "1")]] {
        assert!(settled(&mut sol, &seat, both).await.expect(422).says("todos, algunos o ninguno"));
    }
    settled(&mut sol, &seat, &[("none", "yes")]).await.expect(303);
    assert!(sol.get(&sitting).await.expect(200).says("No afecta a ningún punto. Lo resolvió Sol Vidal"));
    settled(&mut sol, &seat, &[("all", "yes")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("Conflicto que afecta a todos los puntos"));
    settled(&mut sol, &seat, &[("item", "4")]).await.expect(303);
    // What was settled she does not unsay.
    assert!(lucia.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(422).says("aquí no se retira"));
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("Firma el compromiso") && page.says("afecta a este punto"));
    let paper = format!("{seat}/undertaking");
    let page = lucia.get(&paper).await.expect(200);
    assert!(page.says("Callo lo que oigo") && page.says("hasta el 15 de julio de 2027"), "{}", page.text());
    assert!(page.says("se destruyen el 14 de febrero de 2027") && page.says("Lucía Ibáñez"));
    assert!(lucia.get(&format!("{paper}?lang=en")).await.expect(200).says("I keep silent"));
    lucia.post(&paper, &[("lang", "es"), ("hash", "00")]).await.expect(409);
    andres.get(&paper).await.expect(404);
    let hash = fields(&page.text())["hash"].clone();
    sign(&mut lucia, &seat).await;
    let page = lucia.get(&paper).await.expect(200);
    assert!(page.says(&hash) && page.says("No cambia, aunque"), "{}", page.text());
    lucia.post(&paper, &[("lang", "es"), ("hash", &hash)]).await.expect(409);
    // In for the first two; the third is closed whatever she signed; the fourth is her sister's.
    let page = lucia.get(&sitting).await.expect(200);
    assert_eq!(page.text().matches(">Dentro<").count(), 2, "{}", page.text());
    assert!(page.says("La información privilegiada está cerrada"));
    assert!(sol.get(&sitting).await.expect(200).says("Dentro en 2 de 4 puntos"));
    // What cannot be is said beside the item, and nothing of it is saved.
    let mut wrong = fields(&sol.get(&format!("{sitting}/items")).await.expect(200).text());
    for (name, value) in [("time-from-2", "09:00"), ("time-to-3", "10:10"), ("time-from-4", "10:05")] {
        wrong.insert(name.to_owned(), value.to_owned());
    }
    let wrong: Vec<(&str, &str)> = wrong.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let wrong = sol.post(&format!("{sitting}/items"), &wrong).await.expect(422);
    assert!(wrong.says("El punto 2 queda fuera") && wrong.says("El punto 3 acaba antes"), "{}", wrong.text());
    // Other rows are prepared and nothing that was chosen is lost.
    let mut more = fields(&sol.get(&format!("{sitting}/items")).await.expect(200).text());
    for (name, value) in [("class-1", "confidential"), ("how-many", "6"), ("prepare", "yes")] {
        more.insert(name.to_owned(), value.to_owned());
    }
    let mut more: Vec<(&str, &str)> = more.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = sol.post(&format!("{sitting}/items"), &more).await.expect(200).text();
    assert!(fields(&page)["class-1"] == "confidential" && page.contains("Punto 6"), "{page}");
    more.retain(|(name, _)| *name != "how-many");
    more.push(("how-many", "0"));
    assert!(sol.post(&format!("{sitting}/items"), &more).await.expect(200).says("De un punto a 40"));
    // A closer class takes effect at once; an opener one waits for whoever presides.
    classify(&mut sol, &sitting, &["supervisory", "confidential", "inside-information", "open"]).await;
    assert_eq!(lucia.get(&sitting).await.expect(200).text().matches(">Dentro<").count(), 1);
    let cost = lucia.get(&sitting).await.expect(200).statements();
    classify(&mut sol, &sitting, &["open", "confidential", "inside-information", "open", "open"]).await;
    assert_eq!(lucia.get(&sitting).await.expect(200).statements(), cost);
    let page = lucia.get(&sitting).await.expect(200);
    assert_eq!(page.text().matches(">Dentro<").count(), 1, "the chair has not agreed");
    assert!(page.says("no ha dado todavía su conformidad"));
    classify(&mut sol, &sitting, &["open", "confidential", "inside-information", "open"]).await;
    // It was, and the plan knows.
    andres.post(&format!("{sitting}/held"), &[]).await.expect(409);
    lucia.post(&format!("{seat}/finish"), &[]).await.expect(409);
    house.pass(SignedDuration::from_hours(4 * 24 + 4));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(andres.get(&sitting).await.expect(200).says("¿Se ha celebrado?"));
    lucia.post(&format!("{sitting}/held"), &[]).await.expect(404);
    andres.post(&format!("{sitting}/held"), &[]).await.expect(303);
    // Links hold for some hours longer, for what goes on.
    house.pass(SignedDuration::from_hours(6));
    rosa.get(&link).await.expect(404);
    rosa.post(&link, &[("do", "refuse")]).await.expect(404);
    assert!(lucia.get(&sitting).await.expect(200).says("Cierra la actividad del plan"));
    lucia.post(&format!("{seat}/finish"), &[]).await.expect(303);
    let home = lucia.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200);
    assert!(home.says("Se ha observado una sesión") && home.says("análisis posterior"), "{}", home.text());
    let plan = lucia.get(&format!("/mentorships/{}/plan", pair.mentorship)).await.expect(200);
    assert!(plan.says("120 minutos"), "{}", plan.text());
    // The undertaking ends in the summer; she is told two weeks before.
    house.pass(SignedDuration::from_hours(168 * 24 - 6));
    house.work().await;
    assert!(house.mail_saying(&pair.lucia.address, "acaba pronto").await.contains("compromiso"));
});

story!(nobody_observes_a_negotiation_before_the_other_side_agrees, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let mut sol = house.browser_of(&sol).await;
    sol.post("/room", &[("version", "0"), ("confidential", "cleared")]).await.expect(303);
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str()), ("keeper", pair.ana.address.as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    assert!(andres.get(&sitting).await.expect(200).says("Abierta"), "whoever opens and receives has agreed");
    classify(&mut sol, &sitting, &["open", "confidential"]).await;
    agree_to_items(&mut andres, &sitting).await;
    // The mentor proposes, and as the host agrees at once.
    let propose = format!("{sitting}/seats/new/{}", pair.mentorship);
    assert!(andres.get(&propose).await.expect(200).says("Proponer a Lucía"));
    andres.post(&propose, &[]).await.expect(303);
    let seat = seat_of(&mut andres, &sitting).await;
    andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    lucia.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(303);
    sign(&mut lucia, &seat).await;
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("La otra parte de la negociación no ha aceptado") && !page.says(">Dentro<"), "{}", page.text());
    assert!(andres.get(&sitting).await.expect(200).says("Pregunta a la otra parte"));
    lucia.post(&format!("{sitting}/other-side"), &[]).await.expect(404);
    andres.post(&format!("{sitting}/other-side"), &[]).await.expect(303);
    andres.post(&format!("{sitting}/other-side"), &[]).await.expect(409);
    let page = lucia.get(&sitting).await.expect(200);
    assert_eq!(page.text().matches(">Dentro<").count(), 1, "{}", page.text());
    assert!(page.says("No hay autorización para puntos confidenciales"));
    // With a clearance she is at the confidential one as well, until it is taken back.
    sol.post("/room/clearances", &[("person", "nadie@example.org"), ("until", "2027-12-31")]).await.expect(422);
    sol.post("/room/clearances", &[("person", &pair.lucia.address), ("until", "2026-12-31")]).await.expect(422);
    sol.post("/room/clearances", &[("person", &pair.lucia.address), ("until", "2027-12-31")]).await.expect(303);
    assert_eq!(lucia.get(&sitting).await.expect(200).text().matches(">Dentro<").count(), 2);
    let list = sol.get("/room/clearances").await.expect(200);
    assert!(list.says("31 de diciembre de 2027"));
    let (revoke, _) = list.text().split_once("/revoke").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let revoke = format!("{}/revoke", revoke.rsplit("action=\"").next().unwrap());
    sol.post(&revoke, &[]).await.expect(303);
    sol.post(&revoke, &[]).await.expect(404);
    assert_eq!(lucia.get(&sitting).await.expect(200).text().matches(">Dentro<").count(), 1);
    // It moves: her calendar moves with it. Then it is called off.
    let page = andres.get(&format!("{sitting}/edit")).await.expect(200);
    let mut change = fields(&page.text());
    change.insert("from".to_owned(), "11:00".to_owned());
    change.insert("until".to_owned(), "00:30".to_owned());
    let early: Vec<(&str, &str)> = change.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let early = andres.post(&format!("{sitting}/edit"), &early).await.expect(422);
    assert!(early.says("Acaba antes de empezar"), "{}", early.text());
    change.insert("next-day".to_owned(), "yes".to_owned());
    change.insert("kind".to_owned(), "negotiation".to_owned());
    let change: Vec<(&str, &str)> = change.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    andres.post(&format!("{sitting}/edit"), &change).await.expect(303);
    let stale = andres.post(&format!("{sitting}/edit"), &change).await.expect(409);
    assert!(stale.says("Algo ha cambiado"));
    let moved = lucia.get(&sitting).await.expect(200);
    assert!(moved.says("11:00 – 16 ene 2027, 00:30"), "{}", moved.text());
    let wrong: Vec<(&str, &str)> = change.iter().copied().filter(|(name, _)| *name != "day").collect();
    andres.post(&format!("{sitting}/edit"), &wrong).await.expect(422);
    lucia.get(&format!("{sitting}/edit")).await.expect(404);
    house.work().await;
    let own = feed(house, &mut lucia).await;
    assert!(own.contains("T110000") && own.contains("Asistencia como observador"), "{own}");
    let receives = feed(house, &mut andres).await;
    assert!(receives.contains("Sesión con observadores") && !receives.contains("Asistencia como"), "{receives}");
    let version = fields(&andres.get(&format!("{sitting}/edit")).await.expect(200).text())["version"].clone();
    andres.post(&format!("{sitting}/cancel"), &[("version", "1")]).await.expect(409);
    andres.post(&format!("{sitting}/cancel"), &[("version", &version)]).await.expect(303);
    house.work().await;
    assert!(house.mail_saying(&pair.lucia.address, "la quita del calendario").await.contains("sesión 1"));
    let cancelled = ["METHOD:CANCEL".to_owned()];
    assert_eq!(found(&files(&house.app.config.data), &cancelled), Some("METHOD:CANCEL"));
    lucia.post(&propose, &[]).await.expect(422);
});

async fn feed(house: &House, browser: &mut Client) -> String {
    let made = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
    let feed = made.split(&format!("{}/calendar/", house.app.config.public_url)).nth(1).unwrap().to_owned();
    let feed = feed.split(".ics").next().unwrap();
    house.stranger().get(&format!("/calendar/{feed}.ics")).await.expect(200).text()
}

story!(more_wishes_than_seats_are_shared_out_with_reasons, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let (mut sol, mut ana) = (house.browser_of(&sol).await, house.browser_of(&pair.ana).await);
    let own = [("host", pair.andres.address.as_str()), ("seats", "1")];
    let first = opened(&mut andres, &pair, &own).await;
    let shares = format!("/editions/{}/sittings", pair.edition);
    assert!(ana.get(&shares).await.expect(200).says("Hay sitio para todas"));
    lucia.post(&format!("{first}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    house.pass(SignedDuration::from_mins(1));
    eva.post(&format!("{first}/seats/new/{evas}"), &[]).await.expect(303);
    // Both are agreed to, and none is given: there is one seat.
    for browser in [&mut lucia, &mut eva] {
        let seat = seat_of(browser, &first).await;
        andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
        sol.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
        assert!(browser.get(&first).await.expect(200).says("Solicitada"));
    }
    assert!(sol.get(&first).await.expect(200).says("Hay más solicitudes que plazas"));
    let page = ana.get(&shares).await.expect(200);
    assert!(page.says("En una sesión hay más solicitudes que plazas") && !page.says("Lucía"), "{}", page.text());
    lucia.get(&shares).await.expect(404);
    lucia.post(&format!("{shares}/share"), &[]).await.expect(404);
    ana.post(&format!("{shares}/share"), &[]).await.expect(303);
    let page = lucia.get(&first).await.expect(200);
    assert!(page.says("Plaza concedida") && page.says("iba primero quien antes la pidió"), "{}", page.text());
    let page = eva.get(&first).await.expect(200);
    assert!(page.says("Sin plaza en el reparto") && page.says("Plazas: 1; solicitudes: 2"), "{}", page.text());
    // The next time she comes first, for she has had none.
    let second = opened(&mut andres, &pair, &own).await;
    assert!(eva.get("/sittings").await.expect(200).says("Sesión 2"));
    lucia.post(&format!("{second}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    house.pass(SignedDuration::from_mins(1));
    eva.post(&format!("{second}/seats/new/{evas}"), &[]).await.expect(303);
    sol.post(&format!("{shares}/share"), &[]).await.expect(303);
    assert!(eva.get(&second).await.expect(200).says("quienes han tenido menos"));
    assert!(lucia.get(&second).await.expect(200).says("Sin plaza en el reparto"));
    // What a pair wished for, and what it holds, ends with it.
    let seat = seat_of(&mut eva, &second).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    assert!(sol.get(&second).await.expect(200).says("Plaza concedida"));
    let third = opened(&mut andres, &pair, &own).await;
    eva.post(&format!("{third}/seats/new/{evas}"), &[]).await.expect(303);
    // Whoever withdraws makes room for whoever was agreed to.
    let seat = seat_of(&mut lucia, &first).await;
    eva.post(&format!("{seat}/withdraw"), &[]).await.expect(404);
    eva.post(&format!("{first}/seats/new/{evas}"), &[]).await.expect(422);
    lucia.post(&format!("{seat}/withdraw"), &[]).await.expect(303);
    lucia.post(&format!("{seat}/withdraw"), &[]).await.expect(409);
    eva.post(&format!("{first}/seats/new/{evas}"), &[]).await.expect(303);
    let seat = seat_of(&mut eva, &first).await;
    sol.post(&format!("{seat}/answer"), &[("answer", "refused")]).await.expect(303);
    assert!(eva.get(&first).await.expect(200).says("No concedida"));
    eva.post(&format!("/mentorships/{evas}/end"), &[("version", "1")]).await.expect(303);
    for sitting in [&second, &third] {
        assert!(sol.get(sitting).await.expect(200).says(">Retirada<"));
    }
    eva.post(&format!("{third}/seats/new/{evas}"), &[]).await.expect(404);
    // The list costs the same, whatever stands in it.
    let cost = lucia.get("/sittings").await.expect(200).statements();
    opened(&mut andres, &pair, &own).await;
    assert_eq!(lucia.get("/sittings").await.expect(200).statements(), cost);
});

story!(whoever_got_a_seat_elsewhere_reads_where, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let (mut lucia, mut andres, mut eva) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let mut sol = house.browser_of(&sol).await;
    let own = [("host", pair.andres.address.as_str()), ("seats", "1")];
    let (first, second) = (opened(&mut andres, &pair, &own).await, opened(&mut andres, &pair, &own).await);
    for sitting in [&first, &second] {
        lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    }
    eva.post(&format!("{first}/seats/new/{evas}"), &[]).await.expect(303);
    sol.post(&format!("/editions/{}/sittings/share", pair.edition), &[]).await.expect(303);
    // She asked first and gets the seat for which nobody else asked, so that both have one.
    let page = lucia.get(&first).await.expect(200);
    assert!(
        page.says("te tocó plaza en otra sesión") && page.says("Es la sesión 2, que espera respuesta"),
        "{}",
        page.text()
    );
    let others = sol.get(&first).await.expect(200);
    assert!(others.says("le tocó plaza en otra sesión") && !others.says("te tocó plaza"), "{}", others.text());
    // That there was room for all is not said where there was not.
    let page = eva.get(&first).await.expect(200);
    assert!(page.says("tienen plaza en otra sesión") && !page.says("Había sitio"), "{}", page.text());
    let seat = seat_of(&mut lucia, &second).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    assert!(lucia.get(&first).await.expect(200).says("Es la sesión 2, y está concedida"));
});

story!(a_host_with_an_account_says_yes_or_no, async |house: &House| {
    let pair = framed(house).await;
    let olga = house.person(pair.ana.organisation, "Olga Ferrer", &[]).await;
    let (mut ana, mut olga_browser) = (house.browser_of(&pair.ana).await, house.browser_of(&olga).await);
    let sitting = opened(&mut ana, &pair, &[("host", olga.address.as_str())]).await;
    let page = olga_browser.get(&sitting).await.expect(200);
    assert!(page.says("Decide si puede venir alguien") && page.says("Lo que aprendo es mío"), "{}", page.text());
    olga_browser.post(&format!("{sitting}/agree"), &[("text", "x")]).await.expect(422);
    ana.post(&format!("{sitting}/agree"), &[("text", "x")]).await.expect(404);
    olga_browser.post(&format!("{sitting}/refuse"), &[]).await.expect(303);
    assert!(ana.get(&sitting).await.expect(200).says("Cancelada"));
    let again = opened(&mut ana, &pair, &[("host", olga.address.as_str())]).await;
    let terms = fields(&olga_browser.get(&again).await.expect(200).text());
    let terms = [("text", terms["text"].as_str()), ("lasts", ""), ("notes", "")];
    olga_browser.post(&format!("{again}/agree"), &terms).await.expect(303);
    olga_browser.post(&format!("{again}/agree"), &terms).await.expect(409);
    olga_browser.post(&format!("{again}/refuse"), &[]).await.expect(409);
    // A draft's host may be another as long as nobody has agreed; the one who was asked says no, and hands it to nobody.
    let draft = opened(&mut ana, &pair, &[("host", olga.address.as_str())]).await;
    let mut handed = fields(&olga_browser.get(&format!("{draft}/edit")).await.expect(200).text());
    handed.insert("host".to_owned(), pair.andres.address.clone());
    let refused = olga_browser.post(&format!("{draft}/edit"), &posted(&handed)).await.expect(422);
    assert!(refused.says("Quién recibe lo cambia quien abrió la sesión"), "{}", refused.text());
    let mut change = fields(&ana.get(&format!("{draft}/edit")).await.expect(200).text());
    change.extend(
        [("host", HOST), ("host-name", "Rosa Marín"), ("kind", "negotiation")]
            .map(|(a, b)| (a.to_owned(), b.to_owned())),
    );
    let change: Vec<(&str, &str)> = change.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ana.post(&format!("{draft}/edit"), &change).await.expect(303);
    olga_browser.get(&draft).await.expect(404);
    house.work().await;
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("lasts", "3"), ("other-side", "yes")];
    rosa.post(&link, &terms).await.expect(303);
    let page = ana.get(&draft).await.expect(200);
    assert!(page.says("Abierta") && page.says("Acepta que alguien observe"), "{}", page.text());
    // Who reads that they have not agreed has not: what somebody else said meanwhile of the other side is in nobody's way.
    let olgas = [("kind", "negotiation"), ("chair", "")];
    let another = opened(&mut ana, &pair, &olgas).await;
    house.work().await;
    let other = house.link_to(HOST).await;
    house
        .browser_of(&secretary(house, &pair).await)
        .await
        .post(&format!("{another}/other-side"), &[])
        .await
        .expect(303);
    rosa.post(&other, &terms).await.expect(303);
    assert!(ana.get(&another).await.expect(200).says("Abierta"));
    // What was done already is said to be so.
    let twice = rosa.post(&link, &[("do", "other-side")]).await.expect(409);
    assert!(twice.says("ya estaba hecho"), "{}", twice.text());
});

story!(whoever_is_replaced_acts_no_longer, async |house: &House| {
    let pair = framed(house).await;
    let olga = house.person(pair.ana.organisation, "Olga Ferrer", &[]).await;
    let (mut ana, mut host) = (house.browser_of(&pair.ana).await, house.browser_of(&olga).await);
    let changed = async |browser: &mut Client, sitting: &str, change: &[(&str, &str)]| {
        let mut form = fields(&browser.get(&format!("{sitting}/edit")).await.expect(200).text());
        form.extend(change.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&format!("{sitting}/edit"), &form).await
    };
    let sitting = opened(&mut ana, &pair, &[]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    house.stranger().get(&link).await.expect(200);
    changed(&mut ana, &sitting, &[("host", &olga.address), ("host-name", "")]).await.expect(303);
    house.stranger().get(&link).await.expect(404);
    let terms = fields(&host.get(&sitting).await.expect(200).text());
    let terms = [("text", terms["text"].as_str()), ("lasts", ""), ("notes", "")];
    host.post(&format!("{sitting}/agree"), &terms).await.expect(303);
    // Once it is open, whoever only opened it names nobody who presides, nor makes it something else.
    let own = changed(&mut ana, &sitting, &[("chair", &pair.ana.address)]).await.expect(422);
    assert!(own.says("Quién preside lo cambia quien recibe"), "{}", own.text());
    assert!(changed(&mut ana, &sitting, &[("kind", "negotiation")]).await.expect(422).says("sigue siendo lo que es"));
    // Who presides anew has agreed to nothing yet.
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    classify(&mut sol, &sitting, &["open"]).await;
    agree_to_items(&mut host, &sitting).await;
    changed(&mut host, &sitting, &[("chair", &pair.andres.address)]).await.expect(303);
    let mut andres = house.browser_of(&pair.andres).await;
    agree_to_items(&mut andres, &sitting).await;
    // Nor has whoever presides after somebody who never answered: they are asked as that one was, by a mail or another of the same hour.
    let outside = |address: &'static str| [("chair", address), ("chair-name", "Marta Gil")];
    changed(&mut host, &sitting, &outside("marta@exemplo.example")).await.expect(303);
    host.post(&format!("{sitting}/links"), &[("act", "chair")]).await.expect(303);
    changed(&mut host, &sitting, &outside("marta@ejemplo.example")).await.expect(303);
    house.work().await;
    let mails = house.app.mailer.filed(1000).await.unwrap().len();
    host.post(&format!("{sitting}/links"), &[("act", "chair")]).await.expect(303);
    house.work().await;
    assert_eq!(
        house.app.mailer.filed(1000).await.unwrap().len(),
        mails + 1,
        "the press before was for another address"
    );
    let asked = house.mail_saying("marta@ejemplo.example", "se han clasificado los puntos").await;
    assert!(asked.contains("/o/"), "{asked}");
});

story!(of_an_uploaded_invitation_the_times_are_kept_and_no_title, async |house: &House| {
    let pair = framed(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let ics = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270120T090000Z\r\nDTEND:20270120T103000Z\r\n\
         SUMMARY:Reservado Utrera\r\nLOCATION:Reservado Sala\r\nDESCRIPTION:Reservado precio\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let upload = format!("/editions/{}/sittings/calendar", pair.edition);
    andres.upload(&upload, &[], &[("file", "x.ics", b"nothing")]).await.expect(422);
    let made = andres.upload(&upload, &[], &[("file", "x.ics", ics.as_bytes())]).await.expect(303);
    let page = andres.get(made.location()).await.expect(200);
    assert!(page.says("value=\"2027-01-20\"") && page.says("value=\"10:00\"") && page.says("value=\"11:30\""));
    let said: Vec<String> = ["Reservado Utrera", "Reservado Sala", "Reservado precio"].map(str::to_owned).to_vec();
    assert_eq!(found(&database(house).await, &said), None);
    // Whoever uploads it receives, and opens it by agreeing.
    let sitting = made.location().trim_end_matches("/edit").to_owned();
    let terms = fields(&andres.get(&sitting).await.expect(200).text());
    andres.post(&format!("{sitting}/agree"), &[("text", &terms["text"])]).await.expect(303);
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.upload(&upload, &[], &[("file", "x.ics", ics.as_bytes())]).await.expect(404);
    assert!(lucia.get("/sittings").await.expect(200).says("Sesión 1"));
});

story!(a_stranger_learns_nothing_of_a_sitting, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres, mut sol) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&sol).await);
    let said: Vec<String> =
        ["sala", "enlace", "conflicto"].map(|place| format!("Reservado ({place}) de Utrera")).to_vec();
    let own = [("host", pair.andres.address.as_str()), ("place", said[0].as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    lucia.post(&format!("{seat}/conflict"), &[("has", "yes"), ("words", &said[2])]).await.expect(303);
    house.work().await;
    // The words are sealed; the place goes with the invitation to the observer and nowhere else.
    assert_eq!(found(&database(house).await, &said[2..]), None);
    assert!(house.mail_to(&pair.lucia.address).await.is_some());
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&sitting).await.expect(200);
    assert!(!page.says("Lucía") && !page.says("Reservado"), "{}", page.text());
    for page in ["/audit", "/audit/export?form=csv", "/sittings", "/"] {
        assert_eq!(found(&ana.get(page).await.expect(200).body, &said), None, "{page}");
    }
    assert!(ana.get("/audit?verb=observations").await.expect(200).says("Abrió una sesión a observadores"));
    let foreign = house.organisation("Universidad del Sur", "Fermín Soto").await;
    let mut others = vec![house.browser_of(&foreign).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    let paths = ["", "/edit", "/items", "/seats/new/00000000-0000-0000-0000-000000000001"];
    for browser in &mut others {
        for path in paths {
            browser.get(&format!("{sitting}{path}")).await.expect(404);
        }
        browser.get(&format!("{seat}/undertaking")).await.expect(404);
        for door in ["agree", "refuse", "other-side", "cancel", "held", "items/agree"] {
            browser.post(&format!("{sitting}/{door}"), &[("version", "1"), ("seen", "")]).await.expect(404);
        }
        for door in ["answer", "withdraw", "conflict", "settle", "undertaking", "finish"] {
            let form = [("answer", "agreed"), ("has", "no"), ("hash", "00")];
            browser.post(&format!("{seat}/{door}"), &form).await.expect(404);
        }
        let list = browser.get("/sittings").await.expect(200);
        assert!(!list.says("Sesión 1") && found(&list.body, &said).is_none());
    }
    for token in ["x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let gone = house.stranger().get(&format!("/o/{token}")).await.expect(404);
        assert!(gone.says("no abre nada") && !gone.says("Sesión 1"));
    }
    // Faculty reads that it took place, and the hours.
    house.pass(SignedDuration::from_hours(5 * 24));
    house.browser_of(&pair.andres).await.post(&format!("{sitting}/held"), &[]).await.expect(303);
    let faculty = house.person(pair.ana.organisation, "Inés Vera", &[Part::Faculty]).await;
    let page = house.browser_of(&faculty).await.get("/sittings").await.expect(200);
    assert!(page.says("Sesión 1") && page.says("2 h") && !page.says("Reservado"), "{}", page.text());
    assert!(!page.says(&format!("href=\"{sitting}\"")));
});

story!(a_program_asks_for_a_seat, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let mut browser = house.browser_of(&pair.andres).await;
    let path = opened(&mut browser, &pair, &[("host", pair.andres.address.as_str())]).await;
    let (mut lucia, mut andres, mut sol) =
        (program(house, &pair.lucia).await, program(house, &pair.andres).await, program(house, &sol).await);
    let list = lucia.get("/api/me/sittings").await.expect(200).json();
    assert_eq!((&list["items"][0]["number"], &list["items"][0]["kind"]), (&json!(1), &json!("meeting")));
    let path = format!("/api/me{path}");
    let items = json!({ "version": 1, "items": [{ "class": "open" }, { "class": "legal-advice" }, {}] });
    problem(&send(&mut andres, Method::PUT, &format!("{path}/items"), &items).await.expect(404));
    let whole = send(&mut sol, Method::PUT, &format!("{path}/items"), &items).await.expect(200).json();
    assert_eq!((&whole["items"][1]["class"], &whole["version"]), (&json!("legal-advice"), &json!(2)));
    problem(&send(&mut sol, Method::PUT, &format!("{path}/items"), &items).await.expect(409));
    let wish = json!({ "mentorship": pair.mentorship });
    let asked = send(&mut lucia, Method::POST, &format!("{path}/seats"), &wish).await.expect(200).json();
    assert_eq!(
        (&asked["seats"][0]["state"], &asked["items"][0]["is_in"]),
        (&json!("asked"), &json!(null)),
        "items are read by whoever holds a seat"
    );
    let seat = format!("{path}/seats/{}", asked["seats"][0]["id"].as_str().unwrap());
    let yes = json!({ "answer": "agreed" });
    problem(&send(&mut lucia, Method::POST, &format!("{seat}/answer"), &yes).await.expect(404));
    send(&mut andres, Method::POST, &format!("{seat}/answer"), &yes).await.expect(200);
    let held = send(&mut sol, Method::POST, &format!("{seat}/answer"), &yes).await.expect(200).json();
    assert_eq!(held["seats"][0]["state"], "held");
    let gone = send(&mut lucia, Method::POST, &format!("{seat}/withdraw"), &json!({})).await.expect(200).json();
    assert_eq!(gone["seats"][0]["state"], "withdrawn");
    problem(
        &program(house, &house.organisation("Universidad del Sur", "Fermín Soto").await)
            .await
            .get(&path)
            .await
            .expect(404),
    );
});

story!(a_house_without_secretary_receives_students, async |house: &House| {
    let pair = framed(house).await;
    let rosa = house.person(pair.ana.organisation, "Rosa Marín", &[Part::Host]).await;
    let (mut rosa, mut lucia, mut andres) =
        (house.browser_of(&rosa).await, house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(rosa.get("/").await.expect(200).says("Recibes a quienes vienen a aprender"));
    let own = [("kind", "negotiation"), ("host", "Rosa Marín"), ("host-name", ""), ("seats", "1")];
    let sitting = opened(&mut rosa, &pair, &own).await;
    // Whoever receives reads that their yes is enough, and does what a secretary would.
    let page = rosa.get(&sitting).await.expect(200);
    assert!(page.says("nadie lleva la secretaría") && page.says("Clasifica los puntos"), "{}", page.text());
    let coordinator = house.browser_of(&pair.ana).await.get(&sitting).await.expect(200);
    assert!(coordinator.says("nadie lleva la secretaría") && coordinator.says("href=\"/people\""));
    for browser in [&mut lucia, &mut andres] {
        browser.get(&format!("{sitting}/items")).await.expect(404);
        assert!(browser.get("/sittings").await.expect(200).says("href=\"/sittings\" aria-current"));
    }
    classify(&mut rosa, &sitting, &["open"]).await;
    assert!(rosa.get(&sitting).await.expect(200).says("Conforme, "), "saying it they have agreed");
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    house.work().await;
    let home = rosa.get("/").await.expect(200);
    assert!(home.says("Una sesión espera tu respuesta"), "{}", home.text());
    let seat = seat_of(&mut lucia, &sitting).await;
    // Nobody is asked for conflicts before the seat is theirs.
    assert!(!lucia.get(&sitting).await.expect(200).says("conflicto de interés"));
    rosa.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("Plaza concedida"));
    // Who is on the other side is read by those who have to know, and asked about again once it is said.
    lucia.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(303);
    andres.post(&format!("{sitting}/other-side/name"), &[("side", "Cartones")]).await.expect(404);
    rosa.post(&format!("{sitting}/other-side/name"), &[("side", "")]).await.expect(422);
    rosa.post(&format!("{sitting}/other-side/name"), &[("side", "Cartones del Ebro")]).await.expect(303);
    rosa.post(&format!("{sitting}/other-side/name"), &[("side", "Cartones del Ebro")]).await.expect(303);
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("Cartones del Ebro") && page.says("Di si tienes algún conflicto"), "{}", page.text());
    assert!(!andres.get(&sitting).await.expect(200).says("Cartones"));
    house.work().await;
    assert!(!house.mail_to(&pair.lucia.address).await.unwrap().contains("Cartones"));
    // What she declares the host does not read; they ask her, and say for which items it counts.
    lucia.post(&format!("{seat}/conflict"), &[("has", "yes"), ("words", "Mi hermana trabaja allí")]).await.expect(303);
    let page = rosa.get(&sitting).await.expect(200);
    assert!(page.says("Ha declarado un conflicto") && !page.says("hermana"), "{}", page.text());
    settled(&mut andres, &seat, &[("none", "yes")]).await.expect(404);
    settled(&mut rosa, &seat, &[("none", "yes")]).await.expect(303);
    sign(&mut lucia, &seat).await;
    rosa.post(&format!("{sitting}/other-side"), &[]).await.expect(303);
    assert_eq!(lucia.get(&sitting).await.expect(200).text().matches(">Dentro<").count(), 1);
    // A yes is taken back until it begins.
    lucia.post(&format!("{seat}/answer"), &[("answer", "refused")]).await.expect(404);
    rosa.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(409);
    rosa.post(&format!("{seat}/answer"), &[("answer", "refused")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("No concedida"));
    house.work().await;
    assert!(house.mail_saying(&pair.lucia.address, "la quita del calendario").await.contains("sesión 1"));
});

story!(a_host_from_outside_takes_it_back, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut sol, mut andres, mut lucia) =
        (house.browser_of(&sol).await, house.browser_of(&pair.andres).await, house.browser_of(&pair.lucia).await);
    let sitting = opened(&mut andres, &pair, &[("kind", "negotiation")]).await;
    // Whoever opens it for a host without account keeps the record, and can send the link again.
    assert!(andres.get(&sitting).await.expect(200).says("está por salir"));
    house.work().await;
    let page = andres.get(&sitting).await.expect(200);
    assert!(page.says("Enlace enviado a Rosa Marín"), "{}", page.text());
    lucia.post(&format!("{sitting}/links"), &[("act", "host")]).await.expect(404);
    andres.post(&format!("{sitting}/links"), &[("act", "nobody")]).await.expect(404);
    andres.post(&format!("{sitting}/links"), &[("act", "host")]).await.expect(303);
    house.work().await;
    // However often it is pressed, one mail goes in an hour.
    let mails = house.app.mailer.filed(1000).await.unwrap().len();
    andres.post(&format!("{sitting}/links"), &[("act", "host")]).await.expect(303);
    house.work().await;
    assert_eq!(house.app.mailer.filed(1000).await.unwrap().len(), mails);
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let wrong = rosa.post(&link, &[("do", "agree"), ("text", ""), ("lasts", "x"), ("notes", "y")]).await.expect(422);
    assert!(
        wrong.says("Falta elegir el compromiso") && wrong.says("De un mes a 600") && wrong.says("De un día a 3650")
    );
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("side", "Cartones del Ebro")];
    rosa.post(&link, &terms).await.expect(303);
    assert!(sol.get(&sitting).await.expect(200).says("Cartones del Ebro"));
    rosa.post(&link, &[("do", "side"), ("side", "Papeles del Ebro")]).await.expect(303);
    // A no from another window comes too late, and is told so.
    assert!(rosa.post(&link, &[("do", "refuse")]).await.expect(409).says("ya estaba contestado"));
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    house.work().await;
    assert!(house.mail_saying(HOST, "solicitud por contestar").await.contains("Negociación"));
    let seat = seat_of(&mut lucia, &sitting).await;
    let id = seat.rsplit('/').next().unwrap().to_owned();
    rosa.post(&link, &[("do", "seat"), ("seat", &id), ("answer", "agreed")]).await.expect(303);
    assert!(rosa.get(&link).await.expect(200).says("Has dicho que sí"));
    sol.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    // The chair sends the classes back; nobody observes them.
    classify(&mut sol, &sitting, &["open"]).await;
    house.work().await;
    let chair = house.mail_saying(HOST, "se han clasificado los puntos").await;
    let chair = chair.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap();
    let chair = format!("/o/{chair}");
    let seen = fields(&rosa.get(&chair).await.expect(200).text())["seen"].clone();
    rosa.post(&chair, &[("do", "chair"), ("seen", &seen)]).await.expect(303);
    assert!(rosa.get(&chair).await.expect(200).says("Gracias: tu conformidad"));
    rosa.post(&chair, &[("do", "return")]).await.expect(303);
    assert!(sol.get("/notices").await.expect(200).says("no está conforme con las clases"));
    assert!(sol.get(&sitting).await.expect(200).says("Por confirmar"));
    andres.post(&format!("{sitting}/items/return"), &[]).await.expect(404);
    // Nobody can come any more: it leaves her calendar.
    assert!(rosa.get(&link).await.expect(200).says("Ya no puede venir nadie"));
    rosa.post(&link, &[("do", "take-back")]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says("Cancelada"));
    house.work().await;
    assert!(house.mail_saying(&pair.lucia.address, "la quita del calendario").await.contains("sesión 1"));
});

story!(programs_open_agree_declare_settle_and_sign, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut ana, mut andres) = (program(house, &pair.ana).await, program(house, &pair.andres).await);
    let (mut lucia, mut sol) = (program(house, &pair.lucia).await, program(house, &sol).await);
    let open = format!("/api/me/editions/{}/sittings", pair.edition);
    let wanted = json!({
        "kind": "meeting", "starts_at": "2027-01-15T09:00:00Z", "ends_at": "2027-01-15T11:00:00Z", "seats": 2,
        "competencies": ["negotiation"], "host": pair.andres.address,
    });
    problem(&send(&mut lucia, Method::POST, &open, &wanted).await.expect(404));
    let mut wrong = wanted.clone();
    wrong["zone"] = json!("Luna/Norte");
    problem(&send(&mut ana, Method::POST, &open, &wrong).await.expect(422));
    let draft = send(&mut ana, Method::POST, &open, &wanted).await.expect(200).json();
    assert_eq!(draft["sitting"]["state"], "draft");
    let path = format!("/api/me/sittings/{}", draft["sitting"]["id"].as_str().unwrap());
    let terms = json!({ "lasts_months": 6, "notes_days": 10 });
    problem(&send(&mut ana, Method::POST, &format!("{path}/agree"), &terms).await.expect(404));
    let long = json!({ "lasts_months": 601 });
    problem(&send(&mut andres, Method::POST, &format!("{path}/agree"), &long).await.expect(422));
    let whole = send(&mut andres, Method::POST, &format!("{path}/agree"), &terms).await.expect(200).json();
    assert_eq!(whole["sitting"]["state"], "open");
    problem(&send(&mut andres, Method::POST, &format!("{path}/agree"), &terms).await.expect(409));
    // Classes, and whoever presides agrees to what they read.
    let items = json!({ "version": whole["version"], "items": [{ "class": "open" }, { "class": "legal-advice" }] });
    send(&mut sol, Method::PUT, &format!("{path}/items"), &items).await.expect(200);
    let read = andres.get(&path).await.expect(200).json();
    let agreed = format!("{path}/items/agree");
    problem(&send(&mut andres, Method::POST, &agreed, &json!({ "classes_seen": "" })).await.expect(409));
    let seen = json!({ "classes_seen": read["classes_seen"] });
    problem(&send(&mut lucia, Method::POST, &agreed, &seen).await.expect(404));
    let read = send(&mut andres, Method::POST, &agreed, &seen).await.expect(200).json();
    assert_eq!(read["items"][0]["is_agreed"], true);
    // A seat, a conflict, and the undertaking.
    let wish = json!({ "mentorship": pair.mentorship });
    let asked = send(&mut lucia, Method::POST, &format!("{path}/seats"), &wish).await.expect(200).json();
    assert_eq!(asked["classes_seen"], json!(null));
    let seat = format!("{path}/seats/{}", asked["seats"][0]["id"].as_str().unwrap());
    let yes = json!({ "answer": "agreed" });
    for program in [&mut andres, &mut sol] {
        send(program, Method::POST, &format!("{seat}/answer"), &yes).await.expect(200);
    }
    let conflict = format!("{seat}/conflict");
    problem(&send(&mut lucia, Method::POST, &conflict, &json!({ "has_conflict": true })).await.expect(422));
    let mine = json!({ "has_conflict": true, "words": "Mi hermana lleva ese asunto" });
    problem(&send(&mut andres, Method::POST, &conflict, &mine).await.expect(404));
    let told = send(&mut lucia, Method::POST, &conflict, &mine).await.expect(200);
    assert!(!told.says("hermana"), "{}", told.text());
    let settle = format!("{seat}/settle");
    problem(
        &send(&mut andres, Method::POST, &settle, &json!({ "version": 1, "sitting_version": 1, "items": [] }))
            .await
            .expect(404),
    );
    let whole = sol.get(&path).await.json();
    let sitting = &whole["version"];
    let read =
        whole["seats"].as_array().unwrap().iter().find(|one| settle.contains(one["id"].as_str().unwrap())).unwrap();
    let (now, before) = (&read["version"], read["version"].as_i64().unwrap() - 1);
    problem(
        &send(&mut sol, Method::POST, &settle, &json!({ "version": now, "sitting_version": sitting }))
            .await
            .expect(422),
    );
    for (version, sitting) in [(&json!(before), sitting), (now, &json!(sitting.as_i64().unwrap() - 1))] {
        let stale = json!({ "version": version, "sitting_version": sitting, "items": [] });
        problem(&send(&mut sol, Method::POST, &settle, &stale).await.expect(409));
    }
    let read = json!({ "version": now, "sitting_version": sitting, "items": [] });
    send(&mut sol, Method::POST, &settle, &read).await.expect(200);
    let paper = format!("{seat}/undertaking");
    problem(&ana.get(&paper).await.expect(404));
    let words = lucia.get(&paper).await.expect(200).json();
    assert_eq!(words["signed_at"], json!(null));
    problem(&send(&mut lucia, Method::POST, &paper, &json!({ "digest": "00" })).await.expect(409));
    let digest = json!({ "digest": words["digest"] });
    problem(&send(&mut andres, Method::POST, &paper, &digest).await.expect(404));
    let signed = send(&mut lucia, Method::POST, &paper, &digest).await.expect(200).json();
    assert_eq!((&signed["items"][0]["is_in"], &signed["items"][1]["is_in"]), (&json!(true), &json!(false)));
    assert_eq!(andres.get(&paper).await.expect(200).json()["digest"], words["digest"]);
});
