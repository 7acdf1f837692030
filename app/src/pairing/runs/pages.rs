//! The coordinator's doors to the board: which edition, a run and its pairs, one pair and what else could be, marks, runs compared,
//! the files, the proof.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use serde::Deserialize;

use super::actions::{self, Alternative, OtherTold};
use super::exports::account;
use super::model::{ChangeRow, Frees, FurtherSeat, Gain, Mark, MarkKind, MentorRow, Run, State as RunState, Summary};
use super::store::Which;
use super::store::{self, AfterMark};
use super::{Kept, ReasonKept, ResultRow, RunId, proof};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, PersonId, Sought, Viewer};
use crate::pairing::account::{musts, wishes};
use crate::pairing::consent;
use crate::pairing::files::{kept_json, mentors_table, pairs_table, signed};
use crate::pairing::needs::Needs;
use crate::pairing::report::{Counts, lead, needs_drawn, report_of};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::sheets::{self, Cell, Table};
use crate::web::{Answer, Door, Form, Path, Query, Shell, Stage, Who, download, file, page, see_other, see_other_with};

/// How many rows a page shows at most, each with its reasons, and how many of those left out stand above the pairs.
const ON_A_PAGE: usize = 40;
const LEFT_OUT_FIRST: usize = 10;
const MOST_EXPORTED: usize = 100_000;

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::Pair);
    vec![
        Door::get("/editions/{id}/pairing", coordinator, board),
        Door::get("/editions/{id}/pairing/runs", coordinator, list),
        Door::post("/editions/{id}/pairing/runs", coordinator, start),
        Door::get("/editions/{id}/pairing/runs/{run}", coordinator, show),
        Door::get("/editions/{id}/pairing/runs/{run}/left-out", coordinator, left_out),
        Door::post("/editions/{id}/pairing/runs/{run}/name", coordinator, name),
        Door::get("/editions/{id}/pairing/runs/{run}/files", coordinator, files),
        Door::get("/editions/{id}/pairing/runs/{run}/proof", coordinator, proof_file),
        Door::get("/editions/{id}/pairing/runs/{run}/pairs/{mentee}", coordinator, pair),
        Door::get("/editions/{id}/pairing/compare", coordinator, compare),
        Door::get("/editions/{id}/pairing/marks", coordinator, marks),
        Door::get("/editions/{id}/pairing/marks/export", coordinator, export_marks),
        Door::post("/editions/{id}/pairing/marks", coordinator, mark),
    ]
}

/// What the templates of the board say in the same words.
trait Telling {
    fn shell(&self) -> &Shell;

    fn signed(&self, reason: &ReasonKept) -> String {
        signed(self.shell().lang, reason.points)
    }

