//! Requests to servers that people name: the one way out of this machine for addresses that we did not choose. It asks nobody in
//! a private network, on this machine or beside it, unless the operator allows the host; it goes to the very address that was
//! looked at, so that a name cannot point elsewhere in between; it waits and takes in only so much. What is asked for and what is
//! made of the answer is the caller's. Nothing else imports hyper.

mod address;

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Bytes;
use hyper::header::{self, HeaderValue};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};
use url::{Host, Url};
use zeroize::Zeroizing;

use address::{Allowed, is_public};

/// All of it: looking the name up, connecting, asking, taking in the answer.
const LONGEST: Duration = Duration::from_secs(20);
/// To one of several addresses of a name.
const LONGEST_CONNECT: Duration = Duration::from_secs(5);
const MOST_ADDRESSES: usize = 4;
const MOST_BYTES: usize = 8 * 1024 * 1024;
const MOST_HEADERS: usize = 100;
const MOST_HEADER_BYTES: usize = 64 * 1024;
const MOST_REDIRECTS: usize = 3;
const LONGEST_URL: usize = 2000;

/// The authorities that browsers trust, as Mozilla's list has them.
static TLS: LazyLock<Option<Arc<ClientConfig>>> = LazyLock::new(|| {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().ok()?;
    let mut config = config.with_root_certificates(roots).with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Some(Arc::new(config))
});

/// What is asked of a server.
#[derive(Clone, Debug)]
pub struct Ask {
    pub method: Method,
    pub url: Url,
    /// Without those that say whom it goes to and how long it is.
    pub headers: Vec<(header::HeaderName, HeaderValue)>,
    pub body: String,
    /// Whether it goes where it is sent on to. What is signed for somebody goes to nobody else.
    pub follows: bool,
    /// As whom it is asked.
    pub login: Option<Login>,
}

/// The user name and the password that a server wants (RFC 7617). They go to the server that was named and to no other, over TLS or within
/// this machine; no log and no message can show them.
#[derive(Clone)]
pub struct Login {
    user: String,
    password: Zeroizing<String>,
}

impl Login {
    /// Nothing where the two cannot be sent: a user name with a colon, control characters.
    pub fn new(user: &str, password: &str) -> Option<Self> {
        let is_sent = |text: &str| !text.is_empty() && !text.chars().any(char::is_control);
        let may = is_sent(user) && is_sent(password) && !user.contains(':');
        may.then(|| Self { user: user.to_owned(), password: Zeroizing::new(password.to_owned()) })
    }

    fn header(&self) -> Option<HeaderValue> {
        let both = Zeroizing::new(format!("{}:{}", self.user, self.password.as_str()));
        let mut value = HeaderValue::try_from(format!("Basic {}", STANDARD.encode(both.as_bytes()))).ok()?;
        value.set_sensitive(true);
        Some(value)
    }
}

impl std::fmt::Debug for Login {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Login(…)")
    }
}

/// What it answered.
#[derive(Clone, Debug)]
pub struct Answered {
    pub status: StatusCode,
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No address that could be asked.
    Address,
    /// Without TLS, and the operator has not allowed it.
    Insecure,
    /// In a private network, and the operator has not allowed it.
    Private,
    /// The name is not known.
    Unknown,
    /// Nobody listens there, or the conversation broke off.
    Unreachable,
    /// Its certificate does not prove who it is.
    Certificate,
    Slow,
    TooLarge,
    /// It sent us on too often, or to where we do not go.
    Redirected,
}

impl Trouble {
    pub const ALL: [Self; 9] = [
        Self::Address,
        Self::Insecure,
        Self::Private,
        Self::Unknown,
        Self::Unreachable,
        Self::Certificate,
        Self::Slow,
        Self::TooLarge,
        Self::Redirected,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Insecure => "insecure",
            Self::Private => "private",
            Self::Unknown => "unknown",
            Self::Unreachable => "unreachable",
            Self::Certificate => "certificate",
            Self::Slow => "slow",
            Self::TooLarge => "too-large",
            Self::Redirected => "redirected",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.code() == code)
    }
}

