use askama::Template;
use axum::extract::State;
use axum::response::Response;

use super::today::{Busy, Next, Today};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, Viewer};
use crate::web::{Answer, Door, Failed, Guest, Path, Shell, Who, page, see_other};
use crate::{db, jobs, people, vault};

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/", Who::May(Act::UseAccount), today),
        Door::get("/system", Who::May(Act::ReadSystem), system),
        Door::get("/demo", Who::Demo, demo),
        Door::get("/demo/as/{token}", Who::Demo, sign_in_as),
        Door::get("/demo/mail", Who::Demo, mail),
    ]
}

#[derive(Template)]
#[template(path = "home/today.html")]
struct TodayPage {
    s: Shell,
    viewer: Viewer,
    next: Next,
    also: Option<(&'static str, Message)>,
    counts: Option<people::Counts>,
    /// What a coordinator is at: the editions that are not closed.
    editions: Vec<Busy>,
}

async fn today(State(app): State<App>, viewer: Viewer) -> Answer {
    let s = Shell::of(&app, &viewer, "/");
    let Today { next, also, counts, editions } = Today::of(&app, &viewer).await?;
    page(&TodayPage { s, viewer, next, also, counts, editions })
}

#[derive(Template)]
#[template(path = "home/system.html")]
struct SystemPage {
    s: Shell,
    version: &'static str,
    engine: String,
    schema: db::Schema,
    backlog: jobs::Backlog,
    mail: bool,
    /// Whether everything that people wrote opens.
    opens: bool,
}

impl SystemPage {
    fn title(&self) -> &'static str {
        let is_well = self.mail && self.opens && self.backlog.is_well() && self.schema.found == self.schema.known;
        if is_well { "home-system-well" } else { "home-system-look" }
    }
}

async fn system(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&SystemPage {
        s: Shell::of(&app, &viewer, "/system"),
        version: env!("CARGO_PKG_VERSION"),
        engine: app.db.version().await?,
        schema: db::schema(&app.db).await?,
        backlog: jobs::backlog(&app.db).await?,
        mail: app.mailer.answers().await.is_ok(),
        opens: !matches!(vault::state(&app).await?, vault::State::Missing { .. }),
    })
}

#[derive(Template)]
#[template(path = "home/demo.html")]
struct DemoPage {
    s: Shell,
    organisations: Vec<(String, Vec<Persona>)>,
}

struct Persona {
    name: String,
    parts: String,
    href: String,
}

async fn demo(State(app): State<App>, guest: Guest) -> Answer {
    let mut organisations: Vec<(String, Vec<Persona>)> = Vec::new();
    for persona in app.demo.iter().flat_map(|demo| &demo.personas) {
        let parts: Vec<String> =
            persona.parts.iter().filter_map(|part| Part::parse(part)).map(|part| guest.lang.say(&part.key())).collect();
        let shown = Persona { name: persona.name.clone(), parts: parts.join(", "), href: persona.path() };
        match organisations.last_mut() {
            Some((organisation, personas)) if *organisation == persona.organisation => personas.push(shown),
            _ => organisations.push((persona.organisation.clone(), vec![shown])),
        }
    }
    page(&DemoPage { s: Shell::plain(&app, guest.lang, guest.viewer.as_ref(), "/demo"), organisations })
}

async fn sign_in_as(State(app): State<App>, Path(token): Path<String>) -> Result<Response, Failed> {
    let session = identity::demo_session(&app, &token).await?;
    Ok(identity::with_session(&app, see_other("/"), &session))
}

#[derive(Template)]
#[template(path = "home/mail.html")]
struct MailPage {
    s: Shell,
    mails: Vec<crate::mail::Filed>,
}

async fn mail(State(app): State<App>, guest: Guest) -> Answer {
    let mails = app.mailer.filed(100).await?;
    page(&MailPage { s: Shell::plain(&app, guest.lang, guest.viewer.as_ref(), "/demo/mail"), mails })
}
