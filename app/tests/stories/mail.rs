//! Mails as they go out, and what is said of them.

use telemaco::identity::{self, Part};
use telemaco::jobs;

use crate::story;
use crate::support::{House, Manner, PostOffice};

story!(a_mail_is_the_same_at_every_attempt_and_needs_no_answer, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let office = PostOffice::open(Manner::Takes).await;
    let app = house.set_up(|config| {
        config.smtp = office.url();
        config.public_url = "https://mentoring.example".to_owned();
        config.mail_from = "Telémaco <no-reply@mentoring.example>".to_owned();
    });
    identity::invite(&app, &house.viewer(&ana).await, luis.id).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    let letter = office.letters().pop().unwrap();
    for line in ["To: \"Luis Gil\" <luis.gil@example.org>", "Auto-Submitted: auto-generated"] {
        assert!(letter.contains(line), "{line} in {letter}");
    }
    assert!(letter.contains("@mentoring.example>") && letter.contains("Message-ID: <"), "{letter}");
    assert!(letter.contains("multipart/alternative"));
    // Nothing is filed on a server that sends.
    assert!(house.mail_to(&luis.address).await.is_none());
});

story!(mails_in_the_folder_are_for_their_owner_alone, async |house: &House| {
    use std::os::unix::fs::PermissionsExt as _;
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    house.stranger().post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
    house.work().await;
    let folder = house.app.config.mail_folder();
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o077, 0);
    let mail = house.mail_to(&ana.address).await.unwrap();
    let shown = mail.replace(&house.link_to(&ana.address).await, "/link/…");
    insta::allow_duplicates! { insta::assert_snapshot!("mail_sign_in_es", shown) };
});
