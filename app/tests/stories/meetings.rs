//! Meetings of a pair, from the first proposal to the line that each writes afterwards: in pages, in mails that act without signing
//! in, in calendars, as an assistant, and as everybody whom they are no business of.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use telemaco::db::Error;
use telemaco::identity::Part;
use telemaco::meetings::{self, Evidence};
use telemaco::mentorships::{self, NewMentorship};
use telemaco::transaction;

use crate::api;
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House, Person, Seen, peer};
use crate::vault::{Pair, pair};

const POINT: &str = "El ascenso de Ramón, y si me conviene decir algo";
const NOTE: &str = "Me cuesta mirar a la mesa cuando hablo; probar con Begoña.";
const SECRET: &str = "No le he dicho que tengo otra oferta.";
const PROMISE: &str = "Llamar a la directora de compras de Peña";
const LINE: &str = "Pedir consejo no es pedir permiso.";
const PLACE: &str = "Sala Goya, tercera planta, junto al despacho de Óscar";

pub fn list(pair: &Pair) -> String {
    format!("/mentorships/{}/meetings", pair.mentorship)
}

/// The identifier of the meeting that a page led to.
pub fn id_in(seen: &Seen) -> String {
    seen.location().rsplit('/').next().unwrap().to_owned()
}

/// Proposes the times that the page suggests, with a place.
pub async fn propose(browser: &mut Client, pair: &Pair) -> String {
    let page = browser.get(&format!("{}/new", list(pair))).await.expect(200).text();
    let times = suggested(&page);
    assert!(!times.is_empty(), "{page}");
    let mut form = vec![("minutes", "60"), ("way", "mentor"), ("place", PLACE)];
    form.extend(times.iter().take(3).map(|time| ("time", time.as_str())));
    id_in(&browser.post(&format!("{}/new", list(pair)), &form).await.expect(303))
}

pub fn suggested(page: &str) -> Vec<String> {
    page.split("name=\"time\" value=\"").skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
}

pub fn version(page: &Seen) -> String {
    fields(&page.text())["version"].clone()
}

/// Chooses the first of the times that wait.
pub async fn accept(browser: &mut Client, id: &str) {
    let page = browser.get(&format!("/meetings/{id}")).await.expect(200);
    let (version, times) = (version(&page), suggested(&page.text()));
    let form = [("version", version.as_str()), ("time", times[0].as_str())];
    browser.post(&format!("/meetings/{id}/answer"), &form).await.expect(303);
}

/// The link of the last mail to somebody, as a path.
pub async fn link(house: &House, person: &Person) -> String {
    house.link_to(&person.address).await
}

pub async fn evidence(house: &House, pair: &Pair) -> Evidence {
    let of = mentorships::mentorship(&house.app.db, pair.mentorship).await.unwrap().unwrap();
    let found = meetings::evidence_of(&house.app.db, &[of], house.app.now()).await.unwrap();
    found[&pair.mentorship].clone()
}

/// A pair whose next meeting is agreed.
pub async fn agreed(house: &House) -> (Pair, Client, Client, String) {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let id = propose(&mut lucia, &pair).await;
    accept(&mut andres, &id).await;
    (pair, lucia, andres, id)
}

/// Moves the clock past the end of the meeting that is agreed, to a decent hour.
pub async fn let_it_pass(house: &House, pair: &Pair) {
    let next = evidence(house, pair).await.next.unwrap();
    house.pass(next.duration_since(house.app.now()) + SignedDuration::from_hours(3));
    house.work().await;
}

