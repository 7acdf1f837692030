use super::{Couple, Settled, Wishes};
use crate::db::{Error, Reader};
use crate::identity::PersonId;
use crate::people::model::Side;
use crate::programmes::EditionId;
use crate::{sql, values};

/// What everybody of an edition said before the run.
pub(in crate::pairing) async fn wishes(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Vec<Wishes>, Error> {
    let rows = from
        .into()
        .rows(
            sql!("SELECT person, side, ranked, conflicts FROM pairing_wishes WHERE edition = $1 ORDER BY person, side"),
            values![edition],
        )
        .await?;
    rows.iter()
        .map(|row| {
            let (side, ranked, conflicts): (String, String, String) =
                (row.get("side")?, row.get("ranked")?, row.get("conflicts")?);
            Ok(Wishes {
                person: row.get("person")?,
                side: Side::parse(&side)
                    .ok_or_else(|| Error::Column { column: "side".to_owned(), reason: format!("unknown: {side}") })?,
                ranked: people(&ranked),
                conflicts: people(&conflicts),
            })
        })
        .collect()
}

fn people(list: &str) -> Vec<PersonId> {
    serde_json::from_str(list).unwrap_or_default()
}

/// What earlier proposals leave to the next run.
pub(in crate::pairing) async fn settled(from: impl Into<Reader<'_>>, edition: EditionId) -> Result<Settled, Error> {
    let rows = from
        .into()
        .rows(sql!("SELECT mentee, mentor, state FROM proposals WHERE edition = $1 ORDER BY id"), values![edition])
        .await?;
    let mut settled = Settled::default();
    for row in rows {
        let couple = Couple { mentee: row.get("mentee")?, mentor: row.get("mentor")? };
        match row.get::<String>("state")?.as_str() {
            "declined" => settled.declined.push(couple),
            "mentor-asked" | "mentee-asked" | "accepted" | "published" => settled.kept.push(couple),
            // Taken back by the coordinator, or ended: as if it had not been.
            _ => {}
        }
    }
    Ok(settled)
}
