//! CSV as it really comes: UTF-8 with or without its mark, UTF-16, Windows-1252; comma, semicolon or tab.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::SheetRefusal;
use super::grid::{Grid, Room};

/// How many records are looked at to find the separator.
const SAMPLE: usize = 100;

pub(super) fn read(bytes: &[u8], file_name: &str, room: &mut Room) -> Result<Grid, SheetRefusal> {
    let text = decode(bytes)?;
    if text.trim().is_empty() {
        return Err(SheetRefusal::Empty);
    }
    let (declared, text) = declared_separator(&text);
    let separator = declared.unwrap_or_else(|| detect(text));
    let mut grid = Grid::new(stem(file_name));
    for (index, record) in Records::new(text, separator).enumerate() {
        let record = record.map_err(|Unclosed| SheetRefusal::UnclosedQuote { row: index + 1 })?;
        for (column, cell) in record.iter().enumerate() {
            grid.put(room, index + 1, column, cell)?;
        }
    }
    Ok(grid)
}

/// The file's name without its folder and extension.
fn stem(file_name: &str) -> &str {
    let name = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Windows-1252 has a letter for almost every byte, so it comes last and only for what could be text.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, SheetRefusal> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        Cow::Borrowed(std::str::from_utf8(rest).map_err(|_| SheetRefusal::NotASpreadsheet)?)
    } else if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        UTF_16LE.decode_without_bom_handling_and_without_replacement(rest).ok_or(SheetRefusal::NotASpreadsheet)?
    } else if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling_and_without_replacement(rest).ok_or(SheetRefusal::NotASpreadsheet)?
    } else if let Ok(text) = std::str::from_utf8(bytes) {
        Cow::Borrowed(text)
    } else {
        WINDOWS_1252.decode_without_bom_handling(bytes).0
    };
    if looks_binary(&text) || looks_marked_up(&text) { Err(SheetRefusal::NotASpreadsheet) } else { Ok(text) }
}

/// Text has no control characters beyond blanks, form feed, and the end mark of CP/M that some exports still write.
fn looks_binary(text: &str) -> bool {
    text.trim_end_matches('\u{1a}')
        .chars()
        .any(|letter| letter.is_control() && !matches!(letter, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}'))
}

fn looks_marked_up(text: &str) -> bool {
    let start: String = text.trim_start().chars().take(15).collect::<String>().to_ascii_lowercase();
    ["%pdf-", "{\\rtf", "<?xml", "<!doctype", "<html", "<table", "<svg"].iter().any(|mark| start.starts_with(mark))
}

/// Excel's own first line, `sep=;`, which it hides and does not number.
fn declared_separator(text: &str) -> (Option<char>, &str) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = line.trim_end_matches('\r').strip_prefix("sep=").and_then(|rest| {
        let mut letters = rest.chars();
        letters.next().filter(|letter| matches!(letter, ',' | ';' | '\t' | '|') && letters.next().is_none())
    });
    match declared {
        Some(separator) => (Some(separator), rest),
        None => (None, text),
    }
}

/// The separator under which the most records have as many cells as the headings, weighed by that number; on a tie
/// the rarer in prose. A semicolon file whose cells hold commas has one cell, or a ragged few, by comma.
fn detect(text: &str) -> char {
    let mut best = (0, ',');
    for separator in ['\t', ';', ','] {
        let mut records = Records::new(text, separator)
            .map_while(Result::ok)
            .filter(|record| record.iter().any(|cell| !cell.trim().is_empty()))
            .take(SAMPLE)
            .map(|record| record.len());
        let Some(headings) = records.next().filter(|cells| *cells > 1) else { continue };
        let (rows, alike) =
            records.fold((1, 1), |(rows, alike), cells| (rows + 1, alike + usize::from(cells == headings)));
        let score = headings * alike * 1000 / rows;
        if score > best.0 {
            best = (score, separator);
        }
    }
    best.1
}

/// A quotation mark that the end of the file does not close.
struct Unclosed;

