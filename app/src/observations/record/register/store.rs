use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use crate::db::{Error, Reader, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::observations::model::{Kind, SittingId};
use crate::{in_ids, sql, values};

/// So many rows each part shows at most; one more is read, which says that there are more.
pub(super) const MOST: i64 = 100;

/// So many stand in a file at most.
pub(super) const MOST_IN_A_FILE: i64 = 10_000;

/// After which row in the order of time a part begins.
pub(super) type Place = (Timestamp, Uuid);

/// That the reader, who is the third value, neither observes nor observed a sitting: nobody reads a record that may name them.
macro_rules! not_of_reader {
    () => {
        " AND NOT EXISTS (SELECT 1 FROM seats LEFT JOIN undertakings ON undertakings.seat = seats.id \
         WHERE seats.sitting = sittings.id AND seats.observer = $3 \
         AND (seats.state IN ('asked', 'held') OR undertakings.seat IS NOT NULL)) AND NOT EXISTS (SELECT 1 FROM attendances \
         WHERE attendances.sitting = sittings.id AND attendances.observer = $3) "
    };
}

/// A sitting that comes, with what is still missing.
#[derive(Clone, Debug)]
pub(super) struct Coming {
    pub id: SittingId,
    pub number: i64,
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub seats: i64,
    pub items: i64,
    pub not_classified: i64,
    pub not_agreed: i64,
    /// Seats that wait for the secretary.
    pub asked: i64,
    /// Conflicts of interest that wait to be settled.
    pub conflicts: i64,
    pub not_signed: i64,
    /// Seats that wait for the host, and those whose observer has not said whether they have a conflict.
    pub host_asked: i64,
    pub not_declared: i64,
    /// Whether somebody asks to observe a negotiation of which the other side has not agreed.
    pub wants_other_side: bool,
    /// Whether its host has still to agree.
    pub is_draft: bool,
    /// Whether it is over, with observers, and nobody says what came of it: nothing stands in its record, and it was neither held nor called off.
    pub is_unsaid: bool,
}

/// The sittings that are not over, the next first, and before them those of which nobody says whether they were held.
pub(super) async fn coming(
    from: impl Into<Reader<'_>>,
    (organisation, reader): (OrganisationId, PersonId),
    now: Timestamp,
    (after, most): (Place, i64),
) -> Result<Vec<Coming>, Error> {
    let statement = sql!(
        "SELECT sittings.id, sittings.number, sittings.kind, sittings.starts_at, sittings.state = 'draft' AS is_draft, ",
        "sittings.ends_at <= $2 AS is_unsaid, ",
        "(SELECT count(*) FROM seats WHERE seats.sitting = sittings.id AND seats.state = 'held') AS seats, ",
        "(SELECT count(*) FROM sitting_items WHERE sitting_items.sitting = sittings.id) AS items, ",
        "(SELECT count(*) FROM sitting_items WHERE sitting_items.sitting = sittings.id AND sitting_items.class IS NULL) ",
        "AS not_classified, ",
        "(SELECT count(*) FROM sitting_items WHERE sitting_items.sitting = sittings.id AND sitting_items.class IS NOT NULL ",
        "AND sitting_items.agreed_at IS NULL) AS not_agreed, ",
        "(SELECT count(*) FROM seats WHERE seats.sitting = sittings.id AND seats.state = 'asked' ",
        "AND seats.secretary_answer IS NULL AND seats.observer <> $6) AS asked, ",
        "(SELECT count(*) FROM seats WHERE seats.sitting = sittings.id AND seats.state IN ('asked', 'held') ",
        "AND seats.conflict = 'declared' AND seats.observer <> $6) AS conflicts, ",
        "(SELECT count(*) FROM seats LEFT JOIN undertakings ON undertakings.seat = seats.id ",
        "WHERE seats.sitting = sittings.id AND seats.state = 'held' AND undertakings.seat IS NULL) AS not_signed, ",
        "(SELECT count(*) FROM seats WHERE seats.sitting = sittings.id AND seats.state = 'asked' ",
        "AND seats.host_answer IS NULL) AS host_asked, ",
        "(SELECT count(*) FROM seats WHERE seats.sitting = sittings.id AND seats.state = 'held' ",
        "AND seats.conflict = 'not-asked') AS not_declared, ",
        "(sittings.kind = 'negotiation' AND sittings.other_side_agreed_at IS NULL AND EXISTS (SELECT 1 FROM seats ",
        "WHERE seats.sitting = sittings.id AND seats.state IN ('asked', 'held'))) AS wants_other_side ",
        "FROM sittings WHERE sittings.organisation = $1 AND sittings.state NOT IN ('cancelled', 'held') ",
        "AND (sittings.ends_at > $2 OR (sittings.state <> 'draft' AND EXISTS (SELECT 1 FROM seats ",
        "WHERE seats.sitting = sittings.id AND seats.state = 'held') AND NOT EXISTS (SELECT 1 FROM record_heads ",
        "WHERE record_heads.chain = sittings.id AND record_heads.has_begun IS NOT FALSE AND record_heads.is_closed IS NOT TRUE))) ",
        "AND (sittings.starts_at, sittings.id) > ($4, $5) ORDER BY sittings.starts_at, sittings.id LIMIT $3"
    );
    let rows = from.into().rows(statement, values![organisation, now, most + 1, after.0, after.1, reader]).await?;
    rows.iter()
        .map(|row| {
            Ok(Coming {
                id: row.get("id")?,
                number: row.get("number")?,
                kind: row.word("kind", Kind::parse)?,
                starts_at: row.get("starts_at")?,
                seats: row.get("seats")?,
                items: row.get("items")?,
                not_classified: row.get("not_classified")?,
                not_agreed: row.get("not_agreed")?,
                asked: row.get("asked")?,
                conflicts: row.get("conflicts")?,
                not_signed: row.get("not_signed")?,
                host_asked: row.get("host_asked")?,
                not_declared: row.get("not_declared")?,
                wants_other_side: row.get("wants_other_side")?,
                is_draft: row.get("is_draft")?,
                is_unsaid: row.get("is_unsaid")?,
            })
        })
        .collect()
}

/// An undertaking that runs out.
#[derive(Clone, Debug)]
pub(super) struct Ending {
    pub seat: Uuid,
    pub observer: PersonId,
    pub sitting: SittingId,
    pub number: i64,
    pub ends_on: Date,
}

/// The undertakings that end within some days, the next first.
pub(super) async fn ending(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    (first, last): (Date, Date),
    (after, most): ((Date, Uuid), i64),
) -> Result<Vec<Ending>, Error> {
    let statement = sql!(
        "SELECT undertakings.seat, undertakings.observer, seats.sitting, sittings.number, undertakings.ends_on FROM undertakings ",
        "JOIN seats ON seats.id = undertakings.seat JOIN sittings ON sittings.id = seats.sitting ",
        "WHERE undertakings.organisation = $1 AND undertakings.ends_on BETWEEN $2 AND $3 ",
        "AND (undertakings.ends_on, undertakings.seat) > ($5, $6) ORDER BY undertakings.ends_on, undertakings.seat LIMIT $4"
    );
    let (first, last, place) = (first.to_string(), last.to_string(), after.0.to_string());
    let rows = from.into().rows(statement, values![organisation, first, last, most + 1, place, after.1]).await?;
    rows.iter()
        .map(|row| {
            Ok(Ending {
                seat: row.get("seat")?,
                observer: row.get("observer")?,
                sitting: row.get("sitting")?,
                number: row.get("number")?,
                ends_on: row.word("ends_on", |text| text.parse().ok())?,
            })
        })
        .collect()
}

/// A record that was kept.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    pub sitting: SittingId,
    pub number: i64,
    pub starts_at: Timestamp,
    pub entries: i64,
    /// Whether nobody has closed it yet.
    pub is_open: bool,
}

