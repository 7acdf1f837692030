//! On the day by which a goal was to be reached its owner is told, once, if it is still open; also of one that is theirs alone.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::asking::PATH;
use super::model::{Goal, GoalId};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, PersonId};
use crate::jobs::{self, Job, Kind};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Letter, Notice, Told};
use crate::transaction;

/// The job that tells.
const DAY: &str = "goals.due-day";
/// The job that looks at the goals of before an upgrade; what is written since has its own.
const BEFORE: &str = "goals.due-before";
/// The notice that it gives.
pub(super) const DUE: &str = "goals.due";

pub(super) const JOBS: &[Kind] = &[
    Kind { name: DAY, run: |app, job| Box::pin(remind(app, job)) },
    Kind { name: BEFORE, run: |app, job| Box::pin(look(app, job)) },
];

pub(super) const NOTICE: notices::Kind = notices::Kind {
    name: DUE,
    label: "goals-due-label",
    mail: "goals-due-mail",
    acts: true,
    ends: true,
    act: Act::TakePart,
    writes: Some(|app, told| Box::pin(async move { letter(&app, &told).await })),
    ..notices::Kind::USUAL
};

#[derive(Serialize, Deserialize)]
struct Due {
    goal: GoalId,
    on: Date,
}

/// Has the owner of a goal told when its day begins where they are. A day that has begun is before whoever writes it.
pub(super) async fn on_its_day(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (goal, owner): (GoalId, PersonId),
    on: Option<Date>,
) -> Result<(), Error> {
    let Some(on) = on else { return Ok(()) };
    let owner = identity::person(&mut *tx, owner).await?;
    let begins = owner.and_then(|owner| owner.begins_after(app.now(), on));
    remind_at(app, tx, pair, (goal, on), begins).await
}

async fn remind_at(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (goal, on): (GoalId, Date),
    at: Option<Timestamp>,
) -> Result<(), Error> {
    let Some(at) = at else { return Ok(()) };
    let id = jobs::made_of(&[DAY.as_bytes(), goal.0.as_bytes(), on.to_string().as_bytes()]);
    let payload = serde_json::to_value(Due { goal, on }).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), DAY, (id, &payload), at).await
}

/// Has the owners of goals of before an upgrade told, of those due today or later; what is past stands on the pages.
async fn look(app: App, job: Job) -> anyhow::Result<()> {
    let Some(organisation) = job.organisation.map(OrganisationId) else { return Ok(()) };
    transaction!(app.db, tx => {
        let goals = store::due_after(&mut *tx, organisation, (job.after(), jobs::PART)).await?;
        let ids: Vec<MentorshipId> = goals.iter().map(|(pair, ..)| *pair).collect();
        let pairs = mentorships::these(&mut *tx, organisation, &ids).await?;
        for (pair, goal, owner, on) in &goals {
            let running = pairs.iter().find(|one| one.id == *pair && one.ended_at.is_none());
            let Some(pair) = running else { continue };
            let owner = identity::person(&mut *tx, *owner).await?;
            let at = owner.and_then(|owner| owner.begins_or_lasts(app.now(), *on));
            remind_at(&app, tx, pair, (*goal, *on), at).await?;
        }
        jobs::go_on(&app, tx, &job, goals.last().map(|(_, goal, ..)| goal.0)).await
    })?;
    Ok(())
}

/// The mail that tells; nothing when the goal is settled or its pair has ended. Of one that is the pair's its link leads to where it is said
/// how it goes, without signing in.
async fn letter(app: &App, told: &Told) -> anyhow::Result<Option<Letter>> {
    let Some(goal) = told.about.map(GoalId) else { return Ok(None) };
    let Some(goal) = store::goal(&app.db, goal).await?.filter(Goal::is_open) else { return Ok(None) };
    if mentorships::still_running(&app.db, goal.mentorship).await?.is_none() {
        return Ok(None);
    }
    let is_shared = goal.visibility == Visibility::Pair;
    let link = is_shared.then(|| notices::act_url(app, PATH, told.notice)).flatten();
    let page = || (Message::new("notices-mail-open"), told.url(app));
    let subject = Message::new("goals-due-mail");
    Ok(Some(Letter {
        paragraphs: vec![subject.clone()],
        subject,
        link: Some(link.map_or_else(page, |url| (Message::new("goals-due-mail-link"), url))),
        attached: None,
    }))
}

/// Nobody is told of what was settled, or of which another day was named since.
async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let Due { goal, on } = serde_json::from_value(job.payload)?;
    let found = store::goal(&app.db, goal).await?.filter(|found| found.is_open() && found.due == Some(on));
    let Some(found) = found else { return Ok(()) };
    let Some(pair) = mentorships::still_running(&app.db, found.mentorship).await? else { return Ok(()) };
    let href = format!("/mentorships/{}/goals/{goal}", pair.id);
    let notice = Notice::new(pair.organisation, found.owner, DUE, Message::new("goals-due-notice"), href);
    let notice = notice.about(goal.0).once(format!("{goal}:{on}"));
    Ok(notices::tell_now(&app, &[notice]).await?)
}
