//! The whole loop through the doors alone, each person with a browser of their own and no scripts: a board meeting of a company, and a
//! negotiation of a university with a company from outside. A sitting is opened, a seat is asked for, agreed to and undertaken; the
//! mentee predicts, observes, debriefs, practises, and sees it again. And what everybody else learns of it.

use jiff::{SignedDuration, Timestamp};
use telemaco::identity::Part;
use telemaco::programmes::Track;

use crate::api::program;
use crate::goals::framed_on;
use crate::observations::secretary;
use crate::story;
use crate::support::dump::{files, found};
use crate::support::form::sent;
use crate::support::{Client, House, Person, Seen};
use crate::vault::Pair;

const HOST: &str = "rosa.marin@astilleros.example";
const HOST_NAME: &str = "Rosa Marín";

/// What people write on the way, and nobody but those whom it concerns may find anywhere.
struct Said {
    place: String,
    conflict: String,
    expects: String,
    saw: String,
    against: String,
    tries: String,
    line: String,
    practice: String,
}

impl Said {
    fn new() -> Self {
        let one = |what: &str| format!("Reservado ({what}): nadie más lo lee");
        Self {
            place: one("sitio"),
            conflict: one("conflicto"),
            expects: one("espera"),
            saw: one("vio"),
            against: one("compara"),
            tries: one("probará"),
            line: one("línea"),
            practice: one("práctica"),
        }
    }

    fn all(&self) -> Vec<String> {
        let Self { place, conflict, expects, saw, against, tries, line, practice } = self;
        [place, conflict, expects, saw, against, tries, line, practice].map(Clone::clone).to_vec()
    }
}

/// What differs between the two tracks.
struct Case {
    track: Track,
    kind: &'static str,
    activity: &'static str,
    /// The classes of the items, and whether she may be there.
    items: &'static [(&'static str, bool)],
}

const BOARD: Case = Case {
    track: Track::Promotion,
    kind: "meeting",
    activity: "meeting-observation",
    items: &[
        ("open", true),
        ("confidential", true),
        ("legal-advice", false),
        ("inside-information", false),
        ("open", true),
    ],
};

const NEGOTIATION: Case = Case {
    track: Track::Degree,
    kind: "negotiation",
    activity: "negotiation-observation",
    items: &[("confidential", true)],
};

struct World<'a> {
    house: &'a House,
    case: &'a Case,
    pair: Pair,
    sol: Person,
    said: Said,
}

impl World<'_> {
    /// Time passes until an instant.
    fn wait_until(&self, at: &str) {
        let at: Timestamp = at.parse().unwrap();
        self.house.pass(at.duration_since(self.house.app.now()));
    }

    fn minutes(&self, minutes: i64) {
        self.house.pass(SignedDuration::from_mins(minutes));
    }

    async fn lucia(&self) -> Client {
        self.house.browser_of(&self.pair.lucia).await
    }

    async fn andres(&self) -> Client {
        self.house.browser_of(&self.pair.andres).await
    }

    async fn sol(&self) -> Client {
        self.house.browser_of(&self.sol).await
    }

    fn is_degree(&self) -> bool {
        self.case.track == Track::Degree
    }

    fn plan(&self) -> String {
        format!("/mentorships/{}/plan", self.pair.mentorship)
    }
}

/// Where a link of a page goes that says this.
#[track_caller]
fn link(page: &str, says: &str) -> String {
    let found = page.match_indices("href=\"").map(|(at, start)| &page[at + start.len()..]);
    let found = found.filter_map(|rest| rest.split_once('"')).find(|(_, rest)| {
        let text = rest.split("</a>").next().unwrap_or_default();
        text.split_once('>').is_some_and(|(_, text)| text.starts_with(says))
    });
    found.unwrap_or_else(|| panic!("no link says {says:?}: {page}")).0.to_owned()
}

/// Opens a page and sends the form of it in which something stands, as a browser without scripts does.
async fn submit(browser: &mut Client, page: &str, says: &str, change: &[(&str, &str)]) -> Seen {
    let (action, fields) = sent(&browser.get(page).await.expect(200).text(), says, change);
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(action.as_deref().unwrap_or(page), &fields).await
}

