//! What becomes of seats: when it may be said that a sitting was held and for whom it counts, one activity for one seat, who may be what at a
//! sitting where somebody observes, and a sitting that moves.

use jiff::{SignedDuration, Timestamp};

use telemaco::identity::Part;

use crate::goals::framed;
use crate::observations::{
    HOST, agree_to_items, another, another_with, classify, opened, plan, seat_of, secretary, sign,
};
use crate::story;
use crate::support::form::{fields, posted};
use crate::support::{Client, House, Seen};
use crate::vault::Pair;

/// Asks for a seat, has host and secretary agree, and says that there is no conflict.
pub async fn seated(
    (observer, host, sol): (&mut Client, &mut Client, &mut Client),
    sitting: &str,
    mentorship: &str,
) -> String {
    observer.post(&format!("{sitting}/seats/new/{mentorship}"), &[]).await.expect(303);
    let seat = seat_of(observer, sitting).await;
    for browser in [host, sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    observer.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(303);
    seat
}

/// Lets time pass until an instant.
pub fn until(house: &House, instant: &str) {
    let instant: Timestamp = instant.parse().unwrap();
    house.pass(instant.duration_since(house.app.now()));
}

/// Types the sheet of a sitting.
pub async fn typed(browser: &mut Client, sitting: &str, happened: &[(&str, &str)]) {
    let sheet = format!("{sitting}/record/sheet");
    let mut form = fields(&browser.get(&sheet).await.expect(200).text());
    for (place, (what, time)) in happened.iter().enumerate() {
        form.insert(format!("what-{place}"), (*what).to_owned());
        form.insert(format!("time-{place}"), (*time).to_owned());
    }
    browser.post(&sheet, &posted(&form)).await.expect(303);
}

pub const DEBRIEF: [(&str, &str); 5] =
    [("do", "debrief"), ("version", "0"), ("seen", "Esperan"), ("practise", "Esperar"), ("visibility", "pair")];

/// The door at which the debrief of a seat is written.
pub fn debrief(mentorship: &str, seat: &str) -> String {
    format!("/mentorships/{mentorship}/loops/{}/debrief", seat.rsplit('/').next().unwrap())
}

/// Changes a sitting at its form.
pub async fn changed(browser: &mut Client, sitting: &str, change: &[(&str, &str)]) -> Seen {
    let mut form = fields(&browser.get(&format!("{sitting}/edit")).await.expect(200).text());
    form.extend(change.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    browser.post(&format!("{sitting}/edit"), &posted(&form)).await
}

story!(without_a_record_who_could_be_nowhere_has_not_observed, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres, mut eva_browser) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let mut sol_browser = house.browser_of(&sol).await;
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    classify(&mut sol_browser, &sitting, &["open", "legal-advice"]).await;
    agree_to_items(&mut andres, &sitting).await;
    let hers = seated((&mut lucia, &mut andres, &mut sol_browser), &sitting, &pair.mentorship.to_string()).await;
    sign(&mut lucia, &hers).await;
    // Eva never signs. Her plan has an observation for it.
    let seat = seated((&mut eva_browser, &mut andres, &mut sol_browser), &sitting, &evas.to_string()).await;
    let plan = format!("/mentorships/{evas}/plan");
    let planned = [
        ("version", "0"),
        ("rows", "1"),
        ("what-0", "Ver un consejo"),
        ("on-0", "2027-01-15"),
        ("kind-0", "meeting-observation"),
    ];
    andres.post(&format!("{plan}/edit"), &planned).await.expect(303);
    let evas_seat = house.literal(evas.0);
    house.raw(&format!("UPDATE seats SET activity = (SELECT id FROM activities) WHERE mentorship = {evas_seat}")).await;
    // Ten minutes in, nobody but a secretary says that it was.
    until(house, "2027-01-15T09:10:00Z");
    let (mut lucia, mut andres, mut eva_browser) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let mut sol_browser = house.browser_of(&sol).await;
    assert!(!andres.get(&sitting).await.expect(200).says("Decir que se ha celebrado"));
    let early = andres.post(&format!("{sitting}/held"), &[]).await.expect(422);
    assert!(early.says("La sesión no ha terminado todavía"), "{}", early.text());
    until(house, "2027-01-15T11:05:00Z");
    // Whoever could be in the room is faster than whoever says that it was; to whom nothing was open there is nothing to debrief.
    let hers_debrief = debrief(&pair.mentorship.to_string(), &hers);
    lucia.post(&hers_debrief, &DEBRIEF).await.expect(303);
    let lucias = format!("/mentorships/{}/plan", pair.mentorship);
    assert!(lucia.get(&lucias).await.expect(200).says("120 minutos"));
    let early = eva_browser.post(&debrief(&evas.to_string(), &seat), &DEBRIEF).await.expect(422);
    assert!(early.says("Todavía no hay nada que analizar") && !early.says("Guardar el análisis"), "{}", early.text());
    assert!(!eva_browser.get(&sitting).await.expect(200).says("Escribe el análisis posterior"));
    assert!(andres.get(&sitting).await.expect(200).says("cuentan las horas previstas de quien podía estar"));
    // Until somebody says so, it stands in the register, where it would be forgotten with everything that was noted on paper.
    let register = sol_browser.get("/records").await.expect(200);
    assert!(register.says("por pasar la hoja o decir si se celebró"), "{}", register.text());
    assert!(register.says(&format!("{sitting}/record/sheet")) && register.says(&format!("{sitting}#hold")));
    assert!(andres.get("/").await.expect(200).says("falta decir si"));
    andres.post(&format!("{sitting}/held"), &[]).await.expect(303);
    assert!(!andres.get("/").await.expect(200).says("falta decir si"));
    assert!(!sol_browser.get("/records").await.expect(200).says("por pasar la hoja"));
    let page = eva_browser.get(&plan).await.expect(200);
    assert!(page.says("Ver un consejo") && !page.says("120 minutos"), "{}", page.text());
    let home = |of: &str| format!("/mentorships/{of}");
    let mentorship = pair.mentorship.to_string();
    assert!(lucia.get(&home(&mentorship)).await.expect(200).says("Se ha observado una sesión"));
    let page = eva_browser.get(&home(&evas.to_string())).await.expect(200);
    assert!(page.says("Todavía no se ha observado ninguna sesión"), "{}", page.text());
    assert!(eva_browser.get(&sitting).await.expect(200).says("ningún punto estaba abierto para ti"));
    assert!(sol_browser.get(&sitting).await.expect(200).says("ningún punto le estaba abierto"));
    let denied = eva_browser.post(&format!("{seat}/finish"), &[]).await.expect(422).text();
    assert_eq!(
        denied.matches("ningún punto estaba abierto para ti").count(),
        2,
        "as the page says, and why not: {denied}"
    );
    for _ in 0..2 {
        house.pass(SignedDuration::from_hours(1));
        house.work().await;
    }
    let loops = format!("/mentorships/{evas}/loops");
    assert!(eva_browser.get(&loops).await.expect(200).says("no consta asistencia"));
    assert!(!eva_browser.get("/notices").await.expect(200).says("ha terminado"), "she is asked for nothing");
    // Classes can still be said, since no record is closed.
    assert!(sol_browser.get(&sitting).await.expect(200).says("Clasificar los puntos"));
    classify(&mut sol_browser, &sitting, &["confidential", "legal-advice"]).await;
    // She was there, unsigned: the record says so, and she has observed.
    typed(&mut sol_browser, &sitting, &[(format!("comes {}", eva.id).as_str(), "10:05")]).await;
    assert!(eva_browser.get(&home(&evas.to_string())).await.expect(200).says("Se ha observado una sesión"));
    assert!(eva_browser.get(&sitting).await.expect(200).says("estuviste 115 minutos en la sala"));
    house.pass(SignedDuration::from_hours(1));
    house.work().await;
    eva_browser.post(&debrief(&evas.to_string(), &seat), &DEBRIEF).await.expect(303);
    let page = eva_browser.get(&plan).await.expect(200);
    assert!(page.says("115 minutos") && page.says("con análisis"), "{}", page.text());
    // Once it is closed, nothing is classified any more.
    let client = uuid::Uuid::now_v7().to_string();
    let close = [("client", client.as_str()), ("what", "closed")];
    sol_browser.post(&format!("{sitting}/record"), &close).await.expect(303);
    assert!(!sol_browser.get(&sitting).await.expect(200).says("Clasificar los puntos"));
    let mut form = fields(&sol_browser.get(&format!("{sitting}/items?count=2")).await.expect(200).text());
    form.extend([("class-1", "open"), ("class-2", "open")].map(|(a, b)| (a.to_owned(), b.to_owned())));
    let closed = sol_browser.post(&format!("{sitting}/items"), &posted(&form)).await.expect(422);
    assert!(closed.says("las clases ya no cambian"), "{}", closed.text());
});

