//! Mail out: over SMTP when a server is set up, else into a folder that a person can read. Nothing else imports lettre.
//! What a mail says is the feature's; here it only gets its envelope, and a signature (DKIM) if there is a key.
//!
//! What a mail server writes back where a mail did not arrive comes in here as well ([`take_in`]), and what somebody sends to an address of
//! their own ([`Receiver`]).
//!
//! [`post`] sends where somebody's mails go, and notes an address that a server refuses for good.

mod calendars;
mod dkim;
mod incoming;
mod opening;
mod post;
mod refusal;
mod report;
mod returns;

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use lettre::address::Envelope;
use lettre::message::{Body, Mailbox, MultiPart, SinglePart, header};
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{AsyncSmtpTransport, PoolConfig};
use lettre::{AsyncTransport as _, Message as Letter, Tokio1Executor};
use uuid::Uuid;

use crate::config::{Config, make_private};
use crate::i18n::{Lang, Message};
use crate::jobs;
use dkim::Signer;
use returns::Returns;

pub use incoming::{Incoming, Receiver, Receiving, address_of};
pub use post::{Posted, post, post_outside, post_to};
pub use returns::{MOST_BYTES, look, take_in, watch};

/// Connections to the mail server that are kept for the next mail.
const MOST_CONNECTIONS: u32 = 16;

/// Where mails go; cheap to clone.
#[derive(Clone, Debug)]
pub struct Mailer {
    from: Mailbox,
    domain: String,
    way: Way,
    signer: Option<Signer>,
    /// Where reports come back that a mail did not arrive.
    returns: Option<Returns>,
}

#[derive(Clone, Debug)]
enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

/// A mail still to be spoken in its reader's language. It never carries what a pair wrote.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The same for every attempt to send the same mail: its Message-ID comes from it.
    pub id: Uuid,
    pub to_name: String,
    pub to_address: String,
    pub lang: Lang,
    pub subject: Message,
    pub paragraphs: Vec<Message>,
    /// The words of the link and where it leads.
    pub link: Option<(Message, String)>,
}

/// A calendar that goes along with a mail and asks something of whoever reads it (RFC 6047).
#[derive(Clone, Debug)]
pub struct Attached {
    /// `REQUEST` or `CANCEL`.
    pub method: &'static str,
    pub calendar: String,
}

/// What goes along with a mail.
#[derive(Clone, Copy, Debug, Default)]
pub struct Along<'a> {
    pub attached: Option<&'a Attached>,
    /// The address at which its reader says that they want no more of the kind.
    pub unsubscribe: Option<&'a str>,
    /// The envelope's sender, where it is another than the mail's: reports come back to it.
    pub returns: Option<&'a str>,
}

/// A mail in the folder, as a page shows it.
#[derive(Clone, Debug)]
pub struct Filed {
    pub head: String,
    pub text: String,
}

impl Filed {
    /// The text around its first link, and the link.
    pub fn link(&self) -> Option<(&str, &str, &str)> {
        let start = self.text.find("http://").or_else(|| self.text.find("https://"))?;
        let (before, rest) = self.text.split_at(start);
        let (url, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        Some((before, url, after))
    }
}

/// Refuses a way on which passwords, and links that sign people in, would be read on the way: without TLS mails go to this machine alone,
/// and to others where the setting says that it may be so.
fn nothing_goes_open(smtp: &str) -> anyhow::Result<()> {
    let url = url::Url::parse(smtp).context("smtp is no address of a mail server")?;
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    let bears_password = !url.username().is_empty() || url.password().is_some();
    let tls = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, how)| how.into_owned());
    let is_safe = url.scheme() == "smtps" || tls.as_deref() == Some("required");
    anyhow::ensure!(
        is_safe || is_here || !bears_password,
        "smtp: the password would go to {host} unencrypted; write smtps://… or add ?tls=required"
    );
    anyhow::ensure!(
        is_safe || is_here || tls.as_deref() == Some("opportunistic"),
        "smtp: mails would go to {host} unencrypted, and they bear links that sign people in; write smtps://… or add \
         ?tls=required, or :25?tls=opportunistic (with the port) where nobody can read what goes to that server"
    );
    Ok(())
}

