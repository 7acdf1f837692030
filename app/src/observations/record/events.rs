//! What happens in the room, entry by entry, and what it comes to: which item runs, where each observer is, who was in which item from
//! when to when, and what of that was an exposure. Nothing is ever changed: a correction is an entry that says which one it
//! corrects. Whoever is inside and is not said to be let in is exposed; nobody is let in by default. Pure.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use uuid::Uuid;

use crate::identity::PersonId;
use crate::observations::model::{Class, Kind as Meeting};

/// Whom an item lets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Admits {
    /// These, and nobody else.
    These { may: BTreeSet<PersonId> },
    /// Everybody but these, as records said it once, of whoever held a seat then.
    AllBut { out: BTreeSet<PersonId> },
}

/// What is said of an item: its class, and whom it lets in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    pub class: Option<Class>,
    #[serde(flatten)]
    pub admits: Admits,
}

impl Ruling {
    pub fn new(class: Option<Class>, may: BTreeSet<PersonId>) -> Self {
        Self { class, admits: Admits::These { may } }
    }

    /// Whether somebody has to be out. Of what has no class or a closed one everybody has, whoever else is said to be let in.
    pub fn is_out(&self, observer: PersonId) -> bool {
        let is_let_in = match &self.admits {
            Admits::These { may } => may.contains(&observer),
            Admits::AllBut { out } => !out.contains(&observer),
        };
        self.class.is_none_or(Class::is_closed) || !is_let_in
    }

    /// Whether it says the same of these people as another.
    pub fn agrees(&self, other: &Self, people: &[PersonId]) -> bool {
        self.class == other.class && people.iter().all(|one| self.is_out(*one) == other.is_out(*one))
    }

    /// The closer of this class and of one of before, and whom both let in; of two that are as close, this one.
    fn closest_to(&self, before: Option<Class>, out: &BTreeSet<PersonId>) -> Self {
        let closeness =
            |class: Option<Class>| class.map_or(2, |class| if class.is_closed() { 3 } else { class.closeness() });
        let class = if closeness(before) > closeness(self.class) { before } else { self.class };
        let admits = match &self.admits {
            Admits::These { may } => Admits::These { may: may.difference(out).copied().collect() },
            Admits::AllBut { out: other } => Admits::AllBut { out: out.union(other).copied().collect() },
        };
        Self { class, admits }
    }
}

/// What was signed, beside the digest of its words: they stand in no other chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The number of the text.
    pub text: i64,
    pub signed_at: Timestamp,
    pub ends_on: Option<Date>,
    /// The day on which the notes are destroyed, if there is one; nothing at all where the record is of a time when records did not say it.
    #[serde(default, deserialize_with = "said", skip_serializing_if = "Option::is_none")]
    pub notes_until: Option<Option<Date>>,
}

/// What is said, also where it is that there is nothing; what is left out is not said.
#[expect(clippy::option_option, reason = "what is left out is not said, null is that there is none")]
fn said<'de, D: Deserializer<'de>>(read: D) -> Result<Option<Option<Date>>, D::Error> {
    Option::deserialize(read).map(Some)
}

impl Paper {
    /// Whether it says what is kept of the same paper, as far as it says it.
    pub fn is_said_of(&self, kept: &Self) -> bool {
        let notes_until = self.notes_until.and(kept.notes_until);
        *self == Self { notes_until, ..kept.clone() }
    }
}

/// What a sitting is, as its papers say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    pub number: i64,
    pub what: Meeting,
    pub zone: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    /// Nothing where the record is of a time when records did not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<With>,
}

/// What else the papers say of a sitting, and what follows from it for who is let in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct With {
    /// When the other side of a negotiation agreed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other_side: Option<Timestamp>,
    /// Who is named to keep the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeper: Option<PersonId>,
}

impl Setting {
    /// Whether it says what another says of the same sitting, as far as it says it.
    pub fn is_said_of(&self, sitting: &Self) -> bool {
        let with = self.with.as_ref().and(sitting.with.clone());
        *self == Self { with, ..sitting.clone() }
    }
}

