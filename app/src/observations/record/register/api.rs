//! JSON doors to the secretary's register: all of it from the beginning, and each part on pages of its own.

use std::collections::BTreeMap;

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::super::api::RECORDS;
use super::actions::{
    Exposed, Heard, Reach, Rows, day_of, missing, of_list, of_others, place_of, rows_coming, rows_ending, rows_kept,
};
use super::store::{Coming, Ending, Kept};
use crate::app::App;
use crate::db::After;
use crate::i18n::Message;
use crate::identity::{self, Act, PersonId, TokenScope, Viewer};
use crate::observations::model::{Class, Kind, SittingId};
use crate::problems::Problems;
use crate::web::{Cursor, Day, Door, Failed, Instant, Json, Page, Params, Told};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let read = (Act::KeepRoom, TokenScope::OwnRead);
    let told = |id, summary, detail| Told { id, tag: RECORDS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/records",
            read,
            told(
                "read_register",
                "The secretary's register",
                "What comes, what waits for an answer, which undertakings run out, what was heard that was closed, and which records were \
                 kept, each from its beginning. Of sittings at which one observes or observed neither the record nor what was heard there \
                 is told.",
            ),
            register,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/records/coming",
            read,
            told(
                "list_coming_sittings",
                "What comes, and what it waits for",
                "For the secretary: the next first, and before them those of which nobody says what came of them.",
            ),
            coming,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/records/ending",
            read,
            told(
                "list_ending_undertakings",
                "Undertakings that run out",
                "For the secretary: those that end within sixty days, the next first.",
            ),
            ending,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/records/kept",
            read,
            told(
                "list_records",
                "Records that were kept",
                "For the secretary: the newest first, but for those of sittings at which they observe or observed.",
            ),
            kept,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/records/exposures",
            read,
            told(
                "list_exposures",
                "What was heard that was closed",
                "For the secretary: the last word on each exposure that stands, the newest first, but for those of sittings at which they \
                 observe or observed.",
            ),
            exposed,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct PartAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
}

/// A sitting that comes, and what it waits for.
#[derive(Serialize, JsonSchema)]
struct ComingSitting {
    sitting: SittingId,
    number: i64,
    kind: Kind,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    items: i64,
    /// How many observers hold a seat.
    observers: i64,
    /// Whether its host has still to agree.
    is_draft: bool,
    /// Whether it is over and nobody says what came of it.
    is_over: bool,
    /// What it waits for of the secretary or the chair. For people.
    waits_for: Vec<String>,
    /// What it waits for of the host or of those who observe. For people.
    waits_for_others: Vec<String>,
}

/// An undertaking that runs out.
#[derive(Serialize, JsonSchema)]
struct EndingUndertaking {
    sitting: SittingId,
    /// The sitting's.
    number: i64,
    observer: PersonId,
    name: String,
    #[schemars(with = "Day")]
    ends_on: Date,
}

/// A record that was kept.
#[derive(Serialize, JsonSchema)]
struct KeptRecord {
    sitting: SittingId,
    number: i64,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    entries: i64,
    /// Whether nobody has closed it yet.
    is_open: bool,
}

/// Somebody was in what was closed to them.
#[derive(Serialize, JsonSchema)]
struct RegisteredExposure {
    sitting: SittingId,
    /// The sitting's.
    number: i64,
    /// The entry of the record that said it first.
    exposure: u32,
    item: u32,
    /// Who that is stands in the record; by name the list of insiders is read on its page and in its files alone.
    observer: PersonId,
    class: Option<Class>,
    #[schemars(with = "Instant")]
    from: Timestamp,
    /// Null while it lasts.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
}

/// All of it, each part from its beginning; `next` is that of the part's own list.
#[derive(Serialize, JsonSchema)]
struct Register {
    /// How many of those that are told here wait for the secretary or the chair.
    waiting: usize,
    exposures: Page<RegisteredExposure>,
    /// How many heard inside information and have not said that they read what follows.
    unread: usize,
    /// How many lines of the list of insiders need be kept no longer.
    past_keeping: usize,
    coming: Page<ComingSitting>,
    ending: Page<EndingUndertaking>,
    kept: Page<KeptRecord>,
}

type Names = BTreeMap<Uuid, String>;

