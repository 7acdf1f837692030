//! Mails as they go out, and what is said of them.

use std::io::Write as _;
use std::process::Stdio;

use jiff::SignedDuration;
use serde_json::json;
use telemaco::app::App;
use telemaco::identity::{self, Part};
use telemaco::jobs;
use telemaco::notices::Notice;

use crate::notices::tell;
use crate::story;
use crate::support::{Client, House, MailServer, Manner, Person, PostOffice, peer};

story!(a_mail_is_the_same_at_every_attempt_and_needs_no_answer, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    let office = PostOffice::open(Manner::Takes).await;
    let app = house.set_up(|config| {
        config.smtp = office.url();
        "https://mentoring.example".clone_into(&mut config.public_url);
        "Telémaco <no-reply@mentoring.example>".clone_into(&mut config.mail_from);
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

/// A kind with a mail of one sentence, which coordinators may switch off.
const PLAIN: &str = "identity.unreachable";

/// The same installation before a mail server that others wrote.
pub fn before(house: &House, server: &MailServer, change: impl FnOnce(&mut telemaco::config::Config)) -> App {
    house.set_up(|config| {
        config.smtp.clone_from(&server.url);
        "https://mentoring.example".clone_into(&mut config.public_url);
        "Telémaco <no-reply@mentoring.example>".clone_into(&mut config.mail_from);
        change(config);
    })
}

pub async fn at_once(house: &House, person: &Person) {
    house.browser_of(person).await.post("/notices/settings", &[(PLAIN, "at-once")]).await.expect(303);
}

pub async fn write_to(house: &House, app: &App, person: &Person) {
    let text = telemaco::i18n::Message::new("identity-notice-unreachable").with("name", "Marta Soler");
    tell(house, &[Notice::new(person.organisation, person.id, PLAIN, text, "/people")]).await;
    jobs::run_due(app).await.unwrap();
}

/// The path in a header's address, without the brackets around it.
fn path_of(address: &str) -> String {
    address.trim_matches(['<', '>']).strip_prefix("https://mentoring.example").unwrap().to_owned()
}

story!(one_click_stops_mails_of_a_kind, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    at_once(house, &ana).await;
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |_| {});
    write_to(house, &app, &ana).await;
    let letter = server.letters(&ana.address).pop().unwrap();
    let seen = peer("mail.py", "read", &json!({ "letter": letter, "records": {} }).to_string());
    assert_eq!(seen["post"], "List-Unsubscribe=One-Click");
    assert_eq!(seen["kinds"], json!(["multipart/alternative", "text/plain", "text/html"]));
    assert_eq!(seen["defects"], json!([]));
    let plain = seen["plain"].as_str().unwrap();
    assert!(
        plain.contains("Hola, Ana Pérez:") && plain.contains("Abrir el aviso:\nhttps://mentoring.example/notices/")
    );
    assert!(!letter.contains("Marta"), "a mail names nobody");
    // To look changes nothing, whoever looks; a mail program's server posts from elsewhere, without a session.
    let path = path_of(seen["unsubscribe"].as_str().unwrap());
    let mut stranger = Client::of(&app);
    let page = stranger.get(&path).await.expect(200);
    assert!(page.says("Correos que no llegan a alguien") && page.says("Dejar de recibirlos por correo"));
    let english = [("accept-language", "en")];
    let page = Client::of(&app).request_with(axum::http::Method::GET, &path, &english, "").await.expect(200);
    assert!(page.says("Dejar de recibirlos por correo"), "in the language of whom it was written to");
    let chosen = async || house.browser_of(&ana).await.get("/notices/settings").await.expect(200).text();
    assert!(chosen().await.contains("value=\"at-once\" selected"));
    let headers = [("origin", "https://mail.example"), ("content-type", "application/x-www-form-urlencoded")];
    for _ in 0..2 {
        let done = stranger.request_with(axum::http::Method::POST, &path, &headers, "List-Unsubscribe=One-Click").await;
        assert!(done.expect(200).says("Ya no te llegarán estos correos"));
    }
    assert!(chosen().await.contains("value=\"product\" selected"));
    write_to(house, &app, &ana).await;
    assert_eq!(server.letters(&ana.address).len(), 1);
    assert_eq!(house.browser_of(&ana).await.get("/notices").await.expect(200).title(), "Tienes 2 avisos sin leer");
    // What was not made here opens nothing, and nothing holds for ever.
    let other = if path.ends_with('A') { 'B' } else { 'A' };
    let forged = format!("{}{other}", &path[..path.len() - 1]);
    stranger.get(&forged).await.expect(404);
    stranger.post(&forged, &[]).await.expect(404);
    stranger.post("/unsubscribe/x", &[]).await.expect(404);
    house.pass(SignedDuration::from_hours(61 * 24));
    stranger.post(&path, &[]).await.expect(404);
    assert_eq!(
        house
            .browser_of(&ana)
            .await
            .get("/audit?verb=notices.unsubscribe")
            .await
            .text()
            .matches("<td role=\"cell\">Dejó")
            .count(),
        1
    );
});

story!(what_is_needed_bears_no_way_to_stop_it, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |_| {});
    let invited = house.person(ana.organisation, "Luis Gil", &[Part::Mentee]).await;
    identity::invite(&app, &house.viewer(&ana).await, invited.id).await.map_err(anyhow::Error::from).unwrap();
    jobs::run_due(&app).await.unwrap();
    assert!(!server.letters(&invited.address).pop().unwrap().contains("List-Unsubscribe"));
});

