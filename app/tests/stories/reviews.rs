//! Reviews of a pair: the mid-point and the closure that each writes apart, how the two close their mentorship, the page of thanks,
//! the follow-up, and the letter that a mentee had sealed to themselves.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::counted;
use telemaco::identity::{Part, TokenScope};
use telemaco::mentorships::{self, MentorshipId};
use telemaco::reviews::model::Kind;
use telemaco::reviews::states_of;

use crate::agreement;
use crate::api::{nothing_stands_open, problem, program, program_with, send};
use crate::programmes::change_settings;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::{Pair, pair};

fn home(pair: &Pair) -> String {
    format!("/mentorships/{}", pair.mentorship)
}

pub fn review(pair: &Pair, kind: &str) -> String {
    format!("{}/reviews/{kind}", home(pair))
}

async fn version(browser: &mut Client, page: &str) -> String {
    fields(&browser.get(page).await.expect(200).text())["version"].clone()
}

/// Writes one's part of a review and gives it.
pub async fn give(browser: &mut Client, page: &str, answers: &[(&str, &str)]) {
    let seen = version(browser, page).await;
    let mut form = vec![("version", seen.as_str()), ("do", "give")];
    form.extend(answers);
    browser.post(page, &form).await.expect(303);
}

async fn browsers(house: &House, pair: &Pair) -> (Client, Client) {
    (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await)
}

fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

story!(each_writes_apart_and_both_are_read_once_both_are_given, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, _) = browsers(house, &pair).await;
    let page = lucia.get(&format!("{}/reviews", home(&pair))).await.expect(200);
    assert!(page.says("Las revisiones de la mentoría") && page.says("2 de julio de 2027"), "{}", page.text());
    assert!(lucia.get(&home(&pair)).await.expect(200).says("La revisión intermedia es para el 2 de julio de 2027"));
    house.pass(days(175));
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    for browser in [&mut lucia, &mut andres] {
        assert!(browser.get(&home(&pair)).await.expect(200).says("Toca la revisión intermedia"));
    }
    // A draft is hers alone; what was given is read once his is given too.
    let midpoint = review(&pair, "midpoint");
    let draft = [("version", "0"), ("works", "Los lunes"), ("do", "save")];
    lucia.post(&midpoint, &draft).await.expect(303);
    assert!(lucia.get(&midpoint).await.expect(200).says(">Los lunes</textarea>"));
    assert!(!andres.get(&midpoint).await.expect(200).says("Los lunes"));
    let stale = [("version", "0"), ("works", "Los martes"), ("do", "give")];
    let stale = lucia.post(&midpoint, &stale).await.expect(409);
    assert!(stale.says("Los lunes") && stale.says(">Los martes</textarea>"), "both texts");
    let empty = lucia.post(&midpoint, &[("version", "1"), ("works", " "), ("do", "give")]).await.expect(422);
    assert!(empty.says("Contesta al menos a una pregunta"));
    give(&mut lucia, &midpoint, &[("works", "Los lunes a las ocho"), ("hard", "Decirlo en voz alta")]).await;
    let his = andres.get(&midpoint).await.expect(200);
    assert!(his.says("Lucía Ibáñez ya ha entregado lo suyo") && !his.says("a las ocho"), "{}", his.text());
    assert!(lucia.get(&midpoint).await.expect(200).says("Has entregado lo tuyo"));
    assert!(andres.get(&home(&pair)).await.expect(200).says("Revisión intermedia: una de las dos personas"));
    house.work().await;
    let mail = house.mail_saying(&pair.andres.address, "Hay una revisión que mirar").await;
    assert!(!mail.contains("Lucía") && !mail.contains("ocho"), "{mail}");
    // Until then she may change it.
    give(&mut lucia, &midpoint, &[("works", "Los martes a las ocho"), ("hard", "Decirlo en voz alta")]).await;
    give(&mut andres, &midpoint, &[("change", "Más preguntas y menos consejo")]).await;
    for browser in [&mut lucia, &mut andres] {
        let page = browser.get(&midpoint).await.expect(200);
        assert!(page.says("Los martes a las ocho") && page.says("Más preguntas y menos consejo"), "{}", page.text());
        assert!(!page.says("Los lunes a las ocho") && page.says("imprime esta página"));
    }
    let late = [("version", "3"), ("works", "Otra cosa"), ("do", "give")];
    assert!(lucia.post(&midpoint, &late).await.expect(422).says("Las dos personas la han leído ya"));
    // The line below it is of both, and of two who write it at once the second is told.
    let line = format!("{midpoint}/line");
    assert!(lucia.post(&line, &[("version", "0"), ("line", " ")]).await.expect(422).says("Falta la línea"));
    let (hers, his) = ([("version", "0"), ("line", "La de Lucía")], [("version", "0"), ("line", "La de Andrés")]);
    let (one, two) = tokio::join!(lucia.post(&line, &hers), andres.post(&line, &his));
    let (won, lost) = if one.status == 303 { (one, two) } else { (two, one) };
    assert_eq!((won.status.as_u16(), lost.status.as_u16()), (303, 409));
    assert!(lost.says("La de Lucía") && lost.says("La de Andrés"), "{}", lost.text());
    lucia.post(&line, &[("version", "1"), ("line", "Seguimos, con un tema cada vez")]).await.expect(303);
    assert!(andres.get(&midpoint).await.expect(200).says("Seguimos, con un tema cada vez"));
    lucia.post(&format!("{}/line", review(&pair, "closure")), &[("version", "0"), ("line", "x")]).await.expect(404);
    lucia.get(&review(&pair, "nonsense")).await.expect(404);
});

