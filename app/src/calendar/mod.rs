//! Calendars, out and in. Out: mails that invite, change and cancel, and a private feed for whoever wants one. In: when somebody
//! is busy, from an address that they named, to propose times that suit both. Features hand over plain data, [`Event`]; what an
//! event is about stays theirs, and no words of a pair are in it. Nothing else imports calcard.
//!
//! A meeting's mail goes along with [`mailed`]: the same event with a higher sequence changes it,
//! [`Method::Cancel`] takes it back. Answers that calendar programs send (METHOD:REPLY) go to the organiser's address; nobody
//! reads that mailbox for us, so a mail also carries the link of the page on which one answers.
//!
//! [Decision 0016](../../../docs/decisions/0016-calendars.md) says why it is so.

mod actions;
mod asking;
mod ics;
mod jobs;
mod model;
mod pages;
mod reading;
mod recurrence;
mod slots;
mod store;
mod zones;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::app::App;
use crate::erasure::Naming;
use crate::features::{self, Feature, Table};
use crate::i18n::Lang;
use crate::identity::{PersonCore, PersonId};
use crate::mail::Attached;
use crate::problems::Failure;

pub use ics::{Method, feed, invitation};
pub use model::{Busy, Event, Every, Hours, Moved, Party, Series, Standing, When, instant, merged};
pub use reading::Sent;
pub use slots::{Side, Wish, free_slots};

pub const FEATURE: Feature = Feature {
    name: "calendar",
    doors: pages::doors,
    jobs: jobs::KINDS,
    notices: &[],
    tables: &[
        Table::of("calendar_feeds", &[Naming::Goes("person")]),
        Table::of("calendar_sources", &[Naming::Goes("person")]),
        Table::of("calendar_busy", &[Naming::With("source", "calendar_sources")]),
    ],
};

/// How far back and ahead a feed goes.
const FEED_BACK: SignedDuration = SignedDuration::from_hours(92 * 24);
const FEED_AHEAD: SignedDuration = SignedDuration::from_hours(400 * 24);

pub type Events = std::pin::Pin<Box<dyn Future<Output = Result<Vec<Event>, Failure>> + Send>>;
pub type Answered = std::pin::Pin<Box<dyn Future<Output = Result<bool, Failure>> + Send>>;

/// Whose events are asked for, and of which time. More is no harm.
#[derive(Clone, Debug)]
pub struct Asked {
    pub person: PersonCore,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// What a feature has for calendars. The platform knows no feature, so `features` lists these.
#[derive(Clone, Copy)]
pub struct Offer {
    pub name: &'static str,
    /// What stands in somebody's calendar, as far as they may see it.
    pub events: fn(App, Asked) -> Events,
    /// Whether times have to be found for somebody at present, so that it is worth knowing when they are busy.
    pub looks_for_times: fn(App, PersonId) -> Answered,
}

impl std::fmt::Debug for Offer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What goes along with the mail of a meeting.
pub fn mailed(event: &Event, method: Method, organiser: &Party, guests: &[Party], lang: Lang) -> Attached {
    Attached { method: method.code(), calendar: invitation(event, method, organiser, guests, lang) }
}

/// What calendars that somebody hands over say of the time between two instants; `None` where it is none, or too much. Nothing else of them
/// is read.
pub async fn times_in(texts: Vec<String>, home: TimeZone, from: Timestamp, to: Timestamp) -> Option<Sent> {
    // A stranger's calendar takes up to a second.
    let read = move || reading::sent_times(&texts, &home, from, to).ok();
    tokio::task::spawn_blocking(read).await.ok().flatten()
}

/// When somebody is busy between two instants, merged: by their own calendars as they were when last looked at, and by what
/// features have for them.
pub async fn busy(app: &App, person: &PersonCore, from: Timestamp, to: Timestamp) -> Result<Vec<Busy>, Failure> {
    let mut busy = store::busy(&app.db, person, from, to).await?;
    for event in events(app, Asked { person: person.clone(), from, to }).await? {
        if event.standing != Standing::Cancelled {
            busy.extend(event.when.occurrences());
        }
    }
    Ok(merged(busy))
}

/// What all features have for somebody.
async fn events(app: &App, asked: Asked) -> Result<Vec<Event>, Failure> {
    let mut all = Vec::new();
    for offer in features::CALENDARS {
        all.extend((offer.events)(app.clone(), asked.clone()).await?);
    }
    all.sort_by_key(|event| event.id);
    Ok(all)
}
