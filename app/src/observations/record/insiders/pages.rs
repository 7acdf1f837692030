//! The secretary's doors to the list of insiders: the list as it prints, what is to be typed of an exposure, the columns, and the files.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State as Has;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, ColumnsVersion, List, Stood};
use super::model::{Column, Insider, MOST_COLUMNS, Source, Told, template, utc};
use crate::app::App;
use crate::i18n::{Argument, Message, tidy};
use crate::identity::{self, Act, PersonId, Viewer};
use crate::observations::model::SittingId;
use crate::observations::record::events::{Cause, Exposure};
use crate::problems::{Problems, Refusal};
use crate::sheets::{Cell, Table};
use crate::web::{Answer, Door, Failed, Form, Path, Query, Shell, Who, again, download, page, see_other_with};

pub(in crate::observations) fn doors() -> Vec<Door> {
    let secretary = Who::May(Act::KeepRoom);
    vec![
        Door::get("/insiders", secretary, list),
        Door::get("/insiders/export", secretary, export),
        Door::get("/insiders/columns", secretary, columns),
        Door::post("/insiders/columns", secretary, write_columns),
        Door::get("/insiders/{sitting}/{exposure}", secretary, one),
        Door::get("/insiders/{sitting}/{exposure}/versions", secretary, versions),
        Door::post("/insiders/{sitting}/{exposure}", secretary, write_one),
        Door::post("/insiders/{sitting}/{exposure}/tell", secretary, tell),
        Door::post("/insiders/{sitting}/{exposure}/destroy", secretary, destroy),
    ]
}

/// So many lines a page shows; the files have them all.
const ON_A_PAGE: usize = 100;

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    form: String,
    #[serde(default)]
    after: usize,
}

#[derive(Template)]
#[template(path = "observations/record/insiders/list.html")]
struct ListPage {
    s: Shell,
    list: List,
    who: PersonId,
    company: String,
    after: usize,
    now: Timestamp,
}

impl ListPage {
    /// Whether somebody else writes it: nobody writes their own line.
    fn may_write(&self, insider: &Insider) -> bool {
        insider.observer != self.who
    }

    fn shown(&self) -> &[Insider] {
        let from = self.after.min(self.list.insiders.len());
        let until = (from + ON_A_PAGE).min(self.list.insiders.len());
        &self.list.insiders[from..until]
    }

    fn more(&self) -> Option<usize> {
        let next = self.after.saturating_add(ON_A_PAGE);
        (next < self.list.insiders.len()).then_some(next)
    }

    /// Whose list it is, and as of when.
    fn taken(&self) -> String {
        let message = Message::new("records-insiders-taken").with("organisation", self.company.as_str());
        self.s.tell(&message.with("at", utc(self.now)))
    }

    fn value(&self, insider: &Insider, column: &Column) -> String {
        insider.value(column, &self.company, self.s.lang)
    }

    fn missing(&self, insider: &Insider) -> usize {
        if !insider.stands() {
            return 0;
        }
        insider.open(&self.list.columns).count()
    }

    /// Those that stand: what was withdrawn stays in the list, and does not count.
    fn standing(&self) -> usize {
        self.list.insiders.iter().filter(|insider| insider.stands()).count()
    }

    fn withdrawal(&self, insider: &Insider) -> Option<String> {
        insider.withdrawal().map(|message| self.s.tell(&message))
    }

    fn heading(&self, insider: &Insider) -> String {
        insider.heading(self.s.lang)
    }

    /// Until when it has to be kept, since when it need not, or since when it is not.
    fn kept(&self, insider: &Insider) -> String {
        if let Some(at) = insider.destroyed_at {
            return self.s.with("records-insider-was-destroyed", "at", utc(at));
        }
        let key =
            if insider.is_past_keeping(self.now) { "records-insider-past-keeping" } else { "records-insider-kept" };
        self.s.with(key, "day", self.s.lang.date(insider.kept_until()))
    }

    /// Whether the observer has read what follows.
    fn told(&self, insider: &Insider) -> String {
        match insider.told {
            Told::No => self.s.t("records-insider-not-told"),
            Told::Yes => self.s.t("records-insider-told"),
            Told::Read(at) => self.s.with("records-insider-read", "at", utc(at)),
        }
    }

    fn times(&self, insider: &Insider) -> String {
        let until = insider.until.map_or_else(|| self.s.t("records-insider-lasts"), utc);
        format!("{} – {until}", utc(insider.from))
    }
}

