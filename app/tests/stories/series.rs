//! Meetings that come again: proposed once, agreed once, one entry in both calendars; each is moved, called off and asked about by itself.
//! And times that nobody answers.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::api;
use crate::by_mail::acting;
use crate::meetings::{
    accept, calendar_of_mail, evidence, id_in, let_it_pass, link, list, suggested, suggested_buttons, version,
};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, peer};
use crate::vault::{Pair, pair};

/// Mondays at ten in Madrid, where summer time begins on 28 March: the last is at eight o'clock of the world's time, the others at nine.
const ALL: [&str; 9] = [
    "2027-02-01T09:00:00Z",
    "2027-02-08T09:00:00Z",
    "2027-02-15T09:00:00Z",
    "2027-02-22T09:00:00Z",
    "2027-03-01T09:00:00Z",
    "2027-03-08T09:00:00Z",
    "2027-03-15T09:00:00Z",
    "2027-03-22T09:00:00Z",
    "2027-03-29T08:00:00Z",
];

const PLACE: &str = "Sala Goya, tercera planta";

fn form<'a>(rhythm: &'a str, times: &'a str, day: &'a str) -> Vec<(&'a str, &'a str)> {
    let usual = [("minutes", "60"), ("way", "online"), ("place", PLACE), ("hour1", "10:00")];
    usual.into_iter().chain([("rhythm", rhythm), ("repeats", times), ("day1", day)]).collect()
}

async fn work_off(house: &House) {
    while house.work().await > 0 {}
}

