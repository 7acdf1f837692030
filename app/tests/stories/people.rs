//! People as they are found, read and changed: the directory, a person's page and its form, lists, exports and the API.

use std::fmt::Write as _;

use telemaco::identity::{self, Part, PersonId};
use telemaco::sheets as grids;

use crate::story;
use crate::support::form::{fields, path_of};
use crate::support::sheets::take_in;
use crate::support::{Client, House, Person, Seen};

const COMPANY: &str = "Name,Email,Role,Job title,Unit,City,Skills,Nominated for,Line manager,Employee id,Biography\n\
    Álvaro Núñez,alvaro@example.org,mentor,Directora,Riesgos,Bilbao,Negociación:4,,,E1,Veinte años de riesgos.\n\
    Begoña Sáez,begona@example.org,mentor,Socia,Legal,Vitoria,Oratoria,,,E2,\n\
    Carla Rey,carla@example.org,mentee,Analista,Riesgos,Bilbao,Negociación,Dirección de Riesgos,alvaro@example.org,E3,\n\
    Diego Paz,diego@example.org,mentee,Técnico,Legal,Vitoria,Oratoria,,begona@example.org,E4,\n";

/// Somebody who came with the sheet.
async fn of_sheet(browser: &mut Client, coordinator: &Person, name: &str, address: &str) -> (Person, String) {
    let path = path_of(&browser.get("/people").await.expect(200).text(), name);
    let id = PersonId(path.rsplit('/').next().unwrap().parse().unwrap());
    let (organisation, address) = (coordinator.organisation, address.to_owned());
    (Person { id, organisation, address, name: name.to_owned() }, path)
}

/// Sends a person's form with these fields changed; boxes that are named stay ticked.
async fn edit(browser: &mut Client, path: &str, roles: &[&str], changes: &[(&str, &str)]) -> Seen {
    let form = browser.get(&format!("{path}/edit")).await.expect(200).text();
    send(browser, path, &form, roles, changes).await
}

async fn send(browser: &mut Client, path: &str, form: &str, roles: &[&str], changes: &[(&str, &str)]) -> Seen {
    let mut filled = fields(form);
    filled.remove("roles");
    filled.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let mut sent: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.extend(roles.iter().map(|role| ("roles", *role)));
    browser.post(&format!("{path}/edit"), &sent).await
}

async fn program_of(house: &House, person: &Person) -> Client {
    let mut program = house.stranger();
    let token = identity::new_token(&house.app, person.id, "story").await.map_err(anyhow::Error::from).unwrap();
    program.bearer = Some(token);
    program
}

story!(the_directory_shows_mentors_and_finds_them, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (diego, _) = of_sheet(&mut browser, &ana, "Diego Paz", "diego@example.org").await;
    let mut diego = house.browser_of(&diego).await;
    let directory = diego.get("/mentors").await.expect(200);
    assert!(directory.says("Álvaro Núñez") && directory.says("Begoña Sáez") && directory.says("Negociación 4"));
    assert!(!directory.says("Carla Rey"), "a mentee is in no directory");
    for (search, found) in [
        ("alvaro", [true, false]),
        ("%C3%81LVARO%20NU", [true, false]),
        ("riesgos", [true, false]),
        ("negociacion", [true, false]),
        ("oratoria", [false, true]),
        ("vitoria", [false, true]),
        ("begona@example", [false, true]),
        ("%25", [true, true]),
        ("nobody", [false, false]),
        ("carla", [false, false]),
    ] {
        let seen = diego.get(&format!("/mentors?q={search}")).await.expect(200);
        assert_eq!([seen.says("Álvaro Núñez"), seen.says("Begoña Sáez")], found, "{search}");
        let json = program_search(&mut program_of(house, &ana).await, search).await;
        assert_eq!(json.len(), found.iter().filter(|found| **found).count(), "{search}");
    }
});

async fn program_search(program: &mut Client, search: &str) -> Vec<serde_json::Value> {
    program.get(&format!("/api/mentors?q={search}")).await.expect(200).json()["items"].as_array().unwrap().clone()
}

/// The paths whose lists hold somebody's page.
async fn lists_with(browser: &mut Client, path: &str, lists: &[&'static str]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for list in lists {
        if browser.get(list).await.expect(200).says(path) {
            found.push(*list);
        }
    }
    found
}

