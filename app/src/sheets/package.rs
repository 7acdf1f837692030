//! ZIP archives, unpacked with a counter: what an archive declares of its sizes is not believed.

use std::collections::HashMap;
use std::io::{self, Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::grid::{Grid, Room};
use super::{MAX_UNPACKED, SheetRefusal, ods, xlsx};

/// The parts of an archive that may say something, by path in lower case.
pub(super) type Parts = HashMap<String, Vec<u8>>;

pub(super) fn read(bytes: &[u8], room: &mut Room) -> Result<Vec<Grid>, SheetRefusal> {
    let parts = unpack(bytes, MAX_UNPACKED)?;
    if parts.get("mimetype").is_some_and(|kind| kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet")) {
        ods::read(&parts, room)
    } else if parts.keys().any(|path| path.starts_with("xl/")) {
        xlsx::read(&parts, room)
    } else {
        Err(SheetRefusal::NotASpreadsheet)
    }
}

/// Every part is inflated to its end, pictures too, and counted; only what can hold cells is kept.
fn unpack(bytes: &[u8], limit: usize) -> Result<Parts, SheetRefusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| SheetRefusal::Damaged)?;
    let mut room = u64::try_from(limit).unwrap_or(u64::MAX);
    let mut parts = Parts::new();
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| refuse(&error))?;
        let path =
            part.name().map_err(|error| refuse(&error))?.replace('\\', "/").trim_start_matches('/').to_lowercase();
        let mut bounded = part.take(room + 1);
        let mut content = Vec::new();
        let read = if holds_cells(&path) {
            bounded.read_to_end(&mut content).map(|length| length as u64)
        } else {
            io::copy(&mut bounded, &mut io::sink())
        };
        let read = read.map_err(|_| SheetRefusal::Damaged)?;
        room = room.checked_sub(read).ok_or(SheetRefusal::UnpacksTooLarge)?;
        parts.insert(path, content);
    }
    Ok(parts)
}

fn holds_cells(path: &str) -> bool {
    path == "mimetype" || path.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "xml" | "rels"))
}

fn refuse(error: &ZipError) -> SheetRefusal {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
            SheetRefusal::Encrypted
        }
        _ => SheetRefusal::Damaged,
    }
}

/// A compound file is an XLSX behind a password if it has the stream that [MS-OFFCRYPTO] 2.3.4.4 names, and otherwise
/// a format of old. Its folder of streams names them in UTF-16.
pub(super) fn refuse_compound(bytes: &[u8]) -> SheetRefusal {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(name.len()).any(|window| window == name) {
        SheetRefusal::Encrypted
    } else {
        SheetRefusal::OldFormat
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (path, content) in parts {
            writer.start_file(*path, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn all_parts_count_towards_the_limit() {
        let bytes = archive(&[("xl/a.xml", &[b' '; 600]), ("xl/media/b.png", &[0; 500])]);
        assert_eq!(unpack(&bytes, 1000).unwrap_err(), SheetRefusal::UnpacksTooLarge);
        assert_eq!(unpack(&bytes, 1100).unwrap()["xl/a.xml"].len(), 600);
    }

    /// The declared sizes are made small in both headers; the stream still unpacks to what it holds.
    #[test]
    fn declared_sizes_are_not_believed() {
        let mut bytes = archive(&[("xl/a.xml", &[b' '; 5000])]);
        let declared = 5000_u32.to_le_bytes();
        while let Some(at) = bytes.windows(4).position(|window| window == declared) {
            bytes[at..at + 4].copy_from_slice(&1_u32.to_le_bytes());
        }
        let refusal = unpack(&bytes, 1000).unwrap_err();
        assert!(matches!(refusal, SheetRefusal::UnpacksTooLarge | SheetRefusal::Damaged), "{refusal:?}");
    }
}
