//! Consent and publishing: mentors answer first, a mentee learns a name only once that mentor has accepted, silence is an answer,
//! nobody is given away, and what both accepted becomes a mentorship once.

pub mod cast;
mod closing;
mod crash;
mod looks;
mod managers;
mod parts;
mod races;
mod unreached;
mod wishes;
mod words;

use cast::{Cast, proposal_of, take_back_of, withdraw};
use jiff::SignedDuration;
use sha2::{Digest as _, Sha256};
use telemaco::db::Statement;
use telemaco::people::model::Side;
use telemaco::programmes::Track;

use crate::story;
use crate::support::{Client, House, Person};

const ACCEPT: &[(&str, &str)] = &[("answer", "accept")];
const DECLINE: &[(&str, &str)] = &[("answer", "decline"), ("reason", "Viajo demasiado este año")];

/// The neutral sentence, and every word that would give somebody away.
const NEUTRAL: &str = "La coordinación cambió la propuesta";
const GIVEN_AWAY: &[&str] =
    &["puesto 3", "puesto 2", "912", "37", "reservados", "Viajo demasiado", "sin respuesta a tiempo"];

async fn answer(house: &House, person: &Person, form: &[(&str, &str)]) {
    let mut browser = house.browser_of(person).await;
    let path = proposal_of(&mut browser).await;
    browser.post(&path, form).await.expect(303);
    house.work().await;
}

async fn mails_to(house: &House, person: &Person) -> Vec<String> {
    let mails = house.app.mailer.filed(1000).await.unwrap();
    let to = format!("<{}>", person.address);
    mails
        .into_iter()
        .filter(|mail| mail.head.contains(&to))
        .map(|mail| format!("{}\n{}", mail.head, mail.text))
        .collect()
}

story!(mentors_answer_first_by_the_mails_link, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    assert!(cast.overview().await.contains("Aún no has enviado propuestas"));
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    assert!(cast.overview().await.contains("<h1>Faltan 2 respuestas</h1>"));
    let (lucia, andres) = (cast.mentees[0].clone(), cast.mentors[0].clone());
    let mut mentee = house.browser_of(&lucia).await;

    // A mentor is written to, in words that name nobody; a mentee is not, and finds nothing.
    let mail = house.mail_to(&andres.address).await.unwrap();
    assert!(!mail.contains("Lucía") && mail.contains("14 de enero de 2027"), "{mail}");
    assert!(mails_to(house, &lucia).await.is_empty());
    let before = mentee.get("/proposals").await.expect(200).text();
    assert!(before.contains("No tienes ninguna propuesta"));
    let proposal = proposal_of(&mut house.browser_of(&andres).await).await;
    mentee.get(&proposal).await.expect(404);
    mentee.post(&proposal, ACCEPT).await.expect(404);

    // A scanner may open the link as often as it likes.
    let link = house.link_to(&andres.address).await;
    let mut scanner = house.stranger();
    for _ in 0..3 {
        let page = scanner.get(&link).await.expect(200);
        assert_eq!(page.header("referrer-policy"), "strict-origin");
        assert!(
            page.says("¿Quieres mentorizar a Lucía Ibáñez?") && page.says("Negociación: busca nivel 4, se ofrece 5")
        );
        for word in GIVEN_AWAY {
            assert!(!page.read().contains(word), "{word}");
        }
    }
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked");
    digest_alone_is_kept(house, &link).await;

    let mut anybody = house.stranger();
    anybody.post(&link, &[("answer", "perhaps")]).await.expect(422);
    anybody.post(&link, ACCEPT).await.expect(303);
    assert!(anybody.get(&link).await.expect(200).says("Has aceptado"), "used again it says what was answered");
    anybody.post(&link, DECLINE).await.expect(303);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentee-asked", "an answer stays");
    house.work().await;

    // Now the mentee is asked, and sees who it is.
    let own = house.link_to(&lucia.address).await;
    assert_ne!(own, link);
    let page = house.stranger().get(&own).await.expect(200);
    assert!(page.says("Andrés Güell puede ser tu mentor o mentora") && page.says("cuenta como aceptada"));
    for word in GIVEN_AWAY {
        assert!(!page.read().contains(word), "{word}");
    }
    answer(house, &lucia, ACCEPT).await;
    answer(house, &cast.mentors[1].clone(), ACCEPT).await;
    let waiting = cast.publish().await.expect(422);
    assert!(waiting.says("Falta una respuesta. Espera"));
    answer(house, &cast.mentees[1].clone(), ACCEPT).await;

    assert!(cast.overview().await.contains("<h1>Todo está contestado: 2 parejas han aceptado</h1>"));
    cast.publish().await.expect(303);
    assert!(cast.publish().await.expect(303).location().ends_with("/consent"), "there is nothing left to publish");
    house.work().await;
    for (person, name) in [(&lucia, "Andrés Güell"), (&andres, "Lucía Ibáñez")] {
        let mut browser = house.browser_of(person).await;
        assert!(browser.get("/mentorships").await.expect(200).says(name));
        let published = mails_to(house, person).await;
        assert_eq!(published.iter().filter(|mail| mail.contains("ha empezado")).count(), 1);
    }
    assert!(cast.overview().await.contains("No queda nada por contestar ni por publicar"));
    assert!(anybody.get(&link).await.expect(200).says("Esta propuesta es ya una mentoría"));
});

