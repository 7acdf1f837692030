use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::Evidence;
use super::model::{
    Ask, AskId, Kind, LinkAct, Meeting, MeetingId, Point, PointId, Promise, PromiseId, Proposal, State, Text, TextId,
    TimeId, Way,
};
use super::series::{Part, Repeats, Rhythm, Series, SeriesId};
use crate::db::{Db, Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// How many rows of a list a page shows at most.
pub(super) const ON_A_PAGE: usize = 100;
const MOST: i64 = 100;

macro_rules! meetings {
    () => {
        "SELECT meetings.id, meetings.mentorship, meetings.state, meetings.starts_at, meetings.zone, meetings.minutes, \
         meetings.spent, meetings.way, meetings.place_by, meetings.place_words, meetings.asked_by, meetings.sequence, \
         meetings.changed_at, meetings.version, meetings.series, meetings.slot, meeting_series.rhythm, \
         meeting_series.times, meeting_series.starts_at AS series_starts_at, meeting_series.minutes AS series_minutes, \
         meeting_series.way AS series_way, meeting_series.sequence AS series_sequence, \
         meeting_series.changed_at AS series_changed_at \
         FROM meetings LEFT JOIN meeting_series ON meeting_series.id = meetings.series "
    };
}

fn meeting_of(row: &Row) -> Result<Meeting, Error> {
    let place: (Option<PersonId>, Option<Sealed>) = (row.get("place_by")?, row.get("place_words")?);
    Ok(Meeting {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        state: row.word("state", State::parse)?,
        starts_at: row.get("starts_at")?,
        zone: row.get("zone")?,
        minutes: row.get("minutes")?,
        spent: row.get("spent")?,
        way: row.word("way", Way::parse)?,
        place: place.0.zip(place.1),
        asked_by: row.word_if("asked_by", Side::parse)?,
        sequence: row.get("sequence")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
        times: Vec::new(),
        series: part_of(row)?,
    })
}

fn part_of(row: &Row) -> Result<Option<Part>, Error> {
    let Some(id) = row.get::<Option<SeriesId>>("series")? else { return Ok(None) };
    let repeats = Repeats { rhythm: row.word("rhythm", Rhythm::parse)?, times: row.get("times")? };
    let series = Series {
        id,
        repeats,
        starts_at: row.get("series_starts_at")?,
        minutes: row.get("series_minutes")?,
        way: row.word("series_way", Way::parse)?,
        sequence: row.get("series_sequence")?,
        changed_at: row.get("series_changed_at")?,
    };
    Ok(Some(Part { series, slot: row.get("slot")? }))
}

/// Puts to meetings the times that wait for an answer: one statement for all of them.
async fn with_times(from: Reader<'_>, rows: &[Row]) -> Result<Vec<Meeting>, Error> {
    let mut meetings: Vec<Meeting> = rows.iter().map(meeting_of).collect::<Result<_, _>>()?;
    let rows = from
        .rows(
            sql!(
                "SELECT meeting, id, starts_at FROM meeting_times WHERE meeting ",
                in_ids!("$1"),
                " ORDER BY starts_at"
            ),
            values![ids(meetings.iter().map(|meeting| meeting.id.0))],
        )
        .await?;
    let mut times: HashMap<MeetingId, Vec<(TimeId, Timestamp)>> = HashMap::new();
    for row in &rows {
        times.entry(row.get("meeting")?).or_default().push((row.get("id")?, row.get("starts_at")?));
    }
    for meeting in &mut meetings {
        meeting.times = times.remove(&meeting.id).unwrap_or_default();
    }
    Ok(meetings)
}

/// A meeting, whatever organisation it is of; the caller asks who may. Two statements.
pub(super) async fn meeting(db: &Db, id: MeetingId) -> Result<Option<Meeting>, Error> {
    let rows = db.rows(sql!(meetings!(), "WHERE meetings.id = $1"), values![id]).await?;
    Ok(with_times(db.into(), &rows).await?.pop())
}

pub(super) async fn meeting_in(tx: &mut Tx, id: MeetingId) -> Result<Option<Meeting>, Error> {
    let rows = tx.rows(sql!(meetings!(), "WHERE meetings.id = $1"), values![id]).await?;
    Ok(with_times(tx.into(), &rows).await?.pop())
}

/// The meetings of some pairs that are ahead or have hardly begun: those without a time last, and of a series the next and those for
/// which other times wait. Two statements.
pub(super) async fn ahead_of(db: &Db, pairs: &[MentorshipId], since: Timestamp) -> Result<Vec<Meeting>, Error> {
    let rows = db
        .rows(
            sql!(
                meetings!(),
                "WHERE (meetings.state = 'proposed' OR (meetings.state IN ('agreed', 'held') AND meetings.starts_at > $2)) ",
                "AND (meetings.series IS NULL OR meetings.asked_by IS NOT NULL OR NOT EXISTS (SELECT 1 FROM meetings AS sooner ",
                "WHERE sooner.series = meetings.series AND sooner.starts_at < meetings.starts_at AND sooner.starts_at > $2 ",
                "AND sooner.state IN ('agreed', 'held'))) AND meetings.mentorship ",
                in_ids!("$1"),
                " ORDER BY CASE WHEN meetings.starts_at IS NULL THEN 1 ELSE 0 END, meetings.starts_at, meetings.id LIMIT $3"
            ),
            values![ids(pairs.iter().map(|pair| pair.0)), since, MOST],
        )
        .await?;
    with_times(db.into(), &rows).await
}

/// The meetings of a pair whose time has come, the latest first, after one of a page before.
pub(super) async fn past_of(
    db: &Db,
    pair: MentorshipId,
    (until, id): (Timestamp, MeetingId),
) -> Result<Vec<Meeting>, Error> {
    let rows = db
        .rows(
            sql!(
                meetings!(),
                "WHERE meetings.mentorship = $1 AND meetings.state IN ('agreed', 'held', 'missed') ",
                "AND (meetings.starts_at < $2 OR (meetings.starts_at = $2 AND meetings.id > $3)) ",
                "ORDER BY meetings.starts_at DESC, meetings.id LIMIT $4"
            ),
            values![pair, until, id, MOST + 1],
        )
        .await?;
    rows.iter().map(meeting_of).collect()
}

/// The meetings of a pair that somebody still counts on.
pub(super) async fn open_of(tx: &mut Tx, pair: MentorshipId, now: Timestamp) -> Result<Vec<Meeting>, Error> {
    let rows = tx
        .rows(
            sql!(
                meetings!(),
                "WHERE meetings.mentorship = $1 AND (meetings.state = 'proposed' ",
                "OR (meetings.state = 'agreed' AND meetings.starts_at > $2)) ORDER BY meetings.id LIMIT $3"
            ),
            values![pair, now, 10 * MOST],
        )
        .await?;
    with_times(tx.into(), &rows).await
}

/// The meetings of some mentorships that were agreed for between two instants.
pub(super) async fn agreed_of(
    db: &Db,
    pairs: &[MentorshipId],
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Meeting>, Error> {
    let rows = db
        .rows(
            sql!(
                meetings!(),
                "WHERE meetings.mentorship ",
                in_ids!("$1"),
                " AND meetings.state IN ('agreed', 'held') ",
                "AND meetings.starts_at > $2 AND meetings.starts_at < $3 ORDER BY meetings.starts_at LIMIT 1000"
            ),
            values![ids(pairs.iter().map(|pair| pair.0)), from, to],
        )
        .await?;
    rows.iter().map(meeting_of).collect()
}

/// Writes down a new meeting for which times are proposed.
pub(super) struct New<'a> {
    pub id: MeetingId,
    pub organisation: OrganisationId,
    pub pair: MentorshipId,
    pub by: PersonId,
    pub side: Side,
    pub zone: &'a str,
    pub place: Option<Sealed>,
}

pub(super) async fn add(tx: &mut Tx, new: New<'_>, proposal: &Proposal, now: Timestamp) -> Result<(), Error> {
    let by = new.place.as_ref().map(|_| new.by);
    tx.run(
        sql!(
            "INSERT INTO meetings (id, organisation, mentorship, state, zone, minutes, way, place_by, place_words, asked_by, ",
            "sequence, created_by, created_at, changed_at, version) ",
            "VALUES ($1, $2, $3, 'proposed', $4, $5, $6, $7, $8, $9, 0, $10, $11, $11, 1)"
        ),
        values![
            new.id,
            new.organisation,
            new.pair,
            new.zone,
            proposal.minutes,
            proposal.way.code(),
            by,
            new.place.map_or(crate::db::Value::Null(crate::db::Kind::Bytes), crate::db::Value::from),
            new.side.code(),
            new.by,
            now
        ],
    )
    .await
    .map(drop)
}

/// Counts up the version that somebody read; false when another was faster.
pub(super) async fn touch(tx: &mut Tx, meeting: &Meeting, version: i64, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE meetings SET version = version + 1, changed_at = $3 WHERE id = $1 AND version = $2"),
            values![meeting.id, version, now],
        )
        .await?;
    Ok(touched == 1)
}