/// A pair that agreed on nine Mondays, by a mail's link.
async fn mondays(house: &House) -> (Pair, Client, Client, String) {
    let pair = pair(house).await;
    let (mut lucia, andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let new = format!("{}/new", list(&pair));
    assert!(lucia.post(&new, &form("weekly", "1", "2027-02-01")).await.expect(422).says("de 2 a 26"));
    assert!(lucia.post(&new, &form("monthly", "26", "2027-02-01")).await.expect(422).says("a más de un año"));
    let id = id_in(&lucia.post(&new, &form("weekly", "9", "2027-02-01")).await.expect(303));
    work_off(house).await;
    let mail = house.mail_to(&pair.andres.address).await.unwrap();
    assert!(mail.contains("Cada semana, 9 veces desde la primera.") && !mail.contains("Goya"), "{mail}");
    let answer = link(house, &pair.andres).await;
    let mut phone = house.stranger();
    let page = phone.get(&answer).await.expect(200);
    assert!(page.says("Cada semana, 9 veces desde la primera.") && !page.says("Goya"));
    phone.post(&answer, &[("time", &suggested_buttons(&page.text())[0])]).await.expect(200);
    work_off(house).await;
    (pair, lucia, andres, id)
}

/// The meetings that a page of one of them leads to, in order.
fn others(page: &str) -> Vec<String> {
    let after = page.split("Las demás reuniones de la serie").nth(1).unwrap();
    after.split("href=\"/meetings/").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

story!(mondays_at_ten_are_one_entry_in_both_calendars, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = mondays(house).await;
    for person in [&pair.lucia, &pair.andres] {
        let (method, events) = calendar_of_mail(house, &person.address);
        assert_eq!((method.as_str(), &events[0]["sequence"], &events[1]), ("REQUEST", &json!(0), &json!(null)));
        assert_eq!(events[0]["starts"], json!(ALL));
        assert!(house.mail_to(&person.address).await.unwrap().contains("Cada semana, 9 veces"));
    }
    let uid = calendar_of_mail(house, &pair.lucia.address).1[0]["uid"].clone();
    // Each has its page, its place and its agenda; lists show the next one alone.
    let page = lucia.get(&format!("/meetings/{id}")).await.expect(200);
    assert!(page.says("Cada semana: 1 de 9"), "{}", page.text());
    let rest = others(&page.text());
    assert_eq!(rest.len(), 8);
    let second = andres.get(&format!("/meetings/{}", rest[0])).await.expect(200);
    assert!(second.says("Cada semana: 2 de 9") && second.says("Sala Goya") && second.says("8 feb 2027, 10:00"));
    let listed = lucia.get(&list(&pair)).await.expect(200).text();
    assert_eq!(listed.matches("Cada semana:").count(), 1, "{listed}");
    // The third is moved by a day: the others stay where they are.
    let third = format!("/meetings/{}", rest[1]);
    let seen = version(&andres.get(&format!("{third}/times")).await.expect(200));
    let moved = [("version", seen.as_str()), ("minutes", "60"), ("day1", "2027-02-16"), ("hour1", "16:00")];
    andres.post(&format!("{third}/times"), &moved).await.expect(303);
    let listed = lucia.get(&list(&pair)).await.expect(200).text();
    assert_eq!(listed.matches("Cada semana:").count(), 2, "the one that waits is shown as well: {listed}");
    accept(&mut lucia, &rest[1]).await;
    work_off(house).await;
    let (method, events) = calendar_of_mail(house, &pair.andres.address);
    assert_eq!((method.as_str(), &events[0]["sequence"], &events[0]["uid"]), ("REQUEST", &json!(1), &uid));
    assert_eq!((&events[1]["recurrence_id"], &events[1]["uid"]), (&json!(ALL[2]), &uid));
    assert_eq!(events[1]["starts"], json!(["2027-02-16T15:00:00Z"]));
    let mail = house.mail_to(&pair.lucia.address).await.unwrap();
    assert!(mail.contains("queda así") && mail.contains("16 feb 2027, 16:00"), "{mail}");
    // The fourth is by phone; the fifth is called off.
    let fourth = format!("/meetings/{}", rest[2]);
    let seen = version(&lucia.get(&fourth).await);
    let phone = [("version", seen.as_str()), ("way", "phone"), ("minutes", "60"), ("place", PLACE)];
    lucia.post(&format!("{fourth}/place"), &phone).await.expect(303);
    let fifth = format!("/meetings/{}", rest[3]);
    let seen = version(&lucia.get(&fifth).await);
    lucia.post(&format!("{fifth}/cancel"), &[("version", seen.as_str())]).await.expect(303);
    work_off(house).await;
    let (method, events) = calendar_of_mail(house, &pair.andres.address);
    assert_eq!((method.as_str(), &events[0]["sequence"]), ("REQUEST", &json!(3)));
    let left: Vec<&str> = ALL.into_iter().filter(|at| *at != ALL[4]).collect();
    assert_eq!(events[0]["starts"], json!(left));
    assert_eq!((&events[2]["recurrence_id"], &events[2]["location"]), (&json!(ALL[3]), &json!("Por teléfono")));
    // The feed says the same.
    let made = lucia.post("/account/calendar/feed", &[]).await.expect(200).text();
    let start = format!("{}/calendar/", house.app.config.public_url);
    let feed = made.split(&start).nth(1).unwrap().split(".ics").next().unwrap().to_owned();
    let feed = house.stranger().get(&format!("/calendar/{feed}.ics")).await.expect(200).text();
    let read = peer("calendars.py", "strictly", &feed);
    let series: Vec<_> = read["events"].as_array().unwrap().iter().filter(|event| event["uid"] == uid).collect();
    assert_eq!((series.len(), &series[0]["starts"]), (3, &json!(left)));
    // The last four are called off at once: one mail to each, and the entry ends with the fifth that is left.
    let sixth = format!("/meetings/{}", rest[4]);
    for later in &rest[5..7] {
        assert!(lucia.get(&format!("/meetings/{later}")).await.expect(200).says("Acordada"));
    }
    let page = lucia.get(&sixth).await.expect(200);
    assert!(page.says("Cancelarla con las otras"), "{}", page.text());
    let seen = version(&page);
    house.pass(SignedDuration::from_hours(24 * 43));
    let mut lucia = house.browser_of(&pair.lucia).await;
    let all = [("version", seen.as_str()), ("which", "all")];
    lucia.post(&format!("{sixth}/cancel"), &all).await.expect(303);
    assert!(lucia.get(&format!("/meetings/{}", rest[7])).await.expect(200).says("se canceló"));
    work_off(house).await;
    let mail = house.mail_saying(&pair.andres.address, "ya no se celebran").await;
    assert!(mail.contains("que quedaban de la serie"), "{mail}");
    let (method, events) = calendar_of_mail(house, &pair.andres.address);
    assert_eq!(method, "REQUEST", "what was held stays in the calendar");
    assert_eq!(events[0]["starts"], json!(ALL[..4]));
});

story!(a_pair_that_ends_takes_its_series_out_at_once, async |house: &House| {
    let (pair, mut lucia, ..) = mondays(house).await;
    let before = house.app.mailer.filed(1000).await.unwrap().len();
    lucia.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    work_off(house).await;
    let (method, events) = calendar_of_mail(house, &pair.andres.address);
    assert_eq!((method.as_str(), &events[0]["status"]), ("CANCEL", &json!("CANCELLED")));
    let after = house.app.mailer.filed(1000).await.unwrap().len();
    assert!(after - before < 8, "nine meetings are no nine mails to each: {}", after - before);
});

story!(each_of_a_series_is_asked_about, async |house: &House| {
    let (pair, .., id) = mondays(house).await;
    house.pass(SignedDuration::from_hours(24 * 21 + 3));
    work_off(house).await;
    let said = house.mail_saying(&pair.andres.address, "¿Os reunisteis?").await;
    assert!(said.contains("1 feb 2027, 10:00"), "{said}");
    house.pass(SignedDuration::from_hours(24 * 7));
    work_off(house).await;
    house.mail_saying(&pair.andres.address, "8 feb 2027, 10:00").await;
    assert_eq!(evidence(house, &pair).await.count, 2);
    let mut lucia = house.browser_of(&pair.lucia).await;
    let page = lucia.get(&format!("/meetings/{id}")).await.expect(200);
    assert!(page.says("Cada semana: 1 de 9"));
    // That one did not take place is another state of the series, which feeds say; and so is that it did.
    let before = house.count("meeting_series WHERE sequence = 0").await;
    let form = [("version", version(&page)), ("do", "missed".to_owned())];
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    lucia.post(&format!("/meetings/{id}/record"), &form).await.expect(303);
    assert_eq!((before, house.count("meeting_series WHERE sequence = 1").await), (1, 1));
    let seen = version(&lucia.get(&format!("/meetings/{id}")).await.expect(200));
    lucia.post(&format!("/meetings/{id}/record"), &[("version", &seen), ("spent", "60")]).await.expect(303);
    assert_eq!(house.count("meeting_series WHERE sequence = 2").await, 1);
});

story!(times_that_nobody_answers_end_in_a_word_to_whoever_proposed_them, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let new = format!("{}/new", list(&pair));
    let id = id_in(&lucia.post(&new, &form("", "6", "2027-01-20")).await.expect(303));
    work_off(house).await;
    // A day before the first of them whoever is asked hears of it again, with a link that acts.
    house.pass(SignedDuration::from_hours(24 * 8 + 2));
    work_off(house).await;
    let answer = link(house, &pair.andres).await;
    assert!(house.stranger().get(&answer).await.expect(200).says("Lucía Ibáñez te propone estas horas"));
    assert!(house.browser_of(&pair.andres).await.get("/notices").await.expect(200).says("sigue esperando"));
    // It passes.
    house.pass(SignedDuration::from_hours(48));
    work_off(house).await;
    let mail = house.mail_saying(&pair.lucia.address, "Nadie eligió").await;
    assert!(mail.contains("ya han pasado"), "{mail}");
    assert!(lucia.get(&format!("/meetings/{id}")).await.expect(200).says("Falta proponer horas a Andrés Güell"));
    assert_eq!(evidence(house, &pair).await.waiting_since, None);
    // The link proposes others for the same meeting; where and how long stay as they were typed.
    let offer = acting(&mail, "/m");
    let (mut phone, mut his) = (house.stranger(), house.browser_of(&pair.andres).await);
    let page = phone.get(&offer).await.expect(200);
    assert!(page.says("Propón horas a Andrés Güell") && !page.says("Goya"), "{}", page.text());
    let (seen, times) = (version(&page), suggested(&page.text()));
    phone.post(&offer, &[("version", seen.as_str())]).await.expect(422);
    let two = [("version", seen.as_str()), ("time", times[0].as_str()), ("time", times[1].as_str())];
    assert!(phone.post(&offer, &two).await.expect(200).says("Hemos escrito a Andrés Güell"));
    // Pressed again, it says how it is now.
    phone.post(&offer, &two).await.expect(303);
    assert!(phone.get(&offer).await.expect(200).says("Hemos escrito a Andrés Güell"));
    work_off(house).await;
    // None of them suits him, and she is told with a link again; meanwhile he is quicker, and the same link asks her for an answer.
    let answer = link(house, &pair.andres).await;
    let page = phone.get(&answer).await.expect(200);
    phone.post(&answer, &[("meeting", &id), ("version", &version(&page)), ("time", "none")]).await.expect(200);
    work_off(house).await;
    let offer = link(house, &pair.lucia).await;
    assert!(phone.get(&offer).await.expect(200).says("Propón horas a Andrés Güell"));
    let page = his.get(&format!("/meetings/{id}/times")).await.expect(200);
    assert!(page.says("Goya"), "{}", page.text());
    let seen = version(&page);
    let his_own = [("version", seen.as_str()), ("minutes", "60"), ("day1", "2027-02-10"), ("hour1", "10:00")];
    his.post(&format!("/meetings/{id}/times"), &his_own).await.expect(303);
    phone.post(&offer, &two).await.expect(303);
    let page = phone.get(&offer).await.expect(200);
    assert!(page.says("Andrés Güell te propone estas horas"), "{}", page.text());
    let [time, ..] = &suggested_buttons(&page.text())[..] else { panic!("no time") };
    assert!(phone.post(&offer, &[("time", time)]).await.expect(200).says("10 feb 2027, 10:00"));
});