/// The secret of a link stands nowhere in the database.
async fn digest_alone_is_kept(house: &House, link: &str) {
    use base64::Engine as _;
    static TOKENS: Statement = Statement::new("SELECT token FROM proposal_links", file!(), line!());
    let secret = link.rsplit('/').next().unwrap();
    let secret = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(secret).unwrap();
    let rows = house.app.db.rows(&TOKENS, vec![]).await.unwrap();
    let tokens: Vec<Vec<u8>> = rows.iter().map(|row| row.get("token").unwrap()).collect();
    assert!(tokens.contains(&Sha256::digest(&secret).to_vec()) && !tokens.contains(&secret));
}

story!(a_mentee_never_learns_that_a_mentor_declined, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell"]).await;
    let mut mentee = house.browser_of(&cast.mentees[0]).await;
    let pages = ["/proposals", "/mentorships"];
    let mut before = Vec::new();
    for page in pages {
        before.push(mentee.get(page).await.expect(200));
    }
    cast.propose(house, &[(0, 0)]).await;
    let proposal = proposal_of(&mut house.browser_of(&cast.mentors[0]).await).await;
    answer(house, &cast.mentors[0].clone(), DECLINE).await;
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "declined");
    // Not by a word, nor by a statement more or less.
    for (page, before) in pages.iter().zip(before) {
        let after = mentee.get(page).await.expect(200);
        assert_eq!(after.text(), before.text(), "{page}");
        assert_eq!(after.statements(), before.statements(), "{page}");
    }
    let hidden = mentee.get(&proposal).await.expect(404).text();
    let nothing = mentee.get("/proposals/00000000-0000-0000-0000-000000000000").await.expect(404).text();
    assert_eq!(hidden, nothing);
    assert!(mails_to(house, &cast.mentees[0]).await.is_empty());
    // The coordinator reads who it was and why; a run may not put the two together again.
    let overview = cast.overview().await;
    assert!(overview.contains("Quien mentoriza dijo que no") && overview.contains("Viajo demasiado este año"));
    let run = cast.run(house, &[(0, 0)]).await;
    let path = cast.path("consent/send");
    cast.browser.post(&path, &[("run", &run)]).await.expect(303);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "declined", "nobody is asked twice");
    assert!(house.browser_of(&cast.mentors[0]).await.get("/proposals").await.expect(200).says("has dicho que no"));
});

