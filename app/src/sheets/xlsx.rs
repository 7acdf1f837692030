//! XLSX (ECMA-376): the visible sheets of a workbook. Formulas give the value that was last computed for them.

use std::collections::{HashMap, HashSet};

use jiff::civil::{Date, date};
use jiff::{Span, ToSpan};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::grid::{Grid, Room};
use super::package::Parts;
use super::xml::{attribute, next, push, reader, skip, text};
use super::{MAX_CELLS, SheetRefusal, cells};

pub(super) fn read(parts: &Parts, room: &mut Room) -> Result<Vec<Grid>, SheetRefusal> {
    let workbook_path = office_document(parts)?;
    if workbook_path.rsplit('.').next() == Some("bin") {
        return Err(SheetRefusal::OldFormat);
    }
    let relations = relations(parts, &workbook_path)?;
    let book = Workbook::read(part(parts, &workbook_path)?)?;
    let shared = match relations.of_kind("sharedStrings").and_then(|path| parts.get(path)) {
        Some(bytes) => shared_strings(bytes)?,
        None => Vec::new(),
    };
    let dates = match relations.of_kind("styles").and_then(|path| parts.get(path)) {
        Some(bytes) => date_styles(bytes)?,
        None => Vec::new(),
    };
    let context = Context { shared, dates, from_1904: book.from_1904 };
    let mut grids = Vec::new();
    // A part is a sheet once, however many names it is given.
    let mut seen = HashSet::new();
    for sheet in book.sheets.iter().filter(|sheet| sheet.visible) {
        let Some(path) = relations.worksheet(&sheet.relation).filter(|path| seen.insert(*path)) else { continue };
        grids.push(context.grid(&sheet.name, part(parts, path)?, room)?);
    }
    Ok(grids)
}

fn part<'a>(parts: &'a Parts, path: &str) -> Result<&'a [u8], SheetRefusal> {
    parts.get(path).map(Vec::as_slice).ok_or(SheetRefusal::Damaged)
}

/// Where the workbook is; nearly always `xl/workbook.xml`.
fn office_document(parts: &Parts) -> Result<String, SheetRefusal> {
    let relations = relations(parts, "")?;
    Ok(relations.of_kind("officeDocument").map_or_else(|| "xl/workbook.xml".to_owned(), str::to_owned))
}

/// What a part refers to: kind and path by id.
struct Relations(HashMap<String, (String, String)>);

impl Relations {
    fn of_kind(&self, kind: &str) -> Option<&str> {
        let mut paths: Vec<&str> =
            self.0.values().filter(|(of, _)| of == kind).map(|(_, path)| path.as_str()).collect();
        paths.sort_unstable();
        paths.first().copied()
    }

    /// The path of a worksheet; none for a sheet that is a chart or a dialogue.
    fn worksheet(&self, id: &str) -> Option<&str> {
        self.0.get(id).filter(|(kind, _)| kind == "worksheet").map(|(_, path)| path.as_str())
    }
}

fn relations(parts: &Parts, of: &str) -> Result<Relations, SheetRefusal> {
    let (folder, name) = of.rsplit_once('/').unwrap_or(("", of));
    let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
    let mut found = HashMap::new();
    let Some(bytes) = parts.get(&path) else { return Ok(Relations(found)) };
    let text = text(bytes)?;
    let mut xml = reader(&text);
    loop {
        match next(&mut xml)? {
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(kind), Some(target)) =
                    (attribute(&element, "Id"), attribute(&element, "Type"), attribute(&element, "Target"))
                else {
                    continue;
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                found.insert(id, (kind, resolved(folder, &target)));
            }
            Event::Eof => return Ok(Relations(found)),
            _ => {}
        }
    }
}

/// A target is relative to the folder of the part that refers to it, or begins with `/`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let from = if target.starts_with('/') { "" } else { folder };
    let mut steps: Vec<&str> = Vec::new();
    for step in from.split('/').chain(target.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/").to_lowercase()
}

struct Workbook {
    sheets: Vec<SheetEntry>,
    from_1904: bool,
}

struct SheetEntry {
    name: String,
    relation: String,
    visible: bool,
}

impl Workbook {
    fn read(bytes: &[u8]) -> Result<Self, SheetRefusal> {
        let text = text(bytes)?;
        let mut xml = reader(&text);
        let mut book = Self { sheets: Vec::new(), from_1904: false };
        loop {
            match next(&mut xml)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "sheet" => book.sheets.push(SheetEntry {
                        name: attribute(&element, "name").unwrap_or_default(),
                        relation: attribute(&element, "id").unwrap_or_default(),
                        visible: attribute(&element, "state").is_none_or(|state| state == "visible"),
                    }),
                    "workbookPr" => {
                        let flag = attribute(&element, "date1904");
                        book.from_1904 |= flag.is_some_and(|flag| flag == "1" || flag == "true");
                    }
                    _ => {}
                },
                Event::Eof => return Ok(book),
                _ => {}
            }
        }
    }
}

