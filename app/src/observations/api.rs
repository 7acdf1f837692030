//! JSON doors to sittings, as their reader may know them: seats of one's own pairs, items with where one stands, and for the secretary the
//! classes.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::{Access, concerns};
use super::actions::{By, Wanted, host_agrees};
use super::items::actions::{Planned, chair_agrees, classify};
use super::model::{
    Answer, Class, Declaration, ItemId, Kind, Plan, SeatId, SeatState, Sitting, SittingId, Somebody, State, Terms,
    TextId, classes_seen,
};
use super::place::Place;
use super::places::places_of;
use super::policy::store::texts;
use super::seating::actions::{self, Settled};
use super::store::{self, Listing};
use super::undertakings::{PROPOSED, digest};
use crate::activities::model::ActivityId;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, TokenScope, Viewer};
use crate::mentorships::{self, MentorshipId};
use crate::problems::Problems;
use crate::programmes::{self, EditionId};
use crate::web::{Door, Failed, Instant, Json, Path, Tag, Told};

const SITTINGS: Tag = Tag {
    name: "sittings",
    about: "Meetings and negotiations that are opened to observers. They have numbers, classes and times, and no titles.",
};

pub(super) fn doors() -> Vec<Door> {
    [of_sittings(), of_what_comes_before()].concat()
}

fn of_sittings() -> Vec<Door> {
    let (read, write) = ((Act::UseAccount, TokenScope::OwnRead), (Act::UseAccount, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings",
            read,
            told("list_sittings", "The sittings that are to come", "In the order of time; a hundred at most."),
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}",
            read,
            told(
                "read_sitting",
                "A sitting with its items and seats",
                "Items are told to whoever keeps the room, and to observers, with where they stand; seats to whoever keeps the room, \
                 and to the pair whose they are.",
            ),
            one,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/sittings/{id}/items",
            write,
            told(
                "classify_items",
                "Write the items of a sitting anew",
                "For the secretary, or whoever stands in. Where somebody wrote since, nothing is done (409).",
            ),
            put_items,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats",
            write,
            told("ask_for_seat", "Ask for a seat, or propose one", "For one of a mentorship's two."),
            ask,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/answer",
            write,
            told("answer_seat", "Answer whether somebody may observe", "For the host and the secretary."),
            answer,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/withdraw",
            write,
            told("withdraw_seat", "Take a wish or a seat back", "For one of a mentorship's two."),
            withdraw,
        ),
    ]
}

/// Opening one, and all that has to be agreed, said and signed before somebody observes it.
fn of_what_comes_before() -> Vec<Door> {
    let (read, write) = ((Act::UseAccount, TokenScope::OwnRead), (Act::UseAccount, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: SITTINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/sittings",
            (Act::OpenSittings, TokenScope::OwnWrite),
            told(
                "open_sitting",
                "Open a meeting or a negotiation to observers",
                "It has no title. Where the host is somebody else, it is a draft until they agree; who has no account gets a link by mail.",
            ),
            open,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/agree",
            write,
            told(
                "agree_to_observers",
                "Agree that observers come",
                "For the host of a draft: under which undertaking, and for how long it binds.",
            ),
            agree,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/items/agree",
            write,
            told(
                "agree_to_classes",
                "Agree to the classes of the items",
                "For whoever presides. Where the classes are not those that were read, nothing is done (409).",
            ),
            agree_to_classes,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/conflict",
            write,
            told(
                "declare_conflict",
                "Say whether one has a conflict of interest",
                "For the observer of the seat. What they declare is sealed; the secretary reads it, and no answer here carries it.",
            ),
            declare,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/settle",
            write,
            told(
                "settle_conflict",
                "Settle for which items a declared conflict counts",
                "For the secretary, or whoever stands in; nobody settles their own. All of them, or these: an empty list says none.",
            ),
            settle,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/seats/{seat}/undertaking",
            read,
            told(
                "read_undertaking",
                "The exact words that an observer signs, or signed",
                "For the observer, the host and the secretary, in the reader's language until it is signed.",
            ),
            undertaking,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/undertaking",
            write,
            told(
                "sign_undertaking",
                "Sign the undertaking",
                "For the observer, with the digest of the words that they read. Where these are others by now, nothing is done (409).",
            ),
            sign,
        ),
    ]
}

/// A meeting or negotiation that is opened to observers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Sitting")]
struct SittingTold {
    id: SittingId,
    number: i64,
    kind: Kind,
    state: State,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    #[schemars(with = "Instant")]
    ends_at: Timestamp,
    seats: i64,
    /// Those who wait for an answer, and those who hold a seat.
    asked: i64,
    held: i64,
}

