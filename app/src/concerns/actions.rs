//! Changes of concerns: who may, in one transaction, with what people are told. Of whom an edition names the trail says so; of a
//! concern it says nothing.

use jiff::Timestamp;
use serde_json::json;

use super::letters::{RECEIVED, STILL, TAKEN_UP, WAITS};
use super::model::{Channel, Concern, ConcernId, MOST_CONCERNS, is_outside};
use super::store;
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Reader, Tx};
use crate::erasure::Leaving;
use crate::i18n::Message;
use crate::identity::{self, OrganisationId, PersonId, Viewer};
use crate::mentorships::visibility::{Relation, Visibility, may_read, place_of};
use crate::mentorships::{self, Mentorship, MentorshipId, own};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::vault::{self, Closed, Keys, Words};
use crate::{jobs, people, transaction};

/// The job that tells whoever received a concern again, where nothing was done.
pub(super) const REMIND: &str = "concerns.remind";
/// After so many working days of its edition, counted from the sending.
const REMINDED_AFTER: u32 = 3;
/// And every so many from then on, until it is taken up: its author counts on somebody.
const REMINDED_EVERY: u32 = 5;
/// Some forty years.
const MOST_REMINDERS: u32 = 2000;
/// From which reminder on, counted from nought, the author is told, once, that it still waits.
const AUTHOR_TOLD_WITH: u32 = 1;

/// Says whom an edition names, as the coordinator typed it, and what the organisation's own channel is. Nobody is named who stands in
/// the line of one of its pairs.
pub async fn name_channel(
    app: &App,
    viewer: &Viewer,
    id: EditionId,
    receiver: &str,
    channel: &Channel,
) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = programmes::managed(&mut *tx, viewer, id).await?;
        let receiver = match receiver {
            "" => None,
            text => Some(programmes::named(&mut *tx, edition.organisation, "receiver", text).await?),
        };
        if let Some(receiver) = receiver {
            let lines = people::managers(&mut *tx, edition.organisation).await?;
            let pairs = mentorships::of_edition(&mut *tx, id).await?;
            if !pairs.iter().all(|pair| is_outside(receiver, [pair.mentee, pair.mentor], &lines)) {
                return Err(Problems::one("receiver", Message::new("concerns-receiver-in-line")).into());
            }
        }
        let channel = Channel { receiver, ..channel.clone() };
        if !store::write_channel(tx, (edition.organisation, id), &channel, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        let note = Note::new(edition.organisation.0, viewer.person.0, "concerns.channel").about("edition", id.0);
        audit::note(app, tx, note.with(serde_json::json!({ "receiver": receiver }))).await?;
        Ok(())
    })
}

/// Who receives the concerns of a pair, by name: whom its edition names, unless they stand in the line of one of the two.
pub(super) async fn receiver_of(
    from: impl Into<Reader<'_>>,
    pair: &Mentorship,
    channel: &Channel,
) -> Result<Option<(PersonId, String)>, Failure> {
    let mut from = from.into();
    let Some(receiver) = channel.receiver else { return Ok(None) };
    let lines = people::managers(from.again(), pair.organisation).await?;
    if !is_outside(receiver, [pair.mentee, pair.mentor], &lines) {
        return Ok(None);
    }
    let mut names = identity::names(from, &[receiver.0]).await?;
    Ok(names.remove(&receiver.0).map(|name| (receiver, name)))
}

/// What a concern says. Whoever calls has asked whether the reader may read it.
pub(super) fn words_of(keys: &Keys, pair: &Mentorship, concern: &Concern) -> Result<Words, Closed> {
    let place = place_of(pair, concern.author, Visibility::Reported, ("concerns", "words", concern.id.0));
    keys.open(&place, &concern.words)
}

