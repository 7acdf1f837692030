use jiff::{SignedDuration, Timestamp};

use super::model::{
    Answer, Class, Confidential, Declaration, Item, ItemId, Kind, LinkAct, MOST_ITEMS, Policy, Reason, Seat, SeatId,
    SeatState, ShareReason, Sitting, SittingId, Somebody, State, Terms,
};
use super::past::store as past;
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{in_ids, sql, values};

/// So many sittings a page shows.
pub(super) const ON_A_PAGE: i64 = 100;

/// The head of every statement that reads whole sittings.
macro_rules! sittings {
    () => {
        "SELECT sittings.id, sittings.organisation, sittings.edition, sittings.number, sittings.kind, sittings.starts_at, \
         sittings.ends_at, sittings.zone, sittings.place, sittings.link, sittings.seats, sittings.undertaking_text, \
         sittings.lasts_months, sittings.notes_days, sittings.host, \
         coalesce(hosts.name, sittings.host_name) AS host_name, coalesce(hosts.address, sittings.host_address) AS host_address, \
         sittings.host_agreed_at, sittings.chair_forgotten, sittings.chair, coalesce(chairs.name, sittings.chair_name) AS chair_name, \
         coalesce(chairs.address, sittings.chair_address) AS chair_address, sittings.keeper, sittings.opened_by, \
         sittings.other_side_agreed_at, sittings.other_side_by, sittings.other_side_was, sittings.state, sittings.changed_at, sittings.version FROM sittings \
         LEFT JOIN persons AS hosts ON hosts.id = sittings.host LEFT JOIN persons AS chairs ON chairs.id = sittings.chair "
    };
}

/// A sitting of an organisation.
pub async fn sitting(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SittingId,
) -> Result<Option<Sitting>, Error> {
    let row = from
        .into()
        .row(sql!(sittings!(), "WHERE sittings.organisation = $1 AND sittings.id = $2"), values![organisation, id])
        .await?;
    row.as_ref().map(sitting_of).transpose()
}

fn sitting_of(row: &Row) -> Result<Sitting, Error> {
    Ok(Sitting {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        number: row.get("number")?,
        kind: row.word("kind", Kind::parse)?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        zone: row.get("zone")?,
        place: row.get("place")?,
        link: row.get("link")?,
        seats: row.get("seats")?,
        terms: Terms {
            text: row.get("undertaking_text")?,
            lasts_months: row.get("lasts_months")?,
            notes_days: row.get("notes_days")?,
        },
        host: Somebody { person: row.get("host")?, name: row.get("host_name")?, address: row.get("host_address")? },
        host_agreed_at: row.get("host_agreed_at")?,
        chair: Somebody { person: row.get("chair")?, name: row.get("chair_name")?, address: row.get("chair_address")? },
        is_chair_forgotten: row.get("chair_forgotten")?,
        keeper: row.get("keeper")?,
        opened_by: row.get("opened_by")?,
        other_side_agreed_at: row.get("other_side_agreed_at")?,
        other_side_by: row.get("other_side_by")?,
        other_side_was: row.word("other_side_was", spans_of)?,
        state: row.word("state", State::parse)?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// Stretches of time as they are stored.
pub(super) fn spans_of(text: &str) -> Option<Vec<(Timestamp, Timestamp)>> {
    let instant = |text: &str| Timestamp::from_microsecond(text.parse().ok()?).ok();
    let all: Vec<Timestamp> = text.split_whitespace().map(instant).collect::<Option<_>>()?;
    let span = |span: &[Timestamp]| match span {
        [from, until] => Some((*from, *until)),
        _ => None,
    };
    all.chunks(2).map(span).collect()
}

fn text_of_spans(spans: &[(Timestamp, Timestamp)]) -> String {
    let text = |(from, until): &(Timestamp, Timestamp)| format!("{} {}", from.as_microsecond(), until.as_microsecond());
    spans.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// The number of an organisation's next sitting.
pub(super) async fn next_number(tx: &mut Tx, organisation: OrganisationId) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!("SELECT coalesce(max(number), 0) + 1 AS next FROM sittings WHERE organisation = $1"),
            values![organisation],
        )
        .await?;
    row.map_or(Ok(1), |row| row.get("next"))
}

pub(super) async fn add(tx: &mut Tx, sitting: &Sitting) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sittings (id, organisation, edition, number, kind, starts_at, ends_at, zone, place, link, seats, ",
            "undertaking_text, lasts_months, notes_days, host, host_name, host_address, host_agreed_at, chair, chair_name, ",
            "chair_address, keeper, opened_by, state, created_at, changed_at, other_side_agreed_at, other_side_by, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, ",
            "$24, $25, $25, $26, $27, 1)"
        ),
        values![
            sitting.id,
            sitting.organisation,
            sitting.edition,
            sitting.number,
            sitting.kind.code(),
            sitting.starts_at,
            sitting.ends_at,
            &sitting.zone,
            &sitting.place,
            &sitting.link,
            sitting.seats,
            sitting.terms.text,
            sitting.terms.lasts_months,
            sitting.terms.notes_days,
            sitting.host.person,
            &sitting.host.name,
            &sitting.host.address,
            sitting.host_agreed_at,
            sitting.chair.person,
            &sitting.chair.name,
            &sitting.chair.address,
            sitting.keeper,
            sitting.opened_by,
            sitting.state.code(),
            sitting.changed_at,
            sitting.other_side_agreed_at,
            sitting.other_side_by
        ],
    )
    .await
    .map(drop)
}

