//! JSON doors to consent: an edition's proposals for the coordinator, one's own and the answer to them for the two.

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Answer, Proposal, ProposalId, Seen, State};
use super::store::{self, After, Filter};
use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{Act, PersonId, TokenScope, Viewer};
use crate::pairing::runs::RunId;
use crate::people::model::Side;
use crate::problems::Refusal;
use crate::programmes::EditionId;
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const CONSENT: Tag = Tag {
    name: "consent",
    about: "Proposals: mentors answer first, and a mentee sees a name once that mentor has accepted.",
};

pub(in crate::pairing) fn doors() -> Vec<Door> {
    let (read, write) = ((Act::Pair, TokenScope::PairingRead), (Act::Pair, TokenScope::PairingWrite));
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/proposals",
            read,
            Told {
                id: "list_proposals",
                tag: CONSENT,
                summary: "The proposals of an edition",
                detail: "For coordinators, in the order of the mentees' names.",
            },
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/proposals",
            write,
            Told {
                id: "send_proposals",
                tag: CONSENT,
                summary: "Ask the mentors of a run's pairs",
                detail: "For coordinators. What an earlier run proposed and this one keeps stands; what it changed is taken back. \
                         Sending the same run again asks nobody twice.",
            },
            send,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/reminders",
            write,
            Told {
                id: "remind",
                tag: CONSENT,
                summary: "Remind those who have not answered",
                detail: "For coordinators. Each is written to at most once a day.",
            },
            remind,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/publish",
            write,
            Told {
                id: "publish",
                tag: CONSENT,
                summary: "Publish what both sides accepted",
                detail: "For coordinators. It makes mentorships and writes to both; nothing is published while somebody is still \
                         asked.",
            },
            publish,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/proposals/{id}/take-back",
            write,
            Told {
                id: "take_proposal_back",
                tag: CONSENT,
                summary: "Take a proposal back",
                detail: "For coordinators. Whoever had been shown a name is told that the coordinator changed the proposal.",
            },
            take_back,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/proposals",
            (Act::TakePart, TokenScope::OwnRead),
            Told {
                id: "list_own_proposals",
                tag: CONSENT,
                summary: "One's own proposals",
                detail: "The newest first. Scores, others' choices and what the other one has answered are in no answer.",
            },
            own,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/proposals/{id}/answer",
            (Act::TakePart, TokenScope::OwnWrite),
            Told {
                id: "answer_proposal",
                tag: CONSENT,
                summary: "Answer a proposal",
                detail: "Accept or decline; a reason is for the coordinator alone. What was answered already stays.",
            },
            answer,
        ),
    ]
}

/// Where a proposal stands.
#[derive(Clone, Copy, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ProposalState {
    MentorAsked,
    MenteeAsked,
    Accepted,
    Published,
    Declined,
    TakenBack,
}

#[derive(Deserialize, JsonSchema)]
struct ProposalsAsked {
    /// A part of the name or address of either.
    #[serde(default)]
    q: Option<String>,
    /// Only those that stand so.
    #[serde(default)]
    state: Option<ProposalState>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

#[derive(Deserialize, JsonSchema)]
struct OwnAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// One of the two of a proposal.
#[derive(Serialize, JsonSchema)]
struct OneAsked {
    id: PersonId,
    name: String,
}

/// A proposal as the coordinator reads it.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Proposal")]
struct ProposalTold {
    id: ProposalId,
    mentee: OneAsked,
    mentor: OneAsked,
    state: ProposalState,
    /// Whether the last answer is one that nobody gave in time.
    by_silence: bool,
    /// Whose answer is waited for.
    awaited: Option<Side>,
    /// Until when.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
    /// Which side said no.
    declined_by: Option<Side>,
    /// Why, for the coordinator alone.
    reason: Option<String>,
    /// Goes up with each change; `take_proposal_back` wants it.
    version: i64,
}

/// Where one's own proposal stands, as far as one may know.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum Standing {
    /// An answer is waited for.
    Asked,
    Accepted,
    Declined,
    /// The coordinator changed the proposal.
    Changed,
    Published,
}

/// A proposal of which one is oneself.
#[derive(Serialize, JsonSchema)]
struct OwnProposal {
    id: ProposalId,
    edition: EditionId,
    /// On which side one stands oneself.
    side: Side,
    standing: Standing,
    /// Whether one's answer is one that was not given in time.
    by_silence: bool,
    /// Until when one may answer.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
    /// The name of the other one; null where the proposal was changed.
    other: Option<String>,
    /// Why the two, in words.
    why: Vec<String>,
}

/// A run whose pairs are to be asked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToSend {
    run: RunId,
}

/// What came of it.
#[derive(Serialize, JsonSchema)]
struct ProposalsSent {
    asked: usize,
    kept: usize,
    taken_back: usize,
}

/// How many were written to.
#[derive(Serialize, JsonSchema)]
struct Reminded {
    reminded: usize,
}

/// How many mentorships were made.
#[derive(Serialize, JsonSchema)]
struct Published {
    mentorships: usize,
}

/// A proposal as it was read.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TakesBack {
    version: i64,
}

