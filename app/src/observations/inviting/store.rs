use jiff::Timestamp;
use uuid::Uuid;

use super::super::model::{InvitationId, SittingId, Somebody};
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{sql, values};

/// That somebody without account is asked to open a sitting.
#[derive(Clone, Debug)]
pub(super) struct Invitation {
    pub id: InvitationId,
    pub organisation: OrganisationId,
    pub edition: EditionId,
    /// Whom; nobody any more once a sitting has been opened.
    pub host: Somebody,
    pub invited_by: PersonId,
    /// When its last mail was asked for.
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    /// The sitting that was opened.
    pub sitting: Option<SittingId>,
}

/// The head of every statement that reads invitations.
macro_rules! invitations {
    () => {
        "SELECT sitting_invitations.id, sitting_invitations.organisation, sitting_invitations.edition, sitting_invitations.name, \
         sitting_invitations.address, sitting_invitations.invited_by, sitting_invitations.sent_at, \
         sitting_invitations.expires_at, sitting_invitations.sitting FROM sitting_invitations "
    };
}

fn invitation_of(row: &Row) -> Result<Invitation, Error> {
    Ok(Invitation {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        host: Somebody { person: None, name: row.get("name")?, address: row.get("address")? },
        invited_by: row.get("invited_by")?,
        sent_at: row.get("sent_at")?,
        expires_at: row.get("expires_at")?,
        sitting: row.get("sitting")?,
    })
}

pub(super) async fn add(tx: &mut Tx, invitation: &Invitation) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sitting_invitations (id, organisation, edition, name, address, invited_by, sent_at, expires_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        values![
            invitation.id,
            invitation.organisation,
            invitation.edition,
            &invitation.host.name,
            &invitation.host.address,
            invitation.invited_by,
            invitation.sent_at,
            invitation.expires_at
        ],
    )
    .await
    .map(drop)
}

/// The invitations for an edition with which nothing has been opened yet, in the order in which they were last sent.
pub(super) async fn waiting(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Invitation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                invitations!(),
                "WHERE sitting_invitations.edition = $1 AND sitting_invitations.sitting IS NULL ",
                "AND sitting_invitations.address <> '' ORDER BY sitting_invitations.sent_at, sitting_invitations.id LIMIT 400"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(invitation_of).collect()
}

/// Notes that a mail was asked for, and forgets those of before an instant. Whom it is to stands there as a digest.
pub(super) async fn add_mail(
    tx: &mut Tx,
    (id, organisation, person, address): (Uuid, OrganisationId, PersonId, &[u8]),
    (now, before): (Timestamp, Timestamp),
) -> Result<(), Error> {
    forget_mails(tx, before).await?;
    tx.run(
        sql!(
            "INSERT INTO sitting_invitation_mails (id, organisation, asked_by, address, asked_at) VALUES ($1, $2, $3, $4, $5)"
        ),
        values![id, organisation, person, address.to_vec(), now],
    )
    .await
    .map(drop)
}

/// Forgets the mails that were asked for before an instant.
pub(super) async fn forget_mails(tx: &mut Tx, before: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_invitation_mails WHERE asked_at < $1"), values![before]).await.map(drop)
}

/// How many mails somebody has asked for since an instant, and how many anybody to an address, whatever became of the invitations.
pub(super) async fn mails_since(
    from: impl Into<Reader<'_>>,
    (organisation, person, address): (OrganisationId, PersonId, &[u8]),
    since: Timestamp,
) -> Result<(i64, i64), Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT (SELECT count(*) FROM sitting_invitation_mails WHERE asked_by = $2 AND asked_at > $4) AS asked, ",
                "(SELECT count(*) FROM sitting_invitation_mails WHERE organisation = $1 AND address = $3 AND asked_at > $4) AS same"
            ),
            values![organisation, person, address.to_vec(), since],
        )
        .await?;
    row.map_or(Ok((0, 0)), |row| Ok((row.get("asked")?, row.get("same")?)))
}

/// It is withdrawn: nothing is kept of whom it named, and its links open nothing. That a mail was sent stays.
pub(super) async fn withdraw(tx: &mut Tx, id: InvitationId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_invitation_links WHERE invitation = $1"), values![id]).await?;
    tx.run(
        sql!("UPDATE sitting_invitations SET name = '', address = '', expires_at = $2 WHERE id = $1"),
        values![id, now],
    )
    .await
    .map(drop)
}

pub(super) async fn invitation(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: InvitationId,
) -> Result<Option<Invitation>, Error> {
    let row = from
        .into()
        .row(
            sql!(invitations!(), "WHERE sitting_invitations.organisation = $1 AND sitting_invitations.id = $2"),
            values![organisation, id],
        )
        .await?;
    row.as_ref().map(invitation_of).transpose()
}

/// What a link of a mail opens while it holds.
pub(super) async fn by_link(
    from: impl Into<Reader<'_>>,
    token: &[u8],
    now: Timestamp,
) -> Result<Option<Invitation>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                invitations!(),
                "JOIN sitting_invitation_links ON sitting_invitation_links.invitation = sitting_invitations.id ",
                "WHERE sitting_invitation_links.token = $1 AND sitting_invitations.expires_at > $2"
            ),
            values![token.to_vec(), now],
        )
        .await?;
    row.as_ref().map(invitation_of).transpose()
}

/// Keeps the digest of a link.
pub(super) async fn add_link(tx: &mut Tx, token: &[u8], invitation: &Invitation, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sitting_invitation_links (token, organisation, invitation, created_at) VALUES ($1, $2, $3, $4)"
        ),
        values![token.to_vec(), invitation.organisation, invitation.id, now],
    )
    .await
    .map(drop)
}

/// It is sent again, and holds as long from now on.
pub(super) async fn prolong(
    tx: &mut Tx,
    id: InvitationId,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE sitting_invitations SET sent_at = $2, expires_at = $3 WHERE id = $1 AND sitting IS NULL"),
        values![id, now, expires_at],
    )
    .await
    .map(drop)
}

/// A sitting was opened with it, which knows from now on who receives; false when it had been already.
pub(super) async fn use_up(tx: &mut Tx, id: InvitationId, sitting: SittingId) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE sitting_invitations SET sitting = $2, name = '', address = '' WHERE id = $1 AND sitting IS NULL"
            ),
            values![id, sitting],
        )
        .await?;
    Ok(touched == 1)
}

/// Forgets an invitation, and its links with it.
pub(super) async fn forget(tx: &mut Tx, id: InvitationId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_invitation_links WHERE invitation = $1"), values![id]).await?;
    tx.run(sql!("DELETE FROM sitting_invitations WHERE id = $1"), values![id]).await.map(drop)
}
