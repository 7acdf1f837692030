//! The agreement of a pair: from the edition's text to two signatures and on to the next version; what the coordinator sees of
//! it; and what becomes of it when a key is missing, a row was moved, or one of the two is erased.

use sha2::{Digest as _, Sha256};
use telemaco::identity::Part;
use telemaco::programmes::Track;
use telemaco::transaction;
use telemaco::vault;

use crate::story;
use crate::support::before::Scene;
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::{Pair, pair, without_key};
use crate::{baselines, orientation};

type Fields = Vec<(String, String)>;

/// The form that changes the agreement as the page brings it, with other texts in some of its fields.
pub async fn form(browser: &mut Client, pair: &Pair, change: &[(&str, &str)]) -> Fields {
    let page = browser.get(&format!("{}/edit", path(pair))).await.expect(200).text();
    let mut fields = fields(&page);
    for (name, value) in change {
        fields.insert((*name).to_owned(), (*value).to_owned());
    }
    fields.into_iter().collect()
}

pub fn borrowed(fields: &Fields) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

pub fn path(pair: &Pair) -> String {
    format!("/mentorships/{}/agreement", pair.mentorship)
}

/// Saves or proposes with some clauses changed.
pub async fn write(browser: &mut Client, pair: &Pair, change: &[(&str, &str)], what: &str) {
    let mut form = form(browser, pair, change).await;
    form.push(("do".to_owned(), what.to_owned()));
    browser.post(&format!("{}/edit", path(pair)), &borrowed(&form)).await.expect(303);
}

/// Signs what waits for this person.
pub async fn sign(browser: &mut Client, pair: &Pair) {
    let page = browser.get(&path(pair)).await.expect(200).text();
    let fields = fields(&page);
    let form = [("number", fields["number"].as_str()), ("hash", fields["hash"].as_str())];
    browser.post(&format!("{}/sign", path(pair)), &form).await.expect(303);
}

const CADENCE: &str = "Los martes a las ocho, en el café Gijón, antes de que llegue Ramón.";

