//! A record as it is read: the sitting, who may be where at which instant, the entries, and what they come to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::chain::{Canonical, Link};
use super::events::{Admits, Entry, Event, Ruling, Run, Setting, State, With};
use super::store;
use crate::db::Reader;
use crate::i18n::{Argument, Message};
use crate::identity::{self, OrganisationId, PersonId};
use crate::observations::model::{Class, Item, SeatState, Sitting, SittingId};
use crate::observations::place::{Place, Why};
use crate::observations::{Places, places_of, sitting};
use crate::problems::{Failure, Refusal};

/// So long before its plan begins a sitting may have begun, and so long after may it have ended.
pub(super) const AROUND: SignedDuration = SignedDuration::from_hours(24);

/// Who stands in an entry that whoever had the link of a mail brought about: nobody of whom an identifier is known.
pub(super) const BY_LINK: Uuid = Uuid::nil();

/// A record as it stands, with the sitting, who may be where, and what people are called.
#[derive(Debug)]
pub struct Read {
    pub sitting: Sitting,
    pub places: Places,
    pub links: Vec<Link>,
    pub entries: Vec<Entry>,
    pub state: State,
    /// Who stands in the record and never asked for a seat, and how they are called.
    unseated: BTreeMap<PersonId, String>,
}

/// What a sitting is, as its record says it.
pub(super) fn setting_of(sitting: &Sitting) -> Setting {
    Setting {
        number: sitting.number,
        what: sitting.kind,
        zone: sitting.zone.clone(),
        starts_at: sitting.starts_at,
        ends_at: sitting.ends_at,
        with: Some(With { other_side: sitting.other_side_agreed_at, keeper: sitting.keeper }),
    }
}

/// What a record said last of its sitting; nothing where it is of a time when records did not.
pub(super) fn said_of_sitting(entries: &[Entry]) -> Option<&Setting> {
    entries.iter().rev().find_map(|entry| match &entry.event {
        Event::Sitting(setting) => Some(setting),
        _ => None,
    })
}

impl Read {
    pub async fn of(from: impl Into<Reader<'_>>, organisation: OrganisationId, id: SittingId) -> Result<Self, Failure> {
        let mut from = from.into();
        let sitting = sitting(from.again(), organisation, id).await?.ok_or(Refusal::NotFound)?;
        let places = places_of(from.again(), &sitting).await?;
        let links = store::links(from.again(), organisation, id.0).await?;
        let entries = entries_of(&links)?;
        let state = State::of(&entries);
        let has_asked = |person: &PersonId| places.seats.iter().any(|seat| seat.observer == *person);
        let seen: BTreeSet<PersonId> = entries.iter().filter_map(|entry| entry.event.observer()).collect();
        let unseated: Vec<Uuid> = seen.into_iter().filter(|person| !has_asked(person)).map(|person| person.0).collect();
        let mut names = if unseated.is_empty() { BTreeMap::new() } else { identity::names(from, &unseated).await? };
        let called = |id: Uuid| (PersonId(id), names.remove(&id).unwrap_or_default());
        let unseated = unseated.into_iter().map(called).collect();
        Ok(Self { sitting, places, links, entries, state, unseated })
    }

    /// Everybody who is known here: whoever has asked for a seat, whatever became of it, and whoever was seen without ever asking for one.
    /// Somebody who was let in without a seat is the first whom the record is for.
    pub fn everybody(&self) -> Vec<PersonId> {
        let mut known = BTreeSet::new();
        let seated = self.places.seats.iter().map(|seat| seat.observer).filter(|observer| known.insert(*observer));
        let seated: Vec<PersonId> = seated.collect();
        seated.into_iter().chain(self.unseated.keys().copied()).collect()
    }

    /// Has somebody be known who never asked for a seat.
    pub(super) fn know(&mut self, person: PersonId, name: String) {
        if !self.everybody().contains(&person) {
            self.unseated.insert(person, name);
        }
    }

    /// Whether somebody stands in the record who never asked for a seat.
    pub fn is_unseated(&self, person: PersonId) -> bool {
        self.unseated.contains_key(&person)
    }

    /// Whether that they had no seat is what closed an item to somebody at an instant: nothing else keeps out whoever never asked for one.
    pub fn has_no_seat_for(&self, observer: PersonId, item: u32, at: Timestamp) -> bool {
        let Some(item) = self.item(item) else { return false };
        let mut own = self.places.seats.iter().filter(|seat| seat.observer == observer);
        let is_it = |place: Option<Place>| place.and_then(Place::why) == Some(Why::NoSeat);
        let is_closed = self.places.classed(item.id, at).class.is_none_or(Class::is_closed);
        !is_closed && own.all(|seat| is_it(self.places.at(seat.id, item.id, at)))
    }

