//! Cells at their places, from whichever format, until they are headings and rows. Sizes are counted here, as cells
//! arrive, so that no format can make more of a file than there is room for.

use std::collections::HashSet;

use crate::i18n::fold;

use super::{MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED, Row, Sheet, SheetRefusal, cells};

/// The cells that hold something, row by row.
#[derive(Debug, Default)]
pub(super) struct Grid {
    title: String,
    rows: Vec<Line>,
}

/// What a file may still hold, all its sheets together.
#[derive(Debug)]
pub(super) struct Room {
    text: usize,
    cells: usize,
}

impl Default for Room {
    fn default() -> Self {
        Self { text: MAX_UNPACKED, cells: MAX_CELLS }
    }
}

impl Room {
    fn take_text(&mut self, bytes: usize) -> Result<(), SheetRefusal> {
        self.text = self.text.checked_sub(bytes).ok_or(SheetRefusal::UnpacksTooLarge)?;
        Ok(())
    }

    fn take_cells(&mut self, cells: usize) -> Result<(), SheetRefusal> {
        self.cells = self.cells.checked_sub(cells).ok_or(SheetRefusal::TooManyRows)?;
        Ok(())
    }
}

#[derive(Debug)]
struct Line {
    /// From 1.
    number: usize,
    /// Columns from 0.
    cells: Vec<(usize, String)>,
}

impl Grid {
    pub(super) fn new(title: &str) -> Self {
        Self { title: title.to_owned(), rows: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Puts a text at a row (from 1) and a column (from 0). Blank cells take no room.
    pub(super) fn put(&mut self, room: &mut Room, row: usize, column: usize, text: &str) -> Result<(), SheetRefusal> {
        let text = cells::restored(text.trim_end()).trim();
        if text.is_empty() {
            return Ok(());
        }
        if column >= MAX_COLUMNS {
            return Err(SheetRefusal::TooManyColumns);
        }
        room.take_text(text.len())?;
        room.take_cells(1)?;
        self.line(row)?.cells.push((column, text.to_owned()));
        Ok(())
    }

    fn line(&mut self, number: usize) -> Result<&mut Line, SheetRefusal> {
        if self.rows.last().is_none_or(|line| line.number != number) {
            // The heading is a row too.
            if self.rows.len() > MAX_ROWS {
                return Err(SheetRefusal::TooManyRows);
            }
            self.rows.push(Line { number, cells: Vec::new() });
        }
        self.rows.last_mut().ok_or(SheetRefusal::Damaged)
    }

    /// The first row that holds something is the headings, but for a title that stands alone above them. A column without a heading that holds something is named by
    /// its letter, `[D]`, so that nothing is lost unseen; without either, it is dropped.
    pub(super) fn into_sheet(mut self, room: &mut Room) -> Result<Sheet, SheetRefusal> {
        self.rows.sort_by_key(|line| line.number);
        let titles = usize::from(matches!(&self.rows[..], [first, next, ..] if first.is_title_above(next)));
        let mut rows = self.rows.into_iter().skip(titles);
        let first = rows.next().ok_or(SheetRefusal::NoHeadings)?;
        if first.cells.iter().any(|(_, text)| is_data(text)) {
            return Err(SheetRefusal::NoHeadings);
        }
        let rest: Vec<Line> = rows.collect();
        let mut headings = vec![None; MAX_COLUMNS];
        for (column, text) in first.cells {
            headings[column] = Some(one_line(&text));
        }
        for (column, _) in rest.iter().flat_map(|line| &line.cells) {
            headings[*column].get_or_insert_with(|| format!("[{}]", letters(*column)));
        }
        let columns: Vec<usize> = (0..MAX_COLUMNS).filter(|column| headings[*column].is_some()).collect();
        let headings: Vec<String> = headings.into_iter().flatten().collect();
        refuse_doubled(&headings)?;
        room.take_cells(rest.len().saturating_mul(columns.len()))?;
        let mut places = vec![0; MAX_COLUMNS];
        for (place, column) in columns.iter().enumerate() {
            places[*column] = place;
        }
        let rows = rest.into_iter().map(|line| line.padded(&places, columns.len())).collect();
        Ok(Sheet { title: self.title, headings, rows })
    }
}

impl Line {
    /// One cell above three or more is what the sheet is called, or how to fill it in.
    fn is_title_above(&self, next: &Self) -> bool {
        self.cells.len() == 1 && next.cells.len() > 2 && !next.cells.iter().any(|(_, text)| is_data(text))
    }

    fn padded(self, places: &[usize], columns: usize) -> Row {
        let mut cells = vec![String::new(); columns];
        for (column, text) in self.cells {
            cells[places[column]] = text;
        }
        Row { number: self.number, cells }
    }
}

/// An address is never a heading: the file begins with its first person.
fn is_data(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.') && !text.contains(' '))
}

fn one_line(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn refuse_doubled(headings: &[String]) -> Result<(), SheetRefusal> {
    let mut seen = HashSet::new();
    match headings.iter().find(|heading| !seen.insert(fold(heading))) {
        Some(heading) => Err(SheetRefusal::DoubledHeading { heading: heading.clone() }),
        None => Ok(()),
    }
}

/// The name that spreadsheet programs give a column: A, B … Z, AA.
fn letters(mut column: usize) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + u8::try_from(column % 26).unwrap_or(0)));
        if column < 26 {
            break;
        }
        column = column / 26 - 1;
    }
    name.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheet_programs_do() {
        assert_eq!([0, 25, 26, 51, 52, 199].map(letters), ["A", "Z", "AA", "AZ", "BA", "GR"]);
    }

    #[test]
    fn a_column_without_heading_keeps_its_cells() {
        let mut grid = Grid::new("x");
        let mut room = Room::default();
        for (row, column, text) in [(1, 0, "Name"), (1, 2, "Unit"), (3, 0, "Ana"), (3, 4, "stray")] {
            grid.put(&mut room, row, column, text).unwrap();
        }
        let sheet = grid.into_sheet(&mut room).unwrap();
        assert_eq!(sheet.headings, ["Name", "Unit", "[E]"]);
        assert_eq!(sheet.rows, [Row { number: 3, cells: vec!["Ana".into(), String::new(), "stray".into()] }]);
    }
}