impl ComingSitting {
    fn of(viewer: &Viewer, one: &Coming) -> Self {
        let said = |messages: Vec<Message>| messages.iter().map(|message| viewer.lang.tell(message)).collect();
        Self {
            sitting: one.id,
            number: one.number,
            kind: one.kind,
            starts_at: one.starts_at,
            items: one.items,
            observers: one.seats,
            is_draft: one.is_draft,
            is_over: one.is_unsaid,
            waits_for: said(missing(one)),
            waits_for_others: said(of_others(one)),
        }
    }
}

impl EndingUndertaking {
    fn of(names: &Names, one: &Ending) -> Self {
        let Ending { observer, sitting, number, ends_on, .. } = *one;
        Self { sitting, number, observer, name: names.get(&observer.0).cloned().unwrap_or_default(), ends_on }
    }
}

impl KeptRecord {
    fn of(one: &Kept) -> Self {
        let Kept { sitting, number, starts_at, entries, is_open } = *one;
        Self { sitting, number, starts_at, entries, is_open }
    }
}

impl RegisteredExposure {
    fn of(one: &Exposed) -> Self {
        let exposure = &one.exposure;
        Self {
            sitting: SittingId(one.sitting),
            number: one.number,
            exposure: one.first,
            item: exposure.item,
            observer: exposure.observer,
            class: exposure.class,
            from: exposure.from,
            until: exposure.until,
        }
    }
}

fn page<T, U>((rows, next): Rows<T>, item: impl FnMut(&T) -> U) -> Page<U> {
    Page { items: rows.iter().map(item).collect(), next: next.map(Cursor::new) }
}

async fn names(app: &App, ending: &[Ending]) -> Result<Names, Failed> {
    let people: Vec<Uuid> = ending.iter().map(|one| one.observer.0).collect();
    Ok(if people.is_empty() { Names::new() } else { identity::names(&app.db, &people).await? })
}

async fn register(Has(app): Has<App>, viewer: Viewer) -> Result<Json<Register>, Failed> {
    let begin = Reach::page(After::default());
    let coming = rows_coming(&app, &viewer, &begin).await?;
    let ending = rows_ending(&app, &viewer, &begin).await?;
    let kept = rows_kept(&app, &viewer, &begin).await?;
    let exposed = Heard::of(&app, &viewer, &begin).await?;
    let (past_keeping, unread) = of_list(&app, &viewer).await?;
    let names = names(&app, &ending.0).await?;
    Ok(Json(Register {
        waiting: coming.0.iter().filter(|one| !missing(one).is_empty()).count(),
        exposures: page((exposed.rows, exposed.more), RegisteredExposure::of),
        unread,
        past_keeping,
        coming: page(coming, |one| ComingSitting::of(&viewer, one)),
        ending: page(ending, |one| EndingUndertaking::of(&names, one)),
        kept: page(kept, KeptRecord::of),
    }))
}

/// Where a page of a part begins, which `is_one` has to know as a place of that part.
fn after<T>(asked: &PartAsked, is_one: impl Fn(&After) -> Option<T>) -> Result<Reach, Problems> {
    let parse = |text: &str| Some(After::parse(text)).filter(|after| is_one(after).is_some());
    Ok(Reach::page(Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default()))
}

async fn coming(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PartAsked>,
) -> Result<Json<Page<ComingSitting>>, Failed> {
    let rows = rows_coming(&app, &viewer, &after(&asked, place_of)?).await?;
    Ok(Json(page(rows, |one| ComingSitting::of(&viewer, one))))
}

async fn ending(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PartAsked>,
) -> Result<Json<Page<EndingUndertaking>>, Failed> {
    let rows = rows_ending(&app, &viewer, &after(&asked, day_of)?).await?;
    let names = names(&app, &rows.0).await?;
    Ok(Json(page(rows, |one| EndingUndertaking::of(&names, one))))
}

async fn kept(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PartAsked>,
) -> Result<Json<Page<KeptRecord>>, Failed> {
    let rows = rows_kept(&app, &viewer, &after(&asked, place_of)?).await?;
    Ok(Json(page(rows, KeptRecord::of)))
}

async fn exposed(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PartAsked>,
) -> Result<Json<Page<RegisteredExposure>>, Failed> {
    let is_one = |after: &After| after.is_somewhere().then_some(());
    let heard = Heard::of(&app, &viewer, &after(&asked, is_one)?).await?;
    Ok(Json(page((heard.rows, heard.more), RegisteredExposure::of)))
}
