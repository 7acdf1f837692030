//! Calendars, out and in: the private feed, mails that invite, and when somebody is busy; before programs that others wrote.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::datetime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use telemaco::app::App;
use telemaco::calendar::{self, Busy, Event, Every, Method, Moved, Party, Series, Standing, When};
use telemaco::i18n::{Lang, Message};
use telemaco::identity;
use telemaco::jobs;
use telemaco::mail::{self, Along, Mail};
use telemaco::programmes::Track;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::programmes::change_settings;
use crate::story;
use crate::support::before::Scene;
use crate::support::dump::{database, files, found};
use crate::support::{Client, House, Manner, Person, PostOffice, Radicale, peer};

const PEERS: &str = "calendars.py";

/// The path of the feed that a page shows once.
fn feed_on(page: &str, public_url: &str) -> String {
    let address = page.split("class=\"secret\">").nth(1).expect("a feed's address").split('<').next().unwrap();
    address.strip_prefix(public_url).unwrap().to_owned()
}

async fn scene(house: &House) -> Scene {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    scene.pair(house, &scene.mentee, &scene.mentor).await;
    scene
}

mod feed {
    use super::*;

    story!(a_feed_is_ones_own_until_it_is_taken_back, async |house: &House| {
        let scene = scene(house).await;
        let mut browser = house.browser_of(&scene.mentee).await;
        assert!(browser.get("/account").await.expect(200).says("/account/calendar"));
        browser.get("/account/calendar").await.expect(200);
        let page = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
        let path = feed_on(&page, &house.app.config.public_url);
        assert!(page.contains(&format!("webcal://localhost:8080{path}")), "{page}");
        assert!(!browser.get("/account/calendar").await.expect(200).says(&path), "it is shown once");
        // A program that knows nothing but the address.
        let mut program = house.stranger();
        let seen = program.get(&path).await.expect(200);
        assert_eq!(seen.header("content-type"), "text/calendar; charset=utf-8");
        assert_eq!(seen.header("cache-control"), "private, no-cache");
        for other in [&scene.mentor.name, &scene.mentor.address, &scene.mentee.name] {
            assert!(!seen.says(other), "{other}");
        }
        let read = peer(PEERS, "strictly", &seen.text());
        assert_eq!(read["events"].as_array().unwrap().len(), 1);
        assert_eq!(read["events"][0]["summary"], "Termina la mentoría");
        assert_eq!(read["events"][0]["starts"], json!(["2027-12-31"]));
        assert_eq!(
            (&read["calendar"]["name"], &read["calendar"]["refresh_seconds"]),
            (&json!("Telémaco"), &json!(3600.0))
        );
        // Nothing has changed, so nothing is sent.
        let tag = seen.header("etag").to_owned();
        house.pass(SignedDuration::from_hours(2));
        let again = program.request_with(axum::http::Method::GET, &path, &[("if-none-match", &tag)], "").await;
        assert!(again.expect(304).body.is_empty());
        assert!(browser.get("/account/calendar").await.expect(200).says("Un programa la leyó por última vez"));
        // Its edition ends earlier: what they know has changed, and when.
        let stamps = |text: &str| -> Vec<String> {
            text.lines()
                .filter(|line| line.starts_with("LAST-MODIFIED") || line.starts_with("DTSTAMP"))
                .map(str::to_owned)
                .collect()
        };
        let before = stamps(&seen.text());
        let edition = format!("/editions/{}", scene.edition);
        let mut coordinator = house.browser_of(&scene.coordinator).await;
        change_settings(&mut coordinator, &edition, &[("ends-on", "2027-12-17")]).await.expect(303);
        let moved = program.get(&path).await.expect(200).text();
        assert_eq!(peer(PEERS, "strictly", &moved)["events"][0]["starts"], json!(["2027-12-17"]));
        assert_ne!(stamps(&moved), before, "{moved}");
        // Another address takes the place of the first one, and then there is none.
        let page = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
        let next = feed_on(&page, &house.app.config.public_url);
        program.get(&path).await.expect(404);
        program.get(&next).await.expect(200);
        browser.post("/account/calendar/feed/revoke", &[]).await.expect(303);
        program.get(&next).await.expect(404);
        browser.post("/account/calendar/feed/revoke", &[]).await.expect(404);
    });

    story!(a_stranger_learns_nothing, async |house: &House| {
        let scene = scene(house).await;
        let mut browser = house.browser_of(&scene.mentee).await;
        let page = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
        let path = feed_on(&page, &house.app.config.public_url);
        let mut stranger = house.stranger();
        let lost = stranger.get("/nowhere").await.expect(404).title();
        let bare = path.strip_suffix(".ics").unwrap();
        for guess in [
            bare.to_owned(),
            format!("{bare}x.ics"),
            "/calendar/.ics".into(),
            format!("/calendar/{}.ics", "A".repeat(43)),
        ] {
            assert_eq!(stranger.get(&guess).await.expect(404).title(), lost, "{guess}");
        }
        // Nor does whoever reads the database: only a digest is there.
        let secret = bare.rsplit('/').next().unwrap();
        assert!(!everything_in(house).await.contains(secret));
    });