story!(a_mentor_cannot_tell_a_decline_from_any_other_change, async |house: &House| {
    let mentees = ["Lucía Ibáñez", "Íñigo Sáez", "Begoña Muñoz"];
    let mut cast = Cast::new(house, Track::Promotion, &mentees, &["Andrés Güell", "María Núñez", "José García"]).await;
    cast.propose(house, &[(0, 0), (1, 1), (2, 2)]).await;
    for mentor in cast.mentors.clone() {
        answer(house, &mentor, ACCEPT).await;
    }
    let mut andres = house.browser_of(&cast.mentors[0]).await;
    let path = proposal_of(&mut andres).await;
    let (list, page) = (andres.get("/proposals").await.text(), andres.get(&path).await.text());
    answer(house, &cast.mentees[0].clone(), DECLINE).await;
    answer(house, &cast.mentees[2].clone(), ACCEPT).await;
    assert_eq!(andres.get("/proposals").await.text(), list, "nothing moves when the mentee declines");
    assert_eq!(andres.get(&path).await.text(), page);
    assert_eq!(mails_to(house, &cast.mentors[0]).await.len(), 1);
    assert!(house.browser_of(&cast.mentees[0]).await.get("/proposals").await.says("has dicho que no"));

    // The coordinator's next run changes María's pair too; José's stands. The two who lose theirs read the same.
    house.pass(SignedDuration::from_hours(1));
    cast.propose(house, &[(1, 0), (2, 2)]).await;
    let mut maria = house.browser_of(&cast.mentors[1]).await;
    let other = proposal_of(&mut maria).await;
    let plain = |text: String, path: &str, name: &str| text.replace(path, "…").replace(name, "…");
    let declined = plain(andres.get(&path).await.expect(200).text(), &path, "Andrés Güell");
    let changed = plain(maria.get(&other).await.expect(200).text(), &other, "María Núñez");
    assert!(declined.contains(NEUTRAL) && !declined.contains("Lucía"), "{declined}");
    assert_eq!(declined, changed);
    let told = |mails: Vec<String>| mails.into_iter().filter(|mail| mail.contains(NEUTRAL)).count();
    assert_eq!(told(mails_to(house, &cast.mentors[0]).await), 1);
    assert_eq!(told(mails_to(house, &cast.mentors[1]).await), 1);
    assert_eq!(told(mails_to(house, &cast.mentors[2]).await), 0);
    // Íñigo had been shown María's name; Lucía declined by herself.
    assert_eq!(told(mails_to(house, &cast.mentees[1]).await), 1);
    assert_eq!(told(mails_to(house, &cast.mentees[0]).await), 0);
    assert_eq!(cast.states(house).await["Begoña Muñoz"], "accepted", "what stands is not asked again");
    assert_eq!(cast.states(house).await["Íñigo Sáez"], "mentor-asked");
    for word in ["Lucía", "Begoña"] {
        assert!(!andres.get("/proposals").await.says(word), "{word}");
    }
});

story!(silence_is_a_no_for_a_mentor_and_a_yes_for_a_mentee, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    // A Monday; three working days end with Thursday, in Madrid.
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    let link = house.link_to(&cast.mentors[0].address).await;
    house.pass(SignedDuration::from_hours(24));
    answer(house, &cast.mentors[1].clone(), ACCEPT).await;
    house.pass(SignedDuration::from_hours(24 * 2 + 13));
    assert_eq!(house.work().await, 0, "until midnight nothing is due");
    house.pass(SignedDuration::from_hours(2));
    // Late is late, whether or not the job has run.
    let mut late = house.browser_of(&cast.mentors[0]).await;
    let path = proposal_of(&mut late).await;
    late.post(&path, ACCEPT).await.expect(303);
    assert!(late.get(&path).await.expect(200).says("Se acabó el plazo y cuenta como un no"));
    house.stranger().post(&link, ACCEPT).await.expect(404);
    assert!(house.stranger().get(&link).await.expect(404).says("Este enlace ya no sirve"));
    assert_eq!(house.work().await, 1);
    let states = cast.states(house).await;
    assert_eq!([&states["Lucía Ibáñez"], &states["Íñigo Sáez"]], ["declined", "mentee-asked"]);
    assert!(cast.overview().await.contains("Quien mentoriza no contestó a tiempo"));

    // The mentee was asked on Tuesday: Friday is the last day.
    house.pass(SignedDuration::from_hours(24));
    assert_eq!(house.work().await, 1);
    assert_eq!(cast.states(house).await["Íñigo Sáez"], "accepted");
    let mut mentee = house.browser_of(&cast.mentees[1]).await;
    assert!(mentee.get("/proposals").await.expect(200).says("aceptada por silencio"));
    assert!(!house.browser_of(&cast.mentors[1]).await.get("/proposals").await.expect(200).says("silencio"));
    cast.publish().await.expect(303);
    assert_eq!(cast.states(house).await["Íñigo Sáez"], "published");
});

