//! Webhooks: what leaves, how it is signed, what becomes of one that nobody hears.

use std::sync::{Arc, Mutex};

use axum::http::{HeaderMap, Method, StatusCode};
use jiff::SignedDuration;
use serde_json::{Value, json};
use telemaco::app::App;
use telemaco::identity::Part;
use telemaco::notices::Notice;
use telemaco::{i18n::Message, jobs};

use crate::api::{program, send};
use crate::notices::tell;
use crate::story;
use crate::support::{Client, House, Person, peer};

const ENDED: &str = "mentorships.ended";
const AGREEMENT: &str = "mentorships.agreement-changed";

/// Somebody's server on loopback, which answers as it is told and keeps what it heard.
struct Listener {
    url: String,
    heard: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    answer: Arc<Mutex<StatusCode>>,
}

impl Listener {
    async fn open() -> Self {
        let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/in", socket.local_addr().unwrap());
        let (heard, answer) = (Arc::default(), Arc::new(Mutex::new(StatusCode::NO_CONTENT)));
        let listener = Self { url, heard, answer };
        let (heard, answer) = (listener.heard.clone(), listener.answer.clone());
        let take = move |headers: HeaderMap, body: String| async move {
            heard.lock().unwrap().push((headers, body));
            *answer.lock().unwrap()
        };
        let router = axum::Router::new().route("/in", axum::routing::post(take));
        tokio::spawn(async move { axum::serve(socket, router).await.unwrap() });
        listener
    }

    fn answers(&self, status: StatusCode) {
        *self.answer.lock().unwrap() = status;
    }

    fn take(&self) -> Vec<(HeaderMap, String)> {
        std::mem::take(&mut *self.heard.lock().unwrap())
    }
}

/// The same installation, which may call that server.
fn allowed(house: &House) -> App {
    house.set_up(|config| config.webhook_allow_hosts = vec!["127.0.0.1".to_owned()])
}

async fn told(house: &House, person: &Person, kind: &'static str) {
    let text = Message::new("agreement-notice").with("name", "Marta Soler");
    tell(house, &[Notice::new(person.organisation, person.id, kind, text, "/mentorships")]).await;
}

async fn browser_at(app: &App, house: &House, person: &Person) -> Client {
    let mut client = Client::of(app);
    client.keep_cookie("telemaco_session", house.browser_of(person).await.cookie("telemaco_session").unwrap());
    client
}

story!(what_one_is_told_reaches_ones_own_program_signed, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let (app, server) = (allowed(house), Listener::open().await);
    let mut browser = browser_at(&app, house, &luis).await;
    let page = browser.get("/notices/hooks").await.expect(200);
    assert_eq!(page.title(), "Ningún programa recibe tus avisos");
    let form = [("address", server.url.as_str()), ("shape", "standard"), ("kinds", ENDED)];
    browser.post("/notices/hooks", &form).await.expect(303);
    let page = browser.get("/notices/hooks").await.expect(200);
    assert!(page.title() == "Un programa recibe tus avisos" && page.says("127.0.0.1"), "{}", page.text());
    assert!(!page.says("/in"), "the address is as good as a password");
    let secret = page.text().split("whsec_").nth(1).unwrap().split('<').next().unwrap().to_owned();

    told(house, &luis, ENDED).await;
    told(house, &luis, AGREEMENT).await;
    told(house, &ana, ENDED).await;
    jobs::run_due(&app).await.unwrap();
    let heard = server.take();
    assert_eq!(heard.len(), 1, "of the kind that was chosen, and one's own");
    let (headers, body) = &heard[0];
    assert!(!body.contains("Marta") && !body.contains("Luis"), "{body}");
    let sent: Value = serde_json::from_str(body).unwrap();
    assert_eq!(sent["type"], ENDED);
    let header = |name: &str| headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(sent["data"]["id"], header("webhook-id"));
    let signed = ["webhook-id", "webhook-timestamp", "webhook-signature"].map(|name| (name, header(name)));
    let given = json!({
        "secret": format!("whsec_{secret}"), "body": body, "at": house.app.now().as_second(),
        "headers": signed.iter().cloned().collect::<std::collections::HashMap<_, _>>(),
    });
    let made = peer("webhook.py", "verify", &given.to_string());
    assert_eq!(made, json!({ "holds": true, "changed": false, "other": false }));
    assert!(browser.get("/notices/hooks").await.expect(200).says("Funciona"));

    // The same sentence in other shapes, when somebody tries them.
    for (shape, sign) in [("slack", "\"text\":\"Esto es una prueba"), ("teams", "AdaptiveCard")] {
        let form = [("address", server.url.as_str()), ("shape", shape), ("kinds", ENDED)];
        browser.post("/notices/hooks", &form).await.expect(303);
        let mut program = program(house, &luis).await;
        let hooks = program.get("/api/me/webhooks").await.expect(200).json();
        let newest = hooks["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!((&newest["shape"], &newest["secret"]), (&json!(shape), &Value::Null));
        let path = format!("/notices/hooks/{}", newest["id"].as_str().unwrap());
        browser.post(&format!("{path}/test"), &[]).await.expect(303);
        let (headers, body) = server.take().pop().unwrap();
        assert!(body.contains(sign) && headers.get("webhook-signature").is_none(), "{body}");
        browser.post(&format!("{path}/remove"), &[]).await.expect(303);
    }
});

