//! Doors of identity: the first start, sign-in, links, one's own account.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use jiff::Timestamp;
use serde::Deserialize;
use uuid::Uuid;

use super::SESSION;
use super::actions::{self, Purpose};
use super::may::Act;
use super::model::{Founding, Part, PersonId, TokenScope, TokenScopes, Viewer};
use super::store::{self, Membership, SessionRow, TokenRow};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::problems::{Failure, Problems, Refusal};
use crate::web::{
    self, Answer, Door, Failed, Form, Guest, Path, Peer, Query, Shell, Who, page, see_other, see_other_with,
};

pub(super) fn doors() -> Vec<Door> {
    let account = Who::May(Act::UseAccount);
    vec![
        Door::get("/first/{token}", Who::Anyone, first),
        Door::post("/first/{token}", Who::Anyone, found),
        Door::get("/sign-in", Who::Anyone, sign_in_page),
        Door::post("/sign-in", Who::Anyone, sign_in),
        Door::post("/sign-in/link", Who::Anyone, ask_for_link),
        Door::get("/link/{token}", Who::Anyone, link_page),
        Door::post("/link/{token}", Who::Anyone, open_link),
        Door::get("/language/{lang}", Who::Anyone, language),
        Door::post("/sign-out", account, sign_out),
        Door::get("/account", account, account_page),
        Door::post("/account", account, change_settings),
        Door::post("/account/password", account, change_password),
        Door::post("/account/organisation", account, change_organisation),
        Door::post("/account/sessions/{id}/end", account, end_session),
        Door::post("/account/tokens", account, new_token),
        Door::post("/account/tokens/{id}/revoke", account, revoke_token),
    ]
}

#[derive(Template)]
#[template(path = "identity/first.html")]
struct FirstPage {
    s: Shell,
    form: Form,
    problems: Problems,
}

async fn first(State(app): State<App>, guest: Guest, Path(token): Path<String>) -> Answer {
    if actions::look_at_link(&app, &token).await? != Some(Purpose::First) {
        return Err(Refusal::NotFound.into());
    }
    let s = Shell::plain(&app, guest.lang, None, &format!("/first/{token}"));
    page(&FirstPage { s, form: Form::default(), problems: Problems::default() })
}

