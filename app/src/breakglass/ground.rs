//! Who may ask to open what which pair wrote, whom they may name, and how they come to a pair that they have no page of.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::model::OpeningId;
use super::standing::{around, circle};
use crate::app::App;
use crate::audit::{self, Known, Note};
use crate::db::{Error, Reader};
use crate::i18n::{Message, sort_key};
use crate::identity::may::parts_of;
use crate::identity::{self, Act, OrganisationId, Part, PersonId, Viewer};
use crate::mentorships::{self, Allowed, Mentorship, MentorshipId, Permission, mentorship};
use crate::problems::{Failure, Problems, Refusal};
use crate::{programmes, transaction};

/// So many are offered to choose from. Whoever is not among them is named by address.
pub(super) const MOST_CANDIDATES: usize = 100;

/// A pair that somebody may ask to open, and what its agreement says of it.
pub(super) struct Ground {
    pub pair: Mentorship,
    pub permission: Permission,
}

/// The pair, if somebody stands apart from it and holds one of the parts.
pub(super) async fn ground(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    id: MentorshipId,
    now: Timestamp,
) -> Result<Ground, Failure> {
    let mut from = from.into();
    let pair = mentorship(from.again(), id).await?.filter(|pair| pair.organisation == viewer.organisation);
    let pair = pair.ok_or(Refusal::NotFound)?;
    let around = around(from.again(), pair.organisation, &[&pair], &[viewer.person], now).await?;
    if circle(&pair, &around).parts_of(viewer.person).is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let permission = mentorships::permission_to_open(from, id).await?;
    Ok(Ground { pair, permission })
}

/// What allows it, or the key of what is said where nothing may be opened.
pub(super) fn allowed_by(permission: Permission) -> Result<Allowed, &'static str> {
    match permission {
        Permission::Given(allowed) => Ok(allowed),
        Permission::Denied => Err("breakglass-no-clause"),
        Permission::Unsigned => Err("breakglass-unsigned"),
    }
}

/// Somebody whom one may name, and as what they would open it.
pub(super) struct Candidate {
    pub person: PersonId,
    pub name: String,
    pub part: Part,
}

/// Whom somebody may name, by name.
pub(super) async fn candidates(app: &App, viewer: &Viewer, pair: &Mentorship) -> Result<Vec<Candidate>, Failure> {
    let mut people = vec![viewer.person];
    for (part, is_there) in parts_of(Act::BreakGlass) {
        people.extend(if is_there {
            identity::person_ids_with_part_there(&app.db, pair.organisation, part, pair.edition.0).await?
        } else {
            identity::person_ids_with_part(&app.db, pair.organisation, part).await?
        });
    }
    people.sort_unstable();
    people.dedup();
    let around = around(&app.db, pair.organisation, &[pair], &people, app.now()).await?;
    let circle = circle(pair, &around);
    let with = |person: PersonId| circle.as_two(viewer.person, person).map(|(_, part)| (person, part));
    let able: Vec<(PersonId, Part)> = people.into_iter().filter_map(with).collect();
    let ids: Vec<Uuid> = able.iter().map(|(person, _)| person.0).collect();
    let mut names = identity::names(&app.db, &ids).await?;
    let listed = able.into_iter().filter_map(|(person, part)| {
        let name = names.remove(&person.0)?;
        Some(Candidate { person, name, part })
    });
    let mut candidates: Vec<Candidate> = listed.collect();
    candidates.sort_by_cached_key(|candidate| (sort_key(&candidate.name), candidate.person));
    Ok(candidates)
}

/// The verb under which the trail has that somebody searched.
const FOUND: &str = "breakglass.find";

/// The mentorships of these two about which somebody may ask, the newest first: whoever comes by this way knows already who they are. That
/// somebody searched is in the trail, and what they found; who may not know of the request that follows does not read it there.
pub(super) async fn find(app: &App, viewer: &Viewer, names: [&str; 2]) -> Result<Vec<Mentorship>, Failure> {
    viewer.may_sometimes(Act::BreakGlass).then_some(()).ok_or(Refusal::NotFound)?;
    let found = sought(app, viewer, names).await?;
    let noted: Result<(), Failure> = transaction!(app.db, tx => {
        let pairs: Vec<MentorshipId> = found.iter().map(|pair| pair.id).collect();
        let note = Note::new(viewer.organisation.0, viewer.person.0, FOUND);
        let note = note.with(json!({ "found": pairs.len(), "mentorships": pairs }));
        // A search that found something has a name of its own, by which it can be kept from somebody.
        let note = if pairs.is_empty() { note } else { note.about("search", app.id()) };
        audit::note(app, tx, note).await?;
        Ok(())
    });
    noted?;
    if found.is_empty() {
        return Err(Problems::one("one", Message::new("breakglass-find-nobody")).into());
    }
    Ok(found)
}

/// A search that found a pair, or several of the same two.
pub(super) struct Search {
    /// What the trail knows it by.
    pub id: Uuid,
    pub by: Option<PersonId>,
    pub at: Timestamp,
    pub pairs: Vec<MentorshipId>,
}

/// The searches of an organisation that found something, from an instant on.
pub(super) async fn searches(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    since: Timestamp,
) -> Result<Vec<Search>, Error> {
    let noted = audit::noted_since(from, organisation.0, FOUND, since).await?;
    let search = |entry: Known| Search {
        id: entry.subject,
        by: entry.actor.map(PersonId),
        at: entry.at,
        pairs: serde_json::from_value(entry.detail["mentorships"].clone()).unwrap_or_default(),
    };
    Ok(noted.into_iter().map(search).collect())
}

/// Of somebody who is not there no more is said than of two who are no pair.
async fn sought(app: &App, viewer: &Viewer, names: [&str; 2]) -> Result<Vec<Mentorship>, Failure> {
    let mut two = Vec::new();
    for (field, name) in ["one", "other"].into_iter().zip(names) {
        match programmes::named(&app.db, viewer.organisation, field, name).await {
            Err(Failure::Problems(_)) => return Ok(Vec::new()),
            found => two.push(found?),
        }
    }
    let [one, other] = two[..] else { return Ok(Vec::new()) };
    let mut theirs = mentorships::of_person(&app.db, one).await?;
    theirs.retain(|pair| one != other && pair.side_of(other).is_some());
    let pairs: Vec<&Mentorship> = theirs.iter().collect();
    let around = around(&app.db, viewer.organisation, &pairs, &[viewer.person], app.now()).await?;
    theirs.retain(|pair| !circle(pair, &around).parts_of(viewer.person).is_empty());
    theirs.sort_by_key(|pair| std::cmp::Reverse((pair.began_at, pair.id)));
    Ok(theirs)
}

/// The path on which something is done about an opening.
pub(super) fn path(id: OpeningId) -> String {
    format!("/break-glass/{id}")
}
