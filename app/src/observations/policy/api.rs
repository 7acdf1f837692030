//! JSON doors to what a secretary settles beforehand.

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::api::in_our_words;
use super::super::model::{Class, Clearance, ClearanceId, Confidential, Policy, TemplateId, Terms, TextId};
use super::super::store as sittings;
use super::super::undertakings::{NewText, Text};
use super::actions;
use super::store::{self, Template};
use crate::app::App;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::web::{Day, Door, Failed, Instant, Json, Path, Tag, Told};

const ROOM: Tag = Tag {
    name: "room",
    about: "The rules of the room, which the secretary settles: what observers may be at, what they sign, who is cleared for confidential \
            items, and classes in an order for sittings that are alike.",
};

const READ: (Act, TokenScope) = (Act::KeepRoom, TokenScope::OwnRead);
const WRITE: (Act, TokenScope) = (Act::KeepRoom, TokenScope::OwnWrite);

pub(super) fn doors() -> Vec<Door> {
    [of_policy(), of_texts(), of_clearances(), of_templates()].concat()
}

fn described(id: &'static str, summary: &'static str, detail: &'static str) -> Told {
    Told { id, tag: ROOM, summary, detail }
}

fn of_policy() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/room",
            READ,
            described(
                "read_room_policy",
                "What observers may be at",
                "For the secretary. Until somebody writes one, the one that ships.",
            ),
            policy,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/room",
            WRITE,
            described(
                "write_room_policy",
                "Write what observers may be at",
                "For a secretary who neither observes nor asks to (422). It holds from now on, also where observers are in the room. Where \
                 somebody wrote since, nothing is done (409).",
            ),
            write_policy,
        ),
    ]
}

fn of_texts() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/room/texts",
            READ,
            described(
                "list_undertaking_texts",
                "The texts that observers sign",
                "For the secretary: the newest first, twenty at most.",
            ),
            texts,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/room/texts",
            WRITE,
            described(
                "add_undertaking_text",
                "Write a text that observers sign from now on",
                "For the secretary, in both languages. What was signed stays what it was. Where there is a newer one than was read, \
                 nothing is done (409).",
            ),
            add_text,
        ),
    ]
}

fn of_clearances() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/room/clearances",
            READ,
            described(
                "list_clearances",
                "Who is cleared for confidential items",
                "For the secretary: clearances that hold today or later, in the order in which they end, a hundred at most.",
            ),
            clearances,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/room/clearances",
            WRITE,
            described(
                "give_clearance",
                "Clear somebody for confidential items",
                "For the secretary; nobody clears themselves. Whoever had one has this one instead.",
            ),
            clear,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/room/clearances/{clearance}",
            WRITE,
            described(
                "revoke_clearance",
                "Take a clearance back",
                "For the secretary. It holds for nothing from now on.",
            ),
            revoke,
        ),
    ]
}

fn of_templates() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/room/templates",
            READ,
            described("list_item_templates", "Classes in an order", "For the secretary: in the order of their names."),
            templates,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/room/templates",
            WRITE,
            described(
                "add_item_template",
                "Keep classes in an order under a name",
                "For the secretary. The name says what kind of sitting it is for, and is no title of one.",
            ),
            add_template,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/room/templates/{template}",
            WRITE,
            described(
                "drop_item_template",
                "Drop classes in an order",
                "For the secretary. What was classified with it stays.",
            ),
            drop_template,
        ),
    ]
}

/// What an organisation lets observers do.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RoomPolicy {
    /// The one that was read; 0 while nobody wrote one.
    version: i64,
    confidential: Confidential,
    /// Whether somebody may be at open items without having signed.
    open_without_undertaking: bool,
    /// Whether a seat needs the secretary's agreement beside the host's.
    secretary_agrees: bool,
}

/// A text that observers sign.
#[derive(Serialize, JsonSchema)]
struct UndertakingText {
    id: TextId,
    number: i64,
    es: String,
    en: String,
    /// For how many months it binds as proposed to hosts; null without an end.
    lasts_months: Option<i64>,
    /// After how many days notes are destroyed, as proposed to hosts; null for never.
    notes_days: Option<i64>,
    #[schemars(with = "Instant")]
    written_at: Timestamp,
}

/// The texts of an organisation.
#[derive(Serialize, JsonSchema)]
struct UndertakingTexts {
    items: Vec<UndertakingText>,
}

/// A text to be signed from now on. That it binds without an end is said, not left out.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("required" = ["seen", "es", "en", "lasts_months", "notes_days"]))]
struct TextToAdd {
    /// The number of the newest that was read; 1 where there is none, which is the one that ships.
    seen: i64,
    es: String,
    en: String,
    /// For how many months it binds; null without an end.
    #[serde(deserialize_with = "Option::deserialize")]
    lasts_months: Option<i64>,
    /// After how many days notes are destroyed; null for never.
    #[serde(deserialize_with = "Option::deserialize")]
    notes_days: Option<i64>,
}

