//! What people say before a run: whom they would like, from those whom the rules allow, and with whom they have a conflict.

use std::collections::BTreeMap;

use telemaco::people::model::Side;
use telemaco::programmes::Track;

use super::cast::{Cast, enrol};
use crate::story;
use crate::support::{Client, House, Person, form};

/// Adds somebody with a profile, as a coordinator does.
async fn add(by: &mut Client, of: &Person, name: &str, fields: &[(&str, &str)]) -> Person {
    let address = format!("{}@example.org", telemaco::i18n::fold(name).replace(' ', "."));
    let mut form = vec![("name", name), ("address", &address), ("version", "0")];
    form.extend(fields);
    let seen = by.post("/people/new", &form).await.expect(303);
    let id = telemaco::identity::PersonId(seen.location().rsplit('/').next().unwrap().parse().unwrap());
    Person { id, organisation: of.organisation, address, name: name.to_owned() }
}

/// An edition where the mentors can teach and one of them is Lucía's manager.
async fn cast(house: &House, mentors_see_mentees: bool) -> Cast {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let teaches = [("roles", "mentor"), ("held", "Negociación: 5"), ("title", "Directora")];
    let boss = add(&mut browser, &ana, "Jefa Directa", &teaches).await;
    let andres = add(&mut browser, &ana, "Andrés Güell", &teaches).await;
    let maria = add(&mut browser, &ana, "María Núñez", &[("roles", "mentor"), ("held", "Oratoria: 4")]).await;
    let learns = [("roles", "mentee"), ("wanted", "Negociación: 4"), ("manager", boss.address.as_str())];
    let is = [("title", "Analista"), ("unit", "Riesgos"), ("held", "Hojas de cálculo: 5")];
    let lucia = add(&mut browser, &ana, "Lucía Ibáñez", &[&learns[..], &is[..]].concat()).await;
    let inigo = add(&mut browser, &ana, "Íñigo Sáez", &[("roles", "mentee"), ("wanted", "Oratoria")]).await;
    let set = |settings: &mut telemaco::programmes::model::Settings| {
        settings.consent.mentors_see_mentees = mentors_see_mentees;
    };
    Cast::with(house, Track::Promotion, ana, vec![lucia, inigo], vec![boss, andres, maria], set).await
}

fn sent(fields: &BTreeMap<String, String>, ranks: &[String], conflicts: &str) -> Vec<(String, String)> {
    let mut form = vec![
        ("side".to_owned(), fields["side"].clone()),
        ("version".to_owned(), fields["version"].clone()),
        ("conflicts".to_owned(), conflicts.to_owned()),
        ("do".to_owned(), "save".to_owned()),
    ];
    form.extend(ranks.iter().map(|rank| ("rank".to_owned(), rank.clone())));
    form
}

async fn post(browser: &mut Client, path: &str, form: &[(String, String)]) -> crate::support::Seen {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(path, &form).await
}

story!(a_mentee_ranks_whom_the_rules_allow, async |house: &House| {
    let cast = cast(house, false).await;
    let (path, lucia) = (cast.path("wishes"), cast.mentees[0].clone());
    let [boss, andres, maria] = [0, 1, 2].map(|place| cast.mentors[place].id);
    let mut browser = house.browser_of(&lucia).await;
    let page = browser.get(&path).await.expect(200);
    assert!(page.says("Andrés Güell") && page.says("Negociación") && page.says("María Núñez"));
    assert!(!page.says("Jefa Directa"), "her manager is never her mentor");
    assert!(!page.says("Íñigo"), "who else is mentored is nobody's business");
    assert!(page.says("Esto lo ven solo tú y las reglas"));

    // Searching loses nothing that was chosen.
    let fields = form::fields(&page.text());
    let mut search = sent(&fields, &[format!("{maria}.1")], "Andrés Güell");
    search.retain(|(name, _)| name != "do");
    search.extend([("do".to_owned(), "search".to_owned()), ("q".to_owned(), "negocia".to_owned())]);
    let found = post(&mut browser, &path, &search).await.expect(200).text();
    assert!(found.contains(&format!("value=\"{maria}.1\" selected")) && found.contains(&andres.to_string()));
    assert!(form::fields(&found)["conflicts"].contains("Andrés Güell"));

    for (ranks, conflicts, wrong) in [
        (vec![format!("{andres}.1"), format!("{maria}.1")], "", "Dos personas tienen el mismo lugar"),
        (vec![format!("{boss}.1")], "", "ya no se puede elegir"),
        (vec![format!("{andres}.2")], "Nadie Conocido", "No encontramos a «Nadie Conocido»"),
    ] {
        let again = post(&mut browser, &path, &sent(&fields, &ranks, conflicts)).await.expect(422);
        assert!(again.says(wrong), "{wrong}");
        assert_eq!(form::fields(&again.text())["conflicts"], conflicts, "nothing typed is lost");
    }
    let ranks = [format!("{maria}.1"), format!("{andres}.3")];
    post(&mut browser, &path, &sent(&fields, &ranks, "andres guell")).await.expect(303);
    let page = browser.get(&path).await.expect(200).text();
    assert!(page.contains(&format!("value=\"{maria}.1\" selected")));
    assert!(page.contains(&format!("value=\"{andres}.2\" selected")), "places close up");

    // Another window was open meanwhile: what stands is shown, what was typed too, and saving again replaces it.
    let stale = post(&mut browser, &path, &sent(&fields, &[format!("{andres}.1")], "")).await.expect(409);
    assert!(stale.says("<li>María Núñez</li>") && stale.says(&format!("value=\"{andres}.1\" selected")));
    let fields = form::fields(&stale.text());
    post(&mut browser, &path, &sent(&fields, &[format!("{andres}.1")], "")).await.expect(303);

    // The mentor whom she ranked and with whom she had a conflict sees nothing of either, nor does the coordinator.
    let mut mentor = house.browser_of(&cast.mentors[1]).await;
    let seen = mentor.get(&path).await.expect(200);
    assert!(!seen.says("Lucía"), "{}", seen.text());
    let mut coordinator = cast.browser.clone();
    coordinator.get(&path).await.expect(404);
    assert!(!coordinator.get("/audit").await.expect(200).says(&andres.to_string()));
});

