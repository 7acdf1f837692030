//! What features below have to do when pairs begin or end. Mentorships come before them and may not know them, so `features` lists
//! them; they act in the transaction in which it happens.

use std::pin::Pin;

use super::model::{Mentorship, MentorshipId};
use crate::app::App;
use crate::db::{Error, Tx};
use crate::features;
use crate::identity::OrganisationId;
use crate::problems::Failure;

pub type Acting<'a, E> = Pin<Box<dyn Future<Output = Result<(), E>> + Send + 'a>>;

/// A feature that goes along with pairs.
#[derive(Clone, Copy)]
pub struct Companion {
    pub name: &'static str,
    pub begins: for<'a> fn(&'a App, &'a mut Tx, OrganisationId, &'a [MentorshipId]) -> Acting<'a, Error>,
    pub ends: for<'a> fn(&'a App, &'a mut Tx, &'a Mentorship) -> Acting<'a, Failure>,
}

impl std::fmt::Debug for Companion {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Lets all of them act, in the order of the list.
pub(super) async fn begin(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    pairs: &[MentorshipId],
) -> Result<(), Error> {
    for companion in features::COMPANIONS_OF_PAIRS {
        (companion.begins)(app, tx, organisation, pairs).await?;
    }
    Ok(())
}

pub(super) async fn end(app: &App, tx: &mut Tx, pair: &Mentorship) -> Result<(), Failure> {
    for companion in features::COMPANIONS_OF_PAIRS {
        (companion.ends)(app, tx, pair).await?;
    }
    Ok(())
}