/// Whose proposed times wait for an answer, and whose clock they were meant by.
pub(super) async fn ask_for(tx: &mut Tx, id: MeetingId, side: Side, zone: &str) -> Result<(), Error> {
    tx.run(
        sql!(
            "UPDATE meetings SET asked_by = $2, zone = CASE WHEN starts_at IS NULL THEN $3 ELSE zone END WHERE id = $1"
        ),
        values![id, side.code(), zone],
    )
    .await
    .map(drop)
}

pub(super) async fn set_times(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: MeetingId,
    times: &[(TimeId, Timestamp)],
) -> Result<(), Error> {
    drop_times(tx, id).await?;
    let rows = times.iter().map(|(time, starts)| values![*time, organisation, id, *starts]).collect();
    tx.run_many(sql!("INSERT INTO meeting_times (id, organisation, meeting, starts_at) VALUES ($1, $2, $3, $4)"), rows)
        .await
        .map(drop)
}

pub(super) async fn drop_times(tx: &mut Tx, id: MeetingId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM meeting_times WHERE meeting = $1"), values![id]).await.map(drop)
}

/// None of the times suits: nobody waits any more, and what was agreed before stands.
pub(super) async fn decline(tx: &mut Tx, id: MeetingId) -> Result<(), Error> {
    drop_times(tx, id).await?;
    tx.run(sql!("UPDATE meetings SET asked_by = NULL WHERE id = $1"), values![id]).await.map(drop)
}

