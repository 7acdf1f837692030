//! The installation's keys: outside the database, in a file or in the environment, several at once so that one can follow
//! another. What is known of them elsewhere is a fingerprint.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::cipher::{KEY, Key};
use crate::config::Config;
use crate::db::{Column, Error, Row, Value};

/// What a key begins with, so that scanners of leaked secrets know it.
const PREFIX: &str = "tvk1_";

const HEADING: &str = "\
# The keys of this installation's content. Whoever has this file and the database reads what people wrote in confidence;
# without it nobody ever will. Keep a copy, apart from the backups of the database. `telemaco vault` says which key is needed.
";

/// A fingerprint of an installation's key, by which the database names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; 8]);

impl KeyId {
    /// A key has 256 random bits, so a digest tells nothing of it.
    fn of(key: &Key) -> Self {
        let digest = Sha256::new().chain_update(b"telemaco vault key").chain_update(key.bytes()).finalize();
        let mut id = [0; 8];
        id.copy_from_slice(&digest[..8]);
        Self(id)
    }
}

impl std::fmt::Display for KeyId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl From<KeyId> for Value {
    fn from(id: KeyId) -> Self {
        Self::Text(id.to_string())
    }
}

impl Column for KeyId {
    fn read(row: &Row, column: &str) -> Result<Self, Error> {
        let text: String = row.get(column)?;
        let id = hex::decode(&text).ok().and_then(|bytes| bytes.try_into().ok());
        id.map(Self).ok_or_else(|| Error::Column { column: column.to_owned(), reason: "no fingerprint".to_owned() })
    }
}

/// Why there are no keys where they should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The file is not there.
    Absent,
    /// It is there and cannot be read.
    Unreadable(String),
    /// A line of it, or a piece of the setting, is no key.
    Malformed(usize),
}

/// Where the keys come from, and those that were read last; cheap to clone.
#[derive(Clone, Debug)]
pub struct Vault(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// `None` where the setting holds the keys themselves.
    file: Option<PathBuf>,
    ring: RwLock<Ring>,
}

#[derive(Clone, Debug, Default)]
struct Ring {
    keys: Vec<(KeyId, Key)>,
    trouble: Option<Trouble>,
}

impl Vault {
    /// Reads the keys that the settings name. A file that is not there or not right is no error yet: the installation works
    /// without it, only content stays closed.
    pub fn open(config: &Config) -> Self {
        let given = &config.vault_keys.0;
        let (file, ring) = if given.is_empty() {
            let file = config.vault_key_file();
            let ring = read_ring(&file);
            (Some(file), ring)
        } else {
            (None, Ring::of(given.split(',').map(str::as_bytes)))
        };
        Self(Arc::new(Inner { file, ring: RwLock::new(ring) }))
    }

    /// The file of the keys, unless a setting holds the keys themselves.
    pub fn file(&self) -> Option<&Path> {
        self.0.file.as_deref()
    }

    /// The keys at hand; the first is for what is new.
    pub fn ids(&self) -> Vec<KeyId> {
        self.ring().keys.iter().map(|(id, _)| *id).collect()
    }

    /// The key for what is new.
    pub(super) fn first_key(&self) -> Option<Key> {
        self.ring().keys.into_iter().next().map(|(_, key)| key)
    }

    pub(super) fn all_keys(&self) -> Vec<Key> {
        self.ring().keys.into_iter().map(|(_, key)| key).collect()
    }

    pub fn trouble(&self) -> Option<Trouble> {
        self.ring().trouble
    }

