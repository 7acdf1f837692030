use jiff::Timestamp;

use super::model::{Counts, MOST_OUTCOMES, Outcome, OutcomeId, Reader as Named};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, Part, PersonId};
use crate::mentorships::MentorshipId;
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole lines.
macro_rules! outcomes {
    () => {
        "SELECT outcomes.id, outcomes.mentorship, outcomes.author, outcomes.words, outcomes.proposed_at, outcomes.released_at \
         FROM outcomes "
    };
}

/// The lines of a mentorship, those that wait first, then the newest.
pub(super) async fn outcomes(from: impl Into<Reader<'_>>, mentorship: MentorshipId) -> Result<Vec<Outcome>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                outcomes!(),
                "WHERE outcomes.mentorship = $1 ",
                "ORDER BY CASE WHEN outcomes.released_at IS NULL THEN 0 ELSE 1 END, outcomes.id DESC LIMIT $2"
            ),
            values![mentorship, i64::try_from(2 * MOST_OUTCOMES).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(outcome_of).collect()
}

/// The readers of all lines of a mentorship, with their names.
pub(super) async fn readers(
    from: impl Into<Reader<'_>>,
    mentorship: MentorshipId,
) -> Result<Vec<(OutcomeId, Named, String)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT outcome_readers.outcome, outcome_readers.person, outcome_readers.part, persons.name ",
                "FROM outcome_readers JOIN outcomes ON outcomes.id = outcome_readers.outcome ",
                "JOIN persons ON persons.id = outcome_readers.person WHERE outcomes.mentorship = $1 ",
                "ORDER BY outcome_readers.outcome, persons.name_sort, outcome_readers.part"
            ),
            values![mentorship],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let reader = Named { person: row.get("person")?, part: row.word("part", Part::parse)? };
            Ok((row.get("outcome")?, reader, row.get("name")?))
        })
        .collect()
}

fn outcome_of(row: &Row) -> Result<Outcome, Error> {
    Ok(Outcome {
        id: row.get("id")?,
        mentorship: row.get("mentorship")?,
        author: row.get("author")?,
        words: row.get("words")?,
        proposed_at: row.get("proposed_at")?,
        released_at: row.get("released_at")?,
    })
}

/// What was released to somebody as the holder of a part, the newest first.
pub(super) async fn released_to(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    reader: Named,
) -> Result<Vec<Outcome>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                outcomes!(),
                "JOIN outcome_readers ON outcome_readers.outcome = outcomes.id WHERE outcomes.organisation = $1 ",
                "AND outcome_readers.person = $2 AND outcome_readers.part = $3 AND outcomes.released_at IS NOT NULL ",
                "ORDER BY outcomes.released_at DESC, outcomes.id DESC LIMIT 1000"
            ),
            values![organisation, reader.person, reader.part.code()],
        )
        .await?;
    rows.iter().map(outcome_of).collect()
}

pub(super) async fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    outcome: &Outcome,
    readers: &[Named],
) -> Result<(), Error> {
    tx.run(
        sql!(
            "INSERT INTO outcomes (id, organisation, mentorship, author, words, proposed_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6)"
        ),
        values![outcome.id, organisation, outcome.mentorship, outcome.author, &outcome.words, outcome.proposed_at],
    )
    .await?;
    let rows =
        readers.iter().map(|reader| values![outcome.id, reader.person, reader.part.code(), organisation]).collect();
    tx.run_many(sql!("INSERT INTO outcome_readers (outcome, person, part, organisation) VALUES ($1, $2, $3, $4)"), rows)
        .await
        .map(drop)
}

/// Releases a line that waits; false when it does not any more.
pub(super) async fn release(tx: &mut Tx, id: OutcomeId, now: Timestamp) -> Result<bool, Error> {
    let touched = tx
        .run(sql!("UPDATE outcomes SET released_at = $2 WHERE id = $1 AND released_at IS NULL"), values![id, now])
        .await?;
    Ok(touched == 1)
}

pub(super) async fn drop_reader(tx: &mut Tx, id: OutcomeId, reader: Named) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM outcome_readers WHERE outcome = $1 AND person = $2 AND part = $3"),
        values![id, reader.person, reader.part.code()],
    )
    .await
    .map(drop)
}

/// Withdraws a line, with its readers; false when it is gone already.
pub(super) async fn withdraw(tx: &mut Tx, id: OutcomeId) -> Result<bool, Error> {
    tx.run(sql!("DELETE FROM outcome_readers WHERE outcome = $1"), values![id]).await?;
    Ok(tx.run(sql!("DELETE FROM outcomes WHERE id = $1"), values![id]).await? == 1)
}

/// How the lines of these mentorships stand for somebody; where there are none, there is no row.
pub(super) async fn counts_of(
    from: impl Into<Reader<'_>>,
    mentorships: &[MentorshipId],
    viewer: PersonId,
) -> Result<Vec<(MentorshipId, Counts)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT outcomes.mentorship, count(outcomes.released_at) AS released, ",
                "CAST(sum(CASE WHEN outcomes.released_at IS NULL AND outcomes.author <> $2 THEN 1 ELSE 0 END) AS BIGINT) AS asked, ",
                "CAST(sum(CASE WHEN outcomes.released_at IS NULL AND outcomes.author = $2 THEN 1 ELSE 0 END) AS BIGINT) AS proposed, ",
                "CAST(sum(CASE WHEN outcomes.released_at IS NOT NULL AND named.outcome IS NOT NULL THEN 1 ELSE 0 END) AS BIGINT) ",
                "AS named FROM outcomes LEFT JOIN outcome_readers AS named ON named.outcome = outcomes.id AND named.person = $2 ",
                "AND named.part = 'coordinator' WHERE outcomes.mentorship ",
                in_ids!("$1"),
                " GROUP BY outcomes.mentorship"
            ),
            values![ids(mentorships.iter().map(|id| id.0)), viewer],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let counts = Counts {
                released: row.get("released")?,
                asked: row.get("asked")?,
                proposed: row.get("proposed")?,
                named: row.get("named")?,
            };
            Ok((row.get("mentorship")?, counts))
        })
        .collect()
}