/// Whether somebody may read a concern: its author, and whom it was sent to.
pub(super) fn may_come(viewer: &Viewer, concern: &Concern) -> bool {
    let relation = match viewer.person {
        person if person == concern.author => Relation::Author,
        person if person == concern.receiver => Relation::Named { released: true },
        _ => Relation::Stranger,
    };
    may_read(Visibility::Reported, relation)
}

/// Sends a concern to whom the edition names. It may be sent after the mentorship ended as well.
pub async fn send(app: &App, viewer: &Viewer, id: MentorshipId, words: &Words) -> Result<ConcernId, Failure> {
    transaction!(app.db, tx => {
        let pair = own(&mut *tx, viewer, id).await?;
        let channel = store::channel(&mut *tx, pair.edition).await?;
        let receiver = receiver_of(&mut *tx, &pair, &channel).await?;
        let (receiver, _) = receiver.ok_or_else(|| Problems::one("", Message::new("concerns-nobody")))?;
        if store::sent(&mut *tx, id, viewer.person).await?.len() >= MOST_CONCERNS {
            return Err(Problems::one("", Message::new("concerns-many").with("most", MOST_CONCERNS)).into());
        }
        let concern = ConcernId(app.id());
        let place = place_of(&pair, viewer.person, Visibility::Reported, ("concerns", "words", concern.0));
        let words = vault::seal(app, tx, &place, words).await?;
        let (author, sent_at) = (viewer.person, app.now());
        let new = Concern { id: concern, mentorship: id, author, receiver, words, sent_at, taken_up_at: None };
        store::add(tx, pair.organisation, &new).await?;
        tell(app, tx, viewer.organisation, (receiver, RECEIVED), concern).await?;
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        remind_on(app, tx, (&new, &edition), 0).await?;
        Ok(concern)
    })
}

/// Says that whoever received it has taken it up; its author is told.
pub(super) async fn take_up(app: &App, viewer: &Viewer, id: ConcernId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let concern = store::concern(&mut *tx, viewer.organisation, id).await?;
        let concern = concern.filter(|one| one.receiver == viewer.person).ok_or(Refusal::NotFound)?;
        if !store::take_up(tx, id, app.now()).await? {
            return Err(Refusal::Conflict.into());
        }
        // That it waits is no longer so.
        notices::take_back(tx, &[concern.receiver, concern.author], id.0).await?;
        tell(app, tx, viewer.organisation, (concern.author, TAKEN_UP), id).await
    })
}

/// After so many working days comes a reminder, counted from nought.
fn days_until(time: u32) -> u32 {
    REMINDED_AFTER.saturating_add(time.saturating_mul(REMINDED_EVERY))
}

/// When whoever received a concern is told again: once so many working days have gone, as the next begins.
fn reminded_at(edition: &Edition, concern: &Concern, time: u32) -> Timestamp {
    let calendar = &edition.settings.calendar;
    let last = calendar.after(calendar.day(concern.sent_at), days_until(time));
    calendar.begin_of(calendar.after(last, 1)).unwrap_or(concern.sent_at)
}

/// The first reminder from one on whose day has not gone. Those whose day has gone meanwhile (the server stood still, or knew of no
/// reminders then) are not made up for.
fn next_time(edition: &Edition, concern: &Concern, from: u32, now: Timestamp) -> u32 {
    (from..MOST_REMINDERS).find(|time| reminded_at(edition, concern, *time) > now).unwrap_or(MOST_REMINDERS)
}

/// Has whoever received it told again on its day.
async fn remind_on(app: &App, tx: &mut Tx, (concern, edition): (&Concern, &Edition), time: u32) -> Result<(), Error> {
    let organisation = edition.organisation;
    let id = jobs::made_of(&[REMIND.as_bytes(), concern.id.0.as_bytes(), &days_until(time).to_be_bytes()]);
    let payload = json!({ "organisation": organisation, "concern": concern.id, "time": time });
    let due = reminded_at(edition, concern, time);
    jobs::add_once(app, tx, Some(organisation.0), REMIND, (id, &payload), due).await
}

