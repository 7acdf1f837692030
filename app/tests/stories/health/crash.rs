//! The real program, twice on one database, and one of the two killed twenty times while it looks at clocks, asks whether pairs met,
//! and mails: everybody is told and asked once, and nobody is forgotten.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::SignedDuration;
use telemaco::app::{App, Clock};
use telemaco::db::Statement;
use telemaco::mentorships::{self, MentorshipId};

use super::Stage;
use crate::crash::{Server, wait_until_idle};
use crate::story;
use crate::support::House;

const ROUNDS: u32 = 20;
/// So many blows have to leave a job in its middle, of so many at most.
const CUT_SHORT: u32 = ROUNDS / 8;
const MOST_BLOWS: u32 = 3 * ROUNDS;
const PAIRS: usize = 2 * ROUNDS as usize;
/// How long the claim of a server holds that has died.
const LEASE: SignedDuration = SignedDuration::from_secs(15);

async fn rounds(house: &House) {
    let stage = Stage::new(house, PAIRS).await;
    // The program knows the true time, not the story's, and it is about noon of a working day where everybody is. In each round two
    // more pairs have begun two months before, so that there is somebody to tell and to ask until the last.
    let today = App { clock: Clock::System, ..house.app.clone() };
    for pair in &stage.pairs {
        began(house, *pair, today.now()).await;
    }
    let hour = today.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).hour();
    house.raw(&format!("UPDATE persons SET zone = 'Etc/GMT{:+}'", hour - 12)).await;
    let settings = r#"{"calendar":{"weekdays":[true,true,true,true,true,true,true],"holidays":[],"zone":"UTC"}}"#;
    house.raw(&format!("UPDATE editions SET settings = '{settings}'")).await;
    // Everybody is mailed at once, so that mails are under way when the blow falls.
    house.raw("DELETE FROM jobs").await;
    house
        .raw(
            "INSERT INTO notice_choices (person, kind, organisation, way) \
             SELECT id, 'health.clock', organisation, 'at-once' FROM persons",
        )
        .await;
    let organisation = house.literal(stage.ana.organisation.0);
    let due = format!(
        "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) \
         VALUES ({organisation}, {organisation}, 'health.sweep', '{{}}', 0, 0, 0) ON CONFLICT DO NOTHING"
    );
    // Half of the pairs have a meeting to be asked about, two days ago; the others had one five weeks ago, which is too long ago to be
    // asked about, and are quiet since.
    let two_months_ago = today.now() - SignedDuration::from_hours(60 * 24);
    let pairs: Vec<(MentorshipId, jiff::Timestamp)> =
        stage.pairs.iter().enumerate().map(|(place, pair)| (*pair, met(today.now(), place))).collect();
    let mut other = Server::start(house);
    let (mut at_work, mut cut_short, mut blows) = (0, 0, 0);
    // Of two servers either may be the one that is in the middle of something: where too few blows have met one, there are more.
    while blows < ROUNDS || cut_short < CUT_SHORT && blows < MOST_BLOWS {
        let round = blows % ROUNDS;
        blows += 1;
        let server = Server::start(house);
        let since = today.now();
        let begun = &pairs[..usize::try_from(2 * round + 2).unwrap()];
        for (pair, over) in begun[begun.len() - 2..].iter().filter(|_| blows <= ROUNDS) {
            // In this order: a look of the other server's between the two would rightly find that they had never met.
            had_met(house, *pair, *over).await;
            began(house, *pair, two_months_ago).await;
        }
        let more = format!("{due};{}", ask_and_look(house, begun));
        house.raw(&more).await;
        std::thread::sleep(Duration::from_millis(u64::from(round) * 5));
        let under_way = some_work(house, since, &more).await;
        // Now the one, now the other.
        if round.is_multiple_of(2) {
            server.kill();
        } else {
            std::mem::replace(&mut other, server).kill();
        }
        at_work += u32::from(under_way > 0);
        cut_short += u32::from(left_claimed(house, since).await > 0);
        assert_eq!(house.app.db.fault().await.unwrap(), None);
    }
    assert_eq!(at_work, blows, "each blow falls while there is work");
    assert!(cut_short >= CUT_SHORT, "{cut_short} of {blows} blows left a job in its middle");
    house.raw(&format!("{due};{}", ask_and_look(house, &pairs))).await;
    wait_until_idle(house, ["health.sweep", "notices.mail-one"]).await;
    wait_until_idle(house, ["meetings.quiet", "meetings.ask"]).await;
    wait_until_idle(house, ["health.sweep", "notices.mail-one"]).await;
    other.kill();
    let people = i64::try_from(2 * stage.pairs.len()).unwrap();
    assert_eq!(house.count("meeting_asks WHERE meeting IS NOT NULL").await, people / 2, "about the meeting, once");
    assert_eq!(house.count("meeting_asks WHERE meeting IS NULL").await, people / 2, "about the month since, once");
    assert_eq!(house.count("notices WHERE kind = 'meetings.asked'").await, people);
    let told = told(house).await;
    let everybody = stage.mentees.iter().chain(&stage.mentors);
    let each: Vec<&u32> = everybody.clone().map(|person| told.get(&person.address).unwrap_or(&0)).collect();
    assert!(
        each.iter().all(|count| **count == *each[0] && **count > 0),
        "somebody was forgotten or told twice: {told:?}"
    );
    let mut mails: BTreeMap<String, u32> = BTreeMap::new();
    for mail in house.app.mailer.filed(usize::MAX).await.unwrap() {
        let to = mail.head.split("To: ").nth(1).unwrap().split(['<', '>']).nth(1).unwrap();
        *mails.entry(to.to_owned()).or_insert(0) += 1;
    }
    // A mail that was in flight at a blow bears the Message-ID of the first: it replaces its file.
    for person in everybody {
        assert_eq!(mails.get(&person.address), told.get(&person.address), "{}", person.name);
    }
}

