//! What is kept of a run: sentences that name nobody until they are read, also those of before, and whoever has gone. And what is asked
//! beside a run: what it would bring if the pairs that it kept were free.

use telemaco::db::Statement;

use super::{Scene, known, publish, scene};
use crate::erasure::{erase, refused};
use crate::story;
use crate::support::edition::enrol_everybody;
use crate::support::sheets::take_in;
use crate::support::{House, Seen};

const NAMES: [&str; 5] = ["Álvaro", "Begoña", "Carla", "Diego", "Eva"];

/// Everything that is written down of the runs, as text.
async fn written_down(house: &House) -> String {
    static RUNS: Statement = Statement::new("SELECT summary, failure FROM pairing_runs", file!(), line!());
    static RESULTS: Statement = Statement::new("SELECT told FROM pairing_results", file!(), line!());
    let mut all = String::new();
    for row in house.app.db.rows(&RUNS, vec![]).await.unwrap() {
        for column in ["summary", "failure"] {
            all.push_str(&row.get::<Option<String>>(column).unwrap().unwrap_or_default());
        }
    }
    for row in house.app.db.rows(&RESULTS, vec![]).await.unwrap() {
        all.push_str(&row.get::<String>("told").unwrap());
    }
    all
}

impl Scene {
    async fn pin(&mut self, house: &House, mentee: &str, mentor: &str) -> Seen {
        let mentee = known(house, self, mentee).await.id.to_string();
        let mentor = known(house, self, mentor).await.id.to_string();
        let form = [("mentee", &*mentee), ("mentor", &*mentor), ("mark", "pin")];
        self.browser.post(&format!("{}/marks", self.board), &form).await
    }

    async fn ask(&mut self, frees: &str) -> Seen {
        self.browser.post(&format!("{}/runs", self.board), &[("frees", frees)]).await
    }
}

story!(nobody_is_erased_while_a_run_is_under_way, async |house: &House| {
    let mut scene = scene(house).await;
    let eva = known(house, &scene, "eva").await;
    scene.ask("").await.expect(303);
    assert_eq!(refused(erase(house, &eva).await), ["pairing-run-keeps"], "it would write her unit again");
    house.work().await;
    erase(house, &eva).await.map_err(anyhow::Error::from).unwrap();
});

story!(nobody_is_named_in_what_is_kept_of_a_run, async |house: &House| {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let alone = format!("{run}/left-out");
    let before = scene.browser.get(&alone).await.expect(200);
    assert!(before.says("Eva Gil") && before.says("Begoña Sáez"), "{}", before.text());
    assert!(scene.browser.get(&run).await.expect(200).says("Begoña Sáez: una persona más tendría mentor"));
    // More pins than seats: why that run failed names a mentor where it is read.
    scene.pin(house, "eva", "begona").await.expect(303);
    scene.pin(house, "diego_paz", "begona").await.expect(303);
    scene.run(house, "").await;
    let board = scene.board.clone();
    assert!(scene.browser.get(&board).await.expect(200).says("Begoña Sáez tiene 2 parejas fijadas"));
    let kept = written_down(house).await;
    assert!(kept.contains("pairing-board-pin-seats") && kept.contains("pairing-mend-seat"), "{kept}");
    for name in NAMES {
        assert!(!kept.contains(name), "{name} in {kept}");
    }
    assert!(!kept.contains("@example.org"));

    // Who is called otherwise by now is called so.
    house.raw("UPDATE persons SET name = 'Begoña Luna' WHERE name = 'Begoña Sáez'").await;
    assert!(scene.browser.get(&alone).await.expect(200).says("Begoña Luna"));
    // What was kept with names reads as it did.
    house
        .raw(
            "UPDATE pairing_results SET told = '{\"mends\":[{\"key\":\"pairing-mend-seat\",\
             \"arguments\":[[\"mentor\",\"Inés Vega\"]]}]}' WHERE mentor IS NULL; \
             UPDATE pairing_runs SET summary = '{\"mentees\":3,\"mentors\":2,\"seats\":2,\"paired\":2,\"further_seats\":\
             {\"mentors\":[{\"name\":\"Inés Vega\",\"mentors\":1,\"covers\":1,\"points\":0}]}}' WHERE state = 'done'",
        )
        .await;
    assert!(scene.browser.get(&alone).await.expect(200).says("Inés Vega"));
    assert!(scene.browser.get(&run).await.expect(200).says("Inés Vega: una persona más tendría mentor"));
});

story!(runs_and_pins_outlast_whoever_made_them, async |house: &House| {
    let mut scene = scene(house).await;
    scene.run(house, "").await;
    scene.pin(house, "eva", "begona").await.expect(303);
    // As if her row had gone.
    let gone = if house.app.db.file().is_some() {
        "PRAGMA foreign_keys = OFF; UPDATE pairing_runs SET started_by = X'00000000000000000000000000000001'; \
         UPDATE pairing_marks SET marked_by = X'00000000000000000000000000000001'"
    } else {
        "ALTER TABLE pairing_runs DROP CONSTRAINT pairing_runs_started_by_fkey; \
         ALTER TABLE pairing_marks DROP CONSTRAINT pairing_marks_marked_by_fkey; \
         UPDATE pairing_runs SET started_by = '00000000-0000-0000-0000-000000000001'; \
         UPDATE pairing_marks SET marked_by = '00000000-0000-0000-0000-000000000001'"
    };
    house.raw(gone).await;
    for page in ["runs", "marks"] {
        let seen = scene.browser.get(&format!("{}/{page}", scene.board)).await.expect(200);
        assert!(seen.says("alguien que ya no está"), "{page}: {}", seen.text());
    }
    let run = scene.run(house, "").await;
    assert!(scene.browser.get(&run).await.expect(200).says("Fijada por coordinación"), "the pin counts");
});

