//! An edition was changed: its dates, its clocks, its calendar. What waits in features below for a day that follows from these is
//! counted anew there: each of them offers an [`Afterthought`], `features` lists them, and they are asked in the transaction of the
//! change. What may be much they only have done, by a job.

use super::departures::Following;
use super::model::Edition;
use crate::app::App;
use crate::db::Tx;
use crate::features;
use crate::problems::Failure;

/// A feature that has something to do when an edition was changed.
#[derive(Clone, Copy)]
pub struct Afterthought {
    pub name: &'static str,
    pub follows: for<'a> fn(&'a App, &'a mut Tx, &'a Edition) -> Following<'a>,
}

impl std::fmt::Debug for Afterthought {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Lets all of them act, in the order of the list.
pub(super) async fn changed(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Failure> {
    for afterthought in features::AFTERTHOUGHTS_OF_EDITIONS {
        (afterthought.follows)(app, tx, edition).await?;
    }
    Ok(())
}
