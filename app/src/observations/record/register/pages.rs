//! The page of the register.

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use axum::extract::State as Has;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use serde::Deserialize;
use uuid::Uuid;

use super::store::{self, Coming, Ending, Kept, MOST, Place};
use crate::app::App;
use crate::db::{After, Error};
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
use crate::web::{Answer, Door, Failed, Query, Shell, Who, page};

/// Undertakings that end within so many days are shown.
const DAYS: i32 = 60;

pub(in crate::observations) fn doors() -> Vec<Door> {
    vec![Door::get("/records", Who::May(Act::KeepRoom), register)]
}

/// A part of the register. One that is longer than a page goes on on pages of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Exposed,
    Coming,
    Ending,
    Kept,
}

impl Part {
    const ALL: [Self; 4] = [Self::Exposed, Self::Coming, Self::Ending, Self::Kept];

    fn code(self) -> &'static str {
        match self {
            Self::Exposed => "exposed",
            Self::Coming => "coming",
            Self::Ending => "ending",
            Self::Kept => "kept",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }
}

/// Which part of the register is read, and after which row; without a part all of it from the beginning.
#[derive(Deserialize)]
struct Turned {
    #[serde(default)]
    part: String,
    #[serde(default)]
    after: String,
}

/// An instant as the order of a list.
fn order(at: Timestamp) -> [u8; 8] {
    at.as_microsecond().to_be_bytes()
}

/// The place in the order of time that a link of a former page carries.
pub(super) fn place_of(after: &After) -> Option<Place> {
    let order = after.sort.as_slice().try_into().ok()?;
    let at = Timestamp::from_microsecond(i64::from_be_bytes(order)).ok()?;
    after.is_somewhere().then_some((at, after.id))
}

/// A page's rows of those that were read, and the link to the next where there are more.
fn cut<T>(rows: &mut Vec<T>, key: impl Fn(&T) -> String) -> Option<String> {
    let most = usize::try_from(MOST).unwrap_or(usize::MAX);
    let has_more = rows.len() > most;
    rows.truncate(most);
    rows.last().filter(|_| has_more).map(key)
}

/// An exposure in the register.
pub(super) struct Exposed {
    pub sitting: Uuid,
    pub number: i64,
    /// The entry that said it first.
    pub first: u32,
    pub exposure: Exposure,
}

impl Exposed {
    /// Its place in the list, the newest first.
    fn place(&self) -> (Vec<u8>, Uuid) {
        ([&order(self.exposure.from)[..], &self.first.to_be_bytes()].concat(), self.sitting)
    }
}

