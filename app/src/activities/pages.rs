//! Doors to a pair's plan: what comes and what was done, the form in which all of it is written at once, one activity with its
//! debrief, and where the mentee stands on each competency.

use askama::Template;
use axum::extract::State as Has;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::actions;
use super::debriefers::page_of;
use super::forms::{FormRow, SPARE, plan_from, rows_of};
use super::model::{
    Activity, ActivityId, Debrief, Done, Kind, Reflection, Row, Said, Standing, State, field, standing,
};
use super::preset::proposed;
use super::store;
use crate::app::App;
use crate::baselines::model::readable;
use crate::baselines::{self, View};
use crate::i18n::{Message, read_date};
use crate::identity::{Act, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{MentorshipId, Reading};
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{Closed, Words};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/plan", participant, list),
        Door::get("/mentorships/{id}/plan/edit", participant, edit),
        Door::post("/mentorships/{id}/plan/edit", participant, write),
        Door::get("/mentorships/{id}/plan/standing", participant, stands),
        Door::get("/mentorships/{id}/plan/{activity}", participant, one),
        Door::post("/mentorships/{id}/plan/{activity}/done", participant, finish),
        Door::post("/mentorships/{id}/plan/{activity}/let-go", participant, let_go),
        Door::post("/mentorships/{id}/plan/{activity}/reopen", participant, reopen),
        Door::post("/mentorships/{id}/plan/{activity}/debrief", participant, write_debrief),
    ]
}

/// A pair's plan as one of them reads it: six statements, however long it is.
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) plan: Vec<Activity>,
    pub(super) version: i64,
}

pub(super) async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    Ok(Read {
        of: Reading::of(app, viewer, id).await?,
        plan: store::plan(&app.db, id).await?,
        version: store::version(&app.db, id).await?,
    })
}

/// An activity in a list.
pub(super) struct Line {
    href: String,
    pub(super) kind: String,
    what: String,
    competency: Option<String>,
    pub(super) when: String,
    state: State,
    is_overdue: bool,
    minutes: Option<String>,
    /// Until when its debrief is to be written, and whether that is over.
    owed: Option<(Timestamp, bool)>,
    is_debriefed: bool,
}

impl Read {
    fn path(&self) -> String {
        format!("/mentorships/{}/plan", self.of.pair.id)
    }

    pub(super) fn activity(&self, id: ActivityId) -> Result<&Activity, Refusal> {
        self.plan.iter().find(|activity| activity.id == id).ok_or(Refusal::NotFound)
    }

    pub(super) fn said(&self, activity: &Activity) -> Result<Said, Closed> {
        actions::said(&self.of.keys, &self.of.pair, activity)
    }

    fn when(&self, activity: &Activity) -> String {
        if activity.when.is_month { self.of.lang.month(activity.when.on) } else { self.of.lang.date(activity.when.on) }
    }

    pub(super) fn line(&self, activity: &Activity) -> Line {
        let minutes = |minutes| self.of.lang.tell(&Message::new("activities-minutes-shown").with("count", minutes));
        Line {
            href: format!("{}/{}", self.path(), activity.id),
            kind: self.of.lang.say(&activity.kind.key()),
            what: self.of.told(self.said(activity).map(|said| said.what)),
            competency: activity.competency.as_ref().map(|key| self.of.competency(key)),
            when: self.when(activity),
            state: activity.state,
            is_overdue: activity.is_overdue(self.of.today()),
            minutes: activity.minutes.map(minutes),
            owed: activity.debrief_due().map(|due| (due, due < self.of.now)),
            is_debriefed: activity.debriefed_at.is_some(),
        }
    }

    fn lines(&self, state: State) -> Vec<Line> {
        self.plan.iter().filter(|activity| activity.state == state).map(|activity| self.line(activity)).collect()
    }

