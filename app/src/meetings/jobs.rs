//! Times that wait for an answer, the question whether the two met, and the look at pairs that are quiet.

use jiff::Timestamp;
use serde::Deserialize;

use super::actions::{self, ASK, LAPSE, QUIET, REMIND};
use super::model::MeetingId;
use super::reminding;
use crate::app::App;
use crate::jobs::{Job, Kind};
use crate::mentorships::MentorshipId;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: ASK, run: |app, job| Box::pin(ask(app, job)) },
    Kind { name: REMIND, run: |app, job| Box::pin(remind(app, job)) },
    Kind { name: LAPSE, run: |app, job| Box::pin(lapse(app, job)) },
    Kind { name: QUIET, run: |app, job| Box::pin(quiet(app, job)) },
    reminding::JOB,
    reminding::LOOK,
];

#[derive(Deserialize)]
struct Over {
    meeting: MeetingId,
    starts: Timestamp,
}

#[derive(Deserialize)]
struct Pair {
    mentorship: MentorshipId,
}

async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let over: Over = serde_json::from_value(job.payload)?;
    Ok(actions::ask_about(&app, over.meeting, over.starts).await?)
}

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let over: Over = serde_json::from_value(job.payload)?;
    Ok(actions::remind(&app, over.meeting, over.starts).await?)
}

async fn lapse(app: App, job: Job) -> anyhow::Result<()> {
    let over: Over = serde_json::from_value(job.payload)?;
    Ok(actions::lapse(&app, over.meeting, over.starts).await?)
}

async fn quiet(app: App, job: Job) -> anyhow::Result<()> {
    let pair: Pair = serde_json::from_value(job.payload)?;
    Ok(actions::look_for_quiet(&app, pair.mentorship).await?)
}
