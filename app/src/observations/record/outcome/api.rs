//! JSON doors to what comes out of a record: the annex and the attendance at privileged items as data, the record as a file, and what a secretary
//! says of an item afterwards.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::api::RECORDS;
use super::actions::{Outcome, written};
use super::model::{Attendance, Ran, Span};
use crate::app::App;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::observations::model::{Class, Kind, SittingId};
use crate::observations::record::actions;
use crate::web::{Day, Door, Failed, File, FileKind, Instant, Json, Path, Told};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let read = (Act::TakePart, TokenScope::OwnRead);
    let told = |id, summary, detail| Told { id, tag: RECORDS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/record/annex",
            read,
            told(
                "read_annex",
                "The annex to the minutes",
                "For the keeper of the record and the secretary, but for whoever it names: who observed which items, in and out, under \
                 which undertaking, worked out from the record as it stands. No title is in it.",
            ),
            annex,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/record/privilege",
            read,
            told(
                "read_privilege_record",
                "The attendance at privileged items",
                "For the keeper of the record and the secretary, but for whoever it names: the same of the items at which legal advice was \
                 given, with when whoever was out had left and came back. Undertakings stand in the annex.",
            ),
            privilege,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/record/export",
            read,
            told(
                "export_record",
                "The record as a file that a stranger can check",
                "For the keeper of the record and the secretary, but for whoever it names: each entry's text and digest, and where the chain \
                 ends. `telemaco verify` checks it. What is sealed is not in it.",
            ),
            export,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/record/inside",
            (Act::KeepRoom, TokenScope::OwnWrite),
            told(
                "state_closed",
                "Say afterwards that something closed was dealt with in an item",
                "For a secretary who reads the record, of an item that has been: beside the class that it had, and whoever was in the room \
                 then was exposed to it. It is an entry of the record, and taken back with `correct_record`, without `at`. What the record \
                 says already is not said twice.",
            ),
            inside,
        ),
    ]
}

/// A stretch of time.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "RecordedSpan")]
struct SpanTold {
    #[schemars(with = "Instant")]
    from: Timestamp,
    /// Null while it lasts.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
}

/// One observer at one run of an item.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "AnnexAttendance")]
struct AttendanceTold {
    observer: PersonId,
    name: String,
    /// Whether they never asked for a seat.
    is_unseated: bool,
    /// Whether they had to be out.
    is_closed: bool,
    /// When they were in.
    inside: Vec<SpanTold>,
    /// Whether they were in where they had to be out, and whether that was for having no seat alone.
    is_exposed: bool,
    has_no_seat: bool,
    /// When whoever had to be out, and was, had left before it, and came back after it; null where they had not been in, or did not come back.
    #[schemars(with = "Option<Instant>")]
    left_at: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    back_at: Option<Timestamp>,
}

/// An item as it ran under one class.
#[derive(Serialize, JsonSchema)]
struct AnnexItem {
    item: u32,
    class: Option<Class>,
    /// What a secretary says was dealt with in it, beside its class.
    stated: Vec<Class>,
    #[schemars(with = "Instant")]
    from: Timestamp,
    /// Null while it runs.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
    observers: Vec<AttendanceTold>,
}

/// Under which undertaking somebody came in.
#[derive(Serialize, JsonSchema)]
struct AnnexUndertaking {
    observer: PersonId,
    name: String,
    /// What they signed; null where they signed nothing.
    signed: Option<AnnexPaper>,
}

/// What somebody signed.
#[derive(Serialize, JsonSchema)]
struct AnnexPaper {
    /// The number of the text.
    text: i64,
    #[schemars(with = "Instant")]
    signed_at: Timestamp,
    /// Of the exact words, SHA-256.
    digest: String,
    /// Null where it binds without an end.
    #[schemars(with = "Option<Day>")]
    ends_on: Option<Date>,
}

/// What comes out of a record.
#[derive(Serialize, JsonSchema)]
struct Annex {
    sitting: SittingId,
    number: i64,
    kind: Kind,
    /// The zone of its times.
    zone: String,
    planned: SpanTold,
    /// From when to when something happened in the room; null where nothing did.
    held: Option<SpanTold>,
    place: Option<String>,
    /// Names of whoever is from outside are kept for ninety days.
    host: Option<String>,
    chair: Option<String>,
    keeper: Option<String>,
    /// From when to when the other side of a negotiation agreed; empty for a meeting.
    other_side: Vec<SpanTold>,
    /// Whether inside information was heard, and nobody is secretary to complete the list of insiders.
    wants_secretary: bool,
    /// Whether the record is not closed, so that this may still change.
    is_provisional: bool,
    items: Vec<AnnexItem>,
    exposures: usize,
    undertakings: Vec<AnnexUndertaking>,
    corrections: usize,
    entries: usize,
    /// The digest of the last entry; empty where there is none.
    head: String,
}

