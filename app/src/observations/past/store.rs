use jiff::Timestamp;
use jiff::civil::Date;

use super::super::model::{Class, Confidential, Declaration, ItemId, Policy, SeatId, SeatState, SittingId};
use super::{Classified, Cleared, Past, Ruled, Stood};
use crate::db::{Error, Reader, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::{in_ids, sql, values};

/// So many versions of its policy an organisation is asked for.
const MOST_POLICIES: i64 = 200;

/// What held of a sitting and of those who ask for a seat at it: four statements.
pub(in crate::observations) async fn past(
    from: impl Into<Reader<'_>>,
    (organisation, sitting, day): (OrganisationId, SittingId, Date),
    people: &[PersonId],
) -> Result<Past, Error> {
    let mut from = from.into();
    Ok(Past {
        classes: classes(from.again(), sitting).await?,
        standings: standings(from.again(), sitting).await?,
        policies: policies(from.again(), organisation).await?,
        clearances: clearances(from, organisation, people, day).await?,
    })
}

async fn classes(from: Reader<'_>, sitting: SittingId) -> Result<Vec<Classified>, Error> {
    let statement = sql!(
        "SELECT item_classes.item, item_classes.since, item_classes.class, item_classes.is_agreed FROM item_classes ",
        "JOIN sitting_items ON sitting_items.id = item_classes.item WHERE sitting_items.sitting = $1 ",
        "ORDER BY item_classes.item, item_classes.number"
    );
    let rows = from.rows(statement, values![sitting]).await?;
    rows.iter()
        .map(|row| {
            Ok(Classified {
                item: row.get("item")?,
                since: row.get("since")?,
                class: row.word_if("class", Class::parse)?,
                is_agreed: row.get("is_agreed")?,
            })
        })
        .collect()
}

async fn standings(from: Reader<'_>, sitting: SittingId) -> Result<Vec<Stood>, Error> {
    let statement = sql!(
        "SELECT seat_standings.seat, seat_standings.since, seat_standings.state, seat_standings.conflict, seat_standings.concerns ",
        "FROM seat_standings JOIN seats ON seats.id = seat_standings.seat WHERE seats.sitting = $1 ",
        "ORDER BY seat_standings.seat, seat_standings.number"
    );
    let rows = from.rows(statement, values![sitting]).await?;
    let numbers = |text: &str| text.split_whitespace().map(|number| number.parse().ok()).collect();
    rows.iter()
        .map(|row| {
            Ok(Stood {
                seat: row.get("seat")?,
                since: row.get("since")?,
                state: row.word("state", SeatState::parse)?,
                conflict: row.word("conflict", Declaration::parse)?,
                concerns: row.word("concerns", numbers)?,
            })
        })
        .collect()
}

async fn policies(from: Reader<'_>, organisation: OrganisationId) -> Result<Vec<Ruled>, Error> {
    let statement = sql!(
        "SELECT version, since, confidential, open_without_undertaking, secretary_agrees FROM policy_versions ",
        "WHERE organisation = $1 ORDER BY version DESC LIMIT $2"
    );
    let rows = from.rows(statement, values![organisation, MOST_POLICIES]).await?;
    rows.iter()
        .rev()
        .map(|row| {
            let policy = Policy {
                confidential: row.word("confidential", Confidential::parse)?,
                open_without_undertaking: row.get("open_without_undertaking")?,
                secretary_agrees: row.get("secretary_agrees")?,
                version: row.get("version")?,
            };
            Ok(Ruled { since: row.get("since")?, policy })
        })
        .collect()
}

/// Those of these people's clearances that reach a day, whether they were taken back or not.
async fn clearances(
    from: Reader<'_>,
    organisation: OrganisationId,
    people: &[PersonId],
    day: Date,
) -> Result<Vec<Cleared>, Error> {
    let statement = sql!(
        "SELECT person, given_at, revoked_at, until FROM clearances WHERE organisation = $1 AND until >= $3 AND person ",
        in_ids!("$2"),
        " ORDER BY given_at, id"
    );
    let rows = from.rows(statement, values![organisation, ids(people.iter().map(|id| id.0)), day.to_string()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Cleared {
                person: row.get("person")?,
                since: row.get("given_at")?,
                last: row.word("until", |text| text.parse().ok())?,
                revoked_at: row.get("revoked_at")?,
            })
        })
        .collect()
}

