//! What the mentee has opened to both of their decisions, with what came.

use super::actions::place;
use super::model::{Came, Decision, Outcome, Said};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "journal", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    // Of those that are somebody's alone the mentor has none.
    let decisions = store::decisions(&app.db, pair.id, pair.mentor).await?;
    let both = decisions.iter().flat_map(|decision| {
        let forecast = forecast(glass, decision);
        [expected(decision, forecast.as_ref()), came(glass, decision, forecast.as_ref())]
    });
    Ok(both.flatten().collect())
}

/// What a decision says and since when, if that is opened.
type Forecast = (jiff::Timestamp, Result<Said, Closed>);

fn forecast(glass: &Glass, decision: &Decision) -> Option<Forecast> {
    let place = place(&glass.pair, decision, decision.visibility, "words");
    let (at, words) = glass.reads(decision.visibility, &place, &decision.words)?;
    Some((at, words.and_then(|words| Said::of(&words).ok_or(Closed::Refused))))
}

fn expected(decision: &Decision, forecast: Option<&Forecast>) -> Option<Opened> {
    let (at, said) = forecast?;
    let opened = Opened::new(Message::new("journal-field-question"), decision.author, *at);
    let said = match said {
        Ok(said) => said,
        Err(closed) => return Some(opened.said("journal-field-question", Err(*closed))),
    };
    let opened = opened
        .said("journal-field-question", Ok(said.question.clone()))
        .said("journal-field-alternatives", Ok(said.alternatives.clone()))
        .said("journal-field-choice", Ok(said.choice.clone()));
    let opened = said.expected.iter().fold(opened, |opened, expected| {
        opened.said_as(Message::new("journal-held").with("percent", expected.percent), Ok(expected.what.clone()))
    });
    Some(opened.said("journal-field-why", Ok(said.why.clone())))
}

fn came(glass: &Glass, decision: &Decision, forecast: Option<&Forecast>) -> Option<Opened> {
    let place = place(&glass.pair, decision, decision.visibility, "outcome");
    let (at, words) = glass.reads(decision.visibility, &place, &decision.resolved.as_ref()?.outcome)?;
    let opened = Opened::new(Message::new("journal-shelf-came"), decision.author, at);
    let outcome = match words.and_then(|words| Outcome::of(&words).ok_or(Closed::Refused)) {
        Ok(outcome) => outcome,
        Err(closed) => return Some(opened.said("journal-came-was", Err(closed))),
    };
    let came = match outcome.came {
        Came::Expected(place) => foreseen(glass, forecast, place),
        Came::None => Ok(Words::new(glass.lang.say("journal-came-none"))),
        Came::Unknown => Ok(Words::new(glass.lang.say("journal-came-unknown"))),
    };
    Some(opened.said("journal-came-was", came).said("journal-lesson", Ok(outcome.lesson)))
}

/// One of the things that were expected, in the words of the forecast where that is opened itself; or that it was one of them.
fn foreseen(glass: &Glass, forecast: Option<&Forecast>, place: usize) -> Result<Words, Closed> {
    let Some((_, said)) = forecast else { return Ok(Words::new(glass.lang.say("journal-shelf-foreseen"))) };
    let said = said.as_ref().map_err(|closed| *closed)?;
    Ok(said.expected.get(place).map_or_else(Words::default, |expected| expected.what.clone()))
}