/// Where the first page leads somebody next.
async fn next(browser: &mut Client) -> (String, String) {
    let page = browser.get("/").await.expect(200);
    let text = page.text();
    let step = text.split("class=\"button\" href=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    (page.title(), step)
}

story!(the_first_page_says_when_an_agreement_waits, async |house: &House| {
    let scene = Scene::of(house, "Banco del Norte", "Ana Pérez", Track::Promotion).await;
    scene.pair(house, &scene.mentee, &scene.mentor).await;
    let mut mentor = house.browser_of(&scene.mentor).await;
    let page = next(&mut mentor).await.1;
    assert_eq!(page, scene.path("orientation"), "what comes before the first meeting comes first");
    orientation::read(&mut mentor, &page, "mentor").await.expect(303);
    assert_eq!(next(&mut mentor).await.1, scene.path("baseline"));
    let baseline = scene.path(&format!("baseline/{}", scene.mentee.id));
    baselines::send(&mut mentor, &baseline, &baselines::levels("3", "0", "0", true)).await.expect(303);
    // The first meeting has a day by which it is to be; the agreement comes along with it.
    let (title, propose) = next(&mut mentor).await;
    assert!(title == "Propón la primera reunión" && propose.ends_with("/meetings/new"), "{title}");
    let pair = propose.strip_suffix("/meetings/new").unwrap();
    assert!(mentor.get(pair).await.expect(200).says("Vuestra mentoría no tiene todavía acuerdo"));
    let agreement = format!("{pair}/agreement");

    // Once it is written, whoever has to sign is told before anything else; who proposed it has nothing to do.
    let edit = format!("{agreement}/edit");
    let form = fields(&mentor.get(&edit).await.expect(200).text());
    let mut form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    form.push(("do", "propose"));
    mentor.post(&edit, &form).await.expect(303);
    assert_eq!(next(&mut mentor).await.1, propose);
    let mut mentee = house.browser_of(&scene.mentee).await;
    assert_eq!(next(&mut mentee).await, ("Lee el acuerdo que te proponen".to_owned(), agreement.clone()));
    let page = fields(&mentee.get(&agreement).await.expect(200).text());
    let form = [("number", page["number"].as_str()), ("hash", page["hash"].as_str())];
    mentee.post(&format!("{agreement}/sign"), &form).await.expect(303);
    assert_eq!(next(&mut mentee).await.1, scene.path("orientation"));
});

story!(both_sign_the_same_text_and_a_new_version_is_signed_again, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let agreement = path(&pair);
    assert!(lucia.get(&agreement).await.expect(200).says("Acordad cómo vais a trabajar"));
    let page = lucia.get(&format!("{agreement}/edit")).await.expect(200);
    assert!(
        page.says("Nos reunimos una vez al mes")
            && page.says("Lo ven las dos personas de la mentoría; nadie más, salvo")
    );
    assert!(page.says("?lang=en") && !page.says("{midpoint}") && !page.says("{end}"));
    // She drafts, he sees it and goes on.
    write(&mut lucia, &pair, &[("cadence", CADENCE)], "save").await;
    let page = andres.get(&agreement).await.expect(200);
    assert!(page.says("Hay un borrador") && page.says(CADENCE) && page.says("Lo cambió Lucía Ibáñez"));
    house.work().await;
    assert!(house.mail_to(&pair.andres.address).await.is_none(), "a draft is no reason to write to anybody");
    // What is silent on a matter is not proposed.
    let mut half = form(&mut andres, &pair, &[("exit", "  ")]).await;
    half.push(("do".to_owned(), "propose".to_owned()));
    let again = andres.post(&format!("{agreement}/edit"), &borrowed(&half)).await.expect(422);
    assert!(again.says("Falta decir esto antes de firmar") && again.says(CADENCE), "and nothing typed is lost");
    write(&mut andres, &pair, &[("glass", "yes")], "propose").await;
    house.work().await;
    let mail = house.mail_to(&pair.lucia.address).await.unwrap();
    assert!(mail.contains("Hay algo que leer"));
    let link = house.link_to(&pair.lucia.address).await;
    assert_eq!(lucia.get(&link).await.expect(303).location(), agreement);
    assert!(!mail.contains("acuerdo ") && !mail.contains("Gijón"), "{mail}");
    // Whoever proposed has signed, and waits.
    let page = andres.get(&agreement).await.expect(200);
    assert!(page.says("Falta una firma") && page.says("Firmado por Andrés Güell") && !page.says("agreement/sign\""));
    let hers = lucia.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200);
    assert!(hers.says("Lee el acuerdo que te proponen"));
    let page = lucia.get(&agreement).await.expect(200);
    assert!(page.says("Andrés Güell te propone un acuerdo") && page.says(CADENCE));
    assert!(page.says("Si ocurre algo grave, dos personas"));
    let asked = fields(&page.text());
    let form = [("number", "1"), ("hash", asked["hash"].as_str())];
    let other = [("number", "1"), ("hash", "00")];
    lucia.post(&format!("{agreement}/sign"), &other).await.expect(409);
    andres.post(&format!("{agreement}/sign"), &form).await.expect(409);
    lucia.post(&format!("{agreement}/sign"), &form).await.expect(303);
    lucia.post(&format!("{agreement}/sign"), &form).await.expect(409);
    let page = andres.get(&agreement).await.expect(200);
    assert!(page.says("Vuestro acuerdo vale desde el 11 de enero de 2027") && page.says("Firmado por Lucía Ibáñez"));
    // The exact text has the digest that is shown, for whoever looks.
    for browser in [&mut lucia, &mut andres] {
        let exact = browser.get(&format!("{agreement}/1/text")).await.expect(200);
        assert_eq!(hex::encode(Sha256::digest(&exact.body)), asked["hash"]);
        assert!(exact.says("Entre Lucía Ibáñez, que aprende, y Andrés Güell, que orienta") && exact.says(CADENCE));
        assert!(browser.get(&format!("{agreement}/1")).await.expect(200).says("La versión 1 es la que vale"));
    }
    // A new version: the old one holds until both have signed the new.
    write(&mut lucia, &pair, &[("cadence", "Cada quince días.")], "propose").await;
    let page = andres.get(&agreement).await.expect(200);
    assert!(page.says("Mientras tanto vale el que firmasteis") && page.says("Cada quince días."));
    // He would rather have it otherwise: hers is overtaken, and she signs his.
    write(&mut andres, &pair, &[("cadence", "Cada tres semanas.")], "propose").await;
    sign(&mut lucia, &pair).await;
    let page = lucia.get(&agreement).await.expect(200);
    assert!(page.says("Cada tres semanas.") && page.says("valió hasta la siguiente") && page.says("no llegó a valer"));
    assert!(andres.get(&format!("{agreement}/1")).await.expect(200).says(CADENCE), "the earlier text stays");
    lucia.get(&format!("{agreement}/4")).await.expect(404);
    // A proposal is taken back, a draft deleted; what holds goes on holding.
    for what in ["propose", "save"] {
        write(&mut lucia, &pair, &[("cadence", "Nunca más.")], what).await;
        let waits = fields(&lucia.get(&agreement).await.expect(200).text());
        let form = [("number", waits["number"].as_str()), ("version", waits["version"].as_str())];
        andres.post(&format!("{agreement}/discard"), &form).await.expect(303);
        andres.post(&format!("{agreement}/discard"), &form).await.expect(409);
        assert!(lucia.get(&agreement).await.expect(200).says("Cada tres semanas."));
    }
    // However many versions there are, the page costs the same.
    assert_eq!(lucia.get(&agreement).await.expect(200).statements(), andres.get(&agreement).await.statements());
    // It ends; the agreement is read and not changed.
    lucia.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    assert!(andres.get(&agreement).await.expect(200).says("Cada tres semanas."));
    andres.get(&format!("{agreement}/edit")).await.expect(404);
    let late = andres.post(&format!("{agreement}/sign"), &form).await.expect(422);
    assert!(late.says("ya no se cambia"));
});

