//! Doors to the journal of a pair: all decisions with how good their forecasts were, one with what came, and the form.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::actions;
use super::forms::{FIELDS, draft_from, expected_of, form_of};
use super::model::{Came, Decision, DecisionId, MOST_EXPECTED, Outcome, Said, field, forecast};
use super::score::{Forecast, brier, finding, mean_brier, missing, reliability};
use super::store;
use crate::app::App;
use crate::i18n::{Message, read_date};
use crate::identity::{Act, PersonId, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{MentorshipId, Reading};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{Closed, Words};
use crate::web::figures::{Reliability, Stood, reliability as drawn};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/journal", participant, list),
        Door::get("/mentorships/{id}/journal/new", participant, begin),
        Door::post("/mentorships/{id}/journal/new", participant, add),
        Door::get("/mentorships/{id}/journal/{decision}", participant, one),
        Door::get("/mentorships/{id}/journal/{decision}/edit", participant, edit),
        Door::post("/mentorships/{id}/journal/{decision}/edit", participant, write),
        Door::post("/mentorships/{id}/journal/{decision}/resolve", participant, resolve),
        Door::post("/mentorships/{id}/journal/{decision}/share", participant, share),
    ]
}

/// A pair's journal as one of them reads it: five statements, however many decisions there are.
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) decisions: Vec<Decision>,
    reader: PersonId,
}

pub(super) async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    Ok(Read {
        of: Reading::of(app, viewer, id).await?,
        decisions: store::decisions(&app.db, id, viewer.person).await?,
        reader: viewer.person,
    })
}

/// A decision in a list.
struct Line {
    href: String,
    /// What it says, or why that does not open.
    text: String,
    is_only_me: bool,
    /// By when it will be known, or when it was said what came.
    when: String,
    is_due: bool,
    /// Its score, where it has one.
    score: Option<String>,
    is_resolved: bool,
}

impl Read {
    fn path(&self) -> String {
        format!("/mentorships/{}/journal", self.of.pair.id)
    }

    pub(super) fn decision(&self, id: DecisionId) -> Result<&Decision, Refusal> {
        self.decisions.iter().find(|decision| decision.id == id).ok_or(Refusal::NotFound)
    }

    pub(super) fn said(&self, decision: &Decision) -> Result<Said, Closed> {
        actions::said(&self.of.keys, &self.of.pair, decision)
    }

    pub(super) fn outcome(&self, decision: &Decision) -> Option<Result<Outcome, Closed>> {
        actions::outcome_of(&self.of.keys, &self.of.pair, decision)
    }

    /// Whether the reader may write in it.
    fn may_write(&self) -> bool {
        self.of.is_mentee() && !self.of.has_ended()
    }

    /// What there is to score of a decision.
    pub(super) fn forecast(&self, decision: &Decision) -> Option<Forecast> {
        forecast(&self.said(decision).ok()?, self.outcome(decision)?.ok()?.came)
    }

    /// The same, of the reader's own: what came of somebody's forecasts is scored for themselves alone.
    pub(super) fn own_forecast(&self, decision: &Decision) -> Option<Forecast> {
        Some(decision).filter(|decision| decision.author == self.reader).and_then(|decision| self.forecast(decision))
    }

    /// The forecasts of the reader that have a score.
    fn own_forecasts(&self) -> Vec<Forecast> {
        self.decisions.iter().filter_map(|decision| self.own_forecast(decision)).collect()
    }

    fn score(&self, score: f64) -> String {
        self.of.lang.rounded(score, 2)
    }

    fn line(&self, decision: &Decision) -> Line {
        let (key, day) = match &decision.resolved {
            Some(resolved) => ("journal-known-since", self.of.day(resolved.at)),
            None => ("journal-known-by", decision.known_on),
        };
        Line {
            href: format!("{}/{}", self.path(), decision.id),
            text: self.of.told(self.said(decision).map(|said| said.question)),
            is_only_me: decision.visibility == Visibility::OnlyMe,
            when: self.of.lang.tell(&Message::new(key).with("day", self.of.lang.date(day))),
            is_due: decision.is_due(self.of.today()),
            score: self.own_forecast(decision).map(|forecast| self.score(brier(&forecast))),
            is_resolved: !decision.is_open(),
        }
    }
}

