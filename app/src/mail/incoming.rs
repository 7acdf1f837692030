//! Addresses at which somebody sends something in: each is one person's, about one thing, and bears a mark that only this installation makes.
//! Whoever has one may send from anywhere: who a mail says that it is from counts for nothing. Nothing is answered to its sender.

use std::pin::Pin;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::calendars;
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

/// The calendars that somebody sent in, of a mail of which nothing else is kept.
#[derive(Clone, Debug)]
pub struct Incoming {
    pub person: PersonId,
    mark: Vec<u8>,
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

fn marked(person: PersonId, about: Uuid) -> Vec<u8> {
    [&person.0.as_bytes()[..], about.as_bytes()].concat()
}

/// The address at which somebody sends something in about a record; nothing where no mail is read, or no key is there to mark it.
pub fn address_of(app: &App, person: PersonId, about: Uuid) -> Option<String> {
    let returns = app.mailer.returns.as_ref()?;
    let mark = app.vault.mark(PURPOSE, &marked(person, about))?;
    Some(returns.with_tag(&format!("{SIGN}{}{}", hex::encode(person.0.as_bytes()), hex::encode(&mark[..MARK]))))
}

/// What was sent to such an address; who made its mark is still to be asked.
fn read(returns: &Returns, message: &[u8]) -> Option<Incoming> {
    let sent = calendars::read(message)?;
    let tag = sent.sent_to.iter().find_map(|sent_to| {
        let tag = returns.tag_in(sent_to, TAG)?;
        hex::decode(tag.strip_prefix(SIGN)?).ok()
    })?;
    let (person, mark) = tag.split_at_checked(16)?;
    let seed = if sent.message_id.is_empty() { sent.calendars.concat() } else { sent.message_id };
    let digest = Sha256::new().chain_update(&tag).chain_update(seed.as_bytes()).finalize().to_vec();
    let person = PersonId(Uuid::from_slice(person).ok()?);
    Some(Incoming { person, mark: mark.to_vec(), digest, calendars: sent.calendars })
}

impl Incoming {
    /// Whether it came to the address that is about this record.
    pub fn is_about(&self, app: &App, about: Uuid) -> bool {
        app.vault.made_of(PURPOSE, &marked(self.person, about), &self.mark, MARK)
    }
}

/// Hands what was sent to such an address to whoever takes it in; false where a mail was sent to none.
pub(super) async fn receive(app: &App, returns: &Returns, message: &[u8]) -> anyhow::Result<bool> {
    let Some(incoming) = read(returns, message) else { return Ok(false) };
    anyhow::ensure!(!app.vault.ids().is_empty(), "no key of the installation is at hand, so no address can be judged");
    for receiver in features::RECEIVERS {
        (receiver.receives)(app.clone(), incoming.clone()).await?;
    }
    Ok(true)
}