/// Has what waits since before an upgrade told again: what should have been told by now once, and then as ever.
pub(super) async fn look_back(app: &App, job: &jobs::Job, organisation: OrganisationId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let waiting = store::untaken(tx, organisation, (job.after(), jobs::PART)).await?;
        let ids: Vec<MentorshipId> = waiting.iter().map(|concern| concern.mentorship).collect();
        let pairs = mentorships::these(&mut *tx, organisation, &ids).await?;
        let editions = programmes::editions(&mut *tx, organisation).await?;
        for concern in &waiting {
            let pair = pairs.iter().find(|pair| pair.id == concern.mentorship);
            let edition = pair.and_then(|pair| editions.iter().find(|edition| edition.id == pair.edition));
            let Some(edition) = edition else { continue };
            let next = next_time(edition, concern, 0, app.now());
            remind_on(app, tx, (concern, edition), next.saturating_sub(1)).await?;
        }
        Ok(jobs::go_on(app, tx, job, waiting.last().map(|concern| concern.id.0)).await?)
    })
}

/// Tells whoever received a concern that it still waits, unless they have taken it up; and its author, once. Gives the instant at which
/// it is to be done, where that is to come: the calendar of the edition was changed.
pub(super) async fn remind(
    app: &App,
    (organisation, id): (OrganisationId, ConcernId),
    time: u32,
) -> Result<Option<Timestamp>, Failure> {
    transaction!(app.db, tx => {
        let concern = store::concern(&mut *tx, organisation, id).await?;
        let Some(concern) = concern.filter(|concern| concern.taken_up_at.is_none()) else { return Ok(None) };
        let Some(pair) = mentorships::mentorship(&mut *tx, concern.mentorship).await? else { return Ok(None) };
        let edition = programmes::edition(&mut *tx, pair.edition).await?.ok_or(Refusal::NotFound)?;
        // Of several whose days have gone, as before an upgrade, it is the last, whichever job comes to it.
        let time = time.max(next_time(&edition, &concern, time, app.now()).saturating_sub(1));
        let at = reminded_at(&edition, &concern, time);
        if at > app.now() {
            return Ok(Some(at));
        }
        let notice = notice(organisation, (concern.receiver, WAITS), id);
        notices::tell(app, tx, &notice.about(id.0).once(format!("{id} {time}"))).await?;
        if time >= AUTHOR_TOLD_WITH {
            // The page on which it was written says where the organisation's own channel is.
            let href = format!("/mentorships/{}/concern", pair.id);
            let text = Message::new("concerns-notice-still");
            let notice = Notice::new(organisation, concern.author, STILL, text, href);
            notices::tell(app, tx, &notice.about(id.0).once(id.to_string())).await?;
        }
        let next = next_time(&edition, &concern, time + 1, app.now());
        remind_on(app, tx, (&concern, &edition), next).await?;
        Ok(None)
    })
}

async fn tell(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    to: (PersonId, &'static str),
    id: ConcernId,
) -> Result<(), Failure> {
    Ok(notices::tell(app, tx, &notice(organisation, to, id)).await?)
}

/// Of what kind it is, its text says; nothing more.
fn notice(organisation: OrganisationId, (to, kind): (PersonId, &'static str), id: ConcernId) -> Notice {
    let text = match kind {
        RECEIVED => "concerns-notice-received",
        WAITS => "concerns-notice-waits",
        _ => "concerns-notice-taken-up",
    };
    Notice::new(organisation, to, kind, Message::new(text), format!("/concerns/{id}"))
}

/// Whether somebody received a concern that they have not taken up. It says nothing of whose it is.
pub(super) async fn keeps(tx: &mut Tx, leaving: Leaving) -> Result<Option<Message>, Error> {
    let received = store::received_by(tx, leaving.organisation, leaving.person).await?;
    Ok((received.untaken > 0).then(|| Message::new("concerns-keeps")))
}
