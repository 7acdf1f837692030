use jiff::civil::Date;

use super::model::{
    Answer, Class, Confidential, Declaration, Item, ItemId, Kind, MOST_ITEMS, Policy, Reason, Seat, SeatId, SeatState,
    ShareReason, Sitting, SittingId, Somebody, State, Terms,
};
use crate::db::{Error, Reader, Row, ids};
use crate::identity::{OrganisationId, PersonId};
use crate::{in_ids, sql, values};

/// The head of every statement that reads whole sittings.
macro_rules! sittings {
    () => {
        "SELECT sittings.id, sittings.organisation, sittings.edition, sittings.number, sittings.kind, sittings.starts_at, \
         sittings.ends_at, sittings.zone, sittings.place, sittings.link, sittings.seats, sittings.undertaking_text, \
         sittings.lasts_months, sittings.notes_days, sittings.host, \
         coalesce(hosts.name, sittings.host_name) AS host_name, coalesce(hosts.address, sittings.host_address) AS host_address, \
         sittings.host_agreed_at, sittings.chair, coalesce(chairs.name, sittings.chair_name) AS chair_name, \
         coalesce(chairs.address, sittings.chair_address) AS chair_address, sittings.keeper, sittings.opened_by, \
         sittings.other_side_agreed_at, sittings.state, sittings.changed_at, sittings.version FROM sittings \
         LEFT JOIN persons AS hosts ON hosts.id = sittings.host LEFT JOIN persons AS chairs ON chairs.id = sittings.chair "
    };
}

/// A sitting of an organisation.
pub async fn sitting(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    id: SittingId,
) -> Result<Option<Sitting>, Error> {
    let row = from
        .into()
        .row(sql!(sittings!(), "WHERE sittings.organisation = $1 AND sittings.id = $2"), values![organisation, id])
        .await?;
    row.as_ref().map(sitting_of).transpose()
}

fn sitting_of(row: &Row) -> Result<Sitting, Error> {
    Ok(Sitting {
        id: row.get("id")?,
        organisation: row.get("organisation")?,
        edition: row.get("edition")?,
        number: row.get("number")?,
        kind: row.word("kind", Kind::parse)?,
        starts_at: row.get("starts_at")?,
        ends_at: row.get("ends_at")?,
        zone: row.get("zone")?,
        place: row.get("place")?,
        link: row.get("link")?,
        seats: row.get("seats")?,
        terms: Terms {
            text: row.get("undertaking_text")?,
            lasts_months: row.get("lasts_months")?,
            notes_days: row.get("notes_days")?,
        },
        host: Somebody { person: row.get("host")?, name: row.get("host_name")?, address: row.get("host_address")? },
        host_agreed_at: row.get("host_agreed_at")?,
        chair: Somebody { person: row.get("chair")?, name: row.get("chair_name")?, address: row.get("chair_address")? },
        keeper: row.get("keeper")?,
        opened_by: row.get("opened_by")?,
        other_side_agreed_at: row.get("other_side_agreed_at")?,
        state: row.word("state", State::parse)?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
    })
}

/// The items of a sitting, in their order.
pub async fn items_of(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<Item>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT id, sitting, number, class, planned_from, planned_to, classified_at, agreed_at FROM sitting_items ",
                "WHERE sitting = $1 ORDER BY number LIMIT $2"
            ),
            values![sitting, i64::try_from(MOST_ITEMS).unwrap_or(i64::MAX)],
        )
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Item {
                id: row.get("id")?,
                sitting: row.get("sitting")?,
                number: row.get("number")?,
                class: row.word_if("class", Class::parse)?,
                planned_from: row.get("planned_from")?,
                planned_to: row.get("planned_to")?,
                classified_at: row.get("classified_at")?,
                agreed_at: row.get("agreed_at")?,
            })
        })
        .collect()
}

