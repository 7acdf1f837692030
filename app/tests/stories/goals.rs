//! Goals of a pair: from the objective and the first goal to what became of it; what each of the two writes at once, what is only
//! one's own, and what everybody else learns.

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::counted;
use telemaco::goals::counts_of;
use telemaco::identity::{Part, TokenScope};
use telemaco::mentorships::MentorshipId;
use telemaco::notices::Notice;
use telemaco::programmes::Track;

use crate::agreement;
use crate::api::{nothing_stands_open, problem, program, program_with, send};
use crate::story;
use crate::support::before::shipped;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};
use crate::vault::{Pair, pair, pair_on};

pub fn path(pair: &Pair) -> String {
    format!("/mentorships/{}/goals", pair.mentorship)
}

/// A pair whose edition keeps the shipped framework.
pub async fn framed(house: &House) -> Pair {
    framed_on(house, Track::Promotion).await
}

pub async fn framed_on(house: &House, track: Track) -> Pair {
    let pair = pair_on(house, track).await;
    let framework = shipped(&house.app, &pair.ana).await;
    let hex = framework.0.simple();
    let id = match house.app.db.engine() {
        telemaco::db::Engine::Sqlite => format!("x'{hex}'"),
        telemaco::db::Engine::Postgres => format!("'{}'", framework.0),
    };
    house.raw(&format!("UPDATE editions SET framework = {id}")).await;
    pair
}

/// Writes a goal down and gives its path.
pub async fn add(browser: &mut Client, pair: &Pair, form: &[(&str, &str)]) -> String {
    browser.post(&format!("{}/new", path(pair)), form).await.expect(303).location().to_owned()
}

