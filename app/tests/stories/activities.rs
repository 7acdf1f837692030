//! The plan of practical demonstration: from the proposal of the track to the debrief of what was seen; what the two write at once,
//! what is only the mentee's, and what everybody else learns.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::activities::counts_of;
use telemaco::db::counted;
use telemaco::identity::Part;
use telemaco::mentorships::MentorshipId;

use crate::agreement;
use crate::api::{nothing_stands_open, problem, program, send};
use crate::goals::framed;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::{Pair, pair};

fn path(pair: &Pair) -> String {
    format!("/mentorships/{}/plan", pair.mentorship)
}

type Fields = Vec<(String, String)>;

/// The form of the plan as the page brings it, with other texts in some of its fields.
async fn form(browser: &mut Client, pair: &Pair, change: &[(&str, &str)]) -> Fields {
    let mut fields = fields(&browser.get(&format!("{}/edit", path(pair))).await.expect(200).text());
    for (name, value) in change {
        fields.insert((*name).to_owned(), (*value).to_owned());
    }
    fields.into_iter().collect()
}

fn borrowed(fields: &Fields) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// A plan of one activity, by its path.
pub async fn planned(browser: &mut Client, pair: &Pair, what: &str, watch: &str) -> String {
    let empty = [
        ("version", "0"),
        ("rows", "1"),
        ("what-0", what),
        ("watch-0", watch),
        ("on-0", "2027-01-11"),
        ("kind-0", "field-trip"),
    ];
    browser.post(&format!("{}/edit", path(pair)), &empty).await.expect(303);
    let list = browser.get(&path(pair)).await.expect(200).text();
    let (start, _) = list.split_once(&format!("\">{what}</a>")).unwrap();
    start.rsplit("href=\"").next().unwrap().to_owned()
}