story!(whoever_is_let_in_after_it_began_has_observed, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres, mut eva_browser) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    let mut sol_browser = house.browser_of(&sol).await;
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    // One item, of ten minutes.
    classify(&mut sol_browser, &sitting, &["open"]).await;
    let hers = seated((&mut lucia, &mut andres, &mut sol_browser), &sitting, &pair.mentorship.to_string()).await;
    let seat = seated((&mut eva_browser, &mut andres, &mut sol_browser), &sitting, &evas.to_string()).await;
    // She signs at the door, then the chair agrees to the class, and then the other side says yes: from then on she can be in the room.
    until(house, "2027-01-15T09:02:00Z");
    let (mut lucia, mut andres, mut eva_browser) =
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await, house.browser_of(&eva).await);
    sign(&mut lucia, &hers).await;
    until(house, "2027-01-15T09:03:00Z");
    agree_to_items(&mut andres, &sitting).await;
    assert!(!lucia.get(&sitting).await.expect(200).says(">Dentro<"));
    until(house, "2027-01-15T09:05:00Z");
    andres.post(&format!("{sitting}/other-side"), &[]).await.expect(303);
    assert!(lucia.get(&sitting).await.expect(200).says(">Dentro<"));
    // Eva signs when the item is over.
    until(house, "2027-01-15T09:10:00Z");
    sign(&mut eva_browser, &seat).await;
    until(house, "2027-01-15T11:05:00Z");
    andres.post(&format!("{sitting}/held"), &[]).await.expect(303);
    let home = |of: &str| format!("/mentorships/{of}");
    let page = lucia.get(&home(&pair.mentorship.to_string())).await.expect(200);
    assert!(page.says("Se ha observado una sesión"), "{}", page.text());
    assert!(!lucia.get(&sitting).await.expect(200).says("ningún punto estaba abierto para ti"));
    assert!(eva_browser.get(&sitting).await.expect(200).says("ningún punto estaba abierto para ti"));
    let page = eva_browser.get(&home(&evas.to_string())).await.expect(200);
    assert!(page.says("Todavía no se ha observado ninguna sesión"), "{}", page.text());
});

