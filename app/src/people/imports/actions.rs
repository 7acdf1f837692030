//! Every step of an import: who may, in one transaction, with the audit entry and the job.

use std::collections::HashMap;

use anyhow::Context as _;
use jiff::SignedDuration;
use serde::Deserialize;
use serde_json::json;

use super::model::{DryRun, ImportId, Outcome, State, dry_run};
use super::store::{self, File, Import};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Db, Error, Tx};
use crate::identity::{Act, Organisation, OrganisationId, PersonId, Viewer};
use crate::jobs::{self, Job};
use crate::people::columns::{AdmittedBefore, Column, Mapping, SheetRole};
use crate::people::store as people;
use crate::people::{apply, existing, labelled, organisation};
use crate::problems::{Failure, Problems, Refusal};
use crate::sheets::{self, Sheet};
use crate::transaction;
use crate::web::{Stage, Upload};

pub(super) const IMPORT: &str = "people.import";
/// Follows when the job above is given up.
pub(super) const IMPORT_GIVEN_UP: &str = "people.import.given-up";

/// Sheets hold more than what is taken in: those that nobody confirms go when the next import begins after this time.
const KEPT_OPEN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A sheet that was read, and whom it lists.
#[derive(Clone, Debug)]
pub struct Source {
    pub role: SheetRole,
    pub sheet: Sheet,
}

/// Reads files beside the runtime: they may be large and hostile.
pub async fn read_sources(files: Vec<(SheetRole, String, Vec<u8>)>) -> Result<Vec<Source>, Failure> {
    let read = tokio::task::spawn_blocking(move || {
        files
            .into_iter()
            .map(|(role, name, content)| match sheets::read(&content, &name) {
                Ok(sheet) => Ok(Source { role, sheet }),
                Err(refusal) => Err(Problems::one(field(role), refusal.message())),
            })
            .collect::<Result<Vec<_>, Problems>>()
    });
    Ok(read.await.context("a sheet could not be read")??)
}

/// The form's field for the sheet of a role.
pub(super) fn field(role: SheetRole) -> &'static str {
    match role {
        SheetRole::Mentors => "mentors",
        SheetRole::Mentees => "mentees",
        SheetRole::Mixed => "people",
    }
}

pub(super) fn role(field: &str) -> SheetRole {
    match field {
        "mentors" => SheetRole::Mentors,
        "mentees" => SheetRole::Mentees,
        _ => SheetRole::Mixed,
    }
}

/// Begins an import with the files that a form brought.
pub(super) async fn start(app: &App, viewer: &Viewer, uploads: Vec<Upload>) -> Result<ImportId, Failure> {
    may(viewer, viewer.organisation)?;
    let files: Vec<File> = uploads
        .into_iter()
        .map(|upload| File { role: role(&upload.field), name: upload.file_name, content: upload.content })
        .collect();
    if files.is_empty() {
        return Err(Problems::one("mentors", crate::i18n::Message::new("imports-no-file")).into());
    }
    read_sources(files.iter().map(|file| (file.role, file.name.clone(), file.content.clone())).collect()).await?;
    let (id, now) = (ImportId(app.id()), app.now());
    transaction!(app.db, tx => {
        store::drop_stale(tx, viewer.organisation, now - KEPT_OPEN).await?;
        store::add(tx, id, viewer.organisation, viewer.person, &files, now).await?;
        note(app, tx, viewer, "people.import.start", json!({ "sheets": files.len() })).await
    })?;
    Ok(id)
}

/// An import of the viewer's organisation, with its sheets read again while somebody is to look at them.
pub(super) async fn open(app: &App, viewer: &Viewer, id: ImportId) -> Result<(Import, Vec<Source>), Failure> {
    let import = store::find(&app.db, id).await?.ok_or(Refusal::NotFound)?;
    may(viewer, import.organisation)?;
    if !matches!(import.state, State::New | State::Mapped) {
        return Ok((import, Vec::new()));
    }
    let files = store::files(&app.db, id).await?;
    let sources = read_sources(files.into_iter().map(|file| (file.role, file.name, file.content)).collect()).await?;
    Ok((import, sources))
}

