//! The mails of notices: one of its own, or one for all that waited. Each bears the identifier of its notice or digest, so that
//! it is the same mail however often it is tried.

use serde::Deserialize;
use uuid::Uuid;

use super::actions::{self, MAIL_DIGEST, MAIL_ONE};
use super::kinds::{Kind as NoticeKind, Letter, Told};
use super::model::{Way, decent};
use super::store::{self, Kept};
use super::{hooks, kind};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, PersonCore, PersonId};
use crate::jobs::{Job, Kind, PutOff};
use crate::mail::{self, Along, Mail, Posted};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: MAIL_ONE, run: |app, job| Box::pin(mail_one(app, job)) },
    Kind { name: MAIL_DIGEST, run: |app, job| Box::pin(mail_digest(app, job)) },
    hooks::SEND,
    hooks::GIVE_UP,
];

/// So many notices are listed in a digest; of more it says how many. What acts is listed first, all of it: a link is had nowhere else.
const MOST_LISTED: usize = 20;
const MOST_COUNTED: i64 = 1000;

#[derive(Deserialize)]
struct One {
    notice: Uuid,
}

#[derive(Deserialize)]
struct Gathered {
    person: PersonId,
    digest: Uuid,
    way: String,
}

async fn mail_one(app: App, job: Job) -> anyhow::Result<()> {
    let One { notice } = serde_json::from_value(job.payload)?;
    let Some(kept) = store::notice(&app.db, notice).await? else { return Ok(()) };
    let Some(kind) = kind(&kept.kind) else { return Ok(()) };
    // What was read meanwhile needs no mail.
    let is_read = kept.read_at.is_some() && !kind.always;
    if is_read || kept.mailed_at.is_some() || kept.digest.is_some() {
        return Ok(());
    }
    let Some(reader) = identity::person(&app.db, kept.person).await? else { return Ok(()) };
    let choices = store::choices(&app.db, reader.id).await?;
    let chosen = choices.iter().find(|(name, _)| *name == kept.kind).map(|(_, way)| *way);
    match kind.settled(chosen) {
        Way::Product | Way::Off => Ok(()),
        way @ (Way::Daily | Way::Weekly) => actions::put_off(&app, &kept, &reader, way).await,
        Way::AtOnce => {
            let now = app.now();
            let then = if kind.urgent { now } else { decent(now, &reader.time_zone()) };
            if then > now { Err(PutOff(then).into()) } else { send(&app, kind, &kept, reader).await }
        }
    }
}

async fn send(app: &App, kind: &NoticeKind, kept: &Kept, reader: PersonCore) -> anyhow::Result<()> {
    let letter = match kind.writes {
        Some(writes) => writes(app.clone(), told(kept, &reader)).await?,
        None => Some(plain(app, kind, kept, &reader)),
    };
    if let Some(letter) = letter {
        let mail = addressed(kept.id, &reader, letter.subject, letter.paragraphs, letter.link);
        let stop = if kind.can_go_unmailed() { actions::stop_url(app, kept.id) } else { None };
        let along = Along { attached: letter.attached.as_ref(), unsubscribe: stop.as_deref(), ..Along::default() };
        if mail::post(app, &reader, &mail, along).await? == Posted::Unreachable {
            return actions::unreached(app, kept).await;
        }
    }
    actions::mailed(app, kept).await
}

fn told(kept: &Kept, reader: &PersonCore) -> Told {
    let (about, key, href) = (kept.about, kept.key.clone(), kept.href.clone());
    Told { notice: kept.id, reader: reader.clone(), about, key, href }
}

/// The sentence of the kind, or the notice's own, and the way to it.
fn plain(app: &App, kind: &NoticeKind, kept: &Kept, reader: &PersonCore) -> Letter {
    let text = sentence(kind, kept);
    let page = || (Message::new("notices-mail-open"), format!("{}/notices/{}", app.config.public_url, kept.id));
    let link = leads(app, kind, kept, reader).unwrap_or_else(page);
    Letter { subject: text.clone(), paragraphs: vec![text], link: Some(link), attached: None }
}

