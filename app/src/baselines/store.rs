use jiff::Timestamp;

use super::model::{BaselineId, Draft, Given, Ratings, View};
use crate::db::{Error, Reader, Row, Tx, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::programmes::EditionId;
use crate::{all_ids, in_ids, sql, values};

/// Who rates whom, where.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub organisation: OrganisationId,
    pub edition: EditionId,
    pub mentee: PersonId,
    pub rater: PersonId,
    pub view: View,
}

/// Everything that was given of a mentee in an edition, corrections too, in the order in which it was given.
pub async fn given(from: impl Into<Reader<'_>>, edition: EditionId, mentee: PersonId) -> Result<Vec<Given>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT baselines.mentee, baselines.rater, persons.name AS rater_name, baselines.side, baselines.number, ",
                "baselines.framework, baselines.content, baselines.given_at FROM baselines ",
                "JOIN persons ON persons.id = baselines.rater WHERE baselines.edition = $1 AND baselines.mentee = $2 ",
                "ORDER BY baselines.given_at, baselines.id"
            ),
            values![edition, mentee],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Given {
                mentee: row.get("mentee")?,
                rater: row.get("rater")?,
                rater_name: row.get("rater_name")?,
                view: view(row)?,
                number: row.get("number")?,
                framework: row.get("framework")?,
                ratings: ratings(row)?,
                given_at: row.get("given_at")?,
            })
        })
        .collect()
}

fn view(row: &Row) -> Result<View, Error> {
    let code: String = row.get("side")?;
    View::parse(&code).ok_or_else(|| Error::Column { column: "side".to_owned(), reason: format!("unknown: {code}") })
}

fn ratings(row: &Row) -> Result<Ratings, Error> {
    let text: String = row.get("content")?;
    serde_json::from_str(&text)
        .map_err(|error| Error::Column { column: "content".to_owned(), reason: error.to_string() })
}

/// What somebody has given in an edition, of whom and as what: when first and when last.
pub(super) struct Done {
    pub mentee: PersonId,
    pub view: View,
    pub at: Timestamp,
}

pub(super) async fn done_by(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    rater: PersonId,
) -> Result<Vec<Done>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentee, side, min(given_at) AS given_at FROM baselines WHERE edition = $1 AND rater = $2 ",
                "GROUP BY mentee, side"
            ),
            values![edition, rater],
        )
        .await?;
    rows.iter().map(done).collect()
}

fn done(row: &Row) -> Result<Done, Error> {
    Ok(Done { mentee: row.get("mentee")?, view: view(row)?, at: row.get("given_at")? })
}

/// Of whom somebody has begun and not given a baseline.
pub(super) async fn begun_by(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    rater: PersonId,
) -> Result<Vec<(PersonId, View)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT mentee, side FROM baseline_drafts WHERE edition = $1 AND rater = $2"),
            values![edition, rater],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("mentee")?, view(row)?))).collect()
}

/// Of whom each view was given in an edition, once for each rater. No levels.
pub(super) async fn mentees_given(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
) -> Result<Vec<(View, Vec<PersonId>)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT side, ",
                all_ids!("mentee"),
                " AS mentees FROM baselines WHERE edition = $1 AND number = 1 GROUP BY side"
            ),
            values![edition],
        )
        .await?;
    rows.iter().map(|row| Ok((view(row)?, row.ids("mentees")?.into_iter().map(PersonId).collect()))).collect()
}

/// What was given in an edition of these mentees, and when first. No levels.
pub(super) async fn done_of(
    from: impl Into<Reader<'_>>,
    edition: EditionId,
    mentees: impl Iterator<Item = PersonId>,
) -> Result<Vec<Done>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT mentee, side, min(given_at) AS given_at FROM baselines WHERE edition = $1 AND mentee ",
                in_ids!("$2"),
                " GROUP BY mentee, side"
            ),
            values![edition, ids(mentees.map(|mentee| mentee.0))],
        )
        .await?;
    rows.iter().map(done).collect()
}

/// How often a rater has given theirs: once, and once more with each correction.
pub(super) async fn times(tx: &mut Tx, place: Place) -> Result<i64, Error> {
    let row = tx
        .row(
            sql!(
                "SELECT count(*) AS times FROM baselines ",
                "WHERE edition = $1 AND mentee = $2 AND rater = $3 AND side = $4"
            ),
            values![place.edition, place.mentee, place.rater, place.view.code()],
        )
        .await?;
    row.map_or(Ok(0), |row| row.get("times"))
}

/// Whether it was given: false when that number was given already.
pub(super) async fn add(
    tx: &mut Tx,
    id: BaselineId,
    place: Place,
    number: i64,
    framework: crate::frameworks::FrameworkVersionId,
    ratings: &Ratings,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx.run(
        sql!(
            "INSERT INTO baselines (id, organisation, edition, mentee, rater, side, number, framework, content, given_at) ",
            "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING"
        ),
        values![
            id,
            place.organisation,
            place.edition,
            place.mentee,
            place.rater,
            place.view.code(),
            number,
            framework,
            text(ratings),
            now
        ],
    )
    .await?;
    Ok(touched == 1)
}

pub(super) async fn draft(from: impl Into<Reader<'_>>, place: Place) -> Result<Draft, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT content, saved_at, version FROM baseline_drafts ",
                "WHERE edition = $1 AND mentee = $2 AND rater = $3 AND side = $4"
            ),
            values![place.edition, place.mentee, place.rater, place.view.code()],
        )
        .await?;
    row.map_or_else(
        || Ok(Draft::default()),
        |row| Ok(Draft { ratings: ratings(&row)?, version: row.get("version")?, saved_at: Some(row.get("saved_at")?) }),
    )
}

/// Whether it was saved: false when another window saved a newer one first.
pub(super) async fn save(
    tx: &mut Tx,
    place: Place,
    version: i64,
    ratings: &Ratings,
    now: Timestamp,
) -> Result<bool, Error> {
    let touched = tx
        .run(
            sql!(
                "INSERT INTO baseline_drafts (edition, mentee, rater, side, organisation, content, saved_at, version) ",
                "VALUES ($1, $2, $3, $4, $5, $6, $7, 1) ON CONFLICT (edition, mentee, rater, side) ",
                "DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at, ",
                "version = baseline_drafts.version + 1 WHERE baseline_drafts.version = $8"
            ),
            values![
                place.edition,
                place.mentee,
                place.rater,
                place.view.code(),
                place.organisation,
                text(ratings),
                now,
                version
            ],
        )
        .await?;
    Ok(touched == 1)
}

pub(super) async fn forget_draft(tx: &mut Tx, place: Place) -> Result<(), Error> {
    tx.run(
        sql!("DELETE FROM baseline_drafts WHERE edition = $1 AND mentee = $2 AND rater = $3 AND side = $4"),
        values![place.edition, place.mentee, place.rater, place.view.code()],
    )
    .await
    .map(drop)
}

/// Plain data with text keys, which always has a JSON.
fn text(ratings: &Ratings) -> String {
    serde_json::to_string(ratings).unwrap_or_default()
}
