//! What a pair shares, for the two people of different parts whom its signed agreement lets open it if something serious happens, and
//! for one of the two who hands a copy over of what they wrote themselves. Each feature that keeps words of a pair offers a [`Shelf`],
//! `features` lists them, and two alone ask them: `breakglass`, which knows who they are and whether the time that they were given has run
//! out, and `copies`. A shelf shows what the rule of `visibility` lets them read and, through the glass, was written since both had signed
//! that it may be, as the seal of the words says; nothing that is somebody's alone.

use std::sync::Arc;

use jiff::Timestamp;

use super::model::Mentorship;
use super::visibility::{Relation, Visibility, may_read};
use crate::app::App;
use crate::i18n::{Lang, Message};
use crate::identity::PersonId;
use crate::programmes::Saying;
use crate::vault::{Closed, Keys, Place, Sealed, Words};

/// A pair as it is opened.
#[derive(Clone)]
pub struct Glass {
    pub pair: Mentorship,
    pub lang: Lang,
    keys: Arc<Keys>,
    eyes: Eyes,
}

/// As whom somebody reads.
#[derive(Clone, Copy)]
enum Eyes {
    /// As one whom the agreement lets open what was written since.
    Allowed { since: Timestamp },
    /// As who wrote it.
    Author(PersonId),
}

/// Words that are opened: when they were written, and what they say or why that does not open.
pub type Read = (Timestamp, Result<Words, Closed>);

impl Glass {
    /// `since` is when both had signed that what they write may be opened.
    pub fn new(pair: Mentorship, keys: Keys, lang: Lang, since: Timestamp) -> Self {
        Self { pair, lang, keys: Arc::new(keys), eyes: Eyes::Allowed { since } }
    }

    /// For one of the two, who reads what is their own.
    pub fn of_author(pair: Mentorship, keys: Keys, lang: Lang, author: PersonId) -> Self {
        Self { pair, lang, keys: Arc::new(keys), eyes: Eyes::Author(author) }
    }

    /// Words that stand in a place, if they are for these eyes: their author's, or for both and written since. When they were is not asked of the row, which changes
    /// with much that is no word, but of their seal; of which nobody knows when they were written, they are from before.
    pub fn reads(&self, visibility: Visibility, place: &Place, sealed: &Sealed) -> Option<Read> {
        let written = sealed.written_at().filter(|written| self.has_begun(*written))?;
        let relation = match self.eyes {
            Eyes::Allowed { .. } => Relation::Glass,
            // Of their own, what the other reads as well: a copy is made of what is shared.
            Eyes::Author(author) if author == place.author => Relation::Other,
            Eyes::Author(_) => return None,
        };
        may_read(visibility, relation).then(|| (written, self.keys.open(place, sealed)))
    }

    /// Whether what happened at an instant did so once both had signed that it may be opened; of one's own nothing is from before.
    pub fn has_begun(&self, at: Timestamp) -> bool {
        match self.eyes {
            Eyes::Allowed { since } => at >= since,
            Eyes::Author(_) => true,
        }
    }

    pub(super) fn keys(&self) -> &Keys {
        &self.keys
    }
}

/// Something that one of the two wrote.
pub struct Opened {
    pub title: Message,
    pub by: PersonId,
    pub at: Timestamp,
    /// What it says, each under its label, or why that does not open.
    pub words: Vec<(Message, Result<Words, Closed>)>,
}

impl Opened {
    pub fn new(title: Message, by: PersonId, at: Timestamp) -> Self {
        Self { title, by, at, words: Vec::new() }
    }

    /// The same with another text; what is empty is left out.
    #[must_use]
    pub fn said(self, label: impl Into<std::borrow::Cow<'static, str>>, words: Result<Words, Closed>) -> Self {
        self.said_as(Message::new(label), words)
    }

    #[must_use]
    pub fn said_as(mut self, label: Message, words: Result<Words, Closed>) -> Self {
        if !words.as_ref().is_ok_and(|words| words.as_str().is_empty()) {
            self.words.push((label, words));
        }
        self
    }
}

/// What a feature keeps of what a pair shares.
#[derive(Clone, Copy)]
pub struct Shelf {
    pub name: &'static str,
    pub opens: fn(App, Glass) -> Saying<Vec<Opened>>,
}

impl std::fmt::Debug for Shelf {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}
