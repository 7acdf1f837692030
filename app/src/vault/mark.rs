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

    /// Secrets for a purpose that this installation alone knows and that are kept nowhere, one for each of its keys. The first is
    /// the one to give away; whoever got an earlier one has it still while its key is there.
    pub fn secrets(&self, purpose: &str, of: &[u8]) -> Vec<[u8; 32]> {
        let secret = |key: &[u8]| Some(mac(key, purpose, of)?.finalize().into_bytes().into());
        self.all_keys().iter().filter_map(|key| secret(key.bytes())).collect()
    }

    /// Whether this installation made a mark.
    pub fn made(&self, purpose: &str, of: &[u8], mark: &[u8]) -> bool {
        self.made_of(purpose, of, mark, LENGTH)
    }

    /// The same for a mark of which only the first bytes are given away, so many and no fewer.
    pub fn made_of(&self, purpose: &str, of: &[u8], mark: &[u8], length: usize) -> bool {
        mark.len() == length
            && self
                .all_keys()
                .iter()
                .any(|key| mac(key.bytes(), purpose, of).is_some_and(|mac| mac.verify_truncated_left(mark).is_ok()))
    }
}

/// What somebody who shares a secret checks a message with: HMAC-SHA-256 (RFC 2104).
pub fn signature(secret: &[u8], message: &[u8]) -> Option<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(message);
    Some(mac.finalize().into_bytes().into())
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

    #[test]
    fn a_secret_outlives_the_next_key() {
        let [one, other] = [1, 2].map(|byte| crate::vault::line_of([byte; 32]));
        let before = vault(&one).secrets("hook", b"abc");
        let after = vault(&format!("{other},{one}")).secrets("hook", b"abc");
        assert_eq!((before.len(), after.len()), (1, 2));
        assert!(after[1] == before[0] && after[0] != before[0]);
        assert!(vault(&one).secrets("hook", b"abd") != before && vault("").secrets("hook", b"abc").is_empty());
    }
}
