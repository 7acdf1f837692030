//! Changes of goals: who may, in one transaction, with the audit entry. The trail says that something was written, never what; of
//! a goal that is only its owner's it says nothing.

use super::checking::{figure, note, opened, place_of_check_in, place_of_figure, put_check_in, value_of};
use super::model::{
    CheckIn, Draft, Goal, GoalId, Kept, MOST_GOALS, Outcome, Said, Saying, Settled, Step, StepId, Tie, kept, reason,
};
use super::store::{self, Objective, Written};
use super::{asking, reminding};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of, reads};
use crate::mentorships::{Mentorship, MentorshipId, own_running};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Closed, Keys, Place, Sealed, Words};
use crate::{notices, programmes, transaction};

/// A mentorship whose goals somebody may change: they are of the pair, and it runs.
async fn writable(tx: &mut Tx, viewer: &Viewer, id: MentorshipId) -> Result<Mentorship, Failure> {
    own_running(tx, viewer, id, "goals-ended").await
}

/// A goal that somebody may read, in a mentorship that they may change.
async fn readable_goal(tx: &mut Tx, viewer: &Viewer, pair: &Mentorship, id: GoalId) -> Result<Goal, Failure> {
    let goal = store::goal(tx, id).await?.filter(|goal| goal.mentorship == pair.id);
    let goal = goal.filter(|goal| reads(goal.visibility, viewer, pair, goal.owner));
    Ok(goal.ok_or(Refusal::NotFound)?)
}

/// The same, if it is open: what was settled is taken up again first.
async fn open_goal(tx: &mut Tx, viewer: &Viewer, pair: &Mentorship, id: GoalId) -> Result<Goal, Failure> {
    let goal = readable_goal(tx, viewer, pair, id).await?;
    if goal.is_open() { Ok(goal) } else { Err(Problems::one("", Message::new("goals-settled-already")).into()) }
}

/// Where words of the goal stand.
pub(super) fn place(
    pair: &Mentorship,
    visibility: Visibility,
    author: PersonId,
    column: &'static str,
    id: GoalId,
) -> Place {
    place_of(pair, author, visibility, ("goals", column, id.0))
}

pub(super) fn place_of_step(pair: &Mentorship, visibility: Visibility, author: PersonId, id: StepId) -> Place {
    place_of(pair, author, visibility, ("goal_steps", "words", id.0))
}

pub(super) fn place_of_objective(pair: &Mentorship, author: PersonId) -> Place {
    place_of(pair, author, Visibility::Pair, ("goal_objectives", "words", pair.id.0))
}

/// What a goal says.
pub(super) fn said(keys: &Keys, pair: &Mentorship, goal: &Goal) -> Result<Said, Closed> {
    let words = keys.open(&place(pair, goal.visibility, goal.author, "words", goal.id), &goal.words)?;
    Said::of(&words).ok_or(Closed::Refused)
}

/// Opens the figures of goals, for whoever reads them: from where to where they lead, and how far they are.
pub(super) fn open_figures(keys: &Keys, pair: &Mentorship, goals: &mut [Goal]) {
    for goal in goals {
        if let Ok(said) = said(keys, pair, goal) {
            (goal.baseline, goal.target) = (said.baseline, said.target);
        }
        goal.last_value = goal.last_figure.as_ref().and_then(|last| {
            opened(keys, &place_of_figure(pair, goal.visibility, last.author, last.check_in), &last.sealed)
        });
    }
}

/// Why a goal was let go, or what there is to say of its being reached.
pub(super) fn reason_of(keys: &Keys, pair: &Mentorship, goal: &Goal) -> Option<Result<Words, Closed>> {
    let settled = goal.settled.as_ref()?;
    let place = place(pair, goal.visibility, settled.by, "reason", goal.id);
    settled.reason.as_ref().map(|reason| keys.open(&place, reason))
}