/// The form of a goal as its page brings it, with other texts in some of its fields.
async fn form(browser: &mut Client, goal: &str, change: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = fields(&browser.get(&format!("{goal}/edit")).await.expect(200).text());
    for (name, value) in change {
        fields.insert((*name).to_owned(), (*value).to_owned());
    }
    fields.into_iter().collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn version(browser: &mut Client, goal: &str) -> String {
    fields(&browser.get(goal).await.expect(200).text())["version"].clone()
}

const STATEMENT: &str = "Preparar por escrito mi límite antes de cada negociación con Ríos";

story!(the_life_of_a_goal, async |house: &House| {
    let pair = framed(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let goals = path(&pair);
    let home = format!("/mentorships/{}", pair.mentorship);
    assert!(lucia.get(&goals).await.expect(200).says("Aún no hay ninguna meta"));
    assert!(!lucia.get(&home).await.expect(200).says("Escribe tu primera meta"), "first they agree how they work");
    agreement::write(&mut andres, &pair, &[], "propose").await;
    agreement::sign(&mut lucia, &pair).await;
    assert!(lucia.get(&home).await.expect(200).says("Escribe tu primera meta"));
    assert!(!andres.get(&home).await.expect(200).says("Escribe tu primera meta"), "it is the mentee's to begin");
    // The objective is one line, and hers.
    let objective = format!("{goals}/objective");
    lucia.post(&objective, &[("version", "0"), ("objective", " ")]).await.expect(422);
    lucia.post(&objective, &[("version", "0"), ("objective", "Dirigir la zona norte")]).await.expect(303);
    let stale = lucia.post(&objective, &[("version", "0"), ("objective", "Otra cosa")]).await.expect(409);
    assert!(stale.says("Dirigir la zona norte") && stale.says("value=\"Otra cosa\""), "both texts");
    lucia.post(&objective, &[("version", "1"), ("objective", "Dirigir la zona sur")]).await.expect(303);
    andres.post(&objective, &[("version", "2"), ("objective", "Mejor no")]).await.expect(404);
    assert!(andres.get(&goals).await.expect(200).says("Dirigir la zona sur"));
    // A goal of one line is a goal; what would make it easier to check is said, and nothing is demanded.
    let page = lucia.get(&format!("{goals}/new")).await.expect(200);
    assert!(page.says("Una meta que se puede comprobar") && page.says("Negociación"));
    let wrong = [("statement", ""), ("target", "muchas"), ("due", "mañana"), ("steps", "leer el manual")];
    let again = lucia.post(&format!("{goals}/new"), &wrong).await.expect(422);
    assert!(
        again.says("Falta decir qué quieres alcanzar")
            && again.says("dos decimales")
            && again.says("Escribe una fecha")
    );
    assert!(again.says("value=\"muchas\"") && again.says("leer el manual"), "nothing typed is lost");
    let goal = add(&mut lucia, &pair, &[("statement", "Mejorar mi oratoria")]).await;
    let page = lucia.get(&goal).await.expect(200);
    assert!(page.says("Meta guardada") && page.says("El verbo dice una intención") && page.says("No tiene fecha"));
    // She writes it so that it can be checked; he reads it.
    let better = [
        ("statement", STATEMENT),
        ("measure", "negociaciones preparadas"),
        ("baseline", "1"),
        ("target", "5,5"),
        ("due", "30/6/2027"),
        ("tie", "competency:negotiation"),
        ("steps", "Leer las notas de Andrés\nEscribir una plantilla"),
    ];
    let edited = form(&mut lucia, &goal, &better).await;
    lucia.post(&format!("{goal}/edit"), &borrowed(&edited)).await.expect(303);
    let page = andres.get(&goal).await.expect(200);
    assert!(
        page.says(STATEMENT) && page.says("de 1 a 5,5") && page.says("Negociación") && page.says("30 de junio de 2027")
    );
    assert!(!page.says("Para poder comprobarla") && page.says("Lo escribió Lucía Ibáñez"));
    assert!(page.says("Lo ven las dos personas de la mentoría; nadie más, salvo"));
    // Steps are ticked, and stay ticked when the goal is written anew.
    let step = fields(&page.text())["step"].clone();
    andres.post(&format!("{goal}/step"), &[("step", &step), ("do", "done")]).await.expect(303);
    let moved =
        form(&mut andres, &goal, &[("steps", "Ensayar\nEscribir una plantilla\nLeer las notas de Andrés")]).await;
    andres.post(&format!("{goal}/edit"), &borrowed(&moved)).await.expect(303);
    let page = lucia.get(&goal).await.expect(200);
    assert_eq!(page.text().matches("<s>").count(), 1);
    let fewer = form(&mut lucia, &goal, &[("steps", "Ensayar")]).await;
    lucia.post(&format!("{goal}/edit"), &borrowed(&fewer)).await.expect(303);
    assert!(!lucia.get(&goal).await.expect(200).says("Escribir una plantilla"));
    lucia.post(&format!("{goal}/step"), &[("step", &step), ("do", "undo")]).await.expect(404);
    // Both say how it goes.
    let check_in = format!("{goal}/check-in");
    let nothing = lucia.post(&check_in, &[("value", ""), ("line", ""), ("on", "2027-01-11")]).await.expect(422);
    assert!(nothing.says("Falta un valor o una línea"));
    let ahead = lucia.post(&check_in, &[("value", "2"), ("line", "aún no"), ("on", "2027-01-12")]).await.expect(422);
    assert!(ahead.says("Ese día aún no ha llegado") && ahead.says("aún no"));
    lucia.post(&check_in, &[("value", "2,5"), ("on", "2027-01-10")]).await.expect(303);
    andres
        .post(&check_in, &[("value", "3,25"), ("line", "La de Ríos, muy bien preparada"), ("on", "2027-01-11")])
        .await
        .expect(303);
    let page = lucia.get(&goal).await.expect(200);
    assert!(page.says("50 %") && page.says("<figure>") && page.says("La de Ríos, muy bien preparada"));
    assert!(page.says("50 % del camino en el 1 % del tiempo"), "{}", page.text());
    // Let go with a reason, taken up again, and reached.
    let seen = version(&mut andres, &goal).await;
    let settle = format!("{goal}/settle");
    let mute = andres.post(&settle, &[("version", &seen), ("outcome", "let-go")]).await.expect(422);
    assert!(mute.says("Falta decir por qué se descarta"));
    let why = [("version", seen.as_str()), ("outcome", "let-go"), ("reason", "Ríos ya no negocia con nosotros")];
    andres.post(&settle, &why).await.expect(303);
    let late = lucia.post(&settle, &[("version", &seen), ("outcome", "reached")]).await.expect(409);
    assert!(late.says("Ríos ya no negocia con nosotros"));
    lucia.post(&check_in, &[("value", "4"), ("on", "2027-01-11")]).await.expect(422);
    lucia.get(&format!("{goal}/edit")).await.expect(404);
    let seen = version(&mut lucia, &goal).await;
    lucia.post(&format!("{goal}/reopen"), &[("version", &seen)]).await.expect(303);
    lucia.post(&format!("{goal}/reopen"), &[("version", &seen)]).await.expect(409);
    let seen = version(&mut lucia, &goal).await;
    lucia.post(&settle, &[("version", &seen), ("outcome", "reached")]).await.expect(303);
    assert!(andres.get(&goals).await.expect(200).says("Todas las metas están cerradas"));
    // Once it ends, goals are read and not changed.
    lucia.post(&format!("{home}/end"), &[("version", "1")]).await.expect(303);
    assert!(andres.get(&goal).await.expect(200).says(STATEMENT));
    andres.get(&format!("{goals}/new")).await.expect(404);
    let ended = andres.post(&format!("{goals}/new"), &[("statement", "Otra")]).await.expect(422);
    assert!(ended.says("sus metas ya no se cambian"));
});

story!(a_long_goal_is_built_from_short_ones, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let long = add(&mut lucia, &pair, &[("statement", "Llevar yo sola un comité"), ("term", "long")]).await;
    let page = lucia.get(&long).await.expect(200);
    assert!(page.says("dos o tres metas cortas") && page.says("Añadir una meta corta"));
    let id = long.rsplit('/').next().unwrap().to_owned();
    let begun = fields(&lucia.get(&format!("{}/new?of={id}", path(&pair))).await.expect(200).text());
    assert_eq!(begun["parent"], id);
    let part = |statement: &'static str| [("statement", statement), ("parent", id.as_str()), ("steps", "uno\ndos")];
    let one = add(&mut lucia, &pair, &part("Presentar dos puntos")).await;
    add(&mut lucia, &pair, &part("Moderar un debate")).await;
    let step = fields(&lucia.get(&one).await.expect(200).text())["step"].clone();
    lucia.post(&format!("{one}/step"), &[("step", &step), ("do", "done")]).await.expect(303);
    let page = lucia.get(&long).await.expect(200);
    assert!(page.says("25 %") && page.says("Moderar un debate") && page.says("Metas cortas que la forman"));
    let list = lucia.get(&path(&pair)).await.expect(200);
    assert_eq!(list.text().matches("class=\"part\"").count(), 2);
    // What does not fit is said.
    let short = one.rsplit('/').next().unwrap().to_owned();
    for (wrong, says) in [
        ([("statement", "x"), ("term", "long"), ("parent", id.as_str())], "no forma parte de otra"),
        ([("statement", "x"), ("term", "short"), ("parent", short.as_str())], "Solo una meta a largo plazo"),
    ] {
        assert!(lucia.post(&format!("{}/new", path(&pair)), &wrong).await.expect(422).says(says), "{says}");
    }
    let own = [("statement", "x"), ("tie", "competency:negotiation")];
    let unknown = lucia.post(&format!("{}/new", path(&pair)), &own).await.expect(422);
    assert!(unknown.says("no está en el marco"), "the edition has no framework");
    // The review has them all; a figure says which are behind.
    for (number, due) in ["2027-02-01", "2027-02-01"].into_iter().enumerate() {
        let statement = format!("Meta con fecha {number}");
        add(&mut lucia, &pair, &[("statement", &statement), ("target", "10"), ("due", due)]).await;
    }
    house.pass(SignedDuration::from_hours(24 * 40));
    let mut lucia = house.browser_of(&pair.lucia).await;
    let review = lucia.get(&format!("{}/review", path(&pair))).await.expect(200);
    assert!(review.says("Las metas de Lucía Ibáñez") && review.says("2 de 2 metas van por detrás de su tiempo"));
    assert!(review.says("Presentar dos puntos") && review.says("pasó de su fecha"));
    let list = lucia.get(&path(&pair)).await.expect(200);
    assert!(list.says("De 5 metas en marcha, 2 pasaron de su fecha") && list.says("Decir cómo va"));
    assert!(lucia.get("/mentorships").await.expect(200).says("Una meta ya pasó de su fecha"));
    // However many there are, a page costs the same.
    let before = (list.statements(), review.statements());
    for number in 0..5 {
        let goal = add(&mut lucia, &pair, &[("statement", &format!("Más {number}")), ("steps", "a\nb\nc")]).await;
        lucia.post(&format!("{goal}/check-in"), &[("line", "va"), ("on", "2027-02-01")]).await.expect(303);
    }
    let list = lucia.get(&path(&pair)).await.expect(200);
    let review = lucia.get(&format!("{}/review", path(&pair))).await.expect(200);
    assert_eq!((list.statements(), review.statements()), before);
});

story!(what_the_two_write_at_once_in_a_goal_is_not_lost, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let goal = add(&mut lucia, &pair, &[("statement", "La primera"), ("term", "short")]).await;
    let edit = format!("{goal}/edit");
    let hers = form(&mut lucia, &goal, &[("statement", "Lo de Lucía"), ("term", "long")]).await;
    let his = form(&mut andres, &goal, &[("statement", "Lo de Andrés"), ("due", "2027-05-01")]).await;
    let (hers, his) = (borrowed(&hers), borrowed(&his));
    let (one, two) = tokio::join!(lucia.post(&edit, &hers), andres.post(&edit, &his));
    let (won, lost) = if one.status == 303 { (one, two) } else { (two, one) };
    assert_eq!((won.status.as_u16(), lost.status.as_u16()), (303, 409));
    let page = lost.text();
    assert!(
        page.contains("Lo de Lucía") && page.contains("Lo de Andrés") && page.contains("Cómo está ahora"),
        "{page}"
    );
});