story!(a_clock_s_mail_proposes_times_without_signing_in, async |house: &House| {
    let pair = pair(house).await;
    // The first meeting is due on 29 January: both are told three working days before, in the next digest.
    for _ in 0..17 {
        house.pass(SignedDuration::from_hours(24));
        work_off(house).await;
    }
    let mail = house.mail_to(&pair.lucia.address).await.unwrap();
    assert!(mail.contains("se acerca el plazo para la primera reunión") && !mail.contains("Andrés"), "{mail}");
    let link = acting(&mail, "/m");
    let mut phone = house.stranger();
    for _ in 0..2 {
        let page = phone.get(&link).await.expect(200);
        assert!(page.says("Propón horas a Andrés Güell") && page.says("Proponer estas horas"));
    }
    assert!(phone.post(&link, &[("day1", "")]).await.expect(422).says("Elige o escribe al menos una hora"));
    let times = suggested(&phone.get(&link).await.text());
    let two = [("time", times[0].as_str()), ("time", times[1].as_str()), ("day1", "")];
    assert!(phone.post(&link, &two).await.expect(200).says("Hemos escrito a Andrés Güell"));
    // Pressed again it proposes nothing more, and says how things are.
    phone.post(&link, &two).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("Hemos escrito a Andrés Güell"));
    work_off(house).await;
    let his = house.mail_saying(&pair.andres.address, "se acerca el plazo para la primera reunión").await;
    // His own mail of the clock answers now, and what is said twice is said of what was seen.
    let page = phone.get(&acting(&his, "/m")).await.expect(200);
    assert!(page.says("Lucía Ibáñez te propone estas horas"));
    assert_eq!(suggested_buttons(&page.text()).len(), 2, "{}", page.text());
    let unseen = [("time", "none"), ("version", "1")];
    phone.post(&acting(&his, "/m"), &unseen).await.expect(303);
    assert!(phone.get(&acting(&his, "/m")).await.expect(200).says("Lucía Ibáñez te propone estas horas"));
    let read = fields(&page.text());
    let none = [("time", "none"), ("version", &read["version"]), ("meeting", &read["meeting"])];
    assert!(phone.post(&acting(&his, "/m"), &none).await.expect(200).says("Hemos avisado a Lucía Ibáñez"));
});

