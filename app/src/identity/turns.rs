//! Who gave which part to whom, and who took it from them: what the trail says of it, read by whoever has to know how somebody came by
//! a part.

use jiff::Timestamp;

use super::{Held, Part, PersonId, Scope};
use crate::audit::Known;

/// The verb under which the trail has what became of parts in the organisation.
pub const TURNED: &str = "identity.parts";

/// A part that was given to somebody or taken from them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub person: PersonId,
    pub held: Held,
    pub by: Option<PersonId>,
    pub at: Timestamp,
    pub is_given: bool,
}

impl Turn {
    /// What an entry about a person says that happened to one of their parts.
    pub fn of(entry: &Known, held: Held, is_given: bool) -> Self {
        Self { person: PersonId(entry.subject), held, by: entry.actor.map(PersonId), at: entry.at, is_given }
    }
}

/// What became of the parts that people hold in the organisation, by what was noted of them, in order. Parts that come with a role or
/// with the first account are given by nobody.
pub fn turns_in(entries: &[Known]) -> Vec<Turn> {
    let entries = entries.iter().filter(|entry| entry.verb == TURNED);
    let turns = entries.flat_map(|entry| [(entry, "given"), (entry, "taken")]).flat_map(|(entry, field)| {
        let codes = entry.detail[field].as_array().map(Vec::as_slice).unwrap_or_default();
        let parts = codes.iter().filter_map(|code| Part::parse(code.as_str()?));
        parts.map(move |part| Turn::of(entry, Held { part, scope: Scope::Organisation }, field == "given"))
    });
    turns.collect()
}
