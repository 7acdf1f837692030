//! An invitation that a mentor forwards from their calendar to an address of their own: date and time become a draft, once, and nothing else
//! of the mail is kept, answered or logged.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use jiff::SignedDuration;
use serde_json::json;
use telemaco::app::App;
use telemaco::config::Config;
use telemaco::identity::Part;
use telemaco::mail;

use crate::goals::framed;
use crate::logs;
use crate::observations::secretary;
use crate::story;
use crate::support::dump::{database, files, found};
use crate::support::{Client, House, Person, peer};
use crate::vault::Pair;

const RETURNS: &str = "bounces@mentoring.example";
/// What stands in every mail and nowhere else.
const TITLE: &str = "Reservado Utrera compra a Lebrija";

/// The same installation, which reads mail.
fn reading(house: &House) -> App {
    let maildir = maildir(house);
    house.set_up(|config| reads(config, &maildir))
}

pub fn maildir(house: &House) -> PathBuf {
    let maildir = house.folder().join("returns");
    for part in ["new", "cur", "tmp"] {
        std::fs::create_dir_all(maildir.join(part)).unwrap();
    }
    maildir
}

pub fn reads(config: &mut Config, maildir: &Path) {
    RETURNS.clone_into(&mut config.mail_returns);
    maildir.clone_into(&mut config.mail_returns_folder);
}

async fn browser(house: &House, app: &App, person: &Person) -> Client {
    let session = telemaco::identity::open_session(&house.app, person.id).await.map_err(anyhow::Error::from).unwrap();
    let mut client = Client::of(app);
    client.keep_cookie("telemaco_session", &session);
    client
}

/// The address that somebody's page shows.
async fn address(browser: &mut Client, pair: &Pair) -> String {
    let page = browser.get(&format!("/editions/{}/sittings/new", pair.edition)).await.expect(200).text();
    let (_, rest) = page.split_once("<code class=\"secret\">").unwrap_or_else(|| panic!("no address: {page}"));
    rest.split('<').next().unwrap().to_owned()
}

/// A forwarded invitation to a meeting of an hour and a half in January 2027.
fn forwarded(to: &str, mode: &str, (id, day): (&str, &str)) -> String {
    let given = json!({
        "to": to, "id": format!("<{id}@elsewhere.example>"), "uid": format!("uid-{day}"), "title": TITLE,
        "start": format!("{day}T10:00:00"), "end": format!("{day}T11:30:00"),
    });
    peer("forward.py", mode, &given.to_string())["mail"].as_str().unwrap().to_owned()
}

async fn came(app: &App, mail: &str) {
    assert!(!mail::take_in(app, mail.as_bytes()).await.unwrap(), "no address is noted for it");
}

