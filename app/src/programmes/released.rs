//! A line that a pair released to somebody, for the pages on which line managers and sponsors look on. A feature below keeps them;
//! `features` says which.

use jiff::Timestamp;
use uuid::Uuid;

use super::model::EditionId;
use super::said::Saying;
use crate::app::App;
use crate::features;
use crate::i18n::Lang;
use crate::identity::{Part, PersonId, Viewer};
use crate::problems::Failure;
use crate::vault::{Closed, Words};

/// A line as its reader reads it.
#[derive(Clone, Debug)]
pub struct Released {
    pub edition: EditionId,
    pub mentorship: Uuid,
    pub mentee: PersonId,
    pub mentee_name: String,
    pub mentor_name: String,
    pub line: Result<Words, Closed>,
    pub released_at: Timestamp,
}

impl Released {
    /// What it says, or why that does not open.
    pub fn told(&self, lang: Lang) -> String {
        match &self.line {
            Ok(words) => words.as_str().to_owned(),
            Err(closed) => lang.say(closed.key()),
        }
    }
}

/// Says what was released to somebody as the holder of a part.
pub type Releases = fn(App, Viewer, Part) -> Saying<Vec<Released>>;

/// What was released to this reader.
pub(super) async fn released(app: &App, viewer: &Viewer, part: Part) -> Result<Vec<Released>, Failure> {
    (features::RELEASES)(app.clone(), viewer.clone(), part).await
}
