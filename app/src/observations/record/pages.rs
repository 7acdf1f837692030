//! The keeper's page, made for a phone: what happens in the room with one tap each. The observer's page, which follows it. Everything that was
//! written, with corrections; and the sheet that is printed and typed in afterwards.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State as Has;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::actions::{self, Correction, Read, Tap, Told, When, sentence};
use super::events::{Cause, Entry, Event, recorded};
use super::letters::class_name;
use crate::activities::model::debrief_due;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, PersonId, Viewer};
use crate::observations::model::{Item, SittingId, State as SittingState};
use crate::observations::place::Place;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let anybody = Who::May(Act::TakePart);
    vec![
        Door::get("/sittings/{id}/record", anybody, room),
        Door::post("/sittings/{id}/record", anybody, tap),
        Door::get("/sittings/{id}/record/entries", anybody, entries),
        Door::post("/sittings/{id}/record/entries", anybody, correct),
        Door::get("/sittings/{id}/record/sheet", anybody, sheet),
        Door::post("/sittings/{id}/record/sheet", anybody, typed),
        Door::get("/sittings/{id}/place", anybody, place),
    ]
}

/// A time of the day in a zone, to the minute.
pub(super) fn clock(at: Timestamp, zone: &TimeZone) -> String {
    at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string()
}

fn number_of(item: &Item) -> u32 {
    u32::try_from(item.number).unwrap_or(0)
}

/// How far an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    Waiting,
    Now,
    Done,
}

impl Course {
    fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Now => "now",
            Self::Done => "done",
        }
    }
}

/// An item in the keeper's list.
struct ItemLine {
    number: u32,
    class: String,
    is_closed: bool,
    course: Course,
    times: String,
    /// Who has to be out.
    out: BTreeSet<PersonId>,
    /// Whether somebody who has to be out is in, and was about to be surprised.
    is_warned: bool,
}

/// An observer in the keeper's list.
#[expect(clippy::struct_excessive_bools, reason = "each says a thing of its own, and all of them may hold")]
struct ObserverLine {
    id: PersonId,
    name: String,
    is_in: bool,
    is_told: bool,
    /// Whether the item that runs is closed to them.
    must_be_out: bool,
    says: String,
    /// Whether a seat is theirs, or they were seen all the same.
    has_place: bool,
    has_seat: bool,
}

#[derive(Template)]
#[template(path = "observations/record/room.html")]
struct RoomPage {
    s: Shell,
    app: App,
    who: PersonId,
    read: Read,
    items: Vec<ItemLine>,
    observers: Vec<ObserverLine>,
    zone: TimeZone,
    now: Timestamp,
    /// A word for who is told of an exposure.
    told: &'static str,
    problems: Problems,
}

impl RoomPage {
    async fn of(app: &App, viewer: &Viewer, read: Read, problems: Problems) -> Result<Self, Failed> {
        let told = match read.sitting.host.person {
            _ if !actions::secretaries_of(&app.db, &read).await?.is_empty() => "secretary",
            Some(_) => "host",
            None => "keeper",
        };
        let zone = read.sitting.time_zone();
        let s = Shell::of(app, viewer, "/records");
        let must_be_out = |field: &str| problems.of(field).any(|message| message.key == "records-must-be-out");
        let items = read.places.items.iter().map(|item| {
            let number = number_of(item);
            let class = read.ruling(number, Timestamp::MAX).and_then(|ruling| ruling.class);
            let out = read.out_of(number);
            let course = match () {
                () if read.state.runs_now(number) => Course::Now,
                () if read.state.is_over(number) => Course::Done,
                () => Course::Waiting,
            };
            ItemLine {
                number,
                class: s.tell(&class_name(class)),
                is_closed: class.is_none_or(|class| class.closeness() > 0),
                course,
                times: times(&s, &read, item, &zone),
                out,
                is_warned: must_be_out(&format!("item-{number}")),
            }
        });
        let items = items.collect();
        let shown = read.everybody().into_iter().filter(|id| !read.is_mistaken(*id));
        let observers = shown.map(|id| observer_line(&s, &read, id, &zone)).collect();
        let (app, who, now) = (app.clone(), viewer.person, app.now());
        Ok(Self { s, app, who, read, items, observers, zone, now, told, problems })
    }

