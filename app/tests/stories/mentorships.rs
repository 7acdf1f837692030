//! Mentorships: what the pair sees, how either leaves without fault, and what the coordinator sees of it.

use telemaco::identity::Part;
use telemaco::mentorships::{self, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::{EditionId, Track};
use telemaco::transaction;

use crate::consent::cast::{edition, enrol};
use crate::story;
use crate::support::dump::{database, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};

struct Stage {
    ana: Person,
    edition: EditionId,
    lucia: Person,
    andres: Person,
    path: String,
}

async fn stage(house: &House) -> Stage {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let lucia = house.person(ana.organisation, "Lucía Ibáñez", &[]).await;
    let andres = house.person(ana.organisation, "Andrés Güell", &[]).await;
    let edition = edition(house, Track::Promotion, &ana, |_| {}).await;
    enrol(house, &ana, edition, Side::Mentee, std::slice::from_ref(&lucia)).await;
    enrol(house, &ana, edition, Side::Mentor, std::slice::from_ref(&andres)).await;
    let pair = [NewMentorship { mentee: lucia.id, mentor: andres.id }];
    let made: Result<Vec<mentorships::MentorshipId>, telemaco::db::Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, ana.organisation, edition, &pair).await
    });
    let path = format!("/mentorships/{}", made.unwrap()[0]);
    Stage { ana, edition, lucia, andres, path }
}

async fn holds(house: &House, person: &Person, part: Part) -> bool {
    let parts = telemaco::identity::parts_of(&house.app.db, person.id).await.unwrap();
    parts.iter().any(|held| held.part == part && matches!(held.scope, telemaco::identity::Scope::Mentorship(_)))
}

