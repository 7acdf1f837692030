//! One's own notices, and how one wants to hear of them.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::actions;
use super::kinds::Kind;
use super::model::Way;
use super::store::{self, Kept};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::web::{Answer, Door, Form, Path, Query, Shell, Who, page, see_other, see_other_with};

const ON_A_PAGE: u8 = 50;

pub(super) fn doors() -> Vec<Door> {
    let own = Who::May(Act::UseAccount);
    vec![
        Door::get("/notices", own, list),
        Door::post("/notices/read", own, read_all),
        Door::get("/notices/settings", own, settings),
        Door::post("/notices/settings", own, choose),
        Door::get("/notices/{id}", own, open),
    ]
}

#[derive(Deserialize)]
struct Asked {
    before: Option<Uuid>,
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    s: Shell,
    unread: i64,
    notices: Vec<Kept>,
    older: Option<Uuid>,
    is_first: bool,
}

impl ListPage {
    fn title(&self) -> String {
        self.s.tell(&Message::new("notices-title").with("count", self.unread))
    }
}

async fn list(State(app): State<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let mut notices = store::page(&app.db, &viewer, false, asked.before, i64::from(ON_A_PAGE) + 1).await?;
    let has_more = notices.len() > usize::from(ON_A_PAGE);
    notices.truncate(ON_A_PAGE.into());
    let older = notices.last().filter(|_| has_more).map(|notice| notice.id);
    let s = Shell::of(&app, &viewer, "/notices");
    page(&ListPage { s, unread: viewer.unread, notices, older, is_first: asked.before.is_none() })
}

/// A notice leads to what it is about; from then on it is read.
async fn open(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    let notice = actions::read(&app, &viewer, id).await?;
    Ok(see_other(&notice.href))
}

async fn read_all(State(app): State<App>, viewer: Viewer) -> Answer {
    let count = actions::read_all(&app, &viewer).await?;
    let said = Message::new("notices-read").with("count", i64::try_from(count).unwrap_or(i64::MAX));
    Ok(see_other_with("/notices", &said))
}

#[derive(Template)]
#[template(path = "notices/settings.html")]
struct SettingsPage {
    s: Shell,
    kinds: Vec<(&'static Kind, Way)>,
}

impl SettingsPage {
    fn ways(kind: &&'static Kind) -> Vec<Way> {
        kind.ways().collect()
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn way(&self, way: &Way) -> String {
        self.s.t(&way.key())
    }
}

async fn settings(State(app): State<App>, viewer: Viewer) -> Answer {
    let kinds = actions::settings(&app, &viewer).await?;
    page(&SettingsPage { s: Shell::of(&app, &viewer, "/notices"), kinds })
}

async fn choose(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let kinds = actions::settings(&app, &viewer).await?;
    let chosen: Vec<(String, Way)> =
        kinds.iter().filter_map(|(kind, _)| Some((kind.name.to_owned(), Way::parse(form.text(kind.name))?))).collect();
    actions::choose(&app, &viewer, &chosen).await?;
    Ok(see_other_with("/notices/settings", &Message::new("notices-settings-saved")))
}
