//! Who comes to the doors, and two organisations with records of every kind behind them.

use std::cell::Cell;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use telemaco::db::{Engine as Database, Error, Statement, Value};
use telemaco::i18n::Message;
use telemaco::identity::{self, Part, PersonId};
use telemaco::notices::{self, Notice};
use telemaco::{features, transaction};

use super::before::Before;
use super::consent::Pairing;
use super::journey::Journey;
use super::observations::Room;
use super::records::Recorded;
use crate::support::edition::{edition, enrol_everybody};
use crate::support::{Client, House, Person, form};

/// The password of the mentor of the directory.
pub const PASSWORD: &str = "tres tristes tigres";
pub const NOBODY: &str = "00000000-0000-0000-0000-000000000000";
pub const NO_PART: &str = "no part";
pub const FOREIGNER: &str = "every part in another organisation";

/// Whoever comes to the doors.
pub struct Actor {
    pub label: String,
    /// Nobody behind the stranger.
    pub person: Option<Person>,
    pub browser: Client,
    pub token: Option<String>,
}

/// Two organisations with records of every kind in each.
pub struct World<'a> {
    pub house: &'a House,
    /// The coordinators of both organisations.
    pub bank: Person,
    pub university: Person,
    pub coordinator: Client,
    /// In the directory of the actors' organisation.
    pub mentor: Person,
    /// Not in the directory.
    pub mentee: Person,
    /// The same, of the other organisation.
    pub foreign_mentor: Person,
    pub foreign_mentee: Person,
    pub foreign_coordinator: Client,
    pub foreign_import: String,
    /// Imports that are done, of the two.
    pub done_imports: [String; 2],
    pub foreign_entry: String,
    pub pairing: Pairing,
    pub foreign_pairing: Pairing,
    pub journey: Journey,
    pub foreign_journey: Journey,
    pub room: Room,
    pub foreign_room: Room,
    pub record: Recorded,
    pub foreign_record: Recorded,
    pub before: Before,
    pub foreign_before: Before,
    pub board: Board,
    pub foreign_board: Board,
    pub actors: Vec<Actor>,
    serial: Cell<u32>,
}

impl<'a> World<'a> {
    pub async fn build(house: &'a House) -> Self {
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
        let board = Board::of(house, &bank, &mentee, &mentor).await;
        let foreign_board = Board::of(house, &university, &foreign_mentee, &foreign_mentor).await;
        let foreign_import = import(&mut foreign).await;
        let done_imports = [done_import(house, &mut coordinator).await, done_import(house, &mut foreign).await];
        let foreign_entry = foreign_entry(house, &everything).await;
        let before = Before::build(house, &bank, &mentor, &mentee).await;
        let foreign_before = Before::build(house, &university, &foreign_mentor, &foreign_mentee).await;
        let pairing = Pairing::build(house, &bank, &mentee, &mentor).await;
        let foreign_pairing = Pairing::build(house, &university, &foreign_mentee, &foreign_mentor).await;
        let journey = Journey::build(house, &bank, &mentee, pairing.mentorship).await;
        let foreign_journey = Journey::build(house, &university, &foreign_mentee, foreign_pairing.mentorship).await;
        let room = Room::build(house, &mentor, &mentee, pairing.mentorship).await;
        let foreign_room = Room::build(house, &foreign_mentor, &foreign_mentee, foreign_pairing.mentorship).await;
        let record = Recorded::build(house, &mentee, pairing.mentorship).await;
        let foreign_record = Recorded::build(house, &foreign_mentee, foreign_pairing.mentorship).await;
        Self {
            house,
            bank,
            university,
            coordinator,
            pairing,
            foreign_pairing,
            journey,
            foreign_journey,
            room,
            foreign_room,
            record,
            foreign_record,
            mentor,
            mentee,
            foreign_mentor,
            foreign_mentee,
            foreign_coordinator: foreign,
            foreign_import,
            done_imports,
            foreign_entry,
            before,
            foreign_before,
            board,
            foreign_board,
            actors,
            serial: Cell::new(0),
        }
    }

    /// A number that nothing had before.
    pub fn next(&self) -> u32 {
        self.serial.set(self.serial.get() + 1);
        self.serial.get()
    }
}

/// An edition's pairing: a run that is done, and another under way.
#[derive(Clone)]
pub struct Board {
    pub edition: String,
    pub run: String,
    pub mentee: String,
    pub mentor: String,
}

