//! Marks that only this installation can make: HMAC-SHA-256 (RFC 2104) under its keys, so that a link holds without a row of its
//! own. A mark of an older key holds as long as that key is at hand.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::keyring::Vault;

const LENGTH: usize = 16;

impl Vault {
    /// The mark of something for a purpose; `None` where there is no key.
    pub fn mark(&self, purpose: &str, of: &[u8]) -> Option<[u8; LENGTH]> {
        let key = self.first_key()?;
        let mark = mac(key.bytes(), purpose, of)?.finalize().into_bytes();
        mark[..LENGTH].try_into().ok()
    }

    /// Whether this installation made a mark.
    pub fn made(&self, purpose: &str, of: &[u8], mark: &[u8]) -> bool {
        mark.len() == LENGTH
            && self
                .all_keys()
                .iter()
                .any(|key| mac(key.bytes(), purpose, of).is_some_and(|mac| mac.verify_truncated_left(mark).is_ok()))
    }
}

/// What a purpose's marks begin with: the length keeps purposes apart.
fn mac(key: &[u8], purpose: &str, of: &[u8]) -> Option<Hmac<Sha256>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    mac.update(b"telemaco mark 1");
    mac.update(&(purpose.len() as u64).to_be_bytes());
    mac.update(purpose.as_bytes());
    mac.update(of);
    Some(mac)
}

#[cfg(test)]
mod tests {
    use crate::config::{Config, Flags, Hidden};

    use super::*;

    fn vault(keys: &str) -> Vault {
        let mut config = Config::read(&Flags::default()).unwrap();
        config.vault_keys = Hidden(keys.to_owned());
        Vault::open(&config)
    }

    #[test]
    fn a_mark_holds_for_what_it_was_made_of_and_under_the_keys_at_hand() {
        let [one, other] = [1, 2].map(|byte| crate::vault::line_of([byte; 32]));
        let mark = vault(&one).mark("stop", b"abc").unwrap();
        let made = |keys: &str, purpose: &str, of: &[u8], mark: &[u8]| vault(keys).made(purpose, of, mark);
        assert!(made(&one, "stop", b"abc", &mark) && made(&format!("{other},{one}"), "stop", b"abc", &mark));
        assert!(!made(&other, "stop", b"abc", &mark) && !made(&one, "stop", b"abd", &mark));
        assert!(!made(&one, "sto", b"pabc", &mark) && !made(&one, "stop", b"abc", &mark[..15]));
        assert!(!made("", "stop", b"abc", &mark));
    }
}
