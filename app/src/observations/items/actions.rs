//! Classes of items: the secretary says them, the chair agrees. A change takes effect at once: a closer class keeps the chair's agreement
//! and so closes the item to observers, any other waits for the chair and nobody is in until then.

use jiff::Timestamp;

use super::super::access::Access;
use super::super::actions::{By, comes, note, put};
use super::super::letters;
use super::super::model::{
    Class, Declaration, Item, ItemId, LinkAct, MOST_ITEMS, SittingId, State, agreement_stays, classes_seen,
};
use super::super::record::actions::{follow, has_entries, is_closed};
use super::super::store;
use crate::app::App;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// An item as the secretary writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub class: Option<Class>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// Writes the items of a sitting anew, in their order.
pub async fn classify(
    app: &App,
    viewer: &Viewer,
    (id, version): (SittingId, i64),
    planned: &[Planned],
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.is_secretary)?;
        let sitting = access.sitting;
        if sitting.version != version || sitting.state == State::Cancelled {
            return Err(Refusal::Conflict.into());
        }
        if sitting.state == State::Held && is_closed(&mut *tx, sitting.organisation, id).await? {
            return Err(Problems::one("", Message::new("observations-items-closed")).into());
        }
        if planned.is_empty() || planned.len() > MOST_ITEMS {
            return Err(Problems::one("count", Message::new("observations-items-wrong").with("most", MOST_ITEMS)).into());
        }
        let before = store::items_of(&mut *tx, id).await?;
        let has_begun = sitting.has_begun(app.now()) || has_entries(&mut *tx, sitting.organisation, id).await?;
        if planned.len() < before.len() && has_begun {
            return Err(Problems::one("count", Message::new("observations-items-begun")).into());
        }
        let mut added = Vec::new();
        for (number, planned) in (1_i64..).zip(planned) {
            let known = before.iter().find(|item| item.number == number);
            let item = Item {
                id: known.map_or_else(|| ItemId(app.id()), |item| item.id),
                sitting: id,
                number,
                class: planned.class,
                planned_from: planned.from,
                planned_to: planned.to,
                classified_at: known
                    .filter(|item| item.class == planned.class)
                    .map_or_else(|| planned.class.map(|_| app.now()), |item| item.classified_at),
                agreed_at: known
                    .filter(|item| agreement_stays(item.class, planned.class))
                    .and_then(|item| item.agreed_at),
            };
            if known.is_none() {
                added.push(item.id);
            }
            if known.is_none_or(|known| differs(known, &item)) {
                store::put_item(tx, sitting.organisation, &item, (viewer.person, app.now())).await?;
            }
        }
        store::cut_items(tx, id, i64::try_from(planned.len()).unwrap_or(i64::MAX)).await?;
        concern_added(tx, id, sitting.organisation, &added).await?;
        put(app, tx, &sitting).await?;
        let waits = store::items_of(&mut *tx, id).await?.iter().any(|item| item.class.is_some() && item.agreed_at.is_none());
        if waits {
            letters::ask_chair(app, tx, &sitting).await?;
        }
        follow(app, tx, (sitting.organisation, Some(viewer.person)), id).await?;
        note(app, tx, Some(viewer.person), &sitting, "observations.classify").await
    })
}

fn differs(known: &Item, item: &Item) -> bool {
    known.class != item.class || known.planned_from != item.planned_from || known.planned_to != item.planned_to
}

/// A conflict that was settled for some items counts for those that come later, until the secretary settles it anew.
async fn concern_added(
    tx: &mut Tx,
    sitting: SittingId,
    organisation: crate::identity::OrganisationId,
    added: &[ItemId],
) -> Result<(), Failure> {
    let seats = store::seats_of(&mut *tx, sitting).await?;
    let settled = seats.iter().filter(|seat| seat.conflict == Declaration::Settled);
    let pairs: Vec<_> = settled.flat_map(|seat| added.iter().map(move |item| (seat.id, *item))).collect();
    store::concern(tx, organisation, &pairs).await?;
    Ok(())
}

/// The chair agrees to the classes that they saw.
pub async fn chair_agrees(app: &App, by: By<'_>, id: Option<SittingId>, seen: &str) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person): (_, Option<PersonId>) = comes(app, tx, by, (id, LinkAct::Chair)).await?;
        let items = store::items_of(&mut *tx, sitting.id).await?;
        if classes_seen(&items) != seen || sitting.state == State::Cancelled {
            return Err(Refusal::Conflict.into());
        }
        if store::agree_items(tx, sitting.id, (person, app.now())).await? == 0 {
            return Err(Refusal::Conflict.into());
        }
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.chair-agrees").await?;
        Ok(sitting.id)
    })
}
