//! Every change to programmes and editions: who may, in one transaction, with the audit entry. Who takes part is
//! `enrolments`'.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::assigning;
use super::changes;
use super::closing::nothing_is_under_way;
use super::forms::{self, EditionDraft};
use super::model::{Edition, EditionId, Phase, Programme, ProgrammeId, Settings, Track};
use super::store;
use super::working_days::WorkingDays;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::frameworks::{self, FrameworkVersionId};
use crate::i18n::Message;
use crate::identity::{self, Act, Organisation, OrganisationId, PersonId, Record, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::web::Form;

/// Adds a programme with nothing in it yet.
pub async fn add_programme(app: &App, viewer: &Viewer, name: &str, track: Track) -> Result<ProgrammeId, Failure> {
    may(viewer, &viewer.record())?;
    transaction!(app.db, tx => Ok(insert_programme(app, tx, viewer, name, track).await?.id))
}

/// Adds an edition that is still being set up.
pub async fn add_edition(
    app: &App,
    viewer: &Viewer,
    programme: ProgrammeId,
    name: &str,
    dates: (Date, Date),
    settings: Settings,
) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let programme = managed_programme(tx, viewer, programme).await?;
        insert_edition(app, tx, viewer, &programme, name, dates, settings.clone(), None).await
    })
}

/// The same, with the framework of competencies that comes with the product.
pub async fn begin_edition(
    app: &App,
    viewer: &Viewer,
    programme: ProgrammeId,
    name: &str,
    dates: (Date, Date),
    settings: Settings,
) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let programme = managed_programme(tx, viewer, programme).await?;
        let framework = frameworks::take_shipped(app, tx, programme.organisation).await?;
        insert_edition(app, tx, viewer, &programme, name, dates, settings.clone(), Some(framework)).await
    })
}

/// Makes a programme and its first edition from one form.
pub(super) async fn set_up(app: &App, viewer: &Viewer, form: &Form) -> Result<EditionId, Failure> {
    may(viewer, &viewer.record())?;
    let draft = forms::programme(form)?;
    let zone = zone_of(app, viewer.organisation).await?;
    transaction!(app.db, tx => {
        let programme = insert_programme(app, tx, viewer, &draft.name, draft.track).await?;
        let calendar = WorkingDays { zone: zone.clone(), ..WorkingDays::default() };
        let settings = Settings { calendar, course: draft.course.clone(), ..Settings::proposed(draft.starts_on, draft.ends_on) };
        let dates = (draft.starts_on, draft.ends_on);
        let framework = frameworks::take_shipped(app, tx, programme.organisation).await?;
        insert_edition(app, tx, viewer, &programme, &draft.edition, dates, settings, Some(framework)).await
    })
}

/// Gives a programme another name, over the version that was looked at.
pub(super) async fn rename(
    app: &App,
    viewer: &Viewer,
    id: ProgrammeId,
    version: i64,
    form: &Form,
) -> Result<Programme, Failure> {
    transaction!(app.db, tx => {
        let programme = managed_programme(tx, viewer, id).await?;
        let name = forms::programme_name(form)?;
        if !store::rename_programme(tx, id, version, &name).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(programme.organisation.0, viewer.person.0, "programmes.rename");
        audit::note(app, tx, note.about("programme", id.0)).await?;
        Ok(Programme { name, version: version + 1, ..programme })
    })
}

/// Adds a further edition, which begins with the settings of the last one.
pub(super) async fn follow(
    app: &App,
    viewer: &Viewer,
    programme: ProgrammeId,
    form: &Form,
) -> Result<EditionId, Failure> {
    transaction!(app.db, tx => {
        let programme = managed_programme(tx, viewer, programme).await?;
        let (name, dates) = forms::new_edition(form)?;
        let last = store::editions_of(&mut *tx, programme.id, 1).await?.into_iter().next();
        let (settings, framework) = match last {
            Some(last) => (last.settings, newest(tx, programme.organisation, last.framework).await?),
            None => (Settings::proposed(dates.0, dates.1), None),
        };
        insert_edition(app, tx, viewer, &programme, &name, dates, settings, framework).await
    })
}

