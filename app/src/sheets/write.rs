//! Tables for people to open: CSV that Excel reads rightly, XLSX that is pleasant to read. The same table gives the same
//! bytes, today and tomorrow.

use std::collections::HashSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::cells::harmless;

/// One sheet to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub title: String,
    pub headings: Vec<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
}

/// The widest that a column grows by itself, in pixels: about sixty characters.
const WIDEST: u32 = 430;
/// The most characters that Excel keeps in a cell.
const LONGEST: usize = 32_767;

/// UTF-8 with its mark, or Excel takes it for Windows-1252; lines end as RFC 4180 wants.
pub fn to_csv(table: &Table) -> Vec<u8> {
    let mut text = String::from('\u{feff}');
    push_record(&mut text, table.headings.iter().map(|heading| harmless(heading)));
    for row in &table.rows {
        push_record(&mut text, row.iter().map(Cell::csv));
    }
    text.into_bytes()
}

fn push_record(text: &mut String, cells: impl Iterator<Item = String>) {
    for (index, cell) in cells.enumerate() {
        if index > 0 {
            text.push(',');
        }
        if cell.contains(['"', ',', ';', '\n', '\r', '\t', '\'']) || cell.trim() != cell {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

/// One workbook, a sheet for each table. Text is never a formula, and is made harmless all the same, since people save
/// as CSV again. The creation date is fixed so that the same input gives the same bytes.
pub fn to_xlsx(tables: &[Table]) -> anyhow::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&created));
    let bold = Format::new().set_bold();
    let mut titles = HashSet::new();
    for table in tables {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&table.title, &mut titles))?;
        write_table(sheet, table, &bold)?;
    }
    Ok(book.save_to_buffer()?)
}

fn write_table(sheet: &mut Worksheet, table: &Table, bold: &Format) -> Result<(), XlsxError> {
    for (column, heading) in (0_u16..).zip(&table.headings) {
        sheet.write_string_with_format(0, column, fitting(heading), bold)?;
    }
    for (row, cells) in (1_u32..).zip(&table.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Empty => {}
                Cell::Text(text) => {
                    sheet.write_string(row, column, fitting(text))?;
                }
                Cell::Number(number) if number.is_finite() => {
                    sheet.write_number(row, column, *number)?;
                }
                Cell::Number(number) => {
                    sheet.write_string(row, column, number.to_string())?;
                }
            }
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_autofit_max_width(WIDEST);
    sheet.autofit();
    Ok(())
}

/// Harmless, and no longer than a cell can be; an ellipsis shows where text was cut.
fn fitting(text: &str) -> String {
    let text = harmless(text);
    if text.encode_utf16().count() <= LONGEST {
        return text;
    }
    let mut room = LONGEST - 1;
    let mut cut: String = text
        .chars()
        .take_while(|letter| {
            let fits = letter.len_utf16() <= room;
            room = room.saturating_sub(letter.len_utf16());
            fits
        })
        .collect();
    cut.push('…');
    cut
}

/// Excel allows 31 characters without `[]:*?/\`, no apostrophe at either end, and no name twice, whatever its case.
fn sheet_name(title: &str, taken: &mut HashSet<String>) -> String {
    let bare: String = title
        .chars()
        .map(|letter| if "[]:*?/\\".contains(letter) || letter.is_control() { ' ' } else { letter })
        .collect();
    let bare = bare.trim_matches(|letter: char| letter == '\'' || letter.is_whitespace());
    let bare = if bare.is_empty() { "1" } else { bare };
    let mut number = 1_usize;
    loop {
        let suffix = if number == 1 { String::new() } else { format!(" {number}") };
        let room = 31 - suffix.len();
        let name: String = bare
            .chars()
            .scan(0, |used, letter| {
                *used += letter.len_utf16();
                (*used <= room).then_some(letter)
            })
            .collect();
        let name = format!("{}{suffix}", name.trim_end_matches(['\'', ' ']));
        // "History" is Excel's own.
        if name.to_lowercase() != "history" && taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

impl Cell {
    fn csv(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Number(f64::from(number))
    }
}

impl From<i64> for Cell {
    #[expect(clippy::cast_precision_loss, reason = "spreadsheets keep fifteen digits whatever we do")]
    fn from(number: i64) -> Self {
        Self::Number(number as f64)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_is_what_excel_and_the_rfc_want() {
        let table = Table {
            title: "x".into(),
            headings: vec!["Name".into(), "Note".into()],
            rows: vec![vec!["Núñez, Ana".into(), "=1+1".into()], vec!["a \"b\"".into(), Cell::Number(-3.5)]],
        };
        let text = String::from_utf8(to_csv(&table)).unwrap();
        assert_eq!(text, "\u{feff}Name,Note\r\n\"Núñez, Ana\",\"'=1+1\"\r\n\"a \"\"b\"\"\",-3.5\r\n");
    }

    #[test]
    fn sheet_names_are_allowed_and_differ() {
        let mut taken = HashSet::new();
        let names: Vec<String> =
            ["'Pares: 2026/27'", "pares  2026 27", "", "History", &"x".repeat(40), &"X".repeat(40)]
                .iter()
                .map(|title| sheet_name(title, &mut taken))
                .collect();
        assert_eq!(names[..4], ["Pares  2026 27", "pares  2026 27 2", "1", "History 2"]);
        assert_eq!(names[4].len(), 31);
        assert!(names[5].ends_with(" 2") && names[5].len() == 31);
    }

    #[test]
    fn text_too_long_for_a_cell_is_cut_where_one_can_see_it() {
        let cut = fitting(&"ñ😀".repeat(20_000));
        assert!(cut.ends_with('…') && cut.encode_utf16().count() <= LONGEST);
        let table =
            Table { title: "x".into(), headings: vec!["a".into()], rows: vec![vec![Cell::Text("y".repeat(50_000))]] };
        assert!(to_xlsx(&[table]).is_ok());
    }
}