pub(super) fn step_of(keys: &Keys, pair: &Mentorship, goal: &Goal, step: &Step) -> Result<Words, Closed> {
    keys.open(&place_of_step(pair, goal.visibility, step.author, step.id), &step.words)
}

pub(super) fn line_of(
    keys: &Keys,
    pair: &Mentorship,
    goal: &Goal,
    check_in: &CheckIn,
) -> Option<Result<Words, Closed>> {
    let place = place_of_check_in(pair, goal.visibility, check_in.author, check_in.id);
    check_in.words.as_ref().map(|words| keys.open(&place, words))
}

pub(super) fn objective_of(keys: &Keys, pair: &Mentorship, objective: &Objective) -> Result<Words, Closed> {
    keys.open(&place_of_objective(pair, objective.author), &objective.words)
}

/// What a goal leads to has to be there: a competency of the edition's framework, and a long-term goal that takes it in.
async fn fits(tx: &mut Tx, viewer: &Viewer, pair: &Mentorship, id: GoalId, draft: &Draft) -> Result<(), Failure> {
    if let Some(Tie::Competency(key)) = &draft.tie {
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        let framework = programmes::framework_of(&mut *tx, &edition).await?;
        if framework.is_none_or(|framework| framework.content.competency(key).is_none()) {
            return Err(Problems::one("tie", Message::new("goals-competency-unknown")).into());
        }
    }
    let Some(parent) = draft.parent else { return Ok(()) };
    let parent = readable_goal(tx, viewer, pair, parent).await?;
    if parent.id == id {
        return Err(Problems::one("parent", Message::new("goals-parent-short")).into());
    }
    Ok(draft.fits_under(&parent)?)
}

/// Writes a goal down. Either of the two may; it is its writer's.
pub async fn add(app: &App, viewer: &Viewer, id: MentorshipId, draft: &Draft) -> Result<GoalId, Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let goal = GoalId(app.id());
        fits(tx, viewer, &pair, goal, draft).await?;
        if store::count(tx, id).await? >= MOST_GOALS {
            return Err(Problems::one("", Message::new("goals-many").with("most", MOST_GOALS)).into());
        }
        let place = place(&pair, draft.visibility, viewer.person, "words", goal);
        let words = vault::seal(app, tx, &place, &draft.words()).await?;
        let written = Written { draft, words, by: viewer.person, at: app.now() };
        store::add(tx, (pair.organisation, id), goal, &written).await?;
        put_steps(app, tx, viewer, &pair, (goal, draft), &[]).await?;
        reminding::on_its_day(app, tx, &pair, (goal, viewer.person), draft.due).await?;
        note(app, tx, viewer.person, &pair, (draft.visibility, goal), "goals.add").await?;
        Ok(goal)
    })
}

/// Writes a goal anew over the version that was read. One that was only its owner's may become the pair's, with everything that was
/// said of it; what the pair has read is the pair's.
pub(super) async fn write(
    app: &App,
    viewer: &Viewer,
    (id, goal, version): (MentorshipId, GoalId, i64),
    draft: &Draft,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let before = readable_goal(tx, viewer, &pair, goal).await?;
        if before.version != version || !before.is_open() {
            return Err(Refusal::Conflict.into());
        }
        fits(tx, viewer, &pair, goal, draft).await?;
        if before.visibility == Visibility::Pair && draft.visibility != Visibility::Pair {
            return Err(Problems::one("visibility", Message::new("goals-visibility-back")).into());
        }
        let keys = vault::keys(app, &mut *tx, pair.organisation, &[id.0]).await?;
        let old = old_steps(tx, &keys, &pair, &before).await?;
        if before.visibility != draft.visibility {
            reseal_check_ins(app, tx, &keys, &pair, (&before, draft.visibility)).await?;
        }
        let is_opened = before.visibility != draft.visibility;
        let (by, words) = words_anew(app, tx, viewer, &keys, &pair, (&before, draft)).await?;
        let written = Written { draft, words, by, at: app.now() };
        if !store::write(tx, goal, version, &written).await? {
            return Err(Refusal::Conflict.into());
        }
        put_steps(app, tx, viewer, &pair, (goal, draft), &if is_opened { resealed(&old) } else { old.clone() }).await?;
        if before.due != draft.due {
            notices::overtake(tx, &[before.owner], goal.0, app.now()).await?;
        }
        reminding::on_its_day(app, tx, &pair, (goal, before.owner), draft.due).await?;
        note(app, tx, viewer.person, &pair, (draft.visibility, goal), "goals.write").await
    })
}

