//! Doors to orientation: one's own to read and to say so; for coordinators, the texts and who has read them.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use serde::Deserialize;

use super::actions::{self, OwnOrientation, Shown};
use super::links::page_of;
use super::model::{Block, Missing, Tally, blocks, is_own, shipped, text};
use super::readers::{AfterReader, Readers};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{self, Act, Part, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::actions::managed;
use crate::programmes::{Edition, EditionId};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, download, page, see_other_with};

pub(in crate::programmes) fn doors() -> Vec<Door> {
    let (participant, coordinator) = (Who::May(Act::TakePart), Who::May(Act::ManageProgrammes));
    vec![
        Door::get("/editions/{id}/orientation", participant, own),
        Door::post("/editions/{id}/orientation", participant, read),
        Door::get("/editions/{id}/orientation/readers", coordinator, readers),
        Door::get("/editions/{id}/orientation/readers/export", coordinator, export),
        Door::get("/editions/{id}/orientation/{part}", coordinator, text_form),
        Door::post("/editions/{id}/orientation/{part}", coordinator, write),
    ]
}

const ON_A_PAGE: usize = 100;
const MOST_EXPORTED: usize = 100_000;

#[derive(Template)]
#[template(path = "programmes/orientation/own.html")]
pub(super) struct OwnPage {
    pub(super) s: Shell,
    pub(super) edition: Edition,
    pub(super) shown: Vec<Shown>,
    pub(super) is_coordinator: bool,
    /// Whether they came by a mail's link: then no other page is theirs without signing in.
    pub(super) by_link: bool,
}

impl OwnPage {
    fn title(&self) -> String {
        let unread = self.shown.iter().filter(|shown| shown.read_at.is_none()).count();
        match (self.shown.is_empty(), unread) {
            (true, _) => self.s.t("orientation-title-none"),
            (false, 0) => self.s.t("orientation-title-read"),
            _ => self.s.t("orientation-title-unread"),
        }
    }

    fn blocks(&self, part: Part) -> Vec<Block> {
        blocks(text(&self.edition.settings, part, self.s.lang))
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }
}

fn lead(s: &Shell, edition: &Edition) -> String {
    let message = Message::new("orientation-lead").with("programme", edition.programme_name.as_str());
    s.tell(&message.with("edition", edition.name.as_str()))
}

async fn own(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let OwnOrientation { edition, shown, is_coordinator } = actions::own(&app, &viewer, id).await?;
    let s = Shell::of(&app, &viewer, "/taking-part");
    page(&OwnPage { s, edition, shown, is_coordinator, by_link: false })
}

async fn read(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, form: Form) -> Answer {
    let part = part_of(form.text("part"))?;
    actions::read(&app, &viewer, id, part, form.text("words")).await?;
    Ok(see_other_with(&page_of(id), &Message::new("orientation-noted")))
}