/// How the server is spoken to where authorities are named that it may have its certificate from, beside those that everybody knows.
/// Nothing where none are named, or no TLS is spoken.
fn own_authorities(config: &Config) -> anyhow::Result<Option<Tls>> {
    let file = &config.smtp_ca_file;
    if file.as_os_str().is_empty() {
        return Ok(None);
    }
    let pem = std::fs::read(file).with_context(|| format!("smtp_ca_file: {} cannot be read", file.display()))?;
    let begins = b"-----BEGIN CERTIFICATE-----";
    let authorities = Certificate::from_pem(&pem).ok().filter(|_| pem.windows(begins.len()).any(|part| part == begins));
    let authorities = authorities.with_context(|| format!("smtp_ca_file: {} holds no certificate", file.display()))?;
    let url = url::Url::parse(&config.smtp).context("smtp is no address of a mail server")?;
    let host = url.host_str().unwrap_or_default().to_owned();
    let parameters = TlsParameters::builder(host).add_root_certificate(authorities).build();
    let parameters = parameters.with_context(|| format!("smtp_ca_file: {} is not understood", file.display()))?;
    let asked = url.query_pairs().find(|(name, _)| name == "tls").map(|(_, how)| how.into_owned());
    Ok(match (url.scheme(), asked.as_deref()) {
        ("smtps", _) => Some(Tls::Wrapper(parameters)),
        (_, Some("required")) => Some(Tls::Required(parameters)),
        (_, Some("opportunistic")) => Some(Tls::Opportunistic(parameters)),
        _ => None,
    })
}

impl Mailer {
    pub fn open(config: &Config) -> anyhow::Result<Self> {
        let from: Mailbox = config.mail_from.parse().context("mail_from is no address")?;
        let way = if config.smtp.is_empty() {
            make_private(&config.mail_folder())?;
            Way::Folder(config.mail_folder())
        } else {
            nothing_goes_open(&config.smtp)?;
            let mut transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(&config.smtp)
                .context("smtp is no address of a mail server")?;
            if let Some(tls) = own_authorities(config)? {
                transport = transport.tls(tls);
            }
            let transport = transport
                .timeout(Some(std::time::Duration::from_secs(20)))
                .pool_config(PoolConfig::new().max_size(MOST_CONNECTIONS))
                .build();
            Way::Smtp(transport)
        };
        let domain = from.email.domain().to_owned();
        let signer = Signer::open(config, &domain)?;
        Ok(Self { from, domain, way, signer, returns: Returns::open(config)? })
    }

    /// Who sends, where answers go that calendar programs give by themselves.
    pub fn sender(&self) -> (String, String) {
        (self.from.name.clone().unwrap_or_default(), self.from.email.to_string())
    }

    /// Hands a mail over. An error means that it was not taken and may be tried again.
    async fn hand_over(&self, mail: &Mail, along: Along<'_>) -> Result<(), Unsent> {
        let letter = self.letter(mail, along)?;
        match &self.way {
            Way::Smtp(transport) => {
                let envelope = envelope(&letter, along.returns)?;
                transport.send_raw(&envelope, &letter.formatted()).await.map_err(refused)?;
            }
            Way::Folder(folder) => self.file(folder, mail, &letter).await?,
        }
        Ok(())
    }

    async fn file(&self, folder: &Path, mail: &Mail, letter: &Letter) -> anyhow::Result<()> {
        let stem = folder.join(mail.id.to_string());
        tokio::fs::write(stem.with_extension("eml"), letter.formatted()).await?;
        tokio::fs::write(stem.with_extension("txt"), self.readable(mail)).await?;
        Ok(())
    }

    /// Whether the mail server answers; a folder always does.
    pub async fn answers(&self) -> anyhow::Result<()> {
        if let Way::Smtp(transport) = &self.way {
            anyhow::ensure!(transport.test_connection().await?, "the mail server is not ready");
        }
        Ok(())
    }

