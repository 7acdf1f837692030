//! Doors to one observation of a pair.

use std::collections::HashMap;

use askama::Template;
use axum::extract::State as Has;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;

use super::super::actions::{self, MARKED};
use super::super::lenses::{self, Lens};
use super::super::model::{
    Came, MOST_STATEMENTS, Observation, Outcome, PRACTICES, Prediction, Proposed, Step, Talk, forecasts,
};
use super::super::pages::{Predicted, Read, read};
use super::super::redaction::{Kind as Marked, marks, pieces};
use super::super::store;
use super::forms::{MEANT, debrief as debrief_from, prediction, preparation, saying};
use crate::activities::model::{ActivityId, Debrief, Reflection, field};
use crate::activities::{self, reflection_of};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::journal::score::mean_brier;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::observations::model::{SeatId, SeatState};
use crate::problems::{Failure, Problems};
use crate::vault::Closed;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(in super::super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/loops/{seat}", participant, one),
        Door::post("/mentorships/{id}/loops/{seat}/preparation", participant, prepare),
        Door::post("/mentorships/{id}/loops/{seat}/prediction", participant, predict),
        Door::post("/mentorships/{id}/loops/{seat}/debrief", participant, debrief),
        Door::post("/mentorships/{id}/loops/{seat}/talk", participant, talk),
        Door::post("/mentorships/{id}/loops/{seat}/agree", participant, agree),
    ]
}

/// A mentorship and a seat in it.
type Seat = (MentorshipId, SeatId);

/// A text in which something was marked, in pieces.
type Pieces = Vec<(String, Option<Marked>)>;

#[derive(Template)]
#[template(path = "observations/learning/seat/one.html")]
struct OnePage {
    s: Shell,
    read: Read,
    place: usize,
    reader: PersonId,
    /// What the sitting shows, by key and name; all competencies where it says nothing.
    competencies: Vec<(String, String)>,
    /// The first that it shows.
    proposed: Option<String>,
    prediction: Option<Predicted>,
    debrief: Option<Debrief>,
    /// None while there is none that the reader may read.
    reflection: Option<Result<Reflection, Closed>>,
    talk: Option<Talk>,
    /// Whether nothing says that its observer was there, and nothing was open to them.
    is_shut_out: bool,
    form: Form,
    problems: Problems,
    /// What was marked in which field of the form that came back.
    marked: HashMap<String, Pieces>,
}

/// A lens as it stands on the page.
struct Glass {
    key: &'static str,
    name: String,
    about: String,
    questions: Vec<String>,
    is_chosen: bool,
}