/// The link of the mail to the host that says this.
async fn mailed(house: &House, says: &str) -> String {
    let mail = house.mail_saying(HOST, says).await;
    let token = mail.split("/o/").nth(1).unwrap().split_whitespace().next().unwrap();
    format!("/o/{token}")
}

/// The secretary settles what observers may and what they sign.
async fn rules(world: &World<'_>) {
    let mut sol = world.sol().await;
    if world.is_degree() {
        // Here the host alone agrees.
        sol.post("/room", &[("version", "0"), ("confidential", "undertaken")]).await.expect(303);
    } else {
        submit(&mut sol, "/room", "name=\"confidential\"", &[("confidential", "cleared")]).await.expect(303);
        let cleared = [("person", world.pair.lucia.address.as_str()), ("until", "2027-12-31")];
        submit(&mut sol, "/room/clearances", "name=\"person\"", &cleared).await.expect(303);
    }
    let text = [("text-es", "Callo lo que oigo."), ("text-en", "I keep silent."), ("lasts", "12"), ("notes", "60")];
    submit(&mut sol, "/room/texts", "name=\"text-es\"", &text).await.expect(303);
}

/// Opens a sitting for an hour from ten in the morning, and gives its path.
async fn opened(world: &World<'_>, browser: &mut Client, day: &str, change: &[(&str, &str)]) -> String {
    let list = browser.get("/sittings").await.expect(200).text();
    let new = link(&list, "Abrir una sesión en");
    let mut form = vec![
        ("kind", world.case.kind),
        ("day", day),
        ("from", "10:00"),
        ("until", "11:00"),
        ("place", world.said.place.as_str()),
        ("competency", "negotiation"),
    ];
    form.extend_from_slice(change);
    submit(browser, &new, "name=\"kind\"", &form).await.expect(303).location().to_owned()
}

/// The host has no account, and agrees by the link of a mail; without scripts, in the language of the browser.
async fn host_agrees(world: &World<'_>) -> (Client, String) {
    world.house.work().await;
    let link = world.house.link_to(HOST).await;
    let mut rosa = world.house.stranger();
    if world.is_degree() {
        rosa.language = "en";
        assert!(rosa.get(&link).await.expect(200).says("May somebody come to observe? Sitting 1"));
    }
    let agreed = [("lasts", "12"), ("notes", "60")];
    submit(&mut rosa, &link, "value=\"agree\"", &agreed).await.expect(303);
    (rosa, link)
}

/// The secretary classifies the items; whoever presides agrees.
async fn classified(world: &World<'_>, sitting: &str, classes: &[&str]) {
    let mut sol = world.sol().await;
    let page = sol.get(sitting).await.expect(200);
    assert!(page.says("Clasifica los puntos"), "{}", page.text());
    let items = link(&page.text(), "Clasificar los puntos");
    let rows: Vec<(String, String)> = (1..)
        .zip(classes)
        .flat_map(|(place, class)| {
            let time = |minutes: usize| format!("10:{minutes:02}");
            [
                (format!("class-{place}"), (*class).to_owned()),
                (format!("time-from-{place}"), time((place - 1) * 10)),
                (format!("time-to-{place}"), time(place * 10)),
            ]
        })
        .collect();
    let rows: Vec<(&str, &str)> = rows.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let page = format!("{items}?count={}", classes.len());
    submit(&mut sol, &page, "name=\"version\"", &rows).await.expect(303);
    world.house.work().await;
}

