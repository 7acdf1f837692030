//! A Chromium for a story: one person's browser, with the screen, the colours, the language and the scripts (or none)
//! that the story gives it. Fields and buttons are found by the words that a person sees.
//!
//! `cargo xtask test` starts chromedriver and names it in `TELEMACO_TEST_CHROMEDRIVER`.

use std::{
    env, fmt,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::Path,
    time::Duration,
};

use anyhow::{Context as _, Result, anyhow};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use fantoccini::{
    Client, ClientBuilder,
    elements::Element,
    key::Key,
    wd::{Capabilities, TimeoutConfiguration, WebDriverCompatibleCommand},
};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// Narrower than this is a phone, which heeds `<meta name="viewport">` and lays a page without it out at 980 px.
const PHONE: u32 = 600;

pub struct Browser {
    client: Client,
    /// Where the session ends: `http://127.0.0.1:PORT` and its identifier; taken once it has ended.
    session: Option<(Url, String)>,
    width: u32,
    scripts: bool,
}

/// A rule of WCAG that an element breaks, as axe-core tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub rule: String,
    pub impact: String,
    pub target: String,
    pub help: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}) at {}: {}", self.rule, self.impact, self.target, self.help)
    }
}

impl Browser {
    /// A new browser that nobody has used. `lang` is what it asks pages for, such as `es`.
    pub async fn start(width: u32, height: u32, dark: bool, scripts: bool, lang: &str) -> Result<Self> {
        let driver = Url::parse(&provided("TELEMACO_TEST_CHROMEDRIVER")?)?;
        let capabilities = capabilities(&provided("TELEMACO_TEST_CHROMIUM")?, width, height, lang);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(driver.as_str())
            .await
            .context("chromedriver started no browser")?;
        let id = client.session_id().await?.context("a session has an identifier")?;
        let browser = Self { client, session: Some((driver, id)), width, scripts };
        browser.client.update_timeouts(patience()).await?;
        browser.set_screen(height, dark).await?;
        browser.set_scripts(scripts).await?;
        Ok(browser)
    }

    /// A window cannot be as narrow as a phone's, so the page is told its screen and its colours by `DevTools`.
    async fn set_screen(&self, height: u32, dark: bool) -> Result<()> {
        let screen =
            json!({ "width": self.width, "height": height, "deviceScaleFactor": 1, "mobile": self.width < PHONE });
        self.devtools("Emulation.setDeviceMetricsOverride", screen).await?;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await?;
        Ok(())
    }

