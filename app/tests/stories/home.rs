//! What needs somebody today, how the installation is, and what only the demo has.

use std::sync::Arc;

use telemaco::app::{App, Demo, Persona};
use telemaco::identity::Part;

use crate::api::program;
use crate::story;
use crate::support::sheets::take_in;
use crate::support::{Client, House, Person};

story!(each_part_has_one_next_step_that_it_may_take, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let doors: Vec<&str> =
        telemaco::features::ALL.iter().flat_map(|feature| (feature.doors)()).map(|door| door.path).collect();
    for part in Part::ALL {
        let name = format!("Persona {}", part.code());
        let person = house.person(ana.organisation, &name, &[part]).await;
        let mut browser = house.browser_of(&person).await;
        let seen = browser.get("/").await.expect(200);
        let page = seen.text();
        assert_eq!(page.matches("<section class=\"next\">").count(), 1);
        // Two of them look whether pairs need somebody, one whether somebody asks to open what a pair wrote, two what waits in the room,
        // one whether the trail has moved since people were counted.
        assert!(seen.statements() <= 13, "{}", seen.statements());
        let step = page.split("class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        // A program is told the same.
        let told = program(house, &person).await.get("/api/me/today").await.expect(200).json();
        assert_eq!(told["next"]["href"].as_str(), Some(step));
        assert!(page.contains(told["next"]["title"].as_str().unwrap()), "{told}");
        if doors.contains(&step) {
            browser.open(step).await.expect(200);
        }
    }
});

story!(the_coordinator_sees_the_organisation_in_figures, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let other = house.organisation("Aceros del Sur", "Eva Soto").await;
    let (mut browser, mut elsewhere) = (house.browser_of(&ana).await, house.browser_of(&other).await);
    let sheet = "Name,Email,Role,Capacity\nUno,uno@example.org,mentor,3\nDos,dos@example.org,mentor,\n\
                 Tres,tres@example.org,mentee,\nCuatro,cuatro@example.org,mentee,\nCinco,cinco@example.org,mentor mentee,1\n";
    take_in(house, &mut browser, "people", sheet).await;
    let figures = |page: String| -> Vec<String> {
        page.split("<li><b>").skip(1).map(|rest| rest.split('<').next().unwrap().to_owned()).collect()
    };
    // Mentees, mentors, seats (who names none offers one), accounts.
    assert_eq!(figures(browser.get("/").await.expect(200).text()), ["3", "3", "5", "1"]);
    assert_eq!(figures(elsewhere.get("/").await.expect(200).text()), ["0", "0", "0", "1"]);
});

/// The installation as a demo with one persona.
fn as_demo(house: &House, person: &Person) -> App {
    let persona = Persona {
        person: person.id.0,
        name: person.name.clone(),
        address: person.address.clone(),
        organisation: "Banco del Norte".to_owned(),
        parts: vec!["coordinator".to_owned()],
        secret: "secreto-de-la-demo".to_owned(),
        api_token: String::new(),
    };
    App { demo: Some(Arc::new(Demo { personas: vec![persona] })), ..house.app.clone() }
}

story!(the_demo_signs_in_with_one_click, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut guest = Client::of(&as_demo(house, &ana));
    let page = guest.get("/demo").await.expect(200);
    assert!(page.says("Ana Pérez") && page.says("href=\"/demo/as/secreto-de-la-demo\"") && page.says("class=\"demo\""));
    guest.get("/demo/as/otro-secreto").await.expect(404);
    guest.get("/demo/as/secreto-de-la-demo").await.expect(303);
    assert!(guest.get("/").await.expect(200).says("Ana Pérez"));
    assert!(guest.get("/account").await.expect(200).says("class=\"demo\""), "every page says that it is a demo");
    guest.post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
    house.work().await;
    assert!(guest.get("/demo/mail").await.expect(200).says(&house.link_to(&ana.address).await));
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut guest = house.stranger();
    for path in ["/demo", "/demo/as/secreto-de-la-demo", "/demo/mail"] {
        guest.get(path).await.expect(404);
    }
    assert!(!guest.get("/sign-in").await.expect(200).says("class=\"demo\""));
    assert_eq!(guest.get("/").await.expect(303).location(), "/sign-in");
    let mut browser = house.browser_of(&ana).await;
    browser.get("/system").await.expect(404);
    assert!(!browser.get("/").await.expect(200).says("href=\"/system\""));
});
