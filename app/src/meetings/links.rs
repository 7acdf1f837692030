//! Doors of mails' links, which act without signing in. Each is one person's and does one thing. Opening one shows an empty form and
//! does nothing, since mail scanners follow every link; nothing that was written before stands on it, since executives' mail is
//! read by assistants.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::actions::{self, Actor};
use super::model::{CHOICES, LinkAct, MeetingId, TimeId};
use super::pages;
use super::store::{self, Link};
use crate::app::App;
use crate::i18n::{Argument, Message};
use crate::identity;
use crate::mentorships::visibility::Visibility;

use crate::problems::{Failure, Problems, Refusal};
use crate::web::{self, Answer, Door, Form, Guest, Path, Shell, Who, page, see_other};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/m/{token}", Who::Anyone, open), Door::post("/m/{token}", Who::Anyone, act)]
}

#[derive(Template)]
#[template(path = "meetings/link.html")]
struct LinkPage {
    s: Shell,
    title: String,
    asks: Asks,
    form: Form,
    problems: Problems,
}

impl LinkPage {
    /// The first three as they are suggested, or those that were ticked.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_ticked(&self, time: &i64, place: &usize) -> bool {
        if self.problems.is_empty() {
            return *place < 3;
        }
        let time = time.to_string();
        self.form.all("time").any(|ticked| ticked == time)
    }
}

/// What the page asks for.
enum Asks {
    /// Some of these times, by their seconds; for a meeting there is, in this version.
    Times(Vec<(i64, String)>, Option<i64>),
    /// How long and where it is, one of these times, and the version of the meeting that has them.
    Time(String, Vec<(TimeId, String)>, (MeetingId, i64)),
    /// Yes or no.
    Met,
    /// A line.
    Line,
    /// Nothing any more.
    Nothing(String),
}

