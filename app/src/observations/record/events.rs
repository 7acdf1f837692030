//! What happens in the room, entry by entry, and what it comes to: which item runs, where each observer is, who was in which item from
//! when to when, and what of that was an exposure. Nothing is ever changed: a correction is an entry that says which one it
//! corrects. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::identity::PersonId;
use crate::observations::model::Class;

/// Something that happened, as the record keeps it. An item's beginning says who had to be out of it, so that what is classified
/// otherwise later changes nothing of what was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    ItemBegins {
        item: u32,
        class: Option<Class>,
        out: BTreeSet<PersonId>,
        /// Begun although somebody who had to be out was in.
        all_the_same: bool,
    },
    ItemEnds {
        item: u32,
    },
    Enters {
        observer: PersonId,
        /// The digest of the undertaking that they signed.
        undertaking: Option<String>,
    },
    Leaves {
        observer: PersonId,
    },
    ToldToLeave {
        observer: PersonId,
    },
    /// Somebody signed their undertaking when the record had begun already.
    Signs {
        observer: PersonId,
        /// The digest of what they signed.
        undertaking: String,
    },
    Returns {
        observer: PersonId,
    },
    ClassChanged {
        item: u32,
        class: Option<Class>,
        out: BTreeSet<PersonId>,
    },
    Exposure(Exposure),
    Correction {
        entry: u32,
        /// What stands in its place; nothing where it did not happen.
        instead: Option<Box<Instead>>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<Cause>,
    },
    Closed,
}

/// Why something is not as it was noted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RecordCause")]
pub enum Cause {
    /// It was noted at a wrong time.
    WrongTime,
    /// It was noted by mistake.
    Mistaken,
    /// It was somebody else.
    SomebodyElse,
    /// What was told later shows it.
    ToldLater,
}

impl Cause {
    /// What whoever corrects chooses from.
    pub const CHOICES: [Self; 3] = [Self::WrongTime, Self::Mistaken, Self::SomebodyElse];

    pub fn code(self) -> &'static str {
        match self {
            Self::WrongTime => "wrong-time",
            Self::Mistaken => "mistaken",
            Self::SomebodyElse => "somebody-else",
            Self::ToldLater => "told-later",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::CHOICES.into_iter().find(|cause| cause.code() == code)
    }

    pub fn key(self) -> String {
        format!("records-cause-{}", self.code())
    }
}

/// What stands in the place of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instead {
    pub at: Timestamp,
    pub event: Event,
}

/// Somebody was in the room for what was closed to them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposure {
    pub observer: PersonId,
    pub item: u32,
    pub class: Option<Class>,
    pub from: Timestamp,
    /// Nothing while it lasts.
    pub until: Option<Timestamp>,
    /// A correction showed that there was none.
    pub withdrawn: bool,
    /// The entry that said it first, where this is another word on it; it stays the same exposure when a correction moves it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<u32>,
    /// Why it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Cause>,
}

/// What tells one exposure from another at one time.
type Key = (PersonId, u32, Option<Class>, Timestamp);

impl Exposure {
    /// One that begins.
    fn begins((observer, item, class): (PersonId, u32, Option<Class>), from: Timestamp) -> Self {
        Self { observer, item, class, from, until: None, withdrawn: false, follows: None, why: None }
    }

    pub fn key(&self) -> Key {
        (self.observer, self.item, self.class, self.from)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RecordEntryKind")]
pub enum Kind {
    ItemBegins,
    ItemEnds,
    Enters,
    Leaves,
    ToldToLeave,
    Signs,
    Returns,
    ClassChanged,
    Exposure,
    Correction,
    Closed,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::ItemBegins => "item-begins",
            Self::ItemEnds => "item-ends",
            Self::Enters => "enters",
            Self::Leaves => "leaves",
            Self::ToldToLeave => "told-to-leave",
            Self::Signs => "signs",
            Self::Returns => "returns",
            Self::ClassChanged => "class-changed",
            Self::Exposure => "exposure",
            Self::Correction => "correction",
            Self::Closed => "closed",
        }
    }
}

