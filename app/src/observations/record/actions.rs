//! What is written to a record: who may, in one transaction, with the audit entry in which the chain's end is noted, and with what
//! the secretary is told. Nothing is changed and nothing is deleted.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::chain::{Canonical, Fault, Head, Link, check, digest, text_of};
use super::duties::actions as duties;
use super::events::{self, Cause, Entry, Event, Instead, New, Refused, State};
use super::letters;
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::{Argument, Message};
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::notices::{self, Notice};
use crate::observations::model::{Class, SeatState, Sitting, SittingId, State as SittingState};
use crate::observations::place::Place;
use crate::observations::seating::actions::attended;
use crate::observations::undertakings::digest as digest_of_words;
use crate::observations::{Places, places_of, sitting, took_place};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// Who stands in an entry that whoever had the link of a mail brought about: nobody of whom an identifier is known.
const BY_LINK: Uuid = Uuid::nil();
/// The verb under which the trail notes where a chain ends.
pub(super) const NOTED: &str = "observations.record";
/// So many things are told in one go at most.
const MOST_AT_ONCE: usize = 100;
/// What is told as late as this has happened already, whoever tells it.
const LATE: SignedDuration = SignedDuration::from_secs(10);
/// Taps that come in within this time of each other were tapped in a row.
const IN_A_ROW: SignedDuration = SignedDuration::from_secs(60);
/// What is told later than this after it happened no phone knows any more; it is typed from a sheet, with its time.
const LONGEST_AGO: SignedDuration = SignedDuration::from_hours(48);
/// So long before its plan begins a sitting may have begun, and so long after may it have ended.
const AROUND: SignedDuration = SignedDuration::from_hours(24);

/// What the keeper of a record sees happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tap {
    ItemBegins {
        item: u32,
        all_the_same: bool,
    },
    /// Whoever has to be out leaves, and the item begins.
    LeaveAndBegin {
        item: u32,
    },
    ItemEnds {
        item: u32,
    },
    /// Somebody enters, or comes back.
    Comes {
        observer: PersonId,
    },
    Leaves {
        observer: PersonId,
    },
    /// Somebody, or everybody who is in, is told to leave.
    ToldToLeave {
        observer: Option<PersonId>,
    },
    Closed,
}

/// When it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// So long before it is told: a phone's clock may be wrong, but seldom by how it runs. Where it was set anew meanwhile, it happened all the
    /// same after the phone had last heard of us.
    Ago {
        ago: SignedDuration,
        after: Option<Timestamp>,
    },
    At(Timestamp),
}

/// Something that the keeper tells. What bears the same identifier is the same thing, however often it comes.
#[derive(Clone, Debug)]
pub struct Told {
    pub client: Uuid,
    pub tap: Tap,
    pub when: When,
    /// Whether it was tried before: then it has happened, whatever became of the first try.
    pub again: bool,
}

/// A correction of an entry.
#[derive(Clone, Copy, Debug)]
pub struct Correction {
    pub client: Uuid,
    pub entry: u32,
    /// When it happened in truth; nothing where it did not.
    pub at: Option<Timestamp>,
    /// Why it is corrected, where whoever does so says it.
    pub why: Option<Cause>,
}

/// Whether somebody keeps the record of a sitting: a secretary does, and whoever is named for it, or the host where nobody is.
pub fn keeps(viewer: &Viewer, sitting: &Sitting) -> bool {
    let is_named = match sitting.keeper {
        Some(keeper) => keeper == viewer.person,
        None => sitting.host.is(viewer.person),
    };
    is_named || viewer.may(Act::KeepRoom, &viewer.record())
}

/// A record as it stands, with the sitting, who may be where, and what people are called.
#[derive(Debug)]
pub struct Read {
    pub sitting: Sitting,
    pub places: Places,
    pub links: Vec<Link>,
    pub entries: Vec<Entry>,
    pub state: State,
}

