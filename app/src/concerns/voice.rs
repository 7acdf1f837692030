//! What the pair's page says of concerns: to the two where they are to be brought. It says nothing to anybody else, and of none that
//! there is one.

use crate::i18n::Message;
use crate::identity::Viewer;
use crate::mentorships::Mentorship;
use crate::mentorships::voices::{Section, Voice, Word};

pub const VOICE: Voice = Voice {
    name: "concerns",
    says: |_, viewer, pairs| {
        Box::pin(async move { Ok(pairs.iter().map(|pair| (pair.id, word(&viewer, pair))).collect()) })
    },
};

fn word(viewer: &Viewer, pair: &Mentorship) -> Word {
    let section = pair.is_of(viewer).then(|| Section {
        title: Message::new("concerns-voice-title"),
        lines: vec![Message::new("concerns-voice-text")],
        link: Some((format!("/mentorships/{}/concern", pair.id), Message::new("concerns-voice-link"))),
    });
    Word { section, ..Word::default() }
}
