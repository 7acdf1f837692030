//! The learning of an observation: what to watch for and what is predicted, the debrief alone and with the mentor, the practice, and the
//! same seen again; what is marked before it is saved; what is destroyed on its day; and what everybody else learns.

use axum::http::Method;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use telemaco::identity::Part;
use telemaco::programmes::Track;
use uuid::Uuid;

use crate::api::{nothing_stands_open, problem, program, send};
use crate::goals::{framed, framed_on};
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House, Person};
use crate::vault::Pair;

/// A held seat at a sitting, by the path of its loop.
#[derive(Clone)]
pub struct Seat {
    pub id: Uuid,
    pub sitting: Uuid,
    pub path: String,
}

/// A sitting that begins in so many hours, lasts an hour and a half, and shows a competency.
#[derive(Clone, Copy)]
pub struct Plan<'a> {
    pub number: i64,
    pub kind: &'a str,
    pub begins_in: i64,
    pub competency: &'a str,
    pub state: &'a str,
    /// After how many days the notes are destroyed.
    pub notes_days: Option<i64>,
}

pub const PLAN: Plan<'static> =
    Plan { number: 14, kind: "negotiation", begins_in: 24, competency: "negotiation", state: "open", notes_days: None };

fn quoted(number: Option<i64>) -> String {
    number.map_or_else(|| "NULL".to_owned(), |number| number.to_string())
}

/// Opens a sitting behind the program's back; how one is opened at the door other stories tell.
pub async fn sitting(house: &House, pair: &Pair, plan: Plan<'_>) -> Uuid {
    let id = house.app.id();
    let starts = house.app.now() + SignedDuration::from_hours(plan.begins_in);
    let ends = starts + SignedDuration::from_mins(90);
    let [sitting, organisation, edition, ana] =
        [id, pair.ana.organisation.0, pair.edition.0, pair.ana.id.0].map(|id| house.literal(id));
    let Plan { number, kind, competency, state, notes_days, .. } = plan;
    house
        .raw(&format!(
            "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, notes_days, \
             host_name, host_address, chair_name, chair_address, opened_by, state, created_at, changed_at, version) VALUES \
             ({sitting}, {organisation}, {edition}, {number}, '{kind}', {}, {}, 'Europe/Madrid', '', '', 2, {}, 'Zoilo Quer', \
             'zoilo@example.org', '', '', {ana}, '{state}', 0, 0, 1); \
             INSERT INTO sitting_competencies (sitting, competency, organisation) VALUES ({sitting}, '{competency}', {organisation})",
            starts.as_microsecond(),
            ends.as_microsecond(),
            quoted(notes_days),
        ))
        .await;
    id
}

/// The seat of the pair's mentee at a sitting.
pub async fn seat(house: &House, pair: &Pair, plan: Plan<'_>) -> Seat {
    let sitting = sitting(house, pair, plan).await;
    let id = house.app.id();
    let [row, of, organisation, mentorship, lucia] =
        [id, sitting, pair.ana.organisation.0, pair.mentorship.0, pair.lucia.id.0].map(|id| house.literal(id));
    house
        .raw(&format!(
            "INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, conflict, sequence, \
             changed_at, version) VALUES ({row}, {organisation}, {of}, {mentorship}, {lucia}, {lucia}, 0, 'held', 'none', 0, 0, 1)"
        ))
        .await;
    Seat { id, sitting, path: format!("/mentorships/{}/loops/{id}", pair.mentorship) }
}

/// Somebody says that it took place.
pub async fn held(house: &House, seat: &Seat) {
    house.raw(&format!("UPDATE sittings SET state = 'held' WHERE id = {}", house.literal(seat.sitting))).await;
}

/// The observer has undertaken that notes go on a day.
pub async fn signed(house: &House, pair: &Pair, seat: &Seat, notes_until: Date) {
    let text = house.app.id();
    let [text, row, organisation, lucia] =
        [text, seat.id, pair.ana.organisation.0, pair.lucia.id.0].map(|id| house.literal(id));
    let digest = if house.app.db.file().is_some() { "X'00'" } else { "'\\x00'" };
    house
        .raw(&format!(
            "INSERT INTO undertaking_texts (id, organisation, number, text_es, text_en, notes_days, written_at) VALUES \
             ({text}, {organisation}, 1, 'Callaré', 'I will keep silent', 5, 0); \
             INSERT INTO undertakings (seat, organisation, observer, text, lang, words, digest, signed_at, notes_until) VALUES \
             ({row}, {organisation}, {lucia}, {text}, 'es', 'Callaré', {digest}, 0, '{notes_until}')"
        ))
        .await;
}