story!(a_meeting_from_the_proposal_to_the_promises, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(lucia.get(&list(&pair)).await.expect(200).says("No hay ninguna reunión prevista con Andrés Güell"));
    let new = format!("{}/new", list(&pair));
    let wrong = [("minutes", "3"), ("place", PLACE), ("day1", "2027-01-20"), ("hour1", "")];
    let again = lucia.post(&new, &wrong).await.expect(422);
    assert!(again.says("Escribe el día y la hora completos") && again.says("de 5 a 480") && again.says("Sala Goya"));
    let id = propose(&mut lucia, &pair).await;
    let one = format!("/meetings/{id}");
    assert!(lucia.get(&one).await.expect(200).says("Andrés Güell tiene que elegir una hora"));
    let home = andres.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200);
    assert!(home.says("Lucía Ibáñez te propone horas") && home.says("Elegir una hora"), "{}", home.text());
    // None suits him; then he proposes others by his own clock, and she chooses.
    let page = andres.get(&one).await.expect(200);
    assert!(page.says("¿Qué hora te va bien?") && page.says("Sala Goya"));
    let none = [("version", version(&page)), ("time", String::new())];
    let none: Vec<(&str, &str)> = none.iter().map(|(name, value)| (*name, value.as_str())).collect();
    andres.post(&format!("{one}/answer"), &none).await.expect(303);
    andres.post(&format!("{one}/answer"), &none).await.expect(409);
    assert!(lucia.get(&one).await.expect(200).says("Nadie espera respuesta"));
    let page = andres.get(&format!("{one}/times")).await.expect(200);
    let seen = version(&page);
    let form =
        [("version", seen.as_str()), ("minutes", "45"), ("way", "online"), ("day1", "2027-01-20"), ("hour1", "10:00")];
    andres.post(&format!("{one}/times"), &form).await.expect(303);
    andres.post(&format!("{one}/times"), &form).await.expect(409);
    accept(&mut lucia, &id).await;
    let page = andres.get(&one).await.expect(200);
    assert!(page.says("Te reúnes con Lucía Ibáñez: 20 ene 2027, 10:00 (Europe/Madrid)"), "{}", page.title());
    assert!(andres.get(&list(&pair)).await.expect(200).says("La próxima reunión con Lucía Ibáñez"));
    // What to talk about, where, and notes.
    lucia.post(&format!("{one}/points"), &[("point", POINT)]).await.expect(303);
    lucia.post(&format!("{one}/points"), &[("point", "Otro asunto")]).await.expect(303);
    assert!(lucia.post(&format!("{one}/points"), &[("point", " ")]).await.expect(422).says("Escribe algo"));
    let seen = version(&andres.get(&one).await);
    let place = [("version", seen.as_str()), ("way", "mentee"), ("minutes", "50"), ("place", PLACE)];
    andres.post(&format!("{one}/place"), &place).await.expect(303);
    let page = lucia.get(&one).await.expect(200);
    assert!(page.says(POINT) && page.says("Sala Goya") && page.says("50 minutos"));
    assert!(page.says("Lo ven las dos personas de la mentoría; nadie más, salvo"));
    // Before it begins nothing is written down as held.
    let early = [("version", seen.as_str()), ("spent", "50")];
    andres.post(&format!("{one}/record"), &early).await.expect(422);
    let_it_pass(house, &pair).await;
    let page = andres.get(&one).await.expect(200);
    assert!(page.says("La reunión con Lucía Ibáñez: 20 ene 2027, 10:00"), "{}", page.title());
    for (kind, text, visibility) in [("note", NOTE, "pair"), ("note", SECRET, "only-me"), ("reflection", LINE, "pair")]
    {
        let form = [("kind", kind), (kind, text), ("visibility", visibility)];
        lucia.post(&format!("{one}/texts"), &form).await.expect(303);
    }
    let wrong = [("kind", "note"), ("note", NOTE), ("visibility", "submitted")];
    assert!(lucia.post(&format!("{one}/texts"), &wrong).await.expect(422).says("Elige quién lo ve"));
    let hers = lucia.get(&one).await.expect(200);
    assert!(hers.says(NOTE) && hers.says(SECRET) && hers.says("Solo lo ve quien lo escribe"), "{}", hers.text());
    let his = andres.get(&one).await.expect(200);
    assert!(his.says(NOTE) && his.says(LINE) && !his.says("otra oferta"));
    // The note is changed, by its author alone, and deleted.
    let text = fields_of_texts(&hers.text(), NOTE);
    let form = [("version", "1"), ("words", "Mejor así."), ("visibility", "only-me")];
    andres.post(&format!("{one}/texts/{text}"), &form).await.expect(404);
    lucia.post(&format!("{one}/texts/{text}"), &form).await.expect(303);
    lucia.post(&format!("{one}/texts/{text}"), &form).await.expect(409);
    assert!(lucia.get(&one).await.says("Mejor así.") && !andres.get(&one).await.says("Mejor así."));
    let delete = [("version", "2"), ("do", "delete")];
    lucia.post(&format!("{one}/texts/{text}"), &delete).await.expect(303);
    lucia.post(&format!("{one}/texts/{text}"), &delete).await.expect(404);
    // A promise, and the points: what stays open goes to the next meeting.
    let promise = [("promise", PROMISE), ("who", "other"), ("due", "2027-01-25")];
    lucia.post(&format!("{one}/promises"), &promise).await.expect(303);
    assert!(
        lucia.post(&format!("{one}/promises"), &[("promise", "x"), ("who", "me")]).await.expect(422).says("qué día")
    );
    let page = lucia.get(&one).await.text();
    // Two that were written at the same moment stand in any order.
    let point = |says: &str| paths(page.split(says).nth(1).unwrap(), "/points/")[0].clone();
    let (open, settled) = (point(POINT), point("Otro asunto"));
    lucia.post(&open, &[("do", "settle")]).await.expect(303);
    lucia.post(&open, &[("do", "open")]).await.expect(303);
    lucia.post(&settled, &[("do", "settle")]).await.expect(303);
    let seen = version(&andres.get(&one).await);
    andres.post(&format!("{one}/record"), &[("version", seen.as_str()), ("spent", "0")]).await.expect(422);
    andres.post(&format!("{one}/record"), &[("version", seen.as_str()), ("spent", "55")]).await.expect(303);
    let next = propose(&mut andres, &pair).await;
    let page = lucia.get(&format!("/meetings/{next}")).await.expect(200);
    assert!(page.says(POINT) && page.says("Quedó abierto en otra reunión") && !page.says("Otro asunto"));
    // On its day whoever owes it is told, once; no mail says what.
    let reminded = async |days: i64| {
        house.pass(SignedDuration::from_hours(days * 24));
        while house.work().await > 0 {}
        let his = format!("notices WHERE kind = 'meetings.promised' AND person = {}", house.literal(pair.andres.id.0));
        (house.count("notices WHERE kind = 'meetings.promised'").await, house.count(&his).await)
    };
    let days = (4, 6);
    assert_eq!((reminded(days.0).await, reminded(days.1).await), ((0, 0), (1, 1)));
    let mail = house.mail_saying(&pair.andres.address, "Ha llegado el día de algo que prometiste").await;
    assert!(!mail.contains(PROMISE) && !mail.contains("Lucía"), "{mail}");
    let mut andres = house.browser_of(&pair.andres).await;
    let page = andres.get(&list(&pair)).await.expect(200);
    assert!(page.says(PROMISE) && page.says("Con retraso") && page.says("Te toca") && page.says("Celebrada"));
    let found = evidence(house, &pair).await;
    assert_eq!((found.count, found.minutes, found.open_promises), (1, 55, 1));
    assert_eq!(found.first, Some("2027-01-20T09:00:00Z".parse::<Timestamp>().unwrap()));
    assert_eq!(found.first_due.unwrap().to_string(), "2027-01-25");
    let kept = paths(&page.text(), "/promises/");
    andres.post(&kept[0], &[("do", "keep")]).await.expect(303);
    assert!(andres.get(&list(&pair)).await.says("No queda ningún compromiso abierto"));
    andres.post(&kept[0], &[("do", "open")]).await.expect(303);
    assert_eq!(evidence(house, &pair).await.open_promises, 1);
});

