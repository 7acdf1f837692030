//! What somebody is told: in the product, by mail, in a digest, and how they choose.

use jiff::SignedDuration;
use serde_json::json;
use telemaco::app::App;
use telemaco::i18n::Message;
use telemaco::identity::Part;
use telemaco::notices::{self, Notice};
use telemaco::people::model::Side;
use telemaco::programmes::{EditionId, Track};
use telemaco::{jobs, transaction};

use crate::api::{program, send};
use crate::story;
use crate::support::before::{self, Scene};
use crate::support::{House, Manner, Person, PostOffice};

const AGREEMENT: &str = "mentorships.agreement-changed";
const ENDED: &str = "mentorships.ended";
/// It has no mail of its own, only a sentence; coordinators hear of it in a daily digest.
const PLAIN: &str = "identity.unreachable";

fn notice(to: &Person, kind: &'static str, name: &str) -> Notice {
    let text = Message::new("agreement-notice").with("name", name);
    Notice::new(to.organisation, to.id, kind, text, "/mentorships")
}

/// Tells of each, a moment after the other.
pub async fn tell(house: &House, notices: &[Notice]) {
    for notice in notices {
        house.pass(SignedDuration::from_millis(1));
        tell_at_once(house, std::slice::from_ref(notice)).await;
    }
}

async fn tell_at_once(house: &House, notices: &[Notice]) {
    let app = &house.app;
    let told: Result<(), telemaco::db::Error> = transaction!(app.db, tx => notices::tell_all(app, tx, notices).await);
    told.unwrap();
}

async fn choose(house: &House, person: &Person, kind: &str, way: &str) {
    house.browser_of(person).await.post("/notices/settings", &[(kind, way)]).await.expect(303);
}

async fn waiting(app: &App) -> i64 {
    jobs::backlog(&app.db).await.unwrap().waiting
}

story!(what_one_is_told_stands_on_a_page_until_it_is_read, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let mut browser = house.browser_of(&luis).await;
    let page = browser.get("/notices").await.expect(200);
    assert!(page.title() == "No tienes avisos sin leer" && page.says("De momento no hay nada"), "{}", page.text());
    tell(house, &[notice(&luis, AGREEMENT, "Marta Soler"), notice(&luis, ENDED, "Óscar Díaz")]).await;
    let page = browser.get("/notices").await.expect(200);
    assert_eq!(page.title(), "Tienes 2 avisos sin leer");
    assert!(page.says("Avisos (2)") && page.statements() <= 2, "{}", page.statements());
    let text = page.text();
    assert!(text.find("Óscar Díaz").unwrap() < text.find("Marta Soler").unwrap(), "the newest first");
    // Opening leads to what it is about.
    let path = text.split("href=\"/notices/").nth(1).unwrap().split('"').next().unwrap();
    let opened = browser.get(&format!("/notices/{path}")).await.expect(303);
    assert_eq!(opened.location(), "/mentorships");
    assert_eq!(browser.get("/notices").await.expect(200).title(), "Tienes un aviso sin leer");
    browser.get(&format!("/notices/{path}")).await.expect(303);
    // Nobody else's.
    house.browser_of(&ana).await.get(&format!("/notices/{path}")).await.expect(404);
    assert!(!house.browser_of(&ana).await.get("/notices").await.expect(200).says("Marta Soler"));
    let done = browser.post("/notices/read", &[]).await.expect(303);
    assert_eq!(done.location(), "/notices");
    let page = browser.get("/notices").await.expect(200);
    assert!(page.says("Un aviso marcado como leído") && page.title() == "No tienes avisos sin leer");
    assert!(page.says("Marta Soler"), "what was read is still there");
});

