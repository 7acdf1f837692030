//! What the two share of their goals: the objective, the goals with their steps, how they went and why they were settled.

use super::actions::{line_of, objective_of, reason_of, said, step_of};
use super::model::{Goal, Step};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::mentorships::shelves::{Glass, Opened, Shelf};
use crate::mentorships::visibility::Visibility;
use crate::problems::Failure;
use crate::vault::{Closed, Words};

pub const SHELF: Shelf =
    Shelf { name: "goals", opens: |app, glass| Box::pin(async move { opens(&app, &glass).await }) };

async fn opens(app: &App, glass: &Glass) -> Result<Vec<Opened>, Failure> {
    let (keys, pair) = (&glass.keys, &glass.pair);
    let mut opened = Vec::new();
    if let Some(objective) = store::objective(&app.db, pair.id).await?
        && glass.opens(Visibility::Pair, objective.changed_at)
    {
        let words = objective_of(keys, pair, &objective);
        let title = Message::new("goals-objective");
        opened.push(Opened::new(title, objective.author, objective.changed_at).said("goals-objective-label", words));
    }
    let goals = store::goals(&app.db, pair.id, pair.mentee).await?;
    let steps = store::steps(&app.db, pair.id).await?;
    for goal in &goals {
        if glass.opens(goal.visibility, goal.changed_at) {
            opened.push(whole(glass, goal, &steps));
        }
        if let Some(settled) = &goal.settled
            && let Some(reason) = reason_of(keys, pair, goal)
            && glass.opens(goal.visibility, settled.at)
        {
            let title = Message::new("goals-shelf-settled");
            opened.push(Opened::new(title, settled.by, settled.at).said("goals-reason", reason));
        }
    }
    for (check_in, written) in store::shared_check_ins(&app.db, pair.id).await? {
        let goal = goals.iter().find(|goal| goal.id == check_in.goal);
        let Some(goal) = goal.filter(|goal| glass.opens(goal.visibility, written)) else { continue };
        let Some(line) = line_of(keys, pair, goal, &check_in) else { continue };
        let title = Message::new("goals-shelf-check-in");
        opened.push(Opened::new(title, check_in.author, written).said("goals-line", line));
    }
    Ok(opened)
}

fn whole(glass: &Glass, goal: &Goal, steps: &[Step]) -> Opened {
    let said = said(&glass.keys, &glass.pair, goal);
    let (statement, measure) = match said {
        Ok(said) => (Ok(said.statement), Ok(said.measure)),
        Err(closed) => (Err(closed), Ok(Words::default())),
    };
    let opened = Opened::new(Message::new("goals-shelf-goal"), goal.author, goal.changed_at);
    let opened = opened.said("goals-field-statement", statement).said("goals-field-measure", measure);
    let steps =
        steps.iter().filter(|step| step.goal == goal.id).map(|step| step_of(&glass.keys, &glass.pair, goal, step));
    steps.fold(opened, |opened, step: Result<Words, Closed>| opened.said("goals-field-steps", step))
}