    story!(who_has_no_mentorship_has_an_empty_feed_in_their_language, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let mut browser = house.browser_of(&ana).await;
        browser.post("/account", &[("name", "Ana Pérez"), ("lang", "en"), ("zone", "Europe/Madrid")]).await.expect(303);
        let page = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
        assert!(page.contains("This is the address of your calendar"));
        let text = house.stranger().get(&feed_on(&page, &house.app.config.public_url)).await.expect(200).text();
        assert!(!text.contains("VEVENT") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
        assert_eq!(
            telemaco::calendar::busy(
                &house.app,
                &core(house, &ana).await,
                at("2027-01-01T00:00:00Z"),
                at("2028-01-01T00:00:00Z")
            )
            .await
            .map_err(anyhow::Error::from)
            .unwrap(),
            []
        );
    });

    /// The rows of feeds, as a dump would show them.
    async fn everything_in(house: &House) -> String {
        static ALL: telemaco::db::Statement =
            telemaco::db::Statement::new("SELECT person, token FROM calendar_feeds", file!(), line!());
        let rows = house.app.db.rows(&ALL, Vec::new()).await.unwrap();
        assert_eq!(rows.len(), 1);
        let tokens: Vec<Vec<u8>> = rows.iter().map(|row| row.get("token").unwrap()).collect();
        tokens.iter().map(|token| URL_SAFE_NO_PAD.encode(token)).collect()
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn core(house: &House, person: &Person) -> identity::PersonCore {
    identity::person(&house.app.db, person.id).await.unwrap().unwrap()
}

mod mailed {
    use super::*;

    fn meeting() -> Event {
        Event {
            id: Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0007),
            sequence: 0,
            changed_at: at("2027-09-01T08:00:00Z"),
            title: "mentorships-calendar-end",
            when: When::Hours {
                start: datetime(2027, 10, 18, 10, 0, 0, 0),
                end: datetime(2027, 10, 18, 11, 0, 0, 0),
                zone: TimeZone::get("Europe/Madrid").unwrap(),
                series: Some(Series {
                    every: Every::Weeks(1),
                    times: 4,
                    except: vec![datetime(2027, 10, 25, 10, 0, 0, 0)],
                    moved: vec![Moved {
                        from: datetime(2027, 11, 8, 10, 0, 0, 0),
                        start: datetime(2027, 11, 9, 16, 0, 0, 0),
                        end: datetime(2027, 11, 9, 17, 30, 0, 0),
                        place: None,
                    }],
                }),
            },
            place: Some("Sala 3; planta 2, «Ribera»".to_owned()),
            link: Some("https://mentoring.example/meetings/7".to_owned()),
            standing: Standing::Confirmed,
        }
    }

    fn party(name: &str, address: &str) -> Party {
        Party { name: name.to_owned(), address: address.to_owned() }
    }

    fn mail() -> Mail {
        Mail {
            id: Uuid::from_u128(1),
            to_name: "Luis Gil".to_owned(),
            to_address: "luis@example.org".to_owned(),
            lang: Lang::Es,
            subject: Message::new("mentorships-calendar-end"),
            paragraphs: vec![Message::new("mentorships-calendar-end")],
            link: Some((Message::new("calendar-title"), "https://mentoring.example/meetings/7".to_owned())),
        }
    }

    /// What a program reads in the newest letter: the parts that are calendars.
    fn calendars(office: &PostOffice) -> (Value, Vec<Value>) {
        let letter = office.letters().pop().unwrap();
        let read = peer(PEERS, "letter", &letter);
        let parts = read["parts"].as_array().unwrap();
        (read.clone(), parts.iter().filter(|part| part["read"].is_object()).cloned().collect())
    }

    #[tokio::test]
    async fn an_invitation_its_change_and_its_cancellation_are_read_by_others() {
        let house = House::on_sqlite().await;
        let office = PostOffice::open(Manner::Takes).await;
        let app = house.set_up(|config| {
            config.smtp = office.url();
            config.mail_from = "Telémaco <mentoring@mentoring.example>".to_owned();
        });
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let reader = identity::person(&app.db, ana.id).await.unwrap().unwrap();
        let (name, address) = app.mailer.sender();
        let organiser = Party { name, address };
        let guests =
            [party("Pérez, Ana \"la jefa\"; dirección", "ana@example.org"), party("Luis Gil", "luis@example.org")];
        let send = async |event: &Event, method| {
            let attached = calendar::mailed(event, method, &organiser, &guests, Lang::Es);
            let along = Along { attached: Some(&attached), unsubscribe: None, returns: None };
            mail::post(&app, &reader, &mail(), along).await.unwrap();
            calendars(&office)
        };
        let (letter, parts) = send(&meeting(), Method::Request).await;
        let kinds: Vec<&str> =
            letter["parts"].as_array().unwrap().iter().map(|part| part["type"].as_str().unwrap()).collect();
        let expected =
            ["multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"];
        assert_eq!(kinds, expected);
        assert_eq!((&parts[0]["method"], &parts[0]["disposition"]), (&json!("REQUEST"), &Value::Null));
        assert_eq!((&parts[1]["name"], &parts[1]["disposition"]), (&json!("invite.ics"), &json!("attachment")));
        assert_eq!(parts[0]["read"], parts[1]["read"]);
        let read = &parts[0]["read"];
        assert_eq!((&read["calendar"]["method"], &read["zones"]), (&json!("REQUEST"), &json!(1)));
        let event = &read["events"][0];
        assert_eq!(
            (&event["sequence"], &event["organizer"]),
            (&json!(0), &json!("mailto:mentoring@mentoring.example"))
        );
        assert_eq!(event["location"], "Sala 3; planta 2, «Ribera»");
        assert_eq!(event["attendees"][0]["to"], "mailto:ana@example.org");
        assert_eq!(event["attendees"][0]["rsvp"], "FALSE");
        // By the zone that the mail brings along: 31 October is the end of summer time.
        assert_eq!(event["starts"], json!(["2027-10-18T08:00:00Z", "2027-11-01T09:00:00Z", "2027-11-08T09:00:00Z"]));
        let moved = &read["events"][1];
        assert_eq!((&moved["recurrence_id"], &moved["minutes"]), (&json!("2027-11-08T09:00:00Z"), &json!(90.0)));
        assert_eq!(moved["starts"], json!(["2027-11-09T15:00:00Z"]));
        let changed = Event { sequence: 1, changed_at: at("2027-09-02T08:00:00Z"), ..meeting() };
        let (_, parts) = send(&changed, Method::Request).await;
        assert_eq!(
            (&parts[0]["read"]["events"][0]["uid"], &parts[0]["read"]["events"][0]["sequence"]),
            (&event["uid"], &json!(1))
        );
        let (_, parts) = send(&Event { sequence: 2, ..changed }, Method::Cancel).await;
        let cancelled = &parts[0]["read"]["events"][0];
        assert_eq!(parts[0]["method"], "CANCEL");
        assert_eq!((&cancelled["status"], &cancelled["sequence"]), (&json!("CANCELLED"), &json!(2)));
        assert_eq!(cancelled["uid"], event["uid"]);
        house.end().await;
    }

    #[test]
    fn others_reckon_our_zones_as_we_do() {
        for name in [
            "Europe/Madrid",
            "America/New_York",
            "America/Santiago",
            "America/Bogota",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Europe/Dublin",
        ] {
            let zone = TimeZone::get(name).unwrap();
            let when = |every, times| When::Hours {
                start: datetime(2027, 1, 12, 9, 30, 0, 0),
                end: datetime(2027, 1, 12, 10, 15, 0, 0),
                zone: zone.clone(),
                series: Some(Series { every, times, except: Vec::new(), moved: Vec::new() }),
            };
            let events = [(1, when(Every::Weeks(2), 60)), (2, when(Every::Months(1), 30))].map(|(id, when)| Event {
                id: Uuid::from_u128(id),
                when,
                ..meeting()
            });
            let read = peer(PEERS, "strictly", &calendar::feed("Telémaco", &events, Lang::En));
            for (event, read) in events.iter().zip(read["events"].as_array().unwrap()) {
                let own: Vec<String> = event.when.occurrences().iter().map(|busy| busy.start.to_string()).collect();
                assert_eq!(read["starts"], json!(own), "{name}");
            }
        }
    }
}

/// A server on this machine that answers as it is told to, and how often it was asked.
struct Server {
    port: u16,
    asked: Arc<AtomicUsize>,
    says: Arc<Mutex<Says>>,
}

#[derive(Clone)]
enum Says {
    Calendar(String),
    /// A CalDAV server that shows busy times to whoever may not see more.
    BusyTimes(String),
    Status(&'static str),
}

impl Server {
    async fn start(says: Says) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (asked, says) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(says)));
        let (counted, told) = (asked.clone(), says.clone());
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                let says = told.lock().unwrap().clone();
                tokio::spawn(async move {
                    let mut heard = vec![0; 16 * 1024];
                    let length = stream.read(&mut heard).await.unwrap_or(0);
                    let heard = String::from_utf8_lossy(&heard[..length]).into_owned();
                    let answer = |status: &str, body: &str| {
                        format!(
                            "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                            body.len()
                        )
                    };
                    let answer = match says {
                        Says::Calendar(text) if heard.starts_with("GET ") => answer("200 OK", &text),
                        Says::BusyTimes(text) if heard.contains("free-busy-query") => answer("200 OK", &text),
                        Says::BusyTimes(_) => answer("403 Forbidden", ""),
                        Says::Calendar(_) => answer("405 Method Not Allowed", ""),
                        Says::Status(status) => answer(status, ""),
                    };
                    let _ = stream.write_all(answer.as_bytes()).await;
                });
            }
        });
        Self { port, asked, says }
    }

    fn url(&self) -> String {
        format!("http://127.0.0.1:{}/private-71c9/basic.ics", self.port)
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }

    fn now_says(&self, says: Says) {
        *self.says.lock().unwrap() = says;
    }
}

