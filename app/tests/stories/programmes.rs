//! From nothing to an edition with its people: set up in one sitting on both tracks, every way in, the waiting list and its
//! last place, leaving without fault; and what supervisors, sponsors, faculty and strangers see of it.

use std::fmt::Write as _;

use axum::http::Method;
use serde_json::json;
use telemaco::app::App;
use telemaco::identity::{self, Part, PersonId};
use telemaco::mentorships::{self, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::{self, EditionId, Standing};

use crate::api::{self, program};
use crate::story;
use crate::support::form::{fields, path_of};
use crate::support::sheets::take_in;
use crate::support::{Client, House, Person, Seen};

const COMPANY: &str = "Name,Email,Role,Job title,Line manager,Seats\n\
    Álvaro Núñez,alvaro@example.org,mentor,Directora,,2\n\
    Begoña Sáez,begona@example.org,mentor,Socia,,1\n\
    Carla Rey,carla@example.org,mentee,Analista,begona@example.org,\n\
    Diego Paz,diego@example.org,mentee,Técnico,begona@example.org,\n\
    Elena Ruiz,elena@example.org,mentee,Técnica,alvaro@example.org,\n";

/// The form of a page as it stands, with these fields changed.
fn filled(page: &Seen, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = fields(&page.text());
    fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields.into_iter().collect()
}

async fn send(browser: &mut Client, path: &str, fields: &[(String, String)]) -> Seen {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &fields).await
}

/// Makes a programme with its first edition as the form proposes it, and gives the path of the edition.
async fn set_up(browser: &mut Client, track: &str, changes: &[(&str, &str)]) -> String {
    let page = browser.get(&format!("/programmes/new?track={track}")).await.expect(200);
    let made = send(browser, "/programmes/new", &filled(&page, changes)).await.expect(303);
    made.location().to_owned()
}

async fn open(browser: &mut Client, edition: &str) {
    let version = fields(&browser.get(edition).await.expect(200).text())["version"].clone();
    browser.post(&format!("{edition}/open"), &[("version", &version)]).await.expect(303);
}

/// An edition that is open.
async fn opened(browser: &mut Client, track: &str) -> String {
    let edition = set_up(browser, track, &[]).await;
    open(browser, &edition).await;
    edition
}

/// Sends the settings as they stand with these changes; boxes that are ticked stay ticked.
pub async fn change_settings(browser: &mut Client, edition: &str, changes: &[(&str, &str)]) -> Seen {
    let page = browser.get(&format!("{edition}/settings")).await.expect(200);
    save_settings(browser, edition, &page, changes).await
}

async fn save_settings(browser: &mut Client, edition: &str, page: &Seen, changes: &[(&str, &str)]) -> Seen {
    let mut sent = filled(page, changes);
    sent.retain(|(name, _)| name != "weekdays" && name != "zone");
    sent.push(("zone".to_owned(), "Europe/Madrid".to_owned()));
    for day in ["monday", "tuesday", "wednesday", "thursday", "friday"] {
        sent.push(("weekdays".to_owned(), day.to_owned()));
    }
    send(browser, &format!("{edition}/settings"), &sent).await
}

fn id_of(edition: &str) -> EditionId {
    EditionId(edition.rsplit('/').next().unwrap().parse().unwrap())
}

/// Somebody who came with the sheet.
async fn of_sheet(house: &House, coordinator: &Person, address: &str) -> Person {
    let records = telemaco::transaction!(house.app.db, tx => {
        telemaco::people::records(tx, coordinator.organisation).await
    });
    let record = records.unwrap().into_iter().find(|record| record.draft.address == address).unwrap();
    let (name, address) = (record.draft.name, record.draft.address);
    Person { id: record.id, organisation: coordinator.organisation, address, name }
}

async fn standing(house: &House, edition: &str, person: &Person, side: Side) -> Option<Standing> {
    let enrolment = programmes::enrolment_of(&house.app.db, id_of(edition), person.id, side).await.unwrap();
    enrolment.map(|enrolment| enrolment.standing)
}

/// The path of somebody's enrolment as they see it.
async fn own_path(house: &House, edition: &str, person: &Person) -> String {
    for side in Side::BOTH {
        if let Some(enrolment) = programmes::enrolment_of(&house.app.db, id_of(edition), person.id, side).await.unwrap()
        {
            return format!("/taking-part/{}", enrolment.id);
        }
    }
    panic!("{} is in no list", person.name)
}

/// Takes a step on one's own page.
async fn answer(browser: &mut Client, path: &str, step: &str, reason: &str) -> Seen {
    let version = fields(&browser.get(path).await.expect(200).text()).remove("version").unwrap_or_default();
    browser.post(path, &[("version", &version), ("step", step), ("reason", reason)]).await
}

/// Takes the coordinator's step on somebody's enrolment, found through the list.
async fn decide(browser: &mut Client, edition: &str, name: &str, step: &str, reason: &str) -> Seen {
    let list = browser.get(&format!("{edition}/enrolments?q={}", name.replace(' ', "%20"))).await.expect(200);
    let path = path_of(&list.text(), name);
    let version = fields(&browser.get(&path).await.expect(200).text())["version"].clone();
    browser.post(&format!("{path}/step"), &[("version", &version), ("step", step), ("reason", reason)]).await
}

async fn ask(browser: &mut Client, edition: &str, side: &str, people: &str, post: &str) -> Seen {
    let form = [("side", side), ("people", people), ("post", post), ("nominated-by", "")];
    browser.post(&format!("{edition}/enrolments/new"), &form).await
}

/// A house with a company of five on record and its coordinator's browser.
async fn company(house: &House) -> (Person, Client) {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    (ana, browser)
}

story!(a_company_sets_up_in_one_sitting, async |house: &House| {
    let (_, mut browser) = company(house).await;
    let empty = browser.get("/programmes").await.expect(200);
    assert!(empty.says("Todavía no hay ningún programa") && empty.says("href=\"/programmes/new\""));

    let form = browser.get("/programmes/new").await.expect(200);
    let proposed = fields(&form.text());
    assert_eq!(proposed["starts-on"], "2027-02-01", "the first of next month");
    assert_eq!(proposed["ends-on"], "2028-01-31", "twelve months");
    let made = send(&mut browser, "/programmes/new", &filled(&form, &[("name", "Promoción 2027")])).await.expect(303);
    let edition = made.location().to_owned();

    let home = browser.get(&edition).await.expect(200);
    assert_eq!(home.title(), "Promoción 2027 está en preparación");
    assert!(home.says("Abrir la edición") && home.says("Elegido"), "{}", home.text());
    let version = fields(&home.text())["version"].clone();
    browser.post(&format!("{edition}/open"), &[("version", &version)]).await.expect(303);

    let home = browser.get(&edition).await.expect(200);
    assert!(home.says("Inscribir a 5 personas"), "{}", home.text());
    browser.post(&format!("{edition}/enrolments/group"), &[("which", "both")]).await.expect(303);
    let home = browser.get(&edition).await.expect(200);
    assert_eq!(home.title(), "En Promoción 2027 participan 3 personas y 2 mentores y mentoras");
    assert!(home.says("con 3 plazas") && home.says("Ir al emparejamiento"), "{}", home.text());
    assert_eq!(house.work().await, 0, "nobody is written to unless that is asked for");

    let list = browser.get("/programmes").await.expect(200);
    assert!(list.says("Promoción 2027") && list.says("abierta"));
    // Its dates are in words of the reader's.
    assert!(list.says("1 de febrero de 2027"));
});

