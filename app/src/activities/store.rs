use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::model::{
    Activity, ActivityId, Counts, Course, Debrief, Done, Kind, MOST_ACTIVITIES, Row as PlanRow, State, When,
};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole activities.
macro_rules! activities {
    () => {
        "SELECT activities.id, activities.mentorship, activities.author, activities.kind, activities.competency, \
         activities.planned_on, activities.is_month, activities.words, activities.state, activities.ended_at, \
         activities.minutes, activities.settled_by, activities.reason, activities.changed_at, activities.sequence, \
         coalesce(activity_debriefs.written_at, activities.debriefed_at) AS debriefed_at, activities.debrief_closed_at \
         FROM activities \
         LEFT JOIN activity_debriefs ON activity_debriefs.activity = activities.id "
    };
}

/// The plan of a mentorship, in the order of time.
pub async fn plan(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Activity>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                activities!(),
                "WHERE activities.mentorship = $1 ORDER BY activities.planned_on, activities.id LIMIT $2"
            ),
            values![mentorship, i64::try_from(MOST_ACTIVITIES).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(activity_of).collect()
}

/// What is planned in these mentorships on a day from the first to the last. What has a month only has no day.
pub(super) async fn planned_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    (first, last): (Date, Date),
) -> Result<Vec<Activity>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                activities!(),
                "WHERE activities.mentorship ",
                in_ids!("$1"),
                " AND activities.state = 'planned' AND NOT activities.is_month AND activities.planned_on BETWEEN $2 AND $3 ",
                "ORDER BY activities.planned_on, activities.id"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), first.to_string(), last.to_string()],
        )
        .await?;
    rows.iter().map(activity_of).collect()
}

/// What is or was planned in an organisation, and when: a part after one of them, in the order of their identifiers. What is settled by
/// now may be planned again before its day.
pub(super) async fn planned_after(
    tx: &mut Tx,
    organisation: OrganisationId,
    (after, limit): (Uuid, i64),
) -> Result<Vec<(MentorshipId, ActivityId, When)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, mentorship, planned_on, is_month FROM activities ",
                "WHERE organisation = $1 AND id > $2 ORDER BY id LIMIT $3"
            ),
            values![organisation, after, limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let on: Date = row.word("planned_on", |text| text.parse().ok())?;
            Ok((row.get("mentorship")?, row.get("id")?, When::new(on, row.get("is_month")?)))
        })
        .collect()
}

fn activity_of(row: &Row) -> Result<Activity, Error> {
    let on: Date = row.word("planned_on", |text| text.parse().ok())?;
    Ok(Activity {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        author: row.get("author")?,
        kind: row.word("kind", Kind::parse)?,
        competency: row.get("competency")?,
        when: When::new(on, row.get("is_month")?),
        words: row.get("words")?,
        state: row.word("state", State::parse)?,
        ended_at: row.get("ended_at")?,
        minutes: row.get("minutes")?,
        settled_by: row.get("settled_by")?,
        reason: row.get("reason")?,
        changed_at: row.get("changed_at")?,
        sequence: row.get("sequence")?,
        debriefed_at: row.get("debriefed_at")?,
        debrief_closed_at: row.get("debrief_closed_at")?,
    })
}

/// The version of a plan; 0 while nothing was written.
pub(super) async fn version(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<i64, Error> {
    let row =
        from.into().row(sql!("SELECT version FROM activity_plans WHERE mentorship = $1"), values![mentorship]).await?;
    row.map_or(Ok(0), |row| row.get("version"))
}

/// Counts a change of a plan over the version that was read; false when somebody else was first.
pub(super) async fn touch(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    version: i64,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO activity_plans (mentorship, organisation, changed_at, version) VALUES ($1, $2, $3, 1) ",
                "ON CONFLICT (mentorship) DO UPDATE SET changed_at = excluded.changed_at, ",
                "version = activity_plans.version + 1 WHERE activity_plans.version = $4"
            ),
            values![mentorship, organisation, now, version],
        )
        .await?;
    Ok(touched == 1)
}

