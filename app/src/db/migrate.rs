//! The schema's history. Migrations only add, an applied one is never edited, and a database that knows more than this
//! program is left alone.

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::statement::text_on;
use super::{Db, Engine, Error, Tx};
use crate::{sql, transaction, values};

struct Migration {
    version: i64,
    name: &'static str,
    text: &'static str,
}

/// In the order in which they are applied; the number is the first part of the file's name.
const MIGRATIONS: &[Migration] = &[
    Migration { version: 1, name: "identity", text: include_str!("../../migrations/0001_identity.sql") },
    Migration { version: 2, name: "people", text: include_str!("../../migrations/0002_people.sql") },
    Migration { version: 3, name: "parts_of_person", text: include_str!("../../migrations/0003_parts_of_person.sql") },
    Migration { version: 4, name: "lists", text: include_str!("../../migrations/0004_lists.sql") },
    Migration { version: 5, name: "frameworks", text: include_str!("../../migrations/0005_frameworks.sql") },
    Migration { version: 6, name: "programmes", text: include_str!("../../migrations/0006_programmes.sql") },
    Migration { version: 7, name: "mentorships", text: include_str!("../../migrations/0007_mentorships.sql") },
    Migration { version: 8, name: "pairing_runs", text: include_str!("../../migrations/0008_pairing_runs.sql") },
    Migration { version: 9, name: "pairing_consent", text: include_str!("../../migrations/0009_pairing_consent.sql") },
    Migration { version: 10, name: "baselines", text: include_str!("../../migrations/0010_baselines.sql") },
    Migration { version: 11, name: "api", text: include_str!("../../migrations/0011_api.sql") },
    Migration { version: 12, name: "import_people", text: include_str!("../../migrations/0012_import_people.sql") },
    Migration { version: 13, name: "asked", text: include_str!("../../migrations/0013_asked.sql") },
    Migration { version: 14, name: "what_waits", text: include_str!("../../migrations/0014_what_waits.sql") },
    Migration { version: 15, name: "calendar", text: include_str!("../../migrations/0015_calendar.sql") },
    Migration { version: 16, name: "agreements", text: include_str!("../../migrations/0016_agreements.sql") },
    Migration { version: 17, name: "scale", text: include_str!("../../migrations/0017_scale.sql") },
    Migration { version: 18, name: "what_if", text: include_str!("../../migrations/0018_what_if.sql") },
    Migration { version: 19, name: "notices", text: include_str!("../../migrations/0019_notices.sql") },
    Migration { version: 20, name: "mail_addresses", text: include_str!("../../migrations/0020_mail_addresses.sql") },
    Migration { version: 21, name: "meetings", text: include_str!("../../migrations/0021_meetings.sql") },
    Migration { version: 22, name: "did_you_meet", text: include_str!("../../migrations/0022_did_you_meet.sql") },
    Migration { version: 23, name: "goals", text: include_str!("../../migrations/0023_goals.sql") },
    Migration { version: 24, name: "activities", text: include_str!("../../migrations/0024_activities.sql") },
    Migration { version: 25, name: "journal", text: include_str!("../../migrations/0025_journal.sql") },
    Migration { version: 26, name: "reviews", text: include_str!("../../migrations/0026_reviews.sql") },
    Migration { version: 27, name: "outcomes", text: include_str!("../../migrations/0027_outcomes.sql") },
    Migration { version: 28, name: "concerns", text: include_str!("../../migrations/0028_concerns.sql") },
    Migration { version: 29, name: "hooks", text: include_str!("../../migrations/0029_hooks.sql") },
    Migration { version: 30, name: "health", text: include_str!("../../migrations/0030_health.sql") },
    Migration { version: 31, name: "what_pages_read", text: include_str!("../../migrations/0031_what_pages_read.sql") },
    Migration { version: 32, name: "observations", text: include_str!("../../migrations/0032_observations.sql") },
    Migration { version: 33, name: "records", text: include_str!("../../migrations/0033_records.sql") },
    Migration { version: 34, name: "loops", text: include_str!("../../migrations/0034_loops.sql") },
    Migration { version: 35, name: "break_glass", text: include_str!("../../migrations/0035_break_glass.sql") },
    Migration { version: 36, name: "attendances", text: include_str!("../../migrations/0036_attendances.sql") },
    Migration { version: 37, name: "marks_in_order", text: include_str!("../../migrations/0037_marks_in_order.sql") },
    Migration { version: 38, name: "calendar_logins", text: include_str!("../../migrations/0038_calendar_logins.sql") },
    Migration { version: 39, name: "other_sides", text: include_str!("../../migrations/0039_other_sides.sql") },
    Migration { version: 40, name: "what_held_when", text: include_str!("../../migrations/0040_what_held_when.sql") },
    Migration { version: 41, name: "rooms", text: include_str!("../../migrations/0041_rooms.sql") },
    Migration { version: 42, name: "erasures", text: include_str!("../../migrations/0042_erasures.sql") },
    Migration { version: 43, name: "copies", text: include_str!("../../migrations/0043_copies.sql") },
    Migration { version: 44, name: "reasons", text: include_str!("../../migrations/0044_reasons.sql") },
    Migration { version: 45, name: "records_closed", text: include_str!("../../migrations/0045_records_closed.sql") },
    Migration { version: 46, name: "still_open", text: include_str!("../../migrations/0046_still_open.sql") },
    Migration { version: 47, name: "meeting_series", text: include_str!("../../migrations/0047_meeting_series.sql") },
    Migration { version: 48, name: "other_sides", text: include_str!("../../migrations/0048_other_sides.sql") },
    Migration { version: 49, name: "chairs", text: include_str!("../../migrations/0049_chairs.sql") },
    Migration { version: 50, name: "told_by_clocks", text: include_str!("../../migrations/0050_told_by_clocks.sql") },
    Migration {
        version: 51,
        name: "assigned_in_time",
        text: include_str!("../../migrations/0051_assigned_in_time.sql"),
    },
    Migration {
        version: 52,
        name: "what_mails_reach",
        text: include_str!("../../migrations/0052_what_mails_reach.sql"),
    },
    Migration {
        version: 53,
        name: "what_waits_since_before",
        text: include_str!("../../migrations/0053_what_waits_since_before.sql"),
    },
    Migration {
        version: 54,
        name: "invitations_to_open",
        text: include_str!("../../migrations/0054_invitations_to_open.sql"),
    },
    Migration {
        version: 55,
        name: "forwarded_calendars",
        text: include_str!("../../migrations/0055_forwarded_calendars.sql"),
    },
    Migration {
        version: 56,
        name: "mails_that_invite",
        text: include_str!("../../migrations/0056_mails_that_invite.sql"),
    },
    Migration {
        version: 57,
        name: "forwarding_addresses",
        text: include_str!("../../migrations/0057_forwarding_addresses.sql"),
    },
];

