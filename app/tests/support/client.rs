use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use axum::response::Response;
use telemaco::app::App;
use tower::ServiceExt as _;

/// A browser without scripts: it keeps cookies, sends forms, and follows a redirect when told to.
#[derive(Clone)]
pub struct Client {
    router: Router,
    cookies: BTreeMap<String, String>,
    pub bearer: Option<String>,
    pub language: &'static str,
    /// Where the browser is; on this machine unless a story says otherwise.
    pub peer: SocketAddr,
}

/// What came back.
#[derive(Debug)]
pub struct Seen {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// What a person reads: the page without its tags, in which identifiers and digests stand.
    pub fn read(&self) -> String {
        let text = self.text();
        text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, read)| read)).collect::<Vec<_>>().join(" ")
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }

    /// How many SQL statements the answer cost.
    pub fn statements(&self) -> u32 {
        self.headers["x-statements"].to_str().unwrap().parse().unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The session that the answer opened.
    pub fn cookie_set(&self) -> Option<&str> {
        self.headers
            .get_all(header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .find(|value| value.starts_with("telemaco_session="))
    }

    /// What stands between the tags of the page's title.
    pub fn title(&self) -> String {
        let text = self.text();
        text.split_once("<h1>")
            .and_then(|(_, rest)| rest.split_once("</h1>"))
            .map_or_else(String::new, |(title, _)| title.to_owned())
    }

    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status.as_u16(), status, "{} {}", self.location(), self.text());
        self
    }
}

impl Client {
    pub fn new(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), bearer: None, language: "es", peer: ([127, 0, 0, 1], 40_000).into() }
    }

    /// A browser that nobody has signed in with, at another server than the story's own.
    pub fn of(app: &App) -> Self {
        Self::new(telemaco::web::router(app.clone()).unwrap())
    }

    pub fn keep_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Drops every cookie.
    pub fn forget(&mut self) {
        self.cookies.clear();
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub async fn get(&mut self, path: &str) -> Seen {
        self.send(self.request(Method::GET, path).body(Body::empty()).unwrap()).await
    }

    /// Opens a page and whatever it redirects to.
    pub async fn open(&mut self, path: &str) -> Seen {
        let seen = self.get(path).await;
        if seen.status.is_redirection() { self.get(seen.location().to_owned().as_str()).await } else { seen }
    }

    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let body = fields
            .iter()
            .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
            .collect::<Vec<_>>()
            .join("&");
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Sends a form with files: `(field, file name, content)`.
    pub async fn upload(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Seen {
        const BOUNDARY: &str = "----telemaco-story";
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").bytes(),
            );
        }
        for (name, file, content) in files {
            body.extend(
                format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                    .bytes(),
            );
            body.extend_from_slice(content);
            body.extend(b"\r\n");
        }
        body.extend(format!("--{BOUNDARY}--\r\n").bytes());
        let request = self
            .request(Method::POST, path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// Any request, with this browser's cookies added.
    pub async fn request_with(&mut self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Seen {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "localhost:8080")
            .header(header::ACCEPT_LANGUAGE, self.language);
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        request
    }

    async fn send(&mut self, mut request: Request<Body>) -> Seen {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        let response: Response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.keep_cookie(name, value);
            }
        }
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Seen { status: parts.status, headers: parts.headers, body }
    }
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
