//! Telling, reading, and choosing how one is told.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use uuid::Uuid;

use super::kinds::{Kind, Notice};
use super::model::{Way, days_ahead, next_digest, when_digest_goes};
use super::store::{self, Kept};
use super::{hooks, kind, kinds};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::features;
use crate::identity::{self, Act, OrganisationId, PersonCore, PersonId, Viewer};
use crate::problems::{Failure, Refusal};
use crate::{jobs, transaction};

pub(super) const MAIL_ONE: &str = "notices.mail-one";
pub(super) const MAIL_DIGEST: &str = "notices.mail-digest";

/// What marks in links that stop mails are for.
const UNSUBSCRIBE: &str = "unsubscribe";

/// Tells somebody something, in the transaction of the change that causes it.
pub async fn tell(app: &App, tx: &mut Tx, notice: &Notice) -> Result<(), Error> {
    tell_all(app, tx, std::slice::from_ref(notice)).await
}

/// Tells what a job has found to tell: nothing else changes with it.
pub async fn tell_now(app: &App, notices: &[Notice]) -> Result<(), Error> {
    transaction!(app.db, tx => tell_all(app, tx, notices).await)
}

/// Tells many at once, several hundred with one statement.
pub async fn tell_all(app: &App, tx: &mut Tx, notices: &[Notice]) -> Result<(), Error> {
    for notice in notices {
        debug_assert!(kind(notice.kind).is_some(), "no feature offers the notice {}", notice.kind);
    }
    let now = app.now();
    let people: Vec<PersonId> = notices.iter().map(|notice| notice.to).collect();
    let here = identity::still_here(tx, &people).await?;
    for (organisation, notices) in by_organisation(notices) {
        let notices = notices.into_iter().filter(|notice| here.contains(&notice.to));
        let new: Vec<(Uuid, &Notice)> = notices.map(|notice| (app.id(), notice)).collect();
        if store::add(tx, &new, now).await? == 0 {
            continue;
        }
        // A job of what was told before finds nothing and is done.
        let payloads: Vec<serde_json::Value> = new.iter().map(|(id, _)| json!({ "notice": id })).collect();
        jobs::add_many(app, tx, Some(organisation), MAIL_ONE, &payloads, now).await?;
        hooks::follow(app, tx, &new).await?;
    }
    Ok(())
}

/// Notices as they come, those of one organisation together.
fn by_organisation(notices: &[Notice]) -> Vec<(Uuid, Vec<&Notice>)> {
    let mut groups: Vec<(Uuid, Vec<&Notice>)> = Vec::new();
    for notice in notices {
        let organisation = notice.organisation.0;
        match groups.iter_mut().find(|(known, _)| *known == organisation) {
            Some((_, group)) => group.push(notice),
            None => groups.push((organisation, vec![notice])),
        }
    }
    groups
}

/// A record has ended that has this page: what these people have not read of kinds that end with it waits no longer, in no digest either.
pub async fn end(app: &App, tx: &mut Tx, people: &[PersonId], record: (Uuid, &str)) -> Result<(), Error> {
    let mut unread = store::unread_of_record(tx, people, record).await?;
    unread.retain(|unread| kind(&unread.kind).is_some_and(|kind| kind.ends));
    if unread.is_empty() {
        return Ok(());
    }
    let ids: Vec<Uuid> = unread.iter().map(|unread| unread.id).collect();
    store::overtake_these(tx, &ids, app.now()).await
}

/// One of one's own notices.
pub(super) async fn own(app: &App, viewer: &Viewer, id: Uuid) -> Result<Kept, Failure> {
    viewer.must(Act::UseAccount)?;
    let kept = store::notice(&app.db, id).await?.filter(|kept| kept.person == viewer.person);
    Ok(kept.ok_or(Refusal::NotFound)?)
}

/// Marks one of one's own notices as read, and gives it.
pub(super) async fn read(app: &App, viewer: &Viewer, id: Uuid) -> Result<Kept, Failure> {
    let (kept, now) = (own(app, viewer, id).await?, app.now());
    if kept.read_at.is_some() {
        return Ok(kept);
    }
    transaction!(app.db, tx => {
        if !store::read(tx, viewer.person, id, now).await? {
            return Err(Refusal::NotFound.into());
        }
        Ok::<(), Failure>(())
    })?;
    Ok(Kept { read_at: Some(now), ..kept })
}

/// Marks all of one's own notices as read, and says how many there were to read.
pub(super) async fn read_all(app: &App, viewer: &Viewer) -> Result<u64, Failure> {
    viewer.must(Act::UseAccount)?;
    let now = app.now();
    Ok(transaction!(app.db, tx => store::read_all(tx, viewer.person, now).await)?)
}

