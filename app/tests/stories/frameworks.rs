//! Frameworks: everybody reads them, coordinators copy and change them, and a version once written stays.

use telemaco::frameworks::{self, FrameworkVersionId};
use telemaco::i18n::Lang;
use telemaco::identity::Part;

use crate::story;
use crate::support::before::shipped;
use crate::support::form::fields;
use crate::support::{Client, House, Person, Seen};

/// Copies the shipped framework and gives the path of the copy.
async fn copied(browser: &mut Client) -> String {
    let seen = browser.post("/frameworks/copy", &[("of", "executive")]).await.expect(303);
    seen.location().strip_suffix("/edit").unwrap().to_owned()
}

/// Sends the form of a page with these fields changed.
async fn send(browser: &mut Client, path: &str, page: &str, changes: &[(&str, &str)]) -> Seen {
    let mut filled = fields(page);
    filled.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    let sent: Vec<(&str, &str)> = filled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &sent).await
}

async fn edit(browser: &mut Client, path: &str, changes: &[(&str, &str)]) -> Seen {
    let page = browser.get(path).await.expect(200).text();
    send(browser, path, &page, changes).await
}

/// The number of the newest version, as the form carries it.
async fn version(browser: &mut Client, framework: &str) -> String {
    fields(&browser.get(&format!("{framework}/edit")).await.expect(200).text()).remove("version").unwrap()
}

story!(everybody_reads_and_coordinators_copy, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let mentee = house.person(ana.organisation, "Carla Rey", &[Part::Mentee]).await;
    let mut reader = house.browser_of(&mentee).await;
    let empty = browser.get("/frameworks").await.expect(200);
    assert!(empty.says("Hay un marco listo para usar") && empty.says("action=\"/frameworks/copy\""));
    let empty = reader.get("/frameworks").await.expect(200);
    assert!(empty.says("/frameworks/executive") && !empty.says("action=\"/frameworks/copy\""));
    let ready = reader.get("/frameworks/executive").await.expect(200);
    assert!(ready.says("Competencias directivas") && ready.says("Persuasión oral y retórica"));
    assert!(ready.says("CC BY 4.0") && ready.says("dominio público"), "with its attribution");
    assert!(!ready.says("Cambiar este marco"));

    let own = copied(&mut browser).await;
    let page = reader.get(&own).await.expect(200);
    assert!(page.says("Versión 1") && page.says("3 · Aplica con autonomía") && !page.says("/edit"));
    assert!(browser.get(&own).await.expect(200).says("Cambiar este marco"));
    // A copy of the copy, and another of what is shipped, are frameworks of their own.
    let page = browser.get(&own).await.text();
    let of = fields(&page).remove("of").unwrap();
    let second = browser.post("/frameworks/copy", &[("of", &of)]).await.expect(303).location().to_owned();
    let third = browser.post("/frameworks/copy", &[("of", "executive")]).await.expect(303).location().to_owned();
    assert!(second != third && browser.get(&second).await.expect(200).says("Competencias directivas (copia)"));
    assert_eq!(reader.get("/frameworks").await.text().matches("<a href=\"/frameworks/0").count(), 3);
    for path in ["/frameworks", own.as_str(), &second, &format!("{own}/versions")] {
        let few = browser.get(path).await.expect(200).statements();
        assert!(few <= 4, "{path}: {few}");
    }

    // In English everything is there too.
    let settings = [("name", "Carla Rey"), ("lang", "en"), ("zone", "Europe/Madrid")];
    reader.post("/account", &settings).await.expect(303);
    let page = reader.get(&own).await.expect(200);
    assert!(page.says("Executive competencies") && page.says("3 · Applies independently") && !page.says("autonomía"));
    assert!(browser.get("/audit").await.expect(200).says("Copió un marco de competencias"));
});

