//! On the day of a promise whoever owes it is reminded, once, unless it was kept before.

use serde::{Deserialize, Serialize};

use super::letters::page_of;
use super::model::{Promise, PromiseId};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act};
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship};
use crate::notices::{self, Notice};

/// The job that reminds.
const DAY: &str = "meetings.promise-day";
/// The notice that it gives.
const PROMISED: &str = "meetings.promised";

pub(super) const JOB: Kind = Kind { name: DAY, run: |app, job| Box::pin(remind(app, job)) };

pub(super) const NOTICE: notices::Kind = notices::Kind {
    name: PROMISED,
    label: "meetings-notice-promised-label",
    mail: "meetings-notice-promised-mail",
    act: Act::TakePart,
    ..notices::Kind::USUAL
};

#[derive(Serialize, Deserialize)]
struct Due {
    promise: PromiseId,
}

/// Has whoever owes a promise reminded when its day begins where they are. Of a day that has begun they have heard already.
pub(super) async fn on_its_day(app: &App, tx: &mut Tx, pair: &Mentorship, promise: &Promise) -> Result<(), Error> {
    let owing = identity::person(&mut *tx, pair.person_on(promise.owed_by)).await?;
    let Some(begins) = owing.and_then(|owing| owing.begins_after(app.now(), promise.due_on)) else { return Ok(()) };
    let id = jobs::made_of(&[DAY.as_bytes(), promise.id.0.as_bytes()]);
    let payload = serde_json::to_value(Due { promise: promise.id }).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), DAY, (id, &payload), begins).await
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