/// A time holds from now on. `sequence` is that of the calendar message which says so.
pub(super) async fn agree(tx: &mut Tx, id: MeetingId, starts: Timestamp, sequence: i64) -> Result<(), Error> {
    drop_times(tx, id).await?;
    tx.run(
        sql!("UPDATE meetings SET state = 'agreed', starts_at = $2, sequence = $3, asked_by = NULL WHERE id = $1"),
        values![id, starts, sequence],
    )
    .await
    .map(drop)
}

/// Calls some off at once; of those that had a time the next calendar message says so.
pub(super) async fn cancel(tx: &mut Tx, meetings: &[MeetingId], now: Timestamp) -> Result<(), Error> {
    let all = ids(meetings.iter().map(|meeting| meeting.0));
    tx.run(sql!("DELETE FROM meeting_times WHERE meeting ", in_ids!("$1")), values![all.clone()]).await?;
    tx.run(
        sql!(
            "UPDATE meetings SET state = 'cancelled', asked_by = NULL, version = version + 1, changed_at = $2, ",
            "sequence = sequence + CASE WHEN starts_at IS NULL THEN 0 ELSE 1 END WHERE id ",
            in_ids!("$1")
        ),
        values![all, now],
    )
    .await
    .map(drop)
}

/// Where the two meet and for how long; `sequence` is that of the calendar message which says so.
pub(super) async fn set_place(
    tx: &mut Tx,
    id: MeetingId,
    (way, minutes): (Way, i64),
    place: Option<(PersonId, Sealed)>,
    sequence: i64,
) -> Result<(), Error> {
    let (by, words) = place.unzip();
    tx.run(
        sql!(
            "UPDATE meetings SET way = $2, minutes = $3, place_by = $4, place_words = $5, sequence = $6 WHERE id = $1"
        ),
        values![
            id,
            way.code(),
            minutes,
            by,
            words.map_or(crate::db::Value::Null(crate::db::Kind::Bytes), crate::db::Value::from),
            sequence
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn hold(tx: &mut Tx, id: MeetingId, spent: i64) -> Result<(), Error> {
    tx.run(sql!("UPDATE meetings SET state = 'held', spent = $2 WHERE id = $1"), values![id, spent]).await.map(drop)
}

pub(super) async fn miss(tx: &mut Tx, id: MeetingId) -> Result<(), Error> {
    tx.run(sql!("UPDATE meetings SET state = 'missed', spent = NULL WHERE id = $1"), values![id]).await.map(drop)
}

/// A meeting of the demonstration that was held some time ago.
pub(super) async fn backdate(tx: &mut Tx, id: MeetingId, starts: Timestamp, spent: i64) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE meetings SET state = 'held', starts_at = $2, spent = $3 WHERE id = $1"),
        values![id, starts, spent],
    )
    .await
    .map(drop)
}

// Meetings that come again

/// All meetings of some series, in the order of their times.
pub(super) async fn of_series(from: impl Into<Reader<'_>>, series: &[SeriesId]) -> Result<Vec<Meeting>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(meetings!(), "WHERE meetings.series ", in_ids!("$1"), " ORDER BY meetings.starts_at, meetings.id"),
            values![ids(series.iter().map(|series| series.0))],
        )
        .await?;
    rows.iter().map(meeting_of).collect()
}

/// Says how often a proposed meeting comes again, or that it is to be the only one.
pub(super) async fn set_series(
    tx: &mut Tx,
    (organisation, pair): (OrganisationId, MentorshipId),
    meeting: MeetingId,
    (before, after): (Option<SeriesId>, Option<(SeriesId, Repeats)>),
    (proposal, now): (&Proposal, Timestamp),
) -> Result<(), Error> {
    if let Some((id, repeats)) = after {
        tx.run(
            sql!(
                "INSERT INTO meeting_series (id, organisation, mentorship, rhythm, times, minutes, way, sequence, changed_at) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $8)"
            ),
            values![
                id,
                organisation,
                pair,
                repeats.rhythm.code(),
                repeats.times,
                proposal.minutes,
                proposal.way.code(),
                now
            ],
        )
        .await?;
    }
    let (id, slot) = (after.map(|(id, _)| id), after.map(|_| 0_i64));
    tx.run(sql!("UPDATE meetings SET series = $2, slot = $3 WHERE id = $1"), values![meeting, id, slot]).await?;
    if let Some(before) = before {
        tx.run(sql!("DELETE FROM meeting_series WHERE id = $1"), values![before]).await?;
    }
    Ok(())
}

/// A series begins: its first meeting has a time, and is for so long and there.
pub(super) async fn begin_series(
    tx: &mut Tx,
    id: SeriesId,
    starts: Timestamp,
    (minutes, way): (i64, Way),
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!("UPDATE meeting_series SET starts_at = $2, minutes = $3, way = $4, changed_at = $5 WHERE id = $1"),
        values![id, starts, minutes, way.code(), now],
    )
    .await
    .map(drop)
}

