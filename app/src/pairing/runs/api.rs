//! JSON doors to the board: runs and what came of them, what else could be, marks, the proof.

use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::MethodFilter;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::actions::{self, Alternative, Other};
use super::model::{ChangeRow, Frees, FurtherSeat, Mark, MarkKind, MentorRow, Run, State as RunState, Summary};
use super::store::{self, AfterMark, Which};
use super::{Kept, ReasonKept, ResultRow, RunId, proof};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, PersonId, Sought, TokenScope, Viewer};
use crate::problems::{Failure, Refusal};
use crate::programmes::EditionId;
use crate::web::{
    Created, Cursor, Door, Failed, File, FileKind, Instant, Json, Limit, Page, Params, Path, Tag, Told, told,
};

pub(super) const PAIRING: Tag = Tag {
    name: "pairing",
    about: "The pairing board of an edition: its rules, pairs that are pinned or forbidden, runs with their reasons and their proof.",
};

pub(super) fn doors() -> Vec<Door> {
    [of_editions(), of_runs()].concat()
}

fn of_editions() -> Vec<Door> {
    let (read, write) = ((Act::Pair, TokenScope::PairingRead), (Act::Pair, TokenScope::PairingWrite));
    let told = |id, summary, detail| Told { id, tag: PAIRING, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/runs",
            read,
            told("list_runs", "The runs of an edition", "For coordinators, the newest first."),
            list,
        ),
        Door::program(
            MethodFilter::POST,
            "/api/editions/{id}/runs",
            write,
            told(
                "start_run",
                "Run the pairing",
                "For coordinators: under the saved rules, or under those that are proposed, which are saved with it. It runs in the \
                 background; read it again until it is `done` or `failed`. While one is under way there is no second: the answer \
                 is that one. With `frees` it asks what it would bring if pairs were free that the newest run kept: under that \
                 run's rules, and nothing is sent from it; compare it with `compare_runs`. Where the newest run kept no such \
                 pairs there is nothing to ask.",
            ),
            start,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/editions/{id}/marks",
            read,
            told(
                "list_marks",
                "Pairs that are pinned or forbidden",
                "For coordinators, in the order of the mentees' names.",
            ),
            marks,
        ),
        Door::program(
            MethodFilter::PUT,
            "/api/editions/{id}/marks/{mentee}/{mentor}",
            write,
            told(
                "mark_pair",
                "Pin or forbid a pair",
                "For coordinators: it counts from the next run on. Both are enrolled; a pin that the rules do not allow is refused, \
                 and a mentee has one pin at most.",
            ),
            mark,
        ),
        Door::program(
            MethodFilter::DELETE,
            "/api/editions/{id}/marks/{mentee}/{mentor}",
            write,
            told("unmark_pair", "Take a mark away", "For coordinators: from the next run on the rules alone decide."),
            unmark,
        ),
    ]
}

fn of_runs() -> Vec<Door> {
    let (read, write) = ((Act::Pair, TokenScope::PairingRead), (Act::Pair, TokenScope::PairingWrite));
    let told = |id, summary, detail| Told { id, tag: PAIRING, summary, detail };
    vec![
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}",
            read,
            told("read_run", "One run", "For coordinators: how it stands, and what it found."),
            one,
        ),
        Door::program(
            MethodFilter::PATCH,
            "/api/runs/{id}",
            write,
            told(
                "name_run",
                "Name a run",
                "For coordinators. `version` is the one that was read; if somebody changed the run since, nothing is done (409).",
            ),
            name,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}/results",
            read,
            told(
                "list_results",
                "What a run found for each mentee",
                "For coordinators, in the order of the mentees' names: the mentor with the reasons, or why there is none and what \
                 would mend it.",
            ),
            results,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}/results/{mentee}",
            read,
            told("read_result", "What a run found for one mentee", "For coordinators."),
            result,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}/results/{mentee}/alternatives",
            read,
            told(
                "read_alternatives",
                "Who else could be the mentor",
                "For coordinators: the next best for this mentee and what that would cost the others, found by solving the run \
                 again without the pair; and up to ten mentors, by what pinning them would cost the whole at least.",
            ),
            alternatives,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}/changes",
            read,
            told(
                "compare_runs",
                "What a run changed against an earlier one",
                "For coordinators: those whose mentor is another than in the run `since`, newcomers among them, in the order of \
                 names.",
            ),
            changes,
        ),
        Door::program(
            MethodFilter::GET,
            "/api/runs/{id}/proof",
            read,
            told(
                "read_proof",
                "The certificate of a run",
                "For coordinators: a file that names nobody and that anybody can check with `telemaco verify`. Large ones are packed. \
                 Where criteria reserved to the rules count it is kept and handed to nobody (404).",
            ),
            proof_file,
        ),
    ]
}

