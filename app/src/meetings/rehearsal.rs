//! Meetings of a pair of the demonstration: one that was held, the next ones, a fortnight apart, and one that waits for an answer.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::actions::{self, Actor};
use super::model::{Kind, MeetingId, Proposal, Way};
use super::series::{Repeats, Rhythm};
use super::store;
use crate::app::App;
use crate::identity::{self, PersonId};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Refusal};

/// What the two say in it, in the order in which they say it: points, a note of each side, a promise, a line of each side.
#[derive(Clone, Copy, Debug)]
pub struct Script {
    pub points: [&'static str; 2],
    pub notes: [&'static str; 2],
    pub promise: &'static str,
    pub lines: [&'static str; 2],
}

/// Plays the meetings of a pair.
pub async fn rehearse(app: &App, pair: &Mentorship, script: &Script) -> Result<(), Failure> {
    let (mentee, mentor) = (actor(app, pair.mentee).await?, actor(app, pair.mentor).await?);
    let day = |days: i64| morning(app.now() + SignedDuration::from_hours(24 * days), &mentee.zone);
    let held = agreed(app, (&mentee, &mentor), pair.id, (day(3), None)).await?;
    for point in script.points {
        actions::add_point(app, &mentee, held, point).await?;
    }
    let due = mentee.zone.to_datetime(day(10)).date();
    actions::promise(app, &mentor, held, (Some(Side::Mentor), Some(due)), script.promise).await?;
    for (actor, (note, line)) in [&mentee, &mentor].into_iter().zip(script.notes.into_iter().zip(script.lines)) {
        actions::write(app, actor, held, (Kind::Note, Visibility::Pair), note).await?;
        actions::write(app, actor, held, (Kind::Reflection, Visibility::Pair), line).await?;
    }
    backdate(app, held, day(-12)).await?;
    let fortnights = Repeats { rhythm: Rhythm::Fortnightly, times: 6 };
    agreed(app, (&mentor, &mentee), pair.id, (day(6), Some(fortnights))).await?;
    // A week apart, so that no two fall on the same Monday.
    let times = [day(20), day(27), day(34)].to_vec();
    let proposal = Proposal { times, minutes: 60, way: Way::Mentor, place: None, repeats: None };
    actions::propose(app, &mentee, pair.id, &proposal).await.map(drop)
}

async fn actor(app: &App, person: PersonId) -> Result<Actor, Failure> {
    let person = identity::person(&app.db, person).await?.ok_or(Refusal::NotFound)?;
    let zone = person.time_zone();
    Ok(Actor { person: person.id, organisation: person.organisation, zone })
}

/// Ten o'clock of a working day.
fn morning(at: Timestamp, zone: &TimeZone) -> Timestamp {
    let mut day = zone.to_datetime(at).date();
    while matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday) {
        day = day.tomorrow().unwrap_or(day);
    }
    zone.to_ambiguous_timestamp(day.at(10, 0, 0, 0)).compatible().unwrap_or(at)
}

async fn agreed(
    app: &App,
    (asks, answers): (&Actor, &Actor),
    pair: MentorshipId,
    (at, repeats): (Timestamp, Option<Repeats>),
) -> Result<MeetingId, Failure> {
    let proposal = Proposal { times: vec![at], minutes: 60, way: Way::Online, place: None, repeats };
    let id = actions::propose(app, asks, pair, &proposal).await?;
    let meeting = store::meeting(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let (time, _) = *meeting.times.first().ok_or(Refusal::NotFound)?;
    actions::answer(app, answers, id, None, Some(time)).await?;
    Ok(id)
}

/// It was some time ago.
async fn backdate(app: &App, id: MeetingId, at: Timestamp) -> Result<(), Failure> {
    Ok(crate::transaction!(app.db, tx => store::backdate(tx, id, at, 55).await)?)
}