story!(the_life_of_a_plan, async |house: &House| {
    let pair = framed(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let (plan, home) = (path(&pair), format!("/mentorships/{}", pair.mentorship));
    agreement::write(&mut andres, &pair, &[], "propose").await;
    agreement::sign(&mut lucia, &pair).await;
    assert!(andres.get(&home).await.expect(200).says("Escribe el plan de actividades"));
    assert!(lucia.get(&plan).await.expect(200).says("El plan suele escribirlo quien orienta"));
    // The track proposes, the mentor adjusts, one save.
    let page = andres.get(&format!("{plan}/edit")).await.expect(200);
    assert!(page.says("Observar una negociación con un proveedor") && page.says("En qué fijarse"));
    let edit = format!("{plan}/edit");
    let wrong = form(&mut andres, &pair, &[("what-10", "Sin fecha"), ("watch-11", "sin nada más")]).await;
    let again = andres.post(&edit, &borrowed(&wrong)).await.expect(422);
    assert!(again.says("Falta la fecha") && again.says("Falta decir qué es") && again.says("sin nada más"));
    let change = [
        ("what-0", "Hablar de cómo decido, con Andrés"),
        ("on-0", "2027-01-11"),
        ("drop-2", "yes"),
        ("what-10", "Visitar el puerto"),
        ("on-10", "1/1/2027"),
        ("kind-10", "field-trip"),
    ];
    let changed = form(&mut andres, &pair, &change).await;
    andres.post(&edit, &borrowed(&changed)).await.expect(303);
    let page = lucia.get(&plan).await.expect(200);
    assert!(
        page.says("Lo siguiente: Enseñanza, 11 de enero de 2027")
            && page.says("con Andrés")
            && page.says("Visitar el puerto")
            && !page.says("Principios de negociación"),
        "{}",
        page.text()
    );
    assert!(page.says("Esta actividad ya tendría que haber sido"), "the trip was on the first of January");
    // Where she stands, competency by competency.
    let standing = lucia.get(&format!("{plan}/standing")).await.expect(200);
    assert!(
        standing.says("competencias no las toca el plan")
            && standing.says("practicarlo")
            && standing.says("Negociación")
    );
    assert!(!standing.says("Punto de partida"), "nothing was rated yet");
    // Before she goes she says what she expects; then it was, and within two days she says what she saw.
    let (start, _) =
        page.text().split_once("\">Hablar de cómo decido").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let activity = start.rsplit("href=\"").next().unwrap().to_owned();
    let debrief = format!("{activity}/debrief");
    let expects = [("version", "0"), ("expected", "Que sea incómodo"), ("visibility", "pair")];
    andres.post(&debrief, &expects).await.expect(404);
    lucia.post(&debrief, &[("version", "0"), ("expected", "")]).await.expect(422);
    lucia.post(&debrief, &expects).await.expect(303);
    assert!(andres.get(&activity).await.expect(200).says("Que sea incómodo"));
    let ahead = [("day", "2027-01-12"), ("time", "10:00"), ("minutes", "muchos")];
    let refused = andres.post(&format!("{activity}/done"), &ahead).await.expect(422);
    assert!(refused.says("Escribe los minutos") && refused.says("value=\"muchos\""));
    let ahead = [("day", "2027-01-12"), ("time", "10:00"), ("minutes", "90")];
    assert!(andres.post(&format!("{activity}/done"), &ahead).await.expect(422).says("aún no ha llegado"));
    let was = [("day", "2027-01-11"), ("time", "00:30"), ("minutes", "90")];
    andres.post(&format!("{activity}/done"), &was).await.expect(303);
    andres.post(&format!("{activity}/done"), &was).await.expect(409);
    assert!(lucia.get(&home).await.expect(200).says("Escribe el análisis posterior"));
    let page = lucia.get(&activity).await.expect(200);
    assert!(
        page.says("Conviene escribirlo antes de 13 ene 2027, 00:30") && page.says("Sin cifras y sin nombres"),
        "{}",
        page.text()
    );
    assert!(page.says("90 minutos"));
    house.pass(SignedDuration::from_hours(72));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(lucia.get(&activity).await.expect(200).says("Era para antes de"));
    assert!(lucia.get(&plan).await.expect(200).says("análisis fuera de plazo"));
    let saw = [
        ("version", "1"),
        ("expected", "Que sea incómodo"),
        ("seen", "Pidió 3 veces lo mismo"),
        ("practise", "Callar"),
        ("visibility", "pair"),
    ];
    lucia.post(&debrief, &[("version", "1"), ("expected", "x"), ("seen", "")]).await.expect(422);
    lucia.post(&debrief, &saw).await.expect(303);
    let stale = [("version", "1"), ("seen", "Otra cosa"), ("practise", "Callar"), ("expected", "Que sea incómodo")];
    let stale = lucia.post(&debrief, &stale).await.expect(409);
    assert!(stale.says("Otra cosa") && stale.says("Pidió 3 veces lo mismo"), "both texts");
    assert!(lucia.get(&activity).await.expect(200).says("hay cifras"));
    let page = andres.get(&activity).await.expect(200);
    assert!(page.says("Pidió 3 veces lo mismo") && page.says("Callar") && !page.says("Guardar el análisis"));
    assert!(andres.get(&plan).await.expect(200).says("con análisis"));
    // Let go with a reason, and planned again.
    let list = andres.get(&plan).await.expect(200).text();
    let (start, _) = list.split_once("\">Visitar el puerto</a>").unwrap();
    let trip = start.rsplit("href=\"").next().unwrap().to_owned();
    andres.post(&format!("{trip}/let-go"), &[("reason", "")]).await.expect(422);
    andres.post(&format!("{trip}/let-go"), &[("reason", "El puerto está en obras")]).await.expect(303);
    let page = lucia.get(&trip).await.expect(200);
    assert!(page.says("El puerto está en obras") && page.says("Descartada") && !page.says("Guardar lo que espero"));
    lucia.post(&format!("{trip}/debrief"), &[("version", "0"), ("expected", "x")]).await.expect(422);
    lucia.post(&format!("{trip}/reopen"), &[]).await.expect(303);
    lucia.post(&format!("{trip}/reopen"), &[]).await.expect(409);
    // A page costs the same whatever the plan holds.
    let cost = lucia.get(&plan).await.expect(200).statements();
    let more = [
        ("what-9", "Otra más"),
        ("on-9", "2027-05-01"),
        ("what-10", "Y otra"),
        ("on-10", "2027-06-01"),
        ("drop-3", "yes"),
    ];
    let more = form(&mut andres, &pair, &more).await;
    andres.post(&edit, &borrowed(&more)).await.expect(303);
    assert_eq!(lucia.get(&plan).await.expect(200).statements(), cost);
    // Once it ends, the plan is read and not changed.
    lucia.post(&format!("{home}/end"), &[("version", "1")]).await.expect(303);
    assert!(andres.get(&activity).await.expect(200).says("Pidió 3 veces lo mismo"));
    andres.get(&edit).await.expect(404);
    let late = andres.post(&edit, &[("version", "9"), ("rows", "0")]).await.expect(422);
    assert!(late.says("su plan ya no se cambia"));
});

story!(what_the_two_write_at_once_in_a_plan_is_not_lost, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    planned(&mut andres, &pair, "Lo de siempre", "").await;
    let edit = format!("{}/edit", path(&pair));
    let hers = form(&mut lucia, &pair, &[("what-0", "Lo de Lucía"), ("what-1", "Suyo"), ("on-1", "2027-02-01")]).await;
    let his =
        form(&mut andres, &pair, &[("what-0", "Lo de Andrés"), ("what-1", "De él"), ("on-1", "2027-02-01")]).await;
    let (hers, his) = (borrowed(&hers), borrowed(&his));
    let (one, two) = tokio::join!(lucia.post(&edit, &hers), andres.post(&edit, &his));
    let (won, lost, mut loser) = if one.status == 303 { (one, two, andres) } else { (two, one, lucia) };
    assert_eq!((won.status.as_u16(), lost.status.as_u16()), (303, 409));
    let page = lost.text();
    assert!(
        page.contains("Lo de Lucía") && page.contains("Lo de Andrés") && page.contains("Cómo está ahora"),
        "{page}"
    );
    // Saved again, what was typed stands, and what the other added stays.
    let again: Fields = fields(&page).into_iter().collect();
    loser.post(&edit, &borrowed(&again)).await.expect(303);
    let both = loser.get(&path(&pair)).await.expect(200);
    assert!(both.says("Suyo") && both.says("De él"), "{}", both.text());
});

