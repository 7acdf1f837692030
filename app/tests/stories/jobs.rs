//! Work after a change: tried again, given up, taken over, and done once.

use jiff::SignedDuration;
use telemaco::app::App;
use telemaco::i18n::Message;
use telemaco::identity::{self, Part};
use telemaco::jobs::{self, Backlog};
use telemaco::notices::Notice;
use telemaco::transaction;

use crate::story;
use crate::support::sheets::{confirm, settle, upload};
use crate::support::{House, Manner, Person, PostOffice};

/// Adds a job that mails somebody a link to sign in.
async fn ask(house: &House, address: &str) {
    house.stranger().post("/sign-in/link", &[("address", address)]).await.expect(200);
}

async fn backlog(app: &App) -> (i64, i64) {
    let Backlog { waiting, given_up, .. } = jobs::backlog(&app.db).await.unwrap();
    (waiting, given_up)
}

story!(a_mail_is_tried_again_with_growing_pauses, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    ask(house, &ana.address).await;
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    for pause in [5, 10, 20] {
        assert_eq!(jobs::run_due(&app).await.unwrap(), 0, "not yet");
        house.pass(SignedDuration::from_secs(pause - 1));
        assert_eq!(jobs::run_due(&app).await.unwrap(), 0, "not yet");
        house.pass(SignedDuration::from_secs(1));
        assert_eq!(jobs::run_due(&app).await.unwrap(), 1, "after {pause} seconds");
    }
    assert_eq!(backlog(&app).await, (1, 0));
    *office.manner.lock().unwrap() = Manner::Takes;
    house.pass(SignedDuration::from_secs(40));
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    assert_eq!(backlog(&app).await, (0, 0));
    assert_eq!(office.letters().len(), 1);
});

/// Passes this many hours, with a look at what is due in each, and says how much was run.
async fn hours(house: &House, app: &App, hours: usize) -> usize {
    let mut runs = 0;
    for _ in 0..hours {
        runs += jobs::run_due(app).await.unwrap();
        house.pass(SignedDuration::from_hours(1));
    }
    runs
}

async fn invite(app: &App, house: &House, by: &Person, whom: &Person) {
    let invited = identity::invite(app, &house.viewer(by).await, whom.id).await;
    invited.map_err(anyhow::Error::from).unwrap();
}

story!(a_mail_server_that_is_down_for_a_weekend_loses_no_invitation, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let operator = house.person(ana.organisation, "Olga Sanz", &[Part::Operator]).await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    let mut browser = house.browser_of(&operator).await;
    let well = browser.get("/system").await.expect(200).title();
    invite(&app, house, &ana, &luis).await;
    ask(house, &ana.address).await;
    // From Friday evening to Monday morning: a day's tries, and then one each day.
    assert_eq!(hours(house, &app, 64).await, 2 * (24 + 1));
    let standing = Backlog { waiting: 2, standing: 2, given_up: 0 };
    assert_eq!(jobs::backlog(&app.db).await.unwrap(), standing);
    assert_ne!(browser.get("/system").await.expect(200).title(), well, "the operator sees it");
    let stuck = jobs::stuck(&app.db).await.unwrap();
    assert!(stuck.len() == 2 && stuck.iter().all(|job| !job.is_given_up && !job.failure.is_empty()), "{stuck:?}");
    *office.manner.lock().unwrap() = Manner::Takes;
    hours(house, &app, 24).await;
    assert_eq!(backlog(&app).await, (0, 0));
    // Nobody waits any more for the link to sign in; for the invitation somebody does.
    let letters = office.letters();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].contains("luis.gil@example.org"));
    assert_eq!(browser.get("/system").await.expect(200).title(), well);
});

story!(an_operator_need_not_wait_for_the_next_day, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    invite(&app, house, &ana, &luis).await;
    hours(house, &app, 30).await;
    *office.manner.lock().unwrap() = Manner::Takes;
    assert_eq!(jobs::run_due(&app).await.unwrap(), 0);
    assert_eq!(jobs::retry_stuck(&app).await.unwrap(), 1);
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    assert_eq!((office.letters().len(), backlog(&app).await), (1, (0, 0)));
});

story!(a_mail_that_never_goes_is_given_up_after_a_fortnight, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    invite(&app, house, &ana, &luis).await;
    assert_eq!(hours(house, &app, 16 * 24).await, 24 + 14);
    assert_eq!(backlog(&app).await, (0, 1));
    // It is tried again where somebody has it tried.
    *office.manner.lock().unwrap() = Manner::Takes;
    assert_eq!(jobs::retry_stuck(&app).await.unwrap(), 1);
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    assert_eq!((office.letters().len(), backlog(&app).await), (1, (0, 0)));
});

