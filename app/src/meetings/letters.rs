//! What is written to somebody about a meeting, and how it gets on its way: in the transaction of the change that causes it.

use anyhow::Context as _;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::model::{AskId, MeetingId};
use crate::app::App;
use crate::db::Tx;
use crate::identity::{OrganisationId, PersonId};
use crate::jobs;
use crate::problems::Failure;

/// The job that writes to one person.
pub(super) const MAIL: &str = "meetings.mail-letter";

/// A mail to be written; its link, if it has one, is made when it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(tag = "letter", rename_all = "kebab-case")]
pub(super) enum Letter {
    /// Times wait for an answer.
    Times {
        meeting: MeetingId,
        to: PersonId,
    },
    /// None of the times that were proposed suits.
    NoneSuits {
        meeting: MeetingId,
        to: PersonId,
    },
    /// A time holds, or something about it has changed.
    Invitation {
        meeting: MeetingId,
        to: PersonId,
        sequence: i64,
    },
    Cancelled {
        meeting: MeetingId,
        to: PersonId,
    },
    /// Did you meet?
    Met {
        ask: AskId,
        to: PersonId,
    },
}

impl Letter {
    pub fn to(&self) -> PersonId {
        match self {
            Self::Times { to, .. }
            | Self::NoneSuits { to, .. }
            | Self::Invitation { to, .. }
            | Self::Cancelled { to, .. }
            | Self::Met { to, .. } => *to,
        }
    }
}

/// Writes to people, due at an instant.
pub(super) async fn tell(
    app: &App,
    tx: &mut Tx,
    organisation: OrganisationId,
    letters: &[Letter],
    due: Timestamp,
) -> Result<(), Failure> {
    let payloads: Vec<serde_json::Value> =
        letters.iter().map(serde_json::to_value).collect::<Result<_, _>>().context("a letter is plain data")?;
    jobs::add_many(app, tx, Some(organisation.0), MAIL, &payloads, due).await?;
    Ok(())
}
