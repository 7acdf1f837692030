//! The pairing board in the browser: rules, runs, pairs and what else could be, marks, comparison, files, proof; and that it is the
//! coordinator's alone.

mod kept;
mod programs;

use telemaco::identity::Part;
use telemaco::mentorships::{self, NewMentorship};
use telemaco::pairing::runs::proof;
use telemaco::programmes::EditionId;
use telemaco::{jobs, sheets as grids, transaction};

use crate::story;
use crate::support::edition::{edition, enrol_everybody};
use crate::support::form::{fields, path_of};
use crate::support::sheets::{confirm, settle, take_in, upload};
use crate::support::{Client, House, Person, Seen};

const MENTORS: &str = "Name,Email,Skills,Capacity,Grade,Languages,Line manager\n\
    Álvaro Núñez,alvaro@example.org,Negociación:5,1,A,español,\n\
    Begoña Sáez,begona@example.org,Oratoria:4;Negociación:2,1,A,\"español, inglés\",\n";
const MENTEES: &str = "Name,Email,Skills,Grade,Languages,Line manager\n\
    Carla Rey,carla@example.org,Negociación,B,español,begona@example.org\n\
    Diego Paz,diego_paz@example.org,Oratoria,B,inglés,alvaro@example.org\n\
    Eva Gil,eva@example.org,Oratoria,B,español,\n";

/// A coordinator with an edition in which these people are enrolled.
struct Scene {
    ana: Person,
    browser: Client,
    edition: EditionId,
    board: String,
}

async fn scene(house: &House) -> Scene {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    take_in(house, &mut browser, "mentors", MENTORS).await;
    take_in(house, &mut browser, "mentees", MENTEES).await;
    let edition = edition(house, &ana).await;
    assert_eq!(enrol_everybody(house, &ana, edition).await, 5);
    Scene { ana, browser, edition, board: format!("/editions/{edition}/pairing") }
}

impl Scene {
    /// Runs the pairing and gives the path of the run.
    async fn run(&mut self, house: &House, name: &str) -> String {
        self.browser.post(&format!("{}/runs", self.board), &[("name", name)]).await.expect(303);
        house.work().await;
        let list = self.browser.get(&format!("{}/runs", self.board)).await.expect(200).text();
        let (_, rest) = list.split_once(&format!("href=\"{}/runs/", self.board)).expect("a run");
        format!("{}/runs/{}", self.board, rest.split('"').next().unwrap())
    }

    /// The page of a mentee in a run.
    async fn pair_of(&mut self, run: &str, name: &str) -> String {
        let page = self.browser.get(&format!("{run}?q={}", name.replace(' ', "+"))).await.expect(200).text();
        path_of(&page, name)
    }

    /// Sends the form of the rules as it stands, save what is said otherwise; a value of `None` is not sent.
    async fn save_rules(&mut self, said: &[(&str, Option<&str>)]) -> Seen {
        let path = format!("{}/rules", self.board);
        let mut form = fields(&self.browser.get(&path).await.expect(200).text());
        form.remove("text");
        for (field, value) in said {
            match value {
                Some(value) => form.insert((*field).to_owned(), (*value).to_owned()),
                None => form.remove(*field),
            };
        }
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.browser.post(&path, &form).await
    }
}

/// Whether `telemaco verify` accepts a file, and what it says.
fn verify(house: &House, file: &[u8]) -> (bool, String) {
    let path = house.folder().join("proof.txt");
    std::fs::write(&path, file).unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_telemaco"))
        .args(["verify", "--lang", "en"])
        .arg(&path)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&said).into_owned())
}

