//! How long somebody observed follows from the record, wherever it is counted; a record that is closed says that the sitting took place.

use jiff::SignedDuration;
use telemaco::identity::Part;
use telemaco::observations::record::actions;
use telemaco::observations::record::chain::Fault;

use super::scene::{Scene, scene};
use super::{minutes, tap};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};

/// Types the sheet: what happened, and at what time.
pub async fn typed(browser: &mut Client, scene: &Scene, happened: &[(String, &str)]) {
    let path = scene.path("/record/sheet");
    let mut form = fields(&browser.get(&path).await.expect(200).text());
    for (place, (what, time)) in happened.iter().enumerate() {
        form.insert(format!("what-{place}"), what.clone());
        form.insert(format!("time-{place}"), (*time).to_owned());
    }
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&path, &form).await.expect(303);
}

/// An observation in the pair's plan, which the seat of the scene fulfils.
pub async fn planned(house: &House, scene: &Scene) {
    let mut mentor = house.browser_of(&scene.mentor).await;
    let plan = [
        ("version", "0"),
        ("rows", "1"),
        ("what-0", "Ver un consejo"),
        ("on-0", "2027-01-11"),
        ("kind-0", "meeting-observation"),
    ];
    mentor.post(&format!("/mentorships/{}/plan/edit", scene.mentorship), &plan).await.expect(303);
    house.raw("UPDATE seats SET activity = (SELECT id FROM activities)").await;
}

