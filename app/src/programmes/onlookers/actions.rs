use serde_json::json;

use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{self, Held, Part, PersonId, Scope, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions::{managed, named};
use crate::programmes::model::{Edition, EditionId};
use crate::transaction;
use crate::web::Form;

/// The parts that look on at an edition from outside.
pub(super) const ONLOOKERS: [Part; 2] = [Part::Sponsor, Part::Faculty];

/// What the trail says when somebody comes to look on, and when they no longer do.
pub(super) const ADDED: &str = "programmes.onlooker.add";
pub(super) const REMOVED: &str = "programmes.onlooker.remove";

/// Lets somebody whom a form names look on at an edition as its sponsor or faculty.
pub(super) async fn add_named(app: &App, viewer: &Viewer, id: EditionId, form: &Form) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        let part = onlooking(form.text("part"))
            .ok_or_else(|| Problems::one("part", Message::new("programmes-onlooker-part-missing")))?;
        let person = named(&mut *tx, edition.organisation, "person", form.text("person")).await?;
        grant(app, tx, viewer, &edition, (person, part)).await
    })
}

/// Lets somebody look on at an edition.
pub(super) async fn add(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    (person, part): (PersonId, Part),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        must_be_of(tx, &edition, person).await?;
        grant(app, tx, viewer, &edition, (person, part)).await
    })
}

/// Takes that part away again.
pub(super) async fn remove(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    (person, part): (PersonId, Part),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = managed(&mut *tx, viewer, id).await?;
        must_be_of(tx, &edition, person).await?;
        identity::revoke_there(tx, person, Held { part, scope: Scope::Edition(id.0) }).await?;
        note(app, tx, viewer, &edition, REMOVED, (person, part)).await
    })
}

/// One of the parts that look on.
pub(super) fn onlooking(code: &str) -> Option<Part> {
    Part::parse(code).filter(|part| ONLOOKERS.contains(part))
}

async fn must_be_of(tx: &mut Tx, edition: &Edition, person: PersonId) -> Result<(), Failure> {
    let core = identity::person(&mut *tx, person).await?;
    if core.is_some_and(|core| core.organisation == edition.organisation) {
        Ok(())
    } else {
        Err(Refusal::NotFound.into())
    }
}

async fn grant(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    edition: &Edition,
    (person, part): (PersonId, Part),
) -> Result<(), Failure> {
    let held = Held { part, scope: Scope::Edition(edition.id.0) };
    // Who gave it is who gave it first: nothing is noted of what was there already.
    if identity::grant_there(app, tx, edition.organisation, &[(person, held)]).await? == 0 {
        return Ok(());
    }
    note(app, tx, viewer, edition, ADDED, (person, part)).await
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    edition: &Edition,
    verb: &'static str,
    (person, part): (PersonId, Part),
) -> Result<(), Failure> {
    let note = Note::new(edition.organisation.0, viewer.person.0, verb).about("person", person.0);
    Ok(audit::note(app, tx, note.with(json!({ "edition": edition.id, "part": part.code() }))).await?)
}