/// A series has changed, which its next message to calendars says.
pub(super) async fn turn_series(tx: &mut Tx, id: SeriesId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE meeting_series SET sequence = sequence + 1, changed_at = $2 WHERE id = $1"), values![id, now])
        .await
        .map(drop)
}

/// How long and where the meetings of a series are unless they say something else.
pub(super) async fn set_usual(tx: &mut Tx, id: SeriesId, (way, minutes): (Way, i64)) -> Result<(), Error> {
    tx.run(sql!("UPDATE meeting_series SET way = $2, minutes = $3 WHERE id = $1"), values![id, way.code(), minutes])
        .await
        .map(drop)
}

/// A meeting of a series that holds with the first one.
pub(super) struct Further {
    pub id: MeetingId,
    pub slot: i64,
    pub starts: Timestamp,
    pub place: Option<Sealed>,
}

/// Writes down the further meetings of a series, each as the first one is.
pub(super) async fn add_further(
    tx: &mut Tx,
    organisation: OrganisationId,
    (first, by, series): (&Meeting, PersonId, SeriesId),
    further: Vec<Further>,
    now: Timestamp,
) -> Result<(), Error> {
    let place_by = first.place.as_ref().map(|(author, _)| *author);
    let row = |one: Further| {
        values![
            one.id,
            organisation,
            first.mentorship,
            State::Agreed.code(),
            one.starts,
            first.zone.as_str(),
            first.minutes,
            first.way.code(),
            place_by.filter(|_| one.place.is_some()),
            one.place.map_or(crate::db::Value::Null(crate::db::Kind::Bytes), crate::db::Value::from),
            0_i64,
            by,
            now,
            now,
            1_i64,
            series,
            one.slot
        ]
    };
    tx.run_many(
        sql!(
            "INSERT INTO meetings (id, organisation, mentorship, state, starts_at, zone, minutes, way, place_by, place_words, ",
            "sequence, created_by, created_at, changed_at, version, series, slot) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)"
        ),
        further.into_iter().map(row).collect(),
    )
    .await
    .map(drop)
}

// What is said

pub(super) async fn texts(db: &Db, meeting: MeetingId) -> Result<Vec<Text>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT meeting_texts.id, kind, author, persons.name, visibility, words, written_at, meeting_texts.version ",
                "FROM meeting_texts JOIN persons ON persons.id = meeting_texts.author ",
                "WHERE meeting = $1 ORDER BY meeting_texts.id LIMIT $2"
            ),
            values![meeting, MOST],
        )
        .await?;
    rows.iter().map(text_of).collect()
}

fn text_of(row: &Row) -> Result<Text, Error> {
    Ok(Text {
        id: row.get("id")?,
        kind: row.word("kind", Kind::parse)?,
        author: row.get("author")?,
        author_name: row.get("name")?,
        visibility: row.word("visibility", Visibility::parse)?,
        words: row.get("words")?,
        written_at: row.get("written_at")?,
        version: row.get("version")?,
    })
}

/// A text and the meeting that it belongs to, for whoever wrote it.
pub(super) async fn own_text(tx: &mut Tx, id: TextId, author: PersonId) -> Result<Option<(Text, MeetingId)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT meeting_texts.id, meeting, kind, author, persons.name, visibility, words, written_at, ",
                "meeting_texts.version FROM meeting_texts JOIN persons ON persons.id = meeting_texts.author ",
                "WHERE meeting_texts.id = $1 AND author = $2"
            ),
            values![id, author],
        )
        .await?;
    rows.first().map(|row| Ok((text_of(row)?, row.get("meeting")?))).transpose()
}

pub(super) async fn add_text(
    tx: &mut Tx,
    (organisation, meeting): (OrganisationId, MeetingId),
    (id, kind): (TextId, Kind),
    (author, visibility): (PersonId, Visibility),
    words: Sealed,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO meeting_texts (id, organisation, meeting, kind, author, visibility, words, written_at, version) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)"
        ),
        values![id, organisation, meeting, kind.code(), author, visibility.code(), words, now],
    )
    .await
    .map(drop)
}

/// Writes a text anew over the version that was read; false when that was not the last.
pub(super) async fn rewrite_text(
    tx: &mut Tx,
    (id, version): (TextId, i64),
    visibility: Visibility,
    words: Sealed,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE meeting_texts SET visibility = $3, words = $4, written_at = $5, version = version + 1 ",
                "WHERE id = $1 AND version = $2"
            ),
            values![id, version, visibility.code(), words, now],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn remove_text(tx: &mut Tx, id: TextId, version: i64) -> Result<bool, Error> {
    let touched =
        tx.run(sql!("DELETE FROM meeting_texts WHERE id = $1 AND version = $2"), values![id, version]).await?;
    Ok(touched == 1)
}

