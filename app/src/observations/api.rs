//! JSON doors to sittings, as their reader may know them: seats of one's own pairs, items with where one stands, and for the secretary the
//! classes. What belongs to a room of its own (items, seats, the other side, that it was held) has its doors there.

use std::borrow::Cow;

use axum::extract::State as Has;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::actions::{self, By, Wanted, host_agrees, host_refuses};
use super::model::{
    Answer, Class, Declaration, ItemId, Kind, LinkAct, Plan, SeatId, SeatState, Sitting, SittingId, Somebody, State,
    Terms, TextId, classes_seen,
};
use super::pages::{FIRST, LAST, Reader, key, place_of};
use super::place::Place;
use super::places::places_of;
use super::policy::store::texts;
use super::seating::reasons::{is_elsewhere, reason};
use super::store;
use super::undertakings::PROPOSED;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, TokenScope, Viewer};
use crate::mentorships::MentorshipId;
use crate::problems::{Failure, Problems};
use crate::programmes::EditionId;
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told, told as said};

pub(super) const SITTINGS: Tag = Tag {
    name: "sittings",
    about: "Meetings and negotiations that are opened to observers. They have numbers, classes and times, and no titles.",
};

const READ: (Act, TokenScope) = (Act::UseAccount, TokenScope::OwnRead);
const WRITE: (Act, TokenScope) = (Act::UseAccount, TokenScope::OwnWrite);

pub(super) fn doors() -> Vec<Door> {
    [of_lists(), of_sittings(), of_hosts()].concat()
}

fn described(id: &'static str, summary: &'static str, detail: &'static str) -> Told {
    Told { id, tag: SITTINGS, summary, detail }
}

fn of_lists() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings",
            READ,
            described("list_sittings", "The sittings that are to come", "In the order of time."),
            list,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/past",
            READ,
            described(
                "list_past_sittings",
                "The sittings that have been",
                "The newest first. Faculty reads that they took place, and the hours.",
            ),
            past,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/sittings/{id}",
            READ,
            described(
                "read_sitting",
                "A sitting with its items and seats",
                "Items are told to whoever keeps the room, and to observers, with where they stand; seats to whoever keeps the room, \
                 and to the pair whose they are.",
            ),
            one,
        ),
    ]
}

fn of_sittings() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/editions/{id}/sittings",
            (Act::OpenSittings, TokenScope::OwnWrite),
            described(
                "open_sitting",
                "Open a meeting or a negotiation to observers",
                "It has no title. Where the host is somebody else, it is a draft until they agree; who has no account gets a link by mail.",
            ),
            open,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/me/sittings/{id}",
            WRITE,
            described(
                "change_sitting",
                "Change when, where and for how many a sitting is",
                "For its host, the secretary, and whoever opened it. A field that is left out stays as it is, null empties it, a list \
                 replaces the list. Whoever holds a seat is told. Where somebody changed it since it was read, it was held or called off, \
                 nothing is done (409).",
            ),
            change,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/cancel",
            WRITE,
            described(
                "cancel_sitting",
                "Call a sitting off",
                "For its host, the secretary, and whoever opened it, as long as nothing is recorded of it (422). Whoever holds a seat is \
                 told, and what they had prepared goes with it. Where somebody changed it since it was read, nothing is done (409).",
            ),
            cancel,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/links",
            WRITE,
            described(
                "send_sitting_link",
                "Send a link again",
                "For whoever may change the sitting: a host or a chair without account gets another link by mail. Those that they have \
                 still open the sitting; no answer carries one.",
            ),
            send_again,
        ),
    ]
}

fn of_hosts() -> Vec<Door> {
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/agree",
            WRITE,
            described(
                "agree_to_observers",
                "Agree that observers come",
                "For the host of a draft: under which undertaking, and for how long it binds.",
            ),
            agree,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/sittings/{id}/refuse",
            WRITE,
            described(
                "refuse_observers",
                "Say that no observers come",
                "For the host of a draft: it is called off before it was opened.",
            ),
            refuse,
        ),
    ]
}

/// What a page of a list is asked for.
#[derive(Deserialize, JsonSchema)]
pub(super) struct PageAsked {
    /// The `next` of the page before.
    #[serde(default)]
    pub after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    pub limit: Option<Limit>,
}

