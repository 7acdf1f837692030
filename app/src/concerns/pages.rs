//! Doors to concerns: where either of a pair writes one and sees what became of theirs, and where whom the edition named reads them.

use askama::Template;
use axum::extract::State;
use axum::response::IntoResponse as _;

use super::actions;
use super::model::{Channel, Concern, ConcernId, words};
use super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::mentorships::visibility::Visibility;
use crate::mentorships::{Mentorship, MentorshipId, Reading, these};
use crate::problems::{Problems, Refusal};
use crate::vault;
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let (participant, anybody) = (Who::May(Act::TakePart), Who::May(Act::UseAccount));
    vec![
        Door::get("/mentorships/{id}/concern", participant, begin),
        Door::post("/mentorships/{id}/concern", participant, send),
        Door::get("/concerns", anybody, list),
        Door::get("/concerns/{concern}", anybody, one),
        Door::post("/concerns/{concern}/take-up", anybody, take_up),
    ]
}

#[derive(Template)]
#[template(path = "concerns/send.html")]
struct SendPage {
    s: Shell,
    of: Reading,
    channel: Channel,
    /// By name, where there is somebody outside the line of both.
    receiver: Option<String>,
    sent: Vec<Concern>,
    form: Form,
    problems: Problems,
}

impl SendPage {
    async fn of(app: &App, viewer: &Viewer, id: MentorshipId, form: Form, problems: Problems) -> Result<Self, Failed> {
        let of = Reading::of(app, viewer, id).await?;
        let channel = store::channel(&app.db, of.pair.edition).await?;
        let receiver = actions::receiver_of(&app.db, &of.pair, &channel).await?;
        Ok(Self {
            s: Shell::of(app, viewer, "/mentorships"),
            sent: store::sent(&app.db, id, viewer.person).await?,
            receiver: receiver.map(|(_, name)| name),
            of,
            channel,
            form,
            problems,
        })
    }
}

async fn begin(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>) -> Answer {
    page(&SendPage::of(&app, &viewer, id, Form::default(), Problems::default()).await?)
}

async fn send(State(app): State<App>, viewer: Viewer, Path(id): Path<MentorshipId>, mut form: Form) -> Answer {
    let sent = match words(form.text("words")) {
        Ok(words) => actions::send(&app, &viewer, id, &words).await,
        Err(problems) => Err(problems.into()),
    };
    match sent {
        Ok(concern) => Ok(see_other_with(&format!("/concerns/{concern}"), &Message::new("concerns-sent"))),
        Err(failure) => {
            let (status, problems) = again(failure, "concerns-meanwhile", &mut form)?;
            Ok((status, page(&SendPage::of(&app, &viewer, id, form, problems).await?)?).into_response())
        }
    }
}

#[derive(Template)]
#[template(path = "concerns/list.html")]
struct ListPage {
    s: Shell,
    /// Each with the pair that it is of.
    received: Vec<(Concern, String)>,
}

impl ListPage {
    fn title(&self) -> String {
        let waits = self.received.iter().filter(|(concern, _)| concern.taken_up_at.is_none()).count();
        self.s.count("concerns-title", &waits)
    }
}

fn names(pair: &Mentorship) -> String {
    format!("{} · {}", pair.mentee_name, pair.mentor_name)
}

async fn list(State(app): State<App>, viewer: Viewer) -> Answer {
    let received = store::received(&app.db, viewer.organisation, viewer.person).await?;
    let ids: Vec<MentorshipId> = received.iter().map(|concern| concern.mentorship).collect();
    let pairs = these(&app.db, viewer.organisation, &ids).await?;
    let of = |concern: Concern| {
        let pair = pairs.iter().find(|pair| pair.id == concern.mentorship)?;
        Some((concern, names(pair)))
    };
    let received = received.into_iter().filter_map(of).collect();
    page(&ListPage { s: Shell::of(&app, &viewer, "/concerns"), received })
}

#[derive(Template)]
#[template(path = "concerns/one.html")]
struct OnePage {
    s: Shell,
    concern: Concern,
    pair: Mentorship,
    author: String,
    text: String,
    is_author: bool,
}

async fn one(State(app): State<App>, viewer: Viewer, Path(id): Path<ConcernId>) -> Answer {
    let concern = store::concern(&app.db, viewer.organisation, id).await?;
    let concern = concern.filter(|concern| actions::may_come(&viewer, concern)).ok_or(Refusal::NotFound)?;
    let mut pairs = these(&app.db, viewer.organisation, &[concern.mentorship]).await?;
    let pair = pairs.pop().ok_or(Refusal::NotFound)?;
    let keys = vault::keys(&app, &app.db, viewer.organisation, &[concern.mentorship.0]).await?;
    let text = match actions::words_of(&keys, &pair, &concern) {
        Ok(words) => words.as_str().to_owned(),
        Err(closed) => viewer.lang.say(closed.key()),
    };
    let author = if concern.author == pair.mentee { &pair.mentee_name } else { &pair.mentor_name };
    let (author, is_author) = (author.clone(), concern.author == viewer.person);
    page(&OnePage { s: Shell::of(&app, &viewer, "/concerns"), concern, pair, author, text, is_author })
}

async fn take_up(State(app): State<App>, viewer: Viewer, Path(id): Path<ConcernId>) -> Answer {
    actions::take_up(&app, &viewer, id).await?;
    Ok(see_other_with(&format!("/concerns/{id}"), &Message::new("concerns-taken-up")))
}
