//! Who was in which item, from when to when. Pure.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::identity::PersonId;
use crate::observations::model::Class;
use crate::observations::record::events::{Run, State};

/// A stretch of time; without an end while it lasts.
pub type Span = (Timestamp, Option<Timestamp>);

/// One observer at one run of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    pub observer: PersonId,
    /// Whether they had to be out.
    pub is_closed: bool,
    /// When they were in.
    pub inside: Vec<Span>,
}

impl Attendance {
    /// Whether they were in what was closed to them.
    pub fn is_exposed(&self) -> bool {
        self.is_closed && !self.inside.is_empty()
    }
}

/// An item as it ran under one class, with everybody who observes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran {
    pub item: u32,
    pub class: Option<Class>,
    /// What a secretary says was dealt with in it, beside its class.
    pub stated: BTreeSet<Class>,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub who: Vec<Attendance>,
}

impl Ran {
    /// Whether something of a class was dealt with in it.
    pub fn is_of(&self, class: Class) -> bool {
        self.class == Some(class) || self.stated.contains(&class)
    }
}

/// Who was in which items, in the order of time.
pub fn annex(state: &State, observers: &[PersonId]) -> Vec<Ran> {
    let attendance = |run: &Run, observer: PersonId| Attendance {
        observer,
        is_closed: state.is_out(run.item, &run.ruling, observer),
        inside: state.presence(observer, run),
    };
    let ran = |run: &Run| Ran {
        item: run.item,
        class: run.ruling.class,
        stated: state.stated.get(&run.item).cloned().unwrap_or_default(),
        from: run.from,
        until: run.until,
        who: observers.iter().map(|observer| attendance(run, *observer)).collect(),
    };
    let mut all: Vec<Ran> = state.runs.iter().map(ran).collect();
    all.sort_by_key(|ran| ran.from);
    all
}

/// The same for the items that were under legal privilege.
pub fn privileged(annex: &[Ran]) -> Vec<Ran> {
    annex.iter().filter(|ran| ran.is_of(Class::LegalAdvice)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::*;
    use crate::observations::record::events::{Entry, Event, Exposure, Ruling};

    /// Whether the exposures of a record are those that the annex shows: they are two readings of the one record.
    fn agrees(annex: &[Ran], exposures: &[Exposure]) -> bool {
        let shown = |exposure: &Exposure| {
            annex.iter().any(|ran| {
                ran.item == exposure.item
                    && ran.class == exposure.class
                    && ran.who.iter().any(|one| {
                        one.observer == exposure.observer
                            && one.is_closed
                            && one.inside.contains(&(exposure.from, exposure.until))
                    })
            })
        };
        let count: usize =
            annex.iter().flat_map(|ran| &ran.who).filter(|one| one.is_closed).map(|one| one.inside.len()).sum();
        exposures.iter().all(shown) && count == exposures.len()
    }

    #[test]
    fn the_annex_says_what_happened_to_the_minute() {
        let observer = PersonId(Uuid::from_u128(1));
        let minute = |minute: i64| Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute);
        let begins = |item: u32, class: Class| Event::ItemBegins {
            item,
            ruling: Ruling::new(Some(class), BTreeSet::from([observer])),
            all_the_same: false,
        };
        let happened = [
            (0, Event::Enters { observer, undertaking: None }),
            (1, begins(1, Class::Open)),
            (10, Event::ItemEnds { item: 1 }),
            (11, Event::Leaves { observer }),
            (12, begins(2, Class::LegalAdvice)),
            (14, Event::Returns { observer }),
            (15, Event::Leaves { observer }),
            (20, Event::ItemEnds { item: 2 }),
            (21, Event::Closed),
        ];
        let entries: Vec<Entry> = happened
            .into_iter()
            .zip(1_u32..)
            .map(|((at, event), number)| {
                let (at, client) = (minute(at), Uuid::from_u128(u128::from(number)));
                Entry { number, client, at, noted_at: at, by: Some(observer), event }
            })
            .collect();
        let state = State::of(&entries);
        let annex = annex(&state, &[observer]);
        assert_eq!(annex[0].who[0].inside, [(minute(1), Some(minute(10)))]);
        assert!(annex[1].who[0].is_exposed());
        assert_eq!(annex[1].who[0].inside, [(minute(14), Some(minute(15)))]);
        assert_eq!(privileged(&annex).len(), 1);
        assert!(agrees(&annex, &state.exposures));
        assert!(!agrees(&annex, &[]));
    }
}