/// The mentee asks, or in the degree her mentor proposes her, for what the plan says; host and secretary agree.
async fn seated(world: &World<'_>, rosa: &mut Client, sitting: &str) {
    let (mut lucia, mut andres, mut sol) = (world.lucia().await, world.andres().await, world.sol().await);
    let planned = [
        ("what-0", "Ver cómo se decide"),
        ("on-0", "2027-01-14"),
        ("kind-0", world.case.activity),
        ("competency-0", "negotiation"),
    ];
    submit(&mut andres, &format!("{}/edit", world.plan()), "name=\"what-0\"", &planned).await.expect(303);
    let (asks, says, button) = if world.is_degree() {
        (&mut andres, "Proponer una plaza", "Proponer a Lucía")
    } else {
        (&mut lucia, "Pedir una plaza", "Pedir la plaza")
    };
    let page = asks.get(sitting).await.expect(200).text();
    submit(asks, &link(&page, says), button, &[]).await.expect(303);
    world.minutes(1);
    world.house.work().await;
    let link = world.house.link_to(HOST).await;
    assert!(rosa.get(&link).await.expect(200).says("Lucía Ibáñez"));
    submit(rosa, &link, "value=\"seat\"", &[("answer", "agreed")]).await.expect(303);
    if !world.is_degree() {
        assert!(lucia.get(sitting).await.expect(200).says("Solicitada"), "the secretary has to agree as well");
        submit(&mut sol, sitting, "Sí, puede venir Lucía", &[("answer", "agreed")]).await.expect(303);
    }
    world.house.work().await;
    world.house.mail_saying(&world.pair.lucia.address, "Plaza para observar la sesión 1").await;
}

/// She says whether she has a conflict of interest, and signs.
async fn undertaken(world: &World<'_>, sitting: &str, conflict: Option<&str>) {
    let mut lucia = world.lucia().await;
    let page = lucia.get(sitting).await.expect(200);
    assert!(page.says("Di si tienes algún conflicto") && !page.says(">Dentro<"), "{}", page.text());
    let words = conflict.unwrap_or_default();
    let has = if conflict.is_some() { "yes" } else { "no" };
    submit(&mut lucia, sitting, "name=\"has\"", &[("has", has), ("words", words)]).await.expect(303);
    if conflict.is_some() {
        let mut sol = world.sol().await;
        assert!(sol.get(sitting).await.expect(200).says(words));
        // It counts for none of the items.
        submit(&mut sol, sitting, "Guardar a qué puntos afecta", &[("none", "yes")]).await.expect(303);
    }
    let page = lucia.get(sitting).await.expect(200);
    assert!(page.says("Firma el compromiso"), "{}", page.text());
    let paper = link(&page.text(), "Leer el compromiso");
    submit(&mut lucia, &paper, "Firmar el compromiso", &[]).await.expect(303);
}

/// She chooses what to watch for, and writes down what she expects; the page of the sitting leads her there.
async fn predicted(world: &World<'_>, sitting: &str) -> String {
    let mut lucia = world.lucia().await;
    let page = lucia.get(sitting).await.expect(200);
    assert!(page.says("Elige en qué fijarte y escribe qué esperas"), "{}", page.text());
    let seat = link(&page.text(), "Preparar la observación");
    let form = lucia.get(&seat).await.expect(200);
    assert!(form.says("<option value=\"negotiation\" selected>"), "what it shows is proposed: {}", form.text());
    let chosen = [("lens", "unsaid"), ("lens", "framing")];
    submit(&mut lucia, &seat, "value=\"prepare\"", &chosen).await.expect(303);
    let figure = [("what-0", "Ofrecen 3 millones de euros"), ("percent-0", "60")];
    let marked = submit(&mut lucia, &seat, "value=\"predict\"", &figure).await.expect(422);
    assert!(marked.says("<mark title=\"importe\">3 millones de euros</mark>"), "{}", marked.text());
    let expects = [("what-0", world.said.expects.as_str()), ("percent-0", "60")];
    submit(&mut lucia, &seat, "value=\"predict\"", &expects).await.expect(303);
    let page = lucia.get(sitting).await.expect(200);
    assert!(!page.says("Elige en qué fijarte y escribe"), "nothing is left to prepare: {}", page.text());
    assert!(world.andres().await.get(&seat).await.expect(200).says(&world.said.expects));
    seat
}