async fn list(Has(app): Has<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let list = actions::list(&app, &viewer).await?;
    let company = viewer.organisation_name.clone();
    let (s, who) = (Shell::of(&app, &viewer, "/records"), viewer.person);
    page(&ListPage { s, list, who, company, after: asked.after, now: app.now() })
}

/// The list as a table: its columns in the reader's language, a line for each exposure, and which were withdrawn.
fn table(list: &List, viewer: &Viewer) -> Table {
    let lang = viewer.lang;
    let line = |insider: &Insider| {
        let cells = list.columns.iter().map(|column| insider.value(column, &viewer.organisation_name, lang));
        let withdrawal = insider.withdrawal().map(|message| lang.tell(&message)).unwrap_or_default();
        let read = insider.told.read_at().map(utc).unwrap_or_default();
        cells.chain([withdrawal, read]).map(Cell::from).collect()
    };
    let headings = list.columns.iter().map(|column| column.name(lang).to_owned());
    Table {
        title: lang.say("records-insiders-title"),
        headings: headings
            .chain(["records-withdrawn", "records-insider-read-column"].map(|key| lang.say(key)))
            .collect(),
        rows: list.insiders.iter().map(line).collect(),
    }
}

async fn export(Has(app): Has<App>, viewer: Viewer, Query(asked): Query<Asked>) -> Answer {
    let list = actions::taken_out(&app, &viewer, if asked.form == "xlsx" { "xlsx" } else { "csv" }).await?;
    let taken = app.now().to_zoned_datetime(TimeZone::UTC).strftime("insiders-%Y-%m-%dT%H%MZ").to_string();
    download(&table(&list, &viewer), &taken, &asked.form)
}

#[derive(Template)]
#[template(path = "observations/record/insiders/one.html")]
struct OnePage {
    s: Shell,
    list: List,
    who: PersonId,
    sitting: SittingId,
    exposure: u32,
    company: String,
    form: Form,
    problems: Problems,
}

impl OnePage {
    async fn of(
        app: &App,
        viewer: &Viewer,
        (sitting, exposure): (SittingId, u32),
        (form, problems): (Form, Problems),
    ) -> Result<Self, Failed> {
        let list = actions::list(app, viewer).await?;
        list.find(sitting, exposure)?;
        let company = viewer.organisation_name.clone();
        let (s, who) = (Shell::of(app, viewer, "/records"), viewer.person);
        Ok(Self { s, list, who, sitting, exposure, company, form, problems })
    }

    /// Whether the reader writes the line: it is there, and it is of somebody else.
    fn may_write(&self) -> bool {
        self.insider().is_some_and(|insider| insider.observer != self.who && insider.destroyed_at.is_none())
    }

    fn insider(&self) -> Option<&Insider> {
        self.list.find(self.sitting, self.exposure).ok()
    }

    fn title(&self) -> String {
        let name = self.insider().map_or_else(String::new, |insider| insider.heading(self.s.lang));
        self.s.with("records-insider-title", "name", name)
    }

    fn version(&self) -> usize {
        self.insider().map_or(0, |insider| insider.version)
    }

    fn value(&self, column: &Column) -> String {
        let field = format!("value-{}", column.key);
        match self.insider() {
            _ if self.form.has(&field) => self.form.text(&field).to_owned(),
            Some(insider) => insider.value(column, &self.company, self.s.lang),
            None => String::new(),
        }
    }

    fn withdrawal(&self) -> Option<String> {
        self.insider()?.withdrawal().map(|message| self.s.tell(&message))
    }

    fn wrong(&self, column: &Column) -> Vec<String> {
        self.problems.of(&format!("value-{}", column.key)).map(|message| self.s.tell(message)).collect()
    }

    /// Whether what was typed before does not open.
    fn is_shut(&self) -> bool {
        self.insider().is_some_and(|insider| insider.is_kept && insider.typed.is_none())
    }

    /// Since when nothing of it is kept any more.
    fn destroyed(&self) -> Option<String> {
        let at = self.insider()?.destroyed_at?;
        Some(self.s.with("records-insider-was-destroyed", "at", utc(at)))
    }
}

async fn one(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, u32)>) -> Answer {
    page(&OnePage::of(&app, &viewer, path, (Form::default(), Problems::default())).await?)
}

