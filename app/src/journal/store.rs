use jiff::Timestamp;
use jiff::civil::Date;

use super::model::{Counts, Decision, DecisionId, Draft, MOST_DECISIONS, Resolved};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::vault::Sealed;
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole decisions.
macro_rules! decisions {
    () => {
        "SELECT id, mentorship, author, visibility, words, known_on, written_at, changed_at, resolved_at, outcome, version \
         FROM journal_decisions "
    };
}

/// The decisions of a mentorship, the open ones first and by their day; of those that are somebody's alone only this reader's.
pub(super) async fn decisions(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
    reader: PersonId,
) -> Result<Vec<Decision>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                decisions!(),
                "WHERE mentorship = $1 AND (visibility <> 'only-me' OR author = $2) ",
                "ORDER BY CASE WHEN resolved_at IS NULL THEN 0 ELSE 1 END, known_on, id LIMIT $3"
            ),
            values![mentorship, reader, i64::try_from(MOST_DECISIONS).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(decision_of).collect()
}

/// A decision, whosoever it is; the caller asks who may.
pub(super) async fn decision(from: impl Into<Reader<'_>>, id: DecisionId) -> Result<Option<Decision>, Error> {
    let row = from.into().row(sql!(decisions!(), "WHERE id = $1"), values![id]).await?;
    row.as_ref().map(decision_of).transpose()
}

fn decision_of(row: &Row) -> Result<Decision, Error> {
    let (at, outcome): (Option<Timestamp>, Option<Sealed>) = (row.get("resolved_at")?, row.get("outcome")?);
    Ok(Decision {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        author: row.get("author")?,
        visibility: row.word("visibility", Visibility::parse)?,
        words: row.get("words")?,
        known_on: row.word("known_on", |text| text.parse().ok())?,
        written_at: row.get("written_at")?,
        changed_at: row.get("changed_at")?,
        resolved: at.zip(outcome).map(|(at, outcome)| Resolved { at, outcome }),
        version: row.get("version")?,
    })
}

pub(super) async fn count(tx: &mut Tx, mentorship: MentorshipId) -> Result<usize, Error> {
    let row = tx
        .row(sql!("SELECT count(*) AS all_of_them FROM journal_decisions WHERE mentorship = $1"), values![mentorship]);
    let count: i64 = row.await?.map_or(Ok(0), |row| row.get("all_of_them"))?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

/// A decision as it is written down, by whom and when.
pub(super) struct Written<'a> {
    pub draft: &'a Draft,
    pub known_on: Date,
    pub words: Sealed,
    pub by: PersonId,
    pub at: Timestamp,
}

pub(super) async fn add(
    tx: &mut Tx,
    (organisation, mentorship): (OrganisationId, MentorshipId),
    id: DecisionId,
    written: &Written<'_>,
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO journal_decisions (id, organisation, mentorship, author, visibility, words, known_on, written_at, ",
            "changed_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1)"
        ),
        values![
            id,
            organisation,
            mentorship,
            written.by,
            written.draft.visibility.code(),
            &written.words,
            written.known_on.to_string(),
            written.at
        ],
    )
    .await
    .map(drop)
}

/// Writes a decision over the version that it was made from; false when another window was first.
pub(super) async fn write(tx: &mut Tx, id: DecisionId, version: i64, written: &Written<'_>) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE journal_decisions SET visibility = $3, words = $4, known_on = $5, changed_at = $6, ",
                "version = version + 1 WHERE id = $1 AND version = $2 AND resolved_at IS NULL"
            ),
            values![
                id,
                version,
                written.draft.visibility.code(),
                &written.words,
                written.known_on.to_string(),
                written.at
            ],
        )
        .await?;
    Ok(touched == 1)
}

/// Says what came, or says it anew; false when another window was first.
pub(super) async fn resolve(tx: &mut Tx, id: DecisionId, version: i64, resolved: &Resolved) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE journal_decisions SET resolved_at = COALESCE(resolved_at, $3), outcome = $4, changed_at = $3, ",
                "version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![id, version, resolved.at, &resolved.outcome],
        )
        .await?;
    Ok(touched == 1)
}

/// Opens a decision to the pair, with everything in it sealed anew; false when another window was first.
pub(super) async fn share(
    tx: &mut Tx,
    (id, version): (DecisionId, i64),
    (words, outcome): (&Sealed, Option<Sealed>),
    at: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "UPDATE journal_decisions SET visibility = 'pair', words = $3, outcome = $4, changed_at = $5, ",
                "version = version + 1 WHERE id = $1 AND version = $2"
            ),
            values![id, version, words, outcome, at],
        )
        .await?;
    Ok(touched == 1)
}

/// How the decisions of these mentorships stand, as this reader may know; where there are none, there is no row.
pub(super) async fn counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    reader: PersonId,
    today: Date,
) -> Result<Vec<(MentorshipId, Counts)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentorship, CAST(sum(CASE WHEN resolved_at IS NULL THEN 1 ELSE 0 END) AS BIGINT) AS undecided, ",
                "CAST(sum(CASE WHEN resolved_at IS NULL AND known_on <= $3 THEN 1 ELSE 0 END) AS BIGINT) AS due, ",
                "count(resolved_at) AS resolved FROM journal_decisions ",
                "WHERE (visibility <> 'only-me' OR author = $2) AND mentorship ",
                in_ids!("$1"),
                " GROUP BY mentorship"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), reader, today.to_string()],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let counts = Counts { open: row.get("undecided")?, resolved: row.get("resolved")?, due: row.get("due")? };
            Ok((row.get("mentorship")?, counts))
        })
        .collect()
}