story!(people_are_found_by_what_they_are_now, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (alvaro, path) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    let mut own = house.browser_of(&alvaro).await;
    // Whoever changes their name in their settings keeps what their profile is found by.
    let settings = [("name", "Aitor Núñez"), ("lang", "es"), ("zone", "Europe/Madrid")];
    own.post("/account", &settings).await.expect(303);
    let lists = ["/mentors?q=aitor", "/people?q=n%C3%BA%C3%B1ez", "/mentors?q=riesgos", "/people?q=negociaci%C3%B3n"];
    assert_eq!(lists_with(&mut browser, &path, &lists).await, lists);
    // And whoever changes their profile keeps the name.
    edit(&mut own, &path, &[], &[("unit", "Tesorería"), ("held", "Oratoria")]).await.expect(303);
    let lists = ["/people?q=aitor%20nu", "/people?q=tesoreria", "/mentors?q=oratoria", "/mentors?q=alvaro@"];
    assert_eq!(lists_with(&mut browser, &path, &lists).await, lists);
    // What they were finds them no more, nor does a text that runs from one thing into another.
    let lists =
        ["/people?q=riesgos", "/mentors?q=negociaci%C3%B3n", "/people?q=%C3%A1lvaro%20n", "/people?q=org%20directora"];
    assert_eq!(lists_with(&mut browser, &path, &lists).await, [""; 0]);
});

story!(a_list_costs_the_same_with_one_row_and_with_many, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let lists =
        ["/", "/mentors", "/mentors?q=p1", "/mentors?q=zzz", "/people", "/people?q=p1&part=mentor", "/nominations"];
    let mut counts = Vec::new();
    for many in [1, 120] {
        let csv = (0..many).fold("Name,Email,Skills,Nominated for\n".to_owned(), |csv, row| {
            format!("{csv}Persona {row},p{row}@example.org,Oratoria: 3; Legal,Socia\n")
        });
        take_in(house, &mut browser, "mentors", &csv).await;
        let mut count = Vec::new();
        for list in lists {
            count.push(browser.get(list).await.expect(200).statements());
        }
        counts.push(count);
    }
    // One for who asks, and one for the page; the first page has people, whether they were counted since something was done, editions
    // and what waits: proposals, concerns, what somebody asks to open, applications, pairs to publish, pairs to look after.
    assert_eq!(counts, [[11, 2, 2, 2, 2, 2, 2]; 2]);
});

/// The order of the Royal Spanish Academy: accents do not count, and ñ is a letter after n.
const IN_ORDER: &[&str] = &[
    "Álvaro Rey",
    "Ana Ríos",
    "Andrés Paz",
    "Ibáñez Luz",
    "Íñigo Sol",
    "Nunez Xan",
    "Núñez Teo",
    "Nuria Gil",
    "Ñíguez Eva",
    "Oscar Lis",
    "Óscar Mas",
];

story!(names_stand_in_spanish_order, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Zoe Zubiri").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = IN_ORDER
        .iter()
        .enumerate()
        .rev()
        .fold("Name,Email\n".to_owned(), |csv, (row, name)| format!("{csv}{name},p{row}@example.org\n"));
    take_in(house, &mut browser, "mentors", &csv).await;
    let list = browser.get("/mentors").await.expect(200).text();
    let mut names: Vec<&str> = IN_ORDER.to_vec();
    names.sort_by_key(|name| list.find(&format!(">{name}</a>")).unwrap_or_else(|| panic!("{name}: {list}")));
    assert_eq!(names, IN_ORDER);
});