/// The kinds that somebody has to do with, each with how they hear of it.
pub(super) async fn settings(app: &App, viewer: &Viewer) -> Result<Vec<(&'static Kind, Way)>, Failure> {
    let choices = store::choices(&app.db, viewer.person).await?;
    let chosen = |kind: &Kind| choices.iter().find(|(name, _)| name == kind.name).map(|(_, way)| *way);
    let own = kinds().filter(|kind| viewer.may_sometimes(kind.act));
    Ok(own.map(|kind| (kind, kind.settled(chosen(kind)))).collect())
}

/// Chooses how one hears of kinds; of those that are not named nothing changes. What cannot be had is passed over.
pub(super) async fn choose(app: &App, viewer: &Viewer, chosen: &[(String, Way)]) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    let known = chosen.iter().filter_map(|(name, way)| Some((kind(name)?, *way)));
    let choices: Vec<(&str, Way)> =
        known.filter(|(kind, way)| kind.ways().any(|had| had == *way)).map(|(kind, way)| (kind.name, way)).collect();
    transaction!(app.db, tx => {
        let before = store::choices(&mut *tx, viewer.person).await?;
        let kept = before.iter().map(|(name, way)| (name.as_str(), *way));
        let kept: Vec<(&str, Way)> = kept.filter(|(name, _)| choices.iter().all(|(other, _)| other != name)).collect();
        store::forget_choices(tx, viewer.person).await?;
        let differ = |(name, way): &(&str, Way)| kind(name).is_some_and(|kind| kind.way != *way);
        let all: Vec<(&str, Way)> = kept.into_iter().chain(choices.iter().copied()).filter(differ).collect();
        store::choose(tx, viewer.organisation, viewer.person, &all).await?;
        let note = Note::new(viewer.organisation.0, viewer.person.0, "notices.choose");
        audit::note(app, tx, note.about("person", viewer.person.0)).await?;
        Ok(())
    })
}

/// What a link in a mail stops: for whom, and which kinds by mail.
#[derive(Clone, Debug)]
pub(super) struct Stopping {
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub kinds: Vec<&'static Kind>,
}

/// How long the link in a mail that stops its kind holds.
const STOP_HOLDS: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What a link of a mail carries: a notice or a digest, marked by this installation for one purpose. `None` where there is no key to
/// mark it with.
fn token(app: &App, purpose: &str, id: Uuid) -> Option<String> {
    let mark = app.vault.mark(purpose, id.as_bytes())?;
    Some(URL_SAFE_NO_PAD.encode([&id.as_bytes()[..], &mark].concat()))
}

/// What such a token was made of, if it is one of ours.
fn id_of(app: &App, purpose: &str, token: &str) -> Option<Uuid> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    let (named, mark) = bytes.split_at_checked(16)?;
    let id = Uuid::from_slice(named).ok()?;
    app.vault.made(purpose, named, mark).then_some(id)
}

/// The address at which mails are stopped of the kind of a notice, or of all that a digest told: for one person and this one act.
pub(super) fn stop_url(app: &App, id: Uuid) -> Option<String> {
    Some(format!("{}/unsubscribe/{}", app.config.public_url, token(app, UNSUBSCRIBE, id)?))
}

/// A link in the mail of a notice that acts for its reader without signing in. The feature's door at `path` asks [`acting`].
pub fn act_url(app: &App, path: &str, notice: Uuid) -> Option<String> {
    Some(format!("{}{path}/{}", app.config.public_url, token(app, path, notice)?))
}

/// For whom a link acts, and about what.
#[derive(Clone, Debug)]
pub struct Acting {
    pub person: PersonId,
    pub kind: String,
    pub about: Option<Uuid>,
    /// The page that they were told of.
    pub href: String,
    pub told_at: Timestamp,
}

/// How long a link of [`act_url`] holds.
const ACT_HOLDS: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Who was told what a link of [`act_url`] belongs to, while it holds.
pub async fn acting(app: &App, path: &str, token: &str) -> Result<Option<Acting>, Error> {
    let Some(id) = id_of(app, path, token) else { return Ok(None) };
    let kept = store::notice(&app.db, id).await?.filter(|kept| app.now() < kept.told_at + ACT_HOLDS);
    Ok(kept.map(|kept| {
        let Kept { person, kind, about, href, told_at, .. } = kept;
        Acting { person, kind, about, href, told_at }
    }))
}

/// What such a link stops, if it is one of ours and not too old.
pub(super) async fn look_at_stop(app: &App, token: &str) -> Result<Option<Stopping>, Failure> {
    let Some(id) = id_of(app, UNSUBSCRIBE, token) else { return Ok(None) };
    let told = store::told(&app.db, id).await?;
    let now = app.now();
    let Some(first) = told.iter().find(|told| now < told.told_at + STOP_HOLDS) else { return Ok(None) };
    let (organisation, person) = (first.organisation, first.person);
    let mut kinds: Vec<&'static Kind> = told.iter().filter_map(|told| kind(&told.kind)).collect();
    kinds.retain(|kind| kind.can_go_unmailed());
    kinds.sort_by_key(|kind| kind.name);
    kinds.dedup_by_key(|kind| kind.name);
    Ok((!kinds.is_empty()).then_some(Stopping { organisation, person, kinds }))
}

