//! The page of the register.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State as Has;
use jiff::ToSpan as _;
use uuid::Uuid;

use super::store::{self, Coming, Ending, Kept, MOST};
use crate::app::App;
use crate::db::Error;
use crate::i18n::Message;
use crate::identity::{self, Act, Viewer};
use crate::observations::record::chain::Link;
use crate::observations::record::events::{Entry, Exposure, Kind, recorded};
use crate::observations::record::insiders::actions as insiders;
use crate::observations::record::letters::class_name;
use crate::observations::record::reading::entry_of;
use crate::observations::record::store as records;
use crate::observations::store::policy;
use crate::problems::Failure;
use crate::web::{Answer, Door, Failed, Shell, Who, page};

/// Undertakings that end within so many days are shown.
const DAYS: i32 = 60;

pub(in crate::observations) fn doors() -> Vec<Door> {
    vec![Door::get("/records", Who::May(Act::KeepRoom), register)]
}

/// An exposure in the register.
struct Exposed {
    sitting: Uuid,
    number: i64,
    exposure: Exposure,
}

#[derive(Template)]
#[template(path = "observations/record/register/register.html")]
struct RegisterPage {
    s: Shell,
    coming: Vec<Coming>,
    ending: Vec<Ending>,
    kept: Vec<Kept>,
    exposed: Vec<Exposed>,
    /// Lines of the list of insiders that need be kept no longer.
    past_keeping: usize,
    /// Whoever heard inside information and has not said that they read what follows.
    unread: usize,
    names: BTreeMap<Uuid, String>,
}

impl RegisterPage {
    fn waiting(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !missing(one).is_empty()).collect()
    }

    fn title(&self) -> String {
        match self.waiting().len() {
            0 => self.s.t("records-register-nothing"),
            waiting => self.s.count("records-register-waiting", &waiting),
        }
    }

    fn missing(&self, one: &Coming) -> String {
        let told: Vec<String> = missing(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    /// What waits for others than the secretary and the chair.
    fn of_others(&self, one: &Coming) -> String {
        let told: Vec<String> = of_others(one).iter().map(|message| self.s.tell(message)).collect();
        told.join(" · ")
    }

    fn item(&self, one: &Exposed) -> String {
        let message = Message::new("records-insider-section").with("sitting", one.number.to_string());
        self.s.tell(&message.with("item", one.exposure.item))
    }

    fn name(&self, id: &Uuid) -> &str {
        self.names.get(id).map_or("", String::as_str)
    }

    fn class(&self, exposure: &Exposure) -> String {
        self.s.tell(&class_name(exposure.class))
    }

    fn until(&self, exposure: &Exposure) -> String {
        exposure.until.map_or_else(|| self.s.t("records-insider-lasts"), |until| self.s.at(&until))
    }
}

/// What a sitting waits for that is neither the secretary's nor the chair's: the host, or those who observe.
fn of_others(one: &Coming) -> Vec<Message> {
    let host = one.is_draft.then(|| Message::new("records-missing-host"));
    let counted = [
        ("records-missing-host-answer", one.host_asked),
        ("records-missing-declared", one.not_declared),
        ("records-missing-signed", one.not_signed),
    ];
    let counted = counted.into_iter().filter(|(_, count)| *count > 0);
    host.into_iter().chain(counted.map(|(key, count)| Message::new(key).with("count", count))).collect()
}

/// What a sitting waits for of the secretary or the chair.
fn missing(one: &Coming) -> Vec<Message> {
    [
        ("records-missing-asked", one.asked),
        ("records-missing-class", one.not_classified),
        ("records-missing-agreed", one.not_agreed),
        ("records-missing-conflicts", one.conflicts),
        ("records-missing-other-side", i64::from(one.wants_other_side)),
    ]
    .into_iter()
    // Nothing is to be done before its host agrees.
    .filter(|(_, count)| *count > 0 && !one.is_draft)
    .map(|(key, count)| Message::new(key).with("count", count))
    .collect()
}

/// What comes, each with what is missing. Where a seat does not need the secretary's agreement, none waits for it.
async fn coming(app: &App, viewer: &Viewer) -> Result<Vec<Coming>, Error> {
    let mut coming = store::coming(&app.db, viewer.organisation, app.now()).await?;
    if !policy(&app.db, viewer.organisation).await?.secretary_agrees {
        for one in &mut coming {
            one.asked = 0;
        }
    }
    Ok(coming)
}

/// At how many sittings something waits for the secretary or the chair.
pub async fn waiting(app: &App, viewer: &Viewer) -> Result<usize, Failure> {
    let coming = coming(app, viewer).await?;
    Ok(coming.iter().filter(|one| !missing(one).is_empty()).count())
}

async fn register(Has(app): Has<App>, viewer: Viewer) -> Answer {
    viewer.must(Act::KeepRoom)?;
    let (organisation, now) = (viewer.organisation, app.now());
    let today = now.to_zoned_datetime(viewer.zone.clone()).date();
    let last = today.checked_add(DAYS.days()).unwrap_or(today);
    let coming = coming(&app, &viewer).await?;
    let ending = store::ending(&app.db, organisation, (today, last)).await?;
    let kept = store::kept(&app.db, organisation).await?;
    let links = records::links_of_kind(&app.db, organisation, Kind::Exposure.code(), MOST).await?;
    let exposed = exposed(&app, &viewer, &links).await?;
    let listed = if links.is_empty() { Vec::new() } else { insiders::list(&app, &viewer).await?.insiders };
    let past_keeping = listed.iter().filter(|insider| insider.is_past_keeping(now)).count();
    let unread = listed.iter().filter(|insider| insider.stands() && insider.told.read_at().is_none());
    let unread = unread.map(|insider| insider.observer).collect::<BTreeSet<_>>().len();
    let people: Vec<Uuid> =
        ending.iter().map(|one| one.observer.0).chain(exposed.iter().map(|one| one.exposure.observer.0)).collect();
    let names = if people.is_empty() { BTreeMap::new() } else { identity::names(&app.db, &people).await? };
    page(&RegisterPage {
        s: Shell::of(&app, &viewer, "/records"),
        coming,
        ending,
        kept,
        exposed,
        past_keeping,
        unread,
        names,
    })
}

/// The last word on each exposure of some entries, the newest first.
async fn exposed(app: &App, viewer: &Viewer, links: &[Link]) -> Result<Vec<Exposed>, Failed> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let sittings: Vec<Uuid> = links.iter().map(|link| link.chain).collect();
    let numbers = records::numbers(&app.db, viewer.organisation, &sittings).await?;
    let numbers: BTreeMap<Uuid, i64> = numbers.into_iter().map(|(sitting, number)| (sitting.0, number)).collect();
    let mut of_sitting: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for link in links {
        of_sitting.entry(link.chain).or_default().push(entry_of(link)?);
    }
    let mut exposed = Vec::new();
    for (sitting, mut entries) in of_sitting {
        entries.sort_by_key(|entry| entry.number);
        let number = numbers.get(&sitting).copied().unwrap_or_default();
        let said = recorded(&entries).into_values();
        exposed.extend(said.filter(|one| !one.withdrawn).map(|exposure| Exposed { sitting, number, exposure }));
    }
    exposed.sort_by_key(|one| std::cmp::Reverse(one.exposure.from));
    Ok(exposed)
}
