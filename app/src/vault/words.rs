//! Plain and sealed words, and why sealed ones may not open.

use jiff::Timestamp;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::cipher::NONCE;
use crate::db::{Column, Error, Kind, Row, Value};
use crate::i18n::tidy;

/// What somebody wrote in confidence. It is wiped when it goes, and neither a log nor a message can show it: whoever renders it
/// says so with [`Words::as_str`].
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Words(Zeroizing<String>);

impl Words {
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// What somebody typed, tidied.
    pub fn typed(text: &str) -> Self {
        Self::new(tidy(text))
    }

    /// The same on one line.
    pub fn line(text: &str) -> Self {
        Self::new(tidy(text).replace('\n', " "))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether they have more characters than so many.
    pub fn is_longer_than(&self, most: usize) -> bool {
        self.0.chars().count() > most
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Words(…)")
    }
}

/// Words as they are stored: a byte for the form, the data key's identifier, the nonce, when they were written in microseconds, the
/// ciphertext with its tag. The first form, of which there may be some from before, does not say when.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

const UNDATED: u8 = 1;
const DATED: u8 = 2;
const HEAD: usize = 1 + 16 + NONCE;
const INSTANT: usize = 8;

/// Sealed words taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Parts<'a> {
    pub key: Uuid,
    pub nonce: [u8; NONCE],
    /// When they were written, if their form says so.
    pub written: Option<Timestamp>,
    pub ciphertext: &'a [u8],
}

impl Sealed {
    /// Sealed words that open nowhere, for rules that never open any.
    #[cfg(test)]
    pub fn empty() -> Self {
        Self(Vec::new())
    }

    pub(super) fn of(parts: &Parts<'_>) -> Self {
        let mut bytes = Vec::with_capacity(HEAD + INSTANT + parts.ciphertext.len());
        bytes.push(if parts.written.is_some() { DATED } else { UNDATED });
        bytes.extend_from_slice(parts.key.as_bytes());
        bytes.extend_from_slice(&parts.nonce);
        bytes.extend(parts.written.iter().flat_map(|written| written.as_microsecond().to_be_bytes()));
        bytes.extend_from_slice(parts.ciphertext);
        Self(bytes)
    }

    /// When these words were written, as their seal says: words whose seal says anything else than when they were sealed do not open.
    /// Nothing where they are of the form that did not say it.
    pub fn written_at(&self) -> Option<Timestamp> {
        self.parts()?.written
    }

    /// What a table keeps that is about more than words: digests are made over it.
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }

    /// Sealed words out of such a table.
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// What they are made of, if the form is one that is known.
    pub(super) fn parts(&self) -> Option<Parts<'_>> {
        let (head, rest) = self.0.split_at_checked(HEAD)?;
        let (form, head) = head.split_first()?;
        let (key, nonce) = head.split_at_checked(16)?;
        let (written, ciphertext) = match *form {
            UNDATED => (None, rest),
            DATED => {
                let (written, ciphertext) = rest.split_first_chunk::<INSTANT>()?;
                (Some(Timestamp::from_microsecond(i64::from_be_bytes(*written)).ok()?), ciphertext)
            }
            _ => return None,
        };
        Some(Parts { key: Uuid::from_slice(key).ok()?, nonce: nonce.try_into().ok()?, written, ciphertext })
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Sealed({} bytes)", self.0.len())
    }
}

impl From<Sealed> for Value {
    fn from(sealed: Sealed) -> Self {
        Self::Bytes(sealed.0)
    }
}

impl From<&Sealed> for Value {
    fn from(sealed: &Sealed) -> Self {
        Self::Bytes(sealed.0.clone())
    }
}

impl From<Option<Sealed>> for Value {
    fn from(sealed: Option<Sealed>) -> Self {
        sealed.map_or(Self::Null(Kind::Bytes), Self::from)
    }
}

impl Column for Sealed {
    fn read(row: &Row, column: &str) -> Result<Self, Error> {
        row.get(column).map(Self)
    }
}

/// Why sealed words do not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The installation's key that they need is not here. It may come back.
    KeyMissing,
    /// Their author was erased, and their key with them.
    Erased,
    /// They stand where they were not written, or were changed.
    Refused,
}

impl Closed {
    /// The key of what is said in the place of the words.
    pub fn key(self) -> &'static str {
        match self {
            Self::KeyMissing => "vault-closed-key",
            Self::Erased => "vault-closed-erased",
            Self::Refused => "vault-closed-refused",
        }
    }
}

/// The text in a length that says little of its own: at least 64 bytes, beyond that Padmé, which adds at most an eighth
/// (Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", `PoPETs` 2019). What is added
/// begins with 0x80 (ISO/IEC 7816-4).
pub(super) fn padded(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = padme(text.len() + 1).max(64);
    // Made in its full length at once: growing would leave copies that nobody wipes.
    let mut padded = Zeroizing::new(Vec::with_capacity(length));
    padded.extend_from_slice(text);
    padded.push(0x80);
    padded.resize(length, 0);
    padded
}

pub(super) fn without_padding(padded: &[u8]) -> Option<&[u8]> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    (padded[end] == 0x80).then_some(&padded[..end])
}

fn padme(length: usize) -> usize {
    let exponent = length.max(2).ilog2();
    let spare = exponent.saturating_sub(exponent.ilog2() + 1);
    let mask = (1_usize << spare) - 1;
    (length + mask) & !mask
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_show_themselves_to_no_log() {
        let words = Words::new("entre tú y yo");
        assert_eq!(format!("{words:?} {:?}", Some(&words)), "Words(…) Some(Words(…))");
        assert_eq!(format!("{:?}", Sealed(vec![1, 2, 3])), "Sealed(3 bytes)");
    }

    #[test]
    fn a_yes_is_as_long_as_a_line() {
        let lengths = ["", "sí", "no", "Hoy no puedo, ¿te va bien el jueves a las diez y media?"].map(str::as_bytes);
        assert!(lengths.iter().all(|text| padded(text).len() == 64));
        assert_eq!([100, 1000, 10_000].map(padme), [104, 1024, 10_240]);
    }

    proptest! {
        #[test]
        fn padding_comes_off_again(text in prop::collection::vec(any::<u8>(), 0..3000)) {
            let padded = padded(&text);
            prop_assert_eq!(without_padding(&padded), Some(text.as_slice()));
            prop_assert!(padded.len() <= (text.len() + 1) * 9 / 8 + 64);
        }

        #[test]
        fn sealed_words_are_read_as_they_were_put_together(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            for written in [None, Some(Timestamp::UNIX_EPOCH), Some(Timestamp::from_second(1_800_000_000).unwrap())] {
                let parts = Parts { key: Uuid::from_u128(7), nonce: [3; NONCE], written, ciphertext: &bytes };
                let sealed = Sealed::of(&parts);
                prop_assert_eq!(sealed.parts(), Some(parts));
                prop_assert_eq!(sealed.written_at(), written);
            }
            let sealed = Sealed([&[DATED + 1][..], &[0; HEAD], &bytes].concat());
            prop_assert_eq!(sealed.parts(), None, "no form that is known");
            let short = Sealed(bytes.into_iter().take(HEAD - 1).collect());
            prop_assert_eq!(short.parts(), None, "too short");
        }
    }
}
