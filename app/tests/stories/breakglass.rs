//! Break-glass: two people of different parts open what a pair shares, because the agreement that both signed allows it; every way in
//! which they do not; what the pair is told and when; and that nobody learns of it before.

mod able;
mod looks;
mod races;
mod search;
mod since;

use std::collections::BTreeMap;

use axum::http::Method;
use jiff::SignedDuration;
use telemaco::db::Error;
use telemaco::identity::{self, Held, Part, Scope, TokenScopes};
use telemaco::{transaction, vault};

use crate::agreement;
use crate::goals;
use crate::meetings::{accept, propose};
use crate::reviews::{give, review};
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::{Client, House, Person, Seen};
use crate::vault::{Pair, pair};

const REASON: &str = "Reservado: la mentee ha contado a su médica que recibe amenazas por escrito";
const WHY: &str = "Reservado: quien amenaza borraría los mensajes del servidor de la oficina";
const CADENCE: &str = "Reservado: los martes a las ocho en el Gijón";
const POINT: &str = "Reservado: hablar de Ramón y sus maneras";
const NOTE: &str = "Reservado: no vuelvas a hablarme así delante de Compras";
const OWN_NOTE: &str = "Reservado: lo que no le dije por miedo";
const GOAL: &str = "Reservado: negociar sola con Ordóñez";
const LINE: &str = "Reservado: ya voy por la tercera reunión";
const DECISION: &str = "Reservado: ¿acepto el proyecto del norte?";
const OWN_DECISION: &str = "Reservado: ¿me voy de la empresa?";
const LETTER: &str = "Reservado: querida yo de dentro de un año";
const REVIEW: &str = "Reservado: sirve que me escuche";
const HIS_REVIEW: &str = "Reservado: cuesta que me conteste";
const CONCERN: &str = "Reservado: esto se lo cuento a otra persona";
const EARLIER: &str = "Reservado: escrito cuando nadie más podía leerlo";

/// Everybody has held their parts for longer than a week.
async fn long_held(house: &House) {
    let week = SignedDuration::from_hours(8 * 24).as_micros();
    house.raw(&format!("UPDATE parts SET granted_at = granted_at - {week}")).await;
}

/// What the two share, as it was written in [`written`].
const SHARED: [&str; 7] = [CADENCE, POINT, NOTE, GOAL, LINE, DECISION, "Reservado: llamar a compras"];
/// What nobody else is ever to read.
const NEVER: [&str; 6] = [OWN_NOTE, OWN_DECISION, LETTER, REVIEW, HIS_REVIEW, CONCERN];

/// A pair, and two people of different parts who have nothing to do with it: its coordinator and an operator.
struct Stage {
    pair: Pair,
    luis: Person,
    home: String,
}

impl Stage {
    async fn of(house: &House) -> Self {
        Self::around(house, pair(house).await).await
    }

    async fn around(house: &House, pair: Pair) -> Self {
        let luis = house.person(pair.ana.organisation, "Luis Prado", &[Part::Operator]).await;
        long_held(house).await;
        Self { home: format!("/mentorships/{}", pair.mentorship), luis, pair }
    }

    /// The same, whose agreement lets what was written be opened.
    async fn agreed(house: &House) -> Self {
        let stage = Self::of(house).await;
        sign(house, &stage, "yes").await;
        stage
    }

    fn ask(&self) -> String {
        format!("{}/break-glass", self.home)
    }
}

/// What the form says, with other texts in some of its fields.
fn form<'a>(second: &'a str, change: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut form = BTreeMap::from([("second", second), ("reason", REASON), ("hours", "72")]);
    form.extend(change.iter().copied());
    form.into_iter().collect()
}

/// Has both sign an agreement that allows it, or does not.
async fn sign(house: &House, stage: &Stage, glass: &str) {
    let (mut lucia, mut andres) = both(house, stage).await;
    agreement::write(&mut andres, &stage.pair, &[("glass", glass), ("cadence", CADENCE)], "propose").await;
    agreement::sign(&mut lucia, &stage.pair).await;
}

async fn both(house: &House, stage: &Stage) -> (Client, Client) {
    (house.browser_of(&stage.pair.lucia).await, house.browser_of(&stage.pair.andres).await)
}

/// Asks, and gives the path of what was asked for.
async fn asked(house: &House, stage: &Stage, change: &[(&str, &str)]) -> String {
    let second = stage.luis.id.to_string();
    let mut ana = house.browser_of(&stage.pair.ana).await;
    ana.post(&stage.ask(), &form(&second, change)).await.expect(303).location().to_owned()
}

async fn opened(house: &House, stage: &Stage, change: &[(&str, &str)]) -> String {
    let opening = asked(house, stage, change).await;
    house.browser_of(&stage.luis).await.post(&format!("{opening}/confirm"), &[]).await.expect(303);
    opening
}