impl Event {
    pub fn kind(&self) -> Kind {
        match self {
            Self::ItemBegins { .. } => Kind::ItemBegins,
            Self::ItemEnds { .. } => Kind::ItemEnds,
            Self::Enters { .. } => Kind::Enters,
            Self::Leaves { .. } => Kind::Leaves,
            Self::ToldToLeave { .. } => Kind::ToldToLeave,
            Self::Signs { .. } => Kind::Signs,
            Self::Returns { .. } => Kind::Returns,
            Self::ClassChanged { .. } => Kind::ClassChanged,
            Self::Exposure(_) => Kind::Exposure,
            Self::Correction { .. } => Kind::Correction,
            Self::Closed => Kind::Closed,
        }
    }

    pub fn item(&self) -> Option<u32> {
        match self {
            Self::ItemBegins { item, .. } | Self::ItemEnds { item } | Self::ClassChanged { item, .. } => Some(*item),
            Self::Exposure(exposure) => Some(exposure.item),
            _ => None,
        }
    }

    pub fn observer(&self) -> Option<PersonId> {
        match self {
            Self::Enters { observer, .. }
            | Self::Leaves { observer }
            | Self::ToldToLeave { observer }
            | Self::Signs { observer, .. }
            | Self::Returns { observer } => Some(*observer),
            Self::Exposure(exposure) => Some(exposure.observer),
            _ => None,
        }
    }

    /// Whether it happened in the room, where somebody saw it, and may be corrected.
    pub fn is_of_the_room(&self) -> bool {
        self.happens() && !matches!(self, Self::Signs { .. })
    }

    /// Whether it happened: exposures and corrections follow from what did.
    fn happens(&self) -> bool {
        !matches!(self, Self::Exposure(_) | Self::Correction { .. })
    }
}

/// An entry of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place, from 1 on.
    pub number: u32,
    /// The identifier that whoever wrote it gave it, so that what is sent twice is written once.
    pub client: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// When it came in.
    pub noted_at: Timestamp,
    /// Nobody where it was done by a link of a mail.
    pub by: Option<PersonId>,
    pub event: Event,
}

/// What has happened and is to be written down.
#[derive(Clone, Debug)]
pub struct New {
    pub client: Uuid,
    pub at: Timestamp,
    pub event: Event,
}

/// Why something is not begun, or makes no sense now. What has happened already is never refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// These are in, and have to be out.
    MustBeOut(BTreeSet<PersonId>),
    /// Another item runs.
    Runs(u32),
    /// This item does not run.
    DoesNotRun,
    IsIn,
    IsOut,
    Closed,
    /// There is no such entry, or it is none that can be corrected.
    NoSuchEntry,
}

/// An item that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Running {
    pub item: u32,
    pub class: Option<Class>,
    pub out: BTreeSet<PersonId>,
    pub since: Timestamp,
}

/// A stretch of time in which an item ran under one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub item: u32,
    pub class: Option<Class>,
    pub out: BTreeSet<PersonId>,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// A stretch of time in which somebody was in the room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stay {
    pub observer: PersonId,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
}

/// What a record comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    pub running: Option<Running>,
    pub runs: Vec<Run>,
    pub stays: Vec<Stay>,
    /// Who was told to leave, since when; no more once they have left.
    pub told: BTreeMap<PersonId, Timestamp>,
    /// The undertakings under which observers came in.
    pub undertakings: BTreeMap<PersonId, String>,
    pub exposures: Vec<Exposure>,
    pub closed_at: Option<Timestamp>,
}

/// What happened, with all corrections, in the order of time; of one instant, in the order of the record.
fn happened(entries: &[Entry]) -> Vec<(Timestamp, &Event)> {
    let mut corrected: BTreeMap<u32, Option<&Instead>> = BTreeMap::new();
    for entry in entries {
        if let Event::Correction { entry, instead, .. } = &entry.event {
            corrected.insert(*entry, instead.as_deref());
        }
    }
    let mut happened: Vec<(Timestamp, &Event)> = entries
        .iter()
        .filter(|entry| entry.event.happens())
        .filter_map(|entry| match corrected.get(&entry.number) {
            Some(Some(instead)) => Some((instead.at, &instead.event)),
            Some(None) => None,
            None => Some((entry.at, &entry.event)),
        })
        .collect();
    happened.sort_by_key(|(at, _)| *at);
    happened
}

