//! Doors to meetings: those of a pair, proposing and answering times, one meeting with what was said, and a question whether the two
//! met. A mentor's assistant comes through those of times and places and reads no more there.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::actions::{self, Access, Actor, Answered};
use super::model::{
    Ask, AskId, CHOICES, Kind, MOST_TIMES, Meeting, MeetingId, Opened, Point, PointId, Promise, PromiseId, Proposal,
    State, Text, TextId, TimeId, Way, civil, spent, suggested,
};
use super::series::{Repeats, Rhythm, Which};
use super::store::{self, ON_A_PAGE};
use crate::app::App;
use crate::calendar;
use crate::i18n::Message;
use crate::identity::{self, Act, PersonCore, Viewer};
use crate::mentorships::visibility::{Visibility, place_of, reads};
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Keys};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/meetings", participant, list),
        Door::get("/mentorships/{id}/meetings/new", participant, new),
        Door::post("/mentorships/{id}/meetings/new", participant, propose),
        Door::post("/mentorships/{id}/promises/{promise}", participant, keep_promise),
        Door::get("/meetings/{id}", participant, one),
        Door::get("/meetings/{id}/times", participant, times),
        Door::post("/meetings/{id}/times", participant, propose_again),
        Door::post("/meetings/{id}/answer", participant, answer),
        Door::post("/meetings/{id}/place", participant, place),
        Door::post("/meetings/{id}/cancel", participant, cancel),
        Door::post("/meetings/{id}/record", participant, record),
        Door::post("/meetings/{id}/texts", participant, write),
        Door::post("/meetings/{id}/texts/{text}", participant, rewrite),
        Door::post("/meetings/{id}/points", participant, add_point),
        Door::post("/meetings/{id}/points/{point}", participant, settle_point),
        Door::post("/meetings/{id}/promises", participant, promise),
        Door::post("/asked/{id}", participant, answer_ask),
    ]
}

/// What is for the pair is for the pair alone.
const PAIR: Visibility = Visibility::Pair;

/// A promise as it is shown.
struct Owed {
    promise: Promise,
    words: Opened,
    is_own: bool,
    due: String,
    is_late: bool,
}

fn owed(access: &Access, s: &Shell, keys: &Keys, promises: Vec<Promise>, now: Timestamp, viewer: &Viewer) -> Vec<Owed> {
    let today = viewer.zone.to_datetime(now).date();
    let shown = |promise: Promise| {
        let of = ("meeting_promises", "words", promise.id.0);
        let words = keys.open(&place_of(&access.pair, promise.author, PAIR, of), &promise.words);
        let (is_own, due) = (promise.owed_by == access.side, s.lang.date(promise.due_on));
        Owed { words, is_own, due, is_late: promise.done_at.is_none() && promise.due_on < today, promise }
    };
    promises.into_iter().map(shown).collect()
}

// Those of a pair

#[derive(Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

impl After {
    fn read(&self) -> Option<(Timestamp, MeetingId)> {
        let (at, id) = self.after.split_once('.')?;
        Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, MeetingId(id.parse().ok()?)))
    }

    fn of(meeting: &Meeting) -> Option<String> {
        Some(format!("{}.{}", meeting.starts_at?.as_microsecond(), meeting.id))
    }
}

#[derive(Template)]
#[template(path = "meetings/list.html")]
struct ListPage {
    s: Shell,
    access: Access,
    ahead: Vec<Meeting>,
    past: Vec<Meeting>,
    more: Option<String>,
    promises: Vec<Owed>,
    /// The newest question that the reader has not answered.
    ask: Option<(Ask, Option<Timestamp>)>,
    now: Timestamp,
}

impl ListPage {
    fn other(&self) -> &str {
        self.access.pair.other(self.access.side).0
    }

    fn title(&self) -> String {
        let next = self.ahead.iter().find(|meeting| meeting.state == State::Agreed);
        let waits = self.ahead.iter().any(|meeting| meeting.waits_for(self.access.side, self.now));
        let message = match next.and_then(|meeting| meeting.starts_at) {
            _ if waits => Message::new("meetings-title-waits"),
            Some(at) => Message::new("meetings-title-next").with("at", self.s.at(&at)),
            None if self.ahead.is_empty() => Message::new("meetings-title-none"),
            None => Message::new("meetings-title-proposed"),
        };
        self.s.tell(&message.with("name", self.other()))
    }