impl Read {
    pub async fn of(from: impl Into<Reader<'_>>, organisation: OrganisationId, id: SittingId) -> Result<Self, Failure> {
        let mut from = from.into();
        let sitting = sitting(from.again(), organisation, id).await?.ok_or(Refusal::NotFound)?;
        let places = places_of(from.again(), &sitting).await?;
        let links = store::links(from, organisation, id.0).await?;
        let entries = entries_of(&links)?;
        let state = State::of(&entries);
        Ok(Self { sitting, places, links, entries, state })
    }

    /// Those who observe: who holds a seat, and whoever the record knows.
    pub fn observers(&self) -> Vec<PersonId> {
        let is_known = |person: PersonId| self.entries.iter().any(|entry| entry.event.observer() == Some(person));
        let of_it = self.places.seats.iter().filter(|seat| seat.state == SeatState::Held || is_known(seat.observer));
        of_it.map(|seat| seat.observer).collect()
    }

    pub fn name(&self, observer: PersonId) -> &str {
        let seat = self.places.seats.iter().find(|seat| seat.observer == observer);
        seat.map_or("", |seat| seat.observer_name.as_str())
    }

    /// The class of an item and who had to be out of it at an instant, as far as is known now.
    pub fn closed_to(&self, item: u32, at: Timestamp) -> Option<(Option<Class>, BTreeSet<PersonId>)> {
        let known = self.places.items.iter().find(|known| known.number == i64::from(item))?;
        let is_out = |observer: &PersonId| {
            let mut seats = self.places.seats.iter().filter(|seat| seat.observer == *observer);
            !seats.any(|seat| self.places.at(seat.id, known.id, at).is_some_and(Place::is_in))
        };
        Some((known.class, self.observers().into_iter().filter(is_out).collect()))
    }

    /// The item that comes next: the first that has not been.
    pub fn next_item(&self) -> Option<u32> {
        let numbers = self.places.items.iter().filter_map(|item| u32::try_from(item.number).ok());
        let mut numbers = numbers.filter(|item| self.state.runs_of(*item).next().is_none());
        numbers.next()
    }

    /// The digest of the last entry.
    pub fn head(&self) -> String {
        self.links.last().map(|link| hex::encode(&link.digest)).unwrap_or_default()
    }
}

/// The entries of a sitting's chain. One that cannot be read is a fault of ours, which the check of the chain explains.
fn entries_of(links: &[Link]) -> anyhow::Result<Vec<Entry>> {
    links.iter().map(entry_of).collect()
}

pub(super) fn entry_of(link: &Link) -> anyhow::Result<Entry> {
    let read: Canonical<Event> = serde_json::from_str(&link.text)?;
    let Canonical { number, client, at, noted_at, by, event, .. } = read;
    Ok(Entry { number, client, at, noted_at, by: Some(PersonId(by)).filter(|by| by.0 != BY_LINK), event })
}

/// A record for its keeper.
pub async fn read(from: impl Into<Reader<'_>>, viewer: &Viewer, id: SittingId) -> Result<Read, Failure> {
    let read = Read::of(from, viewer.organisation, id).await?;
    if keeps(viewer, &read.sitting) { Ok(read) } else { Err(Refusal::NotFound.into()) }
}

/// An instant as it is stored: to the microsecond.
fn stored(at: Timestamp) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond()).unwrap_or(at)
}

