//! More wishes than seats over a whole edition: a thousand wishes for two hundred seats are shared out with their reasons in few statements,
//! and the same each time.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use telemaco::db::{Error, Row, Statement};
use telemaco::identity::{self, PersonId};
use telemaco::mentorships::{self, MentorshipId, NewMentorship};
use telemaco::people::model::Side;
use telemaco::{transaction, values};
use uuid::Uuid;

use crate::api::program;
use crate::consent::cast::enrol;
use crate::goals::framed;
use crate::loops;
use crate::observations::{another, secretary};
use crate::story;
use crate::support::{Client, House, Person, new_person};
use crate::vault::Pair;

/// So many mentees wish for two seats each.
const MENTEES: usize = 500;
/// So many sittings have wishes, with five seats each.
const WANTED: usize = 40;
/// And so many there are in all.
const SITTINGS: usize = 130;

static SITTING: Statement = Statement::new(
    "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, host_name, host_address, \
     chair_name, chair_address, opened_by, state, created_at, changed_at, version) \
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
    file!(),
    line!(),
);
static COMPETENCY: Statement = Statement::new(
    "INSERT INTO sitting_competencies (sitting, competency, organisation) VALUES ($1, $2, $3)",
    file!(),
    line!(),
);
/// A wish to which host and secretary have agreed already.
static WISH: Statement = Statement::new(
    "INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, host_answer, secretary_answer, conflict, \
     sequence, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    file!(),
    line!(),
);
static OUTCOME: Statement = Statement::new(
    "SELECT id, state, reason, had, wishes, places FROM seats WHERE shared_at IS NOT NULL ORDER BY id",
    file!(),
    line!(),
);

/// Five hundred more mentees of the same mentor.
async fn mentees(house: &House, pair: &Pair) -> Vec<(PersonId, MentorshipId)> {
    let new: Vec<_> = (0..MENTEES).map(|number| new_person(&format!("Mentee {number:03}"))).collect();
    let organisation = pair.ana.organisation;
    let added: Result<Vec<PersonId>, Error> =
        transaction!(house.app.db, tx => identity::add_person(&house.app, tx, organisation, &new).await);
    let added = added.unwrap();
    let people: Vec<Person> =
        added.iter().map(|id| Person { id: *id, organisation, address: String::new(), name: String::new() }).collect();
    enrol(house, &pair.ana, pair.edition, Side::Mentee, &people).await;
    let pairs: Vec<NewMentorship> =
        added.iter().map(|mentee| NewMentorship { mentee: *mentee, mentor: pair.andres.id }).collect();
    let begun: Result<Vec<MentorshipId>, Error> =
        transaction!(house.app.db, tx => mentorships::begin(&house.app, tx, organisation, pair.edition, &pairs).await);
    added.into_iter().zip(begun.unwrap()).collect()
}

/// The sittings, each a day after the other; every third shows another competency.
async fn sittings(house: &House, pair: &Pair, count: usize) -> Vec<Uuid> {
    let ids: Vec<Uuid> = (0..count).map(|_| house.app.id()).collect();
    let (now, organisation) = (house.app.now(), pair.ana.organisation);
    let row = |(number, id): (i64, &Uuid)| {
        let starts = now + SignedDuration::from_hours(24 * number);
        let ends = starts + SignedDuration::from_hours(1);
        let (zone, ana) = ("Europe/Madrid", pair.ana.id);
        values![
            *id,
            organisation,
            pair.edition,
            100 + number,
            "meeting",
            starts,
            ends,
            zone,
            "",
            "",
            5_i64,
            "",
            "",
            "",
            "",
            ana,
            "open",
            now,
            now,
            1_i64
        ]
    };
    let rows: Vec<_> = (1..).zip(&ids).map(row).collect();
    let competency = |(number, id): (usize, &Uuid)| {
        values![*id, if number % 3 == 0 { "negotiation" } else { "ethics" }, organisation]
    };
    let shows: Vec<_> = ids.iter().enumerate().map(competency).collect();
    let done: Result<u64, Error> = transaction!(house.app.db, tx => {
        tx.run_many(&SITTING, rows.clone()).await?;
        tx.run_many(&COMPETENCY, shows.clone()).await
    });
    done.unwrap();
    ids
}

async fn wish(house: &House, wishes: &[(Uuid, (PersonId, MentorshipId))], organisation: identity::OrganisationId) {
    let now = house.app.now();
    let row = |(place, (sitting, (mentee, mentorship))): (i64, &(Uuid, (PersonId, MentorshipId)))| {
        let asked_at = now + SignedDuration::from_millis(place);
        values![
            house.app.id(),
            organisation,
            *sitting,
            *mentorship,
            *mentee,
            *mentee,
            asked_at,
            "asked",
            "agreed",
            "agreed",
            "not-asked",
            0_i64,
            asked_at,
            1_i64
        ]
    };
    let rows: Vec<_> = (0..).zip(wishes).map(row).collect();
    let done: Result<u64, Error> = transaction!(house.app.db, tx => tx.run_many(&WISH, rows.clone()).await);
    assert_eq!(done.unwrap(), u64::try_from(wishes.len()).unwrap());
}

/// What became of each wish, and why.
async fn outcome(house: &House) -> BTreeMap<Uuid, (String, String, [i64; 3])> {
    let rows = house.app.db.rows(&OUTCOME, Vec::new()).await.unwrap();
    let read = |row: &Row| -> Result<_, Error> {
        let figures = [row.get("had")?, row.get("wishes")?, row.get("places")?];
        Ok((row.get("id")?, (row.get("state")?, row.get("reason")?, figures)))
    };
    rows.iter().map(|row| read(row).unwrap()).collect()
}