story!(a_debrief_may_be_the_mentees_alone, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let activity = planned(&mut andres, &pair, "Visitar la obra", "").await;
    let own = [("version", "0"), ("expected", "Me da miedo la altura"), ("visibility", "only-me")];
    lucia.post(&format!("{activity}/debrief"), &own).await.expect(303);
    let his = andres.get(&activity).await.expect(200);
    assert!(!his.says("altura") && his.says("es solo de quien lo escribió"));
    let opened = [("version", "1"), ("expected", "Me da miedo la altura"), ("visibility", "pair")];
    lucia.post(&format!("{activity}/debrief"), &opened).await.expect(303);
    assert!(andres.get(&activity).await.expect(200).says("altura"));
    let back = [("version", "2"), ("expected", "x"), ("visibility", "only-me")];
    let refused = lucia.post(&format!("{activity}/debrief"), &back).await.expect(422);
    assert!(refused.says("no puede volver a ser solo tuyo"));
});

story!(a_debrief_that_is_owed_is_asked_for_once_when_half_of_its_time_has_gone, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
    let more =
        form(&mut andres, &pair, &[("rows", "2"), ("what-1", "Leer"), ("kind-1", "reading"), ("on-1", "2027-01-11")]);
    let more = more.await;
    andres.post(&format!("{}/edit", path(&pair)), &borrowed(&more)).await.expect(303);
    let list = andres.get(&path(&pair)).await.expect(200).text();
    let reading = list.split_once("\">Leer</a>").unwrap().0.rsplit("href=\"").next().unwrap().to_owned();
    let done = [("day", "2027-01-11"), ("time", "00:30"), ("minutes", "60")];
    for activity in [&visit, &reading] {
        andres.post(&format!("{activity}/done"), &done).await.expect(303);
    }
    // Of one she writes in time.
    let debrief = [("version", "0"), ("expected", "Poco"), ("seen", "Mucho"), ("visibility", "pair")];
    lucia.post(&format!("{reading}/debrief"), &debrief).await.expect(303);
    let told = async |who: &str| {
        while house.work().await > 0 {}
        house.count(&format!("notices WHERE kind = 'activities.owed'{who}")).await
    };
    assert_eq!(told("").await, 0);
    house.pass(SignedDuration::from_hours(25));
    let hers = format!(" AND person = {}", house.literal(pair.lucia.id.0));
    assert_eq!((told("").await, told(&hers).await), (1, 1));
    let mail = house.mail_saying(&pair.lucia.address, "Esperan unas líneas tuyas").await;
    assert!(!mail.contains("obra") && !mail.contains("Andrés"), "{mail}");
    house.pass(SignedDuration::from_hours(48));
    assert_eq!(told("").await, 1, "once");
});