story!(from_rules_to_pairs_and_their_proof, async |house: &House| {
    let mut scene = scene(house).await;
    let board = scene.board.clone();
    let begin = scene.browser.get(&board).await.expect(200);
    assert!(begin.says("todavía no se ha emparejado") && begin.says("línea de mando"), "{}", begin.text());

    scene.browser.post(&format!("{board}/runs"), &[("name", "Primera")]).await.expect(303);
    let waiting = scene.browser.get(&board).await.expect(200);
    assert!(waiting.says("data-follows") && waiting.says("Mirar otra vez"), "it is under way");
    assert!(!waiting.says("http-equiv"), "nothing throws whoever reads back to the top");
    // While one is under way there is no second.
    scene.browser.post(&format!("{board}/runs"), &[]).await.expect(303);
    assert_eq!(house.work().await, 1);

    let page = scene.browser.get(&board).await.expect(200);
    assert_eq!(page.title(), "2 de 3 personas tienen mentor o mentora");
    for words in
        ["Carla Rey", "Álvaro Núñez", "Diego Paz", "Begoña Sáez", "Eva Gil", "Negociación", "Primera", "consent/send"]
    {
        assert!(page.says(words), "{words}");
    }
    let list = scene.browser.get(&format!("{board}/runs")).await.expect(200);
    assert!(!list.says("Comparar los dos cálculos"), "there are not two to compare");
    let run = scene.run(house, "Segunda").await;
    let list = scene.browser.get(&format!("{board}/runs")).await.expect(200);
    assert!(list.says("Comparar los dos cálculos") && list.text().matches(" checked>").count() == 2);
    let none = scene.browser.get(&format!("{board}/compare")).await.expect(303);
    assert_eq!(none.location(), format!("{board}/runs"));
    assert!(scene.browser.get(&run).await.expect(200).says("Frente al cálculo 1, nadie cambia"));

    // By name, of either side; those without a mentor on a page of their own.
    let found = scene.browser.get(&format!("{run}?q=begona")).await.expect(200);
    assert!(found.says("Diego Paz") && !found.says("Carla Rey") && !found.says("Eva Gil"));
    let found = scene.browser.get(&format!("{run}?q=diego_")).await.expect(200);
    assert!(found.says("Diego Paz") && !found.says("Carla Rey"), "what means something to LIKE is a sign like others");
    let alone = scene.browser.get(&format!("{run}/left-out")).await.expect(200);
    assert!(alone.says("Eva Gil") && !alone.says("Diego Paz") && alone.title().starts_with("1 persona"));

    // The proof holds, and no name is in it.
    let file = scene.browser.get(&format!("{run}/proof")).await.expect(200);
    let checked = proof::check(&file.body).unwrap();
    assert_eq!(checked.proof.matched(), 2);
    assert!(scene.browser.get(&run).await.says(&checked.digest), "the page says which file is its proof");
    assert!(!file.says("Carla") && !file.says("example.org"));
    let (well, said) = verify(house, &file.body);
    assert!(well && said.contains("2 are paired") && said.contains(&checked.digest), "{said}");
    let text = file.text();
    let forged = text.replacen("\nmentor 0 ", "\nmentor 0 1", 1);
    assert_ne!(forged, text);
    let (well, said) = verify(house, forged.as_bytes());
    assert!(!well && said.contains("proves nothing") && said.contains("something was changed"), "{said}");

    for (form, kind, name) in [
        ("json", "application/json", "pairs.json"),
        ("csv", "text/csv", "pairs.csv"),
        ("xlsx", "application/vnd.openxmlformats", "pairs.xlsx"),
        ("report", "application/octet-stream", "pairs.html"),
        ("rules", "application/toml", "rules.toml"),
    ] {
        let path = format!("{run}/files?form={form}");
        let file = scene.browser.get(&path).await.expect(200);
        assert!(file.header("content-type").starts_with(kind), "{form}");
        assert_eq!(file.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        house.pass(jiff::SignedDuration::from_hours(30));
        assert!(
            file.body == scene.browser.get(&path).await.expect(200).body,
            "{form}: the same run gives the same bytes"
        );
        match form {
            "json" => {
                let json = file.json();
                let pairs = json["pairs"].as_array().unwrap().iter();
                let pairs: Vec<_> = pairs.map(|pair| (pair["mentee"].clone(), pair["mentor"].clone())).collect();
                assert_eq!(
                    pairs,
                    [
                        ("carla@example.org".into(), "alvaro@example.org".into()),
                        ("diego_paz@example.org".into(), "begona@example.org".into())
                    ]
                );
                assert_eq!(json["left_out"][0]["mentee"], "eva@example.org");
                assert_eq!(json["proof"], checked.digest);
            }
            "csv" => assert_eq!(grids::read(&file.body, name).unwrap().rows.len(), 3),
            "xlsx" => assert_eq!(grids::read_all(&file.body, name).unwrap().len(), 2),
            "report" => assert!(file.says("<html") && file.says("Eva Gil")),
            _ => assert!(file.says("reporting-line")),
        }
    }
    let criteria = scene.browser.get(&format!("{board}/criteria")).await.expect(200);
    assert!(criteria.says("Quién decide") && criteria.says("telemaco verify"));
    assert!(scene.browser.get("/audit?verb=pairing").await.expect(200).says("Empezó un cálculo"));
});

story!(what_else_could_be_and_what_it_would_cost, async |house: &House| {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let carla = scene.pair_of(&run, "Carla Rey").await;
    let page = scene.browser.get(&carla).await.expect(200);
    assert!(page.says("Álvaro Núñez para Carla Rey") && page.says("Calcularlo"));
    // Begoña is her manager, so that Álvaro is the only one; Eva would get him.
    let worked_out = scene.browser.get(&format!("{carla}?next=yes")).await.expect(200);
    assert!(worked_out.says("Carla Rey no tendría mentor"), "{}", worked_out.text());
    assert!(worked_out.says("1 persona más cambiaría") && worked_out.says("no permiten a esta persona ningún otro"));
    let diego = scene.pair_of(&run, "Diego Paz").await;
    let worked_out = scene.browser.get(&format!("{diego}?next=yes")).await.expect(200);
    assert!(worked_out.says("Diego Paz no tendría mentor"));
    // For somebody left out: the mentors whom the rules allow, with what it would cost.
    let eva = scene.pair_of(&run, "Eva Gil").await;
    let alone = scene.browser.get(&format!("{eva}?next=yes")).await.expect(200);
    assert!(!alone.says("persona menos con mentor"), "somebody else would be left out, so that as many are covered");
    assert!(alone.says("Eva Gil está sin mentor") && alone.says("Fijar con Begoña Sáez"), "{}", alone.text());
});

story!(what_reserved_criteria_weigh_is_told_of_nobody, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let creed = [("key", "creed"), ("purpose", "Emparejar"), ("basis", "Consentimiento explícito")];
    for (field, csv) in [
        (
            "mentors",
            "Name,Email,Skills,Capacity,Religión\nZoe Mora,zoe@example.org,Oratoria:4,1,uno\nLeo Paz,leo@example.org,Oratoria:4,1,dos\n",
        ),
        (
            "mentees",
            "Name,Email,Skills,Religión\nMarta Gil,marta@example.org,Oratoria,uno\nBen Rey,ben@example.org,Oratoria,dos\n",
        ),
    ] {
        let import = upload(&mut browser, &[(field, "people.csv", csv.as_bytes())]).await;
        settle(&mut browser, &import, &[("Religión", "attribute", &creed)]).await.expect(303);
        confirm(&mut browser, &import).await.expect(303);
        house.work().await;
    }
    let edition = edition(house, &ana).await;
    assert_eq!(enrol_everybody(house, &ana, edition).await, 4);
    let mut scene = Scene { ana, browser, edition, board: format!("/editions/{edition}/pairing") };
    let rules = "[[prefer]]\nrule = \"similar\"\nattribute = \"creed\"\nweight = 1000\n\n\
        [[prefer]]\nrule = \"competencies\"\nweight = 10\n";
    let path = format!("{}/rules/text", scene.board);
    scene.browser.upload(&path, &[("version", "0"), ("text", rules)], &[]).await.expect(303);
    let run = scene.run(house, "").await;
    let page = scene.browser.get(&run).await.expect(200);
    assert!(page.says("no se descarga") && !page.says("Descargar la prueba"), "{}", page.text());
    assert!(!page.says("puntos más"), "what a seat is worth holds the criterion");
    scene.browser.get(&format!("{run}/proof")).await.expect(404);
    let marta = scene.pair_of(&run, "Marta Gil").await;
    let else_page = scene.browser.get(&format!("{marta}?next=yes")).await.expect(200);
    assert!(else_page.says("Zoe Mora para Marta Gil") && else_page.says("sería Leo Paz."), "{}", else_page.text());
    assert!(else_page.says("Fijar con Leo Paz") && else_page.says("1 persona más cambiaría"));
    assert!(!else_page.says("Le cuesta al conjunto") && !else_page.says("El conjunto perdería"));
});

