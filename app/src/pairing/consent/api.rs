//! JSON doors to consent: an edition's proposals for the coordinator, one's own and the answer to them for the two.

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State as Extract;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions;
use super::model::{Answer, Done, Proposal, ProposalId, Seen, State};
use super::reasons;
use super::shortlist::Candidate;
use super::store::{self, Filter, OwnWishes};
use crate::app::App;
use crate::db::After;
use crate::i18n::Lang;
use crate::identity::{self, Act, PersonId, TokenScope, Viewer};
use crate::pairing::runs::RunId;
use crate::people::model::{CompetencyLevel, Side};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, EditionId};
use crate::web::{Cursor, Door, Failed, Instant, Json, Limit, Page, Params, Path, Tag, Told};

const CONSENT: Tag = Tag {
    name: "consent",
    about: "Proposals: mentors answer first, and a mentee sees a name once that mentor has accepted.",
};

const WISHES: Tag = Tag {
    name: "wishes",
    about: "What somebody would like before the pairing is run, and with whom they have a conflict.",
};

pub(in crate::pairing) fn doors() -> Vec<Door> {
    [of_coordinators(), own_doors()].concat()
}

fn of_coordinators() -> Vec<Door> {
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
                detail: "For coordinators. Each is written to at most once a day; who could not be written to is asked again.",
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
            MethodFilter::GET,
            "/api/proposals/{id}",
            read,
            Told { id: "read_proposal", tag: CONSENT, summary: "One proposal", detail: "For coordinators." },
            one,
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
    ]
}

