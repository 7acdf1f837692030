//! What the two are told of an observation: that a debrief is owed, that there is something to read, a practice to agree to, and that its
//! notes are gone. No mail says more than that.

use super::model::Observation;
use crate::i18n::Message;
use crate::identity::{Act, OrganisationId, PersonId};
use crate::mentorships::Mentorship;
use crate::notices::{Kind, Notice, Way};
use crate::observations::model::SeatId;

/// A debrief is owed.
const OWED: &str = "observations.debrief-owed";
/// The other of the pair has written, or proposes a practice.
const SAID: &str = "observations.loop-said";
/// Notes were destroyed.
const DESTROYED: &str = "observations.notes-destroyed";

pub(in crate::observations) const KINDS: &[Kind] = &[
    Kind {
        name: OWED,
        label: "loops-notice-owed-label",
        mail: "loops-notice-owed-mail",
        outside: false,
        act: Act::TakePart,
        ..Kind::USUAL
    },
    Kind {
        name: SAID,
        label: "loops-notice-said-label",
        mail: "loops-notice-said-mail",
        way: Way::Daily,
        outside: false,
        act: Act::TakePart,
        ..Kind::USUAL
    },
    Kind {
        name: DESTROYED,
        label: "loops-notice-destroyed-label",
        mail: "loops-notice-destroyed-mail",
        way: Way::Product,
        outside: false,
        act: Act::TakePart,
        ..Kind::USUAL
    },
];

fn href(pair: crate::mentorships::MentorshipId, seat: SeatId) -> String {
    format!("/mentorships/{pair}/loops/{seat}")
}

fn of(observation: &Observation, organisation: OrganisationId, (kind, key): (&'static str, &'static str)) -> Notice {
    let text = Message::new(key).with("number", observation.number.to_string());
    let href = href(observation.mentorship, observation.seat);
    Notice::new(organisation, observation.observer, kind, text, href).about(observation.seat.0)
}

/// The observer is asked for their debrief.
pub(super) fn ask(observation: &Observation, organisation: OrganisationId) -> Notice {
    of(observation, organisation, (OWED, "loops-told-ask")).once(format!("{} 0", observation.seat))
}

/// They are reminded of it.
pub(super) fn remind(observation: &Observation, organisation: OrganisationId, times: i64) -> Notice {
    let key = if times > 1 { "loops-told-late" } else { "loops-told-soon" };
    of(observation, organisation, (OWED, key)).once(format!("{} {times}", observation.seat))
}

/// The mentor is told that a debrief can be read.
pub(super) fn debriefed(pair: &Mentorship, seat: SeatId) -> Notice {
    let text = Message::new("loops-told-debriefed").with("name", pair.mentee_name.as_str());
    let notice = Notice::new(pair.organisation, pair.mentor, SAID, text, href(pair.id, seat));
    notice.about(seat.0).once(format!("{seat} debriefed"))
}

/// The other is told that a line was said, or a practice proposed.
pub(super) fn said(pair: &Mentorship, by: PersonId, seat: SeatId, proposes: bool) -> Notice {
    let (to, name) = pair.told_by(by);
    let text = Message::new(if proposes { "loops-told-proposed" } else { "loops-told-line" }).with("name", name);
    Notice::new(pair.organisation, to, SAID, text, href(pair.id, seat)).about(seat.0)
}

/// Whoever proposed a practice is told that it is in the plan.
pub(super) fn agreed(pair: &Mentorship, by: PersonId, seat: SeatId) -> Notice {
    let (to, name) = pair.told_by(by);
    let text = Message::new("loops-told-agreed").with("name", name);
    Notice::new(pair.organisation, to, SAID, text, href(pair.id, seat)).about(seat.0)
}

pub(super) fn destroyed(pair: &Mentorship, observation: &Observation) -> Notice {
    of(observation, pair.organisation, (DESTROYED, "loops-told-destroyed")).once(format!("{} gone", observation.seat))
}