/// An answer.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Answers {
    accepts: bool,
    /// Why not; read by the coordinator alone.
    #[serde(default)]
    reason: Option<String>,
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<ProposalsAsked>,
) -> Result<Json<Page<ProposalTold>>, Failed> {
    actions::managed(&app.db, &viewer, id).await?;
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let filter = asked.state.map_or(Filter::Everything, |state| Filter::Only(state.into()));
    let rows = store::page(&app.db, id, filter, &asked.q.unwrap_or_default(), &after, limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, |row| Cursor::new(After::of(row)), ProposalTold::of)))
}

async fn send(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(to_send): Json<ToSend>,
) -> Result<Json<ProposalsSent>, Failed> {
    let sent = actions::send(&app, &viewer, id, to_send.run).await?;
    Ok(Json(ProposalsSent { asked: sent.asked, kept: sent.kept, taken_back: sent.taken_back }))
}

async fn remind(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
) -> Result<Json<Reminded>, Failed> {
    Ok(Json(Reminded { reminded: actions::remind(&app, &viewer, id).await? }))
}

async fn publish(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
) -> Result<Json<Published>, Failed> {
    Ok(Json(Published { mentorships: actions::publish(&app, &viewer, id).await? }))
}

async fn take_back(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<ProposalId>,
    Json(read): Json<TakesBack>,
) -> Result<Json<ProposalTold>, Failed> {
    actions::take_back(&app, &viewer, id, read.version).await?;
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(ProposalTold::of(proposal)))
}

async fn own(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Params(asked): Params<OwnAsked>,
) -> Result<Json<Page<OwnProposal>>, Failed> {
    let before = Cursor::read(asked.after.as_ref(), |text| text.parse().ok().map(ProposalId))?;
    let limit = asked.limit.unwrap_or_default();
    let rows = store::of_person(&app.db, viewer.person, before, limit.and_one()).await?;
    let page =
        Page::of(rows, limit, |row| Cursor::new(row.id.to_string()), |row| OwnProposal::of(&row, &viewer, app.now()));
    Ok(Json(Page { items: page.items.into_iter().flatten().collect(), next: page.next }))
}

async fn answer(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<ProposalId>,
    Json(answers): Json<Answers>,
) -> Result<Json<OwnProposal>, Failed> {
    let word = if answers.accepts { "accept" } else { "decline" };
    let given = Answer::new(word, &answers.reason.unwrap_or_default())?;
    actions::answer(&app, viewer.person, id, &given).await?;
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(OwnProposal::of(&proposal, &viewer, app.now()).ok_or(Refusal::NotFound)?))
}

impl From<ProposalState> for State {
    fn from(state: ProposalState) -> Self {
        match state {
            ProposalState::MentorAsked => Self::MentorAsked,
            ProposalState::MenteeAsked => Self::MenteeAsked,
            ProposalState::Accepted => Self::Accepted,
            ProposalState::Published => Self::Published,
            ProposalState::Declined => Self::Declined,
            ProposalState::TakenBack => Self::TakenBack,
        }
    }
}

impl From<State> for ProposalState {
    fn from(state: State) -> Self {
        match state {
            State::MentorAsked => Self::MentorAsked,
            State::MenteeAsked => Self::MenteeAsked,
            State::Accepted => Self::Accepted,
            State::Published => Self::Published,
            State::Declined => Self::Declined,
            State::TakenBack => Self::TakenBack,
        }
    }
}

impl ProposalTold {
    fn of(proposal: Proposal) -> Self {
        let (awaited, until) = proposal.awaited().unzip();
        Self {
            awaited,
            until,
            declined_by: proposal.declined_by(),
            id: proposal.id,
            mentee: OneAsked { id: proposal.mentee, name: proposal.mentee_name },
            mentor: OneAsked { id: proposal.mentor, name: proposal.mentor_name },
            state: proposal.state.into(),
            by_silence: proposal.by_silence,
            reason: proposal.reason,
            version: proposal.version,
        }
    }
}

impl OwnProposal {
    /// What the viewer may see of it, if anything.
    fn of(proposal: &Proposal, viewer: &Viewer, now: Timestamp) -> Option<Self> {
        let side = proposal.side_of(viewer.person)?;
        let seen = proposal.seen_by(side, now)?;
        let (standing, by_silence, until) = match seen {
            Seen::Asked { until } => (Standing::Asked, false, Some(until)),
            Seen::SaidYes { by_silence } => (Standing::Accepted, by_silence, None),
            Seen::SaidNo { by_silence } => (Standing::Declined, by_silence, None),
            Seen::Changed => (Standing::Changed, false, None),
            Seen::Published => (Standing::Published, false, None),
        };
        let is_told = seen != Seen::Changed;
        let name = if side == Side::Mentee { &proposal.mentor_name } else { &proposal.mentee_name };
        let lang: Lang = viewer.lang;
        let why = if is_told { proposal.why.iter().map(|why| lang.tell(why)).collect() } else { Vec::new() };
        Some(Self {
            id: proposal.id,
            edition: proposal.edition,
            side,
            standing,
            by_silence,
            until,
            other: is_told.then(|| name.clone()),
            why,
        })
    }
}
