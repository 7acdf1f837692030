//! How many passed and failed, read from what the test runners print. Text in, numbers out.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub passed: usize,
    pub failed: usize,
}

impl Count {
    pub const PASSED: Self = Self { passed: 1, failed: 0 };
    pub const FAILED: Self = Self { passed: 0, failed: 1 };

    pub fn of(passed: bool) -> Self {
        if passed { Self::PASSED } else { Self::FAILED }
    }

    /// Good news only if something ran.
    pub fn is_good(self) -> bool {
        self.failed == 0 && self.passed > 0
    }
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// nextest's last line, for example
/// `Summary [   0.005s] 9/10 tests run: 5 passed (1 slow), 2 failed, 1 timed out, 1 exec failed, 3 skipped`.
/// What is indented under a failing test cannot be taken for it: that bears no `Summary [`.
pub fn nextest(line: &str) -> Option<Count> {
    let line = without_colour(line);
    let (_, tail) = line.trim_start().strip_prefix("Summary [")?.split_once(']')?;
    let (_, parts) = tail.split_once(" run: ")?;
    let mut count = Count::default();
    for (number, word) in numbered_words(parts, ',') {
        match word {
            "passed" => count.passed += number,
            "failed" | "timed out" | "exec failed" => count.failed += number,
            _ => {}
        }
    }
    Some(count)
}

/// libtest's last line for each binary, for example
/// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`.
pub fn libtest(line: &str) -> Option<Count> {
    let line = without_colour(line);
    let (_, parts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut count = Count::default();
    for (number, word) in numbered_words(parts, ';') {
        match word {
            "passed" => count.passed += number,
            "failed" => count.failed += number,
            _ => {}
        }
    }
    Some(count)
}

/// `5 passed (1 slow), 2 failed` → (5, "passed"), (2, "failed").
fn numbered_words(parts: &str, separator: char) -> impl Iterator<Item = (usize, &str)> {
    parts.split(separator).filter_map(|part| {
        let part = part.split('(').next().unwrap_or_default().trim();
        let (number, word) = part.split_once(' ')?;
        Some((number.parse().ok()?, word.trim()))
    })
}

/// The line without its ANSI escape sequences (`ESC [ … letter`), which colour it in a terminal.
fn without_colour(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            characters.by_ref().skip(1).find(char::is_ascii_alphabetic);
        } else {
            plain.push(character);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(passed: usize, failed: usize) -> Count {
        Count { passed, failed }
    }

    #[test]
    fn reads_the_summary_of_nextest() {
        assert_eq!(nextest("     Summary [   0.005s] 3 tests run: 3 passed, 0 skipped"), Some(count(3, 0)));
        assert_eq!(nextest("     Summary [   0.005s] 1 test run: 1 passed, 0 skipped"), Some(count(1, 0)));
        assert_eq!(
            nextest(
                "     Summary [  61.5s] 9/10 tests run: 5 passed (1 slow, 1 leaky), 2 failed (1 due to a signal), \
                 1 timed out, 1 exec failed, 3 skipped"
            ),
            Some(count(5, 4))
        );
        assert_eq!(nextest("     Summary [   0.000s] 0 tests run: 0 passed, 7 skipped"), Some(count(0, 0)));
    }

    #[test]
    fn reads_the_result_of_libtest() {
        assert_eq!(
            libtest("test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 2 filtered out; finished in 0.00s"),
            Some(count(5, 0))
        );
        assert_eq!(libtest("test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured"), Some(count(1, 2)));
    }

    #[test]
    fn sees_through_colours() {
        assert_eq!(
            nextest(
                "\u{1b}[32;1m     Summary\u{1b}[0m [   0.005s] \u{1b}[1m3\u{1b}[0m tests run: \u{1b}[1m2\u{1b}[0m \
                 \u{1b}[32;1mpassed\u{1b}[0m, \u{1b}[1m1\u{1b}[0m \u{1b}[31;1mfailed\u{1b}[0m, 0 skipped"
            ),
            Some(count(2, 1))
        );
        assert_eq!(libtest("test result: \u{1b}[32mok\u{1b}[0m. 5 passed; 0 failed"), Some(count(5, 0)));
    }

    #[test]
    fn takes_no_other_line_for_a_result() {
        assert_eq!(nextest("        PASS [   0.005s] telemaco i18n::tests::passed"), None);
        assert_eq!(nextest("    test result: ok. 5 passed; 0 failed"), None);
        assert_eq!(libtest("    test result: ok. 5 passed; 0 failed"), None, "indented: the output of a test");
        assert_eq!(libtest("test reads_the_result ... ok"), None);
        assert_eq!(nextest(""), None);
        assert_eq!(nextest("\u{1b}["), None);
    }

    #[test]
    fn nothing_run_is_no_good_news() {
        assert!(!Count::default().is_good());
        assert!(Count::PASSED.is_good());
        let mut sum = Count::PASSED;
        sum += Count::of(false);
        assert_eq!(sum, count(1, 1));
        assert!(!sum.is_good());
    }
}