fn shared_strings(bytes: &[u8]) -> Result<Vec<String>, SheetRefusal> {
    let text = text(bytes)?;
    let mut xml = reader(&text);
    let mut strings = Vec::new();
    loop {
        match next(&mut xml)? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                if strings.len() == MAX_CELLS {
                    return Err(SheetRefusal::TooManyRows);
                }
                strings.push(rich_text(&mut xml, "si")?);
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an element's runs, without the readings aid of East Asian text.
fn rich_text(xml: &mut Reader<&[u8]>, closing: &str) -> Result<String, SheetRefusal> {
    let mut whole = String::new();
    loop {
        match next(xml)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "rPh" => skip(xml)?,
                "t" => whole.push_str(&unescaped(&plain_text(xml)?)),
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == closing => return Ok(whole),
            Event::Eof => return Err(SheetRefusal::Damaged),
            _ => {}
        }
    }
}

/// All text up to the end of the element whose start was just read.
fn plain_text(xml: &mut Reader<&[u8]>) -> Result<String, SheetRefusal> {
    let mut whole = String::new();
    let mut depth = 1_usize;
    while depth > 0 {
        match next(xml)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(SheetRefusal::Damaged),
            event => push(&mut whole, &event),
        }
    }
    Ok(whole)
}

/// Excel writes a character that XML cannot hold as `_x000D_` (ECMA-376, 22.9.2.19).
fn unescaped(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 7).and_then(|code| code.strip_suffix('_'));
        let letter = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let length = if let Some(letter) = letter {
            whole.push_str(&rest[..at]);
            whole.push(letter);
            7
        } else {
            whole.push_str(&rest[..at + 2]);
            2
        };
        rest = &rest[at + length..];
    }
    whole.push_str(rest);
    whole
}

/// For each cell style, whether its numbers are dates.
fn date_styles(bytes: &[u8]) -> Result<Vec<bool>, SheetRefusal> {
    let text = text(bytes)?;
    let mut xml = reader(&text);
    let mut custom: HashMap<String, bool> = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    loop {
        match next(&mut xml)? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) = (attribute(&element, "numFmtId"), attribute(&element, "formatCode"))
                    {
                        custom.insert(id, is_date_format(&code));
                    }
                }
                "cellXfs" => in_cell_styles = true,
                "xf" if in_cell_styles => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    styles.push(custom.get(&id).copied().unwrap_or_else(|| is_built_in_date(&id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cell_styles = false,
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// The built-in formats that are dates or times of day (ECMA-376, 18.8.30), those of the East Asian editions too.
fn is_built_in_date(id: &str) -> bool {
    matches!(id.parse::<u32>(), Ok(14..=22 | 27..=36 | 45 | 47 | 50..=58))
}

/// A format whose first section has a letter of a date outside of quotes, escapes and brackets.
fn is_date_format(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '_' | '*' => {
                letters.next();
            }
            '"' => {
                letters.by_ref().find(|letter| *letter == '"');
            }
            '[' => {
                letters.by_ref().find(|letter| *letter == ']');
            }
            ';' => return false,
            'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return true,
            _ => {}
        }
    }
    false
}

/// What the cells of every sheet refer to.
struct Context {
    shared: Vec<String>,
    dates: Vec<bool>,
    from_1904: bool,
}

impl Context {
    fn grid(&self, name: &str, bytes: &[u8], room: &mut Room) -> Result<Grid, SheetRefusal> {
        let text = text(bytes)?;
        let mut xml = reader(&text);
        let mut grid = Grid::new(name);
        let (mut row, mut column) = (0_usize, 0_usize);
        loop {
            match next(&mut xml)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "row" => {
                        row = attribute(&element, "r")
                            .and_then(|number| number.parse().ok())
                            .unwrap_or_else(|| row.saturating_add(1));
                        column = 0;
                    }
                    "c" => {
                        if let Some((at_row, at_column)) = attribute(&element, "r").and_then(|place| place_of(&place)) {
                            (row, column) = (at_row, at_column);
                        }
                        let value = self.value(&mut xml, &element)?;
                        grid.put(room, row, column, &value)?;
                        column = column.saturating_add(1);
                    }
                    _ => {}
                },
                Event::End(element) if element.local_name().as_ref() == "sheetData" => return Ok(grid),
                Event::Eof => return Err(SheetRefusal::Damaged),
                _ => {}
            }
        }
    }

    /// The text of a cell whose start was just read.
    fn value(&self, xml: &mut Reader<&[u8]>, cell: &BytesStart<'_>) -> Result<String, SheetRefusal> {
        let mut written = None;
        let mut inline = None;
        loop {
            match next(xml)? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => written = Some(plain_text(xml)?),
                    "is" => inline = Some(rich_text(xml, "is")?),
                    _ => skip(xml)?,
                },
                Event::End(_) => break,
                Event::Eof => return Err(SheetRefusal::Damaged),
                _ => {}
            }
        }
        if let Some(text) = inline {
            return Ok(text);
        }
        let Some(written) = written else { return Ok(String::new()) };
        Ok(match attribute(cell, "t").as_deref() {
            Some("s") => {
                let string = written.trim().parse::<usize>().ok().and_then(|index| self.shared.get(index));
                string.ok_or(SheetRefusal::Damaged)?.clone()
            }
            Some("b") => (if written.trim() == "1" { "true" } else { "false" }).to_owned(),
            Some("str") => unescaped(&written),
            Some("e" | "d") => written,
            _ => self.number(&written, cell),
        })
    }

    fn number(&self, written: &str, cell: &BytesStart<'_>) -> String {
        let Ok(number) = written.trim().parse::<f64>() else { return written.to_owned() };
        let style = attribute(cell, "s").and_then(|style| style.parse::<usize>().ok());
        let is_date = style.and_then(|style| self.dates.get(style)).copied().unwrap_or(false);
        let moment = if is_date { moment(number, self.from_1904) } else { None };
        moment.unwrap_or_else(|| cells::plain(number))
    }
}

