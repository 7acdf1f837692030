//! The evidence in sentences, each of which reads alone; for everybody who may know of the pair.

use jiff::civil::Date;

use super::model::{Agreement, Facts};
use crate::i18n::{Lang, Message};
use crate::people::model::Side;

fn side(side: Side) -> Message {
    Message::new(match side {
        Side::Mentee => "health-side-mentee",
        Side::Mentor => "health-side-mentor",
    })
}

/// What is known of a pair on a day.
pub(super) fn evidence(facts: &Facts, today: Date, lang: Lang) -> Vec<Message> {
    let on = |key: &'static str, day: Date| Message::new(key).with("day", lang.date(day));
    let mut said = Vec::new();
    said.push(match facts.last {
        Some(last) => on("health-met", last).with("count", facts.meetings),
        None => Message::new("health-never-met"),
    });
    said.push(match (facts.next, facts.waiting) {
        (Some(next), _) => on("health-next", next),
        (None, Some((since, whose))) => on("health-times-wait", since).with("side", side(whose)),
        (None, None) => Message::new("health-no-next"),
    });
    said.push(match facts.agreement {
        Agreement::Signed(day) => on("health-agreed", day),
        // By whom it is signed already is between the two.
        Agreement::Waits(since, _) => on("health-agreement-waits", since),
        Agreement::None => Message::new("health-not-agreed"),
    });
    match facts.oriented {
        [true, true] => {}
        [false, true] => said.push(Message::new("health-unread").with("side", side(Side::Mentee))),
        [true, false] => said.push(Message::new("health-unread").with("side", side(Side::Mentor))),
        [false, false] => said.push(Message::new("health-unread-both")),
    }
    if let Some(goals) = facts.goals.filter(|goals| goals.open > 0) {
        let message = Message::new("health-goals").with("count", goals.open).with("overdue", goals.overdue);
        said.push(match goals.last_on {
            Some(day) => message.with("last", on("health-goals-last", day)),
            None => message.with("last", Message::new("health-goals-never")),
        });
    } else {
        said.push(Message::new("health-no-goals"));
    }
    if facts.open_promises > 0 && facts.first_due.is_some_and(|due| due < today) {
        said.push(Message::new("health-promises").with("count", facts.open_promises));
    }
    if let Some(plan) = facts.plan.filter(|plan| plan.owed > 0) {
        said.push(Message::new("health-debriefs").with("count", plan.owed));
    }
    said
}