story!(page_by_page_everybody_stands_once, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let mut csv = "Name,Email\n".to_owned();
    for row in 0..250 {
        // Some bear one name, so that the name alone is no place in the list.
        let name = if row % 3 == 0 { "María García".to_owned() } else { format!("Íñigo {row}") };
        writeln!(csv, "{name},p{row}@example.org").unwrap();
    }
    take_in(house, &mut browser, "mentors", &csv).await;
    for (list, everybody) in [("/mentors", 250), ("/people", 251)] {
        let (mut paths, mut next) = (Vec::new(), Some(list.to_owned()));
        while let Some(page) = next {
            let text = browser.get(&page).await.expect(200).text();
            let rows: Vec<String> = text
                .split("scope=\"row\"")
                .skip(1)
                .map(|row| row.split("href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned())
                .collect();
            assert!(rows.len() <= 100, "{page}");
            paths.extend(rows);
            let link = format!("href=\"{list}?q=");
            next = text.split_once(&link).and_then(|(_, rest)| {
                let query = rest.split('"').next()?.replace("&amp;", "&");
                query.contains("after=").then(|| format!("{list}?q={query}"))
            });
        }
        let shown = paths.len();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!((shown, paths.len()), (everybody, everybody), "{list}");
    }
    let mut program = program_of(house, &ana).await;
    let (mut ids, mut next) = (Vec::new(), "/api/mentors".to_owned());
    loop {
        let page = program.get(&next).await.expect(200).json();
        ids.extend(page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        let Some(after) = page["next"].as_str() else { break };
        next = format!("/api/mentors?after={after}");
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 250);
    // A place that is none begins at the beginning.
    assert!(browser.get("/mentors?after=nonsense").await.expect(200).says("Íñigo 1"));
});

story!(a_nomination_is_seen_by_few, async |house: &House| {
    const POST: &str = "Dirección de Riesgos";
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    // Whoever mentors may be nominated too, and stands in the directory.
    let csv = COMPANY.replace("carla@example.org,mentee", "carla@example.org,both");
    take_in(house, &mut browser, "people", &csv).await;
    let sponsor = house.person(ana.organisation, "Iker Sponsor", &[Part::Sponsor]).await;
    let operator = house.person(ana.organisation, "Olga Operadora", &[Part::Operator]).await;
    let (carla, path) = of_sheet(&mut browser, &ana, "Carla Rey", "carla@example.org").await;
    let (manager, _) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    let (diego, _) = of_sheet(&mut browser, &ana, "Diego Paz", "diego@example.org").await;
    for (person, on_page, in_list) in [
        (&ana, true, Some(true)),
        (&sponsor, true, Some(true)),
        (&carla, true, None),
        (&manager, false, None),
        (&diego, false, None),
        (&operator, false, None),
    ] {
        let mut browser = house.browser_of(person).await;
        assert_eq!(browser.get(&path).await.expect(200).says(POST), on_page, "{}", person.name);
        let api = program_of(house, person).await.get(&format!("/api{path}")).await.expect(200).json();
        assert_eq!(api["post"] == POST, on_page, "{}", person.name);
        for list in ["/nominations", "/nominations/export?form=csv"] {
            let seen = browser.get(list).await;
            assert_eq!((seen.status == 200).then(|| seen.says(POST)), in_list, "{}", person.name);
        }
        for list in ["/mentors", "/mentors?q=direccion", "/mentors/export?form=csv", "/people/export?form=csv", "/"] {
            assert!(!browser.get(list).await.says(POST), "{list}");
        }
        assert!(!program_of(house, person).await.get("/api/mentors").await.says(POST));
    }
});

story!(who_is_not_in_the_directory_is_read_by_few, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let sponsor = house.person(ana.organisation, "Iker Sponsor", &[Part::Sponsor]).await;
    let (carla, path) = of_sheet(&mut browser, &ana, "Carla Rey", "carla@example.org").await;
    let (diego, _) = of_sheet(&mut browser, &ana, "Diego Paz", "diego@example.org").await;
    let (alvaro, mentor) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    let zoe = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    for (person, status) in [(&ana, 200), (&sponsor, 200), (&carla, 200), (&diego, 404), (&alvaro, 404), (&zoe, 404)] {
        house.browser_of(person).await.get(&path).await.expect(status);
        program_of(house, person).await.get(&format!("/api{path}")).await.expect(status);
    }
    // What a colleague sees of a mentor's page: no manager, no id, no form, no parts.
    let seen = house.browser_of(&diego).await.get(&mentor).await.expect(200);
    assert!(
        seen.says("Veinte años de riesgos.")
            && !seen.says(">E1<")
            && !seen.says("/edit")
            && !seen.says("name=\"parts\"")
    );
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (_, path) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    let zoe = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    let mut other = house.browser_of(&zoe).await;
    other.get(&path).await.expect(404);
    other.get(&format!("{path}/edit")).await.expect(404);
    for (door, form) in [("edit", [("name", "X")]), ("parts", [("parts", "sponsor")]), ("invite", [("", "")])] {
        other.post(&format!("{path}/{door}"), &form).await.expect(404);
        house.stranger().post(&format!("{path}/{door}"), &form).await.expect(303);
    }
    house.work().await;
    assert!(house.mail_to("alvaro@example.org").await.is_none());
    for page in ["/mentors?q=alvaro", "/people?q=alvaro", "/mentors/export?form=csv", "/people/export?form=csv"] {
        assert!(!other.get(page).await.expect(200).says("Núñez"), "{page}");
        assert!(house.stranger().get(page).await.expect(303).location().starts_with("/sign-in"));
    }
    house.stranger().get("/api/mentors").await.expect(401);
    house.stranger().get(&format!("/api{path}")).await.expect(401);
    assert!(program_search(&mut program_of(house, &zoe).await, "").await.is_empty());
    assert!(browser.get(&path).await.expect(200).says("Álvaro Núñez"), "and nothing was changed");
});

story!(people_change_their_own_page_within_limits, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (carla, path) = of_sheet(&mut browser, &ana, "Carla Rey", "carla@example.org").await;
    let mut own = house.browser_of(&carla).await;
    assert_eq!(own.get("/profile").await.expect(303).location(), path);
    let changes = [
        ("title", "Analista jefe"),
        ("biography", "Primera línea.\r\nSegunda línea."),
        ("wanted", "Oratoria: 2\r\nNegociación"),
        ("languages", "español, inglés"),
        // What is the coordinator's to say is not heeded.
        ("post", "Presidencia"),
        ("manager", "begona@example.org"),
        ("external-id", "E99"),
        ("address", "other@example.org"),
        ("preferences", "begona@example.org"),
    ];
    edit(&mut own, &path, &["mentor"], &changes).await.expect(303);
    let page = own.get(&path).await.expect(200);
    for words in ["Analista jefe", "<p>Primera línea.</p>", "<p>Segunda línea.</p>", "Oratoria", "Dirección de Riesgos"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    for words in ["Presidencia", "begona@example.org", "E99", "other@example.org"] {
        assert!(!page.says(words), "{words}");
    }
    assert!(!browser.get("/mentors").await.says("Carla Rey"), "nobody makes themselves a mentor");
    // What is wrong is said, and what was written is still there.
    let wrong =
        edit(&mut own, &path, &[], &[("zone", "Europe/Bilbo"), ("wanted", "Oratoria: 9"), ("place", "Getxo")]).await;
    let wrong = wrong.expect(422);
    assert!(wrong.says("href=\"#zone\"") && wrong.says("href=\"#wanted\"") && wrong.says("Getxo"), "{}", wrong.text());
    // Somebody else's page is not theirs.
    let (_, other) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    own.get(&format!("{other}/edit")).await.expect(404);
    own.post(&format!("{other}/edit"), &[("name", "X"), ("version", "1")]).await.expect(404);
    assert!(browser.get("/audit").await.expect(200).says("Carla Rey"));
});

story!(who_saves_second_sees_both_texts, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (carla, path) = of_sheet(&mut browser, &ana, "Carla Rey", "carla@example.org").await;
    let mut own = house.browser_of(&carla).await;
    let (hers, mine) = (format!("{path}/edit"), format!("{path}/edit"));
    let (hers, mine) = (own.get(&hers).await.text(), browser.get(&mine).await.text());
    send(&mut own, &path, &hers, &[], &[("title", "Analista jefe")]).await.expect(303);
    let changes = [("title", "Analista sénior"), ("post", "Dirección Financiera")];
    let refused = send(&mut browser, &path, &mine, &["mentee"], &changes).await.expect(409);
    assert!(refused.says("Alguien guardó otros cambios mientras tanto"));
    assert!(refused.says("<dd>Analista jefe</dd>") && refused.says("value=\"Analista sénior\""));
    assert!(refused.says("<dd>Dirección de Riesgos</dd>") && refused.says("value=\"Dirección Financiera\""));
    // Saved again, it is what stands.
    send(&mut browser, &path, &refused.text(), &["mentee"], &[]).await.expect(303);
    let page = browser.get(&path).await.expect(200);
    assert!(page.says("Analista sénior") && page.says("Dirección Financiera"));

    // Both at the same instant: one is told.
    for round in 0..5 {
        let (hers, mine) = (format!("{path}/edit"), format!("{path}/edit"));
        let (hers, mine) = (own.get(&hers).await.text(), browser.get(&mine).await.text());
        let (one, other) = (format!("Uno {round}"), format!("Otro {round}"));
        let (one, other) = ([("unit", one.as_str())], [("unit", other.as_str())]);
        let answers = tokio::join!(
            send(&mut own, &path, &hers, &[], &one),
            send(&mut browser, &path, &mine, &["mentee"], &other)
        );
        let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
    }
});

