use serde::Deserialize;

use super::actions::{self, REMIND};
use super::model::ConcernId;
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind, PutOff};

/// Looks at what waits since before an upgrade; what is sent since has a job of its own.
const BEFORE: &str = "concerns.waiting-before";

pub(super) const KINDS: &[Kind] = &[
    Kind { name: REMIND, run: |app, job| Box::pin(remind(app, job)) },
    Kind { name: BEFORE, run: |app, job| Box::pin(look_back(app, job)) },
];

#[derive(Deserialize)]
struct Due {
    organisation: OrganisationId,
    concern: ConcernId,
    time: u32,
}

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let due: Due = serde_json::from_value(job.payload)?;
    match actions::remind(&app, (due.organisation, due.concern), due.time).await? {
        Some(later) => Err(PutOff(later).into()),
        None => Ok(()),
    }
}

async fn look_back(app: App, job: Job) -> anyhow::Result<()> {
    let Some(organisation) = job.organisation.map(OrganisationId) else { return Ok(()) };
    Ok(actions::look_back(&app, &job, organisation).await?)
}