story!(marks_count_from_the_next_run_on, async |house: &House| {
    let mut scene = scene(house).await;
    let (board, run) = (scene.board.clone(), scene.run(house, "").await);
    let eva = scene.pair_of(&run, "Eva Gil").await;
    let page = scene.browser.get(&format!("{eva}?next=yes")).await.expect(200).text();
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let of_begona = page.split("Fijar con Begoña").next().unwrap().rsplit("name=\"mentor\" value=\"").next().unwrap();
    let begona_id = of_begona.split('"').next().unwrap().to_owned();
    let (run_id, eva_id) = (id(&run), id(&eva));
    let pin = |mentee: &str, mentor: &str, mark: &str| {
        [
            ("run", run_id.clone()),
            ("mentee", mentee.to_owned()),
            ("mentor", mentor.to_owned()),
            ("mark", mark.to_owned()),
        ]
    };
    let marks = format!("{board}/marks");
    let send = async |browser: &mut Client, form: [(&str, String); 4]| {
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post(&marks, &form).await
    };
    // Begoña is Carla's manager: that pin no rule allows. Why is not said, since among the rules are declared conflicts.
    let carla = scene.pair_of(&run, "Carla Rey").await;
    let refused = send(&mut scene.browser, pin(&id(&carla), &begona_id, "pin")).await.expect(422);
    assert!(
        refused.says("No se puede fijar a Carla Rey con Begoña Sáez: las reglas no") && refused.says("href=\"#mark\"")
    );
    assert!(!refused.says("Lo impide"));
    assert!(scene.browser.get(&marks).await.expect(200).says("No hay parejas fijadas"));

    send(&mut scene.browser, pin(&eva_id, &begona_id, "pin")).await.expect(303);
    assert!(scene.browser.get(&marks).await.expect(200).says("Hay 1 pareja"));
    for (search, is_found) in [("eva", true), ("BEGOÑA", true), ("zzz", false)] {
        let found = scene.browser.get(&format!("{marks}?q={}", search.replace('Ñ', "%C3%91"))).await.expect(200);
        assert_eq!(found.says("Eva Gil"), is_found, "{search}");
        assert_eq!(found.says("Ninguna marca coincide"), !is_found, "{search}");
    }
    let file = scene.browser.get(&format!("{marks}/export?form=csv&q=eva")).await.expect(200);
    assert!(file.text().contains("Eva Gil,Begoña Sáez,fijada,Ana Pérez"), "{}", file.text());
    let second = scene.run(house, "").await;
    let pair = scene.browser.get(&second).await.expect(200);
    assert!(
        pair.says("Fijada por coordinación") && pair.says("Frente al cálculo 1, 2 personas cambian"),
        "{}",
        pair.text()
    );
    let compare =
        scene.browser.get(&format!("{board}/compare?before={run_id}&after={}", id(&second))).await.expect(200);
    assert!(
        compare.says("Eva Gil") && compare.says("Diego Paz") && !compare.says("Carla Rey") && compare.says("nadie")
    );
    let kept = scene.browser.get(&format!("{second}/pairs/{eva_id}?next=yes")).await.expect(200);
    assert!(kept.says("ya estaba acordada antes"));
    assert_eq!(proof::check(&scene.browser.get(&format!("{second}/proof")).await.body).unwrap().kept.len(), 1);

    // What was pinned can be forbidden, and what was marked freed.
    send(&mut scene.browser, pin(&eva_id, &begona_id, "forbid")).await.expect(303);
    let third = scene.run(house, "").await;
    assert!(scene.browser.get(&format!("{third}/left-out")).await.expect(200).says("la pareja está prohibida"));
    send(&mut scene.browser, pin(&eva_id, &begona_id, "")).await.expect(303);
    send(&mut scene.browser, pin(&eva_id, &begona_id, "")).await.expect(404);
    let fourth = scene.run(house, "").await;
    let pages = [scene.browser.get(&run).await, scene.browser.get(&fourth).await];
    assert_eq!(pages[0].title(), pages[1].title());

    // A pin that rules forbid later is passed over, without a word of whose.
    send(&mut scene.browser, pin(&eva_id, &begona_id, "pin")).await.expect(303);
    let with_conflict = "Name,Email,Skills,Grade,Languages,Conflicts\n\
        Eva Gil,eva@example.org,Oratoria,B,español,begona@example.org\n";
    take_in(house, &mut scene.browser, "mentees", with_conflict).await;
    let fifth = scene.run(house, "").await;
    let passed_over = scene.browser.get(&fifth).await.expect(200);
    assert!(passed_over.says("1 pareja fijada no se ha podido mantener"), "{}", passed_over.text());
    assert!(!passed_over.says("No se puede fijar") && !passed_over.says("Fijada por coordinación"));
    let refused = send(&mut scene.browser, pin(&eva_id, &begona_id, "pin")).await.expect(422);
    assert!(refused.says("No se puede fijar a Eva Gil con Begoña Sáez: las reglas no permiten la pareja"));

    // Where no rule reads what was told in confidence, it is said which one stands against a pair.
    let rules = "[[must]]\nrule = \"equal\"\nattribute = \"unit\"\nunknown = \"forbid\"\n";
    let version =
        async |browser: &mut Client| fields(&browser.get(&format!("{board}/rules")).await.text())["version"].clone();
    let path = format!("{board}/rules/text");
    let now = version(&mut scene.browser).await;
    scene.browser.upload(&path, &[("version", &now), ("text", rules)], &[]).await.expect(303);
    let refused = send(&mut scene.browser, pin(&eva_id, &begona_id, "pin")).await.expect(422);
    assert!(refused.says("Lo impide: Coinciden en"), "{}", refused.text());

    // More pins than seats stop the run, and it is said what to do.
    let now = version(&mut scene.browser).await;
    scene.browser.upload(&path, &[("version", &now), ("text", "")], &[]).await.expect(303);
    let diego = id(&scene.pair_of(&run, "Diego Paz").await);
    send(&mut scene.browser, pin(&diego, &begona_id, "pin")).await.expect(303);
    scene.run(house, "").await;
    let failed = scene.browser.get(&board).await.expect(200);
    assert!(failed.says("No se han podido buscar") && failed.says("tiene 2 parejas fijadas"), "{}", failed.text());
    let list = scene.browser.get(&format!("{board}/runs")).await.expect(200);
    assert!(
        list.says("no se pudo hacer") && list.text().matches(" checked>").count() == 2,
        "the newest two that are done"
    );
});

