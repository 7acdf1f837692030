//! Every change to people: who may, in one transaction, with the audit entry.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde_json::json;
use uuid::Uuid;

use super::columns::{Attribute, Column};
use super::forms::{self, Editor};
use super::model::PersonDraft;
use super::plan::{Change, ExistingPerson, Plan, plan};
use super::store::{self, Record, StoredAttribute};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{
    self, Act, Address, NewPerson, Organisation, OrganisationId, Part, PersonCore, PersonId, Viewer,
};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::web::Form;

/// Told how many people are written so far.
pub type Progressed<'a> = &'a (dyn Fn(usize) + Send + Sync);

const AT_ONCE: usize = 500;

/// Carries out a plan in the caller's transaction. Whoever calls has asked who may, and has computed the plan from records
/// that this transaction has read.
pub async fn apply(
    app: &App,
    tx: &mut Tx,
    organisation: &Organisation,
    plan: &Plan,
    attributes: &[(Attribute, String)],
    progressed: Progressed<'_>,
) -> Result<(), Failure> {
    let attribute_ids = admit(app, tx, organisation.id, attributes).await?;
    let competencies = competencies(app, tx, organisation.id, plan).await?;
    let mut ids = add_cores(app, tx, organisation, &plan.added).await?;
    ids.extend(store::ids(tx, organisation.id).await?);
    for change in &plan.changed {
        let Some(id) = ids.get(&change.draft.address) else { continue };
        update_core(tx, organisation, *id, change).await?;
        store::clear(tx, *id).await?;
    }
    let written: Vec<(PersonId, &PersonDraft)> = plan
        .added
        .iter()
        .chain(plan.changed.iter().map(|change| &change.draft))
        .filter_map(|draft| Some((*ids.get(&draft.address)?, draft)))
        .collect();
    for (chunk, people) in written.chunks(AT_ONCE).enumerate() {
        store::set_profiles(tx, organisation.id, people, &ids).await?;
        store::set_competencies(tx, organisation.id, people, &competencies).await?;
        store::set_values(tx, organisation.id, people, &attribute_ids).await?;
        progressed(chunk * AT_ONCE + people.len());
    }
    revoke_parts(tx, plan, &ids).await?;
    grant_parts(app, tx, organisation.id, &written, &ids).await?;
    revoke_supervisors(tx, organisation.id, plan, &ids).await?;
    store::end_lines(tx, organisation.id, &ended_lines(plan, &ids), app.now()).await?;
    Ok(())
}

/// Whose line manager another one becomes, or nobody, and who was it.
fn ended_lines(plan: &Plan, ids: &HashMap<String, PersonId>) -> Vec<(PersonId, PersonId)> {
    let fields = plan.changed.iter().flat_map(|change| change.fields.iter().map(move |field| (change, field)));
    let ended = fields.filter_map(|(change, field)| match (&field.column, &field.values) {
        (Column::Manager, Some((before, _))) => Some((*ids.get(&change.draft.address)?, *ids.get(before)?)),
        _ => None,
    });
    ended.collect()
}

/// The attributes that sheets bring are recorded with their purpose and legal basis before a value comes in.
async fn admit(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    attributes: &[(Attribute, String)],
) -> Result<HashMap<String, Uuid>, Error> {
    let admitted: Vec<StoredAttribute> = attributes
        .iter()
        .map(|(attribute, label)| StoredAttribute { id: app.id(), label: label.clone(), attribute: attribute.clone() })
        .collect();
    store::set_attributes(tx, organisation, &admitted, app.now()).await?;
    let known = store::attributes(&mut *tx, organisation).await?;
    Ok(known.into_iter().map(|stored| (stored.attribute.key, stored.id)).collect())
}

