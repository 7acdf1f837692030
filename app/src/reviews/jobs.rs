use serde::Deserialize;

use super::actions::{self, DELIVER, RECOUNT};
use crate::app::App;
use crate::identity::OrganisationId;
use crate::jobs::{Job, Kind};
use crate::mentorships::MentorshipId;
use crate::programmes::EditionId;

pub(super) const KINDS: &[Kind] = &[
    Kind { name: DELIVER, run: |app, job| Box::pin(deliver(app, job)) },
    Kind { name: RECOUNT, run: |app, job| Box::pin(recount(app, job)) },
];

#[derive(Deserialize)]
struct Pair {
    mentorship: MentorshipId,
}

/// Of which edition; the look after an upgrade is at all of an organisation.
#[derive(Deserialize)]
struct Changed {
    edition: Option<EditionId>,
}

async fn deliver(app: App, job: Job) -> anyhow::Result<()> {
    let pair: Pair = serde_json::from_value(job.payload)?;
    Ok(actions::deliver(&app, pair.mentorship).await?)
}

async fn recount(app: App, job: Job) -> anyhow::Result<()> {
    let Changed { edition } = serde_json::from_value(job.payload.clone())?;
    let Some(organisation) = job.organisation.map(OrganisationId) else { return Ok(()) };
    Ok(actions::recount(&app, &job, (organisation, edition)).await?)
}
