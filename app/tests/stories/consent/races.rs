//! Two who act at once: one answer is kept, whoever was first, and nothing is counted twice.

use jiff::SignedDuration;
use telemaco::programmes::Track;

use super::cast::{Cast, take_back_of};
use super::{ACCEPT, DECLINE, NEUTRAL, at_proposal, mails_to};
use crate::story;
use crate::support::{Client, House};

const ROUNDS: usize = 8;

fn names(side: &str) -> Vec<String> {
    (0..ROUNDS).map(|number| format!("{side} {number}")).collect()
}

async fn cast(house: &House) -> Cast {
    let (mentees, mentors) = (names("Aprende"), names("Orienta"));
    let (mentees, mentors): (Vec<&str>, Vec<&str>) =
        (mentees.iter().map(String::as_str).collect(), mentors.iter().map(String::as_str).collect());
    Cast::new(house, Track::Promotion, &mentees, &mentors).await
}

fn all() -> Vec<(usize, usize)> {
    (0..ROUNDS).map(|place| (place, place)).collect()
}

story!(a_link_and_a_page_at_once, async |house: &House| {
    let mut cast = cast(house).await;
    cast.propose(house, &all()).await;
    for mentor in cast.mentors.clone() {
        let link = house.link_to(&mentor.address).await;
        let (mut browser, path) = at_proposal(house, &mentor).await;
        let mut stranger = house.stranger();
        let (by_page, by_link) = tokio::join!(browser.post(&path, ACCEPT), stranger.post(&link, DECLINE));
        assert_eq!([by_page.status.as_u16(), by_link.status.as_u16()], [303, 303]);
        let (page, linked) = (browser.get(&path).await.text(), stranger.get(&link).await.text());
        for words in ["Has aceptado", "Has dicho que no"] {
            assert_eq!(page.contains(words), linked.contains(words), "both say the same");
        }
    }
    house.work().await;
    let states = cast.states(house).await;
    for (mentee, name) in cast.mentees.iter().zip(names("Aprende")) {
        let asked = usize::from(states[&name] == "mentee-asked");
        assert!(asked == 1 || states[&name] == "declined", "{}", states[&name]);
        assert_eq!(mails_to(house, mentee).await.len(), asked, "{name} is written to once, or not at all");
    }
});

story!(taken_back_while_the_mentor_accepts, async |house: &House| {
    let mut cast = cast(house).await;
    cast.propose(house, &all()).await;
    let overview = cast.overview().await;
    for (place, mentor) in cast.mentors.clone().iter().enumerate() {
        let (take_back, version) = take_back_of(&overview, &format!("Aprende {place}"));
        let (mut browser, path) = at_proposal(house, mentor).await;
        let form = [("version", version.as_str())];
        let (answered, taken) = tokio::join!(browser.post(&path, ACCEPT), cast.browser.post(&take_back, &form));
        assert_eq!(answered.status.as_u16(), 303);
        let states = cast.states(house).await;
        let is_taken = states[&format!("Aprende {place}")] == "taken-back";
        assert_eq!(taken.status.as_u16(), if is_taken { 303 } else { 409 }, "whoever came second is told");
        let page = browser.get(&path).await.expect(200);
        assert_eq!(page.says(NEUTRAL), is_taken);
        assert_eq!(page.says("Has aceptado"), !is_taken);
    }
});

