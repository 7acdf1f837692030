//! A year of one mentorship on each track, from the agreement to the follow-up, by a clock that the story moves: what is written is
//! read by the two, every mail and every invitation is looked at, and of more than a hundred sentences none is found anywhere.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use telemaco::mail::Filed;
use telemaco::people::model::Side;
use telemaco::programmes::Track;

use crate::activities::planned;
use crate::agreement;
use crate::consent::cast::enrol;
use crate::goals;
use crate::meetings::{accept, let_it_pass, propose, suggested, version};
use crate::reviews::{give, review};
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::form::fields;
use crate::support::{Client, House, peer};
use crate::vault::Pair;

/// What the two wrote, and the meetings that they agreed on, with what became of each.
#[derive(Default)]
struct Pen {
    said: Vec<String>,
    agreed: Vec<(String, Fate)>,
}

/// What becomes of a meeting that was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Held,
    Moved,
    CalledOff,
}

impl Fate {
    /// The invitations that each of the two gets: their methods, each with its sequence.
    fn invitations(self) -> &'static [(&'static str, i64)] {
        match self {
            Self::Held => &[("REQUEST", 0)],
            Self::Moved => &[("REQUEST", 0), ("REQUEST", 1)],
            Self::CalledOff => &[("CANCEL", 1), ("REQUEST", 0)],
        }
    }
}

impl Pen {
    /// A sentence that no key and no test says by chance.
    fn writes(&mut self, about: &str) -> String {
        let sentence = format!("Reservado ({}): {about}, y ni una palabra de la fusión con Ordóñez", self.said.len());
        self.said.push(sentence.clone());
        sentence
    }
}

/// The two, signed in anew: sessions do not last a month.
async fn both(house: &House, pair: &Pair) -> (Client, Client) {
    (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await)
}

fn today(house: &House) -> Date {
    TimeZone::UTC.to_datetime(house.app.now()).date()
}

async fn days(house: &House, days: i64) {
    for _ in 0..days {
        house.pass(SignedDuration::from_hours(24));
        house.work().await;
    }
}

async fn begins(house: &House, pair: &Pair, pen: &mut Pen) -> (String, String) {
    let (mut lucia, mut andres) = both(house, pair).await;
    for browser in [&mut lucia, &mut andres] {
        let path = format!("/editions/{}/orientation", pair.edition);
        let form = fields(&browser.get(&path).await.expect(200).text());
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post(&path, &form).await.expect(303);
    }
    let cadence = pen.writes("los martes a las ocho");
    agreement::write(&mut andres, pair, &[("cadence", &cadence)], "propose").await;
    agreement::sign(&mut lucia, pair).await;
    let letter = pen.writes("querida yo de dentro de un año");
    let home = format!("/mentorships/{}", pair.mentorship);
    lucia.post(&format!("{home}/letter"), &[("letter", letter.as_str())]).await.expect(303);
    let (what, watch) = (pen.writes("visita al puerto"), pen.writes("quién cede primero"));
    let trip = planned(&mut andres, pair, &what, &watch).await;
    let (statement, measure, step) = (pen.writes("negociar sola"), pen.writes("acuerdos"), pen.writes("ensayar"));
    let goal = [
        ("statement", statement.as_str()),
        ("measure", &measure),
        ("steps", &step),
        ("kind", "professional"),
        ("term", "short"),
        ("visibility", "pair"),
    ];
    (goals::add(&mut lucia, pair, &goal).await, trip)
}

/// A meeting that they agree on. One that is moved he proposes other times for, and she takes one; one that is called off she calls off.
async fn agreed(house: &House, pair: &Pair, pen: &mut Pen, fate: Fate) -> String {
    let (mut lucia, mut andres) = both(house, pair).await;
    let id = propose(&mut lucia, pair).await;
    let one = format!("/meetings/{id}");
    house.work().await;
    accept(&mut andres, &id).await;
    house.work().await;
    match fate {
        Fate::Held => {}
        Fate::Moved => {
            let page = andres.get(&format!("{one}/times")).await.expect(200);
            let (seen, times) = (version(&page), suggested(&page.text()));
            let form = [("version", seen.as_str()), ("minutes", "60"), ("time", times.last().unwrap().as_str())];
            andres.post(&format!("{one}/times"), &form).await.expect(303);
            house.work().await;
            accept(&mut lucia, &id).await;
        }
        Fate::CalledOff => {
            let seen = version(&lucia.get(&one).await.expect(200));
            lucia.post(&format!("{one}/cancel"), &[("version", seen.as_str())]).await.expect(303);
        }
    }
    house.work().await;
    pen.agreed.push((id.clone(), fate));
    id
}

