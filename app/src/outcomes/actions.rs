//! Changes of agreed outcomes: who may, in one transaction, with what people are told. The trail says nothing of them: who reads it is
//! not always a reader of the line, and nobody else is to see that there is one.

use super::letters::{PROPOSED, RELEASED};
use super::model::{Candidate, MOST_OUTCOMES, Outcome, OutcomeId, Reader as Named, named};
use super::store;
use crate::app::App;
use crate::db::{Db, Tx};
use crate::i18n::Message;
use crate::identity::{self, Part, PersonId, Viewer};
use crate::mentorships::visibility::{Visibility, place_of};
use crate::mentorships::{Mentorship, MentorshipId, own};
use crate::notices::{self, Notice};
use crate::people;
use crate::people::model::Side;
use crate::problems::{Failure, Problems, Refusal};
use crate::transaction;
use crate::vault::{self, Words};

/// Those whom a pair may name: the mentee's line manager, who looks on at the edition as a sponsor, and the coordinators. Neither of
/// the two is among them. Five statements.
pub(super) async fn candidates(db: &Db, pair: &Mentorship) -> Result<Vec<Candidate>, Failure> {
    let (organisation, edition) = (pair.organisation, pair.edition.0);
    let supervisors = identity::person_ids_with_part(db, organisation, Part::Supervisor).await?;
    let managers = people::managers_of(db, organisation, &[pair.mentee]).await?;
    let managers = managers.into_iter().map(|(_, manager)| manager).filter(|manager| supervisors.contains(manager));
    let mut sponsors = identity::person_ids_with_part(db, organisation, Part::Sponsor).await?;
    sponsors.extend(identity::person_ids_with_part_there(db, organisation, Part::Sponsor, edition).await?);
    let coordinators = identity::person_ids_with_part(db, organisation, Part::Coordinator).await?;
    let seats = managers
        .map(|person| (person, Part::Supervisor))
        .chain(sponsors.into_iter().map(|person| (person, Part::Sponsor)))
        .chain(coordinators.into_iter().map(|person| (person, Part::Coordinator)));
    let mut readers: Vec<Named> = Vec::new();
    for (person, part) in seats {
        let reader = Named { person, part };
        if pair.side_of(person).is_none() && !readers.contains(&reader) {
            readers.push(reader);
        }
    }
    let ids: Vec<_> = readers.iter().map(|reader| reader.person.0).collect();
    let names = identity::names(db, &ids).await?;
    let candidate = |reader: Named| Some(Candidate { reader, name: names.get(&reader.person.0)?.clone() });
    Ok(readers.into_iter().filter_map(candidate).collect())
}

/// A line of a pair, as one of the two comes to it.
async fn own_outcome(
    tx: &mut Tx,
    viewer: &Viewer,
    (id, outcome): (MentorshipId, OutcomeId),
) -> Result<(Mentorship, Outcome), Failure> {
    let pair = own(&mut *tx, viewer, id).await?;
    let found = store::outcomes(tx, id).await?.into_iter().find(|one| one.id == outcome);
    Ok((pair, found.ok_or(Refusal::NotFound)?))
}

/// Proposes a line and whom it is to be released to. Nobody but the other reads it until the other releases it.
pub async fn propose(
    app: &App,
    viewer: &Viewer,
    id: MentorshipId,
    words: &Words,
    wanted: &[Named],
) -> Result<OutcomeId, Failure> {
    let pair = own(&app.db, viewer, id).await?;
    let may: Vec<Named> = candidates(&app.db, &pair).await?.into_iter().map(|candidate| candidate.reader).collect();
    let readers = named(wanted, |reader| may.contains(reader))?;
    transaction!(app.db, tx => {
        let pair = own(&mut *tx, viewer, id).await?;
        if store::outcomes(&mut *tx, id).await?.len() >= MOST_OUTCOMES {
            return Err(Problems::one("", Message::new("outcomes-many").with("most", MOST_OUTCOMES)).into());
        }
        let outcome = OutcomeId(app.id());
        let place = place_of(&pair, viewer.person, Visibility::Outcome, ("outcomes", "words", outcome.0));
        let words = vault::seal(app, tx, &place, words).await?;
        let (author, proposed_at) = (viewer.person, app.now());
        let new = Outcome { id: outcome, mentorship: id, author, words, proposed_at, released_at: None };
        store::add(tx, pair.organisation, &new, &readers).await?;
        let (to, name) = other(&pair, viewer.person);
        let text = Message::new("outcomes-notice-proposed").with("name", name);
        let notice = Notice::new(pair.organisation, to, PROPOSED, text, format!("/mentorships/{id}/outcomes"));
        notices::tell(app, tx, &notice.about(outcome.0)).await?;
        Ok(outcome)
    })
}

/// Releases a line that the other proposed, to those of the named whom this one names too.
pub async fn release(
    app: &App,
    viewer: &Viewer,
    (id, outcome): (MentorshipId, OutcomeId),
    wanted: &[Named],
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (pair, proposed) = own_outcome(tx, viewer, (id, outcome)).await?;
        if proposed.author == viewer.person {
            return Err(Refusal::NotFound.into());
        }
        let all = store::readers(&mut *tx, id).await?;
        let proposed: Vec<Named> =
            all.into_iter().filter(|(of, ..)| *of == outcome).map(|(_, reader, _)| reader).collect();
        let readers = named(wanted, |reader| proposed.contains(reader))?;
        for left_out in proposed.iter().filter(|reader| !readers.contains(reader)) {
            store::drop_reader(tx, outcome, *left_out).await?;
        }
        if !store::release(tx, outcome, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let notices: Vec<Notice> = readers.iter().map(|reader| told(&pair, outcome, *reader)).collect();
        notices::tell_all(app, tx, &notices).await?;
        Ok(())
    })
}

/// Takes a line back, proposed or released; either of the two may. It is gone for everybody.
pub(super) async fn withdraw(
    app: &App,
    viewer: &Viewer,
    (id, outcome): (MentorshipId, OutcomeId),
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let (pair, _) = own_outcome(tx, viewer, (id, outcome)).await?;
        let readers = store::readers(&mut *tx, id).await?.into_iter();
        let readers = readers.filter(|(of, ..)| *of == outcome).map(|(_, reader, _)| reader.person);
        let told: Vec<PersonId> = readers.chain([pair.mentee, pair.mentor]).collect();
        store::withdraw(tx, outcome).await?;
        notices::take_back(tx, &told, outcome.0).await?;
        Ok(())
    })
}

/// What a reader is told: that there is a line, on a page of theirs.
fn told(pair: &Mentorship, outcome: OutcomeId, reader: Named) -> Notice {
    let href = match reader.part {
        Part::Supervisor => "/lent".to_owned(),
        Part::Sponsor => format!("/overview/{}", pair.edition),
        _ => format!("/mentorships/{}/outcomes", pair.id),
    };
    let text = Message::new("outcomes-notice-released").with("name", pair.mentee_name.as_str());
    Notice::new(pair.organisation, reader.person, RELEASED, text, href).about(outcome.0)
}

/// The other of the two, and what this one is called.
fn other(pair: &Mentorship, person: PersonId) -> (PersonId, &str) {
    match pair.side_of(person) {
        Some(Side::Mentee) => (pair.mentor, &pair.mentee_name),
        _ => (pair.mentee, &pair.mentor_name),
    }
}
