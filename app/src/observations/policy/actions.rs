//! What a secretary settles: who may, in one transaction, with the audit entry.

use jiff::civil::Date;
use serde_json::json;

use super::super::access::has_secretary;
use super::super::actions::one_line;
use super::super::model::{Class, ClearanceId, MOST_CLASSES, MOST_TEMPLATES, Policy, TemplateId, TextId};
use super::super::record::actions::follow_all;
use super::super::seating::actions::promote;
use super::super::store as sittings;
use super::super::undertakings::{NewText, Text};
use super::store::{self, Template};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Reader, Tx};
use crate::i18n::{Message, fold};
use crate::identity::{Act, OrganisationId, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::{programmes, transaction};

const LONGEST_NAME: usize = 60;

/// Writes what the organisation lets observers do, also where they are in the room now.
pub async fn write_policy(app: &App, viewer: &Viewer, policy: Policy) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        // Nobody changes what lets themselves in.
        if store::observes(&mut *tx, (viewer.organisation, viewer.person), app.now()).await? {
            return Err(Problems::one("", Message::new("observations-own-policy")).into());
        }
        let asked_secretary = sittings::policy(&mut *tx, viewer.organisation).await?.secretary_agrees;
        if !store::write_policy(tx, viewer.organisation, policy, (viewer.person, app.now())).await? {
            return Err(Refusal::Conflict.into());
        }
        if asked_secretary && !policy.secretary_agrees {
            // Whoever waited for a secretary alone waits for nobody any more.
            let open = sittings::open_of_organisation(&mut *tx, viewer.organisation, app.now()).await?;
            promote(app, tx, &open).await?;
        }
        follow_all(app, tx, viewer).await?;
        let detail = json!({ "confidential": policy.confidential.code(), "secretary": policy.secretary_agrees });
        note(app, tx, viewer, "observations.policy", detail).await
    })
}

/// What an organisation's policy comes to now: where nobody is secretary, the host's yes is enough.
pub(in super::super) async fn in_force(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<Policy, Error> {
    let mut from = from.into();
    let policy = sittings::policy(from.again(), organisation).await?;
    let secretary_agrees = policy.secretary_agrees && has_secretary(from, organisation).await?;
    Ok(Policy { secretary_agrees, ..policy })
}

/// The newest text of an organisation; where it has none, the one that ships becomes its first.
pub(in super::super) async fn newest_text(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
) -> Result<Text, Failure> {
    if let Some(newest) = store::texts(&mut *tx, organisation).await?.into_iter().next() {
        return Ok(newest);
    }
    let id = TextId(app.id());
    store::add_text(tx, organisation, (id, 1, &NewText::shipped()), (None, app.now())).await?;
    Ok(store::text(tx, organisation, id).await?.ok_or_else(|| anyhow::anyhow!("a text was added and is not there"))?)
}

/// Writes a text that observers sign from now on. What was signed stays what it was.
pub async fn write_text(app: &App, viewer: &Viewer, seen: i64, new: &NewText) -> Result<TextId, Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        let newest = newest_text(app, tx, viewer.organisation).await?;
        if newest.number != seen.max(1) {
            return Err(Refusal::Conflict.into());
        }
        let terms = (newest.terms.lasts_months, newest.terms.notes_days);
        if (&newest.es, &newest.en, terms) == (&new.es, &new.en, (new.terms.lasts_months, new.terms.notes_days)) {
            return Err(Problems::one("text-es", Message::new("observations-text-same")).into());
        }
        let id = TextId(app.id());
        let by = (Some(viewer.person), app.now());
        store::add_text(tx, viewer.organisation, (id, newest.number + 1, new), by).await?;
        note(app, tx, viewer, "observations.text", json!({ "number": newest.number + 1 })).await?;
        Ok(id)
    })
}

/// The day on which a clearance is looked at.
pub(super) fn today(app: &App, viewer: &Viewer) -> Date {
    app.now().to_zoned_datetime(viewer.zone.clone()).date()
}