/// Whoever keeps the record plays the items, ten minutes each, and closes it; her own page says where she is to be.
async fn kept(world: &World<'_>, keeper: &Person, sitting: &str, items: &[bool]) {
    let (mut keeper, mut lucia) = (world.house.browser_of(keeper).await, world.lucia().await);
    let record = link(&keeper.get(sitting).await.expect(200).text(), "Registro de la sala");
    let place = link(&lucia.get(sitting).await.expect(200).text(), "Dónde estar ahora");
    let id = world.pair.lucia.id;
    let mut is_in = false;
    for (number, may_be_in) in (1..).zip(items) {
        if *may_be_in && !is_in {
            submit(&mut keeper, &record, &format!("id=\"comes-{id}\""), &[]).await.expect(303);
        }
        let begins = if is_in && !may_be_in { "leave-and-begin" } else { "begins" };
        submit(&mut keeper, &record, &format!("id=\"{begins}-{number}\""), &[]).await.expect(303);
        is_in = *may_be_in;
        let says = if is_in { "Puedes estar en la sala" } else { "Espera fuera" };
        assert!(lucia.get(&place).await.expect(200).says(says), "item {number}: {says}");
        world.minutes(10);
        submit(&mut keeper, &record, &format!("id=\"ends-{number}\""), &[]).await.expect(303);
    }
    submit(&mut keeper, &record, "id=\"closes\"", &[]).await.expect(303);
    assert!(lucia.get(&place).await.expect(200).says("La sesión ha terminado"));
    if keeper.get(sitting).await.expect(200).says("id=\"hold\"") {
        submit(&mut keeper, sitting, "Decir que se ha celebrado", &[]).await.expect(303);
    }
    assert!(keeper.get(sitting).await.expect(200).says("Celebrada"));
    world.house.work().await;
}

/// What the secretary takes from it: the annex and the attendance under privilege, without an exposure.
async fn papers(world: &World<'_>, sitting: &str) {
    let mut sol = world.sol().await;
    let annex = sol.get(&format!("{sitting}/record/annex")).await.expect(200).read();
    let count = |text: &str| annex.matches(text).count();
    let ins = world.case.items.iter().filter(|(_, may_be_in)| *may_be_in).count();
    assert_eq!(count("Lucía Ibáñez: dentro"), ins, "{annex}");
    assert_eq!(count("Lucía Ibáñez: fuera"), world.case.items.len() - ins, "{annex}");
    assert!(!annex.contains("exposici") && annex.contains("firmado"), "{annex}");
    let privilege = sol.get(&format!("{sitting}/record/privilege")).await.expect(200).read();
    let has_privilege = world.case.items.iter().any(|(class, _)| *class == "legal-advice");
    assert_eq!(privilege.contains("Lucía Ibáñez: fuera"), has_privilege, "{privilege}");
}

/// She closes the activity and writes the debrief; the two talk of it and agree on what to practise.
async fn debriefed(world: &World<'_>, sitting: &str, seat: &str) {
    let (mut lucia, mut andres) = (world.lucia().await, world.andres().await);
    let said = &world.said;
    assert!(lucia.get(sitting).await.expect(200).says("Cierra la actividad del plan"));
    submit(&mut lucia, sitting, "Dar la actividad del plan por hecha", &[]).await.expect(303);
    let page = lucia.get(sitting).await.expect(200).text();
    assert_eq!(link(&page, "Escribir el análisis"), seat, "the debrief is next");
    let wrong = [("through-0", "Luego Andrés cedió un 12 %"), ("came-0", "yes")];
    let marked = submit(&mut lucia, seat, "value=\"debrief\"", &wrong).await.expect(422);
    assert!(marked.says("<mark title=\"nombre\">Andrés</mark>") && marked.says("12 %</mark>"), "{}", marked.text());
    let saw = [
        ("through-0", said.saw.as_str()),
        ("came-0", "yes"),
        ("against", said.against.as_str()),
        ("practise", said.tries.as_str()),
        ("visibility", "pair"),
    ];
    submit(&mut lucia, seat, "value=\"debrief\"", &saw).await.expect(303);
    // What is written is read first; the form is one step away.
    let page = lucia.get(seat).await.expect(200);
    assert!(page.says("<summary>Cambiar el análisis</summary>") && page.says(&said.saw), "{}", page.text());
    world.house.work().await;
    assert!(andres.get("/notices").await.expect(200).says("Lucía Ibáñez ha escrito el análisis de una observación"));
    let talk = [
        ("line", said.line.as_str()),
        ("kind", "negotiation-practice"),
        ("what", said.practice.as_str()),
        ("on", "2027-01-16"),
    ];
    submit(&mut andres, seat, "value=\"talk\"", &talk).await.expect(303);
    assert!(lucia.get(seat).await.expect(200).says(&said.line));
    submit(&mut lucia, seat, "De acuerdo: ponerla en el plan", &[]).await.expect(303);
    assert!(andres.get(&world.plan()).await.expect(200).says(&said.practice));
}