/// Row (from 1) and column (from 0) of a place such as `B7`.
fn place_of(place: &str) -> Option<(usize, usize)> {
    let digits = place.find(|letter: char| letter.is_ascii_digit())?;
    let (letters, row) = place.split_at(digits);
    let mut column = 0_usize;
    for letter in letters.bytes() {
        let value = usize::from(letter.to_ascii_uppercase().checked_sub(b'A').filter(|value| *value < 26)?);
        column = column.checked_mul(26)?.checked_add(value + 1)?;
    }
    Some((row.parse().ok()?, column.checked_sub(1)?))
}

/// A serial number as an ISO date, time of day or both. Day 60 of the 1900 system never was (ECMA-376, 18.17.4.1).
fn moment(serial: f64, from_1904: bool) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&serial) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "at most three million days, in seconds")]
    let seconds = (serial * 86_400.0).round() as i64;
    let (days, time) = (seconds / 86_400, seconds % 86_400);
    let clock = if time % 60 == 0 {
        format!("{:02}:{:02}", time / 3600, time / 60 % 60)
    } else {
        format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60)
    };
    if days == 0 {
        return Some(clock);
    }
    let epoch: Date = match (from_1904, days) {
        (true, _) => date(1904, 1, 1),
        (false, ..60) => date(1899, 12, 31),
        (false, _) => date(1899, 12, 30),
    };
    let span: Span = i32::try_from(days).ok()?.days();
    let day = epoch.checked_add(span).ok()?;
    Some(if time == 0 { day.to_string() } else { format!("{day}T{clock}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers_are_dates() {
        let moment = |serial| moment(serial, false).unwrap();
        assert_eq!(moment(46349.0), "2026-11-23");
        assert_eq!(moment(46349.75), "2026-11-23T18:00");
        assert_eq!(moment(1.0), "1900-01-01");
        assert_eq!(moment(61.0), "1900-03-01");
        assert_eq!(moment(0.5), "12:00");
        assert_eq!(super::moment(44887.0, true).unwrap(), "2026-11-23");
        assert_eq!(super::moment(1e12, false), None);
        assert_eq!(super::moment(f64::NAN, false), None);
    }

    #[test]
    fn formats_that_are_dates() {
        for code in ["dd/mm/yyyy", "[$-C0A]d mmm yyyy", "hh:mm", "yyyy\\-mm"] {
            assert!(is_date_format(code), "{code}");
        }
        for code in ["0.00", "#,##0 \"days\"", "[Red]0", "General", "0;mm", "[h]:00"] {
            assert!(!is_date_format(code), "{code}");
        }
    }

    #[test]
    fn places_and_escapes() {
        assert_eq!(place_of("A1"), Some((1, 0)));
        assert_eq!(place_of("AB12"), Some((12, 27)));
        assert_eq!(place_of("ZZZZZZZZZZZZZZZZZZZZ1"), None);
        assert_eq!(place_of("1"), None);
        assert_eq!(unescaped("a_x000D_b_x_xé_x00"), "a\rb_x_xé_x00");
        assert_eq!(resolved("xl", "../xl/./Worksheets/Sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
    }
}