story!(a_refusal_for_now_is_no_refusal_for_good, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let [luis, marta] = ["Luis Gil", "Marta Soler"].map(|name| (name, ana.organisation));
    let luis = house.person(luis.1, luis.0, &[Part::Coordinator]).await;
    let marta = house.person(marta.1, marta.0, &[Part::Coordinator]).await;
    for person in [&ana, &luis, &marta] {
        at_once(house, person).await;
    }
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |_| {});
    server.refuses("later", &[&luis.address]);
    server.refuses("never", &[&marta.address]);
    for person in [&luis, &marta] {
        write_to(house, &app, person).await;
    }
    // The one is tried again and again, the other never.
    for pause in [5, 10, 20] {
        house.pass(SignedDuration::from_secs(pause));
        jobs::run_due(&app).await.unwrap();
    }
    // He has two: his own, and that Marta's did not arrive.
    assert_eq!((server.asked(&luis.address), server.asked(&marta.address)), (8, 1));
    assert_eq!(jobs::backlog(&app.db).await.unwrap(), jobs::Backlog { waiting: 2, ..jobs::Backlog::default() });
    server.refuses("later", &[]);
    house.pass(SignedDuration::from_secs(40));
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.letters(&luis.address).len(), 2);
    write_to(house, &app, &marta).await;
    assert_eq!(server.asked(&marta.address), 1, "nothing more is tried");
    // Coordinators are told, and she sees it.
    let told = house.browser_of(&ana).await.get("/notices").await.expect(200);
    assert!(told.says("El servidor de correo de Marta Soler rechaza sus mensajes"), "{}", told.text());
    let record = house.browser_of(&ana).await.get(&format!("/people/{}", marta.id)).await.expect(200);
    assert!(record.says("Su servidor rechaza los correos desde el 11 ene 2027"), "{}", record.text());
    let mut browser = house.browser_of(&marta).await;
    assert!(browser.get("/account").await.expect(200).says("El servidor de tu dirección rechaza nuestros correos"));
    assert!(browser.get("/account/mail").await.expect(200).says("Tus correos no llegan"));
    // A mail that she asks for is tried, and once its link is opened all is well again.
    browser.post("/account/mail/again", &[]).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.asked(&marta.address), 2);
    server.refuses("never", &[]);
    browser.post("/account/mail/again", &[]).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    let letter = server.letters(&marta.address).pop().unwrap();
    let read = peer("mail.py", "read", &json!({ "letter": letter, "records": {} }).to_string());
    let link = read["plain"]
        .as_str()
        .unwrap()
        .split("https://mentoring.example")
        .nth(1)
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .to_owned();
    Client::of(&app).post(&link, &[]).await.expect(303);
    assert!(!browser.get("/account/mail").await.expect(200).says("Tus correos no llegan"));
    write_to(house, &app, &marta).await;
    assert_eq!(server.letters(&marta.address).len(), 4, "the link, this one, and the two that had nowhere to go");
});