story!(a_mark_that_no_run_would_read_is_refused, async |house: &House| {
    let mut scene = scene(house).await;
    let many = (0..100).fold("Name,Email\n".to_owned(), |csv, row| format!("{csv}Nia {row},nia{row}@example.org\n"));
    take_in(house, &mut scene.browser, "mentees", &many).await;
    let run = scene.run(house, "").await;
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let (run_id, eva) = (id(&run), id(&scene.pair_of(&run, "Eva Gil").await));
    let begona = id(&path_of(&scene.browser.get("/mentors").await.text(), "Begoña Sáez"));
    house
        .raw(
            "INSERT INTO pairing_marks \
             (edition, organisation, mentee, mentor, mark, marked_by, marked_at, mentee_sort, mentor_sort) \
             SELECT editions.id, editions.organisation, one.id, other.id, 'forbid', one.id, 0, one.name_sort, \
             other.name_sort FROM editions \
             CROSS JOIN persons AS one CROSS JOIN persons AS other WHERE one.name LIKE 'Nia %' AND other.name LIKE 'Nia %'",
        )
        .await;
    let marks = format!("{}/marks", scene.board);
    let form = [("run", &*run_id), ("mentee", &*eva), ("mentor", &*begona), ("mark", "forbid")];
    let full = scene.browser.post(&marks, &form).await.expect(422);
    assert!(full.says("Hay ya 10.000 parejas"), "{}", full.text());
    let unmark = [("run", &*run_id), ("mentee", &*eva), ("mentor", &*begona), ("mark", "")];
    scene.browser.post(&marks, &unmark).await.expect(404);
});