/// Shares out at the door, and says what it cost.
async fn shared(browser: &mut Client, pair: &Pair) -> u32 {
    browser.post(&format!("/editions/{}/sittings/share", pair.edition), &[]).await.expect(303).statements()
}

story!(a_thousand_wishes_for_two_hundred_seats, async |house: &House| {
    let pair = framed(house).await;
    let sol_vidal = secretary(house, &pair).await;
    let mut sol = house.browser_of(&sol_vidal).await;
    let organisation = pair.ana.organisation;
    let mentees = mentees(house, &pair).await;
    // What six wishes for five seats cost.
    let few = sittings(house, &pair, 1).await;
    let six: Vec<_> = mentees[..6].iter().map(|mentee| (few[0], *mentee)).collect();
    wish(house, &six, organisation).await;
    let cost = shared(&mut sol, &pair).await;
    assert!(cost <= 45, "{cost}");
    house.raw("DELETE FROM seat_standings; DELETE FROM seats; DELETE FROM sitting_competencies; DELETE FROM sittings; DELETE FROM notices;").await;
    // A thousand for two hundred cost the same, but for what tells so many people, several hundred with one statement.
    let all = sittings(house, &pair, SITTINGS).await;
    let wishes: Vec<_> = mentees
        .iter()
        .enumerate()
        .flat_map(|(place, mentee)| [(all[place % WANTED], *mentee), (all[(place * 7 + 1) % WANTED], *mentee)])
        .collect();
    assert_eq!(wishes.len(), 1000);
    wish(house, &wishes, organisation).await;
    let page = format!("/editions/{}/sittings", pair.edition);
    let seen = sol.get(&page).await.expect(200);
    assert!(seen.says(&format!("En {WANTED} sesiones hay más solicitudes que plazas")), "{}", seen.text());
    assert_eq!(seen.text().matches("<th scope=\"row\">").count(), 100, "a page of them");
    assert!(seen.statements() <= 12, "{}", seen.statements());
    let next = seen.text().split("?after=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let rest = sol.get(&format!("{page}?after={next}")).await.expect(200);
    assert_eq!(rest.text().matches("<th scope=\"row\">").count(), SITTINGS - 100);
    assert!(!rest.says("?after="));
    // What would be given is read page by page, with as few statements.
    let mut program = program(house, &sol_vidal).await;
    let would = program.get(&format!("/api/me{page}/share/wishes")).await.expect(200);
    assert!(would.statements() <= 14, "{}", would.statements());
    assert_eq!(would.json()["items"].as_array().unwrap().len(), 100);
    assert!(would.json()["next"].is_string());
    let whole = shared(&mut sol, &pair).await;
    assert!(whole <= cost + 20, "{whole} statements, and for six wishes {cost}");
    let first = outcome(house).await;
    assert_eq!(first.len(), wishes.len());
    let held = first.values().filter(|(state, ..)| state == "held").count();
    assert_eq!(held, WANTED * 5);
    assert!(first.values().all(|(state, ..)| ["held", "not-shared"].contains(&state.as_str())));
    assert!(sol.get(&page).await.expect(200).says("Hay sitio para todas las solicitudes"));
    // The same again, and nobody fares otherwise.
    house
        .raw(
            "UPDATE seats SET state = 'asked', shared_at = NULL, reason = NULL, had = NULL, still = NULL, wishes = NULL, places = NULL; \
             UPDATE sittings SET state = 'open';",
        )
        .await;
    shared(&mut sol, &pair).await;
    assert_eq!(outcome(house).await, first);
});

story!(what_was_called_off_shows_nothing_nor_what_one_did_not_come_to, async |house: &House| {
    let pair = framed(house).await;
    let sol = secretary(house, &pair).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let mut sol = house.browser_of(&sol).await;
    // Lucía held a seat where negotiation was shown: one was called off, and to the other she did not come. Eva has seen something else.
    let gone = loops::Plan { number: 3, begins_in: -50, state: "cancelled", ..loops::PLAN };
    loops::seat(house, &pair, gone).await;
    let absent = loops::seat(house, &pair, loops::Plan { number: 4, state: "held", ..gone }).await;
    let digest = if house.app.db.file().is_some() { "X'00'" } else { "'\\x00'" };
    let [chain, organisation] = [absent.sitting, pair.ana.organisation.0].map(|id| house.literal(id));
    let head = format!(
        "INSERT INTO record_heads (chain, organisation, entries, digest) VALUES ({chain}, {organisation}, 1, {digest})"
    );
    house.raw(&head).await;
    let Pair { ana, edition, mentorship, lucia, andres } = pair;
    let theirs = Pair { ana: ana.clone(), edition, mentorship: evas, lucia: eva.clone(), andres: andres.clone() };
    let pair = Pair { ana, edition, mentorship, lucia, andres };
    loops::seat(house, &theirs, loops::Plan { number: 5, competency: "ethics", state: "held", ..gone }).await;
    // One seat of a sitting that shows negotiation: both have still to see it, and Lucía asked first.
    let next = loops::sitting(house, &pair, loops::Plan { number: 6, ..loops::PLAN }).await;
    house.raw(&format!("UPDATE sittings SET seats = 1 WHERE id = {}", house.literal(next))).await;
    wish(house, &[(next, (pair.lucia.id, pair.mentorship)), (next, (eva.id, evas))], pair.ana.organisation).await;
    shared(&mut sol, &pair).await;
    let outcome = outcome(house).await;
    let reasons: Vec<&str> = outcome.values().map(|(_, reason, _)| reason.as_str()).collect();
    assert_eq!(reasons, ["earlier", "earlier"], "{outcome:?}");
    let mut lucia = house.browser_of(&pair.lucia).await;
    assert!(lucia.get(&format!("/sittings/{next}")).await.expect(200).says("Plaza concedida"));
});
