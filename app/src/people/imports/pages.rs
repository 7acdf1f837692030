//! The coordinator's doors to imports: upload, mapping, dry run, confirmation, outcome.

use std::collections::BTreeMap;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;
use serde::Deserialize;

use super::actions::{self, Source, inputs};
use super::model::{DryRun, ImportId, Outcome, State as ImportState, dry_run};
use super::store::{self, Import};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::{Act, Viewer};
use crate::people::columns::{
    AdmittedBefore, Attribute, Column, Mapping, MappingProblem, ProposedColumn, Visibility, propose, slug,
};
use crate::people::existing;
use crate::people::headings::PAIRING;
use crate::people::plan::{Change, ExistingPerson};
use crate::people::rows::{RowProblem, Severity, problem_sheet};
use crate::people::store as people;
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::web::{
    Answer, Door, Failed, Form, Path, Query, Shell, Stage, Uploads, Who, download, page, see_other, see_other_with,
};

/// Three files of 20 MB and the form around them.
const MOST_UPLOADED: usize = 62 * 1024 * 1024;
const SHOWN: usize = 100;

pub(in crate::people) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ImportPeople);
    vec![
        Door::get("/imports", coordinator, list),
        Door::post("/imports", coordinator, start).of_at_most(MOST_UPLOADED),
        Door::get("/imports/{id}", coordinator, show),
        Door::get("/imports/{id}/mapping", coordinator, mapping),
        Door::post("/imports/{id}/mapping", coordinator, settle),
        Door::get("/imports/{id}/problems", coordinator, problems),
        Door::post("/imports/{id}/confirm", coordinator, confirm),
        Door::post("/imports/{id}/drop", coordinator, drop_import),
    ]
}

#[derive(Template)]
#[template(path = "people/imports/list.html")]
struct ListPage {
    s: Shell,
    imports: Vec<Import>,
    problems: Problems,
}

impl ListPage {
    fn state(&self, import: &Import) -> String {
        self.s.t(&format!("imports-state-{}", import.state.code()))
    }

    fn outcome(&self, outcome: &Outcome) -> String {
        self.s.tell(&outcome.message())
    }

    fn at(&self, at: &Timestamp) -> String {
        self.s.at(at)
    }
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_list(&app, &viewer, Problems::default()).await?)
}

async fn the_list(app: &App, viewer: &Viewer, problems: Problems) -> Result<ListPage, Failed> {
    let imports = store::list(&app.db, viewer.organisation).await?;
    Ok(ListPage { s: Shell::of(app, viewer, "/imports"), imports, problems })
}