story!(a_secretary_says_that_it_was_as_soon_as_it_has_begun, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let mut sol_browser = house.browser_of(&sol).await;
    let sitting = opened(&mut andres, &pair, &[("host", pair.andres.address.as_str())]).await;
    classify(&mut sol_browser, &sitting, &["open"]).await;
    agree_to_items(&mut andres, &sitting).await;
    let hers = seated((&mut lucia, &mut andres, &mut sol_browser), &sitting, &pair.mentorship.to_string()).await;
    sign(&mut lucia, &hers).await;
    let held = format!("{sitting}/held");
    sol_browser.post(&held, &[]).await.expect(409);
    until(house, "2027-01-15T09:10:00Z");
    let (mut lucia, mut sol_browser) = (house.browser_of(&pair.lucia).await, house.browser_of(&sol).await);
    sol_browser.post(&held, &[]).await.expect(303);
    // What is closed further from then on takes nothing back of what was.
    classify(&mut sol_browser, &sitting, &["legal-advice"]).await;
    let home = format!("/mentorships/{}", pair.mentorship);
    assert!(lucia.get(&home).await.expect(200).says("Se ha observado una sesión"));
    // What is typed and struck again is no record, and what held without one holds.
    until(house, "2027-01-15T11:05:00Z");
    typed(&mut sol_browser, &sitting, &[("begins 1", "10:00")]).await;
    assert!(lucia.get(&sitting).await.expect(200).says("no estuviste en la sala"));
    assert!(lucia.get(&home).await.expect(200).says("Todavía no se ha observado ninguna sesión"));
    let entries = format!("{sitting}/record/entries");
    let page = sol_browser.get(&entries).await.expect(200).text();
    let line = page.split("<li id=\"entry-").find(|line| line.contains("Empieza el punto 1"));
    let number = line.unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap();
    let client = uuid::Uuid::now_v7().to_string();
    let struck = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", "mistaken")];
    sol_browser.post(&entries, &struck).await.expect(303);
    assert!(!lucia.get(&sitting).await.expect(200).says("no estuviste en la sala"));
    assert!(lucia.get(&home).await.expect(200).says("Se ha observado una sesión"));
});