fn own_doors() -> Vec<Door> {
    let (read, write) = ((Act::TakePart, TokenScope::OwnRead), (Act::TakePart, TokenScope::OwnWrite));
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/me/proposals",
            read,
            Told {
                id: "list_own_proposals",
                tag: CONSENT,
                summary: "One's own proposals",
                detail: "The newest first. Scores, others' choices and what the other one has answered are in no answer.",
            },
            own,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/proposals/{id}",
            read,
            Told {
                id: "read_own_proposal",
                tag: CONSENT,
                summary: "One of one's own proposals",
                detail: "A mentee has one from the moment at which that mentor has accepted, and not before.",
            },
            own_one,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/me/proposals/{id}/answer",
            write,
            Told {
                id: "answer_proposal",
                tag: CONSENT,
                summary: "Answer a proposal",
                detail: "Accept or decline; a reason is for the coordinator alone. What was answered already stays.",
            },
            answer,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/shortlist/{side}",
            read,
            Told {
                id: "list_shortlist",
                tag: WISHES,
                summary: "Whom one may wish for",
                detail: "Those of the other side whom the rules allow, for whoever is enrolled on this side, in the order of names. \
                         Nobody where the edition keeps the list of mentees from mentors.",
            },
            shortlist,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/me/editions/{id}/wishes/{side}",
            read,
            Told {
                id: "read_wishes",
                tag: WISHES,
                summary: "What one said before the run",
                detail: "One's own, on the side on which one is enrolled. Nobody else reads it.",
            },
            wishes,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/me/editions/{id}/wishes/{side}",
            write,
            Told {
                id: "save_wishes",
                tag: WISHES,
                summary: "Say whom one would like, and declare conflicts",
                detail: "It counts from the next run on. `version` is the one that was read; if another window saved since, nothing \
                         is done (409).",
            },
            set_wishes,
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
    /// Null where it is the coordinator's own, who reads of it under `/api/me/proposals` what a participant may: then nothing else is
    /// said of it here either.
    state: Option<ProposalState>,
    /// Whether the last answer is one that nobody gave in time.
    by_silence: bool,
    /// Whose answer is waited for.
    awaited: Option<Side>,
    /// Until when; null where the mail that asks could not be delivered, for then no time runs.
    #[schemars(with = "Option<Instant>")]
    until: Option<Timestamp>,
    /// Whether the mail that asks could not be delivered; `remind` asks again.
    unreached: bool,
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
    /// Until when one may answer; null where that is not yet known.
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
    /// Whether more than a few hundred pairs are still being asked, and these are the numbers so far. The same request again tells how
    /// far it has come, and asks nobody twice.
    is_under_way: bool,
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
    /// Whether the rest is still being published. The same request again tells how far it has come.
    is_under_way: bool,
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

#[derive(Deserialize, JsonSchema)]
struct ShortlistAsked {
    /// A part of the name, title, unit or of a competency.
    #[serde(default)]
    q: Option<String>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Somebody who may be wished for. Of a mentor it says what the directory says, of a mentee what they want to learn.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Candidate")]
struct CandidateTold {
    id: PersonId,
    name: String,
    title: Option<String>,
    unit: Option<String>,
    place: Option<String>,
    /// Competencies that a mentor holds, or that a mentee wants to develop.
    competencies: Vec<String>,
}

/// What somebody said before the run; read by nobody else.
#[derive(Serialize, JsonSchema)]
struct OwnWishesTold {
    edition: EditionId,
    side: Side,
    /// Whether one may rank: false where the list of the other side is kept from one.
    may_rank: bool,
    /// The dearest first.
    ranked: Vec<PersonId>,
    /// With whom one has a conflict: names or addresses as they were written.
    conflicts: Vec<String>,
    /// Goes up with each change; 0 where nothing was said yet.
    version: i64,
}

/// What somebody says before the run. It replaces what they said before.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WishesToSave {
    /// The version that was read.
    version: i64,
    /// People of the shortlist, the dearest first, each once.
    #[serde(default)]
    #[schemars(length(max = 5))]
    ranked: Vec<PersonId>,
    /// Names or addresses.
    #[serde(default)]
    #[schemars(length(max = 50))]
    conflicts: Vec<String>,
}

async fn list(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<ProposalsAsked>,
) -> Result<Json<Page<ProposalTold>>, Failed> {
    let edition = programmes::edition_for(&app.db, &viewer, id, Act::Pair).await?;
    let parse = |text: &str| Some(After::parse(text)).filter(After::is_somewhere);
    let after = Cursor::read(asked.after.as_ref(), parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let filter = asked.state.map_or(Filter::Everything, |state| Filter::Only(state.into()));
    let sought = identity::sought(&app, edition.organisation, &asked.q.unwrap_or_default()).await?;
    let rows = store::page(&app.db, (&edition, viewer.person), filter, &sought, &after, limit.and_one()).await?;
    let reasons = reasons::told(&app, &viewer, &rows).await?;
    Ok(Json(Page::of(
        rows,
        limit,
        |row| Cursor::new(After::of(row.id.0, &row.sort)),
        |row| ProposalTold::of(row, viewer.person, &reasons),
    )))
}

async fn told(app: &App, viewer: &Viewer, proposal: Proposal) -> Result<Json<ProposalTold>, Failed> {
    let reasons = reasons::told(app, viewer, std::slice::from_ref(&proposal)).await?;
    Ok(Json(ProposalTold::of(proposal, viewer.person, &reasons)))
}

async fn one(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<ProposalId>,
) -> Result<Json<ProposalTold>, Failed> {
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    programmes::edition_for(&app.db, &viewer, proposal.edition, Act::Pair).await?;
    told(&app, &viewer, proposal).await
}

async fn send(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(to_send): Json<ToSend>,
) -> Result<Json<ProposalsSent>, Failed> {
    let sent = actions::send(&app, &viewer, id, to_send.run).await?;
    let Done { asked, kept, taken_back, .. } = sent.done;
    Ok(Json(ProposalsSent { asked, kept, taken_back, is_under_way: sent.is_under_way }))
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
    let published = actions::publish(&app, &viewer, id).await?;
    Ok(Json(Published { mentorships: published.done.mentorships, is_under_way: published.is_under_way }))
}

async fn take_back(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<ProposalId>,
    Json(read): Json<TakesBack>,
) -> Result<Json<ProposalTold>, Failed> {
    actions::take_back(&app, &viewer, id, read.version).await?;
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    told(&app, &viewer, proposal).await
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
    own_one(Extract(app), viewer, Path(id)).await
}

async fn own_one(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path(id): Path<ProposalId>,
) -> Result<Json<OwnProposal>, Failed> {
    let proposal = store::proposal(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(OwnProposal::of(&proposal, &viewer, app.now()).ok_or(Refusal::NotFound)?))
}

async fn shortlist(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, side)): Path<(EditionId, Side)>,
    Params(asked): Params<ShortlistAsked>,
) -> Result<Json<Page<CandidateTold>>, Failed> {
    let list = actions::wish_list(&app, &viewer, id, Some(side)).await?;
    let after: Option<PersonId> = Cursor::read(asked.after.as_ref(), |text| text.parse().ok().map(PersonId))?;
    let (limit, q) = (asked.limit.unwrap_or_default(), asked.q.unwrap_or_default());
    let begins = after.and_then(|after| list.candidates.iter().position(|one| one.person == after));
    // Whoever stood at the end of the former page may have left since: then it begins anew rather than skip somebody.
    let rest = list.candidates.into_iter().skip(begins.map_or(0, |place| place + 1));
    let rows: Vec<Candidate> = rest.filter(|one| one.is_found(&q, side)).take(limit.and_one()).collect();
    let cursor = |one: &Candidate| Cursor::new(one.person.to_string());
    Ok(Json(Page::of(rows, limit, cursor, |one| CandidateTold::of(one, side))))
}

