//! Nobody is left in silence: the clocks remind those whose turn it is and then the coordinators, each once; a coordinator sees how pairs
//! are, works through the list, and never learns who answered what; a mentor has the month on one page.

mod crash;

use std::collections::BTreeMap;

use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use telemaco::db::{self, Error, Statement};
use telemaco::identity::{self, Part};
use telemaco::mentorships::{self, MentorshipId, NewMentorship};
use telemaco::people::model::Side;
use telemaco::programmes::{EditionId, Track};
use telemaco::{jobs, transaction};

use crate::api::{program, send};
use crate::consent::cast::{edition, enrol};
use crate::meetings::{accept, agreed, let_it_pass, propose};
use crate::orientation::read;
use crate::programmes::change_settings;
use crate::story;
use crate::support::{Client, House, Person};
use crate::vault::{Pair, pair};

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// An edition with as many pairs, each of people of its own.
pub struct Stage {
    pub ana: Person,
    pub edition: EditionId,
    pub mentees: Vec<Person>,
    pub mentors: Vec<Person>,
    pub pairs: Vec<MentorshipId>,
}

impl Stage {
    pub async fn new(house: &House, count: usize) -> Self {
        let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
        let edition = edition(house, Track::Promotion, &ana, |_| {}).await;
        let mut stage = Self { ana, edition, mentees: Vec::new(), mentors: Vec::new(), pairs: Vec::new() };
        stage.add(house, count).await;
        stage
    }

    pub async fn add(&mut self, house: &House, count: usize) {
        let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
        for number in self.pairs.len()..self.pairs.len() + count {
            mentees.push(house.person(self.ana.organisation, &format!("Aprende {number:02}"), &[]).await);
            mentors.push(house.person(self.ana.organisation, &format!("Orienta {number:02}"), &[]).await);
        }
        enrol(house, &self.ana, self.edition, Side::Mentee, &mentees).await;
        enrol(house, &self.ana, self.edition, Side::Mentor, &mentors).await;
        let new: Vec<NewMentorship> = mentees
            .iter()
            .zip(&mentors)
            .map(|(mentee, mentor)| NewMentorship { mentee: mentee.id, mentor: mentor.id })
            .collect();
        let made: Result<Vec<MentorshipId>, Error> = transaction!(house.app.db, tx => {
            mentorships::begin(&house.app, tx, self.ana.organisation, self.edition, &new).await
        });
        self.pairs.extend(made.unwrap());
        self.mentees.extend(mentees);
        self.mentors.extend(mentors);
    }

    fn list(&self) -> String {
        format!("/editions/{}/health", self.edition)
    }

    /// Has a pair have begun so many days ago.
    async fn began(&self, house: &House, place: usize, days: i64) {
        let at = house.app.now() - SignedDuration::from_hours(24 * days);
        let done = mentorships::rehearse_beginning(&house.app, self.pairs[place], at).await;
        done.map_err(anyhow::Error::from).unwrap();
    }
}

/// What people were told of clocks: the day, who, and of what, in order.
async fn told(house: &House, kind: &str) -> Vec<(String, String, String)> {
    static TOLD: Statement = Statement::new(
        "SELECT persons.name, notices.key, notices.text, notices.told_at FROM notices \
         JOIN persons ON persons.id = notices.person WHERE notices.kind = $1 ORDER BY notices.told_at, notices.key, persons.name",
        file!(),
        line!(),
    );
    let rows = house.app.db.rows(&TOLD, vec![kind.into()]).await.unwrap();
    rows.iter()
        .map(|row| {
            let at: jiff::Timestamp = row.get("told_at").unwrap();
            let key: String = row.get("key").unwrap();
            // Of a clock the day on which it is due follows.
            let what = key.split(' ').skip(1).take(3).collect::<Vec<_>>().join(" ");
            (at.to_string()[..10].to_owned(), row.get("name").unwrap(), what)
        })
        .collect()
}

/// Lets days pass, with the jobs of each.
pub async fn live(house: &House, days: u32) {
    for _ in 0..days {
        house.pass(DAY);
        house.work().await;
    }
}

