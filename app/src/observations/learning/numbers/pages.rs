//! The numbers of an edition.

use askama::Template;
use axum::extract::State as Has;

use super::super::figure::{figure, named};
use super::super::model::{Tally, tally};
use super::super::store;
use super::super::voice::facts_of;
use crate::app::App;
use crate::identity::{Act, Record, Scope, Viewer};
use crate::observations::calendar::lasting;
use crate::problems::Refusal;
use crate::programmes::{self, Edition, EditionId};
use crate::web::{Answer, Door, Path, Shell, Who, page};

pub(in super::super) fn doors() -> Vec<Door> {
    vec![Door::get("/overview/{edition}/loops", Who::May(Act::ReadEdition), numbers)]
}

#[derive(Template)]
#[template(path = "observations/learning/numbers.html")]
struct NumbersPage {
    s: Shell,
    edition: Edition,
    title: String,
    figure: Option<String>,
    rows: Vec<(String, Tally)>,
}

impl NumbersPage {
    fn hours(&self, tally: &Tally) -> String {
        self.s.tell(&lasting(tally.minutes))
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn count(&self, number: &u64) -> String {
        self.s.lang.number(i64::try_from(*number).unwrap_or(i64::MAX))
    }
}

async fn numbers(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = programmes::edition(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    let record = Record { scope: Some(Scope::Edition(id.0)), ..Record::of_organisation(edition.organisation) };
    if !viewer.may(Act::ReadEdition, &record) {
        return Err(Refusal::NotFound.into());
    }
    let framework = programmes::framework_of(&app.db, &edition).await?.map(|version| version.content);
    let observations = store::of_edition(&app.db, id).await?;
    let tallies = tally(&facts_of(&app, &observations).await?);
    let s = Shell::of(&app, &viewer, "/overview");
    let name = |tally: &Tally| named(&s, framework.as_ref(), tally.competency.as_deref());
    // What was found stands above the figure.
    let title = if tallies.is_empty() {
        s.t("loops-numbers-none")
    } else {
        s.with("loops-numbers-title", "edition", edition.full_name())
    };
    let figure = figure(&s, framework.as_ref(), &tallies);
    let rows = tallies.iter().map(|tally| (name(tally), tally.clone())).collect();
    page(&NumbersPage { s, edition, title, figure, rows })
}