story!(a_university_sets_up_in_one_sitting, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let form = browser.get("/programmes/new?track=degree").await.expect(200);
    let proposed = fields(&form.text());
    assert_eq!([&proposed["starts-on"], &proposed["ends-on"]], ["2027-02-01", "2027-06-30"]);
    assert!(form.says("¿Son prácticas externas"));

    let wrong = filled(&form, &[("hours-per-credit", "31"), ("course", "Liderazgo")]);
    let again = send(&mut browser, "/programmes/new", &wrong).await.expect(422);
    assert!(
        again.says("href=\"#hours-per-credit\"") && again.says("Horas por crédito: un número entero de 25 a 30"),
        "{}",
        again.text()
    );
    assert_eq!(fields(&again.text())["course"], "Liderazgo", "nothing is lost");
    let right = [("credit", "us-semester"), ("hours-per-credit", "45"), ("credits", "3"), ("course", "Liderazgo")];
    let made = send(&mut browser, "/programmes/new", &filled(&form, &right)).await.expect(303);
    let edition = made.location().to_owned();
    open(&mut browser, &edition).await;
    let home = browser.get(&edition).await.expect(200);
    assert!(home.says("Liderazgo: 3 créditos semestrales") && home.says("135 horas"), "{}", home.text());

    browser.post(&format!("{edition}/enrolments/group"), &[("which", "both")]).await.expect(303);
    let home = browser.get(&edition).await.expect(200);
    assert!(home.says("Falta para 3 personas"), "{}", home.text());
    let nobody = browser.get(&format!("{edition}/fallback")).await.expect(200);
    assert!(nobody.says("Antes, di quiénes son del profesorado"));
    let faculty = house.person(ana.organisation, "Félix Ortega", &[]).await;
    let form = [("person", "felix ortega"), ("part", "faculty")];
    browser.post(&format!("{edition}/onlookers"), &form).await.expect(303);

    let page = browser.get(&format!("{edition}/fallback")).await.expect(200);
    let carla = of_sheet(house, &ana, "carla@example.org").await;
    let enrolment =
        programmes::enrolment_of(&house.app.db, id_of(&edition), carla.id, Side::Mentee).await.unwrap().unwrap();
    let (enrolment, faculty) = (enrolment.id.to_string(), faculty.id.to_string());
    assert!(page.says(&enrolment) && page.says("Félix Ortega"));
    let fallback = format!("{edition}/fallback");
    browser.post(&fallback, &[("fallback", &faculty), ("which", "ticked")]).await.expect(422);
    browser.post(&fallback, &[("fallback", &carla.id.to_string()), ("which", "all")]).await.expect(422);
    browser.post(&fallback, &[("fallback", &faculty), ("which", "ticked"), ("student", &enrolment)]).await.expect(303);
    let left = programmes::without_fallback(&house.app.db, id_of(&edition)).await.unwrap();
    assert_eq!(left.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Diego Paz", "Elena Ruiz"]);
    browser.post(&fallback, &[("fallback", &faculty), ("which", "all")]).await.expect(303);
    assert!(programmes::without_fallback(&house.app.db, id_of(&edition)).await.unwrap().is_empty());
    let one = path_of(&browser.get(&format!("{edition}/enrolments")).await.text(), "Carla Rey");
    let page = browser.get(&one).await.expect(200);
    assert!(page.says("Félix Ortega"));
    send(&mut browser, &one, &filled(&page, &[("fallback", "")])).await.expect(303);
    assert_eq!(programmes::without_fallback(&house.app.db, id_of(&edition)).await.unwrap().len(), 1);
});

story!(students_without_anybody_are_listed_page_by_page, async |house: &House| {
    let ana = house.organisation("Universidad del Sur", "Ana Pérez").await;
    let edition = crate::consent::cast::edition(house, programmes::Track::Degree, &ana, |_| {}).await;
    let mut students = Vec::new();
    for number in 0..102 {
        students.push(house.person(ana.organisation, &format!("Alumna {number:03}"), &[]).await);
    }
    crate::consent::cast::enrol(house, &ana, edition, Side::Mentee, &students).await;
    let mut browser = house.browser_of(&ana).await;
    let form = [("person", "ana perez"), ("part", "faculty")];
    browser.post(&format!("/editions/{edition}/onlookers"), &form).await.expect(303);
    for path in [format!("/editions/{edition}/fallback"), format!("/overview/{edition}")] {
        // How pairs are is worked out once, and remembered.
        browser.get(&path).await.expect(200);
        let first = browser.get(&path).await.expect(200);
        assert!(first.says("Alumna 099") && !first.says("Alumna 100"), "{path}");
        let next = first.text().split(&format!("{path}?after=")).nth(1).unwrap().split('"').next().unwrap().to_owned();
        let second = browser.get(&format!("{path}?after={next}")).await.expect(200);
        assert!(!second.says("Alumna 099") && second.says("Alumna 100") && second.says("Alumna 101"), "{path}");
        assert!(!second.says("?after="), "it is the last one");
        assert_eq!(first.statements(), second.statements());
    }
});

story!(what_is_wrong_with_a_programme_is_said_beside_it, async |house: &House| {
    let (_, mut browser) = company(house).await;
    let form = browser.get("/programmes/new").await.expect(200);
    let wrong = filled(&form, &[("programme", ""), ("name", ""), ("starts-on", "mañana"), ("ends-on", "31/2/2027")]);
    let again = send(&mut browser, "/programmes/new", &wrong).await.expect(422);
    for field in ["programme", "name", "starts-on", "ends-on"] {
        assert!(again.says(&format!("href=\"#{field}\"")), "{field}: {}", again.text());
    }
    let backwards = filled(&form, &[("starts-on", "2/3/2027"), ("ends-on", "1/3/2027")]);
    assert!(send(&mut browser, "/programmes/new", &backwards).await.expect(422).says("posterior al comienzo"));
    let none = filled(&form, &[("track", "x")]);
    assert!(send(&mut browser, "/programmes/new", &none).await.expect(422).says("Elige el tipo de programa"));
    assert!(browser.get("/programmes").await.says("Todavía no hay ningún programa"), "nothing was made");
});

