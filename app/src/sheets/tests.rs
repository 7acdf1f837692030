//! Whole files, in and out: real encodings, real formats, and bytes that mean harm.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::i18n::Lang;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn ods_of(content: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>{content}</office:spreadsheet></office:body></office:document-content>"
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn ods_rows(rows: &[&[&str]]) -> String {
    let mut text = String::from("<table:table table:name=\"Hoja1\">");
    for row in rows {
        text.push_str("<table:table-row>");
        for cell in *row {
            let cell = cell.replace('&', "&amp;").replace('<', "&lt;");
            write!(text, "<table:table-cell office:value-type=\"string\"><text:p>{cell}</text:p></table:table-cell>")
                .unwrap();
        }
        text.push_str("</table:table-row>");
    }
    text.push_str("</table:table>");
    text
}

/// An XLSX by hand, with what the writer never writes.
fn xlsx_of(sheet: &str, shared: &str) -> Vec<u8> {
    xlsx_book("<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>", sheet, shared)
}

fn xlsx_book(workbook: &str, sheet: &str, shared: &str) -> Vec<u8> {
    archive(&[
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>",
        ),
        ("xl/workbook.xml", workbook),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
             <Relationship Id=\"r2\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/>\
             <Relationship Id=\"r3\" Type=\"x/styles\" Target=\"styles.xml\"/></Relationships>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy\"/></numFmts>\
             <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>\
             <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"22\"/></cellXfs></styleSheet>",
        ),
        ("xl/sharedStrings.xml", shared),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn cells(sheet: &Sheet) -> Vec<Vec<&str>> {
    sheet.rows.iter().map(|row| row.cells.iter().map(String::as_str).collect()).collect()
}

#[test]
fn csv_in_every_encoding() {
    let text = "Nombre;Puntuación\nÍñigo Núñez;3,5\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    let utf_16 = |bytes: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        [mark.to_vec(), text.encode_utf16().flat_map(bytes).collect()].concat()
    };
    for bytes in [
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf".to_vec(), text.as_bytes().to_vec()].concat(),
        windows.into_owned(),
        utf_16(u16::to_le_bytes, [0xff, 0xfe]),
        utf_16(u16::to_be_bytes, [0xfe, 0xff]),
    ] {
        let sheet = read(&bytes, "C:\\datos\\Mentores 2026.csv").unwrap();
        assert_eq!(sheet.title, "Mentores 2026");
        assert_eq!(sheet.headings, ["Nombre", "Puntuación"]);
        assert_eq!(cells(&sheet), [["Íñigo Núñez", "3,5"]]);
    }
}

#[test]
fn csv_rows_keep_the_numbers_of_the_spreadsheet_program() {
    let sheet = read(b"Name\tNote\r\n\r\nAna\t\"two\r\nlines\"\r\n\t\r\n Luis \tx\textra\r\n", "x.txt").unwrap();
    assert_eq!(sheet.headings, ["Name", "Note", "[C]"]);
    let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
    assert_eq!(numbers, [3, 5]);
    assert_eq!(cells(&sheet), [["Ana", "two\r\nlines", ""], ["Luis", "x", "extra"]]);
    let declared = read(b"sep=|\r\na|b\r\n1|2\r\n", "x.csv").unwrap();
    assert_eq!(declared.headings, ["a", "b"]);
    assert_eq!(declared.rows[0].number, 2);
}

#[test]
fn a_title_above_the_headings_is_passed_over() {
    let sheet = read(b"Mentors 2026,,\n\nName,Email,Unit\nAna,a@x.org,Sales\n", "x.csv").unwrap();
    assert_eq!(sheet.headings, ["Name", "Email", "Unit"]);
    assert_eq!(sheet.rows[0].number, 4);
    let two = read(b"Email,\na@x.org,Ana\n", "x.csv").unwrap();
    assert_eq!(two.headings, ["Email", "[B]"]);
}

