//! A pairing in the browser: rules, result, files; and that it is the coordinator's alone.

use telemaco::identity::Part;
use telemaco::sheets as grids;

use crate::story;
use crate::support::form::fields;
use crate::support::sheets::take_in;
use crate::support::{Client, House};

const MENTORS: &str = "Name,Email,Skills,Capacity,Grade,Languages,Line manager\n\
    Álvaro Núñez,alvaro@example.org,Negociación:5,1,A,español,\n\
    Begoña Sáez,begona@example.org,Oratoria:4;Negociación:2,1,A,\"español, inglés\",\n";
const MENTEES: &str = "Name,Email,Skills,Grade,Languages,Line manager\n\
    Carla Rey,carla@example.org,Negociación,B,español,begona@example.org\n\
    Diego Paz,diego@example.org,Oratoria,B,inglés,alvaro@example.org\n\
    Eva Gil,eva@example.org,Oratoria,B,español,\n";

async fn rules(browser: &mut Client) -> String {
    fields(&browser.get("/pairing").await.expect(200).text())["rules"].clone()
}

story!(rules_a_run_and_its_files, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    assert!(
        browser.get("/pairing").await.expect(200).says("href=\"/imports\""),
        "with nobody there, the next step is an import"
    );
    take_in(house, &mut browser, "mentors", MENTORS).await;
    take_in(house, &mut browser, "mentees", MENTEES).await;
    let rules = rules(&mut browser).await;
    for rule in ["reporting-line", "competencies", "language"] {
        assert!(rules.contains(rule), "{rules}");
    }
    let result = browser.post("/pairing", &[("rules", &rules)]).await.expect(200);
    for words in ["Carla Rey", "Álvaro Núñez", "Diego Paz", "Begoña Sáez", "Eva Gil", "Negociación"] {
        assert!(result.says(words), "{words}");
    }
    // The rules stand below the result as they were, to be changed and run again.
    assert_eq!(fields(&result.text())["rules"].trim(), rules.trim());

    let mut files = Vec::new();
    for (form, kind, name) in [
        ("json", "application/json", "pairs.json"),
        ("csv", "text/csv", "pairs.csv"),
        ("xlsx", "application/vnd.openxmlformats", "pairs.xlsx"),
        ("report", "application/octet-stream", "pairs.html"),
        ("rules", "application/toml", "rules.toml"),
    ] {
        let file = browser.post("/pairing/files", &[("rules", &rules), ("form", form)]).await.expect(200);
        assert!(file.headers["content-type"].to_str().unwrap().starts_with(kind), "{form}");
        assert_eq!(file.headers["content-disposition"], format!("attachment; filename=\"{name}\""));
        house.pass(jiff::SignedDuration::from_hours(30));
        let again = browser.post("/pairing/files", &[("rules", &rules), ("form", form)]).await.expect(200);
        assert!(file.body == again.body, "{form}: the same rules and people give the same bytes");
        files.push(file);
    }
    let json = files[0].json();
    let pairs: Vec<(&str, &str)> = json["pairs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (pair["mentee"].as_str().unwrap(), pair["mentor"].as_str().unwrap()))
        .collect();
    assert_eq!(pairs, [("carla@example.org", "alvaro@example.org"), ("diego@example.org", "begona@example.org")]);
    assert_eq!(json["left_out"][0]["mentee"], "eva@example.org");
    assert_eq!(json["certificate"]["gap"], 0);
    let table = grids::read(&files[1].body, "pairs.csv").unwrap();
    assert_eq!(table.rows.len(), 3);
    assert_eq!(grids::read_all(&files[2].body, "pairs.xlsx").unwrap().len(), 2);
    assert!(files[3].says("<html") && files[3].says("Eva Gil"));
    assert_eq!(files[4].text().trim(), rules.trim());
    assert!(browser.get("/audit?verb=pairing").await.expect(200).says("Ana Pérez"));
});

story!(wrong_rules_are_said_with_their_line, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "mentors", MENTORS).await;
    take_in(house, &mut browser, "mentees", MENTEES).await;
    for (rules, words) in [
        ("[[must]]\nrule = \"conflict\"\n[[prefer]]\nrule = \"charm\"\nweight = 3\n", "4"),
        ("[[prefer]]\nrule = \"similar\"\nattribute = \"zodiac\"\nweight = 3\n", "zodiac"),
        ("this is <b>no</b> TOML", "1"),
    ] {
        for door in ["/pairing", "/pairing/files"] {
            let refused = browser.post(door, &[("rules", rules)]).await.expect(422);
            assert!(refused.says(words), "{door}: {}", refused.text());
            if door == "/pairing" {
                assert_eq!(fields(&refused.text())["rules"].trim(), rules.trim(), "what was written is still there");
                assert!(refused.says("href=\"#rules\""));
            }
        }
    }
    // No rule at all is allowed: then everybody who has a seat gets it.
    browser.post("/pairing", &[("rules", "")]).await.expect(200);
    // Text of any length is refused or read, never a fault.
    let long = "# ".to_owned() + &"x".repeat(1_000_000);
    assert!(browser.post("/pairing", &[("rules", &long)]).await.status.as_u16() < 500);
});

story!(only_the_coordinator_pairs, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "mentors", MENTORS).await;
    take_in(house, &mut browser, "mentees", MENTEES).await;
    let rules = rules(&mut browser).await;
    let sent = [("rules", rules.as_str()), ("form", "json")];
    let others: [&[Part]; 4] = [&[Part::Sponsor, Part::Operator], &[Part::Mentor], &[Part::Mentee, Part::Faculty], &[]];
    for (number, parts) in others.into_iter().enumerate() {
        let person = house.person(ana.organisation, &format!("Nia {number}"), parts).await;
        let mut browser = house.browser_of(&person).await;
        browser.get("/pairing").await.expect(404);
        browser.post("/pairing", &sent).await.expect(404);
        browser.post("/pairing/files", &sent).await.expect(404);
    }
    // Another organisation's coordinator pairs their own people, of whom there are none.
    let zoe = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    let mut other = house.browser_of(&zoe).await;
    let seen = other.post("/pairing/files", &sent).await;
    assert!(!seen.says("example.org"), "{}", seen.text());
    assert!(house.stranger().get("/pairing").await.expect(303).location().starts_with("/sign-in"));
    house.stranger().post("/pairing", &sent).await.expect(303);
});

story!(a_run_costs_as_much_for_many_as_for_few, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "mentors", MENTORS).await;
    take_in(house, &mut browser, "mentees", MENTEES).await;
    let few =
        [browser.get("/pairing").await.statements(), browser.post("/pairing", &[("rules", "")]).await.statements()];
    let more = (0..150)
        .fold("Name,Email,Skills\n".to_owned(), |csv, row| format!("{csv}Nia {row},nia{row}@example.org,Oratoria\n"));
    take_in(house, &mut browser, "mentees", &more).await;
    let many =
        [browser.get("/pairing").await.statements(), browser.post("/pairing", &[("rules", "")]).await.statements()];
    assert_eq!(few, many);
});
