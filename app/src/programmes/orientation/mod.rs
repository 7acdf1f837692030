//! Orientation: what each part is told before it begins (what is expected, what stays confidential and where that ends, how to
//! begin), in the product's words or the edition's own, and who has read it.

mod actions;
mod api;
pub mod model;
mod pages;
mod store;

use std::collections::HashSet;

use super::{Edition, EditionId, Standing, enrolment_of};
use crate::db::{Db, Error};
use crate::identity::{Held, Part, PersonId, Scope, Viewer};
use crate::people::{self, model::Side};
use crate::web::Door;
use model::{Expected, parts};

pub use store::{Oriented, Participant, enrolled_on, oriented, participants};

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}

/// As which parts somebody begins in an edition.
async fn parts_in(db: &Db, viewer: &Viewer, edition: &Edition) -> Result<Vec<Part>, Error> {
    let mut held = Vec::new();
    for part in parts(edition.track) {
        let is_held = match part {
            Part::Mentee => is_enrolled(db, edition.id, viewer.person, Side::Mentee).await?,
            Part::Mentor => is_enrolled(db, edition.id, viewer.person, Side::Mentor).await?,
            Part::Supervisor => lends(db, viewer.person, edition.id).await?,
            _ => {
                let there = Held { part, scope: Scope::Edition(edition.id.0) };
                viewer.holds(part) || viewer.parts.contains(&there)
            }
        };
        if is_held {
            held.push(part);
        }
    }
    Ok(held)
}

async fn is_enrolled(db: &Db, edition: EditionId, person: PersonId, side: Side) -> Result<bool, Error> {
    let enrolment = enrolment_of(db, edition, person, side).await?;
    Ok(enrolment.is_some_and(|enrolment| enrolment.standing == Standing::Enrolled))
}

/// Whether there is an orientation in this edition that somebody has still to read.
pub async fn is_due(db: &Db, viewer: &Viewer, edition: &Edition) -> Result<bool, Error> {
    let parts = parts_in(db, viewer, edition).await?;
    let read = store::readings(db, edition.id, viewer.person).await?;
    Ok(parts.into_iter().any(|part| read.iter().all(|(of, ..)| *of != part)))
}

/// Whether somebody is the line manager of a mentee of the edition.
async fn lends(db: &Db, manager: PersonId, edition: EditionId) -> Result<bool, Error> {
    let reports = people::reports(db, manager, None, usize::MAX).await?;
    if reports.is_empty() {
        return Ok(false);
    }
    let mentees: HashSet<PersonId> = enrolled_on(db, edition, Side::Mentee).await?.into_iter().collect();
    Ok(reports.iter().any(|report| mentees.contains(&report.id)))
}

/// Everybody of whom an edition expects that they read its orientation, in the order of names.
pub async fn expected(db: &Db, edition: &Edition) -> Result<Vec<Expected>, Error> {
    let done: HashSet<(PersonId, Part)> =
        oriented(db, edition.id).await?.into_iter().map(|oriented| (oriented.person, oriented.part)).collect();
    let mut expected = Vec::new();
    let mut expect = |part: Part, person: PersonId, name: String, sort: Vec<u8>| {
        expected.push(Expected { part, person, name, sort, done: done.contains(&(person, part)) });
    };
    let mut mentees = HashSet::new();
    for side in Side::BOTH {
        for participant in participants(db, edition.id, side, None, usize::MAX).await? {
            let part = if side == Side::Mentee { Part::Mentee } else { Part::Mentor };
            if side == Side::Mentee {
                mentees.insert(participant.person);
            }
            expect(part, participant.person, participant.name, participant.sort);
        }
    }
    let mut managers = HashSet::new();
    for line in people::managers(db, edition.organisation).await? {
        if mentees.contains(&line.person) && managers.insert(line.manager) {
            expect(Part::Supervisor, line.manager, line.name, line.sort);
        }
    }
    if parts(edition.track).any(|part| part == Part::Faculty) {
        for member in store::faculty(db, edition.organisation, edition.id).await? {
            expect(Part::Faculty, member.person, member.name, member.sort);
        }
    }
    expected.sort_by(|one, other| one.place().cmp(&other.place()));
    Ok(expected)
}