story!(the_list_comes_in_pages, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let many: Vec<Notice> = (0..120).map(|number| notice(&ana, AGREEMENT, &format!("Persona {number:03}"))).collect();
    tell(house, &many).await;
    let mut browser = house.browser_of(&ana).await;
    let (mut path, mut seen, mut costs) = ("/notices".to_owned(), Vec::new(), Vec::new());
    loop {
        let page = browser.get(&path).await.expect(200);
        costs.push(page.statements());
        let text = page.text();
        seen.extend(text.split("Persona ").skip(1).map(|rest| rest[..3].parse::<i32>().unwrap()));
        let Some(next) = text.split("href=\"/notices?before=").nth(1) else { break };
        path = format!("/notices?before={}", next.split('"').next().unwrap());
    }
    assert_eq!(seen, (0..120).rev().collect::<Vec<_>>());
    assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    assert!(browser.get("/").await.expect(200).says("Avisos (99+)"));
});

story!(the_same_key_is_told_once_and_nothing_is_told_of_what_did_not_happen, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    for _ in 0..3 {
        let once = [&luis, &ana].map(|to| notice(to, AGREEMENT, "Marta").once("first meeting"));
        tell_at_once(house, &once).await;
    }
    let undone: Result<(), anyhow::Error> = transaction!(house.app.db, tx => {
        notices::tell(&house.app, tx, &notice(&luis, AGREEMENT, "Nadie")).await?;
        Err(anyhow::anyhow!("the change did not happen"))
    });
    undone.unwrap_err();
    let page = house.browser_of(&luis).await.get("/notices").await.expect(200);
    assert!(page.title() == "Tienes un aviso sin leer" && !page.says("Nadie"));
    assert_eq!(house.work().await, 2, "one mail for each of the two");
});

story!(a_mail_goes_at_a_decent_hour_and_only_for_what_was_not_read, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (luis, marta) = (
        house.person(ana.organisation, "Luis Gil", &[Part::Coordinator]).await,
        house.person(ana.organisation, "Marta Soler", &[Part::Coordinator]).await,
    );
    for person in [&luis, &marta] {
        choose(house, person, PLAIN, "at-once").await;
    }
    // It is 21:30 in Madrid.
    house.pass(SignedDuration::from_mins(11 * 60 + 30));
    tell(house, &[notice(&luis, PLAIN, "Óscar Díaz"), notice(&marta, PLAIN, "Óscar Díaz")]).await;
    house.work().await;
    house.pass(SignedDuration::from_mins(9 * 60 + 59));
    house.work().await;
    assert!(house.mail_to(&luis.address).await.is_none(), "not at night");
    house.browser_of(&marta).await.post("/notices/read", &[]).await.expect(303);
    house.pass(SignedDuration::from_mins(1));
    house.work().await;
    let mail = house.mail_to(&luis.address).await.unwrap();
    assert!(mail.contains("Hay correos de tus programas que no llegan") && !mail.contains("Óscar"), "{mail}");
    assert!(house.mail_to(&marta.address).await.is_none(), "she has read it");
    let path = house.link_to(&luis.address).await;
    assert_eq!(house.browser_of(&luis).await.get(&path).await.expect(303).location(), "/mentorships");
    assert_eq!(waiting(&house.app).await, 0);
});

story!(a_digest_is_one_mail_for_all_that_waited, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Coordinator]).await;
    choose(house, &luis, PLAIN, "weekly").await;
    for name in ["Uno", "Dos", "Tres"] {
        tell(house, &[notice(&ana, PLAIN, name), notice(&luis, PLAIN, name)]).await;
        house.work().await;
        house.pass(SignedDuration::from_hours(1));
    }
    assert!(house.mail_to(&ana.address).await.is_none());
    // One of them is read before the digest goes, at eight on Tuesday.
    let page = house.browser_of(&ana).await.get("/notices").await.expect(200).text();
    let path = page.split("href=\"/notices/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    house.browser_of(&ana).await.get(&format!("/notices/{path}")).await.expect(303);
    house.pass(SignedDuration::from_hours(18));
    house.work().await;
    assert!(house.mail_to(&ana.address).await.is_none(), "it is seven");
    house.pass(SignedDuration::from_hours(1));
    house.work().await;
    let mail = house.mail_to(&ana.address).await.unwrap();
    assert!(mail.contains("Tus avisos de hoy") && mail.contains("Tienes 2 avisos sin leer"), "{mail}");
    assert!(mail.matches("no llegan").count() == 2 && !mail.contains("Dos"), "{mail}");
    assert_eq!(house.link_to(&ana.address).await, "/notices");
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    assert_eq!(house.links_to(&ana.address).await.len(), 1, "and no other");
    assert!(house.mail_to(&luis.address).await.is_none());
    house.pass(SignedDuration::from_hours(5 * 24));
    house.work().await;
    assert!(house.mail_to(&luis.address).await.unwrap().contains("Tienes 3 avisos sin leer"), "on Monday");
});