/// Adds an activity, or writes one anew that is still planned.
pub(super) async fn put(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    (id, row): (ActivityId, &PlanRow),
    (by, at): (PersonId, Timestamp),
    words: &Sealed,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO activities (id, organisation, mentorship, author, kind, competency, planned_on, is_month, words, state, ",
            "changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'planned', $10) ON CONFLICT (id) DO UPDATE SET ",
            "author = excluded.author, kind = excluded.kind, competency = excluded.competency, ",
            "planned_on = excluded.planned_on, is_month = excluded.is_month, words = excluded.words, ",
            "changed_at = excluded.changed_at, sequence = activities.sequence + 1 WHERE activities.state = 'planned'"
        ),
        values![
            id,
            organisation,
            mentorship,
            by,
            row.kind.code(),
            row.competency.as_ref(),
            row.when.on.to_string(),
            row.when.is_month,
            words,
            at
        ],
    )
    .await
    .map(drop)
}

/// Writes other words over what an activity says; why it was let go is gone.
pub(super) async fn destroy_words(tx: &mut Tx, id: ActivityId, words: &Sealed, now: Timestamp) -> Result<(), Error> {
    let statement = sql!("UPDATE activities SET words = $2, reason = NULL, changed_at = $3 WHERE id = $1");
    tx.run(statement, values![id, words, now]).await.map(drop)
}

/// Takes an activity out of the plan, with what was expected of it.
pub(super) async fn remove(tx: &mut Tx, id: ActivityId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM activity_debriefs WHERE activity = $1"), values![id]).await?;
    tx.run(sql!("DELETE FROM activities WHERE id = $1"), values![id]).await.map(drop)
}

/// Says how an activity went, or why it is let go, or that it is planned again.
pub(super) async fn settle(
    tx: &mut Tx,
    id: ActivityId,
    (by, at): (PersonId, Timestamp),
    state: State,
    (done, reason): (Option<Done>, Option<Sealed>),
) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE activities SET state = $2, ended_at = $3, minutes = $4, settled_by = $5, reason = $6, changed_at = $7, ",
            "sequence = sequence + 1 WHERE id = $1"
        ),
        values![
            id,
            state.code(),
            done.map(|done| done.ended_at),
            done.and_then(|done| done.minutes),
            by,
            reason,
            at
        ],
    )
    .await
    .map(drop)
}

/// What there is of an activity's debrief.
pub async fn debrief(from: impl Into<Reader<'_>>, activity: ActivityId) -> Result<Option<Debrief>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT activity, author, visibility, words, written_at, version FROM activity_debriefs WHERE activity = $1"
            ),
            values![activity],
        )
        .await?;
    row.as_ref().map(debrief_of).transpose()
}

/// The debriefs of a mentorship that the two share.
pub(super) async fn shared_debriefs(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
) -> Result<Vec<Debrief>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT activity_debriefs.activity, activity_debriefs.author, activity_debriefs.visibility, ",
                "activity_debriefs.words, activity_debriefs.written_at, activity_debriefs.version FROM activity_debriefs ",
                "JOIN activities ON activities.id = activity_debriefs.activity ",
                "WHERE activities.mentorship = $1 AND activity_debriefs.visibility <> 'only-me'"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter().map(debrief_of).collect()
}

fn debrief_of(row: &Row) -> Result<Debrief, Error> {
    Ok(Debrief {
        activity: row.get("activity")?,
        author: row.get("author")?,
        visibility: row.word("visibility", Visibility::parse)?,
        words: row.get("words")?,
        written_at: row.get("written_at")?,
        version: row.get("version")?,
    })
}

