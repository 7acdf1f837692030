//! A closed edition asks, answers and publishes nothing; and it is not closed while somebody is still asked.

use telemaco::programmes::{self, Track};

use super::cast::{Cast, take_back_of};
use super::{ACCEPT, answer, at_proposal, mails_to};
use crate::story;
use crate::support::{House, Person, Seen};

/// The coordinator closes the edition as it stands.
async fn close(house: &House, cast: &mut Cast) -> Seen {
    let edition = programmes::edition(&house.app.db, cast.edition).await.unwrap().unwrap();
    let (path, version) = (cast.path("close"), edition.version.to_string());
    cast.browser.post(&path, &[("version", &version)]).await
}

story!(an_edition_stays_open_while_somebody_is_asked, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    let refused = close(house, &mut cast).await.expect(422);
    assert!(refused.says("Hay 2 propuestas en curso"), "{}", refused.text());
    let (path, version) = take_back_of(&cast.overview().await, "Íñigo Sáez");
    cast.browser.post(&path, &[("version", &version)]).await.expect(303);
    let both: [Person; 2] = [cast.mentors[0].clone(), cast.mentees[0].clone()];
    for person in &both {
        answer(house, person, ACCEPT).await;
    }
    assert!(close(house, &mut cast).await.expect(422).says("Hay una propuesta en curso"), "what is accepted too");
    cast.publish().await.expect(303);
    assert!(close(house, &mut cast).await.expect(422).says("Sigue una mentoría"), "what was published too");
    let path = cast.path("mentorships/end");
    cast.browser.post(&path, &[]).await.expect(303);
    house.work().await;
    close(house, &mut cast).await.expect(303);
});

story!(a_closed_edition_asks_and_publishes_nothing, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    let run = cast.run(house, &[(0, 0)]).await;
    close(house, &mut cast).await.expect(303);
    let (lucia, andres) = (cast.mentees[0].id.to_string(), cast.mentors[0].id.to_string());
    let pair = [("mark", "pin"), ("mentee", lucia.as_str()), ("mentor", andres.as_str())];
    let doors: [(&str, &[(&str, &str)]); 5] = [
        ("consent/send", &[("run", &run)]),
        ("consent/remind", &[]),
        ("publish", &[]),
        ("pairing/runs", &[]),
        ("pairing/marks", &pair),
    ];
    for (door, form) in doors {
        let path = cast.path(door);
        let refused = cast.browser.post(&path, form).await.expect(422);
        assert!(refused.says("La edición está cerrada"), "{door}: {}", refused.text());
    }
    assert_eq!(house.work().await, 0, "nobody is written to, and nothing is run");
    assert!(mails_to(house, &cast.mentors[0]).await.is_empty());
});

story!(nobody_answers_in_a_closed_edition, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    cast.propose(house, &[(0, 0)]).await;
    let (mut browser, path) = at_proposal(house, &cast.mentors[0]).await;
    // No press closes an edition with a proposal under way; an older version of the program did.
    house.raw("UPDATE editions SET closed_at = opened_at").await;
    browser.post(&path, ACCEPT).await.expect(422);
    let link = house.link_to(&cast.mentors[0].address).await;
    house.stranger().post(&link, ACCEPT).await.expect(422);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked");
});

story!(nobody_is_asked_before_an_edition_is_open, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    let run = cast.run(house, &[(0, 0)]).await;
    house.raw("UPDATE editions SET opened_at = NULL").await;
    let path = cast.path("consent/send");
    let refused = cast.browser.post(&path, &[("run", &run)]).await.expect(422);
    assert!(refused.says("La edición todavía no está abierta"), "{}", refused.text());
    assert_eq!(house.work().await, 0);
});
