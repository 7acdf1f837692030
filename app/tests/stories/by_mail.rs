//! What is done by a mail's link without signing in: a debrief, the orientation, a review. The pages behind the links show nothing that
//! was written before, and whoever opens them does nothing by that.

use jiff::SignedDuration;

use crate::activities::planned;
use crate::goals::add;
use crate::health::live;
use crate::reviews::review;
use crate::story;
use crate::support::House;
use crate::support::form::fields;
use crate::vault::pair;

/// The path of the first link of a mail that leads to the door at a path.
pub fn acting(mail: &str, path: &str) -> String {
    let start = format!("{path}/");
    let after = mail.split(&start).nth(1).unwrap_or_else(|| panic!("no link to {path}: {mail}"));
    let token = after.split(|letter: char| letter.is_whitespace() || "<\"')".contains(letter)).next().unwrap();
    format!("{start}{token}")
}

story!(a_debrief_is_written_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
    let before = [("version", "0"), ("expected", "Que regateen"), ("visibility", "only-me")];
    lucia.post(&format!("{visit}/debrief"), &before).await.expect(303);
    let done = [("day", "2027-01-11"), ("time", "00:30"), ("minutes", "60")];
    andres.post(&format!("{visit}/done"), &done).await.expect(303);
    house.pass(SignedDuration::from_hours(25));
    while house.work().await > 0 {}
    let mail = house.mail_saying(&pair.lucia.address, "Esperan unas líneas tuyas").await;
    let link = acting(&mail, "/d");
    let mut phone = house.stranger();
    for _ in 0..2 {
        let page = phone.get(&link).await.expect(200);
        assert!(page.says("Qué viste") && page.says("11 de enero de 2027"), "{}", page.text());
        assert!(!page.says("obra") && !page.says("regateen") && !page.says("Andrés"));
    }
    let again = phone.post(&link, &[("practise", "Callar más")]).await.expect(422);
    assert!(again.says("Callar más") && !again.says("regateen"));
    // What she expected is hers alone: a link opens it to nobody, whatever is posted.
    let typed = [("seen", "Callaron dos veces"), ("practise", "Callar más"), ("visibility", "pair")];
    for _ in 0..2 {
        phone.post(&link, &typed).await.expect(303);
    }
    let page = phone.get(&link).await.expect(200);
    assert!(page.says("El análisis está escrito") && !page.says("Callaron"));
    // What she expected stands beside it, and it is hers alone, as she chose.
    let page = lucia.get(&visit).await.expect(200);
    assert!(page.says("Callaron dos veces") && page.says("Que regateen") && page.says("Callar más"));
    let his = andres.get(&visit).await.expect(200);
    assert!(!his.says("Callaron") && !his.says("regateen"));
    // No other link opens it.
    let mut forged = link.clone();
    forged.replace_range(4..5, if &link[4..5] == "A" { "B" } else { "A" });
    assert!(phone.get(&forged).await.expect(404).says("ya no sirve") || phone.get(&forged).await.says("does not work"));
    house.pass(SignedDuration::from_hours(24 * 31));
    phone.get(&link).await.expect(404);
    phone.post(&link, &typed).await.expect(404);
});

story!(whether_an_activity_took_place_is_said_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
    house.pass(SignedDuration::from_hours(24));
    while house.work().await > 0 {}
    let mut links = Vec::new();
    for person in [&pair.lucia, &pair.andres] {
        let mail = house.mail_saying(&person.address, "di en Telémaco si tuvo lugar").await;
        links.push(acting(&mail, "/d"));
    }
    let (hers, his) = (&links[0], &links[1]);
    let mut phone = house.stranger();
    for link in [hers, his] {
        let page = phone.get(link).await.expect(200);
        assert!(page.says("¿Tuvo lugar?") && page.says("11 de enero de 2027"), "{}", page.text());
        assert!(page.says("value=\"2027-01-11\"") && !page.says("obra") && !page.says("Andrés"));
    }
    // Opened, nothing is said; what cannot be is not said either.
    assert!(phone.post(his, &[("do", "done"), ("day", "2027-02-01")]).await.expect(422).says("aún no ha llegado"));
    assert!(phone.post(his, &[("do", "done"), ("day", "")]).await.expect(422).says("Tuvo lugar"));
    assert!(phone.post(his, &[("do", "let-go"), ("reason", "")]).await.expect(422).says("Falta decir por qué"));
    assert!(!andres.get(&visit).await.expect(200).says("Hecha"));
    for _ in 0..2 {
        phone.post(his, &[("do", "done"), ("day", "2027-01-11")]).await.expect(303);
    }
    assert!(phone.get(his).await.expect(200).says("Anotado: tuvo lugar"));
    assert_eq!(house.count("activities WHERE state = 'done' AND settled_by IS NOT NULL").await, 1);
    assert_eq!(house.count("notices WHERE kind = 'activities.waits' AND read_at IS NULL").await, 0);
    // Whoever learns has the debrief to write by hers; nothing that was said is said again by it.
    assert!(phone.get(hers).await.expect(200).says("Qué viste"));
    phone.post(hers, &[("seen", "Callaron dos veces"), ("visibility", "pair")]).await.expect(303);
    assert!(andres.get(&visit).await.expect(200).says("Callaron dos veces"));
    assert!(phone.get(hers).await.expect(200).says("El análisis está escrito"));
});

