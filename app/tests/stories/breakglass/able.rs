//! Nobody is made able for the occasion: a part of this week, one that the other gave, and a bar that was taken away this week.

use jiff::SignedDuration;
use telemaco::identity::{self, Part};

use super::{Stage, form, long_held, reports_to};
use crate::story;
use crate::support::form::fields;
use crate::support::sheets::take_in;
use crate::support::{Client, House, Person};

/// Gives somebody exactly these parts, as a coordinator does it.
async fn give(house: &House, by: &Person, person: &Person, parts: &[Part]) {
    let viewer = house.viewer(by).await;
    identity::set_parts(&house.app, &viewer, person.id, parts).await.map_err(anyhow::Error::from).unwrap();
}

/// Whether somebody is offered as a second, and taken if named all the same.
async fn is_able(ana: &mut Client, stage: &Stage, person: &Person) -> bool {
    let offered = ana.get(&stage.ask()).await.expect(200).says(&format!("value=\"{}\"", person.id));
    let second = person.id.to_string();
    let asked = ana.post(&stage.ask(), &form(&second, &[])).await;
    match asked.status.as_u16() {
        303 => {
            assert!(offered, "{}", person.name);
            ana.post(&format!("{}/close", asked.location()), &[]).await.expect(303);
        }
        status => {
            assert!(status == 422 && !offered && asked.says("Esa persona no puede"), "{}", asked.text());
        }
    }
    offered
}

story!(nobody_is_made_able_for_the_occasion, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let eva = house.person(organisation, "Eva Ríos", &[Part::Coordinator]).await;
    let [fresh, hers, other, sponsor] = ["Parte Nueva", "Parte Dada", "Parte Ajena", "Pagaba Antes"];
    let fresh = house.person(organisation, fresh, &[Part::Faculty]).await;
    let hers = house.person(organisation, hers, &[]).await;
    let other = house.person(organisation, other, &[]).await;
    let sponsor = house.person(organisation, sponsor, &[Part::Secretary, Part::Sponsor]).await;
    give(house, &stage.pair.ana, &hers, &[Part::Faculty]).await;
    give(house, &eva, &other, &[Part::Faculty]).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    for person in [&fresh, &hers, &other, &sponsor] {
        assert!(!is_able(&mut ana, &stage, person).await, "{}", person.name);
    }
    // After more than a week: who was there, and who got it from somebody else; never who got it from her.
    long_held(house).await;
    give(house, &eva, &sponsor, &[Part::Secretary]).await;
    for (person, able) in [(&fresh, true), (&hers, false), (&other, true), (&sponsor, false)] {
        assert_eq!(is_able(&mut ana, &stage, person).await, able, "{}", person.name);
    }
    house.pass(SignedDuration::from_hours(24 * 7 + 1));
    let mut ana = house.browser_of(&stage.pair.ana).await;
    assert!(is_able(&mut ana, &stage, &sponsor).await, "a sponsor no longer, for more than a week");
    // Who gives a part to themselves has none of it.
    give(house, &eva, &eva, &[Part::Secretary]).await;
    long_held(house).await;
    assert!(!is_able(&mut ana, &stage, &eva).await);
    // From somebody else she has it.
    let iris = house.person(organisation, "Iris Mora", &[Part::Coordinator]).await;
    house.pass(SignedDuration::from_mins(1));
    give(house, &iris, &eva, &[]).await;
    give(house, &iris, &eva, &[Part::Secretary]).await;
    assert!(!is_able(&mut ana, &stage, &eva).await, "not this week");
    long_held(house).await;
    assert!(is_able(&mut ana, &stage, &eva).await);
});

story!(a_line_that_was_ended_this_week_still_bars, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let boss = house.person(organisation, "Jefa Directa", &[Part::Secretary]).await;
    long_held(house).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    assert!(is_able(&mut ana, &stage, &boss).await);
    reports_to(house, &stage.pair.lucia, &boss).await;
    assert!(!is_able(&mut ana, &stage, &boss).await);
    // The coordinator edits the line away, through the page on which it is done.
    let edit = format!("/people/{}/edit", stage.pair.lucia.id);
    let mut sent = fields(&ana.get(&edit).await.expect(200).text());
    assert_eq!(sent.insert("manager".to_owned(), String::new()).as_deref(), Some(boss.address.as_str()));
    let sent: Vec<(&str, &str)> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    ana.post(&edit, &sent).await.expect(303);
    assert!(!is_able(&mut ana, &stage, &boss).await, "she was until now");
    house.pass(SignedDuration::from_hours(24 * 7 + 1));
    let mut ana = house.browser_of(&stage.pair.ana).await;
    assert!(is_able(&mut ana, &stage, &boss).await);
});

