//! What the mentee has opened to both of their decisions, with what came.

use super::actions::{outcome_of, said};
use super::model::{Came, Decision};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::problems::Failure;
use crate::vault::Words;

pub const SHELF: Shelf =
    Shelf { name: "journal", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    // Of those that are somebody's alone the mentor has none.
    let decisions = store::decisions(&app.db, pair.id, pair.mentor).await?;
    Ok(decisions.iter().flat_map(|decision| [expected(glass, decision), came(glass, decision)]).flatten().collect())
}

fn expected(glass: &Glass, decision: &Decision) -> Option<Opened> {
    if !glass.opens(decision.visibility, decision.changed_at) {
        return None;
    }
    let opened = Opened::new(Message::new("journal-field-question"), decision.author, decision.changed_at);
    let said = match said(&glass.keys, &glass.pair, decision) {
        Ok(said) => said,
        Err(closed) => return Some(opened.said("journal-field-question", Err(closed))),
    };
    let opened = opened
        .said("journal-field-question", Ok(said.question))
        .said("journal-field-alternatives", Ok(said.alternatives))
        .said("journal-field-choice", Ok(said.choice));
    let expected = said.expected.into_iter();
    let opened = expected.fold(opened, |opened, expected| {
        opened.said_as(Message::new("journal-held").with("percent", expected.percent), Ok(expected.what))
    });
    Some(opened.said("journal-field-why", Ok(said.why)))
}

fn came(glass: &Glass, decision: &Decision) -> Option<Opened> {
    let at = decision.resolved.as_ref()?.at;
    if !glass.opens(decision.visibility, at) {
        return None;
    }
    let opened = Opened::new(Message::new("journal-shelf-came"), decision.author, at);
    let outcome = match outcome_of(&glass.keys, &glass.pair, decision)? {
        Ok(outcome) => outcome,
        Err(closed) => return Some(opened.said("journal-came-was", Err(closed))),
    };
    let came = match outcome.came {
        Came::Expected(place) => said(&glass.keys, &glass.pair, decision)
            .map(|said| said.expected.into_iter().nth(place).map_or_else(Words::default, |expected| expected.what)),
        Came::None => Ok(Words::new(glass.lang.say("journal-came-none"))),
        Came::Unknown => Ok(Words::new(glass.lang.say("journal-came-unknown"))),
    };
    Some(opened.said("journal-came-was", came).said("journal-lesson", Ok(outcome.lesson)))
}