/// Writes down what the keeper saw, in the order in which it is told. Of one identifier it is written once. What is told as it happens may be
/// refused, with the reason, before it has begun; what has happened is written whatever it was.
pub async fn note(app: &App, viewer: &Viewer, id: SittingId, told: &[Told]) -> Result<(), Failure> {
    if told.len() > MOST_AT_ONCE {
        return Err(Problems::one("", Message::new("records-many").with("most", MOST_AT_ONCE)).into());
    }
    transaction!(app.db, tx => {
        let mut read = self::read(&mut *tx, viewer, id).await?;
        if !told.iter().any(|one| read.entries.iter().all(|entry| entry.client != one.client)) {
            return Ok(());
        }
        if matches!(read.sitting.state, SittingState::Draft | SittingState::Cancelled) {
            return Err(Problems::one("", Message::new("records-not-open")).into());
        }
        let signed = store::undertakings(&mut *tx, id).await?;
        let signed: BTreeMap<PersonId, String> =
            signed.into_iter().map(|(observer, digest)| (observer, hex::encode(digest))).collect();
        let by = (Some(viewer.person), stored(app.now()));
        let (before, was_closed) = (read.entries.len(), read.state.closed_at.is_some());
        // Somebody may have been given a seat since the item began, or lost what let them in.
        catch_up(app, &mut read, by)?;
        for one in told {
            take(app, &mut read, &signed, by, one)?;
        }
        write(app, tx, &read, before).await?;
        // What is closed took place; nobody has to say so a second time.
        if !was_closed && read.state.closed_at.is_some() && read.sitting.state.is_open() && read.sitting.has_begun(by.1) {
            took_place(app, tx, viewer.person, read.sitting).await?;
        }
        Ok(())
    })
}

/// When something happened, if it can be of this sitting.
fn happened_at(read: &Read, told: &Told, (by, now): (Option<PersonId>, Timestamp)) -> Result<Timestamp, Problems> {
    let at = match told.when {
        When::Now => now,
        When::At(at) => stored(at),
        When::Ago { ago, after } => {
            let at = stored(now.saturating_sub(ago.max(SignedDuration::ZERO)).unwrap_or(now));
            let at = after.map_or(at, |after| at.max(stored(after.min(now))));
            // What one person taps in a row happened in that order, however long each took to come in.
            let own = read.entries.iter().filter(|entry| entry.by == by && entry.event.is_of_the_room());
            let just_now =
                own.filter(|entry| now.duration_since(entry.noted_at) < IN_A_ROW).map(|entry| entry.at).max();
            let at = just_now.map_or(at, |before| at.max(before));
            if now.duration_since(at) > LONGEST_AGO {
                return Err(Problems::one("", Message::new("records-time-old").with("hours", LONGEST_AGO.as_hours())));
            }
            at
        }
    };
    if is_of_it(&read.sitting, at, now) { Ok(at) } else { Err(Problems::one("", Message::new("records-time-wrong"))) }
}

/// Whether something can have happened at an instant: by now, and around the time for which the sitting was planned.
fn is_of_it(sitting: &Sitting, at: Timestamp, now: Timestamp) -> bool {
    let earliest = sitting.starts_at.saturating_sub(AROUND).unwrap_or(Timestamp::MIN);
    let latest = sitting.ends_at.saturating_add(AROUND).unwrap_or(Timestamp::MAX);
    (earliest..=latest.min(now)).contains(&at)
}

/// Takes one thing into the entries of a record.
fn take(
    app: &App,
    read: &mut Read,
    signed: &BTreeMap<PersonId, String>,
    by: (Option<PersonId>, Timestamp),
    told: &Told,
) -> Result<(), Failure> {
    if read.entries.iter().any(|entry| entry.client == told.client) {
        return Ok(());
    }
    let (now, at) = (by.1, happened_at(read, told, by)?);
    let has_happened = told.again || matches!(told.when, When::At(_)) || now.duration_since(at) > LATE;
    let mut client = told.client;
    for event in events_of(read, signed, (&told.tap, at))? {
        let field = field_of(&event);
        let new = New { client, at, event };
        let more = events::added(&read.entries, new, by, has_happened, || app.id());
        let more = more.map_err(|refused| Problems::one(field, in_words(read, &refused)))?;
        read.entries.extend(more);
        read.state = State::of(&read.entries);
        client = app.id();
    }
    Ok(())
}