story!(a_form_with_a_problem_is_not_saved_over_what_came_meanwhile, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let goal = add(&mut lucia, &pair, &[("statement", "La primera"), ("term", "short")]).await;
    let edit = format!("{goal}/edit");
    let hers = form(&mut lucia, &goal, &[("statement", "Lo de Lucía"), ("due", "mañana")]).await;
    let his = form(&mut andres, &goal, &[("statement", "Lo de Andrés")]).await;
    andres.post(&edit, &borrowed(&his)).await.expect(303);
    let again = lucia.post(&edit, &borrowed(&hers)).await.expect(422);
    // She mends the date and nothing else, and is told that he was faster.
    let mut mended = fields(&again.text());
    mended.insert("due".to_owned(), "2027-05-01".to_owned());
    let mended: Vec<(&str, &str)> = mended.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let late = lucia.post(&edit, &mended).await.expect(409);
    assert!(late.says("Lo de Andrés") && late.says("Lo de Lucía"), "{}", late.text());
    // Having seen it, she decides.
    let settled = fields(&late.text());
    let settled: Vec<(&str, &str)> = settled.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    lucia.post(&edit, &settled).await.expect(303);
    assert!(andres.get(&goal).await.expect(200).says("Lo de Lucía"));
});

story!(what_is_only_mine_is_nobody_elses, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let own =
        [("statement", "Dejar el comité sin hacer ruido"), ("visibility", "only-me"), ("steps", "Hablar con Pilar")];
    let goal = add(&mut lucia, &pair, &own).await;
    lucia.post(&format!("{goal}/check-in"), &[("line", "Se lo dije a Pilar"), ("on", "2027-01-11")]).await.expect(303);
    let page = lucia.get(&goal).await.expect(200);
    assert!(page.says("Solo lo ve quien lo escribe") && page.says("Se lo dije a Pilar"));
    andres.get(&goal).await.expect(404);
    andres.get(&format!("{goal}/edit")).await.expect(404);
    let check_in = format!("{goal}/check-in");
    andres.post(&check_in, &[("line", "hola"), ("on", "2027-01-11")]).await.expect(404);
    assert!(andres.get(&path(&pair)).await.expect(200).says("Aún no hay ninguna meta"));
    let mut ana = house.browser_of(&pair.ana).await;
    assert!(ana.get(&format!("/mentorships/{}", pair.mentorship)).await.expect(200).says("Aún no hay ninguna"));
    assert!(!ana.get("/audit?verb=goals").await.expect(200).says("una meta"), "and no trail of it");
    // Another's may not hang under what he does not see.
    let id = goal.rsplit('/').next().unwrap().to_owned();
    andres.post(&format!("{}/new", path(&pair)), &[("statement", "x"), ("parent", &id)]).await.expect(404);
    let long = add(&mut lucia, &pair, &[("statement", "Mío"), ("visibility", "only-me"), ("term", "long")]).await;
    let under = [("statement", "De los dos"), ("parent", long.rsplit('/').next().unwrap())];
    assert!(lucia.post(&format!("{}/new", path(&pair)), &under).await.expect(422).says("también tiene que serlo"));
    // She opens it to him, with all that was said; from then on it is the pair's.
    let opened = form(&mut lucia, &goal, &[("visibility", "pair")]).await;
    lucia.post(&format!("{goal}/edit"), &borrowed(&opened)).await.expect(303);
    let page = andres.get(&goal).await.expect(200);
    assert!(page.says("sin hacer ruido") && page.says("Hablar con Pilar") && page.says("Se lo dije a Pilar"));
    let mut back = form(&mut lucia, &goal, &[]).await;
    assert!(back.iter().all(|(name, _)| name != "visibility"), "it is not asked again");
    back.push(("visibility".to_owned(), "only-me".to_owned()));
    let refused = lucia.post(&format!("{goal}/edit"), &borrowed(&back)).await.expect(422);
    assert!(refused.says("no puede volver a ser solo tuya"));
});

