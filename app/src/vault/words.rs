//! Plain and sealed words, and why sealed ones may not open.

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

/// Words as they are stored: a byte for the form, the data key's identifier, the nonce, the ciphertext with its tag.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed(Vec<u8>);

const FORM: u8 = 1;
const HEAD: usize = 1 + 16 + NONCE;

impl Sealed {
    /// Sealed words that open nowhere, for rules that never open any.
    #[cfg(test)]
    pub fn empty() -> Self {
        Self(Vec::new())
    }

    pub(super) fn of(key: Uuid, nonce: [u8; NONCE], ciphertext: &[u8]) -> Self {
        let mut bytes = Vec::with_capacity(HEAD + ciphertext.len());
        bytes.push(FORM);
        bytes.extend_from_slice(key.as_bytes());
        bytes.extend_from_slice(&nonce);
        bytes.extend_from_slice(ciphertext);
        Self(bytes)
    }

    /// What a table keeps that is about more than words: digests are made over it.
    pub fn bytes(self) -> Vec<u8> {
        self.0
    }

    /// Sealed words out of such a table.
    pub fn stored(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// The data key's identifier, the nonce and the ciphertext, if the form is one that is known.
    pub(super) fn parts(&self) -> Option<(Uuid, [u8; NONCE], &[u8])> {
        let (head, ciphertext) = self.0.split_at_checked(HEAD)?;
        let (form, head) = head.split_first()?;
        let (key, nonce) = head.split_at_checked(16)?;
        (*form == FORM).then_some((Uuid::from_slice(key).ok()?, nonce.try_into().ok()?, ciphertext))
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
            let sealed = Sealed::of(Uuid::from_u128(7), [3; NONCE], &bytes);
            prop_assert_eq!(sealed.parts(), Some((Uuid::from_u128(7), [3; NONCE], bytes.as_slice())));
            let sealed = Sealed([&[FORM + 1][..], &[0; HEAD], &bytes].concat());
            prop_assert_eq!(sealed.parts(), None, "no form that is known");
            let short = Sealed(bytes.into_iter().take(HEAD - 1).collect());
            prop_assert_eq!(short.parts(), None, "too short");
        }
    }
}
