//! Adding and taking away, the sending itself, and what becomes of a hook that is never heard.

use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::model::{Event, Shape, Trouble, signatures, spoken};
use super::store::{self, Hook};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Tx};
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::notices::kinds::{Kind, Notice};
use crate::notices::{actions as telling, kind, kinds};
use crate::outbound::{self, Ask};
use crate::problems::{Failure, Problems, Refusal};
use crate::{jobs, transaction};

pub(super) const SENDING: &str = "notices.send-hook";
pub(in crate::notices) const STOPPED: &str = "notices.hook-stopped";

/// Nobody has more programs than are worth telling.
pub(super) const MOST_HOOKS: usize = 5;

/// What secrets are made for.
const SECRET: &str = "webhook";

/// The kinds that may leave by a webhook and that this person has to do with.
pub(super) fn told_outside(viewer: &Viewer) -> Vec<&'static Kind> {
    kinds().filter(|kind| kind.outside && viewer.may_sometimes(kind.act)).collect()
}

/// The kinds that somebody has to do with and of which none may hear.
pub(super) fn kept_inside(viewer: &Viewer) -> Vec<&'static Kind> {
    kinds().filter(|kind| !kind.outside && viewer.may_sometimes(kind.act)).collect()
}

/// A webhook as its owner describes it.
pub(super) struct NewHook<'a> {
    pub address: &'a str,
    pub shape: Option<Shape>,
    pub kinds: Vec<String>,
}

pub(super) async fn add(app: &App, viewer: &Viewer, new: NewHook<'_>) -> Result<Hook, Failure> {
    viewer.must(Act::UseAccount)?;
    let mut problems = Problems::default();
    let url = outbound::address(new.address);
    match &url {
        None => problems.add("address", Message::new(Trouble::Way(outbound::Trouble::Address).key())),
        Some(url) => {
            if let Some(trouble) = outbound::refused(&app.config.webhook_allow_hosts, url) {
                problems.add("address", Message::new(Trouble::Way(trouble).key()));
            }
        }
    }
    let kinds = chosen(viewer, &new.kinds, &mut problems);
    if new.shape.is_none() {
        problems.add("shape", Message::new("hooks-shape-missing"));
    }
    if new.shape == Some(Shape::Standard) && app.vault.secrets(SECRET, &[]).is_empty() {
        problems.add("shape", Message::new("hooks-no-key"));
    }
    problems.or(())?;
    let hook = Hook {
        id: app.id(),
        organisation: viewer.organisation,
        person: viewer.person,
        address: url.map(|url| url.to_string()).unwrap_or_default(),
        shape: new.shape.unwrap_or(Shape::Standard),
        kinds,
        made_at: app.now(),
        worked_at: None,
        trouble: None,
        stopped_at: None,
    };
    transaction!(app.db, tx => {
        if store::of_person(&mut *tx, viewer).await?.len() >= MOST_HOOKS {
            return Err(Problems::one("address", Message::new("hooks-most").with("count", MOST_HOOKS)).into());
        }
        store::add(tx, &hook).await?;
        note(app, tx, viewer, "notices.hook-add", hook.id).await
    })?;
    Ok(hook)
}

/// Kinds that there are and that may be had, in the features' order; at least one.
fn chosen(viewer: &Viewer, names: &[String], problems: &mut Problems) -> Vec<String> {
    let is_chosen = |kind: &&&Kind| names.iter().any(|name| name == kind.name);
    let kinds: Vec<String> = told_outside(viewer).iter().filter(is_chosen).map(|kind| kind.name.to_owned()).collect();
    if kinds.is_empty() {
        problems.add("kinds", Message::new("hooks-kinds-missing"));
    }
    kinds
}

pub(super) async fn set_kinds(app: &App, viewer: &Viewer, id: Uuid, names: &[String]) -> Result<(), Failure> {
    own(app, viewer, id).await?;
    let mut problems = Problems::default();
    let kinds = chosen(viewer, names, &mut problems);
    problems.or(())?;
    transaction!(app.db, tx => {
        store::set_kinds(tx, id, &kinds).await?;
        note(app, tx, viewer, "notices.hook-change", id).await
    })
}

pub(super) async fn remove(app: &App, viewer: &Viewer, id: Uuid) -> Result<(), Failure> {
    viewer.must(Act::UseAccount)?;
    transaction!(app.db, tx => {
        if !store::remove(tx, viewer.person, id).await? {
            return Err(Refusal::NotFound.into());
        }
        note(app, tx, viewer, "notices.hook-remove", id).await
    })
}

async fn own(app: &App, viewer: &Viewer, id: Uuid) -> Result<Hook, Failure> {
    viewer.must(Act::UseAccount)?;
    let hook = store::hook_of(&app.db, id).await?.filter(|hook| hook.person == viewer.person);
    Ok(hook.ok_or(Refusal::NotFound)?)
}

