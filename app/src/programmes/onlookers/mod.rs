//! Who looks on at an edition from outside: its sponsors and its faculty. What they see is `overview`'s.

mod actions;
mod api;
mod pages;
pub(super) mod store;

use crate::audit::Known;
use crate::identity::{Held, Part, Scope, Turn};
use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}

/// The verbs under which the trail has what became of the parts with which people look on.
pub const TURNED: [&str; 2] = [actions::ADDED, actions::REMOVED];

/// What became of the parts with which people look on at editions, by what was noted of them, in order.
pub fn turns_in(entries: &[Known]) -> Vec<Turn> {
    let ours = entries.iter().filter(|entry| TURNED.contains(&entry.verb.as_str()));
    ours.filter_map(|entry| Some(Turn::of(entry, held(entry)?, entry.verb == actions::ADDED))).collect()
}

fn held(entry: &Known) -> Option<Held> {
    let part = Part::parse(entry.detail["part"].as_str()?)?;
    Some(Held { part, scope: Scope::Edition(entry.detail["edition"].as_str()?.parse().ok()?) })
}