story!(rules_are_sentences_with_weights, async |house: &House| {
    let mut scene = scene(house).await;
    let board = scene.board.clone();
    let page = scene.browser.get(&format!("{board}/rules")).await.expect(200);
    assert!(page.says("se proponen") && page.says("must-reporting-line") && fields(&page.text())["version"] == "0");
    let again = scene.save_rules(&[("wish-0", Some("muchos")), ("capacity", Some("3"))]).await.expect(422);
    assert!(
        again.says("value=\"muchos\"") && again.says("href=\"#wish-0\"") && fields(&again.text())["capacity"] == "3"
    );
    scene
        .save_rules(&[("wish-0", Some("77")), ("must-former-mentor", None), ("balance", Some("0 30"))])
        .await
        .expect(303);
    let text = scene.browser.get(&format!("{board}/rules.toml")).await.expect(200).text();
    assert!(
        text.contains("weight = 77") && !text.contains("\"former-mentor\"\n") && text.contains("penalties = [0, 30]"),
        "{text}"
    );
    // One more, of every kind that the form knows; then away with it.
    let unit = [("add", Some("differ")), ("add-attribute", Some("unit"))];
    scene.save_rules(&unit).await.expect(303);
    for kind in ["similar", "different", "words"] {
        scene
            .save_rules(&[("add", Some(kind)), ("add-attribute", Some("unit")), ("add-weight", Some("5"))])
            .await
            .expect(303);
    }
    for kind in ["competencies", "mentee-ranking", "mentor-ranking", "zone", "place"] {
        scene
            .save_rules(&[("add", Some(kind)), ("add-number", Some("6")), ("add-weight", Some("5"))])
            .await
            .expect(303);
    }
    let no_order =
        [("add", Some("gap")), ("add-attribute", Some("unit")), ("add-number", Some("1")), ("add-weight", Some("5"))];
    assert!(scene.save_rules(&no_order).await.expect(422).says("No se conoce el orden"));
    let text = scene.browser.get(&format!("{board}/rules.toml")).await.expect(200).text();
    assert_eq!(text.matches("weight = 5\n").count(), 8, "{text}");
    scene.save_rules(&[("wish-0-remove", Some("on"))]).await.expect(303);
    assert!(!scene.browser.get(&format!("{board}/rules.toml")).await.text().contains("weight = 77"));

    // The file comes back as it went; a wrong one is said with its line and lost to nobody.
    let text = scene.browser.get(&format!("{board}/rules.toml")).await.expect(200).text();
    let version = |page: Seen| fields(&page.text())["version"].clone();
    let now = version(scene.browser.get(&format!("{board}/rules")).await);
    let path = format!("{board}/rules/text");
    let file = [("file", "rules.toml", text.as_bytes())];
    scene.browser.upload(&path, &[("version", &now), ("text", "")], &file).await.expect(303);
    assert_eq!(scene.browser.get(&format!("{board}/rules.toml")).await.text(), text);
    let now = version(scene.browser.get(&format!("{board}/rules")).await);
    for (rules, words) in [
        ("[[must]]\nrule = \"conflict\"\n[[prefer]]\nrule = \"charm\"\nweight = 3\n", "Línea 4"),
        ("[[prefer]]\nrule = \"similar\"\nattribute = \"zodiac\"\nweight = 3\n", "zodiac"),
        ("this is <b>no</b> TOML", "Línea 1"),
    ] {
        let refused = scene.browser.upload(&path, &[("version", &now), ("text", rules)], &[]).await.expect(422);
        assert!(refused.says(words) && refused.says("href=\"#rules\""), "{}", refused.text());
        assert_eq!(fields(&refused.text())["text"].trim(), rules.trim(), "what was written is still there");
    }
    // No rule at all is allowed: then everybody who has a seat gets it.
    scene.browser.upload(&path, &[("version", &now), ("text", "")], &[]).await.expect(303);
    let run = scene.run(house, "").await;
    assert!(scene.browser.get(&run).await.expect(200).title().starts_with("2 de 3"));
});

story!(of_two_who_save_rules_one_is_told, async |house: &House| {
    let mut scene = scene(house).await;
    let path = format!("{}/rules", scene.board);
    let other = house.person(scene.ana.organisation, "Olga Ruiz", &[Part::Coordinator]).await;
    for round in 0..3 {
        let (mut one, mut two) = (house.browser_of(&scene.ana).await, house.browser_of(&other).await);
        let mut form = fields(&one.get(&path).await.expect(200).text());
        form.remove("text");
        let (first, second) = (format!("11{round}"), format!("22{round}"));
        let with = |weight| {
            form.iter()
                .map(move |(name, value)| (name.as_str(), if name == "wish-0" { weight } else { value.as_str() }))
        };
        let forms: [Vec<(&str, &str)>; 2] = [with(first.as_str()).collect(), with(second.as_str()).collect()];
        let (seen_one, seen_two) = tokio::join!(one.post(&path, &forms[0]), two.post(&path, &forms[1]));
        let mut statuses = [seen_one.status.as_u16(), seen_two.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [303, 409], "round {round}");
        let (lost, meant, stands) =
            if seen_one.status == 409 { (seen_one, "11", "22") } else { (seen_two, "22", "11") };
        assert!(lost.says("otra persona ha guardado"));
        assert!(
            fields(&lost.text())["text"].contains(&format!("weight = {meant}{round}")),
            "what was meant is still there"
        );
        assert_eq!(fields(&lost.text())["wish-0"], format!("{stands}{round}"), "what counts now stands above");
        assert!(scene.browser.get(&format!("{path}.toml")).await.text().contains(&format!("weight = {stands}{round}")));
    }
});

story!(a_run_begins_under_the_rules_that_are_saved_then, async |house: &House| {
    let mut scene = scene(house).await;
    for round in 0..3 {
        let edition = edition(house, &scene.ana).await;
        enrol_everybody(house, &scene.ana, edition).await;
        scene.board = format!("/editions/{edition}/pairing");
        let (mut one, mut two) = (house.browser_of(&scene.ana).await, house.browser_of(&scene.ana).await);
        let (runs, text) = (format!("{}/runs", scene.board), format!("{}/rules/text", scene.board));
        let rules = [("version", "0"), ("text", "[capacity]\ndefault = 3\n")];
        let (started, saved) = tokio::join!(one.post(&runs, &[]), two.upload(&text, &rules, &[]));
        assert_eq!(started.status.as_u16(), 303, "round {round}: whoever starts a run edits no rules");
        house.work().await;
        let list = scene.browser.get(&runs).await.expect(200).text();
        let (_, rest) = list.split_once(&format!("href=\"{runs}/")).expect("a run");
        let file = format!("{runs}/{}/files?form=rules", rest.split('"').next().unwrap());
        let under = scene.browser.get(&file).await.expect(200).text();
        // Whoever saved over nothing was first.
        assert_eq!(saved.status == 303, under.contains("default = 3"), "round {round}: {under}");
    }
});