story!(clocks_tell_whose_turn_it_is_and_then_the_coordinators, async |house: &House| {
    let pair = pair(house).await;
    enrol(house, &pair.ana, pair.edition, Side::Mentor, std::slice::from_ref(&pair.andres)).await;
    let english = [("name", "Andrés Güell"), ("lang", "en"), ("zone", "Europe/Madrid")];
    house.browser_of(&pair.andres).await.post("/account", &english).await.expect(303);
    let mut lucia = house.browser_of(&pair.lucia).await;
    read(&mut lucia, &format!("/editions/{}/orientation", pair.edition), "mentee").await.expect(303);
    // Monday 11 January 2027. The first meeting is due on the 29th, the fourteenth working day, the agreement fourteen later.
    live(house, 14).await;
    assert_eq!(told(house, "health.clock").await, []);
    live(house, 1).await;
    let soon = |name: &str, what: &str| ("2027-01-26".to_owned(), name.to_owned(), format!("{what} 0 soon"));
    let expected = [
        soon("Andrés Güell", "first-meeting"),
        soon("Lucía Ibáñez", "first-meeting"),
        soon("Andrés Güell", "orientation"),
    ];
    assert_eq!(told(house, "health.clock").await, expected, "she has read hers");
    // In the next digest, each in their language, and no mail names anybody.
    live(house, 1).await;
    let (hers, his) =
        (house.mail_to(&pair.lucia.address).await.unwrap(), house.mail_to(&pair.andres.address).await.unwrap());
    assert!(hers.contains("se acerca el plazo para la primera reunión") && !hers.contains("Andrés"), "{hers}");
    assert!(his.contains("the date for reading the orientation draws near") && !his.contains("Lucía"), "{his}");
    live(house, 6).await;
    let all = told(house, "health.clock").await;
    let overdue: Vec<_> = all.iter().filter(|(_, _, what)| what.ends_with("overdue")).collect();
    assert_eq!(overdue.iter().map(|(day, ..)| day.as_str()).collect::<Vec<_>>(), ["2027-02-01"; 3]);
    assert_eq!(told(house, "health.late").await, []);
    live(house, 6).await;
    let late = told(house, "health.late").await;
    assert_eq!(late.len(), 1, "one notice for all of an edition: {late:?}");
    assert_eq!((late[0].0.as_str(), late[0].1.as_str()), ("2027-02-05", "Ana Pérez"));
    // Nothing is told twice, and what was done is not told.
    let before = told(house, "health.clock").await.len();
    house.work().await;
    assert_eq!(told(house, "health.clock").await.len(), before);
    live(house, 5).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let id = propose(&mut lucia, &pair).await;
    live(house, 2).await;
    let agreement = |(_, _, what): &&(String, String, String)| what == "agreement 0 soon";
    assert_eq!(told(house, "health.clock").await.iter().filter(agreement).count(), 2);
    accept(&mut house.browser_of(&pair.andres).await, &id).await;
    let page = house.browser_of(&pair.andres).await.get("/notices").await.expect(200);
    assert!(page.says("Your mentorship with Lucía Ibáñez: the date for signing the agreement draws near"));
    assert!(page.says("the date for the first meeting has gone"), "{}", page.text());
});

story!(whoever_is_asked_for_an_answer_is_told_and_nobody_else, async |house: &House| {
    let pair = pair(house).await;
    live(house, 10).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    propose(&mut lucia, &pair).await;
    live(house, 5).await;
    let first: Vec<_> =
        told(house, "health.clock").await.into_iter().filter(|(_, _, what)| what.starts_with("first")).collect();
    assert_eq!(first.len(), 1);
    assert_eq!(first[0].1, "Andrés Güell", "the times wait for him");
});

/// Changes the settings of an edition as its coordinator.
async fn set(house: &House, pair: &Pair, changes: &[(&str, &str)]) {
    let mut ana = house.browser_of(&pair.ana).await;
    change_settings(&mut ana, &format!("/editions/{}", pair.edition), changes).await.expect(303);
}

story!(an_edition_counts_its_clocks_as_it_chose, async |house: &House| {
    let pair = pair(house).await;
    let home = format!("/mentorships/{}", pair.mentorship);
    let mut lucia = house.browser_of(&pair.lucia).await;
    assert!(lucia.get(&home).await.expect(200).says("29 de enero de 2027"), "fourteen working days");
    set(house, &pair, &[("holidays", "20/01/2027")]).await;
    assert!(lucia.get(&home).await.expect(200).says("1 de febrero de 2027"), "and one of them is a holiday");
    set(house, &pair, &[("counted", "days")]).await;
    assert!(lucia.get(&home).await.expect(200).says("25 de enero de 2027"));
    set(house, &pair, &[("first-meeting-within", "9")]).await;
    let page = lucia.get(&home).await.expect(200);
    assert!(page.says("21 de enero de 2027"), "a Wednesday that is not worked: {}", page.text());
    let page = house.browser_of(&pair.ana).await.get(&format!("/editions/{}", pair.edition)).await.expect(200);
    assert!(page.says("primera reunión en 9") && !page.says("En días laborables: mentor"), "{}", page.text());
});

