//! Sealing and opening, and what becomes of keys: made on the first start, followed by others, destroyed with their author.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::cipher::{Bound, Key, NONCE};
use super::keyring::{KeyId, Trouble, Vault};
use super::store::{self, Kept};
use super::words::{Closed, Parts, Sealed, Words, padded, without_padding};
use super::{Owner, Place};
use crate::app::App;
use crate::audit::{self, Note};
use crate::db::{Error, Reader, Tx};
use crate::i18n::Message;
use crate::identity::{OrganisationId, PersonId};
use crate::problems::{Failure, Problems};
use crate::transaction;

/// So many data keys are wrapped anew in one transaction.
const AT_ONCE: i64 = 500;

/// Seals a text for its place, in the caller's transaction, as written now; the author's key is made when it is the first. Where the
/// installation's key is missing, whoever writes is told so and keeps what they typed.
pub async fn seal(app: &App, tx: &mut Tx, place: &Place, words: &Words) -> Result<Sealed, Failure> {
    let (id, key) = key_for(app, tx, place).await?;
    sealed(app, (id, &key), place, words)
}

/// The same over what its author has in the place already: where that says the same, it stays as it is, as by [`Keys::says`].
pub async fn seal_over(
    app: &App,
    tx: &mut Tx,
    place: &Place,
    words: &Words,
    before: Option<&Sealed>,
) -> Result<Sealed, Failure> {
    let (id, key) = key_for(app, tx, place).await?;
    match before {
        Some(before) if opened((id, &key), place, before).is_ok_and(|said| said == *words) => Ok(before.clone()),
        _ => sealed(app, (id, &key), place, words),
    }
}

async fn key_for(app: &App, tx: &mut Tx, place: &Place) -> Result<(Uuid, Key), Failure> {
    let owner = place.owner();
    let kept = match store::key(&mut *tx, &owner).await? {
        Some(kept) => kept,
        None => make(app, tx, owner).await?,
    };
    Ok((kept.id, unwrapped(&app.vault, &kept).await.map_err(cannot_write)?))
}

fn sealed(app: &App, (id, key): (Uuid, &Key), place: &Place, words: &Words) -> Result<Sealed, Failure> {
    let (nonce, text, written) = (nonce(app), padded(words.as_str().as_bytes()), Some(app.now()));
    let ciphertext = key.seal(nonce, &place.bound(id, written), &text).ok_or_else(|| cannot_write(Closed::Refused))?;
    Ok(Sealed::of(&Parts { key: id, nonce, written, ciphertext: &ciphertext }))
}

fn opened((id, key): (Uuid, &Key), place: &Place, sealed: &Sealed) -> Result<Words, Closed> {
    let parts = sealed.parts().filter(|parts| parts.key == id).ok_or(Closed::Refused)?;
    let text = key.open(parts.nonce, &place.bound(id, parts.written), parts.ciphertext).ok_or(Closed::Refused)?;
    let text = without_padding(&text).and_then(|text| std::str::from_utf8(text).ok());
    text.map(Words::new).ok_or(Closed::Refused)
}

/// Makes an author's data key. Of two who do so at once, both get the one that was written.
async fn make(app: &App, tx: &mut Tx, owner: Owner) -> Result<Kept, Failure> {
    let under = store::current(&mut *tx).await?.ok_or_else(|| cannot_write(Closed::KeyMissing))?;
    let installation = app.vault.key(under).await.ok_or_else(|| cannot_write(Closed::KeyMissing))?;
    let key = Key::new(app.secret());
    let kept =
        wrapped(app, &key, (under, &installation), (app.id(), owner)).ok_or_else(|| cannot_write(Closed::Refused))?;
    store::add(tx, &kept, app.now()).await?;
    let kept = store::key(tx, &owner).await?;
    kept.ok_or_else(|| anyhow::anyhow!("a content key was added and is not there").into())
}

fn cannot_write(closed: Closed) -> Failure {
    let key = match closed {
        Closed::KeyMissing | Closed::Erased => "vault-cannot-write",
        Closed::Refused => "vault-cannot-write-changed",
    };
    Problems::one("", Message::new(key)).into()
}

fn nonce(app: &App) -> [u8; NONCE] {
    let secret = app.secret();
    let mut nonce = [0; NONCE];
    nonce.copy_from_slice(&secret[..NONCE]);
    nonce
}

/// The data keys of some mentorships, unwrapped; they are wiped with this.
#[derive(Debug)]
pub struct Keys(HashMap<Owner, (Uuid, Result<Key, Closed>)>);

/// Reads the data keys of any number of mentorships with one statement.
pub async fn keys(
    app: &App,
    from: impl Into<Reader<'_>>,
    organisation: OrganisationId,
    mentorships: &[Uuid],
) -> Result<Keys, Error> {
    let mut keys = HashMap::new();
    for kept in store::keys(from, organisation, mentorships).await? {
        keys.insert(kept.owner, (kept.id, unwrapped(&app.vault, &kept).await));
    }
    Ok(Keys(keys))
}

