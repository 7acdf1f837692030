//! Doors to the baseline: whom one is asked about, the form with the behaviours of each level, what one may read once it is
//! given, and for coordinators who has given theirs.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use serde::Deserialize;

use super::actions::{self, Asked, Line, Question, Seen};
use super::model::{Agreement, Draft, Given, Ratings, View, agreement, field, readable};
use super::raters::Subject;
use super::standing::{Progress, Standings, Total};
use super::store;
use crate::app::App;
use crate::db::After;
use crate::frameworks::{self, Framework, Version};
use crate::i18n::Message;
use crate::identity::{self, Act, PersonId, Viewer};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::model::Phase;
use crate::programmes::orientation::{Participant, participants};
use crate::programmes::{self, Edition, EditionId};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Form, Path, Query, Shell, Who, download, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/editions/{id}/baseline", participant, mine),
        Door::get("/editions/{id}/baseline/{mentee}", participant, one),
        Door::post("/editions/{id}/baseline/{mentee}", participant, answer),
        Door::get("/editions/{id}/baselines", Who::May(Act::ManageProgrammes), progress),
        Door::get("/editions/{id}/baselines/export", Who::May(Act::ManageProgrammes), export),
    ]
}

const ON_A_PAGE: usize = 100;
const MOST_EXPORTED: usize = 100_000;

fn lead(s: &Shell, edition: &Edition) -> String {
    let message = Message::new("baselines-lead").with("programme", edition.programme_name.as_str());
    s.tell(&message.with("edition", edition.name.as_str()))
}

#[derive(Template)]
#[template(path = "baselines/mine.html")]
struct MinePage {
    s: Shell,
    edition: Edition,
    lines: Vec<Line>,
    is_coordinator: bool,
}