story!(settings_are_saved_and_nothing_is_overwritten, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = set_up(&mut browser, "promotion", &[]).await;
    let page = browser.get(&format!("{edition}/settings")).await.expect(200);
    assert_eq!(fields(&page.text())["midpoint-after"], "182");
    assert_eq!(fields(&page.text())["counted"], "working-days", "of a new edition");
    assert!(
        page.says("Días entre una pregunta por las metas y la siguiente")
            && page.says("Días laborables para que responda el mentor")
    );
    let mut other = house.browser_of(&ana).await;
    let theirs = other.get(&format!("{edition}/settings")).await.expect(200);

    let changes = [
        ("holidays", "12/10/2027\n2027-12-08"),
        ("places", "30"),
        ("pulse-every", "45"),
        ("counted", "days"),
        ("applications", "yes"),
        ("mentors-see", "yes"),
    ];
    save_settings(&mut browser, &edition, &page, &changes).await.expect(303);
    let saved = fields(&browser.get(&format!("{edition}/settings")).await.expect(200).text());
    assert_eq!([&saved["holidays"], &saved["places"], &saved["pulse-every"]], ["2027-10-12\n2027-12-08", "30", "45"]);
    assert_eq!([&saved["applications"], &saved["mentors-see"]], ["yes", "yes"]);
    assert_eq!([&saved["reads-first"], &saved["counted"]], ["yes", "days"]);

    let conflict = save_settings(&mut other, &edition, &theirs, &[("pulse-every", "90")]).await.expect(409);
    assert!(
        conflict.says("Cómo está guardada ahora")
            && conflict.says("2027-10-12, 2027-12-08")
            && conflict.says("<dd>Todos los días; si el último no se trabaja"),
        "{}",
        conflict.text()
    );
    assert_eq!(fields(&conflict.text())["pulse-every"], "90", "what was typed is still there");
    save_settings(&mut other, &edition, &conflict, &[("pulse-every", "90")]).await.expect(303);

    let wrong = [
        ("mentor-days", "0"),
        ("pulse-every", "siempre"),
        ("holidays", "el lunes"),
        ("framework", "00000000-0000-0000-0000-000000000000"),
    ];
    assert!(
        change_settings(&mut browser, &edition, &[("counted", "")]).await.expect(422).says("Elige qué días cuentan")
    );
    let again = change_settings(&mut browser, &edition, &wrong[..3]).await.expect(422);
    for (field, value) in &wrong[..3] {
        assert!(again.says(&format!("href=\"#{field}\"")), "{field}: {}", again.text());
        assert_eq!(fields(&again.text())[*field], *value);
    }
    assert!(change_settings(&mut browser, &edition, &wrong[3..]).await.expect(422).says("Elige un marco de la lista"));

    // Once open, it keeps the framework with which it began.
    change_settings(&mut browser, &edition, &[("framework", "")]).await.expect(303);
    let page = browser.get(&format!("{edition}/settings")).await.expect(200);
    let text = page.text();
    let version = text
        .split("<option value=\"")
        .filter(|option| option.len() > 36)
        .find(|option| option.contains("versión 1"))
        .unwrap();
    let version = version[..36].to_owned();
    save_settings(&mut browser, &edition, &page, &[("framework", &version)]).await.expect(303);
    open(&mut browser, &edition).await;
    assert!(change_settings(&mut browser, &edition, &[("framework", "")]).await.expect(422).says("conserva el marco"));
});

story!(the_next_edition_begins_with_the_settings_of_the_last, async |house: &House| {
    let (_, mut browser) = company(house).await;
    let edition = set_up(&mut browser, "promotion", &[]).await;
    change_settings(&mut browser, &edition, &[("places", "7"), ("mentor-days", "5")]).await.expect(303);
    let home = browser.get(&edition).await.expect(200).text();
    let programme = home.split("href=\"").find(|rest| rest.starts_with("/programmes/")).unwrap();
    let programme = programme.split('"').next().unwrap().to_owned();
    let page = browser.get(&programme).await.expect(200);
    let proposed = fields(&page.text());
    assert_eq!([&proposed["starts-on"], &proposed["ends-on"]], ["2028-02-01", "2029-01-30"]);
    let again = send(&mut browser, &format!("{programme}/editions"), &filled(&page, &[("name", "")])).await.expect(422);
    assert!(again.says("Falta el nombre de la edición"));
    let made = send(&mut browser, &format!("{programme}/editions"), &filled(&page, &[])).await.expect(303);
    let next = made.location().to_owned();
    let settings = fields(&browser.get(&format!("{next}/settings")).await.expect(200).text());
    assert_eq!([&settings["places"], &settings["mentor-days"]], ["7", "5"]);

    // Opened, closed and opened again; a press on an old page does nothing.
    open(&mut browser, &next).await;
    let version = fields(&browser.get(&next).await.text())["version"].clone();
    browser.post(&format!("{next}/close"), &[("version", &version)]).await.expect(303);
    browser.post(&format!("{next}/close"), &[("version", &version)]).await.expect(409);
    assert!(browser.get(&next).await.title().contains("está cerrada"));
    assert!(
        ask(&mut browser, &next, "mentee", "carla@example.org", "").await.expect(422).says("La edición está cerrada")
    );
    open(&mut browser, &next).await;
    assert!(browser.get(&next).await.title().contains("todavía no participa nadie"));
});