/// The fields of a form of the page, by what stands in its hidden `do`, with other texts in some of them.
async fn form(browser: &mut Client, seat: &Seat, what: &str, change: &[(&str, &str)]) -> Vec<(String, String)> {
    let page = browser.get(&seat.path).await.expect(200).text();
    let (_, rest) =
        page.split_once(&format!("name=\"do\" value=\"{what}\"")).unwrap_or_else(|| panic!("{what}: {page}"));
    let own = rest.split("</form>").next().unwrap();
    let mut fields = fields(&format!("<form>{own}</form>"));
    fields.insert("do".to_owned(), what.to_owned());
    for (name, value) in change {
        fields.insert((*name).to_owned(), (*value).to_owned());
    }
    fields.into_iter().collect()
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

pub async fn send_form(
    browser: &mut Client,
    seat: &Seat,
    (what, door): (&str, &str),
    change: &[(&str, &str)],
    status: u16,
) -> crate::support::Seen {
    let form = form(browser, seat, what, change).await;
    browser.post(&format!("{}/{door}", seat.path), &borrowed(&form)).await.expect(status)
}

pub const PREPARE: (&str, &str) = ("prepare", "preparation");
pub const PREDICT: (&str, &str) = ("predict", "prediction");
pub const DEBRIEF: (&str, &str) = ("debrief", "debrief");
pub const TALK: (&str, &str) = ("talk", "talk");

/// From the seat to the debrief, as the mentee goes.
pub async fn to_the_debrief(house: &House, pair: &Pair, seat: &Seat) -> Client {
    let mut lucia = house.browser_of(&pair.lucia).await;
    send_form(&mut lucia, seat, PREPARE, &[("lens", "anchors"), ("competency", "negotiation")], 303).await;
    let predicted = [("what-0", "Ceden en el plazo antes que en el precio"), ("percent-0", "70")];
    send_form(&mut lucia, seat, PREDICT, &predicted, 303).await;
    house.pass(SignedDuration::from_hours(27));
    held(house, seat).await;
    house.work().await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let saw = [
        ("through-0", "La primera propuesta tiró de todo lo demás"),
        ("came-0", "yes"),
        ("against", "Cedieron antes de lo que esperaba"),
        ("practise", "Callar después de proponer"),
    ];
    send_form(&mut lucia, seat, DEBRIEF, &saw, 303).await;
    lucia
}

#[expect(clippy::too_many_lines, reason = "a whole loop, in its order")]
async fn the_loop(house: &House, track: Track) {
    let pair = framed_on(house, track).await;
    let first = seat(house, &pair, PLAN).await;
    let list = format!("/mentorships/{}/loops", pair.mentorship);
    let home = format!("/mentorships/{}", pair.mentorship);
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    // Before: she chooses what to watch for and writes down what she expects.
    assert!(lucia.get(&home).await.expect(200).says("Prepara la sesión 14"));
    assert!(lucia.get(&list).await.expect(200).says("Hay una observación por delante"));
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("Sesión 14: elige en qué fijarte") && page.says("El ancla") && page.says("Lo que no se dijo"));
    assert!(!page.says("Quién decide de verdad"), "a lens of meetings is none of negotiations");
    let none = send_form(&mut lucia, &first, PREPARE, &[], 422).await;
    assert!(none.says("Elige al menos una lente"));
    send_form(&mut lucia, &first, PREPARE, &[("lens", "anchors"), ("competency", "nothing")], 422).await;
    send_form(&mut lucia, &first, PREPARE, &[("lens", "anchors"), ("competency", "negotiation")], 303).await;
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("¿Quién pone la primera propuesta") && page.says("Negociación"), "{}", page.text());
    let stale = [("do", "prepare"), ("version", "1"), ("lens", "closing"), ("competency", "negotiation")];
    assert!(lucia.post(&format!("{}/preparation", first.path), &stale).await.expect(409).says("mientras tanto"));
    let plan = format!("/mentorships/{}/plan", pair.mentorship);
    assert!(andres.get(&plan).await.expect(200).says("Observar la sesión 14"), "it stands in the plan");
    let empty = send_form(&mut lucia, &first, PREDICT, &[], 422).await;
    assert!(empty.says("Escribe al menos una cosa que esperes"));
    let wrong = [("what-0", "Ceden"), ("percent-0", "muy probable")];
    let wrong = send_form(&mut lucia, &first, PREDICT, &wrong, 422).await;
    assert!(
        wrong.says("Escribe un número de 0 a 100") && wrong.says("value=\"muy probable\""),
        "nothing typed is lost"
    );
    let predicted = [
        ("what-0", "Ceden en el plazo antes que en el precio"),
        ("percent-0", "70"),
        ("what-1", "Se aplaza la decisión"),
        ("percent-1", "40"),
    ];
    send_form(&mut lucia, &first, PREDICT, &predicted, 303).await;
    let seen = andres.get(&first.path).await.expect(200);
    assert!(seen.says("Ceden en el plazo") && !seen.says("Guardar la predicción"), "{}", seen.text());
    let early = [("do", "debrief"), ("version", "0"), ("seen", "x")];
    assert!(lucia.post(&format!("{}/debrief", first.path), &early).await.expect(422).says("no ha terminado"));
    // Once it has begun, neither is changed.
    house.pass(SignedDuration::from_mins(24 * 60 + 30));
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let late = [("do", "predict"), ("version", "1"), ("what-0", "Otra cosa"), ("percent-0", "99")];
    assert!(lucia.post(&format!("{}/prediction", first.path), &late).await.expect(422).says("ya ha empezado"));
    let late = [("do", "prepare"), ("version", "9"), ("lens", "closing")];
    assert!(lucia.post(&format!("{}/preparation", first.path), &late).await.expect(422).says("ya ha empezado"));
    assert!(lucia.get(&first.path).await.expect(200).says("ahora toca observar"));
    // After: she is asked, and writes what she saw, alone first.
    held(house, &first).await;
    house.pass(SignedDuration::from_hours(3));
    house.work().await;
    house.mail_saying(&pair.lucia.address, "Falta por escribir el análisis posterior").await;
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("falta el análisis posterior") && page.says("le di un 70 %"), "{}", page.text());
    assert!(lucia.get("/notices").await.expect(200).says("La sesión 14 ha terminado"));
    let half = [("through-0", "El ancla tiró de todo"), ("came-0", "yes")];
    assert!(send_form(&mut lucia, &first, DEBRIEF, &half, 422).await.says("Di qué pasó con esto"));
    let saw = [
        ("through-0", "El ancla tiró de todo lo demás"),
        ("came-0", "yes"),
        ("came-1", "no"),
        ("against", "Cedieron antes de lo que esperaba"),
        ("practise", "Callar después de proponer"),
        ("visibility", "only-me"),
    ];
    send_form(&mut lucia, &first, DEBRIEF, &saw, 303).await;
    let hidden = andres.get(&first.path).await.expect(200);
    assert!(hidden.says("es solo de quien lo escribió") && !hidden.says("tiró de todo"), "{}", hidden.text());
    andres.post(&format!("{}/talk", first.path), &[("version", "0"), ("line", "¿Y si callan?")]).await.expect(404);
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("Puntuación de Brier de lo que se predijo: 0,13"), "(0,09 + 0,16) / 2: {}", page.text());
    let second = [
        ("do", "debrief"),
        ("version", "0"),
        ("through-0", "Lo de la otra ventana"),
        ("came-0", "yes"),
        ("came-1", "no"),
    ];
    let stale = lucia.post(&format!("{}/debrief", first.path), &second).await.expect(409);
    assert!(stale.says("Lo de la otra ventana") && stale.says("El ancla tiró de todo lo demás"), "both texts");
    // The debrief is that of the plan, and there is no second one.
    let planned = lucia.get(&plan).await.expect(200);
    assert!(planned.says("con análisis"), "{}", planned.text());
    let activity =
        planned.text().split("\">Observar la sesión 14").next().unwrap().rsplit("href=\"").next().unwrap().to_owned();
    let own = lucia.get(&activity).await.expect(200);
    assert!(own.says("en su propia página") && own.says(&first.path) && !own.says("Guardar el análisis"));
    let beside = [("version", "1"), ("seen", "Otra cosa"), ("visibility", "pair")];
    assert!(lucia.post(&format!("{activity}/debrief"), &beside).await.expect(422).says("en su propia página"));
    // Then with the mentor.
    send_form(&mut lucia, &first, DEBRIEF, &[("visibility", "pair")], 303).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let read = andres.get(&first.path).await.expect(200);
    assert!(read.says("tiró de todo lo demás") && read.says("Callar después de proponer") && !read.says("Brier"));
    send_form(&mut andres, &first, TALK, &[], 422).await;
    let day = house.app.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date().tomorrow().unwrap().to_string();
    let half =
        send_form(&mut andres, &first, TALK, &[("line", "¿Y si callan más que tú?"), ("what", "Un caso")], 422).await;
    assert!(half.says("Elige qué clase de práctica es"));
    let said = [
        ("line", "¿Y si callan más que tú?"),
        ("kind", "negotiation-practice"),
        ("what", "Un caso de varios asuntos, callando tras cada oferta"),
        ("on", day.as_str()),
    ];
    send_form(&mut andres, &first, TALK, &said, 303).await;
    andres.post(&format!("{}/agree", first.path), &[("version", "1")]).await.expect(404);
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("¿Y si callan más que tú?") && page.says("callando tras cada oferta"), "{}", page.text());
    lucia.post(&format!("{}/agree", first.path), &[("version", "0")]).await.expect(409);
    lucia.post(&format!("{}/agree", first.path), &[("version", "1")]).await.expect(303);
    lucia.post(&format!("{}/agree", first.path), &[("version", "1")]).await.expect(409);
    let planned = andres.get(&plan).await.expect(200);
    assert!(planned.says("callando tras cada oferta") && planned.says("Práctica de negociación"), "{}", planned.text());
    assert!(andres.get(&list).await.expect(200).says("falta practicarlo"));
    // She practises it, and sees it again.
    house.pass(SignedDuration::from_hours(48));
    let again = seat(house, &pair, Plan { number: 15, ..PLAN }).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let planned = lucia.get(&plan).await.expect(200).text();
    let practice = planned.split("\">Un caso de varios asuntos").next().unwrap().rsplit("href=\"").next().unwrap();
    let today = house.app.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date().to_string();
    let done = [("day", today.as_str()), ("time", "00:30"), ("minutes", "60")];
    lucia.post(&format!("{practice}/done"), &done).await.expect(303);
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("practicado; falta verlo otra vez"), "{}", page.text());
    house.pass(SignedDuration::from_hours(30));
    held(house, &again).await;
    house.work().await;
    let page = lucia.get(&first.path).await.expect(200);
    assert!(page.says("Sesión 14: ciclo cerrado"), "{}", page.text());
    let page = andres.get(&list).await.expect(200);
    assert!(page.says("2 observaciones, y un ciclo cerrado") && page.says("<svg") && page.says("Negociación: 2 / 1"));
    assert!(lucia.get(&home).await.expect(200).says("2 observaciones hechas, un ciclo cerrado"));
    // Others learn counts and hours.
    let overview = format!("/overview/{}", pair.edition);
    let faculty = house.person(pair.ana.organisation, "Faustino Mas", &[Part::Faculty]).await;
    for person in [&pair.ana, &faculty] {
        let mut browser = house.browser_of(person).await;
        let page = browser.get(&overview).await.expect(200);
        assert!(page.says("2 observaciones, 3 h, un ciclo cerrado"), "{}", page.text());
        let page = browser.get(&format!("{overview}/loops")).await.expect(200);
        assert!(page.says("2 observaciones, y un ciclo cerrado") && !page.says("Lucía"), "{}", page.text());
    }
}

