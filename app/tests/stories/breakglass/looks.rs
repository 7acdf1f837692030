//! The pages of openings in Chromium, with something on them: axe finds nothing, nothing is wider than a phone, in both languages and both
//! colour schemes; and the whole way on a phone with scripts off.

use std::net::SocketAddr;

use jiff::SignedDuration;
use serde_json::json;
use telemaco::i18n::{Lang, Message};
use tokio::net::TcpListener;

use super::{REASON, Stage, WHY, asked, opened, written};
use crate::support::browser::Browser;
use crate::support::{House, Person};

/// The installation on a port, at the story's own time.
async fn serve(house: &House) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let app = house.set_up(|config| config.public_url.clone_from(&url));
    let service = telemaco::web::router(app).unwrap().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    url
}

async fn sign_in(house: &House, browser: &Browser, url: &str, person: &Person) {
    let client = house.browser_of(person).await;
    let session = client.cookie("telemaco_session").unwrap();
    let cookie = json!({ "name": "telemaco_session", "value": session, "url": url });
    browser.devtools("Network.setCookie", cookie).await.unwrap();
}

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
    let mut wrong = Vec::new();
    for (width, dark, lang) in
        [(360, false, Lang::Es), (1280, true, Lang::Es), (360, true, Lang::En), (1280, false, Lang::En)]
    {
        house.raw(&format!("UPDATE persons SET language = '{lang}'")).await;
        let browser = Browser::start(width, 800, dark, true, lang.code()).await.unwrap();
        for (number, (person, page)) in looks.iter().enumerate() {
            sign_in(&house, &browser, &url, person).await;
            browser.goto(&format!("{url}{page}")).await.unwrap();
            look(&browser, &format!("{page} as {} ({width} px, dark {dark}, {lang})", person.name), &mut wrong).await;
            if let Some(folder) = std::env::var_os("TELEMACO_TEST_PICTURES") {
                let name = format!("glass-{number:02}-{width}-{lang}.png");
                browser.screenshot(&std::path::Path::new(&folder).join(name)).await.unwrap();
            }
        }
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

async fn look(browser: &Browser, at: &str, wrong: &mut Vec<String>) {
    wrong.extend(browser.axe().await.unwrap().iter().map(|violation| format!("{at}: {violation}")));
    if browser.scrolls_sideways().await.unwrap() {
        wrong.push(format!("{at} scrolls sideways"));
    }
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