story!(a_line_that_an_import_ended_bars_as_well, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let boss = house.person(stage.pair.ana.organisation, "Jefa Directa", &[Part::Secretary]).await;
    long_held(house).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    let sheet = |manager: &str| {
        let lucia = &stage.pair.lucia;
        format!("Name,Email,Manager\n{},{},{manager}\n", lucia.name, lucia.address)
    };
    take_in(house, &mut ana, "mentees", &sheet(&boss.address)).await;
    assert!(!is_able(&mut ana, &stage, &boss).await, "her line manager");
    take_in(house, &mut ana, "mentees", &sheet("")).await;
    let edit = ana.get(&format!("/people/{}/edit", stage.pair.lucia.id)).await.expect(200).text();
    assert_eq!(fields(&edit)["manager"], "", "the sheet has ended the line");
    assert!(!is_able(&mut ana, &stage, &boss).await, "she was until now");
    house.pass(SignedDuration::from_hours(24 * 7 + 1));
    let mut ana = house.browser_of(&stage.pair.ana).await;
    assert!(is_able(&mut ana, &stage, &boss).await);
});

story!(of_two_who_met_twice_one_chooses_and_the_search_leaves_a_trace, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let secretary = house.person(organisation, "Secretaria Justa", &[Part::Secretary]).await;
    let namesake = house.person(organisation, "Andrés Güell Mora", &[]).await;
    long_held(house).await;
    let mut lucia = house.browser_of(&stage.pair.lucia).await;
    lucia.post(&format!("{}/end", stage.home), &[("version", "1")]).await.expect(303);
    let new = [telemaco::mentorships::NewMentorship { mentee: stage.pair.lucia.id, mentor: stage.pair.andres.id }];
    let made: Result<Vec<_>, telemaco::db::Error> = telemaco::transaction!(house.app.db, tx => {
        telemaco::mentorships::begin(&house.app, tx, organisation, stage.pair.edition, &new).await
    });
    let second = format!("/mentorships/{}", made.unwrap()[0]);
    let mut browser = house.browser_of(&secretary).await;
    let two = [("one", stage.pair.lucia.address.as_str()), ("other", stage.pair.andres.address.as_str())];
    let found = browser.post("/break-glass", &two).await.expect(200);
    for pair in [&stage.home, &second] {
        assert!(found.says(&format!("{pair}/break-glass")), "{}", found.text());
    }
    assert!(found.says("elige cuál"), "{}", found.text());
    // A name that two bear is told as such, without saying who there is.
    let two = [("one", stage.pair.lucia.address.as_str()), ("other", stage.pair.andres.name.as_str())];
    let several = browser.post("/break-glass", &two).await.expect(422);
    assert!(several.says("escribe su dirección") && !several.says(&namesake.address), "{}", several.text());
    let trail = house.browser_of(&stage.pair.ana).await.get("/audit").await.expect(200);
    assert_eq!(trail.text().matches("Buscó la mentoría de dos personas").count(), 2, "{}", trail.text());
    // She has asked for nothing; there is her way in all the same.
    assert!(browser.get("/").await.expect(200).says("href=\"/break-glass\""));
    let home = house.browser_of(&stage.pair.ana).await.get("/").await.expect(200);
    assert!(home.says("href=\"/break-glass\""), "whoever coordinates has a way to what they asked");
});

story!(whoever_is_not_offered_is_named, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    assert!(!ana.get(&stage.ask()).await.expect(200).says("name=\"named\""), "all are offered");
    for number in 0..100 {
        house.person(organisation, &format!("Aaron {number:03}"), &[Part::Operator]).await;
    }
    long_held(house).await;
    let page = ana.get(&stage.ask()).await.expect(200);
    assert!(page.says("name=\"named\"") && !page.says("Luis Prado"), "{}", page.text());
    let unknown = ana.post(&stage.ask(), &form("", &[("named", "nadie@example.org")])).await.expect(422);
    assert!(unknown.says("value=\"nadie@example.org\""), "{}", unknown.text());
    let named = stage.luis.address.as_str();
    let asked = ana.post(&stage.ask(), &form("", &[("named", named)])).await.expect(303).location().to_owned();
    assert!(ana.get(&asked).await.expect(200).says("Luis Prado tiene que contestar"));
});