story!(who_was_told_of_the_end_is_told_again_where_that_is_put_off, async |house: &House| {
    let pair = pair(house).await;
    let closure = async || {
        let all = told(house, "health.clock").await.into_iter();
        let days: Vec<(String, String)> = all
            .filter(|(_, name, what)| what.starts_with("closure") && name.starts_with("Andrés"))
            .map(|(day, _, what)| (day, what.rsplit(' ').next().unwrap().to_owned()))
            .collect();
        days
    };
    let [soon, overdue] = ["soon", "overdue"].map(|stage| move |day: &str| (day.to_owned(), stage.to_owned()));
    set(house, &pair, &[("ends-on", "2027-03-31")]).await;
    live(house, 90).await;
    let before = closure().await;
    assert_eq!(before.len(), 2, "{before:?}");
    assert_eq!(before[1], overdue("2027-04-01"));
    let late = told(house, "health.late").await.len();
    assert!(late > 0);
    // A change of something else has nothing told again, nor has what was told before an upgrade, with a key without the day.
    house.raw("UPDATE notices SET key = replace(key, ' 2027-03-31', '') WHERE kind = 'health.clock'").await;
    set(house, &pair, &[("name", "2027")]).await;
    live(house, 3).await;
    assert_eq!(closure().await, before);
    set(house, &pair, &[("ends-on", "2027-05-31")]).await;
    live(house, 60).await;
    let after = closure().await;
    assert_eq!(after.len(), 4, "{after:?}");
    assert!(after[2].0.as_str() > "2027-05-01" && after[2] == soon(&after[2].0), "{after:?}");
    assert_eq!(after[3], overdue("2027-06-01"));
    let told = told(house, "health.late").await;
    assert!(told.len() > late && told.last().unwrap().0 == "2027-06-07", "{told:?}");
    live(house, 7).await;
    assert_eq!(closure().await, after, "and of that once");
});

story!(a_digest_tells_of_no_clock_that_is_done_or_has_run_out, async |house: &House| {
    let pair = pair(house).await;
    for person in [&pair.lucia, &pair.andres] {
        house.browser_of(person).await.post("/notices/settings", &[("health.clock", "weekly")]).await.expect(303);
    }
    enrol(house, &pair.ana, pair.edition, Side::Mentor, std::slice::from_ref(&pair.andres)).await;
    // Orientation and first meeting are due on Friday 29 January; that draws near on Tuesday.
    live(house, 15).await;
    assert_eq!(house.count("notices WHERE kind = 'health.clock' AND read_at IS NULL").await, 4);
    live(house, 1).await;
    let orientation = format!("/editions/{}/orientation", pair.edition);
    read(&mut house.browser_of(&pair.lucia).await, &orientation, "mentee").await.expect(303);
    live(house, 4).await;
    // Monday 1 February, one in the morning: by now the day is past. At eight there is a mail.
    house.pass(SignedDuration::from_hours(15));
    house.work().await;
    house.pass(SignedDuration::from_hours(8));
    house.work().await;
    for (person, reads) in [(&pair.lucia, false), (&pair.andres, true)] {
        let mail = house.mail_to(&person.address).await.unwrap();
        assert_eq!(mail.matches("la primera reunión").count(), 1, "{mail}");
        assert!(
            mail.contains("pasó el plazo para la primera reunión") && !mail.contains("se acerca el plazo"),
            "{mail}"
        );
        assert_eq!(mail.contains("leer la orientación"), reads, "{mail}");
    }
    // It waits on no page either once it is done.
    let id = propose(&mut house.browser_of(&pair.lucia).await, &pair).await;
    accept(&mut house.browser_of(&pair.andres).await, &id).await;
    let_it_pass(house, &pair).await;
    live(house, 1).await;
    let unread = "notices WHERE kind = 'health.clock' AND read_at IS NULL AND key LIKE '% first-meeting %'";
    assert_eq!(house.count(unread).await, 0);
});

story!(a_meeting_far_ahead_hides_no_silence, async |house: &House| {
    let pair = pair(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let new = format!("/mentorships/{}/meetings/new", pair.mentorship);
    let form = [("minutes", "60"), ("way", "mentor"), ("place", "Sala"), ("day1", "2027-11-08"), ("hour1", "10:00")];
    let led = andres.post(&new, &form).await.expect(303).location().to_owned();
    accept(&mut lucia, led.rsplit('/').next().unwrap()).await;
    // They agreed in January to meet in November: the clock of the first meeting runs out, and the pair is silent.
    house.pass(DAY * 36);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&format!("/health/{}", pair.mentorship)).await.expect(200);
    assert!(
        page.title().ends_with("está sin noticias") && page.says("Con retraso: la primera reunión"),
        "{}",
        page.text()
    );
});

