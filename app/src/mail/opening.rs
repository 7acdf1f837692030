//! Mails that come in are strangers': they are opened in parts, and no more of one is read than its head has shown to be of use.

use mail_parser::{ContentType, Encoding, MessageParser, MessagePart, MimeHeaders as _, PartType};

/// A longer head is no mail's that somebody sent in, or a server wrote.
const LONGEST_HEAD: usize = 64 * 1024;
/// Where mail servers write whom they deliver to, and then whom a mail says that it is for; the first are the envelope's.
const SENT_TO: [&str; 5] = ["Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc"];
/// The kinds of parts that the parser takes apart by itself, each time with a copy of all that they stand in, and without an end.
const OPENED_UNASKED: [&[u8]; 3] = [b"rfc822", b"global", b"digest"];
/// What the parser looks for the end of through all that follows, each time that it begins, and how often at most.
const LOOKED_FOR_TO_THE_END: [(&[u8], usize); 2] = [(b"multipart", 200), (b"=?", 1000)];
/// With this as their last sign it does not know them.
const LEFT_SHUT: u8 = b'_';
/// What the kinds of mails are called then.
const MAILS: [&str; 2] = ["message/rfc82_", "message/globa_"];

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
    let head = of_head(message);
    if LOOKED_FOR_TO_THE_END.iter().any(|(word, most)| count(head, word) > *most) {
        return None;
    }
    let message = MessageParser::default().parse_headers(head)?;
    let is_of_them = |name: &str| SENT_TO.iter().any(|known| known.eq_ignore_ascii_case(name));
    let sent_to = message.headers_raw().filter(|(name, _)| is_of_them(name));
    let sent_to = sent_to.map(|(_, value)| value.trim().to_owned()).collect();
    let message_id = message.message_id().unwrap_or_default().to_owned();
    let is_report = message.content_type().is_some_and(|kind| {
        let says = |name: &str| kind.attribute("report-type").is_some_and(|of| of.eq_ignore_ascii_case(name));
        named(kind) == "multipart/report" && says("delivery-status")
    });
    Some(Head { sent_to, message_id, is_report })
}

/// A part of a mail, as it is once its encoding is undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// As `text/calendar`; empty where it does not say.
    pub kind: String,
    /// What a file is called; empty where it is none.
    pub name: String,
    pub content: Vec<u8>,
    /// Whether it is a mail itself, whose parts are not among these.
    pub is_mail: bool,
}

/// The parts of a mail; none where it is none, or would take the parser longer than any that somebody sends.
pub(super) fn parts(message: &[u8]) -> Vec<Part> {
    if LOOKED_FOR_TO_THE_END.iter().any(|(word, most)| count(message, word) > *most) {
        return Vec::new();
    }
    let flat = flat(message);
    let parsed = MessageParser::default().parse(&flat);
    parsed.map_or_else(Vec::new, |parsed| parsed.parts.iter().map(|part| part_of(part, message)).collect())
}

/// How often a word stands in a mail, in whatever case.
fn count(message: &[u8], word: &[u8]) -> usize {
    message.windows(word.len()).filter(|here| here.eq_ignore_ascii_case(word)).count()
}

fn part_of(part: &MessagePart<'_>, message: &[u8]) -> Part {
    let kind = part.content_type().map(named).unwrap_or_default();
    let place = usize::try_from(part.offset_body).ok().zip(usize::try_from(part.offset_end).ok());
    let as_it_came = place.and_then(|(from, to)| message.get(from..to)).filter(|_| part.encoding == Encoding::None);
    let content = match &part.body {
        PartType::Binary(_) | PartType::InlineBinary(_) if as_it_came.is_some() => {
            as_it_came.unwrap_or_default().to_vec()
        }
        PartType::Text(text) | PartType::Html(text) => text.as_bytes().to_vec(),
        PartType::Binary(bytes) | PartType::InlineBinary(bytes) => bytes.to_vec(),
        PartType::Message(_) | PartType::Multipart(_) => Vec::new(),
    };
    let name = part.attachment_name().unwrap_or_default().to_owned();
    Part { is_mail: MAILS.contains(&kind.as_str()), kind, name, content }
}

fn named(kind: &ContentType<'_>) -> String {
    format!("{}/{}", kind.ctype(), kind.subtype().unwrap_or_default()).to_ascii_lowercase()
}

/// A mail up to the first empty line.
pub(super) fn of_head(message: &[u8]) -> &[u8] {
    let most = &message[..message.len().min(LONGEST_HEAD)];
    let ends = |at: &usize| most[*at..].starts_with(b"\n\n") || most[*at..].starts_with(b"\n\r\n");
    let end = (0..most.len()).find(ends).map_or(most.len(), |at| at + 1);
    &most[..end]
}

/// A mail of which the parser takes no part apart that is a mail itself: whoever wants that asks for it, once for each.
fn flat(message: &[u8]) -> Vec<u8> {
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

    /// Each would take the parser a minute.
    #[test]
    fn what_would_be_looked_for_without_end_is_not() {
        let boundaries = "Content-Type: multipart/mixed; boundary=zz\r\n\r\n--b\r\n".repeat(15_000);
        let words = format!("--b\r\nX: {}\r\n\r\nx\r\n", "=?aa?q?".repeat(100_000));
        for body in [boundaries, words] {
            let mail = format!("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n{body}--b--\r\n");
            assert_eq!(parts(mail.as_bytes()), Vec::new());
        }
        assert_eq!(head("X: =?aa?q?\r\n".repeat(2000).as_bytes()), None);
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