#[derive(Deserialize, JsonSchema)]
struct PageAsked {
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

#[derive(Deserialize, JsonSchema)]
struct ResultsAsked {
    /// A part of the name of either.
    #[serde(default)]
    q: Option<String>,
    /// Only those with a mentor, or only those without.
    #[serde(default)]
    paired: Option<bool>,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

#[derive(Deserialize, JsonSchema)]
struct ChangesAsked {
    /// The run to compare with, of the same edition.
    since: RunId,
    /// The `next` of the page before.
    #[serde(default)]
    after: Option<Cursor>,
    /// How many items a page has at most; 100 if nothing is said.
    #[serde(default)]
    limit: Option<Limit>,
}

/// Somebody of a run.
#[derive(Serialize, JsonSchema)]
struct OneOfRun {
    id: PersonId,
    name: String,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum RunStanding {
    Queued,
    Running,
    Done,
    Failed,
}

/// A run of the pairing of an edition.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Run")]
struct RunTold {
    id: RunId,
    edition: EditionId,
    /// Counts the runs of the edition.
    number: i64,
    /// Empty where nobody named it.
    name: String,
    state: RunStanding,
    /// What it leaves free that others keep: then it answers a question, and no proposals are sent from it.
    frees: Option<FreesTold>,
    /// Null where whoever started it is there no longer.
    started_by: Option<String>,
    #[schemars(with = "Instant")]
    started_at: Timestamp,
    /// Once it is done.
    found: Option<Found>,
    /// Why it could not be done.
    failure: Vec<String>,
    /// Goes up with each change; `name_run` wants it.
    version: i64,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Frees")]
enum FreesTold {
    /// Pairs that both sides are asked about or have agreed to, and pins.
    Proposed,
    /// Mentorships that run as well.
    All,
}

/// What a run found for the whole.
#[derive(Serialize, JsonSchema)]
struct Found {
    /// The main finding, as a sentence.
    title: String,
    mentees: usize,
    mentors: usize,
    seats: u64,
    paired: usize,
    left_out: usize,
    /// Pairs that stood before the rules were asked.
    kept: usize,
    /// Pairs about whom nobody was asked yet.
    to_ask: usize,
    points: i64,
    /// The certificate, in words.
    proof: String,
    /// The digest at the end of the proof's file.
    digest: String,
    notes: Vec<String>,
    /// With whom one more seat would help most.
    further_seats: Vec<FurtherSeatTold>,
    /// The competencies whose holders would help most, on average.
    further_competencies: Vec<FurtherSeatTold>,
    /// The run before, and for how many people this one found something else.
    since: Option<SinceTold>,
}

/// What one more seat would bring.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FurtherSeat")]
struct FurtherSeatTold {
    name: String,
    /// Of how many mentors it is said.
    mentors: usize,
    /// With how many of them one more person would have a mentor.
    covers: usize,
    /// Points that it would add, beside that.
    points: i64,
}

/// The run before.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Since")]
struct SinceTold {
    run: RunId,
    people: i64,
}

/// What a run found for one mentee.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Result")]
struct ResultTold {
    mentee: OneOfRun,
    mentor: Option<OneOfRun>,
    points: Option<i64>,
    reasons: Vec<ReasonTold>,
    /// Why the pair stood before the rules were asked, if it did.
    kept: Option<KeptTold>,
    /// Why somebody was left out.
    why: Vec<String>,
    /// What would mend that.
    mends: Vec<String>,
}

/// One reason of a pair and the points that it gives.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Reason")]
struct ReasonTold {
    rule: String,
    points: i64,
    text: String,
}

#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "Kept")]
enum KeptTold {
    /// Their mentorship runs.
    Mentorship,
    /// It was proposed, and nobody has declined.
    Proposed,
    /// A coordinator pinned it.
    Pinned,
}

/// Who else could be somebody's mentor. Both are null or empty where the pair stood before the rules were asked.
#[derive(Serialize, JsonSchema)]
struct Alternatives {
    next_best: Option<NextBest>,
    others: Vec<OtherMentor>,
}

/// The run without the pair that it found.
#[derive(Serialize, JsonSchema)]
struct NextBest {
    /// Null where the mentee would be left out.
    mentor: Option<OneOfRun>,
    /// Null where criteria reserved to the rules count, whose points are shown for nobody.
    points: Option<i64>,
    /// By how many points the whole would be lower; null where `points` are.
    cost: Option<i64>,
    /// How many people fewer would have a mentor.
    fewer: usize,
    /// How many others would have another mentor or none.
    moves: usize,
}

/// A mentor whom the rules allow.
#[derive(Serialize, JsonSchema)]
struct OtherMentor {
    mentor: OneOfRun,
    /// Null where criteria reserved to the rules count, whose points are shown for nobody.
    points: Option<i64>,
    /// What pinning the pair would cost the whole at least, beside the people who would be left out; null where `points` are.
    cost: Option<i64>,
    /// How many people fewer would have a mentor; null where `points` are.
    fewer: Option<usize>,
}

/// Somebody whose mentor is another than in the earlier run.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Change")]
struct ChangeTold {
    mentee: OneOfRun,
    /// Whether the earlier run had them.
    was_there: bool,
    before: Option<String>,
    after: Option<String>,
    points_before: Option<i64>,
    points_after: Option<i64>,
}

#[derive(Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "MarkKind")]
enum MarkTold {
    Pin,
    Forbid,
}

/// A pair that is pinned or forbidden.
#[derive(Serialize, JsonSchema)]
struct MarkedPair {
    mentee: OneOfRun,
    mentor: OneOfRun,
    mark: MarkTold,
    /// Null where whoever marked it is there no longer.
    marked_by: Option<String>,
}

/// A run to be started.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewRun {
    #[serde(default)]
    #[schemars(length(max = 100))]
    name: Option<String>,
    /// Asks what it would bring if pairs were free that the newest run kept; such a run bears no name.
    #[serde(default)]
    frees: Option<FreesTold>,
}

/// A run's name.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(clippy::option_option, reason = "what is left out stays, null empties")]
struct RunChange {
    /// The version that was read.
    version: i64,
    /// Null takes the name away.
    #[serde(default, deserialize_with = "told")]
    #[schemars(length(max = 100))]
    name: Option<Option<String>>,
}

/// How a pair is marked.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ToMark {
    mark: MarkTold,
}

/// The kinds of a proof's file.
struct ProofKind;

const PLAIN: &str = "text/plain; charset=utf-8";
const PACKED: &str = "application/gzip";

impl FileKind for ProofKind {
    const KINDS: &'static [(&'static str, bool)] = &[("text/plain", true), (PACKED, false)];
}