/// Changes what an edition is run by.
pub(super) async fn save_settings(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    version: i64,
    form: &Form,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut edition = managed(&mut *tx, viewer, id).await?;
        let draft = forms::settings(form, &edition)?;
        if edition.version != version {
            return Err(Refusal::Conflict.into());
        }
        check_framework(tx, &edition, &draft).await?;
        let EditionDraft { name, starts_on, ends_on, framework, settings } = draft;
        (edition.name, edition.starts_on, edition.ends_on) = (name, starts_on, ends_on);
        (edition.framework, edition.settings) = (framework, settings);
        changes::write(app, tx, &edition).await?;
        if edition.phase() == Phase::Open {
            assigning::look_next(app, tx, &edition).await?;
        }
        note(app, tx, viewer, &edition, "programmes.edition.settings").await
    })
}

/// The version that a framework has now.
async fn newest(
    tx: &mut Tx,
    organisation: OrganisationId,
    kept: Option<FrameworkVersionId>,
) -> Result<Option<FrameworkVersionId>, Failure> {
    let Some(kept) = kept else { return Ok(None) };
    let framework = frameworks::version(&mut *tx, kept).await?.map(|version| version.framework);
    let choices = frameworks::choices(&mut *tx, organisation).await?;
    let newest = choices.into_iter().find(|choice| Some(choice.framework) == framework);
    Ok(Some(newest.map_or(kept, |choice| choice.version)))
}

/// A framework that is chosen is one of the organisation's, and an edition that has been opened keeps the one with which it
/// began.
async fn check_framework(tx: &mut Tx, edition: &Edition, draft: &EditionDraft) -> Result<(), Failure> {
    if draft.framework == edition.framework {
        return Ok(());
    }
    if edition.opened_at.is_some() && edition.framework.is_some() {
        return Err(Problems::one("framework", Message::new("programmes-framework-kept")).into());
    }
    let Some(chosen) = draft.framework else { return Ok(()) };
    let version = frameworks::version(&mut *tx, chosen).await?;
    if version.is_some_and(|version| version.organisation == edition.organisation) {
        return Ok(());
    }
    Err(Problems::one("framework", Message::new("programmes-framework-unknown")).into())
}

/// Opens an edition: from now on people are asked and enrolled. One that was closed is opened again.
pub async fn open_edition(app: &App, viewer: &Viewer, id: EditionId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut edition = managed(&mut *tx, viewer, id).await?;
        if edition.version != version || edition.phase() == Phase::Open {
            return Err(Refusal::Conflict.into());
        }
        edition.opened_at = edition.opened_at.or(Some(app.now()));
        edition.closed_at = None;
        changes::write(app, tx, &edition).await?;
        assigning::look_next(app, tx, &edition).await?;
        note(app, tx, viewer, &edition, "programmes.edition.open").await
    })
}

/// Closes an edition: nobody is asked, enrolled or withdrawn any more. What is under way comes to its end before.
pub async fn close_edition(app: &App, viewer: &Viewer, id: EditionId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mut edition = managed(&mut *tx, viewer, id).await?;
        if edition.version != version || edition.phase() != Phase::Open {
            return Err(Refusal::Conflict.into());
        }
        nothing_is_under_way(tx, id).await?;
        edition.closed_at = Some(app.now());
        changes::write(app, tx, &edition).await?;
        note(app, tx, viewer, &edition, "programmes.edition.close").await
    })
}

