//! Pages of a story in Chromium, at the story's own time: what axe finds in them, and what is wider than the screen.

use std::net::SocketAddr;
use std::path::Path;

use serde_json::json;
use telemaco::config::Config;
use telemaco::i18n::Lang;
use tokio::net::TcpListener;

use super::browser::Browser;
use super::{House, Person};

/// A page, and who looks at it: nobody in particular, by a mail's link.
pub type Look<'a> = (Option<&'a Person>, String);

/// How wide, in the dark or not, in which language.
pub const SCREENS: [(u32, bool, Lang); 4] =
    [(360, false, Lang::Es), (1280, true, Lang::Es), (360, true, Lang::En), (1280, false, Lang::En)];

/// The installation on a port.
pub async fn serve(house: &House) -> String {
    serve_with(house, |_| {}).await
}

/// The same with other settings.
pub async fn serve_with(house: &House, change: impl FnOnce(&mut Config)) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let app = house.set_up(|config| {
        config.public_url.clone_from(&url);
        change(config);
    });
    let service = telemaco::web::router(app).unwrap().into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    url
}

pub async fn sign_in(house: &House, browser: &Browser, url: &str, person: &Person) {
    let client = house.browser_of(person).await;
    let session = client.cookie("telemaco_session").unwrap();
    let cookie = json!({ "name": "telemaco_session", "value": session, "url": url });
    browser.devtools("Network.setCookie", cookie).await.unwrap();
}

/// What is wrong with the page that a browser shows, beside what was.
pub async fn look(browser: &Browser, at: &str, wrong: &mut Vec<String>) {
    wrong.extend(browser.axe().await.unwrap().iter().map(|violation| format!("{at}: {violation}")));
    if browser.scrolls_sideways().await.unwrap() {
        wrong.push(format!("{at} scrolls sideways"));
    }
}

/// What is wrong with pages, with all that folds unfolded, on every screen; their pictures go where `TELEMACO_TEST_PICTURES` says.
pub async fn everywhere(house: &House, url: &str, looks: &[Look<'_>], name: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (width, dark, lang) in SCREENS {
        house.raw(&format!("UPDATE persons SET language = '{lang}'")).await;
        let browser = Browser::start(width, 800, dark, true, lang.code()).await.unwrap();
        for (number, (person, page)) in looks.iter().enumerate() {
            match person {
                Some(person) => sign_in(house, &browser, url, person).await,
                None => browser.client().delete_all_cookies().await.unwrap(),
            }
            browser.goto(&format!("{url}{page}")).await.unwrap();
            let open = "document.querySelectorAll('details').forEach(one => one.open = true)";
            browser.client().execute(open, Vec::new()).await.unwrap();
            let who = person.map_or("somebody with a link", |person| person.name.as_str());
            look(&browser, &format!("{page} as {who} ({width} px, dark {dark}, {lang})"), &mut wrong).await;
            if let Some(folder) = std::env::var_os("TELEMACO_TEST_PICTURES") {
                let file = format!("{name}-{number:02}-{width}-{lang}.png");
                browser.screenshot(&Path::new(&folder).join(file)).await.unwrap();
            }
        }
        browser.end().await.unwrap();
    }
    wrong
}

/// A page as Chromium prints it, and whether it is more than an empty sheet; it goes where `TELEMACO_STORY_PAPERS` says.
pub async fn printed(browser: &Browser, name: &str) -> usize {
    use base64::Engine as _;
    let printed = browser.devtools("Page.printToPDF", json!({ "printBackground": true })).await.unwrap();
    let bytes = base64::engine::general_purpose::STANDARD.decode(printed["data"].as_str().unwrap()).unwrap();
    if let Some(folder) = std::env::var_os("TELEMACO_STORY_PAPERS") {
        std::fs::write(Path::new(&folder).join(format!("{name}.pdf")), &bytes).unwrap();
    }
    bytes.len()
}