story!(roles_bring_their_parts_and_take_them_along, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (carla, path) = of_sheet(&mut browser, &ana, "Carla Rey", "carla@example.org").await;
    let (alvaro, _) = of_sheet(&mut browser, &ana, "Álvaro Núñez", "alvaro@example.org").await;
    let parts = async |person: &Person| {
        let held = identity::parts_of(&house.app.db, person.id).await.unwrap();
        let mut parts: Vec<&str> = held.iter().map(|held| held.part.code()).collect();
        parts.sort_unstable();
        parts
    };
    assert_eq!(parts(&carla).await, ["mentee"]);
    assert_eq!(parts(&alvaro).await, ["mentor", "supervisor"], "a mentee's manager is a supervisor");
    edit(&mut browser, &path, &["mentor", "mentee"], &[]).await.expect(303);
    assert_eq!(parts(&carla).await, ["mentee", "mentor"]);
    assert!(browser.get("/mentors").await.says("Carla Rey"));
    edit(&mut browser, &path, &["mentee"], &[]).await.expect(303);
    assert_eq!(parts(&carla).await, ["mentee"]);
    // Together with another change, too.
    edit(&mut browser, &path, &["mentor"], &[("title", "Jefa")]).await.expect(303);
    assert_eq!(parts(&carla).await, ["mentor"]);
    edit(&mut browser, &path, &[], &[("title", "Consejera")]).await.expect(303);
    assert_eq!(parts(&carla).await, Vec::<&str>::new());
    assert!(!browser.get("/mentors").await.says("Carla Rey"));
});

