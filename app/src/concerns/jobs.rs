use serde::Deserialize;

use super::actions::{self, REMIND};
use super::model::ConcernId;
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[Kind { name: REMIND, run: |app, job| Box::pin(remind(app, job)) }];

#[derive(Deserialize)]
struct Due {
    organisation: OrganisationId,
    concern: ConcernId,
    time: u32,
}

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let due: Due = serde_json::from_value(job.payload)?;
    Ok(actions::remind(&app, (due.organisation, due.concern), due.time).await?)
}
