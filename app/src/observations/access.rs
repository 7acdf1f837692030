//! What somebody is to a sitting. Whoever is nothing to it learns nothing, not even that it is there.

use super::model::{Seat, Sitting, SittingId, State};
use super::store;
use crate::db::{Error, Reader};
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::mentorships::{self, Mentorship};
use crate::people::model::Side;
use crate::problems::{Failure, Refusal};

/// Whether an organisation has a secretary, or several.
pub(super) async fn has_secretary(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<bool, Error> {
    let all = identity::person_ids_with_part(from, organisation, Part::Secretary).await?;
    Ok(!all.is_empty())
}

/// A sitting, and what its reader is to it: two statements, and a third for whoever receives observers.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Clone, Debug)]
pub struct Access {
    pub sitting: Sitting,
    pub person: PersonId,
    pub is_secretary: bool,
    pub is_host: bool,
    pub is_chair: bool,
    pub is_keeper: bool,
    pub is_opener: bool,
    pub is_coordinator: bool,
    /// Whether they do what a secretary would, since the organisation has none: the host, or whoever opened it for a host without account.
    pub stands_in: bool,
    /// The only secretary, where the reader would stand in if they were none: whose own conflict of interest nobody else settles.
    stands_in_for: Option<PersonId>,
    /// The reader's pairs in its edition, those that have ended since it began too.
    pub pairs: Vec<Mentorship>,
}

/// Whether a sitting is there for the two of a pair: it is of their edition, and began while they were one.
pub(super) fn concerns(pair: &Mentorship, sitting: &Sitting) -> bool {
    pair.edition == sitting.edition && pair.ended_at.is_none_or(|ended_at| sitting.starts_at < ended_at)
}

/// Whether somebody observes, or asks to.
pub(super) fn observes(seats: &[Seat], person: PersonId) -> bool {
    seats.iter().any(|seat| seat.observer == person && seat.state.stands())
}

impl Access {
    pub async fn of(from: impl Into<Reader<'_>>, viewer: &Viewer, id: SittingId) -> Result<Self, Failure> {
        let mut from = from.into();
        let sitting = store::sitting(from.again(), viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
        let mut pairs = mentorships::of_person(from.again(), viewer.person).await?;
        pairs.retain(|pair| concerns(pair, &sitting));
        let (is_secretary, is_host) = (viewer.may(Act::KeepRoom, &viewer.record()), sitting.host.is(viewer.person));
        let is_in_charge = is_host || (sitting.host.person.is_none() && sitting.opened_by == viewer.person);
        let stands_in = is_in_charge && !is_secretary;
        let secretaries = if stands_in {
            identity::person_ids_with_part(from, viewer.organisation, Part::Secretary).await?
        } else {
            Vec::new()
        };
        let only = if let [only] = secretaries[..] { Some(only) } else { None };
        let access = Self {
            person: viewer.person,
            stands_in: stands_in && secretaries.is_empty(),
            stands_in_for: only,
            is_secretary,
            is_host,
            is_chair: sitting.presiding().is(viewer.person),
            is_keeper: sitting.keeper == Some(viewer.person),
            is_opener: sitting.opened_by == viewer.person,
            is_coordinator: viewer.holds(Part::Coordinator),
            pairs,
            sitting,
        };
        if access.may_read() { Ok(access) } else { Err(Refusal::NotFound.into()) }
    }

    /// Whether the sitting is there for them. A draft is there for those who make it.
    fn may_read(&self) -> bool {
        let is_open = self.sitting.state != State::Draft;
        self.has_part() || self.is_coordinator || (is_open && !self.pairs.is_empty())
    }

    /// Whether they have a part in it of their own, or keep the room.
    pub fn has_part(&self) -> bool {
        self.is_secretary || self.is_host || self.is_chair || self.is_keeper || self.is_opener
    }

    /// Whether they read who observes, and which class each item has: the secretary, the host, the chair and the keeper.
    pub fn reads_room(&self) -> bool {
        self.is_secretary || self.is_host || self.is_chair || self.is_keeper || self.stands_in
    }

    /// Whether they classify the items and settle conflicts of interest.
    pub fn classifies(&self) -> bool {
        self.is_secretary || self.stands_in
    }

    /// Whether they say the classes where these observe or ask to: nobody does where they would let themselves in, so that what would be for
    /// the only secretary is for whoever stands in.
    pub fn classifies_for(&self, seats: &[Seat]) -> bool {
        (self.classifies() && !observes(seats, self.person))
            || self.stands_in_for.is_some_and(|only| observes(seats, only))
    }

    /// Whether they note what the other side says, where these observe or ask to.
    pub fn asks_side(&self, seats: &[Seat]) -> bool {
        self.is_host || (self.is_secretary && !observes(seats, self.person))
    }

    /// Whether they name who is on the other side, against whom conflicts of interest are declared: nobody who would let themselves in by it.
    pub fn names_side(&self, seats: &[Seat]) -> bool {
        self.is_host || self.classifies_for(seats)
    }

    /// Whether they name who presides and who keeps the record, on whose word it hangs who is let in: nobody who observes does.
    pub fn names_parts(&self, seats: &[Seat]) -> bool {
        self.is_host || ((self.is_secretary || self.stands_in) && !observes(seats, self.person))
    }

    /// Whether there is anybody whose conflict of interest they may settle.
    pub fn may_settle(&self) -> bool {
        self.classifies() || self.stands_in_for.is_some()
    }

    /// Whether they settle the conflict of interest of an observer: nobody their own, so that of the only secretary is for whoever stands in.
    pub fn settles(&self, observer: PersonId) -> bool {
        observer != self.person && (self.classifies() || self.stands_in_for == Some(observer))
    }

    /// Whether they may change when, where and for how many it is.
    pub fn may_change(&self) -> bool {
        self.is_secretary || self.is_host || self.is_opener
    }

    /// Whether they answer who observes.
    pub fn answers(&self) -> bool {
        self.is_secretary || self.is_host
    }

    /// Refuses whoever may not; to them it is not there.
    pub fn must(&self, may: bool) -> Result<(), Failure> {
        if may { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// The pairs that run in which they learn or teach.
    pub fn running(&self) -> impl Iterator<Item = &Mentorship> {
        self.pairs.iter().filter(|pair| pair.ended_at.is_none())
    }

    /// The pair in which they would observe themselves.
    pub fn as_mentee(&self) -> Option<&Mentorship> {
        self.running().find(|pair| pair.side_of(self.person) == Some(Side::Mentee))
    }
}