    /// Those who observe: who holds a seat, and whoever the record knows.
    pub fn observers(&self) -> Vec<PersonId> {
        let observes = |person: PersonId| self.has_seat(person) || self.names(person) && !self.is_mistaken(person);
        self.everybody().into_iter().filter(|person| observes(*person)).collect()
    }

    /// Whether somebody who never asked for a seat was named by mistake, and everything that was said of them was struck.
    pub fn is_mistaken(&self, person: PersonId) -> bool {
        self.is_unseated(person) && !self.state.has_been_in(person)
    }

    /// Whether an entry names somebody, whatever became of their seat or of the entry.
    pub fn names(&self, person: PersonId) -> bool {
        self.entries.iter().any(|entry| entry.event.observer() == Some(person))
    }

    pub fn has_seat(&self, observer: PersonId) -> bool {
        self.places.seats.iter().any(|seat| seat.observer == observer && seat.state == SeatState::Held)
    }

    pub fn name(&self, observer: PersonId) -> &str {
        let seat = self.places.seats.iter().find(|seat| seat.observer == observer);
        let name = seat.map(|seat| &seat.observer_name).or_else(|| self.unseated.get(&observer));
        name.map_or("", String::as_str)
    }

    /// Their name, and that they have no seat where they never asked for one.
    pub fn called(&self, observer: PersonId) -> Argument {
        let name = self.name(observer);
        if self.is_unseated(observer) {
            Argument::from(Message::new("records-unseated-name").with("name", name))
        } else {
            Argument::from(name)
        }
    }

    fn item(&self, number: u32) -> Option<&Item> {
        self.places.items.iter().find(|known| known.number == i64::from(number))
    }

    /// What held of an item at an instant: its class, and who was let in. Nobody else was.
    pub fn ruling(&self, item: u32, at: Timestamp) -> Option<Ruling> {
        let known = self.item(item)?;
        let seats = self.places.seats.iter();
        let may = seats.filter(|seat| self.places.at(seat.id, known.id, at).is_some_and(Place::is_in));
        Some(Ruling::new(self.places.classed(known.id, at).class, may.map(|seat| seat.observer).collect()))
    }

    /// Who has to be out of an item as things stand now.
    pub fn out_of(&self, item: u32) -> BTreeSet<PersonId> {
        let Some(ruling) = self.ruling(item, Timestamp::MAX) else { return BTreeSet::new() };
        self.everybody().into_iter().filter(|observer| ruling.is_out(*observer)).collect()
    }

    /// The first instant at which something changed for an item that ran, and the record does not say so.
    pub(super) fn behind(&self, now: Timestamp) -> Option<(Timestamp, u32, Ruling)> {
        let (instants, everybody) = (self.places.instants(), self.everybody());
        // An item that nobody ended did not run for ever.
        let now = self.sitting.ends_at.saturating_add(AROUND).map_or(now, |latest| now.min(latest));
        // What a secretary said afterwards stands above the classes; and of what was recorded before these were kept with their instants,
        // too little is known to say better.
        let is_open = |run: &&Run| {
            let is_of_then = matches!(run.ruling.admits, Admits::AllBut { .. }) && run.until.is_some();
            !is_of_then && !self.state.inside_information.contains(&run.item)
        };
        for run in self.state.runs.iter().filter(is_open) {
            let last = run.until.unwrap_or(now).min(now);
            for at in
                instants.range(run.from..).copied().take_while(|at| *at < last || run.until.is_none() && *at <= now)
            {
                let Some(ruling) = self.ruling(run.item, at) else { break };
                if !ruling.agrees(&run.ruling, &everybody) {
                    return Some((at, run.item, ruling));
                }
            }
        }
        None
    }

    /// Whether an item ran otherwise than by what held of classes, seats, answers and rules: whoever writes the record has it say so at once.
    pub(super) fn disagrees(&self, now: Timestamp) -> bool {
        let everybody = self.everybody();
        // Of what was recorded before these were kept with their instants too little is known.
        let is_checked = |run: &&Run| {
            let has_lasted = run.until != Some(run.from);
            let is_of_now = matches!(run.ruling.admits, Admits::These { .. });
            has_lasted && is_of_now && !self.state.inside_information.contains(&run.item)
        };
        let differs = |run: &Run| {
            let held = self.ruling(run.item, run.from);
            held.is_none_or(|held| !held.agrees(&run.ruling, &everybody))
        };
        self.state.runs.iter().filter(is_checked).any(differs) || self.behind(now).is_some()
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
pub(super) fn entries_of(links: &[Link]) -> anyhow::Result<Vec<Entry>> {
    links.iter().map(entry_of).collect()
}

pub(super) fn entry_of(link: &Link) -> anyhow::Result<Entry> {
    let read: Canonical<Event> = serde_json::from_str(&link.text)?;
    let Canonical { number, client, at, noted_at, by, event, .. } = read;
    Ok(Entry { number, client, at, noted_at, by: Some(PersonId(by)).filter(|by| by.0 != BY_LINK), event })
}
