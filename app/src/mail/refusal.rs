//! What a server's refusal means: that nobody has that address, or anything else. Only the first is the address's fault; a
//! password that is wrong or a mail that looks like spam is not.

/// What a server said, without whom the mail was for: neither does the log say it, nor do words in an address say what is wrong.
pub(super) fn without_addresses(said: &str) -> String {
    let words: Vec<&str> = said.split_whitespace().map(|word| if word.contains('@') { "…@…" } else { word }).collect();
    words.join(" ")
}

/// Whether a reply of this code says that the address takes no mail, now and later: RFC 5321, section 4.2.3, and where the reply
/// bears an enhanced code, RFC 3463.
pub(super) fn is_of_address(code: u16, said: &str) -> bool {
    if !matches!(code, 550 | 551 | 553 | 556) {
        return false;
    }
    match enhanced(said) {
        // The address (5.1.1 to 5.1.10, where 5.1.7 and 5.1.8 are the sender's), a mailbox that is closed (5.2.1), or no route to
        // its server (5.4.4).
        Some((1, detail)) => !matches!(detail, 7 | 8),
        Some((subject, detail)) => matches!((subject, detail), (2, 1) | (4, 4)),
        // A server that says no more than 550 may mean the mail as well, at whatever moment of the exchange: only where it speaks of whom
        // the mail is for. The other codes are of an address.
        None => code != 550 || (says_one(said, &OF_THE_READER) && !says_one(said, &OF_THE_MAIL)),
    }
}

/// Whether a reply of this code would be the same in an hour (RFC 5321, section 4.2.1). What it says of us, and not of the mail, an
/// operator may mend at any time: a password that is wrong or missing, or too little encryption (RFC 4954, section 6).
pub(super) fn is_for_good(code: u16, said: &str) -> bool {
    // A command that is not known or not now, a host that takes no mail, a password; the system, the network, the sender.
    let of_us = matches!(code, 502..=504 | 521 | 530 | 534 | 535 | 538)
        || enhanced(said).is_some_and(|code| matches!(code, (3 | 4, _) | (1, 7 | 8)) && code != TOO_LARGE)
        || says_one(said, &OF_US);
    // A server that says no more than 554 may mean that it takes nothing from us at present.
    let says_no_more = code == 554 && enhanced(said).is_none();
    (500..600).contains(&code) && !of_us && !says_no_more
}

const TOO_LARGE: (u16, u16) = (3, 4);
/// That we may not send through the server, or are on a list: an operator mends it.
const OF_US: [&str; 6] = ["relay", "blocked", "blocklist", "blacklist", "reputation", "banned"];

const OF_THE_READER: [&str; 8] =
    ["user", "mailbox", "recipient", "account", "unknown", "no such", "does not exist", "not exist"];
const OF_THE_MAIL: [&str; 11] = [
    "spam",
    "block",
    "blacklist",
    "policy",
    "relay",
    "denied",
    "sender",
    "reputation",
    "content",
    "rejected by",
    "dmarc",
];

fn says_one(said: &str, words: &[&str]) -> bool {
    let said = said.to_lowercase();
    words.iter().any(|word| said.contains(word))
}

/// Whether what was said bears an enhanced code of what is for good.
pub(super) fn has_enhanced(said: &str) -> bool {
    enhanced(said).is_some()
}

/// Subject and detail of the enhanced code, `5.1.1`.
fn enhanced(said: &str) -> Option<(u16, u16)> {
    said.split(|letter: char| letter.is_whitespace() || letter == '-').find_map(|word| {
        let mut parts = word.trim_start_matches('#').trim_end_matches([':', ';', ',']).split('.');
        let (class, subject, detail) = (parts.next()?, parts.next()?, parts.next()?);
        (class == "5" && parts.next().is_none()).then_some(())?;
        Some((subject.parse().ok()?, detail.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_operator_mends_is_not_for_good() {
        for (code, said) in [(550, "no"), (552, "5.3.4 too large"), (552, "too large"), (554, "5.7.1 looks like spam")]
        {
            assert!(is_for_good(code, said), "{code} {said}");
        }
        assert!([421, 451, 452, 503, 521, 530, 534, 535, 538].into_iter().all(|code| !is_for_good(code, "no")));
        for said in ["no SMTP service here", "5.7.1 relay access denied", "5.4.0 no route", "5.7.1 your IP is blocked"]
        {
            assert!(!is_for_good(554, said), "{said}");
        }
    }

    #[test]
    fn only_what_is_the_addresss_fault_is_held_against_it() {
        for (code, said) in [
            (550, "permanent error (550): 5.1.1 <a@example.org> is unknown here"),
            (550, "permanent error (550): no such user"),
            (553, "permanent error (553): 5.1.3 bad address"),
            (550, "permanent error (550): 550-5.1.1 The email account that you tried to reach does not exist."),
            (550, "permanent error (550): 5.2.1 mailbox disabled"),
            (550, "permanent error (550): <ana@policy.example> user unknown"),
            (551, "permanent error (551): not local"),
            (556, "permanent error (556): 5.1.10 null MX"),
        ] {
            assert!(is_of_address(code, &without_addresses(said)), "{said}");
        }
        for (code, said) in [
            (535, "permanent error (535): 5.7.8 wrong password"),
            (530, "permanent error (530): 5.7.0 STARTTLS first"),
            (550, "permanent error (550): 5.7.1 relaying denied"),
            (550, "permanent error (550): 5.1.8 sender's domain does not exist"),
            (554, "permanent error (554): looks like spam"),
            (550, "permanent error (550): spam"),
            (550, "permanent error (550): message from this sender blocked, user reputation"),
            (550, "permanent error (550): rejected"),
            (550, "permanent error (550): <account@x.example> refused"),
            (552, "permanent error (552): 5.2.2 mailbox full"),
            (451, "transient error (451): 4.7.1 greylisted"),
        ] {
            assert!(!is_of_address(code, &without_addresses(said)), "{said}");
        }
    }
}
