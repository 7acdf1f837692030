use super::actions::{LOOK_BACK, go_on, look_back};
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind};

pub(in crate::observations) const KINDS: &[Kind] = &[
    Kind { name: LOOK_BACK, run: |app, job| Box::pin(look(app, job)) },
    Kind { name: "observations.look-back.given-up", run: |app, job| Box::pin(given_up(app, job)) },
];

#[derive(serde::Deserialize)]
struct Of {
    organisation: OrganisationId,
}

async fn look(app: App, job: Job) -> anyhow::Result<()> {
    let of: Of = serde_json::from_value(job.payload)?;
    Ok(look_back(&app, of.organisation).await?)
}

/// A look that failed is not the last.
async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    let of: Of = serde_json::from_value(job.payload)?;
    Ok(go_on(&app, of.organisation).await?)
}