// A clock may go where its reader wants to be told; what says something by being there stays, and the page says so.
story!(what_dates_ask_may_leave_and_what_is_nobody_elses_may_not, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let (app, server) = (allowed(house), Listener::open().await);
    let mut browser = browser_at(&app, house, &luis).await;
    let page = browser.get("/notices/hooks").await.expect(200);
    let page = page.text();
    let (offered, inside) = page.split_once("Lo que nunca sale por webhook").unwrap();
    let offers = |kind: &str| offered.contains(&format!("value=\"{kind}\""));
    assert!(["health.clock", "health.nudged", "health.helped"].into_iter().all(offers), "{offered}");
    assert!(!["journal.due", "reviews.letter", "outcomes.released", "concerns.taken"].into_iter().any(offers));
    assert!(inside.contains("Que te llegue un aviso así ya dice algo"), "{inside}");
    assert!(inside.matches("<li>").count() >= 5, "{inside}");
    let both = [("kinds", "health.clock"), ("kinds", "journal.due")];
    let form = [&[("address", server.url.as_str()), ("shape", "slack")][..], &both].concat();
    browser.post("/notices/hooks", &form).await.expect(303);
    told(house, &luis, "health.clock").await;
    told(house, &luis, "journal.due").await;
    jobs::run_due(&app).await.unwrap();
    let heard = server.take();
    assert_eq!(heard.len(), 1);
    assert!(heard[0].1.contains("Un plazo de tu mentor") && !heard[0].1.contains("Marta"), "{}", heard[0].1);
});

story!(a_webhook_that_nobody_hears_is_stopped_and_its_owner_told, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (app, server) = (allowed(house), Listener::open().await);
    let mut browser = browser_at(&app, house, &ana).await;
    let form = [("address", server.url.as_str()), ("shape", "standard"), ("kinds", ENDED), ("kinds", AGREEMENT)];
    browser.post("/notices/hooks", &form).await.expect(303);
    server.answers(StatusCode::SERVICE_UNAVAILABLE);
    told(house, &ana, ENDED).await;
    jobs::run_due(&app).await.unwrap();
    let first = server.take();
    assert!(browser.get("/notices/hooks").await.expect(200).says("No llega: el servidor no lo acepta"));
    // A night later it is there again, and hears what it missed.
    for _ in 0..14 {
        house.pass(SignedDuration::from_hours(1));
        jobs::run_due(&app).await.unwrap();
    }
    assert!(server.take().iter().all(|(_, body)| *body == first[0].1), "the same at every try");
    server.answers(StatusCode::OK);
    house.pass(SignedDuration::from_hours(1));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.take().len(), 1);
    assert!(browser.get("/notices/hooks").await.expect(200).says("Funciona"));

    // What is gone is not asked again, and what was stopped starts with a test that arrives.
    server.answers(StatusCode::GONE);
    told(house, &ana, AGREEMENT).await;
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.take().len(), 1);
    let page = browser.get("/notices/hooks").await.expect(200);
    assert!(page.says("Parado el"), "{}", page.text());
    assert!(browser.get("/notices").await.expect(200).says("El webhook de 127.0.0.1 ha dejado de recibir"));
    told(house, &ana, ENDED).await;
    jobs::run_due(&app).await.unwrap();
    assert!(server.take().is_empty());
    server.answers(StatusCode::OK);
    let id = page.text().split("/notices/hooks/").nth(1).unwrap()[..36].to_owned();
    browser.post(&format!("/notices/hooks/{id}/test"), &[]).await.expect(303);
    assert_eq!(server.take().len(), 1);
    told(house, &ana, ENDED).await;
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.take().len(), 1);

    // Days in vain stop it too.
    server.answers(StatusCode::BAD_GATEWAY);
    told(house, &ana, ENDED).await;
    for _ in 0..80 {
        jobs::run_due(&app).await.unwrap();
        house.pass(SignedDuration::from_hours(1));
    }
    let mut browser = browser_at(&app, house, &ana).await;
    assert!(browser.get("/notices/hooks").await.expect(200).says("Parado el"));
});

