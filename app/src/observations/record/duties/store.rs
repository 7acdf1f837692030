use std::collections::BTreeMap;

use jiff::Timestamp;

use super::model::Duty;
use crate::db::{Error, Reader, Row, Tx};
use crate::i18n::Lang;
use crate::identity::{OrganisationId, PersonId};
use crate::observations::model::{Sitting, SittingId};
use crate::{sql, values};

/// So many a page shows; nobody survives more.
const MOST: i64 = 100;

/// Somebody is told what follows from what they heard; false where they had been told already, and it stands.
pub(super) async fn tell(tx: &mut Tx, sitting: &Sitting, observer: PersonId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO insider_duties (sitting, observer, organisation, told_at) VALUES ($1, $2, $3, $4) ",
                "ON CONFLICT (sitting, observer) DO UPDATE SET withdrawn_at = NULL, told_at = excluded.told_at ",
                "WHERE insider_duties.withdrawn_at IS NOT NULL"
            ),
            values![sitting.id, observer, sitting.organisation, now],
        )
        .await?;
    Ok(touched == 1)
}

/// It turned out that they heard nothing; false where they had not been told, or have been told so already.
pub(super) async fn withdraw(
    tx: &mut Tx,
    sitting: SittingId,
    observer: PersonId,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE insider_duties SET withdrawn_at = $3 WHERE sitting = $1 AND observer = $2 AND withdrawn_at IS NULL"
            ),
            values![sitting, observer, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Somebody says that they have read these words; false where they had said so already.
pub(super) async fn acknowledge(
    tx: &mut Tx,
    (sitting, observer): (SittingId, PersonId),
    (lang, words, digest): (Lang, &str, Vec<u8>),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE insider_duties SET lang = $3, words = $4, digest = $5, acknowledged_at = $6 ",
                "WHERE sitting = $1 AND observer = $2 AND acknowledged_at IS NULL AND withdrawn_at IS NULL"
            ),
            values![sitting, observer, lang.code(), words, digest, now],
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
                "SELECT insider_duties.sitting, sittings.number, sittings.starts_at, sittings.zone, ",
                "insider_duties.withdrawn_at, insider_duties.words, insider_duties.acknowledged_at FROM insider_duties ",
                "JOIN sittings ON sittings.id = insider_duties.sitting WHERE insider_duties.organisation = $1 ",
                "AND insider_duties.observer = $2 ORDER BY insider_duties.told_at DESC, insider_duties.sitting LIMIT $3"
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
        number: row.get("number")?,
        starts_at: row.get("starts_at")?,
        zone: row.get("zone")?,
        withdrawn_at: row.get("withdrawn_at")?,
        read: words.zip(acknowledged_at),
    })
}

/// Who of an organisation has been told, by sitting and person, and since when they have said that they read it.
pub async fn told(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
) -> Result<BTreeMap<(SittingId, PersonId), Option<Timestamp>>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT sitting, observer, acknowledged_at FROM insider_duties WHERE organisation = $1"),
            values![organisation],
        )
        .await?;
    rows.iter().map(|row| Ok(((row.get("sitting")?, row.get("observer")?), row.get("acknowledged_at")?))).collect()
}
