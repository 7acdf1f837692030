//! The look back at observations: what cannot be written of one keeps no other waiting, and what was written of a seat that is no more, or of
//! a sitting that was called off, is gone.

use jiff::{SignedDuration, Timestamp};
use telemaco::db::Statement;

use crate::goals::framed;
use crate::loops::{PLAN, PREDICT, PREPARE, Plan, Seat, held, seat, send_form, signed};
use crate::observations::another;
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::Pair;

async fn count(house: &House, table: &str) -> i64 {
    let statement = format!("SELECT count(*) AS rows_there FROM {table}");
    let statement: &'static Statement = Box::leak(Box::new(Statement::new(statement.leak(), file!(), line!())));
    house.app.db.row(statement, Vec::new()).await.unwrap().unwrap().get("rows_there").unwrap()
}

async fn predicts(browser: &mut Client, seat: &Seat) {
    send_form(browser, seat, PREPARE, &[("lens", "anchors"), ("competency", "negotiation")], 303).await;
    send_form(browser, seat, PREDICT, &[("what-0", "Ceden en el plazo"), ("percent-0", "70")], 303).await;
}

story!(what_cannot_be_written_of_one_keeps_no_other_waiting, async |house: &House| {
    let pair = framed(house).await;
    let (eva, evas) = another(house, &pair, "Eva Ruiz").await;
    let Pair { ana, edition, mentorship, lucia, andres } = pair;
    let theirs = Pair { ana: ana.clone(), edition, mentorship: evas, lucia: eva.clone(), andres: andres.clone() };
    let pair = Pair { ana, edition, mentorship, lucia, andres };
    // Lucía's plan has no room for one more activity, and she observes without one.
    let mut browser = house.browser_of(&pair.andres).await;
    let mut full = vec![("version".to_owned(), "0".to_owned()), ("rows".to_owned(), "100".to_owned())];
    for row in 0..100 {
        for (name, value) in [("what", "Leer"), ("on", "2027-01-15"), ("kind", "meeting-observation")] {
            full.push((format!("{name}-{row}"), value.to_owned()));
        }
    }
    let full: Vec<(&str, &str)> = full.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(&format!("/mentorships/{}/plan/edit", pair.mentorship), &full).await.expect(303);
    let first = seat(house, &pair, PLAN).await;
    let second = seat(house, &theirs, Plan { number: 15, begins_in: 25, ..PLAN }).await;
    // Notes of Eva's that have to go on the day after.
    let third = seat(house, &theirs, Plan { number: 16, begins_in: 26, ..PLAN }).await;
    let now: Timestamp = house.app.now();
    let until = now.to_zoned_datetime(jiff::tz::TimeZone::UTC).date().saturating_add(jiff::Span::new().days(2));
    let mut hers = house.browser_of(&eva).await;
    predicts(&mut hers, &third).await;
    signed(house, &theirs, &third, until).await;
    for seat in [&first, &second, &third] {
        held(house, seat).await;
    }
    house.pass(SignedDuration::from_hours(2 * 24));
    house.work().await;
    assert_eq!(count(house, "predictions").await, 0, "they are destroyed on their day");
    // Both are asked, once.
    for person in [&pair.lucia, &eva] {
        let mut browser = house.browser_of(person).await;
        let told = browser.get("/notices").await.expect(200).text();
        assert!(told.contains("ha terminado"), "{told}");
    }
    assert_eq!(count(house, "loops WHERE asked_at IS NULL AND destroyed_at IS NULL").await, 0);
    house.pass(SignedDuration::from_hours(2));
    house.work().await;
});

story!(what_was_predicted_goes_with_the_seat_and_with_the_sitting, async |house: &House| {
    let pair = framed(house).await;
    let (given, called_off) = (seat(house, &pair, PLAN).await, seat(house, &pair, Plan { number: 15, ..PLAN }).await);
    let mut lucia = house.browser_of(&pair.lucia).await;
    for seat in [&given, &called_off] {
        predicts(&mut lucia, seat).await;
    }
    assert_eq!((count(house, "predictions").await, count(house, "loops").await), (2, 2));
    let page = lucia.get(&format!("/sittings/{}", given.sitting)).await.expect(200);
    assert!(page.says("se borran con la plaza"), "{}", page.text());
    lucia.post(&format!("/sittings/{}/seats/{}/withdraw", given.sitting, given.id), &[]).await.expect(303);
    assert_eq!((count(house, "predictions").await, count(house, "loops").await), (1, 1));
    // Called off, it goes too.
    let mut ana = house.browser_of(&pair.ana).await;
    let path = format!("/sittings/{}", called_off.sitting);
    let version = fields(&ana.get(&path).await.expect(200).text())["version"].clone();
    ana.post(&format!("{path}/cancel"), &[("version", &version)]).await.expect(303);
    assert_eq!((count(house, "predictions").await, count(house, "loops").await), (0, 0));
    // Whoever asks again begins anew.
    let again = format!("/sittings/{}/seats/new/{}", given.sitting, pair.mentorship);
    lucia.post(&again, &[]).await.expect(303);
    house.raw("UPDATE seats SET state = 'held' WHERE state = 'asked'").await;
    predicts(&mut lucia, &given).await;
    // Of what somebody has written a debrief it is not said that it never was.
    house.pass(SignedDuration::from_hours(27));
    house.raw("UPDATE sittings SET state = 'open' WHERE state = 'held'").await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let saw = [("through-0", "Esperaron"), ("came-0", "yes"), ("practise", "Esperar")];
    send_form(&mut lucia, &given, crate::loops::DEBRIEF, &saw, 303).await;
    let mut ana = house.browser_of(&pair.ana).await;
    let path = format!("/sittings/{}", given.sitting);
    let version = fields(&ana.get(&path).await.expect(200).text())["version"].clone();
    let refused = ana.post(&format!("{path}/cancel"), &[("version", &version)]).await.expect(422);
    assert!(refused.says("ha escrito ya su análisis"), "{}", refused.text());
});
