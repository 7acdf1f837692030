use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse as _;

use super::super::actions;
use super::super::model::Channel;
use super::super::store;
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{self, Act, Viewer};
use crate::problems::Problems;
use crate::programmes::{self, Edition, EditionId};
use crate::web::{Answer, Door, Failed, Form, Path, Shell, Who, again, page, see_other_with};

pub(in crate::concerns) fn doors() -> Vec<Door> {
    let coordinator = Who::May(Act::ManageProgrammes);
    vec![
        Door::get("/editions/{id}/concerns", coordinator, settings),
        Door::post("/editions/{id}/concerns", coordinator, write),
    ]
}

#[derive(Template)]
#[template(path = "concerns/settings/settings.html")]
struct SettingsPage {
    s: Shell,
    edition: Edition,
    version: i64,
    form: Form,
    problems: Problems,
    /// Set when somebody else saved meanwhile: what stands otherwise now.
    stands: Vec<(&'static str, String)>,
}

const FIELDS: [&str; 3] = ["receiver", "channel", "link"];

/// The channel as the form has it; whom it names by their address, which names one alone.
async fn form_of(app: &App, channel: &Channel) -> Result<Form, Failed> {
    let receiver = match channel.receiver {
        Some(receiver) => identity::person(&app.db, receiver).await?.map(|person| person.address),
        None => None,
    };
    let fields = [receiver.unwrap_or_default(), channel.channel.clone(), channel.link.clone()];
    Ok(Form::new(FIELDS.into_iter().map(str::to_owned).zip(fields).collect()))
}

async fn settings(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>) -> Answer {
    let edition = programmes::managed(&app.db, &viewer, id).await?;
    let channel = store::channel(&app.db, id).await?;
    let form = form_of(&app, &channel).await?;
    let s = Shell::of(&app, &viewer, "/programmes");
    let (version, problems) = (channel.version, Problems::default());
    page(&SettingsPage { s, edition, version, form, problems, stands: Vec::new() })
}

async fn write(State(app): State<App>, viewer: Viewer, Path(id): Path<EditionId>, mut form: Form) -> Answer {
    let version = form.version()?;
    let written = match Channel::parse(None, form.text("channel"), form.text("link"), version) {
        Ok(channel) => actions::name_channel(&app, &viewer, id, form.text("receiver"), &channel).await,
        Err(problems) => Err(problems.into()),
    };
    match written {
        Ok(()) => Ok(see_other_with(&format!("/editions/{id}/concerns"), &Message::new("concerns-saved"))),
        Err(failure) => {
            let (status, problems) = again(failure, "concerns-saved-meanwhile", &mut form)?;
            let edition = programmes::managed(&app.db, &viewer, id).await?;
            let channel = store::channel(&app.db, id).await?;
            let now = form_of(&app, &channel).await?;
            let is_late = status == StatusCode::CONFLICT;
            let differs = |field: &&str| is_late && now.text(field) != form.text(field);
            let stands = FIELDS.into_iter().filter(differs).map(|field| (field, now.text(field).to_owned())).collect();
            let version = form.version_or(channel.version);
            let s = Shell::of(&app, &viewer, "/programmes");
            Ok((status, page(&SettingsPage { s, edition, version, form, problems, stands })?).into_response())
        }
    }
}
