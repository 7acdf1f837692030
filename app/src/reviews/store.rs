use std::collections::HashMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::model::{Given, Kind, Letter, LetterId, Line, Part, Sent, State};
use crate::db::{Error, Reader, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::{in_ids, sql, values};

/// What the two of a mentorship wrote in its reviews, drafts of either among it: two for each at most.
pub(super) async fn parts(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Part>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, kind, author, words, given_at, version FROM reviews WHERE mentorship = $1 ORDER BY kind, author"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Part {
                id: row.get("id")?,
                kind: row.word("kind", Kind::parse)?,
                author: row.get("author")?,
                words: row.get("words")?,
                given_at: row.get("given_at")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// Writes a part over the version that was read, 0 for none; false when another window was first.
pub(super) async fn write(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    part: &Part,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO reviews (id, organisation, mentorship, kind, author, words, given_at, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1) ON CONFLICT (mentorship, kind, author) DO UPDATE SET ",
                "words = excluded.words, given_at = excluded.given_at, changed_at = excluded.changed_at, ",
                "version = reviews.version + 1 WHERE reviews.version = $9"
            ),
            values![
                part.id,
                organisation,
                mentorship,
                part.kind.code(),
                part.author,
                &part.words,
                part.given_at,
                now,
                part.version
            ],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn lines(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Line>, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT kind, author, words, version FROM review_lines WHERE mentorship = $1"), values![mentorship])
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Line {
                kind: row.word("kind", Kind::parse)?,
                author: row.get("author")?,
                words: row.get("words")?,
                version: row.get("version")?,
            })
        })
        .collect()
}

/// Writes the line over the version that was read, 0 for none; false when the other was first.
pub(super) async fn write_line(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    line: &Line,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO review_lines (mentorship, kind, organisation, author, words, changed_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, 1) ON CONFLICT (mentorship, kind) DO UPDATE SET ",
                "author = excluded.author, words = excluded.words, changed_at = excluded.changed_at, ",
                "version = review_lines.version + 1 WHERE review_lines.version = $7"
            ),
            values![mentorship, line.kind.code(), organisation, line.author, &line.words, now, line.version],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn letter(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Option<Letter>, Error> {
    let row = from
        .into()
        .row(
            sql!("SELECT id, author, words, sealed_at, opened_at FROM review_letters WHERE mentorship = $1"),
            values![mentorship],
        )
        .await?;
    row.map(|row| {
        Ok(Letter {
            id: row.get("id")?,
            author: row.get("author")?,
            words: row.get("words")?,
            sealed_at: row.get("sealed_at")?,
            opened_at: row.get("opened_at")?,
        })
    })
    .transpose()
}

/// The letters of an organisation that wait, with their mentorships: a part after one of them, in the order of their identifiers.
pub(super) async fn unopened(
    tx: &mut Tx,
    organisation: OrganisationId,
    (after, limit): (Uuid, i64),
) -> Result<Vec<(LetterId, MentorshipId)>, Error> {
    let rows = tx
        .rows(
            sql!(
                "SELECT id, mentorship FROM review_letters ",
                "WHERE organisation = $1 AND opened_at IS NULL AND id > $2 ORDER BY id LIMIT $3"
            ),
            values![organisation, after, limit],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("id")?, row.get("mentorship")?))).collect()
}

/// Adds a letter; false where there is one.
pub(super) async fn add_letter(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    letter: &Letter,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO review_letters (id, organisation, mentorship, author, words, sealed_at) ",
                "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (mentorship) DO NOTHING"
            ),
            values![letter.id, organisation, mentorship, letter.author, &letter.words, letter.sealed_at],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn open_letter(tx: &mut Tx, id: LetterId, now: Timestamp) -> Result<(), Error> {
    tx.run(sql!("UPDATE review_letters SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL"), values![id, now])
        .await
        .map(drop)
}

pub(super) async fn drop_letter(tx: &mut Tx, id: LetterId) -> Result<(), Error> {
    tx.run(sql!("DELETE FROM review_letters WHERE id = $1"), values![id]).await.map(drop)
}

/// Which reviews of these mentorships of an organisation were given, by whom and when, and how their letters stand: one statement,
/// however many there are. Where there is nothing, there is no entry.
pub async fn states_of(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    mentorships: &[MentorshipId],
) -> Result<HashMap<MentorshipId, State>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, kind, author, given_at AS at FROM reviews ",
                "WHERE organisation = $2 AND given_at IS NOT NULL AND mentorship ",
                in_ids!("$1"),
                " UNION ALL SELECT mentorship, 'letter' AS kind, author, opened_at AS at FROM review_letters ",
                "WHERE organisation = $2 AND mentorship ",
                in_ids!("$1")
            ),
            values![ids(mentorships.iter().map(|id| id.0)), organisation],
        )
        .await?;
    let mut states: HashMap<MentorshipId, State> = HashMap::new();
    for row in &rows {
        let state = states.entry(row.get("mentorship")?).or_default();
        let (kind, by): (String, PersonId) = (row.get("kind")?, row.get("author")?);
        let at: Option<Timestamp> = row.get("at")?;
        match (Kind::parse(&kind), at) {
            (Some(kind), Some(at)) => state.given.push(Given { kind, by, at }),
            _ => state.letter = Some(Sent { by, opened: at.is_some() }),
        }
    }
    Ok(states)
}