story!(what_is_settled_is_kept, async |house: &House| {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let page = scene.browser.get(&run).await.text();
    let person =
        |page: &str, name: &str| path_of(page, name).rsplit('/').next().unwrap().parse::<uuid::Uuid>().unwrap();
    let eva = telemaco::identity::PersonId(person(&page, "Eva Gil"));
    let mentors = scene.browser.get("/mentors").await.text();
    let begona = telemaco::identity::PersonId(person(&mentors, "Begoña Sáez"));
    let pair = NewMentorship { mentee: eva, mentor: begona };
    let made: Result<_, telemaco::db::Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, scene.ana.organisation, scene.edition, &[pair]).await
    });
    let id = made.unwrap()[0];
    let second = scene.run(house, "").await;
    let kept = scene.browser.get(&second).await.expect(200);
    assert!(kept.says("Su mentoría está en marcha") && kept.says("1 pareja ya estaba acordada"), "{}", kept.text());
    assert!(scene.browser.get(&format!("{second}/left-out")).await.says("Diego Paz"), "the seat is taken");
    assert!(kept.says("Pedir consentimiento para 1 pareja"), "who agreed is not asked again");
    let agreed = scene.pair_of(&second, "Eva Gil").await;
    assert!(!scene.browser.get(&agreed).await.expect(200).says("name=\"mark\""), "nor can the pair be marked");

    // A pair that ended is not proposed again.
    let viewer = house.viewer(&scene.ana).await;
    let parting = mentorships::Parting::new(Some(mentorships::Ending::Exit), "", true).unwrap();
    mentorships::end(&house.app, &viewer, id, 1, &parting).await.map_err(anyhow::Error::from).unwrap();
    let third = scene.run(house, "").await;
    let alone = scene.browser.get(&format!("{third}/left-out")).await.expect(200);
    assert!(alone.says("Eva Gil") && alone.says("terminó"), "{}", alone.text());
});

story!(two_servers_do_a_run_once, async |house: &House| {
    let mut scene = scene(house).await;
    let second = house.second_server().await;
    for round in 0..4 {
        scene.browser.post(&format!("{}/runs", scene.board), &[]).await.expect(303);
        let (one, two) = tokio::join!(jobs::run_due(&house.app), jobs::run_due(&second));
        assert_eq!(one.unwrap() + two.unwrap(), 1, "round {round}");
    }
    let list = scene.browser.get(&format!("{}/runs", scene.board)).await.text();
    assert_eq!(list.matches("2 de 3 personas").count(), 4);
    // Of two who press at once there is one run.
    let (mut one, mut two) = (scene.browser.clone(), Client::of(&second));
    two.keep_cookie("telemaco_session", scene.browser.cookie("telemaco_session").unwrap());
    let path = format!("{}/runs", scene.board);
    let (seen, other) = tokio::join!(one.post(&path, &[]), two.post(&path, &[]));
    assert_eq!((seen.status.as_u16(), other.status.as_u16()), (303, 303));
    assert_eq!(house.work().await, 1);
    second.db.close().await;
});

story!(the_edition_says_whether_to_send_or_to_run_again, async |house: &House| {
    let mut scene = scene(house).await;
    let page = format!("/editions/{}", scene.edition);
    let (send, again) = ("Enviar las propuestas", "Volver a calcular con lo que se ha dicho");
    for round in 0..2 {
        let run = scene.run(house, "").await;
        let fresh = scene.browser.get(&page).await.expect(200);
        assert!(fresh.says(send) && !fresh.says(again), "round {round}: what was found is to be sent");
        let form = [("run", run.rsplit('/').next().unwrap())];
        scene.browser.post(&format!("{page}/consent/send"), &form).await.expect(303);
        let awaited = scene.browser.get(&page).await.expect(200);
        assert!(!awaited.says(send) && !awaited.says(again), "round {round}: answers are awaited");
        let name = ["Diego Paz", "Eva Gil"][round];
        house
            .raw(&format!(
                "UPDATE proposals SET state = CASE WHEN mentee = (SELECT id FROM persons WHERE name = '{name}') \
                 THEN 'declined' ELSE 'accepted' END WHERE state = 'mentor-asked'"
            ))
            .await;
        let declined = scene.browser.get(&page).await.expect(200);
        assert!(declined.says(again) && declined.says("Una propuesta no salió adelante"), "round {round}");
    }
});

story!(a_run_that_is_given_up_makes_room_for_the_next, async |house: &House| {
    let mut scene = scene(house).await;
    scene.browser.post(&format!("{}/runs", scene.board), &[]).await.expect(303);
    // As if the server had been ended in the middle of it again and again.
    house.raw("UPDATE jobs SET tries = 24").await;
    house.work().await;
    let board = scene.board.clone();
    let failed = scene.browser.get(&board).await.expect(200);
    assert!(failed.says("No se han podido buscar"), "{}", failed.text());
    let run = scene.run(house, "").await;
    assert!(scene.browser.get(&run).await.expect(200).title().starts_with("2 de 3"));
});

story!(names_of_runs, async |house: &House| {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let version = fields(&scene.browser.get(&run).await.text())["version"].clone();
    let path = format!("{run}/name");
    let long = "x".repeat(101);
    let refused = scene.browser.post(&path, &[("version", &version), ("name", &long)]).await.expect(422);
    assert!(refused.says(&long) && refused.says("100 caracteres"));
    scene.browser.post(&path, &[("version", &version), ("name", "Con el comité")]).await.expect(303);
    scene.browser.post(&path, &[("version", &version), ("name", "Otro")]).await.expect(409);
    assert!(scene.browser.get(&format!("{}/runs", scene.board)).await.says("Con el comité"));
    scene.browser.post(&format!("{}/runs", scene.board), &[("name", &long)]).await.expect(422);
});

