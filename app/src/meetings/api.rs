//! JSON doors to one's own meetings. What the other wrote is given to no program; one's own notes are.

use std::collections::HashSet;

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{self, Access, Actor};
use super::model::{Ask, AskId, Kind, Meeting, MeetingId, Proposal, State, TextId, TimeId, Way, spent};
use super::series::{Repeats, Rhythm, SeriesId, Which};
use super::store;
use crate::app::App;
use crate::identity::{Act, TokenScope, Viewer};
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{self, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Problems, Refusal};
use crate::vault;
use crate::web::{Created, Door, Failed, Instant, Json, Path, Tag, Told};

const MEETINGS: Tag = Tag {
    name: "meetings",
    about: "One's own meetings, and those of a mentor whose diary one keeps: times, places, one's own notes.",
};

pub(super) fn doors() -> Vec<Door> {
    [of_times(), of_what_took_place()].concat()
}

fn of_times() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: MEETINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/mentorships/{id}/meetings",
            read,
            told(
                "list_meetings",
                "The meetings of one's own mentorship",
                "Those ahead, the next one first and of a series the next one alone, then the latest of those whose time has come; at most a hundred of each.",
            ),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/mentorships/{id}/meetings",
            write,
            told(
                "propose_meeting",
                "Propose times for a meeting",
                "One to five. The other side is written to and answers with one of them, with others, or with none.",
            ),
            propose,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/meetings/{id}",
            read,
            told("read_meeting", "One meeting", "Times and places; what was said in it is on its page alone."),
            one,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/meetings/{id}/series",
            read,
            told(
                "list_series",
                "All meetings of its series",
                "In the order of time, with those that were called off; of a meeting by itself, that one alone.",
            ),
            series,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/meetings/{id}/times",
            write,
            told(
                "propose_other_times",
                "Propose other times, or move a meeting",
                "What was agreed holds until the other side answers. Of a meeting that is agreed only the times count: where, how long and how \
                 often stay.",
            ),
            propose_again,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/meetings/{id}/place",
            write,
            told(
                "set_place",
                "Say where and for how long the two meet",
                "Of a meeting that is agreed both get the change, in their calendars too.",
            ),
            set_place,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/meetings/{id}/answer",
            write,
            told(
                "answer_times",
                "Answer the times that the other side proposed",
                "With the identifier of one of them, which then holds, and both get an invitation; or with null: none suits.",
            ),
            answer,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/meetings/{id}/cancel",
            write,
            told("cancel_meeting", "Call a meeting off", "Both are told, and it is taken out of their calendars."),
            cancel,
        ),
    ]
}

/// Whether a meeting took place, and what one wrote of it.
fn of_what_took_place() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    let told = |id, summary, detail| Told { id, tag: MEETINGS, summary, detail };
    vec![
        Door::program(
            MethodFilter::POST,
            "/api/me/meetings/{id}/record",
            write,
            told(
                "record_meeting",
                "Write down that a meeting took place, or did not",
                "Both see it. With the minutes that it took; with null it did not take place, and counts for nothing.",
            ),
            record,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/questions",
            read,
            told(
                "list_questions",
                "What one is asked: did you meet?",
                "The newest question of each of one's own mentorships. Neither learns whether the other was asked, or answered.",
            ),
            questions,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/questions/{id}/answer",
            write,
            told("answer_question", "Answer whether the two met", "The last answer counts. The other never sees it."),
            answer_question,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/meetings/{id}/notes",
            read,
            told("list_own_notes", "One's own notes of a meeting", "Never the other's, whoever may read those."),
            notes,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/meetings/{id}/notes",
            write,
            told("write_note", "Write a note of a meeting", "For the pair, or for oneself alone."),
            write_note,
        ),
    ]
}

