//! Somebody leaves an edition. What they were in the middle of belongs to features below, which programmes may not know: each of
//! them offers a [`Follower`], `features` lists them, and they are asked in the transaction in which the person leaves.

use std::pin::Pin;

use super::model::EditionId;
use crate::app::App;
use crate::db::Tx;
use crate::features;
use crate::identity::{OrganisationId, PersonId};
use crate::people::model::Side;
use crate::problems::Failure;

/// Who is enrolled no more, and who saw to it: they themselves, or a coordinator.
#[derive(Clone, Copy, Debug)]
pub struct Departure {
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub person: PersonId,
    pub side: Side,
    pub by: PersonId,
}

pub type Following<'a> = Pin<Box<dyn Future<Output = Result<(), Failure>> + Send + 'a>>;

/// A feature that has something to do when somebody leaves.
#[derive(Clone, Copy)]
pub struct Follower {
    pub name: &'static str,
    pub follows: for<'a> fn(&'a App, &'a mut Tx, Departure) -> Following<'a>,
}

impl std::fmt::Debug for Follower {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Lets all of them act, in the order of the list.
pub(super) async fn depart(app: &App, tx: &mut Tx, departure: Departure) -> Result<(), Failure> {
    for follower in features::FOLLOWERS_OF_DEPARTURES {
        (follower.follows)(app, tx, departure).await?;
    }
    Ok(())
}