/// A meeting or negotiation that is opened to observers.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Sitting")]
pub(super) struct SittingTold {
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

/// A meeting or negotiation that has been.
#[derive(Serialize, JsonSchema)]
struct PastSitting {
    id: SittingId,
    number: i64,
    kind: Kind,
    state: State,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
    #[schemars(with = "Instant")]
    ends_at: Timestamp,
    /// How many seats there were, and how many were held; null for whoever reads only that it was.
    seats: Option<i64>,
    held: Option<i64>,
    /// For how many minutes all its observers together were there, for those who read hours; null also where there is no record.
    observed_minutes: Option<i64>,
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
    /// `settle_conflict` wants it.
    version: i64,
    mentorship: MentorshipId,
    state: SeatState,
    host_answer: Option<Answer>,
    secretary_answer: Option<Answer>,
    /// What is known of the observer's conflicts of interest; null for whoever neither settles them nor is the observer.
    conflict: Option<Declaration>,
    is_signed: bool,
    /// Why the share-out gave it, or not; null where there was none. For people.
    why: Option<String>,
}

/// A sitting with what its reader may know.
#[derive(Serialize, JsonSchema)]
pub(super) struct SittingWhole {
    sitting: SittingTold,
    /// `change_sitting`, `cancel_sitting` and `classify_items` want it.
    version: i64,
    /// The zone of its times.
    zone: String,
    /// Where it is, and who receives, for whoever goes there.
    place: Option<String>,
    host: Option<String>,
    /// The link of a video call, for whoever has a part in it, and for an observer who has signed.
    link: Option<String>,
    /// Who presides and who keeps the record, for whoever keeps the room; whoever receives, where nobody else presides.
    chair: Option<String>,
    keeper: Option<String>,
    /// What observers sign, for whoever goes there; until the host has agreed, what is proposed to them, for them alone.
    terms: Option<TermsTold>,
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
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SittingTermsInForce")]
struct TermsTold {
    text: Option<TextId>,
    /// Null without an end.
    lasts_months: Option<i64>,
    /// After how many days notes are destroyed; null for never.
    notes_days: Option<i64>,
}

/// Under which undertaking observers are to come, and for how long it is to bind.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SittingTerms")]
#[expect(clippy::option_option, reason = "what is left out stays, null has no end")]
struct TermsToChoose {
    /// The text; null for the one that the sitting has, or the newest.
    #[serde(default)]
    text: Option<TextId>,
    /// For how many months it binds; null without an end. Where it is left out, as the sitting has it, or the newest text.
    #[serde(default, deserialize_with = "said")]
    lasts_months: Option<Option<i64>>,
    /// After how many days notes are destroyed; null for never. Where it is left out, as the sitting has it, or the newest text.
    #[serde(default, deserialize_with = "said")]
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

/// What is changed of a sitting. What is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "what is left out stays, null empties")]
struct SittingChange {
    /// The version that was read.
    version: i64,
    /// Of a draft alone.
    #[serde(default)]
    kind: Option<Kind>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    starts_at: Option<Timestamp>,
    #[serde(default)]
    #[schemars(with = "Option<Instant>")]
    ends_at: Option<Timestamp>,
    #[serde(default, deserialize_with = "said")]
    place: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    link: Option<Option<String>>,
    #[serde(default)]
    seats: Option<i64>,
    /// The keys of the competencies that it shows.
    #[serde(default)]
    competencies: Option<Vec<String>>,
    /// Address or name of somebody of the organisation, or the address of somebody outside with their name. Whoever has agreed stays.
    #[serde(default)]
    host: Option<String>,
    #[serde(default)]
    host_name: Option<String>,
    /// Null where whoever receives presides.
    #[serde(default, deserialize_with = "said")]
    chair: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    chair_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "said")]
    keeper: Option<Option<String>>,
}

impl SittingChange {
    /// The same as its form would have it: what is left out as it stands.
    fn over(self, before: &Sitting, competencies: Vec<String>, keeper: &str) -> Wanted {
        let mut problems = Problems::default();
        if before.host_agreed_at.is_some() && (self.host.is_some() || self.host_name.is_some()) {
            problems.add("host", Message::new("observations-host-stays"));
        }
        let text = |sent: Option<Option<String>>, before: &str| {
            sent.map_or_else(|| before.to_owned(), Option::unwrap_or_default)
        };
        // Somebody else has no name yet.
        let named = |is_other: bool, before: &Somebody| if is_other { String::new() } else { before.name.clone() };
        let host_name = self.host_name.unwrap_or_else(|| named(self.host.is_some(), &before.host));
        let chair_name = text(self.chair_name, &named(self.chair.is_some(), &before.chair));
        Wanted {
            plan: Plan {
                kind: self.kind.unwrap_or(before.kind),
                starts_at: self.starts_at.unwrap_or(before.starts_at),
                ends_at: self.ends_at.unwrap_or(before.ends_at),
                zone: before.zone.clone(),
                place: text(self.place, &before.place),
                link: text(self.link, &before.link),
                seats: self.seats.unwrap_or(before.seats),
                competencies: self.competencies.unwrap_or(competencies),
                host: Somebody::default(),
                chair: Somebody::default(),
                keeper: None,
            },
            host: (self.host.unwrap_or_else(|| before.host.address.clone()), host_name),
            chair: (text(self.chair, &before.chair.address), chair_name),
            keeper: text(self.keeper, keeper),
            problems,
            terms: None,
        }
    }
}

/// The version of a sitting that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SittingRead {
    version: i64,
}