/// Writes a sitting over the version that was read; false when somebody else was first.
pub(super) async fn put(tx: &mut Tx, sitting: &Sitting, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE sittings SET kind = $3, starts_at = $4, ends_at = $5, zone = $6, place = $7, link = $8, seats = $9, ",
                "undertaking_text = $10, lasts_months = $11, notes_days = $12, host = $13, host_name = $14, host_address = $15, ",
                "host_agreed_at = $16, chair = $17, chair_name = $18, chair_address = $19, keeper = $20, ",
                "other_side_agreed_at = $21, other_side_by = $22, state = $23, changed_at = $24, other_side_was = $25, ",
                "chair_forgotten = $26, version = version + 1 ",
                "WHERE id = $1 AND version = $2"
            ),
            values![
                sitting.id,
                sitting.version,
                sitting.kind.code(),
                sitting.starts_at,
                sitting.ends_at,
                &sitting.zone,
                &sitting.place,
                &sitting.link,
                sitting.seats,
                sitting.terms.text,
                sitting.terms.lasts_months,
                sitting.terms.notes_days,
                sitting.host.person,
                &sitting.host.name,
                &sitting.host.address,
                sitting.host_agreed_at,
                sitting.chair.person,
                &sitting.chair.name,
                &sitting.chair.address,
                sitting.keeper,
                sitting.other_side_agreed_at,
                sitting.other_side_by,
                sitting.state.code(),
                now,
                text_of_spans(&sitting.other_side_was),
                sitting.is_chair_forgotten
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// What a sitting lets be seen, in place of what it said before.
pub(super) async fn set_competencies(
    tx: &mut Tx,
    (organisation, sitting): (OrganisationId, SittingId),
    competencies: &[String],
) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_competencies WHERE sitting = $1"), values![sitting]).await?;
    let rows = competencies.iter().map(|competency| values![sitting, competency, organisation]).collect();
    tx.run_many(sql!("INSERT INTO sitting_competencies (sitting, competency, organisation) VALUES ($1, $2, $3)"), rows)
        .await
        .map(drop)
}

/// What these sittings let be seen.
pub(super) async fn competencies_of(
    from: impl Into<Reader<'_>>,
    sittings: &[SittingId],
) -> Result<Vec<(SittingId, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sitting, competency FROM sitting_competencies WHERE sitting ",
                in_ids!("$1"),
                " ORDER BY sitting, competency"
            ),
            values![ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("sitting")?, row.get("competency")?))).collect()
}

/// Whose list of sittings it is: those of these editions, and those in which somebody has a part of their own. Drafts are for these
/// alone, and for whoever sees all.
pub(super) struct Listing<'a> {
    pub organisation: OrganisationId,
    pub editions: &'a [EditionId],
    pub person: PersonId,
    pub sees_drafts: bool,
}