    /// What is planned as rows of the form.
    fn rows(&self) -> Vec<FormRow> {
        let open = self.plan.iter().filter(|activity| activity.state == State::Planned);
        open.map(|activity| {
            let said = self.said(activity).unwrap_or_else(|_| Said { what: Words::default(), watch: Words::default() });
            FormRow::of(&Row {
                id: Some(activity.id),
                kind: activity.kind,
                competency: activity.competency.clone(),
                when: activity.when,
                what: said.what,
                watch: said.watch,
            })
        })
        .collect()
    }

    /// What the plan of this track begins with.
    fn proposal(&self) -> Vec<FormRow> {
        let start = self.of.day(self.of.pair.began_at);
        let days = (start, self.of.edition.ends_on.max(start));
        proposed(self.of.edition.track, self.of.framework.as_ref(), days, self.of.lang)
            .iter()
            .map(FormRow::of)
            .collect()
    }
}

#[derive(Template)]
#[template(path = "activities/list.html")]
struct ListPage {
    s: Shell,
    read: Read,
    planned: Vec<Line>,
    done: Vec<Line>,
    let_go: Vec<Line>,
}

impl ListPage {
    fn title(&self) -> String {
        let owed = self.done.iter().filter(|line| line.owed.is_some()).count();
        let next = self.planned.iter().find(|line| !line.is_overdue);
        let message = match next {
            _ if self.read.plan.is_empty() => Message::new("activities-title-none"),
            _ if owed > 0 => Message::new("activities-title-owed").with("count", owed),
            Some(next) => {
                Message::new("activities-title-next").with("kind", next.kind.as_str()).with("day", next.when.as_str())
            }
            None if self.planned.is_empty() => Message::new("activities-title-done"),
            None => Message::new("activities-title-overdue").with("count", self.planned.len()),
        };
        self.s.tell(&message)
    }

    /// What the reader can do now: the debrief that they owe, what should have been, or the plan itself.
    fn owed(&self) -> Option<&Line> {
        self.done.iter().find(|line| line.owed.is_some() && self.read.of.is_mentee())
    }

    fn overdue(&self) -> Option<&Line> {
        self.planned.iter().find(|line| line.is_overdue)
    }
}

async fn list(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let [planned, done, let_go] = State::ALL.map(|state| read.lines(state));
    page(&ListPage { s: Shell::of(&app, &viewer, "/mentorships"), planned, done, let_go, read })
}

#[derive(Template)]
#[template(path = "activities/edit.html")]
struct EditPage {
    s: Shell,
    read: Read,
    rows: Vec<FormRow>,
    is_proposal: bool,
    problems: Problems,
    /// Set when the other saved meanwhile: what stands otherwise now.
    stands: Vec<FormRow>,
}

impl EditPage {
    fn of(
        app: &App,
        viewer: &Viewer,
        read: Read,
        (mut rows, is_proposal): (Vec<FormRow>, bool),
        problems: Problems,
    ) -> Self {
        let spare = rows.iter().rev().take_while(|row| **row == FormRow::default()).count();
        rows.resize(rows.len() + SPARE.saturating_sub(spare), FormRow::default());
        Self { s: Shell::of(app, viewer, "/mentorships"), read, rows, is_proposal, problems, stands: Vec::new() }
    }

    fn title(&self) -> String {
        self.s.with("activities-edit-title", "name", &self.read.of.pair.mentee_name)
    }