story!(a_debrief_stays_with_its_observation, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let mut sol_browser = house.browser_of(&sol).await;
    plan(&mut andres, &pair).await;
    let own = [("host", pair.andres.address.as_str())];
    let first = opened(&mut andres, &pair, &own).await;
    let second = opened(&mut andres, &pair, &[own[0], ("day", "2027-01-20")]).await;
    classify(&mut sol_browser, &first, &["open"]).await;
    agree_to_items(&mut andres, &first).await;
    let wish = |sitting: &str| format!("{sitting}/seats/new/{}", pair.mentorship);
    let activity = fields(&lucia.get(&wish(&first)).await.expect(200).text())["activity"].clone();
    lucia.post(&wish(&first), &[("activity", &activity)]).await.expect(303);
    let seat = seat_of(&mut lucia, &first).await;
    for browser in [&mut andres, &mut sol_browser] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    lucia.post(&format!("{seat}/conflict"), &[("has", "no")]).await.expect(303);
    sign(&mut lucia, &seat).await;
    house.raw("UPDATE undertakings SET notes_until = '2027-01-25'").await;
    until(house, "2027-01-15T11:05:00Z");
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let mut sol_browser = house.browser_of(&sol).await;
    andres.post(&format!("{first}/held"), &[]).await.expect(303);
    lucia.post(&debrief(&pair.mentorship.to_string(), &seat), &DEBRIEF).await.expect(303);
    let plan = format!("/mentorships/{}/plan", pair.mentorship);
    assert!(lucia.get(&plan).await.expect(200).says("120 minutos"));
    // The sheet does not name her: the activity is planned again, and what she wrote of it is that of this sitting all the same.
    typed(&mut sol_browser, &first, &[("begins 1", "10:00"), ("ends 1", "10:10")]).await;
    let page = lucia.get(&plan).await.expect(200);
    assert!(page.says("Ver un consejo") && !page.says("120 minutos"), "{}", page.text());
    assert!(!lucia.get(&wish(&second)).await.expect(200).says(&activity));
    let taken = lucia.post(&wish(&second), &[("activity", &activity)]).await.expect(422);
    assert!(taken.says("no está prevista en el plan"), "{}", taken.text());
    // Nor does the other of the pair take it out of the plan with what she wrote.
    let edit = format!("{plan}/edit");
    let mut form = fields(&andres.get(&edit).await.expect(200).text());
    form.insert("drop-0".to_owned(), "yes".to_owned());
    let stays = andres.post(&edit, &posted(&form)).await.expect(422);
    assert!(stays.says("Ya hay un análisis posterior"), "{}", stays.text());
    let stays = andres.post(&format!("{plan}/{activity}/let-go"), &[("reason", "No fue")]).await.expect(422);
    assert!(stays.says("no se descarta"), "{}", stays.text());
    assert_eq!(house.count("activity_debriefs").await, 1);
    // It goes on the day that she undertook.
    until(house, "2027-01-25T10:00:00Z");
    house.work().await;
    assert_eq!(house.count("activity_debriefs").await, 0);
});