/// So many of the sittings that are to come, in the order of time, from a place in it on.
pub(super) async fn ahead(
    from: impl Into<Reader<'_>>,
    listing: &Listing<'_>,
    now: Timestamp,
    (after, most): ((Timestamp, SittingId), i64),
) -> Result<Vec<Sitting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                sittings!(),
                "WHERE sittings.organisation = $1 AND sittings.ends_at > $2 AND sittings.state <> 'held' AND ((sittings.edition ",
                in_ids!("$3"),
                " AND (sittings.state <> 'draft' OR $5)) OR sittings.host = $4 OR sittings.chair = $4 OR sittings.keeper = $4 ",
                "OR sittings.opened_by = $4) AND (sittings.starts_at > $6 OR (sittings.starts_at = $6 AND sittings.id > $7)) ",
                "ORDER BY sittings.starts_at, sittings.id LIMIT $8"
            ),
            values![
                listing.organisation,
                now,
                ids(listing.editions.iter().map(|id| id.0)),
                listing.person,
                listing.sees_drafts,
                after.0,
                after.1,
                most
            ],
        )
        .await?;
    rows.iter().map(sitting_of).collect()
}

/// So many of the sittings that have been, or were said to have been before their planned end, the newest first, from a place in time on.
pub(super) async fn past(
    from: impl Into<Reader<'_>>,
    listing: &Listing<'_>,
    now: Timestamp,
    (before, most): ((Timestamp, SittingId), i64),
) -> Result<Vec<Sitting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                sittings!(),
                "WHERE sittings.organisation = $1 AND (sittings.ends_at <= $2 OR sittings.state = 'held') ",
                "AND sittings.state <> 'cancelled' AND ((sittings.edition ",
                in_ids!("$3"),
                " AND (sittings.state <> 'draft' OR $5)) OR sittings.host = $4 OR sittings.chair = $4 OR sittings.keeper = $4 ",
                "OR sittings.opened_by = $4) AND (sittings.starts_at < $6 OR (sittings.starts_at = $6 AND sittings.id < $7)) ",
                "ORDER BY sittings.starts_at DESC, sittings.id DESC LIMIT $8"
            ),
            values![
                listing.organisation,
                now,
                ids(listing.editions.iter().map(|id| id.0)),
                listing.person,
                listing.sees_drafts,
                before.0,
                before.1,
                most
            ],
        )
        .await?;
    rows.iter().map(sitting_of).collect()
}

/// The sittings of an edition for which seats can be asked.
pub(super) async fn open_of_edition(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    now: Timestamp,
) -> Result<Vec<Sitting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                sittings!(),
                "WHERE sittings.edition = $1 AND sittings.state IN ('open', 'shared') AND sittings.starts_at > $2 ",
                "ORDER BY sittings.starts_at, sittings.id"
            ),
            values![edition, now],
        )
        .await?;
    rows.iter().map(sitting_of).collect()
}

/// The same for all editions of an organisation.
pub(super) async fn open_of_organisation(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    now: Timestamp,
) -> Result<Vec<Sitting>, Error> {
    let statement = sql!(
        sittings!(),
        "WHERE sittings.organisation = $1 AND sittings.state IN ('open', 'shared') AND sittings.starts_at > $2 ",
        "ORDER BY sittings.starts_at, sittings.id"
    );
    let rows = from.into().rows(statement, values![organisation, now]).await?;
    rows.iter().map(sitting_of).collect()
}

/// So many of the sittings of an edition for which seats can be asked, after one of them.
pub(super) async fn open_after(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    now: Timestamp,
    (after, most): ((Timestamp, SittingId), i64),
) -> Result<Vec<Sitting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                sittings!(),
                "WHERE sittings.edition = $1 AND sittings.state IN ('open', 'shared') AND sittings.starts_at > $2 ",
                "AND (sittings.starts_at, sittings.id) > ($3, $4) ORDER BY sittings.starts_at, sittings.id LIMIT $5"
            ),
            values![edition, now, after.0, after.1, most],
        )
        .await?;
    rows.iter().map(sitting_of).collect()
}