/// Several of them.
#[derive(Serialize, JsonSchema)]
struct Sittings {
    items: Vec<SittingTold>,
}

/// An item: a number, a class and times.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SittingItem")]
struct ItemTold {
    id: ItemId,
    number: i64,
    class: Option<Class>,
    is_agreed: bool,
    #[schemars(with = "Option<Instant>")]
    planned_from: Option<Timestamp>,
    #[schemars(with = "Option<Instant>")]
    planned_to: Option<Timestamp>,
    /// Whether one may be in the room; null for whoever has no seat.
    is_in: Option<bool>,
    /// Why not.
    why: Option<String>,
}

/// A seat.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SittingSeat")]
struct SeatTold {
    id: SeatId,
    mentorship: MentorshipId,
    state: SeatState,
    host_answer: Option<Answer>,
    secretary_answer: Option<Answer>,
    /// What is known of the observer's conflicts of interest; null for whoever neither settles them nor is the observer.
    conflict: Option<Declaration>,
    is_signed: bool,
}

/// A sitting with what its reader may know.
#[derive(Serialize, JsonSchema)]
struct SittingWhole {
    sitting: SittingTold,
    /// `classify_items` wants it.
    version: i64,
    /// The zone of its times.
    zone: String,
    /// Where it is, and who receives, for whoever goes there.
    place: Option<String>,
    host: Option<String>,
    /// The link of a video call, for whoever has a part in it, and for an observer who has signed.
    link: Option<String>,
    /// The keys of the competencies that it shows.
    competencies: Vec<String>,
    /// Since when the other side of a negotiation is known to agree that somebody observes.
    #[schemars(with = "Option<Instant>")]
    other_side_agreed_at: Option<Timestamp>,
    /// Who is on the other side, for whoever has to know it to say whether they have a conflict of interest, or settles them.
    other_side: Option<String>,
    /// `agree_to_classes` wants it; null for whoever does not keep the room.
    classes_seen: Option<String>,
    items: Vec<ItemTold>,
    seats: Vec<SeatTold>,
}

/// Under which undertaking observers come, and for how long it binds.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SittingTerms")]
#[expect(clippy::option_option, reason = "what is left out stays, null has no end")]
struct TermsToChoose {
    /// The text; null for the one that the sitting has, or the newest.
    #[serde(default)]
    text: Option<TextId>,
    /// For how many months it binds; null without an end. Where it is left out, as the sitting has it, or the newest text.
    #[serde(default, deserialize_with = "crate::web::told")]
    lasts_months: Option<Option<i64>>,
    /// After how many days notes are destroyed; null for never. Where it is left out, as the sitting has it, or the newest text.
    #[serde(default, deserialize_with = "crate::web::told")]
    notes_days: Option<Option<i64>>,
}

impl TermsToChoose {
    /// What is left out is as it stood before.
    fn over(self, before: Terms) -> Terms {
        Terms {
            text: self.text.or(before.text),
            lasts_months: self.lasts_months.unwrap_or(before.lasts_months),
            notes_days: self.notes_days.unwrap_or(before.notes_days),
        }
    }
}

/// A sitting to be opened. It has no title.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SittingToOpen {
    kind: Kind,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    #[schemars(with = "Instant")]
    ends_at: Timestamp,
    /// The zone of its times; null for one's own.
    #[serde(default)]
    zone: Option<String>,
    #[serde(default)]
    place: String,
    #[serde(default)]
    link: String,
    seats: i64,
    /// The keys of the competencies that it shows.
    #[serde(default)]
    competencies: Vec<String>,
    /// Address or name of somebody of the organisation, or the address of somebody outside with their name.
    host: String,
    #[serde(default)]
    host_name: String,
    #[serde(default)]
    chair: String,
    #[serde(default)]
    chair_name: String,
    #[serde(default)]
    keeper: String,
    /// Where one is the host oneself; null for what the newest text proposes.
    #[serde(default)]
    terms: Option<TermsToChoose>,
}

/// The classes that whoever presides has read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ClassesToAgree {
    classes_seen: String,
}

/// Whether an observer has a conflict of interest, and which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConflictToDeclare {
    has_conflict: bool,
    #[serde(default)]
    words: String,
}

/// For which items a conflict counts: all, or these.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConflictToSettle {
    /// All, also those that are added later.
    #[serde(default)]
    all: bool,
    #[serde(default)]
    items: Option<Vec<ItemId>>,
}