story!(a_negotiation_is_not_held_before_its_other_side_agreed, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    assert!(!andres.get("/").await.expect(200).says("hay que preguntar a la otra parte"));
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await;
    andres.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    assert!(andres.get("/").await.expect(200).says("hay que preguntar a la otra parte"));
    let answer = format!("{seat}/answer");
    house.browser_of(&sol).await.post(&answer, &[("answer", "agreed")]).await.expect(303);
    house.pass(SignedDuration::from_hours(4 * 24 + 5));
    for person in [&pair.andres, &sol] {
        let mut browser = house.browser_of(person).await;
        let refused = browser.post(&format!("{sitting}/held"), &[]).await.expect(422);
        assert!(refused.says("No consta que la otra parte aceptara"), "{}", refused.text());
    }
    // Nor is it debriefed, which would make hours of it and keep it from being called off.
    house.browser_of(&sol).await.post(&answer, &[("answer", "agreed")]).await.expect(409);
    let mut lucia = house.browser_of(&pair.lucia).await;
    let none = lucia.post(&debrief(&pair.mentorship.to_string(), &seat), &DEBRIEF).await.expect(422);
    assert!(none.says("Todavía no hay nada que analizar"), "{}", none.text());
    let mut andres = house.browser_of(&pair.andres).await;
    let version = fields(&andres.get(&sitting).await.expect(200).text())["version"].clone();
    andres.post(&format!("{sitting}/cancel"), &[("version", &version)]).await.expect(303);
});

story!(a_negotiation_that_goes_on_longer_than_planned_is_still_its_other_sides, async |house: &House| {
    let pair = framed(house).await;
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let (mut andres, mut lucia) = (house.browser_of(&pair.andres).await, house.browser_of(&pair.lucia).await);
    let own = [("kind", "negotiation"), ("host", pair.andres.address.as_str())];
    let sitting = opened(&mut andres, &pair, &own).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    let seat = seat_of(&mut lucia, &sitting).await;
    for browser in [&mut andres, &mut sol] {
        browser.post(&format!("{seat}/answer"), &[("answer", "agreed")]).await.expect(303);
    }
    andres.post(&format!("{sitting}/other-side"), &[]).await.expect(303);
    // It begins within its plan, and is not over when its plan is.
    house
        .raw(&format!(
            "UPDATE sittings SET starts_at = {0} - 7200000000, ends_at = {0} - 1200000000",
            house.app.now().as_microsecond()
        ))
        .await;
    let other_side = format!("{sitting}/other-side");
    // Until a record says so nobody is let in any more; that nobody is to be in is heard at once, for whoever keeps it may be without
    // connection.
    andres.post(&other_side, &[("do", "take-back")]).await.expect(303);
    andres.post(&other_side, &[]).await.expect(409);
    typed(&mut sol, &sitting, &[("begins 1", "08:30")]).await;
    andres.post(&other_side, &[]).await.expect(303);
    assert!(andres.get(&sitting).await.expect(200).says("Acepta que alguien observe"));
    andres.post(&other_side, &[("do", "take-back")]).await.expect(303);
    assert!(andres.get(&sitting).await.expect(200).says("Aún no consta que acepte"));
});