story!(the_owner_of_a_goal_is_told_on_its_day_once, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let goal = |visibility, due| [("statement", STATEMENT), ("visibility", visibility), ("due", due)];
    add(&mut lucia, &pair, &goal("only-me", "2027-01-13")).await;
    let put_off = add(&mut lucia, &pair, &goal("pair", "2027-01-13")).await;
    let settled = add(&mut lucia, &pair, &goal("pair", "2027-01-13")).await;
    let later = form(&mut lucia, &put_off, &[("due", "2027-01-15")]).await;
    lucia.post(&format!("{put_off}/edit"), &borrowed(&later)).await.expect(303);
    let seen = version(&mut lucia, &settled).await;
    lucia.post(&format!("{settled}/settle"), &[("version", &seen), ("outcome", "reached")]).await.expect(303);
    let told = async |days: i64| {
        house.pass(SignedDuration::from_hours(24 * days));
        while house.work().await > 0 {}
        let hers = format!("notices WHERE kind = 'goals.due' AND person = {}", house.literal(pair.lucia.id.0));
        let all = house.count("notices WHERE kind = 'goals.due'").await;
        assert_eq!(house.count(&hers).await, all, "hers alone");
        all
    };
    let counts = [told(1).await, told(1).await, told(1).await, told(1).await, told(9).await];
    assert_eq!(counts, [0, 1, 1, 2, 2]);
    let mail = house.mail_saying(&pair.lucia.address, "una fecha que te pusiste").await;
    assert!(!mail.contains("negociación") && !mail.contains("Andrés"), "{mail}");
});