story!(who_never_came_has_not_observed_and_hours_are_those_of_the_record, async |house: &House| {
    let scene = scene(house).await;
    planned(house, &scene).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let sitting = scene.path("");
    let page = sara.get(&sitting).await.expect(200);
    assert!(page.says("Lleva el registro de la sala") && page.says("Aún no hay nada apuntado"), "{}", page.text());
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    house.pass(minutes(50));
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    // Nobody has to say a second time that it was.
    let page = sara.get(&sitting).await.expect(200);
    assert!(page.says("Celebrada") && page.says("De este registro salen") && page.says("Anexo al acta"));
    assert!(!page.says("¿Se ha celebrado?") && page.says("no estuvo en la sala"), "{}", page.text());
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(422);
    let mut lucia = house.browser_of(&scene.observer).await;
    let page = lucia.get(&sitting).await.expect(200);
    assert!(
        page.says("Según el registro, no estuviste en la sala") && !page.says("Cierra la actividad"),
        "{}",
        page.text()
    );
    let seat = page.text().split("/loops/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let finish = format!("{sitting}/seats/{seat}/finish");
    assert!(lucia.post(&finish, &[]).await.expect(422).says("la actividad sigue por hacer"));
    let pair = format!("/mentorships/{}", scene.mentorship);
    assert!(lucia.get(&pair).await.expect(200).says("Todavía no se ha observado ninguna sesión"));
    // She is not asked for a debrief either, today or ever.
    for _ in 0..3 {
        house.pass(SignedDuration::from_hours(2));
        house.work().await;
    }
    let page = lucia.get(&format!("{pair}/loops/{seat}")).await.expect(200);
    assert!(page.title().contains("no consta asistencia"), "{}", page.title());
    assert!(lucia.get(&format!("{pair}/loops")).await.expect(200).says("no consta asistencia"));
    assert!(!lucia.get("/").await.expect(200).says("análisis posterior"));
    let wrote =
        [("do", "debrief"), ("version", "0"), ("seen", "esperan"), ("practise", "esperar"), ("visibility", "pair")];
    let refused = lucia.post(&format!("{pair}/loops/{seat}/debrief"), &wrote).await.expect(422);
    assert!(refused.says("no hay nada que analizar"), "{}", refused.text());
    let faculty = house.person(scene.secretary.organisation, "Inés Vera", &[Part::Faculty]).await;
    let mut faculty = house.browser_of(&faculty).await;
    let list = faculty.get("/sittings").await.expect(200);
    assert!(list.says("0 min de observación"), "{}", list.text());
    // She was there for forty-two minutes, as it turns out.
    let comes = [(format!("comes {}", scene.observer.id), "10:05"), (format!("leaves {}", scene.observer.id), "10:47")];
    typed(&mut sara, &scene, &comes).await;
    let page = lucia.get(&sitting).await.expect(200);
    assert!(
        page.says("estuviste 42 minutos en la sala") && page.says("Cierra la actividad del plan"),
        "{}",
        page.text()
    );
    lucia.post(&finish, &[]).await.expect(303);
    assert!(lucia.get(&pair).await.expect(200).says("Se ha observado una sesión"));
    let plan = lucia.get(&format!("{pair}/plan")).await.expect(200);
    assert!(plan.says("42 minutos"), "{}", plan.text());
    assert!(faculty.get("/sittings").await.expect(200).says("42 min de observación"));
    let cost = faculty.get("/sittings").await.expect(200).statements();
    assert!(cost <= 14, "{cost}");
    // The count stands beside the record, and is checked against it.
    let checked = async || actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap().faults;
    assert!(checked().await.is_empty());
    house.raw("UPDATE attendances SET minutes = minutes + 1").await;
    assert_eq!(checked().await, [(scene.chain(), Fault::Attendance)]);
});

story!(the_plan_says_what_the_record_says_however_late, async |house: &House| {
    let scene = scene(house).await;
    planned(house, &scene).await;
    let plan = format!("/mentorships/{}/plan", scene.mentorship);
    house.pass(minutes(130));
    let mut sara = house.browser_of(&scene.secretary).await;
    sara.post(&scene.path("/held"), &[]).await.expect(303);
    let mut lucia = house.browser_of(&scene.observer).await;
    // On paper until now: the look has the planned time.
    house.pass(minutes(60));
    house.work().await;
    assert!(lucia.get(&plan).await.expect(200).says("120 minutos"));
    let stays = |from: &'static str, until: &'static str| {
        [(format!("comes {}", scene.observer.id), from), (format!("leaves {}", scene.observer.id), until)]
    };
    let begins = ("begins 1".to_owned(), "10:00");
    typed(&mut sara, &scene, &[&stays("10:05", "10:47")[..], &[begins]].concat()).await;
    let page = lucia.get(&plan).await.expect(200);
    assert!(page.says("42 minutos") && !page.says("120 minutos"), "{}", page.text());
    // It was somebody else: she has not observed, and the activity is still to be done.
    for what in ["Entra Lucía", "Sale Lucía"] {
        struck(&mut sara, &scene, (what, "somebody-else")).await;
    }
    let page = lucia.get(&plan).await.expect(200);
    assert!(!page.says("42 minutos") && page.says("Ver un consejo"), "{}", page.text());
    // And it was her after all, at another time: the next look says so.
    typed(&mut sara, &scene, &stays("10:10", "10:40")).await;
    house.pass(minutes(60));
    house.work().await;
    let page = lucia.get(&plan).await.expect(200);
    assert!(page.says("30 minutos"), "{}", page.text());
    // In two steps, of a pair that has ended meanwhile.
    for what in ["Entra Lucía", "Sale Lucía"] {
        struck(&mut sara, &scene, (what, "mistaken")).await;
    }
    house.raw("UPDATE mentorships SET ended_at = 1").await;
    typed(&mut sara, &scene, &stays("10:10", "10:25")).await;
    house.pass(minutes(60));
    house.work().await;
    let page = lucia.get(&plan).await.expect(200);
    assert!(page.says("15 minutos"), "{}", page.text());
    let mut ana = house.browser_of(&scene.coordinator).await;
    assert!(ana.get("/audit?verb=activities").await.expect(200).says("corrigió la duración de una actividad"));
});

/// Strikes the last entry that says something and is not struck yet.
async fn struck(browser: &mut Client, scene: &Scene, (what, why): (&str, &str)) {
    let entries = scene.path("/record/entries");
    let page = browser.get(&entries).await.expect(200).text();
    let mut lines =
        page.split("<li id=\"entry-").filter(|line| line.contains(what) && line.contains("name=\"struck\""));
    let number = lines.next().unwrap_or_else(|| panic!("{what}: {page}")).split('"').next().unwrap();
    let client = uuid::Uuid::now_v7().to_string();
    let strike = [("client", client.as_str()), ("entry", number), ("struck", "yes"), ("why", why)];
    browser.post(&entries, &strike).await.expect(303);
}

story!(what_was_done_elsewhere_is_not_this_sittings, async |house: &House| {
    let scene = scene(house).await;
    planned(house, &scene).await;
    let plan = format!("/mentorships/{}/plan", scene.mentorship);
    let mut lucia = house.browser_of(&scene.observer).await;
    let page = lucia.get(&plan).await.expect(200).text();
    let activity =
        page.split(&format!("{plan}/")).find(|rest| rest.contains("Ver un consejo") && !rest.starts_with("edit"));
    let activity = format!("{plan}/{}", activity.unwrap_or_else(|| panic!("{page}")).split('"').next().unwrap());
    // The pair closed it a week ago.
    let was = [("day", "2027-01-04"), ("time", "12:00"), ("minutes", "90")];
    lucia.post(&format!("{activity}/done"), &was).await.expect(303);
    let mut sara = house.browser_of(&scene.secretary).await;
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    assert!(lucia.get(&plan).await.expect(200).says("90 minutos"), "the first tap says nothing of her");
    house.pass(minutes(50));
    let id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    house.pass(minutes(75));
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    house.pass(minutes(60));
    house.work().await;
    assert!(lucia.get(&plan).await.expect(200).says("90 minutos"), "nor that she came, and was away for hours");
    // What they close by hand as this sitting is this sitting's, with or without minutes.
    lucia.post(&format!("{activity}/reopen"), &[]).await.expect(303);
    let was = [("day", "2027-01-11"), ("time", "12:30"), ("minutes", "")];
    lucia.post(&format!("{activity}/done"), &was).await.expect(303);
    struck(&mut sara, &scene, ("Entra Lucía", "somebody-else")).await;
    assert_eq!(house.count("activities WHERE state = 'planned'").await, 1);
});

story!(what_was_signed_is_shown_as_it_was_signed_and_checked, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let page = lucia.get(&scene.path("")).await.expect(200).text();
    let seat = page.split("/loops/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let paper = scene.path(&format!("/seats/{seat}/undertaking"));
    let checked = async || actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!((checked().await.undertakings, checked().await.faults), (1, Vec::new()));
    let page = lucia.get(&paper).await.expect(200);
    assert!(page.says(&scene.digest) && !page.says("ya no es el que se firmó"));
    // Somebody writes other words into the database: the page says so, and shows the digest of what was signed.
    house.raw("UPDATE undertakings SET words = 'Hablar.'").await;
    for browser in [&mut lucia, &mut sara] {
        let page = browser.get(&paper).await.expect(200);
        assert!(page.says(&scene.digest) && page.says("ya no es el que se firmó"), "{}", page.text());
        assert!(!page.says("No cambia, aunque"));
    }
    assert_eq!(checked().await.faults, [(scene.chain(), Fault::Undertaking)]);
    house.raw("UPDATE undertakings SET words = 'Callar.'").await;
    // Whoever comes in without one signs it in the room, and the record knows.
    house.raw("CREATE TABLE aside AS SELECT * FROM undertakings").await;
    house.raw("DELETE FROM undertakings").await;
    let id = scene.observer.id.to_string();
    tap(&mut sara, &scene, &[("what", "comes"), ("observer", &id)]).await.expect(303);
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(422);
    let form = fields(&lucia.get(&paper).await.expect(200).text());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lucia.post(&paper, &form).await.expect(303);
    assert!(sara.get(&scene.path("/record/entries")).await.expect(200).says("Firma Lucía Ibáñez el compromiso"));
    // The trail, which coordinators read, does not name who observes.
    let trail = house.browser_of(&scene.coordinator).await.get("/audit?verb=observations.record").await.expect(200);
    assert!(trail.says("Sara Soto") && !trail.says("Lucía"), "{}", trail.text());
    tap(&mut sara, &scene, &[("what", "item-begins"), ("item", "1")]).await.expect(303);
    assert!(checked().await.faults.is_empty());
    // Other words with a digest of their own: the record has the one under which she sat there.
    house.raw("DELETE FROM undertakings").await;
    house.raw("INSERT INTO undertakings SELECT * FROM aside").await;
    assert_eq!(checked().await.faults, [(scene.chain(), Fault::Undertaking)]);
    house.raw("DROP TABLE aside").await;
});

story!(what_was_signed_for_another_day_is_signed_again, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    let mut lucia = house.browser_of(&scene.observer).await;
    let mut moved = async |day: &str, from: &str, until: &str| {
        let mut form = fields(&sara.get(&scene.path("/edit")).await.expect(200).text());
        let change = [("day", day), ("from", from), ("until", until), ("host", scene.mentor.address.as_str())];
        form.extend(change.map(|(name, value)| (name.to_owned(), value.to_owned())));
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        sara.post(&scene.path("/edit"), &form).await.expect(303);
    };
    // Later on the same day, what was signed still says it.
    moved("2027-01-11", "16:00", "18:00").await;
    assert!(lucia.get(&scene.path("")).await.expect(200).says("Compromiso firmado"));
    moved("2027-01-14", "16:00", "18:00").await;
    let page = lucia.get(&scene.path("")).await.expect(200);
    assert!(page.says("Compromiso sin firmar") && page.says("Firma el compromiso"), "{}", page.text());
    let seat = page.text().split("/loops/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let paper = scene.path(&format!("/seats/{seat}/undertaking"));
    let form = fields(&lucia.get(&paper).await.expect(200).text());
    let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lucia.post(&paper, &form).await.expect(303);
    assert!(lucia.get(&paper).await.expect(200).says("14 de enero de 2027"));
    house.work().await;
    house.mail_saying(&scene.observer.address, "que firmar otra vez").await;
    // What she had signed before is kept, and checked with the rest.
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!((checked.undertakings, checked.faults), (2, Vec::new()));
    house.raw("UPDATE replaced_undertakings SET words = 'Hablar.'").await;
    let checked = actions::check_all(&house.app).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!(checked.faults, [(scene.chain(), Fault::Undertaking)]);
});

story!(what_was_early_is_typed_on_its_day_and_a_closed_record_leads_to_the_sheet, async |house: &House| {
    let scene = scene(house).await;
    let mut sara = house.browser_of(&scene.secretary).await;
    house.pass(minutes(60));
    // Half past seven is of this morning, not of the next, for a meeting at ten.
    let lucia = scene.observer.id;
    typed(&mut sara, &scene, &[(format!("comes {lucia}"), "07:30"), (format!("leaves {lucia}"), "07:50")]).await;
    tap(&mut sara, &scene, &[("what", "closed")]).await.expect(303);
    let page = sara.get(&scene.path("/record/annex")).await.expect(200).read();
    assert!(page.contains("07:30–07:50"), "{page}");
    for page in ["", "/record"] {
        let page = sara.get(&scene.path(page)).await.expect(200);
        assert!(page.says(&format!("href=\"{}\"", scene.path("/record/sheet"))), "{}", page.text());
    }
    let late = [(format!("comes {lucia}"), "10:20"), (format!("leaves {lucia}"), "10:40")];
    typed(&mut sara, &scene, &late).await;
    // Who was there reads until when the debrief is best written.
    let mut observer = house.browser_of(&scene.observer).await;
    let place = observer.get(&scene.path("/place")).await.expect(200);
    assert!(place.says("El análisis posterior se escribe mejor antes"), "{}", place.text());
});
