//! The baseline: three people say where a mentee stands, each apart, once and for all; and nobody sees more than is theirs.

use telemaco::baselines::{self, View};
use telemaco::frameworks;
use telemaco::identity::Part;
use telemaco::mentorships::{self, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::{self, Track};
use telemaco::transaction;
use uuid::Uuid;

use crate::story;
use crate::support::before::Scene;
use crate::support::form::fields;
use crate::support::{Client, House, Person, Seen};

/// A form with this level for every competency.
pub fn levels(level: &str, times: &str, draft: &str, gives: bool) -> Vec<(String, String)> {
    let keys = &frameworks::shipped().unwrap().competencies;
    let mut form: Vec<(String, String)> =
        keys.iter().map(|competency| (format!("level-{}", competency.key), level.to_owned())).collect();
    let action = if gives { "give" } else { "save" };
    form.extend(
        [("times", times), ("draft", draft), ("do", action)].map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    form
}

pub async fn send(browser: &mut Client, path: &str, form: &[(String, String)]) -> Seen {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &form).await
}

fn of(scene: &Scene, mentee: &Person) -> String {
    scene.path(&format!("baseline/{}", mentee.id))
}

story!(a_line_manager_who_has_given_theirs_is_told_and_asked_for_nothing, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let mut manager = house.browser_of(&scene.manager).await;
    send(&mut manager, &of(&scene, &scene.mentee), &levels("2", "0", "0", true)).await.expect(303);
    let edition = programmes::edition(&house.app.db, scene.edition).await.unwrap().unwrap();
    let pairs = [
        NewMentorship { mentee: scene.mentee.id, mentor: scene.mentor.id },
        NewMentorship { mentee: scene.second_mentee.id, mentor: scene.mentor.id },
    ];
    let told: Result<(), telemaco::db::Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, edition.organisation, edition.id, &pairs).await?;
        for part in pairs.chunks(1) {
            baselines::tell_managers(&house.app, tx, &edition, (Uuid::nil(), part)).await?;
        }
        baselines::tell_managers(&house.app, tx, &edition, (Uuid::nil(), &pairs)).await
    });
    told.unwrap();
    house.work().await;
    assert_eq!(house.links_to(&scene.manager.address).await.len(), 1, "once of one press");
    let hers = house.mail_to(&scene.manager.address).await.unwrap();
    assert!(hers.contains("Empieza una mentoría en tu equipo") && hers.contains("/lent"), "{hers}");
    assert!(!hers.contains("/baseline") && !hers.contains("Carla") && !hers.contains("Elena"), "{hers}");
    let theirs = house.mail_to(&scene.second_manager.address).await.unwrap();
    assert!(
        theirs.contains("hace falta tu valoración inicial") && theirs.contains(&scene.path("baseline")),
        "{theirs}"
    );
});