    /// A name for what is told, so that it is written once however often it is sent.
    fn client(&self) -> Uuid {
        self.app.timeless_id()
    }

    fn path(&self) -> String {
        format!("/sittings/{}", self.read.sitting.id)
    }

    /// What changes when something on the page does.
    fn version(&self) -> String {
        version_of(&self.read)
    }

    fn title(&self) -> String {
        let inside: Vec<&str> = self.observers.iter().filter(|one| one.is_in).map(|one| one.name.as_str()).collect();
        let state = &self.read.state;
        let names = || inside.join(", ");
        let message = match (&state.running, inside.is_empty()) {
            _ if state.closed_at.is_some() => Message::new("records-title-closed"),
            (Some(running), true) => Message::new("records-title-out").with("item", running.item),
            (Some(running), false) => {
                Message::new("records-title-in").with("item", running.item).with("names", names())
            }
            (None, true) => Message::new("records-title-empty"),
            (None, false) => Message::new("records-title-between").with("names", names()),
        };
        self.s.tell(&message)
    }

    /// The time; of a record that is closed, its day and hours, and what was heard that was closed.
    fn lead(&self) -> String {
        let sitting = &self.read.sitting;
        let Some(closed_at) = self.read.state.closed_at else {
            return format!("{} · {}", clock(self.now, &self.zone), sitting.zone);
        };
        let day = self.s.lang.date(self.zone.to_datetime(sitting.starts_at).date());
        let ended = format!("{day} · {}", self.s.with("records-closed-at", "at", clock(closed_at, &self.zone)));
        let exposed = recorded(&self.read.entries).into_values().filter(|one| !one.withdrawn).count();
        if exposed == 0 { ended } else { format!("{ended} · {}", self.s.count("records-annex-exposures", &exposed)) }
    }

    /// How the title reads, with marks where the number of the item and the names go: a phone without connection fills them.
    fn pattern(&self, which: &str) -> String {
        self.s.tell(&Message::new(format!("records-title-{which}")).with("item", "#").with("names", "@"))
    }

    /// Who has to be out of an item, and why where that can be mended.
    fn outs(&self, item: &ItemLine) -> Vec<String> {
        let places = &self.read.places;
        let Some(known) = places.items.iter().find(|known| number_of(known) == item.number) else { return Vec::new() };
        let (mut closed, mut told) = (Vec::new(), Vec::new());
        for one in self.observers.iter().filter(|one| one.has_place && item.out.contains(&one.id)) {
            match places.own(one.id).and_then(|seat| places.of(seat.id, known.id)).and_then(Place::why) {
                Some(why) if !why.is_for_good() => {
                    let message = Message::new("records-out-why").with("name", one.name.as_str());
                    told.push(self.s.tell(&message.with("why", Message::new(why.key()))));
                }
                _ => closed.push(one.name.as_str()),
            }
        }
        let closed = (!closed.is_empty()).then(|| self.s.with("records-out-names", "names", closed.join(", ")));
        closed.into_iter().chain(told).collect()
    }

    /// What becomes of it when an item begins with somebody inside who has to be out.
    fn exposes(&self, item: &ItemLine) -> String {
        let names = self.leave(item);
        let message = Message::new("records-all-the-same-says").with("item", item.number).with("told", self.told);
        self.s.tell(&message.with("class", item.class.as_str()).with("names", names.join(", ")))
    }

    /// Who is in and has to leave before an item; all who would have to, where the page of a phone without connection may not know who is in.
    fn leave(&self, item: &ItemLine) -> Vec<&str> {
        let anybody = self.observers.iter().any(|one| one.is_in && item.out.contains(&one.id));
        let is_it = |one: &&ObserverLine| item.out.contains(&one.id) && (one.is_in || !anybody && one.has_place);
        self.observers.iter().filter(is_it).map(|one| one.name.as_str()).collect()
    }

