//! What features below say of pairs. Mentorships come before goals, meetings and the rest and may not know them, so each of them
//! offers a [`Voice`], `features` lists them, and the pages of a pair, of somebody's own pairs and the first page ask whoever is
//! listed. A voice is asked of any number of pairs at once and answers in a fixed number of statements.

use std::collections::HashMap;

use jiff::Timestamp;

use super::model::{Mentorship, MentorshipId};
use crate::app::App;
use crate::features;
use crate::i18n::Message;
use crate::identity::Viewer;
use crate::problems::Failure;
use crate::programmes::Saying;

/// What one of them says of a pair to one reader: nothing that the reader may not know, and never words of the pair.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Its part of the pair's page.
    pub section: Option<Section>,
    /// What the reader can do now.
    pub steps: Vec<Step>,
    /// What is open between the two, for a page that shows the whole of a month.
    pub open: Vec<Open>,
}

/// Something that is open: a sentence, and where it stands.
#[derive(Clone, Debug)]
pub struct Open {
    pub text: Message,
    pub href: String,
}

/// A part of the pair's page: a heading, a few sentences that each read alone, and where the rest stands.
#[derive(Clone, Debug)]
pub struct Section {
    pub title: Message,
    pub lines: Vec<Message>,
    /// Where the rest stands, and what the link says; none for whoever may not go there.
    pub link: Option<(String, Message)>,
}

/// One thing that the reader can do. A title, a sentence, and a button that says what happens.
#[derive(Clone, Debug)]
pub struct Step {
    pub when: When,
    pub title: Message,
    pub text: Message,
    pub button: Message,
    pub href: String,
}

/// How a step presses. The order is that in which steps come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// The other of the pair waits for it.
    OtherWaits,
    By(Timestamp),
    Anytime,
}

pub type Words = Vec<(MentorshipId, Word)>;

/// A feature that has something to say of pairs.
#[derive(Clone, Copy)]
pub struct Voice {
    pub name: &'static str,
    pub says: fn(App, Viewer, Vec<Mentorship>) -> Saying<Words>,
}

impl std::fmt::Debug for Voice {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name)
    }
}

/// What all of them say of a pair: sections in the order of the list, steps in the order in which they press.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    pub sections: Vec<Section>,
    pub steps: Vec<Step>,
    pub open: Vec<Open>,
}

/// What is said to somebody of these pairs, which they may read.
pub async fn heard(app: &App, viewer: &Viewer, pairs: &[Mentorship]) -> Result<HashMap<MentorshipId, Heard>, Failure> {
    let mut heard: HashMap<MentorshipId, Heard> = HashMap::new();
    for voice in features::VOICES_OF_PAIRS {
        for (pair, word) in (voice.says)(app.clone(), viewer.clone(), pairs.to_vec()).await? {
            let of_pair = heard.entry(pair).or_default();
            of_pair.sections.extend(word.section);
            of_pair.steps.extend(word.steps);
            of_pair.open.extend(word.open);
        }
    }
    for of_pair in heard.values_mut() {
        of_pair.steps.sort_by_key(|step| step.when);
    }
    Ok(heard)
}
