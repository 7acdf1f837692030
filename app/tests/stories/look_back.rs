//! The look back at observations: what cannot be written of one keeps no other waiting, and what was written of a seat that is no more, or of
//! a sitting that was called off, is gone.

use jiff::{SignedDuration, Timestamp};

use crate::goals::framed;
use crate::loops::{PLAN, PREDICT, PREPARE, Plan, Seat, held, seat, send_form, signed, to_the_debrief};
use crate::observations::another;
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::Pair;

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
    assert_eq!(house.count("predictions").await, 0, "they are destroyed on their day");
    // Both are asked, once.
    for person in [&pair.lucia, &eva] {
        let mut browser = house.browser_of(person).await;
        let told = browser.get("/notices").await.expect(200).text();
        assert!(told.contains("ha terminado"), "{told}");
    }
    assert_eq!(house.count("loops WHERE asked_at IS NULL AND destroyed_at IS NULL").await, 0);
    house.pass(SignedDuration::from_hours(2));
    house.work().await;
});

story!(what_fails_of_one_is_tried_again_and_stops_no_other, async |house: &House| {
    let pair = framed(house).await;
    let first = seat(house, &pair, PLAN).await;
    let second = seat(house, &pair, Plan { number: 15, begins_in: 26, ..PLAN }).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    predicts(&mut lucia, &second).await;
    for seat in [&first, &second] {
        held(house, seat).await;
    }
    // Nothing in a plan may last so long: of the first, nothing can be written.
    let longer = |days: i64| {
        let micros = days * 24 * 3_600_000_000;
        format!("UPDATE sittings SET starts_at = starts_at - {micros} WHERE id = {}", house.literal(first.sitting))
    };
    house.raw(&longer(9)).await;
    house.pass(SignedDuration::from_hours(29));
    house.work().await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let told = lucia.get("/notices").await.expect(200);
    assert!(told.says("La sesión 15 ha terminado") && !told.says("La sesión 14 ha terminado"), "{}", told.text());
    house.raw(&longer(-9)).await;
    house.pass(SignedDuration::from_hours(1));
    house.work().await;
    assert!(lucia.get("/notices").await.expect(200).says("La sesión 14 ha terminado"));
});

story!(a_look_goes_through_all_of_them, async |house: &House| {
    let pair = framed(house).await;
    let one = seat(house, &pair, PLAN).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    predicts(&mut lucia, &one).await;
    // More than are looked at in one go, all over at once; the pair has ended, so that nobody is told.
    let old = house.literal(one.sitting);
    let [organisation, mentorship, lucia] =
        [pair.ana.organisation.0, pair.mentorship.0, pair.lucia.id.0].map(|id| house.literal(id));
    let more = |number: i64| {
        let [sitting, seat] = [house.app.id(), house.app.id()].map(|id| house.literal(id));
        format!(
            "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, \
             host_name, host_address, chair_name, chair_address, opened_by, state, created_at, changed_at, version) \
             SELECT {sitting}, organisation, edition, {number}, kind, starts_at, ends_at, zone, '', '', 1, '', '', '', '', \
             opened_by, 'held', 0, 0, 1 FROM sittings WHERE id = {old}; \
             INSERT INTO seats (id, organisation, sitting, mentorship, observer, asked_by, asked_at, state, conflict, sequence, \
             changed_at, version) VALUES ({seat}, {organisation}, {sitting}, {mentorship}, {lucia}, {lucia}, 0, 'held', 'none', 0, \
             0, 1); "
        )
    };
    let rows: Vec<String> = (100..301).map(more).collect();
    house.raw(&rows.concat()).await;
    house.raw("UPDATE mentorships SET ended_at = 1").await;
    house.pass(SignedDuration::from_hours(27));
    house.work().await;
    assert_eq!(house.count("loops WHERE asked_at IS NOT NULL").await, 201);
});

/// What the migration of this release changes in rows that are there already.
fn changes() -> String {
    let text = include_str!("../../migrations/0041_rooms.sql");
    let text: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let text = text.join("\n");
    let changes = text.split(';').filter(|statement| {
        let statement = statement.trim_start();
        statement.starts_with("UPDATE") || statement.starts_with("DELETE")
    });
    changes.collect::<Vec<_>>().join(";")
}

