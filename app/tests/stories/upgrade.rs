//! What was written before it was reminded of is looked at once, after the upgrade: of today and later somebody is told as if it had been
//! written since, of what is past nobody, and nothing twice.

use jiff::SignedDuration;

use crate::goals;
use crate::meetings::{agreed, let_it_pass};
use crate::story;
use crate::support::form::fields;
use crate::support::{Client, House};
use crate::vault::Pair;

const UPGRADE: i64 = 53;
const DAY: SignedDuration = SignedDuration::from_hours(24);

const JOBS: &str =
    "jobs WHERE name IN ('meetings.promise-day', 'goals.due-day', 'activities.day-gone', 'reviews.deliver')";

/// How often it was told of promises, goals and what was planned.
async fn told(house: &House) -> [i64; 3] {
    let mut counts = [0; 3];
    for (count, kind) in counts.iter_mut().zip(["meetings.promised", "goals.due", "activities.waits"]) {
        *count = house.count(&format!("notices WHERE kind = '{kind}'")).await;
    }
    counts
}

async fn work(house: &House) {
    while house.work().await > 0 {}
}

story!(what_was_written_before_an_upgrade_is_reminded_of_after_it, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let home = format!("/mentorships/{}", pair.mentorship);
    let_it_pass(house, &pair).await;
    let today = jiff::tz::TimeZone::get("Europe/Madrid").unwrap().to_datetime(house.app.now()).date();
    let day = |days: i64| today.saturating_add(jiff::Span::new().days(days)).to_string();
    // Of each a past one, one of today and one to come; what was planned for yesterday is asked about today.
    for due in [day(-3), day(0), day(5)] {
        let form = [("promise", "Llamar a compras"), ("who", "me"), ("due", due.as_str())];
        lucia.post(&format!("/meetings/{id}/promises"), &form).await.expect(303);
        let form =
            [("statement", "Negociar sola"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
        goals::add(&mut lucia, &pair, &[&form[..], &[("due", due.as_str())]].concat()).await;
    }
    let [past, yesterday, later] = [day(-3), day(-1), day(5)];
    let plan = [
        ("version", "0"),
        ("rows", "3"),
        ("what-0", "Visita al puerto"),
        ("on-0", &past),
        ("kind-0", "field-trip"),
        ("what-1", "Visita al banco"),
        ("on-1", &yesterday),
        ("kind-1", "field-trip"),
        ("what-2", "Visita al taller"),
        ("on-2", &later),
        ("kind-2", "field-trip"),
    ];
    andres.post(&format!("{home}/plan/edit"), &plan).await.expect(303);
    lucia.post(&format!("{home}/letter"), &[("letter", "Querida yo")]).await.expect(303);
    work(house).await;
    assert_eq!(told(house).await, [0; 3], "nobody is told of a day that has begun when it is written");
    // What was written since has its jobs: the look adds what there was no job for, and to those none.
    let before = house.count(JOBS).await;
    assert_eq!(before, 4);
    house.upgrade_again(UPGRADE).await;
    work(house).await;
    assert_eq!(house.count(JOBS).await, before);
    assert_eq!(told(house).await, [1, 1, 2], "of today, and of yesterday's visit both");
    // As in a database of before: there is no job, and nobody has been told.
    house.raw("DELETE FROM jobs").await;
    house.raw("DELETE FROM notices").await;
    house.upgrade_again(UPGRADE).await;
    work(house).await;
    assert_eq!(
        (house.count(JOBS).await, told(house).await),
        (before, [1, 1, 2]),
        "of today, and of nothing that is past"
    );
    for _ in 0..6 {
        house.pass(DAY);
        work(house).await;
    }
    assert_eq!(told(house).await, [2, 2, 4]);
    house.upgrade_again(UPGRADE).await;
    for _ in 0..3 {
        house.pass(DAY);
        work(house).await;
    }
    assert_eq!(told(house).await, [2, 2, 4], "and of nothing twice");
});

/// One of each, of a day to come: a promise, a goal and an activity, by their paths.
async fn one_of_each(pair: &Pair, [lucia, andres]: [&mut Client; 2], (id, day): (&str, &str)) -> [String; 3] {
    let home = format!("/mentorships/{}", pair.mentorship);
    let form = [("promise", "Llamar a compras"), ("who", "me"), ("due", day)];
    lucia.post(&format!("/meetings/{id}/promises"), &form).await.expect(303);
    let page = lucia.get(&format!("{home}/meetings")).await.expect(200).text();
    let promise = page.split(&format!("{home}/promises/")).nth(1).unwrap().split('"').next().unwrap();
    let form = [("statement", "Negociar sola"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    let goal = goals::add(lucia, pair, &[&form[..], &[("due", day)]].concat()).await;
    let plan = [("version", "0"), ("rows", "1"), ("what-0", "Visita"), ("on-0", day), ("kind-0", "field-trip")];
    andres.post(&format!("{home}/plan/edit"), &plan).await.expect(303);
    let list = andres.get(&format!("{home}/plan")).await.expect(200).text();
    let visit = list.split_once("\">Visita</a>").unwrap().0.rsplit("href=\"").next().unwrap().to_owned();
    [format!("{home}/promises/{promise}"), goal, visit]
}

fn in_days(house: &House, days: i64) -> String {
    jiff::tz::TimeZone::UTC.to_datetime(house.app.now() + DAY * i32::try_from(days).unwrap()).date().to_string()
}

story!(what_was_settled_before_an_upgrade_and_is_open_again_is_reminded_of, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let_it_pass(house, &pair).await;
    let day = in_days(house, 5);
    let [promise, goal, visit] = one_of_each(&pair, [&mut lucia, &mut andres], (&id, &day)).await;
    let seen = fields(&lucia.get(&goal).await.expect(200).text())["version"].clone();
    lucia.post(&promise, &[("do", "keep")]).await.expect(303);
    lucia.post(&format!("{goal}/settle"), &[("version", &seen), ("outcome", "reached")]).await.expect(303);
    andres.post(&format!("{visit}/let-go"), &[("reason", "No hace falta")]).await.expect(303);
    house.raw("DELETE FROM jobs").await;
    house.upgrade_again(UPGRADE).await;
    work(house).await;
    house.pass(DAY);
    work(house).await;
    let (mut lucia, mut andres) = (house.browser_of(&pair.lucia).await, house.browser_of(&pair.andres).await);
    let seen = fields(&lucia.get(&goal).await.expect(200).text())["version"].clone();
    lucia.post(&promise, &[("do", "open")]).await.expect(303);
    lucia.post(&format!("{goal}/reopen"), &[("version", &seen)]).await.expect(303);
    andres.post(&format!("{visit}/reopen"), &[]).await.expect(303);
    for _ in 0..5 {
        house.pass(DAY);
        work(house).await;
    }
    assert_eq!(told(house).await, [1, 1, 2]);
});

story!(what_waits_of_a_pair_waits_no_longer_once_it_has_ended, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let_it_pass(house, &pair).await;
    for kind in ["meetings.promised", "goals.due"] {
        lucia.post("/notices/settings", &[(kind, "weekly")]).await.expect(303);
    }
    andres.post("/notices/settings", &[("activities.waits", "weekly")]).await.expect(303);
    let day = in_days(house, 1);
    one_of_each(&pair, [&mut lucia, &mut andres], (&id, &day)).await;
    for _ in 0..2 {
        house.pass(DAY);
        work(house).await;
    }
    assert_eq!(told(house).await, [1, 1, 2]);
    let mut lucia = house.browser_of(&pair.lucia).await;
    lucia.post(&format!("/mentorships/{}/end", pair.mentorship), &[("version", "1")]).await.expect(303);
    let kinds = "kind IN ('meetings.promised', 'goals.due', 'activities.waits', 'goals.asked', 'health.clock')";
    assert_eq!(house.count(&format!("notices WHERE read_at IS NULL AND {kinds}")).await, 0);
    assert_eq!(
        house.count("notices WHERE read_at IS NULL AND kind = 'mentorships.ended'").await,
        2,
        "that it has, they read"
    );
});

story!(what_was_written_before_an_upgrade_is_looked_at_to_the_last, async |house: &House| {
    let (pair, mut lucia, _, _) = agreed(house).await;
    let form = [("statement", "Negociar sola"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    let day = in_days(house, 5);
    goals::add(&mut lucia, &pair, &[&form[..], &[("due", day.as_str())]].concat()).await;
    // As many more as fill two parts and begin a third.
    let id = match house.app.db.engine() {
        telemaco::db::Engine::Sqlite => "randomblob(16)",
        telemaco::db::Engine::Postgres => "gen_random_uuid()",
    };
    let same = "organisation, mentorship, owner, author, visibility, kind, term, for_objective, words, due, created_at, \
                changed_at, version";
    let numbers = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 450)";
    house.raw(&format!("INSERT INTO goals (id, {same}) {numbers} SELECT {id}, {same} FROM goals, numbers")).await;
    house.raw("DELETE FROM jobs").await;
    house.upgrade_again(UPGRADE).await;
    work(house).await;
    assert_eq!(house.count("goals").await, 451);
    assert_eq!(house.count("jobs WHERE name = 'goals.due-day'").await, 451);
});

story!(of_what_is_over_nobody_is_told_after_an_upgrade, async |house: &House| {
    let (pair, mut lucia, mut andres, id) = agreed(house).await;
    let home = format!("/mentorships/{}", pair.mentorship);
    let_it_pass(house, &pair).await;
    let later = jiff::tz::TimeZone::UTC.to_datetime(house.app.now() + DAY * 5).date().to_string();
    let form = [("promise", "Llamar a compras"), ("who", "me"), ("due", later.as_str())];
    lucia.post(&format!("/meetings/{id}/promises"), &form).await.expect(303);
    let form = [("statement", "Negociar sola"), ("kind", "professional"), ("term", "short"), ("visibility", "pair")];
    goals::add(&mut lucia, &pair, &[&form[..], &[("due", later.as_str())]].concat()).await;
    let plan =
        [("version", "0"), ("rows", "1"), ("what-0", "Visita"), ("on-0", later.as_str()), ("kind-0", "field-trip")];
    andres.post(&format!("{home}/plan/edit"), &plan).await.expect(303);
    lucia.post(&format!("{home}/end"), &[("version", "1")]).await.expect(303);
    work(house).await;
    house.raw("DELETE FROM jobs").await;
    house.upgrade_again(UPGRADE).await;
    work(house).await;
    assert_eq!(house.count(JOBS).await, 0);
});