    /// The newest mails of the folder; none when they go out over SMTP.
    pub async fn filed(&self, most: usize) -> anyhow::Result<Vec<Filed>> {
        let Way::Folder(folder) = &self.way else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        let mut entries = tokio::fs::read_dir(folder).await?;
        while let Some(entry) = entries.next_entry().await? {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                names.push((entry.metadata().await?.modified()?, path));
            }
        }
        names.sort_by(|left, right| right.cmp(left));
        let mut filed = Vec::new();
        for (_, path) in names.into_iter().take(most) {
            let whole = tokio::fs::read_to_string(&path).await?;
            let (head, text) = whole.split_once("\n\n").unwrap_or(("", &whole));
            filed.push(Filed { head: head.to_owned(), text: text.to_owned() });
        }
        Ok(filed)
    }

    fn letter(&self, mail: &Mail, along: Along<'_>) -> anyhow::Result<Letter> {
        let to = Mailbox::new(
            Some(mail.to_name.clone()).filter(|name| !name.is_empty()),
            mail.to_address.parse().context("the address cannot receive mail")?,
        );
        let mut letter = Letter::builder()
            .from(self.from.clone())
            .to(to)
            .message_id(Some(format!("<{}@{}>", mail.id, self.domain)))
            .subject(mail.lang.tell(&mail.subject))
            .header(AutoSubmitted);
        if let Some(url) = along.unsubscribe {
            letter = letter.header(ListUnsubscribe(format!("<{url}>"))).header(ListUnsubscribePost);
        }
        let mut letter = letter.multipart(parts(mail, along.attached)?).context("the mail cannot be put together")?;
        if let Some(signer) = &self.signer {
            signer.sign(&mut letter);
        }
        Ok(letter)
    }

    fn readable(&self, mail: &Mail) -> String {
        format!(
            "From: {}\nTo: {} <{}>\nSubject: {}\n\n{}",
            self.from,
            mail.to_name,
            mail.to_address,
            mail.lang.tell(&mail.subject),
            mail.plain()
        )
    }
}

impl Mail {
    fn plain(&self) -> String {
        let mut parts: Vec<String> = self.paragraphs.iter().map(|paragraph| self.lang.tell(paragraph)).collect();
        if let Some((words, url)) = &self.link {
            parts.push(format!("{}:\n{url}", self.lang.tell(words)));
        }
        parts.push(self.lang.say("mail-signature"));
        parts.join("\n\n")
    }

    fn html(&self) -> String {
        use std::fmt::Write as _;
        let mut html = format!("<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><body>", self.lang);
        for paragraph in &self.paragraphs {
            // Writing to a string cannot fail.
            let _ = write!(html, "<p>{}</p>", lines(&self.lang.tell(paragraph)));
        }
        if let Some((words, url)) = &self.link {
            let _ = write!(html, "<p><a href=\"{}\">{}</a></p>", escape(url), escape(&self.lang.tell(words)));
        }
        let _ = write!(html, "<p>{}</p></body></html>", escape(&self.lang.say("mail-signature")));
        html
    }
}

fn envelope(letter: &Letter, returns: Option<&str>) -> anyhow::Result<Envelope> {
    let Some(sender) = returns else { return Ok(letter.envelope().clone()) };
    let sender = sender.parse().context("mail_returns is no address")?;
    Ok(Envelope::new(Some(sender), letter.envelope().to().to_vec())?)
}

/// The mail as text and as a page; the calendar stands beside them, where Gmail and Outlook look for it, and once more as a file,
/// which other programs offer to open.
fn parts(mail: &Mail, attached: Option<&Attached>) -> anyhow::Result<MultiPart> {
    let spoken = MultiPart::alternative_plain_html(mail.plain(), mail.html());
    let Some(Attached { method, calendar }) = attached else { return Ok(spoken) };
    let part = |kind: String| -> anyhow::Result<_> {
        let kind = header::ContentType::parse(&kind).context("the calendar's kind cannot be written")?;
        Ok(SinglePart::builder().header(kind))
    };
    // Lines of a calendar end in CR LF and none may be broken on the way.
    let body = || {
        Body::new_with_encoding(calendar.clone(), header::ContentTransferEncoding::Base64)
            .map_err(|_| anyhow::anyhow!("the calendar cannot be put into a mail"))
    };
    let invitation = part(format!("text/calendar; charset=UTF-8; method={method}"))?.body(body()?);
    let file = part("application/ics; name=\"invite.ics\"".to_owned())?
        .header(header::ContentDisposition::attachment("invite.ics"))
        .body(body()?);
    Ok(MultiPart::mixed().multipart(spoken.singlepart(invitation)).singlepart(file))
}

