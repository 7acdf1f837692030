//! On the day on which it can be known what came of a decision its author is asked, once; also of one that is theirs alone.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use super::model::DecisionId;
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::jobs::{self, Job, Kind};
use crate::mentorships::{self, Mentorship};
use crate::notices::{self, Notice};

/// The job that asks.
const KNOWN: &str = "journal.known";
/// The notice that it gives.
const DUE: &str = "journal.due";

pub(super) const JOBS: &[Kind] = &[Kind { name: KNOWN, run: |app, job| Box::pin(ask(app, job)) }];

pub(super) const NOTICES: &[notices::Kind] = &[notices::Kind {
    name: DUE,
    label: "journal-notice-due-label",
    mail: "journal-notice-due-mail",
    outside: false,
    ends: true,
    act: crate::identity::Act::TakePart,
    ..notices::Kind::USUAL
}];

#[derive(Serialize, Deserialize)]
struct Known {
    decision: DecisionId,
    on: Date,
}

/// Has the author of a decision asked on its day, if nobody has yet.
pub(super) async fn on(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    (decision, on): (DecisionId, Date),
    zone: &TimeZone,
) -> Result<(), Error> {
    let id = jobs::made_of(&[KNOWN.as_bytes(), decision.0.as_bytes(), on.to_string().as_bytes()]);
    let payload = serde_json::to_value(Known { decision, on }).unwrap_or_default();
    let due = zone.to_timestamp(on.at(0, 0, 0, 0)).unwrap_or_else(|_| app.now());
    jobs::add_once(app, tx, Some(pair.organisation.0), KNOWN, (id, &payload), due).await
}

/// Nobody is asked of what was resolved, or of which another day was named since.
async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let Known { decision, on } = serde_json::from_value(job.payload)?;
    let found = store::decision(&app.db, decision).await?.filter(|found| found.is_open() && found.known_on == on);
    let Some(found) = found else { return Ok(()) };
    let Some(pair) = mentorships::still_running(&app.db, found.mentorship).await? else { return Ok(()) };
    let href = format!("/mentorships/{}/journal/{decision}", pair.id);
    let notice = Notice::new(pair.organisation, found.author, DUE, Message::new("journal-notice-due"), href);
    let notice = notice.about(decision.0).once(format!("{decision}:{on}"));
    Ok(notices::tell_now(&app, &[notice]).await?)
}
