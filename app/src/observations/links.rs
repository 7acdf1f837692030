//! The door of a mail's link, for a host or a chair without account. Opening it shows what is asked and does nothing, since mail scanners
//! follow every link; it holds until some hours after the sitting, and to everybody else it is not there.

use askama::Template;
use axum::extract::State as Has;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;

use super::actions::{self, By, LetsIn, is_late};
use super::calendar::when;
use super::items::actions::{chair_agrees, chair_returns};
use super::model::{Answer as Yes, Item, Kind, LinkAct, Seat, SeatId, SeatState, Sitting, State, Terms, classes_seen};
use super::plan_form::{term_of, terms_from};
use super::policy::store::texts;
use super::seating::actions::answer;
use super::sides::actions as sides;
use super::store;
use super::undertakings::{Text, checked};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{self, Answer, Door, Form, Guest, Path, Shell, Who, page, see_other};

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/o/{token}", Who::Anyone, open), Door::post("/o/{token}", Who::Anyone, act)]
}

/// What a link asks of whoever has it.
struct Asked {
    sitting: Sitting,
    organisation: String,
    when: String,
    is_host: bool,
    items: Vec<Item>,
    /// The seats that wait for the host.
    seats: Vec<Seat>,
    /// Those to which the host said yes.
    coming: Vec<Seat>,
    /// Those to which they said no.
    refused: Vec<Seat>,
    /// Who keeps the record, where somebody is named for it.
    keeper: Option<String>,
    /// Who is on the other side of a negotiation.
    side: String,
    /// Whether something that is said now still lets somebody in.
    lets_in: bool,
    /// Whether something that is said now is still heard.
    is_heard: bool,
    texts: Vec<Text>,
    seen: String,
}

impl Asked {
    /// Whether a class waits for the chair.
    fn waits(&self) -> bool {
        self.items.iter().any(|item| item.class.is_some() && item.agreed_at.is_none())
    }

    /// Whether it can still be called off or answered anew.
    fn is_ahead(&self, now: &jiff::Timestamp) -> bool {
        !self.sitting.has_begun(*now)
    }

    fn planned(&self, item: &Item) -> String {
        let zone = self.sitting.time_zone();
        let time = |at: jiff::Timestamp| at.to_zoned_datetime(zone.clone()).strftime("%H:%M").to_string();
        let times: Vec<String> = [item.planned_from, item.planned_to].into_iter().flatten().map(time).collect();
        times.join(" – ")
    }
}

#[derive(Template)]
#[template(path = "observations/link.html")]
struct LinkPage {
    s: Shell,
    asked: Option<Asked>,
    /// What is said where it opens nothing.
    gone: &'static str,
    now: jiff::Timestamp,
    form: Form,
    problems: Problems,
}

impl LinkPage {
    fn title(&self) -> String {
        let Some(asked) = &self.asked else { return self.s.t("observations-link-gone") };
        let number = asked.sitting.number;
        match (asked.is_host, asked.sitting.state) {
            (_, State::Cancelled) => self.s.with("observations-link-cancelled", "number", number),
            (true, State::Draft) => self.s.with("observations-link-host", "number", number),
            (true, _) => self.s.with("observations-link-host-seats", "number", number),
            (false, _) => self.s.with("observations-link-chair", "number", number),
        }
    }

    fn chosen(&self, asked: &Asked, text: &Text) -> bool {
        let typed = self.form.text("text");
        if typed.is_empty() { asked.sitting.terms.text == Some(text.id) } else { typed == text.id.to_string() }
    }

    fn term(&self, asked: &Asked, name: &str) -> String {
        term_of(asked.sitting.terms, &self.form, name)
    }

    /// What stands in the field of the other side: what was typed, or what was said.
    fn side<'a>(&'a self, asked: &'a Asked) -> &'a str {
        if self.form.has("side") { self.form.text("side") } else { &asked.side }
    }

    fn told(&self, text: &Text) -> String {
        text.told(self.s.lang).to_owned()
    }
}

async fn asked(app: &App, token: &str, lang: Lang) -> Result<Option<Asked>, Failure> {
    let Some(link) = actions::link_of(app, &app.db, token).await? else { return Ok(None) };
    let Some(sitting) = store::sitting(&app.db, link.organisation, link.sitting).await? else { return Ok(None) };
    let organisation = identity::organisation(&app.db, link.organisation).await?;
    let is_host = link.act == LinkAct::Host;
    let zone = sitting.time_zone();
    let items = if is_host { Vec::new() } else { store::items_of(&app.db, sitting.id).await? };
    let mut seats = if is_host { store::seats_of(&app.db, sitting.id).await? } else { Vec::new() };
    let said_yes = |seat: &&Seat| seat.state.stands() && seat.host_answer == Some(Yes::Agreed);
    let coming = seats.iter().filter(said_yes).cloned().collect();
    let said_no = |seat: &&Seat| seat.state == SeatState::Refused && seat.host_answer == Some(Yes::Refused);
    let refused = seats.iter().filter(said_no).cloned().collect();
    let lets_in = !is_late(&app.db, &sitting, LetsIn::Yes, app.now()).await?;
    let is_heard = lets_in || !is_late(&app.db, &sitting, LetsIn::No, app.now()).await?;
    // Once nobody is let in any more no wish waits for an answer.
    seats.retain(|seat| seat.state == SeatState::Asked && seat.host_answer.is_none() && lets_in);
    let side = if is_host { store::side(&app.db, sitting.id).await?.unwrap_or_default() } else { String::new() };
    let keeper = match sitting.keeper.filter(|_| is_host) {
        Some(keeper) => identity::person(&app.db, keeper).await?.map(|keeper| keeper.name),
        None => None,
    };
    let texts = if is_host { texts(&app.db, link.organisation).await? } else { Vec::new() };
    Ok(Some(Asked {
        organisation: organisation.map_or_else(String::new, |organisation| organisation.name),
        when: when(lang, &sitting, &zone),
        is_host,
        seen: classes_seen(&items),
        items,
        seats,
        coming,
        refused,
        keeper,
        side,
        lets_in,
        is_heard,
        texts,
        sitting,
    }))
}

