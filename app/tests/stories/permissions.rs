//! Every door as everybody: each part, with and without the relation, a part held elsewhere, a stranger, somebody of another
//! organisation. What came out is a table for a person to read (`snapshots/…permissions.snap`); nothing here is derived from the
//! table of rights in the code.
//!
//! A new door fails until [`visits`] says how to come through it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};
use telemaco::db::{Statement, Value};
use telemaco::identity::{self, Act, Grant, Part, PersonId};
use telemaco::web::Who;
use telemaco::{features, transaction};

use crate::story;
use crate::support::{Client, House, Person, Seen};

/// Whoever comes to the doors.
struct Actor {
    label: String,
    /// Nobody behind the stranger.
    person: Option<Person>,
    browser: Client,
    token: Option<String>,
}

/// What is sent to a door.
enum Send {
    Get,
    Form(Vec<(String, String)>),
    Files(Vec<(&'static str, &'static str, String)>),
}

/// One way of coming to a door.
struct Visit {
    about: &'static str,
    path: String,
    send: Send,
    /// A browser that replaces the actor's own, where the visit would end its session.
    browser: Option<Client>,
}

/// Two organisations with records of every kind in each.
struct World<'a> {
    house: &'a House,
    coordinator: Client,
    /// In the directory of the actors' organisation.
    mentor: Person,
    /// Not in the directory.
    mentee: Person,
    /// The same, of the other organisation.
    foreign_mentor: Person,
    foreign_mentee: Person,
    foreign_coordinator: Client,
    foreign_import: String,
    foreign_entry: String,
    rules: String,
    actors: Vec<Actor>,
    serial: std::cell::Cell<u32>,
}

const PASSWORD: &str = "tres tristes tigres";

/// Words that nobody of the other organisation may read.
const FOREIGN: [&str; 4] = ["Universidad del Sur", "Fermín", "Felisa", "fermin."];
const OWN: [&str; 3] = ["Banco del Norte", "Marta Soler", "Luis Gil"];

const NOBODY: &str = "00000000-0000-0000-0000-000000000000";

impl<'a> World<'a> {
    async fn build(house: &'a House) -> Self {
        let bank = house.organisation("Banco del Norte", "Ana Pérez").await;
        let university = house.organisation("Universidad del Sur", "Eva Ruiz").await;
        let mut coordinator = house.browser_of(&bank).await;
        let mut foreign = house.browser_of(&university).await;
        let mentor = enrol(&mut coordinator, &bank, "Marta Soler", &["mentor"]).await;
        let mentee = enrol(&mut coordinator, &bank, "Luis Gil", &["mentee"]).await;
        let foreign_mentor = enrol(&mut foreign, &university, "Fermín Vega", &["mentor"]).await;
        let foreign_mentee = enrol(&mut foreign, &university, "Felisa Mora", &["mentee"]).await;
        let form = [("old", ""), ("new", PASSWORD)];
        house.browser_of(&mentor).await.post("/account/password", &form).await.expect(303);
        let mut actors =
            vec![Actor { label: "a stranger".to_owned(), person: None, browser: house.stranger(), token: None }];
        let none = enrol(&mut coordinator, &bank, "Sin Parte", &[]).await;
        actors.push(Actor::of(house, NO_PART, &none).await);
        for part in Part::ALL {
            let person = enrol(&mut coordinator, &bank, &format!("Aquí {}", part.code()), &[]).await;
            grant(house, &person, &[part]).await;
            actors.push(Actor::of(house, part.code(), &person).await);
        }
        for part in Part::ALL {
            let person = enrol(&mut coordinator, &bank, &format!("Allá {}", part.code()), &[]).await;
            grant_elsewhere(house, &person, part).await;
            actors.push(Actor::of(house, &format!("{} elsewhere", part.code()), &person).await);
        }
        let everything = enrol(&mut foreign, &university, "Ximena Todo", &[]).await;
        grant(house, &everything, &Part::ALL).await;
        actors.push(Actor::of(house, FOREIGNER, &everything).await);
        let rules = field(&coordinator.get("/pairing").await.expect(200).text(), "name=\"rules\"", "</textarea>");
        let foreign_import = import(&mut foreign).await;
        let foreign_entry = foreign_entry(house, &everything).await;
        Self {
            house,
            coordinator,
            mentor,
            mentee,
            foreign_mentor,
            foreign_mentee,
            foreign_coordinator: foreign,
            foreign_import,
            foreign_entry,
            rules,
            actors,
            serial: std::cell::Cell::new(0),
        }
    }