    /// Whether others than its owner may read the file.
    pub fn is_exposed(&self) -> bool {
        use std::os::unix::fs::PermissionsExt as _;
        let metadata = self.file().and_then(|file| std::fs::metadata(file).ok());
        metadata.is_some_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o077 != 0)
    }

    /// A key. One that is not known may have come since the file was read last: it is read again.
    pub(super) async fn key(&self, id: KeyId) -> Option<Key> {
        if let Some(key) = self.ring().key(id) {
            return Some(key);
        }
        let ring = ring_of(tokio::fs::read(self.file()?).await);
        let key = ring.key(id);
        // What was read before stays, if the file is gone or half written at this moment.
        if key.is_some() {
            self.keep(ring);
        }
        key
    }

    /// Makes the file with a first key; false if it is there already.
    pub(super) fn make(&self, secret: [u8; KEY]) -> anyhow::Result<bool> {
        let Some(file) = self.file() else { return Ok(false) };
        let text = Zeroizing::new(format!("{HEADING}{}\n", shown(&Key::new(secret))));
        match write_new(file, text.as_bytes()) {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => return Ok(false),
            Err(error) => {
                return Err(error).with_context(|| format!("the key file {} cannot be made", file.display()));
            }
        }
        self.keep(read_ring(file));
        Ok(true)
    }

    /// Takes back the file that [`Vault::make`] has just made.
    pub(super) fn unmake(&self) -> anyhow::Result<()> {
        if let Some(file) = self.file() {
            std::fs::remove_file(file)?;
            self.keep(Ring { keys: Vec::new(), trouble: Some(Trouble::Absent) });
        }
        Ok(())
    }

    /// Puts a key before the others of the file, at once or not at all.
    pub(super) fn put_first(&self, secret: [u8; KEY]) -> anyhow::Result<()> {
        let file = self.file().context("the keys are in the setting vault_keys, not in a file")?;
        let line = Zeroizing::new(shown(&Key::new(secret)));
        self.rewrite(file, |text| {
            let (mut before, mut after) = (String::new(), String::new());
            for whole in text.lines() {
                let part = if parse(whole.trim().as_bytes()).is_some() || !after.is_empty() {
                    &mut after
                } else {
                    &mut before
                };
                part.push_str(whole);
                part.push('\n');
            }
            format!("{before}{}\n{after}", line.as_str())
        })
    }

    /// Adds those keys of another file that this one has not, after its own. The file is made if it is not there.
    pub fn take_in(&self, other: &Path) -> anyhow::Result<usize> {
        let file = self.file().context("the keys are in the setting vault_keys, not in a file")?;
        let read = read_ring(other);
        anyhow::ensure!(read.trouble.is_none(), "{} holds no keys", other.display());
        let known = self.ids();
        let new: Vec<&Key> = read.keys.iter().filter(|(id, _)| !known.contains(id)).map(|(_, key)| key).collect();
        if !file.exists() {
            write_new(file, HEADING.as_bytes())?;
        }
        if !new.is_empty() {
            self.rewrite(file, |text| {
                new.iter().fold(text.to_owned(), |text, key| format!("{}\n{}\n", text.trim_end(), shown(key)))
            })?;
        }
        Ok(new.len())
    }

    /// The keys as a file to keep apart.
    pub fn copy_to(&self, target: &Path) -> anyhow::Result<()> {
        let ring = self.ring();
        let lines: Vec<String> = ring.keys.iter().map(|(_, key)| shown(key)).collect();
        let text = Zeroizing::new(format!("{HEADING}{}\n", lines.join("\n")));
        write_new(target, text.as_bytes()).with_context(|| format!("{} cannot be made", target.display()))
    }

    /// Writes the file anew beside itself and puts it in its place, so that a reader finds the one or the other.
    fn rewrite(&self, file: &Path, change: impl FnOnce(&str) -> String) -> anyhow::Result<()> {
        let cannot = || {
            format!("{} cannot be written to; `telemaco vault new-key` prints a key to put in by hand", file.display())
        };
        let text = Zeroizing::new(std::fs::read_to_string(file).with_context(cannot)?);
        let arriving = file.with_extension("arriving");
        if arriving.exists() {
            std::fs::remove_file(&arriving).with_context(cannot)?;
        }
        write_new(&arriving, Zeroizing::new(change(&text)).as_bytes()).with_context(cannot)?;
        std::fs::rename(&arriving, file).with_context(cannot)?;
        self.keep(read_ring(file));
        Ok(())
    }

    fn ring(&self) -> Ring {
        self.0.ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep(&self, ring: Ring) {
        *self.0.ring.write().unwrap_or_else(PoisonError::into_inner) = ring;
    }
}

impl Ring {
    /// One key in a piece; what begins with `#` is for people.
    fn of<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Self {
        let mut ring = Self::default();
        for (number, piece) in pieces.map(<[u8]>::trim_ascii).enumerate() {
            if piece.is_empty() || piece.starts_with(b"#") {
                continue;
            }
            match parse(piece) {
                Some(key) => ring.keys.push(key),
                None => ring.trouble = ring.trouble.or(Some(Trouble::Malformed(number + 1))),
            }
        }
        if ring.keys.is_empty() {
            ring.trouble = ring.trouble.or(Some(Trouble::Absent));
        }
        ring
    }

    fn key(&self, id: KeyId) -> Option<Key> {
        self.keys.iter().find(|(known, _)| *known == id).map(|(_, key)| key.clone())
    }
}

/// A new key as a line of the file, for whoever keeps keys somewhere else.
pub fn line_of(secret: [u8; KEY]) -> String {
    shown(&Key::new(secret))
}

fn shown(key: &Key) -> String {
    format!("{PREFIX}{}", Zeroizing::new(URL_SAFE_NO_PAD.encode(key.bytes())).as_str())
}