/// The one person whom a text names, by address or name.
pub async fn named(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    field: &'static str,
    text: &str,
) -> Result<PersonId, Failure> {
    if text.is_empty() {
        return Err(Problems::one(field, Message::new("programmes-person-missing")).into());
    }
    let found = store::named(from, organisation, text).await?;
    match found.as_slice() {
        [] => Err(Problems::one(field, Message::new("programmes-person-unknown").with("text", text)).into()),
        [(person, ..)] => Ok(*person),
        [(person, _, address), ..] if *address == text.to_lowercase() => Ok(*person),
        several => {
            let told: Vec<String> =
                several.iter().take(5).map(|(_, name, address)| format!("{name} ({address})")).collect();
            let message = Message::new("programmes-person-several").with("text", text);
            Err(Problems::one(field, message.with("people", told.join(", "))).into())
        }
    }
}

/// The zone in which an organisation lives.
async fn zone_of(app: &App, id: OrganisationId) -> Result<String, Failure> {
    let all = identity::organisations(&app.db).await?;
    let organisation: Organisation =
        all.into_iter().find(|organisation| organisation.id == id).ok_or(Refusal::NotFound)?;
    Ok(organisation.zone)
}

/// The day that it is in an organisation.
pub(super) async fn today(app: &App, id: OrganisationId) -> Result<Date, Failure> {
    let zone = TimeZone::get(&zone_of(app, id).await?).unwrap_or(TimeZone::UTC);
    Ok(app.now().to_zoned_datetime(zone).date())
}

async fn insert_programme(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    name: &str,
    track: Track,
) -> Result<Programme, Failure> {
    let id = ProgrammeId(app.id());
    let programme = Programme { id, organisation: viewer.organisation, name: name.to_owned(), track, version: 1 };
    store::add_programme(tx, &programme, app.now()).await?;
    let note = Note::new(viewer.organisation.0, viewer.person.0, "programmes.add");
    audit::note(app, tx, note.about("programme", id.0)).await?;
    Ok(programme)
}

#[expect(clippy::too_many_arguments, reason = "an edition has that many parts, and each caller has them apart")]
async fn insert_edition(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    programme: &Programme,
    name: &str,
    (starts_on, ends_on): (Date, Date),
    settings: Settings,
    framework: Option<FrameworkVersionId>,
) -> Result<EditionId, Failure> {
    let edition = Edition {
        id: EditionId(app.id()),
        organisation: programme.organisation,
        programme: programme.id,
        programme_name: programme.name.clone(),
        track: programme.track,
        name: name.to_owned(),
        starts_on,
        ends_on,
        framework,
        settings,
        opened_at: None,
        closed_at: None,
        changed_at: None,
        version: 1,
    };
    store::add_edition(tx, &edition, app.now()).await?;
    note(app, tx, viewer, &edition, "programmes.edition.add").await?;
    Ok(edition.id)
}

async fn note(app: &App, tx: &mut Tx, viewer: &Viewer, edition: &Edition, verb: &'static str) -> Result<(), Failure> {
    let note = Note::new(edition.organisation.0, viewer.person.0, verb);
    Ok(audit::note(app, tx, note.about("edition", edition.id.0)).await?)
}

async fn managed_programme(tx: &mut Tx, viewer: &Viewer, id: ProgrammeId) -> Result<Programme, Failure> {
    let programme = store::programme(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
    may(viewer, &Record::of_organisation(programme.organisation))?;
    Ok(programme)
}

/// An edition that this person may change.
pub async fn managed(from: impl Into<Reader<'_>>, viewer: &Viewer, id: EditionId) -> Result<Edition, Failure> {
    edition_for(from, viewer, id, Act::ManageProgrammes).await
}

/// An edition in whose organisation this person may do something; to others it is not there.
pub async fn edition_for(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    id: EditionId,
    act: Act,
) -> Result<Edition, Failure> {
    let edition = store::edition(from, id).await?.ok_or(Refusal::NotFound)?;
    if viewer.may(act, &Record::of_organisation(edition.organisation)) {
        Ok(edition)
    } else {
        Err(Refusal::NotFound.into())
    }
}

pub(super) fn may(viewer: &Viewer, record: &Record) -> Result<(), Failure> {
    if viewer.may(Act::ManageProgrammes, record) { Ok(()) } else { Err(Refusal::NotFound.into()) }
}
