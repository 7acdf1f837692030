//! What is left of somebody who is erased: a row without a name, to which what is kept as evidence refers. It is found by nothing, signs in
//! to nothing and is written to no more.

use std::collections::BTreeSet;

use super::model::{Part, PersonCore, PersonId};
use super::store;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::erasure::{Hindrance, Leaving};
use crate::i18n::{Message, fold};
use crate::problems::{Failure, Refusal};

/// The last coordinator of an organisation names another one first.
pub const HINDRANCE: Hindrance = Hindrance { name: "identity", hinders: |tx, leaving| Box::pin(keeps(tx, leaving)) };

async fn keeps(tx: &mut Tx, leaving: Leaving) -> Result<Option<Message>, Error> {
    let coordinators = store::person_ids_with_part(tx, leaving.organisation, Part::Coordinator).await?;
    Ok((coordinators == [leaving.person]).then(|| Message::new("identity-keeps")))
}

/// Somebody of whom there is more than a row without a name.
pub async fn on_record(tx: &mut Tx, person: PersonId) -> Result<PersonCore, Failure> {
    let core = store::person(tx, person).await?.filter(|core| core.erased_at.is_none());
    Ok(core.ok_or(Refusal::NotFound)?)
}

/// Those who are not erased: there is nobody who would read.
pub async fn still_here(tx: &mut Tx, people: &[PersonId]) -> Result<BTreeSet<PersonId>, Error> {
    store::still_here(tx, people).await
}

/// Whether somebody else of the organisation has the same name, however it is written.
pub async fn has_namesake(tx: &mut Tx, core: &PersonCore) -> Result<bool, Error> {
    let name = fold(&core.name);
    let others = store::names_of_others(tx, core.organisation, core.id).await?;
    Ok(others.iter().any(|other| fold(other) == name))
}

/// Writes somebody's row anew, and deletes their account where it serves no other organisation.
pub async fn make_nameless(app: &App, tx: &mut Tx, core: &PersonCore, name: &str) -> Result<(), Error> {
    store::make_nameless(tx, core.id, name, app.now()).await?;
    match core.account {
        Some(account) => store::forget_account(tx, account).await,
        None => Ok(()),
    }
}

/// Who has this address, in every organisation of the installation.
pub async fn people_at(app: &App, address: &str) -> Result<Vec<PersonCore>, Error> {
    let mut people = Vec::new();
    for id in store::people_by_address(&app.db, &address.trim().to_lowercase()).await? {
        people.extend(store::person(&app.db, id).await?);
    }
    Ok(people)
}