/// Why a mail was not sent.
#[derive(Debug, thiserror::Error)]
pub enum Unsent {
    /// The server refuses the address for good.
    #[error("the mail server refuses the address for good: {0}")]
    Address(String),
    /// The server refuses the mail for good, whoever it is for: it looks like spam, say, or is too large.
    #[error("the mail server refuses the mail for good: {0}")]
    Mail(String),
    /// It may be tried again.
    #[error(transparent)]
    Failed(#[from] anyhow::Error),
}

impl Unsent {
    /// What a job says of it that could not send a mail.
    fn told(self) -> anyhow::Error {
        match self {
            Self::Failed(error) => error,
            for_good @ (Self::Address(_) | Self::Mail(_)) => jobs::Refused(for_good.to_string()).into(),
        }
    }
}

/// Why the server did not take a mail. It goes to the log, and servers like to repeat whom the mail was for.
fn refused(error: lettre::transport::smtp::Error) -> Unsent {
    let code = error.status().and_then(|code| code.to_string().parse().ok());
    let said = format!("{:#}", anyhow::Error::new(error));
    let words = refusal::without_addresses(&said);
    if code.is_some_and(|code| refusal::is_of_address(code, &words)) {
        return Unsent::Address(words);
    }
    if code.is_some_and(|code| refusal::is_for_good(code, &words)) {
        return Unsent::Mail(words);
    }
    Unsent::Failed(anyhow::anyhow!("the mail server did not take the mail: {words}"))
}

/// A paragraph as HTML, line by line; a line that is an address leads there.
fn lines(text: &str) -> String {
    let line = |line: &str| {
        let (line, is_address) = (escape(line), line.starts_with("https://") || line.starts_with("http://"));
        if is_address && !line.contains(' ') { format!("<a href=\"{line}\">{line}</a>") } else { line }
    };
    text.lines().map(line).collect::<Vec<_>>().join("<br>")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A header of our own: its name and what stands in it.
macro_rules! header {
    ($(#[$meta:meta])* $type:ident $(($inner:ty))?, $name:literal, $this:ident => $value:expr, $made:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug)]
        struct $type $(($inner))?;

        impl header::Header for $type {
            fn name() -> header::HeaderName {
                header::HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                let made: fn(&str) -> Self = $made;
                Ok(made(text))
            }

            fn display(&self) -> header::HeaderValue {
                let $this = self;
                header::HeaderValue::new(Self::name(), $value)
            }
        }
    };
}

header!(
    /// RFC 3834: nobody's holiday notice need answer this.
    AutoSubmitted, "Auto-Submitted", _this => "auto-generated".to_owned(), |_| Self
);
header!(
    /// RFC 2369: where one says that no more is wanted.
    ListUnsubscribe(String), "List-Unsubscribe", this => this.0.clone(), |text| Self(text.to_owned())
);
header!(
    /// RFC 8058: a program may say so for its reader, with one `POST`.
    ListUnsubscribePost, "List-Unsubscribe-Post", _this => "List-Unsubscribe=One-Click".to_owned(), |_| Self
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_and_no_link_goes_out_open() {
        for way in [
            "smtps://u:p@mail.example.org",
            "smtp://u:p@mail.example.org:587?tls=required",
            "smtp://mail.example.org?tls=required",
            "smtp://relay.internal:25?tls=opportunistic",
            "smtp://127.0.0.1:2525",
            "smtp://u:p@localhost:25",
            "smtp://[::1]:25",
        ] {
            nothing_goes_open(way).unwrap();
        }
        for way in [
            "smtp://u:p@mail.example.org",
            "smtp://u:p@mail.example.org?tls=opportunistic",
            "smtp://u:p@mail.example.org?tls=none",
            "smtp://u@10.0.0.7",
            "smtp://mail.example.org:587",
            "smtp://localhost.example.org",
            "mail.example.org",
        ] {
            nothing_goes_open(way).unwrap_err();
        }
    }

    #[test]
    fn a_mail_is_escaped_in_html_and_plain_in_text() {
        let mail = Mail {
            id: Uuid::nil(),
            to_name: "A".to_owned(),
            to_address: "a@example.org".to_owned(),
            lang: Lang::En,
            subject: Message::new("mail-signature"),
            paragraphs: vec![],
            link: Some((Message::new("mail-signature"), "http://localhost/?a=1&b=<2>".to_owned())),
        };
        assert!(mail.plain().contains("http://localhost/?a=1&b=<2>"));
        assert!(mail.html().contains("a=1&amp;b=&lt;2&gt;"));
        assert_eq!(
            lines("A & B\nhttps://x/?a&b"),
            "A &amp; B<br><a href=\"https://x/?a&amp;b\">https://x/?a&amp;b</a>"
        );
        assert_eq!(lines("https://x/ and <more>"), "https://x/ and &lt;more&gt;");
    }
}