    fn runs(&self) -> bool {
        self.access.pair.ended_at.is_none()
    }

    fn when(&self, meeting: &Meeting) -> String {
        match meeting.starts_at {
            Some(at) => self.s.at(&at),
            None => self.s.t("meetings-no-time"),
        }
    }

    fn stands(&self, meeting: &Meeting) -> String {
        stands(&self.s, meeting, self.access.side, self.now)
    }

    fn waits(&self, meeting: &Meeting) -> bool {
        meeting.waits_for(self.access.side, self.now)
    }

    fn length(&self, meeting: &Meeting) -> String {
        self.s.tell(&Message::new("meetings-minutes-count").with("count", meeting.spent.unwrap_or(meeting.minutes)))
    }

    fn question(&self) -> Option<Question> {
        self.ask.as_ref().map(|(ask, at)| Question::of(&self.s, ask, *at, self.other()))
    }
}

/// Where a meeting stands, in few words, for one side.
fn stands(s: &Shell, meeting: &Meeting, side: Side, now: Timestamp) -> String {
    let key = match meeting.state {
        State::Cancelled => "meetings-stands-cancelled",
        State::Held => "meetings-stands-held",
        State::Missed => "meetings-stands-missed",
        _ if meeting.is_over(now) => "meetings-stands-over",
        _ if meeting.waits_for(side, now) => "meetings-stands-yours",
        _ if meeting.asked_by == Some(side) => "meetings-stands-theirs",
        State::Agreed => "meetings-stands-agreed",
        State::Proposed => "meetings-stands-timeless",
    };
    s.t(key)
}

/// "Did you meet?", as a page asks it.
pub(super) struct Question {
    pub id: AskId,
    pub title: String,
    /// What was answered before.
    pub met: Option<bool>,
}

impl Question {
    fn of(s: &Shell, ask: &Ask, at: Option<Timestamp>, name: &str) -> Self {
        let message = match at {
            Some(at) => Message::new("meetings-met-title").with("at", s.at(&at)),
            None => Message::new("meetings-met-lately"),
        };
        Self { id: ask.id, title: s.tell(&message.with("name", name)), met: ask.met }
    }
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Query(after): Query<After>,
) -> Answer {
    let access = actions::access(&app, &Actor::from(&viewer), id).await?;
    let now = app.now();
    let from = after.read().unwrap_or((now, MeetingId(uuid::Uuid::max())));
    let mut ahead = store::ahead_of(&app.db, &[id], now).await?;
    let mut past = store::past_of(&app.db, id, from).await?;
    let more = (past.len() > ON_A_PAGE).then(|| past.get(ON_A_PAGE - 1).and_then(After::of)).flatten();
    past.truncate(ON_A_PAGE);
    let s = Shell::of(&app, &viewer, "/mentorships");
    let (mut promises, mut ask) = (Vec::new(), None);
    if !access.is_assistant {
        let keys = vault::keys(&app, &app.db, access.pair.organisation, &[id.0]).await?;
        let open = store::promises(&app.db, id, None).await?;
        promises = owed(&access, &s, &keys, open, now, &viewer);
        let asked = store::asks_of(&app.db, viewer.person, &[id]).await?.into_iter().next();
        ask = asked
            .filter(|(ask, _)| ask.met.is_none() && access.pair.ended_at.is_none())
            .map(|(ask, about)| (ask.clone(), ask.meeting.map(|_| about)));
    }
    ahead.sort_by_key(|meeting| !meeting.waits_for(access.side, now));
    page(&ListPage { s, access, ahead, past, more, promises, ask, now })
}

// Proposing times

#[derive(Template)]
#[template(path = "meetings/propose.html")]
struct ProposePage {
    s: Shell,
    access: Access,
    /// The meeting that gets other times; none for a new one.
    meeting: Option<Meeting>,
    suggested: Vec<(i64, String)>,
    zones: [String; 2],
    form: Form,
    problems: Problems,
    /// Who keeps the mentor's diary, and so reads where the two meet.
    assistant: Option<String>,
}