fn a_calendar(events: &[&str]) -> String {
    let events: Vec<String> = events
        .iter()
        .enumerate()
        .map(|(number, lines)| {
            format!("BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20270101T000000Z\r\nSUMMARY:Consejo secreto\r\n{lines}\r\nEND:VEVENT\r\n")
        })
        .collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{}END:VCALENDAR\r\n", events.concat())
}

/// The house with what the operator allows, and a browser of somebody there.
async fn allowed(house: &House, person: &Person, hosts: &[String]) -> (App, Client) {
    let app = house.set_up(|config| config.calendar_allow_hosts = hosts.to_vec());
    let session = identity::open_session(&app, person.id).await.map_err(anyhow::Error::from).unwrap();
    let mut browser = Client::of(&app);
    browser.keep_cookie("telemaco_session", &session);
    (app, browser)
}

async fn busy_of(app: &App, house: &House, person: &Person, from: &str, to: &str) -> Vec<String> {
    let person = core(house, person).await;
    let busy: Vec<Busy> = calendar::busy(app, &person, at(from), at(to)).await.map_err(anyhow::Error::from).unwrap();
    busy.iter().map(|busy| format!("{}/{}", busy.start, busy.end)).collect()
}

mod busy_times {
    use super::*;

    static KEPT: telemaco::db::Statement =
        telemaco::db::Statement::new("SELECT count(*) AS rows FROM calendar_busy", file!(), line!());

