//! Where every observer of a sitting stands for every item, now or at an instant.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::model::{Item, ItemId, Seat, SeatId, SeatState, Sitting, State};
use super::past::{Past, store as pasts};
use super::place::{Classed, Conflict, Place, Standing, place_at};
use super::store;
use crate::db::{Error, Reader};
use crate::identity::{OrganisationId, PersonId};

/// A sitting's items and seats, and what says where each observer stands for each item.
#[derive(Clone, Debug)]
pub struct Places {
    pub items: Vec<Item>,
    /// Those that were asked for and those that are held; what was refused or withdrawn is among them.
    pub seats: Vec<Seat>,
    sitting: Sitting,
    past: Past,
}

impl Places {
    /// Where the observer of a seat stands for an item now; nothing where either is not of the sitting.
    pub fn of(&self, seat: SeatId, item: ItemId) -> Option<Place> {
        self.at(seat, item, Timestamp::MAX)
    }

    /// Where they stood at an instant: by the class, the seat, the answers, the signature, the clearance and the policy that held then.
    pub fn at(&self, seat: SeatId, item: ItemId, at: Timestamp) -> Option<Place> {
        let seat = self.seats.iter().find(|known| known.id == seat)?;
        let item = self.items.iter().find(|known| known.id == item)?;
        let stood = self.past.stood(seat.id, at);
        let holds = stood.is_some_and(|stood| stood.state == SeatState::Held);
        let standing = Standing {
            seat: holds && self.sitting.state != State::Cancelled,
            other_side: self.sitting.has_other_side(at),
            clearance: self.past.is_cleared(seat.observer, self.sitting.day(), at),
            undertaking: seat.has_signed(at),
            conflict: stood.map_or(Conflict::NotAsked, |stood| stood.conflict(item.number)),
        };
        Some(place_at(self.classed(item.id, at), standing, self.past.policy(at)))
    }

    /// The seat of an observer: the one that they hold, else the one that they wait for, else the last. Whoever was paired anew has several.
    pub fn own(&self, observer: PersonId) -> Option<&Seat> {
        let rank = |seat: &&Seat| (seat.state == SeatState::Held, seat.state.stands());
        self.seats.iter().filter(|seat| seat.observer == observer).max_by_key(rank)
    }

    /// Whether the observer of a seat could be in the room at some time, as it was planned: from the beginning of an item, or from when what kept
    /// them out of it was settled.
    pub fn lets_in(&self, seat: SeatId) -> bool {
        let instants = self.instants();
        self.items.iter().any(|item| {
            let from = item.planned_from.unwrap_or(self.sitting.starts_at).max(self.sitting.starts_at);
            let until = item.planned_to.unwrap_or(self.sitting.ends_at).min(self.sitting.ends_at);
            let within = instants.iter().copied().filter(|at| from < *at && *at < until);
            std::iter::once(from).chain(within).any(|at| self.at(seat, item.id, at).is_some_and(Place::is_in))
        })
    }

    /// The class of an item at an instant.
    pub fn classed(&self, item: ItemId, at: Timestamp) -> Classed {
        self.past.classed(item, at)
    }

    /// The instants at which something changed that lets an observer in or keeps them out.
    pub fn instants(&self) -> BTreeSet<Timestamp> {
        let signed = self.seats.iter().filter_map(|seat| seat.signed_at);
        let mut instants = self.past.instants();
        instants.extend(signed.chain(self.sitting.other_side_agreed_at));
        instants.extend(self.sitting.other_side_was.iter().flat_map(|(from, until)| [*from, *until]));
        instants
    }

    /// The places of an observer, in the order of the items: those of their seat, or of whoever has none.
    pub fn of_observer(&self, observer: PersonId) -> impl Iterator<Item = (&Item, Place)> {
        let seat = self.own(observer).map(|seat| seat.id);
        self.items.iter().filter_map(move |item| match seat {
            Some(seat) => Some((item, self.of(seat, item.id)?)),
            None => Some((item, self.without_seat(item, Timestamp::MAX))),
        })
    }

    /// Where somebody stands who never asked for a seat.
    fn without_seat(&self, item: &Item, at: Timestamp) -> Place {
        let standing = Standing {
            seat: false,
            other_side: self.sitting.has_other_side(at),
            clearance: false,
            undertaking: false,
            conflict: Conflict::NotAsked,
        };
        place_at(self.classed(item.id, at), standing, self.past.policy(at))
    }

    /// The places of a seat, in the order of the items.
    pub fn of_seat(&self, seat: SeatId) -> impl Iterator<Item = (&Item, Place)> {
        self.items.iter().filter_map(move |item| Some((item, self.of(seat, item.id)?)))
    }
}

/// The places of a sitting: six statements.
pub async fn places_of(from: impl Into<Reader<'_>>, sitting: &Sitting) -> Result<Places, Error> {
    let mut from = from.into();
    let items = store::items_of(from.again(), sitting.id).await?;
    let seats = store::seats_of(from.again(), sitting.id).await?;
    let people: Vec<PersonId> = seats.iter().map(|seat| seat.observer).collect();
    let past = pasts::past(from, (sitting.organisation, sitting.id, sitting.day()), &people).await?;
    Ok(Places { items, seats, sitting: sitting.clone(), past })
}

/// A seat of an organisation with its sitting.
pub(super) async fn seat_and_sitting(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SeatId,
) -> Result<Option<(Seat, Sitting)>, Error> {
    let mut from = from.into();
    let Some(seat) = store::seat_of_organisation(from.again(), organisation, id).await? else { return Ok(None) };
    let sitting = store::sitting(from, organisation, seat.sitting).await?;
    Ok(sitting.map(|sitting| (seat, sitting)))
}

/// The sittings within a time at which somebody holds a seat, or which they host, chair or keep the record of.
pub(super) async fn sittings_of(
    from: impl Into<Reader<'_>>,
    (organisation, person): (OrganisationId, PersonId),
    between: (Timestamp, Timestamp),
) -> Result<Vec<Sitting>, Error> {
    store::of_person(from, organisation, person, between).await
}
