//! What a copy is, whom it is for, and what it is made of. Pure.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::i18n::Message;
use crate::identity::PersonId;
use crate::mentorships::MentorshipId;
use crate::mentorships::visibility::Visibility;
use crate::problems::Problems;
use crate::programmes::EditionId;
use crate::vault::{Sealed, Words};

crate::id!(/// A copy that somebody handed over.
    CopyId);

/// So many somebody may hand over in one mentorship.
pub const MOST_COPIES: usize = 50;
pub const MOST_TEXTS: usize = 50;
pub const LONGEST_TITLE: usize = 120;
pub const LONGEST_NOTE: usize = 10_000;

/// Whom a copy is handed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    Coordination,
    Faculty,
}

impl Receiver {
    pub const ALL: [Self; 2] = [Self::Coordination, Self::Faculty];

    pub fn code(self) -> &'static str {
        match self {
            Self::Coordination => "coordination",
            Self::Faculty => "faculty",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.code() == code)
    }

    pub fn visibility(self) -> Visibility {
        match self {
            Self::Coordination => Visibility::PairAndCoordinator,
            Self::Faculty => Visibility::Submitted,
        }
    }

    pub fn of(visibility: Visibility) -> Option<Self> {
        Self::ALL.into_iter().find(|receiver| receiver.visibility() == visibility)
    }
}

/// Something that somebody wrote, as it was when it was copied.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Text {
    pub title: Message,
    pub at: Timestamp,
    /// What it says, each under its label.
    pub words: Vec<(Message, String)>,
}

impl Text {
    /// By what a form names it: of another text, and of the same once it was changed, it is another.
    pub fn mark(&self) -> String {
        let whole = serde_json::to_vec(self).unwrap_or_default();
        hex::encode(&Sha256::digest(whole)[..12])
    }
}

/// What a copy holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Content {
    pub title: String,
    pub note: String,
    pub texts: Vec<Text>,
}

impl Content {
    /// As it is sealed.
    pub fn words(&self) -> Words {
        Words::new(serde_json::to_string(self).unwrap_or_default())
    }

    pub fn of(words: &Words) -> Option<Self> {
        serde_json::from_str(words.as_str()).ok()
    }
}

/// What somebody wants to hand over, as it was typed and ticked.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub receiver: Option<Receiver>,
    pub title: String,
    pub note: String,
    pub marks: Vec<String>,
}

impl Wanted {
    /// For whom, and what; of the author's own texts those that were ticked. All that is wrong is said at once.
    pub fn content(&self, own: Vec<Text>) -> Result<(Receiver, Content), Problems> {
        let (title, note) = (Words::line(&self.title), Words::typed(&self.note));
        let marks: BTreeSet<&String> = self.marks.iter().collect();
        let mut texts: Vec<Text> = own.into_iter().filter(|text| marks.contains(&text.mark())).collect();
        texts.dedup_by_key(|text| text.mark());
        let mut problems = Problems::default();
        if self.receiver.is_none() {
            problems.add("to", Message::new("copies-to-missing"));
        }
        if title.as_str().is_empty() {
            problems.add("title", Message::new("copies-title-missing"));
        }
        for (field, words, most) in [("title", &title, LONGEST_TITLE), ("note", &note, LONGEST_NOTE)] {
            if words.is_longer_than(most) {
                problems.add(field, Message::new("copies-too-long").with("most", most));
            }
        }
        if texts.len() < marks.len() {
            problems.add("texts", Message::new("copies-changed"));
        } else if texts.is_empty() && note.as_str().is_empty() {
            problems.add("texts", Message::new("copies-empty"));
        } else if texts.len() > MOST_TEXTS {
            problems.add("texts", Message::new("copies-many-texts").with("most", MOST_TEXTS));
        }
        let content = Content { title: title.as_str().to_owned(), note: note.as_str().to_owned(), texts };
        match (self.receiver, problems.is_empty()) {
            (Some(receiver), true) => Ok((receiver, content)),
            _ => Err(problems),
        }
    }
}

/// A copy as it is stored.
#[derive(Clone, Debug)]
pub struct Copy {
    pub id: CopyId,
    pub edition: EditionId,
    pub mentorship: MentorshipId,
    pub author: PersonId,
    pub visibility: Visibility,
    pub words: Sealed,
    pub handed_at: Timestamp,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(said: &str) -> Text {
        let words = vec![(Message::new("meetings-text"), said.to_owned())];
        Text { title: Message::new("meetings-shelf-note"), at: Timestamp::UNIX_EPOCH, words }
    }

    fn wanted(marks: &[String]) -> Wanted {
        let (title, note) = ("Mi ensayo\nfinal".to_owned(), String::new());
        Wanted { receiver: Some(Receiver::Faculty), title, note, marks: marks.to_vec() }
    }

    #[test]
    fn a_copy_holds_what_was_ticked_as_it_was_seen() {
        let own = vec![text("uno"), text("dos")];
        let (receiver, content) = wanted(&[own[1].mark()]).content(own.clone()).unwrap();
        assert_eq!((receiver, content.title.as_str(), content.texts.len()), (Receiver::Faculty, "Mi ensayo final", 1));
        let read = Content::of(&content.words()).unwrap();
        assert_eq!(read.texts[0].words[0].1, "dos");
        // It was changed since it was ticked.
        let problems = wanted(&[own[1].mark()]).content(vec![text("uno"), text("dos y medio")]).unwrap_err();
        assert!(problems.of("texts").next().is_some());
    }

    #[test]
    fn all_that_is_wrong_is_said_at_once() {
        let none = Wanted { receiver: None, title: String::new(), note: "a".repeat(10_001), marks: Vec::new() };
        let problems = none.content(Vec::new()).unwrap_err();
        for field in ["to", "title", "note"] {
            assert!(problems.of(field).next().is_some(), "{field}");
        }
        assert!(wanted(&[]).content(vec![text("uno")]).unwrap_err().of("texts").next().is_some(), "nothing is in it");
        let alone = Wanted { note: "Léalo con calma".to_owned(), ..wanted(&[]) };
        assert!(alone.content(Vec::new()).is_ok(), "a note alone will do");
    }

    #[test]
    fn receivers_are_read_as_they_were_written() {
        for receiver in Receiver::ALL {
            assert_eq!(Receiver::parse(receiver.code()), Some(receiver));
            assert_eq!(Receiver::of(receiver.visibility()), Some(receiver));
        }
        assert_eq!(Receiver::of(Visibility::Pair), None);
    }
}