    fn leave_and_begin(&self, item: &ItemLine) -> String {
        let message = Message::new("records-leave-and-begin").with("count", self.leave(item).len().max(1));
        self.s.tell(&message.with("item", item.number))
    }

    fn is_closed(&self) -> bool {
        self.read.state.closed_at.is_some()
    }

    /// Whether something can still happen: of a sitting that was held without a record only the sheet is left to be typed.
    fn is_live(&self) -> bool {
        let is_without = !self.read.state.has_begun() && self.read.sitting.state == SittingState::Held;
        !self.is_closed() && !is_without
    }

    fn anybody_in(&self) -> bool {
        self.observers.iter().any(|one| one.is_in)
    }

    /// The item that runs, or else the one that comes.
    fn current(&self) -> Option<&ItemLine> {
        let running = self.items.iter().find(|item| item.course == Course::Now);
        running.or_else(|| self.items.iter().find(|item| Some(item.number) == self.read.next_item()))
    }

    /// The next item, where somebody who is in has to leave before it begins.
    fn warning(&self) -> Option<String> {
        let next = self.items.iter().find(|item| Some(item.number) == self.read.next_item())?;
        let who = self.observers.iter().filter(|one| one.is_in && next.out.contains(&one.id));
        let names: Vec<&str> = who.map(|one| one.name.as_str()).collect();
        let message = Message::new("records-before").with("item", next.number).with("class", next.class.as_str());
        let message = message.with("count", names.len()).with("names", names.join(", "));
        (!names.is_empty()).then(|| self.s.tell(&message))
    }

    #[expect(clippy::unused_self, reason = "a template asks its page")]
    fn out(&self, item: &ItemLine) -> String {
        let ids: Vec<String> = item.out.iter().map(ToString::to_string).collect();
        ids.join(" ")
    }

    /// Whether it is closed to somebody who observes.
    fn is_closed_to_somebody(&self, item: &ItemLine) -> bool {
        self.observers.iter().any(|one| one.has_place && item.out.contains(&one.id))
    }

    /// Those who observe, and below them those who only asked to.
    fn groups(&self) -> Vec<(bool, Vec<&ObserverLine>)> {
        let (with, without): (Vec<_>, Vec<_>) = self.observers.iter().partition(|one| one.has_place);
        [(true, with), (false, without)].into_iter().filter(|(_, people)| !people.is_empty()).collect()
    }

    fn nobody_observes(&self) -> bool {
        self.observers.iter().all(|one| !one.has_place)
    }

    fn warned_names(&self, item: &ItemLine) -> String {
        let who = self.observers.iter().filter(|one| one.has_place && item.out.contains(&one.id));
        let names: Vec<&str> = who.map(|one| one.name.as_str()).collect();
        let message = Message::new("records-must-be-out").with("count", names.len());
        self.s.tell(&message.with("names", names.join(", ")))
    }

    /// What is wrong with what was told of somebody.
    fn wrong(&self, one: &ObserverLine) -> Vec<String> {
        self.problems.of(&format!("observer-{}", one.id)).map(|message| self.s.tell(message)).collect()
    }

    /// The time that the page is of. What is tapped on it happens later, whatever the phone's clock does.
    fn of_time(&self) -> i64 {
        self.now.as_millisecond()
    }

    /// Whether the page looks for news by itself: not while it says what is wrong.
    fn reloads(&self) -> bool {
        self.problems.is_empty()
    }
}

fn version_of(read: &Read) -> String {
    let items: Vec<_> =
        read.places.items.iter().map(|item| (item.number, read.ruling(number_of(item), Timestamp::MAX))).collect();
    let people: Vec<_> = read.places.seats.iter().map(|seat| (seat.observer, seat.state)).collect();
    let text = format!("{} {:?} {people:?} {items:?}", read.entries.len(), read.sitting.state);
    hex::encode(&Sha256::digest(text)[..8])
}