/// Reads an address that somebody typed. `webcal` is how calendars call `https`.
pub fn address(text: &str) -> Option<Url> {
    let text = text.trim();
    if text.len() > LONGEST_URL {
        return None;
    }
    let text = text.strip_prefix("webcal://").map_or_else(|| text.to_owned(), |rest| format!("https://{rest}"));
    let mut url = Url::parse(&text).ok()?;
    url.set_fragment(None);
    let is_web = matches!(url.scheme(), "http" | "https") && url.host_str().is_some_and(|host| !host.is_empty());
    // Passwords in an address end in logs and lists.
    let is_bare = url.username().is_empty() && url.password().is_none();
    (is_web && is_bare).then_some(url)
}

/// Whether an address would be refused whatever its name leads to.
pub fn refused(allow_hosts: &[String], url: &Url) -> Option<Trouble> {
    let is_allowed = is_allowed(allow_hosts, url);
    let literal = match url.host()? {
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
        Host::Domain(_) => None,
    };
    match literal {
        _ if is_allowed => None,
        _ if url.scheme() != "https" => Some(Trouble::Insecure),
        Some(address) if !is_public(address) => Some(Trouble::Private),
        _ => None,
    }
}

/// The same where a user name and a password go along: in clear they go to this very machine alone, and nowhere else, whatever the operator
/// allows.
pub fn refused_with_login(allow_hosts: &[String], url: &Url) -> Option<Trouble> {
    let is_here = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.to_canonical().is_loopback(),
        // What another name leads to is seen when it is asked.
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    let in_clear = url.scheme() != "https" && !is_here;
    refused(allow_hosts, url).or(in_clear.then_some(Trouble::Insecure))
}

fn is_allowed(allow_hosts: &[String], url: &Url) -> bool {
    let (host, port) = (url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or(0));
    allow_hosts.iter().any(|allowed| Allowed::parse(allowed).means(host, port))
}

/// Asks, and follows where it is sent on as long as each step could have been asked in the first place.
pub async fn ask(allow_hosts: &[String], ask: Ask) -> Result<Answered, Trouble> {
    tokio::time::timeout(LONGEST, follow(allow_hosts, ask)).await.unwrap_or(Err(Trouble::Slow))
}

async fn follow(allow_hosts: &[String], mut ask: Ask) -> Result<Answered, Trouble> {
    for _ in 0..=MOST_REDIRECTS {
        match once(allow_hosts, &ask).await? {
            Said::Answer(answered) => return Ok(answered),
            Said::Elsewhere(_) if !ask.follows => return Err(Trouble::Redirected),
            Said::Elsewhere(place) => {
                let next =
                    ask.url.join(&place).ok().and_then(|url| address(url.as_str())).ok_or(Trouble::Redirected)?;
                let is_weaker = ask.url.scheme() == "https" && next.scheme() != "https";
                // A password is for whom it was given.
                let is_another = ask.login.is_some() && next.origin() != ask.url.origin();
                if is_weaker || is_another || refused(allow_hosts, &next).is_some() {
                    return Err(Trouble::Redirected);
                }
                ask.url = next;
            }
        }
    }
    Err(Trouble::Redirected)
}

enum Said {
    Answer(Answered),
    Elsewhere(String),
}

async fn once(allow_hosts: &[String], ask: &Ask) -> Result<Said, Trouble> {
    if let Some(trouble) = refused(allow_hosts, &ask.url) {
        return Err(trouble);
    }
    let addresses = addresses(&ask.url, is_allowed(allow_hosts, &ask.url)).await?;
    let is_here = addresses.iter().all(|address| address.ip().to_canonical().is_loopback());
    if ask.login.is_some() && ask.url.scheme() != "https" && !is_here {
        return Err(Trouble::Insecure);
    }
    let stream = connect(&addresses).await?;
    if ask.url.scheme() != "https" {
        return converse(stream, ask).await;
    }
    let config = TLS.clone().ok_or(Trouble::Certificate)?;
    let host = ask.url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let name = ServerName::try_from(host.to_owned()).map_err(|_| Trouble::Address)?;
    let secured = TlsConnector::from(config).connect(name, stream).await.map_err(|_| Trouble::Certificate)?;
    converse(secured, ask).await
}