async fn a_month(house: &House, pair: &Pair, pen: &mut Pen, goal: &str, fate: Fate) {
    let id = agreed(house, pair, pen, fate).await;
    let (mut lucia, _) = both(house, pair).await;
    let one = format!("/meetings/{id}");
    let point = pen.writes("de qué hablar");
    lucia.post(&format!("{one}/points"), &[("point", point.as_str())]).await.expect(303);
    let_it_pass(house, pair).await;
    // That morning something else may be mailed as well.
    let links = house.links_to(&pair.andres.address).await;
    let met = links.into_iter().find(|link| link.starts_with("/m/")).unwrap();
    let line = house.stranger().post(&met, &[("met", "yes")]).await.expect(303).location().to_owned();
    let reflection = pen.writes("escuchó antes de proponer");
    house.stranger().post(&line, &[("reflection", reflection.as_str()), ("visibility", "pair")]).await.expect(200);
    let (mut lucia, mut andres) = both(house, pair).await;
    for (is_hers, kind, about, visibility) in [
        (true, "note", "lo que decidimos", "pair"),
        (true, "note", "lo que no le dije", "only-me"),
        (false, "note", "lo que vi en ella", "pair"),
        (true, "reflection", "qué me llevo", "pair"),
    ] {
        let browser = if is_hers { &mut lucia } else { &mut andres };
        let words = pen.writes(about);
        let form = [("kind", kind), (kind, words.as_str()), ("visibility", visibility)];
        browser.post(&format!("{one}/texts"), &form).await.expect(303);
    }
    let promise = pen.writes("llamar a compras");
    let on = today(house).saturating_add(jiff::Span::new().days(7)).to_string();
    let form = [("promise", promise.as_str()), ("who", "me"), ("due", on.as_str())];
    lucia.post(&format!("{one}/promises"), &form).await.expect(303);
    for browser in [&mut lucia, &mut andres] {
        let words = pen.writes("cómo va la meta");
        let on = today(house).to_string();
        browser.post(&format!("{goal}/check-in"), &[("line", words.as_str()), ("on", &on)]).await.expect(303);
    }
    let page = lucia.get(&one).await.expect(200);
    assert!(page.says(&point) && page.says(&reflection) && page.says(&promise), "{}", page.text());
    days(house, 14).await;
}

async fn reviewed(house: &House, pair: &Pair, pen: &mut Pen, kind: &str, answers: [(&str, &[(&str, &str)]); 2]) {
    let (mut lucia, mut andres) = both(house, pair).await;
    let page = review(pair, kind);
    for (browser, (field, more)) in [&mut lucia, &mut andres].into_iter().zip(answers) {
        let words = pen.writes(kind);
        let form: Vec<(&str, &str)> = std::iter::once((field, words.as_str())).chain(more.iter().copied()).collect();
        give(browser, &page, &form).await;
    }
    let [.., hers, his] = pen.said.as_slice() else { panic!("two have written") };
    let read = lucia.get(&page).await.expect(200);
    assert!(read.says(hers) && read.says(his), "{}", read.text());
}

/// Every mail, by subject how many there were, and what `icalendar` and `vobject` read in every invitation.
async fn mails_of(house: &House, pair: &Pair) -> (BTreeMap<String, usize>, Vec<Invitation>) {
    let mut subjects = BTreeMap::new();
    let mails: Vec<Filed> = house.app.mailer.filed(10_000).await.unwrap();
    for mail in &mails {
        let subject = mail.head.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
        // What a digest tells of.
        let told: Vec<&str> = mail.text.lines().filter(|line| line.starts_with("– ")).collect();
        let subject = std::iter::once(subject).chain(told).collect::<Vec<_>>().join(" ");
        *subjects.entry(subject).or_insert(0) += 1;
        assert!(mail.text.contains("Hola, "), "{}", mail.text);
        let (_, url, _) = mail.link().unwrap_or_else(|| panic!("no way on in {}", mail.text));
        assert!(url.starts_with(&house.app.config.public_url), "{url}");
    }
    let mut invitations = Vec::new();
    for entry in std::fs::read_dir(house.app.config.mail_folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "eml") {
            continue;
        }
        let text = std::fs::read_to_string(path).unwrap();
        if text.contains("text/calendar") {
            let to =
                [&pair.lucia, &pair.andres].into_iter().find(|person| text.contains(&format!("<{}>", person.address)));
            let to = to.unwrap_or_else(|| panic!("to neither of the two: {text}"));
            let read = peer("calendars.py", "letter", &text);
            let parts = read["parts"].as_array().unwrap();
            let calendar = parts.iter().find(|part| part["read"].is_object()).expect("a calendar that can be read");
            let [event] = calendar["read"]["events"].as_array().unwrap().as_slice() else { panic!("{calendar}") };
            let [uid, method] = [&event["uid"], &calendar["method"]].map(|text| text.as_str().unwrap().to_owned());
            assert_eq!(calendar["read"]["calendar"]["method"], calendar["method"], "within as on the part");
            let status = if method == "CANCEL" { "CANCELLED" } else { "CONFIRMED" };
            assert_eq!(event["status"], status, "{event}");
            invitations.push(Invitation {
                to: to.name.clone(),
                uid,
                method,
                sequence: event["sequence"].as_i64().unwrap(),
            });
        }
    }
    let count = |method: &str| invitations.iter().filter(|one| one.method == method).count();
    for (method, told) in [("REQUEST", "(invitations)"), ("CANCEL", "(cancellations)")] {
        subjects.insert(told.to_owned(), count(method));
    }
    invitations.sort();
    (subjects, invitations)
}

