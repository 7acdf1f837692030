use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Channel, Concern, ConcernId};
use crate::db::{Error, Reader, Row, Tx};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::programmes::EditionId;
use crate::{sql, values};

pub(super) async fn channel(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Channel, Error> {
    let row = from
        .into()
        .row(sql!("SELECT receiver, channel, link, version FROM concern_channels WHERE edition = $1"), values![edition])
        .await?;
    let Some(row) = row else { return Ok(Channel::default()) };
    Ok(Channel {
        receiver: row.get("receiver")?,
        channel: row.get("channel")?,
        link: row.get("link")?,
        version: row.get("version")?,
    })
}

/// Writes it over the version that was read, 0 for none; false when somebody else was first.
pub(super) async fn write_channel(
    tx: &mut Tx,
    (organisation, edition): (OrganisationId, EditionId),
    channel: &Channel,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO concern_channels (edition, organisation, receiver, channel, link, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (edition) DO UPDATE SET receiver = excluded.receiver, ",
                "channel = excluded.channel, link = excluded.link, changed_at = excluded.changed_at, ",
                "version = concern_channels.version + 1 WHERE concern_channels.version = $7"
            ),
            values![
                edition,
                organisation,
                channel.receiver,
                channel.channel.as_str(),
                channel.link.as_str(),
                now,
                channel.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// The head of every statement that reads concerns.
macro_rules! concerns {
    () => {
        "SELECT id, mentorship, author, receiver, words, sent_at, taken_up_at FROM concerns "
    };
}

/// What somebody sent in a mentorship, the newest first.
pub(super) async fn sent(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    author: PersonId,
) -> Result<Vec<Concern>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(concerns!(), "WHERE mentorship = $1 AND author = $2 ORDER BY sent_at DESC, id DESC LIMIT 100"),
            values![mentorship, author],
        )
        .await?;
    rows.iter().map(concern_of).collect()
}

/// What somebody received, what is not taken up first, then the newest.
pub(super) async fn received(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    receiver: PersonId,
) -> Result<Vec<Concern>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                concerns!(),
                "WHERE organisation = $1 AND receiver = $2 ",
                "ORDER BY CASE WHEN taken_up_at IS NULL THEN 0 ELSE 1 END, sent_at DESC, id DESC LIMIT 100"
            ),
            values![organisation, receiver],
        )
        .await?;
    rows.iter().map(concern_of).collect()
}

/// A concern, whosoever it is; the caller asks who may.
pub(super) async fn concern(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: ConcernId,
) -> Result<Option<Concern>, Error> {
    let row =
        from.into().row(sql!(concerns!(), "WHERE organisation = $1 AND id = $2"), values![organisation, id]).await?;
    row.as_ref().map(concern_of).transpose()
}

/// What waits in an organisation: a part after one of them, in the order of their identifiers.
pub(super) async fn untaken(
    tx: &mut Tx,
    organisation: OrganisationId,
    (after, limit): (Uuid, i64),
) -> Result<Vec<Concern>, Error> {
    let rows = tx
        .rows(
            sql!(concerns!(), "WHERE organisation = $1 AND taken_up_at IS NULL AND id > $2 ORDER BY id LIMIT $3"),
            values![organisation, after, limit],
        )
        .await?;
    rows.iter().map(concern_of).collect()
}

/// What somebody has received.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// How many concerns, those that were taken up among them.
    pub all: i64,
    pub untaken: i64,
}

/// How many concerns somebody has received.
pub async fn received_by(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    receiver: PersonId,
) -> Result<Received, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS concerns, count(taken_up_at) AS taken_up FROM concerns ",
                "WHERE organisation = $1 AND receiver = $2"
            ),
            values![organisation, receiver],
        )
        .await?;
    let Some(row) = row else { return Ok(Received::default()) };
    let (all, taken_up): (i64, i64) = (row.get("concerns")?, row.get("taken_up")?);
    Ok(Received { all, untaken: all - taken_up })
}

fn concern_of(row: &Row) -> Result<Concern, Error> {
    Ok(Concern {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        author: row.get("author")?,
        receiver: row.get("receiver")?,
        words: row.get("words")?,
        sent_at: row.get("sent_at")?,
        taken_up_at: row.get("taken_up_at")?,
    })
}

pub(super) async fn add(tx: &mut Tx, organisation: OrganisationId, concern: &Concern) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO concerns (id, organisation, mentorship, author, receiver, words, sent_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![
            concern.id,
            organisation,
            concern.mentorship,
            concern.author,
            concern.receiver,
            &concern.words,
            concern.sent_at
        ],
    )
    .await
    .map(drop)
}

/// Says that it is taken up; false where it was already.
pub(super) async fn take_up(tx: &mut Tx, id: ConcernId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("UPDATE concerns SET taken_up_at = $2 WHERE id = $1 AND taken_up_at IS NULL"), values![id, now])
        .await?;
    Ok(touched == 1)
}