story!(what_cannot_be_called_is_said, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let mut add = async |address: &str, shape: &str, kind: &str| {
        browser.post("/notices/hooks", &[("address", address), ("shape", shape), ("kinds", kind)]).await.expect(422)
    };
    for (address, said) in [
        ("hola", "esa dirección no es válida"),
        ("http://example.org/x", "tiene que empezar por https://"),
        ("https://127.0.0.1/x", "está en una red privada"),
        ("https://10.0.0.8/x", "está en una red privada"),
    ] {
        let page = add(address, "slack", ENDED).await;
        assert!(page.says(said) && page.says(address), "{}", page.text());
    }
    assert!(add("https://example.org/x", "", ENDED).await.says("Elige quién lo recibe"));
    assert!(add("https://example.org/x", "slack", "").await.says("Elige al menos una clase"));
    let form = [("address", "https://example.org/x"), ("shape", "slack"), ("kinds", ENDED)];
    for _ in 0..5 {
        browser.post("/notices/hooks", &form).await.expect(303);
    }
    browser.post("/notices/hooks", &form).await.expect(422);
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let mut anas = program(house, &ana).await;
    let new = json!({ "address": "https://example.org/x", "shape": "standard", "kinds": [ENDED] });
    let made = send(&mut anas, Method::POST, "/api/me/webhooks", &new).await.expect(201).json();
    assert!(made["secret"].is_null() && made["host"] == "example.org", "{made}");
    let listed = anas.get("/api/me/webhooks").await.expect(200).json();
    assert!(listed["items"][0]["secret"].as_str().unwrap().starts_with("whsec_"), "{listed}");
    let id = made["id"].as_str().unwrap();
    let mut luiss = house.browser_of(&luis).await;
    assert!(!luiss.get("/notices/hooks").await.expect(200).says("example.org"));
    luiss.post(&format!("/notices/hooks/{id}"), &[("kinds", ENDED)]).await.expect(404);
    luiss.post(&format!("/notices/hooks/{id}/test"), &[]).await.expect(404);
    luiss.post(&format!("/notices/hooks/{id}/remove"), &[]).await.expect(404);
    let mut program = program(house, &luis).await;
    send(&mut program, Method::DELETE, &format!("/api/me/webhooks/{id}"), &Value::Null).await.expect(404);
    assert_eq!(program.get("/api/me/webhooks").await.expect(200).json()["items"], json!([]));
    let change = [("kinds", AGREEMENT)];
    let mut browser = house.browser_of(&ana).await;
    browser.post(&format!("/notices/hooks/{id}"), &change).await.expect(303);
    assert_eq!(anas.get("/api/me/webhooks").await.expect(200).json()["items"][0]["kinds"], json!([AGREEMENT]));
    send(&mut anas, Method::DELETE, &format!("/api/me/webhooks/{id}"), &Value::Null).await.expect(204);
    send(&mut anas, Method::DELETE, &format!("/api/me/webhooks/{id}"), &Value::Null).await.expect(404);
});