/// Has a pair have begun at an instant.
async fn began(house: &House, pair: MentorshipId, at: jiff::Timestamp) {
    mentorships::rehearse_beginning(&house.app, pair, at).await.map_err(anyhow::Error::from).unwrap();
}

/// Has a pair have met at an instant.
async fn had_met(house: &House, pair: MentorshipId, over: jiff::Timestamp) {
    let meeting = format!(
        "INSERT INTO meetings (id, organisation, mentorship, state, starts_at, zone, minutes, way, sequence, created_by, \
         created_at, changed_at, version) SELECT id, organisation, id, 'agreed', {0}, 'UTC', 60, 'online', 0, mentor, {0}, {0}, 1 \
         FROM mentorships WHERE id = {1}",
        over.as_microsecond(),
        house.literal(pair.0)
    );
    house.raw(&meeting).await;
}

/// Waits until something is under way that was begun since an instant, and says how many jobs that are. Where all is done there is more
/// to do.
async fn some_work(house: &House, since: jiff::Timestamp, more: &str) -> i64 {
    let began = Instant::now();
    loop {
        let under_way = house.count(&under_way_since(since)).await;
        if under_way > 0 {
            return under_way;
        }
        let now = Clock::System.now().as_microsecond();
        if house.count(&format!("jobs WHERE failed_at IS NULL AND run_at <= {now}")).await == 0 {
            house.raw(more).await;
        }
        assert!(began.elapsed() < Duration::from_secs(30), "nobody does anything");
    }
}

/// What was claimed since an instant and has not ended; a claim of before that has gone by no longer counts.
fn under_way_since(since: jiff::Timestamp) -> String {
    format!("jobs WHERE failed_at IS NULL AND claimed_until >= {}", (since + LEASE).as_microsecond())
}

/// How many jobs that were begun since an instant nobody goes on with: the server that lives does everything else that is due, and ends
/// what it began.
async fn left_claimed(house: &House, since: jiff::Timestamp) -> i64 {
    let began = Instant::now();
    loop {
        let now = Clock::System.now().as_microsecond();
        let free = "failed_at IS NULL AND (claimed_until IS NULL OR claimed_until <";
        if house.count(&format!("jobs WHERE {free} {now}) AND run_at <= {now}")).await == 0 {
            break;
        }
        assert!(began.elapsed() < Duration::from_mins(1), "what is due is not done");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(Duration::from_millis(400)).await;
    house.count(&under_way_since(since)).await
}

/// When the pair at a place met, to the precision that databases keep.
fn met(now: jiff::Timestamp, place: usize) -> jiff::Timestamp {
    let days = if place.is_multiple_of(2) { 35 } else { 2 };
    let over = now - SignedDuration::from_hours(days * 24);
    jiff::Timestamp::from_microsecond(over.as_microsecond()).unwrap()
}

/// Statements that have pairs asked about their meeting and looked at, as after a blow that fell before it was noted that this was done.
fn ask_and_look(house: &House, pairs: &[(MentorshipId, jiff::Timestamp)]) -> String {
    let mut statements = Vec::new();
    for (pair, over) in pairs {
        for (name, more) in [
            ("meetings.ask", format!(",\"meeting\":\"{pair}\",\"starts\":\"{over}\"")),
            ("meetings.quiet", String::new()),
        ] {
            let payload = format!("{{\"mentorship\":\"{pair}\"{more}}}");
            // Of its own each time: the same text may be run again.
            let id = match house.app.db.engine() {
                telemaco::db::Engine::Sqlite => "randomblob(16)",
                telemaco::db::Engine::Postgres => "gen_random_uuid()",
            };
            statements.push(format!(
                "INSERT INTO jobs (id, name, payload, run_at, tries, created_at) VALUES ({id}, '{name}', '{payload}', 0, 0, 0)"
            ));
        }
    }
    statements.join(";")
}

/// How many notices of clocks and questions everybody got, by their address.
async fn told(house: &House) -> BTreeMap<String, u32> {
    static TOLD: Statement = Statement::new(
        "SELECT persons.address, count(*) AS told FROM notices JOIN persons ON persons.id = notices.person \
         WHERE notices.kind IN ('health.clock', 'meetings.asked') GROUP BY persons.address",
        file!(),
        line!(),
    );
    let rows = house.app.db.rows(&TOLD, vec![]).await.unwrap();
    rows.iter().map(|row| (row.get("address").unwrap(), row.get::<u32>("told").unwrap())).collect()
}

story!(one_of_two_servers_is_killed_twenty_times, async |house: &House| rounds(house).await);
