use jiff::Timestamp;

use crate::db::{Error, Reader, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{sql, values};

/// Notes that a mail came; false where it came already.
pub(super) async fn note(
    tx: &mut Tx,
    (digest, organisation, person): (&[u8], OrganisationId, PersonId),
    now: Timestamp,
) -> Result<bool, Error> {
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

/// Forgets the mails that came before an instant.
pub(super) async fn forget(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM forwarded_calendars WHERE arrived_at < $1"), values![before]).await.map(drop)
}

/// The number of the address that somebody has now.
pub(super) async fn number(from: impl Into<Reader<'_>>, person: PersonId) -> Result<i64, Error> {
    let row =
        from.into().row(sql!("SELECT number FROM forwarding_addresses WHERE person = $1"), values![person]).await?;
    row.map_or(Ok(0), |row| row.get("number"))
}

/// From now on somebody has another address.
pub(super) async fn renew(tx: &mut Tx, organisation: OrganisationId, person: PersonId) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO forwarding_addresses (person, organisation, number) VALUES ($1, $2, 1) ",
            "ON CONFLICT (person) DO UPDATE SET number = forwarding_addresses.number + 1"
        ),
        values![person, organisation],
    )
    .await
    .map(drop)
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