/// Whose link is sent again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LinkToSend {
    to: LinkAct,
}

/// The time of an item as the API names it: a form counts from one.
fn timed(field: &str) -> Option<String> {
    let (end, number) = field.strip_prefix("time-")?.split_once('-')?;
    let place = number.parse::<usize>().ok()?.checked_sub(1)?;
    Some(format!("items[{place}].planned_{end}"))
}

/// Problems name fields as a form does; the API has its own names for some of them.
pub(super) fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = match problem.field.as_ref() {
            "day" => "starts_at".into(),
            "until" => "ends_at".into(),
            "host-name" => "host_name".into(),
            "chair-name" => "chair_name".into(),
            "lasts" => "lasts_months".into(),
            "notes" => "notes_days".into(),
            "side" | "outside-name" => "name".into(),
            "outside-address" => "address".into(),
            "text-es" => "es".into(),
            "text-en" => "en".into(),
            "count" => "items".into(),
            field => timed(field).map_or_else(|| problem.field.clone(), Cow::from),
        };
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

/// How many ask for a seat at some sittings, and hold one.
pub(super) struct Counts(Vec<(SittingId, i64, i64)>);

impl Counts {
    pub(super) async fn of(app: &App, sittings: &[Sitting]) -> Result<Self, Failed> {
        let ids: Vec<SittingId> = sittings.iter().map(|sitting| sitting.id).collect();
        Ok(Self(store::counts_of(&app.db, &ids).await?))
    }

    fn at(&self, sitting: SittingId) -> (i64, i64) {
        let found = self.0.iter().find(|(of, ..)| *of == sitting);
        found.map_or((0, 0), |(_, asked, held)| (*asked, *held))
    }