fn leads(app: &App, kind: &NoticeKind, kept: &Kept, reader: &PersonCore) -> Option<(Message, String)> {
    kind.leads.and_then(|leads| leads(app, &told(kept, reader)))
}

pub(super) fn sentence(kind: &NoticeKind, kept: &Kept) -> Message {
    kept.mail.clone().unwrap_or_else(|| Message::new(kind.mail))
}

async fn mail_digest(app: App, job: Job) -> anyhow::Result<()> {
    let Gathered { person, digest, way } = serde_json::from_value(job.payload)?;
    let Some(reader) = identity::person(&app.db, person).await? else { return Ok(()) };
    let then = actions::digest_goes(&app, &reader).await?;
    if then > app.now() {
        return Err(PutOff(then).into());
    }
    let mut lines = Vec::new();
    for (kind, kept) in waiting(&app, &reader, digest).await? {
        lines.extend(line(&app, kind, &kept, &reader).await?);
    }
    if lines.is_empty() {
        return Ok(());
    }
    lines.sort_by_key(|(acts, _)| !acts);
    let acting = lines.iter().filter(|(acts, _)| *acts).count();
    let (count, listed) = (lines.len(), acting.max(MOST_LISTED));
    let more = count.saturating_sub(listed);
    let lines = lines.into_iter().take(listed).map(|(_, line)| line);
    let opening = Message::new("notices-digest-opening").with("count", count);
    let rest = (more > 0).then(|| Message::new("notices-digest-more").with("count", more));
    let paragraphs = std::iter::once(opening).chain(lines).chain(rest).collect();
    let subject = if way == Way::Weekly.code() { "notices-digest-weekly" } else { "notices-digest-daily" };
    let link = (Message::new("notices-digest-open"), format!("{}/notices", app.config.public_url));
    let mail = addressed(digest, &reader, Message::new(subject), paragraphs, Some(link));
    let stop = actions::stop_url(&app, digest);
    let along = Along { unsubscribe: stop.as_deref(), ..Along::default() };
    match mail::post(&app, &reader, &mail, along).await? {
        Posted::Taken => actions::digest_mailed(&app, digest).await,
        Posted::Unreachable => actions::digest_unreached(&app, digest).await,
    }
}

/// What waits for a digest, but for what its reader wants no more mails of by now.
async fn waiting(app: &App, reader: &PersonCore, digest: Uuid) -> anyhow::Result<Vec<(&'static NoticeKind, Kept)>> {
    let choices = store::choices(&app.db, reader.id).await?;
    let chosen = |kind: &NoticeKind| choices.iter().find(|(name, _)| name == kind.name).map(|(_, way)| *way);
    let waiting = store::of_digest(&app.db, digest, MOST_COUNTED).await?.into_iter();
    let known = waiting.filter_map(|kept| Some((kind(&kept.kind)?, kept)));
    Ok(known.filter(|(kind, _)| kind.settled(chosen(kind)).mails()).collect())
}

/// A line of a digest, and whether it acts. Where the notice's own mail would do something, it is that mail's subject and link, and none
/// where that mail would not be written any more.
async fn line(
    app: &App,
    kind: &NoticeKind,
    kept: &Kept,
    reader: &PersonCore,
) -> anyhow::Result<Option<(bool, Message)>> {
    let (subject, link) = match kind.writes.filter(|_| kind.acts) {
        None => (sentence(kind, kept), leads(app, kind, kept, reader)),
        Some(writes) => match writes(app.clone(), told(kept, reader)).await? {
            None => return Ok(None),
            Some(letter) => (letter.subject, letter.link),
        },
    };
    let told = Message::new("notices-digest-line").with("line", subject);
    Ok(Some(match link {
        Some((words, url)) => {
            (true, Message::new("notices-digest-acts").with("line", told).with("words", words).with("url", url))
        }
        None => (false, told),
    }))
}

fn addressed(
    id: Uuid,
    reader: &PersonCore,
    subject: Message,
    paragraphs: Vec<Message>,
    link: Option<(Message, String)>,
) -> Mail {
    let greeting = Message::new("identity-mail-greeting").with("name", reader.name.as_str());
    Mail {
        id,
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject,
        paragraphs: std::iter::once(greeting).chain(paragraphs).collect(),
        link,
    }
}
