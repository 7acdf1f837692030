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
    // The notice leads to the draft.
    let told = told.text();
    let (before, _) = told.split_once("sesión 1:").unwrap();
    let notice = before.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
    let edit = andres.get(notice).await.expect(303).location().to_owned();
    assert!(edit.starts_with("/sittings/") && edit.ends_with("/edit"), "{edit}");
    let page = andres.get(&edit).await.expect(200);
    // A mail opened it, and not its owner by hand.
    assert_eq!(house.count("audit WHERE verb = 'observations.open' AND detail LIKE '%\"by\":\"mail\"%'").await, 3);
    assert_eq!(house.count("audit WHERE verb = 'observations.open' AND actor IS NULL").await, 3);
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
    // An answer of somebody's is no meeting, and what is called off is not opened.
    for (id, method) in [("answer", "REPLY"), ("off", "CANCEL")] {
        let mail = forwarded(&to, "inline", (id, "2027-01-26"));
        came(&app, &mail.replace("METHOD:REQUEST", &format!("METHOD:{method}"))).await;
    }
    assert_eq!(house.count("sittings").await, 3);
    assert!(andres.get("/notices").await.expect(200).says("Reenviaste la anulación de una reunión"));
    // Nothing of it stands anywhere, and nobody is answered.
    let said = [TITLE.to_owned()];
    assert_eq!(found(&database(house).await, &said), None);
    house.work().await;
    let filed = house.app.mailer.filed(1000).await.unwrap();
    assert!(filed.len() > mails && filed.iter().all(|mail| !mail.head.contains("elsewhere.example")));
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
    // One of which a sign was lost, one to the bare address, and one that has it as a copy.
    let cut_off = format!("{head}@mentoring.example");
    std::fs::write(maildir.join("new/4.d"), forwarded(&cut_off, "inline", ("4", "2027-01-22"))).unwrap();
    std::fs::write(maildir.join("new/5.e"), forwarded(RETURNS, "inline", ("5", "2027-01-23"))).unwrap();
    let copied = forwarded("board@elsewhere.example", "inline", ("6", "2027-01-24"));
    std::fs::write(maildir.join("new/6.f"), format!("Cc: {to}\r\n{copied}")).unwrap();
    assert_eq!(mail::look(&app, &maildir).await.unwrap(), 0);
    let left = |part: &str| std::fs::read_dir(maildir.join(part)).unwrap().count();
    assert_eq!((left("new"), left("tmp"), left("cur")), (0, 0, 1), "what somebody sent in is deleted");
    assert!(maildir.join("cur/2.b:2,S").exists(), "what is to nobody here stays");
    assert_eq!(house.count("sittings").await, 2);
    assert_eq!(found(&files(&maildir), &[TITLE.to_owned()]), None);
    // One that was being read when its server ended is taken up once more; what nobody ended reading twice goes after a while, and what a mail
    // server writes there is not ours.
    let (late, old) = (std::time::Duration::from_hours(1), std::time::Duration::from_hours(40));
    let left_behind = forwarded(&to, "inline", ("7", "2027-01-25"));
    let now = std::time::Duration::from_secs(u64::try_from(house.app.now().as_second()).unwrap());
    let now = std::time::SystemTime::UNIX_EPOCH + now;
    for (name, age, text) in [
        ("7.g.telemaco", late, left_behind.as_str()),
        ("8.h.telemaco", std::time::Duration::ZERO, ""),
        ("9.i.again.telemaco", late, ""),
        ("10.j.again.telemaco", old, ""),
        ("11.k", old, ""),
    ] {
        let path = maildir.join("tmp").join(name);
        std::fs::write(&path, text).unwrap();
        std::fs::File::options().write(true).open(&path).unwrap().set_modified(now - age).unwrap();
    }
    mail::look(&app, &maildir).await.unwrap();
    assert_eq!(house.count("sittings").await, 3);
    let mut kept: Vec<_> =
        std::fs::read_dir(maildir.join("tmp")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    kept.sort();
    assert_eq!(kept, ["11.k", "8.h.telemaco", "9.i.again.telemaco"]);
});