/// The page behind a link, in the language of whom it was written to unless they chose another one here.
async fn shown(
    app: &App,
    guest: &Guest,
    headers: &HeaderMap,
    token: &str,
    (form, problems, done): (Form, Problems, Option<&'static str>),
) -> Answer {
    let chosen = web::chosen_language(headers);
    let Some((link, actor)) = actions::look_at_link(app, token).await? else {
        let lang = chosen.unwrap_or(guest.lang);
        let s = Shell::plain(app, lang, None, "/sign-in");
        let key = done.unwrap_or("gone");
        let asks = Asks::Nothing(s.t(&format!("meetings-link-{key}-text")));
        let title = s.t(&format!("meetings-link-{key}-title"));
        let status = if done.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
        let gone = LinkPage { s, title, asks, form: Form::default(), problems };
        return Ok((status, page(&gone)?).into_response());
    };
    let reader = identity::person(&app.db, link.person).await?.ok_or(Refusal::NotFound)?;
    let s = Shell::plain(app, chosen.unwrap_or(reader.lang), None, &format!("/m/{token}"));
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let (title, asks) = what_it_asks(app, &s, &link, &actor, done).await?;
    Ok((status, page(&LinkPage { s, title, asks, form, problems })?).into_response())
}

async fn what_it_asks(
    app: &App,
    s: &Shell,
    link: &Link,
    actor: &Actor,
    done: Option<&'static str>,
) -> Result<(String, Asks), Failure> {
    let ask = match link.ask {
        Some(ask) => store::ask(&app.db, ask).await?,
        None => None,
    };
    let meeting = match link.meeting {
        Some(meeting) => store::meeting(&app.db, meeting).await?,
        None => None,
    };
    let pair = meeting.as_ref().map(|meeting| meeting.mentorship).or(ask.as_ref().map(|ask| ask.mentorship));
    let pair = pair.or(link.pair);
    let access = actions::access(app, actor, pair.ok_or(Refusal::NotFound)?).await?;
    let name = access.pair.other(access.side).0;
    let at = |at| s.lang.instant(at, &actor.zone);
    let told = |key: &str| {
        let starts = meeting.as_ref().and_then(|meeting| meeting.starts_at).map(at).unwrap_or_default();
        s.tell(&Message::new(key.to_owned()).with("name", name).with("at", starts))
    };
    if let Some(done) = done {
        return Ok((
            told(&format!("meetings-link-{done}-title")),
            Asks::Nothing(told(&format!("meetings-link-{done}-text"))),
        ));
    }
    if access.pair.ended_at.is_some() {
        return Ok((told("meetings-link-gone-title"), Asks::Nothing(told("meetings-link-gone-text"))));
    }
    Ok(match (link.act, &meeting) {
        (LinkAct::Answer, Some(meeting)) if meeting.waits_for(access.side, app.now()) => {
            let times = meeting.open_times(app.now()).map(|(id, starts)| (id, at(starts))).collect();
            let lead = Message::new("meetings-link-answer-lead").with("minutes", meeting.minutes);
            let lead = s.tell(&lead.with("way", Argument::from(Message::new(meeting.way.key()))));
            let again = meeting.series.as_ref().filter(|_| meeting.starts_at.is_none());
            let again = again.map(|part| s.tell(&part.series.repeats.told()));
            let lead = [Some(lead), again].into_iter().flatten().collect::<Vec<_>>().join(" ");
            (told("meetings-link-answer"), Asks::Time(lead, times, (meeting.id, meeting.version)))
        }
        (LinkAct::Propose, meeting) if meeting.as_ref().is_none_or(|meeting| meeting.lacks_times(app.now())) => {
            let minutes = meeting.as_ref().map_or(pages::USUAL_MINUTES, |meeting| meeting.minutes);
            let (times, _) = pages::free_times(app, &access, minutes).await?;
            let times = times.into_iter().map(|time| (time.as_second(), at(time))).collect();
            let version = meeting.as_ref().map(|meeting| meeting.version);
            (told("meetings-propose-title"), Asks::Times(times, version))
        }
        (LinkAct::Answer | LinkAct::Propose, _) => {
            let key = match &meeting {
                Some(meeting) if meeting.waits_for(access.side.other(), app.now()) => "proposed",
                Some(meeting) if meeting.starts_at.is_some() => "agreed",
                _ => "over",
            };
            (told(&format!("meetings-link-{key}-title")), Asks::Nothing(told(&format!("meetings-link-{key}-text"))))
        }
        (LinkAct::Met, Some(_)) => (told("meetings-link-met"), Asks::Met),
        (LinkAct::Met, None) => (told("meetings-link-quiet"), Asks::Met),
        (LinkAct::Line, _) => (told("meetings-link-line"), Asks::Line),
    })
}

async fn open(Extract(app): Extract<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    shown(&app, &guest, &headers, &token, (Form::default(), Problems::default(), None)).await
}

/// Does what the link is for.
async fn act(
    Extract(app): Extract<App>,
    guest: Guest,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let Some((link, actor)) = actions::look_at_link(&app, &token).await? else {
        return shown(&app, &guest, &headers, &token, (form, Problems::default(), None)).await;
    };
    let outcome = match link.act {
        LinkAct::Propose => propose(&app, &token, (&link, &actor), &form).await,
        LinkAct::Answer => answer(&app, &token, &form).await,
        LinkAct::Met => met(&app, &token, &form).await,
        LinkAct::Line => line(&app, &token, &form).await,
    };
    match outcome {
        Ok(Done::Says(done)) => {
            shown(&app, &guest, &headers, &token, (Form::default(), Problems::default(), Some(done))).await
        }
        Ok(Done::Leads(next)) => Ok(see_other(&format!("/m/{next}"))),
        Err(Failure::Problems(problems)) => shown(&app, &guest, &headers, &token, (form, problems, None)).await,
        // The times were answered or changed meanwhile: how it is now.
        Err(Failure::Refusal(Refusal::Conflict)) => Ok(see_other(&format!("/m/{token}"))),
        Err(failure) => Err(failure.into()),
    }
}

/// What comes after an act: a sentence, or a link of its own for the next one.
enum Done {
    Says(&'static str),
    Leads(String),
}

async fn answer(app: &App, token: &str, form: &Form) -> Result<Done, Failure> {
    let time = match form.text("time") {
        "none" => None,
        // A page that proposed is pressed again: how it is now.
        time if time.parse::<i64>().is_ok() || form.has("day1") => return Err(Refusal::Conflict.into()),
        time => Some(TimeId(time.parse().map_err(|_| Problems::one("", Message::new("meetings-link-choose")))?)),
    };
    // Who says that none suits has to have seen those that wait.
    let seen = form.text("meeting").parse().ok().map(MeetingId);
    actions::answer_by_link(app, token, (form.version().ok(), seen), time).await?;
    Ok(Done::Says(if time.is_some() { "agreed" } else { "none" }))
}

async fn propose(app: &App, token: &str, (link, actor): (&Link, &Actor), form: &Form) -> Result<Done, Failure> {
    // A page that asked for an answer is pressed again: how it is now.
    if form.has("meeting") {
        return Err(Refusal::Conflict.into());
    }
    let mut form = form.clone();
    form.set("minutes", vec![pages::USUAL_MINUTES.to_string()]);
    let meeting = match link.meeting {
        Some(meeting) => store::meeting(&app.db, meeting).await?,
        None => None,
    };
    // All of a series have to lie within the year.
    let repeats = meeting.and_then(|meeting| meeting.series).map(|part| part.series.repeats);
    let proposal = pages::proposal_from(&form, &actor.zone, app.now())?.again(repeats, &actor.zone, app.now())?;
    actions::propose_by_link(app, token, form.version().ok(), &proposal).await?;
    Ok(Done::Says("proposed"))
}

async fn met(app: &App, token: &str, form: &Form) -> Result<Done, Failure> {
    let met = match form.text("met") {
        "yes" => true,
        "no" => false,
        _ => return Err(Problems::one("", Message::new("meetings-link-choose")).into()),
    };
    let next = actions::met_by_link(app, token, met).await?;
    Ok(next.map_or(Done::Says("thanks"), Done::Leads))
}

async fn line(app: &App, token: &str, form: &Form) -> Result<Done, Failure> {
    let visibility = Visibility::parse(form.text("visibility")).unwrap_or_default();
    actions::line_by_link(app, token, visibility, form.text("reflection")).await?;
    Ok(Done::Says("written"))
}
