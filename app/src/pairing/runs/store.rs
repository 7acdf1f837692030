use super::{ResultRow, RunId, Told};
use crate::db::{Error, Reader, Row};
use crate::{sql, values};

/// Rows of a run's result after a place, in the order of the mentees' names.
pub(in crate::pairing) async fn results(
    from: impl Into<Reader<'_>>,
    run: RunId,
    after: i64,
    most: usize,
) -> Result<Vec<ResultRow>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT pairing_results.place, pairing_results.mentee, mentee.name AS mentee_name, ",
                "pairing_results.mentor, mentor.name AS mentor_name, pairing_results.score, pairing_results.told ",
                "FROM pairing_results JOIN persons AS mentee ON mentee.id = pairing_results.mentee ",
                "LEFT JOIN persons AS mentor ON mentor.id = pairing_results.mentor ",
                "WHERE pairing_results.run = $1 AND pairing_results.place > $2 ORDER BY pairing_results.place LIMIT $3"
            ),
            values![run, after, i64::try_from(most).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter().map(result_row).collect()
}

fn result_row(row: &Row) -> Result<ResultRow, Error> {
    let told: String = row.get("told")?;
    let told: Told = serde_json::from_str(&told)
        .map_err(|error| Error::Column { column: "told".to_owned(), reason: error.to_string() })?;
    Ok(ResultRow {
        place: row.get("place")?,
        mentee: row.get("mentee")?,
        mentee_name: row.get("mentee_name")?,
        mentor: row.get("mentor")?,
        mentor_name: row.get("mentor_name")?,
        score: row.get("score")?,
        told,
    })
}
