use jiff::Timestamp;
use uuid::Uuid;

use super::kinds::Notice;
use super::model::Way;
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId, Viewer};
use crate::{in_ids, sql, values};

/// A notice as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub id: Uuid,
    pub person: PersonId,
    pub kind: String,
    pub text: Message,
    pub mail: Option<Message>,
    pub href: String,
    pub about: Option<Uuid>,
    pub key: Option<String>,
    pub told_at: Timestamp,
    pub read_at: Option<Timestamp>,
    pub mailed_at: Option<Timestamp>,
    pub digest: Option<Uuid>,
}

/// Adds notices, and says how many of them are new.
pub(super) async fn add(tx: &mut Tx, notices: &[(Uuid, &Notice)], now: Timestamp) -> Result<u64, Error> {
    let spoken = |message: &Message| serde_json::to_string(message).unwrap_or_default();
    let row = |(id, notice): &(Uuid, &Notice)| {
        values![
            *id,
            notice.organisation,
            notice.to,
            notice.kind,
            spoken(&notice.text),
            notice.mail.as_ref().map(spoken),
            &notice.href,
            notice.about,
            notice.key.as_deref(),
            now
        ]
    };
    tx.run_many(
        sql!(
            "INSERT INTO notices (id, organisation, person, kind, text, mail, href, about, key, told_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING"
        ),
        notices.iter().map(row).collect(),
    )
    .await
}

/// Takes back what these people were told of a record that is gone; mails that have not left will not leave.
pub async fn take_back(tx: &mut Tx, people: &[PersonId], about: Uuid) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM notices WHERE about = $1 AND person ", in_ids!("$2")),
        values![about, ids(people.iter().map(|person| person.0))],
    )
    .await
    .map(drop)
}

/// Takes back what somebody was told of a kind about a page, since it is not so yet.
pub async fn take_back_kind(tx: &mut Tx, person: PersonId, (kind, href): (&'static str, &str)) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM notices WHERE person = $1 AND kind = $2 AND href = $3"), values![person, kind, href])
        .await
        .map(drop)
}

/// Takes back what anybody was told of a record that is gone.
pub async fn take_back_all(tx: &mut Tx, about: Uuid) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM notices WHERE about = $1"), values![about]).await.map(drop)
}

pub(super) async fn notice(from: impl Into<Reader<'_>>, id: Uuid) -> Result<Option<Kept>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT id, person, kind, text, mail, href, about, key, told_at, read_at, mailed_at, digest ",
                "FROM notices WHERE id = $1"
            ),
            values![id],
        )
        .await?;
    row.as_ref().map(kept).transpose()
}

/// Somebody's notices before one of them, the newest first. Kinds that they switched off are passed over.
pub(super) async fn page(
    from: impl Into<Reader<'_>>,
    viewer: &Viewer,
    unread: bool,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<Kept>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, person, kind, text, mail, href, about, key, told_at, read_at, mailed_at, digest ",
                "FROM notices WHERE person = $1 AND organisation = $2 AND id < $3 AND (read_at IS NULL OR NOT $4) ",
                "AND NOT EXISTS (SELECT 1 FROM notice_choices WHERE notice_choices.person = notices.person ",
                "AND notice_choices.kind = notices.kind AND notice_choices.way = 'off') ORDER BY id DESC LIMIT $5"
            ),
            values![viewer.person, viewer.organisation, before.unwrap_or(Uuid::max()), unread, limit],
        )
        .await?;
    rows.iter().map(kept).collect()
}

/// What waits for a digest and was not read meanwhile, the oldest first.
pub(super) async fn of_digest(from: impl Into<Reader<'_>>, digest: Uuid, limit: i64) -> Result<Vec<Kept>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, person, kind, text, mail, href, about, key, told_at, read_at, mailed_at, digest ",
                "FROM notices WHERE digest = $1 AND read_at IS NULL AND mailed_at IS NULL ORDER BY id LIMIT $2"
            ),
            values![digest, limit],
        )
        .await?;
    rows.iter().map(kept).collect()
}

/// What somebody was told, for a link that is about it.
#[derive(Clone, Debug)]
pub(super) struct ToldRow {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub kind: String,
    pub told_at: Timestamp,
}