async fn write_one(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((sitting, exposure)): Path<(SittingId, u32)>,
    mut form: Form,
) -> Answer {
    let version = form.text("version").parse().map_err(|_| Refusal::NotFound)?;
    let list = actions::list(&app, &viewer).await?;
    let insider = list.find(sitting, exposure)?;
    // What is proposed stays a proposal: where the record says otherwise later, so does the list.
    let typed = list.columns.iter().filter_map(|column| {
        let value = tidy(form.text(&format!("value-{}", column.key)));
        let proposed = insider.proposed(column.source, &viewer.organisation_name, viewer.lang);
        (value != proposed || column.source.is_frozen()).then(|| (column.key.clone(), value))
    });
    let typed = typed.collect();
    match actions::write_details(&app, &viewer, (sitting, exposure, version), typed).await {
        Ok(()) => Ok(see_other_with("/insiders", &Message::new("records-insider-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "records-insider-meanwhile", &mut form)?;
            let shown = OnePage::of(&app, &viewer, (sitting, exposure), (form, problems)).await?;
            Ok((status, page(&shown)?).into_response())
        }
    }
}

async fn tell(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, u32)>) -> Answer {
    actions::tell(&app, &viewer, path).await?;
    Ok(see_other_with("/insiders", &Message::new("records-insider-now-told")))
}

async fn destroy(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, u32)>) -> Answer {
    actions::destroy(&app, &viewer, path).await?;
    Ok(see_other_with("/insiders", &Message::new("records-insider-destroyed")))
}

/// What stood in a line at some time.
struct Version {
    at: String,
    by: String,
    /// What the record said of it; nothing where somebody typed.
    recorded: Option<String>,
    /// What was typed, by the columns' names.
    typed: Vec<(String, String)>,
    is_shut: bool,
    /// Whether nobody typed it: it is what was proposed when the list was taken out.
    is_proposed: bool,
}

#[derive(Template)]
#[template(path = "observations/record/insiders/versions.html")]
struct VersionsPage {
    s: Shell,
    name: String,
    path: String,
    versions: Vec<Version>,
}

impl Version {
    fn of(s: &Shell, columns: &[ColumnsVersion], at: Timestamp, by: String, stood: Stood) -> Self {
        let version = Self { at: utc(at), by, recorded: None, typed: Vec::new(), is_shut: false, is_proposed: false };
        match stood {
            Stood::Recorded(exposure) => Self { recorded: Some(said(s, &exposure)), ..version },
            Stood::Destroyed => Self { recorded: Some(s.t("records-version-destroyed")), ..version },
            Stood::Typed(None) | Stood::Proposed(None) => Self { is_shut: true, ..version },
            Stood::Typed(Some(ref values)) | Stood::Proposed(Some(ref values)) => {
                let typed = values.iter().map(|(key, value)| (name_of(s, columns, key), value.clone()));
                let is_proposed = matches!(stood, Stood::Proposed(_));
                Self { typed: typed.collect(), is_proposed, ..version }
            }
        }
    }
}

/// What a column is or was called.
fn name_of(s: &Shell, columns: &[ColumnsVersion], key: &str) -> String {
    let written = columns.iter().rev().flat_map(|version| &version.columns);
    let mut all = written.chain(template());
    all.find(|column| column.key == key).map_or_else(|| key.to_owned(), |column| column.name(s.lang).to_owned())
}

fn said(s: &Shell, exposure: &Exposure) -> String {
    let until = exposure.until.map_or_else(|| s.t("records-insider-lasts"), utc);
    let times = format!("{} – {until}", utc(exposure.from));
    match exposure.why {
        _ if !exposure.withdrawn => s.with("records-version-recorded", "times", times),
        why => {
            let why = Message::new(why.unwrap_or(Cause::ToldLater).key());
            s.tell(&Message::new("records-version-withdrawn").with("why", Argument::from(why)))
        }
    }
}

async fn versions(Has(app): Has<App>, viewer: Viewer, Path(path): Path<(SittingId, u32)>) -> Answer {
    let list = actions::list(&app, &viewer).await?;
    let name = list.find(path.0, path.1)?.heading(viewer.lang);
    let history = actions::history(&app, &viewer, path).await?;
    let people: Vec<Uuid> = history.iter().filter_map(|(_, by, _)| *by).map(|by| by.0).collect();
    let names = if people.is_empty() { BTreeMap::default() } else { identity::names(&app.db, &people).await? };
    let s = Shell::of(&app, &viewer, "/records");
    let shown = history.into_iter().take(ON_A_PAGE).map(|(at, by, stood)| {
        let by = by.map_or_else(|| s.t("records-by-link"), |by| names.get(&by.0).cloned().unwrap_or_default());
        Version::of(&s, &list.written, at, by, stood)
    });
    let versions = shown.collect();
    page(&VersionsPage { name, path: format!("/insiders/{}/{}", path.0, path.1), versions, s })
}

