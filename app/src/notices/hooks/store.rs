use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Shape, Trouble};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId, Viewer};
use crate::{in_ids, sql, values};

/// A webhook as it is kept.
#[derive(Clone, Debug)]
pub(super) struct Hook {
    pub id: Uuid,
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub address: String,
    pub shape: Shape,
    pub kinds: Vec<String>,
    pub made_at: Timestamp,
    pub worked_at: Option<Timestamp>,
    /// Why the last try was in vain.
    pub trouble: Option<Trouble>,
    pub stopped_at: Option<Timestamp>,
}

macro_rules! columns {
    () => {
        "SELECT id, organisation, person, address, shape, kinds, made_at, worked_at, trouble, stopped_at FROM hooks "
    };
}

/// Somebody's webhooks, the oldest first.
pub(super) async fn of_person(from: impl Into<Reader<'_>>, viewer: &Viewer) -> Result<Vec<Hook>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(columns!(), "WHERE person = $1 AND organisation = $2 ORDER BY id"),
            values![viewer.person, viewer.organisation],
        )
        .await?;
    rows.iter().map(hook).collect()
}

/// A webhook, whosever it is.
pub(super) async fn hook_of(from: impl Into<Reader<'_>>, id: Uuid) -> Result<Option<Hook>, Error> {
    let row = from.into().row(sql!(columns!(), "WHERE id = $1"), values![id]).await?;
    row.as_ref().map(hook).transpose()
}

/// Whose webhooks hear of which kinds: of these people, those that are not stopped.
pub(super) async fn listening(
    tx: &mut Tx,
    organisation: OrganisationId,
    people: impl Iterator<Item = PersonId>,
) -> Result<Vec<(Uuid, PersonId, Vec<String>)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, person, kinds FROM hooks WHERE organisation = $1 AND stopped_at IS NULL AND person ",
                in_ids!("$2")
            ),
            values![organisation, ids(people.map(|person| person.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("person")?, kinds(row)?))).collect()
}

fn kinds(row: &Row) -> Result<Vec<String>, Error> {
    row.word("kinds", |text| serde_json::from_str(text).ok())
}

fn hook(row: &Row) -> Result<Hook, Error> {
    Ok(Hook {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        person: row.get("person")?,
        address: row.get("address")?,
        shape: row.word("shape", Shape::parse)?,
        kinds: kinds(row)?,
        made_at: row.get("made_at")?,
        worked_at: row.get("worked_at")?,
        trouble: row.word_if("trouble", Trouble::parse)?,
        stopped_at: row.get("stopped_at")?,
    })
}

pub(super) async fn add(tx: &mut Tx, hook: &Hook) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO hooks (id, organisation, person, address, shape, kinds, made_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![
            hook.id,
            hook.organisation,
            hook.person,
            &hook.address,
            hook.shape.code(),
            spoken(&hook.kinds),
            hook.made_at
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn set_kinds(tx: &mut Tx, id: Uuid, kinds: &[String]) -> Result<(), Error> {
    tx.run(sql!("UPDATE hooks SET kinds = $2 WHERE id = $1"), values![id, spoken(kinds)]).await.map(drop)
}

fn spoken(kinds: &[String]) -> String {
    serde_json::to_string(kinds).unwrap_or_default()
}

/// What came of a try. One that arrived starts a hook again that was stopped.
pub(super) async fn tried(tx: &mut Tx, id: Uuid, outcome: Result<(), Trouble>, now: Timestamp) -> Result<(), Error> {
    let (worked, trouble) = match outcome {
        Ok(()) => (Some(now), None),
        Err(trouble) => (None, Some(trouble.code())),
    };
    tx.run(
        sql!(
            "UPDATE hooks SET worked_at = coalesce($2, worked_at), trouble = $3, ",
            "stopped_at = CASE WHEN CAST($3 AS TEXT) IS NULL THEN NULL ELSE stopped_at END WHERE id = $1"
        ),
        values![id, worked, trouble],
    )
    .await
    .map(drop)
}

/// Stops a hook; false when it was stopped already.
pub(super) async fn stop(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool, Error> {
    let touched =
        tx.run(sql!("UPDATE hooks SET stopped_at = $2 WHERE id = $1 AND stopped_at IS NULL"), values![id, now]).await?;
    Ok(touched == 1)
}

pub(super) async fn remove(tx: &mut Tx, person: PersonId, id: Uuid) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM hooks WHERE id = $1 AND person = $2"), values![id, person]).await? == 1)
}