/// The practice is done, and the same is seen again: her own page leads to the next sitting that shows it.
async fn again(world: &World<'_>, seat: &str) {
    let (mut lucia, mut andres, mut sol) = (world.lucia().await, world.andres().await, world.sol().await);
    assert!(lucia.get(seat).await.expect(200).says("De momento no hay abierta otra sesión"));
    let own = [("host", world.pair.andres.address.as_str()), ("host-name", "")];
    let second = opened(world, &mut andres, "2027-01-20", &own).await;
    classified(world, &second, &["open"]).await;
    submit(&mut andres, &second, "Dar la conformidad a estas clases", &[]).await.expect(303);
    if world.is_degree() {
        submit(&mut andres, &second, "Anotar que la otra parte acepta", &[]).await.expect(303);
    }
    let page = lucia.get(seat).await.expect(200).text();
    assert_eq!(link(&page, "Sesión 2 ·"), second);
    let page = lucia.get(&second).await.expect(200).text();
    submit(&mut lucia, &link(&page, "Pedir una plaza"), "Pedir la plaza", &[]).await.expect(303);
    assert!(lucia.get(seat).await.expect(200).says("· plaza pedida"));
    submit(&mut andres, &second, "Sí, puede venir Lucía", &[("answer", "agreed")]).await.expect(303);
    if !world.is_degree() {
        submit(&mut sol, &second, "Sí, puede venir Lucía", &[("answer", "agreed")]).await.expect(303);
    }
    assert!(lucia.get(seat).await.expect(200).says("· plaza concedida"));
    undertaken(world, &second, None).await;
    predicted(world, &second).await;
    world.wait_until("2027-01-16T18:00:00Z");
    let mut lucia = world.lucia().await;
    let plan = lucia.get(&world.plan()).await.expect(200).text();
    let done = [("day", "2027-01-16"), ("time", "10:00"), ("minutes", "45")];
    submit(&mut lucia, &link(&plan, &world.said.practice), "name=\"minutes\"", &done).await.expect(303);
    assert!(lucia.get(seat).await.expect(200).says("practicado; falta verlo otra vez"));
    world.wait_until("2027-01-20T09:00:00Z");
    kept(world, &world.sol, &second, &[true]).await;
    let mut lucia = world.lucia().await;
    let page = lucia.get(seat).await.expect(200);
    assert!(page.says("Sesión 1: ciclo cerrado"), "{}", page.text());
    let list = lucia.get(&format!("/mentorships/{}/loops", world.pair.mentorship)).await.expect(200);
    assert!(list.says("2 observaciones, y un ciclo cerrado"), "{}", list.text());
}

/// Faculty reads that it took place and the hours, the coordinator counts.
async fn onlookers(world: &World<'_>, sitting: &str) -> Vec<u8> {
    let organisation = world.pair.ana.organisation;
    let ines = world.house.person(organisation, "Inés Vera", &[Part::Faculty]).await;
    let (mut ines, mut ana) = (world.house.browser_of(&ines).await, world.house.browser_of(&world.pair.ana).await);
    let list = ines.get("/sittings").await.expect(200);
    let hours = "de observación, según el registro";
    assert!(list.says("Sesión 1") && list.says(hours) && !list.says(sitting), "{}", list.text());
    ines.get(sitting).await.expect(404);
    let page = ana.get(sitting).await.expect(200);
    assert!(page.says("1 de 2 plazas concedidas") && !page.says("Lucía") && !page.says("Punto"), "{}", page.text());
    let overview = format!("/overview/{}", world.pair.edition);
    let mut read = Vec::new();
    for browser in [&mut ines, &mut ana] {
        let page = browser.get(&overview).await.expect(200);
        assert!(page.says("2 observaciones") && page.says("un ciclo cerrado"), "{}", page.text());
        for path in ["/sittings", "/", "/notices", &overview, &format!("{overview}/loops")] {
            read.extend(browser.get(path).await.expect(200).body);
        }
    }
    let edition = format!("/editions/{}", world.pair.edition);
    let exports = [
        "/audit".to_owned(),
        "/audit/export?form=csv".to_owned(),
        "/people/export?form=csv".to_owned(),
        format!("{overview}/export?form=csv"),
        format!("{edition}/mentorships/export?form=csv"),
        format!("{edition}/enrolments/export?form=csv"),
        format!("{edition}/health/export?form=csv"),
        format!("{edition}/sittings"),
        sitting.to_owned(),
    ];
    for path in exports {
        read.extend(ana.get(&path).await.expect(200).body);
    }
    let mut program = program(world.house, &world.pair.ana).await;
    for path in ["/api/me/sittings".to_owned(), format!("/api/me{sitting}")] {
        read.extend(program.get(&path).await.expect(200).body);
    }
    read
}