story!(who_is_assigned_no_mentor_in_time_is_told_to_the_coordinators, async |house: &House| {
    let stage = Stage::new(house, 1).await;
    let marta = house.person(stage.ana.organisation, "Marta Soler", &[]).await;
    enrol(house, &stage.ana, stage.edition, Side::Mentee, &[marta]).await;
    // As in an edition that was open before it was looked at: the upgrade has it looked at.
    house.raw("DELETE FROM jobs WHERE name = 'programmes.assign-by'").await;
    let upgrade = include_str!("../../migrations/0051_assigned_in_time.sql");
    house.raw(&upgrade[upgrade.find("INSERT").unwrap()..]).await;
    let page = format!("/editions/{}", stage.edition);
    // Monday 11 January 2027; the thirtieth working day is 22 February.
    live(house, 42).await;
    assert!(!house.browser_of(&stage.ana).await.get(&page).await.expect(200).says("Sin mentor o mentora a tiempo"));
    assert_eq!(told(house, "programmes.unassigned").await, []);
    live(house, 1).await;
    let told = told(house, "programmes.unassigned").await;
    assert_eq!(told, [("2027-02-23".to_owned(), "Ana Pérez".to_owned(), "2027-02-23".to_owned())]);
    let mut ana = house.browser_of(&stage.ana).await;
    let seen = ana.get(&page).await.expect(200);
    assert!(seen.says("Pasó el plazo para asignar mentor o mentora a una persona"), "{}", seen.text());
    // Who had one and whose mentorship ended was assigned.
    let end = format!("/mentorships/{}/end", stage.pairs[0]);
    ana.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "exit")]).await.expect(303);
    assert!(ana.get(&page).await.expect(200).says("asignar mentor o mentora a una persona"));
    live(house, 30).await;
    assert_eq!(house.count("notices WHERE kind = 'programmes.unassigned'").await, 1, "once");
});