/// The points of a pair that are open, and those that a meeting settled.
pub(super) async fn points(db: &Db, pair: MentorshipId, meeting: MeetingId) -> Result<Vec<Point>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT id, meeting, author, words, settled_in FROM meeting_points ",
                "WHERE mentorship = $1 AND (settled_in IS NULL OR settled_in = $2) ORDER BY id LIMIT $3"
            ),
            values![pair, meeting, MOST],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Point {
                id: row.get("id")?,
                meeting: row.get("meeting")?,
                author: row.get("author")?,
                words: row.get("words")?,
                settled_in: row.get("settled_in")?,
            })
        })
        .collect()
}

pub(super) async fn add_point(
    tx: &mut Tx,
    organisation: OrganisationId,
    (pair, meeting): (MentorshipId, MeetingId),
    (id, author): (PointId, PersonId),
    words: Sealed,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO meeting_points (id, organisation, mentorship, meeting, author, words, written_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7)"
        ),
        values![id, organisation, pair, meeting, author, words, now],
    )
    .await
    .map(drop)
}

/// Says that a point was dealt with in a meeting, or that it is open again; false where there is no such point.
pub(super) async fn settle_point(
    tx: &mut Tx,
    (pair, id): (MentorshipId, PointId),
    settled_in: Option<MeetingId>,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE meeting_points SET settled_in = $3 WHERE id = $1 AND mentorship = $2"),
            values![id, pair, settled_in],
        )
        .await?;
    Ok(touched == 1)
}

/// The promises of a pair that are open, those of them that are due first; and those made in a meeting.
pub(super) async fn promises(db: &Db, pair: MentorshipId, meeting: Option<MeetingId>) -> Result<Vec<Promise>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT id, meeting, author, owed_by, due_on, words, done_at FROM meeting_promises ",
                "WHERE mentorship = $1 AND (done_at IS NULL OR meeting = $2) ORDER BY due_on, id LIMIT $3"
            ),
            values![pair, meeting, MOST],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Promise {
                id: row.get("id")?,
                meeting: row.get("meeting")?,
                author: row.get("author")?,
                owed_by: row.word("owed_by", Side::parse)?,
                due_on: row.word("due_on", |day| day.parse().ok())?,
                words: row.get("words")?,
                done_at: row.get("done_at")?,
            })
        })
        .collect()
}

pub(super) async fn add_promise(
    tx: &mut Tx,
    (organisation, pair): (OrganisationId, MentorshipId),
    promise: &Promise,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO meeting_promises (id, organisation, mentorship, meeting, author, owed_by, due_on, words, written_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        values![
            promise.id,
            organisation,
            pair,
            promise.meeting,
            promise.author,
            promise.owed_by.code(),
            promise.due_on.to_string(),
            &promise.words,
            now
        ],
    )
    .await
    .map(drop)
}

/// Of which pair a promise is that is still open, and who owes it.
pub(super) async fn open_promise(db: &Db, id: PromiseId) -> Result<Option<(MentorshipId, Side)>, Error> {
    let row = db
        .row(sql!("SELECT mentorship, owed_by FROM meeting_promises WHERE id = $1 AND done_at IS NULL"), values![id])
        .await?;
    row.map(|row| Ok((row.get("mentorship")?, row.word("owed_by", Side::parse)?))).transpose()
}

/// The promises of an organisation, with who owes each and its day: a part after one of them, in the order of their identifiers. What is
/// kept by now may be opened again before its day.
pub(super) async fn promises_after(
    tx: &mut Tx,
    organisation: OrganisationId,
    (after, limit): (Uuid, i64),
) -> Result<Vec<(MentorshipId, PromiseId, Side, Date)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, mentorship, owed_by, due_on FROM meeting_promises ",
                "WHERE organisation = $1 AND id > $2 ORDER BY id LIMIT $3"
            ),
            values![organisation, after, limit],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let due_on = row.word("due_on", |day| day.parse().ok())?;
            Ok((row.get("mentorship")?, row.get("id")?, row.word("owed_by", Side::parse)?, due_on))
        })
        .collect()
}

/// Says that a promise was kept, or that it is open again; false where there is no such promise.
pub(super) async fn keep_promise(
    tx: &mut Tx,
    (pair, id): (MentorshipId, PromiseId),
    done_at: Option<Timestamp>,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!("UPDATE meeting_promises SET done_at = $3 WHERE id = $1 AND mentorship = $2"),
            values![id, pair, done_at],
        )
        .await?;
    Ok(touched == 1)
}

/// A text that the two share, and in which place it stands.
pub(super) struct Shared {
    pub id: Uuid,
    /// `point`, `promise`, `note`, `reflection` or `place`.
    pub what: String,
    pub author: PersonId,
    pub visibility: Visibility,
    pub words: Sealed,
}