story!(one_activity_of_the_plan_is_for_one_seat, async |house: &House| {
    let pair = framed(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    plan(&mut andres, &pair).await;
    let own = [("host", pair.andres.address.as_str())];
    let (first, second) = (opened(&mut andres, &pair, &own).await, opened(&mut andres, &pair, &own).await);
    let wish = |sitting: &str| format!("{sitting}/seats/new/{}", pair.mentorship);
    let activity = fields(&lucia.get(&wish(&first)).await.expect(200).text())["activity"].clone();
    lucia.post(&wish(&first), &[("activity", &activity)]).await.expect(303);
    let page = lucia.get(&wish(&second)).await.expect(200);
    assert!(!page.says(&activity) && page.says("no hay ninguna observación pendiente"), "{}", page.text());
    let taken = lucia.post(&wish(&second), &[("activity", &activity)]).await.expect(422);
    assert!(taken.says("ya la cumple otra plaza"), "{}", taken.text());
    // Given back, it is free again.
    let seat = seat_of(&mut lucia, &first).await;
    lucia.post(&format!("{seat}/withdraw"), &[]).await.expect(303);
    assert!(lucia.get(&wish(&second)).await.expect(200).says(&activity));
    lucia.post(&wish(&second), &[("activity", &activity)]).await.expect(303);
    lucia.post(&wish(&first), &[("activity", &activity)]).await.expect(422);
    lucia.post(&wish(&first), &[]).await.expect(303);
});

story!(nobody_observes_where_they_have_a_part, async |house: &House| {
    let pair = framed(house).await;
    let olga = house.person(pair.ana.organisation, "Olga Ferrer", &[]).await;
    let (mut ana, mut host, mut lucia) =
        (house.browser_of(&pair.ana).await, house.browser_of(&olga).await, house.browser_of(&pair.lucia).await);
    let sitting = opened(&mut ana, &pair, &[("host", &olga.address), ("keeper", &pair.lucia.address)]).await;
    // Whoever agrees to receive reads who keeps the record.
    let page = host.get(&sitting).await.expect(200);
    assert!(page.says("Quien lleva el registro") && page.says("Lucía Ibáñez"), "{}", page.text());
    let terms = fields(&page.text());
    host.post(&format!("{sitting}/agree"), &[("text", &terms["text"]), ("lasts", ""), ("notes", "")]).await.expect(303);
    let wish = format!("{sitting}/seats/new/{}", pair.mentorship);
    assert!(lucia.post(&wish, &[]).await.expect(422).says("no observa esa misma sesión"));
    // Once it is open, whoever only opened it names no keeper, themselves least of all.
    let own = changed(&mut ana, &sitting, &[("keeper", &pair.ana.address)]).await.expect(422);
    assert!(own.says("Quién lleva el registro lo cambia"), "{}", own.text());
    changed(&mut host, &sitting, &[("keeper", "")]).await.expect(303);
    lucia.post(&wish, &[]).await.expect(303);
    for (field, said) in [
        ("keeper", "Quien observa una sesión no puede llevar"),
        ("chair", "Quien observa una sesión no puede presidirla"),
    ] {
        let refused = changed(&mut host, &sitting, &[(field, &pair.lucia.address)]).await.expect(422);
        assert!(refused.says(said), "{}", refused.text());
    }
    // Nor are there fewer seats than were given.
    let mut sol = house.browser_of(&secretary(house, &pair).await).await;
    let seat = seat_of(&mut lucia, &sitting).await;
    let (_, theirs) = another(house, &pair, "Eva Ruiz").await;
    let mut andres = house.browser_of(&pair.andres).await;
    house.pass(SignedDuration::from_mins(1));
    andres.post(&format!("{sitting}/seats/new/{theirs}"), &[]).await.expect(303);
    for id in [seat, second_seat(&mut host, &sitting).await] {
        for browser in [&mut host, &mut sol] {
            browser.post(&format!("{id}/answer"), &[("answer", "agreed")]).await.expect(303);
        }
    }
    let fewer = changed(&mut host, &sitting, &[("seats", "1")]).await.expect(422);
    assert!(fewer.says("Ya hay 2 concedidas"), "{}", fewer.text());
});

/// The last seat that waits for an answer on a host's page.
async fn second_seat(browser: &mut Client, sitting: &str) -> String {
    let page = browser.get(sitting).await.expect(200).text();
    let last = page.rsplit("/answer\"").nth(1).unwrap();
    last.rsplit("action=\"").next().unwrap().to_owned()
}

/// The links of the mails to somebody outside, the newest first.
async fn links(house: &House, address: &str, saying: &str) -> String {
    let mail = house.mail_saying(address, saying).await;
    let token = mail.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap();
    format!("/o/{token}")
}

async fn opened_by_link(house: &House, pair: &Pair, ana: &mut Client) -> (String, String) {
    let sitting = opened(ana, pair, &[("kind", "negotiation")]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("lasts", "3"), ("other-side", "yes")];
    rosa.post(&link, &terms).await.expect(303);
    (sitting, link)
}

story!(whoever_agreed_is_told_when_a_sitting_moves, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let (sitting, link) = opened_by_link(house, &pair, &mut ana).await;
    assert!(ana.get(&sitting).await.expect(200).says("Acepta que alguien observe"));
    // Another day: host and secretary are told, and the other side is asked again.
    changed(&mut ana, &sitting, &[("kind", "negotiation"), ("day", "2027-01-22")]).await.expect(303);
    house.work().await;
    assert!(ana.get(&sitting).await.expect(200).says("Aún no consta que acepte"));
    let moved = links(house, HOST, "ha cambiado de fecha u hora la sesión 1").await;
    assert_ne!(moved, link);
    let mail = house.mail_saying(HOST, "ha cambiado de fecha u hora la sesión 1").await;
    assert!(mail.contains("No consta que la otra parte") && !mail.contains("No hace falta contestar"), "{mail}");
    assert!(!ana.get("/notices").await.expect(200).says("La sesión 1"), "whoever moves it knows");
    let told = house.browser_of(&sol).await.get("/notices").await.expect(200);
    assert!(told.says("La sesión 1 pasa a otro día: hay que preguntar otra vez a la otra parte"), "{}", told.text());
    // Links hold until the end as it is now: after the day that was planned first, not after the new one.
    house.pass(SignedDuration::from_hours(5 * 24));
    for link in [&link, &moved] {
        let page = house.stranger().get(link).await.expect(200);
        assert!(page.says("Anotar que la otra parte acepta"), "{}", page.text());
    }
    let mut ana = house.browser_of(&pair.ana).await;
    changed(&mut ana, &sitting, &[("kind", "negotiation"), ("day", "2027-01-18")]).await.expect(303);
    house.pass(SignedDuration::from_hours(2 * 24 + 8 + 6));
    for link in [&link, &moved] {
        house.stranger().get(link).await.expect(404);
    }
    // On the same day the other side's yes stands.
    let mut ana = house.browser_of(&pair.ana).await;
    let own = [("kind", "negotiation"), ("day", "2027-02-15"), ("host", pair.ana.address.as_str())];
    let same = opened(&mut ana, &pair, &own).await;
    ana.post(&format!("{same}/other-side"), &[]).await.expect(303);
    changed(&mut ana, &same, &[("kind", "negotiation"), ("from", "16:00"), ("until", "17:00")]).await.expect(303);
    assert!(ana.get(&same).await.expect(200).says("Acepta que alguien observe"));
    assert!(!ana.get("/notices").await.expect(200).says("La sesión 2"));
    // On another day whoever receives is told that they have to ask again, though it was they who moved it.
    changed(&mut ana, &same, &[("kind", "negotiation"), ("day", "2027-02-16")]).await.expect(303);
    assert!(ana.get("/notices").await.expect(200).says("La sesión 2 pasa a otro día"));
});