impl Board {
    async fn of(house: &House, coordinator: &Person, mentee: &Person, mentor: &Person) -> Self {
        let edition = edition(house, coordinator).await;
        enrol_everybody(house, coordinator, edition).await;
        let path = format!("/editions/{edition}/pairing");
        let mut browser = house.browser_of(coordinator).await;
        browser.post(&format!("{path}/runs"), &[]).await.expect(303);
        house.work().await;
        let page = browser.get(&path).await.expect(200).text();
        let run = form::fields(&page).remove("run").expect("a run that is done");
        browser.post(&format!("{path}/runs"), &[]).await.expect(303);
        let (mentee, mentor) = (mentee.id.to_string(), mentor.id.to_string());
        Self { edition: edition.to_string(), run, mentee, mentor }
    }
}

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
    pub fn own(&self) -> String {
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
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
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
        let granted: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&GRANT, values(id)).await);
        granted.unwrap();
    }
}

/// An import that waits for its confirmation.
pub async fn import(by: &mut Client) -> String {
    let sheet = format!("Nombre,Correo\nPersona Nueva,nueva.{}@example.org\n", uuid::Uuid::now_v7().simple());
    let seen = by.upload("/imports", &[], &[("mentees", "personas.csv", sheet.as_bytes())]).await.expect(303);
    let path = seen.location().to_owned();
    let form = [("version", "1"), ("c0-0", "name"), ("c0-1", "address")];
    by.post(&path, &form).await.expect(303);
    path.split('/').nth(2).unwrap().to_owned()
}

/// An entry of the trail of this person's organisation.
async fn foreign_entry(house: &House, person: &Person) -> String {
    static ENTRY: Statement =
        Statement::new("SELECT id FROM audit WHERE organisation = $1 ORDER BY id DESC", file!(), line!());
    let row = house.app.db.row(&ENTRY, vec![person.organisation.into()]).await.unwrap().unwrap();
    row.get::<uuid::Uuid>("id").unwrap().to_string()
}

/// Every table that a feature keeps.
fn tables() -> impl Iterator<Item = &'static str> {
    features::ALL.iter().flat_map(|feature| feature.tables).map(|table| table.name)
}

/// Counts from now on each row that comes or goes. Counting the rows of all tables after each visit took longer than the visits.
pub async fn watch(house: &House) {
    run(house, "CREATE TABLE writes (counted BIGINT NOT NULL, place TEXT NOT NULL)".to_owned()).await;
    run(house, "INSERT INTO writes (counted, place) VALUES (0, '')".to_owned()).await;
    if house.app.db.engine() == Database::Postgres {
        let count = "BEGIN UPDATE writes SET counted = counted + 1, place = TG_TABLE_NAME; RETURN NULL; END";
        run(house, format!("CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS '{count}'")).await;
    }
    for (table, event) in tables().flat_map(|table| [(table, "INSERT"), (table, "DELETE")]) {
        let does = match house.app.db.engine() {
            Database::Sqlite => format!("BEGIN UPDATE writes SET counted = counted + 1, place = '{table}'; END"),
            Database::Postgres => "FOR EACH ROW EXECUTE FUNCTION watch()".to_owned(),
        };
        run(house, format!("CREATE TRIGGER watch_{table}_{event} AFTER {event} ON {table} {does}")).await;
    }
}

async fn run(house: &House, text: String) {
    let statement: &'static Statement = Box::leak(Box::new(Statement::new(text.leak(), file!(), line!())));
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(statement, vec![]).await);
    done.unwrap();
}

/// How many rows came and went since it is watched, and in which table the last: what is refused writes nothing anywhere.
pub async fn writes(house: &House) -> (i64, String) {
    static WRITES: Statement = Statement::new("SELECT counted, place FROM writes", file!(), line!());
    let row = house.app.db.row(&WRITES, vec![]).await.unwrap().unwrap();
    (row.get("counted").unwrap(), row.get("place").unwrap())
}

/// An import that is done: two people who are in no edition.
async fn done_import(house: &House, by: &mut Client) -> String {
    let serial = uuid::Uuid::now_v7().simple();
    let sheet = format!("Nombre,Correo\nImportada Una,una.{serial}@example.org\n");
    let seen = by.upload("/imports", &[], &[("mentors", "personas.csv", sheet.as_bytes())]).await.expect(303);
    let path = seen.location().trim_end_matches("/mapping").to_owned();
    let form = [("version", "1"), ("c0-0", "name"), ("c0-1", "address")];
    by.post(&format!("{path}/mapping"), &form).await.expect(303);
    let form = form::fields(&by.get(&path).await.expect(200).text());
    let fields = [("version", form["version"].as_str()), ("digest", form["digest"].as_str())];
    by.post(&format!("{path}/confirm"), &fields).await.expect(303);
    house.work().await;
    path.split('/').nth(2).unwrap().to_owned()
}