/// Clears somebody for confidential items until a day.
pub async fn clear(app: &App, viewer: &Viewer, person: &str, until: Option<Date>) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    let until = until.filter(|until| *until >= today(app, viewer));
    transaction!(app.db, tx => {
        // Both fields are looked at before either is complained of.
        let mut problems = match until {
            Some(_) => Problems::default(),
            None => Problems::one("until", Message::new("observations-until-wrong")),
        };
        let person = match programmes::named(&mut *tx, viewer.organisation, "person", person).await {
            Ok(person) if person == viewer.person => {
                problems.add("person", Message::new("observations-own-clearance"));
                None
            }
            Ok(person) => Some(person),
            Err(Failure::Problems(wrong)) => {
                problems.extend(wrong);
                None
            }
            Err(failure) => return Err(failure),
        };
        let Some((person, until)) = problems.or(person.zip(until))? else { return Err(Refusal::NotFound.into()) };
        let id = ClearanceId(app.id());
        // One person has one; another day takes the place of the day before.
        store::revoke_of(tx, viewer.organisation, person, app.now()).await?;
        store::clear(tx, viewer.organisation, (id, person, until), (viewer.person, app.now())).await?;
        follow_all(app, tx, viewer).await?;
        note(app, tx, viewer, "observations.clear", json!({ "clearance": id, "until": until.to_string() })).await
    })
}

/// Takes a clearance back. It holds for nothing from now on.
pub(super) async fn revoke(app: &App, viewer: &Viewer, id: ClearanceId) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        if !store::revoke(tx, viewer.organisation, id, app.now()).await? {
            return Err(Refusal::NotFound.into());
        }
        follow_all(app, tx, viewer).await?;
        note(app, tx, viewer, "observations.revoke", json!({ "clearance": id })).await
    })
}

/// Keeps classes in an order under a name, for sittings that are alike.
pub(super) async fn add_template(app: &App, viewer: &Viewer, name: &str, classes: &[Class]) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    let (name, mut problems) = (one_line(name), Problems::default());
    if name.is_empty() {
        problems.add("name", Message::new("observations-template-nameless"));
    }
    if name.chars().count() > LONGEST_NAME {
        problems.add("name", Message::new("observations-template-name").with("most", LONGEST_NAME));
    }
    if classes.is_empty() || classes.len() > MOST_CLASSES {
        problems.add("classes", Message::new("observations-template-classes").with("most", MOST_CLASSES));
    }
    let template = Template { id: TemplateId(app.id()), name, classes: classes.to_vec() };
    let template = problems.or(template)?;
    transaction!(app.db, tx => {
        let known = store::templates(&mut *tx, viewer.organisation).await?;
        if known.iter().any(|known| fold(&known.name) == fold(&template.name)) {
            return Err(Problems::one("name", Message::new("observations-template-known")).into());
        }
        if known.len() >= MOST_TEMPLATES {
            return Err(Problems::one("", Message::new("observations-template-many").with("most", MOST_TEMPLATES)).into());
        }
        store::add_template(tx, viewer.organisation, &template, (viewer.person, app.now())).await?;
        note(app, tx, viewer, "observations.template", json!({ "items": template.classes.len() })).await
    })
}

pub(super) async fn drop_template(app: &App, viewer: &Viewer, id: TemplateId) -> Result<(), Failure> {
    viewer.must(Act::KeepRoom)?;
    transaction!(app.db, tx => {
        if !store::drop_template(tx, viewer.organisation, id).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer, "observations.template", json!({ "items": 0 })).await
    })
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &'static str,
    detail: serde_json::Value,
) -> Result<(), Failure> {
    let note = Note::new(viewer.organisation.0, viewer.person.0, verb).about("organisation", viewer.organisation.0);
    audit::note(app, tx, note.with(detail)).await?;
    Ok(())
}