impl Keys {
    /// The words that stand in a place, which has to be of one of the mentorships that were asked for.
    pub fn open(&self, place: &Place, sealed: &Sealed) -> Result<Words, Closed> {
        let (id, key) = self.0.get(&place.owner()).ok_or(Closed::Erased)?;
        opened((*id, key.as_ref().map_err(|closed| *closed)?), place, sealed)
    }

    /// Whether what stands in a place says this already. Whoever saves a form again, for a date in it say, has then written nothing anew:
    /// the sealed words stay as they are, and with them their author and when they were written.
    pub fn says(&self, place: &Place, sealed: &Sealed, words: &Words) -> bool {
        self.open(place, sealed).is_ok_and(|said| said == *words)
    }
}

/// The data keys of one author, unwrapped, wherever they wrote: for a file with all of it.
#[derive(Debug)]
pub struct OwnKeys(HashMap<Uuid, (Owner, Key)>);

/// Reads the data keys of an author; those that need a key of the installation which is not here are left out.
pub async fn keys_of_author(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    author: PersonId,
) -> Result<OwnKeys, Error> {
    let mut keys = HashMap::new();
    for kept in store::keys_of_author(tx, organisation, author).await? {
        if let Ok(key) = unwrapped(&app.vault, &kept).await {
            keys.insert(kept.id, (kept.owner, key));
        }
    }
    Ok(OwnKeys(keys))
}

impl OwnKeys {
    /// The words that stand in a column of a row, if this author wrote them.
    pub fn open(&self, (table, column, row): (&'static str, &'static str, Uuid), sealed: &Sealed) -> Option<Words> {
        let id = sealed.parts()?.key;
        let (Owner { organisation, mentorship, author, drawer }, key) = self.0.get(&id)?;
        let (organisation, mentorship, author, drawer) = (*organisation, *mentorship, *author, *drawer);
        let place = Place { organisation, mentorship, author, drawer, table, column, row };
        opened((id, key), &place, sealed).ok()
    }
}

impl Place {
    /// Everything that sealed words are bound to; to when they were written since their form says it.
    fn bound(&self, key: Uuid, written: Option<Timestamp>) -> Bound {
        let form = if written.is_some() { "telemaco words 2" } else { "telemaco words 1" };
        let bound = bound_to_owner(form, key, &self.owner()).and(self.table).and(self.column).and(self.row);
        match written {
            Some(written) => bound.and(written.as_microsecond().to_be_bytes()),
            None => bound,
        }
    }
}

fn bound_to_owner(what: &str, key: Uuid, owner: &Owner) -> Bound {
    Bound::to(what)
        .and(key)
        .and(owner.organisation.0)
        .and(owner.mentorship)
        .and(owner.author.0)
        .and(owner.drawer.code())
}

/// A data key as it is stored under a key of the installation.
fn wrapped(app: &App, key: &Key, (under, installation): (KeyId, &Key), (id, owner): (Uuid, Owner)) -> Option<Kept> {
    let nonce = nonce(app);
    let sealed = installation.seal(nonce, &bound_to_owner("telemaco data key 1", id, &owner), key.bytes())?;
    Some(Kept { id, owner, wrapped: [&nonce[..], &sealed].concat(), under })
}

async fn unwrapped(vault: &Vault, kept: &Kept) -> Result<Key, Closed> {
    let installation = vault.key(kept.under).await.ok_or(Closed::KeyMissing)?;
    let (nonce, sealed) = kept.wrapped.split_first_chunk::<NONCE>().ok_or(Closed::Refused)?;
    let bound = bound_to_owner("telemaco data key 1", kept.id, &kept.owner);
    let bytes: Zeroizing<Vec<u8>> = installation.open(*nonce, &bound, sealed).ok_or(Closed::Refused)?;
    Key::of(&bytes).ok_or(Closed::Refused)
}

/// How the installation stands with its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It has none yet; the first start makes one.
    New,
    /// Everything opens. `under` says how many data keys each key wraps, those that wrap none among them.
    Well { current: KeyId, under: Vec<(KeyId, i64)> },
    /// Keys that the database names are not at hand, and how many data keys each of them wraps.
    Missing { wanted: Vec<(KeyId, i64)>, trouble: Option<Trouble> },
}

pub async fn state(app: &App) -> Result<State, Error> {
    let Some(current) = store::current(&app.db).await? else { return Ok(State::New) };
    let under = store::tallies(&app.db).await?;
    let mut wanted = Vec::new();
    for (id, keys) in &under {
        let is_needed = *keys > 0 || *id == current;
        if is_needed && app.vault.key(*id).await.is_none() {
            wanted.push((*id, *keys));
        }
    }
    Ok(match wanted.as_slice() {
        [] => State::Well { current, under },
        _ => State::Missing { wanted, trouble: app.vault.trouble() },
    })
}

