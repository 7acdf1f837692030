//! Doors of those who act on a mentor's diary: the mentor names one on a page of the account, and whoever is named sees the diary of
//! every mentor who did so. They act on times and places, and read nothing that was said.

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;
use jiff::Timestamp;

use super::actions;
use super::model::{Meeting, State};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::mentorships::{self, Mentorship, MentorshipId};
use crate::people::model::Side;
use crate::problems::{Failure, Problems};
use crate::web::{Answer, Door, Failed, Form, Shell, Who, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    vec![
        Door::get("/diary", Who::May(Act::TakePart), diary),
        Door::get("/account/assistant", Who::May(Act::UseAccount), assistant),
        Door::post("/account/assistant", Who::May(Act::UseAccount), name),
    ]
}

#[derive(Template)]
#[template(path = "meetings/diary.html")]
struct DiaryPage {
    s: Shell,
    pairs: Vec<Mentorship>,
    ahead: Vec<Meeting>,
    now: Timestamp,
}

impl DiaryPage {
    fn title(&self) -> String {
        let waiting = self.ahead.iter().filter(|meeting| self.waits(meeting)).count();
        let key = match (self.pairs.is_empty(), waiting) {
            (true, _) => "meetings-diary-nobody",
            (false, 0) => "meetings-diary-title",
            (false, _) => "meetings-diary-waits",
        };
        self.s.tell(&Message::new(key).with("count", waiting))
    }

    fn waits(&self, meeting: &Meeting) -> bool {
        meeting.waits_for(Side::Mentor, self.now)
    }

    fn when(&self, meeting: &Meeting) -> String {
        meeting.starts_at.map_or_else(|| self.s.t("meetings-no-time"), |at| self.s.at(&at))
    }

    fn of_pair<'a>(&'a self, pair: &'a Mentorship) -> impl Iterator<Item = &'a Meeting> {
        self.ahead.iter().filter(move |meeting| meeting.mentorship == pair.id)
    }

    fn stands(&self, meeting: &Meeting) -> String {
        let key = match meeting.state {
            _ if self.waits(meeting) => "meetings-stands-yours",
            _ if meeting.asked_by == Some(Side::Mentor) => "meetings-stands-theirs",
            State::Agreed => "meetings-stands-agreed",
            _ => "meetings-stands-timeless",
        };
        self.s.t(key)
    }
}

/// A fixed number of statements, however many mentors.
async fn diary(Extract(app): Extract<App>, viewer: Viewer) -> Answer {
    let mentors = store::assisted_by(&app.db, viewer.person).await?;
    let pairs = mentorships::running_of_mentors(&app.db, &mentors).await?;
    let ids: Vec<MentorshipId> = pairs.iter().map(|pair| pair.id).collect();
    let now = app.now();
    let ahead = store::ahead_of(&app.db, &ids, now).await?;
    page(&DiaryPage { s: Shell::of(&app, &viewer, "/diary"), pairs, ahead, now })
}

#[derive(Template)]
#[template(path = "meetings/assistant.html")]
struct AssistantPage {
    s: Shell,
    /// Name and address.
    named: Option<(String, String)>,
    form: Form,
    problems: Problems,
}

impl AssistantPage {
    fn title(&self) -> String {
        let key = if self.named.is_some() { "meetings-assistant-title" } else { "meetings-assistant-title-none" };
        let name = self.named.as_ref().map(|(name, _)| name.as_str()).unwrap_or_default();
        self.s.tell(&Message::new(key).with("name", name))
    }
}

async fn the_page(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<AssistantPage, Failed> {
    let named = store::assistant_of(&app.db, viewer.person).await?.map(|(_, name, address)| (name, address));
    Ok(AssistantPage { s: Shell::of(app, viewer, "/account"), named, form, problems })
}

async fn assistant(Extract(app): Extract<App>, viewer: Viewer) -> Answer {
    page(&the_page(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn name(Extract(app): Extract<App>, viewer: Viewer, form: Form) -> Answer {
    let address = form.text("address").to_owned();
    if address.is_empty() && !form.has("remove") {
        let problems = Problems::one("address", Message::new("identity-address-wrong"));
        let again = the_page(&app, &viewer, form, problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response());
    }
    match actions::name_assistant(&app, &viewer, &address).await {
        Ok(()) => {
            let done = if address.is_empty() { "meetings-assistant-removed" } else { "meetings-assistant-named" };
            Ok(see_other_with("/account/assistant", &Message::new(done)))
        }
        Err(Failure::Problems(problems)) => {
            let again = the_page(&app, &viewer, form, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&again)?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}
