//! What is done with a calendar that somebody forwards: who may, once, and so many a day.

use jiff::{SignedDuration, Timestamp};

use super::super::actions::{drafted, edition_to_open};
use super::super::model::{LONGEST_SITTING, SittingId};
use super::{FORWARDED, store};
use crate::app::App;
use crate::calendar;
use crate::i18n::Message;
use crate::identity::{self, Viewer};
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

/// The address to which somebody forwards invitations for an edition, where the installation reads mail.
pub(in super::super) fn address_of(app: &App, viewer: &Viewer, edition: EditionId) -> Option<String> {
    mail::address_of(app, viewer.person, edition.0)
}

/// The edition whose address a mail came to, as long as whoever has the address may open sittings for it.
async fn edition_of(app: &App, viewer: &Viewer, incoming: &Incoming) -> Result<Option<Edition>, Failure> {
    let all = programmes::editions(&app.db, viewer.organisation).await?;
    let meant = all.into_iter().find(|edition| incoming.is_about(app, edition.id.0));
    let Some(edition) = meant.filter(|edition| edition.closed_at.is_none()) else { return Ok(None) };
    match edition_to_open(&app.db, viewer, edition.id).await {
        Ok(edition) => Ok(Some(edition)),
        Err(Failure::Refusal(Refusal::NotFound)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// The first time to come in any of the calendars that a sitting can have.
fn first_of(app: &App, viewer: &Viewer, incoming: &Incoming) -> Option<(Timestamp, Timestamp)> {
    let now = app.now();
    let times = |text: &String| calendar::times_in(text, &viewer.zone, now, now + AHEAD).unwrap_or_default();
    let all = incoming.calendars.iter().flat_map(times).map(|busy| (busy.start, busy.end));
    let first = all.filter(|(start, _)| *start > now).min();
    first.filter(|(start, end)| start.duration_until(*end) <= LONGEST_SITTING)
}

/// Makes a draft of what somebody forwarded, and tells them. What came to an address that nobody has, or has no more, is passed over.
pub(in super::super) async fn receive(app: &App, incoming: Incoming) -> Result<(), Failure> {
    let Some(viewer) = identity::viewer_of(app, incoming.person).await? else { return Ok(()) };
    let Some(edition) = edition_of(app, &viewer, &incoming).await? else { return Ok(()) };
    let first = first_of(app, &viewer, &incoming);
    let now = app.now();
    transaction!(app.db, tx => {
        if store::since(&mut *tx, viewer.person, now - DAY).await? >= MOST_IN_A_DAY {
            let text = Message::new("observations-forwarded-many").with("most", MOST_IN_A_DAY);
            let once = format!("{} {}", edition.id, now.as_second().div_euclid(24 * 60 * 60));
            return tell(app, tx, &notice(&viewer, text, new(edition.id)).once(once)).await;
        }
        let of = (incoming.digest.as_slice(), viewer.organisation, viewer.person);
        if !store::note(tx, of, (now, now - KNOWN)).await? {
            return Ok(());
        }
        let Some(times) = first else {
            let text = Message::new("observations-forwarded-nothing");
            return tell(app, tx, &notice(&viewer, text, new(edition.id))).await;
        };
        // The same invitation, forwarded again.
        if store::has_opened(&mut *tx, (edition.id, viewer.person), times).await? {
            return Ok(());
        }
        let sitting = drafted(app, tx, &viewer, (edition.id, times)).await?;
        let text = Message::new("observations-forwarded-drafted").with("number", sitting.number.to_string());
        tell(app, tx, &notice(&viewer, text, edit(sitting.id))).await
    })
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

async fn tell(app: &App, tx: &mut crate::db::Tx, notice: &Notice) -> Result<(), Failure> {
    notices::tell(app, tx, notice).await?;
    Ok(())
}