story!(the_loop_of_the_promotion_track, async |house: &House| the_loop(house, Track::Promotion).await);

story!(the_loop_of_the_degree_track, async |house: &House| the_loop(house, Track::Degree).await);

story!(figures_and_names_are_marked_before_they_are_saved, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, PLAN).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let named = [("what-0", "Zoilo cede un 12 % antes de marzo"), ("percent-0", "70")];
    let back = send_form(&mut lucia, &seat, PREDICT, &named, 422).await;
    assert!(back.says("2 cosas que parecen cifras") && back.says("Guardar tal como está"), "{}", back.text());
    assert!(back.says("<mark title=\"nombre\">Zoilo</mark>") && back.says("<mark title=\"porcentaje\">12 %</mark>"));
    assert!(back.says("no garantiza nada") && back.says("value=\"Zoilo cede un 12 % antes de marzo\""));
    assert!(lucia.get(&seat.path).await.expect(200).says("Sesión 14: elige en qué fijarte"), "nothing is saved yet");
    // Changed, it is saved; or as it is, for the author decides.
    let changed = [("what-0", "Ceden en el precio antes de marzo"), ("percent-0", "70")];
    send_form(&mut lucia, &seat, PREDICT, &changed, 303).await;
    let meant = [("what-0", "Bajan 3 puntos"), ("percent-0", "70"), ("as-it-is", "yes")];
    send_form(&mut lucia, &seat, PREDICT, &meant, 303).await;
    house.pass(SignedDuration::from_hours(26));
    held(house, &seat).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let saw = [("seen", "Luego Andrés y el Sr. Quer firmaron por 3 millones de euros"), ("came-0", "no")];
    let back = send_form(&mut lucia, &seat, DEBRIEF, &saw, 422).await;
    for (kind, text) in [("nombre", "Andrés"), ("nombre", "Quer"), ("importe", "3 millones de euros")] {
        assert!(back.says(&format!("<mark title=\"{kind}\">{text}</mark>")), "{text}: {}", back.text());
    }
    let saw = [("seen", "Después firmaron. Nadie preguntó en enero por la Negociación."), ("came-0", "no")];
    send_form(&mut lucia, &seat, DEBRIEF, &saw, 303).await;
    let line = send_form(&mut andres, &seat, TALK, &[("line", "Escribe a quer@example.org")], 422).await;
    assert!(line.says("<mark title=\"dirección\">quer@example.org</mark>"));
    // In the reader's own language.
    house.raw(&format!("UPDATE persons SET language = 'en' WHERE id = {}", house.literal(pair.andres.id.0))).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let line = send_form(&mut andres, &seat, TALK, &[("line", "Ask Lucía by March 15")], 422).await;
    assert!(line.says("Save it as it is") && line.says("<mark title=\"name\">Lucía</mark>"), "{}", line.text());
    // A program is told the same.
    let mut lucia = program(house, &pair.lucia).await;
    let loops = format!("/api/me/mentorships/{}/loops", pair.mentorship);
    let body =
        |is_meant: bool| json!({ "version": 1, "seen": "Bajaron 12 puestos", "came": ["no"], "as_it_is": is_meant });
    let debrief = format!("{loops}/{}/debrief", seat.id);
    problem(&send(&mut lucia, Method::PUT, &debrief, &body(false)).await.expect(422));
    send(&mut lucia, Method::PUT, &debrief, &body(true)).await.expect(200);
});

