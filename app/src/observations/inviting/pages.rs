//! Doors to invitations: whoever invites, and whoever opens a sitting by the link of a mail. Opening that link shows an empty form and does
//! nothing, since mail scanners follow every link.

use askama::Template;
use axum::extract::State as Has;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse as _;
use jiff::tz::TimeZone;

use super::super::links::nothing;
use super::super::model::{InvitationId, Kind, Somebody};
use super::super::pages::opening;
use super::super::plan_form::{Offered, blank, wanted_from};
use super::actions::{self, Asked, Opens, OtherSide, opens};
use crate::app::App;
use crate::i18n::Message;
use crate::identity::{Act, Viewer};
use crate::problems::{Failure, Problems, Refusal};
use crate::programmes::EditionId;
use crate::web::{self, Answer, Door, Form, Guest, Path, Shell, Who, again, page, see_other, see_other_with};

pub(super) fn doors() -> Vec<Door> {
    let opener = Who::May(Act::OpenSittings);
    vec![
        Door::post("/editions/{id}/sittings/invitations", opener, invite),
        Door::post("/editions/{id}/sittings/invitations/{invitation}/again", opener, send_again),
        Door::post("/editions/{id}/sittings/invitations/{invitation}/withdraw", opener, withdraw),
        Door::get("/o/new/{token}", Who::Anyone, form),
        Door::post("/o/new/{token}", Who::Anyone, open),
    ]
}

// Whoever invites

fn back(id: EditionId) -> String {
    format!("/editions/{id}/sittings/new")
}

async fn invite(Has(app): Has<App>, viewer: Viewer, Path(id): Path<EditionId>, mut form: Form) -> Answer {
    let whom = (form.text("outside-name"), form.text("outside-address"));
    match actions::invite(&app, &viewer, id, whom).await {
        Ok(_) => Ok(see_other_with(&back(id), &Message::new("observations-invited"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            let whom = [("outside-name", form.text("outside-name")), ("outside-address", form.text("outside-address"))];
            opening(&app, &viewer, id, (status, blank(&whom), problems)).await
        }
    }
}

async fn send_again(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, invitation)): Path<(EditionId, InvitationId)>,
    mut form: Form,
) -> Answer {
    match actions::send_again(&app, &viewer, (id, invitation)).await {
        Ok(()) => Ok(see_other_with(&back(id), &Message::new("observations-invited-again"))),
        Err(failure) => {
            let (status, problems) = again(failure, "observations-meanwhile", &mut form)?;
            opening(&app, &viewer, id, (status, blank(&[]), problems)).await
        }
    }
}

async fn withdraw(
    Has(app): Has<App>,
    viewer: Viewer,
    Path((id, invitation)): Path<(EditionId, InvitationId)>,
) -> Answer {
    actions::withdraw(&app, &viewer, (id, invitation)).await?;
    Ok(see_other_with(&back(id), &Message::new("observations-invite-withdrawn")))
}

// Whoever opens one by a link

#[derive(Template)]
#[template(path = "observations/inviting/open.html")]
struct OpenPage {
    s: Shell,
    asked: Asked,
    offered: Offered,
    form: Form,
    problems: Problems,
}

#[derive(Template)]
#[template(path = "observations/inviting/used.html")]
struct UsedPage {
    s: Shell,
}

async fn shown(
    app: &App,
    (guest, headers, token): (&Guest, &HeaderMap, &str),
    asked: Asked,
    (status, form, problems): (StatusCode, Form, Problems),
) -> Answer {
    let lang = web::chosen_language(headers).unwrap_or(guest.lang);
    let offered = Offered::of(app, &asked.edition, (lang, true)).await?;
    let s = Shell::plain(app, lang, None, &format!("/o/new/{token}"));
    Ok((status, page(&OpenPage { s, asked, offered, form, problems })?).into_response())
}

/// What stands where a link has been used: by a sitting that stands, and whose own link is on its way.
fn used(app: &App, guest: &Guest, headers: &HeaderMap, status: StatusCode) -> Answer {
    let lang = web::chosen_language(headers).unwrap_or(guest.lang);
    let s = Shell::plain(app, lang, None, "/sign-in");
    Ok((status, page(&UsedPage { s })?).into_response())
}

async fn form(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>) -> Answer {
    match opens(&app.db, &token, app.now()).await? {
        Opens::Form(asked) => {
            let form = blank(&[("zone", asked.by.zone.iana_name().unwrap_or("UTC"))]);
            shown(&app, (&guest, &headers, &token), *asked, (StatusCode::OK, form, Problems::default())).await
        }
        Opens::Used => used(&app, &guest, &headers, StatusCode::OK),
        Opens::Nothing => nothing(&app, &guest, &headers, "observations-link-gone-text"),
    }
}

async fn open(Has(app): Has<App>, guest: Guest, headers: HeaderMap, Path(token): Path<String>, form: Form) -> Answer {
    let zone = form.text("zone");
    let mut wanted = wanted_from(&form, zone, Some(&Somebody::default()));
    if TimeZone::get(zone).is_err() {
        wanted.problems.add("zone", Message::new("observations-zone-unknown"));
    }
    let side = OtherSide { name: form.text("side"), agrees: form.has("other-side") };
    let (status, problems) = match actions::open(&app, &token, &wanted, side).await {
        Ok(path) => return Ok(see_other(&path)),
        Err(Failure::Problems(problems)) => (StatusCode::UNPROCESSABLE_ENTITY, problems),
        Err(Failure::Refusal(Refusal::Conflict | Refusal::NotFound)) => {
            (StatusCode::CONFLICT, Problems::one("", Message::new("observations-meanwhile")))
        }
        Err(failure) => return Err(failure.into()),
    };
    match opens(&app.db, &token, app.now()).await? {
        // Whatever was in the way, nothing that was typed is lost.
        Opens::Form(asked) => shown(&app, (&guest, &headers, &token), *asked, (status, form, problems)).await,
        // Pressed twice: what was opened stands, and its link is on its way.
        Opens::Used => used(&app, &guest, &headers, StatusCode::CONFLICT),
        Opens::Nothing => nothing(&app, &guest, &headers, "observations-by-link-gone"),
    }
}