story!(a_draft_that_moves_asks_its_host_again, async |house: &House| {
    let pair = framed(house).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let sitting = opened(&mut ana, &pair, &[("kind", "negotiation")]).await;
    house.work().await;
    assert!(house.mail_saying(HOST, "pregunta si alguien puede venir").await.contains("15 ene"));
    changed(&mut ana, &sitting, &[("kind", "negotiation"), ("day", "2027-01-22")]).await.expect(303);
    house.work().await;
    let again = house.mail_saying(HOST, "22 ene").await;
    assert!(again.contains("pregunta si alguien puede venir"), "{again}");
    // Once host and other side have agreed, nothing waits where it moves within its day.
    let link = links(house, HOST, "22 ene").await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("lasts", "3"), ("other-side", "yes")];
    rosa.post(&link, &terms).await.expect(303);
    changed(&mut ana, &sitting, &[("kind", "negotiation"), ("from", "16:00"), ("until", "17:00")]).await.expect(303);
    house.work().await;
    let told = house.mail_saying(HOST, "ha cambiado de fecha u hora la sesión 1").await;
    assert!(told.contains("No hace falta contestar") && told.contains("16:00"), "{told}");
    // With a wish to answer, something does.
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.post(&format!("{sitting}/seats/new/{}", pair.mentorship), &[]).await.expect(303);
    changed(&mut ana, &sitting, &[("kind", "negotiation"), ("from", "17:00"), ("until", "18:00")]).await.expect(303);
    house.work().await;
    assert!(house.mail_saying(HOST, "Sigue faltando una respuesta tuya").await.contains("17:00"));
});