story!(the_coordinator_reminds_and_takes_back, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    answer(house, &cast.mentors[0].clone(), ACCEPT).await;
    let remind = cast.path("consent/remind");
    let reminders = |mails: Vec<String>| mails.into_iter().filter(|mail| mail.contains("Aún puedes contestar")).count();
    // Whoever has just been asked is not pressed: the next step is to wait.
    let overview = cast.overview().await;
    assert!(overview.contains("Espera las respuestas") && !overview.contains("Recordar a"), "{overview}");
    cast.browser.post(&remind, &[]).await.expect(303);
    assert_eq!(house.work().await, 0, "nobody is reminded of what they were asked a minute ago");
    house.pass(SignedDuration::from_hours(25));
    assert!(cast.overview().await.contains("Recordar a 2 personas"));
    cast.browser.post(&remind, &[]).await.expect(303);
    cast.browser.post(&remind, &[]).await.expect(303);
    assert!(cast.overview().await.contains("una vez al día"), "the second press sends nothing");
    house.work().await;
    assert_eq!(reminders(mails_to(house, &cast.mentors[0]).await), 0, "who has answered is left in peace");
    assert_eq!(reminders(mails_to(house, &cast.mentors[1]).await), 1);
    assert_eq!(reminders(mails_to(house, &cast.mentees[0]).await), 1);
    house.pass(SignedDuration::from_hours(25));
    cast.browser.post(&remind, &[]).await.expect(303);
    house.work().await;
    assert_eq!(reminders(mails_to(house, &cast.mentors[1]).await), 2);
    // Each link that was mailed still answers.
    for link in house.links_to(&cast.mentors[1].address).await {
        house.stranger().get(&link).await.expect(200);
    }

    let overview = cast.overview().await;
    let (path, version) = take_back_of(&overview, "Lucía Ibáñez");
    cast.browser.post(&path, &[("version", "1")]).await.expect(409);
    cast.browser.post(&path, &[("version", &version)]).await.expect(303);
    cast.browser.post(&path, &[("version", &version)]).await.expect(409);
    house.work().await;
    for person in [&cast.mentors[0], &cast.mentees[0]] {
        assert!(mails_to(house, person).await.iter().any(|mail| mail.contains(NEUTRAL)));
        assert!(house.browser_of(person).await.get("/proposals").await.expect(200).says("la coordinación cambió"));
    }
    house.raw("UPDATE persons SET search = search || ' l_ibanez@example.org' WHERE name = 'Lucía Ibáñez'").await;
    let filtered = cast.path("consent?state=taken-back&q=l_ibanez");
    let filtered = cast.browser.get(&filtered).await.expect(200);
    assert!(filtered.says("Lucía Ibáñez") && !filtered.says("Íñigo Sáez"));
    let export = cast.path("consent/export?form=csv&state=waiting");
    let export = cast.browser.get(&export).await.expect(200);
    assert!(export.says("Íñigo Sáez") && export.says("2027-01-14") && !export.says("Lucía"));
    let export = cast.path("consent/export?form=xlsx");
    assert!(cast.browser.get(&export).await.expect(200).header("content-disposition").contains("proposals.xlsx"));
});

