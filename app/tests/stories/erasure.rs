//! What is known of somebody, given to them as a file; and their erasure: what goes, what stays, whom it lets read on, and when it is
//! refused.

use std::os::unix::fs::PermissionsExt as _;

use jiff::SignedDuration;
use telemaco::db::Statement;
use telemaco::erasure;
use telemaco::identity::Part;
use telemaco::observations::record::actions::check_all;
use telemaco::problems::Failure;

use crate::api::program;
use crate::meetings::{accept, let_it_pass, propose};
use crate::permissions::world;
use crate::records::scene::scene;
use crate::story;
use crate::support::dump::database;
use crate::support::form::fields;
use crate::support::{Client, House, Person};
use crate::the_loop::{Observed, observed};
use crate::vault::Pair;
use crate::{agreement, cli, goals, journal};

/// A pair that has written to each other, met, and been in the room; their mentorship is over.
struct Past {
    pair: Pair,
    secretary: Person,
    sitting: String,
    seat: String,
    meeting: String,
    goal: String,
    /// What she wrote, and what he did.
    hers: Vec<String>,
    his: Vec<String>,
}

/// Sentences that no key and no test says by chance.
struct Pen(Vec<String>);

impl Pen {
    fn writes(&mut self, about: &str) -> String {
        self.0.push(format!("Entre nosotros ({}): {about}, y que no lo sepa Ordóñez", self.0.len()));
        self.0.last().unwrap().clone()
    }
}

impl Past {
    async fn of(house: &House) -> Self {
        let Observed { pair, secretary, sitting, seat, hers, his } = observed(house).await;
        let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
        let (mut hers, mut his) = (Pen(hers), Pen(vec![his]));
        let home = format!("/mentorships/{}", pair.mentorship);
        agreement::write(&mut lucia, &pair, &[("cadence", &hers.writes("los martes"))], "propose").await;
        agreement::sign(&mut andres, &pair).await;
        lucia.post(&format!("{home}/letter"), &[("letter", hers.writes("querida yo").as_str())]).await.expect(303);
        let goal = goal(&mut lucia, &pair, &mut hers, "pair").await;
        goal_of_her_own(&mut lucia, &pair, &mut hers).await;
        for (browser, pen) in [(&mut lucia, &mut hers), (&mut andres, &mut his)] {
            let line = pen.writes("cómo va");
            browser
                .post(&format!("{goal}/check-in"), &[("line", line.as_str()), ("on", "2027-01-14")])
                .await
                .expect(303);
        }
        for visibility in ["only-me", "pair"] {
            let question = hers.writes("me voy o me quedo");
            journal::add(&mut lucia, &pair, &[("question", &question), ("visibility", visibility)]).await;
        }
        let meeting = meeting(house, &pair, (&mut hers, &mut his)).await;
        let past = Self { pair, secretary, sitting, seat, meeting, goal, hers: hers.0, his: his.0 };
        past.end(house).await;
        past
    }

    async fn end(&self, house: &House) {
        let (mut ana, home) =
            (house.browser_of(&self.pair.ana).await, format!("/mentorships/{}", self.pair.mentorship));
        let version = fields(&ana.get(&home).await.expect(200).text())["version"].clone();
        let ends = [("version", version.as_str()), ("manage", "yes"), ("ending", "closure"), ("reason", REASON)];
        ana.post(&format!("{home}/end"), &ends).await.expect(303);
        house.work().await;
    }

    fn home(&self) -> String {
        format!("/mentorships/{}", self.pair.mentorship)
    }

    /// The pages on which one of the pair reads what the two wrote.
    fn pages(&self) -> Vec<String> {
        let of_pair = [
            "",
            "/agreement",
            "/agreement/1",
            "/agreement/1/text",
            "/goals",
            "/plan",
            "/journal",
            "/reviews",
            "/meetings",
            "/loops",
        ];
        let mut pages: Vec<String> = of_pair.iter().map(|rest| format!("{}{rest}", self.home())).collect();
        pages.extend([self.goal.clone(), self.meeting.clone(), self.seat.clone()]);
        pages.extend(["/", "/notices", "/mentorships", "/sittings", "/account"].map(str::to_owned));
        pages
    }

