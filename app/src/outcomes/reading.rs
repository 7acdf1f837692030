//! An agreed outcome as one of its readers comes to it, on a page of theirs. The pages of programmes, which come before, ask for it
//! through `features`.

use super::model::{Outcome, Reader};
use super::store;
use crate::app::App;
use crate::identity::{Part, Viewer};
use crate::mentorships::visibility::{Relation, Visibility, may_read, place_of};
use crate::mentorships::{Mentorship, these};
use crate::problems::Failure;
use crate::programmes::{Released, Releases};
use crate::vault::{self, Closed, Keys, Words};

/// What was released to somebody as the holder of a part: four statements, however many lines there are.
pub const RELEASES: Releases = |app, viewer, part| Box::pin(async move { released(&app, &viewer, part).await });

pub(super) async fn released(app: &App, viewer: &Viewer, part: Part) -> Result<Vec<Released>, Failure> {
    let reader = Reader { person: viewer.person, part };
    let outcomes = store::released_to(&app.db, viewer.organisation, reader).await?;
    if outcomes.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<_> = outcomes.iter().map(|outcome| outcome.mentorship).collect();
    let pairs = these(&app.db, viewer.organisation, &ids).await?;
    let all: Vec<_> = ids.iter().map(|id| id.0).collect();
    let keys = vault::keys(app, &app.db, viewer.organisation, &all).await?;
    let told = |outcome: &Outcome| {
        let pair = pairs.iter().find(|pair| pair.id == outcome.mentorship)?;
        let released_at = outcome.released_at?;
        may_read(Visibility::Outcome, Relation::Named { released: true }).then(|| Released {
            edition: pair.edition,
            mentorship: pair.id.0,
            mentee: pair.mentee,
            mentee_name: pair.mentee_name.clone(),
            mentor_name: pair.mentor_name.clone(),
            line: line_of(&keys, pair, outcome),
            released_at,
        })
    };
    Ok(outcomes.iter().filter_map(told).collect())
}

/// What a line says. Whoever calls has asked whether the reader may read it.
pub(super) fn line_of(keys: &Keys, pair: &Mentorship, outcome: &Outcome) -> Result<Words, Closed> {
    let place = place_of(pair, outcome.author, Visibility::Outcome, ("outcomes", "words", outcome.id.0));
    keys.open(&place, &outcome.words)
}