/// What happens by one tap.
fn events_of(
    read: &Read,
    signed: &BTreeMap<PersonId, String>,
    (tap, at): (&Tap, Timestamp),
) -> Result<Vec<Event>, Failure> {
    let begins = |item: u32, all_the_same: bool| {
        let (class, out) = read.closed_to(item, at).ok_or(Refusal::NotFound)?;
        Ok::<_, Failure>(Event::ItemBegins { item, class, out, all_the_same })
    };
    let known = |observer: PersonId| {
        let is_known = read.observers().contains(&observer);
        if is_known { Ok(observer) } else { Err(Failure::from(Refusal::NotFound)) }
    };
    Ok(match tap {
        Tap::ItemBegins { item, all_the_same } => vec![begins(*item, *all_the_same)?],
        Tap::LeaveAndBegin { item } => {
            let (_, out) = read.closed_to(*item, at).ok_or(Refusal::NotFound)?;
            let inside = read.state.inside();
            let leave = out.intersection(&inside).map(|observer| Event::Leaves { observer: *observer });
            leave.chain([begins(*item, false)?]).collect()
        }
        Tap::ItemEnds { item } => {
            read.closed_to(*item, at).ok_or(Refusal::NotFound)?;
            vec![Event::ItemEnds { item: *item }]
        }
        Tap::Comes { observer } => {
            let observer = known(*observer)?;
            if read.state.has_been_in(observer) {
                vec![Event::Returns { observer }]
            } else {
                vec![Event::Enters { observer, undertaking: signed.get(&observer).cloned() }]
            }
        }
        Tap::Leaves { observer } => vec![Event::Leaves { observer: known(*observer)? }],
        Tap::ToldToLeave { observer: Some(observer) } => vec![Event::ToldToLeave { observer: known(*observer)? }],
        Tap::ToldToLeave { observer: None } => {
            read.state.inside().into_iter().map(|observer| Event::ToldToLeave { observer }).collect()
        }
        Tap::Closed => vec![Event::Closed],
    })
}

/// The field beside which a refusal stands.
fn field_of(event: &Event) -> String {
    match (event.item(), event.observer()) {
        (Some(item), _) => format!("item-{item}"),
        (_, Some(observer)) => format!("observer-{observer}"),
        _ => String::new(),
    }
}

fn in_words(read: &Read, refused: &Refused) -> Message {
    match refused {
        Refused::MustBeOut(who) => {
            let names: Vec<&str> = who.iter().map(|observer| read.name(*observer)).collect();
            Message::new("records-must-be-out").with("names", names.join(", "))
        }
        Refused::Runs(item) => Message::new("records-runs").with("item", *item),
        Refused::DoesNotRun => Message::new("records-does-not-run"),
        Refused::IsIn => Message::new("records-is-in"),
        Refused::IsOut => Message::new("records-is-out"),
        Refused::Closed => Message::new("records-closed"),
        Refused::NoSuchEntry => Message::new("records-no-such-entry"),
    }
}

/// Corrects when an entry happened, or says that it did not: with an entry of its own.
pub async fn correct(app: &App, viewer: &Viewer, id: SittingId, correction: Correction) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut read = self::read(&mut *tx, viewer, id).await?;
        if read.entries.iter().any(|entry| entry.client == correction.client) {
            return Ok(());
        }
        let corrected = read.entries.iter().find(|entry| entry.number == correction.entry).ok_or(Refusal::NotFound)?;
        let now = stored(app.now());
        if correction.at.is_some_and(|at| !is_of_it(&read.sitting, at, now)) {
            return Err(Problems::one("at", Message::new("records-time-wrong")).into());
        }
        let event = corrected.event.clone();
        let instead = correction.at.map(|at| Box::new(Instead { at: stored(at), event }));
        let cause = correction.at.map_or(Cause::Mistaken, |_| Cause::WrongTime);
        let event = Event::Correction { entry: correction.entry, instead, why: Some(correction.why.unwrap_or(cause)) };
        let new = New { client: correction.client, at: now, event };
        let more = events::added(&read.entries, new, (Some(viewer.person), now), false, || app.id());
        let more = more.map_err(|refused| Problems::one("at", in_words(&read, &refused)))?;
        let before = read.entries.len();
        read.entries.extend(more);
        write(app, tx, &read, before).await
    })
}