story!(notes_are_destroyed_on_the_day_that_was_signed, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, Plan { notes_days: Some(5), ..PLAN }).await;
    let now: Timestamp = house.app.now();
    let day = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let until: Date = day.saturating_add(jiff::Span::new().days(6));
    let mut lucia = house.browser_of(&pair.lucia).await;
    let told = format!("se destruirán el {} de enero de 2027", until.day());
    let page = lucia.get(&seat.path).await.expect(200);
    assert!(page.says(&told), "it is said from the beginning: {}", page.text());
    signed(house, &pair, &seat, until).await;
    assert!(lucia.get(&seat.path).await.expect(200).says(&told));
    let mut lucia = to_the_debrief(house, &pair, &seat).await;
    let mut andres = house.browser_of(&pair.andres).await;
    let later = until.saturating_add(jiff::Span::new().days(3)).to_string();
    let said = [
        ("line", "¿Qué habría pasado si callas?"),
        ("kind", "speaking-practice"),
        ("what", "Proponer y callar"),
        ("on", later.as_str()),
    ];
    send_form(&mut andres, &seat, TALK, &said, 303).await;
    assert!(andres.get(&seat.path).await.expect(200).says("tiró de todo lo demás"));
    // Agreed, the practice stands in the plan, in the words in which it was proposed.
    lucia.post(&format!("{}/agree", seat.path), &[("version", "1")]).await.expect(303);
    let plan = format!("/mentorships/{}/plan", pair.mentorship);
    assert!(lucia.get(&plan).await.expect(200).says("Proponer y callar"));
    // The day before, all of it is there; on the day it is gone, whether anybody comes by or not.
    house.pass(SignedDuration::from_hours(3 * 24));
    house.work().await;
    let mut early = house.browser_of(&pair.andres).await;
    assert!(early.get(&seat.path).await.expect(200).says("tiró de todo lo demás"));
    let count = async |table: &str| -> i64 {
        let statement = format!("SELECT count(*) AS rows_there FROM {table}");
        let statement: &'static telemaco::db::Statement =
            Box::leak(Box::new(telemaco::db::Statement::new(statement.leak(), file!(), line!())));
        house.app.db.row(statement, Vec::new()).await.unwrap().unwrap().get("rows_there").unwrap()
    };
    for table in ["predictions", "loop_talks", "activity_debriefs"] {
        assert_eq!(count(table).await, 1, "{table}");
    }
    house.pass(SignedDuration::from_hours(2 * 24));
    house.work().await;
    for table in ["predictions", "loop_talks", "activity_debriefs"] {
        assert_eq!(count(table).await, 0, "{table}");
    }
    for browser in [&mut lucia, &mut andres] {
        let page = browser.get(&seat.path).await.expect(200);
        assert!(page.says("sus notas ya no existen") && !page.says("tiró de todo"), "{}", page.text());
    }
    // What was learned stays, in dates and counts; nothing more is written of it, and nobody is asked for it.
    let page = lucia.get(&format!("/mentorships/{}/loops", pair.mentorship)).await.expect(200);
    assert!(page.says("Una observación, y su ciclo sigue abierto"), "{}", page.text());
    let plan = lucia.get(&plan).await.expect(200);
    assert!(plan.says("con análisis") && !plan.says("falta el análisis"), "{}", plan.text());
    assert!(!plan.says("Proponer y callar") && plan.says("Práctica que siguió a la observación 14"), "{}", plan.text());
    let more = [("do", "debrief"), ("version", "0"), ("seen", "Algo más")];
    assert!(lucia.post(&format!("{}/debrief", seat.path), &more).await.expect(422).says("se han destruido"));
    assert!(lucia.get("/notices").await.expect(200).says("Las notas de la sesión 14 se han destruido"));
    let mut ana = house.browser_of(&pair.ana).await;
    assert!(ana.get("/audit?verb=observations").await.expect(200).says("Se destruyeron las notas"));
    house.work().await;
});