story!(the_pair_sees_whom_since_when_and_what_comes_next, async |house: &House| {
    let stage = stage(house).await;
    let mut lucia = house.browser_of(&stage.lucia).await;
    let list = lucia.get("/mentorships").await.expect(200);
    assert!(list.says("<h1>Andrés Güell es tu mentor o mentora</h1>") && list.says(&stage.path));
    let page = lucia.get(&stage.path).await.expect(200);
    assert!(page.says("mailto:andres.guell@example.org") && page.says("a más tardar el 29 de enero de 2027"));
    assert!(page.says("Vuestra mentoría no tiene todavía acuerdo"), "what else there is to do stands below");
    let mut andres = house.browser_of(&stage.andres).await;
    assert!(andres.get("/mentorships").await.expect(200).says("Mentorizas a una persona"));
    assert!(andres.get(&stage.path).await.expect(200).says("Lucía Ibáñez aprende contigo"));
    assert!(holds(house, &stage.lucia, Part::Mentee).await && holds(house, &stage.andres, Part::Mentor).await);
    // Before they meet, both are sent to the orientation first, and the wishes before a pairing are nobody's next step now.
    for (browser, comes) in [(&mut lucia, "Aprendes con Andrés Güell"), (&mut andres, "Acompañas a Lucía Ibáñez")]
    {
        assert_eq!(browser.get("/").await.expect(200).title(), "Lee la orientación antes de la primera reunión");
        let list = browser.get("/taking-part").await.expect(200).text();
        let own = list.split("href=\"/taking-part/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let page = browser.get(&format!("/taking-part/{own}")).await.expect(200);
        assert!(page.says(comes) && !page.says("/wishes"), "{}", page.text());
    }
});

story!(either_leaves_without_fault, async |house: &House| {
    let stage = stage(house).await;
    let mut lucia = house.browser_of(&stage.lucia).await;
    let end = format!("{}/end", stage.path);
    let long = "a".repeat(2001);
    let again = lucia.post(&end, &[("version", "1"), ("reason", &long)]).await.expect(422);
    assert!(again.says("El motivo pasa de") && again.says(&long), "nothing typed is lost");
    // Only the coordinator says that it came to its end.
    lucia.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "closure")]).await.expect(404);
    let form = [("version", "1"), ("reason", "Horarios imposibles"), ("another", "yes")];
    lucia.post(&end, &form).await.expect(303);
    let late = [("version", "1"), ("reason", "Dos mil letras sobre los horarios"), ("another", "yes")];
    let late = lucia.post(&end, &late).await.expect(409);
    assert!(late.says("Terminó el") && late.says("Dos mil letras sobre los horarios"), "{}", late.text());
    house.work().await;
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for (person, said) in [(&stage.lucia, &mut one), (&stage.andres, &mut other)] {
        let mail = house.mail_to(&person.address).await.unwrap();
        assert!(mail.contains("No es culpa de nadie") && !mail.contains("Horarios"));
        let link = house.link_to(&person.address).await;
        said.push(mail.replace(&link, "…").split("\n\n").skip(2).collect::<Vec<_>>().join("\n\n"));
        let page = house.browser_of(person).await.get(&stage.path).await.expect(200);
        assert!(page.says("Terminó el 11 de enero de 2027") && !page.says("Horarios"), "{}", page.text());
    }
    assert_eq!(one, other, "both read the same, whoever it was");
    assert!(!holds(house, &stage.lucia, Part::Mentee).await && !holds(house, &stage.andres, Part::Mentor).await);
    let mut ana = house.browser_of(&stage.ana).await;
    let list = format!("/editions/{}/mentorships", stage.edition);
    assert!(ana.get(&list).await.expect(200).says("No hay mentorías en marcha"));
    let ended = ana.get(&format!("{list}?shown=ended&q=guell")).await.expect(200);
    assert!(ended.says("Horarios imposibles") && ended.says("Pide otra pareja"));
    assert!(ana.get(&format!("{list}?shown=ended&q=s.guell")).await.expect(200).says("Horarios imposibles"));
    assert!(!ana.get(&format!("{list}?shown=ended&q=s_guell")).await.expect(200).says("Horarios imposibles"));
    assert!(
        ana.get(&format!("{list}?shown=ended&q=%C2%B4")).await.expect(200).says("Horarios imposibles"),
        "a lone accent"
    );
    let export = ana.get(&format!("{list}/export?form=csv&shown=ended")).await.expect(200);
    assert!(export.says("Horarios imposibles") && export.says("2027-01-11"));
    assert!(ana.get(&format!("{list}/export?form=xlsx")).await.expect(200).header("content-type").contains("sheet"));
    assert!(ana.get(&stage.path).await.expect(200).says("Horarios imposibles"));
    assert_eq!(found(&database(house).await, &["Horarios imposibles".to_owned()]), None, "it is sealed");
});

story!(the_coordinator_says_how_it_ended, async |house: &House| {
    let stage = stage(house).await;
    let mut ana = house.browser_of(&stage.ana).await;
    let end = format!("{}/end", stage.path);
    let none = ana.post(&end, &[("version", "1"), ("manage", "yes")]).await.expect(422);
    assert!(none.says("Elige cómo terminó"));
    ana.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "withdrawal")]).await.expect(303);
    assert!(ana.get(&stage.path).await.expect(200).says("Alguien dejó la edición"));
});

story!(an_edition_is_closed_once_its_mentorships_have_ended, async |house: &House| {
    let stage = stage(house).await;
    let mut ana = house.browser_of(&stage.ana).await;
    let edition = format!("/editions/{}", stage.edition);
    let version = fields(&ana.get(&edition).await.expect(200).text())["version"].clone();
    let close = format!("{edition}/close");
    let refused = ana.post(&close, &[("version", &version)]).await.expect(422);
    assert!(refused.says("Sigue una mentoría"), "{}", refused.text());
    let list = format!("{edition}/mentorships");
    assert!(ana.get(&list).await.expect(200).says("Terminar la mentoría que sigue"));
    let done = ana.post(&format!("{list}/end"), &[]).await.expect(303);
    assert_eq!(done.location(), list);
    house.work().await;
    let ended = ana.get(&format!("{list}?shown=ended")).await.expect(200);
    assert!(ended.says("Lucía Ibáñez") && ended.says("Llegó a su fin"), "{}", ended.text());
    for person in [&stage.lucia, &stage.andres] {
        assert!(house.mail_to(&person.address).await.unwrap().contains("ha llegado a su final"));
    }
    ana.post(&format!("{list}/end"), &[]).await.expect(422);
    assert!(ana.get("/audit?verb=mentorships").await.expect(200).says("Terminó las mentorías que seguían"));
    ana.post(&close, &[("version", &version)]).await.expect(303);
    // The two may still say how it was.
    let mut lucia = house.browser_of(&stage.lucia).await;
    let closure = format!("{}/reviews/closure", stage.path);
    let part = [("version", "0"), ("reached", "Dirijo mi comité"), ("contact", "yes"), ("do", "give")];
    lucia.post(&closure, &part).await.expect(303);
    lucia.post(&format!("{}/reviews/midpoint", stage.path), &part).await.expect(422);
});