story!(people_are_nominated_and_invited_and_decide, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = set_up(&mut browser, "promotion", &[("name", "Promoción 2027")]).await;
    let early = ask(&mut browser, &edition, "mentee", "carla@example.org", "").await.expect(422);
    assert!(early.says("todavía no está abierta"));
    open(&mut browser, &edition).await;

    let wrong =
        ask(&mut browser, &edition, "mentee", "carla@example.org\nnadie@example.org\nexample.org", "Zona").await;
    let wrong = wrong.expect(422);
    assert!(wrong.says("Nadie de la organización se llama «nadie@example.org»"), "{}", wrong.text());
    assert!(wrong.says("«example.org» puede ser") && fields(&wrong.text())["people"].contains("nadie@example.org"));
    assert_eq!(house.work().await, 0, "nobody is asked until everybody is known");

    let form = [
        ("side", "mentee"),
        ("people", "Carla Rey\ndiego paz\ncarla@example.org"),
        ("post", "Dirección de Zona"),
        ("nominated-by", "begona@example.org"),
    ];
    let asked = browser.post(&format!("{edition}/enrolments/new"), &form).await.expect(303);
    let list = browser.get(asked.location().to_owned().as_str()).await.expect(200);
    assert!(list.says("Se ha preguntado a 2 personas") && list.says("1 ya estaba en la lista"), "{}", list.text());
    assert!(list.says("Dirección de Zona · Begoña Sáez") && list.says("Nominación"));
    ask(&mut browser, &edition, "mentor", "alvaro@example.org", "").await.expect(303);
    house.work().await;

    let carla = of_sheet(house, &ana, "carla@example.org").await;
    let mail = house.mail_to(&carla.address).await.unwrap();
    assert!(mail.contains("¿Participas en Promoción 2027?") && !mail.contains("Dirección de Zona"), "{mail}");
    let link = house.link_to(&carla.address).await;
    assert_eq!(link, own_path(house, &edition, &carla).await);
    let mut carlas = house.browser_of(&carla).await;
    let page = carlas.get(&link).await.expect(200);
    assert_eq!(page.title(), "¿Participas en Promoción 2027?");
    assert!(page.says("Dirección de Zona") && page.says("Sí, participo"));
    answer(&mut carlas, &link, "accept", "").await.expect(303);
    assert_eq!(carlas.get(&link).await.title(), "Participas en Promoción 2027");
    assert!(carlas.get("/taking-part").await.expect(200).says("Promoción 2027"));
    let parts = identity::parts_of(&house.app.db, carla.id).await.unwrap();
    assert!(parts.iter().any(|held| held.scope == identity::Scope::Edition(id_of(&edition).0)));
    answer(&mut carlas, &link, "accept", "").await.expect(409);

    // Who says no may say why; nobody is let in over their head, and may be asked again.
    let diego = of_sheet(house, &ana, "diego@example.org").await;
    let mut diegos = house.browser_of(&diego).await;
    let path = own_path(house, &edition, &diego).await;
    answer(&mut diegos, &path, "decline", "Me mudo a Lugo").await.expect(303);
    assert_eq!(house.work().await, 0, "who took the step knows of it");
    let list = browser.get(&format!("{edition}/enrolments?standing=declined")).await.expect(200);
    assert!(list.says("Me mudo a Lugo") && !list.says("Carla Rey"));
    decide(&mut browser, &edition, "Diego Paz", "admit", "").await.expect(409);
    decide(&mut browser, &edition, "Diego Paz", "ask", "").await.expect(303);
    house.work().await;
    assert_eq!(house.links_to(&diego.address).await.len(), 2);
    assert!(!house.mail_to(&diego.address).await.unwrap().contains("Lugo"));

    // Nobody reads, answers or steps for somebody else.
    let elena = of_sheet(house, &ana, "elena@example.org").await;
    let mut elenas = house.browser_of(&elena).await;
    elenas.get(&path).await.expect(404);
    elenas.post(&path, &[("version", "1"), ("step", "accept")]).await.expect(404);
    diegos.post(&path, &[("version", "1"), ("step", "admit")]).await.expect(404);
    elenas.get(&edition).await.expect(404);
    elenas.get(&format!("{edition}/enrolments")).await.expect(404);
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut foreign = house.browser_of(&eva).await;
    for page in
        ["", "/settings", "/enrolments", "/enrolments/new", "/enrolments/group", "/onlookers", "/enrolments/export"]
    {
        foreign.get(&format!("{edition}{page}")).await.expect(404);
    }
    foreign.get(&path).await.expect(404);
    foreign.post(&format!("{edition}/enrolments/new"), &form).await.expect(404);
    foreign.post(&format!("{edition}/open"), &[("version", "2")]).await.expect(404);
});

story!(people_apply_and_are_answered, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    let carla = of_sheet(house, &ana, "carla@example.org").await;
    let mut carlas = house.browser_of(&carla).await;
    let id = id_of(&edition).to_string();
    let application = [("edition", id.as_str()), ("side", "mentee")];
    assert!(!carlas.get("/taking-part").await.expect(200).says("Ediciones que admiten solicitudes"));
    carlas.post("/taking-part", &application).await.expect(404);
    change_settings(&mut browser, &edition, &[("applications", "yes")]).await.expect(303);
    assert!(carlas.get("/taking-part").await.expect(200).says("Ediciones que admiten solicitudes"));
    let path = carlas.post("/taking-part", &application).await.expect(303).location().to_owned();
    assert!(carlas.get(&path).await.title().contains("espera respuesta"));
    carlas.post("/taking-part", &application).await.expect(409);

    let home = browser.get(&edition).await.expect(200);
    assert!(home.says("Responde a 1 solicitud"), "{}", home.text());
    decide(&mut browser, &edition, "Carla Rey", "refuse", "Falta un año de antigüedad").await.expect(303);
    house.work().await;
    let mail = house.mail_to(&carla.address).await.unwrap();
    assert!(mail.contains("Sobre tu solicitud") && !mail.contains("antigüedad"), "{mail}");
    assert!(carlas.get(&path).await.says("Falta un año de antigüedad"), "the reason is for the person");
    decide(&mut browser, &edition, "Carla Rey", "admit", "").await.expect(303);
    house.work().await;
    assert!(house.mail_to(&carla.address).await.unwrap().contains("Participas en"));

    // Who left may apply again; somebody else's organisation takes no application.
    answer(&mut carlas, &path, "withdraw", "").await.expect(303);
    answer(&mut carlas, &path, "apply", "").await.expect(303);
    assert_eq!(standing(house, &edition, &carla, Side::Mentee).await, Some(Standing::Applied));
    carlas.post("/taking-part", &[("edition", &id), ("side", "mentor")]).await.expect(303);
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    house.browser_of(&eva).await.post("/taking-part", &application).await.expect(404);
});

