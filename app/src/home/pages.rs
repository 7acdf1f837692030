use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, Viewer};
use crate::people;
use crate::web::{Answer, Door, Guest, Path, Shell, Who, page, see_other};
use crate::{db, jobs};

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
    counts: Option<people::Counts>,
}

/// The one clear next step of a person.
struct Next {
    title: Message,
    text: Message,
    href: &'static str,
    button: Message,
}

impl Next {
    fn new(name: &str, href: &'static str) -> Self {
        Self {
            title: Message::new(format!("home-{name}-title")),
            text: Message::new(format!("home-{name}-text")),
            href,
            button: Message::new(format!("home-{name}-button")),
        }
    }
}

async fn today(State(app): State<App>, viewer: Viewer) -> Answer {
    let counts = if viewer.may(Act::ManagePeople, &viewer.record()) {
        Some(people::counts(&app.db, viewer.organisation).await?)
    } else {
        None
    };
    let next = next(&viewer, counts.as_ref());
    page(&TodayPage { s: Shell::of(&app, &viewer, "/"), viewer, next, counts })
}

/// The step of the part with the most to do.
fn next(viewer: &Viewer, counts: Option<&people::Counts>) -> Next {
    match counts {
        Some(counts) if counts.mentors == 0 || counts.mentees == 0 => Next::new("coordinator-empty", "/imports"),
        Some(_) => Next::new("coordinator", "/pairing"),
        None if viewer.holds(Part::Operator) => Next::new("operator", "/system"),
        None if viewer.holds(Part::Sponsor) => Next::new("sponsor", "/nominations"),
        None if viewer.holds(Part::Mentor) => Next::new("mentor", "/profile"),
        None if viewer.holds(Part::Mentee) => Next::new("mentee", "/profile"),
        None => Next::new("other", "/mentors"),
    }
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
}

async fn system(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&SystemPage {
        s: Shell::of(&app, &viewer, "/system"),
        version: env!("CARGO_PKG_VERSION"),
        engine: app.db.version().await?,
        schema: db::schema(&app.db).await?,
        backlog: jobs::backlog(&app.db).await?,
        mail: app.mailer.answers().await.is_ok(),
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

async fn sign_in_as(State(app): State<App>, Path(token): Path<String>) -> Result<Response, crate::web::Failed> {
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
