//! Orientation: everybody reads their own part's and says so, an edition says it in its own words, and coordinators see who has
//! not read it.

use telemaco::identity::Part;
use telemaco::people::model::Side;
use telemaco::programmes::Track;
use telemaco::programmes::orientation::oriented;

use crate::story;
use crate::support::before::Scene;
use crate::support::form::fields;
use crate::support::{Client, House, Seen};

/// Presses the button of a part, as the page offers it.
pub async fn read(browser: &mut Client, path: &str, part: &str) -> Seen {
    let page = browser.get(path).await.expect(200).text();
    let section = page.split(&format!("id=\"{part}\"")).nth(1).unwrap_or_else(|| panic!("no {part} on the page"));
    let words = fields(section.split("</section>").next().unwrap()).remove("words").unwrap();
    browser.post(path, &[("part", part), ("words", &words)]).await
}

story!(everybody_reads_the_text_of_their_part, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let path = scene.path("orientation");
    for (person, part, says) in [
        (&scene.mentee, "mentee", "Vas a trabajar durante unos meses"),
        (&scene.mentor, "mentor", "Gracias por aceptar"),
        (&scene.manager, "supervisor", "Una persona de tu equipo recibe mentoría"),
    ] {
        let mut browser = house.browser_of(person).await;
        let page = browser.get(&path).await.expect(200);
        assert!(page.says(says) && page.says("Lo he leído y lo entiendo"), "{part}: {}", page.text());
        assert_eq!(page.text().matches("<section class=\"orientation\"").count(), 1, "{part}");
        assert!(page.statements() <= 8, "{}", page.statements());
        read(&mut browser, &path, part).await.expect(303);
        let page = browser.get(&path).await.expect(200);
        assert!(page.says("Lo leíste el 11 ene 2027") && !page.says("Lo he leído y lo entiendo"));
    }
    // Somebody with two parts reads both.
    let mut both = house.browser_of(&scene.second_manager).await;
    let page = both.get(&path).await.expect(200);
    assert!(page.says("id=\"mentor\"") && page.says("id=\"supervisor\""));
    read(&mut both, &path, "supervisor").await.expect(303);
    assert!(both.get(&path).await.says("Lo he leído y lo entiendo"));

    let done = oriented(&house.app.db, scene.edition).await.unwrap();
    let parts: Vec<(Part, usize)> = done.iter().map(|(part, people)| (*part, people.len())).collect();
    assert_eq!(parts, [(Part::Mentor, 1), (Part::Mentee, 1), (Part::Supervisor, 2)]);

    let mut coordinator = house.browser_of(&scene.coordinator).await;
    let page = coordinator.get(&scene.path("orientation/readers")).await.expect(200);
    assert_eq!(page.title(), "4 de 6 personas han leído la orientación");
    assert!(page.says(">Diego Paz</a>") && page.says(">Begoña Sáez</a>") && !page.says(">Carla Rey</a>"));
    assert!(coordinator.get("/audit").await.says("Leyó la orientación"));
});

story!(an_edition_says_it_in_its_own_words, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let (path, text) = (scene.path("orientation"), scene.path("orientation/mentee"));
    let mut mentee = house.browser_of(&scene.mentee).await;
    let mut coordinator = house.browser_of(&scene.coordinator).await;
    read(&mut mentee, &path, "mentee").await.expect(303);
    let shown = mentee.get(&path).await.text();
    let form = coordinator.get(&text).await.expect(200).text();
    let version = fields(&form).remove("version").unwrap();
    let own = "# Bienvenida\nEsto es lo nuestro.\n\n- uno\n- <b>dos</b>";
    let changed = [("version", version.as_str()), ("text-es", own), ("text-en", "")];
    coordinator.post(&text, &changed).await.expect(303);
    let page = mentee.get(&path).await.expect(200);
    assert!(page.says("<h3>Bienvenida</h3>") && page.says("<li>&#60;b&#62;dos&#60;/b&#62;</li>"), "{}", page.text());
    assert!(page.says("El texto ha cambiado desde que lo leíste") && !page.says("Vas a trabajar"));
    // The words that were on the screen before do not count for these.
    let stale = fields(&shown).remove("words").unwrap_or_default();
    mentee.post(&path, &[("part", "mentee"), ("words", &stale)]).await.expect(409);
    read(&mut mentee, &path, "mentee").await.expect(303);
    assert_eq!(oriented(&house.app.db, scene.edition).await.unwrap().len(), 1);
    // Twice is once.
    let page = mentee.get(&path).await.text();
    assert!(page.contains("Lo leíste el"));

    // Who saves second sees both texts.
    let conflict = coordinator.post(&text, &[("version", &version), ("text-es", "Otra cosa")]).await.expect(409);
    assert!(conflict.says("Otra cosa</textarea>") && conflict.says("Esto es lo nuestro."));
    let long = "a".repeat(12_001);
    let version = fields(&conflict.text()).remove("version").unwrap();
    let wrong = coordinator.post(&text, &[("version", &version), ("text-en", &long)]).await.expect(422);
    assert!(wrong.says("href=\"#text-en\"") && wrong.says(&long));
    // Emptied, the product's text comes back.
    coordinator.post(&text, &[("version", &version)]).await.expect(303);
    assert!(mentee.get(&path).await.says("Vas a trabajar") && mentee.get(&path).await.says("Lo leíste el"));
});