async fn competencies(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    plan: &Plan,
) -> Result<HashMap<String, Uuid>, Error> {
    let drafts = plan.added.iter().chain(plan.changed.iter().map(|change| &change.draft));
    let mut seen = HashSet::new();
    let names: Vec<String> = drafts
        .flat_map(|draft| draft.held.iter().chain(&draft.wanted))
        .map(|level| level.name.clone())
        .filter(|name| seen.insert(crate::i18n::fold(name)))
        .collect();
    store::competency_ids(tx, organisation, &names, || app.id(), app.now()).await
}

async fn add_cores(
    app: &App,
    tx: &mut Tx,
    organisation: &Organisation,
    added: &[PersonDraft],
) -> Result<HashMap<String, PersonId>, Failure> {
    let cores = added
        .iter()
        .map(|draft| {
            let address = Address::parse(&draft.address).ok_or_else(|| wrong("address", "identity-address-wrong"))?;
            let zone = draft.zone.clone().unwrap_or_else(|| organisation.zone.clone());
            let (name, lang) = (draft.name.clone(), organisation.lang);
            Ok(NewPerson { address, name, lang, zone, words: draft.words(), in_directory: draft.roles.mentor })
        })
        .collect::<Result<Vec<_>, Failure>>()?;
    let ids = identity::add_person(app, tx, organisation.id, &cores).await?;
    Ok(added.iter().map(|draft| draft.address.clone()).zip(ids).collect())
}

async fn update_core(tx: &mut Tx, organisation: &Organisation, id: PersonId, change: &Change) -> Result<(), Failure> {
    let core = identity::person(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
    let zone = change.draft.zone.as_ref().unwrap_or(&organisation.zone);
    let is_current = core.version == change.version;
    let core = PersonCore {
        name: change.draft.name.clone(),
        zone: zone.clone(),
        words: change.draft.words(),
        in_directory: change.draft.roles.mentor,
        ..core
    };
    if !is_current || !identity::update_person(tx, &core).await? {
        return Err(Refusal::Conflict.into());
    }
    Ok(())
}

/// Mentors and mentees hold their part, and whoever is a mentee's line manager is a supervisor.
async fn grant_parts(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    written: &[(PersonId, &PersonDraft)],
    ids: &HashMap<String, PersonId>,
) -> Result<(), Error> {
    let mut parts = Vec::new();
    for (id, draft) in written {
        if draft.roles.mentor {
            parts.push((*id, Part::Mentor));
        }
        if draft.roles.mentee {
            parts.push((*id, Part::Mentee));
            let manager = draft.manager.as_ref().and_then(|address| ids.get(address));
            parts.extend(manager.map(|manager| (*manager, Part::Supervisor)));
        }
    }
    identity::grant(app, tx, organisation, &parts).await.map(drop)
}

/// A role that a record no longer has takes its part along.
async fn revoke_parts(tx: &mut Tx, plan: &Plan, ids: &HashMap<String, PersonId>) -> Result<(), Error> {
    let mut parts = Vec::new();
    for change in plan.changed.iter().filter(|change| change.fields.iter().any(|field| field.column == Column::Role)) {
        let Some(id) = ids.get(&change.draft.address) else { continue };
        let roles = change.draft.roles;
        parts.extend((!roles.mentor).then_some((*id, Part::Mentor)));
        parts.extend((!roles.mentee).then_some((*id, Part::Mentee)));
    }
    identity::revoke(tx, &parts).await
}

/// Whoever loses their last mentee by a change is a supervisor no longer: that part lets them see who was lent.
async fn revoke_supervisors(
    tx: &mut Tx,
    organisation: OrganisationId,
    plan: &Plan,
    ids: &HashMap<String, PersonId>,
) -> Result<(), Error> {
    let mut former: BTreeSet<&str> = BTreeSet::new();
    for change in &plan.changed {
        for field in &change.fields {
            match (&field.column, &field.values) {
                (Column::Manager, Some((before, _))) => former.extend(Some(before.as_str())),
                (Column::Role, _) if !change.draft.roles.mentee => former.extend(change.draft.manager.as_deref()),
                _ => {}
            }
        }
    }
    let former: Vec<PersonId> = former.into_iter().filter_map(|address| ids.get(address).copied()).collect();
    if former.is_empty() {
        return Ok(());
    }
    let managers = store::managers_of_mentees(tx, organisation).await?;
    let parts: Vec<(PersonId, Part)> =
        former.into_iter().filter(|id| !managers.contains(id)).map(|id| (id, Part::Supervisor)).collect();
    identity::revoke(tx, &parts).await
}

/// Adds a person from the coordinator's form.
pub(super) async fn add(app: &App, viewer: &Viewer, form: &Form) -> Result<PersonId, Failure> {
    if !viewer.may(Act::ManagePeople, &viewer.record()) {
        return Err(Refusal::NotFound.into());
    }
    let reading = forms::read(form, Editor::Coordinator, None)?;
    transaction!(app.db, tx => {
        let organisation = organisation(tx, viewer.organisation).await?;
        let existing = existing(store::records(&mut *tx, viewer.organisation).await?);
        let reading = forms::checked(reading.clone(), &existing)?;
        let plan = plan(&reading, &existing);
        let [draft] = plan.added.as_slice() else {
            return Err(wrong("address", "people-address-taken"));
        };
        apply(app, tx, &organisation, &plan, &[], &|_| {}).await?;
        let id = store::id_of(tx, viewer.organisation, &draft.address).await?.ok_or(Refusal::NotFound)?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "people.add").about("person", id.0);
        audit::note(app, tx, note).await?;
        Ok(id)
    })
}