    /// A number that nothing had before.
    fn next(&self) -> u32 {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }
}

const NO_PART: &str = "no part";
const FOREIGNER: &str = "every part in another organisation";

impl Actor {
    async fn of(house: &House, label: &str, person: &Person) -> Self {
        let token = identity::new_token(&house.app, person.id, "x").await.map_err(anyhow::Error::from).unwrap();
        Self {
            label: label.to_owned(),
            person: Some(person.clone()),
            browser: house.browser_of(person).await,
            token: Some(token),
        }
    }

    /// Their own identifier; a stranger has none.
    fn own(&self) -> String {
        self.person.as_ref().map_or_else(|| NOBODY.to_owned(), |person| person.id.to_string())
    }
}

/// Adds a person as a coordinator does, with a profile.
async fn enrol(by: &mut Client, of: &Person, name: &str, roles: &[&str]) -> Person {
    let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
    let mut form = vec![("name", name), ("address", &address), ("version", "0"), ("post", "Dirección")];
    form.extend(roles.iter().map(|role| ("roles", *role)));
    let seen = by.post("/people/new", &form).await.expect(303);
    let id: PersonId = PersonId(seen.location().rsplit('/').next().unwrap().parse().unwrap());
    Person { id, organisation: of.organisation, address, name: name.to_owned() }
}

async fn grant(house: &House, person: &Person, parts: &[Part]) {
    let parts: Vec<(PersonId, Part)> = parts.iter().map(|part| (person.id, *part)).collect();
    let granted: Result<(), telemaco::db::Error> = transaction!(house.app.db, tx => {
        identity::grant(&house.app, tx, person.organisation, &parts).await
    });
    granted.unwrap();
}

/// The part in an edition and in a mentorship with which none of the records here has to do.
async fn grant_elsewhere(house: &House, person: &Person, part: Part) {
    static GRANT: Statement = Statement::new(
        "INSERT INTO parts (id, organisation, person, part, scope, scope_id, granted_at) VALUES ($1, $2, $3, $4, $5, $1, 0)",
        file!(),
        line!(),
    );
    for scope in ["edition", "mentorship"] {
        let values =
            |id| vec![Value::Uuid(id), person.organisation.into(), person.id.into(), part.code().into(), scope.into()];
        let id = house.app.id();
        let granted: Result<u64, telemaco::db::Error> =
            transaction!(house.app.db, tx => tx.run(&GRANT, values(id)).await);
        granted.unwrap();
    }
}

/// An import that waits for its confirmation.
async fn import(by: &mut Client) -> String {
    let sheet = format!("Nombre,Correo\nPersona Nueva,nueva.{}@example.org\n", uuid::Uuid::now_v7().simple());
    let seen = by.upload("/imports", &[], &[("mentees", "personas.csv", sheet.as_bytes())]).await.expect(303);
    let path = seen.location().to_owned();
    let form = [("version", "1"), ("c0-0", "name"), ("c0-1", "address")];
    by.post(&path, &form).await.expect(303);
    path.split('/').nth(2).unwrap().to_owned()
}