impl State {
    pub fn of(entries: &[Entry]) -> Self {
        let mut state = Self::default();
        for (at, event) in happened(entries) {
            state.step(at, event);
        }
        state
    }

    pub fn is_in(&self, observer: PersonId) -> bool {
        self.stays.iter().any(|stay| stay.observer == observer && stay.until.is_none())
    }

    /// Whether they were in the room at any time.
    pub fn has_been_in(&self, observer: PersonId) -> bool {
        self.stays.iter().any(|stay| stay.observer == observer)
    }

    pub fn inside(&self) -> BTreeSet<PersonId> {
        self.stays.iter().filter(|stay| stay.until.is_none()).map(|stay| stay.observer).collect()
    }

    /// For how many minutes each of those who came was in the room. Who has not left yet is there until it ends.
    pub fn minutes(&self, ends_at: Timestamp) -> BTreeMap<PersonId, i64> {
        let mut seconds: BTreeMap<PersonId, i64> = BTreeMap::new();
        for stay in &self.stays {
            let until = stay.until.unwrap_or(ends_at).max(stay.from);
            *seconds.entry(stay.observer).or_default() += until.duration_since(stay.from).as_secs();
        }
        seconds.into_iter().map(|(observer, seconds)| (observer, (seconds + 30) / 60)).collect()
    }

    /// Whether an item has been, and is over.
    pub fn is_over(&self, item: u32) -> bool {
        self.runs.iter().any(|run| run.item == item) && !self.runs_now(item)
    }

    pub fn runs_now(&self, item: u32) -> bool {
        self.running.as_ref().is_some_and(|running| running.item == item)
    }

    /// The classes under which an item ran, with their times.
    pub fn runs_of(&self, item: u32) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(move |run| run.item == item)
    }

    /// When an observer was in the room during a run; one that lasts still has no end.
    pub fn presence(&self, observer: PersonId, run: &Run) -> Vec<(Timestamp, Option<Timestamp>)> {
        let earlier = |one: Option<Timestamp>, other: Option<Timestamp>| match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        let stays = self.stays.iter().filter(|stay| stay.observer == observer);
        let within = stays.filter_map(|stay| {
            let (from, until) = (stay.from.max(run.from), earlier(stay.until, run.until));
            until.is_none_or(|until| until > from).then_some((from, until))
        });
        let mut within: Vec<_> = within.collect();
        // What was over within the same instant is an exposure all the same, where the item was closed to them.
        for exposure in self.exposures.iter().filter(|one| one.observer == observer && one.item == run.item) {
            let is_of_run = exposure.class == run.class && exposure.from >= run.from;
            if is_of_run
                && Some(exposure.from) == exposure.until
                && run.until.is_none_or(|until| exposure.from <= until)
            {
                within.push((exposure.from, exposure.until));
            }
        }
        within.sort();
        within.dedup();
        within
    }

    fn step(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ItemBegins { item, class, out, .. } => {
                if !self.runs_now(*item) {
                    self.end(at);
                    self.begin(at, *item, *class, out.clone());
                }
            }
            Event::ItemEnds { item } => {
                if self.runs_now(*item) {
                    self.end(at);
                }
            }
            Event::ClassChanged { item, class, out } => {
                if self.runs_now(*item) {
                    self.end(at);
                    self.begin(at, *item, *class, out.clone());
                }
            }
            Event::Enters { observer, undertaking } => {
                if let Some(undertaking) = undertaking {
                    self.undertakings.insert(*observer, undertaking.clone());
                }
                self.come(at, *observer);
            }
            Event::Signs { observer, undertaking } => {
                self.undertakings.insert(*observer, undertaking.clone());
            }
            Event::Returns { observer } => self.come(at, *observer),
            Event::Leaves { observer } => self.go(at, *observer),
            Event::ToldToLeave { observer } => {
                if self.is_in(*observer) {
                    self.told.entry(*observer).or_insert(at);
                }
            }
            Event::Closed => {
                self.end(at);
                for observer in self.inside() {
                    self.go(at, observer);
                }
                self.closed_at = Some(at);
            }
            Event::Exposure(_) | Event::Correction { .. } => {}
        }
        self.look_for_exposures(at);
    }

    fn begin(&mut self, from: Timestamp, item: u32, class: Option<Class>, out: BTreeSet<PersonId>) {
        self.runs.push(Run { item, class, out: out.clone(), from, until: None });
        self.running = Some(Running { item, class, out, since: from });
        self.closed_at = None;
    }

    fn end(&mut self, at: Timestamp) {
        self.running = None;
        for run in self.runs.iter_mut().filter(|run| run.until.is_none()) {
            run.until = Some(at);
        }
    }

    fn come(&mut self, from: Timestamp, observer: PersonId) {
        if !self.is_in(observer) {
            self.stays.push(Stay { observer, from, until: None });
            self.told.remove(&observer);
            self.closed_at = None;
        }
    }

    fn go(&mut self, at: Timestamp, observer: PersonId) {
        self.told.remove(&observer);
        for stay in self.stays.iter_mut().filter(|stay| stay.observer == observer && stay.until.is_none()) {
            stay.until = Some(at);
        }
    }

    /// Whoever is in what is closed to them is exposed from now on; whoever is no more, until now.
    fn look_for_exposures(&mut self, at: Timestamp) {
        let inside = self.inside();
        let running = self.running.as_ref();
        let exposed: BTreeSet<(PersonId, u32, Option<Class>)> = running
            .iter()
            .flat_map(|running| {
                running.out.intersection(&inside).map(move |observer| (*observer, running.item, running.class))
            })
            .collect();
        for open in self.exposures.iter_mut().filter(|exposure| exposure.until.is_none()) {
            if !exposed.contains(&(open.observer, open.item, open.class)) {
                open.until = Some(at);
            }
        }
        for (observer, item, class) in exposed {
            let is_this = |one: &&mut Exposure| (one.observer, one.item, one.class) == (observer, item, class);
            let mut known = self.exposures.iter_mut().filter(is_this);
            if let Some(known) = known.find(|one| one.until.is_none() || one.from == at) {
                // Gone and come again within the same instant: they were never away.
                known.until = None;
            } else {
                self.exposures.push(Exposure::begins((observer, item, class), at));
            }
        }
    }
}