story!(all_that_was_said_of_a_goal_is_opened_with_it, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let goal = add(&mut lucia, &pair, &[("statement", STATEMENT), ("visibility", "only-me")]).await;
    lucia.post(&format!("{goal}/check-in"), &[("line", "La primera de todas"), ("on", "2027-01-10")]).await.expect(303);
    for _ in 0..100 {
        lucia.post(&format!("{goal}/check-in"), &[("line", "Otra más"), ("on", "2027-01-11")]).await.expect(303);
    }
    let opened = form(&mut lucia, &goal, &[("visibility", "pair")]).await;
    lucia.post(&format!("{goal}/edit"), &borrowed(&opened)).await.expect(303);
    house.raw("DELETE FROM goal_check_ins WHERE on_day = '2027-01-11'").await;
    assert!(andres.get(&goal).await.expect(200).says("La primera de todas"));
});

/// Sentences that no key and no test says by chance, one for each place where somebody writes.
fn sentences() -> Vec<String> {
    ["objetivo", "meta", "medida", "paso", "nota", "motivo", "propia"]
        .map(|place| format!("Reservado ({place}): ni una palabra de la fusión con Ordóñez"))
        .to_vec()
}

story!(others_learn_counts_and_days_and_no_word_of_goals, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let said = sentences();
    let objective = [("version", "0"), ("objective", said[0].as_str())];
    lucia.post(&format!("{}/objective", path(&pair)), &objective).await.expect(303);
    let whole = [("statement", said[1].as_str()), ("measure", &said[2]), ("steps", &said[3]), ("due", "2027-01-10")];
    let goal = add(&mut lucia, &pair, &whole).await;
    lucia.post(&format!("{goal}/check-in"), &[("line", &said[4]), ("on", "2027-01-11")]).await.expect(303);
    let other = add(&mut lucia, &pair, &[("statement", "Otra")]).await;
    let why = [("version", "1"), ("outcome", "let-go"), ("reason", said[5].as_str())];
    lucia.post(&format!("{other}/settle"), &why).await.expect(303);
    add(&mut lucia, &pair, &[("statement", &said[6]), ("visibility", "only-me")]).await;
    let mut read = String::new();
    for page in [path(&pair), goal.clone(), other.clone(), format!("{}/review", path(&pair))] {
        read.push_str(&lucia.get(&page).await.expect(200).text());
    }
    assert!(said.iter().all(|sentence| read.contains(sentence)), "she reads what she wrote");
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    // The coordinator sees how many, how late, and when; strangers see nothing at all.
    let home = format!("/mentorships/{}", pair.mentorship);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&home).await.expect(200);
    assert!(page.says("Una en marcha, ninguna alcanzada") && page.says("Una pasó de su fecha"), "{}", page.text());
    assert!(page.says("La última nota es del 11 de enero de 2027") && !page.says("Ver las metas"));
    assert!(ana.get("/audit?verb=goals").await.expect(200).says("Anotó cómo va una meta"));
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut others = vec![ana, house.browser_of(&foreign).await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        let person = house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await;
        others.push(house.browser_of(&person).await);
    }
    let forms = [
        ("version", "1"),
        ("statement", "x"),
        ("objective", "x"),
        ("line", "x"),
        ("on", "2027-01-11"),
        ("outcome", "reached"),
    ];
    for browser in &mut others {
        for page in [
            path(&pair),
            format!("{}/new", path(&pair)),
            format!("{}/review", path(&pair)),
            goal.clone(),
            format!("{goal}/edit"),
        ] {
            browser.get(&page).await.expect(404);
        }
        for door in [
            format!("{}/new", path(&pair)),
            format!("{}/objective", path(&pair)),
            format!("{goal}/edit"),
            format!("{goal}/check-in"),
            format!("{goal}/settle"),
            format!("{goal}/reopen"),
        ] {
            browser.post(&door, &forms).await.expect(404);
        }
        for page in [home.as_str(), "/audit", "/audit/export?form=csv", "/"] {
            assert_eq!(found(&browser.get(page).await.body, &said), None, "{page}");
        }
    }
    // A goal is found under its own mentorship alone.
    let elsewhere = goal.replace(&pair.mentorship.to_string(), "00000000-0000-0000-0000-000000000000");
    lucia.get(&elsewhere).await.expect(404);
});

