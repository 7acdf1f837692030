//! Answers are forgotten a day after they were given: each hour in which some were kept has one job that does it.

use jiff::Timestamp;
use serde_json::Value as Json;

use super::{KEPT, store};
use crate::app::App;
use crate::db::{Error, Tx};
use crate::jobs::{self, Job, Kind};
use crate::transaction;

const FORGET: &str = "web.forget-answers";

pub(in crate::web) const KINDS: &[Kind] = &[Kind { name: FORGET, run: |app, job| Box::pin(forget(app, job)) }];

const HOUR: i64 = 3600;

/// Has what is kept in this hour forgotten a day after its end.
pub(super) async fn forget_later(app: &App, tx: &mut Tx) -> Result<(), Error> {
    let end = (app.now().as_second().div_euclid(HOUR) + 1) * HOUR;
    let id = jobs::made_of(&[FORGET.as_bytes(), &end.to_be_bytes()]);
    let due = Timestamp::from_second(end).unwrap_or(Timestamp::MAX).saturating_add(KEPT).unwrap_or(Timestamp::MAX);
    jobs::add_once(app, tx, None, FORGET, (id, &Json::Null), due).await
}

async fn forget(app: App, _: Job) -> anyhow::Result<()> {
    let since = app.now() - KEPT;
    transaction!(app.db, tx => store::forget(tx, since).await)?;
    Ok(())
}
