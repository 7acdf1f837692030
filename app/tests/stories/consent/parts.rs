//! More pairs than fit into one part: sending and publishing go on behind the press, the pages say how far they are, and whoever
//! works at it, or presses again, asks nobody twice and publishes nothing twice.

use telemaco::db::Statement;
use telemaco::jobs;
use telemaco::people::model::Side;
use telemaco::programmes::{self, Track};

use super::accept_everything;
use super::cast::{Cast, hold_mails, letters, run, withdraw};
use crate::story;
use crate::support::{House, Person};

/// A part holds 500.
const PAIRS: usize = 520;
const MENTORS: usize = 13;

/// An edition in which everybody has a mentor to be.
async fn crowd(house: &House) -> (Cast, String) {
    let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for number in 0..PAIRS {
        mentees.push(house.person(coordinator.organisation, &format!("Aprende {number}"), &[]).await);
    }
    for number in 0..MENTORS {
        mentors.push(house.person(coordinator.organisation, &format!("Orienta {number}"), &[]).await);
    }
    let cast = Cast::with(house, Track::Promotion, coordinator, mentees, mentors, |_| {}).await;
    let pairs: Vec<(usize, usize)> = (0..PAIRS).map(|mentee| (mentee, mentee % MENTORS)).collect();
    let run = cast.run(house, &pairs).await;
    (cast, run)
}

/// Of an edition: proposals, mentees who have one, mentorships, and the parts that these give.
async fn stands(house: &House, cast: &Cast) -> [usize; 4] {
    static STANDS: Statement = Statement::new(
        "SELECT (SELECT count(*) FROM proposals WHERE edition = $1) AS proposals, \
         (SELECT count(DISTINCT mentee) FROM proposals WHERE edition = $1) AS mentees, \
         (SELECT count(*) FROM mentorships WHERE edition = $1) AS mentorships, \
         (SELECT count(*) FROM parts JOIN mentorships ON mentorships.id = parts.scope_id \
          WHERE mentorships.edition = $1) AS parts",
        file!(),
        line!(),
    );
    let row = house.app.db.row(&STANDS, vec![cast.edition.into()]).await.unwrap().unwrap();
    ["proposals", "mentees", "mentorships", "parts"]
        .map(|column| usize::try_from(row.get::<i64>(column).unwrap()).unwrap())
}

/// Two servers carry out what is due, and the job of a press is there twice, as after a claim that ran out.
async fn two_at_work(house: &House) {
    let twin = house.app.id();
    house
        .raw(&format!(
            "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) \
             SELECT {}, organisation, name, payload, run_at, tries, created_at FROM jobs WHERE name = 'pairing.carry-on'",
            house.literal(twin)
        ))
        .await;
    let second = house.second_server().await;
    let (one, two) = tokio::join!(jobs::run_due(&house.app), jobs::run_due(&second));
    one.unwrap();
    two.unwrap();
    second.db.close().await;
}

story!(a_large_edition_is_sent_and_published_in_parts, async |house: &House| {
    let (mut cast, first) = crowd(house).await;
    hold_mails(house).await;
    let (send, publish) = (cast.path("consent/send"), cast.path("publish"));
    let form = [("run", first.as_str())];
    cast.browser.post(&send, &form).await.expect(303);
    let page = cast.browser.get(&cast.path("consent")).await.expect(200);
    assert!(page.says("<h1>Se están enviando las propuestas</h1>"), "{}", page.text());
    assert!(page.says("Van 0 de 520 parejas") && page.says("data-follows"));
    assert_eq!(stands(house, &cast).await, [0; 4], "the press itself is small");
    // What is under way has to come to its end before anything else is pressed; the same press changes nothing.
    cast.browser.post(&send, &form).await.expect(303);
    let refused = cast.browser.post(&publish, &[]).await.expect(422);
    assert!(refused.says("Aún se están enviando propuestas: van 0 de 520 parejas"), "{}", refused.text());
    let two = cast.mentees.iter().zip(&cast.mentors).take(2);
    let people: Vec<_> = two.map(|(mentee, mentor)| (mentee.id, mentor.id)).collect();
    let other = run(house, &cast.coordinator, cast.edition, &people).await;
    cast.browser.post(&send, &[("run", &other)]).await.expect(422);
    let edition = programmes::edition(&house.app.db, cast.edition).await.unwrap().unwrap();
    let (close, version) = (cast.path("close"), edition.version.to_string());
    let refused = cast.browser.post(&close, &[("version", &version)]).await.expect(422);
    assert!(refused.says("Aún se están enviando propuestas"), "{}", refused.text());
    // Whoever leaves before it is their turn is asked nothing.
    withdraw(house, cast.edition, &cast.mentees[PAIRS - 1].clone(), Side::Mentee).await;

    two_at_work(house).await;
    let asked = PAIRS - 1;
    assert_eq!(stands(house, &cast).await, [asked, asked, 0, 0]);
    assert_eq!(letters(house, cast.edition).await, [asked, asked, 0, 0], "each is asked once");
    assert!(cast.overview().await.contains("<h1>Faltan 519 respuestas</h1>"));
    cast.browser.post(&send, &form).await.expect(409);
    house.work().await;
    assert_eq!(stands(house, &cast).await, [asked, asked, 0, 0], "a run that is not the newest asks nobody");

    accept_everything(house, &cast).await;
    let leaves: Person = cast.mentees[0].clone();
    cast.browser.post(&publish, &[]).await.expect(303);
    withdraw(house, cast.edition, &leaves, Side::Mentee).await;
    let page = cast.browser.get(&cast.path("consent")).await.expect(200);
    assert!(page.says("<h1>Se están publicando las mentorías</h1>") && page.says("Van 0 de 519 parejas"));
    cast.browser.post(&send, &form).await.expect(422);
    two_at_work(house).await;
    assert_eq!(stands(house, &cast).await, [asked, asked, asked - 1, 2 * (asked - 1)]);
    let told = 2 * (asked - 1);
    assert_eq!(letters(house, cast.edition).await, [asked, asked, told, told], "both are written to, once");
    assert!(cast.overview().await.contains("No queda nada por contestar ni por publicar"));
    // The trail says of each part what it did.
    let trail = cast.browser.get("/audit?verb=pairing.publish").await.expect(200);
    assert_eq!(trail.text().matches("Publicó mentorías").count(), 2, "{}", trail.read());
});
