//! What people are told of a record: the secretary of an exposure, at once. In a mail it names nobody.

use super::events::Exposure;
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
    needed: Some("records-notice-exposed-needed"),
    outside: false,
    ..Kind::USUAL
};

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

/// To each secretary, once for each exposure.
pub(super) fn of_exposure(sitting: &Sitting, exposure: &Exposure, name: &str, to: &[PersonId]) -> Vec<Notice> {
    let text = Message::new("records-told-exposed")
        .with("name", name)
        .with("sitting", sitting.number.to_string())
        .with("item", exposure.item)
        .with("class", Argument::from(class_name(exposure.class)));
    let class = exposure.class.map_or("", Class::code);
    let key = format!("{} {} {} {} {class}", sitting.id, exposure.observer, exposure.item, exposure.from);
    let told = |to: &PersonId| {
        let href = format!("/sittings/{}/record/annex", sitting.id);
        Notice::new(sitting.organisation, *to, EXPOSED, text.clone(), href).about(sitting.id.0).once(key.as_str())
    };
    to.iter().map(told).collect()
}

/// To each secretary, that a correction moved an exposure, or showed that there was none.
pub(super) fn of_correction(
    sitting: &Sitting,
    (exposure, name): (&Exposure, &str),
    entry: u32,
    to: &[PersonId],
) -> Vec<Notice> {
    let key = if exposure.withdrawn { "records-told-withdrawn" } else { "records-told-moved" };
    let text = Message::new(key)
        .with("name", name)
        .with("sitting", sitting.number.to_string())
        .with("item", exposure.item)
        .with("class", Argument::from(class_name(exposure.class)));
    let told = |to: &PersonId| {
        let href = format!("/sittings/{}/record/annex", sitting.id);
        let notice = Notice::new(sitting.organisation, *to, CORRECTED, text.clone(), href).about(sitting.id.0);
        notice.once(format!("{} {entry}", sitting.id))
    };
    to.iter().map(told).collect()
}
