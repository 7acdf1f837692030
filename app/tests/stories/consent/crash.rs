//! The real program, killed while it publishes, twenty times on each engine: a mentorship is there whole or not at all, what was
//! acknowledged is there, and nobody gets two mails.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use telemaco::app::{App, Clock};
use telemaco::db::Statement;
use telemaco::programmes::{EditionId, Track};
use telemaco::{identity, jobs};

use super::accept_everything;
use super::cast::{Cast, hold_mails, letters};
use crate::crash::{Server, wait_until_idle};
use crate::support::{House, Person};

const ROUNDS: u32 = 20;
/// Rounds in which the blow waits for the answer.
const ANSWERED: u32 = 5;
const PAIRS: usize = 25;
/// More than two parts hold.
const MANY: usize = 1_100;
const MENTORS: usize = 20;

async fn rounds(house: &House) {
    let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        mentees.push(house.person(coordinator.organisation, &format!("Aprende {number}"), &[]).await);
        mentors.push(house.person(coordinator.organisation, &format!("Orienta {number}"), &[]).await);
    }
    // The program knows the true time, not the story's, and mails nobody at night: it is about noon where they are.
    let today = App { clock: Clock::System, ..house.app.clone() };
    let hour = today.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).hour();
    house.raw(&format!("UPDATE persons SET zone = 'Etc/GMT{:+}'", hour - 12)).await;
    let session = identity::open_session(&today, coordinator.id).await.map_err(anyhow::Error::from).unwrap();
    let (mut acknowledged, mut lost, mut editions) = (0, 0, Vec::new());
    for round in 0..ROUNDS {
        let edition = accepted(house, &coordinator, &mentees, &mentors).await;
        let server = Server::start(house);
        let answer = server.post(&session, &format!("/editions/{edition}/publish"), "");
        // Most blows fall while it publishes; the last ones when it has answered, while it writes the mails.
        let answer = if round < ROUNDS - ANSWERED {
            std::thread::sleep(Duration::from_millis(u64::from(round) * 8));
            server.kill();
            answer.join().unwrap()
        } else {
            let answer = answer.join().unwrap();
            server.kill();
            answer
        };
        assert!(answer.is_none_or(|status| status == 303), "{answer:?}");
        let made = whole(house, edition).await;
        assert!(made || answer.is_none(), "round {round}: what was acknowledged is lost");
        acknowledged += u32::from(answer.is_some());
        lost += u32::from(!made);
        editions.push(edition);
        assert_eq!(house.app.db.fault().await.unwrap(), None);
    }
    assert!(acknowledged >= ANSWERED, "some presses were answered before the blow");
    assert!(lost > 0 || acknowledged < ROUNDS, "some were cut short by the blow");

    // The coordinator presses again, everywhere; what was published stays as it is.
    let server = Server::start(house);
    for edition in &editions {
        let again = server.post(&session, &format!("/editions/{edition}/publish"), "").join().unwrap();
        assert_eq!(again, Some(303));
        assert!(whole(house, *edition).await);
    }
    wait_until_idle(house, ["pairing.mail-proposal", "notices.mail-one"]).await;
    server.kill();
    assert_eq!(jobs::backlog(&house.app.db).await.unwrap().given_up, 0);
    // A mail that was in flight at a blow bears the Message-ID of the first: it replaces its file.
    let everybody: Vec<&Person> = mentees.iter().chain(&mentors).collect();
    let mails = begun(house).await;
    for person in everybody {
        let count = mails.get(&person.address).copied().unwrap_or(0);
        assert_eq!(count, ROUNDS, "{} was written to {count} times for {ROUNDS} mentorships", person.name);
    }
}

async fn accepted(house: &House, coordinator: &Person, mentees: &[Person], mentors: &[Person]) -> EditionId {
    let mut cast =
        Cast::with(house, Track::Promotion, coordinator.clone(), mentees.to_vec(), mentors.to_vec(), |_| {}).await;
    let pairs: Vec<(usize, usize)> = (0..PAIRS).map(|place| (place, place)).collect();
    let run = cast.run(house, &pairs).await;
    let path = cast.path("consent/send");
    cast.browser.post(&path, &[("run", &run)]).await.expect(303);
    accept_everything(house, &cast).await;
    cast.edition
}

/// Whether the edition is published. It is so with every pair, both their parts, and every proposal, or with none of them.
async fn whole(house: &House, edition: EditionId) -> bool {
    static STANDS: Statement = Statement::new(
        "SELECT (SELECT count(*) FROM mentorships WHERE edition = $1) AS mentorships, \
         (SELECT count(*) FROM proposals WHERE edition = $1 AND state = 'published') AS published, \
         (SELECT count(*) FROM parts JOIN mentorships ON mentorships.id = parts.scope_id \
          WHERE mentorships.edition = $1) AS parts",
        file!(),
        line!(),
    );
    let row = house.app.db.row(&STANDS, vec![edition.into()]).await.unwrap().unwrap();
    let stands: [i64; 3] = ["mentorships", "published", "parts"].map(|column| row.get(column).unwrap());
    let all = i64::try_from(PAIRS).unwrap();
    assert!(stands == [0; 3] || stands == [all, all, 2 * all], "half made: {stands:?}");
    stands != [0; 3]
}

