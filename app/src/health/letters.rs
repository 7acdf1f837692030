//! What people are told: that a clock runs or has run out, that a coordinator asks after them or offers help.

use super::clocks::{Clock, Stage, Tick};
use super::model::Turn;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::notices::{Kind, Leads, Notice, Told, Way};
use crate::people::model::Side;
use crate::programmes::{Edition, orientation};
use crate::reviews::Kind as Review;
use crate::{goals, meetings, reviews};

/// A clock runs out, or has.
const CLOCK: &str = "health.clock";
/// Clocks of an edition have run out, and those whose turn it was have done nothing.
const LATE: &str = "health.late";
/// A coordinator reminds somebody.
const NUDGED: &str = "health.nudged";
/// A coordinator offers help.
const HELPED: &str = "health.helped";

pub(super) const KINDS: &[Kind] = &[
    Kind {
        name: CLOCK,
        label: "health-notice-clock-label",
        mail: "health-notice-clock-mail",
        way: Way::Daily,
        act: Act::TakePart,
        leads: Some(turn_link),
        ends: true,
        ..Kind::USUAL
    },
    Kind {
        name: LATE,
        label: "health-notice-late-label",
        mail: "health-notice-late-mail",
        way: Way::Daily,
        act: Act::ManageMentorships,
        ..Kind::USUAL
    },
    Kind {
        name: NUDGED,
        label: "health-notice-nudged-label",
        mail: "health-notice-nudged-mail",
        act: Act::TakePart,
        ends: true,
        leads: Some(meetings::times_link),
        ..Kind::USUAL
    },
    Kind {
        name: HELPED,
        label: "health-notice-helped-label",
        mail: "health-notice-helped-mail",
        act: Act::TakePart,
        ..Kind::USUAL
    },
];

/// What the mail of a clock leads to, where what it is about can be done without signing in. An agreement is signed by whoever has it
/// before them, which a link's page may not show.
fn turn_link(app: &App, told: &Told) -> Option<(Message, String)> {
    let links: [Leads; 3] = [meetings::times_link, orientation::link, reviews::link];
    links.into_iter().find_map(|link| link(app, told))
}

/// What people are told of by keys that [`of_clock`] makes.
pub(super) const OF_CLOCKS: [&str; 2] = [CLOCK, goals::ASKED];

/// Of which clock of which pair a notice with such a key is, and of which stage.
pub(super) fn named(key: &str) -> Option<(MentorshipId, Clock, i64, Stage)> {
    let mut words = key.split(' ');
    let pair = MentorshipId(words.next()?.parse().ok()?);
    Some((pair, Clock::parse(words.next()?)?, words.next()?.parse().ok()?, Stage::parse(words.next()?)?))
}

/// The two of a pair whose turn it is.
fn those(pair: &Mentorship, turn: [bool; 2]) -> impl Iterator<Item = (PersonId, &str)> {
    let both = [(Side::Mentee, pair.mentee), (Side::Mentor, pair.mentor)].into_iter().zip(turn);
    both.filter(|(_, is_theirs)| *is_theirs).map(|((side, person), _)| (person, pair.other(side).0))
}

/// To those whose turn it is. How the goals go is asked with a link that answers.
pub(super) fn of_clock(pair: &Mentorship, tick: &Tick, stage: Stage) -> Vec<Notice> {
    let key = format!("{} {} {} {} {}", pair.id, tick.clock.code(), tick.number, stage.code(), tick.due_on);
    if tick.clock == Clock::Pulse {
        return those(pair, tick.turn).map(|(to, _)| goals::question(pair, to, key.clone())).collect();
    }
    let text = |name: &str| {
        Message::new(format!("health-told-{}", stage.code())).with("what", tick.clock.told()).with("name", name)
    };
    let mail = Message::new(format!("health-mailed-{}", stage.code())).with("what", tick.clock.told());
    let href = match tick.clock {
        Clock::Orientation => orientation::page_of(pair.edition),
        Clock::FirstMeeting => meetings::page_of(pair.id),
        Clock::Agreement => format!("/mentorships/{}/agreement", pair.id),
        Clock::Pulse => format!("/mentorships/{}/goals", pair.id),
        Clock::Midpoint => reviews::page_of(pair.id, Review::Midpoint),
        Clock::Closure => reviews::page_of(pair.id, Review::Closure),
        Clock::FollowUp => reviews::page_of(pair.id, Review::FollowUp),
    };
    let told = |(to, name): (PersonId, &str)| {
        let notice = Notice::new(pair.organisation, to, CLOCK, text(name), href.as_str());
        notice.about(pair.id.0).mailed(mail.clone()).once(key.as_str())
    };
    those(pair, tick.turn).map(told).collect()
}

/// To the coordinators: how many pairs of an edition are late with something.
pub(super) fn of_edition(edition: &Edition, to: &[PersonId], pairs: usize, key: &str) -> Vec<Notice> {
    let text = Message::new("health-told-late").with("count", pairs).with("edition", edition.name.as_str());
    let told = |to: &PersonId| {
        Notice::new(edition.organisation, *to, LATE, text.clone(), format!("/editions/{}/health", edition.id))
            .about(edition.id.0)
            .mailed(text.clone())
            .once(key)
    };
    to.iter().map(told).collect()
}

/// To whoever can do something.
pub(super) fn nudges(pair: &Mentorship, (turn, what): ([bool; 2], Turn)) -> Vec<Notice> {
    let href = match what {
        Turn::Times | Turn::Meeting => meetings::page_of(pair.id),
        Turn::Agreement => format!("/mentorships/{}/agreement", pair.id),
    };
    let told = |(to, name): (PersonId, &str)| {
        let text = Message::new(format!("health-nudge-{}", what.code())).with("name", name);
        let mail = Message::new(format!("health-nudge-mail-{}", what.code()));
        Notice::new(pair.organisation, to, NUDGED, text, href.as_str()).about(pair.id.0).mailed(mail)
    };
    those(pair, turn).map(told).collect()
}

/// To both, in the same words.
pub(super) fn offers(pair: &Mentorship, coordinator: (&str, &str)) -> Vec<Notice> {
    let (name, address) = coordinator;
    let told = |(to, _): (PersonId, &str)| {
        let text = Message::new("health-help").with("name", name).with("address", address);
        Notice::new(pair.organisation, to, HELPED, text, format!("/mentorships/{}", pair.id)).about(pair.id.0)
    };
    those(pair, [true; 2]).map(told).collect()
}