#[test]
fn what_is_no_spreadsheet_is_refused_by_name() {
    let compound = |stream: &str| {
        let mut bytes = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    };
    let wide = (0..=MAX_COLUMNS).map(|column| format!("h{column}")).collect::<Vec<_>>().join(",");
    let cases: Vec<(Vec<u8>, SheetRefusal)> = vec![
        (Vec::new(), SheetRefusal::Empty),
        (b"\xef\xbb\xbf \r\n".to_vec(), SheetRefusal::Empty),
        (b",,\n,,\n".to_vec(), SheetRefusal::NoHeadings),
        (b"%PDF-1.7\n1 0 obj".to_vec(), SheetRefusal::NotASpreadsheet),
        (b"\x89PNG\r\n\x1a\n\0\0".to_vec(), SheetRefusal::NotASpreadsheet),
        (b"<!DOCTYPE html><table>".to_vec(), SheetRefusal::NotASpreadsheet),
        (archive(&[("word/document.xml", "<w:document/>")]), SheetRefusal::NotASpreadsheet),
        (vec![b'a'; MAX_FILE + 1], SheetRefusal::TooLarge),
        (compound("Workbook"), SheetRefusal::OldFormat),
        (compound("EncryptedPackage"), SheetRefusal::Encrypted),
        (b"PK\x03\x04 and then nothing".to_vec(), SheetRefusal::Damaged),
        (b"ana@empresa.es,Ana\nluis@empresa.es,Luis\n".to_vec(), SheetRefusal::NoHeadings),
        ("Correo,Unidad,CORREO\n".as_bytes().to_vec(), SheetRefusal::DoubledHeading { heading: "CORREO".into() }),
        ("Año,Ano\n".as_bytes().to_vec(), SheetRefusal::DoubledHeading { heading: "Ano".into() }),
        (wide.into_bytes(), SheetRefusal::TooManyColumns),
        (b"a,b\n1,\"2\n3,4\n".to_vec(), SheetRefusal::UnclosedQuote { row: 2 }),
    ];
    for (bytes, refusal) in cases {
        assert_eq!(read(&bytes, "people.xlsx").unwrap_err(), refusal);
        for lang in Lang::ALL {
            let said = lang.tell(&refusal.message());
            assert!(said.ends_with('.') && !said.contains("sheets-"), "{said}");
        }
    }
    let long = format!("a\n{}", "1\n".repeat(MAX_ROWS + 1));
    assert_eq!(read(long.as_bytes(), "x.csv").unwrap_err(), SheetRefusal::TooManyRows);
}

#[test]
fn encrypted_ods_is_refused() {
    let bytes = archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
        ("content.xml", "\u{1}\u{2}"),
    ]);
    assert_eq!(read(&bytes, "x.ods").unwrap_err(), SheetRefusal::Encrypted);
}

