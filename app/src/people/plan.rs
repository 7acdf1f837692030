//! What an import would do: who is added, who changes and in what, who is left alone. Pure, so that the dry run and the
//! import itself are one computation.
//!
//! Only what a person's sheets carry may change. A column that is absent erases nothing; an empty cell in a column that is
//! there erases, since that is how a coordinator takes something back. A role is taken away only by a sheet that states
//! roles; standing in the mentors' sheet merely adds one. A manager whom nobody knows changes no reporting line.

use std::collections::{BTreeMap, HashMap};

use super::columns::{Attribute, Column};
use super::model::{CompetencyLevel, PersonDraft, Roles};
use super::rows::Reading;

/// A record as it stands, with the version that a change must find unaltered.
#[derive(Clone, Debug, PartialEq)]
pub struct ExistingPerson {
    /// Its manager is an address, if anybody.
    pub draft: PersonDraft,
    pub version: i64,
}

/// What to do with everybody in a reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub added: Vec<PersonDraft>,
    pub changed: Vec<Change>,
    /// The addresses of those who stay as they are.
    pub unchanged: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The record as it is to be.
    pub draft: PersonDraft,
    /// The version of the record that was compared.
    pub version: i64,
    pub fields: Vec<FieldChange>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct FieldChange {
    pub column: Column,
    /// From and to, as text; nothing where only the rules may see the values.
    pub values: Option<(String, String)>,
}

pub fn plan(reading: &Reading, existing: &[ExistingPerson]) -> Plan {
    let records: HashMap<&str, &ExistingPerson> =
        existing.iter().map(|person| (person.draft.address.as_str(), person)).collect();
    let managers = managers(reading, existing);
    let mut plan = Plan::default();
    for (person, draft) in reading.people.iter().enumerate() {
        let mut draft = draft.clone();
        let record = records.get(draft.address.as_str());
        if let Some(written) = &draft.manager {
            let known = managers.get(written.as_str()).map(|address| (*address).to_owned());
            draft.manager = known.or_else(|| record?.draft.manager.clone());
        }
        let Some(record) = record else {
            plan.added.push(draft);
            continue;
        };
        let carried = reading.carried_by(person);
        let merged = merged(&record.draft, &draft, &carried);
        let fields = differences(&record.draft, &merged, &carried, &reading.attributes);
        if fields.is_empty() {
            plan.unchanged.push(merged.address);
        } else {
            plan.changed.push(Change { draft: merged, version: record.version, fields });
        }
    }
    plan
}

/// Everybody who can be somebody's manager, by external id and by address. Records name managers by address.
fn managers<'a>(reading: &'a Reading, existing: &'a [ExistingPerson]) -> HashMap<&'a str, &'a str> {
    let drafts = || existing.iter().map(|person| &person.draft).chain(&reading.people);
    let by_id = drafts().filter_map(|draft| Some((draft.external_id.as_deref()?, draft.address.as_str())));
    by_id.chain(drafts().map(|draft| (draft.address.as_str(), draft.address.as_str()))).collect()
}

/// The record with what is carried put in.
fn merged(record: &PersonDraft, draft: &PersonDraft, carried: &[&Column]) -> PersonDraft {
    let mut merged = record.clone();
    let states_roles = carried.contains(&&Column::Role);
    merged.roles = if states_roles { draft.roles } else { either(record.roles, draft.roles) };
    for column in carried {
        match column {
            // A row without a name has an error; the address that stands for it is no name.
            Column::Name if draft.name != draft.address => merged.name.clone_from(&draft.name),
            Column::Title => merged.title.clone_from(&draft.title),
            Column::Unit => merged.unit.clone_from(&draft.unit),
            Column::Place => merged.place.clone_from(&draft.place),
            Column::Languages => merged.languages.clone_from(&draft.languages),
            Column::Zone => merged.zone.clone_from(&draft.zone),
            Column::Manager => merged.manager.clone_from(&draft.manager),
            Column::ExternalId => merged.external_id.clone_from(&draft.external_id),
            Column::Biography => merged.biography.clone_from(&draft.biography),
            Column::Capacity => merged.capacity = draft.capacity,
            Column::Held => merged.held.clone_from(&draft.held),
            Column::Wanted => merged.wanted.clone_from(&draft.wanted),
            Column::Preferences => merged.preferences.clone_from(&draft.preferences),
            Column::Conflicts => merged.conflicts.clone_from(&draft.conflicts),
            Column::FormerMentors => merged.former_mentors.clone_from(&draft.former_mentors),
            Column::Post => merged.post.clone_from(&draft.post),
            Column::Attribute(attribute) => match draft.attributes.get(&attribute.key) {
                Some(values) => {
                    merged.attributes.insert(attribute.key.clone(), values.clone());
                }
                None => {
                    merged.attributes.remove(&attribute.key);
                }
            },
            _ => {}
        }
    }
    merged
}