story!(whoever_owes_a_debrief_is_reminded_and_no_mail_says_of_what, async |house: &House| {
    let pair = framed(house).await;
    let first = seat(house, &pair, PLAN).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    send_form(&mut lucia, &first, PREPARE, &[("lens", "unsaid"), ("competency", "negotiation")], 303).await;
    house.pass(SignedDuration::from_hours(26));
    held(house, &first).await;
    house.work().await;
    let told = async |browser: &mut Client| browser.get("/notices").await.expect(200).text();
    let mut lucia = house.browser_of(&pair.lucia).await;
    assert!(told(&mut lucia).await.contains("ha terminado"));
    let home = format!("/mentorships/{}", pair.mentorship);
    assert!(lucia.get(&home).await.expect(200).says("Escribe el análisis posterior"));
    for (hours, text) in [(36, "quedan pocas horas"), (13, "fuera de plazo")] {
        assert!(!told(&mut lucia).await.contains(text));
        house.pass(SignedDuration::from_hours(hours));
        house.work().await;
        assert!(told(&mut lucia).await.contains(text), "{text}");
    }
    let mails = house.app.mailer.filed(1000).await.unwrap();
    assert!(mails.iter().all(|mail| !mail.text.contains("sesión 14") && !mail.text.contains("Quer")));
    // Written, nobody is reminded any more; and one who writes in time is never reminded.
    let second = seat(house, &pair, Plan { number: 15, ..PLAN }).await;
    to_the_debrief(house, &pair, &second).await;
    house.pass(SignedDuration::from_hours(72));
    house.work().await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let page = told(&mut lucia).await;
    assert!(!page.contains("El análisis posterior de la sesión 15"), "{page}");
});

