//! The coordinator's door to the trail.

use askama::Template;
use axum::extract::State;
use serde::Deserialize;
use uuid::Uuid;

use super::store::{self, Entry, Filter};
use crate::app::App;
use crate::i18n::fold;
use crate::identity::{Act, Viewer};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Query, Shell, Who, download, page};

const ON_A_PAGE: u8 = 100;
const MOST_EXPORTED: i64 = 100_000;

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/audit", Who::May(Act::ReadAudit), trail),
        Door::get("/audit/export", Who::May(Act::ReadAudit), export),
    ]
}

#[derive(Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    verb: String,
    before: Option<Uuid>,
    #[serde(default)]
    form: String,
}

impl Search {
    async fn filter(&self, app: &App, viewer: &Viewer) -> Result<Filter, Failed> {
        let hidden = super::hidden_from(app, viewer).await?;
        Ok(Filter { actor: fold(&self.q), verb: self.verb.clone(), before: self.before, hidden })
    }
}

#[derive(Template)]
#[template(path = "audit/trail.html")]
struct TrailPage {
    s: Shell,
    search: Search,
    verbs: &'static [&'static str],
    entries: Vec<Entry>,
    older: Option<Uuid>,
}

impl TrailPage {
    fn verb(&self, verb: &str) -> String {
        self.s.t(&key(verb))
    }
}

/// The groups of verbs that one may ask for.
const GROUPS: &[&str] = &[
    "identity",
    "people",
    "frameworks",
    "programmes",
    "baselines",
    "pairing",
    "mentorships",
    "breakglass",
    "calendar",
    "notices",
];

fn key(verb: &str) -> String {
    format!("audit-{}", verb.replace('.', "-"))
}

async fn trail(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    let most = i64::from(ON_A_PAGE) + 1;
    let filter = search.filter(&app, &viewer).await?;
    let mut entries = store::list(&app.db, viewer.organisation.0, &filter, most).await?;
    let has_more = entries.len() > usize::from(ON_A_PAGE);
    entries.truncate(ON_A_PAGE.into());
    let older = entries.last().filter(|_| has_more).map(|entry| entry.id);
    page(&TrailPage { s: Shell::of(&app, &viewer, "/audit"), search, verbs: GROUPS, entries, older })
}

async fn export(State(app): State<App>, viewer: Viewer, Query(search): Query<Search>) -> Answer {
    let filter = search.filter(&app, &viewer).await?;
    let entries = store::list(&app.db, viewer.organisation.0, &filter, MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let table = Table {
        title: lang.say("audit-title"),
        headings: ["audit-at", "audit-actor", "audit-verb", "audit-subject", "audit-detail"]
            .map(|key| lang.say(key))
            .to_vec(),
        rows: entries
            .into_iter()
            .map(|entry| {
                vec![
                    Cell::Text(entry.at.to_string()),
                    Cell::Text(entry.actor.unwrap_or_default()),
                    Cell::Text(lang.say(&key(&entry.verb))),
                    Cell::Text(entry.subject.unwrap_or_default()),
                    Cell::Text(entry.detail),
                ]
            })
            .collect(),
    };
    download(&table, "audit", &search.form)
}
