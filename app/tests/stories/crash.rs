//! The real program, killed in the middle of imports and of runs of the pairing, again and again: what was acknowledged is carried out once it is
//! started again, and nothing is ever half done.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use telemaco::app::{App, Clock};
use telemaco::db::Statement;
use telemaco::{identity, jobs};

use crate::support::edition::{edition, enrol_everybody};
use crate::support::sheets::{settle, take_in, upload};
use crate::support::{Client, House, form};

/// As many rounds on each engine; the delay before the blow grows from one to the next.
const ROUNDS: u32 = 12;
const PEOPLE: usize = 800;

/// A server of its own, killed when it goes out of scope.
pub struct Server {
    child: Child,
    port: u16,
}

impl Server {
    /// Starts the program on the database of a house and waits until it listens.
    pub fn start(house: &House) -> Self {
        let folder = house.folder().join("data");
        let mut child = Command::new(env!("CARGO_BIN_EXE_telemaco"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(&folder)
            .args(["--set", &format!("database={}", house.app.config.database()), "--set", "log=error"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.map(Result::unwrap).find_map(|line| line.rsplit_once(':')?.1.trim().parse().ok());
        Self { child, port: port.expect("it says where it listens") }
    }

    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// `kill -9`: no handler runs, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Sends a form over the wire; `None` when the blow fell before the answer.
    pub fn post(&self, cookie: &str, path: &str, fields: &str) -> std::thread::JoinHandle<Option<u16>> {
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: telemaco_session={cookie}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\nConnection: close\r\n\r\n{fields}",
            port = self.port,
            length = fields.len()
        );
        let port = self.port;
        std::thread::spawn(move || {
            use std::io::{Read as _, Write as _};
            let mut stream = std::net::TcpStream::connect(("127.0.0.1", port)).ok()?;
            stream.write_all(request.as_bytes()).ok()?;
            let mut answer = Vec::new();
            let _ = stream.read_to_end(&mut answer);
            String::from_utf8_lossy(&answer).split(' ').nth(1)?.parse().ok()
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

async fn rounds(house: &House) {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    // The program knows the true time, not the story's.
    let today = App { clock: Clock::System, ..house.app.clone() };
    let session = identity::open_session(&today, ana.id).await.map_err(anyhow::Error::from).unwrap();
    let (mut acknowledged, mut cut_short, mut confirmed) = (0, 0, Vec::new());
    for round in 0..ROUNDS {
        let import = prepare(&mut browser, round).await;
        let fields = form::fields(&browser.get(&import).await.expect(200).text());
        let fields = format!("version={}&digest={}", fields["version"], fields["digest"]);
        let server = Server::start(house);
        let answer = server.post(&session, &format!("{import}/confirm"), &fields);
        std::thread::sleep(Duration::from_millis(u64::from(round) * 70));
        server.kill();
        let answer = answer.join().unwrap();
        assert!(answer.is_none_or(|status| status == 303), "{answer:?}");

        // Of every sheet so far all the people or none of them.
        for earlier in 0..=round {
            let stand = people_of(&mut browser, earlier).await;
            assert!(stand == 0 || stand == PEOPLE, "round {round}: {stand} of {PEOPLE} of round {earlier}");
        }
        let is_confirmed = !browser.get(&import).await.expect(200).says("name=\"digest\"");
        assert!(is_confirmed || answer.is_none(), "round {round}: what was acknowledged is lost");
        acknowledged += u32::from(answer.is_some());
        if is_confirmed {
            cut_short += u32::from(!is_done(&mut browser, &import).await);
            confirmed.push((round, import));
        }
        assert_eq!(house.app.db.fault().await.unwrap(), None);
    }
    assert!(acknowledged > 0, "some confirmations were answered before the blow");
    assert!(cut_short > 0, "some imports were cut short by the blow");

    let server = Server::start(house);
    for (round, import) in &confirmed {
        wait_until_done(&mut browser, import).await;
        assert_eq!(people_of(&mut browser, *round).await, PEOPLE, "round {round}");
    }
    server.kill();
    assert_eq!(jobs::backlog(&house.app.db).await.unwrap().given_up, 0);
}

async fn prepare(browser: &mut Client, round: u32) -> String {
    let csv = (0..PEOPLE).fold("Name,Email,Skills,Unit\n".to_owned(), |csv, row| {
        format!("{csv}Nia {row},round{round}.{row}@example.org,Oratory:4;Finance:2,Unit {}\n", row % 40)
    });
    let import = upload(browser, &[("mentors", "people.csv", csv.as_bytes())]).await;
    settle(browser, &import, &[]).await.expect(303);
    import
}

async fn is_done(browser: &mut Client, import: &str) -> bool {
    browser.get(import).await.expect(200).says("Las personas están guardadas")
}

async fn wait_until_done(browser: &mut Client, import: &str) {
    let began = Instant::now();
    // A claim of the server that died holds for a quarter of a minute.
    while !is_done(browser, import).await {
        assert!(began.elapsed() < Duration::from_mins(1), "it was not carried out");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// How many of a round's people stand in the directory, with the competencies that they hold.
async fn people_of(browser: &mut Client, round: u32) -> usize {
    let list = browser.get(&format!("/mentors/export?form=csv&q=round{round}.")).await.expect(200).text();
    list.lines().filter(|line| line.contains(&format!("round{round}.")) && line.contains("Oratory")).count()
}

/// As many blows during runs of the pairing.
const RUNS: u32 = 20;

/// Runs of the pairing, each struck down later than the one before: a run is done whole, with its proof and all its results, or
/// not yet; and what was started is done in the end, once.
async fn runs(house: &House) {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let sheet = |seats: &str, name: &str, count: usize| {
        (0..count).fold("Name,Email,Skills,Capacity\n".to_owned(), |csv, row| {
            format!("{csv}{name} {row},{name}{row}@example.org,Oratory:{};Finance:2,{seats}\n", row % 5 + 1)
        })
    };
    take_in(house, &mut browser, "mentors", &sheet("2", "leo", 120)).await;
    take_in(house, &mut browser, "mentees", &sheet("", "nia", 240)).await;
    let edition = edition(house, &ana).await;
    enrol_everybody(house, &ana, edition).await;
    let board = format!("/editions/{edition}/pairing");
    let today = App { clock: Clock::System, ..house.app.clone() };
    let session = identity::open_session(&today, ana.id).await.map_err(anyhow::Error::from).unwrap();
    let (mut acknowledged, mut cut_short) = (0, 0);
    for round in 0..RUNS {
        let before = count_runs(&mut browser, &board).await;
        let server = Server::start(house);
        let answer = server.post(&session, &format!("{board}/runs"), "name=");
        std::thread::sleep(Duration::from_millis(u64::from(round) * 60));
        server.kill();
        let answer = answer.join().unwrap();
        assert!(answer.is_none_or(|status| status == 303), "{answer:?}");
        let begun = count_runs(&mut browser, &board).await - before;
        assert!(begun == 1 || begun == 0 && answer.is_none(), "round {round}: {begun} runs, answered {answer:?}");
        acknowledged += u32::from(answer.is_some());
        if is_under_way(&mut browser, &board).await {
            cut_short += 1;
            let server = Server::start(house);
            wait_for_pairs(&mut browser, &board).await;
            server.kill();
        }
        assert_eq!(count_runs(&mut browser, &board).await, before + begun, "round {round}: it is carried out once");
        if before + begun > 0 {
            is_whole(&mut browser, &board).await;
        }
    }
    assert!(acknowledged > 0, "some runs were acknowledged before the blow");
    assert!(cut_short > 0, "some runs were cut short by the blow");
    assert_eq!(jobs::backlog(&house.app.db).await.unwrap().given_up, 0);
    assert_eq!(house.app.db.fault().await.unwrap(), None);
}

/// How many runs stand in the list.
async fn count_runs(browser: &mut Client, board: &str) -> usize {
    let list = browser.get(&format!("{board}/runs")).await.expect(200).text();
    list.matches(&format!("<a href=\"{board}/runs/")).count()
}

async fn is_under_way(browser: &mut Client, board: &str) -> bool {
    browser.get(board).await.expect(200).says("data-follows")
}

async fn wait_for_pairs(browser: &mut Client, board: &str) {
    let began = Instant::now();
    while is_under_way(browser, board).await {
        assert!(began.elapsed() < Duration::from_mins(1), "the run was not carried out");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

/// Waits until none of these jobs is due by the true clock.
pub async fn wait_until_idle(house: &House, names: [&str; 2]) {
    static DUE: Statement =
        Statement::new("SELECT count(*) AS jobs FROM jobs WHERE name IN ($2, $3) AND run_at <= $1", file!(), line!());
    let began = Instant::now();
    loop {
        let values = vec![Clock::System.now().into(), names[0].into(), names[1].into()];
        let row = house.app.db.row(&DUE, values).await.unwrap().unwrap();
        if row.get::<i64>("jobs").unwrap() == 0 {
            return;
        }
        assert!(began.elapsed() < Duration::from_mins(3), "{names:?} are still to be done");
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

/// The newest run has a result for everybody and a proof that holds.
async fn is_whole(browser: &mut Client, board: &str) {
    let page = browser.get(board).await.expect(200);
    let run = form::fields(&page.text()).remove("run").expect("pairs that can be sent");
    let file = browser.get(&format!("{board}/runs/{run}/files?form=json")).await.expect(200).json();
    let count = |list: &str| file[list].as_array().unwrap().len();
    assert_eq!((count("pairs"), count("left_out"), count("mentors")), (240, 0, 120));
    let proof = browser.get(&format!("{board}/runs/{run}/proof")).await.expect(200).body;
    assert_eq!(telemaco::pairing::runs::proof::check(&proof).unwrap().digest, file["proof"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_of_the_pairing_on_sqlite() {
    let house = House::on_sqlite().await;
    runs(&house).await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn runs_of_the_pairing_on_postgres() {
    let house = House::on_postgres().await;
    runs(&house).await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_sqlite() {
    let house = House::on_sqlite().await;
    rounds(&house).await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_postgres() {
    let house = House::on_postgres().await;
    rounds(&house).await;
    house.end().await;
}