impl OnePage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (id, seat): Seat,
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let read = read(app, viewer, id).await?;
        let place = read.place(seat)?;
        let shown = store::competencies(&app.db, seat).await?;
        let activity = read.observations[place].activity;
        let debrief = match activity {
            Some(activity) => activities::debrief(&app.db, activity).await?,
            None => None,
        };
        let pair = &read.of.pair;
        let reflection = debrief.as_ref().and_then(|debrief| reflection_of(&read.of.keys, viewer, pair, debrief));
        let observation = &read.observations[place];
        let is_shut_out = observation.is_over(read.of.now) && actions::is_shut_out(&app.db, observation).await?;
        let marked = marked(app, viewer, (&read, place), (&form, &problems)).await?;
        Ok(Self {
            s: Shell::of(app, viewer, "/mentorships"),
            place,
            reader: viewer.person,
            proposed: shown.first().cloned(),
            competencies: competencies(&read, &shown),
            prediction: read.prediction(viewer, seat),
            debrief,
            reflection,
            talk: store::talk(&app.db, seat).await?,
            is_shut_out,
            form,
            problems,
            marked,
            read,
        })
    }

    fn observation(&self) -> &Observation {
        &self.read.observations[self.place]
    }

    fn href(&self) -> String {
        format!("{}/{}", self.read.path(), self.observation().seat)
    }

    fn title(&self) -> String {
        let key = match self.read.stage(self.place) {
            _ if self.is_destroyed() => "loops-title-destroyed".to_owned(),
            None if self.is_missed() => "loops-title-missed".to_owned(),
            None => "loops-title-closed".to_owned(),
            Some(step) => format!("loops-title-{}", step.code()),
        };
        self.s.tell(&Message::new(key).with("number", self.observation().number.to_string()))
    }

    fn competency(&self) -> Option<String> {
        self.observation().competency.as_ref().map(|key| self.read.of.competency(key))
    }

    /// The steps, each with when it was done, and whether it is the next.
    fn steps(&self) -> Vec<(Step, Option<Timestamp>, bool)> {
        let stage = self.read.stage(self.place);
        let steps = Step::ALL.into_iter().zip(self.read.steps(self.place));
        steps.map(|(step, done)| (step, done, stage == Some(step))).collect()
    }

    fn is_destroyed(&self) -> bool {
        self.observation().is_closed(self.read.of.now)
    }

    /// Until when there are notes, where the undertaking says so.
    fn destroyed_on(&self) -> Option<String> {
        self.observation().destroyed_on().map(|day| self.s.lang.date(day))
    }

    /// Whether the sitting is under way, and there is nothing to write.
    fn is_running(&self) -> bool {
        !self.is_ahead() && !self.is_over()
    }

    /// Whether what was agreed is to be practised now.
    fn is_to_practise(&self) -> bool {
        self.read.stage(self.place) == Some(Step::Practise)
    }

    fn is_over(&self) -> bool {
        self.observation().is_over(self.read.of.now)
    }

    fn is_missed(&self) -> bool {
        self.observation().is_missed(self.read.of.now)
    }

    /// Until when it is best written, or was.
    fn debrief_due(&self) -> String {
        let due = self.observation().debrief_due();
        let key = if due < self.read.of.now { "loops-debrief-was-due" } else { "loops-debrief-due" };
        self.s.with(key, "at", self.s.at(&due))
    }

    /// Whether the form of the debrief is what the page is for: once it is written, it is read first.
    fn writes_debrief(&self) -> bool {
        self.may_debrief() && (!self.is_debriefed() || self.was_sent("debrief"))
    }

    fn is_ahead(&self) -> bool {
        !self.observation().has_begun(self.read.of.now)
    }

    /// Whether the reader may write of it now.
    fn may_write(&self) -> bool {
        !self.read.of.has_ended() && !self.is_destroyed()
    }

    fn may_prepare(&self) -> bool {
        self.may_write() && self.read.of.is_mentee() && self.is_ahead()
    }

    fn may_debrief(&self) -> bool {
        self.may_write() && self.read.of.is_mentee() && self.is_over() && !self.is_missed() && !self.is_shut_out
    }

    /// Which form was sent; empty where the page was only asked for.
    fn was_sent(&self, name: &str) -> bool {
        self.form.text("do") == name
    }

    fn glasses(&self) -> Vec<Glass> {
        let observation = self.observation();
        let is_sent = self.was_sent("prepare");
        let fitting = lenses::fitting(observation.kind, self.aimed());
        let is_chosen = |lens: &Lens| {
            if is_sent {
                self.form.all("lens").any(|key| key == lens.key)
            } else {
                observation.lenses.contains(&lens.key)
            }
        };
        fitting.into_iter().map(|lens| self.glass(lens, is_chosen(lens))).collect()
    }

    /// Those that the observer chose, in their order.
    fn chosen(&self) -> Vec<Glass> {
        let chosen = self.observation().lenses.iter().filter_map(|key| lenses::lens(key));
        chosen.map(|lens| self.glass(lens, true)).collect()
    }

    fn glass(&self, lens: &'static Lens, is_chosen: bool) -> Glass {
        let lang = self.s.lang;
        Glass {
            key: &lens.key,
            name: lens.name.told(lang).to_owned(),
            about: lens.about.told(lang).to_owned(),
            questions: lens.questions.iter().map(|question| question.told(lang).to_owned()).collect(),
            is_chosen,
        }
    }

    fn is_competency(&self, key: &str) -> bool {
        let typed = Some(self.form.text("competency")).filter(|_| self.was_sent("prepare"));
        typed.or(self.aimed()) == Some(key)
    }

    /// The competency that was chosen, or until then the first that the sitting shows.
    fn aimed(&self) -> Option<&str> {
        let proposed = self.proposed.as_deref().filter(|_| self.observation().version == 0);
        self.observation().competency.as_deref().or(proposed)
    }

    /// The rows of the prediction's form: what to call the two fields, and what stands in them.
    fn rows(&self) -> Vec<(usize, [String; 2], [String; 2])> {
        let row = |place: usize| {
            let names = [field("what", place), field("percent", place)];
            let values = if self.was_sent("predict") {
                [self.form.text(&names[0]).to_owned(), self.form.text(&names[1]).to_owned()]
            } else {
                self.statement(place)
            };
            (place, names, values)
        };
        (0..MOST_STATEMENTS).map(row).collect()
    }

    fn statement(&self, place: usize) -> [String; 2] {
        let said = self.predicted().and_then(|(prediction, _)| prediction.statements.get(place));
        said.map_or_else(Default::default, |one| [one.what.as_str().to_owned(), one.percent.to_string()])
    }

    fn predicted(&self) -> Option<&(Prediction, Option<Outcome>)> {
        self.prediction.as_ref()?.as_ref().ok()
    }

    fn closed(&self) -> Option<&'static str> {
        self.prediction.as_ref()?.as_ref().err().map(|closed| closed.key())
    }

    /// What a form of these was made from, where one of them is shown again; else what stands now.
    fn version_of(&self, forms: &[&str], now: i64) -> i64 {
        if forms.contains(&self.form.text("do")) { self.form.version_or(now) } else { now }
    }

    fn prediction_version(&self) -> i64 {
        let now = self.read.stored(self.observation().seat).map_or(0, |stored| stored.version);
        self.version_of(&["prepare", "predict"], now)
    }

    fn prediction_visibility(&self) -> Visibility {
        self.read.stored(self.observation().seat).map_or(Visibility::Pair, |stored| stored.visibility)
    }

    /// What was predicted, with what came of each where that is said.
    fn statements(&self) -> Vec<(String, u32, Option<Came>)> {
        let Some((prediction, outcome)) = self.predicted() else { return Vec::new() };
        let came = |place: usize| outcome.as_ref().and_then(|outcome| outcome.came.get(place).copied());
        let all = prediction.statements.iter().enumerate();
        all.map(|(place, one)| (one.what.as_str().to_owned(), one.percent, came(place))).collect()
    }

    /// The Brier score of what was predicted, for whoever predicted it.
    fn score(&self) -> Option<String> {
        let (prediction, outcome) = self.predicted()?;
        let is_own = self.read.of.pair.mentee == self.reader;
        let mean = mean_brier(&forecasts(prediction, outcome.as_ref()?))?;
        is_own.then(|| self.s.lang.rounded(mean, 2))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_came(&self, place: &usize, came: &Came) -> bool {
        if self.was_sent("debrief") {
            return self.form.text(&field("came", *place)) == came.code();
        }
        self.statements().get(*place).is_some_and(|(_, _, said)| *said == Some(*came))
    }

    fn against(&self) -> String {
        if self.was_sent("debrief") {
            return self.form.text("against").to_owned();
        }
        let outcome = self.predicted().and_then(|(_, outcome)| outcome.as_ref());
        outcome.map_or_else(String::new, |outcome| outcome.against.as_str().to_owned())
    }

    fn debrief_version(&self) -> i64 {
        self.version_of(&["debrief"], self.debrief.as_ref().map_or(0, |debrief| debrief.version))
    }

    fn is_debriefed(&self) -> bool {
        self.debrief.as_ref().is_some_and(|debrief| debrief.written_at.is_some())
    }

    fn is_open(&self) -> bool {
        self.is_debriefed() && self.visibility() == Visibility::Pair
    }

    fn visibility(&self) -> Visibility {
        self.debrief.as_ref().map_or(Visibility::Pair, |debrief| debrief.visibility)
    }

    /// Who reads what the form on the page is for: the prediction before, the debrief afterwards.
    fn stored_visibility(&self) -> Visibility {
        if self.is_over() { self.visibility() } else { self.prediction_visibility() }
    }

    /// What the pair has read is never only one's own again.
    fn is_shared(&self) -> bool {
        let version = if self.is_over() { self.debrief_version() } else { self.prediction_version() };
        version > 0 && self.stored_visibility() == Visibility::Pair
    }

    fn chosen_visibility(&self) -> Visibility {
        Visibility::parse(self.form.text("visibility")).unwrap_or_else(|| self.stored_visibility())
    }

    fn seen_label(&self) -> &'static str {
        if self.observation().lenses.is_empty() { "loops-seen-label" } else { "loops-seen-else" }
    }

    fn is_unpractised(&self) -> bool {
        self.observation().practice.is_none()
    }

    /// One button of a page says what is next.
    fn is_plain(&self, label: &str) -> bool {
        match label {
            "loops-predict-button" => self.observation().lenses.is_empty(),
            "loops-debrief-button" => self.is_debriefed(),
            _ => self.proposal().is_some(),
        }
    }

    /// What was seen through a lens.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn through(&self, place: &usize, lens: &str) -> String {
        if self.was_sent("debrief") {
            return self.form.text(&field("through", *place)).to_owned();
        }
        let Some(Ok(reflection)) = &self.reflection else { return String::new() };
        let seen = reflection.through.iter().find(|(key, _)| key == lens);
        seen.map_or_else(String::new, |(_, words)| words.as_str().to_owned())
    }

    fn written(&self, name: &str) -> String {
        if self.was_sent("debrief") {
            return self.form.text(name).to_owned();
        }
        if name == "against" {
            return self.against();
        }
        let Some(Ok(reflection)) = &self.reflection else { return String::new() };
        let words = if name == "seen" { &reflection.seen } else { &reflection.practise };
        words.as_str().to_owned()
    }

    fn unread(&self) -> Option<&'static str> {
        self.reflection.as_ref()?.as_ref().err().map(|closed| closed.key())
    }

    fn talk_version(&self) -> i64 {
        self.version_of(&["talk"], self.talk.as_ref().map_or(0, |talk| talk.version))
    }

    fn line(&self) -> Option<String> {
        let talk = self.talk.as_ref()?;
        let line = actions::line_of(&self.read.of.keys, &self.read.of.pair, self.observation().seat, talk)?;
        Some(self.read.of.told(line))
    }

    fn proposal(&self) -> Option<&Proposed> {
        self.talk.as_ref()?.proposal.as_ref().filter(|_| self.observation().practice.is_none())
    }

    fn practice(&self, proposed: &Proposed) -> String {
        let (keys, pair) = (&self.read.of.keys, &self.read.of.pair);
        self.read.of.told(actions::practice_of(keys, pair, self.observation().seat, proposed))
    }

    fn is_mine(&self, proposed: &Proposed) -> bool {
        proposed.by == self.reader
    }

    fn practice_path(&self, activity: &ActivityId) -> String {
        format!("/mentorships/{}/plan/{activity}", self.read.of.pair.id)
    }

    /// The sittings at which the same can be seen again, each with where it stands.
    fn next(&self) -> Vec<(String, String)> {
        let competency = self.observation().competency.as_deref();
        let of_it = self.read.next.iter().filter(|next| Some(next.competency.as_str()) == competency);
        of_it
            .map(|next| {
                let key = match next.own {
                    Some(SeatState::Held) => "loops-next-held",
                    Some(SeatState::Asked) => "loops-next-asked",
                    _ => "loops-next",
                };
                let message = Message::new(key)
                    .with("number", next.number.to_string())
                    .with("kind", self.s.t(&next.kind.key()))
                    .with("at", self.s.at(&next.starts_at));
                (format!("/sittings/{}", next.sitting), self.s.tell(&message))
            })
            .collect()
    }

    /// After another window was faster: what stands there now, where it is not what was typed.
    fn stands(&self) -> Vec<(String, String)> {
        if !self.problems.of("").any(|message| message.key == "loops-changed-meanwhile") {
            return Vec::new();
        }
        if self.was_sent("predict") {
            let rows = self.statements().into_iter().map(|(what, percent, _)| format!("{what}: {percent} %"));
            return vec![(self.s.t("loops-prediction"), rows.collect::<Vec<_>>().join("\n"))];
        }
        let Some(Ok(reflection)) = self.reflection.as_ref().filter(|_| self.was_sent("debrief")) else {
            return Vec::new();
        };
        let through = reflection.through.iter().filter_map(|(key, words)| {
            let place = self.observation().lenses.iter().position(|lens| lens == key)?;
            let name = lenses::lens(key)?.name.told(self.s.lang).to_owned();
            Some((name, field("through", place), words.as_str().to_owned()))
        });
        let fields = [("seen", "loops-seen-label", &reflection.seen), ("practise", "loops-try", &reflection.practise)];
        let fields = fields.map(|(name, key, words)| (self.s.t(key), name.to_owned(), words.as_str().to_owned()));
        let differs = |(_, name, stored): &(String, String, String)| !self.form.text(name).lines().eq(stored.lines());
        through.chain(fields).filter(differs).map(|(label, _, stored)| (label, stored)).collect()
    }

    fn pieces(&self, name: &str) -> Option<&Pieces> {
        self.marked.get(name)
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.problems.of(name).next().is_some()
    }
}

