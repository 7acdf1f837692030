//! The day after an activity was planned both are told, once, that it waits for what became of it. Its debrief is due two days after its
//! end; whoever learns is told when half of the time has gone, or a day after it was said late.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::debriefers::page_of;
use super::model::{ActivityId, Done, When};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::OrganisationId;
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Notice, Told};
use crate::{programmes, transaction};

/// The job that looks whether it was written.
const HALF: &str = "activities.half-time";
/// The notice that it gives.
const OWED: &str = "activities.owed";
/// The job that looks whether it was said what became of an activity.
const GONE: &str = "activities.day-gone";
/// The job that looks at what was planned before an upgrade; what is planned since has its own.
const BEFORE: &str = "activities.planned-before";
/// The notice that it gives.
const WAITS: &str = "activities.waits";

const AFTER: SignedDuration = SignedDuration::from_hours(24);

pub(super) const JOBS: &[Kind] = &[
    Kind { name: HALF, run: |app, job| Box::pin(look(app, job)) },
    Kind { name: GONE, run: |app, job| Box::pin(ask(app, job)) },
    Kind { name: BEFORE, run: |app, job| Box::pin(look_back(app, job)) },
];

const USUAL: notices::Kind = notices::Kind { act: crate::identity::Act::TakePart, ends: true, ..notices::Kind::USUAL };

pub(super) const NOTICES: &[notices::Kind] = &[
    notices::Kind {
        name: OWED,
        label: "activities-owed-label",
        mail: "activities-owed-mail",
        leads: Some(|app, told| link(app, told, "activities-mail-link")),
        ..USUAL
    },
    notices::Kind {
        name: WAITS,
        label: "activities-waits-label",
        mail: "activities-waits-mail",
        leads: Some(|app, told| link(app, told, "activities-waits-mail-link")),
        ..USUAL
    },
];

#[derive(Serialize, Deserialize)]
struct Gone {
    mentorship: MentorshipId,
    activity: ActivityId,
    on: Date,
}

/// Has both asked when the last day of an activity has gone, once for each day that was planned. A day that has gone already is before
/// whoever writes it.
pub(super) async fn when_gone(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (activity, when): (ActivityId, When),
    zone: &TimeZone,
) -> Result<(), Error> {
    let after = gone_at(when, zone).filter(|after| *after > app.now());
    ask_at(app, tx, pair, (activity, when), after).await
}

/// When the last day of an activity has gone.
fn gone_at(when: When, zone: &TimeZone) -> Option<Timestamp> {
    when.last().tomorrow().ok().and_then(|day| zone.to_timestamp(day.at(0, 0, 0, 0)).ok())
}

async fn ask_at(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (activity, when): (ActivityId, When),
    at: Option<Timestamp>,
) -> Result<(), Error> {
    let Some(at) = at else { return Ok(()) };
    let on = when.last();
    let id = jobs::made_of(&[GONE.as_bytes(), activity.0.as_bytes(), on.to_string().as_bytes()]);
    let payload = serde_json::to_value(Gone { mentorship: pair.id, activity, on }).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), GONE, (id, &payload), at).await
}

/// Has both asked of what was planned before an upgrade, where that falls on today or later; what is past stands on the pages.
async fn look_back(app: App, job: Job) -> anyhow::Result<()> {
    let Some(organisation) = job.organisation.map(OrganisationId) else { return Ok(()) };
    let now = app.now();
    transaction!(app.db, tx => {
        let planned = store::planned_after(&mut *tx, organisation, (job.after(), jobs::PART)).await?;
        let ids: Vec<MentorshipId> = planned.iter().map(|(pair, ..)| *pair).collect();
        let pairs = mentorships::these(&mut *tx, organisation, &ids).await?;
        let editions = programmes::editions(&mut *tx, organisation).await?;
        for (pair, activity, when) in &planned {
            let running = pairs.iter().find(|one| one.id == *pair && one.ended_at.is_none());
            let Some(pair) = running else { continue };
            let Some(edition) = editions.iter().find(|edition| edition.id == pair.edition) else { continue };
            let calendar = &edition.settings.calendar;
            let gone = gone_at(*when, &calendar.time_zone()).filter(|at| calendar.day(*at) >= calendar.day(now));
            ask_at(&app, tx, pair, (*activity, *when), gone.map(|at| at.max(now))).await?;
        }
        jobs::go_on(&app, tx, &job, planned.last().map(|(_, activity, _)| activity.0)).await
    })?;
    Ok(())
}