story!(a_coordinator_works_through_the_list, async |house: &House| {
    let stage = Stage::new(house, 3).await;
    stage.began(house, 0, 50).await;
    stage.began(house, 1, 24).await;
    let mut ana = house.browser_of(&stage.ana).await;
    let page = ana.get(&stage.list()).await.expect(200);
    assert_eq!(page.title(), "Una mentoría te necesita, de 3");
    assert!(page.says("Aprende 00") && page.says("Aprende 01") && !page.says("Aprende 02"), "{}", page.text());
    assert!(page.says("Sin noticias (1)") && page.says("Con poca actividad (1)") && page.says("En marcha (1)"));
    for (state, name) in [("silent", "Aprende 00"), ("quiet", "Aprende 01"), ("on-track", "Aprende 02")] {
        let page = ana.get(&format!("{}?state={state}", stage.list())).await.expect(200);
        assert_eq!(page.read().matches("con Orienta").count(), 1, "{state}");
        assert!(page.says(name) && page.says("Todavía ninguna reunión"));
    }
    assert!(ana.get(&format!("{}?state=all&q=orienta+02", stage.list())).await.says("Aprende 02"));
    assert!(ana.get(&format!("{}?q=zzz", stage.list())).await.expect(200).says("Nadie coincide"));
    assert!(ana.get(&format!("{}?state=stuck", stage.list())).await.expect(200).says("Ninguna está así"));
    let csv = ana.get(&format!("{}/export?form=csv&state=all", stage.list())).await.expect(200);
    assert!(csv.says("Sin noticias") && csv.says("aprende.02@example.org"), "{}", csv.text());
    let xlsx = ana.get(&format!("{}/export?form=xlsx", stage.list())).await.expect(200);
    assert!(xlsx.header("content-type").contains("sheet"));
    // The edition's page and the first page say so as well.
    let home = ana.get("/").await.expect(200);
    assert!(home.says("una mentoría que te necesita"), "{}", home.text());
    let edition = ana.get(&format!("/editions/{}", stage.edition)).await.expect(200);
    assert!(edition.says(&stage.list()) && edition.says("Mira qué le pasa a una mentoría"), "{}", edition.text());
    // Step by step: a reminder, a question to each apart, help; none of them twice within days.
    let one = format!("/health/{}", stage.pairs[0]);
    let page = ana.get(&one).await.expect(200);
    assert_eq!(page.title(), "La mentoría de Aprende 00 con Orienta 00 está sin noticias");
    assert!(page.says("Enviar el recordatorio") && page.says("mailto:aprende.00@example.org,orienta.00@example.org"));
    let led = ana.post(&one, &[("measure", "nudge"), ("list", "yes")]).await.expect(303);
    assert_eq!(led.location(), stage.list());
    assert!(ana.post(&one, &[("measure", "nudge")]).await.expect(422).says("se puede repetir a partir del"));
    ana.post(&one, &[("measure", "shout")]).await.expect(404);
    assert!(ana.get(&stage.list()).await.expect(200).says("Recordatorio el 11 de enero de 2027"));
    assert!(ana.get(&one).await.expect(200).says("Dale unos días"));
    house.work().await;
    for (person, other) in [(&stage.mentees[0], &stage.mentors[0]), (&stage.mentors[0], &stage.mentees[0])] {
        let mail = house.mail_to(&person.address).await.unwrap();
        assert!(mail.contains("te anima a proponer una reunión") && !mail.contains(&other.name), "{mail}");
    }
    house.pass(DAY * 7);
    let mut ana = house.browser_of(&stage.ana).await;
    assert!(ana.get(&one).await.expect(200).says("Preguntar a las dos"));
    ana.post(&one, &[("measure", "ask")]).await.expect(303);
    house.work().await;
    for person in [&stage.mentees[0], &stage.mentors[0]] {
        assert!(house.mail_to(&person.address).await.unwrap().contains("nunca ve tu respuesta"));
    }
    assert!(ana.get(&one).await.expect(200).says("Preguntado el 18 de enero de 2027"));
    house.pass(DAY * 7);
    let mut ana = house.browser_of(&stage.ana).await;
    ana.post(&one, &[("measure", "help")]).await.expect(303);
    house.work().await;
    let mut mentee = house.browser_of(&stage.mentees[0]).await;
    assert!(mentee.get("/notices").await.expect(200).says("Ana Pérez coordina el programa y os ofrece ayuda"));
    let trail = ana.get("/audit?verb=health").await.expect(200);
    for said in ["Recordó a una pareja", "por separado, si se vio", "Ofreció ayuda a una pareja"] {
        assert!(trail.says(said), "{said}");
    }
    // Only the coordinator frees the seat, on the page of the pair.
    let end = format!("/mentorships/{}/end", stage.pairs[0]);
    ana.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "exit")]).await.expect(303);
    assert!(!ana.get(&format!("{}?state=all", stage.list())).await.expect(200).says("Aprende 00"));
    ana.post(&one, &[("measure", "nudge")]).await.expect(422);
});

story!(what_waits_for_one_of_them_is_in_the_way, async |house: &House| {
    let pair = pair(house).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    propose(&mut lucia, &pair).await;
    house.pass(DAY * 15);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&format!("/health/{}", pair.mentorship)).await.expect(200);
    assert!(page.title().ends_with("está atascada") && page.says("la respuesta de quien orienta"), "{}", page.text());
    ana.post(&format!("/health/{}", pair.mentorship), &[("measure", "nudge")]).await.expect(303);
    let nudged = |page: &str| page.contains("espera que elijas una hora");
    assert!(nudged(&house.browser_of(&pair.andres).await.get("/notices").await.text()));
    assert!(!nudged(&house.browser_of(&pair.lucia).await.get("/notices").await.text()), "she can do nothing");
});

story!(a_coordinator_reads_what_a_pair_is_late_with, async |house: &House| {
    let pair = pair(house).await;
    house.pass(DAY * 26);
    let mut ana = house.browser_of(&pair.ana).await;
    let list = format!("/editions/{}/health", pair.edition);
    for path in [list.clone(), format!("/health/{}", pair.mentorship), format!("{list}/export?form=csv")] {
        let page = ana.get(&path).await.expect(200);
        assert!(page.says("Con retraso: la primera reunión (plazo: 29 de enero de 2027)."), "{}", page.text());
    }
    let one = ana.get(&format!("/health/{}", pair.mentorship)).await.expect(200);
    assert!(one.says("Aún no tienen ninguna meta abierta que vean ambas personas"));
    let mut program = program(house, &pair.ana).await;
    let told = program.get(&format!("/api{list}")).await.expect(200).json();
    let late = told["items"][0]["late"].as_array().unwrap().clone();
    assert!(late.contains(&json!({ "clock": "first-meeting", "due_on": "2027-01-29" })), "{late:?}");
    // Half a year after the end the follow-up is all that is asked for, and not for ever.
    let end = format!("/mentorships/{}/end", pair.mentorship);
    ana.post(&end, &[("version", "1"), ("manage", "yes"), ("ending", "closure")]).await.expect(303);
    assert!(!ana.get(&format!("{list}?state=all")).await.expect(200).says("Lucía Ibáñez"));
    house.pass(DAY * 200);
    let mut ana = house.browser_of(&pair.ana).await;
    let page = ana.get(&list).await.expect(200);
    assert!(page.title().contains("te necesita") && page.says("el seguimiento después del cierre"), "{}", page.text());
    let one = ana.get(&format!("/health/{}", pair.mentorship)).await.expect(200);
    assert!(one.title().ends_with("terminó") && !one.says("name=\"measure\""), "{}", one.text());
    house.pass(DAY * 100);
    assert!(!house.browser_of(&pair.ana).await.get(&list).await.expect(200).says("Lucía Ibáñez"));
});