story!(the_day_after_an_activity_both_are_asked_what_became_of_it_once, async |house: &House| {
    let pair = pair(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
    // One is put off, one is let go before its day.
    let rows = [
        ("rows", "3"),
        ("what-1", "Leer"),
        ("kind-1", "reading"),
        ("on-1", "2027-01-12"),
        ("what-2", "Ensayar"),
        ("kind-2", "speaking-practice"),
        ("on-2", "2027-01-12"),
    ];
    let more = form(&mut andres, &pair, &rows).await;
    andres.post(&format!("{}/edit", path(&pair)), &borrowed(&more)).await.expect(303);
    let list = andres.get(&path(&pair)).await.expect(200).text();
    let of = |what: &str| {
        let before = list.split_once(&format!("\">{what}</a>")).unwrap().0;
        before.rsplit("href=\"").next().unwrap().to_owned()
    };
    andres.post(&format!("{}/let-go", of("Leer")), &[("reason", "No hace falta")]).await.expect(303);
    let seen = fields(&andres.get(&format!("{}/edit", path(&pair))).await.expect(200).text());
    let row = (0..3).find(|row| seen.get(&format!("what-{row}")).is_some_and(|what| what == "Ensayar")).unwrap();
    let later = form(&mut andres, &pair, &[(&format!("on-{row}"), "2027-01-14")]).await;
    andres.post(&format!("{}/edit", path(&pair)), &borrowed(&later)).await.expect(303);
    let told = async |days: i64| {
        house.pass(SignedDuration::from_hours(24 * days));
        while house.work().await > 0 {}
        house.count("notices WHERE kind = 'activities.waits'").await
    };
    assert_eq!(told(0).await, 0, "its day has not gone");
    assert_eq!(told(1).await, 2, "both, of the visit");
    for person in [&pair.lucia, &pair.andres] {
        let mail = house.mail_saying(&person.address, "di en Telémaco si tuvo lugar").await;
        assert!(!mail.contains("obra") && !mail.contains("Ensayar"), "{mail}");
    }
    assert_eq!((told(1).await, told(1).await), (2, 2), "what was let go is not asked about, nor what was put off");
    assert_eq!((told(1).await, told(5).await), (4, 4), "once for each");
    // Whoever says so late has a day to write, and is told once.
    let mut andres = house.browser_of(&pair.andres).await;
    let done = [("day", "2027-01-11"), ("time", "00:30"), ("minutes", "60")];
    andres.post(&format!("{visit}/done"), &done).await.expect(303);
    let unread = "notices WHERE kind = 'activities.waits' AND read_at IS NULL";
    assert_eq!(house.count(unread).await, 2, "of the other activity alone");
    let owed = async |hours: i64| {
        house.pass(SignedDuration::from_hours(hours));
        while house.work().await > 0 {}
        house.count("notices WHERE kind = 'activities.owed'").await
    };
    assert_eq!((owed(1).await, owed(24).await, owed(72).await), (0, 1, 1));
});

story!(nobody_is_asked_of_an_activity_before_its_day_is_over_where_its_zone_was_moved, async |house: &House| {
    let pair = pair(house).await;
    planned(&mut house.browser_of(&pair.andres).await, &pair, "Visitar la obra", "").await;
    house.raw("UPDATE editions SET settings = replace(settings, 'Europe/Madrid', 'America/Bogota')").await;
    let told = async |hours: i64| {
        house.pass(SignedDuration::from_hours(hours));
        while house.work().await > 0 {}
        house.count("notices WHERE kind = 'activities.waits'").await
    };
    assert_eq!(told(16).await, 0, "it is eight in the evening of that day");
    assert_eq!(told(5).await, 2);
});

story!(others_learn_counts_and_days_and_no_word_of_plans, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let said = ["qué", "fijarse", "espera", "vio", "motivo"]
        .map(|place| format!("Reservado ({place}): ni una palabra del cierre de Utrera"))
        .to_vec();
    let activity = planned(&mut andres, &pair, &said[0], &said[1]).await;
    andres.post(&format!("{activity}/let-go"), &[("reason", &said[4])]).await.expect(303);
    let gone = lucia.get(&activity).await.expect(200).text();
    andres.post(&format!("{activity}/reopen"), &[]).await.expect(303);
    andres.post(&format!("{activity}/let-go"), &[("reason", &said[4])]).await.expect(303);
    andres.post(&format!("{activity}/reopen"), &[]).await.expect(303);
    let was = [("day", "2027-01-10"), ("time", "10:00"), ("minutes", "45")];
    lucia.post(&format!("{activity}/done"), &was).await.expect(303);
    let saw = [("version", "0"), ("expected", said[2].as_str()), ("seen", &said[3]), ("visibility", "pair")];
    lucia.post(&format!("{activity}/debrief"), &saw).await.expect(303);
    let read = gone + &andres.get(&activity).await.expect(200).text();
    assert!(said.iter().all(|sentence| read.contains(sentence)), "the two read what they wrote");
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    let home = format!("/mentorships/{}", pair.mentorship);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&home).await.expect(200);
    assert!(page.says("Una actividad hecha, nada previsto") && !page.says("Ver el plan"), "{}", page.text());
    assert!(ana.get("/audit?verb=activities").await.expect(200).says("Escribió el plan de actividades"));
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![ana, house.browser_of(&foreign).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    for browser in &mut others {
        for page in
            [path(&pair), format!("{}/edit", path(&pair)), format!("{}/standing", path(&pair)), activity.clone()]
        {
            browser.get(&page).await.expect(404);
        }
        let form =
            [("version", "1"), ("rows", "0"), ("reason", "x"), ("seen", "x"), ("day", "2027-01-10"), ("time", "10:00")];
        for door in ["done", "let-go", "reopen", "debrief"] {
            browser.post(&format!("{activity}/{door}"), &form).await.expect(404);
        }
        browser.post(&format!("{}/edit", path(&pair)), &form).await.expect(404);
        for page in [home.as_str(), "/audit", "/audit/export?form=csv", "/"] {
            assert_eq!(found(&browser.get(page).await.body, &said), None, "{page}");
        }
    }
});