/// A part that there is an orientation for.
pub(super) fn part_of(code: &str) -> Result<Part, Failed> {
    Ok(Part::parse(code).filter(|part| super::model::PARTS.contains(part)).ok_or(Refusal::NotFound)?)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Search {
    q: String,
    after: String,
    form: String,
}

#[derive(Template)]
#[template(path = "programmes/orientation/readers.html")]
struct ReadersPage {
    s: Shell,
    edition: Edition,
    q: String,
    tallies: Vec<Tally>,
    missing: Vec<Missing>,
    more: Option<String>,
}

impl ReadersPage {
    fn title(&self) -> String {
        let (done, all) = self.tallies.iter().fold((0, 0), |(done, all), tally| (done + tally.done, all + tally.all));
        if all == 0 {
            return self.s.t("orientation-readers-nobody");
        }
        self.s.tell(&Message::new("orientation-readers-title").with("done", done).with("all", all))
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    fn tally(&self, tally: &Tally) -> String {
        self.s.tell(&Message::new("orientation-tally").with("done", tally.done).with("all", tally.all))
    }

    fn is_own(&self, part: Part) -> bool {
        is_own(&self.edition.settings, part)
    }
}

async fn readers(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = managed(&app.db, &viewer, id).await?;
    let after = AfterReader::parse(&search.after).unwrap_or_default();
    let all = Readers::of(&app, &edition).await?;
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let mut missing = all.missing(&app.db, &edition, &sought, &after, ON_A_PAGE + 1).await?;
    let has_more = missing.len() > ON_A_PAGE;
    missing.truncate(ON_A_PAGE);
    let more = missing.last().filter(|_| has_more).map(AfterReader::of);
    let (s, tallies) = (Shell::of(&app, &viewer, "/programmes"), all.tallies(&edition));
    page(&ReadersPage { s, edition, q: search.q, tallies, missing, more })
}

async fn export(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<EditionId>,
    Query(search): Query<Search>,
) -> Answer {
    let edition = managed(&app.db, &viewer, id).await?;
    let all = Readers::of(&app, &edition).await?;
    let sought = identity::sought(&app, edition.organisation, &search.q).await?;
    let missing = all.missing(&app.db, &edition, &sought, &AfterReader::default(), MOST_EXPORTED).await?;
    let lang = viewer.lang;
    let row = |one: &Missing| vec![Cell::Text(one.name.clone()), Cell::Text(lang.say(&one.part.key()))];
    let table = Table {
        title: lang.say("orientation-missing"),
        headings: ["orientation-column-name", "orientation-column-part"].map(|key| lang.say(key)).to_vec(),
        rows: missing.iter().map(row).collect(),
    };
    download(&table, "orientation", &search.form)
}

#[derive(Template)]
#[template(path = "programmes/orientation/text.html")]
struct TextPage {
    s: Shell,
    edition: Edition,
    part: Part,
    form: Form,
    problems: Problems,
    /// Set when somebody else saved meanwhile: the texts as they stand now.
    stands: Option<Vec<(Lang, String)>>,
}

impl TextPage {
    fn new(app: &App, viewer: &Viewer, edition: Edition, part: Part, form: Form, problems: Problems) -> Self {
        Self { s: Shell::of(app, viewer, "/programmes"), edition, part, form, problems, stands: None }
    }

    fn title(&self) -> String {
        self.s.t(&format!("orientation-text-{}", self.part.code()))
    }

    fn lead(&self) -> String {
        lead(&self.s, &self.edition)
    }

    fn shipped(&self, lang: Lang) -> &'static str {
        shipped(self.part, lang)
    }

    fn label(&self, lang: Lang) -> String {
        self.s.t(&format!("orientation-in-{lang}"))
    }

    fn written(&self, lang: Lang) -> &str {
        self.form.text(&format!("text-{lang}"))
    }
}

fn form_of(edition: &Edition, part: Part) -> Form {
    let field = |lang: Lang| (format!("text-{lang}"), text(&edition.settings, part, lang).to_owned());
    Form::new(Lang::ALL.map(field).to_vec())
}

async fn text_form(State(app): State<App>, viewer: Viewer, Path((id, part)): Path<(EditionId, String)>) -> Answer {
    let part = part_of(&part)?;
    let edition = managed(&app.db, &viewer, id).await?;
    let form = form_of(&edition, part);
    page(&TextPage::new(&app, &viewer, edition, part, form, Problems::default()))
}

async fn write(
    State(app): State<App>,
    viewer: Viewer,
    Path((id, part)): Path<(EditionId, String)>,
    form: Form,
) -> Answer {
    let part = part_of(&part)?;
    let version = form.text("version").parse().unwrap_or(0);
    let texts = [form.text("text-es"), form.text("text-en")];
    match actions::write(&app, &viewer, id, version, part, texts).await {
        Ok(()) => {
            Ok(see_other_with(&format!("/editions/{id}/orientation/readers"), &Message::new("orientation-saved")))
        }
        Err(Failure::Problems(problems)) => {
            let edition = managed(&app.db, &viewer, id).await?;
            let again = page(&TextPage::new(&app, &viewer, edition, part, form, problems))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let edition = managed(&app.db, &viewer, id).await?;
            let problems = Problems::one("", Message::new("orientation-edited-meanwhile"));
            let stands = Lang::ALL.map(|lang| (lang, text(&edition.settings, part, lang).to_owned()));
            let mut again = TextPage::new(&app, &viewer, edition, part, form, problems);
            again.stands = Some(
                stands.into_iter().filter(|(lang, text)| !again.written(*lang).lines().eq(text.lines())).collect(),
            );
            Ok((StatusCode::CONFLICT, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
