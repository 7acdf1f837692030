//! What is done by a mail's link without signing in: a debrief, the orientation, a review. The pages behind the links show nothing that
//! was written before, and whoever opens them does nothing by that.

use jiff::SignedDuration;

use crate::activities::planned;
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
