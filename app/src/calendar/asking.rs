//! Asking a calendar when somebody is busy: a file at an address, or a collection of a CalDAV server (RFC 4791).
//!
//! A server could be asked for busy times alone. But servers reckon series with the offset of their first day (Radicale 3.9
//! does), and are an hour wrong for half of the year; so the events are asked for and reckoned here, where nothing but their
//! times is kept. Who lets us see busy times only is asked for those.

use axum::http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::{Method, StatusCode};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event as Xml;
use url::Url;

use super::model::Busy;
use super::reading::{self, Unread};
use crate::outbound::{self, Answered, Ask, Login};

/// What kind of calendar an address has turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    /// A CalDAV collection.
    Collection,
    /// One of which we may see the busy times alone.
    BusyTimes,
}

/// Why it is not known when somebody is busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    Way(outbound::Trouble),
    /// It wants to know who asks.
    Locked,
    /// It does not take the user name or the password that were given.
    Login,
    /// These two do not open: the key is missing, or they were tampered with.
    Sealed,
    /// There is nothing at this address.
    Gone,
    /// The server does not do its work.
    Faulty,
    NoCalendar,
    /// More than anybody's calendar holds.
    TooMuch,
    /// Ours.
    Ours,
}

impl Kind {
    const ALL: [Self; 3] = [Self::File, Self::Collection, Self::BusyTimes];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::BusyTimes => "busy-times",
            Self::Collection => "collection",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Trouble {
    const OURS: [Self; 8] = [
        Self::Locked,
        Self::Login,
        Self::Sealed,
        Self::Gone,
        Self::Faulty,
        Self::NoCalendar,
        Self::TooMuch,
        Self::Ours,
    ];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Way(trouble) => trouble.code(),
            Self::Locked => "locked",
            Self::Login => "login",
            Self::Sealed => "sealed",
            Self::Gone => "gone",
            Self::Faulty => "faulty",
            Self::NoCalendar => "no-calendar",
            Self::TooMuch => "too-much",
            Self::Ours => "ours",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        let ours = Self::OURS.into_iter().find(|trouble| trouble.code() == code);
        ours.or_else(|| outbound::Trouble::parse(code).map(Self::Way))
    }

    /// Whether it would be the same for whatever is asked. A wrong password is given once and no more: servers count.
    fn is_final(self) -> bool {
        use outbound::Trouble::{Address, Certificate, Insecure, Private, Unknown};
        matches!(self, Self::Way(Address | Insecure | Private | Unknown | Certificate) | Self::Login)
    }

    /// Whether a user name and a password may help.
    pub(super) fn is_of_login(self) -> bool {
        matches!(self, Self::Locked | Self::Login | Self::Sealed)
    }

    /// The key of what is said about it.
    pub(super) fn key(self) -> String {
        format!("calendar-trouble-{}", self.code())
    }
}

impl From<outbound::Trouble> for Trouble {
    fn from(trouble: outbound::Trouble) -> Self {
        Self::Way(trouble)
    }
}

impl From<Unread> for Trouble {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::NoCalendar => Self::NoCalendar,
            Unread::TooMuch => Self::TooMuch,
        }
    }
}

/// The time that is asked about, and the zone of times that name none.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub from: Timestamp,
    pub to: Timestamp,
    pub home: TimeZone,
}

/// Whom to ask, and as whom.
pub(super) struct Server<'a> {
    pub allow_hosts: &'a [String],
    pub address: &'a str,
    pub login: Option<Login>,
}

/// Asks in the way that has worked before, or else in each way until one works.
pub(super) async fn busy(server: &Server<'_>, known: Option<Kind>, span: &Span) -> Result<(Kind, Vec<Busy>), Trouble> {
    let url = outbound::address(server.address).ok_or(Trouble::Way(outbound::Trouble::Address))?;
    let is_file = url.path().to_ascii_lowercase().ends_with(".ics");
    let ways: &[Kind] = match known {
        Some(Kind::File) => &[Kind::File],
        Some(Kind::BusyTimes) => &[Kind::BusyTimes],
        Some(Kind::Collection) => &[Kind::Collection],
        None if is_file => &[Kind::File, Kind::Collection, Kind::BusyTimes],
        None => &[Kind::Collection, Kind::BusyTimes, Kind::File],
    };
    let mut trouble = Trouble::NoCalendar;
    for kind in ways {
        match ask(server, &url, *kind, span).await {
            Ok(busy) => return Ok((*kind, busy)),
            // Where nobody may be asked, another way leads no further.
            Err(found) if found.is_final() => return Err(found),
            Err(found) => trouble = found,
        }
    }
    Err(trouble)
}

async fn ask(server: &Server<'_>, url: &Url, kind: Kind, span: &Span) -> Result<Vec<Busy>, Trouble> {
    let login = server.login.clone();
    let has_login = login.is_some();
    let request = match kind {
        Kind::File => Ask {
            method: Method::GET,
            url: url.clone(),
            headers: vec![(ACCEPT, HeaderValue::from_static("text/calendar, text/plain;q=0.5"))],
            body: String::new(),
            follows: true,
            login,
        },
        Kind::BusyTimes => report(url, free_busy_query(span), login)?,
        Kind::Collection => report(url, calendar_query(span), login)?,
    };
    let answered = outbound::ask(server.allow_hosts, request).await?;
    judge(answered.status, has_login)?;
    let span = span.clone();
    // A long calendar takes a while, and a stranger's may even find a fault in whoever reads it.
    tokio::task::spawn_blocking(move || read(&answered, kind, &span)).await.unwrap_or(Err(Trouble::Ours))
}

