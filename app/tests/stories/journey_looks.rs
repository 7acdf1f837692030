//! What a pair, whoever keeps a diary, and a mail's link show in Chromium, with something on it: axe finds nothing, nothing is wider than a
//! phone, in both languages and both colour schemes. The whole way by links on a phone with scripts off; the agreement and a review in print.

use jiff::SignedDuration;
use telemaco::i18n::{Lang, Message};

use crate::activities::planned;
use crate::agreement;
use crate::by_mail::acting;
use crate::goals;
use crate::health::live;
use crate::meetings::{accept, id_in, list, propose};
use crate::reviews::{give, review};
use crate::support::browser::Browser;
use crate::support::looks::{Look, everywhere, printed, serve, sign_in};
use crate::support::{Client, House};
use crate::vault::{Pair, pair};

/// A pair in its summer, and links of its mails: to times, to how a goal goes, to a debrief, to a review, to a clock's or a question's.
struct Stage {
    pair: Pair,
    held: String,
    waiting: String,
    links: [String; 5],
}

/// A young pair that has not read the orientation yet nor said whether a visit took place, and the links with which it does.
struct Young {
    pair: Pair,
    held: String,
    visit: String,
    orientation: String,
    took_place: String,
}

impl Young {
    async fn of(house: &House) -> Self {
        let pair = pair(house).await;
        let (mut lucia, mut andres) = both(house, &pair).await;
        agreement::write(&mut lucia, &pair, &[], "propose").await;
        agreement::sign(&mut andres, &pair).await;
        let goal = [
            ("statement", "Abrir yo las reuniones del comité"),
            ("measure", "Tres de cada cuatro"),
            ("kind", "professional"),
            ("term", "long"),
            ("due", "2027-09-30"),
        ];
        goals::add(&mut lucia, &pair, &goal).await;
        let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
        let held = propose(&mut lucia, &pair).await;
        accept(&mut andres, &held).await;
        live(house, 16).await;
        let orientation = acting(&house.mail_saying(&pair.lucia.address, "leer la orientación").await, "/r");
        let took_place = acting(&house.mail_saying(&pair.lucia.address, "si tuvo lugar").await, "/d");
        Self { pair, held, visit, orientation, took_place }
    }

    fn looks(&self) -> [Look<'_>; 2] {
        [&self.orientation, &self.took_place].map(|link| (None, link.clone()))
    }

    /// In its summer: a debrief is owed, the other's review given, a series of meetings proposed.
    async fn grown(self, house: &House) -> Stage {
        let Self { pair, held, visit, .. } = self;
        house.pass(SignedDuration::from_hours(24 * 152));
        let mut andres = house.browser_of(&pair.andres).await;
        let done = [("day", "2027-06-28"), ("time", "00:30"), ("minutes", "60")];
        andres.post(&format!("{visit}/done"), &done).await.expect(303);
        live(house, 8).await;
        let (mut lucia, mut andres) = both(house, &pair).await;
        give(&mut andres, &review(&pair, "midpoint"), &[("works", "Las preguntas"), ("hard", "El tiempo")]).await;
        let new = format!("{}/new", list(&pair));
        let weekly = [
            ("minutes", "60"),
            ("way", "online"),
            ("day1", "2027-07-20"),
            ("hour1", "10:00"),
            ("rhythm", "weekly"),
            ("repeats", "6"),
        ];
        let waiting = id_in(&lucia.post(&new, &weekly).await.expect(303));
        while house.work().await > 0 {}
        let mails = house.app.mailer.filed(1000).await.unwrap();
        let hers = format!("<{}>", pair.lucia.address);
        let with = |path: &str| {
            let leads = |text: &str| text.contains(&format!("{path}/"));
            let mail = mails.iter().find(|mail| mail.head.contains(&hers) && leads(&mail.text));
            acting(&mail.unwrap_or_else(|| panic!("no mail to her leads to {path}")).text, path)
        };
        let times = acting(&house.mail_saying(&pair.andres.address, "Cada semana, 6 veces").await, "/m");
        let links = [times, with("/g"), with("/d"), with("/w"), with("/m")];
        Stage { pair, held, waiting, links }
    }
}

