//! The real program, twice on one database, and one of the two killed twenty times while it looks at clocks, asks whether pairs met,
//! and mails: everybody is told and asked once, and nobody is forgotten.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::SignedDuration;
use telemaco::app::{App, Clock};
use telemaco::db::Statement;
use telemaco::mentorships;

use super::Stage;
use crate::crash::{Server, wait_until_idle};
use crate::story;
use crate::support::House;

const ROUNDS: u32 = 20;
const PAIRS: usize = 40;

async fn rounds(house: &House) {
    let stage = Stage::new(house, PAIRS).await;
    // The program knows the true time, not the story's: the pairs began two months before it, and it is about noon of a working day
    // where everybody is.
    let today = App { clock: Clock::System, ..house.app.clone() };
    let began = today.now() - SignedDuration::from_hours(60 * 24);
    for pair in &stage.pairs {
        mentorships::rehearse_beginning(&house.app, *pair, began).await.map_err(anyhow::Error::from).unwrap();
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
    let over: Vec<jiff::Timestamp> = (0..PAIRS).map(|place| met(today.now(), place)).collect();
    for (pair, over) in stage.pairs.iter().zip(&over) {
        let meeting = format!(
            "INSERT INTO meetings (id, organisation, mentorship, state, starts_at, zone, minutes, way, sequence, created_by, \
             created_at, changed_at, version) SELECT id, organisation, id, 'agreed', {0}, 'UTC', 60, 'online', 0, mentor, {0}, {0}, 1 \
             FROM mentorships WHERE id = {1}",
            over.as_microsecond(),
            house.literal(pair.0)
        );
        house.raw(&meeting).await;
    }
    let mut other = Server::start(house);
    for round in 0..ROUNDS {
        house.raw(&due).await;
        ask_and_look(house, &stage, &over, round).await;
        let server = Server::start(house);
        std::thread::sleep(Duration::from_millis(u64::from(round) * 20));
        // Now the one, now the other.
        if round % 2 == 0 {
            server.kill();
        } else {
            std::mem::replace(&mut other, server).kill();
        }
        assert_eq!(house.app.db.fault().await.unwrap(), None);
    }
    house.raw(&due).await;
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

/// When the pair at a place met, to the precision that databases keep.
fn met(now: jiff::Timestamp, place: usize) -> jiff::Timestamp {
    let days = if place.is_multiple_of(2) { 35 } else { 2 };
    let over = now - SignedDuration::from_hours(days * 24);
    jiff::Timestamp::from_microsecond(over.as_microsecond()).unwrap()
}

/// Has some pairs asked about their meeting and looked at, as after a blow that fell before it was noted that this was done.
async fn ask_and_look(house: &House, stage: &Stage, over: &[jiff::Timestamp], round: u32) {
    for (pair, over) in stage.pairs.iter().zip(over).skip(usize::try_from(round % 4).unwrap()).step_by(4) {
        for (name, more) in [
            ("meetings.ask", format!(",\"meeting\":\"{}\",\"starts\":\"{over}\"", pair.0)),
            ("meetings.quiet", String::new()),
        ] {
            let payload = format!("{{\"mentorship\":\"{}\"{more}}}", pair.0);
            let id = house.literal(uuid::Uuid::now_v7());
            let job = format!(
                "INSERT INTO jobs (id, name, payload, run_at, tries, created_at) VALUES ({id}, '{name}', '{payload}', 0, 0, 0)"
            );
            house.raw(&job).await;
        }
    }
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