/// A meeting: times and places, and nothing that was said.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Meeting")]
struct MeetingTold {
    id: MeetingId,
    mentorship: MentorshipId,
    state: State,
    /// The time that holds.
    #[schemars(with = "Option<Instant>")]
    starts_at: Option<Timestamp>,
    /// The zone by whose clock it was agreed.
    zone: String,
    minutes: i64,
    /// How many minutes it took, once one of the two has written it down.
    spent: Option<i64>,
    way: Way,
    /// How often the two meet, and which of these times it is; null for a meeting by itself.
    series: Option<SeriesTold>,
    /// Whose answer is waited for.
    waits_for: Option<Side>,
    times: Vec<TimeTold>,
    /// Goes up with each change; the doors that change it want it.
    version: i64,
}

/// Meetings that were agreed at once and come again.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MeetingSeries")]
struct SeriesTold {
    id: SeriesId,
    rhythm: Rhythm,
    /// How many they are in all.
    times: i64,
    /// Which of them this is, from 1.
    number: i64,
}

/// A time that was proposed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProposedTime")]
struct TimeTold {
    id: TimeId,
    #[schemars(with = "Instant")]
    starts_at: Timestamp,
}

/// The meetings of a mentorship.
#[derive(Serialize, JsonSchema)]
struct Meetings {
    ahead: Vec<MeetingTold>,
    past: Vec<MeetingTold>,
}

/// Times for a meeting.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Proposes {
    #[schemars(with = "Vec<Instant>")]
    times: Vec<Timestamp>,
    minutes: i64,
    #[serde(default)]
    way: Way,
    /// Read by the two, and by whoever keeps the mentor's diary.
    #[serde(default)]
    place: Option<String>,
    /// Whether they meet again from then on; the answer then holds for all of these times.
    #[serde(default)]
    repeats: Option<RepeatsAsked>,
}

/// How often, and how many times in all: 2 to 26, within a year.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RepeatsAsked {
    rhythm: Rhythm,
    times: i64,
}

/// An answer to proposed times.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answers {
    /// The version that was read.
    version: i64,
    /// One of the times; null if none suits.
    time: Option<TimeId>,
}

/// A meeting as it was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MeetingRead {
    version: i64,
    /// Whether all others of its series that are still to come are called off with it.
    #[serde(default)]
    all_to_come: bool,
}

/// Other times for a meeting, over the version that was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProposesAgain {
    version: i64,
    proposal: Proposes,
}

/// Where and for how long the two meet.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MeetingPlace")]
struct PlaceToSet {
    /// The version that was read.
    version: i64,
    way: Way,
    minutes: i64,
    /// Read by the two, and by whoever keeps the mentor's diary.
    #[serde(default)]
    place: Option<String>,
    /// Whether it holds for all others of its series that are still to come.
    #[serde(default)]
    all_to_come: bool,
}

/// What became of a meeting.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct MeetingToRecord {
    /// The version that was read.
    version: i64,
    /// How many minutes it took; null if it did not take place.
    spent: Option<i64>,
}

/// Meetings of a series.
#[derive(Serialize, JsonSchema)]
struct MeetingsOfSeries {
    items: Vec<MeetingTold>,
}

/// Whether the two met.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Question")]
struct QuestionTold {
    id: AskId,
    mentorship: MentorshipId,
    /// The meeting that it is about; null where none was seen for a while.
    meeting: Option<MeetingId>,
    /// When that meeting began, or when the question arose.
    #[schemars(with = "Instant")]
    about: Timestamp,
    /// One's own answer.
    met: Option<bool>,
}

/// What one is asked.
#[derive(Serialize, JsonSchema)]
struct Questions {
    items: Vec<QuestionTold>,
}

/// Whether the two met.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct QuestionToAnswer {
    met: bool,
}

/// Who reads a note.
#[derive(Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum NoteSeen {
    #[default]
    Pair,
    OnlyMe,
}

/// A note to be written.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    text: String,
    #[serde(default)]
    seen_by: NoteSeen,
}

/// One's own note.
#[derive(Serialize, JsonSchema)]
struct OwnNote {
    id: TextId,
    /// Null where it does not open: the installation's key is missing.
    text: Option<String>,
    seen_by: NoteSeen,
    #[schemars(with = "Instant")]
    written_at: Timestamp,
}

/// One's own notes of a meeting.
#[derive(Serialize, JsonSchema)]
struct OwnNotes {
    items: Vec<OwnNote>,
}

