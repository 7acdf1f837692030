use jiff::Timestamp;
use serde_json::json;

use super::super::model::{Answer, Declaration, Reason, Seat, SeatId, SeatState, Sitting, SittingId, Undertaking};
use super::super::past::store as past;
use super::super::sharing::{Share, Wish};
use super::super::store::{seat_of, seats};
use crate::activities::model::ActivityId;
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::i18n::Lang;
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::programmes::EditionId;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// Joins what the record of a sitting says of whoever holds a seat. A record in which nothing stands that happened is none.
macro_rules! recorded {
    () => {
        "LEFT JOIN record_heads ON record_heads.chain = seats.sitting AND record_heads.has_begun IS NOT FALSE \
         LEFT JOIN attendances ON attendances.sitting = seats.sitting AND attendances.observer = seats.observer "
    };
}

/// Whether somebody who held a seat observed, once the sitting was held: where it has a record, they came; where it has none, they were let
/// in to something. Asked of a statement that joins what is recorded.
macro_rules! came {
    () => {
        "(attendances.sitting IS NOT NULL OR (record_heads.chain IS NULL AND seats.kept_out_at IS NULL))"
    };
}

pub(in super::super) use {came, recorded};

/// A seat of a sitting.
pub(in super::super) async fn seat(
    from: impl Into<Reader<'_>>,
    sitting: SittingId,
    id: SeatId,
) -> Result<Option<Seat>, Error> {
    let row =
        from.into().row(sql!(seats!(), "WHERE seats.sitting = $1 AND seats.id = $2"), values![sitting, id]).await?;
    row.as_ref().map(seat_of).transpose()
}

/// The seats of these mentorships at these sittings.
pub(in super::super) async fn seats_at(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    sittings: &[SittingId],
) -> Result<Vec<Seat>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(seats!(), "WHERE seats.mentorship ", in_ids!("$1"), " AND seats.sitting ", in_ids!("$2")),
            values![ids(mentorships.iter().map(|id| id.0)), ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(seat_of).collect()
}

/// The sittings that are to come at which a pair asks for a seat or holds one.
pub(super) async fn ahead_of(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    now: Timestamp,
) -> Result<Vec<(SittingId, SeatId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.sitting, seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting ",
                "WHERE seats.mentorship = $1 AND seats.state IN ('asked', 'held') AND sittings.starts_at > $2 ",
                "AND sittings.state <> 'cancelled' ORDER BY sittings.starts_at, seats.id"
            ),
            values![mentorship, now],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("sitting")?, row.get("id")?))).collect()
}

/// The activities that seats of a pair at other sittings are to fulfil or have fulfilled; not those of seats that came to nothing.
pub async fn spoken_for(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    sitting: SittingId,
) -> Result<Vec<ActivityId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.activity FROM seats JOIN sittings ON sittings.id = seats.sitting ",
                recorded!(),
                "WHERE seats.mentorship = $1 AND seats.sitting <> $2 AND seats.activity IS NOT NULL ",
                "AND seats.state IN ('asked', 'held') AND sittings.state <> 'cancelled' ",
                "AND (sittings.state <> 'held' OR seats.state = 'held' AND ",
                came!(),
                ")"
            ),
            values![mentorship, sitting],
        )
        .await?;
    rows.iter().map(|row| row.get("activity")).collect()
}

/// Has no other seat of a pair fulfil an activity.
pub(super) async fn release(
    tx: &mut Tx,
    mentorship: MentorshipId,
    activity: ActivityId,
    sitting: SittingId,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE seats SET activity = NULL, version = version + 1 WHERE mentorship = $1 AND activity = $2 AND sitting <> $3"
        ),
        values![mentorship, activity, sitting],
    )
    .await
    .map(drop)
}

/// Asks for a seat, or asks again for one that was withdrawn.
pub(super) async fn ask(tx: &mut Tx, sitting: &Sitting, seat: &Seat) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO seats (id, organisation, sitting, mentorship, observer, activity, asked_by, asked_at, state, conflict, ",
            "sequence, changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'asked', 'not-asked', 0, $8, 1) ",
            "ON CONFLICT (sitting, mentorship) DO UPDATE SET state = 'asked', asked_by = excluded.asked_by, ",
            "asked_at = excluded.asked_at, activity = excluded.activity, host_answer = NULL, host_answered_at = NULL, ",
            "secretary_answer = NULL, secretary_answered_at = NULL, secretary = NULL, ",
            "shared_at = NULL, reason = NULL, changed_at = excluded.changed_at, version = seats.version + 1"
        ),
        values![
            seat.id,
            sitting.organisation,
            sitting.id,
            seat.mentorship,
            seat.observer,
            seat.activity.map(|id| id.0),
            seat.asked_by,
            seat.asked_at
        ],
    )
    .await?;
    past::stand(tx, &[seat.id], None, seat.asked_at).await
}

