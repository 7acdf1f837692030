//! The coordinator's doors to who looks on at an edition.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;

use super::actions::{self, ONLOOKERS, onlooking};
use super::store::{self, After, Onlooker};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, PersonId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions::managed;
use crate::programmes::model::{Edition, EditionId};
use crate::programmes::pages::again;
use crate::programmes::store::ON_A_PAGE;
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other_with};

/// More onlookers than any edition has.
const MOST_EXPORTED: usize = 20_000;

pub(super) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![
        Door::get("/editions/{id}/onlookers", coordinator, list),
        Door::get("/editions/{id}/onlookers/export", coordinator, export),
        Door::post("/editions/{id}/onlookers", coordinator, add),
        Door::post("/editions/{id}/onlookers/remove", coordinator, remove),
    ]
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
    after: String,
    form: String,
}

#[derive(Template)]
#[template(path = "programmes/onlookers/list.html")]
struct ListPage {
    s: Shell,
    edition: Edition,
    q: String,
    onlookers: Vec<Onlooker>,
    more: Option<String>,
    form: Form,
    problems: Problems,
}

async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    page(&the_list(&app, &viewer, id, search, Form::default(), Problems::default()).await?)
}

async fn the_list(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    Search { q, after, .. }: Search,
    form: Form,
    problems: Problems,
) -> Result<ListPage, Failed> {
    let edition = managed(&app.db, viewer, id).await?;
    let after = After::parse(&after).unwrap_or_default();
    let mut onlookers = store::list(&app.db, edition.organisation, id, &q, &after, ON_A_PAGE + 1).await?;
    let has_more = onlookers.len() > ON_A_PAGE;
    onlookers.truncate(ON_A_PAGE);
    let more = onlookers.last().filter(|_| has_more).map(After::of);
    Ok(ListPage { s: Shell::of(app, viewer, "/programmes"), edition, q, onlookers, more, form, problems })
}

async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = managed(&app.db, &viewer, id).await?;
    let found = store::list(&app.db, edition.organisation, id, &search.q, &After::default(), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let row = |one: Onlooker| {
        vec![Cell::Text(one.name), Cell::Text(one.address), Cell::Text(lang.say(one.part.key().as_str()))]
    };
    let table = Table {
        title: lang.say("programmes-task-onlookers"),
        headings: ["people-column-name", "people-column-address", "programmes-onlooker-part"]
            .map(|key| lang.say(key))
            .to_vec(),
        rows: found.into_iter().map(row).collect(),
    };
    download(&table, "onlookers", &search.form)
}

async fn add(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    match actions::add_named(&app, &viewer, id, &form).await {
        Ok(()) => Ok(see_other_with(&format!("/editions/{id}/onlookers"), &Message::new("programmes-onlooker-added"))),
        Err(Failure::Problems(problems)) => {
            let page = the_list(&app, &viewer, id, Search::default(), form, problems).await?;
            again(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn remove(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let part = onlooking(form.text("part")).ok_or(Refusal::NotFound)?;
    let person = PersonId(form.text("person").parse().map_err(|_| Refusal::NotFound)?);
    actions::remove(&app, &viewer, id, (person, part)).await?;
    Ok(see_other_with(&format!("/editions/{id}/onlookers"), &Message::new("programmes-onlooker-removed")))
}
