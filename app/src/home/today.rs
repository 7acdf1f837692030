//! What needs a person today: the one clear next step, and for a coordinator what waits in which edition.

use jiff::SignedDuration;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, Viewer};
use crate::mentorships::Mentorship;
use crate::mentorships::voices::{Step, When};
use crate::problems::Failure;
use crate::programmes::model::Phase;
use crate::programmes::{Edition, EditionId, Standing, orientation};
use crate::web::Failed;
use crate::{baselines, breakglass, concerns, mentorships, observations, pairing, people, programmes};

pub(super) struct Today {
    pub next: Next,
    /// Where else somebody has to do with things that others do not: the path, and what it is called.
    pub also: Option<(&'static str, Message)>,
    /// How many people there are, for a coordinator.
    pub counts: Option<people::Counts>,
    /// What a coordinator is at: the editions that are not closed.
    pub editions: Vec<Busy>,
}

/// An edition, and what waits there for a coordinator.
pub(super) struct Busy {
    pub edition: Edition,
    pub waits: Vec<Message>,
}

/// So many editions are named on the first page; the list of programmes has them all.
const MOST_EDITIONS: usize = 12;

/// The one clear next step of a person.
pub(super) struct Next {
    pub title: Message,
    pub text: Message,
    pub href: String,
    pub button: Message,
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

impl Today {
    pub async fn of(app: &App, viewer: &Viewer) -> Result<Self, Failed> {
        let asked = pairing::waiting_for(&app.db, viewer.person, app.now()).await?;
        let proposal = (!asked.is_empty()).then(|| Next::new("proposal", "/proposals").counting(asked.len()));
        // A request to open what a pair wrote lapses; after it comes whoever told of a problem.
        let glasses = breakglass::waiting_for(app, viewer).await?;
        let glass = (glasses > 0).then(|| Next::new("glass", "/break-glass").counting(glasses));
        let received = concerns::received_by(&app.db, viewer.organisation, viewer.person).await?;
        let concerns = usize::try_from(received.untaken).unwrap_or(0);
        // Who never received any is not told that there is such a page.
        let also = (received.all > 0).then(|| ("/concerns", Message::new("home-concerns")));
        let concern = (concerns > 0).then(|| Next::new("concern", "/concerns").counting(concerns));
        let first = glass.or(concern).or(proposal);
        if !viewer.may(Act::ManageProgrammes, &viewer.record()) {
            let next = match first {
                Some(first) => first,
                None => match room(app, viewer).await? {
                    Some(next) => next,
                    None => participants(app, viewer).await?,
                },
            };
            return Ok(Self { next, also, counts: None, editions: Vec::new() });
        }
        let counts = *people::counted(app, viewer.organisation).await?;
        let mut editions = programmes::editions(&app.db, viewer.organisation).await?;
        editions.retain(|edition| edition.phase() != Phase::Closed);
        let waiting = programmes::waiting(app, viewer).await?;
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
                let step = programmes::next_step(app, viewer, &busy.edition).await?;
                Next { title: step.title, text: step.text, href: step.href, button: step.button }
            }
        };
        Ok(Self { next, also, counts: Some(counts), editions })
    }
}

/// What of the room waits for a secretary, or for whoever receives observers.
async fn room(app: &App, viewer: &Viewer) -> Result<Option<Next>, Failure> {
    if viewer.may(Act::KeepRoom, &viewer.record()) {
        let waiting = observations::waiting_for_secretary(app, viewer).await?;
        return Ok((waiting > 0).then(|| Next::new("register", "/records").counting(waiting)));
    }
    let waiting = observations::waiting_for(app, viewer).await?;
    Ok((waiting > 0).then(|| Next::new("sittings", "/sittings").counting(waiting)))
}

/// The next step of whoever does not coordinate: what somebody waits for comes first.
async fn participants(app: &App, viewer: &Viewer) -> Result<Next, Failure> {
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
            // What is due in a day or two does not wait for what can be read any day.
            Some((When::By(at), next)) if app.now().duration_until(at) < SOON => (Some(next), None),
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
        () if viewer.may(Act::KeepRoom, &viewer.record()) => Next::new("secretary", "/records"),
        () if viewer.holds(Part::Host) => Next::new("host", "/sittings"),
        () if viewer.holds(Part::Operator) => Next::new("operator", "/system"),
        () if viewer.may_sometimes(Act::ReadEdition) => Next::new("onlooker", "/overview"),
        () if viewer.holds(Part::Supervisor) => Next::new("supervisor", "/lent"),
        () if viewer.holds(Part::Mentor) => Next::new("mentor", "/profile"),
        () if viewer.holds(Part::Mentee) => Next::new("mentee", "/profile"),
        () => Next::new("other", "/mentors"),
    })
}

/// What is due within this time presses more than how a pair begins.
const SOON: SignedDuration = SignedDuration::from_hours(48);

/// What presses most in somebody's mentorships.
async fn next_with_a_pair(app: &App, viewer: &Viewer, own: &[Mentorship]) -> Result<Option<(When, Next)>, Failure> {
    let mut heard = mentorships::voices::heard(app, viewer, own).await?;
    let steps = own.iter().filter_map(|pair| heard.remove(&pair.id)?.steps.into_iter().next());
    let first = steps.min_by_key(|step| step.when);
    Ok(first.map(|Step { when, title, text, button, href }| (when, Next { title, text, href, button })))
}

/// What a pair does before it meets: read the orientation, and say where the mentee stands, which nobody can rebuild later.
async fn before_the_first_meeting(app: &App, viewer: &Viewer, edition: EditionId) -> Result<Option<Next>, Failure> {
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
