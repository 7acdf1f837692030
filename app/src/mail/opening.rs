//! Mails that come in are strangers': they are opened in parts, and no more of one is read than its head has shown to be of use.

use mail_parser::{MessageParser, MimeHeaders as _};

/// A longer head is no mail's that somebody sent in, or a server wrote.
const LONGEST_HEAD: usize = 64 * 1024;
/// Where mail servers write whom they deliver to, and then whom a mail says that it is for; the first are the envelope's.
const SENT_TO: [&str; 5] = ["Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"];
/// The kinds of parts that the parser takes apart by itself, each time with a copy of all that they stand in, and without an end.
const OPENED_UNASKED: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];
/// What it does not know.
const LEFT_SHUT: u8 = b'_';

/// What the head of a mail says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Head {
    /// Whatever says whom it was sent to.
    pub sent_to: Vec<String>,
    /// What is the same of a mail that is delivered twice; empty where it does not say.
    pub message_id: String,
    /// Whether a mail server wrote it, of a mail that it could or could not deliver. An answer of somebody's, or of a program while they are
    /// away, is none.
    pub is_report: bool,
}

/// Reads the head of a mail; nothing where it is none.
pub(super) fn head(message: &[u8]) -> Option<Head> {
    let message = MessageParser::default().parse_headers(of_head(message))?;
    let is_of_them = |name: &str| SENT_TO.iter().any(|known| known.eq_ignore_ascii_case(name));
    let sent_to = message.headers_raw().filter(|(name, _)| is_of_them(name));
    let sent_to = sent_to.map(|(_, value)| value.trim().to_owned()).collect();
    let message_id = message.message_id().unwrap_or_default().to_owned();
    let is_report = message.content_type().is_some_and(|kind| {
        let says = |name: &str| kind.attribute("report-type").is_some_and(|of| of.eq_ignore_ascii_case(name));
        is(kind, "multipart", "report") && says("delivery-status")
    });
    Some(Head { sent_to, message_id, is_report })
}

/// Whether a part is of a kind.
pub(super) fn is(kind: &mail_parser::ContentType<'_>, class: &str, subclass: &str) -> bool {
    let is_of = kind.subtype().is_some_and(|known| known.eq_ignore_ascii_case(subclass));
    kind.ctype().eq_ignore_ascii_case(class) && is_of
}

/// A mail up to the first empty line.
fn of_head(message: &[u8]) -> &[u8] {
    let most = &message[..message.len().min(LONGEST_HEAD)];
    let ends = |at: &usize| most[*at..].starts_with(b"\n\n") || most[*at..].starts_with(b"\n\r\n");
    let end = (0..most.len()).find(ends).map_or(most.len(), |at| at + 1);
    &most[..end]
}

/// A mail of which the parser takes no part apart that is a mail itself: whoever wants that asks for it, once for each.
pub(super) fn flat(message: &[u8]) -> Vec<u8> {
    let mut flat = message.to_vec();
    for at in 0..message.len() {
        let word = OPENED_UNASKED.iter().find(|word| {
            let end = at + word.len();
            let goes_on = |next: &u8| next.is_ascii_alphanumeric() || *next == b'-';
            message.get(at..end).is_some_and(|here| here.eq_ignore_ascii_case(word))
                && !message.get(end).is_some_and(goes_on)
        });
        if let Some(word) = word {
            flat[at + word.len() - 1] = LEFT_SHUT;
        }
    }
    flat
}

/// Whether a part of a flat mail is a mail itself.
pub(super) fn is_mail(kind: &mail_parser::ContentType<'_>) -> bool {
    ["rfc82_", "globa_"].iter().any(|known| is(kind, "message", known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_where_it_says_or_where_it_is_too_long() {
        let to = "To: bounces+c12@mentoring.example\r\nCC: other@mentoring.example\r\nMessage-ID: <1@example.org>\r\n";
        let read = head(format!("{to}\r\nTo: nobody@example.org\r\n").as_bytes()).unwrap();
        assert_eq!(read.sent_to, ["bounces+c12@mentoring.example", "other@mentoring.example"]);
        assert_eq!((read.message_id.as_str(), read.is_report), ("1@example.org", false));
        let long = format!("X: {}\r\n", "x".repeat(LONGEST_HEAD));
        assert_eq!(head(format!("{to}{long}To: late@example.org\r\n\r\n").as_bytes()).unwrap().sent_to.len(), 2);
        assert_eq!(head(b""), None);
    }

    #[test]
    fn only_whole_words_are_left_shut() {
        let kinds =
            "message/RFC822 message/global; multipart/digest\r\nmessage/global-delivery-status text/rfc822-headers";
        assert_eq!(
            String::from_utf8(flat(kinds.as_bytes())).unwrap(),
            "message/RFC82_ message/globa_; multipart/diges_\r\nmessage/global-delivery-status text/rfc822-headers"
        );
    }
}