/// Everything that a pair can write, some of it for both and some of it not.
async fn written(house: &House, stage: &Stage) {
    let (mut lucia, mut andres) = both(house, stage).await;
    let (pair, home) = (&stage.pair, &stage.home);
    let meeting = format!("/meetings/{}", propose(&mut lucia, pair).await);
    accept(&mut andres, meeting.rsplit('/').next().unwrap()).await;
    lucia.post(&format!("{meeting}/points"), &[("point", POINT)]).await.expect(303);
    let promise = [("promise", SHARED[6]), ("who", "me"), ("due", "2027-02-01")];
    lucia.post(&format!("{meeting}/promises"), &promise).await.expect(303);
    for (words, visibility) in [(NOTE, "pair"), (OWN_NOTE, "only-me")] {
        let form = [("kind", "note"), ("note", words), ("visibility", visibility)];
        lucia.post(&format!("{meeting}/texts"), &form).await.expect(303);
    }
    let goal = [
        ("statement", GOAL),
        ("steps", "Ensayar"),
        ("kind", "professional"),
        ("term", "short"),
        ("visibility", "pair"),
    ];
    let goal = goals::add(&mut lucia, pair, &goal).await;
    andres.post(&format!("{goal}/check-in"), &[("line", LINE), ("on", "2027-01-11")]).await.expect(303);
    lucia
        .post(&format!("{home}/goals/objective"), &[("version", "0"), ("objective", "Dirigir la zona")])
        .await
        .expect(303);
    let trip = crate::activities::planned(&mut andres, pair, "Visita al puerto", "Quién cede").await;
    let expects =
        [("version", "0"), ("expected", "Que ceda él"), ("seen", ""), ("practise", ""), ("visibility", "pair")];
    lucia.post(&format!("{trip}/debrief"), &expects).await.expect(303);
    for (question, visibility) in [(DECISION, "pair"), (OWN_DECISION, "only-me")] {
        let form = [
            ("question", question),
            ("what-0", "Sale a tiempo"),
            ("percent-0", "70"),
            ("known-on", "2027-02-01"),
            ("visibility", visibility),
        ];
        lucia.post(&format!("{home}/journal/new"), &form).await.expect(303);
    }
    lucia.post(&format!("{home}/letter"), &[("letter", LETTER)]).await.expect(303);
    give(&mut lucia, &review(pair, "midpoint"), &[("works", REVIEW)]).await;
    // A draft of his.
    let draft = [("version", "0"), ("do", "save"), ("hard", HIS_REVIEW)];
    andres.post(&review(pair, "midpoint"), &draft).await.expect(303);
    let nuria = house.person(pair.ana.organisation, "Nuria Vidal", &[]).await;
    let settings = format!("/editions/{}/concerns", pair.edition);
    let channel = [("version", "0"), ("receiver", nuria.address.as_str()), ("channel", ""), ("link", "")];
    house.browser_of(&pair.ana).await.post(&settings, &channel).await.expect(303);
    lucia.post(&format!("{home}/concern"), &[("words", CONCERN)]).await.expect(303);
}

/// Gives somebody a line manager.
async fn reports_to(house: &House, person: &Person, manager: &Person) {
    let [person, org, manager] = [person.id.0, person.organisation.0, manager.id.0].map(|id| house.literal(id));
    house.raw(&format!("DELETE FROM profiles WHERE person = {person}")).await;
    house
        .raw(&format!(
            "INSERT INTO profiles (person, organisation, mentor, mentee, languages, manager, preferences, conflicts, \
             former_mentors, search) VALUES ({person}, {org}, FALSE, TRUE, '', {manager}, '', '', '', '')"
        ))
        .await;
}

fn trail_of(seen: &Seen) -> usize {
    ["Pidió abrir", "Confirmó que se abre", "Leyó lo que", "Cerró lo que", "No quiso abrir", "Se avisó a la pareja"]
        .iter()
        .map(|verb| seen.text().matches(verb).count())
        .sum()
}