story!(a_change_is_a_version_and_the_former_stays, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let own = copied(&mut browser).await;
    let began = frameworks::choices(&house.app.db, ana.organisation).await.unwrap().remove(0);
    let negotiation = format!("{own}/competencies/negotiation");
    let changes =
        [("name-es", "Negociar"), ("level-2-es", "  Prepara por escrito. \r\n\r\n Pregunta. "), ("level-2-en", "")];
    edit(&mut browser, &negotiation, &changes).await.expect(303);
    let page = browser.get(&own).await.expect(200);
    assert!(
        page.says("Versión 2")
            && page.says(">Negociar<")
            && page.says("<li>Prepara por escrito.</li><li>Pregunta.</li>")
    );
    assert!(browser.get(&format!("{own}/versions/1")).await.expect(200).says(">Negociación<"));
    // What an edition began with stays as it was.
    let kept = frameworks::version(&house.app.db, began.version).await.unwrap().unwrap();
    assert_eq!(kept.content, *frameworks::shipped().unwrap());
    let chosen = frameworks::choices(&house.app.db, ana.organisation).await.unwrap().remove(0);
    assert_eq!((chosen.framework, chosen.number), (began.framework, 2));
    assert_eq!(chosen.name.told(Lang::Es), "Competencias directivas");
    // Saved again as it stands, it is no new version.
    edit(&mut browser, &negotiation, &[]).await.expect(303);
    assert_eq!(version(&mut browser, &own).await, "2");

    // What one language does not say is shown in the other, and says so to a screen reader.
    let settings = [("name", "Ana Pérez"), ("lang", "en"), ("zone", "Europe/Madrid")];
    browser.post("/account", &settings).await.expect(303);
    assert!(browser.get(&own).await.expect(200).says("<ul lang=\"es\"><li>Prepara por escrito.</li>"));
    let settings = [("name", "Ana Pérez"), ("lang", "es"), ("zone", "Europe/Madrid")];
    browser.post("/account", &settings).await.expect(303);

    let mut new = vec![("version", "2"), ("name-es", "Ética"), ("what-es", "Otra ética"), ("what-en", "")];
    new.extend([
        ("level-1-es", "a"),
        ("level-2-es", "b"),
        ("level-3-es", "c"),
        ("level-4-es", "d"),
        ("level-5-en", "e"),
    ]);
    browser.get(&format!("{own}/competencies/new")).await.expect(200);
    browser.post(&format!("{own}/competencies/new"), &new).await.expect(303);
    browser.get(&format!("{own}/competencies/etica")).await.expect(200);
    let step = [("version", "3"), ("to", "up")];
    browser.post(&format!("{own}/competencies/leading-people/move"), &step).await.expect(303);
    assert_eq!(version(&mut browser, &own).await, "3", "the first goes no higher");
    browser.post(&format!("{own}/competencies/etica/move"), &step).await.expect(303);
    let page = browser.get(&own).await.text();
    assert!(page.find("id=\"etica\"").unwrap() < page.find("id=\"learning\"").unwrap());
    browser.post(&format!("{own}/competencies/results/remove"), &[("version", "4")]).await.expect(303);
    browser.get(&format!("{own}/competencies/results")).await.expect(404);
    edit(&mut browser, &format!("{own}/edit"), &[("name-es", "El nuestro"), ("level-1-es", "Se asoma")])
        .await
        .expect(303);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("<h1>El nuestro</h1>") && page.says("1 · Se asoma") && page.says("Versión 6"));

    let versions = browser.get(&format!("{own}/versions")).await.expect(200);
    for change in [
        "Empezó el marco",
        "Cambió «Negociación»",
        "Se añadió «Ética»",
        "Cambió el lugar de «Ética»",
        "Se quitó «Orientación a resultados»",
        "Nombre, niveles o procedencia",
    ] {
        assert!(versions.says(change), "{change}");
    }
    let back = [("version", "6"), ("number", "1")];
    browser.post(&format!("{own}/restore"), &back).await.expect(303);
    let page = browser.get(&own).await.expect(200);
    assert!(page.says("Versión 7") && page.says("Orientación a resultados") && !page.says("El nuestro"));
    browser.get(&format!("{own}/versions/8")).await.expect(404);
    let older = browser.get(&format!("{own}/versions?before=3")).await.expect(200);
    assert!(older.says("Versión 2") && !older.says("Versión 3<"));
});