/// The words of a goal as they are written now, and whose they are. Where they say what they said, for the same readers, they stay their
/// author's and as they were: another date is no other word.
async fn words_anew(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    keys: &Keys,
    pair: &Mentorship,
    (before, draft): (&Goal, &Draft),
) -> Result<(PersonId, Sealed), Failure> {
    let place_of = |author| place(pair, draft.visibility, author, "words", before.id);
    let is_as_wide = before.visibility == draft.visibility;
    if is_as_wide && keys.says(&place_of(before.author), &before.words, &draft.words()) {
        return Ok((before.author, before.words.clone()));
    }
    Ok((viewer.person, vault::seal(app, tx, &place_of(viewer.person), &draft.words()).await?))
}

/// A step with its words, and whether they stay sealed as they are.
#[derive(Clone, Debug)]
struct Old {
    step: Step,
    words: Words,
    stays: bool,
}

fn resealed(old: &[Old]) -> Vec<Old> {
    old.iter().map(|old| Old { stays: false, ..old.clone() }).collect()
}

/// The steps of a goal. One whose author was erased says nothing any more and goes with the next writing.
async fn old_steps(tx: &mut Tx, keys: &Keys, pair: &Mentorship, goal: &Goal) -> Result<Vec<Old>, Failure> {
    let steps = store::steps(&mut *tx, pair.id).await?.into_iter().filter(|step| step.goal == goal.id);
    let opened = steps.map(|step| {
        let words = step_of(keys, pair, goal, &step).unwrap_or_default();
        Old { step, words, stays: true }
    });
    Ok(opened.collect())
}

async fn put_steps(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    pair: &Mentorship,
    (goal, draft): (GoalId, &Draft),
    old: &[Old],
) -> Result<(), Failure> {
    let known: Vec<(StepId, Words)> = old.iter().map(|old| (old.step.id, old.words.clone())).collect();
    let now = kept(&known, &draft.steps);
    for gone in old.iter().filter(|old| !now.contains(&Kept::Old(old.step.id))) {
        store::drop_step(tx, gone.step.id).await?;
    }
    for (place, (step, words)) in now.iter().zip(&draft.steps).enumerate() {
        let before = match step {
            Kept::Old(id) => old.iter().find(|old| old.step.id == *id),
            Kept::New(_) => None,
        };
        let (id, author) =
            before.map_or_else(|| (StepId(app.id()), viewer.person), |old| (old.step.id, old.step.author));
        let sealed = match before.filter(|old| old.stays) {
            Some(old) => old.step.words.clone(),
            None => vault::seal(app, tx, &place_of_step(pair, draft.visibility, author, id), words).await?,
        };
        let step = Step { id, goal, author, words: sealed, done_at: before.and_then(|old| old.step.done_at) };
        store::put_step(tx, pair.organisation, (&step, place)).await?;
    }
    Ok(())
}