/// A place in a list, which is a number.
fn place(after: Option<&Cursor>) -> Result<Option<i64>, Failure> {
    Ok(Cursor::read(after, |text| text.parse().ok())?)
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<PageAsked>,
) -> Result<Json<Page<RunTold>>, Failed> {
    actions::edition(&app, &viewer, id).await?;
    let (before, limit) = (place(asked.after.as_ref())?, asked.limit.unwrap_or_default());
    let rows = store::runs(&app.db, id, before.unwrap_or(i64::MAX), limit.and_one()).await?;
    let cursor = |run: &Run| Cursor::new(run.number.to_string());
    Ok(Json(Page::of(rows, limit, cursor, |run| RunTold::of(run, viewer.lang))))
}

async fn start(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Json(new): Json<NewRun>,
) -> Result<Created<RunTold>, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    let run = match new.frees {
        Some(frees) => actions::ask_what_if(&app, &viewer, &edition, frees.into()).await?,
        None => actions::start(&app, &viewer, &edition, new.name.unwrap_or_default().trim()).await?,
    };
    let run = actions::run_of(&app, &viewer, run).await?;
    Ok(Created { at: format!("/api/runs/{}", run.id), body: RunTold::of(run, viewer.lang) })
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<RunId>) -> Result<Json<RunTold>, Failed> {
    Ok(Json(RunTold::of(actions::run_of(&app, &viewer, id).await?, viewer.lang)))
}

async fn name(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<RunId>,
    Json(change): Json<RunChange>,
) -> Result<Json<RunTold>, Failed> {
    let run = actions::run_of(&app, &viewer, id).await?;
    let name = change.name.map_or_else(|| run.name.clone(), Option::unwrap_or_default);
    actions::name(&app, &viewer, &run, change.version, name.trim()).await?;
    one(State(app), viewer, Path(id)).await
}