story!(who_left_is_asked_nothing_and_published_nowhere, async |house: &House| {
    let mentees = ["Lucía Ibáñez", "Íñigo Sáez", "Begoña Muñoz"];
    let mut cast = Cast::new(house, Track::Promotion, &mentees, &["Andrés Güell", "María Núñez", "José García"]).await;
    let run = cast.propose(house, &[(0, 0), (1, 1), (2, 2)]).await;
    // Begoña leaves while her mentor is asked: whoever answers learns no more than that it changed.
    withdraw(house, cast.edition, &cast.mentees[2], Side::Mentee).await;
    answer(house, &cast.mentors[2].clone(), ACCEPT).await;
    assert_eq!(cast.states(house).await["Begoña Muñoz"], "taken-back");
    assert!(house.browser_of(&cast.mentors[2]).await.get("/proposals").await.says("la coordinación cambió"));
    assert!(mails_to(house, &cast.mentees[2]).await.is_empty());
    // Íñigo accepts and leaves before it is published.
    answer(house, &cast.mentors[1].clone(), ACCEPT).await;
    answer(house, &cast.mentees[1].clone(), ACCEPT).await;
    answer(house, &cast.mentors[0].clone(), ACCEPT).await;
    answer(house, &cast.mentees[0].clone(), ACCEPT).await;
    withdraw(house, cast.edition, &cast.mentees[1], Side::Mentee).await;
    cast.publish().await.expect(303);
    let states = cast.states(house).await;
    assert_eq!([&states["Lucía Ibáñez"], &states["Íñigo Sáez"]], ["published", "taken-back"]);
    // The same run sent again disturbs nobody.
    house.work().await;
    let path = cast.path("consent/send");
    cast.browser.post(&path, &[("run", &run)]).await.expect(303);
    assert_eq!(cast.states(house).await, states);
    assert_eq!(house.work().await, 0, "and nobody is written to");
    // Lucía's mentorship ends without fault: the seat is free, and the two are not put together again.
    let mut lucia = house.browser_of(&cast.mentees[0]).await;
    let page = lucia.get("/mentorships").await.expect(200).text();
    let own = page.split("href=\"/mentorships/").nth(1).unwrap().split('"').next().unwrap();
    let form = [("version", "1"), ("reason", "Horarios imposibles"), ("another", "yes")];
    lucia.post(&format!("/mentorships/{own}/end"), &form).await.expect(303);
    cast.browser.post(&path, &[("run", &run)]).await.expect(303);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "published", "no new proposal");
    house.pass(SignedDuration::from_hours(1));
    cast.propose(house, &[(0, 1)]).await;
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked", "another mentor is asked");
});

story!(who_lost_a_mentor_is_offered_another_run, async |house: &House| {
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    for person in [&cast.mentors[0], &cast.mentors[1], &cast.mentees[0], &cast.mentees[1]].map(Clone::clone) {
        answer(house, &person, ACCEPT).await;
    }
    cast.publish().await.expect(303);
    house.work().await;
    let home = format!("/editions/{}", cast.edition);
    assert!(!cast.browser.get(&home).await.expect(200).says("Busca pareja a quien"));
    withdraw(house, cast.edition, &cast.mentors[0], Side::Mentor).await;
    let page = cast.browser.get(&home).await.expect(200);
    assert!(
        page.says("Busca pareja a quien se ha quedado sin ella") && page.says("1 persona espera pareja"),
        "{}",
        page.text()
    );
    house.work().await;
    let mail = house.mail_to("lucia.ibanez@example.org").await.unwrap();
    assert!(mail.contains("ha terminado") && !mail.contains("Andr"), "{mail}");
});