story!(two_people_open_what_a_pair_shares_and_the_pair_is_told, async |house: &House| {
    let stage = Stage::agreed(house).await;
    written(house, &stage).await;
    let (mut ana, mut luis) = (house.browser_of(&stage.pair.ana).await, house.browser_of(&stage.luis).await);
    // From the page of the pair, the coordinator asks; there she sees what both signed and whom she may name.
    let page = ana.get(&stage.home).await.expect(200);
    assert!(page.says("Un asunto grave") && page.statements() <= 18, "{}: {}", page.statements(), page.text());
    let page = ana.get(&stage.ask()).await.expect(200);
    assert!(
        page.says("dos personas de áreas distintas, que no sean parte") && page.says("Luis Prado"),
        "{}",
        page.text()
    );
    assert!(!page.says("Nuria Vidal"));
    let nothing = ana.post(&stage.ask(), &[("reason", REASON)]).await.expect(422);
    assert!(nothing.says("Falta decir con quién") && nothing.says("Falta elegir por cuánto") && nothing.says(REASON));
    let opening = asked(house, &stage, &[]).await;
    let page = ana.get(&opening).await.expect(200);
    assert!(page.says("Luis Prado tiene que contestar") && page.says(REASON) && page.says("en cuanto se confirme"));
    let second = stage.luis.id.to_string();
    let again = ana.post(&stage.ask(), &form(&second, &[])).await.expect(422);
    assert!(again.says("Ya lo has pedido para esta mentoría"));
    // Nothing is open, and nobody but the two knows.
    let words = format!("{opening}/words");
    for browser in [&mut ana, &mut luis] {
        browser.get(&words).await.expect(404);
    }
    ana.post(&format!("{opening}/confirm"), &[]).await.expect(404);
    let (mut lucia, mut andres) = both(house, &stage).await;
    for browser in [&mut lucia, &mut andres] {
        browser.get(&opening).await.expect(404);
        assert!(!browser.get(&stage.home).await.expect(200).says("Si ocurre algo grave"));
    }
    house.work().await;
    let mail = house.mail_saying(&stage.luis.address, "espera tu respuesta").await;
    for word in ["Lucía", "Andrés", "Ana", "amenazas", "pareja"] {
        assert!(!mail.contains(word), "{word}: {mail}");
    }
    assert!(luis.get("/").await.expect(200).says("Te piden abrir lo que escribió una pareja"));
    assert!(luis.get("/break-glass").await.expect(200).says("espera tu respuesta"));
    let page = luis.get(&opening).await.expect(200);
    assert!(page.says("Ana Pérez pide abrir contigo") && page.says(REASON) && page.says("Abrirlo durante 72 horas"));
    luis.post(&format!("{opening}/confirm"), &[]).await.expect(303);
    luis.post(&format!("{opening}/confirm"), &[]).await.expect(409);
    luis.post(&format!("{opening}/refuse"), &[]).await.expect(409);
    // Both read what the pair shares, and nothing that is somebody's alone.
    for browser in [&mut ana, &mut luis] {
        let page = browser.get(&words).await.expect(200);
        for shared in SHARED {
            assert!(page.says(shared), "{shared}: {}", page.text());
        }
        for more in ["Ensayar", "Dirigir la zona", "Visita al puerto", "Quién cede", "Que ceda él", "Sale a tiempo"] {
            assert!(page.says(more), "{more}: {}", page.text());
        }
        for never in NEVER {
            assert!(!page.says(never), "{never}: {}", page.text());
        }
    }
    let statements = ana.get(&words).await.expect(200).statements();
    assert!(statements <= 42, "{statements}");
    // A page that is not there shows nothing, and nobody is noted as having read it.
    ana.get(&format!("{words}?page=9")).await.expect(404);
    // Both of the pair are told at once: who, as what, until when and why.
    house.work().await;
    for (person, browser) in [(&stage.pair.lucia, &mut lucia), (&stage.pair.andres, &mut andres)] {
        let mail = house.mail_saying(&person.address, "Hay algo importante que leer").await;
        for word in ["Ana Pérez", "Luis Prado", "amenazas", "abierto"] {
            assert!(!mail.contains(word), "{word}: {mail}");
        }
        let notices = browser.get("/notices").await.expect(200);
        assert!(
            notices.says("Ana Pérez") && notices.says("Luis Prado") && !notices.says("amenazas"),
            "{}",
            notices.text()
        );
        assert!(browser.get(&stage.home).await.expect(200).says("dos personas abrieron lo que habíais escrito"));
        let page = browser.get(&opening).await.expect(200);
        assert!(page.says("Dos personas han abierto lo que escribisteis") && page.says(REASON), "{}", page.text());
        assert!(page.says("hasta:") && page.says("coordinadora"), "as what, and until when: {}", page.text());
        browser.get(&words).await.expect(404);
        browser.post(&format!("{opening}/close"), &[]).await.expect(404);
    }
    // Each reading is in the trail, and no word is.
    let trail = ana.get("/audit").await.expect(200);
    assert_eq!(trail.text().matches("Leyó lo que escribió una pareja").count(), 3, "{}", trail.text());
    assert!(!trail.says("Reservado") && trail.says("Confirmó que se abre"));
    // Once both have given their review, it is shared; the hours end it all, and it is not prolonged.
    give(&mut andres, &review(&stage.pair, "midpoint"), &[("hard", HIS_REVIEW)]).await;
    let page = ana.get(&words).await.expect(200);
    assert!(page.says(REVIEW) && page.says(HIS_REVIEW), "{}", page.text());
    house.pass(SignedDuration::from_hours(71));
    luis.get(&words).await.expect(200);
    house.pass(SignedDuration::from_hours(1));
    for browser in [&mut ana, &mut luis] {
        browser.get(&words).await.expect(404);
        assert!(browser.get(&opening).await.expect(200).says("El plazo para leerlo ha terminado"));
        browser.post(&format!("{opening}/close"), &[]).await.expect(409);
    }
    assert!(lucia.get(&opening).await.expect(200).says(REASON), "the pair sees it for good");
    assert!(lucia.get(&opening).await.expect(200).says("su versión 1, del 11 de enero de 2027"));
    asked(house, &stage, &[]).await;
    // Nothing of it stands anywhere in clear.
    let said: Vec<String> = SHARED.iter().chain(&NEVER).chain(&[REASON, WHY]).map(|text| (*text).to_owned()).collect();
    assert_eq!(found(&database(house).await, &said), None);
    assert_eq!(found(&files(&house.app.config.data), &said), None);
});

