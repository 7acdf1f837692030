//! What is done with a calendar that somebody forwards: who may, once, and so many a day.

use jiff::{SignedDuration, Timestamp};

use super::super::actions::{Opened, drafted, edition_to_open};
use super::super::model::{LONGEST_SITTING, SittingId};
use super::{FORGET, FORWARDED, store};
use crate::app::App;
use crate::audit::{self, Note};
use crate::calendar;
use crate::db::Tx;
use crate::i18n::Message;
use crate::identity::{self, Viewer};
use crate::jobs;
use crate::mail::{self, Incoming};
use crate::notices::{self, Notice};
use crate::problems::{Failure, Refusal};
use crate::programmes::{self, Edition, EditionId};
use crate::transaction;

/// So many mails of somebody's are read in a day.
const MOST_IN_A_DAY: i64 = 20;
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// So long it is known that a mail came already; a mail server tries for five days.
const KNOWN: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So far ahead a meeting is at most, as in an uploaded calendar.
const AHEAD: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The address to which somebody forwards invitations for an edition that goes on, where the installation reads mail.
pub(in super::super) async fn address_of(
    app: &App,
    viewer: &Viewer,
    edition: &Edition,
) -> Result<Option<String>, Failure> {
    if edition.closed_at.is_some() {
        return Ok(None);
    }
    let number = store::number(&app.db, viewer.person).await?;
    Ok(mail::address_of(app, viewer.person, edition.id.0, number))
}

/// Gives somebody another address for each edition, by one of them; to those of before nothing comes any more.
pub(super) async fn renew(app: &App, viewer: &Viewer, edition: EditionId) -> Result<(), Failure> {
    transaction!(app.db, tx => {
        let edition = edition_to_open(&mut *tx, viewer, edition).await?;
        store::renew(tx, viewer.organisation, viewer.person).await?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "observations.address").about("edition", edition.id.0);
        Ok(audit::note(app, tx, note).await?)
    })
}

/// The edition whose address a mail came to, as long as whoever has the address may open sittings for it.
async fn edition_of(app: &App, viewer: &Viewer, incoming: &Incoming) -> Result<Option<Edition>, Failure> {
    let number = store::number(&app.db, viewer.person).await?;
    let all = programmes::editions(&app.db, viewer.organisation).await?;
    let meant = all.into_iter().find(|edition| incoming.is_about(app, edition.id.0, number));
    let Some(edition) = meant.filter(|edition| edition.closed_at.is_none()) else { return Ok(None) };
    match edition_to_open(&app.db, viewer, edition.id).await {
        Ok(edition) => Ok(Some(edition)),
        Err(Failure::Refusal(Refusal::NotFound)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// What a mail says.
enum Said {
    /// The first time to come that a sitting can have.
    Meeting(Timestamp, Timestamp),
    /// Only that something is called off.
    CalledOff,
    Nothing,
}

async fn said(app: &App, viewer: &Viewer, calendars: Vec<String>) -> Said {
    let now = app.now();
    let sent = calendar::times_in(calendars, viewer.zone.clone(), now, now + AHEAD).await.unwrap_or_default();
    let times = sent.times.iter().map(|busy| (busy.start, busy.end));
    let mut meetings = times.filter(|(start, end)| *start > now && start.duration_until(*end) <= LONGEST_SITTING);
    match meetings.next() {
        Some((starts_at, ends_at)) => Said::Meeting(starts_at, ends_at),
        None if sent.is_called_off => Said::CalledOff,
        None => Said::Nothing,
    }
}

/// Whether more came in a day than are read; that is told once a day.
async fn is_one_too_many(app: &App, tx: &mut Tx, viewer: &Viewer, edition: EditionId) -> Result<bool, Failure> {
    let now = app.now();
    if store::since(&mut *tx, viewer.person, now - DAY).await? < MOST_IN_A_DAY {
        return Ok(false);
    }
    let text = Message::new("observations-forwarded-many").with("most", MOST_IN_A_DAY);
    let once = format!("{edition} {}", now.as_second().div_euclid(DAY.as_secs()));
    tell(app, tx, &notice(viewer, text, new(edition)).once(once)).await?;
    Ok(true)
}

/// Makes a draft of what somebody forwarded, and tells them. What came to an address that nobody has, or has no more, is passed over, and
/// nothing is taken from it.
pub(in super::super) async fn receive(app: &App, incoming: Incoming) -> Result<(), Failure> {
    let viewer = identity::viewer_of(app, incoming.person).await?.filter(|viewer| viewer.account.is_some());
    let Some(viewer) = viewer else { return Ok(()) };
    let Some(edition) = edition_of(app, &viewer, &incoming).await? else { return Ok(()) };
    if transaction!(app.db, tx => is_one_too_many(app, tx, &viewer, edition.id).await)? {
        return Ok(());
    }
    let carried = incoming.opened().await?;
    let said = said(app, &viewer, carried.calendars).await;
    let (digest, now) = (carried.digest.as_slice(), app.now());
    transaction!(app.db, tx => {
        if is_one_too_many(app, tx, &viewer, edition.id).await? {
            return Ok(());
        }
        if !store::note(tx, (digest, viewer.organisation, viewer.person), now).await? {
            return Ok(());
        }
        forget_later(app, tx).await?;
        let times = match said {
            Said::Meeting(starts_at, ends_at) => (starts_at, ends_at),
            Said::CalledOff => {
                let text = Message::new("observations-forwarded-off");
                return tell(app, tx, &notice(&viewer, text, "/sittings".to_owned())).await;
            }
            Said::Nothing => {
                let text = Message::new("observations-forwarded-nothing");
                return tell(app, tx, &notice(&viewer, text, new(edition.id))).await;
            }
        };
        // The same invitation, forwarded again.
        if store::has_opened(&mut *tx, (edition.id, viewer.person), times).await? {
            return Ok(());
        }
        let sitting = drafted(app, tx, (&viewer, Opened::Mail), (edition.id, times)).await?;
        let text = Message::new("observations-forwarded-drafted").with("number", sitting.number.to_string());
        tell(app, tx, &notice(&viewer, text, edit(sitting.id))).await
    })
}

/// Has what came be forgotten, once a day for all.
async fn forget_later(app: &App, tx: &mut Tx) -> Result<(), Failure> {
    let now = app.now();
    let day = now.as_second().div_euclid(DAY.as_secs()).to_be_bytes();
    let id = jobs::made_of(&[FORGET.as_bytes(), &day]);
    Ok(jobs::add_once(app, tx, None, FORGET, (id, &serde_json::Value::Null), now + KNOWN + DAY).await?)
}

pub(super) async fn forget(app: &App) -> Result<(), Failure> {
    let before = app.now() - KNOWN;
    Ok(transaction!(app.db, tx => store::forget(tx, before).await)?)
}

fn new(edition: EditionId) -> String {
    format!("/editions/{edition}/sittings/new")
}

fn edit(sitting: SittingId) -> String {
    format!("/sittings/{sitting}/edit")
}

fn notice(viewer: &Viewer, text: Message, href: String) -> Notice {
    Notice::new(viewer.organisation, viewer.person, FORWARDED.name, text, href)
}

async fn tell(app: &App, tx: &mut Tx, notice: &Notice) -> Result<(), Failure> {
    notices::tell(app, tx, notice).await?;
    Ok(())
}
