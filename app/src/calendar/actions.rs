//! Every change to calendars: who may, in one transaction, with the audit entry and the jobs.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use url::Url;
use uuid::Uuid;

use super::asking::{Kind, Trouble};
use super::model::{Busy, Event};
use super::store::{self, Source};
use super::{Asked, FEED_AHEAD, FEED_BACK, events};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Reader, Tx};
use crate::i18n::Message;
use crate::identity::{self, Act, OrganisationId, PersonCore, PersonId, Viewer};
use crate::outbound::Login;
use crate::problems::{Failure, Problems, Refusal};
use crate::vault::{self, Place, Words};
use crate::{jobs, outbound, transaction};

/// The job that looks at a calendar.
pub(super) const LOOK: &str = "calendar.look";

/// Nobody has more calendars than are worth looking at every hour.
pub(super) const MOST_SOURCES: usize = 5;

const LONGEST_LOGIN: usize = 200;

/// How often a calendar is looked at while times are looked for, and how often we ask whether they are.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
const MEANWHILE: SignedDuration = SignedDuration::from_hours(24);
/// After a failure, doubled each time.
const AGAIN: SignedDuration = SignedDuration::from_mins(30);
const LATEST_AGAIN: SignedDuration = SignedDuration::from_hours(24);
const READ_EVERY: SignedDuration = SignedDuration::from_hours(1);

/// Makes one's own feed, or makes it anew under another address; what it returns is shown once and kept nowhere.
pub(super) async fn make_feed(app: &App, viewer: &Viewer) -> Result<String, Failure> {
    viewer.must(Act::UseAccount)?;
    let (secret, now) = (app.secret(), app.now());
    transaction!(app.db, tx => {
        store::set_feed(tx, viewer, &identity::digest(&secret), now).await?;
        note(app, tx, viewer, "calendar.feed-make", None).await
    })?;
    Ok(format!("{}/calendar/{}.ics", app.config.public_url, identity::encode(&secret)))
}

/// Takes one's own feed back: its address opens nothing any more.
pub(super) async fn revoke_feed(app: &App, viewer: &Viewer) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        if !store::remove_feed(tx, viewer.person).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer, "calendar.feed-revoke", None).await
    })
}

/// What a feed's address opens: whose it is, and what stands in it.
pub(super) async fn open_feed(app: &App, secret: &str) -> Result<(PersonCore, Vec<Event>), Failure> {
    let token = identity::digest_of(secret).ok_or(Refusal::NotFound)?;
    let (person, read_at) = store::owner_of_feed(&app.db, &token).await?.ok_or(Refusal::NotFound)?;
    let person = identity::person(&app.db, person).await?.ok_or(Refusal::NotFound)?;
    let now = app.now();
    if read_at.is_none_or(|read_at| now > read_at + READ_EVERY) {
        transaction!(app.db, tx => store::note_read(tx, person.id, now).await)?;
    }
    let asked = Asked { person: person.clone(), from: now - FEED_BACK, to: now + FEED_AHEAD };
    Ok((person, events(app, asked).await?))
}

/// A calendar as somebody names it: its address, and the user name and the password with which it is read, where it asks for some.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub address: &'a str,
    pub user: &'a str,
    pub password: &'a str,
}

/// The user name and the password that were typed, both or neither.
fn login_of(user: &str, password: &str, problems: &mut Problems) -> Option<Words> {
    let user = user.trim();
    if user.is_empty() && password.is_empty() {
        return None;
    }
    for (field, text) in [("user", user), ("password", password)] {
        if text.is_empty() {
            problems.add(field, Message::new(format!("calendar-{field}-missing")));
        } else if text.chars().count() > LONGEST_LOGIN || text.chars().any(char::is_control) {
            problems.add(field, Message::new(format!("calendar-{field}-wrong")));
        }
    }
    if user.contains(':') {
        problems.add("user", Message::new("calendar-user-wrong"));
    }
    Some(Words::new(format!("{user}\n{password}")))
}

/// As whom somebody's calendar is read: what they gave, opened.
pub(super) async fn login(app: &App, source: &Source, person: &PersonCore) -> Result<Option<Login>, Trouble> {
    let Some(sealed) = &source.login else { return Ok(None) };
    let keys = vault::keys(app, &app.db, person.organisation, &[person.id.0]).await.map_err(|_| Trouble::Ours)?;
    let place = place(person.organisation, person.id, source.id);
    let words = keys.open(&place, sealed).map_err(|_| Trouble::Sealed)?;
    let (user, password) = words.as_str().split_once('\n').ok_or(Trouble::Sealed)?;
    Login::new(user, password).map(Some).ok_or(Trouble::Sealed)
}

fn place(organisation: OrganisationId, person: PersonId, source: Uuid) -> Place {
    Place::of_person(organisation, person, ("calendar_sources", "login", source))
}