/// Everything that the two of a pair share of their meetings.
pub(super) async fn shared(db: &Db, pair: MentorshipId) -> Result<Vec<Shared>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT 'point' AS what, id, author, 'pair' AS visibility, words FROM meeting_points ",
                "WHERE mentorship = $1 UNION ALL ",
                "SELECT 'promise' AS what, id, author, 'pair' AS visibility, words FROM meeting_promises ",
                "WHERE mentorship = $1 UNION ALL ",
                "SELECT meeting_texts.kind AS what, meeting_texts.id, meeting_texts.author, meeting_texts.visibility, ",
                "meeting_texts.words FROM meeting_texts JOIN meetings ON meetings.id = meeting_texts.meeting ",
                "WHERE meetings.mentorship = $1 AND meeting_texts.visibility <> 'only-me' UNION ALL ",
                "SELECT 'place' AS what, id, place_by AS author, 'pair' AS visibility, place_words AS words ",
                "FROM meetings WHERE mentorship = $1 AND place_words IS NOT NULL"
            ),
            values![pair],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Shared {
                id: row.get("id")?,
                what: row.get("what")?,
                author: row.get("author")?,
                visibility: row.word("visibility", Visibility::parse)?,
                words: row.get("words")?,
            })
        })
        .collect()
}

// Assistants

/// Who acts on a mentor's diary: whom they named, with the name.
pub(super) async fn assistant_of(
    from: impl Into<Reader<'_>>,
    mentor: PersonId,
) -> Result<Option<(PersonId, String, String)>, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT assistant, persons.name, persons.address FROM assistants ",
                "JOIN persons ON persons.id = assistants.assistant WHERE mentor = $1"
            ),
            values![mentor],
        )
        .await?;
    row.map(|row| Ok((row.get("assistant")?, row.get("name")?, row.get("address")?))).transpose()
}

/// Who acts on the diaries of some people: each of them, and their assistant.
pub async fn assistants_of(
    from: impl Into<Reader<'_>>,
    mentors: &[PersonId],
) -> Result<Vec<(PersonId, PersonId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT mentor, assistant FROM assistants WHERE mentor ", in_ids!("$1")),
            values![ids(mentors.iter().map(|mentor| mentor.0))],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("mentor")?, row.get("assistant")?))).collect()
}

/// On whose diaries somebody acts.
pub(super) async fn assisted_by(from: impl Into<Reader<'_>>, assistant: PersonId) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT mentor FROM assistants WHERE assistant = $1 ORDER BY mentor LIMIT $2"),
            values![assistant, MOST],
        )
        .await?;
    rows.iter().map(|row| row.get("mentor")).collect()
}

pub(super) async fn name_assistant(
    tx: &mut Tx,
    organisation: OrganisationId,
    (mentor, assistant): (PersonId, PersonId),
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO assistants (mentor, organisation, assistant, named_at) VALUES ($1, $2, $3, $4) ",
            "ON CONFLICT (mentor) DO UPDATE SET assistant = excluded.assistant, named_at = excluded.named_at"
        ),
        values![mentor, organisation, assistant, now],
    )
    .await
    .map(drop)
}

pub(super) async fn drop_assistant(tx: &mut Tx, mentor: PersonId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM assistants WHERE mentor = $1"), values![mentor]).await.map(drop)
}

/// Somebody of an organisation by their address.
pub(super) async fn somebody(
    tx: &mut Tx,
    organisation: OrganisationId,
    address: &str,
) -> Result<Option<PersonId>, Error> {
    let row = tx
        .row(sql!("SELECT id FROM persons WHERE organisation = $1 AND address = $2"), values![organisation, address])
        .await?;
    row.map(|row| row.get("id")).transpose()
}

// Did you meet?

pub(super) async fn add_ask(
    tx: &mut Tx,
    organisation: OrganisationId,
    ask: &Ask,
    about: Timestamp,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO meeting_asks (id, organisation, mentorship, meeting, person, about, asked_at) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (mentorship, person, about) DO NOTHING"
            ),
            values![ask.id, organisation, ask.mentorship, ask.meeting, ask.person, about, now],
        )
        .await?;
    Ok(touched == 1)
}

fn ask_of(row: &Row) -> Result<Ask, Error> {
    Ok(Ask {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        meeting: row.get("meeting")?,
        person: row.get("person")?,
        met: row.get("met")?,
    })
}

pub(super) async fn ask(from: impl Into<Reader<'_>>, id: AskId) -> Result<Option<Ask>, Error> {
    let row = from
        .into()
        .row(sql!("SELECT id, mentorship, meeting, person, met FROM meeting_asks WHERE id = $1"), values![id])
        .await?;
    row.as_ref().map(ask_of).transpose()
}

/// What somebody is asked of some pairs: the newest question of each.
pub(super) async fn asks_of(db: &Db, person: PersonId, pairs: &[MentorshipId]) -> Result<Vec<(Ask, Timestamp)>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT id, mentorship, meeting, person, met, about FROM meeting_asks WHERE person = $1 AND mentorship ",
                in_ids!("$2"),
                " ORDER BY about DESC, id LIMIT $3"
            ),
            values![person, ids(pairs.iter().map(|pair| pair.0)), 5 * MOST],
        )
        .await?;
    rows.iter().map(|row| Ok((ask_of(row)?, row.get("about")?))).collect()
}

/// Keeps an answer; the last one counts.
pub(super) async fn answer_ask(tx: &mut Tx, id: AskId, met: bool, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE meeting_asks SET met = $2, answered_at = $3 WHERE id = $1"), values![id, met, now])
        .await
        .map(drop)
}

// Links

