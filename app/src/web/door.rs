//! A door is a route and who may come through it. The guard stands before the handler, so that no handler can forget to
//! ask; what depends on the record at hand is asked again by the action.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request, State};
use axum::handler::Handler;
use axum::http::{Method, header, request::Parts};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{MethodFilter, MethodRouter, on};
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::i18n::Lang;
use crate::identity::{self, Act, TokenScope, TokenScopes, Viewer};
use crate::problems::Refusal;
use crate::web::description::{Describe, Described, Told};
use crate::web::errors::{Failed, Voice, refuse};
use crate::web::idempotency;
use crate::web::shell::unseen;

/// Who may come through a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Everybody, signed in or not.
    Anyone,
    /// A person who is signed in with a session and may do this in some relation.
    May(Act),
    /// The same for a program with a person's bearer token, which has this scope; without one, any token will do.
    Token(Act, Option<TokenScope>),
    /// Everybody, and only in the demo.
    Demo,
}

/// A route, who may come through it, and what stands behind it.
#[derive(Clone, Debug)]
pub struct Door {
    pub method: Method,
    pub path: &'static str,
    pub who: Who,
    /// What the API's description tells of it; doors for people have no need of it.
    pub(super) told: Option<(Told, Describe)>,
    /// Whether requests from other sites are welcome: the door believes what is in its address, and no cookie.
    pub(super) is_from_elsewhere: bool,
    handler: MethodRouter<App>,
}

impl Door {
    pub fn get<H: Handler<T, App>, T: 'static>(path: &'static str, who: Who, handler: H) -> Self {
        Self {
            method: Method::GET,
            path,
            who,
            told: None,
            is_from_elsewhere: false,
            handler: on(MethodFilter::GET, handler),
        }
    }

    pub fn post<H: Handler<T, App>, T: 'static>(path: &'static str, who: Who, handler: H) -> Self {
        Self {
            method: Method::POST,
            path,
            who,
            told: None,
            is_from_elsewhere: false,
            handler: on(MethodFilter::POST, handler),
        }
    }

    /// A door for programs, at `GET /api/…`, `POST /api/…` and so on.
    pub fn program<H: Described<T>, T: 'static>(
        method: MethodFilter,
        path: &'static str,
        who: (Act, impl Into<Option<TokenScope>>),
        told: Told,
        handler: H,
    ) -> Self {
        Self {
            method: name_of(method),
            path,
            who: Who::Token(who.0, who.1.into()),
            told: Some((told, H::describe)),
            is_from_elsewhere: false,
            handler: on(method, handler),
        }
    }

    /// The same door for bodies of at most this many bytes; forms are allowed far less.
    #[must_use]
    pub fn of_at_most(mut self, bytes: usize) -> Self {
        self.handler = self.handler.layer(axum::extract::DefaultBodyLimit::max(bytes));
        self
    }

    /// The same door for requests from other sites too, mail programs and their servers among them.
    #[must_use]
    pub fn from_elsewhere(mut self) -> Self {
        self.is_from_elsewhere = true;
        self
    }

    /// Whether its address bears a secret, as the links of mails do.
    pub fn bears_secret(&self) -> bool {
        self.path.contains("{token}")
    }

    /// The handler behind its guard.
    pub(super) fn guarded(self, app: &App) -> MethodRouter<App> {
        let (app, who, bears_secret) = (app.clone(), self.who, self.bears_secret());
        self.handler.route_layer(middleware::from_fn_with_state((app, who, bears_secret), guard))
    }
}

fn name_of(method: MethodFilter) -> Method {
    match method {
        MethodFilter::POST => Method::POST,
        MethodFilter::PUT => Method::PUT,
        MethodFilter::PATCH => Method::PATCH,
        MethodFilter::DELETE => Method::DELETE,
        _ => Method::GET,
    }
}

/// Whatever is answered, an address that bears a secret goes no further.
async fn guard(State((app, who, bears_secret)): State<(App, Who, bool)>, request: Request, next: Next) -> Response {
    let response = guarded(app, who, request, next).await;
    if bears_secret { unseen(response) } else { response }
}

async fn guarded(app: App, who: Who, mut request: Request, next: Next) -> Response {
    let voice = Voice::of(&app, request.headers(), request.uri());
    let known = match who {
        Who::Token(..) => identity::bearer(&app, request.headers()).await,
        // A page for everybody still greets who is signed in.
        Who::Anyone | Who::May(_) | Who::Demo => {
            identity::session(&app, request.headers()).await.map(|viewer| Some((viewer?, TokenScopes::default())))
        }
    };
    let (viewer, scopes) = match known {
        Ok(known) => known.unzip(),
        Err(error) => return voice.fault(&error.into()),
    };
    let voice = voice.of_viewer(viewer.as_ref());
    match allowed(&app, who, viewer.as_ref(), scopes.as_ref()) {
        Ok(()) => {}
        Err(Refusal::SignIn) if matches!(who, Who::May(_)) => return to_sign_in(&request),
        Err(refusal) => return refuse(&voice, refusal),
    }
    if let Some(scopes) = scopes {
        request.extensions_mut().insert(scopes);
    }
    if let Some(viewer) = &viewer {
        request.extensions_mut().insert(viewer.clone());
    }
    let mut response = match (who, &viewer) {
        (Who::Token(..), Some(viewer)) => idempotency::once(&app, viewer, request, next).await,
        _ => next.run(request).await,
    };
    voice.finish(&mut response);
    response
}