story!(who_may_not_open_it, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    let person = async |name: &str, parts: &[Part]| house.person(organisation, name, parts).await;
    let held = async |person: &Person, part, scope| {
        let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
            identity::grant_there(&house.app, tx, organisation, &[(person.id, Held { part, scope })]).await
        });
        granted.unwrap();
    };
    let there = Scope::Edition(stage.pair.edition.0);
    let coordinator = person("Otra Coordinadora", &[Part::Coordinator]).await;
    let both = person("Dos Partes", &[Part::Coordinator, Part::Operator]).await;
    let payer = person("Paga Todo", &[Part::Operator, Part::Sponsor]).await;
    let payer_here = person("Paga Aquí", &[Part::Operator]).await;
    held(&payer_here, Part::Sponsor, there).await;
    let manager = person("Manda Mucho", &[Part::Faculty, Part::Supervisor]).await;
    let boss = person("Jefa Directa", &[Part::Secretary]).await;
    let assistant = person("Agenda Llena", &[Part::Secretary]).await;
    let nobody = person("Sin Parte", &[]).await;
    let faculty = person("Tutora Aquí", &[]).await;
    held(&faculty, Part::Faculty, there).await;
    let elsewhere = person("Tutora Lejos", &[]).await;
    held(&elsewhere, Part::Faculty, Scope::Edition(house.app.id())).await;
    let secretary = person("Secretaria Justa", &[Part::Secretary]).await;
    reports_to(house, &stage.pair.lucia, &boss).await;
    let far = person("Manda Lejos", &[Part::Secretary]).await;
    reports_to(house, &nobody, &far).await;
    let [mentor, named, org] = [stage.pair.andres.id.0, assistant.id.0, organisation.0].map(|id| house.literal(id));
    let statement = format!(
        "INSERT INTO assistants (mentor, organisation, assistant, named_at) VALUES ({mentor}, {org}, {named}, 0)"
    );
    house.raw(&statement).await;
    long_held(house).await;
    // Whom she may name: those of another part who stand apart; nobody else, whatever she sends.
    let mut ana = house.browser_of(&stage.pair.ana).await;
    let page = ana.get(&stage.ask()).await.expect(200);
    for able in [&stage.luis, &faculty, &secretary] {
        assert!(page.says(&able.name), "{}: {}", able.name, page.text());
    }
    let barred = [
        &coordinator,
        &both,
        &payer,
        &payer_here,
        &manager,
        &boss,
        &far,
        &assistant,
        &nobody,
        &elsewhere,
        &stage.pair.andres,
        &stage.pair.lucia,
        &stage.pair.ana,
    ];
    for person in barred {
        assert!(person.id == stage.pair.ana.id || !page.says(&format!("value=\"{}\"", person.id)), "{}", person.name);
        let second = person.id.to_string();
        let refused = ana.post(&stage.ask(), &form(&second, &[])).await.expect(422);
        assert!(refused.says("Esa persona no puede abrirlo contigo"), "{}: {}", person.name, refused.text());
    }
    // And who may ask: the same.
    let second = stage.luis.id.to_string();
    for person in [&payer, &payer_here, &manager, &boss, &far, &assistant, &nobody, &elsewhere, &stage.pair.andres] {
        let mut browser = house.browser_of(person).await;
        browser.get(&stage.ask()).await.expect(404);
        browser.post(&stage.ask(), &form(&second, &[])).await.expect(404);
        let two = [("one", stage.pair.lucia.address.as_str()), ("other", stage.pair.andres.address.as_str())];
        let found = browser.post("/break-glass", &two).await;
        assert!([404, 422].contains(&found.status.as_u16()), "{}", person.name);
    }
    // Whoever has no page of the pair says who the two are.
    let mut secretary_there = house.browser_of(&secretary).await;
    let two = [("one", stage.pair.lucia.address.as_str()), ("other", stage.pair.andres.name.as_str())];
    let found = secretary_there.post("/break-glass", &two).await.expect(303);
    assert_eq!(found.location(), stage.ask());
    for other in [stage.pair.ana.address.as_str(), "nadie@example.org", stage.pair.lucia.address.as_str()] {
        let two = [("one", stage.pair.lucia.address.as_str()), ("other", other)];
        let nothing = secretary_there.post("/break-glass", &two).await.expect(422);
        assert!(nothing.says("No hay ninguna mentoría de esas dos personas"), "{}", nothing.text());
    }
    // Who comes to have to do with the pair reads no more, and neither does the other.
    let opening = opened(house, &stage, &[]).await;
    let words = format!("{opening}/words");
    let mut luis = house.browser_of(&stage.luis).await;
    luis.get(&words).await.expect(200);
    held(&stage.luis, Part::Sponsor, there).await;
    for browser in [&mut ana, &mut luis] {
        browser.get(&words).await.expect(404);
    }
    assert!(ana.get(&opening).await.expect(200).says("Ahora no podéis abrirlo"));
    // Whoever lost the right reads why no more, nor whose it is.
    luis.get(&opening).await.expect(404);
    let list = luis.get("/break-glass").await.expect(200);
    assert!(list.says("Algo que ya no te corresponde") && !list.says("Andrés Güell"), "{}", list.text());
    // Nor may they confirm.
    let second = faculty.id.to_string();
    house.pass(SignedDuration::from_hours(1));
    let asked = ana.post(&stage.ask(), &form(&second, &[])).await.expect(303).location().to_owned();
    let mut tutor = house.browser_of(&faculty).await;
    assert!(tutor.get(&asked).await.expect(200).says("No abrirlo"));
    held(&faculty, Part::Sponsor, there).await;
    let refused = tutor.post(&format!("{asked}/confirm"), &[]).await.expect(422);
    assert!(refused.says("Ahora no podéis abrirlo") && !refused.says(REASON), "{}", refused.text());
});