story!(whoever_reads_an_address_of_somebody_can_be_shut_out, async |house: &House| {
    let pair = framed(house).await;
    let app = reading(house);
    let mut andres = browser(house, &app, &pair.andres).await;
    let known = address(&mut andres, &pair).await;
    came(&app, &forwarded(&known, "inline", ("1", "2027-01-20"))).await;
    assert_eq!(house.count("sittings").await, 1);
    let renew = format!("/editions/{}/sittings/address", pair.edition);
    browser(house, &app, &pair.lucia).await.post(&renew, &[]).await.expect(404);
    andres.post(&renew, &[]).await.expect(303);
    let now = address(&mut andres, &pair).await;
    assert_ne!(known, now);
    came(&app, &forwarded(&known, "inline", ("2", "2027-01-21"))).await;
    assert_eq!(house.count("sittings").await + house.count("notices WHERE kind = 'observations.forwarded'").await, 2);
    came(&app, &forwarded(&now, "inline", ("3", "2027-01-22"))).await;
    assert_eq!(house.count("sittings").await, 2);
    andres.post(&renew, &[]).await.expect(303);
    assert_ne!(now, address(&mut andres, &pair).await, "each time another one");
    assert!(house.browser_of(&pair.ana).await.get("/audit?verb=observations").await.says("Tomó otra dirección"));
    // Of an edition that is closed there is none.
    let new = format!("/editions/{}/sittings/new", pair.edition);
    let mut sol = browser(house, &app, &secretary(house, &pair).await).await;
    assert!(sol.get(&new).await.expect(200).says("class=\"secret\""));
    house.raw(&format!("UPDATE editions SET closed_at = 1 WHERE id = {}", house.literal(pair.edition.0))).await;
    assert!(!sol.get(&new).await.text().contains("class=\"secret\""));
});

story!(of_a_mail_that_says_too_much_nothing_is_taken, async |house: &House| {
    let pair = framed(house).await;
    let app = reading(house);
    let to = address(&mut browser(house, &app, &pair.andres).await, &pair).await;
    let head = |to: &str, id: &str| format!("To: {to}\r\nMessage-ID: <{id}@elsewhere.example>\r\n");
    // Mails in mails without end, to whom nobody gave an address and to whom somebody did.
    let deep = "Content-Type: message/rfc822\r\n\r\n".repeat(30_000);
    for (id, to) in [("1", RETURNS), ("2", to.as_str())] {
        came(&app, &format!("{}{deep}", head(to, id))).await;
    }
    // A meeting at each minute.
    let list = |most: u32| (0..most).map(|number| number.to_string()).collect::<Vec<String>>().join(",");
    let event = format!(
        "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20270120T000000Z\r\nDURATION:PT1M\r\nRRULE:FREQ=DAILY;BYHOUR={};BYMINUTE={}\r\nEND:VEVENT\r\n",
        list(24),
        list(60)
    );
    let calendar = format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{}END:VCALENDAR\r\n", event.repeat(1000));
    came(&app, &format!("{}Content-Type: text/calendar\r\n\r\n{calendar}", head(&to, "3"))).await;
    assert_eq!(house.count("sittings").await, 0);
    let told = browser(house, &app, &pair.andres).await.get("/notices").await.expect(200);
    assert!(told.says("no hay ninguna reunión futura que se pueda leer"), "{}", told.text());
    assert_eq!(house.count("notices WHERE kind = 'observations.forwarded'").await, 2);
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
    // What came is known for thirty days, whether anything comes afterwards or not.
    house.pass(SignedDuration::from_hours(32 * 24));
    house.work().await;
    assert_eq!(house.count("forwarded_calendars").await, 0);
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
