//! Every change to programmes, editions and enrolments: who may, in one transaction, with the audit entry.

use jiff::civil::Date;
use serde_json::json;

use super::model::{
    Edition, EditionId, Enrolment, EnrolmentId, NewEnrolment, Programme, ProgrammeId, Settings, Standing, Step, Track,
};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::identity::{self, Act, Held, Part, PersonId, Record, Scope, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Refusal};
use crate::transaction;

/// Adds a programme with nothing in it yet.
pub async fn add_programme(app: &App, viewer: &Viewer, name: &str, track: Track) -> Result<ProgrammeId, Failure> {
    may(viewer, &viewer.record())?;
    let programme = Programme {
        id: ProgrammeId(app.id()),
        organisation: viewer.organisation,
        name: name.to_owned(),
        track,
        version: 1,
    };
    transaction!(app.db, tx => {
        store::add_programme(tx, &programme, app.now()).await?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "programmes.add");
        audit::note(app, tx, note.about("programme", programme.id.0)).await?;
        Ok::<_, Failure>(())
    })?;
    Ok(programme.id)
}

/// Adds an edition that is still being set up.
pub async fn add_edition(
    app: &App,
    viewer: &Viewer,
    programme: ProgrammeId,
    name: &str,
    (starts_on, ends_on): (Date, Date),
    settings: Settings,
) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let programme = store::programme(&mut *tx, programme).await?.ok_or(Refusal::NotFound)?;
        may(viewer, &Record::of_organisation(programme.organisation))?;
        let edition = Edition {
            id: EditionId(app.id()),
            organisation: programme.organisation,
            programme: programme.id,
            programme_name: programme.name,
            track: programme.track,
            name: name.to_owned(),
            starts_on,
            ends_on,
            framework: None,
            settings: settings.clone(),
            opened_at: None,
            closed_at: None,
            version: 1,
        };
        store::add_edition(tx, &edition, app.now()).await?;
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.edition.add");
        audit::note(app, tx, note.about("edition", edition.id.0)).await?;
        Ok(edition.id)
    })
}

/// Opens an edition: from now on people are asked and enrolled.
pub async fn open_edition(app: &App, viewer: &Viewer, id: EditionId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut edition = managed(tx, viewer, id).await?;
        if edition.version != version {
            return Err(Refusal::Conflict.into());
        }
        edition.opened_at = Some(app.now());
        if !store::update_edition(tx, &edition).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.edition.open");
        audit::note(app, tx, note.about("edition", id.0)).await?;
        Ok(())
    })
}

/// Adds people to an edition; those who are in it already on that side stay as they are. Says how many were added.
pub async fn enrol(app: &App, viewer: &Viewer, id: EditionId, people: &[NewEnrolment]) -> Result<u64, Failure> {
    transaction!(app.db, tx => {
        let edition = managed(tx, viewer, id).await?;
        let added: Vec<(EnrolmentId, NewEnrolment)> =
            people.iter().map(|new| (EnrolmentId(app.id()), new.clone())).collect();
        let count = store::add_enrolments(tx, &edition, &added, app.now()).await?;
        let parts: Vec<(PersonId, Held)> = people
            .iter()
            .filter(|new| new.standing == Standing::Enrolled)
            .map(|new| (new.person, held(new.side, id)))
            .collect();
        identity::grant_there(app, tx, edition.organisation, &parts).await?;
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.enrol");
        audit::note(app, tx, note.about("edition", id.0).with(json!({ "added": count }))).await?;
        Ok(count)
    })
}

/// Takes a step in somebody's standing. The person accepts, declines and withdraws; the coordinator does the rest, and
/// withdraws too.
pub async fn step(
    app: &App,
    viewer: &Viewer,
    id: EnrolmentId,
    version: i64,
    step: Step,
    reason: &str,
) -> Result<Standing, Failure> {
    transaction!(app.db, tx => {
        let enrolment = store::enrolment(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may_step(viewer, &enrolment, step)?;
        let edition = store::edition(&mut *tx, enrolment.edition).await?.ok_or(Refusal::NotFound)?;
        let has_room = has_room(tx, &edition, enrolment.side).await?;
        let next = enrolment.standing.after(step, has_room).ok_or(Refusal::Conflict)?;
        let reason = Some(reason).filter(|reason| !reason.is_empty());
        if !store::set_standing(tx, id, version, next, reason, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let part = held(enrolment.side, enrolment.edition);
        if next == Standing::Enrolled {
            identity::grant_there(app, tx, enrolment.organisation, &[(enrolment.person, part)]).await?;
        } else {
            identity::revoke_there(tx, enrolment.person, part).await?;
        }
        let note = Note::new(enrolment.organisation.0, viewer.person.0, "programmes.standing");
        audit::note(app, tx, note.about("enrolment", id.0).with(json!({ "standing": next }))).await?;
        Ok(next)
    })
}

/// Mentors always find room; mentees as far as the edition's places go.
async fn has_room(tx: &mut Tx, edition: &Edition, side: Side) -> Result<bool, Failure> {
    let Some(places) = edition.settings.places.filter(|_| side == Side::Mentee) else { return Ok(true) };
    Ok(store::count_enrolled(tx, edition.id, Side::Mentee).await? < i64::from(places))
}

/// The part that an enrolment gives, in the edition.
fn held(side: Side, edition: EditionId) -> Held {
    let part = match side {
        Side::Mentee => Part::Mentee,
        Side::Mentor => Part::Mentor,
    };
    Held { part, scope: Scope::Edition(edition.0) }
}

fn may_step(viewer: &Viewer, enrolment: &Enrolment, step: Step) -> Result<(), Failure> {
    let is_own = enrolment.person == viewer.person && enrolment.organisation == viewer.organisation;
    let manages = viewer.may(Act::ManageProgrammes, &Record::of_organisation(enrolment.organisation));
    let allowed = match step {
        Step::Accept | Step::Decline => is_own,
        Step::Withdraw => is_own || manages,
        Step::Admit | Step::Refuse | Step::Wait => manages,
    };
    if allowed { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// An edition that this person may change.
pub(super) async fn managed(tx: &mut Tx, viewer: &Viewer, id: EditionId) -> Result<Edition, Failure> {
    let edition = store::edition(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
    may(viewer, &Record::of_organisation(edition.organisation))?;
    Ok(edition)
}

fn may(viewer: &Viewer, record: &Record) -> Result<(), Failure> {
    if viewer.may(Act::ManageProgrammes, record) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