/// Names a calendar from which it is to be read when one is busy.
pub(super) async fn add_source(app: &App, viewer: &Viewer, named: Named<'_>) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    let mut problems = Problems::default();
    let login = login_of(named.user, named.password, &mut problems);
    let url = outbound::address(named.address);
    match &url {
        None => problems.add("address", Message::new("calendar-address-wrong")),
        Some(url) => {
            if let Some(why) = unasked(app, url, login.is_some()) {
                problems.add("address", why);
            }
        }
    }
    let url = problems.or(url)?.ok_or(Refusal::NotFound)?;
    let (id, now) = (app.id(), app.now());
    transaction!(app.db, tx => {
        if store::sources(&mut *tx, viewer.person).await?.len() >= MOST_SOURCES {
            let most = Message::new("calendar-sources-most").with("count", MOST_SOURCES);
            return Err(Problems::one("address", most).into());
        }
        let login = match &login {
            Some(login) => Some(vault::seal(app, tx, &place(viewer.organisation, viewer.person, id), login).await?),
            None => None,
        };
        if !store::add_source(tx, id, viewer, (url.as_str(), login), now).await? {
            return Err(Problems::one("address", Message::new("calendar-address-known")).into());
        }
        jobs::add(app, tx, Some(viewer.organisation.0), LOOK, &json!({"source": id, "round": 0})).await?;
        note(app, tx, viewer, "calendar.source-add", Some(id)).await
    })
}

/// Why an address is not asked, whatever answers there.
fn unasked(app: &App, url: &Url, has_login: bool) -> Option<Message> {
    let allowed = &app.config.calendar_allow_hosts;
    let trouble = if has_login { outbound::refused_with_login(allowed, url) } else { outbound::refused(allowed, url) };
    trouble.map(|trouble| Message::new(Trouble::Way(trouble).key()))
}

/// One of one's own calendars.
pub(super) async fn own_source(from: impl Into<Reader<'_>>, viewer: &Viewer, id: Uuid) -> Result<Source, Failure> {
    let source = store::source(from, id).await?.filter(|source| source.person == viewer.person);
    Ok(source.ok_or(Refusal::NotFound)?)
}

/// Gives the user name and the password with which one of one's own calendars is read from now on; it is looked at at once.
pub(super) async fn set_login(
    app: &App,
    viewer: &Viewer,
    id: Uuid,
    (user, password): (&str, &str),
) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    let mut problems = Problems::default();
    let login = login_of(user, password, &mut problems);
    if login.is_none() {
        for field in ["user", "password"] {
            problems.add(field, Message::new(format!("calendar-{field}-missing")));
        }
    }
    let login = problems.or(login)?.ok_or(Refusal::NotFound)?;
    let now = app.now();
    transaction!(app.db, tx => {
        let source = own_source(&mut *tx, viewer, id).await?;
        let url = outbound::address(&source.address).ok_or(Refusal::NotFound)?;
        if let Some(why) = unasked(app, &url, true) {
            return Err(Problems::one("", why).into());
        }
        let sealed = vault::seal(app, tx, &place(viewer.organisation, viewer.person, id), &login).await?;
        if !store::set_login(tx, &source, sealed, now).await? {
            return Err(Refusal::Conflict.into());
        }
        let payload = json!({"source": id, "round": source.round + 1});
        jobs::add(app, tx, Some(viewer.organisation.0), LOOK, &payload).await?;
        note(app, tx, viewer, "calendar.source-login", Some(id)).await
    })
}

/// Forgets one of one's own calendars and everything that was read from it.
pub(super) async fn remove_source(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        if !store::remove_source(tx, viewer.person, id).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer, "calendar.source-remove", Some(id)).await
    })
}

/// What came of a look at a calendar.
#[derive(Clone, Debug)]
pub(super) enum Looked {
    /// Nobody looks for times at present; there was no need.
    NoNeed,
    Busy(Kind, Vec<Busy>),
    Trouble(Trouble),
}

/// Keeps what came of a look, and has the next one follow.
pub(super) async fn settle(app: &App, source: &Source, person: &PersonCore, looked: &Looked) -> Result<(), Failure> {
    let now = app.now();
    let settled = after(source, looked, now);
    transaction!(app.db, tx => {
        if !store::settle(tx, &settled).await? {
            return Ok(());
        }
        if let Looked::Busy(_, busy) = looked {
            store::replace_busy(tx, source.id, person, busy).await?;
        }
        let payload = [json!({"source": source.id, "round": source.round + 1})];
        jobs::add_many(app, tx, Some(person.organisation.0), LOOK, &payload, settled.next_at).await?;
        Ok(())
    })
}

/// A calendar after a look. What was read before stays when the look failed: it is old, and the page says how old.
fn after(source: &Source, looked: &Looked, now: Timestamp) -> Source {
    let before = source.clone();
    match looked {
        Looked::NoNeed => Source { next_at: now + MEANWHILE, ..before },
        Looked::Busy(kind, _) => Source {
            kind: Some(*kind),
            tried_at: Some(now),
            worked_at: Some(now),
            next_at: now + EVERY,
            failures: 0,
            trouble: None,
            ..before
        },
        Looked::Trouble(trouble) => Source {
            tried_at: Some(now),
            next_at: now + pause(source.failures),
            failures: source.failures + 1,
            trouble: Some(*trouble),
            ..before
        },
    }
}

fn pause(failures: i64) -> SignedDuration {
    AGAIN.saturating_mul(1 << failures.clamp(0, 10)).min(LATEST_AGAIN)
}

async fn note(
    app: &App,
    tx: &mut Tx,
    viewer: &Viewer,
    verb: &'static str,
    source: Option<Uuid>,
) -> Result<(), Failure> {
    let note = Note::new(viewer.organisation.0, viewer.person.0, verb).about("person", viewer.person.0);
    audit::note(app, tx, note.with(json!({ "source": source }))).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_a_day() {
        assert_eq!([0, 1, 2, 5, 6, 99].map(|failures| pause(failures).as_mins()), [30, 60, 120, 960, 1440, 1440]);
    }
}