story!(a_coordinator_does_not_read_why_hers_ended, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let andres = house.person(ana.organisation, "Andrés Güell", &[]).await;
    let edition = edition(house, Track::Promotion, &ana, |_| {}).await;
    let pair = [NewMentorship { mentee: ana.id, mentor: andres.id }];
    let made: Result<Vec<mentorships::MentorshipId>, telemaco::db::Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, ana.organisation, edition, &pair).await
    });
    let end = format!("/mentorships/{}/end", made.unwrap()[0]);
    let mut browser = house.browser_of(&ana).await;
    // As one of the two she leaves it or not; that it came to its end is not hers to say.
    browser.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "closure")]).await.expect(404);
    let form = [("version", "1"), ("reason", "No me entiendo con ella")];
    house.browser_of(&andres).await.post(&end, &form).await.expect(303);
    // The trail tells another coordinator who it was, and not her.
    let other = house.person(ana.organisation, "Otra Coordinadora", &[Part::Coordinator]).await;
    let trail = "/audit?verb=mentorships.end";
    assert!(house.browser_of(&other).await.get(trail).await.expect(200).says("Andrés Güell"));
    let hers = browser.get(trail).await.expect(200);
    assert!(!hers.text().split("<main").nth(1).unwrap().contains("Andrés Güell"), "{}", hers.text());
    let list = format!("/editions/{edition}/mentorships");
    for path in [format!("{list}?shown=ended"), format!("{list}/export?form=csv&shown=ended")] {
        let seen = browser.get(&path).await.expect(200);
        assert!(seen.says("Andrés Güell") && !seen.says("No me entiendo"), "{}", seen.text());
    }
});

story!(both_leave_at_once, async |house: &House| {
    let stage = stage(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&stage.lucia).await, house.browser_of(&stage.andres).await);
    let end = format!("{}/end", stage.path);
    let (one, two) = ([("version", "1"), ("reason", "una")], [("version", "1"), ("reason", "otro")]);
    let (one, two) = tokio::join!(lucia.post(&end, &one), andres.post(&end, &two));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
    let (lost, typed) = if one.status.as_u16() == 409 { (one, "una") } else { (two, "otro") };
    assert!(
        lost.text().contains(&format!("readonly>{typed}</textarea>")),
        "what was typed is not lost: {}",
        lost.text()
    );
    assert_eq!(house.work().await, 2, "each is written to once");
});

story!(a_stranger_learns_nothing_of_mentorships, async |house: &House| {
    let stage = stage(house).await;
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let colleague = house.person(stage.ana.organisation, "Sin Parte", &[]).await;
    let refuse = async |mut browser: Client| {
        browser.get(&stage.path).await.expect(404);
        browser.post(&format!("{}/end", stage.path), &[("version", "1")]).await.expect(404);
        browser.get(&format!("/editions/{}/mentorships", stage.edition)).await.expect(404);
        browser.get(&format!("/editions/{}/mentorships/export", stage.edition)).await.expect(404);
        assert!(browser.get("/mentorships").await.expect(200).says("Aún no tienes ninguna mentoría"));
    };
    refuse(house.browser_of(&other).await).await;
    refuse(house.browser_of(&colleague).await).await;
    house.stranger().get(&stage.path).await.expect(303);
});