async fn results(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<RunId>,
    Params(asked): Params<ResultsAsked>,
) -> Result<Json<Page<ResultTold>>, Failed> {
    let run = actions::run_of(&app, &viewer, id).await?;
    let (after, limit) = (place(asked.after.as_ref())?, asked.limit.unwrap_or_default());
    let which = match asked.paired {
        None => Which::Everybody,
        Some(true) => Which::Paired,
        Some(false) => Which::LeftOut,
    };
    let sought = identity::sought(&app, run.organisation, &asked.q.unwrap_or_default()).await?;
    let rows = store::found(&app.db, &run, which, &sought, after.unwrap_or(-1), limit.and_one()).await?;
    let cursor = |row: &ResultRow| Cursor::new(row.place.to_string());
    Ok(Json(Page::of(rows, limit, cursor, |row| ResultTold::of(row, viewer.lang))))
}

async fn result(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(RunId, PersonId)>,
) -> Result<Json<ResultTold>, Failed> {
    actions::run_of(&app, &viewer, id).await?;
    let row = store::result_of(&app.db, id, mentee).await?.ok_or(Refusal::NotFound)?;
    Ok(Json(ResultTold::of(row, viewer.lang)))
}

async fn alternatives(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(RunId, PersonId)>,
) -> Result<Json<Alternatives>, Failed> {
    let run = actions::run_of(&app, &viewer, id).await?;
    let row = store::result_of(&app.db, id, mentee).await?.ok_or(Refusal::NotFound)?;
    let place = usize::try_from(row.place).map_err(anyhow::Error::from)?;
    let found = actions::alternative(&app, &run, place).await?;
    let mentors = store::mentors(&app.db, id).await?;
    Ok(Json(Alternatives::of(found, &mentors, row.mentor.is_some(), viewer.lang)))
}

async fn changes(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<RunId>,
    Params(asked): Params<ChangesAsked>,
) -> Result<Json<Page<ChangeTold>>, Failed> {
    let later = actions::run_of(&app, &viewer, id).await?;
    let earlier = actions::run(&app, &viewer, later.edition, asked.since).await?;
    if later.summary.is_none() || earlier.summary.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let (after, limit) = (place(asked.after.as_ref())?, asked.limit.unwrap_or_default());
    let rows = store::changes(&app.db, (earlier.id, later.id), after.unwrap_or(-1), limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, |row| Cursor::new(row.place.to_string()), ChangeTold::of)))
}

async fn proof_file(State(app): State<App>, viewer: Viewer, Path(id): Path<RunId>) -> Result<File<ProofKind>, Failed> {
    let run = actions::run_of(&app, &viewer, id).await?;
    let bytes = actions::proof(&app, &run).await?;
    Ok(if proof::is_packed(&bytes) {
        File::new(bytes, PACKED, "proof.txt.gz")
    } else {
        File::new(bytes, PLAIN, "proof.txt")
    })
}

async fn marks(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Params(asked): Params<PageAsked>,
) -> Result<Json<Page<MarkedPair>>, Failed> {
    actions::edition(&app, &viewer, id).await?;
    let after = Cursor::read(asked.after.as_ref(), AfterMark::parse)?.unwrap_or_default();
    let limit = asked.limit.unwrap_or_default();
    let rows = store::marks(&app.db, id, &Sought::Everybody, &after, limit.and_one()).await?;
    Ok(Json(Page::of(rows, limit, |mark| Cursor::new(AfterMark::of(mark)), MarkedPair::of)))
}