/// Keeps what the coordinator said of the columns, for this import and for the next file.
pub(super) async fn settle(
    app: &App,
    viewer: &Viewer,
    import: &Import,
    version: i64,
    mappings: &[(SheetRole, Mapping)],
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let current = store::find(&mut *tx, import.id).await?.ok_or(Refusal::NotFound)?;
        may(viewer, current.organisation)?;
        let is_open = matches!(current.state, State::New | State::Mapped);
        if !is_open || !store::advance(tx, import.id, version, State::Mapped).await? {
            return Err(Refusal::Conflict.into());
        }
        let only: Vec<Mapping> = mappings.iter().map(|(_, mapping)| mapping.clone()).collect();
        store::set_mapping(tx, import.id, &only).await?;
        for (role, mapping) in mappings {
            store::remember(tx, current.organisation, *role, mapping).await?;
        }
        let attributes: usize = only.iter().map(|mapping| mapping.attributes().count()).sum();
        note(app, tx, viewer, "people.import.map", json!({ "attributes": attributes })).await
    })
}

/// Confirms what was looked at. It is acknowledged when this returns; the writing is a job that survives a crash.
pub(super) async fn confirm(
    app: &App,
    viewer: &Viewer,
    id: ImportId,
    version: i64,
    digest: &str,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let import = store::find(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may(viewer, import.organisation)?;
        if import.state != State::Mapped || !store::advance(tx, id, version, State::Confirmed).await? {
            return Err(Refusal::Conflict.into());
        }
        let payload = json!({ "import": id, "digest": digest, "person": viewer.person });
        jobs::add(app, tx, Some(import.organisation.0), IMPORT, &payload).await?;
        note(app, tx, viewer, "people.import.confirm", serde_json::Value::Null).await
    })
}

/// Drops an import that was not confirmed, with its sheets.
pub(super) async fn drop_import(app: &App, viewer: &Viewer, id: ImportId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let import = store::find(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may(viewer, import.organisation)?;
        let is_open = matches!(import.state, State::New | State::Mapped);
        if !is_open || !store::advance(tx, id, version, State::Dropped).await? {
            return Err(Refusal::Conflict.into());
        }
        store::forget_files(tx, id).await?;
        note(app, tx, viewer, "people.import.drop", serde_json::Value::Null).await
    })
}

#[derive(Deserialize)]
struct Payload {
    import: ImportId,
    digest: String,
    person: uuid::Uuid,
}

/// What a job that could not be done still tells.
#[derive(Deserialize)]
struct Confirmed {
    import: ImportId,
    person: uuid::Uuid,
}

