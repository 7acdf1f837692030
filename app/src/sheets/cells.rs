//! What stands in one cell: numbers and lists as people write them, and text that no spreadsheet program may run.

/// A number with a decimal comma or point: `3,5`, `3.5`, `1.234,5`, `1,234.5`, `-7`. A single separator is the decimal one
/// (`1.234` is a little over one); several of a kind, or the first of two kinds, part thousands.
pub fn number(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let (negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(&text)),
    };
    let decimal = decimal_separator(digits);
    let (whole, fraction) = match decimal {
        Some(separator) => digits.rsplit_once(separator)?,
        None => (digits, ""),
    };
    if decimal.is_some() && fraction.is_empty() {
        return None;
    }
    let whole = ungroup(whole)?;
    let figures = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !figures(&whole) || !figures(fraction) || whole.len() + fraction.len() == 0 {
        return None;
    }
    let size: f64 = format!("0{whole}.{fraction}0").parse().ok()?;
    Some(if negative { -size } else { size }).filter(|number| number.is_finite())
}

/// The separator before the decimals, if the number has any.
fn decimal_separator(digits: &str) -> Option<char> {
    let last = digits.rfind([',', '.'])?;
    let separator = digits[last..].chars().next()?;
    (digits.matches(separator).count() == 1).then_some(separator)
}

/// The whole part without its thousands' separators, which must stand before every three digits.
fn ungroup(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|letter| matches!(letter, ',' | '.')) else {
        return Some(whole.to_owned());
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let (first, rest) = groups.split_first()?;
    let sound = (1..=3).contains(&first.len()) && rest.iter().all(|group| group.len() == 3);
    sound.then(|| groups.concat())
}

/// The items of a cell that holds a list: parted by comma, semicolon, bar or line, trimmed, the empty ones dropped.
pub fn list(cell: &str) -> Vec<String> {
    cell.split([',', ';', '|', '\n', '\r']).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// Text that a spreadsheet program shows and never runs: a leading apostrophe before what would be a formula
/// (OWASP, "CSV Injection"). [`restored`] is its inverse.
pub(super) fn harmless(text: &str) -> String {
    if is_formula(text.trim_start_matches('\'')) { format!("'{text}") } else { text.to_owned() }
}

/// The text that [`harmless`] was given. A file of somebody else's that takes the same care is read rightly too.
pub(super) fn restored(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

/// The full-width signs begin a formula in the East Asian editions of Excel.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n']) || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// A number as people would type it: whole numbers without decimals, others to the fifteen digits that spreadsheet
/// programs keep.
pub(super) fn plain(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        let cases = [
            ("3,5", 3.5),
            ("3.5", 3.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("12 345,25", 12_345.25),
            ("-7", -7.0),
            ("+2", 2.0),
            (" 40 ", 40.0),
            (",5", 0.5),
        ];
        for (text, expected) in cases {
            assert_eq!(number(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in
            ["", "-", "dos", "3,5,1", "1.23.456", "1.234,5,6", "3.", "1e5", "0x10", "٣", "1-2", "inf", "NaN", "--1"]
        {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn lists_part_at_comma_semicolon_bar_and_line() {
        assert_eq!(list(" es, en;eu|| fr\nca "), ["es", "en", "eu", "fr", "ca"]);
        assert!(list(" ; ").is_empty());
    }

    #[test]
    fn formulas_are_made_harmless_and_given_back() {
        for text in ["=1+1", "+34 600", "-5", "@a", "  =x", "\t=x", "\rx", "'=x", "''-y", "＝1"] {
            let written = harmless(text);
            assert!(written.starts_with('\''), "{text:?}");
            assert_eq!(restored(&written), text);
        }
        for text in ["Ana", "'quoted'", "a=b", "", "O'Hara", "'"] {
            assert_eq!(harmless(text), text);
            assert_eq!(restored(text), text);
        }
    }

    #[test]
    fn plain_numbers() {
        assert_eq!(plain(3.0), "3");
        assert_eq!(plain(0.1 + 0.2), "0.3");
        assert_eq!(plain(-0.0), "0");
        assert_eq!(plain(1234.5), "1234.5");
    }

    proptest! {
        #[test]
        fn harmless_text_comes_back(text in ".*") {
            let written = harmless(&text);
            prop_assert_eq!(restored(&written), text.as_str());
        }

        #[test]
        fn any_text_is_a_number_or_not(text in ".*") {
            let _ = number(&text);
        }

        #[test]
        fn decimals_read_alike_with_comma_and_point(number in -1_000_000_i64..1_000_000, decimals in 1_u32..100) {
            let text = format!("{number},{decimals}");
            prop_assert_eq!(super::number(&text), text.replace(',', ".").parse().ok());
        }
    }
}