/// When an item ran, or else is to run.
fn times(s: &Shell, read: &Read, item: &Item, zone: &TimeZone) -> String {
    let span = |from: Timestamp, until: Option<Timestamp>| match until {
        Some(until) => format!("{}–{}", clock(from, zone), clock(until, zone)),
        None => s.with("records-since", "at", clock(from, zone)),
    };
    let ran: Vec<String> = read.state.runs_of(number_of(item)).map(|run| span(run.from, run.until)).collect();
    match (ran.is_empty(), item.planned_from) {
        (true, Some(from)) => span(from, item.planned_to),
        _ => ran.join(", "),
    }
}

fn observer_line(s: &Shell, read: &Read, id: PersonId, zone: &TimeZone) -> ObserverLine {
    let mut of_it = read.state.stays.iter().filter(|stay| stay.observer == id);
    let newest = of_it.next_back();
    let is_in = read.state.is_in(id);
    let says = match newest {
        None => s.t("records-has-not-come"),
        Some(stay) if is_in => s.with("records-in-since", "at", clock(stay.from, zone)),
        Some(stay) => s.with("records-out-since", "at", stay.until.map(|until| clock(until, zone)).unwrap_or_default()),
    };
    let must_be_out = read.state.must_be_out(id);
    let is_told = read.state.told.contains_key(&id);
    let has_seat = read.has_seat(id);
    let has_place = has_seat || read.state.has_been_in(id);
    ObserverLine { id, name: read.name(id).to_owned(), is_in, is_told, must_be_out, says, has_place, has_seat }
}

async fn room(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    page(&RoomPage::of(&app, &viewer, read, Problems::default()).await?)
}

fn item_of(form: &Form) -> Result<u32, Refusal> {
    form.text("item").parse().map_err(|_| Refusal::NotFound)
}

fn observer_of(form: &Form) -> Result<PersonId, Refusal> {
    form.text("observer").parse().map(PersonId).map_err(|_| Refusal::NotFound)
}

fn told_from(form: &Form) -> Result<Told, Refusal> {
    let tap = match form.text("what") {
        "item-begins" => Tap::ItemBegins { item: item_of(form)?, all_the_same: form.has("all-the-same") },
        "leave-and-begin" => Tap::LeaveAndBegin { item: item_of(form)? },
        "item-ends" => Tap::ItemEnds { item: item_of(form)? },
        "comes" => Tap::Comes { observer: observer_of(form)? },
        "leaves" => Tap::Leaves { observer: observer_of(form)? },
        "told-to-leave" => Tap::ToldToLeave { observer: observer_of(form).ok() },
        "closed" => Tap::Closed,
        _ => return Err(Refusal::NotFound),
    };
    let client = form.text("client").parse().map_err(|_| Refusal::NotFound)?;
    let after = form.text("after").parse().ok().and_then(|at| Timestamp::from_millisecond(at).ok());
    let ago = form.text("ago").parse().ok().map(SignedDuration::from_millis);
    let before = form.text("before").parse().ok();
    let when = ago.map_or(When::Now, |ago| When::Ago { ago, after, before });
    Ok(Told { client, tap, when, again: form.has("again") })
}

async fn tap(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let told = told_from(&form)?;
    match actions::note(&app, &viewer, id, std::slice::from_ref(&told)).await {
        Ok(()) => Ok(see_other(&format!("/sittings/{id}/record"))),
        Err(failure) => {
            let (status, problems) = again(failure, "records-meanwhile", &mut form)?;
            let read = actions::read(&app.db, &viewer, id).await?;
            Ok((status, page(&RoomPage::of(&app, &viewer, read, problems).await?)?).into_response())
        }
    }
}

/// Where an observer is to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whereabouts {
    Over,
    LeaveNow,
    In,
    StayOut,
    MayComeIn,
    Waiting,
}

impl Whereabouts {
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::LeaveNow => "leave-now",
            Self::In => "in",
            Self::StayOut => "stay-out",
            Self::MayComeIn => "may-come-in",
            Self::Waiting => "waiting",
        }
    }
}

