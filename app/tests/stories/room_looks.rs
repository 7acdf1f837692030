//! What whoever opens a sitting sees in Chromium, with an account and without one: axe finds nothing, nothing is wider than a phone, in both
//! languages and both colour schemes. A host's way from the mail to a sitting that is open, on a phone with scripts off.

use telemaco::i18n::Lang;

use crate::forwarding::{maildir, reads};
use crate::goals::framed;
use crate::inviting::{invited, pressed};
use crate::observations::{HOST, secretary};
use crate::support::House;
use crate::support::browser::Browser;
use crate::support::looks::{Look, everywhere, look, serve_with};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_whoever_opens_a_sitting_is_for_everybody() {
    let house = House::on_sqlite().await;
    let returns = maildir(&house);
    let url = serve_with(&house, |config| reads(config, &returns)).await;
    let pair = framed(&house).await;
    let sol = secretary(&house, &pair).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let used = invited(&house, &mut andres, &pair).await;
    let mut rosa = house.stranger();
    let opened = pressed(&mut rosa, &used, &[("place", "Planta noble")]).await.expect(303).location().to_owned();
    invited(&house, &mut andres, &pair).await;
    let links = house.links_to(HOST).await;
    let link = links.into_iter().find(|link| link.starts_with("/o/new/") && *link != used).unwrap();
    let list = andres.get("/sittings").await.expect(200).text();
    let sitting = format!("/sittings/{}", list.split("href=\"/sittings/").nth(1).unwrap().split('"').next().unwrap());
    let edition = format!("/editions/{}/sittings", pair.edition);
    let mut looks: Vec<Look<'_>> = Vec::new();
    for person in [&pair.andres, &sol] {
        let pages = [format!("{edition}/new"), sitting.clone(), format!("{sitting}/edit")];
        looks.extend(pages.map(|page| (Some(person), page)));
    }
    let papers = [edition, "/records".to_owned(), format!("{sitting}/record/annex")];
    looks.extend(papers.map(|page| (Some(&sol), page)));
    looks.extend([link, used, opened, "/o/new/none".to_owned(), "/o/none".to_owned()].map(|page| (None, page)));
    let wrong = everywhere(&house, &url, &looks, "room").await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_host_opens_a_sitting_from_a_mail_without_scripts() {
    let house = House::on_sqlite().await;
    let url = serve_with(&house, |_| {}).await;
    let pair = framed(&house).await;
    secretary(&house, &pair).await;
    let link = invited(&house, &mut house.browser_of(&pair.andres).await, &pair).await;
    let browser = Browser::start(360, 800, false, false, "es").await.unwrap();
    let say = |key: &str| Lang::Es.say(key);
    let mut wrong = Vec::new();
    browser.goto(&format!("{url}{link}")).await.unwrap();
    browser.press(&say("observations-open-button")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(&say("observations-by-link-title")));
    look(&browser, "the form that lacks its times", &mut wrong).await;
    for (field, value) in
        [("observations-day", "2027-01-15"), ("observations-from", "10:00"), ("observations-until", "12:00")]
    {
        browser.fill(&say(field), value).await.unwrap();
    }
    browser.press(&say("observations-open-button")).await.unwrap();
    look(&browser, "a sitting that was opened by a link", &mut wrong).await;
    assert!(browser.place().await.unwrap().starts_with("/o/"), "{}", browser.text().await.unwrap());
    assert_eq!(house.count("sittings").await, 1);
    browser.goto(&format!("{url}{link}")).await.unwrap();
    look(&browser, "the link once more", &mut wrong).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    browser.end().await.unwrap();
    house.end().await;
}