story!(what_the_agreement_does_not_say_is_not_opened, async |house: &House| {
    let stage = Stage::of(house).await;
    let (mut ana, mut luis) = (house.browser_of(&stage.pair.ana).await, house.browser_of(&stage.luis).await);
    let (mut lucia, _) = both(house, &stage).await;
    let second = stage.luis.id.to_string();
    // Nothing was signed; then something that does not allow it.
    for signs in [false, true] {
        if signs {
            sign(house, &stage, "no").await;
        }
        let why = if signs { "dice que nadie más puede leer" } else { "Todavía no han firmado ningún acuerdo" };
        let page = ana.get(&stage.ask()).await.expect(200);
        assert!(page.says(why) && !page.says("name=\"reason\""), "{}", page.text());
        let hold = [("hold", "yes"), ("until", "2027-01-20"), ("why", WHY)];
        let refused = ana.post(&stage.ask(), &form(&second, &hold)).await.expect(422);
        assert!(refused.says(why) && refused.says(REASON) && refused.says(WHY), "nothing typed is lost");
    }
    let early = [("statement", EARLIER), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    goals::add(&mut lucia, &stage.pair, &early).await;
    house.pass(SignedDuration::from_mins(5));
    // What was written before both signed that it may be opened was written under another promise.
    sign(house, &stage, "yes").await;
    let later = [("statement", GOAL), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    goals::add(&mut lucia, &stage.pair, &later).await;
    let opening = opened(house, &stage, &[]).await;
    let words = format!("{opening}/words");
    let page = luis.get(&words).await.expect(200);
    assert!(page.says(GOAL) && page.says(CADENCE) && !page.says(EARLIER), "{}", page.text());
    // They sign that it may not, and it is closed.
    house.pass(SignedDuration::from_mins(5));
    sign(house, &stage, "no").await;
    for browser in [&mut ana, &mut luis] {
        browser.get(&words).await.expect(404);
        assert!(browser.get(&opening).await.expect(200).says("dice que nadie más puede leer"));
    }
    // And again that it may: from then on.
    house.pass(SignedDuration::from_mins(5));
    sign(house, &stage, "yes").await;
    let page = luis.get(&words).await.expect(200);
    assert!(!page.says(GOAL) && page.says("Versión 4") && !page.says("Versión 2"), "{}", page.text());
});

story!(a_request_may_be_refused_taken_back_or_lapse, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let (mut ana, mut luis) = (house.browser_of(&stage.pair.ana).await, house.browser_of(&stage.luis).await);
    let refused = asked(house, &stage, &[]).await;
    luis.post(&format!("{refused}/close"), &[]).await.expect(404);
    luis.post(&format!("{refused}/refuse"), &[]).await.expect(303);
    luis.post(&format!("{refused}/confirm"), &[]).await.expect(409);
    assert!(ana.get(&refused).await.expect(200).says("Luis Prado no ha querido que se abra"));
    house.work().await;
    house.mail_saying(&stage.pair.ana.address, "Tienes una respuesta").await;
    let back = asked(house, &stage, &[]).await;
    ana.post(&format!("{back}/close"), &[]).await.expect(303);
    assert!(ana.get(&back).await.expect(200).says("Ana Pérez retiró la petición"));
    luis.post(&format!("{back}/confirm"), &[]).await.expect(409);
    // What was refused or taken back is none of his any more, and neither is what he was told of it.
    for opening in [&refused, &back] {
        luis.get(opening).await.expect(404);
    }
    assert!(!luis.get("/notices").await.expect(200).says("pide abrir contigo"));
    house.work().await;
    let (seen, list) = (ana.get(&back).await.expect(200), luis.get("/break-glass").await.expect(200));
    assert!(!seen.says("Aviso a la pareja") && list.says("denegada") && !list.says("Güell"), "{}", list.text());
    let lapsed = asked(house, &stage, &[]).await;
    house.pass(SignedDuration::from_hours(7 * 24));
    let (mut ana, mut luis) = (house.browser_of(&stage.pair.ana).await, house.browser_of(&stage.luis).await);
    assert!(!luis.get("/").await.expect(200).says("Te piden abrir"));
    let late = luis.post(&format!("{lapsed}/confirm"), &[]).await.expect(422);
    assert!(late.says("La petición ha caducado") && !late.says(REASON), "{}", late.text());
    luis.get(&lapsed).await.expect(404);
    assert!(luis.get("/notices").await.expect(200).says("pide abrir contigo"));
    house.work().await;
    assert!(!luis.get("/notices").await.expect(200).says("pide abrir contigo"));
    let told = ana.get("/notices").await.expect(200);
    assert!(told.says("Luis Prado no contestó a tiempo"), "{}", told.text());
    luis.post(&format!("{lapsed}/refuse"), &[]).await.expect(422);
    // Of none of them does the pair ever learn.
    let (mut lucia, mut andres) = both(house, &stage).await;
    for browser in [&mut lucia, &mut andres] {
        for opening in [&refused, &back, &lapsed] {
            browser.get(opening).await.expect(404);
        }
        assert!(!browser.get(&stage.home).await.expect(200).says("Si ocurre algo grave"));
        assert!(!browser.get("/notices").await.expect(200).says("han abierto"));
    }
    // Either of the two may close what is open.
    let opening = opened(house, &stage, &[("hours", "24")]).await;
    luis.get(&format!("{opening}/words")).await.expect(200);
    luis.post(&format!("{opening}/close"), &[]).await.expect(303);
    ana.get(&format!("{opening}/words")).await.expect(404);
    assert!(ana.get(&opening).await.expect(200).says("Se cerró antes de tiempo"));
    let list = ana.get("/break-glass").await.expect(200);
    for state in ["denegada", "retirada", "caducada", "cerrado"] {
        assert!(list.says(state), "{state}: {}", list.text());
    }
});

story!(where_it_would_harm_an_investigation_the_pair_is_told_on_its_day, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let organisation = stage.pair.ana.organisation;
    // Lucía coordinates as well, and so do her line manager and a sponsor: they read the trail.
    let boss = house.person(organisation, "Jefa Directa", &[Part::Coordinator]).await;
    let sponsor = house.person(organisation, "Paga Todo", &[Part::Coordinator, Part::Sponsor]).await;
    let apart = house.person(organisation, "Otra Coordinadora", &[Part::Coordinator]).await;
    let granted: Result<u64, Error> = transaction!(house.app.db, tx => {
        identity::grant(&house.app, tx, organisation, &[(stage.pair.lucia.id, Part::Coordinator)]).await
    });
    granted.unwrap();
    reports_to(house, &stage.pair.lucia, &boss).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    let second = stage.luis.id.to_string();
    // Whoever forgets the box has told nobody yet.
    for typed in [("until", "2027-02-01"), ("why", WHY)] {
        let unsaid = ana.post(&stage.ask(), &form(&second, &[typed])).await.expect(422);
        assert!(unsaid.says("Marca la casilla") && unsaid.says(typed.1), "{}", unsaid.text());
    }
    let silent = ana.post(&stage.ask(), &form(&second, &[("hold", "yes"), ("until", "2027-02-11")])).await.expect(422);
    assert!(silent.says("dentro de 30 días") && silent.says("por qué avisar ya perjudicaría"), "{}", silent.text());
    let hold = [("hold", "yes"), ("until", "2027-02-10"), ("why", WHY)];
    let opening = opened(house, &stage, &hold).await;
    let words = format!("{opening}/words");
    assert!(ana.get(&words).await.expect(200).says(CADENCE));
    assert!(ana.get(&opening).await.expect(200).says(WHY));
    // Never later, and not for others.
    for (day, status) in [("2027-02-11", 422), ("2027-02-10", 422), ("2027-01-10", 422), ("", 422), ("2027-02-01", 303)]
    {
        ana.post(&format!("{opening}/sooner"), &[("until", day)]).await.expect(status);
    }
    house.browser_of(&apart).await.post(&format!("{opening}/sooner"), &[("until", "2027-01-20")]).await.expect(404);
    // Until its day nothing shows it to the pair, nor to anybody who may not know before them.
    for days in [0, 13, 7] {
        house.pass(SignedDuration::from_hours(24 * days));
        house.work().await;
        for person in [&stage.pair.lucia, &stage.pair.andres, &boss, &sponsor] {
            let mut browser = house.browser_of(person).await;
            browser.get(&opening).await.expect(404);
            for page in [
                "/",
                "/notices",
                "/audit",
                "/audit/export?form=csv",
                "/break-glass",
                stage.home.as_str(),
                "/mentorships",
            ] {
                let seen = browser.get(page).await;
                assert!(trail_of(&seen) == 0 && !seen.says("breakglass."), "{} {page}: {}", person.name, seen.text());
                assert!(!seen.says("abrieron") && !seen.says("han abierto"), "{} {page}: {}", person.name, seen.text());
            }
            let token = identity::new_token_of(&house.app, person.id, "Trail", &TokenScopes::every()).await;
            let mut program = house.stranger();
            program.bearer = Some(token.map_err(anyhow::Error::from).unwrap());
            for path in ["/api/audit", "/api/me/notices", "/api/break-glass"] {
                let told = program.request_with(Method::GET, path, &[], "").await;
                assert!(!told.says("breakglass"), "{} {path}: {}", person.name, told.text());
            }
        }
        let trail = house.browser_of(&apart).await.get("/audit").await.expect(200);
        assert!(trail.says("Leyó lo que escribió una pareja"), "whoever stands apart sees who opens what");
        assert!(house.mail_to(&stage.pair.andres.address).await.is_none_or(|mail| !mail.contains("importante")));
    }
    // It is the morning of the day: both are told, once.
    house.pass(SignedDuration::from_hours(24));
    house.work().await;
    house.pass(SignedDuration::from_hours(2));
    house.work().await;
    for person in [&stage.pair.lucia, &stage.pair.andres] {
        let mut browser = house.browser_of(person).await;
        house.mail_saying(&person.address, "Hay algo importante que leer").await;
        assert!(browser.get(&stage.home).await.expect(200).says("dos personas abrieron lo que habíais escrito"));
        let page = browser.get(&opening).await.expect(200);
        assert!(page.says(REASON) && page.says(WHY) && !page.says("Avisar antes"), "{}", page.text());
        let notices = browser.get("/notices").await.expect(200);
        assert_eq!(notices.text().matches("han abierto lo que").count(), 1);
    }
    for person in [&stage.pair.lucia, &boss, &sponsor] {
        let trail = house.browser_of(person).await.get("/audit").await.expect(200);
        assert!(trail.says("Leyó lo que escribió una pareja") && trail.says("Se avisó a la pareja"), "{}", person.name);
    }
    let mut ana = house.browser_of(&stage.pair.ana).await;
    ana.post(&format!("{opening}/sooner"), &[("until", "2027-02-01")]).await.expect(422);
    // Brought forward to today, it is told at once, also when it is over.
    let until = [("hold", "yes"), ("until", "2027-02-20"), ("why", WHY)];
    let opening = opened(house, &stage, &until).await;
    ana.post(&format!("{opening}/close"), &[]).await.expect(303);
    let mut andres = house.browser_of(&stage.pair.andres).await;
    andres.get(&opening).await.expect(404);
    ana.post(&format!("{opening}/sooner"), &[("until", "2027-02-01")]).await.expect(303);
    let page = andres.get(&opening).await.expect(200);
    assert!(page.says("Otras veces que se abrió"), "{}", page.text());
    house.pass(SignedDuration::from_hours(24 * 30));
    house.work().await;
    let mut andres = house.browser_of(&stage.pair.andres).await;
    assert_eq!(andres.get("/notices").await.expect(200).text().matches("han abierto lo que").count(), 2);
});

