//! The doors of sponsors and faculty.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;

use super::{looked_at, looked_at_after, standings};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, Scope, Viewer};
use crate::people::model::Side;
use crate::programmes::enrolments::store::Listed;
use crate::programmes::model::{Edition, EditionId, Phase, Standing, Track};
use crate::programmes::pages::{Numbers, Without, numbers, without_anybody};
use crate::programmes::released::{Released, released};
use crate::programmes::said::said;
use crate::programmes::store::ON_A_PAGE;
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Path, Query, Shell, Who, download, page};

pub(super) fn doors() -> Vec<Door> {
    let onlooker = Who::May(Act::ReadEdition);
    vec![
        Door::get("/overview", onlooker, list),
        Door::get("/overview/{edition}", onlooker, overview),
        Door::get("/overview/{edition}/export", onlooker, export),
    ]
}

#[derive(Template)]
#[template(path = "programmes/overview/list.html")]
struct ListPage {
    s: Shell,
    editions: Vec<Edition>,
    more: Option<EditionId>,
}

async fn list(State(app): State<App>, viewer: Viewer, Query(paged): Query<Paged>) -> Answer {
    let (editions, more) = looked_at_after(&app, &viewer, paged.after.parse().ok().map(EditionId), ON_A_PAGE).await?;
    page(&ListPage { s: Shell::of(&app, &viewer, "/overview"), editions, more })
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
    /// Lines that pairs of the edition released to this sponsor.
    released: Vec<Released>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Paged {
    after: String,
    form: String,
}

async fn overview(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(paged): Query<Paged>,
) -> Answer {
    let edition = looked_at(&app, &viewer, id).await?;
    let numbers = numbers(&app, &edition).await?;
    let Numbers { counts, seats, .. } = &*numbers;
    let is_faculty = viewer.holds(Part::Faculty)
        || viewer.holds(Part::Coordinator)
        || viewer.parts.iter().any(|held| held.part == Part::Faculty && held.scope == Scope::Edition(id.0));
    let students = if is_faculty && edition.track == Track::Degree {
        let Without { count, students, more } = without_anybody(&app, &edition, &paged.after).await?;
        Some((Message::new("programmes-fallback-title").with("count", count), students, more))
    } else {
        None
    };
    let mut released = released(&app, &viewer, Part::Sponsor).await?;
    released.retain(|one| one.edition == id);
    let title = Message::new("programmes-overview-title")
        .with("edition", edition.name.as_str())
        .with("mentees", counts.enrolled(Side::Mentee))
        .with("mentors", counts.enrolled(Side::Mentor));
    page(&OverviewPage {
        s: Shell::of(&app, &viewer, "/overview"),
        title,
        enrolled: Side::BOTH.map(|side| counts.enrolled(side)),
        standings: standings(counts),
        seats: *seats,
        said: said(&app, &viewer, &edition).await?.counts,
        students,
        released,
        edition,
    })
}

/// The figures of the page as a table.
async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(asked): Query<Paged>,
) -> Answer {
    let edition = looked_at(&app, &viewer, id).await?;
    let numbers = numbers(&app, &edition).await?;
    let (lang, Numbers { counts, seats, .. }) = (viewer.lang, &*numbers);
    let row = |(standing, [mentees, mentors]): (Standing, [i64; 2])| {
        let called = lang.say(&format!("programmes-standing-{}", standing.code()));
        vec![Cell::Text(called), whole(mentees), whole(mentors)]
    };
    let seats = vec![Cell::Text(lang.say("programmes-count-seats")), Cell::Empty, whole(*seats)];
    let sides = Side::BOTH.map(|side| lang.say(&format!("programmes-side-{}", side.code())));
    let table = Table {
        title: edition.name,
        headings: std::iter::once(lang.say("programmes-column-standing")).chain(sides).collect(),
        rows: standings(counts).into_iter().map(row).chain([seats]).collect(),
    };
    download(&table, "edition", &asked.form)
}

fn whole(count: i64) -> Cell {
    Cell::Number(u32::try_from(count).unwrap_or_default().into())
}