/// Where an observer of a sitting is to be now; nothing where they are none.
pub(super) fn whereabouts(read: &Read, observer: PersonId) -> Option<Whereabouts> {
    if !read.has_seat(observer) && !read.state.has_been_in(observer) {
        return None;
    }
    let is_closed = read.state.running.as_ref().map(|_| read.state.must_be_out(observer));
    Some(match (read.state.is_in(observer), is_closed) {
        _ if read.state.closed_at.is_some() => Whereabouts::Over,
        (true, Some(true)) => Whereabouts::LeaveNow,
        (true, _) if read.state.told.contains_key(&observer) => Whereabouts::LeaveNow,
        (true, _) => Whereabouts::In,
        (false, Some(true)) => Whereabouts::StayOut,
        (false, Some(false)) => Whereabouts::MayComeIn,
        (false, None) => Whereabouts::Waiting,
    })
}

/// An item as its observer may know it: number, class, and whether they may be there, with why not.
struct PlaceLine {
    number: i64,
    class: String,
    is_in: bool,
    why: String,
    is_now: bool,
    is_over: bool,
}

#[derive(Template)]
#[template(path = "observations/record/place.html")]
struct PlacePage {
    s: Shell,
    who: PersonId,
    read: Read,
    at: Whereabouts,
    /// The next item, where it is closed to them and they have to leave before it.
    leave_before: Option<u32>,
    /// Where what they observed is written down; nothing where they had no seat, and there was nothing to learn.
    debrief: Option<String>,
    items: Vec<PlaceLine>,
}

impl PlacePage {
    fn version(&self) -> String {
        format!("{}-{}", self.at.code(), version_of(&self.read))
    }

    fn title(&self) -> String {
        match self.leave_before {
            Some(item) if self.read.state.running.is_none() => self.s.with("records-place-before", "item", item),
            _ => self.s.t(&format!("records-place-{}", self.at.code())),
        }
    }

    /// How the page looks: between two items, whoever has to leave before the next is not told in green that they may stay.
    fn look(&self) -> &'static str {
        let leaves = self.leave_before.is_some() && self.read.state.running.is_none();
        if leaves { "stay-out" } else { self.at.code() }
    }

    fn says(&self) -> String {
        match self.leave_before {
            Some(_) if self.read.state.running.is_none() => self.s.t("records-place-before-says"),
            Some(item) => self.s.with("records-place-in-says-until", "item", item),
            None if self.at == Whereabouts::Over && !self.came() => self.s.t("records-place-over-absent"),
            None if self.at == Whereabouts::Over && self.debrief.is_none() => self.s.t("records-place-over-no-seat"),
            None if self.at == Whereabouts::Over => {
                let due = self.s.at(&debrief_due(self.read.sitting.ends_at));
                self.s.with("records-place-over-says", "at", due)
            }
            None => self.s.t(&format!("records-place-{}-says", self.at.code())),
        }
    }

    /// Whether they were there, so that there is something to write.
    fn came(&self) -> bool {
        self.read.state.has_been_in(self.who)
    }
}

async fn place(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let read = Read::of(&app.db, viewer.organisation, id).await?;
    let at = whereabouts(&read, viewer.person).ok_or(Refusal::NotFound)?;
    let s = Shell::of(&app, &viewer, "/sittings");
    let seat = read.places.own(viewer.person);
    let items = read.places.of_observer(viewer.person).map(|(item, place)| PlaceLine {
        number: item.number,
        class: s.tell(&class_name(item.class)),
        is_in: place.is_in(),
        why: s.t(&place.key()),
        is_now: read.state.runs_now(number_of(item)),
        is_over: read.state.is_over(number_of(item)),
    });
    let items = items.collect();
    let next = read.next_item().filter(|_| at == Whereabouts::In);
    let is_closed = |next: &u32| {
        let mut places = read.places.of_observer(viewer.person);
        places.any(|(item, place)| number_of(item) == *next && !place.is_in())
    };
    let leave_before = next.filter(is_closed);
    let debrief = seat.map(|seat| format!("/mentorships/{}/loops/{}", seat.mentorship, seat.id));
    page(&PlacePage { s, who: viewer.person, at, leave_before, debrief, items, read })
}