/// The text of the field whose tag holds `mark`, up to `end`.
fn field(page: &str, mark: &str, end: &str) -> String {
    let rest = page.split(mark).nth(1).unwrap_or_else(|| panic!("{mark} in {page}"));
    let text = rest.split_once('>').unwrap().1.split(end).next().unwrap();
    text.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

/// An entry of the trail of this person's organisation.
async fn foreign_entry(house: &House, person: &Person) -> String {
    static ENTRY: Statement =
        Statement::new("SELECT id FROM audit WHERE organisation = $1 ORDER BY id DESC", file!(), line!());
    let row = house.app.db.row(&ENTRY, vec![person.organisation.into()]).await.unwrap().unwrap();
    row.get::<uuid::Uuid>("id").unwrap().to_string()
}

/// How many entries the trails have: what is refused adds none.
async fn entries(house: &House) -> i64 {
    static ENTRIES: Statement = Statement::new("SELECT count(*) AS entries FROM audit", file!(), line!());
    house.app.db.row(&ENTRIES, vec![]).await.unwrap().unwrap().get("entries").unwrap()
}

/// A link that signs this person in, as a mail would carry it.
async fn link(house: &House, person: &Person) -> String {
    static LINK: Statement = Statement::new(
        "INSERT INTO links (token, purpose, organisation, person, created_at, expires_at) VALUES ($1, 'sign-in', $2, $3, $4, $5)",
        file!(),
        line!(),
    );
    use base64::Engine as _;
    let secret = house.app.secret();
    let (now, later) = (house.app.now(), house.app.now() + jiff::SignedDuration::from_hours(1));
    let values = || {
        let digest = Sha256::digest(secret).to_vec();
        vec![Value::Bytes(digest), person.organisation.into(), person.id.into(), now.into(), later.into()]
    };
    let made: Result<u64, telemaco::db::Error> = transaction!(house.app.db, tx => tx.run(&LINK, values()).await);
    made.unwrap();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(secret)
}

/// The newest of a person's sessions or tokens.
async fn newest(house: &House, statement: &'static Statement, person: PersonId) -> String {
    let row = house.app.db.row(statement, vec![person.into()]).await.unwrap();
    row.map_or_else(|| NOBODY.to_owned(), |row| row.get::<uuid::Uuid>("id").unwrap().to_string())
}

/// Another session of this person, by its identifier.
async fn session(house: &House, person: &Person) -> String {
    static NEWEST: Statement =
        Statement::new("SELECT id FROM sessions WHERE person = $1 ORDER BY id DESC LIMIT 1", file!(), line!());
    house.pass(jiff::SignedDuration::from_millis(1));
    house.browser_of(person).await;
    newest(house, &NEWEST, person.id).await
}

/// A new token of this person, by its identifier.
async fn token(house: &House, person: &Person) -> String {
    static NEWEST: Statement =
        Statement::new("SELECT id FROM api_tokens WHERE person = $1 ORDER BY id DESC LIMIT 1", file!(), line!());
    house.pass(jiff::SignedDuration::from_millis(1));
    identity::new_token(&house.app, person.id, "x").await.map_err(anyhow::Error::from).unwrap();
    newest(house, &NEWEST, person.id).await
}

fn get(about: &'static str, path: impl Into<String>) -> Visit {
    Visit { about, path: path.into(), send: Send::Get, browser: None }
}

fn post(about: &'static str, path: impl Into<String>, form: &[(&str, &str)]) -> Visit {
    let form = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Visit { about, path: path.into(), send: Send::Form(form), browser: None }
}

impl World<'_> {
    /// The records of people that somebody may come with: `about` and identifier.
    fn people(&self, actor: &Actor) -> Vec<(&'static str, String)> {
        vec![
            ("one's own", actor.own()),
            ("a mentor of the directory", self.mentor.id.to_string()),
            ("somebody who is not in the directory", self.mentee.id.to_string()),
            ("a mentor of another organisation", self.foreign_mentor.id.to_string()),
            ("somebody else of another organisation", self.foreign_mentee.id.to_string()),
            ("nobody", NOBODY.to_owned()),
            ("no identifier at all", "x".to_owned()),
        ]
    }

    fn of_people(&self, actor: &Actor, after: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let path = |id: &str| format!("/people/{id}{after}");
        self.people(actor)
            .into_iter()
            .map(|(about, id)| match form {
                None => get(about, path(&id)),
                Some(form) => post(about, path(&id), form),
            })
            .collect()
    }

    /// The imports that somebody may come with, new for whoever may change them.
    async fn of_imports(&self, actor: &Actor, after: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let own = import(&mut self.coordinator.clone()).await;
        let foreign = match actor.label == FOREIGNER {
            true => import(&mut self.foreign_coordinator.clone()).await,
            false => self.foreign_import.clone(),
        };
        [
            ("one of the organisation", own.as_str()),
            ("one of another organisation", &foreign),
            ("none", NOBODY),
            ("no identifier at all", "x"),
        ]
        .into_iter()
        .map(|(about, id)| match form {
            None => get(about, format!("/imports/{id}{after}")),
            Some(form) => post(about, format!("/imports/{id}{after}"), form),
        })
        .collect()
    }

    async fn links(&self, start: &str, form: Option<&[(&str, &str)]>) -> Vec<Visit> {
        let token = link(self.house, &self.mentee).await;
        [("one that signs somebody in", token.as_str()), ("none", "x")]
            .into_iter()
            .map(|(about, token)| match form {
                None => get(about, format!("{start}/{token}")),
                Some(form) => post(about, format!("{start}/{token}"), form),
            })
            .collect()
    }
}