/// The addresses of a host that may be asked. One name may have some of each kind: those that may not be are passed over.
async fn addresses(url: &Url, is_allowed: bool) -> Result<Vec<SocketAddr>, Trouble> {
    let port = url.port_or_known_default().ok_or(Trouble::Address)?;
    let all: Vec<SocketAddr> = match url.host().ok_or(Trouble::Address)? {
        Host::Ipv4(address) => vec![(address, port).into()],
        Host::Ipv6(address) => vec![(address, port).into()],
        Host::Domain(name) => tokio::net::lookup_host((name, port)).await.map_err(|_| Trouble::Unknown)?.collect(),
    };
    allowed_of(&all, is_allowed)
}

fn allowed_of(all: &[SocketAddr], is_allowed: bool) -> Result<Vec<SocketAddr>, Trouble> {
    if all.is_empty() {
        return Err(Trouble::Unknown);
    }
    let asked = |address: &&SocketAddr| is_allowed || is_public(address.ip());
    let allowed: Vec<SocketAddr> = all.iter().filter(asked).take(MOST_ADDRESSES).copied().collect();
    if allowed.is_empty() { Err(Trouble::Private) } else { Ok(allowed) }
}

async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, Trouble> {
    for address in addresses {
        if let Ok(Ok(stream)) = tokio::time::timeout(LONGEST_CONNECT, TcpStream::connect(address)).await {
            return Ok(stream);
        }
    }
    Err(Trouble::Unreachable)
}

async fn converse<S>(stream: S, ask: &Ask) -> Result<Said, Trouble>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let lost = |_| Trouble::Unreachable;
    let mut builder = hyper::client::conn::http1::Builder::new();
    builder.max_headers(MOST_HEADERS).max_buf_size(MOST_HEADER_BYTES);
    let (mut sender, connection) = builder.handshake(TokioIo::new(stream)).await.map_err(lost)?;
    let driver = Driver(tokio::spawn(async move {
        // What goes wrong here, the answer tells.
        let _ = connection.await;
    }));
    let response = sender.send_request(request(ask).ok_or(Trouble::Address)?).await.map_err(lost)?;
    let (head, body) = response.into_parts();
    if head.status.is_redirection() {
        let place = head.headers.get(header::LOCATION).and_then(|place| place.to_str().ok());
        return Ok(Said::Elsewhere(place.ok_or(Trouble::Redirected)?.to_owned()));
    }
    let body = Limited::new(body, MOST_BYTES).collect().await.map_err(|error| {
        if error.downcast_ref::<LengthLimitError>().is_some() { Trouble::TooLarge } else { Trouble::Unreachable }
    })?;
    drop(driver);
    Ok(Said::Answer(Answered { status: head.status, body: body.to_bytes().to_vec() }))
}

fn request(ask: &Ask) -> Option<Request<Full<Bytes>>> {
    let path = match ask.url.query() {
        Some(query) => format!("{}?{query}", ask.url.path()),
        None => ask.url.path().to_owned(),
    };
    let host = match ask.url.port() {
        Some(port) => format!("{}:{port}", ask.url.host_str()?),
        None => ask.url.host_str()?.to_owned(),
    };
    let mut request = Request::builder()
        .method(&ask.method)
        .uri(path)
        .header(header::HOST, host)
        .header(header::USER_AGENT, concat!("Telemaco/", env!("CARGO_PKG_VERSION")))
        .header(header::ACCEPT_ENCODING, "identity")
        .header(header::CONNECTION, "close");
    for (name, value) in &ask.headers {
        request = request.header(name, value);
    }
    if let Some(login) = &ask.login {
        request = request.header(header::AUTHORIZATION, login.header()?);
    }
    request.body(Full::new(Bytes::from(ask.body.clone()))).ok()
}