/// Every word of the record on each exposure, by the entry that said it first.
pub fn words(entries: &[Entry]) -> BTreeMap<u32, Vec<(&Entry, &Exposure)>> {
    let mut words: BTreeMap<u32, Vec<(&Entry, &Exposure)>> = BTreeMap::new();
    for entry in entries {
        let Event::Exposure(exposure) = &entry.event else { continue };
        let is_it = |said: &[(&Entry, &Exposure)]| said.last().is_some_and(|(_, last)| last.key() == exposure.key());
        let known = || words.iter().find(|(_, said)| is_it(said)).map(|(first, _)| *first);
        let first = exposure.follows.or_else(known).unwrap_or(entry.number);
        words.entry(first).or_default().push((entry, exposure));
    }
    words
}

/// The last word of the record on each exposure, by the entry that said it first.
pub fn recorded(entries: &[Entry]) -> BTreeMap<u32, Exposure> {
    let last = |(first, said): (u32, Vec<(&Entry, &Exposure)>)| Some((first, said.last()?.1.clone()));
    words(entries).into_iter().filter_map(last).collect()
}

/// The exposures that follow from what happened and that the record does not say yet, or says otherwise. One that a correction moved stays
/// the one that it was.
pub fn unrecorded(entries: &[Entry]) -> Vec<Exposure> {
    let derived = State::of(entries).exposures;
    let recorded = recorded(entries);
    let is_lost = |one: &Exposure| !one.withdrawn && derived.iter().all(|other| other.key() != one.key());
    let mut lost: Vec<(u32, &Exposure)> =
        recorded.iter().filter(|(_, one)| is_lost(one)).map(|(first, one)| (*first, one)).collect();
    let mut unrecorded = Vec::new();
    for exposure in &derived {
        let known = recorded.iter().filter(|(_, one)| one.key() == exposure.key()).min_by_key(|(_, one)| one.withdrawn);
        let follows = match known {
            Some((_, one)) if !one.withdrawn && one.until == exposure.until => continue,
            Some((first, one)) if !one.withdrawn => Some(*first),
            _ => moved(&mut lost, exposure).or(known.map(|(first, _)| *first)),
        };
        unrecorded.push(Exposure { follows, ..exposure.clone() });
    }
    let withdrawn =
        |(first, one): (u32, &Exposure)| Exposure { withdrawn: true, follows: Some(first), why: None, ..one.clone() };
    unrecorded.extend(lost.into_iter().map(withdrawn));
    unrecorded
}