story!(the_mentor_is_told_and_the_other_agrees_or_proposes_something_else, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, PLAN).await;
    let mut lucia = to_the_debrief(house, &pair, &seat).await;
    house.work().await;
    let mut andres = house.browser_of(&pair.andres).await;
    assert!(andres.get("/notices").await.expect(200).says("Lucía Ibáñez ha escrito el análisis de una observación"));
    let day = house
        .app
        .now()
        .to_zoned_datetime(jiff::tz::TimeZone::UTC)
        .date()
        .saturating_add(jiff::Span::new().days(9))
        .to_string();
    let own = [("kind", "speaking-practice"), ("what", "Proponer y callar"), ("on", day.as_str())];
    send_form(&mut lucia, &seat, TALK, &own, 303).await;
    lucia.post(&format!("{}/talk", seat.path), &[("version", "1"), ("line", "Mía")]).await.expect(404);
    let page = andres.get(&seat.path).await.expect(200);
    assert!(page.says("De acuerdo: ponerla en el plan") && page.says("Proponer otra práctica"), "{}", page.text());
    let other = [("kind", "negotiation-practice"), ("what", "Un caso corto"), ("on", day.as_str())];
    send_form(&mut andres, &seat, TALK, &other, 303).await;
    let page = lucia.get(&seat.path).await.expect(200);
    assert!(page.says("Un caso corto") && !page.says("Proponer y callar"), "{}", page.text());
    let stale = [("version", "1"), ("kind", "speaking-practice"), ("what", "Tarde"), ("on", day.as_str())];
    lucia.post(&format!("{}/talk", seat.path), &stale).await.expect(409);
    lucia.post(&format!("{}/agree", seat.path), &[("version", "2")]).await.expect(303);
    let page = andres.get(&seat.path).await.expect(200);
    assert!(page.says("La práctica acordada está en el plan"), "{}", page.text());
    let late = [("version", "2"), ("kind", "speaking-practice"), ("what", "Tarde"), ("on", day.as_str())];
    lucia.post(&format!("{}/talk", seat.path), &late).await.expect(409);
    // The next seat where it can be seen again.
    sitting(house, &pair, Plan { number: 21, begins_in: 200, ..PLAN }).await;
    sitting(house, &pair, Plan { number: 22, begins_in: 200, competency: "ethics", ..PLAN }).await;
    let page = lucia.get(&seat.path).await.expect(200);
    assert!(page.says("Sesión 21 · Negociación") && !page.says("Sesión 22"), "{}", page.text());
});