story!(goals_of_many_pairs_are_counted_with_one_statement, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let goal = add(&mut lucia, &pair, &[("statement", "Una"), ("due", "2027-02-01")]).await;
    add(&mut lucia, &pair, &[("statement", "Otra"), ("due", "2027-03-01")]).await;
    let done = add(&mut lucia, &pair, &[("statement", "Hecha")]).await;
    lucia.post(&format!("{done}/settle"), &[("version", "1"), ("outcome", "reached")]).await.expect(303);
    add(&mut lucia, &pair, &[("statement", "Mía"), ("visibility", "only-me"), ("due", "2027-02-01")]).await;
    lucia.post(&format!("{goal}/check-in"), &[("value", "1"), ("on", "2027-01-09")]).await.expect(303);
    let mut asked: Vec<MentorshipId> = (0..300).map(|_| MentorshipId(house.app.id())).collect();
    asked.push(pair.mentorship);
    let (counts, statements) = counted(counts_of(&house.app.db, &asked, "2027-02-15".parse().unwrap())).await;
    let counts = counts.unwrap();
    assert_eq!((counts.len(), statements), (1, 1));
    let (of, counts) = counts[0];
    assert_eq!(of, pair.mentorship);
    assert_eq!((counts.open, counts.reached, counts.let_go, counts.overdue), (2, 1, 0, 1));
    assert_eq!(counts.last_on, Some("2027-01-09".parse().unwrap()));
});