story!(an_activity_that_is_not_going_to_be_is_let_go_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let visit = planned(&mut andres, &pair, "Visitar la obra", "").await;
    house.pass(SignedDuration::from_hours(24));
    while house.work().await > 0 {}
    let link = acting(&house.mail_saying(&pair.lucia.address, "si tuvo lugar").await, "/d");
    let mut phone = house.stranger();
    phone.post(&link, &[("do", "let-go"), ("reason", "Cerraron la obra")]).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("Anotado: no va a ser"));
    assert!(andres.get(&visit).await.expect(200).says("Cerraron la obra"));
    // After the end there is nothing to say.
    andres.post(&format!("{visit}/reopen"), &[]).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("¿Tuvo lugar?"));
    andres.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    phone.post(&link, &[("do", "done"), ("day", "2027-01-11")]).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("No hay nada que escribir"));
    assert_eq!(house.count("activities WHERE state = 'done'").await, 0);
});

story!(how_a_goal_goes_whose_date_has_come_is_said_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let goal = |statement, visibility, due| {
        [("statement", statement), ("kind", "personal"), ("term", "short"), ("visibility", visibility), ("due", due)]
    };
    let shared = add(&mut lucia, &pair, &goal("Hablar en público", "pair", "2027-01-13")).await;
    let other = add(&mut lucia, &pair, &goal("Negociar sola", "pair", "2027-06-30")).await;
    house.pass(SignedDuration::from_hours(48));
    while house.work().await > 0 {}
    let mail = house.mail_saying(&pair.lucia.address, "una fecha que te pusiste").await;
    assert!(!mail.contains("público"), "{mail}");
    let link = acting(&mail, "/g");
    let mut phone = house.stranger();
    let page = phone.get(&link).await.expect(200);
    assert!(page.says("¿Cómo va?") && !page.says("público") && !page.says("name=\"goal\""), "{}", page.text());
    // What she says of another goal is no answer to this.
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.post(&format!("{other}/check-in"), &[("on", "2027-01-13"), ("line", "Va")]).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("¿Cómo va?"));
    for line in ["Casi está", "Otra vez"] {
        phone.post(&link, &[("line", line)]).await.expect(303);
    }
    assert!(phone.get(&link).await.expect(200).says("Anotado"));
    let seen = lucia.get(&shared).await.expect(200);
    assert!(seen.says("Casi está") && !seen.says("Otra vez"), "{}", seen.text());
    assert_eq!(house.count("notices WHERE kind = 'goals.due' AND read_at IS NULL").await, 0);
    // Of one that is hers alone the mail leads to its page; where it is settled before the mail goes, there is none.
    add(&mut lucia, &pair, &goal("Lo mío", "only-me", "2027-01-14")).await;
    house.pass(SignedDuration::from_hours(24));
    while house.work().await > 0 {}
    assert!(house.links_to(&pair.lucia.address).await[0].starts_with("/notices/"));
});

story!(the_orientation_is_read_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    live(house, 16).await;
    let mail = house.mail_saying(&pair.lucia.address, "leer la orientación").await;
    let link = acting(&mail, "/r");
    let mut phone = house.stranger();
    let page = phone.get(&link).await.expect(200);
    assert!(page.says("Lee esto antes de la primera reunión"), "{}", page.text());
    assert!(!page.says("/taking-part") && !page.says("Ana Pérez"));
    let shown = fields(&page.text());
    // Other words than those that hold are not read.
    phone.post(&link, &[("part", "mentee"), ("words", "00")]).await.expect(303);
    assert!(phone.get(&link).await.expect(200).says("Lee esto antes de la primera reunión"));
    phone.post(&link, &[("part", "mentor"), ("words", &shown["words"])]).await.expect(404);
    for _ in 0..2 {
        phone.post(&link, &[("part", &shown["part"]), ("words", &shown["words"])]).await.expect(303);
    }
    assert!(phone.get(&link).await.expect(200).says("Ya has leído por dónde se empieza"));
    assert_eq!(house.count("orientations").await, 1);
    // Whoever has no part in it any more finds nothing.
    house.raw("DELETE FROM enrolments").await;
    phone.get(&link).await.expect(404);
});

story!(a_review_is_given_from_a_mail, async |house: &House| {
    let pair = pair(house).await;
    house.pass(SignedDuration::from_hours(24 * 168));
    live(house, 8).await;
    let link = async |address: &str| acting(&house.mail_saying(address, "la revisión intermedia").await, "/w");
    let (hers, his) = (link(&pair.lucia.address).await, link(&pair.andres.address).await);
    let mut phone = house.stranger();
    let page = phone.get(&hers).await.expect(200);
    assert!(page.says("Qué está funcionando") && page.says("Andrés Güell lo lee cuando"), "{}", page.text());
    assert!(phone.post(&hers, &[("works", " ")]).await.expect(422).says("Contesta al menos a una pregunta"));
    for _ in 0..2 {
        phone.post(&hers, &[("works", "Las preguntas"), ("hard", "El tiempo")]).await.expect(303);
    }
    let page = phone.get(&hers).await.expect(200);
    assert!(page.says("Has entregado lo tuyo") && !page.says("Las preguntas"));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    assert!(lucia.get(&review(&pair, "midpoint")).await.expect(200).says("Las preguntas"));
    // He began his on its page: behind the link nothing of it stands, and nothing is written over it.
    let draft = [("version", "0"), ("do", "save"), ("works", "La franqueza")];
    andres.post(&review(&pair, "midpoint"), &draft).await.expect(303);
    let page = phone.get(&his).await.expect(200);
    assert!(page.says("Ya la has empezado") && !page.says("La franqueza"));
    phone.post(&his, &[("works", "Otra cosa")]).await.expect(303);
    let page = andres.get(&review(&pair, "midpoint")).await.expect(200);
    assert!(page.says("La franqueza") && !page.says("Otra cosa") && !page.says("Las preguntas"));
    // Hers is another's.
    assert!(hers != his && phone.get(&hers.replace("/w/", "/d/")).await.status == 404);
});
