//! What a mail server writes back when a mail did not arrive (RFC 3464): whom it was for, what was done and why. Nothing else reads
//! such mails.

use super::opening::parts;
use super::refusal;

/// What a report says of each whom a mail was for, in a part of such a kind.
const STATUS: [&str; 2] = ["message/delivery-status", "message/global-delivery-status"];

/// The addresses of which a report says that they take no mail, now and later.
pub(super) fn refused(message: &[u8]) -> Vec<String> {
    let parts = parts(message).into_iter().filter(|part| STATUS.contains(&part.kind.as_str()));
    let groups = parts.flat_map(|part| groups(&String::from_utf8_lossy(&part.content)));
    groups.filter(of_address).filter_map(|group| recipient(&group)).collect()
}

/// Whom a group is about: whom the mail was sent to, else whom a server in between sent it on to.
fn recipient(group: &Fields) -> Option<String> {
    let value = field(group, "Original-Recipient").or_else(|| field(group, "Final-Recipient"))?;
    let (_, address) = value.split_once(';')?;
    Some(address.trim().trim_matches(['<', '>']).to_owned())
}

/// A group of fields, as `Name: value` with folded lines joined.
type Fields = Vec<(String, String)>;

fn field<'a>(group: &'a Fields, name: &str) -> Option<&'a str> {
    group.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
}

/// The groups of a report, one for the message and one for each recipient: an empty line stands between them.
fn groups(text: &str) -> Vec<Fields> {
    let mut groups = vec![Fields::new()];
    for line in text.lines() {
        let Some(group) = groups.last_mut() else { break };
        match line.split_once(':') {
            _ if line.trim().is_empty() => groups.push(Fields::new()),
            _ if line.starts_with([' ', '\t']) => {
                if let Some((_, value)) = group.last_mut() {
                    value.push(' ');
                    value.push_str(line.trim());
                }
            }
            Some((name, value)) => group.push((name.trim().to_owned(), value.trim().to_owned())),
            None => {}
        }
    }
    groups
}

/// Whether a recipient's group says that it is the address that takes no mail, as a server's reply would have.
fn of_address(group: &Fields) -> bool {
    let field = |name: &str| field(group, name).unwrap_or_default();
    if !field("Action").eq_ignore_ascii_case("failed") {
        return false;
    }
    let status = field("Status").split_whitespace().next().unwrap_or_default();
    let (kind, said) = field("Diagnostic-Code").split_once(';').unwrap_or(("", field("Diagnostic-Code")));
    let said = refusal::without_addresses(said);
    let code = said.split(|letter: char| !letter.is_ascii_digit()).next().and_then(|code| code.parse().ok());
    match code.filter(|_| kind.trim().eq_ignore_ascii_case("smtp")) {
        // A status of `5.0.0` says no more than the reply.
        Some(code) if status.ends_with(".0.0") || refusal::has_enhanced(&said) => refusal::is_of_address(code, &said),
        Some(code) => refusal::is_of_address(code, &format!("{status} {said}")),
        // No server was asked, or what it said is not told.
        None => refusal::has_enhanced(status) && refusal::is_of_address(550, status),
    }
}

#[cfg(test)]
mod tests {
    use super::super::opening::head;
    use super::*;

    fn report(status: &str, action: &str, diagnostic: &str) -> String {
        format!(
            "From: MAILER-DAEMON@mx.example\r\nTo: bounces+abc@mentoring.example\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\r\n\r\n--b\r\n\
             Content-Type: text/plain\r\n\r\nIt did not arrive.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
             Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ana@example.org\r\nAction: {action}\r\n\
             Status: {status}\r\nDiagnostic-Code: {diagnostic}\r\n\r\n--b--\r\n"
        )
    }

    #[test]
    fn only_a_failure_that_is_the_addresss_fault_counts() {
        let says = |status, action, diagnostic| !refused(report(status, action, diagnostic).as_bytes()).is_empty();
        for (status, diagnostic) in [
            ("5.1.1", "smtp; 550 5.1.1 <ana@example.org>: no such\r\n    mailbox"),
            ("5.0.0", "smtp; 550 No such user here"),
            ("5.1.1", "smtp; 550 rejected"),
            ("5.4.4", "X-Postfix; Host or domain name not found. Name service error for example.org"),
            ("5.1.1", "X-Postfix; unknown user: \"ana\""),
        ] {
            assert!(says(status, "failed", diagnostic), "{diagnostic}");
            assert!(!says(status, "delayed", diagnostic) && !says(status, "delivered", diagnostic));
        }
        for (status, diagnostic) in [
            ("5.7.1", "smtp; 550 5.7.1 looks like spam"),
            ("5.0.0", "smtp; 554 message refused"),
            ("5.2.2", "smtp; 552 5.2.2 mailbox full"),
            ("4.4.1", "X-Postfix; connect to mx.example.org: Connection timed out"),
            ("4.2.2", "smtp; 452 4.2.2 user over quota"),
            ("", ""),
        ] {
            assert!(!says(status, "failed", diagnostic), "{diagnostic}");
        }
    }

    #[test]
    fn what_is_no_report_is_none_by_its_head() {
        let report = report("5.1.1", "failed", "smtp; 550 5.1.1 unknown");
        let read = head(report.as_bytes()).unwrap();
        assert_eq!((read.sent_to, read.is_report), (vec!["bounces+abc@mentoring.example".to_owned()], true));
        assert_eq!(refused(report.as_bytes()), ["ana@example.org"]);
        // Of no part but of their kinds anything is changed before it is read.
        let other = report.replace("ana@example.org", "digest@acme-global.com");
        assert_eq!(refused(other.as_bytes()), ["digest@acme-global.com"]);
        for other in [
            report.replace("report-type=delivery-status", "report-type=disposition-notification"),
            report.replace("multipart/report", "multipart/mixed"),
            "Subject: I am away\r\n\r\nUntil Monday.\r\n".to_owned(),
            String::new(),
        ] {
            assert!(!head(other.as_bytes()).is_some_and(|head| head.is_report), "{other}");
        }
    }
}
