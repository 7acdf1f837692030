//! Where every observer of a sitting stands for every item, as the tables say it now.

use jiff::Timestamp;

use super::model::{Item, ItemId, Policy, Seat, SeatId, Sitting};
use super::place::{Place, place_at};
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
    policy: Policy,
    concerned: Vec<(SeatId, ItemId)>,
    cleared: Vec<PersonId>,
}

impl Places {
    /// Where the observer of a seat stands for an item now; nothing where either is not of the sitting.
    pub fn of(&self, seat: SeatId, item: ItemId) -> Option<Place> {
        self.at(seat, item, Timestamp::MAX)
    }

    /// Where they stood at an instant, as far as is known now.
    pub fn at(&self, seat: SeatId, item: ItemId, at: Timestamp) -> Option<Place> {
        let seat = self.seats.iter().find(|known| known.id == seat)?;
        let item = self.items.iter().find(|known| known.id == item)?;
        let clearance = self.cleared.contains(&seat.observer);
        let standing = seat.standing(&self.sitting, (clearance, self.concerned.contains(&(seat.id, item.id))), at);
        Some(place_at(item.classed(at), standing, self.policy))
    }

    /// The places of a seat, in the order of the items.
    pub fn of_seat(&self, seat: SeatId) -> impl Iterator<Item = (&Item, Place)> {
        self.items.iter().filter_map(move |item| Some((item, self.of(seat, item.id)?)))
    }
}

/// The places of a sitting: five statements.
pub async fn places_of(from: impl Into<Reader<'_>>, sitting: &Sitting) -> Result<Places, Error> {
    let mut from = from.into();
    let items = store::items_of(from.again(), sitting.id).await?;
    let seats = store::seats_of(from.again(), sitting.id).await?;
    let concerned = store::concerned(from.again(), sitting.id).await?;
    let policy = store::policy(from.again(), sitting.organisation).await?;
    let people: Vec<PersonId> = seats.iter().map(|seat| seat.observer).collect();
    let cleared = store::cleared_among(from, sitting.organisation, &people, sitting.day()).await?;
    Ok(Places { items, seats, sitting: sitting.clone(), policy, concerned, cleared })
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