#[derive(Template)]
#[template(path = "journal/list.html")]
struct ListPage {
    s: Shell,
    read: Read,
    open: Vec<Line>,
    resolved: Vec<Line>,
    /// How many of the reader's forecasts have a score, and its mean.
    scored: usize,
    mean: Option<String>,
    figure: Option<String>,
}

impl ListPage {
    fn title(&self) -> String {
        let due = self.open.iter().filter(|line| line.is_due).count();
        let message = match (self.open.len(), due) {
            (0, _) if self.resolved.is_empty() => Message::new("journal-title-none"),
            (0, _) => Message::new("journal-title-resolved"),
            (open, 0) => Message::new("journal-title-open").with("count", open),
            (_, due) => Message::new("journal-title-due").with("count", due),
        };
        self.s.tell(&message)
    }

    fn first_due(&self) -> Option<&Line> {
        self.open.iter().find(|line| line.is_due).filter(|_| self.read.may_write())
    }

    fn missing(&self) -> usize {
        missing(self.scored)
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let s = Shell::of(&app, &viewer, "/mentorships");
    let (open, resolved): (Vec<&Decision>, Vec<&Decision>) = read.decisions.iter().partition(|one| one.is_open());
    let [open, resolved] = [open, resolved].map(|part| part.into_iter().map(|one| read.line(one)).collect());
    let forecasts = read.own_forecasts();
    page(&ListPage {
        open,
        resolved,
        scored: forecasts.len(),
        mean: mean_brier(&forecasts).map(|mean| read.score(mean)),
        figure: figure(&s, &forecasts),
        s,
        read,
    })
}

/// What was said beside what came, once there is enough of it.
fn figure(s: &Shell, forecasts: &[Forecast]) -> Option<String> {
    if missing(forecasts.len()) > 0 {
        return None;
    }
    let groups = reliability(forecasts);
    let caption = s.t(&format!("journal-figure-{}", finding(&groups).code()));
    let percent = |part: f64| format!("{} %", s.lang.rounded(part * 100.0, 0));
    let stood = groups.iter().map(|group| Stood {
        across: group.mean,
        up: group.share(),
        weight: group.said,
        texts: [
            format!("{}–{} %", group.from, group.to),
            percent(group.mean),
            percent(group.share()),
            group.said.to_string(),
        ],
    });
    Some(drawn(&Reliability {
        alternative: s.with("journal-figure-alternative", "finding", &caption),
        caption,
        axes_are: [s.t("journal-figure-said"), s.t("journal-figure-came")],
        marks_are: [s.t("journal-figure-yours"), s.t("journal-figure-line")],
        columns: [
            s.t("journal-figure-group"),
            s.t("journal-figure-said"),
            s.t("journal-figure-came"),
            s.t("journal-figure-many"),
        ],
        table_title: s.t("journal-figure-table"),
        stood: stood.collect(),
    }))
}

#[derive(Template)]
#[template(path = "journal/decision.html")]
struct DecisionPage {
    s: Shell,
    read: Read,
    id: DecisionId,
    said: Result<Said, Closed>,
    outcome: Option<Result<Outcome, Closed>>,
    line: Line,
    form: Form,
    problems: Problems,
}

impl DecisionPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, decision): (MentorshipId, DecisionId),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let read = read(app, viewer, id).await?;
        let decision = read.decision(decision)?;
        Ok(Self {
            s: Shell::of(app, viewer, "/mentorships"),
            id: decision.id,
            said: read.said(decision),
            outcome: read.outcome(decision),
            line: read.line(decision),
            form,
            problems,
            read,
        })
    }

    fn decision(&self) -> Option<&Decision> {
        self.read.decision(self.id).ok()
    }

    fn version(&self) -> i64 {
        self.form.version_or(self.decision().map_or(0, |decision| decision.version))
    }

    fn visibility(&self) -> Visibility {
        self.decision().map_or(Visibility::OnlyMe, |decision| decision.visibility)
    }

    fn may_change(&self) -> bool {
        self.read.may_write() && self.decision().is_some_and(|one| one.may_change(self.read.of.today()))
    }

    fn expected(&self) -> Vec<(String, u32, bool)> {
        let Ok(said) = &self.said else { return Vec::new() };
        let came = self.came();
        let row = |(place, one): (usize, &super::model::Expected)| {
            (one.what.as_str().to_owned(), one.percent, came == Some(Came::Expected(place)))
        };
        said.expected.iter().enumerate().map(row).collect()
    }

    fn came(&self) -> Option<Came> {
        self.outcome.as_ref().and_then(|outcome| outcome.as_ref().ok()).map(|outcome| outcome.came)
    }

    /// What came, as a sentence; where it was one of those expected, the list says it.
    fn came_text(&self) -> Option<String> {
        match self.came()? {
            Came::Expected(_) => None,
            Came::None => Some(self.s.t(self.none_key())),
            Came::Unknown => Some(self.s.t("journal-came-unknown")),
        }
    }

    /// Of one thing it is asked whether it came; of several, whether none of them did.
    fn none_key(&self) -> &'static str {
        if self.expected().len() == 1 { "journal-came-not" } else { "journal-came-none" }
    }

    fn lesson(&self) -> Option<&str> {
        let outcome = self.outcome.as_ref()?.as_ref().ok()?;
        Some(outcome.lesson.as_str()).filter(|lesson| !lesson.is_empty())
    }

    /// What stands in the form that says what came: what was typed, else what was said.
    fn chosen(&self) -> String {
        match self.form.text("came") {
            "" => self.came().map(Came::code).unwrap_or_default(),
            typed => typed.to_owned(),
        }
    }

    fn lesson_field(&self) -> &str {
        if self.form.has("lesson") { self.form.text("lesson") } else { self.lesson().unwrap_or_default() }
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Path(path): Path<(MentorshipId, DecisionId)>) -> Answer {
    page(&DecisionPage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

/// Back to the decision: with a quiet line, or with why it did not happen and what was typed.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, decision): (MentorshipId, DecisionId),
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/journal/{decision}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "journal-changed-meanwhile", &mut form)?;
            let shown = DecisionPage::of(app, viewer, (id, decision), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn resolve(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let resolved = match Outcome::parse(Came::parse(form.text("came")), Words::typed(form.text("lesson"))) {
        Ok(outcome) => actions::resolve(&app, &viewer, (id, decision, version), &outcome).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, (id, decision), resolved, (form, "journal-resolved")).await
}

async fn share(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let shared = actions::share(&app, &viewer, (id, decision, version)).await;
    done(&app, &viewer, (id, decision), shared, (form, "journal-shared")).await
}

/// So many rows of what is expected the form has at least.
const LEAST_ROWS: usize = 3;

#[derive(Template)]
#[template(path = "journal/edit.html")]
struct EditPage {
    s: Shell,
    read: Read,
    /// None for a new one.
    decision: Option<DecisionId>,
    form: Form,
    version: i64,
    problems: Problems,
    /// Set when another window saved meanwhile: what stands otherwise now.
    stands: Vec<(&'static str, String)>,
}

impl EditPage {
    fn of(
        app: &App,
        viewer: &Viewer,
        read: Read,
        decision: Option<DecisionId>,
        (form, problems): (Form, Problems),
    ) -> Self {
        let now = decision.and_then(|id| read.decision(id).ok()).map_or(0, |decision| decision.version);
        let version = form.version_or(now);
        Self { s: Shell::of(app, viewer, "/mentorships"), read, decision, form, version, problems, stands: Vec::new() }
    }

    fn title(&self) -> String {
        self.s.t(if self.decision.is_some() { "journal-edit-title" } else { "journal-new-title" })
    }

    fn back(&self) -> String {
        match self.decision {
            Some(decision) => format!("{}/{decision}", self.read.path()),
            None => self.read.path(),
        }
    }

    fn action(&self) -> String {
        match self.decision {
            Some(decision) => format!("{}/{decision}/edit", self.read.path()),
            None => format!("{}/new", self.read.path()),
        }
    }

    /// The rows of what is expected, those that are filled first: what to call the two fields, and what stands in them.
    fn rows(&self) -> Vec<(usize, [String; 2], [String; 2])> {
        let said = expected_of(&self.form);
        let shown = (said.len() + 1).clamp(LEAST_ROWS, MOST_EXPECTED);
        let row = |place: usize| {
            let (what, percent) = said.get(place).cloned().unwrap_or_default();
            (place, [field("what", place), field("percent", place)], [what, percent])
        };
        (0..shown).map(row).collect()
    }

    /// Whoever reads it from now on may be chosen, unless the pair has read it already.
    fn may_hide(&self) -> bool {
        let decision = self.decision.and_then(|id| self.read.decision(id).ok());
        decision.is_none_or(|decision| decision.visibility == Visibility::OnlyMe)
    }

    fn chosen_visibility(&self) -> Visibility {
        Visibility::parse(self.form.text("visibility")).unwrap_or(Visibility::OnlyMe)
    }
}

async fn begin(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    if !read.may_write() {
        return Err(Refusal::NotFound.into());
    }
    page(&EditPage::of(&app, &viewer, read, None, (Form::default(), Problems::default())))
}

async fn add(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    let added = match draft_from(&form) {
        Ok(draft) => actions::add(&app, &viewer, id, &draft).await,
        Err(problems) => Err(problems.into()),
    };
    match added {
        Ok(decision) => {
            let path = format!("/mentorships/{id}/journal/{decision}");
            Ok(see_other_with(&path, &Message::new("journal-added")))
        }
        Err(failure) => {
            let (status, problems) = again(failure, "journal-changed-meanwhile", &mut form)?;
            let read = read(&app, &viewer, id).await?;
            if !read.of.is_mentee() {
                return Err(Refusal::NotFound.into());
            }
            Ok((status, page(&EditPage::of(&app, &viewer, read, None, (form, problems)))?).into_response())
        }
    }
}

async fn edit(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let now = read.decision(decision)?;
    if !read.may_write() || !now.may_change(read.of.today()) {
        return Err(Refusal::NotFound.into());
    }
    let form = form_of(now, read.said(now).ok().as_ref());
    page(&EditPage::of(&app, &viewer, read, Some(decision), (form, Problems::default())))
}

async fn write(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, decision)): Path<(MentorshipId, DecisionId)>,
    mut form: Form,
) -> Answer {
    let version = form.version()?;
    let written = match draft_from(&form) {
        Ok(draft) => actions::write(&app, &viewer, (id, decision, version), &draft).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => {
            let path = format!("/mentorships/{id}/journal/{decision}");
            Ok(see_other_with(&path, &Message::new("journal-saved")))
        }
        Err(failure) => {
            let (status, problems) = again(failure, "journal-edited-meanwhile", &mut form)?;
            let read = read(&app, &viewer, id).await?;
            let now = read.decision(decision)?;
            if now.author != viewer.person {
                return Err(Refusal::NotFound.into());
            }
            let now = form_of(now, read.said(now).ok().as_ref());
            let mut again = EditPage::of(&app, &viewer, read, Some(decision), (form, problems));
            if status == StatusCode::CONFLICT {
                again.stands = differing(&again, &now);
            }
            Ok((status, page(&again)?).into_response())
        }
    }
}

/// What stands otherwise now than in the form that came second.
fn differing(page: &EditPage, now: &Form) -> Vec<(&'static str, String)> {
    let differs = |field: &&str| !now.text(field).lines().eq(page.form.text(field).lines());
    let told = |field: &'static str| {
        let text = now.text(field);
        let day = read_date(text).filter(|_| field == "known-on");
        (field, day.map_or_else(|| text.to_owned(), |day| page.s.lang.date(day)))
    };
    let mut stands: Vec<(&'static str, String)> = FIELDS.into_iter().filter(differs).map(told).collect();
    let expected = expected_of(now);
    if expected != expected_of(&page.form) {
        let rows: Vec<String> = expected.into_iter().map(|(what, percent)| format!("{what}: {percent} %")).collect();
        stands.push(("expected", rows.join("\n")));
    }
    stands
}