/// Empty lines below the columns.
const SPARE: usize = 2;

#[derive(Clone, Default)]
struct ColumnLine {
    key: String,
    es: String,
    en: String,
    source: String,
    place: String,
    is_dropped: bool,
}

#[derive(Template)]
#[template(path = "observations/record/insiders/columns.html")]
struct ColumnsPage {
    s: Shell,
    lines: Vec<ColumnLine>,
    /// How often the columns were written before.
    version: usize,
    /// What they were, the latest first.
    before: Vec<String>,
    problems: Problems,
}

impl ColumnsPage {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn wrong(&self, name: &str, place: &usize) -> Vec<String> {
        self.problems.of(&format!("{name}-{place}")).map(|message| self.s.tell(message)).collect()
    }
}

fn lines_of(columns: &[Column]) -> Vec<ColumnLine> {
    let line = |(column, place): (&Column, usize)| ColumnLine {
        key: column.key.clone(),
        es: column.es.clone(),
        en: column.en.clone(),
        source: column.source.code().to_owned(),
        place: place.to_string(),
        is_dropped: false,
    };
    let mut lines: Vec<ColumnLine> = columns.iter().zip(1..).map(line).collect();
    lines.resize(lines.len() + SPARE, ColumnLine::default());
    lines
}

async fn columns(Has(app): Has<App>, viewer: Viewer) -> Answer {
    let list = actions::list(&app, &viewer).await?;
    let (lines, version) = (lines_of(&list.columns), list.written.len());
    let s = Shell::of(&app, &viewer, "/records");
    let before = columns_before(&s, &list);
    page(&ColumnsPage { s, lines, version, before, problems: Problems::default() })
}

/// Every version of the columns that was written, the latest first, as a line of its own.
fn columns_before(s: &Shell, list: &List) -> Vec<String> {
    let line = |version: &ColumnsVersion| {
        let names: Vec<&str> = version.columns.iter().map(|column| column.name(s.lang)).collect();
        format!("{}: {}", utc(version.at), names.join(" · "))
    };
    list.written.iter().rev().take(ON_A_PAGE).map(line).collect()
}

/// The columns as they were typed: in the order of their places, without those that were dropped or left empty. One that is new gets a key
/// of its own.
fn columns_from(app: &App, lines: &[ColumnLine], before: &[Column]) -> Vec<Column> {
    let mut kept: Vec<(i64, Column)> = Vec::new();
    for line in lines.iter().filter(|line| !(line.is_dropped || line.es.is_empty() && line.en.is_empty())) {
        let key = if line.key.is_empty() { app.timeless_id().simple().to_string() } else { line.key.clone() };
        let source = Source::parse(&line.source).unwrap_or(Source::Typed);
        let place = line.place.parse().unwrap_or(i64::MAX);
        let optional = before.iter().any(|column| column.key == key && column.optional);
        kept.push((place, Column { key, es: line.es.clone(), en: line.en.clone(), source, optional }));
    }
    kept.sort_by_key(|(place, _)| *place);
    kept.into_iter().map(|(_, column)| column).collect()
}

async fn write_columns(Has(app): Has<App>, viewer: Viewer, mut form: Form) -> Answer {
    let version = form.text("version").parse().map_err(|_| Refusal::NotFound)?;
    let count = form.text("lines").parse::<usize>().unwrap_or(0).min(2 * MOST_COLUMNS);
    let line = |place: usize| {
        let text = |name: &str| tidy(form.text(&format!("{name}-{place}"))).replace('\n', " ");
        ColumnLine {
            key: text("key"),
            es: text("es"),
            en: text("en"),
            source: text("source"),
            place: text("place"),
            is_dropped: form.has(&format!("drop-{place}")),
        }
    };
    let lines: Vec<ColumnLine> = (0..count).map(line).collect();
    let before = actions::list(&app, &viewer).await?.columns;
    match actions::write_columns(&app, &viewer, version, &columns_from(&app, &lines, &before)).await {
        Ok(()) => Ok(see_other_with("/insiders", &Message::new("records-columns-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "records-insider-meanwhile", &mut form)?;
            let list = actions::list(&app, &viewer).await?;
            let s = Shell::of(&app, &viewer, "/records");
            let before = columns_before(&s, &list);
            Ok((status, page(&ColumnsPage { s, lines, version, before, problems })?).into_response())
        }
    }
}