story!(two_servers_work_at_the_same_answers, async |house: &House| {
    let mut cast = cast(house).await;
    cast.propose(house, &all()).await;
    let second = house.second_server().await;
    // Every mentor answers at both servers at once.
    let mut presses = tokio::task::JoinSet::new();
    for mentor in cast.mentors.clone() {
        let (browser, path) = at_proposal(house, &mentor).await;
        let mut there = Client::of(&second);
        there.keep_cookie("telemaco_session", browser.cookie("telemaco_session").unwrap());
        for mut client in [browser, there] {
            let path = path.clone();
            presses.spawn(async move { client.post(&path, ACCEPT).await.status.as_u16() });
        }
    }
    assert_eq!(presses.join_all().await, [303; 2 * ROUNDS]);
    let (one, two) = tokio::join!(telemaco::jobs::run_due(&house.app), telemaco::jobs::run_due(&second));
    one.unwrap();
    two.unwrap();
    for mentee in &cast.mentees {
        assert_eq!(mails_to(house, mentee).await.len(), 1, "asked once");
    }
    // Their silence is a yes, said once, whichever server counts it; and published once, whoever presses.
    house.pass(SignedDuration::from_hours(24 * 5));
    let (one, two) = tokio::join!(telemaco::jobs::run_due(&house.app), telemaco::jobs::run_due(&second));
    one.unwrap();
    two.unwrap();
    assert!(cast.states(house).await.values().all(|state| state == "accepted"));
    let mut there = Client::of(&second);
    there.keep_cookie("telemaco_session", cast.browser.cookie("telemaco_session").unwrap());
    let path = cast.path("publish");
    let (one, two) = tokio::join!(cast.browser.post(&path, &[]), there.post(&path, &[]));
    let mut places = [one.location().to_owned(), two.location().to_owned()];
    places.sort();
    assert_eq!(places, [cast.path("consent"), cast.path("mentorships")], "one published, the other found nothing left");
    let (one, two) = tokio::join!(telemaco::jobs::run_due(&house.app), telemaco::jobs::run_due(&second));
    one.unwrap();
    two.unwrap();
    for person in cast.mentees.iter().chain(&cast.mentors) {
        let begun = mails_to(house, person).await.into_iter().filter(|mail| mail.contains("ha empezado")).count();
        assert_eq!(begun, 1, "{}", person.name);
    }
    second.db.close().await;
});

story!(a_run_is_sent_once_whoever_presses, async |house: &House| {
    let mut cast = cast(house).await;
    let run = cast.run(house, &all()).await;
    let second = house.second_server().await;
    let mut there = Client::of(&second);
    there.keep_cookie("telemaco_session", cast.browser.cookie("telemaco_session").unwrap());
    let (path, form) = (cast.path("consent/send"), [("run", run.as_str())]);
    let (one, two) = tokio::join!(cast.browser.post(&path, &form), there.post(&path, &form));
    assert_eq!([one.status.as_u16(), two.status.as_u16()], [303, 303]);
    house.work().await;
    for mentor in &cast.mentors {
        assert_eq!(mails_to(house, mentor).await.len(), 1);
    }
    second.db.close().await;
});

story!(silence_against_an_answer_at_the_last_moment, async |house: &House| {
    let mut cast = cast(house).await;
    cast.propose(house, &all()).await;
    let mut at = Vec::new();
    for mentor in &cast.mentors {
        at.push(at_proposal(house, mentor).await);
    }
    // The very moment at which the window ends: 15 January, midnight in Madrid.
    house.pass("2027-01-14T23:00:00Z".parse::<jiff::Timestamp>().unwrap().duration_since(house.app.now()));
    let mut presses = tokio::task::JoinSet::new();
    for (mut browser, path) in at {
        presses.spawn(async move { browser.post(&path, ACCEPT).await.status.as_u16() });
    }
    let (done, _) = tokio::join!(house.work(), presses.join_all());
    assert_eq!(done, 1, "the window's end, and no mail to a mentee");
    assert!(cast.states(house).await.values().all(|state| state == "declined"));
    // The same job again, as after a crash, changes nothing.
    cast.overview().await;
    let before = cast.overview().await;
    let again: Result<(), telemaco::db::Error> = telemaco::transaction!(house.app.db, tx => {
        let payload = serde_json::json!({ "edition": cast.edition });
        telemaco::jobs::add(&house.app, tx, None, "pairing.silence", &payload).await
    });
    again.unwrap();
    assert_eq!(house.work().await, 1);
    assert_eq!(cast.overview().await, before);
});