story!(digests_go_on_the_working_days_of_ones_editions, async |house: &House| {
    let scene = Scene::of(house, "Banco del Nilo", "Ana Pérez", Track::Promotion).await;
    // From Sunday to Thursday, and one Sunday is a holiday.
    let (week, other) =
        ("[true,true,true,true,true,false,false],\"holidays\":[]", "[true,true,true,true,false,false,true]");
    let calendar = format!("replace(settings, '{week}', '{other},\"holidays\":[\"2027-01-24\"]')");
    house.raw(&format!("UPDATE editions SET settings = {calendar}")).await;
    let far = house.organisation("Banco del Norte", "Luis Gil").await;
    // Elena takes part in an edition of the other week as well.
    let west = before::open_edition(house, &scene.coordinator, Track::Promotion).await;
    scene_of(&scene, west).enrol(house, &[&scene.mentor], Side::Mentor).await;
    let people = [&scene.mentee, &scene.mentor, &scene.coordinator, &far];
    for person in [&scene.mentee, &scene.mentor] {
        choose(house, person, AGREEMENT, "daily").await;
    }
    while house.work().await > 0 {}
    // The days on which each got a digest of what they were told on a day at noon.
    let mut days = Vec::new();
    house.pass(SignedDuration::from_hours(2 + 3 * 24));
    for told in ["2027-01-14", "2027-01-21"] {
        let today = || jiff::tz::TimeZone::UTC.to_datetime(house.app.now()).date().to_string();
        assert_eq!(today(), told);
        for person in people {
            let kind = if person.id == scene.mentee.id || person.id == scene.mentor.id { AGREEMENT } else { PLAIN };
            tell(house, &[notice(person, kind, "Marta")]).await;
        }
        let mut when = vec![String::new(); people.len()];
        for _ in 0..7 {
            house.work().await;
            for (when, person) in when.iter_mut().zip(people) {
                let has_come = digests(house, person).await > days.len();
                if when.is_empty() && has_come {
                    *when = today();
                }
            }
            house.pass(SignedDuration::from_hours(24));
        }
        days.push(when);
    }
    // Carla's week begins on Sunday; Elena has one on Friday too; Ana coordinates both; Luis has none.
    assert_eq!(days[0], ["2027-01-17", "2027-01-15", "2027-01-15", "2027-01-15"]);
    assert_eq!(days[1], ["2027-01-25", "2027-01-22", "2027-01-22", "2027-01-22"]);
});

story!(a_digest_that_is_late_goes_on_a_working_day, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    house.pass(SignedDuration::from_hours(3 * 24));
    tell(house, &[notice(&ana, PLAIN, "Marta")]).await;
    house.work().await;
    // On Friday at eight, and for a day, there is nobody who would take it.
    house.pass(SignedDuration::from_hours(2 * 24));
    house.work().await;
    assert_eq!(digests(house, &ana).await, 0, "it is Saturday");
    house.pass(SignedDuration::from_hours(2 * 24));
    house.work().await;
    assert_eq!(digests(house, &ana).await, 1, "it is Monday");
});

/// The same people, with another edition.
fn scene_of(scene: &Scene, edition: EditionId) -> Scene {
    let Scene { coordinator, manager, second_manager, mentee, second_mentee, mentor, .. } = scene;
    let [coordinator, manager, second_manager] = [coordinator, manager, second_manager].map(Person::clone);
    let [mentee, second_mentee, mentor] = [mentee, second_mentee, mentor].map(Person::clone);
    Scene { coordinator, edition, manager, second_manager, mentee, second_mentee, mentor }
}

