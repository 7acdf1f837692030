//! JSON doors to seats: asking, answering, conflicts, the undertaking, and the share-out of an edition.

#![expect(clippy::similar_names, reason = "the names are those of the field")]

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::super::access::Access;
use super::super::actions::By;
use super::super::api::{Counts, PageAsked, SITTINGS, SittingTold, SittingWhole, whole};
use super::super::model::{Answer, ItemId, Seat, SeatId, SeatState, SittingId};
use super::super::pages::{FIRST, key, place_of, sharing};
use super::super::store as sittings;
use super::super::undertakings::digest;
use super::actions::{self, Settled, Shared, Versions};
use super::reasons::{elsewhere, reason};
use crate::activities::model::ActivityId;
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::Problems;
use crate::programmes::EditionId;
use crate::web::{Cursor, Door, Failed, Instant, Json, Page, Params, Path, Told};

pub(super) fn doors() -> Vec<Door> {
    [of_seats(), of_conflicts(), of_undertakings(), of_share_outs()].concat()
}

const READ: (Act, TokenScope) = (Act::UseAccount, TokenScope::OwnRead);
const WRITE: (Act, TokenScope) = (Act::UseAccount, TokenScope::OwnWrite);

fn described(id: &'static str, summary: &'static str, detail: &'static str) -> Told {
    Told { id, tag: SITTINGS, summary, detail }
}

fn of_seats() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats",
            WRITE,
            described("ask_for_seat", "Ask for a seat, or propose one", "For one of a mentorship's two."),
            ask,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/answer",
            WRITE,
            described("answer_seat", "Answer whether somebody may observe", "For the host and the secretary."),
            answer,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/withdraw",
            WRITE,
            described("withdraw_seat", "Take a wish or a seat back", "For one of a mentorship's two."),
            withdraw,
        ),
    ]
}

fn of_conflicts() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/conflict",
            WRITE,
            described(
                "declare_conflict",
                "Say whether one has a conflict of interest",
                "For the observer of the seat. What they declare is sealed; the secretary reads it, and no answer here carries it.",
            ),
            declare,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/settle",
            WRITE,
            described(
                "settle_conflict",
                "Settle for which items a declared conflict counts",
                "For the secretary, or whoever stands in; nobody settles their own. All of them, or these: an empty list says none. Where the \
                 observer has said more since, or the items are others, nothing is done (409).",
            ),
            settle,
        ),
    ]
}

fn of_undertakings() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}/seats/{seat}/undertaking",
            READ,
            described(
                "read_undertaking",
                "The exact words that an observer signs, or signed",
                "For the observer, the host and the secretary; until it is signed in the language that is asked for, then in that in which \
                 it was signed.",
            ),
            undertaking,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/seats/{seat}/undertaking",
            WRITE,
            described(
                "sign_undertaking",
                "Sign the undertaking",
                "For the observer, with the digest of the words that they read, and the language of these. Where these are others by now, \
                 nothing is done (409).",
            ),
            sign,
        ),
    ]
}

fn of_share_outs() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/sittings/share",
            READ,
            described(
                "read_share_out",
                "Where more have asked than there are seats",
                "For coordinators and the secretary: at how many of an edition's sittings there is something to share out, and those for \
                 which seats can be asked, with counts, in the order of time.",
            ),
            share_out,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/sittings/share/wishes",
            (Act::KeepRoom, TokenScope::OwnRead),
            described(
                "list_wishes_to_share",
                "What the share-out would give now",
                "For the secretary, who reads who observes: the wishes that wait, in the order in which they were asked, each with what the \
                 share-out would give and why. Nothing is done.",
            ),
            wishes,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/sittings/share",
            WRITE,
            described(
                "share_out",
                "Share the seats of an edition's sittings out",
                "For coordinators and the secretary. First those who have had fewest seats; among them those who have still to see the \
                 competency; then whoever asked first. A seat that was shared out is its observer's once those agree who have to. Who got \
                 one, and why, stands with the seats of each sitting for whoever reads who observes. Where somebody asked or withdrew meanwhile, nothing is done (409).",
            ),
            share,
        ),
    ]
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
    /// Of the seat, as it was read.
    version: i64,
    /// Of the sitting: its items are those that were read.
    sitting_version: i64,
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
    /// The language in which they were read; null for one's own.
    #[serde(default)]
    lang: Option<Lang>,
}