story!(only_the_coordinator_pairs, async |house: &House| {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let eva = scene.pair_of(&run, "Eva Gil").await;
    let board = scene.board.clone();
    let run_id = run.rsplit('/').next().unwrap().to_owned();
    let gets = [
        board.clone(),
        format!("{board}/rules"),
        format!("{board}/rules.toml"),
        format!("{board}/criteria"),
        format!("{board}/runs"),
        format!("{board}/marks"),
        format!("{board}/marks/export"),
        format!("{board}/compare?before={run_id}&after={run_id}"),
        run.clone(),
        format!("{run}/left-out"),
        format!("{run}/files?form=json"),
        format!("{run}/proof"),
        eva.clone(),
    ];
    let posts = [format!("{board}/runs"), format!("{board}/rules"), format!("{board}/marks"), format!("{run}/name")];
    let sent = [("version", "1"), ("name", "x"), ("base", ""), ("mentee", &*eva), ("mentor", &*eva), ("mark", "pin")];
    let zoe = house.organisation("Universidad del Sur", "Zoe Ferrer").await;
    let mut others = vec![house.browser_of(&zoe).await];
    for (number, parts) in
        [&[Part::Sponsor, Part::Operator][..], &[Part::Mentor], &[Part::Mentee, Part::Faculty], &[]].iter().enumerate()
    {
        let person = house.person(scene.ana.organisation, &format!("Nia {number}"), parts).await;
        others.push(house.browser_of(&person).await);
    }
    for browser in &mut others {
        for path in &gets {
            browser.get(path).await.expect(404);
        }
        for path in &posts {
            browser.post(path, &sent).await.expect(404);
        }
        browser.upload(&format!("{board}/rules/text"), &[("version", "1"), ("text", "")], &[]).await.expect(404);
    }
    for path in &gets {
        assert!(house.stranger().get(path).await.expect(303).location().starts_with("/sign-in"));
    }
    // Another organisation's edition with this one's run, and people of this one in the other's marks.
    let theirs = edition(house, &zoe).await;
    let mut zoe_browser = house.browser_of(&zoe).await;
    zoe_browser.get(&format!("/editions/{theirs}/pairing/runs/{run_id}")).await.expect(404);
    zoe_browser.get(&format!("/editions/{theirs}/pairing/compare?before={run_id}&after={run_id}")).await.expect(404);
    let eva_id = eva.rsplit('/').next().unwrap();
    let marks = format!("/editions/{theirs}/pairing/marks");
    for mark in ["pin", "forbid", ""] {
        zoe_browser.post(&marks, &[("mentee", eva_id), ("mentor", eva_id), ("mark", mark)]).await.expect(404);
    }
    // Within an organisation a run belongs to its edition alone.
    let other = edition(house, &scene.ana).await;
    scene.browser.get(&format!("/editions/{other}/pairing/runs/{run_id}")).await.expect(404);
    assert!(scene.browser.get(&format!("/editions/{other}/pairing")).await.expect(200).says("inscribir"));
});

story!(the_board_costs_as_much_for_many_as_for_few, async |house: &House| {
    let mut scene = scene(house).await;
    let few = costs(&mut scene, house).await;
    let more = (0..80).fold("Name,Email,Skills,Capacity\n".to_owned(), |csv, row| {
        format!("{csv}Nia {row},nia{row}@example.org,Oratoria,1\n")
    });
    take_in(house, &mut scene.browser, "mentees", &more).await;
    let more = (0..75).fold("Name,Email,Skills,Capacity\n".to_owned(), |csv, row| {
        format!("{csv}Leo {row},leo{row}@example.org,Oratoria,1\n")
    });
    take_in(house, &mut scene.browser, "mentors", &more).await;
    enrol_everybody(house, &scene.ana, scene.edition).await;
    assert_eq!(costs(&mut scene, house).await, few);
    let page = scene.browser.get(&scene.board.clone()).await.expect(200);
    assert_eq!(page.text().matches("scope=\"row\" role=\"rowheader\"").count(), 40, "a page shows forty pairs");
    let more = page.text();
    let (_, rest) = more.split_once("?q=&amp;after=").expect("there are more");
    let after = rest.split('"').next().unwrap();
    let run = scene.run(house, "").await;
    let next = scene.browser.get(&format!("{run}?after={after}")).await.expect(200);
    assert!(!next.says("?q=&amp;after="), "the second page is the last");
});

/// What the pages of a fresh run cost.
async fn costs(scene: &mut Scene, house: &House) -> Vec<u32> {
    let run = scene.run(house, "").await;
    let mut costs = Vec::new();
    for path in [scene.board.clone(), run.clone(), format!("{run}/left-out"), format!("{run}/files?form=csv")] {
        costs.push(scene.browser.get(&path).await.expect(200).statements());
    }
    costs
}

/// What was stored of a run, without the identifiers of this installation.
async fn stored(house: &House) -> (serde_json::Value, Vec<u8>, String) {
    let mut scene = scene(house).await;
    let run = scene.run(house, "").await;
    let again = scene.run(house, "").await;
    let json = scene.browser.get(&format!("{run}/files?form=json")).await.expect(200);
    assert!(json.body == scene.browser.get(&format!("{again}/files?form=json")).await.body);
    let proof = scene.browser.get(&format!("{run}/proof")).await.expect(200).body;
    assert!(proof == scene.browser.get(&format!("{again}/proof")).await.body);
    let report = scene.browser.get(&format!("{run}/files?form=report")).await.expect(200).text();
    (json.json(), proof, report)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_store_the_same() {
    let (one, two) = (House::on_sqlite().await, House::on_postgres().await);
    assert_eq!(stored(&one).await, stored(&two).await);
    one.end().await;
    two.end().await;
}

/// Somebody of the scene, by the beginning of their address.
async fn known(house: &House, scene: &Scene, who: &str) -> Person {
    let organisation = scene.ana.organisation;
    let address = format!("{who}@example.org");
    let records = transaction!(house.app.db, tx => telemaco::people::records(tx, organisation).await);
    let record = records.unwrap().into_iter().find(|record| record.draft.address == address).unwrap();
    Person { id: record.id, organisation, address, name: record.draft.name }
}

/// Publishes pairs, by whom they are of, and gives the paths of their mentorships.
async fn publish(house: &House, scene: &Scene, pairs: &[(&Person, &Person)]) -> Vec<String> {
    let pairs: Vec<NewMentorship> =
        pairs.iter().map(|(mentee, mentor)| NewMentorship { mentee: mentee.id, mentor: mentor.id }).collect();
    let made: Result<Vec<mentorships::MentorshipId>, telemaco::db::Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, scene.ana.organisation, scene.edition, &pairs).await
    });
    made.unwrap().into_iter().map(|id| format!("/mentorships/{id}")).collect()
}

