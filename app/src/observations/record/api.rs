//! JSON doors to a record: for its keeper, for the secretary who reads it, and for an observer who asks where to be.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::actions::{self, Correction, Read, Tap, Told, When, sentence};
use super::events::{Cause, Kind, recorded};
use super::insiders::actions as insiders;
use super::insiders::model::{Column, Insider, Source};
use super::pages::whereabouts;
use crate::app::App;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::observations::model::{Class, SittingId};
use crate::problems::Refusal;
use crate::web::{Door, Failed, Instant, Json, Path, Tag, Told as Described};

pub(super) const RECORDS: Tag = Tag {
    name: "records",
    about: "What happened in the room: who was in which item of a sitting, from when to when. For the keeper of a record, the secretary, \
            and the observer for their own place.",
};

pub(super) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Described { id, tag: RECORDS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/record",
            read,
            told("read_record", "The record of a sitting", "For its keeper and for the secretary."),
            record,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/record",
            write,
            told(
                "write_record",
                "Tell what happened in the room",
                "For the keeper, in the order in which it happened. What bears a `client` that the record knows is passed over, so that it \
                 may be sent again. What happens now may be refused (422): an item is not begun while somebody is in who has to be \
                 out, unless `all_the_same` is true, which records an exposure. What has happened is written whatever it was, if it was \
                 around the time of the sitting (422). More than an hour before it only what says its time is taken. With `closed` the \
                 sitting has taken place. A mentee of the edition who never asked for a seat is told of with `comes` and `leaves` like \
                 everybody: everything was closed to them, and what they heard is an exposure.",
            ),
            write_record,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/record/corrections",
            write,
            told(
                "correct_record",
                "Correct an entry",
                "With an entry of its own: nothing is changed. Without `at` the entry did not happen. What a secretary said of an item \
                 (`state_closed`) a secretary alone takes back, without `at`.",
            ),
            correct,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/place",
            read,
            told("read_place", "Where to be now", "For somebody who observes the sitting."),
            place,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/insiders",
            (Act::KeepRoom, TokenScope::OwnRead),
            told(
                "list_insiders",
                "The list of insiders",
                "For the secretary: exposures to inside information, each with what the record says for the list's columns, in the language \
                 of the token's person. Names and personal details are read on the page and in its files alone. Times are in UTC. That \
                 it was read stands in the audit trail.",
            ),
            list_insiders,
        ),
    ]
}

/// An entry of a record.
#[derive(Serialize, JsonSchema)]
struct RecordEntry {
    number: u32,
    client: Uuid,
    #[schemars(with = "Instant")]
    at: Timestamp,
    /// When it came in.
    #[schemars(with = "Instant")]
    noted_at: Timestamp,
    /// Null where it was done by a link of a mail.
    by: Option<PersonId>,
    kind: Kind,
    item: Option<u32>,
    observer: Option<PersonId>,
    /// For people.
    text: String,
}

/// Somebody was in what was closed to them.
#[derive(Serialize, JsonSchema)]
struct ExposureTold {
    observer: PersonId,
    item: u32,
    class: Option<Class>,
    #[schemars(with = "Instant")]
    from: Timestamp,
    /// Null while it lasts.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
}

/// Somebody who observes.
#[derive(Serialize, JsonSchema)]
struct ObserverTold {
    id: PersonId,
    name: String,
    is_in: bool,
    /// Without one they have to be out of everything; that they were there is recorded all the same.
    has_seat: bool,
}

/// The record of a sitting as it stands.
#[derive(Serialize, JsonSchema)]
struct Record {
    /// The number of the item that runs.
    running: Option<u32>,
    observers: Vec<ObserverTold>,
    entries: Vec<RecordEntry>,
    exposures: Vec<ExposureTold>,
    #[schemars(with = "Option<Instant>")]
    closed_at: Option<Timestamp>,
    /// The digest of the last entry.
    head: String,
}

/// What happened.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RecordTap")]
enum What {
    ItemBegins,
    LeaveAndBegin,
    ItemEnds,
    Comes,
    Leaves,
    ToldToLeave,
    Closed,
}

/// Something that happened in the room.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Happened {
    /// An identifier of the client's own.
    client: Uuid,
    what: What,
    #[serde(default)]
    item: Option<u32>,
    #[serde(default)]
    observer: Option<PersonId>,
    /// Begin the item although somebody is in who has to be out.
    #[serde(default)]
    all_the_same: bool,
    /// How many milliseconds ago it was, 48 hours at most; null for now.
    #[serde(default)]
    ago: Option<u32>,
    /// The latest time that the client had from the server when it happened: it was not before, whatever the client's clock says since.
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    after: Option<Timestamp>,
    /// The `client` of what the same device told before it: it was not before that, however long that took to come in.
    #[serde(default)]
    before: Option<Uuid>,
    /// When it was, where a sheet says so; it goes before `ago`.
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    at: Option<Timestamp>,
    /// Whether it was sent before.
    #[serde(default)]
    again: bool,
}

/// What happened, in its order.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RecordToWrite {
    entries: Vec<Happened>,
}

/// A correction of an entry.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RecordCorrection {
    client: Uuid,
    entry: u32,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    at: Option<Timestamp>,
    /// Why; without, that its time was wrong, or that it was a mistake.
    #[serde(default)]
    why: Option<Cause>,
}

