//! The doors of sponsors and faculty.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, Record, Scope, Viewer};
use crate::people::model::Side;
use crate::problems::Refusal;
use crate::programmes::enrolments::store::{self, Counts, Listed};
use crate::programmes::model::{Edition, EditionId, Phase, Standing, Track};
use crate::programmes::pages::{Without, seats, without_anybody};
use crate::programmes::said::said;
use crate::programmes::store as editions;
use crate::programmes::store::ON_A_PAGE;
use crate::web::{Answer, Door, Path, Query, Shell, Who, page};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    let onlooker = Who::May(Act::ReadEdition);
    vec![Door::get("/overview", onlooker, list), Door::get("/overview/{edition}", onlooker, overview)]
}

#[derive(Template)]
#[template(path = "programmes/overview/list.html")]
struct ListPage {
    s: Shell,
    editions: Vec<Edition>,
}

fn record(edition: &Edition) -> Record {
    Record { scope: Some(Scope::Edition(edition.id.0)), ..Record::of_organisation(edition.organisation) }
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    let mut editions = editions::editions(&app.db, viewer.organisation).await?;
    editions.retain(|edition| viewer.may(Act::ReadEdition, &record(edition)));
    editions.truncate(ON_A_PAGE);
    page(&ListPage { s: Shell::of(&app, &viewer, "/overview"), editions })
}

#[derive(Template)]
#[template(path = "programmes/overview/edition.html")]
struct OverviewPage {
    s: Shell,
    edition: Edition,
    title: Message,
    enrolled: [i64; 2],
    seats: i64,
    /// The standings in which somebody stands, each with the counts of both sides.
    standings: Vec<(Standing, [i64; 2])>,
    /// What other features count: how many have a mentor, say.
    said: Vec<Message>,
    /// Students without a fall-back, for faculty: how many, and the first of them.
    students: Option<(Message, Vec<Listed>, Option<String>)>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Paged {
    after: String,
}

async fn overview(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(paged): Query<Paged>,
) -> Answer {
    let edition = editions::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ReadEdition, &record(&edition)) {
        return Err(Refusal::NotFound.into());
    }
    let counts = store::counts(&app.db, id).await?;
    let is_faculty = viewer.holds(Part::Faculty)
        || viewer.holds(Part::Coordinator)
        || viewer.parts.iter().any(|held| held.part == Part::Faculty && held.scope == Scope::Edition(id.0));
    let students = if is_faculty && edition.track == Track::Degree {
        let Without { count, students, more } = without_anybody(&app, &edition, &paged.after).await?;
        Some((Message::new("programmes-fallback-title").with("count", count), students, more))
    } else {
        None
    };
    let title = Message::new("programmes-overview-title")
        .with("edition", edition.name.as_str())
        .with("mentees", counts.enrolled(Side::Mentee))
        .with("mentors", counts.enrolled(Side::Mentor));
    page(&OverviewPage {
        s: Shell::of(&app, &viewer, "/overview"),
        title,
        enrolled: Side::BOTH.map(|side| counts.enrolled(side)),
        standings: standings(&counts),
        seats: seats(&app, &edition).await?,
        said: said(&app, &viewer, &edition).await?.counts,
        students,
        edition,
    })
}

/// Those in which somebody stands, and that of taking part.
fn standings(counts: &Counts) -> Vec<(Standing, [i64; 2])> {
    let of = |standing| (standing, Side::BOTH.map(|side| counts.of(side, standing)));
    let stands = |(standing, [mentees, mentors]): &(Standing, [i64; 2])| {
        *standing == Standing::Enrolled || mentees + mentors > 0
    };
    Standing::ALL.map(of).into_iter().filter(stands).collect()
}
