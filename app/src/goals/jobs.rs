use super::asking::{self, ASK, Round};
use crate::app::App;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: ASK, run: |app, job| Box::pin(ask(app, job)) },
    Kind { name: "goals.ask.given-up", run: |app, job| Box::pin(given_up(app, job)) },
];

async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let round: Round = serde_json::from_value(job.payload)?;
    Ok(asking::look(&app, &round).await?)
}

/// A look that was given up is not the last of its pair.
async fn given_up(app: App, job: Job) -> anyhow::Result<()> {
    let round: Round = serde_json::from_value(job.payload)?;
    Ok(asking::look_later(&app, &round).await?)
}
