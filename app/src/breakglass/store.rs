use jiff::Timestamp;

use super::model::{Opening, OpeningId};
use crate::db::{Db, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, Part, PersonId};
use crate::mentorships::MentorshipId;
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole openings.
macro_rules! openings {
    () => {
        "SELECT id, organisation, mentorship, agreement, asked_by, asked_part, asked_at, second, second_part, reason, hours, \
         hold, tells_at, confirmed_at, refused_at, opens_until, told_at, closed_at FROM glass_openings "
    };
}

fn opening_of(row: &Row) -> Result<Opening, Error> {
    Ok(Opening {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        mentorship: row.get("mentorship")?,
        agreement: row.get("agreement")?,
        asked_by: row.get("asked_by")?,
        asked_part: row.word("asked_part", Part::parse)?,
        asked_at: row.get("asked_at")?,
        second: row.get("second")?,
        second_part: row.word("second_part", Part::parse)?,
        reason: row.get("reason")?,
        hours: row.get("hours")?,
        hold: row.get("hold")?,
        tells_at: row.get("tells_at")?,
        confirmed_at: row.get("confirmed_at")?,
        refused_at: row.get("refused_at")?,
        opens_until: row.get("opens_until")?,
        told_at: row.get("told_at")?,
        closed_at: row.get("closed_at")?,
    })
}

/// An opening, whosoever it is; the caller asks who may.
pub(super) async fn opening(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: OpeningId,
) -> Result<Option<Opening>, Error> {
    let row =
        from.into().row(sql!(openings!(), "WHERE organisation = $1 AND id = $2"), values![organisation, id]).await?;
    row.as_ref().map(opening_of).transpose()
}

/// What somebody asked for, or was asked to open with another, the newest first.
pub(super) async fn of_person(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    person: PersonId,
) -> Result<Vec<Opening>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                openings!(),
                "WHERE organisation = $1 AND (asked_by = $2 OR second = $2) ORDER BY asked_at DESC, id DESC LIMIT 100"
            ),
            values![organisation, person],
        )
        .await?;
    rows.iter().map(opening_of).collect()
}

/// The requests that wait for somebody's answer and were made after an instant.
pub(super) async fn waiting(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    second: PersonId,
    after: Timestamp,
) -> Result<Vec<Opening>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                openings!(),
                "WHERE organisation = $1 AND second = $2 AND asked_at > $3 ",
                "AND confirmed_at IS NULL AND refused_at IS NULL AND closed_at IS NULL ORDER BY id LIMIT 100"
            ),
            values![organisation, second, after],
        )
        .await?;
    rows.iter().map(opening_of).collect()
}

/// Whether a request of somebody's for a pair waits that was made after an instant.
pub(super) async fn has_asked(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    asked_by: PersonId,
    after: Timestamp,
) -> Result<bool, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT 1 AS one FROM glass_openings WHERE organisation = $4 AND mentorship = $1 AND asked_by = $2 ",
                "AND asked_at > $3 AND confirmed_at IS NULL AND refused_at IS NULL AND closed_at IS NULL LIMIT 1"
            ),
            values![mentorship, asked_by, after, organisation],
        )
        .await?;
    Ok(row.is_some())
}

/// What was opened of these pairs and they have been told of, the newest first.
pub(super) async fn told_of(
    db: &Db,
    organisation: OrganisationId,
    pairs: &[MentorshipId],
    now: Timestamp,
) -> Result<Vec<Opening>, Error> {
    let rows = db
        .rows(
            sql!(
                openings!(),
                "WHERE organisation = $3 AND confirmed_at IS NOT NULL AND tells_at <= $2 AND mentorship ",
                in_ids!("$1"),
                " ORDER BY confirmed_at DESC, id DESC LIMIT 100"
            ),
            values![ids(pairs.iter().map(|pair| pair.0)), now, organisation],
        )
        .await?;
    rows.iter().map(opening_of).collect()
}