impl ProposePage {
    fn title(&self) -> String {
        let key = match &self.meeting {
            None => "meetings-propose-title",
            Some(meeting) if meeting.state == State::Agreed => "meetings-move-title",
            Some(_) => "meetings-again-title",
        };
        self.s.tell(&Message::new(key).with("name", self.other()))
    }

    fn other(&self) -> &str {
        self.access.pair.other(self.access.side).0
    }

    fn action(&self) -> String {
        match &self.meeting {
            None => format!("/mentorships/{}/meetings/new", self.access.pair.id),
            Some(meeting) => format!("/meetings/{}/times", meeting.id),
        }
    }

    fn back(&self) -> String {
        match &self.meeting {
            None => format!("/mentorships/{}/meetings", self.access.pair.id),
            Some(meeting) => format!("/meetings/{}", meeting.id),
        }
    }

    /// A time that was agreed moves; where and how long stay as they are.
    fn moves(&self) -> bool {
        self.meeting.as_ref().is_some_and(|meeting| meeting.state == State::Agreed)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_ticked(&self, time: &i64) -> bool {
        let time = time.to_string();
        self.form.all("time").any(|ticked| ticked == time)
    }

    fn typed(&self) -> Vec<(usize, String, String)> {
        let field = |name: &str, number: usize| self.form.text(&format!("{name}{number}")).to_owned();
        (1..=3).map(|number| (number, field("day", number), field("hour", number))).collect()
    }

    fn minutes(&self) -> &str {
        let typed = self.form.text("minutes");
        if typed.is_empty() { "60" } else { typed }
    }

    fn repeats(&self) -> &str {
        let typed = self.form.text("repeats");
        if typed.is_empty() { "6" } else { typed }
    }

    fn zone(&self) -> String {
        let [own, other] = &self.zones;
        if own == other {
            self.s.with("meetings-zone", "zone", own)
        } else {
            self.s.tell(&Message::new("meetings-zones").with("own", own.as_str()).with("other", other.as_str()))
        }
    }
}

/// How long a meeting is if nobody says anything else.
pub(super) const USUAL_MINUTES: i64 = 60;

/// Times that suit both, by their calendars and clocks; and whom the one who asks meets.
pub(super) async fn free_times(
    app: &App,
    access: &Access,
    minutes: i64,
) -> Result<(Vec<Timestamp>, PersonCore), Failure> {
    let now = app.now();
    let own = access.pair.person_on(access.side);
    let people = [identity::person(&app.db, own).await?, identity::person(&app.db, access.other()).await?];
    let [Some(own), Some(other)] = people else { return Err(Refusal::NotFound.into()) };
    let until = now + jiff::SignedDuration::from_hours(22 * 24);
    let busy = [calendar::busy(app, &own, now, until).await?, calendar::busy(app, &other, now, until).await?];
    let zone = |zone: &str| jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let zones = [zone(&own.zone), zone(&other.zone)];
    Ok((suggested([&zones[0], &zones[1]], [&busy[0], &busy[1]], minutes, now), other))
}

async fn the_proposing(
    app: &App,
    viewer: &Viewer,
    (access, meeting): (Access, Option<Meeting>),
    (form, problems): (Form, Problems),
) -> Result<ProposePage, Failed> {
    let minutes = meeting.as_ref().map_or(USUAL_MINUTES, |meeting| meeting.minutes);
    let (times, other) = free_times(app, &access, minutes).await?;
    let s = Shell::of(app, viewer, "/mentorships");
    let suggested = times.into_iter().map(|time| (time.as_second(), s.at(&time))).collect();
    let assistant = store::assistant_of(&app.db, access.pair.mentor).await?.map(|(_, name, _)| name);
    let zones = [viewer.zone.iana_name().unwrap_or("UTC").to_owned(), other.zone];
    Ok(ProposePage { s, access, meeting, suggested, zones, form, problems, assistant })
}

async fn new(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let access = actions::access(&app, &Actor::from(&viewer), id).await?;
    if access.pair.ended_at.is_some() {
        return Err(Refusal::NotFound.into());
    }
    let nothing = (Form::default(), Problems::default());
    page(&the_proposing(&app, &viewer, (access, None), nothing).await?)
}

/// What a form proposes. Times that were ticked come as seconds, those typed as days and hours of the person's own clock.
pub(super) fn proposal_from(form: &Form, zone: &TimeZone, now: Timestamp) -> Result<Proposal, Problems> {
    let mut problems = Problems::default();
    let ticked = form.all("time").filter_map(|time| Timestamp::from_second(time.parse().ok()?).ok());
    let mut times: Vec<Timestamp> = ticked.take(MOST_TIMES + 1).collect();
    for number in 1..=3 {
        let field = |name: &str| form.text(&format!("{name}{number}"));
        match (field("day"), field("hour")) {
            ("", "") => {}
            (day, hour) => match civil(day, hour, zone) {
                Some(time) => times.push(time),
                None => problems.add(format!("day{number}"), Message::new("meetings-time-unread")),
            },
        }
    }
    let way = Way::parse(form.text("way")).unwrap_or_default();
    let minutes = form.text("minutes").parse().ok();
    let repeats =
        Rhythm::parse(form.text("rhythm")).map(|rhythm| Repeats::new(rhythm, form.text("repeats").parse().ok()));
    let repeats = repeats.transpose().map_err(|wrong| problems.extend(wrong)).unwrap_or_default();
    let proposal = Proposal::new(times, minutes, way, form.text("place"), now);
    match proposal.and_then(|proposal| proposal.again(repeats, zone, now)) {
        Ok(proposal) => problems.or(proposal),
        Err(more) => {
            problems.extend(more);
            Err(problems)
        }
    }
}

async fn propose(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let actor = Actor::from(&viewer);
    let access = actions::access(&app, &actor, id).await?;
    let proposed = match proposal_from(&form, &viewer.zone, app.now()) {
        Ok(proposal) => actions::propose(&app, &actor, id, &proposal).await,
        Err(problems) => Err(problems.into()),
    };
    match proposed {
        Ok(meeting) => {
            let name = access.pair.other(access.side).0;
            Ok(see_other_with(&format!("/meetings/{meeting}"), &Message::new("meetings-proposed").with("name", name)))
        }
        Err(Failure::Problems(problems)) => {
            let again = the_proposing(&app, &viewer, (access, None), (form, problems)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A meeting as somebody comes to it.
async fn the_meeting(app: &App, viewer: &Viewer, id: MeetingId) -> Result<(Access, Meeting), Failed> {
    let meeting = store::meeting(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let access = actions::access(app, &Actor::from(viewer), meeting.mentorship).await?;
    Ok((access, meeting))
}

async fn times(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>) -> Answer {
    let (access, meeting) = the_meeting(&app, &viewer, id).await?;
    if access.pair.ended_at.is_some() || !meeting.is_ahead(app.now()) {
        return Ok(see_other(&format!("/meetings/{id}")));
    }
    let keys = vault::keys(&app, &app.db, access.pair.organisation, &[access.pair.id.0]).await?;
    let place = place_words(&keys, &access.pair, &meeting).and_then(Result::ok).unwrap_or_default();
    let repeats = meeting.series.as_ref().map(|part| part.series.repeats);
    let form = Form::new(vec![
        ("minutes".to_owned(), meeting.minutes.to_string()),
        ("way".to_owned(), meeting.way.code().to_owned()),
        ("place".to_owned(), place.as_str().to_owned()),
        ("version".to_owned(), meeting.version.to_string()),
        ("rhythm".to_owned(), repeats.map_or("", |repeats| repeats.rhythm.code()).to_owned()),
        ("repeats".to_owned(), repeats.map_or_else(String::new, |repeats| repeats.times.to_string())),
    ]);
    page(&the_proposing(&app, &viewer, (access, Some(meeting)), (form, Problems::default())).await?)
}

/// Where the two meet, as one of them typed it.
fn place_words(keys: &Keys, pair: &Mentorship, meeting: &Meeting) -> Option<Opened> {
    let of = ("meetings", "place_words", meeting.id.0);
    meeting.place.as_ref().map(|(author, words)| keys.open(&place_of(pair, *author, PAIR, of), words))
}

async fn propose_again(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    mut form: Form,
) -> Answer {
    let version = form.version()?;
    let (access, meeting) = the_meeting(&app, &viewer, id).await?;
    let proposed = match proposal_from(&form, &viewer.zone, app.now()) {
        Ok(proposal) => actions::propose_again(&app, &Actor::from(&viewer), id, version, &proposal).await,
        Err(problems) => Err(problems.into()),
    };
    let (status, problems) = match refused(proposed)? {
        Ok(()) => {
            let name = access.pair.other(access.side).0;
            let told = Message::new("meetings-proposed").with("name", name);
            return Ok(see_other_with(&format!("/meetings/{id}"), &told));
        }
        Err(refused) => refused,
    };
    // Whoever looks at how it is now and presses again means that.
    let (access, meeting) = if status == StatusCode::CONFLICT {
        let now = the_meeting(&app, &viewer, id).await?;
        form.set("version", vec![now.1.version.to_string()]);
        now
    } else {
        (access, meeting)
    };
    let again = the_proposing(&app, &viewer, (access, Some(meeting)), (form, problems)).await?;
    Ok((status, page(&again)?).into_response())
}

// One meeting

/// A note or reflection as it is shown.
struct Said {
    text: Text,
    words: Opened,
    is_own: bool,
}

/// A point of the agenda as it is shown.
struct OnAgenda {
    point: Point,
    words: Opened,
    /// Left open by an earlier meeting.
    is_carried: bool,
}

/// What only the two read.
#[derive(Default)]
struct Content {
    said: Vec<Said>,
    agenda: Vec<OnAgenda>,
    promises: Vec<Owed>,
    ask: Option<Question>,
}

#[derive(Template)]
#[template(path = "meetings/one.html")]
struct OnePage {
    s: Shell,
    access: Access,
    meeting: Meeting,
    place: Option<Opened>,
    content: Content,
    assistant: Option<String>,
    form: Form,
    problems: Problems,
    now: Timestamp,
    /// The text that the form was to change, where it was refused.
    editing: Option<TextId>,
    /// All of its series, in the order of time.
    series: Vec<Meeting>,
}

impl OnePage {
    fn other(&self) -> &str {
        self.access.pair.other(self.access.side).0
    }

    fn title(&self) -> String {
        let at = self.meeting.starts_at.map(|at| self.s.at(&at)).unwrap_or_default();
        let key = match self.meeting.state {
            State::Cancelled => "meetings-one-cancelled",
            State::Missed => "meetings-one-missed",
            _ if self.is_over() => "meetings-one-over",
            _ if self.waits() => "meetings-one-yours",
            State::Agreed => "meetings-one-agreed",
            _ if self.has_times() => "meetings-one-theirs",
            _ => "meetings-one-timeless",
        };
        self.s.tell(&Message::new(key).with("name", self.other()).with("at", at))
    }

    fn runs(&self) -> bool {
        self.access.pair.ended_at.is_none()
    }

    fn waits(&self) -> bool {
        self.runs() && self.meeting.waits_for(self.access.side, self.now)
    }

    fn has_times(&self) -> bool {
        self.open_times().next().is_some()
    }

    fn open_times(&self) -> impl Iterator<Item = (TimeId, String)> {
        self.meeting.open_times(self.now).map(|(id, at)| (id, self.s.at(&at)))
    }

    fn is_over(&self) -> bool {
        self.meeting.is_over(self.now) || (self.meeting.state == State::Agreed && self.meeting.has_begun(self.now))
    }

    /// Whether times and places can still change.
    fn is_ahead(&self) -> bool {
        self.runs() && self.meeting.is_ahead(self.now) && !self.meeting.has_begun(self.now)
    }

    fn is_writable(&self) -> bool {
        self.runs() && !self.access.is_assistant && self.meeting.state != State::Cancelled
    }

    /// Which of how many it is; before a time holds, how often they would meet.
    fn again(&self) -> Option<String> {
        let part = self.meeting.series.as_ref()?;
        let proposed = self.meeting.starts_at.is_none().then(|| part.series.repeats.told());
        Some(self.s.tell(&proposed.or_else(|| self.meeting.which())?))
    }

    /// The others of its series, with their times and where they stand.
    fn others(&self) -> impl Iterator<Item = (MeetingId, String, String)> {
        let others = self.series.iter().filter(|one| one.id != self.meeting.id);
        others.filter_map(|one| {
            Some((one.id, self.s.at(&one.starts_at?), stands(&self.s, one, self.access.side, self.now)))
        })
    }

    /// How many others of its series are still to come.
    fn to_come(&self) -> usize {
        let others = self.series.iter().filter(|one| one.id != self.meeting.id);
        others.filter(|one| one.state == State::Agreed && !one.has_begun(self.now)).count()
    }

    fn is_missed(&self) -> bool {
        self.meeting.state == State::Missed
    }

    fn minutes(&self) -> String {
        self.s.tell(&Message::new("meetings-minutes-count").with("count", self.meeting.minutes))
    }

    fn spent(&self) -> String {
        let typed = self.form.text("spent");
        if typed.is_empty() { self.meeting.spent.unwrap_or(self.meeting.minutes).to_string() } else { typed.to_owned() }
    }

    fn is_editing(&self, said: &Said) -> bool {
        self.editing == Some(said.text.id)
    }

    /// What was typed for something new of a kind; nothing where the form was another one.
    fn new_text(&self, kind: &str) -> Form {
        if self.editing.is_none() && self.form.text("kind") == kind { self.form.clone() } else { Form::default() }
    }

    /// How they meet, as it was chosen or as it stands.
    fn way(&self) -> &str {
        if self.form.has("way") { self.form.text("way") } else { self.meeting.way.code() }
    }

    fn texts(&self, kind: Kind) -> impl Iterator<Item = &Said> {
        self.content.said.iter().filter(move |said| said.text.kind == kind)
    }

    fn owes(&self, owed: &Owed) -> String {
        let key = if owed.is_own { "meetings-owed-own" } else { "meetings-owed-other" };
        self.s.tell(&Message::new(key).with("name", self.other()).with("day", owed.due.as_str()))
    }

    fn place_seen(&self) -> String {
        match &self.assistant {
            Some(name) => self.s.with("meetings-place-seen-assistant", "name", name),
            None => self.s.t(&PAIR.key()),
        }
    }
}

async fn one(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>) -> Answer {
    page(&the_one(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

/// Nine statements, however much was said; four for an assistant. One more of a series.
async fn the_one(app: &App, viewer: &Viewer, id: MeetingId, form: Form, problems: Problems) -> Result<OnePage, Failed> {
    let (access, meeting) = the_meeting(app, viewer, id).await?;
    let now = app.now();
    let s = Shell::of(app, viewer, "/mentorships");
    let keys = vault::keys(app, &app.db, access.pair.organisation, &[access.pair.id.0]).await?;
    let place = place_words(&keys, &access.pair, &meeting);
    let assistant = store::assistant_of(&app.db, access.pair.mentor).await?.map(|(_, name, _)| name);
    let content = if access.is_assistant {
        Content::default()
    } else {
        content(app, viewer, (&access, &meeting), &s, &keys).await?
    };
    let series = match &meeting.series {
        Some(part) => store::of_series(&app.db, &[part.series.id]).await?,
        None => Vec::new(),
    };
    Ok(OnePage { s, access, meeting, place, content, assistant, form, problems, now, editing: None, series })
}

async fn content(
    app: &App,
    viewer: &Viewer,
    (access, meeting): (&Access, &Meeting),
    s: &Shell,
    keys: &Keys,
) -> Result<Content, Failed> {
    let pair: &Mentorship = &access.pair;
    let texts = store::texts(&app.db, meeting.id).await?;
    let points = store::points(&app.db, pair.id, meeting.id).await?;
    let promises = store::promises(&app.db, pair.id, Some(meeting.id)).await?;
    let asks = store::asks_of(&app.db, viewer.person, &[pair.id]).await?;
    let asked = asks.into_iter().find(|(ask, _)| ask.meeting == Some(meeting.id));
    let said = texts
        .into_iter()
        .filter(|text| reads(text.visibility, viewer, pair, text.author))
        .map(|text| {
            let of = ("meeting_texts", "words", text.id.0);
            let words = keys.open(&place_of(pair, text.author, text.visibility, of), &text.words);
            Said { is_own: text.author == viewer.person, words, text }
        })
        .collect();
    let is_over = !meeting.is_ahead(app.now());
    let agenda = points
        .into_iter()
        // What other meetings will deal with is none of one that is over.
        .filter(|point| point.settled_in.is_some() || !is_over || point.meeting == meeting.id)
        .map(|point| {
            let of = ("meeting_points", "words", point.id.0);
            let words = keys.open(&place_of(pair, point.author, PAIR, of), &point.words);
            OnAgenda { is_carried: point.meeting != meeting.id, words, point }
        })
        .collect();
    let promises = promises.into_iter().filter(|promise| promise.meeting == meeting.id).collect();
    let promises = owed(access, s, keys, promises, app.now(), viewer);
    let name = pair.other(access.side).0;
    let ask = asked.map(|(ask, about)| Question::of(s, &ask, Some(about), name));
    Ok(Content { said, agenda, promises, ask })
}

/// Back to the meeting with a quiet line, or the meeting again with what is wrong and what was typed.
async fn to_one(
    app: &App,
    viewer: &Viewer,
    id: MeetingId,
    form: Form,
    outcome: Result<&'static str, Failure>,
) -> Answer {
    let (status, problems) = match refused(outcome)? {
        Ok(done) => return Ok(see_other_with(&format!("/meetings/{id}"), &Message::new(done))),
        Err(refused) => refused,
    };
    let again = the_one(app, viewer, id, form, problems).await?;
    Ok((status, page(&again)?).into_response())
}

/// What a page says that is shown again, or what was done.
fn refused<T>(outcome: Result<T, Failure>) -> Result<Result<T, (StatusCode, Problems)>, Failed> {
    match outcome {
        Ok(done) => Ok(Ok(done)),
        Err(Failure::Problems(problems)) => Ok(Err((StatusCode::UNPROCESSABLE_ENTITY, problems))),
        Err(Failure::Refusal(Refusal::Conflict)) => {
            Ok(Err((StatusCode::CONFLICT, Problems::one("", Message::new("meetings-changed-meanwhile")))))
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn answer(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let version = form.version()?;
    let time = form.text("time").parse().ok().map(TimeId);
    let answered = actions::answer(&app, &Actor::from(&viewer), id, Some(version), time).await;
    let told = answered.map(|answered| match answered {
        Answered::Agreed => "meetings-answered-agreed",
        Answered::Declined => "meetings-answered-none",
    });
    to_one(&app, &viewer, id, form, told).await
}

fn which(form: &Form) -> Which {
    if form.text("which") == "all" { Which::AllToCome } else { Which::This }
}

async fn place(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let version = form.version()?;
    let way = Way::parse(form.text("way")).unwrap_or_default();
    let minutes = form.text("minutes").parse().unwrap_or(0);
    let actor = Actor::from(&viewer);
    let set = actions::set_place(&app, &actor, (id, version, which(&form)), (way, minutes), form.text("place")).await;
    to_one(&app, &viewer, id, form, set.map(|()| "meetings-place-set")).await
}

async fn cancel(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let version = form.version()?;
    let which = which(&form);
    let done = if which == Which::This { "meetings-cancelled" } else { "meetings-cancelled-all" };
    let cancelled = actions::cancel(&app, &Actor::from(&viewer), (id, version, which)).await;
    to_one(&app, &viewer, id, form, cancelled.map(|()| done)).await
}

async fn record(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let (version, actor) = (form.version()?, Actor::from(&viewer));
    let recorded = if form.text("do") == "missed" {
        actions::miss(&app, &actor, id, version).await.map(|()| "meetings-missed")
    } else {
        match spent(form.text("spent").trim().parse().ok()) {
            Ok(spent) => actions::record(&app, &actor, id, version, spent).await.map(|()| "meetings-recorded"),
            Err(problems) => Err(problems.into()),
        }
    };
    to_one(&app, &viewer, id, form, recorded).await
}

fn visibility_in(form: &Form) -> Visibility {
    Visibility::parse(form.text("visibility")).unwrap_or_default()
}

async fn write(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let kind = Kind::parse(form.text("kind")).ok_or(Refusal::NotFound)?;
    let chosen = (kind, visibility_in(&form));
    let written = actions::write(&app, &Actor::from(&viewer), id, chosen, form.text(kind.code())).await;
    to_one(&app, &viewer, id, form, written.map(|_| "meetings-written")).await
}

async fn rewrite(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, text)): Path<(MeetingId, TextId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let new = (form.text("do") != "delete").then(|| (visibility_in(&form), form.text("words")));
    let done = if new.is_some() { "meetings-written" } else { "meetings-deleted" };
    let written = actions::rewrite(&app, &Actor::from(&viewer), id, (text, version), new).await;
    let (status, problems) = match refused(written.map(|()| done))? {
        Ok(done) => return Ok(see_other_with(&format!("/meetings/{id}"), &Message::new(done))),
        // What is wrong stands beside what was typed, which is none of the fields for something new.
        Err((StatusCode::UNPROCESSABLE_ENTITY, problems)) => {
            let mut beside = Problems::default();
            for problem in problems.iter() {
                let field = if problem.field.is_empty() { String::new() } else { format!("words-{text}") };
                beside.add(field, problem.message.clone());
            }
            (StatusCode::UNPROCESSABLE_ENTITY, beside)
        }
        Err(other) => other,
    };
    let again = the_one(&app, &viewer, id, form, problems).await?;
    Ok((status, page(&OnePage { editing: Some(text), ..again })?).into_response())
}

async fn add_point(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let added = actions::add_point(&app, &Actor::from(&viewer), id, form.text("point")).await;
    to_one(&app, &viewer, id, form, added.map(|()| "meetings-point-added")).await
}

async fn settle_point(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, point)): Path<(MeetingId, PointId)>,
    form: Form,
) -> Answer {
    let is_settled = form.text("do") == "settle";
    let done = if is_settled { "meetings-point-settled" } else { "meetings-point-open" };
    let settled = actions::settle_point(&app, &Actor::from(&viewer), id, point, is_settled).await;
    to_one(&app, &viewer, id, form, settled.map(|()| done)).await
}

async fn promise(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<MeetingId>, form: Form) -> Answer {
    let (access, _) = the_meeting(&app, &viewer, id).await?;
    let owed_by = match form.text("who") {
        "me" => Some(access.side),
        "other" => Some(access.side.other()),
        _ => None,
    };
    let of = (owed_by, form.text("due").parse().ok());
    let promised = actions::promise(&app, &Actor::from(&viewer), id, of, form.text("promise")).await;
    to_one(&app, &viewer, id, form, promised.map(|()| "meetings-promised")).await
}

async fn keep_promise(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, promise)): Path<(MentorshipId, PromiseId)>,
    form: Form,
) -> Answer {
    let is_kept = form.text("do") == "keep";
    actions::keep_promise(&app, &Actor::from(&viewer), id, promise, is_kept).await?;
    let done = if is_kept { "meetings-promise-kept" } else { "meetings-promise-open" };
    Ok(see_other_with(&format!("/mentorships/{id}/meetings"), &Message::new(done)))
}

async fn answer_ask(Extract(app): Extract<App>, viewer: Viewer, Path(id): Path<AskId>, form: Form) -> Answer {
    let met = match form.text("met") {
        "yes" => true,
        "no" => false,
        _ => return Err(Refusal::NotFound.into()),
    };
    let ask = actions::answer_ask(&app, &Actor::from(&viewer), id, met).await?;
    let path = match ask.meeting {
        Some(meeting) => format!("/meetings/{meeting}"),
        None => format!("/mentorships/{}/meetings", ask.mentorship),
    };
    Ok(see_other_with(&path, &Message::new("meetings-met-thanks")))
}
