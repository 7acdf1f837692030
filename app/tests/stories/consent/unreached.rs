//! A question that never arrived is no question: its window does not run out, and the coordinator is told.

use jiff::SignedDuration;
use telemaco::app::App;
use telemaco::jobs;
use telemaco::programmes::Track;

use super::cast::Cast;
use super::{ACCEPT, at_proposal};
use crate::story;
use crate::support::{House, Manner, PostOffice};

/// The mail server is down for as long as a mail is tried.
async fn hours_of_refusal(house: &House, app: &App) {
    for _ in 0..24 {
        jobs::run_due(app).await.unwrap();
        house.pass(SignedDuration::from_hours(1));
    }
    jobs::run_due(app).await.unwrap();
}

story!(silence_of_a_mentor_who_was_not_written_to_is_no_answer, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    let (run, send) = (cast.run(house, &[(0, 0)]).await, cast.path("consent/send"));
    cast.browser.post(&send, &[("run", &run)]).await.expect(303);
    hours_of_refusal(house, &app).await;
    // Thursday midnight goes by.
    house.pass(SignedDuration::from_hours(24 * 5));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked");
    let overview = cast.overview().await;
    assert!(overview.contains("A una persona no se le pudo entregar la pregunta"), "{overview}");
    assert!(overview.contains("No se pudo escribir a quien") && overview.contains("Preguntar otra vez a una persona"));
    let unreached = cast.path("consent?state=unreached");
    assert!(cast.browser.get(&unreached).await.expect(200).says("Lucía Ibáñez"));
    let (mut andres, path) = at_proposal(house, &cast.mentors[0]).await;
    assert!(andres.get(&path).await.expect(200).says("Tu plazo empieza cuando te llegue el correo"));
    assert!(andres.get("/proposals").await.expect(200).says("Tienes una propuesta que contestar"));

    // The server is back; the coordinator asks again, and the window counts from that mail.
    *office.manner.lock().unwrap() = Manner::Takes;
    let remind = cast.path("consent/remind");
    cast.browser.post(&remind, &[]).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    assert_eq!(office.letters().len(), 1);
    let overview = cast.overview().await;
    assert!(!overview.contains("no se le pudo entregar") && overview.contains("Falta una respuesta"));
    assert!(!andres.get(&path).await.expect(200).says("Tu plazo empieza"));
    cast.browser.post(&remind, &[]).await.expect(303);
    assert_eq!(jobs::run_due(&app).await.unwrap(), 0, "nobody is asked twice at once");
    house.pass(SignedDuration::from_hours(24 * 5));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "declined", "now silence speaks");
});

story!(silence_of_a_mentee_who_was_not_written_to_is_no_yes, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    cast.propose(house, &[(0, 0)]).await;
    let (mut andres, path) = at_proposal(house, &cast.mentors[0]).await;
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    andres.post(&path, ACCEPT).await.expect(303);
    let told = andres.get(&path).await.text();
    hours_of_refusal(house, &app).await;
    house.pass(SignedDuration::from_hours(24 * 5));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentee-asked");
    assert_eq!(andres.get(&path).await.text(), told, "her mentor reads what he read before");
    cast.publish().await.expect(422);
    // The operator lets the mail begin anew: that asks her too, and her window is a whole one.
    *office.manner.lock().unwrap() = Manner::Takes;
    assert_eq!(jobs::retry_stuck(&house.app).await.unwrap(), 1);
    jobs::run_due(&app).await.unwrap();
    assert!(!cast.overview().await.contains("no se le pudo entregar"));
    house.pass(SignedDuration::from_hours(24));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentee-asked", "a day later she may still answer");
    house.pass(SignedDuration::from_hours(24 * 5));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "accepted");
});

story!(a_mail_that_goes_late_gives_the_whole_window, async |house: &House| {
    let mut cast = Cast::new(house, Track::Promotion, &["Lucía Ibáñez"], &["Andrés Güell"]).await;
    let (run, send) = (cast.run(house, &[(0, 0)]).await, cast.path("consent/send"));
    cast.browser.post(&send, &[("run", &run)]).await.expect(303);
    // No server works before Wednesday; from Monday on the last day would have been Thursday.
    house.pass(SignedDuration::from_hours(48));
    house.work().await;
    assert!(house.mail_to(&cast.mentors[0].address).await.unwrap().contains("18 de enero de 2027"));
    house.pass(SignedDuration::from_hours(24 * 3));
    house.work().await;
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentor-asked", "on Saturday");
    let link = house.link_to(&cast.mentors[0].address).await;
    house.stranger().post(&link, ACCEPT).await.expect(303);
    assert_eq!(cast.states(house).await["Lucía Ibáñez"], "mentee-asked");
});