/// An opening, or a request for one, of which its pair knows nothing.
pub(super) struct Untold {
    pub id: OpeningId,
    pub mentorship: MentorshipId,
    pub two: [PersonId; 2],
}

/// Those of an organisation that were asked for since an instant and of which their pairs know nothing, not yet or for good.
pub(super) async fn untold(
    db: &Db,
    organisation: OrganisationId,
    (since, now): (Timestamp, Timestamp),
) -> Result<Vec<Untold>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT id, mentorship, asked_by, second FROM glass_openings WHERE organisation = $1 ",
                "AND asked_at >= $3 AND (confirmed_at IS NULL OR tells_at IS NULL OR tells_at > $2)"
            ),
            values![organisation, now, since],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let two = [row.get("asked_by")?, row.get("second")?];
            Ok(Untold { id: row.get("id")?, mentorship: row.get("mentorship")?, two })
        })
        .collect()
}

pub(super) async fn add(tx: &mut Tx, opening: &Opening) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO glass_openings (id, organisation, mentorship, agreement, asked_by, asked_part, asked_at, second, ",
            "second_part, reason, hours, hold, tells_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
        ),
        values![
            opening.id,
            opening.organisation,
            opening.mentorship,
            opening.agreement,
            opening.asked_by,
            opening.asked_part.code(),
            opening.asked_at,
            opening.second,
            opening.second_part.code(),
            &opening.reason,
            opening.hours,
            opening.hold.clone(),
            opening.tells_at
        ],
    )
    .await
    .map(drop)
}

/// Writes that the second confirmed it; false where it was answered or taken back meanwhile.
pub(super) async fn confirm(tx: &mut Tx, opening: &Opening) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE glass_openings SET agreement = $2, asked_part = $3, second_part = $4, confirmed_at = $5, ",
                "opens_until = $6, tells_at = $7 ",
                "WHERE id = $1 AND organisation = $8 AND confirmed_at IS NULL AND refused_at IS NULL AND closed_at IS NULL"
            ),
            values![
                opening.id,
                opening.agreement,
                opening.asked_part.code(),
                opening.second_part.code(),
                opening.confirmed_at,
                opening.opens_until,
                opening.tells_at,
                opening.organisation
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes that the second refused it; false where it was answered or taken back meanwhile.
pub(super) async fn refuse(tx: &mut Tx, opening: &Opening, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE glass_openings SET refused_at = $2 ",
                "WHERE id = $1 AND organisation = $3 AND confirmed_at IS NULL AND refused_at IS NULL AND closed_at IS NULL"
            ),
            values![opening.id, now, opening.organisation],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes that one of the two closed it; false where it was closed already.
pub(super) async fn close(tx: &mut Tx, opening: &Opening, (by, now): (PersonId, Timestamp)) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE glass_openings SET closed_at = $2, closed_by = $3 ",
                "WHERE id = $1 AND organisation = $4 AND refused_at IS NULL AND closed_at IS NULL"
            ),
            values![opening.id, now, by, opening.organisation],
        )
        .await?;
    Ok(touched == 1)
}

/// Has the pair told at an earlier instant; false where that is not earlier, or they know.
pub(super) async fn tell_sooner(tx: &mut Tx, opening: &Opening, at: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE glass_openings SET tells_at = $2 ",
                "WHERE id = $1 AND organisation = $3 AND told_at IS NULL AND tells_at > $2"
            ),
            values![opening.id, at, opening.organisation],
        )
        .await?;
    Ok(touched == 1)
}

/// Writes that the pair was told; false where it was already.
pub(super) async fn told(tx: &mut Tx, opening: &Opening, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE glass_openings SET told_at = $2 WHERE id = $1 AND organisation = $3 AND told_at IS NULL"),
            values![opening.id, now, opening.organisation],
        )
        .await?;
    Ok(touched == 1)
}
