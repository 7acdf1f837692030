//! Telling somebody what follows from what they heard, and that they have read it: in one transaction, with the audit entry and the notice.

use std::collections::BTreeSet;

use super::super::events::{Entry, Exposure, recorded, words};
use super::super::letters;
use super::super::reading::entries_of;
use super::super::store::links;
use super::model::{Duty, exact};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::Lang;
use crate::identity::{self, Act, Viewer};
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
    let first = new.first().map_or(u32::MAX, |entry| entry.number);
    let (mut bound, mut freed) = (BTreeSet::new(), BTreeSet::new());
    for (number, said) in words(entries) {
        let Some((entry, exposure)) = said.last() else { continue };
        let (is_bound, is_new) = (is_inside(exposure) && !exposure.withdrawn, entry.number >= first);
        if is_bound {
            bound.insert(exposure.observer);
        }
        // Of what was said before whoever had to hear of it has.
        if is_new && is_bound {
            tell_one(app, tx, sitting, ((number, exposure), entries.len())).await?;
        } else if is_new && store::withdraw(tx, sitting.id, number, app.now()).await? {
            freed.insert(exposure.observer);
        }
    }
    for observer in freed.difference(&bound) {
        notices::tell(app, tx, &letters::of_no_duty(sitting, *observer, entries.len())).await?;
    }
    Ok(())
}

async fn tell_one(
    app: &App,
    tx: &mut Tx,
    sitting: &Sitting,
    (exposure, key): ((u32, &Exposure), usize),
) -> Result<(), Failure> {
    if store::tell(tx, sitting, exposure, app.now()).await? {
        notices::tell(app, tx, &letters::of_duty(sitting, exposure.1.observer, key)).await?;
    }
    Ok(())
}

/// The secretary has somebody on the list be told who was not: their exposure is older than this page.
pub async fn tell(app: &App, viewer: &Viewer, (id, number): (SittingId, u32)) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        let sitting = sitting(&mut *tx, viewer.organisation, id).await?.ok_or(Refusal::NotFound)?;
        let links = links(&mut *tx, viewer.organisation, id.0).await?;
        let exposure = recorded(&entries_of(&links)?).remove(&number).ok_or(Refusal::NotFound)?;
        if exposure.withdrawn || !is_inside(&exposure) {
            return Err(Refusal::Conflict.into());
        }
        tell_one(app, tx, &sitting, ((number, &exposure), 0)).await?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "observations.tell-duties");
        // Coordinators read the trail: it does not say at which sitting inside information was heard.
        audit::note(app, tx, note.about("organisation", viewer.organisation.0)).await?;
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
        None => exact(&person.name, (duty.number, duty.item, duty.day()), lang),
    };
    Ok(duties.into_iter().map(|duty| (duty.clone(), words(&duty))).collect())
}

/// Somebody says that they have read what follows, in the words that they saw, which their digest names.
pub(super) async fn acknowledge(
    app: &App,
    viewer: &Viewer,
    path: (SittingId, u32),
    (lang, seen): (Lang, &str),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let own = own(&mut *tx, viewer, lang).await?;
        let is_it = |duty: &Duty| (duty.sitting, duty.exposure) == path;
        let (duty, words) = own.into_iter().find(|(duty, _)| is_it(duty)).ok_or(Refusal::NotFound)?;
        let digest = digest(&words);
        if !duty.is_open() || hex::encode(&digest) != seen {
            return Err(Refusal::Conflict.into());
        }
        let read = (lang, words.as_str(), digest);
        if !store::acknowledge(tx, path, read, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        // Coordinators read the trail: it says neither who nor of which sitting.
        let note = Note::new(viewer.organisation.0, None, "observations.acknowledge");
        audit::note(app, tx, note.about("organisation", viewer.organisation.0)).await?;
        Ok::<(), Failure>(())
    })
}
