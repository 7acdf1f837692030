//! What changes of the ways to somebody.

use jiff::Timestamp;
use serde_json::json;

use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Reader, Tx};
use crate::i18n::Message;
use crate::identity::actions::{self, MAIL_LINK, Purpose, UNREACHABLE};
use crate::identity::may::Act;
use crate::identity::model::{self, Address, Mailbox, Part, PersonCore, PersonId, Viewer};
use crate::identity::store;
use crate::jobs;
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;

/// Notes that a server refuses an address of somebody's for good, and says where their mails go now. Coordinators are told of
/// the organisation's address, once; of a private one they know nothing.
pub async fn unreachable(app: &App, person: &PersonCore, address: &str) -> Result<Mailbox, Error> {
    let now = app.now();
    transaction!(app.db, tx => {
        if store::note_unreachable(tx, person.id, address, now).await? {
            let entry = Note::new(person.organisation.0, None, "identity.address-refused").about("person", person.id.0);
            audit::note(app, tx, entry).await?;
            tell_coordinators(app, tx, person).await?;
        } else {
            store::note_private_unreachable(tx, person.id, address, now).await?;
        }
        let ways = store::ways(&mut *tx, person.id).await?;
        Ok(ways.map_or(Mailbox { address: address.to_owned(), takes: false }, |ways| ways.mailbox()))
    })
}

/// An address, and when its owner last proved that mails arrive there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proved {
    pub address: String,
    pub at: Option<Timestamp>,
}

/// Somebody's addresses: that of the organisation, and their own, which nobody else sees.
pub async fn addresses_of(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<Proved>, Error> {
    let Some(ways) = store::ways(from, person).await? else { return Ok(Vec::new()) };
    let private = ways.private.map(|address| Proved { address, at: ways.confirmed_at });
    Ok([Some(Proved { address: ways.address, at: ways.reached_at }), private].into_iter().flatten().collect())
}

async fn tell_coordinators(app: &App, tx: &mut Tx, person: &PersonCore) -> Result<(), Error> {
    let text = Message::new("identity-notice-unreachable").with("name", person.name.as_str());
    let coordinators = store::person_ids_with_part(&mut *tx, person.organisation, Part::Coordinator).await?;
    let others = coordinators.into_iter().filter(|coordinator| *coordinator != person.id);
    let href = format!("/people/{}", person.id);
    let told: Vec<Notice> = others
        .map(|to| Notice::new(person.organisation, to, UNREACHABLE, text.clone(), href.as_str()).about(person.id.0))
        .collect();
    notices::tell_all(app, tx, &told).await
}

/// Mails a link to the address of the organisation, whatever is known of it: opening it proves that mails arrive again.
pub(super) async fn try_again(app: &App, viewer: &Viewer) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    actions::allow_letter(app, viewer.person).await?;
    let payload = json!({ "purpose": Purpose::SignIn.code(), "person": viewer.person });
    Ok(transaction!(app.db, tx => jobs::add(app, tx, Some(viewer.organisation.0), MAIL_LINK, &payload).await)?)
}

/// Names a private address, and mails it a link that confirms it. Links for one that was named before open nothing any more.
pub(super) async fn name_private(app: &App, viewer: &Viewer, address: &str) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    let problem = |key: &'static str| Problems::one("private", Message::new(key));
    let address = Address::parse(address).ok_or_else(|| problem("identity-address-wrong"))?;
    if address.as_str() == viewer.address {
        return Err(problem("identity-private-same").into());
    }
    actions::allow_letter(app, viewer.person).await?;
    transaction!(app.db, tx => {
        store::set_private(tx, viewer.person, Some(address.as_str())).await?;
        store::forget_links_of(tx, viewer.person, Purpose::Private.code()).await?;
        store::forget_links_of(tx, viewer.person, Purpose::SignInPrivately.code()).await?;
        let payload = json!({ "purpose": Purpose::Private.code(), "person": viewer.person });
        jobs::add(app, tx, Some(viewer.organisation.0), MAIL_LINK, &payload).await?;
        note(app, tx, viewer, "identity.private-name").await
    })
}

pub(super) async fn remove_private(app: &App, viewer: &Viewer) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        store::set_private(tx, viewer.person, None).await?;
        store::forget_links_of(tx, viewer.person, Purpose::Private.code()).await?;
        store::forget_links_of(tx, viewer.person, Purpose::SignInPrivately.code()).await?;
        note(app, tx, viewer, "identity.private-remove").await
    })
}

/// Whether one's mails go to the private address.
pub(super) async fn mail_privately(app: &App, viewer: &Viewer, privately: bool) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        let ways = store::ways(&mut *tx, viewer.person).await?.ok_or(Refusal::NotFound)?;
        if privately && ways.confirmed_at.is_none() {
            return Err(Refusal::Conflict.into());
        }
        store::mail_privately(tx, viewer.person, privately).await?;
        note(app, tx, viewer, "identity.private-choose").await
    })
}

/// Confirms a private address with the link that was mailed there. It signs nobody in: the address may have been mistyped.
pub(super) async fn confirm(app: &App, token: &str) -> Result<(), Failure> {
    let digest = model::digest_of(token).ok_or(Refusal::NotFound)?;
    let now = app.now();
    transaction!(app.db, tx => {
        let link = store::link(&mut *tx, &digest, now).await?.ok_or(Refusal::NotFound)?;
        let id = link.person.filter(|_| link.purpose == Purpose::Private.code()).ok_or(Refusal::NotFound)?;
        let person = store::person(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        if !store::use_link(tx, &digest, now).await? {
            return Err(Refusal::NotFound.into());
        }
        store::confirm_private(tx, id, now).await?;
        notices::reachable_again(app, tx, (person.organisation, id)).await?;
        let entry = Note::new(person.organisation.0, id.0, "identity.private-confirm").about("person", id.0);
        audit::note(app, tx, entry).await?;
        Ok(())
    })
}

async fn note(app: &App, tx: &mut Tx, viewer: &Viewer, verb: &'static str) -> Result<(), Failure> {
    let entry = Note::new(viewer.organisation.0, viewer.person.0, verb).about("person", viewer.person.0);
    Ok(audit::note(app, tx, entry).await?)
}