    const MONDAY: [&str; 2] = ["2027-01-11T00:00:00Z", "2027-01-18T00:00:00Z"];

    story!(a_calendar_is_looked_at_every_hour_while_there_is_somebody_to_meet, async |house: &House| {
        let scene = scene(house).await;
        let server =
            Server::start(Says::Calendar(a_calendar(&["DTSTART:20270111T100000Z\r\nDTEND:20270111T113000Z"]))).await;
        let hosts = [format!("127.0.0.1:{}", server.port)];
        let (app, mut browser) = allowed(house, &scene.mentee, &hosts).await;
        browser.post("/account/calendar/sources", &[("address", &server.url())]).await.expect(303);
        assert!(browser.get("/account/calendar").await.expect(200).says("Se está leyendo por primera vez"));
        jobs::run_due(&app).await.unwrap();
        let page = browser.get("/account/calendar").await.expect(200);
        assert!(page.says("Funciona. Leído por última vez") && page.says("127.0.0.1"), "{}", page.text());
        assert!(!page.says("private-71c9"), "an address is as good as a password");
        assert!(page.statements() <= 5, "{}", page.statements());
        let [from, to] = MONDAY;
        assert_eq!(busy_of(&app, house, &scene.mentee, from, to).await, ["2027-01-11T10:00:00Z/2027-01-11T11:30:00Z"]);
        assert_eq!(server.asked(), 1);
        // What is taken in is when, and nothing else.
        let kept = async || -> i64 { app.db.row(&KEPT, Vec::new()).await.unwrap().unwrap().get("rows").unwrap() };
        assert_eq!(kept().await, 1);
        server.now_says(Says::Calendar(a_calendar(&["DTSTART:20270112T100000Z\r\nDTEND:20270112T110000Z"])));
        house.pass(SignedDuration::from_mins(59));
        jobs::run_due(&app).await.unwrap();
        assert_eq!(server.asked(), 1, "not before the hour");
        house.pass(SignedDuration::from_mins(1));
        jobs::run_due(&app).await.unwrap();
        assert_eq!(server.asked(), 2);
        assert_eq!(busy_of(&app, house, &scene.mentee, from, to).await, ["2027-01-12T10:00:00Z/2027-01-12T11:00:00Z"]);
        // Named twice it is still one.
        let again = browser.post("/account/calendar/sources", &[("address", &server.url())]).await.expect(422);
        assert!(again.says("Ya habías indicado este calendario"));
        // Taken back, nothing is left and nobody asks any more.
        let page = browser.get("/account/calendar").await.expect(200).text();
        let remove =
            page.split("action=\"").map(|rest| rest.split('"').next().unwrap()).find(|path| path.ends_with("/remove"));
        let remove = remove.unwrap().to_owned();
        house.browser_of(&scene.mentor).await.post(&remove, &[]).await.expect(404);
        browser.post(&remove, &[]).await.expect(303);
        assert_eq!(kept().await, 0);
        house.pass(SignedDuration::from_hours(3));
        jobs::run_due(&app).await.unwrap();
        assert_eq!(server.asked(), 2);
        browser.post(&remove, &[]).await.expect(404);
    });

