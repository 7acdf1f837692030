//! What is logged: enough to look after the installation, and nothing about anybody.

use std::io::Write;
use std::sync::{Mutex, MutexGuard, OnceLock};

use telemaco::config::{Config, Flags};
use telemaco::identity::{self, Part};
use telemaco::jobs;

use crate::story;
use crate::support::{Client, House, Manner, PostOffice};

/// Everything that all stories of this process have logged since this was asked for first, with `log = trace`.
pub fn log() -> &'static Log {
    static LOG: OnceLock<Log> = OnceLock::new();
    LOG.get_or_init(|| {
        let log = Log::default();
        let config = Config::read(&Flags::default().with("log", "trace")).unwrap();
        tracing_subscriber::fmt()
            .with_env_filter(config.log_filter().unwrap())
            .with_ansi(false)
            .with_writer(move || Writer)
            .init();
        log
    })
}

#[derive(Default)]
pub struct Log(Mutex<Vec<u8>>);

impl Log {
    fn lines(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.lock().unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.lines()).into_owned()
    }
}

struct Writer;

impl Write for Writer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        log().lines().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

story!(nobodys_name_address_or_secret_reaches_the_log, async |house: &House| {
    log();
    let ana = house.organisation("Compañía Xilófono", "Xenia Quiroga").await;
    let luis = house.person(ana.organisation, "Wenceslao Zumárraga", &[Part::Mentee]).await;
    let password = "xenias wunderbare zebras";
    let mut secrets = vec![password.to_owned(), "no es de zebras".to_owned()];
    // In by a link, with a password, with the wrong one.
    house.stranger().post("/sign-in/link", &[("address", &ana.address)]).await.expect(200);
    house.work().await;
    let link = house.link_to(&ana.address).await;
    secrets.push(link.trim_start_matches("/link/").to_owned());
    let mut browser = house.stranger();
    browser.post(&link, &[]).await.expect(303);
    secrets.push(browser.cookie("telemaco_session").unwrap().to_owned());
    browser.post("/account/password", &[("new", password)]).await.expect(303);
    let form = [("address", ana.address.as_str()), ("password", password)];
    house.stranger().post("/sign-in", &form).await.expect(303);
    let form = [("address", ana.address.as_str()), ("password", "no es de zebras")];
    house.stranger().post("/sign-in", &form).await.expect(422);
    // A token at work, a search, and pages that are not there.
    let token = identity::new_token(&house.app, ana.id, "nómina").await.map_err(anyhow::Error::from).unwrap();
    let mut program = house.stranger();
    program.bearer = Some(token.clone());
    secrets.push(token);
    program.get("/api/me").await.expect(200);
    browser.get("/audit?q=wenceslao").await.expect(200);
    browser.get("/wenceslao/zumarraga").await.expect(404);
    // A mail server that refuses and says whom.
    let office = PostOffice::open(Manner::Refuses).await;
    let app = house.set_up(|config| config.smtp = office.url());
    identity::invite(&app, &house.viewer(&ana).await, luis.id).await.map_err(anyhow::Error::from).unwrap();
    assert_eq!(jobs::run_due(&app).await.unwrap(), 1);
    // A database that is gone.
    let second = house.second_server().await;
    let mut broken = Client::of(&second);
    broken.keep_cookie("telemaco_session", browser.cookie("telemaco_session").unwrap());
    second.db.close().await;
    broken.get("/audit?q=wenceslao").await.expect(500);

    let log = log().text();
    for line in ["route=\"/account/password\"", "route=\"/link/{token}\"", "a job failed", "451", "a request failed"] {
        assert!(log.contains(line), "{line} is logged");
    }
    let names = ["xenia", "quiroga", "wenceslao", "zumárraga", "zumarraga", "xilófono", "nómina"].map(str::to_owned);
    for secret in names.iter().chain(&secrets) {
        let found = log.lines().find(|line| line.to_lowercase().contains(&secret.to_lowercase()));
        assert!(found.is_none(), "{secret} is in the log: {}", found.unwrap_or_default());
    }
});