async fn mark(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee, mentor)): Path<(EditionId, PersonId, PersonId)>,
    Json(to_mark): Json<ToMark>,
) -> Result<StatusCode, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    let kind = match to_mark.mark {
        MarkTold::Pin => MarkKind::Pin,
        MarkTold::Forbid => MarkKind::Forbid,
    };
    actions::mark(&app, &viewer, &edition, (mentee, mentor), kind).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn unmark(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee, mentor)): Path<(EditionId, PersonId, PersonId)>,
) -> Result<StatusCode, Failed> {
    let edition = actions::edition(&app, &viewer, id).await?;
    actions::unmark(&app, &viewer, &edition, (mentee, mentor)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn tell_all(lang: Lang, messages: &[Message]) -> Vec<String> {
    messages.iter().map(|message| lang.tell(message)).collect()
}

impl From<FreesTold> for Frees {
    fn from(told: FreesTold) -> Self {
        match told {
            FreesTold::Proposed => Self::Proposed,
            FreesTold::All => Self::All,
        }
    }
}

impl RunTold {
    fn of(run: Run, lang: Lang) -> Self {
        let found = run.summary.as_ref().map(|summary| Found::of(summary, lang));
        let state = match run.state {
            RunState::Queued => RunStanding::Queued,
            RunState::Running => RunStanding::Running,
            RunState::Done => RunStanding::Done,
            RunState::Failed => RunStanding::Failed,
        };
        Self {
            id: run.id,
            edition: run.edition,
            number: run.number,
            name: run.name,
            state,
            frees: run.frees.map(|frees| match frees {
                Frees::Proposed => FreesTold::Proposed,
                Frees::All => FreesTold::All,
            }),
            started_by: run.started_by,
            started_at: run.created_at,
            found,
            failure: tell_all(lang, &run.failure),
            version: run.version,
        }
    }
}

impl Found {
    fn of(summary: &Summary, lang: Lang) -> Self {
        let seats = |seats: &[FurtherSeat]| seats.iter().map(|seat| FurtherSeatTold::of(seat, lang)).collect();
        Self {
            title: lang.tell(&summary.title()),
            mentees: summary.mentees,
            mentors: summary.mentors,
            seats: summary.seats,
            paired: summary.paired,
            left_out: summary.left_out(),
            kept: summary.kept,
            to_ask: summary.to_ask(),
            points: summary.points,
            proof: lang.tell(&summary.proof()),
            digest: summary.digest.clone(),
            notes: tell_all(lang, &summary.notes),
            further_seats: seats(&summary.further_seats.mentors),
            further_competencies: seats(&summary.further_seats.competencies),
            since: summary.since.as_ref().map(|since| SinceTold { run: since.run, people: since.people }),
        }
    }
}

impl FurtherSeatTold {
    fn of(seat: &FurtherSeat, lang: Lang) -> Self {
        let FurtherSeat { name, mentors, covers, points } = seat;
        Self { name: name.tell(lang), mentors: *mentors, covers: *covers, points: *points }
    }
}

impl ResultTold {
    fn of(row: ResultRow, lang: Lang) -> Self {
        let reason =
            |kept: ReasonKept| ReasonTold { rule: kept.rule, points: kept.points, text: lang.tell(&kept.text) };
        let kept = row.told.kept.map(|kept| match kept {
            Kept::Mentorship => KeptTold::Mentorship,
            Kept::Proposed => KeptTold::Proposed,
            Kept::Pinned => KeptTold::Pinned,
        });
        Self {
            mentee: OneOfRun { id: row.mentee, name: row.mentee_name },
            mentor: row.mentor.map(|id| OneOfRun { id, name: row.mentor_name.unwrap_or_default() }),
            points: row.score,
            reasons: row.told.reasons.into_iter().map(reason).collect(),
            kept,
            why: tell_all(lang, &row.told.why),
            mends: tell_all(lang, &row.told.mends),
        }
    }
}

impl Alternatives {
    /// `found` counts mentors by their place in the run.
    fn of(found: Option<Alternative>, mentors: &[MentorRow], is_paired: bool, lang: Lang) -> Self {
        let Some(found) = found else { return Self { next_best: None, others: Vec::new() } };
        let named = |place: usize| mentors.get(place).map(|row| OneOfRun { id: row.mentor, name: row.name(lang) });
        let next_best = is_paired.then(|| NextBest {
            mentor: found.mentor.and_then(named),
            points: found.score,
            cost: found.cost,
            fewer: found.fewer,
            moves: found.moves,
        });
        let other = |other: &Other| {
            let told = other.told;
            Some(OtherMentor {
                mentor: named(other.mentor)?,
                points: told.map(|told| told.score),
                cost: told.map(|told| told.cost),
                fewer: told.map(|told| told.fewer),
            })
        };
        Self { next_best, others: found.others.iter().filter_map(other).collect() }
    }
}

impl ChangeTold {
    fn of(row: ChangeRow) -> Self {
        Self {
            mentee: OneOfRun { id: row.mentee, name: row.mentee_name },
            was_there: row.was_there,
            before: row.before,
            after: row.after,
            points_before: row.before_score,
            points_after: row.after_score,
        }
    }
}

impl MarkedPair {
    fn of(mark: Mark) -> Self {
        Self {
            mentee: OneOfRun { id: mark.mentee, name: mark.mentee_name },
            mentor: OneOfRun { id: mark.mentor, name: mark.mentor_name },
            mark: match mark.kind {
                MarkKind::Pin => MarkTold::Pin,
                MarkKind::Forbid => MarkTold::Forbid,
            },
            marked_by: mark.marked_by,
        }
    }
}
