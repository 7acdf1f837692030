//! Doors to sittings: the list for each reader, opening and changing one, and one sitting with its items and seats as its reader may know
//! them.

use askama::Template;
use axum::extract::State as Has;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use uuid::Uuid;

use super::access::{Access, concerns, observes};
use super::actions::{self, By, sends_links};
use super::calendar::{clock_of, lasting, times};
use super::forwarding;
use super::inviting::{self, Invited};
use super::learning::{Owed, owed};
use super::model::{
    Answer, Class, Declaration, ItemId, Kind, LinkAct, Policy, Seat, SeatId, SeatState, Sitting, SittingId, Somebody,
    State, Terms,
};
use super::place::{Place, Why};
use super::places::{Places, places_of};
use super::plan_form::{Offered, blank, term_of, terms_from, wanted_from};
use super::policy::store::{text, texts};
use super::record::actions::{goes_on, is_closed, reads_record};
use super::seating::actions::{conflict_words, shared_by};
use super::seating::reasons::{Elsewhere, is_elsewhere, reason};
use super::seating::store as seating;
use super::sides::actions as sides;
use super::store::{self, Listing};
use super::undertakings::Text;
use crate::activities::{self, model::ActivityId};
use crate::app::App;
use crate::calendar;
use crate::db::Error;
use crate::frameworks::Framework;
use crate::i18n::Message;
use crate::identity::{self, Act, Part, PersonId, Scope, Viewer};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::web::{Answer as Page, Door, Failed, Form, Path, Query, Shell, Uploads, Who, again, page, see_other_with};

/// An invitation is no larger.
const LARGEST_CALENDAR: usize = 512 * 1024;

pub(super) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::UseAccount);
    let opener = Who::May(Act::OpenSittings);
    vec![
        Door::get("/sittings", anybody, list),
        Door::get("/editions/{id}/sittings/new", opener, new),
        Door::post("/editions/{id}/sittings/new", opener, open),
        Door::post("/editions/{id}/sittings/calendar", opener, upload).of_at_most(LARGEST_CALENDAR),
        Door::get("/sittings/{id}", anybody, one),
        Door::get("/sittings/{id}/edit", anybody, edit),
        Door::post("/sittings/{id}/edit", anybody, change),
        Door::post("/sittings/{id}/agree", anybody, agree),
        Door::post("/sittings/{id}/refuse", anybody, refuse),
        Door::post("/sittings/{id}/other-side", anybody, other_side),
        Door::post("/sittings/{id}/other-side/name", anybody, name_side),
        Door::post("/sittings/{id}/links", anybody, send_again),
        Door::post("/sittings/{id}/cancel", anybody, cancel),
        Door::post("/sittings/{id}/held", anybody, hold),
    ]
}

// The list

#[derive(Deserialize)]
struct Before {
    #[serde(default)]
    before: String,
}

/// After or before which sitting a list goes on, as a link of a former page says it.
pub(super) fn key(text: &str) -> Option<(Timestamp, SittingId)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, SittingId(id.parse().ok()?)))
}

/// Where a sitting stands in a list.
pub(super) fn place_of(sitting: &Sitting) -> String {
    format!("{}.{}", sitting.starts_at.as_microsecond(), sitting.id)
}

/// What the link to the page after these carries, where they fill theirs.
pub(super) fn more(of: &[Sitting]) -> Option<String> {
    let is_full = of.len() >= usize::try_from(store::ON_A_PAGE).unwrap_or(usize::MAX);
    of.last().filter(|_| is_full).map(place_of)
}

/// Before the first sitting in the order of time, and after the last.
pub(super) const FIRST: (Timestamp, SittingId) = (Timestamp::MIN, SittingId(Uuid::nil()));
pub(super) const LAST: (Timestamp, SittingId) = (Timestamp::MAX, SittingId(Uuid::max()));

/// A sitting in a list.
struct Line {
    sitting: Sitting,
    /// Where it is read; nothing for whoever reads only that it was.
    href: Option<String>,
    when: String,
    asked: i64,
    held: i64,
    /// Whether the reader sees how many seats are asked for and given.
    counts: bool,
    /// For how many minutes it was observed, where there is a record of it.
    observed: Option<i64>,
    /// The reader's own seats there: whose, and where each stands.
    own: Vec<(String, SeatState)>,
}

#[derive(Template)]
#[template(path = "observations/list.html")]
struct ListPage {
    s: Shell,
    ahead: Vec<Line>,
    past: Vec<Line>,
    more: Option<String>,
    /// The editions for which the reader may open sittings.
    opens: Vec<Edition>,
    /// The editions whose wishes the reader shares out.
    shares: Vec<Edition>,
    counts: bool,
    takes_part: bool,
    is_faculty: bool,
    zone: TimeZone,
}

impl ListPage {
    fn title(&self) -> String {
        let next = self.ahead.iter().find(|line| line.sitting.state.is_open());
        self.s.tell(&match next {
            Some(line) => Message::new("observations-list-title-next").with("at", line.when.as_str()),
            None if self.ahead.is_empty() && self.is_faculty && !self.past.is_empty() => {
                Message::new("observations-list-title-past").with("count", self.past.len())
            }
            None if self.ahead.is_empty() => Message::new("observations-list-title-none"),
            None => Message::new("observations-list-title-drafts").with("count", self.ahead.len()),
        })
    }

    fn counted(&self, line: &Line) -> String {
        let message =
            Message::new("observations-list-counts").with("held", line.held).with("seats", line.sitting.seats);
        self.s.tell(&message.with("asked", line.asked))
    }

    fn length(&self, line: &Line) -> String {
        match line.observed {
            Some(minutes) => self.s.tell(&Message::new("observations-hours-observed").with("time", lasting(minutes))),
            None => self.s.tell(&lasting(line.sitting.minutes())),
        }
    }

    fn clock(&self) -> String {
        self.s.tell(&clock_of(&self.zone))
    }
}

/// What somebody is to the sittings of their organisation.
pub(super) struct Reader {
    editions: Vec<Edition>,
    pairs: Vec<Mentorship>,
    listing: Vec<EditionId>,
    is_secretary: bool,
    is_coordinator: bool,
    is_faculty: bool,
}