story!(three_people_say_where_somebody_stands, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    scene.pair(house, &scene.mentee, &scene.mentor).await;
    let path = of(&scene, &scene.mentee);
    let [mut mentee, mut mentor, mut manager] = [
        house.browser_of(&scene.mentee).await,
        house.browser_of(&scene.mentor).await,
        house.browser_of(&scene.manager).await,
    ];
    for (browser, title) in [
        (&mut mentee, "¿En qué nivel estás hoy?"),
        (&mut mentor, "¿En qué nivel ves hoy a Carla Rey?"),
        (&mut manager, "¿En qué nivel ves hoy a Carla Rey?"),
    ] {
        let list = browser.get(&scene.path("baseline")).await.expect(200);
        assert!(list.title().starts_with("Queda una") && list.says(&path), "{}", list.text());
        let form = browser.get(&path).await.expect(200);
        assert_eq!(form.title(), title);
        assert!(
            form.says("Pide opinión a su equipo antes de repartir el trabajo."),
            "each level says what it looks like"
        );
        assert!(form.says("class=\"eye\""), "who can see it stands beside it");
    }
    // The mentor and the line manager give theirs; neither sees another's, nor does the mentee yet.
    send(&mut mentor, &path, &levels("4", "0", "0", true)).await.expect(303);
    let page = mentor.get(&path).await.expect(200);
    assert!(page.says("4 · Guía a otras personas") && !page.says("Carla Rey, sobre sí"));
    send(&mut manager, &path, &levels("2", "0", "0", true)).await.expect(303);
    assert!(manager.get(&path).await.says("2 · Practica") && !manager.get(&path).await.says("4 · Guía"));
    let form = mentee.get(&path).await.expect(200);
    assert_eq!(form.title(), "¿En qué nivel estás hoy?");
    assert!(!form.says(" checked") && !form.says("Elena Gil") && !form.says("Álvaro Núñez"));

    // A draft is nobody else's.
    let some = [("level-ethics", "3"), ("level-results", "0"), ("times", "0"), ("draft", "0"), ("do", "save")];
    mentee.post(&path, &some).await.expect(303);
    let draft = mentee.get(&path).await.expect(200);
    assert!(draft.says("Borrador guardado el"));
    assert!(draft.says("value=\"3\" aria-describedby=\"level-ethics-3-is\" checked"), "{}", draft.text());
    assert!(draft.says("id=\"level-results-0\" name=\"level-results\" value=\"0\" checked"));
    assert!(mentee.get(&scene.path("baseline")).await.says("borrador guardado"));
    assert!(!mentor.get(&path).await.says("3 · Aplica"));
    // Not whole, it is not given, and what was chosen stays.
    let some = [("level-ethics", "3"), ("level-results", "0"), ("times", "0"), ("draft", "1"), ("do", "give")];
    let wrong = mentee.post(&path, &some).await.expect(422);
    assert!(wrong.says("href=\"#level-negotiation\"") && wrong.says("id=\"level-negotiation\""));
    assert!(wrong.says("aria-describedby=\"level-ethics-3-is\" checked") && !wrong.says("href=\"#level-results\""));

    let mut whole = levels("4", "0", "1", true);
    whole.retain(|(name, _)| name != "level-ethics" && name != "level-results");
    whole.extend(
        [("level-ethics", "1"), ("level-results", "0")].map(|(name, level)| (name.to_owned(), level.to_owned())),
    );
    send(&mut mentee, &path, &whole).await.expect(303);
    // Now the mentee reads all three; the mentor the mentee's; the line manager their own alone.
    let page = mentee.get(&path).await.expect(200);
    for words in
        ["Carla Rey, sobre sí", "Elena Gil, mentoría", "Álvaro Núñez, responsable", "No puede decirlo", "1 · Descubre"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert!(
        page.says("Se coincide en 0 de 12 competencias.") && page.says("de 3 niveles, está en «Ética e integridad»")
    );
    let page = mentor.get(&path).await.expect(200);
    assert!(page.says("Carla Rey, sobre sí") && page.says("1 · Descubre") && !page.says("Álvaro Núñez"));
    assert!(page.says("Se coincide en 10 de 11 competencias."));
    let page = manager.get(&path).await.expect(200);
    assert!(!page.says("Carla Rey, sobre sí") && !page.says("Elena Gil") && !page.says("1 · Descubre"));
    assert_eq!(mentee.get(&scene.path("baseline")).await.title(), "Has entregado lo que se te pedía");
    for browser in [&mut mentee, &mut mentor, &mut manager] {
        assert!(browser.get(&path).await.statements() <= 12, "{}", browser.get(&path).await.statements());
    }

    // The coordinator sees that it was given, and no level.
    let mut coordinator = house.browser_of(&scene.coordinator).await;
    let page = coordinator.get(&scene.path("baselines")).await.expect(200);
    assert_eq!(page.title(), "Faltan 2 de 5 valoraciones iniciales");
    assert!(page.says("Carla Rey") && page.says("entregada el 11 ene 2027") && page.says("aún sin mentoría"));
    assert!(!page.says(" · Guía") && !page.says(" · Descubre"));
    coordinator.get(&path).await.expect(404);
    assert!(coordinator.get("/audit").await.says("Entregó una valoración inicial"));
});