impl MinePage {
    fn title(&self) -> String {
        let left = self.lines.iter().filter(|line| line.given_at.is_none()).count();
        match (self.lines.len(), left) {
            (0, _) => self.s.t("baselines-mine-none"),
            (_, 0) => self.s.t("baselines-mine-done"),
            _ => self.s.count("baselines-mine-left", &left),
        }
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    fn subject(&self, subject: &Subject) -> String {
        match subject.view {
            View::Own => self.s.t("baselines-of-self"),
            View::Mentor | View::Supervisor => subject.name.clone(),
        }
    }

    fn view(&self, subject: &Subject) -> String {
        self.s.t(&format!("baselines-as-{}", subject.view.code()))
    }
}

async fn mine(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let Asked { edition, lines, is_coordinator } = actions::asked(&app, &viewer, id).await?;
    page(&MinePage { s: Shell::of(&app, &viewer, "/taking-part"), edition, lines, is_coordinator })
}

#[derive(Deserialize)]
struct Wish {
    /// Present when somebody wants to correct what they gave.
    correct: Option<String>,
}

#[derive(Template)]
#[template(path = "baselines/form.html")]
struct FormPage {
    s: Shell,
    edition: Edition,
    subject: Subject,
    framework: Version,
    ratings: Ratings,
    seen: Seen,
    saved_at: Option<Timestamp>,
    problems: Problems,
}

impl FormPage {
    fn title(&self) -> String {
        match self.subject.view {
            View::Own => self.s.t("baselines-form-own"),
            _ => self.s.with("baselines-form-other", "name", &self.subject.name),
        }
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    fn view(&self, rest: &str) -> String {
        self.s.t(&format!("baselines-{rest}-{}", self.subject.view.code()))
    }

    fn chosen(&self, key: &str, level: usize) -> bool {
        self.ratings.of(key).flatten().is_some_and(|chosen| usize::from(chosen) == level)
    }

    fn cannot_say(&self, key: &str) -> bool {
        self.ratings.of(key) == Some(None)
    }

    fn level(&self, level: usize) -> String {
        level_name(&self.framework.content, level, &self.s)
    }
}

/// `3 · Applies independently`.
fn level_name(framework: &Framework, level: usize, s: &Shell) -> String {
    let name = level.checked_sub(1).and_then(|index| framework.levels.get(index)).map_or("", |name| name.told(s.lang));
    format!("{level} · {name}")
}

#[derive(Template)]
#[template(path = "baselines/closed.html")]
struct ClosedPage {
    s: Shell,
    edition: Edition,
}

impl ClosedPage {
    fn reason(&self) -> String {
        self.s.t(match self.edition.phase() {
            Phase::SettingUp => "baselines-closed-setting-up",
            Phase::Closed => "baselines-closed-ended",
            Phase::Open => "baselines-closed-framework",
        })
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }
}

#[derive(Template)]
#[template(path = "baselines/given.html")]
struct GivenPage {
    s: Shell,
    edition: Edition,
    subject: Subject,
    framework: Version,
    /// One's own first.
    given: Vec<Given>,
    agreement: Agreement,
    may_correct: bool,
}

impl GivenPage {
    fn title(&self) -> String {
        match self.subject.view {
            View::Own => self.s.t("baselines-given-own"),
            _ => self.s.with("baselines-given-other", "name", &self.subject.name),
        }
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    /// What the comparison shows, in a sentence.
    fn finding(&self) -> String {
        let count =
            Message::new("baselines-same").with("same", self.agreement.same).with("all", self.agreement.compared);
        let count = self.s.tell(&count);
        let widest = self.agreement.widest.as_ref().and_then(|(key, gap)| {
            let competency = self.framework.content.competency(key)?;
            let message = Message::new("baselines-widest").with("name", competency.name.told(self.s.lang));
            Some(self.s.tell(&message.with("gap", u32::from(*gap))))
        });
        widest.map_or_else(|| count.clone(), |widest| format!("{count} {widest}"))
    }

    fn whose(&self, given: &Given) -> String {
        let message = Message::new(format!("baselines-view-{}", given.view.code()));
        self.s.tell(&message.with("name", given.rater_name.as_str()))
    }

    fn when(&self, given: &Given) -> String {
        let key = if given.number > 1 { "baselines-corrected-at" } else { "baselines-given-at" };
        self.s.with(key, "at", self.s.at(&given.given_at))
    }

    fn rating(&self, given: &Given, key: &str) -> String {
        match given.ratings.of(key) {
            Some(Some(level)) => level_name(&self.framework.content, level.into(), &self.s),
            Some(None) => self.s.t("baselines-cannot-say"),
            None => "—".to_owned(),
        }
    }

    fn seen_by(&self) -> String {
        self.s.t(&format!("baselines-seen-{}", self.subject.view.code()))
    }
}

async fn one(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(EditionId, PersonId)>,
    Query(wish): Query<Wish>,
) -> Answer {
    let question = actions::question(&app, &viewer, id, mentee).await?;
    let all = store::given(&app.db, id, mentee).await?;
    let given = readable(all, question.subject.view, viewer.person);
    let draft = store::draft(&app.db, question.place(&viewer)).await?;
    let own = given.first().filter(|given| given.rater == viewer.person).cloned();
    match own {
        Some(own) if wish.correct.is_none() || !question.is_open() => show(&app, &viewer, question, given, &own).await,
        own => {
            let seen = Seen { times: own.as_ref().map_or(0, |own| own.number), draft: draft.version };
            let known = own.map(|own| own.ratings).unwrap_or_default();
            let Draft { ratings, saved_at, .. } = draft;
            let ratings = if saved_at.is_some() { ratings } else { known };
            ask(&app, &viewer, question, ratings, seen, saved_at, Problems::default())
        }
    }
}

async fn show(app: &App, viewer: &Viewer, question: Question, given: Vec<Given>, own: &Given) -> Answer {
    let framework = frameworks::version(&app.db, own.framework).await?.ok_or(Refusal::NotFound)?;
    let views: Vec<&Ratings> = given.iter().map(|given| &given.ratings).collect();
    page(&GivenPage {
        s: Shell::of(app, viewer, "/taking-part"),
        agreement: agreement(&framework.content, &views),
        may_correct: question.is_open(),
        edition: question.edition,
        subject: question.subject,
        framework,
        given,
    })
}

fn ask(
    app: &App,
    viewer: &Viewer,
    question: Question,
    ratings: Ratings,
    seen: Seen,
    saved_at: Option<Timestamp>,
    problems: Problems,
) -> Answer {
    let s = Shell::of(app, viewer, "/taking-part");
    let is_open = question.is_open();
    let Question { edition, subject, framework } = question;
    match framework.filter(|_| is_open) {
        Some(framework) => page(&FormPage { s, edition, subject, framework, ratings, seen, saved_at, problems }),
        None => page(&ClosedPage { s, edition }),
    }
}

async fn answer(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, mentee)): Path<(EditionId, PersonId)>,
    form: Form,
) -> Answer {
    let question = actions::question(&app, &viewer, id, mentee).await?;
    let number = |name: &str| form.text(name).parse().unwrap_or(0);
    let seen = Seen { times: number("times"), draft: number("draft") };
    let content = question.framework.as_ref().map(|framework| &framework.content);
    let read =
        content.map_or_else(|| Ok(Ratings::default()), |content| Ratings::read(content, |key| form.text(&field(key))));
    let is_final = form.text("do") == "give";
    let (failure, chosen) = match read {
        Ok(ratings) => {
            let done = if is_final {
                actions::give(&app, &viewer, &question, seen, &ratings).await
            } else {
                actions::save(&app, &viewer, &question, seen, &ratings).await
            };
            match done {
                Ok(()) => return Ok(answered(id, mentee, is_final, seen)),
                Err(failure) => (failure, ratings),
            }
        }
        Err(problems) => (problems.into(), Ratings::default()),
    };
    let place = question.place(&viewer);
    match failure {
        Failure::Problems(problems) => {
            let again = ask(&app, &viewer, question, chosen, seen, None, problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Failure::Refusal(Refusal::Conflict) => {
            let all = readable(store::given(&app.db, id, mentee).await?, place.view, viewer.person);
            let own = all.first().filter(|own| own.rater == viewer.person);
            let draft = store::draft(&app.db, place).await?;
            let now = Seen { times: own.map_or(0, |own| own.number), draft: draft.version };
            let problems = Problems::one("", Message::new("baselines-saved-meanwhile"));
            let again = ask(&app, &viewer, question, chosen, now, None, problems)?;
            Ok((StatusCode::CONFLICT, again).into_response())
        }
        failure => Err(failure.into()),
    }
}

fn answered(id: EditionId, mentee: PersonId, is_final: bool, seen: Seen) -> axum::response::Response {
    let path = format!("/editions/{id}/baseline/{mentee}");
    match (is_final, seen.times) {
        (true, _) => see_other_with(&path, &Message::new("baselines-given")),
        (false, 0) => see_other_with(&path, &Message::new("baselines-draft-saved")),
        (false, _) => see_other_with(&format!("{path}?correct=yes"), &Message::new("baselines-draft-saved")),
    }
}

struct Row {
    mentee: Participant,
    views: [(View, Progress); 3],
}

#[derive(Template)]
#[template(path = "baselines/progress.html")]
struct ProgressPage {
    s: Shell,
    edition: Edition,
    /// By view: how many were given, of how many.
    q: String,
    totals: Vec<Total>,
    rows: Vec<Row>,
    more: Option<String>,
}

impl ProgressPage {
    fn title(&self) -> String {
        let (given, all) =
            self.totals.iter().fold((0, 0), |(given, all), total| (given + total.given, all + total.due));
        match all - given {
            _ if all == 0 => self.s.t("baselines-progress-nobody"),
            0 => self.s.t("baselines-progress-done"),
            left => self.s.tell(&Message::new("baselines-progress-left").with("count", left).with("all", all)),
        }
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    fn heading(&self, view: View) -> String {
        self.s.t(&format!("baselines-column-{}", view.code()))
    }

    fn total(&self, total: &Total) -> String {
        self.s.tell(&Message::new("baselines-total").with("given", total.given).with("all", total.due))
    }

    fn state(&self, view: View, stands: &Progress) -> String {
        state(&self.s, view, stands)
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
    after: String,
    form: String,
}

async fn progress(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let after = After::parse(&search.after);
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let mut listed = participants(&app.db, &edition, Side::Mentee, &sought, &after, ON_A_PAGE + 1).await?;
    let has_more = listed.len() > ON_A_PAGE;
    listed.truncate(ON_A_PAGE);
    let more = listed.last().filter(|_| has_more).map(|last| After::of(last.person.0, &last.sort));
    let standings = Standings::load(&app, &edition, &listed).await?;
    let (rows, totals) = (rows(listed, &standings), standings.totals());
    page(&ProgressPage { s: Shell::of(&app, &viewer, "/programmes"), edition, q: search.q, totals, rows, more })
}

fn rows(mentees: Vec<Participant>, standings: &Standings) -> Vec<Row> {
    let row =
        |mentee: Participant| Row { views: View::ALL.map(|view| (view, standings.of(mentee.person, view))), mentee };
    mentees.into_iter().map(row).collect()
}

async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let listed = participants(&app.db, &edition, Side::Mentee, &sought, &After::default(), MOST_EXPORTED).await?;
    let standings = Standings::load(&app, &edition, &listed).await?;
    let s = Shell::of(&app, &viewer, "/programmes");
    let row = |row: &Row| {
        let states = row.views.iter().map(|(view, stands)| state(&s, *view, stands));
        std::iter::once(row.mentee.name.clone()).chain(states).map(Cell::Text).collect()
    };
    let headings = View::ALL.map(|view| s.t(&format!("baselines-column-{}", view.code())));
    let table = Table {
        title: s.t("baselines-who"),
        headings: std::iter::once(s.t("baselines-column-mentee")).chain(headings).collect(),
        rows: rows(listed, &standings).iter().map(row).collect(),
    };
    download(&table, "baselines", &search.form)
}

fn state(s: &Shell, view: View, stands: &Progress) -> String {
    match stands {
        Progress::Given(at) => s.with("baselines-given-at", "at", s.at(at)),
        Progress::Missing => s.t("baselines-state-missing"),
        Progress::NotAsked => s.t(&format!("baselines-state-no-{}", view.code())),
    }
}