    fn competencies(&self) -> Vec<(&str, &str)> {
        let all = self.read.of.framework.iter().flat_map(|framework| &framework.competencies);
        all.map(|competency| (competency.key.as_str(), competency.name.told(self.s.lang))).collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn row_title(&self, place: &usize, row: &FormRow) -> String {
        if row.what.is_empty() { self.s.with("activities-row", "number", place + 1) } else { row.what.clone() }
    }

    /// What is wrong with a field of a row.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn wrong(&self, name: &str, place: &usize) -> Vec<String> {
        self.problems.of(&field(name, *place)).map(|message| self.s.tell(message)).collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_wrong(&self, name: &str, place: &usize) -> bool {
        self.problems.of(&field(name, *place)).next().is_some()
    }

    fn told(&self, row: &FormRow) -> String {
        let on = read_date(&row.on).map(|on| if row.is_month { self.s.lang.month(on) } else { self.s.lang.date(on) });
        format!("{}: {} {}", on.unwrap_or_default(), row.what, row.watch)
    }
}

#[derive(Deserialize)]
struct Begun {
    /// Present when the plan is to begin empty.
    empty: Option<String>,
}

async fn edit(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>, Query(begun): Query<Begun>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    if read.of.has_ended() {
        return Err(Refusal::NotFound.into());
    }
    let is_proposal = read.plan.is_empty() && begun.empty.is_none();
    let rows = if is_proposal { read.proposal() } else { read.rows() };
    page(&EditPage::of(&app, &viewer, read, (rows, is_proposal), Problems::default()))
}

async fn write(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    let version = form.version()?;
    let mut rows = rows_of(&form);
    let written = match plan_from(&rows) {
        Ok(plan) => actions::write(&app, &viewer, (id, version), &plan).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/plan"), &Message::new("activities-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "activities-edited-meanwhile", &mut form)?;
            let mut read = read(&app, &viewer, id).await?;
            read.version = form.version_or(read.version);
            let stands = if status == StatusCode::CONFLICT { merged(&mut rows, &read.rows()) } else { Vec::new() };
            let again = EditPage { stands, ..EditPage::of(&app, &viewer, read, (rows, false), problems) };
            Ok((status, page(&again)?).into_response())
        }
    }
}

/// After somebody else was faster: what was typed stays, what they added comes, what they took away is new if it is saved again. Gives
/// the rows that stand otherwise now.
fn merged(rows: &mut Vec<FormRow>, now: &[FormRow]) -> Vec<FormRow> {
    let mut stands = Vec::new();
    for row in rows.iter_mut().filter(|row| !row.id.is_empty()) {
        match now.iter().find(|other| other.id == row.id) {
            Some(other) if row.differs(other) => stands.push(other.clone()),
            Some(_) => {}
            None => row.id.clear(),
        }
    }
    for added in now.iter().filter(|other| rows.iter().all(|row| row.id != other.id)).cloned().collect::<Vec<_>>() {
        stands.push(added.clone());
        rows.push(added);
    }
    stands
}

#[derive(Template)]
#[template(path = "activities/activity.html")]
struct ActivityPage {
    s: Shell,
    read: Read,
    line: Line,
    said: Result<Said, Closed>,
    reason: Option<String>,
    debrief: Option<Debrief>,
    /// None while there is none that the reader may read.
    reflection: Option<Result<Reflection, Closed>>,
    /// The page on which its debrief is written, where that is not here.
    elsewhere: Option<String>,
    form: Form,
    problems: Problems,
}