/// The exposure of the same person to the same item that is said no longer and lies nearest to a new one: it has moved there.
fn moved(lost: &mut Vec<(u32, &Exposure)>, new: &Exposure) -> Option<u32> {
    let is_like = |one: &Exposure| (one.observer, one.item, one.class) == (new.observer, new.item, new.class);
    let alike = lost.iter().enumerate().filter(|(_, (_, one))| is_like(one));
    let (place, _) = alike.min_by_key(|(_, (_, one))| one.from.duration_since(new.from).abs())?;
    Some(lost.remove(place).0)
}

/// Whether something may be begun now, with the room as it is.
pub fn admit(entries: &[Entry], event: &Event) -> Result<(), Refused> {
    let state = State::of(entries);
    if let Event::Correction { entry, .. } = event {
        let known = entries.iter().find(|known| known.number == *entry).filter(|known| known.event.is_of_the_room());
        return known.map(|_| ()).ok_or(Refused::NoSuchEntry);
    }
    if state.closed_at.is_some() {
        return Err(Refused::Closed);
    }
    match event {
        Event::ItemBegins { item, out, all_the_same, .. } => {
            let exposed: BTreeSet<PersonId> = out.intersection(&state.inside()).copied().collect();
            match &state.running {
                Some(running) => Err(Refused::Runs(running.item)),
                None if !exposed.is_empty() && !all_the_same => Err(Refused::MustBeOut(exposed)),
                None => {
                    debug_assert!(*item > 0, "items are counted from 1 on");
                    Ok(())
                }
            }
        }
        Event::ItemEnds { item } | Event::ClassChanged { item, .. } => {
            state.runs_now(*item).then_some(()).ok_or(Refused::DoesNotRun)
        }
        Event::Enters { observer, .. } | Event::Returns { observer } => {
            if state.is_in(*observer) {
                return Err(Refused::IsIn);
            }
            match &state.running {
                Some(running) if running.out.contains(observer) => Err(Refused::MustBeOut(BTreeSet::from([*observer]))),
                _ => Ok(()),
            }
        }
        Event::Leaves { observer } | Event::ToldToLeave { observer } => {
            state.is_in(*observer).then_some(()).ok_or(Refused::IsOut)
        }
        Event::Exposure(_) | Event::Correction { .. } | Event::Signs { .. } | Event::Closed => Ok(()),
    }
}

