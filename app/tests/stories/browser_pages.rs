//! Every page in Chromium, as whoever may see it: axe finds nothing, nothing is wider than a phone, in both languages and
//! both colour schemes; and an import from end to end with scripts off. On the real program's own demonstration.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use telemaco::i18n::{Lang, Message};
use tempfile::TempDir;

use crate::support::browser::Browser;

/// The demonstration on a port and in a folder of its own; ended when it goes out of scope.
struct Demo {
    child: Child,
    url: String,
    personas: Vec<serde_json::Value>,
    _folder: TempDir,
}

impl Demo {
    fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("demo");
        let mut child = Command::new(env!("CARGO_BIN_EXE_telemaco"))
            .args(["demo", "--port", &port.to_string(), "--data"])
            .arg(&data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It says its last word once everybody is invented and the door is open.
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.map(Result::unwrap).any(|line| line.contains("Ctrl-C")), "the demonstration did not start");
        let personas = std::fs::read_to_string(data.join("personas.json")).unwrap();
        let personas = serde_json::from_str(&personas).unwrap();
        Self { child, url: format!("http://localhost:{port}"), personas, _folder: folder }
    }

    /// The link that signs in the first persona whose first part this is.
    fn link(&self, part: &str) -> &str {
        let persona = self.personas.iter().find(|persona| persona["parts"][0] == part);
        persona.unwrap_or_else(|| panic!("nobody is a {part}"))["sign_in_url"].as_str().unwrap()
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser on the demonstration, and everything that was wrong so far.
struct Tour<'a> {
    demo: &'a Demo,
    browser: Browser,
    lang: Lang,
    look: String,
    who: &'static str,
    wrong: Vec<String>,
}

impl<'a> Tour<'a> {
    async fn begin(demo: &'a Demo, width: u32, dark: bool, lang: Lang) -> Self {
        let browser = Browser::start(width, 800, dark, true, lang.code()).await.unwrap();
        let look = format!("{width} px, {}, {lang}", if dark { "dark" } else { "light" });
        Self { demo, browser, lang, look, who: "stranger", wrong: Vec::new() }
    }

    /// Becomes somebody, who reads in the language of this tour.
    async fn be(&mut self, part: &'static str) {
        self.who = part;
        self.browser.client().delete_all_cookies().await.unwrap();
        self.browser.goto(self.demo.link(part)).await.unwrap();
        self.browser.goto(&format!("{}/account", self.demo.url)).await.unwrap();
        let now = self.browser.client().execute("return document.documentElement.lang", Vec::new()).await.unwrap();
        let now = Lang::parse(now.as_str().unwrap()).unwrap();
        if now != self.lang {
            let name = if self.lang == Lang::Es { "Español" } else { "English" };
            self.browser.fill(&now.say("identity-language"), name).await.unwrap();
            self.browser.press(&now.say("identity-settings-save")).await.unwrap();
            self.look_at("the settings, saved").await;
        }
    }

    async fn visit(&mut self, page: &str) {
        self.browser.goto(&format!("{}{page}", self.demo.url)).await.unwrap();
        self.look_at(page).await;
    }

    async fn look_at(&mut self, page: &str) {
        let at = format!("{page} as {} ({})", self.who, self.look);
        let lang = self.browser.client().execute("return document.documentElement.lang", Vec::new()).await.unwrap();
        if lang != self.lang.code() {
            self.wrong.push(format!("{at} is in {lang}"));
        }
        let broken = self.browser.axe().await.unwrap();
        self.wrong.extend(broken.iter().map(|violation| format!("{at}: {violation}")));
        if self.browser.scrolls_sideways().await.unwrap() {
            self.wrong.push(format!("{at} scrolls sideways"));
        }
    }

    async fn press(&self, key: &str) {
        self.browser.press(&self.lang.say(key)).await.unwrap();
    }

    /// The first link on the page that begins so.
    async fn link(&self, start: &str) -> String {
        let find = "return document.querySelector(`main a[href^='${arguments[0]}']`)?.getAttribute('href') ?? ''";
        let link = self.browser.client().execute(find, vec![start.into()]).await.unwrap();
        link.as_str().unwrap().to_owned()
    }

