//! A mail on its way to somebody: where theirs go, as long as they arrive.

use super::{Along, Mail, Unsent, returns};
use crate::app::App;
use crate::identity::{self, PersonCore};

/// What became of a mail that need not be tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Posted {
    Taken,
    /// There is no address at which its reader takes mail.
    Unreachable,
}

/// Sends a mail to where somebody's mails go. An address that the server refuses for good is noted and the next one tried; to
/// one that is known to be refused nothing is sent. An error means that it was not taken: it may be tried again,
/// or is refused for good ([`crate::jobs::Refused`]).
pub async fn post(app: &App, reader: &PersonCore, mail: &Mail, along: Along<'_>) -> anyhow::Result<Posted> {
    let mut mailbox = reader.mailbox.clone();
    // The address of the organisation, and a private one.
    for _ in 0..2 {
        if !mailbox.takes {
            break;
        }
        let mail = Mail { to_address: mailbox.address.clone(), ..mail.clone() };
        let sender = returns::sender(app, reader.id, &mailbox.address);
        match app.mailer.hand_over(&mail, Along { returns: sender.as_deref(), ..along }).await {
            Ok(()) => return Ok(Posted::Taken),
            Err(Unsent::Address(said)) => {
                tracing::warn!(said, "an address is refused for good");
                mailbox = identity::unreachable(app, reader, &mailbox.address).await?;
            }
            Err(unsent) => return Err(unsent.told()),
        }
    }
    Ok(Posted::Unreachable)
}

/// Sends a mail to this very address of somebody's, whatever is known of it.
pub async fn post_to(app: &App, reader: &PersonCore, address: &str, mail: &Mail) -> anyhow::Result<Posted> {
    let sender = returns::sender(app, reader.id, address);
    match app.mailer.hand_over(mail, Along { returns: sender.as_deref(), ..Along::default() }).await {
        Ok(()) => Ok(Posted::Taken),
        Err(Unsent::Address(said)) => {
            tracing::warn!(said, "an address is refused for good");
            identity::unreachable(app, reader, address).await?;
            Ok(Posted::Unreachable)
        }
        Err(unsent) => Err(unsent.told()),
    }
}

/// Sends a mail to somebody whom the installation knows by their address alone.
pub async fn post_outside(app: &App, mail: &Mail) -> anyhow::Result<Posted> {
    match app.mailer.hand_over(mail, Along::default()).await {
        Ok(()) => Ok(Posted::Taken),
        Err(Unsent::Address(said)) => {
            tracing::warn!(said, "an address is refused for good");
            Ok(Posted::Unreachable)
        }
        Err(unsent) => Err(unsent.told()),
    }
}