    story!(whoever_has_nobody_to_meet_is_left_alone_after_the_first_look, async |house: &House| {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let server = Server::start(Says::Calendar(a_calendar(&[]))).await;
        let (app, mut browser) = allowed(house, &ana, &["127.0.0.1".to_owned()]).await;
        browser.post("/account/calendar/sources", &[("address", &server.url())]).await.expect(303);
        for _ in 0..4 {
            jobs::run_due(&app).await.unwrap();
            house.pass(SignedDuration::from_hours(25));
        }
        assert_eq!(server.asked(), 1);
        // There is an end to how many one may name.
        for number in 1..5 {
            let address = format!("{}?{number}", server.url());
            browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(303);
        }
        assert!(!browser.get("/account/calendar").await.expect(200).says("id=\"address\""));
        let sixth = format!("{}?6", server.url());
        browser.post("/account/calendar/sources", &[("address", &sixth)]).await.expect(422);
    });

    story!(a_failure_is_said_and_tried_again_after_growing_pauses, async |house: &House| {
        let scene = scene(house).await;
        let fine = a_calendar(&["DTSTART:20270111T100000Z\r\nDTEND:20270111T110000Z"]);
        let server = Server::start(Says::Calendar(fine.clone())).await;
        let (app, mut browser) = allowed(house, &scene.mentor, &["127.0.0.1".to_owned()]).await;
        browser.post("/account/calendar/sources", &[("address", &server.url())]).await.expect(303);
        jobs::run_due(&app).await.unwrap();
        let step = async |minutes: i64| {
            house.pass(SignedDuration::from_mins(minutes));
            jobs::run_due(&app).await.unwrap();
        };
        for (says, told) in [
            (Says::Status("500 Oops"), "El servidor contesta con un error"),
            (Says::Status("401 Who"), "El servidor pide una contraseña"),
            (Says::Status("410 Gone"), "Ya no hay nada en esa dirección"),
            (Says::Calendar("<html>".to_owned()), "En esa dirección no hay un calendario"),
            (Says::Status("302 Found"), "remite a otra que no se puede consultar"),
        ] {
            server.now_says(says);
            step(24 * 60).await;
            let page = browser.get("/account/calendar").await.expect(200);
            assert!(page.says(told) && page.says("Lo que se sabe es del 11"), "{told} in {}", page.text());
        }
        // What was known stays known.
        let [from, to] = MONDAY;
        assert_eq!(busy_of(&app, house, &scene.mentor, from, to).await.len(), 1);
        server.now_says(Says::Calendar(fine));
        step(24 * 60).await;
        assert!(browser.get("/account/calendar").await.expect(200).says("Funciona."));
        let before = server.asked();
        server.now_says(Says::Status("503 Busy"));
        for minutes in [60, 29, 1, 59, 1] {
            step(minutes).await;
        }
        assert_eq!(server.asked() - before, 3, "at once, after half an hour, after an hour more");
    });

    story!(nobody_reaches_into_the_house_with_it, async |house: &House| {
        let scene = scene(house).await;
        let server = Server::start(Says::Calendar(a_calendar(&[]))).await;
        let mut browser = house.browser_of(&scene.mentee).await;
        for (address, told) in [
            (server.url(), "tiene que empezar por https://"),
            (format!("https://127.0.0.1:{}/", server.port), "red privada"),
            (format!("https://[::ffff:127.0.0.1]:{}/", server.port), "red privada"),
            ("webcal://169.254.169.254/latest/meta-data".to_owned(), "red privada"),
            ("https://ana:secreta@example.org/a.ics".to_owned(), "el usuario y la contraseña van aparte"),
            ("ftp://example.org/a.ics".to_owned(), "Escribe la dirección completa"),
            (String::new(), "Escribe la dirección completa"),
        ] {
            let seen = browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(422);
            assert!(seen.says(told), "{address}: {}", seen.text());
        }
        // A name tells only when it is asked for.
        let address = format!("https://localhost:{}/a.ics", server.port);
        browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(303);
        house.work().await;
        assert!(browser.get("/account/calendar").await.expect(200).says("La dirección es de una red privada"));
        assert_eq!(server.asked(), 0);
        // Nothing of an address is in the trail.
        let trail = house.browser_of(&scene.coordinator).await.get("/audit").await.expect(200);
        assert!(trail.says("Indicó un calendario suyo") && !trail.says("localhost"));
    });