story!(what_was_given_stays_and_a_correction_is_added, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let path = of(&scene, &scene.mentee);
    let mut mentee = house.browser_of(&scene.mentee).await;
    send(&mut mentee, &path, &levels("2", "0", "0", true)).await.expect(303);
    // The same form again, from another window, is told; nothing is doubled.
    send(&mut mentee, &path, &levels("5", "0", "0", true)).await.expect(409);
    send(&mut mentee, &path, &levels("5", "0", "0", false)).await.expect(409);
    house.pass(jiff::SignedDuration::from_hours(48));
    let form = mentee.get(&format!("{path}?correct=yes")).await.expect(200);
    assert!(form.says("Ya la entregaste") && form.says("value=\"2\" aria-describedby=\"level-ethics-2-is\" checked"));
    send(&mut mentee, &path, &levels("3", "1", "0", false)).await.expect(303);
    assert!(mentee.get(&path).await.says("2 · Practica"), "a draft of a correction is none");
    send(&mut mentee, &path, &levels("3", "1", "1", true)).await.expect(303);
    let page = mentee.get(&path).await.expect(200);
    assert!(page.says("corregida el 13 ene 2027") && page.says("3 · Aplica con autonomía"));
    let given = baselines::given(&house.app.db, scene.edition, scene.mentee.id).await.unwrap();
    let kept: Vec<_> = given.iter().map(|one| (one.view, one.number, one.ratings.of("ethics"))).collect();
    assert_eq!(kept, [(View::Own, 1, Some(Some(2))), (View::Own, 2, Some(Some(3)))]);

    // Two windows at the same instant: one is told.
    for round in 2..6 {
        let times = round.to_string();
        let (mut one, mut other) = (mentee.clone(), mentee.clone());
        let form = levels("4", &times, "0", true);
        let answers = tokio::join!(send(&mut one, &path, &form), send(&mut other, &path, &form));
        let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
    }
    // And of two drafts.
    let form = levels("1", "6", "0", false);
    let (mut one, mut other) = (mentee.clone(), mentee.clone());
    let answers = tokio::join!(send(&mut one, &path, &form), send(&mut other, &path, &form));
    let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    let told = send(&mut mentee, &path, &levels("5", "6", "0", false)).await.expect(409);
    let again = fields(&told.text());
    assert_eq!((again["times"].as_str(), again["draft"].as_str()), ("6", "1"));
    assert!(told.says("aria-describedby=\"level-ethics-5-is\" checked"), "what was chosen is still there");
});

story!(only_whoever_is_asked_answers, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    scene.pair(house, &scene.mentee, &scene.mentor).await;
    let other = Scene::of(house, "Universidad del Sur", "Zoe Ferrer", Track::Promotion).await;
    let colleague = house.person(scene.coordinator.organisation, "Nuria Gil", &[Part::Mentor, Part::Supervisor]).await;
    let form = levels("3", "0", "0", true);
    let path = of(&scene, &scene.mentee);
    let strangers = [
        &scene.coordinator,
        &scene.second_mentee,
        // A mentor of the edition whom no mentorship joins with her, and somebody else's line manager.
        &scene.second_manager,
        &colleague,
        &other.coordinator,
        &other.mentee,
        &other.mentor,
    ];
    for person in strangers {
        let mut browser = house.browser_of(person).await;
        browser.get(&path).await.expect(404);
        send(&mut browser, &path, &form).await.expect(404);
    }
    house.stranger().get(&path).await.expect(303);
    assert!(baselines::given(&house.app.db, scene.edition, scene.mentee.id).await.unwrap().is_empty());
    for person in [&colleague, &other.coordinator, &other.mentor] {
        house.browser_of(person).await.get(&scene.path("baseline")).await.expect(404);
    }
    for person in [&colleague, &scene.mentee, &scene.mentor, &scene.manager, &other.coordinator] {
        house.browser_of(person).await.get(&scene.path("baselines")).await.expect(404);
    }
    // A mentor who waits for a mentee is told what will come.
    let mut waiting = house.browser_of(&scene.second_manager).await;
    assert!(waiting.get(&scene.path("baseline")).await.expect(200).says("Diego Paz"));
    // A colleague of hers who is not in the edition is nobody to be rated there.
    let mut manager = house.browser_of(&scene.manager).await;
    manager.get(&of(&scene, &scene.second_mentee)).await.expect(404);
    manager.get(&of(&scene, &scene.mentor)).await.expect(404);
});

