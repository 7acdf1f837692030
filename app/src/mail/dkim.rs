//! The signature by which a receiver knows that a mail is from this domain and was not changed on the way (DKIM, RFC 6376). What
//! programs act on, the `List-Unsubscribe` headers, is under it (RFC 8058, section 4).

use std::sync::Arc;

use anyhow::Context as _;
use lettre::Message as Letter;
use lettre::message::dkim::{
    DkimCanonicalization, DkimCanonicalizationType, DkimConfig, DkimSigningAlgorithm, DkimSigningKey,
};
use lettre::message::header::HeaderName;

use crate::config::Config;

/// Signed whether a mail has them or not, so that none can be added. Not `Content-Type`: lettre keeps that of a multipart with its
/// body and would sign it as one that is not there.
const HEADERS: [&str; 9] = [
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Auto-Submitted",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
];

/// The key and what it signs; cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Signer(Arc<DkimConfig>);

impl Signer {
    /// Reads the key that the settings name, if they name one.
    pub(super) fn open(config: &Config, domain: &str) -> anyhow::Result<Option<Self>> {
        let file = &config.dkim_key_file;
        if file.as_os_str().is_empty() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("dkim_key_file: {} cannot be read", file.display()))?;
        let is_rsa = text.contains("-----BEGIN RSA PRIVATE KEY-----");
        anyhow::ensure!(
            is_rsa || !text.contains("-----BEGIN"),
            "dkim_key_file: write an RSA key as `openssl genrsa -traditional 2048` or `openssl rsa -traditional` does"
        );
        let algorithm = if is_rsa { DkimSigningAlgorithm::Rsa } else { DkimSigningAlgorithm::Ed25519 };
        let key = DkimSigningKey::new(text.trim(), algorithm)
            .with_context(|| format!("dkim_key_file: {} holds no key", file.display()))?;
        let relaxed =
            DkimCanonicalization { header: DkimCanonicalizationType::Relaxed, body: DkimCanonicalizationType::Relaxed };
        let headers = HEADERS.map(HeaderName::new_from_ascii_str).to_vec();
        let config = DkimConfig::new(config.dkim_selector.clone(), domain.to_owned(), key, headers, relaxed);
        Ok(Some(Self(Arc::new(config))))
    }

    pub(super) fn sign(&self, letter: &mut Letter) {
        letter.sign(&self.0);
    }
}