story!(the_coordinator_sees_that_it_was_signed_and_when, async |house: &House| {
    let pair = pair(house).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let one = format!("/mentorships/{}", pair.mentorship);
    let list = format!("/editions/{}/mentorships", pair.edition);
    assert!(ana.get(&one).await.expect(200).says("Sin firmar todavía"));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    write(&mut lucia, &pair, &[("cadence", CADENCE)], "propose").await;
    assert!(ana.get(&one).await.expect(200).says("Sin firmar todavía"), "what they are at is theirs");
    sign(&mut andres, &pair).await;
    let page = ana.get(&one).await.expect(200);
    assert!(page.says("Firmado por las dos partes el 11 de enero de 2027") && !page.says("Gijón"));
    assert!(ana.get(&list).await.expect(200).says("Acuerdo firmado"));
    let export = ana.get(&format!("{list}/export?form=csv")).await.expect(200);
    assert!(export.text().lines().nth(1).unwrap().matches("2027-01-11").count() == 2, "{}", export.text());
    for rest in ["", "/edit", "/1", "/1/text"] {
        ana.get(&format!("{one}/agreement{rest}")).await.expect(404);
    }
    let trail = ana.get("/audit?verb=mentorships.agreement").await.expect(200);
    assert!(trail.says("Firmó y propuso un acuerdo") && trail.says("Firmó el acuerdo") && !trail.says("Gijón"));
});

