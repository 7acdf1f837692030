//! Two phones at once in Chromium, the secretary's and the observer's. The secretary's loses its connection twice, and once an answer on its way:
//! the record is complete, in order, and without doubles.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse as _, Response};
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::identity;
use tokio::net::TcpListener;

use super::scene::{Scene, scene};
use crate::api::program;
use crate::story;
use crate::support::browser::Browser;
use crate::support::looks::printed;
use crate::support::{House, Person};

/// A phone of somebody who is signed in.
async fn phone(house: &House, url: &str, person: &Person) -> Browser {
    let browser = Browser::start(360, 740, false, true, "es").await.unwrap();
    let session = identity::open_session(&house.app, person.id).await.map_err(anyhow::Error::from).unwrap();
    browser.goto(&format!("{url}/sign-in")).await.unwrap();
    let cookie = json!({ "name": "telemaco_session", "value": session, "url": url });
    browser.devtools("Network.setCookie", cookie).await.unwrap();
    // Its clock stands still but where the story moves it on, together with the installation's: then what is recorded is exact.
    let source = "Date.now = () => 1800000000000 + Number(sessionStorage.getItem('ahead') ?? 0);";
    browser.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source })).await.unwrap();
    // Without this the network is not the driver's to take away.
    browser.devtools("Network.enable", json!({})).await.unwrap();
    browser
}

