//! Mails about meetings, the question whether the two met, and the look at pairs that are quiet. No mail carries what anybody
//! typed: whom it is about, when, and in which of our words where.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::actions::{self, ASK, QUIET};
use super::letters::{Letter, MAIL};
use super::model::{AskId, LinkAct, Meeting, MeetingId, State};
use super::store::{self, Link};
use crate::app::App;
use crate::calendar::{self, Method, Party};
use crate::i18n::Message;
use crate::identity::{self, PersonCore, PersonId};
use crate::jobs::{Job, Kind};
use crate::mail::{self, Along, Attached, Mail};
use crate::mentorships::{self, Mentorship, MentorshipId};

pub(super) const KINDS: &[Kind] = &[
    Kind { name: MAIL, run: |app, job| Box::pin(write(app, job)) },
    Kind { name: ASK, run: |app, job| Box::pin(ask(app, job)) },
    Kind { name: QUIET, run: |app, job| Box::pin(quiet(app, job)) },
];

#[derive(Deserialize)]
struct Over {
    meeting: MeetingId,
    starts: Timestamp,
}

#[derive(Deserialize)]
struct Pair {
    mentorship: MentorshipId,
}

async fn ask(app: App, job: Job) -> anyhow::Result<()> {
    let over: Over = serde_json::from_value(job.payload)?;
    Ok(actions::ask_about(&app, over.meeting, over.starts).await?)
}

async fn quiet(app: App, job: Job) -> anyhow::Result<()> {
    let pair: Pair = serde_json::from_value(job.payload)?;
    Ok(actions::look_for_quiet(&app, pair.mentorship).await?)
}

async fn write(app: App, job: Job) -> anyhow::Result<()> {
    let letter: Letter = serde_json::from_value(job.payload)?;
    let written = match letter {
        Letter::Times { meeting, to } => times(&app, meeting, to).await?,
        Letter::NoneSuits { meeting, to } => none_suits(&app, meeting, to).await?,
        Letter::Invitation { meeting, to, sequence } => invitation(&app, meeting, to, sequence).await?,
        Letter::Cancelled { meeting, to } => cancelled(&app, meeting, to).await?,
        Letter::Met { ask, to } => met(&app, ask, to).await?,
    };
    let Some((mail, attached)) = written else { return Ok(()) };
    let Some(reader) = identity::person(&app.db, letter.to()).await? else { return Ok(()) };
    let along = Along { attached: attached.as_ref(), unsubscribe: None };
    mail::post(&app, &reader, &Mail { id: job.id, ..mail }, along).await?;
    Ok(())
}

type Written = Option<(Mail, Option<Attached>)>;

/// A meeting, its pair and whoever is written to.
struct About {
    meeting: Meeting,
    pair: Mentorship,
    reader: PersonCore,
}

async fn about(app: &App, meeting: MeetingId, to: PersonId) -> anyhow::Result<Option<About>> {
    let Some(meeting) = store::meeting(&app.db, meeting).await? else { return Ok(None) };
    let Some(pair) = mentorships::mentorship(&app.db, meeting.mentorship).await? else { return Ok(None) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(None) };
    Ok(Some(About { meeting, pair, reader }))
}

impl About {
    /// Whom the meeting is with, for the reader; for whoever keeps a mentor's diary, the mentee.
    fn with(&self) -> &str {
        if self.reader.id == self.pair.mentee { &self.pair.mentor_name } else { &self.pair.mentee_name }
    }

    fn when(&self, at: Timestamp) -> String {
        self.reader.lang.instant(at, &TimeZone::get(&self.reader.zone).unwrap_or(TimeZone::UTC))
    }

    /// Where, in our own words.
    fn place(&self) -> String {
        self.reader.lang.say(&self.meeting.way.key())
    }

    fn mail(&self, app: &App, kind: &str, texts: Vec<Message>, path: &str) -> Mail {
        letter(app, &self.reader, kind, self.with(), texts, path)
    }
}

fn letter(app: &App, reader: &PersonCore, kind: &str, name: &str, texts: Vec<Message>, path: &str) -> Mail {
    let greeting = Message::new("identity-mail-greeting").with("name", reader.name.as_str());
    Mail {
        id: uuid::Uuid::nil(),
        to_name: reader.name.clone(),
        to_address: reader.address.clone(),
        lang: reader.lang,
        subject: Message::new(format!("meetings-mail-{kind}-subject")).with("name", name),
        paragraphs: std::iter::once(greeting).chain(texts).collect(),
        link: Some((Message::new(format!("meetings-mail-{kind}-link")), format!("{}{path}", app.config.public_url))),
    }
}