/// The job that writes a confirmed import. Run again after a crash it finds the import confirmed still, or done.
pub(super) async fn carry_out(app: App, job: Job) -> anyhow::Result<()> {
    let payload: Payload = serde_json::from_value(job.payload)?;
    let id = payload.import;
    let Some(import) = store::find(&app.db, id).await? else { return Ok(()) };
    let files = store::files(&app.db, id).await?;
    let sources = read_sources(files.into_iter().map(|file| (file.role, file.name, file.content)).collect()).await?;
    let inputs = inputs(sources, &import.mappings);
    let progress = app.progress.clone();
    let outcome: Result<(), Failure> = transaction!(app.db, tx => {
        let import = store::find(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if import.state != State::Confirmed {
            return Ok(());
        }
        let organisation = organisation(tx, import.organisation).await?;
        let run = dry_run(&inputs, &existing(people::records(&mut *tx, organisation.id).await?));
        if run.digest() != payload.digest || run.reading.has_errors() {
            store::advance(tx, id, import.version, State::Mapped).await?;
            store::set_outcome(tx, id, Outcome { overtaken: true, ..run.outcome() }).await?;
            return Ok(());
        }
        let all = run.plan.added.len() + run.plan.changed.len();
        progress.set(id.0, Stage { done: 0, all });
        write(&app, tx, &organisation, &run, &|done| progress.set(id.0, Stage { done, all })).await?;
        store::advance(tx, id, import.version, State::Done).await?;
        store::set_outcome(tx, id, run.outcome()).await?;
        store::forget_files(tx, id).await?;
        let ids = people::ids(tx, organisation.id).await?;
        let listed: Vec<PersonId> =
            run.reading.people.iter().filter_map(|draft| ids.get(&draft.address).copied()).collect();
        store::list_people(tx, (id, organisation.id), &listed).await?;
        let entry = Note::new(organisation.id.0, payload.person, "people.import.done");
        audit::note(&app, tx, entry.with(serde_json::to_value(run.outcome()).unwrap_or_default())).await?;
        Ok(())
    });
    progress.end(id.0);
    outcome?;
    app.db.take_stock().await;
    Ok(())
}

/// The job after a confirmed import that could not be written: it goes back to where it can be looked at, confirmed again or
/// dropped, and its sheets go the way of all that wait.
pub(super) async fn take_back(app: App, job: Job) -> anyhow::Result<()> {
    let payload: Confirmed = serde_json::from_value(job.payload)?;
    let taken: Result<(), Failure> = transaction!(app.db, tx => {
        let Some(import) = store::find(&mut *tx, payload.import).await? else { return Ok(()) };
        if import.state == State::Confirmed {
            store::advance(tx, import.id, import.version, State::Mapped).await?;
            store::set_outcome(tx, import.id, Outcome { failed: true, ..Outcome::default() }).await?;
            audit::note(&app, tx, Note::new(import.organisation.0, payload.person, "people.import.failed")).await?;
        }
        Ok(())
    });
    app.progress.end(payload.import.0);
    Ok(taken?)
}

async fn write(
    app: &App,
    tx: &mut Tx,
    organisation: &Organisation,
    run: &DryRun,
    progressed: crate::people::Progressed<'_>,
) -> Result<(), Failure> {
    let attributes = labelled(&run.reading.attributes, &run.reading.headings);
    apply(app, tx, organisation, &run.plan, &attributes, progressed).await
}

/// Takes people in at once, without the steps in between: for the shell and the demo. Errors keep everybody out.
pub async fn take_in(
    app: &App,
    organisation: &Organisation,
    inputs: &[(Sheet, SheetRole, Mapping)],
    try_only: bool,
    progressed: crate::people::Progressed<'_>,
) -> Result<DryRun, Failure> {
    let run = transaction!(app.db, tx => {
        let run = dry_run(inputs, &existing(people::records(&mut *tx, organisation.id).await?));
        if !try_only && !run.reading.has_errors() {
            write(app, tx, organisation, &run, progressed).await?;
            let entry = Note::new(organisation.id.0, None, "people.import.done");
            audit::note(app, tx, entry.with(serde_json::to_value(run.outcome()).unwrap_or_default())).await?;
        }
        Ok::<_, Failure>(run)
    })?;
    if !try_only {
        app.db.take_stock().await;
    }
    Ok(run)
}

/// What an organisation said of headings before.
pub async fn remembered(
    db: &Db,
    organisation: OrganisationId,
    role: SheetRole,
) -> Result<HashMap<String, Column>, Error> {
    store::headings(db, organisation, role).await
}

/// What the organisation has admitted as special before, for a sheet of that role.
pub(super) async fn admitted_before(
    db: &Db,
    organisation: OrganisationId,
    role: SheetRole,
) -> Result<AdmittedBefore, Error> {
    let attributes = people::attributes(db, organisation).await?;
    let remembered = remembered(db, organisation, role).await?;
    Ok(AdmittedBefore::new(&remembered, attributes.iter().map(|stored| &stored.attribute)))
}

/// Sheets with their settled mappings.
pub(super) fn inputs(sources: Vec<Source>, mappings: &[Mapping]) -> Vec<(Sheet, SheetRole, Mapping)> {
    sources
        .into_iter()
        .enumerate()
        .map(|(place, source)| (source.sheet, source.role, mappings.get(place).cloned().unwrap_or_default()))
        .collect()
}

fn may(viewer: &Viewer, organisation: OrganisationId) -> Result<(), Failure> {
    let record = crate::identity::Record::of_organisation(organisation);
    viewer.may(Act::ImportPeople, &record).then_some(()).ok_or(Refusal::NotFound.into())
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &'static str,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    Ok(audit::note(app, tx, Note::new(viewer.organisation.0, viewer.person.0, verb).with(detail)).await?)
}