story!(a_no_stands_though_the_other_one_has_left, async |house: &House| {
    static TAKEN_BACK: Statement = Statement::new(
        "SELECT count(*) AS entries FROM audit WHERE verb = 'pairing.consent.take-back'",
        file!(),
        line!(),
    );
    let mut cast =
        Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell", "María Núñez"]).await;
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    for mentor in cast.mentors.clone() {
        answer(house, &mentor, ACCEPT).await;
        withdraw(house, cast.edition, &mentor, Side::Mentor).await;
    }
    answer(house, &cast.mentees[0].clone(), DECLINE).await;
    answer(house, &cast.mentees[1].clone(), ACCEPT).await;
    let states = cast.states(house).await;
    assert_eq!([&states["Lucía Ibáñez"], &states["Íñigo Sáez"]], ["declined", "taken-back"]);
    assert!(cast.overview().await.contains("Viajo demasiado este año"), "her reason is not lost");
    let kept = crate::support::dump::database(house).await;
    assert!(!crate::support::dump::stands_open(&kept, "Viajo demasiado este año"), "and is sealed");
    let row = house.app.db.row(&TAKEN_BACK, vec![]).await.unwrap().unwrap();
    assert_eq!(row.get::<i64>("entries").unwrap(), 1, "and what was taken back is in the trail");
    assert!(house.browser_of(&cast.mentees[0]).await.get("/proposals").await.expect(200).says("has dicho que no"));
});

story!(on_the_degree_track_nobody_is_left_without, async |house: &House| {
    static FALLBACK: Statement =
        Statement::new("UPDATE enrolments SET fallback = $2 WHERE person = $1", file!(), line!());
    let mut cast = Cast::new(house, Track::Degree, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell"]).await;
    cast.propose(house, &[(0, 0)]).await;
    answer(house, &cast.mentors[0].clone(), ACCEPT).await;
    answer(house, &cast.mentees[0].clone(), ACCEPT).await;
    let refused = cast.publish().await.expect(422);
    assert!(refused.says("Una persona se quedaría sin mentor") && refused.says("Íñigo Sáez"), "{}", refused.text());
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "accepted");
    let (inigo, ana) = (cast.mentees[1].id, cast.coordinator.id);
    let named: Result<u64, telemaco::db::Error> =
        telemaco::transaction!(house.app.db, tx => tx.run(&FALLBACK, vec![inigo.into(), ana.into()]).await);
    named.unwrap();
    cast.publish().await.expect(303);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "published");
});

story!(a_coordinator_who_takes_part_does_not_read_her_own_secret, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let eva = house.person(ana.organisation, "Eva Ruiz", &[telemaco::identity::Part::Coordinator]).await;
    let mut people = Vec::new();
    for name in ["Lucía Ibáñez", "Andrés Güell", "María Núñez"] {
        people.push(house.person(ana.organisation, name, &[]).await);
    }
    let (mentees, mentors) = (vec![ana.clone(), people[0].clone()], people[1..].to_vec());
    let mut cast = Cast::with(house, Track::Promotion, ana.clone(), mentees, mentors, |_| {}).await;
    cast.propose(house, &[(0, 0), (1, 1)]).await;
    for mentor in cast.mentors.clone() {
        answer(house, &mentor, DECLINE).await;
    }
    let declined = cast.path("consent?state=declined");
    for path in [cast.path("consent"), cast.path("consent/export?form=csv")] {
        let seen = cast.browser.get(&path).await.expect(200);
        assert_eq!(seen.text().matches("Viajo demasiado este año").count(), 1, "Lucía's alone: {}", seen.text());
        assert!(seen.says("Es tuya: la lleva otra persona de la coordinación"));
        let other = house.browser_of(&eva).await.get(&path).await.expect(200);
        assert_eq!(other.text().matches("Viajo demasiado este año").count(), 2, "another coordinator looks after it");
    }
    let rows = cast.browser.get(&declined).await.expect(200).text();
    assert!(rows.contains("Lucía Ibáñez</a></th>") && !rows.contains("Ana Pérez</a></th>"), "{rows}");
});