/// At how many of an edition's sittings that are to come more have asked than there are seats, so that there is something to share out.
pub(super) async fn crowded(from: impl Into<Reader<'_>>, edition: EditionId, now: Timestamp) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS crowded FROM (SELECT sittings.id FROM sittings JOIN seats ON seats.sitting = sittings.id ",
                "AND seats.state IN ('asked', 'held') WHERE sittings.edition = $1 AND sittings.state IN ('open', 'shared') ",
                "AND sittings.starts_at > $2 GROUP BY sittings.id, sittings.seats HAVING count(*) > sittings.seats ",
                "AND sum(CASE WHEN seats.state = 'asked' THEN 1 ELSE 0 END) > 0) AS wanted"
            ),
            values![edition, now],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("crowded"))
}

/// These sittings have been shared out, with one statement.
pub(super) async fn set_shared(tx: &mut Tx, sittings: &[SittingId], now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE sittings SET state = 'shared', changed_at = $2, version = version + 1 WHERE state IN ('open', 'shared') AND id ",
            in_ids!("$1")
        ),
        values![ids(sittings.iter().map(|id| id.0)), now],
    )
    .await
    .map(drop)
}

/// How many have asked for a seat at each of these sittings and wait, and how many hold one.
pub(super) async fn counts_of(
    from: impl Into<Reader<'_>>,
    sittings: &[SittingId],
) -> Result<Vec<(SittingId, i64, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sitting, CAST(sum(CASE WHEN state = 'asked' THEN 1 ELSE 0 END) AS BIGINT) AS asked, ",
                "CAST(sum(CASE WHEN state = 'held' THEN 1 ELSE 0 END) AS BIGINT) AS held FROM seats WHERE sitting ",
                in_ids!("$1"),
                " GROUP BY sitting"
            ),
            values![ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("sitting")?, row.get("asked")?, row.get("held")?))).collect()
}

/// For how many minutes together these sittings were observed, as far as there is a record of them in which something stands.
pub(super) async fn observed_of(
    from: impl Into<Reader<'_>>,
    sittings: &[SittingId],
) -> Result<Vec<(SittingId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT record_heads.chain, CAST(coalesce(sum(attendances.minutes), 0) AS BIGINT) AS minutes FROM record_heads ",
                "LEFT JOIN attendances ON attendances.sitting = record_heads.chain AND EXISTS (SELECT 1 FROM seats ",
                "WHERE seats.sitting = attendances.sitting AND seats.observer = attendances.observer AND seats.state = 'held') ",
                "WHERE record_heads.has_begun IS NOT FALSE AND record_heads.chain ",
                in_ids!("$1"),
                " GROUP BY record_heads.chain"
            ),
            values![ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("chain")?, row.get("minutes")?))).collect()
}

/// What is kept of a sitting's attendance: nothing where there is no record or nothing stands in it, else the minutes of each of those who came.
pub(super) async fn attended(
    from: impl Into<Reader<'_>>,
    sitting: SittingId,
) -> Result<Option<Vec<(PersonId, i64)>>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT attendances.observer, attendances.minutes FROM record_heads ",
                "LEFT JOIN attendances ON attendances.sitting = record_heads.chain ",
                "WHERE record_heads.chain = $1 AND record_heads.has_begun IS NOT FALSE"
            ),
            values![sitting],
        )
        .await?;
    let attended = |row: &Row| {
        let (observer, minutes): (Option<PersonId>, Option<i64>) = (row.get("observer")?, row.get("minutes")?);
        Ok(observer.zip(minutes))
    };
    let attended: Vec<Option<(PersonId, i64)>> = rows.iter().map(attended).collect::<Result<_, Error>>()?;
    Ok((!rows.is_empty()).then(|| attended.into_iter().flatten().collect()))
}

/// Puts the items of a sitting in the place of those that were there, or adds them. Who classified one stays with it.
pub(super) async fn put_item(
    tx: &mut Tx,
    organisation: OrganisationId,
    item: &Item,
    by: (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sitting_items (id, organisation, sitting, number, class, planned_from, planned_to, classified_by, ",
            "classified_at, agreed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO UPDATE SET ",
            "class = excluded.class, planned_from = excluded.planned_from, planned_to = excluded.planned_to, ",
            "classified_by = CASE WHEN COALESCE(sitting_items.class, '') = COALESCE(excluded.class, '') ",
            "THEN sitting_items.classified_by ELSE excluded.classified_by END, ",
            "classified_at = excluded.classified_at, agreed_at = excluded.agreed_at"
        ),
        values![
            item.id,
            organisation,
            item.sitting,
            item.number,
            item.class.map(Class::code),
            item.planned_from,
            item.planned_to,
            by.0,
            item.classified_at.unwrap_or(by.1),
            item.agreed_at
        ],
    )
    .await?;
    past::classify(tx, organisation, (item.id, item.class, item.agreed_at.is_some()), by).await
}

