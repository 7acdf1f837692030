//! Whether a meeting took place, what the two are told of their meetings and how they hear of it, and forms that lose nothing.

use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::Error;
use telemaco::{jobs, meetings, mentorships, transaction};

use crate::by_mail::acting;
use crate::goals::{add, framed};
use crate::meetings::{accept, agreed, evidence, let_it_pass, link, list, propose, suggested_buttons};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, Person, Seen};
use crate::vault::{Pair, pair};

const DAY: SignedDuration = SignedDuration::from_hours(24);
const PLACE: &str = "Sala Goya, tercera planta, junto al despacho de Óscar";

fn version(page: &Seen) -> String {
    fields(&page.text())["version"].clone()
}

async fn choose(house: &House, person: &Person, kind: &str, way: &str) {
    house.browser_of(person).await.post("/notices/settings", &[(kind, way)]).await.expect(303);
}

/// What was written to somebody, as it went out.
fn letters(house: &House, person: &Person) -> Vec<String> {
    let files = std::fs::read_dir(house.app.config.mail_folder()).unwrap().map(|entry| entry.unwrap().path());
    let letters = files.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
    let letters = letters.map(|path| std::fs::read_to_string(path).unwrap());
    letters.filter(|letter| letter.contains(&format!("<{}>", person.address))).collect()
}

async fn mails_saying(house: &House, person: &Person, text: &str) -> usize {
    let mails = house.app.mailer.filed(1000).await.unwrap();
    let to = format!("<{}>", person.address);
    mails.iter().filter(|mail| mail.head.contains(&to) && mail.text.contains(text)).count()
}

/// Moves the clock to an hour of the UTC day that comes.
fn tomorrow_at(house: &House, hour: i64) {
    let now = house.app.now().as_second();
    house.pass(SignedDuration::from_secs(86_400 - now.rem_euclid(86_400) + hour * 3600));
}

story!(what_did_not_take_place_counts_for_nothing, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let one = format!("/meetings/{id}");
    let missed = async |browser: &mut Client| {
        let seen = version(&browser.get(&one).await);
        browser.post(&format!("{one}/record"), &[("version", seen.as_str()), ("do", "missed")]).await
    };
    missed(&mut lucia).await.expect(422);
    let_it_pass(house, &pair).await;
    let (mut lucia, mut ana) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.ana).await);
    assert_eq!(evidence(house, &pair).await.count, 1);
    let old = version(&lucia.get(&one).await);
    missed(&mut lucia).await.expect(303);
    let twice = [("version", old.as_str()), ("do", "missed")];
    lucia.post(&format!("{one}/record"), &twice).await.expect(409);
    let found = evidence(house, &pair).await;
    assert_eq!((found.count, found.minutes, found.first, found.last, found.next), (0, 0, None, None, None));
    let mut andres = {
        andres.forget();
        house.browser_of(&pair.andres).await
    };
    let page = andres.get(&one).await.expect(200);
    assert!(page.says("La reunión con Lucía Ibáñez no se celebró"), "{}", page.title());
    assert!(andres.get(&list(&pair)).await.expect(200).says("No se celebró"));
    assert!(!ana.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200).says("Una hasta hoy"));
    assert!(ana.get("/audit?verb=meetings").await.expect(200).says("Anotó que una reunión no se celebró"));
    let made = lucia.post("/account/calendar/feed", &[]).await.expect(200).text();
    let start = format!("{}/calendar/", house.app.config.public_url);
    let feed = made.split(&start).nth(1).unwrap().split(".ics").next().unwrap().to_owned();
    assert!(!house.stranger().get(&format!("/calendar/{feed}.ics")).await.expect(200).says(&id));
    // Nobody's calendar is told to take it out; both are asked apart as ever.
    house.work().await;
    assert!(!letters(house, &pair.andres).iter().any(|letter| letter.contains("method=CANCEL")));
    assert_eq!(house.count("meeting_asks").await, 2);
    // The other knows better, and that counts.
    let seen = version(&page);
    andres.post(&format!("{one}/record"), &[("version", seen.as_str()), ("spent", "50")]).await.expect(303);
    let found = evidence(house, &pair).await;
    assert_eq!((found.count, found.minutes), (1, 50));
    assert!(lucia.get(&one).await.expect(200).says("Cuánto duró"));
});

/// Has a pair looked at, as a server does that died after the last look and before it had noted so.
async fn look_at(house: &House, pair: &Pair) {
    let payload = json!({ "mentorship": pair.mentorship });
    let app = &house.app;
    let added: Result<(), Error> =
        transaction!(app.db, tx => jobs::add(app, tx, None, "meetings.quiet", &payload).await);
    added.unwrap();
}