story!(a_private_address_is_ones_own_and_stays, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let marta = house.person(ana.organisation, "Marta Soler", &[Part::Coordinator]).await;
    at_once(house, &marta).await;
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |_| {});
    let mut browser = house.browser_of(&marta).await;
    let private = "marta@casa.example";
    for (typed, told) in [("marta", "Escribe una dirección"), (marta.address.as_str(), "Esa ya es la dirección")] {
        let again = browser.post("/account/mail/private", &[("private", typed)]).await.expect(422);
        assert!(again.says(told) && again.says(typed), "{}", again.text());
    }
    browser.post("/account/mail/private", &[("private", private)]).await.expect(303);
    jobs::run_due(&app).await.unwrap();
    let letter = server.letters(private).pop().unwrap();
    assert!(!letter.contains("Marta"), "whoever has a mistyped address learns no name");
    let read = |letter: &str| {
        let read = peer("mail.py", "read", &json!({ "letter": letter, "records": {} }).to_string());
        let plain = read["plain"].as_str().unwrap().to_owned();
        plain.split("https://mentoring.example").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
    };
    let link = read(&letter);
    // Before it is confirmed nothing goes there, and it opens no session.
    browser.post("/account/mail/way", &[("way", "private")]).await.expect(409);
    Client::of(&app).post(&link.replace("/confirm/", "/link/"), &[]).await.expect(404);
    let mut stranger = Client::of(&app);
    assert!(stranger.get(&link).await.expect(200).says("Confirma esta dirección"));
    let done = stranger.post(&link, &[]).await.expect(200);
    assert!(done.says("La dirección está confirmada") && done.cookie_set().is_none());
    stranger.post(&link, &[]).await.expect(404);
    write_to(house, &app, &marta).await;
    assert_eq!((server.letters(private).len(), server.letters(&marta.address).len()), (1, 1));
    browser.post("/account/mail/way", &[("way", "private")]).await.expect(303);
    write_to(house, &app, &marta).await;
    assert_eq!(server.letters(private).len(), 2);
    // She signs in with it, too.
    Client::of(&app).post("/sign-in/link", &[("address", private)]).await.expect(200);
    jobs::run_due(&app).await.unwrap();
    let link = read(&server.letters(private).pop().unwrap());
    Client::of(&app).post(&link, &[]).await.expect(303);
    // When the organisation's address is refused, mails go on arriving; and the other way round.
    browser.post("/account/mail/way", &[("way", "work")]).await.expect(303);
    server.refuses("never", &[&marta.address]);
    write_to(house, &app, &marta).await;
    assert_eq!(server.letters(private).len(), 4, "in the same breath");
    // Nobody else sees it.
    let record = house.browser_of(&ana).await.get(&format!("/people/{}", marta.id)).await.expect(200);
    assert!(!record.says(private));
    browser.post("/account/mail/private/remove", &[]).await.expect(303);
    write_to(house, &app, &marta).await;
    assert_eq!(server.letters(private).len(), 4);
});

