//! Doors to the agreed outcomes of a pair: for the two, who propose, release and withdraw; and for a coordinator whom they named.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse as _;

use super::actions;
use super::model::{Candidate, LONGEST_LINE, Outcome, OutcomeId, Reader, line};
use super::reading::{line_of, released};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Part, PersonId, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Mentorship, MentorshipId, Reading, mentorship};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::Released;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/outcomes", participant, list),
        Door::post("/mentorships/{id}/outcomes", participant, propose),
        Door::post("/mentorships/{id}/outcomes/{outcome}/release", participant, release),
        Door::post("/mentorships/{id}/outcomes/{outcome}/withdraw", participant, withdraw),
    ]
}

/// A line as the two read it.
struct Line {
    href: String,
    text: String,
    /// The readers whom it names, as a form says them and as they read.
    readers: Vec<(String, String)>,
    by_me: bool,
    on: String,
    is_released: bool,
}

#[derive(Template)]
#[template(path = "outcomes/list.html")]
struct ListPage {
    s: Shell,
    of: Reading,
    lines: Vec<Line>,
    candidates: Vec<Candidate>,
    form: Form,
    problems: Problems,
}

impl ListPage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        id: MentorshipId,
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let of = Reading::of(app, viewer, id).await?;
        let outcomes = store::outcomes(&app.db, id).await?;
        let readers = store::readers(&app.db, id).await?;
        let candidates = actions::candidates(&app.db, &of.pair).await?;
        let s = Shell::of(app, viewer, "/mentorships");
        let lines = outcomes.iter().map(|outcome| told(&s, &of, viewer.person, outcome, &readers)).collect();
        Ok(Self { s, of, lines, candidates, form, problems })
    }

    fn title(&self) -> String {
        let asked = self.lines.iter().filter(|line| !line.is_released && !line.by_me).count();
        let released = self.lines.iter().filter(|line| line.is_released).count();
        match (asked, released) {
            (0, _) => self.s.count("outcomes-title", &released),
            (asked, _) => self.s.count("outcomes-title-asked", &asked),
        }
    }

    /// Those that wait for this reader.
    fn asked(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| !line.is_released && !line.by_me).collect()
    }

    fn others(&self) -> Vec<&Line> {
        self.lines.iter().filter(|line| line.is_released || line.by_me).collect()
    }

    fn is_named(&self, code: &str) -> bool {
        self.form.all("readers").any(|chosen| chosen == code)
    }

    fn called(&self, candidate: &Candidate) -> String {
        called(&self.s, &candidate.name, candidate.reader.part)
    }
}

/// `Pilar Ríos, patrocinadora`.
fn called(s: &Shell, name: &str, part: Part) -> String {
    format!("{name} ({})", s.t(&part.key()))
}

fn told(s: &Shell, of: &Reading, viewer: PersonId, outcome: &Outcome, readers: &[(OutcomeId, Reader, String)]) -> Line {
    let named = readers.iter().filter(|(id, ..)| *id == outcome.id);
    Line {
        href: format!("/mentorships/{}/outcomes/{}", of.pair.id, outcome.id),
        text: of.told(line_of(&of.keys, &of.pair, outcome)),
        readers: named.map(|(_, reader, name)| (reader.code(), called(s, name, reader.part))).collect(),
        by_me: outcome.author == viewer,
        on: s.lang.date(of.day(outcome.released_at.unwrap_or(outcome.proposed_at))),
        is_released: outcome.released_at.is_some(),
    }
}

/// What a coordinator reads whom the pair named.
#[derive(Template)]
#[template(path = "outcomes/named.html")]
struct NamedPage {
    s: Shell,
    pair: Mentorship,
    released: Vec<Released>,
}

async fn list(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    let pair = mentorship(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    if pair.is_of(&viewer) {
        return page(&ListPage::of(&app, &viewer, id, (Form::default(), Problems::default())).await?);
    }
    if !viewer.holds(Part::Coordinator) {
        return Err(Refusal::NotFound.into());
    }
    let mut released = released(&app, &viewer, Part::Coordinator).await?;
    released.retain(|one| one.mentorship == id.0);
    if released.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    page(&NamedPage { s: Shell::of(&app, &viewer, "/programmes"), pair, released })
}

fn wanted(form: &Form) -> Vec<Reader> {
    form.all("readers").filter_map(Reader::parse).collect()
}

/// Back to the list: with a quiet line, or with why it did not happen and what was typed.
async fn done(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/outcomes"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "outcomes-meanwhile", &mut form)?;
            let shown = ListPage::of(app, viewer, id, (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn propose(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let proposed = match line(form.text("line")) {
        Ok(words) => actions::propose(&app, &viewer, id, &words, &wanted(&form)).await.map(drop),
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, id, proposed, (form, "outcomes-proposed")).await
}

async fn release(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, outcome)): Path<(MentorshipId, OutcomeId)>,
    form: Form,
) -> Answer {
    let released = actions::release(&app, &viewer, (id, outcome), &wanted(&form)).await;
    done(&app, &viewer, id, released, (form, "outcomes-released")).await
}

async fn withdraw(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, outcome)): Path<(MentorshipId, OutcomeId)>,
    form: Form,
) -> Answer {
    let withdrawn = actions::withdraw(&app, &viewer, (id, outcome)).await;
    done(&app, &viewer, id, withdrawn, (form, "outcomes-withdrawn")).await
}