/// Every address to which a page leads.
fn addresses(page: &str) -> Vec<u8> {
    let found = ["href=\"", "action=\""].into_iter().flat_map(|mark| page.split(mark).skip(1));
    found.filter_map(|rest| rest.split('"').next()).collect::<Vec<_>>().join("\n").into_bytes()
}

/// No word and no name in the mails, but the place in the observer's own invitation; none in an address, a trail or an export.
async fn nothing_gets_out(world: &World<'_>, (sitting, seat): (&str, &str)) {
    let said = world.said.all();
    let mut read = onlookers(world, sitting).await;
    let mut lucia = world.lucia().await;
    for page in [sitting, seat, "/sittings"] {
        read.extend(addresses(&lucia.get(page).await.expect(200).text()));
    }
    let mails = world.house.app.mailer.filed(1000).await.unwrap();
    assert!(mails.len() > 8);
    for mail in &mails {
        // It greets its reader by name, and names nobody else.
        let said = mail.text.lines().filter(|line| !line.starts_with("Hola, ")).collect::<Vec<_>>().join("\n");
        for name in [HOST_NAME, "Lucía", "Andrés", "Carmen"] {
            assert!(!said.contains(name), "{name}: {}\n{}", mail.head, mail.text);
        }
        read.extend(format!("{said}\n").into_bytes());
    }
    assert_eq!(found(&read, &said), None);
    assert!(!String::from_utf8_lossy(&read).contains(HOST_NAME));
    let folder = world.house.app.config.mail_folder();
    assert_eq!(found(&files(&folder), &said[1..]), None, "not in what is attached either");
    let others = std::fs::read_dir(&folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    let to_her = format!("<{}>", world.pair.lucia.address);
    let others = others.filter(|mail| !String::from_utf8_lossy(mail).contains(&to_her));
    assert_eq!(found(&others.collect::<Vec<_>>().concat(), &said), None);
}

/// With a link that held until the sitting ended nobody learns anything any more, not even that there was one.
async fn nothing_for_whoever_finds_the_link(world: &World<'_>, links: &[String]) {
    for link in links {
        let mut stranger = world.house.stranger();
        let gone = stranger.get(link).await.expect(404);
        let made_up = stranger.get(&format!("/o/{}", "A".repeat(43))).await.expect(404);
        assert_eq!(gone.text(), made_up.text(), "as a link that never was");
        assert!(!gone.says("Sesión 1") && !gone.says("Banco") && !gone.says("Lucía"));
        for what in ["agree", "refuse", "other-side", "chair", "seat"] {
            stranger.post(link, &[("do", what), ("lasts", ""), ("answer", "agreed")]).await.expect(404);
        }
    }
}

async fn world<'a>(house: &'a House, case: &'a Case) -> World<'a> {
    let pair = framed_on(house, case.track).await;
    let sol = secretary(house, &pair).await;
    World { house, case, pair, sol, said: Said::new() }
}

fn classes(case: &Case) -> Vec<&'static str> {
    case.items.iter().map(|(class, _)| *class).collect()
}

fn ins(case: &Case) -> Vec<bool> {
    case.items.iter().map(|(_, may_be_in)| *may_be_in).collect()
}