story!(a_signature_holds_and_covers_what_programs_act_on, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    at_once(house, &ana).await;
    let key = house.folder().join("dkim.pem");
    let openssl = |arguments: &[&str]| {
        let done = std::process::Command::new("openssl").args(arguments).arg(&key).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    openssl(&["genrsa", "-traditional", "-out"]);
    let public = openssl(&["rsa", "-pubout", "-in"]);
    let public: String = public.lines().filter(|line| !line.starts_with("-----")).collect();
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |config| {
        config.dkim_key_file.clone_from(&key);
        config.dkim_selector = "story".to_owned();
    });
    write_to(house, &app, &ana).await;
    let letter = server.letters(&ana.address).pop().unwrap();
    let records = json!({ "story._domainkey.mentoring.example": format!("v=DKIM1; k=rsa; p={public}") });
    let changes = [("/unsubscribe/", "/unsubscribf/"), ("One-Click", "One-Clack"), ("text/html", "text/htmx")];
    let given = json!({ "letter": letter, "records": records, "changes": changes });
    let seen = peer("mail.py", "read", &given.to_string());
    assert_eq!(seen["holds"], true, "{letter}");
    assert_eq!(seen["changed"], json!([false, false, false]));
    for name in ["from", "to", "subject", "date", "message-id", "list-unsubscribe", "list-unsubscribe-post"] {
        assert!(seen["signed"].as_array().unwrap().contains(&json!(name)), "{name} in {seen}");
    }
    // A key of another form is said at the start.
    std::fs::write(&key, "-----BEGIN PRIVATE KEY-----").unwrap();
    let error = telemaco::mail::Mailer::open(&app.config).unwrap_err();
    assert!(error.to_string().contains("-traditional"), "{error:#}");
});

/// The path of the first link in a letter.
fn link_in(letter: &str) -> String {
    let read = peer("mail.py", "read", &json!({ "letter": letter, "records": {} }).to_string());
    let plain = read["plain"].as_str().unwrap().to_owned();
    plain.split("https://mentoring.example").nth(1).unwrap().split_whitespace().next().unwrap().to_owned()
}

/// Has a link mailed, and opens it.
async fn sign_in_by_link(house: &House, app: &App, server: &MailServer, person: &Person) {
    house.stranger().post("/sign-in/link", &[("address", &person.address)]).await.expect(200);
    jobs::run_due(app).await.unwrap();
    let letter = server.letters(&person.address).pop().unwrap();
    Client::of(app).post(&link_in(&letter), &[]).await.expect(303);
}

// What fell into a time in which there was no address is written once there is one again; what was read meanwhile is not.
story!(nothing_is_lost_while_an_address_is_refused, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let marta = house.person(ana.organisation, "Marta Soler", &[Part::Coordinator]).await;
    let server = MailServer::start(&house.folder().join("smtp"));
    let app = before(house, &server, |_| {});
    at_once(house, &marta).await;
    server.refuses("never", &[&marta.address]);
    // Refused, not tried at all, and one that she reads on the page.
    for _ in 0..3 {
        write_to(house, &app, &marta).await;
        house.pass(SignedDuration::from_mins(1));
    }
    let mut browser = house.browser_of(&marta).await;
    let list = browser.get("/notices").await.expect(200).text();
    let newest = list.split("/notices/").filter_map(|rest| rest.get(..36)).find(|id| id.parse::<uuid::Uuid>().is_ok());
    browser.get(&format!("/notices/{}", newest.unwrap())).await.expect(303);
    // One more in a digest, which has nowhere to go either.
    browser.post("/notices/settings", &[(PLAIN, "daily")]).await.expect(303);
    write_to(house, &app, &marta).await;
    house.pass(SignedDuration::from_hours(24));
    jobs::run_due(&app).await.unwrap();
    browser.post("/notices/settings", &[(PLAIN, "at-once")]).await.expect(303);
    assert_eq!((server.asked(&marta.address), server.letters(&marta.address).len()), (1, 0));
    server.refuses("never", &[]);
    sign_in_by_link(house, &app, &server, &marta).await;
    assert_eq!(server.letters(&marta.address).len(), 1, "the link alone so far");
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.letters(&marta.address).len(), 4, "the two of before, and the one of the digest");
    // Once, however often she signs in.
    sign_in_by_link(house, &app, &server, &marta).await;
    jobs::run_due(&app).await.unwrap();
    assert_eq!(server.letters(&marta.address).len(), 5);
});