/// What is signed, or was.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SittingUndertaking")]
struct UndertakingTold {
    words: String,
    /// `sign_undertaking` wants it: SHA-256 of the words.
    digest: String,
    #[schemars(with = "Option<Instant>")]
    signed_at: Option<Timestamp>,
}

/// The digest of the words that were read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UndertakingToSign {
    digest: String,
}

/// An item to be written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemToClassify {
    #[serde(default)]
    class: Option<Class>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    planned_from: Option<Timestamp>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    planned_to: Option<Timestamp>,
}

/// The items of a sitting over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ItemsToClassify {
    version: i64,
    items: Vec<ItemToClassify>,
}

/// For which mentorship a seat is asked, and which planned activity it would fulfil.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeatToAsk {
    mentorship: MentorshipId,
    #[serde(default)]
    activity: Option<ActivityId>,
}

/// Whether somebody may observe.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeatToAnswer {
    answer: Answer,
}

fn told(sitting: &Sitting, (asked, held): (i64, i64)) -> SittingTold {
    SittingTold {
        id: sitting.id,
        number: sitting.number,
        kind: sitting.kind,
        state: sitting.state,
        starts_at: sitting.starts_at,
        ends_at: sitting.ends_at,
        seats: sitting.seats,
        asked,
        held,
    }
}

async fn list(Has(app): Has<App>, viewer: Viewer) -> Result<Json<Sittings>, Failed> {
    let pairs = mentorships::of_person(&app.db, viewer.person).await?;
    let sees_all = viewer.may(Act::KeepRoom, &viewer.record()) || viewer.holds(Part::Coordinator);
    let editions: Vec<programmes::EditionId> = if sees_all {
        programmes::editions(&app.db, viewer.organisation).await?.iter().map(|edition| edition.id).collect()
    } else {
        pairs.iter().map(|pair| pair.edition).collect()
    };
    let listing = Listing {
        organisation: viewer.organisation,
        editions: &editions,
        person: viewer.person,
        sees_drafts: sees_all,
    };
    let mut sittings = store::ahead(&app.db, &listing, app.now()).await?;
    let has_part = |sitting: &Sitting| {
        [sitting.host.person, sitting.chair.person, sitting.keeper, Some(sitting.opened_by)]
            .contains(&Some(viewer.person))
    };
    sittings.retain(|sitting| sees_all || has_part(sitting) || pairs.iter().any(|pair| concerns(pair, sitting)));
    let counts = store::counts_of(&app.db, &sittings.iter().map(|sitting| sitting.id).collect::<Vec<_>>()).await?;
    let of = |sitting: &Sitting| {
        let found = counts.iter().find(|(of, ..)| *of == sitting.id);
        told(sitting, found.map_or((0, 0), |(_, asked, held)| (*asked, *held)))
    };
    Ok(Json(Sittings { items: sittings.iter().map(of).collect() }))
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, &viewer, id).await?;
    let places = places_of(&app.db, &access.sitting).await?;
    let own = places.seats.iter().find(|seat| seat.observer == viewer.person && seat.state == SeatState::Held);
    let place = |item: ItemId| own.and_then(|seat| places.of(seat.id, item));
    let reads_items = access.reads_room() || own.is_some();
    let items = places.items.iter().filter(|_| reads_items).map(|item| {
        let place = place(item.id);
        ItemTold {
            id: item.id,
            number: item.number,
            class: item.class,
            is_agreed: item.agreed_at.is_some(),
            planned_from: item.planned_from,
            planned_to: item.planned_to,
            is_in: place.map(Place::is_in),
            why: place.and_then(Place::why).map(|why| viewer.lang.say(&why.key())),
        }
    });
    let is_own = |mentorship: MentorshipId| access.pairs.iter().any(|pair| pair.id == mentorship);
    let seats = places.seats.iter().filter(|seat| access.reads_room() || is_own(seat.mentorship));
    let seats = seats.map(|seat| SeatTold {
        id: seat.id,
        mentorship: seat.mentorship,
        state: seat.state,
        host_answer: seat.host_answer,
        secretary_answer: seat.secretary_answer,
        conflict: Some(seat.conflict).filter(|_| access.classifies() || seat.observer == viewer.person),
        is_signed: seat.signed_at.is_some(),
    });
    let (sitting, observes) = (&access.sitting, own.is_some());
    let has_part = access.has_part();
    let goes = has_part || observes;
    let has_signed = own.is_some_and(|seat| seat.signed_at.is_some());
    let knows_side = access.classifies() || access.is_host || observes;
    let other_side = match sitting.kind {
        Kind::Negotiation if knows_side => store::side(&app.db, id).await?,
        _ => None,
    };
    let competencies = store::competencies_of(&app.db, &[id]).await?.into_iter().map(|(_, key)| key).collect();
    let said = |text: &str, is_known: bool| Some(text.to_owned()).filter(|text| is_known && !text.is_empty());
    let count = |state: SeatState| {
        let count = places.seats.iter().filter(|seat| seat.state == state).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    Ok(Json(SittingWhole {
        sitting: told(&access.sitting, (count(SeatState::Asked), count(SeatState::Held))),
        version: sitting.version,
        zone: sitting.zone.clone(),
        place: said(&sitting.place, goes),
        host: said(&sitting.host.name, goes),
        link: said(&sitting.link, has_part || has_signed),
        competencies,
        other_side_agreed_at: sitting.other_side_agreed_at,
        other_side,
        classes_seen: access.reads_room().then(|| classes_seen(&places.items)),
        items: items.collect(),
        seats: seats.collect(),
    }))
}