    story!(what_may_be_seen_of_a_calendar_is_enough, async |house: &House| {
        let scene = scene(house).await;
        let told = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VFREEBUSY\r\nFREEBUSY:20270111T100000Z/PT45M\r\n\
             END:VFREEBUSY\r\nEND:VCALENDAR\r\n";
        let server = Server::start(Says::BusyTimes(told.to_owned())).await;
        let (app, mut browser) = allowed(house, &scene.mentee, &["127.0.0.1".to_owned()]).await;
        let address = format!("http://127.0.0.1:{}/dav/ana", server.port);
        browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(303);
        jobs::run_due(&app).await.unwrap();
        let [from, to] = MONDAY;
        let busy = ["2027-01-11T10:00:00Z/2027-01-11T10:45:00Z"];
        assert_eq!(busy_of(&app, house, &scene.mentee, from, to).await, busy);
        assert_eq!(server.asked(), 2, "the way is found once");
        house.pass(SignedDuration::from_hours(1));
        jobs::run_due(&app).await.unwrap();
        assert_eq!(server.asked(), 3);
    });

    story!(a_caldav_server_is_read_right_across_summer_time, async |house: &House| {
        let scene = scene(house).await;
        let radicale = Radicale::start(&house.folder().join("radicale")).await;
        let events = [
            // Weekly across the last Sunday of October, one time left out.
            "DTSTART;TZID=Europe/Madrid:20270906T100000\r\nDTEND;TZID=Europe/Madrid:20270906T110000\r\n\
             RRULE:FREQ=WEEKLY\r\nEXDATE;TZID=Europe/Madrid:20271025T100000",
            "DTSTART:20271020T150000Z\r\nDTEND:20271020T153000Z\r\nTRANSP:TRANSPARENT",
            "DTSTART;VALUE=DATE:20271028\r\nDTEND;VALUE=DATE:20271029",
        ];
        let events: Vec<String> = events.iter().map(|event| a_calendar(&[event])).collect();
        let distinct: Vec<String> =
            events.iter().enumerate().map(|(number, text)| text.replace("UID:0", &format!("UID:{number}"))).collect();
        peer(PEERS, "fill", &json!({"server": radicale.url, "path": "/ana/work/", "events": distinct}).to_string());
        house.pass(at("2027-10-16T08:00:00Z").duration_since(house.app.now()));
        let (app, mut browser) = allowed(house, &scene.mentee, &["127.0.0.1".to_owned()]).await;
        let address = format!("{}/ana/work/", radicale.url);
        browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(303);
        jobs::run_due(&app).await.unwrap();
        assert_eq!(
            busy_of(&app, house, &scene.mentee, "2027-10-16T00:00:00Z", "2027-11-12T00:00:00Z").await,
            [
                "2027-10-18T08:00:00Z/2027-10-18T09:00:00Z",
                "2027-10-27T22:00:00Z/2027-10-28T22:00:00Z",
                "2027-11-01T09:00:00Z/2027-11-01T10:00:00Z",
                "2027-11-08T09:00:00Z/2027-11-08T10:00:00Z",
            ]
        );
        assert!(browser.get("/account/calendar").await.expect(200).says("Funciona."));
    });

    const PASSWORD: &str = "Reservado: ñandú 4417";
    const WRONG: &str = "Reservado: ñandú 7144";