story!(a_group_is_taken_in_by_search_or_by_ticks, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    let group = format!("{edition}/enrolments/group");
    let page = browser.get(&format!("{group}?side=mentee")).await.expect(200);
    assert_eq!(page.title(), "3 personas más podrían recibir mentoría");
    assert!(page.says("Elena Ruiz") && !page.says("Álvaro Núñez"));
    let none = browser.post(&group, &[("side", "mentee"), ("which", "ticked")]).await.expect(422);
    assert!(none.says("marca a alguien"), "{}", none.text());
    let (carla, alvaro) =
        (of_sheet(house, &ana, "carla@example.org").await, of_sheet(house, &ana, "alvaro@example.org").await);
    let (one, other) = (carla.id.to_string(), alvaro.id.to_string());
    let ticked = [("side", "mentee"), ("which", "ticked"), ("tells", "yes"), ("people", &one), ("people", &other)];
    browser.post(&group, &ticked).await.expect(303);
    assert_eq!(standing(house, &edition, &carla, Side::Mentee).await, Some(Standing::Enrolled));
    assert_eq!(standing(house, &edition, &alvaro, Side::Mentee).await, None, "the record says that he mentors");
    house.work().await;
    assert!(house.mail_to("carla@example.org").await.unwrap().contains("Tienes plaza"));

    browser.post(&group, &[("side", "mentor"), ("which", "all"), ("q", "ALVARO")]).await.expect(303);
    assert_eq!(standing(house, &edition, &alvaro, Side::Mentor).await, Some(Standing::Enrolled));
    let begona = of_sheet(house, &ana, "begona@example.org").await;
    assert_eq!(standing(house, &edition, &begona, Side::Mentor).await, None);
    let home = browser.get(&edition).await.expect(200);
    assert!(home.says("con 2 plazas"), "what the record says: {}", home.text());
    let path = path_of(&browser.get(&format!("{edition}/enrolments")).await.text(), "Álvaro Núñez");
    let page = browser.get(&path).await.expect(200);
    send(&mut browser, &path, &filled(&page, &[("capacity", "muchas")])).await.expect(422);
    send(&mut browser, &path, &filled(&page, &[("capacity", "4")])).await.expect(303);
    send(&mut browser, &path, &filled(&page, &[("capacity", "5")])).await.expect(409);
    assert!(browser.get(&edition).await.says("con 4 plazas"));
    browser.post(&group, &[("which", "both")]).await.expect(303);
    browser.post(&group, &[("which", "both")]).await.expect(422);
});

/// A browser of this person at another server.
async fn at(server: &App, person: &Person) -> Client {
    let session = identity::open_session(server, person.id).await.map_err(anyhow::Error::from).unwrap();
    let mut browser = Client::of(server);
    browser.keep_cookie("telemaco_session", &session);
    browser
}

story!(the_last_place_is_for_one, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    change_settings(&mut browser, &edition, &[("places", "1")]).await.expect(303);
    ask(&mut browser, &edition, "mentee", "carla@example.org\ndiego@example.org\nelena@example.org", "")
        .await
        .expect(303);
    house.work().await;
    let server = house.second_server().await;
    let (carla, diego) =
        (of_sheet(house, &ana, "carla@example.org").await, of_sheet(house, &ana, "diego@example.org").await);
    let (mut one, mut other) = (house.browser_of(&carla).await, at(&server, &diego).await);
    let (first, second) = (own_path(house, &edition, &carla).await, own_path(house, &edition, &diego).await);
    let accept = [("version", "1"), ("step", "accept")];
    let (left, right) = tokio::join!(one.post(&first, &accept), other.post(&second, &accept));
    assert_eq!([left.status.as_u16(), right.status.as_u16()], [303, 303]);
    let mut stand = [
        standing(house, &edition, &carla, Side::Mentee).await.unwrap(),
        standing(house, &edition, &diego, Side::Mentee).await.unwrap(),
    ];
    let has_carla = stand[0] == Standing::Enrolled;
    stand.sort();
    assert_eq!(stand, [Standing::Waiting, Standing::Enrolled], "one has the place, the other waits");
    server.db.close().await;

    // Elena accepts later and waits behind.
    house.pass(jiff::SignedDuration::from_mins(5));
    let elena = of_sheet(house, &ana, "elena@example.org").await;
    let path = own_path(house, &edition, &elena).await;
    answer(&mut house.browser_of(&elena).await, &path, "accept", "").await.expect(303);
    assert_eq!(standing(house, &edition, &elena, Side::Mentee).await, Some(Standing::Waiting));
    let full = decide(&mut browser, &edition, "Elena Ruiz", "admit", "").await.expect(422);
    assert!(full.says("No queda ninguna plaza libre"), "{}", full.text());

    // Whoever is in leaves, and the coordinator lets in who has waited longest, with one press.
    let (inside, waits) = if has_carla { (&carla, &diego) } else { (&diego, &carla) };
    let path = own_path(house, &edition, inside).await;
    answer(&mut house.browser_of(inside).await, &path, "withdraw", "Cambio de puesto").await.expect(303);
    let parts = identity::parts_of(&house.app.db, inside.id).await.unwrap();
    assert!(parts.iter().all(|held| held.scope == identity::Scope::Organisation), "the part went along");
    let home = browser.get(&edition).await.expect(200);
    assert!(home.says(&format!("Admitir a {}", waits.name)), "{}", home.text());
    let text = home.text();
    let action = text.split("action=\"").find(|rest| rest.contains("/step\"")).unwrap().split('"').next().unwrap();
    let version = text.split(action).nth(1).unwrap().split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    browser.post(action, &[("version", version), ("step", "admit")]).await.expect(303);
    assert_eq!(standing(house, &edition, waits, Side::Mentee).await, Some(Standing::Enrolled));
    house.work().await;
    assert!(house.mail_to(&waits.address).await.unwrap().contains("Tienes plaza"));
    assert!(!browser.get(&edition).await.says("Admitir a"), "the place is taken");

    // More people than places: the rest of a group waits.
    change_settings(&mut browser, &edition, &[("places", "2")]).await.expect(303);
    let more = "Name,Email,Role\nFelipe Gil,felipe@example.org,mentee\nGloria Pons,gloria@example.org,mentee\n";
    take_in(house, &mut browser, "people", more).await;
    browser.post(&format!("{edition}/enrolments/group"), &[("which", "all"), ("side", "mentee")]).await.expect(303);
    let counts = programmes::counts(&house.app.db, id_of(&edition)).await.unwrap();
    assert_eq!((counts.enrolled(Side::Mentee), counts.of(Side::Mentee, Standing::Waiting)), (2, 2));
});

story!(the_coordinator_withdraws_somebody_without_fault, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    ask(&mut browser, &edition, "mentee", "carla@example.org", "").await.expect(303);
    // She is withdrawn before the mail that asks her is written: the mail that would be wrong is not sent.
    decide(&mut browser, &edition, "Carla Rey", "withdraw", "Plaza amortizada").await.expect(303);
    assert_eq!(house.work().await, 2);
    let carla = of_sheet(house, &ana, "carla@example.org").await;
    assert_eq!(house.links_to(&carla.address).await.len(), 1);
    let mail = house.mail_to(&carla.address).await.unwrap();
    assert!(mail.contains("Ya no participas") && !mail.contains("amortizada"), "{mail}");
    let trail = browser.get("/audit?verb=programmes").await.expect(200);
    assert!(trail.says("Nominó o invitó a una persona") && trail.says("Cambió la situación de una inscripción"));
    assert!(!trail.says("amortizada"), "the trail holds no reasons");
    decide(&mut browser, &edition, "Carla Rey", "withdraw", "").await.expect(409);
    let long = "x".repeat(501);
    decide(&mut browser, &edition, "Carla Rey", "admit", &long).await.expect(422);
    decide(&mut browser, &edition, "Carla Rey", "dance", "").await.expect(404);
    let elsewhere = opened(&mut browser, "promotion").await;
    let path = path_of(&browser.get(&format!("{edition}/enrolments")).await.text(), "Carla Rey");
    let wrong = path.replace(&edition, &elsewhere);
    browser.get(&wrong).await.expect(404);
    browser.post(&format!("{wrong}/step"), &[("version", "2"), ("step", "admit")]).await.expect(404);
});