/// Changes a person's record from a form: all of it for the coordinator, the own part of it for the person.
pub(super) async fn edit(app: &App, viewer: &Viewer, id: PersonId, version: i64, form: &Form) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let core = identity::person(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if !viewer.may(Act::EditProfile, &identity::Record::of_person(&core)) {
            return Err(Refusal::NotFound.into());
        }
        let editor = Editor::of(viewer);
        let reading = forms::read(form, editor, Some(&core.address))?;
        let organisation = organisation(tx, core.organisation).await?;
        let existing = existing(store::records(&mut *tx, core.organisation).await?);
        let reading = forms::checked(reading, &existing)?;
        let mut plan = plan(&reading, &existing);
        forms::take_roles(&mut plan, form, editor, &existing, &core.address);
        if core.version != version && !plan.changed.is_empty() {
            return Err(Refusal::Conflict.into());
        }
        apply(app, tx, &organisation, &plan, &[], &|_| {}).await?;
        let fields: Vec<&str> =
            plan.changed.iter().flat_map(|change| &change.fields).map(|field| field.column.code()).collect();
        let note = Note::new(core.organisation.0, viewer.person.0, "people.edit").about("person", id.0);
        audit::note(app, tx, note.with(json!({ "fields": fields }))).await?;
        Ok(())
    })
}

pub(crate) fn existing(records: Vec<Record>) -> Vec<ExistingPerson> {
    records.into_iter().map(|record| ExistingPerson { draft: record.draft, version: record.version }).collect()
}

pub(crate) async fn organisation(tx: &mut Tx, id: OrganisationId) -> Result<Organisation, Failure> {
    Ok(identity::organisation(tx, id).await?.ok_or(Refusal::NotFound)?)
}

fn wrong(field: &'static str, key: &'static str) -> Failure {
    Problems::one(field, Message::new(key)).into()
}

/// The attributes of a reading with the headings that brought them, as they are to be recorded.
pub(crate) fn labelled(
    attributes: &BTreeMap<String, Attribute>,
    headings: &[Vec<(Column, String)>],
) -> Vec<(Attribute, String)> {
    attributes
        .values()
        .map(|attribute| {
            let heading = headings.iter().flatten().find_map(|(column, heading)| match column {
                Column::Attribute(named) if named.key == attribute.key => Some(heading.clone()),
                _ => None,
            });
            (attribute.clone(), heading.unwrap_or_else(|| attribute.key.clone()))
        })
        .collect()
}