/// Forgets what the share-out came to for a seat.
pub(super) async fn unshare(tx: &mut Tx, seat: SeatId) -> Result<(), Error> {
    tx.run(sql!("UPDATE seats SET shared_at = NULL, reason = NULL WHERE id = $1"), values![seat]).await.map(drop)
}

/// Writes a seat over the version that was read; false when somebody else was first.
pub(super) async fn put(tx: &mut Tx, seat: &Seat, secretary: Option<PersonId>, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE seats SET state = $3, host_answer = $4, secretary_answer = $5, ",
                "host_answered_at = CASE WHEN CAST($4 AS TEXT) IS NULL THEN NULL WHEN host_answer = $4 THEN host_answered_at ELSE $8 END, ",
                "secretary_answered_at = CASE WHEN CAST($5 AS TEXT) IS NULL THEN NULL WHEN secretary_answer = $5 THEN secretary_answered_at ",
                "ELSE $8 END, ",
                "secretary = coalesce($6, secretary), sequence = $7, changed_at = $8, version = version + 1 ",
                "WHERE id = $1 AND version = $2"
            ),
            values![
                seat.id,
                seat.version,
                seat.state.code(),
                seat.host_answer.map(Answer::code),
                seat.secretary_answer.map(Answer::code),
                secretary,
                seat.sequence,
                now
            ],
        )
        .await?;
    past::stand(tx, &[seat.id], None, now).await?;
    Ok(touched == 1)
}

/// Says what the share-out came to for each of these wishes, with one statement; gives how many of them still waited.
pub(super) async fn share(tx: &mut Tx, shares: &[Share], now: Timestamp) -> Result<u64, Error> {
    let told = |share: &Share| {
        let state = if share.is_given { SeatState::Asked } else { SeatState::NotShared };
        let Reason { code, had, still, wishes, places } = share.reason;
        json!([share.seat.0.simple().to_string(), state.code(), code.code(), had, still, wishes, places])
    };
    let told: Vec<_> = shares.iter().map(told).collect();
    tx.run(
        sql!(
            "UPDATE seats SET state = told.state, shared_at = $2, reason = told.reason, had = told.had, still = told.still, ",
            "wishes = told.wishes, places = told.places, changed_at = $2, version = seats.version + 1 FROM (SELECT ",
            "/*sqlite unhex(value ->> 0) AS id, value ->> 1 AS state, value ->> 2 AS reason, value ->> 3 AS had, value ->> 4 AS still, ",
            "value ->> 5 AS wishes, value ->> 6 AS places FROM json_each($1)*/ ",
            "/*postgres CAST(value ->> 0 AS UUID) AS id, value ->> 1 AS state, value ->> 2 AS reason, ",
            "CAST(value ->> 3 AS BIGINT) AS had, CAST(value ->> 4 AS BOOLEAN) AS still, CAST(value ->> 5 AS BIGINT) AS wishes, ",
            "CAST(value ->> 6 AS BIGINT) AS places FROM json_array_elements(CAST($1 AS JSON))*/",
            ") AS told WHERE seats.id = told.id AND seats.state = 'asked'"
        ),
        values![json!(told).to_string(), now],
    )
    .await
}

/// Gives these seats to those who asked for them, with one statement; gives how many still waited.
pub(super) async fn hold(tx: &mut Tx, seats: &[SeatId], now: Timestamp) -> Result<u64, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE seats SET state = 'held', changed_at = $2, version = version + 1 WHERE state = 'asked' AND id ",
                in_ids!("$1")
            ),
            values![ids(seats.iter().map(|id| id.0)), now],
        )
        .await?;
    past::stand(tx, seats, None, now).await?;
    Ok(touched)
}

/// Everybody who asks for a seat at one of these sittings or holds one.
pub(super) async fn standing_at(from: impl Into<Reader<'_>>, sittings: &[SittingId]) -> Result<Vec<Seat>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                seats!(),
                "WHERE seats.state IN ('asked', 'held') AND seats.sitting ",
                in_ids!("$1"),
                " ORDER BY seats.asked_at, seats.id"
            ),
            values![ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(seat_of).collect()
}

/// These seats of an organisation, in the order in which they were asked for.
pub(super) async fn these(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    seats: &[SeatId],
) -> Result<Vec<Seat>, Error> {
    let statement = sql!(
        seats!(),
        "WHERE seats.organisation = $1 AND seats.id ",
        in_ids!("$2"),
        " ORDER BY seats.asked_at, seats.id"
    );
    let rows = from.into().rows(statement, values![organisation, ids(seats.iter().map(|id| id.0))]).await?;
    rows.iter().map(seat_of).collect()
}

