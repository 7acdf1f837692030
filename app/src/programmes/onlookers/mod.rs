//! Who looks on at an edition from outside: its sponsors and its faculty. What they see is `overview`'s.

mod actions;
mod api;
mod pages;
pub(super) mod store;

use uuid::Uuid;

use crate::audit::{self, Known};
use crate::db::{Error, Reader};
use crate::identity::{Held, OrganisationId, Part, PersonId, Scope, Turn};
use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}

/// What became of the parts with which some people look on at editions, those that were given and then those that were taken.
pub async fn turns_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<Vec<Turn>, Error> {
    let mut from = from.into();
    let subjects: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let mut turns = Vec::new();
    for (verb, is_given) in [(actions::ADDED, true), (actions::REMOVED, false)] {
        let entries = audit::noted_of(from.again(), organisation.0, verb, &subjects).await?;
        turns.extend(entries.iter().filter_map(|entry| Some(Turn::of(entry, held(entry)?, is_given))));
    }
    Ok(turns)
}

fn held(entry: &Known) -> Option<Held> {
    let part = Part::parse(entry.detail["part"].as_str()?)?;
    Some(Held { part, scope: Scope::Edition(entry.detail["edition"].as_str()?.parse().ok()?) })
}