story!(who_is_mentored_stays_discreet_unless_the_edition_says_so, async |house: &House| {
    let cast = cast(house, false).await;
    let path = cast.path("wishes");
    let mut mentor = house.browser_of(&cast.mentors[1]).await;
    let page = mentor.get(&path).await.expect(200);
    assert!(page.says("se guarda en reserva quién recibe mentoría") && !page.says("Lucía") && !page.says("Íñigo"));
    let fields = form::fields(&page.text());
    // A name is taken as it is written, whether or not somebody bears it: nothing can be learnt by trying.
    let mut answers = Vec::new();
    for (version, name) in ["Lucía Ibáñez", "Nadie Conocido", "lucia.ibanez@example.org"].into_iter().enumerate() {
        let mut form = sent(&fields, &[], name);
        form[1].1 = version.to_string();
        let seen = post(&mut mentor, &path, &form).await.expect(303);
        answers.push((seen.statements(), mentor.get(&path).await.expect(200).text().replace(name, "…")));
    }
    let plain = |text: &str, version: usize| text.replace(&format!("value=\"{version}\""), "value");
    assert_eq!(answers[0].0, answers[1].0);
    assert_eq!(plain(&answers[0].1, 1), plain(&answers[1].1, 2));
    // What cannot be seen cannot be ranked.
    let form = sent(&form::fields(&mentor.get(&path).await.text()), &[format!("{}.1", cast.mentees[0].id)], "");
    post(&mut mentor, &path, &form).await.expect(422);
});

story!(an_edition_may_let_mentors_choose, async |house: &House| {
    let cast = cast(house, true).await;
    let path = cast.path("wishes");
    let mut mentor = house.browser_of(&cast.mentors[1]).await;
    let page = mentor.get(&path).await.expect(200);
    assert!(page.says("Lucía Ibáñez") && page.says("Quiere aprender") && page.says("Negociación"));
    assert!(!page.says("Jefa"), "no more than the name and what they want to learn");
    // Nor does a search tell more: she holds this and sits there, which the list does not show.
    let fields = form::fields(&page.text());
    for (q, is_there) in [("negocia", true), ("riesgos", false), ("analista", false), ("hojas de calculo", false)] {
        let mut search = sent(&fields, &[], "");
        search.retain(|(name, _)| name != "do");
        search.extend([("do".to_owned(), "search".to_owned()), ("q".to_owned(), q.to_owned())]);
        let found = post(&mut mentor, &path, &search).await.expect(200);
        assert_eq!(found.says("Lucía Ibáñez"), is_there, "{q}");
    }
    let mut boss = house.browser_of(&cast.mentors[0]).await;
    let seen = boss.get(&path).await.expect(200);
    assert!(!seen.says("Lucía") && seen.says("Íñigo Sáez"), "a manager does not mentor her own people");
    // A conflict that Lucía declares does not take her off his list: he would learn of it.
    let lucia = house.browser_of(&cast.mentees[0]).await;
    let mut lucia = lucia;
    let fields = form::fields(&lucia.get(&path).await.expect(200).text());
    post(&mut lucia, &path, &sent(&fields, &[], "Andrés Güell")).await.expect(303);
    assert_eq!(mentor.get(&path).await.expect(200).text(), page.text());
});

story!(somebody_on_both_sides_has_two_lists, async |house: &House| {
    let cast = cast(house, true).await;
    let path = cast.path("wishes");
    enrol(house, &cast.coordinator, cast.edition, Side::Mentee, &cast.mentors[2..]).await;
    let mut maria = house.browser_of(&cast.mentors[2]).await;
    let as_mentee = maria.get(&path).await.expect(200);
    assert!(as_mentee.says("Andrés Güell") && !as_mentee.says(&format!("/people/{}", cast.mentors[2].id)));
    let as_mentor = maria.get(&format!("{path}?side=mentor")).await.expect(200);
    assert!(as_mentor.says("Lucía Ibáñez") && as_mentor.says("?side=mentee"));
    let fields = form::fields(&as_mentor.text());
    post(&mut maria, &path, &sent(&fields, &[format!("{}.1", cast.mentees[0].id)], "")).await.expect(303);
    assert_eq!(form::fields(&maria.get(&path).await.text())["version"], "0", "one side knows nothing of the other");
    house.browser_of(&cast.mentees[0]).await.get(&format!("{path}?side=mentor")).await.expect(404);
});
