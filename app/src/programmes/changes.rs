//! An edition is changed: its dates, its clocks, its calendar. Nothing else writes one that is there. What was added for an instant that
//! follows from these, and has to stand there, is counted anew: features below offer an [`Afterthought`] for it, `features` lists them, and
//! they are asked in the transaction of the change. What may be much they only have done, by a job. What looks at the edition each time
//! needs none.

use jiff::Timestamp;

use super::departures::Following;
use super::model::Edition;
use super::store::settings_text;
use crate::app::App;
use crate::db::{Error, Tx};
use crate::features;
use crate::problems::{Failure, Refusal};
use crate::{sql, values};

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

/// Writes an edition over the version that was read, which nothing else does, and lets all of them act, in the order of the list.
pub(super) async fn write(app: &App, tx: &mut Tx, edition: &Edition) -> Result<(), Failure> {
    if !update(tx, edition, app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    for afterthought in features::AFTERTHOUGHTS_OF_EDITIONS {
        (afterthought.follows)(app, tx, edition).await?;
    }
    Ok(())
}

/// Whether anything changed: false when somebody else wrote a newer version first.
async fn update(tx: &mut Tx, edition: &Edition, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE editions SET name = $3, starts_on = $4, ends_on = $5, framework = $6, settings = $7, ",
                "opened_at = $8, closed_at = $9, changed_at = $10, version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![
                edition.id,
                edition.version,
                &edition.name,
                edition.starts_on.to_string(),
                edition.ends_on.to_string(),
                edition.framework.map(|framework| framework.0),
                settings_text(edition),
                edition.opened_at,
                edition.closed_at,
                now
            ],
        )
        .await?;
    Ok(touched == 1)
}