/// How somebody comes through a door; `None` for a door that nobody has described.
async fn visits(world: &World<'_>, actor: &Actor, method: &str, pattern: &str) -> Option<Vec<Visit>> {
    let (house, number) = (world.house, world.next());
    let version = edit_version(world, actor).await;
    Some(match (method, pattern) {
        ("GET", "/healthz" | "/readyz") => vec![get("", pattern)],
        ("GET", "/metrics") => vec![get("from this machine", pattern), from_afar(actor, pattern)],

        ("GET", "/" | "/account" | "/system" | "/api/me" | "/pairing" | "/sign-in") => vec![get("", pattern)],
        ("GET", "/demo" | "/demo/mail") => vec![get("outside the demo", pattern)],
        ("GET", "/demo/as/{token}") => vec![get("outside the demo", "/demo/as/x")],
        ("GET", "/language/{lang}") => vec![get("", "/language/es")],

        ("GET", "/first/{token}") => world.links("/first", None).await,
        ("POST", "/first/{token}") => world.links("/first", Some(&FOUNDING)).await,
        ("GET", "/link/{token}") => world.links("/link", None).await,
        ("POST", "/link/{token}") => world.links("/link", Some(&[])).await,
        ("POST", "/sign-in") => {
            let address = format!("nadie.{number}@example.org");
            vec![
                post("with a password", pattern, &[("address", &world.mentor.address), ("password", PASSWORD)]),
                post("as nobody", pattern, &[("address", &address), ("password", PASSWORD)]),
            ]
        }
        ("POST", "/sign-in/link") => vec![post("", pattern, &[("address", &format!("nadie.{number}@example.org"))])],
        ("POST", "/sign-out") => {
            let browser = match &actor.person {
                Some(person) => house.browser_of(person).await,
                None => house.stranger(),
            };
            vec![Visit { browser: Some(browser), ..post("", pattern, &[]) }]
        }
        ("POST", "/account") => {
            let name = actor.person.as_ref().map_or("", |person| &person.name);
            vec![post("", pattern, &[("name", name), ("lang", "es"), ("zone", "Europe/Madrid")])]
        }
        ("POST", "/account/password") => vec![post("", pattern, &[("old", ""), ("new", PASSWORD)])],
        ("POST", "/account/organisation") => [
            ("one's own record", actor.own()),
            ("somebody else's record", world.mentee.id.to_string()),
            ("a record in another organisation", world.foreign_mentee.id.to_string()),
            ("no identifier at all", "x".to_owned()),
        ]
        .into_iter()
        .map(|(about, id)| post(about, pattern, &[("person", &id)]))
        .collect(),
        ("POST", "/account/sessions/{id}/end") => {
            let own = match &actor.person {
                Some(person) => session(house, person).await,
                None => NOBODY.to_owned(),
            };
            [
                ("one's own", own),
                ("somebody else's", session(house, &world.mentee).await),
                ("somebody's of another organisation", session(house, &world.foreign_mentee).await),
                ("no identifier at all", "x".to_owned()),
            ]
            .into_iter()
            .map(|(about, id)| post(about, format!("/account/sessions/{id}/end"), &[]))
            .collect()
        }
        ("POST", "/account/tokens") => vec![post("", pattern, &[("token", "x")])],
        ("POST", "/account/tokens/{id}/revoke") => {
            let own = match &actor.person {
                Some(person) => token(house, person).await,
                None => NOBODY.to_owned(),
            };
            [
                ("one's own", own),
                ("somebody else's", token(house, &world.mentee).await),
                ("somebody's of another organisation", token(house, &world.foreign_mentee).await),
                ("no identifier at all", "x".to_owned()),
            ]
            .into_iter()
            .map(|(about, id)| post(about, format!("/account/tokens/{id}/revoke"), &[]))
            .collect()
        }

        ("GET", "/audit") => vec![
            get("", pattern),
            get("before an entry of another organisation", format!("/audit?before={}", world.foreign_entry)),
        ],
        ("GET", "/audit/export") => vec![get("", format!("{pattern}?form=csv"))],

        ("GET", "/mentors" | "/nominations" | "/people" | "/people/new" | "/imports" | "/api/mentors") => {
            vec![get("", pattern)]
        }
        ("GET", "/profile") => vec![get("", pattern)],
        ("GET", "/mentors/export" | "/nominations/export" | "/people/export") => {
            vec![get("", format!("{pattern}?form=csv"))]
        }
        ("POST", "/people/new") => {
            let address = format!("alguien.{number}@example.org");
            let form = [("name", "Alguien Más"), ("address", address.as_str()), ("version", "0"), ("roles", "mentee")];
            let foreign = [
                form[0],
                ("address", &format!("otro.{number}@example.org")),
                form[2],
                ("manager", &world.foreign_mentor.address),
            ];
            vec![post("", pattern, &form), post("under a manager of another organisation", pattern, &foreign)]
        }
        ("GET", "/people/{id}") => world.of_people(actor, "", None),
        ("GET", "/people/{id}/edit") => world.of_people(actor, "/edit", None),
        ("POST", "/people/{id}/edit") => world
            .people(actor)
            .into_iter()
            .map(|(about, id)| {
                let version = version.get(&id).map_or("1", String::as_str);
                // Records stay as they are, so that the next who come find the same.
                let people = [&world.mentor, &world.mentee, &world.foreign_mentor, &world.foreign_mentee];
                let known = people.into_iter().chain(&actor.person).find(|person| person.id.to_string() == id);
                let name = known.map_or("x", |person| &person.name);
                let is_mentor = [&world.mentor, &world.foreign_mentor].iter().any(|mentor| mentor.name == name);
                let role = if is_mentor { "mentor" } else { "mentee" };
                post(about, format!("/people/{id}/edit"), &[("name", name), ("version", version), ("roles", role)])
            })
            .collect(),
        ("POST", "/people/{id}/parts") => {
            let mut visits: Vec<Visit> = world
                .people(actor)
                .into_iter()
                .map(|(about, id)| {
                    // Whoever may stays what they are; everybody else would become what they ask for.
                    let parts: Vec<(&str, &str)> = match about {
                        "one's own" if actor.label == FOREIGNER => {
                            Part::ALL.map(|part| ("parts", part.code())).to_vec()
                        }
                        "one's own" => vec![("parts", "coordinator")],
                        _ => vec![("parts", "faculty")],
                    };
                    post(about, format!("/people/{id}/parts"), &parts)
                })
                .collect();
            let path = format!("/people/{}/parts", world.mentee.id);
            visits.push(post("to make an operator", path, &[("parts", "operator")]));
            visits
        }
        ("POST", "/people/{id}/invite") => world.of_people(actor, "/invite", Some(&[])),
        ("GET", "/api/people/{id}") => {
            world.people(actor).into_iter().map(|(about, id)| get(about, format!("/api/people/{id}"))).collect()
        }

        ("POST", "/imports") => {
            let sheet = format!("Nombre,Correo\nOtra Persona,otra.{number}@example.org\n");
            vec![Visit {
                about: "",
                path: pattern.to_owned(),
                send: Send::Files(vec![("mentees", "personas.csv", sheet)]),
                browser: None,
            }]
        }
        ("GET", "/imports/{id}") => world.of_imports(actor, "", None).await,
        ("GET", "/imports/{id}/mapping") => world.of_imports(actor, "/mapping", None).await,
        ("GET", "/imports/{id}/problems") => world.of_imports(actor, "/problems?sheet=0&form=csv", None).await,
        ("POST", "/imports/{id}/mapping") => {
            world.of_imports(actor, "/mapping", Some(&[("version", "2"), ("c0-0", "name"), ("c0-1", "address")])).await
        }
        ("POST", "/imports/{id}/confirm") => {
            world.of_imports(actor, "/confirm", Some(&[("version", "2"), ("digest", "x")])).await
        }
        ("POST", "/imports/{id}/drop") => world.of_imports(actor, "/drop", Some(&[("version", "2")])).await,

        ("POST", "/pairing") => vec![post("", pattern, &[("rules", &world.rules)])],
        ("POST", "/pairing/files") => vec![post("", pattern, &[("rules", &world.rules), ("form", "csv")])],
        _ => return None,
    })
}