#[test]
fn bombs_are_refused_before_they_burst() {
    // 210 MB of blanks in a part that is read, and in one that is not.
    for path in ["xl/worksheets/sheet1.xml", "xl/media/image.png"] {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(path, SimpleFileOptions::default()).unwrap();
        let block = vec![b' '; 1_000_000];
        for _ in 0..210 {
            writer.write_all(&block).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(bytes.len() < 1_000_000);
        assert_eq!(read(&bytes, "x.xlsx").unwrap_err(), SheetRefusal::UnpacksTooLarge);
    }
}

#[test]
fn small_files_that_ask_for_much_are_refused() {
    let long = "x".repeat(1_000_000);
    let shared = format!("<sst uniqueCount=\"18446744073709551615\"><si><t>{long}</t></si></sst>");
    let many = "<row><c t=\"s\"><v>0</v></c></row>".repeat(300);
    let repeated =
        xlsx_of(&format!("<worksheet><dimension ref=\"B2:A1\"/><sheetData>{many}</sheetData></worksheet>"), &shared);
    assert_eq!(read(&repeated, "x.xlsx").unwrap_err(), SheetRefusal::UnpacksTooLarge);
    let far =
        xlsx_of("<worksheet><sheetData><row><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>", "<sst/>");
    assert_eq!(read(&far, "x.xlsx").unwrap_err(), SheetRefusal::TooManyColumns);
    let rows = ods_of(
        "<table:table><table:table-row table:number-rows-repeated=\"1000000000\"><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert_eq!(read(&rows, "x.ods").unwrap_err(), SheetRefusal::TooManyRows);
    let columns = ods_of(
        "<table:table><table:table-row><table:table-cell table:number-columns-repeated=\"18446744073709551615\"><text:p>a</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert_eq!(read(&columns, "x.ods").unwrap_err(), SheetRefusal::TooManyColumns);
    // A table that never ends.
    let open = ods_of("<table:table><table:table-row>");
    assert_eq!(read(&open, "x.ods").unwrap_err(), SheetRefusal::Damaged);
}

#[test]
fn xlsx_values_as_people_see_them() {
    let sheet = "<worksheet><sheetData>\
        <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>Alta</t></is></c><c r=\"C1\" t=\"str\"><v>Plazas</v></c><c r=\"D1\" t=\"s\"><v>1</v></c><c r=\"E1\" t=\"s\"><v>2</v></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"s\"><v>3</v></c><c r=\"B4\" s=\"1\"><v>46349</v></c><c r=\"C4\"><f>1+2</f><v>3</v></c><c r=\"D4\" t=\"b\"><v>1</v></c><c r=\"E4\" s=\"2\"><v>46349.5</v></c></row>\
        <row><c><v>3.1400000000000001</v></c></row>\
        </sheetData></worksheet>";
    let shared = "<sst><si><t> Nombre </t></si><si><t>Activo</t></si><si><r><t>Vis</t></r><r><t>to</t></r><rPh><t>no</t></rPh></si><si><t>Íñigo &amp; &#241;</t></si></sst>";
    let sheet = read(&xlsx_of(sheet, shared), "x.xlsx").unwrap();
    assert_eq!(sheet.title, "A");
    assert_eq!(sheet.headings, ["Nombre", "Alta", "Plazas", "Activo", "Visto"]);
    assert_eq!(sheet.rows[0].number, 4);
    assert_eq!(cells(&sheet), [["Íñigo & ñ", "2026-11-23", "3", "true", "2026-11-23T12:00"], ["3.14", "", "", "", ""]]);
}

#[test]
fn hidden_sheets_are_not_read() {
    let book = "<workbook><sheets><sheet name=\"A\" state=\"hidden\" r:id=\"r1\"/></sheets></workbook>";
    let bytes =
        xlsx_book(book, "<worksheet><sheetData><row><c t=\"str\"><v>x</v></c></row></sheetData></worksheet>", "<sst/>");
    assert_eq!(read(&bytes, "x.xlsx").unwrap_err(), SheetRefusal::NoHeadings);
}

#[test]
fn ods_values_as_people_see_them() {
    let content = "<table:table table:name=\"Vacía\"><table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>\
        <table:table table:name=\"Personas\"><table:table-column table:number-columns-repeated=\"4\"/>\
        <table:table-header-rows><table:table-row>\
        <table:table-cell office:value-type=\"string\"><text:p>Nombre</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><text:p>Alta</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"string\"><text:p>Nota</text:p></table:table-cell><table:table-cell office:value-type=\"string\"><office:annotation><text:p>secret</text:p></office:annotation><text:p>Activo</text:p></table:table-cell>\
        </table:table-row></table:table-header-rows>\
        <table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
        <table:table-row table:number-rows-repeated=\"2\">\n  <table:table-cell office:value-type=\"string\"><text:p>Íñigo<text:s text:c=\"3\"/>&amp; Ana</text:p><text:p>López</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"date\" office:date-value=\"2026-11-23T00:00:00\"><text:p>23/11/26</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"float\" office:value=\"3.50\"><text:p>3,5 €</text:p></table:table-cell>\
        <table:table-cell office:value-type=\"boolean\" office:boolean-value=\"true\"><text:p>VERDADERO</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated=\"16380\"/></table:table-row></table:table>";
    let sheet = read(&ods_of(content), "x.ods").unwrap();
    assert_eq!(sheet.title, "Personas");
    assert_eq!(sheet.headings, ["Nombre", "Alta", "Nota", "Activo"]);
    assert_eq!(sheet.rows.iter().map(|row| row.number).collect::<Vec<_>>(), [4, 5]);
    assert_eq!(sheet.rows[0].cells, ["Íñigo & Ana\nLópez", "2026-11-23", "3.5", "true"]);
    assert_eq!(read_all(&ods_of(content), "x.ods").unwrap().len(), 1);
}

fn a_table() -> Table {
    Table {
        title: "Mentoras: 2026".into(),
        headings: vec!["Nombre".into(), "=Fórmula".into(), "Plazas".into(), "Nota".into()],
        rows: vec![
            vec!["Íñigo Núñez".into(), "=HYPERLINK(\"http://x\")".into(), Cell::Number(3.0), "a, \"b\"; c\nd".into()],
            vec!["+34 600 000 000".into(), "@SUM(A1)".into(), Cell::Number(-2.5), Cell::Empty],
            vec!["'=x".into(), "-".into(), Cell::Empty, "'quoted'".into()],
        ],
    }
}

#[test]
fn our_own_exports_come_back_as_they_were() {
    let table = a_table();
    let expected = [
        ["Íñigo Núñez", "=HYPERLINK(\"http://x\")", "3", "a, \"b\"; c\nd"],
        ["+34 600 000 000", "@SUM(A1)", "-2.5", ""],
        ["'=x", "-", "", "'quoted'"],
    ];
    for bytes in [to_csv(&table), to_xlsx(std::slice::from_ref(&table)).unwrap()] {
        let sheet = read(&bytes, "x.csv").unwrap();
        assert_eq!(sheet.headings, table.headings);
        assert_eq!(cells(&sheet), expected);
    }
}

/// calamine, which shares nothing with our reader, sees text where we wrote text, and no formula.
#[test]
fn another_reader_sees_no_formula() {
    let bytes = to_xlsx(&[a_table(), Table { title: "mentoras  2026".into(), ..a_table() }]).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Mentoras  2026", "mentoras  2026 2"]);
    let range = book.worksheet_range("Mentoras  2026").unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::String("'=HYPERLINK(\"http://x\")".into())));
    assert_eq!(range.get_value((1, 2)), Some(&Data::Float(3.0)));
    assert!(book.worksheet_formula("Mentoras  2026").unwrap().used_cells().next().is_none());
}

/// Our reader and calamine agree on a workbook with dates, numbers and rich text that Excel's own library wrote.
#[test]
fn agrees_with_calamine() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("d mmm yyyy");
    for column in 0..6_u16 {
        sheet.write_string(0, column, format!("h{column}")).unwrap();
        for row in 1..40_u32 {
            let number = f64::from(row) * 1234.567 + f64::from(column);
            match column % 3 {
                0 => sheet.write_number(row, column, number).unwrap(),
                1 => sheet.write_string(row, column, format!("ñ <{number}> & \u{1} _x000D_")).unwrap(),
                _ => sheet.write_number_with_format(row, column, f64::from(row) + 40_000.0, &date).unwrap(),
            };
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let ours = read(&bytes, "x.xlsx").unwrap();
    let mut theirs: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = theirs.worksheet_range("Sheet1").unwrap();
    for (row, cells) in range.rows().skip(1).zip(&ours.rows) {
        for (cell, text) in row.iter().zip(&cells.cells) {
            let expected = match cell {
                Data::Float(number) => super::cells::plain(*number),
                Data::String(text) => text.clone(),
                Data::DateTime(moment) => {
                    let (year, month, day, ..) = moment.to_ymd_hms_milli();
                    format!("{year:04}-{month:02}-{day:02}")
                }
                other => panic!("{other:?}"),
            };
            assert_eq!(*text, expected);
        }
    }
    assert_eq!(ours.rows.len(), 39);
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let first = to_xlsx(&[a_table()]).unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(to_xlsx(&[a_table()]).unwrap(), first);
    assert_eq!(to_csv(&a_table()), to_csv(&a_table()));
}

#[test]
fn ten_thousand_rows_in_and_out() {
    let table = Table {
        title: "x".into(),
        headings: (0..12).map(|column| format!("h{column}")).collect(),
        rows: (0..10_000).map(|row| (0..12).map(|column| format!("valor {row} ñ {column}").into()).collect()).collect(),
    };
    for bytes in [to_csv(&table), to_xlsx(std::slice::from_ref(&table)).unwrap()] {
        let sheet = read(&bytes, "x").unwrap();
        assert_eq!(sheet.rows.len(), 10_000);
        assert_eq!(sheet.rows[9_999].cells[11], "valor 9999 ñ 11");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        let _ = read(&bytes, "x.csv");
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c\"',;\t\r\n@=|é ]{0,200}") {
        if let Ok(sheet) = read(text.as_bytes(), "x.csv") {
            prop_assert!(!sheet.headings.is_empty());
            for row in &sheet.rows {
                prop_assert_eq!(row.cells.len(), sheet.headings.len());
                prop_assert!(row.cells.iter().any(|cell| !cell.is_empty()));
            }
        }
    }

    /// Random tables come back from CSV and XLSX.
    #[test]
    fn tables_come_back(rows in proptest::collection::vec(proptest::collection::vec("[ -~áñ€]{0,12}", 3), 0..12)) {
        let table = Table {
            title: "x".into(),
            headings: vec!["one".into(), "two".into(), "three".into()],
            rows: rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect()).collect(),
        };
        let trimmed = |row: &Vec<String>| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let expected: Vec<Vec<String>> = rows.iter().map(trimmed).filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        for bytes in [to_csv(&table), to_xlsx(std::slice::from_ref(&table)).unwrap()] {
            let sheet = read(&bytes, "x").unwrap();
            let came: Vec<Vec<String>> = sheet.rows.into_iter().map(|row| row.cells).collect();
            prop_assert_eq!(&came, &expected);
        }
    }

    /// A sound XLSX with a part cut short or spoilt is read or refused, and in bounded time.
    #[test]
    fn spoilt_parts_are_read_or_refused(cut in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), byte in any::<u8>(), which in 0..4_usize) {
        let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"2\"><c s=\"1\"><v>46349.5</v></c></row></sheetData></worksheet>";
        let shared = "<sst uniqueCount=\"1\"><si><t>Name &amp; &#xe9; _x0041_</t></si></sst>";
        let book = "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>";
        let spoil = |text: &str, is_it: bool| {
            if !is_it { return text.to_owned(); }
            let mut bytes = text.as_bytes().to_vec();
            let place = at.index(bytes.len());
            bytes[place] = byte;
            bytes.truncate(cut.index(bytes.len() * 2));
            String::from_utf8_lossy(&bytes).into_owned()
        };
        let bytes = match which {
            0 => xlsx_book(&spoil(book, true), sheet, shared),
            1 => xlsx_book(book, &spoil(sheet, true), shared),
            2 => xlsx_book(book, sheet, &spoil(shared, true)),
            _ => ods_of(&spoil(&ods_rows(&[&["Name", "Unit"], &["Ana", "x & y"]]), true)),
        };
        let _ = read(&bytes, "x");
    }

    /// The archive itself, spoilt at a few places.
    #[test]
    fn spoilt_archives_are_read_or_refused(places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6), cut in any::<prop::sample::Index>()) {
        let mut bytes = to_xlsx(&[a_table()]).unwrap();
        for (index, byte) in places {
            let place = index.index(bytes.len());
            bytes[place] = byte;
        }
        if cut.index(4) == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read(&bytes, "x.xlsx");
    }
}
