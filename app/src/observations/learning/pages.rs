//! The observations of a pair: what comes, what is owed, and how many loops are closed for each competency.

use askama::Template;
use axum::extract::State as Has;
use jiff::Timestamp;

use super::actions;
use super::figure::{figure, finding};
use super::model::{Facts, Observation, Outcome, Prediction, Step, Stored, forecasts, tally};
use super::store::{self, Next};
use super::voice::facts_of;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::journal::score::mean_brier;
use crate::mentorships::{MentorshipId, Reading};
use crate::observations::model::SeatId;
use crate::problems::Refusal;
use crate::vault::Closed;
use crate::web::{Answer, Door, Failed, Path, Shell, Who, page};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    [vec![Door::get("/mentorships/{id}/loops", participant, list)], super::seat::doors()].concat()
}

/// The observations of a pair as one of them reads it: eight statements, however many there are.
pub(super) struct Read {
    pub(super) of: Reading,
    pub(super) observations: Vec<Observation>,
    pub(super) facts: Vec<Facts>,
    pub(super) predictions: Vec<Stored>,
    pub(super) next: Vec<Next>,
}

pub(super) async fn read(app: &App, viewer: &Viewer, id: MentorshipId) -> Result<Read, Failed> {
    let of = Reading::of(app, viewer, id).await?;
    let observations = store::of_mentorships(&app.db, &[id]).await?;
    let now = app.now();
    Ok(Read {
        facts: facts_of(app, &observations).await?,
        predictions: store::predictions(&app.db, id).await?,
        next: store::next_of(&app.db, (of.pair.edition, id), now).await?,
        observations,
        of,
    })
}

pub(super) type Predicted = Result<(Prediction, Option<Outcome>), Closed>;

impl Read {
    pub(super) fn path(&self) -> String {
        format!("/mentorships/{}/loops", self.of.pair.id)
    }

    pub(super) fn place(&self, seat: SeatId) -> Result<usize, Refusal> {
        self.observations.iter().position(|one| one.seat == seat).ok_or(Refusal::NotFound)
    }

    pub(super) fn stored(&self, seat: SeatId) -> Option<&Stored> {
        self.predictions.iter().find(|stored| stored.seat == seat)
    }

    /// What was predicted, for whoever may read it.
    pub(super) fn prediction(&self, viewer: &Viewer, seat: SeatId) -> Option<Predicted> {
        actions::prediction_of(&self.of.keys, viewer, &self.of.pair, self.stored(seat)?)
    }

    /// The mean of the reader's own scores, and of how many forecasts; nobody is scored for others to see.
    fn score(&self, viewer: &Viewer) -> Option<(f64, usize)> {
        let own = self.predictions.iter().filter(|stored| stored.author == viewer.person);
        let opened = own.filter_map(|stored| self.prediction(viewer, stored.seat)?.ok());
        let all: Vec<_> =
            opened.filter_map(|(prediction, outcome)| Some(forecasts(&prediction, &outcome?))).flatten().collect();
        Some((mean_brier(&all)?, all.len()))
    }

    pub(super) fn steps(&self, place: usize) -> [Option<Timestamp>; 5] {
        self.facts[place].steps(&self.facts)
    }

    /// What comes next, or that nothing does.
    pub(super) fn stage(&self, place: usize) -> Option<Step> {
        let (observation, steps) = (&self.observations[place], self.steps(place));
        let (is_over, has_begun) = (observation.is_over(self.of.now), observation.has_begun(self.of.now));
        let first = steps.iter().skip(2).position(Option::is_none).map(|place| place + 2);
        if observation.is_missed(self.of.now) {
            return None;
        }
        if is_over {
            return first.map(|place| Step::ALL[place]);
        }
        Some(if has_begun || steps[0].is_some() { Step::Observe } else { Step::Predict })
    }

    fn line(&self, place: usize) -> Line {
        let observation = &self.observations[place];
        let stage = self.stage(place);
        let competency = observation.competency.as_ref().map(|key| self.of.competency(key));
        Line {
            href: format!("{}/{}", self.path(), observation.seat),
            number: observation.number,
            kind: observation.kind.key(),
            starts_at: observation.starts_at,
            competency,
            is_over: observation.is_over(self.of.now),
            is_owed: stage == Some(Step::Debrief) && observation.took_place() && !observation.is_closed(self.of.now),
            is_late: observation.debrief_due() < self.of.now,
            stage: match stage {
                Some(step) => format!("loops-now-{}", step.code()),
                None if observation.is_missed(self.of.now) => "loops-missed".to_owned(),
                None => "loops-closed".to_owned(),
            },
            is_closed: self.steps(place).iter().all(Option::is_some),
        }
    }
}

/// An observation in a list.
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
struct Line {
    href: String,
    number: i64,
    /// The key of what it is.
    kind: String,
    starts_at: Timestamp,
    competency: Option<String>,
    is_over: bool,
    is_owed: bool,
    is_late: bool,
    /// The key of what comes next.
    stage: String,
    is_closed: bool,
}

#[derive(Template)]
#[template(path = "observations/learning/list.html")]
struct ListPage {
    s: Shell,
    read: Read,
    ahead: Vec<Line>,
    past: Vec<Line>,
    figure: Option<String>,
    title: String,
    score: Option<(String, usize)>,
}

impl ListPage {
    /// The first thing to do: the oldest debrief that is owed, or what to watch for next.
    fn next(&self) -> Option<(&Line, &'static str)> {
        if !self.read.of.is_mentee() || self.read.of.has_ended() {
            return None;
        }
        let owed = self.past.iter().rev().find(|line| line.is_owed).map(|line| (line, "debrief"));
        owed.or_else(|| self.ahead.first().map(|line| (line, "predict")))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn step_title(&self, key: &str, number: &i64) -> String {
        self.s.tell(&Message::new(format!("loops-step-{key}-title")).with("number", number.to_string()))
    }
}

async fn list(Has(app): Has<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let read = read(&app, &viewer, id).await?;
    let s = Shell::of(&app, &viewer, "/mentorships");
    let tallies = tally(&read.facts);
    let figure = figure(&s, read.of.framework.as_ref(), &tallies);
    let lines = (0..read.observations.len()).map(|place| read.line(place));
    let (past, mut ahead): (Vec<Line>, Vec<Line>) = lines.partition(|line| line.is_over);
    ahead.reverse();
    let title = match (past.is_empty(), ahead.is_empty()) {
        (true, true) => s.t("loops-title-none"),
        (true, false) => s.tell(&Message::new("loops-title-ahead").with("count", ahead.len())),
        _ => finding(&s, &tallies),
    };
    let score = read.score(&viewer).map(|(mean, count)| (s.lang.rounded(mean, 2), count));
    page(&ListPage { s, read, ahead, past, figure, title, score })
}