story!(a_coordinator_adds_and_invites_a_person, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    browser.get("/people/new").await.expect(200);
    let person = [("name", "Nia Ruiz"), ("address", "Nia@Example.org"), ("roles", "mentor"), ("held", "Oratoria: 4")];
    let added = browser.post("/people/new", &person).await.expect(303);
    let path = added.location().to_owned();
    assert!(browser.get(&path).await.expect(200).says("nia@example.org"));
    let doubled =
        browser.post("/people/new", &[("name", "Otra Nia"), ("address", "nia@example.org")]).await.expect(422);
    assert!(doubled.says("Ya hay una persona con esa dirección") && doubled.says("Otra Nia"));
    let wrong = browser.post("/people/new", &[("name", ""), ("address", "nia")]).await.expect(422);
    assert!(wrong.says("href=\"#address\""), "{}", wrong.text());
    // The same address in another organisation is another person.
    let zoe = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    house.browser_of(&zoe).await.post("/people/new", &person).await.expect(303);

    browser.post(&format!("{path}/invite"), &[]).await.expect(303);
    house.work().await;
    let mail = house.mail_to("nia@example.org").await.expect("an invitation");
    assert!(mail.contains("Banco del Norte te invita"));
    let link = house.link_to("nia@example.org").await;
    let mut nia = house.stranger();
    nia.post(&link, &[]).await.expect(303);
    assert!(nia.get("/").await.expect(200).says("Nia Ruiz"));
    nia.get("/people").await.expect(404);
    nia.get("/people/new").await.expect(404);
    nia.post("/people/new", &person).await.expect(404);
    nia.post(&format!("{path}/invite"), &[]).await.expect(404);
});

story!(parts_are_given_with_care, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (begona, path) = of_sheet(&mut browser, &ana, "Begoña Sáez", "begona@example.org").await;
    browser.post(&format!("{path}/parts"), &[("parts", "sponsor"), ("parts", "faculty")]).await.expect(303);
    let page = browser.get(&path).await.expect(200);
    assert!(page.says("value=\"sponsor\" checked") && page.says("value=\"faculty\" checked"));
    assert!(browser.get("/mentors").await.says("Begoña Sáez"), "roles are left alone");
    let mut hers = house.browser_of(&begona).await;
    hers.get("/nominations").await.expect(200);
    browser.post(&format!("{path}/parts"), &[]).await.expect(303);
    hers.get("/nominations").await.expect(404);
    assert!(browser.get(&path).await.says("value=\"supervisor\"") && browser.get("/mentors").await.says("Begoña Sáez"));
    // Rights that one does not have one does not give.
    hers.post(&format!("{path}/parts"), &[("parts", "coordinator")]).await.expect(404);
    let own = format!("/people/{}", ana.id);
    let last = browser.post(&format!("{own}/parts"), &[("parts", "sponsor")]).await.expect(422);
    assert!(last.says("Tiene que quedar al menos una persona que coordine"));
});