    /// Without scripts a page shows its `<noscript>` and runs nothing of its own; what a story asks of the browser
    /// still works, save what waits for a timer or a promise. It holds for this window and not for those that it opens.
    async fn set_scripts(&self, run: bool) -> Result<()> {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !run })).await?;
        Ok(())
    }

    /// For what is not offered here.
    pub fn client(&self) -> &Client {
        &self.client
    }

    pub async fn goto(&self, url: &str) -> Result<()> {
        Ok(self.client.goto(url).await?)
    }

    /// Path and query of the page.
    pub async fn place(&self) -> Result<String> {
        let url = self.client.current_url().await?;
        Ok(match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        })
    }

    /// What can be read on the page.
    pub async fn text(&self) -> Result<String> {
        // WebDriver's own text leaves out `<noscript>` even where it is shown.
        let text = self.client.execute("return document.body.innerText", Vec::new()).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The field, box, choice or list that bears this label.
    pub async fn field(&self, label: &str) -> Result<Element> {
        const FIND: &str = "
            const words = element => element.textContent.replace(/\\s+/g, ' ').trim();
            const labels = [...document.querySelectorAll('label')];
            const label = labels.find(one => words(one) === arguments[0])
                ?? labels.find(one => words(one).startsWith(arguments[0]));
            return label?.control ?? document.querySelector(`[aria-label=${CSS.escape(arguments[0])}]`);";
        self.found(FIND, label).await?.with_context(|| format!("no field is labelled {label:?}"))
    }

    /// Writes in a field in place of what it held, or picks from a list.
    pub async fn fill(&self, label: &str, value: &str) -> Result<()> {
        let field = self.field(label).await?;
        if field.tag_name().await? == "select" {
            return Ok(field.select_by_label(value).await?);
        }
        let kind = field.prop("type").await?.unwrap_or_default();
        if matches!(kind.as_str(), "date" | "time" | "datetime-local" | "month" | "week" | "color" | "range") {
            // Typed in the order of the machine's locale, which is no matter of the page.
            let set = "arguments[0].value = arguments[1];
                for (const name of ['input', 'change']) arguments[0].dispatchEvent(new Event(name, { bubbles: true }));";
            self.client.execute(set, vec![serde_json::to_value(&field)?, json!(value)]).await?;
            return Ok(());
        }
        field.clear().await?;
        Ok(field.send_keys(value).await?)
    }

    /// Ticks a box, unticks it, or picks one of several choices.
    pub async fn choose(&self, label: &str) -> Result<()> {
        let field = self.field(label).await?;
        self.reach(&field).await
    }

    pub async fn upload(&self, label: &str, file: &Path) -> Result<()> {
        let file = file.canonicalize().with_context(|| format!("uploading {}", file.display()))?;
        let file = file.to_str().context("a path of UTF-8")?;
        Ok(self.field(label).await?.send_keys(file).await?)
    }

    /// Presses the button with these words; what comes next waits for the page to which it leads.
    pub async fn press(&self, words: &str) -> Result<()> {
        self.click("button, input[type=submit], input[type=button], summary, [role=button]", words).await
    }

    /// Follows the link with these words.
    pub async fn follow(&self, words: &str) -> Result<()> {
        self.click("a[href]", words).await
    }

    async fn click(&self, among: &str, words: &str) -> Result<()> {
        let find = format!(
            "const words = element => (element.matches('input') ? element.value : element.textContent).replace(/\\s+/g, ' ').trim();
            const all = [...document.querySelectorAll('{among}')].filter(one => one.checkVisibility());
            return all.find(one => words(one) === arguments[0] || one.ariaLabel === arguments[0]);"
        );
        let element = self.found(&find, words).await?;
        self.reach(&element.with_context(|| format!("nothing to press says {words:?}"))?).await
    }

    /// Clicks where a person would: once it is in sight, and the page has come to rest.
    async fn reach(&self, element: &Element) -> Result<()> {
        let show = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' });
            document.documentElement.dataset.left = 'not yet';
            return arguments[0].matches('a[href], form button, form input[type=submit]')";
        let leads_on = self.client.execute(show, vec![serde_json::to_value(element)?]).await?;
        element.click().await?;
        if leads_on.as_bool() == Some(true) { self.arrive().await } else { Ok(()) }
    }

    /// Waits for the page that a press leads to: the driver may answer while the old one still stands.
    async fn arrive(&self) -> Result<()> {
        let arrived = "return document.readyState === 'complete' && !document.documentElement.dataset.left";
        for _ in 0..200 {
            // Between two pages there is none to ask.
            if self.client.execute(arrived, Vec::new()).await.is_ok_and(|arrived| arrived == Value::Bool(true)) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        anyhow::bail!("the press led to no page within ten seconds")
    }

    async fn found(&self, script: &str, argument: &str) -> Result<Option<Element>> {
        let value = self.client.execute(script, vec![json!(argument)]).await?;
        if value.is_null() {
            return Ok(None);
        }
        let id = value.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        let id = id.with_context(|| format!("{value} is no element"))?.to_owned();
        Ok(Some(Element::from_element_id(self.client.clone(), id.into())))
    }

    /// Presses a key where the focus is.
    pub async fn key(&self, key: Key) -> Result<()> {
        let key = char::from(key).to_string();
        Ok(self.client.active_element().await?.send_keys(&key).await?)
    }

    /// The name of what has the focus: its label, its words, or else its tag.
    pub async fn focused(&self) -> Result<String> {
        let script = "const it = document.activeElement;
            const words = it.labels?.[0]?.textContent ?? it.ariaLabel ?? (it === document.body ? '' : it.textContent);
            return words.replace(/\\s+/g, ' ').trim() || it.tagName.toLowerCase();";
        let value = self.client.execute(script, Vec::new()).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// What axe-core finds against WCAG 2.2 A and AA. It sees a part of WCAG only.
    pub async fn axe(&self) -> Result<Vec<Violation>> {
        if !self.scripts {
            self.set_scripts(true).await?; // axe-core waits for promises; the page's scripts were not even loaded
        }
        let found = self.run_axe().await;
        if !self.scripts {
            self.set_scripts(false).await?;
        }
        let found = found?;
        let found: Vec<[String; 4]> =
            serde_json::from_value(found.clone()).map_err(|_| anyhow!("axe-core said {found}"))?;
        let violation = |[rule, impact, target, help]: [String; 4]| Violation { rule, impact, target, help };
        Ok(found.into_iter().map(violation).collect())
    }

    async fn run_axe(&self) -> Result<Value> {
        let axe = provided("TELEMACO_TEST_AXE")?;
        let axe = std::fs::read_to_string(&axe).with_context(|| format!("reading {axe}"))?;
        self.client.execute(&axe, Vec::new()).await?;
        let run = "
            const done = arguments[arguments.length - 1];
            const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
            axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }).then(
                found => done(found.violations.flatMap(({ id, help, nodes }) => nodes.map(
                    ({ impact, target }) => [id, impact ?? '', target.flat().join(' '), help]))),
                error => done(String(error)));";
        Ok(self.client.execute_async(run, Vec::new()).await?)
    }

    /// Whether something on the page is wider than the screen.
    pub async fn scrolls_sideways(&self) -> Result<bool> {
        let script = "const page = document.documentElement;
            return Math.max(page.scrollWidth, document.body.scrollWidth) > Math.min(page.clientWidth, arguments[0]);";
        let value = self.client.execute(script, vec![json!(self.width)]).await?;
        value.as_bool().with_context(|| format!("{value} is neither yes nor no"))
    }

    /// The whole page as a PNG, not only what the screen shows.
    pub async fn screenshot(&self, path: &Path) -> Result<()> {
        let metrics = self.devtools("Page.getLayoutMetrics", json!({})).await?;
        let page = &metrics["cssContentSize"];
        let height = page["height"].as_f64().context("a page has a height")?.min(16_000.0);
        let clip = json!({ "x": 0, "y": 0, "width": page["width"], "height": height, "scale": 1 });
        let picture = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.devtools("Page.captureScreenshot", picture).await?;
        let picture = STANDARD.decode(picture["data"].as_str().context("a screenshot has data")?)?;
        std::fs::write(path, picture).with_context(|| format!("writing {}", path.display()))
    }

    /// A command of the `DevTools` protocol, <https://chromedevtools.github.io/devtools-protocol/>.
    pub async fn devtools(&self, command: &'static str, parameters: Value) -> Result<Value> {
        self.client.issue_cmd(DevTools { command, parameters }).await.with_context(|| command.to_owned())
    }

    pub async fn end(mut self) -> Result<()> {
        self.session = None;
        Ok(self.client.clone().close().await?)
    }
}

