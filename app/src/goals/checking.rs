//! A check-in as it is written, by whoever may, and what the trail says of a goal.

use jiff::civil::Date;

use super::model::{CheckInId, Goal, GoalId, Saying};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::identity::PersonId;
use crate::mentorships::Mentorship;
use crate::mentorships::visibility::{Visibility, place_of};
use crate::problems::{Failure, Refusal};
use crate::programmes::{self, Edition};
use crate::vault::{self, Place};

pub(super) fn place_of_check_in(pair: &Mentorship, visibility: Visibility, author: PersonId, id: CheckInId) -> Place {
    place_of(pair, author, visibility, ("goal_check_ins", "words", id.0))
}

/// Today, where the edition counts its days.
pub(super) fn today(app: &App, edition: &Edition) -> Date {
    app.now().to_zoned_datetime(edition.settings.calendar.time_zone()).date()
}

pub(super) async fn put_check_in(
    app: &App,
    tx: &mut Tx,
    pair: &Mentorship,
    goal: &Goal,
    author: PersonId,
    saying: &Saying,
) -> Result<(), Failure> {
    let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
    let saying = Saying::parse(saying.clone(), today(app, &edition))?;
    let check_in = CheckInId(app.id());
    let place = place_of_check_in(pair, goal.visibility, author, check_in);
    let words = match saying.line.as_str() {
        "" => None,
        _ => Some(vault::seal(app, tx, &place, &saying.line).await?),
    };
    let by = (author, app.now());
    Ok(store::add_check_in(tx, pair.organisation, (goal.id, check_in), by, (&saying, words)).await?)
}

/// The trail says that something was written, never what; of a goal that is only its owner's it says nothing.
pub(super) async fn note(
    app: &App,
    tx: &mut Tx,
    by: PersonId,
    pair: &Mentorship,
    (visibility, goal): (Visibility, GoalId),
    verb: &'static str,
) -> Result<(), Failure> {
    if visibility == Visibility::OnlyMe {
        return Ok(());
    }
    let note = Note::new(pair.organisation.0, by.0, verb).about("mentorship", pair.id.0);
    audit::note(app, tx, note.with(serde_json::json!({ "goal": goal }))).await?;
    Ok(())
}
