use crate::db::{Error, Reader};
use crate::identity::OrganisationId;
use crate::{sql, values};

/// An organisation's people in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub mentors: i64,
    pub mentees: i64,
    pub seats: i64,
    pub signed_in: i64,
}

pub async fn counts(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Counts, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT CAST(coalesce(sum(CASE WHEN profiles.mentor THEN 1 ELSE 0 END), 0) AS BIGINT) AS mentors, ",
                "CAST(coalesce(sum(CASE WHEN profiles.mentee THEN 1 ELSE 0 END), 0) AS BIGINT) AS mentees, ",
                "CAST(coalesce(sum(CASE WHEN profiles.mentor THEN coalesce(profiles.capacity, 1) ELSE 0 END), 0) AS BIGINT) AS seats, ",
                "count(persons.account) AS signed_in ",
                "FROM persons LEFT JOIN profiles ON profiles.person = persons.id WHERE persons.organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    let Some(row) = row else { return Ok(Counts::default()) };
    Ok(Counts {
        mentors: row.get("mentors")?,
        mentees: row.get("mentees")?,
        seats: row.get("seats")?,
        signed_in: row.get("signed_in")?,
    })
}