/// The paths of the forms of a page that hold something.
fn paths(page: &str, part: &str) -> Vec<String> {
    let actions = page.split("action=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    let mut paths: Vec<String> = Vec::new();
    for action in actions.filter(|action| action.contains(part)) {
        if !paths.iter().any(|path| path == action) {
            paths.push(action.to_owned());
        }
    }
    paths
}

/// The identifier of the text that says this, by the form with which its author changes it.
fn fields_of_texts(page: &str, words: &str) -> String {
    let after = page.split(words).nth(1).unwrap();
    paths(after, "/texts/")[0].rsplit('/').next().unwrap().to_owned()
}

story!(a_meeting_moves_and_is_called_off_in_both_calendars, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let one = format!("/meetings/{id}");
    house.work().await;
    for person in [&pair.lucia, &pair.andres] {
        let (method, event) = calendar_mail(house, &person.address);
        assert_eq!(
            (method.as_str(), event["sequence"].as_i64(), event["status"].as_str()),
            ("REQUEST", Some(0), Some("CONFIRMED"))
        );
        assert_eq!(
            (event["uid"].as_str().unwrap(), &event["location"]),
            (id.as_str(), &json!("Donde trabaja el mentor o la mentora"))
        );
        assert_eq!(event["attendees"].as_array().unwrap().len(), 2);
    }
    // While another time waits, the agreed one stands.
    let page = andres.get(&format!("{one}/times")).await.expect(200);
    assert!(page.says("Mueve la reunión con Lucía Ibáñez"));
    let (seen, times) = (version(&page), suggested(&page.text()));
    let form = [("version", seen.as_str()), ("minutes", "60"), ("time", times.last().unwrap().as_str())];
    andres.post(&format!("{one}/times"), &form).await.expect(303);
    let before = evidence(house, &pair).await.next.unwrap();
    house.work().await;
    let page = lucia.get(&one).await.expect(200);
    assert!(page.says("Andrés Güell te propone horas"));
    accept(&mut lucia, &id).await;
    assert!(evidence(house, &pair).await.next.unwrap() > before);
    house.work().await;
    let (method, event) = calendar_mail(house, &pair.andres.address);
    assert_eq!((method.as_str(), event["sequence"].as_i64()), ("REQUEST", Some(1)));
    // The feed has it, without anybody's words.
    let made = lucia.post("/account/calendar/feed", &[]).await.expect(200).text();
    let start = format!("{}/calendar/", house.app.config.public_url);
    let feed = made.split(&start).nth(1).unwrap().split(".ics").next().unwrap().to_owned();
    let feed = house.stranger().get(&format!("/calendar/{feed}.ics")).await.expect(200);
    assert!(feed.says("Reunión de mentoría") && feed.says(&id) && !feed.says("Goya"));
    let seen = version(&lucia.get(&one).await);
    lucia.post(&format!("{one}/cancel"), &[("version", seen.as_str())]).await.expect(303);
    house.work().await;
    for person in [&pair.lucia, &pair.andres] {
        let (method, event) = calendar_mail(house, &person.address);
        assert_eq!(
            (method.as_str(), event["sequence"].as_i64(), event["status"].as_str()),
            ("CANCEL", Some(2), Some("CANCELLED"))
        );
    }
    assert!(andres.get(&one).await.expect(200).says("La reunión con Lucía Ibáñez se canceló"));
    lucia.post(&format!("{one}/cancel"), &[("version", "99")]).await.expect(422);
    assert_eq!(evidence(house, &pair).await.next, None);
    // A mentorship that ends takes what was to come along.
    let id = propose(&mut andres, &pair).await;
    accept(&mut lucia, &id).await;
    house.work().await;
    lucia.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    house.work().await;
    assert!(andres.get(&format!("/meetings/{id}")).await.expect(200).says("se canceló"));
    assert_eq!(calendar_mail(house, &pair.andres.address).0, "CANCEL");
    andres.post(&format!("{}/new", list(&pair)), &[("minutes", "60")]).await.expect(422);
    andres.get(&format!("{}/new", list(&pair))).await.expect(404);
});