story!(one_job_waits_for_all_who_have_time_until_the_same_midnight, async |house: &House| {
    let mentees = ["Lucía Ibáñez", "Íñigo Sáez", "Begoña Muñoz"];
    let mut cast = Cast::new(house, Track::Promotion, &mentees, &["Andrés Güell", "María Núñez", "José García"]).await;
    cast.propose(house, &[(0, 0), (1, 1), (2, 2)]).await;
    house.pass(SignedDuration::from_hours(24));
    for mentor in cast.mentors.clone() {
        answer(house, &mentor, ACCEPT).await;
    }
    house.pass(SignedDuration::from_hours(24 * 5));
    assert_eq!(house.work().await, 2, "the end of the mentors' window and that of the mentees'");
    assert!(cast.states(house).await.values().all(|state| state == "accepted"));
});

story!(a_mentor_with_several_answers_each, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell"]).await;
    cast.propose(house, &[(0, 0), (1, 0)]).await;
    let links = house.links_to(&cast.mentors[0].address).await;
    assert_eq!(links.len(), 2);
    let mut asked = Vec::new();
    for link in &links {
        let page = house.stranger().get(link).await.expect(200);
        asked.push(if page.says("Lucía Ibáñez") { "Lucía Ibáñez" } else { "Íñigo Sáez" });
    }
    house.stranger().post(&links[0], ACCEPT).await.expect(303);
    house.stranger().post(&links[1], DECLINE).await.expect(303);
    let states = cast.states(house).await;
    assert_eq!([&states[asked[0]], &states[asked[1]]], ["mentee-asked", "declined"]);
    let list = house.browser_of(&cast.mentors[0]).await.get("/proposals").await.expect(200);
    assert!(list.says("No tienes nada que contestar") && list.says("aceptada") && list.says("has dicho que no"));
});

story!(a_proposal_does_not_tell_when_it_was_made, async |house: &House| {
    let mentees = ["Lucía Ibáñez", "Íñigo Sáez", "Begoña Muñoz"];
    let mut cast = Cast::new(house, Track::Promotion, &mentees, &["Andrés Güell"]).await;
    for pairs in [&[(0, 0)][..], &[(0, 0), (1, 0)], &[(0, 0), (1, 0), (2, 0)]] {
        cast.propose(house, pairs).await;
        house.pass(SignedDuration::from_hours(1));
    }
    // The mentor reads the newest first, page by page.
    let mut andres = house.browser_of(&cast.mentors[0]).await;
    let list = andres.get("/proposals").await.expect(200).text();
    let ids = |list: &str| -> Vec<uuid::Uuid> {
        let after = list.split("href=\"/proposals/").skip(1);
        after.map(|rest| rest.split('"').next().unwrap().parse().unwrap()).collect()
    };
    let all = ids(&list);
    let names = ["Begoña Muñoz", "Íñigo Sáez", "Lucía Ibáñez"].map(|name| list.find(name).unwrap());
    assert!(all.len() == 3 && names.is_sorted(), "{list}");
    let rest = andres.get(&format!("/proposals?before={}", all[0])).await.expect(200).text();
    assert_eq!(ids(&rest), all[1..]);
    // A version 7 holds the millisecond, by which a mentee would know the round, and that another mentor was asked before.
    for id in all {
        assert_eq!(id.get_version_num(), 4, "{id}");
    }
});