story!(a_stranger_learns_nothing, async |house: &House| {
    let stage = Stage::agreed(house).await;
    written(house, &stage).await;
    let opening = opened(house, &stage, &[("hold", "yes"), ("until", "2027-02-10"), ("why", WHY)]).await;
    let organisation = stage.pair.ana.organisation;
    let foreign = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let mut strangers = vec![foreign, stage.pair.lucia.clone(), stage.pair.andres.clone()];
    for part in Part::ALL {
        strangers.push(house.person(organisation, &format!("Aquí {}", part.code()), &[part]).await);
    }
    let id = opening.rsplit('/').next().unwrap().to_owned();
    for person in &strangers {
        let mut browser = house.browser_of(person).await;
        browser.get(&opening).await.expect(404);
        browser.get(&format!("{opening}/words")).await.expect(404);
        for act in ["confirm", "refuse", "close", "sooner"] {
            browser.post(&format!("{opening}/{act}"), &[("until", "2027-01-20")]).await.expect(404);
        }
        let list = browser.get("/break-glass").await;
        assert!(list.status == 404 || list.says("No has pedido abrir nada"), "{}", person.name);
        let token = identity::new_token_of(&house.app, person.id, "Todo", &TokenScopes::every()).await;
        let mut program = house.stranger();
        program.bearer = Some(token.map_err(anyhow::Error::from).unwrap());
        let (close, kind) = (format!("/api/break-glass/{id}/close"), [("content-type", "application/json")]);
        program.request_with(Method::POST, &close, &kind, "{}").await.expect(404);
        let list = program.request_with(Method::GET, "/api/break-glass", &[], "").await;
        assert!(!list.says(&id), "{}", person.name);
    }
    assert!(house.stranger().get(&opening).await.expect(303).location().starts_with("/sign-in"));
    house.browser_of(&stage.luis).await.get(&format!("{opening}/words")).await.expect(200);
});

