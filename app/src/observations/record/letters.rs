//! What people are told of a record: the secretary of an exposure, at once, or whoever answers for the room where nobody is one. In a mail it
//! names nobody.

use super::events::Exposure;
use super::reading::Read;
use crate::i18n::{Argument, Message};
use crate::identity::{Act, PersonId};
use crate::notices::{Kind, Notice};
use crate::observations::model::{Class, Sitting};

/// Somebody heard what was closed to them.
const EXPOSED: &str = "observations.exposed";

pub(in crate::observations) const KIND: Kind = Kind {
    name: EXPOSED,
    label: "records-notice-exposed-label",
    mail: "records-notice-exposed-mail",
    waits: false,
    urgent: true,
    act: Act::KeepRoom,
    needed: Some("records-notice-exposed-needed"),
    outside: false,
    ..Kind::USUAL
};

/// The same to whoever receives or keeps the record, where nobody is secretary.
const EXPOSED_HERE: &str = "observations.exposed-here";

pub(in crate::observations) const KIND_WITHOUT_SECRETARY: Kind = Kind {
    name: EXPOSED_HERE,
    label: "records-notice-exposed-here-label",
    mail: "records-notice-exposed-mail",
    waits: false,
    urgent: true,
    needed: Some("records-notice-exposed-here-needed"),
    outside: false,
    ..Kind::USUAL
};

/// Who is told of exposures: every secretary who does not observe; where there is none, whoever receives and whoever keeps the record, each where they may read.
#[derive(Clone, Debug)]
pub(super) struct Readers {
    are_secretaries: bool,
    people: Vec<PersonId>,
}

impl Readers {
    pub(super) fn of(read: &Read, secretaries: Vec<PersonId>) -> Self {
        if !secretaries.is_empty() {
            return Self { are_secretaries: true, people: secretaries };
        }
        let sitting = &read.sitting;
        let mut people: Vec<PersonId> = sitting.host.person.into_iter().chain(sitting.keeper).collect();
        people.sort_unstable();
        people.dedup();
        // Nobody reads a record that names them.
        people.retain(|person| !read.names(*person));
        Self { are_secretaries: false, people }
    }

    /// A notice for each of them, with where it leads.
    fn notices(&self, sitting: &Sitting, kind: &'static str, (text, once): (&Message, &str)) -> Vec<Notice> {
        let told = |to: &PersonId| {
            let keeps = self.are_secretaries || sitting.keeper.is_none_or(|keeper| keeper == *to);
            let page = if keeps { "/record/annex" } else { "" };
            let href = format!("/sittings/{}{page}", sitting.id);
            let kind = if self.are_secretaries { kind } else { EXPOSED_HERE };
            Notice::new(sitting.organisation, *to, kind, text.clone(), href).about(sitting.id.0).once(once)
        };
        self.people.iter().map(told).collect()
    }
}

/// What was said of an exposure is said otherwise, or no more.
const CORRECTED: &str = "observations.exposure-corrected";

pub(in crate::observations) const KIND_OF_CORRECTIONS: Kind = Kind {
    name: CORRECTED,
    label: "records-notice-corrected-label",
    mail: "records-notice-corrected-mail",
    act: Act::KeepRoom,
    waits: false,
    needed: Some("records-notice-corrected-needed"),
    outside: false,
    ..Kind::USUAL
};

/// What follows for whoever heard inside information by mistake, or that nothing does after all.
const DUTIES: &str = "observations.duties";

pub(in crate::observations) const KIND_OF_DUTIES: Kind = Kind {
    name: DUTIES,
    label: "duties-notice-label",
    mail: "duties-notice-mail",
    act: Act::UseAccount,
    waits: false,
    urgent: true,
    needed: Some("duties-notice-needed"),
    outside: false,
    ..Kind::USUAL
};

/// To whoever heard inside information: there is something to read. `key` tells one time from another.
pub(super) fn of_duty(sitting: &Sitting, observer: PersonId, key: usize) -> Notice {
    duty(sitting, observer, ("duties-told", key))
}

/// To whoever was told so, that they heard nothing after all.
pub(super) fn of_no_duty(sitting: &Sitting, observer: PersonId, key: usize) -> Notice {
    duty(sitting, observer, ("duties-told-withdrawn", key))
}

fn duty(sitting: &Sitting, observer: PersonId, (text, key): (&'static str, usize)) -> Notice {
    let text = Message::new(text).with("sitting", sitting.number.to_string());
    let notice = Notice::new(sitting.organisation, observer, DUTIES, text, "/duties".to_owned()).about(sitting.id.0);
    notice.once(format!("{} {key}", sitting.id))
}

/// The name of a class, also of none.
pub(super) fn class_name(class: Option<Class>) -> Message {
    Message::new(class.map_or_else(|| "records-not-classified".to_owned(), Class::key))
}

/// To each of them, once for each exposure.
pub(super) fn of_exposure(sitting: &Sitting, of_it: (&Exposure, &Argument), to: &Readers) -> Vec<Notice> {
    let (exposure, _) = of_it;
    let text = told("records-told-exposed", sitting, of_it);
    let class = exposure.class.map_or("", Class::code);
    let key = format!("{} {} {} {} {class}", sitting.id, exposure.observer, exposure.item, exposure.from);
    to.notices(sitting, EXPOSED, (&text, &key))
}

/// To each of them, that a correction moved an exposure, or showed that there was none.
pub(super) fn of_correction(sitting: &Sitting, of_it: (&Exposure, &Argument), entry: u32, to: &Readers) -> Vec<Notice> {
    let key = if of_it.0.withdrawn { "records-told-withdrawn" } else { "records-told-moved" };
    to.notices(sitting, CORRECTED, (&told(key, sitting, of_it), &format!("{} {entry}", sitting.id)))
}

fn told(key: &'static str, sitting: &Sitting, (exposure, name): (&Exposure, &Argument)) -> Message {
    Message::new(key)
        .with("name", name.clone())
        .with("sitting", sitting.number.to_string())
        .with("item", exposure.item)
        .with("class", Argument::from(class_name(exposure.class)))
}