/// The method and the first event of the newest mail to somebody that has a calendar.
fn calendar_mail(house: &House, address: &str) -> (String, serde_json::Value) {
    let (method, events) = calendar_of_mail(house, address);
    (method, events[0].clone())
}

/// What `icalendar` and `vobject`, both strictly, read in the newest mail to somebody that has a calendar: its method and events.
pub fn calendar_of_mail(house: &House, address: &str) -> (String, serde_json::Value) {
    let mut mails: Vec<(std::time::SystemTime, String)> = std::fs::read_dir(house.app.config.mail_folder())
        .unwrap()
        .filter_map(|entry| {
            let entry = entry.unwrap();
            let text = std::fs::read_to_string(entry.path()).ok()?;
            let is_it = entry.path().extension()? == "eml" && text.contains(&format!("<{address}>"));
            (is_it && text.contains("text/calendar")).then(|| (entry.metadata().unwrap().modified().unwrap(), text))
        })
        .collect();
    mails.sort_by_key(|(at, _)| *at);
    let (_, mail) = mails.pop().expect("a mail with a calendar");
    let read = peer("calendars.py", "letter", &mail);
    let said = read.to_string();
    assert!(!said.contains("Goya") && !said.contains("Ramón"), "{said}");
    let parts = read["parts"].as_array().unwrap();
    let calendar = &parts.iter().find(|part| part["read"].is_object()).unwrap();
    (calendar["method"].as_str().unwrap().to_owned(), calendar["read"]["events"].clone())
}