impl Reader {
    pub(super) async fn of(app: &App, viewer: &Viewer) -> Result<Self, Failed> {
        let pairs = mentorships::of_person(&app.db, viewer.person).await?;
        let editions = programmes::editions(&app.db, viewer.organisation).await?;
        let is_secretary = viewer.may(Act::KeepRoom, &viewer.record());
        let is_coordinator = viewer.holds(Part::Coordinator);
        let sees_all = is_secretary || is_coordinator || viewer.holds(Part::Faculty);
        let is_faculty_of = |edition: &Edition| {
            let scope = Scope::Edition(edition.id.0);
            viewer.parts.iter().any(|held| held.part == Part::Faculty && held.scope == scope)
        };
        let is_own = |edition: &Edition| pairs.iter().any(|pair| pair.edition == edition.id);
        let listing = editions
            .iter()
            .filter(|edition| sees_all || is_own(edition) || is_faculty_of(edition))
            .map(|edition| edition.id)
            .collect();
        let is_faculty = viewer.parts.iter().any(|held| held.part == Part::Faculty);
        Ok(Self { editions, pairs, listing, is_secretary, is_coordinator, is_faculty })
    }

    /// Which sittings are in their list.
    pub(super) fn listing(&self, viewer: &Viewer) -> Listing<'_> {
        Listing {
            organisation: viewer.organisation,
            editions: &self.listing,
            person: viewer.person,
            sees_drafts: self.is_secretary || self.is_coordinator,
        }
    }

    /// Whether a sitting that has been stands in their list: faculty reads that it took place.
    pub(super) fn reads_past(&self, viewer: &Viewer, sitting: &Sitting) -> bool {
        self.comes(viewer, sitting) || (self.is_faculty && sitting.state == State::Held)
    }

    /// Whether they read for how long sittings were observed. Together they are a count; how long one of them was there is for those who sit or
    /// teach.
    pub(super) fn counts_hours(&self) -> bool {
        self.is_faculty || self.is_secretary || self.is_coordinator
    }

    /// Whether they come to the page of a sitting of their list.
    pub(super) fn comes(&self, viewer: &Viewer, sitting: &Sitting) -> bool {
        let has_part = [sitting.host.person, sitting.presiding().person, sitting.keeper, Some(sitting.opened_by)];
        self.is_secretary
            || self.is_coordinator
            || has_part.contains(&Some(viewer.person))
            || self.pairs.iter().any(|pair| concerns(pair, sitting))
    }

    fn opens(&self, viewer: &Viewer) -> Vec<Edition> {
        let everywhere = viewer.may(Act::OpenSittings, &viewer.record());
        let teaches = |edition: &Edition| {
            self.pairs.iter().any(|pair| {
                pair.edition == edition.id
                    && pair.ended_at.is_none()
                    && pair.side_of(viewer.person) == Some(Side::Mentor)
            })
        };
        let open = |edition: &&Edition| edition.closed_at.is_none() && (everywhere || teaches(edition));
        self.editions.iter().filter(open).cloned().collect()
    }
}

async fn lines(app: &App, viewer: &Viewer, reader: &Reader, sittings: Vec<Sitting>) -> Result<Vec<Line>, Failed> {
    let ids: Vec<SittingId> = sittings.iter().map(|sitting| sitting.id).collect();
    let counts = store::counts_of(&app.db, &ids).await?;
    let pairs: Vec<MentorshipId> = reader.pairs.iter().map(|pair| pair.id).collect();
    let seats = seating::seats_at(&app.db, &pairs, &ids).await?;
    let observed = if reader.counts_hours() { store::observed_of(&app.db, &ids).await? } else { Vec::new() };
    let line = |sitting: Sitting| {
        let (_, asked, held) = counts.iter().find(|(of, ..)| *of == sitting.id).copied().unwrap_or((sitting.id, 0, 0));
        let own = seats.iter().filter(|seat| seat.sitting == sitting.id);
        Line {
            href: reader.comes(viewer, &sitting).then(|| format!("/sittings/{}", sitting.id)),
            when: times(viewer.lang, &sitting, &viewer.zone),
            counts: reader.is_secretary || reader.is_coordinator || sitting.host.is(viewer.person),
            asked,
            held,
            observed: observed
                .iter()
                .find(|(of, _)| *of == sitting.id && sitting.state == State::Held)
                .map(|(_, minutes)| *minutes),
            own: own.map(|seat| (whose(viewer, seat), seat.state)).collect(),
            sitting,
        }
    };
    Ok(sittings.into_iter().map(line).collect())
}

/// Whose seat it is: somebody's own, or their mentee's.
fn whose(viewer: &Viewer, seat: &Seat) -> String {
    if seat.observer == viewer.person { viewer.lang.say("observations-own-seat") } else { seat.observer_name.clone() }
}

async fn list(Has(app): Has<App>, viewer: Viewer, Query(query): Query<Before>) -> Page {
    let reader = Reader::of(&app, &viewer).await?;
    let (listing, now) = (reader.listing(&viewer), app.now());
    let last = key(&query.before).unwrap_or(LAST);
    let mut ahead = store::ahead(&app.db, &listing, now, (FIRST, store::ON_A_PAGE)).await?;
    let mut past = store::past(&app.db, &listing, now, (last, store::ON_A_PAGE)).await?;
    let more = more(&past);
    // Faculty reads that it took place, and the hours; what is to come is for those who go there.
    ahead.retain(|sitting| reader.comes(&viewer, sitting));
    past.retain(|sitting| reader.reads_past(&viewer, sitting));
    let past = lines(&app, &viewer, &reader, past).await?;
    let ahead = lines(&app, &viewer, &reader, ahead).await?;
    let may_share = reader.is_secretary || viewer.may(Act::ManageProgrammes, &viewer.record());
    let shares = reader.editions.iter().filter(|edition| may_share && edition.closed_at.is_none()).cloned().collect();
    page(&ListPage {
        s: Shell::of(&app, &viewer, "/sittings"),
        ahead,
        past,
        more,
        opens: reader.opens(&viewer),
        shares,
        counts: reader.is_secretary || reader.is_coordinator,
        takes_part: !reader.pairs.is_empty(),
        is_faculty: reader.is_faculty,
        zone: viewer.zone.clone(),
    })
}

// Opening and changing

#[derive(Template)]
#[template(path = "observations/edit.html")]
struct EditPage {
    s: Shell,
    edition: Edition,
    /// Whether whoever opens it coordinates, and so keeps no record of who was there.
    coordinates: bool,
    /// None while it is not there yet.
    sitting: Option<Sitting>,
    offered: Offered,
    /// The reader's own invitations to open one that wait.
    invited: Vec<Invited>,
    /// Where the reader forwards an invitation from their calendar, if mail is read.
    address: Option<String>,
    zone: String,
    form: Form,
    problems: Problems,
}