/// Takes a phone's connection away, or gives it back.
async fn connect(browser: &Browser, is_on: bool) {
    let conditions = json!({ "offline": !is_on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.emulateNetworkConditions", conditions).await.unwrap();
}

/// Moves a phone's clock on by itself: no time passes.
async fn jump(browser: &Browser, time: SignedDuration) {
    let shift = "sessionStorage.setItem('ahead', Number(sessionStorage.getItem('ahead') ?? 0) + arguments[0]);";
    let time = i64::try_from(time.as_millis()).unwrap();
    browser.client().execute(shift, vec![json!(time)]).await.unwrap();
}

/// Moves the time on: the installation's, and the phone's own, which says when something waited.
async fn pass(house: &House, browser: &Browser, minutes: i64) {
    wait(house, browser, SignedDuration::from_mins(minutes)).await;
}

async fn wait(house: &House, browser: &Browser, time: SignedDuration) {
    house.pass(time);
    jump(browser, time).await;
}

/// Waits until a page says something.
async fn until(browser: &Browser, text: &str) {
    let mut said = String::new();
    for _ in 0..120 {
        said = browser.text().await.unwrap();
        if said.to_lowercase().contains(&text.to_lowercase()) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("{text:?} does not come: {said}");
}

/// A tap on the button with this name. Time does not run by itself, so that two taps would be of one instant.
async fn tap(house: &House, browser: &Browser, id: &str) {
    wait(house, browser, SignedDuration::from_secs(1)).await;
    let press = "const button = document.getElementById(arguments[0]); button.scrollIntoView({ block: 'center' }); button.click();";
    browser.client().execute(press, vec![json!(id)]).await.unwrap();
}

/// Waits until nothing waits any more.
async fn settled(browser: &Browser) {
    let waiting = "return Object.keys(localStorage).filter(key => key.startsWith('telemaco '))
        .reduce((count, key) => count + JSON.parse(localStorage.getItem(key)).length, 0)";
    for _ in 0..200 {
        if browser.client().execute(waiting, Vec::new()).await.unwrap() == json!(0) {
            // The page follows with the answer.
            tokio::time::sleep(Duration::from_millis(300)).await;
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("something still waits: {}", browser.text().await.unwrap());
}

/// What happens to what a phone sends.
#[derive(Clone, Default)]
struct Line {
    /// The next answer is lost, after what was asked was done.
    swallows: Arc<AtomicBool>,
    /// What is told waits on its way until this is over.
    is_slow: Arc<AtomicBool>,
}

impl Line {
    async fn carry(self, request: Request, next: Next) -> Response {
        let is_post = request.method() == Method::POST;
        while is_post && self.is_slow.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let answer = next.run(request).await;
        if is_post && self.swallows.swap(false, Ordering::SeqCst) {
            return StatusCode::BAD_GATEWAY.into_response();
        }
        answer
    }
}

/// The installation on a port, and the line to it.
async fn serve(house: &House) -> (String, Line) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let line = Line::default();
    let carrier = line.clone();
    let carry = move |request: Request, next: Next| carrier.clone().carry(request, next);
    let app = house.set_up(|config| config.public_url.clone_from(&url));
    let router = telemaco::web::router(app).unwrap().layer(from_fn(carry));
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    (url, line)
}

async fn entries(house: &House, scene: &Scene) -> Vec<Value> {
    let mut program = program(house, &scene.secretary).await;
    let told = program.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    told["entries"].as_array().unwrap().clone()
}

story!(two_phones_of_which_one_loses_its_connection_twice, async |house: &House| {
    let scene = scene(house).await;
    let (url, line) = serve(house).await;
    let sara = phone(house, &url, &scene.secretary).await;
    let lucia = phone(house, &url, &scene.observer).await;
    let id = scene.observer.id.to_string();
    sara.goto(&format!("{url}{}", scene.path("/record"))).await.unwrap();
    lucia.goto(&format!("{url}{}", scene.path("/place"))).await.unwrap();
    until(&lucia, "Espera a que empiece el punto siguiente").await;
    tap(house, &sara, &format!("comes-{id}")).await;
    until(&sara, "dentro desde las 10:00").await;
    pass(house, &sara, 1).await;
    tap(house, &sara, "dock-begins").await;
    until(&sara, "Punto 1: dentro, Lucía Ibáñez").await;
    until(&lucia, "Puedes estar en la sala").await;
    // The answer of a tap is lost on its way; what was sent again is written once.
    pass(house, &sara, 9).await;
    line.swallows.store(true, Ordering::SeqCst);
    tap(house, &sara, "dock-ends").await;
    settled(&sara).await;
    until(&sara, "Entre dos puntos").await;
    tap(house, &sara, "dock-begins").await;
    until(&sara, "Punto 2: dentro").await;
    until(&sara, "El punto 3 (Secreto profesional): antes tiene que salir Lucía Ibáñez").await;
    // The first time without a connection: the item ends, she leaves, and the closed one begins.
    connect(&sara, false).await;
    pass(house, &sara, 10).await;
    tap(house, &sara, "ends-2").await;
    until(&sara, "Sin conexión. Un apunte espera").await;
    pass(house, &sara, 1).await;
    tap(house, &sara, "begins-3").await;
    until(&sara, "Sale y empieza el punto 3").await;
    assert_eq!(entries(house, &scene).await.len(), 2 + 4, "nothing of it has come yet");
    tap(house, &sara, "leave-and-begin-3").await;
    until(&sara, "2 apuntes esperan").await;
    pass(house, &sara, 5).await;
    connect(&sara, true).await;
    settled(&sara).await;
    until(&sara, "Punto 3: nadie observa").await;
    until(&lucia, "Espera fuera").await;
    pass(house, &sara, 9).await;
    tap(house, &sara, "dock-ends").await;
    settled(&sara).await;
    pass(house, &sara, 1).await;
    tap(house, &sara, &format!("comes-{id}")).await;
    settled(&sara).await;
    until(&sara, "El punto 4 (Información privilegiada)").await;
    // One tap tells her phone.
    tap(house, &sara, "leave-now").await;
    settled(&sara).await;
    until(&lucia, "Hay que salir ahora").await;
    // She does not, and it begins all the same.
    pass(house, &sara, 1).await;
    tap(house, &sara, "begins-4").await;
    until(&sara, "Empezar con quien observa dentro").await;
    tap(house, &sara, "all-the-same-4").await;
    settled(&sara).await;
    until(&sara, "dentro de lo que le está cerrado").await;
    // The second time without a connection, and the page is loaded anew before anything was sent.
    connect(&sara, false).await;
    pass(house, &sara, 2).await;
    tap(house, &sara, &format!("leaves-{id}")).await;
    until(&sara, "Un apunte espera").await;
    pass(house, &sara, 11).await;
    tap(house, &sara, "ends-4").await;
    until(&sara, "2 apuntes esperan").await;
    connect(&sara, true).await;
    sara.goto(&format!("{url}{}", scene.path("/record"))).await.unwrap();
    settled(&sara).await;
    until(&sara, "No hay ningún punto en curso").await;
    pass(house, &sara, 1).await;
    // What is told first takes four seconds to come in; what is tapped meanwhile happened after it all the same.
    line.is_slow.store(true, Ordering::SeqCst);
    tap(house, &sara, &format!("comes-{id}")).await;
    tap(house, &sara, "dock-begins").await;
    wait(house, &sara, SignedDuration::from_secs(3)).await;
    line.is_slow.store(false, Ordering::SeqCst);
    settled(&sara).await;
    until(&lucia, "Puedes estar en la sala").await;
    pass(house, &sara, 9).await;
    tap(house, &sara, "closes").await;
    settled(&sara).await;
    until(&lucia, "La sesión ha terminado").await;
    what_was_recorded(house, &scene).await;
    the_papers(house, &scene, &sara, &url).await;
    for browser in [&sara, &lucia] {
        assert!(!browser.scrolls_sideways().await.unwrap());
        let broken = browser.axe().await.unwrap();
        assert!(broken.is_empty(), "{broken:?}");
    }
    sara.end().await.unwrap();
    lucia.end().await.unwrap();
});

/// How many taps stand as refused on a phone's page.
async fn refused(browser: &Browser) -> i64 {
    let count = "return document.querySelectorAll('[data-refused]:not([hidden]) li').length";
    browser.client().execute(count, Vec::new()).await.unwrap().as_i64().unwrap()
}

story!(what_a_phone_tapped_and_the_server_refused_stays_on_it, async |house: &House| {
    let scene = scene(house).await;
    scene.keep(house, Some(&scene.mentor)).await;
    let (url, _) = serve(house).await;
    let andres = phone(house, &url, &scene.mentor).await;
    let id = scene.observer.id.to_string();
    andres.goto(&format!("{url}{}", scene.path("/record"))).await.unwrap();
    tap(house, &andres, &format!("comes-{id}")).await;
    until(&andres, "dentro desde las 10:00").await;
    // Without a connection he taps twice; meanwhile somebody else is named for the record.
    connect(&andres, false).await;
    pass(house, &andres, 1).await;
    tap(house, &andres, "begins-1").await;
    pass(house, &andres, 9).await;
    tap(house, &andres, "ends-1").await;
    until(&andres, "2 apuntes esperan").await;
    scene.keep(house, Some(&scene.coordinator)).await;
    connect(&andres, true).await;
    settled(&andres).await;
    until(&andres, "No quedó apuntado").await;
    until(&andres, "ya no lo llevas tú").await;
    assert_eq!((refused(&andres).await, entries(house, &scene).await.len()), (2, 2 + 1), "none blocks the next");
    assert!(andres.axe().await.unwrap().is_empty() && !andres.scrolls_sideways().await.unwrap());
    // They are still there when the record is his again, and go when he has seen them.
    scene.keep(house, Some(&scene.mentor)).await;
    andres.goto(&format!("{url}{}", scene.path("/record"))).await.unwrap();
    until(&andres, "Empieza el punto 1").await;
    assert_eq!(refused(&andres).await, 2);
    let text = andres.text().await.unwrap();
    assert!(text.contains("Termina el punto 1"), "{text}");
    for left in [1, 0] {
        let press = "document.querySelector('[data-refused] li button').click()";
        andres.client().execute(press, Vec::new()).await.unwrap();
        assert_eq!(refused(&andres).await, left);
    }
    // A clock that somebody sets on while a tap waits moves nothing to another day.
    tap(house, &andres, "dock-begins").await;
    until(&andres, "Punto 1: dentro").await;
    settled(&andres).await;
    connect(&andres, false).await;
    tap(house, &andres, "dock-ends").await;
    until(&andres, "Un apunte espera").await;
    jump(&andres, SignedDuration::from_hours(72)).await;
    connect(&andres, true).await;
    settled(&andres).await;
    until(&andres, "Entre dos puntos").await;
    let recorded = entries(house, &scene).await;
    let at: jiff::Timestamp = recorded.last().unwrap()["at"].as_str().unwrap().parse().unwrap();
    let off = house.app.now().duration_since(at);
    assert!(off >= SignedDuration::ZERO && off < SignedDuration::from_secs(30), "{off} {recorded:?}");
    // What waited for more than two days is no phone's to tell any more.
    connect(&andres, false).await;
    tap(house, &andres, "dock-begins").await;
    until(&andres, "Un apunte espera").await;
    pass(house, &andres, 49 * 60).await;
    connect(&andres, true).await;
    settled(&andres).await;
    until(&andres, "Lo de hace más de 48 horas no se apunta con el teléfono").await;
    assert_eq!((refused(&andres).await, entries(house, &scene).await.len()), (1, recorded.len()));
    until(&andres, "Entre dos puntos").await;
    andres.end().await.unwrap();
});

/// Complete, in order, without doubles, and with the times at which it happened.
async fn what_was_recorded(house: &House, scene: &Scene) {
    let entries = entries(house, scene).await;
    let of_the_room = entries.iter().filter(|entry| !["sitting", "signs"].contains(&entry["kind"].as_str().unwrap()));
    let said: Vec<(String, String)> = of_the_room
        .map(|entry| {
            let at: jiff::Timestamp = entry["at"].as_str().unwrap().parse().unwrap();
            let item = entry["item"].as_u64().map(|item| format!(" {item}")).unwrap_or_default();
            (at.strftime("%H:%M").to_string(), format!("{}{item}", entry["kind"].as_str().unwrap()))
        })
        .collect();
    let said: Vec<(&str, &str)> = said.iter().map(|(at, what)| (at.as_str(), what.as_str())).collect();
    let wanted = [
        ("09:00", "enters"),
        ("09:01", "item-begins 1"),
        ("09:10", "item-ends 1"),
        ("09:10", "item-begins 2"),
        ("09:20", "item-ends 2"),
        ("09:21", "leaves"),
        ("09:21", "item-begins 3"),
        ("09:35", "item-ends 3"),
        ("09:36", "returns"),
        ("09:36", "told-to-leave"),
        ("09:37", "item-begins 4"),
        ("09:37", "exposure 4"),
        ("09:39", "leaves"),
        ("09:50", "exposure 4"),
        ("09:50", "item-ends 4"),
        ("09:51", "returns"),
        ("09:51", "item-begins 5"),
        ("10:00", "closed"),
    ];
    assert_eq!(said, wanted);
    let times = entries.iter().filter(|entry| !["signs", "exposure"].contains(&entry["kind"].as_str().unwrap()));
    let times: Vec<jiff::Timestamp> = times.map(|entry| entry["at"].as_str().unwrap().parse().unwrap()).collect();
    assert!(times.is_sorted(), "what is tapped in a row happened in a row: {times:?}");
    let mut clients: Vec<&str> = entries.iter().map(|entry| entry["client"].as_str().unwrap()).collect();
    clients.sort_unstable();
    clients.dedup();
    assert_eq!(clients.len(), entries.len());
}

/// The three papers agree with each other to the minute, as pages and as Chromium prints them.
async fn the_papers(house: &House, scene: &Scene, browser: &Browser, url: &str) {
    let mut program = program(house, &scene.secretary).await;
    let told = program.get(&format!("/api/me/sittings/{}/record", scene.sitting)).await.expect(200).json();
    let exposure = &told["exposures"][0];
    let local = |at: &Value| {
        let at: jiff::Timestamp = at.as_str().unwrap().parse().unwrap();
        at.to_zoned_datetime(jiff::tz::TimeZone::get("Europe/Madrid").unwrap()).strftime("%H:%M").to_string()
    };
    let utc = |at: &Value| {
        let at: jiff::Timestamp = at.as_str().unwrap().parse().unwrap();
        at.strftime("%Y-%m-%d, %H:%M UTC").to_string()
    };
    let pages = [
        (scene.path("/record/annex"), "annex"),
        (scene.path("/record/privilege"), "privilege"),
        ("/insiders".to_owned(), "insiders"),
    ];
    for (path, name) in pages {
        browser.goto(&format!("{url}{path}")).await.unwrap();
        let text = browser.text().await.unwrap();
        let span = format!("{}–{}", local(&exposure["from"]), local(&exposure["until"]));
        match name {
            "annex" => assert!(text.contains(&format!("{span}, estando cerrado")), "{text}"),
            "privilege" => assert!(text.contains("Lucía Ibáñez: fuera") && !text.contains(&span), "{text}"),
            _ => assert!(text.contains(&utc(&exposure["from"])) && text.contains(&utc(&exposure["until"])), "{text}"),
        }
        assert!(printed(browser, name).await > 7_500);
        assert!(browser.axe().await.unwrap().is_empty(), "{path}");
        assert!(!browser.scrolls_sideways().await.unwrap(), "{path}");
    }
}
