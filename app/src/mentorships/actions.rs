//! What happens to mentorships: who may, in one transaction, with the audit entry.

use serde_json::json;

use super::model::{Ending, Mentorship, MentorshipId, NewMentorship};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::identity::{self, Act, Held, OrganisationId, Part, PersonId, Record, Scope, Viewer};
use crate::problems::{Failure, Refusal};
use crate::programmes::EditionId;
use crate::transaction;

/// Makes mentorships of pairs, in the caller's transaction: each gives both their part in it. Whoever calls has asked who may
/// and notes what was done.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    edition: EditionId,
    pairs: &[NewMentorship],
) -> Result<Vec<MentorshipId>, Error> {
    let made: Vec<(MentorshipId, NewMentorship)> = pairs.iter().map(|pair| (MentorshipId(app.id()), *pair)).collect();
    store::add(tx, organisation, edition, &made, app.now()).await?;
    let parts: Vec<(PersonId, Held)> = made
        .iter()
        .flat_map(|(id, pair)| [(pair.mentee, held(Part::Mentee, *id)), (pair.mentor, held(Part::Mentor, *id))])
        .collect();
    identity::grant_there(app, tx, organisation, &parts).await?;
    Ok(made.into_iter().map(|(id, _)| id).collect())
}

/// Ends a mentorship without fault: either side, or the coordinator.
pub async fn end(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    version: i64,
    ending: Ending,
    reason: &str,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mentorship = store::mentorship(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may_end(viewer, &mentorship)?;
        let reason = Some(reason).filter(|reason| !reason.is_empty());
        if !store::end(tx, id, version, (viewer.person, ending, reason), app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        identity::revoke_there(tx, mentorship.mentee, held(Part::Mentee, id)).await?;
        identity::revoke_there(tx, mentorship.mentor, held(Part::Mentor, id)).await?;
        let note = Note::new(mentorship.organisation.0, viewer.person.0, "mentorships.end");
        audit::note(app, tx, note.about("mentorship", id.0).with(json!({ "ending": ending.code() }))).await?;
        Ok(())
    })
}

fn held(part: Part, mentorship: MentorshipId) -> Held {
    Held { part, scope: Scope::Mentorship(mentorship.0) }
}

fn may_end(viewer: &Viewer, mentorship: &Mentorship) -> Result<(), Failure> {
    let is_own = viewer.organisation == mentorship.organisation
        && [mentorship.mentee, mentorship.mentor].contains(&viewer.person);
    if is_own || viewer.may(Act::ManageMentorships, &Record::of_organisation(mentorship.organisation)) {
        Ok(())
    } else {
        Err(Refusal::NotFound.into())
    }
}
