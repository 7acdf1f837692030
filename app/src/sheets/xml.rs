//! What XLSX and ODS share of XML: text of a part, elements one after another, attributes that need no trust.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::SheetRefusal;

/// A part's text: UTF-8 unless a mark says UTF-16, as XML requires.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, SheetRefusal> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or((UTF_8, 0));
    let rest = bytes.get(mark..).unwrap_or_default();
    encoding.decode_without_bom_handling_and_without_replacement(rest).ok_or(SheetRefusal::Damaged)
}

/// Elements as pairs of start and end, whatever they are called at the end.
pub(super) fn reader(text: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.expand_empty_elements = true;
    config.check_end_names = false;
    config.check_comments = false;
    reader
}

pub(super) fn next<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Event<'a>, SheetRefusal> {
    reader.read_event().map_err(|_| SheetRefusal::Damaged)
}

/// Passes over the rest of an element whose start was just read.
pub(super) fn skip(reader: &mut Reader<&[u8]>) -> Result<(), SheetRefusal> {
    let mut depth = 1_usize;
    while depth > 0 {
        match next(reader)? {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            Event::Eof => return Err(SheetRefusal::Damaged),
            _ => {}
        }
    }
    Ok(())
}

/// An attribute by its name without the prefix. Doubled names are not looked for: that takes quadratic time.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    match quick_xml::escape::unescape(&found.value) {
        Ok(value) => Some(value.into_owned()),
        Err(_) => Some(found.value.into_owned()),
    }
}

/// The text that an event carries, added to what is there. Entities other than XML's own are left as they stand: none
/// is ever expanded.
pub(super) fn push(target: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => target.push_str(&text.xml10_content()),
        Event::CData(text) => target.push_str(&text.xml10_content()),
        Event::GeneralRef(reference) => push_reference(target, reference),
        _ => {}
    }
}

fn push_reference(target: &mut String, reference: &BytesRef<'_>) {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        target.push(letter);
        return;
    }
    let name = reference.xml10_content();
    if let Some(text) = quick_xml::escape::resolve_predefined_entity(&name) {
        target.push_str(text);
    } else {
        target.push('&');
        target.push_str(&name);
        target.push(';');
    }
}
