//! The binary itself: settings, the server's life, copies, and the move to the other engine.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use telemaco::app::App;
use telemaco::db::Db;
use telemaco::identity::Part;

use crate::support::{Client, House};

pub fn telemaco(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_telemaco"));
    command.current_dir(folder);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("TELEMACO_") && name != "TELEMACO_STATEMENTS" {
            command.env_remove(name);
        }
    }
    command
}

pub fn run(command: &mut Command) -> (bool, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.success(), format!("{}{}", String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr)))
}

#[track_caller]
fn well(command: &mut Command) -> String {
    let (is_well, said) = run(command);
    assert!(is_well, "{command:?}: {said}");
    said
}

#[track_caller]
fn ill(command: &mut Command) -> String {
    let (is_well, said) = run(command);
    assert!(!is_well, "{command:?}: {said}");
    assert!(said.contains("telemaco: "), "a failure is said: {said}");
    said
}

/// A server under way; it is killed when the story ends before it.
struct Server {
    child: Child,
    address: String,
    said: Vec<String>,
}

impl Server {
    fn start(folder: &Path) -> Self {
        let child = telemaco(folder)
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut server = Self { child, address: String::new(), said: Vec::new() };
        for line in BufReader::new(server.child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            let address = line.split("listens on http://").nth(1).map(str::to_owned);
            server.said.push(line);
            if let Some(address) = address {
                server.address = address;
                return server;
            }
        }
        panic!("the server did not start: {:?}", server.said);
    }

    /// The status and body of a page.
    fn get(&self, path: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let status = answer.split(' ').nth(1).unwrap().parse().unwrap();
        (status, answer)
    }

    fn terminate(&self) {
        let done = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        assert!(done.success());
    }

    /// Waits for its end and says whether it was a good one.
    fn ends_within(&mut self, time: Duration) -> Option<bool> {
        let began = Instant::now();
        while began.elapsed() < time {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status.success());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        None
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn settings_weigh_more_the_nearer_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = || {
        let mut command = telemaco(folder.path());
        command.arg("doctor");
        command
    };
    std::fs::write(folder.path().join("telemaco.toml"), "public_url = \"https://from-file.example/\"").unwrap();
    well(telemaco(folder.path()).arg("migrate"));
    assert!(well(&mut doctor()).contains("people come to https://from-file.example\n"));
    let said = well(doctor().env("TELEMACO_PUBLIC_URL", "https://from-environment.example"));
    assert!(said.contains("https://from-environment.example"));
    let said = well(
        doctor()
            .env("TELEMACO_PUBLIC_URL", "https://from-environment.example")
            .args(["--set", "public_url=https://from-flag.example"]),
    );
    assert!(said.contains("https://from-flag.example"));
    assert!(ill(doctor().args(["--set", "public_ulr=x"])).contains("public_ulr"));
    assert!(ill(doctor().args(["--set", "public_url=example.org"])).contains("public_url must begin with"));
    assert!(ill(doctor().args(["--config", "none.toml"])).contains("none.toml"));
    assert!(ill(doctor().env("TELEMACO_CONNECTIONS", "many")).contains("connections"));
    // What tests and others set is no setting of ours.
    well(doctor().env("TELEMACO_TEST_POSTGRES", "x"));
    let help = well(telemaco(folder.path()).arg("--help"));
    for (name, _, meaning) in telemaco::config::SETTINGS {
        assert!(help.contains(name) && help.contains(&meaning.chars().take(15).collect::<String>()), "{name}");
    }
}

#[test]
fn a_server_starts_from_nothing_and_ends_cleanly() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = Server::start(folder.path());
    let here = server.address.replace("127.0.0.1", "http://localhost");
    let link = server.said.iter().find_map(|line| line.strip_prefix(&here)).unwrap().to_owned();
    assert!(link.starts_with("/first/"), "{:?}", server.said);
    assert_eq!(server.get("/healthz").0, 200);
    assert_eq!(server.get("/readyz").0, 200);
    assert_eq!(server.get(&link).0, 200);
    assert_eq!(server.get("/").0, 303);
    // Somebody who has said nothing yet, and somebody in the middle of a sentence, do not keep it.
    let silent = TcpStream::connect(&server.address).unwrap();
    let mut slow = TcpStream::connect(&server.address).unwrap();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: loc").unwrap();
    std::thread::sleep(Duration::from_millis(100));
    server.terminate();
    assert_eq!(server.ends_within(Duration::from_secs(15)), Some(true));
    drop((silent, slow));
    // The database was closed: nothing is left in its log.
    let data = folder.path().join("telemaco-data");
    assert!(!data.join("telemaco.db-wal").exists());
    assert!(std::fs::metadata(data.join("telemaco.db")).unwrap().len() > 0);
    assert_eq!(std::fs::metadata(&data).unwrap().permissions().mode() & 0o077, 0, "nobody else may look");
    // It starts again, and the old link is not good any more.
    let again = Server::start(folder.path());
    assert_eq!(again.get(&link).0, 404);
}