/// Makes the installation's first key, if it never had one. An installation that had one and cannot find it gets no other: it
/// starts, and content stays closed until the key is back.
pub async fn ready(app: &App) -> anyhow::Result<State> {
    if store::current(&app.db).await?.is_none() {
        let is_new = app.vault.trouble() == Some(Trouble::Absent) && app.vault.make(app.secret())?;
        if let Some(first) = app.vault.ids().first() {
            let now = app.now();
            let current = transaction!(app.db, tx => match store::current(&mut *tx).await? {
                Some(current) => Ok::<_, Error>(current),
                None => store::make_current(tx, *first, now).await.map(|()| *first),
            })?;
            if is_new && current != *first {
                // Another server with a folder of its own was first, and its key is the installation's.
                app.vault.unmake()?;
            }
        }
    }
    Ok(state(app).await?)
}

/// What a rotation did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotated {
    pub current: KeyId,
    /// Data keys that were wrapped anew.
    pub rewrapped: u64,
    /// Data keys that stay as they are, because the key that they need is not at hand.
    pub left: u64,
    /// Keys that wrap nothing any more.
    pub free: Vec<KeyId>,
}

/// Has another key follow the current one and wraps every data key under it, while servers go on working. The first key at hand
/// is the one that follows; where that is the current one, a new one is made and put before it. One that was interrupted is
/// finished first.
pub async fn rotate(app: &App) -> anyhow::Result<Rotated> {
    let current = store::current(&app.db).await?;
    let under = store::tallies(&app.db).await?;
    let here = app.vault.ids();
    let is_unfinished = under.iter().any(|(id, keys)| *keys > 0 && Some(*id) != current && here.contains(id));
    if here.first() == current.as_ref() && !is_unfinished {
        app.vault.put_first(app.secret())?;
    }
    let next = *app.vault.ids().first().ok_or_else(|| anyhow::anyhow!("there is no key to rotate to"))?;
    let now = app.now();
    // From here on every server wraps what is new under the next key, which it reads from the file when it first meets it.
    transaction!(app.db, tx => {
        store::make_current(tx, next, now).await?;
        let note = Note::new(None, None, "vault.rotate");
        audit::note(app, tx, note.with(json!({ "to": next.to_string() }))).await
    })?;
    let key = app.vault.key(next).await.ok_or_else(|| anyhow::anyhow!("the key {next} is gone from its file"))?;
    let (mut after, mut rewrapped, mut left) = (Uuid::nil(), 0, 0);
    loop {
        let batch = transaction!(app.db, tx => rewrap(app, tx, (next, &key), after).await)?;
        let Some(last) = batch.last else { break };
        (after, rewrapped, left) = (last, rewrapped + batch.rewrapped, left + batch.left);
    }
    let tallies = store::tallies(&app.db).await?;
    let free = tallies.into_iter().filter(|(id, keys)| *keys == 0 && *id != next).map(|(id, _)| id).collect();
    Ok(Rotated { current: next, rewrapped, left, free })
}

/// What became of a batch, and where the next one begins.
#[derive(Default)]
struct Batch {
    last: Option<Uuid>,
    rewrapped: u64,
    left: u64,
}

async fn rewrap(app: &App, tx: &mut Tx, (next, key): (KeyId, &Key), after: Uuid) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    for kept in store::wrapped_otherwise(tx, next, after, AT_ONCE).await? {
        batch.last = Some(kept.id);
        let opened = unwrapped(&app.vault, &kept).await.ok();
        match opened.and_then(|opened| wrapped(app, &opened, (next, key), (kept.id, kept.owner))) {
            Some(kept) => {
                store::rewrap(tx, &kept).await?;
                batch.rewrapped += 1;
            }
            None => batch.left += 1,
        }
    }
    Ok(batch)
}

/// Destroys the data keys of an author who is erased: what they wrote cannot be read any more, by nobody and nowhere but in
/// backups; what others wrote stays as it is.
pub async fn destroy_keys_of(tx: &mut Tx, organisation: OrganisationId, author: PersonId) -> Result<u64, Error> {
    store::destroy(tx, organisation, author).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Drawer;

    #[test]
    fn the_form_of_before_opens_and_a_date_cannot_be_put_on_words() {
        let place = Place {
            organisation: OrganisationId(Uuid::from_u128(1)),
            mentorship: Uuid::from_u128(2),
            author: PersonId(Uuid::from_u128(3)),
            drawer: Drawer::Shared,
            table: "goals",
            column: "words",
            row: Uuid::from_u128(4),
        };
        let (id, key, nonce) = (Uuid::from_u128(5), Key::new([6; 32]), [7; NONCE]);
        let at = |second: i64| Some(Timestamp::from_second(second).unwrap());
        let sealed = |bound, written| {
            let ciphertext = key.seal(nonce, &place.bound(id, bound), &padded("entre tú y yo".as_bytes())).unwrap();
            Sealed::of(&Parts { key: id, nonce, written, ciphertext: &ciphertext })
        };
        let open = |sealed: &Sealed| opened((id, &key), &place, sealed).map(|words| words.as_str().to_owned());
        for written in [None, at(9)] {
            let sealed = sealed(written, written);
            assert_eq!((open(&sealed).as_deref(), sealed.written_at()), (Ok("entre tú y yo"), written));
        }
        for (bound, written) in [(None, at(9)), (at(9), None), (at(9), at(10))] {
            assert_eq!(open(&sealed(bound, written)), Err(Closed::Refused), "{bound:?} {written:?}");
        }
    }
}