/// A link as it is looked up.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub person: PersonId,
    pub act: LinkAct,
    pub meeting: Option<MeetingId>,
    pub ask: Option<AskId>,
    /// Whose times are wanted: such a link is stored nowhere.
    pub pair: Option<MentorshipId>,
}

pub(super) async fn add_link(
    tx: &mut Tx,
    token: &[u8],
    organisation: OrganisationId,
    link: &Link,
    now: Timestamp,
) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM meeting_links WHERE expires_at <= $1"), values![now]).await?;
    tx.run(
        sql!(
            "INSERT INTO meeting_links (token, organisation, person, act, meeting, ask, created_at, expires_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ),
        values![
            token.to_vec(),
            organisation,
            link.person,
            link.act.code(),
            link.meeting,
            link.ask,
            now,
            now + link.act.lasts()
        ],
    )
    .await
    .map(drop)
}

pub(super) async fn link(from: impl Into<Reader<'_>>, token: &[u8], now: Timestamp) -> Result<Option<Link>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT person, act, meeting, ask FROM meeting_links WHERE token = $1 AND expires_at > $2"),
            values![token.to_vec(), now],
        )
        .await?;
    row.map(|row| {
        Ok(Link {
            person: row.get("person")?,
            act: row.word("act", LinkAct::parse)?,
            meeting: row.get("meeting")?,
            ask: row.get("ask")?,
            pair: None,
        })
    })
    .transpose()
}

/// Ends a link; false where it has ended before.
pub(super) async fn drop_link(tx: &mut Tx, token: &[u8]) -> Result<bool, Error> {
    Ok(tx.run(sql!("DELETE FROM meeting_links WHERE token = $1"), values![token.to_vec()]).await? == 1)
}

// What others may know

/// What others than the two are told of their meetings.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counts {
    pub count: i64,
    pub last: Option<Timestamp>,
    pub next: Option<Timestamp>,
    pub open_promises: i64,
}

impl Counts {
    pub(super) fn of(evidence: &Evidence) -> Self {
        let Evidence { count, last, next, open_promises, .. } = *evidence;
        Self { count, last, next, open_promises }
    }
}

/// The counts of [`evidence`] alone, with one statement.
pub(super) async fn counts_of(
    db: &Db,
    pairs: &[Mentorship],
    now: Timestamp,
) -> Result<HashMap<MentorshipId, Counts>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT mentorship, 'meetings' AS what, count(CASE WHEN starts_at <= $2 THEN 1 END) AS counted, ",
                "max(CASE WHEN starts_at <= $2 THEN starts_at END) AS last_at, ",
                "min(CASE WHEN state = 'agreed' AND starts_at > $2 THEN starts_at END) AS next_at ",
                "FROM meetings WHERE state IN ('agreed', 'held') AND mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship UNION ALL SELECT mentorship, 'promises' AS what, count(*) AS counted, ",
                "NULL AS last_at, NULL AS next_at FROM meeting_promises WHERE done_at IS NULL AND mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship"
            ),
            values![ids(pairs.iter().map(|pair| pair.id.0)), now],
        )
        .await?;
    let mut found: HashMap<MentorshipId, Counts> = HashMap::new();
    for row in &rows {
        let (what, counted): (String, i64) = (row.get("what")?, row.get("counted")?);
        let counts = found.entry(row.get("mentorship")?).or_default();
        if what == "promises" {
            counts.open_promises = counted;
        } else {
            *counts = Counts { count: counted, last: row.get("last_at")?, next: row.get("next_at")?, ..*counts };
        }
    }
    Ok(found)
}