/// What was said of a goal while it was its owner's alone is sealed anew for whoever reads it from now on.
async fn reseal_check_ins(
    app: &App,
    tx: &mut Tx,
    keys: &Keys,
    pair: &Mentorship,
    (goal, visibility): (&Goal, Visibility),
) -> Result<(), Failure> {
    for check_in in store::all_check_ins(tx, goal.id).await? {
        let (by, id) = (check_in.author, check_in.id);
        // What does not open here opens nowhere else either.
        let words = match line_of(keys, pair, goal, &check_in) {
            Some(Ok(words)) => Some(vault::seal(app, tx, &place_of_check_in(pair, visibility, by, id), &words).await?),
            _ => check_in.words.clone(),
        };
        let figure = match value_of(keys, pair, goal, &check_in) {
            Some(value) => {
                Some(vault::seal(app, tx, &place_of_figure(pair, visibility, by, id), &figure(value)).await?)
            }
            None => check_in.figure.clone(),
        };
        store::reseal_check_in(tx, id, (figure, words)).await?;
    }
    Ok(())
}

/// Says how a goal goes: a value, a line, or both.
pub async fn check_in(
    app: &App,
    viewer: &Viewer,
    (id, goal): (MentorshipId, GoalId),
    saying: &Saying,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let goal = open_goal(tx, viewer, &pair, goal).await?;
        put_check_in(app, tx, &pair, &goal, viewer.person, saying).await?;
        asking::answered(app, tx, &pair, (viewer.person, goal.visibility)).await?;
        note(app, tx, viewer.person, &pair, (goal.visibility, goal.id), "goals.check-in").await
    })
}

/// Ticks a step, or takes the tick away. To do it twice changes nothing.
pub async fn tick(
    app: &App,
    viewer: &Viewer,
    (id, goal): (MentorshipId, GoalId),
    step: StepId,
    done: bool,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let goal = open_goal(tx, viewer, &pair, goal).await?;
        if !store::tick(tx, goal.id, step, done.then(|| app.now())).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer.person, &pair, (goal.visibility, goal.id), "goals.step").await
    })
}

/// Says what became of a goal: reached, or let go with a reason. It can be taken up again.
pub async fn settle(
    app: &App,
    viewer: &Viewer,
    (id, goal, version): (MentorshipId, GoalId, i64),
    outcome: Outcome,
    why: &str,
) -> Result<(), Failure> {
    let why = reason(outcome, why)?;
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let goal = readable_goal(tx, viewer, &pair, goal).await?;
        let place = place(&pair, goal.visibility, viewer.person, "reason", goal.id);
        let reason = match &why {
            Some(words) => Some(vault::seal(app, tx, &place, words).await?),
            None => None,
        };
        let settled = Settled { outcome, at: app.now(), by: viewer.person, reason };
        if !store::settle(tx, goal.id, version, &settled).await? {
            return Err(Refusal::Conflict.into());
        }
        // That it is due is no longer so.
        notices::overtake(tx, &[goal.owner], goal.id.0, app.now()).await?;
        note(app, tx, viewer.person, &pair, (goal.visibility, goal.id), "goals.settle").await
    })
}

/// Takes a goal up again.
pub(super) async fn reopen(
    app: &App,
    viewer: &Viewer,
    (id, goal, version): (MentorshipId, GoalId, i64),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        let goal = readable_goal(tx, viewer, &pair, goal).await?;
        if !store::reopen(tx, goal.id, version).await? {
            return Err(Refusal::Conflict.into());
        }
        note(app, tx, viewer.person, &pair, (goal.visibility, goal.id), "goals.reopen").await
    })
}

/// Writes the career objective. It is the mentee's to say.
pub async fn write_objective(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    version: i64,
    words: &Words,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let pair = writable(tx, viewer, id).await?;
        if pair.mentee != viewer.person {
            return Err(Refusal::NotFound.into());
        }
        let before = store::objective(&mut *tx, id).await?.map(|before| before.words);
        let place = place_of_objective(&pair, viewer.person);
        let sealed = vault::seal_over(app, tx, &place, words, before.as_ref()).await?;
        let by = (viewer.person, app.now());
        if !store::write_objective(tx, (pair.organisation, id), by, &sealed, version).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(pair.organisation.0, viewer.person.0, "goals.objective");
        audit::note(app, tx, note.about("mentorship", pair.id.0)).await?;
        Ok(())
    })
}