impl ActivityPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, activity): (MentorshipId, ActivityId),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let read = read(app, viewer, id).await?;
        let debrief = store::debrief(&app.db, activity).await?;
        let elsewhere = page_of(&app.db, id, activity).await?;
        let of = read.activity(activity)?;
        let reason = actions::reason_of(&read.of.keys, &read.of.pair, of);
        let reflection =
            debrief.as_ref().and_then(|debrief| actions::reflection_of(&read.of.keys, viewer, &read.of.pair, debrief));
        Ok(Self {
            s: Shell::of(app, viewer, "/mentorships"),
            line: read.line(of),
            said: read.said(of),
            reason: reason.map(|reason| {
                reason.map_or_else(|closed| viewer.lang.say(closed.key()), |words| words.as_str().to_owned())
            }),
            debrief,
            reflection,
            elsewhere,
            form,
            problems,
            read,
        })
    }

    fn watch(&self) -> Option<&str> {
        self.said.as_ref().ok().map(|said| said.watch.as_str()).filter(|watch| !watch.is_empty())
    }

    fn is_done(&self) -> bool {
        self.line.state == State::Done
    }

    fn may_settle(&self) -> bool {
        self.line.state == State::Planned && !self.read.of.has_ended()
    }

    fn may_reflect(&self) -> bool {
        self.read.of.is_mentee() && !self.read.of.has_ended() && self.line.state != State::LetGo
    }

    fn debrief_version(&self) -> i64 {
        self.form.version_or(self.debrief.as_ref().map_or(0, |debrief| debrief.version))
    }

    /// Whether the form of the reflection was sent.
    fn reflects(&self) -> bool {
        self.form.has("seen") || self.form.has("expected")
    }

    fn stored(&self, name: &str) -> &str {
        let Some(Ok(reflection)) = &self.reflection else { return "" };
        match name {
            "expected" => reflection.expected.as_str(),
            "seen" => reflection.seen.as_str(),
            _ => reflection.practise.as_str(),
        }
    }

    /// What stands in a field of the reflection: what was typed, or what is written.
    fn thought(&self, name: &str) -> &str {
        if self.reflects() { self.form.text(name) } else { self.stored(name) }
    }

    /// After another window was faster: what stands there now, where it is not what was typed.
    fn stands(&self) -> Vec<(&'static str, &str)> {
        let typed = |name: &str| self.form.text(name).lines().collect::<Vec<_>>();
        let differs = |name: &&str| typed(name) != self.stored(name).lines().collect::<Vec<_>>();
        if !self.reflects() || !self.problems.of("").any(|message| message.key == "activities-edited-meanwhile") {
            return Vec::new();
        }
        FIELDS.into_iter().filter(differs).map(|name| (name, self.stored(name))).collect()
    }

    fn has_figures(&self) -> bool {
        matches!(&self.reflection, Some(Ok(reflection)) if reflection.has_figures())
    }

    fn visibility(&self) -> Visibility {
        self.debrief.as_ref().map_or(Visibility::Pair, |debrief| debrief.visibility)
    }

    fn chosen_visibility(&self) -> Visibility {
        Visibility::parse(self.form.text("visibility")).unwrap_or_else(|| self.visibility())
    }

    /// Whether the reflection may still be the mentee's alone.
    fn may_hide(&self) -> bool {
        self.debrief.as_ref().is_none_or(|debrief| debrief.visibility == Visibility::OnlyMe)
    }

    fn day(&self) -> String {
        let typed = self.form.text("day");
        let today = || self.read.of.now.to_zoned_datetime(self.read.of.zone.clone()).date();
        if typed.is_empty() { today().to_string() } else { typed.to_owned() }
    }

    fn time(&self) -> String {
        let typed = self.form.text("time");
        let now = || self.read.of.now.to_zoned_datetime(self.read.of.zone.clone()).strftime("%H:%M").to_string();
        if typed.is_empty() { now() } else { typed.to_owned() }
    }

    fn zone(&self) -> &str {
        self.read.of.zone.iana_name().unwrap_or("UTC")
    }
}

/// The fields of a reflection.
const FIELDS: [&str; 3] = ["expected", "seen", "practise"];