story!(a_month_s_duty_from_the_mails_alone, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let id = propose(&mut lucia, &pair).await;
    lucia.post(&format!("/meetings/{id}/points"), &[("point", POINT)]).await.expect(303);
    house.work().await;
    let mail = house.mail_to(&pair.andres.address).await.unwrap();
    assert!(mail.contains("Lucía Ibáñez te propone horas") && mail.contains("(Europe/Madrid)"), "{mail}");
    assert!(!mail.contains("Goya") && !mail.contains("Ramón"));
    // One tap opens the link and does nothing, however often a scanner opens it; one more answers.
    let answer = link(house, &pair.andres).await;
    let mut phone = house.stranger();
    for _ in 0..3 {
        let page = phone.get(&answer).await.expect(200);
        assert!(page.says("Lucía Ibáñez te propone estas horas") && !page.says("Goya") && !page.says("Ramón"));
        assert_eq!(page.header("referrer-policy"), "strict-origin");
    }
    let times = suggested_buttons(&phone.get(&answer).await.text());
    assert!(phone.post(&answer, &[("time", "x")]).await.expect(422).says("Elige una respuesta"));
    let done = phone.post(&answer, &[("time", &times[0])]).await.expect(200);
    assert!(done.says("Te reúnes con Lucía Ibáñez"), "{}", done.text());
    phone.post(&answer, &[("time", &times[0])]).await.expect(303);
    assert!(phone.get(&answer).await.expect(200).says("Te reúnes con Lucía Ibáñez"));
    let_it_pass(house, &pair).await;
    // Both are asked, apart.
    let (his, hers) = (link(house, &pair.andres).await, link(house, &pair.lucia).await);
    assert_ne!(his, hers);
    assert!(house.mail_to(&pair.lucia.address).await.unwrap().contains("nunca ve tu respuesta"));
    let page = phone.get(&his).await.expect(200);
    assert!(page.says("¿Os reunisteis Lucía Ibáñez y tú?") && !page.says("Ramón"));
    phone.post(&his, &[("met", "perhaps")]).await.expect(422);
    let led = phone.post(&his, &[("met", "yes")]).await.expect(303);
    // From there a line, with a link of its own whose page is empty.
    let line = led.location().to_owned();
    assert!(line.starts_with("/m/") && line != his);
    assert!(phone.get(&line).await.expect(200).says("Una línea sobre la reunión con Lucía Ibáñez"));
    assert!(phone.post(&line, &[("reflection", " ")]).await.expect(422).says("Escribe algo"));
    let wrote = phone.post(&line, &[("reflection", LINE), ("visibility", "pair")]).await.expect(200);
    assert!(wrote.says("Tu línea está guardada") && !wrote.says("permiso"));
    phone.get(&line).await.expect(404);
    assert!(lucia.get(&format!("/meetings/{id}")).await.expect(200).says(LINE));
    // Taps so far: link, time; link, yes, save. The mentee says no, and neither learns of the other's answer.
    let before = house.browser_of(&pair.andres).await.get(&format!("/meetings/{id}")).await.expect(200).text();
    let done = phone.post(&hers, &[("met", "no")]).await.expect(200);
    assert!(done.says("Gracias"));
    let mut andres = house.browser_of(&pair.andres).await;
    let after = andres.get(&format!("/meetings/{id}")).await.expect(200).text();
    assert_eq!(before, after, "not a letter of it changes for the other");
    let found = evidence(house, &pair).await;
    assert_eq!((found.mentor_met, found.mentee_not), (found.last, found.last));
    assert_eq!((found.mentor_not, found.mentee_met), (None, None));
    let mut ana = house.browser_of(&pair.ana).await;
    let trail = ana.get("/audit?verb=meetings").await.expect(200);
    assert!(trail.says("Propuso horas para una reunión") && !trail.says("reunisteis"));
    // A link is over in time.
    house.pass(SignedDuration::from_hours(31 * 24));
    phone.get(&his).await.expect(404);
    phone.post(&his, &[("met", "no")]).await.expect(404);
    phone.get("/m/x").await.expect(404);
});

pub fn suggested_buttons(page: &str) -> Vec<String> {
    suggested(page).into_iter().filter(|time| time != "none").collect()
}

story!(a_meeting_that_was_made_longer_is_asked_about_when_it_is_over, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let id = propose(&mut lucia, &pair).await;
    accept(&mut andres, &id).await;
    let one = format!("/meetings/{id}");
    let seen = version(&andres.get(&one).await);
    let longer = [("version", seen.as_str()), ("way", "online"), ("minutes", "300"), ("place", "")];
    andres.post(&format!("{one}/place"), &longer).await.expect(303);
    // Three hours in, when the first hour would long have been over.
    let_it_pass(house, &pair).await;
    assert!(!house.mail_to(&pair.lucia.address).await.unwrap().contains("nunca ve tu respuesta"));
    house.pass(SignedDuration::from_hours(3));
    house.work().await;
    assert!(house.mail_to(&pair.lucia.address).await.unwrap().contains("nunca ve tu respuesta"));
});