    story!(a_calendar_that_asks_for_a_password_is_read_with_it, async |house: &House| {
        crate::logs::log();
        let scene = scene(house).await;
        let login = format!("ana:{PASSWORD}");
        let radicale = Radicale::locked(&house.folder().join("radicale"), &login).await;
        let event = a_calendar(&["DTSTART:20270111T100000Z\r\nDTEND:20270111T113000Z"]);
        let fill = json!({"server": radicale.url, "path": "/ana/work/", "events": [event], "login": login});
        peer(PEERS, "fill", &fill.to_string());
        let (app, mut browser) = allowed(house, &scene.mentee, &["127.0.0.1".to_owned(), "192.0.2.7".to_owned()]).await;
        let (page, address) = ("/account/calendar", format!("{}/ana/work/", radicale.url));
        let told = async |browser: &mut Client| {
            jobs::run_due(&app).await.unwrap();
            browser.get(page).await.expect(200)
        };
        // Without, it is told what is missing, and where to give it.
        browser.post("/account/calendar/sources", &[("address", &address)]).await.expect(303);
        let seen = told(&mut browser).await;
        assert!(
            seen.says("El servidor pide una contraseña") && seen.says("Dar usuario y contraseña"),
            "{}",
            seen.text()
        );
        let way = seen
            .text()
            .split("href=\"")
            .find_map(|rest| rest.split('"').next().filter(|path| path.ends_with("/login")))
            .unwrap()
            .to_owned();
        // The wrong one, and half of it.
        for (form, why) in [
            ([("user", ""), ("password", "")], "Falta el usuario"),
            ([("user", "ana"), ("password", "")], "Falta la contraseña"),
            ([("user", "ana:b"), ("password", WRONG)], "no puede llevar dos puntos"),
        ] {
            let again = browser.post(&way, &form).await.expect(422);
            assert!(again.says(why) && !again.says("4417") && !again.says("7144"), "{why}: {}", again.text());
        }
        browser.post(&way, &[("user", "ana"), ("password", WRONG)]).await.expect(303);
        let seen = told(&mut browser).await;
        assert!(seen.says("El servidor no acepta ese usuario o esa contraseña"), "{}", seen.text());
        browser.post("/account", &[("name", "Ana"), ("lang", "en"), ("zone", "Europe/Madrid")]).await.expect(303);
        assert!(browser.get(page).await.expect(200).says("The server does not take that user name or that password"));
        browser.post("/account", &[("name", "Ana"), ("lang", "es"), ("zone", "Europe/Madrid")]).await.expect(303);
        // The right one is tried at once, and shown nowhere again.
        house.browser_of(&scene.mentor).await.get(&way).await.expect(404);
        house.browser_of(&scene.mentor).await.post(&way, &[("user", "ana"), ("password", PASSWORD)]).await.expect(404);
        browser.post(&way, &[("user", "ana"), ("password", PASSWORD)]).await.expect(303);
        let seen = told(&mut browser).await;
        assert!(seen.says("Funciona.") && seen.says("Cambiar el usuario o la contraseña"), "{}", seen.text());
        let [from, to] = MONDAY;
        let busy = ["2027-01-11T10:00:00Z/2027-01-11T11:30:00Z"];
        assert_eq!(busy_of(&app, house, &scene.mentee, from, to).await, busy);
        let form = browser.get(&way).await.expect(200);
        assert!(!form.says("4417") && !form.says("value=\"ana\""), "{}", form.text());
        // Given along with the address it is the same; and the same address is one calendar.
        let both = [("address", address.as_str()), ("user", "ana"), ("password", PASSWORD)];
        let twice = browser.post("/account/calendar/sources", &both).await.expect(422);
        assert!(twice.says("Ya habías indicado este calendario") && !twice.says("4417") && twice.says("value=\"ana\""));
        browser.post(&way.replace("/login", "/remove"), &[]).await.expect(303);
        browser.post("/account/calendar/sources", &both).await.expect(303);
        assert!(told(&mut browser).await.says("Funciona."));
        assert_eq!(busy_of(&app, house, &scene.mentee, from, to).await, busy);
        // In clear it goes to no other machine, though the operator lets it be asked.
        let clear = [("address", "http://192.0.2.7/dav/"), ("user", "ana"), ("password", PASSWORD)];
        let refused = browser.post("/account/calendar/sources", &clear).await.expect(422);
        assert!(refused.says("tiene que empezar por https://"), "{}", refused.text());
        browser.post("/account/calendar/sources", &clear[..1]).await.expect(303);
        // It stands nowhere in clear: not in the database, not in the trail, not in the log.
        let said = [PASSWORD.to_owned(), WRONG.to_owned()];
        assert_eq!(found(&database(house).await, &said), None);
        assert_eq!(found(&files(&house.app.config.data), &said), None);
        let trail = house.browser_of(&scene.coordinator).await.get("/audit/export?form=csv").await.expect(200).text();
        let log = crate::logs::log().text();
        assert!(trail.contains("Cambió el usuario y la contraseña") && !log.is_empty());
        for text in [trail, log] {
            assert_eq!(found(text.as_bytes(), &said), None);
        }
    });