/// Takes the items after a number away.
pub(super) async fn cut_items(tx: &mut Tx, sitting: SittingId, after: i64) -> Result<(), Error> {
    tx.run(
        sql!(
            "DELETE FROM seat_conflict_items WHERE item IN (SELECT id FROM sitting_items WHERE sitting = $1 AND number > $2)"
        ),
        values![sitting, after],
    )
    .await?;
    past::cut(tx, sitting, after).await?;
    tx.run(sql!("DELETE FROM sitting_items WHERE sitting = $1 AND number > $2"), values![sitting, after])
        .await
        .map(drop)
}

/// The chair agrees to the classes as they stand; `by` is nobody where a link did it.
pub(super) async fn agree_items(
    tx: &mut Tx,
    sitting: SittingId,
    (by, at): (Option<PersonId>, Timestamp),
) -> Result<u64, Error> {
    past::agree(tx, sitting, (by, at)).await?;
    tx.run(
        sql!(
            "UPDATE sitting_items SET agreed_at = $2, agreed_by = $3 WHERE sitting = $1 AND class IS NOT NULL AND agreed_at IS NULL"
        ),
        values![sitting, at, by],
    )
    .await
}

/// An item at which an observer is out because of a conflict.
pub(super) async fn concern(
    tx: &mut Tx,
    organisation: OrganisationId,
    pairs: &[(SeatId, ItemId)],
) -> Result<(), Error> {
    let rows = pairs.iter().map(|(seat, item)| values![*seat, *item, organisation]).collect();
    tx.run_many(
        sql!(
            "INSERT INTO seat_conflict_items (seat, item, organisation) VALUES ($1, $2, $3) ON CONFLICT (seat, item) DO NOTHING"
        ),
        rows,
    )
    .await
    .map(drop)
}

/// Forgets for which items a conflict was said to count.
pub(super) async fn unconcern(tx: &mut Tx, seat: SeatId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM seat_conflict_items WHERE seat = $1"), values![seat]).await.map(drop)
}

/// For so long after its end somebody is asked on their first page whether a sitting took place.
const STILL_ASKED: SignedDuration = SignedDuration::from_hours(90 * 24);

/// At how many sittings something waits for somebody: to receive observers, to answer a wish, to ask the other side, to agree to classes.
pub(super) async fn waiting_for(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
    now: Timestamp,
) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS waiting FROM sittings WHERE organisation = $1 AND ((starts_at > $3 AND (host = $2 OR chair = $2) ",
                "AND ((host = $2 AND state = 'draft') OR (host = $2 AND state IN ('open', 'shared') AND EXISTS (SELECT 1 FROM seats ",
                "WHERE seats.sitting = sittings.id AND seats.state = 'asked' AND seats.host_answer IS NULL)) ",
                "OR (host = $2 AND state IN ('open', 'shared') AND kind = 'negotiation' AND other_side_agreed_at IS NULL AND EXISTS ",
                "(SELECT 1 FROM seats WHERE seats.sitting = sittings.id AND seats.state IN ('asked', 'held'))) ",
                "OR ((chair = $2 OR (chair IS NULL AND chair_address = '')) AND state IN ('open', 'shared') AND EXISTS (SELECT 1 ",
                "FROM sitting_items WHERE sitting_items.sitting = sittings.id AND class IS NOT NULL AND agreed_at IS NULL)))) ",
                // It is over, and nobody says what came of it.
                "OR (ends_at <= $3 AND ends_at > $4 AND state IN ('open', 'shared') AND (kind = 'meeting' OR other_side_agreed_at IS NOT NULL) ",
                "AND (host = $2 OR keeper = $2 OR (host IS NULL AND opened_by = $2)) ",
                "AND EXISTS (SELECT 1 FROM seats WHERE seats.sitting = sittings.id AND seats.state = 'held')))"
            ),
            values![organisation, person, now, now.saturating_sub(STILL_ASKED).unwrap_or(Timestamp::MIN)],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("waiting"))
}