story!(the_two_close_their_mentorship_and_are_asked_again, async |house: &House| {
    let pair = pair(house).await;
    house.pass(days(325));
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    let closure = review(&pair, "closure");
    assert!(lucia.get(&home(&pair)).await.expect(200).says("Toca cerrar la mentoría"));
    let mute = [("version", "0"), ("reached", "Dirijo mi comité"), ("do", "give")];
    assert!(lucia.post(&closure, &mute).await.expect(422).says("Falta decir si quieres mantener el contacto"));
    let close = format!("{closure}/close");
    assert!(lucia.post(&close, &[]).await.expect(422).says("cada cual entrega su parte"));
    give(&mut lucia, &closure, &[("reached", "Dirijo mi comité"), ("contact", "yes")]).await;
    assert!(!andres.get(&closure).await.expect(200).says("Dirijo mi comité"));
    let thanks = format!("{}/thanks", home(&pair));
    andres.get(&thanks).await.expect(404);
    give(&mut andres, &closure, &[("open", "Las cuentas"), ("contact", "no")]).await;
    // Contact is kept only if both say so, and nobody is told who did not.
    let page = lucia.get(&closure).await.expect(200);
    assert!(
        page.says("La mentoría termina aquí, y el contacto con ella") && page.says("Las cuentas"),
        "{}",
        page.text()
    );
    lucia.post(&format!("{}/close", review(&pair, "midpoint")), &[]).await.expect(404);
    let closed = lucia.post(&close, &[]).await.expect(303);
    assert_eq!(closed.location(), thanks);
    assert!(andres.post(&close, &[]).await.expect(422).says("ya está cerrada"));
    let page = andres.get(&thanks).await.expect(200);
    assert!(page.says("Gracias, Andrés Güell") && page.says("Ninguna puerta abierta"), "{}", page.text());
    assert!(lucia.get(&thanks).await.expect(200).says("Lo que Andrés Güell te ha dado"));
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&home(&pair)).await.expect(200);
    assert!(page.says("Cierre: hecho"), "{}", page.text());
    house.work().await;
    house.mail_saying(&pair.andres.address, "ha llegado a su final").await;
    // What was written can still be read by both, and is not written any more.
    for browser in [&mut lucia, &mut andres] {
        assert!(browser.get(&closure).await.expect(200).says("Dirijo mi comité"));
        assert!(browser.get(&home(&pair)).await.expect(200).says("Llegó a su final"));
        let late = [("version", "0"), ("works", "x"), ("do", "give")];
        assert!(browser.post(&review(&pair, "midpoint"), &late).await.expect(422).says("ya no se escribe"));
        let line = [("version", "0"), ("line", "x")];
        browser.post(&format!("{closure}/line"), &line).await.expect(422);
    }
    // Half a year later both are asked once more, where they come first.
    let follow_up = review(&pair, "follow-up");
    assert!(lucia.get(&follow_up).await.expect(200).says("El seguimiento se abre el"));
    let early = [("version", "0"), ("stays", "x"), ("do", "give")];
    lucia.post(&follow_up, &early).await.expect(422);
    house.pass(days(190));
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    assert!(lucia.get("/").await.expect(200).says("¿Qué queda de la mentoría?"));
    assert!(lucia.get(&home(&pair)).await.expect(200).says("Contestar al seguimiento"));
    give(&mut lucia, &follow_up, &[("stays", "Preparo cada negociación")]).await;
    give(&mut andres, &follow_up, &[("since", "Tengo otra mentorizada")]).await;
    let page = lucia.get(&follow_up).await.expect(200);
    assert!(page.says("Tengo otra mentorizada") && page.says("Preparo cada negociación"));
    assert!(!lucia.get(&home(&pair)).await.expect(200).says("Contestar al seguimiento"));
});

