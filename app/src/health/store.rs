use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::clocks::{Clock, Stage, Tick};
use super::model::Measure;
use crate::db::{Error, Reader, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::{in_ids, sql, values};

/// That somebody was told of a clock of a pair.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reminder {
    pub pair: MentorshipId,
    pub tick: Tick,
    pub stage: Stage,
    pub told_on: Date,
}

/// A clock of a pair, and who was told of it on which day.
pub(super) type Told = ((MentorshipId, Clock, i64), (Stage, Date));

/// Of which clocks of these pairs somebody was told.
pub(super) async fn told(from: impl Into<Reader<'_>>, pairs: &[MentorshipId]) -> Result<Vec<Told>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, clock, number, stage, told_on FROM health_reminders WHERE mentorship ",
                in_ids!("$1")
            ),
            values![ids(pairs.iter().map(|pair| pair.0))],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let clock = (row.get("mentorship")?, row.word("clock", Clock::parse)?, row.get("number")?);
            Ok((clock, (row.word("stage", Stage::parse)?, row.word("told_on", |day| day.parse().ok())?)))
        })
        .collect()
}

/// Writes down that somebody is told; what was told of an earlier date gives way to it.
pub(super) async fn remind(tx: &mut Tx, organisation: OrganisationId, reminders: &[Reminder]) -> Result<(), Error> {
    let row = |reminder: &Reminder| {
        values![
            reminder.pair,
            organisation,
            reminder.tick.clock.code(),
            reminder.tick.number,
            reminder.stage.code(),
            reminder.told_on.to_string()
        ]
    };
    tx.run_many(
        sql!(
            "INSERT INTO health_reminders (mentorship, organisation, clock, number, stage, told_on) ",
            "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (mentorship, clock, number, stage) ",
            "DO UPDATE SET told_on = excluded.told_on WHERE health_reminders.told_on < excluded.told_on"
        ),
        reminders.iter().map(row).collect(),
    )
    .await
    .map(drop)
}

/// What was done about these pairs, in the order of time.
pub(super) async fn measures(
    from: impl Into<Reader<'_>>,
    pairs: &[MentorshipId],
) -> Result<Vec<(MentorshipId, Measure, Timestamp)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, measure, taken_at FROM health_measures WHERE mentorship ",
                in_ids!("$1"),
                " ORDER BY taken_at, id"
            ),
            values![ids(pairs.iter().map(|pair| pair.0))],
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("mentorship")?, row.word("measure", Measure::parse)?, row.get("taken_at")?)))
        .collect()
}

pub(super) async fn add_measure(
    tx: &mut Tx,
    id: Uuid,
    (organisation, pair): (OrganisationId, MentorshipId),
    measure: Measure,
    (by, now): (PersonId, Timestamp),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO health_measures (id, organisation, mentorship, measure, taken_by, taken_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![id, organisation, pair, measure.code(), by, now],
    )
    .await
    .map(drop)
}