    async fn strangers_pages(&mut self) {
        for page in
            ["/sign-in", "/sign-in?next=/people", "/demo", "/demo/mail", "/link/none", "/answer/none", "/nowhere"]
        {
            self.visit(page).await;
        }
    }

    async fn coordinators_pages(&mut self) {
        self.be("coordinator").await;
        let pages = [
            "/",
            "/people",
            "/people?q=zzz",
            "/people/new",
            "/mentors",
            "/nominations",
            "/imports",
            "/audit",
            "/account",
            "/account/calendar",
        ];
        for page in pages {
            self.visit(page).await;
        }
        self.visit("/").await;
        let running: Vec<String> = self.link("/editions/0").await.split('/').take(3).map(str::to_owned).collect();
        let health = format!("{}/health", running.join("/"));
        self.visit(&format!("{health}?state=all")).await;
        self.visit(&health).await;
        let pair = self.link("/health/0").await;
        self.visit(&pair).await;
        self.press_on("/account/calendar", "calendar-feed-make").await;
        self.press_on("/account/calendar", "calendar-source-add").await;
        self.visit("/people?part=mentee").await;
        let person = self.link("/people/0").await;
        self.visit(&person).await;
        self.visit(&format!("{person}/edit")).await;
        self.browser.fill(&self.lang.say("people-column-languages"), "klingon").await.unwrap();
        self.press("people-save").await;
        self.look_at("a person's form with a problem").await;
    }

    /// Presses a button of a page and looks at what comes.
    async fn press_on(&mut self, page: &str, key: &str) {
        self.browser.goto(&format!("{}{page}", self.demo.url)).await.unwrap();
        self.press(key).await;
        self.look_at(&format!("{page} after {key}")).await;
    }

    async fn programmes_pages(&mut self) {
        for page in ["/programmes", "/programmes/new", "/programmes/new?track=degree"] {
            self.visit(page).await;
        }
        self.press("programmes-new-button").await;
        self.look_at("an edition that is being set up").await;
        let edition = self.browser.place().await.unwrap();
        self.visit(&format!("{edition}/settings")).await;
        self.browser.fill(&self.lang.say("programmes-field-pulse-every"), "nunca").await.unwrap();
        self.press("programmes-settings-save").await;
        self.look_at("the settings of an edition with a problem").await;
        self.visit(&edition).await;
        self.press("programmes-next-open-button").await;
        self.look_at("an edition that is open").await;
        self.visit(&format!("{edition}/enrolments/group")).await;
        self.press("programmes-group-ticked").await;
        self.look_at("a group of whom nobody is ticked").await;
        self.visit(&format!("{edition}/enrolments/group?side=mentor&q=a")).await;
        self.visit(&edition).await;
        let words = "return document.querySelector('#next button').textContent";
        let words = self.browser.client().execute(words, Vec::new()).await.unwrap();
        self.browser.press(words.as_str().unwrap()).await.unwrap();
        self.look_at("an edition with its people").await;
        for page in [
            "/enrolments",
            "/enrolments/new",
            "/fallback",
            "/onlookers",
            "/pairing",
            "/pairing/rules",
            "/pairing/criteria",
            "/consent",
            "/mentorships",
            "/health",
            "/orientation/readers",
            "/orientation/mentee",
            "/baselines",
            "/agreement",
            "/concerns",
        ] {
            self.visit(&format!("{edition}{page}")).await;
        }
        self.visit(&format!("{edition}/enrolments")).await;
        let enrolment = self.link(&format!("{edition}/enrolments/0")).await;
        self.visit(&enrolment).await;
        self.visit(&edition.replace("/editions/", "/overview/")).await;
        self.visit("/overview").await;
        let programme = self.link("/programmes/0").await;
        self.visit(&programme).await;
        self.visit("/taking-part").await;
    }

    async fn frameworks_pages(&mut self) {
        self.visit("/frameworks").await;
        self.visit("/frameworks/executive").await;
        self.press("frameworks-copy").await;
        self.look_at("the form of a framework").await;
        let edit = self.browser.place().await.unwrap();
        let framework = edit.strip_suffix("/edit").unwrap();
        for page in [framework.to_owned(), format!("{framework}/versions"), format!("{framework}/competencies/ethics")]
        {
            self.visit(&page).await;
        }
        self.visit(&format!("{framework}/competencies/new")).await;
        self.press("frameworks-add-competency").await;
        self.look_at("the form of a competency with problems").await;
        self.visit("/frameworks").await;
    }