/// An entry in the list of all.
struct EntryLine {
    number: u32,
    at: String,
    noted: Option<String>,
    what: String,
    by: String,
    may_be_corrected: bool,
    /// Whether it has a time that may be another.
    has_time: bool,
    is_corrected: bool,
    day: String,
    time: String,
}

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: u32,
}

/// So many entries a page shows.
const ON_A_PAGE: usize = 100;

#[derive(Template)]
#[template(path = "observations/record/entries.html")]
struct EntriesPage {
    s: Shell,
    app: App,
    read: Read,
    lines: Vec<EntryLine>,
    more: Option<u32>,
    problems: Problems,
    form: Form,
}

impl EntriesPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, after): (SittingId, u32),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let read = actions::read(&app.db, viewer, id).await?;
        let zone = read.sitting.time_zone();
        let s = Shell::of(app, viewer, "/records");
        let by: Vec<Uuid> = read.entries.iter().filter_map(|entry| entry.by).map(|by| by.0).collect();
        let names = identity::names(&app.db, &by).await?;
        let corrected: BTreeSet<u32> = read
            .entries
            .iter()
            .filter_map(|entry| match entry.event {
                Event::Correction { entry, .. } => Some(entry),
                _ => None,
            })
            .collect();
        let is_secretary = viewer.may(Act::KeepRoom, &viewer.record());
        let exact = |at: Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%H:%M:%S").to_string();
        let line = |entry: &Entry| EntryLine {
            number: entry.number,
            at: exact(entry.at),
            noted: (entry.noted_at.duration_since(entry.at) > SignedDuration::from_secs(60))
                .then(|| s.at(&entry.noted_at)),
            what: s.tell(&sentence(&read, &entry.event)),
            by: entry.by.map_or_else(|| s.t("records-by-link"), |by| names.get(&by.0).cloned().unwrap_or_default()),
            may_be_corrected: entry.event.is_of_the_room() || is_secretary && entry.event.is_of_the_secretary(),
            has_time: entry.event.is_of_the_room(),
            is_corrected: corrected.contains(&entry.number),
            day: entry.at.to_zoned_datetime(zone.clone()).date().to_string(),
            time: exact(entry.at),
        };
        let shown = read.entries.iter().filter(|entry| entry.number > after).take(ON_A_PAGE);
        let lines: Vec<EntryLine> = shown.map(line).collect();
        let more =
            lines.last().map(|last| last.number).filter(|last| read.entries.iter().any(|one| one.number > *last));
        Ok(Self { s, app: app.clone(), read, lines, more, problems, form })
    }

    fn client(&self) -> Uuid {
        self.app.timeless_id()
    }

    fn path(&self) -> String {
        format!("/sittings/{}/record", self.read.sitting.id)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_being_corrected(&self, number: &u32) -> bool {
        self.form.text("entry") == number.to_string()
    }
}

async fn entries(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, Query(after): Query<After>) -> Answer {
    let clean = (Form::default(), Problems::default());
    page(&EntriesPage::of(&app, &viewer, (id, after.after), clean).await?)
}

/// A day and a time in the sitting's zone.
fn instant(zone: &TimeZone, day: &str, time: &str) -> Option<Timestamp> {
    let (day, time) = (crate::i18n::read_date(day)?, time.parse::<Time>().ok()?);
    zone.to_timestamp(day.to_datetime(time)).ok()
}

