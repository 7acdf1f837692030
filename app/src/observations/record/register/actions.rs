//! What the register holds, part by part: what comes and what it waits for, undertakings that run out, records that were kept, and what was heard
//! that was closed. Nothing is written.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use uuid::Uuid;

use super::store::{self, Coming, Ending, Kept, MOST, MOST_IN_A_FILE, Place};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{After, Error};
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::observations::record::chain::Link;
use crate::observations::record::events::{Entry, Exposure, Kind, recorded};
use crate::observations::record::insiders::actions as insiders;
use crate::observations::record::reading::entry_of;
use crate::observations::record::store as records;
use crate::observations::store::policy;
use crate::problems::Failure;
use crate::transaction;

/// Undertakings that end within so many days are shown.
const DAYS: i32 = 60;

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

/// How far a part is read: after which row of a former page, and how many rows at most.
pub(super) struct Reach {
    pub after: After,
    pub most: i64,
}

impl Reach {
    /// A page of it.
    pub fn page(after: After) -> Self {
        Self { after, most: MOST }
    }

    /// All of it, as far as a file has room.
    pub fn file() -> Self {
        Self { after: After::default(), most: MOST_IN_A_FILE }
    }

    pub fn is_of_a_file(&self) -> bool {
        self.most == MOST_IN_A_FILE
    }

    /// How many entries of exposures are read: each is said twice at least, and may be corrected.
    fn entries(&self) -> i64 {
        insiders::MOST_EXPOSURES.max(self.most.saturating_mul(2))
    }
}

/// A page's rows of those that were read, and the link to the next where there are more.
fn cut<T>(rows: &mut Vec<T>, most: i64, key: impl Fn(&T) -> String) -> Option<String> {
    let most = usize::try_from(most).unwrap_or(usize::MAX);
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
async fn coming(app: &App, viewer: &Viewer, (after, most): (Place, i64)) -> Result<Vec<Coming>, Error> {
    let mut coming = store::coming(&app.db, (viewer.organisation, viewer.person), app.now(), (after, most)).await?;
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
    let mut coming = coming(app, viewer, (FIRST, MOST)).await?;
    cut(&mut coming, MOST, |_| String::new());
    Ok(coming.iter().filter(|one| !missing(one).is_empty()).count())
}

/// A part of the register after a row of a former page, and where the next page begins, if there is one.
pub(super) type Rows<T> = (Vec<T>, Option<String>);

/// What comes, with what is missing.
pub(super) async fn rows_coming(app: &App, viewer: &Viewer, reach: &Reach) -> Result<Rows<Coming>, Error> {
    let mut rows = coming(app, viewer, (place_of(&reach.after).unwrap_or(FIRST), reach.most)).await?;
    let more = cut(&mut rows, reach.most, |last| After::of(last.id.0, &order(last.starts_at)));
    Ok((rows, more))
}

/// The undertakings that run out soon.
pub(super) async fn rows_ending(app: &App, viewer: &Viewer, reach: &Reach) -> Result<Rows<Ending>, Error> {
    let today = app.now().to_zoned_datetime(viewer.zone.clone()).date();
    let last = today.checked_add(DAYS.days()).unwrap_or(today);
    let place = day_of(&reach.after).unwrap_or((Date::MIN, Uuid::nil()));
    let mut rows = store::ending(&app.db, viewer.organisation, (today, last), (place, reach.most)).await?;
    let more = cut(&mut rows, reach.most, |last| After::of(last.seat, last.ends_on.to_string().as_bytes()));
    Ok((rows, more))
}

/// The day in the order of days that a link of a former page carries.
pub(super) fn day_of(after: &After) -> Option<(Date, Uuid)> {
    let day = std::str::from_utf8(&after.sort).ok()?.parse().ok()?;
    after.is_somewhere().then_some((day, after.id))
}

/// The records that were kept and that the reader may read.
pub(super) async fn rows_kept(app: &App, viewer: &Viewer, reach: &Reach) -> Result<Rows<Kept>, Error> {
    let whose = (viewer.organisation, viewer.person);
    let place = place_of(&reach.after).unwrap_or(LAST);
    let mut rows = store::kept(&app.db, whose, (place, reach.most)).await?;
    let more = cut(&mut rows, reach.most, |last| After::of(last.sitting.0, &order(last.starts_at)));
    Ok((rows, more))
}

/// What was heard that was closed, in records that the reader may read.
#[derive(Default)]
pub(super) struct Heard {
    pub rows: Vec<Exposed>,
    pub more: Option<String>,
    /// Whether there is more than is read: what is older stands in the records alone.
    pub is_cut: bool,
}

impl Heard {
    pub async fn of(app: &App, viewer: &Viewer, reach: &Reach) -> Result<Self, Failure> {
        let (kind, after, most) = (Kind::Exposure.code(), &reach.after, reach.entries());
        let mut links = records::links_of_kind(&app.db, viewer.organisation, kind, most + 1).await?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let is_cut = links.len() > most;
        links.truncate(most);
        let mut rows = exposed(app, viewer, &links).await?;
        if after.is_somewhere() {
            rows.retain(|one| one.place() < (after.sort.clone(), after.id));
        }
        let more = cut(&mut rows, reach.most, |last| After::of(last.sitting, &last.place().0));
        Ok(Self { rows, more, is_cut })
    }
}

/// Has the trail say that somebody took a part of the register out of the house, which bears names, and in which form.
pub(super) async fn taken_out(app: &App, viewer: &Viewer, (part, form): (&str, &str)) -> Result<(), Failure> {
    let (organisation, person) = (viewer.organisation.0, viewer.person.0);
    transaction!(app.db, tx => {
        let note = Note::new(organisation, person, "observations.register").about("organisation", organisation);
        Ok(audit::note(app, tx, note.with(serde_json::json!({ "part": part, "as": form }))).await?)
    })
}

/// What the list of insiders waits for: lines that need be kept no longer, and how many have not said that they read what follows.
pub(super) async fn of_list(app: &App, viewer: &Viewer) -> Result<(usize, usize), Failure> {
    let listed = insiders::list(app, viewer).await?.insiders;
    let past_keeping = listed.iter().filter(|insider| insider.is_past_keeping(app.now())).count();
    let unread = listed.iter().filter(|insider| insider.stands() && insider.told.read_at().is_none());
    Ok((past_keeping, unread.map(|insider| insider.observer).collect::<BTreeSet<_>>().len()))
}

/// The last word on each exposure of some entries, the newest first.
async fn exposed(app: &App, viewer: &Viewer, links: &[Link]) -> Result<Vec<Exposed>, Failure> {
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