story!(where_nobody_is_secretary_whoever_opened_it_names_the_keeper, async |house: &House| {
    let pair = framed(house).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let sitting = opened(&mut ana, &pair, &[]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("lasts", "3")];
    rosa.post(&link, &terms).await.expect(303);
    let mut andres = house.browser_of(&pair.andres).await;
    andres.get(&format!("{sitting}/record")).await.expect(404);
    assert!(ana.get(&sitting).await.expect(200).says("Nadie puede llevar el registro"));
    assert!(ana.get(&format!("{sitting}/edit")).await.expect(200).says("Quien coordina no lo lleva"));
    // Whoever coordinates reads of no sitting who was there.
    let own = changed(&mut ana, &sitting, &[("keeper", &pair.ana.address)]).await.expect(422);
    assert!(own.says("Quien coordina no lleva el registro"), "{}", own.text());
    changed(&mut ana, &sitting, &[("keeper", &pair.andres.address)]).await.expect(303);
    assert!(!ana.get(&sitting).await.expect(200).says("Nadie puede llevar el registro"));
    andres.get(&format!("{sitting}/record")).await.expect(200);
    // As soon as somebody is secretary, it is they who name them.
    secretary(house, &pair).await;
    let late = changed(&mut ana, &sitting, &[("keeper", "")]).await.expect(422);
    assert!(late.says("Quién lleva el registro lo cambia quien recibe o la secretaría"), "{}", late.text());
});

story!(a_secretary_who_observes_keeps_no_record, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another_with(house, &pair, "Eva Ruiz", &[Part::Secretary]).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let sitting = opened(&mut ana, &pair, &[]).await;
    house.work().await;
    let link = house.link_to(HOST).await;
    let mut rosa = house.stranger();
    let form = fields(&rosa.get(&link).await.expect(200).text());
    let terms = [("do", "agree"), ("text", form["text"].as_str()), ("lasts", "3")];
    rosa.post(&link, &terms).await.expect(303);
    assert!(!ana.get(&sitting).await.expect(200).says("Nadie puede llevar el registro"));
    house.browser_of(&eva).await.post(&format!("{sitting}/seats/new/{evas}"), &[]).await.expect(303);
    assert!(ana.get(&sitting).await.expect(200).says("Nadie puede llevar el registro"));
    // Another one does.
    secretary(house, &pair).await;
    assert!(!ana.get(&sitting).await.expect(200).says("Nadie puede llevar el registro"));
});