story!(nothing_is_given_outside_an_open_edition, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let (path, mut mentee) = (of(&scene, &scene.mentee), house.browser_of(&scene.mentee).await);
    send(&mut mentee, &path, &levels("6", "0", "0", true)).await.expect(422);
    for (change, reason) in [
        ("framework = NULL", "todavía no tiene marco"),
        ("opened_at = NULL", "todavía se está preparando"),
        ("opened_at = 1, closed_at = 2", "La edición ha terminado"),
    ] {
        set(house, &scene, change).await;
        let page = mentee.get(&path).await.expect(200);
        assert!(page.says(reason), "{reason}: {}", page.text());
        send(&mut mentee, &path, &levels("3", "0", "0", true)).await.expect(422);
        send(&mut mentee, &path, &levels("3", "0", "0", false)).await.expect(422);
    }
});

async fn set(house: &House, scene: &Scene, change: &str) {
    use telemaco::db::{Error, Statement};
    static OPENED: Statement = Statement::new("UPDATE editions SET opened_at = NULL WHERE id = $1", file!(), line!());
    static FRAMEWORK: Statement =
        Statement::new("UPDATE editions SET framework = NULL WHERE id = $1", file!(), line!());
    static CLOSED: Statement =
        Statement::new("UPDATE editions SET opened_at = 1, closed_at = 2 WHERE id = $1", file!(), line!());
    let statement = match change {
        "framework = NULL" => &FRAMEWORK,
        "opened_at = NULL" => &OPENED,
        _ => &CLOSED,
    };
    let done: Result<u64, Error> =
        telemaco::transaction!(house.app.db, tx => tx.run(statement, vec![scene.edition.into()]).await);
    assert_eq!(done.unwrap(), 1);
}

story!(who_has_given_theirs_is_listed_page_by_page, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    let mut coordinator = house.browser_of(&scene.coordinator).await;
    let list = scene.path("baselines");
    // Who is asked is worked out once, and remembered.
    coordinator.get(&list).await.expect(200);
    let few = coordinator.get(&list).await.expect(200).statements();
    let mut more = Vec::new();
    for number in 0..110 {
        more.push(house.person(scene.coordinator.organisation, &format!("María García {number}"), &[]).await);
    }
    scene.enrol(house, &more.iter().collect::<Vec<_>>(), Side::Mentee).await;
    coordinator.get(&list).await.expect(200);
    let first = coordinator.get(&list).await.expect(200);
    let next =
        first.text().split_once(&format!("href=\"{list}?")).map(|(_, rest)| rest.split('"').next().unwrap().to_owned());
    let second = coordinator.get(&format!("{list}?{}", next.unwrap())).await.expect(200);
    let rows = |page: &Seen| page.text().matches("scope=\"row\"").count();
    assert_eq!((rows(&first), rows(&second)), (100, 12));
    assert_eq!([first.statements(), second.statements()], [few, few]);
    assert_eq!(second.title(), first.title(), "the count is of all of them");
    let found = coordinator.get(&format!("{list}?q=maria+garcia+77")).await.expect(200);
    assert!(found.says("María García 77") && rows(&found) == 1 && found.title() == first.title());
    assert!(coordinator.get(&format!("{list}?q=zzz")).await.expect(200).says("Nadie coincide con la búsqueda"));
    let sheet = coordinator.get(&format!("{list}/export?form=csv&q=garcia")).await.expect(200);
    assert_eq!(sheet.text().lines().count(), 111, "{}", sheet.text());
    assert!(sheet.says("María García 109") && sheet.says("falta"), "{}", sheet.text());
});
