use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, Viewer};
use crate::mentorships::Mentorship;
use crate::mentorships::voices::{Step, When};
use crate::programmes::model::Phase;
use crate::programmes::{Edition, EditionId, Standing, orientation};
use crate::web::{Answer, Door, Failed, Guest, Path, Shell, Who, page, see_other};
use crate::{baselines, breakglass, concerns, db, jobs, mentorships, pairing, people, programmes, vault};

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
    /// What a coordinator is at: the editions that are not closed.
    editions: Vec<Busy>,
}

/// An edition, and what waits there for a coordinator.
struct Busy {
    edition: Edition,
    waits: Vec<Message>,
}

/// So many editions are named on the first page; the list of programmes has them all.
const MOST_EDITIONS: usize = 12;

/// The one clear next step of a person.
struct Next {
    title: Message,
    text: Message,
    href: String,
    button: Message,
}

impl Next {
    fn new(name: &str, href: &str) -> Self {
        Self {
            title: Message::new(format!("home-{name}-title")),
            text: Message::new(format!("home-{name}-text")),
            href: href.to_owned(),
            button: Message::new(format!("home-{name}-button")),
        }
    }

    fn counting(mut self, count: usize) -> Self {
        self.title = self.title.with("count", count);
        self
    }
}

async fn today(State(app): State<App>, viewer: Viewer) -> Answer {
    let s = Shell::of(&app, &viewer, "/");
    let asked = pairing::waiting_for(&app.db, viewer.person, app.now()).await?;
    let proposal = (!asked.is_empty()).then(|| Next::new("proposal", "/proposals").counting(asked.len()));
    // Somebody who told of a problem waits longest for whoever overlooks it.
    let concerns = concerns::untaken(&app.db, viewer.organisation, viewer.person).await?;
    let concerns = usize::try_from(concerns).unwrap_or(0);
    let first = (concerns > 0).then(|| Next::new("concern", "/concerns").counting(concerns));
    let glasses = breakglass::waiting_for(&app, &viewer).await?;
    let first =
        first.or_else(|| (glasses > 0).then(|| Next::new("glass", "/break-glass").counting(glasses))).or(proposal);
    if !viewer.may(Act::ManageProgrammes, &viewer.record()) {
        let next = match first {
            Some(first) => first,
            None => participants(&app, &viewer).await?,
        };
        return page(&TodayPage { s, viewer, next, counts: None, editions: Vec::new() });
    }
    let counts = people::counts(&app.db, viewer.organisation).await?;
    let mut editions = programmes::editions(&app.db, viewer.organisation).await?;
    editions.retain(|edition| edition.phase() != Phase::Closed);
    let waiting = programmes::waiting(&app, &viewer).await?;
    let busy = |edition: Edition| {
        let waits = waiting.iter().filter(|(of, _)| *of == edition.id).map(|(_, what)| what.clone()).collect();
        Busy { edition, waits }
    };
    let mut editions: Vec<Busy> = editions.into_iter().map(busy).collect();
    // Those where something waits come first, in their order.
    editions.sort_by_key(|busy| busy.waits.is_empty());
    editions.truncate(MOST_EDITIONS);
    let next = match editions.first() {
        _ if let Some(first) = first => first,
        _ if counts.mentors == 0 || counts.mentees == 0 => Next::new("coordinator-empty", "/imports"),
        None => Next::new("coordinator", "/programmes/new"),
        Some(busy) => {
            let step = programmes::next_step(&app, &viewer, &busy.edition).await?;
            Next { title: step.title, text: step.text, href: step.href, button: step.button }
        }
    };
    page(&TodayPage { s, viewer, next, counts: Some(counts), editions })
}

