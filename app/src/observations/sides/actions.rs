//! Changes of who is on the other side: who may, in one transaction, with the audit entry and what observers are told.

use super::super::access::Access;
use super::super::actions::{By, comes, note};
use super::super::letters;
use super::super::model::{Declaration, Kind, LinkAct, SeatState, SittingId, State};
use super::super::record::actions::follow;
use super::super::seating::store as seating;
use super::super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

const LONGEST_NAME: usize = 120;

/// Says who is on the other side, or who it is now: then whoever said that they have no conflict is asked again.
pub async fn name(app: &App, by: By<'_>, id: Option<SittingId>, named: &str) -> Result<SittingId, Failure> {
    let named = named.replace('\n', " ");
    if named.is_empty() {
        return Err(Problems::one("side", Message::new("observations-side-missing")).into());
    }
    if named.chars().count() > LONGEST_NAME {
        return Err(Problems::one("side", Message::new("observations-too-long").with("most", LONGEST_NAME)).into());
    }
    transaction!(app.db, tx => {
        let (sitting, person) = match (by, id) {
            (By::Person(viewer), Some(id)) => {
                let access = Access::of(&mut *tx, viewer, id).await?;
                access.must(access.is_host || access.classifies())?;
                (access.sitting, Some(viewer.person))
            }
            _ => comes(app, tx, by, (None, LinkAct::Host)).await?,
        };
        let is_late = sitting.is_over(app.now()) || matches!(sitting.state, State::Held | State::Cancelled);
        if sitting.kind != Kind::Negotiation || is_late {
            return Err(Refusal::Conflict.into());
        }
        let before = store::side(&mut *tx, sitting.id).await?;
        if before.as_deref() == Some(named.as_str()) {
            return Ok(sitting.id);
        }
        store::name_side(tx, &sitting, &named, (person, app.now())).await?;
        letters::forget_later(app, tx, &sitting).await?;
        let seats = store::seats_of(&mut *tx, sitting.id).await?;
        let mut notices = Vec::new();
        for seat in seats.iter().filter(|seat| seat.state == SeatState::Held) {
            // What was declared stands; that there is nothing was said of somebody else.
            if seat.conflict == Declaration::None
                && !seating::declare(tx, seat, (Declaration::NotAsked, None), (None, &[]), app.now()).await?
            {
                return Err(Refusal::Conflict.into());
            }
            notices.push(letters::answered(&sitting, seat.observer, "observations-notice-side"));
        }
        letters::tell(app, tx, &notices).await?;
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.name-side").await?;
        Ok(sitting.id)
    })
}