/// Whether somebody may come through. What is not theirs does not exist; what is theirs and not their token's is said.
#[expect(clippy::match_same_arms, reason = "in the order in which it is asked")]
fn allowed(app: &App, who: Who, viewer: Option<&Viewer>, scopes: Option<&TokenScopes>) -> Result<(), Refusal> {
    match (who, viewer) {
        (Who::Anyone, _) => Ok(()),
        (Who::Demo, _) => app.demo.as_ref().map(|_| ()).ok_or(Refusal::NotFound),
        (Who::May(_) | Who::Token(..), None) => Err(Refusal::SignIn),
        (Who::May(act) | Who::Token(act, _), Some(viewer)) if !viewer.may_sometimes(act) => Err(Refusal::NotFound),
        (Who::Token(_, Some(scope)), _) if !scopes.is_some_and(|scopes| scopes.has(scope)) => {
            Err(Refusal::OutOfScope(scope.code()))
        }
        (Who::May(_) | Who::Token(..), Some(_)) => Ok(()),
    }
}

/// To the sign-in page, and from there back to what was asked for.
fn to_sign_in(request: &Request) -> Response {
    let wanted = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if request.method() == Method::GET && wanted != "/" {
        let wanted: String = form_encode(wanted);
        Redirect::to(&format!("/sign-in?next={wanted}")).into_response()
    } else {
        Redirect::to("/sign-in").into_response()
    }
}

pub(super) fn form_encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::with_capacity(text.len()), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

impl<S: Sync> FromRequestParts<S> for Viewer {
    type Rejection = Response;

    /// Behind [`Who::May`] and [`Who::Token`] there always is one.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Redirect::to("/sign-in").into_response())
    }
}

impl<S: Sync> FromRequestParts<S> for TokenScopes {
    type Rejection = Failed;

    /// Behind [`Who::Token`] there always are some, if only none.
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failed> {
        Ok(parts.extensions.get::<Self>().cloned().ok_or(Refusal::SignIn)?)
    }
}

/// What the path of a request names; where it names nothing that could be, there is nothing to be found.
#[derive(Clone, Copy, Debug)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let path = axum::extract::Path::from_request_parts(parts, state).await;
        path.map(|path| Self(path.0)).map_err(|_| Refusal::NotFound.into())
    }
}

/// What a request asks for after its `?`.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failed;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failed> {
        let query = axum::extract::Query::from_request_parts(parts, state).await;
        query.map(|query| Self(query.0)).map_err(|_| Refusal::NotFound.into())
    }
}

/// Whoever comes through a door for everybody: perhaps signed in, in any case with a language.
#[derive(Clone, Debug)]
pub struct Guest {
    pub viewer: Option<Viewer>,
    pub lang: Lang,
    pub agent: String,
}

impl<S: Sync> FromRequestParts<S> for Guest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let viewer = parts.extensions.get::<Viewer>().cloned();
        let lang = viewer.as_ref().map_or_else(|| super::shell::guest_language(&parts.headers), |viewer| viewer.lang);
        let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self { viewer, lang, agent: agent.chars().take(300).collect() })
    }
}

/// The address that a request came from, past the proxies that we trust.
#[derive(Clone, Copy, Debug)]
pub struct Peer {
    pub address: IpAddr,
    /// Whether it came straight from this machine.
    pub is_local: bool,
}

impl FromRequestParts<App> for Peer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let direct = socket.unwrap_or(IpAddr::from([127, 0, 0, 1]));
        let trusted = &app.config.trusted_proxies;
        // A proxy adds its line to what the client sent, in the same header or in one of its own after it.
        let forwarded: Vec<&str> =
            parts.headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
        let address = if trusted.contains(&direct) { beyond(&forwarded, trusted).unwrap_or(direct) } else { direct };
        Ok(Self { address, is_local: direct.is_loopback() && forwarded.is_empty() })
    }
}

/// The last address of the chain that is no trusted proxy: whom those proxies talked to. What stands before it is anybody's
/// claim, and so is all of it once a hop cannot be read.
fn beyond(forwarded: &[&str], trusted: &[IpAddr]) -> Option<IpAddr> {
    let mut hops = forwarded.iter().flat_map(|line| line.split(',')).rev().map(|hop| address_of(hop.trim()));
    hops.find(|hop| hop.is_none_or(|hop| !trusted.contains(&hop))).flatten()
}

/// An address as proxies write it, some with a port: `192.0.2.7`, `192.0.2.7:1234`, `[2001:db8::7]:1234`.
fn address_of(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().map(|socket| socket.ip()).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_speaks_for_a_proxy() {
        let [inner, outer, client]: [IpAddr; 3] =
            ["10.0.0.1", "10.0.0.2", "192.0.2.7"].map(|text| text.parse().unwrap());
        let trusted = [inner, outer];
        assert_eq!(beyond(&["192.0.2.7"], &trusted), Some(client));
        assert_eq!(
            beyond(&["6.6.6.6, 192.0.2.7, 10.0.0.2"], &trusted),
            Some(client),
            "what the client claims is nothing"
        );
        assert_eq!(beyond(&["6.6.6.6", "192.0.2.7:5555"], &trusted), Some(client), "a proxy with a header of its own");
        assert_eq!(beyond(&["6.6.6.6, unknown"], &trusted), None);
        assert_eq!(beyond(&["10.0.0.2"], &trusted), None);
        assert_eq!(beyond(&[], &trusted), None);
    }
}