story!(a_look_at_a_quiet_pair_that_runs_twice_asks_once, async |house: &House| {
    let pair = pair(house).await;
    for month in 1..=3 {
        house.pass(DAY * 31);
        look_at(house, &pair).await;
        house.work().await;
        house.pass(SignedDuration::from_secs(15));
        look_at(house, &pair).await;
        house.work().await;
        assert_eq!(house.count("meeting_asks").await, 2 * month, "in month {month}");
        assert_eq!(house.count("jobs WHERE name = 'meetings.quiet'").await, 1, "in month {month}");
    }
});

story!(whoever_was_asked_by_a_coordinator_is_not_asked_the_next_day, async |house: &House| {
    let pair = pair(house).await;
    house.pass(DAY * 29);
    let of = mentorships::mentorship(&house.app.db, pair.mentorship).await.unwrap().unwrap();
    let app = &house.app;
    let asked: Result<(), telemaco::problems::Failure> = transaction!(app.db, tx => meetings::ask(app, tx, &of).await);
    asked.map_err(anyhow::Error::from).unwrap();
    house.pass(DAY * 2);
    house.work().await;
    assert_eq!(house.count("meeting_asks").await, 2);
    house.pass(DAY * 28);
    house.work().await;
    assert_eq!(house.count("meeting_asks").await, 4);
});

story!(what_one_is_told_of_meetings_can_wait_and_its_link_still_acts, async |house: &House| {
    let (pair, ..) = agreed(house).await;
    choose(house, &pair.andres, "meetings.asked", "daily").await;
    let_it_pass(house, &pair).await;
    assert!(mails_saying(house, &pair.lucia, "nunca ve tu respuesta").await == 1);
    assert!(mails_saying(house, &pair.andres, "/m/").await == 0, "it waits");
    let mut andres = house.browser_of(&pair.andres).await;
    assert!(andres.get("/notices").await.expect(200).says("¿Os reunisteis Lucía Ibáñez y tú?"));
    house.pass(DAY);
    house.work().await;
    let mail = house.mail_to(&pair.andres.address).await.unwrap();
    assert!(mail.contains("Tus avisos de hoy") && mail.contains("– ¿Os reunisteis Lucía Ibáñez y tú?"), "{mail}");
    let his = acting(&mail, "/m");
    let mut phone = house.stranger();
    assert!(phone.get(&his).await.expect(200).says("¿Os reunisteis Lucía Ibáñez y tú?"));
    phone.post(&his, &[("met", "yes")]).await.expect(303);
    assert!(evidence(house, &pair).await.mentor_met.is_some());
    // What was answered is read, and hers is untouched.
    assert_eq!(house.count("notices WHERE kind = 'meetings.asked' AND read_at IS NULL").await, 1);
    // Who wants none has none.
    choose(house, &pair.lucia, "meetings.asked", "off").await;
    house.pass(DAY * 40);
    house.work().await;
    assert!(mails_saying(house, &pair.lucia, "nunca ve tu respuesta").await == 1);
});

story!(a_change_of_the_place_leaves_times_waiting_for_their_answer, async |house: &House| {
    let (pair, mut lucia, _, id) = agreed(house).await;
    let one = format!("/meetings/{id}");
    // She would rather meet at another time, and before he has heard of that, elsewhere.
    let seen = version(&lucia.get(&format!("{one}/times")).await.expect(200));
    let other = [("version", seen.as_str()), ("minutes", "60"), ("day1", "2027-02-02"), ("hour1", "10:00")];
    lucia.post(&format!("{one}/times"), &other).await.expect(303);
    let seen = version(&lucia.get(&one).await.expect(200));
    let place = [("version", seen.as_str()), ("way", "phone"), ("minutes", "50"), ("place", PLACE)];
    lucia.post(&format!("{one}/place"), &place).await.expect(303);
    assert_eq!(house.count("notices WHERE kind = 'meetings.proposed' AND read_at IS NULL").await, 1);
    assert_eq!(house.count("notices WHERE kind = 'meetings.agreed' AND read_at IS NULL").await, 2, "the last to each");
    house.work().await;
    assert_eq!(mails_saying(house, &pair.andres, "queda así").await, 1);
    assert_eq!(mails_saying(house, &pair.andres, "te propone horas").await, 1);
    let links = house.links_to(&pair.andres.address).await;
    let answer = links.iter().find(|link| link.starts_with("/m/")).unwrap();
    assert!(house.stranger().get(answer).await.expect(200).says("2 feb 2027"));
    // That it is called off leaves nothing of that.
    let seen = version(&lucia.get(&one).await.expect(200));
    lucia.post(&format!("{one}/cancel"), &[("version", seen.as_str())]).await.expect(303);
    assert_eq!(house.count("notices WHERE kind = 'meetings.proposed' AND read_at IS NULL").await, 0);
});