async fn correct(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    let entry = form.text("entry").parse().map_err(|_| Refusal::NotFound)?;
    let client = form.text("client").parse().map_err(|_| Refusal::NotFound)?;
    let at = instant(&read.sitting.time_zone(), form.text("day"), form.text("time"));
    let why = Cause::parse(form.text("why"));
    let outcome = match (form.has("struck"), at) {
        (true, _) => actions::correct(&app, &viewer, id, Correction { client, entry, at: None, why }).await,
        (false, Some(_)) => actions::correct(&app, &viewer, id, Correction { client, entry, at, why }).await,
        (false, None) => Err(Failure::from(Problems::one("at", Message::new("records-time-missing")))),
    };
    match outcome {
        Ok(()) => {
            let path = format!("/sittings/{id}/record/entries");
            Ok(see_other_with(&path, &Message::new("records-corrected")))
        }
        Err(failure) => {
            let (status, problems) = again(failure, "records-meanwhile", &mut form)?;
            let shown = EntriesPage::of(&app, &viewer, (id, 0), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

/// So many lines the form of the sheet has at least.
const LINES: usize = 16;

/// So many lines the form of the sheet has: for each item its beginning and its end, for each observer some comings and goings, and the end.
fn lines_for(read: &Read) -> usize {
    (2 * read.places.items.len() + 6 * read.observers().len() + 2).max(LINES)
}

/// A line of the form: what happened, and when.
#[derive(Clone, Default)]
struct SheetLine {
    client: String,
    what: String,
    time: String,
}

#[derive(Template)]
#[template(path = "observations/record/sheet.html")]
struct SheetPage {
    s: Shell,
    read: Read,
    lines: Vec<SheetLine>,
    choices: Vec<(String, String)>,
    /// The same for those who have no seat.
    without_seat: Vec<(String, String)>,
    problems: Problems,
    zone: TimeZone,
}

impl SheetPage {
    fn of(app: &App, viewer: &Viewer, read: Read, lines: Vec<SheetLine>, problems: Problems) -> Self {
        let s = Shell::of(app, viewer, "/records");
        let mut choices = Vec::new();
        for item in &read.places.items {
            choices.push((format!("begins {}", item.number), s.with("records-sheet-begins", "item", item.number)));
            choices.push((format!("ends {}", item.number), s.with("records-sheet-ends", "item", item.number)));
        }
        let observers = read.observers();
        let mut without_seat = Vec::new();
        for observer in read.everybody() {
            let name = read.name(observer);
            let choices = if observers.contains(&observer) { &mut choices } else { &mut without_seat };
            choices.push((format!("comes {observer}"), s.with("records-sheet-comes", "name", name)));
            choices.push((format!("leaves {observer}"), s.with("records-sheet-leaves", "name", name)));
        }
        choices.push(("closed".to_owned(), s.t("records-sheet-closed")));
        let mut lines = lines;
        while lines.len() < lines_for(&read) {
            lines.push(SheetLine { client: app.timeless_id().to_string(), ..SheetLine::default() });
        }
        let zone = read.sitting.time_zone();
        Self { s, read, lines, choices, without_seat, problems, zone }
    }

    fn class(&self, item: &Item) -> String {
        self.s.tell(&class_name(item.class))
    }

    fn planned(&self, item: &Item) -> String {
        let clock = |at: Option<Timestamp>| at.map(|at| clock(at, &self.zone)).unwrap_or_default();
        match item.planned_from {
            Some(_) => format!("{}–{}", clock(item.planned_from), clock(item.planned_to)),
            None => String::new(),
        }
    }

    fn day(&self) -> String {
        self.s.lang.date(self.read.sitting.starts_at.to_zoned_datetime(self.zone.clone()).date())
    }

    fn must_be_out(&self, item: &Item) -> String {
        let (out, observers) = (self.read.out_of(number_of(item)), self.read.observers());
        let who = observers.iter().filter(|observer| out.contains(observer));
        let names: Vec<&str> = who.map(|observer| self.read.name(*observer)).collect();
        names.join(", ")
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn wrong(&self, place: &usize) -> Vec<String> {
        self.problems.of(&format!("time-{place}")).map(|message| self.s.tell(message)).collect()
    }
}

async fn sheet(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    page(&SheetPage::of(&app, &viewer, read, Vec::new(), Problems::default()))
}

fn tap_of(what: &str) -> Option<Tap> {
    let (what, which) = what.split_once(' ').unwrap_or((what, ""));
    let item = || which.parse().ok();
    let observer = || which.parse().ok().map(PersonId);
    Some(match what {
        "begins" => Tap::ItemBegins { item: item()?, all_the_same: false },
        "ends" => Tap::ItemEnds { item: item()? },
        "comes" => Tap::Comes { observer: observer()? },
        "leaves" => Tap::Leaves { observer: observer()? },
        "closed" => Tap::Closed,
        _ => return None,
    })
}

/// So long before a sitting begins something may have been of it on the evening before.
const EVENING_BEFORE: SignedDuration = SignedDuration::from_hours(6);

/// When a time of the sheet was: of the days around the sitting, the one on which it lies nearest to the hours that were planned. What lies as
/// near before them as after them was before; the day before counts only for what was shortly before they begin.
pub(super) fn at_of(read: &Read, zone: &TimeZone, time: &str) -> Option<Timestamp> {
    let time = time.parse::<Time>().ok()?;
    let (starts, ends) = (read.sitting.starts_at, read.sitting.ends_at);
    let day = zone.to_datetime(starts).date();
    let on = |day: Date| zone.to_timestamp(day.to_datetime(time)).ok();
    let evening = day.yesterday().ok().and_then(on).filter(|at| starts.duration_since(*at) <= EVENING_BEFORE);
    let days = [Some(day), day.tomorrow().ok(), Some(zone.to_datetime(ends).date())];
    let at = evening.into_iter().chain(days.into_iter().flatten().filter_map(on));
    at.min_by_key(|at| starts.duration_since(*at).max(at.duration_since(ends)).max(SignedDuration::ZERO))
}

/// Whether an item would end before it begins, by the record and by what else is typed.
fn ends_too_early(read: &Read, told: &[Told], (tap, at): (&Tap, Timestamp)) -> bool {
    let Tap::ItemEnds { item } = tap else { return false };
    let began = told.iter().filter_map(|one| match (&one.tap, one.when) {
        (Tap::ItemBegins { item: begun, .. }, When::At(at)) if begun == item => Some(at),
        _ => None,
    });
    let mut began = began.chain(read.state.runs_of(*item).map(|run| run.from)).peekable();
    began.peek().is_some() && began.all(|from| at < from)
}

async fn typed(Has(app): Has<App>, viewer: Viewer, Path(id): Path<SittingId>, mut form: Form) -> Answer {
    let read = actions::read(&app.db, &viewer, id).await?;
    let zone = read.sitting.time_zone();
    let line = |place: usize| {
        let text = |name: &str| form.text(&format!("{name}-{place}")).to_owned();
        SheetLine { client: text("client"), what: text("what"), time: text("time") }
    };
    let lines: Vec<SheetLine> = (0..lines_for(&read)).map(line).collect();
    let (mut told, mut problems) = (Vec::new(), Problems::default());
    for (place, line) in lines.iter().enumerate().filter(|(_, line)| !line.what.is_empty()) {
        let client = line.client.parse().map_err(|_| Refusal::NotFound)?;
        let tap = tap_of(&line.what).ok_or(Refusal::NotFound)?;
        match at_of(&read, &zone, &line.time) {
            Some(at) if ends_too_early(&read, &told, (&tap, at)) => {
                problems.add(format!("time-{place}"), Message::new("records-ends-too-early"));
            }
            Some(at) => told.push(Told { client, tap, when: When::At(at), again: false }),
            None => problems.add(format!("time-{place}"), Message::new("records-time-missing")),
        }
    }
    if told.is_empty() && problems.is_empty() {
        problems.add("", Message::new("records-sheet-empty"));
    }
    let outcome = match problems.or(told) {
        Ok(told) => actions::note(&app, &viewer, id, &told).await,
        Err(problems) => Err(problems.into()),
    };
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/sittings/{id}/record/entries"), &Message::new("records-sheet-taken"))),
        Err(failure) => {
            let (status, problems): (StatusCode, Problems) = again(failure, "records-meanwhile", &mut form)?;
            let shown = SheetPage::of(&app, &viewer, read, lines, problems);
            Ok((status, page(&shown)?).into_response())
        }
    }
}