story!(of_a_pair_that_goes_well_it_is_said_what_is_late, async |house: &House| {
    let (pair, _, _, _) = crate::meetings::agreed(house).await;
    crate::meetings::let_it_pass(house, &pair).await;
    let page = format!("/health/{}", pair.mentorship);
    let mut ana = house.browser_of(&pair.ana).await;
    assert!(ana.get(&page).await.expect(200).says("No hace falta hacer nada"));
    house.pass(DAY * 12);
    let seen = house.browser_of(&pair.ana).await.get(&page).await.expect(200);
    assert!(
        seen.title().ends_with("está en marcha") && seen.says("Con retraso: leer la orientación"),
        "{}",
        seen.text()
    );
    assert!(seen.says("Va bien, con algo por hacer") && !seen.says("No hace falta hacer nada"), "{}", seen.text());
});

/// What a coordinator sees of an edition everywhere.
async fn seen(house: &House, person: &Person, pair: &Pair) -> Vec<String> {
    let (mut browser, mut program) = (house.browser_of(person).await, program(house, person).await);
    let list = format!("/editions/{}/health", pair.edition);
    let mut seen = Vec::new();
    for path in [
        format!("{list}?state=all"),
        format!("{list}/export?form=csv&state=all"),
        format!("/editions/{}", pair.edition),
        format!("/mentorships/{}", pair.mentorship),
        format!("/overview/{}", pair.edition),
        "/".to_owned(),
        "/audit?verb=meetings".to_owned(),
    ] {
        seen.push(browser.get(&path).await.expect(200).read());
    }
    seen.push(program.get(&format!("/api/editions/{}/health", pair.edition)).await.expect(200).text());
    seen
}

/// Answers the question of the newest mail to somebody.
async fn answer(house: &House, person: &Person, met: &str) {
    let links = house.links_to(&person.address).await;
    let link = links.into_iter().find(|link| link.starts_with("/m/")).unwrap();
    house.stranger().post(&link, &[("met", met)]).await;
}

story!(nobody_can_tell_who_answered_what, async |house: &House| {
    let (pair, _, _, _) = agreed(house).await;
    // He coordinates as well, and so does somebody else.
    let grant = [(pair.andres.id, Part::Coordinator)];
    let granted: Result<u64, Error> =
        transaction!(house.app.db, tx => identity::grant(&house.app, tx, pair.ana.organisation, &grant).await);
    granted.unwrap();
    let_it_pass(house, &pair).await;
    house.pass(DAY * 18);
    let hers = seen(house, &pair.ana, &pair).await;
    let his = seen(house, &pair.andres, &pair).await;
    assert!(his[0].contains("la cuida otra persona"), "{}", his[0]);
    let is =
        |seen: &[String], state: &str| seen.last().is_some_and(|json| json.contains(&format!("\"state\":\"{state}\"")));
    assert!(is(&his, "on-track") && is(&hers, "on-track"));
    answer(house, &pair.lucia, "no").await;
    house.pass(SignedDuration::from_mins(20));
    assert_eq!(seen(house, &pair.andres, &pair).await, his, "he is one of the two, and learns nothing");
    let after = seen(house, &pair.ana, &pair).await;
    assert!(is(&after, "quiet"), "{after:?}");
    // Whoever of the two answered it, the coordinator reads the same.
    house.raw("UPDATE meeting_asks SET met = NULL").await;
    answer(house, &pair.andres, "no").await;
    house.pass(SignedDuration::from_mins(20));
    assert_eq!(seen(house, &pair.ana, &pair).await, after);
    // What they were told of clocks has nothing to do with it, and he can do nothing about his own pair.
    let mut andres = house.browser_of(&pair.andres).await;
    andres.get(&format!("/health/{}", pair.mentorship)).await.expect(404);
    andres.post(&format!("/health/{}", pair.mentorship), &[("measure", "ask")]).await.expect(404);
});

