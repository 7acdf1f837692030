//! What is written to a record: who may, in one transaction, with the audit entry in which the chain's end is noted, and with what
//! the secretary is told. Nothing is changed and nothing is deleted.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::chain::{Canonical, Link, digest, text_of};
pub use super::checking::{Checked, check_all};
use super::duties::actions as duties;
use super::events::{self, Admits, Cause, Entry, Event, Instead, New, Paper, Refused, State};
use super::letters;
pub use super::reading::Read;
use super::reading::{AROUND, BY_LINK, entries_of, said_of_sitting, setting_of};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::{Argument, Message};
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::notices::{self, Notice};
use crate::observations::model::{Class, Seat, Sitting, SittingId, State as SittingState};
use crate::observations::{reckon, took_place};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Standing};
use crate::{mentorships, transaction};

/// So many things are told in one go at most.
const MOST_AT_ONCE: usize = 100;
/// What is told as late as this has happened already, whoever tells it.
const LATE: SignedDuration = SignedDuration::from_secs(10);
/// What is told later than this after it happened no phone knows any more; it is typed from a sheet, with its time.
const LONGEST_AGO: SignedDuration = SignedDuration::from_hours(48);
/// So long before its plan begins taps are of it: earlier somebody tries the page. What began earlier all the same says its time.
const EARLY: SignedDuration = SignedDuration::from_hours(1);

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

impl Tap {
    /// Of whom it tells.
    fn observer(&self) -> Option<PersonId> {
        match self {
            Self::Comes { observer } | Self::Leaves { observer } => Some(*observer),
            Self::ToldToLeave { observer } => *observer,
            _ => None,
        }
    }
}

/// When it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    Now,
    /// So long before it is told: a phone's clock may be wrong, but seldom by how it runs. Where it was set anew meanwhile, it happened all the
    /// same after the phone had last heard of us, and after what was tapped on it before, however long that took to come in.
    Ago {
        ago: SignedDuration,
        after: Option<Timestamp>,
        before: Option<Uuid>,
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

/// Whether somebody keeps the record of a sitting: a secretary does, and whoever is named for it, or the host where nobody is. Nobody keeps
/// that of their own comings and goings.
fn keeps(viewer: &Viewer, sitting: &Sitting, seats: &[Seat]) -> bool {
    if seats.iter().any(|seat| seat.observer == viewer.person && seat.state.stands()) {
        return false;
    }
    let is_named = match sitting.keeper {
        Some(keeper) => keeper == viewer.person,
        None => sitting.host.is(viewer.person),
    };
    is_named || viewer.may(Act::KeepRoom, &viewer.record())
}

/// A record for its keeper: nobody whom it names, whatever became of their seat.
pub async fn read(from: impl Into<Reader<'_>>, viewer: &Viewer, id: SittingId) -> Result<Read, Failure> {
    let read = Read::of(from, viewer.organisation, id).await?;
    let may = keeps(viewer, &read.sitting, &read.places.seats) && !read.names(viewer.person);
    if may { Ok(read) } else { Err(Refusal::NotFound.into()) }
}

/// Whether the record of a sitting is there for somebody: it is read where it may name them, as whoever asked for a seat or learns there.
pub async fn reads_record(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    (sitting, seats): (&Sitting, &[Seat]),
    learns: bool,
) -> Result<bool, Failure> {
    let may_be_named = learns || seats.iter().any(|seat| seat.observer == viewer.person);
    if !keeps(viewer, sitting, seats) || !may_be_named {
        return Ok(keeps(viewer, sitting, seats));
    }
    let links = store::links(from, sitting.organisation, sitting.id.0).await?;
    Ok(entries_of(&links)?.iter().all(|entry| entry.event.observer() != Some(viewer.person)))
}

/// The secretaries who hear of what happens in the room: none of those who observe.
pub(super) async fn secretaries_of(from: impl Into<Reader<'_>>, read: &Read) -> Result<Vec<PersonId>, Failure> {
    let mut all = identity::person_ids_with_part(from, read.sitting.organisation, Part::Secretary).await?;
    let observes = |person: PersonId| {
        let own = |seat: &Seat| seat.observer == person && seat.state.stands();
        read.names(person) || read.places.seats.iter().any(own)
    };
    all.retain(|secretary| !observes(*secretary));
    Ok(all)
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
        know(tx, viewer, &mut read, told).await?;
        let papers = store::signed(&mut *tx, id).await?;
        let by = (Some(viewer.person), stored(app.now()));
        let (before, was_closed) = (read.entries.len(), read.state.closed_at.is_some());
        begin(app, &mut read, &papers, by)?;
        // Somebody may have been given a seat since the item began, or lost what let them in; what is told of earlier is judged by what
        // held then.
        catch_up(app, &mut read, by)?;
        for one in told {
            take(app, &mut read, &papers, by, one)?;
        }
        for one in told {
            let wrong = match (&one.tap, one.when) {
                (Tap::ItemEnds { item }, When::At(at)) if read.state.begins_after(*item, at) => Some(item),
                (Tap::ItemBegins { item, .. }, When::At(_)) if events::ends_before_it_begins(&read.entries, *item) => {
                    Some(item)
                }
                _ => None,
            };
            if let Some(item) = wrong {
                return Err(Problems::one(format!("item-{item}"), Message::new("records-ends-too-early")).into());
            }
        }
        catch_up(app, &mut read, by)?;
        write(app, tx, &read, before).await?;
        // What is closed took place; nobody has to say so a second time.
        if !was_closed && read.state.closed_at.is_some() && read.sitting.state.is_open() && read.sitting.has_begun(by.1) {
            took_place(app, tx, viewer.person, read.sitting).await?;
        }
        Ok(())
    })
}