story!(a_quiet_pair_is_asked_and_neither_learns_what_the_other_said, async |house: &House| {
    let pair = pair(house).await;
    house.pass(SignedDuration::from_hours(29 * 24));
    house.work().await;
    assert!(house.mail_to(&pair.lucia.address).await.is_none());
    house.pass(SignedDuration::from_hours(25));
    house.work().await;
    house.pass(SignedDuration::from_hours(14));
    house.work().await;
    let mail = house.mail_to(&pair.lucia.address).await.unwrap();
    assert!(mail.contains("Hace tiempo que no sabemos de ninguna reunión"), "{mail}");
    let (hers, his) = (link(house, &pair.lucia).await, link(house, &pair.andres).await);
    let mut phone = house.stranger();
    assert!(phone.get(&hers).await.expect(200).says("¿Os habéis reunido últimamente Andrés Güell y tú?"));
    assert!(phone.post(&hers, &[("met", "yes")]).await.expect(200).says("Gracias"));
    // He answers on the page, and may think better of it; what she said changes nothing there.
    let mut andres = house.browser_of(&pair.andres).await;
    let page = andres.get(&list(&pair)).await.expect(200);
    assert!(page.says("¿Os habéis reunido últimamente Lucía Ibáñez y tú?") && !page.says("Dijiste"));
    let asked = paths(&page.text(), "/asked/");
    andres.post(&asked[0], &[("met", "perhaps")]).await.expect(404);
    andres.post(&asked[0], &[("met", "yes")]).await.expect(303);
    andres.post(&asked[0], &[("met", "no")]).await.expect(303);
    house.browser_of(&pair.lucia).await.post(&asked[0], &[("met", "yes")]).await.expect(404);
    assert!(phone.get(&his).await.expect(200).says("¿Os habéis reunido"), "the link shows no earlier answer");
    let found = evidence(house, &pair).await;
    assert!(found.mentee_met.is_some() && found.mentor_not.is_some() && found.mentor_met.is_none());
    // Asked again a month later, both of them, whatever they said.
    house.pass(SignedDuration::from_hours(31 * 24));
    house.work().await;
    house.pass(SignedDuration::from_hours(14));
    house.work().await;
    assert_ne!(link(house, &pair.lucia).await, hers);
    assert_ne!(link(house, &pair.andres).await, his);
});

story!(an_assistant_keeps_the_diary_and_reads_nothing, async |house: &House| {
    let pair = pair(house).await;
    let elena = house.person(pair.ana.organisation, "Elena Sanz", &[]).await;
    let (mut andres, mut lucia) = (house.browser_of(&pair.andres).await, house.browser_of(&pair.lucia).await);
    let account = "/account/assistant";
    assert!(andres.get("/account").await.expect(200).says("/account/assistant"));
    assert!(andres.get(account).await.expect(200).says("Nadie lleva tu agenda"));
    for wrong in ["", "nadie", "nadie@example.org", pair.andres.address.as_str()] {
        andres.post(account, &[("address", wrong)]).await.expect(422);
    }
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    andres.post(account, &[("address", &other.address)]).await.expect(422);
    andres.post(account, &[("address", &elena.address)]).await.expect(303);
    assert!(andres.get(account).await.expect(200).says("Elena Sanz lleva tu agenda"));
    // She is written to with him, and answers; the page says no more than the diary.
    let id = propose(&mut lucia, &pair).await;
    let one = format!("/meetings/{id}");
    lucia.post(&format!("{one}/points"), &[("point", POINT)]).await.expect(303);
    house.work().await;
    assert!(house.mail_to(&elena.address).await.unwrap().contains("Lucía Ibáñez te propone horas"));
    let mut browser = house.browser_of(&elena).await;
    let diary = browser.get("/diary").await.expect(200);
    assert!(diary.says("Una reunión espera tu respuesta") && diary.says("Andrés Güell · Lucía Ibáñez"));
    let page = browser.get(&one).await.expect(200);
    assert!(page.says("¿Qué hora te va bien?") && page.says("Sala Goya") && !page.says("Ramón"), "{}", page.text());
    assert!(page.says("Llevas la agenda"));
    let mut phone = house.stranger();
    let answer = link(house, &elena).await;
    let times = suggested_buttons(&phone.get(&answer).await.expect(200).text());
    phone.post(&answer, &[("time", &times[0])]).await.expect(200);
    assert!(lucia.get(&one).await.says("Te reúnes con Andrés Güell"));
    assert!(lucia.get(&one).await.says("y Elena Sanz, que lleva la agenda"));
    let (page, listed) = (browser.get(&one).await.expect(200), browser.get(&list(&pair)).await.expect(200));
    assert!(!page.says("Ramón") && !listed.says("Compromisos") && listed.says("Acordada"));
    // Her feed has his times, and nothing of whom or of what.
    let secret = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
    let feed = secret.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap();
    let feed = house.stranger().get(feed.strip_prefix(&house.app.config.public_url).unwrap()).await.expect(200);
    assert_eq!(feed.text().matches("BEGIN:VEVENT").count(), 1, "{}", feed.text());
    assert!(!feed.says("Goya") && !feed.says("Lucía") && !feed.says("Ramón"), "{}", feed.text());
    // Nothing that is written, recorded or asked is hers.
    for (rest, form) in [
        ("points", [("point", "x"), ("a", "b")]),
        ("texts", [("kind", "note"), ("note", "x")]),
        ("promises", [("promise", "x"), ("who", "me")]),
        ("record", [("version", "3"), ("spent", "50")]),
    ] {
        let status = browser.post(&format!("{one}/{rest}"), &form).await.status.as_u16();
        assert!(status == 404 || status == 422, "{rest}: {status}");
        assert!(!lucia.get(&one).await.says(">x<"));
    }
    // She proposes for him, and the place is hers to write.
    let second = propose(&mut browser, &pair).await;
    accept(&mut lucia, &second).await;
    let seen = version(&browser.get(&format!("/meetings/{second}")).await);
    browser.post(&format!("/meetings/{second}/cancel"), &[("version", &seen)]).await.expect(303);
    // He takes it back, and there is nothing for her any more, nor of what waits for an answer.
    house.work().await;
    let told = house.links_to(&elena.address).await.len();
    propose(&mut lucia, &pair).await;
    andres.post(account, &[("remove", "yes")]).await.expect(303);
    house.work().await;
    assert_eq!(house.links_to(&elena.address).await.len(), told);
    for path in [one.as_str(), &list(&pair)] {
        browser.get(path).await.expect(404);
    }
    assert!(browser.get("/diary").await.expect(200).says("No llevas la agenda de nadie"));
    assert_eq!(phone.get(&answer).await.status.as_u16(), 404);
});

