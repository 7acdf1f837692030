//! The coordinator's work in one sitting, from two spreadsheets to published mentorships, with scripts off; how many pages it
//! takes is counted.

use crate::story;
use crate::support::form::fields;
use crate::support::sheets::{MENTEES, MENTORS, columns};
use crate::support::{Client, House, Seen};

/// Pages that were loaded: a form that leads to a page is one with it.
struct Loads(u32);

impl Loads {
    async fn open(&mut self, browser: &mut Client, path: &str) -> Seen {
        self.0 += 1;
        browser.open(path).await.expect(200)
    }

    /// Sends the form that stands on a page, with these changes, and loads where it leads to.
    async fn send(&mut self, browser: &mut Client, path: &str, form: &[(&str, &str)]) -> (String, Seen) {
        let sent = browser.post(path, form).await.expect(303);
        let place = sent.location().split('#').next().unwrap().to_owned();
        (place.clone(), self.open(browser, &place).await)
    }
}

fn with<'a>(form: &'a [(String, String)], changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let kept = form.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    kept.filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name))
        .chain(changes.iter().copied())
        .collect()
}

story!(from_two_sheets_to_published_mentorships, async |house: &House| {
    let ana = house.organisation("Banco del Norte", "Ana Pérez").await;
    let mut browser = house.browser_of(&ana).await;
    let mut loads = Loads(0);

    // The sheets come in: upload, what the columns mean, the dry run, done.
    loads.open(&mut browser, "/").await;
    loads.open(&mut browser, "/imports").await;
    let files: [(&str, &str, &[u8]); 2] = [("mentors", "mentors.csv", MENTORS), ("mentees", "mentees.csv", MENTEES)];
    let mapping = browser.upload("/imports", &[], &files).await.expect(303).location().to_owned();
    let page = loads.open(&mut browser, &mapping).await.text();
    assert!(!columns(&page, "characteristics").is_empty());
    let form: Vec<(String, String)> = fields(&page).into_iter().collect();
    let (import, dry) = loads.send(&mut browser, &mapping, &with(&form, &[])).await;
    let form = fields(&dry.text());
    let confirmed = [("version", form["version"].as_str()), ("digest", form["digest"].as_str())];
    browser.post(&format!("{import}/confirm"), &confirmed).await.expect(303);
    house.work().await;
    assert!(loads.open(&mut browser, &import).await.says("Altas: 7."));

    // The programme with its first edition, as the form proposes it; opened, and everybody taken in.
    let page = loads.open(&mut browser, "/programmes/new").await.text();
    let form: Vec<(String, String)> = fields(&page).into_iter().collect();
    let (edition, page) = loads.send(&mut browser, "/programmes/new", &with(&form, &[])).await;
    let version = fields(&page.text())["version"].clone();
    let (_, page) = loads.send(&mut browser, &format!("{edition}/open"), &[("version", &version)]).await;
    assert!(page.says("id=\"next\""));
    let everybody = [("which", "both")];
    let (_, page) = loads.send(&mut browser, &format!("{edition}/enrolments/group"), &everybody).await;
    assert!(page.says("Tess Holloway") || page.says("participan"), "{}", page.text());

    // A run, and the proposals to the mentors.
    let board = format!("{edition}/pairing");
    loads.open(&mut browser, &board).await;
    loads.send(&mut browser, &format!("{board}/runs"), &[("name", "")]).await;
    house.work().await;
    let page = loads.open(&mut browser, &board).await;
    assert!(page.title().contains("tienen mentor o mentora"), "{}", page.title());
    let run = fields(&page.text())["run"].clone();
    loads.send(&mut browser, &format!("{edition}/consent/send"), &[("run", &run)]).await;
    house.work().await;

    let sent = browser.open(&board).await.expect(200);
    assert!(sent.says("Ver las respuestas") && !sent.says("name=\"run\""), "whoever was asked is not asked again");

    // Mentors answer from their mail, without signing in; the first of them says no.
    let asked = answers(house, &mut loads, |number| if number == 0 { "decline" } else { "accept" }).await;
    assert!(asked >= 2, "{asked} mentors were asked");
    house.work().await;
    let yes = answers(house, &mut loads, |_| "accept").await;
    assert_eq!(yes, asked - 1, "a mentee hears of a mentor who accepted, and of nobody else");

    // Each mentor takes one more, so whoever is without gets another one; what stands is kept.
    let rules = format!("{board}/rules");
    let page = loads.open(&mut browser, &rules).await.text();
    let form: Vec<(String, String)> = fields(&page).into_iter().filter(|(name, _)| name != "text").collect();
    loads.send(&mut browser, &rules, &with(&form, &[("capacity", "2")])).await;
    loads.send(&mut browser, &format!("{board}/runs"), &[("name", "")]).await;
    house.work().await;
    let page = loads.open(&mut browser, &board).await.text();
    let second = fields(&page)["run"].clone();
    assert_ne!(second, run);
    loads.send(&mut browser, &format!("{edition}/consent/send"), &[("run", &second)]).await;
    house.work().await;
    answers(house, &mut loads, |_| "accept").await;
    house.work().await;
    answers(house, &mut loads, |_| "accept").await;
    house.work().await;

    let overview = loads.open(&mut browser, &format!("{edition}/consent")).await;
    assert!(overview.says(&format!("action=\"{edition}/publish\"")), "{}", overview.text());
    let (_, page) = loads.send(&mut browser, &format!("{edition}/publish"), &[]).await;
    house.work().await;
    let list = loads.open(&mut browser, &format!("{edition}/mentorships")).await;
    let paired = ["Tess Holloway", "Dilip Warde", "Nia Sorrel"].iter().filter(|name| list.says(name)).count();
    assert_eq!(paired, 3, "{}", page.text());
    assert!(loads.0 < 40, "{} page loads", loads.0);
});

/// Opens every link that waits for an answer and answers by it; says how many there were.
async fn answers(house: &House, loads: &mut Loads, answer: impl Fn(usize) -> &'static str) -> usize {
    let mut answered = 0;
    for mail in house.app.mailer.filed(1000).await.unwrap() {
        let Some((_, url, _)) = mail.link() else { continue };
        let path = url.strip_prefix(&house.app.config.public_url).unwrap().to_owned();
        if !path.starts_with("/answer/") {
            continue;
        }
        let mut guest = house.stranger();
        let seen = guest.get(&path).await;
        if seen.status != 200 || !seen.says("name=\"answer\"") {
            continue;
        }
        loads.0 += 1;
        loads.send(&mut guest, &path, &[("answer", answer(answered))]).await;
        answered += 1;
    }
    answered
}
