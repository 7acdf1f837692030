use jiff::Timestamp;
use jiff::civil::Date;

use super::model::{Observation, Preparation, Proposal, Proposed, Stored, Talk};
use crate::activities::model::{ActivityId, Kind as ActivityKind};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::observations::model::{Kind, SeatId, SeatState, SittingId, State};
use crate::observations::seating::{came, recorded};
use crate::programmes::EditionId;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// So many observations of a pair are read, the latest first: more than any pair has.
const MOST_OBSERVATIONS: i64 = 200;
/// So many are looked at in one go.
const PART: i64 = 200;

/// After which observation a part begins: when its sitting ended, and its seat.
pub(super) type After = (Timestamp, SeatId);
/// Before all of them.
pub(super) const FIRST: After = (Timestamp::MIN, SeatId(uuid::Uuid::nil()));

/// After which one the next part begins, where this one is full.
pub(super) fn next(part: &[Observation]) -> Option<After> {
    let is_full = part.len() >= usize::try_from(PART).unwrap_or(usize::MAX);
    part.last().filter(|_| is_full).map(|last| (last.ends_at, last.seat))
}

/// The head of every statement that reads held seats with their sittings and loops.
macro_rules! observations {
    () => {
        concat!(
            "SELECT seats.id AS seat, seats.organisation, seats.sitting, seats.mentorship, seats.observer, seats.activity, sittings.number, sittings.kind, \
         sittings.starts_at, sittings.ends_at, sittings.zone, sittings.state, sittings.notes_days, \
         coalesce(hosts.name, sittings.host_name) AS host_name, coalesce(chairs.name, sittings.chair_name) AS chair_name, \
         undertakings.notes_until, loops.competency, loops.lenses, loops.predicted_at, loops.practice, \
         loops.agreed_at, loops.asked_at, loops.reminded, loops.destroyed_at, loops.version, \
         record_heads.entries AS recorded, attendances.minutes AS attended, seats.kept_out_at FROM seats \
         JOIN sittings ON sittings.id = seats.sitting LEFT JOIN persons AS hosts ON hosts.id = sittings.host \
         LEFT JOIN persons AS chairs ON chairs.id = sittings.chair LEFT JOIN undertakings ON undertakings.seat = seats.id \
         LEFT JOIN loops ON loops.seat = seats.id ",
            recorded!(),
            "WHERE seats.state = 'held' AND sittings.state <> 'cancelled' "
        )
    };
}

/// The observations of these mentorships, the latest first.
pub(super) async fn of_mentorships(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
) -> Result<Vec<Observation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                observations!(),
                "AND seats.mentorship ",
                in_ids!("$1"),
                " ORDER BY sittings.starts_at DESC, seats.id LIMIT $2"
            ),
            values![
                ids(mentorships.iter().map(|id| id.0)),
                MOST_OBSERVATIONS.saturating_mul(i64::try_from(mentorships.len()).unwrap_or(1))
            ],
        )
        .await?;
    rows.iter().map(observation_of).collect()
}

/// The observations of an edition, for counting.
pub(super) async fn of_edition(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Observation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(observations!(), "AND sittings.edition = $1 ORDER BY sittings.starts_at, seats.id"),
            values![edition],
        )
        .await?;
    rows.iter().map(observation_of).collect()
}

/// One observation of an organisation.
pub(super) async fn observation(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    seat: SeatId,
) -> Result<Option<Observation>, Error> {
    let row = from
        .into()
        .row(sql!(observations!(), "AND seats.organisation = $1 AND seats.id = $2"), values![organisation, seat])
        .await?;
    row.as_ref().map(observation_of).transpose()
}

/// What took place and whose observers have not been asked for their debrief. Who never came is not asked.
pub(super) async fn to_ask(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    now: Timestamp,
    after: After,
) -> Result<Vec<Observation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                observations!(),
                "AND seats.organisation = $1 AND sittings.state = 'held' AND sittings.ends_at <= $2 AND loops.asked_at IS NULL ",
                "AND ",
                came!(),
                " AND (sittings.ends_at, seats.id) > ($3, $4) ORDER BY sittings.ends_at, seats.id LIMIT $5"
            ),
            values![organisation, now, after.0, after.1, PART],
        )
        .await?;
    rows.iter().map(observation_of).collect()
}

/// Whose debrief was asked for, before an instant at which their sitting was over, and who were reminded fewer times than so many.
pub(super) async fn to_remind(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    (over_at, reminders): (Timestamp, i64),
    after: After,
) -> Result<Vec<Observation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                observations!(),
                "AND seats.organisation = $1 AND loops.asked_at IS NOT NULL AND loops.destroyed_at IS NULL ",
                "AND sittings.ends_at <= $2 AND loops.reminded < $3 AND (sittings.ends_at, seats.id) > ($4, $5) ",
                "ORDER BY sittings.ends_at, seats.id LIMIT $6"
            ),
            values![organisation, over_at, reminders, after.0, after.1, PART],
        )
        .await?;
    rows.iter().map(observation_of).collect()
}

