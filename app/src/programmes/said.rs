//! What features below say of an edition. Programmes come before pairing and mentorships and may not know them, so each of
//! them offers a [`Speaker`], `features` lists them, and the pages of an edition ask whoever is listed.

use std::collections::HashSet;
use std::pin::Pin;

use super::model::{Edition, EditionId};
use super::tasks::Task;
use crate::app::App;
use crate::features;
use crate::i18n::Message;
use crate::identity::PersonId;
use crate::problems::Failure;

/// What one of them says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Tasks for the list of the edition's home. A task of the same key takes the place of the one that stands there.
    pub tasks: Vec<Task>,
    /// Counts for whoever looks on at the edition, how many have a mentor, say; each sentence reads alone.
    pub counts: Vec<Message>,
}

pub type Saying = Pin<Box<dyn Future<Output = Result<Said, Failure>> + Send>>;

/// A feature that has something to say of an edition.
#[derive(Clone, Copy)]
pub struct Speaker {
    pub name: &'static str,
    pub says: fn(App, Edition) -> Saying,
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Says which mentees of an edition have a mentor at present; a feature below knows.
pub type Mentored = fn(App, EditionId) -> Pin<Box<dyn Future<Output = Result<Vec<PersonId>, Failure>> + Send>>;

/// Those who have a mentor at present.
pub(super) async fn mentored(app: &App, edition: EditionId) -> Result<HashSet<PersonId>, Failure> {
    Ok((features::MENTORED)(app.clone(), edition).await?.into_iter().collect())
}

/// What all of them say, in the order of the list.
pub(super) async fn said(app: &App, edition: &Edition) -> Result<Said, Failure> {
    let mut all = Said::default();
    for speaker in features::SPEAKERS_OF_EDITIONS {
        let said = (speaker.says)(app.clone(), edition.clone()).await?;
        all.tasks.extend(said.tasks);
        all.counts.extend(said.counts);
    }
    Ok(all)
}