story!(what_it_would_gain_if_kept_pairs_were_free, async |house: &House| {
    let mut scene = scene(house).await;
    let more = "Name,Email,Skills,Capacity,Grade,Languages\nZoe Mora,zoe@example.org,Ventas:5,1,A,inglés\n";
    take_in(house, &mut scene.browser, "mentors", more).await;
    enrol_everybody(house, &scene.ana, scene.edition).await;
    let board = scene.board.clone();
    let ask = "¿Qué se ganaría si";
    let run = scene.run(house, "").await;
    let page = scene.browser.get(&run).await.expect(200);
    assert!(page.title().starts_with("Las 3 personas") && !page.says(ask), "nothing was kept: {}", page.text());
    for frees in ["proposed", "all"] {
        scene.ask(frees).await.expect(409);
    }
    scene.ask("everything").await.expect(404);

    // Eva's mentorship takes the only seat that the rules allow Carla.
    let (eva, alvaro) = (known(house, &scene, "eva").await, known(house, &scene, "alvaro").await);
    let paths = publish(house, &scene, &[(&eva, &alvaro)]).await;
    let kept = scene.run(house, "").await;
    let page = scene.browser.get(&board).await.expect(200);
    assert!(page.title().starts_with("2 de 3") && page.says(ask), "{}", page.text());
    assert!(page.says("tampoco hubiera mentorías") && !page.says("lo propuesto y lo fijado libre"));
    scene.ask("proposed").await.expect(409);
    let what_if = scene.ask("all").await.expect(303).location().to_owned();
    let running = scene.browser.get(&what_if).await.expect(200);
    assert!(running.says("data-follows") && running.says("Preguntarlo no cambia nada") && running.says(&what_if));
    assert_eq!(scene.ask("all").await.expect(303).location(), what_if, "it is asked already");
    assert_eq!(house.work().await, 1);

    let found = scene.browser.get(&what_if).await.expect(200);
    assert_eq!(found.title(), "Con las parejas libres, 1 persona más tendría mentor o mentora");
    for words in [
        "Carla Rey",
        "Eva Gil",
        "Diego Paz",
        "3 personas cambian",
        "Su mentoría está en marcha",
        "2 de 3 personas",
        "Las 3 personas",
        "desde aquí no se puede enviar nada",
        "Ver las mentorías",
        "Dejarlo como está",
    ] {
        assert!(found.says(words), "{words}: {}", found.text());
    }
    assert!(!found.says("consent/send") && !found.says("han cambiado las personas"));

    // Asking changed nothing: the board, the mentorship, what is sent, what is to be done.
    let run_id = what_if.rsplit('/').next().unwrap();
    let send = format!("/editions/{}/consent/send", scene.edition);
    scene.browser.post(&send, &[("run", run_id)]).await.expect(404);
    assert!(scene.browser.get(&board).await.expect(200).title().starts_with("2 de 3"));
    assert!(scene.browser.get(&paths[0]).await.expect(200).says("Álvaro Núñez mentoriza a Eva Gil"));
    let list = scene.browser.get(&format!("{board}/runs")).await.expect(200);
    assert!(list.says("supuesto") && list.text().matches(" checked>").count() == 2);
    assert!(scene.browser.get("/audit?verb=pairing").await.expect(200).says("Preguntó qué se ganaría"));
    let both = format!("{board}/compare?before={}&after={run_id}", kept.rsplit('/').next().unwrap());
    assert_eq!(scene.browser.get(&both).await.expect(200).title(), found.title());

    // A pin may be free while mentorships stand; and where that gains nothing it is said.
    scene.pin(house, "diego_paz", "begona").await.expect(303);
    scene.run(house, "").await;
    let page = scene.browser.get(&board).await.expect(200);
    assert!(page.says("las 2 parejas que se mantuvieron") && page.says("lo propuesto y lo fijado libre"));
    let what_if = scene.ask("proposed").await.expect(303).location().to_owned();
    house.work().await;
    let found = scene.browser.get(&what_if).await.expect(200);
    assert_eq!(found.title(), "Con las parejas libres no se ganaría nada");
    assert!(found.says("Las mentorías en marcha siguen como están") && found.says("Volver al cálculo 4"));
    assert!(found.says("nadie cambia de mentor o mentora"), "{}", found.text());

    // Somebody new makes another comparison of it, which is said.
    let late = "Name,Email,Skills,Grade,Languages\nLía Sol,lia@example.org,Ventas,B,francés\n";
    take_in(house, &mut scene.browser, "mentees", late).await;
    enrol_everybody(house, &scene.ana, scene.edition).await;
    let what_if = scene.ask("all").await.expect(303).location().to_owned();
    house.work().await;
    let found = scene.browser.get(&what_if).await.expect(200);
    assert!(found.says("han cambiado las personas o las plazas"), "{}", found.text());
});