story!(faculty_is_told_where_it_is_for_a_degree, async |house: &House| {
    let scene = Scene::of(house, "Universidad del Sur", "Eva Ruiz", Track::Degree).await;
    let tutor = house.person(scene.coordinator.organisation, "Fina Tutora", &[Part::Faculty]).await;
    let path = scene.path("orientation");
    let mut browser = house.browser_of(&tutor).await;
    assert!(browser.get(&path).await.expect(200).says("La mentoría cuenta para la titulación"));
    read(&mut browser, &path, "faculty").await.expect(303);
    let company = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let tutor = house.person(company.coordinator.organisation, "Fito Tutor", &[Part::Faculty]).await;
    house.browser_of(&tutor).await.get(&company.path("orientation")).await.expect(404);
});

story!(who_is_missing_is_listed_page_by_page, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let mut more = Vec::new();
    for number in 0..110 {
        more.push(house.person(scene.coordinator.organisation, &format!("María García {number}"), &[]).await);
    }
    let everybody: Vec<&_> = more.iter().collect();
    scene.enrol(house, &everybody, Side::Mentee).await;
    let mut coordinator = house.browser_of(&scene.coordinator).await;
    let readers = scene.path("orientation/readers");
    // Who is to read it is worked out once, and remembered.
    coordinator.get(&readers).await.expect(200);
    let first = coordinator.get(&readers).await.expect(200);
    let next = first
        .text()
        .split_once(&format!("href=\"{readers}?"))
        .map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
    let second = coordinator.get(&format!("{readers}?{}", next.unwrap())).await.expect(200);
    let rows = |page: &Seen| page.text().matches("<a href=\"/people/0").count();
    assert_eq!((rows(&first), rows(&second)), (100, 16));
    let found = coordinator.get(&format!("{readers}?q=maria+garcia+77")).await.expect(200);
    assert!(found.says("María García 77") && rows(&found) == 1);
    assert!(coordinator.get(&format!("{readers}?q=zzz")).await.expect(200).says("Nadie de quienes faltan"));
    let sheet = coordinator.get(&format!("{readers}/export?form=csv")).await.expect(200);
    assert_eq!(sheet.text().lines().count(), 117, "{}", sheet.text());
    assert!(first.statements() <= 8 && first.statements() == second.statements());
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let path = scene.path("orientation");
    let words = fields(&house.browser_of(&scene.mentee).await.get(&path).await.text()).remove("words").unwrap();
    let other = Scene::of(house, "Universidad del Sur", "Zoe Ferrer", Track::Promotion).await;
    let colleague = house.person(scene.coordinator.organisation, "Nuria Gil", &[Part::Sponsor, Part::Mentee]).await;
    for person in [&other.coordinator, &other.mentee, &other.manager, &colleague] {
        let mut browser = house.browser_of(person).await;
        browser.get(&path).await.expect(404);
        browser.get(&scene.path("orientation/readers")).await.expect(404);
        browser.get(&scene.path("orientation/readers/export")).await.expect(404);
        browser.get(&scene.path("baselines/export")).await.expect(404);
        browser.get(&scene.path("orientation/mentee")).await.expect(404);
        browser.post(&path, &[("part", "mentee"), ("words", &words)]).await.expect(404);
        browser.post(&scene.path("orientation/mentee"), &[("text-es", "X"), ("version", "1")]).await.expect(404);
    }
    // Nor does somebody of the edition read for a part that is not theirs, or write the texts.
    let mut mentor = house.browser_of(&scene.mentor).await;
    mentor.post(&path, &[("part", "mentee"), ("words", &words)]).await.expect(404);
    mentor.post(&path, &[("part", "sponsor"), ("words", &words)]).await.expect(404);
    mentor.get(&scene.path("orientation/readers")).await.expect(404);
    mentor.post(&scene.path("orientation/mentee"), &[("text-es", "X"), ("version", "1")]).await.expect(404);
    house.stranger().post(&path, &[("part", "mentee"), ("words", &words)]).await.expect(303);
    assert!(oriented(&house.app.db, scene.edition).await.unwrap().is_empty());
});