story!(plans_of_many_pairs_are_counted_with_one_statement, async |house: &House| {
    let pair = pair(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let activity = planned(&mut andres, &pair, "Visitar la obra", "").await;
    let more = form(&mut andres, &pair, &[("what-1", "Otra"), ("on-1", "2027-02-14"), ("month-1", "yes")]).await;
    andres.post(&format!("{}/edit", path(&pair)), &borrowed(&more)).await.expect(303);
    let was = [("day", "2027-01-10"), ("time", "10:00"), ("minutes", "45")];
    andres.post(&format!("{activity}/done"), &was).await.expect(303);
    let mut asked: Vec<MentorshipId> = (0..300).map(|_| MentorshipId(house.app.id())).collect();
    asked.push(pair.mentorship);
    let (counts, statements) = counted(counts_of(&house.app.db, &asked, "2027-01-15".parse().unwrap())).await;
    let counts = counts.unwrap();
    assert_eq!((counts.len(), statements), (1, 1));
    let (of, counts) = counts[0];
    assert_eq!((of, counts.planned, counts.done, counts.minutes, counts.owed), (pair.mentorship, 1, 1, 45, 1));
    assert_eq!(counts.next_on, Some("2027-02-01".parse().unwrap()));
    assert_eq!(counts.owed_since, Some("2027-01-10T09:00:00Z".parse().unwrap()));
});

story!(a_program_keeps_ones_own_plan, async |house: &House| {
    let pair = framed(house).await;
    let (mut lucia, mut andres) = (program(house, &pair.lucia).await, program(house, &pair.andres).await);
    let plan = format!("/api/me/mentorships/{}/plan", pair.mentorship);
    assert_eq!(lucia.get(&plan).await.expect(200).json(), json!({ "version": 0, "items": [] }));
    let row =
        json!({ "kind": "reading", "competency": "negotiation", "on": "2027-02-14", "is_month": true, "what": "Leer" });
    let body = |version: i64, row: &serde_json::Value| json!({ "version": version, "items": [row] });
    let made = send(&mut andres, Method::PUT, &plan, &body(0, &row)).await.expect(200).json();
    assert_eq!((&made["version"], &made["items"][0]["on"]), (&json!(1), &json!("2027-02-01")));
    problem(&send(&mut andres, Method::PUT, &plan, &body(0, &row)).await.expect(409));
    for (field, value) in [("what", ""), ("competency", "no-such")] {
        let mut wrong = row.clone();
        wrong[field] = json!(value);
        problem(&send(&mut andres, Method::PUT, &plan, &body(1, &wrong)).await.expect(422));
    }
    let activity = format!("{plan}/{}", made["items"][0]["id"].as_str().unwrap());
    let debrief = format!("{activity}/debrief");
    assert_eq!(lucia.get(&debrief).await.expect(200).json(), json!({ "version": 0, "debrief": null }));
    let done = json!({ "ended_at": "2027-01-10T10:00:00Z", "minutes": 60 });
    let told = send(&mut lucia, Method::POST, &format!("{activity}/done"), &done).await.expect(200).json();
    assert_eq!(told["items"][0]["debrief_due"], "2027-01-12T10:00:00Z");
    problem(
        &send(&mut lucia, Method::POST, &format!("{activity}/let-go"), &json!({ "reason": "x" })).await.expect(409),
    );
    let thought = json!({ "version": 0, "debrief": { "visibility": "only-me", "seen": "Mucho" } });
    problem(&send(&mut andres, Method::PUT, &debrief, &thought).await.expect(404));
    assert_eq!(send(&mut lucia, Method::PUT, &debrief, &thought).await.expect(200).json()["debrief"]["seen"], "Mucho");
    assert_eq!(andres.get(&debrief).await.expect(200).json()["debrief"], json!(null), "hers alone");
    problem(&program(house, &pair.ana).await.get(&plan).await.expect(404));
    nothing_stands_open(house, &["\"Leer\"", "\"Mucho\""]).await;
});

story!(a_planned_day_stands_in_both_calendars_without_words, async |house: &House| {
    let pair = framed(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    planned(&mut andres, &pair, "Visita al puerto de Vigo", "quién cede primero").await;
    for person in [&pair.andres, &pair.lucia] {
        let mut browser = house.browser_of(person).await;
        let made = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
        let feed = made.split(&format!("{}/calendar/", house.app.config.public_url)).nth(1).unwrap().to_owned();
        let feed = feed.split(".ics").next().unwrap();
        let feed = house.stranger().get(&format!("/calendar/{feed}.ics")).await.expect(200);
        assert!(feed.says("Actividad de mentoría") && feed.says("DTSTART;VALUE=DATE:20270111"), "{}", feed.text());
        assert!(!feed.says("Vigo") && !feed.says("cede"), "{}", feed.text());
        assert!(feed.says("SEQUENCE:0"), "{}", feed.text());
    }
    // Another day is told as a change of what they know.
    let moved = form(&mut andres, &pair, &[("on-0", "2027-01-18")]).await;
    andres.post(&format!("{}/edit", path(&pair)), &borrowed(&moved)).await.expect(303);
    let made = andres.post("/account/calendar/feed", &[]).await.expect(200).text();
    let feed = made.split(&format!("{}/calendar/", house.app.config.public_url)).nth(1).unwrap();
    let feed = format!("/calendar/{}.ics", feed.split(".ics").next().unwrap());
    let feed = house.stranger().get(&feed).await.expect(200);
    assert!(feed.says("DTSTART;VALUE=DATE:20270118") && feed.says("SEQUENCE:1"), "{}", feed.text());
});