/// Whose notes are to be destroyed by a day, or by an instant where nothing was signed.
pub(super) async fn to_destroy(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    (day, now): (Date, Timestamp),
    after: After,
) -> Result<Vec<Observation>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                observations!(),
                "AND seats.organisation = $1 AND loops.version IS NOT NULL AND loops.destroyed_at IS NULL ",
                "AND (undertakings.notes_until <= $2 OR undertakings.notes_until IS NULL ",
                "AND sittings.starts_at + (sittings.notes_days - 1) * 86400000000 <= $3) ",
                "AND (sittings.ends_at, seats.id) > ($4, $5) ORDER BY sittings.ends_at, seats.id LIMIT $6"
            ),
            values![organisation, day.to_string(), now, after.0, after.1, PART],
        )
        .await?;
    rows.iter().map(observation_of).collect()
}

fn observation_of(row: &Row) -> Result<Observation, Error> {
    let lenses: Option<String> = row.get("lenses")?;
    let reminded: Option<i64> = row.get("reminded")?;
    let version: Option<i64> = row.get("version")?;
    let kept_out_at: Option<Timestamp> = row.get("kept_out_at")?;
    let recorded: Option<i64> = row.get("recorded")?;
    Ok(Observation {
        seat: row.get("seat")?,
        organisation: row.get("organisation")?,
        sitting: row.get("sitting")?,
        mentorship: row.get("mentorship")?,
        observer: row.get("observer")?,
        number: row.get("number")?,
        kind: row.word("kind", Kind::parse)?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        zone: row.get("zone")?,
        state: row.word("state", State::parse)?,
        host: row.get("host_name")?,
        chair: row.get("chair_name")?,
        activity: row.get("activity")?,
        notes_days: row.get("notes_days")?,
        notes_until: row.word_if("notes_until", |text| text.parse().ok())?,
        competency: row.get("competency")?,
        lenses: lenses.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        predicted_at: row.get("predicted_at")?,
        practice: row.get("practice")?,
        agreed_at: row.get("agreed_at")?,
        asked_at: row.get("asked_at")?,
        reminded: reminded.unwrap_or_default(),
        destroyed_at: row.get("destroyed_at")?,
        is_recorded: recorded.is_some(),
        is_kept_out: kept_out_at.is_some(),
        attended: row.get("attended")?,
        version: version.unwrap_or_default(),
    })
}

/// The competencies that a sitting shows.
pub(super) async fn competencies(from: impl Into<Reader<'_>>, seat: SeatId) -> Result<Vec<String>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sitting_competencies.competency FROM sitting_competencies ",
                "JOIN seats ON seats.sitting = sitting_competencies.sitting WHERE seats.id = $1 ",
                "ORDER BY sitting_competencies.competency"
            ),
            values![seat],
        )
        .await?;
    rows.iter().map(|row| row.get("competency")).collect()
}

/// A sitting at which somebody may see a competency again.
#[derive(Clone, Debug)]
pub(super) struct Next {
    /// Where the pair's seat stands, if it asked for one.
    pub own: Option<SeatState>,
    pub sitting: SittingId,
    pub number: i64,
    pub kind: Kind,
    pub starts_at: Timestamp,
    pub competency: String,
}

/// The sittings of an edition that are open and show some competency, each with the seat that a pair asked for there. Where it was
/// refused, nothing is proposed again.
pub(super) async fn next_of(
    from: impl Into<Reader<'_>>,
    (edition, mentorship): (EditionId, MentorshipId),
    now: Timestamp,
) -> Result<Vec<Next>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT sittings.id, sittings.number, sittings.kind, sittings.starts_at, sitting_competencies.competency, ",
                "seats.state AS own FROM sittings JOIN sitting_competencies ON sitting_competencies.sitting = sittings.id ",
                "LEFT JOIN seats ON seats.sitting = sittings.id AND seats.mentorship = $2 ",
                "WHERE sittings.edition = $1 AND sittings.state IN ('open', 'shared') AND sittings.starts_at > $3 ",
                "AND coalesce(seats.state, '') <> 'refused' ",
                "ORDER BY sittings.starts_at, sittings.id, sitting_competencies.competency LIMIT 100"
            ),
            values![edition, mentorship, now],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Next {
                own: row.word_if("own", SeatState::parse)?,
                sitting: row.get("id")?,
                number: row.get("number")?,
                kind: row.word("kind", Kind::parse)?,
                starts_at: row.get("starts_at")?,
                competency: row.get("competency")?,
            })
        })
        .collect()
}