impl EditPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (edition, sitting): (Edition, Option<Sitting>),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let offered = Offered::of(app, &edition, (viewer.lang, sitting.is_none())).await?;
        let zone = zone_name(viewer, sitting.as_ref());
        let coordinates = viewer.holds(Part::Coordinator) && !viewer.holds(Part::Secretary);
        let invited = if sitting.is_none() { inviting::waiting(app, viewer, edition.id).await? } else { Vec::new() };
        let address = if sitting.is_none() { forwarding::address_of(app, viewer, &edition).await? } else { None };
        let s = Shell::of(app, viewer, "/sittings");
        Ok(Self { s, edition, coordinates, sitting, offered, invited, address, zone, form, problems })
    }

    fn title(&self) -> String {
        self.sitting.as_ref().map_or_else(
            || self.s.t("observations-new-title"),
            |sitting| self.s.with("observations-edit-title", "number", sitting.number),
        )
    }

    /// Who keeps the record where nobody is named.
    fn keeper_hint(&self) -> &'static str {
        if self.coordinates { "observations-keeper-hint-coordinates" } else { "observations-keeper-hint" }
    }

    fn action(&self) -> String {
        self.sitting.as_ref().map_or_else(
            || format!("/editions/{}/sittings/new", self.edition.id),
            |sitting| format!("/sittings/{}/edit", sitting.id),
        )
    }

    fn back(&self) -> String {
        self.sitting.as_ref().map_or_else(|| "/sittings".to_owned(), |sitting| format!("/sittings/{}", sitting.id))
    }

    fn is_term_wrong(&self) -> bool {
        ["text", "lasts", "notes"].iter().any(|field| self.problems.of(field).next().is_some())
    }

    fn may_name_host(&self) -> bool {
        self.sitting.as_ref().is_none_or(|sitting| sitting.host_agreed_at.is_none())
    }
}

fn zone_name(viewer: &Viewer, sitting: Option<&Sitting>) -> String {
    let own = || viewer.zone.iana_name().unwrap_or("UTC").to_owned();
    sitting.map_or_else(own, |sitting| sitting.zone.clone())
}

/// A sitting as its form has it.
fn form_of(sitting: &Sitting, competencies: &[String]) -> Form {
    let zone = sitting.time_zone();
    let (start, end) = (zone.to_datetime(sitting.starts_at), zone.to_datetime(sitting.ends_at));
    let outside = |somebody: &Somebody| somebody.person.map_or_else(|| somebody.name.clone(), |_| String::new());
    let fields = [
        ("version", sitting.version.to_string()),
        ("kind", sitting.kind.code().to_owned()),
        ("day", start.date().to_string()),
        ("from", start.strftime("%H:%M").to_string()),
        ("until", end.strftime("%H:%M").to_string()),
        ("place", sitting.place.clone()),
        ("link", sitting.link.clone()),
        ("seats", sitting.seats.to_string()),
        ("host", sitting.host.address.clone()),
        ("host-name", outside(&sitting.host)),
        ("chair", sitting.chair.address.clone()),
        ("chair-name", outside(&sitting.chair)),
    ];
    let mut fields: Vec<(String, String)> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    fields.extend(competencies.iter().map(|key| ("competency".to_owned(), key.clone())));
    if start.date() != end.date() {
        fields.push(("next-day".to_owned(), "yes".to_owned()));
    }
    Form::new(fields)
}

