//! Who gave which part to whom, and who took it from them: what the trail says of it, read by whoever has to know how somebody came by
//! a part.

use jiff::Timestamp;
use uuid::Uuid;

use super::{Held, OrganisationId, Part, PersonId, Scope};
use crate::audit::{self, Known};
use crate::db::{Error, Reader};

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

/// What became of the parts that some people hold in the organisation, in order. Parts that come with a role or with the first
/// account are given by nobody.
pub async fn turns_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: &[PersonId],
) -> Result<Vec<Turn>, Error> {
    let subjects: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let entries = audit::noted_of(from, organisation.0, "identity.parts", &subjects).await?;
    let turns = entries.iter().flat_map(|entry| [(entry, "given"), (entry, "taken")]).flat_map(|(entry, field)| {
        let codes = entry.detail[field].as_array().map(Vec::as_slice).unwrap_or_default();
        let parts = codes.iter().filter_map(|code| Part::parse(code.as_str()?));
        parts.map(move |part| Turn::of(entry, Held { part, scope: Scope::Organisation }, field == "given"))
    });
    Ok(turns.collect())
}
