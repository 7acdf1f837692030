//! What held of a sitting's items and seats, of clearances and of the policy, and since when: what is told late is judged by what held when it
//! happened, whatever anybody changed since. Pure; the rows are only added (`store`).

pub(in crate::observations) mod store;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::model::{Class, Declaration, ItemId, Policy, SeatId, SeatState};
use super::place::{Classed, Conflict};
use crate::identity::PersonId;

/// The class of an item from an instant on, and whether the chair agrees to it.
#[derive(Clone, Debug)]
pub struct Classified {
    pub item: ItemId,
    pub since: Timestamp,
    pub class: Option<Class>,
    pub is_agreed: bool,
}

/// How a wish or a seat stands from an instant on, and what is known of a conflict of interest.
#[derive(Clone, Debug)]
pub struct Stood {
    pub seat: SeatId,
    pub since: Timestamp,
    pub state: SeatState,
    pub conflict: Declaration,
    /// The numbers of the items for which a settled conflict counts.
    pub concerns: Vec<i64>,
}

/// What an organisation lets observers do from an instant on.
#[derive(Clone, Debug)]
pub struct Ruled {
    pub since: Timestamp,
    pub policy: Policy,
}

/// That somebody was cleared for confidential items, until a day or until it was taken back.
#[derive(Clone, Debug)]
pub struct Cleared {
    pub person: PersonId,
    pub since: Timestamp,
    pub last: Date,
    pub revoked_at: Option<Timestamp>,
}

/// All of it, each kind in the order in which it was written.
#[derive(Clone, Debug, Default)]
pub struct Past {
    pub classes: Vec<Classified>,
    pub standings: Vec<Stood>,
    pub policies: Vec<Ruled>,
    pub clearances: Vec<Cleared>,
}

/// What held at an instant: of what had begun by then, what began last; of one instant, what was written last.
fn held<'a, T: 'a>(all: impl Iterator<Item = &'a T>, since: impl Fn(&T) -> Timestamp, at: Timestamp) -> Option<&'a T> {
    all.filter(|one| since(one) <= at).max_by_key(|one| since(one))
}

impl Past {
    /// The class of an item at an instant; none before there was one.
    pub fn classed(&self, item: ItemId, at: Timestamp) -> Classed {
        let of_it = self.classes.iter().filter(|one| one.item == item);
        let found = held(of_it, |one| one.since, at);
        Classed { class: found.and_then(|one| one.class), is_agreed: found.is_some_and(|one| one.is_agreed) }
    }

    /// How a seat stood at an instant; nothing before it was asked for.
    pub fn stood(&self, seat: SeatId, at: Timestamp) -> Option<&Stood> {
        held(self.standings.iter().filter(|one| one.seat == seat), |one| one.since, at)
    }

    pub fn policy(&self, at: Timestamp) -> Policy {
        held(self.policies.iter(), |one| one.since, at).map_or_else(Policy::default, |one| one.policy)
    }

    /// Whether somebody was cleared at an instant for a sitting of a day.
    pub fn is_cleared(&self, person: PersonId, day: Date, at: Timestamp) -> bool {
        let mut own = self.clearances.iter().filter(|one| one.person == person);
        own.any(|one| one.since <= at && one.last >= day && one.revoked_at.is_none_or(|revoked| revoked > at))
    }

    /// The instants at which something of it changed.
    pub fn instants(&self) -> BTreeSet<Timestamp> {
        let classes = self.classes.iter().map(|one| one.since);
        let standings = self.standings.iter().map(|one| one.since);
        let policies = self.policies.iter().map(|one| one.since);
        let clearances = self.clearances.iter().flat_map(|one| [Some(one.since), one.revoked_at]).flatten();
        classes.chain(standings).chain(policies).chain(clearances).collect()
    }
}

impl Stood {
    /// What is known of a conflict of interest for the item of a number.
    pub fn conflict(&self, item: i64) -> Conflict {
        match self.conflict {
            Declaration::NotAsked => Conflict::NotAsked,
            Declaration::None => Conflict::None,
            Declaration::Declared => Conflict::Declared,
            Declaration::Barred => Conflict::Concerned,
            Declaration::Settled if self.concerns.contains(&item) => Conflict::Concerned,
            Declaration::Settled => Conflict::Spared,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use jiff::civil::date;
    use uuid::Uuid;

    use super::*;

    fn minute(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    #[test]
    fn each_instant_has_what_held_then() {
        let (item, seat, person) =
            (ItemId(Uuid::from_u128(1)), SeatId(Uuid::from_u128(2)), PersonId(Uuid::from_u128(3)));
        let classified = |at: i64, class: Class, is_agreed: bool| Classified {
            item,
            since: minute(at),
            class: Some(class),
            is_agreed,
        };
        let stood = |at: i64, conflict: Declaration, concerns: &[i64]| Stood {
            seat,
            since: minute(at),
            state: SeatState::Held,
            conflict,
            concerns: concerns.to_vec(),
        };
        let past = Past {
            classes: vec![
                classified(5, Class::InsideInformation, false),
                classified(6, Class::InsideInformation, true),
                classified(9, Class::Confidential, false),
                classified(9, Class::Open, false),
            ],
            standings: vec![stood(2, Declaration::None, &[]), stood(7, Declaration::Settled, &[2])],
            policies: Vec::new(),
            clearances: vec![Cleared { person, since: minute(3), last: date(1970, 1, 1), revoked_at: Some(minute(8)) }],
        };
        let class = |at: i64| past.classed(item, minute(at));
        assert_eq!((class(4).class, class(4).is_agreed), (None, false));
        assert_eq!((class(5).class, class(5).is_agreed), (Some(Class::InsideInformation), false));
        assert!(class(8).is_agreed && !class(9).is_agreed);
        assert_eq!(class(9).class, Some(Class::Open), "of one instant, what was written last");
        assert!(past.stood(seat, minute(1)).is_none());
        assert_eq!(past.stood(seat, minute(6)).unwrap().conflict(2), Conflict::None);
        assert_eq!(past.stood(seat, minute(7)).unwrap().conflict(2), Conflict::Concerned);
        assert_eq!(past.stood(seat, minute(7)).unwrap().conflict(1), Conflict::Spared);
        let is_cleared = |at: i64| past.is_cleared(person, date(1970, 1, 1), minute(at));
        assert_eq!([2, 3, 7, 8].map(is_cleared), [false, true, true, false]);
        assert!(!past.is_cleared(person, date(1970, 1, 2), minute(4)));
        assert_eq!(past.policy(minute(1)), Policy::default());
        assert_eq!(past.instants().len(), 7);
    }
}
