//! Spreadsheets in and out, whoever they are about: a file's bytes become headings and rows of text, a table becomes CSV
//! or XLSX. What a column means is the business of the feature that asked for it.
//!
//! Reading trusts nothing: the content decides and not the extension, every size is counted while it is unpacked, and
//! whatever cannot be read is refused by name ([`SheetRefusal`]). That is why XLSX and ODS are read here, element by
//! element, over `zip` and `quick-xml`: calamine reserves what a file declares and repeats what a file says to repeat
//! before anybody can look, so that a kilobyte ends the process. It remains the oracle of the tests.

mod cells;
mod grid;
mod ods;
mod package;
mod refusal;
mod text;
mod write;
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use grid::Room;

pub use cells::{list, number};
pub use refusal::SheetRefusal;
pub use write::{Cell, Table, to_csv, to_xlsx};

/// The largest file that is read, in bytes.
pub const MAX_FILE: usize = 20 * 1000 * 1000;
/// The most that a file may hold once unpacked, in bytes.
pub const MAX_UNPACKED: usize = 200 * 1000 * 1000;
pub const MAX_COLUMNS: usize = 200;
/// The most rows, and of them times the columns the most cells, that fit in memory with ease.
pub const MAX_ROWS: usize = 100_000;
pub const MAX_CELLS: usize = 5_000_000;

/// One sheet: every row has as many cells as there are headings, all of them trimmed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// What the sheet is called in its workbook; for CSV, the file's name without its extension.
    pub title: String,
    pub headings: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row that holds something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// As the spreadsheet program numbers it: the first line of the file is 1, and empty lines count.
    pub number: usize,
    pub cells: Vec<String>,
}

/// The first sheet that holds something.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Sheet, SheetRefusal> {
    read_all(bytes, file_name)?.into_iter().next().ok_or(SheetRefusal::NoHeadings)
}

/// Every visible sheet that holds something, in the workbook's order; a CSV file has one.
pub fn read_all(bytes: &[u8], file_name: &str) -> Result<Vec<Sheet>, SheetRefusal> {
    if bytes.len() > MAX_FILE {
        return Err(SheetRefusal::TooLarge);
    }
    let mut room = Room::default();
    let grids = match Kind::of(bytes) {
        Kind::Zip => package::read(bytes, &mut room)?,
        Kind::Compound => return Err(package::refuse_compound(bytes)),
        Kind::Text => vec![text::read(bytes, file_name, &mut room)?],
    };
    grids.into_iter().filter(|grid| !grid.is_empty()).map(|grid| grid.into_sheet(&mut room)).collect()
}

impl Sheet {
    /// The cells of one column, from the top.
    pub fn column(&self, index: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |row| row.cells.get(index).map_or("", String::as_str))
    }
}

/// What the first bytes say that a file is.
enum Kind {
    /// XLSX and ODS are ZIP archives; so is much else.
    Zip,
    /// A compound file (MS-CFB): the `.xls` of old, or an XLSX behind a password.
    Compound,
    Text,
}

impl Kind {
    fn of(bytes: &[u8]) -> Self {
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            Self::Zip
        } else if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
            Self::Compound
        } else {
            Self::Text
        }
    }
}
