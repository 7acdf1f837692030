//! The calendars of a mail: what it carries as `text/calendar` or in a file of that kind, also within a mail that goes along with it. Nothing
//! else of it is read.

use std::path::Path;

use super::opening::parts;

/// A calendar that somebody sends in is no larger, as one that they upload.
const LARGEST: usize = 512 * 1024;
/// So many are looked at; mail programs send the same one twice.
const MOST: usize = 8;
/// So many mails stand in one another at most.
const DEEPEST: usize = 3;

/// The calendars of a mail.
pub(super) fn read(message: &[u8]) -> Vec<String> {
    let mut calendars = Vec::new();
    gather(message, 0, &mut calendars);
    calendars
}

fn gather(message: &[u8], depth: usize, into: &mut Vec<String>) {
    for part in parts(message) {
        if part.is_mail && depth < DEEPEST {
            gather(&part.content, depth + 1, into);
        }
        let is_named = Path::new(&part.name).extension().is_some_and(|end| end.eq_ignore_ascii_case("ics"));
        let is_calendar = is_named || ["text/calendar", "application/ics"].contains(&part.kind.as_str());
        if is_calendar && !part.is_mail && part.content.len() <= LARGEST && into.len() < MOST {
            into.extend(String::from_utf8(part.content));
        }
    }
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;

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
            let calendars = read(mail("b", &body).as_bytes());
            assert_eq!(calendars.len(), 1, "{body}");
            assert!(calendars[0].starts_with("BEGIN:VCALENDAR"));
        }
        let large = format!("{ICS}{}", "X".repeat(LARGEST));
        for body in [part("b", "text/plain", ICS), part("b", "text/calendar", &large), String::new()] {
            assert_eq!(read(mail("b", &body).as_bytes()), Vec::<String>::new());
        }
        assert_eq!(read(mail("b", &part("b", "text/calendar", ICS).repeat(20)).as_bytes()).len(), MOST);
        // Each mail in another is taken apart, down to the last that is.
        let mut body = part("b0", "text/calendar", ICS);
        for depth in 1..=DEEPEST + 1 {
            let (head, inner) = (format!("b{depth}"), mail(&format!("b{}", depth - 1), &body));
            body = part(&head, "message/rfc822", &inner);
            assert_eq!(read(mail(&head, &body).as_bytes()).len(), usize::from(depth <= DEEPEST), "{depth}");
        }
    }

    /// Each would take gigabytes, or the stack, of whoever takes apart whatever is a mail.
    #[test]
    fn mails_without_end_in_a_mail_cost_no_more_than_it() {
        let many = "--b\nContent-Type: message/rfc822\n\nA: b\n\nx\n".repeat(15_000);
        let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{many}--b--\n");
        let encoded = format!(
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{}\n",
            base64::engine::general_purpose::STANDARD.encode(&many)
        );
        let deep = "Content-Type: message/rfc822\n\n".repeat(35_000);
        let digests = "Content-Type: multipart/digest; boundary=b\n\n--b\n\n".repeat(20_000);
        for mail in [many, encoded, deep, digests] {
            // As little of a stack as nobody has.
            let read = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || read(mail.as_bytes()));
            assert_eq!(read.unwrap().join().unwrap(), Vec::<String>::new());
        }
    }
}
