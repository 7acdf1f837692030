//! On the day of a promise whoever owes it is reminded, once, unless it was kept before.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::letters::page_of;
use super::model::PromiseId;
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, PersonCore};
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Notice};
use crate::people::model::Side;
use crate::transaction;

/// The job that reminds.
const DAY: &str = "meetings.promise-day";
/// The job that looks at what was promised before an upgrade; what is promised since has its own.
const BEFORE: &str = "meetings.promises-before";
/// The notice that it gives.
const PROMISED: &str = "meetings.promised";

pub(super) const JOB: Kind = Kind { name: DAY, run: |app, job| Box::pin(remind(app, job)) };
pub(super) const LOOK: Kind = Kind { name: BEFORE, run: |app, job| Box::pin(look(app, job)) };

pub(super) const NOTICE: notices::Kind = notices::Kind {
    name: PROMISED,
    label: "meetings-notice-promised-label",
    mail: "meetings-notice-promised-mail",
    ends: true,
    act: Act::TakePart,
    ..notices::Kind::USUAL
};

#[derive(Serialize, Deserialize)]
struct Due {
    promise: PromiseId,
}

/// Has whoever owes a promise reminded when its day begins where they are. Of a day that has begun they have heard already.
pub(super) async fn on_its_day(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (promise, owed_by, due_on): (PromiseId, Side, Date),
) -> Result<(), Error> {
    let owing = identity::person(&mut *tx, pair.person_on(owed_by)).await?;
    let begins = owing.and_then(|owing| owing.begins_after(app.now(), due_on));
    remind_at(app, tx, pair, promise, begins).await
}

async fn remind_at(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    promise: PromiseId,
    at: Option<Timestamp>,
) -> Result<(), Error> {
    let Some(at) = at else { return Ok(()) };
    let id = jobs::made_of(&[DAY.as_bytes(), promise.0.as_bytes()]);
    let payload = serde_json::to_value(Due { promise }).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), DAY, (id, &payload), at).await
}

/// Has what was promised before an upgrade reminded of, of today or later; what is past stands on the pages.
async fn look(app: App, job: Job) -> anyhow::Result<()> {
    let Some(organisation) = job.organisation.map(OrganisationId) else { return Ok(()) };
    transaction!(app.db, tx => {
        let promises = store::promises_after(&mut *tx, organisation, (job.after(), jobs::PART)).await?;
        let ids: Vec<MentorshipId> = promises.iter().map(|(pair, ..)| *pair).collect();
        let pairs = mentorships::these(&mut *tx, organisation, &ids).await?;
        for (pair, promise, owed_by, due_on) in &promises {
            let running = pairs.iter().find(|one| one.id == *pair && one.ended_at.is_none());
            let Some(pair) = running else { continue };
            let owing = identity::person(&mut *tx, pair.person_on(*owed_by)).await?;
            let at = owing.and_then(|owing: PersonCore| owing.begins_or_lasts(app.now(), *due_on));
            remind_at(&app, tx, pair, *promise, at).await?;
        }
        jobs::go_on(&app, tx, &job, promises.last().map(|(_, promise, ..)| promise.0)).await
    })?;
    Ok(())
}

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let Due { promise } = serde_json::from_value(job.payload)?;
    let Some((pair, side)) = store::open_promise(&app.db, promise).await? else { return Ok(()) };
    let Some(pair) = mentorships::still_running(&app.db, pair).await? else { return Ok(()) };
    let text = Message::new("meetings-notice-promised").with("name", pair.other(side).0);
    let href = format!("{}#promises", page_of(pair.id));
    let notice = Notice::new(pair.organisation, pair.person_on(side), PROMISED, text, href);
    let notice = notice.about(promise.0).once(promise.to_string());
    Ok(notices::tell_now(&app, &[notice]).await?)
}
