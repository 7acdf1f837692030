//! Changes of who is on the other side: who may, in one transaction, with the audit entry and what observers are told.

use super::super::access::Access;
use super::super::actions::{By, LetsIn, comes, is_late, note, one_line, put};
use super::super::letters;
use super::super::model::{Declaration, Kind, LinkAct, Seat, SeatState, Sitting, SittingId};
use super::super::record::actions::follow;
use super::super::seating::store as seating;
use super::super::store;
use crate::app::App;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

const LONGEST_NAME: usize = 120;

/// A name as it is kept.
pub(in super::super) fn named(typed: &str) -> Result<String, Problems> {
    let named = one_line(typed);
    if named.is_empty() {
        return Err(Problems::one("side", Message::new("observations-side-missing")));
    }
    if named.chars().count() > LONGEST_NAME {
        return Err(Problems::one("side", Message::new("observations-too-long").with("most", LONGEST_NAME)));
    }
    Ok(named)
}

/// Says who is on the other side, or who it is now: then whoever said that they have no conflict is asked again, what was settled is settled
/// anew, and it is asked again whether somebody may observe.
pub async fn name(app: &App, by: By<'_>, id: Option<SittingId>, typed: &str) -> Result<SittingId, Failure> {
    let named = named(typed)?;
    transaction!(app.db, tx => {
        let (mut sitting, person) = match (by, id) {
            (By::Person(viewer), Some(id)) => {
                let access = Access::of(&mut *tx, viewer, id).await?;
                access.must(access.is_host || access.classifies())?;
                if !access.names_side(&store::seats_of(&mut *tx, id).await?) {
                    return Err(Problems::one("", Message::new("observations-own-room")).into());
                }
                (access.sitting, Some(viewer.person))
            }
            _ => comes(app, tx, by, (None, LinkAct::Host)).await?,
        };
        if sitting.kind != Kind::Negotiation || is_late(&mut *tx, &sitting, LetsIn::No, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let before = store::side(&mut *tx, sitting.id).await?;
        if before.as_deref() == Some(named.as_str()) {
            return Ok(sitting.id);
        }
        store::name_side(tx, &sitting, &named, (person, app.now())).await?;
        // Once nobody is let in any more nothing is asked again.
        let is_asked = !is_late(&mut *tx, &sitting, LetsIn::Yes, app.now()).await?;
        // Whoever is there now has agreed to nothing yet.
        if before.is_some() && sitting.without_other_side(app.now()) {
            put(app, tx, &sitting).await?;
            if is_asked {
                letters::side_left(app, tx, &sitting, (person, "observations-notice-side-anew")).await?;
            }
        }
        letters::forget_later(app, tx, &sitting).await?;
        if is_asked {
            ask(app, tx, &sitting).await?;
        }
        follow(app, tx, (sitting.organisation, person), sitting.id).await?;
        note(app, tx, person, &sitting, "observations.name-side").await?;
        Ok(sitting.id)
    })
}

/// Asks whoever observes anew whether they have a conflict of interest, and has those that were settled be settled anew.
async fn ask(app: &App, tx: &mut Tx, sitting: &Sitting) -> Result<(), Failure> {
    let seats = store::seats_of(&mut *tx, sitting.id).await?;
    let to_settle = ask_anew(app, tx, &seats).await?;
    if !to_settle.is_empty() {
        letters::of_conflicts(app, tx, sitting, &to_settle).await?;
    }
    let held = seats.iter().filter(|seat| seat.state == SeatState::Held);
    let notices: Vec<_> =
        held.map(|seat| letters::answered(sitting, seat.observer, "observations-notice-side")).collect();
    letters::tell(app, tx, &notices).await
}

/// What was said and settled was said of somebody else, also by whoever has no seat at present: they may be given one again. What was
/// declared stands, and counts for everything until it is settled anew. Says whose are to be settled.
async fn ask_anew(app: &App, tx: &mut Tx, seats: &[Seat]) -> Result<Vec<PersonId>, Failure> {
    let mut to_settle = Vec::new();
    for seat in seats {
        let (conflict, words) = match seat.conflict {
            Declaration::None => (Declaration::NotAsked, None),
            Declaration::Settled => (Declaration::Declared, seat.conflict_words.clone()),
            Declaration::NotAsked | Declaration::Declared | Declaration::Barred => continue,
        };
        if !seating::declare(tx, seat, (conflict, words), (None, &[]), app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        store::unconcern(tx, seat.id).await?;
        if conflict == Declaration::Declared && seat.state.stands() {
            to_settle.push(seat.observer);
        }
    }
    Ok(to_settle)
}
