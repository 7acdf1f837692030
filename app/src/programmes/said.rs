//! What features below say of an edition. Programmes come before pairing and mentorships and may not know them, so each of
//! them offers a [`Speaker`], `features` lists them, and the pages of an edition ask whoever is listed.

use std::collections::HashSet;
use std::pin::Pin;

use super::enrolments::store;
use super::model::{Edition, EditionId};
use super::tasks::Task;
use crate::app::App;
use crate::features;
use crate::i18n::Message;
use crate::identity::{PersonId, Viewer};
use crate::people::model::Side;
use crate::problems::Failure;

/// What one of them says.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Tasks for the list of the edition's home. A task of the same key takes the place of the one that stands there.
    pub tasks: Vec<Task>,
    /// Counts for whoever looks on at the edition, how many have a mentor, say; each sentence reads alone.
    pub counts: Vec<Message>,
}

/// What comes next for somebody who takes part in an edition.
#[derive(Clone, Debug)]
pub struct Coming {
    pub text: Message,
    pub button: Message,
    pub href: String,
}

/// What waits for a coordinator in which edition, in a few words.
pub type Waiting = Vec<(EditionId, Message)>;

pub type Saying<T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send>>;

/// A feature that has something to say of an edition.
#[derive(Clone, Copy)]
pub struct Speaker {
    pub name: &'static str,
    /// What the reader may know of how it stands.
    pub says: fn(App, Viewer, Edition) -> Saying<Said>,
    /// What comes next there for somebody enrolled on a side; nothing where another feature or the standing says it.
    pub comes: fn(App, EditionId, PersonId, Side) -> Saying<Option<Coming>>,
    /// What waits for a coordinator.
    pub waits: fn(App, Viewer) -> Saying<Waiting>,
}

impl std::fmt::Debug for Speaker {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// Says which mentees of an edition have a mentor at present, or had one; a feature below knows.
pub type Mentored = fn(App, EditionId) -> Saying<Vec<PersonId>>;

/// Those who have a mentor at present.
pub(super) async fn mentored(app: &App, edition: EditionId) -> Result<HashSet<PersonId>, Failure> {
    Ok((features::MENTORED)(app.clone(), edition).await?.into_iter().collect())
}

/// Those who have or had a mentor in an edition.
pub(super) async fn assigned(app: &App, edition: EditionId) -> Result<HashSet<PersonId>, Failure> {
    Ok((features::ASSIGNED)(app.clone(), edition).await?.into_iter().collect())
}

/// What all of them say, in the order of the list.
pub(super) async fn said(app: &App, viewer: &Viewer, edition: &Edition) -> Result<Said, Failure> {
    let mut all = Said::default();
    for speaker in features::SPEAKERS_OF_EDITIONS {
        let said = (speaker.says)(app.clone(), viewer.clone(), edition.clone()).await?;
        all.tasks.extend(said.tasks);
        all.counts.extend(said.counts);
    }
    Ok(all)
}

/// What comes next for somebody who is enrolled. The later in the list has the last word: a proposal that waits for an answer
/// comes before what a mentorship says.
pub(super) async fn coming(
    app: &App,
    edition: EditionId,
    person: PersonId,
    side: Side,
) -> Result<Option<Coming>, Failure> {
    let mut latest = None;
    for speaker in features::SPEAKERS_OF_EDITIONS {
        latest = (speaker.comes)(app.clone(), edition, person, side).await?.or(latest);
    }
    Ok(latest)
}

/// What waits for a coordinator, edition by edition.
pub async fn waiting(app: &App, viewer: &Viewer) -> Result<Waiting, Failure> {
    let applied = store::applied_by_edition(&app.db, viewer.organisation).await?;
    let mut all: Waiting = applied
        .into_iter()
        .map(|(edition, count)| (edition, Message::new("programmes-waits-applied").with("count", count)))
        .collect();
    for speaker in features::SPEAKERS_OF_EDITIONS {
        all.extend((speaker.waits)(app.clone(), viewer.clone()).await?);
    }
    Ok(all)
}
