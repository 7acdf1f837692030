//! Why a file was not read, each as a sentence that says what to do.

use crate::i18n::{Lang, Message};

use super::{MAX_COLUMNS, MAX_FILE, MAX_ROWS, MAX_UNPACKED};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetRefusal {
    Empty,
    /// Over [`MAX_FILE`].
    TooLarge,
    /// Over [`MAX_UNPACKED`] once unpacked, or once its repetitions are written out.
    UnpacksTooLarge,
    NotASpreadsheet,
    /// The binary formats of Excel: `.xls`, `.xlsb`.
    OldFormat,
    Encrypted,
    Damaged,
    NoHeadings,
    DoubledHeading {
        heading: String,
    },
    TooManyColumns,
    TooManyRows,
    /// A quotation mark that is never closed swallows all that follows it.
    UnclosedQuote {
        row: usize,
    },
}

impl SheetRefusal {
    pub fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("sheets-refused-empty"),
            Self::TooLarge => Message::new("sheets-refused-too-large").with("megabytes", megabytes(MAX_FILE)),
            Self::UnpacksTooLarge => {
                Message::new("sheets-refused-unpacks-too-large").with("megabytes", megabytes(MAX_UNPACKED))
            }
            Self::NotASpreadsheet => Message::new("sheets-refused-no-spreadsheet"),
            Self::OldFormat => Message::new("sheets-refused-old-format"),
            Self::Encrypted => Message::new("sheets-refused-encrypted"),
            Self::Damaged => Message::new("sheets-refused-damaged"),
            Self::NoHeadings => Message::new("sheets-refused-no-headings"),
            Self::DoubledHeading { heading } => {
                Message::new("sheets-refused-doubled-heading").with("heading", heading.as_str())
            }
            Self::TooManyColumns => Message::new("sheets-refused-too-many-columns").with("columns", MAX_COLUMNS),
            Self::TooManyRows => Message::new("sheets-refused-too-many-rows").with("rows", MAX_ROWS),
            Self::UnclosedQuote { row } => Message::new("sheets-refused-unclosed-quote").with("row", *row),
        }
    }
}

fn megabytes(bytes: usize) -> usize {
    bytes / 1_000_000
}

impl std::fmt::Display for SheetRefusal {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&Lang::En.tell(&self.message()))
    }
}

impl std::error::Error for SheetRefusal {}