story!(a_supervisor_lends_people_and_is_never_the_mentor, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    let begona = of_sheet(house, &ana, "begona@example.org").await;
    let mut begonas = house.browser_of(&begona).await;
    let lent = begonas.get("/lent").await.expect(200);
    assert_eq!(lent.title(), "Nadie de tu equipo participa ahora");
    assert!(lent.says("Nunca serás su mentor o mentora") && lent.says("Carla Rey") && !lent.says("Elena Ruiz"));
    let [carla, elena] =
        [of_sheet(house, &ana, "carla@example.org").await, of_sheet(house, &ana, "elena@example.org").await];
    let (id, carlas_id, elenas_id) = (id_of(&edition).to_string(), carla.id.to_string(), elena.id.to_string());
    let missing = begonas.post("/lent", &[("person", &carlas_id), ("edition", &id), ("post", "")]).await.expect(422);
    assert!(missing.says("Falta el puesto"));
    begonas.post("/lent", &[("person", &elenas_id), ("edition", &id), ("post", "Zona")]).await.expect(404);
    let form = [("person", carlas_id.as_str()), ("edition", &id), ("post", "Dirección de Zona")];
    begonas.post("/lent", &form).await.expect(303);
    begonas.post("/lent", &form).await.expect(422);
    house.work().await;
    let path = house.link_to(&carla.address).await;
    answer(&mut house.browser_of(&carla).await, &path, "accept", "").await.expect(303);
    let lent = begonas.get("/lent").await.expect(200);
    assert_eq!(lent.title(), "1 persona de tu equipo participa");
    // A program of hers reads the same, and nominates.
    let mut program = program(house, &begona).await;
    let told = program.get("/api/me/reports?q=carla").await.expect(200).json();
    let place = &told["items"][0]["places"][0];
    assert_eq!((&told["items"][0]["name"], &place["standing"]), (&json!("Carla Rey"), &json!("enrolled")));
    let again = json!({ "person": carla.id, "edition": id, "post": "Zona" });
    api::send(&mut program, Method::POST, "/api/me/nominations", &again).await.expect(422);
    let anothers = json!({ "person": elena.id, "edition": id, "post": "Zona" });
    api::send(&mut program, Method::POST, "/api/me/nominations", &anothers).await.expect(404);

    // Who applied by themselves need not tell their line manager until they take part.
    change_settings(&mut browser, &edition, &[("applications", "yes")]).await.expect(303);
    let diego = of_sheet(house, &ana, "diego@example.org").await;
    house.browser_of(&diego).await.post("/taking-part", &[("edition", &id), ("side", "mentee")]).await.expect(303);
    let lent = begonas.get("/lent").await.expect(200).text();
    assert!(lent.contains("Diego Paz") && !lent.contains("solicitud por responder"), "{lent}");
    let found = begonas.get("/lent?q=carla").await.expect(200);
    assert!(found.says("Carla Rey") && !found.says("Diego Paz"), "{}", found.text());
    let sheet = begonas.get("/lent/export?form=csv&q=rey").await.expect(200).text();
    assert!(sheet.contains("Carla Rey") && sheet.contains("participa") && !sheet.contains("Diego"), "{sheet}");
    // Whoever has no reports has no such page, and no part to open it with.
    house.browser_of(&elena).await.get("/lent").await.expect(404);
});

story!(a_line_manager_neither_undoes_a_decision_nor_learns_of_it, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    change_settings(&mut browser, &edition, &[("applications", "yes")]).await.expect(303);
    let diego = of_sheet(house, &ana, "diego@example.org").await;
    let begona = of_sheet(house, &ana, "begona@example.org").await;
    let (id, diegos_id) = (id_of(&edition).to_string(), diego.id.to_string());
    let mut diegos = house.browser_of(&diego).await;
    diegos.post("/taking-part", &[("edition", &id), ("side", "mentee")]).await.expect(303);
    let form = [("person", diegos_id.as_str()), ("edition", &id), ("post", "Dirección de Zona")];
    let mut begonas = house.browser_of(&begona).await;
    // Who applied behind her back stays so: she reads the same as of somebody whom nobody knows.
    let told = begonas.post("/lent", &form).await.expect(303).location().to_owned();
    assert_eq!(standing(house, &edition, &diego, Side::Mentee).await, Some(Standing::Applied));
    decide(&mut browser, &edition, "Diego Paz", "refuse", "Aún no lleva un año").await.expect(303);
    assert_eq!(begonas.post("/lent", &form).await.expect(303).location(), told);
    assert_eq!(standing(house, &edition, &diego, Side::Mentee).await, Some(Standing::Refused));
    let own = diegos.get(&own_path(house, &edition, &diego).await).await.expect(200);
    assert!(own.says("Aún no lleva un año"), "the reason stands");
});

story!(the_first_page_leads_to_the_edition_where_something_waits, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    change_settings(&mut browser, &edition, &[("applications", "yes")]).await.expect(303);
    // The next one begins later and is still being set up.
    let dates = [("starts_on", "2029-01-10"), ("ends_on", "2029-12-20")];
    let later = set_up(&mut browser, "promotion", &dates).await;
    let quiet = browser.get("/").await.expect(200);
    assert!(quiet.says(&later) && !quiet.says("por responder"));
    let diego = of_sheet(house, &ana, "diego@example.org").await;
    let id = id_of(&edition).to_string();
    house.browser_of(&diego).await.post("/taking-part", &[("edition", &id), ("side", "mentee")]).await.expect(303);
    let busy = browser.get("/").await.expect(200);
    assert!(busy.says("una solicitud por responder"), "{}", busy.text());
    assert!(busy.says(&format!("class=\"button\" href=\"{edition}")), "{}", busy.text());
    // An edition that is open is asked who waits for a mentor; one that is being set up is not.
    assert!(busy.statements() <= quiet.statements() + 1, "{} {}", quiet.statements(), busy.statements());
});

