//! Where one's mails go, and the link that confirms a private address.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::actions;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::actions::{Purpose, look_at_link};
use crate::identity::may::Act;
use crate::identity::model::{Viewer, Ways};
use crate::identity::store;
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{Answer, Door, Failed, Form, Guest, Path, Shell, Who, page, see_other_with};

const HERE: &str = "/account/mail";

pub(in crate::identity) fn doors() -> Vec<Door> {
    let own = Who::May(Act::UseAccount);
    vec![
        Door::get(HERE, own, mail),
        Door::post("/account/mail/again", own, again),
        Door::post("/account/mail/private", own, name),
        Door::post("/account/mail/private/remove", own, remove),
        Door::post("/account/mail/way", own, choose),
        Door::get("/confirm/{token}", Who::Anyone, confirm_page),
        Door::post("/confirm/{token}", Who::Anyone, confirm),
    ]
}

#[derive(Template)]
#[template(path = "identity/ways/mail.html")]
struct MailPage {
    s: Shell,
    ways: Ways,
    form: Form,
    problems: Problems,
}

impl MailPage {
    fn refused(&self, address: &str, at: &jiff::Timestamp) -> String {
        let message = Message::new("identity-mail-refused").with("address", address);
        self.s.tell(&message.with("at", self.s.at(at)))
    }
}

async fn mail(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_page(&app, &viewer, Form::default(), Problems::default()).await?)
}

async fn the_page(app: &App, viewer: &Viewer, form: Form, problems: Problems) -> Result<MailPage, Failed> {
    let ways = store::ways(&app.db, viewer.person).await?.ok_or(Refusal::NotFound)?;
    Ok(MailPage { s: Shell::of(app, viewer, HERE), ways, form, problems })
}

async fn again(State(app): State<App>, viewer: Viewer) -> Answer {
    actions::try_again(&app, &viewer).await?;
    Ok(see_other_with(HERE, &Message::new("identity-mail-again-sent").with("address", viewer.address)))
}

async fn name(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    match actions::name_private(&app, &viewer, form.text("private")).await {
        Ok(()) => Ok(see_other_with(HERE, &Message::new("identity-private-sent"))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_page(&app, &viewer, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn remove(State(app): State<App>, viewer: Viewer) -> Answer {
    actions::remove_private(&app, &viewer).await?;
    Ok(see_other_with(HERE, &Message::new("identity-private-removed")))
}

async fn choose(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    actions::mail_privately(&app, &viewer, form.text("way") == "private").await?;
    Ok(see_other_with(HERE, &Message::new("identity-mail-way-saved")))
}

/// How far a confirmation is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Asked,
    Done,
    Expired,
}

#[derive(Template)]
#[template(path = "identity/ways/confirm.html")]
struct ConfirmPage {
    s: Shell,
    step: Step,
}

fn show(app: &App, guest: &Guest, step: Step) -> Answer {
    let status = if step == Step::Expired { StatusCode::NOT_FOUND } else { StatusCode::OK };
    let s = Shell::plain(app, guest.lang, None, "/sign-in");
    Ok((status, page(&ConfirmPage { s, step })?).into_response())
}

async fn confirm_page(State(app): State<App>, guest: Guest, Path(token): Path<String>) -> Answer {
    let is_asked = look_at_link(&app, &token).await? == Some(Purpose::Private);
    show(&app, &guest, if is_asked { Step::Asked } else { Step::Expired })
}

async fn confirm(State(app): State<App>, guest: Guest, Path(token): Path<String>) -> Answer {
    match actions::confirm(&app, &token).await {
        Ok(()) => show(&app, &guest, Step::Done),
        Err(Failure::Refusal(Refusal::NotFound)) => show(&app, &guest, Step::Expired),
        Err(failure) => Err(failure.into()),
    }
}
