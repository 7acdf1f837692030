//! What has to be known to say who of some people may open what some pairs wrote. Every rule that needs it asks here, once for all of them.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::circle::{Around, Circle, Holding, Lines, too_new_from};
use crate::app::App;
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
    let lines = people::lines_since(from.again(), organisation, too_new_from(asked_at)).await?;
    within(from, organisation, (pairs, people), (Arc::new(Lines(lines)), asked_at)).await
}

/// The same for a page that says where to ask: its reporting lines may be some minutes old, since whoever asks is looked at again.
pub(super) async fn lately_around(
    app: &App,
    organisation: OrganisationId,
    pairs: &[&Mentorship],
    people: &[PersonId],
) -> Result<Around, Error> {
    let now = app.now();
    let read = async { Ok::<_, Error>(Lines(people::lines_since(&app.db, organisation, too_new_from(now)).await?)) };
    let lines = audit::remembered(app, (organisation.0, organisation.0), read).await?;
    within(Reader::from(&app.db), organisation, (pairs, people), (lines, now)).await
}

async fn within(
    mut from: Reader<'_>,
    organisation: OrganisationId,
    (pairs, people): (&[&Mentorship], &[PersonId]),
    (lines, asked_at): (Arc<Lines>, Timestamp),
) -> Result<Around, Error> {
    let too_new_from = too_new_from(asked_at);
    let held = identity::held_by(from.again(), organisation, people).await?;
    let [given, taken] = programmes::ONLOOKERS_TURNED;
    let subjects: Vec<Uuid> = people.iter().map(|person| person.0).collect();
    let noted = audit::noted_of(from.again(), organisation.0, [identity::TURNED, given, taken], &subjects).await?;
    let turns = [identity::turns_in(&noted), programmes::turns_of_onlookers(&noted)].concat();
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