/// Has those be known who never asked for a seat and of whom something is told all the same: mentees of the edition. Nobody tells it of
/// themselves.
async fn know(tx: &mut Tx, viewer: &Viewer, read: &mut Read, told: &[Told]) -> Result<(), Failure> {
    let everybody = read.everybody();
    for observer in told.iter().filter_map(|one| one.tap.observer()) {
        let is_another = observer != viewer.person && !everybody.contains(&observer);
        if is_another && learns(&mut *tx, &read.sitting, observer).await? {
            let person = identity::person(&mut *tx, observer).await?.ok_or(Refusal::NotFound)?;
            read.know(observer, person.name);
        }
    }
    Ok(())
}

/// Whether somebody learns in the edition of a sitting, or did.
async fn learns(from: impl Into<Reader<'_>>, sitting: &Sitting, person: PersonId) -> Result<bool, Failure> {
    let mut from = from.into();
    let pairs = mentorships::of_person(from.again(), person).await?;
    if pairs.iter().any(|pair| pair.edition == sitting.edition && pair.mentee == person) {
        return Ok(true);
    }
    let enrolment = programmes::enrolment_of(from, sitting.edition, person, Side::Mentee).await?;
    Ok(enrolment.is_some_and(|own| matches!(own.standing, Standing::Enrolled | Standing::Withdrawn)))
}

/// Somebody who never asked for a seat and was in the room all the same.
#[derive(Clone, Debug)]
pub struct Unseated {
    /// Under which identifiers it is written that they came, and that they left.
    pub clients: (Uuid, Uuid),
    /// Their address or their name, as whoever keeps the record types it.
    pub who: String,
    pub from: Timestamp,
    /// Nothing while they are in.
    pub until: Option<Timestamp>,
}

/// Writes down that somebody was in the room who never asked for a seat: a mentee of the edition. Everything was closed to them.
pub async fn was_there(app: &App, viewer: &Viewer, id: SittingId, told: &Unseated) -> Result<(), Failure> {
    let read = self::read(&app.db, viewer, id).await?;
    let who = told.who.split_whitespace().collect::<Vec<_>>().join(" ");
    let observer = programmes::named(&app.db, viewer.organisation, "who", &who).await?;
    let is_known = read.everybody().contains(&observer);
    if observer == viewer.person || !is_known && !learns(&app.db, &read.sitting, observer).await? {
        return Err(Problems::one("who", Message::new("records-unseated-other")).into());
    }
    if told.until.is_some_and(|until| until < told.from) {
        return Err(Problems::one("until", Message::new("records-unseated-backwards")).into());
    }
    let at = |client, tap, at| Told { client, tap, when: When::At(at), again: false };
    let mut all = vec![at(told.clients.0, Tap::Comes { observer }, told.from)];
    all.extend(told.until.map(|until| at(told.clients.1, Tap::Leaves { observer }, until)));
    note(app, viewer, id, &all).await
}