    fn score(&self, row: &ResultRow) -> String {
        row.score.map_or_else(String::new, |score| self.shell().lang.number(score))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes what it holds by reference")]
    fn kept(&self, kept: &Kept) -> String {
        self.shell().t(&format!("pairing-board-kept-{}", kept.code()))
    }
}

/// How a run is called: its number, and its name if it has one.
fn called(run: &Run, lang: Lang) -> String {
    let number = lang.tell(&Message::new("pairing-board-run").with("number", run.number));
    if run.name.is_empty() { number } else { format!("{number}: {}", run.name) }
}

#[derive(Template)]
#[template(path = "pairing/runs/begin.html")]
struct BeginPage {
    s: Shell,
    edition: Edition,
    mentees: usize,
    mentors: usize,
    musts: Vec<Message>,
    wishes: Vec<(Message, Message)>,
    problems: Problems,
    typed: String,
}

/// The newest run, or how to begin.
async fn board(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(asked): Query<Asked>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    match store::newest_run(&app.db, id).await? {
        Some(run) => show_run(&app, &viewer, edition, run, true, asked).await,
        None => begin(&app, &viewer, edition, "", Problems::default()).await,
    }
}

async fn begin(app: &App, viewer: &Viewer, edition: Edition, name: &str, problems: Problems) -> Answer {
    let saved = actions::rules(app, &edition, viewer.lang).await?;
    let labels = actions::labels(app, viewer).await?;
    let enrolled = programmes::enrolled(&app.db, edition.id).await?;
    let on = |side| enrolled.iter().filter(|enrolment| enrolment.side == side).count();
    let rules = actions::read(&saved.text, &labels).map(|file| file.rules).unwrap_or_default();
    page(&BeginPage {
        s: Shell::of(app, viewer, &format!("/editions/{}/pairing", edition.id)),
        mentees: on(crate::people::model::Side::Mentee),
        mentors: on(crate::people::model::Side::Mentor),
        edition,
        musts: musts(&labels, &rules),
        wishes: wishes(&labels, &rules),
        problems,
        typed: name.to_owned(),
    })
}

#[derive(Template)]
#[template(path = "pairing/runs/running.html")]
struct RunningPage {
    s: Shell,
    edition: Edition,
    run: Run,
    stage: Stage,
}

impl RunningPage {
    /// What is being done at this step.
    fn stage(&self) -> String {
        let step = ["scoring", "solving", "explaining", "writing"].get(self.stage.done).unwrap_or(&"writing");
        self.s.t(&format!("pairing-board-stage-{step}"))
    }
}

#[derive(Template)]
#[template(path = "pairing/runs/failed.html")]
struct FailedPage {
    s: Shell,
    edition: Edition,
    run: Run,
}

#[derive(Template)]
#[template(path = "pairing/runs/run.html")]
struct RunPage {
    s: Shell,
    edition: Edition,
    run: Run,
    summary: Summary,
    is_newest: bool,
    /// Whether its pairs were asked.
    is_sent: bool,
    q: String,
    pairs: Vec<ResultRow>,
    more: Option<i64>,
    left_out: Vec<ResultRow>,
    figure: Option<Arc<str>>,
    problems: Problems,
}

/// What is asked for against what is on offer in a run, in each language: a run that is done finds nothing else, and drawing takes longer
/// than the rest of its page.
#[derive(Default)]
struct Figure {
    es: OnceLock<Arc<str>>,
    en: OnceLock<Arc<str>>,
}

impl Figure {
    fn drawn(&self, needs: &Needs, lang: Lang) -> Arc<str> {
        let kept = match lang {
            Lang::Es => &self.es,
            Lang::En => &self.en,
        };
        Arc::clone(kept.get_or_init(|| needs_drawn(needs, lang).into()))
    }
}

impl Telling for RunPage {
    fn shell(&self) -> &Shell {
        &self.s
    }
}

impl RunPage {
    fn called(&self) -> String {
        called(&self.run, self.s.lang)
    }

    fn lead(&self) -> String {
        let Summary { mentees, mentors, seats, .. } = self.summary;
        self.s.tell(&lead(Counts { mentees, mentors, seats }))
    }

    fn proof(&self) -> String {
        self.s.tell(&self.summary.proof())
    }

    fn ask(&self) -> String {
        self.s.tell(&Message::new("pairing-board-ask").with("pairs", self.summary.to_ask()))
    }

    /// What may be asked to be free of what this run kept: the word for the form, and what the button says.
    fn could_free(&self) -> impl Iterator<Item = (&'static str, String)> {
        let offered = [Frees::Proposed, Frees::All].into_iter().filter(|frees| self.summary.could_free(*frees));
        offered.map(|frees| (frees.code(), self.s.t(&format!("pairing-board-what-if-{}", frees.code()))))
    }

    fn seat(&self, seat: &FurtherSeat) -> String {
        let key = match (seat.covers, seat.mentors) {
            (0, _) => "pairing-board-seat-points",
            (_, 1) => "pairing-board-seat-covers",
            _ => "pairing-board-seats-cover",
        };
        let message = Message::new(key).with("name", seat.name.clone()).with("points", seat.points);
        self.s.tell(&message.with("covers", seat.covers).with("mentors", seat.mentors))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    after: Option<i64>,
}

async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, run)): Path<(EditionId, RunId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let run = actions::run(&app, &viewer, id, run).await?;
    let newest = store::newest(&app.db, id).await?;
    let is_newest = newest.is_some_and(|newest| newest.id == run.id);
    show_run(&app, &viewer, edition, run, is_newest, asked).await
}