story!(a_series_is_proposed_anew_and_its_place_is_set_for_all, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let new = format!("{}/new", list(&pair));
    let id = id_in(&lucia.post(&new, &form("weekly", "9", "2027-02-01")).await.expect(303));
    // Before anybody answers it is to be every fortnight.
    let one = format!("/meetings/{id}");
    let seen = version(&lucia.get(&format!("{one}/times")).await.expect(200));
    let mut again = form("fortnightly", "3", "2027-02-01");
    again.push(("version", seen.as_str()));
    lucia.post(&format!("{one}/times"), &again).await.expect(303);
    accept(&mut andres, &id).await;
    let page = lucia.get(&one).await.expect(200);
    assert!(page.says("Cada dos semanas: 1 de 3"), "{}", page.text());
    let rest = others(&page.text());
    assert_eq!(rest.len(), 2);
    // Where and how long is said of all of them at once; whoever has another one's page open is told that it changed.
    let second = format!("/meetings/{}", rest[0]);
    let old = version(&andres.get(&second).await.expect(200));
    let seen = version(&page);
    let all = [("version", seen.as_str()), ("way", "phone"), ("minutes", "45"), ("place", PLACE), ("which", "all")];
    lucia.post(&format!("{one}/place"), &all).await.expect(303);
    for other in &rest {
        let page = andres.get(&format!("/meetings/{other}")).await.expect(200);
        assert!(page.says("45 minutos") && page.says("Por teléfono") && page.says("Sala Goya"), "{}", page.text());
    }
    let late = [("version", old.as_str()), ("way", "online"), ("minutes", "60"), ("place", "")];
    andres.post(&format!("{second}/place"), &late).await.expect(409);
    work_off(house).await;
    let (method, events) = calendar_of_mail(house, &pair.andres.address);
    assert_eq!((method.as_str(), &events[0]["sequence"], &events[1]), ("REQUEST", &json!(1), &json!(null)));
    assert_eq!((&events[0]["location"], &events[0]["minutes"]), (&json!("Por teléfono"), &json!(45.0)));
    assert_eq!(events[0]["starts"], json!([ALL[0], ALL[2], ALL[4]]));
});