story!(an_agreement_names_the_day_of_the_review, async |house: &House| {
    let pair = pair(house).await;
    // Two who began after the edition's mid-point: theirs is half-way to the closure, on a working day.
    house.pass(days(218));
    let began = mentorships::rehearse_beginning(&house.app, pair.mentorship, house.app.now()).await;
    began.map_err(anyhow::Error::from).unwrap();
    let (mut lucia, _) = browsers(house, &pair).await;
    let day = "11 de octubre de 2027";
    let reviews = lucia.get(&format!("{}/reviews", home(&pair))).await.expect(200);
    assert!(reviews.says(day), "{}", reviews.text());
    let draft = lucia.get(&format!("{}/agreement/edit", home(&pair))).await.expect(200);
    assert!(draft.says(day), "{}", draft.text());
});

story!(who_parted_before_the_end_is_not_asked, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, _) = browsers(house, &pair).await;
    lucia.post(&format!("{}/end", home(&pair)), &[("version", "1")]).await.expect(303);
    house.pass(days(600));
    let (mut lucia, _) = browsers(house, &pair).await;
    assert!(lucia.get(&review(&pair, "follow-up")).await.expect(200).says("no hay seguimiento"));
    assert!(!lucia.get(&home(&pair)).await.expect(200).says("seguimiento"));
});

story!(a_letter_comes_when_its_day_has_come, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    let letter = format!("{}/letter", home(&pair));
    andres.get(&letter).await.expect(404);
    andres.post(&letter, &[("letter", "x")]).await.expect(404);
    agreement::write(&mut andres, &pair, &[], "propose").await;
    agreement::sign(&mut lucia, &pair).await;
    assert!(lucia.get(&home(&pair)).await.expect(200).says("Escribe una carta a tu yo de después"));
    assert!(lucia.post(&letter, &[("letter", " ")]).await.expect(422).says("La carta está vacía"));
    let text = "Querida yo: no te rindas en noviembre";
    lucia.post(&letter, &[("letter", text)]).await.expect(303);
    let again = lucia.post(&letter, &[("letter", "Otra carta")]).await.expect(409);
    assert!(again.says("Otra carta") && !again.says(text));
    // Not even she reads it before its day, nor does the other know.
    let page = lucia.get(&letter).await.expect(200);
    assert!(
        page.says("Tu carta está cerrada") && page.says("30 de junio de 2028") && !page.says(text),
        "{}",
        page.text()
    );
    assert!(lucia.post(&format!("{letter}/open"), &[]).await.expect(422).says("Aún no ha llegado el día"));
    for page in [home(&pair), format!("{}/reviews", home(&pair)), "/".to_owned()] {
        assert!(!andres.get(&page).await.expect(200).text().contains("arta a tu yo"));
    }
    andres.post(&format!("{letter}/open"), &[]).await.expect(404);
    andres.post(&format!("{letter}/withdraw"), &[]).await.expect(404);
    // She may take it back unread, and write another.
    lucia.post(&format!("{letter}/withdraw"), &[]).await.expect(303);
    lucia.post(&format!("{letter}/withdraw"), &[]).await.expect(409);
    lucia.post(&format!("{letter}/open"), &[]).await.expect(404);
    lucia.post(&letter, &[("letter", text)]).await.expect(303);
    lucia.post(&format!("{}/end", home(&pair)), &[("version", "1")]).await.expect(303);
    house.pass(days(540));
    house.work().await;
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    assert!(lucia.get("/notices").await.expect(200).says("Tu carta ha llegado: ya puedes abrirla"));
    assert!(!andres.get("/notices").await.expect(200).says("carta"));
    assert!(lucia.get("/").await.expect(200).says("Tu carta ha llegado"));
    let page = lucia.get(&letter).await.expect(200);
    assert!(page.says("Abrir la carta") && !page.says(text));
    lucia.post(&format!("{letter}/open"), &[]).await.expect(303);
    assert!(lucia.get(&letter).await.expect(200).says(text));
    assert!(!lucia.get(&home(&pair)).await.expect(200).says("Tu carta ha llegado"));
    andres.get(&letter).await.expect(404);
    lucia.post(&format!("{letter}/withdraw"), &[]).await.expect(303);
    assert!(lucia.get(&letter).await.expect(200).says("no hubo carta"));
    lucia.post(&letter, &[("letter", "tarde")]).await.expect(422);
});

