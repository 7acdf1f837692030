use jiff::Timestamp;

use crate::db::{Error, Reader, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{sql, values};

/// Notes that a mail came, and forgets those of before an instant; false where it came already.
pub(super) async fn note(
    tx: &mut Tx,
    (digest, organisation, person): (&[u8], OrganisationId, PersonId),
    (now, before): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    tx.run(sql!("DELETE FROM forwarded_calendars WHERE arrived_at < $1"), values![before]).await?;
    let touched = tx
        .run(
            sql!(
                "INSERT INTO forwarded_calendars (digest, organisation, person, arrived_at) VALUES ($1, $2, $3, $4) ",
                "ON CONFLICT (digest) DO NOTHING"
            ),
            values![digest.to_vec(), organisation, person, now],
        )
        .await?;
    Ok(touched == 1)
}

/// How many mails of somebody's came since an instant.
pub(super) async fn since(from: impl Into<Reader<'_>>, person: PersonId, instant: Timestamp) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT count(*) AS mails FROM forwarded_calendars WHERE person = $1 AND arrived_at > $2"),
            values![person, instant],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("mails"))
}

/// Whether somebody has opened a sitting of an edition from one instant to another that is not called off.
pub(super) async fn has_opened(
    from: impl Into<Reader<'_>>,
    (edition, person): (EditionId, PersonId),
    (starts_at, ends_at): (Timestamp, Timestamp),
) -> Result<bool, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id FROM sittings WHERE edition = $1 AND opened_by = $2 AND starts_at = $3 AND ends_at = $4 ",
                "AND state <> 'cancelled' LIMIT 1"
            ),
            values![edition, person, starts_at, ends_at],
        )
        .await?;
    Ok(row.is_some())
}