/// A story that fails does not come to its `end`, and its runtime may be gone: so by hand, and without waiting long.
impl Drop for Browser {
    fn drop(&mut self) {
        let Some((driver, id)) = self.session.take() else { return };
        let Some(address) = driver.socket_addrs(|| None).ok().and_then(|all| all.first().copied()) else { return };
        let Ok(mut stream) = TcpStream::connect(address) else { return };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(5)));
        let _ = write!(stream, "DELETE /session/{id} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        let _ = stream.read_to_end(&mut Vec::new());
    }
}

fn capabilities(chromium: &str, width: u32, height: u32, lang: &str) -> Capabilities {
    // Without `--user-data-dir` chromedriver makes a new one in its own temporary folder, and removes it.
    let arguments = [
        "--headless".to_owned(),
        "--no-sandbox".to_owned(), // which does not work as root; only our own pages are shown
        "--disable-gpu".to_owned(),
        "--disable-quic".to_owned(),
        "--disable-dev-shm-usage".to_owned(), // containers have little of it
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        format!("--lang={lang}"),
        format!("--window-size={width},{height}"),
    ];
    let preferences = json!({ "intl.accept_languages": lang });
    let options = json!({ "binary": chromium, "args": arguments, "prefs": preferences });
    Capabilities::from_iter([("browserName".to_owned(), json!("chrome")), ("goog:chromeOptions".to_owned(), options)])
}

fn patience() -> TimeoutConfiguration {
    let half_a_minute = Some(Duration::from_secs(30));
    TimeoutConfiguration::new(half_a_minute, half_a_minute, Some(Duration::ZERO))
}

/// What `cargo xtask test` provides. A browser test without it fails: in silence it would prove nothing.
fn provided(name: &str) -> Result<String> {
    let value = env::var_os(name).and_then(|value| value.into_string().ok()).filter(|value| !value.is_empty());
    value.with_context(|| format!("{name} is not set: browser tests run under `cargo xtask test [FILTER…]`"))
}

#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}