story!(sponsors_and_faculty_look_on_at_their_edition_alone, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let edition = opened(&mut browser, "degree").await;
    let other = opened(&mut browser, "degree").await;
    browser.post(&format!("{edition}/enrolments/group"), &[("which", "both")]).await.expect(303);
    let sponsor = house.person(ana.organisation, "Sara Pino", &[]).await;
    let faculty = house.person(ana.organisation, "Félix Ortega", &[]).await;
    let onlookers = format!("{edition}/onlookers");
    assert!(browser.get(&onlookers).await.expect(200).says("Todavía nadie"));
    browser.post(&onlookers, &[("person", "sara.pino@example.org"), ("part", "operator")]).await.expect(422);
    browser.post(&onlookers, &[("person", ""), ("part", "sponsor")]).await.expect(422);
    browser.post(&onlookers, &[("person", "sara.pino@example.org"), ("part", "sponsor")]).await.expect(303);
    browser.post(&onlookers, &[("person", "Felix Ortega"), ("part", "faculty")]).await.expect(303);
    assert!(browser.get(&onlookers).await.expect(200).says("Sara Pino"));
    let found = browser.get(&format!("{onlookers}?q=felix")).await.expect(200);
    assert!(found.says("Félix Ortega") && !found.says("Sara Pino"), "{}", found.text());
    assert!(browser.get(&format!("{onlookers}?q=nadie")).await.expect(200).says("Nadie coincide"));
    let sheet = browser.get(&format!("{onlookers}/export?form=csv&q=felix")).await.expect(200).text();
    assert!(
        sheet.contains("Félix Ortega") && sheet.contains("felix.ortega@example.org") && !sheet.contains("Sara"),
        "{sheet}"
    );

    let glance = |edition: &str| format!("/overview/{}", id_of(edition));
    let mut saras = house.browser_of(&sponsor).await;
    let list = saras.get("/overview").await.expect(200);
    assert_eq!(list.title(), "1 edición a la vista");
    let seen = saras.get(&glance(&edition)).await.expect(200);
    assert!(seen.title().contains("participan 3 personas y 2 mentores y mentoras"));
    assert!(!seen.says("Carla Rey"), "a sponsor sees counts");
    let sheet = saras.get(&format!("{}/export?form=csv", glance(&edition))).await.expect(200).text();
    assert!(sheet.contains("participa,") && sheet.contains(",3,2"), "{sheet}");
    saras.get(&format!("{}/export?form=csv", glance(&other))).await.expect(404);
    let mut program = program(house, &sponsor).await;
    let overviews = program.get("/api/overview").await.expect(200).json();
    assert_eq!(overviews["items"].as_array().unwrap().len(), 1);
    let told = program.get(&format!("/api{}", glance(&edition))).await.expect(200);
    assert_eq!((&told.json()["mentees"], &told.json()["mentors"]), (&json!(3), &json!(2)));
    assert!(!told.says("Carla"));
    program.get(&format!("/api{}", glance(&other))).await.expect(404);
    saras.get(&glance(&other)).await.expect(404);
    saras.get(&edition).await.expect(404);
    let mut felixs = house.browser_of(&faculty).await;
    let seen = felixs.get(&glance(&edition)).await.expect(200);
    assert!(seen.says("A 3 personas les falta quien responda") && seen.says("Carla Rey"), "{}", seen.text());
    // Whoever has a mentor lacks nobody.
    let [carla, begona] = ["carla", "begona"].map(|who| format!("{who}@example.org"));
    let pair = [NewMentorship {
        mentee: of_sheet(house, &ana, &carla).await.id,
        mentor: of_sheet(house, &ana, &begona).await.id,
    }];
    let begun: Result<(), telemaco::db::Error> = telemaco::transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, ana.organisation, id_of(&edition), &pair).await.map(drop)
    });
    begun.unwrap();
    let seen = felixs.get(&glance(&edition)).await.expect(200);
    assert!(seen.says("A 2 personas les falta quien responda") && !seen.says("Carla Rey"), "{}", seen.text());
    assert!(browser.get(&edition).await.expect(200).says("Falta para 2 personas"));
    let list = browser.get(&format!("{edition}/fallback")).await.expect(200);
    assert!(list.says("Diego Paz") && !list.says("Carla Rey"));
    felixs.get(&glance(&other)).await.expect(404);
    let everywhere = house.person(ana.organisation, "Pía Sanz", &[Part::Sponsor]).await;
    house.browser_of(&everywhere).await.get(&glance(&other)).await.expect(200);
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    house.browser_of(&eva).await.get(&glance(&edition)).await.expect(404);
    let carla = of_sheet(house, &ana, "carla@example.org").await;
    house.browser_of(&carla).await.get(&glance(&edition)).await.expect(404);

    let remove = [("person", sponsor.id.to_string()), ("part", "sponsor".to_owned())];
    let remove: Vec<(&str, &str)> = remove.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(&format!("{onlookers}/remove"), &remove).await.expect(303);
    saras.get(&glance(&edition)).await.expect(404);
    let foreign = [("person", eva.id.to_string()), ("part", "sponsor".to_owned())];
    let foreign: Vec<(&str, &str)> = foreign.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(&format!("{onlookers}/remove"), &foreign).await.expect(404);
});

/// In the order of the Royal Spanish Academy.
const IN_ORDER: [&str; 6] = ["Álvaro Rey", "Ana Ríos", "Íñigo Sol", "Nuria Gil", "Ñíguez Eva", "Óscar Mas"];

story!(enrolments_stand_in_spanish_order_and_are_found, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Zoe Zubiri").await;
    let mut browser = house.browser_of(&ana).await;
    let mut csv = "Name,Email,Role\n".to_owned();
    for (row, name) in IN_ORDER.iter().enumerate().rev() {
        writeln!(csv, "{name},p{row}@example.org,mentee").unwrap();
    }
    take_in(house, &mut browser, "people", &csv).await;
    let edition = opened(&mut browser, "promotion").await;
    browser.post(&format!("{edition}/enrolments/group"), &[("which", "both")]).await.expect(303);
    let list = browser.get(&format!("{edition}/enrolments")).await.expect(200).text();
    let mut names = IN_ORDER.to_vec();
    names.sort_by_key(|name| list.find(&format!(">{name}</a>")).unwrap());
    assert_eq!(names, IN_ORDER);
    for (search, found) in
        [("alvaro", 1), ("ÁLVARO%20re", 1), ("p0@example", 1), ("example.org", 6), ("%25", 0), ("_", 0)]
    {
        let seen = browser.get(&format!("{edition}/enrolments?q={search}")).await.expect(200);
        assert_eq!(seen.text().matches("scope=\"row\"").count(), found, "{search}");
    }
    assert!(browser.get(&format!("{edition}/enrolments?side=mentor")).await.expect(200).says("Nadie coincide"));
    let export = browser.get(&format!("{edition}/enrolments/export?form=csv&q=alvaro")).await.expect(200);
    assert!(export.says("Álvaro Rey") && export.says("participa") && !export.says("Nuria Gil"), "{}", export.text());
    let xlsx = browser.get(&format!("{edition}/enrolments/export?form=xlsx")).await.expect(200);
    let sheet = telemaco::sheets::read(&xlsx.body, "x.xlsx").unwrap();
    assert_eq!(sheet.rows.len(), 6);
});