/// What was written, by its identifier.
#[derive(Serialize, JsonSchema)]
struct NoteWritten {
    id: TextId,
}

impl MeetingTold {
    fn of(meeting: &Meeting, now: Timestamp) -> Self {
        let waits_for = Side::BOTH.into_iter().find(|side| meeting.waits_for(*side, now));
        Self {
            id: meeting.id,
            mentorship: meeting.mentorship,
            state: meeting.state,
            starts_at: meeting.starts_at,
            zone: meeting.zone.clone(),
            minutes: meeting.minutes,
            spent: meeting.spent,
            way: meeting.way,
            series: meeting.series.as_ref().map(|part| SeriesTold {
                id: part.series.id,
                rhythm: part.series.repeats.rhythm,
                times: part.series.repeats.times,
                number: part.slot + 1,
            }),
            waits_for,
            times: meeting.open_times(now).map(|(id, starts_at)| TimeTold { id, starts_at }).collect(),
            version: meeting.version,
        }
    }
}

impl Proposes {
    fn proposal(self, viewer: &Viewer, now: Timestamp) -> Result<Proposal, Problems> {
        let place = self.place.unwrap_or_default();
        let proposal = Proposal::new(self.times, Some(self.minutes), self.way, &place, now)?;
        let repeats = self.repeats.map(|asked| Repeats::new(asked.rhythm, Some(asked.times))).transpose()?;
        proposal.again(repeats, &viewer.zone, now)
    }
}

impl NoteSeen {
    fn visibility(self) -> Visibility {
        match self {
            Self::Pair => Visibility::Pair,
            Self::OnlyMe => Visibility::OnlyMe,
        }
    }
}

fn which(all_to_come: bool) -> Which {
    if all_to_come { Which::AllToCome } else { Which::This }
}