fn judge(status: StatusCode, has_login: bool) -> Result<(), Trouble> {
    match status.as_u16() {
        200..=299 => Ok(()),
        401 if has_login => Err(Trouble::Login),
        401 | 403 | 407 => Err(Trouble::Locked),
        404 | 410 => Err(Trouble::Gone),
        _ => Err(Trouble::Faulty),
    }
}

fn read(answered: &Answered, kind: Kind, span: &Span) -> Result<Vec<Busy>, Trouble> {
    let text = String::from_utf8_lossy(&answered.body);
    let texts = match (kind, answered.status) {
        // Only a collection without anything in it has nothing to say; another answer is that of no such server.
        (Kind::Collection, StatusCode::MULTI_STATUS) => {
            let texts = calendars_in(&text).ok_or(Trouble::NoCalendar)?;
            if texts.is_empty() {
                return Ok(Vec::new());
            }
            texts
        }
        (Kind::Collection, _) => return Err(Trouble::NoCalendar),
        (Kind::File | Kind::BusyTimes, _) => vec![text.trim_start_matches('\u{feff}').to_owned()],
    };
    Ok(reading::busy_times(&texts, &span.home, span.from, span.to)?)
}

fn report(url: &Url, body: String, login: Option<Login>) -> Result<Ask, Trouble> {
    let method = Method::from_bytes(b"REPORT").map_err(|_| Trouble::Ours)?;
    let headers = vec![
        (CONTENT_TYPE, HeaderValue::from_static("application/xml; charset=utf-8")),
        (HeaderName::from_static("depth"), HeaderValue::from_static("1")),
    ];
    Ok(Ask { method, url: url.clone(), headers, body, follows: true, login })
}

fn free_busy_query(span: &Span) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <C:free-busy-query xmlns:C=\"urn:ietf:params:xml:ns:caldav\">{}</C:free-busy-query>\n",
        time_range(span)
    )
}

fn calendar_query(span: &Span) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <C:calendar-query xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">\
         <D:prop><C:calendar-data/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\">\
         <C:comp-filter name=\"VEVENT\">{}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>\n",
        time_range(span)
    )
}

fn time_range(span: &Span) -> String {
    let at = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
    format!("<C:time-range start=\"{}\" end=\"{}\"/>", at(span.from), at(span.to))
}

/// The calendars of an answer of several parts (RFC 4791, section 9.6); `None` where it is not one.
fn calendars_in(text: &str) -> Option<Vec<String>> {
    let mut reader = Reader::from_str(text);
    let (mut calendars, mut is_answer, mut is_inside) = (Vec::new(), false, false);
    loop {
        match reader.read_event().ok()? {
            Xml::Start(element) if is_data(element.local_name().as_ref()) => {
                is_inside = true;
                calendars.push(String::new());
            }
            Xml::End(element) if is_data(element.local_name().as_ref()) => is_inside = false,
            Xml::Start(element) | Xml::Empty(element) if element.local_name().as_ref() == "multistatus" => {
                is_answer = true;
            }
            Xml::Eof => return is_answer.then_some(calendars),
            event if is_inside => push(calendars.last_mut()?, &event),
            _ => {}
        }
    }
}

/// The element in which a calendar stands.
fn is_data(name: &str) -> bool {
    name.starts_with("calendar-data")
}

/// No entities but XML's own are read, and those that matter to a calendar are few.
fn push(target: &mut String, event: &Xml<'_>) {
    match event {
        Xml::Text(text) => target.push_str(&text.xml10_content()),
        Xml::CData(text) => target.push_str(&text.xml10_content()),
        Xml::GeneralRef(reference) => {
            if let Ok(Some(letter)) = reference.resolve_char_ref() {
                target.push(letter);
            } else if let Some(text) = quick_xml::escape::resolve_predefined_entity(&reference.xml10_content()) {
                target.push_str(text);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendars_of_an_answer_are_taken_out() {
        let answer = "<?xml version='1.0'?><D:multistatus xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'>\
             <D:response><D:propstat><D:prop><C:calendar-data>BEGIN:VCALENDAR&#13;\nX:a &amp; b\n</C:calendar-data>\
             </D:prop></D:propstat></D:response><D:response><C:calendar-data><![CDATA[<x>]]></C:calendar-data>\
             </D:response></D:multistatus>";
        let found = calendars_in(answer).unwrap();
        assert_eq!(found[0].replace('\r', ""), "BEGIN:VCALENDAR\nX:a & b\n");
        assert_eq!(found[1], "<x>");
        assert_eq!(calendars_in("<multistatus/>"), Some(Vec::new()));
        assert_eq!(calendars_in("<html></html>"), None);
    }

    #[test]
    fn every_trouble_is_found_again_by_its_code() {
        let ways = outbound::Trouble::ALL.map(Trouble::Way);
        for trouble in Trouble::OURS.into_iter().chain(ways) {
            assert_eq!(Trouble::parse(trouble.code()), Some(trouble));
        }
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.code()), Some(kind));
        }
    }
}