story!(whoever_becomes_a_mentors_mentee_keeps_their_diary_no_more, async |house: &House| {
    let pair = pair(house).await;
    let elena = house.person(pair.ana.organisation, "Elena Sanz", &[]).await;
    let mut andres = house.browser_of(&pair.andres).await;
    andres.post("/account/assistant", &[("address", &elena.address)]).await.expect(303);
    let held = format!("parts WHERE part = 'assistant' AND person = {}", house.literal(elena.id.0));
    let noted = "audit WHERE verb = 'meetings.assistant'";
    assert_eq!((house.count(&held).await, house.count(noted).await), (1, 1));
    let new = [NewMentorship { mentee: elena.id, mentor: pair.andres.id }];
    let app = &house.app;
    let made: Result<Vec<_>, Error> = transaction!(app.db, tx => {
        mentorships::begin(app, tx, pair.ana.organisation, pair.edition, &new).await
    });
    made.unwrap();
    assert!(andres.get("/account/assistant").await.expect(200).says("Nadie lleva tu agenda"));
    assert_eq!((house.count(&held).await, house.count(noted).await), (0, 2));
});

story!(coordinators_and_strangers_learn_counts_at_most, async |house: &House| {
    let (pair, mut lucia, _, id) = agreed(house).await;
    let one = format!("/meetings/{id}");
    lucia.post(&format!("{one}/points"), &[("point", POINT)]).await.expect(303);
    let_it_pass(house, &pair).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200);
    assert!(page.says("Una hasta hoy") && !page.says("Ver las reuniones"), "{}", page.text());
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut strangers = vec![ana, house.browser_of(&other).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        strangers.push(house.browser_of(&person).await);
    }
    let form = [("version", "2"), ("time", ""), ("kind", "note"), ("note", "x"), ("point", "x"), ("spent", "9")];
    for browser in &mut strangers {
        for path in [list(&pair), format!("{}/new", list(&pair)), one.clone(), format!("{one}/times")] {
            browser.get(&path).await.expect(404);
        }
        for rest in ["answer", "cancel", "record", "texts", "points"] {
            browser.post(&format!("{one}/{rest}"), &form).await.expect(404);
        }
    }
    house.stranger().get(&one).await.expect(303);
});

story!(however_much_was_said_a_page_costs_the_same, async |house: &House| {
    let (pair, mut lucia, _, id) = agreed(house).await;
    let one = format!("/meetings/{id}");
    let pages = [one.clone(), list(&pair), format!("/mentorships/{}", pair.mentorship), "/mentorships".to_owned()];
    let mut first = Vec::new();
    for page in &pages {
        first.push(lucia.get(page).await.expect(200).statements());
    }
    for _ in 0..5 {
        lucia.post(&format!("{one}/points"), &[("point", POINT)]).await.expect(303);
        lucia
            .post(&format!("{one}/texts"), &[("kind", "note"), ("note", NOTE), ("visibility", "pair")])
            .await
            .expect(303);
        lucia
            .post(&format!("{one}/promises"), &[("promise", PROMISE), ("who", "me"), ("due", "2027-02-01")])
            .await
            .expect(303);
        propose(&mut lucia, &pair).await;
    }
    for (page, before) in pages.iter().zip(first) {
        assert_eq!(lucia.get(page).await.expect(200).statements(), before, "{page}");
    }
});

