//! CSV files of integers: read in blocks, each by a thread of its own, so that the rows come in the order of the file
//! whatever the number of threads. What the numbers mean does not belong here.

use std::fs::File;
use std::io::Read;
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread;

use anyhow::{Context, anyhow, bail};

/// Enough bytes to be worth a thread, few enough to stay near the processor.
const BLOCK: usize = 1 << 21;

/// How a file is read: by so many threads, and to whom it is told how many bytes are done.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) threads: NonZeroUsize,
    pub(super) told: &'a dyn Fn(u64),
    /// Bytes for each thread at a time.
    block: usize,
}

impl<'a> Reading<'a> {
    pub(super) const QUIETLY: Self = Self { threads: NonZeroUsize::MIN, told: &|_| (), block: BLOCK };

    pub(super) fn telling(threads: NonZeroUsize, told: &'a dyn Fn(u64)) -> Self {
        Self { threads, told, block: BLOCK }
    }

    /// The rows of a file that must have exactly these columns, all of integers, each parsed by `parse`, which is given the line's number too. Such a file has no
    /// line breaks within quotes, so a line is a row. What is wrong is told with file and line, the first first.
    pub(super) fn rows<const N: usize, T: Send>(
        self,
        path: &Path,
        columns: [&str; N],
        parse: impl Fn(usize, [Field<'_>; N]) -> anyhow::Result<T> + Sync,
    ) -> anyhow::Result<Vec<T>> {
        let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
        let length = file.metadata().map_or(0, |found| found.len());
        let mut blocks = Blocks { file, rest: Vec::new() };
        let (mut rows, mut line, mut done) = (Vec::new(), 0, 0_u64);
        let mut header = Some(columns);
        loop {
            let cannot_read = || format!("cannot read {}", path.display());
            let bytes = blocks.next(self.block.saturating_mul(self.threads.get())).with_context(cannot_read)?;
            let mut text = bytes.as_slice();
            if let Some(columns) = header.take() {
                text = after_header(text, columns).with_context(|| format!("{}:1", path.display()))?;
                line = 1;
            }
            if text.is_empty() && blocks.is_at_end() {
                return Ok(rows);
            }
            for part in self.in_parts(text, line, &parse) {
                let mut found = part.map_err(|(at, mistake)| mistake.context(format!("{}:{at}", path.display())))?;
                if rows.is_empty() {
                    rows.reserve(expected(found.len(), text.len() / self.threads.get(), length));
                }
                rows.append(&mut found);
            }
            line += lines(text);
            done += bytes.len() as u64;
            (self.told)(done);
            if blocks.is_at_end() {
                return Ok(rows);
            }
        }
    }

    /// The rows of each part, `before` lines being before the first, or the line of a mistake and the mistake.
    fn in_parts<const N: usize, T: Send>(
        self,
        text: &[u8],
        mut before: usize,
        parse: &(impl Fn(usize, [Field<'_>; N]) -> anyhow::Result<T> + Sync),
    ) -> Vec<Part<T>> {
        let mut parts = Vec::new();
        for part in split(text, self.threads.get()) {
            parts.push((part, before));
            before += lines(part);
        }
        let Some((&(last, before), others)) = parts.split_last() else { return Vec::new() };
        thread::scope(|scope| {
            let begin = |&(part, before): &(_, usize)| scope.spawn(move || parsed(part, before, parse));
            let others: Vec<_> = others.iter().map(begin).collect();
            let last = parsed(last, before, parse);
            let panicked = |_| Err((before, anyhow!("a thread has panicked")));
            others.into_iter().map(|part| part.join().unwrap_or_else(panicked)).chain([last]).collect()
        })
    }
}

/// A field as it stands in the file, and the integer that it is.
#[derive(Clone, Copy)]
pub(super) struct Field<'t> {
    pub(super) text: &'t [u8],
    pub(super) integer: Option<i64>,
}

impl<'t> Field<'t> {
    fn of(text: &'t [u8]) -> Self {
        Self { text, integer: integer(text) }
    }
}

/// The rows of some lines, or the first mistake and its line.
type Part<T> = Result<Vec<T>, (usize, anyhow::Error)>;

fn parsed<const N: usize, T>(
    text: &[u8],
    before: usize,
    parse: impl Fn(usize, [Field<'_>; N]) -> anyhow::Result<T>,
) -> Part<T> {
    let mut found = Vec::with_capacity(text.len() / 16);
    let (mut rest, mut line) = (text, before);
    while !rest.is_empty() {
        line += 1;
        if let Some((row, length)) = plain_fields(rest) {
            rest = &rest[length..];
            found.push(parse(line, row).map_err(|mistake| (line, mistake))?);
            continue;
        }
        let (row, length) = fields(rest);
        let (bytes, after) = rest.split_at(length);
        rest = after;
        if row.is_err() && bytes.trim_ascii().is_empty() {
            continue;
        }
        found.push(row.and_then(|row| parse(line, row.map(Field::of))).map_err(|mistake| (line, mistake))?);
    }
    Ok(found)
}

#[expect(clippy::naive_bytecount, reason = "only where a line is wrong is it counted")]
fn lines(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte == b'\n').count()
}

/// How many rows there may be, by a part of the file.
fn expected(rows: usize, bytes: usize, length: u64) -> usize {
    let length = usize::try_from(length).unwrap_or(0);
    rows.saturating_mul(length / bytes.max(1) + 1)
}

/// Whole lines of a file, many at a time.
struct Blocks {
    file: File,
    /// What was read of a line that is not at its end.
    rest: Vec<u8>,
}

impl Blocks {
    /// About so many bytes, up to the end of a line or of the file.
    fn next(&mut self, size: usize) -> std::io::Result<Vec<u8>> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let before = bytes.len();
            let more = (&self.file).take(size as u64).read_to_end(&mut bytes)?;
            if more == 0 {
                return Ok(bytes);
            }
            if let Some(end) = bytes[before..].iter().rposition(|&byte| byte == b'\n') {
                self.rest = bytes.split_off(before + end + 1);
                return Ok(bytes);
            }
        }
    }

    /// To be asked after a block: whether there is nothing left, as far as is known.
    fn is_at_end(&mut self) -> bool {
        if self.rest.is_empty() {
            let mut one = [0];
            match (&self.file).read(&mut one) {
                Ok(0) | Err(_) => return true,
                Ok(_) => self.rest.push(one[0]),
            }
        }
        false
    }
}

/// Whole lines in about equal parts, at most so many.
fn split(text: &[u8], parts: usize) -> Vec<&[u8]> {
    let mut found = Vec::with_capacity(parts);
    let mut rest = text;
    for left in (1..=parts).rev() {
        let at = rest.len() / left;
        let end = rest[at..].iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| at + end + 1);
        let (part, after) = rest.split_at(end);
        if !part.is_empty() {
            found.push(part);
        }
        rest = after;
    }
    found
}

fn after_header<'t, const N: usize>(text: &'t [u8], columns: [&str; N]) -> anyhow::Result<&'t [u8]> {
    let text = text.strip_prefix(b"\xef\xbb\xbf".as_slice()).unwrap_or(text);
    match fields::<N>(text) {
        (Ok(found), length) if found == columns.map(str::as_bytes) => Ok(&text[length..]),
        _ => bail!("the header must be {}", columns.join(",")),
    }
}

