//! The doors of sponsors and faculty.

use askama::Template;
use axum::extract::State;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, Record, Scope, Viewer};
use crate::people::model::Side;
use crate::problems::Refusal;
use crate::programmes::enrolments::store::{self, Counts, Listed};
use crate::programmes::model::{Edition, EditionId, Phase, Standing, Track};
use crate::programmes::pages::seats;
use crate::programmes::said::said;
use crate::programmes::store as editions;
use crate::programmes::store::ON_A_PAGE;
use crate::web::{Answer, Door, Path, Shell, Who, page};

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
    counts: Counts,
    seats: i64,
    /// What other features count: how many have a mentor, say.
    said: Vec<Message>,
    /// Students without a fall-back, for faculty.
    students: Option<(i64, Vec<Listed>)>,
}

impl OverviewPage {
    fn count(&self, side: &Side, standing: &Standing) -> String {
        self.s.n(&self.counts.of(*side, *standing))
    }

    fn students_title(&self, count: &i64) -> Message {
        Message::new("programmes-fallback-title").with("count", *count)
    }
}

async fn overview(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = editions::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if !viewer.may(Act::ReadEdition, &record(&edition)) {
        return Err(Refusal::NotFound.into());
    }
    let counts = store::counts(&app.db, id).await?;
    let is_faculty = viewer.holds(Part::Faculty)
        || viewer.holds(Part::Coordinator)
        || viewer.parts.iter().any(|held| held.part == Part::Faculty && held.scope == Scope::Edition(id.0));
    let students = if is_faculty && edition.track == Track::Degree {
        let students = store::without_fallback(&app.db, id, ON_A_PAGE).await?;
        Some((store::count_without_fallback(&app.db, id).await?, students))
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
        counts,
        seats: seats(&app, &edition).await?,
        said: said(&app, &edition).await?.counts,
        students,
        edition,
    })
}
