//! What has to be known to say who of some people may open what some pairs wrote. Every rule that needs it asks here, once for all of them.

use jiff::Timestamp;
use uuid::Uuid;

use super::circle::{Around, Circle, Holding, too_new_from};
use crate::db::{Error, Reader};
use crate::identity::{self, Held, OrganisationId, Part, PersonId, Turn};
use crate::mentorships::Mentorship;
use crate::{audit, meetings, people, programmes};

/// Four statements, however many pairs and people. `asked_at` is when it was asked for, or now.
pub(super) async fn around(
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    pairs: &[&Mentorship],
    people: &[PersonId],
    asked_at: Timestamp,
) -> Result<Around, Error> {
    let mut from = from.into();
    let too_new_from = too_new_from(asked_at);
    let held = identity::held_by(from.again(), organisation, people).await?;
    let [given, taken] = programmes::ONLOOKERS_TURNED;
    let subjects: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let noted = audit::noted_of(from.again(), organisation.0, [identity::TURNED, given, taken], &subjects).await?;
    let turns = [identity::turns_in(&noted), programmes::turns_of_onlookers(&noted)].concat();
    let lines = people::lines_since(from.again(), organisation, too_new_from).await?;
    let both: Vec<PersonId> = pairs.iter().flat_map(|pair| [pair.mentee, pair.mentor]).collect();
    let diaries = meetings::assistants_of(from, &both).await?;
    Ok(Around { lines, diaries, holdings: holdings(held, &turns), freed: freed(&turns, too_new_from), too_new_from })
}

/// The last who gave a part is who gave it.
fn holdings(held: Vec<(PersonId, Held, Timestamp)>, turns: &[Turn]) -> Vec<Holding> {
    let giver = |person: PersonId, held: Held| {
        let given = turns.iter().filter(|turn| turn.is_given && turn.person == person && turn.held == held);
        given.max_by_key(|turn| turn.at).and_then(|turn| turn.by)
    };
    let holding = |(person, held, since)| Holding { person, held, since, given_by: giver(person, held) };
    held.into_iter().map(holding).collect()
}

fn freed(turns: &[Turn], since: Timestamp) -> Vec<PersonId> {
    let bars = |turn: &&Turn| matches!(turn.held.part, Part::Sponsor | Part::Supervisor);
    turns.iter().filter(|turn| !turn.is_given && turn.at >= since).filter(bars).map(|turn| turn.person).collect()
}

pub(super) fn circle<'a>(pair: &Mentorship, around: &'a Around) -> Circle<'a> {
    Circle { pair: [pair.mentee, pair.mentor], edition: pair.edition.0, around }
}