async fn the_meeting(app: &App, viewer: &Viewer, id: MeetingId) -> Result<(Access, Meeting), Failed> {
    let meeting = store::meeting(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let access = actions::access(app, &Actor::from(viewer), meeting.mentorship).await?;
    Ok((access, meeting))
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
) -> Result<Json<Meetings>, Failed> {
    actions::access(&app, &Actor::from(&viewer), id).await?;
    let now = app.now();
    let told = |meetings: Vec<Meeting>| {
        meetings.iter().take(store::ON_A_PAGE).map(|meeting| MeetingTold::of(meeting, now)).collect()
    };
    let ahead = store::ahead_of(&app.db, &[id], now).await?;
    let past = store::past_of(&app.db, id, (now, MeetingId(uuid::Uuid::max()))).await?;
    Ok(Json(Meetings { ahead: told(ahead), past: told(past) }))
}

async fn propose(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MentorshipId>,
    Json(proposes): Json<Proposes>,
) -> Result<Created<MeetingTold>, Failed> {
    let actor = Actor::from(&viewer);
    actions::access(&app, &actor, id).await?;
    let proposal = proposes.proposal(&viewer, app.now())?;
    let made = actions::propose(&app, &actor, id, &proposal).await?;
    let (_, meeting) = the_meeting(&app, &viewer, made).await?;
    Ok(Created { at: format!("/api/me/meetings/{made}"), body: MeetingTold::of(&meeting, app.now()) })
}

async fn one(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
) -> Result<Json<MeetingTold>, Failed> {
    let (_, meeting) = the_meeting(&app, &viewer, id).await?;
    Ok(Json(MeetingTold::of(&meeting, app.now())))
}

async fn series(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
) -> Result<Json<MeetingsOfSeries>, Failed> {
    let (_, meeting) = the_meeting(&app, &viewer, id).await?;
    let all = match &meeting.series {
        Some(part) => store::of_series(&app.db, &[part.series.id]).await?,
        None => vec![meeting],
    };
    Ok(Json(MeetingsOfSeries { items: all.iter().map(|meeting| MeetingTold::of(meeting, app.now())).collect() }))
}

async fn propose_again(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(again): Json<ProposesAgain>,
) -> Result<Json<MeetingTold>, Failed> {
    the_meeting(&app, &viewer, id).await?;
    let proposal = again.proposal.proposal(&viewer, app.now())?;
    actions::propose_again(&app, &Actor::from(&viewer), id, again.version, &proposal).await?;
    one(Extract(app), viewer, Path(id)).await
}

async fn set_place(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(set): Json<PlaceToSet>,
) -> Result<Json<MeetingTold>, Failed> {
    the_meeting(&app, &viewer, id).await?;
    let (over, place) = ((id, set.version, which(set.all_to_come)), set.place.unwrap_or_default());
    actions::set_place(&app, &Actor::from(&viewer), over, (set.way, set.minutes), &place).await?;
    one(Extract(app), viewer, Path(id)).await
}

async fn record(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(told): Json<MeetingToRecord>,
) -> Result<Json<MeetingTold>, Failed> {
    let actor = Actor::from(&viewer);
    the_meeting(&app, &viewer, id).await?;
    match told.spent {
        Some(minutes) => actions::record(&app, &actor, id, told.version, spent(Some(minutes))?).await?,
        None => actions::miss(&app, &actor, id, told.version).await?,
    }
    one(Extract(app), viewer, Path(id)).await
}

async fn questions(Extract(app): Extract<App>, viewer: Viewer) -> Result<Json<Questions>, Failed> {
    let running = mentorships::running_with(&app.db, viewer.person).await?;
    let pairs: Vec<MentorshipId> = running.iter().map(|pair| pair.id).collect();
    let mut asks = store::asks_of(&app.db, viewer.person, &pairs).await?;
    let mut seen = HashSet::new();
    asks.retain(|(ask, _)| seen.insert(ask.mentorship));
    let told = |(ask, about): (Ask, Timestamp)| QuestionTold {
        id: ask.id,
        mentorship: ask.mentorship,
        meeting: ask.meeting,
        about,
        met: ask.met,
    };
    Ok(Json(Questions { items: asks.into_iter().map(told).collect() }))
}

async fn answer_question(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<AskId>,
    Json(sent): Json<QuestionToAnswer>,
) -> Result<Json<Questions>, Failed> {
    actions::answer_ask(&app, &Actor::from(&viewer), id, sent.met).await?;
    questions(Extract(app), viewer).await
}

async fn answer(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(answers): Json<Answers>,
) -> Result<Json<MeetingTold>, Failed> {
    actions::answer(&app, &Actor::from(&viewer), id, Some(answers.version), answers.time).await?;
    one(Extract(app), viewer, Path(id)).await
}

async fn cancel(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(read): Json<MeetingRead>,
) -> Result<Json<MeetingTold>, Failed> {
    actions::cancel(&app, &Actor::from(&viewer), (id, read.version, which(read.all_to_come))).await?;
    one(Extract(app), viewer, Path(id)).await
}

async fn notes(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
) -> Result<Json<OwnNotes>, Failed> {
    let (access, meeting) = the_meeting(&app, &viewer, id).await?;
    let access = access.of_pair()?;
    let keys = vault::keys(&app, &app.db, access.pair.organisation, &[access.pair.id.0]).await?;
    let texts = store::texts(&app.db, meeting.id).await?;
    let own = texts.into_iter().filter(|text| text.author == viewer.person && text.kind == Kind::Note);
    let items = own.map(|text| {
        let of = ("meeting_texts", "words", text.id.0);
        let words = keys.open(&place_of(&access.pair, text.author, text.visibility, of), &text.words);
        OwnNote {
            id: text.id,
            text: words.ok().map(|words| words.as_str().to_owned()),
            seen_by: if text.visibility == Visibility::OnlyMe { NoteSeen::OnlyMe } else { NoteSeen::Pair },
            written_at: text.written_at,
        }
    });
    Ok(Json(OwnNotes { items: items.collect() }))
}

async fn write_note(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<MeetingId>,
    Json(note): Json<NewNote>,
) -> Result<Created<NoteWritten>, Failed> {
    let chosen = (Kind::Note, note.seen_by.visibility());
    let written = actions::write(&app, &Actor::from(&viewer), id, chosen, &note.text).await?;
    Ok(Created { at: format!("/api/me/meetings/{id}/notes"), body: NoteWritten { id: written } })
}