story!(a_program_keeps_ones_own_goals, async |house: &House| {
    let pair = framed(house).await;
    let mut lucia = program(house, &pair.lucia).await;
    let base = format!("/api/me/mentorships/{}", pair.mentorship);
    let goals = format!("{base}/goals");
    let new = json!({
        "statement": "Dirigir tres comités", "kind": "professional", "term": "short", "competency": "negotiation",
        "baseline": 0, "target": 3, "due": "2027-06-30", "steps": ["Pedir el orden del día"],
    });
    let made = send(&mut lucia, Method::POST, &goals, &new).await.expect(201).json();
    assert_eq!((&made["version"], &made["progress"], &made["visibility"]), (&json!(1), &json!(0), &json!("pair")));
    let goal = format!("{goals}/{}", made["id"].as_str().unwrap());
    let mut wrong = new.clone();
    wrong["competency"] = json!("no-such");
    let seen = send(&mut lucia, Method::POST, &goals, &wrong).await.expect(422);
    assert_eq!(problem(&seen)["errors"][0]["field"], "competency");
    let mut other = new.clone();
    (other["statement"], other["visibility"]) = (json!("Lo mío"), json!("only-me"));
    send(&mut lucia, Method::POST, &goals, &other).await.expect(201);
    let step = made["steps"][0]["id"].as_str().unwrap();
    let ticked =
        send(&mut lucia, Method::PUT, &format!("{goal}/steps/{step}"), &json!({ "done": true })).await.expect(200);
    assert_eq!(ticked.json()["steps"][0]["done"], true);
    let told = send(&mut lucia, Method::POST, &format!("{goal}/check-ins"), &json!({ "value": 1.5 })).await.expect(200);
    assert_eq!((&told.json()["progress"], &told.json()["last_on"]), (&json!(50), &json!("2027-01-11")));
    let rewritten = json!({ "version": 1, "goal": new });
    assert_eq!(send(&mut lucia, Method::PUT, &goal, &rewritten).await.expect(200).json()["version"], 2);
    problem(&send(&mut lucia, Method::PUT, &goal, &rewritten).await.expect(409));
    let settled = json!({ "version": 2, "outcome": "let-go", "reason": "Cambio de puesto" });
    assert_eq!(
        send(&mut lucia, Method::POST, &format!("{goal}/settle"), &settled).await.expect(200).json()["reason"],
        "Cambio de puesto"
    );
    let again = send(&mut lucia, Method::POST, &format!("{goal}/reopen"), &json!({ "version": 3 })).await.expect(200);
    assert_eq!(again.json()["outcome"], json!(null));
    let objective = json!({ "version": 0, "objective": "Dirigir la zona" });
    let all = send(&mut lucia, Method::PUT, &format!("{base}/career-objective"), &objective).await.expect(200).json();
    assert_eq!((&all["career_objective"], all["items"].as_array().unwrap().len()), (&json!("Dirigir la zona"), 2));
    // The other of the pair reads the pair's; nobody else reads anything; a token reaches as far as its scope.
    let mut andres = program(house, &pair.andres).await;
    let his = andres.get(&goals).await.expect(200);
    assert!(his.says("Dirigir tres comités") && !his.says("Lo mío"));
    problem(&send(&mut andres, Method::PUT, &format!("{base}/career-objective"), &objective).await.expect(404));
    problem(&program(house, &pair.ana).await.get(&goals).await.expect(404));
    let mut reader = program_with(house, &pair.lucia, &[TokenScope::OwnRead]).await;
    reader.get(&goals).await.expect(200);
    problem(&send(&mut reader, Method::POST, &goals, &new).await.expect(403));
    nothing_stands_open(house, &["Dirigir tres comités", "Pedir el orden", "Cambio de puesto", "Dirigir la zona"])
        .await;
});

