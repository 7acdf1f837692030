//! ODS (`OpenDocument` 1.3, part 3): the tables of `content.xml`. Repetitions are written out only where they hold
//! something and only as far as there is room.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::grid::{Grid, Room};
use super::package::Parts;
use super::xml::{attribute, next, push, reader, skip, text};
use super::{MAX_COLUMNS, SheetRefusal, cells};

pub(super) fn read(parts: &Parts, room: &mut Room) -> Result<Vec<Grid>, SheetRefusal> {
    if parts.get("meta-inf/manifest.xml").is_some_and(|manifest| contains(manifest, b"encryption-data")) {
        return Err(SheetRefusal::Encrypted);
    }
    let content = parts.get("content.xml").ok_or(SheetRefusal::Damaged)?;
    let text = text(content)?;
    let mut xml = reader(&text);
    let mut grids = Vec::new();
    loop {
        match next(&mut xml)? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table" => {
                    let name = attribute(&element, "name").unwrap_or_default();
                    grids.push(table(&mut xml, room, &name)?);
                }
                "table:tracked-changes" => skip(&mut xml)?,
                _ => {}
            },
            Event::Eof => return Ok(grids),
            _ => {}
        }
    }
}

fn contains(text: &[u8], word: &[u8]) -> bool {
    text.windows(word.len()).any(|window| window == word)
}

fn table(xml: &mut Reader<&[u8]>, room: &mut Room, name: &str) -> Result<Grid, SheetRefusal> {
    let mut grid = Grid::new(name);
    let mut row = 1_usize;
    loop {
        match next(xml)? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table-row" => {
                    let times = repeated(&element, "number-rows-repeated");
                    let cells = cells_of(xml)?;
                    if !cells.is_empty() {
                        put_rows(&mut grid, room, row, times, &cells)?;
                    }
                    row = row.saturating_add(times);
                }
                "table:shapes" | "office:forms" => skip(xml)?,
                _ => {}
            },
            Event::End(element) if element.name().as_ref() == "table:table" => return Ok(grid),
            Event::Eof => return Err(SheetRefusal::Damaged),
            _ => {}
        }
    }
}

fn put_rows(
    grid: &mut Grid,
    room: &mut Room,
    first: usize,
    times: usize,
    cells: &[(usize, String)],
) -> Result<(), SheetRefusal> {
    for row in first..first.saturating_add(times) {
        for (column, text) in cells {
            grid.put(room, row, *column, text)?;
        }
    }
    Ok(())
}

fn repeated(element: &BytesStart<'_>, name: &str) -> usize {
    attribute(element, name).and_then(|times| times.parse().ok()).unwrap_or(1).max(1)
}

/// The cells of a row that hold something, at their columns.
fn cells_of(xml: &mut Reader<&[u8]>) -> Result<Vec<(usize, String)>, SheetRefusal> {
    let mut cells = Vec::new();
    let mut column = 0_usize;
    loop {
        match next(xml)? {
            Event::Start(element) => match element.name().as_ref() {
                "table:table-cell" | "table:covered-table-cell" => {
                    let times = repeated(&element, "number-columns-repeated");
                    let value = value(xml, &element)?;
                    if !value.trim().is_empty() {
                        let end = column.saturating_add(times);
                        if end > MAX_COLUMNS {
                            return Err(SheetRefusal::TooManyColumns);
                        }
                        cells.extend((column..end).map(|column| (column, value.clone())));
                    }
                    column = column.saturating_add(times);
                }
                _ => skip(xml)?,
            },
            Event::End(_) => return Ok(cells),
            Event::Eof => return Err(SheetRefusal::Damaged),
            _ => {}
        }
    }
}

/// The value of a cell whose start was just read: its own where that is exact, else its text.
fn value(xml: &mut Reader<&[u8]>, cell: &BytesStart<'_>) -> Result<String, SheetRefusal> {
    let shown = shown_text(xml)?;
    let exact = match attribute(cell, "value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            attribute(cell, "value").and_then(|value| value.parse().ok()).map(cells::plain)
        }
        Some("date") => attribute(cell, "date-value").map(|moment| iso(&moment)),
        Some("boolean") => attribute(cell, "boolean-value"),
        Some("string") if shown.is_empty() => attribute(cell, "string-value"),
        _ => None,
    };
    Ok(exact.unwrap_or(shown))
}

/// `2026-11-23T00:00:00` is a date, and seconds that are none are not written.
fn iso(moment: &str) -> String {
    let (day, time) = moment.split_once('T').unwrap_or((moment, ""));
    let time = time.split('.').next().unwrap_or_default();
    match time.strip_suffix(":00").unwrap_or(time) {
        "" | "00:00" => day.to_owned(),
        time => format!("{day}T{time}"),
    }
}

/// The paragraphs of a cell, a line each; comments and drawings left out.
fn shown_text(xml: &mut Reader<&[u8]>) -> Result<String, SheetRefusal> {
    let mut whole = String::new();
    let mut paragraphs = 0;
    let mut depth = 1_usize;
    while depth > 0 {
        match next(xml)? {
            Event::Start(element) => {
                let name = element.name();
                if name.as_ref() == "office:annotation" || name.as_ref().starts_with("draw:") {
                    skip(xml)?;
                    continue;
                }
                match name.as_ref() {
                    "text:p" | "text:h" => {
                        if paragraphs > 0 {
                            whole.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "text:s" | "text:tab" => whole.push(' '),
                    "text:line-break" => whole.push('\n'),
                    _ => {}
                }
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(SheetRefusal::Damaged),
            // What stands between paragraphs is the file's own layout.
            event if paragraphs > 0 => push(&mut whole, &event),
            _ => {}
        }
    }
    Ok(whole)
}