/// The same as [`fields`] of a line as programs write it, which is nearly every line: digits, at most seven in a field, and nothing
/// else. Eight bytes at a time, since the machine cannot guess how long a field is.
fn plain_fields<const N: usize>(text: &[u8]) -> Option<([Field<'_>; N], usize)> {
    let mut row = [Field { text: b"", integer: None }; N];
    let mut at = 0;
    for (place, field) in row.iter_mut().enumerate() {
        let (integer, digits) = leading_integer(text.get(at..at + 8)?.try_into().ok()?)?;
        *field = Field { text: &text[at..at + digits], integer: Some(integer) };
        at += digits;
        if text[at] != if place + 1 < N { b',' } else { b'\n' } {
            return None;
        }
        at += 1;
    }
    Some((row, at))
}

/// The integer with which these bytes begin, and how many digits it has: from one to seven.
fn leading_integer(bytes: [u8; 8]) -> Option<(i64, usize)> {
    const HIGHEST_BITS: u64 = 0x8080_8080_8080_8080;
    // Digits become their values; whatever is more than 9 then has the highest bit in one of the two.
    let values = u64::from_le_bytes(bytes) ^ 0x3030_3030_3030_3030;
    let others = (values.wrapping_add(0x7676_7676_7676_7676) | values) & HIGHEST_BITS;
    let digits = others.trailing_zeros() / 8;
    if digits == 0 || digits == 8 {
        return None;
    }
    // Zeros in front, then pairs, fours and eights of digits.
    let ones = values << (64 - 8 * digits);
    let tens = ones.wrapping_mul(10).wrapping_add(ones >> 8) & 0x00ff_00ff_00ff_00ff;
    let hundreds = tens.wrapping_mul(100).wrapping_add(tens >> 16) & 0x0000_ffff_0000_ffff;
    let all = (hundreds & 0xffff) * 10_000 + (hundreds >> 32);
    Some((i64::try_from(all).ok()?, digits as usize))
}

/// The fields of the first line, and how long it is, its end included.
fn fields<const N: usize>(text: &[u8]) -> (anyhow::Result<[&[u8]; N]>, usize) {
    let mut row: [&[u8]; N] = [b""; N];
    let (mut found, mut begin, mut end) = (0, 0, text.len());
    for (at, &byte) in text.iter().enumerate() {
        if byte == b',' || byte == b'\n' {
            if let Some(place) = row.get_mut(found) {
                *place = plain(&text[begin..at]);
            }
            found += 1;
            begin = at + 1;
            if byte == b'\n' {
                end = at + 1;
                break;
            }
        }
    }
    if begin < end || (end == text.len() && !text.ends_with(b"\n")) {
        // The last line may end without a break.
        if let Some(place) = row.get_mut(found) {
            *place = plain(&text[begin..end]);
        }
        found += 1;
    }
    if found == N { (Ok(row), end) } else { (Err(anyhow!("there are {found} fields instead of {N}")), end) }
}

/// Without blanks, and without the quotes that some programs put around every cell.
fn plain(field: &[u8]) -> &[u8] {
    match field {
        [b'0'..=b'9' | b'-', .., b'0'..=b'9'] | [b'0'..=b'9'] => field,
        _ => {
            let field = field.trim_ascii();
            field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field)
        }
    }
}

