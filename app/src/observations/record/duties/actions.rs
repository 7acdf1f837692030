//! Telling somebody what follows from what they heard, and that they have read it: in one transaction, with the audit entry and the notice.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::events::{Entry, Event, Exposure, recorded};
use super::super::letters;
use super::model::{Duty, exact};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::Lang;
use crate::identity::{self, Act, PersonId, Viewer};
use crate::observations::model::{Class, Sitting, SittingId};
use crate::observations::sitting;
use crate::observations::undertakings::digest;
use crate::problems::{Failure, Refusal};
use crate::{notices, transaction};

fn is_inside(exposure: &Exposure) -> bool {
    exposure.class == Some(Class::InsideInformation)
}

/// Tells whoever heard inside information, as the new entries of a record say, what follows; and whoever did not after all, that nothing
/// does.
pub(in crate::observations) async fn follow(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (entries, new): (&[Entry], &[Entry]),
) -> Result<(), Failure> {
    let said = |entry: &Entry| match &entry.event {
        Event::Exposure(exposure) => Some(exposure.observer),
        _ => None,
    };
    let concerned: BTreeSet<PersonId> = new.iter().filter_map(said).collect();
    if concerned.is_empty() {
        return Ok(());
    }
    let standing: BTreeSet<PersonId> = recorded(entries)
        .into_values()
        .filter(|one| is_inside(one) && !one.withdrawn)
        .map(|one| one.observer)
        .collect();
    for observer in concerned {
        let key = entries.len();
        if standing.contains(&observer) {
            tell_one(app, tx, sitting, (observer, key)).await?;
        } else if store::withdraw(tx, sitting.id, observer, app.now()).await? {
            notices::tell(app, tx, &letters::of_no_duty(sitting, observer, key)).await?;
        }
    }
    Ok(())
}

async fn tell_one(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (observer, key): (PersonId, usize),
) -> Result<(), Failure> {
    if store::tell(tx, sitting, observer, app.now()).await? {
        notices::tell(app, tx, &letters::of_duty(sitting, observer, key)).await?;
    }
    Ok(())
}

/// The secretary has somebody on the list be told who was not: their exposure is older than this page.
pub async fn tell(app: &App, viewer: &Viewer, (id, observer): (SittingId, PersonId)) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        let sitting = sitting(&mut *tx, viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
        tell_one(app, tx, &sitting, (observer, 0)).await?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "observations.tell-duties").about("sitting", id.0);
        audit::note(app, tx, note.with(json!({ "number": sitting.number }))).await?;
        Ok::<(), Failure>(())
    })
}

/// What somebody was told, with the words that they read, or would say to have read.
pub(super) async fn own(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    lang: Lang,
) -> Result<Vec<(Duty, String)>, Failure> {
    let mut from = from.into();
    let duties = store::of_person(from.again(), viewer.organisation, viewer.person).await?;
    if duties.is_empty() {
        return Ok(Vec::new());
    }
    let person = identity::person(from, viewer.person).await?.ok_or(Refusal::NotFound)?;
    let words = |duty: &Duty| match &duty.read {
        Some((words, _)) => words.clone(),
        None => exact(&person.name, (duty.number, duty.day()), lang),
    };
    Ok(duties.into_iter().map(|duty| (duty.clone(), words(&duty))).collect())
}

/// Somebody says that they have read what follows, in the words that they saw, which their digest names.
pub(super) async fn acknowledge(
    app: &App,
    viewer: &Viewer,
    sitting: SittingId,
    (lang, seen): (Lang, &str),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let own = own(&mut *tx, viewer, lang).await?;
        let (duty, words) = own.into_iter().find(|(duty, _)| duty.sitting == sitting).ok_or(Refusal::NotFound)?;
        let digest = digest(&words);
        if !duty.is_open() || hex::encode(&digest) != seen {
            return Err(Refusal::Conflict.into());
        }
        let read = (lang, words.as_str(), digest);
        if !store::acknowledge(tx, (sitting, viewer.person), read, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        // Coordinators read the trail: it says of which sitting, and not who.
        let note = Note::new(viewer.organisation.0, None, "observations.acknowledge").about("sitting", sitting.0);
        audit::note(app, tx, note.with(json!({ "number": duty.number }))).await?;
        Ok::<(), Failure>(())
    })
}
