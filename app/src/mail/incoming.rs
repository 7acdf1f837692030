//! Addresses at which somebody sends something in: each is one person's, about one thing, and bears a mark that only this installation makes.
//! Whoever has one may send from anywhere: who a mail says that it is from counts for nothing. Nothing is answered to its sender.

use std::pin::Pin;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::calendars;
use super::opening::Head;
use super::returns::Returns;
use crate::app::App;
use crate::features;
use crate::identity::PersonId;

/// What the marks are for.
const PURPOSE: &str = "mail that somebody sends in";
/// What the tag begins with; that of a report has another length.
const SIGN: &str = "c";
/// So many bytes of the mark stand in an address.
const MARK: usize = 9;
/// The sign, who, the mark.
const TAG: usize = SIGN.len() + 2 * (16 + MARK);

/// A mail that somebody sent in to such an address; nothing of it is read before its mark is known.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub person: PersonId,
    mark: Vec<u8>,
    message_id: String,
    message: Arc<[u8]>,
}

/// What is taken from a mail, of which nothing else is kept.
#[derive(Clone, Debug)]
pub struct Carried {
    /// The same for a mail that is delivered twice.
    pub digest: Vec<u8>,
    pub calendars: Vec<String>,
}

pub type Receiving = Pin<Box<dyn Future<Output = anyhow::Result<()>> + Send>>;

/// A feature that takes in what somebody sends.
#[derive(Clone, Copy)]
pub struct Receiver {
    pub name: &'static str,
    pub receives: fn(App, Incoming) -> Receiving,
}

impl std::fmt::Debug for Receiver {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// An address is one person's, about one record, and the one that they have now: each new one of theirs has the next number.
fn marked(person: PersonId, about: Uuid, number: i64) -> Vec<u8> {
    [&person.0.as_bytes()[..], about.as_bytes(), &number.to_be_bytes()].concat()
}

/// The address at which somebody sends something in about a record; nothing where no mail is read, or no key is there to mark it.
pub fn address_of(app: &App, person: PersonId, about: Uuid, number: i64) -> Option<String> {
    let returns = app.mailer.returns.as_ref()?;
    let mark = app.vault.mark(PURPOSE, &marked(person, about, number))?;
    Some(returns.with_tag(&format!("{SIGN}{}{}", hex::encode(person.0.as_bytes()), hex::encode(&mark[..MARK]))))
}

/// A mail to such an address; who made its mark is still to be asked.
fn sent(returns: &Returns, head: &Head, message: &[u8]) -> Option<Incoming> {
    let tag = head.sent_to.iter().find_map(|sent_to| {
        let tag = returns.tag_in(sent_to, TAG)?;
        hex::decode(tag.strip_prefix(SIGN)?).ok()
    })?;
    let (person, mark) = tag.split_at_checked(16)?;
    let person = PersonId(Uuid::from_slice(person).ok()?);
    Some(Incoming { person, mark: mark.to_vec(), message_id: head.message_id.clone(), message: message.into() })
}

impl Incoming {
    /// Whether it came to the address that is about this record.
    pub fn is_about(&self, app: &App, about: Uuid, number: i64) -> bool {
        app.vault.made_of(PURPOSE, &marked(self.person, about, number), &self.mark, MARK)
    }

    /// Takes from it what is of use.
    pub async fn opened(&self) -> anyhow::Result<Carried> {
        let message = Arc::clone(&self.message);
        let calendars = tokio::task::spawn_blocking(move || calendars::read(&message)).await?;
        let seed = if self.message_id.is_empty() { calendars.concat() } else { self.message_id.clone() };
        let digest = Sha256::new().chain_update(self.person.0).chain_update(&self.mark).chain_update(seed);
        Ok(Carried { digest: digest.finalize().to_vec(), calendars })
    }
}

/// Hands what was sent to such an address to whoever takes it in; false where a mail was sent to none.
pub(super) async fn receive(app: &App, returns: &Returns, head: &Head, message: &[u8]) -> anyhow::Result<bool> {
    let Some(incoming) = sent(returns, head, message) else { return Ok(false) };
    anyhow::ensure!(!app.vault.ids().is_empty(), "no key of the installation is at hand, so no address can be judged");
    for receiver in features::RECEIVERS {
        (receiver.receives)(app.clone(), incoming.clone()).await?;
    }
    Ok(true)
}