/// Stops mails of the kinds that a link is about. They are shown in the product still; done twice it is done once.
pub(super) async fn stop(app: &App, token: &str) -> Result<Stopping, Failure> {
    let stopping = look_at_stop(app, token).await?.ok_or(Refusal::NotFound)?;
    transaction!(app.db, tx => {
        let before = store::choices(&mut *tx, stopping.person).await?;
        let chosen = |kind: &Kind| before.iter().find(|(name, _)| name == kind.name).map(|(_, way)| *way);
        let mailed = stopping.kinds.iter().filter(|kind| kind.settled(chosen(kind)).mails());
        let choices: Vec<(&str, Way)> = mailed.map(|kind| (kind.name, Way::Product)).collect();
        if choices.is_empty() {
            return Ok(());
        }
        store::choose(tx, stopping.organisation, stopping.person, &choices).await?;
        let note = Note::new(stopping.organisation.0, stopping.person.0, "notices.unsubscribe");
        audit::note(app, tx, note.about("person", stopping.person.0)).await?;
        Ok::<(), Failure>(())
    })?;
    Ok(stopping)
}

/// Which of the days that matter for a digest its reader works.
async fn worked(app: &App, reader: &PersonCore) -> Result<Option<BTreeSet<Date>>, Error> {
    let ahead = days_ahead(app.now(), &reader.time_zone());
    (features::WORKED)(app.clone(), (reader.organisation, reader.id), ahead).await
}

/// When a digest goes whose time has come: now, or on the reader's next working morning where a mail server was down until the evening,
/// or the day has become one of rest.
pub(super) async fn digest_goes(app: &App, reader: &PersonCore) -> Result<Timestamp, Error> {
    Ok(when_digest_goes(app.now(), &reader.time_zone(), worked(app, reader).await?.as_ref()))
}

/// Has a notice wait for its reader's next digest, and the digest be written.
pub(super) async fn put_off(app: &App, kept: &Kept, reader: &PersonCore, way: Way) -> anyhow::Result<()> {
    let (now, zone) = (app.now(), reader.time_zone());
    let due = next_digest(way, now, &zone, worked(app, reader).await?.as_ref());
    // There is one digest for a person, a way and an instant.
    let parts = [reader.id.0.as_bytes(), way.code().as_bytes(), &due.as_microsecond().to_be_bytes()[..]];
    let digest = jobs::made_of(&parts);
    transaction!(app.db, tx => {
        store::put_off(tx, kept.id, digest).await?;
        let payload = json!({ "person": reader.id, "digest": digest, "way": way.code() });
        jobs::add_once(app, tx, Some(reader.organisation.0), MAIL_DIGEST, (digest, &payload), due).await?;
        Ok::<(), Error>(())
    })?;
    Ok(())
}

pub(super) async fn mailed(app: &App, kept: &Kept) -> anyhow::Result<()> {
    let now = app.now();
    Ok(transaction!(app.db, tx => store::mailed(tx, kept.id, now).await)?)
}

pub(super) async fn digest_mailed(app: &App, digest: Uuid) -> anyhow::Result<()> {
    let now = app.now();
    Ok(transaction!(app.db, tx => store::digest_mailed(tx, digest, now).await)?)
}

/// Notes that a mail had nowhere to go, so that it is written once there is an address again.
pub(super) async fn unreached(app: &App, kept: &Kept) -> anyhow::Result<()> {
    let now = app.now();
    Ok(transaction!(app.db, tx => store::unreached(tx, kept.id, now).await)?)
}

pub(super) async fn digest_unreached(app: &App, digest: Uuid) -> anyhow::Result<()> {
    let now = app.now();
    Ok(transaction!(app.db, tx => store::digest_unreached(tx, digest, now).await)?)
}

/// What was told so long before an address works again is told by the pages alone.
const COMES_BACK: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Has the mails written that had nowhere to go, now that somebody takes mail again. What was read meanwhile needs none, unless it brings
/// what is had nowhere else; each says how things are now.
pub async fn reachable_again(
    app: &App,
    tx: &mut Tx,
    (organisation, person): (OrganisationId, PersonId),
) -> Result<(), Error> {
    let now = app.now();
    let lost = store::lost(tx, person, now - COMES_BACK).await?;
    if lost.is_empty() {
        return Ok(());
    }
    store::take_up(tx, person).await?;
    let payloads: Vec<serde_json::Value> = lost.iter().map(|id| json!({ "notice": id })).collect();
    jobs::add_many(app, tx, Some(organisation.0), MAIL_ONE, &payloads, now).await
}
