//! The look at the clocks of an organisation, every hour. Each look has the next one follow.

use super::actions::{self, SWEEP};
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: SWEEP, run: |app, job| Box::pin(sweep(app, job)) },
    Kind { name: "health.sweep.given-up", run: |app, job| Box::pin(given_up(app, job)) },
];

async fn sweep(app: App, job: Job) -> anyhow::Result<()> {
    Ok(actions::sweep(&app, organisation_of(&job)?).await?)
}

/// A look that failed is not the last.
async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    Ok(actions::go_on(&app, organisation_of(&job)?).await?)
}

/// The first look after an upgrade bears the organisation as its own identifier.
fn organisation_of(job: &Job) -> anyhow::Result<OrganisationId> {
    match job.payload.get("organisation") {
        Some(organisation) => Ok(serde_json::from_value(organisation.clone())?),
        None => Ok(OrganisationId(job.id)),
    }
}