#[derive(Deserialize, JsonSchema)]
struct UndertakingAsked {
    /// The language in which it is read until it is signed; one's own if nothing is said.
    #[serde(default)]
    lang: Option<Lang>,
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

/// The sittings of an edition for which seats can be asked.
#[derive(Serialize, JsonSchema)]
struct ShareOut {
    /// At how many of all of them more have asked than there are seats.
    crowded: i64,
    items: Vec<SittingTold>,
    /// Pass it on as `after` for the next page; null on the last one.
    next: Option<Cursor>,
}

/// What the share-out gives somebody, and why.
#[derive(Serialize, JsonSchema)]
struct SeatShared {
    seat: SeatId,
    sitting: SittingId,
    /// The sitting's.
    number: i64,
    mentorship: MentorshipId,
    observer: PersonId,
    name: String,
    #[schemars(with = "Instant")]
    asked_at: Timestamp,
    is_given: bool,
    /// For people.
    why: String,
}

/// What the share-out gave.
#[derive(Serialize, JsonSchema)]
struct SharedOut {
    given: usize,
    not_given: usize,
}

impl SeatShared {
    fn all(viewer: &Viewer, shared: &Shared) -> Vec<Self> {
        let number = |seat: &Seat| {
            let sitting = shared.open.iter().find(|sitting| sitting.id == seat.sitting);
            sitting.map_or(0, |sitting| sitting.number)
        };
        let elsewhere = elsewhere(&shared.seats, number);
        let told = |seat: &Seat| Self {
            seat: seat.id,
            sitting: seat.sitting,
            number: number(seat),
            mentorship: seat.mentorship,
            observer: seat.observer,
            name: seat.observer_name.clone(),
            asked_at: seat.asked_at,
            is_given: matches!(seat.state, SeatState::Asked | SeatState::Held),
            why: reason(viewer.lang, seat, viewer.person, &elsewhere).unwrap_or_default(),
        };
        shared.seats.iter().map(told).collect()
    }
}

async fn ask(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<SeatToAsk>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::ask(&app, &viewer, id, (sent.mentorship, sent.activity)).await?;
    whole(&app, &viewer, id).await
}

async fn answer(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<SeatToAnswer>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::answer(&app, By::Person(&viewer), (Some(id), seat), sent.answer).await?;
    whole(&app, &viewer, id).await
}

async fn withdraw(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::withdraw(&app, &viewer, (id, seat)).await?;
    whole(&app, &viewer, id).await
}

async fn declare(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Json(sent): Json<ConflictToDeclare>,
) -> Result<Json<SittingWhole>, Failed> {
    Access::of(&app.db, &viewer, id).await?;
    actions::declare(&app, &viewer, (id, seat), (sent.has_conflict, &sent.words)).await?;
    whole(&app, &viewer, id).await
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
    let read = Versions { seat: sent.version, sitting: sent.sitting_version };
    actions::settle(&app, &viewer, (id, seat), (read, &settled)).await?;
    whole(&app, &viewer, id).await
}

async fn undertaking(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, seat)): Path<(SittingId, SeatId)>,
    Params(asked): Params<UndertakingAsked>,
) -> Result<Json<UndertakingTold>, Failed> {
    let lang = asked.lang.unwrap_or(viewer.lang);
    let (_, seat, words, signed) = actions::undertaking(&app, &viewer, (id, seat), lang).await?;
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
    let lang = sent.lang.unwrap_or(viewer.lang);
    actions::sign(&app, &viewer, (id, seat), (lang, &sent.digest)).await?;
    whole(&app, &viewer, id).await
}

/// Whoever shares out reads counts.
async fn share_out(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<PageAsked>,
) -> Result<Json<ShareOut>, Failed> {
    let edition = sharing(&app, &viewer, id).await?.id;
    let (after, limit) = (Cursor::read(asked.after.as_ref(), key)?.unwrap_or(FIRST), asked.limit.unwrap_or_default());
    let most = i64::try_from(limit.and_one()).unwrap_or(i64::MAX);
    let open = sittings::open_after(&app.db, edition, app.now(), (after, most)).await?;
    let counts = Counts::of(&app, &open).await?;
    let page = Page::of(open, limit, |last| Cursor::new(place_of(last)), |sitting| counts.told(&sitting));
    let crowded = sittings::crowded(&app.db, edition, app.now()).await?;
    Ok(Json(ShareOut { crowded, items: page.items, next: page.next }))
}

async fn wishes(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<PageAsked>,
) -> Result<Json<Page<SeatShared>>, Failed> {
    let place = |text: &str| key(text).map(|(at, seat)| (at, SeatId(seat.0)));
    let (after, limit) = (Cursor::read(asked.after.as_ref(), place)?, asked.limit.unwrap_or_default());
    let shared = actions::would_share(&app, &viewer, id).await?;
    let mut told = SeatShared::all(&viewer, &shared);
    told.retain(|one| after.is_none_or(|after| (one.asked_at, one.seat) > after));
    let place = |last: &SeatShared| Cursor::new(format!("{}.{}", last.asked_at.as_microsecond(), last.seat));
    Ok(Json(Page::of(told, limit, place, |one| one)))
}

async fn share(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Result<Json<SharedOut>, Failed> {
    let shares = actions::share_out(&app, &viewer, id).await?;
    let given = shares.iter().filter(|share| share.is_given).count();
    Ok(Json(SharedOut { given, not_given: shares.len() - given }))
}