/// For those of a sitting who got a seat elsewhere in the same share-out: at which sitting, and whether it waits for an answer.
pub(super) async fn elsewhere(
    from: impl Into<Reader<'_>>,
    sitting: SittingId,
) -> Result<Vec<(SeatId, i64, SeatState)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.id, sittings.number, given.state FROM seats JOIN seats AS given ON given.observer = seats.observer ",
                "AND given.shared_at = seats.shared_at AND given.sitting <> seats.sitting AND given.state IN ('asked', 'held') ",
                "JOIN sittings ON sittings.id = given.sitting WHERE seats.sitting = $1 AND seats.reason = 'elsewhere' ",
                "ORDER BY seats.id, sittings.number"
            ),
            values![sitting],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?, row.word("state", SeatState::parse)?))).collect()
}

/// Who settled the conflicts of interest of a sitting's observers, and when.
pub(super) async fn settled_of(
    from: impl Into<Reader<'_>>,
    sitting: SittingId,
) -> Result<Vec<(SeatId, String, Timestamp)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.id, persons.name, seats.settled_at FROM seats JOIN persons ON persons.id = seats.settled_by ",
                "WHERE seats.sitting = $1 AND seats.settled_at IS NOT NULL"
            ),
            values![sitting],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("name")?, row.get("settled_at")?))).collect()
}

/// How many sittings are still to come with which somebody has to do.
pub(super) async fn coming_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
    now: Timestamp,
) -> Result<i64, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT count(*) AS sittings FROM sittings WHERE sittings.organisation = $3 AND sittings.ends_at > $2 ",
                "AND sittings.state NOT IN ('held', 'cancelled') AND (sittings.host = $1 OR sittings.chair = $1 ",
                "OR sittings.keeper = $1 OR (sittings.host IS NULL AND sittings.opened_by = $1) ",
                "OR (SELECT address FROM persons WHERE id = $1) IN (sittings.host_address, sittings.chair_address) ",
                "OR sittings.id IN (SELECT seats.sitting FROM seats WHERE seats.observer = $1 AND seats.state IN ('asked', 'held')))"
            ),
            values![person, now, organisation],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("sittings"))
}

/// Who is on the other side of a negotiation, where somebody said it.
pub(super) async fn side(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Option<String>, Error> {
    let row = from.into().row(sql!("SELECT name FROM sitting_sides WHERE sitting = $1"), values![sitting]).await?;
    row.map(|row| row.get("name")).transpose()
}

/// Says who it is, in place of what was said before; `by` is nobody where a link did it.
pub(super) async fn name_side(
    tx: &mut Tx,
    sitting: &Sitting,
    name: &str,
    (by, at): (Option<PersonId>, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO sitting_sides (sitting, organisation, name, named_by, named_at) VALUES ($1, $2, $3, $4, $5) ",
            "ON CONFLICT (sitting) DO UPDATE SET name = excluded.name, named_by = excluded.named_by, named_at = excluded.named_at"
        ),
        values![sitting.id, sitting.organisation, name, by, at],
    )
    .await
    .map(drop)
}

/// Forgets who it was.
pub(super) async fn forget_side(tx: &mut Tx, sitting: SittingId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_sides WHERE sitting = $1"), values![sitting]).await.map(drop)
}

/// When the last link of each kind was made for a mail.
pub(super) async fn links_sent(
    from: impl Into<Reader<'_>>,
    sitting: SittingId,
) -> Result<Vec<(LinkAct, Timestamp)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT act, max(created_at) AS sent_at FROM sitting_links WHERE sitting = $1 GROUP BY act"),
            values![sitting],
        )
        .await?;
    rows.iter().map(|row| Ok((row.word("act", LinkAct::parse)?, row.get("sent_at")?))).collect()
}

/// What a link of a mail opens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub organisation: OrganisationId,
    pub sitting: SittingId,
    pub act: LinkAct,
}