/// The records of an organisation that the reader may read, the newest first.
pub(super) async fn kept(
    from: impl Into<Reader<'_>>,
    (organisation, reader): (OrganisationId, PersonId),
    (before, most): (Place, i64),
) -> Result<Vec<Kept>, Error> {
    let statement = sql!(
        "SELECT sittings.id, sittings.number, sittings.starts_at, record_heads.entries, ",
        // What was said to have been held and was recorded in part is not closed by that; what was opened again is not closed by what closed
        // it once, as far as the record was read since it is kept.
        "(NOT coalesce(record_heads.is_closed, EXISTS (SELECT 1 FROM record_entries ",
        "WHERE record_entries.chain = record_heads.chain AND record_entries.kind = 'closed')) ",
        "AND (sittings.state <> 'held' OR record_heads.has_begun IS NOT FALSE)) AS is_open FROM record_heads ",
        "JOIN sittings ON sittings.id = record_heads.chain WHERE record_heads.organisation = $1",
        not_of_reader!(),
        "AND (sittings.starts_at, sittings.id) < ($4, $5) ORDER BY sittings.starts_at DESC, sittings.id DESC LIMIT $2"
    );
    let rows = from.into().rows(statement, values![organisation, most + 1, reader, before.0, before.1]).await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                sitting: row.get("id")?,
                number: row.get("number")?,
                starts_at: row.get("starts_at")?,
                entries: row.get("entries")?,
                is_open: row.get("is_open")?,
            })
        })
        .collect()
}

/// What these sittings are called, but for those at which the reader observes or observed: nobody reads of exposures in a record that is not
/// theirs to read.
pub(super) async fn numbers_for(
    from: impl Into<Reader<'_>>,
    (organisation, reader): (OrganisationId, PersonId),
    sittings: &[Uuid],
) -> Result<Vec<(SittingId, i64)>, Error> {
    let statement =
        sql!("SELECT id, number FROM sittings WHERE organisation = $1 AND id ", in_ids!("$2"), not_of_reader!());
    let rows = from.into().rows(statement, values![organisation, ids(sittings.iter().copied()), reader]).await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("number")?))).collect()
}