/// How many digests somebody has got.
async fn digests(house: &House, person: &Person) -> usize {
    let mails = house.app.mailer.filed(10_000).await.unwrap();
    let is_it = |head: &str| head.contains(&person.address) && head.contains("Tus avisos de hoy");
    mails.iter().filter(|mail| is_it(&mail.head)).count()
}

story!(a_digest_that_was_not_taken_is_the_same_mail_when_it_is_tried_again, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let office = PostOffice::open(Manner::Takes).await;
    let app = house.set_up(|config| config.smtp = office.url());
    for number in 0..25 {
        tell(house, &[notice(&ana, PLAIN, &number.to_string())]).await;
    }
    jobs::run_due(&app).await.unwrap();
    house.pass(SignedDuration::from_hours(23));
    jobs::run_due(&app).await.unwrap();
    // The server ended before it had noted that the mail was taken.
    house.raw("UPDATE notices SET mailed_at = NULL").await;
    let (id, person) = (kept(house, "digest").await, ana.id);
    let again = json!({ "person": person, "digest": id, "way": "daily" });
    let added: Result<(), telemaco::db::Error> = transaction!(app.db, tx => {
        jobs::add(&app, tx, None, "notices.mail-digest", &again).await
    });
    added.unwrap();
    jobs::run_due(&app).await.unwrap();
    let letters = office.letters();
    let message_id = |letter: &String| letter.lines().find(|line| line.starts_with("Message-ID:")).unwrap().to_owned();
    assert_eq!(letters.len(), 2);
    assert_eq!(message_id(&letters[0]), message_id(&letters[1]));
    assert!(letters[0].contains("otros 5"), "{}", letters[0]);
});

/// A column of the only notices that there are.
async fn kept(house: &House, column: &str) -> uuid::Uuid {
    let text = format!("SELECT {column} AS found FROM notices LIMIT 1");
    let statement: &'static telemaco::db::Statement =
        Box::leak(Box::new(telemaco::db::Statement::new(Box::leak(text.into_boxed_str()), file!(), line!())));
    house.app.db.row(statement, Vec::new()).await.unwrap().unwrap().get("found").unwrap()
}

story!(everybody_chooses_how_they_hear_of_things, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let mut browser = house.browser_of(&luis).await;
    let page = browser.get("/notices/settings").await.expect(200);
    assert!(page.says("El acuerdo de mentoría") && page.says("Llega siempre"), "{}", page.text());
    assert!(!page.says("Correos que no llegan"), "that is for coordinators");
    assert!(house.browser_of(&ana).await.get("/notices/settings").await.expect(200).says("Correos que no llegan"));
    let chosen = |page: &str, kind: &str| {
        let field = page.split(&format!("name=\"{kind}\"")).nth(1).unwrap().split("</select>").next().unwrap();
        field
            .split(" selected")
            .next()
            .unwrap()
            .rsplit("value=\"")
            .next()
            .unwrap()
            .split('"')
            .next()
            .unwrap()
            .to_owned()
    };
    assert_eq!(chosen(&page.text(), AGREEMENT), "at-once");
    let form = [(AGREEMENT, "off"), (ENDED, "off"), ("nothing.such", "off")];
    browser.post("/notices/settings", &form).await.expect(303);
    let page = browser.get("/notices/settings").await.expect(200).text();
    assert_eq!((chosen(&page, AGREEMENT), chosen(&page, ENDED)), ("off".to_owned(), "at-once".to_owned()));
    tell(house, &[notice(&luis, AGREEMENT, "Marta")]).await;
    assert_eq!(browser.get("/notices").await.expect(200).title(), "No tienes avisos sin leer");
    assert!(!browser.get("/notices").await.expect(200).says("Marta"));
    house.work().await;
    assert!(house.mail_to(&luis.address).await.is_none());
    // What was proposed at first is no choice that has to be kept.
    browser.post("/notices/settings", &[(AGREEMENT, "at-once")]).await.expect(303);
    assert_eq!(browser.get("/notices").await.expect(200).title(), "Tienes un aviso sin leer");
    let trail = house.browser_of(&ana).await.get("/audit?verb=notices").await.expect(200);
    assert_eq!(trail.text().matches("<td role=\"cell\">Eligió cómo recibir los avisos").count(), 2);
});