/// The records of a CSV text by RFC 4180, leniently: any line end, ragged rows, quotation marks inside a bare cell. Every
/// line that is no part of a quoted cell is a record, empty ones too, since spreadsheet programs number them.
struct Records<'a> {
    rest: &'a str,
    separator: char,
    ended: bool,
}

impl<'a> Records<'a> {
    fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text.trim_end_matches('\u{1a}'), separator, ended: false }
    }

    /// One cell, and what ended it.
    fn cell(&mut self) -> Result<(Cow<'a, str>, End), Unclosed> {
        let Some(quoted) = self.rest.strip_prefix('"') else { return Ok(self.bare()) };
        let mut cell = String::new();
        let mut rest = quoted;
        loop {
            let close = rest.find('"').ok_or(Unclosed)?;
            cell.push_str(&rest[..close]);
            rest = &rest[close + 1..];
            match rest.strip_prefix('"') {
                Some(after) => {
                    cell.push('"');
                    rest = after;
                }
                None => break,
            }
        }
        self.rest = rest;
        let (tail, end) = self.bare();
        cell.push_str(&tail);
        Ok((Cow::Owned(cell), end))
    }

    fn bare(&mut self) -> (Cow<'a, str>, End) {
        let text = self.rest;
        let Some(at) = text.find([self.separator, '\n', '\r']) else {
            self.rest = "";
            return (Cow::Borrowed(text), End::Text);
        };
        let (cell, rest) = text.split_at(at);
        let end = if rest.starts_with(self.separator) { End::Cell } else { End::Record };
        let length = if rest.starts_with("\r\n") { 2 } else { 1 };
        self.rest = &rest[length..];
        (Cow::Borrowed(cell), end)
    }
}

enum End {
    Cell,
    Record,
    Text,
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Vec<Cow<'a, str>>, Unclosed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended || self.rest.is_empty() {
            return None;
        }
        let mut record = Vec::new();
        loop {
            match self.cell() {
                Ok((cell, end)) => {
                    record.push(cell);
                    match end {
                        End::Cell => {}
                        End::Record => return Some(Ok(record)),
                        End::Text => {
                            self.ended = true;
                            return Some(Ok(record));
                        }
                    }
                }
                Err(unclosed) => {
                    self.ended = true;
                    return Some(Err(unclosed));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, separator: char) -> Vec<Vec<String>> {
        Records::new(text, separator)
            .map_while(Result::ok)
            .map(|record| record.into_iter().map(Cow::into_owned).collect())
            .collect()
    }

    #[test]
    fn records_by_the_rfc_and_beyond() {
        let text = "a,\"b \"\"x\"\"\",c\r\n\r\n\"line\none\",5\" pipe,\r1,2,3";
        assert_eq!(
            records(text, ','),
            [vec!["a", "b \"x\"", "c"], vec![""], vec!["line\none", "5\" pipe", ""], vec!["1", "2", "3"]]
        );
    }

    /// The csv crate is the oracle wherever it keeps every line: no empty ones, and quotes as the RFC has them.
    #[test]
    fn agrees_with_the_csv_crate() {
        let text = "name,note\r\nAna,\"a, b\"\r\n\"O\"\"Hara\",\"two\r\nlines\"\r\nñ,\r\n";
        let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let expected: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        assert_eq!(records(text, ','), expected);
    }

    #[test]
    fn the_separator_is_found() {
        for (text, expected) in [
            ("a;b;c\n1,5;2,5;x, y\n", ';'),
            ("Apellidos, nombre;Correo\n\"Gil, Ana\";a@b.es\nPaz, Luis;l@b.es\n", ';'),
            ("a\tb\n1,5\t2;3\n", '\t'),
            ("a,b,langs\nx,y,es;en\nz,w,es;fr\n", ','),
            ("a,\"b;c;d\"\n1,2\n", ','),
            ("Correo\na@b.es\n", ','),
        ] {
            assert_eq!(detect(text), expected, "{text}");
        }
    }
}