story!(a_letter_comes_half_a_year_after_a_pair_that_closed_early, async |house: &House| {
    let pair = pair(house).await;
    let letter = format!("{}/letter", home(&pair));
    house.browser_of(&pair.lucia).await.post(&letter, &[("letter", "Querida yo")]).await.expect(303);
    house.pass(days(325));
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    let closure = review(&pair, "closure");
    give(&mut lucia, &closure, &[("reached", "Dirijo mi comité"), ("contact", "yes")]).await;
    give(&mut andres, &closure, &[("open", "Las cuentas"), ("contact", "yes")]).await;
    lucia.post(&format!("{closure}/close"), &[]).await.expect(303);
    let has_come = async |time: SignedDuration| {
        house.pass(time);
        while house.work().await > 0 {}
        house.browser_of(&pair.lucia).await.get("/notices").await.expect(200).says("Tu carta ha llegado")
    };
    assert!(!has_come(days(175)).await, "half a year has not gone");
    assert!(has_come(days(15)).await, "and not only half a year after the end of the edition");
});

/// A pair with a letter whose day is 30 June 2028.
async fn sealed(house: &House) -> Pair {
    let pair = pair(house).await;
    let letter = format!("{}/letter", home(&pair));
    house.browser_of(&pair.lucia).await.post(&letter, &[("letter", "Querida yo")]).await.expect(303);
    pair
}

/// Whether it has come once so much time has passed.
async fn has_come(house: &House, pair: &Pair, time: SignedDuration) -> bool {
    house.pass(time);
    while house.work().await > 0 {}
    house.browser_of(&pair.lucia).await.get("/notices").await.expect(200).says("Tu carta ha llegado")
}

story!(a_letter_comes_on_its_day_where_that_was_moved, async |house: &House| {
    let pair = sealed(house).await;
    let edition = format!("/editions/{}", pair.edition);
    let ends_on = async |day: &str| {
        let mut ana = house.browser_of(&pair.ana).await;
        change_settings(&mut ana, &edition, &[("ends-on", day)]).await.expect(303);
    };
    // Thursday 30 March 2028 comes before 30 June, and no other day of that week is as good.
    ends_on("2027-09-30").await;
    assert!(!has_come(house, &pair, days(443)).await, "it is the day before");
    // Put off at the last moment, and back, when the job of that day has found that it is not the day.
    ends_on("2027-12-31").await;
    assert!(!has_come(house, &pair, days(1)).await, "half a year after December has not gone");
    ends_on("2027-10-15").await;
    assert!(!has_come(house, &pair, days(15)).await, "15 April is a Saturday; it is Friday");
    assert!(!has_come(house, &pair, days(2)).await, "it is Sunday");
    assert!(has_come(house, &pair, days(1)).await, "it is Monday");
});