story!(a_page_of_loops_costs_the_same_whatever_it_holds, async |house: &House| {
    let pair = framed(house).await;
    let one = seat(house, &pair, PLAN).await;
    to_the_debrief(house, &pair, &one).await;
    let list = format!("/mentorships/{}/loops", pair.mentorship);
    let (home, mut lucia) = (format!("/mentorships/{}", pair.mentorship), house.browser_of(&pair.lucia).await);
    let mut costs = Vec::new();
    for page in [&list, &one.path, &home] {
        costs.push(lucia.get(page).await.expect(200).statements());
    }
    for number in 20..30 {
        seat(house, &pair, Plan { number, begins_in: -50, state: "held", ..PLAN }).await;
    }
    house.work().await;
    for (page, cost) in [&list, &one.path, &home].into_iter().zip(costs) {
        assert_eq!(lucia.get(page).await.expect(200).statements(), cost, "{page}");
    }
});

/// Everybody but the two: of the organisation with every part, and of another one.
async fn strangers(house: &House, pair: &Pair) -> Vec<Person> {
    let mut others = vec![pair.ana.clone(), house.organisation("Universidad del Sur", "Eva Ruiz").await];
    for part in [Part::Sponsor, Part::Faculty, Part::Supervisor, Part::Assistant, Part::Operator, Part::Mentor] {
        others.push(house.person(pair.ana.organisation, &format!("Aquí {}", part.code()), &[part]).await);
    }
    others
}

story!(a_stranger_learns_nothing, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, PLAN).await;
    to_the_debrief(house, &pair, &seat).await;
    let list = format!("/mentorships/{}/loops", pair.mentorship);
    let bodies = [
        (Method::PUT, "preparation", json!({ "version": 0, "lenses": ["anchors"] })),
        (Method::PUT, "prediction", json!({ "version": 0, "statements": [] })),
        (Method::PUT, "debrief", json!({ "version": 0, "seen": "x" })),
        (Method::POST, "talk", json!({ "version": 0, "line": "x" })),
        (Method::POST, "agree", json!({ "version": 0 })),
    ];
    for person in strangers(house, &pair).await {
        let mut browser = house.browser_of(&person).await;
        for page in [&list, &seat.path] {
            browser.get(page).await.expect(404);
        }
        let form = [("version", "0"), ("lens", "anchors"), ("what-0", "x"), ("percent-0", "nada"), ("line", "x")];
        for door in ["preparation", "prediction", "debrief", "talk", "agree"] {
            browser.post(&format!("{}/{door}", seat.path), &form).await.expect(404);
        }
        let mut program = program(house, &person).await;
        program.get(&format!("/api/me{list}")).await.expect(404);
        for (method, door, body) in &bodies {
            let path = format!("/api/me{}/{door}", seat.path);
            problem(&send(&mut program, method.clone(), &path, body).await.expect(404));
        }
    }
    let foreign = house.organisation("Otra casa", "Iria Paz").await;
    house.browser_of(&foreign).await.get(&format!("/overview/{}/loops", pair.edition)).await.expect(404);
    // The other of the pair does not write what is the observer's.
    let mut andres = house.browser_of(&pair.andres).await;
    for door in ["preparation", "prediction", "debrief"] {
        let form = [("version", "0"), ("lens", "anchors"), ("what-0", "x"), ("percent-0", "1"), ("seen", "x")];
        andres.post(&format!("{}/{door}", seat.path), &form).await.expect(404);
    }
});

