//! The end of all mentorships of an edition that is over, a few with each transaction: nobody who writes meanwhile waits for long, and
//! a server that dies in the middle goes on where it was.

use super::actions::{self, END_ALL, EndAll};
use crate::app::App;
use crate::jobs::{Job, Kind};

pub(super) const KINDS: &[Kind] = &[Kind { name: END_ALL, run: |app, job| Box::pin(end_all(app, job)) }];

async fn end_all(app: App, job: Job) -> anyhow::Result<()> {
    let pressed: EndAll = serde_json::from_value(job.payload)?;
    while actions::end_some(&app, &pressed).await? {}
    Ok(())
}
