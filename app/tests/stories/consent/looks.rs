//! The pages of consent and of mentorships in Chromium, with something on them: axe finds nothing, nothing is wider than a phone, in
//! both languages and both colour schemes; and an answer by a mail's link on a phone with scripts off.

use serde_json::json;
use telemaco::app::{App, Clock};
use telemaco::db::{Error, Statement};
use telemaco::i18n::Lang;
use telemaco::programmes::Track;
use telemaco::{identity, transaction};

use super::cast::Cast;
use super::{ACCEPT, DECLINE, answer, at_proposal};
use crate::crash::Server;
use crate::support::browser::Browser;
use crate::support::{House, Person};

/// A page, and who looks at it.
type Look<'a> = (&'a Person, String);

/// Everybody reads in this language from now on.
async fn speak(house: &House, lang: Lang) {
    static LANG: Statement = Statement::new("UPDATE persons SET language = $1", file!(), line!());
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&LANG, vec![lang.into()]).await);
    done.unwrap();
}

/// The program knows the true time, not the story's.
async fn sign_in(house: &House, browser: &Browser, url: &str, person: &Person) {
    let today = App { clock: Clock::System, ..house.app.clone() };
    let session = identity::open_session(&today, person.id).await.map_err(anyhow::Error::from).unwrap();
    let cookie = json!({ "name": "telemaco_session", "value": session, "url": url });
    browser.devtools("Network.setCookie", cookie).await.unwrap();
}

/// Proposals in every state, one mentorship that runs and one that ended.
async fn stage(house: &House) -> Cast {
    let mentees = ["Lucía Ibáñez", "Íñigo Sáez", "Begoña Muñoz", "Álvaro Peña", "Carla Rey", "Diego Paz"];
    let mentors = ["Andrés Güell", "María Núñez", "José García", "Clara Duval", "Nuria Sanz", "Pablo Ruiz"];
    let mut cast = Cast::new(house, Track::Promotion, &mentees, &mentors).await;
    cast.propose(house, &[(4, 4), (5, 5)]).await;
    for person in [&cast.mentors[4], &cast.mentees[4], &cast.mentors[5], &cast.mentees[5]] {
        answer(house, &person.clone(), ACCEPT).await;
    }
    cast.publish().await.expect(303);
    house.work().await;
    let mut leaver = house.browser_of(&cast.mentees[5]).await;
    let list = leaver.get("/mentorships").await.expect(200).text();
    let own = list.split("href=\"/mentorships/").nth(1).unwrap().split('"').next().unwrap();
    let form = [("version", "1"), ("reason", "Horarios imposibles"), ("another", "yes")];
    leaver.post(&format!("/mentorships/{own}/end"), &form).await.expect(303);
    house.pass(jiff::SignedDuration::from_hours(1));
    cast.propose(house, &[(0, 0), (1, 1), (2, 2), (3, 3)]).await;
    answer(house, &cast.mentors[0].clone(), ACCEPT).await;
    answer(house, &cast.mentors[1].clone(), ACCEPT).await;
    answer(house, &cast.mentees[1].clone(), DECLINE).await;
    cast
}

/// Every page, with whoever may see it.
async fn looks<'a>(house: &House, cast: &'a Cast) -> Vec<Look<'a>> {
    let mut looks = Vec::new();
    for rest in ["consent", "consent?state=declined", "consent?q=zzz", "mentorships", "mentorships?shown=ended"] {
        looks.push((&cast.coordinator, cast.path(rest)));
    }
    for person in [&cast.mentees[0], &cast.mentees[1], &cast.mentees[3], &cast.mentors[1], &cast.mentors[2]] {
        looks.push((person, "/proposals".to_owned()));
    }
    for person in [&cast.mentees[0], &cast.mentees[1], &cast.mentors[1], &cast.mentors[2]] {
        looks.push((person, at_proposal(house, person).await.1));
    }
    let published = [&cast.mentees[4], &cast.mentors[5]];
    for person in published {
        looks.push((person, "/mentorships".to_owned()));
        let list = house.browser_of(person).await.get("/mentorships").await.expect(200).text();
        let own = list.split("href=\"/mentorships/").nth(1).unwrap().split('"').next().unwrap();
        looks.push((person, format!("/mentorships/{own}")));
        looks.push((&cast.coordinator, format!("/mentorships/{own}")));
    }
    looks.push((&cast.mentees[0], "/mentorships".to_owned()));
    looks.push((&cast.mentees[0], cast.path("wishes")));
    looks.push((&cast.mentors[0], cast.path("wishes")));
    looks
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_for_everybody() {
    let house = House::on_sqlite().await;
    let cast = stage(&house).await;
    let looks = looks(&house, &cast).await;
    let server = Server::start(&house);
    let url = server.url();
    let mut wrong = Vec::new();
    for (width, dark, lang) in
        [(360, false, Lang::Es), (1280, true, Lang::Es), (360, true, Lang::En), (1280, false, Lang::En)]
    {
        speak(&house, lang).await;
        let browser = Browser::start(width, 800, dark, true, lang.code()).await.unwrap();
        for (number, (person, page)) in looks.iter().enumerate() {
            sign_in(&house, &browser, &url, person).await;
            browser.goto(&format!("{url}{page}")).await.unwrap();
            let at = format!("{page} as {} ({width} px, dark {dark}, {lang})", person.name);
            // What is folded is looked at too.
            let open = "document.querySelectorAll('details').forEach(one => one.open = true)";
            browser.client().execute(open, Vec::new()).await.unwrap();
            wrong.extend(browser.axe().await.unwrap().iter().map(|violation| format!("{at}: {violation}")));
            if browser.scrolls_sideways().await.unwrap() {
                wrong.push(format!("{at} scrolls sideways"));
            }
            if let Some(folder) = std::env::var_os("TELEMACO_TEST_PICTURES") {
                let name = format!("{number:02}-{width}-{lang}.png");
                browser.screenshot(&std::path::Path::new(&folder).join(name)).await.unwrap();
            }
        }
        browser.end().await.unwrap();
    }
    server.kill();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.end().await;
}

/// On a phone, with scripts off, from the mail to the answer.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_by_mail_without_scripts() {
    let house = House::on_sqlite().await;
    let mut cast = Cast::new(&house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell"]).await;
    cast.propose(&house, &[(0, 0), (1, 0)]).await;
    let links = house.links_to(&cast.mentors[0].address).await;
    let server = Server::start(&house);
    let url = server.url();
    let browser = Browser::start(360, 800, false, false, "es").await.unwrap();
    let say = |key: &str| Lang::Es.say(key);
    browser.goto(&format!("{url}{}", links[0])).await.unwrap();
    assert!(browser.text().await.unwrap().contains("¿Quieres mentorizar a"));
    browser.press(&say("consent-accept")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("consent-title-yes")));
    browser.goto(&format!("{url}{}", links[1])).await.unwrap();
    browser.press(&say("consent-decline-open")).await.unwrap();
    browser.fill(&say("consent-reason-label"), "Ya tengo bastante").await.unwrap();
    browser.press(&say("consent-decline")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("consent-title-no")));
    browser.goto(&format!("{url}{}", links[1])).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("consent-title-no")), "used again it says what was answered");
    browser.end().await.unwrap();
    server.kill();
    assert!(cast.overview().await.contains("Ya tengo bastante"));
    house.end().await;
}