/// What is more than a part is killed again and again while it is sent and while it is published.
async fn parts(house: &House) {
    let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for number in 0..MANY {
        mentees.push(house.person(coordinator.organisation, &format!("Aprende {number}"), &[]).await);
    }
    for number in 0..MENTORS {
        mentors.push(house.person(coordinator.organisation, &format!("Orienta {number}"), &[]).await);
    }
    let today = App { clock: Clock::System, ..house.app.clone() };
    let session = identity::open_session(&today, coordinator.id).await.map_err(anyhow::Error::from).unwrap();
    hold_mails(house).await;
    let pairs: Vec<(usize, usize)> = (0..MANY).map(|mentee| (mentee, mentee % MENTORS)).collect();
    let mut cut_short = 0;
    // How many pairs are written before the blow: it falls before the first part, and before the last.
    for before in [0, 501] {
        let cast =
            Cast::with(house, Track::Promotion, coordinator.clone(), mentees.clone(), mentors.clone(), |_| {}).await;
        let run = cast.run(house, &pairs).await;
        for (door, fields) in [("consent/send", format!("run={run}")), ("publish", String::new())] {
            let server = Server::start(house);
            let answer = server.post(&session, &cast.path(door), &fields).join().unwrap();
            assert_eq!(answer, Some(303), "a large press is small");
            let made = |counts: [usize; 5]| if door == "publish" { counts[2] } else { counts[0] };
            until(async || made(counts(house, cast.edition).await) >= before).await;
            server.kill();
            let stands = counts(house, cast.edition).await;
            let [_, published, mentorships, parts, under_way] = stands;
            assert_eq!((published, parts), (mentorships, 2 * mentorships), "half made");
            let done = made(stands);
            cut_short += u32::from(0 < done && done < MANY);
            assert!(done == MANY || under_way == 1, "what was acknowledged is lost");
            assert_eq!(house.app.db.fault().await.unwrap(), None);

            let server = Server::start(house);
            until(async || counts(house, cast.edition).await[4] == 0).await;
            server.kill();
            let made = if door == "publish" { MANY } else { 0 };
            assert_eq!(counts(house, cast.edition).await, [MANY, made, made, 2 * made, 0]);
            let told = 2 * made;
            assert_eq!(letters(house, cast.edition).await, [MANY, MANY, told, told], "each is written to, once");
            accept_what_is_asked(house, &cast).await;
        }
        house.raw("DELETE FROM jobs WHERE name = 'pairing.mail-proposal'").await;
    }
    assert!(cut_short > 0, "some parts were still to come");
}

async fn until(is_so: impl AsyncFn() -> bool) {
    let began = Instant::now();
    while !is_so().await {
        assert!(began.elapsed() < Duration::from_mins(2), "nobody carries on");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

async fn accept_what_is_asked(house: &House, cast: &Cast) {
    house.raw(&format!(
        "UPDATE proposals SET state = 'accepted', mentee_until = mentor_until WHERE state = 'mentor-asked' AND edition = {}",
        house.literal(cast.edition.0)
    ))
    .await;
}

/// Of an edition: proposals, those published, mentorships, the parts that these give, and presses under way.
async fn counts(house: &House, edition: EditionId) -> [usize; 5] {
    static COUNTS: Statement = Statement::new(
        "SELECT (SELECT count(*) FROM proposals WHERE edition = $1) AS proposals, \
         (SELECT count(*) FROM proposals WHERE edition = $1 AND state = 'published') AS published, \
         (SELECT count(*) FROM mentorships WHERE edition = $1) AS mentorships, \
         (SELECT count(*) FROM parts JOIN mentorships ON mentorships.id = parts.scope_id \
          WHERE mentorships.edition = $1) AS parts, \
         (SELECT count(under_way) FROM pairing_turns WHERE edition = $1) AS under_way",
        file!(),
        line!(),
    );
    let row = house.app.db.row(&COUNTS, vec![edition.into()]).await.unwrap().unwrap();
    ["proposals", "published", "mentorships", "parts", "under_way"]
        .map(|column| usize::try_from(row.get::<i64>(column).unwrap()).unwrap())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_on_sqlite() {
    let house = House::on_sqlite().await;
    parts(&house).await;
    house.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_on_postgres() {
    let house = House::on_postgres().await;
    parts(&house).await;
    house.end().await;
}

/// How many mails that a mentorship began each address got.
async fn begun(house: &House) -> BTreeMap<String, u32> {
    let mut mails = BTreeMap::new();
    for mail in house.app.mailer.filed(usize::MAX).await.unwrap() {
        if mail.head.contains("ha empezado") {
            let to = mail.head.split("To: ").nth(1).unwrap().split(['<', '>']).nth(1).unwrap();
            *mails.entry(to.to_owned()).or_insert(0) += 1;
        }
    }
    mails
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