story!(what_is_wrong_is_said_and_nothing_typed_is_lost, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let own = copied(&mut browser).await;
    let long = "a".repeat(401);
    let changes =
        [("what-es", ""), ("what-en", ""), ("level-1-es", long.as_str()), ("level-3-es", ""), ("level-3-en", "")];
    let wrong = edit(&mut browser, &format!("{own}/competencies/ethics"), &changes).await.expect(422);
    for field in ["what-es", "level-1-es", "level-3-es"] {
        assert!(wrong.says(&format!("href=\"#{field}\"")) && wrong.says(&format!("id=\"{field}\"")), "{field}");
    }
    assert!(wrong.says(&long));
    let wrong = edit(&mut browser, &format!("{own}/edit"), &[("name-es", ""), ("name-en", " ")]).await.expect(422);
    assert!(wrong.says("href=\"#name-es\""));
    let wrong =
        browser.post(&format!("{own}/competencies/new"), &[("version", "1"), ("name-en", "Sólo")]).await.expect(422);
    assert!(wrong.says("value=\"Sólo\"") && wrong.says("Añadir la competencia"));
    assert_eq!(version(&mut browser, &own).await, "1");
    // The last competency stays.
    let page = browser.get(&format!("{own}/edit")).await.text();
    let keys: Vec<&str> = page.split("<li id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    assert_eq!(keys.len(), 12);
    for (number, key) in (1..).zip(&keys[1..]) {
        let version = [("version", number.to_string())];
        let version: Vec<(&str, &str)> = version.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&format!("{own}/competencies/{key}/remove"), &version).await.expect(303);
    }
    let last = browser.post(&format!("{own}/competencies/{}/remove", keys[0]), &[("version", "12")]).await.expect(422);
    assert!(last.says("Un marco necesita al menos una competencia"));
});

story!(who_saves_second_sees_both_texts, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let berta = house.person(ana.organisation, "Berta Coll", &[Part::Coordinator]).await;
    let (mut one, mut other) = (house.browser_of(&ana).await, house.browser_of(&berta).await);
    let own = copied(&mut one).await;
    let path = format!("{own}/competencies/ethics");
    let (hers, mine) = (one.get(&path).await.text(), other.get(&path).await.text());
    send(&mut one, &path, &hers, &[("name-es", "Integridad")]).await.expect(303);
    let refused = send(&mut other, &path, &mine, &[("name-es", "Honradez"), ("level-1-es", "Uno")]).await.expect(409);
    assert!(refused.says("Alguien guardó otra versión mientras tanto"));
    assert!(refused.says("Integridad</dd>") && refused.says("value=\"Honradez\""));
    send(&mut other, &path, &refused.text(), &[]).await.expect(303);
    assert!(one.get(&own).await.says(">Honradez<"));

    // Removed by the one, still in the form of the other.
    let mine = other.get(&path).await.text();
    let number = version(&mut one, &own).await;
    one.post(&format!("{path}/remove"), &[("version", &number)]).await.expect(303);
    let refused = send(&mut other, &path, &mine, &[("name-es", "Rectitud")]).await.expect(409);
    assert!(refused.says("Alguien quitó esta competencia") && refused.says("value=\"Rectitud\""));
    send(&mut other, &format!("{own}/competencies/new"), &refused.text(), &[("name-en", "")]).await.expect(303);
    assert!(one.get(&own).await.says(">Rectitud<"));

    let heading = format!("{own}/edit");
    let (hers, mine) = (one.get(&heading).await.text(), other.get(&heading).await.text());
    send(&mut one, &heading, &hers, &[("name-es", "Uno")]).await.expect(303);
    let refused = send(&mut other, &heading, &mine, &[("name-es", "Otro")]).await.expect(409);
    assert!(refused.says("Uno</dd>") && refused.says("value=\"Otro\""));

    // Both at the same instant: one is told, and each version has one number.
    for round in 0..5 {
        let (hers, mine) = (one.get(&heading).await.text(), other.get(&heading).await.text());
        let names = [format!("Uno {round}"), format!("Otro {round}")];
        let (first, second) = ([("name-es", names[0].as_str())], [("name-es", names[1].as_str())]);
        let answers = tokio::join!(send(&mut one, &heading, &hers, &first), send(&mut other, &heading, &mine, &second));
        let mut answers = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409]);
    }
});