async fn shown(
    app: &App,
    guest: &Guest,
    headers: &HeaderMap,
    token: &str,
    (status, form, problems): (StatusCode, Form, Problems),
) -> Answer {
    let lang = web::chosen_language(headers).unwrap_or(guest.lang);
    let Some(asked) = asked(app, token, lang).await? else { return nothing(app, guest, headers, GONE) };
    let s = Shell::plain(app, lang, None, &format!("/o/{token}"));
    let shown = LinkPage { s, asked: Some(asked), gone: GONE, now: app.now(), form, problems };
    Ok((status, page(&shown)?).into_response())
}

/// What is said of a link that opens nothing.
const GONE: &str = "observations-link-gone-text";

/// What stands where a link opens nothing, or no longer does; `gone` says which.
pub(super) fn nothing(app: &App, guest: &Guest, headers: &HeaderMap, gone: &'static str) -> Answer {
    let lang = web::chosen_language(headers).unwrap_or(guest.lang);
    let (s, form, problems) = (Shell::plain(app, lang, None, "/sign-in"), Form::default(), Problems::default());
    let shown = LinkPage { s, asked: None, gone, now: app.now(), form, problems };
    Ok((StatusCode::NOT_FOUND, page(&shown)?).into_response())
}

async fn open(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    shown(&app, &guest, &headers, &token, (StatusCode::OK, Form::default(), Problems::default())).await
}

async fn act(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>, form: Form) -> Answer {
    if actions::link_of(&app, &app.db, &token).await?.is_none() {
        return shown(&app, &guest, &headers, &token, (StatusCode::OK, Form::default(), Problems::default())).await;
    }
    match acted(&app, &token, &form).await {
        Ok(()) => Ok(see_other(&format!("/o/{token}"))),
        // What came too late is told so: they would think that it was done.
        Err(Failure::Refusal(Refusal::Conflict)) => {
            let is_refused = form.text("do") == "refuse";
            let key = if is_refused { "observations-link-answered" } else { "observations-link-as-it-is" };
            let problems = Problems::one("", Message::new(key));
            // What was typed of the other side is not to be typed again.
            let form = if form.text("do") == "side" { form } else { Form::default() };
            shown(&app, &guest, &headers, &token, (StatusCode::CONFLICT, form, problems)).await
        }
        Err(Failure::Problems(problems)) => {
            shown(&app, &guest, &headers, &token, (StatusCode::UNPROCESSABLE_ENTITY, form, problems)).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The terms, with everything that is missing said at once.
fn agreed_from(form: &Form) -> Result<Terms, Problems> {
    let (terms, mut problems) = match terms_from(form) {
        Ok(terms) => (terms, Problems::default()),
        Err(problems) => (Terms::default(), problems),
    };
    if form.text("text").is_empty() && !problems.is_empty() {
        problems.add("text", Message::new("observations-text-choose"));
    }
    problems.extend(checked(terms).err().unwrap_or_default());
    problems.or(terms)
}

/// What was in the way of something is no failure of what is done already.
fn as_it_is<T>(outcome: Result<T, Failure>) -> Result<(), Failure> {
    match outcome {
        Ok(_) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(()),
        Err(failure) => Err(failure),
    }
}

async fn acted(app: &App, token: &str, form: &Form) -> Result<(), Failure> {
    let by = By::Link(token);
    match form.text("do") {
        "agree" => {
            // All that is typed is looked at before any of it is done.
            let side = Some(form.text("side")).filter(|side| !side.is_empty());
            let mut problems = side.and_then(|side| sides::named(side).err()).unwrap_or_default();
            let terms = agreed_from(form).unwrap_or_else(|wrong| {
                problems.extend(wrong);
                Terms::default()
            });
            actions::host_agrees(app, by, None, problems.or(terms)?).await?;
            // From here on the host has agreed, whatever somebody else said meanwhile of the other side: the page shows it as it is.
            if let Some(side) = side {
                as_it_is(sides::name(app, by, None, side).await)?;
            }
            // Of a negotiation the host says at the same time whether the other side knows.
            if form.has("other-side") {
                as_it_is(actions::other_side_agrees(app, by, None).await)?;
            }
        }
        "refuse" => {
            actions::host_refuses(app, by, None).await?;
        }
        "take-back" => {
            actions::host_takes_back(app, by).await?;
        }
        "side" => {
            sides::name(app, by, None, form.text("side")).await?;
        }
        "return" => {
            chair_returns(app, by, None).await?;
        }
        "other-side" => {
            actions::other_side_agrees(app, by, None).await?;
        }
        "other-side-back" => {
            actions::other_side_takes_back(app, by, None).await?;
        }
        "chair" => {
            chair_agrees(app, by, None, form.text("seen")).await?;
        }
        "seat" => {
            let seat = SeatId(form.text("seat").parse().map_err(|_| Refusal::NotFound)?);
            let yes = Yes::parse(form.text("answer"))
                .ok_or_else(|| Problems::one("", Message::new("observations-link-choose")))?;
            answer(app, by, (None, seat), yes).await?;
        }
        _ => return Err(Problems::one("", Message::new("observations-link-choose")).into()),
    }
    Ok(())
}