/// Begins the loop of an observation, if nothing has yet.
pub(super) async fn begin(tx: &mut Tx, of: (OrganisationId, &Observation), now: Timestamp) -> Result<(), Error> {
    let (organisation, observation) = of;
    tx.run(
        sql!(
            "INSERT INTO loops (seat, organisation, mentorship, competency, lenses, reminded, changed_at, version) ",
            "VALUES ($1, $2, $3, $4, '', 0, $5, 1) ON CONFLICT (seat) DO NOTHING"
        ),
        values![observation.seat, organisation, observation.mentorship, observation.competency.as_ref(), now],
    )
    .await
    .map(drop)
}

/// What the observer watches for, over the version that was read; false when another window was first.
pub(super) async fn prepare(
    tx: &mut Tx,
    (seat, version): (SeatId, i64),
    preparation: &Preparation,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE loops SET competency = $3, lenses = $4, changed_at = $5, version = version + 1 ",
                "WHERE seat = $1 AND version = $2"
            ),
            values![seat, version, preparation.competency.as_ref(), preparation.lenses.join(" "), now],
        )
        .await?;
    Ok(touched == 1)
}

/// Marks that there is a prediction since an instant.
pub(super) async fn predicted(tx: &mut Tx, seat: SeatId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE loops SET predicted_at = $2, changed_at = $2, version = version + 1 WHERE seat = $1"),
        values![seat, now],
    )
    .await
    .map(drop)
}

/// Marks that the observer has been asked for their debrief.
pub(super) async fn asked(tx: &mut Tx, seat: SeatId, now: Timestamp) -> Result<bool, Error> {
    let touched =
        tx.run(sql!("UPDATE loops SET asked_at = $2 WHERE seat = $1 AND asked_at IS NULL"), values![seat, now]).await?;
    Ok(touched == 1)
}

/// These observers are to be asked for their debrief as if they had not been.
pub(super) async fn ask_anew(tx: &mut Tx, seats: &[SeatId]) -> Result<(), Error> {
    let statement =
        sql!("UPDATE loops SET asked_at = NULL, reminded = 0 WHERE asked_at IS NOT NULL AND seat ", in_ids!("$1"));
    tx.run(statement, values![ids(seats.iter().map(|id| id.0))]).await.map(drop)
}

/// Marks how often they were reminded; false when another server was first.
pub(super) async fn reminded(tx: &mut Tx, seat: SeatId, times: i64) -> Result<bool, Error> {
    let touched =
        tx.run(sql!("UPDATE loops SET reminded = $2 WHERE seat = $1 AND reminded < $2"), values![seat, times]).await?;
    Ok(touched == 1)
}

/// The practice to which the two agreed.
pub(super) async fn agreed(tx: &mut Tx, seat: SeatId, practice: ActivityId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE loops SET practice = $2, agreed_at = $3, changed_at = $3, version = version + 1 ",
                "WHERE seat = $1 AND practice IS NULL"
            ),
            values![seat, practice, now],
        )
        .await?;
    Ok(touched == 1)
}

/// The activity of the plan that an observation fulfils.
pub(super) async fn fulfil(tx: &mut Tx, seat: SeatId, activity: ActivityId) -> Result<(), Error> {
    tx.run(sql!("UPDATE seats SET activity = $2 WHERE id = $1"), values![seat, activity]).await.map(drop)
}

/// The seat whose debrief is that of an activity.
pub(super) async fn seat_of(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    activity: ActivityId,
) -> Result<Option<SeatId>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT seats.id FROM seats JOIN sittings ON sittings.id = seats.sitting ",
                "WHERE seats.mentorship = $1 AND seats.activity = $2 AND seats.state = 'held' AND sittings.state <> 'cancelled' ",
                "ORDER BY sittings.starts_at, seats.id LIMIT 1"
            ),
            values![mentorship, activity],
        )
        .await?;
    row.map(|row| row.get("id")).transpose()
}

/// The activities of a pair that seats of it fulfil.
pub(super) async fn fulfilled(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<ActivityId>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT activity FROM seats WHERE mentorship = $1 AND activity IS NOT NULL"), values![mentorship])
        .await?;
    rows.iter().map(|row| row.get("activity")).collect()
}

/// The activities in which a pair agreed to practise what it observed.
pub(super) async fn practised(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<ActivityId>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT practice FROM loops WHERE mentorship = $1 AND practice IS NOT NULL"), values![mentorship])
        .await?;
    rows.iter().map(|row| row.get("practice")).collect()
}