/// That somebody is cleared for confidential items.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Clearance")]
struct ClearanceTold {
    id: ClearanceId,
    person: PersonId,
    name: String,
    /// Its last day.
    #[schemars(with = "Day")]
    until: Date,
    #[schemars(with = "Instant")]
    given_at: Timestamp,
    /// The name of whoever gave it.
    given_by: String,
}

/// Who is cleared.
#[derive(Serialize, JsonSchema)]
struct Clearances {
    items: Vec<ClearanceTold>,
}

/// Whom to clear, and until when.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClearanceToGive {
    /// Address or name of somebody of the organisation.
    person: String,
    /// Its last day.
    #[schemars(with = "Day")]
    until: Date,
}

/// Classes in the order of the items, under a name.
#[derive(Serialize, JsonSchema)]
struct ItemTemplate {
    id: TemplateId,
    name: String,
    classes: Vec<Class>,
}

/// The templates of an organisation.
#[derive(Serialize, JsonSchema)]
struct ItemTemplates {
    items: Vec<ItemTemplate>,
}

/// Classes to be kept in their order.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TemplateToAdd {
    name: String,
    classes: Vec<Class>,
}

impl UndertakingText {
    fn of(text: Text) -> Self {
        let Text { id, number, es, en, terms, written_at } = text;
        Self { id, number, es, en, lasts_months: terms.lasts_months, notes_days: terms.notes_days, written_at }
    }
}

impl ClearanceTold {
    fn of(clearance: Clearance) -> Self {
        let Clearance { id, person, person_name: name, until, given_at, given_by } = clearance;
        Self { id, person, name, until, given_at, given_by }
    }
}

async fn policy(Has(app): Has<App>, viewer: Viewer) -> Result<Json<RoomPolicy>, Failed> {
    let Policy { confidential, open_without_undertaking, secretary_agrees, version } =
        sittings::policy(&app.db, viewer.organisation).await?;
    Ok(Json(RoomPolicy { version, confidential, open_without_undertaking, secretary_agrees }))
}

async fn write_policy(
    Has(app): Has<App>,
    viewer: Viewer,
    Json(sent): Json<RoomPolicy>,
) -> Result<Json<RoomPolicy>, Failed> {
    let RoomPolicy { version, confidential, open_without_undertaking, secretary_agrees } = sent;
    let written = Policy { confidential, open_without_undertaking, secretary_agrees, version };
    actions::write_policy(&app, &viewer, written).await?;
    policy(Has(app), viewer).await
}

async fn texts(Has(app): Has<App>, viewer: Viewer) -> Result<Json<UndertakingTexts>, Failed> {
    let texts = store::texts(&app.db, viewer.organisation).await?;
    Ok(Json(UndertakingTexts { items: texts.into_iter().map(UndertakingText::of).collect() }))
}

async fn add_text(
    Has(app): Has<App>,
    viewer: Viewer,
    Json(sent): Json<TextToAdd>,
) -> Result<Json<UndertakingTexts>, Failed> {
    let TextToAdd { seen, es, en, lasts_months, notes_days } = sent;
    let new = NewText::parse(&es, &en, Terms { text: None, lasts_months, notes_days });
    let new = new.map_err(|problems| in_our_words(problems.into()))?;
    actions::write_text(&app, &viewer, seen, &new).await.map_err(in_our_words)?;
    texts(Has(app), viewer).await
}

async fn clearances(Has(app): Has<App>, viewer: Viewer) -> Result<Json<Clearances>, Failed> {
    let clearances = store::clearances(&app.db, viewer.organisation, actions::today(&app, &viewer)).await?;
    Ok(Json(Clearances { items: clearances.into_iter().map(ClearanceTold::of).collect() }))
}

async fn clear(
    Has(app): Has<App>,
    viewer: Viewer,
    Json(sent): Json<ClearanceToGive>,
) -> Result<Json<Clearances>, Failed> {
    actions::clear(&app, &viewer, sent.person.trim(), Some(sent.until)).await?;
    clearances(Has(app), viewer).await
}

async fn revoke(Has(app): Has<App>, viewer: Viewer, Path(id): Path<ClearanceId>) -> Result<Json<Clearances>, Failed> {
    actions::revoke(&app, &viewer, id).await?;
    clearances(Has(app), viewer).await
}

async fn templates(Has(app): Has<App>, viewer: Viewer) -> Result<Json<ItemTemplates>, Failed> {
    let told = |Template { id, name, classes }: Template| ItemTemplate { id, name, classes };
    let templates = store::templates(&app.db, viewer.organisation).await?;
    Ok(Json(ItemTemplates { items: templates.into_iter().map(told).collect() }))
}

async fn add_template(
    Has(app): Has<App>,
    viewer: Viewer,
    Json(sent): Json<TemplateToAdd>,
) -> Result<Json<ItemTemplates>, Failed> {
    actions::add_template(&app, &viewer, &sent.name, &sent.classes).await?;
    templates(Has(app), viewer).await
}

async fn drop_template(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<TemplateId>,
) -> Result<Json<ItemTemplates>, Failed> {
    actions::drop_template(&app, &viewer, id).await?;
    templates(Has(app), viewer).await
}
