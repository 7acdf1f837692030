//! Every change to frameworks: who may, in one transaction, with the audit entry. A change never touches a version: it adds
//! one.

use serde_json::json;

use super::model::{
    Change, Draft, Framework, FrameworkId, FrameworkVersionId, Heading, MOST_FRAMEWORKS, Text, Version,
};
use super::shipped::{EXECUTIVE, shipped};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, OrganisationId, Record, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// The framework that comes with the product, as the organisation has it: taken over now, or earlier and perhaps changed
/// since. In the caller's transaction, who has asked who may.
pub async fn take_shipped(app: &App, tx: &mut Tx, organisation: OrganisationId) -> Result<FrameworkVersionId, Failure> {
    if let Some(version) = store::taken(tx, organisation, EXECUTIVE).await? {
        return Ok(version);
    }
    let version = first(app, organisation, shipped()?.clone());
    store::add(tx, &version, Some(EXECUTIVE)).await?;
    Ok(version.id)
}

fn first(app: &App, organisation: OrganisationId, content: Framework) -> Version {
    Version {
        id: FrameworkVersionId(app.id()),
        organisation,
        framework: FrameworkId(app.id()),
        number: 1,
        content,
        created_at: app.now(),
    }
}

/// What a coordinator makes a framework of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Original {
    Shipped,
    Version(FrameworkVersionId),
}

/// Makes a framework of the organisation's own of one that is there.
pub(super) async fn copy(app: &App, viewer: &Viewer, original: Original) -> Result<FrameworkId, Failure> {
    may(viewer, &viewer.record())?;
    transaction!(app.db, tx => {
        if store::count(tx, viewer.organisation).await? >= i64::try_from(MOST_FRAMEWORKS).unwrap_or(i64::MAX) {
            return Err(Problems::one("", Message::new("frameworks-most").with("most", MOST_FRAMEWORKS)).into());
        }
        let version = match original {
            Original::Shipped if store::taken(tx, viewer.organisation, EXECUTIVE).await?.is_none() => {
                let id = take_shipped(app, tx, viewer.organisation).await?;
                store::version(&mut *tx, id).await?.ok_or(Refusal::NotFound)?
            }
            Original::Shipped => add_copy(app, tx, viewer, shipped()?).await?,
            Original::Version(id) => {
                let original = store::version(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
                may(viewer, &Record::of_organisation(original.organisation))?;
                add_copy(app, tx, viewer, &original.content).await?
            }
        };
        let note = Note::new(viewer.organisation.0, viewer.person.0, "frameworks.copy");
        audit::note(app, tx, note.about("framework", version.framework.0)).await?;
        Ok(version.framework)
    })
}

async fn add_copy(app: &App, tx: &mut Tx, viewer: &Viewer, original: &Framework) -> Result<Version, Failure> {
    let named = |lang: Lang| {
        let name = original.name.written(lang);
        if name.is_empty() { String::new() } else { lang.tell(&Message::new("frameworks-copy-of").with("name", name)) }
    };
    let mut content = original.clone();
    let name = Text::new(named(Lang::Es), named(Lang::En));
    // The name of a copy of a copy of … would outgrow every form; then it keeps the original's.
    if let Ok(named) = content.named(name) {
        content = named;
    }
    let version = first(app, viewer.organisation, content);
    store::add(tx, &version, None).await?;
    Ok(version)
}

/// Deletes a framework that no edition and no baseline was ever made with. `number` is the version that the person looked at.
pub(super) async fn delete(app: &App, viewer: &Viewer, id: FrameworkId, number: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let newest = store::newest(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may(viewer, &Record::of_organisation(newest.organisation))?;
        match store::delete(tx, id, number).await {
            Ok(true) => {}
            Ok(false) => return Err(Refusal::Conflict.into()),
            Err(error) if error.is_referred_to() => {
                return Err(Problems::one("", Message::new("frameworks-in-use")).into());
            }
            Err(error) => return Err(error.into()),
        }
        let note = Note::new(newest.organisation.0, viewer.person.0, "frameworks.delete");
        audit::note(app, tx, note.about("framework", id.0)).await?;
        Ok(())
    })
}

/// One change to a framework.
#[derive(Clone, Debug)]
pub(super) enum Edit {
    Heading(Heading),
    Add(Draft),
    Write {
        key: String,
        draft: Draft,
    },
    Remove {
        key: String,
    },
    Move {
        key: String,
        up: bool,
    },
    /// What an earlier version said.
    Restore {
        number: i64,
    },
    /// All of it, as a document.
    Document(Framework),
}

/// Changes a framework: a new version, unless nothing changed. `number` is the version that the person looked at.
pub(super) async fn edit(app: &App, viewer: &Viewer, id: FrameworkId, number: i64, edit: &Edit) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let newest = store::newest(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may(viewer, &Record::of_organisation(newest.organisation))?;
        if newest.number != number {
            return Err(Refusal::Conflict.into());
        }
        let (content, change) = changed(tx, &newest, edit).await?;
        if content == newest.content {
            return Ok(());
        }
        let next = Version {
            id: FrameworkVersionId(app.id()),
            number: number + 1,
            content,
            created_at: app.now(),
            ..newest
        };
        if !store::follow(tx, &next, &change).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(next.organisation.0, viewer.person.0, "frameworks.change");
        audit::note(app, tx, note.about("framework", id.0).with(json!({ "version": next.number }))).await?;
        Ok(())
    })
}

/// What the framework says after an edit, and the change in a word.
async fn changed(tx: &mut Tx, newest: &Version, edit: &Edit) -> Result<(Framework, Change), Failure> {
    let content = &newest.content;
    let name = |key: &str| content.competency(key).map(|competency| competency.name.clone()).unwrap_or_default();
    Ok(match edit {
        Edit::Heading(heading) => (content.headed(heading)?, Change::Heading),
        Edit::Add(draft) => {
            let changed = content.with_new(draft)?;
            let added = changed.competencies.last().map(|added| added.name.clone()).unwrap_or_default();
            (changed, Change::Added(added))
        }
        Edit::Write { key, draft } => {
            let changed = content.with(key, draft).ok_or(Refusal::NotFound)??;
            (changed, Change::Edited(name(key)))
        }
        Edit::Remove { key } => (content.without(key).ok_or(Refusal::NotFound)??, Change::Removed(name(key))),
        Edit::Move { key, up } => (content.moved(key, *up).ok_or(Refusal::NotFound)?, Change::Moved(name(key))),
        Edit::Document(document) => (Framework::parse(document.clone())?, Change::Written),
        Edit::Restore { number } => {
            let earlier = store::numbered(&mut *tx, newest.framework, *number).await?.ok_or(Refusal::NotFound)?;
            (earlier.content, Change::Restored(*number))
        }
    })
}

fn may(viewer: &Viewer, record: &Record) -> Result<(), Failure> {
    if viewer.may(Act::ManageFrameworks, record) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