/// What the system knows of the meetings of some pairs: three statements, however many pairs there are. A proposal for which another
/// meeting was found since waits for nobody.
pub async fn evidence(db: &Db, pairs: &[Mentorship], now: Timestamp) -> Result<HashMap<MentorshipId, Evidence>, Error> {
    let mut found: HashMap<MentorshipId, Evidence> = pairs.iter().map(|pair| (pair.id, Evidence::default())).collect();
    let all = ids(pairs.iter().map(|pair| pair.id.0));
    let rows = db
        .rows(
            sql!(
                "SELECT mentorship, count(CASE WHEN state <> 'proposed' AND starts_at <= $2 THEN 1 END) AS passed, ",
                "min(CASE WHEN state <> 'proposed' AND starts_at <= $2 THEN starts_at END) AS first_at, ",
                "max(CASE WHEN state <> 'proposed' AND starts_at <= $2 THEN starts_at END) AS last_at, ",
                "CAST(sum(CASE WHEN state <> 'proposed' AND starts_at <= $2 THEN COALESCE(spent, minutes) END) AS BIGINT) ",
                "AS spent, min(CASE WHEN state = 'agreed' AND starts_at > $2 THEN starts_at END) AS next_at, ",
                "(SELECT min(waiting.changed_at) FROM meetings AS waiting WHERE waiting.mentorship = meetings.mentorship ",
                "AND waiting.asked_by IS NOT NULL ",
                "AND (waiting.state = 'proposed' OR (waiting.state = 'agreed' AND waiting.starts_at > $2)) AND NOT EXISTS ",
                "(SELECT 1 FROM meetings AS later WHERE later.mentorship = waiting.mentorship AND later.id <> waiting.id ",
                "AND later.state IN ('agreed', 'held') AND later.starts_at > waiting.changed_at)) ",
                "AS waiting_since, ",
                "(SELECT waiting.asked_by FROM meetings AS waiting WHERE waiting.mentorship = meetings.mentorship ",
                "AND waiting.asked_by IS NOT NULL ",
                "AND (waiting.state = 'proposed' OR (waiting.state = 'agreed' AND waiting.starts_at > $2)) AND NOT EXISTS ",
                "(SELECT 1 FROM meetings AS later WHERE later.mentorship = waiting.mentorship AND later.id <> waiting.id ",
                "AND later.state IN ('agreed', 'held') AND later.starts_at > waiting.changed_at) ",
                "ORDER BY waiting.changed_at, waiting.id LIMIT 1) AS proposed_by FROM meetings WHERE state IN ('proposed', 'agreed', 'held') AND mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship"
            ),
            values![all.clone(), now],
        )
        .await?;
    for row in &rows {
        let Some(evidence) = found.get_mut(&row.get("mentorship")?) else { continue };
        evidence.first = row.get("first_at")?;
        evidence.last = row.get("last_at")?;
        evidence.count = row.get("passed")?;
        evidence.minutes = row.get::<Option<i64>>("spent")?.unwrap_or(0);
        evidence.next = row.get("next_at")?;
        evidence.waiting_since = row.get("waiting_since")?;
        evidence.proposed_by = row.word_if("proposed_by", Side::parse)?;
    }
    let rows = db
        .rows(
            sql!(
                "SELECT mentorship, person, max(CASE WHEN met = TRUE THEN about END) AS yes, ",
                "max(CASE WHEN met = FALSE THEN about END) AS no FROM meeting_asks WHERE mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship, person"
            ),
            values![all.clone()],
        )
        .await?;
    let mentees: HashMap<MentorshipId, PersonId> = pairs.iter().map(|pair| (pair.id, pair.mentee)).collect();
    for row in &rows {
        let pair: MentorshipId = row.get("mentorship")?;
        let Some(evidence) = found.get_mut(&pair) else { continue };
        let person: PersonId = row.get("person")?;
        if mentees.get(&pair) == Some(&person) {
            (evidence.mentee_met, evidence.mentee_not) = (row.get("yes")?, row.get("no")?);
        } else {
            (evidence.mentor_met, evidence.mentor_not) = (row.get("yes")?, row.get("no")?);
        }
    }
    let rows = db
        .rows(
            sql!(
                "SELECT mentorship, count(*) AS open, min(due_on) AS first_due FROM meeting_promises ",
                "WHERE done_at IS NULL AND mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship"
            ),
            values![all],
        )
        .await?;
    for row in &rows {
        let Some(evidence) = found.get_mut(&row.get("mentorship")?) else { continue };
        evidence.open_promises = row.get("open")?;
        evidence.first_due = row.word_if("first_due", |day| day.parse().ok())?;
    }
    Ok(found)
}

/// A meeting that is agreed or was held, without anything that was said of it.
#[derive(Clone, Debug)]
pub struct Planned {
    pub id: MeetingId,
    pub mentorship: MentorshipId,
    pub starts_at: Timestamp,
    /// As written down, else as planned.
    pub minutes: i64,
    pub is_held: bool,
}

/// What some pairs have agreed or held that begins within these instants, in the order of time.
pub async fn between(
    db: &Db,
    pairs: &[MentorshipId],
    (from, to): (Timestamp, Timestamp),
) -> Result<Vec<Planned>, Error> {
    let rows = db
        .rows(
            sql!(
                "SELECT id, mentorship, starts_at, COALESCE(spent, minutes) AS minutes, state FROM meetings ",
                "WHERE state IN ('agreed', 'held') AND starts_at >= $2 AND starts_at < $3 AND mentorship ",
                in_ids!("$1"),
                " ORDER BY starts_at, id LIMIT $4"
            ),
            values![ids(pairs.iter().map(|pair| pair.0)), from, to, 10 * MOST],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Planned {
                id: row.get("id")?,
                mentorship: row.get("mentorship")?,
                starts_at: row.get("starts_at")?,
                minutes: row.get("minutes")?,
                is_held: row.word("state", State::parse)? == State::Held,
            })
        })
        .collect()
}

/// The newest sign of a pair's meetings, or the last question whether they met: who was asked is not asked again the next day. What is
/// agreed for a day to come is no sign yet: it may be far off, and called off before. What either answered is no sign: whoever is asked again, or not, would learn the other's answer from it.
pub(super) async fn last_sign(tx: &mut Tx, pair: MentorshipId, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT max(at) AS at FROM (SELECT max(COALESCE(starts_at, changed_at)) AS at FROM meetings ",
                "WHERE mentorship = $1 AND state NOT IN ('missed', 'cancelled') ",
                "AND (starts_at IS NULL OR starts_at <= $2) UNION ALL ",
                "SELECT max(about) AS at FROM meeting_asks WHERE mentorship = $1) AS signs"
            ),
            values![pair, now],
        )
        .await?;
    row.map_or(Ok(None), |row| row.get("at"))
}