const FOUNDING: [(&str, &str); 5] = [
    ("organisation", "Otra Casa"),
    ("name", "Mal Intencionado"),
    ("address", "mal@example.org"),
    ("zone", "Europe/Madrid"),
    ("password", PASSWORD),
];

/// The same request from another machine.
fn from_afar(actor: &Actor, path: &str) -> Visit {
    let mut browser = actor.browser.clone();
    browser.peer = ([192, 0, 2, 1], 40_000).into();
    Visit { browser: Some(browser), ..get("from another machine", path) }
}

/// The versions of the records that a form may change, so that a right to change them is seen to succeed.
async fn edit_version(world: &World<'_>, actor: &Actor) -> BTreeMap<String, String> {
    static VERSION: Statement = Statement::new("SELECT version FROM persons WHERE id = $1", file!(), line!());
    let mut versions = BTreeMap::new();
    let own = actor.person.as_ref().map(|person| person.id);
    for id in [Some(world.mentor.id), Some(world.mentee.id), own].into_iter().flatten() {
        let row = world.house.app.db.row(&VERSION, vec![id.into()]).await.unwrap().unwrap();
        versions.insert(id.to_string(), row.get::<i64>("version").unwrap().to_string());
    }
    versions
}

async fn knock(actor: &Actor, is_api: bool, visit: &Visit) -> Seen {
    let mut browser = visit.browser.clone().unwrap_or_else(|| actor.browser.clone());
    if is_api {
        browser.forget();
        browser.bearer.clone_from(&actor.token);
    }
    match &visit.send {
        Send::Get => browser.get(&visit.path).await,
        Send::Form(form) => {
            let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            browser.post(&visit.path, &form).await
        }
        Send::Files(files) => {
            let files: Vec<(&str, &str, &[u8])> =
                files.iter().map(|(field, name, text)| (*field, *name, text.as_bytes())).collect();
            browser.upload(&visit.path, &[], &files).await
        }
    }
}