story!(after_one_is_erased_the_words_of_the_other_still_open, async |house: &House| {
    let stage = Stage::agreed(house).await;
    written(house, &stage).await;
    let opening = opened(house, &stage, &[]).await;
    let words = format!("{opening}/words");
    let mut luis = house.browser_of(&stage.luis).await;
    let erase = async |person: &Person| {
        let destroyed: Result<u64, Error> = transaction!(house.app.db, tx => {
            vault::destroy_keys_of(tx, person.organisation, person.id).await
        });
        destroyed.unwrap();
    };
    erase(&stage.pair.lucia).await;
    let page = luis.get(&words).await.expect(200);
    assert!(page.says(LINE) && page.says(CADENCE), "what he wrote and signed: {}", page.text());
    assert!(!page.says(NOTE) && !page.says(GOAL) && page.says("sus datos se borraron"), "{}", page.text());
    // Of what does not open, the seal has not proved when it was written.
    assert!(page.says("<small>Lucía Ibáñez</small>") && page.says("<small>Andrés Güell · "), "{}", page.text());
    // Why it was opened goes with whoever said it; that it was opened, and by whom, stays.
    erase(&stage.pair.ana).await;
    let page = house.browser_of(&stage.pair.andres).await.get(&opening).await.expect(200);
    assert!(!page.says(REASON) && page.says("Ana Pérez") && page.says("Luis Prado"), "{}", page.text());
});