async fn put_items(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<ItemsToClassify>,
) -> Result<Json<SittingWhole>, Failed> {
    let planned = |item: &ItemToClassify| Planned { class: item.class, from: item.planned_from, to: item.planned_to };
    let items: Vec<Planned> = sent.items.iter().map(planned).collect();
    classify(&app, &viewer, (id, sent.version), &items).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn ask(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<SeatToAsk>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::ask(&app, &viewer, id, (sent.mentorship, sent.activity)).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn answer(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<SeatToAnswer>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::answer(&app, By::Person(&viewer), (Some(id), seat), sent.answer).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn withdraw(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::withdraw(&app, &viewer, (id, seat)).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn open(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(sent): Json<SittingToOpen>,
) -> Result<Json<SittingWhole>, Failed> {
    let own = || viewer.zone.iana_name().unwrap_or("UTC").to_owned();
    let zone = sent.zone.unwrap_or_else(own);
    let mut problems = Problems::default();
    if TimeZone::get(&zone).is_err() {
        problems.add("zone", Message::new("observations-zone-unknown"));
    }
    let terms = match sent.terms {
        Some(terms) => {
            let newest = texts(&app.db, viewer.organisation).await?.into_iter().next();
            Some(terms.over(newest.map_or(PROPOSED, |newest| newest.terms)))
        }
        None => None,
    };
    let wanted = Wanted {
        plan: Plan {
            kind: sent.kind,
            starts_at: sent.starts_at,
            ends_at: sent.ends_at,
            zone,
            place: sent.place,
            link: sent.link,
            seats: sent.seats,
            competencies: sent.competencies,
            host: Somebody::default(),
            chair: Somebody::default(),
            keeper: None,
        },
        host: (sent.host, sent.host_name),
        chair: (sent.chair, sent.chair_name),
        keeper: sent.keeper,
        problems,
        terms,
    };
    let sitting = super::open(&app, &viewer, id, &wanted).await?;
    one(Has(app), viewer, Path(sitting)).await
}

async fn agree(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<TermsToChoose>,
) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, &viewer, id).await?;
    let terms = sent.over(access.sitting.terms);
    host_agrees(&app, By::Person(&viewer), Some(id), terms).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn agree_to_classes(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<ClassesToAgree>,
) -> Result<Json<SittingWhole>, Failed> {
    chair_agrees(&app, By::Person(&viewer), Some(id), &sent.classes_seen).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn declare(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<ConflictToDeclare>,
) -> Result<Json<SittingWhole>, Failed> {
    Access::of(&app.db, &viewer, id).await?;
    actions::declare(&app, &viewer, (id, seat), (sent.has_conflict, &sent.words)).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn settle(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<ConflictToSettle>,
) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, &viewer, id).await?;
    access.must(access.may_settle())?;
    let settled = match (sent.all, sent.items) {
        (true, None) => Settled::All,
        (false, Some(items)) => Settled::Items(items),
        _ => return Err(Problems::one("items", Message::new("observations-settle-choose")).into()),
    };
    actions::settle(&app, &viewer, (id, seat), &settled).await?;
    one(Has(app), viewer, Path(id)).await
}

async fn undertaking(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
) -> Result<Json<UndertakingTold>, Failed> {
    let (_, seat, words, signed) = actions::undertaking(&app, &viewer, (id, seat), viewer.lang).await?;
    let found = digest(&words);
    let digest = hex::encode(signed.as_ref().map_or(&found, |signed| &signed.digest));
    Ok(Json(UndertakingTold { words, digest, signed_at: seat.signed_at }))
}

async fn sign(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<UndertakingToSign>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::sign(&app, &viewer, (id, seat), (viewer.lang, &sent.digest)).await?;
    one(Has(app), viewer, Path(id)).await
}