story!(a_digest_asks_nobody_who_has_answered_and_nothing_that_is_over, async |house: &House| {
    const QUESTION: &str = "¿Cómo van las metas?";
    let pair = framed(house).await;
    for person in [&pair.lucia, &pair.andres] {
        choose(house, person, "goals.asked", "daily").await;
    }
    let mut lucia = house.browser_of(&pair.lucia).await;
    let of_both = [("statement", "Dirigir"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    let goal = add(&mut lucia, &pair, &of_both).await;
    let own = [("statement", "Solo mía"), ("kind", "personal"), ("term", "long"), ("visibility", "only-me")];
    let own = add(&mut lucia, &pair, &own).await;
    let unread = async || house.count("notices WHERE kind = 'goals.asked' AND read_at IS NULL").await;
    // Three working days before the first pulse, a Wednesday.
    house.pass(DAY * 37);
    while house.work().await > 0 {}
    assert_eq!(unread().await, 2);
    // What she says of a goal that is hers alone answers nothing; what she says of the other does, for her.
    let mut lucia = house.browser_of(&pair.lucia).await;
    let day = house.app.now().to_string()[..10].to_owned();
    let said = [("line", "Va"), ("on", day.as_str())];
    lucia.post(&format!("{own}/check-in"), &said).await.expect(303);
    assert_eq!(unread().await, 2);
    lucia.post(&format!("{goal}/check-in"), &said).await.expect(303);
    assert_eq!(unread().await, 1);
    house.pass(DAY);
    while house.work().await > 0 {}
    assert_eq!(mails_saying(house, &pair.lucia, QUESTION).await, 0, "she has answered");
    assert_eq!(mails_saying(house, &pair.andres, QUESTION).await, 1);
    // At the next pulse both are asked again, and before the digest goes the goal is reached: nothing of that is counted or listed.
    house.pass(DAY * 83);
    while house.work().await > 0 {}
    assert_eq!(unread().await, 2, "what he was asked of the former waits no longer");
    let mut lucia = house.browser_of(&pair.lucia).await;
    let seen = version(&lucia.get(&goal).await.expect(200));
    lucia.post(&format!("{goal}/settle"), &[("version", seen.as_str()), ("outcome", "reached")]).await.expect(303);
    house.pass(DAY);
    while house.work().await > 0 {}
    assert_eq!(mails_saying(house, &pair.lucia, QUESTION).await, 0);
    assert_eq!(mails_saying(house, &pair.andres, QUESTION).await, 1);
});

story!(an_invitation_always_goes_and_what_can_wait_until_the_morning_does, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let page = andres.get("/notices/settings").await.expect(200);
    assert!(page.says("Invitaciones a reuniones") && page.says("Llegan siempre, a cualquier hora"));
    andres.post("/notices/settings", &[("meetings.agreed", "off")]).await.expect(303);
    // It is night in Madrid.
    tomorrow_at(house, 22);
    let (mut lucia, mut andres) = {
        lucia.forget();
        andres.forget();
        (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await)
    };
    let id = propose(&mut lucia, &pair).await;
    house.work().await;
    assert!(house.mail_to(&pair.andres.address).await.is_none(), "not at night");
    assert!(andres.get("/notices").await.expect(200).says("Lucía Ibáñez te propone horas"));
    accept(&mut andres, &id).await;
    // He reads all there is before the mail is on its way.
    andres.post("/notices/read", &[]).await.expect(303);
    house.work().await;
    for person in [&pair.lucia, &pair.andres] {
        let letters = letters(house, person);
        let invitation = letters.iter().find(|letter| letter.contains("text/calendar")).expect("an invitation");
        assert!(!invitation.contains("List-Unsubscribe"));
    }
    assert!(mails_saying(house, &pair.andres, "no le llega a nadie").await == 1);
    house.pass(DAY / 2);
    house.work().await;
    assert_eq!(mails_saying(house, &pair.andres, "te propone horas").await, 0, "he has answered");
    propose(&mut lucia, &pair).await;
    house.work().await;
    let letter = letters(house, &pair.andres).into_iter().find(|letter| !letter.contains("text/calendar")).unwrap();
    assert!(letter.contains("List-Unsubscribe-Post"));
    assert!(suggested_buttons(&house.stranger().get(&link(house, &pair.andres).await).await.text()).len() > 1);
});

story!(none_suits_holds_for_the_times_that_were_seen, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let id = propose(&mut lucia, &pair).await;
    house.work().await;
    let answer = link(house, &pair.andres).await;
    let mut phone = house.stranger();
    let seen = version(&phone.get(&answer).await.expect(200));
    let page = lucia.get(&format!("/meetings/{id}/times")).await.expect(200);
    let now = version(&page);
    let other = [("version", now.as_str()), ("minutes", "60"), ("day1", "2027-02-02"), ("hour1", "10:00")];
    lucia.post(&format!("/meetings/{id}/times"), &other).await.expect(303);
    for form in [vec![("time", "none"), ("version", seen.as_str())], vec![("time", "none")]] {
        assert_eq!(phone.post(&answer, &form).await.expect(303).location(), answer);
    }
    let page = phone.get(&answer).await.expect(200);
    assert!(page.says("2 feb 2027"), "{}", page.text());
    let now = version(&page);
    assert!(phone.post(&answer, &[("time", "none"), ("version", &now)]).await.expect(200).says("Hemos avisado"));
});