story!(a_withdrawal_frees_the_seat_and_moves_nobody_else, async |house: &House| {
    let mut scene = scene(house).await;
    let (carla, diego) = (known(house, &scene, "carla").await, known(house, &scene, "diego_paz").await);
    let (alvaro, begona) = (known(house, &scene, "alvaro").await, known(house, &scene, "begona").await);
    let paths = publish(house, &scene, &[(&carla, &alvaro), (&diego, &begona)]).await;
    let list = format!("/editions/{}/enrolments?q=diego", scene.edition);
    let page = scene.browser.get(&list).await.expect(200).text();
    let enrolment = path_of(&page, "Diego Paz");
    let form = [("version", "1"), ("step", "withdraw"), ("reason", "Cambia de destino")];
    scene.browser.post(&format!("{enrolment}/step"), &form).await.expect(303);

    // His mentorship ends with it, without fault: each is told once, in the same words, and Diego where he stands now.
    assert_eq!(house.work().await, 3);
    let mail = house.mail_to("begona@example.org").await.unwrap();
    assert!(mail.contains("ha terminado") && !mail.contains("Cambia de destino") && !mail.contains("Diego"), "{mail}");
    let ended = scene.browser.get(&paths[1]).await.expect(200);
    assert!(ended.says("Alguien dejó la edición") && !ended.says("Pedir otra pareja"), "{}", ended.text());
    assert!(scene.browser.get(&paths[0]).await.expect(200).says("Álvaro Núñez mentoriza a Carla Rey"));
    // The seat goes to who had none; the other pair stands as it stood.
    let run = scene.run(house, "").await;
    let found = scene.browser.get(&run).await.expect(200);
    assert!(found.title().starts_with("Las 2 personas") && found.says("Eva Gil") && !found.says("Diego Paz"));
    let eva = scene.pair_of(&run, "Eva Gil").await;
    assert!(scene.browser.get(&eva).await.expect(200).title().contains("Begoña Sáez"));
    let carla = scene.pair_of(&run, "Carla Rey").await;
    assert!(scene.browser.get(&carla).await.expect(200).says("Su mentoría está en marcha"));
});

story!(who_left_comes_back_when_they_ask, async |house: &House| {
    let mut scene = scene(house).await;
    let (carla, alvaro) = (known(house, &scene, "carla").await, known(house, &scene, "alvaro").await);
    let paths = publish(house, &scene, &[(&carla, &alvaro)]).await;
    let mut hers = house.browser_of(&carla).await;
    hers.post(&format!("{}/end", paths[0]), &[("version", "1")]).await.expect(303);
    let page = hers.get(&paths[0]).await.expect(200);
    assert!(page.says("No pediste otra pareja") && page.says("Pedir otra pareja"), "{}", page.text());
    let his = house.browser_of(&alvaro).await.get(&paths[0]).await.expect(200);
    assert!(!his.says("otra pareja"), "who was left learns nothing: {}", his.text());

    // She asked for no other, so no run counts on her; he is free for others.
    let run = scene.run(house, "").await;
    let found = scene.browser.get(&run).await.expect(200);
    assert!(!found.says("Carla Rey") && found.says("1 persona dejó su mentoría"), "{}", found.text());
    let managed = scene.browser.get(&paths[0]).await.expect(200);
    assert!(managed.says("Carla Rey dejó esta mentoría y no pidió otra"), "{}", managed.text());

    // Once she asks, she is in it, and the same two are not put together again.
    let another = format!("{}/another", paths[0]);
    house.browser_of(&alvaro).await.post(&another, &[("version", "2")]).await.expect(404);
    hers.post(&another, &[("version", "1")]).await.expect(409);
    hers.post(&another, &[("version", "2")]).await.expect(303);
    hers.post(&another, &[("version", "3")]).await.expect(409);
    assert!(hers.get(&paths[0]).await.expect(200).says("Has pedido otra pareja"));
    let run = scene.run(house, "").await;
    let found = scene.browser.get(&format!("{run}?q=carla")).await.expect(200);
    assert!(found.says("Carla Rey") && !found.says("dejó su mentoría"), "{}", found.text());
    let hers = scene.pair_of(&run, "Carla Rey").await;
    assert!(!scene.browser.get(&hers).await.expect(200).title().contains("Álvaro Núñez"));
    // Where nobody has chosen two runs, one chooses; the two compared are told apart.
    let runs = format!("{}/runs", scene.board);
    let compare = format!("{}/compare", scene.board);
    assert_eq!(scene.browser.get(&compare).await.expect(303).location(), runs);
    let form = fields(&scene.browser.get(&runs).await.expect(200).text());
    let both = format!("{compare}?before={}&after={}", form["before"], form["after"]);
    let seen = scene.browser.get(&both).await.expect(200);
    assert!(
        seen.says("Carla Rey") && seen.says("no tenía inscripción") && seen.says("puntos en total"),
        "{}",
        seen.text()
    );
});