/// A link that signs this person in, as a mail would carry it.
pub async fn link(house: &House, person: &Person) -> String {
    static LINK: Statement = Statement::new(
        "INSERT INTO links (token, purpose, organisation, person, created_at, expires_at) VALUES ($1, 'sign-in', $2, $3, $4, $5)",
        file!(),
        line!(),
    );
    let secret = house.app.secret();
    let (now, later) = (house.app.now(), house.app.now() + SignedDuration::from_hours(1));
    let values = || {
        let digest = Sha256::digest(secret).to_vec();
        vec![Value::Bytes(digest), person.organisation.into(), person.id.into(), now.into(), later.into()]
    };
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&LINK, values()).await);
    made.unwrap();
    URL_SAFE_NO_PAD.encode(secret)
}

/// The newest of a person's sessions or tokens.
async fn newest(house: &House, statement: &'static Statement, person: PersonId) -> String {
    let row = house.app.db.row(statement, vec![person.into()]).await.unwrap();
    row.map_or_else(|| NOBODY.to_owned(), |row| row.get::<uuid::Uuid>("id").unwrap().to_string())
}

/// The secret of a new feed of this person.
pub async fn calendar_feed(house: &House, person: &Person) -> String {
    static FEED: Statement = Statement::new(
        "INSERT INTO calendar_feeds (person, organisation, token, made_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (person) DO UPDATE SET token = excluded.token",
        file!(),
        line!(),
    );
    let (secret, now) = (house.app.secret(), house.app.now());
    let values = || {
        let digest = Value::Bytes(Sha256::digest(secret).to_vec());
        vec![person.id.into(), person.organisation.into(), digest, now.into()]
    };
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&FEED, values()).await);
    made.unwrap();
    URL_SAFE_NO_PAD.encode(secret)
}

/// A notice for this person, by its identifier.
pub async fn notice(house: &House, person: &Person) -> String {
    static NEWEST: Statement =
        Statement::new("SELECT id FROM notices WHERE person = $1 ORDER BY id DESC LIMIT 1", file!(), line!());
    let told = Notice::new(person.organisation, person.id, "identity.unreachable", Message::new("web-home"), "/");
    house.pass(SignedDuration::from_millis(1));
    let done: Result<(), Error> = transaction!(house.app.db, tx => notices::tell(&house.app, tx, &told).await);
    done.unwrap();
    newest(house, &NEWEST, person.id).await
}

/// A webhook of this person, by its identifier; nobody may be called there.
pub async fn hook(house: &House, person: &Person) -> String {
    static HOOK: Statement = Statement::new(
        "INSERT INTO hooks (id, organisation, person, address, shape, kinds, made_at) \
         VALUES ($1, $2, $3, 'https://127.0.0.1/x', 'slack', '[]', $4)",
        file!(),
        line!(),
    );
    let (id, now) = (house.app.id(), house.app.now());
    let values = || vec![id.into(), person.organisation.into(), person.id.into(), now.into()];
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&HOOK, values()).await);
    made.unwrap();
    id.to_string()
}

/// A new calendar that this person has named, by its identifier; nobody looks at it.
pub async fn calendar_source(house: &House, person: &Person) -> String {
    static SOURCE: Statement = Statement::new(
        "INSERT INTO calendar_sources (id, organisation, person, address, added_at, next_at, failures, round) \
         VALUES ($1, $2, $3, $4, $5, $5, 0, 0)",
        file!(),
        line!(),
    );
    let (id, now) = (house.app.id(), house.app.now());
    let address = format!("https://localhost/{id}.ics");
    let values = || vec![id.into(), person.organisation.into(), person.id.into(), address.as_str().into(), now.into()];
    let made: Result<u64, Error> = transaction!(house.app.db, tx => tx.run(&SOURCE, values()).await);
    made.unwrap();
    id.to_string()
}

/// Another session of this person, by its identifier.
pub async fn session(house: &House, person: &Person) -> String {
    static NEWEST: Statement =
        Statement::new("SELECT id FROM sessions WHERE person = $1 ORDER BY id DESC LIMIT 1", file!(), line!());
    house.pass(SignedDuration::from_millis(1));
    house.browser_of(person).await;
    newest(house, &NEWEST, person.id).await
}

/// A new token of this person, by its identifier.
pub async fn token(house: &House, person: &Person) -> String {
    static NEWEST: Statement =
        Statement::new("SELECT id FROM api_tokens WHERE person = $1 ORDER BY id DESC LIMIT 1", file!(), line!());
    house.pass(SignedDuration::from_millis(1));
    identity::new_token(&house.app, person.id, "x").await.map_err(anyhow::Error::from).unwrap();
    newest(house, &NEWEST, person.id).await
}