/// Somebody is told at once, and whenever that is not decent the mail waits for the morning.
async fn told_at_once(house: &House, way: &str) -> (App, PostOffice) {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    house.browser_of(&ana).await.post("/notices/settings", &[("identity.unreachable", way)]).await.expect(303);
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    let text = Message::new("identity-notice-unreachable").with("name", "Marta Soler");
    let told = Notice::new(ana.organisation, ana.id, "identity.unreachable", text, "/people");
    crate::notices::tell(house, &[told]).await;
    (app, office)
}

// The nights in which nobody is written to forget nothing of how often it was tried.
story!(a_mail_that_waits_overnight_is_given_up_after_a_fortnight_too, async |house: &House| {
    let (app, office) = told_at_once(house, "at-once").await;
    hours(house, &app, 3 * 24).await;
    let standing = Backlog { waiting: 1, standing: 1, given_up: 0 };
    assert_eq!(jobs::backlog(&app.db).await.unwrap(), standing);
    hours(house, &app, 15 * 24).await;
    assert_eq!((office.asked(), backlog(&app).await), (24 + 14, (0, 1)));
});

story!(a_digest_that_waits_overnight_is_given_up_after_a_fortnight_too, async |house: &House| {
    let (app, office) = told_at_once(house, "daily").await;
    hours(house, &app, 20 * 24).await;
    // Once a day it is tried on working days alone.
    assert_eq!((office.asked(), backlog(&app).await), (24 + 11, (0, 1)));
});

story!(a_mail_that_is_refused_for_good_is_tried_once_a_day, async |house: &House| {
    let (app, office) = told_at_once(house, "at-once").await;
    *office.manner.lock().unwrap() = Manner::RefusesForGood;
    hours(house, &app, 24).await;
    let standing = Backlog { waiting: 1, standing: 1, given_up: 0 };
    assert_eq!((office.asked(), jobs::backlog(&app.db).await.unwrap()), (1, standing), "the operator sees it at once");
    assert!(jobs::stuck(&app.db).await.unwrap()[0].failure.contains("looks like spam"));
    hours(house, &app, 3 * 24).await;
    assert_eq!(office.asked(), 4);
    hours(house, &app, 12 * 24).await;
    assert_eq!((office.asked(), backlog(&app).await), (1 + 14, (0, 1)));
    // Where the gateway has learnt better, the operator has it tried again.
    *office.manner.lock().unwrap() = Manner::Takes;
    jobs::retry_stuck(&app).await.unwrap();
    hours(house, &app, 24).await;
    assert_eq!((office.letters().len(), backlog(&app).await), (1, (0, 0)));
});

story!(what_is_no_mail_is_tried_until_it_is_done, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    ask(house, &ana.address).await;
    // Nobody offers it, and nobody offers to hear that it was given up.
    house.raw("UPDATE jobs SET name = 'of-tomorrow.delivers'").await;
    assert_eq!(hours(house, &house.app, 40 * 24).await, 12 + 39);
    let standing = Backlog { waiting: 1, standing: 1, given_up: 0 };
    assert_eq!(jobs::backlog(&house.app.db).await.unwrap(), standing);
});

story!(a_job_that_nobody_offers_waits_for_who_does, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    ask(house, &ana.address).await;
    house.raw("UPDATE jobs SET name = 'of-tomorrow.mail-link'").await;
    assert_eq!(house.work().await, 1);
    assert_eq!(backlog(&house.app).await, (1, 0), "what this version does not know is kept");
    // A server of the version that knows it does it.
    house.raw("UPDATE jobs SET name = 'identity.mail-link'").await;
    house.pass(SignedDuration::from_secs(5));
    assert_eq!(house.work().await, 1);
    assert!(house.mail_to(&ana.address).await.is_some());
});