/// A report to an envelope's sender, as another mail server writes it.
fn report((to, whom): (&str, &str), letter: &str, action: &str, (status, said): (&str, &str)) -> String {
    let recipient = json!({
        "Final-Recipient": format!("rfc822; {whom}"),
        "Action": action,
        "Status": status,
        "Diagnostic-Code": format!("smtp; {said}"),
    });
    let given = json!({ "to": to, "letter": letter, "recipient": recipient });
    peer("report.py", "write", &given.to_string())["report"].as_str().unwrap().to_owned()
}

const NOBODY: (&str, &str) = ("5.1.1", "550 5.1.1 <somebody@example.org>: no such mailbox");

story!(a_report_that_comes_back_marks_the_address_it_is_about, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let luis = house.person(ana.organisation, "Luis Gil", &[Part::Coordinator]).await;
    let marta = house.person(ana.organisation, "Marta Soler", &[Part::Coordinator]).await;
    for person in [&ana, &luis, &marta] {
        at_once(house, person).await;
    }
    let server = MailServer::start(&house.folder().join("smtp"));
    let maildir = house.folder().join("returns");
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(maildir.join(part)).unwrap();
    }
    let app = before(house, &server, |config| {
        "bounces@mentoring.example".clone_into(&mut config.mail_returns);
        config.mail_returns_folder.clone_from(&maildir);
    });
    write_to(house, &app, &luis).await;
    write_to(house, &app, &marta).await;
    let senders = server.senders();
    let [of_luis, of_marta] = [&senders[0], &senders[1]];
    assert!(of_luis.starts_with("bounces+") && of_luis.ends_with("@mentoring.example") && of_luis != of_marta);
    let letter = server.letters(&luis.address).pop().unwrap();
    assert!(letter.contains("From: ") && !letter.contains("bounces+"), "it stands on the envelope alone");
    // What nobody here marked, and what says anything else, marks nobody.
    let (head, tail) = of_luis.split_at("bounces+".len() + 32);
    let forged = format!("{head}{}{}", if tail.starts_with('0') { '1' } else { '0' }, &tail[1..]);
    let of_another = format!("{}{}", &of_luis[..8 + 32], &of_marta[8 + 32..]);
    for (to, action, said) in [
        (forged.as_str(), "failed", NOBODY),
        (&of_another, "failed", NOBODY),
        ("bounces@mentoring.example", "failed", NOBODY),
        (of_luis, "delayed", NOBODY),
        (of_luis, "failed", ("5.7.1", "550 5.7.1 looks like spam")),
        (of_luis, "failed", ("5.2.2", "552 5.2.2 mailbox full")),
    ] {
        let report = report((to, luis.address.as_str()), &letter, action, said);
        assert!(!telemaco::mail::take_in(&app, report.as_bytes()).await.unwrap(), "{to} {action} {said:?}");
    }
    assert!(!telemaco::mail::take_in(&app, letter.as_bytes()).await.unwrap(), "no report at all");
    // Whoever saw the mail may write to its sender at any time: after a fortnight it is too late, and once its owner has opened a link
    // that came later than the mail, there is nothing to say of it any more.
    house.pass(SignedDuration::from_hours(15 * 24));
    let old = report((of_luis, luis.address.as_str()), &letter, "failed", NOBODY);
    assert!(!telemaco::mail::take_in(&app, old.as_bytes()).await.unwrap(), "a report of half a month ago");
    write_to(house, &app, &luis).await;
    let of_before = server.senders().pop().unwrap();
    assert_ne!(&of_before, of_luis, "each day has its mark");
    house.pass(SignedDuration::from_hours(48));
    sign_in_by_link(house, &app, &server, &luis).await;
    let proved = report((&of_before, luis.address.as_str()), &letter, "failed", NOBODY);
    assert!(!telemaco::mail::take_in(&app, proved.as_bytes()).await.unwrap(), "he has read a later one");
    house.pass(SignedDuration::from_hours(24));
    write_to(house, &app, &luis).await;
    write_to(house, &app, &marta).await;
    let senders = server.senders();
    let [of_luis, of_marta] = [&senders[senders.len() - 2], &senders[senders.len() - 1]];
    let arrived = server.letters(&luis.address).len();
    // Of somebody to whom the mailbox sends on it says nothing of whoever we wrote to.
    let sent_on = report((of_luis, "secretaria@example.org"), &letter, "failed", NOBODY);
    assert!(!telemaco::mail::take_in(&app, sent_on.as_bytes()).await.unwrap());
    write_to(house, &app, &luis).await;
    assert_eq!(server.letters(&luis.address).len(), arrived + 1);
    // The folder: what is new is read once and put away.
    std::fs::write(maildir.join("new/1.a"), report((of_luis, luis.address.as_str()), &letter, "failed", NOBODY))
        .unwrap();
    std::fs::write(maildir.join("new/2.b"), "Subject: Hola\r\n\r\nEstoy fuera.\r\n").unwrap();
    assert_eq!(telemaco::mail::look(&app, &maildir).await.unwrap(), 1);
    assert_eq!(std::fs::read_dir(maildir.join("new")).unwrap().count(), 0);
    assert!(maildir.join("cur/1.a:2,S").exists() && maildir.join("cur/2.b:2,S").exists());
    write_to(house, &app, &luis).await;
    assert_eq!(server.letters(&luis.address).len(), arrived + 1, "nothing more is sent there");
    let record = house.browser_of(&ana).await.get(&format!("/people/{}", luis.id)).await.expect(200);
    assert!(record.says("Su servidor rechaza los correos"), "{}", record.text());
    let account = house.browser_of(&luis).await.get("/account").await.expect(200);
    assert!(account.says("El servidor de tu dirección rechaza nuestros correos"));
    let other = house.browser_of(&ana).await.get(&format!("/people/{}", marta.id)).await.expect(200);
    assert!(!other.says("Su servidor rechaza los correos"));
    // Whoever has another address by now is not marked for the one of before; a private one is marked for itself.
    let marta_had = marta.address.clone();
    house.raw(&format!("UPDATE persons SET address = 'otra@example.org' WHERE address = '{marta_had}'")).await;
    let late = report((of_marta, marta_had.as_str()), &letter, "failed", NOBODY);
    assert!(!telemaco::mail::take_in(&app, late.as_bytes()).await.unwrap());
});