/// When something happened, if it can be of this sitting.
fn happened_at(read: &Read, told: &Told, now: Timestamp) -> Result<Timestamp, Problems> {
    let at = match told.when {
        When::Now => now,
        When::At(at) => stored(at),
        When::Ago { ago, after, before } => {
            let at = stored(now.saturating_sub(ago.max(SignedDuration::ZERO)).unwrap_or(now));
            let at = after.map_or(at, |after| at.max(stored(after.min(now))));
            let before = read.entries.iter().find(|entry| Some(entry.client) == before);
            let at = before.map_or(at, |before| at.max(before.at.min(now)));
            if now.duration_since(at) > LONGEST_AGO {
                return Err(Problems::one("", Message::new("records-time-old").with("hours", LONGEST_AGO.as_hours())));
            }
            at
        }
    };
    let is_tapped = !matches!(told.when, When::At(_));
    if is_tapped && read.sitting.starts_at.saturating_sub(EARLY).is_ok_and(|earliest| at < earliest) {
        return Err(Problems::one("", Message::new("records-early")));
    }
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
    signed: &[store::Signed],
    by: (Option<PersonId>, Timestamp),
    told: &Told,
) -> Result<(), Failure> {
    if read.entries.iter().any(|entry| entry.client == told.client) {
        return Ok(());
    }
    let (now, at) = (by.1, happened_at(read, told, by.1)?);
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

/// Under what somebody came in at an instant: what they signed later they did not come in under.
fn signed_by(signed: &[store::Signed], observer: PersonId, at: Timestamp) -> Option<String> {
    let is_of_then = |one: &&store::Signed| one.observer == observer && one.paper.signed_at <= at;
    signed.iter().rfind(is_of_then).map(|one| hex::encode(&one.digest))
}

/// What happens by one tap.
fn events_of(read: &Read, signed: &[store::Signed], (tap, at): (&Tap, Timestamp)) -> Result<Vec<Event>, Failure> {
    let begins = |item: u32, all_the_same: bool| {
        let ruling = read.ruling(item, at).ok_or(Refusal::NotFound)?;
        Ok::<_, Failure>(Event::ItemBegins { item, ruling, all_the_same })
    };
    // Whoever has asked for a seat can be recorded, whatever became of it, and so can every mentee of the edition: what has happened is
    // never refused.
    let known = |observer: PersonId| {
        let is_known = read.everybody().contains(&observer);
        if is_known { Ok(observer) } else { Err(Failure::from(Refusal::NotFound)) }
    };
    Ok(match tap {
        Tap::ItemBegins { item, all_the_same } => vec![begins(*item, *all_the_same)?],
        Tap::LeaveAndBegin { item } => {
            let ruling = read.ruling(*item, at).ok_or(Refusal::NotFound)?;
            let inside = State::until(&read.entries, at).inside();
            let leave = inside.into_iter().filter(|observer| read.state.is_out(*item, &ruling, *observer));
            leave.map(|observer| Event::Leaves { observer }).chain([begins(*item, false)?]).collect()
        }
        Tap::ItemEnds { item } => {
            read.ruling(*item, at).ok_or(Refusal::NotFound)?;
            vec![Event::ItemEnds { item: *item }]
        }
        Tap::Comes { observer } => {
            let observer = known(*observer)?;
            if State::until(&read.entries, at).has_been_in(observer) {
                vec![Event::Returns { observer }]
            } else {
                vec![Event::Enters { observer, undertaking: signed_by(signed, observer, at) }]
            }
        }
        Tap::Leaves { observer } => vec![Event::Leaves { observer: known(*observer)? }],
        Tap::ToldToLeave { observer: Some(observer) } => vec![Event::ToldToLeave { observer: known(*observer)? }],
        Tap::ToldToLeave { observer: None } => {
            let inside = State::until(&read.entries, at).inside();
            inside.into_iter().map(|observer| Event::ToldToLeave { observer }).collect()
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
            Message::new("records-must-be-out").with("count", names.len()).with("names", names.join(", "))
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
        if corrected.event.is_of_the_secretary() {
            // It is no matter of times, and whoever keeps the record has not said it.
            viewer.must(Act::KeepRoom)?;
            if correction.at.is_some() {
                return Err(Problems::one("at", Message::new("records-no-such-entry")).into());
            }
        }
        let papers = store::signed(&mut *tx, id).await?;
        let instead = correction.at.map(|at| {
            let at = stored(at);
            Box::new(Instead { at, event: at_another_time(&read, &papers, &corrected.event, at) })
        });
        let cause = correction.at.map_or(Cause::Mistaken, |_| Cause::WrongTime);
        let event = Event::Correction { entry: correction.entry, instead, why: Some(correction.why.unwrap_or(cause)) };
        let new = New { client: correction.client, at: now, event };
        let more = events::added(&read.entries, new, (Some(viewer.person), now), false, || app.id());
        let more = more.map_err(|refused| Problems::one("at", in_words(&read, &refused)))?;
        let (before, item) = (read.entries.len(), corrected.event.item());
        read.entries.extend(more);
        let state = State::of(&read.entries);
        let has_moved = correction.at.is_some();
        if has_moved && item.is_some_and(|item| state.has_lost_an_end(item, &read.state)) {
            return Err(Problems::one("at", Message::new("records-ends-too-early")).into());
        }
        read.state = state;
        catch_up(app, &mut read, (Some(viewer.person), now))?;
        write(app, tx, &read, before).await
    })
}

/// What happened, if it was at another time: an item begins as it was classified then. Of records that are older than the classes with their
/// instants, what stands there is all that is known.
fn at_another_time(read: &Read, papers: &[store::Signed], event: &Event, at: Timestamp) -> Event {
    // What was signed anew since is no longer among the papers, and stays what they came in under.
    let is_known = |noted: &Option<String>| {
        noted.as_ref().is_none_or(|noted| papers.iter().any(|one| hex::encode(&one.digest) == *noted))
    };
    match event {
        Event::Enters { observer, undertaking } if is_known(undertaking) => {
            Event::Enters { observer: *observer, undertaking: signed_by(papers, *observer, at) }
        }
        Event::ItemBegins { item, ruling, all_the_same } if matches!(ruling.admits, Admits::These { .. }) => {
            let ruling = read.ruling(*item, at).unwrap_or_else(|| ruling.clone());
            Event::ItemBegins { item: *item, ruling, all_the_same: *all_the_same }
        }
        event => event.clone(),
    }
}

/// A secretary says that something closed was dealt with in an item that has been, beside the class that it had: whoever was in the room then
/// was exposed to it.
pub async fn was_closed(
    app: &App,
    viewer: &Viewer,
    id: SittingId,
    (client, item, class): (Uuid, u32, Class),
) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    if !class.is_closed() {
        return Err(Problems::one("class", Message::new("records-inside-open")).into());
    }
    transaction!(app.db, tx => {
        let mut read = self::read(&mut *tx, viewer, id).await?;
        if read.state.is_said(item, class) || read.entries.iter().any(|entry| entry.client == client) {
            return Ok(());
        }
        if read.state.runs_of(item).next().is_none() {
            return Err(Problems::one("item", Message::new("records-inside-not-been")).into());
        }
        let (before, by) = (read.entries.len(), (Some(viewer.person), stored(app.now())));
        add(app, &mut read, by, New { client, at: by.1, event: Event::Stated { item, class } })?;
        write(app, tx, &read, before).await
    })
}

/// Adds to the entries of a record what is so, whatever stands in them.
fn add(app: &App, read: &mut Read, by: (Option<PersonId>, Timestamp), new: New) -> Result<(), Failure> {
    let more = events::added(&read.entries, new, by, true, || app.id());
    let more = more.map_err(|refused| Problems::one("", in_words(read, &refused)))?;
    read.entries.extend(more);
    read.state = State::of(&read.entries);
    Ok(())
}

/// A record begins with what its sitting is and with what was signed for it: neither stands in any other chain.
fn begin(
    app: &App,
    read: &mut Read,
    papers: &[store::Signed],
    by: (Option<PersonId>, Timestamp),
) -> Result<(), Failure> {
    if said_of_sitting(&read.entries).is_some() {
        return Ok(());
    }
    let event = Event::Sitting(setting_of(&read.sitting));
    add(app, read, by, New { client: app.id(), at: by.1, event })?;
    for store::Signed { observer, digest, paper, .. } in papers {
        let undertaking = hex::encode(digest);
        if read.state.undertakings.get(observer) != Some(&undertaking) {
            let event = Event::Signs { observer: *observer, undertaking, paper: Some(paper.clone()) };
            add(app, read, by, New { client: app.id(), at: paper.signed_at, event })?;
        }
    }
    Ok(())
}

/// Has the record say that its sitting has moved, where there is one: what was noted in it before was noted by mistake.
pub async fn moved(
    app: &App,
    tx: &mut Tx,
    (organisation, by): (OrganisationId, PersonId),
    id: SittingId,
) -> Result<(), Failure> {
    let mut read = Read::of(&mut *tx, organisation, id).await?;
    let (before, setting) = (read.entries.len(), setting_of(&read.sitting));
    if read.entries.is_empty() || said_of_sitting(&read.entries) == Some(&setting) {
        return Ok(());
    }
    let by = (Some(by), stored(app.now()));
    add(app, &mut read, by, New { client: app.id(), at: by.1, event: Event::Sitting(setting) })?;
    write(app, tx, &read, before).await
}

/// Has the records of an organisation that go on follow what changed for several of them: its policy, who is cleared, or who was given a seat.
pub async fn follow_all(app: &App, tx: &mut Tx, viewer: &Viewer) -> Result<(), Failure> {
    let now = app.now();
    let first = now.saturating_sub(AROUND).unwrap_or(Timestamp::MIN);
    let around = (first, now.saturating_add(AROUND).unwrap_or(Timestamp::MAX));
    for id in store::going_on(&mut *tx, viewer.organisation, around).await? {
        follow(app, tx, (viewer.organisation, Some(viewer.person)), id).await?;
    }
    Ok(())
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
    let (before, by) = (read.entries.len(), (by, stored(app.now())));
    // That the other side agrees lets people in: it stands in the chain like what was known of the sitting when the record began.
    let setting = setting_of(&read.sitting);
    if said_of_sitting(&read.entries).is_some_and(|said| !said.is_said_of(&setting)) {
        add(app, &mut read, by, New { client: app.id(), at: by.1, event: Event::Sitting(setting) })?;
    }
    catch_up(app, &mut read, by)?;
    write(app, tx, &read, before).await
}

/// Notes that an observer signed, where the record has begun: under which undertaking somebody comes in stands with their coming.
pub async fn has_signed(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (observer, undertaking): (PersonId, &[u8]),
    paper: Paper,
) -> Result<(), Failure> {
    let mut read = Read::of(&mut *tx, sitting.organisation, sitting.id).await?;
    if read.entries.is_empty() {
        return Ok(());
    }
    let (before, by) = (read.entries.len(), (Some(observer), stored(app.now())));
    let paper = Some(Paper { signed_at: stored(paper.signed_at), ..paper });
    let event = Event::Signs { observer, undertaking: hex::encode(undertaking), paper };
    add(app, &mut read, by, New { client: app.id(), at: by.1, event })?;
    catch_up(app, &mut read, by)?;
    write(app, tx, &read, before).await
}

/// Has the entries say of every item that ran what changed for it meanwhile, each at the instant at which it did.
fn catch_up(app: &App, read: &mut Read, by: (Option<PersonId>, Timestamp)) -> Result<(), Failure> {
    while let Some((at, item, ruling)) = read.behind(by.1) {
        let known = read.entries.len();
        add(app, read, by, New { client: app.id(), at, event: Event::ClassChanged { item, ruling } })?;
        debug_assert!(read.entries.len() > known, "each says more");
    }
    Ok(())
}

/// Whether anything happened in the room by the record of a sitting: then it has begun, whatever its plan says. What was struck did not.
pub async fn has_begun(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SittingId,
) -> Result<bool, Failure> {
    let links = store::links(from, organisation, id.0).await?;
    Ok(State::of(&entries_of(&links)?).has_begun())
}

/// Whether a sitting goes on by its record, whatever its plan says: something happened in the room, and nobody has closed the record. One that
/// is left open for longer than it can go on says nothing.
pub async fn goes_on(from: impl Into<Reader<'_>>, sitting: &Sitting, now: Timestamp) -> Result<bool, Failure> {
    if sitting.ends_at.saturating_add(AROUND).is_ok_and(|latest| latest <= now) {
        return Ok(false);
    }
    let links = store::links(from, sitting.organisation, sitting.id.0).await?;
    let state = State::of(&entries_of(&links)?);
    Ok(state.has_begun() && state.closed_at.is_none())
}

/// Counts how long everybody was there by those records that are older than the counting, and has plans follow them.
pub async fn count_old(app: &App, organisation: OrganisationId) -> Result<(), Failure> {
    for id in store::not_counted(&app.db, organisation).await? {
        transaction!(app.db, tx => {
            let read = Read::of(&mut *tx, organisation, id).await?;
            count(app, tx, &read, None).await
        })?;
    }
    Ok(())
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
    // The trail is read by those who are not to know who observes: of them it says nothing.
    let by = last.by.filter(|by| !read.everybody().contains(by));
    append(app, tx, by, &links, known.len()).await?;
    let counted = |state: &State| reckoned(state, &read.sitting);
    let is_new_to_counting = new.iter().any(|entry| matches!(entry.event, Event::Sitting(_)));
    if is_new_to_counting || counted(&read.state) != counted(&State::of(known)) {
        count(app, tx, read, last.by).await?;
    }
    duties::follow(app, tx, &read.sitting, (&read.entries, new)).await?;
    if new.iter().all(|entry| !matches!(entry.event, Event::Exposure(_))) {
        return Ok(());
    }
    let secretaries = secretaries_of(&mut *tx, read).await?;
    let readers = letters::Readers::of(read, secretaries);
    let notices: Vec<Notice> = told_of(read, known, new, &readers);
    notices::tell_all(app, tx, &notices).await?;
    Ok(())
}

fn reckoned(state: &State, sitting: &Sitting) -> store::Reckoned {
    let (has_begun, is_closed) = (state.has_begun(), state.closed_at.is_some());
    store::Reckoned { has_begun, is_closed, minutes: state.minutes(sitting.ends_at) }
}

/// Keeps what a record comes to for whoever counts. Once its sitting was held, seats and plans follow it.
async fn count(app: &App, tx: &mut Tx, read: &Read, by: Option<PersonId>) -> Result<(), Failure> {
    store::attend(tx, &read.sitting, &reckoned(&read.state, &read.sitting)).await?;
    if read.sitting.state == SittingState::Held {
        reckon(app, tx, (&read.sitting, by)).await?;
    }
    Ok(())
}

/// What is told of exposures: of each that is new, and of each that a correction moved or withdrew. Of one that something else told in the same
/// go withdrew nothing is.
fn told_of(read: &Read, known: &[Entry], new: &[Entry], to: &letters::Readers) -> Vec<Notice> {
    let (before, after) = (events::recorded(known), events::recorded(&read.entries));
    let never_was = |first: u32| !before.contains_key(&first) && after.get(&first).is_none_or(|one| one.withdrawn);
    let told = |entry: &Entry| {
        let Event::Exposure(exposure) = &entry.event else { return Vec::new() };
        if never_was(exposure.follows.unwrap_or(entry.number)) {
            return Vec::new();
        }
        let name = read.called(exposure.observer);
        let of_it = (exposure, &name);
        match exposure.follows.and_then(|first| before.get(&first)) {
            _ if exposure.withdrawn => letters::of_correction(&read.sitting, of_it, entry.number, to),
            Some(said) if said.withdrawn || said.from != exposure.from => {
                letters::of_correction(&read.sitting, of_it, entry.number, to)
            }
            _ => letters::of_exposure(&read.sitting, of_it, to),
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
    let note = Note::new(last.organisation, by.map(|by| by.0), super::NOTED).about("record", last.chain);
    audit::note(app, tx, note.with(detail)).await?;
    Ok(())
}

/// What an event is called, with what fills it.
pub fn sentence(read: &Read, event: &Event) -> Message {
    let message = Message::new(format!("records-did-{}", event.kind().code()));
    let message = match event.item() {
        Some(item) => message.with("item", item),
        None => message,
    };
    let message = match event.observer() {
        Some(observer) => message.with("name", read.called(observer)),
        None => message,
    };
    match event {
        Event::ItemBegins { ruling, .. } | Event::ClassChanged { ruling, .. } => {
            message.with("class", Argument::from(letters::class_name(ruling.class)))
        }
        Event::Stated { class, .. } => message.with("class", Argument::from(letters::class_name(Some(*class)))),
        Event::Inside { .. } => {
            message.with("class", Argument::from(letters::class_name(Some(Class::InsideInformation))))
        }
        Event::Sitting(setting) => message
            .with("sitting", setting.number)
            .with("what", Argument::from(Message::new(setting.what.key())))
            .with("zone", setting.zone.as_str())
            .with(
                "side",
                if setting.with.as_ref().is_some_and(|with| with.other_side.is_some()) { "yes" } else { "no" },
            ),
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
