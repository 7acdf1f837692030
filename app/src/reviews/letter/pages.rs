use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse as _;

use super::super::actions;
use super::super::model::{Letter, due, letter};
use super::super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{MentorshipId, Reading};
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(in crate::reviews) fn doors() -> Vec<Door> {
    let participant = Who::May(Act::TakePart);
    vec![
        Door::get("/mentorships/{id}/letter", participant, one),
        Door::post("/mentorships/{id}/letter", participant, seal),
        Door::post("/mentorships/{id}/letter/withdraw", participant, withdraw),
        Door::post("/mentorships/{id}/letter/open", participant, open),
    ]
}

#[derive(Template)]
#[template(path = "reviews/letter/letter.html")]
struct LetterPage {
    s: Shell,
    of: Reading,
    letter: Option<Letter>,
    form: Form,
    problems: Problems,
}

impl LetterPage {
    async fn of(app: &App, viewer: &Viewer, id: MentorshipId, form: Form, problems: Problems) -> Result<Self, Failed> {
        let of = Reading::of(app, viewer, id).await?;
        if !of.is_mentee() {
            return Err(Refusal::NotFound.into());
        }
        let letter = store::letter(&app.db, id).await?;
        Ok(Self { s: Shell::of(app, viewer, "/mentorships"), of, letter, form, problems })
    }

    fn title(&self) -> String {
        self.s.t(match &self.letter {
            None => "reviews-letter-title-none",
            Some(letter) if letter.opened_at.is_some() => "reviews-letter-title-open",
            Some(_) if self.is_due() => "reviews-letter-title-due",
            Some(_) => "reviews-letter-title-sealed",
        })
    }

    fn day(&self) -> String {
        self.s.lang.date(due(&self.of.edition, &self.of.pair).follow_up)
    }

    fn is_due(&self) -> bool {
        self.of.today() >= due(&self.of.edition, &self.of.pair).follow_up
    }

    /// What it says, once it has been opened.
    fn words(&self) -> Option<String> {
        let letter = self.letter.as_ref().filter(|letter| letter.opened_at.is_some())?;
        Some(self.of.told(actions::letter_of(&self.of.keys, &self.of.pair, letter)))
    }

    fn sealed_on(&self) -> String {
        self.letter.as_ref().map(|letter| self.s.lang.date(self.of.day(letter.sealed_at))).unwrap_or_default()
    }
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&LetterPage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn done(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    outcome: Result<(), Failure>,
    (mut form, notice): (Form, &'static str),
) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with(&format!("/mentorships/{id}/letter"), &Message::new(notice))),
        Err(failure) => {
            let (status, problems) = again(failure, "reviews-letter-meanwhile", &mut form)?;
            Ok((status, page(&LetterPage::of(app, viewer, id, form, problems).await?)?).into_response())
        }
    }
}

async fn seal(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let sealed = match letter(form.text("letter")) {
        Ok(words) => actions::seal_letter(&app, &viewer, id, &words).await,
        Err(problems) => Err(problems.into()),
    };
    done(&app, &viewer, id, sealed, (form, "reviews-letter-sealed")).await
}

async fn withdraw(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let withdrawn = actions::withdraw_letter(&app, &viewer, id).await;
    done(&app, &viewer, id, withdrawn, (form, "reviews-letter-withdrawn")).await
}

async fn open(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, form: Form) -> Answer {
    let opened = actions::open_letter(&app, &viewer, id).await;
    done(&app, &viewer, id, opened, (form, "reviews-letter-opened")).await
}