    /// The pages on which the organisation's people met the two.
    fn pages_of_house(&self) -> Vec<String> {
        let edition = self.pair.edition;
        let of_edition = [
            "",
            "/enrolments",
            "/mentorships",
            "/mentorships/export?form=csv",
            "/health",
            "/baselines",
            "/orientation/readers",
            "/pairing",
        ];
        let mut pages: Vec<String> = of_edition.iter().map(|rest| format!("/editions/{edition}{rest}")).collect();
        pages.extend(
            ["/", "/people", "/people/export?form=csv", "/mentors", "/nominations", "/audit", "/notices"]
                .map(str::to_owned),
        );
        pages.extend([self.home(), format!("/overview/{edition}"), format!("/overview/{edition}/loops")]);
        pages
    }
}

async fn goal(browser: &mut Client, pair: &Pair, pen: &mut Pen, visibility: &str) -> String {
    let (statement, measure, step) = (pen.writes("negociar sola"), pen.writes("acuerdos"), pen.writes("ensayar"));
    let form = [
        ("statement", statement.as_str()),
        ("measure", &measure),
        ("steps", &step),
        ("kind", "professional"),
        ("term", "short"),
        ("visibility", visibility),
    ];
    goals::add(browser, pair, &form).await
}

async fn goal_of_her_own(browser: &mut Client, pair: &Pair, pen: &mut Pen) {
    let path = goal(browser, pair, pen, "only-me").await;
    let line = pen.writes("va regular");
    browser.post(&format!("{path}/check-in"), &[("line", line.as_str()), ("on", "2027-01-14")]).await.expect(303);
}

/// A meeting with points, notes of both, one that is hers alone, and a promise; gives its path.
async fn meeting(house: &House, pair: &Pair, (hers, his): (&mut Pen, &mut Pen)) -> String {
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let id = propose(&mut lucia, pair).await;
    accept(&mut andres, &id).await;
    house.work().await;
    let one = format!("/meetings/{id}");
    for (browser, pen) in [(&mut lucia, &mut *hers), (&mut andres, &mut *his)] {
        browser.post(&format!("{one}/points"), &[("point", pen.writes("de qué hablar").as_str())]).await.expect(303);
    }
    let_it_pass(house, pair).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let texts = [("note", "pair"), ("note", "only-me"), ("reflection", "pair")];
    for (browser, pen) in [(&mut lucia, &mut *hers), (&mut andres, &mut *his)] {
        for (kind, visibility) in texts {
            let words = pen.writes("lo que vi");
            let form = [("kind", kind), (kind, words.as_str()), ("visibility", visibility)];
            browser.post(&format!("{one}/texts"), &form).await.expect(303);
        }
        let promise = pen.writes("llamar a compras");
        let form = [("promise", promise.as_str()), ("who", "me"), ("due", "2027-02-01")];
        browser.post(&format!("{one}/promises"), &form).await.expect(303);
    }
    one
}

/// What else an installation knows of somebody: a profile, a private address, calendars, a hook.
async fn known_otherwise(house: &House, person: &Person) {
    world::hook(house, person).await;
    world::calendar_source(house, person).await;
    let [id, organisation] = [person.id.0, person.organisation.0].map(|id| house.literal(id));
    house
        .raw(&format!(
            "INSERT INTO profiles (person, organisation, mentor, mentee, languages, biography, preferences, conflicts, former_mentors, \
             search) VALUES ({id}, {organisation}, FALSE, TRUE, '[]', '{BIOGRAPHY}', '[]', '[]', '[]', ''); \
             UPDATE persons SET private_address = '{PRIVATE}', private_confirmed_at = 1 WHERE id = {id}"
        ))
        .await;
}

/// Why the coordinator ended it.
const REASON: &str = "Lucía se va del banco";
const BIOGRAPHY: &str = "Vengo del mar y de los números";
const PRIVATE: &str = "casa.lucia@example.net";

