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

/// A pair in its summer: an agreement signed, meetings held, missed, agreed and waiting, a goal, a debrief owed, a review given.
struct Stage {
    pair: Pair,
    held: String,
    waiting: String,
    links: Vec<String>,
}

impl Stage {
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
        let done = [("day", "2027-01-11"), ("time", "00:30"), ("minutes", "60")];
        andres.post(&format!("{visit}/done"), &done).await.expect(303);
        live(house, 40).await;
        house.pass(SignedDuration::from_hours(24 * 128));
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
        let with = |address: &str, path: &str| {
            let to = format!("<{address}>");
            let mail = mails.iter().find(|mail| mail.head.contains(&to) && mail.text.contains(&format!("{path}/")));
            acting(&mail.unwrap_or_else(|| panic!("no mail to {address} with {path}")).text, path)
        };
        let (hers, his) = (pair.lucia.address.as_str(), pair.andres.address.as_str());
        let proposed = house.mail_saying(his, "Cada semana, 6 veces").await;
        let links = [(hers, "/m"), (hers, "/g"), (hers, "/d"), (hers, "/r"), (hers, "/w"), (his, "/w")];
        let links = links.into_iter().map(|(address, path)| with(address, path));
        let links = std::iter::once(acting(&proposed, "/m")).chain(links).collect();
        Self { pair, held, waiting, links }
    }

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
    let stage = Stage::of(&house).await;
    let url = serve(&house).await;
    let wrong = everywhere(&house, &url, &stage.looks(), "journey").await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.end().await;
}

/// On a phone with scripts off, from mails alone; and what is printed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn by_links_without_scripts_and_in_print() {
    let house = House::on_sqlite().await;
    let stage = Stage::of(&house).await;
    let url = serve(&house).await;
    let browser = Browser::start(360, 800, false, false, "es").await.unwrap();
    let say = |key: &str| Lang::Es.say(key);
    let [times, _, goal, debrief, orientation, hers, _] = &stage.links[..] else { panic!("seven links") };
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
    browser.goto(&format!("{url}{orientation}")).await.unwrap();
    browser.press(&say("orientation-read")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("orientation-title-read")));
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