/// Tells both that nobody has said whether it took place; of what is observed its sitting says so.
async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let Gone { mentorship, activity, on } = serde_json::from_value(job.payload)?;
    let Some(pair) = mentorships::still_running(&app.db, mentorship).await? else { return Ok(()) };
    let plan = store::plan(&app.db, pair.id).await?;
    let waits = plan.iter().find(|one| one.id == activity && one.is_to_be_done() && one.when.last() == on);
    let Some(waits) = waits else { return Ok(()) };
    if page_of(&app.db, pair.id, activity).await?.is_some() {
        return Ok(());
    }
    // Where the edition is in another zone by now, the day lasts until another hour.
    let Some(edition) = programmes::edition(&app.db, pair.edition).await? else { return Ok(()) };
    let gone = gone_at(waits.when, &edition.settings.calendar.time_zone());
    if let Some(gone) = gone.filter(|gone| *gone > app.now()) {
        return Err(jobs::PutOff(gone).into());
    }
    let href = format!("/mentorships/{}/plan/{activity}", pair.id);
    let told = |to| {
        let notice = Notice::new(pair.organisation, to, WAITS, Message::new("activities-waits"), href.as_str());
        notice.about(activity.0).once(format!("{activity}:{on}"))
    };
    let notices = [pair.mentee, pair.mentor].map(told);
    Ok(notices::tell_now(&app, &notices).await?)
}

/// Where the link of its mail leads.
pub(super) const PATH: &str = "/d";

/// The activity whose page this is.
pub(super) fn activity_of(href: &str) -> Option<(MentorshipId, ActivityId)> {
    let (pair, activity) = href.strip_prefix("/mentorships/")?.split_once("/plan/")?;
    Some((MentorshipId(pair.parse().ok()?), ActivityId(activity.parse().ok()?)))
}

/// What a mail about an activity leads to: a link with which it is said without signing in whether it took place, and its mentee writes
/// the debrief.
fn link(app: &App, told: &Told, words: &'static str) -> Option<(Message, String)> {
    let url = activity_of(&told.href).and_then(|_| notices::act_url(app, PATH, told.notice))?;
    Some((Message::new(words), url))
}

#[derive(Serialize, Deserialize)]
struct HalfTime {
    mentorship: MentorshipId,
    activity: ActivityId,
}

/// Has it looked at a day after the end, once for each end that was said.
pub(super) async fn after(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (activity, done): (ActivityId, Done),
) -> Result<(), Error> {
    let ended = done.ended_at.as_microsecond().to_be_bytes();
    let id = jobs::made_of(&[HALF.as_bytes(), activity.0.as_bytes(), &ended]);
    let payload = serde_json::to_value(HalfTime { mentorship: pair.id, activity }).unwrap_or_default();
    let half = done.ended_at.saturating_add(AFTER).unwrap_or(done.ended_at);
    // Who says so later than that has the page before them, and a day to write.
    let due = if half > app.now() { half } else { app.now() + AFTER };
    jobs::add_once(app, tx, Some(pair.organisation.0), HALF, (id, &payload), due).await
}

/// Tells the mentee, where the debrief is owed still; of one activity once.
async fn look(app: App, job: Job) -> anyhow::Result<()> {
    let HalfTime { mentorship, activity } = serde_json::from_value(job.payload)?;
    let Some(pair) = mentorships::still_running(&app.db, mentorship).await? else { return Ok(()) };
    let plan = store::plan(&app.db, pair.id).await?;
    let owed = plan.iter().any(|one| one.id == activity && one.debrief_due().is_some());
    // What was observed has a page and reminders of its own.
    if !owed || page_of(&app.db, pair.id, activity).await?.is_some() {
        return Ok(());
    }
    let href = format!("/mentorships/{}/plan/{activity}", pair.id);
    let notice = Notice::new(pair.organisation, pair.mentee, OWED, Message::new("activities-owed"), href);
    let notice = notice.about(activity.0).once(activity.to_string());
    Ok(notices::tell_now(&app, &[notice]).await?)
}