async fn note(app: &App, tx: &mut Tx, viewer: &Viewer, verb: &'static str, hook: Uuid) -> Result<(), Failure> {
    let note = Note::new(viewer.organisation.0, viewer.person.0, verb).about("person", viewer.person.0);
    Ok(audit::note(app, tx, note.with(json!({ "hook": hook }))).await?)
}

/// What the program that checks signatures is given.
pub(super) fn secret(app: &App, hook: &Hook) -> Option<String> {
    app.vault.secrets(SECRET, hook.id.as_bytes()).first().map(spoken)
}

/// Has webhooks hear of what people are told, in the same transaction. `notices` are of one organisation.
pub(in crate::notices) async fn follow(app: &App, tx: &mut Tx, notices: &[(Uuid, &Notice)]) -> Result<(), Error> {
    let outside: Vec<&(Uuid, &Notice)> =
        notices.iter().filter(|(_, notice)| kind(notice.kind).is_some_and(|kind| kind.outside)).collect();
    let Some((_, first)) = outside.first() else { return Ok(()) };
    let organisation = first.organisation;
    let hooks = store::listening(tx, organisation, outside.iter().map(|(_, notice)| notice.to)).await?;
    let hears = |(_, person, kinds): &&(Uuid, _, Vec<String>), notice: &Notice| {
        *person == notice.to && kinds.iter().any(|kind| kind == notice.kind)
    };
    let mut payloads = Vec::new();
    for (id, notice) in outside {
        let listening = hooks.iter().filter(|hook| hears(hook, notice));
        payloads.extend(listening.map(|(hook, ..)| json!({ "hook": hook, "notice": id })));
    }
    if payloads.is_empty() {
        return Ok(());
    }
    jobs::add_many(app, tx, Some(organisation.0), SENDING, &payloads, app.now()).await
}

/// Sends an event, and keeps what came of it.
pub(super) async fn send(app: &App, hook: &Hook, event: &Event) -> Result<Result<(), Trouble>, Error> {
    let outcome = deliver(app, hook, event).await;
    let now = app.now();
    transaction!(app.db, tx => store::tried(tx, hook.id, outcome, now).await)?;
    Ok(outcome)
}

async fn deliver(app: &App, hook: &Hook, event: &Event) -> Result<(), Trouble> {
    let url = outbound::address(&hook.address).ok_or(Trouble::Way(outbound::Trouble::Address))?;
    let body = event.body(hook.shape).to_string();
    let mut headers = vec![(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    if hook.shape == Shape::Standard {
        headers.extend(signed(app, hook, event.id, app.now(), &body));
    }
    let ask = Ask { method: Method::POST, url, headers, body, follows: false, login: None };
    let answered = outbound::ask(&app.config.webhook_allow_hosts, ask).await.map_err(Trouble::Way)?;
    match answered.status {
        status if status.is_success() => Ok(()),
        StatusCode::GONE => Err(Trouble::Gone),
        _ => Err(Trouble::Refused),
    }
}

/// The headers of Standard Webhooks.
fn signed(app: &App, hook: &Hook, id: Uuid, now: Timestamp, body: &str) -> Vec<(HeaderName, HeaderValue)> {
    let secrets = app.vault.secrets(SECRET, hook.id.as_bytes());
    let told = [
        ("webhook-id", id.to_string()),
        ("webhook-timestamp", now.as_second().to_string()),
        ("webhook-signature", signatures(&secrets, id, now, body)),
    ];
    let header = |(name, value): (&'static str, String)| {
        Some((HeaderName::from_static(name), HeaderValue::from_str(&value).ok()?))
    };
    told.into_iter().filter_map(header).collect()
}

/// Sends a hook a sentence that says that it is heard, and starts it again if it is.
pub(super) async fn test(app: &App, viewer: &Viewer, id: Uuid) -> Result<Result<(), Trouble>, Failure> {
    let hook = own(app, viewer, id).await?;
    let event = Event {
        id: app.id(),
        kind: "test".to_owned(),
        at: app.now(),
        text: viewer.lang.say("hooks-test-text"),
        open: viewer.lang.say("notices-mail-open"),
        url: format!("{}/notices/hooks", app.config.public_url),
        about: None,
    };
    Ok(send(app, &hook, &event).await?)
}

/// Stops a hook and tells its owner, once.
pub(super) async fn stop(app: &App, hook: &Hook) -> anyhow::Result<()> {
    let now = app.now();
    let text = Message::new("hooks-stopped-notice").with("host", host(hook));
    let notice = Notice::new(hook.organisation, hook.person, STOPPED, text, "/notices/hooks");
    transaction!(app.db, tx => {
        if store::stop(tx, hook.id, now).await? {
            Box::pin(telling::tell(app, tx, &notice)).await?;
        }
        Ok::<(), Error>(())
    })?;
    Ok(())
}

/// What may be shown of an address: the rest is as good as a password.
pub(super) fn host(hook: &Hook) -> String {
    let url = outbound::address(&hook.address);
    url.as_ref().and_then(|url| url.host_str()).unwrap_or_default().to_owned()
}