story!(what_was_left_of_sittings_that_were_called_off_is_put_right, async |house: &House| {
    let pair = framed(house).await;
    let off = seat(house, &pair, PLAN).await;
    to_the_debrief(house, &pair, &off).await;
    // It could be called off after somebody had written of it.
    house.raw(&format!("UPDATE sittings SET state = 'cancelled' WHERE id = {}", house.literal(off.sitting))).await;
    assert_eq!(house.count("activity_debriefs").await, 1);
    // Three seats with one activity, which was done at the second of their sittings.
    let [earlier, done, later] =
        [(15, -60), (16, 24), (17, 48)].map(|(number, begins_in)| Plan { number, begins_in, ..PLAN });
    let (earlier, done, later) =
        (seat(house, &pair, earlier).await, seat(house, &pair, done).await, seat(house, &pair, later).await);
    held(house, &done).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    predicts(&mut lucia, &later).await;
    house.pass(SignedDuration::from_hours(27));
    house.work().await;
    let [of_earlier, of_done, of_later] = [&earlier, &done, &later].map(|seat| house.literal(seat.id));
    let shares = format!(
        "UPDATE seats SET activity = (SELECT activity FROM seats WHERE id = {of_done}) WHERE id IN ({of_earlier}, {of_later})"
    );
    house.raw(&shares).await;
    house.raw(&changes()).await;
    assert_eq!(house.count("activity_debriefs").await, 0);
    assert_eq!(house.count("activities WHERE debriefed_at IS NOT NULL AND debrief_closed_at IS NOT NULL").await, 1);
    let with = format!("seats WHERE activity IS NOT NULL AND id IN ({of_earlier}, {of_done}, {of_later})");
    assert_eq!(house.count(&with).await, 1);
    assert_eq!(house.count(&format!("seats WHERE activity IS NOT NULL AND id = {of_done}")).await, 1);
});

story!(what_was_predicted_goes_with_the_seat_and_with_the_sitting, async |house: &House| {
    let pair = framed(house).await;
    let (given, called_off) = (seat(house, &pair, PLAN).await, seat(house, &pair, Plan { number: 15, ..PLAN }).await);
    let mut lucia = house.browser_of(&pair.lucia).await;
    for seat in [&given, &called_off] {
        predicts(&mut lucia, seat).await;
    }
    assert_eq!((house.count("predictions").await, house.count("loops").await), (2, 2));
    let page = lucia.get(&format!("/sittings/{}", given.sitting)).await.expect(200);
    assert!(page.says("se borran con la plaza"), "{}", page.text());
    lucia.post(&format!("/sittings/{}/seats/{}/withdraw", given.sitting, given.id), &[]).await.expect(303);
    assert_eq!((house.count("predictions").await, house.count("loops").await), (1, 1));
    // Called off, it goes too.
    let mut ana = house.browser_of(&pair.ana).await;
    let path = format!("/sittings/{}", called_off.sitting);
    let version = fields(&ana.get(&path).await.expect(200).text())["version"].clone();
    ana.post(&format!("{path}/cancel"), &[("version", &version)]).await.expect(303);
    assert_eq!((house.count("predictions").await, house.count("loops").await), (0, 0));
    // Whoever asks again begins anew.
    let again = format!("/sittings/{}/seats/new/{}", given.sitting, pair.mentorship);
    lucia.post(&again, &[]).await.expect(303);
    house.raw("UPDATE seats SET state = 'held' WHERE state = 'asked'").await;
    predicts(&mut lucia, &given).await;
    // Of what somebody has written a debrief it is not said that it never was.
    house.pass(SignedDuration::from_hours(27));
    crate::loops::held(house, &given).await;
    let mut lucia = house.browser_of(&pair.lucia).await;
    let saw = [("through-0", "Esperaron"), ("came-0", "yes"), ("practise", "Esperar")];
    send_form(&mut lucia, &given, crate::loops::DEBRIEF, &saw, 303).await;
    house.raw("UPDATE sittings SET state = 'open' WHERE state = 'held'").await;
    let mut ana = house.browser_of(&pair.ana).await;
    let path = format!("/sittings/{}", given.sitting);
    let version = fields(&ana.get(&path).await.expect(200).text())["version"].clone();
    let refused = ana.post(&format!("{path}/cancel"), &[("version", &version)]).await.expect(422);
    assert!(refused.says("ha escrito ya su análisis"), "{}", refused.text());
});