impl Stage {
    fn looks(&self) -> Vec<Look<'_>> {
        let home = format!("/mentorships/{}", self.pair.mentorship);
        let (held, waiting) = (format!("/meetings/{}", self.held), format!("/meetings/{}", self.waiting));
        let of_pair =
            ["", "/meetings", "/meetings/new", "/agreement/1", "/goals/review", "/copies", "/reviews/midpoint"];
        let mut looks: Vec<Look<'_>> = Vec::new();
        for person in [&self.pair.lucia, &self.pair.andres] {
            let pages = of_pair.into_iter().map(|page| format!("{home}{page}"));
            let more = ["/notices", "/notices/settings", "/month", "/account", "/account/calendar"].map(str::to_owned);
            let all = pages.chain([held.clone(), waiting.clone(), format!("{waiting}/times")]).chain(more);
            looks.extend(all.map(|page| (Some(person), page)));
        }
        looks.extend(["/account/assistant", "/diary"].map(|page| (Some(&self.pair.andres), page.to_owned())));
        looks.extend(["/notices/hooks"].map(|page| (Some(&self.pair.ana), page.to_owned())));
        looks.extend(self.links.iter().map(|link| (None, link.clone())));
        looks.extend(["/m/none", "/d/none", "/unsubscribe/none"].map(|page| (None, page.to_owned())));
        looks
    }
}

async fn both(house: &House, pair: &Pair) -> (Client, Client) {
    (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_a_pair_and_of_links_is_for_everybody() {
    let house = House::on_sqlite().await;
    let url = serve(&house).await;
    let young = Young::of(&house).await;
    let mut wrong = everywhere(&house, &url, &young.looks(), "young").await;
    house.raw("UPDATE persons SET language = 'es'").await;
    let stage = young.grown(&house).await;
    wrong.extend(everywhere(&house, &url, &stage.looks(), "journey").await);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.end().await;
}

/// On a phone with scripts off, from mails alone; and what is printed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_links_without_scripts_and_in_print() {
    let house = House::on_sqlite().await;
    let url = serve(&house).await;
    let young = Young::of(&house).await;
    let browser = Browser::start(360, 800, false, false, "es").await.unwrap();
    let say = |key: &str| Lang::Es.say(key);
    browser.goto(&format!("{url}{}", young.orientation)).await.unwrap();
    browser.press(&say("orientation-read")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("orientation-title-read")));
    let stage = young.grown(&house).await;
    let [times, goal, debrief, hers, _] = &stage.links;
    browser.goto(&format!("{url}{times}")).await.unwrap();
    let time = Message::new("meetings-choose-time").with("at", "20 jul 2027, 10:00 (Europe/Madrid)");
    browser.press(&Lang::Es.tell(&time)).await.unwrap();
    assert!(browser.text().await.unwrap().contains("20 jul 2027, 10:00"));
    browser.goto(&format!("{url}{goal}")).await.unwrap();
    browser.fill(&say("goals-link-line"), "Ya abro dos de cada cuatro").await.unwrap();
    browser.press(&say("goals-link-save")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("goals-link-done-text")));
    browser.goto(&format!("{url}{debrief}")).await.unwrap();
    browser.fill(&say("activities-seen"), "Quien calla manda").await.unwrap();
    browser.press(&say("activities-debrief-save")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("activities-link-done")));
    browser.goto(&format!("{url}{hers}")).await.unwrap();
    browser.fill(&say("reviews-ask-works"), "Que me deja hablar").await.unwrap();
    browser.press(&say("reviews-give")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("reviews-link-given")));
    sign_in(&house, &browser, &url, &stage.pair.lucia).await;
    for (page, says) in [("agreement/1", "Lucía Ibáñez"), ("reviews/midpoint", "Que me deja hablar")] {
        browser.goto(&format!("{url}/mentorships/{}/{page}", stage.pair.mentorship)).await.unwrap();
        assert!(browser.text().await.unwrap().contains(says));
        assert!(printed(&browser, &page.replace('/', "-")).await > 7_500);
    }
    browser.end().await.unwrap();
    house.end().await;
}
