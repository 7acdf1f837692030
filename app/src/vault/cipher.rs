//! XChaCha20-Poly1305 with what a text is bound to, and nothing else: no key is kept here, no randomness made. A nonce of 24
//! random bytes may be drawn without counting (draft-irtf-cfrg-xchacha-03, section 3.1).

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::Zeroizing;

pub(super) const KEY: usize = 32;
pub(super) const NONCE: usize = 24;

/// A key. It is wiped when it goes, and shows itself to no log.
#[derive(Clone)]
pub(super) struct Key(Zeroizing<[u8; KEY]>);

/// What a ciphertext is bound to: it opens nowhere else. Each field stands with its length, so that no two lists of fields are
/// the same bytes.
pub(super) struct Bound(Vec<u8>);

impl Key {
    pub(super) fn new(bytes: [u8; KEY]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    pub(super) fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// `None` beyond 256 GiB, which nobody writes.
    pub(super) fn seal(&self, nonce: [u8; NONCE], bound: &Bound, plain: &[u8]) -> Option<Vec<u8>> {
        let payload = Payload { msg: plain, aad: &bound.0 };
        self.cipher().encrypt(&XNonce::from(nonce), payload).ok()
    }

    /// `None` under another key, bound to something else, or changed.
    pub(super) fn open(&self, nonce: [u8; NONCE], bound: &Bound, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let payload = Payload { msg: sealed, aad: &bound.0 };
        self.cipher().decrypt(&XNonce::from(nonce), payload).ok().map(Zeroizing::new)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.0).into())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Key(…)")
    }
}

impl Bound {
    pub(super) fn to(field: impl AsRef<[u8]>) -> Self {
        Self(Vec::with_capacity(160)).and(field)
    }

    pub(super) fn and(mut self, field: impl AsRef<[u8]>) -> Self {
        let field = field.as_ref();
        self.0.extend_from_slice(&(field.len() as u64).to_be_bytes());
        self.0.extend_from_slice(field);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn it_is_the_cipher_of_the_draft() {
        let key = Key::of(&(0x80..=0x9f).collect::<Vec<u8>>()).unwrap();
        let nonce: [u8; NONCE] = (0x40..=0x57).collect::<Vec<u8>>().try_into().unwrap();
        let bound = Bound(hex::decode("50515253c0c1c2c3c4c5c6c7").unwrap());
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let sealed = key.seal(nonce, &bound, plain).unwrap();
        assert_eq!(hex::encode(&sealed[..16]), "bd6d179d3e83d43b9576579493c0e939");
        assert_eq!(hex::encode(&sealed[plain.len()..]), "c0875924c1c7987947deafd8780acf49");
        assert_eq!(key.open(nonce, &bound, &sealed).unwrap().as_slice(), plain);
    }

    #[test]
    fn fields_do_not_run_into_each_other() {
        assert_ne!(Bound::to("ab").and("c").0, Bound::to("a").and("bc").0);
        assert_ne!(Bound::to("").and("a").0, Bound::to("a").and("").0);
    }

    #[test]
    fn a_key_shows_itself_to_nobody() {
        assert_eq!(format!("{:?}", Key::new([7; KEY])), "Key(…)");
    }
}