/// What came back, in a word or two: identifiers are left out.
fn outcome(seen: &Seen) -> String {
    let location = seen.location();
    if location.starts_with("/sign-in") && !seen.header("set-cookie").contains("Max-Age=0") {
        return "sign in first".to_owned();
    }
    let place: Vec<&str> =
        location.split('/').map(|step| if uuid::Uuid::parse_str(step).is_ok() { "{id}" } else { step }).collect();
    format!("{} {}", seen.status.as_u16(), place.join("/")).trim_end().to_owned()
}

fn is_refusal(seen: &Seen) -> bool {
    [401, 404].contains(&seen.status.as_u16()) || seen.location().starts_with("/sign-in")
}

/// Who they are, in as few words as say it all.
fn crowd(labels: &[String], is_only: bool) -> String {
    if is_only {
        return "everybody".to_owned();
    }
    let codes = || Part::ALL.map(Part::code);
    let here: Vec<String> = codes().map(str::to_owned).to_vec();
    let elsewhere: Vec<String> = codes().map(|code| format!("{code} elsewhere")).to_vec();
    let has_all = |wanted: &[String]| wanted.iter().all(|label| labels.contains(label));
    if labels.iter().any(|label| label == NO_PART) && has_all(&elsewhere) {
        return "everybody else".to_owned();
    }
    let mut said: Vec<String> = Vec::new();
    for label in labels {
        let said_as = match label {
            label if here.contains(label) && has_all(&here) => "every part",
            label if elsewhere.contains(label) && has_all(&elsewhere) => "every part elsewhere",
            label => label,
        };
        if said.last().is_none_or(|last| last != said_as) {
            said.push(said_as.to_owned());
        }
    }
    said.join(", ")
}