/// The head of every statement that reads whole seats.
macro_rules! seats {
    () => {
        "SELECT seats.id, seats.sitting, seats.mentorship, seats.observer, persons.name AS observer_name, seats.activity, \
         seats.asked_by, seats.asked_at, seats.state, seats.host_answer, seats.secretary_answer, seats.shared_at, seats.reason, \
         seats.had, seats.still, seats.wishes, seats.places, seats.conflict, seats.conflict_words, seats.sequence, \
         seats.changed_at, seats.version, undertakings.signed_at FROM seats \
         JOIN persons ON persons.id = seats.observer LEFT JOIN undertakings ON undertakings.seat = seats.id "
    };
}

/// Everybody who has asked for a seat at a sitting, in the order in which they asked.
pub async fn seats_of(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<Seat>, Error> {
    let rows = from
        .into()
        .rows(sql!(seats!(), "WHERE seats.sitting = $1 ORDER BY seats.asked_at, seats.id"), values![sitting])
        .await?;
    rows.iter().map(seat_of).collect()
}

fn seat_of(row: &Row) -> Result<Seat, Error> {
    let reason = match row.word_if("reason", ShareReason::parse)? {
        Some(code) => Some(Reason {
            code,
            had: row.get("had")?,
            still: row.get("still")?,
            wishes: row.get("wishes")?,
            places: row.get("places")?,
        }),
        None => None,
    };
    Ok(Seat {
        id: row.get("id")?,
        sitting: row.get("sitting")?,
        mentorship: row.get("mentorship")?,
        observer: row.get("observer")?,
        observer_name: row.get("observer_name")?,
        activity: row.get("activity")?,
        asked_by: row.get("asked_by")?,
        asked_at: row.get("asked_at")?,
        state: row.word("state", SeatState::parse)?,
        host_answer: row.word_if("host_answer", Answer::parse)?,
        secretary_answer: row.word_if("secretary_answer", Answer::parse)?,
        shared_at: row.get("shared_at")?,
        reason,
        conflict: row.word("conflict", Declaration::parse)?,
        conflict_words: row.get("conflict_words")?,
        sequence: row.get("sequence")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
        signed_at: row.get("signed_at")?,
    })
}

/// The items of a sitting at which somebody is out because of a conflict of interest.
pub(super) async fn concerned(from: impl Into<Reader<'_>>, sitting: SittingId) -> Result<Vec<(SeatId, ItemId)>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT seat_conflict_items.seat, seat_conflict_items.item FROM seat_conflict_items ",
                "JOIN seats ON seats.id = seat_conflict_items.seat WHERE seats.sitting = $1"
            ),
            values![sitting],
        )
        .await?;
    rows.iter().map(|row| Ok((row.get("seat")?, row.get("item")?))).collect()
}

/// Which of these people are cleared on a day.
pub(super) async fn cleared_among(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    people: &[PersonId],
    day: Date,
) -> Result<Vec<PersonId>, Error> {
    let rows = from
        .into()
        .rows(
            sql!(
                "SELECT DISTINCT person FROM clearances WHERE organisation = $1 AND revoked_at IS NULL AND until >= $3 AND person ",
                in_ids!("$2")
            ),
            values![organisation, ids(people.iter().map(|id| id.0)), day.to_string()],
        )
        .await?;
    rows.iter().map(|row| row.get("person")).collect()
}

/// What the organisation lets observers do; without a row, what the product begins with.
pub async fn policy(from: impl Into<Reader<'_>>, organisation: OrganisationId) -> Result<Policy, Error> {
    let row = from
        .into()
        .row(
            sql!(
                "SELECT confidential, open_without_undertaking, secretary_agrees, version FROM observation_policies ",
                "WHERE organisation = $1"
            ),
            values![organisation],
        )
        .await?;
    row.map_or(Ok(Policy::default()), |row| {
        Ok(Policy {
            confidential: row.word("confidential", Confidential::parse)?,
            open_without_undertaking: row.get("open_without_undertaking")?,
            secretary_agrees: row.get("secretary_agrees")?,
            version: row.get("version")?,
        })
    })
}