    async fn imports_pages(&mut self) {
        self.visit("/imports").await;
        self.press("imports-upload").await;
        self.look_at("the imports with a problem").await;
        for (sheet, what) in [("mentors.csv", "a sheet"), ("wrong.csv", "a sheet with errors")] {
            self.browser.goto(&format!("{}/imports", self.demo.url)).await.unwrap();
            self.browser.upload(&self.lang.say("imports-file-mentors"), &data(sheet)).await.unwrap();
            self.press("imports-upload").await;
            self.look_at(&format!("the columns of {what}")).await;
            self.press("imports-mapping-button").await;
            self.look_at(&format!("the dry run of {what}")).await;
            self.press("imports-drop").await;
            self.look_at("the imports, one dropped").await;
        }
        let dropped = self.link("/imports/0").await;
        self.visit(&dropped).await;
    }

    async fn everybodys_pages(&mut self) {
        for part in ["operator", "mentor", "mentee", "sponsor"] {
            self.be(part).await;
            for page in ["/", "/mentors", "/account", "/people", "/proposals", "/mentorships", "/month"] {
                self.visit(page).await;
            }
            self.browser.goto(&format!("{}/profile", self.demo.url)).await.unwrap();
            self.look_at("/profile").await;
            let own = self.browser.place().await.unwrap();
            self.visit(&format!("{own}/edit")).await;
            match part {
                "operator" => self.visit("/system").await,
                "sponsor" => {
                    self.visit("/nominations").await;
                    self.visit("/overview").await;
                }
                "mentor" => self.visit("/taking-part").await,
                "mentee" => {
                    self.visit("/taking-part").await;
                    let enrolment = self.link("/taking-part/0").await;
                    self.visit(&enrolment).await;
                    self.visit("/mentorships").await;
                    let mentorship = self.link("/mentorships/0").await;
                    self.agreement_pages(&mentorship).await;
                    self.goals_and_plan(&mentorship).await;
                    self.looking_back(&mentorship).await;
                }
                _ => {}
            }
        }
    }

    /// What the secretary reads of the room.
    async fn records_pages(&mut self) {
        self.be("secretary").await;
        self.visit("/insiders/columns").await;
        self.visit("/insiders").await;
        let exposed = self.link("/insiders/0").await;
        self.visit(&exposed).await;
        self.visit("/records").await;
        let sitting: Vec<String> = self.link("/sittings/").await.split('/').take(3).map(str::to_owned).collect();
        let record = format!("{}/record", sitting.join("/"));
        for page in ["", "/entries", "/sheet", "/annex", "/privilege"] {
            self.visit(&format!("{record}{page}")).await;
        }
    }

    /// From no agreement to one that waits for the other.
    async fn agreement_pages(&mut self, mentorship: &str) {
        self.visit(mentorship).await;
        self.visit(&format!("{mentorship}/agreement")).await;
        self.visit(&format!("{mentorship}/agreement/edit")).await;
        self.press("agreement-save").await;
        self.look_at("the draft of an agreement").await;
        self.visit(&format!("{mentorship}/agreement/edit")).await;
        self.press("agreement-propose").await;
        self.look_at("an agreement that waits for a signature").await;
        self.visit(&format!("{mentorship}/agreement/1")).await;
    }

    /// What the demonstration's pair is at, and the forms with problems.
    async fn goals_and_plan(&mut self, mentorship: &str) {
        for page in ["/goals", "/goals/review", "/goals/new", "/plan", "/plan/edit", "/plan/standing"] {
            self.visit(&format!("{mentorship}{page}")).await;
        }
        self.press_on(&format!("{mentorship}/goals/new"), "goals-save").await;
        for list in ["goals", "plan"] {
            self.browser.goto(&format!("{}{mentorship}/{list}", self.demo.url)).await.unwrap();
            let one = self.link(&format!("{mentorship}/{list}/0")).await;
            self.visit(&one).await;
        }
    }

