//! The door of a mail's link: the orientation is read, and said to be read, without signing in. It is the organisation's text, the same for
//! all of a part.

use axum::extract::State;
use axum::http::HeaderMap;

use super::actions::{self, OwnOrientation};
use super::pages::{OwnPage, part_of};
use crate::app::App;
use crate::i18n::Message;
use crate::notices::coming::{self, Comer};
use crate::notices::{self, Told};
use crate::problems::{Failure, Refusal};
use crate::programmes::EditionId;
use crate::web::{Answer, Door, Form, Guest, Path, Who, page, see_other};

const PATH: &str = "/r";

pub(super) fn doors() -> Vec<Door> {
    vec![Door::get("/r/{token}", Who::Anyone, open), Door::post("/r/{token}", Who::Anyone, act)]
}

/// The page of the orientation of an edition.
pub fn page_of(edition: EditionId) -> String {
    format!("/editions/{edition}/orientation")
}

fn edition_of(href: &str) -> Option<EditionId> {
    let id = href.strip_prefix("/editions/")?.strip_suffix("/orientation")?;
    id.parse().ok().map(EditionId)
}

/// What a mail about [`page_of`] an edition leads to: a link with which its reader reads the orientation without signing in.
pub fn link(app: &App, told: &Told) -> Option<(Message, String)> {
    let url = edition_of(&told.href).and_then(|_| notices::act_url(app, PATH, told.notice))?;
    Some((Message::new("orientation-mail-link"), url))
}

async fn coming(app: &App, headers: &HeaderMap, token: &str) -> Result<Option<(Comer, EditionId)>, Failure> {
    let comer = coming::comer(app, headers, PATH, token).await?;
    Ok(comer.and_then(|comer| edition_of(&comer.href).map(|edition| (comer, edition))))
}

async fn open(State(app): State<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    let Some((comer, edition)) = coming(&app, &headers, &token).await? else {
        return coming::gone(&app, &guest, &headers);
    };
    match actions::own(&app, &comer.viewer, edition).await {
        Ok(OwnOrientation { edition, shown, .. }) if !shown.is_empty() => {
            let s = coming::shell(&app, &comer, PATH, &token);
            page(&OwnPage { s, edition, shown, is_coordinator: false, by_link: true })
        }
        // They have no part in it any more.
        Ok(_) | Err(Failure::Refusal(Refusal::NotFound)) => coming::gone(&app, &guest, &headers),
        Err(failure) => Err(failure.into()),
    }
}

async fn act(
    State(app): State<App>,
    guest: Guest,
    headers: HeaderMap,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let Some((comer, edition)) = coming(&app, &headers, &token).await? else {
        return coming::gone(&app, &guest, &headers);
    };
    let part = part_of(form.text("part"))?;
    match actions::read(&app, &comer.viewer, edition, part, form.text("words")).await {
        // How it is now, also where the text became another one meanwhile.
        Ok(()) | Err(Failure::Refusal(Refusal::Conflict)) => Ok(see_other(&format!("{PATH}/{token}"))),
        Err(Failure::Refusal(Refusal::NotFound)) => coming::gone(&app, &guest, &headers),
        Err(failure) => Err(failure.into()),
    }
}
