//! Where every observer of a sitting stands for every item, as the tables say it now.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::model::{Item, ItemId, Seat, SeatId, Sitting};
use super::place::{Place, place_at};
use super::store;
use crate::db::{Error, Reader};
use crate::identity::{OrganisationId, PersonId};

/// A sitting's items and seats, and for each seat and item the place.
#[derive(Clone, Debug)]
pub struct Places {
    pub items: Vec<Item>,
    /// Those that were asked for and those that are held; what was refused or withdrawn is among them.
    pub seats: Vec<Seat>,
    of_each: Vec<(SeatId, ItemId, Place)>,
}

impl Places {
    /// Where the observer of a seat stands for an item; out where either is not of the sitting.
    pub fn of(&self, seat: SeatId, item: ItemId) -> Option<Place> {
        let found = self.of_each.iter().find(|(of, at, _)| *of == seat && *at == item);
        found.map(|(_, _, place)| *place)
    }

    /// The places of a seat, in the order of the items.
    pub fn of_seat(&self, seat: SeatId) -> impl Iterator<Item = (&Item, Place)> {
        self.items.iter().filter_map(move |item| Some((item, self.of(seat, item.id)?)))
    }
}

/// For each seat and each item of a sitting the place: five statements.
pub async fn places_of(from: impl Into<Reader<'_>>, sitting: &Sitting) -> Result<Places, Error> {
    let mut from = from.into();
    let items = store::items_of(from.again(), sitting.id).await?;
    let seats = store::seats_of(from.again(), sitting.id).await?;
    let concerned = store::concerned(from.again(), sitting.id).await?;
    let policy = store::policy(from.again(), sitting.organisation).await?;
    let zone = TimeZone::get(&sitting.zone).unwrap_or(TimeZone::UTC);
    let day = zone.to_datetime(sitting.starts_at).date();
    let people: Vec<PersonId> = seats.iter().map(|seat| seat.observer).collect();
    let cleared = store::cleared_among(from.again(), sitting.organisation, &people, day).await?;
    let mut places = Vec::with_capacity(seats.len() * items.len());
    for seat in &seats {
        let clearance = cleared.contains(&seat.observer);
        for item in &items {
            let standing = seat.standing(sitting, clearance, concerned.contains(&(seat.id, item.id)));
            places.push((seat.id, item.id, place_at(item.classed(), standing, policy)));
        }
    }
    Ok(Places { items, seats, of_each: places })
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
