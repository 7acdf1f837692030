//! E-mail addresses as cells hold them.

/// The address in a cell, in lower case: `Ana Gil <Ana@Empresa.es>;` gives `ana@empresa.es`. Letters of any script are
/// allowed (RFC 6531, IDNA); quoted local parts and bare host names are not, since no programme's people have them.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let text = match (text.rfind('<'), text.rfind('>')) {
        (Some(open), Some(close)) if open < close => &text[open + 1..close],
        _ => text,
    };
    let text = text.trim().trim_end_matches([',', ';', '.']).trim_matches(['"', '\'', '<', '>']);
    let text = text.strip_prefix("mailto:").unwrap_or(text).trim().to_lowercase();
    let (local, domain) = text.split_once('@')?;
    (is_local(local) && is_domain(domain)).then_some(text)
}

/// Dotted atoms (RFC 5322, 3.2.3), at most 64 octets (RFC 5321, 4.5.3.1.1).
fn is_local(local: &str) -> bool {
    let atom = |atom: &str| !atom.is_empty() && atom.chars().all(is_atom_letter);
    local.len() <= 64 && local.split('.').all(atom)
}

fn is_atom_letter(letter: char) -> bool {
    if letter.is_ascii() {
        letter.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(letter)
    } else {
        letter.is_alphanumeric()
    }
}

fn is_domain(domain: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.chars().count())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
    };
    let labels: Vec<&str> = domain.split('.').collect();
    let top =
        labels.last().is_some_and(|top| top.chars().count() > 1 && !top.bytes().all(|byte| byte.is_ascii_digit()));
    domain.len() <= 253 && labels.len() > 1 && top && labels.into_iter().all(label)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_as_people_paste_them() {
        for (text, expected) in [
            ("Ana.Gil@Empresa.ES", "ana.gil@empresa.es"),
            (" ana@empresa.es; ", "ana@empresa.es"),
            ("Ana Gil <ana@empresa.es>", "ana@empresa.es"),
            ("mailto:ana+x@empresa.es", "ana+x@empresa.es"),
            ("peña@español.es", "peña@español.es"),
            ("o'hara@xn--espaol-zwa.es", "o'hara@xn--espaol-zwa.es"),
        ] {
            assert_eq!(address(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_address() {
        for text in [
            "",
            "ana",
            "ana@",
            "@empresa.es",
            "ana@empresa",
            "ana@@empresa.es",
            "ana gil@empresa.es",
            "ana@emp resa.es",
            "a..b@empresa.es",
            ".a@empresa.es",
            "ana@-empresa.es",
            "ana@empresa..es",
            "ana@1.2",
            "a@b.es, c@d.es",
            "ana@empresa.e",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_address_is_its_own_address(text in "\\PC{0,30}@\\PC{0,30}") {
            if let Some(parsed) = address(&text) {
                prop_assert_eq!(address(&parsed), Some(parsed));
            }
        }
    }
}