/// A board meeting from the invitation to the practice that the two agree on: the paths of the sitting and of the seat, and the host's link.
async fn board(world: &World<'_>) -> [String; 3] {
    let house = world.house;
    let carmen = house.person(world.pair.ana.organisation, "Carmen Prat", &[]).await;
    rules(world).await;
    let change = [("seats", "2"), ("host", HOST), ("host-name", HOST_NAME), ("chair", carmen.address.as_str())];
    let sitting = opened(world, &mut world.andres().await, "2027-01-14", &change).await;
    let (mut rosa, link) = host_agrees(world).await;
    classified(world, &sitting, &classes(&BOARD)).await;
    // Whoever presides has an account, and is told in the product.
    let mut chair = house.browser_of(&carmen).await;
    assert!(chair.get("/notices").await.expect(200).says("Los puntos de la sesión 1 esperan tu conformidad"));
    submit(&mut chair, &sitting, "Dar la conformidad a estas clases", &[]).await.expect(303);
    seated(world, &mut rosa, &sitting).await;
    undertaken(world, &sitting, None).await;
    let page = world.lucia().await.get(&sitting).await.expect(200);
    assert_eq!(page.text().matches(">Dentro<").count(), 3, "{}", page.text());
    let seat = predicted(world, &sitting).await;
    world.wait_until("2027-01-14T09:00:00Z");
    kept(world, &world.sol, &sitting, &ins(&BOARD)).await;
    papers(world, &sitting).await;
    debriefed(world, &sitting, &seat).await;
    [sitting, seat, link]
}

/// A pair after such a meeting, for stories that begin then.
pub struct Observed {
    pub pair: Pair,
    pub secretary: Person,
    pub sitting: String,
    pub seat: String,
    /// What the observer wrote, and her mentor.
    pub hers: Vec<String>,
    pub his: String,
}

pub async fn observed(house: &House) -> Observed {
    let world = world(house, &BOARD).await;
    let [sitting, seat, _] = board(&world).await;
    let World { pair, sol: secretary, said, .. } = world;
    Observed {
        pair,
        secretary,
        sitting,
        seat,
        hers: vec![said.expects, said.saw, said.against, said.tries],
        his: said.line,
    }
}

story!(a_board_meeting_of_the_promotion_track, async |house: &House| {
    let world = world(house, &BOARD).await;
    let [sitting, seat, link] = board(&world).await;
    again(&world, &seat).await;
    nothing_gets_out(&world, (&sitting, &seat)).await;
    nothing_for_whoever_finds_the_link(&world, &[link, house.link_to(HOST).await]).await;
});

story!(a_negotiation_of_the_degree_track, async |house: &House| {
    let world = world(house, &NEGOTIATION).await;
    let andres = world.pair.andres.clone();
    rules(&world).await;
    let change = [("seats", "2"), ("host", HOST), ("host-name", HOST_NAME), ("keeper", andres.address.as_str())];
    let sitting = opened(&world, &mut world.sol().await, "2027-01-14", &change).await;
    let (mut rosa, link) = host_agrees(&world).await;
    classified(&world, &sitting, &classes(&NEGOTIATION)).await;
    // The host presides as well, and agrees by another link.
    let chair = mailed(house, "se han clasificado los puntos").await;
    submit(&mut rosa, &chair, "value=\"chair\"", &[]).await.expect(303);
    seated(&world, &mut rosa, &sitting).await;
    undertaken(&world, &sitting, Some(&world.said.conflict)).await;
    // Nobody observes before the other side has agreed, and that is recorded.
    let mut lucia = world.lucia().await;
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("La otra parte de la negociación no ha aceptado") && !page.says(">Dentro<"), "{}", page.text());
    submit(&mut rosa, &link, "value=\"other-side\"", &[]).await.expect(303);
    let page = lucia.get(&sitting).await.expect(200);
    assert!(page.says("Acepta que alguien observe") && page.says(">Dentro<"), "{}", page.text());
    let seat = predicted(&world, &sitting).await;
    world.wait_until("2027-01-14T09:00:00Z");
    kept(&world, &andres, &sitting, &ins(&NEGOTIATION)).await;
    papers(&world, &sitting).await;
    debriefed(&world, &sitting, &seat).await;
    again(&world, &seat).await;
    nothing_gets_out(&world, (&sitting, &seat)).await;
    nothing_for_whoever_finds_the_link(&world, &[link, chair]).await;
});