/// The task that moves the bytes of a connection; it ends with whoever asked.
struct Driver(tokio::task::JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    /// A server that gives the same answer to whoever comes, and how many came.
    async fn server(answer: &'static [u8], then: Duration) -> (u16, Arc<AtomicUsize>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let came = Arc::new(AtomicUsize::new(0));
        let counted = came.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                counted.fetch_add(1, Ordering::Relaxed);
                tokio::spawn(async move {
                    let mut heard = [0; 4096];
                    let _ = stream.read(&mut heard).await;
                    let _ = stream.write_all(answer).await;
                    tokio::time::sleep(then).await;
                });
            }
        });
        (port, came)
    }

    fn get(url: &str) -> Ask {
        let (url, headers, body) = (address(url).unwrap(), Vec::new(), String::new());
        Ask { method: Method::GET, url, headers, body, follows: true, login: None }
    }

    const FINE: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    #[tokio::test]
    async fn nobody_in_a_private_network_is_asked_unless_allowed() {
        let (port, came) = server(FINE, Duration::ZERO).await;
        for host in ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "0x7f.1"] {
            let url = format!("https://{host}:{port}/");
            assert_eq!(ask(&[], get(&url)).await.unwrap_err(), Trouble::Private, "{url}");
            let url = format!("http://{host}:{port}/");
            assert_eq!(ask(&[], get(&url)).await.unwrap_err(), Trouble::Insecure, "{url}");
        }
        let other = [format!("127.0.0.1:{}", port.wrapping_add(1)), "localhost".to_owned()];
        let url = format!("http://127.0.0.1:{port}/");
        assert_eq!(ask(&other, get(&url)).await.unwrap_err(), Trouble::Insecure);
        assert_eq!(came.load(Ordering::Relaxed), 0, "nobody was asked so far");
        let answered = ask(&[format!("127.0.0.1:{port}")], get(&url)).await.unwrap();
        assert_eq!((answered.status, answered.body.as_slice()), (StatusCode::OK, &b"ok"[..]));
        // Whoever speaks no TLS where it is asked for proves nothing.
        let url = format!("https://127.0.0.1:{port}/");
        assert_eq!(ask(&["127.0.0.1".to_owned()], get(&url)).await.unwrap_err(), Trouble::Certificate);
    }

    #[tokio::test]
    async fn nobody_is_sent_on_to_a_private_network() {
        let (inside, came) = server(FINE, Duration::ZERO).await;
        for place in
            [format!("http://127.0.0.1:{inside}/"), format!("https://localhost:{inside}/"), "file:///etc".into()]
        {
            let answer = format!("HTTP/1.1 302 Found\r\nlocation: {place}\r\ncontent-length: 0\r\n\r\n");
            let (outside, _) = server(Box::leak(answer.into_boxed_str()).as_bytes(), Duration::ZERO).await;
            let allow = [format!("127.0.0.1:{outside}")];
            let outcome = ask(&allow, get(&format!("http://127.0.0.1:{outside}/"))).await.unwrap_err();
            assert!(matches!(outcome, Trouble::Redirected | Trouble::Private), "{place}: {outcome:?}");
        }
        assert_eq!(came.load(Ordering::Relaxed), 0);
        // Round and round has an end.
        let (round, came) =
            server(b"HTTP/1.1 301 Moved\r\nlocation: /again\r\ncontent-length: 0\r\n\r\n", Duration::ZERO).await;
        let url = format!("http://127.0.0.1:{round}/");
        assert_eq!(ask(&["127.0.0.1".to_owned()], get(&url)).await.unwrap_err(), Trouble::Redirected);
        assert_eq!(came.load(Ordering::Relaxed), MOST_REDIRECTS + 1);
    }

    #[tokio::test]
    async fn a_password_goes_to_nobody_else_and_nowhere_in_clear() {
        let login = Login::new("ana", "Reservado").unwrap();
        assert_eq!(format!("{login:?}"), "Login(…)");
        for (user, password) in [("", "x"), ("ana", ""), ("a:b", "x"), ("ana\n", "x"), ("ana", "x\r\ny")] {
            assert!(Login::new(user, password).is_none(), "{user:?} {password:?}");
        }
        let header = login.header().unwrap();
        assert!(header.is_sensitive() && header == "Basic YW5hOlJlc2VydmFkbw==");
        let asked = |url: &str| Ask { login: Some(login.clone()), ..get(url) };
        let allow = ["127.0.0.1", "localhost", "192.0.2.7", "cal.intranet.example"].map(str::to_owned);
        // Another port is another server.
        let (other, came) = server(FINE, Duration::ZERO).await;
        let answer = format!("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:{other}/\r\ncontent-length: 0\r\n\r\n");
        let (port, _) = server(Box::leak(answer.into_boxed_str()).as_bytes(), Duration::ZERO).await;
        let url = format!("http://127.0.0.1:{port}/");
        assert_eq!(ask(&allow, asked(&url)).await.unwrap_err(), Trouble::Redirected);
        assert_eq!(came.load(Ordering::Relaxed), 0);
        ask(&allow, asked(&format!("http://127.0.0.1:{other}/"))).await.unwrap();
        // In clear to no other machine, although the operator lets it be asked.
        let in_clear = |url: &str| refused_with_login(&allow, &address(url).unwrap());
        for url in ["http://192.0.2.7/", "http://cal.intranet.example/"] {
            assert_eq!(
                (in_clear(url), refused(&allow, &address(url).unwrap())),
                (Some(Trouble::Insecure), None),
                "{url}"
            );
        }
        assert_eq!(ask(&allow, asked("http://192.0.2.7/")).await.unwrap_err(), Trouble::Insecure);
        for url in ["http://127.0.0.1/", "http://localhost/", "https://192.0.2.7/", "https://cal.example/"] {
            assert_eq!(in_clear(url), None, "{url}");
        }
    }

    #[tokio::test]
    async fn what_is_too_large_or_breaks_off_is_said() {
        let large: &'static [u8] =
            Box::leak([b"HTTP/1.1 200 OK\r\n\r\n".as_slice(), &vec![b'x'; MOST_BYTES + 1]].concat().into_boxed_slice());
        let (port, _) = server(large, Duration::ZERO).await;
        let url = format!("http://127.0.0.1:{port}/");
        let allow = ["127.0.0.1".to_owned()];
        assert_eq!(ask(&allow, get(&url)).await.unwrap_err(), Trouble::TooLarge);
        let (port, _) = server(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nok", Duration::ZERO).await;
        let url = format!("http://127.0.0.1:{port}/");
        assert_eq!(ask(&allow, get(&url)).await.unwrap_err(), Trouble::Unreachable);
        let (port, _) = server(b"hello", Duration::ZERO).await;
        let url = format!("http://127.0.0.1:{port}/");
        assert_eq!(ask(&allow, get(&url)).await.unwrap_err(), Trouble::Unreachable);
    }

    #[test]
    fn a_name_that_leads_to_a_private_network_is_not_followed_there() {
        let private: SocketAddr = "10.0.0.7:443".parse().unwrap();
        let public: SocketAddr = "1.1.1.1:443".parse().unwrap();
        assert_eq!(allowed_of(&[private, public], false), Ok(vec![public]));
        assert_eq!(allowed_of(&[private], false), Err(Trouble::Private));
        assert_eq!(allowed_of(&[private], true), Ok(vec![private]));
        assert_eq!(allowed_of(&[], true), Err(Trouble::Unknown));
    }

    #[test]
    fn an_address_is_one_of_the_web_without_a_password() {
        assert_eq!(address(" webcal://x.example/a.ics#b ").unwrap().as_str(), "https://x.example/a.ics");
        for wrong in
            ["", "x.example/a.ics", "ftp://x.example/", "file:///etc/passwd", "https://a:b@x.example/", "https://"]
        {
            assert_eq!(address(wrong), None, "{wrong}");
        }
    }
}
