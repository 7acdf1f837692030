//! JSON doors of sponsors and faculty: the editions at which one looks on, in counts and dates.

use axum::extract::State;
use axum::routing::MethodFilter;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{looked_at, looked_at_after, standings};
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::people::model::Side;
use crate::programmes::model::{Edition, EditionId, Phase, Standing, Track};
use crate::programmes::pages::{Numbers, numbers};
use crate::programmes::said::said;
use crate::web::{Cursor, Day, Door, Failed, Json, Limit, Page, Params, Path, Tag, Told};

const OVERVIEW: Tag =
    Tag { name: "overview", about: "Editions at a glance, for those who look on: counts and dates, no content." };

pub(super) fn doors() -> Vec<Door> {
    let read = (Act::ReadEdition, TokenScope::ProgrammesRead);
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/overview",
            read,
            Told {
                id: "list_overviews",
                tag: OVERVIEW,
                summary: "The editions at which one looks on",
                detail: "For sponsors, faculty and coordinators, the newest first.",
            },
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/overview/{edition}",
            read,
            Told {
                id: "read_overview",
                tag: OVERVIEW,
                summary: "An edition at a glance",
                detail: "How many stand where, how many seats there are, and what else is counted, in the reader's language.",
            },
            one,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct OverviewsAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// An edition at which one looks on.
#[derive(Serialize, JsonSchema)]
struct OverviewLine {
    edition: EditionId,
    name: String,
    programme_name: String,
    track: Track,
    #[schemars(with = "Day")]
    starts_on: Date,
    #[schemars(with = "Day")]
    ends_on: Date,
    phase: Phase,
}

/// How many stand so.
#[derive(Serialize, JsonSchema)]
struct StandingCount {
    standing: Standing,
    mentees: i64,
    mentors: i64,
}

/// An edition at a glance.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Overview")]
struct OverviewTold {
    edition: OverviewLine,
    mentees: i64,
    mentors: i64,
    /// How many mentees the enrolled mentors take together.
    seats: i64,
    standings: Vec<StandingCount>,
    /// What else is counted, how many have a mentor, say: sentences that each read alone.
    counts: Vec<String>,
}

impl OverviewLine {
    fn of(edition: &Edition) -> Self {
        Self {
            edition: edition.id,
            name: edition.name.clone(),
            programme_name: edition.programme_name.clone(),
            track: edition.track,
            starts_on: edition.starts_on,
            ends_on: edition.ends_on,
            phase: edition.phase(),
        }
    }
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<OverviewsAsked>,
) -> Result<Json<Page<OverviewLine>>, Failed> {
    let after = Cursor::read(asked.after.as_ref(), |text| text.parse().ok().map(EditionId))?;
    let limit = asked.limit.unwrap_or_default();
    let (editions, more) = looked_at_after(&app, &viewer, after, limit.rows()).await?;
    let next = more.map(|last| Cursor::new(last.to_string()));
    Ok(Json(Page { items: editions.iter().map(OverviewLine::of).collect(), next }))
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<OverviewTold>, Failed> {
    let edition = looked_at(&app, &viewer, id).await?;
    let numbers = numbers(&app, &edition).await?;
    let Numbers { counts, seats, .. } = &*numbers;
    let said = said(&app, &viewer, &edition).await?.counts;
    let standing = |(standing, [mentees, mentors]): (Standing, [i64; 2])| StandingCount { standing, mentees, mentors };
    Ok(Json(OverviewTold {
        edition: OverviewLine::of(&edition),
        mentees: counts.enrolled(Side::Mentee),
        mentors: counts.enrolled(Side::Mentor),
        seats: *seats,
        standings: standings(counts).into_iter().map(standing).collect(),
        counts: said.iter().map(|message| viewer.lang.tell(message)).collect(),
    }))
}