story!(what_the_two_write_at_once_is_not_lost, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let edit = format!("{}/edit", path(&pair));
    for _ in 0..2 {
        // The first time there is no draft yet, the second time there is.
        let hers = form(&mut lucia, &pair, &[("purpose", "Lo de Lucía"), ("do", "save")]).await;
        let his = form(&mut andres, &pair, &[("purpose", "Lo de Andrés"), ("do", "save")]).await;
        let (hers, his) = (borrowed(&hers), borrowed(&his));
        let (one, two) = tokio::join!(lucia.post(&edit, &hers), andres.post(&edit, &his));
        let (won, lost) = if one.status == 303 { (one, two) } else { (two, one) };
        assert_eq!((won.status.as_u16(), lost.status.as_u16()), (303, 409));
        let page = lost.text();
        assert!(page.contains("Lo de Lucía") && page.contains("Lo de Andrés"), "both texts: {page}");
        assert!(page.contains("Cómo está ahora"));
    }
    // One signs while the other takes it back.
    write(&mut lucia, &pair, &[], "propose").await;
    let waits = fields(&lucia.get(&path(&pair)).await.expect(200).text());
    let asked = fields(&andres.get(&path(&pair)).await.expect(200).text());
    let (number, hash) = (asked["number"].as_str(), asked["hash"].as_str());
    let (sign, discard) = (format!("{}/sign", path(&pair)), format!("{}/discard", path(&pair)));
    let (signs, takes) = ([("number", number), ("hash", hash)], [("number", number), ("version", &waits["version"])]);
    let (one, two) = tokio::join!(andres.post(&sign, &signs), lucia.post(&discard, &takes));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 409]);
});

story!(an_edition_begins_its_pairs_with_its_own_text, async |house: &House| {
    let pair = pair(house).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let page = format!("/editions/{}/agreement", pair.edition);
    assert!(ana.get(&format!("/editions/{}", pair.edition)).await.expect(200).says("El que viene con Telémaco"));
    let first = ana.get(&page).await.expect(200).text();
    let mut form: std::collections::BTreeMap<String, String> = fields(&first);
    assert_eq!(form.len(), 14, "twelve clauses, the version, and whether there is break-glass");
    form.insert("exit-es".to_owned(), "Se deja diciendo «lo dejo», y ya, antes del {end}.".to_owned());
    form.insert("glass".to_owned(), "yes".to_owned());
    let changed: Fields = form.clone().into_iter().collect();
    ana.post(&page, &borrowed(&changed)).await.expect(303);
    form.insert("exit-es".to_owned(), "Otra cosa.".to_owned());
    let stale: Fields = form.clone().into_iter().collect();
    let lost = ana.post(&page, &borrowed(&stale)).await.expect(409);
    assert!(lost.says("Otra cosa.") && lost.says("lo dejo"), "both texts");
    form.insert("exit-es".to_owned(), "a".repeat(4001));
    form.insert("version".to_owned(), "1".to_owned());
    let long: Fields = form.into_iter().collect();
    ana.post(&page, &borrowed(&long)).await.expect(422);
    assert!(ana.get(&format!("/editions/{}", pair.edition)).await.expect(200).says("Un texto propio de la edición"));
    let mut lucia = house.browser_of(&pair.lucia).await;
    let edit = lucia.get(&format!("{}/edit", path(&pair))).await.expect(200).text();
    let begun = fields(&edit);
    assert!(begun["exit"].starts_with("Se deja diciendo «lo dejo», y ya, antes del ") && !begun["exit"].contains('{'));
    assert_eq!(begun["glass"], "yes");
    let english = lucia.get(&format!("{}/edit?lang=en", path(&pair))).await.expect(200).text();
    assert!(fields(&english)["exit"].starts_with("Either of us may leave"));
});

