//! The calendars of a mail: what it carries as `text/calendar` or in a file of that kind, also within a mail that goes along with it. Nothing
//! else of it is read but whom it was sent to.

use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

use super::report::SENT_TO;

/// A calendar that somebody sends in is no larger, as one that they upload.
const LARGEST: usize = 512 * 1024;
/// So many are looked at; mail programs send the same one twice.
const MOST: usize = 8;
/// So many mails stand in one another at most.
const DEEPEST: usize = 3;

/// A mail, as far as anything follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// Whatever says whom it was sent to.
    pub sent_to: Vec<String>,
    /// What is the same of a mail that is delivered twice; empty where it does not say.
    pub message_id: String,
    pub calendars: Vec<String>,
}

/// Reads a mail; nothing where it is none.
pub(super) fn read(message: &[u8]) -> Option<Forwarded> {
    let message = MessageParser::default().parse(message)?;
    let sent_to =
        message.headers_raw().filter(|(name, _)| SENT_TO.iter().any(|known| known.eq_ignore_ascii_case(name)));
    let sent_to = sent_to.map(|(_, value)| value.trim().to_owned()).collect();
    let message_id = message.message_id().unwrap_or_default().to_owned();
    let mut calendars = Vec::new();
    gather(&message, 0, &mut calendars);
    Some(Forwarded { sent_to, message_id, calendars })
}

fn gather(message: &Message<'_>, depth: usize, into: &mut Vec<String>) {
    for part in &message.parts {
        let is_named = part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
        let is_calendar = part.content_type().is_some_and(|kind| {
            let is = |subtype: &str| kind.subtype().is_some_and(|known| known.eq_ignore_ascii_case(subtype));
            kind.ctype().eq_ignore_ascii_case("text") && is("calendar")
                || kind.ctype().eq_ignore_ascii_case("application") && is("ics")
        });
        let text = match &part.body {
            PartType::Message(inner) if depth < DEEPEST => {
                gather(inner, depth + 1, into);
                continue;
            }
            _ if !is_named && !is_calendar => continue,
            PartType::Text(text) => Some(text.to_string()),
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => String::from_utf8(bytes.to_vec()).ok(),
            PartType::Html(_) | PartType::Message(_) | PartType::Multipart(_) => None,
        };
        into.extend(text.filter(|text| text.len() <= LARGEST && into.len() < MOST));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ICS: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n";

    fn mail(head: &str, parts: &str) -> String {
        format!(
            "From: x@example.org\r\nTo: bounces+c12@mentoring.example\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=\"{head}\"\r\n\r\n{parts}--{head}--\r\n"
        )
    }

    fn part(head: &str, kind: &str, body: &str) -> String {
        format!("--{head}\r\nContent-Type: {kind}\r\n\r\n{body}\r\n")
    }

    #[test]
    fn calendars_are_found_wherever_they_stand() {
        let within = mail("inner", &part("inner", "text/calendar; method=REQUEST", ICS));
        let named = "application/octet-stream; name=\"Junta.ICS\"";
        for body in [
            part("b", "text/calendar; charset=utf-8; method=REQUEST", ICS),
            part("b", "application/ics", ICS),
            part("b", named, ICS),
            part("b", "message/rfc822", &within),
        ] {
            let sent = read(mail("b", &body).as_bytes()).unwrap();
            assert_eq!(sent.calendars.len(), 1, "{body}");
            assert!(sent.calendars[0].starts_with("BEGIN:VCALENDAR"));
            assert_eq!(
                (sent.sent_to[0].as_str(), sent.message_id.as_str()),
                ("bounces+c12@mentoring.example", "1@example.org")
            );
        }
        let large = format!("{ICS}{}", "X".repeat(LARGEST));
        for body in [part("b", "text/plain", ICS), part("b", "text/calendar", &large), String::new()] {
            assert_eq!(read(mail("b", &body).as_bytes()).unwrap().calendars, Vec::<String>::new());
        }
        assert_eq!(
            read(mail("b", &part("b", "text/calendar", ICS).repeat(20)).as_bytes()).unwrap().calendars.len(),
            MOST
        );
    }
}