/// Where a database stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schema {
    /// The last migration that was applied; 0 on an empty database.
    pub found: i64,
    /// The last migration that this program has.
    pub known: i64,
}

/// Applies what is missing, under a lock, and says how many migrations that were.
pub async fn migrate(db: &Db, now: Timestamp) -> Result<usize, Error> {
    transaction!(db, tx => {
        lock(tx).await?;
        let applied = applied(tx).await?;
        refuse_newer(&applied)?;
        let mut done = 0;
        for migration in MIGRATIONS {
            let hash = hash(migration.text);
            match applied.iter().find(|(version, _)| *version == migration.version) {
                Some((_, applied)) if *applied == hash => {}
                Some(_) => return Err(Error::Edited(migration.version)),
                None => {
                    let text = text_on(tx.engine(), migration.text);
                    tx.script(&text).await?;
                    tx.run(
                        sql!("INSERT INTO migrations (version, name, hash, applied_at) VALUES ($1, $2, $3, $4)"),
                        values![migration.version, migration.name, hash, now],
                    )
                    .await?;
                    done += 1;
                }
            }
        }
        Ok(done)
    })
}

/// Where the database stands, without changing it.
pub async fn schema(db: &Db) -> Result<Schema, Error> {
    let known = MIGRATIONS.last().map_or(0, |migration| migration.version);
    // A database without the table has no history yet.
    let found = match db.row(sql!("SELECT max(version) AS version FROM migrations"), values![]).await {
        Ok(Some(row)) => row.get::<Option<i64>>("version")?.unwrap_or(0),
        Ok(None) => 0,
        Err(Error::Engine(error)) if error.as_database_error().is_some() => 0,
        Err(error) => return Err(error),
    };
    Ok(Schema { found, known })
}

/// Two servers that start at once migrate one after the other. SQLite has but one writer; PostgreSQL is asked for a lock,
/// and to look at the tables as they are once it is granted, not as they were when it was asked.
async fn lock(tx: &mut Tx) -> Result<(), Error> {
    if tx.engine() == Engine::Postgres {
        tx.script("SET TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(7428301)").await?;
    }
    tx.script(
        "CREATE TABLE IF NOT EXISTS migrations (version BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at BIGINT NOT NULL)",
    )
    .await
}

async fn applied(tx: &mut Tx) -> Result<Vec<(i64, String)>, Error> {
    let rows = tx.rows(sql!("SELECT version, hash FROM migrations ORDER BY version"), values![]).await?;
    rows.iter().map(|row| Ok((row.get("version")?, row.get("hash")?))).collect()
}

fn refuse_newer(applied: &[(i64, String)]) -> Result<(), Error> {
    let known = MIGRATIONS.last().map_or(0, |migration| migration.version);
    match applied.last() {
        Some((found, _)) if *found > known => Err(Error::Newer { found: *found, known }),
        _ => Ok(()),
    }
}

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_rise_by_one() {
        for (index, migration) in MIGRATIONS.iter().enumerate() {
            assert_eq!(migration.version, i64::try_from(index).unwrap() + 1, "{}", migration.name);
        }
    }
}