story!(of_a_forwarded_invitation_the_times_become_a_draft, async |house: &House| {
    logs::log();
    let pair = framed(house).await;
    let app = reading(house);
    // Where no mail is read, no address is shown.
    let new = format!("/editions/{}/sittings/new", pair.edition);
    assert!(!house.browser_of(&pair.andres).await.get(&new).await.expect(200).says("class=\"secret\""));
    let mut andres = browser(house, &app, &pair.andres).await;
    let to = address(&mut andres, &pair).await;
    assert!(to.starts_with("bounces+c") && to.ends_with("@mentoring.example"), "{to}");
    assert!(to.split('@').next().unwrap().len() <= 64, "{to}");
    assert_ne!(to, address(&mut browser(house, &app, &pair.ana).await, &pair).await);
    house.work().await;
    let mails = house.app.mailer.filed(1000).await.unwrap().len();
    // As calendar programs send it on, as a file, and within a mail that goes along.
    for (mode, day) in [("inline", "2027-01-20"), ("attached", "2027-01-21"), ("within", "2027-01-22")] {
        came(&app, &forwarded(&to, mode, (mode, day))).await;
    }
    assert_eq!(house.count("sittings WHERE state = 'draft'").await, 3);
    let told = andres.get("/notices").await.expect(200);
    for number in 1..=3 {
        assert!(told.says(&format!("ha salido un borrador, la sesión {number}")), "{}", told.text());
    }
    let edit = told.text();
    let edit =
        edit.split("href=\"").filter(|rest| rest.starts_with("/sittings/")).find(|rest| rest.contains("sesión 1<"));
    let edit = edit.map_or_else(String::new, |rest| rest.split('"').next().unwrap().to_owned());
    let list = andres.get("/sittings").await.expect(200).text();
    let first = format!("/sittings/{}", list.split("href=\"/sittings/").nth(1).unwrap().split('"').next().unwrap());
    assert!(edit.is_empty() || edit == format!("{first}/edit"), "{edit}");
    let page = andres.get(&format!("{first}/edit")).await.expect(200);
    assert!(page.says("value=\"2027-01-20\"") && page.says("value=\"10:00\"") && page.says("value=\"11:30\""));
    // Delivered twice, and forwarded again: one draft, and nothing more is said.
    came(&app, &forwarded(&to, "inline", ("inline", "2027-01-20"))).await;
    came(&app, &forwarded(&to, "attached", ("again", "2027-01-20"))).await;
    came(&app, &forwarded(&to.to_uppercase(), "attached", ("inline", "2027-01-27"))).await;
    assert_eq!(house.count("sittings").await, 3);
    assert_eq!(house.count("notices WHERE kind = 'observations.forwarded'").await, 3);
    // What is past, and what is no calendar.
    came(&app, &forwarded(&to, "inline", ("past", "2020-01-20"))).await;
    came(&app, &forwarded(&to, "nothing", ("none", "2027-01-25"))).await;
    assert_eq!(house.count("sittings").await, 3);
    assert!(andres.get("/notices").await.expect(200).says("no hay ninguna reunión futura que se pueda leer"));
    assert_eq!(house.count("notices WHERE kind = 'observations.forwarded'").await, 5);
    // Nothing of it stands anywhere, and nobody is answered.
    let said = [TITLE.to_owned()];
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    let filed = house.app.mailer.filed(1000).await.unwrap();
    assert!(filed.len() >= mails && filed.iter().all(|mail| !mail.head.contains("elsewhere.example")));
    assert_eq!(found(&files(&house.app.config.mail_folder()), &said), None);
    let log = logs::log().text();
    assert!(
        !log.contains("Lebrija") && !log.contains("elsewhere.example") && !log.contains(to.split('@').next().unwrap())
    );
});

story!(what_is_forwarded_comes_in_by_the_folder_and_stays_nowhere, async |house: &House| {
    let pair = framed(house).await;
    let app = reading(house);
    let mut andres = browser(house, &app, &pair.andres).await;
    let to = address(&mut andres, &pair).await;
    let maildir = house.folder().join("returns");
    // With a large file after it, as a mail of the board has: the invitation stands before it.
    let mail = forwarded(&to, "inline", ("1", "2027-01-20"));
    std::fs::write(maildir.join("new/1.a"), format!("{mail}\r\n{}", "x".repeat(2 * 1024 * 1024))).unwrap();
    std::fs::write(maildir.join("new/2.b"), "Subject: Hola\r\n\r\nEstoy fuera.\r\n").unwrap();
    let (local, _) = to.split_once('@').unwrap();
    let (head, last) = local.split_at(local.len() - 1);
    let forged = format!("{head}{}@mentoring.example", if last == "0" { '1' } else { '0' });
    std::fs::write(maildir.join("new/3.c"), forwarded(&forged, "inline", ("3", "2027-01-21"))).unwrap();
    assert_eq!(mail::look(&app, &maildir).await.unwrap(), 0);
    assert_eq!(std::fs::read_dir(maildir.join("new")).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(maildir.join("cur")).unwrap().count(), 1, "what somebody sent in is deleted");
    assert_eq!(house.count("sittings").await, 1);
    assert_eq!(found(&files(&maildir), &[TITLE.to_owned()]), None);
});