// Through the shell, as a mail server's pipe hands it over.
story!(a_report_comes_in_through_the_shell, async |house: &House| {
    // The program reads its own clock, and a mark holds for a fortnight: here it is nine in the morning of its day, or of the day before.
    let ahead = house.app.now().duration_since(telemaco::app::Clock::System.now());
    house.pass(-SignedDuration::from_hours(24 * (ahead.as_hours().div_euclid(24) + 1)));
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    at_once(house, &ana).await;
    let server = MailServer::start(&house.folder().join("smtp"));
    let returns = "bounces@mentoring.example";
    let app = before(house, &server, |config| returns.clone_into(&mut config.mail_returns));
    write_to(house, &app, &ana).await;
    let letter = server.letters(&ana.address).pop().unwrap();
    let given = report((&server.senders()[0], ana.address.as_str()), &letter, "failed", NOBODY);
    let pipe = |given: &str| {
        let mut command = crate::cli::telemaco(house.folder());
        command.arg("mail-report").args(["--set", &format!("mail_returns={returns}")]);
        command.args(["--set", &format!("database={}", app.config.database())]);
        command.args(["--set", &format!("data={}", app.config.data.display())]);
        let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
        child.wait().unwrap()
    };
    assert!(pipe("no report").success(), "or a mail server would write back that it could not be delivered");
    assert!(pipe(&given).success());
    let account = house.browser_of(&ana).await.get("/account").await.expect(200);
    assert!(account.says("El servidor de tu dirección rechaza nuestros correos"));
    // Where the database does not answer, the mail server keeps the report and tries again.
    let mut command = crate::cli::telemaco(house.folder());
    command
        .args([
            "mail-report",
            "--set",
            &format!("mail_returns={returns}"),
            "--set",
            "database=postgres://nobody@127.0.0.1:1/x",
        ])
        .stdin(Stdio::null());
    assert_eq!(command.status().unwrap().code(), Some(75));
});
