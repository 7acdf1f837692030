//! JSON doors to what follows for whoever heard inside information by mistake. They are theirs alone.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::api::RECORDS;
use super::actions;
use super::model::Duty;
use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{Act, TokenScope, Viewer};
use crate::observations::model::SittingId;
use crate::observations::undertakings::digest;
use crate::web::{Day, Door, Failed, Instant, Json, Params, Path, Told};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let told = |id, summary, detail| Told { id, tag: RECORDS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/duties",
            (Act::UseAccount, TokenScope::OwnRead),
            told(
                "list_duties",
                "What follows from inside information that one heard",
                "For whoever heard it, and nobody else: the exact words, the latest first.",
            ),
            duties,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/duties/{sitting}/{exposure}",
            (Act::UseAccount, TokenScope::OwnWrite),
            told(
                "acknowledge_duty",
                "Say that one has read what follows",
                "With the digest of the words that were read, and their language. Where it was said already, nothing follows after all, or \
                 the words are others by now, nothing is done (409).",
            ),
            acknowledge,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct DutiesAsked {
    /// The language of what is still to be read; one's own if nothing is said.
    #[serde(default)]
    lang: Option<Lang>,
}

/// What somebody was told of what they heard.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Duty")]
struct DutyTold {
    sitting: SittingId,
    exposure: u32,
    /// The sitting's.
    number: i64,
    item: i64,
    #[schemars(with = "Day")]
    day: Date,
    /// The words that were read, or are to be.
    words: String,
    /// `acknowledge_duty` wants it: SHA-256 of the words.
    digest: String,
    /// Whether it has still to be said that they were read.
    is_open: bool,
    #[schemars(with = "Option<Instant>")]
    read_at: Option<Timestamp>,
    /// Since when it is known that nothing follows after all.
    #[schemars(with = "Option<Instant>")]
    withdrawn_at: Option<Timestamp>,
}

/// All that somebody was told.
#[derive(Serialize, JsonSchema)]
struct Duties {
    items: Vec<DutyTold>,
}

/// The digest of the words that were read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct DutyToAcknowledge {
    digest: String,
    /// The language in which they were read; null for one's own.
    #[serde(default)]
    lang: Option<Lang>,
}

impl DutyTold {
    fn of((duty, words): (Duty, String)) -> Self {
        Self {
            sitting: duty.sitting,
            exposure: duty.exposure,
            number: duty.number,
            item: duty.item,
            day: duty.day(),
            digest: hex::encode(digest(&words)),
            words,
            is_open: duty.is_open(),
            read_at: duty.read.as_ref().map(|(_, at)| *at),
            withdrawn_at: duty.withdrawn_at,
        }
    }
}

async fn told(app: &App, viewer: &Viewer, lang: Option<Lang>) -> Result<Json<Duties>, Failed> {
    let own = actions::own(&app.db, viewer, lang.unwrap_or(viewer.lang)).await?;
    Ok(Json(Duties { items: own.into_iter().map(DutyTold::of).collect() }))
}

async fn duties(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<DutiesAsked>,
) -> Result<Json<Duties>, Failed> {
    told(&app, &viewer, asked.lang).await
}

async fn acknowledge(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(path): Path<(SittingId, u32)>,
    Json(sent): Json<DutyToAcknowledge>,
) -> Result<Json<Duties>, Failed> {
    let lang = sent.lang.unwrap_or(viewer.lang);
    actions::acknowledge(&app, &viewer, path, (lang, &sent.digest)).await?;
    told(&app, &viewer, sent.lang).await
}
