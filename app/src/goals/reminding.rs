//! On the day by which a goal was to be reached its owner is told, once, if it is still open; also of one that is theirs alone.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::model::GoalId;
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, PersonId};
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship};
use crate::notices::{self, Notice};

/// The job that tells.
const DAY: &str = "goals.due-day";
/// The notice that it gives.
const DUE: &str = "goals.due";

pub(super) const JOBS: &[Kind] = &[Kind { name: DAY, run: |app, job| Box::pin(remind(app, job)) }];

pub(super) const NOTICE: notices::Kind = notices::Kind {
    name: DUE,
    label: "goals-due-label",
    mail: "goals-due-mail",
    act: Act::TakePart,
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
    let Some(begins) = owner.and_then(|owner| owner.begins_after(app.now(), on)) else { return Ok(()) };
    let id = jobs::made_of(&[DAY.as_bytes(), goal.0.as_bytes(), on.to_string().as_bytes()]);
    let payload = serde_json::to_value(Due { goal, on }).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), DAY, (id, &payload), begins).await
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