story!(a_job_that_takes_its_server_down_is_not_begun_for_ever, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let office = PostOffice::open(Manner::Sleeps).await;
    let app = house.set_up(|config| config.smtp = office.url());
    ask(house, &ana.address).await;
    let mut begun = 0;
    for _ in 0..45 {
        let dying = app.clone();
        let dying = tokio::spawn(async move { jobs::run_due(&dying).await });
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        begun += usize::from(!dying.is_finished());
        dying.abort();
        house.pass(SignedDuration::from_secs(16));
        if backlog(&app).await == (0, 1) {
            break;
        }
    }
    assert_eq!((begun, backlog(&app).await), (36, (0, 1)));
    let given_up = jobs::stuck(&app.db).await.unwrap();
    assert_eq!(given_up.len(), 1);
    assert!(given_up[0].name == "identity.mail-link" && given_up[0].failure.contains("last try"), "{given_up:?}");
    // The operator lets it begin anew, with another post office.
    assert_eq!(jobs::retry_stuck(&house.app).await.unwrap(), 1);
    assert_eq!(house.work().await, 1);
    assert!(house.mail_to(&ana.address).await.is_some());
    // Or forgets it.
    ask(house, &ana.address).await;
    house.raw("UPDATE jobs SET failed_at = 1").await;
    assert_eq!(jobs::forget_stuck(&house.app).await.unwrap(), 1);
    assert_eq!(backlog(&house.app).await, (0, 0));
});

story!(a_slow_mail_server_holds_back_no_other_work, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let office = PostOffice::open(Manner::Sleeps).await;
    let app = house.set_up(|config| config.smtp = office.url());
    let mut browser = house.browser_of(&ana).await;
    let sheet = "Name,Email\nNia Ruiz,nia@example.org\n";
    let import = upload(&mut browser, &[("mentors", "people.csv", sheet.as_bytes())]).await;
    settle(&mut browser, &import, &[]).await.expect(303);
    for _ in 0..3 {
        ask(house, &ana.address).await;
    }
    let worker = tokio::spawn(jobs::run(app.clone()));
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    confirm(&mut browser, &import).await.expect(303);
    let mut is_done = false;
    for _ in 0..60 {
        is_done = browser.get(&import).await.expect(200).says("Altas: 1.");
        if is_done {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    // It is done a moment before its job is gone.
    for _ in 0..60 {
        if backlog(&app).await.0 == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    worker.abort();
    assert!(is_done, "the import is done while mails wait");
    assert_eq!(backlog(&app).await.0, 3, "and they wait still");
});

story!(a_job_is_there_only_if_the_change_is, async |house: &House| {
    let undone: Result<(), anyhow::Error> = transaction!(house.app.db, tx => {
        jobs::add(&house.app, tx, None, "identity.mail-link", &serde_json::Value::Null).await?;
        Err(anyhow::anyhow!("the change did not happen"))
    });
    undone.unwrap_err();
    assert_eq!(backlog(&house.app).await, (0, 0));
});

story!(two_workers_share_the_work_and_do_each_job_once, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut addresses = Vec::new();
    for number in 0..20 {
        let person = house.person(ana.organisation, &format!("Persona {number}"), &[Part::Mentee]).await;
        ask(house, &person.address).await;
        addresses.push(person.address);
    }
    let second = house.second_server().await;
    let (one, two) = tokio::join!(jobs::run_due(&house.app), jobs::run_due(&second));
    assert_eq!(one.unwrap() + two.unwrap(), 20);
    assert_eq!(backlog(&house.app).await, (0, 0));
    for address in addresses {
        assert_eq!(house.links_to(&address).await.len(), 1, "{address}");
    }
    second.db.close().await;
});

story!(a_server_that_dies_leaves_its_job_to_another, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let office = PostOffice::open(Manner::Sleeps).await;
    let app = house.set_up(|config| config.smtp = office.url());
    ask(house, &ana.address).await;
    let dying = app.clone();
    let dying = tokio::spawn(async move { jobs::run_due(&dying).await });
    // While the first one is at it, nobody else takes the job.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(house.work().await, 0);
    // Long work gives signs of life, every four seconds, and stays claimed beyond the fifteen of the claim.
    house.pass(SignedDuration::from_secs(10));
    tokio::time::sleep(std::time::Duration::from_millis(4500)).await;
    house.pass(SignedDuration::from_secs(10));
    assert_eq!(house.work().await, 0, "it is alive");
    dying.abort();
    assert_eq!(house.work().await, 0, "it may still be alive");
    house.pass(SignedDuration::from_secs(16));
    assert_eq!(house.work().await, 1);
    assert!(house.mail_to(&ana.address).await.is_some());
});

story!(the_servers_own_worker_wakes_at_once, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let worker = tokio::spawn(jobs::run(house.app.clone()));
    ask(house, &ana.address).await;
    for _ in 0..100 {
        if house.mail_to(&ana.address).await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    worker.abort();
    assert!(house.mail_to(&ana.address).await.is_some());
});