story!(a_program_moves_one_of_a_series_and_says_what_became_of_it, async |house: &House| {
    let (pair, _, _, id) = mondays(house).await;
    let (mut hers, mut his) = (api::program(house, &pair.lucia).await, api::program(house, &pair.andres).await);
    let mut ana = api::program(house, &pair.ana).await;
    let one = format!("/api/me/meetings/{id}");
    let all = his.get(&format!("{one}/series")).await.expect(200);
    assert!(!all.says("Goya"));
    let all = all.json();
    let starts: Vec<&Value> = all["items"].as_array().unwrap().iter().map(|one| &one["starts_at"]).collect();
    assert_eq!(json!(starts), json!(ALL));
    // The third is moved: what was agreed holds until the other answers.
    let third = format!("/api/me/meetings/{}", all["items"][2]["id"].as_str().unwrap());
    let other = json!({ "times": ["2027-02-16T15:00:00Z"], "minutes": 60 });
    let version = all["items"][2]["version"].clone();
    let asks = json!({ "version": version, "proposal": other });
    let asked = api::send(&mut hers, Method::POST, &format!("{third}/times"), &asks).await.expect(200).json();
    assert_eq!((&asked["waits_for"], &asked["starts_at"]), (&json!("mentor"), &json!(ALL[2])));
    api::send(&mut hers, Method::POST, &format!("{third}/times"), &asks).await.expect(409);
    let none = json!({ "version": asked["version"], "proposal": { "times": [], "minutes": 60 } });
    api::send(&mut hers, Method::POST, &format!("{third}/times"), &none).await.expect(422);
    let answer = json!({ "version": asked["version"], "time": asked["times"][0]["id"] });
    let moved = api::send(&mut his, Method::POST, &format!("{third}/answer"), &answer).await.expect(200).json();
    assert_eq!((&moved["state"], &moved["starts_at"]), (&json!("agreed"), &json!("2027-02-16T15:00:00Z")));
    // By phone and shorter, this one and all to come.
    let by_phone = json!({ "version": moved["version"], "way": "phone", "minutes": 45, "all_to_come": true });
    api::send(&mut hers, Method::PUT, &format!("{third}/place"), &by_phone).await.expect(200);
    let all = hers.get(&format!("{one}/series")).await.expect(200).json();
    let all = all["items"].as_array().unwrap();
    assert!(all.iter().all(|one| one["minutes"] == 45 && one["way"] == "phone"), "{all:?}");
    // What became of the first, and what each is asked apart.
    let record = |spent: Value, version: &Value| json!({ "version": version, "spent": spent });
    let path = format!("{one}/record");
    let version = hers.get(&one).await.expect(200).json()["version"].clone();
    api::send(&mut hers, Method::POST, &path, &record(json!(50), &version)).await.expect(422);
    let_it_pass(house, &pair).await;
    let asked = his.get("/api/me/questions").await.expect(200).json();
    assert_eq!((&asked["items"][0]["meeting"], &asked["items"][0]["met"]), (&json!(id), &Value::Null));
    assert_eq!(asked["items"].as_array().unwrap().len(), 1);
    let question = format!("/api/me/questions/{}/answer", asked["items"][0]["id"].as_str().unwrap());
    for other in [&mut hers, &mut ana] {
        api::send(other, Method::POST, &question, &json!({ "met": false })).await.expect(404);
    }
    let answered = api::send(&mut his, Method::POST, &question, &json!({ "met": true })).await.expect(200).json();
    assert_eq!(answered["items"][0]["met"], true);
    assert_eq!(hers.get("/api/me/questions").await.expect(200).json()["items"][0]["met"], Value::Null);
    api::send(&mut hers, Method::POST, &path, &record(json!(0), &version)).await.expect(422);
    let held = api::send(&mut hers, Method::POST, &path, &record(json!(50), &version)).await.expect(200).json();
    assert_eq!((&held["state"], &held["spent"]), (&json!("held"), &json!(50)));
    let missed = api::send(&mut his, Method::POST, &path, &record(Value::Null, &held["version"])).await.expect(200);
    assert_eq!(missed.json()["state"], "missed");
    // Whoever is not of the pair learns nothing.
    assert_eq!(ana.get("/api/me/questions").await.expect(200).json()["items"], json!([]));
    ana.get(&format!("{one}/series")).await.expect(404);
    for (method, path, body) in [
        (Method::POST, format!("{third}/times"), &asks),
        (Method::PUT, format!("{third}/place"), &by_phone),
        (Method::POST, path, &record(json!(50), &version)),
    ] {
        api::send(&mut ana, method, &path, body).await.expect(404);
    }
});