/// What an observer answers of their conflicts, or the secretary settles, and for which items it counts.
pub(in super::super) async fn declare(
    tx: &mut Tx,
    seat: &Seat,
    (conflict, words): (Declaration, Option<Sealed>),
    (settled_by, concerns): (Option<PersonId>, &[i64]),
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE seats SET conflict = $3, conflict_words = $4, settled_by = $5, settled_at = $6, ",
                "changed_at = $7, version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![seat.id, seat.version, conflict.code(), words, settled_by, settled_by.map(|_| now), now],
        )
        .await?;
    past::stand(tx, &[seat.id], Some(concerns), now).await?;
    Ok(touched == 1)
}

/// Keeps what somebody signed.
pub(super) async fn sign(
    tx: &mut Tx,
    organisation: OrganisationId,
    undertaking: &Undertaking,
    lang: Lang,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO undertakings (seat, organisation, observer, text, lang, words, digest, signed_at, ends_on, notes_until) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
        ),
        values![
            undertaking.seat,
            organisation,
            undertaking.observer,
            undertaking.text,
            lang.code(),
            &undertaking.words,
            undertaking.digest.clone(),
            undertaking.signed_at,
            undertaking.ends_on.map(|day| day.to_string()),
            undertaking.notes_until.map(|day| day.to_string())
        ],
    )
    .await
    .map(drop)
}

/// Puts what was signed for a sitting aside, as it was.
pub(super) async fn replace_undertakings(tx: &mut Tx, sitting: SittingId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO replaced_undertakings (seat, organisation, observer, text, lang, words, digest, signed_at, ends_on, ",
            "notes_until, replaced_at) SELECT seat, organisation, observer, text, lang, words, digest, signed_at, ends_on, ",
            "notes_until, CAST($2 AS BIGINT) FROM undertakings WHERE seat IN (SELECT id FROM seats WHERE sitting = $1)"
        ),
        values![sitting, now],
    )
    .await?;
    let statement = sql!("DELETE FROM undertakings WHERE seat IN (SELECT id FROM seats WHERE sitting = $1)");
    tx.run(statement, values![sitting]).await.map(drop)
}

/// What was signed for these seats.
pub async fn undertakings_of(from: impl Into<Reader<'_>>, seats: &[SeatId]) -> Result<Vec<Undertaking>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seat, observer, text, words, digest, signed_at, ends_on, notes_until FROM undertakings WHERE seat ",
                in_ids!("$1"),
                " ORDER BY signed_at, seat"
            ),
            values![ids(seats.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(undertaking_of).collect()
}

fn undertaking_of(row: &Row) -> Result<Undertaking, Error> {
    let day = |column| row.word_if(column, |text| text.parse().ok());
    Ok(Undertaking {
        seat: row.get("seat")?,
        observer: row.get("observer")?,
        text: row.get("text")?,
        words: row.get("words")?,
        digest: row.get("digest")?,
        signed_at: row.get("signed_at")?,
        ends_on: day("ends_on")?,
        notes_until: day("notes_until")?,
    })
}

/// The wishes of an edition that wait for the share-out.
pub(super) async fn wishes(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    now: Timestamp,
) -> Result<Vec<Wish>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.id, seats.sitting, seats.observer, seats.asked_at FROM seats JOIN sittings ON sittings.id = seats.sitting ",
                "WHERE sittings.edition = $1 AND sittings.state IN ('open', 'shared') AND sittings.starts_at > $2 ",
                "AND seats.state = 'asked' AND seats.shared_at IS NULL ORDER BY seats.asked_at, seats.id"
            ),
            values![edition, now],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Wish {
                seat: row.get("id")?,
                sitting: row.get("sitting")?,
                observer: row.get("observer")?,
                asked_at: row.get("asked_at")?,
                had: 0,
                still: false,
            })
        })
        .collect()
}

/// How many seats these people hold or have been given, those that were among them. One that they did not use counts: nobody else could.
pub(super) async fn had(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    observers: &[PersonId],
) -> Result<Vec<(PersonId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.observer, count(*) AS had FROM seats JOIN sittings ON sittings.id = seats.sitting ",
                "WHERE seats.organisation = $1 AND sittings.state <> 'cancelled' ",
                "AND (seats.state = 'held' OR (seats.state = 'asked' AND seats.shared_at IS NOT NULL)) AND seats.observer ",
                in_ids!("$2"),
                " GROUP BY seats.observer"
            ),
            values![organisation, ids(observers.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("observer")?, row.get("had")?))).collect()
}