/// A notice, or all of a digest; the newest first.
pub(super) async fn told(from: impl Into<Reader<'_>>, id: Uuid) -> Result<Vec<ToldRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT organisation, person, kind, told_at FROM notices WHERE id = $1 OR digest = $1 ",
                "ORDER BY told_at DESC LIMIT 1000"
            ),
            values![id],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(ToldRow {
                organisation: row.get("organisation")?,
                person: row.get("person")?,
                kind: row.get("kind")?,
                told_at: row.get("told_at")?,
            })
        })
        .collect()
}

fn kept(row: &Row) -> Result<Kept, Error> {
    let (text, mail): (String, Option<String>) = (row.get("text")?, row.get("mail")?);
    let spoken = |text: &str| {
        serde_json::from_str(text)
            .map_err(|error| Error::Column { column: "text".to_owned(), reason: format!("no message: {error}") })
    };
    Ok(Kept {
        id: row.get("id")?,
        person: row.get("person")?,
        kind: row.get("kind")?,
        text: spoken(&text)?,
        mail: mail.as_deref().map(spoken).transpose()?,
        href: row.get("href")?,
        about: row.get("about")?,
        key: row.get("key")?,
        told_at: row.get("told_at")?,
        read_at: row.get("read_at")?,
        mailed_at: row.get("mailed_at")?,
        digest: row.get("digest")?,
    })
}

/// Marks one of somebody's notices as read; false when there is none of theirs.
pub(super) async fn read(tx: &mut Tx, person: PersonId, id: Uuid, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE notices SET read_at = COALESCE(read_at, $3) WHERE id = $2 AND person = $1"),
            values![person, id, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Marks as read what somebody was told of a kind about something that they have done by now.
pub async fn settle(
    tx: &mut Tx,
    person: PersonId,
    (kind, href): (&'static str, &str),
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE notices SET read_at = $4 WHERE person = $1 AND kind = $2 AND href = $3 AND read_at IS NULL"),
        values![person, kind, href, now],
    )
    .await
    .map(drop)
}

/// Marks as read what these people were told of a record, since more has come of it.
pub async fn overtake(tx: &mut Tx, people: &[PersonId], about: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE notices SET read_at = $2 WHERE about = $1 AND read_at IS NULL AND person ", in_ids!("$3")),
        values![about, now, ids(people.iter().map(|person| person.0))],
    )
    .await
    .map(drop)
}

/// The same for what they were told of one kind: what else waits of the record goes on waiting.
pub async fn overtake_kind(
    tx: &mut Tx,
    people: &[PersonId],
    (kind, about): (&'static str, Uuid),
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE notices SET read_at = $3 WHERE about = $1 AND kind = $2 AND read_at IS NULL AND person ",
            in_ids!("$4")
        ),
        values![about, kind, now, ids(people.iter().map(|person| person.0))],
    )
    .await
    .map(drop)
}

/// Something that somebody was told and has not read.
#[derive(Clone, Debug)]
pub struct Unread {
    pub id: Uuid,
    pub person: PersonId,
    pub kind: String,
    pub key: Option<String>,
}

fn unread_of(row: &Row) -> Result<Unread, Error> {
    Ok(Unread { id: row.get("id")?, person: row.get("person")?, kind: row.get("kind")?, key: row.get("key")? })
}

/// What these people have not read of two kinds.
pub async fn unread(
    from: impl Into<Reader<'_>>,
    people: &[PersonId],
    [kind, other]: [&'static str; 2],
) -> Result<Vec<Unread>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, person, kind, key FROM notices WHERE read_at IS NULL AND kind IN ($1, $2) AND person ",
                in_ids!("$3")
            ),
            values![kind, other, ids(people.iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(unread_of).collect()
}

/// What these people have not read that is about a record, or leads to pages below its own.
pub(super) async fn unread_of_record(
    tx: &mut Tx,
    people: &[PersonId],
    (record, path): (Uuid, &str),
) -> Result<Vec<Unread>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, person, kind, key FROM notices WHERE read_at IS NULL AND (about = $1 OR href LIKE $2) AND person ",
                in_ids!("$3")
            ),
            values![record, format!("{path}/%"), ids(people.iter().map(|person| person.0))],
        )
        .await?;
    rows.iter().map(unread_of).collect()
}