async fn new(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Page {
    let edition = actions::edition_to_open(&app.db, &viewer, id).await?;
    let teaches = !viewer.holds(Part::Coordinator) && !viewer.holds(Part::Secretary);
    let host = if teaches { viewer.address.clone() } else { String::new() };
    let form = blank(&[("host", host.as_str())]);
    page(&EditPage::of(&app, &viewer, (edition, None), (form, Problems::default())).await?)
}

/// The page where a sitting is opened, as it comes again.
pub(super) async fn opening(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    (status, form, problems): (StatusCode, Form, Problems),
) -> Page {
    let edition = actions::edition_to_open(&app.db, viewer, id).await?;
    let shown = EditPage::of(app, viewer, (edition, None), (form, problems)).await?;
    Ok((status, page(&shown)?).into_response())
}

async fn open(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>, mut form: Form) -> Page {
    let wanted = wanted_from(&form, &zone_name(&viewer, None), None);
    match actions::open(&app, &viewer, id, &wanted).await {
        Ok(sitting) => Ok(see_other_with(&format!("/sittings/{sitting}"), &Message::new("observations-opened"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            opening(&app, &viewer, id, (status, form, problems)).await
        }
    }
}

/// The first time of a calendar file that is to come; everything else of it is dropped.
async fn upload(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>, uploads: Uploads) -> Page {
    actions::edition_to_open(&app.db, &viewer, id).await?;
    let text = uploads.files.first().and_then(|file| String::from_utf8(file.content.clone()).ok());
    let (from, texts) = (app.now(), text.into_iter().collect());
    let sent = calendar::times_in(texts, viewer.zone.clone(), from, from + SignedDuration::from_hours(400 * 24)).await;
    let Some(first) = sent.and_then(|sent| sent.times.into_iter().next()) else {
        let problems = Problems::one("file", Message::new("observations-file-wrong"));
        return opening(&app, &viewer, id, (StatusCode::UNPROCESSABLE_ENTITY, blank(&[]), problems)).await;
    };
    match actions::draft(&app, &viewer, id, (first.start, first.end)).await {
        Ok(sitting) => Ok(see_other_with(&format!("/sittings/{sitting}/edit"), &Message::new("observations-drafted"))),
        Err(failure) => {
            let mut form = blank(&[]);
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            opening(&app, &viewer, id, (status, form, problems)).await
        }
    }
}

async fn editable(app: &App, viewer: &Viewer, id: SittingId) -> Result<(Access, Edition), Failed> {
    let access = Access::of(&app.db, viewer, id).await?;
    access.must(access.may_change())?;
    let edition = programmes::edition(&app.db, access.sitting.edition).await?.ok_or(Refusal::NotFound)?;
    Ok((access, edition))
}

async fn edit(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Page {
    let (access, edition) = editable(&app, &viewer, id).await?;
    let competencies = store::competencies_of(&app.db, &[id]).await?;
    let competencies: Vec<String> = competencies.into_iter().map(|(_, key)| key).collect();
    let mut form = form_of(&access.sitting, &competencies);
    if let Some(keeper) = access.sitting.keeper {
        let keeper = identity::person(&app.db, keeper).await?;
        form.set("keeper", keeper.map(|keeper| keeper.address).into_iter().collect());
    }
    page(&EditPage::of(&app, &viewer, (edition, Some(access.sitting)), (form, Problems::default())).await?)
}

async fn change(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Page {
    let (access, edition) = editable(&app, &viewer, id).await?;
    let sitting = access.sitting;
    let version = form.version()?;
    let host = sitting.host_agreed_at.map(|_| &sitting.host);
    let wanted = wanted_from(&form, &sitting.zone, host);
    match actions::change(&app, &viewer, (id, version), &wanted).await {
        Ok(()) => Ok(see_other_with(&format!("/sittings/{id}"), &Message::new("observations-changed"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            form.set("version", vec![form.version_or(sitting.version).to_string()]);
            let shown = EditPage::of(&app, &viewer, (edition, Some(sitting)), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

// One

/// An item as its reader knows it.
pub(super) struct ItemLine {
    id: ItemId,
    pub number: i64,
    pub class: Option<Class>,
    pub is_agreed: bool,
    pub when: String,
    /// Since when the chair agrees to its class.
    agreed_at: Option<Timestamp>,
    /// Where the reader stands, if a seat is theirs.
    pub place: Option<Place>,
}

/// A seat as those read it who answer for the room.
struct SeatLine {
    seat: Seat,
    conflict: Option<String>,
    /// The items for which a settled conflict counts.
    concerned: Vec<ItemId>,
    /// Who settled a conflict, and when.
    settled: Option<(String, Timestamp)>,
    /// Where they stand for each item, by its number.
    places: Vec<(i64, Place)>,
}

/// A pair of the reader's, and its seat.
struct Own {
    mentorship: MentorshipId,
    mentee: String,
    is_mentee: bool,
    runs: bool,
    seat: Option<Seat>,
    /// Whether the activity of the plan for which it was asked is done.
    is_done: bool,
}

impl Own {
    /// The seat that the reader holds themselves.
    fn observes(&self) -> Option<&Seat> {
        self.seat.as_ref().filter(|seat| self.is_mentee && seat.state == SeatState::Held)
    }
}

#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
#[derive(Template)]
#[template(path = "observations/sitting.html")]
struct OnePage {
    s: Shell,
    access: Access,
    edition: Edition,
    competencies: Vec<String>,
    items: Vec<ItemLine>,
    seats: Vec<SeatLine>,
    own: Vec<Own>,
    /// What the reader has still to write of what they observe.
    owed: Option<Owed>,
    policy: Policy,
    secretaries: Secretaries,
    /// Who is on the other side, for whoever may know it.
    side: Option<String>,
    /// Where else those got a seat to whom the share-out gave none here.
    elsewhere: Vec<Elsewhere>,
    /// When somebody without account was last sent a link, as host and as chair.
    sent: Vec<(LinkAct, Timestamp)>,
    /// What the host may choose among.
    texts: Vec<Text>,
    asked: usize,
    held: usize,
    /// Whether the reader keeps the record.
    keeps: bool,
    /// For how many minutes whoever came was there, where there is a record.
    attended: Option<Vec<(PersonId, i64)>>,
    /// Whether it is over by its plan and goes on by its record.
    goes_on: bool,
    /// Whether the record is closed; asked for those who would classify after it was held.
    is_closed: bool,
    /// Whether the reader says the classes here, and notes what the other side says: nobody who observes does.
    may_classify: bool,
    asks_side: bool,
    names_side: bool,
    /// Who is named to keep the record.
    keeper: Option<String>,
    /// The number of the text that is signed.
    text: Option<i64>,
    now: Timestamp,
    when: String,
    /// On whose clock the times are.
    clock: String,
    seen: String,
    form: Form,
    problems: Problems,
}

/// What the reader can do now: a word that chooses its sentences, and where.
struct Next {
    code: &'static str,
    href: String,
}

/// Whether a sitting whose plan is over, or of which somebody said that it was, goes on by its record.
async fn is_in_overtime(app: &App, sitting: &Sitting) -> Result<bool, Failure> {
    let is_past = sitting.state == State::Held || sitting.is_over(app.now());
    Ok(is_past && goes_on(&app.db, sitting, app.now()).await?)
}

/// Whether an organisation has secretaries, and whether one of them may keep the record of a sitting: nobody does who observes or asks to.
struct Secretaries {
    any: bool,
    keep: bool,
}

impl Secretaries {
    async fn of(app: &App, viewer: &Viewer, places: &Places) -> Result<Self, Error> {
        let all = identity::person_ids_with_part(&app.db, viewer.organisation, Part::Secretary).await?;
        let keep = all.iter().any(|secretary| !observes(&places.seats, *secretary));
        Ok(Self { any: !all.is_empty(), keep })
    }
}

impl OnePage {
    async fn of(app: &App, viewer: &Viewer, id: SittingId, (form, problems): (Form, Problems)) -> Result<Self, Failed> {
        let access = Access::of(&app.db, viewer, id).await?;
        let edition = programmes::edition(&app.db, access.sitting.edition).await?.ok_or(Refusal::NotFound)?;
        let framework = programmes::framework_of(&app.db, &edition).await?.map(|version| version.content);
        let places = places_of(&app.db, &access.sitting).await?;
        let secretaries = Secretaries::of(app, viewer, &places).await?;
        let mut policy = store::policy(&app.db, viewer.organisation).await?;
        policy.secretary_agrees &= secretaries.any;
        let keys = store::competencies_of(&app.db, &[id]).await?;
        let own = with_courses(app, own(&access, &places)).await?;
        let attended = store::attended(&app.db, id).await?;
        let owed = match own.iter().find_map(Own::observes) {
            Some(seat) => {
                let is_shut_out = access.sitting.state != State::Held && !places.lets_in(seat.id);
                let owed = owed(app, viewer.organisation, seat.id).await?;
                // Until it is known that they were there, nothing is asked of whoever could be nowhere.
                owed.filter(|owed| *owed == Owed::Prediction || !is_shut_out || attended.is_some())
            }
            None => None,
        };
        let readable: Vec<Seat> = if access.is_secretary { places.seats.clone() } else { Vec::new() };
        let words = conflict_words(app, viewer.organisation, &readable).await?;
        let texts = if access.is_host { texts(&app.db, viewer.organisation).await? } else { Vec::new() };
        let count = |is: SeatState| places.seats.iter().filter(|seat| seat.state == is).count();
        let told = |seat: &Seat| {
            let words = words.iter().find(|(of, _)| *of == seat.id);
            words.map(|(_, words)| match words {
                Ok(words) => words.as_str().to_owned(),
                Err(closed) => viewer.lang.say(closed.key()),
            })
        };
        // Whoever only settles a conflict reads of no other seat.
        let is_to_settle = |seat: &Seat| has_conflict(seat) && access.settles(seat.observer);
        let seats = places.seats.iter().filter(|seat| access.reads_room() || is_to_settle(seat));
        let learns = access.pairs.iter().any(|pair| pair.mentee == viewer.person);
        let keeps = reads_record(&app.db, viewer, (&access.sitting, &places.seats), learns).await?;
        let is_held = access.sitting.state == State::Held;
        let (may_classify, asks_side) = (access.classifies_for(&places.seats), access.asks_side(&places.seats));
        let is_closed = is_held && may_classify && is_closed(&app.db, viewer.organisation, id).await?;
        let goes_on = attended.is_some() && is_in_overtime(app, &access.sitting).await?;
        let keeper = match access.sitting.keeper.filter(|_| access.reads_room()) {
            Some(keeper) => identity::person(&app.db, keeper).await?.map(|keeper| keeper.name),
            None => None,
        };
        let text = match access.sitting.terms.text.filter(|_| access.sitting.state != State::Draft) {
            Some(id) => text(&app.db, viewer.organisation, id).await?.map(|text| text.number),
            None => None,
        };
        let (concerned, settled) = if access.may_settle() {
            (store::concerned(&app.db, id).await?, store::settled_of(&app.db, id).await?)
        } else {
            (Vec::new(), Vec::new())
        };
        let knows_side = access.classifies() || access.is_host || own.iter().any(|own| own.observes().is_some());
        let side = match access.sitting.kind {
            Kind::Negotiation if knows_side => store::side(&app.db, id).await?,
            _ => None,
        };
        let elsewhere =
            if places.seats.iter().any(is_elsewhere) { store::elsewhere(&app.db, id).await? } else { Vec::new() };
        let sent = if access.may_change() { store::links_sent(&app.db, id).await? } else { Vec::new() };
        let line = |seat: &Seat| SeatLine {
            conflict: told(seat),
            concerned: concerned.iter().filter(|(of, _)| *of == seat.id).map(|(_, item)| *item).collect(),
            settled: settled.iter().find(|(of, ..)| *of == seat.id).map(|(_, who, at)| (who.clone(), *at)),
            places: places.of_seat(seat.id).map(|(item, place)| (item.number, place)).collect(),
            seat: seat.clone(),
        };
        Ok(Self {
            s: Shell::of(app, viewer, "/sittings"),
            competencies: keys.iter().map(|(_, key)| named(framework.as_ref(), key, viewer)).collect(),
            items: items(&access, &places, &own),
            seats: seats.map(line).collect(),
            asked: count(SeatState::Asked),
            held: count(SeatState::Held),
            keeps,
            attended,
            goes_on,
            when: times(viewer.lang, &access.sitting, &viewer.zone),
            clock: viewer.lang.tell(&clock_of(&viewer.zone)),
            seen: super::model::classes_seen(&places.items),
            now: app.now(),
            is_closed,
            may_classify,
            asks_side,
            names_side: access.names_side(&places.seats),
            keeper,
            text,
            own,
            owed,
            access,
            edition,
            policy,
            secretaries,
            side,
            elsewhere,
            sent,
            texts,
            form,
            problems,
        })
    }

    fn sitting(&self) -> &Sitting {
        &self.access.sitting
    }

    fn title(&self) -> String {
        let key = match self.sitting().kind {
            Kind::Meeting => "observations-title-meeting",
            Kind::Negotiation => "observations-title-negotiation",
        };
        let message = Message::new(key).with("number", self.sitting().number.to_string());
        self.s.tell(&message.with("at", self.when.as_str()))
    }

    /// The first thing that the reader can do, in the order in which it presses.
    fn next(&self) -> Option<Next> {
        let sitting = self.sitting();
        let path = format!("/sittings/{}", sitting.id);
        let next = |code, at: &str| Some(Next { code, href: format!("{path}{at}") });
        let unclassified = self.items.is_empty() || self.items.iter().any(|item| item.class.is_none());
        let unagreed = self.items.iter().any(|item| item.class.is_some() && !item.is_agreed);
        let open = sitting.state.is_open();
        let waits = |line: &SeatLine| {
            line.seat.state == SeatState::Asked
                && !self.is_own(&line.seat)
                && ((self.access.is_host && line.seat.host_answer.is_none())
                    || (self.access.is_secretary
                        && self.policy.secretary_agrees
                        && line.seat.secretary_answer.is_none()))
        };
        let is_ahead = !sitting.has_begun(self.now);
        let mine = self.own.iter().find_map(|own| own.seat.as_ref().filter(|_| own.is_mentee));
        match mine {
            // Before the seat is theirs they know neither who receives nor the other side, and could not answer.
            Some(seat) if seat.state == SeatState::Held && seat.conflict == Declaration::NotAsked && open => {
                return next("declare", "#conflict");
            }
            Some(seat) if seat.state == SeatState::Held && seat.signed_at.is_none() && open => {
                return next("sign", &format!("/seats/{}/undertaking", seat.id));
            }
            _ => {}
        }
        if let Some(own) = self.own.iter().find(|own| self.may_finish(own)) {
            let seat = own.seat.as_ref()?;
            return next("finish", &format!("#seat-{}", seat.id));
        }
        if let Some(next) = self.next_of_loop() {
            return Some(next);
        }
        match sitting.state {
            State::Draft if self.access.is_host => next("host", "#terms"),
            _ if !open => None,
            _ if sitting.is_over(self.now) && self.attended.is_none() && self.may_hold() && !self.decides_own() => {
                next("hold", "#hold")
            }
            // What keeps everybody out comes before what is written of who is in.
            _ if self.may_classify && unclassified => next("classify", "/items"),
            _ if self.access.is_chair && unagreed => next("chair", "#items"),
            _ if self.seats.iter().any(|line| is_unsettled(line) && self.access.settles(line.seat.observer)) => {
                next("settle", "#seats")
            }
            _ if is_ahead && self.access.answers() && self.seats.iter().any(waits) => next("answer", "#seats"),
            _ if self.asks_side && !sitting.has_other_side(Timestamp::MAX) => next("other-side", "#other-side"),
            _ if self.access.classifies() && is_ahead && unagreed => next("agreement", "#items"),
            // What is recorded says by itself that it took place.
            _ if self.may_record() => next("record", "/record"),
            _ => {
                let free = self.own.iter().find(|own| own.runs && self.may_ask(own))?;
                let code = if free.is_mentee { "ask" } else { "propose" };
                next(code, &format!("/seats/new/{}", free.mentorship))
            }
        }
    }

    /// What the reader has to write of what they observe, which stands on a page of its own.
    fn next_of_loop(&self) -> Option<Next> {
        let own = self.own.iter().find(|own| own.runs && own.observes().is_some())?;
        let code = match self.owed? {
            Owed::Prediction => "predict",
            Owed::Debrief => "debrief",
        };
        Some(Next { code, href: format!("/mentorships/{}/loops/{}", own.mentorship, own.observes()?.id) })
    }

    fn may_ask(&self, own: &Own) -> bool {
        let sitting = self.sitting();
        let free =
            own.seat.as_ref().is_none_or(|seat| matches!(seat.state, SeatState::Withdrawn | SeatState::NotShared));
        let held = i64::try_from(self.held).unwrap_or(i64::MAX);
        own.runs && free && sitting.state.is_open() && !sitting.has_begun(self.now) && held < sitting.seats
    }

    /// Whether the reader has a record to keep: from half an hour before the beginning on, until it is closed or nobody began one.
    fn may_record(&self) -> bool {
        let early = self.sitting().starts_at.saturating_sub(SignedDuration::from_mins(30));
        let is_time = early.is_ok_and(|early| early <= self.now);
        let is_missed = self.attended.is_none() && self.sitting().is_over(self.now);
        self.keeps && !self.items.is_empty() && is_time && !is_missed
    }

    /// Whether somebody was there, as far as is known.
    fn has_come(&self, seat: &Seat) -> bool {
        match &self.attended {
            Some(came) => came.iter().any(|(observer, _)| *observer == seat.observer),
            None => seat.kept_out_at.is_none(),
        }
    }

    /// How long somebody was there, once it took place: as the record says, or that without one nothing was open to them.
    fn came(&self, seat: &Seat) -> Option<String> {
        if self.sitting().state != State::Held {
            return None;
        }
        let is_own = seat.observer == self.access.person;
        let key = |own: &'static str, other: &'static str| if is_own { own } else { other };
        let Some(came) = &self.attended else {
            seat.kept_out_at?;
            return Some(self.s.t(key("observations-kept-out", "observations-kept-out-other")));
        };
        let minutes = came.iter().find(|(observer, _)| *observer == seat.observer).map(|(_, minutes)| *minutes);
        Some(minutes.map_or_else(
            || self.s.t(key("observations-did-not-come", "observations-did-not-come-other")),
            |minutes| {
                let message = Message::new(key("observations-came", "observations-came-other"));
                self.s.tell(&message.with("count", minutes))
            },
        ))
    }

    fn may_finish(&self, own: &Own) -> bool {
        let is_held = |seat: &Seat| seat.state == SeatState::Held && seat.activity.is_some() && self.has_come(seat);
        own.runs && !own.is_done && self.sitting().state == State::Held && own.seat.as_ref().is_some_and(is_held)
    }

    /// Whether it is still to be, or under way.
    fn is_to_come(&self) -> bool {
        self.goes_on || (self.sitting().state.is_open() && !self.sitting().is_over(self.now))
    }

    /// Whether the reader says what the other side of a negotiation says, and who it is.
    fn says_side(&self) -> bool {
        let sitting = self.sitting();
        let is_time = self.goes_on || sitting.state == State::Draft || sitting.state.is_open();
        sitting.kind == Kind::Negotiation && is_time && self.names_side
    }

    /// Whether it waits for its host to say whether observers come.
    fn host_waits(&self) -> bool {
        let sitting = self.sitting();
        sitting.state == State::Draft && !sitting.is_over(self.now) && !self.access.is_host && self.access.may_change()
    }

    /// Whether nobody is there to keep the record: none is named, whoever receives has no account, and there is no secretary who does not
    /// observe.
    fn wants_keeper(&self) -> bool {
        let sitting = self.sitting();
        let has_nobody = sitting.keeper.is_none() && sitting.host.person.is_none() && !self.secretaries.keep;
        has_nobody && self.is_to_come() && self.access.may_change()
    }

    fn may_hold(&self) -> bool {
        self.access.may_change() || self.access.is_keeper
    }

    /// Whether they would say, without a record, that they were there themselves.
    fn decides_own(&self) -> bool {
        self.attended.is_none() && self.own.iter().any(|own| own.observes().is_some())
    }

    /// Whether it can be said now that it took place: once it is over, or, by a secretary, once it has begun.
    fn holds(&self) -> bool {
        let is_time = if self.access.is_secretary { self.has_begun() } else { self.sitting().is_over(self.now) };
        self.sitting().state.is_open() && is_time && self.may_hold() && !self.decides_own()
    }

    /// Whether the reader may still say the classes: of what is recorded to its end nothing is said anew.
    fn classifies(&self) -> bool {
        self.may_classify && self.sitting().state != State::Cancelled && !self.is_closed
    }

    /// Whether the reader goes there, and so knows where it is.
    fn knows_place(&self) -> bool {
        self.access.has_part() || self.own.iter().any(|own| own.observes().is_some())
    }

    /// Whether they read the link of a sitting: an observer does once they have signed.
    fn knows_link(&self) -> bool {
        self.access.has_part() || self.own.iter().filter_map(Own::observes).any(|seat| seat.signed_at.is_some())
    }

    fn counted(&self) -> String {
        let message =
            Message::new("observations-list-counts").with("held", self.held).with("seats", self.sitting().seats);
        self.s.tell(&message.with("asked", self.asked))
    }

    /// Whether more have asked than there are seats, so that the seats have to be shared out.
    fn wants_sharing(&self) -> bool {
        let stands = i64::try_from(self.asked + self.held).unwrap_or(i64::MAX);
        self.asked > 0 && stands > self.sitting().seats
    }

    fn reason(&self, seat: &Seat) -> Option<String> {
        reason(self.s.lang, seat, self.access.person, &self.elsewhere)
    }

    fn answers_wanted(&self, seat: &Seat) -> bool {
        seat.state == SeatState::Asked
            && self.sitting().state.is_open()
            && self.access.answers()
            && !self.is_own(seat)
            && ((self.access.is_host && seat.host_answer.is_none())
                || (self.access.is_secretary && seat.secretary_answer.is_none())
                // Whoever stands in says it again where a secretary had still to answer and there is none any more.
                || (self.access.stands_in && seat.is_agreed(self.policy) && !self.wants_sharing()))
    }

    /// Whether the reader said no, and may still take it back.
    fn may_take_no_back(&self, seat: &Seat) -> bool {
        let said_no = (self.access.is_host && seat.host_answer == Some(Answer::Refused))
            || (self.access.is_secretary && seat.secretary_answer == Some(Answer::Refused));
        let is_ahead = self.sitting().state.is_open() && !self.has_begun();
        seat.state == SeatState::Refused && said_no && is_ahead && !self.is_own(seat)
    }

    /// Whether it is the reader's, about which somebody else decides.
    fn is_own(&self, seat: &Seat) -> bool {
        seat.observer == self.access.person
    }

    /// Whether the reader may still take back that somebody comes.
    fn may_take_back(&self, seat: &Seat) -> bool {
        let is_answered = seat.state == SeatState::Held
            || (seat.state == SeatState::Asked && self.access.is_host && seat.host_answer == Some(Answer::Agreed));
        is_answered
            && self.access.answers()
            && !self.is_own(seat)
            && self.sitting().state.is_open()
            && !self.has_begun()
            && !self.is_recorded()
    }

    /// Whether the reader says for which items somebody's conflict counts.
    fn settles(&self, line: &SeatLine) -> bool {
        let may = self.access.settles(line.seat.observer);
        has_conflict(&line.seat) && may && (self.goes_on || !self.sitting().is_over(self.now))
    }

    /// Whether the form that came back is the one that settles this conflict.
    fn was_settling(&self, line: &SeatLine) -> bool {
        self.form.text("settles") == line.seat.id.to_string()
    }

    /// Whether all or none is ticked where a conflict is settled: as it was sent, or as it stands.
    fn is_ticked(&self, line: &SeatLine, name: &str) -> bool {
        if self.was_settling(line) {
            return self.form.has(name);
        }
        name == "all" && line.seat.conflict == Declaration::Barred
    }

    /// The same for one item.
    fn is_concerned(&self, line: &SeatLine, item: &ItemLine) -> bool {
        if self.was_settling(line) {
            let number = item.number.to_string();
            return self.form.all("item").any(|chosen| chosen == number);
        }
        line.concerned.contains(&item.id)
    }

    /// What stands in the field of the other side.
    fn named_side(&self) -> String {
        if self.form.has("side") { self.form.text("side").to_owned() } else { self.side.clone().unwrap_or_default() }
    }

    /// Who settled a conflict, when, and for which items it counts.
    fn settled(&self, line: &SeatLine) -> Option<String> {
        let (who, at) =
            line.settled.as_ref().filter(|_| self.access.classifies() || self.access.settles(line.seat.observer))?;
        let concerned = self.items.iter().filter(|item| line.concerned.contains(&item.id));
        let numbers: Vec<String> = concerned.map(|item| item.number.to_string()).collect();
        let key = match line.seat.conflict {
            Declaration::Barred => "observations-settled-all",
            Declaration::Settled if numbers.is_empty() => "observations-settled-none",
            Declaration::Settled => "observations-settled-items",
            _ => return None,
        };
        let message = Message::new(key).with("name", who.as_str()).with("at", self.s.at(at));
        Some(self.s.tell(&message.with("count", numbers.len()).with("items", numbers.join(", "))))
    }

    /// What keeps somebody out of items, each reason once with the items. That there may be a conflict is told to whoever settles it alone.
    fn outs(&self, line: &SeatLine) -> Vec<String> {
        let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
        for (number, place) in line.places.iter().filter(|(_, place)| !place.is_in()) {
            let is_apart = !self.access.classifies() && place.why().is_some_and(Why::is_of_a_conflict);
            let key = if is_apart { "observations-out-apart".to_owned() } else { place.key() };
            match reasons.iter_mut().find(|(known, _)| *known == key) {
                Some((_, numbers)) => numbers.push(number.to_string()),
                None => reasons.push((key, vec![number.to_string()])),
            }
        }
        let told = |(key, numbers): &(String, Vec<String>)| {
            let message = Message::new("observations-out-of").with("items", numbers.join(", "));
            self.s.tell(&message.with("count", numbers.len()).with("why", Message::new(key.clone())))
        };
        reasons.iter().map(told).collect()
    }

    /// Whether a clearance would let somebody in.
    fn wants_clearance(&self, line: &SeatLine) -> bool {
        let is_missing = |(_, place): &(i64, Place)| place.why() == Some(Why::NoClearance);
        self.access.is_secretary && line.places.iter().any(is_missing)
    }

    /// Since when the chair agrees, as the page says it.
    fn agreed(&self, at: &Timestamp) -> String {
        self.s.with("observations-chair-agreed-at", "at", self.s.at(at))
    }

    /// Whether the record has begun, so that nobody moves the sitting or calls it off any more.
    fn is_recorded(&self) -> bool {
        self.attended.is_some()
    }

    /// Whoever has no account and is sent a link: what the link is for, how they are called, and when the last one was sent.
    fn outside(&self) -> Vec<(&'static str, String, Option<Timestamp>)> {
        let sitting = self.sitting();
        if !self.access.may_change() || !sends_links(sitting, self.now) {
            return Vec::new();
        }
        let asks_chair = !sitting.chair.is_nobody() && self.waits_for_chair();
        let both = [(LinkAct::Host, &sitting.host, true), (LinkAct::Chair, &sitting.chair, asks_chair)];
        let is_outside = |(_, somebody, is_asked): &(LinkAct, &Somebody, bool)| {
            *is_asked && somebody.person.is_none() && !somebody.address.is_empty()
        };
        let told = |(act, somebody, _): (LinkAct, &Somebody, bool)| {
            let at = self.sent.iter().find(|(sent, _)| *sent == act).map(|(_, at)| *at);
            (act.code(), format!("{} ({})", somebody.name, somebody.address), at)
        };
        both.into_iter().filter(is_outside).map(told).collect()
    }

    /// What the page says of a link that was sent.
    #[expect(clippy::ref_option, reason = "a template hands out references")]
    fn link_sent(&self, who: &str, at: &Option<Timestamp>) -> String {
        let message = match at {
            Some(at) => Message::new("observations-link-sent").with("at", self.s.at(at)),
            None => Message::new("observations-link-on-its-way"),
        };
        self.s.tell(&message.with("name", who))
    }

    #[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn answer(&self, who: &str, answer: &Option<Answer>) -> String {
        let how = answer.map_or("waits", Answer::code);
        self.s.t(&format!("observations-answer-{who}-{how}"))
    }

    fn chosen(&self, text: &Text) -> bool {
        let typed = self.form.text("text");
        if typed.is_empty() { self.sitting().terms.text == Some(text.id) } else { typed == text.id.to_string() }
    }

    /// What stands in a field of the terms.
    fn term(&self, name: &str) -> String {
        term_of(self.sitting().terms, &self.form, name)
    }

    fn told(&self, text: &Text) -> String {
        text.told(self.s.lang).to_owned()
    }

    /// What is signed, for how long it binds, and when notes go.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn terms(&self, number: &i64) -> String {
        let Terms { lasts_months, notes_days, .. } = self.sitting().terms;
        let lasts = lasts_months.map_or_else(
            || self.s.t("observations-terms-forever"),
            |months| self.s.tell(&Message::new("observations-terms-lasts").with("months", months)),
        );
        let notes = notes_days.map_or_else(
            || self.s.t("observations-terms-notes-kept"),
            |days| self.s.tell(&Message::new("observations-terms-notes").with("days", days)),
        );
        format!("{}; {lasts}; {notes}", self.s.with("observations-text-number", "number", *number))
    }

    fn has_begun(&self) -> bool {
        self.sitting().has_begun(self.now)
    }

    fn is_observer(&self) -> bool {
        self.items.iter().any(|item| item.place.is_some())
    }

    fn waits_for_chair(&self) -> bool {
        self.items.iter().any(|item| item.class.is_some() && !item.is_agreed)
            && self.sitting().state != State::Cancelled
    }

    fn ins(&self, line: &SeatLine) -> String {
        let ins = line.places.iter().filter(|(_, place)| place.is_in()).count();
        self.s.tell(&Message::new("observations-ins").with("ins", ins).with("items", self.items.len()))
    }

    fn host(&self) -> String {
        self.called(&self.sitting().host)
    }

    fn chair(&self) -> String {
        self.called(self.sitting().presiding())
    }

    /// What somebody is called; of whoever was from outside the name is kept for a while only.
    fn called(&self, somebody: &Somebody) -> String {
        let known = [&somebody.name, &somebody.address].into_iter().find(|text| !text.is_empty());
        known.cloned().unwrap_or_else(|| self.s.t("observations-outside-forgotten"))
    }
}

/// Whether a seat stands for which a conflict of interest is declared, settled or not.
fn has_conflict(seat: &Seat) -> bool {
    let is_declared = matches!(seat.conflict, Declaration::Declared | Declaration::Settled | Declaration::Barred);
    is_declared && seat.state.stands()
}

fn is_unsettled(line: &SeatLine) -> bool {
    line.seat.conflict == Declaration::Declared && line.seat.state.stands()
}

fn named(framework: Option<&Framework>, key: &str, viewer: &Viewer) -> String {
    let found = framework.and_then(|framework| framework.competency(key));
    found.map_or_else(|| key.to_owned(), |competency| competency.name.told(viewer.lang).to_owned())
}

fn own(access: &Access, places: &Places) -> Vec<Own> {
    let of = |pair: &Mentorship| Own {
        mentorship: pair.id,
        mentee: pair.mentee_name.clone(),
        is_mentee: pair.side_of(access.person) == Some(Side::Mentee),
        runs: pair.ended_at.is_none(),
        seat: places.seats.iter().find(|seat| seat.mentorship == pair.id).cloned(),
        is_done: false,
    };
    let mut own: Vec<Own> = access.pairs.iter().map(of).collect();
    own.retain(|own| own.runs || own.seat.is_some());
    own
}

/// The same, with which activities of the plan are done already: one statement.
async fn with_courses(app: &App, mut own: Vec<Own>) -> Result<Vec<Own>, Failed> {
    let activity = |own: &Own| own.seat.as_ref().and_then(|seat| seat.activity);
    let asked: Vec<ActivityId> = own.iter().filter_map(activity).collect();
    let courses = activities::courses_of(&app.db, &asked).await?;
    for one in &mut own {
        let id = activity(one);
        one.is_done = courses.iter().any(|course| Some(course.id) == id && course.ended_at.is_some());
    }
    Ok(own)
}

/// The items, for whoever reads them: the classes for those who keep the room, and where they stand for those who have a seat.
fn items(access: &Access, places: &Places, own: &[Own]) -> Vec<ItemLine> {
    let seat: Option<SeatId> = own.iter().find_map(Own::observes).map(|seat| seat.id);
    if !access.reads_room() && seat.is_none() {
        return Vec::new();
    }
    let zone = access.sitting.time_zone();
    let time = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string();
    let line = |item: &super::model::Item| ItemLine {
        id: item.id,
        number: item.number,
        class: item.class,
        is_agreed: item.agreed_at.is_some(),
        agreed_at: item.agreed_at,
        when: match (item.planned_from, item.planned_to) {
            (Some(from), Some(to)) => format!("{} – {}", time(from), time(to)),
            (Some(from), None) => time(from),
            _ => String::new(),
        },
        place: seat.and_then(|seat| places.of(seat, item.id)),
    };
    places.items.iter().map(line).collect()
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Page {
    page(&OnePage::of(&app, &viewer, id, (Form::default(), Problems::default())).await?)
}

/// Back to the sitting: with a quiet line, or with why it did not happen and what was typed.
pub(super) async fn done<T>(
    app: &App,
    viewer: &Viewer,
    id: SittingId,
    outcome: Result<T, Failure>,
    (mut form, notice): (Form, &'static str),
) -> Page {
    match outcome {
        Ok(_) => Ok(see_other_with(&format!("/sittings/{id}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            let shown = OnePage::of(app, viewer, id, (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn agree(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let outcome = match terms_from(&form) {
        Ok(terms) => actions::host_agrees(&app, By::Person(&viewer), Some(id), terms).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, id, outcome, (form, "observations-agreed")).await
}

async fn refuse(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let outcome = actions::host_refuses(&app, By::Person(&viewer), Some(id)).await;
    done(&app, &viewer, id, outcome, (form, "observations-cancelled")).await
}

async fn other_side(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let by = By::Person(&viewer);
    let (outcome, noted) = if form.text("do") == "take-back" {
        (actions::other_side_takes_back(&app, by, Some(id)).await, "observations-other-side-taken-back")
    } else {
        (actions::other_side_agrees(&app, by, Some(id)).await, "observations-other-side-noted")
    };
    done(&app, &viewer, id, outcome, (form, noted)).await
}

async fn name_side(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let named = sides::name(&app, By::Person(&viewer), Some(id), form.text("side")).await;
    done(&app, &viewer, id, named, (form, "observations-side-named")).await
}

async fn send_again(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let act = LinkAct::parse(form.text("act")).ok_or(Refusal::NotFound)?;
    let sent = actions::send_again(&app, &viewer, id, act).await;
    done(&app, &viewer, id, sent, (form, "observations-link-again-sent")).await
}

async fn cancel(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let version = form.version()?;
    let outcome = actions::cancel(&app, &viewer, (id, version)).await;
    done(&app, &viewer, id, outcome, (form, "observations-cancelled")).await
}

async fn hold(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, form: Form) -> Page {
    let outcome = super::hold(&app, &viewer, id).await;
    done(&app, &viewer, id, outcome, (form, "observations-held-noted")).await
}

/// What an edition's share-out is asked of.
pub(super) async fn sharing(app: &App, viewer: &Viewer, id: EditionId) -> Result<Edition, Failed> {
    shared_by(&app.db, viewer, id).await?;
    Ok(programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?)
}
