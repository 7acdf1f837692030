//! What happens to mentorships: who may, in one transaction, with the audit entry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::companions;
use super::letters::ENDED;
use super::model::{Ending, Mentorship, MentorshipId, NewMentorship, Parting};
use super::{reading, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::erasure::Leaving;
use crate::i18n::Message;
use crate::identity::{self, Act, Held, OrganisationId, Part, PersonId, Record, Scope, Viewer};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Departure, EditionId};
use crate::{jobs, transaction, vault};

/// The job that ends what runs in an edition.
pub(super) const END_ALL: &str = "mentorships.end-next";
/// So many mentorships end with one transaction.
const PART: i64 = 50;

/// That a coordinator had all mentorships of an edition end which ran at an instant.
#[derive(Serialize, Deserialize)]
pub(super) struct EndAll {
    edition: EditionId,
    by: PersonId,
    at: Timestamp,
}

/// Makes mentorships of pairs, in the caller's transaction: each gives both their part in it. Whoever calls has asked who may
/// and notes what was done.
pub async fn begin(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    edition: EditionId,
    pairs: &[NewMentorship],
) -> Result<Vec<MentorshipId>, Error> {
    let made: Vec<(MentorshipId, NewMentorship)> = pairs.iter().map(|pair| (MentorshipId(app.id()), *pair)).collect();
    store::add(tx, organisation, edition, &made, app.now()).await?;
    let parts: Vec<(PersonId, Held)> = made
        .iter()
        .flat_map(|(id, pair)| [(pair.mentee, held(Part::Mentee, *id)), (pair.mentor, held(Part::Mentor, *id))])
        .collect();
    identity::grant_there(app, tx, organisation, &parts).await?;
    let ids: Vec<MentorshipId> = made.into_iter().map(|(id, _)| id).collect();
    companions::begin(app, tx, organisation, &ids).await?;
    Ok(ids)
}

/// Has a pair of the demonstration, or of a story, have begun some time ago.
pub async fn rehearse_beginning(app: &App, id: MentorshipId, began_at: Timestamp) -> Result<(), Failure> {
    Ok(transaction!(app.db, tx => store::backdate(tx, id, began_at).await)?)
}

/// Ends a mentorship without fault: either side asks to leave it, the coordinator may say how it ended. Both are written to in
/// the same words, whoever it was.
pub async fn end(app: &App, viewer: &Viewer, id: MentorshipId, version: i64, parting: &Parting) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mentorship = store::mentorship(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        may_end(viewer, &mentorship, parting.ending)?;
        part(app, tx, &mentorship, version, viewer.person, parting).await
    })
}

/// Ends a mentorship whose two have both said that it came to its end, in the caller's transaction; who may, the caller has asked.
pub async fn close(app: &App, tx: &mut Tx, mentorship: &Mentorship, by: PersonId) -> Result<(), Failure> {
    let parting = Parting { ending: Ending::Closure, reason: None, another: false };
    part(app, tx, mentorship, mentorship.version, by, &parting).await
}

/// Has all mentorships of an edition end, since it is over; they do, behind the press. Says how many.
pub(super) async fn end_all(app: &App, viewer: &Viewer, id: EditionId) -> Result<i64, Failure> {
    transaction!(app.db, tx => {
        let edition = programmes::managed(&mut *tx, viewer, id).await?;
        let running = store::running(&mut *tx, id).await?;
        if running == 0 {
            return Err(Problems::one("", Message::new("mentorships-none-running")).into());
        }
        let pressed = EndAll { edition: id, by: viewer.person, at: app.now() };
        jobs::add(app, tx, Some(edition.organisation.0), END_ALL, &json!(pressed)).await?;
        let note = Note::new(edition.organisation.0, viewer.person.0, "mentorships.end-all").about("edition", id.0);
        audit::note(app, tx, note.with(json!({ "count": running }))).await?;
        Ok(running)
    })
}

/// Ends the next of them; false where there are no more.
pub(super) async fn end_some(app: &App, pressed: &EndAll) -> Result<bool, Failure> {
    let parting = Parting { ending: Ending::Closure, reason: None, another: false };
    transaction!(app.db, tx => {
        let due = store::running_since(&mut *tx, pressed.edition, pressed.at, PART).await?;
        for pair in &due {
            part(app, tx, pair, pair.version, pressed.by, &parting).await?;
        }
        Ok(!due.is_empty())
    })
}

/// What keeps an edition from being closed: mentorships that run.
pub(super) async fn hinders(tx: &mut Tx, id: EditionId) -> Result<Option<Message>, Error> {
    let running = store::running(tx, id).await?;
    Ok((running > 0).then(|| Message::new("mentorships-hinder").with("count", running)))
}

