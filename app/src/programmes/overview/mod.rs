//! An edition at a glance, for those who look on from outside: counts and dates, no content.

mod api;
mod pages;

use crate::app::App;
use crate::identity::{Act, Record, Scope, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Refusal};
use crate::programmes::enrolments::store::Counts;
use crate::programmes::model::{Edition, EditionId, Standing};
use crate::programmes::store;
use crate::web::Door;

pub(super) fn doors() -> Vec<Door> {
    [pages::doors(), api::doors()].concat()
}

fn looks_on(viewer: &Viewer, edition: &Edition) -> bool {
    let record = Record { scope: Some(Scope::Edition(edition.id.0)), ..Record::of_organisation(edition.organisation) };
    viewer.may(Act::ReadEdition, &record)
}

/// An edition at which this person looks on.
async fn looked_at(app: &App, viewer: &Viewer, id: EditionId) -> Result<Edition, Failure> {
    let edition = store::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if looks_on(viewer, &edition) { Ok(edition) } else { Err(Refusal::NotFound.into()) }
}

/// Those at which this person looks on, the newest first, after one of them or from the beginning; and after which there are more.
async fn looked_at_after(
    app: &App,
    viewer: &Viewer,
    after: Option<EditionId>,
    most: usize,
) -> Result<(Vec<Edition>, Option<EditionId>), Failure> {
    let mut editions = store::editions(&app.db, viewer.organisation).await?;
    editions.retain(|edition| looks_on(viewer, edition));
    let begin = after.and_then(|after| editions.iter().position(|edition| edition.id == after)).map_or(0, |at| at + 1);
    editions.drain(..begin);
    let has_more = editions.len() > most;
    editions.truncate(most);
    let more = editions.last().filter(|_| has_more).map(|last| last.id);
    Ok((editions, more))
}

/// Those in which somebody stands, and that of taking part.
fn standings(counts: &Counts) -> Vec<(Standing, [i64; 2])> {
    let of = |standing| (standing, Side::BOTH.map(|side| counts.of(side, standing)));
    let stands = |(standing, [mentees, mentors]): &(Standing, [i64; 2])| {
        *standing == Standing::Enrolled || mentees + mentors > 0
    };
    Standing::ALL.map(of).into_iter().filter(stands).collect()
}