story!(programs_read_ones_own_notices, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    for name in ["Uno", "Dos", "Tres"] {
        tell(house, &[notice(&luis, AGREEMENT, name).about(luis.id.0)]).await;
    }
    let mut own = program(house, &luis).await;
    let first = own.get("/api/me/notices?limit=2").await.expect(200).json();
    let texts: Vec<&str> =
        first["items"].as_array().unwrap().iter().map(|item| item["text"].as_str().unwrap()).collect();
    assert!(texts[0].starts_with("Tres ") && texts[1].starts_with("Dos "), "{first}");
    assert_eq!(first["items"][0]["about"], json!(luis.id));
    let next = format!("/api/me/notices?after={}", first["next"].as_str().unwrap());
    let second = own.get(&next).await.expect(200).json();
    assert!(second["items"].as_array().unwrap().len() == 1 && second["next"].is_null());
    let path = format!("/api/me/notices/{}/read", first["items"][0]["id"].as_str().unwrap());
    assert!(
        send(&mut own, axum::http::Method::POST, &path, &json!({})).await.expect(200).json()["read_at"].is_string()
    );
    send(&mut program(house, &ana).await, axum::http::Method::POST, &path, &json!({})).await.expect(404);
    let unread = own.get("/api/me/notices?unread=true").await.expect(200).json();
    assert_eq!(unread["items"].as_array().unwrap().len(), 2);
    let read = send(&mut own, axum::http::Method::POST, "/api/me/notices/read", &json!({})).await.expect(200).json();
    assert_eq!(read["count"], 2);
});

story!(a_stranger_learns_nothing_of_notices, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    tell(house, &[notice(&ana, AGREEMENT, "Marta")]).await;
    for path in ["/notices", "/notices/settings"] {
        assert!(house.stranger().get(path).await.expect(303).location().starts_with("/sign-in"));
    }
    house.stranger().get("/api/me/notices").await.expect(401);
});

story!(a_page_that_is_fetched_in_case_is_not_read, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    tell(house, &[notice(&ana, AGREEMENT, "Marta")]).await;
    let mut browser = house.browser_of(&ana).await;
    let page = browser.get("/notices").await.expect(200).text();
    let path = format!("/notices/{}", page.split("href=\"/notices/").nth(1).unwrap().split('"').next().unwrap());
    let guess = [("sec-purpose", "prefetch;prerender")];
    browser.request_with(axum::http::Method::GET, &path, &guess, "").await.expect(303);
    assert_eq!(browser.get("/notices").await.expect(200).title(), "Tienes un aviso sin leer");
    browser.get(&path).await.expect(303);
    assert_eq!(browser.get("/notices").await.expect(200).title(), "No tienes avisos sin leer");
});

story!(a_digest_brings_nothing_that_was_stopped_since_and_comes_at_no_late_hour, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Coordinator]).await;
    tell(house, &[notice(&ana, PLAIN, "Uno"), notice(&luis, PLAIN, "Uno")]).await;
    house.work().await;
    choose(house, &luis, PLAIN, "product").await;
    // The mail server was down from the morning until half past nine in the evening.
    house.pass(SignedDuration::from_mins(35 * 60 + 30));
    house.work().await;
    assert!(house.mail_to(&ana.address).await.is_none(), "not at night");
    house.pass(SignedDuration::from_mins(10 * 60 + 30));
    house.work().await;
    assert!(house.mail_to(&ana.address).await.unwrap().contains("Tus avisos de hoy"));
    assert!(house.mail_to(&luis.address).await.is_none(), "he stopped it");
    assert_eq!(waiting(&house.app).await, 0);
});