/// Writes a debrief over the version that was read, 0 for none; false when another window was first.
pub(super) async fn write_debrief(
    tx: &mut Tx,
    organisation: OrganisationId,
    debrief: &Debrief,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO activity_debriefs (activity, organisation, author, visibility, words, written_at, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (activity) DO UPDATE SET author = excluded.author, ",
                "visibility = excluded.visibility, words = excluded.words, written_at = excluded.written_at, ",
                "changed_at = excluded.changed_at, version = activity_debriefs.version + 1 ",
                "WHERE activity_debriefs.version = $8"
            ),
            values![
                debrief.activity,
                organisation,
                debrief.author,
                debrief.visibility.code(),
                &debrief.words,
                debrief.written_at,
                now,
                debrief.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Destroys the debrief of an activity. That it was written, and when, stays; nothing is written of it any more.
pub(super) async fn destroy_debrief(tx: &mut Tx, id: ActivityId, now: Timestamp) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE activities SET debrief_closed_at = $2, debriefed_at = ",
            "(SELECT activity_debriefs.written_at FROM activity_debriefs WHERE activity_debriefs.activity = activities.id) ",
            "WHERE id = $1"
        ),
        values![id, now],
    )
    .await?;
    tx.run(sql!("DELETE FROM activity_debriefs WHERE activity = $1"), values![id]).await.map(drop)
}

/// Which of these activities were done and debriefed, and when: what may be counted of them.
pub async fn courses_of(from: impl Into<Reader<'_>>, activities: &[ActivityId]) -> Result<Vec<Course>, Error> {
    if activities.is_empty() {
        return Ok(Vec::new());
    }
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT activities.id, activities.ended_at, ",
                "coalesce(activity_debriefs.written_at, activities.debriefed_at) AS debriefed_at FROM activities ",
                "LEFT JOIN activity_debriefs ON activity_debriefs.activity = activities.id ",
                "WHERE activities.state = 'done' AND activities.id ",
                in_ids!("$1")
            ),
            values![ids(activities.iter().map(|id| id.0))],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Course { id: row.get("id")?, ended_at: row.get("ended_at")?, debriefed_at: row.get("debriefed_at")? })
        })
        .collect()
}

/// How the plans of these mentorships stand; where there is none, there is no row. `today` is the day from which something is next.
pub async fn counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    today: Date,
) -> Result<Vec<(MentorshipId, Counts)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT activities.mentorship, ",
                "CAST(sum(CASE WHEN activities.state = 'planned' THEN 1 ELSE 0 END) AS BIGINT) AS planned, ",
                "CAST(sum(CASE WHEN activities.state = 'done' THEN 1 ELSE 0 END) AS BIGINT) AS done, ",
                "CAST(COALESCE(sum(activities.minutes), 0) AS BIGINT) AS minutes, ",
                "min(CASE WHEN activities.state = 'planned' AND activities.planned_on >= $2 THEN activities.planned_on END) ",
                "AS next_on, ",
                "CAST(sum(CASE WHEN activities.state = 'done' AND activity_debriefs.written_at IS NULL ",
                "AND activities.debriefed_at IS NULL AND activities.debrief_closed_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS owed, ",
                "min(CASE WHEN activities.state = 'done' AND activity_debriefs.written_at IS NULL ",
                "AND activities.debriefed_at IS NULL AND activities.debrief_closed_at IS NULL THEN activities.ended_at END) ",
                "AS owed_since FROM activities ",
                "LEFT JOIN activity_debriefs ON activity_debriefs.activity = activities.id WHERE activities.mentorship ",
                in_ids!("$1"),
                " GROUP BY activities.mentorship"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), today.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let counts = Counts {
                planned: row.get("planned")?,
                done: row.get("done")?,
                minutes: row.get("minutes")?,
                next_on: row.word_if("next_on", |text| text.parse().ok())?,
                owed: row.get("owed")?,
                owed_since: row.get("owed_since")?,
            };
            Ok((row.get("mentorship")?, counts))
        })
        .collect()
}
