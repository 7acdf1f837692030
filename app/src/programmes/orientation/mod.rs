//! Orientation: what each part is told before it begins (what is expected, what stays confidential and where that ends, how to
//! begin), in the product's words or the edition's own, and who has read it.

mod actions;
mod api;
mod links;
pub mod model;
mod pages;
mod readers;
mod store;

use super::{Edition, EditionId, Standing, enrolment_of};
use crate::db::{After, Db, Error};
use crate::identity::{Held, Part, PersonId, Scope, Viewer};
use crate::people::{self, model::Side};
use crate::web::Door;
use model::parts;

pub use links::{link, page_of};
pub use store::{Participant, enrolled_among, enrolled_on, oriented, oriented_in, participants};

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), links::doors(), api::doors()].concat()
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
    let reports = people::reports(db, manager, "", &After::default(), usize::MAX).await?;
    if reports.is_empty() {
        return Ok(false);
    }
    let reports: Vec<PersonId> = reports.iter().map(|report| report.id).collect();
    Ok(!enrolled_among(db, edition, Side::Mentee, &reports).await?.is_empty())
}
