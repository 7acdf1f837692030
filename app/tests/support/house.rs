use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use axum::Router;
use jiff::SignedDuration;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use telemaco::app::{App, Clock};
use telemaco::config::{Config, Flags};
use telemaco::i18n::Lang;
use telemaco::identity::{self, NewOrganisation, NewPerson, OrganisationId, Part, PersonId, Viewer};
use telemaco::mail::Mailer;
use telemaco::{db, jobs, transaction, vault, web};
use tempfile::TempDir;

use super::Client;

/// An installation of its own, with a clock that the story moves.
pub struct House {
    pub app: App,
    pub router: Router,
    folder: TempDir,
    /// The server of the databases that this story made, and their names.
    databases: Option<(String, Mutex<Vec<String>>)>,
}

/// Somebody of the story.
#[derive(Clone, Debug)]
pub struct Person {
    pub id: PersonId,
    pub organisation: OrganisationId,
    pub address: String,
    pub name: String,
}

impl House {
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self::open(folder, Flags::default(), None).await
    }

    pub async fn on_postgres() -> Self {
        let server = std::env::var("TELEMACO_TEST_POSTGRES").expect(
            "the stories want a PostgreSQL: run them with `cargo xtask test`, or name one in TELEMACO_TEST_POSTGRES",
        );
        let template = migrated(&server).await;
        let (name, address) = create_database(&server, &format!(" TEMPLATE {template}")).await;
        let flags = Flags::default().with("database", &address);
        Self::open(tempfile::tempdir().unwrap(), flags, Some((server, Mutex::new(vec![name])))).await
    }

    async fn open(folder: TempDir, flags: Flags, databases: Option<(String, Mutex<Vec<String>>)>) -> Self {
        let data = folder.path().join("data");
        let flags = flags.with("data", data.to_str().unwrap()).with("connections", "4");
        let mut app = App::open(Config::read(&flags).unwrap()).await.unwrap();
        app.clock = Clock::at("2027-01-11T09:00:00Z".parse().unwrap());
        db::migrate(&app.db, app.now()).await.unwrap();
        vault::ready(&app).await.unwrap();
        let router = web::router(app.clone()).unwrap();
        Self { app, router, folder, databases }
    }

    /// What no door does: a change to the database behind the program's back.
    pub async fn raw(&self, statement: &str) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()));
        if let Some(file) = self.app.db.file() {
            let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
            statement.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        } else {
            let mut connection = PgConnection::connect(&self.app.config.database()).await.unwrap();
            statement.execute(&mut connection).await.unwrap();
            connection.close().await.unwrap();
        }
        // Nothing of it stands in the trail.
        self.app.memory.forget();
    }

    /// Applies a migration anew that only adds rows, as an upgrade would that finds a database of before it.
    pub async fn upgrade_again(&self, version: i64) {
        self.raw(&format!("DELETE FROM migrations WHERE version = {version}")).await;
        assert_eq!(db::migrate(&self.app.db, self.app.now()).await.unwrap(), 1);
    }

    /// How many rows there are of this.
    pub async fn count(&self, rows: &str) -> i64 {
        let statement = format!("SELECT count(*) AS rows_there FROM {rows}");
        let statement: &'static db::Statement =
            Box::leak(Box::new(db::Statement::new(statement.leak(), file!(), line!())));
        self.app.db.row(statement, Vec::new()).await.unwrap().unwrap().get("rows_there").unwrap()
    }

    /// An identifier as it stands in such a statement.
    pub fn literal(&self, id: uuid::Uuid) -> String {
        match self.app.db.engine() {
            db::Engine::Sqlite => format!("X'{}'", id.simple()),
            db::Engine::Postgres => format!("'{id}'"),
        }
    }

    /// A second server of the same installation, with connections of its own and the same time.
    pub async fn second_server(&self) -> App {
        let mut app = App::open((*self.app.config).clone()).await.unwrap();
        app.clock = self.app.clock.clone();
        app
    }

    /// The same installation with other settings.
    pub fn set_up(&self, change: impl FnOnce(&mut Config)) -> App {
        let mut config = (*self.app.config).clone();
        change(&mut config);
        let (mailer, vault) = (Mailer::open(&config).unwrap(), vault::Vault::open(&config));
        App { config: Arc::new(config), mailer, vault, ..self.app.clone() }
    }

    /// A folder of the story's own, which goes with it.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub async fn end(self) {
        self.app.db.close().await;
        if let Some((server, names)) = self.databases {
            let mut connection = PgConnection::connect(&server).await.unwrap();
            for name in names.into_inner().unwrap() {
                let drop = format!("DROP DATABASE {name} WITH (FORCE)");
                sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut connection).await.unwrap();
            }
        }
    }

    /// The address of another database of the same engine, still empty.
    pub async fn another_database(&self) -> String {
        let Some((server, names)) = &self.databases else {
            return format!("sqlite:{}", self.folder.path().join("another.db").display());
        };
        let (name, address) = create_database(server, "").await;
        names.lock().unwrap().push(name);
        address
    }

    /// Moves the clock on.
    pub fn pass(&self, time: SignedDuration) {
        let Clock::Set(micros) = &self.app.clock else { panic!("a story sets its clock") };
        micros.fetch_add(i64::try_from(time.as_micros()).unwrap(), Ordering::Relaxed);
    }

    /// An organisation with its coordinator.
    pub async fn organisation(&self, name: &str, coordinator: &str) -> Person {
        let new = NewOrganisation {
            name: name.to_owned(),
            lang: Lang::Es,
            zone: "Europe/Madrid".to_owned(),
            coordinator: new_person(coordinator),
        };
        let (organisation, id): (OrganisationId, PersonId) =
            transaction!(self.app.db, tx => identity::add_organisation(&self.app, tx, &new).await)
                .map_err(anyhow::Error::from)
                .unwrap();
        Person { id, organisation, address: new.coordinator.address.to_string(), name: coordinator.to_owned() }
    }

    /// A person with parts in an organisation.
    pub async fn person(&self, organisation: OrganisationId, name: &str, parts: &[Part]) -> Person {
        let new = new_person(name);
        let ids: Result<Vec<PersonId>, db::Error> = transaction!(self.app.db, tx => {
            let ids = identity::add_person(&self.app, tx, organisation, std::slice::from_ref(&new)).await?;
            let grants: Vec<(PersonId, Part)> = parts.iter().map(|part| (ids[0], *part)).collect();
            identity::grant(&self.app, tx, organisation, &grants).await?;
            Ok(ids)
        });
        Person { id: ids.unwrap()[0], organisation, address: new.address.to_string(), name: name.to_owned() }
    }

    /// A browser that nobody has signed in with.
    pub fn stranger(&self) -> Client {
        Client::new(self.router.clone())
    }

    /// A browser in which this person is signed in.
    pub async fn browser_of(&self, person: &Person) -> Client {
        let session = identity::open_session(&self.app, person.id).await.map_err(anyhow::Error::from).unwrap();
        let mut client = self.stranger();
        client.keep_cookie("telemaco_session", &session);
        client
    }

    /// This person as actions know them.
    pub async fn viewer(&self, person: &Person) -> Viewer {
        let core = identity::person(&self.app.db, person.id).await.unwrap().unwrap();
        Viewer {
            session: None,
            account: core.account,
            person: core.id,
            organisation: core.organisation,
            organisation_name: String::new(),
            name: core.name,
            address: core.address,
            lang: core.lang,
            zone: jiff::tz::TimeZone::UTC,
            parts: identity::parts_of(&self.app.db, person.id).await.unwrap(),
            linked_at: None,
            seen_at: None,
            notice: None,
            unread: 0,
        }
    }

    /// Runs the jobs that are due.
    pub async fn work(&self) -> usize {
        jobs::run_due(&self.app).await.unwrap()
    }

    /// The newest mail to an address, as it was filed.
    pub async fn mail_to(&self, address: &str) -> Option<String> {
        let mails = self.app.mailer.filed(100).await.unwrap();
        mails
            .into_iter()
            .find(|mail| mail.head.contains(&format!("<{address}>")))
            .map(|mail| format!("{}\n\n{}", mail.head, mail.text))
    }

    /// The mail to an address that says this; those of one instant stand in any order.
    pub async fn mail_saying(&self, address: &str, text: &str) -> String {
        let mails = self.app.mailer.filed(1000).await.unwrap();
        let said =
            mails.into_iter().find(|mail| mail.head.contains(&format!("<{address}>")) && mail.text.contains(text));
        let mail = said.unwrap_or_else(|| panic!("no mail to {address} says {text}"));
        format!("{}\n\n{}", mail.head, mail.text)
    }

    /// The path of the link in the newest mail to an address.
    pub async fn link_to(&self, address: &str) -> String {
        self.links_to(address).await.into_iter().next().unwrap_or_else(|| panic!("no mail to {address}"))
    }

    /// The paths of the links in all mails to an address, newest first.
    pub async fn links_to(&self, address: &str) -> Vec<String> {
        let mails = self.app.mailer.filed(1000).await.unwrap();
        let whole = |mail: &telemaco::mail::Filed| mail.link().map(|(_, url, _)| url.to_owned());
        mails
            .iter()
            .filter(|mail| mail.head.contains(&format!("<{address}>")))
            .filter_map(whole)
            .map(|url| url.strip_prefix(&self.app.config.public_url).unwrap().to_owned())
            .collect()
    }
}

