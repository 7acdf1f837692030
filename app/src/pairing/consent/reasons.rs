//! Why somebody said no: sealed for whoever said it. The coordinator alone reads it, and not of a proposal that is her own.

use std::collections::{BTreeSet, HashMap};

use super::model::{Proposal, ProposalId};
use crate::app::App;
use crate::db::Error;
use crate::identity::{PersonId, Viewer};
use crate::vault::{self, Place};

/// Where the reason stands of somebody who said no.
pub(super) fn place(proposal: &Proposal, by: PersonId) -> Place {
    Place::of_person(proposal.organisation, by, ("proposals", "reason_words", proposal.id.0))
}

/// The reasons of these proposals that a coordinator reads. One statement, where there are any.
pub(super) async fn told(
    app: &App,
    coordinator: &Viewer,
    proposals: &[Proposal],
) -> Result<HashMap<ProposalId, String>, Error> {
    let others = proposals.iter().filter(|proposal| proposal.side_of(coordinator.person).is_none());
    let reasons: Vec<_> = others
        .filter_map(|proposal| Some((proposal, proposal.last_answered_by(), proposal.reason.as_ref()?)))
        .collect();
    if reasons.is_empty() {
        return Ok(HashMap::new());
    }
    let authors: BTreeSet<_> = reasons.iter().map(|(_, by, _)| by.0).collect();
    let keys = vault::keys(app, &app.db, coordinator.organisation, &Vec::from_iter(authors)).await?;
    let told = |(proposal, by, reason): (&Proposal, PersonId, _)| match keys.open(&place(proposal, by), reason) {
        Ok(words) => (proposal.id, words.as_str().to_owned()),
        Err(closed) => (proposal.id, coordinator.lang.say(closed.key())),
    };
    Ok(reasons.into_iter().map(told).collect())
}
