//! Who says that a sitting was held, and what it says of its observers from then on.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::super::access::Access;
use super::super::actions::{note, put};
use super::super::learning::actions::ask_anew;
use super::super::model::{Seat, SeatId, SeatState, Sitting, SittingId, State};
use super::super::places::places_of;
use super::super::record::actions::has_begun;
use super::super::seating::actions::not_own;
use super::super::seating::store::seat;
use super::super::store;
use crate::activities;
use crate::activities::model::{self as plan, ActivityId};
use crate::app::App;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::mentorships::{self, MentorshipId};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// Says that a sitting took place, once it is over; a secretary may as soon as it has begun. Where nothing is recorded, this says who observed.
pub async fn hold(app: &App, viewer: &Viewer, id: SittingId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let access = Access::of(&mut *tx, viewer, id).await?;
        access.must(access.may_change() || access.is_keeper)?;
        let is_secretary = access.is_secretary;
        let sitting = access.sitting;
        if !sitting.state.is_open() || !sitting.has_begun(app.now()) {
            return Err(Refusal::Conflict.into());
        }
        if !sitting.is_over(app.now()) && !is_secretary {
            return Err(Problems::one("", Message::new("observations-hold-early")).into());
        }
        if !has_begun(&mut *tx, sitting.organisation, sitting.id).await? {
            // Nobody observes a negotiation of which the other side does not know.
            if !sitting.had_other_side() {
                return Err(Problems::one("", Message::new("observations-hold-other-side")).into());
            }
            // Without a record this says who observed, and nobody says so of themselves.
            for seat in store::seats_of(&mut *tx, sitting.id).await?.iter().filter(|seat| seat.state == SeatState::Held) {
                not_own(viewer, seat)?;
            }
        }
        took_place(app, tx, viewer.person, sitting).await
    })
}

/// A sitting took place: it counts for plans and hours from now on, and debriefs are asked for.
pub(in super::super) async fn took_place(
    app: &App,
    tx: &mut Tx,
    by: PersonId,
    sitting: Sitting,
) -> Result<(), Failure> {
    let sitting = Sitting { state: State::Held, ..sitting };
    put(app, tx, &sitting).await?;
    reckon(app, tx, (&sitting, Some(by))).await?;
    note(app, tx, Some(by), &sitting, "observations.hold").await
}

/// Has seats and plans say who observed a sitting that was held, and for how long. Of whoever did not the activity is planned again, if it was
/// this sitting that did it, and they are asked for their debrief anew once it turns out that they did.
pub(in super::super) async fn reckon(
    app: &App,
    tx: &mut Tx,
    (sitting, by): (&Sitting, Option<PersonId>),
) -> Result<(), Failure> {
    let observed = observed(tx, sitting, app.now()).await?;
    let absent = observed.iter().filter(|(_, minutes)| minutes.is_none());
    ask_anew(tx, &absent.map(|(seat, _)| seat.id).collect::<Vec<_>>()).await?;
    let fulfilled: Vec<ActivityId> = observed.iter().filter_map(|(seat, _)| seat.activity).collect();
    let mut done = activities::courses_of(&mut *tx, &fulfilled).await?;
    // What was done somewhere else stays as it is.
    done.retain(|course| course.ended_at.is_some_and(|ended_at| sitting.can_have_ended(ended_at)));
    if done.is_empty() {
        return Ok(());
    }
    let ids: Vec<MentorshipId> = observed.iter().map(|(seat, _)| seat.mentorship).collect();
    let pairs = mentorships::these(&mut *tx, sitting.organisation, &ids).await?;
    for course in done {
        let found = observed.iter().find(|(seat, _)| seat.activity == Some(course.id));
        let Some((seat, minutes)) = found else { continue };
        let Some(pair) = pairs.iter().find(|pair| pair.id == seat.mentorship) else { continue };
        let minutes = minutes.map(|minutes| minutes.max(1));
        activities::has_lasted(app, tx, (pair, by), course.id, minutes).await?;
    }
    Ok(())
}

/// For how many minutes each of those who hold a seat observed; nothing for whoever did not. Where nothing is recorded, whoever could be in the
/// room did for as long as was planned, and the others are marked.
async fn observed(tx: &mut Tx, sitting: &Sitting, now: Timestamp) -> Result<Vec<(Seat, Option<i64>)>, Failure> {
    let is_held = |seat: &Seat| seat.state == SeatState::Held;
    if let Some(came) = store::attended(&mut *tx, sitting.id).await? {
        let came: BTreeMap<PersonId, i64> = came.into_iter().collect();
        let mut seats = store::seats_of(&mut *tx, sitting.id).await?;
        seats.retain(is_held);
        let observed = |seat: Seat| {
            let minutes = came.get(&seat.observer).copied();
            (seat, minutes)
        };
        return Ok(seats.into_iter().map(observed).collect());
    }
    let places = places_of(&mut *tx, sitting).await?;
    let observed = |seat: &Seat| places.lets_in(seat.id).then(|| sitting.minutes());
    let seats = places.seats.iter().filter(|seat| is_held(seat));
    let observed: Vec<(Seat, Option<i64>)> = seats.map(|seat| (seat.clone(), observed(seat))).collect();
    let out = observed.iter().filter(|(_, minutes)| minutes.is_none()).map(|(seat, _)| seat.id);
    store::keep_out(tx, sitting.id, &out.collect::<Vec<_>>(), now).await?;
    Ok(observed)
}

/// Finishes the activity of the plan for which a seat was held, so that plan and room agree.
pub async fn finish(app: &App, viewer: &Viewer, (id, of): (SittingId, SeatId)) -> Result<(), Failure> {
    let access = Access::of(&app.db, viewer, id).await?;
    let seat = seat(&app.db, id, of).await?.ok_or(Refusal::NotFound)?;
    access.must(access.running().any(|pair| pair.id == seat.mentorship))?;
    let was = seat.state == SeatState::Held && access.sitting.state == State::Held;
    let activity = seat.activity.filter(|_| was).ok_or(Refusal::Conflict)?;
    let sitting = &access.sitting;
    let minutes = match store::attended(&app.db, id).await? {
        None if seat.kept_out_at.is_some() => {
            return Err(Problems::one("", Message::new("observations-kept-out")).into());
        }
        None => sitting.minutes(),
        Some(came) => {
            let own = came.iter().find(|(observer, _)| *observer == seat.observer).map(|(_, minutes)| *minutes);
            own.ok_or_else(|| Problems::one("", Message::new("observations-finish-absent")))?
        }
    };
    let done = plan::Done { ended_at: sitting.ends_at.min(app.now()), minutes: Some(minutes.max(1)) };
    activities::finish(app, viewer, (seat.mentorship, activity), done).await
}