/// Has the record follow a class, an agreement or a seat that changed while an item runs: what holds from now on is written down, and whoever
/// has to be out from now on and is in is exposed. Nothing is written where nothing changed for the item, or none runs.
///
/// Whoever changed it by the link of a mail is no person here, and none stands for them.
pub async fn follow(
    app: &App,
    tx: &mut Tx,
    (organisation, by): (OrganisationId, Option<PersonId>),
    id: SittingId,
) -> Result<(), Failure> {
    let mut read = Read::of(&mut *tx, organisation, id).await?;
    let before = read.entries.len();
    catch_up(app, &mut read, (by, stored(app.now())))?;
    write(app, tx, &read, before).await
}

/// Notes that an observer signed, where the record has begun: under which undertaking somebody comes in stands with their coming.
pub async fn has_signed(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (observer, undertaking): (PersonId, &[u8]),
) -> Result<(), Failure> {
    let mut read = Read::of(&mut *tx, sitting.organisation, sitting.id).await?;
    if read.entries.is_empty() {
        return Ok(());
    }
    let (before, by) = (read.entries.len(), (Some(observer), stored(app.now())));
    let event = Event::Signs { observer, undertaking: hex::encode(undertaking) };
    let new = New { client: app.id(), at: by.1, event };
    let more = events::added(&read.entries, new, by, true, || app.id());
    read.entries.extend(more.map_err(|refused| Problems::one("", in_words(&read, &refused)))?);
    read.state = State::of(&read.entries);
    catch_up(app, &mut read, by)?;
    write(app, tx, &read, before).await
}

/// Has the entries say of the item that runs what holds for it now.
fn catch_up(app: &App, read: &mut Read, by: (Option<PersonId>, Timestamp)) -> Result<(), Failure> {
    let Some(running) = &read.state.running else { return Ok(()) };
    let item = running.item;
    let Some((class, out)) = read.closed_to(item, by.1) else { return Ok(()) };
    if class == running.class && out == running.out {
        return Ok(());
    }
    let new = New { client: app.id(), at: by.1, event: Event::ClassChanged { item, class, out } };
    let more = events::added(&read.entries, new, by, true, || app.id());
    let more = more.map_err(|refused| Problems::one("", in_words(read, &refused)))?;
    read.entries.extend(more);
    read.state = State::of(&read.entries);
    Ok(())
}

/// Whether anything stands in the record of a sitting: then it has begun, whatever its plan says.
pub async fn has_entries(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SittingId,
) -> Result<bool, Failure> {
    Ok(!store::links(from, organisation, id.0).await?.is_empty())
}

/// Whether the record of a sitting is closed as it stands.
pub async fn is_closed(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SittingId,
) -> Result<bool, Failure> {
    let links = store::links(from, organisation, id.0).await?;
    Ok(State::of(&entries_of(&links)?).closed_at.is_some())
}

/// Writes the entries that are new, how long everybody was there, the trail's note of where the chain ends now, and what the secretaries
/// are told.
async fn write(app: &App, tx: &mut Tx, read: &Read, before: usize) -> Result<(), Failure> {
    let (known, new) = read.entries.split_at_checked(before).unwrap_or_default();
    let Some(last) = new.last() else { return Ok(()) };
    let (organisation, chain) = (read.sitting.organisation, read.sitting.id.0);
    let previous = read.links.last().map_or_else(Vec::new, |link| link.digest.clone());
    let links = links_of((organisation.0, chain), new, previous);
    append(app, tx, last.by, &links, known.len()).await?;
    let minutes = read.state.minutes(read.sitting.ends_at);
    if minutes != State::of(known).minutes(read.sitting.ends_at) {
        store::attend(tx, &read.sitting, &minutes).await?;
        attended(app, tx, (&read.sitting, last.by), &minutes).await?;
    }
    duties::follow(app, tx, &read.sitting, (&read.entries, new)).await?;
    if new.iter().all(|entry| !matches!(entry.event, Event::Exposure(_))) {
        return Ok(());
    }
    let secretaries = identity::person_ids_with_part(&mut *tx, organisation, Part::Secretary).await?;
    let notices: Vec<Notice> = told_of(read, known, new, &secretaries);
    notices::tell_all(app, tx, &notices).await?;
    Ok(())
}