/// What is to be added to a record when this has happened: itself, and the exposures that follow from it, at once. `has_happened`
/// says that it is told afterwards, so that there is nothing to refuse.
pub fn added(
    entries: &[Entry],
    new: New,
    (by, noted_at): (Option<PersonId>, Timestamp),
    has_happened: bool,
    mut id: impl FnMut() -> Uuid,
) -> Result<Vec<Entry>, Refused> {
    if !has_happened || matches!(new.event, Event::Correction { .. }) {
        admit(entries, &new.event)?;
    }
    let number = |entries: &[Entry]| u32::try_from(entries.len()).unwrap_or(u32::MAX).saturating_add(1);
    let mut all = entries.to_vec();
    let New { client, at, event } = new;
    let cause = match &event {
        Event::Correction { why, .. } => *why,
        _ => Some(Cause::ToldLater),
    };
    all.push(Entry { number: number(&all), client, at, noted_at, by, event });
    for mut exposure in unrecorded(&all) {
        exposure.why = cause.filter(|_| exposure.withdrawn);
        let event = Event::Exposure(exposure);
        all.push(Entry { number: number(&all), client: id(), at: noted_at, noted_at, by, event });
    }
    Ok(all.split_off(entries.len()))
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;

    use super::*;

    fn person(number: u8) -> PersonId {
        PersonId(Uuid::from_u128(u128::from(number) + 1))
    }

    fn minute(minute: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_mins(minute)
    }

    /// A record in the making.
    #[derive(Default)]
    struct Made(Vec<Entry>, u128);

    impl Made {
        fn add(&mut self, at: Timestamp, event: Event, has_happened: bool) -> Result<(), Refused> {
            self.1 += 1000;
            let mut next = self.1;
            let new = New { client: Uuid::from_u128(next), at, event };
            let more = added(&self.0, new, (Some(person(99)), at), has_happened, || {
                next += 1;
                Uuid::from_u128(next)
            })?;
            self.0.extend(more);
            Ok(())
        }

        fn exposures(&self) -> Vec<Exposure> {
            recorded(&self.0).into_values().filter(|one| !one.withdrawn).collect()
        }
    }

    fn begins(item: u32, class: Class, out: &[u8]) -> Event {
        let out = out.iter().map(|number| person(*number)).collect();
        Event::ItemBegins { item, class: Some(class), out, all_the_same: false }
    }

    fn enters(number: u8) -> Event {
        Event::Enters { observer: person(number), undertaking: None }
    }

    #[test]
    fn a_closed_item_is_not_begun_silently() {
        let mut made = Made::default();
        made.add(minute(0), enters(1), false).unwrap();
        made.add(minute(1), begins(1, Class::Open, &[]), false).unwrap();
        assert_eq!(made.add(minute(9), begins(2, Class::LegalAdvice, &[1]), false), Err(Refused::Runs(1)));
        made.add(minute(10), Event::ItemEnds { item: 1 }, false).unwrap();
        let refused = made.add(minute(10), begins(2, Class::LegalAdvice, &[1]), false);
        assert_eq!(refused, Err(Refused::MustBeOut(BTreeSet::from([person(1)]))));
        assert_eq!(made.0.len(), 3, "what is refused leaves nothing");
        made.add(minute(11), Event::Leaves { observer: person(1) }, false).unwrap();
        made.add(minute(11), begins(2, Class::LegalAdvice, &[1]), false).unwrap();
        let back = Event::Returns { observer: person(1) };
        assert_eq!(made.add(minute(12), back, false), Err(Refused::MustBeOut(BTreeSet::from([person(1)]))));
        assert!(made.exposures().is_empty());
    }

    #[test]
    fn what_is_begun_all_the_same_is_an_exposure_at_once() {
        let mut made = Made::default();
        made.add(minute(0), enters(1), false).unwrap();
        let Event::ItemBegins { item, class, out, .. } = begins(4, Class::InsideInformation, &[1]) else { panic!() };
        made.add(minute(5), Event::ItemBegins { item, class, out, all_the_same: true }, false).unwrap();
        let open = &made.exposures()[0];
        assert_eq!((open.from, open.until, open.class), (minute(5), None, Some(Class::InsideInformation)));
        made.add(minute(7), Event::Leaves { observer: person(1) }, false).unwrap();
        assert_eq!(made.exposures().len(), 1);
        assert_eq!(made.exposures()[0].until, Some(minute(7)));
        // She had left before it began, as it turns out: nothing is changed, and nothing is left of it.
        let instead = Some(Box::new(Instead { at: minute(4), event: Event::Leaves { observer: person(1) } }));
        made.add(minute(60), Event::Correction { entry: 4, instead, why: Some(Cause::WrongTime) }, false).unwrap();
        assert!(made.exposures().is_empty());
        assert_eq!(recorded(&made.0)[&3].why, Some(Cause::WrongTime), "what was withdrawn stays, with the reason");
        assert!(matches!(&made.0[1].event, Event::ItemBegins { all_the_same: true, .. }));
        assert_eq!(made.0.len(), 7);
    }

    #[test]
    fn an_exposure_that_is_corrected_stays_the_one_that_it_was() {
        let mut made = Made::default();
        made.add(minute(0), enters(1), false).unwrap();
        made.add(minute(5), begins(4, Class::InsideInformation, &[1]), true).unwrap();
        made.add(minute(7), Event::Leaves { observer: person(1) }, false).unwrap();
        made.add(minute(8), Event::Returns { observer: person(1) }, true).unwrap();
        made.add(minute(9), Event::ItemEnds { item: 4 }, false).unwrap();
        let first: Vec<u32> = recorded(&made.0).into_keys().collect();
        assert_eq!(first, [3, 7], "two stretches are two exposures");
        let instead = Some(Box::new(Instead { at: minute(6), event: made.0[1].event.clone() }));
        made.add(minute(60), Event::Correction { entry: 2, instead, why: Some(Cause::WrongTime) }, false).unwrap();
        let said = recorded(&made.0);
        assert_eq!(said.keys().copied().collect::<Vec<_>>(), first, "a minute later, and no other exposure");
        assert_eq!((said[&3].from, said[&3].until, said[&3].withdrawn), (minute(6), Some(minute(7)), false));
        assert_eq!(words(&made.0)[&3].len(), 3);
        assert_eq!(State::of(&made.0).minutes(minute(20))[&person(1)], 19, "she is there until it ends");
        let struck = Event::Correction { entry: 2, instead: None, why: Some(Cause::Mistaken) };
        made.add(minute(61), struck, false).unwrap();
        assert!(recorded(&made.0).values().all(|one| one.withdrawn && one.why == Some(Cause::Mistaken)));
    }

    #[test]
    fn another_class_holds_from_its_minute_on() {
        let mut made = Made::default();
        made.add(minute(0), enters(1), false).unwrap();
        made.add(minute(1), begins(1, Class::Open, &[]), false).unwrap();
        let out = BTreeSet::from([person(1)]);
        let changed = Event::ClassChanged { item: 1, class: Some(Class::Supervisory), out };
        made.add(minute(3), changed, false).unwrap();
        made.add(minute(5), Event::ItemEnds { item: 1 }, false).unwrap();
        let exposure = &made.exposures()[0];
        assert_eq!((exposure.from, exposure.until), (minute(3), Some(minute(5))));
        let state = State::of(&made.0);
        let runs: Vec<&Run> = state.runs_of(1).collect();
        assert_eq!(runs.len(), 2);
        assert_eq!(state.presence(person(1), runs[0]), [(minute(1), Some(minute(3)))]);
        assert_eq!(state.presence(person(1), runs[1]), [(minute(3), Some(minute(5)))]);
    }

    #[test]
    fn what_comes_late_stands_where_it_happened() {
        let mut made = Made::default();
        made.add(minute(0), enters(1), false).unwrap();
        made.add(minute(10), begins(1, Class::LegalAdvice, &[1]), true).unwrap();
        assert_eq!(made.exposures().len(), 1);
        made.add(minute(9), Event::Leaves { observer: person(1) }, true).unwrap();
        assert!(made.exposures().is_empty(), "the phone of whoever saw her go had no connection");
        made.add(minute(20), Event::Closed, false).unwrap();
        assert_eq!(made.add(minute(21), enters(1), false), Err(Refused::Closed));
        assert_eq!(State::of(&made.0).closed_at, Some(minute(20)));
    }

    /// Something that may happen, with how many minutes later than what came before, and whether it is told afterwards.
    fn anything() -> impl Strategy<Value = (i64, Event, bool)> {
        let class = prop::sample::select(vec![
            None,
            Some(Class::Open),
            Some(Class::LegalAdvice),
            Some(Class::InsideInformation),
        ]);
        let out = prop::collection::btree_set((0_u8..3).prop_map(person), 0..3);
        let plain = prop_oneof![
            (1_u32..4, class.clone(), out.clone(), any::<bool>())
                .prop_map(|(item, class, out, all_the_same)| Event::ItemBegins { item, class, out, all_the_same }),
            (1_u32..4).prop_map(|item| Event::ItemEnds { item }),
            (1_u32..4, class, out).prop_map(|(item, class, out)| Event::ClassChanged { item, class, out }),
            (0_u8..3).prop_map(enters),
            (0_u8..3).prop_map(|number| Event::Returns { observer: person(number) }),
            (0_u8..3).prop_map(|number| Event::Leaves { observer: person(number) }),
            (0_u8..3).prop_map(|number| Event::ToldToLeave { observer: person(number) }),
            Just(Event::Closed),
        ];
        let event = prop_oneof![
            6 => plain.clone(),
            1 => (1_u32..20, prop::option::of((0_i64..60, plain))).prop_map(|(entry, instead)| {
                let instead = instead.map(|(at, event)| Box::new(Instead { at: minute(at), event }));
                Event::Correction { entry, instead, why: entry.is_multiple_of(2).then_some(Cause::Mistaken) }
            }),
        ];
        (-3_i64..4, event, any::<bool>())
    }

    /// When each observer was in what was closed to them, minute by minute, worked out in another way: at each minute everything that
    /// happened so far is played anew.
    fn is_exposed(entries: &[Entry], observer: PersonId, now: Timestamp) -> Option<u32> {
        let (mut running, mut is_in) = (None, false);
        let mut all: Vec<(Timestamp, Event)> = Vec::new();
        for entry in entries.iter().filter(|entry| entry.event.is_of_the_room()) {
            let last = entries.iter().rev().find_map(|other| match &other.event {
                Event::Correction { entry: corrected, instead, .. } if *corrected == entry.number => Some(instead),
                _ => None,
            });
            match last {
                None => all.push((entry.at, entry.event.clone())),
                Some(None) => {}
                Some(Some(instead)) => all.push((instead.at, instead.event.clone())),
            }
        }
        all.sort_by_key(|(at, _)| *at);
        for (_, event) in all.into_iter().filter(|(at, _)| *at <= now) {
            match event {
                Event::ItemBegins { item, out, .. } if running.as_ref().is_none_or(|(now, _)| *now != item) => {
                    running = Some((item, out));
                }
                Event::ClassChanged { item, out, .. } if running.as_ref().is_some_and(|(now, _)| *now == item) => {
                    running = Some((item, out));
                }
                Event::ItemEnds { item } if running.as_ref().is_some_and(|(now, _)| *now == item) => running = None,
                Event::Enters { observer: who, .. } | Event::Returns { observer: who } if who == observer => {
                    is_in = true;
                }
                Event::Leaves { observer: who } if who == observer => is_in = false,
                Event::Closed => (running, is_in) = (None, false),
                _ => {}
            }
        }
        running.filter(|(_, out)| is_in && out.contains(&observer)).map(|(item, _)| item)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn nobody_is_recorded_in_a_closed_item_without_an_exposure(
            events in prop::collection::vec(anything(), 0..40)
        ) {
            let (mut made, mut now) = (Made::default(), 20_i64);
            for (later, event, has_happened) in events {
                now = (now + later).clamp(0, 60);
                let before = made.0.clone();
                if made.add(minute(now), event, has_happened).is_err() {
                    prop_assert_eq!(&made.0, &before, "what is refused leaves nothing");
                }
                prop_assert_eq!(&made.0[..before.len()], &before[..], "nothing is ever changed");
                prop_assert!(unrecorded(&made.0).is_empty());
                prop_assert!(made.0.iter().zip(1..).all(|(entry, number)| entry.number == number));
            }
            {
                let exposures = made.exposures();
                for (observer, instant) in (0..3).flat_map(|who| (0..=61).map(move |at| (person(who), minute(at)))) {
                    let is_said = |item: Option<u32>| exposures.iter().any(|one| {
                        let is_then = one.from <= instant && one.until.is_none_or(|until| instant < until);
                        one.observer == observer && is_then && item.is_none_or(|item| one.item == item)
                    });
                    match is_exposed(&made.0, observer, instant) {
                        Some(item) => prop_assert!(is_said(Some(item)), "{observer} in {item} at {instant}"),
                        None => prop_assert!(!is_said(None), "{observer} at {instant} was in nothing closed"),
                    }
                }
            }
        }

        #[test]
        fn an_event_is_read_as_it_was_written((_, event, _) in anything()) {
            let text = serde_json::to_string(&event).unwrap();
            prop_assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
        }
    }
}