async fn show_run(app: &App, viewer: &Viewer, edition: Edition, run: Run, is_newest: bool, asked: Asked) -> Answer {
    let s = Shell::of(app, viewer, &format!("/editions/{}/pairing/runs/{}", edition.id, run.id));
    match (run.state, &run.summary) {
        (RunState::Queued | RunState::Running, _) => {
            let stage = app.progress.get(run.id.0).unwrap_or_default();
            page(&RunningPage { s, edition, run, stage })
        }
        (RunState::Done, Some(Summary { since: Some(since), .. })) if run.frees.is_some() => {
            let before = actions::run(app, viewer, edition.id, since.run).await?;
            page(&compare_page(app, s, edition, [before, run], asked.after).await?)
        }
        (RunState::Done, Some(_)) => page(&run_page(app, s, edition, run, is_newest, asked).await?),
        _ => page(&FailedPage { s, edition, run }),
    }
}

async fn run_page(
    app: &App,
    s: Shell,
    edition: Edition,
    run: Run,
    is_newest: bool,
    asked: Asked,
) -> Result<RunPage, Failure> {
    let summary = run.summary.clone().unwrap_or_default();
    let after = asked.after.unwrap_or(-1);
    let most = (ON_A_PAGE + 1, LEFT_OUT_FIRST);
    let sought = identity::sought(app, run.organisation, &asked.q).await?;
    let (mut pairs, left_out) = store::board(&app.db, &run, &sought, after, most).await?;
    let more = cut(&mut pairs, |row| row.place);
    let figure = summary.needs.as_ref().map(|needs| app.memory.of::<Figure>(run.id.0).drawn(needs, s.lang));
    let problems = Problems::default();
    let is_sent = consent::of_run(&app.db, edition.id, run.id).await?.is_sent;
    Ok(RunPage { s, edition, run, summary, is_newest, is_sent, q: asked.q, pairs, more, left_out, figure, problems })
}

/// Keeps a page's rows, and says after which one the next page begins.
fn cut<T>(rows: &mut Vec<T>, place: impl Fn(&T) -> i64) -> Option<i64> {
    let is_more = rows.len() > ON_A_PAGE;
    rows.truncate(ON_A_PAGE);
    rows.last().filter(|_| is_more).map(place)
}

#[derive(Template)]
#[template(path = "pairing/runs/left_out.html")]
struct LeftOutPage {
    s: Shell,
    edition: Edition,
    run: Run,
    all: usize,
    rows: Vec<ResultRow>,
    more: Option<i64>,
}

async fn left_out(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, run)): Path<(EditionId, RunId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let run = actions::run(&app, &viewer, id, run).await?;
    let mut rows =
        store::found(&app.db, &run, Which::LeftOut, &Sought::Everybody, asked.after.unwrap_or(-1), ON_A_PAGE + 1)
            .await?;
    let more = cut(&mut rows, |row| row.place);
    let all = run.summary.as_ref().map_or(0, Summary::left_out);
    let s = Shell::of(&app, &viewer, &format!("/editions/{id}/pairing/runs/{}/left-out", run.id));
    page(&LeftOutPage { s, edition, run, all, rows, more })
}

#[derive(Template)]
#[template(path = "pairing/runs/list.html")]
struct ListPage {
    s: Shell,
    edition: Edition,
    runs: Vec<Run>,
    more: Option<i64>,
}

impl ListPage {
    /// Whether there are two to compare.
    fn compares(&self) -> bool {
        self.done().count() > 1
    }

    fn called(&self, run: &Run) -> String {
        called(run, self.s.lang)
    }

    fn finding(&self, run: &Run) -> String {
        match &run.summary {
            Some(summary) => self.s.tell(&summary.title()),
            None => self.s.t(&format!("pairing-board-state-{}", run.state.code())),
        }
    }

    fn at(&self, at: &Timestamp) -> String {
        self.s.at(at)
    }

    fn started_by(&self, run: &Run) -> String {
        run.started_by.clone().unwrap_or_else(|| self.s.t("common-somebody-gone"))
    }

    fn points(run: &Run) -> i64 {
        run.summary.as_ref().map_or(0, |summary| summary.points)
    }