async fn found(State(app): State<App>, guest: Guest, Path(token): Path<String>, form: Form) -> Answer {
    let asked = Founding {
        organisation: form.text("organisation"),
        name: form.text("name"),
        address: form.text("address"),
        zone: form.text("zone"),
        lang: guest.lang,
        password: form.raw("password"),
    };
    match actions::found(&app, &token, &asked, &guest.agent).await {
        Ok(opened) => Ok(with_session(&app, see_other("/"), &opened.token)),
        Err(Failure::Problems(problems)) => {
            let s = Shell::plain(&app, guest.lang, None, &format!("/first/{token}"));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&FirstPage { s, form, problems })?).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

#[derive(Template)]
#[template(path = "identity/sign_in.html")]
struct SignInPage {
    s: Shell,
    address: String,
    next: String,
    problems: Problems,
    sent: bool,
}

#[derive(Deserialize)]
struct NextQuery {
    #[serde(default)]
    next: String,
}

async fn sign_in_page(State(app): State<App>, guest: Guest, Query(query): Query<NextQuery>) -> Answer {
    if guest.viewer.is_some() {
        return Ok(see_other("/"));
    }
    let s = Shell::plain(&app, guest.lang, None, "/sign-in");
    page(&SignInPage { s, address: String::new(), next: query.next, problems: Problems::default(), sent: false })
}

async fn sign_in(State(app): State<App>, peer: Peer, guest: Guest, form: Form) -> Answer {
    let (address, next) = (form.text("address"), form.text("next").to_owned());
    match actions::sign_in(&app, peer.address, &guest.agent, address, form.raw("password")).await {
        Ok(opened) => Ok(with_session(&app, see_other(local(&next)), &opened.token)),
        Err(Failure::Problems(problems)) => {
            let s = Shell::plain(&app, guest.lang, None, "/sign-in");
            let again = page(&SignInPage { s, address: address.to_owned(), next, problems, sent: false })?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn ask_for_link(State(app): State<App>, peer: Peer, guest: Guest, form: Form) -> Answer {
    let address = form.text("address").to_owned();
    let (problems, status) = match actions::ask_for_link(&app, peer.address, &address).await {
        Ok(()) => (Problems::default(), StatusCode::OK),
        Err(Failure::Problems(problems)) => (problems, StatusCode::UNPROCESSABLE_ENTITY),
        Err(failure) => return Err(failure.into()),
    };
    let s = Shell::plain(&app, guest.lang, None, "/sign-in");
    let sent = problems.is_empty();
    let answer = page(&SignInPage { s, address, next: form.text("next").to_owned(), problems, sent })?;
    Ok((status, answer).into_response())
}

#[derive(Template)]
#[template(path = "identity/link.html")]
struct LinkPage {
    s: Shell,
    /// Whether the link invites or signs in; `None` when it opens nothing any more.
    invites: Option<bool>,
}

async fn link_page(State(app): State<App>, guest: Guest, Path(token): Path<String>) -> Answer {
    let purpose = actions::look_at_link(&app, &token).await?;
    show_link(&app, &guest, purpose)
}

fn show_link(app: &App, guest: &Guest, purpose: Option<Purpose>) -> Answer {
    let invites = match purpose {
        Some(Purpose::Invitation) => Some(true),
        Some(Purpose::SignIn | Purpose::SignInPrivately) => Some(false),
        Some(Purpose::First | Purpose::Private) | None => None,
    };
    let status = if invites.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let s = Shell::plain(app, guest.lang, None, "/sign-in");
    Ok((status, page(&LinkPage { s, invites })?).into_response())
}

async fn open_link(State(app): State<App>, guest: Guest, Path(token): Path<String>) -> Answer {
    let invited = actions::look_at_link(&app, &token).await? == Some(Purpose::Invitation);
    match actions::open_link(&app, &token, &guest.agent).await {
        Ok(opened) if invited => {
            let welcome = see_other_with("/account", &Message::new("identity-welcome"));
            Ok(with_session(&app, welcome, &opened.token))
        }
        Ok(opened) => Ok(with_session(&app, see_other("/"), &opened.token)),
        Err(Failure::Refusal(Refusal::NotFound)) => show_link(&app, &guest, None),
        Err(failure) => Err(failure.into()),
    }
}

async fn language(Path(code): Path<String>, Query(query): Query<NextQuery>) -> Answer {
    let lang = Lang::parse(&code).ok_or(Refusal::NotFound)?;
    let mut response = see_other(local(&query.next));
    append_cookie(&mut response, &web::remember_language(lang));
    Ok(response)
}

async fn sign_out(State(app): State<App>, viewer: Viewer) -> Answer {
    if let Some(session) = viewer.session {
        actions::end_session(&app, &viewer, session).await?;
    }
    let mut response = see_other("/sign-in");
    append_cookie(&mut response, &format!("{SESSION}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"));
    Ok(response)
}

#[derive(Template)]
#[template(path = "identity/account.html")]
struct AccountPage {
    s: Shell,
    viewer: Viewer,
    parts: Vec<String>,
    form: Form,
    problems: Problems,
    asks_for_old: bool,
    sessions: Vec<SessionRow>,
    tokens: Vec<TokenRow>,
    /// A token that was just made; it is shown once.
    made: Option<String>,
    elsewhere: Vec<Membership>,
    /// Whether the server refuses mails to their address.
    is_refused: bool,
}

impl AccountPage {
    fn is_current(&self, session: &SessionRow) -> bool {
        self.viewer.session == Some(session.id)
    }

    fn seen(&self, at: &Timestamp) -> String {
        self.s.at(at)
    }

    fn scopes() -> &'static [TokenScope] {
        &TokenScope::ALL
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn scope(&self, scope: &TokenScope) -> String {
        self.s.t(scope.key())
    }

    /// What is ticked: what was chosen, and in a new form whatever only reads.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands out references")]
    fn is_ticked(&self, scope: &TokenScope) -> bool {
        if self.form.has("token") {
            self.form.all("scopes").any(|chosen| chosen == scope.code())
        } else {
            scope.only_reads()
        }
    }
}

async fn account_page(State(app): State<App>, viewer: Viewer) -> Answer {
    page(&the_account(&app, viewer, Form::default(), Problems::default()).await?)
}

async fn the_account(app: &App, viewer: Viewer, mut form: Form, problems: Problems) -> Result<AccountPage, Failed> {
    let account = viewer.account.ok_or(Refusal::NotFound)?;
    let keys = store::keys_of(&app.db, account).await?;
    let has_password = keys.is_some_and(|keys| keys.password.is_some());
    let memberships = store::memberships(&app.db, account).await?;
    let mut parts: Vec<Part> = viewer.parts.iter().map(|held| held.part).collect();
    parts.sort();
    parts.dedup();
    if !form.has("name") {
        form.set("name", vec![viewer.name.clone()]);
        form.set("lang", vec![viewer.lang.code().to_owned()]);
        form.set("zone", vec![viewer.zone.iana_name().unwrap_or("UTC").to_owned()]);
    }
    Ok(AccountPage {
        s: Shell::of(app, &viewer, "/account"),
        parts: parts.into_iter().map(|part| viewer.lang.say(&part.key())).collect(),
        asks_for_old: actions::asks_for_old_password(app, &viewer, has_password),
        sessions: store::sessions(&app.db, account, app.now()).await?,
        tokens: store::tokens(&app.db, viewer.person).await?,
        elsewhere: memberships.into_iter().filter(|other| other.person != viewer.person).collect(),
        made: None,
        is_refused: store::ways(&app.db, viewer.person).await?.is_some_and(|ways| ways.unreachable_at.is_some()),
        form,
        problems,
        viewer,
    })
}

/// Back to the account with a quiet line, or the page again with what is wrong.
async fn to_account(app: &App, viewer: Viewer, form: Form, outcome: Result<(), Failure>, done: &'static str) -> Answer {
    match outcome {
        Ok(()) => Ok(see_other_with("/account", &Message::new(done))),
        Err(Failure::Problems(problems)) => {
            let again = page(&the_account(app, viewer, form, problems).await?)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, again).into_response())
        }
        Err(failure) => Err(failure.into()),
    }
}

async fn change_settings(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let lang = Lang::parse(form.text("lang")).unwrap_or(viewer.lang);
    let outcome = actions::change_settings(&app, &viewer, form.text("name"), lang, form.text("zone")).await;
    to_account(&app, viewer, form, outcome, "identity-settings-saved").await
}

async fn change_password(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let outcome = actions::change_password(&app, &viewer, form.raw("old"), form.raw("new")).await;
    to_account(&app, viewer, Form::default(), outcome, "identity-password-saved").await
}

async fn change_organisation(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let to: Uuid = form.text("person").parse().map_err(|_| Refusal::NotFound)?;
    actions::change_organisation(&app, &viewer, PersonId(to)).await?;
    Ok(see_other("/"))
}

async fn end_session(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    actions::end_session(&app, &viewer, id).await?;
    Ok(see_other_with("/account", &Message::new("identity-session-ended")))
}

async fn new_token(State(app): State<App>, viewer: Viewer, form: Form) -> Answer {
    let scopes = TokenScopes::of(form.all("scopes").filter_map(TokenScope::parse));
    match actions::new_token_of(&app, viewer.person, form.text("token"), &scopes).await {
        Ok(token) => {
            let mut account = the_account(&app, viewer, Form::default(), Problems::default()).await?;
            account.made = Some(token);
            page(&account)
        }
        Err(failure) => to_account(&app, viewer, form, Err(failure), "").await,
    }
}

async fn revoke_token(State(app): State<App>, viewer: Viewer, Path(id): Path<Uuid>) -> Answer {
    actions::revoke_token(&app, &viewer, id).await?;
    Ok(see_other_with("/account", &Message::new("identity-token-revoked")))
}

/// The answer, with the cookie of a session that was opened.
pub(crate) fn with_session(app: &App, mut response: Response, token: &str) -> Response {
    append_cookie(&mut response, &session_cookie(app, token));
    response
}

/// The cookie of a session; it insists on TLS where people come by it.
fn session_cookie(app: &App, token: &str) -> String {
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    format!("{SESSION}={token}; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax{secure}")
}

fn append_cookie(response: &mut Response, cookie: &str) {
    if let Ok(value) = HeaderValue::from_str(cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Only a path of our own; anything else leads home.
fn local(next: &str) -> &str {
    // Browsers read `\` as `/` and skip tabs and line ends; an address that was sent as it should holds none of them.
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_plain && next.starts_with('/') && !next.starts_with("//") { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_site() {
        for elsewhere in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            "/ñ",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(local(elsewhere), "/", "{elsewhere}");
        }
        assert_eq!(local("/people?q=a"), "/people?q=a");
    }
}
