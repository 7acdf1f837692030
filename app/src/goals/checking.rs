//! A check-in as it is written, by whoever may, and what the trail says of a goal.

use jiff::civil::Date;

use super::model::{CheckIn, CheckInId, Goal, GoalId, Saying};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::Tx;
use crate::identity::PersonId;
use crate::mentorships::Mentorship;
use crate::mentorships::visibility::{Visibility, place_of};
use crate::problems::{Failure, Refusal};
use crate::programmes::{self, Edition};
use crate::vault::{self, Keys, Place, Sealed, Words};

pub(super) fn place_of_check_in(pair: &Mentorship, visibility: Visibility, author: PersonId, id: CheckInId) -> Place {
    place_of(pair, author, visibility, ("goal_check_ins", "words", id.0))
}

pub(super) fn place_of_figure(pair: &Mentorship, visibility: Visibility, author: PersonId, id: CheckInId) -> Place {
    place_of(pair, author, visibility, ("goal_check_ins", "figure", id.0))
}

/// A figure as it is sealed.
pub(super) fn figure(value: f64) -> Words {
    Words::new(value.to_string())
}

pub(super) fn opened(keys: &Keys, place: &Place, figure: &Sealed) -> Option<f64> {
    keys.open(place, figure).ok()?.as_str().parse().ok()
}

/// The figure of a check-in, where there is one that opens.
pub(super) fn value_of(keys: &Keys, pair: &Mentorship, goal: &Goal, check_in: &CheckIn) -> Option<f64> {
    opened(keys, &place_of_figure(pair, goal.visibility, check_in.author, check_in.id), check_in.figure.as_ref()?)
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
    let place = place_of_figure(pair, goal.visibility, author, check_in);
    let figure = match saying.value {
        Some(value) => Some(vault::seal(app, tx, &place, &figure(value)).await?),
        None => None,
    };
    let by = (author, app.now());
    Ok(store::add_check_in(tx, pair.organisation, (goal.id, check_in), by, (saying.on, figure, words)).await?)
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
