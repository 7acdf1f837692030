//! Everything that an installation has stored, as somebody would look through it who found a copy: raw, and after the usual
//! decodings and decompressions.

use std::collections::HashSet;
use std::io::Read as _;

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use flate2::read::{DeflateDecoder, GzDecoder, ZlibDecoder};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};

use super::House;

/// The whole database: the files of SQLite, or every row of every table of PostgreSQL as its own text.
pub async fn database(house: &House) -> Vec<u8> {
    if let Some(file) = house.app.db.file() {
        let mut bytes = std::fs::read(file).unwrap();
        let log = file.with_extension("db-wal");
        bytes.extend(std::fs::read(log).unwrap_or_default());
        return bytes;
    }
    let mut connection = PgConnection::connect(&house.app.config.database()).await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert!(tables.iter().any(|table| table == "agreement_versions"));
    let mut bytes = Vec::new();
    for table in tables {
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(format!("SELECT CAST(whole AS TEXT) FROM {table} whole")))
                .fetch_all(&mut connection)
                .await
                .unwrap();
        bytes.extend(rows.join("\n").into_bytes());
        bytes.push(b'\n');
    }
    connection.close().await.unwrap();
    bytes
}

/// Every file below a folder.
pub fn files(folder: &std::path::Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            bytes.extend(files(&path));
        } else {
            bytes.extend(std::fs::read(path).unwrap());
            bytes.push(b'\n');
        }
    }
    bytes
}

/// The first of these sentences that somebody finds in the bytes, in whatever form. They begin with the same word, by which it
/// is quickly seen where there is nothing.
pub fn found<'a>(bytes: &[u8], sentences: &'a [String]) -> Option<&'a str> {
    let first = sentences[0].split(' ').next().unwrap();
    assert!(first.is_ascii() && sentences.iter().all(|sentence| sentence.starts_with(first)));
    let mut texts = Vec::new();
    for view in views(bytes) {
        let wide = [false, true]
            .into_iter()
            .flat_map(|big| [0, 1].map(|start| utf16(view.get(start..).unwrap_or_default(), big)));
        let plain = String::from_utf8_lossy(&view).into_owned();
        texts.extend(std::iter::once(plain).chain(wide).filter(|text| text.contains(first)));
    }
    sentences.iter().map(String::as_str).find(|sentence| {
        let forms = forms(sentence);
        texts.iter().any(|text| forms.iter().any(|form| text.contains(form.as_str())))
    })
}

/// Whether a sentence stands in the bytes as it was written, or as JSON, HTML or a form has it.
pub fn stands_open(bytes: &[u8], sentence: &str) -> bool {
    let stands = |form: &String| bytes.windows(form.len()).any(|window| window == form.as_bytes());
    forms(sentence).iter().any(stands)
}

/// A sentence as it may stand in a text: bare, escaped for JSON, HTML or a form.
fn forms(sentence: &str) -> Vec<String> {
    let json: String = sentence
        .chars()
        .map(|letter| if letter.is_ascii() { letter.to_string() } else { format!("\\u{:04x}", u32::from(letter)) })
        .collect();
    let encoded: String = url::form_urlencoded::byte_serialize(sentence.as_bytes()).collect();
    let html = sentence.replace('&', "&#38;").replace('\'', "&#39;").replace('"', "&#34;");
    let mut forms = vec![sentence.to_owned(), json, encoded.replace('+', "%20"), encoded, html];
    forms.dedup();
    forms
}

/// The bytes, and whatever they decode to, three layers deep.
fn views(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut views = vec![bytes.to_vec(), quoted_printable(bytes)];
    let mut known: HashSet<Vec<u8>> = HashSet::new();
    let mut begins = 0;
    for _ in 0..3 {
        let ends = views.len();
        for index in begins..ends {
            let decoded = decoded(&views[index]);
            views.extend(decoded.into_iter().filter(|decoded| decoded.len() > 8 && known.insert(decoded.clone())));
        }
        begins = ends;
    }
    views
}

fn decoded(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut decoded = Vec::new();
    for run in runs(bytes, |byte| byte.is_ascii_hexdigit(), 24) {
        for start in 0..2 {
            let even = &run[start..];
            decoded.extend(hex::decode(&even[..even.len() / 2 * 2]));
        }
    }
    let lenient = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    // A mail breaks its lines.
    let joined: Vec<u8> = bytes.iter().copied().filter(|byte| !b"\r\n".contains(byte)).collect();
    for source in [bytes, &joined] {
        for run in runs(source, |byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte), 16) {
            for alphabet in [&STANDARD, &URL_SAFE] {
                let engine = GeneralPurpose::new(alphabet, lenient);
                for start in 0..4 {
                    let rest = &run[start..];
                    let whole = if rest.len() % 4 == 1 { &rest[..rest.len() - 1] } else { rest };
                    decoded.extend(engine.decode(whole));
                }
            }
        }
    }
    decoded.extend(inflated(bytes));
    decoded
}

/// What gzip, zlib or a zip would unpack, wherever it begins.
fn inflated(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut inflated = Vec::new();
    for start in 0..bytes.len().saturating_sub(4) {
        let rest = &bytes[start..];
        let mut out = Vec::new();
        match rest {
            [0x1f, 0x8b, 8, ..] => drop(GzDecoder::new(rest).read_to_end(&mut out)),
            [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..] => drop(ZlibDecoder::new(rest).read_to_end(&mut out)),
            [b'P', b'K', 3, 4, head @ ..] if head.len() > 26 => {
                let length = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
                let content = head.get(26 + length(22) + length(24)..).unwrap_or_default();
                drop(DeflateDecoder::new(content).read_to_end(&mut out));
            }
            _ => {}
        }
        if !out.is_empty() {
            inflated.push(out);
        }
    }
    inflated
}

fn runs(bytes: &[u8], is_of: impl Fn(u8) -> bool, least: usize) -> Vec<&[u8]> {
    bytes.split(|byte| !is_of(*byte)).filter(|run| run.len() >= least).collect()
}

fn utf16(bytes: &[u8], big_endian: bool) -> String {
    let pairs = bytes.as_chunks::<2>().0.iter();
    let units = pairs.map(|pair| if big_endian { u16::from_be_bytes(*pair) } else { u16::from_le_bytes(*pair) });
    char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{fffd}')).collect()
}

fn quoted_printable(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, after)) = rest.split_first() {
        rest = match (first, after) {
            (b'=', [b'\r', b'\n', after @ ..] | [b'\n', after @ ..]) => after,
            (b'=', [high, low, after @ ..]) if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
                plain.extend(hex::decode([*high, *low]).unwrap());
                after
            }
            _ => {
                plain.push(*first);
                after
            }
        };
    }
    plain
}