/// The next step of whoever does not coordinate: what somebody waits for comes first.
async fn participants(app: &App, viewer: &Viewer) -> Result<Next, Failed> {
    let places = programmes::of_person(&app.db, viewer.organisation, viewer.person).await?;
    if places.iter().any(|(enrolment, _)| enrolment.standing == Standing::Asked) {
        return Ok(Next::new("asked", "/taking-part"));
    }
    let own = mentorships::of_person(&app.db, viewer.person).await?;
    let (running, ended): (Vec<Mentorship>, Vec<Mentorship>) =
        own.into_iter().partition(|mentorship| mentorship.ended_at.is_none());
    if let Some(first) = running.first() {
        let pressing = next_with_a_pair(app, viewer, &running).await?;
        // Whom the other one of the pair waits for comes first.
        let (waited, later) = match pressing {
            Some((When::OtherWaits, next)) => (Some(next), None),
            other => (None, other.map(|(_, next)| next)),
        };
        if let Some(next) = waited {
            return Ok(next);
        }
        if let Some(next) = before_the_first_meeting(app, viewer, first.edition).await? {
            return Ok(next);
        }
        if let Some(next) = later {
            return Ok(next);
        }
        if first.mentor != viewer.person {
            return Ok(Next::new("my-mentor", "/mentorships"));
        }
        let (name, href) = if running.len() > 1 { ("month", "/month") } else { ("my-mentees", "/mentorships") };
        return Ok(Next::new(name, href).counting(running.len()));
    }
    // What comes after the end, a follow-up say, has no other place to be said.
    if !ended.is_empty()
        && let Some((_, next)) = next_with_a_pair(app, viewer, &ended).await?
    {
        return Ok(next);
    }
    if viewer.holds(Part::Supervisor) {
        // The newest edition that is open stands first.
        let editions = programmes::editions(&app.db, viewer.organisation).await?;
        if let Some(edition) = editions.iter().find(|edition| edition.phase() == Phase::Open)
            && let due @ 1.. = baselines::due(&app.db, viewer, edition).await?
        {
            return Ok(Next::new("baseline", &format!("/editions/{}/baseline", edition.id)).counting(due));
        }
    }
    if !places.is_empty() {
        return Ok(Next::new("taking-part", "/taking-part"));
    }
    Ok(match () {
        () if viewer.holds(Part::Operator) => Next::new("operator", "/system"),
        () if viewer.may_sometimes(Act::ReadEdition) => Next::new("onlooker", "/overview"),
        () if viewer.holds(Part::Supervisor) => Next::new("supervisor", "/lent"),
        () if viewer.holds(Part::Mentor) => Next::new("mentor", "/profile"),
        () if viewer.holds(Part::Mentee) => Next::new("mentee", "/profile"),
        () => Next::new("other", "/mentors"),
    })
}

/// What presses most in somebody's mentorships.
async fn next_with_a_pair(app: &App, viewer: &Viewer, own: &[Mentorship]) -> Result<Option<(When, Next)>, Failed> {
    let mut heard = mentorships::voices::heard(app, viewer, own).await?;
    let steps = own.iter().filter_map(|pair| heard.remove(&pair.id)?.steps.into_iter().next());
    let first = steps.min_by_key(|step| step.when);
    Ok(first.map(|Step { when, title, text, button, href }| (when, Next { title, text, href, button })))
}

/// What a pair does before it meets: read the orientation, and say where the mentee stands, which nobody can rebuild later.
async fn before_the_first_meeting(app: &App, viewer: &Viewer, edition: EditionId) -> Result<Option<Next>, Failed> {
    let Some(edition) = programmes::edition(&app.db, edition).await? else { return Ok(None) };
    if edition.phase() != Phase::Open {
        return Ok(None);
    }
    if orientation::is_due(&app.db, viewer, &edition).await? {
        return Ok(Some(Next::new("orientation", &format!("/editions/{}/orientation", edition.id))));
    }
    let due = baselines::due(&app.db, viewer, &edition).await?;
    let next = Next::new("baseline", &format!("/editions/{}/baseline", edition.id)).counting(due);
    Ok((due > 0).then_some(next))
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
        let is_well = self.mail && self.opens && self.backlog.given_up == 0 && self.schema.found == self.schema.known;
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