story!(nobody_but_the_pair_reads_a_word, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, PLAN).await;
    let said = ["espera", "vio", "compara", "probará", "línea", "práctica"]
        .map(|place| format!("Reservado ({place}): ni una palabra del cierre de la planta"))
        .to_vec();
    let mut lucia = house.browser_of(&pair.lucia).await;
    send_form(&mut lucia, &seat, PREPARE, &[("lens", "anchors"), ("competency", "negotiation")], 303).await;
    send_form(&mut lucia, &seat, PREDICT, &[("what-0", said[0].as_str()), ("percent-0", "70")], 303).await;
    house.pass(SignedDuration::from_hours(27));
    held(house, &seat).await;
    house.work().await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let saw = [("through-0", said[1].as_str()), ("came-0", "yes"), ("against", &said[2]), ("practise", &said[3])];
    send_form(&mut lucia, &seat, DEBRIEF, &saw, 303).await;
    let day = house.app.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date().tomorrow().unwrap().to_string();
    let talk =
        [("line", said[4].as_str()), ("kind", "speaking-practice"), ("what", said[5].as_str()), ("on", day.as_str())];
    send_form(&mut andres, &seat, TALK, &talk, 303).await;
    house.work().await;
    let read = lucia.get(&seat.path).await.expect(200).text() + &andres.get(&seat.path).await.expect(200).text();
    assert!(said.iter().all(|sentence| read.contains(sentence)), "the two read what they wrote: {read}");
    assert_eq!(found(&database(house).await, &said), None);
    assert_eq!(found(&files(&house.app.config.data), &said), None);
    let pages = [
        format!("/mentorships/{}", pair.mentorship),
        format!("/overview/{}", pair.edition),
        format!("/overview/{}/loops", pair.edition),
        "/audit".to_owned(),
        "/audit/export?form=csv".to_owned(),
        "/".to_owned(),
    ];
    for person in strangers(house, &pair).await {
        let mut browser = house.browser_of(&person).await;
        for page in &pages {
            assert_eq!(found(&browser.get(page).await.body, &said), None, "{page}");
        }
    }
});

story!(a_program_learns_as_people_do, async |house: &House| {
    let pair = framed(house).await;
    let seat = seat(house, &pair, PLAN).await;
    let (mut lucia, mut andres) = (program(house, &pair.lucia).await, program(house, &pair.andres).await);
    let lenses = lucia.get("/api/lenses").await.expect(200).json();
    assert!(lenses["items"].as_array().unwrap().len() >= 10);
    let loops = format!("/api/me/mentorships/{}/loops", pair.mentorship);
    let at = |door: &str| format!("{loops}/{}/{door}", seat.id);
    let told = lucia.get(&loops).await.expect(200).json();
    assert_eq!((&told["items"][0]["number"], &told["items"][0]["version"]), (&json!(14), &json!(0)));
    let prepared = json!({ "version": 0, "competency": "negotiation", "lenses": ["anchors"] });
    let told = send(&mut lucia, Method::PUT, &at("preparation"), &prepared).await.expect(200).json();
    assert_eq!(told["lenses"], json!(["anchors"]));
    let predicted =
        json!({ "version": 0, "statements": [{ "what": "Ceden", "percent": 70 }], "visibility": "only-me" });
    let told = send(&mut lucia, Method::PUT, &at("prediction"), &predicted).await.expect(200).json();
    assert_eq!(told["prediction"], json!([{ "what": "Ceden", "percent": 70 }]));
    assert_eq!(andres.get(&loops).await.expect(200).json()["items"][0]["prediction"], json!(null), "hers alone");
    house.pass(SignedDuration::from_hours(27));
    held(house, &seat).await;
    let stranger = json!({ "version": 0, "through": [{ "lens": "closing", "seen": "x" }], "came": ["yes"] });
    problem(&send(&mut lucia, Method::PUT, &at("debrief"), &stranger).await.expect(422));
    let saw = json!({ "version": 0, "through": [{ "lens": "anchors", "seen": "Tiró de todo" }], "came": ["yes"] });
    let told = send(&mut lucia, Method::PUT, &at("debrief"), &saw).await.expect(200).json();
    assert!(told["debriefed_at"].is_string() && told["again_at"].is_null());
    let practice = json!({ "kind": "speaking-practice", "on": "2027-03-01", "what": "Callar" });
    let talk = json!({ "version": 0, "line": "¿Y luego?", "practice": practice });
    send(&mut andres, Method::POST, &at("talk"), &talk).await.expect(200);
    send(&mut lucia, Method::POST, &at("agree"), &json!({ "version": 1 })).await.expect(200);
    nothing_stands_open(house, &["\"Ceden\"", "Tiró de todo", "¿Y luego?", "\"Callar\""]).await;
});
