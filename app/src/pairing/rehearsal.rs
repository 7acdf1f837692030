//! A pairing from the run to the published mentorships in one go, with everybody's yes: for the demonstration, whose people are
//! invented. It goes the same way as everybody's.

use super::consent::{self, Answer};
use super::runs;
use crate::app::App;
use crate::identity::Viewer;
use crate::jobs;
use crate::problems::Failure;
use crate::programmes::Edition;

/// Pairs the people of an edition and says how many mentorships came of it.
pub async fn rehearse(app: &App, viewer: &Viewer, edition: &Edition) -> Result<usize, Failure> {
    let run = runs::start(app, viewer, edition, "").await?;
    jobs::run_due(app).await?;
    consent::send(app, viewer, edition.id, run).await?;
    let yes = Answer { accepts: true, reason: None };
    for proposal in consent::standing(&app.db, edition.id).await? {
        consent::answer(app, proposal.couple.mentor, proposal.id, &yes).await?;
        consent::answer(app, proposal.couple.mentee, proposal.id, &yes).await?;
    }
    Ok(consent::publish(app, viewer, edition.id).await?.done.mentorships)
}