/// What the secretaries are told of exposures: of each that is new, and of each that a correction moved or withdrew.
fn told_of(read: &Read, known: &[Entry], new: &[Entry], to: &[PersonId]) -> Vec<Notice> {
    let before = events::recorded(known);
    let told = |entry: &Entry| {
        let Event::Exposure(exposure) = &entry.event else { return Vec::new() };
        let name = read.name(exposure.observer);
        let of_it = (exposure, name);
        match exposure.follows.and_then(|first| before.get(&first)) {
            _ if exposure.withdrawn => letters::of_correction(&read.sitting, of_it, entry.number, to),
            Some(said) if said.withdrawn || said.from != exposure.from => {
                letters::of_correction(&read.sitting, of_it, entry.number, to)
            }
            _ => letters::of_exposure(&read.sitting, exposure, name, to),
        }
    };
    new.iter().flat_map(told).collect()
}

fn links_of((organisation, chain): (Uuid, Uuid), entries: &[Entry], mut previous: Vec<u8>) -> Vec<Link> {
    let mut links = Vec::with_capacity(entries.len());
    for entry in entries {
        let text = text_of(&Canonical {
            organisation,
            chain,
            number: entry.number,
            client: entry.client,
            at: entry.at,
            noted_at: entry.noted_at,
            by: entry.by.map_or(BY_LINK, |by| by.0),
            event: &entry.event,
            sealed: None,
        });
        let digest = digest(&previous, &text);
        previous.clone_from(&digest);
        links.push(Link {
            organisation,
            chain,
            number: i64::from(entry.number),
            client: entry.client,
            kind: entry.event.kind().code().to_owned(),
            at: entry.at.as_microsecond(),
            text,
            sealed: None,
            digest,
        });
    }
    links
}

/// Adds to a chain, and notes in the trail where it ends.
pub(super) async fn append(
    app: &App,
    tx: &mut Tx,
    by: Option<PersonId>,
    links: &[Link],
    before: usize,
) -> Result<(), Failure> {
    let Some(last) = links.last() else { return Ok(()) };
    if !store::append(tx, links, i64::try_from(before).unwrap_or(i64::MAX)).await? {
        return Err(Refusal::Conflict.into());
    }
    let detail = serde_json::json!({ "entries": last.number, "digest": hex::encode(&last.digest) });
    let note = Note::new(last.organisation, by.map(|by| by.0), NOTED).about("record", last.chain);
    audit::note(app, tx, note.with(detail)).await?;
    Ok(())
}

/// What is wrong with the chains of an installation: how many there are, how many entries they have, and each fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub chains: usize,
    pub entries: usize,
    /// Undertakings that were signed.
    pub undertakings: usize,
    pub faults: Vec<(Uuid, Fault)>,
}

/// Checks every chain of the installation against its heads and against the trail, and what stands beside the chains against them: every
/// undertaking that was signed, and how long everybody was there.
pub async fn check_all(app: &App) -> Result<Checked, Failure> {
    let (links, heads) = store::everything(&app.db).await?;
    let mut anchors = Vec::new();
    for organisation in identity::organisations(&app.db).await? {
        for (chain, detail) in audit::noted(&app.db, organisation.id.0, NOTED).await? {
            anchors.push(anchor(organisation.id.0, chain, &detail));
        }
    }
    let entries = links.len();
    let mut of_sitting: BTreeMap<Uuid, Vec<Entry>> = BTreeMap::new();
    for link in links.iter().filter(|link| link.chain != link.organisation) {
        if let Ok(entry) = entry_of(link) {
            of_sitting.entry(link.chain).or_default().push(entry);
        }
    }
    let mut checked = check(links, &heads, &anchors);
    let chains = checked.len();
    let undertakings = store::signed_anywhere(&app.db).await?;
    let attended = store::attended_anywhere(&app.db).await?;
    for (chain, entries) in &of_sitting {
        checked.entry(*chain).or_default().extend(faults_beside(*chain, entries, &undertakings, &attended));
    }
    for signed in undertakings.iter().filter(|signed| digest_of_words(&signed.words) != signed.digest) {
        checked.entry(signed.sitting).or_default().push(Fault::Undertaking);
    }
    let faults = checked.into_iter().flat_map(|(chain, faults)| faults.into_iter().map(move |fault| (chain, fault)));
    Ok(Checked { chains, entries, undertakings: undertakings.len(), faults: faults.collect() })
}