/// Keeps a link's digest, and forgets those that have expired.
pub(super) async fn add_link(
    tx: &mut Tx,
    token: &[u8],
    link: &Link,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_links WHERE expires_at <= $1"), values![now]).await?;
    tx.run(
        sql!(
            "INSERT INTO sitting_links (token, organisation, sitting, act, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![token.to_vec(), link.organisation, link.sitting, link.act.code(), now, expires_at],
    )
    .await
    .map(drop)
}

/// The links of a sitting hold as long as it has to do with them, wherever its end moves.
pub(super) async fn prolong_links(tx: &mut Tx, sitting: SittingId, until: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE sitting_links SET expires_at = $2 WHERE sitting = $1"), values![sitting, until]).await.map(drop)
}

/// The links of whoever was the host, or presided, act no longer.
pub(super) async fn drop_links(tx: &mut Tx, sitting: SittingId, act: LinkAct) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM sitting_links WHERE sitting = $1 AND act = $2"), values![sitting, act.code()])
        .await
        .map(drop)
}

/// Takes the chair's agreement to all items of a sitting back.
pub(super) async fn disagree(tx: &mut Tx, sitting: SittingId, now: Timestamp) -> Result<(), Error> {
    past::disagree(tx, sitting, now).await?;
    tx.run(
        sql!(
            "UPDATE sitting_items SET agreed_at = NULL, agreed_by = NULL WHERE sitting = $1 AND agreed_at IS NOT NULL"
        ),
        values![sitting],
    )
    .await
    .map(drop)
}

/// Empties the names and addresses of those outside: who has an account stays who they are. The links of their mails have ended.
pub(super) async fn forget_outside(tx: &mut Tx, sitting: SittingId) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE sittings SET chair_forgotten = (chair_forgotten OR (chair IS NULL AND chair_address <> '')), ",
            "host_name = CASE WHEN host IS NULL THEN '' ELSE host_name END, ",
            "host_address = CASE WHEN host IS NULL THEN '' ELSE host_address END, ",
            "chair_name = CASE WHEN chair IS NULL THEN '' ELSE chair_name END, ",
            "chair_address = CASE WHEN chair IS NULL THEN '' ELSE chair_address END, version = version + 1 WHERE id = $1"
        ),
        values![sitting],
    )
    .await
    .map(drop)
}

pub(super) async fn link(from: impl Into<Reader<'_>>, token: &[u8], now: Timestamp) -> Result<Option<Link>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT organisation, sitting, act FROM sitting_links WHERE token = $1 AND expires_at > $2"),
            values![token.to_vec(), now],
        )
        .await?;
    row.map(|row| {
        Ok(Link {
            organisation: row.get("organisation")?,
            sitting: row.get("sitting")?,
            act: row.word("act", LinkAct::parse)?,
        })
    })
    .transpose()
}

/// The items of a sitting, in their order.
pub async fn items_of(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<Item>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, sitting, number, class, planned_from, planned_to, classified_at, agreed_at FROM sitting_items ",
                "WHERE sitting = $1 ORDER BY number LIMIT $2"
            ),
            values![sitting, i64::try_from(MOST_ITEMS).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Item {
                id: row.get("id")?,
                sitting: row.get("sitting")?,
                number: row.get("number")?,
                class: row.word_if("class", Class::parse)?,
                planned_from: row.get("planned_from")?,
                planned_to: row.get("planned_to")?,
                classified_at: row.get("classified_at")?,
                agreed_at: row.get("agreed_at")?,
            })
        })
        .collect()
}

/// The head of every statement that reads whole seats.
macro_rules! seats {
    () => {
        "SELECT seats.id, seats.sitting, seats.mentorship, seats.observer, persons.name AS observer_name, seats.activity, \
         seats.asked_by, seats.asked_at, seats.state, seats.host_answer, seats.secretary_answer, seats.shared_at, seats.reason, \
         seats.had, seats.still, seats.wishes, seats.places, seats.conflict, seats.conflict_words, seats.sequence, \
         seats.changed_at, seats.version, seats.kept_out_at, undertakings.signed_at FROM seats \
         JOIN persons ON persons.id = seats.observer LEFT JOIN undertakings ON undertakings.seat = seats.id "
    };
}

pub(super) use seats;