/// Which competencies these people have seen, or will see, at sittings where they hold a seat. What was called off shows nothing, nor what
/// they did not come to.
pub(super) async fn seen(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    observers: &[PersonId],
) -> Result<Vec<(PersonId, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT DISTINCT seats.observer, sitting_competencies.competency FROM seats ",
                "JOIN sitting_competencies ON sitting_competencies.sitting = seats.sitting ",
                "JOIN sittings ON sittings.id = seats.sitting ",
                recorded!(),
                "WHERE seats.organisation = $1 AND seats.state = 'held' AND sittings.state <> 'cancelled' ",
                "AND (sittings.state <> 'held' OR ",
                came!(),
                ") AND seats.observer ",
                in_ids!("$2")
            ),
            values![organisation, ids(observers.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("observer")?, row.get("competency")?))).collect()
}

/// How many places of these sittings are given away.
pub(super) async fn taken(from: impl Into<Reader<'_>>, sittings: &[SittingId]) -> Result<Vec<(SittingId, i64)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sitting, count(*) AS taken FROM seats WHERE (state = 'held' OR (state = 'asked' AND shared_at IS NOT NULL)) ",
                "AND sitting ",
                in_ids!("$1"),
                " GROUP BY sitting"
            ),
            values![ids(sittings.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("sitting")?, row.get("taken")?))).collect()
}

/// How the seats of pairs stand, for their pages: open wishes, seats that are to come, sittings that were observed, and minutes. Where a
/// sitting has a record, it says who came and for how long; else whoever held a seat did, for as long as it was planned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub asked: i64,
    pub ahead: i64,
    pub held: i64,
    pub minutes: i64,
    /// The beginning of the next one.
    pub next_at: Option<Timestamp>,
    /// Seats that are to come and whose undertaking is not signed, or whose conflicts are not answered.
    pub unready: i64,
    /// The sitting of the next of these.
    pub unready_at: Option<Timestamp>,
    /// Since when their observer has something to read that follows from what they heard.
    pub told_at: Option<Timestamp>,
}

/// The same for any number of pairs, with one statement; where there is none, there is no row.
pub async fn seat_counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    now: Timestamp,
) -> Result<Vec<(MentorshipId, Counts)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seats.mentorship, ",
                "CAST(sum(CASE WHEN seats.state = 'asked' AND sittings.starts_at > $2 THEN 1 ELSE 0 END) AS BIGINT) AS asked, ",
                "CAST(sum(CASE WHEN seats.state = 'held' AND sittings.ends_at > $2 AND sittings.state <> 'held' THEN 1 ELSE 0 END) ",
                "AS BIGINT) AS ahead, ",
                "CAST(sum(CASE WHEN seats.state = 'held' AND sittings.state = 'held' AND ",
                came!(),
                " THEN 1 ELSE 0 END) AS BIGINT) AS held, ",
                "CAST(sum(CASE WHEN seats.state = 'held' AND sittings.state = 'held' AND ",
                came!(),
                " THEN coalesce(attendances.minutes, (sittings.ends_at - sittings.starts_at) / 60000000) ELSE 0 END) AS BIGINT) ",
                "AS minutes, ",
                "min(CASE WHEN seats.state = 'held' AND sittings.ends_at > $2 AND sittings.state <> 'held' ",
                "THEN sittings.starts_at END) AS next_at, ",
                "CAST(sum(CASE WHEN seats.state = 'held' AND sittings.starts_at > $2 AND (seats.conflict = 'not-asked' ",
                "OR undertakings.seat IS NULL) THEN 1 ELSE 0 END) AS BIGINT) AS unready, ",
                "min(CASE WHEN seats.state = 'held' AND sittings.starts_at > $2 AND (seats.conflict = 'not-asked' ",
                "OR undertakings.seat IS NULL) THEN sittings.starts_at END) AS unready_at, ",
                "min(duties.told_at) AS told_at ",
                "FROM seats JOIN sittings ON sittings.id = seats.sitting AND sittings.state <> 'cancelled' ",
                "LEFT JOIN undertakings ON undertakings.seat = seats.id ",
                recorded!(),
                // Of several exposures of somebody the first that they have to read about.
                "LEFT JOIN (SELECT sitting, observer, min(told_at) AS told_at FROM insider_duties ",
                "WHERE acknowledged_at IS NULL AND withdrawn_at IS NULL GROUP BY sitting, observer) AS duties ",
                "ON duties.sitting = seats.sitting AND duties.observer = seats.observer WHERE seats.mentorship ",
                in_ids!("$1"),
                " GROUP BY seats.mentorship"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), now],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let counts = Counts {
                asked: row.get("asked")?,
                ahead: row.get("ahead")?,
                held: row.get("held")?,
                minutes: row.get("minutes")?,
                next_at: row.get("next_at")?,
                unready: row.get("unready")?,
                unready_at: row.get("unready_at")?,
                told_at: row.get("told_at")?,
            };
            Ok((row.get("mentorship")?, counts))
        })
        .collect()
}
