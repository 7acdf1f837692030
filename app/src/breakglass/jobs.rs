use serde::Deserialize;

use super::actions::{self, LAPSE, TELL};
use super::model::OpeningId;
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: TELL, run: |app, job| Box::pin(tell(app, job)) },
    Kind { name: LAPSE, run: |app, job| Box::pin(lapse(app, job)) },
];

#[derive(Deserialize)]
struct Due {
    organisation: OrganisationId,
    opening: OpeningId,
}

async fn tell(app: App, job: Job) -> anyhow::Result<()> {
    let due: Due = serde_json::from_value(job.payload)?;
    Ok(actions::tell_on_its_day(&app, due.organisation, due.opening).await?)
}

async fn lapse(app: App, job: Job) -> anyhow::Result<()> {
    let due: Due = serde_json::from_value(job.payload)?;
    Ok(actions::lapse(&app, due.organisation, due.opening).await?)
}