story!(a_letter_that_was_put_off_after_it_had_come_comes_again, async |house: &House| {
    let pair = sealed(house).await;
    let change = async |name: &str, value: &str| {
        let mut ana = house.browser_of(&pair.ana).await;
        change_settings(&mut ana, &format!("/editions/{}", pair.edition), &[(name, value)]).await.expect(303);
        while house.work().await > 0 {}
    };
    let told = async || house.count("notices WHERE kind = 'reviews.letter'").await;
    change("ends-on", "2027-03-31").await;
    assert!(has_come(house, &pair, days(262)).await, "it is 30 September");
    change("name", "2027").await;
    assert_eq!(told().await, 1, "once, whatever else is changed");
    // It may not be opened yet, and nobody says that it may.
    change("ends-on", "2027-04-30").await;
    assert!(!has_come(house, &pair, days(0)).await);
    assert!(!has_come(house, &pair, days(28)).await, "29 October is the last working day of half a year");
    assert!(has_come(house, &pair, days(4)).await);
    change("name", "2027 bis").await;
    assert_eq!(told().await, 1);
});

story!(a_letter_comes_where_its_day_is_put_back_while_its_job_is_being_ended, async |house: &House| {
    let pair = sealed(house).await;
    let change = async |name: &str, value: &str| {
        let mut ana = house.browser_of(&pair.ana).await;
        change_settings(&mut ana, &format!("/editions/{}", pair.edition), &[(name, value)]).await.expect(303);
    };
    change("ends-on", "2027-03-31").await;
    while house.work().await > 0 {}
    house.pass(days(262));
    // Another server has looked when it was another day, and has still to write down that this job has ended.
    house.raw("UPDATE jobs SET claimed_until = run_at * 2 WHERE name = 'reviews.deliver'").await;
    change("name", "2027").await;
    assert!(has_come(house, &pair, days(0)).await);
});

story!(a_letter_comes_on_its_day_where_its_zone_was_moved_that_morning, async |house: &House| {
    let pair = sealed(house).await;
    // It is nine in the morning of the 30th, and not yet the 30th where the edition is by now.
    house.raw("UPDATE editions SET settings = replace(settings, 'Europe/Madrid', 'Pacific/Pago_Pago')").await;
    assert!(!has_come(house, &pair, days(536)).await);
    assert!(has_come(house, &pair, SignedDuration::from_hours(11)).await);
});

story!(a_letter_comes_on_its_day_where_that_was_moved_before_an_upgrade, async |house: &House| {
    let pair = sealed(house).await;
    house.browser_of(&pair.lucia).await.post(&format!("{}/end", home(&pair)), &[("version", "1")]).await.expect(303);
    house.raw("UPDATE editions SET ends_on = '2027-03-31'").await;
    house.upgrade_again(53).await;
    // Half a year after March is Thursday 30 September.
    assert!(!has_come(house, &pair, days(261)).await);
    assert!(has_come(house, &pair, days(1)).await, "and not only half a year after December");
});

story!(a_stranger_learns_nothing_of_reviews, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    let said: Vec<String> = ["marcha", "cuesta", "cambio", "línea", "carta", "borrador"]
        .map(|place| format!("Reservado ({place}): ni una palabra de la salida de Ordóñez"))
        .to_vec();
    let midpoint = review(&pair, "midpoint");
    give(&mut lucia, &midpoint, &[("works", &said[0]), ("hard", &said[1])]).await;
    give(&mut andres, &midpoint, &[("change", &said[2])]).await;
    lucia.post(&format!("{midpoint}/line"), &[("version", "0"), ("line", &said[3])]).await.expect(303);
    lucia.post(&format!("{}/letter", home(&pair)), &[("letter", &said[4])]).await.expect(303);
    let closure = review(&pair, "closure");
    lucia.post(&closure, &[("version", "0"), ("reached", &said[5]), ("do", "save")]).await.expect(303);
    let read = lucia.get(&midpoint).await.expect(200).text() + &lucia.get(&closure).await.expect(200).text();
    assert!(said.iter().filter(|sentence| read.contains(*sentence)).count() == 5, "she reads all but her letter");
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    assert_eq!(found(&andres.get(&closure).await.body, &said[5..]), None);
    // The coordinator learns which reviews were given; of drafts and letters nobody learns.
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&home(&pair)).await.expect(200);
    assert!(page.says("Revisión intermedia: hecha") && !page.says("Cierre: ") && !page.says("Ver las revisiones"));
    let trail = ana.get("/audit?verb=reviews").await.expect(200).text();
    assert!(trail.contains("Entregó su parte de una revisión") && !trail.contains("carta"), "{trail}");
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![ana, house.browser_of(&foreign).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    let form = [("version", "0"), ("works", "x"), ("line", "x"), ("letter", "x"), ("do", "give")];
    for browser in &mut others {
        for page in ["reviews", "reviews/midpoint", "thanks", "letter"] {
            browser.get(&format!("{}/{page}", home(&pair))).await.expect(404);
        }
        let doors = [
            "reviews/midpoint",
            "reviews/midpoint/line",
            "reviews/closure/close",
            "letter",
            "letter/open",
            "letter/withdraw",
        ];
        for door in doors {
            browser.post(&format!("{}/{door}", home(&pair)), &form).await.expect(404);
        }
        for page in [home(&pair).as_str(), "/audit", "/audit/export?form=csv", "/"] {
            assert_eq!(found(&browser.get(page).await.body, &said), None, "{page}");
        }
    }
});