    /// What the pair judges and looks back on, and where a problem is told.
    async fn looking_back(&mut self, mentorship: &str) {
        let reviews = ["/reviews", "/reviews/midpoint", "/reviews/closure", "/reviews/follow-up", "/letter"];
        for page in reviews.into_iter().chain(["/journal", "/journal/new", "/outcomes", "/concern"]) {
            self.visit(&format!("{mentorship}{page}")).await;
        }
        self.press_on(&format!("{mentorship}/journal/new"), "journal-save").await;
        self.press_on(&format!("{mentorship}/reviews/closure"), "reviews-give").await;
        self.browser.goto(&format!("{}{mentorship}/journal", self.demo.url)).await.unwrap();
        let one = self.link(&format!("{mentorship}/journal/0")).await;
        self.visit(&one).await;
        self.visit("/concerns").await;
    }

    /// A phone sees every page; a wide screen those with the most on them, since they are the coordinator's.
    async fn all(mut self, is_phone: bool) -> Vec<String> {
        self.coordinators_pages().await;
        self.programmes_pages().await;
        self.frameworks_pages().await;
        self.imports_pages().await;
        self.records_pages().await;
        if is_phone {
            self.everybodys_pages().await;
            self.browser.client().delete_all_cookies().await.unwrap();
            self.who = "stranger";
            self.strangers_pages().await;
        }
        self.browser.end().await.unwrap();
        self.wrong
    }
}

fn data(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", name].iter().collect()
}

/// Every page in one look. Four tests and not one, so that they run beside each other.
async fn every_page(width: u32, dark: bool, lang: Lang) {
    let demo = Demo::start();
    let wrong = Tour::begin(&demo, width, dark, lang).await.all(width < 600).await;
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_on_a_phone_in_spanish() {
    every_page(360, false, Lang::Es).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_on_a_dark_phone_in_english() {
    every_page(360, true, Lang::En).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_on_a_dark_screen_in_spanish() {
    every_page(1280, true, Lang::Es).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_on_a_screen_in_english() {
    every_page(1280, false, Lang::En).await;
}

/// On a phone, with scripts off: from the coordinator's first page to a person who is in the directory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_without_scripts() {
    let demo = Demo::start();
    let browser = Browser::start(360, 800, false, false, "es").await.unwrap();
    let say = |key: &str| Lang::Es.say(key);
    browser.goto(demo.link("coordinator")).await.unwrap();
    browser.follow(&say("web-nav-imports")).await.unwrap();
    browser.upload(&say("imports-file-mentors"), &data("mentors.csv")).await.unwrap();
    browser.upload(&say("imports-file-mentees"), &data("mentees.csv")).await.unwrap();
    browser.press(&say("imports-upload")).await.unwrap();

    let mapping = browser.text().await.unwrap();
    assert!(mapping.contains("characteristics") && mapping.contains("identity to match"), "{mapping}");
    assert!(!mapping.contains("Transgender"), "what is special is not shown as an example");
    browser.fill("job title", &say("people-column-leave-out")).await.unwrap();
    browser.press(&say("imports-mapping-button")).await.unwrap();
    let dry = browser.text().await.unwrap();
    assert!(dry.contains("Altas: 7.") && dry.contains("Tess Holloway"), "{dry}");
    assert!(!browser.scrolls_sideways().await.unwrap());
    browser.press(&Lang::Es.tell(&Message::new("imports-confirm").with("people", 7_usize))).await.unwrap();
    // Without a script a link looks again until the work is done.
    for _ in 0..100 {
        if browser.text().await.unwrap().contains(&say("imports-done-title")) {
            break;
        }
        browser.follow(&say("imports-running-again")).await.unwrap();
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(browser.text().await.unwrap().contains("Altas: 7."));

    browser.goto(&format!("{}/mentors", demo.url)).await.unwrap();
    browser.fill(&say("people-search"), "rowan").await.unwrap();
    browser.press(&say("web-search")).await.unwrap();
    browser.follow("Rowan Ashdown").await.unwrap();
    let rowan = browser.text().await.unwrap();
    assert!(rowan.contains("Office of Bridges") && !rowan.contains("Deputy Director"), "{rowan}");
    assert!(!rowan.contains("Bisexual"));
    browser.end().await.unwrap();
}
