use serde::Deserialize;

use super::actions::{self, DELIVER};
use crate::app::App;
use crate::jobs::{Job, Kind};
use crate::mentorships::MentorshipId;

pub(super) const KINDS: &[Kind] = &[Kind { name: DELIVER, run: |app, job| Box::pin(deliver(app, job)) }];

#[derive(Deserialize)]
struct Pair {
    mentorship: MentorshipId,
}

async fn deliver(app: App, job: Job) -> anyhow::Result<()> {
    let pair: Pair = serde_json::from_value(job.payload)?;
    Ok(actions::deliver(&app, pair.mentorship).await?)
}