story!(a_missing_key_keeps_what_is_typed, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    write(&mut lucia, &pair, &[("cadence", CADENCE)], "propose").await;
    let asked = fields(&andres.get(&path(&pair)).await.expect(200).text());
    let app = without_key(house);
    let mut closed = Client::of(&app);
    closed.keep_cookie("telemaco_session", andres.cookie("telemaco_session").unwrap());
    let page = closed.get(&path(&pair)).await.expect(200);
    assert!(page.says("a la instalación le falta su clave") && !page.says("Gijón"), "{}", page.text());
    let form = [("number", "1"), ("hash", asked["hash"].as_str())];
    closed.post(&format!("{}/sign", path(&pair)), &form).await.expect(422);
    let mut changes = form_of_template(&mut closed, &pair).await;
    changes.push(("do".to_owned(), "save".to_owned()));
    let kept = closed.post(&format!("{}/edit", path(&pair)), &borrowed(&changes)).await.expect(422);
    assert!(kept.says("Ahora no se puede guardar") && kept.says("Mejor los jueves"), "nothing typed is lost");
    // The key is back, and everything opens.
    std::fs::copy(house.app.vault.file().unwrap(), app.vault.file().unwrap()).unwrap();
    assert!(closed.get(&path(&pair)).await.expect(200).says(CADENCE));
    closed.post(&format!("{}/sign", path(&pair)), &form).await.expect(303);
});

async fn form_of_template(browser: &mut Client, pair: &Pair) -> Fields {
    form(browser, pair, &[("cadence", "Mejor los jueves")]).await
}

story!(after_one_is_erased_the_other_reads_what_they_signed, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    write(&mut lucia, &pair, &[("cadence", CADENCE)], "propose").await;
    sign(&mut andres, &pair).await;
    write(&mut lucia, &pair, &[("cadence", "Lo que nadie firmó")], "save").await;
    let destroyed: Result<u64, telemaco::db::Error> = transaction!(house.app.db, tx => {
        vault::destroy_keys_of(tx, pair.lucia.organisation, pair.lucia.id).await
    });
    assert_eq!(destroyed.unwrap(), 1);
    let draft = andres.get(&path(&pair)).await.expect(200);
    assert!(draft.says("sus datos se borraron") && !draft.says("Lo que nadie firmó"), "{}", draft.text());
    let signed = andres.get(&format!("{}/1", path(&pair))).await.expect(200);
    assert!(signed.says(CADENCE) && signed.says("Firmado por Lucía Ibáñez"), "the evidence stays");
    assert!(andres.get(&format!("{}/1/text", path(&pair))).await.expect(200).says(CADENCE));
});

story!(what_was_moved_in_the_database_does_not_open, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    for cadence in ["La primera.", "La segunda."] {
        write(&mut lucia, &pair, &[("cadence", cadence)], "propose").await;
        sign(&mut andres, &pair).await;
    }
    // Under the second version now stands what was sealed for the first, in both copies.
    house
        .raw(
            "UPDATE agreement_signatures SET words = (SELECT other.words FROM agreement_signatures AS other \
             JOIN agreement_versions ON agreement_versions.id = other.agreement \
             WHERE other.person = agreement_signatures.person AND agreement_versions.number = 1) \
             WHERE agreement IN (SELECT id FROM agreement_versions WHERE number = 2)",
        )
        .await;
    let page = andres.get(&path(&pair)).await.expect(200);
    assert!(page.says("alguien lo cambió o lo movió") && !page.says("La primera."), "{}", page.text());
    let text = andres.get(&format!("{}/2/text", path(&pair))).await.expect(303);
    assert!(text.location().ends_with("/agreement/2"), "where it says why");
});

story!(a_stranger_learns_nothing_of_agreements, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    write(&mut lucia, &pair, &[("cadence", CADENCE)], "propose").await;
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut strangers = vec![house.browser_of(&other).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        strangers.push(house.browser_of(&person).await);
    }
    let seen = [("number", "1"), ("version", "2"), ("hash", "00")];
    for browser in &mut strangers {
        for rest in ["", "/edit", "/1", "/1/text"] {
            browser.get(&format!("{}{rest}", path(&pair))).await.expect(404);
        }
        for rest in ["/edit", "/sign", "/discard"] {
            browser.post(&format!("{}{rest}", path(&pair)), &seen).await.expect(404);
        }
        browser.get(&format!("/editions/{}/agreement", pair.edition)).await.expect(404);
        browser.post(&format!("/editions/{}/agreement", pair.edition), &[("version", "0")]).await.expect(404);
    }
    house.stranger().get(&path(&pair)).await.expect(303);
});