story!(a_line_that_is_only_mine_stays_so_and_is_written_once, async |house: &House| {
    let (pair, ..) = agreed(house).await;
    let_it_pass(house, &pair).await;
    let met = link(house, &pair.andres).await;
    let mut phone = house.stranger();
    let line = phone.post(&met, &[("met", "yes")]).await.expect(303).location().to_owned();
    let again = phone.post(&line, &[("reflection", " "), ("visibility", "only-me")]).await.expect(422).text();
    assert!(again.contains("value=\"only-me\" checked") && !again.contains("value=\"pair\" checked"), "{again}");
    let form = [("reflection", "Escuchó antes de proponer"), ("visibility", "only-me")];
    let mut other = house.stranger();
    let (one, two) = tokio::join!(phone.post(&line, &form), other.post(&line, &form));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!((statuses[0], house.count("meeting_texts").await), (200, 1), "{statuses:?}");
    phone.post(&line, &form).await.expect(404);
    // What is only his stands in no trail.
    let trail = house.browser_of(&pair.ana).await.get("/audit?verb=meetings").await.expect(200);
    assert!(!trail.says("Escribió en una reunión"));
});

story!(forms_of_meetings_lose_nothing, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let id = propose(&mut lucia, &pair).await;
    let one = format!("/meetings/{id}");
    // Other times leave the place as it was.
    let page = andres.get(&format!("{one}/times")).await.expect(200);
    let form = fields(&page.text());
    assert_eq!(form["place"], PLACE);
    let seen = form["version"].clone();
    let mut form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.retain(|(name, _)| !["day1", "hour1", "time"].contains(name));
    form.extend([("day1", "2027-01-20"), ("hour1", "10:00")]);
    andres.post(&format!("{one}/times"), &form).await.expect(303);
    assert!(lucia.get(&one).await.expect(200).says("Sala Goya"));
    // A conflict is told once; who presses again has seen how it is now.
    let again = andres.post(&format!("{one}/times"), &form).await.expect(409);
    let now = version(&again);
    assert_ne!(now, seen);
    let mut form: Vec<(&str, &str)> = form.into_iter().filter(|(name, _)| *name != "version").collect();
    form.push(("version", &now));
    andres.post(&format!("{one}/times"), &form).await.expect(303);
    accept(&mut lucia, &id).await;
    // The way that was chosen stays beside a place that is refused.
    let seen = version(&andres.get(&one).await);
    let long = "x".repeat(301);
    let place = [("version", seen.as_str()), ("way", "phone"), ("minutes", "50"), ("place", &long)];
    let again = andres.post(&format!("{one}/place"), &place).await.expect(422).text();
    assert!(again.contains("value=\"phone\" selected"), "{again}");
    // A change of a note that is refused is there still, beside what is wrong with it.
    let note = [("kind", "note"), ("note", "Como estaba."), ("visibility", "pair")];
    andres.post(&format!("{one}/texts"), &note).await.expect(303);
    let page = andres.get(&one).await.expect(200).text();
    let text = page.split("/texts/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let path = format!("{one}/texts/{text}");
    let book = "b".repeat(10_001);
    let again = andres.post(&path, &[("version", "1"), ("words", &book), ("visibility", "only-me")]).await.expect(422);
    let again = again.text();
    assert!(again.contains(&book) && again.contains(&format!("id=\"words-{text}-problem\"")), "{}", again.len());
    assert!(again.contains(&format!("id=\"{text}-only-me\" name=\"visibility\" value=\"only-me\" checked")));
    assert!(again.contains("id=\"note-pair\" name=\"visibility\" value=\"pair\" checked"));
    let first = [("version", "1"), ("words", "Uno."), ("visibility", "pair")];
    andres.post(&path, &first).await.expect(303);
    let again = andres.post(&path, &[("version", "1"), ("words", "Dos."), ("visibility", "pair")]).await.expect(409);
    assert!(again.says("Uno.") && again.says("Dos.</textarea>"), "{}", again.text());
    // And the mentee keeps nobody's diary of those who mentor her.
    let wrong = andres.post("/account/assistant", &[("address", &pair.lucia.address)]).await.expect(422);
    assert!(wrong.says("Tienes una mentoría con esta persona"));
});