/// Marks these notices as read: what they say is not so any more.
pub async fn overtake_these(tx: &mut Tx, notices: &[Uuid], now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE notices SET read_at = $1 WHERE read_at IS NULL AND id ", in_ids!("$2")),
        values![now, ids(notices.iter().copied())],
    )
    .await
    .map(drop)
}

pub(super) async fn read_all(tx: &mut Tx, person: PersonId, now: Timestamp) -> Result<u64, Error> {
    tx.run(sql!("UPDATE notices SET read_at = $2 WHERE person = $1 AND read_at IS NULL"), values![person, now]).await
}

pub(super) async fn mailed(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE notices SET mailed_at = $2 WHERE id = $1"), values![id, now]).await.map(drop)
}

/// Has a notice wait for a digest.
pub(super) async fn put_off(tx: &mut Tx, id: Uuid, digest: Uuid) -> Result<(), Error> {
    tx.run(sql!("UPDATE notices SET digest = $2 WHERE id = $1"), values![id, digest]).await.map(drop)
}

pub(super) async fn digest_mailed(tx: &mut Tx, digest: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE notices SET mailed_at = $2 WHERE digest = $1 AND mailed_at IS NULL AND read_at IS NULL"),
        values![digest, now],
    )
    .await
    .map(drop)
}

/// A mail that had nowhere to go.
pub(super) async fn unreached(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE notices SET unreached_at = $2 WHERE id = $1"), values![id, now]).await.map(drop)
}

/// A digest that had nowhere to go: what it would have told is told in another one.
pub(super) async fn digest_unreached(tx: &mut Tx, digest: Uuid, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE notices SET unreached_at = $2, digest = NULL ",
            "WHERE digest = $1 AND mailed_at IS NULL AND read_at IS NULL"
        ),
        values![digest, now],
    )
    .await
    .map(drop)
}

/// What somebody was told since then in mails that had nowhere to go, the oldest first.
pub(super) async fn lost(tx: &mut Tx, person: PersonId, since: Timestamp) -> Result<Vec<Uuid>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id FROM notices WHERE person = $1 AND unreached_at IS NOT NULL AND mailed_at IS NULL ",
                "AND told_at > $2 ORDER BY id LIMIT 1000"
            ),
            values![person, since],
        )
        .await?;
    rows.iter().map(|row| row.get("id")).collect()
}

/// No mail of somebody's has nowhere to go any more.
pub(super) async fn take_up(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE notices SET unreached_at = NULL WHERE person = $1 AND unreached_at IS NOT NULL"),
        values![person],
    )
    .await
    .map(drop)
}

/// What somebody has chosen of each kind.
pub(super) async fn choices(from: impl Into<Reader<'_>>, person: PersonId) -> Result<Vec<(String, Way)>, Error> {
    let rows =
        from.into().rows(sql!("SELECT kind, way FROM notice_choices WHERE person = $1"), values![person]).await?;
    let chosen = |row: &Row| -> Result<Option<(String, Way)>, Error> {
        Ok(Way::parse(&row.get::<String>("way")?).zip(Some(row.get("kind")?)).map(|(way, kind)| (kind, way)))
    };
    rows.iter().filter_map(|row| chosen(row).transpose()).collect()
}

pub(super) async fn forget_choices(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM notice_choices WHERE person = $1"), values![person]).await.map(drop)
}

pub(super) async fn choose(
    tx: &mut Tx,
    organisation: OrganisationId,
    person: PersonId,
    choices: &[(&str, Way)],
) -> Result<(), Error> {
    tx.run_many(
        sql!(
            "INSERT INTO notice_choices (person, kind, organisation, way) VALUES ($1, $2, $3, $4) ",
            "ON CONFLICT (person, kind) DO UPDATE SET way = excluded.way"
        ),
        choices.iter().map(|(kind, way)| values![person, *kind, organisation, way.code()]).collect(),
    )
    .await
    .map(drop)
}