story!(a_sponsor_reads_how_many_and_no_more, async |house: &House| {
    let stage = Stage::new(house, 2).await;
    stage.began(house, 0, 50).await;
    let sponsor = house.person(stage.ana.organisation, "Íñigo Sanz", &[Part::Sponsor]).await;
    let mut browser = house.browser_of(&sponsor).await;
    let page = browser.get(&format!("/overview/{}", stage.edition)).await.expect(200);
    assert!(
        page.says("De 2 mentorías: 1 en marcha, 0 con poca actividad, 1 sin noticias y 0 atascadas"),
        "{}",
        page.text()
    );
    assert!(!page.says("Aprende 00"));
    browser.get(&stage.list()).await.expect(404);
});

story!(a_mentor_has_the_month_on_one_page, async |house: &House| {
    let (pair, _, mut andres, id) = agreed(house).await;
    let marta = house.person(pair.ana.organisation, "Marta Soler", &[]).await;
    let new = [NewMentorship { mentee: marta.id, mentor: pair.andres.id }];
    let made: Result<Vec<MentorshipId>, Error> = transaction!(house.app.db, tx => {
        mentorships::begin(&house.app, tx, pair.ana.organisation, pair.edition, &new).await
    });
    made.unwrap();
    let page = andres.get("/month").await.expect(200);
    assert_eq!(page.title(), "En enero de 2027: una reunión, 2 personas");
    assert!(page.says("Lucía Ibáñez") && page.says("Marta Soler") && page.says(&format!("/meetings/{id}")));
    assert!(page.says("Ninguna reunión este mes") && page.says("href=\"/month?month=2027-02\""), "{}", page.text());
    let cost = page.statements();
    let promise = [("promise", "Llamar"), ("who", "me"), ("due", "2027-01-25")];
    andres.post(&format!("/meetings/{id}/promises"), &promise).await.expect(303);
    let page = andres.get("/month").await.expect(200);
    assert!(page.says("Un compromiso abierto, para el 25 de enero de 2027"));
    for number in 0..9 {
        let mentee = house.person(pair.ana.organisation, &format!("Aprende {number}"), &[]).await;
        let new = [NewMentorship { mentee: mentee.id, mentor: pair.andres.id }];
        let made: Result<Vec<MentorshipId>, Error> = transaction!(house.app.db, tx => {
            mentorships::begin(&house.app, tx, pair.ana.organisation, pair.edition, &new).await
        });
        made.unwrap();
    }
    let page = andres.get("/month?month=2027-02").await.expect(200);
    assert_eq!(page.title(), "En febrero de 2027: ninguna reunión todavía, 11 personas");
    assert_eq!(page.statements(), cost);
    assert!(andres.get("/").await.expect(200).says("href=\"/month\""));
    let mut lucia = house.browser_of(&pair.lucia).await;
    let page = lucia.get("/month").await.expect(200);
    assert!(page.says("no acompañas a nadie") && !lucia.get("/").await.expect(200).says("href=\"/month\""));
});