/// How many rows there are of what stays as evidence.
async fn evidence(house: &House) -> Vec<i64> {
    static EVIDENCE: Statement = Statement::new(
        "SELECT (SELECT count(*) FROM agreement_signatures) AS signatures, (SELECT count(*) FROM undertakings) AS undertakings, \
         (SELECT count(*) FROM record_entries) AS entries, (SELECT count(*) FROM seats) AS seats, \
         (SELECT count(*) FROM meetings) AS meetings, (SELECT CAST(sum(minutes) AS BIGINT) FROM attendances) AS minutes",
        file!(),
        line!(),
    );
    let row = house.app.db.row(&EVIDENCE, Vec::new()).await.unwrap().unwrap();
    ["signatures", "undertakings", "entries", "seats", "meetings", "minutes"]
        .map(|column| row.get(column).unwrap())
        .to_vec()
}

fn says(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Everything that a file says, whatever stands around it.
fn texts(told: &serde_json::Value, into: &mut String) {
    match told {
        serde_json::Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        serde_json::Value::Array(list) => list.iter().for_each(|one| texts(one, into)),
        serde_json::Value::Object(fields) => fields.values().for_each(|one| texts(one, into)),
        _ => {}
    }
}

fn all_texts(told: &serde_json::Value) -> String {
    let mut all = String::new();
    texts(told, &mut all);
    all
}

pub async fn erase(house: &House, person: &Person) -> Result<erasure::Erasure, Failure> {
    erasure::erase(&house.app, person.id).await
}

#[track_caller]
pub fn refused(done: Result<erasure::Erasure, Failure>) -> Vec<String> {
    match done {
        Err(Failure::Problems(problems)) => problems.iter().map(|problem| problem.message.key.to_string()).collect(),
        other => panic!("it should be refused: {other:?}"),
    }
}

async fn exported(house: &House, past: &Past) {
    let mut lucia = house.browser_of(&past.pair.lucia).await;
    assert!(lucia.get("/account").await.expect(200).says("Descargar tus datos"));
    let file = lucia.post("/account/data", &[]).await.expect(200);
    assert!(file.header("content-disposition").contains("telemaco.json") && file.header("cache-control") == "no-store");
    let told = file.json();
    let all = all_texts(&told);
    for sentence in past.hers.iter().map(String::as_str).chain([BIOGRAPHY, PRIVATE, "Lucía Ibáñez"]) {
        assert!(all.contains(sentence), "{sentence} is hers: {told:#}");
    }
    for sentence in &past.his {
        assert!(!all.contains(sentence), "{sentence} is his: {told:#}");
    }
    assert!(!all.contains(REASON), "what the coordinator noted is read by coordinators alone");
    for hidden in ["ended_by", "ending", "another"] {
        assert!(told["tables"]["mentorships"][0][hidden].is_null(), "who ended it is told to them alone: {told:#}");
    }
    assert_eq!(told["people"][past.pair.andres.id.to_string()], "Andrés Güell", "she knows her mentor by name");
    for secret in ["wrapped", "token", "password", "name_sort", "search", "login"] {
        assert!(!file.says(&format!("\"{secret}\"")), "{secret}");
    }
    assert!(told["tables"]["mentorships"][0]["began_at"].as_str().unwrap().starts_with("2027-01-11T"), "{told:#}");
    assert_eq!(
        erasure::export(&house.app, past.pair.lucia.id).await.map_err(anyhow::Error::from).unwrap()["people"],
        told["people"]
    );
}

/// What somebody holds who may come in: a session, a token, the address of a feed, a link of a mail.
struct Ways {
    browser: Client,
    program: Client,
    feed: String,
    links: Vec<String>,
}

async fn ways(house: &House, person: &Person) -> Ways {
    let mut browser = house.browser_of(person).await;
    let page = browser.post("/account/calendar/feed", &[]).await.expect(200).text();
    let address = page.split("class=\"secret\">").nth(1).unwrap().split('<').next().unwrap();
    let feed = address.strip_prefix(&house.app.config.public_url).unwrap().to_owned();
    let mut program = program(house, person).await;
    program.get("/api/me").await.expect(200);
    house.stranger().get(&feed).await.expect(200);
    let link = world::link(house, person).await;
    house.stranger().get(&format!("/link/{link}")).await.expect(200);
    Ways { browser, program, feed, links: vec![format!("/link/{link}")] }
}

/// Nothing that opened for her opens for anybody any more.
async fn no_way_in(house: &House, person: &Person, mut ways: Ways) {
    let mut stranger = house.stranger();
    assert_eq!(ways.browser.get("/").await.location(), stranger.get("/").await.location());
    ways.program.get("/api/me").await.expect(401);
    for path in ways.links.iter().chain([&ways.feed]) {
        stranger.get(path).await.expect(404);
    }
    let known =
        stranger.post("/sign-in", &[("address", person.address.as_str()), ("password", "abc")]).await.expect(422);
    let unknown = stranger.post("/sign-in", &[("address", "nadie@example.org"), ("password", "abc")]).await.expect(422);
    assert_eq!(known.text().replace(&person.address, ""), unknown.text().replace("nadie@example.org", ""));
    let mails = house.links_to(&person.address).await.len();
    for address in [person.address.as_str(), PRIVATE] {
        stranger.post("/sign-in/link", &[("address", address)]).await.expect(200);
    }
    house.work().await;
    assert_eq!(house.links_to(&person.address).await.len(), mails, "nothing is mailed to her");
    assert_eq!(house.links_to(PRIVATE).await.len(), 0);
}

/// What one of the two reads; the other is named nowhere but in the agreement, as both signed it.
async fn read_by(reader: &mut Client, past: &Past, gone: &str) -> String {
    let mut read = String::new();
    for path in past.pages() {
        let page = reader.get(&path).await.expect(200).text();
        assert!(path.contains("/agreement") || !page.contains(gone), "{path}: {page}");
        read.push_str(&page);
    }
    read
}

/// What everybody sees, in both languages.
async fn pages_go_on(house: &House, past: &Past, reader: &Person) {
    for lang in ["es", "en"] {
        house.raw(&format!("UPDATE persons SET language = '{lang}'")).await;
        let (mut reader, mut ana, mut sol) = (
            house.browser_of(reader).await,
            house.browser_of(&past.pair.ana).await,
            house.browser_of(&past.secretary).await,
        );
        for page in past.pages() {
            reader.get(&page).await.expect(200);
        }
        for page in past.pages_of_house() {
            ana.get(&page).await.expect(200);
        }
        for page in ["", "/record/annex", "/record/privilege", "/record"].map(|rest| format!("{}{rest}", past.sitting))
        {
            sol.get(&page).await.expect(200);
        }
    }
    house.raw("UPDATE persons SET language = 'es'").await;
}

story!(a_mentee_takes_her_words_along_and_leaves_his, async |house: &House| {
    let past = Past::of(house).await;
    let Pair { ana, lucia, andres, .. } = &past.pair;
    known_otherwise(house, lucia).await;
    pages_go_on(house, &past, lucia).await;
    exported(house, &past).await;
    let ways = ways(house, lucia).await;
    let before = evidence(house).await;
    let mut reader = house.browser_of(andres).await;
    assert!(reader.get(&past.home()).await.expect(200).says("Lucía Ibáñez"));
    assert!(reader.get("/notices").await.expect(200).says("Lucía Ibáñez"));

    // Said first, and nothing done.
    let said = erasure::rehearse(&house.app, lucia.id).await.map_err(anyhow::Error::from).unwrap();
    assert!(said.deleted() > 10 && said.emptied() > 2, "{said:?}");
    assert!(reader.get(&past.home()).await.expect(200).says("Lucía Ibáñez"));
    let done = erase(house, lucia).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!((done.tables, done.jobs), (said.tables, said.jobs), "it does what it said");

    let left = database(house).await;
    assert!(says(&left, "Andrés Güell") && says(&left, "Persona borrada"), "it is the database");
    for text in past.hers.iter().map(String::as_str).chain(["Lucía", "Ibáñez", "lucia.", BIOGRAPHY, PRIVATE]) {
        assert!(!says(&left, text), "{text} is gone");
    }
    // His words are there for him, and what both signed.
    let read = read_by(&mut reader, &past, "Lucía").await;
    for sentence in &past.his {
        assert!(read.contains(sentence), "{sentence} is his");
    }
    assert!(read.contains("sus datos se borraron") && read.contains("Persona borrada"));
    assert!(read.contains(past.hers.iter().find(|said| said.contains("los martes")).unwrap()), "what he signed is his");
    assert_eq!(evidence(house).await, before);
    // Clocks go on for him: the follow-up is due. She is told of nothing.
    house.pass(SignedDuration::from_hours(24 * 250));
    while house.work().await > 0 {}
    let told_to =
        async |person: &Person| house.count(&format!("notices WHERE person = {}", house.literal(person.id.0))).await;
    assert_eq!((told_to(lucia).await, told_to(andres).await > 3), (0, true));
    let checked = check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert!(checked.faults.is_empty() && checked.undertakings == 1, "{checked:?}");
    let annex =
        house.browser_of(&past.secretary).await.get(&format!("{}/record/annex", past.sitting)).await.expect(200);
    assert_eq!(annex.read().matches("Persona borrada: dentro").count(), 3, "{}", annex.read());
    pages_go_on(house, &past, andres).await;
    no_way_in(house, lucia, ways).await;

    // She is in no list, and somebody else may come with her address.
    let mut coordinator = house.browser_of(ana).await;
    assert!(!coordinator.get("/people").await.expect(200).says("Persona borrada"));
    assert!(!coordinator.get("/people/export?form=csv").await.expect(200).says("Persona borrada"));
    assert!(coordinator.get("/audit").await.expect(200).says("Se borraron los datos de alguien"));
    house.person(ana.organisation, "Lucía Ibáñez", &[]).await;
    assert!(matches!(erase(house, lucia).await, Err(Failure::Refusal(_))), "she is erased once");
});

story!(a_mentor_takes_his_words_along_and_leaves_hers, async |house: &House| {
    let past = Past::of(house).await;
    let (lucia, andres) = (&past.pair.lucia, &past.pair.andres);
    let before = evidence(house).await;
    erase(house, andres).await.map_err(anyhow::Error::from).unwrap();
    let left = database(house).await;
    for text in past.his.iter().map(String::as_str).chain(["Güell", "andres."]) {
        assert!(!says(&left, text), "{text} is gone");
    }
    let mut reader = house.browser_of(lucia).await;
    let read = read_by(&mut reader, &past, "Güell").await;
    assert!(read.contains("Persona borrada"));
    for about in ["cómo va", "ensayar", "lo que vi", "los martes"] {
        assert!(read.contains(past.hers.iter().find(|said| said.contains(about)).unwrap()), "{about}");
    }
    assert_eq!(evidence(house).await, before);
    assert!(check_all(&house.app).await.map_err(anyhow::Error::from).unwrap().faults.is_empty());
    pages_go_on(house, &past, lucia).await;
});

story!(what_is_under_way_is_ended_first, async |house: &House| {
    let scene = scene(house).await;
    let running = ["mentorships-keeps", "observations-keeps"];
    assert_eq!(refused(erase(house, &scene.observer).await), running);
    assert_eq!(refused(erase(house, &scene.mentor).await), running[..1]);
    assert_eq!(refused(erase(house, &scene.coordinator).await), ["identity-keeps"]);
    let mut ana = house.browser_of(&scene.coordinator).await;
    let import = world::import(&mut ana).await;
    let kept = ["people-keeps", "observations-keeps"];
    assert_eq!(
        refused(erase(house, &scene.secretary).await),
        kept,
        "its sheets may hold anybody, and she opened a sitting"
    );
    let page = ana.get(&format!("/imports/{import}")).await.expect(200).text();
    ana.post(&format!("/imports/{import}/drop"), &[("version", fields(&page)["version"].as_str())]).await.expect(303);
    // Another coordinates, and nobody keeps her.
    house.person(scene.coordinator.organisation, "Otra Coordinadora", &[Part::Coordinator]).await;
    erase(house, &scene.coordinator).await.map_err(anyhow::Error::from).unwrap();
    ana.get("/").await.expect(303);
});

story!(an_account_that_serves_another_organisation_stays, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let here = house.person(ana.organisation, "Marta Sanz", &[]).await;
    let there = house.person(eva.organisation, "Marta Sanz", &[]).await;
    let mut browser = house.browser_of(&there).await;
    house.browser_of(&here).await;
    assert!(browser.get("/account").await.expect(200).says("Banco del Norte"), "one sign-in serves both");
    erase(house, &here).await.map_err(anyhow::Error::from).unwrap();
    let marta = browser.get("/account").await.expect(200);
    assert!(marta.says("Universidad del Sur") && !marta.says("Banco del Norte"), "{}", marta.text());
});