/// Something that happened, as the record keeps it. An item's beginning says whom it lets in, so that what is classified otherwise later
/// changes nothing of what was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// What the record is of: its first entry, and another where the sitting has moved.
    Sitting(Setting),
    ItemBegins {
        item: u32,
        #[serde(flatten)]
        ruling: Ruling,
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
    /// Somebody signed their undertaking, before the record began or since.
    Signs {
        observer: PersonId,
        /// The digest of what they signed.
        undertaking: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        paper: Option<Paper>,
    },
    Returns {
        observer: PersonId,
    },
    /// Another class, or other people whom it lets in.
    ClassChanged {
        item: u32,
        #[serde(flatten)]
        ruling: Ruling,
    },
    /// A secretary says that something closed was dealt with in an item. It stands beside the class, and beside what was stated before: an item
    /// can have been legal advice and inside information.
    Stated {
        item: u32,
        class: Class,
    },
    /// As records said it before [`Event::Stated`]: that it was inside information, in the place of the class that the item had.
    Inside {
        item: u32,
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
    Sitting,
    ItemBegins,
    ItemEnds,
    Enters,
    Leaves,
    ToldToLeave,
    Signs,
    Returns,
    ClassChanged,
    Stated,
    Inside,
    Exposure,
    Correction,
    Closed,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Sitting => "sitting",
            Self::ItemBegins => "item-begins",
            Self::ItemEnds => "item-ends",
            Self::Enters => "enters",
            Self::Leaves => "leaves",
            Self::ToldToLeave => "told-to-leave",
            Self::Signs => "signs",
            Self::Returns => "returns",
            Self::ClassChanged => "class-changed",
            Self::Stated => "stated",
            Self::Inside => "inside",
            Self::Exposure => "exposure",
            Self::Correction => "correction",
            Self::Closed => "closed",
        }
    }
}

impl Event {
    pub fn kind(&self) -> Kind {
        match self {
            Self::Sitting(_) => Kind::Sitting,
            Self::ItemBegins { .. } => Kind::ItemBegins,
            Self::ItemEnds { .. } => Kind::ItemEnds,
            Self::Enters { .. } => Kind::Enters,
            Self::Leaves { .. } => Kind::Leaves,
            Self::ToldToLeave { .. } => Kind::ToldToLeave,
            Self::Signs { .. } => Kind::Signs,
            Self::Returns { .. } => Kind::Returns,
            Self::ClassChanged { .. } => Kind::ClassChanged,
            Self::Stated { .. } => Kind::Stated,
            Self::Inside { .. } => Kind::Inside,
            Self::Exposure(_) => Kind::Exposure,
            Self::Correction { .. } => Kind::Correction,
            Self::Closed => Kind::Closed,
        }
    }