#[test]
fn an_address_in_use_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::start(folder.path());
    let said = ill(telemaco(folder.path()).args(["serve", "--listen", &server.address]));
    assert!(said.contains(&server.address), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_taken_while_people_work_and_put_back() {
    let house = House::on_sqlite().await;
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (folder, data) = (house.folder(), house.app.config.data.clone());
    let copy = folder.join("copy.db");
    let at = |command: &str| {
        let mut telemaco = telemaco(folder);
        telemaco.args([command, "--set"]).arg(format!("data={}", data.display()));
        telemaco
    };
    well(at("backup").arg(&copy));
    assert_eq!(std::fs::metadata(&copy).unwrap().permissions().mode() & 0o077, 0);
    assert!(ill(at("backup").arg(&copy)).contains("exists already"));
    // After the copy, somebody joins; then the copy comes back.
    house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    assert!(ill(at("restore").arg(&copy)).contains("--replace"));
    // A server that has it open would go on writing into what was moved away.
    assert!(ill(at("restore").arg(&copy).arg("--replace")).contains("a server has"));
    assert!(telemaco::identity::person(&house.app.db, ana.id).await.unwrap().is_some(), "and nothing was touched");
    house.app.db.close().await;
    // The installation's own file, by any name, is no copy of it.
    let own = data.join("telemaco.db");
    let alias = folder.join("alias.db");
    std::os::unix::fs::symlink(&own, &alias).unwrap();
    for itself in [&own, &alias] {
        assert!(ill(at("restore").arg(itself).arg("--replace")).contains("the installation itself"));
    }
    assert!(!well(&mut at("doctor")).contains("WRONG"), "it is as it was");
    let names = std::fs::read_dir(&data).unwrap().flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    assert_eq!(names.filter(|name| name.contains("restor")).count(), 0, "and nothing is left of the attempt");
    let said = well(at("restore").arg(&copy).arg("--replace"));
    assert!(said.contains("before-restore"));
    let doctor = well(&mut at("doctor"));
    assert!(!doctor.contains("WRONG"), "{doctor}");
    let back = App::open((*house.app.config).clone()).await.unwrap();
    let organisations = telemaco::identity::organisations(&back.db).await.unwrap();
    assert_eq!(organisations.len(), 1);
    assert!(telemaco::identity::person(&back.db, ana.id).await.unwrap().is_some());
    back.db.close().await;
    // Once more: what the first time kept is kept still.
    assert!(well(at("restore").arg(&copy).arg("--replace")).contains("before-restore-2"));
    assert!(data.join("telemaco.before-restore.db").exists() && data.join("telemaco.before-restore-2.db").exists());
    // Into an empty place, too.
    let elsewhere = folder.join("elsewhere");
    let new = |command: &str| {
        let mut telemaco = telemaco(folder);
        telemaco.args([command, "--set"]).arg(format!("data={}", elsewhere.display()));
        telemaco
    };
    well(new("restore").arg(&copy));
    assert!(!well(&mut new("doctor")).contains("WRONG"));
    // What is no copy is refused, and nothing is touched.
    std::fs::write(folder.join("no-copy.db"), "not a database at all, only some text").unwrap();
    ill(new("restore").arg(folder.join("no-copy.db")).arg("--replace"));
    ill(new("restore").arg(folder.join("absent.db")).arg("--replace"));
    assert!(!well(&mut new("doctor")).contains("WRONG"));
}

#[test]
fn doctor_says_what_is_wrong_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let doctor = |settings: &[&str]| {
        let mut command = telemaco(folder.path());
        command.arg("doctor");
        for setting in settings {
            command.args(["--set", setting]);
        }
        command
    };
    let said = ill(&mut doctor(&[]));
    assert!(said.contains("WRONG") && said.contains("telemaco migrate"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "to look makes nothing");
    well(telemaco(folder.path()).arg("migrate"));
    assert!(!well(&mut doctor(&[])).contains("WRONG"));
    let said = ill(&mut doctor(&["smtp=smtp://127.0.0.1:1"]));
    assert!(said.contains("WRONG  mail") && said.contains("`smtp`"), "{said}");
    let said = ill(&mut doctor(&["public_url=http://mentoring.example"]));
    assert!(said.contains("WRONG  configuration") && said.contains("https://"), "{said}");
    let said = ill(&mut doctor(&["database=postgres://ana:secreto@127.0.0.1:1/telemaco"]));
    assert!(said.contains("WRONG  database") && !said.contains("secreto"), "{said}");
    // A damaged file.
    let file = folder.path().join("telemaco-data/telemaco.db");
    let mut bytes = std::fs::read(&file).unwrap();
    let quarter = bytes.len() / 4;
    bytes[quarter..3 * quarter].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    let said = ill(&mut doctor(&[]));
    assert!(said.contains("telemaco restore") || said.contains("WRONG"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_installation_moves_to_the_other_engine_and_nobody_notices() {
    let (house, target) = (House::on_sqlite().await, House::on_postgres().await);
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut browser = house.browser_of(&ana).await;
    for (name, role) in [("Marta Soler", "mentor"), ("Luis Gil", "mentee")] {
        let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
        let form =
            [("name", name), ("address", &address), ("version", "0"), ("roles", role), ("held", "Negociación: 4")];
        browser.post("/people/new", &form).await.expect(303);
    }
    let upload: [(&str, &str, &[u8]); 1] = [("mentees", "a.csv", b"Nombre,Correo\nEva,eva@example.org\n")];
    browser.upload("/imports", &[], &upload).await.expect(303);
    browser.get("/").await.expect(200); // shows the quiet line, once
    let address = target.another_database().await;
    let move_to = || {
        let mut command = telemaco(house.folder());
        command.args(["migrate-to", &address, "--set"]).arg(format!("data={}", house.app.config.data.display()));
        command
    };
    let said = well(&mut move_to());
    assert!(said.contains("2  organisations"), "{said}");
    assert!(ill(&mut move_to()).contains("not empty"), "a second time would double everything");
    let moved = App { db: Db::open(&address, 4).await.unwrap(), ..house.app.clone() };
    let mut there = Client::new(telemaco::web::router(moved.clone()).unwrap());
    there.keep_cookie("telemaco_session", browser.cookie("telemaco_session").unwrap());
    for path in [
        "/",
        "/account",
        "/people",
        "/mentors",
        "/mentors/export",
        "/audit",
        "/audit/export",
        "/imports",
        "/programmes",
    ] {
        let (here, there) = (browser.get(path).await.expect(200), there.get(path).await.expect(200));
        assert_eq!(here.text(), there.text(), "{path}");
        assert_eq!(here.statements(), there.statements(), "{path}");
    }
    moved.db.close().await;
    target.end().await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_two_wrote_in_confidence_moves_sealed_and_opens_with_the_same_key() {
    let (house, target) = (House::on_sqlite().await, House::on_postgres().await);
    let pair = crate::vault::pair(&house).await;
    let goal = [("statement", "Negociar sola"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    let goal = crate::goals::add(&mut house.browser_of(&pair.lucia).await, &pair, &goal).await;
    let address = target.another_database().await;
    let data = format!("data={}", house.app.config.data.display());
    let move_to = ["migrate-to", &address, "--set", &data];
    assert!(well(telemaco(house.folder()).args(move_to)).contains("content_keys"));
    let moved = App { db: Db::open(&address, 4).await.unwrap(), ..house.app.clone() };
    // The keys of the installation are not in the database: with them what was written opens, and may be wrapped under a new one.
    let status = ["vault", "status", "--set", &data, "--set", &format!("database={address}")];
    let said = well(telemaco(house.folder()).args(status));
    assert!(said.contains("wraps 1 data keys"), "{said}");
    let rotate = ["vault", "rotate", "--set", &data, "--set", &format!("database={address}")];
    let said = well(telemaco(house.folder()).args(rotate));
    assert!(said.contains("1 data keys were wrapped"), "{said}");
    let session = telemaco::identity::open_session(&moved, pair.andres.id).await.map_err(anyhow::Error::from).unwrap();
    let mut there = Client::new(telemaco::web::router(moved.clone()).unwrap());
    there.keep_cookie("telemaco_session", &session);
    assert!(there.get(&goal).await.expect(200).says("Negociar sola"));
    // Without them it stays closed.
    let nowhere = house.folder().join("none.key");
    let without = App { db: moved.db.clone(), ..house.set_up(|config| config.vault_key_file = nowhere) };
    let mut closed = Client::new(telemaco::web::router(without).unwrap());
    closed.keep_cookie("telemaco_session", &session);
    assert!(!closed.get(&goal).await.expect(200).says("Negociar sola"));
    moved.db.close().await;
    target.end().await;
    house.end().await;
}

#[test]
fn a_move_to_sqlite_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let said = ill(telemaco(folder.path()).args(["migrate-to", "sqlite:other.db"]));
    assert!(said.contains("telemaco backup"), "{said}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_demonstration_touches_no_installation() {
    let folder = tempfile::tempdir().unwrap();
    well(telemaco(folder.path()).args(["migrate", "--set", "data=real"]));
    let file = folder.path().join("real/telemaco.db");
    let before = std::fs::read(&file).unwrap();
    let demo = |more: &[&str]| {
        let mut command = telemaco(folder.path());
        command.args(["demo", "--port", "0", "--data", "real"]).args(more);
        command
    };
    assert!(ill(&mut demo(&[])).contains("no demonstration"));
    assert!(ill(&mut demo(&["--reset"])).contains("nothing was deleted"));
    // What an earlier version left there by mistake does not make it a demonstration.
    std::fs::write(folder.path().join("real/personas.json"), "[]").unwrap();
    assert!(ill(&mut demo(&[])).contains("no demonstration"));
    assert!(ill(&mut demo(&["--reset"])).contains("nothing was deleted"));
    assert_eq!(std::fs::read(&file).unwrap(), before);
}

#[test]
fn a_demonstration_that_was_cut_short_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let demo = |more: &[&str]| {
        let mut command = telemaco(folder.path());
        command.args(["demo", "--port", "0"]).args(more).stdout(Stdio::piped()).stderr(Stdio::null());
        command
    };
    let starts = |more: &[&str]| {
        let mut child = demo(more).spawn().unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let started = lines.map(Result::unwrap).any(|line| line.contains("Ctrl-C"));
        child.kill().unwrap();
        child.wait().unwrap();
        started
    };
    assert!(starts(&[]));
    assert!(starts(&[]), "it starts again as it was");
    // As if the first start had died before it knew everybody.
    std::fs::remove_file(folder.path().join("telemaco-demo/personas.json")).unwrap();
    assert!(ill(demo(&[]).stderr(Stdio::piped())).contains("--reset"));
    assert!(starts(&["--reset"]));
}

/// Commands and settings of an installation in a folder of its own.
fn at(folder: &Path) -> impl Fn(&[&str]) -> Command + use<> {
    std::fs::create_dir_all(folder).unwrap();
    let folder = folder.to_owned();
    move |arguments| {
        let mut command = telemaco(&folder);
        command.args(arguments);
        command
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_holds_no_key_unless_it_is_asked_to() {
    let house = House::on_sqlite().await;
    let pair = crate::vault::pair(&house).await;
    let place = pair.place(pair.lucia.id, house.app.id());
    let sealed = crate::vault::seal(&house.app, &place, "entre tú y yo").await.unwrap();
    let (folder, data) = (house.folder(), house.app.config.data.display().to_string());
    let (bare, whole) = (folder.join("bare.db"), folder.join("whole.db"));
    let key = std::fs::read_to_string(house.app.vault.file().unwrap()).unwrap();
    let key = key.lines().find(|line| line.starts_with("tvk1_")).unwrap();
    let here = at(folder);
    let setting = format!("data={data}");
    let said = well(here(&["backup", "--set", &setting]).arg(&bare));
    assert!(said.contains("sealed in it") && said.contains("content.key and not in the copy"), "{said}");
    assert!(!folder.join("bare.db.key").exists());
    let said = well(here(&["backup", "--with-key", "--set", &setting]).arg(&whole));
    let kept = folder.join("whole.db.key");
    assert!(said.contains("Keep it apart"), "{said}");
    assert!(std::fs::read_to_string(&kept).unwrap().contains(key));
    assert_eq!(std::fs::metadata(&kept).unwrap().permissions().mode() & 0o077, 0);
    for copy in [&bare, &whole] {
        let bytes = std::fs::read(copy).unwrap();
        assert!(!bytes.windows(key.len()).any(|window| window == key.as_bytes()), "the copy itself never holds it");
    }
    // Without the key: it starts, says so, and nothing is lost.
    let there = folder.join("there");
    let elsewhere = at(&there);
    let said = well(elsewhere(&["restore"]).arg(&bare));
    assert!(said.contains("Content stays closed") && said.contains("content.key is not there"), "{said}");
    let said = ill(&mut elsewhere(&["doctor"]));
    assert!(said.contains("WRONG  vault") && said.contains("nothing is lost meanwhile"), "{said}");
    let mut server = Server::start(&there);
    assert!(server.said.iter().any(|line| line.contains("Content stays closed")), "{:?}", server.said);
    assert_eq!(server.get("/readyz").0, 200);
    server.terminate();
    assert_eq!(server.ends_within(Duration::from_secs(15)), Some(true));
    drop(server);
    assert!(!there.join("telemaco-data/content.key").exists(), "no other key is made in its place");
    // With it: everything opens.
    assert!(ill(elsewhere(&["restore", "--replace", "--with-key"]).arg(&bare)).contains("bare.db.key does not exist"));
    let said = well(elsewhere(&["restore", "--replace", "--with-key"]).arg(&whole));
    assert!(said.contains("1 keys of") && !said.contains("closed"), "{said}");
    assert!(well(&mut elsewhere(&["doctor"])).contains("ok     vault"));
    let flags = telemaco::config::Flags::default().with("data", there.join("telemaco-data").to_str().unwrap());
    let back = App::open(telemaco::config::Config::read(&flags).unwrap()).await.unwrap();
    let keys = telemaco::vault::keys(&back, &back.db, place.organisation, &[place.mentorship]).await.unwrap();
    assert_eq!(keys.open(&place, &sealed).unwrap().as_str(), "entre tú y yo");
    back.db.close().await;
    house.end().await;
}

#[test]
fn doctor_says_what_is_wrong_with_the_key() {
    let folder = tempfile::tempdir().unwrap();
    let here = at(folder.path());
    let file = folder.path().join("telemaco-data/content.key");
    well(&mut here(&["migrate"]));
    assert!(well(&mut here(&["doctor"])).contains("the first start makes it"));
    drop(Server::start(folder.path()));
    let key = std::fs::read_to_string(&file).unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let wrong = |said: &str| {
        let found = ill(&mut here(&["doctor"]));
        assert!(found.contains("WRONG  vault") && found.contains(said), "{said}: {found}");
        assert!(!found.contains(&key.lines().last().unwrap()[8..20]), "no key is shown");
    };
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    wrong("chmod 600");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert!(well(&mut here(&["doctor"])).contains("ok     vault"));
    let other = well(&mut here(&["vault", "new-key"]));
    assert!(other.starts_with("tvk1_"));
    std::fs::write(&file, &other).unwrap();
    wrong("are not those that are needed");
    std::fs::write(&file, "tvk1_nonsense").unwrap();
    wrong("number 1 in telemaco-data/content.key is no key");
    std::fs::remove_file(&file).unwrap();
    assert!(well(&mut here(&["doctor"])).contains("nothing is sealed yet"), "what nobody needs yet is not wrong");
    std::fs::create_dir(&file).unwrap();
    wrong("cannot be read");
    // The environment holds the keys as well; it weighs more than the file.
    let keys = format!("{},{}", other.trim(), key.lines().last().unwrap());
    let said = well(here(&["vault"]).env("TELEMACO_VAULT_KEYS", &keys));
    assert!(said.contains("for what is new") && said.contains("wraps nothing yet"), "{said}");
    let said = well(here(&["vault", "rotate"]).env("TELEMACO_VAULT_KEYS", &keys));
    assert!(said.contains("wrap nothing any more"), "{said}");
    assert!(well(here(&["doctor"]).env("TELEMACO_VAULT_KEYS", other.trim())).contains("ok     vault"));
    assert!(ill(here(&["vault", "rotate"]).env("TELEMACO_VAULT_KEYS", other.trim())).contains("not in a file"));
    assert!(ill(here(&["doctor"]).env("TELEMACO_VAULT_KEYS", "x")).contains("number 1 in the setting vault_keys"));
    // In the file, the command makes the new key itself.
    std::fs::remove_dir(&file).unwrap();
    std::fs::write(&file, &other).unwrap();
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    well(&mut here(&["vault", "rotate"]));
    let both = std::fs::read_to_string(&file).unwrap();
    assert_eq!(both.lines().filter(|line| line.starts_with("tvk1_")).count(), 2);
    assert_ne!(both.lines().next(), other.lines().next(), "the new one stands first");
    let said = well(&mut here(&["vault"]));
    assert!(said.contains("here") && !said.contains("not here"), "{said}");
}
