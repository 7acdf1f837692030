//! What one of a pair promised the other is due on a day. On its morning whoever owes it is told, once.

use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::letters::page_of;
use super::model::{Promise, PromiseId};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act};
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::notices::{self, Notice};
use crate::transaction;

/// The job that looks on its day.
const DUE: &str = "meetings.promise-due";
/// The notice that it gives.
const OWED: &str = "meetings.promise-owed";

pub(super) const JOBS: &[Kind] = &[Kind { name: DUE, run: |app, job| Box::pin(remind(app, job)) }];

pub(super) const NOTICES: &[notices::Kind] = &[notices::Kind {
    name: OWED,
    label: "meetings-notice-owed-label",
    mail: "meetings-notice-owed-mail",
    act: Act::TakePart,
    ..notices::Kind::USUAL
}];

#[derive(Serialize, Deserialize)]
struct Due {
    mentorship: MentorshipId,
    promise: PromiseId,
}

/// Has whoever owes it told on its day, by their own clock.
pub(super) async fn on_its_day(app: &App, tx: &mut Tx, pair: &Mentorship, promise: &Promise) -> Result<(), Error> {
    let Some(owes) = identity::person(&mut *tx, pair.person_on(promise.owed_by)).await? else { return Ok(()) };
    let zone = TimeZone::get(&owes.zone).unwrap_or(TimeZone::UTC);
    let due = zone.to_timestamp(promise.due_on.at(0, 0, 0, 0)).unwrap_or_else(|_| app.now());
    // What is promised for today is known today.
    if due <= app.now() {
        return Ok(());
    }
    let id = jobs::made_of(&[DUE.as_bytes(), promise.id.0.as_bytes()]);
    let of = Due { mentorship: pair.id, promise: promise.id };
    let payload = serde_json::to_value(of).unwrap_or_default();
    jobs::add_once(app, tx, Some(pair.organisation.0), DUE, (id, &payload), due).await
}

async fn remind(app: App, job: Job) -> anyhow::Result<()> {
    let Due { mentorship, promise } = serde_json::from_value(job.payload)?;
    let pair = mentorships::mentorship(&app.db, mentorship).await?.filter(|pair| pair.ended_at.is_none());
    let Some(pair) = pair else { return Ok(()) };
    let open = store::promise(&app.db, (pair.id, promise)).await?.filter(|promise| promise.done_at.is_none());
    let Some(open) = open else { return Ok(()) };
    let text = Message::new("meetings-notice-owed").with("name", pair.other(open.owed_by).0);
    let notice = Notice::new(pair.organisation, pair.person_on(open.owed_by), OWED, text, page_of(pair.id));
    let notice = notice.about(promise.0).once(promise.to_string());
    let told: Result<(), Error> = transaction!(app.db, tx => notices::tell(&app, tx, &notice).await);
    Ok(told?)
}