story!(programs_read_the_list_and_act, async |house: &House| {
    let mut stage = Stage::new(house, 3).await;
    stage.began(house, 1, 50).await;
    let mut ana = program(house, &stage.ana).await;
    let list = format!("/api/editions/{}/health", stage.edition);
    let all = ana.get(&format!("{list}?limit=2")).await.expect(200).json();
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let next = all["next"].as_str().unwrap();
    let rest = ana.get(&format!("{list}?after={next}")).await.expect(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next"]), (1, &json!(null)));
    ana.get(&format!("{list}?after=nothing")).await.expect(422);
    let silent = ana.get(&format!("{list}?state=silent&q=aprende")).await.expect(200).json();
    let one = &silent["items"][0];
    assert_eq!(
        (&one["mentee"]["name"], &one["next"], &one["meetings"]),
        (&json!("Aprende 01"), &json!("nudge"), &json!(0))
    );
    let path = format!("/api/mentorships/{}/measures", stage.pairs[1]);
    let done = send(&mut ana, Method::POST, &path, &json!({ "measure": "ask" })).await.expect(200).json();
    assert_eq!((&done["measures"][0]["measure"], &done["next"]), (&json!("ask"), &json!(null)));
    send(&mut ana, Method::POST, &path, &json!({ "measure": "ask" })).await.expect(422);
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    for person in [&other, &stage.mentees[1], &stage.mentors[1]] {
        let mut program = program(house, person).await;
        program.get(&list).await.expect(404);
        send(&mut program, Method::POST, &path, &json!({ "measure": "help" })).await.expect(404);
    }
    stage.add(house, 1).await;
    assert_eq!(ana.get(&list).await.expect(200).json()["items"].as_array().unwrap().len(), 4);
});

story!(however_many_pairs_there_are_a_page_costs_the_same, async |house: &House| {
    let mut stage = Stage::new(house, 1).await;
    let pages = [format!("{}?state=all", stage.list()), format!("/editions/{}", stage.edition), "/".to_owned()];
    let mut costs = Vec::new();
    let mut sweeps = Vec::new();
    for more in [0, 120] {
        stage.add(house, more).await;
        let mut browser = house.browser_of(&stage.ana).await;
        let mut cost = Vec::new();
        for page in &pages {
            // Once for what is worked out, and once for what is remembered of it.
            cost.push([0; 2]);
            for place in 0..2 {
                cost.last_mut().unwrap()[place] = browser.get(page).await.expect(200).statements();
            }
        }
        costs.push(cost);
        house.work().await;
        house.pass(SignedDuration::from_hours(1));
        sweeps.push(db::counted(jobs::run_due(&house.app)).await.1);
    }
    assert_eq!(costs[0], costs[1]);
    assert_eq!(sweeps[0], sweeps[1], "a look at all clocks costs the same");
    // Page by page everybody stands once.
    let mut browser = house.browser_of(&stage.ana).await;
    let (mut path, mut seen) = (format!("{}?state=all", stage.list()), BTreeMap::new());
    loop {
        let page = browser.get(&path).await.expect(200).text();
        for rest in page.split("href=\"/health/").skip(1) {
            *seen.entry(rest.split('"').next().unwrap().to_owned()).or_insert(0) += 1;
        }
        let Some(more) = page.split("class=\"button plain\" href=\"").nth(1) else { break };
        path = more.split('"').next().unwrap().replace("&amp;", "&");
    }
    assert_eq!((seen.len(), seen.values().max()), (121, Some(&1)));
});

story!(two_servers_tell_everybody_once, async |house: &House| {
    let stage = Stage::new(house, 30).await;
    for place in 0..30 {
        stage.began(house, place, 40).await;
    }
    let second = house.second_server().await;
    // Both look at the same pairs at the same time: one by the job that is due, the other by one of the same kind.
    house.pass(SignedDuration::from_hours(2));
    let organisation = house.literal(stage.ana.organisation.0);
    house
        .raw(&format!(
            "INSERT INTO jobs (id, organisation, name, payload, run_at, tries, created_at) \
             VALUES ({organisation}, {organisation}, 'health.sweep', '{{}}', 0, 0, 0)"
        ))
        .await;
    let (one, two) = tokio::join!(jobs::run_due(&house.app), jobs::run_due(&second));
    assert!(one.unwrap() + two.unwrap() >= 2);
    house.work().await;
    let mut counts: BTreeMap<(String, String), u32> = BTreeMap::new();
    for (_, name, what) in told(house, "health.clock").await {
        *counts.entry((name, what)).or_insert(0) += 1;
    }
    // Orientation and first meeting are overdue for both of each pair, and the agreement is due; who has no goals is asked for no pulse.
    assert_eq!(counts.len(), 30 * 2 * 3, "{counts:?}");
    assert!(counts.values().all(|count| *count == 1));
    assert_eq!(jobs::backlog(&house.app.db).await.unwrap().given_up, 0);
});

story!(a_stranger_learns_nothing_of_how_pairs_are, async |house: &House| {
    let stage = Stage::new(house, 1).await;
    stage.began(house, 0, 50).await;
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let refuse = async |mut browser: Client| {
        browser.get(&stage.list()).await.expect(404);
        browser.get(&format!("{}/export?form=csv", stage.list())).await.expect(404);
        browser.get(&format!("/health/{}", stage.pairs[0])).await.expect(404);
        browser.post(&format!("/health/{}", stage.pairs[0]), &[("measure", "nudge")]).await.expect(404);
    };
    for person in [&other, &stage.mentees[0], &stage.mentors[0]] {
        refuse(house.browser_of(person).await).await;
    }
    house.stranger().get(&stage.list()).await.expect(303);
    house.work().await;
    assert_eq!(told(house, "health.nudged").await, []);
});
