//! A record as a file that a stranger can check: each entry's text and digest, and where the chain ends. What is sealed is not in it.

use anyhow::{Context as _, ensure};
use serde::{Deserialize, Serialize};

use super::chain::{Fault, Link, texts_faults};

const FORM: &str = "telemaco record 1";

#[derive(Serialize, Deserialize)]
struct Exported {
    form: String,
    /// How each digest comes about.
    how: String,
    entries: Vec<ExportedEntry>,
    head: String,
}

#[derive(Serialize, Deserialize)]
struct ExportedEntry {
    entry: String,
    digest: String,
}

/// What a file says of itself once it is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    pub entries: usize,
    pub head: String,
    pub faults: Vec<Fault>,
}

pub fn write(links: &[Link]) -> String {
    let entries = links
        .iter()
        .map(|link| ExportedEntry { entry: link.text.clone(), digest: hex::encode(&link.digest) })
        .collect();
    let head = links.last().map(|link| hex::encode(&link.digest)).unwrap_or_default();
    let how = "digest = SHA-256(\"telemaco record 1\" + digest before, 32 zero bytes at first + entry); check it with: telemaco verify FILE";
    let exported = Exported { form: FORM.to_owned(), how: how.to_owned(), entries, head };
    serde_json::to_string_pretty(&exported).unwrap_or_default()
}

/// Whether a file says that it is a record.
pub fn is_one(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(b"{")
}

/// Checks the file of a record. The head is to be compared with what stands on the annex.
pub fn check(file: &[u8]) -> anyhow::Result<Checked> {
    let exported: Exported = serde_json::from_slice(file).context("it is no record of ours")?;
    ensure!(exported.form == FORM, "it is no record of this form");
    let mut links = Vec::with_capacity(exported.entries.len());
    for entry in &exported.entries {
        // In one spelling alone, or a letter could be changed unseen.
        let digest = hex::decode(&entry.digest).ok().filter(|digest| hex::encode(digest) == entry.digest);
        links.push((entry.entry.as_str(), digest.unwrap_or_default()));
    }
    let mut faults = texts_faults(links.iter().map(|(text, digest)| (*text, digest.as_slice())));
    let last = exported.entries.last().map_or("", |entry| entry.digest.as_str());
    if last != exported.head {
        faults.push(Fault::Head(i64::try_from(links.len()).unwrap_or(i64::MAX)));
    }
    Ok(Checked { entries: links.len(), head: exported.head, faults })
}