story!(the_reviews_of_many_pairs_are_known_with_one_statement, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = browsers(house, &pair).await;
    give(&mut andres, &review(&pair, "midpoint"), &[("works", "bien")]).await;
    lucia.post(&review(&pair, "midpoint"), &[("version", "0"), ("works", "x"), ("do", "save")]).await.expect(303);
    lucia.post(&format!("{}/letter", home(&pair)), &[("letter", "Querida yo")]).await.expect(303);
    let mut asked: Vec<MentorshipId> = (0..300).map(|_| MentorshipId(house.app.id())).collect();
    asked.push(pair.mentorship);
    let (states, statements) = counted(states_of(&house.app.db, pair.ana.organisation, &asked)).await;
    let states = states.unwrap();
    assert_eq!((states.len(), statements), (1, 1));
    let state = &states[&pair.mentorship];
    assert!(
        state.gave(Kind::Midpoint, pair.andres.id) && !state.gave(Kind::Midpoint, pair.lucia.id),
        "a draft is none"
    );
    assert_eq!(state.letter.map(|letter| (letter.by, letter.opened)), Some((pair.lucia.id, false)));
    let elsewhere = telemaco::identity::OrganisationId(house.app.id());
    assert!(states_of(&house.app.db, elsewhere, &asked).await.unwrap().is_empty());
    // However many pairs there are, their pages cost the same.
    let list = lucia.get("/mentorships").await.expect(200);
    assert!(list.says("Revisiones: Revisión intermedia: una de las dos personas"), "{}", list.text());
});

story!(a_program_writes_ones_own_reviews, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = program(house, &pair.lucia).await;
    let reviews = format!("/api/me/mentorships/{}/reviews", pair.mentorship);
    let all = lucia.get(&reviews).await.expect(200).json();
    assert_eq!((&all["items"][0]["kind"], &all["items"][0]["due"]), (&json!("midpoint"), &json!("2027-07-02")));
    let closure = format!("{reviews}/closure");
    let part = json!({ "version": 0, "answers": { "reached": "Mi comité" }, "contact": true, "give": true });
    let written = send(&mut lucia, Method::PUT, &closure, &part).await.expect(200).json();
    assert_eq!((&written["own"]["version"], &written["other"]), (&json!(1), &json!(null)));
    problem(&send(&mut lucia, Method::PUT, &closure, &part).await.expect(409));
    problem(&send(&mut lucia, Method::PUT, &format!("{reviews}/nonsense"), &part).await.expect(404));
    let early = json!({ "version": 0, "answers": { "stays": "x" }, "give": true });
    problem(&send(&mut lucia, Method::PUT, &format!("{reviews}/follow-up"), &early).await.expect(422));
    let mut andres = program(house, &pair.andres).await;
    assert!(!andres.get(&reviews).await.expect(200).says("Mi comité"));
    let his = json!({ "version": 0, "answers": { "grew": "Escuchar" }, "contact": true, "give": true });
    let both = send(&mut andres, Method::PUT, &closure, &his).await.expect(200).json();
    assert_eq!((&both["other"]["answers"]["reached"], &both["keeps_contact"]), (&json!("Mi comité"), &json!(true)));
    problem(&program(house, &pair.ana).await.get(&reviews).await.expect(404));
    let mut reader = program_with(house, &pair.lucia, &[TokenScope::OwnRead]).await;
    reader.get(&reviews).await.expect(200);
    problem(&send(&mut reader, Method::PUT, &closure, &part).await.expect(403));
    nothing_stands_open(house, &["Mi comité"]).await;
});