story!(what_ships_is_taken_over_once, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let (one, two, three) =
        tokio::join!(shipped(&house.app, &ana), shipped(&house.app, &ana), shipped(&house.app, &ana));
    assert_eq!((one, two), (two, three));
    let mut browser = house.browser_of(&ana).await;
    // What was changed since is what is taken.
    let list = frameworks::choices(&house.app.db, ana.organisation).await.unwrap();
    let [own] = list.as_slice() else { panic!("{list:?}") };
    let path = format!("/frameworks/{}", own.framework);
    edit(&mut browser, &format!("{path}/edit"), &[("name-es", "El del banco")]).await.expect(303);
    let now: FrameworkVersionId = shipped(&house.app, &ana).await;
    assert_ne!(now, one);
    let content = frameworks::version(&house.app.db, now).await.unwrap().unwrap().content;
    assert_eq!(content.name.told(Lang::Es), "El del banco");
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let own = copied(&mut house.browser_of(&ana).await).await;
    let zoe: Person = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    let carla = house.person(ana.organisation, "Carla Rey", &[Part::Mentee, Part::Sponsor]).await;
    let version = frameworks::choices(&house.app.db, ana.organisation).await.unwrap().remove(0).version.to_string();
    for (person, reads) in [(&zoe, false), (&carla, true)] {
        let mut browser = house.browser_of(person).await;
        for page in ["", "/versions", "/versions/1"] {
            browser.get(&format!("{own}{page}")).await.expect(if reads { 200 } else { 404 });
        }
        for page in ["edit", "competencies/new", "competencies/ethics"] {
            browser.get(&format!("{own}/{page}")).await.expect(404);
        }
        for (door, form) in [
            ("edit", vec![("name-es", "X"), ("version", "1")]),
            ("competencies/new", vec![("name-es", "X"), ("version", "1")]),
            ("competencies/ethics", vec![("name-es", "X"), ("version", "1")]),
            ("competencies/ethics/move", vec![("to", "up"), ("version", "1")]),
            ("competencies/ethics/remove", vec![("version", "1")]),
            ("restore", vec![("version", "1"), ("number", "1")]),
        ] {
            browser.post(&format!("{own}/{door}"), &form).await.expect(404);
            house.stranger().post(&format!("{own}/{door}"), &form).await.expect(303);
        }
        browser.post("/frameworks/copy", &[("of", &version)]).await.expect(404);
    }
    let list = house.browser_of(&zoe).await.get("/frameworks").await.expect(200);
    assert!(!list.says(&own) && list.says("/frameworks/executive"));
    assert!(house.stranger().get(&own).await.expect(303).location().starts_with("/sign-in"));
    assert!(house.browser_of(&ana).await.get(&own).await.says("Versión 1"), "and nothing was changed");
});

story!(what_nobody_uses_can_go, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    // The one that ships is taken over with the first edition, which goes on saying by what it was made.
    let used = shipped(&house.app, &ana).await;
    crate::support::before::open_edition(house, &ana, telemaco::programmes::Track::Promotion).await;
    let used = frameworks::version(&house.app.db, used).await.unwrap().unwrap().framework;
    let refused = browser.post(&format!("/frameworks/{used}/delete"), &[("version", "1")]).await.expect(422);
    assert!(refused.says("se queda, para que sigan diciendo"), "{}", refused.text());
    let own = copied(&mut browser).await;
    edit(&mut browser, &format!("{own}/edit"), &[("name-es", "Lo nuestro")]).await.expect(303);
    let page = browser.get(&format!("{own}/edit")).await.expect(200);
    assert!(page.says("Borrar «Lo nuestro»") && page.says("2 versiones"), "it says what will be lost: {}", page.text());
    browser.post(&format!("{own}/delete"), &[("version", "1")]).await.expect(409);
    let mentee = house.person(ana.organisation, "Carla Rey", &[Part::Mentee]).await;
    house.browser_of(&mentee).await.post(&format!("{own}/delete"), &[("version", "2")]).await.expect(404);
    browser.post(&format!("{own}/delete"), &[("version", "2")]).await.expect(303);
    browser.get(&own).await.expect(404);
    assert!(browser.get("/audit").await.expect(200).says("Borró un marco de competencias"));
});
