//! What keeps an edition from being closed. What is under way in one belongs to features below, which programmes may not know: each
//! of them offers a [`Hindrance`], `features` lists them, and they are asked in the transaction that would close it.

use std::pin::Pin;

use super::model::EditionId;
use crate::db::{Error, Tx};
use crate::features;
use crate::i18n::Message;
use crate::problems::{Failure, Problems};

pub type Hindering<'a> = Pin<Box<dyn Future<Output = Result<Option<Message>, Error>> + Send + 'a>>;

/// A feature in which something may be under way that a closed edition would leave unanswered.
#[derive(Clone, Copy)]
pub struct Hindrance {
    pub name: &'static str,
    pub hinders: for<'a> fn(&'a mut Tx, EditionId) -> Hindering<'a>,
}

impl std::fmt::Debug for Hindrance {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Refused, with everything that stands in the way.
pub(super) async fn nothing_is_under_way(tx: &mut Tx, edition: EditionId) -> Result<(), Failure> {
    let mut problems = Problems::default();
    for hindrance in features::HINDRANCES_TO_CLOSING {
        if let Some(message) = (hindrance.hinders)(tx, edition).await? {
            problems.add("", message);
        }
    }
    Ok(problems.or(())?)
}