/// The predictions of a mentorship.
pub(super) async fn predictions(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Stored>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT predictions.seat, predictions.author, predictions.visibility, predictions.words, predictions.written_at, ",
                "predictions.outcome, predictions.version FROM predictions JOIN seats ON seats.id = predictions.seat ",
                "WHERE seats.mentorship = $1 ORDER BY predictions.written_at, predictions.seat"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Stored {
                seat: row.get("seat")?,
                author: row.get("author")?,
                visibility: row.word("visibility", Visibility::parse)?,
                words: row.get("words")?,
                written_at: row.get("written_at")?,
                outcome: row.get("outcome")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// Writes a prediction over the version that was read, 0 for none; false when another window was first.
pub(super) async fn predict(tx: &mut Tx, organisation: OrganisationId, prediction: &Stored) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO predictions (seat, organisation, author, visibility, words, written_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (seat) DO UPDATE SET visibility = excluded.visibility, ",
                "words = excluded.words, written_at = excluded.written_at, version = predictions.version + 1 ",
                "WHERE predictions.version = $7"
            ),
            values![
                prediction.seat,
                organisation,
                prediction.author,
                prediction.visibility.code(),
                &prediction.words,
                prediction.written_at,
                prediction.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Says what came of a prediction.
pub(super) async fn resolve(tx: &mut Tx, seat: SeatId, outcome: &Sealed, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE predictions SET outcome = $2, resolved_at = $3, version = version + 1 WHERE seat = $1"),
        values![seat, outcome, now],
    )
    .await
    .map(drop)
}

/// What the two said of a debrief.
pub(super) async fn talk(from: impl Into<Reader<'_>>, seat: SeatId) -> Result<Option<Talk>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT line, line_by, kind, planned_on, practice, proposed_by, version FROM loop_talks WHERE seat = $1"
            ),
            values![seat],
        )
        .await?;
    row.map(|row| {
        let line: Option<Sealed> = row.get("line")?;
        let by: Option<PersonId> = row.get("line_by")?;
        let kind = row.word_if("kind", ActivityKind::parse)?;
        let on: Option<Date> = row.word_if("planned_on", |text| text.parse().ok())?;
        let what: Option<Sealed> = row.get("practice")?;
        let proposed_by: Option<PersonId> = row.get("proposed_by")?;
        let proposal = match (kind, on, what, proposed_by) {
            (Some(kind), Some(on), Some(what), Some(by)) => Some(Proposed { kind, on, what, by }),
            _ => None,
        };
        Ok(Talk { line: line.zip(by), proposal, version: row.get("version")? })
    })
    .transpose()
}

/// Counts a change of what the two said over the version that was read, 0 for none; false when another was first.
pub(super) async fn touch_talk(
    tx: &mut Tx,
    (organisation, seat): (OrganisationId, SeatId),
    version: i64,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO loop_talks (seat, organisation, version) VALUES ($1, $2, 1) ",
                "ON CONFLICT (seat) DO UPDATE SET version = loop_talks.version + 1 WHERE loop_talks.version = $3"
            ),
            values![seat, organisation, version],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn say_line(
    tx: &mut Tx,
    seat: SeatId,
    line: &Sealed,
    (by, at): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE loop_talks SET line = $2, line_by = $3, line_at = $4 WHERE seat = $1"),
        values![seat, line, by, at],
    )
    .await
    .map(drop)
}

pub(super) async fn propose(
    tx: &mut Tx,
    seat: SeatId,
    (proposal, what): (&Proposal, &Sealed),
    (by, at): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE loop_talks SET kind = $2, planned_on = $3, practice = $4, proposed_by = $5, proposed_at = $6 WHERE seat = $1"
        ),
        values![seat, proposal.kind.code(), proposal.on.to_string(), what, by, at],
    )
    .await
    .map(drop)
}

/// Forgets the loops of seats that are no more, with what was written of them.
pub(super) async fn forget(tx: &mut Tx, seats: &[SeatId]) -> Result<(), Error> {
    let these = || values![ids(seats.iter().map(|id| id.0))];
    tx.run(sql!("DELETE FROM predictions WHERE seat ", in_ids!("$1")), these()).await?;
    tx.run(sql!("DELETE FROM loop_talks WHERE seat ", in_ids!("$1")), these()).await?;
    tx.run(sql!("DELETE FROM loops WHERE seat ", in_ids!("$1")), these()).await.map(drop)
}

/// Destroys what was written of an observation; false when it was done already.
pub(super) async fn destroy(tx: &mut Tx, seat: SeatId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE loops SET destroyed_at = $2, changed_at = $2, version = version + 1 ",
                "WHERE seat = $1 AND destroyed_at IS NULL"
            ),
            values![seat, now],
        )
        .await?;
    tx.run(sql!("DELETE FROM predictions WHERE seat = $1"), values![seat]).await?;
    tx.run(sql!("DELETE FROM loop_talks WHERE seat = $1"), values![seat]).await?;
    Ok(touched == 1)
}