story!(only_whoever_may_open_sittings_forwards, async |house: &House| {
    let pair = framed(house).await;
    let app = reading(house);
    let sol = secretary(house, &pair).await;
    let mut andres = browser(house, &app, &pair.andres).await;
    let of_mentor = address(&mut andres, &pair).await;
    let of_secretary = address(&mut browser(house, &app, &sol).await, &pair).await;
    // An address of somebody else, with the mark of this one, is nobody's.
    let mixed = format!("{}{}", &of_secretary[..9 + 32], &of_mentor[9 + 32..]);
    came(&app, &forwarded(&mixed, "inline", ("mixed", "2027-01-20"))).await;
    // The mentorship has ended: the address is there no more.
    house.raw(&format!("UPDATE mentorships SET ended_at = 1 WHERE id = {}", house.literal(pair.mentorship.0))).await;
    came(&app, &forwarded(&of_mentor, "inline", ("1", "2027-01-20"))).await;
    assert_eq!(house.count("sittings").await + house.count("forwarded_calendars").await, 0);
    assert_eq!(house.count("notices WHERE kind = 'observations.forwarded'").await, 0);
    // So many a day; the day after it is read again.
    for number in 0..25 {
        let day = format!("2027-02-{:02}", 1 + number);
        came(&app, &forwarded(&of_secretary, "inline", (&format!("{number}"), &day))).await;
    }
    assert_eq!(house.count("sittings").await, 20);
    let told = browser(house, &app, &sol).await.get("/notices").await.expect(200);
    assert!(told.says("más de 20 calendarios"), "{}", told.text());
    assert_eq!(house.count("notices WHERE kind = 'observations.forwarded'").await, 21, "that is said once");
    house.pass(SignedDuration::from_hours(25));
    came(&app, &forwarded(&of_secretary, "inline", ("late", "2027-01-30"))).await;
    assert_eq!(house.count("sittings").await, 21);
    // What came is known for thirty days.
    house.pass(SignedDuration::from_hours(31 * 24));
    came(&app, &forwarded(&of_secretary, "nothing", ("later", "2027-01-30"))).await;
    assert_eq!(house.count("forwarded_calendars").await, 1);
    // Another part, and a closed edition.
    house.raw(&format!("UPDATE editions SET closed_at = 1 WHERE id = {}", house.literal(pair.edition.0))).await;
    came(&app, &forwarded(&of_secretary, "inline", ("closed", "2027-03-30"))).await;
    assert_eq!(house.count("sittings").await, 21);
    let sponsor = house.person(pair.ana.organisation, "Aquí Patrocina", &[Part::Sponsor]).await;
    let mut sponsor = browser(house, &app, &sponsor).await;
    sponsor.get(&format!("/editions/{}/sittings/new", pair.edition)).await.expect(404);
});

// Through the shell, as a mail server's pipe hands it over.
story!(what_is_forwarded_comes_in_through_the_shell, async |house: &House| {
    let ahead = house.app.now().duration_since(telemaco::app::Clock::System.now());
    let pair = framed(house).await;
    let app = reading(house);
    let to = address(&mut browser(house, &app, &pair.andres).await, &pair).await;
    let mut command = crate::cli::telemaco(house.folder());
    command.arg("mail-report").args(["--set", &format!("mail_returns={RETURNS}")]);
    command.args(["--set", &format!("database={}", app.config.database())]);
    command.args(["--set", &format!("data={}", app.config.data.display())]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // The program reads its own clock.
    let day = (telemaco::app::Clock::System.now() + SignedDuration::from_hours(7 * 24)).to_string();
    let given = forwarded(&to, "attached", ("shell", &day[..10]));
    child.stdin.take().unwrap().write_all(given.as_bytes()).unwrap();
    assert!(child.wait().unwrap().success());
    assert_eq!(house.count("sittings").await, 1, "the story's clock is {ahead} ahead");
});