fn either(one: Roles, other: Roles) -> Roles {
    Roles { mentor: one.mentor | other.mentor, mentee: one.mentee | other.mentee }
}

/// The carried columns in which two records say something else, and roles, which any sheet may add.
fn differences(
    record: &PersonDraft,
    merged: &PersonDraft,
    carried: &[&Column],
    attributes: &BTreeMap<String, Attribute>,
) -> Vec<FieldChange> {
    let role = [&Column::Role];
    let columns = carried.iter().filter(|column| ***column != Column::Role).chain(&role);
    let mut changes = Vec::new();
    for column in columns {
        let (from, to) = (said(record, column), said(merged, column));
        if from.meaning() == to.meaning() {
            continue;
        }
        let hidden = match column {
            Column::Attribute(attribute) => attributes.get(&attribute.key).unwrap_or(attribute).is_hidden(),
            _ => false,
        };
        let values = (!hidden).then(|| (from.text(), to.text()));
        changes.push(FieldChange { column: (*column).clone(), values });
    }
    changes
}

/// What a record says in a column.
struct Said {
    items: Vec<String>,
    /// Whether their order says something.
    ordered: bool,
}

impl Said {
    fn meaning(&self) -> Vec<&String> {
        let mut items: Vec<&String> = self.items.iter().collect();
        if !self.ordered {
            items.sort();
        }
        items
    }

    fn text(&self) -> String {
        self.items.join(", ")
    }
}

fn said(draft: &PersonDraft, column: &Column) -> Said {
    let one = |text: &Option<String>| text.iter().cloned().collect();
    let items: Vec<String> = match column {
        Column::Name => vec![draft.name.clone()],
        Column::Title => one(&draft.title),
        Column::Unit => one(&draft.unit),
        Column::Place => one(&draft.place),
        Column::Languages => draft.languages.clone(),
        Column::Zone => one(&draft.zone),
        Column::Manager => one(&draft.manager),
        Column::ExternalId => one(&draft.external_id),
        Column::Biography => one(&draft.biography),
        Column::Role => roles(draft.roles),
        Column::Capacity => draft.capacity.iter().map(u32::to_string).collect(),
        Column::Held => draft.held.iter().map(competency).collect(),
        Column::Wanted => draft.wanted.iter().map(competency).collect(),
        Column::Preferences => draft.preferences.clone(),
        Column::Conflicts => draft.conflicts.clone(),
        Column::FormerMentors => draft.former_mentors.clone(),
        Column::Post => one(&draft.post),
        Column::Attribute(attribute) => draft.attributes.get(&attribute.key).cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    Said { items, ordered: *column == Column::Preferences }
}

/// Codes, for a door to put into words.
fn roles(roles: Roles) -> Vec<String> {
    let held = [(roles.mentor, "mentor"), (roles.mentee, "mentee")];
    held.into_iter().filter(|(held, _)| *held).map(|(_, role)| role.to_owned()).collect()
}

fn competency(competency: &CompetencyLevel) -> String {
    competency.level.map_or_else(|| competency.name.clone(), |level| format!("{}: {level}", competency.name))
}