story!(the_command_gives_a_file_and_erases, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let marta = house.person(ana.organisation, "Marta Sanz", &[]).await;
    let installation = match house.app.db.file() {
        Some(_) => format!("data={}", house.app.config.data.display()),
        None => format!("database={}", house.app.config.database()),
    };
    let person = |arguments: &[&str]| {
        let mut command = cli::telemaco(house.folder());
        command.args(["person"]).args(arguments).args(["--lang", "en", "--set", &installation]);
        cli::run(&mut command)
    };
    let file = house.folder().join("marta.json");
    let out = file.to_str().unwrap();
    let (is_well, said) = person(&["export", &marta.address, "--out", out]);
    assert!(is_well && said.contains("hand it over to them alone"), "{said}");
    let told: serde_json::Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
    assert_eq!(told["tables"]["persons"][0]["name"], "Marta Sanz");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(!person(&["export", &marta.address, "--out", out]).0, "nothing is written over");
    let (is_well, said) = person(&["erase", "nadie@example.org", "--yes"]);
    assert!(!is_well && said.contains("Nobody has the address"), "{said}");
    let (is_well, said) = person(&["erase", &ana.address, "--yes"]);
    assert!(!is_well && said.contains("last coordinator"), "{said}");
    let (is_well, said) = person(&["erase", &marta.address]);
    assert!(is_well && said.contains("nothing was done") && said.contains("--yes"), "{said}");
    assert!(says(&database(house).await, "Marta Sanz"));
    let (is_well, said) = person(&["erase", &marta.address, "--yes"]);
    assert!(is_well && said.contains("is erased"), "{said}");
    assert!(!says(&database(house).await, "Marta Sanz"));
    // Where two organisations know an address, it is said which.
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    for organisation in [ana.organisation, eva.organisation] {
        house.person(organisation, "Nora Gil", &[]).await;
    }
    let (is_well, said) = person(&["erase", "nora.gil@example.org"]);
    assert!(!is_well && said.contains("banco-del-norte, universidad-del-sur"), "{said}");
    assert!(person(&["erase", "nora.gil@example.org", "--organisation", "universidad-del-sur"]).0);
});

story!(a_stranger_learns_nothing_of_ones_data, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let marta = house.person(ana.organisation, "Marta Sanz", &[]).await;
    let seen = house.stranger().post("/account/data", &[]).await.expect(303);
    assert!(seen.location().starts_with("/sign-in"));
    let mut browser = house.browser_of(&marta).await;
    let own = browser.post("/account/data", &[]).await.expect(200);
    assert!(own.says("Marta Sanz") && !own.says("Ana Pérez") && !own.says("ana.perez"), "{}", own.text());
    // Every table is read for it: not as often as one likes.
    for _ in 0..9 {
        browser.post("/account/data", &[]).await.expect(200);
    }
    browser.post("/account/data", &[]).await.expect(429);
});
