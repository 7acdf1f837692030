//! Classes of items: the secretary says them, the chair agrees. A change takes effect at once: a closer class keeps the chair's agreement
//! and so closes the item to observers, any other waits for the chair and nobody is in until then.

use jiff::Timestamp;

use super::super::access::Access;
use super::super::actions::{By, LetsIn, comes, is_late, note, put};
use super::super::letters;
use super::super::model::{
    Class, Declaration, Item, ItemId, LinkAct, MOST_ITEMS, Seat, SeatId, Sitting, SittingId, State, agreement_stays,
    classes_seen,
};
use super::super::past::store as past;
use super::super::record::actions::{follow, has_begun, is_closed};
use super::super::store;
use crate::app::App;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// What cannot be of the times of items: each ends after it begins, within the sitting, and none before the one that it follows.
fn timed(sitting: &Sitting, planned: &[Planned]) -> Result<(), Problems> {
    let mut problems = Problems::default();
    let mut last = sitting.starts_at;
    for (number, planned) in (1_i64..).zip(planned) {
        let [from, to] = ["from", "to"].map(|end| format!("time-{end}-{number}"));
        let wrong = |key: &'static str| Message::new(key).with("item", number);
        let is_outside = |at: Timestamp| !(sitting.starts_at..=sitting.ends_at).contains(&at);
        match (planned.from, planned.to) {
            (Some(at), _) if is_outside(at) => problems.add(from, wrong("observations-item-outside")),
            (_, Some(at)) if is_outside(at) => problems.add(to, wrong("observations-item-outside")),
            (Some(begins), Some(ends)) if ends <= begins => problems.add(to, wrong("observations-item-backwards")),
            (Some(begins), _) if begins < last => problems.add(from, wrong("observations-item-order")),
            (begins, ends) => last = ends.or(begins).unwrap_or(last),
        }
    }
    problems.or(())
}

/// An item as the secretary writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub class: Option<Class>,
    pub from: Option<Timestamp>,
    pub to: Option<Timestamp>,
}

/// Refuses whoever does not say the classes of a sitting at which these observe, and tells a secretary who would let themselves in why.
pub(super) fn may_classify(access: &Access, seats: &[Seat]) -> Result<(), Failure> {
    if access.classifies_for(seats) {
        return Ok(());
    }
    access.must(access.classifies())?;
    Err(Problems::one("", Message::new("observations-own-room")).into())
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
        let seats = store::seats_of(&mut *tx, id).await?;
        may_classify(&access, &seats)?;
        // Whoever stands in for a secretary and presides has agreed by saying it.
        let agrees = !access.is_secretary && access.is_chair;
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
        timed(&sitting, planned)?;
        let before = store::items_of(&mut *tx, id).await?;
        let has_begun = sitting.has_begun(app.now()) || has_begun(&mut *tx, sitting.organisation, id).await?;
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
        concern_added(tx, &sitting, &added, app.now()).await?;
        put(app, tx, &sitting).await?;
        if agrees {
            store::agree_items(tx, id, (Some(viewer.person), app.now())).await?;
        }
        let waits = store::items_of(&mut *tx, id).await?.iter().any(|item| item.class.is_some() && item.agreed_at.is_none());
        // Before its host agrees there may be nothing to preside.
        if waits && sitting.state != State::Draft {
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
async fn concern_added(tx: &mut Tx, sitting: &Sitting, added: &[ItemId], now: Timestamp) -> Result<(), Failure> {
    if added.is_empty() {
        return Ok(());
    }
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    let settled: Vec<SeatId> =
        seats.iter().filter(|seat| seat.conflict == Declaration::Settled).map(|seat| seat.id).collect();
    let pairs: Vec<_> = settled.iter().flat_map(|seat| added.iter().map(move |item| (*seat, *item))).collect();
    store::concern(tx, sitting.organisation, &pairs).await?;
    let (items, concerned) =
        (store::items_of(&mut *tx, sitting.id).await?, store::concerned(&mut *tx, sitting.id).await?);
    for seat in settled {
        let is_of_it = |item: &&Item| concerned.contains(&(seat, item.id));
        let numbers: Vec<i64> = items.iter().filter(is_of_it).map(|item| item.number).collect();
        past::stand(tx, &[seat], Some(&numbers), now).await?;
    }
    Ok(())
}

/// The chair does not agree to the classes: what they agreed to before they take back, and the secretary is told.
pub(in super::super) async fn chair_returns(
    app: &App,
    by: By<'_>,
    id: Option<SittingId>,
) -> Result<SittingId, Failure> {
    transaction!(app.db, tx => {
        let (sitting, person): (_, Option<PersonId>) = comes(app, tx, by, (id, LinkAct::Chair)).await?;
        if sitting.state == State::Draft || is_late(&mut *tx, &sitting, LetsIn::No, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        store::disagree(tx, sitting.id, app.now()).await?;
        letters::secretaries(app, tx, &sitting, "observations-notice-returned").await?;
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.chair-returns").await?;
        Ok(sitting.id)
    })
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
        if let Some(person) = person {
            letters::done(app, tx, &sitting, (person, LinkAct::Chair)).await?;
        }
        note(app, tx, person, &sitting, "observations.chair-agrees").await?;
        Ok(sitting.id)
    })
}