    /// The runs that can be compared: those that are done.
    fn done(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.summary.is_some())
    }

    /// Whether a run is chosen before anybody chooses: the newest that is done, and the one before it.
    fn is_chosen(&self, run: &Run, place: usize) -> bool {
        self.done().filter(|run| run.frees.is_none()).nth(place).is_some_and(|chosen| chosen.id == run.id)
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, Query(asked): Query<Asked>) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let mut runs = store::runs(&app.db, id, asked.after.unwrap_or(i64::MAX), ON_A_PAGE + 1).await?;
    let more = cut(&mut runs, |run| run.number);
    let s = Shell::of(&app, &viewer, &format!("/editions/{id}/pairing/runs"));
    page(&ListPage { s, edition, runs, more })
}

async fn start(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let (name, frees) = (form.text("name"), form.text("frees"));
    let started = if frees.is_empty() {
        actions::start(&app, &viewer, &edition, name).await.map(|_| format!("/editions/{id}/pairing"))
    } else {
        let frees = Frees::parse(frees).ok_or(Refusal::NotFound)?;
        let asked = actions::ask_what_if(&app, &viewer, &edition, frees).await;
        asked.map(|run| format!("/editions/{id}/pairing/runs/{run}"))
    };
    match started {
        Ok(page) => {
            // A small run is done before the browser asks again.
            tokio::time::sleep(Duration::from_millis(300)).await;
            Ok(see_other(&page))
        }
        Err(Failure::Problems(problems)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, begin(&app, &viewer, edition, name, problems).await?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn name(State(app): State<App>, viewer: Viewer, Path((id, run)): Path<(EditionId, RunId)>, form: Form) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let mut run = actions::run(&app, &viewer, id, run).await?;
    let version = form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    let path = format!("/editions/{id}/pairing/runs/{}", run.id);
    match actions::name(&app, &viewer, &run, version, form.text("name")).await {
        Ok(()) => Ok(see_other_with(&path, &Message::new("pairing-board-named"))),
        Err(Failure::Problems(problems)) if run.summary.is_some() => {
            form.text("name").clone_into(&mut run.name);
            let s = Shell::of(&app, &viewer, &path);
            let again = RunPage { problems, ..run_page(&app, s, edition, run, false, Asked::default()).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct WhichFile {
    form: String,
}

/// A run as a file: the same run gives the same bytes.
async fn files(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, run)): Path<(EditionId, RunId)>,
    Query(asked): Query<WhichFile>,
) -> Answer {
    actions::edition(&app, &viewer, id).await?;
    let run = actions::run(&app, &viewer, id, run).await?;
    let summary = run.summary.as_ref().ok_or(Refusal::NotFound)?;
    let (bytes, kind, name) = if asked.form == "rules" {
        (run.rules.clone().into_bytes(), "application/toml", "rules.toml")
    } else {
        let account = account(&app, run.id, summary, viewer.lang).await?;
        let counts = Counts { mentees: summary.mentees, mentors: summary.mentors, seats: summary.seats };
        match asked.form.as_str() {
            "json" => (kept_json(&account, &summary.digest)?.into_bytes(), "application/json", "pairs.json"),
            "csv" => (sheets::to_csv(&pairs_table(&account)), "text/csv; charset=utf-8", "pairs.csv"),
            "report" => {
                let report = report_of(&account, counts, summary.needs.as_ref())?;
                (report.into_bytes(), "application/octet-stream", "pairs.html")
            }
            _ => (
                sheets::to_xlsx(&[pairs_table(&account), mentors_table(&account)])?,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "pairs.xlsx",
            ),
        }
    };
    Ok(file(bytes, kind, name))
}

async fn proof_file(State(app): State<App>, viewer: Viewer, Path((id, run)): Path<(EditionId, RunId)>) -> Answer {
    actions::edition(&app, &viewer, id).await?;
    let run = actions::run(&app, &viewer, id, run).await?;
    let bytes = actions::proof(&app, &run).await?;
    Ok(if proof::is_packed(&bytes) {
        file(bytes, "application/gzip", "proof.txt.gz")
    } else {
        file(bytes, "text/plain; charset=utf-8", "proof.txt")
    })
}

#[derive(Template)]
#[template(path = "pairing/runs/pair.html")]
struct PairPage {
    s: Shell,
    edition: Edition,
    run: Run,
    row: ResultRow,
    /// What else could be, when it was asked for.
    #[expect(clippy::option_option, reason = "not asked for, and nothing found, are told apart")]
    found: Option<Option<Alternative>>,
    mentors: Vec<MentorRow>,
    problems: Problems,
}

impl Telling for PairPage {
    fn shell(&self) -> &Shell {
        &self.s
    }
}

impl PairPage {
    fn title(&self) -> String {
        let message = match &self.row.mentor_name {
            Some(mentor) => Message::new("pairing-board-pair-title").with("mentor", mentor.as_str()),
            None => Message::new("pairing-board-alone-title"),
        };
        self.s.tell(&message.with("mentee", self.row.mentee_name.as_str()))
    }

    /// Whether a mark on the pair would count.
    fn may_be_marked(&self) -> bool {
        !self.row.told.kept.is_some_and(Kept::is_agreed)
    }

    fn next_best(&self, found: &Alternative) -> String {
        let mentor = found.mentor.and_then(|place| self.mentors.get(place));
        let message = match (mentor, found.score) {
            (Some(mentor), Some(score)) => {
                Message::new("pairing-board-next").with("mentor", mentor.name(self.s.lang)).with("score", score)
            }
            (Some(mentor), None) => {
                Message::new("pairing-board-next-reserved").with("mentor", mentor.name(self.s.lang))
            }
            (None, _) => Message::new("pairing-board-next-none"),
        };
        self.s.tell(&message.with("mentee", self.row.mentee_name.as_str()))
    }

    fn cost(&self, found: &Alternative) -> String {
        let message = match found.cost {
            Some(cost) => Message::new("pairing-board-cost").with("cost", cost),
            None => Message::new("pairing-board-cost-reserved"),
        };
        self.s.tell(&message.with("moves", found.moves).with("fewer", found.fewer))
    }

    /// The mentors to choose among, with what may be told of each.
    fn others<'p>(&'p self, found: &'p Alternative) -> impl Iterator<Item = (&'p MentorRow, Option<OtherTold>)> {
        found.others.iter().filter_map(|other| Some((self.mentors.get(other.mentor)?, other.told)))
    }

    fn other_cost(&self, told: &OtherTold) -> String {
        let message = Message::new("pairing-board-other-cost").with("cost", told.cost);
        self.s.tell(&message.with("fewer", told.fewer))
    }

    fn others_text(&self) -> String {
        let key = if self.run.is_reserved() { "pairing-board-others-reserved" } else { "pairing-board-others-text" };
        self.s.t(key)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    next: String,
}

async fn pair(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, run, mentee)): Path<(EditionId, RunId, PersonId)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let run = actions::run(&app, &viewer, id, run).await?;
    page(&pair_page(&app, &viewer, edition, run, mentee, !wanted.next.is_empty(), Problems::default()).await?)
}

async fn pair_page(
    app: &App,
    viewer: &Viewer,
    edition: Edition,
    run: Run,
    mentee: PersonId,
    with_others: bool,
    problems: Problems,
) -> Result<PairPage, Failure> {
    let row = store::result_of(&app.db, run.id, mentee).await?.ok_or(Refusal::NotFound)?;
    let (mut found, mut mentors) = (None, Vec::new());
    if with_others {
        let place = usize::try_from(row.place).map_err(anyhow::Error::from)?;
        found = Some(actions::alternative(app, &run, place).await?);
        mentors = store::mentors(&app.db, run.id).await?;
    }
    let s = Shell::of(app, viewer, &format!("/editions/{}/pairing/runs/{}/pairs/{mentee}", edition.id, run.id));
    Ok(PairPage { s, edition, run, row, found, mentors, problems })
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Two {
    before: Option<RunId>,
    after: Option<RunId>,
    place: Option<i64>,
}

#[derive(Template)]
#[template(path = "pairing/runs/compare.html")]
struct ComparePage {
    s: Shell,
    edition: Edition,
    runs: [Run; 2],
    people: i64,
    rows: Vec<ChangeRow>,
    more: Option<i64>,
}

impl ComparePage {
    fn title(&self) -> String {
        match self.runs[1].frees {
            Some(_) => self.s.tell(&gained(self.gain(), self.people)),
            None => self.changed(),
        }
    }

    fn changed(&self) -> String {
        self.s.tell(&Message::new("pairing-board-compare-title").with("people", self.people))
    }

    fn frees_all(&self) -> bool {
        self.runs[1].frees == Some(Frees::All)
    }

    fn gain(&self) -> Gain {
        let [before, after] = [0, 1].map(|place| self.runs[place].summary.clone().unwrap_or_default());
        Gain::new(&before, &after)
    }

    /// Whether the two runs are of other people or other seats, so that not all of the difference is due to what was free.
    fn are_others(&self) -> bool {
        let of = |run: &Run| run.summary.as_ref().map(|summary| (summary.mentees, summary.mentors, summary.seats));
        of(&self.runs[0]) != of(&self.runs[1])
    }

    fn words(&self, what: &str) -> String {
        let frees = self.runs[1].frees.map_or("", Frees::code);
        self.s.t(&format!("pairing-board-what-if-{what}-{frees}"))
    }

    fn back(&self) -> String {
        self.s.tell(&Message::new("pairing-board-what-if-back").with("number", self.runs[0].number))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes what it holds by reference")]
    fn kept(&self, kept: &Kept) -> String {
        self.s.t(&format!("pairing-board-kept-{}", kept.code()))
    }

    fn called(&self, run: &Run) -> String {
        called(run, self.s.lang)
    }

    /// What a run found, with its points.
    fn finding(&self, run: &Run) -> String {
        let told = |summary: &Summary| {
            let message = Message::new("pairing-board-compared").with("finding", summary.title());
            self.s.tell(&message.with("points", summary.points))
        };
        run.summary.as_ref().map_or_else(String::new, told)
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template passes what it holds by reference")]
    fn score(&self, points: &i64) -> String {
        self.s.tell(&Message::new("pairing-board-score").with("points", *points))
    }

    /// Each with what it is called here.
    fn both(&self) -> impl Iterator<Item = (&'static str, &Run)> {
        ["pairing-board-column-before", "pairing-board-column-after"].into_iter().zip(&self.runs)
    }

    fn mentor(&self, row: &ChangeRow, name: Option<&String>, is_before: bool) -> String {
        match name {
            Some(name) => name.clone(),
            None if is_before && !row.was_there => self.s.t("pairing-board-was-not-there"),
            None => self.s.t("pairing-board-nobody"),
        }
    }
}

async fn compare(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, Query(two): Query<Two>) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    // Whoever chose none is where one chooses.
    let (Some(before), Some(after)) = (two.before, two.after) else {
        return Ok(see_other(&format!("/editions/{id}/pairing/runs")));
    };
    let before = actions::run(&app, &viewer, id, before).await?;
    let after = actions::run(&app, &viewer, id, after).await?;
    if before.summary.is_none() || after.summary.is_none() {
        return Err(Refusal::NotFound.into());
    }
    let s = Shell::of(&app, &viewer, &format!("/editions/{id}/pairing/compare"));
    page(&compare_page(&app, s, edition, [before, after], two.place).await?)
}

async fn compare_page(
    app: &App,
    s: Shell,
    edition: Edition,
    runs: [Run; 2],
    place: Option<i64>,
) -> Result<ComparePage, Failure> {
    let both = (runs[0].id, runs[1].id);
    let mut rows = store::changes(&app.db, both, place.unwrap_or(-1), ON_A_PAGE + 1).await?;
    let more = cut(&mut rows, |row| row.place);
    // Against the run before it, it was counted when it ended.
    let known = runs[1].summary.as_ref().and_then(|summary| summary.since.as_ref()).filter(|since| since.run == both.0);
    let people = match known {
        Some(since) => since.people,
        None => store::count_changes(&app.db, both).await?,
    };
    Ok(ComparePage { s, edition, runs, people, rows, more })
}

/// The finding of a run that leaves pairs free, as a sentence.
fn gained(gain: Gain, people: i64) -> Message {
    let (key, count) = match gain {
        Gain::People(count) => ("people", count),
        Gain::Fewer(count) => ("fewer", count),
        Gain::Points(points) => ("points", points),
        Gain::Untold => ("untold", 0),
        Gain::Nothing => ("nothing", 0),
    };
    Message::new(format!("pairing-board-what-if-title-{key}")).with("count", count).with("people", people)
}

#[derive(Template)]
#[template(path = "pairing/runs/marks.html")]
struct MarksPage {
    s: Shell,
    edition: Edition,
    all: i64,
    q: String,
    marks: Vec<Mark>,
    more: Option<String>,
}

impl MarksPage {
    fn marked_by(&self, mark: &Mark) -> String {
        mark.marked_by.clone().unwrap_or_else(|| self.s.t("common-somebody-gone"))
    }

    fn title(&self) -> String {
        self.s.tell(&Message::new("pairing-board-marks-title").with("count", self.all))
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct MarksAsked {
    q: String,
    after: String,
    form: String,
}

async fn marks(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(asked): Query<MarksAsked>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let after = AfterMark::parse(&asked.after).unwrap_or_default();
    let sought = identity::sought(&app, edition.organisation, &asked.q).await?;
    let mut marks = store::marks(&app.db, id, &sought, &after, ON_A_PAGE + 1).await?;
    let has_more = marks.len() > ON_A_PAGE;
    marks.truncate(ON_A_PAGE);
    let more = marks.last().filter(|_| has_more).map(AfterMark::of);
    let all = store::count_marks(&app.db, id).await?;
    page(&MarksPage {
        s: Shell::of(&app, &viewer, &format!("/editions/{id}/pairing/marks")),
        edition,
        all,
        q: asked.q,
        marks,
        more,
    })
}

async fn export_marks(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(asked): Query<MarksAsked>,
) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let sought = identity::sought(&app, edition.organisation, &asked.q).await?;
    let found = store::marks(&app.db, id, &sought, &AfterMark::default(), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let gone = || lang.say("common-somebody-gone");
    let row = |mark: Mark| {
        let kind = lang.say(&format!("pairing-board-mark-{}", mark.kind.code()));
        vec![mark.mentee_name, mark.mentor_name, kind, mark.marked_by.unwrap_or_else(gone)]
            .into_iter()
            .map(Cell::Text)
            .collect()
    };
    let headings = ["pairing-heading-mentee", "pairing-heading-mentor", "pairing-board-column-mark", "audit-actor"];
    let table = Table {
        title: lang.say("pairing-board-marks"),
        headings: headings.map(|key| lang.say(key)).to_vec(),
        rows: found.into_iter().map(row).collect(),
    };
    download(&table, "marks", &asked.form)
}

/// Marks a pair or takes its mark away, and goes back to where the coordinator was.
async fn mark(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let edition = actions::edition(&app, &viewer, id).await?;
    let person = |name: &str| form.text(name).parse().map(PersonId).map_err(|_| Refusal::NotFound);
    let pair = (person("mentee")?, person("mentor")?);
    let run = form.text("run").parse().ok().map(RunId);
    let back = match run {
        Some(run) => format!("/editions/{id}/pairing/runs/{run}/pairs/{}", pair.0),
        None => format!("/editions/{id}/pairing/marks"),
    };
    let Some(kind) = MarkKind::parse(form.text("mark")) else {
        actions::unmark(&app, &viewer, &edition, pair).await?;
        return Ok(see_other_with(&back, &Message::new("pairing-board-unmarked")));
    };
    match (actions::mark(&app, &viewer, &edition, pair, kind).await, run) {
        (Ok(()), _) => {
            let notice = format!("pairing-board-marked-{}", kind.code());
            Ok(see_other_with(&back, &Message::new(notice)))
        }
        (Err(Failure::Problems(problems)), Some(run)) => {
            let run = actions::run(&app, &viewer, id, run).await?;
            let again = pair_page(&app, &viewer, edition, run, pair.0, false, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        (Err(failure), _) => Err(failure.into()),
    }
}