/// Notes how an item is classified from now on.
pub(in crate::observations) async fn classify(
    tx: &mut Tx,
    organisation: OrganisationId,
    (item, class, is_agreed): (ItemId, Option<Class>, bool),
    (by, since): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO item_classes (item, number, organisation, since, class, is_agreed, written_by) VALUES ($1, ",
            "(SELECT COALESCE(MAX(number), 0) + 1 FROM item_classes WHERE item = $1), $2, $3, $4, $5, $6)"
        ),
        values![item, organisation, since, class.map(Class::code), is_agreed, by],
    )
    .await
    .map(drop)
}

/// Notes that the chair agrees from now on to the classes of a sitting to which nobody has agreed.
pub(in crate::observations) async fn agree(
    tx: &mut Tx,
    sitting: SittingId,
    (by, since): (Option<PersonId>, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO item_classes (item, number, organisation, since, class, is_agreed, written_by) SELECT items.id, ",
            "(SELECT COALESCE(MAX(past.number), 0) + 1 FROM item_classes AS past WHERE past.item = items.id), items.organisation, ",
            "CAST($2 AS BIGINT), items.class, TRUE, $3 FROM sitting_items AS items WHERE items.sitting = $1 ",
            "AND items.class IS NOT NULL AND items.agreed_at IS NULL"
        ),
        values![sitting, since, by],
    )
    .await
    .map(drop)
}

/// Notes that nobody agrees to the classes of a sitting any more.
pub(in crate::observations) async fn disagree(tx: &mut Tx, sitting: SittingId, since: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO item_classes (item, number, organisation, since, class, is_agreed) SELECT items.id, ",
            "(SELECT COALESCE(MAX(past.number), 0) + 1 FROM item_classes AS past WHERE past.item = items.id), items.organisation, ",
            "CAST($2 AS BIGINT), items.class, FALSE FROM sitting_items AS items WHERE items.sitting = $1 ",
            "AND items.agreed_at IS NOT NULL"
        ),
        values![sitting, since],
    )
    .await
    .map(drop)
}

/// Forgets the classes of the items after a number, which go.
pub(in crate::observations) async fn cut(tx: &mut Tx, sitting: SittingId, after: i64) -> Result<(), Error> {
    let statement = sql!(
        "DELETE FROM item_classes WHERE item IN (SELECT id FROM sitting_items WHERE sitting = $1 AND number > $2)"
    );
    tx.run(statement, values![sitting, after]).await.map(drop)
}

/// Notes how these seats stand from now on, as they were just written; where nothing is said of the items for which a conflict counts, they
/// stay those that they were.
pub(in crate::observations) async fn stand(
    tx: &mut Tx,
    seats: &[SeatId],
    concerns: Option<&[i64]>,
    since: Timestamp,
) -> Result<(), Error> {
    let concerns = concerns.map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    tx.run(
        sql!(
            "INSERT INTO seat_standings (seat, number, organisation, since, state, conflict, concerns) SELECT seats.id, ",
            "(SELECT COALESCE(MAX(past.number), 0) + 1 FROM seat_standings AS past WHERE past.seat = seats.id), seats.organisation, ",
            "CAST($2 AS BIGINT), seats.state, seats.conflict, COALESCE(CAST($3 AS TEXT), (SELECT past.concerns ",
            "FROM seat_standings AS past WHERE past.seat = seats.id ORDER BY past.number DESC LIMIT 1), '') FROM seats WHERE seats.id ",
            in_ids!("$1")
        ),
        values![ids(seats.iter().map(|id| id.0)), since, concerns],
    )
    .await
    .map(drop)
}

/// Notes what an organisation lets observers do from now on.
pub(in crate::observations) async fn rule(
    tx: &mut Tx,
    organisation: OrganisationId,
    policy: Policy,
    (by, since): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO policy_versions (organisation, version, since, confidential, open_without_undertaking, secretary_agrees, ",
            "written_by) VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![
            organisation,
            policy.version + 1,
            since,
            policy.confidential.code(),
            policy.open_without_undertaking,
            policy.secretary_agrees,
            by
        ],
    )
    .await
    .map(drop)
}