/// Makes a database and gives its name and address.
async fn create_database(server: &str, template: &str) -> (String, String) {
    let name = format!("story_{}", uuid::Uuid::now_v7().simple());
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("CREATE DATABASE {name}{template}"))).execute(&mut connection).await.unwrap();
    let address = on_server(server, &name);
    (name, address)
}

fn on_server(server: &str, database: &str) -> String {
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{database}")
}

/// The name of the database of which those of the stories are copies: all migrations take a second, a copy a tenth of that.
/// Whichever story comes first makes it, under a lock; another edition of the migrations has another one.
async fn migrated(server: &str) -> String {
    let name = format!("stories_{:x}", migrations());
    let mut connection = PgConnection::connect(server).await.unwrap();
    sqlx::raw_sql("SELECT pg_advisory_lock(7428302)").execute(&mut connection).await.unwrap();
    let there = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
    if there.fetch_optional(&mut connection).await.unwrap().is_none() {
        let half = format!("{name}_half");
        for statement in [format!("DROP DATABASE IF EXISTS {half}"), format!("CREATE DATABASE {half}")] {
            sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await.unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let flags = Flags::default().with("database", &on_server(server, &half));
        let flags = flags.with("data", folder.path().join("data").to_str().unwrap()).with("connections", "1");
        let app = App::open(Config::read(&flags).unwrap()).await.unwrap();
        db::migrate(&app.db, app.now()).await.unwrap();
        app.db.close().await;
        let rename = format!("ALTER DATABASE {half} RENAME TO {name}");
        sqlx::raw_sql(AssertSqlSafe(rename)).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    name
}

/// A number that changes with any migration.
fn migrations() -> u64 {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        std::fs::read(file).unwrap().hash(&mut hasher);
    }
    hasher.finish()
}

/// The address of a person is made from their name: `ana.perez@example.org`.
pub fn new_person(name: &str) -> NewPerson {
    let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
    NewPerson {
        address: identity::Address::parse(&address).unwrap(),
        name: name.to_owned(),
        lang: Lang::Es,
        zone: "Europe/Madrid".to_owned(),
        words: String::new(),
        in_directory: false,
    }
}
