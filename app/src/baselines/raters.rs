//! Whose view of whom an edition asks somebody for: their own as a mentee, their mentees', their direct reports'.

use super::model::View;
use super::store;
use crate::db::{After, Db, Error};
use crate::identity::{PersonId, Viewer};
use crate::mentorships;
use crate::people::{self, model::Side};
use crate::programmes::{Edition, Standing, enrolment_of, orientation};

/// A mentee whom somebody is to rate.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub mentee: PersonId,
    pub name: String,
    pub view: View,
}

/// Everybody whom this person is to rate in an edition, themselves first.
pub(super) async fn subjects(db: &Db, viewer: &Viewer, edition: &Edition) -> Result<Vec<Subject>, Error> {
    if viewer.organisation != edition.organisation {
        return Ok(Vec::new());
    }
    let mut subjects = Vec::new();
    if is_enrolled(db, edition, viewer.person).await? {
        subjects.push(Subject { mentee: viewer.person, name: viewer.name.clone(), view: View::Own });
    }
    let pairs = mentorships::pairs_of(db, edition.id, viewer.person).await?;
    let taught: Vec<Subject> = pairs
        .into_iter()
        .filter(|pair| pair.mentor == viewer.person)
        .map(|pair| Subject { mentee: pair.mentee, name: pair.mentee_name, view: View::Mentor })
        .collect();
    let reports = people::reports(db, viewer.person, "", &After::default(), usize::MAX).await?;
    if !(reports.is_empty() && taught.is_empty()) {
        let lent = reports
            .into_iter()
            .map(|report| Subject { mentee: report.id, name: report.name, view: View::Supervisor })
            .filter(|lent| taught.iter().all(|taught| taught.mentee != lent.mentee));
        let others: Vec<Subject> = lent.collect();
        let all: Vec<PersonId> = taught.iter().chain(&others).map(|subject| subject.mentee).collect();
        let enrolled = orientation::enrolled_among(db, edition.id, Side::Mentee, &all).await?;
        subjects.extend(taught.into_iter().chain(others).filter(|subject| enrolled.contains(&subject.mentee)));
    }
    Ok(subjects)
}

/// Of how many mentees an edition waits for somebody's view.
pub async fn due(db: &Db, viewer: &Viewer, edition: &Edition) -> Result<usize, Error> {
    let given = store::done_by(db, edition.id, viewer.person).await?;
    let is_due =
        |subject: &Subject| given.iter().all(|given| (given.mentee, given.view) != (subject.mentee, subject.view));
    Ok(subjects(db, viewer, edition).await?.iter().filter(|subject| is_due(subject)).count())
}

async fn is_enrolled(db: &Db, edition: &Edition, person: PersonId) -> Result<bool, Error> {
    let enrolment = enrolment_of(db, edition.id, person, Side::Mentee).await?;
    Ok(enrolment.is_some_and(|enrolment| enrolment.standing == Standing::Enrolled))
}

/// As what this person rates this mentee, if they do.
pub(super) async fn subject(
    db: &Db,
    viewer: &Viewer,
    edition: &Edition,
    mentee: PersonId,
) -> Result<Option<Subject>, Error> {
    let subjects = subjects(db, viewer, edition).await?;
    Ok(subjects.into_iter().find(|subject| subject.mentee == mentee))
}