story!(pages_cost_the_same_for_one_and_for_many, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let boss = "Jefa Una,jefa@example.org,mentor,\nLola Uno,lola@example.org,mentee,jefa@example.org\n";
    let head = "Name,Email,Role,Line manager\n";
    take_in(house, &mut browser, "people", &format!("{head}{boss}")).await;
    let edition = opened(&mut browser, "degree").await;
    let group = format!("{edition}/enrolments/group");
    browser.post(&group, &[("which", "both")]).await.expect(303);
    let faculty = house.person(ana.organisation, "Félix Ortega", &[Part::Faculty]).await;
    let boss = of_sheet(house, &ana, "jefa@example.org").await;
    let (mut bosss, mut felixs) = (house.browser_of(&boss).await, house.browser_of(&faculty).await);
    let overview = format!("/overview/{}", id_of(&edition));
    let pages = [
        "/programmes".to_owned(),
        edition.clone(),
        format!("{edition}/settings"),
        format!("{edition}/enrolments"),
        format!("{edition}/enrolments/export"),
        format!("{group}?side=mentee"),
        format!("{edition}/fallback"),
        format!("{edition}/onlookers"),
        "/taking-part".to_owned(),
    ];
    let mut costs = Vec::new();
    for _ in 0..2 {
        let mut cost = Vec::new();
        for page in &pages {
            cost.push((page.clone(), browser.get(page).await.expect(200).statements()));
        }
        cost.push(("/lent".to_owned(), bosss.get("/lent").await.expect(200).statements()));
        cost.push(("/overview".to_owned(), felixs.get("/overview").await.expect(200).statements()));
        cost.push((overview.clone(), felixs.get(&overview).await.expect(200).statements()));
        costs.push(cost);
        if costs.len() > 1 {
            break;
        }
        let mut csv = head.to_owned();
        for row in 0..220 {
            writeln!(csv, "Íñigo {row},m{row}@example.org,mentee,jefa@example.org").unwrap();
        }
        take_in(house, &mut browser, "people", &csv).await;
        browser.post(&group, &[("which", "both")]).await;
    }
    assert_eq!(costs[0], costs[1]);
    // An edition's own page asks every feature that has something to say of it, and counts anew since something was done.
    assert!(costs[0].iter().all(|(_, statements)| *statements <= 25), "{costs:?}");

    // Page by page everybody stands once.
    for (list, everybody) in [(format!("{edition}/enrolments"), 222), ("/lent".to_owned(), 221)] {
        let browser = if list == "/lent" { &mut bosss } else { &mut browser };
        let (mut rows, mut next) = (0, Some(list.clone()));
        while let Some(page) = next {
            let text = browser.get(&page).await.expect(200).text();
            let shown = text.matches("scope=\"row\"").count();
            assert!(shown <= 100, "{page}");
            rows += shown;
            let link = format!("href=\"{list}?");
            next = text
                .split(&link)
                .skip(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"))
                .find(|query| query.contains("after="))
                .map(|query| format!("{list}?{query}"));
        }
        assert_eq!(rows, everybody, "{list}");
    }
    let ids: Vec<PersonId> = programmes::enrolled(&house.app.db, id_of(&edition))
        .await
        .unwrap()
        .into_iter()
        .map(|enrolment| enrolment.person)
        .collect();
    assert_eq!(ids.len(), 222);
});

story!(a_programme_is_renamed_and_nothing_is_overwritten, async |house: &House| {
    let (_, mut browser) = company(house).await;
    let edition = opened(&mut browser, "promotion").await;
    let list = browser.get("/programmes").await.expect(200).text();
    let programme =
        format!("/programmes/{}", list.split("href=\"/programmes/").nth(2).unwrap().split('"').next().unwrap());
    let again = browser.post(&programme, &[("version", "1"), ("programme", " ")]).await.expect(422);
    assert!(again.says("id=\"programme-problem\"") && again.says("<details open>"), "{}", again.text());
    browser.post(&programme, &[("version", "1"), ("programme", "Relevo directivo")]).await.expect(303);
    assert_eq!(browser.get(&programme).await.expect(200).title(), "Relevo directivo");
    assert!(browser.get(&edition).await.expect(200).says("Relevo directivo"));
    let late = browser.post(&programme, &[("version", "1"), ("programme", "Otro")]).await.expect(409);
    assert!(late.says("value=\"Otro\"") && late.title() == "Relevo directivo", "what was typed stays: {}", late.text());
    assert!(browser.get("/audit").await.expect(200).says("Renombró un programa"));
});

story!(an_imports_very_people_are_enrolled, async |house: &House| {
    let (ana, mut browser) = company(house).await;
    let import = take_in(
        house,
        &mut browser,
        "people",
        "Name,Email,Role\nNadia Sol,nadia@example.org,mentee\nOmar Gil,omar@example.org,mentor\n",
    )
    .await;
    assert!(browser.get(&import).await.expect(200).says(&format!("{import}/enrol")));
    let none = browser.get(&format!("{import}/enrol")).await.expect(200);
    assert!(none.says("Antes, abre una edición"), "{}", none.text());
    let edition = opened(&mut browser, "promotion").await;
    let page = browser.get(&format!("{import}/enrol")).await.expect(200);
    assert!(
        page.title().contains("1 para recibir mentoría y 1 para mentorizar")
            && page.says("Inscribir a estas 2 personas")
    );
    browser.post(&format!("{import}/enrol"), &[]).await.expect(422);
    let form = fields(&page.text());
    assert_eq!(form["edition"], id_of(&edition).to_string(), "the only one is chosen");
    browser.post(&format!("{import}/enrol"), &[("edition", &form["edition"])]).await.expect(303);
    let list = browser.get(&format!("{edition}/enrolments")).await.expect(200);
    assert!(list.says("Nadia Sol") && list.says("Omar Gil") && !list.says("Carla Rey"), "{}", list.text());
    let again = browser.post(&format!("{import}/enrol"), &[("edition", &form["edition"])]).await.expect(422);
    assert!(again.says("No hay nadie que inscribir"), "all of them are in it: {}", again.text());
    // The import is its organisation's alone, and wants somebody who coordinates.
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    house.browser_of(&eva).await.get(&format!("{import}/enrol")).await.expect(404);
    let omar = of_sheet(house, &ana, "omar@example.org").await;
    house.browser_of(&omar).await.post(&format!("{import}/enrol"), &[("edition", &form["edition"])]).await.expect(404);
});