/// What a secretary says of an item that has been.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClosedToState {
    /// An identifier of the client's own.
    client: Uuid,
    item: u32,
    /// One that is closed whatever else holds.
    class: Class,
}

/// The kind of a record's file.
struct RecordKind;

impl FileKind for RecordKind {
    const KINDS: &'static [(&'static str, bool)] = &[("application/json", true)];
}

impl SpanTold {
    fn of((from, until): Span) -> Self {
        Self { from, until }
    }
}

impl Annex {
    fn of(outcome: &Outcome) -> Self {
        let (read, sitting) = (&outcome.read, &outcome.read.sitting);
        let known = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let observers = if outcome.is_privilege { Vec::new() } else { read.observers() };
        let signed = |observer: PersonId| {
            let (digest, paper) = outcome.signed_by(observer)?;
            Some(AnnexPaper { text: paper.text, signed_at: paper.signed_at, digest, ends_on: paper.ends_on })
        };
        let undertaking = |observer: PersonId| AnnexUndertaking {
            observer,
            name: read.name(observer).to_owned(),
            signed: signed(observer),
        };
        Self {
            sitting: sitting.id,
            number: sitting.number,
            kind: sitting.kind,
            zone: sitting.zone.clone(),
            planned: SpanTold::of((sitting.starts_at, Some(sitting.ends_at))),
            held: outcome.held().map(SpanTold::of),
            place: known(&sitting.place),
            host: known(&sitting.host.name),
            chair: known(&sitting.presiding().name),
            keeper: outcome.keeper.clone(),
            other_side: sitting.other_side_spans().into_iter().map(SpanTold::of).collect(),
            wants_secretary: outcome.wants_secretary,
            is_provisional: outcome.is_provisional(),
            items: outcome.ran.iter().map(|ran| item(outcome, ran)).collect(),
            exposures: outcome.exposures(),
            undertakings: observers.into_iter().map(undertaking).collect(),
            corrections: outcome.corrections(),
            entries: read.entries.len(),
            head: read.head(),
        }
    }
}

fn item(outcome: &Outcome, ran: &Ran) -> AnnexItem {
    AnnexItem {
        item: ran.item,
        class: ran.class,
        stated: ran.stated.iter().copied().collect(),
        from: ran.from,
        until: ran.until,
        observers: ran.who.iter().map(|one| attendance(outcome, ran, one)).collect(),
    }
}

fn attendance(outcome: &Outcome, ran: &Ran, one: &Attendance) -> AttendanceTold {
    let was_out = one.is_closed && !one.is_exposed();
    let (left_at, back_at) = if was_out { outcome.away(one, ran) } else { (None, None) };
    AttendanceTold {
        observer: one.observer,
        name: outcome.read.name(one.observer).to_owned(),
        is_unseated: outcome.read.is_unseated(one.observer),
        is_closed: one.is_closed,
        inside: one.inside.iter().copied().map(SpanTold::of).collect(),
        is_exposed: one.is_exposed(),
        has_no_seat: one.is_exposed() && outcome.is_for_no_seat(one, ran),
        left_at,
        back_at,
    }
}

async fn annex(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<Annex>, Failed> {
    Ok(Json(Annex::of(&Outcome::of(&app, &viewer, (id, false)).await?)))
}

async fn privilege(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<Annex>, Failed> {
    Ok(Json(Annex::of(&Outcome::of(&app, &viewer, (id, true)).await?)))
}

async fn export(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<File<RecordKind>, Failed> {
    let (text, name) = written(&app, &viewer, id).await?;
    Ok(File::new(text.into_bytes(), "application/json", name))
}

async fn inside(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<ClosedToState>,
) -> Result<Json<Annex>, Failed> {
    actions::was_closed(&app, &viewer, id, (sent.client, sent.item, sent.class)).await?;
    annex(Has(app), viewer, Path(id)).await
}