/// Whether somebody is one of a pair that runs.
pub(super) async fn keeps(tx: &mut Tx, leaving: Leaving) -> Result<Option<Message>, Error> {
    let own = store::of_person(tx, leaving.person).await?;
    let running = own.iter().filter(|pair| pair.ended_at.is_none()).count();
    Ok((running > 0).then(|| Message::new("mentorships-keeps").with("count", running)))
}

/// Writes that a mentorship has ended, takes the parts away that it gave, and has both told, once.
async fn part(
    app: &App,
    tx: &mut Tx,
    mentorship: &Mentorship,
    version: i64,
    by: PersonId,
    parting: &Parting,
) -> Result<(), Failure> {
    let id = mentorship.id;
    let place = reading::place_of_reason(mentorship, by);
    let reason = match &parting.reason {
        Some(words) => Some(vault::seal(app, tx, &place, words).await?),
        None => None,
    };
    if !store::end(tx, id, version, by, (parting, reason), app.now()).await? {
        return Err(Refusal::Conflict.into());
    }
    identity::revoke_there(tx, mentorship.mentee, held(Part::Mentee, id)).await?;
    identity::revoke_there(tx, mentorship.mentor, held(Part::Mentor, id)).await?;
    let both = [mentorship.mentee, mentorship.mentor];
    notices::end(app, tx, &both, (id.0, &format!("/mentorships/{id}"))).await?;
    companions::end(app, tx, mentorship).await?;
    let told = [(mentorship.mentee, &mentorship.mentor_name), (mentorship.mentor, &mentorship.mentee_name)].map(
        |(to, other)| {
            let text = Message::new("mentorships-notice-ended").with("name", other.as_str());
            Notice::new(mentorship.organisation, to, ENDED, text, format!("/mentorships/{id}")).about(id.0)
        },
    );
    notices::tell_all(app, tx, &told).await?;
    let note = Note::new(mentorship.organisation.0, by.0, "mentorships.end");
    audit::note(app, tx, note.about("mentorship", id.0).with(json!({ "ending": parting.ending.code() }))).await?;
    Ok(())
}

/// Somebody has left an edition: their mentorships on that side end without fault, and the seat is free.
pub(super) async fn follow(app: &App, tx: &mut Tx, departure: Departure) -> Result<(), Failure> {
    let parting = Parting { ending: Ending::Withdrawal, reason: None, another: false };
    for mentorship in store::running_of(tx, departure.edition, departure.person).await? {
        if mentorship.side_of(departure.person) == Some(departure.side) {
            part(app, tx, &mentorship, mentorship.version, departure.by, &parting).await?;
        }
    }
    Ok(())
}

/// Who left a mentorship and asked for no other would like one after all: they say so, or a coordinator for them. They come
/// into the next run again.
pub(super) async fn ask_another(app: &App, viewer: &Viewer, id: MentorshipId, version: i64) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let mentorship = store::mentorship(&mut *tx, id).await?.ok_or(Refusal::NotFound)?;
        let left = mentorship.is_of(viewer) && mentorship.ended_by == Some(viewer.person);
        if !left && !manages(viewer, &mentorship) {
            return Err(Refusal::NotFound.into());
        }
        if mentorship.rests().is_none() || !store::ask_another(tx, id, version).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(mentorship.organisation.0, viewer.person.0, "mentorships.another");
        audit::note(app, tx, note.about("mentorship", id.0)).await?;
        Ok(())
    })
}

fn held(part: Part, mentorship: MentorshipId) -> Held {
    Held { part, scope: Scope::Mentorship(mentorship.0) }
}

/// Whether somebody may read a mentorship: the two, and the coordinator.
pub(super) fn may_read(viewer: &Viewer, mentorship: &Mentorship) -> bool {
    mentorship.is_of(viewer) || manages(viewer, mentorship)
}

pub(super) fn manages(viewer: &Viewer, mentorship: &Mentorship) -> bool {
    viewer.may(Act::ManageMentorships, &Record::of_organisation(mentorship.organisation))
}

/// The two may leave; that somebody left the edition, or that it came to its end, is a coordinator's to say who is neither of them.
fn may_end(viewer: &Viewer, mentorship: &Mentorship, ending: Ending) -> Result<(), Failure> {
    let may = if mentorship.is_of(viewer) { ending == Ending::Exit } else { manages(viewer, mentorship) };
    if may { Ok(()) } else { Err(Refusal::NotFound.into()) }
}

/// The mentorships of which a coordinator reads nothing in the trail: her own. What the other of them did is told her on its pages, as far
/// as it is hers to know.
pub(super) async fn hidden_from(app: &App, viewer: &Viewer) -> Result<Vec<Uuid>, Failure> {
    Ok(store::ids_of_person(&app.db, viewer.person).await?)
}