/// What the sitting shows by name; where it shows nothing that the framework has, all of it.
fn competencies(read: &Read, shown: &[String]) -> Vec<(String, String)> {
    let framework = || read.of.framework.iter().flat_map(|framework| &framework.competencies);
    let all: Vec<(String, String)> =
        framework().map(|competency| (competency.key.clone(), competency.name.told(read.of.lang).to_owned())).collect();
    let of_it: Vec<(String, String)> = all.iter().filter(|(key, _)| shown.contains(key)).cloned().collect();
    if of_it.is_empty() { all } else { of_it }
}

/// The fields in which something was marked, as they were typed.
async fn marked(
    app: &App,
    viewer: &Viewer,
    (read, place): (&Read, usize),
    (form, problems): (&Form, &Problems),
) -> Result<HashMap<String, Pieces>, Failed> {
    let fields: Vec<String> = problems
        .iter()
        .filter(|problem| problem.message.key == MARKED)
        .map(|problem| problem.field.to_string())
        .collect();
    if fields.is_empty() {
        return Ok(HashMap::new());
    }
    let known = actions::known(app, viewer, &read.of.pair, &read.observations[place]).await?;
    let of = |field: String| {
        let text = form.text(&field);
        let pieces = pieces(text, &marks(text, &known));
        (field, pieces.into_iter().map(|(text, kind)| (text.to_owned(), kind)).collect())
    };
    Ok(fields.into_iter().map(of).collect())
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(path): Path<Seat>) -> Answer {
    page(&OnePage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

/// Back to the observation: with a quiet line, or with why it did not happen and what was typed.
async fn done(
    app: &App,
    viewer: &Viewer,
    (id, seat): Seat,
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/loops/{seat}"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems): (StatusCode, Problems) = again(failure, "loops-changed-meanwhile", &mut form)?;
            let shown = OnePage::of(app, viewer, (id, seat), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn prepare(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<Seat>, form: Form) -> Answer {
    let version = form.version()?;
    let outcome = actions::prepare(&app, &viewer, (id, seat, version), preparation(&form)).await;
    done(&app, &viewer, (id, seat), outcome, (form, "loops-prepared")).await
}

async fn predict(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<Seat>, form: Form) -> Answer {
    let version = form.version()?;
    let outcome = match prediction(&form) {
        Ok(prediction) => actions::predict(&app, &viewer, (id, seat, version), prediction).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, (id, seat), outcome, (form, "loops-predicted")).await
}

async fn debrief(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<Seat>, form: Form) -> Answer {
    let version = form.version()?;
    let read = read(&app, &viewer, id).await?;
    let lenses = &read.observations[read.place(seat)?].lenses;
    let predicted = read.prediction(&viewer, seat).and_then(Result::ok);
    let statements = predicted.map_or(0, |(prediction, _)| prediction.statements.len());
    let written = debrief_from(&form, version, lenses, statements);
    let outcome = actions::debrief(&app, &viewer, (id, seat), written).await;
    done(&app, &viewer, (id, seat), outcome, (form, "loops-debriefed")).await
}

async fn talk(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<Seat>, form: Form) -> Answer {
    let version = form.version()?;
    let outcome = match saying(&form, version, actions::today(&app, &viewer)) {
        Ok(saying) => actions::say(&app, &viewer, (id, seat), saying).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, (id, seat), outcome, (form, "loops-talked")).await
}

async fn agree(Has(app): Has<App>, viewer: Viewer, Path((id, seat)): Path<Seat>, form: Form) -> Answer {
    let version = form.version()?;
    let outcome = actions::agree(&app, &viewer, (id, seat), version).await;
    done(&app, &viewer, (id, seat), outcome, (form, "loops-agreed")).await
}