story!(many_proposals_cost_as_many_statements_as_few, async |house: &House| {
    let coordinator = house.organisation("Banco del Norte", "Ana Pérez").await;
    let names = |side: &str| (0..130).map(|number| format!("{side} {number:03}")).collect::<Vec<_>>();
    let (mut mentees, mut mentors) = (Vec::new(), Vec::new());
    for name in names("Aprende") {
        mentees.push(house.person(coordinator.organisation, &name, &[]).await);
    }
    for name in names("Orienta") {
        mentors.push(house.person(coordinator.organisation, &name, &[]).await);
    }
    let few =
        Cast::with(house, Track::Promotion, coordinator.clone(), mentees[..3].to_vec(), mentors[..3].to_vec(), |_| {});
    let few = few.await;
    let many = Cast::with(house, Track::Promotion, coordinator, mentees, mentors, |_| {}).await;
    let mut costs = Vec::new();
    for mut cast in [few, many] {
        let pairs: Vec<(usize, usize)> = (0..cast.mentees.len()).map(|place| (place, place)).collect();
        let run = cast.run(house, &pairs).await;
        let (send, list, remind) = (cast.path("consent/send"), cast.path("consent"), cast.path("consent/remind"));
        let asked = cast.browser.post(&send, &[("run", &run)]).await.expect(303).statements();
        let seen = cast.browser.get(&list).await.expect(200);
        house.raw("UPDATE proposals SET reached_at = created_at - 90000000000").await;
        let reminded = cast.browser.post(&remind, &[]).await.expect(303).statements();
        accept_everything(house, &cast).await;
        let published = cast.publish().await.expect(303).statements();
        let mentorships = cast.path("mentorships");
        let pairs = cast.browser.get(&mentorships).await.expect(200);
        costs.push([asked, seen.statements(), reminded, published, pairs.statements()]);
        if cast.mentees.len() > 100 {
            for (path, page) in [(list, seen), (mentorships, pairs)] {
                assert!(page.says("Aprende 099") && !page.says("Aprende 100"), "a hundred rows");
                let text = page.text();
                let more = text.split("after=").nth(1).unwrap().split('"').next().unwrap();
                let more = cast.browser.get(&format!("{path}?after={more}")).await.expect(200);
                assert!(more.says("Aprende 100") && more.says("Aprende 129") && !more.says("Aprende 099"));
            }
        }
    }
    assert_eq!(costs[0], costs[1]);
});

async fn accept_everything(house: &House, cast: &Cast) {
    static ACCEPT: Statement = Statement::new(
        "UPDATE proposals SET state = 'accepted', mentee_until = mentor_until WHERE edition = $1",
        file!(),
        line!(),
    );
    let edition = cast.edition;
    let done: Result<u64, telemaco::db::Error> =
        telemaco::transaction!(house.app.db, tx => tx.run(&ACCEPT, vec![edition.into()]).await);
    done.unwrap();
}

story!(a_stranger_learns_nothing_of_proposals, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez", "Íñigo Sáez"], &["Andrés Güell"]).await;
    let run = cast.propose(house, &[(0, 0)]).await;
    let overview = cast.overview().await;
    let (take_back, version) = take_back_of(&overview, "Lucía Ibáñez");
    let proposal = proposal_of(&mut house.browser_of(&cast.mentors[0]).await).await;
    let other = house.organisation("Universidad del Sur", "Eva Ruiz").await;
    let foreign = cast::edition(house, Track::Degree, &other, |_| {}).await;
    let mut eva = house.browser_of(&other).await;
    let mut inigo = house.browser_of(&cast.mentees[1]).await;
    for browser in [&mut eva, &mut inigo] {
        for path in ["consent", "consent/export", "mentorships", "mentorships/export"] {
            browser.get(&cast.path(path)).await.expect(404);
        }
        browser.post(&cast.path("consent/send"), &[("run", &run)]).await.expect(404);
        browser.post(&cast.path("consent/remind"), &[]).await.expect(404);
        browser.post(&cast.path("publish"), &[]).await.expect(404);
        browser.post(&take_back, &[("version", &version)]).await.expect(404);
        browser.get(&proposal).await.expect(404);
        browser.post(&proposal, ACCEPT).await.expect(404);
        assert!(!browser.get("/proposals").await.expect(200).says("Lucía"));
    }
    // A run of another edition is none of this one.
    eva.post(&format!("/editions/{foreign}/consent/send"), &[("run", &run)]).await.expect(404);
    eva.get(&cast.path("wishes")).await.expect(404);
    house.stranger().get("/answer/none").await.expect(404);
    house.stranger().post("/answer/none", ACCEPT).await.expect(404);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked");
});

/// The browser of somebody, and where their only proposal is.
async fn at_proposal(house: &House, person: &Person) -> (Client, String) {
    let mut browser = house.browser_of(person).await;
    let path = proposal_of(&mut browser).await;
    (browser, path)
}