story!(a_program_closes_and_neither_asks_nor_answers_nor_reads_why, async |house: &House| {
    let stage = Stage::agreed(house).await;
    written(house, &stage).await;
    let program = async |person: &Person| {
        let token = identity::new_token_of(&house.app, person.id, "Todo", &TokenScopes::every()).await;
        let mut program = house.stranger();
        program.bearer = Some(token.map_err(anyhow::Error::from).unwrap());
        program
    };
    let (mut ana, mut luis) = (program(&stage.pair.ana).await, program(&stage.luis).await);
    let kind = [("content-type", "application/json")];
    let body = serde_json::json!({ "second": stage.luis.id, "reason": REASON, "hours": 24 }).to_string();
    ana.request_with(Method::POST, &format!("/api{}", stage.ask()), &kind, &body).await.expect(404);
    let hold = [("hold", "yes"), ("until", "2027-01-20"), ("why", WHY)];
    let opening = asked(house, &stage, &hold).await;
    for act in ["", "/confirm", "/refuse"] {
        let path = format!("/api{opening}{act}");
        for program in [&mut ana, &mut luis] {
            program.request_with(Method::POST, &path, &kind, "{}").await.expect(404);
            // Nor does a token open the pages.
            let page = program.request_with(Method::POST, &format!("{opening}{act}"), &[], "").await;
            assert_ne!(page.status, 200, "{act}");
        }
    }
    assert!(house.browser_of(&stage.pair.ana).await.get(&opening).await.expect(200).says("tiene que contestar"));
    for program in [&mut ana, &mut luis] {
        let list = program.request_with(Method::GET, "/api/break-glass", &[], "").await.expect(200);
        assert_eq!((list.json()["items"][0]["state"].as_str(), list.says("Reservado")), (Some("waits"), false));
        // Whose it is no program learns before the pair does.
        assert!(list.json()["items"][0]["mentorship"].is_null() && !list.says(&stage.pair.mentorship.to_string()));
    }
    house.browser_of(&stage.luis).await.post(&format!("{opening}/confirm"), &[]).await.expect(303);
    let close = format!("/api{opening}/close");
    let closed = ana.request_with(Method::POST, &close, &kind, "{}").await.expect(200);
    assert_eq!((closed.json()["state"].as_str(), closed.says("Reservado")), (Some("closed"), false));
    luis.request_with(Method::POST, &close, &kind, "{}").await.expect(409);
    house.pass(SignedDuration::from_hours(24 * 9));
    let told = program(&stage.pair.ana).await.request_with(Method::GET, "/api/break-glass", &[], "").await.expect(200);
    assert_eq!(told.json()["items"][0]["mentorship"].as_str(), Some(stage.pair.mentorship.to_string().as_str()));
});