#[derive(Template)]
#[template(path = "observations/record/register/register.html")]
struct RegisterPage {
    s: Shell,
    /// The part that is read alone.
    part: Option<Part>,
    /// The links to what follows, of the parts that are longer than a page.
    more: Vec<(Part, String)>,
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
    /// Those that are to come, and not those of which nobody says what came of them.
    fn ahead(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !one.is_unsaid).collect()
    }

    fn waiting(&self) -> Vec<&Coming> {
        self.coming.iter().filter(|one| !missing(one).is_empty()).collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn shows(&self, part: &Part) -> bool {
        self.part.is_none_or(|read| read == *part)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn more(&self, part: &Part) -> Option<String> {
        let (part, after) = self.more.iter().find(|(of, _)| of == part)?;
        Some(format!("/records?part={}&after={after}", part.code()))
    }

    fn title(&self) -> String {
        if let Some(part) = self.part {
            return self.s.t(&format!("records-register-{}", part.code()));
        }
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
pub(super) fn of_others(one: &Coming) -> Vec<Message> {
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
pub(super) fn missing(one: &Coming) -> Vec<Message> {
    if one.is_unsaid {
        // Whoever still asked is answered by its end; a conflict that nobody settled counts for everything until somebody does.
        let conflicts = Some(one.conflicts).filter(|count| *count > 0);
        let conflicts = conflicts.map(|count| Message::new("records-missing-conflicts").with("count", count));
        return std::iter::once(Message::new("records-missing-held")).chain(conflicts).collect();
    }
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
async fn coming(app: &App, viewer: &Viewer, after: Place) -> Result<Vec<Coming>, Error> {
    let mut coming = store::coming(&app.db, (viewer.organisation, viewer.person), app.now(), after).await?;
    if !policy(&app.db, viewer.organisation).await?.secretary_agrees {
        for one in &mut coming {
            one.asked = 0;
        }
    }
    Ok(coming)
}

/// Before everything that is in the order of time.
const FIRST: Place = (Timestamp::MIN, Uuid::nil());
/// After it, where the newest comes first.
const LAST: Place = (Timestamp::MAX, Uuid::max());

/// At how many sittings something waits for the secretary or the chair.
pub async fn waiting(app: &App, viewer: &Viewer) -> Result<usize, Failure> {
    let mut coming = coming(app, viewer, FIRST).await?;
    cut(&mut coming, |_| String::new());
    Ok(coming.iter().filter(|one| !missing(one).is_empty()).count())
}

/// A part of the register after a row of a former page, and where the next page begins, if there is one.
pub(super) type Rows<T> = (Vec<T>, Option<String>);

/// What comes, with what is missing.
pub(super) async fn rows_coming(app: &App, viewer: &Viewer, after: &After) -> Result<Rows<Coming>, Error> {
    let mut rows = coming(app, viewer, place_of(after).unwrap_or(FIRST)).await?;
    let more = cut(&mut rows, |last| After::of(last.id.0, &order(last.starts_at)));
    Ok((rows, more))
}

/// The undertakings that run out soon.
pub(super) async fn rows_ending(app: &App, viewer: &Viewer, after: &After) -> Result<Rows<Ending>, Error> {
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let last = today.checked_add(DAYS.days()).unwrap_or(today);
    let place = day_of(after).unwrap_or((Date::MIN, Uuid::nil()));
    let mut rows = store::ending(&app.db, viewer.organisation, (today, last), place).await?;
    let more = cut(&mut rows, |last| After::of(last.seat, last.ends_on.to_string().as_bytes()));
    Ok((rows, more))
}

/// The day in the order of days that a link of a former page carries.
pub(super) fn day_of(after: &After) -> Option<(Date, Uuid)> {
    let day = std::str::from_utf8(&after.sort).ok()?.parse().ok()?;
    after.is_somewhere().then_some((day, after.id))
}

/// The records that were kept and that the reader may read.
pub(super) async fn rows_kept(app: &App, viewer: &Viewer, after: &After) -> Result<Rows<Kept>, Error> {
    let whose = (viewer.organisation, viewer.person);
    let mut rows = store::kept(&app.db, whose, place_of(after).unwrap_or(LAST)).await?;
    let more = cut(&mut rows, |last| After::of(last.sitting.0, &order(last.starts_at)));
    Ok((rows, more))
}

/// What was heard that was closed, in records that the reader may read.
pub(super) async fn rows_exposed(app: &App, viewer: &Viewer, after: &After) -> Result<Rows<Exposed>, Failed> {
    let kind = Kind::Exposure.code();
    let links = records::links_of_kind(&app.db, viewer.organisation, kind, insiders::MOST_EXPOSURES).await?;
    let mut rows = exposed(app, viewer, &links).await?;
    if after.is_somewhere() {
        rows.retain(|one| one.place() < (after.sort.clone(), after.id));
    }
    let more = cut(&mut rows, |last| After::of(last.sitting, &last.place().0));
    Ok((rows, more))
}

/// What the list of insiders waits for: lines that need be kept no longer, and how many have not said that they read what follows.
pub(super) async fn of_list(app: &App, viewer: &Viewer) -> Result<(usize, usize), Failure> {
    let listed = insiders::list(app, viewer).await?.insiders;
    let past_keeping = listed.iter().filter(|insider| insider.is_past_keeping(app.now())).count();
    let unread = listed.iter().filter(|insider| insider.stands() && insider.told.read_at().is_none());
    Ok((past_keeping, unread.map(|insider| insider.observer).collect::<BTreeSet<_>>().len()))
}

async fn register(Has(app): Has<App>, viewer: Viewer, Query(turned): Query<Turned>) -> Answer {
    viewer.must(Act::KeepRoom)?;
    let part = Part::parse(&turned.part);
    let shows = |one: Part| part.is_none_or(|part| part == one);
    let after = part.map_or_else(After::default, |_| After::parse(&turned.after));
    let (coming, more_coming) =
        if shows(Part::Coming) { rows_coming(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (ending, more_ending) =
        if shows(Part::Ending) { rows_ending(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (kept, more_kept) =
        if shows(Part::Kept) { rows_kept(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let (exposed, more_exposed) =
        if shows(Part::Exposed) { rows_exposed(&app, &viewer, &after).await? } else { (Vec::new(), None) };
    let more = [
        (Part::Coming, more_coming),
        (Part::Ending, more_ending),
        (Part::Kept, more_kept),
        (Part::Exposed, more_exposed),
    ];
    let (past_keeping, unread) = if shows(Part::Exposed) { of_list(&app, &viewer).await? } else { (0, 0) };
    let people: Vec<Uuid> =
        ending.iter().map(|one| one.observer.0).chain(exposed.iter().map(|one| one.exposure.observer.0)).collect();
    let names = if people.is_empty() { BTreeMap::new() } else { identity::names(&app.db, &people).await? };
    let more = more.into_iter().filter_map(|(part, link)| Some((part, link?))).collect();
    page(&RegisterPage {
        s: Shell::of(&app, &viewer, "/records"),
        part,
        more,
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
    let sittings: BTreeSet<Uuid> = links.iter().map(|link| link.chain).collect();
    let sittings: Vec<Uuid> = sittings.into_iter().collect();
    let numbers = store::numbers_for(&app.db, (viewer.organisation, viewer.person), &sittings).await?;
    let numbers: BTreeMap<Uuid, i64> = numbers.into_iter().map(|(sitting, number)| (sitting.0, number)).collect();
    let mut of_sitting: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for link in links {
        of_sitting.entry(link.chain).or_default().push(entry_of(link)?);
    }
    let mut exposed = Vec::new();
    for (sitting, mut entries) in of_sitting {
        entries.sort_by_key(|entry| entry.number);
        let Some(number) = numbers.get(&sitting).copied() else { continue };
        let said = recorded(&entries).into_iter().filter(|(_, one)| !one.withdrawn);
        exposed.extend(said.map(|(first, exposure)| Exposed { sitting, number, first, exposure }));
    }
    exposed.sort_by_key(|one| std::cmp::Reverse(one.place()));
    Ok(exposed)
}
