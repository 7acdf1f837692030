use super::asking::{self, ASK, Round};
use crate::app::App;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[Kind { name: ASK, run: |app, job| Box::pin(ask(app, job)) }];

async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let round: Round = serde_json::from_value(job.payload)?;
    Ok(asking::look(&app, &round).await?)
}
