//! The pages of openings in Chromium, with something on them: axe finds nothing, nothing is wider than a phone, in both languages and both
//! colour schemes; and the whole way on a phone with scripts off.

use jiff::SignedDuration;
use telemaco::i18n::{Lang, Message};

use super::{REASON, Stage, WHY, asked, opened, written};
use crate::support::House;
use crate::support::browser::Browser;
use crate::support::looks::{SCREENS, everywhere, look, serve, sign_in};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_is_for_everybody() {
    let house = House::on_sqlite().await;
    let stage = Stage::agreed(&house).await;
    written(&house, &stage).await;
    let told = opened(&house, &stage, &[("hours", "24")]).await;
    house.pass(SignedDuration::from_hours(30));
    let hold = [("hold", "yes"), ("until", "2027-02-01"), ("why", WHY)];
    let open = opened(&house, &stage, &hold).await;
    let waits = asked(&house, &stage, &hold).await;
    let (ana, luis, lucia) = (&stage.pair.ana, &stage.luis, &stage.pair.lucia);
    let looks = [
        (ana, "/break-glass".to_owned()),
        (ana, stage.ask()),
        (ana, waits.clone()),
        (ana, open.clone()),
        (ana, told.clone()),
        (luis, "/break-glass".to_owned()),
        (luis, "/".to_owned()),
        (luis, waits),
        (luis, format!("{open}/words")),
        (lucia, told),
        (lucia, stage.home.clone()),
    ];
    let url = serve(&house).await;
    let looks = looks.map(|(person, page)| (Some(person), page));
    let mut wrong = everywhere(&house, &url, &looks, "glass").await;
    for (width, dark, lang) in SCREENS {
        house.raw(&format!("UPDATE persons SET language = '{lang}'")).await;
        let browser = Browser::start(width, 800, dark, true, lang.code()).await.unwrap();
        // A form with every problem that it can have.
        sign_in(&house, &browser, &url, ana).await;
        browser.goto(&format!("{url}{}", stage.ask())).await.unwrap();
        browser.fill(&lang.say("breakglass-why"), WHY).await.unwrap();
        browser.press(&lang.say("breakglass-ask-button")).await.unwrap();
        look(&browser, &format!("the form with problems ({width} px, {lang})"), &mut wrong).await;
        let page = browser.text().await.unwrap();
        assert!(page.contains(&lang.say("breakglass-hold-unsaid")), "{page}");
        browser.end().await.unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    house.end().await;
}

/// On a phone, with scripts off and in English: asked, confirmed, read and closed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_way_without_scripts() {
    let house = House::on_sqlite().await;
    let stage = Stage::agreed(&house).await;
    written(&house, &stage).await;
    house.raw("UPDATE persons SET language = 'en'").await;
    let url = serve(&house).await;
    let browser = Browser::start(360, 800, false, false, "en").await.unwrap();
    let say = |key: &str| Lang::En.say(key);
    sign_in(&house, &browser, &url, &stage.pair.ana).await;
    browser.goto(&format!("{url}{}", stage.home)).await.unwrap();
    browser.follow(&say("breakglass-voice-link")).await.unwrap();
    let operator = say("identity-part-operator");
    browser.fill(&say("breakglass-second"), &format!("Luis Prado · {operator}")).await.unwrap();
    browser.fill(&say("breakglass-reason"), REASON).await.unwrap();
    browser.choose(&format!("24 {}", say("breakglass-hours-unit"))).await.unwrap();
    browser.press(&say("breakglass-ask-button")).await.unwrap();
    assert!(browser.text().await.unwrap().contains("Luis Prado has to answer"));
    let opening = browser.place().await.unwrap();
    sign_in(&house, &browser, &url, &stage.luis).await;
    browser.goto(&format!("{url}{opening}")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(REASON));
    let confirm = Message::new("breakglass-confirm").with("hours", 24_i64);
    browser.press(&Lang::En.tell(&confirm)).await.unwrap();
    browser.follow(&say("breakglass-read")).await.unwrap();
    assert!(browser.text().await.unwrap().contains(super::GOAL));
    browser.goto(&format!("{url}{opening}")).await.unwrap();
    browser.press(&say("breakglass-close")).await.unwrap();
    assert!(browser.text().await.unwrap().contains("It was closed before its time"));
    browser.end().await.unwrap();
    house.end().await;
}
