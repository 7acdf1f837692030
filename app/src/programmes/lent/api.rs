//! JSON doors of a line manager: their reports and where each stands, and a nomination.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Lent;
use crate::app::App;
use crate::db::After;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::people::model::Side;
use crate::programmes::enrolments::actions;
use crate::programmes::model::{EditionId, Standing};
use crate::web::{Cursor, Door, Failed, Form, Instant, Json, Limit, Page, Params, Tag, Told};

const REPORTS: Tag =
    Tag { name: "reports", about: "Those whose line manager one is, and the editions in which they take part." };

pub(in crate::programmes) fn doors() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/reports",
            (Act::ReadLent, TokenScope::OwnRead),
            Told {
                id: "list_reports",
                tag: REPORTS,
                summary: "One's reports, and where they stand",
                detail: "For line managers, in the order of names. Who applied by themselves, or said no, tells their line manager or \
                         does not: such a place is in no answer.",
            },
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/nominations",
            (Act::NominateReports, TokenScope::OwnWrite),
            Told {
                id: "nominate_report",
                tag: REPORTS,
                summary: "Nominate a report for an edition",
                detail: "For line managers, for an open edition and a post; the person is asked, and a coordinator sees who nominated \
                         them.",
            },
            nominate,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct ReportsAsked {
    /// A part of the name or address.
    #[serde(default)]
    q: String,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Somebody whose line manager one is.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Report")]
struct ReportTold {
    person: PersonId,
    name: String,
    places: Vec<ReportPlace>,
}

/// Where a report stands in an edition.
#[derive(Serialize, JsonSchema)]
struct ReportPlace {
    edition: EditionId,
    edition_name: String,
    side: Side,
    standing: Standing,
    #[schemars(with = "Instant")]
    since: Timestamp,
}

/// Who is nominated, for which edition and which post.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Nomination {
    person: PersonId,
    edition: EditionId,
    post: String,
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Params(asked): Params<ReportsAsked>,
) -> Result<Json<Page<ReportTold>>, Failed> {
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let mut lent = Lent::load(&app, &viewer, &asked.q, &after, limit.and_one()).await?;
    let reports = std::mem::take(&mut lent.reports);
    Ok(Json(Page::of(
        reports,
        limit,
        |report| Cursor::new(After::of(report.id.0, &report.sort)),
        |report| {
            let places = lent.of(&report.id).into_iter().map(|(enrolment, place)| ReportPlace {
                edition: enrolment.edition,
                edition_name: place.edition_name.clone(),
                side: enrolment.side,
                standing: enrolment.standing,
                since: enrolment.changed_at,
            });
            ReportTold { person: report.id, places: places.collect(), name: report.name }
        },
    )))
}

async fn nominate(State(app): State<App>, viewer: Viewer, Json(sent): Json<Nomination>) -> Result<StatusCode, Failed> {
    let fields = [("person", sent.person.to_string()), ("edition", sent.edition.to_string()), ("post", sent.post)];
    let form = Form::new(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect());
    actions::nominate_report(&app, &viewer, &form).await?;
    Ok(StatusCode::NO_CONTENT)
}