fn parse(text: &[u8]) -> Option<(KeyId, Key)> {
    let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX.as_bytes())?).ok()?);
    let key = Key::of(&bytes)?;
    Some((KeyId::of(&key), key))
}

fn read_ring(file: &Path) -> Ring {
    ring_of(std::fs::read(file))
}

/// The keys of a file: one a line.
fn ring_of(read: std::io::Result<Vec<u8>>) -> Ring {
    let trouble = match read.map(Zeroizing::new) {
        Ok(bytes) => return Ring::of(bytes.split(|byte| *byte == b'\n')),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Trouble::Absent,
        Err(error) => Trouble::Unreadable(error.to_string()),
    };
    Ring { keys: Vec::new(), trouble: Some(trouble) }
}

/// A new file that only its owner may read, on the disk when this returns.
fn write_new(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    made.write_all(bytes)?;
    made.sync_all()?;
    // The name is in the folder, which has to reach the disk as well.
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Flags;

    fn vault(folder: &Path, settings: &[(&str, &str)]) -> Vault {
        let flags = Flags::default().with("data", folder.to_str().unwrap());
        let flags = settings.iter().fold(flags, |flags, (name, value)| flags.with(name, value));
        Vault::open(&Config::read(&flags).unwrap())
    }

    #[tokio::test]
    async fn a_key_follows_another_in_a_file_of_its_owner() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let one = vault(folder.path(), &[]);
        assert_eq!((one.ids(), one.trouble()), (vec![], Some(Trouble::Absent)));
        assert!(one.make([1; KEY]).unwrap());
        assert!(!one.make([2; KEY]).unwrap(), "it is there");
        let file = folder.path().join("content.key");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        let first = one.ids()[0];
        // Another server has the same file, and finds the new key without being started anew.
        let other = vault(folder.path(), &[]);
        one.put_first([2; KEY]).unwrap();
        assert_eq!((one.ids().len(), one.ids()[1]), (2, first));
        assert_eq!(other.ids(), [first]);
        assert!(other.key(one.ids()[0]).await.is_some());
        assert_eq!(other.ids(), one.ids());
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("# "));
        assert!(!one.is_exposed());
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
        assert!(one.is_exposed());
    }

    #[test]
    fn keys_come_from_the_environment_too_and_show_themselves_to_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let keys = format!("{}, {}", line_of([1; KEY]), line_of([2; KEY]));
        let given = vault(folder.path(), &[("vault_keys", &keys)]);
        assert_eq!((given.ids().len(), given.file()), (2, None));
        let secret = line_of([3; KEY]);
        for wrong in [secret.replace("tvk1_", "tvk2_"), secret[..40].to_owned(), format!("{secret}!")] {
            let keys = format!("{},{wrong}", line_of([1; KEY]));
            let read = vault(folder.path(), &[("vault_keys", &keys)]);
            assert_eq!((read.ids().len(), read.trouble()), (1, Some(Trouble::Malformed(2))));
            assert!(!format!("{read:?}").contains(&secret[6..20]));
        }
        let config = Config::read(&Flags::default().with("vault_keys", &secret)).unwrap();
        assert!(!format!("{config:?}").contains(&secret[6..20]));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_known_by_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("content.key");
        std::fs::write(&file, format!("# keys\n\n{}\ntvk1_short\n", line_of([1; KEY]))).unwrap();
        let read = vault(folder.path(), &[]);
        assert_eq!((read.ids().len(), read.trouble()), (1, Some(Trouble::Malformed(4))), "the rest of it holds");
        std::fs::write(&file, [0xff, 0xfe]).unwrap();
        assert_eq!(vault(folder.path(), &[]).trouble(), Some(Trouble::Malformed(1)));
        std::fs::remove_file(&file).unwrap();
        std::fs::create_dir(&file).unwrap();
        assert!(matches!(vault(folder.path(), &[]).trouble(), Some(Trouble::Unreadable(_))));
    }

    #[test]
    fn keys_are_taken_in_once() {
        let folder = tempfile::tempdir().unwrap();
        let (here, copy) = (folder.path().join("here"), folder.path().join("copy.key"));
        std::fs::create_dir(&here).unwrap();
        let one = vault(folder.path(), &[]);
        one.make([1; KEY]).unwrap();
        one.copy_to(&copy).unwrap();
        let other = vault(&here, &[]);
        assert_eq!(other.take_in(&copy).unwrap(), 1);
        assert_eq!(other.take_in(&copy).unwrap(), 0);
        assert_eq!(other.ids(), one.ids());
        assert!(other.take_in(&here).is_err());
    }
}