/// An invitation, an update or a cancellation as a calendar reads it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Invitation {
    to: String,
    uid: String,
    method: String,
    sequence: i64,
}

/// What the two should have got: each the same of each meeting, which is the same event from the first to the last.
fn invited(pair: &Pair, agreed: &[(String, Fate)]) -> Vec<Invitation> {
    let mut all = Vec::new();
    for (id, fate) in agreed {
        for to in [&pair.lucia, &pair.andres] {
            all.extend(fate.invitations().iter().map(|(method, sequence)| Invitation {
                to: to.name.clone(),
                uid: id.clone(),
                method: (*method).to_owned(),
                sequence: *sequence,
            }));
        }
    }
    all.sort();
    all
}

const MOVED_IN: usize = 3;
const CALLED_OFF_IN: usize = 5;

async fn a_year(house: &House, track: Track) {
    let pair = goals::framed_on(house, track).await;
    enrol(house, &pair.ana, pair.edition, Side::Mentor, std::slice::from_ref(&pair.andres)).await;
    let mut pen = Pen::default();
    let (goal, trip) = begins(house, &pair, &mut pen).await;
    let mut months = 0;
    let mut is_reviewed = false;
    while today(house) < date(2027, 11, 15) {
        // Of one meeting the time is moved, and one is called off, for which they find another.
        if months == CALLED_OFF_IN {
            agreed(house, &pair, &mut pen, Fate::CalledOff).await;
        }
        let fate = if months == MOVED_IN { Fate::Moved } else { Fate::Held };
        a_month(house, &pair, &mut pen, &goal, fate).await;
        months += 1;
        if !is_reviewed && today(house) > date(2027, 7, 2) {
            is_reviewed = true;
            reviewed(house, &pair, &mut pen, "midpoint", [("works", &[]), ("change", &[])]).await;
        }
        if months == 1 {
            let (mut lucia, mut andres) = both(house, &pair).await;
            andres
                .post(&format!("{trip}/done"), &[("day", "2027-01-12"), ("time", "10:00"), ("minutes", "180")])
                .await
                .expect(303);
            let [expected, seen, practise] = ["esperaba", "vi", "voy a practicar"].map(|about| pen.writes(about));
            let form = [
                ("version", "0"),
                ("expected", expected.as_str()),
                ("seen", &seen),
                ("practise", &practise),
                ("visibility", "pair"),
            ];
            lucia.post(&format!("{trip}/debrief"), &form).await.expect(303);
        }
    }
    assert!(is_reviewed && months >= 10, "{months} months");

    // The close, half a year of rest, the follow-up, and the letter.
    days(house, 20).await;
    reviewed(house, &pair, &mut pen, "closure", [("reached", &[("contact", "yes")]), ("open", &[("contact", "yes")])])
        .await;
    let (mut lucia, _) = both(house, &pair).await;
    lucia.post(&format!("{}/close", review(&pair, "closure")), &[]).await.expect(303);
    days(house, 200).await;
    reviewed(house, &pair, &mut pen, "follow-up", [("stays", &[]), ("since", &[])]).await;
    let (mut lucia, _) = both(house, &pair).await;
    let letter = format!("/mentorships/{}/letter", pair.mentorship);
    lucia.post(&format!("{letter}/open"), &[]).await.expect(303);
    assert!(lucia.get(&letter).await.expect(200).says("querida yo de dentro de un año"));

    // Nobody else reads a word: not in the database, in what the server wrote, in mails, in what coordinators are given.
    house.work().await;
    assert!(pen.said.len() > 100, "{} sentences", pen.said.len());
    assert_eq!(found(&database(house).await, &pen.said), None);
    assert_eq!(found(&files(&house.app.config.data), &pen.said), None);
    let mut ana = house.browser_of(&pair.ana).await;
    for page in [
        "/".to_owned(),
        format!("/mentorships/{}", pair.mentorship),
        format!("/editions/{}/mentorships/export?form=csv", pair.edition),
        format!("/editions/{}/health", pair.edition),
        "/audit".to_owned(),
        "/audit/export?form=csv".to_owned(),
    ] {
        assert_eq!(found(&ana.get(&page).await.expect(200).body, &pen.said), None, "{page}");
    }
    let (subjects, invitations) = mails_of(house, &pair).await;
    assert_eq!(invitations, invited(&pair, &pen.agreed));
    for fate in [Fate::Moved, Fate::CalledOff] {
        assert_eq!(pen.agreed.iter().filter(|(_, became)| *became == fate).count(), 1, "{fate:?}");
    }
    let told: Vec<String> = subjects.iter().map(|(subject, count)| format!("{count:>3}  {subject}")).collect();
    insta::allow_duplicates! { insta::assert_snapshot!(format!("year_{}", track.code()), told.join("\n")) };
}

story!(a_year_in_a_company, async |house: &House| a_year(house, Track::Promotion).await);
story!(a_year_of_a_course, async |house: &House| a_year(house, Track::Degree).await);
