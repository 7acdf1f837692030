//! The page after an import: into which edition its people go.

use std::collections::HashSet;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;

use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Sought, Viewer};
use crate::people;
use crate::people::imports::{ImportId, people_of};
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions as programmes;
use crate::programmes::enrolments::actions::{self, Group};
use crate::programmes::model::{Edition, EditionId};
use crate::programmes::pages::again;
use crate::programmes::store;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, page, see_other_with};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![Door::get("/imports/{id}/enrol", coordinator, choose), Door::post("/imports/{id}/enrol", coordinator, enrol)]
}

#[derive(Template)]
#[template(path = "programmes/imported/enrol.html")]
struct EnrolPage {
    s: Shell,
    id: ImportId,
    /// How many of the import's people stand on each side, by what their profiles say.
    sides: [usize; 2],
    /// Those that are open, the newest first.
    editions: Vec<Edition>,
    form: Form,
    problems: Problems,
}

impl EnrolPage {
    fn title(&self) -> String {
        let [mentees, mentors] = self.sides;
        self.s.tell(&Message::new("programmes-imported-title").with("mentees", mentees).with("mentors", mentors))
    }

    fn is_chosen(&self, edition: &Edition) -> bool {
        self.editions.len() == 1 || self.form.text("edition") == edition.id.to_string()
    }
}

async fn choose(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>) -> Answer {
    page(&the_choice(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

/// Whom the import listed; an import that is not done, or another organisation's, is not there.
async fn listed(app: &App, viewer: &Viewer, id: ImportId) -> Result<HashSet<PersonId>, Failure> {
    programmes::may(viewer, &viewer.record())?;
    let people = people_of(&app.db, viewer.organisation, id).await?;
    if people.is_empty() { Err(Refusal::NotFound.into()) } else { Ok(people) }
}

async fn the_choice(
    app: &App,
    viewer: &Viewer,
    id: ImportId,
    form: Form,
    problems: Problems,
) -> Result<EnrolPage, Failed> {
    let listed = listed(app, viewer, id).await?;
    let mut sides = [0; 2];
    for (count, side) in sides.iter_mut().zip(Side::BOTH) {
        let people = people::of_side(&app.db, viewer.organisation, side, &Sought::Everybody).await?;
        *count = people.iter().filter(|person| listed.contains(person)).count();
    }
    let editions = store::open_editions(&app.db, viewer.organisation).await?;
    Ok(EnrolPage { s: Shell::of(app, viewer, "/imports"), id, sides, editions, form, problems })
}

async fn enrol(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>, form: Form) -> Answer {
    let people = listed(&app, &viewer, id).await?;
    let chosen = form.text("edition").parse().map(EditionId);
    let enrolled = match chosen {
        Ok(edition) => {
            let group = Group::These { sides: Side::BOTH.to_vec(), people };
            actions::take_in(&app, &viewer, edition, &group, form.has("tells")).await.map(|added| (edition, added))
        }
        Err(_) => Err(Problems::one("edition", Message::new("programmes-imported-choose")).into()),
    };
    match enrolled {
        Ok((edition, added)) => {
            let added = i64::try_from(added).unwrap_or(i64::MAX);
            let notice = Message::new("programmes-taken-in").with("added", added);
            Ok(see_other_with(&format!("/editions/{edition}/enrolments"), &notice))
        }
        Err(Failure::Problems(problems)) => {
            again(StatusCode::UNPROCESSABLE_ENTITY, &the_choice(&app, &viewer, id, form, problems).await?)
        }
        Err(failure) => Err(failure.into()),
    }
}