/// Where an observer is to be: `over`, `leave-now`, `in`, `stay-out`, `may-come-in`, `waiting`.
#[derive(Serialize, JsonSchema)]
struct PlaceTold {
    place: String,
    running: Option<u32>,
}

/// An exposure to inside information, as the list has it.
#[derive(Serialize, JsonSchema)]
struct InsiderTold {
    sitting: SittingId,
    exposure: u32,
    observer: PersonId,
    /// Whether a correction showed that there was none.
    is_withdrawn: bool,
    /// By the keys of the columns; those of people's details are not among them.
    values: std::collections::BTreeMap<String, String>,
}

/// A column of the list.
#[derive(Serialize, JsonSchema)]
struct InsiderColumn {
    key: String,
    name: String,
}

/// The list of insiders.
#[derive(Serialize, JsonSchema)]
struct Insiders {
    columns: Vec<InsiderColumn>,
    items: Vec<InsiderTold>,
}

impl Record {
    fn of(viewer: &Viewer, read: &Read) -> Self {
        let entries = read.entries.iter().map(|entry| RecordEntry {
            number: entry.number,
            client: entry.client,
            at: entry.at,
            noted_at: entry.noted_at,
            by: entry.by,
            kind: entry.event.kind(),
            item: entry.event.item(),
            observer: entry.event.observer(),
            text: viewer.lang.tell(&sentence(read, &entry.event)),
        });
        let told = recorded(&read.entries).into_values().filter(|one| !one.withdrawn).map(|one| ExposureTold {
            observer: one.observer,
            item: one.item,
            class: one.class,
            from: one.from,
            until: one.until,
        });
        let observers = read.everybody().into_iter().map(|id| ObserverTold {
            id,
            name: read.name(id).to_owned(),
            is_in: read.state.is_in(id),
            has_seat: read.has_seat(id),
        });
        Self {
            running: read.state.running.as_ref().map(|running| running.item),
            observers: observers.collect(),
            entries: entries.collect(),
            exposures: told.collect(),
            closed_at: read.state.closed_at,
            head: read.head(),
        }
    }
}

impl Happened {
    fn told(&self) -> Result<Told, Refusal> {
        let item = || self.item.ok_or(Refusal::NotFound);
        let observer = || self.observer.ok_or(Refusal::NotFound);
        let tap = match self.what {
            What::ItemBegins => Tap::ItemBegins { item: item()?, all_the_same: self.all_the_same },
            What::LeaveAndBegin => Tap::LeaveAndBegin { item: item()? },
            What::ItemEnds => Tap::ItemEnds { item: item()? },
            What::Comes => Tap::Comes { observer: observer()? },
            What::Leaves => Tap::Leaves { observer: observer()? },
            What::ToldToLeave => Tap::ToldToLeave { observer: self.observer },
            What::Closed => Tap::Closed,
        };
        let ago = |ago| {
            let ago = SignedDuration::from_millis(i64::from(ago));
            When::Ago { ago, after: self.after, before: self.before }
        };
        let when = self.at.map(When::At).or(self.ago.map(ago)).unwrap_or(When::Now);
        Ok(Told { client: self.client, tap, when, again: self.again })
    }
}

async fn record(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<Record>, Failed> {
    Ok(Json(Record::of(&viewer, &actions::read(&app.db, &viewer, id).await?)))
}

async fn write_record(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<RecordToWrite>,
) -> Result<Json<Record>, Failed> {
    let told: Vec<Told> = sent.entries.iter().map(Happened::told).collect::<Result<_, _>>()?;
    actions::note(&app, &viewer, id, &told).await?;
    record(Has(app), viewer, Path(id)).await
}

async fn correct(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<RecordCorrection>,
) -> Result<Json<Record>, Failed> {
    let RecordCorrection { client, entry, at, why } = sent;
    actions::correct(&app, &viewer, id, Correction { client, entry, at, why }).await?;
    record(Has(app), viewer, Path(id)).await
}

async fn place(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<PlaceTold>, Failed> {
    let read = Read::of(&app.db, viewer.organisation, id).await?;
    let at = whereabouts(&read, viewer.person).ok_or(Refusal::NotFound)?;
    let running = read.state.running.as_ref().map(|running| running.item);
    Ok(Json(PlaceTold { place: at.code().to_owned(), running }))
}

async fn list_insiders(Has(app): Has<App>, viewer: Viewer) -> Result<Json<Insiders>, Failed> {
    let list = insiders::taken_out(&app, &viewer, "api").await?;
    let (lang, company) = (viewer.lang, viewer.organisation_name.as_str());
    let columns = list
        .columns
        .iter()
        .map(|column| InsiderColumn { key: column.key.clone(), name: column.name(lang).to_owned() })
        .collect();
    let told = list.columns.iter().filter(|column| !column.source.is_personal());
    // What somebody typed may name people, or be the title that an item has not: of that programs learn the time alone.
    let value = |insider: &Insider, column: &Column| match column.source {
        Source::Created => insider.value(column, company, lang),
        source => insider.proposed(source, company, lang),
    };
    let items = list.insiders.iter().map(|insider| InsiderTold {
        sitting: insider.sitting,
        exposure: insider.exposure,
        observer: insider.observer,
        is_withdrawn: insider.withdrawn.is_some(),
        values: told.clone().map(|one| (one.key.clone(), value(insider, one))).collect(),
    });
    Ok(Json(Insiders { columns, items: items.collect() }))
}
