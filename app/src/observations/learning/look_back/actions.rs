//! The look back at observations, every hour for each organisation that has any: whoever sat in is asked for their debrief and reminded of
//! it while it is owed, and notes whose day has come are destroyed. Each look has the next one follow.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::super::super::record::actions::count_old;
use super::super::model::{Facts, Observation};
use super::super::{actions, letters, store};
use crate::activities::model::Done;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::identity::{self, OrganisationId};
use crate::mentorships::{self, Mentorship};
use crate::problems::{Failure, Refusal};
use crate::{activities, jobs, notices, transaction};

pub(super) const LOOK_BACK: &str = "observations.look-back";

/// So often it looks, in seconds.
const HOUR: i64 = 3600;

/// When whoever owes a debrief is reminded, in hours after the end: before it is due, and once it is.
const REMINDERS: [i64; 2] = [36, 48];
const LAST: i64 = 2;

/// One look waits for each organisation, however often this is asked for.
pub async fn look_on(app: &App, tx: &mut Tx, organisation: OrganisationId) -> Result<(), Error> {
    let now = app.now();
    let second = (now.as_second() / HOUR + 1) * HOUR;
    let due = Timestamp::from_second(second).unwrap_or(now);
    let id = jobs::made_of(&[LOOK_BACK.as_bytes(), organisation.0.as_bytes(), &second.to_be_bytes()]);
    jobs::add_once(app, tx, Some(organisation.0), LOOK_BACK, (id, &json!({ "organisation": organisation })), due).await
}

/// Has the next look follow.
pub(super) async fn go_on(app: &App, organisation: OrganisationId) -> Result<(), Failure> {
    Ok(transaction!(app.db, tx => look_on(app, tx, organisation).await)?)
}

/// Destroys, asks and reminds. What cannot be written of one observation keeps no other waiting.
pub(super) async fn look_back(app: &App, organisation: OrganisationId) -> Result<(), Failure> {
    let now = app.now();
    destroy_due(app, organisation, now).await?;
    let mut after = store::FIRST;
    loop {
        let asked = store::to_ask(&app.db, organisation, now, after).await?;
        let next = store::next(&asked);
        for (observation, pair) in with_pairs(app, organisation, asked).await? {
            went(&observation, ask(app, &pair, &observation).await);
        }
        let Some(next) = next else { break };
        after = next;
    }
    for (place, hours) in (1_i64..).zip(REMINDERS) {
        let over_at = now - SignedDuration::from_hours(hours);
        let mut after = store::FIRST;
        loop {
            let owed = store::to_remind(&app.db, organisation, (over_at, place), after).await?;
            let next = store::next(&owed);
            for (observation, pair) in with_pairs(app, organisation, owed).await? {
                went(&observation, remind(app, &pair, &observation, place).await);
            }
            let Some(next) = next else { break };
            after = next;
        }
    }
    count_old(app, organisation).await?;
    go_on(app, organisation).await
}

/// What has to be gone by a day comes first, whatever becomes of the rest.
async fn destroy_due(app: &App, organisation: OrganisationId, now: Timestamp) -> Result<(), Failure> {
    // A day begins in the east: a day more is looked at than has come here, and each is asked where it is.
    let tomorrow = (now + SignedDuration::from_hours(24)).to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let mut after = store::FIRST;
    loop {
        let mut due = store::to_destroy(&app.db, organisation, (tomorrow, now), after).await?;
        let next = store::next(&due);
        due.retain(|observation| observation.is_closed(now));
        for (observation, pair) in with_pairs(app, organisation, due).await? {
            went(&observation, actions::destroy(app, &pair, &observation).await);
        }
        let Some(next) = next else { return Ok(()) };
        after = next;
    }
}

/// Says what could not be done of an observation; the next look tries it again.
fn went(observation: &Observation, outcome: Result<(), Failure>) {
    if let Err(failure) = outcome {
        let error = match failure {
            Failure::Problems(problems) => format!("{problems:?}"),
            Failure::Refusal(refusal) => format!("{refusal:?}"),
            Failure::Ours(error) => format!("{error:#}"),
        };
        tracing::error!(seat = %observation.seat, error, "an observation could not be looked back at");
    }
}

async fn with_pairs(
    app: &App,
    organisation: OrganisationId,
    observations: Vec<Observation>,
) -> Result<Vec<(Observation, Mentorship)>, Failure> {
    if observations.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = observations.iter().map(|observation| observation.mentorship).collect();
    let pairs = mentorships::these(&app.db, organisation, &ids).await?;
    let with = |observation: Observation| {
        let pair = pairs.iter().find(|pair| pair.id == observation.mentorship)?.clone();
        Some((observation, pair))
    };
    Ok(observations.into_iter().filter_map(with).collect())
}

/// Says in the plan that the observation was done, and asks for its debrief. Where the plan has no room for one more activity the debrief is
/// asked for all the same. Of a pair that has ended nobody is asked, and nothing is added to its plan.
async fn ask(app: &App, pair: &Mentorship, observation: &Observation) -> Result<(), Failure> {
    let person = identity::person(&app.db, observation.observer).await?.ok_or(Refusal::NotFound)?;
    transaction!(app.db, tx => {
        let observation = actions::begun(app, tx, pair, observation.clone()).await?;
        if !store::asked(tx, observation.seat, app.now()).await? {
            return Ok(());
        }
        let has_ended = pair.ended_at.is_some();
        let activity = if has_ended {
            actions::planned_for(tx, pair, &observation).await?
        } else {
            match actions::activity_of(app, tx, pair, &observation, person.lang).await {
                Ok(activity) => Some(activity),
                Err(Failure::Problems(_)) => None,
                Err(failure) => return Err(failure),
            }
        };
        if let Some(activity) = activity {
            let done = Done { ended_at: observation.ends_at, minutes: Some(observation.minutes().max(1)) };
            activities::has_been_done(app, tx, (pair, observation.observer), activity, done).await?;
        }
        if has_ended {
            return Ok(());
        }
        notices::tell(app, tx, &letters::ask(&observation, pair.organisation)).await?;
        Ok::<(), Failure>(())
    })
}

/// Reminds whoever still owes a debrief.
async fn remind(app: &App, pair: &Mentorship, observation: &Observation, times: i64) -> Result<(), Failure> {
    let ids: Vec<_> = observation.activity.into_iter().collect();
    transaction!(app.db, tx => {
        let courses = activities::courses_of(&mut *tx, &ids).await?;
        let is_missed = observation.is_missed(app.now());
        let is_owed = !is_missed && Facts::of(observation, &courses, app.now()).debriefed_at.is_none();
        // Whoever comes late to the first is told of the last alone.
        let is_over = times < LAST && observation.debrief_due() <= app.now();
        if !store::reminded(tx, observation.seat, times).await? || !is_owed || is_over || pair.ended_at.is_some() {
            return Ok(());
        }
        notices::tell(app, tx, &letters::remind(observation, pair.organisation, times)).await?;
        Ok::<(), Failure>(())
    })
}