    pub(super) fn told(&self, sitting: &Sitting) -> SittingTold {
        told(sitting, self.at(sitting.id))
    }
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

/// So many rows, and one more.
fn most(limit: Limit) -> i64 {
    i64::try_from(limit.and_one()).unwrap_or(i64::MAX)
}

fn cursor(last: &Sitting) -> Cursor {
    Cursor::new(place_of(last))
}

async fn list(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PageAsked>,
) -> Result<Json<Page<SittingTold>>, Failed> {
    let (after, limit) = (Cursor::read(asked.after.as_ref(), key)?.unwrap_or(FIRST), asked.limit.unwrap_or_default());
    let reader = Reader::of(&app, &viewer).await?;
    let sittings = store::ahead(&app.db, &reader.listing(&viewer), app.now(), (after, most(limit))).await?;
    let counts = Counts::of(&app, &sittings).await?;
    let line = |sitting: Sitting| reader.comes(&viewer, &sitting).then(|| counts.told(&sitting));
    let page = Page::of(sittings, limit, cursor, line);
    Ok(Json(Page { items: page.items.into_iter().flatten().collect(), next: page.next }))
}

async fn past(
    Has(app): Has<App>,
    viewer: Viewer,
    Params(asked): Params<PageAsked>,
) -> Result<Json<Page<PastSitting>>, Failed> {
    let (after, limit) = (Cursor::read(asked.after.as_ref(), key)?.unwrap_or(LAST), asked.limit.unwrap_or_default());
    let reader = Reader::of(&app, &viewer).await?;
    let sittings = store::past(&app.db, &reader.listing(&viewer), app.now(), (after, most(limit))).await?;
    let counts = Counts::of(&app, &sittings).await?;
    let ids: Vec<SittingId> = sittings.iter().map(|sitting| sitting.id).collect();
    let observed = if reader.counts_hours() { store::observed_of(&app.db, &ids).await? } else { Vec::new() };
    let line = |sitting: Sitting| {
        let comes = reader.comes(&viewer, &sitting);
        let observed = observed.iter().find(|(of, _)| *of == sitting.id && sitting.state == State::Held);
        reader.reads_past(&viewer, &sitting).then(|| PastSitting {
            id: sitting.id,
            number: sitting.number,
            kind: sitting.kind,
            state: sitting.state,
            starts_at: sitting.starts_at,
            ends_at: sitting.ends_at,
            seats: comes.then_some(sitting.seats),
            held: comes.then(|| counts.at(sitting.id).1),
            observed_minutes: observed.map(|(_, minutes)| *minutes),
        })
    };
    let page = Page::of(sittings, limit, cursor, line);
    Ok(Json(Page { items: page.items.into_iter().flatten().collect(), next: page.next }))
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<SittingWhole>, Failed> {
    whole(&app, &viewer, id).await
}

/// A sitting as its reader may know it.
pub(super) async fn whole(app: &App, viewer: &Viewer, id: SittingId) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, viewer, id).await?;
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
    let elsewhere =
        if places.seats.iter().any(is_elsewhere) { store::elsewhere(&app.db, id).await? } else { Vec::new() };
    let seats = places.seats.iter().filter(|seat| access.reads_room() || is_own(seat.mentorship));
    let seats = seats.map(|seat| SeatTold {
        id: seat.id,
        version: seat.version,
        mentorship: seat.mentorship,
        state: seat.state,
        // Which of the two said no is for whoever keeps the room.
        host_answer: seat.host_answer.filter(|_| access.reads_room()),
        secretary_answer: seat.secretary_answer.filter(|_| access.reads_room()),
        conflict: Some(seat.conflict)
            .filter(|_| access.classifies() || access.settles(seat.observer) || seat.observer == viewer.person),
        is_signed: seat.signed_at.is_some(),
        why: reason(viewer.lang, seat, viewer.person, &elsewhere),
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
    let keeper = match sitting.keeper.filter(|_| access.reads_room()) {
        Some(keeper) => identity::person(&app.db, keeper).await?.map(|keeper| keeper.name),
        None => None,
    };
    let Terms { text, lasts_months, notes_days } = sitting.terms;
    let reads_terms = goes && (sitting.state != State::Draft || access.is_host);
    let competencies = store::competencies_of(&app.db, &[id]).await?.into_iter().map(|(_, key)| key).collect();
    let known = |text: &str, is_known: bool| Some(text.to_owned()).filter(|text| is_known && !text.is_empty());
    let count = |state: SeatState| {
        let count = places.seats.iter().filter(|seat| seat.state == state).count();
        i64::try_from(count).unwrap_or(i64::MAX)
    };
    Ok(Json(SittingWhole {
        sitting: told(&access.sitting, (count(SeatState::Asked), count(SeatState::Held))),
        version: sitting.version,
        zone: sitting.zone.clone(),
        place: known(&sitting.place, goes),
        host: known(&sitting.host.name, goes),
        link: known(&sitting.link, has_part || has_signed),
        chair: known(&sitting.presiding().name, access.reads_room()),
        keeper,
        terms: reads_terms.then_some(TermsTold { text, lasts_months, notes_days }),
        competencies,
        other_side_agreed_at: sitting.other_side_agreed_at,
        other_side,
        classes_seen: access.reads_room().then(|| classes_seen(&places.items)),
        items: items.collect(),
        seats: seats.collect(),
    }))
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
    let sitting = actions::open(&app, &viewer, id, &wanted).await.map_err(in_our_words)?;
    whole(&app, &viewer, sitting).await
}

async fn change(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<SittingChange>,
) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, &viewer, id).await?;
    access.must(access.may_change())?;
    let competencies = store::competencies_of(&app.db, &[id]).await?.into_iter().map(|(_, key)| key).collect();
    let keeper = match access.sitting.keeper {
        Some(keeper) => identity::person(&app.db, keeper).await?.map(|keeper| keeper.address),
        None => None,
    };
    let version = sent.version;
    let wanted = sent.over(&access.sitting, competencies, &keeper.unwrap_or_default());
    actions::change(&app, &viewer, (id, version), &wanted).await.map_err(in_our_words)?;
    whole(&app, &viewer, id).await
}

async fn cancel(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(read): Json<SittingRead>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::cancel(&app, &viewer, (id, read.version)).await?;
    whole(&app, &viewer, id).await
}

async fn send_again(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<LinkToSend>,
) -> Result<Json<SittingWhole>, Failed> {
    actions::send_again(&app, &viewer, id, sent.to).await?;
    whole(&app, &viewer, id).await
}

async fn agree(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(id): Path<SittingId>,
    Json(sent): Json<TermsToChoose>,
) -> Result<Json<SittingWhole>, Failed> {
    let access = Access::of(&app.db, &viewer, id).await?;
    let terms = sent.over(access.sitting.terms);
    host_agrees(&app, By::Person(&viewer), Some(id), terms).await.map_err(in_our_words)?;
    whole(&app, &viewer, id).await
}

async fn refuse(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Result<Json<SittingWhole>, Failed> {
    host_refuses(&app, By::Person(&viewer), Some(id)).await?;
    whole(&app, &viewer, id).await
}
