use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::model::Duty;
use crate::db::{Error, Reader, Row, Tx};
use crate::i18n::Lang;
use crate::identity::{OrganisationId, PersonId};
use crate::observations::model::{Sitting, SittingId};
use crate::observations::record::events::Exposure;
use crate::{sql, values};

/// So many a page shows; nobody survives more.
const MOST: i64 = 100;

/// Somebody is told what follows from what they heard; false where they had been told already, and it stands. Who was told meanwhile that
/// nothing does has to read it again.
pub(super) async fn tell(
    tx: &mut Tx,
    sitting: &Sitting,
    (number, exposure): (u32, &Exposure),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO insider_duties (sitting, exposure, observer, organisation, item, told_at) VALUES ($1, $2, $3, $4, $5, $6) ",
                "ON CONFLICT (sitting, exposure) DO UPDATE SET withdrawn_at = NULL, told_at = excluded.told_at, ",
                "observer = excluded.observer, item = excluded.item, lang = NULL, words = NULL, digest = NULL, acknowledged_at = NULL ",
                "WHERE insider_duties.withdrawn_at IS NOT NULL"
            ),
            values![
                sitting.id,
                i64::from(number),
                exposure.observer,
                sitting.organisation,
                i64::from(exposure.item),
                now
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// It turned out that they heard nothing; false where they had not been told, or have been told so already.
pub(super) async fn withdraw(tx: &mut Tx, sitting: SittingId, exposure: u32, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE insider_duties SET withdrawn_at = $3 WHERE sitting = $1 AND exposure = $2 AND withdrawn_at IS NULL"
            ),
            values![sitting, i64::from(exposure), now],
        )
        .await?;
    Ok(touched == 1)
}

/// Somebody says that they have read these words; false where they had said so already.
pub(super) async fn acknowledge(
    tx: &mut Tx,
    (sitting, exposure): (SittingId, u32),
    (lang, words, digest): (Lang, &str, Vec<u8>),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE insider_duties SET lang = $3, words = $4, digest = $5, acknowledged_at = $6 ",
                "WHERE sitting = $1 AND exposure = $2 AND acknowledged_at IS NULL AND withdrawn_at IS NULL"
            ),
            values![sitting, i64::from(exposure), lang.code(), words, digest, now],
        )
        .await?;
    Ok(touched == 1)
}

/// What somebody was told, the latest first.
pub(super) async fn of_person(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<Duty>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT insider_duties.sitting, insider_duties.exposure, insider_duties.item, sittings.number, sittings.starts_at, sittings.zone, ",
                "insider_duties.withdrawn_at, insider_duties.words, insider_duties.acknowledged_at FROM insider_duties ",
                "JOIN sittings ON sittings.id = insider_duties.sitting WHERE insider_duties.organisation = $1 ",
                "AND insider_duties.observer = $2 ORDER BY insider_duties.told_at DESC, insider_duties.sitting, insider_duties.exposure LIMIT $3"
            ),
            values![organisation, person, MOST],
        )
        .await?;
    rows.iter().map(duty_of).collect()
}

fn duty_of(row: &Row) -> Result<Duty, Error> {
    let words: Option<String> = row.get("words")?;
    let acknowledged_at: Option<Timestamp> = row.get("acknowledged_at")?;
    Ok(Duty {
        sitting: row.get("sitting")?,
        exposure: number_of(row)?,
        item: row.get("item")?,
        number: row.get("number")?,
        starts_at: row.get("starts_at")?,
        zone: row.get("zone")?,
        withdrawn_at: row.get("withdrawn_at")?,
        read: words.zip(acknowledged_at),
    })
}

fn number_of(row: &Row) -> Result<u32, Error> {
    Ok(u32::try_from(row.get::<i64>("exposure")?).unwrap_or_default())
}

/// Of which exposures of an organisation the observer has been told, and since when they have said that they read it.
pub async fn told(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<BTreeMap<(SittingId, u32), Option<Timestamp>>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT sitting, exposure, acknowledged_at FROM insider_duties WHERE organisation = $1"),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| Ok(((row.get("sitting")?, number_of(row)?), row.get("acknowledged_at")?))).collect()
}

/// What somebody was told and read goes with the line of the list that it belongs to.
pub async fn forget(tx: &mut Tx, sitting: SittingId, exposure: u32) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM insider_duties WHERE sitting = $1 AND exposure = $2"),
        values![sitting, i64::from(exposure)],
    )
    .await
    .map(drop)
}

/// The words that somebody read, and what is said to be their digest.
#[derive(Clone, Debug)]
pub struct Acknowledged {
    pub sitting: Uuid,
    pub words: String,
    pub digest: Vec<u8>,
}

/// Everything that anybody said to have read.
pub async fn acknowledged_anywhere(from: impl Into<Reader<'_>>) -> Result<Vec<Acknowledged>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT sitting, words, digest FROM insider_duties WHERE words IS NOT NULL AND digest IS NOT NULL"),
            values![],
        )
        .await?;
    let read = |row: &Row| {
        Ok(Acknowledged { sitting: row.get("sitting")?, words: row.get("words")?, digest: row.get("digest")? })
    };
    rows.iter().map(read).collect()
}
