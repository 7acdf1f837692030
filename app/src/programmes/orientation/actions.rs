//! Changes around orientation: who may, in one transaction, with the audit entry.

use jiff::Timestamp;
use serde_json::json;

use super::model::{digest, replaced};
use super::{parts_in, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::identity::{Act, Part, Record, Viewer};
use crate::problems::{Failure, Refusal};
use crate::programmes::actions::managed;
use crate::programmes::{Edition, EditionId, changes, edition};
use crate::transaction;

/// What somebody reads before they begin, and whether they have.
#[derive(Debug)]
pub(super) struct Shown {
    pub part: Part,
    /// What tells the text from others.
    pub words: String,
    /// When they said that they had read these words.
    pub read_at: Option<Timestamp>,
    /// They had read other words, which hold no longer.
    pub is_new: bool,
}

/// An edition as somebody finds it who reads its orientation, or looks after it.
#[derive(Debug)]
pub(super) struct OwnOrientation {
    pub edition: Edition,
    pub shown: Vec<Shown>,
    pub is_coordinator: bool,
}

/// The orientation of each part that is this person's in an edition; for whoever has nothing to do with it, it is not there.
pub(super) async fn own(app: &App, viewer: &Viewer, id: EditionId) -> Result<OwnOrientation, Failure> {
    let edition = edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let is_coordinator = viewer.may(Act::ManageProgrammes, &Record::of_organisation(edition.organisation));
    if edition.organisation != viewer.organisation {
        return Err(Refusal::NotFound.into());
    }
    let parts = parts_in(&app.db, viewer, &edition).await?;
    if parts.is_empty() && !is_coordinator {
        return Err(Refusal::NotFound.into());
    }
    let readings = store::readings(&app.db, id, viewer.person).await?;
    let shown = parts
        .into_iter()
        .map(|part| {
            let words = digest(&edition.settings, part);
            let of_part = || readings.iter().filter(|(read, ..)| *read == part);
            let read_at = of_part().find(|(_, read, _)| *read == words).map(|(.., at)| *at);
            Shown { part, is_new: read_at.is_none() && of_part().next().is_some(), words, read_at }
        })
        .collect();
    Ok(OwnOrientation { edition, shown, is_coordinator })
}

/// Notes that somebody has read the orientation of a part that is theirs. `words` tells the text that they were shown: where
/// it became another one meanwhile, they have not read what holds.
pub(super) async fn read(app: &App, viewer: &Viewer, id: EditionId, part: Part, words: &str) -> Result<(), Failure> {
    let shown = edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let is_theirs =
        shown.organisation == viewer.organisation && parts_in(&app.db, viewer, &shown).await?.contains(&part);
    if !is_theirs {
        return Err(Refusal::NotFound.into());
    }
    transaction!(app.db, tx => {
        let edition = edition(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if digest(&edition.settings, part) != words {
            return Err(Refusal::Conflict.into());
        }
        let reading = (id, viewer.person, part);
        if store::add(tx, app.id(), edition.organisation, reading, words, app.now()).await? {
            let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.orientation.read");
            audit::note(app, tx, note.about("edition", id.0).with(json!({ "part": part }))).await?;
        }
        Ok(())
    })
}

/// Writes the edition's own texts for a part; where they are the product's, it has none of its own.
pub(super) async fn write(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    version: i64,
    part: Part,
    texts: [&str; 2],
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut edition = managed(&mut *tx, viewer, id).await?;
        let settings = replaced(&edition.settings, part, texts)?;
        if edition.version != version {
            return Err(Refusal::Conflict.into());
        }
        if settings == edition.settings {
            return Ok(());
        }
        edition.settings = settings;
        changes::write(app, tx, &edition).await?;
        let note = Note::new(edition.organisation.0, viewer.person.0, "programmes.orientation.write");
        audit::note(app, tx, note.about("edition", id.0).with(json!({ "part": part }))).await?;
        Ok(())
    })
}
