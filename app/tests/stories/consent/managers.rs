//! When mentorships begin the line managers of the mentees are told, each once, and asked for their view; nobody is named.

use telemaco::identity::PersonId;
use telemaco::jobs;
use telemaco::programmes::Track;

use super::cast::Cast;
use crate::story;
use crate::support::form::path_of;
use crate::support::sheets::take_in;
use crate::support::{House, Manner, Person, PostOffice};

/// Álvaro directs Carla and Eva; Elena, who mentors, directs Nia; nobody directs Diego.
const PEOPLE: &str = "Name,Email,Role,Line manager\n\
    Álvaro Núñez,alvaro@example.org,,\n\
    Elena Gil,elena@example.org,mentor,\n\
    Carla Rey,carla@example.org,mentee,alvaro@example.org\n\
    Eva Mora,eva@example.org,mentee,alvaro@example.org\n\
    Diego Paz,diego@example.org,mentee,\n\
    Nia Sol,nia@example.org,mentee,elena@example.org\n";

story!(line_managers_are_told_once_that_mentorships_begin, async |house: &House| {
    let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&coordinator).await;
    take_in(house, &mut browser, "people", PEOPLE).await;
    let list = browser.get("/people").await.expect(200).text();
    let person = |name: &str, address: &str| {
        let id = path_of(&list, name).rsplit('/').next().unwrap().parse().unwrap();
        let (name, address) = (name.to_owned(), address.to_owned());
        Person { id: PersonId(id), organisation: coordinator.organisation, address, name }
    };
    let mentees = [("Carla Rey", "carla"), ("Eva Mora", "eva"), ("Diego Paz", "diego"), ("Nia Sol", "nia")];
    let mentees = mentees.iter().map(|(name, who)| person(name, &format!("{who}@example.org"))).collect();
    let mentors = vec![person("Elena Gil", "elena@example.org")];
    let mut cast = Cast::with(house, Track::Promotion, coordinator.clone(), mentees, mentors, |_| {}).await;
    house.raw("UPDATE persons SET language = 'en' WHERE name = 'Álvaro Núñez'").await;
    cast.propose(house, &[(0, 0), (1, 0), (2, 0), (3, 0)]).await;
    house.raw("UPDATE proposals SET state = 'accepted'").await;

    let office = PostOffice::open(Manner::Takes).await;
    let app = house.set_up(|config| config.smtp = office.url());
    cast.publish().await.expect(303);
    cast.publish().await.expect(303);
    while jobs::run_due(&app).await.unwrap() > 0 {}
    let letters: Vec<String> = office.letters().iter().map(|letter| letter.replace("=\r\n", "")).collect();
    let to = |address: &str| -> Vec<&String> {
        letters.iter().filter(|letter| letter.contains(&format!("<{address}>"))).collect()
    };
    let told = to("alvaro@example.org");
    assert_eq!(told.len(), 1, "{letters:?}");
    assert!(told[0].contains("2 people in your team now have a mentorship"), "{}", told[0]);
    assert!(told[0].contains("Give my baseline") && told[0].contains(&cast.path("baseline")), "{}", told[0]);
    for name in ["Carla", "Eva", "Elena"] {
        assert!(!told[0].contains(name), "{name} in {}", told[0]);
    }
    // Who mentors somebody of their own team is written to as the mentor alone.
    let mentors = to("elena@example.org");
    assert!(!mentors.is_empty() && mentors.iter().all(|letter| !letter.contains("de tu equipo")), "{mentors:?}");
});