async fn wishes(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, side)): Path<(EditionId, Side)>,
) -> Result<Json<OwnWishesTold>, Failed> {
    let list = actions::wish_list(&app, &viewer, id, Some(side)).await?;
    Ok(Json(OwnWishesTold {
        edition: id,
        side,
        may_rank: list.sees_list,
        ranked: list.said.ranked,
        conflicts: list.said.written,
        version: list.said.version,
    }))
}

async fn set_wishes(
    Extract(app): Extract<App>,
    viewer: Viewer,
    Path((id, side)): Path<(EditionId, Side)>,
    Json(sent): Json<WishesToSave>,
) -> Result<Json<OwnWishesTold>, Failed> {
    let list = actions::wish_list(&app, &viewer, id, Some(side)).await?;
    let lines = sent.conflicts.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let said = OwnWishes { written: lines.map(str::to_owned).collect(), ranked: sent.ranked, version: sent.version };
    actions::set_wishes(&app, &viewer, &list, &said).await.map_err(in_our_words)?;
    wishes(Extract(app), viewer, Path((id, side))).await
}

/// The form calls a field otherwise.
fn in_our_words(failure: Failure) -> Failure {
    let Failure::Problems(problems) = failure else { return failure };
    let mut ours = Problems::default();
    for problem in problems.iter() {
        let field = if problem.field == "rank" { "ranked".into() } else { problem.field.clone() };
        ours.add(field, problem.message.clone());
    }
    ours.into()
}

impl CandidateTold {
    fn of(one: Candidate, side: Side) -> Self {
        let draft = Arc::unwrap_or_clone(one.draft);
        let name = draft.called().to_owned();
        let names = |levels: Vec<CompetencyLevel>| levels.into_iter().map(|level| level.name).collect();
        match side {
            Side::Mentee => Self {
                id: one.person,
                name,
                title: draft.title,
                unit: draft.unit,
                place: draft.place,
                competencies: names(draft.held),
            },
            Side::Mentor => {
                Self { id: one.person, name, title: None, unit: None, place: None, competencies: names(draft.wanted) }
            }
        }
    }
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
    fn of(proposal: Proposal, viewer: PersonId, reasons: &HashMap<ProposalId, String>) -> Self {
        let is_told = proposal.side_of(viewer).is_none();
        let (awaited, until) = proposal.awaited().filter(|_| is_told).unzip();
        let unreached = awaited.is_some() && proposal.unreached;
        Self {
            awaited,
            until: until.filter(|_| !unreached),
            unreached,
            declined_by: proposal.declined_by().filter(|_| is_told),
            id: proposal.id,
            mentee: OneAsked { id: proposal.mentee, name: proposal.mentee_name },
            mentor: OneAsked { id: proposal.mentor, name: proposal.mentor_name },
            state: is_told.then(|| proposal.state.into()),
            by_silence: is_told && proposal.by_silence,
            reason: reasons.get(&proposal.id).cloned(),
            version: if is_told { proposal.version } else { 0 },
        }
    }
}

impl OwnProposal {
    /// What the viewer may see of it, if anything.
    fn of(proposal: &Proposal, viewer: &Viewer, now: Timestamp) -> Option<Self> {
        let side = proposal.side_of(viewer.person)?;
        let seen = proposal.seen_by(side, now)?;
        let (standing, by_silence, until) = match seen {
            Seen::Asked { until } => (Standing::Asked, false, until),
            Seen::SaidYes { by_silence } => (Standing::Accepted, by_silence, None),
            Seen::SaidNo { by_silence } => (Standing::Declined, by_silence, None),
            Seen::Changed => (Standing::Changed, false, None),
            Seen::Published => (Standing::Published, false, None),
        };
        let is_told = seen != Seen::Changed;
        let name = if side == Side::Mentee { &proposal.mentor_name } else { &proposal.mentee_name };
        let lang: Lang = viewer.lang;
        let why = if is_told { proposal.why_for(side).iter().map(|why| lang.tell(why)).collect() } else { Vec::new() };
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