/// What does not follow from a record, or does and is not there: somebody who could write the whole chain anew may have left it out.
fn faults_beside(
    chain: Uuid,
    entries: &[Entry],
    undertakings: &[store::Undertaken],
    attended: &[store::Attended],
) -> Vec<Fault> {
    let state = State::of(entries);
    let mut faults = Vec::new();
    if !events::unrecorded(entries).is_empty() {
        faults.push(Fault::Exposure);
    }
    let is_signed = |observer: PersonId, noted: &str| {
        let mut own = undertakings.iter().filter(|signed| (signed.sitting, signed.observer) == (chain, observer));
        own.any(|signed| hex::encode(&signed.digest) == noted)
    };
    if state.undertakings.iter().any(|(observer, noted)| !is_signed(*observer, noted)) {
        faults.push(Fault::Undertaking);
    }
    let of_it: Vec<&store::Attended> = attended.iter().filter(|one| one.sitting == chain).collect();
    let kept: BTreeMap<PersonId, i64> = of_it.iter().filter_map(|one| one.minutes).collect();
    if of_it.first().is_some_and(|one| state.minutes(one.ends_at) != kept) {
        faults.push(Fault::Attendance);
    }
    faults
}

/// A note of the trail as an end of a chain. One that cannot be read is none of any chain, and is found as such.
fn anchor(organisation: Uuid, chain: Option<Uuid>, detail: &str) -> Head {
    let detail: serde_json::Value = serde_json::from_str(detail).unwrap_or_default();
    let digest = detail["digest"].as_str().and_then(|digest| hex::decode(digest).ok()).unwrap_or_default();
    let entries = detail["entries"].as_i64().unwrap_or_default();
    Head { organisation, chain: chain.unwrap_or_default(), entries, digest }
}

impl Fault {
    /// What is wrong, in words.
    pub fn message(&self) -> Message {
        match self {
            Self::Changed(number) => Message::new("records-fault-changed").with("number", *number),
            Self::Missing(number) => Message::new("records-fault-missing").with("number", *number),
            Self::Length { is, was } => Message::new("records-fault-length").with("is", *is).with("was", *was),
            Self::Head(number) => Message::new("records-fault-head").with("number", *number),
            Self::NoHead => Message::new("records-fault-no-head"),
            Self::Exposure => Message::new("records-fault-exposure"),
            Self::Undertaking => Message::new("records-fault-undertaking"),
            Self::Attendance => Message::new("records-fault-attendance"),
        }
    }
}

/// What an event is called, with what fills it.
pub fn sentence(read: &Read, event: &Event) -> Message {
    let message = Message::new(format!("records-did-{}", event.kind().code()));
    let message = match event.item() {
        Some(item) => message.with("item", item),
        None => message,
    };
    let message = match event.observer() {
        Some(observer) => message.with("name", read.name(observer)),
        None => message,
    };
    match event {
        Event::ItemBegins { class, .. } | Event::ClassChanged { class, .. } => {
            message.with("class", Argument::from(letters::class_name(*class)))
        }
        Event::Exposure(exposure) => message
            .with("class", Argument::from(letters::class_name(exposure.class)))
            .with("withdrawn", if exposure.withdrawn { "yes" } else { "no" }),
        Event::Correction { entry, instead, why } => {
            let message = match why {
                Some(why) => {
                    Message::new("records-did-correction-why").with("why", Argument::from(Message::new(why.key())))
                }
                None => message,
            };
            message.with("entry", *entry).with("instead", if instead.is_some() { "yes" } else { "no" })
        }
        _ => message,
    }
}