story!(the_demonstration_s_meetings_are_there_to_look_at, async |house: &House| {
    let pair = pair(house).await;
    let of = telemaco::mentorships::mentorship(&house.app.db, pair.mentorship).await.unwrap().unwrap();
    let script =
        meetings::Script { points: [POINT, "Otro"], notes: [NOTE, "Nota"], promise: PROMISE, lines: [LINE, "Línea"] };
    meetings::rehearse(&house.app, &of, &script).await.map_err(|failure| format!("{failure:?}")).unwrap();
    house.work().await;
    let page = house.browser_of(&pair.lucia).await.get(&list(&pair)).await.expect(200);
    assert!(
        page.says("Celebrada") && page.says("Acordada") && page.says("Espera a la otra parte") && page.says(PROMISE)
    );
});

story!(a_program_proposes_answers_and_reads_no_one_else_s_words, async |house: &House| {
    let (pair, mut lucia, _, id) = agreed(house).await;
    lucia
        .post(&format!("/meetings/{id}/texts"), &[("kind", "note"), ("note", NOTE), ("visibility", "pair")])
        .await
        .expect(303);
    let program = async |person: &Person| {
        let mut program = house.stranger();
        let token =
            telemaco::identity::new_token(&house.app, person.id, "x").await.map_err(anyhow::Error::from).unwrap();
        program.bearer = Some(token);
        program
    };
    let (mut hers, mut his) = (program(&pair.lucia).await, program(&pair.andres).await);
    let list = format!("/api/me/mentorships/{}/meetings", pair.mentorship);
    let told = his.get(&list).await.expect(200).json();
    assert_eq!((&told["ahead"][0]["state"], &told["ahead"][0]["id"]), (&json!("agreed"), &json!(id)));
    let send = async |program: &mut Client, path: &str, body: serde_json::Value| {
        api::send(program, axum::http::Method::POST, path, &body).await
    };
    let times = json!({ "times": ["2027-03-01T09:00:00Z", "2027-03-02T09:00:00Z"], "minutes": 30, "way": "phone", "place": PLACE });
    send(&mut hers, &list, json!({ "times": [], "minutes": 1 })).await.expect(422);
    let made = send(&mut hers, &list, times).await.expect(201);
    let (at, meeting) = (made.location().to_owned(), made.json());
    assert_eq!((&meeting["waits_for"], &meeting["state"]), (&json!("mentor"), &json!("proposed")));
    assert!(!made.says("Goya"));
    let time = &meeting["times"][1]["id"];
    let answer = json!({ "version": meeting["version"], "time": time });
    send(&mut hers, &format!("{at}/answer"), answer.clone()).await.expect(409);
    let agreed = send(&mut his, &format!("{at}/answer"), answer.clone()).await.expect(200).json();
    assert_eq!((&agreed["state"], &agreed["starts_at"]), (&json!("agreed"), &json!("2027-03-02T09:00:00Z")));
    send(&mut his, &format!("{at}/answer"), answer).await.expect(409);
    let gone =
        send(&mut his, &format!("{at}/cancel"), json!({ "version": agreed["version"] })).await.expect(200).json();
    assert_eq!(gone["state"], "cancelled");
    assert_eq!(hers.get(&at).await.expect(200).json()["state"], "cancelled");
    // One's own notes, and never the other's.
    let notes = format!("/api/me/meetings/{id}/notes");
    send(&mut his, &notes, json!({ "text": SECRET, "seen_by": "only-me" })).await.expect(201);
    send(&mut his, &notes, json!({ "text": " " })).await.expect(422);
    let own = his.get(&notes).await.expect(200);
    assert!(own.says(SECRET) && !own.says(NOTE), "{}", own.text());
    assert_eq!(hers.get(&notes).await.expect(200).json()["items"][0]["text"], NOTE);
    api::nothing_stands_open(house, &[SECRET, NOTE, "Goya"]).await;
    let cost = his.get(&list).await.expect(200).statements();
    for day in 3..8 {
        let body = json!({ "times": [format!("2027-03-0{day}T09:00:00Z")], "minutes": 30 });
        send(&mut hers, &list, body).await.expect(201);
    }
    assert_eq!(his.get(&list).await.expect(200).statements(), cost);
    let mut ana = program(&pair.ana).await;
    for path in [&list, &at, &notes] {
        ana.get(path).await.expect(404);
    }
});