/// As `str::parse` reads them, without looking for text first.
fn integer(field: &[u8]) -> Option<i64> {
    let (is_negative, digits) = match field {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_i64;
    for &byte in digits {
        let digit = i64::from(byte.wrapping_sub(b'0'));
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_sub(digit)?;
    }
    if is_negative { Some(value) } else { value.checked_neg() }
}

/// Writes an integer as `Display` does.
pub(super) fn write_integer(out: &mut Vec<u8>, value: i64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    let mut rest = value.unsigned_abs();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::fs;

    use super::*;

    #[test]
    fn integers_are_read_and_written_as_the_language_does() {
        for text in [
            "0",
            "-0",
            "7",
            "+7",
            "007",
            "-12",
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "",
            "-",
            "1.0",
            "1 ",
            "x",
            "-9223372036854775809",
        ] {
            assert_eq!(integer(text.as_bytes()), text.parse().ok(), "{text}");
        }
        for value in [0, 7, -7, 10, i64::MAX, i64::MIN] {
            let mut out = Vec::new();
            write_integer(&mut out, value);
            assert_eq!(out, value.to_string().into_bytes());
        }
    }

    #[test]
    fn short_lines_are_read_as_all_are() {
        for text in ["0,1,2\n3,4,5\n6", "1234567,7,0012345\nabcdefgh", "9999999,0,1\n       "] {
            let (row, length) = plain_fields::<3>(text.as_bytes()).expect("a plain line");
            let (fields, all) = fields::<3>(text.as_bytes());
            assert_eq!((row.map(|field| field.text), length), (fields.unwrap(), all), "{text}");
            assert_eq!(row.map(|field| field.integer), row.map(|field| integer(field.text)), "{text}");
        }
        for text in [
            "12345678,1,2\n         ",
            "-1,2,3\n         ",
            "1,2\n          ",
            "1,2,3,4\n       ",
            "1,,3\n        ",
            "1;2,3\n       ",
        ] {
            assert!(plain_fields::<3>(text.as_bytes()).is_none(), "{text}");
        }
        for number in (0..10_000_000).step_by(997) {
            let text = format!("{number},{}", "\u{ff}:/ ::::");
            let bytes = text.as_bytes()[..8].try_into().unwrap();
            assert_eq!(leading_integer(bytes), Some((number, number.to_string().len())));
        }
    }

    /// However the file is cut into parts, the rows, and the line of a mistake, are the same.
    #[test]
    fn threads_do_not_show() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.csv");
        let mut text = String::from("\u{feff}a,\"b\"\r\n");
        for row in 0..40_000 {
            let end = if row % 3 == 0 {
                "

"
            } else {
                "
"
            };
            write!(text, "{row},\"{}\"{end}", row * 7).unwrap();
        }
        let read = |text: &str, threads| {
            fs::write(&path, text).unwrap();
            let block = 100_000 / threads + 1;
            let reading = Reading { threads: NonZeroUsize::new(threads).unwrap(), block, ..Reading::QUIETLY };
            let parse = |_, [one, other]: [Field<'_>; 2]| {
                let pair = one.integer.zip(other.integer);
                pair.ok_or_else(|| anyhow!("no integer"))
            };
            reading.rows(&path, ["a", "b"], parse).map_err(|mistake| format!("{mistake:#}"))
        };
        let expected: Vec<(i64, i64)> = (0..40_000).map(|row| (row, row * 7)).collect();
        for threads in [1, 2, 3, 8] {
            assert_eq!(read(&text, threads).unwrap(), expected, "{threads}");
            assert_eq!(read(text.trim_end(), threads).unwrap(), expected, "{threads}, no last break");
        }
        let wrong = text.replacen("\n20000,", "\nx,", 1).replacen("\n30000,", "\ny,", 1);
        let place = wrong.lines().position(|line| line.starts_with("x,")).unwrap() + 1;
        for threads in [1, 2, 3, 8] {
            let said = read(&wrong, threads).unwrap_err();
            assert!(said.ends_with(&format!("rows.csv:{place}: no integer")), "{said}");
        }
        assert_eq!(read("a,b", 2).unwrap(), []);
    }
}
