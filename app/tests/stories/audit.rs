//! The trail: who did what, as the coordinator searches it.

use jiff::SignedDuration;
use telemaco::audit::{self, Note};
use telemaco::identity::Part;
use telemaco::transaction;

use crate::story;
use crate::support::{House, Person};

/// Writes entries, a minute apart.
async fn write(house: &House, by: &Person, verb: &'static str, count: usize) {
    for _ in 0..count {
        house.pass(SignedDuration::from_mins(1));
        let note = Note::new(by.organisation.0, by.id.0, verb).about("person", by.id.0);
        let written: Result<(), telemaco::db::Error> =
            transaction!(house.app.db, tx => audit::note(&house.app, tx, note.clone()).await);
        written.unwrap();
    }
}

fn rows(page: &str) -> usize {
    page.matches("<tr role=\"row\"><td").count()
}

story!(the_trail_is_searched, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let alvaro = house.person(ana.organisation, "Álvaro Núñez", &[Part::Mentee]).await;
    let mut browser = house.browser_of(&ana).await;
    assert!(browser.get("/audit").await.expect(200).says("<p>"), "an empty trail says so");
    write(house, &ana, "identity.settings", 2).await;
    write(house, &alvaro, "identity.password", 1).await;
    for (query, count) in [
        ("", 3),
        ("?q=alvaro", 1),
        ("?q=%C3%81LVARO+nu%C3%B1ez", 1),
        ("?q=alvaro.nunez%40example.org", 1),
        ("?q=nadie", 0),
        ("?verb=identity", 3),
        ("?verb=people", 0),
        ("?q=ana&verb=identity", 2),
        // What the engines' LIKE would take for more than a letter is a letter.
        ("?q=%25", 0),
        ("?q=_", 0),
        ("?q=%5C", 0),
        ("?q=ana%5C", 0),
        ("?verb=%25", 0),
        ("?verb=IDENTITY", 0),
    ] {
        let page = browser.get(&format!("/audit{query}")).await.expect(200).text();
        assert_eq!(rows(&page), count, "{query}: {page}");
    }
    let page = browser.get("/audit?q=%22%3E%3Cb%3E").await.expect(200).text();
    assert!(page.contains("value=\"&#34;&#62;&#60;b&#62;\""), "what was searched stays, and is only text");
});

story!(the_trail_is_read_page_by_page_at_the_same_cost, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    write(house, &ana, "identity.settings", 3).await;
    let mut browser = house.browser_of(&ana).await;
    let few = browser.get("/audit").await.expect(200).statements();
    write(house, &ana, "identity.settings", 202).await;
    // Her session is noted as in use, now and then: that is one statement more.
    browser.get("/audit").await.expect(200);
    let (mut path, mut sizes) = ("/audit?verb=identity&q=ana".to_owned(), Vec::new());
    loop {
        let seen = browser.get(&path).await.expect(200);
        assert_eq!(seen.statements(), few);
        let page = seen.text();
        sizes.push(rows(&page));
        let Some(rest) = page.split("class=\"button plain\" href=\"").nth(1) else { break };
        path = rest.split('"').next().unwrap().replace("&amp;", "&");
        assert!(path.contains("verb=identity") && path.contains("q=ana"), "the search goes along: {path}");
    }
    assert_eq!(sizes, [100, 100, 5]);
    // Three of them ask what is kept from this reader.
    assert_eq!(few, 5);
});

story!(the_trail_goes_out_as_a_sheet, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "=Ana+Pérez").await;
    write(house, &ana, "identity.settings", 2).await;
    let mut browser = house.browser_of(&ana).await;
    let seen = browser.get("/audit/export?form=csv&verb=identity").await.expect(200);
    assert_eq!(seen.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(seen.header("content-disposition"), "attachment; filename=\"audit.csv\"");
    let text = seen.text();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("'=Ana+Pérez"), "a name that a spreadsheet would compute is made harmless: {text}");
    let seen = browser.get("/audit/export?form=xlsx").await.expect(200);
    assert!(seen.body.starts_with(b"PK") && seen.header("content-disposition").contains("audit.xlsx"));
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let eva = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    write(house, &ana, "identity.settings", 2).await;
    let mut browser = house.browser_of(&eva).await;
    for path in ["/audit", "/audit?q=ana", "/audit/export?form=csv"] {
        let seen = browser.get(path).await.expect(200);
        assert!(!seen.says("Ana Pérez") && !seen.says("ana.perez@example.org"), "{path}");
    }
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Sponsor, Part::Operator, Part::Mentor]).await;
    let mut browser = house.browser_of(&luis).await;
    browser.get("/audit").await.expect(404);
    browser.get("/audit/export").await.expect(404);
    assert!(!browser.get("/").await.expect(200).says("href=\"/audit\""));
});