async fn start(State(app): State<App>, viewer: Viewer, uploads: Uploads) -> Answer {
    match actions::start(&app, &viewer, uploads.files).await {
        Ok(id) => Ok(see_other(&format!("/imports/{id}/mapping"))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_list(&app, &viewer, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

/// A sheet with its columns as they are put to the coordinator.
struct SheetForm {
    place: usize,
    title: String,
    rows: usize,
    columns: Vec<ColumnForm>,
}

struct ColumnForm {
    /// The beginning of the names of its fields: `c0-3`.
    name: String,
    heading: String,
    chosen: &'static str,
    special: Option<Message>,
    examples: String,
    key: String,
    seen_by: &'static str,
    purpose: String,
    basis: String,
}

#[derive(Template)]
#[template(path = "people/imports/mapping.html")]
struct MappingPage {
    s: Shell,
    id: ImportId,
    version: i64,
    sheets: Vec<SheetForm>,
    choices: Vec<(&'static str, Message)>,
    problems: Problems,
}

async fn mapping(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>) -> Answer {
    let (import, sources) = actions::open(&app, &viewer, id).await?;
    if !matches!(import.state, ImportState::New | ImportState::Mapped) {
        return Ok(see_other(&format!("/imports/{id}")));
    }
    let mut proposed = Vec::new();
    for source in &sources {
        let remembered = actions::remembered(&app.db, viewer.organisation, source.role).await?;
        proposed.push(propose(&source.sheet, source.role, &remembered));
    }
    page(&the_mapping(&app, &viewer, &import, &sources, proposed, Problems::default()))
}

fn the_mapping(
    app: &App,
    viewer: &Viewer,
    import: &Import,
    sources: &[Source],
    proposed: Vec<Vec<ProposedColumn>>,
    problems: Problems,
) -> MappingPage {
    let sheets = sources
        .iter()
        .zip(proposed)
        .enumerate()
        .map(|(place, (source, columns))| SheetForm {
            place,
            title: source.sheet.title.clone(),
            rows: source.sheet.rows.len(),
            columns: columns
                .into_iter()
                .enumerate()
                .map(|(at, column)| column_form(place, at, column, viewer.lang))
                .collect(),
        })
        .collect();
    let choices = Column::PLAIN.iter().map(|column| (column.code(), column.label())).collect();
    MappingPage {
        s: Shell::of(app, viewer, &format!("/imports/{}/mapping", import.id)),
        id: import.id,
        version: import.version,
        sheets,
        choices,
        problems,
    }
}

fn column_form(place: usize, at: usize, proposed: ProposedColumn, lang: Lang) -> ColumnForm {
    let attribute = match &proposed.column {
        Column::Attribute(attribute) => Some(attribute.clone()),
        _ => None,
    };
    let key = attribute.as_ref().map_or_else(|| slug(&proposed.heading), |attribute| attribute.key.clone());
    let seen_by = match attribute.as_ref().map(|attribute| attribute.visibility) {
        Some(Visibility::All) => "all",
        Some(Visibility::Rules) => "rules",
        Some(Visibility::Coordinator) | None => "coordinator",
    };
    ColumnForm {
        name: format!("c{place}-{at}"),
        chosen: proposed.column.code(),
        special: proposed.special.map(crate::people::special::SpecialCategory::label),
        examples: proposed.examples.join(" · "),
        key,
        seen_by,
        purpose: match attribute.as_ref().map(|attribute| attribute.purpose.as_str()) {
            Some(PAIRING) => lang.say("imports-purpose-pairing"),
            said => said.unwrap_or_default().to_owned(),
        },
        basis: attribute.and_then(|attribute| attribute.legal_basis).unwrap_or_default(),
        heading: proposed.heading,
    }
}

async fn settle(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>, form: Form) -> Answer {
    let (import, sources) = actions::open(&app, &viewer, id).await?;
    let version = form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    let mut problems = Problems::default();
    let mut mappings = Vec::new();
    let mut asked = Vec::new();
    for (place, source) in sources.iter().enumerate() {
        let columns = chosen(&form, place, source);
        let before = actions::admitted_before(&app.db, viewer.organisation, source.role).await?;
        match Mapping::settled_beside(&source.sheet, &columns, &before) {
            Ok(mapping) => mappings.push((source.role, mapping)),
            Err(found) => add_problems(&mut problems, place, source, found),
        }
        asked.push((columns, before));
    }
    if problems.is_empty() {
        actions::settle(&app, &viewer, &import, version, &mappings).await?;
        return Ok(see_other(&format!("/imports/{id}")));
    }
    let proposed =
        sources.iter().zip(asked).map(|(source, (columns, before))| as_asked(source, &columns, &before)).collect();
    let again = page(&the_mapping(&app, &viewer, &import, &sources, proposed, problems))?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
}

/// What the form says of each heading of a sheet.
fn chosen(form: &Form, place: usize, source: &Source) -> BTreeMap<String, Column> {
    source
        .sheet
        .headings
        .iter()
        .enumerate()
        .map(|(at, heading)| {
            let name = format!("c{place}-{at}");
            let field = |field: &str| form.text(&format!("{name}-{field}")).to_owned();
            let column = match form.text(&name) {
                "attribute" => Column::Attribute(Attribute {
                    key: field("key"),
                    visibility: match field("seen").as_str() {
                        "all" => Visibility::All,
                        "rules" => Visibility::Rules,
                        _ => Visibility::Coordinator,
                    },
                    purpose: field("purpose"),
                    legal_basis: Some(field("basis")).filter(|basis| !basis.is_empty()),
                    special: None,
                }),
                code => Column::parse(code).unwrap_or(Column::LeaveOut),
            };
            (heading.clone(), column)
        })
        .collect()
}

fn add_problems(problems: &mut Problems, place: usize, source: &Source, found: Vec<MappingProblem>) {
    for problem in found {
        let at = problem
            .heading
            .as_ref()
            .and_then(|heading| source.sheet.headings.iter().position(|known| known == heading));
        let field = at.map_or_else(|| format!("sheet-{place}"), |at| format!("c{place}-{at}"));
        problems.add(field, problem.message);
    }
}

/// The columns again as they were chosen, so that nothing typed is lost.
fn as_asked(source: &Source, columns: &BTreeMap<String, Column>, before: &AdmittedBefore) -> Vec<ProposedColumn> {
    let nothing = std::collections::HashMap::new();
    let mut proposed = propose(&source.sheet, source.role, &nothing);
    for column in &mut proposed {
        if let Some(asked) = columns.get(&column.heading) {
            column.column = asked.clone();
            column.special = column.special.or_else(|| before.special(&column.heading, asked));
            if column.special.is_some() {
                column.examples.clear();
            }
        }
    }
    proposed
}

#[derive(Template)]
#[template(path = "people/imports/dry_run.html")]
struct DryRunPage {
    s: Shell,
    import: Import,
    outcome: Outcome,
    digest: String,
    may_be_confirmed: bool,
    errors: usize,
    warnings: usize,
    problems: Vec<RowProblem>,
    sheets: Vec<String>,
    added: Vec<String>,
    changed: Vec<Change>,
    attributes: Vec<Attribute>,
}

impl DryRunPage {
    fn title(&self) -> String {
        match (self.errors, self.may_be_confirmed) {
            (1.., _) => self.s.count("imports-dry-errors", &self.errors),
            (_, true) => self.s.t("imports-dry-ready"),
            _ => self.s.t("imports-dry-nothing"),
        }
    }

    fn outcome(&self) -> String {
        self.s.tell(&self.outcome.message())
    }

    fn button(&self) -> String {
        let people = self.outcome.added + self.outcome.changed;
        self.s.tell(&Message::new("imports-confirm").with("people", people))
    }

    fn is_error(problem: &RowProblem) -> bool {
        problem.severity == Severity::Error
    }

    fn sheet(&self, problem: &RowProblem) -> &str {
        self.sheets.get(problem.sheet).map_or("", String::as_str)
    }

    fn changes(&self, change: &Change) -> Vec<String> {
        change
            .fields
            .iter()
            .map(|field| {
                let name = self.s.tell(&field.column.label());
                match &field.values {
                    Some((from, to)) => format!("{name}: {} → {}", shown(from), shown(to)),
                    None => name,
                }
            })
            .collect()
    }
}

fn shown(value: &str) -> &str {
    if value.is_empty() { "—" } else { value }
}

#[derive(Template)]
#[template(path = "people/imports/running.html")]
struct RunningPage {
    s: Shell,
    id: ImportId,
    stage: Stage,
}

impl RunningPage {
    fn stage(&self) -> String {
        let Stage { done, all } = self.stage;
        self.s.tell(&Message::new("imports-running-stage").with("done", done).with("all", all))
    }
}

#[derive(Template)]
#[template(path = "people/imports/done.html")]
struct DonePage {
    s: Shell,
    id: ImportId,
    is_done: bool,
    outcome: String,
}

async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>) -> Answer {
    let (import, sources) = actions::open(&app, &viewer, id).await?;
    let s = Shell::of(&app, &viewer, &format!("/imports/{id}"));
    match import.state {
        ImportState::New => Ok(see_other(&format!("/imports/{id}/mapping"))),
        ImportState::Mapped => show_dry_run(&app, &viewer, s, import, sources).await,
        ImportState::Confirmed => page(&RunningPage { s, id, stage: app.progress.get(id.0).unwrap_or_default() }),
        ImportState::Done | ImportState::Dropped => {
            let outcome = import.outcome.as_ref().map(Outcome::message).map(|message| s.tell(&message));
            page(&DonePage { s, id, is_done: import.state == ImportState::Done, outcome: outcome.unwrap_or_default() })
        }
    }
}

async fn show_dry_run(app: &App, viewer: &Viewer, s: Shell, import: Import, sources: Vec<Source>) -> Answer {
    let sheets = sources.iter().map(|source| source.sheet.title.clone()).collect();
    let run = try_out(app, viewer, sources, &import.mappings).await?;
    let is_error = |problem: &&RowProblem| problem.severity == Severity::Error;
    let errors = run.reading.problems.iter().filter(is_error).count();
    page(&DryRunPage {
        s,
        outcome: run.outcome(),
        digest: run.digest(),
        may_be_confirmed: run.may_be_confirmed(),
        errors,
        warnings: run.reading.problems.len() - errors,
        problems: run.reading.problems.iter().take(SHOWN).cloned().collect(),
        sheets,
        added: run.plan.added.iter().take(SHOWN).map(|draft| format!("{} · {}", draft.name, draft.address)).collect(),
        changed: run.plan.changed.iter().take(SHOWN).cloned().collect(),
        attributes: run.reading.attributes.values().cloned().collect(),
        import,
    })
}

/// The dry run, computed beside the runtime: ten thousand rows take a while.
async fn try_out(app: &App, viewer: &Viewer, sources: Vec<Source>, mappings: &[Mapping]) -> Result<DryRun, Failed> {
    let records: Result<Vec<ExistingPerson>, Failure> =
        transaction!(app.db, tx => Ok(existing(people::records(&mut *tx, viewer.organisation).await?)));
    let (records, inputs) = (records?, inputs(sources, mappings));
    Ok(tokio::task::spawn_blocking(move || dry_run(&inputs, &records)).await.map_err(anyhow::Error::from)?)
}

#[derive(Deserialize)]
struct Which {
    #[serde(default)]
    sheet: usize,
    #[serde(default)]
    form: String,
}

/// The sheet as it came, with a column that says what is wrong: to mend and send again.
async fn problems(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<ImportId>,
    Query(which): Query<Which>,
) -> Answer {
    let (import, sources) = actions::open(&app, &viewer, id).await?;
    let source = sources.get(which.sheet).cloned().ok_or(Refusal::NotFound)?;
    let mapping = import.mappings.get(which.sheet).cloned().ok_or(Refusal::NotFound)?;
    let run = try_out(&app, &viewer, sources, &import.mappings).await?;
    let table = problem_sheet(which.sheet, &source.sheet, &mapping, &run.reading.problems, viewer.lang);
    download(&table, "problems", &which.form)
}

async fn confirm(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>, form: Form) -> Answer {
    let version = form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    actions::confirm(&app, &viewer, id, version, form.text("digest")).await?;
    // A small import is done before the browser asks again.
    tokio::time::sleep(Duration::from_millis(300)).await;
    Ok(see_other(&format!("/imports/{id}")))
}

async fn drop_import(State(app): State<App>, viewer: Viewer, Path(id): Path<ImportId>, form: Form) -> Answer {
    let version = form.text("version").parse().map_err(|_| Refusal::Conflict)?;
    actions::drop_import(&app, &viewer, id, version).await?;
    Ok(see_other_with("/imports", &Message::new("imports-dropped")))
}
