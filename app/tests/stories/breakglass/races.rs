//! Two at once: of two answers one holds, and a pair is told once.

use telemaco::jobs;

use super::{Stage, WHY, asked, both, opened};
use crate::story;
use crate::support::House;

story!(of_two_answers_at_once_one_holds, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    let (mut one, mut other) = (house.browser_of(&stage.luis).await, house.browser_of(&stage.luis).await);
    for act in ["confirm", "refuse"] {
        let opening = asked(house, &stage, &[]).await;
        let (confirm, act) = (format!("{opening}/confirm"), format!("{opening}/{act}"));
        let (first, second) = tokio::join!(one.post(&confirm, &[]), other.post(&act, &[]));
        let mut answers = [first.status.as_u16(), second.status.as_u16()];
        answers.sort_unstable();
        assert_eq!(answers, [303, 409], "{act}");
        let words = one.get(&format!("{opening}/words")).await.status.as_u16();
        let is_open = first.status == 303 || act.ends_with("confirm");
        assert_eq!(words, if is_open { 200 } else { 404 });
        ana.post(&format!("{opening}/close"), &[]).await;
    }
    // Whoever asked takes it back while the other confirms it.
    let opening = asked(house, &stage, &[]).await;
    let (confirm, close) = (format!("{opening}/confirm"), format!("{opening}/close"));
    let (confirmed, closed) = tokio::join!(one.post(&confirm, &[]), ana.post(&close, &[]));
    assert_eq!(closed.status, 303, "taken back, or closed at once");
    assert!([303, 409].contains(&confirmed.status.as_u16()), "{}", confirmed.status);
    one.get(&format!("{opening}/words")).await.expect(404);
});

story!(a_pair_is_told_once_whoever_tells_it, async |house: &House| {
    let stage = Stage::agreed(house).await;
    let hold = [("hold", "yes"), ("until", "2027-01-12"), ("why", WHY)];
    let opening = opened(house, &stage, &hold).await;
    house.pass(jiff::SignedDuration::from_hours(24));
    // Two servers come to the job on its day, while one of the two brings the day forward.
    let mut luis = house.browser_of(&stage.luis).await;
    let (sooner, today) = (format!("{opening}/sooner"), [("until", "2027-01-12")]);
    let (here, there) = (house.app.clone(), house.app.clone());
    let (one, two, late) = tokio::join!(jobs::run_due(&here), jobs::run_due(&there), luis.post(&sooner, &today));
    assert!(one.unwrap() + two.unwrap() >= 1);
    assert_eq!(late.status, 422, "the day has come");
    house.work().await;
    // And of one that is brought forward to today by both at once.
    let hold = [("hold", "yes"), ("until", "2027-02-01"), ("why", WHY)];
    let opening = opened(house, &stage, &hold).await;
    let mut ana = house.browser_of(&stage.pair.ana).await;
    let sooner = format!("{opening}/sooner");
    let (one, two) = tokio::join!(luis.post(&sooner, &today), ana.post(&sooner, &today));
    let mut answers = [one.status.as_u16(), two.status.as_u16()];
    answers.sort_unstable();
    assert_eq!(answers, [303, 422]);
    house.work().await;
    let (mut lucia, mut andres) = both(house, &stage).await;
    for browser in [&mut lucia, &mut andres] {
        let notices = browser.get("/notices").await.expect(200);
        assert_eq!(notices.text().matches("han abierto lo que").count(), 2, "{}", notices.text());
    }
    // While it waits, what is said of the day is true.
    let hold = [("hold", "yes"), ("until", "2027-01-20"), ("why", WHY)];
    let waits = asked(house, &stage, &hold).await;
    assert!(luis.get(&waits).await.expect(200).says("se avisa en cuanto se confirme"));
    luis.post(&format!("{waits}/sooner"), &today).await.expect(303);
    let page = luis.get(&waits).await.expect(200);
    assert!(page.says("en cuanto se confirme") && !page.says("Avisar antes a la pareja"), "{}", page.text());
    lucia.get(&waits).await.expect(404);
});