    story!(a_password_opens_with_its_owners_key_alone, async |house: &House| {
        let scene = scene(house).await;
        let server = Server::start(Says::Calendar(a_calendar(&[]))).await;
        let (app, mut browser) = allowed(house, &scene.mentee, &["127.0.0.1".to_owned()]).await;
        let both = [("address", server.url()), ("user", "ana".to_owned()), ("password", PASSWORD.to_owned())];
        let both: Vec<(&str, &str)> = both.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/account/calendar/sources", &both).await.expect(303);
        jobs::run_due(&app).await.unwrap();
        assert!(browser.get("/account/calendar").await.expect(200).says("Funciona."));
        let asked = server.asked();
        // Erased, it opens no more, and nobody is asked with it or without.
        let (organisation, person) = (scene.mentee.organisation, scene.mentee.id);
        let destroyed: Result<u64, telemaco::db::Error> =
            telemaco::transaction!(app.db, tx => telemaco::vault::destroy_keys_of(tx, organisation, person).await);
        assert_eq!(destroyed.unwrap(), 1);
        house.pass(SignedDuration::from_hours(1));
        jobs::run_due(&app).await.unwrap();
        let seen = browser.get("/account/calendar").await.expect(200);
        assert!(seen.says("La contraseña guardada no se puede abrir"), "{}", seen.text());
        assert_eq!(server.asked(), asked);
        // Where the installation's key is missing, whoever gives one is told so.
        let without = crate::vault::without_key(house);
        let session = identity::open_session(&without, scene.mentor.id).await.map_err(anyhow::Error::from).unwrap();
        let mut browser = Client::of(&without);
        browser.keep_cookie("telemaco_session", &session);
        let both = [("address", "https://cal.example/dav/"), ("user", "ana"), ("password", PASSWORD)];
        let told = browser.post("/account/calendar/sources", &both).await.expect(422);
        assert!(told.says("clave") && told.says("https://cal.example/dav/") && !told.says("4417"), "{}", told.text());
    });

    #[tokio::test]
    async fn rules_are_reckoned_as_dateutil_does() {
        let house = House::on_sqlite().await;
        let scene = scene(&house).await;
        let calendar = many_rules();
        let server = Server::start(Says::Calendar(calendar.clone())).await;
        house.pass(at("2027-10-01T12:00:00Z").duration_since(house.app.now()));
        let (app, mut browser) = allowed(&house, &scene.mentee, &["127.0.0.1".to_owned()]).await;
        browser.post("/account/calendar/sources", &[("address", &server.url())]).await.expect(303);
        jobs::run_due(&app).await.unwrap();
        let (from, to) = ("2027-10-01T12:00:00Z", "2027-12-09T12:00:00Z");
        let own = busy_of(&app, &house, &scene.mentee, from, to).await;
        let asked = json!({"calendar": calendar, "home": "Europe/Madrid", "from": from, "to": to});
        let expected = peer(PEERS, "busy", &asked.to_string());
        let expected: Vec<String> = expected
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| format!("{}/{}", pair[0].as_str().unwrap(), pair[1].as_str().unwrap()))
            .collect();
        assert!(expected.len() > 300, "{}", expected.len());
        assert_eq!(own, expected);
        house.end().await;
    }

    /// Rules of every kind, each at a minute of its own.
    fn many_rules() -> String {
        let rules = [
            "FREQ=DAILY",
            "FREQ=DAILY;INTERVAL=3",
            "FREQ=DAILY;COUNT=300",
            "FREQ=DAILY;BYMONTH=10,12",
            "FREQ=DAILY;BYDAY=MO,FR",
            "FREQ=DAILY;UNTIL=20271107T235959",
            "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=15,45",
            "FREQ=WEEKLY",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
            "FREQ=WEEKLY;COUNT=45;BYDAY=MO,WE,FR",
            "FREQ=WEEKLY;INTERVAL=5;BYDAY=SA",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "FREQ=MONTHLY",
            "FREQ=MONTHLY;BYMONTHDAY=-1",
            "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=SA",
            "FREQ=MONTHLY;BYDAY=2TU,-1FR",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-2",
            "FREQ=MONTHLY;BYMONTHDAY=29,30,31",
            "FREQ=MONTHLY;COUNT=100;BYMONTHDAY=5",
            "FREQ=YEARLY",
            "FREQ=YEARLY;BYMONTH=10,11",
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
            "FREQ=YEARLY;BYDAY=45MO,-1SU",
            "FREQ=YEARLY;BYYEARDAY=300,-60",
            "FREQ=YEARLY;BYMONTHDAY=11",
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        ];
        let zones = ["Europe/Madrid", "America/New_York"];
        let mut events = Vec::new();
        for (number, rule) in rules.iter().enumerate() {
            for (shift, zone) in zones.iter().enumerate() {
                let (hour, minute) = (10 + 3 * shift, 2 * number);
                events.push(format!(
                    "DTSTART;TZID={zone}:202702{day:02}T{hour:02}{minute:02}00\r\n\
                     DTEND;TZID={zone}:202702{day:02}T{hour:02}{minute:02}30\r\nRRULE:{rule}",
                    day = 2 + (number % 20),
                ));
            }
        }
        events.push(
            "DTSTART;VALUE=DATE:20270103\r\nDTEND;VALUE=DATE:20270105\r\nRRULE:FREQ=MONTHLY;BYDAY=1SU".to_owned(),
        );
        let events: Vec<&str> = events.iter().map(String::as_str).collect();
        a_calendar(&events)
    }
}