story!(what_is_exported_runs_nowhere, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let csv = "Name,Email,Title,Unit,Post\n=1+1,one@example.org,+SUM(A1),-2,@cmd\n\"Ruiz, Nia\",nia@example.org,\"Head \"\"x\"\"\",Ñ;b,\n";
    take_in(house, &mut browser, "mentors", csv).await;
    for list in ["/mentors", "/people", "/nominations"] {
        let plain = browser.get(&format!("{list}/export?form=csv")).await.expect(200);
        assert!(plain.headers["content-type"].to_str().unwrap().starts_with("text/csv"));
        assert!(plain.headers["content-disposition"].to_str().unwrap().contains("attachment"));
        for line in plain.text().trim_start_matches('\u{feff}').lines() {
            for cell in line.split(',') {
                assert!(!cell.trim_matches('"').starts_with(['=', '+', '-', '@']), "{list}: {cell}");
            }
        }
        let book = browser.get(&format!("{list}/export?form=xlsx")).await.expect(200);
        for seen in [plain, book] {
            let sheet = grids::read(&seen.body, "export").unwrap();
            assert_eq!(sheet.rows[0].cells[..2], ["=1+1", "one@example.org"], "{list}: what came in goes out");
        }
    }
    let all = browser.get("/mentors/export?form=csv").await.text();
    assert!(all.contains("\"Ruiz, Nia\"") && all.contains("\"Head \"\"x\"\"\"") && all.contains("\"Ñ;b\""));
    assert!(!browser.get("/mentors/export?form=csv&q=ruiz").await.text().contains("one@example.org"));
});

story!(programs_read_what_their_person_may, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "people", COMPANY).await;
    let (diego, _) = of_sheet(&mut browser, &ana, "Diego Paz", "diego@example.org").await;
    let mut program = program_of(house, &diego).await;
    let found = program_search(&mut program, "alvaro").await;
    let [alvaro] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(alvaro["name"], "Álvaro Núñez");
    let person = program.get(&format!("/api/people/{}", alvaro["id"].as_str().unwrap())).await.expect(200).json();
    assert_eq!(person["held"], serde_json::json!([{ "name": "Negociación", "level": 4 }]));
    assert_eq!((&person["mentor"], &person["post"]), (&true.into(), &serde_json::Value::Null));
    // A token opens no page, and a session no door for programs.
    program.get("/mentors").await.expect(303);
    browser.get("/api/mentors").await.expect(401);
    program.get("/api/people/none").await.expect(404);
    let absent = program.get("/api/people/01920000-0000-7000-8000-000000000000").await.expect(404);
    assert!(absent.headers["content-type"].to_str().unwrap().starts_with("application/problem+json"));
});

story!(a_search_of_any_length_is_a_search, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    // As long as an address may be, which is more than SQLite takes as a pattern.
    let long = "q".repeat(60_000);
    for list in ["/mentors", "/people"] {
        assert!(browser.get(&format!("{list}?q={long}")).await.expect(200).says("Nadie coincide con la búsqueda."));
    }
});

story!(whoever_has_no_mentee_in_their_line_is_a_supervisor_no_longer, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let sheet = |manager: &str, other: &str| {
        format!(
            "Name,Email,Manager\nEva Boss,eva@example.org,\nLeo Head,leo@example.org,\nNia Ruiz,nia@example.org,{manager}\nUnai Gil,unai@example.org,{other}\n"
        )
    };
    let supervisors = async |browser: &mut Client| {
        let seen = browser.get("/people?part=supervisor").await.expect(200).text();
        ["Eva Boss", "Leo Head"].into_iter().filter(|name| seen.contains(name)).collect::<Vec<_>>()
    };
    take_in(house, &mut browser, "mentees", &sheet("eva@example.org", "eva@example.org")).await;
    assert_eq!(supervisors(&mut browser).await, ["Eva Boss"]);
    take_in(house, &mut browser, "mentees", &sheet("leo@example.org", "eva@example.org")).await;
    assert_eq!(supervisors(&mut browser).await, ["Eva Boss", "Leo Head"], "one of two is left");
    take_in(house, &mut browser, "mentees", &sheet("leo@example.org", "leo@example.org")).await;
    assert_eq!(supervisors(&mut browser).await, ["Leo Head"]);
    // Who is a mentee no longer is no reason either.
    for name in ["Nia Ruiz", "Unai Gil"] {
        let path = path_of(&browser.get("/people").await.text(), name);
        let mut fields = fields(&browser.get(&format!("{path}/edit")).await.expect(200).text());
        fields.insert("roles".to_owned(), "mentor".to_owned());
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&format!("{path}/edit"), &fields).await.expect(303);
    }
    assert_eq!(supervisors(&mut browser).await, [""; 0]);
});