    pub fn item(&self) -> Option<u32> {
        match self {
            Self::ItemBegins { item, .. }
            | Self::ItemEnds { item }
            | Self::ClassChanged { item, .. }
            | Self::Stated { item, .. }
            | Self::Inside { item } => Some(*item),
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

    /// Whether it happened in the room, where somebody saw it, and whoever keeps the record may correct it. What a class is nobody sees
    /// there: it is the secretary's word and the chair's.
    pub fn is_of_the_room(&self) -> bool {
        let is_said = matches!(self, Self::ClassChanged { .. }) || self.is_of_the_secretary();
        self.happens() && !is_said && !matches!(self, Self::Signs { .. })
    }

    /// Whether it is a secretary's word, which a secretary may take back.
    pub fn is_of_the_secretary(&self) -> bool {
        matches!(self, Self::Stated { .. } | Self::Inside { .. })
    }

    /// Whether it happened: exposures and corrections follow from what did.
    fn happens(&self) -> bool {
        !matches!(self, Self::Exposure(_) | Self::Correction { .. } | Self::Sitting(_))
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
    pub ruling: Ruling,
    pub since: Timestamp,
}

/// A stretch of time in which an item ran under one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    pub item: u32,
    pub ruling: Ruling,
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
    /// The items of which a former record says that they were inside information, whatever class they had.
    pub inside_information: BTreeSet<u32>,
    /// What a secretary says was dealt with in an item, beside the class that it had.
    pub stated: BTreeMap<u32, BTreeSet<Class>>,
    /// Which entries ended the item that ran, and which item.
    pub ended: BTreeMap<u32, u32>,
    /// What was said last in time of each item's class, and the number of the entry.
    changed: BTreeMap<u32, (u32, Ruling)>,
}

/// What happened, with all corrections and with the number of its entry, in the order of time; of one instant, in the order of the record.
fn happened(entries: &[Entry]) -> Vec<(Timestamp, u32, &Event)> {
    let mut corrected: BTreeMap<u32, Option<&Instead>> = BTreeMap::new();
    for entry in entries {
        if let Event::Correction { entry, instead, .. } = &entry.event {
            corrected.insert(*entry, instead.as_deref());
        }
    }
    let mut happened: Vec<(Timestamp, u32, &Event)> = entries
        .iter()
        .filter(|entry| entry.event.happens())
        .filter_map(|entry| match corrected.get(&entry.number) {
            Some(Some(instead)) => Some((instead.at, entry.number, &instead.event)),
            Some(None) => None,
            None => Some((entry.at, entry.number, &entry.event)),
        })
        .collect();
    happened.sort_by_key(|(at, ..)| *at);
    happened
}

/// Whether an item is said to have ended before it began at any time.
pub fn ends_before_it_begins(entries: &[Entry], item: u32) -> bool {
    let state = State::of(entries);
    let is_end = |event: &Event| matches!(event, Event::ItemEnds { item: ended } if *ended == item);
    happened(entries).into_iter().any(|(at, _, event)| is_end(event) && state.begins_after(item, at))
}

impl State {
    pub fn of(entries: &[Entry]) -> Self {
        Self::until(entries, Timestamp::MAX)
    }

    /// What it had come to by an instant, as far as is known now.
    pub fn until(entries: &[Entry], last: Timestamp) -> Self {
        let happened = happened(entries);
        let mut state = Self::default();
        for (.., event) in &happened {
            match event {
                Event::Inside { item } => _ = state.inside_information.insert(*item),
                Event::Stated { item, class } => _ = state.stated.entry(*item).or_default().insert(*class),
                _ => {}
            }
        }
        for (at, number, event) in happened.into_iter().filter(|(at, ..)| *at <= last) {
            state.step((at, number), event);
        }
        state
    }

    /// Whether anything has happened in the room that nobody struck.
    pub fn has_begun(&self) -> bool {
        !self.runs.is_empty() || !self.stays.is_empty()
    }

    /// What is said of an item that is to begin: nothing opens what a secretary says was inside information.
    fn ruling_of(&self, item: u32, ruling: &Ruling) -> Ruling {
        if self.inside_information.contains(&item) {
            return Ruling::new(Some(Class::InsideInformation), BTreeSet::new());
        }
        ruling.clone()
    }

    /// As what an item is closed to somebody under what is said of it: as its class, and as what a secretary states of it.
    fn closed_as(&self, item: u32, ruling: &Ruling, observer: PersonId) -> BTreeSet<Option<Class>> {
        let stated = self.stated.get(&item).into_iter().flatten().map(|class| Some(*class));
        stated.chain(ruling.is_out(observer).then_some(ruling.class)).collect()
    }

    /// Whether somebody has to be out of an item under what is said of it.
    pub fn is_out(&self, item: u32, ruling: &Ruling, observer: PersonId) -> bool {
        !self.closed_as(item, ruling, observer).is_empty()
    }

    /// Whether somebody has to be out of the item that runs.
    pub fn must_be_out(&self, observer: PersonId) -> bool {
        self.running.as_ref().is_some_and(|running| self.is_out(running.item, &running.ruling, observer))
    }

    /// Whether it is known that something of a class was dealt with in an item all the time that it ran. Where it had the class for a while
    /// only, there is more to say: whoever was in before is exposed by it.
    pub fn is_said(&self, item: u32, class: Class) -> bool {
        let is_stated = self.stated.get(&item).is_some_and(|stated| stated.contains(&class));
        let mut runs = self.runs_of(item).peekable();
        is_stated || (runs.peek().is_some() && runs.all(|run| run.ruling.class == Some(class)))
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

    /// Whether an end of an item ends nothing any more that did so before: it would lie before the item's beginning.
    pub fn has_lost_an_end(&self, item: u32, before: &Self) -> bool {
        before.ended.iter().any(|(number, of)| *of == item && !self.ended.contains_key(number))
    }

    /// Whether an item that has been began at no time before an instant, at which it cannot have ended then.
    pub fn begins_after(&self, item: u32, at: Timestamp) -> bool {
        let mut runs = self.runs_of(item).peekable();
        runs.peek().is_some() && runs.all(|run| at < run.from)
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
            let stated = self.stated.get(&run.item);
            let is_stated = stated.zip(exposure.class).is_some_and(|(stated, class)| stated.contains(&class));
            let is_of_run = (exposure.class == run.ruling.class || is_stated) && exposure.from >= run.from;
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

    fn step(&mut self, (at, number): (Timestamp, u32), event: &Event) {
        match event {
            Event::ItemBegins { item, ruling, .. } => {
                // What says whom it lets in was judged by its own instant. Of before that was kept, one that was noted before its class changed,
                // and in truth happened after, does not bring the old class back.
                let ruling = match (&ruling.admits, self.changed.get(item)) {
                    (Admits::AllBut { out }, Some((later, changed))) if *later > number => {
                        changed.closest_to(ruling.class, out)
                    }
                    _ => ruling.clone(),
                };
                if !self.runs_now(*item) {
                    self.end(at);
                }
                self.rule(at, *item, &ruling);
            }
            Event::ItemEnds { item } => {
                if self.runs_now(*item) {
                    self.ended.insert(number, *item);
                    self.end(at);
                }
            }
            Event::ClassChanged { item, ruling } => {
                self.changed.insert(*item, (number, ruling.clone()));
                if self.runs_now(*item) {
                    self.rule(at, *item, ruling);
                }
            }
            Event::Enters { observer, undertaking } => {
                if let Some(undertaking) = undertaking {
                    self.undertakings.insert(*observer, undertaking.clone());
                }
                self.come(at, *observer);
            }
            Event::Signs { observer, undertaking, .. } => {
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
            Event::Sitting(_)
            | Event::Stated { .. }
            | Event::Inside { .. }
            | Event::Exposure(_)
            | Event::Correction { .. } => {}
        }
        self.look_for_exposures(at);
    }

    /// An item runs from now on as is said of it, whether it ran before or not.
    fn rule(&mut self, from: Timestamp, item: u32, ruling: &Ruling) {
        let ruling = self.ruling_of(item, ruling);
        if self.running.as_ref().is_some_and(|running| running.item == item && running.ruling == ruling) {
            return;
        }
        self.end(from);
        self.runs.push(Run { item, ruling: ruling.clone(), from, until: None });
        self.running = Some(Running { item, ruling, since: from });
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
            .flat_map(|running| inside.iter().map(move |observer| (running, *observer)))
            .flat_map(|(running, observer)| {
                let classes = self.closed_as(running.item, &running.ruling, observer);
                classes.into_iter().map(move |class| (observer, running.item, class))
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
    let (mut unrecorded, mut new) = (Vec::new(), Vec::new());
    for exposure in &derived {
        let known = recorded.iter().filter(|(_, one)| one.key() == exposure.key()).min_by_key(|(_, one)| one.withdrawn);
        match known {
            Some((_, one)) if !one.withdrawn && one.until == exposure.until => {}
            Some((first, one)) if !one.withdrawn => {
                unrecorded.push(Exposure { follows: Some(*first), ..exposure.clone() });
            }
            _ => new.push((exposure, known.map(|(first, _)| *first))),
        }
    }
    // One that moved is of the same class, or else what moved is the class.
    for may_be_another in [false, true] {
        new.retain(|(exposure, _)| {
            let moved = moved(&mut lost, exposure, may_be_another);
            unrecorded.extend(moved.map(|first| Exposure { follows: Some(first), ..(*exposure).clone() }));
            moved.is_none()
        });
    }
    unrecorded.extend(new.into_iter().map(|(exposure, follows)| Exposure { follows, ..exposure.clone() }));
    let withdrawn =
        |(first, one): (u32, &Exposure)| Exposure { withdrawn: true, follows: Some(first), why: None, ..one.clone() };
    unrecorded.extend(lost.into_iter().map(withdrawn));
    unrecorded
}

/// The exposure of the same person to the same item that is said no longer and lies nearest to a new one: it has moved there.
fn moved(lost: &mut Vec<(u32, &Exposure)>, new: &Exposure, may_be_another_class: bool) -> Option<u32> {
    let is_like = |one: &Exposure| {
        (one.observer, one.item) == (new.observer, new.item) && (may_be_another_class || one.class == new.class)
    };
    let alike = lost.iter().enumerate().filter(|(_, (_, one))| is_like(one));
    let (place, _) = alike.min_by_key(|(_, (_, one))| one.from.duration_since(new.from).abs())?;
    Some(lost.remove(place).0)
}

/// Whether something may be begun now, with the room as it is.
pub fn admit(entries: &[Entry], event: &Event) -> Result<(), Refused> {
    let state = State::of(entries);
    if let Event::Correction { entry, .. } = event {
        let may_be = |event: &Event| event.is_of_the_room() || event.is_of_the_secretary();
        let known = entries.iter().find(|known| known.number == *entry).filter(|known| may_be(&known.event));
        return known.map(|_| ()).ok_or(Refused::NoSuchEntry);
    }
    if state.closed_at.is_some() {
        return Err(Refused::Closed);
    }
    match event {
        Event::ItemBegins { item, ruling, all_the_same } => {
            let (ruling, mut exposed) = (state.ruling_of(*item, ruling), state.inside());
            exposed.retain(|observer| state.is_out(*item, &ruling, *observer));
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
                Some(running) if state.is_out(running.item, &running.ruling, *observer) => {
                    Err(Refused::MustBeOut(BTreeSet::from([*observer])))
                }
                _ => Ok(()),
            }
        }
        Event::Leaves { observer } | Event::ToldToLeave { observer } => {
            state.is_in(*observer).then_some(()).ok_or(Refused::IsOut)
        }
        Event::Stated { item, .. } | Event::Inside { item } => {
            state.runs_of(*item).next().map(|_| ()).ok_or(Refused::DoesNotRun)
        }
        Event::Sitting(_) | Event::Exposure(_) | Event::Correction { .. } | Event::Signs { .. } | Event::Closed => {
            Ok(())
        }
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
mod tests;