/// Times wait for an answer, which the link gives without signing in.
async fn times(app: &App, id: MeetingId, to: PersonId) -> anyhow::Result<Written> {
    let Some(about) = about(app, id, to).await? else { return Ok(None) };
    let times: Vec<String> = about.meeting.open_times(app.now()).map(|(_, at)| about.when(at)).collect();
    if about.meeting.asked_by.is_none() || times.is_empty() || about.pair.ended_at.is_some() {
        return Ok(None);
    }
    let link = Link { person: to, act: LinkAct::Answer, meeting: Some(id), ask: None };
    let token = actions::make_link(app, about.pair.organisation, &link).await?;
    let text = Message::new("meetings-mail-times")
        .with("name", about.with())
        .with("minutes", about.meeting.minutes)
        .with("place", about.place());
    let list = Message::new("meetings-mail-times-list").with("times", times.join("\n"));
    Ok(Some((about.mail(app, "times", vec![text, list], &format!("/m/{token}")), None)))
}

async fn none_suits(app: &App, id: MeetingId, to: PersonId) -> anyhow::Result<Written> {
    let Some(about) = about(app, id, to).await? else { return Ok(None) };
    if !about.meeting.times.is_empty() || !about.meeting.is_ahead(app.now()) {
        return Ok(None);
    }
    let text = Message::new("meetings-mail-none").with("name", about.with());
    Ok(Some((about.mail(app, "none", vec![text], &format!("/meetings/{id}/times")), None)))
}

async fn invitation(app: &App, id: MeetingId, to: PersonId, sequence: i64) -> anyhow::Result<Written> {
    let Some(about) = about(app, id, to).await? else { return Ok(None) };
    // A later letter says how it is now.
    let is_last = about.meeting.state == State::Agreed && about.meeting.sequence == sequence;
    let Some(starts) = about.meeting.starts_at.filter(|_| is_last) else { return Ok(None) };
    let kind = if sequence == 0 { "agreed" } else { "changed" };
    let text = Message::new(format!("meetings-mail-{kind}"))
        .with("name", about.with())
        .with("at", about.when(starts))
        .with("minutes", about.meeting.minutes)
        .with("place", about.place());
    let mail = about.mail(app, kind, vec![text], &format!("/meetings/{id}"));
    Ok(Some((mail, calendar_of(app, &about, Method::Request))))
}

async fn cancelled(app: &App, id: MeetingId, to: PersonId) -> anyhow::Result<Written> {
    let Some(about) = about(app, id, to).await? else { return Ok(None) };
    if about.meeting.state != State::Cancelled {
        return Ok(None);
    }
    let text = match about.meeting.starts_at {
        Some(at) => Message::new("meetings-mail-cancelled").with("name", about.with()).with("at", about.when(at)),
        None => Message::new("meetings-mail-withdrawn").with("name", about.with()),
    };
    let path = format!("/mentorships/{}/meetings", about.pair.id);
    let mail = about.mail(app, "cancelled", vec![text], &path);
    Ok(Some((mail, calendar_of(app, &about, Method::Cancel))))
}

/// The meeting for calendar programs; both are invited by the installation.
fn calendar_of(app: &App, about: &About, method: Method) -> Option<Attached> {
    let event = about.meeting.event(&app.config.public_url, about.place())?;
    let (name, address) = app.mailer.sender();
    let pair = &about.pair;
    let guests = [(&pair.mentee_name, &pair.mentee_address), (&pair.mentor_name, &pair.mentor_address)]
        .map(|(name, address)| Party { name: name.clone(), address: address.clone() });
    Some(calendar::mailed(&event, method, &Party { name, address }, &guests, about.reader.lang))
}

/// Did you meet? One link, which is this person's alone.
async fn met(app: &App, id: AskId, to: PersonId) -> anyhow::Result<Written> {
    let Some(ask) = store::ask(&app.db, id).await?.filter(|ask| ask.met.is_none()) else { return Ok(None) };
    let Some(pair) = mentorships::mentorship(&app.db, ask.mentorship).await? else { return Ok(None) };
    let Some(reader) = identity::person(&app.db, to).await? else { return Ok(None) };
    if pair.ended_at.is_some() {
        return Ok(None);
    }
    let meeting = match ask.meeting {
        Some(meeting) => store::meeting(&app.db, meeting).await?,
        None => None,
    };
    let name = if reader.id == pair.mentee { &pair.mentor_name } else { &pair.mentee_name };
    let link = Link { person: to, act: LinkAct::Met, meeting: ask.meeting, ask: Some(id) };
    let token = actions::make_link(app, pair.organisation, &link).await?;
    let zone = TimeZone::get(&reader.zone).unwrap_or(TimeZone::UTC);
    let text = match meeting.and_then(|meeting| meeting.starts_at) {
        Some(at) => {
            Message::new("meetings-mail-met").with("name", name.as_str()).with("at", reader.lang.instant(at, &zone))
        }
        None => Message::new("meetings-mail-quiet").with("name", name.as_str()),
    };
    let apart = Message::new("meetings-mail-apart");
    Ok(Some((letter(app, &reader, "met", name, vec![text, apart], &format!("/m/{token}")), None)))
}
