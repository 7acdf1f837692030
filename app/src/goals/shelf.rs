//! What the two share of their goals: the objective, the goals with their steps, how they went and why they were settled.

use super::actions::{place, place_of_objective, place_of_step};
use super::checking::place_of_check_in;
use super::model::{Goal, Said, Step};
use super::store::{self, Objective};
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "goals", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let pair = &glass.pair;
    let mut opened: Vec<Opened> =
        store::objective(&app.db, pair.id).await?.iter().filter_map(|objective| aimed_at(glass, objective)).collect();
    // Of those that are somebody's alone the mentor has none of the mentee's, and his own the rule keeps back.
    let goals = store::goals(&app.db, pair.id, pair.mentee).await?;
    let steps = store::steps(&app.db, pair.id).await?;
    for goal in &goals {
        opened.extend(whole(glass, goal));
        let own = steps.iter().filter(|step| step.goal == goal.id);
        opened.extend(own.filter_map(|step| stepped(glass, goal, step)));
        opened.extend(settled(glass, goal));
    }
    for check_in in store::shared_check_ins(&app.db, pair.id).await? {
        let Some(goal) = goals.iter().find(|goal| goal.id == check_in.goal) else { continue };
        let place = place_of_check_in(pair, goal.visibility, check_in.author, check_in.id);
        let read = check_in.words.as_ref().and_then(|words| glass.reads(goal.visibility, &place, words));
        opened.extend(read.map(|(at, line)| {
            Opened::new(Message::new("goals-shelf-check-in"), check_in.author, at).said("goals-line", line)
        }));
    }
    Ok(opened)
}

fn aimed_at(glass: &Glass, objective: &Objective) -> Option<Opened> {
    let place = place_of_objective(&glass.pair, objective.author);
    let (at, words) = glass.reads(Visibility::Pair, &place, &objective.words)?;
    Some(Opened::new(Message::new("goals-objective"), objective.author, at).said("goals-objective-label", words))
}

fn whole(glass: &Glass, goal: &Goal) -> Option<Opened> {
    let place = place(&glass.pair, goal.visibility, goal.author, "words", goal.id);
    let (at, words) = glass.reads(goal.visibility, &place, &goal.words)?;
    let (statement, measure) = match words.and_then(|words| Said::of(&words).ok_or(Closed::Refused)) {
        Ok(said) => (Ok(said.statement), Ok(said.measure)),
        Err(closed) => (Err(closed), Ok(Words::default())),
    };
    let opened = Opened::new(Message::new("goals-shelf-goal"), goal.author, at);
    Some(opened.said("goals-field-statement", statement).said("goals-field-measure", measure))
}

/// Each step is its writer's, and opens or not for itself.
fn stepped(glass: &Glass, goal: &Goal, step: &Step) -> Option<Opened> {
    let place = place_of_step(&glass.pair, goal.visibility, step.author, step.id);
    let (at, words) = glass.reads(goal.visibility, &place, &step.words)?;
    Some(Opened::new(Message::new("goals-shelf-step"), step.author, at).said("goals-field-steps", words))
}

fn settled(glass: &Glass, goal: &Goal) -> Option<Opened> {
    let settled = goal.settled.as_ref()?;
    let place = place(&glass.pair, goal.visibility, settled.by, "reason", goal.id);
    let (at, reason) = glass.reads(goal.visibility, &place, settled.reason.as_ref()?)?;
    Some(Opened::new(Message::new("goals-shelf-settled"), settled.by, at).said("goals-reason", reason))
}