story!(a_link_of_a_mail_says_how_a_goal_goes_once, async |house: &House| {
    let pair = framed(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let first = [("statement", STATEMENT), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    add(&mut lucia, &pair, &first).await;
    let own = [("statement", "Solo mía"), ("kind", "personal"), ("term", "long"), ("visibility", "only-me")];
    add(&mut lucia, &pair, &own).await;
    // The first pulse is due on Monday 22 February, the thirtieth working day; both are asked three working days before.
    house.pass(SignedDuration::from_hours(36 * 24));
    house.work().await;
    assert!(house.links_to(&pair.andres.address).await.iter().all(|link| !link.starts_with("/g/")));
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    let asks = async |person: &Person| {
        let links = house.links_to(&person.address).await;
        links.into_iter().find(|link| link.starts_with("/g/")).unwrap()
    };
    let (his, hers) = (asks(&pair.andres).await, asks(&pair.lucia).await);
    assert_ne!(his, hers);
    let mail = house.mail_saying(&pair.andres.address, "/g/").await;
    assert!(mail.contains("no hace falta iniciar") && !mail.contains("negociaci") && !mail.contains("Lucía"), "{mail}");
    // Another goal of both: the page tells them apart without their words.
    let second = [("statement", "Hablar en público"), ("kind", "personal"), ("term", "long"), ("visibility", "pair")];
    let mut lucia = house.browser_of(&pair.lucia).await;
    let goal = add(&mut lucia, &pair, &second).await;
    let mut phone = house.stranger();
    let page = phone.get(&his).await.expect(200);
    assert_eq!(page.header("referrer-policy"), "strict-origin");
    assert!(page.says("Profesional · A corto plazo") && page.says("Personal · A largo plazo"), "{}", page.text());
    assert!(!page.says("Ríos") && !page.says("público") && page.text().matches("name=\"goal\"").count() == 2);
    assert!(phone.post(&his, &[("line", "Va")]).await.expect(422).says("Elige de qué meta hablas"));
    let id = goal.rsplit('/').next().unwrap().to_owned();
    assert!(phone.post(&his, &[("goal", &id), ("line", " ")]).await.expect(422).says("Una línea basta"));
    phone.post(&his, &[("goal", &id), ("line", "Ya habla sin notas")]).await.expect(303);
    assert!(phone.get(&his).await.expect(200).says("Anotado"));
    phone.post(&his, &[("goal", &id), ("line", "Otra vez")]).await.expect(303);
    let seen = lucia.get(&goal).await.expect(200);
    assert!(seen.says("Ya habla sin notas") && !seen.says("Otra vez") && seen.says("Andrés Güell"), "{}", seen.text());
    // Hers is still hers; no other opens anything, and none holds for ever.
    assert!(phone.get(&hers).await.expect(200).says("¿Cómo va?"));
    let other = if his.ends_with('A') { 'B' } else { 'A' };
    let forged = format!("{}{other}", &his[..his.len() - 1]);
    phone.get(&forged).await.expect(404);
    phone.post(&forged, &[("line", "x")]).await.expect(303);
    phone.get(&forged).await.expect(404);
    // That is the pulse of both: nobody is asked again before the next, on 17 May.
    let asked = async || house.count("notices WHERE kind = 'goals.asked'").await;
    house.pass(SignedDuration::from_hours(83 * 24));
    house.work().await;
    assert_eq!(asked().await, 2);
    assert_eq!(house.count("notices WHERE kind = 'health.clock' AND notices.key LIKE '% pulse %'").await, 0);
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    assert_eq!(asked().await, 4);
    let newer = asks(&pair.lucia).await;
    assert_ne!(newer, hers);
    phone.get(&hers).await.expect(404);
    let mut andres = house.browser_of(&pair.andres).await;
    andres.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    phone.get(&newer).await.expect(404);
});

/// How a double stands in a file of SQLite; PostgreSQL's rows are looked through as text.
fn stands(kept: &[u8], figure: f64) -> bool {
    let (text, bytes) = (figure.to_string(), figure.to_be_bytes());
    [text.as_bytes(), &bytes].iter().any(|form| kept.windows(form.len()).any(|window| window == *form))
}

story!(the_figures_of_a_goal_are_sealed_as_its_words_are, async |house: &House| {
    let pair = framed(house).await;
    let mut lucia = program(house, &pair.lucia).await;
    let goals = format!("/api/me/mentorships/{}/goals", pair.mentorship);
    let (baseline, target, values) = (31415.25, 92653.75, [58979.5, 32384.125]);
    let new = json!({
        "statement": "Vender", "kind": "personal", "term": "short", "visibility": "only-me",
        "baseline": baseline, "target": target,
    });
    let made = send(&mut lucia, Method::POST, &goals, &new).await.expect(201).json();
    let goal = format!("{goals}/{}", made["id"].as_str().unwrap());
    for value in values {
        send(&mut lucia, Method::POST, &format!("{goal}/check-ins"), &json!({ "value": value })).await.expect(200);
        house.pass(SignedDuration::from_hours(24));
    }
    // Opened to the pair, they are sealed anew, and the other one reads them.
    let mut opened = new.clone();
    opened["visibility"] = json!("pair");
    let body = json!({ "version": 1, "goal": opened });
    send(&mut lucia, Method::PUT, &goal, &body).await.expect(200);
    let told = program(house, &pair.andres).await.get(&goals).await.expect(200).json();
    let told = &told["items"][0];
    assert_eq!((&told["baseline"], &told["target"]), (&json!(baseline), &json!(target)));
    assert_eq!((&told["last_value"], &told["progress"]), (&json!(values[1]), &json!(2)));
    let page = house.browser_of(&pair.andres).await.get(&goal.replace("/api/me", "")).await.expect(200);
    assert!(page.says("58.979,5"), "{}", page.text());
    let kept = database(house).await;
    for figure in [baseline, target, values[0], values[1]] {
        assert!(!stands(&kept, figure), "{figure} is read by whoever finds the database");
    }
});

story!(a_digest_lists_first_what_acts, async |house: &House| {
    let pair = framed(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let goal = [("statement", STATEMENT), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    add(&mut lucia, &pair, &goal).await;
    andres.post("/notices/settings", &[("goals.asked", "daily")]).await.expect(303);
    // Three working days before the first pulse.
    house.pass(SignedDuration::from_hours(37 * 24));
    // More than a digest lists, and all of them older than the question.
    for _ in 0..25 {
        let text = telemaco::i18n::Message::new("identity-notice-unreachable").with("name", "Marta Soler");
        let notice = Notice::new(pair.andres.organisation, pair.andres.id, "identity.unreachable", text, "/people");
        crate::notices::tell(house, &[notice]).await;
    }
    house.work().await;
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    let mail = house.mail_saying(&pair.andres.address, "/g/").await;
    assert!(mail.contains("Tus avisos de hoy") && mail.matches("no llegan").count() == 17, "{mail}");
    let link = mail.split("/g/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert!(house.stranger().get(&format!("/g/{link}")).await.expect(200).says("¿Cómo va?"));
});