story!(every_door_as_everybody, async |house: &House| {
    let world = World::build(house).await;
    let mut table = String::from(
        "Every door, tried as everybody: a stranger; somebody without a part; each part, held in the organisation; each part\n\
         “elsewhere”, held in an edition and a mentorship with which the record has nothing to do; somebody with every part in\n\
         another organisation. “sign in first”: sent to the page where one signs in. The doors of the first start and of the\n\
         demo open in stories of their own.\n",
    );
    let mut unknown = Vec::new();
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        let is_api = door.path.starts_with("/api/");
        // Per visit, in the order of the visits: who got which answer.
        let mut rows: Vec<(&'static str, Vec<(String, Vec<String>)>)> = Vec::new();
        for actor in &world.actors {
            let Some(visits) = visits(&world, actor, door.method.as_str(), door.path).await else {
                unknown.push(format!("{} {}", door.method, door.path));
                break;
            };
            for (place, visit) in visits.into_iter().enumerate() {
                let before = entries(house).await;
                let seen = knock(actor, is_api, &visit).await;
                if is_refusal(&seen) && !visit.path.starts_with("/sign-out") {
                    assert_eq!(entries(house).await, before, "{} {} was refused and wrote", door.method, visit.path);
                }
                let words: &[&str] = if actor.label == FOREIGNER { &OWN } else { &FOREIGN };
                for word in words {
                    let is_read = seen.says(word) && visit.about != "under a manager of another organisation";
                    assert!(!is_read, "{} reads {word} at {} {}", actor.label, door.method, visit.path);
                }
                if rows.len() == place {
                    rows.push((visit.about, Vec::new()));
                }
                let outcome = outcome(&seen);
                let outcomes = &mut rows[place].1;
                match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
                    Some((_, labels)) => labels.push(actor.label.clone()),
                    None => outcomes.push((outcome, vec![actor.label.clone()])),
                }
            }
        }
        write_rows(&mut table, &format!("{} {}", door.method, door.path), &mut rows);
    }
    assert!(unknown.is_empty(), "say in `visits` how to come through {unknown:#?}");
    insta::assert_snapshot!("permissions", table);
});

fn write_rows(table: &mut String, door: &str, rows: &mut [(&'static str, Vec<(String, Vec<String>)>)]) {
    writeln!(table, "\n{door}").unwrap();
    for (about, outcomes) in rows {
        if !about.is_empty() {
            writeln!(table, "  {about}").unwrap();
        }
        outcomes.sort();
        let is_only = outcomes.len() == 1;
        for (outcome, labels) in outcomes {
            writeln!(table, "    {outcome:<28}{}", crowd(labels, is_only)).unwrap();
        }
    }
}

/// What `docs/permissions.md` says: the table of rights and the doors that ask for them.
fn document() -> String {
    let mut text = String::from(
        "# Who may do what\n\n\
         Written from the code; `TELEMACO_WRITE_DOCS=1 cargo test -p telemaco --test stories permissions` writes it again.\n\
         A right goes no further than the organisation in which it is held: what belongs to another one is not there. What one\n\
         may not see answers as if it did not exist.\n\n\
         | To | may |\n| --- | --- |\n",
    );
    for (act, grants) in identity::WHO_MAY {
        let grants: Vec<String> = grants.iter().map(grant_in_words).collect();
        writeln!(text, "| {} | {} |", act_in_words(*act), grants.join(", ")).unwrap();
    }
    text.push_str("\n## Doors\n\n| Door | Who may come through it |\n| --- | --- |\n");
    for door in features::ALL.iter().flat_map(|feature| (feature.doors)()) {
        let who = match door.who {
            Who::Anyone => "everybody".to_owned(),
            Who::Demo => "everybody, in the demo".to_owned(),
            Who::May(act) => format!("who may {}", act_in_words(act).to_lowercase()),
            Who::Token(act) => format!("a program of who may {}", act_in_words(act).to_lowercase()),
        };
        writeln!(text, "| `{} {}` | {who} |", door.method, door.path).unwrap();
    }
    text
}

/// `ReadDirectory` as `Read directory`.
fn act_in_words(act: Act) -> String {
    let mut words = String::new();
    for letter in format!("{act:?}").chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

fn grant_in_words(grant: &Grant) -> String {
    match grant {
        Grant::Everybody => "everybody of the organisation".to_owned(),
        Grant::Own => "whoever it is about".to_owned(),
        Grant::Holds(part) => format!("the {}", part.code()),
        Grant::HoldsThere(part) => format!("the {} of the very edition or mentorship", part.code()),
    }
}

#[test]
fn the_document_says_what_the_code_does() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/permissions.md");
    if std::env::var_os("TELEMACO_WRITE_DOCS").is_some() {
        std::fs::write(&file, document()).unwrap();
    }
    let written = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(written, document(), "write docs/permissions.md again, with TELEMACO_WRITE_DOCS=1");
}