async fn one(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(MentorshipId, ActivityId)>) -> Answer {
    page(&ActivityPage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

/// Back to the activity: with a quiet line, or with why it did not happen and what was typed.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, activity): (MentorshipId, ActivityId),
    outcome: Result<(), Failure>,
    (mut form, notice, meanwhile): (Form, &'static str, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/plan/{activity}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, meanwhile, &mut form)?;
            let shown = ActivityPage::of(app, viewer, (id, activity), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

fn done_from(zone: &TimeZone, form: &Form) -> Result<Done, Problems> {
    let mut problems = Problems::default();
    let (day, time) = (read_date(form.text("day")), form.text("time").parse::<Time>().ok());
    let ended_at = day.zip(time).and_then(|(day, time)| zone.to_timestamp(day.to_datetime(time)).ok());
    if ended_at.is_none() {
        problems.add("day", Message::new("activities-ended-missing"));
    }
    let minutes = form.text("minutes");
    let read = minutes.parse::<i64>().ok();
    if read.is_none() && !minutes.is_empty() {
        problems.add("minutes", Message::new("activities-minutes-wrong"));
    }
    problems.or(Done { ended_at: ended_at.unwrap_or_default(), minutes: read })
}

async fn finish(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(path): Path<(MentorshipId, ActivityId)>,
    form: Form,
) -> Answer {
    let outcome = match done_from(&viewer.zone, &form) {
        Ok(done) => actions::finish(&app, &viewer, path, done).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, path, outcome, (form, "activities-finished", "activities-changed-meanwhile")).await
}

async fn let_go(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(path): Path<(MentorshipId, ActivityId)>,
    form: Form,
) -> Answer {
    let outcome = actions::let_go(&app, &viewer, path, form.text("reason")).await;
    done(&app, &viewer, path, outcome, (form, "activities-gone", "activities-changed-meanwhile")).await
}

async fn reopen(
    Has(app): Has<App>,
    viewer: Viewer,
    Path(path): Path<(MentorshipId, ActivityId)>,
    form: Form,
) -> Answer {
    let outcome = actions::reopen(&app, &viewer, path).await;
    done(&app, &viewer, path, outcome, (form, "activities-reopened", "activities-changed-meanwhile")).await
}

async fn write_debrief(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, activity)): Path<(MentorshipId, ActivityId)>,
    form: Form,
) -> Answer {
    let version = form.version()?;
    let words = |name: &str| Words::typed(form.text(name));
    let reflection = Reflection {
        visibility: Visibility::parse(form.text("visibility")).unwrap_or_default(),
        expected: words("expected"),
        seen: words("seen"),
        practise: words("practise"),
        ..Reflection::default()
    };
    let outcome = actions::write_debrief(&app, &viewer, (id, activity, version), &reflection).await;
    done(&app, &viewer, (id, activity), outcome, (form, "activities-debriefed", "activities-edited-meanwhile")).await
}

/// A competency, with how the mentee is rated where the reader may know it.
struct Competence {
    name: String,
    levels: Vec<String>,
    standing: Standing,
}

#[derive(Template)]
#[template(path = "activities/standing.html")]
struct StandingPage {
    s: Shell,
    read: Read,
    rows: Vec<Competence>,
    has_levels: bool,
}

impl StandingPage {
    fn title(&self) -> String {
        let untouched = self.rows.iter().filter(|row| row.standing.done + row.standing.planned == 0).count();
        let message = match untouched {
            _ if self.rows.is_empty() => Message::new("activities-standing-no-framework"),
            0 => Message::new("activities-standing-all"),
            left => Message::new("activities-standing-left").with("count", left).with("all", self.rows.len()),
        };
        self.s.tell(&message)
    }

    fn missing(&self, standing: &Standing) -> String {
        let ways: Vec<String> = standing.missing.iter().map(|way| self.s.t(&way.key())).collect();
        ways.join(", ")
    }
}

async fn stands(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let view = if read.of.is_mentee() { View::Own } else { View::Mentor };
    let given = baselines::given(&app.db, read.of.pair.edition, read.of.pair.mentee).await?;
    let given = readable(given, view, viewer.person);
    let level = |key: &str| -> Vec<String> {
        let rated = given.iter().filter_map(|given| Some((given, given.ratings.of(key).flatten()?)));
        rated
            .map(|(given, level)| {
                let message = Message::new("activities-level").with("name", given.rater_name.as_str());
                viewer.lang.tell(&message.with("level", i64::from(level)))
            })
            .collect()
    };
    let rows: Vec<Competence> = read
        .of
        .framework
        .iter()
        .flat_map(|framework| &framework.competencies)
        .map(|competency| Competence {
            name: competency.name.told(viewer.lang).to_owned(),
            levels: level(&competency.key),
            standing: standing(&competency.key, &read.plan),
        })
        .collect();
    let has_levels = rows.iter().any(|row| !row.levels.is_empty());
    page(&StandingPage { s: Shell::of(&app, &viewer, "/mentorships"), read, rows, has_levels })
}