/// Everybody who has asked for a seat at a sitting, in the order in which they asked.
pub async fn seats_of(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<Seat>, Error> {
    let rows = from
        .into()
        .rows(sql!(seats!(), "WHERE seats.sitting = $1 ORDER BY seats.asked_at, seats.id"), values![sitting])
        .await?;
    rows.iter().map(seat_of).collect()
}

pub(super) fn seat_of(row: &Row) -> Result<Seat, Error> {
    let reason = match row.word_if("reason", ShareReason::parse)? {
        Some(code) => Some(Reason {
            code,
            had: row.get("had")?,
            still: row.get("still")?,
            wishes: row.get("wishes")?,
            places: row.get("places")?,
        }),
        None => None,
    };
    Ok(Seat {
        id: row.get("id")?,
        sitting: row.get("sitting")?,
        mentorship: row.get("mentorship")?,
        observer: row.get("observer")?,
        observer_name: row.get("observer_name")?,
        activity: row.get("activity")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        state: row.word("state", SeatState::parse)?,
        host_answer: row.word_if("host_answer", Answer::parse)?,
        secretary_answer: row.word_if("secretary_answer", Answer::parse)?,
        shared_at: row.get("shared_at")?,
        reason,
        conflict: row.word("conflict", Declaration::parse)?,
        conflict_words: row.get("conflict_words")?,
        sequence: row.get("sequence")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
        signed_at: row.get("signed_at")?,
        kept_out_at: row.get("kept_out_at")?,
    })
}

/// A seat by itself.
pub(super) async fn seat_of_organisation(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SeatId,
) -> Result<Option<Seat>, Error> {
    let row = from
        .into()
        .row(sql!(seats!(), "WHERE seats.organisation = $1 AND seats.id = $2"), values![organisation, id])
        .await?;
    row.as_ref().map(seat_of).transpose()
}

/// The sittings within a time at which somebody holds a seat, or which they host, chair or keep the record of.
pub(super) async fn of_person(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
    (first, last): (Timestamp, Timestamp),
) -> Result<Vec<Sitting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                sittings!(),
                "WHERE sittings.organisation = $1 AND sittings.ends_at > $3 AND sittings.starts_at < $4 ",
                "AND sittings.state NOT IN ('draft', 'cancelled') AND (sittings.host = $2 OR sittings.chair = $2 ",
                "OR sittings.keeper = $2 OR sittings.id IN (SELECT seats.sitting FROM seats WHERE seats.observer = $2 ",
                "AND seats.state = 'held')) ORDER BY sittings.starts_at, sittings.id LIMIT 500"
            ),
            values![organisation, person, first, last],
        )
        .await?;
    rows.iter().map(sitting_of).collect()
}

/// These observers, and no others, were let in to nothing at a sitting of which there is no record.
pub(super) async fn keep_out(tx: &mut Tx, sitting: SittingId, seats: &[SeatId], now: Timestamp) -> Result<(), Error> {
    let statement = sql!(
        "UPDATE seats SET kept_out_at = NULL, version = version + 1 WHERE sitting = $1 AND kept_out_at IS NOT NULL"
    );
    tx.run(statement, values![sitting]).await?;
    tx.run(
        sql!("UPDATE seats SET kept_out_at = $2, version = version + 1 WHERE id ", in_ids!("$1")),
        values![ids(seats.iter().map(|id| id.0)), now],
    )
    .await
    .map(drop)
}

/// Counts a calendar message to everybody who holds a seat.
pub(super) async fn next_sequence(tx: &mut Tx, sitting: SittingId) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE seats SET sequence = sequence + 1, version = version + 1 WHERE sitting = $1 AND state = 'held'"),
        values![sitting],
    )
    .await
    .map(drop)
}

/// The items of a sitting at which somebody is out because of a conflict of interest.
pub(super) async fn concerned(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<(SeatId, ItemId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seat_conflict_items.seat, seat_conflict_items.item FROM seat_conflict_items ",
                "JOIN seats ON seats.id = seat_conflict_items.seat WHERE seats.sitting = $1"
            ),
            values![sitting],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("seat")?, row.get("item")?))).collect()
}

/// What the organisation lets observers do; without a row, what the product begins with.
pub async fn policy(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Policy, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT confidential, open_without_undertaking, secretary_agrees, version FROM observation_policies ",
                "WHERE organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    row.map_or(Ok(Policy::default()), |row| {
        Ok(Policy {
            confidential: row.word("confidential", Confidential::parse)?,
            open_without_undertaking: row.get("open_without_undertaking")?,
            secretary_agrees: row.get("secretary_agrees")?,
            version: row.get("version")?,
        })
    })
}
