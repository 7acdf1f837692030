//! The clock of an edition that runs before there is a pair: whoever is enrolled to be mentored is assigned a mentor within so many
//! days, or the coordinators are told.

use serde::{Deserialize, Serialize};

use super::enrolments::store as enrolments;
use super::model::{Edition, EditionId, Phase};
use super::{said, store};
use crate::app::App;
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, Part};
use crate::jobs;
use crate::notices::{self, Kind, Notice, Way};
use crate::people::model::Side;
use crate::problems::Failure;
use crate::transaction;

/// The job that looks, when a day has gone by which somebody was to be assigned.
const LOOK: &str = "programmes.assign-by";
/// The notice to the coordinators.
const UNASSIGNED: &str = "programmes.unassigned";

pub(super) const JOBS: &[jobs::Kind] =
    &[jobs::Kind { name: LOOK, run: |app, job| Box::pin(async move { Ok(look(&app, edition_of(&job)?).await?) }) }];

pub(super) const NOTICES: &[Kind] = &[Kind {
    name: UNASSIGNED,
    label: "programmes-notice-unassigned-label",
    mail: "programmes-notice-unassigned-mail",
    way: Way::Daily,
    act: Act::ManageProgrammes,
    ..Kind::USUAL
}];

/// A look at an edition.
#[derive(Debug, Serialize, Deserialize)]
struct Asked {
    edition: EditionId,
}

/// The first look after an upgrade bears the edition as its own identifier.
fn edition_of(job: &jobs::Job) -> anyhow::Result<EditionId> {
    if job.payload.get("edition").is_none() {
        return Ok(EditionId(job.id));
    }
    let Asked { edition } = serde_json::from_value(job.payload.clone())?;
    Ok(edition)
}

/// How many mentees should have been assigned a mentor before today, and never were.
pub(super) async fn late(app: &App, edition: &Edition) -> Result<i64, Failure> {
    let Some(before) = edition.assigned_late_before(app.now()).filter(|_| edition.phase() == Phase::Open) else {
        return Ok(0);
    };
    let waiting = enrolments::enrolled_before(&app.db, (edition.id, Side::Mentee), before).await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let assigned = said::assigned(app, edition.id).await?;
    let late = waiting.into_iter().filter(|mentee| !assigned.contains(mentee)).count();
    Ok(i64::try_from(late).unwrap_or(i64::MAX))
}

/// Has it looked at when the next mentee who waits should have been assigned. Each look has the next one follow.
pub(super) async fn look_next(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Error> {
    let calendar = &edition.settings.calendar;
    let before = edition.assigned_late_before(app.now()).unwrap_or(jiff::Timestamp::MIN);
    let Some(first) = enrolments::first_mentee_from(&mut *tx, edition.id, before).await? else { return Ok(()) };
    let due_on = edition.assigned_by(calendar.day(first));
    let id = jobs::made_of(&[LOOK.as_bytes(), edition.id.0.as_bytes(), due_on.to_string().as_bytes()]);
    let payload = serde_json::to_value(Asked { edition: edition.id }).unwrap_or_default();
    let due = calendar.end_of(due_on).unwrap_or_else(|| app.now());
    jobs::add_once(app, tx, Some(edition.organisation.0), LOOK, (id, &payload), due).await
}

/// Tells the coordinators, if there is anybody to tell of, and has the next look follow.
async fn look(app: &App, id: EditionId) -> Result<(), Failure> {
    let Some(edition) = store::edition(&app.db, id).await? else { return Ok(()) };
    if edition.closed_at.is_some() {
        return Ok(());
    }
    let late = late(app, &edition).await?;
    let key = format!("{} {}", edition.id, edition.settings.calendar.day(app.now()));
    let text = Message::new("programmes-told-unassigned").with("count", late).with("edition", edition.name.as_str());
    let href = format!("/editions/{}/pairing", edition.id);
    transaction!(app.db, tx => {
        if late > 0 {
            let coordinators =
                identity::person_ids_with_part(&mut *tx, edition.organisation, Part::Coordinator).await?;
            let told = |to| {
                let notice = Notice::new(edition.organisation, to, UNASSIGNED, text.clone(), href.as_str());
                notice.about(edition.id.0).mailed(text.clone()).once(key.as_str())
            };
            let notices: Vec<Notice> = coordinators.into_iter().map(told).collect();
            notices::tell_all(app, tx, &notices).await?;
        }
        look_next(app, tx, &edition).await?;
        Ok::<(), Failure>(())
    })?;
    Ok(())
}
